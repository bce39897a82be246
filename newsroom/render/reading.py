"""Owns what helps to read a text on its page: how long it takes, what is in it, links to its sections. Pure functions.

Feeds carry texts without any of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

WORDS = 230
"""Read in a minute: https://doi.org/10.1016/j.jml.2019.104047 has 238 for English prose."""
SIGNS = {"ja": 500, "zh": 500}
"""Language -> characters read in a minute, where nothing stands between words."""
UNPARTED = ("ja", "zh", "th", "lo", "km", "my", "bo", "dz")
"""Languages that put nothing between words: there are none to count."""
SIGN = re.compile(r"[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""A character of Chinese or Japanese. Words in other letters among them are counted as words."""

MANY, LONG, MOST = 5, 6, 14
"""So many sections want a table of contents; three do where reading takes so many minutes. With the third level it has
at most so many rows, or does without."""


class Section(NamedTuple):
    """A row of a table of contents."""

    id: str
    text: str
    below: tuple[tuple[str, str], ...]
    """(id, text) of each heading of the third level in it."""


def minutes(prose: str, language: str) -> int:
    """How long a text takes to read; 0 in a language whose words nobody can count.

    >>> minutes("word " * 700, "en"), minutes("\u6f22" * 1500 + " NW-3", "ja"), minutes("\u0e01" * 900, "th")
    (3, 3, 0)
    """
    language = language.lower().partition("-")[0]
    if language in SIGNS:
        parted, signs = SIGN.subn(" ", prose)
        words = sum(map(str.isalnum, (word[0] for word in parted.split())))  # not the stops between signs
        return max(1, round(signs / SIGNS[language] + words / WORDS))
    return 0 if language in UNPARTED else max(1, round(word_count(prose) / WORDS))


def word_count(prose: str) -> int:
    """How many words a text has, as many as `split` finds in half its time: prose has no two spaces side by side.

    Where a character is not printable, it may be a space of another kind, beside one of these.
    """
    line = prose.replace("\n", " ")
    return line.count(" ") + 1 if line.isprintable() else len(prose.split())


def contents(headings: Sequence[tuple[int, str, str]], minutes: int) -> tuple[Section, ...]:
    """The table of contents of a text with these headings: (level, id, text) each; () for a short text."""
    sections: list[Section] = []
    for level, ident, text in headings:
        if level == 2 and text:
            sections.append(Section(ident, text, ()))
        elif level == 3 and text and sections:
            sections[-1] = sections[-1]._replace(below=(*sections[-1].below, (ident, text)))
    if len(sections) < MANY and not (len(sections) >= 3 and minutes >= LONG):
        return ()
    if sum(1 + len(section.below) for section in sections) > MOST:
        return tuple(section._replace(below=()) for section in sections)
    return tuple(sections)


HEADING = re.compile(r'<(h[2-6]) id="([^"]+)">((?:(?!<a\b|</h).)+)</\1>', re.DOTALL)
"""A heading as `read.markdown` writes it. One that holds a link cannot be one."""


def linked(html: str, headings: Iterable[tuple[int, str, str]]) -> str:
    """A text whose headings lead to themselves, so that a reader can copy where she is.

    The words are the link: nothing is added for a screen reader to say, nor to what a reader's view takes out.

    >>> linked('<h2 id="a">A <em>b</em></h2>', [(2, "a", "A b")])
    '<h2 id="a"><a class="anchor" href="#a">A <em>b</em></a></h2>'
    """
    known = {escape(ident): ident for _, ident, text in headings if text}
    if not known:
        return html

    def wrapped(found: re.Match) -> str:
        name, ident, words = found.groups()
        if ident not in known:
            return found[0]
        return f'<{name} id="{ident}"><a class="anchor" href="#{ident}">{words}</a></{name}>'

    return HEADING.sub(wrapped, html)
