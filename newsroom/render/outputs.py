"""Owns the plan: every file the finished site will contain, each with the fingerprint of exactly what it is made from."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from newsroom import forms
from newsroom.errors import Location, Problem
from newsroom.model import NOTHING, Content, Output, Post, Words, digest, digest_of
from newsroom.render import (
    calendar,
    card,
    conversation,
    digests,
    feed_aliases,
    feed_archive,
    feed_files,
    feed_talk,
    feeds,
    hosting,
    mail,
    press,
    previews,
    release,
    structured,
    templates,
    words,
)  # fmt: skip
from newsroom.render.entries import entry, entry_key
from newsroom.render.pages import PAGES, PageKind, aliases, paths, show
from newsroom.render.parts import Tools
from newsroom.render.theme import Theme
from newsroom.site import Site


def plan(site: Site, theme: Theme) -> tuple[list[Output], list[Problem]]:
    """Every output of the site, sorted by path, and those that want one path (law 4)."""
    outputs = [*_pages(site, theme), *_theme_files(theme)]
    for kind in FILES.values():
        outputs += kind.outputs(site)
    outputs.sort()
    return outputs, [
        *_collisions(outputs),
        *previews.problems(outputs),
        *_templates(outputs, theme),
        *hosting.problems(site),
        *_old_feeds(site, outputs),
    ]


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
    made_with = {kind: theme.digests.get(PAGES[kind].template, NOTHING) + site.info.digest for kind in TEXTS}
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


def _pages(site: Site, theme: Theme) -> Iterator[Output]:
    for name, kind in PAGES.items():
        made_with = theme.digests.get(kind.template, NOTHING) + site.info.digest
        for path, subject, source in paths(kind, site):
            yield Output(path, name, subject, _fingerprint(made_with, kind, site, subject), source)


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
        yield Output(theme.output(name), "static", file, made_of)


def _hosting(site: Site) -> Iterator[Output]:
    moved = _moved(site)
    known = hosting.well_known(site)
    for path, made_of in (
        ("_headers", known),
        ("_redirects", [*moved, *hosting.fingers(site)]),
        ("robots.txt", ()),
        ("sitemap.xml", _in_sitemap(site)),
        *((path, [text]) for path, text in known.items()),
    ):
        yield Output(path, "hosting", path, digest(site.info.digest + digest_of(list(made_of))))


def _moved(site: Site) -> list[tuple[str, str]]:
    """(old path, new path) of pages and feeds."""
    return [*((old, new) for old, new, _ in aliases(site)), *feed_aliases.moved(site)]


def _in_sitemap(site: Site) -> list[tuple[str, str]]:
    """(permalink, day of the last change that matters) of every page worth finding."""
    pages = [(post.permalink, _changed(post)) for post in site.posts]
    pages += [(page.permalink, "") for page in site.pages if page.permalink != structured.PROMISES]
    fixed = ["/", "/posts/", "/people/", "/topics/", "/corrections/", "/promises/", "/follow/", "/archive/"]
    fixed += ["/ask/"] if site.people else []
    fixed += ["/press/"] if press.has_room(site) else []
    fixed += [permalink for permalink, _, _ in press.each_sheet(site)]
    return sorted([*pages, *((path, "") for path in {*fixed, *site.feeds})])


def _changed(post: Post) -> str:
    if not post.updated and "corrections" not in post.details:
        return post.date[:10]
    return max([post.date[:10], post.updated[:10], *(c["date"] for c in post.details.get("corrections", ()))])


def _old_feeds(site: Site, outputs: Sequence[Output]) -> list[Problem]:
    """What is wrong with the old addresses of feeds. Most sites have none."""
    if not feed_aliases.moved(site):
        return []
    return list(feed_aliases.problems(site, {output.path.casefold() for output in outputs}))


def _collisions(outputs: Sequence[Output]) -> list[Problem]:
    """Outputs that want one path, or a file where another needs a folder; letter case does not tell them apart everywhere."""
    problems: dict[tuple, Problem] = {}
    taken: dict[str, Output] = {}
    keys = [output.path.casefold() for output in outputs]
    for key, output in zip(keys, outputs):
        other = taken.setdefault(key, output)
        if other is not output:  # two posts at one address share their pictures' addresses too: that is one mistake
            problems.setdefault((output.source, other.source), _collision(output, other))
    free = {""}
    """Folders that stand where no file does, nor any folder above them."""
    for key, output in zip(keys, outputs):
        folder = above = key.rpartition("/")[0]
        while above not in free and above not in taken:
            above = above.rpartition("/")[0]
        if above in taken:
            problems.setdefault((output.source, taken[above].source), _collision(output, taken[above]))
        else:
            free.add(folder)
    return list(problems.values())


def _collision(one: Output, other: Output) -> Problem:
    """Two outputs on one path: named after the one that is easier to move."""
    first, second = sorted(
        (one, other), key=lambda output: (bool(output.source), output.kind == "redirect", output.source)
    )
    address = "/" + one.path.removesuffix("index.html")
    hint = "give one of them another slug or alias"
    both = f"{first.source} and {second.source}"
    if first.source == second.source and first.source:
        both, hint = f"{first.source}, twice", "rename one of its files, or take the alias out"
    elif not first.source:
        hint = "this address is the newsroom's own: choose another slug or alias"
        both = f"{second.source or _own(second)} and {_own(first)}"
    pointer = {"redirect": ("aliases", 0), feed_aliases.KIND: ("feed_aliases", 0)}.get(second.kind, ("slug",))
    place = Location(second.source, pointer=pointer) if second.source else Location("site.toml", 1, 1)
    return Problem("collision", f'two sources would write "{address}": {both}', place, hint)


def _own(output: Output) -> str:
    """An output of the site itself, in words."""
    return (
        f"the theme's static/{output.subject.partition('/static/')[2]}"
        if output.kind == "static"
        else f"the site's own {output.kind}"
    )


# ── rendering ────────────────────────────────────────────────────────────────────────────────────────────────────────


def tools(
    site: Site, theme: Theme, content: Callable[[str], Content], root: Path, compiled: Path,
    kept: Callable[[str, Callable[[], bytes]], bytes] = lambda key, make: make(),
    said: Callable[[str], tuple[Words, ...]] = lambda path: (),
) -> Tools:  # fmt: skip
    """What rendering may reach; `compiled` is the folder of compiled templates, `kept` the cache."""
    nouns = (*site.people.values(), *site.posts)  # no consent to the words, or they were retracted
    silent = {noun.source for noun in nouns if noun.content == NOTHING}
    environment = templates.environment(
        theme.templates, words.FILTERS(site.config.timezone), words.FUNCTIONS(site.info), compiled
    )
    made = Tools(
        site.info, lambda name, path, context: templates.render(environment, theme.templates, name, path, context),
        lambda source: content(source) if source not in silent else Content(""),
        lambda path: (root / path).read_bytes(),
        lru_cache(ENTRIES)(lambda source: marshal.loads(_entries(source, site, made))),
        lru_cache(SHARED)(said), lru_cache(SHARED)(lambda subject: conversation.carried(subject, site, made)), kept,
        lru_cache(None)(lambda source: feed_talk.told(source, site, made)),
    )  # fmt: skip
    return made


SHARED = 8
"""Conversations that a process has at hand: a post's page and its three feeds are made one after another."""

