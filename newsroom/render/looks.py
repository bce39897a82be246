"""Owns what a theme's options mean for its looks: colours that can be read, and type. Pure; knows no theme's files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from newsroom.errors import did_you_mean
from newsroom.permalinks import encoded
from newsroom.render import contrast
from newsroom.render.contrast import Colour

PART = "options.css"
"""The last part of the style sheet: what follows from the options."""
TYPES = {
    "serif": '"Iowan Old Style", "Palatino Linotype", "URW Palladio L", P052, "Noto Serif", Georgia, serif',
    "book": 'Charter, "Bitstream Charter", "Sitka Text", Cambria, "Noto Serif", serif',
    "slab": 'Rockwell, "Rockwell Nova", "Roboto Slab", "Noto Serif", serif',
    "sans": 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
    "humanist": 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "Noto Sans", sans-serif',
    "geometric": 'Avenir, Montserrat, Corbel, "URW Gothic", "Noto Sans", sans-serif',
    "mono": 'ui-monospace, "Cascadia Code", Menlo, Consolas, "Noto Sans Mono", monospace',
}
"""Type by name: fonts that readers' systems have, so that nothing is loaded."""
PLACES = {"text": "--serif", "headings": "--heads", "labels": "--sans"}
"""Option -> the custom property that it sets."""
TINTS = (0.12, 0.08, 0.05, 0.03, 0)
"""How much of the accent is in its tint: the most of these on which the accent can be read."""
COMFORT = 7.0
"""Contrast of the shade that is derived for the dark scheme (WCAG 2.2, 1.4.6)."""


class Wrong(NamedTuple):
    """An option that cannot be followed."""

    option: str
    code: str
    message: str
    hint: str


def drawn(
    options: Mapping[str, Any], grounds: Mapping[str, Any], sheet: str, files: Mapping[str, str]
) -> tuple[str, list[Wrong]]:
    """The rules that follow from a theme's options, and what is wrong with these.

    `grounds` are the colours that text stands on, of "light" and "dark"; `sheet` is the theme's own style, `files` are
    its static files: name -> where it is written.
    """
    rules, wrong = [], []
    for made, bad in (_accent(options, grounds, sheet), *(_type(options, place, files) for place in PLACES)):
        rules.append(made)
        wrong += bad
    return "\n".join(filter(None, rules)), wrong


def _accent(options: Mapping[str, Any], grounds: Mapping[str, Any], sheet: str) -> tuple[str, list[Wrong]]:
    """Colours of people's names and words, in light and dark. What is no colour is a word that the style itself knows.

    A theme that says no grounds means something of its own by the option.
    """
    accent, dark = options.get("accent", ""), options.get("accent_dark", "")
    papers, nights = _grounds(grounds, "light"), _grounds(grounds, "dark")
    if not papers or not nights or not isinstance(accent, str) or not isinstance(dark, str):
        return "", []
    words = set(re.findall(r"\[data-accent=\"?([\w-]+)", sheet))
    light, wrong = _colour("accent", accent, words), []
    night = _colour("accent_dark", dark, set())
    wrong += [found for found in (light, night) if isinstance(found, Wrong)]
    if wrong or not isinstance(light, Colour) and not isinstance(night, Colour):
        return "", wrong
    if isinstance(light, Colour):
        wrong += _unreadable("accent", light, papers)
    if isinstance(night, Colour):
        wrong += _unreadable("accent_dark", night, nights)
    elif isinstance(light, Colour):
        night = contrast.nearest(light, nights, COMFORT) or contrast.nearest(light, nights)
    if wrong:
        return "", wrong
    rules = [_scheme(light, papers)] if isinstance(light, Colour) else []
    if isinstance(night, Colour):
        rules.append(f"@media screen and (prefers-color-scheme: dark) {{ {_scheme(night, nights)} }}")
    if isinstance(light, Colour):
        rules.append("@media print { :root { --warm: #000; --warm-tint: #fff; } }")
    return "\n".join(rules), []


def _colour(option: str, written: str, words: Iterable[str]) -> Colour | Wrong | None:
    """The colour; None for "" and for a word of the style."""
    found = contrast.colour(written)
    if found or not written or written in words:
        return found
    kept = f'write a colour with six digits, "#822a5c"{"".join(f", or {word}" for word in sorted(words))}'
    return Wrong(
        option,
        "bad-colour",
        f'the theme option {option} has "{written}", which is no colour',
        did_you_mean(written, words, kept),
    )


def _grounds(grounds: Mapping[str, Any], scheme: str) -> list[Colour]:
    written = grounds.get(scheme, ())
    return [found for text in written if (found := contrast.colour(str(text)))]


def _unreadable(option: str, chosen: Colour, grounds: list[Colour]) -> Iterable[Wrong]:
    reached, ground = contrast.worst(chosen, grounds)
    if reached >= contrast.TEXT:
        return
    better = contrast.nearest(chosen, grounds)
    hint = "choose another colour"
    if better:
        then = _told(contrast.worst(better, grounds)[0])
        hint = f'write {option} = "{better}": the nearest shade that can be read ({then})'
    found = f"its contrast is {_told(reached)}, text needs {contrast.TEXT} : 1"
    message = f'{option} "{chosen}" cannot be read on {ground}: {found}'
    yield Wrong(option, "low-contrast", message, hint)


def _told(ratio: float) -> str:
    """Rounded down: 4.49 is not 4.5."""
    return f"{int(ratio * 10) / 10} : 1"


def _scheme(accent: Colour, grounds: list[Colour]) -> str:
    """The accent, and a tint of the ground on which it can be read."""
    tints = (contrast.mixed(accent, grounds[0], share) for share in TINTS)
    tint = next(tint for tint in tints if contrast.ratio(accent, tint) >= contrast.TEXT)
    return f":root {{ --warm: {accent}; --warm-tint: {tint}; }}"


def _type(options: Mapping[str, Any], option: str, files: Mapping[str, str]) -> tuple[str, list[Wrong]]:
    """The fonts of one place: a name of TYPES, or a file of the theme's static/."""
    written = options.get(option, "")
    if not written or not isinstance(written, str):
        return "", []
    if written in TYPES:
        return f":root {{ {PLACES[option]}: {TYPES[written]}; }}", []
    if written.endswith(".woff2") and written in files:
        beside = TYPES["sans" if option == "labels" else "serif"]
        source = encoded(posixpath.relpath(files[written], "assets"))
        face = f'font-family: "own {option}"; src: url("{source}") format("woff2"); font-weight: 100 900'
        own = f':root {{ {PLACES[option]}: "own {option}", {beside}; }}'
        return f"@font-face {{ {face}; font-display: optional; }}\n{own}", []
    fonts = sorted(name for name in files if name.endswith(".woff2"))
    message = f'the theme option {option} has "{written}", which is neither a type nor a font of the theme'
    hint = f"the types are {', '.join(TYPES)}; a font is a .woff2 file in the theme's static/"
    return "", [Wrong(option, "no-type", message, did_you_mean(written, [*TYPES, *fonts], hint))]
