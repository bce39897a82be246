"""Owns what can truthfully be said of a person's answers at a moment: who reads, who answers, how soon. Pure.

It says less rather than more: a promise that is old, or whose keeper is away, gone or pausing, is left out. The words
are the business of `wording`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from newsroom import standing
from newsroom.model import Person
from newsroom.spans import span
from newsroom.standing import available


class Promise(NamedTuple):
    """What somebody who is here says of her answers, as far as it holds."""

    reads: str
    """all | some | none | "" where she does not say."""
    herself: bool
    """Whether she writes replies."""
    others: tuple[Person, ...]
    """Who writes them beside her or for her, and is here to do it."""
    within: str
    """The span as it is written; "" where no time is promised."""


NOTHING = Promise("", False, (), "")


def confirmed(person: Person, days: int) -> Person:
    """The person with the number of days for which the site believes what somebody confirmed, beside her promise."""
    return person._replace(answers={**person.answers, "confirm": days}) if person.answers else person


def doubted(people: Mapping[str, Person], keys: Collection[str]) -> dict[str, Person]:
    """The people, those of `keys` marked as keeping their time too seldom for it to be promised."""
    return {
        key: person._replace(answers={**person.answers, "doubted": True}) if key in keys else person
        for key, person in people.items()
    }


def trusted(person: Person) -> Person:
    """The person without that mark."""
    said = {key: value for key, value in person.answers.items() if key != "doubted"}
    return person._replace(answers=said) if len(said) < len(person.answers) else person


def about(person: Person, said: Mapping[str, Any]) -> Person:
    """The person with what a post says of answers to it: each key stands in for her own.

    She alone has promised that. Of whoever answers in her place only a pause, and what not to write about, still hold.
    """
    return person._replace(answers={**person.answers, **said})


RESTRICTING = ("paused", "not_for")
"""What of a post's `answers` holds for whoever answers in its authors' place: the keys that promise nothing."""


def promise(person: Person, people: Mapping[str, Person], moment: datetime) -> Promise:
    """What she says, without what nobody keeps. NOTHING of somebody who is not here, pauses, or did not agree to it."""
    if not available(person, moment) or not standing.consented(person, "answers", moment):
        return NOTHING
    said, others = person.answers, helpers(person, people, moment)
    reads = said.get("reads", "")
    herself = person.key in said.get("by", ()) and reads != "none"
    within = said.get("within", "") if timed(person, people, moment) and span(said.get("within", "")) else ""
    return Promise(reads, herself, others, within)


def timed(person: Person, people: Mapping[str, Person], moment: datetime) -> bool:
    """Whether any time may be promised: somebody writes, a deputy too where she is an executive, and it holds so far."""
    others = helpers(person, people, moment)
    writing = others or (person.key in person.answers.get("by", ()) and standing.writes(person, moment))
    deputed = not person.executive or others
    return bool(writing and deputed and standing.fresh(person, moment) and not person.answers.get("doubted"))


def helpers(person: Person, people: Mapping[str, Person], moment: datetime) -> tuple[Person, ...]:
    """Those who answer beside her or for her, are here to do it, and agreed to."""
    found = (people[key] for key in dict.fromkeys(person.answers.get("by", ())) if key in people and key != person.key)
    return tuple(who for who in found if standing.writes(who, moment))


def cover(person: Person, people: Mapping[str, Person], moment: datetime) -> Person | None:
    """Who answers in place of somebody who is away or pauses, is here, and agreed to; None when nobody does."""
    if standing.state(person, moment) == "away":
        found = standing.cover(person, people, moment)
    else:
        named = people.get(person.status.get("cover") or "")
        found = (standing.cover(named, people, moment) or named) if named else None
    return found if found and found.key != person.key and standing.keeps(found, moment) else None


def meanwhile(person: Person, people: Mapping[str, Person], moment: datetime) -> tuple[Person, ...]:
    """Who answers for somebody who is away or pauses: her cover, or those who write replies anyway."""
    found = cover(person, people, moment)
    return (found,) if found else helpers(person, people, moment)


def languages(person: Person) -> tuple[str, ...]:
    """BCP 47 tags of the languages in which she can be written to."""
    return tuple(person.answers.get("languages") or person.languages)
