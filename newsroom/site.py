"""Owns the Site: everything public at a moment, in order, references resolved. Plain data that `assemble` makes.

Renderers and rules read it; templates never get it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from newsroom import dates, press
from newsroom.editions import Translations
from newsroom.followed import Feed, enclosures
from newsroom.isoweeks import week_of, weeks_at
from newsroom.model import NOTHING, Front, Page, Person, Post, Sheet, Source, Topic, digest, digest_of
from newsroom.related import Related
from newsroom.said import Said
from newsroom.series import Series, series
from newsroom.settings import Config
from newsroom.standing import desk
from newsroom.views import Card, Contact, Face, References, SiteInfo, Tag

LISTED = {"release": "Releases", "statement": "Statements", "answer": "Answers"}
"""Kinds with a listing and feeds of their own: `/releases/` and so on."""


DESK = 3
"""So many people of a desk are offered side by side: more are a crowd, whom nobody addresses by name."""


class Week(NamedTuple):
    """What an ISO week brought, in the zone of the site."""

    posts: list[Post]
    """Newest first."""
    corrections: list[tuple[Post, dict]]
    """Made in that week, each with its post."""


OFTEN = 5
"""So many posts on a topic make somebody worth following on it, whoever speaks for it."""


class FrontPage(NamedTuple):
    """Which posts the front page shows, by their sources: no post twice."""

    lead: str
    """"" where there is none to show; likewise the next two are ()."""
    pinned: tuple[str, ...]
    newest: tuple[str, ...]
    sections: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    """(title or "", kind or "", topic or "", posts) each."""
    absent: tuple[tuple[tuple, str, str], ...]
    """(place in content/front.md, post as it is named there, why the page does not show it): for `newsroom check`, in no
    output."""


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
    """Topic -> who can be asked about it now: see `standing.desk`."""
    cards: dict[str, Card]
    """Source path -> card of the post."""
    refs: dict[str, References]
    """Source path -> what it refers to."""
    assets: dict[str, Source]
    feeds: dict[str, Feed]
    """Permalink of its folder -> feed."""
    front_page: FrontPage
    """Which posts the front page shows."""
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
    statements: tuple[Post, ...]
    """Those that are still open, newest first."""
    talk: Callable[..., Contact]
    """(keys of people, own=, language=, said=) -> who answers for them: see `assemble.contact`."""
    press_sheets: tuple[Sheet, ...]
    """What content/press/ says."""
    front: Front | None
    """What editors put on the front page."""
    hidden_names: dict[str, str]
    """Key -> full name of whoever left and agreed to initials alone: for `newsroom check`, and in no output."""
    previews: tuple[Post, ...] = ()
    """What only reviewers may see: posts that are not public, each with a permalink that nobody can guess."""
    edition: str = ""
    """The language of which this Site is an edition; "" is the whole."""
    prefix: str = ""
    """Where the edition lives below the site's address: `/de`; "" for the main language."""
    editions: dict[str, Site] = field(default_factory=dict)
    """Of a whole site in several languages: language -> Site, the main one first. Outputs are made of these."""
    translated: frozenset[tuple[str, str]] = frozenset()
    """Of an edition: (folder, key) of everybody and everything described in its language."""
    translations: Translations | None = None
    """Of a whole site in several languages: which texts say the same."""
    related: Related = Related(())
    """Which posts are related to which."""
    old_previews: tuple[str, ...] = ()
    """Sources of posts whose preview is over, or comes too late: for `newsroom check`."""

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

    @cached_property
    def weeks(self) -> dict[str, Week]:
        """Every ISO week with posts, newest first: `2026-W45` -> what it brought. Drafts without a date are in none."""
        zone, found = dates.zone(self.config.timezone), {}
        dated = [post for post in self.posts if post.date]
        for post, week in zip(dated, weeks_at([post.time for post in dated], zone), strict=True):
            found.setdefault(week, Week([], [])).posts.append(post)
        for post in self.posts:
            for correction in post.details.get("corrections", ()):
                if week := found.get(week_of(date.fromisoformat(correction["date"][:10]))):
                    week.corrections.append((post, correction))
        return found

    @cached_property
    def series(self) -> dict[str, Series]:
        """Key -> series that has at least two public parts."""
        return series(self.posts)

    @cached_property
    def by_both(self) -> dict[tuple[str, str], list[Post]]:
        """(author, topic) -> what that person wrote on it, newest first: where she speaks for it, or wrote OFTEN on it.

        With every pair that one post makes, 10,000 posts had 37,600 files more, and took twice as long to build.
        """
        found: dict[tuple[str, str], list[Post]] = {}
        for author, posts in self.by_author.items():
            for post in posts:
                for topic in post.topics:
                    found.setdefault((author, topic), []).append(post)
        speaks = {(key, topic) for key, person in self.people.items() for topic in person.topics}
        speaks |= {(key, topic) for topic, noun in self.topics.items() for key in noun.people}
        return {pair: posts for pair, posts in found.items() if pair in speaks or len(posts) >= OFTEN}

    def entry(self, post: Post) -> str:
        """Digests of all that every feed carries of a post: not of its conversation, which only some tell of."""
        refs = self.refs[post.source]
        played = enclosures(refs, self.assets) if refs.files else ()
        heard = digest_of(*map(tuple, played)) if played else NOTHING
        answering = "".join([face.digest for face in self.answering(post)])
        told = [item.get("by") for part in ("corrections", "quotes") for item in post.details.get(part, ())]
        named = digest("".join([self.faces[key].digest for key in told if key in self.faces])) if told else NOTHING
        return post.meta + post.content + self.cards[post.source].digest + refs.digest + heard + named + answering

    @cached_property
    def noted(self) -> dict[str, Any]:
        """What a renderer found out for one output of the plan and needs for the next, by the renderer's name."""
        return {}

    def asked(self, post: Post) -> tuple[str, ...]:
        """Keys of the people whom a post's page offers to talk to; who answers in their place is for `contact` to say.

        Where nobody who answers for them can be reached, the desks of its topics follow: the first of each.
        """
        return self._with_desk(post.contact or post.authors, post.topics)

    def asked_about(self, key: str) -> tuple[str, ...]:
        """Keys of the people whom a person's page offers to talk to: herself, or the desks of what she wrote about."""
        topics = dict.fromkeys(topic for post in self.by_author.get(key, ()) for topic in post.topics)
        return self._with_desk((key,), (*self.people[key].topics, *topics))

    def press(self, post: Post) -> tuple[str, ...]:
        """Keys of those to whom a release sends journalists: who knows the item, or answers in her place now."""
        if post.kind != "release":
            return ()
        return self.stand_in(post.details.get("contacts") or press.contacts(self.config, self.press_sheets))

    def stand_in(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Keys of those who can be asked in place of these people now."""
        return tuple(person.key for person in desk(keys, self.people, self.moment))

    def _with_desk(self, keys: tuple[str, ...], topics: Iterable[str]) -> tuple[str, ...]:
        if not self._unanswered or not self._unanswered.issuperset(keys):
            return keys
        reachable = ([f.key for f in self.voices[topic] if f.key not in self._unanswered] for topic in topics)
        first = dict.fromkeys(key for keys in reachable for key in keys[:1])
        return (*keys, *list(first)[:DESK])

    @cached_property
    def _unanswered(self) -> frozenset[str]:
        """Keys of those for whom nobody can be reached (any more)."""
        return frozenset(key for key in self.people if not self.contact((key,)).people)

    @cached_property
    def _contacts(self) -> dict[tuple[tuple[str, ...], str], Contact]:
        return {}

    def contact(self, keys: tuple[str, ...], language: str = "", said: Mapping[str, Any] | None = None) -> Contact:
        """Who answers for these people: the same for all their posts in a language, so it is made once.

        `said` is what one post says of answers to it.
        """
        language = language or self.config.language
        if said:
            return self.talk(keys, language=language, said=said)
        if (keys, language) not in self._contacts:
            self._contacts[keys, language] = self.talk(keys, language=language)
        return self._contacts[keys, language]

    def answering(self, post: Post) -> tuple[Face, ...]:
        """Whom a post's page offers to talk to, for what links there: nobody is offered elsewhere."""
        keys, said = self.asked(post), post.details.get("answers") if post.details else None
        if said:
            return self.contact(keys, said=said).people
        if keys not in self._answering:
            found = {face.key: face for key in keys for face in self.contact((key,)).people}
            self._answering[keys] = tuple(found.values())
        return self._answering[keys]

    @cached_property
    def _answering(self) -> dict[tuple[str, ...], tuple[Face, ...]]:
        return {}

    @cached_property
    def _reached(self) -> dict[tuple[str, ...], tuple[Face, ...]]:
        return {}

    def reached(self, keys: tuple[str, ...]) -> tuple[Face, ...]:
        """Who can be written to of these people, or of those who answer for them: whoever has an e-mail address."""
        if keys not in self._reached:
            answering = {face.key: face for key in keys for face in self.contact((key,)).people}
            self._reached[keys] = tuple(f for f in answering.values() if "email" in self.people[f.key].contact)
        return self._reached[keys]

    @cached_property
    def _standings(self) -> dict[tuple[tuple[str, ...], str], str]:
        return {}

    def standing(self, keys: tuple[str, ...], language: str = "", said: Mapping[str, Any] | None = None) -> str:
        """Digest of all that `contact` is made of: what would be said of each of them alone, and what each says.

        Two hundred people sign together in three thousand ways: their blocks are made when they are rendered.
        """
        if said:  # may name anybody: few posts do
            return self.contact(keys, language, said).digest
        known, language = self._standings, language or self.config.language
        if (keys, language) not in known:
            if len(keys) == 1:
                made = digest(self.contact(keys, language).digest + self.people[keys[0]].meta)
            else:
                made = digest("".join([self.standing((key,), language) for key in keys]))
            known[keys, language] = made
        return known[keys, language]


def mentioned(post: Post) -> Iterable[str]:
    """Keys of people whom a post's details mention: whoever corrected, helped, is quoted, or knows the item."""
    for part in ("corrections", "help", "quotes"):
        for item in post.details.get(part, ()):
            if item.get("by"):
                yield item["by"]
    yield from post.details.get("contacts", ())
    for part in ("signed_off", "reviewed_by"):
        yield from post.details.get(part, {})
