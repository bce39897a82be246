"""Owns the rules about people: who answers, what was promised, what was agreed. Pure functions of the Site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from newsroom.check.rule import Checked, Found
from newsroom.errors import Location
from newsroom.model import Person
from newsroom.standing import FRESH, consented, day, fresh, owner, state

SOON = timedelta(days=30)


def _promising(checked: Checked) -> Iterator[Person]:
    """Those who are here and say when answers come."""
    for person in checked.site.people.values():
        said = person.answers.get("within") or person.answers.get("hours")
        if said and state(person, checked.site.moment) != "left":
            yield person


def stale_promise(checked: Checked) -> Iterator[Found]:
    """Find promises that readers no longer see, because nobody confirmed them."""
    moment = checked.site.moment
    for person in _promising(checked):
        if not fresh(person, moment):
            checked_on = day(person.answers.get("checked"))
            if checked_on is None:
                message = "nobody confirmed this promise yet: answers.checked is missing"
            elif checked_on > moment.date():
                message = f"nobody can have confirmed this promise on {checked_on}: that day is still to come"
            else:
                message = f"nobody confirmed this promise in the last {FRESH.days} days"
            hint = f"ask {person.short_name}, then set answers.checked to the day; until then the page promises no time"
            yield Location(person.source, pointer=("answers", "checked")[: 1 + bool(checked_on)]), message, hint


def no_answerer(checked: Checked) -> Iterator[Found]:
    """Find promises without anybody to keep them."""
    people = checked.site.people
    for person in _promising(checked):
        by = person.answers.get("by", ())
        if not any(state(people[key], checked.site.moment) != "left" for key in by if key in people):
            said = f"{', '.join(by)} left" if by else "answers.by is missing"
            hint = f"add by: [{person.key}] or whoever writes the replies; until then the page promises no time"
            place = ("answers", "by") if by else ("answers",)
            yield Location(person.source, pointer=place), f"nobody keeps this promise: {said}", hint


def no_successor(checked: Checked) -> Iterator[Found]:
    """Find people who left without anybody to answer for what they wrote."""
    for person in checked.site.people.values():
        if state(person, checked.site.moment) == "left" and not owner(person, checked.site.people, checked.site.moment):
            key = person.status.get("successor", "")
            message = (
                f'{person.name} left, and so did "{key}"' if key else f"{person.name} left, and nobody answers now"
            )
            hint = "add successor: and the key of somebody who is there; old posts stay answerable"
            yield Location(person.source, pointer=("successor",) if key else ("status",)), message, hint


def unreachable(checked: Checked) -> Iterator[Found]:
    """Find authors whom no reader can write to. Where consent ran out, or nobody is left, other rules say so."""
    site = checked.site
    writing = {who.key: who for key in site.by_author if (who := owner(site.people[key], site.people, site.moment))}
    silent = [
        person
        for key, person in writing.items()
        if not (site.contact((key,)).actions or site.contact((key,)).hours)
        and consented(person, "contact", site.moment)
    ]
    for person in silent[:1]:  # after an import it is everybody: say it once
        form = site.config.contact.email == "form" and "email" in person.contact
        why = ': [contact] email = "form" in site.toml shows no address' if form else ""
        more = f", nor {len(silent) - 1} more who write" if len(silent) > 1 else ""
        hint = "add contact: with a channel, such as email: or phone:, that she agreed to publish"
        yield Location(person.source, 1), f"readers have no way to reach {person.name}{more}{why}", hint


def consent_ends(checked: Checked) -> Iterator[Found]:
    """Find consents that end soon, or have ended."""
    today, soon = checked.site.moment.date().isoformat(), (checked.site.moment + SOON).date().isoformat()
    for person in checked.site.people.values():
        until = person.consent.get("until", "")
        if until and until <= soon:
            what = (
                f"ran out on {until}: photo and contact are in no output" if until < today else f"runs out on {until}"
            )
            yield (
                Location(person.source, pointer=("consent", "until")),
                f"the consent {what}",
                f"ask {person.short_name} again",
            )
