"""Owns a release as plain text: what a journalist copies. Must not know the Site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from newsroom.dates import in_words
from newsroom.language import joined, say
from newsroom.render.plain import plain, ruled, wrapped
from newsroom.views import Contact, Face


class Release(NamedTuple):
    """All that stands in the plain-text copy."""

    site: str
    """The newsroom's title."""
    title: str
    summary: str
    dateline: str
    """Where and when, in words."""
    authors: tuple[Face, ...]
    corrections: tuple[Mapping[str, str], ...]
    """date, kind, text each."""
    html: str
    """The text, rendered."""
    facts: tuple[str, ...]
    quotes: tuple[Mapping, ...]
    """text, name, role, signed_off (RFC 3339, or absent) each."""
    pictures: tuple[tuple[str, str], ...]
    """(what is to be said below it, absolute address) each."""
    contacts: tuple[Contact, ...]
    about: str
    """The heading of the boilerplate."""
    boilerplate: str
    """HTML, or ""."""
    address: str
    """Absolute, likewise `kit`: the zip."""
    kit: str
    language: str = "en"
    """Of the words around what was written."""


def written(release: Release) -> str:
    """The copy. Addresses stand alone on their line and are never broken."""
    words = partial(say, release.language)
    blocks = [wrapped(words("release.named", site=release.site)), ruled(release.title, "=")]
    for item in release.corrections:
        kind, day = words(f"corrections.{item['kind']}"), in_words(item["date"], release.language)
        blocks.append(wrapped(words("corrections.told", kind=kind, date=day, text=item["text"])))
    blocks += [wrapped(part) for part in (release.dateline, release.summary) if part]
    blocks += [[text] for text in (plain(release.html, release.address),) if text]
    blocks += _section(words("release.facts"), (line for fact in release.facts for line in wrapped(fact, "- ", "  ")))
    blocks += _sections(words("release.quotes"), (list(_quote(quote, release.language)) for quote in release.quotes))
    blocks += _sections(words("release.plain_pictures"), ([*wrapped(said), href] for said, href in release.pictures))
    blocks += _sections(
        words("release.questions"), (list(person(contact, release.address)) for contact in release.contacts)
    )
    if release.boilerplate:
        blocks += _section(release.about, plain(release.boilerplate, release.address).split("\n"))
    names = joined(release.language, "and", [face.name for face in release.authors]) if release.authors else ""
    blocks.append([*wrapped(words("release.written", names=names) if names else ""), "", release.address])
    blocks.append([words("release.both"), release.kit])
    return "\n\n".join("\n".join(block).strip("\n") for block in blocks) + "\n"


def person(contact: Contact, address: str) -> Iterator[str]:
    """Who can be asked, and how: a line each. `address` is the page's, for ways that lead to one."""
    from urllib.parse import urljoin

    for face in contact.people[:1]:
        yield from wrapped(f"{face.name}, {face.role}" if face.role else face.name)
    for way in contact.actions:
        where = way.text if way.channel in ("email", "phone") or not way.href else urljoin(address, way.href)
        yield f"{way.label.rstrip(':')}: {where}" if where != way.label else where
        if way.note:
            yield from wrapped(way.note)
    for said in (contact.sentence, contact.note):
        if said:
            yield from wrapped(said)


def _quote(quote: Mapping, language: str) -> Iterator[str]:
    yield from wrapped(say(language, "release.quote", text=quote["text"]))
    who = f"{quote['name']}, {quote['role']}" if quote.get("role") else quote["name"]
    if quote.get("signed_off"):
        who = say(language, "release.quoted_signed", who=who, date=in_words(quote["signed_off"], language))
    yield from wrapped(who, "-- ", "   ")


def _section(heading: str, lines: Iterable[str]) -> list[list[str]]:
    found = list(lines)
    return [[*ruled(heading), "", *found]] if found else []


def _sections(heading: str, parts: Iterable[list[str]]) -> list[list[str]]:
    found = list(parts)
    return [[*ruled(heading), "", *found[0]], *found[1:]] if found else []