ENTRIES = 256
"""Posts whose entries a process has at hand, some 30 kB each: a feed's three files are made one after another."""


def entries_needed(stale: Sequence[Output], site: Site) -> list[str]:
    """Sources of the posts that these outputs' feeds carry, each once."""
    followed = {(output.kind, output.subject): output for output in stale if output.kind in feed_files.KINDS}
    return sorted({post.source for output in followed.values() for post in feed_files.posts(output, site)})


def prepare(source: str, site: Site, tools: Tools) -> None:
    """Make and keep a post's entries. Feeds share them: each is made once, on whichever core, before any feed is."""
    _entries(source, site, tools)


def _entries(source: str, site: Site, tools: Tools) -> bytes:
    """What `feeds.written` makes of a post, kept from an earlier build or made now."""

    def make() -> bytes:
        return marshal.dumps(feeds.written(entry(site, site.lookup[source][0], tools), site.info))

    return tools.kept(entry_key(site, source), make)


def render(output: Output, site: Site, tools: Tools) -> bytes:
    """One output's bytes. What is not copied is looked at last of all: one switch governs every e-mail address."""
    if output.kind == "static":
        return Path(output.subject).read_bytes()
    if output.kind in PAGES:
        made = show(PAGES[output.kind], site, output.subject, output.path, tools)
    else:
        made = FILES[output.kind].write(output, site, tools)
    return (
        made if output.kind == "asset" else mail.look(made, output.path, site.config.contact.email, site.info.detours)
    )


def _write_asset(output: Output, site: Site, tools: Tools) -> bytes:
    return tools.asset(output.subject)


def _write_hosting(output: Output, site: Site, tools: Tools) -> bytes:
    if output.path == "_redirects":
        return hosting.redirects(site.info, _moved(site), hosting.fingers(site))
    if output.path == "sitemap.xml":
        return hosting.sitemap(site.info, _in_sitemap(site))
    known = hosting.well_known(site)
    if output.path in known:
        return known[output.path]
    if output.path == "_headers":
        sends_to = forms.origin(site.config.contact.service, site.config.contact.endpoint)
        return hosting.headers(site.info, known, sends_to)
    return hosting.robots(site.info)


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
    "calendar": Kind(calendar.outputs, calendar.write),
    "asset": Kind(_assets, _write_asset),
    "hosting": Kind(_hosting, _write_hosting),
}
"""Every kind of output that is made of the Site and is no page."""
