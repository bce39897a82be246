"""Owns references in rendered Markdown: `newsroom:<target>` becomes an address. Text in, text out."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import unquote

from newsroom.views import References

REFERENCE = re.compile(r'(href|src|poster)="newsroom:([^"]*)"')
SIZED = re.compile(r"\s(?:width|height)=")


def resolve(html: str, refs: References) -> str:
    """The HTML with every reference resolved; pictures learn their size, so that a page does not jump while they load."""

    def address(match: re.Match) -> str:
        attribute, target = match[1], unescape(match[2])
        if target.startswith("file:"):
            name = target.removeprefix("file:")
            file = refs.files.get(name) or refs.files.get(unquote(name))
            if file is None:
                return f'{attribute}="#"'
            sized = attribute != "src" or not file.pixels[0] or SIZED.search(_tag(match))
            size = "" if sized else f' width="{file.pixels[0]}" height="{file.pixels[1]}"'
            return f'{attribute}="{escape(file.href)}"{size}'
        found = refs.links.get(target) or refs.links.get(unquote(target))
        return f'{attribute}="{escape(found or "#")}"'

    return REFERENCE.sub(address, html)


def _tag(match: re.Match) -> str:
    """The whole tag in which a reference stands."""
    html = match.string
    return html[html.rfind("<", 0, match.start()) : html.find(">", match.end())]
