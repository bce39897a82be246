"""Owns Artalk's exchange format, Artrans: a JSON list in which every value is a string (its transfer.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsroom.comments.formats import threads, values
from newsroom.comments.formats.threads import HIDDEN, SHOWN, Row
from newsroom.comments.formats.values import Fields, Unreadable
from newsroom.comments.records import Discussion


def export(document: Any) -> Iterator[Discussion]:
    """All pages of an export. Raises Unreadable."""
    rows = values.objects(document, "the file")
    if any("page_key" not in row for row in rows):
        raise Unreadable('a comment does not say "page_key"')
    found = (((values.word(row, "page_key"),), values.word(row, "page_title"), _row(row)) for row in rows)
    return threads.grouped("artalk", found)


@threads.bearing(lambda row: (values.word(row, "id"), values.word(row, "rid")))
def _row(row: Fields) -> Row:
    """`updated_at` moves with every vote, so it does not say when a comment was edited."""
    return Row(
        values.word(row, "id"),
        values.word(row, "rid"),
        values.word(row, "nick"),
        values.word(row, "link"),
        typed=values.word(row, "email"),
        date=values.moment(row.get("created_at")),
        text=values.word(row, "content"),
        state=HIDDEN if values.flag(row, "is_pending") else SHOWN,
    )
