"""Owns what each language says: the tables of languages/, read once. Must not know where they are looked for."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from newsroom.voice.patterns import Phrases, phrases

FOLDER = Path(__file__).parent / "languages"
LANGUAGES = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
"""Those that can be read. Another file there is another language: docs/voice.md."""


SIGNS = "institutional"
"""The rule whose phrases are looked for in few texts, and apart from the others: they begin with small words."""


class Group(NamedTuple):
    """Phrases that are wrong for one reason."""

    rule: str
    why: str
    """What is wrong with the words, after the words themselves."""
    ask: str
    """A question to the writer."""
    weak: bool
    """Nothing alone: counted together with others in one sentence."""
    lesser: bool
    """Counts beside others alone, and for half as many as they are."""
    body: bool
    """Looked for in the text alone, not in the front matter."""


class Language(NamedTuple):
    """The words of one language."""

    tag: str
    ordinals: bool
    """Whether `3.` is how a number in a row is written."""
    capitals: bool
    """Whether every noun begins with one, and a name cannot be told by them."""
    groups: tuple[Group, ...]
    phrases: Phrases
    """Of every group, filed together, but for the signs."""
    signs: Phrases
    """Of the groups of SIGNS."""
    excepted: Phrases
    """Where a phrase lies in one of these, it is none."""
    first: frozenset[str]
    """I and we; likewise `second`, you; `alone` is I."""
    second: frozenset[str]
    alone: frozenset[str]
    opinion: Phrases
    actor: frozenset[str]
    """By: what names who did it."""
    mention: frozenset[str]
    """Words near a phrase that is spoken of, not used."""
    saying: frozenset[str]
    """Said: what stands beside a name."""
    officers: Phrases
    """What is said of who speaks in a release: CEO of, head of."""
    abstractions: frozenset[str]
    """What stands in threes; the `lofty` of them are never meant as they are said."""
    lofty: frozenset[str]
    joins: frozenset[str]
    """And."""
    nominal: tuple[str, ...]
    """How a noun ends that was made of a verb or of an adjective."""
    concrete: frozenset[str]
    """What ends so and is a thing."""


@cache  # 8 ms a language
def language(tag: str) -> Language | None:
    """The words for a BCP 47 tag, or None where there are none."""
    primary = tag.lower().replace("_", "-").partition("-")[0]
    if primary not in LANGUAGES:
        return None
    table = tomllib.loads((FOLDER / f"{primary}.toml").read_text("utf-8"))
    lists = table["group"]
    return Language(
        tag=primary,
        ordinals=table.get("ordinals", False),
        capitals=table.get("capitals", False),
        groups=tuple(
            Group(each["rule"], each["why"], each["ask"], *(each.get(key, False) for key in ("weak", "lesser", "body")))
            for each in lists
        ),
        phrases=_filed(lists, lambda rule: rule != SIGNS),
        signs=_filed(lists, lambda rule: rule == SIGNS),
        excepted=phrases([(table["except"], False)]),
        opinion=phrases([(table["opinion"], False)]),
        officers=phrases([(table["officers"], False)]),
        nominal=tuple(table["nominal"]),
        **{
            name: frozenset(table[name])
            for name in (
                "first",
                "second",
                "alone",
                "actor",
                "mention",
                "saying",
                "abstractions",
                "lofty",
                "joins",
                "concrete",
            )
        },
    )


def _filed(lists: list[dict], wanted: Callable[[str], bool]) -> Phrases:
    return phrases((each["phrases"] if wanted(each["rule"]) else (), each.get("exact", False)) for each in lists)
