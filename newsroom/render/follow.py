"""Owns the parts of the page to follow people, topics and kinds of post, and READERS. Must not know how it looks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

from newsroom.followed import Feed
from newsroom.language import say
from newsroom.model import digest, digest_of
from newsroom.permalinks import encoded
from newsroom.render import digests
from newsroom.render.feed_head import feed_url, title_of
from newsroom.render.feed_html import plain
from newsroom.render.parts import NONE, Items, Part, Parts, Tools, covered, follow_links, head, link
from newsroom.site import LISTED, Site
from newsroom.views import Face, Link, SiteInfo, Tag

READERS = (
    ("Feedly", "https://feedly.com/i/subscription/feed%2F"),
    ("Inoreader", "https://www.inoreader.com/?add_feed="),
    ("NewsBlur", "https://www.newsblur.com/?url="),
    ("The Old Reader", "https://theoldreader.com/feeds/subscribe?url="),
)
"""Readers in the browser: name, and the address that takes a feed's own, percent-encoded, at its end."""

MAILERS = (("Blogtrottr", "https://blogtrottr.com/?subscribe="), ("Feedrabbit", "https://feedrabbit.com/?url="))
"""Services that send a feed as e-mail, likewise."""

KINDS = {
    **{f"/{name.lower()}/": f"kinds.{name.lower()}" for name in LISTED.values()},
    "/corrections/": "corrections.title",
}
"""Permalink of a feed -> the phrase that says what it carries."""


class FollowItem(NamedTuple):
    """Somebody or something to follow."""

    key: str
    """`people/maya`; "" is everything. It stands in the address of a choice that was shared."""
    name: str
    face: Face | None
    tag: Tag | None
    href: str
    """Its page."""
    address: str
    """The RSS feed, absolute: to copy."""
    links: tuple[Link, ...]
    """Its three feeds."""
    readers: tuple[Link, ...]
    """Other people's sites that take the address at a click."""
    mailers: tuple[Link, ...]
    app: str
    """`feed://...`, for whatever the reader's own machine opens feeds with. `feed:https://...` is no valid address."""
    title: str
    """As /follow.opml names it, likewise the next two."""
    description: str
    page: str


def follow(site: Site, _: str) -> Parts:
    faces = sorted(site.faces.values(), key=lambda face: (face.name.casefold(), face.key))
    tags = sorted(site.tags.values(), key=lambda tag: (tag.name.casefold(), tag.key))
    return {
        "everything": _choices(site, [("/", None, None)]),
        "people": _choices(site, [(f.permalink, f, None) for f in faces if f.state != "left"]),
        "former": _choices(site, [(f.permalink, f, None) for f in faces if f.state == "left"]),
        "topics": _choices(site, [(f"/topics/{tag.key}/", None, tag) for tag in tags]),
        "kinds": _choices(site, [(permalink, None, None) for permalink in KINDS]),
        "opml": link("OPML", f"{site.info.base}/follow.opml"),
        "digest": digests.newest(site),
        "head": covered(lambda t: head(t.info, "follow", "follow", "/follow/", say(t.info.language, "menu.follow"))),
    }


def _choices(site: Site, wanted: Iterable[tuple[str, Face | None, Tag | None]]) -> Part:
    """Those of them that have a feed. Which posts it carries is no matter here."""
    found = [(site.feeds[link], face, tag) for link, face, tag in wanted if link in site.feeds]
    if not found:
        return NONE
    made = [
        digest_of(f.title, f.description, f.permalink, f.page) + (face or tag or NONE).digest for f, face, tag in found
    ]

    def make(tools: Tools) -> Items:
        return Items(tuple(_item(feed, face, tag, tools.info) for feed, face, tag in found))

    return Part(digest("".join(made)), make)


def _item(feed: Feed, face: Face | None, tag: Tag | None, info: SiteInfo) -> FollowItem:
    address, links = feed_url(feed, "feed.xml", info), follow_links(info, feed.permalink)
    name = face.name if face else tag.name if tag else _kind(feed, info)
    return FollowItem(
        feed.permalink.strip("/"), name, face, tag, encoded(info.base + feed.page), address, links,
        _taking(READERS, address), _taking(MAILERS, address),
        f"feed://{address.partition('://')[2]}", title_of(feed, info), plain(feed.description),
        info.url + encoded(feed.page),
    )  # fmt: skip


def _kind(feed: Feed, info: SiteInfo) -> str:
    return say(info.language, KINDS[feed.permalink]) if feed.permalink in KINDS else info.title


def _taking(services: Iterable[tuple[str, str]], address: str) -> tuple[Link, ...]:
    return tuple(Link(name, start + quote(address, safe="")) for name, start in services)
