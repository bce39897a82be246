"""Owns writing: the only module that changes the output folder.

New files wait in a staging folder until all of them are rendered, and are then moved into place one rename at a time:
a build that fails has changed nothing, and no reader ever gets half a file.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from newsroom.model import digest

KEPT = (".git",)
"""What is never pruned: the output folder may be a work tree of its own."""


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other build works with this folder: `serve` rebuilds while somebody runs `build`.

    The lock belongs to the process, so that a killed one leaves none behind. Where there are no locks, nobody waits.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(ImportError, OSError):
            import fcntl

            folder.mkdir(parents=True, exist_ok=True)
            fcntl.flock(stack.enter_context(open(folder / "lock", "wb")), fcntl.LOCK_EX)
        yield


class Staging:
    """Rendered files on their way to the output folder."""

    def __init__(self, folder: Path, output: Path):
        self.folder, self.output = folder, output
        self._waiting: list[tuple[str, str, str]] = []
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)

    def add(self, path: str, data: bytes) -> tuple[str, str, str]:
        """Write a file's bytes aside: (its name here, its path, digest), for `wait`. Any process may do it."""
        name = os.path.join(self.folder, digest(path))
        with open(name, "wb") as file:
            file.write(data)
        return name, path, digest(data)

    def wait(self, added: tuple[str, str, str]) -> None:
        """Keep what `add` gave until `publish`."""
        self._waiting.append(added)

    def publish(self) -> dict[str, tuple]:
        """Move everything into place: path -> (digest, mtime in ns, size)."""
        made: set[str] = set()
        moved: dict[str, tuple] = {}
        for name, path, bytes_digest in self._waiting:
            target = os.path.join(self.output, path)
            folder = os.path.dirname(target)
            if folder not in made:
                _make_room(self.output, path)
                os.makedirs(folder, exist_ok=True)
                made.add(folder)
            if os.path.isdir(target) and not os.path.islink(target):
                shutil.rmtree(target)
            _move(name, target)
            stat = os.stat(target)
            moved[path] = (bytes_digest, stat.st_mtime_ns, stat.st_size)
        shutil.rmtree(self.folder, ignore_errors=True)
        return moved


def _make_room(output: Path, path: str) -> None:
    """Remove a file or link that stands where a folder must be: nothing is written through a link."""
    for parent in reversed(Path(path).parents):
        at = os.path.join(output, parent)
        if parent != Path(".") and (os.path.islink(at) or os.path.isfile(at)):
            os.unlink(at)


def _move(name: str, target: str) -> None:
    try:
        os.replace(name, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = target + ".new"  # another file system: copy beside it, then rename
        shutil.copyfile(name, beside)
        os.replace(beside, target)


def listing(output: Path, written: Mapping[str, tuple]) -> dict[str, str]:
    """Every file in the output folder: path -> digest of its bytes. Empty folders are named with a final `/`.

    A file whose stamp is the one on record is not read; one with another stamp is, because a restored cache or a fresh
    checkout moves stamps and leaves bytes.
    """
    found: dict[str, str] = {}
    stack = [""]
    while stack:
        folder = stack.pop()
        try:
            entries = list(os.scandir(os.path.join(output, folder)))
        except (FileNotFoundError, NotADirectoryError):
            continue
        if not entries and folder:
            found[folder] = ""
        for entry in entries:
            path = folder + entry.name
            if not folder and entry.name in KEPT:
                continue
            if entry.is_dir(follow_symlinks=False):
                stack.append(path + "/")
            elif entry.is_symlink():
                found[path] = ""
            else:
                found[path] = _digest(entry, written.get(path))
    return found


def _digest(entry: os.DirEntry, last: tuple | None) -> str:
    stat = entry.stat(follow_symlinks=False)
    if last and last[2:] == (stat.st_mtime_ns, stat.st_size):
        return last[1]
    if last and last[3] != stat.st_size:
        return ""
    with open(entry.path, "rb") as file:
        return digest(file.read())


def prune(output: Path, paths: Iterable[str]) -> None:
    """Remove files, and the folders that they leave empty."""
    for path in sorted(paths, reverse=True):
        target = os.path.join(output, path)
        if path.endswith("/"):
            _remove_empty(output, path.rstrip("/"))
        elif os.path.islink(target) or not os.path.isdir(target):  # a folder of the site may stand there by now
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                os.unlink(target)
            _remove_empty(output, os.path.dirname(path))


def _remove_empty(output: Path, folder: str) -> None:
    while folder:
        try:
            os.rmdir(os.path.join(output, folder))
        except OSError:
            return
        folder = os.path.dirname(folder)
