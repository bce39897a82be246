"""Owns the order of a build: scan, parse, assemble, plan, render, write. The only place where stages meet."""

from __future__ import annotations

import contextlib
import marshal
import os
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from newsroom import dates
from newsroom.assemble.info import about
from newsroom.assemble.site import assemble
from newsroom.desk import CACHE, OUTPUT, Desk
from newsroom.engine import files, record
from newsroom.engine.workers import spread
from newsroom.errors import Location, NewsroomError, Problem
from newsroom.model import Output, Report
from newsroom.render import outputs, theme
from newsroom.render.made_of import made_of
from newsroom.site import Site


@dataclass(frozen=True)
class Options:
    """What a command may ask of a build."""

    drafts: bool = False
    moment: datetime | None = None
    """The site as of then; None is now."""
    progress: Callable[[int, int], None] | None = None
    """Called with (rendered, of how many)."""


def build(root: Path, options: Options = Options()) -> Report:
    """Bring the output folder up to date with the content folder. A build with errors writes nothing."""
    return build_on(Desk(Path(root)), options)


def build_on(desk: Desk, options: Options, save: bool = True) -> Report:
    """One build. Without `save` its record stays in memory: `desk.save()` is then for the caller to say."""
    started = time.perf_counter()
    try:
        desk.config  # noqa: B018 - a folder that is no newsroom is left as it is
        with files.alone(desk.folder):
            site, look = load(desk, options)
            planned = plan(site, look)
            there = desk.there()
            stale, gone = record.stale(planned, desk.last.written, there), record.gone(planned, there)
            publish(desk, site, look, planned, stale, gone, there, options.progress)
            if save:
                desk.save()
    except NewsroomError as error:
        return Report(0, (), 0, (), desk.place(error.problems), time.perf_counter() - started)
    except OSError as error:  # a full disk, a folder that must not be written to
        return Report(0, (), 0, (), (_stopped(error, desk.root),), time.perf_counter() - started)
    finally:
        desk.close()
    rendered = tuple(output.path for output in stale)
    unchanged, seconds = len(planned) - len(stale), time.perf_counter() - started
    return Report(len(desk.parsed), rendered, unchanged, tuple(gone), (), seconds, site.held)


class Session:
    """Builds of one site, one after the other, in one process: what a build saw stays in memory for the next."""

    def __init__(self, root: Path, options: Options):
        self.root, self.options = Path(root), options
        self._desk: Desk | None = None

    def build(self, changed: Collection[str] | None = None) -> Report:
        """Build again. `changed` names the only sources that may have changed since; None is anything anywhere."""
        self._desk = self._desk.after(changed) if self._desk else Desk(self.root)
        return build_on(self._desk, self.options, save=False)

    def save(self) -> None:
        """Write the record of the last build. Not saved, it costs the next process work and nothing else."""
        if self._desk and self._desk.kept:
            with contextlib.suppress(OSError), files.alone(self._desk.folder):
                self._desk.save()


def load(desk: Desk, options: Options) -> tuple[Site, theme.Theme]:
    """Scan, parse, assemble. Raises NewsroomError with everything wrong so far."""
    settings = desk.config
    look = theme.load(desk.root, settings.theme.name, settings.theme.options)
    moment = (options.moment or datetime.now(UTC)).astimezone(dates.zone(settings.timezone))  # its day is the site's
    unreadable = desk.scan()
    library, wrong = desk.parse()
    info = about(settings, library, look.assets(settings.base), look.options)
    site, problems = assemble(library, settings, moment, info, options.drafts)
    if first := [
        *look.problems,
        *unreadable,
        *wrong,
    ]:  # every mention of a file that could not be read would be a second
        problems = [*first, *(p for p in problems if not p.code.startswith(("unknown-", "broken-", "missing-")))]
    if problems:
        raise NewsroomError(problems)
    return site, look


def plan(site: Site, look: theme.Theme) -> list[Output]:
    """Every output of the site. Raises NewsroomError where two want one path."""
    planned, problems = outputs.plan(site, look)
    if problems:
        raise NewsroomError(problems)
    return planned


def publish(
    desk: Desk, site: Site, look: theme.Theme, planned: list[Output], stale: list[Output], gone: list[str],
    there: dict[str, tuple],    progress: Callable[[int, int], None] | None,
) -> None:  # fmt: skip
    """Render what is stale into staging, move it into place. A failure before the move changes nothing."""
    written: dict[str, tuple] = {}
    if stale or gone:
        staging = files.Staging(desk.folder / "staging", desk.output)
        written = render(desk, site, look, stale, staging, progress)
        record.announce(desk.folder, [*gone, *written])
        staging.publish()
        files.prune(desk.output, gone)
    needed = (outputs.entry_key(site, post.source) for feed in site.feeds.values() for post in feed.posts)
    desk.keep(planned, written, there, needed)


def render(
    desk: Desk, site: Site, look: theme.Theme, stale: list[Output], staging: files.Staging, progress: Callable | None
) -> dict[str, tuple]:
    """Every stale output's bytes, into staging, on every core: path -> (digest, mtime, size).

    Raises NewsroomError with what the theme gets wrong.
    """
    tools = outputs.tools(site, look, desk.content, desk.root, desk.folder / "templates", desk.cache.kept)

    def prepare(batch: Sequence[str]) -> None:
        for source in batch:
            outputs.prepare(source, site, tools)

    def work(batch: Sequence[Output]) -> tuple[list[tuple], list[tuple]]:
        """(what was added, problems), as plain values."""
        added: list[tuple] = []
        wrong: list[tuple] = []
        for output in batch:
            try:
                added.append(staging.add(output.path, outputs.render(output, site, tools)))
                desk.cache.put(output.fingerprint, marshal.dumps(made_of(output, site, look)))
            except NewsroomError as error:
                wrong += record.plain(error.problems)
            except OSError as error:
                wrong += record.plain((_stopped(error, desk.root),))
        return added, wrong

    missing = [
        source for source in outputs.entries_needed(stale, site) if not desk.cache.has(outputs.entry_key(site, source))
    ]
    for _ in spread(prepare, missing):
        pass
    desk.cache.close()  # what other processes put there is seen from now on
    written: dict[str, tuple] = {}
    problems: dict[tuple, Problem] = {}
    for added, wrong in spread(work, stale):
        written |= {path: row for path, *row in added}
        for code, message, at, hint, severity in wrong:  # one line of a template can fail for every page: say it once
            problems.setdefault((code, at), Problem(code, message, Location(*at), hint, severity))
        if progress:
            progress(len(written), len(stale))
    if problems:
        raise NewsroomError(problems.values())
    return written


def _stopped(error: OSError, root: Path) -> Problem:
    """What the disk refused. Nothing has been moved into place, or the next build goes on where this one stopped."""
    path = os.path.relpath(error.filename, root) if error.filename else OUTPUT
    hint = f"make room on the disk, or check who may write to {OUTPUT}/ and {CACHE}/; then build again"
    return Problem("stopped", f"the build stopped here: {error.strerror or error}", Location(path), hint)
