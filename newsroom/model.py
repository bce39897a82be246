"""Owns the nouns: what is read, what is shown, what is written. Plain immutable data; no I/O, imports nothing of ours.

Three families, each with its own rule:
- **read** (Source, Post, Page, Person, Topic, Content): one file each, made of plain values only (str, int, bool, None,
  tuple, dict), so that `marshal` can keep ten thousand of them (5 ms to load; pickled dataclasses take 31 ms).
- **shown** (Face, Card, Contact, Thread, ...): what a template may see. Each ends in `digest`, the digest of all of it:
  a template cannot show what its output's fingerprint does not cover.
- **written** (Output, Report).

Digests are 32 hexadecimal digits (BLAKE2b, 128 bits): a fixed width, so joined digests cannot be confused.
"""

from __future__ import annotations

import marshal
from hashlib import blake2b
from typing import Any, NamedTuple

NOTHING = "0" * 32
"""The digest of something absent: as wide as any other."""


def digest(value: bytes | str) -> str:
    """The digest of bytes or text."""
    return blake2b(
        value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass"), digest_size=16
    ).hexdigest()


def digest_of(*values: Any) -> str:
    """The digest of plain values. `marshal` version 2 has no back references: equal values give equal bytes."""
    return blake2b(marshal.dumps(values, 2), digest_size=16).hexdigest()


# ── read: one file each ──────────────────────────────────────────────────────────────────────────────────────────────


class Source(NamedTuple):
    """A file below content/."""

    path: str
    """Relative to the site's root: `content/posts/2026/a.md`."""
    stamp: tuple[int, ...]
    """mtime and ctime in nanoseconds, size in bytes, inode: a shortcut, never the truth."""
    digest: str
    pixels: tuple[int, int] = (0, 0)
    """Width and height of a picture; (0, 0) where it has none or says none."""
    active: str = ""
    """What an SVG file could run or fetch when it is opened by itself."""


class Content(NamedTuple):
    """Markdown, rendered. Lives in the cache under its key; fetched only by what shows it."""

    html: str
    """Sanitised. Links to other sources stand as `newsroom:<target>`; see render.links."""
    headings: tuple = ()
    """(level, id, text) each."""
    links: tuple = ()
    """(target, line) of each link or image that names a source file or a person: `../2025/other.md#x`, `person:maya`."""
    files: tuple = ()
    """(path, line) of each image or attachment beside the source."""
    embeds: tuple = ()
    """Names of EMBEDS that the text uses: what a click may load."""
    prose: str = ""
    """The words alone, without code, for summaries, search and counting."""
    lead: str = ""
    """The first paragraph as plain text."""


class Post(NamedTuple):
    """A post's front matter, validated. The body is elsewhere: `content` is its key in the cache."""

    source: str
    id: str
    """Identity in feeds and comment threads; never derived from title, slug or domain."""
    kind: str
    """post | release | statement | answer."""
    slug: str
    permalink: str
    """Below the site's address, decoded: `/2026/cracked-lens/`."""
    title: str
    summary: str
    """As written, or the body's first paragraph."""
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    date: str
    """RFC 3339 with offset, in the site's zone or as written; "" where a draft has none."""
    time: int
    """The same moment in seconds since 1970."""
    updated: str
    """RFC 3339, or ""."""
    image: dict | None
    """file, alt, credit, caption."""
    draft: bool
    embargo: int
    """Seconds since 1970; 0 is none. Likewise `expires`."""
    expires: int
    contact: tuple[str, ...]
    """People to talk to instead of the authors; () is the authors."""
    aliases: tuple[str, ...]
    comments: dict
    """provider, thread, open; absent keys are the site's."""
    language: str
    """BCP 47; "" is the site's."""
    details: dict
    """The keys only the post's own page shows: corrections, help, signed_off, and those of its kind."""
    links: tuple
    files: tuple
    """As in Content."""
    card: str
    """Digest of what a listing shows."""
    meta: str
    """Digest of all the front matter. A body edit leaves both alone."""
    content: str
    """Digest of the body: the key of its Content."""


class Page(NamedTuple):
    """About, house rules, ...: a file of content/pages/."""

    source: str
    slug: str
    permalink: str
    title: str
    summary: str
    menu: bool
    """Whether the page is linked from every page's foot."""
    aliases: tuple[str, ...]
    draft: bool
    links: tuple
    files: tuple
    meta: str
    """Digest of the front matter."""
    content: str


