"""Owns the last look at an output: `contact.email` governs every e-mail address in it, wherever it came from.

Must not know what an output is made of. It sees finished text, so nothing that writes an address can be forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from newsroom.render.detours import detoured

SPELLED = {
    **dict.fromkeys(("html", "xml", "svg", "xsl", "opml"), "markup"), "json": "json",
    **dict.fromkeys(("txt", "vcf", "ics"), "plain"),
}  # fmt: skip
"""Ending of an output's name -> how a character can be written in it. What has another (a feed's old address) says
itself what it is, or holds no words (`_redirects`)."""
FOLDED = (".vcf", ".ics")
"""Their long lines go on after a line break and a space."""

DOMAIN = re.compile(r"(?:[\w-]+\.)+(?:xn--[\w-]+|[^\W\d_]{2,})")
"""Of an address: the last part has letters only."""

PATH = re.compile(r"(?:^|[\s\"'<>=(])(?:/|\w+://)[^\s\"'<>]*$")
"""The beginning of a web address or a path, up to the end of what is looked at."""


def governed(text: str, path: str, mode: str, table: Mapping[str, str]) -> str:
    """The text of an output as `mode` wants it: public | obfuscated | form.

    `table`: people's addresses, lower case -> the whole web address that stands in their place with `form`. A text
    without addresses comes back as it is: 5 µs for 30 kB, with `form` 60.
    """
    spelled = SPELLED.get(path.rpartition(".")[2]) or {"<": "markup", "{": "json"}.get(text[:1])
    if mode == "public" or not spelled:
        return text
    flat = text.replace("\r\n ", "") if path.endswith(FOLDED) else text  # one in a folded line is one still
    made = hidden(detoured(flat, table) if mode == "form" and table else flat, spelled)
    if made is flat or made == flat:
        return text
    return made if flat is text else _folded(made)


def look(made: bytes, path: str, mode: str, table: Mapping[str, str]) -> bytes:
    """The bytes of an output as `mode` wants them. Only those that may hold an address are read as text."""
    if mode == "public" or (mode == "obfuscated" and b"@" not in made and b"%40" not in made):
        return made
    if path.rpartition(".")[2] not in SPELLED and made[:1] not in (b"<", b"{"):
        return made
    text = made.decode()
    new = governed(text, path, mode, table)
    return made if new is text else new.encode()


def _folded(text: str) -> str:
    """Content lines of at most 75 octets (RFC 5545 3.1)."""
    rows = []
    for line in text.split("\r\n"):
        raw, room = line.encode(), 75
        while len(raw) > room:
            cut = room
            while raw[cut] & 0xC0 == 0x80:  # not within a character
                cut -= 1
            rows.append(raw[:cut])
            raw, room = b" " + raw[cut:], 75
        rows.append(raw)
    return b"\r\n".join(rows).decode()


LOCAL = "._%+~-"
"""What may stand before the @ beside letters and digits."""


def hidden(text: str, spelled: str) -> str:
    """The text with every address in it spelled differently, the same to whoever reads the format as it is meant.

    >>> hidden("a@b.org", "markup"), hidden('"a@b.org"', "json"), hidden("a@b.org", "plain")
    ('&#x61;&#x40;&#x62;&#x2e;&#x6f;&#x72;&#x67;', '"a\\\\u0040b.org"', 'a (at) b.org')
    """
    at, sign = _next(text, 0)
    parts, done, scripts = [], 0, None
    while at >= 0:
        if (place := _address(text, at, sign)) and not (sign == "%40" and spelled == "plain"):
            start, end = max(place[0], done), place[1]
            scripts = _scripts(text) if scripts is None else scripts
            if spelled == "plain":
                parts += text[done:start], text[start:at], " (at) ", text[at + 1 : end]
            elif spelled == "json" or any(first < at < last for first, last in scripts):
                parts += text[done:at], f"\\u{ord(sign[0]):04x}", text[at + 1 : end]
            else:
                start -= 7 if text[max(done, start - 7) : start].lower() == "mailto:" else 0
                parts += text[done:start], references(text[start:end])
            done = end
        at, sign = _next(text, max(done, at + 1))
    return "".join([*parts, text[done:]]) if parts else text


def _next(text: str, start: int) -> tuple[int, str]:
    """Where the next @ is, and how it is written: %40 in the query of a link. (-1, "") where there is none."""
    found = [(at, sign) for sign in ("@", "%40") if (at := text.find(sign, start)) >= 0]
    return min(found, default=(-1, ""))


def _address(text: str, at: int, sign: str) -> tuple[int, int] | None:
    """Where the address around this @ stands. A fediverse handle is none, nor is a part of a web address."""
    last, domain = text[at - 1] if at else "", DOMAIN.match(text, at + len(sign))
    if not (last.isalnum() or last in LOCAL) or domain is None:  # "@id" in JSON-LD
        return None
    start = at
    while start and at - start < 64 and (text[start - 1].isalnum() or text[start - 1] in LOCAL):
        start -= 1
    before = text[start - 1 : start]
    if start == at or before == "@" or text[max(0, start - 5) : start].lower() == "acct:":
        return None
    if before == "/" and PATH.search(text[max(0, start - 400) : start]):
        return None
    return start, domain.end()


def _scripts(text: str) -> list[tuple[int, int]]:
    """Where no reference would be read: JSON stands in scripts, and nothing that is shown in styles."""
    found = []
    for name in ("script", "style"):
        at = text.find(f"<{name}")
        while at >= 0:
            end = text.find(f"</{name}", at)
            found.append((at, end if end >= 0 else len(text)))
            at = text.find(f"<{name}", found[-1][1])
    return found


@lru_cache(4096)  # 8 µs
def references(text: str) -> str:
    """Hexadecimal references: most harvesters look for `@` and `mailto:` in the bytes."""
    return "".join([f"&#x{ord(c):x};" for c in text])
