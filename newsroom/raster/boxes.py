"""Owns AVIF and HEIC files: the boxes of their container (ISO/IEC 14496-12 and 23008-12). Bytes in, bytes out.

Boxes point at places in the file by their number, so nothing is taken out: what is metadata becomes zeros.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from newsroom.raster.look import Broken, Look

AVIF, HEIC = (b"avif", b"avis"), (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
"""Brands: how such a file begins."""
SAID = (b"Exif", b"mime", b"uri ")
"""Types of item that hold words, not pixels: EXIF, XMP."""
EMPTY = b"\0\0\0\0MM\0*\0\0\0\x08" + bytes(6)
"""EXIF that says nothing: readers refuse a picture with zeros in its place."""
CONTAINERS = (b"meta", b"iprp", b"ipco")
"""Boxes that are looked into."""


class Box(NamedTuple):
    """A box of a file."""

    kind: bytes
    start: int
    """Where what is in it begins."""
    end: int


def brand(raw: bytes) -> bytes:
    """What a file of this container says it is; b"" for any other."""
    return raw[8:12] if raw[4:8] == b"ftyp" else b""


def boxes(raw: bytes, at: int = 0, end: int = -1) -> Iterator[Box]:
    """The boxes between two places, and those in CONTAINERS. Raises Broken."""
    end = len(raw) if end < 0 else end
    while at + 8 <= end:
        size, kind, start = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8], at + 8
        if size == 1:
            size, start = int.from_bytes(raw[at + 8 : at + 16], "big"), at + 16
        size = size or end - at
        if size < start - at or at + size > end:
            raise Broken("truncated")
        yield Box(kind, start, at + size)
        if kind in CONTAINERS:
            yield from boxes(raw, start + (4 if kind == b"meta" else 0), at + size)
        at += size


def look(raw: bytes) -> Look:
    """What the boxes say: the size of the largest picture, and whether it lies on its side."""
    size, aside = (0, 0), False
    for kind, start, _ in boxes(raw):
        if kind == b"ispe":
            width, height = (int.from_bytes(raw[at : at + 4], "big") for at in (start + 4, start + 8))
            size = max(size, (width, height), key=lambda both: both[0] * both[1])
        elif kind == b"irot":
            aside = bool(raw[start] & 1)
    if not all(size):
        raise Broken("broken")
    return Look(*(size[::-1] if aside else size), moves=brand(raw) == b"avis")


def cleaned(raw: bytes) -> bytes:
    """The same file with zeros for EXIF and XMP."""
    found = list(boxes(raw))
    made = bytearray(raw)
    said = dict(row for box in found if box.kind == b"iinf" for row in _said(raw, box))
    for box in found:
        if box.kind == b"uuid":
            made[box.start : box.end] = bytes(box.end - box.start)
        elif box.kind == b"iloc" and said:
            inside = next((one.start for one in found if one.kind == b"idat"), 0)
            for item, start, length in _places(raw, box, said, inside):
                size = max(0, min(length, len(made) - start))
                made[start : start + size] = (EMPTY if said[item] == b"Exif" else b"")[:size].ljust(size, b"\0")
    return bytes(made)


def _said(raw: bytes, box: Box) -> Iterator[tuple[int, bytes]]:
    """(number, type) of the items of SAID, of a list of items (iinf)."""
    wide = raw[box.start] > 0
    for kind, start, _ in boxes(raw, box.start + (8 if wide else 6), box.end):
        version = raw[start]
        if kind == b"infe" and version >= 2:
            size = 2 if version == 2 else 4
            kind = raw[start + 4 + size + 2 : start + 4 + size + 6]
            if kind in SAID:
                yield int.from_bytes(raw[start + 4 : start + 4 + size], "big"), kind


def _places(raw: bytes, box: Box, wanted: Collection[int], inside: int) -> Iterator[tuple[int, int, int]]:
    """(item, start, length) of what these items are made of (iloc); `inside` is where the box of small items begins."""
    at = box.start + 4
    version, sizes = raw[box.start], int.from_bytes(raw[at : at + 2], "big")
    offset, length, base, index = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15 if version else 0
    at += 2

    def number(size: int) -> int:
        nonlocal at
        at += size
        if at > box.end:
            raise Broken("broken")
        return int.from_bytes(raw[at - size : at], "big")

    for _ in range(number(4 if version == 2 else 2)):
        item = number(4 if version == 2 else 2)
        method = number(2) & 15 if version else 0
        number(2)
        first = number(base) + (inside if method == 1 else 0)
        for _ in range(number(2)):
            number(index)
            start, size = number(offset), number(length)
            if item in wanted and method < 2:
                yield item, first + start, size
