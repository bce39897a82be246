"""Owns the headings of a text: their levels and identifiers. Must not touch anything else of it."""

from __future__ import annotations

from collections import Counter

from newsroom.permalinks import slugify
from newsroom.read.prose import words
from newsroom.read.sanitise import reserved


def outline(tokens: list) -> tuple[tuple[int, str, str], ...]:
    """Give headings their level and identifier. The page's own heading is the h1; below it no level is left out."""
    above: list[str] = []
    headings, taken = [], Counter()
    for at in [at for at, token in enumerate(tokens) if token.type == "heading_open"]:
        opening, inline, closing = tokens[at : at + 3]
        while above and above[-1] >= opening.tag:
            above.pop()
        above.append(opening.tag)
        level = min(len(above) + 1, 6)
        opening.tag = closing.tag = f"h{level}"
        name = words(inline.children)
        opening.attrs["id"] = _identifier(name, taken)
        headings.append((level, opening.attrs["id"], name))
    return tuple(headings)


def _identifier(name: str, taken: Counter) -> str:
    slug = slugify(name) or "section"
    slug = f"section-{slug}" if reserved(slug) else slug
    ident = slug
    while taken[ident]:
        ident = f"{slug}-{taken[slug]}"
        taken[slug] += 1
    taken[ident] += 1
    return ident
