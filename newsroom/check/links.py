"""Owns the rules about links inside the site. Pure functions of the Site; must not follow links that leave it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from newsroom.check.bodies import find, shown
from newsroom.check.rule import Checked, Found
from newsroom.errors import Location, did_you_mean
from newsroom.permalinks import encoded, output_path

ID = re.compile(r'\bid="([^"]+)"')


class Link(NamedTuple):
    """A link to the site itself."""

    source: str
    written: str
    """As its file has it."""
    path: str
    """Below the site's address, decoded or not: `/2026/b/`; "" is the page that it stands on."""
    fragment: str
    where: Location
    known: bool
    """Whether it names a file or a person, so that it leads to a page for sure."""


def _links(checked: Checked) -> Iterator[Link]:
    """Every link of every text that leads to the site: to a file, a path, the page itself, the whole address."""
    site = checked.site
    own, base = site.config.url, encoded(site.info.base)
    href = re.compile(rf'\bhref="((?:#|{re.escape(own)}(?=[/#?"]))[^"]*)"')
    for source in shown(checked):
        refs, content = site.refs[source], checked.content(source)
        for target, line in content.links:
            if target in refs.links:
                known = not target.startswith("/")
                path, fragment = _parted(refs.links[target].removeprefix(base) if known else target)
                yield Link(source, target, path, fragment, Location(source, -line), known)
        for written in dict.fromkeys(map(unescape, href.findall(content.html))):
            own_place = re.match(r"#fn(?:ref)?\d", written)  # a footnote's, which we wrote
            if written not in ("#", own) and not own_place:
                path, fragment = _parted(written if written[0] == "#" else written.removeprefix(own) or "/")
                within = f"]({written}" if written[0] == "#" else written
                yield Link(source, written, path, fragment, find(checked, source, written, within), written[0] == "#")


def _parted(address: str) -> tuple[str, str]:
    path, _, fragment = address.partition("#")
    return path.partition("?")[0], unquote(fragment)


def broken_links(checked: Checked) -> Iterator[Found]:
    """Find links to addresses of the site that lead to no page."""
    pages = ["/" + path.removesuffix("index.html") for path in checked.outputs if path.endswith("index.html")]
    for link in _links(checked):
        if not link.known and not _there(link.path, checked.outputs):
            hint = _guess(link.path.rstrip("/") + "/", pages) or "is it spelled as the page's address?"
            yield link.where, f'the link "{link.written}" leads to no page', hint


def _guess(path: str, pages: Iterable[str]) -> str:
    """The page that was meant: as deep, and about as long. To compare with all of 4,000 pages takes 40 ms a link."""
    depth, length = path.count("/"), len(path)
    return did_you_mean(path, [page for page in pages if page.count("/") == depth and abs(len(page) - length) < 4])


def _there(path: str, outputs: frozenset[str]) -> bool:
    return output_path(path) in outputs or output_path(path + "/") in outputs


def broken_anchors(checked: Checked) -> Iterator[Found]:
    """Find links to places of a page that are not there: headings, comments, whatever has an id."""
    site, known = checked.site, {}
    texts = {
        unquote(address).strip("/"): noun.source
        for noun in (*site.pages, *site.posts)
        for address in (*noun.aliases, noun.permalink)
    }
    for link in _links(checked):
        page = texts.get(unquote(link.path).strip("/")) if link.path else link.source
        if not link.fragment or not page or link.fragment in checked.places or link.fragment.startswith(":~:"):
            continue
        if page not in known:
            known[page] = _ids(checked, page)
        if link.fragment not in known[page]:
            headings = [heading[1] for heading in checked.content(page).headings]
            there = f"the headings there are {', '.join(headings[:5])}" if headings else "that text has no headings"
            message = f'the link "{link.written}" names a heading that is not there'
            yield link.where, message, did_you_mean(link.fragment, headings) or there


def _ids(checked: Checked, source: str) -> frozenset[str]:
    """What a text, and what was said below it, can be linked to by."""
    talk = checked.site.talks.get(source)
    said = (f"comment-{said.id}" for said in talk.said) if talk else ()
    return frozenset((*map(unescape, ID.findall(checked.content(source).html)), *said))
