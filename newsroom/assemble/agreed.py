"""Owns what may be shown of a person at a moment: what she agreed to, and what she left here when she went. Pure.

Whatever comes after works with the Person that this makes: what is not in it cannot be shown by anybody.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from newsroom import hours
from newsroom.model import NOTHING, Person, Source, digest_of
from newsroom.permalinks import join
from newsroom.standing import consented, kept, leaves, state

GONE: dict[str, Any] = {
    "role": "", "team": "", "pronouns": "", "quote": "", "since": "", "photo": None, "languages": (), "topics": (),
    "ask_me_about": (), "office_hours": (), "timezone": "", "executive": False,
}  # fmt: skip
"""What a person who keeps only her name, or its initials, takes with her, beside her biography: all that says what she
is like. Her posts stay, her key, which is their address, and her accounts, which are in no output."""

SILENT: dict[str, Any] = {"content": NOTHING, "links": (), "files": ()}
"""A biography that is not shown: without its words, what it links to, and the files beside it."""


def as_of(person: Person, moment: datetime) -> Person:
    """The person as she may be shown: in her state at that moment, and without what she has not agreed to."""
    now, keeps = state(person, moment), kept(person, moment)
    status = {**person.status, "state": now}
    if gone := leaves(person):
        status["leaving"] = gone.isoformat()
    shown: dict[str, Any] = {"status": status, "contact": _contact(person, moment)}
    if now == "moved" and person.status.get("role"):
        shown["role"] = person.status["role"]
    for field, nothing in (("photo", None), ("quote", ""), ("office_hours", ())):
        if not consented(person, field, moment):
            shown[field] = nothing
    if not consented(person, "answers", moment):
        shown["answers"] = {}
    if not consented(person, "bio", moment):
        shown |= SILENT
    if keeps in ("name", "initials"):
        if hours.clear(person, "UTC") and consented(person, "office_hours", moment):
            status["met"] = (
                True  # who subscribed to her calendar finds it empty, not gone: programs would keep the hours
            )
        shown |= GONE | SILENT | {"answers": {}}
    if keeps == "initials":
        shown["name"] = shown["short_name"] = initials(person.name)
    return person._replace(**shown, meta=digest_of(person.meta, *sorted(shown.items())))


def _contact(person: Person, moment: datetime) -> dict[str, str]:
    """The channels that she agreed to publish; none of somebody who left: messages go to who answers in her place."""
    if state(person, moment) == "left":
        return {}
    named = {channel: channel.removesuffix("_hours") for channel in person.contact}  # `phone_hours` goes with `phone`
    return {channel: person.contact[channel] for channel, of in named.items() if consented(person, of, moment)}


def initials(name: str) -> str:
    """`Maya Okafor` as `M. O.`: the first letter of each word, with the marks that belong to it.

    >>> initials("Ludwig van Beethoven"), initials("Élodie d’Arc"), initials("田中太郎")
    ('L. v. B.', 'É. d.', '田.')
    """
    words = (unicodedata.normalize("NFC", word) for word in name.split())
    return " ".join(f"{first}." for word in words if (first := _first(word))) or "N. N."


def _first(word: str) -> str:
    start = next((n for n, c in enumerate(word) if c.isalpha()), None)
    if start is None:
        return ""
    end = start + 1
    while end < len(word) and unicodedata.category(word[end]).startswith("M"):
        end += 1
    return word[start:end]


def withheld(people: Iterable[Person], moment: datetime, assets: Mapping[str, Source]) -> dict[str, frozenset[str]]:
    """Source paths of the photos that may be in no output, wherever they are named -> the files of those who refuse.

    A copy or a link of such a photo, at another path, is the same picture.
    """
    refused: dict[str, set[str]] = {}
    for person in people:
        if person.photo and as_of(person, moment).photo is None:
            path = join(person.source.rpartition("/")[0], person.photo["file"]) or ""
            refused.setdefault(assets[path].digest if path in assets else path, set()).add(person.source)
    if not refused:
        return {}
    by_path = {path: refused[asset.digest] for path, asset in assets.items() if asset.digest in refused}
    return {path: frozenset(sources) for path, sources in by_path.items()}


def hidden_names(people: Iterable[Person], moment: datetime) -> dict[str, str]:
    """Key -> full name of whoever agreed to initials alone: for those who look for it in texts, and for nobody else."""
    return {person.key: person.name for person in people if kept(person, moment) == "initials"}
