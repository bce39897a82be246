"""Owns what can be read of a PDF: its streams, its strings, and the lines that its fonts spell. Must not lay anything out.

Most programs number the letters that a document uses and leave a table beside each font (ToUnicode; ISO 32000-1,
9.10.3). Which font a line is set in is not followed: every line is read with every table, and only one makes sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsroom.leaks.archives import Inside, Sealed, inflated

TABLES = 64
"""Tables that lines are read with: a document of more fonts is read in part."""

GAP = -150
"""Thousandths of a letter's width: so far apart, two pieces of a line are two words."""

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.S)
_TEXT = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|<[0-9a-fA-F\s]*>"
_STRING = re.compile(_TEXT, re.S)
_SHOWN = re.compile(rb"\[((?:\s|[-+.\d]|" + _TEXT + rb")*)\]\s*TJ|(" + _TEXT + rb")\s*(?:Tj|'|\")", re.S)
_PIECE = re.compile(rb"(" + _TEXT + rb")|([-+.\d]+)", re.S)
_OCTAL = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.S)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b"\f"}
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.S)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.S)
_PAIR = re.compile(rb"<([0-9a-fA-F\s]+)>\s*<([0-9a-fA-F\s]*)>")
_RANGE = re.compile(rb"<([0-9a-fA-F\s]+)>\s*<([0-9a-fA-F\s]+)>\s*(?:<([0-9a-fA-F\s]+)>|\[(.*?)\])", re.S)
_HEX = re.compile(rb"<([0-9a-fA-F\s]*)>")


class Table(NamedTuple):
    """What the numbers of a font's letters mean."""

    width: int
    """Bytes of a number."""
    letters: dict[int, str]


def pdf(data: bytes, most: int) -> Iterator[Inside]:
    """The streams of a PDF, unpacked where zlib can, its strings, and its lines as its fonts spell them."""
    if b"/Encrypt" in data:
        raise Sealed("encrypted")
    bodies = [data]
    for stream in _STREAM.finditer(data):
        held = inflated(stream[1], most)
        if held:
            bodies.append(held)
            yield "stream", held
    tables = [table for body in bodies if b"beginbf" in body for table in _tables(body)][:TABLES]
    lines = [list(_pieces(shown)) for body in bodies for shown in _SHOWN.finditer(body)]
    if lines:
        yield "lines", b"\n".join(b"".join(line) for line in lines)
    for table in tables:
        spelled = ["".join(_spelled(piece, table) for piece in line) for line in lines]
        yield "lines", " ".join(spelled).encode("utf-8", "replace")
    strings = [_string(found[0]) for body in bodies for found in _STRING.finditer(body)]
    wide = [
        text[2:].decode("utf-16-be", "replace").encode("utf-8", "replace")
        for text in strings
        if text[:2] == b"\xfe\xff"
    ]
    if strings:
        yield "strings", b"\n".join([*strings, *wide])


def _pieces(shown: re.Match[bytes]) -> Iterator[bytes]:
    """The strings of a line, and a space where they stand apart."""
    for piece in _PIECE.finditer(shown[1] or shown[2]):
        if piece[1]:
            yield _string(piece[1])
        elif _number(piece[2]) < GAP:
            yield b" "


def _number(digits: bytes) -> float:
    try:
        return float(digits)
    except ValueError:
        return 0.0


def _spelled(piece: bytes, table: Table) -> str:
    if piece == b" ":
        return " "
    step, letters = table
    return "".join(letters.get(int.from_bytes(piece[n : n + step], "big"), "") for n in range(0, len(piece), step))


def _tables(body: bytes) -> Iterator[Table]:
    """The table in a stream, as far as it is one."""
    width, letters = 1, {}
    for chars in _CHARS.finditer(body):
        for code, meant in _PAIR.findall(chars[1]):
            width, letters[int.from_bytes(_bytes(code), "big")] = len(_bytes(code)), _meant(meant)
    for ranges in _RANGES.finditer(body):
        for first, last, meant, each in _RANGE.findall(ranges[1]):
            start, end = (int.from_bytes(_bytes(part), "big") for part in (first, last))
            width = len(_bytes(first))
            named = [_meant(part) for part in _HEX.findall(each)] if each else []
            for n in range(min(end - start + 1, 1 << 16)):
                text = _meant(meant) if meant else ""
                letters[start + n] = named[n] if n < len(named) else text[:-1] + _after(text[-1:], n)
    if letters:
        yield Table(max(1, width), letters)


def _after(letter: str, n: int) -> str:
    return chr(min(ord(letter) + n, 0x10FFFF)) if letter else ""


def _meant(digits: bytes) -> str:
    return _bytes(digits).decode("utf-16-be", "replace")


def _bytes(digits: bytes) -> bytes:
    digits = b"".join(digits.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _string(text: bytes) -> bytes:
    """A PDF string's bytes (ISO 32000-1, 7.3.4)."""
    return _bytes(text[1:-1]) if text[:1] == b"<" else _OCTAL.sub(_unescaped, text[1:-1])


def _unescaped(escape: re.Match[bytes]) -> bytes:
    said = escape[1]
    return (
        bytes([int(said, 8) & 255])
        if said[:1].isdigit() and said[:1] < b"8"
        else _PLAIN.get(said, b"" if said.isspace() else said)
    )
