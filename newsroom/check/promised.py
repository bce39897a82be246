"""Owns the rules about what people promise of their answers, in their file or in a post's. Pure functions of the Site.

Whether the archive bears a promise out is the business of `conversation`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from newsroom import week
from newsroom.check.rule import Checked, Found
from newsroom.dates import in_words
from newsroom.errors import Location
from newsroom.model import Person
from newsroom.standing import available, believed, consented, day, fresh, keeps, state, writes

LONG = timedelta(days=30)
"""So long after a pause nobody needs to be told any more when it ended."""


TIMED = frozenset(("within", "hours", "by"))
"""What of a promise says when answers come, and from whom."""


class Said(NamedTuple):
    """A promise, and where it stands."""

    person: Person
    """With what a post says in place of her own."""
    source: str
    """Her file, or the post's."""
    written: Mapping[str, Any]
    """What of it stands there."""


def _said(checked: Checked) -> Iterator[Said]:
    """Whatever people who are here say of their answers, and what posts say in their place."""
    site = checked.site
    for person in site.people.values():
        if person.answers and state(person, site.moment) != "left":
            yield Said(person, person.source, person.answers)
    for post in site.posts:
        if said := post.details.get("answers"):
            person = site.people[site.asked(post)[0]]
            if state(person, site.moment) != "left":
                yield Said(person._replace(answers={**person.answers, **said}), post.source, said)


def _promising(checked: Checked) -> Iterator[Said]:
    """Those of them that say when answers come."""
    return (said for said in _said(checked) if said.written.get("within") or said.written.get("hours"))


def _at(said: Said, key: str) -> Location:
    return Location(said.source, pointer=("answers", key) if key in said.written else ("answers",))


def stale_promise(checked: Checked) -> Iterator[Found]:
    """Find promises that readers no longer see, because nobody confirmed them."""
    moment = checked.site.moment
    for said in _promising(checked):
        person = said.person
        if fresh(person, moment):
            continue
        checked_on = day(person.answers.get("checked"))
        if checked_on is None:
            message = "nobody confirmed this promise yet: answers.checked is missing"
        elif checked_on > moment.date():
            message = f"nobody can have confirmed this promise on {checked_on}: that day is still to come"
        else:
            message = f"nobody confirmed this promise in the last {believed(person).days} days"
        hint = f"ask {person.short_name}, then set answers.checked to the day; until then the page promises no time"
        yield _at(said, "checked"), message, hint


def no_answerer(checked: Checked) -> Iterator[Found]:
    """Find promises without anybody to keep them, and absences for which the one named to cover does not answer."""
    people, moment = checked.site.people, checked.site.moment
    for person in people.values():
        cover = people.get(person.status.get("cover") or "")
        if cover and not available(person, moment) and state(cover, moment) != "left" and not keeps(cover, moment):
            why = (
                "does not answer now"
                if consented(cover, "answers", moment)
                else "did not agree to be named so any more"
            )
            hint = "name somebody who is there; until then pages name nobody in this place"
            yield Location(person.source, pointer=("cover",)), f"{cover.name} is to cover, and {why}", hint
    for said in _said(checked):
        person = said.person
        if not (person.answers.get("within") or person.answers.get("hours")) or not said.written.keys() & TIMED:
            continue
        by = person.answers.get("by", ())
        there = [key for key in by if key in people and state(people[key], moment) != "left"]
        if not there:
            why = f"{', '.join(by)} left" if by else "answers.by is missing"
        elif there == [person.key] and person.answers.get("reads") == "none":
            why = f"{person.short_name} reads no messages, and nobody else is named"
        elif keeps(person, moment) and not any(
            writes(person if key == person.key else people[key], moment) for key in there
        ):
            why = f"{' and '.join(people[key].name for key in there)} cannot be named as answering now"
        else:
            continue
        hint = f"add by: [{person.key}] or whoever writes the replies; until then the page promises no time"
        yield _at(said, "by"), f"nobody keeps this promise: {why}", hint


def no_deputy(checked: Checked) -> Iterator[Found]:
    """Find executives who promise a time that nobody keeps while they are in a meeting."""
    people, moment = checked.site.people, checked.site.moment
    for said in _promising(checked):
        person = said.person
        others = [key for key in person.answers.get("by", ()) if key in people and key != person.key]
        if person.executive and person.answers.get("by") and not any(available(people[key], moment) for key in others):
            message = f"{person.name} is an executive, and no deputy who is here keeps this promise"
            hint = "add to by: somebody who answers too; until then the page promises no time"
            yield _at(said, "by"), message, hint


def paused_promise(checked: Checked) -> Iterator[Found]:
    """Find pauses that ended long ago, and those without an end beside a promise of time."""
    moment = checked.site.moment
    for said in _said(checked):
        person = said.person
        until, end = said.written.get("paused", ""), day(said.written.get("paused"))
        if end and moment.date() - end > LONG:
            message = f"this pause ended on {in_words(end.isoformat())}"
            yield _at(said, "paused"), message, "take out paused: answers are given again"
        elif until and end is None and person.answers.get("within"):
            message = (
                f"{person.short_name} answers nobody, and still promises an answer within {person.answers['within']}"
            )
            hint = "write the day from which on answers are given again, or take out within; the page promises no time"
            yield _at(said, "paused"), message, hint


def unclear_hours(checked: Checked) -> Iterator[Found]:
    """Find hours of a week that stand as they are written, in whatever language the page is, or on no page at all."""
    for said in _said(checked):
        if wrong := _unclear(said.written.get("hours", "")):
            yield _at(said, "hours"), wrong, week.WANTED
    for person in checked.site.people.values():
        if wrong := _unclear(person.contact.get("phone_hours", "")):
            yield Location(person.source, pointer=("contact", "phone", "hours")), wrong, week.WANTED


def _unclear(hours: str) -> str:
    if hours and not week.credible(hours):
        return f'"{hours}" cannot be: it ends before it begins, or after midnight; pages leave it out'
    return f'"{hours}" is not days and times of a week' if hours and week.read(hours) is None else ""
