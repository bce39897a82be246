"""Owns what a site in several languages is made of: which edition plans and renders an output, and how pages of editions
lead to each other. A site in one language is its own only edition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newsroom.language import language_name
from newsroom.model import Output, digest_of
from newsroom.permalinks import encoded, output_path
from newsroom.render.parts import NONE, Part
from newsroom.site import Site

WHOLE = ("redirect", "hosting", "sitemap")
"""Kinds of output that are made of the site in all its languages."""
MAIN = ("static", "style", "old-feed")
"""Kinds that the main edition makes for all."""
ABSOLUTE = ("asset", "picture", "preview")
"""Kinds whose paths are the same in every edition: all of them show one file."""
TEXTS = ("post", "page")
"""Kinds of page that stand in one language; every other page is there in each that has something to show."""
SILENT = ("preview", "embed", "redirect", "404", "thanks")
"""Kinds of page that nobody looks for in another language."""


class Languages(NamedTuple):
    """How a page is found in other languages."""

    alternates: tuple[tuple[str, str], ...]
    """(BCP 47 tag, whole address) of this page in each language that has it, itself too, then `x-default`; () where no
    other has it. As https://developers.google.com/search/docs/specialty/international/localized-versions has it."""
    switch: tuple[tuple[str, str, str, bool, bool], ...]
    """(tag, the language's own name, address, whether this is it, whether it leads to this very page) each: where there
    is no such page, to the front page."""


def editions(site: Site) -> tuple[Site, ...]:
    """The Sites of which outputs are made: the whole comes last."""
    return (*site.editions.values(), site) if site.editions else (site,)


def only(site: Site) -> tuple[Site, ...]:
    """The Sites that readers see, each with its language."""
    return tuple(site.editions.values()) or (site,)


def plans(site: Site, kind: str) -> bool:
    """Whether this Site is the one of which that kind of output is made."""
    if site.editions:
        return kind in WHOLE
    return not site.edition or kind not in WHOLE and not (site.prefix and kind in MAIN)


def placed(site: Site, outputs: Iterable[Output]) -> Iterator[Output]:
    """Outputs of one edition at their paths in the whole site."""
    folder = site.prefix.removeprefix("/")
    if not folder:
        return iter(outputs)
    return (
        output if output.kind in ABSOLUTE else output._replace(path=f"{folder}/{output.path}") for output in outputs
    )


def together(outputs: Iterable[Output]) -> Iterator[Output]:
    """Every output once: what editions share, each of them names."""
    seen: set[tuple[str, str]] = set()
    for output in outputs:
        if output.kind in ABSOLUTE:
            if (output.path, output.subject) in seen:
                continue
            seen.add((output.path, output.subject))
        yield output


def at_home(site: Site, output: Output) -> tuple[Site, Output]:
    """The edition of which an output is made, and the output as that edition planned it."""
    if not site.editions or output.kind in WHOLE:
        return site, output
    main, *others = site.editions.values()
    if output.kind == "preview":
        shown = (edition for edition in others if any(post.source == output.subject for post in edition.previews))
        return next(shown, main), output
    for edition in others if output.kind not in (*ABSOLUTE, *MAIN) else ():
        folder = edition.prefix.removeprefix("/") + "/"
        if output.path.startswith(folder):
            return edition, output._replace(path=output.path.removeprefix(folder))
    return main, output


def home(site: Site, source: str) -> Site:
    """The edition in which a post stands."""
    return next((edition for edition in site.editions.values() if source in edition.lookup), site)


# ── from one to the other ────────────────────────────────────────────────────────────────────────────────────────────


def languages(whole: Site, edition: Site, kind: str, path: str, source: str) -> Part:
    """How a page is found in other languages. `path` is its output in the edition; `whole.noted` has `pages`."""
    if not whole.editions or kind in SILENT:
        return NONE
    there = _translated(whole, source) if kind in TEXTS else _likewise(whole, path)
    found = {
        language: site.info.url + there[language] for language, site in whole.editions.items() if language in there
    }
    main = next(iter(whole.editions))
    alternates = (*found.items(), ("x-default", found.get(main, next(iter(found.values()))))) if len(found) > 1 else ()
    switch = tuple(
        (
            language,
            language_name(language, language),
            site.info.base + there.get(language, "/"),
            language == edition.edition,
            language in there,
        )
        for language, site in whole.editions.items()
    )
    return Part(digest_of(alternates, switch), Languages(alternates, switch))


def _translated(whole: Site, source: str) -> dict[str, str]:
    """Language -> address, in its edition, of a text that says the same."""
    known = whole.translations
    said = known.groups[known.of[source]] if known and source in known.of else {}
    found = {}
    for language, other in said.items():
        site = whole.editions[language]
        texts = site.noted.setdefault("texts", {noun.source: noun.permalink for noun in (*site.posts, *site.pages)})
        if other in texts:
            found[language] = encoded(texts[other])
    return found


def _likewise(whole: Site, path: str) -> dict[str, str]:
    """Language -> address, in its edition, of the page at the same path."""
    pages = whole.noted["pages"]
    permalink = encoded("/" + path.removesuffix("index.html"))
    return {language: permalink for language in whole.editions if path in pages[language]}


def paths(addresses: Iterable[tuple[str, str, str]]) -> frozenset[str]:
    """Output paths of (permalink, subject, source)."""
    return frozenset(output_path(permalink) for permalink, _, _ in addresses)
