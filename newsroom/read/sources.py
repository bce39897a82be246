"""Owns finding files: what is below content/, and what changed since the last build. Must not understand any of it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping
from operator import itemgetter
from pathlib import Path

from newsroom.errors import Problem, did_you_mean, problem
from newsroom.model import Source, digest

CONTENT = "content"
FOLDERS = ("posts", "people", "topics", "pages", "press", "comments")
"""The folders of content/; others hold no content, so a Markdown file in one is a mistake."""

FRONT = re.compile(CONTENT + r"/front(\.[A-Za-z-]+)?\.md")
"""What editors put on the front page, of the edition that its name says."""
_PLACES = tuple(f"{CONTENT}/{folder}/" for folder in FOLDERS)

TICK = 2_000_000_000
"""Nanoseconds: a file touched this shortly before the last scan may have changed after it with the same stamp (FAT)."""


def scan(
    root: Path, known: Mapping[str, Source], scanned: int, changed: Collection[str] | None = None
) -> tuple[dict[str, Source], list[Problem]]:
    """Every file below content/ by path, sorted. A file is read only when its stamp moved since `scanned` (ns).

    `changed` names the only files that may differ from those known, for a caller who was told of every change: then
    nothing else is looked at. None is any.
    """
    near = None if changed is None else _near(os.fspath(root), changed)
    sources = {} if near is None else {path: source for path, source in known.items() if path not in changed}
    problems: list[Problem] = []
    young = scanned - TICK
    found = sorted(_walk(os.fspath(root)) if near is None else near, key=itemgetter(0))
    for path, entry in found:
        if isinstance(entry, Problem):
            problems.append(entry)
            continue
        try:
            now = entry.stat()
            stamp = (now.st_mtime_ns, now.st_ctime_ns, now.st_size, now.st_ino)
            before = known.get(path)
            if before and before.stamp == stamp and stamp[0] < young and stamp[1] < young:
                sources[path] = before
                continue
            raw = (root / path).read_bytes()
            sources[path] = Source(path, stamp, digest(raw), *_seen(path, raw))
        except OSError as error:
            problems.append(_unreadable(path, f"cannot be read: {error.strerror}", "check its permissions"))
    if near:
        sources = dict(sorted(sources.items()))
    return sources, [*problems, *_misplaced(sources)]


def _seen(path: str, raw: bytes) -> tuple:
    """What a picture says of itself. Most builds meet no new one, and do not pay for the import."""
    if path.endswith(".md"):
        return ()
    from newsroom.read import images

    return images.seen(path, raw)


def _near(root: str, changed: Collection[str]) -> list[tuple[str, os.DirEntry | Problem]] | None:
    """Those of the changed files that are there; None where only a walk through everything can tell."""
    folders = {path.rpartition("/")[0] for path in changed}
    real = os.path.realpath(root)
    for folder in folders:  # one that is a link, or hidden, or not there
        if (
            os.path.realpath(f"{real}/{folder}") != f"{real}/{folder}"
            or "/." in folder
            or not folder.startswith(CONTENT)
        ):
            return None
    return [found for folder in folders for found in _walk(root, folder, changed)]


def _walk(
    root: str, top: str = CONTENT, only: Collection[str] | None = None
) -> Iterator[tuple[str, os.DirEntry | Problem]]:
    """Every file by its path, or what is wrong there. No link is followed out of the root. `only`: of these, in `top`."""
    real, folders = os.path.realpath(root), [top]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(f"{root}/{folder}"))
        except FileNotFoundError:
            continue
        except OSError as error:
            yield folder, _unreadable(folder, f"cannot be read: {error.strerror}", "content/ is a folder")
            continue
        if folder == CONTENT and not _inside(os.path.realpath(f"{root}/{folder}"), real):
            yield folder, _outside(folder, "folder")
            continue
        for entry in entries:
            if entry.name.startswith(".") or entry.name.endswith("~"):
                continue
            path = f"{folder}/{entry.name}"
            if only is not None and path not in only:
                continue
            if path.isascii() and entry.is_file(follow_symlinks=False):  # nearly all: nothing else need be asked
                yield path, entry
            elif wrong := _wrong(entry, path, real):
                yield wrong.location.path, wrong
            elif entry.is_dir():
                folders += [] if only else [path]
            else:
                yield path, entry


def _wrong(entry: os.DirEntry, path: str, real: str) -> Problem | None:
    """What is wrong with an entry of a folder, or None."""
    if entry.is_symlink() and not _inside(os.path.realpath(entry.path), real):
        return _outside(path, "file")
    shown = path.encode("utf-8", "replace").decode()
    if shown != path:
        return problem("bad-name", "has a name that is not UTF-8", shown, hint="rename the file")
    try:
        if entry.is_dir() and entry.is_symlink():  # it can contain itself
            return problem("linked-folder", "is a link to a folder", path, hint="copy the folder in")
        if stat.S_IFMT(entry.stat().st_mode) not in (
            stat.S_IFREG,
            stat.S_IFDIR,
        ):  # a pipe would be waited for, for ever
            return _unreadable(path, "is neither a file nor a folder", "take it out of content/")
    except OSError as error:
        return _unreadable(path, f"cannot be read: {error.strerror}", "is it a broken link?")
    return None


def _unreadable(path: str, message: str, hint: str) -> Problem:
    return problem("unreadable", message, path, hint=hint)


def _outside(path: str, noun: str) -> Problem:
    hint = f"copy the {noun} in: nothing is read from outside the site's root"
    return problem("outside", "is a link out of the site's folder", path, hint=hint)


def _inside(path: str, real: str) -> bool:
    return path == real or path.startswith(real + os.sep)


def _misplaced(sources: Mapping[str, Source]) -> Iterator[Problem]:
    for path in sources:
        if not path.startswith(_PLACES) and path.endswith(".md") and path.split("/")[1] not in FOLDERS and not FRONT.fullmatch(path):
            where = ", ".join(f"content/{folder}/" for folder in FOLDERS[:4])
            hint = did_you_mean(path.split("/")[1], FOLDERS, f"Content lives in {where}.")
            yield problem("misplaced", "is in no folder of content that is read", path, hint=hint)
