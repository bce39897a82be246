"""Owns the words of a check: what rules look at, what a rule is, and what it finds. Must not know any rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from newsroom.errors import Location, Problem
from newsroom.fonts import Shelf
from newsroom.history import History
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
    body: Callable[[str], tuple[int, str]] = lambda source: (1, "")
    """Path of a source -> (line of the file on which its text begins, the text as it is written)."""
    history: Callable[[], History | str] = lambda: ""
    """What git remembers, asked when it is needed; or why nothing is known."""
    texts: Callable[[], Mapping[str, int]] = dict
    """Word, by its key -> how many posts and pages have it; counted when it is needed."""
    heard: Callable[[], tuple[Problem, ...]] = lambda: ()
    """What the voice check says of the posts, read when it is needed and once."""
    places: frozenset[str] = frozenset()
    """Identifiers that the theme's templates have around a text."""
    shelf: Callable[[], Shelf] = lambda: Shelf(())
    """The fonts for social cards, listed when they are needed."""
    today: str = ""
    """The day of the check, where the site is one of a later moment: 2026-11-02."""

    @property
    def day(self) -> str:
        """The day of the check: what is said of a later one has not happened."""
        return self.today or self.site.moment.isoformat()[:10]


class Rule(NamedTuple):
    """One thing that can be wrong."""

    severity: str
    why: str
    """One sentence for docs/checks.md."""
    find: Callable[[Checked], Iterable[Found]]
