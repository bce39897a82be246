"""Owns the way round a person's e-mail address: where one stands in a text, however spelled, her form's address does.

Must not know outputs: it sees a text in which HTML, XML, JSON, web addresses and plain words may stand in one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape
from itertools import repeat, takewhile
from typing import NamedTuple
from urllib.parse import quote, unquote

REACH = 500
"""Characters looked at on each side of an @: an address of 254, some of them spelled at length."""

INLINE = "a|abbr|b|bdi|cite|code|del|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|tt|u|var|wbr"
BYTE = "%(?:25)*"
TAIL = f"(?:{BYTE}[89abAB][0-9A-Fa-f])"
"""What one character of UTF-8 beyond ASCII goes on with, in a web address."""
UNIT = re.compile(
    rf"(?P<tag>(?:<|&lt;)/?(?:{INLINE})\b(?:(?!&[lg]t;)[^<>]){{0,300}}(?:>|&gt;))"
    r"|&(?:amp;)*(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    rf"|{BYTE}[c-dC-D][0-9A-Fa-f]{TAIL}|{BYTE}[eE][0-9A-Fa-f]{TAIL}{{2}}|{BYTE}[fF][0-4]{TAIL}{{3}}"
    rf"|{BYTE}[0-9A-Fa-f]{{2}}"
    r"|\\(?:u[0-9a-fA-F]{4}|[\"\\/bfnNrt,;])"
    r"|.",
    re.DOTALL,
)
"""One character, however it is spelled; or a tag that does not part two words."""
PLAIN = re.compile(r"[^<&%\\]+")
"""Characters that stand for themselves, as nearly all do: taken together, or a page of a team costs half a second."""

UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that nobody sees: an address with one in it is an address to a reader."""

