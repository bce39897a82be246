"""Owns what a typo is: whether words differ from others by their spelling alone. Pure; knows no site.

No dictionary is asked what a word is: one that other texts have is one, and a typo is what became such a word and
stands nowhere any more. A number, a name, a negation, a verb like `could` or a month is never one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

FIXED = frozenset(
    # what says no, and how much
    " no not nor none never neither nothing nobody without cannot only all any some most many few every each more"
    " less both nicht kein keine keinen keinem keiner keines nie niemals niemand nichts weder ohne nur alle alles"
    " einige viele wenige mehr weniger jede jeder jedes beide"
    # how sure
    " may might can could shall should will would must kann könnte können könnten soll sollte sollen sollten wird"
    " würde werden würden muss müsste müssen darf dürfte wollen will"
    # when, and in which order
    " before after until since first second third last next vor nach bis seit erste zweite dritte letzte nächste"
    " monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag"
    " sonntag january february march april may june july august september october november december januar februar"
    " märz mai juni juli oktober dezember"
    # how many
    " one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion"
    " half double zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn zwanzig dreißig"
    " vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend millionen milliarden halb doppelt"
    # what is said of somebody
    " is was are were has had does did ist war sind waren hat hatte".split()
)
"""Words of English and German that no typo turns one into another: to change one is to say something else."""
ARTICLES = frozenset("a an the der die das den dem des".split())
"""What may come and go."""
GLUE = frozenset("to of that zu dass".split())
"""What may come or go alone."""
FIGURES = {
    word: str(number)
    for words in (
        "one two three four five six seven eight nine ten eleven twelve",
        "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    )
    for number, word in enumerate(words.split(), 1)
}
"""A number in words -> in figures."""
SHORT = (
    (re.compile(r"\bcan ?not\b"), "can't"), (re.compile(r"\bwill not\b"), "won't"), (re.compile(r" not\b"), "n't"),
    (re.compile(r"\b(it|he|she|that|there|here|what|who|where|how) (?:is|has)\b"), r"\1's"),
    (re.compile(r"\blet us\b"), "let's"), (re.compile(r"\bi am\b"), "i'm"),
    (re.compile(r"\b(we|you|they) are\b"), r"\1're"),
    (re.compile(r"\b(i|we|you|they) have\b"), r"\1've"), (re.compile(r" (?:would|had)\b"), "'d"),
    (re.compile(r" will\b"), "'ll"),
)  # fmt: skip
"""What is written out -> as it is said."""
FORMS = re.compile(r"[Hh]err|[Ff]rau|[Mm]rs?|[Mm]s|[Dd]r|[Pp]rof")


class Word(NamedTuple):
    """A word in its place."""

    text: str
    start: int
    """Where it begins in its block."""
    block: int
    """The number of the block."""
    opens: bool
    """Whether it begins a sentence."""


Words = Sequence[Word]


class Known(NamedTuple):
    """What tells a word from a typo."""

    names: frozenset[str]
    texts: Callable[[], Mapping[str, int]]
    """Word -> how many texts of the site have it."""
    before: frozenset[str]
    """Every word of the text as it was; likewise `after`."""
    after: frozenset[str]

    def was_typo(self, old: str, new: str) -> bool:
        """Whether `old` is no word anywhere now, and `new` was one already."""
        if old in self.after or old.startswith(new) or new.startswith(old):  # lens, lenses
            return False
        texts = self.texts()
        return not texts.get(old) and (new in self.before or texts.get(new, 0) > 1)


def key(word: str) -> str:
    """The word without what is no part of its spelling: `can't` and `can’t`, `Lens` and `lens`."""
    word = word if word.isascii() else unicodedata.normalize("NFKC", word).replace("\u2019", "")
    return word.casefold().replace("'", "")


def is_typo(old: Words, new: Words, known: Known, was: tuple[Words, int], now: tuple[Words, int]) -> bool:
    """Whether a run of words differs from another by spelling alone."""
    olds, news = [word[0] for word in old], [word[0] for word in new]
    if not olds or not news:
        doubled = {key(word) for words, at in (was, now) for word, *_ in words[max(0, at - 1) : at]}
        gone = [key(word) for word in olds or news]
        return all(each in ARTICLES for each in gone) or (len(gone) == 1 and gone[0] in doubled | GLUE)
    if "".join(map(key, olds)) == "".join(map(key, news)):  # web site, website
        return _grouped(olds, news) or not (_figures(olds) or _figures(news))
    if _short(olds, news) or _short(news, olds):
        return True
    if len(olds) != len(news):
        short = [word for word in olds if key(word) not in ARTICLES], [w for w in news if key(w) not in ARTICLES]
        return short[0] == short[1]
    return all(
        key(a) == key(b) or _is_spelling(a, b, known, _is_name(was[0], was[1] + n) and _is_name(now[0], now[1] + n))
        for n, (a, b) in enumerate(zip(olds, news, strict=True))
    )


def _figures(words: Sequence[str]) -> bool:
    """Whether two figures stand side by side: where one ends and the next begins is all that they say."""
    return any(a[-1].isdigit() and b[0].isdigit() for a, b in pairwise(words))


def _grouped(olds: Sequence[str], news: Sequence[str]) -> bool:
    """Whether figures were only set apart: 12 000 and 12000."""
    whole, parts = sorted((list(olds), list(news)), key=len)
    return len(whole) == 1 and len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])


def _short(long: Sequence[str], said: Sequence[str]) -> bool:
    """Whether one is the other written out: it is, it's."""
    text, as_said = (" ".join(words).replace("\u2019", "'").casefold() for words in (long, said))
    for pattern, form in SHORT if "'" in as_said else ():
        text = pattern.sub(form, text)
    return text == as_said


