"""Owns builds one after the other in one process: what a build saw stays in memory for the next."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from newsroom.build import Options, Report, build_on, remember
from newsroom.desk import Desk
from newsroom.engine import files


class Session:
    """Builds of one site, one after the other, in one process: what a build saw stays in memory for the next.

    They make no search index: a preview has one made when somebody searches.
    """

    def __init__(self, root: Path, options: Options):
        self.root, self.options = Path(root), replace(options, index=False)
        self._desk: Desk | None = None
        self._until = 0

    def build(self, changed: Collection[str] | None = None) -> Report:
        """Build again. `changed` names the only sources that may have changed since; None is anything anywhere."""
        self._desk = self._desk.after(changed) if self._desk else Desk(self.root, self.options.isso)
        report = build_on(self._desk, self.options, save=False)
        self._until = self._desk.kept.until if self._desk.kept and self.options.moment is None else 0
        return report

    def is_over(self) -> bool:
        """Whether the site may have changed by itself since the last build; a build that failed is not tried again."""
        return 0 < self._until <= time.time()

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
