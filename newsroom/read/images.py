"""Owns what a picture file says of itself. Must not decode pixels. The one use of imagesize."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from typing import NamedTuple

from newsroom import raster

PICTURES = tuple(ending for form in raster.SHOWN for ending in raster.FORMS[form].endings)
ACTIVE = re.compile(
    r"<\s*(?:\w+:)?(?:script|foreignObject|iframe|handler)\b|\son\w+\s*=|(?:java|vb)script\s*:|<!ENTITY|"
    r"(?:href|src)\s*=\s*[\"']?\s*(?:https?:|file:|//|data:(?!image/))|@import|url\(\s*[\"']?\s*(?:https?:|//)",
    re.I,
)
"""What an SVG opened by itself could run or fetch."""
PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|\?xml|!--)", re.I)


RARE = (".jfif", ".jpe", ".jif", ".pjpeg", ".pjp", ".apng")
"""Other endings of JPEG and PNG, which many a host serves as bytes of no kind."""
BITMAPS = (".bmp", ".dib")
KEEPING = (".jxl", ".jp2", ".jpx", ".psd", ".psb", ".xcf")
"""Endings of pictures whose metadata nothing here takes out."""


class Seen(NamedTuple):
    """What is known of a picture: the fields of a Source after its digest."""

    pixels: tuple[int, int] = (0, 0)
    active: str = ""
    form: str = ""
    moves: bool = False
    remake: bool = False
    wrong: str = ""
    few: bool = False


NONE = Seen()


def seen(path: str, raw: bytes) -> Seen:
    """What a file says of itself, where its name is that of a picture."""
    promised = raster.ending(path)
    if not promised:
        return _other(path.lower(), raw)
    if promised not in raster.SHOWN:  # for download: their size is of no use to a page
        return _downloaded(promised, raw)
    if promised == "svg":
        form = raster.form_of(raw)
        return Seen(_measured(raw), _active(raw), "svg", wrong=_undrawn(raw) if form == "svg" else _instead(form, raw))
    form = raster.form_of(raw)
    if form != promised:
        return Seen(wrong=_instead(form, raw), active=_active(raw) if form == "svg" else "")
    try:
        found = raster.look(raw)
    except raster.Broken as error:
        size = (error.found.width, error.found.height) if error.found else (0, 0)
        return Seen(
            size, "", form, bool(error.found and error.found.moves), bool(error.found and error.found.remake), error.why
        )
    return Seen((found.width, found.height), "", form, found.moves, found.remake, few=found.few)


def _downloaded(promised: str, raw: bytes) -> Seen:
    """A picture that no browser shows."""
    form = raster.form_of(raw)
    if form != promised:
        return Seen(wrong=_instead(form, raw))
    try:
        raster.FORMS[form].look(raw)
        raster.cleaned(raw)
    except raster.Broken as error:
        return Seen(form=form, wrong=error.why)
    return Seen(form=form)


def _other(path: str, raw: bytes) -> Seen:
    """A picture by a name that not every server knows; or one that nothing here can clean."""
    form = raster.form_of(raw) if path.endswith(RARE) else ""
    if form:
        return Seen(wrong=raster.FORMS[form].name)
    if path.endswith(BITMAPS) or (raw[:2] == b"BM" and path.endswith(RARE)):
        return Seen(wrong="BMP")
    return Seen(wrong="keeping") if path.endswith(KEEPING) else NONE


def _instead(form: str, raw: bytes) -> str:
    """What a file is that is not what its name says: a row of `pictures.WRONG`, or a form."""
    if form:
        return raster.FORMS[form].name
    return "empty" if not raw else "page" if PAGE.match(raw) else "unknown"


def _undrawn(raw: bytes) -> str:
    """Why an SVG cannot go out, or ""."""
    try:
        raster.look(raw)
        raster.cleaned(raw)
    except raster.Broken as error:
        return error.why
    return ""


def _measured(raw: bytes) -> tuple[int, int]:
    """Width and height that an SVG says it has; (0, 0) where it says none."""
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


def _active(raw: bytes) -> str:
    """What an SVG file could run or fetch when it is opened by itself, or ""."""
    text = raw.decode("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "replace").replace("\0", "")
    # As a browser reads an address: `&#106;ava&#9;script:` is `javascript:` to it.
    found = ACTIVE.search(text) or ACTIVE.search(re.sub(r"[\t\r\n]", "", unescape(text)))
    return found[0].strip() if found else ""
