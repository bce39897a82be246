"""Owns Twikoo's export: the rows of its table of comments (src/server/function/twikoo/index.js)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsroom.comments.formats import threads, values
from newsroom.comments.formats.threads import HIDDEN, SHOWN, Row
from newsroom.comments.formats.values import Fields, Unreadable
from newsroom.comments.records import Discussion

_THOUSANDTH = 0.001


def export(document: Any) -> Iterator[Discussion]:
    """All pages of an export. Raises Unreadable."""
    rows = values.objects(document, "the file")
    if any("url" not in row or "comment" not in row for row in rows):
        raise Unreadable('a comment does not say "url" and "comment"')
    return threads.grouped(
        "twikoo", (((values.word(row, "url"), values.word(row, "href")), "", _row(row)) for row in rows)
    )


@threads.bearing(lambda row: (values.word(row, "_id", "id"), values.word(row, "pid", "rid")))
def _row(row: Fields) -> Row:
    """No account: `uid` is what a server of one's own takes for the proof of who is asking, so it is never kept."""
    return Row(
        values.word(row, "_id", "id"),
        values.word(row, "pid", "rid"),
        values.word(row, "nick"),
        values.word(row, "link"),
        typed=values.word(row, "mail"),
        date=values.moment(row.get("created"), _THOUSANDTH),
        html=values.word(row, "comment"),
        state=HIDDEN if values.flag(row, "isSpam") else SHOWN,
    )
