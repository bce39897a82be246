"""Owns Remark42: comments as its backup and its answers write them (backend/app/store/comment.go)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import unescape

from newsroom.comments.formats import threads, values
from newsroom.comments.formats.threads import DELETED, SHOWN, Row
from newsroom.comments.formats.values import Fields, Unreadable
from newsroom.comments.records import Discussion


def thread(rows: Iterable[Fields]) -> Discussion:
    """One page, without a name: `comments` of `GET /api/v1/find`, format plain or tree. Raises Unreadable.

    The words are `text`, HTML as its readers saw it; `orig` is Markdown into which the server has written `&gt;` and
    the like, and counts only where there is no `text`.
    """
    return threads.discussion("remark42", (), "", map(_row, _flat(rows)))


def backup(lines: Iterable[tuple[int, Fields]]) -> Iterator[Discussion]:
    """All pages of a backup: a line about the site, then a comment in each; with their numbers. Raises Unreadable."""
    rest = iter(lines)
    number, about = next(rest, (0, {}))
    if "version" not in about or "users" not in about:
        raise Unreadable('the first line does not say "version" and "users"', number)
    return threads.grouped("remark42", _located(rest))


def _located(lines: Iterable[tuple[int, Fields]]) -> Iterator[tuple[tuple[str], str, Row]]:
    for number, row in lines:
        with values.on_line(number):
            yield (values.word(values.part(row, "locator"), "url"),), values.word(row, "title"), _row(row, number)


def _flat(rows: Iterable[Fields]) -> Iterator[Fields]:
    waiting = [*rows]
    while waiting:
        row = waiting.pop()
        yield values.part(row, "comment") or row
        waiting.extend(values.parts(row, "replies"))


@threads.bearing(lambda row, *_: (values.word(row, "id"), values.word(row, "pid")))
def _row(row: Fields, number: int = 0) -> Row:
    with values.on_line(number):
        return _written(row)


def _written(row: Fields) -> Row:
    user, html = values.part(row, "user"), values.word(row, "text")
    return Row(
        values.word(row, "id"),
        values.word(row, "pid"),
        unescape(values.word(user, "name")),  # the server keeps a name as HTML
        values.word(user, "site"),
        values.account("remark42", values.word(user, "id")),
        date=values.moment(row.get("time")),
        edited=values.moment(values.part(row, "edit").get("time")),
        text="" if html else values.word(row, "orig"),
        html=html,
        state=DELETED if values.flag(row, "delete") else SHOWN,
    )
