"""Owns finding files: what is below content/, and what changed since the last build. Must not understand any of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from newsroom.errors import Problem, did_you_mean, problem
from newsroom.model import Source, digest
from newsroom.read import images

CONTENT = "content"
FOLDERS = ("posts", "people", "topics", "pages", "press", "comments")
"""The folders of content/; others hold no content, so a Markdown file in one is a mistake."""

TICK = 2_000_000_000
"""Nanoseconds: a file touched this shortly before the last scan may have changed after it with the same stamp (FAT)."""


def scan(root: Path, known: Mapping[str, Source], scanned: int) -> tuple[dict[str, Source], list[Problem]]:
    """Every file below content/ by path, sorted. A file is read only when its stamp moved since `scanned` (ns)."""
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for path, stat, wrong in sorted(_walk(root, CONTENT, os.path.realpath(root))):
        if wrong:
            problems.append(wrong)
            continue
        stamp = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
        before = known.get(path)
        if before and before.stamp == stamp and max(stamp[:2]) < scanned - TICK:
            sources[path] = before
            continue
        try:
            raw = (root / path).read_bytes()
            sources[path] = Source(path, stamp, digest(raw), images.measure(path, raw), images.active(path, raw))
        except OSError as error:
            problems.append(
                problem("unreadable", f"cannot be read: {error.strerror}", path, hint="check its permissions")
            )
    return sources, [*problems, *_misplaced(sources)]


def _walk(root: Path, folder: str, real: str) -> Iterator[tuple[str, os.stat_result, Problem | None]]:
    """(path, stat, problem) of each file; a link that leaves the site's root is a problem, and is not followed."""
    try:
        entries = list(os.scandir(root / folder))
    except FileNotFoundError:
        return
    except OSError as error:
        yield (
            folder,
            os.lstat(root / folder),
            problem("unreadable", f"cannot be read: {error.strerror}", folder, hint="content/ is a folder"),
        )
        return
    if folder == CONTENT and not _inside(os.path.realpath(root / folder), real):
        hint = "copy the folder in: nothing is read from outside the site's root"
        yield (
            folder,
            os.lstat(root / folder),
            problem("outside", "is a link out of the site's folder", folder, hint=hint),
        )
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.name.startswith(".") or entry.name.endswith("~"):
            continue
        if entry.is_symlink() and not _inside(os.path.realpath(entry.path), real):
            stat = entry.stat(follow_symlinks=False)
            hint = "copy the file in: nothing is read from outside the site's root"
            yield path, stat, problem("outside", "is a link out of the site's folder", path, hint=hint)
            continue
        try:
            path.encode()
        except UnicodeEncodeError:
            shown = path.encode("utf-8", "replace").decode()
            yield (
                shown,
                entry.stat(),
                problem("bad-name", "has a name that is not UTF-8", shown, hint="rename the file"),
            )
            continue
        try:
            if entry.is_dir():
                if entry.is_symlink():  # a linked folder can contain itself
                    yield (
                        path,
                        entry.stat(),
                        problem("linked-folder", "is a link to a folder", path, hint="copy the folder in"),
                    )
                else:
                    yield from _walk(root, path, real)
            else:  # a pipe would be waited for, for ever
                odd = problem("unreadable", "is neither a file nor a folder", path, hint="take it out of content/")
                yield path, entry.stat(), None if entry.is_file() else odd
        except OSError as error:
            lost = problem("unreadable", f"cannot be read: {error.strerror}", path, hint="is it a broken link?")
            yield path, entry.stat(follow_symlinks=False), lost


def _inside(path: str, real: str) -> bool:
    return path == real or path.startswith(real + os.sep)


def _misplaced(sources: Mapping[str, Source]) -> Iterator[Problem]:
    for path in sources:
        if path.endswith(".md") and path.split("/")[1] not in FOLDERS:
            where = ", ".join(f"content/{folder}/" for folder in FOLDERS[:4])
            hint = did_you_mean(path.split("/")[1], FOLDERS, f"Content lives in {where}.")
            yield problem("misplaced", "is in no folder of content that is read", path, hint=hint)
