"""Owns law 4: two sources that would write one path are an error that names both."""

from __future__ import annotations

from collections.abc import Sequence

from newsroom.errors import Location, Problem
from newsroom.model import Output
from newsroom.render import feed_aliases

BESIDE = ("embed", "oembed")
"""Kinds that stand below a page: where two pages want one address it is the pages that are named."""


def collisions(outputs: Sequence[Output]) -> list[Problem]:
    """Outputs that want one path, or a file where another needs a folder; letter case does not tell them apart everywhere."""
    problems: dict[tuple, Problem] = {}
    taken: dict[str, Output] = {}
    outputs = sorted(outputs, key=lambda output: output.kind in BESIDE)
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
