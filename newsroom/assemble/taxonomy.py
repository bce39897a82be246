"""Owns grouping: by author, topic, kind and year, and pages that do not shift."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newsroom.model import Post


def group(posts: Iterable[Post]) -> tuple[dict, dict, dict, dict]:
    """Posts by author, topic, kind and year, each in the order given."""
    authors: dict[str, list[Post]] = {}
    topics: dict[str, list[Post]] = {}
    kinds: dict[str, list[Post]] = {}
    years: dict[str, list[Post]] = {}
    for post in posts:
        for author in post.authors:
            authors.setdefault(author, []).append(post)
        for topic in post.topics:
            topics.setdefault(topic, []).append(post)
        kinds.setdefault(post.kind, []).append(post)
        years.setdefault(post.date[:4], []).append(post)
    return authors, topics, kinds, years


def paginate(posts: Sequence[Post], size: int) -> tuple[Sequence[Post], list[Sequence[Post]]]:
    """(the front, numbered pages): both newest first within, page 1 the oldest.

    Numbered pages are always full and never change when a post is added; the front holds the rest, and at least `size`
    posts where there are that many, so that it is never nearly empty.

    >>> front, pages = paginate(range(7, 0, -1), 2)
    >>> front, pages
    (range(7, 4, -1), [range(2, 0, -1), range(4, 2, -1)])
    """
    full = max(0, len(posts) // size - 1)
    start = len(posts) - full * size
    pages = [posts[len(posts) - (n + 1) * size : len(posts) - n * size] for n in range(full)]
    return posts[:start], pages
