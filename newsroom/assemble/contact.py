"""Owns the talk-to-the-author block: whom a page's reader can talk to, how, and when.

Must not show what its person has not agreed to. The promise itself is put into words by `answers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from newsroom import standing
from newsroom.assemble import answers
from newsroom.assemble.answers import sentence
from newsroom.channels import CHANNELS, action, check
from newsroom.dates import in_words, zone_in_words
from newsroom.model import Person, digest_of
from newsroom.spans import span
from newsroom.standing import consented, state
from newsroom.views import Action, Contact, Face, Hour

__all__ = ["consented", "contact", "sentence", "span", "state"]

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

CROWD = 4
"""From so many people on, the heading stops naming them."""


def contact(
    keys: Sequence[str],
    people: Mapping[str, Person],
    faces: Mapping[str, Face],
    mode: str,
    moment: datetime,
    *,
    timezone: str = "UTC",
    own: bool = False,
    known: dict[str, Reach] | None = None,
    proven: Mapping[str, str] = {},
) -> Contact:
    """Make the talk block of a page that names these people.

    `mode` is the site's contact.email. `own`: the page is the first one's own, so that her profiles may be claimed
    there. `known` keeps what was found out about each person for the site's other blocks: ten thousand posts are
    signed by two hundred people. `proven` is what the archive bears out: how soon each usually replies.
    """
    known = {} if known is None else known

    def reach(person: Person) -> Reach:
        if person.key not in known:
            known[person.key] = _reach(person, people, faces, mode, moment, proven)
        return known[person.key]

    named = [people[key] for key in dict.fromkeys(keys) if key in people]
    talk = list({p.key: p for person in named if (p := reach(person).answers)}.values())
    if not talk:
        said = " ".join(note for person in named for note in _notes(person, people, moment, alone=True))
        return _block("Nobody answers here at the moment", said)

    notes = [note for person in named for note in reach(person).notes]
    ways = {p.key: reach(p).ways for p in talk}
    if own:
        ways = {p.key: _ways(p, faces[p.key], mode, moment, own=p.key == keys[0]) for p in talk}
    first, *others = sorted(talk, key=lambda person: not ways[person.key])
    actions = (*ways[first.key], *(way for person in others for way in ways[person.key][:1]))
    promise = reach(first).promise if actions else ""
    if promise and standing.state(first, moment) in ("active", "moved"):
        notes += _requests(first, moment, timezone)
    names = answers.names(talk)
    hours = tuple(_hours(talk, names, moment, timezone))
    called = answers.either(names) if len(talk) < CROWD else "the authors"
    said = promise if actions or hours else f"There is no published way to reach {called} yet."
    return _block(
        f"Talk to {called}",
        said,
        " ".join(note for note in dict.fromkeys(notes) if note not in said),
        tuple(faces[person.key] for person in talk),
        actions,
        hours,
        first.answers["checked"][:10] if promise and standing.fresh(first, moment) else "",
    )


class Reach(NamedTuple):
    """What can be said of one person, whoever she is named with."""

    answers: Person | None
    """Who answers for her: herself, her successor, whoever covers for them; None is nobody."""
    notes: tuple[str, ...]
    """Why it is somebody else."""
    promise: str
    ways: list[Action]
    """Hers."""


def _reach(
    person: Person,
    people: Mapping[str, Person],
    faces: Mapping[str, Face],
    mode: str,
    moment: datetime,
    proven: Mapping[str, str],
) -> Reach:
    owner = standing.owner(person, people, moment)
    promised = sentence(person, people, moment) if consented(person, "answers", moment) else ""
    return Reach(
        (_stand_in(owner, people, moment) or owner) if owner else None,
        tuple(_notes(person, people, moment, alone=False)),
        f"{promised} {proven.get(person.key, '')}".strip(),
        _ways(person, faces[person.key], mode, moment),
    )


def _block(
    heading: str,
    said: str = "",
    note: str = "",
    faces: tuple[Face, ...] = (),
    actions: tuple[Action, ...] = (),
    hours: tuple[Hour, ...] = (),
    checked: str = "",
) -> Contact:
    shown = (tuple(f.digest for f in faces), tuple(map(tuple, actions)), tuple(map(tuple, hours)))
    plain = (heading, said, note, *shown, checked)
    return Contact(heading, said, note, faces, actions, hours, checked, digest_of(plain))


def _stand_in(owner: Person, people: Mapping[str, Person], moment: datetime) -> Person | None:
    return standing.cover(owner, people, moment) if state(owner, moment) == "away" else None


def _notes(person: Person, people: Mapping[str, Person], moment: datetime, alone: bool) -> Iterable[str]:
    """Say why the page names one person and the block another. `alone`: there is nobody at all to talk to."""
    owner = standing.owner(person, people, moment)
    if owner is None:
        yield answers.left(person, people, moment, full=True) if alone else f"{person.name} has left."
        return
    if owner is not person:
        yield f"{person.name} has left; {owner.name} answers for {answers.pronouns(person, full=True)[2]} posts."
    if cover := _stand_in(owner, people, moment):
        her = answers.pronouns(owner, full=True)[1]
        yield f"{owner.name} is away{answers.until(owner)}; {cover.name} answers for {her}."
    if state(owner, moment) == "moved":
        yield answers.moved(owner, people, moment, full=True)


def _requests(person: Person, moment: datetime, timezone: str) -> Iterable[str]:
    """What she asks of those who write, and the hours in which answers are written."""
    if not_for := person.answers.get("not_for", "").strip():
        yield f"Not for: {not_for}" + ("" if not_for[-1] in ".!?" else ".")
    if (hours := person.answers.get("hours", "").strip()) and standing.fresh(person, moment):
        yield f"Answers are written {_week(hours)}, {zone_in_words(timezone)}."


def _ways(person: Person, face: Face, mode: str, moment: datetime, own: bool = False) -> list[Action]:
    agreed = [name for name in CHANNELS if name in person.contact and consented(person, name, moment)]
    made = (action(name, person.contact[name], face, mode, own=own) for name in agreed)
    return [way for way in made if way]


# ── hours in words ───────────────────────────────────────────────────────────────────────────────────────────────────


def _hours(talk: Sequence[Person], names: Sequence[str], moment: datetime, timezone: str) -> Iterable[Hour]:
    """`Tuesdays 15:00–16:00, Berlin time`: those still held, by people who are here and agreed."""
    for person, name in zip(talk, names, strict=True):
        if not person.office_hours or state(person, moment) == "away":
            continue
        for slot in person.office_hours if consented(person, "office_hours", moment) else ():
            start, end = standing.day(slot.get("from")), standing.day(slot.get("until"))
            if end and moment.date() > end:
                continue
            parts = [f"{_weekday(slot['every'])} {_clock(slot['at'], slot.get('minutes', 0))}", zone_in_words(timezone)]
            if start and start > moment.date():
                parts.append(f"from {in_words(start.isoformat())}")
            whose = "" if len(talk) == 1 else f"{name}: "
            yield Hour(whose + ", ".join(parts), *_place(slot.get("where", "").strip()))


def _place(where: str) -> tuple[str, str]:
    """`meet.example/maya` and where that leads; a room leads nowhere."""
    if not where or check("website", where):
        return where, ""
    return re.sub(r"^https?://|/$", "", where, flags=re.IGNORECASE), where


def _weekday(every: str) -> str:
    """`Tuesdays`, from Tuesday, tue or Tuesdays; anything longer as it is written."""
    word = every.strip().lower().removesuffix("s")
    return next((f"{day}s" for day in DAYS if len(word) > 2 and day.lower().startswith(word)), every.strip())


def _clock(at: str, minutes: int) -> str:
    """`15:00–16:00`; only the beginning when nobody says how long."""
    match = re.fullmatch(r"(\d{1,2}):(\d{2})", at.strip())
    if match is None or not minutes:
        return at.strip()
    start = int(match[1]) * 60 + int(match[2])
    hours, rest = divmod(start + minutes, 60)
    return f"{start // 60:02}:{start % 60:02}–{hours % 24:02}:{rest:02}"


def _week(hours: str) -> str:
    """`Mon-Fri 10:00-16:00` becomes `Monday to Friday 10:00–16:00`."""
    names = {day[:3]: day for day in DAYS}
    hours = re.sub(r"\b([A-Z][a-z]{2})\b\.?", lambda match: names.get(match[1], match[1]), hours)
    hours = re.sub(r"(?<=day)\s*[-–]\s*(?=[A-Z])", " to ", hours)
    return re.sub(r"(?<=\d)\s*[-–]\s*(?=\d)", "–", hours)