LOCAL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+=?^_`{|}~-")
"""RFC 5321's, in lower case; without the slash, which ends more addresses than it stands in."""

LINK = re.compile(r"(?:mailto|sips?|xmpp|im):(?://)?([^\s\"'<>]*)$")
"""The beginning of a link to somebody, up to the end of what is looked at."""
COPY = re.compile(r"[?&;](?:cc|bcc|to)=[^&]*$")
PATH = re.compile(r"(?:^|[\s\"'<>=(])(?:\w+:/)?/[^\s\"'<>]*$")


class Unit(NamedTuple):
    """One character of a text, as it is meant."""

    start: int
    end: int
    char: str
    """Lower case; "" is a tag, or what nobody sees."""
    tag: bool


def detoured(text: str, table: Mapping[str, str]) -> str:
    """The text without the addresses of the table: address, lower case -> what stands in its place.

    An address with an @ before it in the table is a fediverse handle, and stays where it stands as one.

    >>> detoured('<a href="mailto:Maya%40b.org?subject=Hi">M&#97;ya@b.org</a>', {"maya@b.org": "https://b.org/#write"})
    '<a href="https://b.org/#write">https://b.org/#write</a>'
    """
    parts, done = [], 0
    for start, end in _marks(text):
        if start >= done and (found := _found(text, start, end, table)):
            first, last, instead = found
            tags = (unit[0] for unit in UNIT.finditer(text, first, last) if unit["tag"])
            parts += text[done : max(done, first)], instead, *tags
            done = last
    return "".join([*parts, text[done:]]) if parts else text


SIGNS = (
    ("@", re.compile("@")),
    ("%", re.compile("%(?:25)*40")),
    ("&", re.compile("&(?:amp;)*(?:#0*64|#[xX]0*40|commat);")),
    ("\\", re.compile(r"\\u0040")),
)
"""What every spelling of an @ begins with, and the spellings. Whether a character is there is known in a µs."""


def _marks(text: str) -> list[tuple[int, int]]:
    """Where every @ begins and ends, however it is spelled."""
    return sorted(found.span() for sign, spelling in SIGNS if sign in text for found in spelling.finditer(text))


def _others(text: str, start: int, names: Iterable[str]) -> bool:
    """Whether the plain letters before an @ are the whole name of somebody who is not looked for: most addresses."""
    near = re.search(r"[\w.+~-]*$", text[max(0, start - 64) : start])[0].lower()
    before = text[start - len(near) - 1 : start - len(near)]
    own = near.partition("+")[0]
    return (
        bool(near) and before not in (*UNSEEN, *";%>\\&") and not any(own.endswith(n) or n.endswith(own) for n in names)
    )


def _found(text: str, start: int, end: int, table: Mapping[str, str]) -> tuple[int, int, str] | None:
    """(start, end, what stands instead) of the person's address around this @."""
    domains = _domains(tuple(table))
    after = text[end : end + 64].lower()
    begun = re.match(r"[\w.-]*", after)[0]
    if not any(after.startswith(domain) or domain.startswith(begun) for domain in domains):
        return None  # a fediverse handle, most often
    if _others(text, start, [name for people in domains.values() for name in people]):
        return None
    right = list(takewhile(_in_address, _units(text, end, end + REACH)))
    left = list(_units(text, max(0, start - REACH), start))
    for tagged in (False, True):
        local, host = _run(reversed(left), tagged)[::-1], _run(right, tagged)
        before, behind = "".join([u.char for u in local]), "".join([u.char for u in host])
        for domain, people in domains.items():
            if behind.startswith(domain) and not re.match(r"[^\W_]|\.[a-z]{2}(?![^\W_])", behind[len(domain) :]):
                for name, address in people.items():
                    if own := _named(name).search(before):
                        handle = f"@{address}" in table
                        return _whole(text, left, local[own.start()], host[len(domain) - 1], table[address], handle)
    return None


@lru_cache(8)
def _domains(addresses: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Domain -> local part -> address."""
    made: dict[str, dict[str, str]] = {}
    for address in addresses:
        local, domain = address.rsplit("@", 1)
        made.setdefault(domain, {})[local] = address
    return made


@lru_cache(4096)
def _named(local: str) -> re.Pattern:
    """A local part at the end of some text, alone or with a tag (`maya+news`), and not the end of a longer one."""
    return re.compile(rf"(?<![^\W_])(?<![^\W_][._+~-]){re.escape(local)}(?:\+[\w.+~-]*)?$")


def _units(text: str, start: int, end: int) -> Iterator[Unit]:
    end = min(end, len(text))
    while start < end:
        if plain := PLAIN.match(text, start, end):
            raw, last = plain[0], plain.end()
            chars = raw.lower() if raw.isascii() else ["" if c in UNSEEN else c.lower()[:1] for c in raw]
            yield from map(Unit, range(start, last), range(start + 1, last + 1), chars, repeat(False))
        else:
            unit = UNIT.match(text, start, end)
            raw, last = unit[0], unit.end()
            char = raw if len(raw) == 1 or unit["tag"] else _meant(raw)
            seen = "" if unit["tag"] or char in UNSEEN else char.lower()[:1]
            yield Unit(start, last, seen, bool(unit["tag"]))
        start = last


def _meant(raw: str) -> str:
    """The character that a longer spelling means; a space where it is none that an address can have."""
    if raw[0] == "&":
        return unescape("&" + raw[1:].replace("amp;", "") if raw != "&amp;" else raw) or " "
    if raw[0] == "%":
        char = unquote(re.sub("%(?:25)+(?=[0-9A-Fa-f]{2})", "%", raw), errors="replace")
        return char if char in LOCAL or char.isalnum() or char in "@:/?&" else "\0"  # it ends no attribute, no link
    return chr(int(raw[2:], 16)) if raw[1] == "u" else raw[1] if raw[1] in '"\\/,;' else " "


def _run(units: Iterable[Unit], tagged: bool) -> list[Unit]:
    """The characters up to the first that no address has; `tagged`: tags do not end it."""
    run = []
    for unit in units:
        if not _in_address(unit) or unit.tag and not tagged:
            break
        if unit.char:
            run.append(unit)
    return run


def _in_address(unit: Unit) -> bool:
    """Whether an address can go on with it: so it can with a tag, and with what nobody sees."""
    return not unit.char or unit.char in LOCAL or unit.char.isalnum()


def _whole(
    text: str, left: Sequence[Unit], first: Unit, last: Unit, instead: str, handle: bool
) -> tuple[int, int, str] | None:
    """What has to go with an address: the link that it is the reason of, what makes a handle of it.

    None where a fediverse handle is spelled like it, and `handle` says that she has one.
    """
    before = [unit for unit in left if unit.start < first.start and unit.char]
    lead = "".join([unit.char for unit in before])
    if mark := next((mark for mark in ("@", "acct:") if lead.endswith(mark)), ""):
        if handle:
            return None
        first, before, lead = before[-len(mark)], before[: -len(mark)], lead.removesuffix(mark)
    if link := LINK.search(lead):
        if "?" not in link[1]:
            quoted = lead[: link.start()][-1:]
            return before[link.start()].start, _end(text, last.end, quoted if quoted in ('"', "'") else ""), instead
        return first.start, last.end, "" if COPY.search(link[1]) else quote(instead, safe="")
    return first.start, last.end, quote(instead, safe="") if PATH.search(lead) else instead


def _end(text: str, at: int, quoted: str) -> int:
    """Where a link ends: at its closing quote, or with its last word."""
    if not quoted and text[at : at + 1] not in ("?", ","):
        return at
    end = at
    for unit in _units(text, at, len(text)):
        if unit.char == quoted if quoted else unit.tag or unit.char in " \t\r\n\"'<>)":
            return unit.start
        end = unit.end
    return end
