"""Owns the filters and functions that templates may use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from newsroom import dates
from newsroom.permalinks import encoded
from newsroom.views import SiteInfo


def FILTERS(timezone: str) -> dict[str, Callable]:  # noqa: N802 - a table that needs the site's zone
    """The filters, documented in docs/themes.md."""
    return {
        "date": dates.in_words,
        "datetime": lambda stamp: dates.moment_in_words(stamp, timezone),
        "day": lambda stamp: stamp[:10],
        "year": lambda stamp: stamp[:4],
        "obscure": obscure,
        "join_names": join_names,
        "minutes": lambda minutes: f"{minutes} minute{'s' if minutes != 1 else ''}",
    }


def FUNCTIONS(info: SiteInfo) -> dict[str, Any]:  # noqa: N802
    """The functions, likewise."""
    return {"href": lambda path: encoded(info.base + path)}


def obscure(text: str) -> Any:
    """An address in hexadecimal references: most harvesters look for `@` and `mailto:` in the bytes. Its query stays."""
    from markupsafe import Markup, escape

    address, mark, query = text.partition("?")
    return Markup("".join(f"&#x{ord(c):x};" for c in address)) + escape(mark + query)


def join_names(names: Iterable[Any]) -> Any:
    """`A, B and C`; markup in the names stays markup."""
    from markupsafe import Markup, escape

    parts = [escape(name) for name in names]
    return Markup(", ").join(parts[:-1]) + Markup(" and ") + parts[-1] if len(parts) > 1 else Markup("").join(parts)
