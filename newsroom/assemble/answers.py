"""Owns the sentence that says who answers a person's messages, and when.

It says less rather than more: a promise that is old, or whose keeper is away or gone, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from newsroom import standing
from newsroom.dates import in_words
from newsroom.model import Person
from newsroom.spans import span

PRONOUNS = {"she": ("she", "her", "her"), "he": ("he", "him", "his"), "they": ("they", "them", "their")}
"""First pronoun as written -> subject, object, possessive. Anybody else is called by name."""

READS = {
    "all": "{} reads every message.",
    "some": "{} reads some messages, not all.",
    "none": "{} does not read messages personally.",
}


def sentence(person: Person, people: Mapping[str, Person], moment: datetime) -> str:
    """Say who answers, and when; "" when nothing is promised.

    "Maya reads every message. She or Jonas answers, usually within two working days."
    """
    now = standing.state(person, moment)
    if now == "left":
        return left(person, people, moment)
    if now == "away":
        return _away(person, people, moment)
    return _here(person, people, moment) or (moved(person, people, moment) if now == "moved" else "")


def _here(person: Person, people: Mapping[str, Person], moment: datetime) -> str:
    answers, name, others = person.answers, short(person), _others(person, people, moment)
    reads, (she, her, _) = answers.get("reads", ""), pronouns(person)
    if she == "they" and others:  # "they or Jonas answers" reads as if several did
        she = her = name
    herself = person.key in answers.get("by", ()) and reads != "none"
    first = READS[reads].format(name) if reads else ""
    if not herself and not others:
        return first
    within = span(answers.get("within", "")) if standing.fresh(person, moment) else None
    usually = f", usually within {within}" if within else ""
    if reads == "all" and herself and not others:
        return f"{name} reads every message and answers{usually}."
    if reads == "some":
        second = f"When an answer comes, it is from {either([her] * herself + others)}{usually}."
    elif herself:
        start = she.capitalize() if first and she != name else name
        verb = "answer" if start == "They" else "answers"
        second = f"{either([start, *others])} {verb}{usually}."
    else:
        second = f"{either(others)} answers for {her if first else name}{usually}."
    return f"{first} {second}".strip()


def _away(person: Person, people: Mapping[str, Person], moment: datetime) -> str:
    found = standing.cover(person, people, moment)
    others = names([found], beside=[person]) if found else _others(person, people, moment)
    if others:
        return f"{short(person)} is away{until(person)}. {either(others)} answers for {pronouns(person)[1]}."
    when = "before then" if until(person) else "soon"
    return f"{short(person)} is away{until(person)}; do not expect an answer {when}."


def left(person: Person, people: Mapping[str, Person], moment: datetime, full: bool = False) -> str:
    """Say who answers for the posts of somebody who left."""
    owner, posts = standing.owner(person, people, moment), f"{pronouns(person, full)[2]} posts"
    gone = called(person, full)
    if owner is None:
        return f"{gone} has left, and nobody has been named to answer for {posts}."
    if standing.state(owner, moment) != "away":
        return f"{gone} has left. {called(owner, full)} answers for {posts}."
    cover = standing.cover(owner, people, moment)
    meanwhile = f" Meanwhile {called(cover, full)} answers." if cover else ""
    return f"{gone} has left. {called(owner, full)}, who answers for {posts}, is away{until(owner)}.{meanwhile}"


def moved(person: Person, people: Mapping[str, Person], moment: datetime, full: bool = False) -> str:
    """Say where questions about somebody's earlier work go."""
    heir, since = standing.heir(person, people, moment), standing.day(person.status.get("on"))
    if heir is None:
        return f"{called(person, full)} has moved to other work."
    earlier = f"before {in_words(since.isoformat())}" if since else "earlier"
    about = f"what {pronouns(person, full)[0]} did {earlier}"
    return f"{called(person, full)} has moved to other work; {called(heir, full)} answers about {about}."


def until(person: Person) -> str:
    """` until 11 January 2027`, or "" where nobody said."""
    back = standing.day(person.status.get("until"))
    return f" until {in_words(back.isoformat())}" if back else ""


def _others(person: Person, people: Mapping[str, Person], moment: datetime) -> list[str]:
    """Those who answer beside her or for her, and are here to do it."""
    found = [people[key] for key in person.answers.get("by", ()) if key in people and key != person.key]
    here = [p for p in found if standing.state(p, moment) in ("active", "moved")]
    return names(here, beside=[person])


# ── what people are called ───────────────────────────────────────────────────────────────────────────────────────────


def short(person: Person) -> str:
    """What a person is called in a sentence."""
    return person.short_name or person.name


def called(person: Person, full: bool) -> str:
    """Where the page has not shown her yet, the full name."""
    return person.name if full else short(person)


def names(persons: Sequence[Person], beside: Sequence[Person] = ()) -> list[str]:
    """Short names; full ones where two are called the same."""
    all_short = [short(p) for p in (*persons, *beside)]
    return [called(p, all_short.count(short(p)) > 1) for p in persons]


def pronouns(person: Person, full: bool = False) -> tuple[str, str, str]:
    """Subject, object, possessive: from the first pronoun written, or the name."""
    first = re.split(r"[/,; ]", person.pronouns.strip().lower())[0]
    name = called(person, full)
    return PRONOUNS.get(first, (name, name, f"{name}’s"))


def either(names: Sequence[str]) -> str:
    """`Maya, Jonas or Lena`."""
    return " or ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
