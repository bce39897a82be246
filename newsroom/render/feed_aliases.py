"""Owns the old addresses of feeds, after a move: redirects for hosts that make them, the feed itself where it can stand.

Never a page that redirects: a feed reader that gets HTML has nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from newsroom import config
from newsroom.errors import Problem, problem
from newsroom.model import Output, digest
from newsroom.permalinks import check_path, output_path
from newsroom.render import feeds
from newsroom.site import Site

KIND = "old-feed"
SENT_AS_FEED = (".xml", ".rss", ".rdf", ".atom", ".json")
"""Endings that static hosts send as something a feed reader takes."""


class Alias(NamedTuple):
    """An old address of a feed."""

    old: str
    """A path below the site's address."""
    new: str
    """The path of the feed's file."""
    source: str
    """The file that says so."""
    pointer: tuple
    """Where in it."""


def aliases(site: Site) -> Iterator[Alias]:
    """Every old address, with the file of the same format: RSS unless the address says otherwise."""
    for old in site.config.feeds.aliases:
        yield Alias(old, f"/{_file(old)}", config.FILE, ("feeds", "aliases"))
    for folder, nouns in (("people", site.people), ("topics", site.topics)):
        for key, noun in nouns.items():
            for n, old in enumerate(noun.feed_aliases):
                yield Alias(old, f"/{folder}/{key}/{_file(old)}", noun.source, ("feed_aliases", n))


def _file(old: str) -> str:
    """The file of the format that an old address names: `/maya/feed.json`, `/maya/feed/atom/`, `/maya/atom.xml`."""
    last = old.rstrip("/").rpartition("/")[2].lower()
    form = "json" if last.endswith(".json") or last == "json" else "atom" if "atom" in last else "rss"
    return next(row.file for row in feeds.FORMATS if row.name == form)


def moved(site: Site) -> list[tuple[str, str]]:
    """(old path, new path) for `_redirects`."""
    return [(alias.old, alias.new) for alias in aliases(site)]


def outputs(site: Site) -> Iterator[Output]:
    """The feed's own bytes at those addresses that a host sends as a feed."""
    for alias in aliases(site):
        if alias.old.lower().endswith(SENT_AS_FEED) and not check_path(alias.old):
            feed = site.feeds[alias.new.rpartition("/")[0] + "/"]
            made = digest(feed.digest + site.info.digest)
            yield Output(output_path(alias.old), KIND, alias.new, made, alias.source)


def problems(site: Site, taken: Collection[str]) -> Iterator[Problem]:
    """Old addresses that cannot be, that two feeds claim, or where a page stands. `taken`: paths of all outputs."""
    first: dict[str, Alias] = {}
    for alias in aliases(site):
        at = (alias.source, alias.pointer)
        if wrong := check_path(alias.old):
            yield problem("bad-path", f'the path "{alias.old}" {wrong}', *at, "write it as /blog/feed.xml")
            continue
        bare = alias.old.rstrip("/").casefold()
        other = first.setdefault(bare, alias)
        if other is not alias:
            said = f'two feeds claim the old address "{alias.old}": those of {other.source} and {alias.source}'
            yield problem("collision", said, *at, "leave it to the one that readers followed there")
        elif f"{bare.lstrip('/')}/index.html".lstrip("/") in taken:
            said = f'the old address "{alias.old}" is that of a page'
            yield problem("collision", said, *at, "take it out: readers of feeds would be led past the page")
