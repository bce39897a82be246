"""Owns who is here at a moment: absences, departures, consent, and who stands in. Must not put it into words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from newsroom.model import Person

FRESH = timedelta(days=180)
"""How long a promise is believed after somebody confirmed it, where no site says otherwise."""


def consented(person: Person, field: str, moment: datetime) -> bool:
    """Whether something of her may be shown: not refused, and neither its own consent nor the whole has run out.

    What stands in the file without a word about it counts as agreed; the last day still counts.
    """
    if person.consent.get(field) is False:
        return False
    last = ends(person, field)
    return last is None or moment.date() <= last


def ends(person: Person, field: str) -> date | None:
    """The last day on which a field may be shown: its own or that of all, whichever is earlier; None is no end."""
    said = person.consent.get(field)
    days = [day(person.consent.get("until")), day(said) if isinstance(said, str) else None]
    return min((last for last in days if last), default=None)


def kept(person: Person, moment: datetime) -> str:
    """photo | name | initials: what somebody who left agreed to leave; "" is all that was public, and who is here."""
    return person.status.get("keep", "") if state(person, moment) == "left" else ""


def state(person: Person, moment: datetime) -> str:
    """active | away | moved | left at this moment: a departure may be announced, an absence may be over."""
    word = person.status.get("state") or "active"
    since, back = day(person.status.get("on")), day(person.status.get("until"))
    if word in ("moved", "left") and since and moment.date() < since:
        return "active"
    if word == "away" and back and moment.date() >= back:
        return "active"
    return word


def leaves(person: Person) -> date | None:
    """The first day without her, past or to come; None where she stays, or nobody said since when.

    In a person as she may be shown, `agreed` has noted it as `leaving`, since her state there is that of the moment.
    """
    return day(
        person.status.get("leaving") or (person.status.get("on") if person.status.get("state") == "left" else "")
    )


def fresh(person: Person, moment: datetime) -> bool:
    """Whether somebody confirmed lately what this person promises. Nobody can have confirmed it in the future."""
    checked = day(person.answers.get("checked"))
    return checked is not None and timedelta(0) <= moment.date() - checked <= believed(person)


def believed(person: Person) -> timedelta:
    """How long this promise is believed: the site's contact.confirm, which assembling notes beside each promise."""
    days = person.answers.get("confirm")
    return timedelta(days=days) if days else FRESH


def pause(person: Person, moment: datetime) -> str:
    """Until when she answers nobody: a day, "true" for nobody knows when, "" for she does. That day she answers again."""
    until = person.answers.get("paused") or ""
    end = day(until)
    return "" if end and moment.date() >= end else until


def available(person: Person, moment: datetime) -> bool:
    """Whether she is here, and answers."""
    return state(person, moment) in ("active", "moved") and not pause(person, moment)


def keeps(person: Person, moment: datetime) -> bool:
    """Whether a page may name her as somebody who answers: she is here, and agreed to it."""
    return available(person, moment) and consented(person, "answers", moment)


def writes(person: Person, moment: datetime) -> bool:
    """Whether a page may name her as somebody who writes replies for others: not who does not read even her own."""
    return keeps(person, moment) and person.answers.get("reads") != "none"


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


def desk(keys: Iterable[str], people: Mapping[str, Person], moment: datetime) -> tuple[Person, ...]:
    """Who can be asked in place of these people, in their order and each once.

    Whoever left gives way to her successor; whoever moved follows the one who took over; a cover follows the one away.
    """
    found: dict[str, Person] = {}
    for key in keys:
        here = owner(people[key], people, moment) if key in people else None
        if here is None:
            continue
        took_over = heir(here, people, moment) if state(here, moment) == "moved" else None
        for person in (took_over, here, cover(here, people, moment)):
            if person:
                found.setdefault(person.key, person)
    return tuple(found.values())


def answering(person: Person, people: Mapping[str, Person], moment: datetime) -> bool:
    """Whether a message to her reaches somebody who is here: herself, her successor, or whoever covers for them."""
    here = owner(person, people, moment)
    return here is not None and (state(here, moment) != "away" or cover(here, people, moment) is not None)


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
