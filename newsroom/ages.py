"""Owns how old a post is, in whole years, and the days on which that changes. Pure; must not know how it is said."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from newsroom import spans
from newsroom.model import Post

KINDS = ("post", "release", "answer")
"""Kinds of post that grow old. A statement says when it was closed."""


class Age(NamedTuple):
    """How old a post is, at least."""

    unit: str
    """years | months; months only below a year, and then always as many as the setting says."""
    count: int


def age(post: Post, old_after: str, today: date) -> Age | None:
    """How old a post is where it is old, None where it is not. `updated` counts as new."""
    months, day = spans.months(old_after), _day(max(post.date[:10], post.updated[:10]))
    if not months or not day or post.kind not in KINDS or today < later(day, months):
        return None
    years = today.year - day.year - (today < later(day, 12 * (today.year - day.year)))
    return Age("years", years) if years else Age("months", months)


def turns(post: Post, old_after: str, last: date) -> Iterator[date]:
    """The days up to `last` from which on a post is old, or a year older, whether or not it is updated by then."""
    months = spans.months(old_after)
    for day in {_day(post.date[:10]), _day(post.updated[:10])} if months and post.kind in KINDS else ():
        if day and later(day, months) <= last:
            yield later(day, months)
            for years in range(months // 12 + 1, last.year - day.year + 1):
                yield later(day, 12 * years)


def later(day: date, months: int) -> date:
    """A day so many months later: the last of February, for 29 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None
