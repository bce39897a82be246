"""Owns what is a change of words: two texts become the Edits between them. Pure; knows no site.

Punctuation, white space, capital letters, hyphens and typos (typos.py) make no Edit. Every word that came or went does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from newsroom.typos import Known, Word, Words, is_typo, key

Line = tuple[tuple, str]
"""(pointer into the front matter, or () in the body; a block of text)."""

WORD = re.compile(
    r"(?<!\w)[-+\u2212]\d(?:[\w.,:]*\w)?|\d(?:[\w.,:]*\w)?|[^\W\d_](?:[\w'\u2019]*\w)?|[%‰€$£¥°<>=±×]|_\w+"
)
"""A number with its sign and separators, a word with its apostrophes, or a sign that a number hangs on."""
SENTENCE = re.compile(r"(?<=[.!?\u2026])[\"\u201d\u2019\u201c\u00bb)]*\s+")
UNSAID = re.compile(r"https?://\S+|\{:?\s*[.#][^\W\d][^{}\n]*\}")
"""An address, and what kramdown reads as attributes: `{.wide}`."""
OPENS = re.compile(r"[.!?\u2026:]\W*\s")


class Edit(NamedTuple):
    """Words that became others."""

    pointer: tuple
    """Of the text in the front matter; () in the body."""
    old: str
    """The sentence as it was; "" where there was none. One that stands elsewhere now is the same in both."""
    new: str
    """The sentence as it is; "" where there is none any more."""
    words: int
    """How many words differ."""
    near: str = ""
    """The block of text it is in, or stood before: where to look for it now."""


def edits(
    before: Sequence[Line], after: Sequence[Line], names: Collection[str] = (),
    texts: Callable[[], Mapping[str, int]] = dict,
) -> tuple[Edit, ...]:  # fmt: skip
    """What differs between two texts, in the order of the second; () where only typos were put right.

    `names` are words that are names, in small letters, wherever they stand. `texts` tells how many texts of the site,
    this one among them, have a word: it is asked when two words are alike.
    """
    known = Known(frozenset(names), texts, _vocabulary(before), _vocabulary(after))
    before, after = _apart(before, after)
    olds, news = [_keys(line) for line in before], [_keys(line) for line in after]
    found: list[Edit] = []
    for kind, i, j, k, n in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if kind != "equal":
            found += _blocks(before[i:j], after[k:n], known, after[min(n, len(after) - 1)] if after else None)
    return tuple(_moved(found))


def _moved(found: Sequence[Edit]) -> Iterator[Edit]:
    """The edits, with one for a whole sentence that is gone here and new there."""
    whole = [
        edit for edit in found if not (edit.old and edit.new) and edit.words == len(word_keys(edit.old or edit.new))
    ]
    gone = {(edit.pointer, edit.old): edit for edit in whole if edit.old}
    come = {(edit.pointer, edit.new): edit for edit in whole if edit.new}
    both = gone.keys() & come.keys()
    for edit in found:
        at = edit.pointer, edit.old or edit.new
        if at not in both or edit not in (gone[at], come[at]):
            yield edit
        elif edit.new:
            yield edit._replace(old=edit.new)


def same(before: str, after: str) -> bool:
    """Whether two texts, marked up as they may be, have the same words: the quick look that spares the long one."""
    return before == after or word_keys(before) == word_keys(after)


def word_keys(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return WORD.findall(key(_unlinked(text)))


def _vocabulary(lines: Sequence[Line]) -> frozenset[str]:
    return frozenset(word for _, text in lines for word in word_keys(text))


def _apart(before: Sequence[Line], after: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """The lines from the one before the first that differs to the one after the last."""
    shorter = min(len(before), len(after))
    start = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    end = next((n for n in range(shorter - start) if before[-1 - n] != after[-1 - n]), shorter - start)
    first, last = max(0, start - 1), max(0, end - 1)
    return before[first : len(before) - last], after[first : len(after) - last]


def _keys(line: Line) -> tuple:
    return line[0], " ".join(word_keys(line[1]))


def _unlinked(text: str) -> str:
    """A text with blanks for what is no word in it: where a link leads, how a paragraph looks."""
    return UNSAID.sub(lambda found: " " * len(found[0]), text) if "://" in text or "{" in text else text


def _blocks(before: Sequence[Line], after: Sequence[Line], known: Known, near: Line | None) -> Iterator[Edit]:
    """The edits of some blocks that became others: all their words in a row, for a paragraph may be cut in two."""
    olds, news = list(_words(before)), list(_words(after))
    edited: dict[tuple, list] = {}
    old_keys, new_keys = [key(word[0]) for word in olds], [key(word[0]) for word in news]
    for kind, i, j, k, n in SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_opcodes():
        if kind == "equal" or is_typo(olds[i:j], news[k:n], known, (olds, i), (news, k)):
            continue
        at = (news[k] if k < n else news[min(k, len(news) - 1)]) if news else None
        old = _sentence(before, olds[i] if i < j else olds[min(i, len(olds) - 1)]) if olds else ""
        new = _sentence(after, at) if at else ""
        if kind == "delete" and at and old and _sentence_gone(olds[i:j], old):
            new = ""
        if kind == "insert" and new and _sentence_gone(news[k:n], new):
            old = ""
        block = after[at.block] if at else near
        pointer = block[0] if new and block else before[olds[min(i, len(olds) - 1)].block][0] if olds else ()
        row = edited.setdefault((pointer, new or old, bool(old), bool(new)), [old, new, 0, block])
        row[2] += max(j - i, n - k)
    for (pointer, *_), (old, new, words, block) in edited.items():
        yield Edit(pointer, old, new, words, block[1] if block else "")


def _words(lines: Sequence[Line]) -> Iterator[Word]:
    for number, (_, text) in enumerate(lines):
        end = 0
        for found in WORD.finditer(_unlinked(text)):
            opens = not end or bool(OPENS.search(text, end, found.start()))
            yield Word(found[0], found.start(), number, opens)
            end = found.end()


def _sentence(lines: Sequence[Line], word: Word) -> str:
    """The sentence that a word stands in."""
    text, start = lines[word.block][1], 0
    for end in SENTENCE.finditer(text):
        if end.start() > word.start:
            return text[start : end.start()].strip()
        start = end.end()
    return text[start:].strip()


def _sentence_gone(words: Words, sentence: str) -> bool:
    """Whether these words are the whole of a sentence, and perhaps more."""
    return len(words) >= len(WORD.findall(sentence))
