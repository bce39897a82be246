"""Owns how texts are compared: whatever a text is written in becomes the same plain words. Pure.

Markup, escapes, letter case, typographic marks and line ends differ between a Markdown file, a page, a feed and a
calendar; the words and their order do not. A *phrase* is words joined by single spaces.
"""

from __future__ import annotations

import html
import quopri
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

SHINGLE = 8
"""Words of a phrase of a longer text: any eight in a row that stand nowhere in public are that text's."""

SENTENCE = (4, 20)
"""(words, letters) that a short sentence has at least: "We are glad." is anybody's."""

WHOLE = 8
"""Letters and digits that a title or name of several words has at least; of a single word ALONE."""

ALONE = 12

_SCRIPTS = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
"""Thai, Japanese and Chinese put no spaces between words: each letter counts as one."""

_WORD = re.compile(rf"[{_SCRIPTS}]|[^\W_{_SCRIPTS}]+")
_SILENT = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tspan tt "
    "u var wbr".split()
)
_TAG = re.compile(r"</?([a-zA-Z][\w:.-]*)(?:\s[^<>]*)?/?>")
_GLUED = re.compile(rf"\w(?:</?(?:{'|'.join(sorted(_INLINE))})(?:\s[^<>]*)?/?>)+\w", re.I)
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[nrtfbNT/\"'\\])")
_BETWEEN = r"(?:&#?\w{1,8};|%[0-9a-fA-F]{2}|\\[nrt]|</?\w[^<>]{0,200}>|[\W_]){1,40}"
_FOLD = re.compile(r"\r?\n[ \t]")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010]\r?\n\s*(?=[^\W\d_])")
_QUOTED = re.compile(r"=(?:\r?\n|3D|[89A-F][0-9A-F]|[0-9A-F]{2}=[0-9A-F]{2})")
_CSS = re.compile(r"\\([0-9a-fA-F]{1,6})(?:\r\n|\s)?")
_END = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*\s+|\n+|[。！？]")


class Phrases(NamedTuple):
    """Phrases, arranged to be found."""

    owners: Mapping[str, int]
    """Phrase -> number of what it belongs to."""
    firsts: Mapping[str, tuple[int, ...]]
    """First word -> lengths in words of the phrases that begin with it."""


def arranged(owners: Mapping[str, int]) -> Phrases:
    """Phrases, to be found by their first word."""
    firsts: dict[str, set[int]] = {}
    for phrase in owners:
        firsts.setdefault(phrase.partition(" ")[0], set()).add(phrase.count(" ") + 1)
    return Phrases(owners, {word: tuple(sorted(lengths)) for word, lengths in firsts.items()})


def found(words: Sequence[str], phrases: Phrases) -> Iterator[str]:
    """Every phrase that stands in a run of words; once for each place."""
    owners, firsts = phrases
    for n, word in enumerate(words):
        if word in firsts:
            for length in firsts[word]:
                phrase = " ".join(words[n : n + length])
                if phrase in owners:
                    yield phrase


def words(text: str) -> list[str]:
    """The words of plain text, in small letters.

    >>> words("It’s a “Soft\u00ad-Launch”, Straße 7")
    ['it', 's', 'a', 'soft', 'launch', 'strasse', '7']
    """
    if not text.isascii():
        if not unicodedata.is_normalized("NFKC", text):
            text = unicodedata.normalize("NFKC", text)
        text = _SILENT.sub("", text)
    return _WORD.findall(text.casefold())


def readings(text: str) -> Iterator[list[str]]:
    """The words of a text in every way it may be meant: as it stands, without markup, with broken lines joined."""
    for form in _forms(text):
        yield words(form)
        plain = unescaped(form)
        if plain != form:
            yield words(plain)
        if "<" in plain and ">" in plain:
            yield words(without_tags(plain))
            if _GLUED.search(plain):  # in a picture each word may have a place, and so a tag, of its own
                yield words(_TAG.sub("\n", plain))


def _forms(text: str) -> Iterator[str]:
    """A text as it stands, and out of what else it may be written in."""
    yield text
    if "BEGIN:V" in text:  # RFC 5545 and RFC 6350, section 3.1 and 3.2
        yield _FOLD.sub("", text)
    if "\0" in text:
        return  # no text, but bytes: what is found in them by chance would be read for nothing
    if _QUOTED.search(text):  # RFC 2045, section 6.7
        raw = quopri.decodestring(text.encode("utf-8", "surrogatepass"))
        yield raw.decode("utf-8", "replace")
        if not _is_utf8(raw):
            yield raw.decode("cp1252", "replace")
    if _HYPHEN.search(text):
        yield _HYPHEN.sub("", text)
    if _CSS.search(text):  # CSS Syntax Level 3, section 4.3.7
        yield _CSS.sub(_numbered, text)


def unescaped(text: str) -> str:
    """Text without the escapes of HTML, XML, JSON and addresses, also where one stands in another."""
    for _ in range(3):
        before = text
        if "&" in text:
            text = html.unescape(text)
        if "\\" in text:
            text = _ESCAPE.sub(_character, text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if "%" in text:
            text = _PERCENT.sub(lambda run: bytes.fromhex(run[0].replace("%", "")).decode("utf-8", "replace"), text)
        if text == before:
            break
    return text


def _character(escape: re.Match) -> str:
    said = escape[1]
    return chr(int(said[1:], 16)) if len(said) > 1 else {"/": "/", '"': '"', "'": "'", "\\": "\\"}.get(said, "\n")


def _numbered(escape: re.Match) -> str:
    number = int(escape[1], 16)
    return chr(number) if number < 0xD800 or 0xDFFF < number < 0x110000 else "\ufffd"


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def without_tags(text: str) -> str:
    """Text as it reads: tags within a line leave nothing behind, others the end of a line."""
    return _TAG.sub(lambda tag: "" if tag[1].lower() in _INLINE else "\n", text)


def of_text(text: str) -> Iterator[str]:
    """The phrases of running text: every SHINGLE words in a row, and every short sentence."""
    for block in text.split("\n"):
        run = words(block)
        for n in range(len(run) - SHINGLE + 1):
            yield " ".join(run[n : n + SHINGLE])
        for sentence in _END.split(block):
            said = words(sentence)
            if SENTENCE[0] <= len(said) < SHINGLE and sum(map(_letters, said)) >= SENTENCE[1]:
                yield " ".join(said)


def of_name(text: str, least: int = WHOLE) -> Iterator[str]:
    """The phrases of a title, a name or an address: whole, where it is more than a common word."""
    run = words(text)
    if len(run) > SHINGLE:
        yield from of_text(" ".join(run))
    elif run and sum(map(len, run)) >= (least if len(run) > 1 else ALONE):
        yield " ".join(run)


def place(text: str, phrase: str) -> int:
    """Where a phrase begins in a text as it stands; -1 where it is not to be seen there."""
    at = re.search(_BETWEEN.join(map(re.escape, phrase.split(" "))), text, re.I)
    return at.start() if at else -1


def known(texts: Iterable[str], sought: Phrases) -> set[str]:
    """The phrases that stand in any of some texts."""
    return {phrase for text in texts for run in readings(text) for phrase in found(run, sought)}


def _letters(word: str) -> int:
    return sum(map(str.isalpha, word))
