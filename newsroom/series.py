"""Owns series: posts that say they are parts of one, in order. Pure.

A name is a series once two public posts bear it: what is not public is counted nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsroom.model import Post
from newsroom.permalinks import slugify


class Series(NamedTuple):
    """Posts that belong together."""

    key: str
    """The name as an address has it: `lens-care`."""
    name: str
    """As the first part writes it."""
    posts: Sequence[Post]
    """The parts: the oldest first."""

    @property
    def permalink(self) -> str:
        """Where all parts are."""
        return permalink(self.key)


def permalink(key: str) -> str:
    """The address of a series."""
    return f"/series/{key}/"


def key_of(post: Post) -> str:
    """The key of the series that a post belongs to, or ""."""
    return slugify(post.details.get("series", "")) if post.details else ""


def series(posts: Iterable[Post]) -> dict[str, Series]:
    """Key -> every series of some public posts, those with a newer part first. `posts` are the newest first."""
    found: dict[str, list[Post]] = {}
    for post in posts:
        if key := key_of(post):
            found.setdefault(key, []).append(post)
    parts = {key: each[::-1] for key, each in found.items() if len(each) > 1}
    return {key: Series(key, each[0].details["series"], each) for key, each in parts.items()}
