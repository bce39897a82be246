"""Owns the filters and functions that templates may use, each in the language of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from itertools import groupby
from typing import Any

from newsroom import dates, language
from newsroom.errors import did_you_mean
from newsroom.permalinks import encoded
from newsroom.views import Card, SiteInfo


def FILTERS(info: SiteInfo) -> dict[str, Callable]:  # noqa: N802 - a table that needs the site's zone and language
    """The filters, documented in docs/themes.md."""
    said = info.language
    return {
        "date": lru_cache(4096)(lambda stamp: dates.in_words(stamp, said)),
        "datetime": lambda stamp, zoned=True: dates.moment_in_words(stamp, info.timezone, said, zoned),
        "day": lambda stamp: stamp[:10],
        "year": lambda stamp: stamp[:4],
        "years": years,
        "number": partial(language.number, said),
        "join_names": partial(join_names, said),
        "languages": lambda tags: language.language_names(tags, said),
        "minutes": lambda minutes: language.say_count(said, "post.minutes", minutes),
    }


def FUNCTIONS(info: SiteInfo) -> dict[str, Any]:  # noqa: N802
    """The functions, likewise."""
    words = language.phrases(info.language)
    return {
        "href": lru_cache(1024)(lambda path: encoded(info.base + path)),
        "say": partial(say, words),
        "say_count": partial(say_count, words, info.language),
        "say_forms": partial(say_forms, words),
        "joint": partial(joint, info.language),
        "direction": language.direction,
    }


def say(words: language.Phrases, key: str, /, **places: Any) -> str:
    """A phrase with its places filled; where one of them is markup, so is the result. 0.2 µs without places."""
    phrase = words.get(key) or _known(words, key)
    return _filled(phrase, key, places) if places else phrase


def say_count(words: language.Phrases, tag: str, key: str, count: int, /, **places: Any) -> str:
    """A counted phrase in the form that the number takes."""
    phrase = language.form(_known(words, key), tag, count)
    return _filled(phrase, key, {"count": language.number(tag, count), **places})


def say_forms(words: language.Phrases, key: str) -> list[tuple[str, str]]:
    """A counted phrase for a script that counts: (category of CLDR, the phrase with "{}" for the number) each."""
    return [(form, phrase.replace("{count}", "{}")) for form, phrase in _known(words, key).items()]


def joint(tag: str, loop: Any, text: str = "", kind: str = "and") -> str:
    """What stands before an item of a list that a loop writes: nothing, a comma, or " and "; `text` is the item's."""
    if loop.first:
        return ""
    return language.joint(tag, kind, text) if loop.last else language.phrases(tag)["lists.comma"]


def _known(words: language.Phrases, key: str) -> Any:
    if key not in words:
        raise LookupError(f'there is no phrase "{key}": {did_you_mean(key, words)}'.rstrip(": "))
    return words[key]


def _filled(phrase: str, key: str, places: dict[str, Any]) -> str:
    try:
        if any(type(value) is not str and hasattr(value, "__html__") for value in places.values()):
            from markupsafe import Markup, escape

            return Markup(escape(phrase)).format(**places)
        return phrase.format_map(places)
    except KeyError as missing:
        raise LookupError(f'the phrase "{key}" needs {missing.args[0]}') from None


def years(cards: Iterable[Card]) -> list[tuple[str, list[Card]]]:
    """Cards in the order they have, under their years."""
    return [(year, list(written)) for year, written in groupby(cards, lambda card: card.date[:4])]


def join_names(tag: str, names: Iterable[Any]) -> Any:
    """`A, B and C`; markup in the names stays markup."""
    from markupsafe import Markup, escape

    *others, last = [escape(name) for name in names] or [Markup("")]
    if not others:
        return last
    comma = escape(language.phrases(tag)["lists.comma"])
    return Markup(comma.join(others) + escape(language.joint(tag, "and", last.striptags())) + last)
