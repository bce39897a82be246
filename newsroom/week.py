"""Owns the hours of a week as a writer puts them, `Mon-Fri 10:00-16:00`: as data, and in a language's words.

Must not know whose hours they are, or their zone. When office hours are held next is the business of `hours`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from newsroom.language import joined, phrases, say

NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVERY = {"daily": (0, 6), "everyday": (0, 6), "weekdays": (0, 4), "workingdays": (0, 4), "weekends": (5, 6)}
"""Words for several days -> the first and the last of them; Monday is 0."""

WANTED = "write it as Mon-Fri 10:00-16:00, or Tue, Thu 9:00-12:00; Fri 9:00-11:00"

_TOKEN = re.compile(
    r"(?P<time>\d{1,2}(?:[:.]\d{2})?(?: ?[ap]\.?m\b\.?)?)|(?P<word>[a-z]+)\.?|(?P<sign>[-–,;&])| |:(?= )"
)
_PARTS = {"-": "to", "–": "to", "to": "to", "until": "to", ",": "and", ";": "and", "&": "and", "and": "and"}
"""What stands between days, times and rows -> its part in the sentence."""
_PAIRS = ("every day", "working days")


class Row(NamedTuple):
    """Some days of the week, and when on each of them."""

    days: tuple[tuple[int, int], ...]
    """First and last; Monday is 0."""
    times: tuple[tuple[int, int], ...]
    """Begin and end, in minutes since midnight; () is all day."""


def read(text: str) -> tuple[Row, ...] | None:
    """The hours of a week; None where they are not understood.

    >>> read("Mon-Fri 10:00-16:00")
    (Row(days=((0, 4),), times=((600, 960),)),)
    """
    tokens = _tokens(text)
    rows, at = [], 0
    while tokens and at < len(tokens):
        days, at = _ranges(tokens, at, "day")
        times, after = _ranges(tokens, at + _comma(tokens, at, "time"), "time")
        row = _row(days, times)
        if row is None:
            return None
        rows.append(row)
        at = after if times else at
        if at < len(tokens):
            step = _comma(tokens, at, "day")
            if not step:
                return None
            at += step
    return tuple(rows) or None


def _tokens(text: str) -> list[tuple[str, Any]] | None:
    """(day | time | to | and, value) each; None where a word is none of them."""
    text, at, found = " ".join(text.lower().split()), 0, []
    for pair in _PAIRS:
        text = text.replace(pair, pair.replace(" ", ""))
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return None
        at = match.end()
        if match["time"]:
            found.append(("time", match["time"]))
        elif word := match["word"] or match["sign"]:
            kind = _PARTS.get(word, "day")
            days = EVERY.get(word) or _number(word)
            if kind == "day" and days is None:
                return None
            found.append((kind, days))
    return found


def _comma(tokens: list, at: int, kind: str) -> int:
    """How many signs and words of joining stand before what is of this kind; 0 where something else follows."""
    n = at
    while n < len(tokens) and tokens[n][0] == "and":
        n += 1
    return n - at if n < len(tokens) and tokens[n][0] == kind else 0


def _ranges(tokens: list, at: int, kind: str) -> tuple[list[tuple[Any, Any]], int]:
    """`mon-thu, sat`: first and last of each, and where that ends."""
    found = []
    while at < len(tokens) and tokens[at][0] == kind:
        first, at = tokens[at][1], at + 1
        last = first
        if at + 1 < len(tokens) and tokens[at][0] == "to" and tokens[at + 1][0] == kind:
            last, at = tokens[at + 1][1], at + 2
        found.append((first, last))
        step = _comma(tokens, at, kind)
        if not step:
            break
        at += step
    return found, at


def _row(days: list, times: list) -> Row | None:
    whole = tuple(first if isinstance(first, tuple) else (first, last) for first, last in days)
    clock = tuple((_minutes(start, end), _minutes(end)) for start, end in times)
    if not whole or any(first is not last and tuple in (type(first), type(last)) for first, last in days):
        return None
    return None if any(None in pair or pair[0] == pair[1] for pair in clock) else Row(whole, clock)


def _number(word: str) -> int | None:
    """0 for `mon`, `monday` and `mondays`."""
    word = word.removesuffix("s") if word.endswith("days") else word
    return next((n for n, name in enumerate(NAMES) if len(word) > 2 and name.startswith(word)), None)


def _minutes(text: str, end: str = "") -> int | None:
    """Minutes since midnight; `9-5pm` leaves the first half to be guessed, so it is not understood."""
    match = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?(?: ?([ap])\.?m\.?)?", text)
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 99
    elif end.rstrip(".").endswith("m"):
        return None
    return hour * 60 + minute if hour * 60 + minute <= 24 * 60 and minute < 60 else None


def credible(text: str) -> bool:
    """Whether hours that look like times can be some: none after 24:00, none for more than half a day past midnight."""
    if rows := read(text):
        return all(start < end or end + 24 * 60 - start <= 12 * 60 for row in rows for start, end in row.times)
    times = ((int(hour), int(minute)) for hour, minute in re.findall(r"(\d{1,2})[:.](\d{2})(?!\d)", text))
    return all(hour * 60 + minute <= 24 * 60 and minute < 60 for hour, minute in times)


# ── in words ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def in_words(text: str, language: str = "en") -> str:
    """`Monday to Friday 10:00–16:00`; what is not understood stays as it is written."""
    rows = read(text)
    if rows is None:
        return text.strip()
    return phrases(language)["lists.comma"].join(_said(row, language) for row in rows)


def _said(row: Row, language: str) -> str:
    days = joined(language, "and", list(_days(row, language)))
    if row.times in ((), ((0, 24 * 60),)):
        return days
    times = joined(language, "and", [clock(start, end, language) for start, end in row.times])
    return say(language, "hours.row", days=days, times=times)


def _days(row: Row, language: str) -> Iterator[str]:
    words = phrases(language)
    for first, last in row.days:
        if (first, last) == (0, 6):
            yield words["hours.daily"]
        elif first == last:
            yield words["hours.days"][first]
        else:
            yield say(language, "hours.range", first=words["hours.days"][first], last=words["hours.days"][last])


def clock(start: int, end: int | None, language: str = "en") -> str:
    """`15:00–16:00`, from minutes since midnight; only the beginning where nobody says how long."""
    if end is None:
        return say(language, "hours.clock", time=_time(start))
    return say(language, "hours.clocks", start=_time(start), end=_time(end))


def _time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def held(days: Sequence[int], weeks: int = 1, nth: int = 0, language: str = "en") -> str:
    """On which days something is held: `Tuesdays`. What the numbers mean is told by `hours.Slot`.

    >>> held([1]), held([0], nth=1, language="de"), held([4], weeks=2, language="fr")
    ('Tuesdays', 'jeden ersten Montag im Monat', 'un vendredi sur deux')
    """
    words = phrases(language)
    if nth:
        ordinal = words["hours.ordinals"][nth - 1 if nth > 0 else -1]
        return say(language, "hours.monthly", ordinal=ordinal, day=words["hours.days"][days[0]])
    if weeks > 1:
        return say(language, "hours.fortnightly", day=words["hours.days"][days[0]])
    if len(days) == 7:
        return words["hours.daily"]
    if tuple(days) == (0, 1, 2, 3, 4):
        return words["hours.working"]
    return joined(language, "and", [words["hours.weekly"][day] for day in days])
