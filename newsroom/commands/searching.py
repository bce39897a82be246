"""Owns the search of a running preview: an index is made when a reader of the preview asks for it, and stays in memory.

No build of the preview waits for one: for ten thousand posts it takes a minute. Nothing of it is in the output folder.
"""

from __future__ import annotations

import re
import threading
from pathlib import Path
from urllib.parse import unquote

from newsroom.build import Options, load
from newsroom.commands.static_host import TYPES, Reply
from newsroom.desk import CACHE, Desk
from newsroom.engine import record
from newsroom.errors import NewsroomError, text

ASKED = re.compile(r"/(?:[^?]*/)?search/index/[^?]+")


class Searches:
    """The indexes of one site, an edition each. What was made is not made again before what it was made of changes."""

    def __init__(self, root: Path, options: Options):
        self.root, self.options = root, options
        self._alone = threading.Lock()
        self._stamp: tuple = ()
        self._made: dict[str, tuple[str, dict[str, bytes]]] = {}
        """Folder of an index -> (what it was made of, name -> bytes)."""

    def reply(self, target: str, base: str) -> Reply | None:
        """The answer to an address that the output folder has nothing at; None where it is no part of an index."""
        if not ASKED.fullmatch(target.partition("?")[0]):
            return None
        path = unquote(target.partition("?")[0]).removeprefix(base).removeprefix("/")
        try:
            with self._alone:
                self._look()
        except NewsroomError as error:
            said = "\n\n".join(map(text, error.problems))
            return Reply(503, (("Content-Type", "text/plain; charset=utf-8"),), f"{said}\n".encode())
        for folder, (_, files) in self._made.items():
            if path.startswith(folder) and (data := files.get(path.removeprefix(folder))) is not None:
                return Reply(200, (("Content-Type", TYPES.get(Path(path).suffix, "application/octet-stream")),), data)
        return None

    def _look(self) -> None:
        """Have the indexes of the site as it is now. Raises NewsroomError."""
        from newsroom import indexing
        from newsroom.render.search import made_of, wanted

        stamp = record.stamp(self.root / CACHE)
        if stamp == self._stamp:
            return
        desk = Desk(self.root, self.options.isso)
        try:
            site, _ = load(desk, self.options)
            made = {}
            for edition in indexing.editions(site) if wanted(site) else ():
                folder, key = indexing.folder_of(edition), made_of(edition)
                known = self._made.get(folder, ("", {}))
                made[folder] = known if known[0] == key else (key, indexing.files(desk, edition))
        except NewsroomError as error:
            raise NewsroomError(desk.place(error.problems)) from error
        finally:
            desk.close()
        self._stamp, self._made = stamp, made
