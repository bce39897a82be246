"""Owns the shape in which every service's comments arrive, whatever they looked like there. Plain data; no I/O."""

from __future__ import annotations

from typing import NamedTuple


class Comment(NamedTuple):
    """One comment, as a service has it. What is private there (address, network address, votes) has no place here."""

    id: str
    """As the service knows it, with the service's name before it: `isso-17`. Letters, digits, `-` and `_`."""
    parent: str = ""
    """The id of the comment that it answers; "" begins a thread."""
    name: str = ""
    site: str = ""
    """The author's own page, http or https; "" where there is none."""
    account: str = ""
    """Who wrote it, as the service tells people apart: `github/ada`. "" where it does not."""
    mail: str = ""
    """Of the account that the service itself knows the author by: only to recognise employees by what they declared.
    It is never written anywhere."""
    date: str = ""
    """RFC 3339 in UTC, whole seconds: `2026-11-02T09:14:00Z`."""
    edited: str = ""
    """Likewise; "" where it was not."""
    text: str = ""
    """As Markdown, where the service keeps Markdown; otherwise "" and `html`."""
    html: str = ""
    """As the service gives it, not to be trusted."""
    deleted: bool = False
    """Removed at the service: without words and name, and here only because others answered it."""
    typed: str = ""
    """A mail that anybody could have typed: at most a hint at who wrote; it is never written anywhere either."""


class Discussion(NamedTuple):
    """All that a service has below one page."""

    keys: tuple[str, ...]
    """What may name the post, the surest first: its id, its path, its address, a title."""
    title: str
    comments: tuple[Comment, ...]
    """In the order of their dates, then of their ids."""
    skipped: tuple[str, ...] = ()
    """Of each comment that could not be read, its id and why: `mastodon-7: "not a date" is no date and time`."""
