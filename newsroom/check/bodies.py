"""Owns where in the text of a source something stands, as it is written there. Must not know what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsroom.check.rule import Checked
from newsroom.errors import Location
from newsroom.model import NOTHING

FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
"""What opens or closes a block of code (CommonMark 4.5)."""
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
"""Code within a line."""


def shown(checked: Checked) -> list[str]:
    """The sources whose texts pages show: not those of retracted posts, which only say why."""
    site = checked.site
    return [source for source in site.refs if not (source in site.lookup and site.lookup[source][0].content == NOTHING)]


def lines(checked: Checked, source: str) -> Iterator[tuple[int, str]]:
    """Each line of a source's text, with its number in the file. Blocks of code are left out; code within a line is blank."""
    first, text = checked.body(source)
    fence = ""
    for number, line in enumerate(text.split("\n"), first):
        mark = FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif mark:
            fence = mark[1]
        else:
            yield number, CODE.sub(lambda m: " " * len(m[0]), line) if "`" in line else line


def find(checked: Checked, source: str, words: str, within: str = "") -> Location:
    """Where words first stand in a source's text; at its beginning where they do not stand there so.

    `within` is how the place reads, with the words in it: `](#top)` is a link to `#top`.
    """
    within = within or words
    for number, line in lines(checked, source):
        if (at := line.find(within)) >= 0:
            column = at + within.index(words) + 1
            return Location(source, number, column, len(words), (), _line(checked, source, number))
    return Location(source, -1)


def _line(checked: Checked, source: str, number: int) -> str:
    first, text = checked.body(source)
    return text.split("\n")[number - first]
