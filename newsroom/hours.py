"""Owns office hours as data: on which days a slot is held, and when next. Pure.

What a reader reads of them is `assemble.contact`'s business, how a calendar writes them `render.calendar`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from newsroom import dates
from newsroom.language import phrases, say
from newsroom.model import Person
from newsroom.standing import consented, day, leaves, state

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WORKING = ("weekday", "working day", "workday", "business day")
NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}

AHEAD = timedelta(days=800)
"""So far ahead it is worth looking: a day that never comes would be looked for for ever."""
WHOLE_DAY = 24 * 60
DAY = timedelta(days=1)


class Slot(NamedTuple):
    """Office hours that a calendar can hold."""

    days: tuple[int, ...]
    """Days of the week, 0 is Monday; one of them where `weeks` or `nth` say more."""
    weeks: int
    """Every so many weeks: 1, or 2 counted from `first`."""
    nth: int
    """1 to 4 for the so-manieth of the month, -1 for the last; 0 for each week."""
    at: time
    """On the clock of `zone`, in summer as in winter."""
    minutes: int
    """How long; 0 where nobody said."""
    zone: str
    """IANA name."""
    where: str
    first: date | None
    """The first day by the rule; None where nobody said since when."""
    last: date | None
    """No later day; None is without end."""
    without: frozenset[date]
    """Days on which it is not held."""


class Meeting(NamedTuple):
    """One time at which a slot is held."""

    start: datetime
    """In the zone of the slot."""
    end: datetime | None
    """None where nobody said how long."""
    zone: str


def slot(entry: Mapping[str, Any], zone: str) -> Slot | None:
    """An item of a person's `office_hours`; None where a calendar cannot hold it: `unclear` says what to write."""
    rule, begins, minutes = _rule(entry.get("every", "")), day(entry.get("from")), entry.get("minutes") or 0
    if rule is None or minutes > WHOLE_DAY:
        return None
    days, weeks, nth = rule
    if weeks > 1 and begins is None:
        return None
    hour, minute = map(int, entry["at"].split(":"))
    without = frozenset(found for text in entry.get("except") or () if (found := day(text)))
    made = Slot(
        days or (begins.weekday(),), weeks, nth, time(hour, minute), minutes, zone, (entry.get("where") or "").strip(),
        None, day(entry.get("until")), frozenset(),
    )  # fmt: skip
    if begins:
        made = made._replace(first=next(days_of(made._replace(weeks=1, last=None), begins, begins + AHEAD)))
    return made._replace(without=without)


def unclear(entry: Mapping[str, Any]) -> str:
    """What to write so that a calendar can hold an item of `office_hours`; "" where it can."""
    if slot(entry, "UTC"):
        return ""
    every = entry.get("every", "")
    if (entry.get("minutes") or 0) > WHOLE_DAY:
        return "minutes: is more than a day; write how long one of them lasts"
    if _rule(every):
        return "add from: with the first day; every two weeks can be counted in two ways"
    if _rule(f"{every} of the month"):
        name = every.split()[-1]
        return f'write "{every} of the month", or "other {name}" for every two weeks'
    return 'write a weekday, "Monday and Thursday", "weekday", "other Tuesday" or "first Tuesday of the month"'


def never(entry: Mapping[str, Any]) -> bool:
    """Whether a calendar could hold it, and it falls on no day: it ends before it begins, or all its days fall out."""
    made = slot(entry, "UTC")
    return bool(made and made.first and not any(days_of(made, made.first, made.first + AHEAD)))


# ── what `every` says ────────────────────────────────────────────────────────────────────────────────────────────────


def _rule(every: str) -> tuple[tuple[int, ...], int, int] | None:
    """(days, weeks, nth) of a Slot; no days mean that of `from`. None where the words have no meaning, or two.

    "second Tuesday" has two: of the month, or every two weeks. "of the month" or "other" says which.
    """
    text = re.sub(r"^((every|each|on|the)\s+)+", "", " ".join(every.lower().split()).rstrip("."))
    words, monthly, _ = text.partition(" of the month")
    if match := re.fullmatch(rf"({'|'.join(NTH)}) (\w+)", words):
        nth, weekday = NTH[match[1]], _weekday(match[2])
        if weekday is not None:
            return ((weekday,), 1, nth) if monthly or nth in (1, -1) else None
    if monthly:
        return None
    if text.removesuffix("s") in ("day", "daily"):
        return tuple(range(7)), 1, 0
    if text.removesuffix("s") in WORKING:
        return tuple(range(5)), 1, 0
    if match := re.fullmatch(r"(?:other|second|two|2) weeks?(?: on)?(?: (\w+))?|other (\w+)", text):
        name = match[1] or match[2]
        weekday = _weekday(name) if name else None
        return None if name and weekday is None else (() if weekday is None else (weekday,), 2, 0)
    return _listed(text)