def _is_spelling(old: str, new: str, known: Known, named: bool) -> bool:
    """Whether one word is another one mistyped."""
    a, b = key(old), key(new)
    if {a, b} <= ARTICLES or FIGURES.get(a, a) == FIGURES.get(b, b):
        return True
    if (
        named
        or a in known.names
        or b in known.names
        or not (a.isalpha() and b.isalpha())
        or (old.isupper() and new.isupper())
    ):
        return False
    if _fixed(old) or _fixed(new):
        return False
    longest = max(len(a), len(b))
    alike = (sorted(a) == sorted(b) and len(a) > 2 and _swapped(a, b)) or (
        a[0] == b[0] and longest > 3 and _distance(a, b) <= (1 if longest < 8 else 2)
    )
    return alike and known.was_typo(a, b)


def _fixed(word: str) -> bool:
    return key(word) in FIXED or bool(re.search(r"n['\u2019]t$", word))


def _is_name(words: Words, at: int) -> bool:
    """Whether a word is written as names are in a text that writes other words small: a capital within a sentence.

    German writes every noun so: there it takes a second capital beside it, or a title before it.
    """
    if at >= len(words) or not words[at].text[:1].isupper():
        return False
    word = words[at]
    around = [words[n] for n in (at - 1, at + 1) if 0 <= n < len(words) and words[n].block == word.block]
    beside = any(
        FORMS.fullmatch(each.text) or (each.text[:1].isupper() and key(each.text) not in ARTICLES and not each.opens)
        for each in around
    )
    return beside or (not word.opens and not _is_german(words, word.block))


def _is_german(words: Words, block: int) -> bool:
    plain = {key(word.text) for word in words if word.block == block}
    return (
        len(plain & {"der", "die", "das", "und", "ist", "nicht", "ein", "eine", "wir", "ich", "von", "mit", "im"}) > 1
    )


def _swapped(a: str, b: str) -> bool:
    """Whether two neighbouring letters changed places."""
    wrong = [n for n, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1


def _distance(a: str, b: str) -> int:
    """Letters to put in, take out or replace (Levenshtein)."""
    row: Iterable[int] = range(len(b) + 1)
    for n, x in enumerate(a, 1):
        before, row = list(row), [n]
        for k, y in enumerate(b, 1):
            row.append(min(before[k] + 1, row[-1] + 1, before[k - 1] + (x != y)))
    return list(row)[-1]
