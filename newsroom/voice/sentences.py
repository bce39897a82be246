"""Owns where sentences and words begin and end. Must not know what they mean."""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W_]+(?:['\u2019.&-][^\W_]+)*")
"""A word: `don't`, `best-in-class`, `U.S`, `3.5`."""
END = re.compile(
    r"[.!?\u2026]+[\"\u201d\u2019\u201c\u00ab\u00bb)\]]*\s+(?=[\"\u201c\u201e\u00ab\u00bb(\[\u2018'\ufffc]*[^\W_a-zß-öø-ÿ])|(?<=[a-zß-ÿ]{2})[.!?](?=[A-Z][a-z])"
)
"""The end of a sentence, where a capital letter or a number follows."""
BEFORE = re.compile(r"[^\s(\"\u201c\u201e]+$")
ORDINAL = re.compile(r"\d{1,2}")

ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st sr jr inc ltd co corp vs etc e.g i.e approx no nos fig gen sen rep gov dept est jan feb mar apr"
    " jun jul aug sep sept oct nov dec u.s u.k d.c a.m p.m ph.d vol pp ed eds al cf bzw ca dr evtl ggf hr fr inkl nr"
    " bspw z.b d.h u.a s.o usw vgl zzgl str tel mio mrd sog abs art".split()
)
"""What ends in a full stop and ends no sentence, English and German: none is a word of the other that ends one."""


def sentences(text: str, ordinals: bool = False) -> list[tuple[int, int]]:
    """(start, end) of each sentence. With `ordinals`, as in German, `3. Mai` is one: a number's full stop ends none.

    >>> sentences("It cost 3.5 euros. Dr. Lind paid.")
    [(0, 18), (19, 33)]
    """
    found, start = [], 0
    for match in END.finditer(text):
        before = BEFORE.search(text, start, match.start())
        word = before[0].lower() if before else ""
        stop = text[match.start()] == "."
        if stop and (word in ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word != "i")):
            continue
        if stop and ordinals and ORDINAL.fullmatch(word):
            continue
        found.append((start, start + len(text[start : match.end()].rstrip())))
        start = match.end()
    if text[start:].strip():
        found.append((start, start + len(text[start:].rstrip())))
    return found


def words(text: str) -> list[re.Match]:
    """Each word, with its place."""
    return list(WORD.finditer(text))
