"""Owns what readers take along from a page: the code of its card, quotes with their source, places to link to.

A place has the same name as long as it can: a quote is named after who speaks, a picture after its file, so that a
changed word breaks no link; facts are counted, and a new one belongs at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newsroom.language import say
from newsroom.permalinks import encoded, slugify
from newsroom.render import embed
from newsroom.site import Site
from newsroom.views import SiteInfo


class Share(NamedTuple):
    """What there is to take along."""

    embed: str
    """HTML that shows the page as a card elsewhere; "" where the site has no cards."""
    copies: bool
    """Whether there is anything to copy at all: only then the page has a script for it."""


def share(site: Site, permalink: str, title: str, kind: str, quotes: bool = False) -> Share:
    """Of a page of a post or a person; `kind` is a row of `embed.HEIGHT`."""
    code = embed.code(site.info, permalink, title, kind) if site.config.sharing.embeds else ""
    return Share(code, bool(code) or quotes)


def discovery(site: Site, permalink: str) -> str:
    """Where a page's oEmbed answer is, for its head: an absolute address; "" where there is none."""
    return site.info.url + encoded(permalink) + embed.OEMBED if site.config.sharing.embeds else ""


def places(prefix: str, names: Iterable[str]) -> Iterator[str]:
    """Anchors named after who or what stands there, a second one of the same name with a number.

    >>> list(places("quote", ["maya", "Zoë Ray", "maya", ""]))
    ['quote-maya', 'quote-zoe-ray', 'quote-maya-2', 'quote']
    """
    seen: dict[str, int] = {}
    for name in names:
        place = "-".join(filter(None, (prefix, slugify(name))))
        seen[place] = seen.get(place, 0) + 1
        yield place if seen[place] == 1 else f"{place}-{seen[place]}"


MARKS = ("“”", "„“", "«»", "「」", '""')
"""Quotation marks around words that get some again."""


def _bare(text: str) -> str:
    words = text.strip()
    return words[1:-1].strip() if len(words) > 2 and words[0] + words[-1] in MARKS else words


def quoted(info: SiteInfo, quotes: Iterable[dict], permalink: str, title: str) -> tuple[dict, ...]:
    """Quotes of front matter, each with its place on the page and with the words that carry its source.

    They have a `name` and a `role` already: see `parts.with_face`.
    """
    quotes = tuple(quotes)
    named = places("quote", (quote.get("by") or quote.get("name", "") for quote in quotes))
    address = info.url + encoded(permalink)
    return tuple(
        {
            **quote,
            "place": place,
            "cited": say(
                info.language, "share.cited", text=_bare(quote["text"]), title=title, address=f"{address}#{encoded(place)}",
                name=", ".join(filter(None, (quote.get("name"), quote.get("role")))),
            ),
        }
        for quote, place in zip(quotes, named, strict=True)
    )  # fmt: skip
