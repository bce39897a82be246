"""Owns fonts: which files there are, which characters each can draw, which of them a text needs.

The one use of fontTools. Must not draw. The typesetter brings two families (OWN); what they lack comes from folders that
the settings name, and from the theme: nothing depends on what else a machine happens to have.
"""

from __future__ import annotations

import os
import re
import struct
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from newsroom.model import digest_of

ENDINGS = (".ttf", ".otf", ".ttc", ".otc")

OWN = re.compile(
    r"[ -~\u00a0-\u034e\u0350-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u04ff\u0531-\u0556"
    r"\u0559-\u058a\u0591-\u05c7\u05d0-\u05ea\u05ef-\u05f4\u10d0-\u10ff\u1d00-\u1f15\u1f18-\u1f1d\u1f20-\u1f45"
    r"\u1f48-\u1f4d\u1f50-\u1f57\u1f5f-\u1f7d\u1f80-\u1fb4\u1fb6-\u1fc4\u1fc6-\u1fd3\u1fd6-\u1fdb\u1fdd-\u1fef"
    r"\u1ff6-\u1ffe\u2000-\u2027\u202f-\u2037\u2039-\u2040\u2044-\u204b\u2074-\u208e\u20a0-\u20bf\u2116\u2122"
    r"\u2153-\u2184\u2190-\u219b\u2200-\u220d\u220f-\u221c\u2260-\u2262\u2264\u2265\ufb00-\ufb06\ufb1d-\ufb36"
    r"\ufb46-\ufb4e]"
)
"""What typst's own Libertinus Serif and New Computer Modern draw upright, italic and bold: Latin, Greek, Cyrillic,
Armenian, Georgian, Hebrew. Read off the fonts that are in the wheel of 0.15; a test looks whether they still do."""

