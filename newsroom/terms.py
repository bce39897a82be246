"""Owns the terms of a text: the few words that it keeps coming back to, as related posts are found by. Pure.

No list of stop words and no stems: which words tell something is for all texts together to say (newsroom/related.py).
"""

from __future__ import annotations

import re
from collections import Counter

MOST = 30
"""Terms of a text."""
READ = 4000
"""Characters of a text: what it is about, it says there."""
OF_TITLE = 3
"""How often a word of the title counts."""
LEVELS = 8
"""Groups of terms, by how often they stand in the text: 2 to 3 times, 4 to 7, 8 to 15, ..."""

_AROUND = ".,;:!?()[]{}<>\"'`“”‘’„«»‹›…–—-*/|¿¡、。「」،؛؟"
"""What stands around words."""
_LONG = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_RUN = re.compile(r"[\u30a1-\u30fa\u30fc]{2,}|[\u3400-\u9fff]{2,}")
"""Japanese and Chinese have no spaces: katakana as it stands; of Han characters each two that stand together."""


def terms(title: str, prose: str) -> str:
    """The terms of a text, the most frequent first: a line for each level, words in order. The title's are always some.

    How often is said roughly, so that a small edit leaves the terms alone. Split at spaces: a regular expression took
    five times as long.

    >>> terms("A cracked lens", "The lens cracks: when a lens is cold, cracks come, and that lens cracks.")
    'lens\\ncrack cracked'
    """
    counts: dict[str, int] = {}
    prose = prose[:READ]
    for word, count in Counter(prose.split()).items():
        if len(word) > 2:
            if not word.isalpha():
                word = word.strip(_AROUND)
            if len(word) > 3 or len(word) == 3 and word.isupper():  # short, and a name: API
                counts[word] = counts.get(word, 0) + count
    found: dict[str, int] = {}
    for word, count in counts.items():
        if count > 1 and word.isalpha():
            word = _folded(word.lower())
            found[word] = found.get(word, 0) + count
    for word in title.split():
        word = word.strip(_AROUND)
        if len(word) > 2 and word.isalpha():
            word = _folded(word.lower())
            found[word] = found.get(word, 0) + OF_TITLE
    if not (prose.isascii() and title.isascii()) and _LONG.search(title + prose):
        _part(found, title, prose)
    rows = sorted([(-_level(count), word) for word, count in found.items() if count > 1])[:MOST]
    lines: dict[int, list[str]] = {}
    for level, word in rows:
        lines.setdefault(-level, []).append(word)
    return "\n".join([" ".join(lines.get(level, ())) for level in range(max(lines, default=0), 0, -1)])


def levels(terms: str) -> list[tuple[str, int]]:
    """(word, its level) of terms as `terms` writes them.

    >>> levels("lens\\ncrack cracked")
    [('lens', 2), ('crack', 1), ('cracked', 1)]
    """
    lines = terms.split("\n")
    return [(word, len(lines) - n) for n, line in enumerate(lines) for word in line.split()]


def _level(count: int) -> int:
    return min(count.bit_length() - 1, LEVELS)


def _folded(word: str) -> str:
    """A word without the s of a plural."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def _part(found: dict[str, int], title: str, prose: str) -> None:
    """Put the parts of runs without spaces in their places."""
    for word in [word for word in found if _LONG.search(word)]:
        del found[word]
    for text, often in ((title, OF_TITLE), (prose, 1)):
        for run in _RUN.findall(text):
            katakana = "\u30a0" < run[0] < "\u3100"
            for part in (run,) if katakana else (run[at : at + 2] for at in range(len(run) - 1)):
                found[part] = found.get(part, 0) + often
