"""Owns `newsroom due`: when the site next changes by itself, and why. Builds nothing.

What may change it is named by `assemble.due`; each such moment is tried: the site is planned as of then, and what is
made of other things than before is rendered, in memory, until one byte differs. What the team reads names posts that
are not public; the line for CI's clock names none, for its logs are read by many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import groupby, islice
from pathlib import Path
from typing import Any, NamedTuple

from newsroom import dates
from newsroom.assemble.due import ASIDE, KINDS, TEAM, Event, events
from newsroom.build import Options, Planned, planned_by, read
from newsroom.config import NOWHERE
from newsroom.desk import Desk
from newsroom.engine.workers import apart
from newsroom.errors import NewsroomError, Problem
from newsroom.model import Library, Output
from newsroom.render import lines, outputs
from newsroom.settings import Config

DAYS = 30
"""So many days are told, where nobody says how many."""
AHEAD = (400, 2000)
"""Days within which the next change is looked for, where nothing changes in those that are told."""


class Change(NamedTuple):
    """A moment at which the site changes by itself."""

    at: datetime
    """In the site's zone."""
    events: tuple[Event, ...]
    outputs: int
    """How many outputs are made of something else then, come, or go."""
    problems: tuple[Problem, ...]
    """What stops the build then; nothing changes on the site, and that is news too."""


class Due(NamedTuple):
    """What is due."""

    config: Config
    moment: datetime
    end: datetime
    """All changes up to then are known."""
    changes: tuple[Change, ...]
    planned: tuple[Event, ...]
    """What the team planned, however far ahead."""


def due(root: Path, options: Options, days: int = 0, count: int = 0, planned: bool = False) -> Due:
    """The changes of the next `days`, at most `count` of them; with neither, those of 30 days, and at least the next.

    `planned` tries nothing, and gives what the team planned. Raises NewsroomError with what would stop a build now.
    """
    with closing(Desk(Path(root), NOWHERE)) as desk:
        try:
            site, look, library = read(desk, options)
            options = Options(options.drafts, site.moment, options.progress)
            config = site.config
            if planned:
                end = site.moment + timedelta(days=365 * 20)
                known = [e for e in events(library._replace(people=()), config, site.moment, end) if e.kind in TEAM]
                return Due(config, site.moment, end, (), tuple(known))
            tried = _Trial(desk, look, options, library)
            spans = (days,) if days else AHEAD[-1:] if count else (DAYS, *AHEAD)
            found: tuple[Change, ...] = ()
            for span in spans:
                end = site.moment + timedelta(days=span)
                most = count or (1 if span != spans[0] else None)
                known = events(library, config, site.moment, end, options.drafts)
                found = tuple(islice(tried.changes(known), most))
                if found:
                    break
            return Due(config, site.moment, end, found, ())
        except NewsroomError as error:
            raise NewsroomError(desk.place(error.problems)) from error


class _Trial:
    """The site as of one moment after the other, in memory."""

    def __init__(self, desk: Desk, look: Any, options: Options, library: Library):
        self.desk, self.look, self.options = desk, look, options
        self.zone, self.parsed = dates.zone(desk.config.timezone), (library, ())

    def changes(self, known: list[Event]) -> Iterator[Change]:
        """Those of the moments at which a byte of the output differs, or the build stops or can go on."""
        moments = [(at, tuple(group)) for at, group in groupby(known, key=lambda event: event.at)]
        say, before = self.options.progress or (lambda done, of: None), self._as_of(self.options.moment)
        try:
            for done, (at, told) in enumerate(moments):
                say(done, len(moments))
                moment = datetime.fromtimestamp(at, self.zone)
                after = self._as_of(moment)
                told = tuple(event for event in told if event.kind not in ASIDE) or told
                if count := self._differ(before, after):
                    yield Change(moment, told, count, () if isinstance(after, Planned) else self.desk.place(after))
                before = after
        finally:
            say(len(moments), len(moments))

    def _as_of(self, moment: datetime) -> Planned | tuple[Problem, ...]:
        try:
            return planned_by(self.desk, self.look, moment, self.options, "due", self.parsed)
        except NewsroomError as error:
            return tuple(error.problems)

    def _differ(self, before: Planned | tuple, after: Planned | tuple) -> int:
        """How many outputs differ in what they are made of; 0 where no byte of any differs."""
        if not (isinstance(before, Planned) and isinstance(after, Planned)):
            return int(before != after)
        was, now = ({output.path: output for output in each.outputs} for each in (before, after))
        paths = [
            path for path in was.keys() | now.keys()
            if path not in was or path not in now or was[path].fingerprint != now[path].fingerprint
        ]  # fmt: skip
        if all(path in was and path in now for path in paths):
            one, other = self._renderer(before), self._renderer(after)
            if not any(one(was[path]) != other(now[path]) for path in sorted(paths)):
                return 0
        return len(paths)

    def _renderer(self, planned: Planned) -> Callable[[Output], bytes]:
        desk = self.desk
        tools = outputs.tools(
            planned.site, self.look, desk.content, desk.root, desk.folder / "templates", said=desk.words,
            drawn=lambda key, make: desk.cache.kept(key, lambda: apart(make)),
        )
        return lambda output: outputs.render(output, planned.site, tools)


