"""Owns what a service may change in an archive, and what is taken out for good. Pure.

What a person changed in a file stays. So of a comment that is kept already the file follows its service in two things
only: the words, where nobody changed them here (`seen` tells), and that it was removed there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from newsroom.comments.archive import Archive, Row, order
from newsroom.comments.records import Comment, Discussion
from newsroom.model import digest
from newsroom.read.fields import website
from newsroom.read.values import INVISIBLE, Reader

FRESH = timedelta(days=6)
"""So long a `pulled` stays where nothing else changed: a daily pull must not change every file, and what is counted of
answers believes an archive for 8 days."""
PARTS = {"name": ("name", "site", "account", "person"), "words": ("text", "html", "seen")}
"""What goes when a part is redacted. `seen` goes with the words: the words of a short digest can be guessed."""


class Change(NamedTuple):
    """How many comments an archive gained, took over anew, lost."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    """Removed at the service: without words now, or taken out."""


Recognise = Callable[[Comment], str]
"""The key of the employee who wrote a comment, by the mail she declared; "" for anybody else."""


def merge(
    archive: Archive, discussion: Discussion, pulled: str, recognise: Recognise, service: str = ""
) -> tuple[Archive, Change]:
    """Take in what a service, or its export, says.

    `pulled` (RFC 3339, UTC) is when the service was asked, "" for an export, which may be old and may be partial.
    `service` is the prefix of its ids where the discussion is complete: what is missing there was removed there, and
    the file may say that everything until `pulled` is here.
    """
    before = {row.id: row for row in archive.rows}
    rows, there = dict(before), {comment.id: comment for comment in discussion.comments}
    for comment in there.values():
        was = before.get(comment.id)
        if was:
            rows[comment.id] = _followed(was, comment, recognise, bool(pulled))
        else:
            parent = comment.parent if comment.parent in before or comment.parent in there else ""
            rows[comment.id] = _kept(comment, recognise)._replace(reply_to=parent)
    if pulled and service:
        missing = {id for id in before if id.startswith(f"{service}-") and id not in there}
        _remove(rows, missing)
    change = _change(before, rows)
    last = archive.pulled
    if service and pulled > last and (any(change) or not last or _time(pulled) - _time(last) > FRESH):
        last = pulled
    kept = tuple(sorted(rows.values(), key=order)) if any(change) else archive.rows
    return archive._replace(pulled=last, rows=kept), change


def other(archive: Archive, discussion: Discussion) -> str:
    """The id of an archived comment that is another one in a discussion, or "": a new server counts from 1 again.

    Then date, name and words differ. One of them may: an export without a zone, a hand that changed something here.
    """
    rows = {row.id: row for row in archive.rows}
    for comment in discussion.comments:
        row = rows.get(comment.id)
        if row and row.seen and row.name and not comment.deleted and row.date != comment.date:
            if row.name != _line(comment.name) and row.seen != _seen(comment.text or comment.html):
                return row.id
    return ""


def again(archive: Archive, discussion: Discussion) -> dict[str, str]:
    """Id of a comment -> that of the redacted one which it must be: said at the same moment, and kept elsewhere too.

    Readers who moved from one service to another brought their comments along: there they have other ids. Where the
    redacted one is in the discussion itself, the other is another.
    """
    there = {comment.id for comment in discussion.comments}
    redacted = {row.date: row.id for row in archive.rows if row.redacted and row.id not in there}
    known = {row.id for row in archive.rows}
    return {
        comment.id: redacted[comment.date]
        for comment in discussion.comments
        if comment.date in redacted and comment.id not in known
    }


def redact(archive: Archive, id: str, what: Iterable[str]) -> Archive:
    """Take a person's name or words (rows of PARTS) out of a comment for good. Raises KeyError where there is none."""
    if id not in {row.id for row in archive.rows}:
        raise KeyError(id)
    rows = [row if row.id != id else _without(row, {*row.redacted, *what}) for row in archive.rows]
    return archive._replace(rows=tuple(rows))


def _kept(comment: Comment, recognise: Recognise) -> Row:
    """A comment that is new here."""
    row = Row(comment.id, date=comment.date or "1970-01-01T00:00:00Z")
    if comment.deleted:
        return row._replace(deleted=True)
    text, html = _words(comment.text), "" if comment.text else _words(comment.html)
    return row._replace(
        name=_line(comment.name), site=website(comment.site, ("site",), Reader("", "UTC")),
        account=_line(comment.account), person=recognise(comment), edited=comment.edited,
        text=text, html=html, seen=_seen(text or html),
    )  # fmt: skip


def _followed(row: Row, comment: Comment, recognise: Recognise, newest: bool) -> Row:
    """A comment that is kept already, as its service has it now. `newest`: nobody has a later state of it."""
    if comment.deleted:
        return _emptied(row)
    fresh = _kept(comment, recognise)
    if row.deleted:  # by hand, where `seen` was left; an old export brings nothing back
        back = fresh._replace(reply_to=row.reply_to, ignore=row.ignore)
        return _without(back, row.redacted) if newest and not row.seen else row
    if "name" not in row.redacted:
        row = row._replace(account=row.account or fresh.account, person=row.person or fresh.person)
    if "words" in row.redacted or fresh.seen == row.seen or (not newest and comment.edited < row.edited):
        return row
    untouched = _seen(row.text or row.html) == row.seen
    row = row._replace(edited=comment.edited, seen=fresh.seen)
    return row._replace(text=fresh.text, html=fresh.html) if untouched else row


def _remove(rows: dict[str, Row], missing: Iterable[str]) -> None:
    """Take out what its service has no more; what others answered, or somebody redacted, stays without words."""
    answers = Counter(row.reply_to for row in rows.values())
    waiting = sorted(missing)
    for id in waiting:
        rows[id] = _emptied(rows[id])
    while waiting:
        row = rows.get(waiting.pop())
        if row and row.deleted and not row.redacted and not answers[row.id]:
            del rows[row.id]
            answers[row.reply_to] -= 1
            waiting += [row.reply_to] if row.reply_to in missing else []


def _emptied(row: Row) -> Row:
    """What is left of a comment that was removed at its service: its place."""
    return Row(
        row.id, row.reply_to, date=row.date, ignore=row.ignore, deleted=True, redacted=row.redacted
    )  # fmt: skip


def _without(row: Row, what: Iterable[str]) -> Row:
    parts = tuple(part for part in PARTS if part in what)
    return row._replace(redacted=parts, **{field: "" for part in parts for field in PARTS[part]})


def _change(before: Mapping[str, Row], after: Mapping[str, Row]) -> Change:
    both = [(before[id], row) for id, row in after.items() if id in before]
    emptied = sum(row.deleted and not was.deleted for was, row in both)
    altered = sum(row != was for was, row in both) - emptied
    return Change(len(after.keys() - before.keys()), altered, emptied + len(before.keys() - after.keys()))


def _time(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")


def _words(text: str) -> str:
    """A stranger's words without what a terminal or an editor would obey; a last line end as a file has it."""
    clean = _CONTROL.sub("", _ENDS.sub("\n", text)).encode("utf-8", "replace").decode().strip("\n").rstrip()
    return clean + "\n" if clean else ""


def _line(text: str) -> str:
    """A stranger's name as `values.line` reads it: on one line, without invisible characters."""
    return " ".join(_words(text).translate(INVISIBLE).split())


def _seen(words: str) -> str:
    return digest(_words(words))[:12]
