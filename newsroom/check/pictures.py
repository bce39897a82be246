"""Owns the rules about pictures: what they say to who cannot see them, and what they weigh. Pure functions of the Site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from newsroom.check.bodies import find, lines, shown
from newsroom.check.rule import Checked, Found
from newsroom.errors import Location

HEAVY = 500_000
"""Bytes. At the 1.6 Mbit/s that Lighthouse takes for a telephone these arrive in 2.5 s: what Core Web Vitals call good
for the largest picture of a page."""
WHOLE = 4_000_000
"""Bytes of a picture that pages show smaller: feeds and other sites show the file itself."""

IMG = re.compile(r"<img ([^>]*)>")
ALONE = re.compile(r"<figure>(?:<a [^>]*>)?<img ([^>]*)>(?:</a>)?</figure>")
"""A picture that is a paragraph of its own, without a caption."""
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
RAW = re.compile(r"<img\b(?:\"[^\"]*\"|'[^']*'|[^\"'>])*>", re.I)
OURS = "newsroom:file:"
NAMELESS = re.compile(r"[\w-]*\d[\w-]*|(?:image|picture|photo|img|screenshot|bild|foto)", re.I)
"""What a camera or a program calls a picture. Beside a file of that name it is no description."""


class Shown(NamedTuple):
    """A picture of the site's that something shows."""

    source: str
    name: str
    where: Location


def missing_alt(checked: Checked) -> Iterator[Found]:
    """Find pictures that somebody who cannot see them learns nothing of."""
    hint = 'write it as image: {file: name.jpg, alt: "What can be seen"}; alt: "" where it only decorates'
    for post in checked.site.posts:
        if post.image and "alt" not in post.image:
            yield Location(post.source, pointer=("image",)), "the picture has no alt text", hint
    for source in shown(checked):
        html = checked.content(source).html
        if OURS in html and "<img" in html:
            yield from _mute(checked, source, html)


def _mute(checked: Checked, source: str, html: str) -> Iterator[Found]:
    """Pictures of one text: alone in a paragraph, raw without alt, or described by their file's name."""
    raw = dict(_raw(checked, source))
    written = {name: line for name, line, _ in checked.content(source).files}
    told = set()
    for found in ALONE.findall(html):
        name, alt = _said(found)
        if name and not alt and (name not in raw or raw[name]):
            told.add(name)
    told |= {name for name, said in raw.items() if said and f'src="{OURS}{name}"' in html}
    for name in sorted(told):
        where = raw.get(name) or Location(source, -written.get(name, 1))
        hint = (
            f'say what can be seen: ![A lens with a crack]({name}); where it only decorates, <img src="{name}" alt="">'
        )
        yield where, f'the picture "{name}" has no alt text', hint
    for name, alt in map(_said, IMG.findall(html)):
        file = name.rpartition("/")[2]
        if alt and alt.lower() in (file.lower(), file.rpartition(".")[0].lower()) and (
            "." in alt or "_" in alt or NAMELESS.fullmatch(alt)
        ):  # fmt: skip
            where = find(checked, source, alt, f"[{alt}]")
            yield where, f'"{alt}" is the name of a file, and says nothing of the picture', "say what can be seen in it"


def _said(attributes: str) -> tuple[str, str]:
    """(name, alt) of a picture of ours."""
    values = dict(ATTRIBUTE.findall(attributes))
    src = unescape(values.get("src", ""))
    return src.removeprefix(OURS) if src.startswith(OURS) else "", unescape(values.get("alt", "")).strip()


def _raw(checked: Checked, source: str) -> Iterator[tuple[str, Location | None]]:
    """Name of each picture that is written as HTML -> where it has no alt; None where it has one, empty or not."""
    if "<img" not in checked.body(source)[1]:
        return
    for number, line in lines(checked, source):
        for tag in RAW.finditer(line):
            src = re.search(r"\bsrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", tag[0], re.I)
            if src:
                name = unquote(unescape(src[1] or src[2] or src[3] or ""))
                at = Location(source, number, tag.start() + 1, len(tag[0]), (), line)
                yield name, None if re.search(r"\balt\b", tag[0], re.I) else at


def heavy_image(checked: Checked) -> Iterator[Found]:
    """Find pictures that take long to arrive, and those that move without a way to stop them. Each is told once."""
    site, told = checked.site, set()
    for each in _shown(checked):
        file = site.refs[each.source].files.get(each.name)
        if not file or file.asset in told or file.asset not in site.assets:
            continue
        asset = site.assets[file.asset]
        size = asset.stamp[2]
        told.add(file.asset)
        if asset.moves:
            hint = "make it a video: that can be stopped (WCAG 2.2.2), and is a tenth of the size"
            yield each.where, f'"{each.name}" is an animation of {_kilobytes(size)} that nobody can stop', hint
        elif size > WHOLE:
            hint = "save it 2400 pixels wide: pages offer smaller files, but feeds and other sites show this one"
            yield each.where, f'"{each.name}" has {_kilobytes(size)}', hint
        elif size > HEAVY and not file.variants:
            hint = f"make it simpler, or save it as JPEG: {_kilobytes(HEAVY)} arrive in 2.5 s on a telephone"
            yield each.where, f'"{each.name}" has {_kilobytes(size)}, and no smaller form is made of it', hint


def _shown(checked: Checked) -> Iterator[Shown]:
    """Whatever pages show. What is only offered for download, such as media in high resolution, may be large."""
    site = checked.site
    for source in shown(checked):
        content = checked.content(source)
        written = {name: line for name, line, _ in reversed(content.files)}
        for attributes in IMG.findall(content.html) if OURS in content.html else ():
            if name := _said(attributes)[0]:
                yield Shown(source, name, Location(source, -written.get(name, 1)))
    for post in site.posts:
        if post.image:
            yield Shown(post.source, post.image["file"], Location(post.source, pointer=("image",)))
        for n, item in enumerate(post.details.get("media", ())):
            if item.get("high"):
                yield Shown(post.source, item["file"], Location(post.source, pointer=("media", n, "file")))
    for sheet in site.press_sheets:
        for n, item in enumerate(sheet.logos):
            if item.get("high") and sheet.source in site.refs:
                yield Shown(sheet.source, item["file"], Location(sheet.source, pointer=("logos", n, "file")))
    for person in site.people.values():
        if person.photo:
            yield Shown(person.source, person.photo["file"], Location(person.source, pointer=("photo",)))


def _kilobytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1000))} kB"
