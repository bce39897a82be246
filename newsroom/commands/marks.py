"""Owns marks in a text: sentences and words that overlap, as HTML that nests. Must not know what was found there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from newsroom import voice


def marked(passage: voice.Passage, spans: Iterable[tuple[int, int, int]]) -> str:
    """The passage as HTML: each sentence with a finding in <mark>, its words in <b>, then the number of the note.

    `spans` are (number, start, end), in any order; they may overlap, and go over the end of a sentence. What is not
    read is in <span class=silent>.
    """
    spans, text = sorted(spans), passage.text
    sentences = [
        (start, end) for start, end in voice.sentences(text) if any(a < end and start < b for _, a, b in spans)
    ]
    edges = {0, len(text), *(edge for _, a, b in spans for edge in (a, b))}
    edges |= {edge for span in (*sentences, *passage.silent) for edge in span}
    pieces, inside = [], False
    cuts = sorted(edge for edge in edges if 0 <= edge <= len(text))
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        within = _covers(sentences, start, end) or any(a <= start < b for _, a, b in spans)
        if inside and not within:
            pieces.append("</mark>")
        pieces += [f'<a class=n href="#f{n}">{n}</a>' for n, _, b in spans if b == start and b > 0]
        if within and not inside:
            pieces.append("<mark>")
        inside = within
        if start < end:
            pieces.append(_piece(text[start:end], start, end, passage, spans))
    return "".join(pieces) + ("</mark>" if inside else "")


def _piece(words: str, start: int, end: int, passage: voice.Passage, spans: Sequence[tuple[int, int, int]]) -> str:
    shown = escape(words)
    if _covers([(a, b) for _, a, b in spans], start, end):
        return f"<b>{shown}</b>"
    return f"<span class=silent>{shown}</span>" if _covers(passage.silent, start, end) else shown


def _covers(spans: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    return any(a <= start and end <= b and start < end for a, b in spans)
