"""Owns what is shown: records that templates and feeds may see. Plain immutable data; no I/O.

Each ends in `digest`, the digest of all of it, or is part of one that does: a template cannot show what its output's
fingerprint does not cover.
"""

from __future__ import annotations

from typing import NamedTuple

from newsroom.pictures import Variant


class File(NamedTuple):
    """An asset that a source shows."""

    href: str
    path: str
    """Where it is written, below the output folder."""
    asset: str
    """Its source path."""
    pixels: tuple[int, int]
    variants: tuple[Variant, ...] = ()
    """Its smaller forms: of the whole picture and, of a portrait, squares."""
    folder: str = ""
    """Address of their folder, ready for an attribute."""
    place: tuple[tuple, int] = ((), 0)
    """(pointer into the front matter, line of the body) where the source first names it."""


class References(NamedTuple):
    """What a source refers to, resolved."""

    links: dict[str, str]
    """Target as written -> address."""
    files: dict[str, File]
    """Name as written -> file."""
    digest: str


class Link(NamedTuple):
    """A labelled link."""

    label: str
    href: str
    """Ready for an attribute: absolute, or below the site's base."""
    rel: str = ""


class Picture(NamedTuple):
    """An image as a page shows it."""

    src: str
    """Ready for an attribute."""
    alt: str
    credit: str = ""
    caption: str = ""
    width: int = 0
    """Pixels; 0 is not known."""
    height: int = 0
    focus: str = ""
    """What a crop must show: "60% 30%", from the top left; "" where nobody said."""
    sources: tuple[tuple[str, str], ...] = ()
    """(media type, srcset) of each newer form, the smallest files first; ready for attributes, likewise `srcset`."""
    srcset: str = ""
    """Smaller ones in the picture's own form, or ""."""


class Face(NamedTuple):
    """A person as others' pages show her."""

    key: str
    name: str
    short_name: str
    role: str
    team: str
    quote: str
    photo: Picture | None
    href: str
    permalink: str
    state: str
    """active | away | moved | left."""
    initials: str
    """Where there is no photo."""
    tint: int
    """0 to 5: the colour behind the initials."""
    digest: str


class Tag(NamedTuple):
    """A topic as others' pages show it."""

    key: str
    name: str
    href: str
    digest: str


class Card(NamedTuple):
    """A post as a listing or a neighbour shows it."""

    title: str
    href: str
    permalink: str
    kind: str
    summary: str
    date: str
    """RFC 3339."""
    image: Picture | None
    authors: tuple[Face, ...]
    topics: tuple[Tag, ...]
    mark: str
    """What was declared of it after publication, in a word: retracted, corrected, clarified, updated; or ""."""
    comments: str
    """How many, in words: "3 comments"; "" where none is archived."""
    source: str
    """Which post: the renderer's key, of no use to a template."""
    digest: str


class Listing(NamedTuple):
    """Some cards under a heading."""

    heading: str
    cards: tuple[Card, ...]
    digest: str


class Action(NamedTuple):
    """One way to reach a person."""

    channel: str
    """The row of CHANNELS: `email`, `phone`, ..."""
    label: str
    """"Write to Maya"."""
    href: str
    """Ready for an attribute."""
    text: str
    """What a reader can copy: the address, the handle."""
    rel: str
    hidden: bool
    """An e-mail address that no program may find: no microformat names it, and `render.mail` spells it differently."""
    note: str = ""
    """The hours in which somebody answers the telephone."""


class Hour(NamedTuple):
    """Office hours once a week, or as often as their first words say."""

    text: str
    """`Tuesdays 15:00–16:00, Berlin time`."""
    place: str
    """Where, as a reader reads it; "" when nobody said."""
    href: str
    """Ready for an attribute; "" where the place is no web address."""


class ContactWords(NamedTuple):
    """The fixed words of the block, in the language of what it says."""

    language: str
    """`de`, where that is not the language of both the page and the site; English where the page's has no phrases."""
    direction: str
    """ltr | rtl, beside a language; or ""."""
    confirmed: str
    """"Last confirmed on 1 October 2026.", or ""."""
    office_hours: str
    """"Office hours:"."""
    more: str
    """What leads from the first ways to the others: "More, under the text"."""
    instead: str
    """The heading, beside another thing to do: "Talk to Maya instead"."""


