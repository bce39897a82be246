"""Owns the one style sheet of a site: which files of a theme it is joined from, in which order; and makes it small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

NAME = "style.css"
"""What templates call it: `site.assets["style.css"]`."""
FOLDER = "css/"
"""Where a theme keeps its parts, below static/."""
FIRST = "base.css"
"""The part that the others build on: each theme's other parts follow by name, a child's new ones after its parent's."""

Parts = dict[str, str]
"""Name below static/ -> text, in the order of the cascade."""


def is_part(name: str) -> bool:
    """Whether a file below static/ is joined with others."""
    return name == NAME or name.startswith(FOLDER) and name.endswith(".css")


def extended(parent: Parts, own: Mapping[str, str]) -> Parts:
    """The parts of a theme that extends another: its own take the places of those with their names, new ones follow.

    A `style.css` beside the folder is a whole look: then nothing of the parent's remains.

    >>> list(extended({"css/base.css": "a", "css/press.css": "b"}, {"css/press.css": "c", "css/mine.css": "d"}))
    ['css/base.css', 'css/press.css', 'css/mine.css']
    """
    return ({} if NAME in own else parent) | {name: own[name] for name in sorted(own, key=_place)}


def joined(texts: Iterable[str]) -> bytes:
    """One style sheet, without comments and spaces that mean nothing."""
    return _small("\n".join(texts)).encode()


def _place(name: str) -> tuple[bool, bool, str]:
    return name != NAME, name != FOLDER + FIRST, name


def _small(text: str) -> str:
    import rcssmin  # 1 ms

    return rcssmin.cssmin(text, keep_bang_comments=True)
