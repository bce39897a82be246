"""Owns the Site: everything public at a moment, in order, references resolved. Plain data that `assemble` makes.

Renderers and rules read it; templates never get it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from newsroom.config import Config
from newsroom.model import Page, Person, Post, Said, Source, Topic, digest
from newsroom.views import Card, Contact, Face, Feed, References, SiteInfo, Tag

LISTED = {"release": "Releases", "statement": "Statements", "answer": "Answers"}
"""Kinds with a listing and feeds of their own: `/releases/` and so on."""


class Talk(NamedTuple):
    """The archived conversation below one post."""

    source: str
    """Its file."""
    pulled: str
    """Everything up to then is here: RFC 3339, UTC; "" where nobody can say."""
    closed: str
    """Why nobody need answer here any more, or ""."""
    said: tuple[Said, ...]
    """In order of time."""
    digest: str


@dataclass(frozen=True)
class Site:
    """Everything public at a moment."""

    config: Config
    info: SiteInfo
    moment: datetime
    posts: tuple[Post, ...]
    """Newest first."""
    people: dict[str, Person]
    topics: dict[str, Topic]
    pages: tuple[Page, ...]
    by_author: dict[str, list[Post]]
    """Newest first, likewise the next three."""
    by_topic: dict[str, list[Post]]
    by_kind: dict[str, list[Post]]
    by_year: dict[str, list[Post]]
    faces: dict[str, Face]
    tags: dict[str, Tag]
    voices: dict[str, tuple[Face, ...]]
    """Topic -> who speaks for it."""
    cards: dict[str, Card]
    """Source path -> card of the post."""
    refs: dict[str, References]
    """Source path -> what it refers to."""
    assets: dict[str, Source]
    feeds: dict[str, Feed]
    """Permalink of its folder -> feed."""
    newest: tuple[Card, ...]
    """The front page: the newest voices, the lead first."""
    shelves: tuple[list[Post], list[list[Post]]]
    """All posts as a front and numbered pages."""
    talks: dict[str, Talk]
    """Source path of a post -> what was said below it."""
    answered: dict[str, dict[str, tuple[str, ...]]]
    """Source of a post -> id of a comment below it -> sources of the posts that answer it."""
    answers: dict[str, tuple[tuple[str, str], ...]]
    """Source of a post -> what it answers: (source, id of the comment or "")."""
    orphans: tuple[str, ...]
    """Files of content/comments/ that name no post."""
    held: tuple[tuple[str, int], ...]
    """(why, how many) of what is not public."""
    until: int
    """Before then nothing changes by itself, in seconds since 1970."""
    statement: Post | None
    """The newest statement that is still open."""
    talk: Callable[..., Contact]
    """(keys of people, own=) -> who answers for them."""

    @cached_property
    def lookup(self) -> dict[str, tuple[Post, int]]:
        """Source path -> the post and its place in `posts`."""
        return {post.source: (post, n) for n, post in enumerate(self.posts)}

    @cached_property
    def replies(self) -> dict[str, list[tuple[int, str, int]]]:
        """Key of an employee -> her comments, newest first: (time, source of the post, place in its conversation)."""
        found: dict[str, list[tuple[int, str, int]]] = {}
        for source, talk in self.talks.items():
            for n, said in enumerate(talk.said):
                if said.person and not said.gone:
                    found.setdefault(said.person, []).append((said.time, source, n))
        return {key: sorted(items, reverse=True) for key, items in sorted(found.items())}

    def asked(self, post: Post) -> tuple[str, ...]:
        """Keys of the people whom a post's page offers to talk to; who answers in their place is for `contact` to say."""
        return post.contact or post.authors

    @cached_property
    def _contacts(self) -> dict[tuple[str, ...], Contact]:
        return {}

    def contact(self, keys: tuple[str, ...]) -> Contact:
        """Who answers for these people: the same for all their posts, so it is made once."""
        if keys not in self._contacts:
            self._contacts[keys] = self.talk(keys)
        return self._contacts[keys]

    @cached_property
    def _standings(self) -> dict[tuple[str, ...], str]:
        return {}

    def standing(self, keys: tuple[str, ...]) -> str:
        """Digest of all that `contact(keys)` is made of: what would be said of each of them alone, and what each says.

        Two hundred people sign together in three thousand ways: their blocks are made when they are rendered.
        """
        known = self._standings
        if keys not in known:
            if len(keys) == 1:
                known[keys] = digest(self.contact(keys).digest + self.people[keys[0]].meta)
            else:
                known[keys] = digest("".join([self.standing((key,)) for key in keys]))
        return known[keys]


def mentioned(post: Post) -> Iterable[str]:
    """Keys of people whom a post's details mention: whoever corrected, helped, is quoted, or knows the item."""
    for part in ("corrections", "help", "quotes"):
        for item in post.details.get(part, ()):
            if item.get("by"):
                yield item["by"]
    yield from post.details.get("contacts", ())
    for part in ("signed_off", "reviewed_by"):
        yield from post.details.get(part, {})
