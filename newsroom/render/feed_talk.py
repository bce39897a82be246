"""Owns what a feed tells of a post's conversation: where it is, how many comments, since when. Put into entries that are made.

Entries are made once and kept; a comment changes this alone. Archived documents tell of no count: they never change.
"""

from __future__ import annotations

import json
from datetime import datetime
from html import escape
from typing import NamedTuple

from newsroom import providers
from newsroom.permalinks import encoded
from newsroom.render.parts import Tools
from newsroom.site import Site


class Told(NamedTuple):
    """A post's conversation."""

    page: str
    """Absolute address of its place on the post's page, or "" where comments are off."""
    feed: str
    """Absolute address of the folder of its feeds; "" where nothing is archived, and nothing can be counted."""
    count: int
    updated: str
    """RFC 3339 moment of the newest comment or edit; "" without any."""


NOTHING = Told("", "", 0, "")


def told(source: str, site: Site, tools: Tools) -> Told:
    """What a feed tells of the conversation below a post: exactly what is archived."""
    page = site.info.url + encoded(site.cards[source].permalink)
    talk = site.talks.get(source)
    if talk is None or not talk.said:
        return open_at(source, site)
    here = [word for said, word in zip(talk.said, tools.words(talk.source)) if not said.gone]
    stamps = [word.edited or word.date for word in here]
    newest = max(stamps, key=datetime.fromisoformat, default="")
    return Told(f"{page}#comments", f"{page}comments/", len(here), newest)


def open_at(source: str, site: Site) -> Told:
    """What never changes with a comment: where the page has a place for them."""
    post, settings = site.lookup[source][0], site.config.comments
    comments = {"provider": settings.provider, "open": settings.open, **post.comments}
    options = settings.options.get(comments["provider"], {})
    if providers.thread(comments, options, post, site.info, settings.load) is None:
        return NOTHING
    return NOTHING._replace(page=f"{site.info.url}{encoded(post.permalink)}#comments")


def marked(entry: bytes, form: str, talk: Told) -> bytes:
    """An entry of one format, as `feeds.written` made it, with what is told of its conversation before its end."""
    return MARKS[form](entry, talk) if talk.page else entry


def _rss(entry: bytes, talk: Told) -> bytes:
    parts = [f"<comments>{escape(talk.page)}</comments>"]
    if talk.feed:
        parts.append(f"<wfw:commentRss>{escape(talk.feed)}feed.xml</wfw:commentRss>")
        parts.append(f"<slash:comments>{talk.count}</slash:comments>")
    return _before(b"</item>", entry, "".join(parts))


def _atom(entry: bytes, talk: Told) -> bytes:
    """RFC 4685, sections 4 and 5."""
    link = f'<link href="{escape(talk.page)}" rel="replies" type="text/html"/>'
    if talk.feed:
        when = f' thr:updated="{talk.updated}"' if talk.updated else ""
        address = f'href="{escape(talk.feed)}atom.xml" rel="replies" type="application/atom+xml"'
        link += f'<link {address} thr:count="{talk.count}"{when}/><thr:total>{talk.count}</thr:total>'
    return _before(b"</entry>", entry, link)


def _json(entry: bytes, talk: Told) -> bytes:
    """An extension of JSON Feed 1.1: a key that begins with an underscore and a letter."""
    said = {"comments_url": talk.page}
    if talk.feed:
        said |= {"comments_feed": f"{talk.feed}feed.json", "comments": talk.count}
    return _before(b"}", entry, f', "_newsroom": {json.dumps(said, ensure_ascii=False)}')


def _before(end: bytes, entry: bytes, more: str) -> bytes:
    return entry.removesuffix(end) + more.encode() + end


MARKS = {"rss": _rss, "atom": _atom, "json": _json}
