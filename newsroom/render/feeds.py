"""Owns FORMATS, the ways to write a feed, and writes JSON Feed 1.1 and OPML itself. No files, no clock.

The same feed gives the same bytes on any day and machine: the moment of a feed is that of its newest entry.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

from newsroom.followed import Entry, Feed
from newsroom.permalinks import encoded
from newsroom.render.feed_head import entry_id, feed_url, page_of, photo_of, picture_of, title_of, ways
from newsroom.render.feed_html import body, clean, legal, plain
from newsroom.render.feed_xml import atom, atom_entry, rss, rss_item, xml
from newsroom.views import Face, SiteInfo

__all__ = ["FORMATS", "Format", "atom", "clean", "entry_id", "feed_url", "json_feed", "opml", "rss", "written"]


class Format(NamedTuple):
    """One way to write a feed."""

    name: str
    file: str
    """Below the feed's permalink. Hosts send .xml as something browsers can style; .rss and .atom as plain source."""
    media: str
    label: str
    """What a reader calls it."""
    write: Callable[[Feed, Sequence[bytes], str, SiteInfo, str], bytes]
    """(feed, its posts as `written` made them, RFC 3339 moment of the newest or "", site, hub) -> document."""


def written(entry: Entry, info: SiteInfo) -> dict[str, bytes]:
    """A post as every feed carries it, by the name of the format: a feed is a head and such bytes."""
    html = body(entry, info.language)
    text = xml(html)
    return {
        "rss": rss_item(entry, text).encode(),
        "atom": atom_entry(entry, text, info).encode(),
        "json": _json_item(entry, html, info),
    }


def json_feed(feed: Feed, entries: Sequence[bytes], changed: str, info: SiteInfo, hub: str = "") -> bytes:
    """The feed as JSON Feed 1.1, which tells no moment of its own."""
    photo = photo_of(feed)
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title_of(feed, info),
        "home_page_url": info.url + encoded(feed.page),
        "feed_url": feed_url(feed, "feed.json", info),
        "description": plain(feed.description),
        "icon": picture_of(photo, info.main) if photo else "",
        "authors": [_json_author(face, info) for face in feed.authors],
        "language": info.language,
        "next_url": ways(feed, "feed.json", info).get("prev-archive", ""),
        "expired": feed.over and not feed.number,
        "hubs": [{"type": "WebSub", "url": hub}] if hub and not feed.number else [],
    }
    return _json(document).removesuffix(b"}") + b', "items": [\n' + b",\n".join(entries) + b"\n]}\n"


def _json_item(entry: Entry, html: str, info: SiteInfo) -> bytes:
    """A post as a JSON Feed item, on one line."""
    return _json(
        {
            "id": entry.id,
            "url": entry.url,
            "title": plain(entry.title),
            "content_html": html,
            "summary": legal(entry.summary),
            "image": picture_of(entry.image, info.main) if entry.image else "",
            "date_published": entry.published,
            "date_modified": entry.updated,
            "authors": [_json_author(face, info) for face in entry.authors],
            "tags": [plain(tag.name) for tag in entry.topics],
            "language": entry.language or info.language,
            "attachments": [
                {"url": played.href, "mime_type": played.media, "size_in_bytes": played.size}
                for played in entry.enclosures
            ],
        }
    )


def _json_author(face: Face, info: SiteInfo) -> dict[str, str]:
    page = page_of(face, info.url)
    author = {"name": plain(face.name), **({"url": page} if page else {})}
    return {**author, "avatar": picture_of(face.photo, info.main)} if face.photo else author


def _json(members: dict) -> bytes:
    """The members that say something: the specification wants the others left out. An indent would cost 15 times."""
    return json.dumps({name: value for name, value in members.items() if value}, ensure_ascii=False).encode()


def opml(title: str, feeds: Sequence[Feed], info: SiteInfo) -> bytes:
    """Feeds as a list that readers import. Undated, so that it changes only when the list does."""
    head = f"<title>{escape(plain(title))}</title><ownerId>{escape(info.url)}</ownerId>"
    rows = [f'<outline text="{escape(plain(title))}">', *(_outline(feed, info) for feed in feeds), "</outline>"]
    start = ['<?xml version="1.0" encoding="UTF-8"?>', f'<opml version="2.0"><head>{head}</head><body>']
    return "\n".join([*start, *rows, "</body></opml>\n"]).encode()


def _outline(feed: Feed, info: SiteInfo) -> str:
    attributes = {
        "type": "rss",
        "text": title_of(feed, info),
        "title": title_of(feed, info),
        "description": plain(feed.description),
        "xmlUrl": feed_url(feed, "feed.xml", info),
        "htmlUrl": info.url + encoded(feed.page),
        "language": info.language.lower(),
    }
    return "<outline " + " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items() if value) + "/>"


FORMATS = (
    Format("rss", "feed.xml", "application/rss+xml", "RSS", rss),
    Format("atom", "atom.xml", "application/atom+xml", "Atom", atom),
    Format("json", "feed.json", "application/feed+json", "JSON Feed", json_feed),
)
