"""Owns PAGES, the kinds of page: which there are, what each is made of, the template that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from newsroom.model import Output
from newsroom.permalinks import encoded, output_path
from newsroom.render import (
    alongside,
    archive,
    both,
    desks,
    digests,
    editions,
    embed,
    follow,
    letter,
    listings,
    people,
    policy,
    press,
    previews,
    principles,
    search,
    stories,
    structured,
)
from newsroom.render.compact import compact
from newsroom.render.parts import Parts, Subject, Tools, covered, head, link
from newsroom.site import Site


def aliases(site: Site) -> Iterator[tuple[str, str, str]]:
    """(old path, new permalink, source)."""
    for noun in (*site.posts, *site.pages):
        for alias in noun.aliases:
            yield alias, noun.permalink, noun.source


def _each_alias(site: Site) -> Iterator[Subject]:
    for alias, permalink, source in aliases(site):
        name = alias.rsplit("/", 1)[1]
        yield alias if not name or "." in name else alias + "/", permalink, source


def _redirect(site: Site, permalink: str) -> Parts:
    return {
        "target": link(permalink, encoded(site.info.base + permalink)),
        "head": covered(lambda t: head(t.info, "redirect", "", permalink, noindex=True)),
    }


class PageKind(NamedTuple):
    """A kind of page: which there are, what each is made of, the template that shows it."""

    subjects: Callable[[Site], Iterable[Subject]]
    parts: Callable[[Site, str], Parts]
    template: str


def _one(path: str, when: Callable[[Site], Any] = lambda site: True) -> Callable[[Site], list[Subject]]:
    return lambda site: [(path, "", "")] if when(site) else []


PAGES: dict[str, PageKind] = {
    "home": PageKind(_one("/"), listings.home, "home.html"),
    "posts": PageKind(listings.pages_of_posts, listings.posts, "listing.html"),
    "post": PageKind(stories.each_post, stories.post, "post.html"),
    "embed": PageKind(embed.each, embed.parts, "embed.html"),
    "preview": PageKind(previews.each, previews.preview, "preview.html"),
    "kind": PageKind(listings.by_kind, listings.kind, "listing.html"),
    "archive": PageKind(_one("/archive/"), archive.archive, "archive.html"),
    "search": PageKind(_one(search.PAGE, search.wanted), search.page, "search.html"),
    "year": PageKind(archive.years, archive.year, "year.html"),
    "people": PageKind(_one("/people/"), people.people, "people.html"),
    "person": PageKind(people.each_person, people.person, "person.html"),
    "person-topic": PageKind(both.each, both.page, "person_topic.html"),
    "topics": PageKind(_one("/topics/"), people.topics, "topics.html"),
    "ask": PageKind(_one("/ask/", lambda site: site.people), desks.ask, "ask.html"),
    "topic": PageKind(people.each_topic, people.topic, "topic.html"),
    "page": PageKind(people.each_page, people.page, "page.html"),
    "series": PageKind(alongside.each, alongside.page, "series.html"),
    "press": PageKind(_one("/press/", press.has_room), press.room, "press.html"),
    "sheet": PageKind(press.each_sheet, press.sheet, "sheet.html"),
    "corrections": PageKind(_one("/corrections/"), listings.corrections, "corrections.html"),
    "promises": PageKind(_one(structured.PROMISES), principles.promises, "promises.html"),
    "follow": PageKind(_one("/follow/"), follow.follow, "follow.html"),
    "digest": PageKind(digests.each_week, digests.week, "digest.html"),
    "thanks": PageKind(_one(letter.THANKS, lambda site: site.config.contact.service), letter.thanks, "thanks.html"),
    "404": PageKind(_one("/404.html"), listings.nowhere, "404.html"),
    "redirect": PageKind(_each_alias, _redirect, "redirect.html"),
}
"""Every kind of page."""


def paths(kind: PageKind, site: Site) -> Iterator[tuple[str, str, str]]:
    """(output path, subject, source) of every page of a kind."""
    for permalink, subject, source in kind.subjects(site):
        yield output_path(permalink), subject, source


def show(kind: PageKind, site: Site, output: Output, tools: Tools) -> bytes:
    """Render one page."""
    values = {
        name: part.value(tools) if callable(part.value) else part.value
        for name, part in kind.parts(site, output.subject).items()
    }
    whole = tools.whole or site
    values["languages"] = editions.languages(whole, site, output.kind, output.path, output.source).value
    context = {"site": tools.info, "policy": policy.of_page(values, site), **values}
    page = tools.template(kind.template, output.path, context)
    return (compact(page) if site.config.output.minify and output.kind not in MAILED else page).encode()


MAILED = ("digest",)
"""Pages that a mailing tool takes: programs for mail read HTML less well than browsers do."""
