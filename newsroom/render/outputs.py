"""Owns the plan: every file the finished site will contain, each with the fingerprint of exactly what it is made from."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from newsroom import forms
from newsroom.errors import Location, Problem
from newsroom.model import NOTHING, Content, Output, digest, digest_of
from newsroom.render import (
    calendar,
    card,
    conversation,
    digests,
    editions,
    embed,
    feed_aliases,
    feed_archive,
    feed_files,
    feed_talk,
    feeds,
    hosting,
    mail,
    pictures,
    press,
    previews,
    release,
    sitemaps,
    social,
    structured,
    styles,
    templates,
    words,
)  # fmt: skip
from newsroom.render.collisions import collisions
from newsroom.render.entries import entry, entry_key
from newsroom.render.pages import PAGES, PageKind, aliases, paths, show
from newsroom.render.parts import Kept, Tools
from newsroom.render.theme import Theme
from newsroom.said import Words
from newsroom.site import Site


def plan(site: Site, theme: Theme) -> tuple[list[Output], list[Problem]]:
    """Every output of the site, sorted by path, and those that want one path (law 4)."""
    outputs = list(editions.together(output for part in _editions(site) for output in _of_edition(part, site, theme)))
    outputs.sort()
    return outputs, [
        *collisions(outputs),
        *previews.problems(outputs),
        *_templates(outputs, theme),
        *hosting.problems(site),
        *_old_feeds(site, outputs),
    ]


def _editions(site: Site) -> tuple[Site, ...]:
    """The Sites of which outputs are made; of each it is noted which pages it has."""
    if site.editions:
        site.noted["pages"] = {
            language: editions.paths(address for kind in PAGES.values() for address in kind.subjects(edition))
            for language, edition in site.editions.items()
        }
    return editions.editions(site)


def _of_edition(site: Site, whole: Site, theme: Theme) -> Iterator[Output]:
    """The outputs that are made of one Site, at their paths in the whole."""
    made = _pages(site, whole, theme)
    files = (output for name, kind in FILES.items() if editions.plans(site, name) for output in kind.outputs(site))
    static = _theme_files(theme) if editions.plans(site, "static") else ()
    return editions.placed(site, chain(made, files, static))


def _templates(outputs: Iterable[Output], theme: Theme) -> Iterator[Problem]:
    """The templates that are wanted and that the theme does not have."""
    missing = sorted({PAGES[o.kind].template for o in outputs if o.kind in PAGES} - theme.templates.keys())
    if missing:
        names = ", ".join(f'"{name}"' for name in missing)
        hint = 'let theme.toml say extends = "default", or write them'
        yield Problem(
            "no-template", f"the theme has no {names}", Location(f"themes/{theme.name}/theme.toml", 1, 1), hint
        )


def replan(outputs: Iterable[Output], site: Site, theme: Theme, edited: Collection[str]) -> list[Output]:
    """The plan after the texts of some posts were edited and nothing else: their pages and the feeds are others."""
    kinds = {*feed_files.KINDS, *release.KINDS}
    carrying = {output.path: output for kind in kinds for output in FILES[kind].outputs(site)}
    made_with = {kind: theme.digests.get(PAGES[kind].template, NOTHING) + site.info.digest + NOTHING for kind in TEXTS}
    return [
        carrying[output.path]
        if output.kind in kinds
        else output._replace(fingerprint=_fingerprint(made_with[output.kind], PAGES[output.kind], site, output.subject))
        if output.kind in TEXTS and output.source in edited
        else output
        for output in outputs
    ]


TEXTS = ("post", "preview")
"""Kinds of page that show a post's text."""


def _pages(site: Site, whole: Site, theme: Theme) -> Iterator[Output]:
    for name, kind in PAGES.items():
        if editions.plans(site, name):
            made_with = theme.digests.get(kind.template, NOTHING) + site.info.digest
            for path, subject, source in paths(kind, site):
                others = editions.languages(whole, site, name, path, source).digest if whole.editions else NOTHING
                yield Output(path, name, subject, _fingerprint(made_with + others, kind, site, subject), source)


