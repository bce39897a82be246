"""Owns how a file is looked through: what it holds inside, and the texts in it, however they are kept. Pure.

Archives in archives, compressed parts of pictures and documents, and text as base64, hexadecimal, UTF-16 or UTF-32 are opened
as deep as DEPTH; what stands open in a file, such as EXIF, XMP and comments, is read as it is.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from newsroom.leaks import archives, pdf, pictures
from newsroom.leaks.archives import Inside

DEPTH = 5
"""Archives within archives: more is a bomb."""

MOST = 256 << 20
"""Bytes that one file may hold when everything in it is opened."""

SHORT = 120
"""Bytes of something encoded that is no file: a title, a checksum."""

OPENERS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes, int], Iterator[Inside]]], ...] = (
    (archives.is_zip, archives.unzip),
    (lambda data: data[:2] == b"\x1f\x8b", archives.gunzip),
    (lambda data: data[:3] == b"BZh", archives.bunzip),
    (lambda data: data[:6] == b"\xfd7zXZ\0", archives.unxz),
    (lambda data: data[257:262] == b"ustar", archives.untar),
    (archives.is_zlib, archives.inflate),
    (lambda data: data[:8] == b"\x89PNG\r\n\x1a\n", pictures.png),
    (lambda data: data[:3] == b"\xff\xd8\xff", pictures.jpeg),
    (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", pictures.webp),
    (lambda data: data[:4] in (b"II*\0", b"MM\0*"), pictures.tiff),
    (lambda data: data[:4] == b"GIF8", pictures.gif),
    (lambda data: b"%PDF-" in data[:1024], pdf.pdf),
)
"""What a file can hold something in, by its first bytes: (is it that, what is inside)."""

SEALED = (b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"-----BEGIN PGP MESSAGE")
"""How files begin that cannot be opened here: Zstandard, 7z, RAR, OpenPGP."""

_ENCODED = re.compile(rb"[A-Za-z0-9+/_-]{16,}(?:\r?\n[ \t]?[A-Za-z0-9+/_-]{16,})*(?:\r?\n[ \t]?[A-Za-z0-9+/_-]+)?")
_HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){12,}")
_WIDE = tuple(
    (re.compile(pattern, re.S), encoding)
    for pattern, encoding in (
        (rb"(?:[\t\n\r -~\xa0-\xff]\0){6,}", "utf-16-le"),
        (rb"(?:[^\0][\x00-\x06]){6,}", "utf-16-le"),
        (rb"(?:\0[\t\n\r -~\xa0-\xff]){6,}", "utf-16-be"),
        (rb"(?:[\x00-\x06][^\0]){6,}", "utf-16-be"),
        (rb"(?:[^\0][\x00-\x06]\0\0){6,}", "utf-32-le"),
        (rb"(?:\0\0[\x00-\x06][^\0]){6,}", "utf-32-be"),
    )
)
"""Runs of Latin-1, and of letters as far as Arabic, in UTF-16 and UTF-32 among other bytes."""

OLD = (
    "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "cp437", "iso8859-2", "iso8859-5", "koi8-r", "mac-roman",
    "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr",
)  # fmt: skip
"""Encodings of text beside UTF-8 and Windows-1252, which holds Latin-1."""
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Bytes that stand in no text of those."""


class Part(NamedTuple):
    """A file, or something in it."""

    way: tuple[str, ...]
    """From the file to it: `("kit.zip", "notes.txt")` without the file itself; () is the file."""
    data: bytes
    sealed: bool = False
    """Whether it could not be opened, or not to its end."""


def parts(data: bytes, name: str = "") -> Iterator[Part]:
    """A file and everything in it."""
    left = [MOST]
    yield from _parts(data, (), left)
    if name.endswith((".br", ".zst")) and data:
        yield Part((), b"", True)


def _parts(data: bytes, way: tuple[str, ...], left: list[int]) -> Iterator[Part]:
    left[0] -= len(data)
    if left[0] < 0 or len(way) > DEPTH:
        yield Part(way, b"", True)
        return
    yield Part(way, data, data.startswith(SEALED))
    for is_one, inside in OPENERS:
        if is_one(data):
            try:
                for name, held in inside(data, left[0]):
                    yield from _parts(held, (*way, name), left)
            except archives.Sealed as sealed:
                yield Part((*way, str(sealed)), b"", True)
    if len(way) < DEPTH and not (len(way) > 1 and {*way[-2:]} <= {"base64", "hexadecimal"}):
        for name, held in _decoded(data):
            yield from _parts(held, (*way, name), left)


def _decoded(data: bytes) -> Iterator[Inside]:
    """What stands in it in letters: as base64, of both alphabets, or in hexadecimal digits. Short ones go together."""
    short: dict[str, list[bytes]] = {"base64": [], "hexadecimal": []}
    for name, held in _every(data):
        if len(held) < SHORT:
            short[name].append(held)
        else:
            yield name, held
    yield from ((name, b"\n".join(held)) for name, held in short.items() if held)


def _every(data: bytes) -> Iterator[Inside]:
    for run in _ENCODED.finditer(data):
        letters = run[0].translate(_ALPHABET, b"\r\n \t")
        for start in range(4):  # where it begins is not always to be seen: `/key/Q29t...` is all of one alphabet
            whole = letters[start : start + (len(letters) - start) // 4 * 4]
            yield "base64", binascii.a2b_base64(whole + _rest(letters[start + len(whole) :]))
    for run in _HEX.finditer(data):
        yield "hexadecimal", bytes.fromhex(run[0].decode())


_ALPHABET = bytes.maketrans(b"-_", b"+/")


def _rest(letters: bytes) -> bytes:
    return letters + b"=" * (4 - len(letters)) if len(letters) > 1 else b""


def texts(data: bytes) -> Iterator[str]:
    """The texts that bytes may be."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield data.decode("utf-16", "replace")
    try:
        yield data.decode("utf-8")
    except UnicodeDecodeError:
        yield data.decode("utf-8", "replace")
        yield data.decode("cp1252", "replace")
        if not _BINARY.search(data):
            yield from (data.decode(encoding, "replace") for encoding in OLD)
    if b"\0" in data:
        for pattern, encoding in _WIDE:
            runs = [run[0].decode(encoding, "replace") for run in pattern.finditer(data)]
            if runs:
                yield "\n".join(runs)
