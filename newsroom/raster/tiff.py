"""Owns TIFF files, and EXIF, which is one inside others: their directories of fields (TIFF 6.0, 2). Bytes in, bytes out."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from newsroom.raster.look import Broken, Look, upright

ORIENTATION = 0x0112
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
"""Type of a field -> bytes of one value."""
MOST = 1000
"""Directories that are followed, and fields in each: more is damage."""
BELOW = (0x8769, 0x8825, 0xA005)
"""Fields that lead to a directory of nothing but metadata: EXIF, GPS, interoperability."""
KEPT = {
    254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 288, 289,
    290, 291, 292, 293, 296, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 334, 336, 338, 339, 340, 341, 342,
    347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 34675,
}  # fmt: skip
"""Fields that pixels and their colours are made of; the last is the colour profile."""


class Field(NamedTuple):
    """A row of a directory."""

    at: int
    """Where it stands."""
    tag: int
    kind: int
    count: int
    value: int
    """Where its value stands: in the row itself where four bytes are enough."""
    size: int
    """Bytes of the value."""


def fields(raw: bytes, at: int, order: str) -> list[Field]:
    """The fields of the directory at a place. Raises Broken where it is not whole."""
    try:
        count = struct.unpack_from(order + "H", raw, at)[0]
        found = []
        for row in range(at + 2, at + 2 + 12 * min(count, MOST), 12):
            tag, kind, many, value = struct.unpack_from(order + "HHII", raw, row)
            size = SIZES.get(kind, 1) * many
            found.append(Field(row, tag, kind, many, row + 8 if size <= 4 else value, size))
        return found
    except struct.error:
        raise Broken("truncated") from None


def directories(raw: bytes, order: str) -> Iterator[tuple[int, list[Field]]]:
    """(place, fields) of each page's directory."""
    seen: set[int] = set()
    at = _long(raw, 4, order)
    while at and at not in seen and len(seen) < MOST:
        seen.add(at)
        found = fields(raw, at, order)
        yield at, found
        at = _long(raw, at + 2 + 12 * len(found), order)


def orientation(raw: bytes) -> int:
    """How a picture with this EXIF lies, 1 to 8; 1 where it does not say, or cannot be read."""
    order = _order(raw)
    if not order:
        return 1
    try:
        first = fields(raw, _long(raw, 4, order), order)
    except Broken:
        return 1
    for field in first:
        if field.tag == ORIENTATION and field.kind == 3 and field.at + 10 <= len(raw):
            turned = struct.unpack_from(order + "H", raw, field.at + 8)[0]
            return turned if 1 <= turned <= 8 else 1
    return 1


def look(raw: bytes) -> Look:
    """What the first directory says."""
    order = _order(raw)
    for _, found in directories(raw, order):
        values = {field.tag: _value(raw, field, order) for field in found if field.count == 1}
        width, height = values.get(256, 0), values.get(257, 0)
        return Look(*upright(width, height, values.get(ORIENTATION, 1)))
    raise Broken("broken")


def cleaned(raw: bytes) -> bytes:
    """The same file with nothing but the fields of KEPT in its directories, and zeros where the others' values stood."""
    order, made = _order(raw), bytearray(raw)
    for at, found in directories(raw, order):
        following = _long(raw, at + 2 + 12 * len(found), order)
        for field in found:
            if field.tag not in KEPT:
                _blank(raw, made, field, order)
        rows = [raw[field.at : field.at + 12] for field in found if field.tag in KEPT]
        whole = struct.pack(order + "H", len(rows)) + b"".join(rows) + struct.pack(order + "I", following)
        made[at : at + 6 + 12 * len(found)] = whole.ljust(6 + 12 * len(found), b"\0")
    return bytes(made)


def _blank(raw: bytes, made: bytearray, field: Field, order: str, deep: int = 0) -> None:
    """Zeros for a field's value, and for all that it leads to."""
    if field.tag in BELOW and deep < 3:
        at = _long(raw, field.at + 8, order)
        try:
            inside = fields(raw, at, order)
        except Broken:
            return
        for each in inside:
            _blank(raw, made, each, order, deep + 1)
        _zeros(made, at, 6 + 12 * len(inside))
    elif field.size > 4:
        _zeros(made, field.value, field.size)


def _zeros(made: bytearray, at: int, size: int) -> None:
    end = min(at + size, len(made))
    made[at:end] = bytes(max(0, end - at))


def _order(raw: bytes) -> str:
    return {b"II*\0": "<", b"MM\0*": ">"}.get(raw[:4], "")


def _long(raw: bytes, at: int, order: str) -> int:
    """Four bytes as a number; 0, which is the place of no directory, where there are none."""
    return struct.unpack_from(order + "I", raw, at)[0] if 0 <= at <= len(raw) - 4 else 0


def _value(raw: bytes, field: Field, order: str) -> int:
    form = {3: "H", 4: "I"}.get(field.kind)
    return struct.unpack_from(order + form, raw, field.at + 8)[0] if form and field.at + 12 <= len(raw) else 0
