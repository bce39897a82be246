"""Owns phrases: the few signs of their language, and finding many of them at once. Must not know what they mean.

leverag*                       a word with any ending
(best|first)-in-class          one of several; a hyphen may be a space in the text
(very )?excited to announce    what may be missing
(very |so )*excited            what may be missing, or stand there twice
any ... inconvenience          up to six words between
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

FIRST = re.compile(r"[^\W_]+")
WORD = re.compile(r"(?<![\w'-])[^\W_]+")
WIDTH = 4
"""Letters of a word that phrases are filed under: enough that most words of a text meet no phrase at all."""
GAP = r"(?:,?\s+[\w'\u2019&%-]+){0,6}?,?\s+"
SIGNS = (
    (r"\)\*", ")*"), (r"\(", "(?:"), (r"\)", ")"), (r"\|", "|"), (r"\?", "?"),
    (r"\ \.\.\.\ ", GAP), (r"\ ", r"\s+"), (r"\-", r"[-\s\u2010\u2011]"), (r"\*", r"[\w'\u2019]*"),
)  # fmt: skip
"""What is written, escaped -> what it means."""


class Phrase(NamedTuple):
    """A phrase, ready to be looked for."""

    source: str
    exact: bool
    """Whether capitals matter."""
    group: int
    """Which list it is of."""


class Phrases(NamedTuple):
    """Many phrases, filed by the letters they begin with."""

    filed: dict[str, tuple[str, tuple[Phrase, ...]]]
    """Beginning -> (one regular expression for all of them, each of them)."""

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, Phrase]]:
        """(start, end, phrase) of each, in order; of those that begin at one word the longest of each list."""
        end = len(text) if end is None else end
        for word in WORD.finditer(text, start, end):
            near = self.filed.get(word[0][:WIDTH].lower())
            if near and _compiled(near[0]).match(text, word.start(), end):  # most words are done with after one look
                longest: dict[int, tuple[int, int, Phrase]] = {}
                for phrase in near[1]:
                    match = regex(phrase.source, phrase.exact).match(text, word.start(), end)
                    if match and match.end() > longest.get(phrase.group, (0, 0))[1]:
                        longest[phrase.group] = (match.start(), match.end(), phrase)
                yield from longest.values()


def phrases(lists: Iterable[tuple[Iterable[str], bool]]) -> Phrases:
    """File lists of phrases, each with whether its capitals matter. Raises ValueError where one cannot be read."""
    filed: dict[str, list[Phrase]] = {}
    for group, (sources, exact) in enumerate(lists):
        for source in sources:
            phrase = Phrase(source, exact, group)
            for key in _keys(source):
                filed.setdefault(key, []).append(phrase)
    return Phrases({key: (_any(found), tuple(found)) for key, found in filed.items()})


def _any(found: Iterable[Phrase]) -> str:
    return "|".join(f"(?{'' if phrase.exact else 'i'}:{_pattern(phrase.source)})" for phrase in found)


@cache  # half a millisecond each, and most phrases begin with a word that a text does not have
def _compiled(pattern: str) -> re.Pattern:
    return re.compile(pattern)


@cache
def regex(source: str, exact: bool = False) -> re.Pattern:
    """A phrase as a regular expression; where it is `exact`, capitals matter.

    >>> bool(regex("leverag* (our )?strengths").match("leveraging strengths"))
    True
    """
    try:
        return re.compile(_pattern(source), 0 if exact else re.I)
    except re.error as error:
        raise ValueError(f'the phrase "{source}" cannot be read: {error}') from None


def _pattern(source: str) -> str:
    pattern = re.escape(source)
    for sign, meaning in SIGNS:
        pattern = pattern.replace(sign, meaning)
    return rf"(?:{pattern})(?!\.?\w)"


def _keys(source: str) -> set[str]:
    """The beginnings a phrase is filed under. Its first part must be a word, or a choice of words."""
    if source.startswith("("):
        choice, rest = _choice(source)
        keys = {key for each in choice for key in _keys(each)}
        return keys | _keys(rest[1:]) if rest[:1] in ("?", "*") else keys
    first = FIRST.match(source)
    if not first or (len(first[0]) < WIDTH and source[first.end() : first.end() + 1] in ("*", "(")):
        raise ValueError(f'the phrase "{source}" begins with fewer than {WIDTH} letters')
    return {first[0][:WIDTH].lower()}


def _choice(source: str) -> tuple[list[str], str]:
    """What the parentheses at the beginning hold, and what follows them."""
    depth, cuts = 0, [0]
    for at, sign in enumerate(source):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            cuts.append(at)
            break
        if sign == "|" and depth == 1:
            cuts.append(at)
    if depth:
        raise ValueError(f'the phrase "{source}" opens more than it closes')
    return [source[one + 1 : other] for one, other in zip(cuts, cuts[1:], strict=False)], source[cuts[-1] + 1 :]
