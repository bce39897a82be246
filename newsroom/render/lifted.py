"""Owns what a journalist takes along from a page: whom to ask, pictures in both sizes, the words about the company.

The press room and every release show these. Must not know how templates look.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from newsroom import press
from newsroom.language import number, say
from newsroom.model import NOTHING, digest, digest_of
from newsroom.pictures import sources
from newsroom.render.parts import Body, Part, Tools, body
from newsroom.render.share import places
from newsroom.site import Site
from newsroom.views import Contact, File, References


class Download(NamedTuple):
    """A file to take along."""

    label: str
    href: str
    note: str
    """What it is: `JPG, 4.2 MB, 6000 × 4000`."""


class Picture(NamedTuple):
    """A picture that the press may use."""

    src: str
    """The smaller file, ready for an attribute."""
    alt: str
    caption: str
    credit: str
    licence: str
    width: int
    """Pixels; 0 is not known."""
    height: int
    place: str
    """Its anchor: `picture-crack`."""
    focus: str
    """As in views.Picture, likewise the next two."""
    sources: tuple[tuple[str, str], ...]
    srcset: str
    forms: tuple[Download, ...]


# ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def asked(site: Site, keys: Iterable[str], language: str = "") -> tuple[Contact, ...]:
    """The block of each of these people, then of who took over from them; one that answers for several has one."""
    found: dict[tuple[str, ...], Contact] = {}
    keys = [key for key in keys if key in site.people]
    for key in (*keys, *site.stand_in(keys)):
        contact = site.contact((key,), language)
        if contact.people:
            found.setdefault(tuple(face.key for face in contact.people), contact)
    return tuple(found.values())


# ── pictures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def pictures(site: Site, items: Iterable[Mapping[str, str]], refs: References) -> tuple[Picture, ...]:
    """Pictures of front matter, as far as their files are there. They carry no digest: `pictures_digest` does."""
    made, items = [], tuple(items)
    named = places("picture", (item["file"].rpartition("/")[2].rpartition(".")[0] for item in items))
    for item, place in zip(items, named, strict=True):
        low, high = refs.files.get(item["file"]), refs.files.get(item.get("high", ""))
        if low is None:
            continue
        both = (("release.low", low), ("release.high", high)) if high else (("release.download", low),)
        said = (item.get("alt", ""), item.get("caption", ""), item.get("credit", ""), item.get("licence", ""))
        smaller = sources((variant for variant in low.variants if not variant.focus), low.folder)
        made.append(
            Picture(
                low.href,
                *said,
                *low.pixels,
                place,
                "",
                *smaller,
                tuple(_download(site, key, file) for key, file in both),
            )
        )
    return tuple(made)


def plain(found: Iterable[Picture]) -> list[Any]:
    """Pictures as plain values, for a digest."""
    return [(*picture[:-1], [tuple(form) for form in picture.forms]) for picture in found]


def _download(site: Site, key: str, file: File) -> Download:
    words = [file.path.rpartition(".")[2].upper(), size(weight(site, [file]), site.info.language)]
    words += [f"{file.pixels[0]} × {file.pixels[1]}"] if file.pixels[0] and words[0] != "SVG" else []
    return Download(say(site.info.language, key), file.href, ", ".join(words))


def weight(site: Site, files: Iterable[File]) -> int:
    """Bytes of these files, each once."""
    return sum(site.assets[asset].stamp[2] for asset in {file.asset for file in files})


def size(count: int, language: str = "en") -> str:
    """Bytes in words, rounded up.

    >>> size(900), size(41_200), size(1_240_000)
    ('1 kB', '42 kB', '1.3 MB')
    """
    if count < 1_000_000:
        return say(language, "release.kilobytes", number=str(max(1, -(-count // 1000))))
    return say(language, "release.megabytes", number=number(language, -(-count // 100_000) / 10))


TEXTS = 10_000
"""Bytes that the texts of a zip come to, about: what is said of its size need not be exact."""


# ── the company ──────────────────────────────────────────────────────────────────────────────────────────────────────


def boilerplate(site: Site, day: str = "") -> Part:
    """What the company says of itself, as of a day that is over, or today: a Body, or nothing."""
    today = site.moment.date().isoformat()
    sheet = press.boilerplate(site.press_sheets, min(day or today, today))
    if sheet:
        return body(site, sheet.source, sheet.content)
    words = site.config.company.boilerplate
    return Part(digest(words), lambda _: _written(words)) if words else Part(NOTHING, None)


def shown(part: Part, tools: Tools) -> str:
    """The HTML of a part that is a Body, or nothing."""
    return str(part.value(tools).html) if part.value else ""


def _written(words: str) -> Body:
    from markupsafe import Markup

    return Body(Markup("<p>{}</p>").format(words), (), (), 1, ())


def about(site: Site) -> str:
    """The heading over it."""
    return say(site.info.language, "press.about", name=site.info.company["name"])


def made_of(site: Site, items: Iterable[Mapping[str, str]], refs: References) -> str:
    """Digest of pictures with the bytes of their files."""
    named = [item[part] for item in items for part in ("file", "high") if item.get(part) in refs.files]
    return digest_of(
        list(map(dict, items)), [(refs.files[name].href, site.assets[refs.files[name].asset].digest) for name in named]
    )
