"""Owns the filters and functions that templates may use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import groupby
from typing import Any

from newsroom import dates
from newsroom.language import language_names
from newsroom.permalinks import encoded
from newsroom.views import Card, SiteInfo


def FILTERS(timezone: str) -> dict[str, Callable]:  # noqa: N802 - a table that needs the site's zone
    """The filters, documented in docs/themes.md."""
    return {
        "date": lru_cache(4096)(dates.in_words),
        "datetime": lambda stamp: dates.moment_in_words(stamp, timezone),
        "day": lambda stamp: stamp[:10],
        "year": lambda stamp: stamp[:4],
        "years": years,
        "join_names": join_names,
        "languages": language_names,
        "minutes": lambda minutes: f"{minutes} minute{'s' if minutes != 1 else ''}",
    }


def FUNCTIONS(info: SiteInfo) -> dict[str, Any]:  # noqa: N802
    """The functions, likewise."""
    return {"href": lru_cache(1024)(lambda path: encoded(info.base + path))}


def years(cards: Iterable[Card]) -> list[tuple[str, list[Card]]]:
    """Cards in the order they have, under their years."""
    return [(year, list(written)) for year, written in groupby(cards, lambda card: card.date[:4])]


def join_names(names: Iterable[Any]) -> Any:
    """`A, B and C`; markup in the names stays markup."""
    from markupsafe import Markup, escape

    *others, last = [escape(name) for name in names] or [""]
    return Markup(" and ".join([", ".join(others), last] if others else [last]))
