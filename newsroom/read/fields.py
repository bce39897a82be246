"""Owns the types of values that only a newsroom has: channels, comments, consent, states. How types work: see `values`."""

from __future__ import annotations

import re
from typing import Any

from newsroom import channels, permalinks
from newsroom.errors import did_you_mean
from newsroom.providers import PROVIDERS
from newsroom.read.values import (
    STATES,
    Key,
    Reader,
    by_name,
    choice,
    day,
    flag,
    line,
    record,
    some,
    text,
)
from newsroom.spans import span


def image(value: Any, at: tuple, reader: Reader) -> dict | None:
    """A picture beside the file: its name, or a map with file, alt, credit, caption."""
    if isinstance(value, str):
        name = line(value, at, reader)
        return {"file": name} if name else None
    words = {key: Key(text, "") for key in ("alt", "credit", "caption")}
    kept = record({"file": Key(line, ""), **words}, "file")(value, at, reader)
    if isinstance(value, dict) and value.get("alt") == "":
        kept["alt"] = ""  # said to be empty, the picture only decorates: another thing than not said
    return kept or None


def channel(value: Any, at: tuple, reader: Reader) -> str:
    """A way to reach a person: a row of CHANNELS."""
    word = line(value, at, reader)
    if at[-1] not in channels.CHANNELS:
        reader.wrong(at, f'unknown channel "{at[-1]}"', channels.check(at[-1], word), "unknown-channel")
    elif word and (hint := channels.check(at[-1], word)):
        reader.wrong(at, f'"{word}" is not {_article(channels.CHANNELS[at[-1]].title)}', hint, "bad-channel")
    return word


def within(value: Any, at: tuple, reader: Reader) -> str:
    """A span of time in words: `2 working days`."""
    word = line(value, at, reader)
    if word and not span(word):
        reader.wrong(at, f'"{word}" is not a span of time', 'write it as "2 working days", "1 day" or "48 hours"')
    return word


def comments(value: Any, at: tuple, reader: Reader) -> dict:
    """`off`, or a map: provider, thread, open."""
    if isinstance(value, str):
        if flag(value, at, reader):
            return {}
        return {"provider": ""}
    kept = record({"provider": Key(choice(*PROVIDERS), ""), "thread": Key(line, ""), "open": Key(flag, "")})(
        value, at, reader
    )
    return kept


def accounts(value: Any, at: tuple, reader: Reader) -> dict:
    """A map from comment services, or `mail`, to what each calls a person: one name or several."""
    names = some(line)
    kept = by_name(names)(value, at, reader)
    for name in kept:
        if name not in (*PROVIDERS, *ELSEWHERE):
            hint = did_you_mean(
                name, (*PROVIDERS, *ELSEWHERE), "the word before the / of `account` in content/comments/"
            )
            reader.wrong((*at, name), f'unknown comment service "{name}"', hint, "unknown-key")
    return kept


ELSEWHERE = ("mail", "github", "wordpress", "commento")
"""Names in `accounts` that are no service of PROVIDERS: what a service signs in with, what only an export comes from."""


def anchor(value: Any, at: tuple, reader: Reader) -> str:
    """The id of a comment: part of an address."""
    word = line(value, at, reader)
    if word and not re.fullmatch(r"[A-Za-z0-9_-]{1,200}", word):
        reader.wrong(at, f'"{word}" cannot be the id of a comment', "letters, digits, - and _ can stand in an address")
        return ""
    return word


def website(value: Any, at: tuple, reader: Reader) -> str:
    """Somebody's page."""
    word = line(value, at, reader)
    if word and not re.fullmatch(r"https?://[^\s\"'<>\\]+", word):
        reader.wrong(at, f'"{word}" is not a web address', "write it whole, or take it out: https://ada.example")
        return ""
    return word


def words(value: Any, at: tuple, reader: Reader) -> str:
    """Lines of text as they are."""
    if not isinstance(value, str):
        reader.wrong(at, f"{at[-1]} must be text", "write | after the colon, and the words below it, indented")
        return ""
    return value


def path(value: Any, at: tuple, reader: Reader) -> str:
    """An address of this site."""
    word = line(value, at, reader)
    if word and (problem := permalinks.check_path(word)):
        reader.wrong(at, f'the path "{word}" {problem}', "write it as /blog/old-address/", "bad-path")
        return ""
    return word


def slug(value: Any, at: tuple, reader: Reader) -> str:
    """The last part of an address, as it is written."""
    word = line(value, at, reader)
    if word and permalinks.slugify(word) != word:
        better = permalinks.slugify(word)
        reader.wrong(at, f'the slug "{word}" cannot stand in an address',
                     f'write it as "{better}"' if better else "use letters, digits and hyphens", "bad-slug")  # fmt: skip
        return ""
    return word


STATUS = {
    "until": Key(day, "away: the day of return."),
    "cover": Key(line, "away: who answers meanwhile."),
    "on": Key(day, "moved, left: since when."),
    "successor": Key(line, "moved, left: who answers now."),
}


def state(value: Any, at: tuple, reader: Reader) -> dict:
    """`away`, or a map with state and what belongs to it."""
    if isinstance(value, str):
        return {"state": choice(*STATES)(value, at, reader) or "active"}
    return record({"state": Key(choice(*STATES), ""), **STATUS}, "state")(value, at, reader)


def consent(value: Any, at: tuple, reader: Reader) -> dict:
    """What the person agreed to: a field and true or false, and until when."""
    if not isinstance(value, dict):
        reader.wrong(at, "consent must be a map", "write it as consent: {photo: true, email: true, until: 2027-12-31}")
        return {}
    known = {"photo", "until", *channels.CHANNELS}
    for key in value:
        if key not in known:
            hint = f"Consent is for photo, for channels ({', '.join(channels.CHANNELS)}), and until a day."
            hint = channels.closest(key, known, hint)
            reader.wrong((*at, key), f'unknown field "{key}" in consent', hint, "unknown-key")
    return {
        key: (day if key == "until" else flag)(item, (*at, key), reader) for key, item in value.items() if key in known
    }


def _article(title: str) -> str:
    return ("an " if title[:1].lower() in "aeio" else "a ") + title
