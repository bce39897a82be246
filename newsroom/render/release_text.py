"""Owns a release as plain text: what a journalist copies. Must not know the Site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from newsroom.dates import in_words
from newsroom.render.plain import plain, ruled, wrapped
from newsroom.render.words import join_names
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


def written(release: Release) -> str:
    """The copy. Addresses stand alone on their line and are never broken."""
    blocks = [wrapped(f"Press release · {release.site}"), ruled(release.title, "=")]
    for item in release.corrections:
        blocks.append(wrapped(f"{item['kind'].capitalize()}, {in_words(item['date'])}: {item['text']}"))
    blocks += [wrapped(part) for part in (release.dateline, release.summary) if part]
    blocks += [[text] for text in (plain(release.html, release.address),) if text]
    blocks += _section("Facts", (line for fact in release.facts for line in wrapped(fact, "- ", "  ")))
    blocks += _sections("Quotes", (list(_quote(quote)) for quote in release.quotes))
    blocks += _sections("Pictures", ([*wrapped(said), href] for said, href in release.pictures))
    blocks += _sections(
        "Questions from the press", (list(person(contact, release.address)) for contact in release.contacts)
    )
    if release.boilerplate:
        blocks += _section(release.about, plain(release.boilerplate, release.address).split("\n"))
    names = str(join_names(face.name for face in release.authors)) if release.authors else ""
    blocks.append([*wrapped(f"Written by {names}." if names else ""), "", release.address])
    blocks.append(["Text and pictures in one file:", release.kit])
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


def _quote(quote: Mapping) -> Iterator[str]:
    yield from wrapped(f"“{quote['text']}”")
    who = f"{quote['name']}, {quote['role']}" if quote.get("role") else quote["name"]
    who += f" (signed off on {in_words(quote['signed_off'])})" if quote.get("signed_off") else ""
    yield from wrapped(who, "-- ", "   ")


def _section(heading: str, lines: Iterable[str]) -> list[list[str]]:
    found = list(lines)
    return [[*ruled(heading), "", *found]] if found else []


def _sections(heading: str, parts: Iterable[list[str]]) -> list[list[str]]:
    found = list(parts)
    return [[*ruled(heading), "", *found[0]], *found[1:]] if found else []
