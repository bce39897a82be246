"""Owns the files of content/comments/: the only module that writes there, and it writes nowhere else."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from newsroom.comments import archive
from newsroom.comments.archive import FOLDER, SUFFIX, Archive
from newsroom.errors import NewsroomError, problem


def read(root: Path, path: str, timezone: str) -> Archive | None:
    """An archive; None where there is none yet. Raises NewsroomError with what is wrong in it."""
    _inside(root, path)
    try:
        raw = (root / path).read_bytes()
    except FileNotFoundError:
        return None
    return archive.parse(raw, path, timezone)


def write(root: Path, path: str, text: str) -> None:
    """Write a file as a whole, or not at all. Raises NewsroomError."""
    _inside(root, path)
    target = root / path
    aside = target.with_name(f".{target.name}.{os.getpid()}")  # begins with a dot: no build reads it
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(text, "utf-8", newline="\n")
        os.replace(aside, target)
    except OSError as error:
        hint = "make room on the disk, or check who may write there; then run it again: what is done is kept"
        message = f"cannot be written: {error.strerror or error}"
        raise NewsroomError([problem("unwritable", message, path, hint=hint)]) from error
    finally:
        with contextlib.suppress(OSError):  # it has been moved into place
            aside.unlink()


def listed(root: Path) -> Iterator[str]:
    """Every archive's path. Raises NewsroomError where one is a link."""
    _inside(root, FOLDER.rstrip("/"))
    for folder, below, names in os.walk(root / FOLDER):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(SUFFIX) and not name.startswith("."):
                path = os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")
                _inside(root, path)
                yield path


def _inside(root: Path, path: str) -> None:
    """Raise NewsroomError where a path leads through a link: it could end outside the site's root."""
    if not path.startswith(FOLDER.rstrip("/")):
        raise ValueError(path)
    if os.path.realpath(root / path) != os.path.join(os.path.realpath(root), *path.split("/")):
        hint = "nothing is read or written outside the site's folder: put the real file or folder here"
        raise NewsroomError([problem("outside", "is a link, or stands behind one", path, hint=hint)])
