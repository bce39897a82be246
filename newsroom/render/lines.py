"""Owns content lines, of which calendars and cards are made: RFC 5545, section 3.1; RFC 2426; RFC 6350, section 3.

Must not know what a line says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

WIDTH = 75
"""Octets of a line without its end."""


def text(value: str) -> str:
    r"""A TEXT value: `\`, `;`, `,` and line breaks escaped, other control characters taken out.

    >>> print(text("Lenses; old, new"))
    Lenses\; old\, new
    """
    if not value.isprintable():
        lines = "\n".join(value.splitlines())
        value = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def structured(*parts: str) -> str:
    """A value of several texts, as N and ORG have: `Okafor;Maya;;;`."""
    return ";".join(map(text, parts))


def uri(value: str) -> str:
    """A URI value. What cannot stand in one is taken out, so that nobody can begin another line.

    It is not escaped (RFC 6350, section 4), and some readers end every value at a comma: so it has neither comma nor
    semicolon.
    """
    if not value.isprintable() or " " in value:
        value = "".join(c for c in value if c.isprintable() and not c.isspace())
    return value.replace(",", "%2C").replace(";", "%3B")


def written(lines: Iterable[str]) -> bytes:
    """The lines as a file: UTF-8, folded, each with its CRLF."""
    return b"".join(folded(line) for line in lines)


def folded(line: str) -> bytes:
    """A line in pieces of 75 octets, the later ones after a space; no character is cut in two."""
    raw, pieces = line.encode("utf-8", "replace"), []
    while len(raw) > (room := WIDTH - bool(pieces)):
        while raw[room] & 0xC0 == 0x80:  # within a character
            room -= 1
        pieces.append(raw[:room])
        raw = raw[room:]
    return b"\r\n ".join([*pieces, raw]) + b"\r\n"
