"""Owns the rule about signs that are nothing alone, and a manner where many come together. Must not judge a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsroom.voice.heard import Heard, Hit, Line, signs
from newsroom.voice.languages import SIGNS
from newsroom.voice.text import Finding

FEWEST = 4
"""Signs: fewer than that are chance."""
TALK = 2.5
"""Times in a hundred words that somebody is heard: then a person speaks, and nothing is counted."""
SHORT = re.compile(r"\w+(?:n't|'m|'ve|'ll|'re|'d)")
"""How people write what they would say."""
NAMED = 5
"""Signs that are named in a message."""


class Sign(NamedTuple):
    """A phrase that is nothing alone, where it stands first."""

    line: Line
    hit: Hit

    @property
    def words(self) -> str:
        """As they are written."""
        return self.line.heard[self.hit.start : self.hit.end]


def institutional(heard: Heard, least: int) -> Iterator[Finding]:
    """Find texts with `least` signs in a hundred words, less what shows a person: an I, a question, a `don't`."""
    count, spoken = sum(len(line.words) for line in heard.lines), _spoken(heard)
    if 100 * spoken > TALK * count:
        return
    found = _signs(heard)
    score = weight(found) - spoken
    if score < FEWEST or 100 * score < least * count or all(sign.line is found[0].line for sign in found):
        return
    line = max(dict.fromkeys(sign.line for sign in found), key=lambda line: sum(sign.line is line for sign in found))
    told = sorted((sign for sign in found if not sign.hit.group.lesser), key=lambda sign: -len(sign.words))[:NAMED]
    named = ", ".join(f'"{sign.words}"' for sign in told)
    groups = [sign.hit.group for sign in found if not sign.hit.group.lesser]
    message = (
        f"{len(found)} phrases that offices use come together in these {count} words, each harmless alone: {named}"
    )
    ask = max(groups, key=groups.count).ask
    yield heard.said(line, SIGNS, line.start, line.end, message, ask, whole=True)


def weight(found: list[Sign]) -> int:
    """How many they are; the lesser count beside others only: a recipe is in the passive, and written by a cook."""
    lesser = sum(sign.hit.group.lesser for sign in found)
    return len(found) - lesser + min(lesser, (len(found) - lesser) // 2)


def _signs(heard: Heard) -> list[Sign]:
    """Each once, in the order of the text; of those that overlap the first and longest."""
    found: dict[str, Sign] = {}
    for line in heard.lines:
        hits = [*signs(line.heard, line.start, line.end, heard.language), *(hit for hit in line.hits if hit.group.weak)]
        end = -1
        for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
            if hit.start >= end:
                end = hit.end
                found.setdefault(line.heard[hit.start : hit.end].lower(), Sign(line, hit))
    return list(found.values())


def _spoken(heard: Heard) -> int:
    """How often somebody is heard in a text."""
    alone = heard.language.alone
    return sum(
        sum(word in alone or ("'" in word and SHORT.fullmatch(word) is not None) for word in line.words)
        + line.heard[line.start : line.end].rstrip().endswith("?")
        for line in heard.lines
    )
