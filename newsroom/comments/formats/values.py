"""Owns single values of a stranger's file: words, moments, names, addresses, ids. Pure; trusts nothing it is given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from newsroom import dates

Fields = Mapping[str, Any]
"""One object of a JSON answer, or one row of a table."""

NAME = 200
"""The longest name, in characters."""
ADDRESS = 2000
"""The longest address of a page, in characters."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_LONE = re.compile("[\ud800-\udfff]")
"""Halves of a character that JSON's \\ud800 can bring in; no file can be written with them."""
_TURNED = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of reading: a name must not rearrange the line that it stands in."""
_FOREIGN = re.compile(r"-(?![A-Za-z0-9_])|[^A-Za-z0-9_-]")
_YEARS = range(1600, 3000)
"""What an archive may say: newsroom.dates reads no other year."""
LONGEST = 120
"""The longest id of a comment, in characters; newsroom.read.fields reads up to 200."""
_MOMENT = 60
"""Characters of the longest date and time in any form."""
_NEVER = ("0000-00-00", "0001-01-01")
"""How WordPress and Go write that something has no time."""


class Unreadable(ValueError):
    """What was found is not what the service writes."""

    def __init__(self, message: str, line: int = 0):
        super().__init__(message)
        self.line = line
        """Counts from 1; 0 where it is not known."""


@contextmanager
def on_line(number: int) -> Iterator[None]:
    """What is found unreadable here stands on that line, unless it says another."""
    try:
        yield
    except Unreadable as error:
        raise Unreadable(str(error), error.line or number) from error


def word(fields: Fields, *names: str) -> str:
    """The first of some fields that holds anything, as text: numbers as they are written, yes and no as true and false.

    Raises Unreadable where a list or an object stands in its place.
    """
    for name in names:
        value = fields.get(name)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str | int | float) and value != "":
            return str(value)
        if value is not None and value != "":
            raise Unreadable(f'"{name}" holds {_kind(value)}, where text belongs')
    return ""


def flag(fields: Fields, name: str) -> bool:
    """Whether a field says yes; some services write every value as a string."""
    return word(fields, name).lower() in ("true", "1", "yes")


def part(fields: Fields, name: str) -> Fields:
    """The object in a field; an empty one where there is none. Raises Unreadable where there is something else."""
    value = fields.get(name)
    if value is None:
        return {}
    return mapping(value, f'"{name}"')


def parts(fields: Fields, name: str) -> list[Fields]:
    """The list of objects in a field; an empty one where there is none. Raises Unreadable likewise."""
    value = fields.get(name)
    return [] if value is None else objects(value, f'"{name}"')


def mapping(value: Any, what: str) -> Fields:
    """The value, which is an object. Raises Unreadable if it is not; `what` names it."""
    if not isinstance(value, Mapping):
        raise Unreadable(f"{what} holds {_kind(value)}, where an object belongs")
    return value


def objects(value: Any, what: str) -> list[Fields]:
    """The value, which is a list of objects. Raises Unreadable if it is not; `what` names it."""
    if not isinstance(value, list | tuple):
        raise Unreadable(f"{what} holds {_kind(value)}, where a list belongs")
    return [mapping(each, f"an entry of {what}") for each in value]


def moment(value: Any, unit: float = 1) -> str:
    """A date and time in UTC, whole seconds: `2026-11-02T09:14:00Z`; "" for none.

    A number counts units of so many seconds since 1970. A text without an offset is taken for UTC. Raises Unreadable,
    also for a year that no archive may say.
    """
    if value in (None, "", 0) or (isinstance(value, str) and value.startswith(_NEVER)):
        return ""
    try:
        if isinstance(value, str) and len(value) > _MOMENT:
            raise ValueError
        if isinstance(value, str) and not value.isdigit():
            when = dates.parse(value, "UTC").astimezone(UTC)
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            when = datetime.fromtimestamp(float(value) * unit, UTC)
        else:
            raise ValueError
        if when.year not in _YEARS:
            raise ValueError
    except (ValueError, OverflowError, OSError) as error:
        raise Unreadable(f'"{str(value)[:40]}" is no date and time') from error
    return when.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def line(text: str, longest: int = NAME) -> str:
    """The text as one line, without what cannot be seen."""
    return " ".join(_TURNED.sub("", clean(text)).split())[:longest].rstrip()


def clean(text: str) -> str:
    """The text without control characters; its lines end as ours do."""
    plain = _LONE.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", plain.replace("\u2028", "\n").replace("\u2029", "\n"))


def site(address: str) -> str:
    """The address of an author's page, if it is one to link to: http or https, a host, no password; else ""."""
    address = address.strip()
    try:
        split = urlsplit(address)
        host = split.hostname
    except ValueError:  # "http://[": an address of version 6 that does not end
        return ""
    fine = split.scheme.lower() in ("http", "https") and host and "@" not in split.netloc
    return address if fine and len(address) <= ADDRESS and address.isprintable() and " " not in address else ""


def path(address: str) -> str:
    """What names a page below its host: its path, and its query only where the path names none (`/?p=12`); or ""."""
    try:
        split = urlsplit(address.strip())
    except ValueError:
        return ""
    plain = split.path or "/" if split.netloc else split.path
    return f"/?{split.query}" if plain == "/" and split.query else plain


def account(service: str, who: str) -> str:
    """Who wrote something, as the service tells people apart: `github/ada`; "" where it does not."""
    who = line(who)
    return f"{service}/{who}" if who else ""


def identifier(service: str, own: str) -> str:
    """The id of a comment, which no other comment's id becomes: what is foreign to an anchor is written `--HEX-`.

    >>> identifier("isso", "17"), identifier("giscus", "DC_kw-8="), identifier("x", "-")
    ('isso-17', 'giscus-DC_kw-8--3d-', 'x---2d-')

    A single hyphen before a letter or digit stays; each other one is written so too, so that it can be told apart.
    What gets too long ends in its own digest, and is then exactly LONGEST, which no other id is.
    """
    whole = f"{service}-" + _FOREIGN.sub(lambda found: f"--{ord(found[0]):x}-", own)
    if len(whole) < LONGEST:
        return whole
    told_apart = sha256(whole.encode()).hexdigest()
    return f"{whole[: LONGEST - 1 - len(told_apart)]}-{told_apart}"


def few(told: Sequence[str]) -> str:
    """The first three of some texts, and how many more there are: strangers could fill a screen."""
    more = f", and {len(told) - 3} more" if len(told) > 3 else ""
    return "; ".join(told[:3]) + more


def _kind(value: Any) -> str:
    return {dict: "an object", list: "a list", type(None): "nothing", bytes: "bytes", bool: "yes or no"}.get(
        type(value), "a number" if isinstance(value, int | float) else "text"
    )
