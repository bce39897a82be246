"""Owns the parts of the archive: every year with its months, and everything of a year. Must not know how pages look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from newsroom.language import phrases, say
from newsroom.model import digest, digest_of
from newsroom.permalinks import encoded
from newsroom.render import structured
from newsroom.render.parts import NONE, Items, Part, Parts, Subject, cards, covered, head, link, listing
from newsroom.render.search import PAGE, wanted
from newsroom.site import Site
from newsroom.views import Listing


class Count(NamedTuple):
    """A link, and how many posts it leads to."""

    label: str
    href: str
    number: int


class Year(NamedTuple):
    """A year in the archive."""

    label: str
    href: str
    number: int
    """Posts of it."""
    months: tuple[Count, ...]
    """Those in which something was published, the latest first."""


class Month(NamedTuple):
    """A month of a year's page."""

    anchor: str
    """`november` is `m11`."""
    listing: Listing


def archive(site: Site, _: str) -> Parts:
    """The page of all years: a way to everything that needs no search."""
    years = tuple(_year(site, year) for year in site.by_year)
    people = tuple(
        Count(face.name, face.href, len(site.by_author[key]))
        for key, face in site.faces.items()
        if key in site.by_author
    )
    topics = tuple(
        Count(tag.name, tag.href, len(site.by_topic[key])) for key, tag in site.tags.items() if key in site.by_topic
    )
    title = say(site.info.language, "menu.archive")
    found = link(say(site.info.language, "search.title"), encoded(site.info.base + PAGE)) if wanted(site) else NONE
    return {
        "years": Part(digest_of([(*year[:3], tuple(map(tuple, year.months))) for year in years]), Items(years)),
        "people": _counts(people),
        "topics": _counts(topics),
        "search": found,
        "head": covered(
            lambda t: head(
                t.info, "archive", "posts", "/archive/", title,
                facts=structured.listing.plain(t.info, "posts", "/archive/", title, "CollectionPage"),
            )
        ),
    }  # fmt: skip


def _year(site: Site, year: str) -> Year:
    href = f"{site.info.base}/archive/{year}/"
    months = Counter(post.date[5:7] for post in site.by_year[year])  # newest first, as the posts are
    counts = (Count(_name(site, month), f"{href}#m{month}", number) for month, number in months.items())
    return Year(year, href, len(site.by_year[year]), tuple(counts))


def _name(site: Site, month: str) -> str:
    return phrases(site.info.language)["dates.months"][int(month) - 1]


def _counts(counts: tuple[Count, ...]) -> Part:
    rows = tuple(sorted(counts, key=lambda count: (count.label.casefold(), count.href)))
    return Part(digest_of(*map(tuple, rows)), Items(rows))


def years(site: Site) -> Iterator[Subject]:
    """The page of every year."""
    for year in site.by_year:
        yield f"/archive/{year}/", year, ""


def year(site: Site, year: str) -> Parts:
    """All posts of a year, under their months."""
    posts, permalink = site.by_year[year], f"/archive/{year}/"
    heading = say(site.info.language, "listing.year", year=year)
    whole = listing(heading, cards(site, posts))
    months = tuple(
        Month(f"m{month}", listing(_name(site, month), cards(site, some)).value)
        for month, some in groupby(posts, lambda post: post.date[5:7])
    )
    return {
        "listing": whole,
        "months": Part(digest("".join(month.anchor + month.listing.digest for month in months)), Items(months)),
        "head": covered(
            lambda t: head(
                t.info, "year", "posts", permalink, heading,
                facts=structured.listing.posts(t.info, "posts", permalink, heading, cards(site, posts)),
            )
        ),
    }  # fmt: skip
