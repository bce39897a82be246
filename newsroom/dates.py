"""Owns time: what a writer may write as a date, and the zone it is meant in. Must not read the clock."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from newsroom.language import phrases, place_name, say

WANTED = 'write it as 2026-11-02, "2026-11-02 09:00" or "2026-11-02 09:00 +01:00"'
"""The hint of a date that is not understood."""


class NoSuchMoment(ValueError):
    """Raised for a time that the clocks of a zone do not show, or show twice: (message, what to write instead)."""

    def __str__(self) -> str:
        return self.args[0]


MONTHS = (
    "january february march april may june july august september october november december".split()
)  # fmt: skip

ZONES = {
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
"""The named zones of RFC 5322, section 4.3, in hours; every other abbreviation is ambiguous."""

_TWO_DAYS = re.compile(r"\d{1,2}([-/.])\d{1,2}\1(?:\d{2}|\d{4})\b")
"""`11-9-2017`: in September here, in November there."""

_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
_ZONE = r"(?P<zone>[+-]\d{1,2}:?\d{2}|[A-Za-z]{1,5})"
_REST = rf"(?:(?:[Tt]|,?\s+(?:at\s+)?){_TIME}(?:\s*{_ZONE})?)?"
FORMS = tuple(
    re.compile(day + _REST)
    for day in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})",
        r"(?:[A-Za-z]{3,9},?\s+)?(?P<word>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})",
        r"(?:[A-Za-z]{3,9},?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?P<word>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})",
    )
)
"""Forms with one reading only: year first, or the month as a word. `11-9-2017` is two days, so it is none."""


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises ValueError when there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:  # ZoneInfoNotFoundError is a KeyError; a folder's name an OSError
        raise ValueError(f'unknown time zone "{name}"') from error


@lru_cache(4096)  # 11 µs; a day is signed off by two, and has three posts
def parse(text: str, tz: str) -> datetime:
    """The moment a writer means; without an offset, in the zone `tz`. Raises ValueError that says what is wrong.

    >>> parse("2016-1-05 18:00", "Europe/Berlin").isoformat()
    '2016-01-05T18:00:00+01:00'
    """
    match = next((m for form in FORMS if (m := form.fullmatch(text.strip()))), None)
    if not match:
        raise ValueError(f'"{text}" {_unread(text.strip())}')
    part = match.groupdict()
    if not 1600 <= int(part["year"]) < 3000:
        raise ValueError(f'"{text}" is not in a year that a newsroom would name')
    try:
        naive = datetime(int(part["year"]), _month(part), int(part["day"]), *_clock(part))
    except ValueError as error:
        raise ValueError(f'"{text}" is not in the calendar or on the clock') from error
    if part["zone"]:
        return naive.replace(tzinfo=_offset(part["zone"], text))
    if part["hour"] is None:  # a day begins when it begins: midnight itself is skipped in some zones
        begins = naive.replace(tzinfo=zone(tz)).astimezone(UTC).astimezone(zone(tz))
        if begins.date() != naive.date():  # Samoa had no 30 December 2011
            raise ValueError(f"{text.strip()} does not exist in {tz}: the calendar there left that day out")
        return _fixed(begins)
    return local(naive, tz)


def _unread(text: str) -> str:
    """What is wrong with a text that is in none of FORMS."""
    if _TWO_DAYS.match(text):
        return "is not a date that has one reading"
    words = {word.lower() for word in re.findall(r"[A-Za-z]{3,9}", text)}
    months = {*MONTHS, *(month[:3] for month in MONTHS)}
    return "names no year" if words & months and not re.search(r"\d{4}", text) else "is not a date"


def hint(error: ValueError) -> str:
    """The next step after an error of parse()."""
    return error.args[1] if isinstance(error, NoSuchMoment) else WANTED


def local(naive: datetime, tz: str) -> datetime:
    """A wall-clock time in a zone. Raises NoSuchMoment where the clock change leaves none or two of it."""
    moment = naive.replace(tzinfo=zone(tz))
    before, after = moment.utcoffset(), moment.replace(fold=1).utcoffset()  # of a change, if there is one: PEP 495
    stamp = f"{naive:%Y-%m-%d %H:%M}"
    if before < after:
        later = f"{moment.astimezone(UTC).astimezone(zone(tz)):%Y-%m-%d %H:%M}"
        message = f"{stamp} does not exist in {tz}: the clocks go forward then"
        raise NoSuchMoment(message, f'write an hour that they show: "{later}"')
    if before > after:
        first, second = (f'"{stamp} {_fixed(moment.replace(fold=fold)).isoformat()[-6:]}"' for fold in (0, 1))
        message = f"{stamp} exists twice in {tz}: the clocks go back then"
        raise NoSuchMoment(message, f"write which: {first} is the first, {second} the second")
    return _fixed(moment)


def _fixed(moment: datetime) -> datetime:
    """The moment with its offset alone, in whole minutes: RFC 3339 has no others, and before 1900 zones had."""
    return moment.replace(tzinfo=_whole(moment.utcoffset() or timedelta()))


@cache
def _whole(offset: timedelta) -> timezone:
    return timezone(timedelta(minutes=round(offset.total_seconds() / 60)))


def _month(part: dict) -> int:
    if part.get("word"):
        word = part["word"].lower()
        return next(n for n, month in enumerate((*MONTHS, ""), 1) if month.startswith(word) or n > 12)  # 13: ValueError
    return int(part["month"])


def _clock(part: dict) -> tuple[int, int, int]:
    if part["hour"] is None:
        return 0, 0, 0
    hour, half = int(part["hour"]), (part["half"] or "").lower().replace(".", "")
    if half and not 1 <= hour <= 12:
        raise ValueError(half)
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return hour, int(part["minute"]), int(part["second"] or 0)


def _offset(text: str, whole: str) -> timezone:
    """An offset or an RFC 5322 zone name. `-400` can only be four hours: its last two digits are minutes."""
    if text[0] not in "+-":
        if text.upper() not in ZONES:
            raise ValueError(f'"{whole}" names a zone, "{text}", that has more than one meaning')
        return timezone(timedelta(hours=ZONES[text.upper()]))
    digits = text[1:].replace(":", "")
    hours, minutes = int(digits[:-2]), int(digits[-2:])
    if hours > 14 or minutes > 59:
        raise ValueError(f'"{whole}" has an offset that no place keeps')
    return timezone((1 if text[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def is_day(text: str) -> bool:
    """Whether only a day is written, without a time."""
    return ":" not in text


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def in_words(stamp: str, language: str = "en") -> str:
    """`2 November 2026`, from RFC 3339 text or a day."""
    day = date.fromisoformat(stamp[:10])
    words = phrases(language)
    number = words["dates.first"] if day.day == 1 else str(day.day)
    return say(language, "dates.day", day=number, month=words["dates.months"][day.month - 1], year=str(day.year))


def moment_in_words(stamp: str, tz: str, language: str = "en", zoned: bool = True) -> str:
    """`2 November 2026, 09:00 (Berlin time)`: without its zone only where one that stands nearby says it."""
    moment = datetime.fromisoformat(stamp)
    if moment.tzinfo:
        moment = moment.astimezone(zone(tz))
    day, time = in_words(moment.isoformat(), language), f"{moment:%H:%M}"
    if not zoned:
        return say(language, "dates.here", date=day, time=time)
    return say(language, "dates.moment", date=day, time=time, zone=zone_in_words(tz, language))


def zone_in_words(tz: str, language: str = "en") -> str:
    """`Berlin time`, `UTC`."""
    return say(language, "dates.zone", place=place_name(tz, language)) if "/" in tz else tz
