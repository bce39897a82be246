"""Owns what a post says beside its text, as plain HTML for feeds: corrections, and what its kind asks for.

A feed reader sees the whole post: a statement without what is known would be an empty one there. The words are those of
the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from newsroom.dates import in_words, moment_in_words
from newsroom.language import say
from newsroom.model import Post
from newsroom.render.parts import with_face
from newsroom.site import Site

ABOVE = ("retraction", "correction")
"""Kinds that stand above the text, in this order: whoever read it believes what was wrong. The others stand below."""

POINTS = ("known", "unknown", "doing")
"""The lists of a statement, in order."""


def around(site: Site, post: Post) -> tuple[str, str]:
    """(what stands above the text of a post, what stands below it), each "" or HTML that needs no cleaning."""
    if not post.details:  # most posts
        return "", ""
    declared = post.details.get("corrections", ())
    above = [_correction(site, item) for kind in ABOVE for item in declared if item["kind"] == kind]
    below = [_correction(site, item) for item in declared if item["kind"] not in ABOVE]
    above += KINDS[post.kind](site, post.details) if post.kind in KINDS else ()
    led_to = _points(say(site.info.language, "answer.led_to"), post.details.get("led_to", ()))
    rest = _release(site, post.details) if post.kind == "release" else ()
    return "".join(above), "".join([*rest, *led_to, *below])


def _correction(site: Site, item: dict[str, Any]) -> str:
    by, language = site.faces.get(item.get("by", "")), site.info.language
    signed = f" — {escape(by.name, quote=False)}" if by else ""
    kind = say(language, f"corrections.{item['kind']}")
    when = escape(say(language, "corrections.headed", kind=kind, date=in_words(item["date"], language)), quote=False)
    return f"<p><strong>{when}</strong> {escape(item['text'], quote=False)}{signed}</p>\n"


def _points(heading: str, items: Iterable[str]) -> Iterator[str]:
    shown = "".join(f"<li>{escape(item, quote=False)}</li>" for item in items)
    if shown:
        yield f"<h2>{escape(heading, quote=False)}</h2>\n<ul>{shown}</ul>\n"


def _statement(site: Site, details: dict[str, Any]) -> Iterator[str]:
    language = site.info.language
    for key in POINTS:
        yield from _points(say(language, f"statement.{key}"), details.get(key, ()))
    if details.get("closed"):
        yield _strong(language, "statement.closed", date=in_words(details["closed"], language))
    elif promised := details.get("next_update"):
        yield _strong(language, "statement.next", time=moment_in_words(promised, site.config.timezone, language))


def _strong(language: str, key: str, **places: str) -> str:
    said = say(language, "signed.said", what=say(language, key, **places))
    return f"<p><strong>{escape(said, quote=False)}</strong></p>\n"


def _answer(site: Site, details: dict[str, Any]) -> Iterator[str]:
    if details.get("question"):
        name, language = details.get("asked_by"), site.info.language
        asked = say(language, "answer.asked_by", name=name) if name else say(language, "answer.asked_by_reader")
        question = escape(details["question"], quote=False)
        yield f"<blockquote><p>{question}</p></blockquote>\n<p>{escape(asked, quote=False)}</p>\n"


def _release(site: Site, details: dict[str, Any]) -> Iterator[str]:
    """Facts, and quotes with their speakers: what a journalist who reads by feed needs too."""
    yield from _points(say(site.info.language, "release.facts"), details.get("facts", ()))
    for quote in details.get("quotes", ()):
        said = with_face(quote, site.faces)
        who = ", ".join(part for part in (said["name"], said["role"]) if part)
        signed = f"<p>— {escape(who, quote=False)}</p>\n" if who else ""
        yield f"<blockquote><p>{escape(quote['text'], quote=False)}</p></blockquote>\n{signed}"


KINDS = {"statement": _statement, "answer": _answer}
"""Kind of post -> what stands above its text."""
