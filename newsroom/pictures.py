"""Owns which smaller forms a picture has, and what they are called; what is wrong with a picture file, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

from newsroom.model import Source, digest_of
from newsroom.permalinks import slugify

VERSION = "1"
"""Of everything that decides the bytes of a variant: another number gives every variant another name."""

FOLDER = "assets/pictures/"
"""Where variants are: what has its digest in its name is kept for ever by browsers."""
PREVIEW = "preview/"

SQUARES = (80, 160, 320, 640)
"""Widths of a face in pixels: from a remark to a person's own page, for screens of up to three dots a pixel."""
APART = 1.15
"""A width that is nearer than this to the picture's own is not made."""
GROWS = 800
"""A PNG wider than this is made as AVIF and WebP only: as PNG it would be the heaviest of all, and no reader gets it. Of a palette
none is made: with the shades between its colours the smaller one has more bytes than the picture itself."""

ENDINGS = {"avif": "avif", "webp": "webp", "jpeg": "jpg", "png": "png"}
"""Form -> how names of such variants end. Media types are `image/<form>`."""
MADE_OF = ("jpeg", "png", "webp", "gif", "avif")
"""Forms of which smaller ones are made, where they do not move."""

WIDE_TEXT = "100vw"
"""What `sizes` says of a picture in a text, where the theme has no option `picture_sizes`."""


class Variant(NamedTuple):
    """A picture made smaller, in one form."""

    form: str
    """avif | webp | jpeg | png."""
    width: int
    """Pixels. A square is as high."""
    focus: str
    """"50% 25%": a square around this point; "" is the whole picture."""
    name: str
    """`crack-800.1a2b3c4d.avif`."""


AS_IT_IS = Variant("", 0, "", "")
"""The whole picture in its own form and size: what stands at its own address, where its pixels had to change."""


def variants(asset: Source, widths: Iterable[int], formats: Iterable[str]) -> tuple[Variant, ...]:
    """The whole picture in each form and width, never wider than it is."""
    width = asset.pixels[0]
    smaller = [each for each in sorted({*widths}) if each * APART <= width]
    if width <= max(widths, default=0):
        smaller.append(width)
    original = {"jpeg": width - 1, "png": 0 if asset.few else min(GROWS, width - 1)}.get(asset.form, 0)
    return _made(asset, smaller, (*formats, asset.form), "", original)


def squares(asset: Source, formats: Iterable[str], focus: str) -> tuple[Variant, ...]:
    """A face in each form and width."""
    side = min(asset.pixels)
    smaller = [each for each in SQUARES if each <= side] or [side]
    return _made(asset, smaller, formats, focus or FACE, 0)


FACE, MIDDLE = "50% 25%", "50% 50%"
"""Where a face is in a portrait, and what matters in any other picture, where nobody says it."""


def _made(asset: Source, widths: list[int], formats: Iterable[str], focus: str, most: int) -> tuple[Variant, ...]:
    """`most` is the widest in the picture's own form."""
    if asset.form not in MADE_OF or asset.moves or asset.wrong or not all(asset.pixels):
        return ()
    key = digest_of(asset.path, asset.digest, VERSION, focus)[:8]
    stem = slugify(asset.path.rpartition("/")[2].rpartition(".")[0])[:48] or "picture"
    return tuple(
        Variant(form, width, focus, f"{stem}-{width}{f'x{width}' if focus else ''}.{key}.{ENDINGS[form]}")
        for form in dict.fromkeys(formats)
        for width in widths
        if form in ENDINGS and (form != asset.form or width <= most or form in ("avif", "webp"))
    )


def small(asset: Source, focus: str) -> Variant:
    """What a contact card carries in itself: a JPEG of some 10 kB."""
    return Variant("jpeg", min(240, *asset.pixels), focus or FACE, "")


def folder(path: str) -> str:
    """Where the variants of a file are that is written to a path: a preview's beside the preview."""
    return "/".join(path.split("/")[:2]) + "/pictures/" if path.startswith(PREVIEW) else FOLDER


