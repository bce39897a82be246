"""Owns the nouns: what is read, what is shown, what is written. Plain immutable data; no I/O, imports nothing of ours.

Two families, each with its own rule; what templates see is a third, in views.py:
- **read** (Source, Post, Page, Person, Topic, Content): one file each, made of plain values only (str, int, bool, None,
  tuple, dict), so that `marshal` can keep ten thousand of them (5 ms to load; pickled dataclasses take 31 ms).
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
    """Width and height of a picture, the right way up; (0, 0) where it has none or says none."""
    active: str = ""
    """What an SVG file could run or fetch when it is opened by itself."""
    form: str = ""
    """Of a picture: jpeg, png, gif, webp, avif, svg. Then, whether it has several frames; whether its pixels must change
    before it goes out; why it cannot: a row of `pictures.WRONG`, or the form that it really has."""
    moves: bool = False
    remake: bool = False
    wrong: str = ""
    few: bool = False
    """Of a picture: whether it has a palette, or less than 8 bits a colour."""


class Content(NamedTuple):
    """Markdown, rendered. Lives in the cache under its key; fetched only by what shows it."""

    html: str
    """Sanitised. Links to other sources stand as `newsroom:<target>`; see render.links."""
    headings: tuple = ()
    """(level, id, text) each."""
    links: tuple = ()
    """(target, line) of each link or image that names a source file or a person: `../2025/other.md#x`, `person:maya`."""
    files: tuple = ()
    """(path, line, whether it is shown) of each image or attachment beside the source: what is only linked is downloaded."""
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
    """file, alt, credit, caption, focus."""
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
    terms: str
    """The words that its text keeps coming back to: see `newsroom.terms`. A small edit leaves them alone."""
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
    language: str
    """BCP 47; "" is the site's."""
    translation: str
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
    """file, alt, credit, focus; None without consent."""
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    ask_me_about: tuple[str, ...]
    contact: dict
    """channel name -> value, as she agreed to publish; `phone_hours` beside them is no channel."""
    answers: dict
    """reads, by, within, hours, languages, not_for, paused, checked; {} when nothing is promised."""
    office_hours: tuple[dict, ...]
    accounts: dict
    """Comment service -> what it calls her; `mail` is only compared, never shown."""
    status: dict
    """state (active | away | moved | left), until, cover, on, successor, role, keep (photo | name | initials); dates
    RFC 3339."""
    consent: dict
    """What is asked for -> yes, no, or the last day on which it is a yes; `until` is the last day of all."""
    executive: bool
    timezone: str
    """IANA zone of her hours; "" is the site's."""
    words: tuple[str, ...]
    """Her own, which the voice check leaves alone."""
    feed_aliases: tuple[str, ...]
    """Old addresses of her feeds: paths."""
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
    feed_aliases: tuple[str, ...]
    links: tuple
    files: tuple
    meta: str
    content: str


class Sheet(NamedTuple):
    """A file of content/press/: the room itself (index.md), what the company says of itself (boilerplate*.md), a fact sheet."""

    source: str
    key: str
    """The file's name: `index`, `boilerplate`, `boilerplate-2024`, `factory`."""
    title: str
    summary: str
    since: str
    """Of a boilerplate: its first day, or "" for always; of a fact sheet: the day its figures are of, or ""."""
    contacts: tuple[str, ...]
    logos: tuple[dict, ...]
    """file, high, alt, credit, caption each."""
    coverage: tuple[dict, ...]
    """title, outlet, url, date, language each."""
    draft: bool
    language: str
    """BCP 47, as its name says: `boilerplate.de.md`; "" is the site's."""
    links: tuple
    files: tuple
    meta: str
    content: str


class Front(NamedTuple):
    """content/front.md: what editors put on the front page."""

    source: str
    lead: str
    """A post's path below content/posts/, or its address; "" is the newest voice."""
    pinned: tuple[dict, ...]
    """post, until (RFC 3339, or absent) each."""
    sections: tuple[dict, ...]
    """title, kind or topic, posts each."""
    newest: int
    """How many of the newest voices."""
    meta: str
    content: str


class Library(NamedTuple):
    """Everything read, in the order of paths."""

    posts: tuple[Post, ...] = ()
    pages: tuple[Page, ...] = ()
    people: tuple[Person, ...] = ()
    topics: tuple[Topic, ...] = ()
    comments: tuple = ()
    """said.Conversation each."""
    press: tuple[Sheet, ...] = ()
    front: tuple[Front, ...] = ()
    """One in each language at most."""
    translations: tuple = ()
    """editions.Translation each."""
    assets: dict[str, Source] = {}
    """Every other file below content/, by path."""


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
