"""Owns the weekly digest as data: the records that its page and its text are made of. Plain immutable data."""

from __future__ import annotations

from typing import NamedTuple

from newsroom.views import Link


class Portrait(NamedTuple):
    """A person as a mail shows her."""

    name: str
    role: str
    url: str
    """Her page; absolute, as every address here."""
    src: str
    """A photo that mail programs can show, or ""."""
    initials: str
    """Where there is none."""
    tint: int


class Piece(NamedTuple):
    """A post of the week."""

    kind: str
    """In words; "" for a plain post."""
    title: str
    url: str
    authors: tuple[Portrait, ...]
    date: str
    """RFC 3339."""
    summary: str
    question: str
    """What was asked, where the post answers a reader."""
    language: str
    """Of its words; "" where it is the site's."""
    reply: Link | None
    """"Reply to Maya or Jonas", to where the post says how; None where nobody answers."""


class Note(NamedTuple):
    """A correction, or a statement that is still open."""

    kind: str
    title: str
    """Of the post."""
    url: str
    text: str
    by: str
    date: str


class Digest(NamedTuple):
    """One week."""

    name: str
    """`2026-W45`."""
    heading: str
    """`2–8 November 2026`."""
    preview: str
    """What mail programs show beside the subject."""
    url: str
    """In the browser."""
    pieces: tuple[Piece, ...]
    """Newest first, likewise the other two."""
    corrections: tuple[Note, ...]
    statements: tuple[Note, ...]
    people: tuple[Portrait, ...]
    """Whom to talk to: everybody who answers for these posts."""
    home: str
    follow: str
