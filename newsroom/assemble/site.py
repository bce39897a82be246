"""Owns the Site: what is public at a moment, in order, with every reference resolved or reported. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from newsroom.assemble import references, schedule, taxonomy
from newsroom.assemble.contact import consented, contact
from newsroom.config import Config
from newsroom.errors import Problem
from newsroom.model import (
    NOTHING, Card, Contact, Face, Feed, Library, Page, Person, Picture, Post, References, SiteInfo, Source, Tag, Topic, digest, digest_of,
)  # fmt: skip
from newsroom.permalinks import encoded


@dataclass(frozen=True)
class Site:
    """Everything public at a moment. Templates never get it."""

    config: Config
    moment: datetime
    posts: tuple[Post, ...]
    """Newest first."""
    people: dict[str, Person]
    topics: dict[str, Topic]
    pages: tuple[Page, ...]
    faces: dict[str, Face]
    tags: dict[str, Tag]
    by_author: dict[str, list[Post]]
    by_topic: dict[str, list[Post]]
    by_kind: dict[str, list[Post]]
    by_year: dict[str, list[Post]]
    refs: dict[str, References]
    """Source path -> its references, resolved."""
    assets: dict[str, Source]
    info: SiteInfo
    cards: dict[str, Card] = field(default_factory=dict)
    """Source path -> card."""
    feeds: dict[str, Feed] = field(default_factory=dict)
    """Permalink of its folder -> feed."""

    @property
    def base(self) -> str:
        return self.info.base

    @cached_property
    def lookup(self) -> dict[str, tuple[Post, int]]:
        """Source path -> the post and its place in `posts`."""
        return {post.source: (post, n) for n, post in enumerate(self.posts)}

    @cached_property
    def contacts(self) -> dict[tuple[str, ...], Contact]:
        return {}

    def contact(self, keys: tuple[str, ...]) -> Contact:
        """Who answers for these people, without a subject: the same for all their posts, so it is made once."""
        if keys not in self.contacts:
            settings = self.config.contact
            self.contacts[keys] = contact(keys, self.people, self.faces, settings.email, self.moment, timezone=self.config.timezone)
        return self.contacts[keys]

    @cached_property
    def statement(self) -> Post | None:
        """The newest statement that is still open."""
        return next((p for p in self.by_kind.get("statement", ()) if is_open(p, self.moment)), None)

    @cached_property
    def voices(self) -> dict[str, tuple[Face, ...]]:
        """Topic -> who speaks for it: the people named there, then those who name it."""
        found: dict[str, dict[str, Face]] = {key: {} for key in self.topics}
        for key, topic in self.topics.items():
            found[key] = {person: self.faces[person] for person in topic.people}
        for key, person in self.people.items():
            for topic_key in person.topics:
                found[topic_key].setdefault(key, self.faces[key])
        return {key: tuple(f for f in faces.values() if f.state != "left") for key, faces in found.items()}


def is_open(post: Post, moment: datetime) -> bool:
    """A statement is open while a next update is announced and it is not closed."""
    closed = post.details.get("closed", "")
    return bool(post.details.get("next_update")) and not (closed and closed <= moment.isoformat()[:10])


def assemble(library: Library, config: Config, moment: datetime, info: SiteInfo, drafts: bool = False) -> tuple[Site, list[Problem]]:
    """The Site at `moment`, and everything in the library that does not fit together."""
    now = int(moment.timestamp())
    posts = [_dated(post, moment) for post in library.posts if schedule.is_public(post, now, drafts)]
    posts.sort(key=lambda post: (-post.time, post.source))
    people = {person.key: person for person in library.people}
    topics = {topic.key: topic for topic in library.topics}
    pages = tuple(page for page in library.pages if drafts or not page.draft)
    problems = [*references.people_and_topics(library, people, topics)]
    if problems:  # what follows looks people and topics up
        posts = [post for post in posts if all(a in people for a in post.authors) and all(t in topics for t in post.topics)]
        topics = {k: t._replace(people=tuple(p for p in t.people if p in people)) for k, t in topics.items()}
        people = {k: p._replace(topics=tuple(t for t in p.topics if t in topics)) for k, p in people.items()}
    links = references.permalinks([*posts, *pages, *people.values(), *topics.values()])
    hidden = {post.source: schedule.why_not(post, now) for post in library.posts if post.source not in links}
    refs = {}
    for noun in (*posts, *pages, *people.values(), *topics.values()):
        refs[noun.source], wrong = references.resolve(noun, links, hidden, people, topics, library.assets, info.base)
        problems += wrong
    faces = {key: face(person, refs[person.source], info.base, moment) for key, person in people.items()}
    tags = {key: tag(topic, info.base) for key, topic in topics.items()}
    site = Site(config, moment, tuple(posts), people, topics, pages, faces, tags, *taxonomy.group(posts), refs, library.assets, info)
    for post in posts:
        site.cards[post.source] = card(post, site)
    return site, problems


def _dated(post: Post, moment: datetime) -> Post:
    """A draft without a date is shown as if it went out now."""
    if post.date:
        return post
    return post._replace(date=moment.astimezone(UTC).replace(microsecond=0).isoformat(), time=int(moment.timestamp()))


# ── what others' pages show ──────────────────────────────────────────────────────────────────────────────────────────


def face(person: Person, refs: References, base: str, moment: datetime) -> Face:
    """A person as listings and bylines show her; no photo without consent."""
    photo = None
    if person.photo and consented(person, "photo", moment):
        photo = picture(person.photo, refs, f"Portrait of {person.name}")
    words = person.name.split()
    initials = (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()
    fields = (
        person.key, person.name, person.short_name, person.role, person.team, person.quote, photo,
        encoded(f"{base}/people/{person.key}/"), f"/people/{person.key}/", person.status["state"], initials,
        int(digest(person.key)[:4], 16) % 6,
    )  # fmt: skip
    return Face(*fields, digest_of(*(tuple(f) if isinstance(f, Picture) else f for f in fields)))


def tag(topic: Topic, base: str) -> Tag:
    """A topic as listings show it."""
    fields = (topic.key, topic.name, encoded(f"{base}/topics/{topic.key}/"))
    return Tag(*fields, digest_of(*fields))


def picture(image: Mapping[str, str], refs: References, alt: str = "") -> Picture | None:
    """An image named in front matter, as a page shows it."""
    found = refs.files.get(image["file"])
    if not found:
        return None
    return Picture(found.href, image.get("alt") or alt, image.get("credit", ""), image.get("caption", ""), *found.pixels)


def card(post: Post, site: Site) -> Card:
    """A post as a listing shows it. Its digest joins those of what it is made of."""
    image = picture(post.image, site.refs[post.source]) if post.image else None
    authors = tuple([site.faces[key] for key in post.authors])
    topics = tuple([site.tags[key] for key in post.topics])
    joined = post.card + "".join([part.digest for part in authors + topics])
    return Card(
        post.title, encoded(site.base + post.permalink), post.permalink, post.kind, post.summary, post.date, image, authors,
        topics, "corrections" in post.details, post.source,
        digest(joined + (digest_of(tuple(image)) if image else NOTHING)),
    )  # fmt: skip


def unique_lead(cards: Sequence[Card], count: int) -> list[Card]:
    """The newest voices: nobody leads twice in a row."""
    waiting, shown = list(cards), []
    while waiting and len(shown) < count:
        last = shown[-1].authors[0].key if shown else ""
        pick = next((c for c in waiting[:12] if c.authors[0].key != last), waiting[0])
        waiting.remove(pick)
        shown.append(pick)
    return shown


def names(post: Post) -> Iterable[str]:
    """Keys of people whom a post's details mention: whoever corrected, helped, is quoted, or knows the item."""
    for part in ("corrections", "help", "quotes"):
        for item in post.details.get(part, ()):
            if item.get("by"):
                yield item["by"]
    yield from post.details.get("contacts", ())
    for part in ("signed_off", "reviewed_by"):
        yield from post.details.get(part, {})
