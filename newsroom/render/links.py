"""Owns references in rendered Markdown: `newsroom:<target>` becomes an address. Text in, text out."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import unquote

from newsroom import pictures
from newsroom.views import File, References

REFERENCE = re.compile(r'="newsroom:([^"]*)"')
"""The attribute is looked for where one is found: a pattern that begins with it takes 90 µs a post, this one 12."""
SIZED = re.compile(r"\s(?:width|height)=")


SOON = 600
"""Letters of HTML before a picture that is among what a reader sees at once, where nothing but the title stands above."""


def resolve(html: str, refs: References) -> str:
    """The HTML with every reference resolved; pictures learn their size, so that a page does not jump while they load."""

    def address(match: re.Match) -> str:
        if not html.endswith(("href", "src", "poster"), 0, match.start()):
            return match[0]
        target = unescape(match[1])
        if target.startswith("file:"):
            file = _file(target, refs)
            if file is None:
                return '="#"'
            shown = file.pixels[0] and html.endswith("src", 0, match.start()) and not SIZED.search(_tag(match))
            size = f' width="{file.pixels[0]}" height="{file.pixels[1]}"' if shown else ""
            return f'="{escape(file.href)}"{size}'
        found = refs.links.get(target) or refs.links.get(unquote(target))
        return f'="{escape(found or "#")}"'

    return REFERENCE.sub(address, html) if '="newsroom:' in html else html


def pictured(html: str, refs: References, sizes: str, first: bool = False) -> str:
    """The same for a page: pictures with their smaller forms. `first`: no other picture stands above this text.

    `sizes` is what the attribute of that name says of a picture in a text.
    """
    if IMAGE not in html:
        return resolve(html, refs)
    early = first and html.find("<img ") < SOON

    def element(match: re.Match) -> str:
        nonlocal early
        named = REFERENCE.search(match[0])
        file = _file(unescape(named[1]), refs) if named else None
        if file is None:
            return match[0]
        tag, early = match[0].replace(LAZY, FIRST) if early else match[0], False
        return _around(tag, file, sizes)

    return resolve(IMG.sub(element, html), refs)


IMAGE = 'src="newsroom:file:'
IMG = re.compile(r"<img\b[^>]*?\ssrc=\"newsroom:file:[^>]*>")
"""An attribute's value has no `>` in it: the sanitiser writes `&gt;`."""
LAZY, FIRST = ' loading="lazy"', ' fetchpriority="high"'


def _around(tag: str, file: File, sizes: str) -> str:
    """An `img` element, whole but for its `srcset`, with the smaller forms of its file."""
    newer, own = pictures.sources((variant for variant in file.variants if not variant.focus), file.folder)
    if own:
        tag = f'{tag[:-1].rstrip(" /")} srcset="{escape(own)}" sizes="{escape(sizes)}">'
    if not newer:
        return tag
    rows = "".join(f'<source type="{media}" srcset="{escape(row)}" sizes="{escape(sizes)}">' for media, row in newer)
    return f"<picture>{rows}{tag}</picture>"


def _file(target: str, refs: References) -> File | None:
    name = target.removeprefix("file:")
    return refs.files.get(name) or refs.files.get(unquote(name))


def _tag(match: re.Match) -> str:
    """The whole tag in which a reference stands."""
    html = match.string
    return html[html.rfind("<", 0, match.start()) : html.find(">", match.end())]
