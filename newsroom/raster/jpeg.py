"""Owns JPEG files: their segments (ITU-T T.81, Annex B). Bytes in, bytes out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsroom.raster.look import Broken, Look, foreign, keeps, upright
from newsroom.raster.tiff import orientation

SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""SOF: what says how large the picture is."""
JFIF, EXIF, ICC, ADOBE = b"JFIF\0", b"Exif\0\0", b"ICC_PROFILE\0", b"Adobe"
MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
AFTER_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""In a scan 0xFF with 0 is a byte of the picture, with D0 to D7 a place to restart. It begins with one byte: 0.5 ms for a
photograph, where `+` takes 13."""

Segment = tuple[int, bytes]
"""(marker, the segment with its marker); of a scan with all its pixels."""


def segments(raw: bytes) -> Iterator[Segment]:
    """Every segment up to the end of the picture: what follows, be it a second one, belongs to no reader. Raises Broken."""
    at = 2
    while found := MARKER.match(raw, at):
        marker, body = found[1][0], found.end()
        if marker == EOI:
            if _goes_on(raw, body):
                raise Broken("truncated")
            return
        if marker == 0x01:  # TEM stands alone
            at = body
            continue
        length = int.from_bytes(raw[body : body + 2], "big")
        end = body + length
        if length < 2 or end > len(raw):
            raise Broken("truncated")
        if marker == SOS:
            after = AFTER_SCAN.search(raw, end)
            if after is None:
                raise Broken("truncated")
            end = after.start()
        yield marker, b"\xff" + raw[found.start(1) : end]
        at = end
    raise Broken("truncated" if at + 1 >= len(raw) else "broken")


def _goes_on(raw: bytes, at: int) -> bool:
    """Whether pixels follow the end of a picture: where somebody wrote over its middle, and an end is what was written.

    Pixels go on to the end that was meant. A second picture begins with SOI; a film, or what else telephones append, ends
    otherwise.
    """
    if at >= len(raw):
        return False
    rest = raw[at:].rstrip(b"\0")
    return (
        len(rest) > 2 and rest.endswith(b"\xff\xd9") and b"\xff\xd8\xff" not in rest and rest.strip(b"\xff\xd9") != b""
    )


def look(raw: bytes) -> Look:
    """What the segments say."""
    width = height = colours = 0
    turned, scans, profile = 1, 0, b""
    for marker, segment in segments(raw):
        if marker in FRAMES:
            height, width, colours = _number(segment, 5), _number(segment, 7), segment[9]
        elif marker == 0xE1 and segment[4:10] == EXIF:
            turned = orientation(segment[10:])
        elif marker == 0xE2 and segment[4:16] == ICC:
            profile += segment[18:]
        scans += marker == SOS
    if not (width and height and scans):
        raise Broken("broken")
    return Look(*upright(width, height, turned), remake=turned > 1 or colours == 4 or foreign(profile))


def cleaned(raw: bytes) -> bytes:
    """The segments that pixels and their colours are made of, and no other."""
    found = list(segments(raw))
    profile = b"".join(segment[18:] for marker, segment in found if marker == 0xE2 and segment[4:16] == ICC)
    kept = [b"\xff\xd8"]
    for marker, segment in found:
        if marker == 0xE0 and segment[4:9] == JFIF:
            kept.append(b"\xff\xe0\0\x10" + segment[4:16] + b"\0\0")  # without its thumbnail
        elif marker == 0xEE and segment[4:9] == ADOBE:
            kept.append(segment)  # which colours the numbers are
        elif marker == 0xE2 and segment[4:16] == ICC:
            kept += [segment] if keeps(profile) else []
        elif not 0xE0 <= marker <= 0xEF and marker != 0xFE:
            kept.append(segment)
    return b"".join(kept) + b"\xff\xd9"


def _number(segment: bytes, at: int) -> int:
    return int.from_bytes(segment[at : at + 2], "big")
