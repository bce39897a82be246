"""Owns `newsroom status`: who waits for an answer, how promises were kept, what else is due. Builds nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from newsroom.assemble.answered import records, waiting
from newsroom.build import Options, load
from newsroom.check.rules import RULES, Checked
from newsroom.commands import isso
from newsroom.config import NOWHERE
from newsroom.dates import moment_in_words
from newsroom.desk import Desk
from newsroom.errors import NewsroomError, Problem
from newsroom.permalinks import encoded
from newsroom.promises import DAYS, Record, Waiting, old
from newsroom.site import Site

DUE = ("overdue-update", "stale-promise", "no-answerer", "no-deputy", "paused-promise", "broken-promise", "no-voice")
"""The rules of `newsroom check` that belong on a morning's screen."""
PULL = "newsroom comments pull"


class Status(NamedTuple):
    """All that a team wants to know in the morning."""

    site: Site
    waiting: tuple[Waiting, ...]
    """The oldest first."""
    records: Mapping[str, Record]
    problems: tuple[Problem, ...]

    @property
    def overdue(self) -> bool:
        """Whether somebody waits for longer than was promised, a reader or the readers of a statement."""
        late = any(problem.code == "overdue-update" for problem in self.problems)
        return late or any(one.overdue for one in self.waiting)

    @property
    def pulled(self) -> str:
        """When a service was last asked, RFC 3339; "" for never."""
        return max((talk.pulled for talk in self.site.talks.values()), default="")


def status(root: Path, options: Options) -> Status:
    """What waits at a moment. Raises NewsroomError with what would stop a build."""
    desk = Desk(Path(root), isso.address(Path(root)) or NOWHERE)
    try:
        site, _ = load(desk, options)
        told = records(site)
        checked = Checked(site, desk.content, frozenset(), told)
        found = [
            Problem(code, message, where, hint, RULES[code].severity)
            for code in DUE
            for where, message, hint in RULES[code].find(checked)
        ]
        return Status(site, tuple(waiting(site)), told, desk.place(found))
    except NewsroomError as error:
        raise NewsroomError(desk.place(error.problems)) from error
    finally:
        desk.close()


def plain(status: Status) -> dict[str, Any]:
    """The same for programs; problems are left to the command line."""
    site = status.site
    return {
        "overdue": status.overdue,
        "waiting": [
            {
                "title": one.post.title, "source": one.post.source, "comment": one.comment,
                "address": address(one, site), "since": _stamp(one.since, site), "owner": one.owner or None,
                "promised_by": one.promised if one.due else None,
                "due": _stamp(one.due, site) if one.due else None, "overdue": one.overdue,
            } for one in status.waiting
        ],
        "people": {key: record._asdict() for key, record in status.records.items()},
        "archive": {
            "conversations": len(site.talks), "comments": sum(len(talk.said) for talk in site.talks.values()),
            "pulled": status.pulled or None, "old": bool(site.talks) and old(status.pulled, site.moment),
        },
        "held": dict(site.held),
    }  # fmt: skip


def address(one: Waiting, site: Site) -> str:
    """Where a comment can be read, and from where it can be answered."""
    return f"{site.info.url}{encoded(one.post.permalink)}#comment-{one.comment}"


# ── as a person reads it ─────────────────────────────────────────────────────────────────────────────────────────────


def told(status: Status) -> str:
    """The screen: a paragraph for what waits, for each table, for the rest."""
    parts = (_questions(status), _people(status), _due(status), _archive(status))
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part)))


def _questions(status: Status) -> Iterator[str]:
    late = sum(one.overdue for one in status.waiting)
    if not status.waiting:
        yield "no question waits, as far as the archive knows" if status.site.talks else "no comments are archived"
        return
    known = ", as far as the archive knows" if old(status.pulled, status.site.moment) else ""
    verb = "waits" if len(status.waiting) == 1 else "wait"
    yield f"{_count(len(status.waiting), 'question')} {verb}{f', {late} overdue' if late else ''}{known}"
    waited = [lasted(int(status.site.moment.timestamp()) - one.since) for one in status.waiting]
    width = max(map(len, waited))
    for one, since in zip(status.waiting, waited, strict=True):
        yield ""
        yield f"  {since:>{width}}  {one.post.title}"
        yield f"  {'':{width}}  {_whose(one, status.site)}"
        yield f"  {'':{width}}  {address(one, status.site)}"


def _whose(one: Waiting, site: Site) -> str:
    if not one.owner:
        return "nobody answers here: name a successor"
    name = site.people[one.owner].name
    if one.due is None:
        return f"{name} promised no time"
    by = moment_in_words(_stamp(one.due, site), site.config.timezone)
    if one.promised != one.owner:
        first = site.people[one.promised].name
        return f"promised by {first} until {by}{': overdue' if one.overdue else ''}; now with {name}"
    return f"{name} promised an answer by {by}" + (": overdue" if one.overdue else "")


def _people(status: Status) -> Iterator[str]:
    """The table of records; nothing where nobody was asked lately."""
    rows = [
        (status.site.people[key].name, r.questions, r.answered, "" if r.median is None else lasted(r.median), r.kept,
         r.broken, r.waiting)
        for key, r in status.records.items()
    ]  # fmt: skip
    if not rows:
        return
    heads = (f"last {DAYS} days", "questions", "answered", "half of them within", "kept", "broken", "waiting now")
    table = [[str(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for first, *rest in table:
        cells = (f"{cell:>{width}}" for cell, width in zip(rest, widths[1:], strict=True))
        yield "  ".join((f"{first:<{widths[0]}}", *cells))


def _due(status: Status) -> Iterator[str]:
    for problem in status.problems:
        where = problem.location
        yield f"{where.path}{f':{where.line}' if where.line else ''}: {problem.message}"
    if status.site.held:
        held = (f"{count} {'scheduled' if why == 'waiting' else why}" for why, count in status.site.held)
        yield f"not shown: {', '.join(held)}"


def _archive(status: Status) -> Iterator[str]:
    talks, pulled = status.site.talks, status.pulled
    if not talks:
        pull = f"{PULL}, or " if status.site.config.comments.provider else ""
        yield f"next: {pull}newsroom comments import, so that questions are counted"
        return
    comments = _count(sum(len(talk.said) for talk in talks.values()), "comment")
    now = status.site.moment
    ago = int(now.timestamp() - datetime.fromisoformat(pulled).timestamp()) if pulled else 0
    last = f"last pulled {lasted(max(0, ago))} ago" if pulled else "never pulled"
    yield f"archive: {comments} below {_count(len(talks), 'post')}, {last}"
    if old(pulled, now):
        yield f"next: {PULL}; what was said since then is not known here"


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def lasted(seconds: int) -> str:
    """A length of time, roughly: minutes below an hour, hours below two days.

    >>> lasted(59), lasted(3600), lasted(47 * 3600), lasted(50 * 3600)
    ('0 minutes', '1 hour', '47 hours', '2 days')
    """
    for unit, size, most in (("minute", 60, 60), ("hour", 3600, 48)):
        if seconds < most * size:
            return _count(seconds // size, unit)
    return _count(seconds // 86400, "day")


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _stamp(seconds: int, site: Site) -> str:
    return datetime.fromtimestamp(seconds, site.moment.tzinfo).isoformat()
