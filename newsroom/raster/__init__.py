"""Owns what picture files are made of, as bytes: their form, what they say of themselves, the same without metadata.

Nothing here decodes a pixel: 2 ms for a photograph, where decoding takes 100. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from newsroom.raster import boxes, gif, jpeg, png, svg, tiff, webp
from newsroom.raster.look import LARGE, Broken, Look


class Form(NamedTuple):
    """A form of picture file."""

    name: str
    """How people call it: "JPEG"."""
    endings: tuple[str, ...]
    """What names of such files end in."""
    is_one: Callable[[bytes], bool]
    look: Callable[[bytes], Look]
    cleaned: Callable[[bytes], bytes]


def _inside(raw: bytes, picture: bool) -> bytes:
    """A file that stands in a drawing, without metadata. Raises Broken where its pixels would have to change for that."""
    form = form_of(raw)
    if not form and not picture:  # a font
        return raw
    try:
        if not form or look(raw).remake:
            raise Broken("inside")
        return cleaned(raw)
    except Broken:
        raise Broken("inside") from None


FORMS: dict[str, Form] = {
    "jpeg": Form("JPEG", (".jpg", ".jpeg"), lambda raw: raw[:3] == b"\xff\xd8\xff", jpeg.look, jpeg.cleaned),
    "png": Form("PNG", (".png",), lambda raw: raw[:8] == png.START, png.look, png.cleaned),
    "gif": Form("GIF", (".gif",), lambda raw: raw[:6] in (b"GIF87a", b"GIF89a"), gif.look, gif.cleaned),
    "webp": Form("WebP", (".webp",), lambda raw: raw[:4] == b"RIFF" and raw[8:12] == b"WEBP", webp.look, webp.cleaned),
    "avif": Form("AVIF", (".avif",), lambda raw: boxes.brand(raw) in boxes.AVIF, boxes.look, boxes.cleaned),
    "heic": Form("HEIC", (".heic", ".heif"), lambda raw: boxes.brand(raw) in boxes.HEIC, boxes.look, boxes.cleaned),
    "tiff": Form("TIFF", (".tif", ".tiff"), lambda raw: raw[:4] in (b"II*\0", b"MM\0*"), tiff.look, tiff.cleaned),
    "svg": Form("SVG", (".svg",), svg.is_one, svg.look, lambda raw: svg.cleaned(raw, _inside)),
}
"""Every form that is known by its first bytes."""

SHOWN = ("jpeg", "png", "gif", "webp", "avif", "svg")
"""Forms that browsers show."""


def form_of(raw: bytes) -> str:
    """The form of a file, whatever its name says; "" for none of FORMS."""
    return next((name for name, form in FORMS.items() if form.is_one(raw)), "")


def look(raw: bytes) -> Look:
    """What a picture file says of itself. Raises Broken where it is not whole."""
    form = form_of(raw)
    if not form:
        raise Broken("unknown")
    found = FORMS[form].look(raw)._replace(form=form)
    if found.width * found.height > LARGE:
        raise Broken("large", found)
    return found


def cleaned(raw: bytes) -> bytes:
    """The same picture without metadata, pixel for pixel; what is no picture as it is. Raises Broken."""
    form = form_of(raw)
    return FORMS[form].cleaned(raw) if form else raw


def ending(path: str) -> str:
    """The form that a file's name promises, or ""."""
    lower = path.lower()
    return next((name for name, form in FORMS.items() if lower.endswith(form.endings)), "")