UNSEEN = re.compile(
    r"[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
"""Characters that say how others are drawn, and have no shape themselves."""

PICTORIAL = ("So", "Sk", "Cn", "Co", "Cs")
"""General categories of emoji and other signs that a sentence can do without, and of what is no character."""

SERIF = re.compile(r"serif|naskh|mincho|myungjo|song", re.I)
"""Families that go with a serif."""

HAN = {"ja": "JP", "ko": "KR", "zh": "SC", "zh-tw": "TC", "zh-hant": "TC", "zh-hk": "HK"}
"""Language -> the end of a family's name that draws Han as its readers write it."""

PACKAGES = (
    ("HIRAGANA", "Noto Serif CJK", "fonts-noto-cjk"), ("KATAKANA", "Noto Serif CJK", "fonts-noto-cjk"),
    ("CJK", "Noto Serif CJK", "fonts-noto-cjk"), ("HANGUL", "Noto Serif CJK", "fonts-noto-cjk"),
    ("ARABIC", "Noto Naskh Arabic", "fonts-noto-core"),
)  # fmt: skip
"""First word of a character's Unicode name -> family to add, Debian package that has it; others: Noto Serif <script>."""


def is_installed() -> bool:
    """Whether cards can be drawn. Imports nothing of it."""
    return all(find_spec(package) is not None for package in ("typst", "fontTools"))


class Font(NamedTuple):
    """One upright face of ordinary weight."""

    family: str
    ranges: tuple[tuple[int, int], ...]
    """First and last code point of each run that it can draw."""

    def draws(self, character: str) -> bool:
        """Whether it has a shape for a character."""
        point = ord(character)
        return any(first <= point <= last for first, last in self.ranges)


def strange(text: str) -> frozenset[str]:
    """The characters of a text that the typesetter's own fonts cannot draw."""
    return frozenset(UNSEEN.sub("", OWN.sub("", text)))


def absent(root: Path, folders: Iterable[str]) -> list[str]:
    """Those of the folders that are not there."""
    return [folder for folder in folders if not (root / folder).is_dir()]


def files(root: Path, folders: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """(path, bytes) of every font file below some folders, seen from the site's root unless they begin with /."""
    found = []
    for folder in folders:
        for at, _, names in os.walk(root / folder):
            found += [os.path.join(at, name) for name in names]
    return sized(sorted(found))


def sized(paths: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """(path, bytes) of the fonts among some files."""
    return tuple((path, os.path.getsize(path)) for path in paths if is_font(path))


def is_font(path: str) -> bool:
    """Whether a file is a font by its name."""
    return path.lower().endswith(ENDINGS)


def read(path: str) -> tuple[tuple[str, tuple[tuple[int, int], ...]], ...]:
    """The upright, ordinary faces of a file as plain values of Font; () for a file that is no font."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    with open(path, "rb") as file:
        try:
            several = path.lower().endswith("c")
            faces = TTCollection(file, lazy=True).fonts if several else [TTFont(file, lazy=True)]
            return tuple(row for face in faces for row in _faces(face))
        except (TTLibError, OSError, KeyError, AttributeError, AssertionError, struct.error):
            return ()


def _faces(font) -> Iterable[tuple[str, tuple[tuple[int, int], ...]]]:  # noqa: ANN001 - a TTFont
    """Its row, where it is upright and neither light nor bold."""
    look, names = font["OS/2"], font["name"]
    family = names.getDebugName(16) or names.getDebugName(1) or ""
    if family and 350 <= look.usWeightClass <= 550 and look.usWidthClass == 5 and not look.fsSelection & 0b1000000001:
        yield family, _runs(font.getBestCmap() or ())


def _runs(points: Iterable[int]) -> tuple[tuple[int, int], ...]:
    runs: list[list[int]] = []
    for point in sorted(points):
        if runs and point == runs[-1][1] + 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return tuple((first, last) for first, last in runs)


def chosen(text: str, fonts: Sequence[Font], language: str = "") -> tuple[tuple[str, ...], frozenset[str]]:
    """(families in the order in which they are tried, characters that none of them has): as few families as do."""
    wanted, families = strange(text), []
    ranked = sorted(fonts, key=lambda font: (*_rank(font.family, language), font.family)) if wanted else ()
    while wanted and ranked:
        best = max(ranked, key=lambda font: sum(map(font.draws, wanted)))  # the first of equals
        had = frozenset(filter(best.draws, wanted))
        if not had:
            break
        families.append(best.family)
        wanted -= had
    return tuple(families), wanted


def _rank(family: str, language: str) -> tuple[bool, bool]:
    tag = language.lower()
    script = HAN.get(tag) or HAN.get(tag.partition("-")[0], "JP")
    return not family.endswith(script), not SERIF.search(family)


def without(text: str, missing: frozenset[str]) -> str:
    """A text without the signs that no font has; "" where it lacks a letter: no card shows empty boxes."""
    if not missing.intersection(text):
        return text
    if any(unicodedata.category(c) not in PICTORIAL for c in missing.intersection(text)):
        return ""
    return " ".join("".join(c for c in text if c not in missing).replace("\ufe0f", "").replace("\u200d", "").split())


def advice(missing: Iterable[str]) -> tuple[str, str, str]:
    """(script, family, Debian package) that characters ask for: `("Thai", "Noto Serif Thai", "fonts-noto-core")`."""
    letters = sorted(missing)
    first = next((c for c in letters if unicodedata.category(c) not in PICTORIAL), letters[0])
    if unicodedata.category(first) in PICTORIAL:
        return "emoji", "Noto Color Emoji", "fonts-noto-color-emoji"
    word = unicodedata.name(first, "UNKNOWN").split()[0].split("-")[0]
    family, package = next(
        ((family, package) for name, family, package in PACKAGES if name == word),
        (f"Noto Serif {word.capitalize()}", "fonts-noto-core"),
    )
    return word.capitalize() if word != "CJK" else "Han", family, package


class Shelf:
    """Some font files, read when a text first needs them; `kept(key, make)` may remember what was read."""

    def __init__(
        self, listed: tuple[tuple[str, int], ...], kept: Callable[[str, Callable], tuple] = lambda key, make: make()
    ):
        self.listed, self.kept = listed, kept
        self._fonts: tuple[Font, ...] | None = None

    @property
    def fonts(self) -> tuple[Font, ...]:
        """Every upright face of ordinary weight."""
        if self._fonts is None:
            rows = (
                row
                for path, size in self.listed
                for row in self.kept(digest_of("font", path, size), lambda path=path: read(path))
            )
            self._fonts = tuple(Font(family, ranges) for family, ranges in rows)
        return self._fonts

    def chosen(self, text: str, language: str = "") -> tuple[tuple[str, ...], frozenset[str]]:
        """What `chosen` says of a text; nothing is read for one that needs nothing."""
        return chosen(text, self.fonts if strange(text) else (), language)
