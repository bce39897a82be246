"""Owns what is known of a picture file without decoding it, and when such a file is broken."""

from __future__ import annotations

import re
from typing import NamedTuple

LARGE = 80_000_000
"""Pixels that a picture may have: to decode more takes over 300 MB of memory. No camera that fits a hand makes as many
by default, and no screen shows a tenth."""

KNOWN = re.compile(rb"Display P3|Adobe RGB|ProPhoto|Rec\.? ?2020|D\0i\0s\0p\0l\0a\0y\0 \0P\0003", re.S)
"""Colour profiles that browsers and printers know by name: they stay. Others can be of one person's screen."""
SRGB = re.compile(rb"sRGB|s\0R\0G\0B")
"""The profile that a picture without one has."""


class Look(NamedTuple):
    """What a picture file says of itself."""

    width: int
    """Pixels, turned the right way up; 0 where it does not say. Likewise `height`."""
    height: int
    moves: bool = False
    """Whether it has several frames."""
    remake: bool = False
    """Whether its pixels must change: it lies on its side, or its colours are not those that screens show."""
    form: str = ""
    few: bool = False
    """Whether it has a palette, or less than 8 bits a colour: made smaller it would have more colours, and more bytes."""


class Broken(ValueError):
    """A picture file that is not whole: `why` is a row of `pictures.WRONG`."""

    def __init__(self, why: str, found: Look | None = None):
        super().__init__(why)
        self.why, self.found = why, found


def upright(width: int, height: int, turned: int) -> tuple[int, int]:
    """Width and height once an orientation (EXIF, 0x0112: 1 to 8) is applied."""
    return (height, width) if 5 <= turned <= 8 else (width, height)


def keeps(profile: bytes) -> bool:
    """Whether a colour profile stays in the file: one that is known, and says what none would not."""
    return bool(KNOWN.search(profile)) and not SRGB.search(profile)


def foreign(profile: bytes) -> bool:
    """Whether pixels with this profile must be converted: nobody else knows it."""
    return bool(profile) and not KNOWN.search(profile) and not SRGB.search(profile)
