"""Owns what is public at a moment. Pure: the moment is given, never read from a clock."""

from __future__ import annotations

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


HELD = {
    "is a draft": "draft",
    "is not published yet": "waiting",
    "is under embargo": "under embargo",
    "has expired": "expired",
}
"""What `why_not` says of one, as it is said of many."""
