"""Owns the rules about links inside the site. Pure functions of the Site; must not follow links that leave it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from newsroom.check.rule import Checked, Found
from newsroom.errors import Location, did_you_mean
from newsroom.permalinks import encoded, output_path


def broken_links(checked: Checked) -> Iterator[Found]:
    """Find links to addresses of the site that lead to no page."""
    for source, refs in checked.site.refs.items():
        for target in refs.links:
            path = target.partition("#")[0].partition("?")[0]
            if target.startswith("/") and not _there(path, checked.outputs):
                hint = did_you_mean(
                    path, ("/" + p.removesuffix("index.html") for p in checked.outputs if p.endswith("index.html"))
                )
                yield (
                    _line(checked, source, target),
                    f'the link "{target}" leads to no page',
                    hint or "is it spelled as the page's address?",
                )


def _there(path: str, outputs: frozenset[str]) -> bool:
    return output_path(path) in outputs or output_path(path + "/") in outputs


def broken_anchors(checked: Checked) -> Iterator[Found]:
    """Find links to headings that are not there."""
    by_address = {
        encoded(checked.site.info.base + post.permalink): post.source
        for post in (*checked.site.posts, *checked.site.pages)
    }
    for source, refs in checked.site.refs.items():
        for target, address in refs.links.items():
            page, mark, fragment = address.partition("#")
            if mark and page in by_address and not target.startswith("/"):
                ids = [heading[1] for heading in checked.content(by_address[page]).headings]
                if unquote(fragment) not in (*ids, *OUR_IDS):
                    yield (
                        _line(checked, source, target),
                        f'the link "{target}" names a heading that is not there',
                        did_you_mean(fragment, ids),
                    )

    for source in by_address.values():
        html = checked.content(source).html
        ids = set(re.findall(r'\bid="([^"]+)"', html))
        for fragment in dict.fromkeys(re.findall(r'\bhref="#([^"]+)"', html)):
            if unquote(unescape(fragment)) not in {unescape(name) for name in ids} | set(OUR_IDS):
                message = f'the link "#{unescape(fragment)}" names a heading that is not there'
                yield Location(source, -1), message, did_you_mean(fragment, ids)


OUR_IDS = ("main", "contact", "comments", "corrections")
"""Places that every post's page has."""


def _line(checked: Checked, source: str, target: str) -> Location:
    line = next((line for name, line in checked.content(source).links if name == target), 0)
    return Location(source, -line)
