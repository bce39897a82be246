"""Owns what is followed: records that feeds are made of. Plain immutable data; no I/O, must not know any format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from newsroom.model import Post, Source
from newsroom.views import Face, Picture, References, Tag

PLAYED = {
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "aac": "audio/aac", "oga": "audio/ogg", "ogg": "audio/ogg", "opus": "audio/ogg",
    "flac": "audio/flac", "wav": "audio/wav", "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg",
    "mov": "video/quicktime",
}  # fmt: skip
"""Sound and film by the ending of the file. `mimetypes` would say what the files of the machine say, so no two builds the same."""


class Enclosure(NamedTuple):
    """Sound or film beside a post's text: what a feed reader fetches with it, and a podcast player plays."""

    href: str
    """Ready for an attribute; in an Entry, absolute."""
    media: str
    """`audio/mpeg`."""
    size: int
    """Bytes."""


def enclosures(refs: References, assets: Mapping[str, Source]) -> tuple[Enclosure, ...]:
    """The sound and film that a post shows: in the order of its text, then what a release lists; each file once."""
    found = {}
    for file in refs.files.values():
        if media := PLAYED.get(file.path.rpartition(".")[2].lower()):
            found[file.href] = Enclosure(file.href, media, assets[file.asset].stamp[2])
    return tuple(found.values())


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
    enclosures: tuple[Enclosure, ...] = ()
    answering: tuple[Face, ...] = ()
    """Whom the page offers to talk to: who answers for the authors now; () where nobody does."""


class Note(NamedTuple):
    """What a feed says beside its posts: that one was corrected, that a person has left."""

    identity: str
    """As a post's `id`: the same in every feed and format, whatever is said."""
    title: str
    words: str
    """Plain text."""
    label: str
    """What the link below the words is called; it leads to `permalink`."""
    permalink: str
    fragment: str
    """The place on that page where it is said: `#corrections`; or ""."""
    date: str
    """RFC 3339."""
    by: Face
    """Who says it; a face without a key is the newsroom itself."""
    language: str
    digest: str
    updated: str = ""
    """RFC 3339: when it began to say something else, by the account of those whom it names; "" is never."""


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
    notes: tuple[Note, ...] = ()
    """Newest first; they stand among the posts."""
    listed: bool = True
    """Whether `follow.opml` has it."""
    over: bool = False
    """Whether nothing more will come: the person has left."""
    every: Sequence[Post] = ()
    """All posts, newest first, where the older ones are archived; else ()."""
    archives: int = 0
    """How many archived documents there are; the first has the oldest posts."""
    number: int = 0
    """Which archived document this is; 0 is the one that readers subscribe to."""
