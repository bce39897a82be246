"""Owns the stage in which social cards are made: before any page, each once, in processes of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from newsroom.errors import Location, NewsroomError, Problem
from newsroom.model import Output
from newsroom.render import editions, social
from newsroom.render.parts import Tools
from newsroom.site import Site

BATCH = 4
"""Cards that a process takes at once, some 50 ms each: the last should not wait for many."""


def keys(outputs: Iterable[Output]) -> Iterator[str]:
    """Where the cache keeps the cards among some outputs."""
    return (social.key(output) for output in outputs if output.kind == social.KIND)


def draw(
    stale: Iterable[Output], site: Site, tools: Tools, has: Callable[[str], bool], spread: Callable[..., Iterator[Any]]
) -> None:
    """Make and keep the cards among these outputs that the cache has not. Raises NewsroomError with what goes wrong."""
    wanted = {key: o for o in stale if o.kind == social.KIND and not has(key := social.key(o))}
    wrong: dict[tuple, Problem] = {}

    def work(batch: Sequence[Output]) -> tuple[tuple, ...]:
        """What is wrong, as plain values: the first mistake of a template is that of every card."""
        try:
            for output in batch:
                part, own = editions.at_home(site, output)
                social.write(own, part, tools.editions.get(part.edition, tools))
        except NewsroomError as error:
            return tuple((p.code, p.message, tuple(p.location), p.hint) for p in error.problems)
        return ()

    for found in spread(work, list(wanted.values()), batch=BATCH, apart=True):
        for code, message, at, hint in found:
            wrong.setdefault((code, at), Problem(code, message, Location(*at), hint))
    if wrong:
        raise NewsroomError(wrong.values())
