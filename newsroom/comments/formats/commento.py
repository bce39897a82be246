"""Owns Commento (its export, version 1) and Comentario, which came of it (version 3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsroom.comments.formats import threads, values
from newsroom.comments.formats.threads import DELETED, HIDDEN, SHOWN, Row
from newsroom.comments.formats.values import Fields, Unreadable
from newsroom.comments.records import Discussion

NOBODY = ("", "anonymous", "00000000-0000-0000-0000-000000000000")
"""Who has no account, by Commento and by Comentario."""


def commento(export: Any) -> Iterator[Discussion]:
    """All pages of `{version: 1, comments: [...], commenters: [...]}`. Raises Unreadable."""
    whole = _version(export, "1")
    people = {values.word(each, "commenterHex"): each for each in values.parts(whole, "commenters")}
    found = ((_address(row), "", _first(row, people)) for row in values.parts(whole, "comments"))
    return threads.grouped("commento", found)


def comentario(export: Any) -> Iterator[Discussion]:
    """All pages of `{version: 3, pages: [...], comments: [...], commenters: [...]}`. Raises Unreadable."""
    whole = _version(export, "3")
    people = {values.word(each, "id"): each for each in values.parts(whole, "commenters")}
    pages = {values.word(each, "id"): each for each in values.parts(whole, "pages")}
    return threads.grouped("comentario", (_on_page(row, pages, people) for row in values.parts(whole, "comments")))


def _version(export: Any, wanted: str) -> Fields:
    whole = values.mapping(export, "the file")
    version = values.word(whole, "version")
    if version != wanted or "comments" not in whole:
        says = f'says "version": {values.line(version, 20)}' if version else 'has no "version"'
        raise Unreadable(f'the file {says}, where "version": {wanted} and "comments" belong')
    return whole


def _address(row: Fields) -> tuple[str, ...]:
    path, domain = values.word(row, "url"), values.word(row, "domain")
    return (path, f"https://{domain}{path}") if domain else (path,)


@threads.bearing(lambda row, _: (values.word(row, "commentHex"), values.word(row, "parentHex")))
def _first(row: Fields, people: dict[str, Fields]) -> Row:
    who = values.word(row, "commenterHex")
    person = people.get(who, {})
    seen = values.word(row, "state") in ("", "approved")
    return Row(
        values.word(row, "commentHex"),
        values.word(row, "parentHex"),  # "root" is nobody's id
        values.word(person, "name"),
        values.word(person, "link"),  # "undefined" where there is none
        values.account("commento", who) if who not in NOBODY else "",
        values.word(person, "email") if who not in NOBODY else "",
        values.moment(row.get("creationDate")),
        text=values.word(row, "markdown"),
        html=values.word(row, "html"),
        state=DELETED if values.flag(row, "deleted") else SHOWN if seen else HIDDEN,
    )


def _on_page(row: Fields, pages: dict[str, Fields], people: dict[str, Fields]) -> tuple[tuple[str, ...], str, Row]:
    page = pages.get(values.word(row, "pageId"), {})
    return (values.word(page, "path"),), values.word(page, "title"), _third(row, people)


@threads.bearing(lambda row, _: (values.word(row, "id"), values.word(row, "parentId")))
def _third(row: Fields, people: dict[str, Fields]) -> Row:
    who = values.word(row, "userCreated")
    person = people.get(who, {})
    waits = values.flag(row, "isPending") or not values.flag(row, "isApproved")
    return Row(
        values.word(row, "id"),
        values.word(row, "parentId"),
        values.word(person, "name") or values.word(row, "authorName"),
        values.word(person, "websiteUrl"),
        values.account("comentario", who) if who not in NOBODY else "",
        values.word(person, "email") if who not in NOBODY else "",
        values.moment(row.get("createdTime")),
        values.moment(row.get("editedTime")),
        values.word(row, "markdown"),
        values.word(row, "html"),
        DELETED if values.flag(row, "isDeleted") else HIDDEN if waits else SHOWN,
    )
