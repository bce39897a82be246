"""Owns the rules about headings: they say something, and go down one level at a time. Pure functions of the Site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from newsroom.check.bodies import find, lines, shown
from newsroom.check.rule import Checked, Found
from newsroom.errors import Location

ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*")
"""The two forms of CommonMark (4.2, 4.3)."""
RAW = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.S)
"""In HTML: a heading and what is in it."""
SAYING = re.compile(r">[^<]*[^\s<]|<(?:img|svg)\b")


class Written(NamedTuple):
    """A heading as its writer wrote it."""

    level: int
    where: Location


def heading_order(checked: Checked) -> Iterator[Found]:
    """Find headings that leave a level out: a list of headings, as a screen reader gives it, has a gap there."""
    for source in shown(checked):
        content = checked.content(source)
        if "<h" not in content.html:
            continue
        told = False
        for above, below in pairwise(_written(checked, source)):
            if below.level > above.level + 1:
                told = True
                message = f"a heading of level {below.level} follows one of level {above.level}"
                hint = f"write it with {'#' * (above.level + 1)}: pages mend this, and nothing else that reads the file"
                yield below.where, message, hint
        before = 1  # the title
        for level, _ in RAW.findall(content.html) if not told else ():
            if int(level) > before + 1:
                where = find(checked, source, f"<h{level}")
                message = f"a heading of level {level} follows one of level {before}"
                yield where, message, f"write it as <h{before + 1}>: the title of the page is the first level"
            before = int(level)


def empty_heading(checked: Checked) -> Iterator[Found]:
    """Find headings without a word: who goes from one to the next hears nothing, and nobody can link to it."""
    for source in shown(checked):
        html = checked.content(source).html
        for level, inner in RAW.findall(html) if "<h" in html else ():
            if not SAYING.search(f">{inner}<"):
                yield _empty(checked, source, level), "the heading has no words", "write what follows, or take it out"


def _written(checked: Checked, source: str) -> list[Written]:
    """The headings of a Markdown text; none where a form is used that is not understood here."""
    found, before = [], ""
    for number, line in lines(checked, source):
        if atx := ATX.fullmatch(line):
            place = Location(source, number, line.index("#") + 1, len(atx[1]), (), line)
            found.append(Written(len(atx[1]), place))
        elif (setext := SETEXT.fullmatch(line)) and before.strip() and not re.match(r" {0,3}[>#|*+-]| {4}", before):
            where = Location(source, number - 1, 1, len(before), (), before)
            found.append(Written(1 if setext[1][0] == "=" else 2, where))
            line = ""
        before = line
    return found if len(found) == len(checked.content(source).headings) else []


def _empty(checked: Checked, source: str, level: str) -> Location:
    for number, line in lines(checked, source):
        atx = ATX.fullmatch(re.sub(r"<!--.*?-->", "", line))
        if (atx and not (atx[2] or "").strip("# \t")) or re.search(rf"<h{level}\b[^>]*>\s*</h", line):
            return Location(source, number, 1, max(1, len(line)), (), line)
    return Location(source, -1)
