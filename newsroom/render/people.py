"""Owns the parts of the pages of people, topics and plain pages, and of the page to follow them. Must not know how templates look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newsroom.model import digest
from newsroom.render import conversation
from newsroom.render.parts import (
    Items,
    Part,
    Parts,
    Subject,
    Tags,
    Tools,
    body,
    cards,
    covered,
    current,
    faces,
    feed_links,
    follow_links,
    following,
    head,
    joined,
    link,
    listing,
    of,
)  # fmt: skip
from newsroom.site import Site
from newsroom.views import Face, Link, Tag


def people(site: Site, _: str) -> Parts:
    here = sorted((f for f in site.faces.values() if f.state != "left"), key=lambda f: (f.name.casefold(), f.key))
    former = sorted((f for f in site.faces.values() if f.state == "left"), key=lambda f: (f.name.casefold(), f.key))
    return {
        "current": faces(here),
        "former": faces(former),
        "head": covered(lambda t: head(t.info, "people", "people", "/people/", "People")),
    }


def each_person(site: Site) -> Iterator[Subject]:
    for key, person in site.people.items():
        yield f"/people/{key}/", key, person.source


def person(site: Site, key: str) -> Parts:
    person, face, permalink = site.people[key], site.faces[key], f"/people/{key}/"
    tags = tuple(site.tags[topic] for topic in person.topics)
    return {
        "person": Part(person.meta, person),
        "face": of(face),
        "body": body(site, person.source, person.content),
        "contact": Part(site.contact((key,)).digest, lambda _: site.talk((key,), own=True)),
        "listing": listing(f"What {person.short_name} wrote", cards(site, site.by_author.get(key, ()))),
        "feeds": following(permalink),
        "replies": conversation.followed(site, key),
        "topics": Part(joined(tags), Tags(tags)),
        "head": covered(lambda t: head(t.info, "person", "people", permalink, person.name, person.quote or person.role,
                                       feed_links(t.info, permalink, person.name), face.photo.src if face.photo else "")),
    }  # fmt: skip


class TopicItem(NamedTuple):
    """A topic in the list of topics."""

    tag: Tag
    summary: str
    faces: tuple[Face, ...]


def topics(site: Site, _: str) -> Parts:
    def make(tools: Tools) -> Items:
        items = [
            TopicItem(site.tags[key], tools.content(t.source).lead, site.voices[key]) for key, t in site.topics.items()
        ]
        return Items(tuple(sorted(items, key=lambda item: (item.tag.name.casefold(), item.tag.key))))

    made_of = [digest(site.tags[k].digest + t.content + joined(site.voices[k])) for k, t in site.topics.items()]
    return {
        "topics": Part(digest("".join(made_of)), make),
        "head": covered(lambda t: head(t.info, "topics", "topics", "/topics/", "Topics")),
    }


def each_topic(site: Site) -> Iterator[Subject]:
    for key, topic in site.topics.items():
        yield f"/topics/{key}/", key, topic.source


def topic(site: Site, key: str) -> Parts:
    topic, permalink = site.topics[key], f"/topics/{key}/"
    return {
        "topic": Part(topic.meta, topic),
        "body": body(site, topic.source, topic.content),
        "voices": faces(site.voices[key]),
        "contact": of(site.contact(tuple(face.key for face in site.voices[key])) if site.voices[key] else None),
        "listing": listing(f"Posts on {topic.name}", cards(site, site.by_topic.get(key, ()))),
        "feeds": following(permalink),
        "head": covered(
            lambda t: head(
                t.info, "topic", "topics", permalink, topic.name, "", feed_links(t.info, permalink, topic.name)
            )
        ),
    }


def each_page(site: Site) -> Iterator[Subject]:
    for page in site.pages:
        yield page.permalink, page.source, page.source


def page(site: Site, source: str) -> Parts:
    page = next(page for page in site.pages if page.source == source)
    return {
        "page": Part(page.meta, page),
        "body": body(site, source, page.content),
        "head": covered(lambda t: head(t.info, "page", "", page.permalink, page.title, page.summary)),
    }


class FollowItem(NamedTuple):
    """Somebody or something to follow."""

    face: Face | None
    tag: Tag | None
    links: tuple[Link, ...]


def follow(site: Site, _: str) -> Parts:
    people = sorted(current(site), key=lambda f: (f.name.casefold(), f.key))
    tags = sorted(site.tags.values(), key=lambda t: (t.name.casefold(), t.key))
    return {
        "site_feeds": following("/"),
        "people": Part(
            joined(people),
            lambda t: Items(tuple(FollowItem(f, None, follow_links(t.info, f.permalink)) for f in people)),
        ),
        "topics": Part(
            joined(tags),
            lambda t: Items(tuple(FollowItem(None, g, follow_links(t.info, f"/topics/{g.key}/")) for g in tags)),
        ),
        "opml": link("OPML", f"{site.info.base}/follow.opml"),
        "head": covered(lambda t: head(t.info, "follow", "follow", "/follow/", "Follow")),
    }
