"""Owns ISO weeks (ISO 8601, section 4.3.2.2): which one a moment is in, its name, its days in words. No clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from newsroom.dates import in_words
from newsroom.language import phrases, say


def week_of(day: date) -> str:
    """The name of a day's week; its year is that of its Thursday.

    >>> week_of(date(2027, 1, 3))
    '2026-W53'
    """
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def weeks_at(times: Iterable[int], zone: ZoneInfo) -> Iterator[str]:
    """The name of the week of each moment, in seconds since 1970. Neighbours in a week cost one look."""
    name, start, end = "", 0, 0
    for time in times:
        if not start <= time < end:
            name = week_of(datetime.fromtimestamp(time, zone).date())
            monday, sunday = days(name)
            start, end = (_begins(day, zone) for day in (monday, sunday + timedelta(days=1)))
        yield name


def _begins(day: date, zone: ZoneInfo) -> float:
    """When a day begins; where its midnight is skipped, with the moment that skips it."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()


def days(week: str) -> tuple[date, date]:
    """The Monday and the Sunday of a week."""
    year, _, number = week.partition("-W")
    monday = date.fromisocalendar(int(year), int(number), 1)
    return monday, monday + timedelta(days=6)


def days_in_words(week: str, language: str = "en") -> str:
    """The days of a week, as a title says them.

    >>> days_in_words("2026-W45"), days_in_words("2026-W40")
    ('2–8 November 2026', '28 September – 4 October 2026')
    """
    monday, sunday = days(week)
    first, last = in_words(monday.isoformat(), language), in_words(sunday.isoformat(), language)
    if monday.year == sunday.year:
        month = phrases(language)["dates.months"][monday.month - 1]
        number = phrases(language)["dates.first"] if monday.day == 1 else str(monday.day)
        if monday.month == sunday.month:
            places = {"start": number, "end": str(sunday.day), "month": month, "year": str(sunday.year)}
            return say(language, "digest.week", **places)
        first = say(language, "digest.day", day=number, month=month)
    return say(language, "digest.weeks", first=first, last=last)
