"""Owns what a picture file says of itself. Must not decode pixels. The one use of imagesize."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO

PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg")
ACTIVE = re.compile(
    r"<\s*(?:\w+:)?(?:script|foreignObject|iframe|handler)\b|\son\w+\s*=|(?:java|vb)script\s*:|<!ENTITY|"
    r"(?:href|src)\s*=\s*[\"']?\s*(?:https?:|//|data:(?!image/))|@import|url\(\s*[\"']?\s*(?:https?:|//)",
    re.I,
)
"""What an SVG opened by itself could run or fetch."""


def measure(path: str, raw: bytes) -> tuple[int, int]:
    """Width and height in pixels; (0, 0) where the file is no picture or does not say."""
    if not path.lower().endswith(PICTURES):
        return 0, 0
    import imagesize

    try:
        width, height = map(int, imagesize.get(BytesIO(raw)))
    except Exception:  # a broken file: imagesize raises whatever its parsing meets
        return 0, 0
    return (width, height) if width > 0 and height > 0 else _view_box(raw)


def _view_box(raw: bytes) -> tuple[int, int]:
    found = re.search(
        rb"<svg[^>]*\bviewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+(\d{1,6})(?:\.\d*)?[\s,]+(\d{1,6})(?:\.\d*)?\s*[\"']",
        raw[:4096],
    )
    return (int(found[1]), int(found[2])) if found else (0, 0)


def active(path: str, raw: bytes) -> str:
    """What an SVG file could run or fetch when it is opened by itself, or ""."""
    if not path.lower().endswith(".svg"):
        return ""
    text = raw.decode("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "replace").replace("\0", "")
    # As a browser reads an address: `&#106;ava&#9;script:` is `javascript:` to it.
    found = ACTIVE.search(text) or ACTIVE.search(re.sub(r"[\t\r\n]", "", unescape(text)))
    return found[0].strip() if found else ""
