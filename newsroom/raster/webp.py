"""Owns WebP files: the chunks of their container (RFC 9649, 2). Bytes in, bytes out."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom.raster.look import Broken, Look, foreign, keeps, upright
from newsroom.raster.tiff import orientation

KEPT = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF")
HAS_PROFILE, HAS_EXIF, HAS_XMP, MOVES = 0x20, 0x08, 0x04, 0x02
"""Flags of a VP8X chunk."""


def chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(type, what is in the chunk) each. Raises Broken."""
    end = 8 + int.from_bytes(raw[4:8], "little")
    if end > len(raw) + 1:  # some leave out the last filling byte
        raise Broken("truncated")
    at = 12
    while at + 8 <= end:
        length = int.from_bytes(raw[at + 4 : at + 8], "little")
        if at + 8 + length > len(raw):
            raise Broken("truncated")
        yield raw[at : at + 4], raw[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def look(raw: bytes) -> Look:
    """What the chunks say."""
    size, turned, profile, frames = (0, 0), 1, b"", 0
    for kind, body in chunks(raw):
        if kind == b"VP8X" and len(body) >= 10:
            size = (1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little"))
        elif kind == b"VP8 " and not size[0]:
            size = tuple(int.from_bytes(body[at : at + 2], "little") & 0x3FFF for at in (6, 8))
        elif kind == b"VP8L" and not size[0]:
            bits = int.from_bytes(body[1:5], "little")
            size = (1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
        elif kind == b"EXIF":
            turned = orientation(body.removeprefix(b"Exif\0\0"))
        elif kind == b"ICCP":
            profile = body
        frames += kind == b"ANMF"
    if not all(size):
        raise Broken("broken")
    moves = frames > 1
    return Look(*upright(*size, turned), moves, not moves and (turned > 1 or foreign(profile)))


def cleaned(raw: bytes) -> bytes:
    """The chunks of KEPT, and a colour profile that is known; the head says no more what is not there."""
    kept = []
    found = list(chunks(raw))
    coloured = any(kind == b"ICCP" and keeps(body) for kind, body in found)
    for kind, body in found:
        if kind == b"VP8X":
            gone = HAS_EXIF | HAS_XMP | (0 if coloured else HAS_PROFILE)
            body = bytes([body[0] & ~gone]) + body[1:]
        if kind in KEPT or (kind == b"ICCP" and coloured):
            kept.append(kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2))
    inside = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(inside).to_bytes(4, "little") + inside
