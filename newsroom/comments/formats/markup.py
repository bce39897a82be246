"""Owns XML exports: an element at a time, mended where they are commonly broken, and nothing that refers outside.

Expat of the standard library reads them. A document type is refused, and with it every entity of a stranger's making.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from xml.parsers import expat

from newsroom.comments.formats import files
from newsroom.comments.formats.values import Unreadable

_ENCODING = re.compile(rb"""^[^>]{0,60}?\bencoding=["'](iso-8859-1|iso-8859-15|windows-1252)["']""", re.IGNORECASE)
"""What an export may be in, if not in UTF-8."""
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What may not be in XML at all (XML 1.0, production 2)."""
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(?:#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));)?")
_LONGEST = 12
"""Characters of the longest thing that must not be cut in two: `&#x0010FFFF;`."""
_OPEN, _CLOSE = "<![CDATA[", "]]>"


@dataclass
class Element:
    """One element, with what is in it. Names are without the prefix of their namespace: some forget to declare it."""

    name: str
    attributes: dict[str, str]
    line: int
    """Where it begins; counts from 1."""
    text: str = ""
    """Its own words, without those of the elements in it."""
    children: list[Element] = field(default_factory=list)

    def words(self, name: str) -> str:
        """The text of the first child of a name that has any; "" if none has."""
        return next((child.text for child in self.children if child.name == name and child.text.strip()), "").strip()

    def every(self, name: str) -> list[Element]:
        """The children of a name."""
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> Element:
        """The first child of a name; an empty one if there is none."""
        return next(iter(self.every(name)), Element(name, {}, self.line))


def elements(path: Path, root: str, depth: int) -> Iterator[Element]:
    """The elements so many levels below the root, which has a name, in the order of the file.

    Raises Unreadable, with the line, where the file is not such XML, ends too soon, or declares a document type.
    """
    reader = _Reader(root, depth)
    with files.opened(path) as stream:
        for text in mended(_decoded(files.chunks(stream))):
            yield from reader.read(text.encode("utf-8"))
    yield from reader.read(b"", last=True)


class _Reader:
    """What expat tells, as elements. It alone has a state: expat pushes, elements() pulls."""

    def __init__(self, root: str, depth: int):
        self.root, self.depth = root, depth
        self.way: list[Element | None] = []
        """The elements that are open; None for those above what is asked for."""
        self.words: list[str] = []
        self.done: list[Element] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.words.append
        self.parser.StartDoctypeDeclHandler = self._doctype

    def read(self, written: bytes, last: bool = False) -> list[Element]:
        """The elements that a further piece of the file completes."""
        try:
            self.parser.Parse(written, last)
        except expat.ExpatError as error:
            what = expat.errors.messages[error.code]
            raise Unreadable(f"this is no whole XML: {what}", error.lineno) from error
        done, self.done = self.done, []
        return done

    def _doctype(self, *_: object) -> None:
        raise Unreadable("the file declares a document type, which no export does", self.parser.CurrentLineNumber)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line, name = self.parser.CurrentLineNumber, _local(name)
        if not self.way and name != self.root:
            raise Unreadable(f'the file begins with "{name[:40]}", not with "{self.root}"', line)
        self._spoken()
        inside = len(self.way) >= self.depth
        self.way.append(Element(name, {_local(k): v for k, v in attributes.items()}, line) if inside else None)

    def _end(self, _: str) -> None:
        self._spoken()
        element = self.way.pop()
        if element and len(self.way) == self.depth:
            self.done.append(element)
        elif element and (above := self.way[-1]):
            above.children.append(element)

    def _spoken(self) -> None:
        if self.way and (element := self.way[-1]):
            element.text += "".join(self.words)
        self.words.clear()


def mended(pieces: Iterable[str]) -> Iterator[str]:
    """The text, without characters that XML forbids, its bare ampersands escaped; what is in CDATA is left as it is."""
    held, quoted = "", False
    for piece, last in chain(((piece, False) for piece in pieces), (("", True),)):
        held += _ILLEGAL.sub("", piece)
        made, at = [], 0
        while True:
            mark = _CLOSE if quoted else _OPEN
            found = held.find(mark, at)
            stop = found if found >= 0 else len(held) if last else _safe(held, at)
            made.append(held[at:stop] if quoted else _AMPERSAND.sub(_escaped, held[at:stop]))
            if found < 0:
                break
            made.append(mark)
            at, quoted = found + len(mark), not quoted
        held = held[stop:]
        yield "".join(made)


def _safe(held: str, start: int) -> int:
    """How much of it can go on: not what may be the first half of a reference or of a mark."""
    tail = max(start, len(held) - _LONGEST)
    return min((at for mark in "&<]" if (at := held.find(mark, tail)) >= 0), default=len(held))


def _escaped(found: re.Match[str]) -> str:
    """A reference by number stays where XML allows its character, and goes where not; a bare ampersand is escaped."""
    number = int(found[1], 16) if found[1] else int(found[2]) if found[2] else None
    if number is None:
        return "&amp;"
    return found[0] if number <= 0x10FFFF and not _ILLEGAL.match(chr(number)) else ""


def _decoded(pieces: Iterator[bytes]) -> Iterator[str]:
    first = next(pieces, b"")
    declared = _ENCODING.match(first)
    decoder = codecs.getincrementaldecoder(declared[1].decode() if declared else "utf-8-sig")("replace")
    yield decoder.decode(first)
    for piece in pieces:
        yield decoder.decode(piece)
    yield decoder.decode(b"", True)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