def _fingerprint(made_with: str, kind: PageKind, site: Site, subject: str) -> str:
    return digest(made_with + "".join([part.digest for part in kind.parts(site, subject).values()]))


def _assets(site: Site) -> Iterator[Output]:
    seen: dict[str, str] = {}
    for source, refs in site.refs.items():
        for file in refs.files.values():
            if seen.get(file.path) != file.asset:  # one file shown twice is one output; two files are a collision
                seen[file.path] = file.asset
                yield Output(file.path, "asset", file.asset, site.assets[file.asset].digest, source)
    if logo := hosting.logo(site):
        yield Output(structured.logo(site), "asset", logo, site.assets[logo].digest)


def _theme_files(theme: Theme) -> Iterator[Output]:
    for name, (file, made_of) in theme.static.items():
        joined = name == styles.NAME and theme.styles
        yield Output(theme.output(name), "style" if joined else "static", file, made_of)


def _hosting(site: Site) -> Iterator[Output]:
    moved = _moved(site)
    known = hosting.well_known(site)
    for path, made_of in (
        ("_headers", known),
        ("_redirects", [*moved, *hosting.fingers(site)]),
        ("robots.txt", sitemaps.files(site)),
        *((path, [text]) for path, text in known.items()),
    ):
        yield Output(path, "hosting", path, digest(site.info.digest + digest_of(list(made_of))))


def _moved(site: Site) -> list[tuple[str, str]]:
    """(old path, new path) of pages and feeds."""
    return [*((old, new) for old, new, _ in aliases(site)), *feed_aliases.moved(site)]


def _old_feeds(site: Site, outputs: Sequence[Output]) -> list[Problem]:
    """What is wrong with the old addresses of feeds. Most sites have none."""
    if not feed_aliases.moved(site):
        return []
    return list(feed_aliases.problems(site, {output.path.casefold() for output in outputs}))


# ── rendering ────────────────────────────────────────────────────────────────────────────────────────────────────────


def tools(
    site: Site, theme: Theme, content: Callable[[str], Content], root: Path, compiled: Path,
    kept: Callable[[str, Callable[[], bytes]], bytes] = lambda key, make: make(),
    said: Callable[[str], tuple[Words, ...]] = lambda path: (), first: Iterable[Output] = (),
    drawn: Callable[[str, Callable[[], bytes]], bytes] = lambda key, make: make(), pictured: Kept = lambda key, make: make(),
) -> Tools:  # fmt: skip
    """What rendering may reach; `compiled` is the folder of compiled templates, `kept` the cache. What the outputs in
    `first` are made with is compiled now.
    """
    nouns = (*site.people.values(), *site.posts)  # no consent to the words, or they were retracted
    silent = {noun.source for noun in nouns if noun.content == NOTHING}
    environment = templates.environment(theme.templates, words.FILTERS(site.info), words.FUNCTIONS(site.info), compiled)
    wanted = {PAGES[output.kind].template for output in first if output.kind in PAGES}
    templates.make_ready(environment, theme.templates, wanted)
    others = {
        language: tools(edition, theme, content, root, compiled, kept, said, (), drawn, pictured)._replace(whole=site)
        for language, edition in site.editions.items()
    }
    made = Tools(
        site.info, lambda name, path, context: templates.render(environment, theme.templates, name, path, context),
        lru_cache(SHARED)(lambda source: content(source) if source not in silent else Content("")),
        lambda path: pictures.clean(path, (root / path).read_bytes(), site, pictured),
        lru_cache(ENTRIES)(lambda source: marshal.loads(_entries(source, site, made))),
        lru_cache(SHARED)(said), lru_cache(SHARED)(lambda subject: conversation.carried(subject, site, made)), kept,
        lru_cache(None)(lambda source: feed_talk.told(source, site, made)), lambda: styles.joined(theme.styles),
        others, site, theme.studio, drawn, lambda path: (root / path).read_bytes(), pictured,
    )  # fmt: skip
    return made


SHARED = 8
"""Conversations that a process has at hand: a post's page and its three feeds are made one after another."""

