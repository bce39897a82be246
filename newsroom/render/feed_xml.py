"""Owns RSS 2.0 and Atom, the one use of feedgen. No files, no clock.

feedgen 1.0.0 writes what a feed says of itself; what it cannot (hubs in RSS, people without an e-mail address) goes in
through its own interface for extensions. It writes posts too, but takes 0.4 ms for each in each format, most of it for
objects. Here a post is one text, 20 µs; tests/render/test_feeds.py holds it to what feedgen would have written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from html import escape
from typing import NamedTuple

from newsroom.followed import Entry, Feed
from newsroom.permalinks import encoded
from newsroom.render.feed_head import (
    NEVER,
    feed_url,
    moment,
    page_of,
    photo_of,
    picture_of,
    size_in_rss,
    title_of,
    ways,
)
from newsroom.render.feed_html import legal, plain
from newsroom.views import SiteInfo

GENERATOR = "newsroom"
"""Without a version: a new release must not make every reader fetch every feed again."""

DC = "http://purl.org/dc/elements/1.1/"
ATOM = "http://www.w3.org/2005/Atom"
HISTORY = {"fh": "http://purl.org/syndication/history/1.0"}
SPOKEN = {
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}
THREADS = {"thr": "http://purl.org/syndication/thread/1.0"}
"""Names for what a feed tells of conversations: SPOKEN in RSS, THREADS in Atom (RFC 4685)."""

TITLE = re.compile(rb"<title>[^<]*&[^<]*</title>")
"""A title with a mark that `_title` would write in another way."""

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""As RFC 822 has them, whatever the machine's language."""


# ── what a feed says of itself ───────────────────────────────────────────────────────────────────────────────────────


def rss(feed: Feed, entries: Sequence[bytes], changed: str, info: SiteInfo, hub: str = "") -> bytes:
    """The feed as RSS 2.0, of what `rss_item` made of its posts."""
    channel = _channel(feed, "feed.xml", "application/rss+xml", changed, info)
    channel.language(info.language.lower())
    if photo := photo_of(feed):
        channel.image(picture_of(photo, info.main), **size_in_rss(photo))
    names = {"dc": DC, **SPOKEN, **(HISTORY if feed.number else {})}
    marks = _Marks(names, lambda root: _mark(root[0], feed, hub, changed, info))
    channel.register_extension("marks", lambda: marks, atom=False)
    return _document(channel.rss_str(), b"</channel></rss>", entries, info)


def atom(feed: Feed, entries: Sequence[bytes], changed: str, info: SiteInfo, hub: str = "") -> bytes:
    """The feed as Atom (RFC 4287), of what `atom_entry` made of its posts."""
    channel = _channel(feed, "atom.xml", "application/atom+xml", changed, info)
    channel.language(info.language)
    if hub and not feed.number:
        channel.link(href=hub, rel="hub")
    for rel, address in ways(feed, "atom.xml", info).items():
        channel.link(href=address, rel=rel, type="application/atom+xml")
    names = {**THREADS, **(HISTORY if feed.number else {})}
    channel.register_extension("marks", lambda: _Marks(names, lambda root: _archived(root, feed)), rss=False)
    for face in feed.authors:
        channel.author(name=plain(face.name), uri=page_of(face, info.url))
    if photo := photo_of(feed):
        channel.icon(picture_of(photo, info.main))
    return _document(channel.atom_str(), b"</feed>", entries, info)


def _channel(feed: Feed, file: str, media: str, changed: str, info: SiteInfo):
    """What RSS and Atom have in common at the top."""
    generator, _ = _feedgen()
    channel = generator()
    channel.id(feed.id)
    channel.title(title_of(feed, info))
    channel.description(plain(feed.description) or title_of(feed, info))
    channel.updated(moment(changed or NEVER))
    channel.generator(GENERATOR)
    channel.link(href=feed_url(feed, file, info), rel="self", type=media)
    channel.link(href=info.url + encoded(feed.page), rel="alternate", type="text/html")  # last: it becomes RSS's <link>
    return channel


def _mark(channel, feed: Feed, hub: str, changed: str, info: SiteInfo) -> None:
    """Put right what feedgen leaves out of an RSS channel, or puts in it unasked."""
    _, element = _feedgen()
    if hub and not feed.number:  # nobody subscribes to an archived document
        element(f"{{{ATOM}}}link", channel, href=hub, rel="hub")
    for rel, address in ways(feed, "feed.xml", info).items():
        element(f"{{{ATOM}}}link", channel, href=address, rel=rel, type="application/rss+xml")
    _archived(channel, feed)
    for face in feed.authors:
        element(f"{{{DC}}}creator", channel).text = plain(face.name)
    if not changed:
        channel.remove(channel.find("lastBuildDate"))


def _archived(head, feed: Feed) -> None:
    """Say of an archived document that it is one, so that no reader asks for it twice."""
    if feed.number:
        _feedgen()[1](f"{{{HISTORY['fh']}}}archive", head)


