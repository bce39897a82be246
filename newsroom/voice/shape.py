"""Owns the rules that look at how a text is built: sentences, and the whole. Must not know a phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsroom.voice.heard import Heard, Line
from newsroom.voice.languages import Language
from newsroom.voice.sentences import WORD
from newsroom.voice.text import Finding

PAUSE = re.compile(r"[,;:()\u2013\u2014/]|\s-{1,3}\s|\.{2,}|\u2026")
"""Where a speaker breathes."""
LONG = 2
"""A sentence with pauses is too long at this many times the breath."""
REPORT = 4
"""So many quotations make a text a report of what others said."""
NOUNS = 0.22
"""Of a sentence's words, those that are nouns made of verbs and adjectives."""


def breathless(heard: Heard, breath: int) -> Iterator[Finding]:
    """Find sentences with more than `breath` words and no pause; lists that stand after a colon are no breath."""
    for line in heard.body:
        said = line.heard[line.start : line.end]
        longest = max(len(WORD.findall(part)) for part in PAUSE.split(said))
        count = len(WORD.findall(re.split(r"[:;]", said)[0]))
        if longest > breath or (count > LONG * breath and said.count(",") < count / 12):
            message = f"this sentence has {len(line.words)} words, and {longest} of them without a pause: nobody can say it in a breath"
            hint = "read it aloud: where do you breathe? What did you want to say first?"
            yield heard.said(line, "breathless", line.start, line.end, message, hint)


def abstract(heard: Heard, least: int) -> Iterator[Finding]:
    """Find sentences with `least` nouns that were verbs, where they are a large share of the words."""
    for line in heard.body:
        words = line.words
        if (heard.language.first | heard.language.second).intersection(words):
            continue  # somebody does something here
        nouns = [word for word in dict.fromkeys(words) if _is_nominal(word, heard.language)]
        if len(nouns) >= least and len(nouns) >= NOUNS * len(words) and _is_prose(line, heard.language):
            named = ", ".join(f'"{noun}"' for noun in nouns[:6])
            message = (
                f"{named}: {len(nouns)} nouns of the {len(words)} words are deeds or qualities, and nobody does them"
            )
            hint = "who does what to whom? Which of these nouns was a verb before?"
            yield heard.said(line, "abstract", line.start, line.end, message, hint)


def _is_nominal(word: str, language: Language) -> bool:
    return len(word) > 6 and word.endswith(language.nominal) and word not in language.concrete


def _is_prose(line: Line, language: Language) -> bool:
    """Whether it is a sentence, and no list of names."""
    words = WORD.findall(line.heard, line.start, line.end)
    named = sum(word[:1].isupper() for word in words) >= 0.3 * len(words) and not language.capitals
    return not named and line.heard[line.start : line.end].endswith((".", "!", "?", "\u201d", '"'))


def no_first_person(heard: Heard, least: int) -> Iterator[Finding]:
    """Find signed texts of at least `least` words in which nobody says I or we."""
    words = _words(heard)
    quoted = sum(len(passage.quoted) for passage in heard.text.passages)
    if quoted < REPORT and heard.text.authors and len(words) >= least and not heard.language.first & set(words):
        names = " and ".join(name for name, _ in heard.text.authors[:3])
        message = f"{names} signed these {len(words)} words, and no sentence says I or we"
        yield _whole(heard, "no-first-person", message, "what did you do, see or decide yourself? Who is telling this?")


def unanswerable(heard: Heard, least: int) -> Iterator[Finding]:
    """Find texts of at least `least` words that ask nothing, invite to nothing, think nothing and address nobody."""
    words = _words(heard)
    if len(words) < least or (heard.language.first | heard.language.second) & set(words):
        return
    asks = any(line.heard[line.start : line.end].rstrip().endswith("?") for line in heard.lines)
    thinks = any(True for line in heard.body for _ in heard.language.opinion.find(line.heard, line.start, line.end))
    if not asks and not thinks:
        message = f"these {len(words)} words ask nothing, invite to nothing, take no view and speak to nobody"
        yield _whole(
            heard,
            "unanswerable",
            message,
            "what would you like to hear from a reader? What do you think of it yourself?",
        )


def _words(heard: Heard) -> list[str]:
    return [word for line in heard.body for word in line.words]


def _whole(heard: Heard, rule: str, message: str, hint: str) -> Finding:
    line = heard.body[0]
    return heard.said(line, rule, line.start, line.end, message, hint, whole=True)
