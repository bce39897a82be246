"""Owns what a feed says of itself and of people in every format: ids, addresses, title, face. No files, no clock."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from newsroom.followed import Feed
from newsroom.permalinks import encoded
from newsroom.render.feed_html import absolute, plain
from newsroom.views import Face, Picture, SiteInfo

IDENTITIES = UUID("174cbe26-9d28-4adb-b0a7-628e1686083a")
"""The namespace of identities that are not addresses. Never changes, or every post turns unread everywhere."""

NEVER = "2005-12-01T00:00:00+00:00"
"""When an empty feed changed: Atom wants a moment, and there is none to tell. RFC 4287's own; 1970 would be doubted."""

RASTER = (".jpg", ".jpeg", ".png", ".gif", ".webp")
"""Pictures that readers show beside a feed; many refuse SVG."""


def entry_id(identity: str) -> str:
    """A post's identity as an absolute IRI: the same in every feed and format, whatever becomes of title and address.

    >>> entry_id("0E1A7D6C-3B52-4F0C-9A55-0D9B3D1C2F10")
    'urn:uuid:0e1a7d6c-3b52-4f0c-9a55-0d9b3d1c2f10'
    """
    identity = identity.strip()
    if re.fullmatch(r"""(?i:https?://|tag:|urn:)[^\s<>"{}|\\^`\x00-\x20\ud800-\udfff\ufffe\uffff]+""", identity):
        return identity  # as it is: readers compare ids character by character
    if re.fullmatch(r"(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", identity):
        return "urn:uuid:" + identity.lower()
    # A path that macOS hands out with its accents taken apart is the same path.
    whole = unicodedata.normalize("NFC", identity).encode("utf-8", "backslashreplace").decode()
    return "urn:uuid:" + str(uuid5(IDENTITIES, whole))


def feed_url(feed: Feed, file: str, info: SiteInfo) -> str:
    """The absolute address of one of the feed's files: what is published, linked, and told to a hub."""
    return info.url + encoded(feed.permalink) + (archived(file, feed.number) if feed.number else file)


def archived(file: str, number: int) -> str:
    """The path of an archived document, below the feed's permalink.

    >>> archived("feed.xml", 3)
    'archive/feed-3.xml'
    """
    name, _, ending = file.partition(".")
    return f"archive/{name}-{number}.{ending}"


def ways(feed: Feed, file: str, info: SiteInfo) -> dict[str, str]:
    """The addresses of the documents beside this one, by their relation (RFC 5005, section 4)."""
    if not feed.archives:
        return {}
    beside = {"prev-archive": (feed.number or feed.archives + 1) - 1, "next-archive": feed.number and feed.number + 1}
    found = {rel: n for rel, n in beside.items() if 0 < n <= feed.archives}
    current = {"current": feed_url(feed._replace(number=0), file, info)} if feed.number else {}
    return current | {rel: feed_url(feed._replace(number=n), file, info) for rel, n in found.items()}


def title_of(feed: Feed, info: SiteInfo) -> str:
    """The feed's title on one line; the site's where it has none, for every format demands one."""
    return plain(feed.title) or plain(info.title) or info.url


def page_of(face: Face, site_url: str) -> str:
    """The absolute address of a person's page."""
    return site_url + encoded(face.permalink) if face.permalink else ""


def picture_of(picture: Picture, site_url: str) -> str:
    """The absolute address of a picture."""
    return absolute(picture.src, site_url + "/", site_url)


def photo_of(feed: Feed) -> Picture | None:
    """The face beside the feed: that of the person followed, as far as readers can show it."""
    photos = (face.photo for face in feed.authors if face.photo)
    return next((p for p in photos if urlsplit(p.src).path.lower().endswith(RASTER)), None)


def size_in_rss(picture: Picture) -> dict[str, str]:
    """Width and height for RSS, which allows 144 by 400."""
    if not (picture.width and picture.height):
        return {}
    scale = min(1, 144 / picture.width, 400 / picture.height)
    return {"width": str(max(1, round(picture.width * scale))), "height": str(max(1, round(picture.height * scale)))}


def moment(stamp: str) -> datetime:
    """RFC 3339 text as a moment with its own offset."""
    return datetime.fromisoformat(stamp)
