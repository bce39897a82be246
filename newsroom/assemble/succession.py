"""Owns where contact goes when people go: circles among successors and covers, and the desk of each topic. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from newsroom.errors import Problem, problem
from newsroom.model import Person, Topic
from newsroom.standing import desk, state

WAYS: tuple[dict[str, str], ...] = (
    {"left": "successor", "moved": "successor"},
    {"left": "successor", "away": "cover"},
)
"""State -> the key that says who is next: for what was written, and for messages today.

Two walks, since somebody who moved is still here: she may cover for who took over her work.
"""


def circles(people: Mapping[str, Person], moment: datetime) -> Iterator[Problem]:
    """Successors and covers that lead back to where they began: one problem for each who is in it, at her own line.

    A departure counts from when it is written down, before its day, so that nobody learns of it on that day; an absence
    that is over counts no more.
    """
    told: set[frozenset[str]] = set()
    for ways in WAYS:
        next_of = {key: (way, person.status.get(way, "")) for key, person in people.items()
                   if (way := ways.get(_written(person, moment)))}  # fmt: skip
        for key in people:
            circle = _circle(key, next_of)
            if circle and frozenset(circle) not in told:
                told.add(frozenset(circle))
                for n, one in enumerate(circle):
                    yield _problem(people[one], next_of[one][0], [*circle[n:], *circle[:n], one], next_of)


def _written(person: Person, moment: datetime) -> str:
    """The state that the file says; an absence that is over is none."""
    word = person.status.get("state") or "active"
    return state(person, moment) if word == "away" else word


def _circle(start: str, next_of: Mapping[str, tuple[str, str]]) -> list[str]:
    """The keys of the circle that begins and ends here; [] where the way ends, or never comes back."""
    way, at = [start], next_of.get(start, ("", ""))[1]
    while at in next_of and at not in way:
        way.append(at)
        at = next_of[at][1]
    return way if at == start else []


def _problem(person: Person, way: str, chain: list[str], next_of: Mapping[str, tuple[str, str]]) -> Problem:
    kinds = {next_of[key][0] for key in chain}
    who = "successors" if kinds == {"successor"} else "covers" if kinds == {"cover"} else "covers and successors"
    hint = "name somebody who is still there"
    message = f"the {who} go in a circle: {' -> '.join(chain)}"
    return problem("successor-cycle", message, person.source, (way,), hint)


def desks(
    topics: Mapping[str, Topic], people: Mapping[str, Person], declared: Mapping[str, Iterable[str]], moment: datetime
) -> dict[str, tuple[str, ...]]:
    """Topic -> keys of those to ask about it: whom it names, then who names it; `declared` is key -> topics."""
    named = {key: list(topic.people) for key, topic in topics.items()}
    for key, theirs in declared.items():
        for topic in theirs:
            if topic in named:
                named[topic].append(key)
    return {topic: tuple(person.key for person in desk(keys, people, moment)) for topic, keys in named.items()}
