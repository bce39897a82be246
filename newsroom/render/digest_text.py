"""Owns the weekly digest as plain text: 72 columns, as a mail without HTML is read. Must not know the Site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsroom.dates import in_words
from newsroom.language import say
from newsroom.render.weekly import Digest, Note, Piece, Portrait

COLUMNS = 72
"""What every mail program shows unbroken, and quotes without breaking (RFC 3676, section 4.2)."""


def written(digest: Digest, site: str, language: str = "en") -> str:
    """The digest; `site` is the newsroom's title, `language` that of the words around what people wrote.

    Addresses stand alone on their line and are never broken.
    """
    title = f"{site}: {digest.heading}"
    blocks = [
        [*_wrapped(title), "=" * min(COLUMNS, len(title)), *_link(say(language, "digest.in_browser"), digest.url)]
    ]
    blocks += [list(_piece(piece, language)) for piece in digest.pieces]
    blocks += _notes(say(language, "digest.corrected"), digest.corrections, language)
    blocks += _notes(say(language, "digest.open"), digest.statements, language)
    if digest.people:
        blocks.append(
            [*_head(say(language, "digest.talk")), *(line for person in digest.people for line in _person(person))]
        )
    blocks += [[*_head(say(language, "follow.title")), digest.follow]]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _piece(piece: Piece, language: str) -> Iterator[str]:
    yield from _head(piece.title)
    names = ", ".join(f"{a.name} ({a.role})" if a.role else a.name for a in piece.authors)
    yield from _wrapped(" · ".join(part for part in (piece.kind, names, in_words(piece.date, language)) if part))
    yield ""
    if piece.question:
        yield from _quoted(piece.question)
        yield ""
    if piece.summary:
        yield from _wrapped(piece.summary)
        yield ""
    yield from _link(say(language, "digest.read"), piece.url)
    if piece.reply:
        yield from _link(f"{piece.reply.label}:", piece.reply.href)


def _notes(heading: str, notes: Iterable[Note], language: str) -> list[list[str]]:
    blocks = []
    for note in notes:
        day = in_words(note.date, language)
        said = say(language, "statement.since", date=day)
        if note.text:
            said = say(language, "corrections.told", kind=note.kind, date=day, text=note.text)
        blocks.append(
            [*_wrapped(note.title), *_wrapped(" — ".join(part for part in (said, note.by) if part)), note.url]
        )
    if blocks:
        blocks[0] = [*_head(heading), *blocks[0]]
    return blocks


def _person(person: Portrait) -> Iterator[str]:
    yield from _wrapped(f"{person.name}, {person.role}" if person.role else person.name)
    yield person.url


def _head(text: str) -> Iterator[str]:
    lines = _wrapped(text)
    yield from lines
    yield "-" * max(map(len, lines))


def _link(label: str, url: str) -> Iterator[str]:
    """On one line where there is room."""
    yield from [f"{label} {url}"] if len(label) + 1 + len(url) <= COLUMNS else [label, url]


def _quoted(text: str) -> Iterator[str]:
    return (f"> {line}".rstrip() for line in _wrapped(text, COLUMNS - 2))


def _wrapped(text: str, columns: int = COLUMNS) -> list[str]:
    """A text in lines; a word that is longer than a line is broken only where its script has no spaces.

    A tenth of the time of `textwrap`, which also knows hyphens and tabs.
    """
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) <= columns:
            line += " " + word
            continue
        lines += [line] if line else []
        while len(word) > columns and not word.isascii():
            lines.append(word[:columns])
            word = word[columns:]
        line = word
    return [*lines, line]
