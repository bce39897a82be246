"""Owns entries: a post as feeds carry it, the same in every feed, and the key under which it is kept once made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from newsroom.model import Post, digest
from newsroom.permalinks import encoded
from newsroom.render import feeds, links
from newsroom.render.parts import Tools
from newsroom.site import Site
from newsroom.views import Entry


def entry_key(site: Site, source: str) -> str:
    """Digest of exactly what a post's entries are made of: 32 hexadecimal digits.

    The digest of the body covers the code that makes Content, and entries; the settings are those that an entry shows:
    a site that gets another menu or stylesheet keeps its entries.
    """
    post, info = site.lookup[source][0], site.info
    made_of = post.meta + post.content + site.cards[source].digest + site.refs[source].digest
    return digest(f"{made_of}{site.config.feeds.content}\n{info.url}\n{info.language}\n{post.id}")


def entry(site: Site, post: Post, tools: Tools) -> Entry:
    """A post as an entry: the same in every feed."""
    card, info = site.cards[post.source], site.info
    address = info.url + encoded(post.permalink)
    html = ""
    if site.config.feeds.content == "full":
        html = feeds.clean(links.resolve(tools.content(post.source).html, site.refs[post.source]), address, info.url)
    origin = info.url.removesuffix(info.base)
    image = card.image._replace(src=origin + card.image.src) if card.image else None
    return Entry(
        feeds.entry_id(post.id), post.title, address, html, post.summary, post.date, updated(post), card.authors,
        card.topics, image, post.language or info.language,
    )  # fmt: skip


def updated(post: Post) -> str:
    """When a post was last changed by its own account: a typo is no update."""
    corrected = [f"{c['date']}{post.date[10:]}" for c in post.details.get("corrections", ())]
    if not post.updated and not corrected:  # most posts
        return post.date
    return max([post.date, post.updated or post.date, *corrected], key=_moment)


def changed(posts: Iterable[Post]) -> str:
    """When a feed of these posts last changed: the newest moment in it, never that of writing; "" without posts."""
    return max(map(updated, posts), key=_moment, default="")


def _moment(stamp: str) -> float:
    return datetime.fromisoformat(stamp).timestamp()
