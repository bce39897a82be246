"""Owns the order of a build: scan, parse, assemble, plan, render, write. The only place where stages meet.

A build with nothing to do only scans: what assembles, plans and renders is imported where that begins, for it takes
as long to import as ten thousand files to scan.
"""

from __future__ import annotations

import contextlib
import gc
import marshal
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newsroom import dates, indexing
from newsroom.desk import CACHE, OUTPUT, Desk
from newsroom.engine import files, record
from newsroom.engine.workers import ENOUGH, apart, spread
from newsroom.errors import Location, NewsroomError, Problem
from newsroom.language import speak, theirs
from newsroom.model import Library, Output, digest_of
from newsroom.related import Related
from newsroom.render import theme

if TYPE_CHECKING:
    from newsroom.settings import Config
    from newsroom.site import Site
    from newsroom.views import SiteInfo


@dataclass(frozen=True)
class Options:
    """What a command may ask of a build."""

    drafts: bool = False
    moment: datetime | None = None
    """The site as of then; None is now."""
    progress: Callable[[int, int], None] | None = None
    """Called with (rendered, of how many)."""
    isso: str = ""
    """Address of the Isso that `serve` runs beside a site whose settings name none."""
    index: bool = True
    """Whether to make a search index where there must be another; without it, only the last one that is right is kept."""


class Report(NamedTuple):
    """What a build did."""

    parsed: int
    rendered: tuple[str, ...]
    """Paths of the outputs rendered."""
    unchanged: int
    removed: tuple[str, ...]
    problems: tuple
    """Problem values; any error means that nothing was written."""
    seconds: float
    held: tuple[tuple[str, int], ...] = ()
    """(why, how many) of what is not public at this moment; never which: a log is read by many."""


class Planned(NamedTuple):
    """What a build knows before it renders; in memory, for the next."""

    asked: str
    library: Library
    site: Site
    outputs: list[Output]


def build(root: Path, options: Options = Options()) -> Report:
    """Bring the output folder up to date with the content folder. A build with errors writes nothing."""
    desk = Desk(Path(root), options.isso)
    try:
        return build_on(desk, options)
    finally:
        desk.close()


def build_on(desk: Desk, options: Options, save: bool = True) -> Report:
    """One build. Without `save` its record stays in memory: `desk.save()` is then for the caller to say."""
    started, collecting = time.perf_counter(), gc.isenabled()
    gc.disable()  # a build makes a million objects and hardly a circle: looking for one took a sixth of the time
    try:
        desk.config  # noqa: B018 - a folder that is no newsroom is left as it is
        with files.alone(desk.folder):
            if desk.changed is None:
                desk.walked  # noqa: B018 - the output folder is walked through on another core meanwhile
            look, moment = _look(desk), _moment(desk, options)
            asked, now = _asked(desk, look, options), int(moment.timestamp())
            last, stale, gone = desk.last, [], []
            same = desk.is_as_last_time(asked, now) and not (options.index and indexing.is_missing(desk))
            if same and record.untouched(last.written, there := desk.there()):
                desk.keep_as_it_is(there)
                planned, held = last.written, last.held
            else:
                desk.plan = planned_by(desk, look, moment, options, asked)
                _, _, site, planned = desk.plan
                planned, made = indexing.with_index(desk, site, planned, options.index)
                held = site.held
                there = desk.there()
                stale, gone = record.stale(planned, last.written, there), record.gone(planned, there)
                written = publish(desk, site, look, stale, gone, options.progress, made)
                desk.keep(planned, written, there, _entries(site, planned), (asked, now, site.until, held))
            if save:
                desk.save()
    except NewsroomError as error:
        return Report(0, (), 0, (), desk.place(error.problems), time.perf_counter() - started)
    except OSError as error:  # a full disk, a folder that must not be written to
        return Report(0, (), 0, (), (_stopped(error, desk.root),), time.perf_counter() - started)
    finally:
        desk.stop()
        if collecting:
            gc.enable()
    rendered = tuple(output.path for output in stale)
    unchanged, seconds = len(planned) - len(stale), time.perf_counter() - started
    return Report(len(desk.parsed), rendered, unchanged, tuple(gone), (), seconds, held)


