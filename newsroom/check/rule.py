"""Owns the words of a check: what rules look at, what a rule is, and what it finds. Must not know any rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from newsroom.errors import Location
from newsroom.model import Content
from newsroom.promises import Record
from newsroom.site import Site

Found = tuple[Location, str, str]
"""(place, message, hint)."""


class Checked(NamedTuple):
    """What rules look at."""

    site: Site
    content: Callable[[str], Content]
    outputs: frozenset[str]
    """Paths of everything the site will contain."""
    records: Mapping[str, Record] = {}
    """Key -> how her questions were answered, of everybody who was asked something."""
    unsaid: Mapping[str, str] = {}
    """Key -> why nothing is said of how soon she replies, likewise."""
    file: Callable[[str], bytes] = lambda path: b""
    """Path of an attached file -> its bytes."""


class Rule(NamedTuple):
    """One thing that can be wrong."""

    severity: str
    why: str
    """One sentence for docs/checks.md."""
    find: Callable[[Checked], Iterable[Found]]