ENTRIES = 256
"""Posts whose entries a process has at hand, some 30 kB each: a feed's three files are made one after another."""


def entries_needed(stale: Sequence[Output], site: Site) -> list[str]:
    """Sources of the posts that these outputs' feeds carry, each once."""
    followed = (editions.at_home(site, output) for output in stale if output.kind in feed_files.KINDS)
    once = {(part.prefix, output.kind, output.subject): (part, output) for part, output in followed}
    return sorted({post.source for part, output in once.values() for post in feed_files.posts(output, part)})


def prepare(source: str, site: Site, tools: Tools) -> None:
    """Make and keep a post's entries. Feeds share them: each is made once, on whichever core, before any feed is."""
    part = editions.home(site, source)
    _entries(source, part, tools.editions.get(part.edition, tools))


def key(source: str, site: Site) -> str:
    """Where the cache keeps them."""
    return entry_key(editions.home(site, source), source)


def _entries(source: str, site: Site, tools: Tools) -> bytes:
    """What `feeds.written` makes of a post, kept from an earlier build or made now."""

    def make() -> bytes:
        return marshal.dumps(feeds.written(entry(site, site.lookup[source][0], tools), site.info))

    return tools.kept(entry_key(site, source), make)


def render(output: Output, site: Site, tools: Tools) -> bytes:
    """One output's bytes. What is not copied is looked at last of all: one switch governs every e-mail address."""
    site, output = editions.at_home(site, output)
    tools = tools.editions.get(site.edition, tools)
    if output.kind == "static":
        return Path(output.subject).read_bytes()
    if output.kind == "style":
        return tools.styles()
    if output.kind in PAGES:
        made = show(PAGES[output.kind], site, output, tools)
    else:
        made = FILES[output.kind].write(output, site, tools)
    return (
        made
        if output.kind in ("asset", pictures.KIND)
        else mail.look(made, output.path, site.config.contact.email, site.info.detours)
    )


def _write_asset(output: Output, site: Site, tools: Tools) -> bytes:
    return tools.asset(output.subject)


def _write_hosting(output: Output, site: Site, tools: Tools) -> bytes:
    if output.path == "_redirects":
        return hosting.redirects(site.info, _moved(site), hosting.fingers(site))
    known = hosting.well_known(site)
    if output.path in known:
        return known[output.path]
    if output.path == "_headers":
        sends_to = forms.origin(site.config.contact.service, site.config.contact.endpoint)
        folders = [edition.prefix for edition in editions.only(site)]
        return hosting.headers(site.info, known, sends_to, site.config.sharing.embeds, folders)
    return hosting.robots(sitemaps.files(site))


class Kind(NamedTuple):
    """A kind of output that is no page."""

    outputs: Callable[[Site], Iterable[Output]]
    write: Callable[[Output, Site, Tools], bytes]


FILES = {
    "feed": Kind(feed_files.outputs, feed_files.write),
    feed_archive.KIND: Kind(feed_archive.outputs, feed_files.write),
    feed_aliases.KIND: Kind(feed_aliases.outputs, feed_files.write),
    "comments": Kind(conversation.feed_outputs, conversation.write),
    "opml": Kind(feed_files.opml_outputs, feed_files.write_opml),
    "digest_text": Kind(digests.text_outputs, digests.write_text),
    "release_text": Kind(release.text_outputs, release.write_text),
    "release_kit": Kind(release.kit_outputs, release.write_kit),
    "press_kit": Kind(press.outputs, press.write),
    "card": Kind(card.outputs, card.write),
    social.KIND: Kind(social.outputs, social.write),
    "calendar": Kind(calendar.outputs, calendar.write),
    "asset": Kind(_assets, _write_asset),
    pictures.KIND: Kind(pictures.outputs, pictures.write),
    "oembed": Kind(embed.outputs, embed.write),
    sitemaps.KIND: Kind(sitemaps.outputs, sitemaps.write),
    "hosting": Kind(_hosting, _write_hosting),
}
"""Every kind of output that is made of the Site and is no page."""
