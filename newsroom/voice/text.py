"""Owns what the voice check reads and what it finds: plain records. Must not know a rule or a language."""

from __future__ import annotations

from typing import NamedTuple

SILENT = "\ufffc"
"""Stands in `heard` for each character that is not read: code, the words of others."""


class Allow(NamedTuple):
    """An exception, as a writer declared it in a comment."""

    what: str
    """A rule's code; or words, in small letters."""
    reason: str
    is_code: bool = True
    """Whether it names a rule; words stand in quotation marks."""
    line: int = 0
    """Of the file; likewise `column`."""
    column: int = 0
    length: int = 1


class Passage(NamedTuple):
    """One block of a text as readers see it."""

    kind: str
    """paragraph | item | heading | title | summary | question | known | unknown | doing | facts | quote."""
    text: str
    """Without markup, on one line."""
    places: tuple[tuple[int, int, int], ...] = ()
    """(offset, line, column) where a run of characters begins that stands together in the file; () in front matter."""
    silent: tuple[tuple[int, int], ...] = ()
    """(start, end) of what is not read: code, and words in quotation marks."""
    quoted: tuple[tuple[int, int], ...] = ()
    """Those of them that are words in quotation marks, without the marks."""
    pointer: tuple = ()
    """The way to the value in the front matter: `("known", 1)`."""
    allows: tuple[Allow, ...] = ()
    """The exceptions that hold here."""

    @property
    def heard(self) -> str:
        """The text that rules read: as long as `text`, with straight apostrophes and SILENT where nothing is read."""
        return hush(self.text.replace("\u2019", "'").replace("\u00a0", " "), self.silent)

    @property
    def is_body(self) -> bool:
        """Whether it stands below the front matter."""
        return not self.pointer


class Text(NamedTuple):
    """One source file, as the voice check reads it."""

    path: str
    """Relative to the site's root, or as it was named."""
    kind: str
    """post | release | statement | answer."""
    language: str
    """BCP 47."""
    passages: tuple[Passage, ...]
    authors: tuple[tuple[str, str], ...] = ()
    """(name, short name) of each person in the byline."""
    company: str = ""
    words: tuple[str, ...] = ()
    """What the people in the byline may say: their vocabulary."""
    allows: tuple[Allow, ...] = ()
    """Every exception in the text, wherever it holds."""


class Finding(NamedTuple):
    """What a rule found: the words, and what is wrong with exactly these."""

    rule: str
    passage: int
    """Number of the passage in the text."""
    start: int
    """Of the words in the passage's text; likewise `end`."""
    end: int
    words: str
    """As they are written there."""
    message: str
    """What is wrong; lower case, no full stop."""
    hint: str
    """A question to the writer. Never words to put there."""
    whole: bool = False
    """It is about the whole text, and stands at its beginning."""


class Reading(NamedTuple):
    """What came of reading one text."""

    findings: tuple[Finding, ...]
    """In the order of the text."""
    problems: tuple[tuple[Allow, str, str], ...] = ()
    """(exception, message, hint) of each that cannot hold."""
    language: str = ""
    """Whose words it was read with; "" where there are none for its language: then nothing was read."""


def hush(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """The text with SILENT for every character of the spans.

    >>> hush("say it", ((4, 6),)) == "say " + SILENT * 2
    True
    """
    for start, end in spans:
        text = text[:start] + SILENT * (end - start) + text[end:]
    return text
