"""Owns pixels: a picture is decoded, set upright, brought to the colours of screens, cropped, made smaller, and encoded.

The one use of Pillow (45 ms to import): nothing here runs in a build that makes no picture. What it writes carries no
metadata. Its encoders may start threads, so it runs in processes that are forked for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from io import BytesIO
from typing import Any

from newsroom.pictures import AS_IT_IS, MIDDLE, Variant
from newsroom.raster import form_of
from newsroom.raster.look import upright
from newsroom.raster.tiff import ORIENTATION

PAINTED = ("png", "gif")
"""Forms that hold drawings, screenshots and letters: their edges show what a photograph would hide."""
QUALITY = {
    "avif": {"quality": 52, "speed": 9, "max_threads": 1, "subsampling": "4:2:0"},
    "webp": {"quality": 70, "method": 2},
    "jpeg": {"quality": 76, "progressive": True, "optimize": True},
    "png": {"compress_level": 6},
    "gif": {},
}
"""Form -> how it is encoded. AVIF at speed 8 makes files smaller by a twelfth and takes five times as long; WebP's method
4 by a twentieth and twice as long."""
EDGES = {"avif": {"quality": 68, "subsampling": "4:4:4"}, "webp": {"quality": 84}}
"""The same for PAINTED."""
FINEST = {"jpeg": {"quality": 92, "subsampling": "4:4:4"}, "webp": {"quality": 92}, "avif": {"quality": 85}}
"""The same for AS_IT_IS."""


class Undecodable(Exception):
    """A picture whose bytes are in order, and whose pixels are not; the message says what the decoder says."""


def made(raw: bytes, wanted: Iterable[Variant]) -> Iterator[tuple[Variant, bytes]]:
    """Each of these variants of a picture. Raises Undecodable.

    A variant's bytes are the same whatever else is made with it: a build that makes one equals one that makes all.
    """
    form, groups = form_of(raw), {}
    for variant in wanted:
        groups.setdefault(_enough(variant), []).append(variant)
    for enough, variants in groups.items():
        whole = _decoded(raw, form, *enough)
        smaller = lru_cache(None)(lambda width, focus, whole=whole: _smaller(whole, width, focus))
        for variant in variants:
            if variant == AS_IT_IS:
                yield variant, _encoded(whole, form, QUALITY[form] | FINEST.get(form, {}))
            else:
                edges = EDGES.get(variant.form, {}) if form in PAINTED else {}
                image = smaller(variant.width, variant.focus)
                yield variant, _encoded(image, variant.form, QUALITY[variant.form] | edges)


def _smaller(whole: Any, width: int, focus: str) -> Any:
    """The picture, or a square of it, so wide."""
    cut = _square(whole, focus) if focus else whole
    size = (width, width if focus else max(1, round(cut.height * width / cut.width)))
    return cut if cut.size == size else cut.resize(size, _pillow().LANCZOS, reducing_gap=2.0)


def thumbnail(raw: bytes, pixels: int, focus: str = "") -> bytes:
    """A square JPEG of at most so many pixels a side. Raises Undecodable."""
    whole = _decoded(raw, form_of(raw), pixels * 2)
    cut = _square(whole, focus or MIDDLE)
    side = min(pixels, cut.width)
    return _encoded(cut.resize((side, side), _pillow().LANCZOS, reducing_gap=2.0), "jpeg", QUALITY["jpeg"])


def recoded(raw: bytes, form: str) -> bytes:
    """A picture as a JPEG ("jpg"), or as a PNG of at most 256 colours ("png"). Raises Undecodable."""
    whole = _decoded(raw, form_of(raw))
    if form == "jpg":
        return _encoded(whole, "jpeg", QUALITY["jpeg"] | {"quality": 78, "subsampling": "4:2:0"})
    image = _pillow()
    # an octree takes 10 ms, a median cut 60, and nobody sees which it was; `optimize` takes 40 ms for 8 % of the bytes
    few = whole.convert("RGB").quantize(256, method=image.Quantize.FASTOCTREE, dither=image.Dither.NONE)
    return _encoded(few, "png", {})


def program() -> str:
    """What decides bytes beside our own code."""
    import PIL

    return f"Pillow {PIL.__version__}"


STEPS = (2000, 5000)
"""Pixels to which a JPEG is decoded: a quarter more than any variant up to 1600, or 4000, is wide."""


def _enough(variant: Variant) -> tuple[int, bool]:
    """(pixels that are enough to make a variant of, whether of the shorter side); 0 is all of them."""
    if variant == AS_IT_IS:
        return 0, False
    return next(step for step in STEPS if step >= variant.width * 1.25), bool(variant.focus)


# ── decoding ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _pillow() -> Any:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # `raster` has refused what is too large, and says so better
    return Image


def _decoded(raw: bytes, form: str, enough: int = 0, shorter: bool = True) -> Any:
    """The pixels, upright, as L, LA, RGB or RGBA in sRGB.

    A JPEG can be decoded at an eighth, a quarter, a half: the smallest of these that is `enough` wide; or its shorter
    side is. 0 is all of it.
    """
    import warnings

    from PIL import ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # EXIF that is damaged goes anyway
            image = _pillow().open(BytesIO(raw), formats=[form.upper()])
            if enough and form == "jpeg" and image.mode in ("RGB", "L"):
                width, height = upright(*image.size, image.getexif().get(ORIENTATION, 1))
                scale = enough / (min(width, height) if shorter else width)
                image.draft(None, tuple(math.ceil(side * scale) for side in image.size))
            image.load()
            return _plain(_in_srgb(ImageOps.exif_transpose(image)))
    except (OSError, ValueError, SyntaxError, IndexError, MemoryError) as error:
        raise Undecodable(str(error) or type(error).__name__) from error


def _in_srgb(image: Any) -> Any:
    """The same colours in numbers that screens take. A profile that cannot be read is as none."""
    profile = image.info.get("icc_profile")
    if image.mode in ("P", "PA", "1"):
        image = image.convert(
            "RGBA" if "transparency" in image.info or image.mode == "PA" else "RGB" if image.mode == "P" else "L"
        )
    if image.mode.startswith("I") or image.mode == "F":  # 16 bits of grey
        return image.convert("I").point(lambda grey: grey * (1 / 257)).convert("L")
    if profile and (converted := _converted(image, profile)):
        return converted
    return image if image.mode in ("L", "LA", "RGB", "RGBA") else image.convert("RGB")


def _converted(image: Any, profile: bytes) -> Any:
    """The picture taken from its profile to sRGB, or None."""
    from PIL import ImageCms

    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    opaque = image.convert(image.mode[:-1]) if alpha else image
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(
            opaque, source, ImageCms.createProfile("sRGB"), ImageCms.Intent.RELATIVE_COLORIMETRIC, "RGB", flags=flags
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
    if alpha:
        converted.putalpha(alpha)
    return converted


def _plain(image: Any) -> Any:
    """Without anything beside pixels: encoders would write it."""
    image.info = {}
    if hasattr(image, "_exif"):
        image._exif = None
    return image


# ── cropping, encoding ───────────────────────────────────────────────────────────────────────────────────────────────


def _square(image: Any, focus: str) -> Any:
    """The largest square whose place in the picture is that of the point: as `object-position` has it in CSS."""
    across, down = (int(part.removesuffix("%")) / 100 for part in focus.split())
    side = min(image.size)
    left, top = round((image.width - side) * across), round((image.height - side) * down)
    return image if image.size == (side, side) else image.crop((left, top, left + side, top + side))


def _encoded(image: Any, form: str, options: dict[str, Any]) -> bytes:
    """The file's bytes. JPEG has no transparency: what is behind becomes white."""
    if form == "jpeg" and image.mode in ("LA", "RGBA"):
        ground = _pillow().new("RGBA", image.size, "white")
        ground.alpha_composite(image.convert("RGBA"))
        image = ground.convert("RGB")
    elif form in ("avif", "webp") and image.mode in ("L", "LA"):
        image = image.convert("RGBA" if image.mode == "LA" else "RGB")
    file = BytesIO()
    _plain(image).save(file, form.upper(), **options)
    return file.getvalue()
