"""Owns giscus (discussions, GraphQL) and utterances (issues, REST): what GitHub answers about a thread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newsroom.comments.formats import threads, values
from newsroom.comments.formats.threads import DELETED, HIDDEN, SHOWN, Row
from newsroom.comments.formats.values import Fields, Unreadable
from newsroom.comments.records import Discussion

_PAGE = re.compile(r"^(?:\[(?P<linked>https?://[^\]\s]+)\]\([^)\n]*\)|(?P<bare>https?://\S+))\s*$", re.MULTILINE)
"""The line that both write into the body of a new thread: where the page is."""


def giscus(nodes: Iterable[Fields]) -> Iterator[Discussion]:
    """Nodes of `repository.discussions`: title, body, comments.nodes[], in each replies.nodes[].

    A title is the term that the page gave. `body` (Markdown) of a comment is preferred to `bodyHTML`. Who has left
    GitHub has no name. Raises Unreadable.
    """
    for node in nodes:
        rows = [row for comment in _nodes(node, "comments") for row in _answered(comment)]
        yield _discussion("giscus", node, rows)


def utterances(issues: Iterable[Fields]) -> Iterator[Discussion]:
    """Issues of the REST interface, their comments beside them (`{issue, comments: [...]}`) or in them.

    `body` (Markdown) of a comment is preferred to `body_html`. Pull requests are left out. Raises Unreadable.
    """
    for entry in issues:
        issue = values.part(entry, "issue") or entry
        if isinstance(entry.get("comments"), int):
            raise Unreadable('"comments" of an issue is their number; the comments themselves belong there')
        if "pull_request" not in issue:
            yield _discussion("utterances", issue, [_issue_comment(row) for row in values.parts(entry, "comments")])


def _discussion(service: str, thread: Fields, rows: list[Row]) -> Discussion:
    title, page = values.word(thread, "title"), _PAGE.search(values.word(thread, "body"))
    if not title:
        raise Unreadable('a thread has no "title", which says which page it belongs to')
    return threads.discussion(service, (title, (page["linked"] or page["bare"]) if page else ""), title, rows)


def _nodes(fields: Fields, name: str) -> list[Fields]:
    return values.parts(values.part(fields, name), "nodes")


def _answered(comment: Fields) -> Iterator[Row]:
    own = _node(comment, "")
    yield own
    yield from (_node(reply, own.id) for reply in _nodes(comment, "replies"))


def _place(node: Fields, above: str) -> tuple[str, str]:
    return values.word(node, "id"), values.word(values.part(node, "replyTo"), "id") or above


@threads.bearing(_place)
def _node(node: Fields, above: str) -> Row:
    author = values.part(node, "author")
    state = HIDDEN if values.flag(node, "isMinimized") else DELETED if values.word(node, "deletedAt") else SHOWN
    return Row(
        *_place(node, above),
        values.word(author, "login"),
        values.word(author, "url"),
        values.account("github", values.word(author, "login")),
        date=values.moment(node.get("createdAt")),
        edited=values.moment(node.get("lastEditedAt")),
        text=values.word(node, "body"),
        html=values.word(node, "bodyHTML"),
        state=state,
    )


@threads.bearing(lambda row: (values.word(row, "id"), ""))
def _issue_comment(row: Fields) -> Row:
    user = values.part(row, "user")
    return Row(
        values.word(row, "id"),
        name=values.word(user, "login"),
        site=values.word(user, "html_url"),
        account=values.account("github", values.word(user, "login")),
        date=values.moment(row.get("created_at")),
        edited=values.moment(row.get("updated_at")),
        text=values.word(row, "body"),
        html=values.word(row, "body_html"),
    )
