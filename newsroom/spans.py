"""Owns spans: a length of time as a promise says it, and when it is over. Must not know whose promise it is."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from newsroom.language import phrases, plural, say

SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()
"""How a writer may write a number, beside digits."""

_COUNT = rf"(?:\d{{1,3}}|{'|'.join(SMALL[1:])})"
_SPAN = re.compile(
    rf"(?:within )?(?P<count>an?|{_COUNT}(?: ?(?:-|–|to) ?{_COUNT})?) ?"
    r"(?P<working>(?:working|business) )?(?P<unit>minute|hour|day|week|month)s?"
)


class Span(NamedTuple):
    """A span as it was written."""

    counts: tuple[int, ...]
    """One number, or the smaller and the larger of two."""
    unit: str
    """minute | hour | day | week | month."""
    working: bool
    """Whether its days are Monday to Friday."""
    article: bool
    """Whether "a" or "an" stood for one."""


@lru_cache(4096)  # 20 µs; asked three times for each person
def span(text: str, language: str = "en") -> str | None:
    """A length of time in words, as it stands after "within"; None when it is not understood.

    >>> span("2 working days"), span("48 hours"), span("1-2 business days"), span("soon"), span("2 days", "de")
    ('two working days', '48 hours', 'one to two working days', None, 'zwei Tagen')
    """
    read = _read(text)
    if read is None:
        return None
    forms = phrases(language)["spans.working" if read.working else f"spans.{read.unit}"]
    if read.article and "a" in forms:
        return forms["a"]
    form = forms.get(plural(language, read.counts[-1])) or forms["other"]
    if len(read.counts) > 1 and "{count}" not in form:  # Arabic: "two days" is one word
        form = forms["other"]
    return form.format(count=_count(read.counts, language))


def _count(counts: tuple[int, ...], language: str) -> str:
    """One number or two; as words where the language has one for each."""
    words = phrases(language)["spans.numbers"]
    said = [words[n - 1] if n <= len(words) else str(n) for n in counts]
    if len(said) > 1 and any(map(str.isdigit, said)):
        said = list(map(str, counts))
    return said[0] if len(said) == 1 else say(language, "spans.range", low=said[0], high=said[1])


def over(text: str, begun: datetime) -> datetime | None:
    """The last second of a span that begins at a moment, in that moment's zone; None when it is not understood.

    Hours and minutes are exact. Whole days begin with the next one, the last ends at midnight: who is asked on a Friday
    at noon, and promised two working days, has until Tuesday night. Of "1-2 days" the longer counts.
    """
    read = _read(text)
    if read is None:
        return None
    most = read.counts[-1]
    if read.unit in ("minute", "hour"):
        exact = begun.astimezone(UTC) + timedelta(**{f"{read.unit}s": most})
        return exact.astimezone(begun.tzinfo)
    return datetime.combine(_last_day(begun.date(), most, read), time(23, 59, 59), begun.tzinfo)


def months(text: str) -> int:
    """Whole months of a length of time in months or years; 0 where it is none.

    >>> months("2 years"), months("a year"), months("six months"), months("18 months"), months("2 weeks")
    (24, 12, 6, 18, 0)
    """
    match = re.fullmatch(rf"(an?|{_COUNT}) (month|year)s?", " ".join(text.lower().split()))
    if match is None:
        return 0
    count = 1 if match[1] in ("a", "an") else int(match[1]) if match[1].isdigit() else SMALL.index(match[1])
    return count * (12 if match[2] == "year" else 1)


def _read(text: str) -> Span | None:
    match = _SPAN.fullmatch(" ".join(text.lower().split()))
    if match is None or (match["working"] and match["unit"] != "day"):
        return None
    article = match["count"] in ("a", "an")
    counts = [1] if article else [int(n) if n.isdigit() else SMALL.index(n) for n in re.findall(_COUNT, match["count"])]
    if 0 in counts or counts != sorted(set(counts)):
        return None
    return Span(tuple(counts), match["unit"], bool(match["working"]), article)


def _last_day(first: date, count: int, read: Span) -> date:
    if read.working:
        friday = first - timedelta(days=max(0, first.weekday() - 4))  # a weekend counts like the Friday before it
        weeks, days = divmod(count, 5)
        return friday + timedelta(days=7 * weeks + days + 2 * (friday.weekday() + days > 4))
    if read.unit == "month":
        years, month = divmod(first.month - 1 + count, 12)
        year = first.year + years
        return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))
    return first + timedelta(days=count * (7 if read.unit == "week" else 1))
