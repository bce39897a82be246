"""Owns who is here at a moment: absences, departures, consent, and who stands in. Must not put it into words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from newsroom.model import Person

FRESH = timedelta(days=180)
"""How long a promise is believed after somebody confirmed it."""


def consented(person: Person, field: str, moment: datetime) -> bool:
    """Whether a channel or the photo may be shown: not refused, and the consent has not run out.

    What stands in the file without a word about it counts as agreed; the last day still counts.
    """
    end = day(person.consent.get("until"))
    return person.consent.get(field) is not False and (end is None or moment.date() <= end)


def state(person: Person, moment: datetime) -> str:
    """active | away | moved | left at this moment: a departure may be announced, an absence may be over."""
    word = person.status.get("state") or "active"
    since, back = day(person.status.get("on")), day(person.status.get("until"))
    if word in ("moved", "left") and since and moment.date() < since:
        return "active"
    if word == "away" and back and moment.date() >= back:
        return "active"
    return word


def fresh(person: Person, moment: datetime) -> bool:
    """Whether somebody confirmed lately what this person promises. Nobody can have confirmed it in the future."""
    checked = day(person.answers.get("checked"))
    return checked is not None and timedelta(0) <= moment.date() - checked <= FRESH


def owner(person: Person, people: Mapping[str, Person], moment: datetime) -> Person | None:
    """Who is responsible for what this person wrote: herself, or the successor of her successors; None is nobody."""
    return _follow(person, people, moment, {"left": "successor"})


def cover(person: Person, people: Mapping[str, Person], moment: datetime) -> Person | None:
    """Who answers in place of somebody who is not here; None when nobody does."""
    found = _follow(person, people, moment, {"left": "successor", "away": "cover"})
    return None if found is person else found


def heir(person: Person, people: Mapping[str, Person], moment: datetime) -> Person | None:
    """Who took over the work of somebody who moved, and is here."""
    named = people.get(person.status.get("successor") or "")
    found = _follow(named, people, moment, {"left": "successor", "away": "cover"})
    return None if found is person else found


def _follow(
    person: Person | None, people: Mapping[str, Person], moment: datetime, ways: Mapping[str, str]
) -> Person | None:
    """Go on while a person's state has a way on; None where that ends with nobody, or in a circle."""
    seen = set()
    while person and (way := ways.get(state(person, moment))):
        if person.key in seen:
            return None
        seen.add(person.key)
        person = people.get(person.status.get(way) or "")
    return person


def day(value: object) -> date | None:
    """The day of an RFC 3339 date or moment; None where there is none."""
    return _day(str(value)) if value else None


@lru_cache(maxsize=1 << 12)  # asked some ten times for each person whom a page names
def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
