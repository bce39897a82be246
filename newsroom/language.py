"""Owns languages: whole phrases with named places, from locales/, and the names of languages. The one use of babel.

Must not know what is said, or of whom: a phrase is asked for by its key, `promise.reads_all`. One theme is at work in a
process at a time; what it says instead is told by `speak` when it is read, and is part of the digests of its site.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from newsroom.model import digest

FOLDER = Path(__file__).parent / "locales"

LANGUAGES = ("en", "de", "fr", "es", "ja", "ar")
"""Those with phrases; English stands in for every other that the theme brings none for."""
RIGHT_TO_LEFT = ("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")
"""Languages that are written so, with phrases or without."""

Phrases = Mapping[str, Any]
"""`table.key` -> phrase, list of words, or forms of a counted word."""

_theirs: dict[str, Phrases] = {}
"""Language -> what the theme at work says instead of our phrases."""


def speak(theirs: Mapping[str, Phrases]) -> None:
    """Let a theme's phrases stand before our own, language by language, until another theme is read."""
    if theirs != _theirs:
        _theirs.clear()
        _theirs.update(theirs)
        for known in (phrases, table, language_name, _number):
            known.cache_clear()


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
    return primary if primary in LANGUAGES or primary in _theirs else LANGUAGES[0]


def direction(tag: str) -> str:
    """Which way a language is written: rtl or ltr.

    >>> direction("ar-EG"), direction("de"), direction("az-Arab")
    ('rtl', 'ltr', 'rtl')
    """
    primary, *more = tag.lower().split("-")
    script = next((part for part in more if len(part) == 4), "")
    return "rtl" if script in ("arab", "hebr") or (primary in RIGHT_TO_LEFT and not script) else "ltr"


@cache
def phrases(language: str) -> Phrases:
    """A language's phrases, the theme's before our own; `language` is any BCP 47 tag."""
    tag = spoken(language)
    own = shipped(tag) if tag in LANGUAGES else {**shipped(LANGUAGES[0]), **_calendar(tag)}
    english = {key: said for key, said in _theirs.get(LANGUAGES[0], {}).items() if key not in own}
    return {**own, **english, **_theirs.get(tag, {})}


def theirs() -> str:
    """Digest of what the theme at work says instead; "" where it says nothing. Part of what a site is made of."""
    return digest(repr(sorted(_theirs.items()))) if _theirs else ""


@cache  # 3 ms a language
def shipped(language: str) -> dict[str, Any]:
    """Our own phrases in one of LANGUAGES."""
    return flat(tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8")))


@cache
def table(language: str, name: str) -> dict[str, Any]:
    """One table of a language's phrases by its own keys: `words["note"]`."""
    start = f"{name}."
    return {key.removeprefix(start): said for key, said in phrases(language).items() if key.startswith(start)}


def flat(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A locale file's tables as phrases by `table.key`."""
    return {f"{table}.{key}": value for table, keys in tables.items() for key, value in keys.items()}


def say(language: str, key: str, **places: str) -> str:
    """A phrase with its places filled.

    >>> say("de", "ways.call", name="Maya")
    'Maya anrufen'
    """
    return phrases(language)[key].format_map(places)


def say_count(language: str, key: str, count: int, **places: str) -> str:
    """A counted phrase in the form that the number takes.

    >>> say_count("en", "comments.number", 1), say_count("en", "comments.number", 1200)
    ('1 comment', '1,200 comments')
    """
    return form(phrases(language)[key], language, count).format_map({"count": number(language, count), **places})


def form(forms: Mapping[str, str], language: str, count: int) -> str:
    """Which of a phrase's forms goes with a number."""
    return forms.get(plural(language, count)) or forms["other"]


def number(language: str, value: float) -> str:
    """A number as the language writes it: `1,234.5`, `1.234,5`."""
    if spoken(language) == LANGUAGES[0] or (isinstance(value, int) and 0 <= value < 1000):
        return f"{value:,}"
    return _number(spoken(language), value)


@cache
def _number(language: str, value: float) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, locale=language, numbering_system="default")


def plural(language: str, count: int) -> str:
    """The category of a number: which of a word's forms goes with it."""
    tag = spoken(language)
    return PLURALS.get(tag, _two)(count) if tag in LANGUAGES else _babel(tag).plural_form(count)


def joined(language: str, kind: str, parts: Sequence[str]) -> str:
    """A list in a sentence; `kind` is "or" or "and".

    >>> joined("en", "or", ["Maya", "Jonas", "Lena"]), joined("es", "or", ["Maya", "Olga"])
    ('Maya, Jonas or Lena', 'Maya u Olga')
    """
    *first, last = parts
    if not first:
        return last
    return f"{phrases(language)['lists.comma'].join(first)}{joint(language, kind, last)}{last}"


def joint(language: str, kind: str, last: str) -> str:
    """What stands before the last of a list; `kind` as for `joined`.

    >>> joint("en", "and", "Lena"), joint("es", "and", "Inés")
    (' and ', ' e ')
    """
    words = phrases(language)
    sounds = words.get(f"lists.{kind}_before", ())  # Spanish: "o" and "y" change before their own sound
    soft = last.lower().startswith(tuple(sounds)) if sounds else False
    return words[f"lists.{kind}_soft" if soft else f"lists.{kind}"].removeprefix("{first}").removesuffix("{last}")


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


def _calendar(language: str) -> dict[str, Any]:
    """Dates in a language that is not ours: CLDR's names and order, as phrases."""
    locale = _babel(language)
    names = {"MMMM": "{month}", "LLLL": "{month}", "MMM": "{month}", "dd": "{day}", "d": "{day}", "y": "{year}"}
    pattern = re.sub(
        r"'([^']*)'|(M{3,4}|L{4}|d{1,2}|y)", lambda m: names.get(m[2], m[1]), locale.date_formats["long"].pattern
    )
    days = locale.days["format"]["wide"]
    return {
        "dates.day": pattern,
        "dates.months": list(locale.months["format"]["wide"].values()),
        "hours.days": [days[n] for n in range(7)],
        **{f"languages.{code}": locale.languages.get(code, code) for code in _codes()},
    }


def _codes() -> list[str]:
    return [key.partition(".")[2] for key in shipped(LANGUAGES[0]) if key.startswith("languages.")]


@cache
def _babel(language: str) -> Any:
    """CLDR's names in a language: 85 ms for the first."""
    from babel import Locale

    return Locale.parse(language)


def _older(zone: str) -> list[str]:
    """Former names of a zone: CLDR never renames one."""
    from babel.core import get_global

    return [old for old, new in get_global("zone_aliases").items() if new == zone]
