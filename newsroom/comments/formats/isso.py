"""Owns Isso: the rows of its database and of its answers (db/comments.py and views/comments.py, schema 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import lru_cache
from hashlib import pbkdf2_hmac
from pathlib import Path

from newsroom.comments.formats import files, threads, values
from newsroom.comments.formats.threads import DELETED, HIDDEN, SHOWN, Row
from newsroom.comments.formats.values import Fields, Unreadable
from newsroom.comments.records import Discussion

_SQLITE = b"SQLite format 3\0"
_ALL = """
    SELECT uri, title, comments.id, parent, created, modified, mode, text, author, email, website
    FROM comments JOIN threads ON threads.id = comments.tid ORDER BY comments.id
"""

STATES = {"1": SHOWN, "4": DELETED}
"""By `mode`; 2 waits for a moderator."""


def thread(rows: Iterable[Fields]) -> Discussion:
    """One thread, without a name: rows of the table, or `replies` of `GET /?plain=1`, with further replies in each.

    `text` is taken for Markdown, which is what the table has, and what the API gives where `plain=1` asks for it.
    """
    return threads.discussion("isso", (), "", map(_row, _flat(rows)))


def database(path: Path) -> Iterator[Discussion]:
    """All threads of a database, which may be in use: it is opened for reading only. Raises Unreadable."""
    import sqlite3

    with files.opened(path) as stream:
        if stream.read(len(_SQLITE)) != _SQLITE:
            raise Unreadable("this is no SQLite database")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.row_factory = sqlite3.Row
            connection.text_factory = lambda written: written.decode("utf-8", "replace")
            rows = [dict(row) for row in connection.execute(_ALL)]
    except sqlite3.Error as error:
        raise Unreadable(f"the database cannot be read: {error}") from error
    return threads.grouped("isso", (((values.word(row, "uri"),), values.word(row, "title"), _row(row)) for row in rows))


def _flat(rows: Iterable[Fields]) -> Iterator[Fields]:
    waiting = [*rows]
    while waiting:
        row = waiting.pop()
        yield row
        waiting.extend(values.parts(row, "replies"))


@threads.bearing(lambda row: (values.word(row, "id"), values.word(row, "parent")))
def _row(row: Fields) -> Row:
    """Nobody has an account there: any mail was typed."""
    mail = values.word(row, "email").strip()
    return Row(
        values.word(row, "id"),
        values.word(row, "parent"),
        values.word(row, "author"),
        values.word(row, "website"),
        values.account("isso", values.word(row, "hash") or author_hash(mail)),
        date=values.moment(row.get("created")),
        edited=values.moment(row.get("modified")),
        text=values.word(row, "text"),
        state=STATES.get(values.word(row, "mode") or "1", HIDDEN),
        typed=mail,
    )


@lru_cache(None)  # half a millisecond, and most people write more than once
def author_hash(mail: str) -> str:
    """What Isso's API calls the author of a row, where [hash] is as it comes: salt and rounds of isso/utils/hash.py.

    Only of a mail: without one Isso hashes the network address, which can be found again by trying them all.
    """
    return pbkdf2_hmac("sha1", mail.encode(), b"Eech7co8Ohloopo9Ol6baimi", 1000, 6).hex() if mail else ""
