"""Owns the order of a build: scan, parse, assemble, plan, render, write. The only place where stages meet."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
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
    started, desk = time.perf_counter(), Desk(Path(root))
    try:
        desk.config  # noqa: B018 - a folder that is no newsroom is left as it is
        with files.alone(desk.folder):
            site, look, parsed = load(desk, options)
            planned = plan(site, look)
            there = files.listing(desk.output, desk.last.written)
            stale, gone = record.stale(planned, desk.last.written, there), record.gone(planned, there)
            publish(desk, site, look, planned, stale, gone, options.progress)
    except NewsroomError as error:
        return Report(0, (), 0, (), desk.place(error.problems), time.perf_counter() - started)
    finally:
        desk.close()
    rendered = tuple(output.path for output in stale)
    unchanged, seconds = len(planned) - len(stale), time.perf_counter() - started
    return Report(len(parsed), rendered, unchanged, tuple(gone), (), seconds, site.held)


def load(desk: Desk, options: Options) -> tuple[Site, theme.Theme, set[str]]:
    """Scan, parse, assemble: (site, theme, sources parsed). Raises NewsroomError with everything wrong so far."""
    settings = desk.config
    look = theme.load(desk.root, settings.theme.name, settings.theme.options)
    moment = (options.moment or datetime.now(UTC)).astimezone(dates.zone(settings.timezone))  # its day is the site's
    found, unreadable = desk.scan()
    library, parsed, wrong = desk.parse(found)
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
    return site, look, parsed


def plan(site: Site, look: theme.Theme) -> list[Output]:
    """Every output of the site. Raises NewsroomError where two want one path."""
    planned, problems = outputs.plan(site, look)
    if problems:
        raise NewsroomError(problems)
    return planned


def publish(
    desk: Desk, site: Site, look: theme.Theme, planned: list[Output], stale: list[Output], gone: list[str],
    progress: Callable[[int, int], None] | None,
) -> None:  # fmt: skip
    """Render what is stale into staging, move it into place, write the record. A failure before the move changes nothing."""
    try:
        written: dict[str, tuple] = {}
        if stale or gone:
            staging = files.Staging(desk.folder / "staging", desk.output)
            render(desk, site, look, stale, staging, progress)
            record.announce(desk.folder, [*gone, *(output.path for output in stale)])
            written = staging.publish()
            files.prune(desk.output, gone)
        desk.keep(planned, written)
    except OSError as error:  # a full disk, a folder that must not be written to
        raise NewsroomError([_stopped(error, desk.root)]) from error


def render(
    desk: Desk, site: Site, look: theme.Theme, stale: list[Output], staging: files.Staging, progress: Callable | None
) -> None:
    """Every stale output's bytes, into staging, on every core. Raises NewsroomError with what the theme gets wrong."""
    tools = outputs.tools(site, look, desk.content, desk.root, desk.folder / "templates")

    def work(batch: Sequence[Output]) -> list[tuple[tuple | None, tuple]]:
        """(what was added, problems) of each, as plain values."""
        rows: list[tuple[tuple | None, tuple]] = []
        for output in batch:
            try:
                rows.append((staging.add(output.path, outputs.render(output, site, tools)), ()))
            except NewsroomError as error:
                rows.append((None, record.plain(error.problems)))
            except OSError as error:
                rows.append((None, record.plain((_stopped(error, desk.root),))))
        return rows

    problems: dict[tuple, Problem] = {}
    done = 0
    desk.close()  # no connection of the cache may cross into another process
    for rows in spread(work, stale):
        for added, wrong in rows:
            if added:
                staging.wait(added)
            for (
                code,
                message,
                at,
                hint,
                severity,
            ) in wrong:  # one line of a template can fail for every page: say it once
                problems.setdefault((code, at), Problem(code, message, Location(*at), hint, severity))
        done += len(rows)
        if progress:
            progress(done, len(stale))
    if problems:
        raise NewsroomError(problems.values())


def _stopped(error: OSError, root: Path) -> Problem:
    """What the disk refused. Nothing has been moved into place, or the next build goes on where this one stopped."""
    path = os.path.relpath(error.filename, root) if error.filename else OUTPUT
    hint = f"make room on the disk, or check who may write to {OUTPUT}/ and {CACHE}/; then build again"
    return Problem("stopped", f"the build stopped here: {error.strerror or error}", Location(path), hint)
