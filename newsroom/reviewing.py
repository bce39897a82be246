"""Owns review: who must read a post before it goes out, and whether somebody did. Pure; the policy is the site's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from newsroom.model import Post
from newsroom.settings import Policy
from newsroom.spans import over

SLOW = "2 working days"
"""So long a draft may wait for a reader before the morning screen calls it late: longer than most promises to readers."""

AGREED = ("signed_off", "reviewed_by")
"""Details that say who agreed, and on which day: key -> 2026-11-02. A day that has not come is no agreement."""


def agreed(post: Post, part: str, today: str) -> tuple[dict[str, str], dict[str, str]]:
    """(who agreed by a day, 2026-11-02, whose day is still to come), key -> day each. `part` is one of AGREED.

    The posts of a Site have what is to come beside the rest, in `to_come`.
    """
    said: Mapping[str, str] = post.details.get(part, {}) | post.details.get("to_come", {}).get(part, {})
    later = {key: day for key, day in said.items() if day > today}
    return {key: day for key, day in said.items() if key not in later}, later


def reviewers(post: Post, policy: Policy) -> tuple[str, ...]:
    """Keys of those of whom one must have read a post of this kind; () is anybody but its authors."""
    return tuple(key for key in policy.reviewers.get(post.kind, ()) if key not in post.authors)


def asked(post: Post, policy: Policy) -> bool:
    """Whether somebody has to read it: by the policy, or because its author says that it is ready for that."""
    return post.kind in policy.review or bool(post.details.get("ready"))


def reviewed(post: Post, policy: Policy, today: str) -> bool:
    """Whether one of those read it by a day, 2026-11-02, who may. An author cannot review what she wrote."""
    readers = agreed(post, "reviewed_by", today)[0].keys() - set(post.authors)
    return bool(readers & set(reviewers(post, policy)) if reviewers(post, policy) else readers)


def late(ready: str, moment: datetime) -> bool:
    """Whether a draft that is ready since a day (RFC 3339) waits for longer than SLOW; the day itself is not counted."""
    end = over(SLOW, datetime.combine(date.fromisoformat(ready[:10]), time(12), moment.tzinfo))
    return end is not None and moment > end


def waited(ready: str, moment: datetime) -> timedelta:
    """For how long, in whole days."""
    return timedelta(days=max(0, (moment.date() - date.fromisoformat(ready[:10])).days))
