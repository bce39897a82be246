"""Owns what pictures say beside their pixels: chunks of PNG and WebP, segments of JPEG, comments of GIF, EXIF."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from newsroom.leaks.archives import Inside, inflated

SIZES = {1: 1, 2: 1, 6: 1, 7: 1}
"""Types of a TIFF field that may hold text (TIFF 6.0, section 2; EXIF: XPTitle is of bytes) -> bytes of one."""

FURTHER = (0x8769, 0x8825, 0xA005)
"""Fields that lead to more fields: EXIF, GPS, interoperability."""

FIELDS = 4096
"""Fields that are read: more is damage."""


def png(data: bytes, most: int) -> Iterator[Inside]:
    """The text chunks of a PNG, unpacked (W3C PNG, 11.3.3), and whatever follows its end."""
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if kind in (b"tEXt", b"zTXt", b"iTXt"):
            keyword, _, rest = body.partition(b"\0")
            packed = rest[1:] if kind == b"zTXt" else b""
            if kind == b"iTXt" and rest[:1] == b"\x01":  # flag, method, language, translated keyword, text
                packed = rest[2:].split(b"\0", 2)[-1]
            yield f"{kind.decode()} chunk", keyword + b"\n" + (inflated(packed, most) if packed else rest)
        elif kind == b"eXIf":
            yield "EXIF", body
        at += 12 + length
        if kind == b"IEND":
            break
    if at < len(data):
        yield "after the picture", data[at:]


def gif(data: bytes, most: int) -> Iterator[Inside]:
    """The comments of a GIF: kept in blocks of 255 bytes (GIF89a, 24)."""
    for start in re.finditer(rb"!\xfe", data):
        at, said = start.end(), []
        while at < len(data) and data[at]:
            said.append(data[at + 1 : at + 1 + data[at]])
            at += 1 + data[at]
        yield "comment", b"".join(said)


def jpeg(data: bytes, most: int) -> Iterator[Inside]:
    """The segments of a JPEG before its pixels (ITU-T T.81, B.1.1): EXIF, XMP, comments."""
    at, said = 2, []
    while at + 4 <= len(data) and data[at] == 0xFF:
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        kind, body = data[at + 1], data[at + 4 : at + 2 + length]
        if kind == 0xE1 and body[:6] == b"Exif\0\0":
            yield "EXIF", body[6:]
        elif kind == 0xFE:
            yield "comment", body
        elif 0xE0 <= kind <= 0xEF:
            said.append(body[75:] if body[:34] == b"http://ns.adobe.com/xmp/extension/" else body)
        at += 2 + max(2, length)
        if kind == 0xDA:
            break
    if said:
        yield "XMP", b"".join(said)  # a long one goes on in the next segment


def webp(data: bytes, most: int) -> Iterator[Inside]:
    """The chunks of a WebP that hold no pixels."""
    at = 12
    while at + 8 <= len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + length]
        if data[at : at + 4] in (b"EXIF", b"XMP "):
            yield data[at : at + 4].decode().strip(), body.removeprefix(b"Exif\0\0")
        at += 8 + length + length % 2


def tiff(data: bytes, most: int) -> Iterator[Inside]:
    """The texts of a TIFF's fields, which is what EXIF is made of: each by itself, not with what stands before it."""
    order = "<" if data[:2] == b"II" else ">"
    waiting, seen, texts = [_number(data, 4, order)], set(), []
    while waiting and len(seen) < FIELDS:
        at = waiting.pop()
        if at in seen or at + 2 > len(data):
            continue
        seen.add(at)
        count = struct.unpack_from(order + "H", data, at)[0]
        for field in range(at + 2, min(at + 2 + 12 * count, len(data) - 11), 12):
            tag, kind, size = struct.unpack_from(order + "HHI", data, field)
            start = field + 8 if size <= 4 else _number(data, field + 8, order)
            if tag in FURTHER:
                waiting.append(_number(data, field + 8, order))
            elif kind in SIZES:
                texts.append((tag, data[start : start + size]))
        waiting.append(_number(data, at + 2 + 12 * count, order))
    for tag, said in texts:
        wide = 0x9C9B <= tag <= 0x9C9F  # what Windows writes
        yield "EXIF", said.decode("utf-16-le", "replace").encode() if wide else said


def _number(data: bytes, at: int, order: str) -> int:
    """Four bytes; 0 where there are none, which is where no list of fields begins."""
    return struct.unpack_from(order + "I", data, at)[0] if 0 <= at <= len(data) - 4 else 0
