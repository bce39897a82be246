"""Owns RSS 2.0 and Atom, the one use of feedgen. No files, no clock.

feedgen 1.0.0 writes both; what it cannot (attributes of an entry's link, hubs in RSS, people without an e-mail address)
goes in through its own interface for extensions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from html import escape
from typing import NamedTuple

from newsroom.permalinks import encoded
from newsroom.render.feed_head import changed, feed_url, moment, page_of, photo_of, picture_of, size_in_rss, title_of
from newsroom.render.feed_html import body, legal, plain
from newsroom.views import Entry, Face, Feed, SiteInfo

GENERATOR = "newsroom"
"""Without a version: a new release must not make every reader fetch every feed again."""

DC = "http://purl.org/dc/elements/1.1/"
ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def rss(feed: Feed, entries: Sequence[Entry], info: SiteInfo, hub: str = "") -> bytes:
    """The feed as RSS 2.0."""
    channel = _channel(feed, "feed.xml", "application/rss+xml", entries, info)
    channel.language(info.language.lower())
    if photo := photo_of(feed):
        channel.image(picture_of(photo, info.url), **size_in_rss(photo))
    marks = _Marks(rss=lambda root: _mark_channel(root[0], feed, hub, dated=bool(entries)))
    channel.register_extension("marks", lambda: marks, atom=False)
    return _document(channel.rss_str(), b"</channel></rss>", (_item(e, info.language) for e in entries), info)


def atom(feed: Feed, entries: Sequence[Entry], info: SiteInfo, hub: str = "") -> bytes:
    """The feed as Atom (RFC 4287)."""
    channel = _channel(feed, "atom.xml", "application/atom+xml", entries, info)
    channel.language(info.language)
    if hub:
        channel.link(href=hub, rel="hub")
    for face in feed.authors:
        channel.author(name=plain(face.name), uri=page_of(face, info.url))
    if photo := photo_of(feed):
        channel.icon(picture_of(photo, info.url))
    written = (_atom_entry(e, info.url, info.language) for e in entries)
    return _document(channel.atom_str(), b"</feed>", written, info)


def _channel(feed: Feed, file: str, media: str, entries: Sequence[Entry], info: SiteInfo):
    """What RSS and Atom have in common at the top."""
    generator, *_ = _feedgen()
    channel = generator()
    channel.id(feed.id)
    channel.title(title_of(feed, info))
    channel.description(plain(feed.description) or title_of(feed, info))
    channel.updated(changed(entries))
    channel.generator(GENERATOR)
    channel.link(href=feed_url(feed, file, info), rel="self", type=media)
    channel.link(href=info.url + encoded(feed.page), rel="alternate", type="text/html")  # last: it becomes RSS's <link>
    return channel


def _mark_channel(channel, feed: Feed, hub: str, dated: bool) -> None:
    """Put right what feedgen leaves out of an RSS channel, or puts in it unasked."""
    _, _, element = _feedgen()
    if hub:
        element(f"{{{ATOM}}}link", channel, href=hub, rel="hub")
    _credit(channel, feed.authors)
    if not dated:
        channel.remove(channel.find("lastBuildDate"))


# Feeds share posts (the site's, the author's, the topic's): an entry's bytes are made once and copied from then on.
@lru_cache(maxsize=4096)
def _item(entry: Entry, language: str) -> bytes:
    """A post as an RSS item of a feed in `language`."""
    item = _feedgen_entry(entry)
    if entry.html and entry.summary:  # a description is HTML to readers, and must stand before the content
        item.description(escape(legal(entry.summary), quote=False))
    item.content(body(entry, language), type="html")
    marks = _Marks(rss=lambda element: _credit(element, entry.authors))
    return _cut(_alone(item, marks).rss_str(), "item")


@lru_cache(maxsize=4096)
def _atom_entry(entry: Entry, site_url: str, language: str) -> bytes:
    """A post as an Atom entry of a feed in `language`."""
    item = _feedgen_entry(entry)
    for face in entry.authors:
        item.author(name=plain(face.name), uri=page_of(face, site_url))
    if entry.html:
        if entry.summary:
            item.summary(legal(entry.summary))
        item.content(body(entry, language), type="html")
    else:
        item.summary(body(entry, language), type="html")

    def mark(element) -> None:
        element.find("title").set("type", "text")  # the default, but then "<b>" in a title is known to be meant
        element.find("link").attrib.update({"rel": "alternate", "type": "text/html"})
        if entry.language and entry.language != language:
            element.set(LANG, entry.language)

    return _cut(_alone(item, _Marks(atom=mark)).atom_str(), "entry")


def _feedgen_entry(entry: Entry):
    """What RSS and Atom have in common in an entry."""
    _, new, _ = _feedgen()
    item = new()
    item.id(entry.id)  # in RSS: <guid isPermaLink="false">
    item.title(plain(entry.title) or entry.url)
    item.link(href=entry.url)
    item.published(moment(entry.published))
    item.updated(moment(entry.updated or entry.published))
    for tag in entry.topics:
        item.category(term=plain(tag.name))
    return item


def _alone(item, marks: _Marks):
    """A feed that holds one entry and declares the same namespaces as any other."""
    generator, *_ = _feedgen()
    channel = generator()
    channel.id("urn:x")
    channel.title("x")
    channel.description("x")
    channel.link(href="x")
    channel.register_extension("marks", _Marks, lambda: marks)
    channel.add_entry(item)
    return channel


def _cut(document: bytes, tag: str) -> bytes:
    """The only element `tag` of a document: what people wrote is escaped, so no other such tag can stand in it."""
    start, end = f"<{tag}".encode(), f"</{tag}>".encode()
    return document[document.index(start) : document.rindex(end)] + end


def _document(empty: bytes, end: bytes, entries: Iterable[bytes], info: SiteInfo) -> bytes:
    """A feed's head and its entries in one document, with a stylesheet for browsers where the theme has one."""
    declaration, head = empty.removesuffix(end).split(b"\n", 1)
    style = info.assets.get("feed.css", "")
    sheet = f'<?xml-stylesheet type="text/css" href="{escape(style)}"?>'.encode()
    return b"\n".join([declaration, *([sheet] if style else []), head, *entries, end + b"\n"])


def _credit(element, faces: Iterable[Face]) -> None:
    """Name each person. RSS's own <author> would demand an e-mail address."""
    _, _, new = _feedgen()
    for face in faces:
        new(f"{{{DC}}}creator", element).text = plain(face.name)


def _nothing(element) -> None:
    """Leave an element as feedgen made it."""


class _Marks(NamedTuple):
    """feedgen's interface for additions: it looks for three methods by their names."""

    rss: Callable = _nothing
    atom: Callable = _nothing

    def extend_ns(self) -> dict[str, str]:
        return {"dc": DC}

    def extend_rss(self, element) -> None:
        self.rss(element)

    def extend_atom(self, element) -> None:
        self.atom(element)


@cache
def _feedgen():
    """feedgen takes 60 ms to load, most of it lxml: only a build that writes feeds pays."""
    from feedgen.feed import FeedEntry, FeedGenerator
    from feedgen.util import xml_elem

    return FeedGenerator, FeedEntry, xml_elem
