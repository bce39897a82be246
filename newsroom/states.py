"""Owns the states of a post: which it is in at a moment, and when that changes by itself. Pure.

    draft ─(draft: false)→ scheduled ─(date)→ published ─(expires)→ expired
                          embargoed ─(embargo)↗         ─(a retraction's day)→ retracted

An embargo holds whatever else is said; a draft stays one until a person takes the word out; a retraction is for good.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from newsroom import dates
from newsroom.model import Post


class State(NamedTuple):
    """What a post can be."""

    public: bool
    is_so: str
    """What a post in it does, for a message: "is a draft"."""
    said: str
    """What many in it are, for a count: "2 scheduled"."""
    over: bool = False
    """Whether it was public once, and is not to be so again."""


STATES = {
    "draft": State(False, "is a draft", "draft"),
    "embargoed": State(False, "is under embargo", "under embargo"),
    "scheduled": State(False, "is not published yet", "scheduled"),
    "published": State(True, "is published", "published"),
    "retracted": State(True, "was retracted", "retracted"),
    "expired": State(False, "has expired", "expired", over=True),
}
"""Every state. A retracted post keeps its address and says why; its words are in no output."""


def state(post: Post, moment: datetime) -> str:
    """The post's state at a moment, whose zone is the site's: a row of STATES."""
    now = int(moment.timestamp())
    if post.expires and post.expires <= now:
        return "expired" if not post.draft else "draft"
    if post.draft:
        return "draft"
    if post.embargo > now:
        return "embargoed"
    if post.time > now:
        return "scheduled"
    return "retracted" if retraction(post, moment) else "published"


def retraction(post: Post, moment: datetime) -> dict | None:
    """What retracts the post on the day of the moment, or None."""
    day = moment.isoformat()[:10]
    found = [item for item in post.details.get("corrections", ()) if item["kind"] == "retraction"]
    return next((item for item in found if item["date"] <= day), None)


def changes(post: Post, timezone: str) -> Iterator[tuple[int, str]]:
    """(seconds since 1970, the state from then on) of every change that comes by itself, in order of time."""
    zone = dates.zone(timezone)
    days = [item["date"] for item in post.details.get("corrections", ()) if item["kind"] == "retraction"]
    moments = {post.time, post.embargo, post.expires, *(start(day, timezone) for day in days)}
    for seconds in sorted(moments - {0}):
        before, after = (state(post, datetime.fromtimestamp(at, zone)) for at in (seconds - 1, seconds))
        if after != before:
            yield seconds, after


def start(day: str | date, timezone: str) -> int:
    """When a day begins in a zone, since 1970: at midnight, or at what the clocks show first where they skip it."""
    return int(dates.parse(str(day)[:10], timezone).timestamp())


NEWS = 2 * 86_400
"""Seconds for which a post is news: what crawlers of news want to hear of (Google: the last two days)."""


def fresh_until(post: Post) -> int:
    """Until when a post is news, in seconds since 1970: from the moment on at which it went out."""
    return max(post.time, post.embargo) + NEWS


def previewed(post: Post) -> int:
    """Until when reviewers may see a copy, in seconds since 1970; 0 where nobody asked for one."""
    until = post.details.get("preview", {}).get("until", "")
    return int(datetime.fromisoformat(until).timestamp()) if until else 0