def _listed(text: str) -> tuple[tuple[int, ...], int, int] | None:
    """`tuesday`, `mon and thu`, `mon-fri`."""
    found: set[int] = set()
    for part in re.split(r"\s*(?:,|&|/|\band\b)\s*", text):
        first, dash, last = (re.split(r"\s*(-|–|\bto\b)\s*", part) + ["", ""])[:3]
        start, end = _weekday(first), _weekday(last if dash else first)
        if start is None or end is None:
            return None
        found.update((start + n) % 7 for n in range((end - start) % 7 + 1))
    return tuple(sorted(found)), 1, 0


def _weekday(word: str) -> int | None:
    """0 for `monday`, `mondays`, `mon`."""
    name = word.rstrip(".").removesuffix("s")
    return next((n for n, full in enumerate(DAYS) if len(name) > 2 and full.startswith(name)), None)


# ── days and times ───────────────────────────────────────────────────────────────────────────────────────────────────


def days_of(slot: Slot, since: date, until: date) -> Iterator[date]:
    """The days on which a slot is held, both ends included."""
    at = max(since, slot.first or since)
    end = min(until, slot.last or until)
    while at <= end:
        if _falls_on(slot, at) and at not in slot.without:
            yield at
        at += DAY


def _falls_on(slot: Slot, at: date) -> bool:
    if at.weekday() not in slot.days:
        return False
    if slot.nth:
        return (at + 7 * DAY).month != at.month if slot.nth < 0 else (at.day - 1) // 7 + 1 == slot.nth
    return slot.weeks == 1 or slot.first is None or (at - slot.first).days // 7 % slot.weeks == 0


def begins(slot: Slot, at: date) -> datetime:
    """When it begins on a day, in its zone.

    The time on the clock stays through the year. One that the clock leaves out moves on by as much as the clock does,
    and of one that it shows twice the first is meant: RFC 5545, section 3.3.5, which is what `fold=0` says (PEP 495).
    """
    zone = dates.zone(slot.zone)
    return datetime.combine(at, slot.at, zone).astimezone(UTC).astimezone(zone)


def upcoming(slot: Slot, moment: datetime, count: int) -> list[Meeting]:
    """The next times that are not over at a moment, soonest first."""
    today = moment.astimezone(dates.zone(slot.zone)).date()
    since = max(today - DAY, slot.first or today - DAY)  # yesterday's may last beyond midnight
    found: list[Meeting] = []
    for at in days_of(slot, since, since + AHEAD):
        start = begins(slot, at)
        length = timedelta(minutes=slot.minutes)
        if start + length > moment.astimezone(UTC):
            end = (start.astimezone(UTC) + length).astimezone(start.tzinfo) if slot.minutes else None
            found.append(Meeting(start, end, slot.zone))
        if len(found) == count:
            break
    return found


# ── a person's ───────────────────────────────────────────────────────────────────────────────────────────────────────


def clear(person: Person, timezone: str) -> tuple[Slot, ...]:
    """Her slots that a calendar can hold, whatever has become of her; `timezone` is the site's."""
    zone = person.timezone or timezone
    return tuple(made for entry in person.office_hours if (made := slot(entry, zone)))


def held(person: Person, timezone: str, moment: datetime) -> tuple[Slot, ...]:
    """Her slots as far as they are held: none without her consent.

    Away until a day, those from today up to it fall out; where nobody knows how long, she has none. Whoever left, or
    will leave, has those before that day: the calendars of those who met her keep them, and end.
    """
    if not person.office_hours or not consented(person, "office_hours", moment):
        return ()
    slots, today, now = clear(person, timezone), moment.date(), state(person, moment)
    if gone := leaves(person):
        slots = tuple(each._replace(last=min(each.last or gone, gone - DAY)) for each in slots)
    if now == "left":
        return slots if gone else ()
    if now == "away":
        back = day(person.status.get("until"))
        if back is None or back > today + AHEAD:
            return ()
        return tuple(each._replace(without=each.without | set(days_of(each, today, back - DAY))) for each in slots)
    return slots


def coming(person: Person, timezone: str, moment: datetime, count: int) -> list[Meeting]:
    """The next times at which she can be met, soonest first."""
    found = [meeting for each in held(person, timezone, moment) for meeting in upcoming(each, moment, count)]
    return sorted(found, key=lambda meeting: meeting.start)[:count]


SHOWN = 3
"""So many of the next times stand on a person's page."""


def ends(people: Iterable[Person], timezone: str, moment: datetime) -> Iterator[int]:
    """When times that are shown will be over, in seconds since 1970: a page says something else from then on."""
    for person in people:
        for meeting in coming(person, timezone, moment, SHOWN):
            yield int((meeting.end or meeting.start).timestamp())


def in_words(start: datetime, zone: str, language: str = "en") -> str:
    """`Tuesday 6 January 2026, 15:00 (Berlin time)`."""
    day = phrases(language)["hours.days"][start.weekday()]
    return say(language, "card.date", day=day, moment=dates.moment_in_words(start.isoformat(), zone, language))
