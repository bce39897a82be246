"""Owns parts: what an output is made of. A part is a digest and a value; nothing else reaches a template.

That is why a fingerprint can be trusted: it joins the digests of exactly the values that are rendered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from newsroom.model import NOTHING, Content, Post, digest, digest_of
from newsroom.permalinks import encoded
from newsroom.pictures import WIDE_TEXT
from newsroom.render import links, reading
from newsroom.render.feeds import FORMATS
from newsroom.render.typeset import Studio
from newsroom.said import Words
from newsroom.site import Site
from newsroom.views import Card, Face, Head, Link, Listing, Picture, SiteInfo, Tag

Template = Callable[[str, str, dict], str]
Kept = Callable[[str, Callable[[], bytes]], bytes]
"""(key, make) -> bytes from a cache, or made and put there."""


class Tools(NamedTuple):
    """What rendering may reach beside its parts: by keys that the parts' digests cover."""

    info: SiteInfo
    template: Template
    """(template, output path, context) -> page."""
    content: Callable[[str], Content]
    """Source path -> its rendered Markdown, from the cache."""
    asset: Callable[[str], bytes]
    """Path of a file -> its bytes as they go out: a picture without metadata."""
    entry: Callable[[str], dict[str, bytes]]
    """Source path of a post -> the post as each format of feed carries it, made once for all of them."""
    words: Callable[[str], tuple[Words, ...]] = lambda path: ()
    """Path of a file of content/comments/ -> what each comment in it says."""
    comments: Callable[[str], Any] = lambda subject: None
    """Subject of a feed of comments -> what its three files have in common."""
    kept: Callable[[str, Callable[[], bytes]], bytes] = lambda key, make: make()
    """(key, make) -> bytes from the cache, or made and put there."""
    told: Callable[[str], Any] = lambda source: None
    """Source path of a post -> what a feed tells of its conversation."""
    styles: Callable[[], bytes] = lambda: b""
    """The style sheet."""
    editions: Mapping[str, Tools] = {}
    """Of a whole site in several languages: language -> the tools of its edition."""
    whole: Site | None = None
    """The site in all its languages."""
    studio: Studio = Studio({}, ())
    """What social cards are drawn with."""
    drawn: Callable[[str, Callable[[], bytes]], bytes] = lambda key, make: make()
    """Like `kept`, for what is the same whoever makes it, and made in a process of its own."""
    raw: Callable[[str], bytes] = lambda path: b""
    """Path of a file -> its bytes as they were written. Nothing that goes out is made of it but pictures, anew."""
    pictured: Kept = lambda key, make: make()
    """Like `drawn`, for pictures: they have a cache of their own."""


class Part(NamedTuple):
    """One thing an output is made of."""

    digest: str
    """One digest, or several side by side: for one name always as many, so that they cannot be confused when joined."""
    value: Any
    """A value, or a function of Tools for what is costly: it is called only when the output is rendered."""


class Text(NamedTuple):
    """Some words."""

    text: str


class Faces(NamedTuple):
    """Some people."""

    faces: tuple[Face, ...]


class Items(NamedTuple):
    """Whatever a page lists beside posts and people."""

    items: tuple


class Links(NamedTuple):
    """Some links."""

    links: tuple[Link, ...]


class Tags(NamedTuple):
    """Some topics."""

    tags: tuple[Tag, ...]


NONE = Part(NOTHING, None)

Subject = tuple[str, str, str]
"""(permalink or output path, subject, source to name in messages)."""
Parts = dict[str, Part]


def of(record: Any) -> Part:
    """A record that carries its own digest, or None."""
    return NONE if record is None else Part(record.digest, record)


def text(value: str) -> Part:
    """Some words."""
    return Part(digest(value), Text(value))


def faces(people: Iterable[Face]) -> Part:
    """Some people."""
    people = tuple(people)
    return Part(joined(people), Faces(people))


def listing(heading: str, cards: Iterable[Card]) -> Part:
    """Some posts under a heading."""
    cards = tuple(cards)
    made = digest(digest(heading) + "".join([card.digest for card in cards]))
    return Part(made, Listing(heading, cards, made))


def plain(value: Any) -> Part:
    """Plain values, small ones."""
    return Part(digest_of(value), value)


def link(label: str, href: str) -> Part:
    """One link, or none."""
    return Part(digest_of(label, href), Link(label, href)) if href else NONE


def joined(records: Iterable[Any]) -> str:
    """One digest of many."""
    return digest("".join([record.digest for record in records]))


def covered(make: Callable[[Tools], Any]) -> Part:
    """What is made of values that the page's other parts and its address already cover."""
    return Part(NOTHING, make)


