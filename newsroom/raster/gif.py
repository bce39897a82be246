"""Owns GIF files: their blocks (GIF89a, 1990). Bytes in, bytes out."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom.raster.look import Broken, Look

IMAGE, EXTENSION, TRAILER = 0x2C, 0x21, 0x3B
CONTROL, APPLICATION = 0xF9, 0xFF
LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
"""Applications whose block says how often the picture moves."""

Block = tuple[str, bytes]
"""(head | image | control | loop | text | said, the block)."""


def blocks(raw: bytes) -> Iterator[Block]:
    """Every block up to the trailer. Raises Broken."""
    at = 13 + _table(raw, 10)
    yield "head", raw[:at]
    while at < len(raw):
        if raw[at] == TRAILER:
            return
        if raw[at] == IMAGE:
            end = _end(raw, at + 11 + _table(raw, at + 9))
            yield "image", raw[at:end]
        elif raw[at] == EXTENSION:
            end = _end(raw, at + 2)
            yield _extension(raw[at:end]), raw[at:end]
        else:
            raise Broken("broken")
        at = end
    raise Broken("truncated")


def look(raw: bytes) -> Look:
    """What the blocks say."""
    frames = sum(kind == "image" for kind, _ in blocks(raw))
    width, height = (int.from_bytes(raw[at : at + 2], "little") for at in (6, 8))
    if not (frames and width and height):
        raise Broken("broken")
    return Look(width, height, frames > 1)


def cleaned(raw: bytes) -> bytes:
    """Without comments, and what programs say to themselves."""
    return b"".join(block for kind, block in blocks(raw) if kind != "said") + bytes([TRAILER])


def _extension(block: bytes) -> str:
    if block[1] == CONTROL:
        return "control"
    if block[1] == APPLICATION and block[3:14] in LOOPS:
        return "loop"
    return "text" if block[1] == 0x01 else "said"


def _table(raw: bytes, at: int) -> int:
    """Bytes of the table of colours that the flags at a place announce."""
    if at >= len(raw):
        raise Broken("truncated")
    return 3 << (1 + (raw[at] & 7)) if raw[at] & 0x80 else 0


def _end(raw: bytes, at: int) -> int:
    """Where a row of sub-blocks ends: each says its length, the last is empty."""
    while at < len(raw) and raw[at]:
        at += 1 + raw[at]
    if at >= len(raw):
        raise Broken("truncated")
    return at + 1
