"""Owns finding words in a file: where a sentence that readers see stands in the Markdown that makes it."""

from __future__ import annotations

import re

from newsroom.check.rule import Checked
from newsroom.errors import Location

BETWEEN = r"(?:[^\w\n]|\n(?!\s*\n)|\]\([^)\n]*\)|<[^>\n]*>)+?"
"""What may stand between two words: spaces, one line break, marks, the target of a link."""


def spot(checked: Checked, source: str, words: str) -> Location:
    """Where words of a source's body begin, with the line; the body's first line where they are not found."""
    first, text = checked.body(source)
    whole = re.findall(r"\w+", words)
    for count in (8, 4, 2, 1):
        pattern = BETWEEN.join(map(re.escape, whole[:count]))
        if whole[:count] and (found := re.search(rf"(?<!\w){pattern}(?!\w)", text)):
            return _at(source, first, text, found.start(), found.end())
    filled = re.search(r"\S", text)
    return _at(source, first, text, filled.start(), filled.start() + 1) if filled else Location(source, 1)


def exactly(checked: Checked, source: str, words: str) -> Location | None:
    """Where these very characters stand in a source's body, or None."""
    first, text = checked.body(source)
    start = text.find(words)
    return _at(source, first, text, start, start + len(words)) if words and start >= 0 else None


def _at(source: str, first: int, text: str, start: int, end: int) -> Location:
    begin = text.rfind("\n", 0, start) + 1
    line = text[begin:].split("\n", 1)[0]
    length = min(end, begin + len(line)) - start
    return Location(source, first + text.count("\n", 0, start), start - begin + 1, max(1, length), (), line)
