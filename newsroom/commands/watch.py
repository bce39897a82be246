"""Owns the watch over a site's sources: when something changed, and when it is quiet again. Must not build.

watchdog is imported here and nowhere else.
"""

from __future__ import annotations

import re
import threading
import time
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from newsroom import config

WATCHED = ("content", "themes")
"""Folders below the root that are watched to their last leaf; of the root itself only site.toml is."""

QUIET = 0.02
"""Seconds without a change before a build: an editor's save is three to six events within a few milliseconds."""
BURST = 0.1
"""Likewise once a second file changed: somebody changes branches, or saves all."""
PATIENCE = 1.0
"""Seconds after which a build starts though changes go on."""

_PASSING = re.compile(r"\.|~\$|#.*#$|4913$|.*(~|\.tmp|\.temp|\.swp|\.crdownload|\.part|_jb_(tmp|old)___)$")
"""Names of files that editors, file managers and browsers write beside the real one, for a moment."""


MANY = 100
"""Changed files at once: from so many on somebody changed branches, and looking at everything is as fast, and sure."""


class Changes:
    """What the watcher heard since the last build."""

    def __init__(self) -> None:
        self._news = threading.Event()
        self._last = 0.0
        self._lock = threading.Lock()
        self._paths: set[str] | None = set()

    def add(self, paths: Iterable[str] | None = None) -> None:
        """Note changed files, by their paths below the root; None is anything."""
        self._last = time.monotonic()
        with self._lock:
            self._paths = None if paths is None or self._paths is None else self._paths.union(paths)
        self._news.set()

    def wait(self, seconds: float) -> bool:
        """Whether something changed, asked until it is quiet again: a hundred events become one build."""
        if not self._news.wait(seconds):
            return False
        start = time.monotonic()
        while (now := time.monotonic()) - self._last < self._quiet() and now - start < PATIENCE:
            time.sleep(QUIET / 4)
        return True

    def _quiet(self) -> float:
        return QUIET if self._paths is not None and len(self._paths) < 2 else BURST

    def take(self) -> set[str] | None:
        """The files that changed since this was last asked; None is anything."""
        self._news.clear()  # first: what is heard from here on is heard again
        with self._lock:
            paths, self._paths = self._paths, set()
        return paths if paths is not None and len(paths) < MANY else None


def passing(path: str) -> bool:
    """Whether a changed file is none of the site's: an editor's swap file, a lock, a download under way."""
    return bool(_PASSING.match(path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]))


def start_watching(
    root: Path, changed: Callable[[Iterable[str] | None], None], say: Callable[[str], object]
) -> Callable[[], None]:
    """Call `changed` at every change to the sources, from a thread of the watcher's; gives what ends the watch.

    It is called with the paths of files, or with None where a folder came or went and there is no telling.
    """
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers import Observer
    from watchdog.observers.polling import PollingObserver

    # watchdog warns on the terminal when a folder is made at the moment its parent is first watched; nothing is missed.
    warnings.filterwarnings("ignore", "Callback with id .* already exists", RuntimeWarning)
    root = root.resolve()
    under: dict[str, Any] = {}

    class Ear(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            # "opened" and "closed" come from our own reading: to build at those would be to build for ever.
            if event.event_type not in ("created", "modified", "moved", "deleted"):
                return
            if event.is_directory and event.event_type == "modified":
                return
            paths = [_below(root, str(path)) for path in (event.src_path, event.dest_path) if path]
            if ours := [path for path in paths if _concerns(path) and not passing(path)]:
                with suppress(OSError):  # gone again already: the next event tells
                    follow()
                changed(None if event.is_directory else ours)

    def follow() -> None:
        """Watch folders that came, forget those that went."""
        for name in WATCHED:
            there = (root / name).is_dir()
            if there and name not in under:
                under[name] = observer.schedule(ear, str(root / name), recursive=True)
            elif not there and name in under:
                observer.unschedule(under.pop(name))

    ear = Ear()
    for kind in (Observer, PollingObserver):
        observer = kind()
        under.clear()
        try:
            observer.schedule(ear, str(root), recursive=False)
            follow()
            observer.start()
            break
        except OSError as error:  # out of watches, or a file system that has none
            if kind is PollingObserver:
                raise
            say(f"this system cannot tell of changes ({error.strerror or error}): looking every second instead")

    def end() -> None:
        observer.stop()
        observer.join(2)

    return end


def _below(root: Path, path: str) -> str:
    """A path as seen from the root; "" outside of it."""
    try:
        return Path(path).relative_to(root).as_posix()
    except ValueError:
        return ""


def _concerns(path: str) -> bool:
    """Whether a path is a source: the root itself also holds the output, the cache and whatever else people keep."""
    return path.split("/")[0] in WATCHED or path == config.FILE
