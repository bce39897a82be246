"""Owns contrast: what WCAG asks of colours, and the nearest colour that has it. Pure."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable
from typing import NamedTuple

TEXT = 4.5
"""Least contrast of text and its ground (WCAG 2.2, 1.4.3, level AA)."""
STEPS = 200
"""How finely lighter and darker shades are tried."""


class Colour(NamedTuple):
    """A colour in sRGB, each part from 0 to 255."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return "#%02x%02x%02x" % self


def colour(text: str) -> Colour | None:
    """A colour as CSS writes it with three or six digits; None where it is none.

    >>> str(colour("#A1c"))
    '#aa11cc'
    """
    digits = text.strip().removeprefix("#")
    if not text.strip().startswith("#") or not re.fullmatch(r"[0-9a-fA-F]{3}|[0-9a-fA-F]{6}", digits):
        return None
    pairs = [digits[at : at + 2] for at in (0, 2, 4)] if len(digits) == 6 else [2 * digit for digit in digits]
    return Colour(*(int(pair, 16) for pair in pairs))


def luminance(of: Colour) -> float:
    """Relative luminance, from 0 (black) to 1 (white): https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    shares = (part / 255 for part in of)
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: Colour, other: Colour) -> float:
    """Contrast of two colours, from 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.

    >>> ratio(Colour(0, 0, 0), Colour(255, 255, 255))
    21.0
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return round((lighter + 0.05) / (darker + 0.05), 10)


def worst(of: Colour, grounds: Iterable[Colour]) -> tuple[float, Colour]:
    """The least contrast with any of the grounds, and with which."""
    return min((ratio(of, ground), ground) for ground in grounds)


def nearest(to: Colour, grounds: Iterable[Colour], least: float = TEXT) -> Colour | None:
    """The shade of a colour that is nearest in lightness and has enough contrast with every ground; None without any.

    >>> white = Colour(255, 255, 255)
    >>> str(nearest(Colour(255, 204, 0), [white])), nearest(Colour(255, 204, 0), [white, Colour(0, 0, 0)], 10)
    ('#8f7200', None)
    """
    grounds = tuple(grounds)
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in to))
    shades = sorted((step / STEPS for step in range(STEPS + 1)), key=lambda shade: abs(shade - lightness))
    made = (_shade(hue, shade, saturation) for shade in shades)
    return next((shade for shade in (to, *made) if worst(shade, grounds)[0] >= least), None)


def mixed(colour: Colour, ground: Colour, share: float) -> Colour:
    """A colour laid thinly over a ground: `share` of it, from 0 to 1."""
    return Colour(*(round(part * share + under * (1 - share)) for part, under in zip(colour, ground)))


def _shade(hue: float, lightness: float, saturation: float) -> Colour:
    return Colour(*(round(part * 255) for part in colorsys.hls_to_rgb(hue, lightness, saturation)))
