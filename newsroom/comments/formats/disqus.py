"""Owns Disqus's export: XML with categories, threads and posts (docs.disqus.com/developers/export)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from newsroom.comments.formats import markup, threads, values
from newsroom.comments.formats.markup import Element
from newsroom.comments.formats.threads import DELETED, HIDDEN, SHOWN, Row
from newsroom.comments.records import Discussion


class _Thread(NamedTuple):
    own: str
    """Disqus's number of it."""
    key: str = ""
    """What the site called the page; often left empty."""
    link: str = ""
    title: str = ""
    deleted: bool = False

    def names(self) -> tuple[str, ...]:
        """What other threads of the same page share with this one: what the site called it, or the path of its link."""
        path = re.sub(r"(?:/index\.html?)?/*$", "", values.path(self.link))
        at = f"path {path}" if values.path(self.link) else ""
        return tuple(filter(None, (f"key {self.key}" if self.key else "", at))) or (f"own {self.own}",)


def export(path: Path) -> Iterator[Discussion]:
    """All pages of an export. Disqus opens a thread for each address that a page was read under: they are one here.

    Raises Unreadable.
    """
    found: dict[str, _Thread] = {}
    rows: dict[str, list[Row]] = {}
    for element in markup.elements(path, "disqus", depth=1):
        with values.on_line(element.line):
            if element.name == "thread":
                thread = _thread(element)
                found[thread.own] = thread
            elif element.name == "post":
                below = element.first("thread").attributes.get("id", "")
                rows.setdefault(below, []).append(_row(element))
    for page in _pages(found | {own: _Thread(own) for own in rows if own not in found}):
        yield from _discussion(page, [row for thread in page if not thread.deleted for row in rows.get(thread.own, ())])


def _discussion(page: list[_Thread], rows: list[Row]) -> Iterator[Discussion]:
    title = next(filter(None, (thread.title for thread in page)), "")
    paths, links = [values.path(thread.link) for thread in page], [thread.link for thread in page]
    keys = (*(thread.key for thread in page), *paths, *links, title)
    made = threads.discussion("disqus", keys, title, rows)
    if made.comments or made.skipped:
        yield made


def _pages(found: Mapping[str, _Thread]) -> list[list[_Thread]]:
    """The threads, page by page: two are of one page if they share a name, or a third shares one with each."""
    leader: dict[str, str] = {}

    def lead(name: str) -> str:
        while (above := leader.setdefault(name, name)) != name:
            leader[name] = leader[above]
            name = above
        return name

    for thread in found.values():
        first, *others = thread.names()
        for other in others:
            leader[lead(other)] = lead(first)
    pages: dict[str, list[_Thread]] = {}
    for thread in found.values():
        pages.setdefault(lead(thread.names()[0]), []).append(thread)
    return list(pages.values())


def _thread(element: Element) -> _Thread:
    return _Thread(
        element.attributes.get("id", ""),
        element.words("id"),
        element.words("link"),
        element.words("title"),
        element.words("isDeleted") == "true",
    )


def _place(element: Element) -> tuple[str, str]:
    return element.attributes.get("id", ""), element.first("parent").attributes.get("id", "")


@threads.bearing(_place)
def _row(element: Element) -> Row:
    """Who is anonymous there typed the mail."""
    with values.on_line(element.line):
        return _written(element)


def _written(element: Element) -> Row:
    author = element.first("author")
    account = values.account("disqus", author.words("username")) if author.words("isAnonymous") != "true" else ""
    mail = author.words("email")
    spam, deleted = element.words("isSpam") == "true", element.words("isDeleted") == "true"
    return Row(
        *_place(element),
        author.words("name"),
        account=account,
        mail=mail if account else "",
        date=values.moment(element.words("createdAt")),
        html=element.words("message"),
        state=HIDDEN if spam else DELETED if deleted else SHOWN,
        typed="" if account else mail,
    )