def head(
    info: SiteInfo, kind: str, section: str, path: str, title: str = "", description: str = "",
    feeds: Iterable[Link] = (), image: Picture | None = None, noindex: bool = False, **more: Any,
) -> Head:  # fmt: skip
    """What a page says of itself in its head. `more`: fields of RARE, and `locale`."""
    whole = f"{title} · {info.title}" if title and title != info.title else info.title
    if image and image.src.startswith("/"):
        image = image._replace(src=info.url.removesuffix(info.base) + image.src)
    unique = tuple(dict.fromkeys((*feeds, *feed_links(info, "/", info.title))))
    return Head(
        whole, title or info.title, description or info.description, kind, section, info.url + encoded(path), unique,
        image, noindex, **{**RARE, "locale": locale(info.language), **more}, digest=NOTHING,
    )  # fmt: skip


RARE = {"published": "", "updated": "", "writers": (), "tags": (), "creator": "", "me": (), "oembed": "", "facts": ""}
"""Fields of Head that few pages have."""


def locale(language: str) -> str:
    """A language as Open Graph names it: `de_DE`; "" where the tag names no country (https://ogp.me, og:locale)."""
    return language.replace("-", "_") if re.fullmatch("[a-z]{2}-[A-Z]{2}", language) else ""


def with_face(item: dict, known: dict[str, Face]) -> dict:
    """An item of front matter with the person whom its `by` names; a quote may have a name and a role of its own."""
    face = known.get(item.get("by", ""))
    name, role = (face.name, face.role) if face else (item.get("name", ""), item.get("role", ""))
    return {**item, "name": name, "role": role, "face": face}


def current(site: Site) -> list[Face]:
    """People who are here: those who wrote lately first, then by name."""
    newest = {key: posts[0].time for key, posts in site.by_author.items()}
    here = [face for face in site.faces.values() if face.state != "left"]
    return sorted(here, key=lambda face: (-newest.get(face.key, 0), face.name.casefold(), face.key))


class Body(NamedTuple):
    """Rendered Markdown as a page shows it."""

    html: Any
    headings: tuple
    """(level, id, text) each."""
    sections: tuple
    """(id, text) of each heading of the second level."""
    minutes: int
    """To read it; 0 where nobody can say."""
    embeds: tuple
    contents: tuple[reading.Section, ...] = ()
    """Its table of contents, where it is long."""
    code: bool = False
    """Whether a block of code is in it."""


def body(site: Site, source: str, key: str, language: str = "", beside: str = "") -> Part:
    """A source's text: its content and what its references lead to.

    `language`, where it is not the site's, and `beside`, what is read with it, are for other parts of the page to cover.
    """
    refs = site.refs[source]

    def make(tools: Tools) -> Body:
        from markupsafe import Markup

        content = tools.content(source)
        sizes = site.info.options.get("picture_sizes", WIDE_TEXT)
        html, headings = links.pictured(content.html, refs, sizes, not _illustrated(site, source)), content.headings
        sections = tuple((id, words) for level, id, words in headings if level == 2)
        minutes = reading.minutes(f"{content.prose} {beside}".strip(), language or site.info.language)
        return Body(
            Markup(reading.linked(html, headings)), headings, sections, minutes, content.embeds,
            reading.contents(headings, minutes), CODE in content.html,
        )  # fmt: skip

    return Part(key + refs.digest, make)


def _illustrated(site: Site, source: str) -> bool:
    """Whether a picture stands above a text."""
    return source in site.lookup and bool(site.lookup[source][0].image)


CODE = '<div class="code">'
"""How `read.markup` begins a block of code."""


def cards(site: Site, posts: Iterable[Post]) -> list[Card]:
    """The posts' cards."""
    return [site.cards[post.source] for post in posts]


def feed_links(info: SiteInfo, permalink: str, title: str) -> tuple[Link, ...]:
    """The three feeds of a subject, for autodiscovery: absolute, `rel` is the media type."""
    return _discovered(info.url, permalink, title)


@lru_cache(4096)  # each post's head has those of its authors
def _discovered(url: str, permalink: str, title: str) -> tuple[Link, ...]:
    address = url + encoded(permalink)
    return tuple(Link(f"{title} ({row.label})", address + row.file, row.media) for row in FORMATS)


def following(permalink: str) -> Part:
    """The three feeds of a subject, for a page that shows them."""
    return covered(lambda tools: Links(follow_links(tools.info, permalink)))


def follow_links(info: SiteInfo, permalink: str) -> tuple[Link, ...]:
    """The three feeds of a subject, as a reader sees them."""
    address = encoded(info.base + permalink)
    return tuple(Link(row.label, address + row.file, row.media) for row in FORMATS)
