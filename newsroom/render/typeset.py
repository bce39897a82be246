"""Owns the drawing of social cards: a template of the theme and what it shows become a picture. The one use of typst.

typst is a typesetter in one wheel: shaping, both directions, line breaking. It starts threads outside Python, so
processes of their own call it (`engine.workers.apart`). A card takes 10 to 80 ms, the first of a process 30 more.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from newsroom.errors import Location, NewsroomError, Problem
from newsroom.fonts import is_font

MAIN = "card.typ"
"""The template, in a theme's folder `social`; other files beside it are fonts, and what it imports."""


class Studio(NamedTuple):
    """What cards are drawn with."""

    files: dict[str, tuple[str, str, str]]
    """Name below the theme's folder `social` -> (file, digest, file as messages name it)."""
    fonts: tuple[tuple[str, int], ...]
    """(path, bytes) of the font files beside typst's own."""


def draw(studio: Studio, card: Mapping[str, Any], faces: Mapping[str, bytes]) -> bytes:
    """A card as PNG, 1200 x 630. `card` is what the template gets, `faces` the SVG files that it names.

    Raises NewsroomError with what typst says of the template.
    """
    import typst

    sources = {name: file for name, (file, *_) in studio.files.items() if not is_font(name)}
    texts = {"main.typ" if name == MAIN else name: _text(file) for name, file in sources.items()}
    compiler = _compiler(_folders(studio))
    try:
        made, warnings = compiler.compile_with_warnings(
            input={**texts, **faces}, format="png", ppi=72, sys_inputs={"card": json.dumps(card)}
        )
    except typst.TypstError as error:
        raise _refused(studio, error) from None
    if any("unknown font family" in str(said) for said in warnings) and card["fonts"]:
        raise LookupError(", ".join(card["fonts"]))
    return made if isinstance(made, bytes) else made[0]


def framed(raw: bytes, side: int) -> bytes:
    """A picture in an SVG: typst takes the files that it is handed as text only."""
    data = base64.b64encode(raw).decode()
    href = f"data:image/jpeg;base64,{data}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 {side} {side}">'
        f'<image width="{side}" height="{side}" href="{href}"/></svg>'
    ).encode()


def _refused(studio: Studio, error: Exception) -> NewsroomError:
    """What the template gets wrong: every card would say the same."""
    shown = studio.files[MAIN][2] if MAIN in studio.files else MAIN
    message = f"typst stops in it: {getattr(error, 'message', error)}"
    hints = "; ".join(getattr(error, "hints", ())) or "docs/social-cards.md says what a template gets"
    return NewsroomError([Problem("bad-card", message, Location(shown, 1, 1), hints)])


@lru_cache(64)
def _text(file: str) -> bytes:
    with open(file, "rb") as opened:
        return opened.read()


def _folders(studio: Studio) -> tuple[str, ...]:
    """Where the fonts lie: the theme's come first."""
    return tuple(dict.fromkeys(os.path.dirname(path) for path, _ in studio.fonts))


@lru_cache(4)
def _compiler(folders: tuple[str, ...]) -> Any:
    """A compiler that knows these fonts and typst's own, none of the machine's; it fetches no package."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, font_paths=list(folders))
    nowhere = os.devnull
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True, package_path=nowhere, package_cache_path=nowhere)
