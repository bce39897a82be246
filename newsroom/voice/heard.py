"""Owns a text made ready for rules: what is heard of each passage, its sentences, the phrases in it. Must not judge."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from newsroom.voice.languages import Group, Language
from newsroom.voice.patterns import regex
from newsroom.voice.sentences import WORD, sentences
from newsroom.voice.text import Finding, Passage, Text, hush

NEAR = 6
"""Words before a phrase in which a `mention` is looked for."""
BESIDE = 3
"""Words after a phrase that begins its sentence, likewise."""
LISTENED = ("title", "summary", "heading", "paragraph", "item", "known", "unknown", "doing", "facts")
"""Kinds of passage that are the writer's own prose."""


class Hit(NamedTuple):
    """A phrase of the lists, where it stands."""

    start: int
    end: int
    group: Group


class Line(NamedTuple):
    """A sentence."""

    passage: int
    start: int
    end: int
    heard: str
    """The whole passage's, so that places are those of the passage."""
    words: tuple[str, ...]
    """In small letters, without what is not read."""
    hits: tuple[Hit, ...]


class Heard(NamedTuple):
    """A text, as rules look at it."""

    text: Text
    language: Language
    lines: tuple[Line, ...]
    """Sentences of the writer's own prose."""

    @property
    def body(self) -> list[Line]:
        """The sentences below the front matter, without headings."""
        passages = self.text.passages
        return [line for line in self.lines if passages[line.passage].kind in ("paragraph", "item")]

    def said(
        self, line: Line, rule: str, start: int, end: int, message: str, hint: str, whole: bool = False
    ) -> Finding:
        """A finding in a sentence."""
        words = self.text.passages[line.passage].text[start:end]
        return Finding(rule, line.passage, start, end, words, message, hint, whole)


def hear(text: Text, language: Language, allowed: Iterable[str]) -> Heard:
    """Make a text ready. `allowed` are words that no rule may hear; they are phrases too: `synerg*`."""
    silent = [regex(word.lower()) for word in allowed if word.strip()]
    lines = []
    for number, passage in enumerate(text.passages):
        if passage.kind in LISTENED:
            heard = _without(passage.heard, (*silent, *_here(passage)))
            whole = passage.kind in ("title", "heading")
            spans = [(0, len(heard))] if whole else sentences(passage.text, language.ordinals)
            lines += [_line(number, start, end, heard, language) for start, end in spans]
    return Heard(text, language, tuple(lines))


def _line(number: int, start: int, end: int, heard: str, language: Language) -> Line:
    words = tuple(WORD.findall(heard[start:end].lower()))
    return Line(number, start, end, heard, words, hits(heard, start, end, language))


def _here(passage: Passage) -> list[re.Pattern]:
    return [regex(allow.what) for allow in passage.allows if allow.reason and not allow.is_code]


def _without(heard: str, silent: Iterable[re.Pattern]) -> str:
    for word in silent:
        heard = hush(
            heard, tuple(m.span() for m in word.finditer(heard) if not heard[m.start() - 1 : m.start()].isalnum())
        )
    return heard


def hits(heard: str, start: int, end: int, language: Language) -> tuple[Hit, ...]:
    """The phrases of a sentence, but those that are excepted or only spoken of."""
    found = [Hit(at, to, language.groups[phrase.group]) for at, to, phrase in language.phrases.find(heard, start, end)]
    if not found:
        return ()
    outside = [(at, to) for at, to, _ in language.excepted.find(heard, start, end)]
    return tuple(
        hit
        for hit in found
        if not any(at <= hit.start and hit.end <= to for at, to in outside)
        and (hit.group.weak or language.capitals or not _is_name(heard[hit.start : hit.end]))
        and (hit.group.weak or not _is_mentioned(heard[start : hit.start], heard[hit.end : end], language))
    )


def signs(heard: str, start: int, end: int, language: Language) -> list[Hit]:
    """Small signs of a sentence, but names: found apart, and only where a rule asks for them."""
    found = [Hit(at, to, language.groups[phrase.group]) for at, to, phrase in language.signs.find(heard, start, end)]
    return [hit for hit in found if hit.start == start or language.capitals or not _is_noun(heard, hit, language)]


def _is_noun(heard: str, hit: Hit, language: Language) -> bool:
    """Whether it is a proper noun in the midst of a sentence, and no title of somebody."""
    words = heard[hit.start : hit.end]
    return words[:1].isupper() and not any(True for _ in language.officers.find(words))


def _is_mentioned(before: str, after: str, language: Language) -> bool:
    """Whether words are spoken of: the word ..., ... is a word; or are another's: the sign says We ..."""
    near = WORD.findall(before)[-NEAR:]
    held_up = near if before.strip() else WORD.findall(after)[:BESIDE]
    reported = any(a in language.saying and b[:1].isupper() and b.lower() in language.first for a, b in pairwise(near))
    return reported or any(word.lower() in language.mention for word in held_up)


def _is_name(words: str) -> bool:
    """Whether it is the name of something: Centers of Excellence. Titles in which each word has a capital are not read so."""
    first, *others = WORD.findall(words) or [""]
    large = [word for word in others if len(word) > 3]
    return first[:1].isupper() and bool(large) and all(word[:1].isupper() for word in large)
