"""Owns builds one after the other in one process: what a build saw stays in memory for the next."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from pathlib import Path

from newsroom.build import Options, build_on, remember
from newsroom.desk import Desk
from newsroom.engine import files
from newsroom.model import Report


class Session:
    """Builds of one site, one after the other, in one process: what a build saw stays in memory for the next."""

    def __init__(self, root: Path, options: Options):
        self.root, self.options = Path(root), options
        self._desk: Desk | None = None

    def build(self, changed: Collection[str] | None = None) -> Report:
        """Build again. `changed` names the only sources that may have changed since; None is anything anywhere."""
        self._desk = self._desk.after(changed) if self._desk else Desk(self.root, self.options.isso)
        return build_on(self._desk, self.options, save=False)

    def rest(self) -> None:
        """What can wait until the readers have their page: write the record, and have a plan for the next build to begin with.

        Not done, it costs the next build time and nothing else.
        """
        if self._desk is None or self._desk.kept is None:
            return
        with contextlib.suppress(OSError), files.alone(self._desk.folder):
            self._desk.save()
        if self._desk.plan is None:
            remember(self._desk, self.options)
