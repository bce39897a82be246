"""Owns what a post leads to beside its neighbours: related posts, and the series it is a part of; and a series' own page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newsroom.language import say
from newsroom.model import digest, digest_of
from newsroom.permalinks import encoded
from newsroom.render.parts import (
    NONE,
    Part,
    Parts,
    Subject,
    cards,
    covered,
    faces,
    feed_links,
    following,
    head,
    joined,
    listing,
)  # fmt: skip
from newsroom.series import key_of, permalink
from newsroom.site import Site
from newsroom.views import Card, Link

SHOWN = 3
"""Related posts on a page."""
NEAR, ALL = 3, 12
"""Of a series with more than ALL parts, a part's page names the so many before and after it."""


class Place(NamedTuple):
    """Where a post stands in its series."""

    series: Link
    number: int
    """Which part it is: 1 is the first."""
    count: int
    parts: tuple[Card, ...]
    """Those around it, itself too, in order."""
    first: int
    """The number of the first of these."""


def related(site: Site, source: str) -> Part:
    """The posts on the same subject that the page does not lead to anyway; none where there is none."""
    post, n = site.lookup[source]
    beside = {other.source for other in site.posts[max(0, n - 1) : n + 2]}
    if part_of := site.series.get(key_of(post)):
        beside.update(part.source for part in part_of.posts)
    found = [site.cards[other] for other in site.related.of(source) if other not in beside][:SHOWN]
    return listing(say(site.info.language, "related.title"), found) if found else NONE


def place(site: Site, source: str) -> Part:
    """Where a post stands in its series; none where it is in none, or alone."""
    post, _ = site.lookup[source]
    found = site.series.get(key_of(post))
    if found is None:
        return NONE
    sources = [part.source for part in found.posts]
    at, count = sources.index(source), len(sources)
    start, end = (0, count) if count <= ALL else (max(0, at - NEAR), min(count, at + NEAR + 1))
    shown = tuple(site.cards[part] for part in sources[start:end])
    link = Link(found.name, encoded(site.info.base + found.permalink))
    made = digest(joined(shown) + digest_of(tuple(link), at, count, start))
    return Part(made, Place(link, at + 1, count, shown, start + 1))


def each(site: Site) -> Iterator[Subject]:
    """The page of every series."""
    for key, found in site.series.items():
        yield permalink(key), key, found.posts[0].source


def page(site: Site, key: str) -> Parts:
    """The parts of a series' page."""
    found, language = site.series[key], site.info.language
    title = f"{found.name} · {say(language, 'series.label')}"
    voices = dict.fromkeys(author for post in found.posts for author in post.authors)
    return {
        "listing": listing(found.name, cards(site, found.posts)),
        "voices": faces(site.faces[author] for author in voices),
        "feeds": following(found.permalink),
        "head": covered(lambda t: head(t.info, "series", "posts", found.permalink, title,
                                       feeds=feed_links(t.info, found.permalink, found.name))),
    }  # fmt: skip
