"""Owns PNG and APNG files: their chunks (W3C PNG, third edition, 5 and 11). Bytes in, bytes out."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from newsroom.raster.look import Broken, Look, foreign, keeps, upright
from newsroom.raster.tiff import orientation

START = b"\x89PNG\r\n\x1a\n"
KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"cICP",
    b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
"""Chunks that pixels, their colours and their movement are made of."""
PROFILE = 4 << 20
"""Bytes of a colour profile, unpacked: more is a bomb."""


def chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(type, the whole chunk) up to the end of the picture. Raises Broken."""
    at = len(START)
    while True:
        end = at + 12 + int.from_bytes(raw[at : at + 4], "big")
        if end > len(raw):
            raise Broken("truncated")
        chunk = raw[at:end]
        if zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise Broken("broken")
        yield chunk[4:8], chunk
        if chunk[4:8] == b"IEND":
            return
        at = end


def look(raw: bytes) -> Look:
    """What the chunks say."""
    width = height = frames = 0
    turned, pixels, profile, few = 1, False, b"", False
    for kind, chunk in chunks(raw):
        if kind == b"IHDR":
            width, height = (int.from_bytes(chunk[at : at + 4], "big") for at in (8, 12))
            few = chunk[16:17] < b"\x08" or chunk[17:18] == b"\x03"
        elif kind == b"acTL":
            frames = int.from_bytes(chunk[8:12], "big")
        elif kind == b"eXIf":
            turned = orientation(chunk[8:-4])
        elif kind == b"iCCP":
            profile = _profile(chunk)
        pixels = pixels or kind == b"IDAT"
    if not (width and height and pixels):
        raise Broken("broken")
    moves = frames > 1
    return Look(*upright(width, height, turned), moves, not moves and (turned > 1 or foreign(profile)), few=few)


def cleaned(raw: bytes) -> bytes:
    """The chunks of KEPT, and a colour profile that is known."""
    return START + b"".join(
        chunk for kind, chunk in chunks(raw) if kind in KEPT or (kind == b"iCCP" and keeps(_profile(chunk)))
    )


def _profile(chunk: bytes) -> bytes:
    """The profile of an iCCP chunk with its name before it; the name alone where it cannot be unpacked."""
    name, _, packed = chunk[8:-4].partition(b"\0")
    try:
        return name + zlib.decompressobj().decompress(packed[1:], PROFILE)
    except zlib.error:
        return name
