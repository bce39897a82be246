"""Owns the rule about quotations: what nobody would say aloud. The words of others are read for nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom.voice.heard import Heard, hits
from newsroom.voice.sentences import WORD, sentences
from newsroom.voice.text import Finding, Passage

SHORT = 8
"""Words of a quotation that may be a title, or a phrase held up to be looked at."""
BREATH = 60
"""Words of a sentence that nobody speaks."""
HINT = "did anybody say this, in a room, to somebody? What would they say if you rang them up?"


def unsayable_quote(heard: Heard, least: int) -> Iterator[Finding]:
    """Find quotations of the house that hold corporate speech, or `least` weak words in a sentence.

    In a release they are whatever stands beside `said`; elsewhere only what somebody said by virtue of an office: what a
    neighbour or a reader said is theirs.
    """
    for number, passage in enumerate(heard.text.passages):
        whole = passage.kind == "quote"
        for start, end in [(0, len(passage.text))] if whole else passage.quoted:
            words = passage.text[start:end]
            if len(WORD.findall(words)) < SHORT or not (whole or _is_ours(passage, heard)):
                continue
            if why := _why(words, heard, least):
                yield Finding("unsayable-quote", number, start, end, words, why, HINT)


def _is_ours(passage: Passage, heard: Heard) -> bool:
    if passage.kind not in ("paragraph", "item"):
        return False
    said = bool(heard.language.saying & {word.lower() for word in WORD.findall(passage.heard)})
    return said and (heard.text.kind == "release" or any(True for _ in heard.language.officers.find(passage.heard)))


def _why(words: str, heard: Heard, least: int) -> str:
    """What is wrong with a quotation, or ""."""
    plain = words.replace("\u2019", "'")
    for start, end in sentences(words, heard.language.ordinals):
        found = hits(plain, start, end, heard.language)
        for hit in found:
            if not hit.group.weak:
                return f'nobody says "{words[hit.start : hit.end]}" aloud: the quotation is written, not spoken'
        weak = {plain[hit.start : hit.end].lower()[:6]: hit for hit in found if hit.group.weak}
        if len(weak) >= least:
            named = ", ".join(f'"{words[hit.start : hit.end]}"' for hit in sorted(weak.values())[:5])
            return f"nobody says {named} in one sentence aloud: the quotation is written, not spoken"
        count = len(WORD.findall(words[start:end]))
        if count > BREATH:
            return f"nobody says a sentence of {count} words aloud: the quotation is written, not spoken"
    return ""