def remember(desk: Desk, options: Options) -> None:
    """Plan what is there already, so that the next build of this process finds it in memory."""
    with contextlib.suppress(NewsroomError):
        look, moment = _look(desk), _moment(desk, options)
        desk.plan = planned_by(desk, look, moment, options, _asked(desk, look, options))


def load(desk: Desk, options: Options) -> tuple[Site, theme.Theme]:
    """Scan, parse, assemble. Raises NewsroomError with everything wrong so far."""
    site, look, _ = read(desk, options)
    return site, look


def read(desk: Desk, options: Options) -> tuple[Site, theme.Theme, Library]:
    """The same, with everything that was read: what is not public is in the library alone."""
    look, parsed = _look(desk), desk.parse()
    return _assembled(desk, parsed, look, _moment(desk, options), options), look, parsed[0]


def _look(desk: Desk) -> theme.Theme:
    look = theme.load(desk.root, desk.config.theme.name, desk.config.theme.options)
    speak(look.said)
    return theme.with_fonts(look, desk.root, desk.config.cards)


def _moment(desk: Desk, options: Options) -> datetime:
    return (options.moment or datetime.now(UTC)).astimezone(dates.zone(desk.config.timezone))  # its day is the site's


def _asked(desk: Desk, look: theme.Theme, options: Options) -> str:
    """Digest of everything that the plan depends on beside the sources and the time."""
    static = {name: made for name, (_, made) in look.static.items()}
    return digest_of(
        desk.config.digest, theirs(), look.name, look.digests, static, look.options, bool(look.problems), options.drafts,
        look.cards if desk.config.cards.on else (),
    )


def planned_by(
    desk: Desk, look: theme.Theme, moment: datetime, options: Options, asked: str, parsed: tuple | None = None
) -> Planned:
    """The site and all its outputs: as they were, but for some texts, where only texts were edited.

    `parsed` is what `desk.parse()` gave to whoever plans the same files for many moments.
    """
    before, read = desk.before, parsed or desk.parse()
    library, wrong = read
    if before and not before.site.editions and before.asked == asked and before.site.moment <= moment and moment.timestamp() < before.site.until:
        from newsroom.assemble.reworded import reworded
        from newsroom.render.outputs import replan

        edited = [] if wrong or desk.unreadable else reworded(before.site, before.library, library)
        if edited:
            site, sources = edited
            return Planned(asked, library, site, replan(before.outputs, site, look, sources))
    site = _assembled(desk, read, look, moment, options)
    if not site.editions and (edited := desk.reworded(asked, int(moment.timestamp()))):
        from newsroom.render.outputs import replan

        return Planned(asked, library, site, replan([Output(*row) for row in desk.last.planned], site, look, edited))
    return Planned(asked, library, site, plan(site, look))


def _assembled(
    desk: Desk, read: tuple[Library, list[Problem]], look: theme.Theme, moment: datetime, options: Options
) -> Site:
    from newsroom import press
    from newsroom.assemble.info import about
    from newsroom.assemble.site import newsroom

    settings, unreadable, (library, wrong) = desk.config, desk.unreadable, read
    today = press.public(library.press, moment.date().isoformat(), options.drafts)
    assets = look.assets(settings.base)

    def info(part: Config, known: Library) -> SiteInfo:
        return about(part, known._replace(press=today), assets, look.options, look.cards)

    site, problems = newsroom(library, settings, moment, info, options.drafts)
    if first := [
        *look.problems,
        *unreadable,
        *wrong,
    ]:  # every mention of a file that could not be read would be a second
        problems = [*first, *(p for p in problems if not p.code.startswith(("unknown-", "broken-", "missing-")))]
    if problems:
        raise NewsroomError(problems)
    kept = {language: _remembering(desk, part) for language, part in site.editions.items()}
    return replace(_remembering(desk, site), editions=kept)


def _remembering(desk: Desk, site: Site) -> Site:
    """The Site with its related posts from the cache, where nothing changed that decides about them."""
    return replace(site, related=Related(site.posts, desk.cache.kept))


def plan(site: Site, look: theme.Theme) -> list[Output]:
    """Every output of the site. Raises NewsroomError where two want one path."""
    from newsroom.render import outputs

    planned, problems = outputs.plan(site, look)
    if problems:
        raise NewsroomError(problems)
    return planned