def sources(made: Iterable[Variant], at: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """((media type, srcset) of each newer form, srcset in the picture's own form). `at` is the address of their folder.

    >>> sources([Variant("avif", 80, "50% 25%", "maya-80x80.1a2b3c4d.avif")], "/assets/pictures/")
    ((('image/avif', '/assets/pictures/maya-80x80.1a2b3c4d.avif 80w'),), '')
    """
    sets: dict[str, list[str]] = {}
    for variant in made:
        sets.setdefault(variant.form, []).append(f"{at}{quote(variant.name)} {variant.width}w")
    newer = tuple((f"image/{form}", ", ".join(row)) for form, row in sets.items() if form in ("avif", "webp"))
    return newer, next((", ".join(row) for form, row in sets.items() if form in ("jpeg", "png")), "")


# ── what is wrong with a file ────────────────────────────────────────────────────────────────────────────────────────

AGAIN = "save it again from the original, or copy it anew; a picture program that opens it tells whether it is whole"
WRONG = {
    "empty": ("is empty", AGAIN),
    "truncated": ("ends before the picture is complete", AGAIN),
    "broken": ("is damaged: it cannot be read as a picture", AGAIN),
    "unformed": (
        "is no well-formed XML: browsers show an error in its place",
        "save it anew in a drawing program, as plain SVG",
    ),
    "inside": (
        "holds a picture inside that cannot be freed of its metadata",
        "put that picture in anew, upright, as JPEG or PNG in sRGB; or save the drawing as PNG",
    ),
    "page": ("is a web page, whatever its name says", "save the picture itself from that page"),
    "unknown": ("is no picture that browsers show", "save it as JPEG, PNG or WebP"),
    "large": ("is larger than 80 million pixels", "save it smaller: 2400 pixels wide are enough for any page"),
    "huge": (
        "is larger than 200 million pixels",
        "save it smaller: 100 million are enough for a poster, 120 cm wide at 250 dpi",
    ),
    "turned": (
        "is larger than 80 million pixels, and must be turned or brought to the colours of screens",
        "save it upright and in sRGB: then it can be downloaded as it is, up to 200 million pixels",
    ),
    "keeping": (
        "is a file that cannot be freed of what it says of its maker",
        "save it as PNG, JPEG or TIFF; or zip it, once you know what is in it",
    ),
    "BMP": ("is a BMP file, which cannot be freed of what follows the picture", "save it as PNG"),
    "HEIC": ("is a HEIC file, which most browsers do not show", "save it as JPEG: quality 85 is enough"),
    "TIFF": ("is a TIFF file, which browsers do not show", "save it as JPEG or PNG"),
}
"""What is wrong -> (what is said of the file, the next step). Any other word is the form that a file really has."""


PRINTED = 200_000_000
"""Pixels of a picture that is only there to be downloaded: nothing decodes it. Medium-format cameras make 150."""


def unfit(asset: Source, seen: bool) -> str:
    """Why a picture cannot go out, or "": a row of WRONG, or the form that it really has. `seen`: a page shows it."""
    if seen and asset.form in ("heic", "tiff"):
        return asset.form.upper()
    if asset.wrong == "large" and not seen:
        return "turned" if asset.remake else "huge" if asset.pixels[0] * asset.pixels[1] > PRINTED else ""
    return asset.wrong


def wrong(why: str, name: str) -> tuple[str, str]:
    """(what is said of a picture file, the next step).

    >>> wrong("PNG", "maya.jpg")
    ('is a PNG file, whatever its name says', 'rename it maya.png, where it is named too')
    """
    if why in WRONG:
        return WRONG[why]
    other = f"{name.rpartition('.')[0] or name}.{'jpg' if why == 'JPEG' else why.lower()}"
    return (
        f"is {'an' if why in ('AVIF', 'SVG') else 'a'} {why} file, whatever its name says",
        f"rename it {other}, where it is named too",
    )
