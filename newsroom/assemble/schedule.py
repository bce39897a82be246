"""Owns what is public at a moment. Pure: the moment is given, never read from a clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from newsroom.model import Post


def is_public(post: Post, moment: int, drafts: bool = False) -> bool:
    """Whether a post is in the site at `moment` (seconds since 1970). `drafts` shows the unfinished, never the embargoed."""
    if post.embargo > moment or (post.expires and post.expires <= moment):
        return False
    if post.draft:
        return drafts
    return post.time <= moment


def why_not(post: Post, moment: int) -> str:
    """What keeps a post from being public, in words."""
    if post.draft:
        return "is a draft"
    if post.expires and post.expires <= moment:
        return "has expired"
    if post.embargo > moment:
        return "is under embargo"
    return "is not published yet"


def until(posts: Iterable[Post], moment: datetime, ends: Iterable[int] = ()) -> int:
    """Before when the site at `moment` stays as it is, in seconds since 1970, if nobody edits it.

    Posts come and go at moments of their own, and office hours are over at `ends`. Everything else (who is away, what was agreed to, what is confirmed, the
    date of a draft) goes by the day, in the zone of `moment`, which is the site's, or in UTC.
    """
    now = int(moment.timestamp())
    changes = [_midnight(moment), _midnight(moment.astimezone(UTC)), *ends]
    for post in posts:
        promised = post.details.get("next_update", "")
        changes += [post.time, post.embargo, post.expires]
        changes += [int(datetime.fromisoformat(promised).timestamp())] if promised else []
    return min(change for change in changes if change > now)


def _midnight(moment: datetime) -> int:
    """The end of a moment's day."""
    day = moment.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return int(day.replace(tzinfo=moment.tzinfo).timestamp())


HELD = {
    "is a draft": "draft",
    "is not published yet": "waiting",
    "is under embargo": "under embargo",
    "has expired": "expired",
}
"""What `why_not` says of one, as it is said of many."""
