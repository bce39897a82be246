"""Owns what a theme says instead of our phrases: its locales/<language>.toml. Must not speak: that is for `language`.

A file may say as little as one phrase; one of a language that is not ours adds it, and English stands in for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from newsroom import language, toml
from newsroom.errors import Location, NewsroomError, Problem, did_you_mean

OWN = "theme"
"""The table of phrases that only the theme's own templates ask for."""
FILE = re.compile(r"locales/([a-z]{2,3})\.toml")
KINDS = {str: "a text in quotes", list: "a list of texts", dict: "a table of forms"}


def read(raw: bytes, name: str, shown: str) -> tuple[str, dict[str, Any], list[Problem]]:
    """(language, phrases by `table.key`, problems) of a theme's file `locales/de.toml`, called `shown` in messages."""
    found = FILE.fullmatch(name)
    if not found:
        hint = "call it by the language alone: locales/de.toml"
        return "", {}, [Problem("bad-locale", "is called like no language", Location(shown), hint)]
    try:
        text, tables = toml.read(raw, shown)
    except NewsroomError as error:
        return "", {}, list(error.problems)
    phrases, problems = {}, []
    for table, keys in tables.items():
        for key, said in keys.items() if isinstance(keys, dict) else [("", keys)]:
            wrong = list(_wrong(f"{table}.{key}", said))
            problems += [
                Problem(code, message, toml.locate(text, (table, key) if key else (table,), shown), hint)
                for code, message, hint in wrong
            ]
            if not wrong:
                phrases[f"{table}.{key}"] = said
    return found[1], phrases, problems


def _wrong(key: str, said: Any) -> Iterator[tuple[str, str, str]]:
    """(code, message, hint) of what is wrong with a phrase."""
    ours = language.shipped(language.LANGUAGES[0])
    if key.partition(".")[0] == OWN and key != f"{OWN}.":
        ours = {key: "" if isinstance(said, str) else {}}
    if key not in ours:
        spanish = language.shipped("es")  # whose "y" and "o" have forms that English has not
        if key not in spanish:
            hint = did_you_mean(key, ours, f"All phrases stand in newsroom/locales/en.toml; your own go below [{OWN}].")
            yield "unknown-phrase", f'there is no phrase "{key.rstrip(".")}"', hint
            return
        ours = spanish
    if type(said) is not type(ours[key]):
        yield "bad-phrase", f'"{key}" must be {KINDS[type(ours[key])]}', "write it as newsroom/locales/en.toml does"
    elif isinstance(said, list):
        if not all(isinstance(word, str) for word in said) or (len(said) != len(ours[key]) and "_" not in key):
            yield "bad-phrase", f'"{key}" must be {len(ours[key])} texts', "write it as newsroom/locales/en.toml does"
    elif isinstance(said, dict) and not (said and all(isinstance(form, str) for form in said.values())):
        yield (
            "bad-phrase",
            f'"{key}" must be a table of forms',
            'write { one = "{count} post", other = "{count} posts" }',
        )
    elif isinstance(said, dict) and "other" not in said:
        yield "bad-phrase", f'"{key}" has no form "other"', "every language has that one; the others are those of CLDR"
    elif key.partition(".")[0] != OWN:
        yield from _strange(key, said, ours[key])


def _strange(key: str, said: str | Mapping[str, str], ours: str | Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Places in braces that nobody fills."""
    theirs = [said] if isinstance(said, str) else list(said.values())
    offered = {place for phrase in ([ours] if isinstance(ours, str) else ours.values()) for place in _places(phrase)}
    offered |= {"name"} if offered & {"she", "her", "his"} else set()
    try:
        strange = sorted({place for phrase in theirs for place in _places(phrase)} - offered)
    except ValueError:
        yield "bad-phrase", f'"{key}" has a brace that does not close', "write {name}, or {{ for the sign itself"
        return
    if strange:
        hint = did_you_mean(strange[0], offered, f"It has {', '.join(f'{{{place}}}' for place in sorted(offered))}.")
        yield "bad-phrase", f'nothing fills "{{{strange[0]}}}" in "{key}"', hint if offered else "it has no places"


def _places(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}
