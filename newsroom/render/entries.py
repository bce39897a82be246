"""Owns entries: a post as feeds carry it, the same in every feed."""

from __future__ import annotations

from datetime import datetime

from newsroom.model import Post
from newsroom.permalinks import encoded
from newsroom.render import feeds, links
from newsroom.render.parts import Tools
from newsroom.site import Site
from newsroom.views import Entry


def entry(site: Site, post: Post, tools: Tools) -> Entry:
    """A post as an entry: the same in every feed."""
    card, info = site.cards[post.source], site.info
    address = info.url + encoded(post.permalink)
    html = ""
    if site.config.feeds.content == "full":
        html = feeds.clean(links.resolve(tools.content(post.source).html, site.refs[post.source]), address, info.url)
    origin = info.url.removesuffix(info.base)
    image = card.image._replace(src=origin + card.image.src) if card.image else None
    updated = max(
        [
            post.date,
            post.updated or post.date,
            *(f"{c['date']}{post.date[10:]}" for c in post.details.get("corrections", ())),
        ],
        key=_moment,
    )
    return Entry(
        feeds.entry_id(post.id), post.title, address, html, post.summary, post.date, updated, card.authors, card.topics, image,
        post.language or info.language,
    )  # fmt: skip


def _moment(stamp: str) -> float:
    return datetime.fromisoformat(stamp).timestamp()
