"""Owns the few types that values of front matter have.

A type is a function (value, pointer, Reader) -> kept value. It reports through the Reader and never raises, so that one
reading finds everything wrong with a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from newsroom import dates
from newsroom.config import LANGUAGE
from newsroom.errors import Location, Problem, did_you_mean
from newsroom.read.frontmatter import Cut

STATES = ("active", "away", "moved", "left")
CORRECTIONS = ("correction", "clarification", "update", "retraction")
HELP = ("written", "edited", "translated", "interviewed", "machine-drafted", "machine-edited", "machine-translated")
FEW = 8
"""So many words are listed in a hint."""
INVISIBLE = dict.fromkeys(
    [
        *range(9),
        *range(14, 28),
        *range(0x7F, 0x85),
        *range(0x86, 0xA0),
        0xFFFE,
        0xFFFF,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0xFEFF,
        0xAD,
    ]
)
"""Control, zero-width and direction characters: in a title they are an accident or a trick. (ZWJ and ZWNJ are kept below.)"""
for _kept in (0x200C, 0x200D):
    del INVISIBLE[_kept]


DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Reader:
    """One file's reading: where it is, the site's zone, and the problems found so far."""

    def __init__(self, path: str, timezone: str):
        self.path, self.timezone, self.problems = path, timezone, []

    def wrong(self, at: tuple, message: str, hint: str = "", code: str = "bad-value") -> None:
        self.problems.append(Problem(code, message, Location(self.path, pointer=at), hint))

    def reported(self, at: tuple, since: int = 0) -> bool:
        """Whether a key is there, but wrong or misspelt: one mistake gives one message."""
        return any(
            p.location.pointer[: len(at)] == at or (p.code == "unknown-key" and f'"{at[-1]}"' in p.hint)
            for p in self.problems[since:]
        )


class Key(NamedTuple):
    """One key of front matter."""

    type: Callable[[Any, tuple, Reader], Any]
    help: str
    default: Any = ""


# ── types ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def line(value: Any, at: tuple, reader: Reader) -> str:
    """A text on one line, without outer spaces or invisible characters."""
    if not isinstance(value, str):
        reader.wrong(at, f"{_name(at)} must be one text, not a list or a map", "put it in quotes if it holds : or [ ]")
        return ""
    seen = value if value.isprintable() else value.translate(INVISIBLE)  # translating takes ten times as long
    return " ".join(seen.split())


def text(value: Any, at: tuple, reader: Reader) -> str:
    """A line in somebody's words; all of them, whatever they hold."""
    kept = line(value, at, reader)
    if isinstance(value, Cut):
        hint = "put the value in quotes; a comment needs two spaces before its # and one after it"
        reader.wrong(at, f'{_name(at)} ends at "{kept}": YAML takes # for the start of a comment', hint, "cut-by-hash")
    return kept


def flag(value: Any, at: tuple, reader: Reader) -> bool:
    """true or false, however YAML's versions spell them."""
    word = line(value, at, reader).lower()
    if word not in ("true", "false", "yes", "no", "on", "off", ""):
        reader.wrong(at, f'{_name(at)} must be true or false, not "{word}"', "write true or false")
    return word in ("true", "yes", "on")


def moment(value: Any, at: tuple, reader: Reader) -> str:
    """A point in time, as RFC 3339."""
    word = line(value, at, reader)
    if not word:
        return ""
    try:
        return dates.parse(word, reader.timezone).isoformat()
    except ValueError as error:
        reader.wrong(at, str(error), dates.hint(error), "bad-date")
        return ""


def day(value: Any, at: tuple, reader: Reader) -> str:
    """A day: `2026-11-02`."""
    return moment(value, at, reader)[:10]


WRITTEN = {moment: '"2026-11-02 09:00"', day: "2026-11-02", text: '"..."'}
"""How a value of a type is written in a hint that shows a whole map."""


def day_or_flag(value: Any, at: tuple, reader: Reader) -> str:
    """A day, or true: `true` and `""` are kept as words, for a map keeps one type."""
    word = line(value, at, reader)
    if word.lower() in ("true", "yes", "on", "false", "no", "off"):
        return "true" if flag(value, at, reader) else ""
    return day(value, at, reader)


def clock(value: Any, at: tuple, reader: Reader) -> str:
    """A time of day: `15:00`."""
    word = line(value, at, reader)
    if word and not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", word):
        reader.wrong(at, f'"{word}" is not a time of day', 'write it as "15:00", in quotes')
    return word


def weekday(value: Any, at: tuple, reader: Reader) -> str:
    """A day of the week, or words that say which; a misspelt English day is a mistake, another language's is none."""
    word = line(value, at, reader)
    if word.lower().removesuffix("s") not in DAYS and (close := get_close_matches(word.lower(), DAYS, 1, 0.8)):
        if not close[0].startswith(word.lower()):
            reader.wrong(at, f'unknown day "{word}"', f'did you mean "{close[0].capitalize()}"?')
    return word