class Contact(NamedTuple):
    """Who answers, and when: the talk-to-the-author block."""

    heading: str
    """"Talk to Maya"."""
    sentence: str
    """The one sentence that carries the promise, or says that nobody can be reached; "" when nothing is promised."""
    note: str
    """Who answers instead, likewise `handover` by itself; then what not to write about, and the like."""
    people: tuple[Face, ...]
    actions: tuple[Action, ...]
    hours: tuple[Hour, ...]
    checked: str
    """RFC 3339 date on which somebody last confirmed the promise, or ""."""
    words: ContactWords
    digest: str
    handover: str = ""


class Thread(NamedTuple):
    """The comments of one post: which service, and what it is told. Made of the settings and the post's front matter."""

    provider: str
    name: str
    """"Isso"."""
    host: str
    """What a click will load from: `comments.example.com`."""
    sends: str
    """What the service sets or sends, in words."""
    load: str
    """click | visible | always."""
    open: bool
    attributes: tuple[tuple[str, str], ...]
    """data-* attributes for the script, in order."""
    link: str
    """Where the thread can be read without a script, or ""."""


class Remark(NamedTuple):
    """One archived comment."""

    id: str
    """Its anchor is `comment-<id>`."""
    name: str
    """As its author said it; "" where it was taken out."""
    site: str
    """The author's own page, ready for an attribute; or ""."""
    face: Face | None
    """The employee who wrote it."""
    date: str
    """RFC 3339, UTC; likewise `edited`, or ""."""
    edited: str
    html: str
    """Sanitised; "" where there are no words."""
    gone: bool
    """The words were removed."""
    to: Link | None
    """The comment that it answers, where that does not stand right above it."""
    posts: tuple[Link, ...]
    """Posts that answer it."""
    replies: tuple


class Remarks(NamedTuple):
    """What was said below a post, as far as it is archived."""

    count: int
    """Without those whose words were removed."""
    ours: int
    """How many of them employees wrote."""
    until: str
    """RFC 3339 moment up to which everything is here, or ""."""
    closed: str
    """Why nobody need answer here any more, or ""."""
    remarks: tuple[Remark, ...]
    """Those that begin a thread, oldest first."""
    feeds: tuple[Link, ...]


class SiteInfo(NamedTuple):
    """What every page may know of the site."""

    title: str
    url: str
    """Without a trailing slash."""
    base: str
    """The path part of `url`: "" or `/newsroom`."""
    language: str
    timezone: str
    description: str
    company: dict
    menu: tuple[Link, ...]
    """Main sections that have something in them; `rel` is the section's name."""
    foot: tuple[Link, ...]
    assets: dict[str, str]
    """Theme file -> ready href with the file's digest: `style.css` -> `/assets/style.1a2b3c4d.css`."""
    options: dict
    """The theme's options, defaults filled in."""
    digest: str
    detours: dict[str, str] = {}
    """With contact.email = "form": a person's e-mail address -> where a reader goes instead. For `render.mail` alone."""
    main: str = ""
    """The address of the main edition, under which people and the company are known to machines in every language."""
    cards: tuple[str, ...] = ()
    """Digests of what social cards are drawn with: the theme's files, the fonts beside them; () where there are none."""


class Head(NamedTuple):
    """What a page says of itself in its head."""

    title: str
    """The page's name and the site's."""
    name: str
    """The page's alone; the site's on the front page."""
    description: str
    kind: str
    """The kind of output: home, post, person, ..."""
    section: str
    """Which menu entry is current."""
    canonical: str
    """Absolute address."""
    feeds: tuple[Link, ...]
    """Autodiscovery, the page's own first; `rel` is the media type."""
    image: Picture | None
    """For previews; `src` absolute."""
    noindex: bool
    published: str
    """RFC 3339, of a post; likewise `updated`, "" where nothing was declared."""
    updated: str
    writers: tuple[str, ...]
    """Absolute addresses of a post's authors."""
    tags: tuple[str, ...]
    """Names of a post's topics."""
    creator: str
    """Whom Mastodon credits: `@maya@social.example`, or ""."""
    locale: str
    """`de_DE`, where the language names a country; or ""."""
    me: tuple[str, ...]
    """Addresses of the person's profiles elsewhere that no link on her page claims."""
    oembed: str
    """Absolute address of the page's oEmbed answer, or ""."""
    facts: str
    """JSON-LD, ready for a script element; or ""."""
    digest: str
