"""Owns the parts of the pages of people, topics and plain pages. Must not know how templates look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newsroom.language import say
from newsroom.model import NOTHING, digest
from newsroom.render import both, card, conversation, letter, social, structured
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
    faces,
    feed_links,
    following,
    head,
    joined,
    listing,
    of,
)  # fmt: skip
from newsroom.render.share import discovery, share
from newsroom.site import DESK, Site
from newsroom.standing import available
from newsroom.views import Face, Head, Picture, Tag


def people(site: Site, _: str) -> Parts:
    here = sorted((f for f in site.faces.values() if f.state != "left"), key=lambda f: (f.name.casefold(), f.key))
    former = sorted((f for f in site.faces.values() if f.state == "left"), key=lambda f: (f.name.casefold(), f.key))
    return {
        "current": faces(here),
        "former": faces(former),
        "head": covered(
            lambda t: head(
                t.info,
                "people",
                "people",
                "/people/",
                say(t.info.language, "menu.people"),
                facts=structured.listing.people(
                    t.info, "/people/", say(t.info.language, "menu.people"), [*here, *former]
                ),
            )
        ),
    }


def each_person(site: Site) -> Iterator[Subject]:
    for key, person in site.people.items():
        yield f"/people/{key}/", key, person.source


def person(site: Site, key: str) -> Parts:
    person, face, permalink = site.people[key], site.faces[key], f"/people/{key}/"
    asked, language = site.asked_about(key), site.info.language
    tags, shown = tuple(site.tags[topic] for topic in person.topics), social.person_picture(site, key)
    return {
        "person": Part(person.meta, person),
        "face": of(face),
        "body": body(site, person.source, person.content),
        "contact": Part(site.contact(asked).digest, lambda _: site.talk(asked, own=True)),
        "form": letter.part(
            site, asked, permalink, person.name, say(language, "person.to", name=person.name), open=True
        ),
        "card": card.part(site, key),
        "listing": listing(
            say(language, "person.wrote", name=person.short_name), cards(site, site.by_author.get(key, ()))
        ),
        "feeds": following(permalink),
        "replies": conversation.followed(site, key),
        "on_topics": both.of_person(site, key),
        "topics": Part(joined(tags), Tags(tags)),
        "share": covered(lambda _: share(site, permalink, person.name, "person")),
        "head": Part(digest(shown.src) if shown else NOTHING, lambda t: _head(site, key, shown or face.photo, t)),
    }


def _head(site: Site, key: str, shown: Picture | None, tools: Tools) -> Head:
    """All of it is made of what the page shows: the other parts cover it."""
    person, face, info = site.people[key], site.faces[key], tools.info
    contact = site.talk(site.asked_about(key), own=True)
    claimed = {way.href for way in contact.actions if way.rel.startswith("me")}
    posts = tuple(cards(site, site.by_author.get(key, ())))
    return head(
        info, "person", "people", face.permalink, person.name, person.quote or person.role,
        feed_links(info, face.permalink, person.name), shown, oembed=discovery(site, face.permalink), creator=structured.account(person, face),
        me=tuple(way.href for way in structured.profiles(person, face) if way.href not in claimed),
        facts=structured.person(site, key, contact, posts, tools.content(person.source).lead),
    )  # fmt: skip


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
        "head": covered(
            lambda t: head(
                t.info,
                "topics",
                "topics",
                "/topics/",
                say(t.info.language, "menu.topics"),
                facts=structured.listing.topics(
                    t.info,
                    "/topics/",
                    say(t.info.language, "menu.topics"),
                    [(tag.name, tag.href) for tag in site.tags.values()],
                ),
            )
        ),
    }


def each_topic(site: Site) -> Iterator[Subject]:
    for key, topic in site.topics.items():
        yield f"/topics/{key}/", key, topic.source


def topic(site: Site, key: str) -> Parts:
    topic, permalink = site.topics[key], f"/topics/{key}/"
    return {
        "topic": Part(topic.meta, topic),
        "body": body(site, topic.source, topic.content),
        "voices": faces([face for face in site.voices[key] if available(site.people[face.key], site.moment)]),
        "contact": of(site.contact(tuple(face.key for face in site.voices[key][:DESK])) if site.voices[key] else None),
        "listing": listing(
            say(site.info.language, "topic.posts", topic=topic.name), cards(site, site.by_topic.get(key, ()))
        ),
        "by_people": both.of_topic(site, key),
        "feeds": following(permalink),
        "head": covered(
            lambda t: head(
                t.info, "topic", "topics", permalink, topic.name, "", feed_links(t.info, permalink, topic.name),
                facts=structured.listing.posts(
                    t.info, "topics", permalink, topic.name, cards(site, site.by_topic.get(key, ()))
                ),
            )
        ),
    }  # fmt: skip


def each_page(site: Site) -> Iterator[Subject]:
    for page in site.pages:
        if page.permalink != structured.PROMISES:  # its words stand on that page
            yield page.permalink, page.source, page.source


ABOUT = {"about": "AboutPage", "contact": "ContactPage"}
"""Slug of a page -> its type (https://schema.org/WebPage and its kinds); every other is a WebPage."""


def page(site: Site, source: str) -> Parts:
    page = next(page for page in site.pages if page.source == source)
    return {
        "page": Part(page.meta, page),
        "body": body(site, source, page.content),
        "head": covered(
            lambda t: head(
                t.info,
                "page",
                "",
                page.permalink,
                page.title,
                page.summary,
                facts=structured.listing.plain(t.info, "", page.permalink, page.title, ABOUT.get(page.slug, "WebPage")),
            )
        ),
    }
