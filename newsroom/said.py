"""Owns the nouns of an archived conversation: what was said below a post. Plain immutable data, as in model.py."""

from __future__ import annotations

from typing import NamedTuple


class Said(NamedTuple):
    """One archived comment, without its words."""

    id: str
    """`isso-17`: unique below its post, and the page's anchor after `comment-`."""
    parent: str
    """The id of the comment that it answers; "" begins a thread."""
    person: str
    """Key of the employee who wrote it, or ""."""
    account: str
    """Who wrote it, as the service tells people apart: `github/ada`; "" where it does not."""
    time: int
    """Seconds since 1970."""
    ignored: str
    """Why it waits for no answer, or ""."""
    gone: bool
    """Its words were removed: it holds its place because others answered it."""


class Conversation(NamedTuple):
    """A file of content/comments/: what was said below one post. The words are in the cache, under `content`."""

    source: str
    post: str
    """The post's id."""
    pulled: str
    """Everything up to then is here: RFC 3339, UTC; "" where nobody can say."""
    closed: str
    """Why nobody need answer here any more, or ""."""
    rows: tuple[tuple, ...]
    """A Said each, in order of time; `person` only as the file says it."""
    meta: str
    """Digest of the whole file."""
    content: str
    """Digest of the words: the key of each comment's Words."""


class Words(NamedTuple):
    """What a comment says, as a page shows it. Lives in the cache."""

    name: str
    site: str
    """http or https, or ""."""
    date: str
    """RFC 3339, UTC; likewise `edited`, "" where it was not."""
    edited: str
    html: str
    """Sanitised; "" where it was removed."""