def _entries(site: Site, planned: Sequence[Output]) -> Iterator[str]:
    """Keys of what the cache keeps beside texts: the entries that feeds carry, social cards, related posts."""
    from newsroom.render.drawing import keys
    from newsroom.render.editions import editions
    from newsroom.render.outputs import entry_key

    feeds = ((part, feed) for part in editions(site) for feed in part.feeds.values())
    entries = (entry_key(part, post.source) for part, feed in feeds for post in (*feed.posts, *feed.every))
    return chain(entries, keys(planned), (part.related.key for part in editions(site)))


def publish(
    desk: Desk, site: Site, look: theme.Theme, stale: list[Output], gone: list[str], progress: Callable | None, made: dict
) -> dict[str, tuple]:
    """Render what is stale into staging, move it into place: path -> (digest, mtime, size). `made` is the search index.

    A failure before the move changes nothing.
    """
    if not stale and not gone:
        return {}
    staging = files.Staging(desk.folder / "staging", desk.output)
    index = [output for output in stale if output.kind == indexing.KIND]
    written = render(desk, site, look, [output for output in stale if output.kind != indexing.KIND], staging, progress)
    written |= indexing.stage(desk, site, index, made, staging) if index else {}
    record.announce(desk.folder, [*gone, *written])
    staging.publish()
    files.prune(desk.output, gone)
    return written


def render(
    desk: Desk, site: Site, look: theme.Theme, stale: list[Output], staging: files.Staging, progress: Callable | None
) -> dict[str, tuple]:
    """Every stale output's bytes, into staging, on every core: path -> (digest, mtime, size).

    Raises NewsroomError with what the theme gets wrong.
    """
    from newsroom.render import drawing, outputs, pictures
    from newsroom.render.made_of import telling

    made_of = telling(site, look)
    first = stale if len(stale) >= ENOUGH else ()  # then each process would compile every template
    tools = outputs.tools(
        site, look, desk.content, desk.root, desk.folder / "templates", desk.cache.kept, desk.words, first,
        lambda key, make: desk.cache.kept(key, lambda: apart(make)), desk.pictured,
    )  # fmt: skip

    def prepare(batch: Sequence[str]) -> None:
        for source in batch:
            outputs.prepare(source, site, tools)

    def work(batch: Sequence[Output]) -> tuple[dict[str, tuple], tuple]:
        """(path -> digest, mtime, size of each; problems), as plain values."""
        made: dict[str, tuple] = {}
        wrong: list[Problem] = []
        for output in batch:
            try:
                made[output.path] = staging.add(output.path, outputs.render(output, site, tools))
                desk.cache.put(output.fingerprint, marshal.dumps(made_of(output)))
            except NewsroomError as error:
                wrong += error.problems
            except OSError as error:
                wrong.append(_stopped(error, desk.root))
        return made, record.plain(tuple(wrong))

    missing = [
        source for source in outputs.entries_needed(stale, site) if not desk.cache.has(outputs.key(source, site))
    ]
    for _ in spread(prepare, missing):
        pass
    drawn = pictures.draw(stale, site, tools, desk.pictures, spread, progress)
    drawing.draw(stale, site, tools, desk.cache.has, spread)
    desk.cache.look()
    written: dict[str, tuple] = {}
    problems: dict[tuple, Problem] = {}
    for made, wrong in spread(work, stale):
        written |= made
        for code, message, at, hint, severity in wrong:  # one line of a template can fail for every page: say it once
            problems.setdefault((code, at), Problem(code, message, Location(*at), hint, severity))
        if progress:
            progress(drawn + len(written), drawn + len(stale))
    if problems:
        raise NewsroomError(problems.values())
    return written


def _stopped(error: OSError, root: Path) -> Problem:
    """What the disk refused. Nothing has been moved into place, or the next build goes on where this one stopped."""
    path = os.path.relpath(error.filename, root) if error.filename else OUTPUT
    hint = f"make room on the disk, or check who may write to {OUTPUT}/ and {CACHE}/; then build again"
    return Problem("stopped", f"the build stopped here: {error.strerror or error}", Location(path), hint)
