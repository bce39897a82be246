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
    """Rendered files on their way to the output folder, in a folder of the same shape."""

    def __init__(self, folder: Path, output: Path):
        self.folder, self.output = folder, output
        self._made: set[str] = set()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)

    def add(self, path: str, data: bytes) -> tuple[str, int, int]:
        """Write a file's bytes aside: (digest, mtime in ns, size), for the record. Any process may do it."""
        name = os.path.join(self.folder, path)
        folder = os.path.dirname(name)
        if folder not in self._made:
            try:
                os.mkdir(folder)
            except FileExistsError:
                pass
            except FileNotFoundError:
                os.makedirs(folder, exist_ok=True)
            self._made.add(folder)
        with open(name, "wb") as file:
            file.write(data)
            file.flush()
            stamp = os.fstat(file.fileno()).st_mtime_ns
        return digest(data), stamp, len(data)

    def publish(self) -> None:
        """Move everything into place. A folder that is new there goes as it is: a first build is a single rename."""
        staged = os.listdir(self.folder)
        if staged and not os.path.lexists(self.output):
            _rename(os.fspath(self.folder), os.fspath(self.output))
        else:
            for name in staged:
                _move(os.path.join(self.folder, name), os.path.join(self.output, name))
        shutil.rmtree(self.folder, ignore_errors=True)


def _move(source: str, target: str) -> None:
    """Move a file or folder into place, over what stands there. A link is replaced: nothing is written through one."""
    here = os.path.isdir(target) and not os.path.islink(target)
    if not os.path.isdir(source):
        if here:
            shutil.rmtree(target)
    elif here:
        for name in os.listdir(source):
            _move(os.path.join(source, name), os.path.join(target, name))
        return
    elif os.path.lexists(target):
        os.unlink(target)
    _rename(source, target)


def _rename(source: str, target: str) -> None:
    try:
        os.replace(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        if os.path.isdir(source):  # another file system: every file is copied beside its place, then renamed
            os.mkdir(target)
            _move(source, target)
        else:
            shutil.copy2(source, target + ".new")
            os.replace(target + ".new", target)


def walk(output: Path) -> list[tuple[str, int, int]]:
    """Everything in the output folder: (path, mtime in ns, size). A link has the size -1, an empty folder a final `/`."""
    found: list[tuple[str, int, int]] = []
    stack = [""]
    while stack:
        folder = stack.pop()
        try:
            entries = list(os.scandir(f"{output}/{folder}"))  # os.path.join took a tenth of the time
        except (FileNotFoundError, NotADirectoryError):
            continue
        if not entries and folder:
            found.append((folder, 0, -1))
        for entry in entries:
            path = folder + entry.name
            if path in KEPT:
                continue
            if entry.is_dir(follow_symlinks=False):
                stack.append(path + "/")
            elif entry.is_symlink():
                found.append((path, 0, -1))
            else:
                stat = entry.stat(follow_symlinks=False)
                found.append((path, stat.st_mtime_ns, stat.st_size))
    return found


def listing(output: Path, walked: Iterable[tuple[str, int, int]], written: Mapping[str, tuple]) -> dict[str, tuple]:
    """Every file in the output folder: path -> (digest, mtime in ns, size).

    A file whose stamp is the one on record is not read; one with another stamp is, because a restored cache or a fresh
    checkout moves stamps and leaves bytes.
    """
    found: dict[str, tuple] = {}
    for path, mtime, size in walked:
        last = written.get(path)
        if last and last[2] == mtime and last[3] == size:
            found[path] = last[1:4]
        elif size < 0 or (last and last[3] != size):
            found[path] = ("", mtime, size)
        else:
            with open(f"{output}/{path}", "rb") as file:
                found[path] = (digest(file.read()), mtime, size)
    return found


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
