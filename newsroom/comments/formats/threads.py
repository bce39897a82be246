"""Owns how what a service has becomes Comments: who answers whom, what is left out, in which order. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
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
    """Of an account, which the service vouches for."""
    date: str = ""
    """As values.moment() gives it."""
    edited: str = ""
    text: str = ""
    html: str = ""
    """Counts only where there is no text."""
    state: str = SHOWN
    typed: str = ""
    """A mail that anybody could have typed."""
    wrong: str = ""
    """Why the comment cannot be read; then it is hidden."""


def bearing(place: Callable[..., tuple[str, str]]) -> Callable[[Callable[..., Row]], Callable[..., Row]]:
    """Decorate what makes a Row: a comment that cannot be read costs itself, and not its thread.

    `place` gives id and parent of the same comment, so that its answers find the way up. It may raise Unreadable.
    """

    def bear(make: Callable[..., Row]) -> Callable[..., Row]:
        @wraps(make)
        def made(*given) -> Row:
            try:
                return make(*given)
            except Unreadable as error:
                on = f" (line {error.line})" if error.line else ""
                return Row(*place(*given), state=HIDDEN, wrong=f"{error}{on}")

        return made

    return bear


def discussion(service: str, keys: Iterable[str], title: str, rows: Iterable[Row]) -> Discussion:
    """All comments below one page. Raises Unreadable."""
    names = (values.line(key, values.ADDRESS) for key in keys)
    own = tuple(dict.fromkeys(name for name in names if name))
    return Discussion(own, values.line(title), *comments(service, rows))


def grouped(service: str, found: Iterable[tuple[tuple[str, ...], str, Row]]) -> Iterator[Discussion]:
    """Rows of many pages, each with its page's keys and title, page by page. The first key tells pages apart.

    Pages of which there is nothing to tell are left out. Raises Unreadable.
    """
    pages: dict[str, tuple[dict[str, None], list[str], list[Row]]] = {}
    for names, title, row in found:
        keys, titles, rows = pages.setdefault(names[0], ({}, [], []))
        keys.update(dict.fromkeys(names))
        titles.append(title)
        rows.append(row)
    for keys, titles, rows in pages.values():
        title = next(filter(None, titles), "")
        made = discussion(service, (*keys, title), title, rows)
        if made.comments or made.skipped:
            yield made


def comments(service: str, rows: Iterable[Row]) -> tuple[tuple[Comment, ...], tuple[str, ...]]:
    """The comments of one page that a reader of the archive may see, by date and id; and what could not be read.

    What is hidden is left out; an answer to it hangs on the nearest ancestor that is not. What was deleted stays,
    without words and name, where an answer to it stays. Of two with one id, the first counts.
    """
    found: dict[str, Row] = {}
    skipped = []
    for row in map(_dated, rows):
        if not row.id:
            skipped.append(f"a comment has no id{row.wrong and ': '}{row.wrong}")
        elif row.id not in found:
            found[row.id] = row
            if row.wrong:
                skipped.append(f"{values.identifier(service, row.id)}: {row.wrong}")
    parents = _seen(found, _without_circles({row.id: row.parent for row in found.values()}))
    kept = _kept(found, parents)
    made = (_comment(service, found[own], parents[own]) for own in kept)
    return tuple(sorted(made, key=lambda comment: (comment.date, comment.id))), tuple(skipped)


def _dated(row: Row) -> Row:
    return row if row.date or row.state != SHOWN else row._replace(state=HIDDEN, wrong="it has no date")


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
        typed=row.typed.strip(),
    )