class Person(NamedTuple):
    """A file of content/people/. The body is the biography."""

    source: str
    key: str
    name: str
    short_name: str
    """What she is called in a sentence: "Talk to Maya"."""
    role: str
    team: str
    pronouns: str
    """`she/her`; "" when not said: then the name is used."""
    quote: str
    """A line in her own words."""
    since: str
    photo: dict | None
    """file, alt, credit; None without consent."""
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    ask_me_about: tuple[str, ...]
    contact: dict
    """channel name -> value, as she agreed to publish."""
    answers: dict
    """reads, by, within, hours, not_for, checked; {} when nothing is promised."""
    office_hours: tuple[dict, ...]
    status: dict
    """state (active | away | moved | left), until, cover, on, successor, role; dates RFC 3339."""
    consent: dict
    links: tuple
    files: tuple
    meta: str
    content: str


class Topic(NamedTuple):
    """A file of content/topics/. The body says what it is."""

    source: str
    key: str
    name: str
    people: tuple[str, ...]
    """Who speaks for it, in order."""
    links: tuple
    files: tuple
    meta: str
    content: str


class Library(NamedTuple):
    """Everything read, in the order of paths."""

    posts: tuple[Post, ...] = ()
    pages: tuple[Page, ...] = ()
    people: tuple[Person, ...] = ()
    topics: tuple[Topic, ...] = ()
    assets: dict[str, Source] = {}
    """Every other file below content/, by path."""


# ── shown: what templates and feeds see; `digest` covers all of it ───────────────────────────────────────────────────


class File(NamedTuple):
    """An asset that a source shows."""

    href: str
    path: str
    """Where it is written, below the output folder."""
    asset: str
    """Its source path."""
    pixels: tuple[int, int]


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
    corrected: bool
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
    """Ready for an attribute; entity-encoded by the template where `hidden`."""
    text: str
    """What a reader can copy: the address, the handle."""
    rel: str
    hidden: bool
    """Obfuscate: the address is written in character references."""


class Contact(NamedTuple):
    """Who answers, and when: the talk-to-the-author block."""

    heading: str
    """"Talk to Maya"."""
    sentence: str
    """The one sentence that carries the promise; "" when nothing is promised."""
    note: str
    """What not to write about, or who covers."""
    people: tuple[Face, ...]
    actions: tuple[Action, ...]
    hours: tuple[str, ...]
    """Office hours in words."""
    checked: str
    """RFC 3339 date on which somebody last confirmed the promise, or ""."""
    digest: str


class Thread(NamedTuple):
    """The comments of one post: which service, and what it is told."""

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
    digest: str


class Entry(NamedTuple):
    """A post as a feed carries it."""

    id: str
    """An absolute IRI: the same in every feed and format."""
    title: str
    url: str
    """Absolute."""
    html: str
    """Full content for a reader: every address absolute, no script, frame, form, class or id; "" for summaries only."""
    summary: str
    published: str
    """RFC 3339, likewise `updated`, which only a declared change moves."""
    updated: str
    authors: tuple[Face, ...]
    topics: tuple[Tag, ...]
    image: Picture | None
    """`src` absolute."""
    language: str


class Feed(NamedTuple):
    """One subject to follow; written as RSS, Atom and JSON Feed."""

    id: str
    """The feed's own identity."""
    title: str
    description: str
    permalink: str
    """Folder of the three files, below the site's address: `/people/maya/`."""
    page: str
    """Permalink of the page it belongs to."""
    authors: tuple[Face, ...]
    """The person followed; () for the site and topics."""
    posts: tuple[Post, ...]
    """Newest first, already cut to the configured number."""
    digest: str


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


class Head(NamedTuple):
    """What a page says of itself in its head."""

    title: str
    description: str
    kind: str
    """The kind of output: home, post, person, ..."""
    section: str
    """Which menu entry is current."""
    canonical: str
    """Absolute address."""
    feeds: tuple[Link, ...]
    """Autodiscovery, the page's own first; `rel` is the media type."""
    image: str
    """Absolute address of a picture for previews, or ""."""
    noindex: bool
    digest: str


# ── written ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Output(NamedTuple):
    """One file of the finished site."""

    path: str
    """Below the output folder: `2026/cracked-lens/index.html`."""
    kind: str
    """The row of KINDS that renders it."""
    subject: str
    """What that row needs to find its inputs: a source path, a key, a number."""
    fingerprint: str
    """Digest of everything it is made from."""
    source: str = ""
    """The file to name when two outputs want one path."""


class Report(NamedTuple):
    """What a build did."""

    parsed: int
    rendered: tuple[str, ...]
    """Paths of the outputs rendered."""
    unchanged: int
    removed: tuple[str, ...]
    problems: tuple
    """Problem values; any error means that nothing was written."""
    seconds: float
