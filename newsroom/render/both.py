"""Owns the parts of the pages of one person on one topic, and the links that lead there. Must not know how templates look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsroom.language import say
from newsroom.model import digest_of
from newsroom.permalinks import encoded
from newsroom.render import structured
from newsroom.render.parts import (
    NONE,
    Links,
    Part,
    Parts,
    Subject,
    cards,
    covered,
    feed_links,
    following,
    head,
    listing,
    of,
)
from newsroom.site import Site
from newsroom.views import Link


def each(site: Site) -> Iterator[Subject]:
    for key, topic in site.by_both:
        yield f"/people/{key}/topics/{topic}/", f"{key} {topic}", site.people[key].source


def page(site: Site, subject: str) -> Parts:
    key, topic = subject.split(" ")
    face, tag, permalink = site.faces[key], site.tags[topic], f"/people/{key}/topics/{topic}/"
    title = say(site.info.language, "person.on_topic", name=face.name, topic=tag.name)
    own = [
        (permalink, title), (face.permalink, face.name), (f"/topics/{topic}/", tag.name),
    ]  # fmt: skip
    return {
        "face": of(face),
        "tag": of(tag),
        "listing": listing(title, cards(site, site.by_both[key, topic])),
        "feeds": following(permalink),
        "contact": of(site.contact(site.asked_about(key))),
        "head": covered(lambda t: head(t.info, "person-topic", "people", permalink, title,
                                       facts=structured.listing.posts(t.info, "people", permalink, title, cards(site, site.by_both[key, topic])),
                                       feeds=[link for where, name in own for link in feed_links(t.info, where, name)])),
    }  # fmt: skip


def of_person(site: Site, key: str) -> Part:
    """Links to what a person wrote, topic by topic."""
    topics = {topic for post in site.by_author.get(key, ()) for topic in post.topics}
    return _links(site, ((site.tags[topic].name, key, topic) for topic in topics if (key, topic) in site.by_both))


def of_topic(site: Site, topic: str) -> Part:
    """Links to what was written on a topic, person by person."""
    authors = {author for post in site.by_topic.get(topic, ()) for author in post.authors}
    return _links(site, ((site.faces[key].name, key, topic) for key in authors if (key, topic) in site.by_both))


def _links(site: Site, found: Iterable[tuple[str, str, str]]) -> Part:
    rows = sorted(found, key=lambda row: (row[0].casefold(), *row[1:]))
    links = tuple(Link(name, encoded(f"{site.info.base}/people/{key}/topics/{topic}/")) for name, key, topic in rows)
    return Part(digest_of(*map(tuple, links)), Links(links)) if links else NONE
