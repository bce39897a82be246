"""Owns languages: whole phrases with named places, from locales/, and the names of languages. The one use of babel.

Must not know what is said, or of whom: a phrase is asked for by its key, `promise.reads_all`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "locales"

LANGUAGES = ("en", "de", "fr", "es", "ja", "ar")
"""Those with phrases; English stands in for every other."""
RIGHT_TO_LEFT = ("ar",)
"""Those of them."""


def _two(count: int) -> str:
    return "one" if count == 1 else "other"


def _arabic(count: int) -> str:
    if count < 3:
        return ("zero", "one", "two")[count]
    return "few" if 3 <= count % 100 <= 10 else "many" if count % 100 >= 11 else "other"


PLURALS: Mapping[str, Callable[[int], str]] = {"ar": _arabic, "ja": lambda count: "other"}
"""How a language tells numbers apart: the categories of CLDR; one and other where nothing is said."""


def spoken(tag: str) -> str:
    """The language whose phrases serve a BCP 47 tag.

    >>> spoken("de-AT"), spoken("fi"), spoken("")
    ('de', 'en', 'en')
    """
    primary = tag.lower().partition("-")[0]
    return primary if primary in LANGUAGES else LANGUAGES[0]


@cache  # 1 ms a language
def phrases(language: str) -> dict[str, Any]:
    """`table.key` -> phrase, list of words, or forms of a counted word; `language` is any BCP 47 tag."""
    tables = tomllib.loads((FOLDER / f"{spoken(language)}.toml").read_text("utf-8"))
    return {f"{table}.{key}": value for table, keys in tables.items() for key, value in keys.items()}


def say(language: str, key: str, **places: str) -> str:
    """A phrase with its places filled.

    >>> say("de", "ways.call", name="Maya")
    'Maya anrufen'
    """
    return phrases(language)[key].format_map(places)


def plural(language: str, count: int) -> str:
    """The category of a number: which of a word's forms goes with it."""
    return PLURALS.get(spoken(language), _two)(count)


def joined(language: str, kind: str, parts: Sequence[str]) -> str:
    """A list in a sentence; `kind` is "or" or "and".

    >>> joined("en", "or", ["Maya", "Jonas", "Lena"]), joined("es", "or", ["Maya", "Olga"])
    ('Maya, Jonas or Lena', 'Maya u Olga')
    """
    *first, last = parts
    if not first:
        return last
    words = phrases(language)
    sounds = words.get(f"lists.{kind}_before", ())  # Spanish: "o" and "y" change before their own sound
    soft = last.lower().startswith(tuple(sounds)) if sounds else False
    return words[f"lists.{kind}_soft" if soft else f"lists.{kind}"].format(
        first=words["lists.comma"].join(first), last=last
    )


@cache
def language_name(tag: str, language: str = "en") -> str:
    """What a language is called in another: `Finnish`; its tag where nobody knows.

    The common ones stand in locales/: babel takes 85 ms, and a page that needs nothing else should not wait for it.
    """
    known = phrases(language).get(f"languages.{tag.lower().partition('-')[0]}")
    if known and "-" not in tag:
        return known
    if (locale := _babel(spoken(language))) is None:
        return known or tag
    parts = tag.replace("_", "-").split("-")
    whole = "_".join((parts[0].lower(), *(part.title() if len(part) == 4 else part.upper() for part in parts[1:])))
    return locale.languages.get(whole) or known or locale.languages.get(parts[0].lower()) or tag


def language_names(tags: Iterable[str], language: str = "en") -> str:
    """`English and Finnish`, or "" for none."""
    named = [language_name(tag, language) for tag in dict.fromkeys(tags)]
    return joined(language, "and", named) if named else ""


@cache
def place_name(zone: str, language: str = "en") -> str:
    """The place that an IANA zone is named after, as the language writes it: `Berlin`, `モスクワ`."""
    plain = zone.rsplit("/", 1)[-1].replace("_", " ")
    if spoken(language) == LANGUAGES[0]:
        return plain
    cities, known = _babel(spoken(language)).time_zones, (zone, *_older(zone))
    return next((city for name in known if (city := cities.get(name, {}).get("city"))), plain)


def sentences(language: str, parts: Iterable[str]) -> str:
    """One after another; those that are "" are left out."""
    return phrases(language)["lists.between"].join(part for part in parts if part)


@cache
def _babel(language: str) -> Any:
    """CLDR's names in a language: 85 ms for the first."""
    from babel import Locale

    return Locale.parse(language)


def _older(zone: str) -> list[str]:
    """Former names of a zone: CLDR never renames one."""
    from babel.core import get_global

    return [old for old, new in get_global("zone_aliases").items() if new == zone]