class _Marks(NamedTuple):
    """feedgen's interface for additions: it looks for these methods by their names."""

    names: dict[str, str]
    extend: Callable

    def extend_ns(self) -> dict[str, str]:
        return self.names

    def extend_rss(self, root) -> None:
        self.extend(root)

    extend_atom = extend_rss


def _document(empty: bytes, end: bytes, entries: Iterable[bytes], info: SiteInfo) -> bytes:
    """A feed's head and its entries in one document, with a stylesheet for browsers where the theme has one."""
    declaration, head = empty.removesuffix(end).split(b"\n", 1)
    head = TITLE.sub(lambda found: found[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;"), head)
    style = info.assets.get("feed.css", "")
    sheet = f'<?xml-stylesheet type="text/css" href="{escape(style)}"?>'.encode()
    return b"\n".join([declaration, *([sheet] if style else []), head, *entries, end + b"\n"])


@cache
def _feedgen():
    """feedgen takes 60 ms to load, most of it lxml: only a build that writes feeds pays."""
    from feedgen.feed import FeedGenerator
    from feedgen.util import xml_elem

    return FeedGenerator, xml_elem


# ── a post, the same in every feed ───────────────────────────────────────────────────────────────────────────────────


def rss_item(entry: Entry, body: str) -> str:
    """A post as an RSS item. `body` is its HTML as XML text."""
    lead = escape(legal(entry.summary), quote=False) if entry.html else ""
    parts = [f"<item><title>{_title(plain(entry.title) or entry.url)}</title><link>{xml(entry.url)}</link>"]
    if lead:  # a description is HTML to readers, and must stand before the content
        parts.append(f"<description>{xml(lead)}</description><content:encoded>{body}</content:encoded>")
    else:
        parts.append(f"<description>{body}</description>")
    parts.append(f'<guid isPermaLink="false">{xml(entry.id)}</guid>')
    parts += [f"<category>{xml(plain(tag.name))}</category>" for tag in entry.topics]
    parts.append(f"<pubDate>{rfc822(moment(entry.published))}</pubDate>")
    parts += [
        f'<enclosure url="{_quoted(played.href)}" length="{played.size}" type="{played.media}"/>'
        for played in entry.enclosures[:1]  # RSS Best Practices Profile: readers take one, some the last
    ]
    # RSS's own <author> would demand an e-mail address.
    parts += [f"<dc:creator>{xml(plain(face.name))}</dc:creator>" for face in entry.authors]
    return "".join(parts) + "</item>"


def atom_entry(entry: Entry, body: str, info: SiteInfo) -> str:
    """A post as an Atom entry. `body` is its HTML as XML text."""
    language = f' xml:lang="{_quoted(entry.language)}"' if entry.language not in ("", info.language) else ""
    # type="text" is the default, but then "<b>" in a title is known to be meant
    parts = [
        f'<entry{language}><id>{xml(entry.id)}</id><title type="text">{_title(plain(entry.title) or entry.url)}</title>'
    ]
    parts.append(f"<updated>{moment(entry.updated or entry.published).isoformat()}</updated>")
    for face in entry.authors:
        if name := plain(face.name):
            page = page_of(face, info.url)
            uri = f"<uri>{xml(page)}</uri>" if page else ""
            parts.append(f"<author><name>{xml(name)}</name>{uri}</author>")
    link = f'<link href="{_quoted(entry.url)}" rel="alternate" type="text/html"/>' + "".join(
        f'<link href="{_quoted(played.href)}" rel="enclosure" type="{played.media}" length="{played.size}"/>'
        for played in entry.enclosures
    )
    if entry.html:
        parts += [_words('content type="html"', body), link]
        parts += [_words("summary", _title(legal(entry.summary)))] if entry.summary else []
    else:
        parts += [link, _words('summary type="html"', body)]
    parts += [f'<category term="{_quoted(plain(tag.name))}"/>' for tag in entry.topics]
    return "".join(parts) + f"<published>{moment(entry.published).isoformat()}</published></entry>"


def _words(tag: str, words: str) -> str:
    return f"<{tag}>{words}</{tag.partition(' ')[0]}>" if words else f"<{tag}/>"


def xml(text: str) -> str:
    """Legal text as it stands between two tags."""
    return escape(text, quote=False).replace("\r", "&#13;")


def _title(text: str) -> str:
    """Plain text where readers disagree whether it is HTML: so written, it is plain to most of them.

    https://www.rssboard.org/rss-profile#data-types-characterdata
    """
    return xml(text).replace("&amp;", "&#x26;").replace("&lt;", "&#x3C;")


def _quoted(text: str) -> str:
    return xml(text).replace('"', "&quot;")


def rfc822(when: datetime) -> str:
    """A moment as RSS writes it: `Mon, 02 Nov 2026 09:00:00 +0100`."""
    return f"{DAYS[when.weekday()]}, {when.day:02} {MONTHS[when.month - 1]} {when.year} {when:%H:%M:%S %z}"
