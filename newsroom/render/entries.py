"""Owns entries: posts and notes as feeds carry them, the same in every feed, and the key under which a post's are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape

from newsroom.followed import Entry, Note, enclosures
from newsroom.language import theirs
from newsroom.model import Post, digest
from newsroom.permalinks import encoded
from newsroom.render import feeds, links, shape
from newsroom.render.feed_html import legal, plain
from newsroom.render.parts import Tools
from newsroom.site import Site
from newsroom.views import SiteInfo


def entry_key(site: Site, source: str) -> str:
    """Digest of exactly what a post's entries are made of: 32 hexadecimal digits.

    The digest of the body covers the code that makes Content, and entries; the settings are those that an entry shows:
    a site that gets another menu or stylesheet keeps its entries.
    """
    post, info = site.lookup[source][0], site.info
    return digest(f"{site.entry(post)}{site.config.feeds.content}\n{info.url}\n{info.language}\n{theirs()}{post.id}")


def entry(site: Site, post: Post, tools: Tools) -> Entry:
    """A post as an entry: the same in every feed."""
    card, info = site.cards[post.source], site.info
    address = info.url + encoded(post.permalink)
    html = ""
    if site.config.feeds.content == "full":
        html = feeds.clean(links.resolve(tools.content(post.source).html, site.refs[post.source]), address, info.main)
        above, below = shape.around(site, post)
        html = legal(above) + html + legal(below)
    origin = info.url.removesuffix(info.base)
    image = card.image._replace(src=origin + card.image.src) if card.image else None
    played = enclosures(site.refs[post.source], site.assets)
    return Entry(
        feeds.entry_id(post.id), post.title, address, html, post.summary, post.date, updated(post), card.authors,
        card.topics, image, post.language or info.language,
        tuple(each._replace(href=origin + each.href) for each in played), site.answering(post),
    )  # fmt: skip


def noted(note: Note, info: SiteInfo) -> Entry:
    """What a feed says beside its posts, as an entry."""
    page = info.url + encoded(note.permalink)
    words = "".join(f"<p>{escape(legal(part), quote=False)}</p>\n" for part in note.words.split("\n\n"))
    html = f'{words}<p><a href="{escape(page)}">{escape(plain(note.label), quote=False)}</a></p>'
    return Entry(
        feeds.entry_id(note.identity), note.title, page + note.fragment, html, "", note.date, note.updated or note.date, (note.by,), (),
        None, note.language,
    )  # fmt: skip


def updated(post: Post) -> str:
    """When a post was last changed by its own account: a typo is no update."""
    corrected = [f"{c['date']}{post.date[10:]}" for c in post.details.get("corrections", ())]
    if not post.updated and not corrected:  # most posts
        return post.date
    return max([post.date, post.updated or post.date, *corrected], key=_moment)


def changed(posts: Iterable[Post], notes: Iterable[Note] = ()) -> str:
    """When a feed of these last changed: the newest moment in it, never that of writing; "" without any."""
    return max([*map(updated, posts), *(note.updated or note.date for note in notes)], key=_moment, default="")


def _moment(stamp: str) -> float:
    return datetime.fromisoformat(stamp).timestamp()
