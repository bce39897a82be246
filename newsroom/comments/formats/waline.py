"""Owns Waline: rows of its export and of its answers (packages/server/src/controller/comment.js and db.js)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from newsroom.comments.formats import threads, values
from newsroom.comments.formats.threads import HIDDEN, SHOWN, Row
from newsroom.comments.formats.values import Fields, Unreadable
from newsroom.comments.records import Discussion

UNSEEN = ("waiting", "spam")
"""The service itself shows every other status, and none."""


def thread(rows: Iterable[Fields], users: Mapping[str, Fields] | None = None) -> Discussion:
    """One page, without a name: `data` of `GET /api/comment` with `children` in each root, or rows of an export.

    An export's row has the writer's own Markdown in `comment`; `users` are then its table of accounts, by objectId. An
    answer has HTML there, and Markdown at most in `orig`: leave `users` out. Raises Unreadable.
    """
    return threads.discussion("waline", (), "", (_row(row, users) for row in _flat(rows)))


def export(answer: Any) -> Iterator[Discussion]:
    """All pages of `{type: "waline", data: {Comment, Users}}`, or of the answer around it. Raises Unreadable."""
    whole = values.mapping(answer, "the file")
    if "errno" in whole:
        if values.word(whole, "errno") != "0":
            raise Unreadable(f'Waline answered with an error: "{values.line(values.word(whole, "errmsg"))}"')
        whole = values.part(whole, "data")
    if whole.get("type") != "waline":
        raise Unreadable('the file does not say "type": "waline"')
    tables = values.part(whole, "data")
    users = {values.word(user, "objectId", "id"): user for user in values.parts(tables, "Users")}
    rows = values.parts(tables, "Comment")
    return threads.grouped("waline", (((values.word(row, "url"),), "", _row(row, users)) for row in rows))


def _flat(rows: Iterable[Fields]) -> Iterator[Fields]:
    for row in rows:
        yield row
        yield from values.parts(row, "children")


@threads.bearing(lambda row, _: (values.word(row, "objectId", "id"), values.word(row, "pid", "rid")))
def _row(row: Fields, users: Mapping[str, Fields] | None) -> Row:
    """`mail` of a row is typed, by who has an account too."""
    who = values.word(row, "user_id")
    user = (users or {}).get(who, {})
    parent = values.word(row, "pid", "rid")
    words = values.word(row, "comment")
    markdown = words if users is not None else values.word(row, "orig")
    return Row(
        values.word(row, "objectId", "id"),
        parent,
        values.word(user, "display_name") or values.word(row, "nick"),
        values.word(user, "url") or values.word(row, "link"),
        values.account("waline", who),
        values.word(user, "email"),
        _inserted(row),
        text=_without_address(markdown, parent),
        html="" if users is not None else _without_address(words, parent),
        state=HIDDEN if values.word(row, "status") in UNSEEN else SHOWN,
        typed=values.word(row, "mail"),
    )


def _inserted(row: Fields) -> str:
    """`time` counts thousandths. The others are texts; where one has no offset (SQLite), it is taken for UTC."""
    if row.get("time"):
        return values.moment(row["time"], 0.001)
    given = row.get("insertedAt") or row.get("createdAt")
    return values.moment(given.get("iso") if isinstance(given, Mapping) else given)  # LeanCloud: {"__type", "iso"}


def _without_address(words: str, parent: str) -> str:
    """The server puts `[@Ada](#12): ` before an answer. That it is one, the archive knows; #12 is no anchor there."""
    if not parent:
        return words
    own = re.escape(parent)
    markdown, html = (
        rf"\[@[^\]]*\]\(#{own}\)",
        rf"""(?P<open><p>)?<a [^<>]{{0,99}}href="#{own}"[^<>]{{0,99}}>@[^<]*</a>""",
    )
    return re.sub(rf"\A(?:{markdown}|{html}):?\s*", lambda found: found["open"] or "", words)
