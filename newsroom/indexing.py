"""Owns the search index of a build: whether there must be another, its files among the outputs, their bytes.

The names of the files are digests of what is in them, and what is in them depends on every page: so they are planned
once they are made. All of them bear as their subject what they were made of; where the last build's do, they are the
plan, and nothing is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from newsroom.engine.files import Staging
from newsroom.errors import NewsroomError, problem
from newsroom.model import Output, digest

if TYPE_CHECKING:
    from newsroom.desk import Desk
    from newsroom.site import Site


KIND = "index"
"""Of these outputs."""

Made = dict[str, dict[str, bytes]]
"""What an index was made of -> its files, by their names in its folder."""


def with_index(desk: Desk, site: Site, planned: Sequence[Output], make: bool = True) -> tuple[list[Output], Made]:
    """The plan with the files of the index of every edition, sorted; and what was made. Raises NewsroomError.

    Without `make` there are those of the last build, as far as they are right still: a reader of a preview who asks for
    others is given them by `files`.
    """
    from newsroom.render import search

    outputs, fresh = [output for output in planned if output.kind != KIND], {}
    if not search.wanted(site):
        return outputs, fresh
    last = [Output(*row) for row in desk.last.planned if row[1] == KIND]
    for edition in editions(site):
        folder, made_of = folder_of(edition), search.made_of(edition)
        known = [each for each in last if each.subject == made_of and each.path.startswith(folder)]
        if not known and make:
            fresh[made_of] = files(desk, edition)
            known = [Output(folder + name, KIND, made_of, digest(data)) for name, data in fresh[made_of].items()]
        outputs += known
    return sorted(outputs), fresh


def is_missing(desk: Desk) -> bool:
    """Whether the last build left out an index that there should be: those of a preview do."""
    wanted = len(desk.config.editions or (1,)) if desk.config.search.engine else 0
    return wanted > 0 and sum(path.endswith("/pagefind-entry.json") for path in desk.last.written) < wanted


def stage(desk: Desk, site: Site, outputs: Iterable[Output], made: Made, staging: Staging) -> dict[str, tuple]:
    """Files of an index on their way: path -> (digest, mtime, size). Those that somebody damaged are made again."""
    from newsroom.render import search

    written = {}
    for edition in editions(site):
        folder, key = folder_of(edition), search.made_of(edition)
        for output in [each for each in outputs if each.subject == key and each.path.startswith(folder)]:
            if key not in made:
                made = {**made, key: files(desk, edition)}
            written[output.path] = staging.add(output.path, made[key][output.path.removeprefix(folder)])
    return written


def editions(site: Site) -> tuple[Site, ...]:
    """The Sites that have an index each."""
    return tuple(site.editions.values()) or (site,)


def folder_of(edition: Site) -> str:
    """Where the index of an edition is, below the output folder: `search/index/`, `de/search/index/`."""
    from newsroom.render.search import FOLDER

    return (edition.prefix + FOLDER).removeprefix("/")


def every(desk: Desk, site: Site) -> dict[str, bytes]:
    """The files of all indexes of a site, made now: path -> bytes."""
    from newsroom.render.search import wanted

    parts = editions(site) if wanted(site) else ()
    return {folder_of(part) + name: data for part in parts for name, data in files(desk, part).items()}


def files(desk: Desk, edition: Site) -> dict[str, bytes]:
    """The index of an edition: name in its folder -> bytes. Raises NewsroomError where there can be none."""
    from newsroom.engine import indexer
    from newsroom.render import search

    try:
        return indexer.index(search.records(edition, desk.content))
    except indexer.IndexFailed as error:
        hint = f"run: {indexer.INSTALL}" if not indexer.installed() else f"install it again: {indexer.INSTALL}"
        said = f"there can be no search: {str(error)[:1].lower()}{str(error)[1:]}"
        raise NewsroomError([problem("no-search", said, "site.toml", ("search", "engine"), hint)]) from error
