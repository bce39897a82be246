"""Owns the other build: the site made again without anything unpublished, and compared with the output folder.

Where both are equal byte for byte, nothing unpublished can be in it, be it a word, a count or an order: it was not
there when the bytes were made. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from newsroom import indexing
from newsroom.assemble.info import about
from newsroom.assemble.site import newsroom
from newsroom.build import Options, plan, read
from newsroom.desk import Desk
from newsroom.engine.files import walk
from newsroom.engine.workers import apart, spread
from newsroom.leaks.public import Split, split
from newsroom.model import NOTHING, Content, Library, Output, digest
from newsroom.render import outputs
from newsroom.render.theme import Theme
from newsroom.settings import Config
from newsroom.site import Site
from newsroom.views import SiteInfo

PREVIEWS = "preview/"
"""The one place for what is not public: a page at an address that nobody can guess."""

COPIED = ("asset", "static", "style")
"""Kinds of output that are somebody's file as it is: equal or not, they are looked through."""

PIXELS = "picture"
"""The kind of output that is made of the pixels of an asset, which is looked through itself."""

Render = Callable[[Output], bytes]


class Both(NamedTuple):
    """The site, and the same site without anything unpublished."""

    site: Site
    library: Library
    parted: Split
    planned: dict[str, Output]
    """Path -> output, likewise the next."""
    public: dict[str, Output]
    render: Render
    render_public: Render


class Compared(NamedTuple):
    """The output folder beside both, by path."""

    there: tuple[str, ...]
    """Everything in it; an empty folder ends in `/`."""
    proven: tuple[str, ...]
    """Made of nothing unpublished, and text: what stands there is public."""
    copies: tuple[str, ...]
    """Equal too, but copied or packed: what is in them was never parted."""
    telling: tuple[str, ...]
    """As the site is made, and another without what is unpublished: they tell of it."""
    stale: tuple[str, ...]
    """As neither is made; or missing."""
    strays: tuple[str, ...]
    """No output of the site."""
    previews: tuple[str, ...]
    """Allowed: as the site is made, below PREVIEWS."""


def both(desk: Desk, options: Options) -> Both:
    """The site at a moment, and the same site without anything unpublished. Raises NewsroomError as a build does."""
    site, look, library = read(desk, options)
    parted = split(library, site.moment, options.drafts)
    # whom to write to in place of an address is not said by leaving the address out: that table is made of everybody
    known = parted.public._replace(people=library.people)
    assets = look.assets(site.config.base)

    def info(part: Config, public: Library) -> SiteInfo:
        return about(part, known._replace(pages=public.pages), assets, look.options, look.cards)

    less, _ = newsroom(parted.public, site.config, site.moment, info, options.drafts)  # what it misses is meant to be
    planned = {output.path: output for output in plan(site, look)}
    public = {output.path: output for output in outputs.plan(less, look)[0]}
    silent = {noun.source for noun, shown, _ in parted.withheld if shown.content == NOTHING}
    made, made_public = indexing.every(desk, site), indexing.every(desk, less)
    planned |= _indexed(made)
    public |= _indexed(made_public)
    render, render_public = _renders(desk, site, look, (), made), _renders(desk, less, look, silent, made_public)
    return Both(site, library, parted, planned, public, render, render_public)


def _indexed(made: Mapping[str, bytes]) -> dict[str, Output]:
    """The files of search indexes as outputs."""
    return {path: Output(path, indexing.KIND, path, digest(data)) for path, data in made.items()}


def _renders(
    desk: Desk, site: Site, look: Theme, silent: Iterable[str] = (), indexes: Mapping[str, bytes] = {}
) -> Render:
    """A function from output to bytes. What earlier builds kept of entries is not used: it is part of what is proven."""
    kept: dict[str, bytes] = {}
    silent = frozenset(silent)

    def keep(key: str, make: Callable[[], bytes]) -> bytes:
        if key not in kept:
            kept[key] = make()
        return kept[key]

    def content(source: str) -> Content:
        return Content("") if source in silent else desk.content(source)

    def drawn(key: str, make: Callable[[], bytes]) -> bytes:
        return desk.cache.kept(key, lambda: apart(make))  # under a digest of all that a card shows: nothing else is there

    compiled = desk.folder / "templates"
    tools = cache(
        lambda: outputs.tools(site, look, content, desk.root, compiled, keep, desk.words, (), drawn, desk.pictured)
    )
    return lambda output: (
        indexes[output.path] if output.kind == indexing.KIND else outputs.render(output, site, tools())
    )


def compare(desk: Desk, two: Both) -> Compared:
    """Render the site without anything unpublished, on every core, and compare it with the output folder."""
    there = sorted(path for path, _, _ in walk(desk.output))
    shared = [two.public[path] for path in there if path in two.public]
    missing = [path for path in two.planned if path not in there]
    verdicts = _verdicts(desk, shared, two.render_public)
    sorts: dict[str, list[str]] = {name: [] for name in Compared._fields[1:]}
    unlike = [path for path, (equal, _) in verdicts.items() if not equal]
    unlike += [path for path in there if path in two.planned and path not in two.public]
    as_made = _verdicts(desk, [two.planned[path] for path in unlike if path in two.planned], two.render)
    for path in there:
        equal, is_text = verdicts.get(path, (False, False))
        if equal:
            copied = two.public[path].kind in COPIED or not (is_text or two.public[path].kind == PIXELS)
            sorts["copies" if copied else "proven"].append(path)
        elif path not in two.planned and path not in two.public:
            sorts["strays"].append(path)
        elif as_made.get(path, (False, False))[0]:
            allowed = path.startswith(PREVIEWS) and path not in two.public
            sorts["previews" if allowed else "telling"].append(path)
        else:
            sorts["stale"].append(path)
    sorts["stale"] += missing
    return Compared(tuple(there), *map(tuple, sorts.values()))


def _verdicts(desk: Desk, planned: Sequence[Output], render: Render) -> dict[str, tuple[bool, bool]]:
    """Path -> (whether the file there is what is rendered, whether it is text)."""

    def work(batch: Sequence[Output]) -> list[tuple[str, bool, bool]]:
        rows = []
        for output in batch:
            data = content_of(desk, output.path)
            rows.append((output.path, render(output) == data, is_text(data)))
        return rows

    return {path: (equal, is_text) for rows in spread(work, planned) for path, equal, is_text in rows}


def content_of(desk: Desk, path: str) -> bytes:
    """A file of the output folder; b"" for what is none."""
    try:
        return (desk.output / path).read_bytes()
    except OSError:
        return b""


def is_text(data: bytes) -> bool:
    """Whether bytes are text that a person can read as it stands."""
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False


def shown(planned: Mapping[str, Output]) -> set[str]:
    """Paths of the files below content/ that are published as they are."""
    return {output.subject for output in planned.values() if output.kind == "asset"}