def tag(value: Any, at: tuple, reader: Reader) -> str:
    """A language as BCP 47 names it."""
    word = line(value, at, reader)
    if word and not LANGUAGE.fullmatch(word):
        reader.wrong(at, f'"{word}" is not a language tag', "write it as en, de or pt-BR (BCP 47)")
        return ""
    return word


def number(value: Any, at: tuple, reader: Reader) -> int:
    """A whole number from 1."""
    word = line(value, at, reader)
    if word and not re.fullmatch(r"[1-9][0-9]{0,5}", word):
        reader.wrong(at, f'{at[-1]} must be a whole number, not "{word}"', "write it in digits, as in 60")
        return 0
    return int(word or 0)


def choice(*words: str) -> Callable:
    """One of some words."""

    def read(value: Any, at: tuple, reader: Reader) -> str:
        word = line(value, at, reader).lower()
        if word and word not in words:
            reader.wrong(at, f'unknown {at[-1] if isinstance(at[-1], str) else at[-2]} "{word}"',
                         did_you_mean(word, words, f"It is one of: {', '.join(words)}."))  # fmt: skip
        return word

    return read


def some(of: Callable) -> Callable:
    """A list; one value alone counts as a list of one; a value given twice counts once."""

    def read(value: Any, at: tuple, reader: Reader) -> tuple:
        if value and isinstance(value, str) and (form := getattr(of, "form", "")):
            reader.wrong(at, f"{_name(at)} must be a list of maps", f"write it as {_name(at)}: [{form}]")
            return ()
        items = value if isinstance(value, list) else [] if value in ("", None) else [value]
        kept: list = []
        for n, item in enumerate(items):
            made = of(item, (*at, n) if isinstance(value, list) else at, reader)
            if made and made not in kept:
                kept.append(made)
        return tuple(kept)

    return read


def record(keys: Mapping[str, Key], *required: str) -> Callable:
    """A map with known keys; only those written are kept."""
    wanted = ", ".join(f"{key}: {WRITTEN.get(keys[key].type, '...')}" for key in required or list(keys)[:3])

    def read(value: Any, at: tuple, reader: Reader) -> dict:
        if not isinstance(value, dict):
            reader.wrong(at, f"{_name(at)} must be a map", f"write it as {{{wanted}}}")
            return {}
        before = len(reader.problems)
        kept = read_keys(value, keys, at, reader, defaults=False)
        for key in required:
            if not kept.get(key) and not reader.reported((*at, key), before):
                reader.wrong(at, f"{_name(at)} has no {key}", f"add {key}: ...", "missing-key")
        return kept

    read.form = f"{{{wanted}}}"  # type: ignore[attr-defined]
    return read


def by_name(of: Callable) -> Callable:
    """A map from free names (people, channels) to values of one type."""

    def read(value: Any, at: tuple, reader: Reader) -> dict:
        if not isinstance(value, dict):
            form = "{KEY: 2026-11-02}, with the key of a person" if of is day else "{name: value}"
            reader.wrong(at, f"{_name(at)} must be a map", f"write it as {_name(at)}: {form}")
            return {}
        return {name: of(item, (*at, name), reader) for name, item in value.items() if item not in ("", None)}

    return read


def read_keys(values: Mapping, keys: Mapping[str, Key], at: tuple, reader: Reader, defaults: bool = True) -> dict:
    """Every known key's value; unknown keys are problems."""
    kept: dict[str, Any] = {key: spec.default for key, spec in keys.items()} if defaults else {}
    empty = ""  # the last known key, when nothing stands beside it
    for key, value in values.items():
        if key not in keys:
            below = empty and _belongs(key, value, keys[empty], reader)
            hint = f"indent it under {empty}:" if below else did_you_mean(key, keys, _known(keys, at))
            reader.wrong((*at, key), f'unknown key "{key}"', hint, "unknown-key")
        elif value in ("", None):
            empty = key
        else:
            empty = ""
            kept[key] = keys[key].type(value, (*at, key), reader)
    return kept


def _belongs(key: str, value: Any, spec: Key, reader: Reader) -> bool:
    """Whether a key stands in the map that another key takes."""
    trial = Reader(reader.path, reader.timezone)
    spec.type({key: value}, ("",), trial)
    return all(problem.code == "missing-key" for problem in trial.problems)


def _known(keys: Mapping[str, Key], at: tuple) -> str:
    few = at or len(keys) <= FEW
    return f"It has these keys: {', '.join(keys)}." if few else "The keys are listed in docs/reference.md."


def _name(at: tuple) -> str:
    names = [part for part in at if isinstance(part, str)]
    return names[-1] if names else "the front matter"
