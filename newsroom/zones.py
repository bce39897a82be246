"""Owns time zones as calendars want them: when a zone's clocks change, as rules where these hold.

Must not know how a calendar writes them. Reads the time zone database where zoneinfo reads it.
"""

from __future__ import annotations

import calendar
import re
import zoneinfo
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from newsroom import dates

WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
"""POSIX counts from Sunday."""
_NAME, _TIME = r"(?:<[^>]+>|[A-Za-z]{3,})", r"[+-]?\d+(?::\d\d){0,2}"
POSIX = re.compile(rf"{_NAME}({_TIME})(?:{_NAME}({_TIME})?,M([^,]+),M([^,]+))?")
"""The last line of a zone's TZif file: POSIX.1 with the hours of RFC 8536, section 3.3.1. Its few zones that count the
days of a year instead have no rule here."""
ONSET = re.compile(rf"(\d+)\.(\d)\.(\d)(?:/({_TIME}))?")


class Observance(NamedTuple):
    """What clocks show from a moment on: RFC 5545, section 3.6.5."""

    start: datetime
    """On the clock as it goes before, without a zone."""
    before: timedelta
    """Offset from UTC."""
    after: timedelta
    name: str
    """`CEST`."""
    rule: str
    """A recurrence rule, or "" for once."""


class _Onset(NamedTuple):
    """One of a rule's two changes: the `week`th `weekday` of `month` (5: the last), and so long after its midnight."""

    month: int
    week: int
    weekday: int
    time: timedelta
    before: timedelta
    after: timedelta

    def on(self, year: int) -> datetime:
        """When clocks change in a year, on the clock as it goes before."""
        days = calendar.monthrange(year, self.month)[1]
        first = (self.weekday - date(year, self.month, 1).isoweekday()) % 7 + 1
        day = first + 7 * (self.week - 1)
        return datetime(year, self.month, day - 7 if day > days else day) + self.time

    def rule(self) -> str | None:
        """The recurrence rule. None where the days reach into another month.

        Hours beyond a day, as in Gaza or Nuuk, move the weekday: "the Saturday of the 24th to 30th".
        """
        shift, days = self.time.days, calendar.monthrange(2026, self.month)[1]
        name = WEEKDAYS[(self.weekday + shift) % 7]
        start = f"FREQ=YEARLY;BYMONTH={self.month}"
        if shift == 0:
            return f"{start};BYDAY={-1 if self.week == 5 else self.week}{name}"
        first = shift + (days - 6 if self.week == 5 else 7 * self.week - 6)
        if first < 1 or first + 6 > days or self.month == 2:
            return None
        return f"{start};BYMONTHDAY={','.join(str(first + n) for n in range(7))};BYDAY={name}"


@lru_cache(64)
def observances(zone: str, first: int, last: int) -> tuple[Observance, ...]:
    """What clocks of a zone show from the year `first` on, exact up to the end of `last`; () for UTC itself.

    Rules where the zone's own holds up to then, and each change by itself where it does not: Morocco's clocks follow
    the moon. A rule begins a year early, so that it is in force on the first day.
    """
    there = dates.zone(zone)
    begin = datetime(first - 1, 1, 1, tzinfo=UTC).astimezone(there)
    changes = _changes(there, first - 1, last)
    if not changes and begin.tzname() == "UTC":
        return ()
    onsets = _onsets(_footer(zone))
    holds = next(
        (y for y in range(first - 1, last + 1) if all(_agree(onsets, changes, n) for n in range(y, last + 1))), last + 1
    )
    rules = [onset.rule() for onset in onsets]
    if None in rules:
        holds = last + 1
    named = {(start.year, after): name for start, _, after, name in changes}
    made = [Observance(*change, "") for change in changes if change[0].year < holds]
    if holds <= last:
        made += [Observance(onset.on(holds), onset.before, onset.after, named[holds, onset.after], rule or "")
                 for onset, rule in zip(onsets, rules)]  # fmt: skip
    if onsets and holds == first - 1:
        return tuple(sorted(made))
    offset = begin.utcoffset() or timedelta()
    start = datetime(first - 1, 1, 1) if changes else datetime(1970, 1, 1)
    return (Observance(start, offset, offset, begin.tzname() or zone, ""), *sorted(made))


def _changes(zone: zoneinfo.ZoneInfo, first: int, last: int) -> list[tuple[datetime, timedelta, timedelta, str]]:
    """(start, before, after, name) of every change of offset in these years, as `Observance` has them."""
    found, week, at = [], timedelta(days=7), datetime(first, 1, 1, tzinfo=UTC)
    while at.year <= last:  # clocks that go back for Ramadan do so for a month
        if (before := _offset(at, zone)) != _offset(at + week, zone):
            early, late = at, at + week
            while late - early > timedelta(seconds=1):
                middle = early + (late - early) // 2
                middle = middle.replace(microsecond=0)
                early, late = (middle, late) if _offset(middle, zone) == before else (early, middle)
            there = late.astimezone(zone)
            found.append(((late + before).replace(tzinfo=None), before, _offset(late, zone), there.tzname() or ""))
        at += week
    return found


def _offset(at: datetime, zone: zoneinfo.ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _agree(onsets: tuple[_Onset, ...], changes: list[tuple], year: int) -> bool:
    """Whether a rule says of a year what the zone's clocks do."""
    real = sorted(change[:3] for change in changes if change[0].year == year)
    return real == sorted((onset.on(year), onset.before, onset.after) for onset in onsets)


def _onsets(footer: str) -> tuple[_Onset, ...]:
    """The two changes of a POSIX rule; () where there are none.

    >>> [onset.rule() for onset in _onsets("CET-1CEST,M3.5.0,M10.5.0/3")]
    ['FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU']
    """
    match = POSIX.fullmatch(footer)
    if not match or not match[3]:
        return ()
    winter = -_span(match[1])  # POSIX counts west of Greenwich
    summer = -_span(match[2]) if match[2] else winter + timedelta(hours=1)
    start, end = ONSET.fullmatch(match[3]), ONSET.fullmatch(match[4])
    if not start or not end:
        return ()
    return tuple(
        _Onset(int(on[1]), int(on[2]), int(on[3]), _span(on[4] or "2"), *offsets)
        for on, offsets in ((start, (winter, summer)), (end, (summer, winter)))
    )


def _span(text: str) -> timedelta:
    """`-10:30` as a span of time."""
    hours, minutes, seconds = (int(part) for part in (text.lstrip("+-") + ":0:0").split(":")[:3])
    return (-1 if text.startswith("-") else 1) * timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _footer(zone: str) -> str:
    """The rule at the end of a zone's file (RFC 8536, section 3.3); "" where it has none."""
    files = (Path(folder, zone) for folder in zoneinfo.TZPATH)
    file = next((file for file in files if file.is_file()), None)
    try:
        raw = (
            file.read_bytes() if file else resources.files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()
        )
    except OSError:
        return ""
    return raw.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii", "replace")
