"""Owns the Site after texts of posts were edited and nothing else: the same Site, with other texts. Pure.

That is why a post has three digests: an edited body leaves its card and its front matter alone, and with them every
listing, every reference and everybody's contact. The commonest edit of all then costs a tenth of assembling.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from newsroom.assemble import following
from newsroom.model import NOTHING, Library, Post
from newsroom.related import Related
from newsroom.site import Site


def reworded(site: Site, before: Library, after: Library) -> tuple[Site, set[str]] | None:
    """The Site of `after`, given that of `before`, and the sources whose pages change. None where more did."""
    if before._replace(posts=()) != after._replace(posts=()) or len(before.posts) != len(after.posts):
        return None
    edited = [(old, new) for old, new in zip(before.posts, after.posts, strict=True) if old is not new]
    if any(old._replace(terms=new.terms, content=new.content) != new for old, new in edited):
        return None
    public = [(site.lookup[new.source][0], new) for _, new in edited if new.source in site.lookup]
    # what was retracted has no words, whatever becomes of them in its file
    posts = {
        old.source: old._replace(terms=new.terms, content=new.content) for old, new in public if old.content != NOTHING
    }
    previews = {post.source for post in site.previews}
    if shown := {new.source: new.content for _, new in edited if new.source in previews}:
        copies = (post._replace(content=shown.get(post.source, post.content)) for post in site.previews)
        site = replace(site, previews=tuple(copies))
    if not posts:
        return site, set(shown)
    authors, topics = {a for p in posts.values() for a in p.authors}, {t for p in posts.values() for t in p.topics}
    kinds, years = {p.kind for p in posts.values()}, {p.date[:4] for p in posts.values()}
    times = {p.time for p in posts.values()}
    front, pages = site.shelves
    made = replace(
        site,
        posts=tuple(_swap(site.posts, posts)),
        by_author=_within(site.by_author, authors, posts),
        by_topic=_within(site.by_topic, topics, posts),
        by_kind=_within(site.by_kind, kinds, posts),
        by_year=_within(site.by_year, years, posts),
        shelves=(_swap(front, posts), [_swap(page, posts) if _holds(page, times) else page for page in pages]),
        statements=tuple(_swap(site.statements, posts)),
    )
    moved: Sequence[str] = ()
    if any(site.lookup[source][0].terms != post.terms for source, post in posts.items()):
        made = replace(made, related=Related(made.posts, site.related.keep))
        moved = made.related.moved(site.related)
    return replace(made, feeds=following.reworded(made, posts)), {*posts, *shown, *moved}


def _holds(page: Sequence[Post], times: set[int]) -> bool:
    """Whether a page, newest first, may hold posts of these times."""
    return any(page[-1].time <= time <= page[0].time for time in times)


def _swap(old: Sequence[Post], new: Mapping[str, Post]) -> list[Post]:
    return [new.get(post.source, post) for post in old]


def _within(groups: dict[str, list[Post]], keys: set[str], new: Mapping[str, Post]) -> dict[str, list[Post]]:
    return groups | {key: _swap(groups[key], new) for key in keys}
