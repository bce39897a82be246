"""Owns what a template is made of: the templates that it names, and those that they name. Texts in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from newsroom.model import digest

Texts = Mapping[str, tuple[str, str]]
"""Name of a template -> (file, text)."""

REFERENCE = re.compile(r"{%[-+]?\s*(?:extends|include|import|from)\b\s*(.+?)\s*[-+]?%}", re.S)
LITERAL = re.compile(r"""(["'])([^"']+)\1\s*(?:$|(?:as|import|with|without|ignore)\b)""")
"""A name that is one text. `"a.html" if x else "b.html"` is none: it could be either."""
SHIPPED = "newsroom/themes/"
"""How messages call the folder of the themes that ship with newsroom."""


def reached(name: str, texts: Texts) -> list[str]:
    """A template and all it reaches, sorted. A name that is computed could be any: then it is made of them all."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        at = waiting.pop()
        if at in found or at not in texts:
            continue
        found.add(at)
        for name in _named(texts[at][1]):
            waiting += [name] if name else list(texts)
    return sorted(found)


def closure(name: str, texts: Texts) -> str:
    """Digest of a template and all it reaches."""
    return digest("".join(f"{at}\0{digest(texts[at][1])}" for at in reached(name, texts)))


def circle(name: str, texts: Texts, before: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The names by which a template leads back to itself, a site's own first; () where none does."""
    if name in before:
        ring = before[before.index(name) :]
        first = ring.index(min(ring, key=lambda at: (texts[at][0].startswith(SHIPPED), at)))
        return (*ring[first:], *ring[: first + 1])
    below = (other for other in _named(texts[name][1]) if other in texts)
    return next((found for other in below if (found := circle(other, texts, (*before, name)))), ())


def mention(template: tuple[str, str], name: str) -> tuple[str, int]:
    """The file of a template, and the line on which it names another."""
    file, text = template
    found = (match.start() for match in REFERENCE.finditer(text) if list(_named(match[0])) == [name])
    return file, text.count("\n", 0, next(found, 0)) + 1


def _named(text: str) -> Iterator[str]:
    """The templates that a template names; "" for a name that is computed."""
    for expression in REFERENCE.findall(text):
        literal = LITERAL.match(expression)
        yield literal[2] if literal else ""