# ── as a person reads it ─────────────────────────────────────────────────────────────────────────────────────────────


def told(found: Due) -> Iterator[str]:
    """The next change, then each with what happens."""
    zone = found.config.timezone
    if not found.changes:
        yield f"nothing changes by itself before {dates.in_words(found.end.isoformat())}"
        return
    first = found.changes[0].at
    seconds = ":%S" if first.second else ""
    utc = "" if zone == "UTC" else f", {first.astimezone(UTC):%Y-%m-%d %H:%M{seconds}} UTC"
    yield f"the site next changes by itself on {_in_words(first, zone)}{utc}"
    for change in found.changes:
        yield ""
        yield _in_words(change.at, zone)
        for event in change.events:
            yield f"  {said(event)}"
        for problem in change.problems:
            where = (
                f"{problem.location.path}:{problem.location.line}" if problem.location.line else problem.location.path
            )
            yield f"  the build stops then: {where}: {problem.message}"


def said(event: Event) -> str:
    """`“Cracked lens”: goes out (content/posts/cracked-lens.md)`."""
    detail = f" ({event.detail})" if event.detail else ""
    name = f"{event.name}: " if event.name else ""
    return f"{name}{KINDS[event.kind]}{detail}" + (f" · {event.source}" if event.source else "")


def _in_words(moment: datetime, zone: str) -> str:
    words = dates.moment_in_words(moment.isoformat(), zone)
    seconds = f":{moment:%S}" if moment.second else ""
    return words.replace(f"{moment:%H:%M}", f"{moment:%H:%M}{seconds}")


def plain(found: Due) -> dict[str, Any]:
    """The same for programs."""
    return {
        "now": found.moment.isoformat(), "timezone": found.config.timezone, "known_until": found.end.isoformat(),
        "next": _utc(found.changes[0].at) if found.changes else None,
        "changes": [
            {
                "at": change.at.isoformat(), "utc": _utc(change.at), "outputs": change.outputs,
                "events": [_event(event) for event in change.events],
                "stops": [problem.message for problem in change.problems],
            } for change in found.changes
        ],
    }  # fmt: skip


def _event(event: Event) -> Mapping[str, str]:
    return {
        "kind": event.kind,
        "name": event.name,
        "what": KINDS[event.kind],
        "detail": event.detail,
        "source": event.source,
    }


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def cron(found: Due) -> str:
    """A line for a clock that knows minutes and UTC: `0 8 1 12 *`; a moment within a minute waits for the next one."""
    if not found.changes:
        return "# nothing changes by itself"
    moment = found.changes[0].at.astimezone(UTC)
    minute = moment.replace(second=0) + timedelta(minutes=bool(moment.second))
    return f"{minute.minute} {minute.hour} {minute.day} {minute.month} *  # newsroom build ({_utc(moment)})"


# ── the team's calendar ──────────────────────────────────────────────────────────────────────────────────────────────


def ics(found: Due) -> bytes:
    """What goes out when, as RFC 5545 wants it. For the team: it names what is not public."""
    stamp, config = f"{found.moment.astimezone(UTC):%Y%m%dT%H%M%SZ}", found.config
    title = lines.text(f"{config.title}: what goes out when")
    made = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//newsroom//due//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    made += [f"NAME:{title}", f"X-WR-CALNAME:{title}"]
    for event in found.planned:
        made += ["BEGIN:VEVENT", f"UID:{_uid(event, config)}", f"DTSTAMP:{stamp}"]
        made += [f"DTSTART:{datetime.fromtimestamp(event.at, UTC):%Y%m%dT%H%M%SZ}"]
        made += [
            f"SUMMARY:{lines.text(f'{event.name}: {KINDS[event.kind]}')}",
            f"DESCRIPTION:{lines.text(event.source)}",
        ]
        made += ["CLASS:CONFIDENTIAL", "TRANSP:TRANSPARENT", "STATUS:CONFIRMED", "END:VEVENT"]
    if not found.planned:  # section 3.6 wants a calendar to hold something
        made += ["BEGIN:VEVENT", f"UID:{_uid(Event(0, 'publication', '', ''), config)}", f"DTSTAMP:{stamp}"]
        made += [
            f"DTSTART;VALUE=DATE:{found.moment:%Y%m%d}",
            "SUMMARY:Nothing is planned",
            "STATUS:CANCELLED",
            "END:VEVENT",
        ]
    return lines.written([*made, "END:VCALENDAR"])


def _uid(event: Event, config: Config) -> str:
    """One for each post and what happens to it: at another time it is the same event, moved."""
    import uuid

    identity = config.feeds.id or config.url.partition("://")[2]
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{identity} due {event.kind} {event.source}"))
