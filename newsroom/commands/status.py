"""Owns `newsroom status`: who waits for an answer, how promises were kept, what else is due. Builds nothing.

What else is due is for `agenda` to say.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from newsroom.assemble.answered import waiting
from newsroom.build import Options, read
from newsroom.commands import isso, looking
from newsroom.commands.agenda import AGENDA, Known, agenda
from newsroom.config import NOWHERE
from newsroom.dates import moment_in_words
from newsroom.desk import Desk
from newsroom.errors import NewsroomError, Problem
from newsroom.permalinks import encoded
from newsroom.promises import DAYS, Record, Waiting, old
from newsroom.site import Site

SHOWN = 5
"""So many lines of one part fit a screen that is read before the coffee; --json has them all."""
PULL = "newsroom comments pull"


class Status(NamedTuple):
    """All that a team wants to know in the morning."""

    site: Site
    waiting: tuple[Waiting, ...]
    """The oldest first."""
    records: Mapping[str, Record]
    problems: tuple[Problem, ...]
    """What else is due; an error is late."""

    @property
    def overdue(self) -> bool:
        """Whether anything is late: an answer, an update, a review."""
        late = any(problem.severity == "error" for problem in self.problems)
        return late or any(one.overdue for one in self.waiting)

    @property
    def pulled(self) -> str:
        """When a service was last asked, RFC 3339; "" for never."""
        return max((talk.pulled for talk in self.site.talks.values()), default="")


def status(root: Path, options: Options) -> Status:
    """What waits at a moment. Raises NewsroomError with what would stop a build."""
    desk = Desk(Path(root), isso.address(Path(root)) or NOWHERE)
    try:
        site, look, library = read(desk, options)
        known = Known(looking.checked(desk, site, look), library)
        return Status(site, tuple(waiting(site)), known.checked.records, desk.place(agenda(known)))
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
    """The screen: a paragraph for what waits, for each table, for each part of what is due. One line where nothing is."""
    parts = (_questions(status), _people(status), *_due(status), _archive(status))
    shown = ["\n".join(lines) for part in parts if (lines := list(part))]
    return "\n\n".join(shown) or "nothing waits, and nothing is due"


def mail(status: Status) -> str:
    """The same as an e-mail's header and text, 72 columns wide, for sendmail and its like; who gets it is theirs to say."""
    late = sum(one.overdue for one in status.waiting) + sum(p.severity == "error" for p in status.problems)
    due = len(status.waiting) + len(status.problems)
    says = f"{late} late, {due} in all" if late else f"{due} to do, nothing late" if due else "nothing waits"
    lines = [part for line in told(status).split("\n") for part in (_wrapped(line) if len(line) > WIDE else [line])]
    title = "".join(c if c.isprintable() else " " for c in status.site.config.title)
    head = ("MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit")
    return "\n".join([f"Subject: {_encoded(f'{title}: {says}')}", *head, "", *lines])


WIDE = 72
"""Columns of an e-mail that every program shows as it was written."""


def _encoded(text: str) -> str:
    """A header's text: RFC 2047, where it is not ASCII."""
    from email.header import Header

    return text if text.isascii() else Header(text, "utf-8", header_name="Subject").encode()


def _wrapped(line: str) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.wrap(line, WIDE, subsequent_indent=indent + "  ", break_long_words=False, break_on_hyphens=False)


def _questions(status: Status) -> Iterator[str]:
    late = sum(one.overdue for one in status.waiting)
    if not status.waiting:
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
    if not any(row[5] or row[6] for row in rows):  # nothing broken, nobody waits
        return
    heads = (f"last {DAYS} days", "asked", "answered", "half within", "kept", "broken", "waiting")
    table = [[str(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for first, *rest in table:
        cells = (f"{cell:>{width}}" for cell, width in zip(rest, widths[1:], strict=True))
        yield "  ".join((f"{first:<{widths[0]}}", *cells))


def _due(status: Status) -> Iterator[Iterator[str]]:
    """A paragraph for each part that has something."""
    for part in AGENDA:
        if found := [problem for problem in status.problems if problem.code in part.finds]:
            yield _part(part.heading, found)


def _part(heading: str, found: list[Problem]) -> Iterator[str]:
    yield f"{heading}{'' if len(found) == 1 else f' ({len(found)})'}"
    for problem in found[:SHOWN]:
        where = problem.location
        late = "late: " if problem.severity == "error" else ""
        yield f"  {where.path}{f':{where.line}' if where.line > 1 else ''}: {late}{problem.message}"
    if len(found) > SHOWN:
        yield f"  and {len(found) - SHOWN} more: newsroom status --json"


def _archive(status: Status) -> Iterator[str]:
    """What the archive cannot know, with the next step; nothing where it was pulled lately."""
    talks, pulled, now = status.site.talks, status.pulled, status.site.moment
    provider = status.site.config.comments.provider
    if not talks and provider:
        yield f"no comments are archived: {PULL}, or newsroom comments import, so that questions are counted"
    elif talks and old(pulled, now):
        comments = _count(sum(len(talk.said) for talk in talks.values()), "comment")
        ago = int(now.timestamp() - datetime.fromisoformat(pulled).timestamp()) if pulled else 0
        last = f"last pulled {lasted(max(0, ago))} ago" if pulled else "never pulled"
        yield f"archive: {comments} below {_count(len(talks), 'post')}, {last}"
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
