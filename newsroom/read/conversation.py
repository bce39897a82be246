"""Owns reading a file of content/comments/: it becomes a Conversation and the words of its comments, or Problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from newsroom.errors import NewsroomError, Problem
from newsroom.model import digest
from newsroom.read import frontmatter, strangers
from newsroom.read.schema import COMMENT, CONVERSATION
from newsroom.read.values import Reader, read_keys
from newsroom.said import Conversation, Said, Words

Render = Callable[[bytes, Callable[[], tuple[Words, ...]]], str]
"""(bytes of the file, what makes the words) -> the key under which the words are kept."""


class Heard(NamedTuple):
    """What one file gave."""

    noun: Conversation | None
    problems: tuple[Problem, ...]


def read(path: str, raw: bytes, timezone: str, keep: Render) -> Heard:
    """Read one file. Everything wrong with it is in `problems`; then there is no noun."""
    reader = Reader(path, timezone)
    try:
        values, comments = _taken_apart(raw, path, reader)
    except NewsroomError as error:
        return Heard(None, error.problems)
    if not values["post"]:
        reader.wrong((), "names no post", "add post: and the id of the post that this was said below", "missing-key")
    rows = tuple(tuple(_said(comment)) for comment in comments)
    if reader.problems:
        return Heard(None, tuple(reader.problems))
    key = keep(raw, lambda: tuple(_words(comment) for comment in comments))
    return Heard(Conversation(path, values["post"], values["pulled"], values["closed"], rows, digest(raw), key), ())


def words(raw: bytes, path: str) -> tuple[Words, ...]:
    """The words of a file that was read before without a problem."""
    return tuple(_words(comment) for comment in _taken_apart(raw, path, Reader(path, "UTC"))[1])


def _taken_apart(raw: bytes, path: str, reader: Reader) -> tuple[dict, list[dict]]:
    """(the file's own keys, its comments in order of time). Raises NewsroomError where it is no YAML."""
    written = frontmatter.read_whole(raw, path)
    listed = written.pop("comments", None) or []
    values = read_keys(written, CONVERSATION, (), reader)
    if not isinstance(listed, list):
        reader.wrong(("comments",), "comments must be a list", "begin each comment with - id:")
        listed = []
    comments = []
    for n, item in enumerate(listed):
        at = ("comments", n)
        if not isinstance(item, dict):
            reader.wrong(at, "a comment must be a map", "begin each comment with - id:")
            continue
        comments.append(read_keys(item, COMMENT, at, reader))
        if not comments[-1]["date"] and not comments[-1]["deleted"] and not reader.reported((*at, "date")):
            reader.wrong(at, "the comment has no date", "add date: 2026-11-02T09:14:00Z", "missing-key")
    for problem in _twins(comments, reader):
        reader.wrong(*problem)
    comments.sort(key=lambda c: (c["date"], c["id"]))
    return values, comments


def _twins(comments: list[dict], reader: Reader) -> Iterator[tuple]:
    """What has no id, or another's."""
    seen = set()
    for n, comment in enumerate(comments):
        at = ("comments", n)
        if not comment["id"] and not reader.reported((*at, "id")):
            yield at, "the comment has no id", "give it one of its own: it is the comment's address", "missing-key"
        elif comment["id"] in seen and comment["id"]:
            yield (
                (*at, "id"),
                f'the id "{comment["id"]}" is given twice',
                "an id is one comment's address",
                "duplicate-id",
            )
        seen.add(comment["id"])


def _said(comment: dict) -> Said:
    return Said(
        comment["id"], comment["reply_to"], comment["person"], comment["account"], _seconds(comment["date"]),
        comment["ignore"], _gone(comment),
    )  # fmt: skip


def _words(comment: dict) -> Words:
    name = "" if "name" in comment["redacted"] else comment["name"]
    html = "" if _gone(comment) else strangers.safe(comment["text"], comment["html"])
    return Words(name, comment["site"] if name else "", comment["date"], comment["edited"], html)


def _gone(comment: dict) -> bool:
    return comment["deleted"] or "words" in comment["redacted"]


def _seconds(stamp: str) -> int:
    return int(datetime.fromisoformat(stamp).timestamp()) if stamp else 0
