"""Owns how what a service has becomes Comments: who answers whom, what is left out, in which order. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from newsroom.comments.formats import values
from newsroom.comments.formats.values import Unreadable
from newsroom.comments.records import Comment, Discussion

SHOWN, DELETED, HIDDEN = "shown", "deleted", "hidden"
"""States of a comment. Hidden is all that its readers do not see: spam, trash, waiting, minimised, pingbacks."""


class Row(NamedTuple):
    """One comment as it was found; ids are the service's own, and nothing is cleaned yet."""

    id: str
    parent: str = ""
    """The id of what it answers; one that nothing has begins a thread."""
    name: str = ""
    site: str = ""
    account: str = ""
    """With its service: `github/ada`."""
    mail: str = ""
    date: str = ""
    """As values.moment() gives it."""
    edited: str = ""
    text: str = ""
    html: str = ""
    """Counts only where there is no text."""
    state: str = SHOWN


def discussion(service: str, keys: Iterable[str], title: str, rows: Iterable[Row]) -> Discussion:
    """All comments below one page. Raises Unreadable."""
    names = (values.line(key, values.ADDRESS) for key in keys)
    return Discussion(tuple(dict.fromkeys(name for name in names if name)), values.line(title), comments(service, rows))


def grouped(service: str, found: Iterable[tuple[tuple[str, ...], str, Row]]) -> Iterator[Discussion]:
    """Rows of many pages, each with its page's keys and title, page by page. The first key tells pages apart.

    Pages of which nothing stays are left out. Raises Unreadable.
    """
    pages: dict[str, tuple[dict[str, None], list[str], list[Row]]] = {}
    for names, title, row in found:
        keys, titles, rows = pages.setdefault(names[0], ({}, [], []))
        keys.update(dict.fromkeys(names))
        titles.append(title)
        rows.append(row)
    for keys, titles, rows in pages.values():
        title = next(filter(None, titles), "")
        if (made := discussion(service, (*keys, title), title, rows)).comments:
            yield made


def comments(service: str, rows: Iterable[Row]) -> tuple[Comment, ...]:
    """The comments of one page that a reader of the archive may see, by date and id. Raises Unreadable.

    What is hidden is left out; an answer to it hangs on the nearest ancestor that is not. What was deleted stays,
    without words and name, where an answer to it stays. Of two with one id, the first counts.
    """
    found: dict[str, Row] = {}
    for row in rows:
        if not row.id:
            raise Unreadable("a comment has no id")
        found.setdefault(row.id, row)
    parents = _seen(found, _without_circles({row.id: row.parent for row in found.values()}))
    kept = _kept(found, parents)
    made = (_comment(service, found[own], parents[own]) for own in kept)
    return tuple(sorted(made, key=lambda comment: (comment.date, comment.id)))


def _without_circles(parents: Mapping[str, str]) -> dict[str, str]:
    """Id -> parent, "" where it has none that exists, or where the way up would come back to it."""
    cut = {own: parent if parent in parents else "" for own, parent in parents.items()}
    settled: set[str] = set()
    for start in parents:
        way: dict[str, None] = {}
        own = start
        while own and own not in settled and own not in way:
            way[own] = None
            own = cut[own]
        if own in way:  # from here on the way is a circle
            members = list(way)
            for member in members[members.index(own) :]:
                cut[member] = ""
        settled.update(way)
    return cut


def _seen(found: Mapping[str, Row], parents: dict[str, str]) -> dict[str, str]:
    """The parents again, each the nearest ancestor that is not hidden."""
    near = dict(parents)
    for own in near:
        way = []
        above = near[own]
        while above and found[above].state == HIDDEN:
            way.append(above)
            above = near[above]
        for each in (own, *way):  # a long hidden chain is climbed once
            near[each] = above
    return near


def _kept(found: Mapping[str, Row], parents: Mapping[str, str]) -> list[str]:
    """The ids that stay: what is shown, and what was deleted above it."""
    kept: dict[str, None] = {}
    for row in found.values():
        own = row.id if row.state == SHOWN else ""
        while own and own not in kept:
            kept[own] = None
            own = parents[own]
    return list(kept)


def _comment(service: str, row: Row, parent: str) -> Comment:
    own, above = values.identifier(service, row.id), values.identifier(service, parent) if parent else ""
    if row.state == DELETED:
        return Comment(own, above, date=row.date, deleted=True)
    if not row.date:
        raise Unreadable(f'comment "{values.line(row.id, 60)}" has no date')
    text = values.clean(row.text).strip("\n")
    return Comment(
        own,
        above,
        values.line(row.name),
        values.site(row.site),
        row.account,
        row.mail.strip(),
        row.date,
        row.edited if row.edited != row.date else "",
        text,
        "" if text.strip() else values.clean(row.html).strip("\n"),
    )
