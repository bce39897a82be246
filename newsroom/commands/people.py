"""Owns `newsroom people`: somebody leaves, is away, is back, moves. One file changes, and what follows from it is told.

The site with the edit is assembled in memory before anything is written: a file that would stop a build is never there.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from newsroom import dates, standing
from newsroom.assemble.site import assemble
from newsroom.build import Options, load
from newsroom.commands import handover
from newsroom.config import NOWHERE
from newsroom.desk import Desk
from newsroom.editions import Translation
from newsroom.engine import files
from newsroom.errors import NewsroomError, Problem, did_you_mean, problem
from newsroom.model import Front, Library, Page, Person, Post, Sheet, Topic
from newsroom.read import content
from newsroom.read.fields import STATUS
from newsroom.read.rewriting import Value, rewrite
from newsroom.said import Conversation
from newsroom.site import Site


class Done(NamedTuple):
    """What a command did, or would do."""

    lines: tuple[str, ...]
    """For standard output."""
    left: tuple[str, ...]
    """What somebody has to see to; nothing here: what is refused is raised."""
    problems: tuple[Problem, ...]
    """What is wrong now, and was not said before."""
    facts: dict[str, Any]
    """The same for programs."""


class Verb(NamedTuple):
    """A change in somebody's life."""

    state: str
    """What `status` says then; "" is active, which needs no word."""
    keys: tuple[str, ...]
    """The arguments that are written; every other key of a state goes."""
    dated: str = ""
    """The argument that is a day and, where nobody gives it, today."""


VERBS = {
    "leave": Verb("left", ("on", "successor", "keep"), "on"),
    "away": Verb("away", ("until", "cover")),
    "back": Verb("", ()),
    "move": Verb("moved", ("on", "successor"), "on"),
}
"""The word after `newsroom people` -> what it does."""


def change(
    root: Path, verb: str, key: str, said: Mapping[str, str], dry: bool = False, now: datetime | None = None
) -> Done:
    """Edit one person's file; `said` are the arguments, "" where they were not given. Raises NewsroomError."""
    desk = Desk(root, NOWHERE)
    try:
        zone = dates.zone(desk.config.timezone)  # before all: a folder that is no newsroom is left as it is
        today = (now or datetime.now(UTC)).astimezone(zone)
        said = _given(verb, said)
        on = said.get("on") or today.date().isoformat() * bool(VERBS[verb].dated)
        moment = max(today, datetime.fromisoformat(f"{on or '2000-01-01'}T12:00").replace(tzinfo=zone))
        with contextlib.nullcontext() if dry else files.alone(desk.folder):
            before, _ = load(desk, Options(moment=moment))
            library = _library(desk, before)
            _refuse(verb, key, said, library, today, moment)
            person = next(person for person in library.people if person.key == key)
            path = person.source
            raw = (root / path).read_bytes()
            made = rewrite(raw, path, _keys(verb, said | ({"on": on} if on else {}), person, today))
            after, edited = _assembled(desk, library, path, made, before)
            facts = handover.facts(verb, person, before, after, edited, desk)
            facts |= {"from": moment.date().isoformat(), "diff": handover.diff(raw, made)}
            facts |= {"written": made != raw and not dry, "lost": list(handover.lost(verb, person, said, today))}
            if facts["written"]:
                replace_file(root, path, made)
    except NewsroomError as error:
        raise NewsroomError(desk.place(error.problems)) from error
    finally:
        desk.close()
    return Done(tuple(handover.told(facts)), (), (), facts)


def _given(verb: str, said: Mapping[str, str]) -> dict[str, str]:
    """The arguments that say something, days as RFC 3339. Raises NewsroomError where one is missing."""
    said = {name: value.strip() for name, value in said.items() if value.strip()}
    name, hint = NEEDED.get(verb, ("", ""))
    if name and name not in said and not (verb == "leave" and "nobody" in said):
        raise NewsroomError([problem("missing-argument", f"--{name} is missing", f"people {verb}", hint=hint)])
    if "successor" in said and "nobody" in said:
        hint = "give one of the two"
        message = "--successor and --no-successor exclude each other"
        raise NewsroomError([problem("missing-argument", message, f"people {verb}", hint=hint)])
    return said | {name: _day(said[name], name) for name in ("on", "until") if name in said}


NEEDED = {
    "leave": ("successor", "--successor KEY says who answers from then on; --no-successor, that nobody took over"),
    "away": ("until", "--until DATE is the day of return"),
    "move": ("role", "--role says what the new work is"),
}
"""Verb -> the argument that it cannot do without, and what to write."""


def _day(text: str, name: str) -> str:
    try:
        moment = dates.parse(text, "UTC")
    except ValueError as error:
        raise NewsroomError([problem("bad-date", str(error), f"--{name}", hint="write it as 2027-01-31")]) from None
    return moment.date().isoformat()


def _keys(verb: str, said: Mapping[str, str], person: Person, today: datetime) -> dict[str, Value | None]:
    """What the front matter says afterwards: key -> value, None takes it out.

    The work that she moved to becomes her role where the state goes that it was written with: she does it still. What
    she agreed to keep when she leaves stays, where her departure was announced with it.
    """
    state, keys, _ = VERBS[verb]
    old = person.status
    status: Value | None = {"state": state, "role": said["role"]} if said.get("role") else state or None
    now = {"role": old["role"]} if verb in ("away", "leave") and _moved(person, today) and old.get("role") else {}
    if verb == "leave" and old.get("state") == "left" and old.get("keep"):
        said = {"keep": old["keep"], **said}
    return now | {"status": status} | {name: said.get(name) if name in keys else None for name in ORDER}


def _moved(person: Person, today: datetime) -> bool:
    return standing.state(person, today) == "moved"


ORDER = ("on", "successor", "keep", "until", "cover")
"""The keys beside `status`, in the order in which they are written."""
assert set(ORDER) == set(STATUS)


# ── what cannot be ───────────────────────────────────────────────────────────────────────────────────────────────────


def _refuse(verb: str, key: str, said: Mapping[str, str], library: Library, today: datetime, moment: datetime) -> None:
    """Raise NewsroomError where the words of the command cannot be meant. `moment` is when they come true."""
    people = {person.key: person for person in library.people}
    if key not in people:
        hint = did_you_mean(key, people, "People are defined in content/people/.")
        raise NewsroomError([problem("unknown-person", f'unknown person "{key}"', f"people {verb}", hint=hint)])
    person, source = people[key], people[key].source
    if verb != "back" and standing.state(person, today) == "left":
        on = standing.day(person.status.get("on"))
        day = f" on {dates.in_words(on.isoformat())}" if on else ""
        hint = f"to name another successor, edit {source}" if verb == "leave" else f"first: newsroom people back {key}"
        raise NewsroomError([problem("already-left", f"{person.name} left{day} already", source, ("status",), hint)])
    if on := handover.announced(person, today):
        leaving, day = person.status["state"] == "left", dates.in_words(on.isoformat())
        message = f"{person.name} {'leaves' if leaving else 'moves'} on {day}, and the file can say one state only"
        if verb == "leave" and leaving and "on" not in said:
            message = f"{person.name} leaves on {day} already"
            hint = f"say which day holds: --on {on}, or another"
            raise NewsroomError([problem("announced", message, source, ("status",), hint)])
        if verb == "away" or (verb == "move" and leaving):
            hint = f"edit {source}; or, where that is no longer so, first: newsroom people back {key}"
            raise NewsroomError([problem("announced", message, source, ("status",), hint)])
    if verb == "back" and not person.status.keys() - {"state"} and person.status.get("state", "active") == "active":
        hint = "nothing has to change"
        raise NewsroomError([problem("is-here", f"{person.name} is here already", source, hint=hint, line=1)])
    if "until" in said and standing.day(said["until"]) <= moment.date():
        message, hint = f"the day of return, {said['until']}, is not to come", "name the first day back at work"
        raise NewsroomError([problem("bad-date", message, "--until", hint=hint)])
    for name in ("successor", "cover"):
        if name in said:
            _stands_in(name, said[name], person, people, moment)


def _stands_in(name: str, other: str, person: Person, people: Mapping[str, Person], moment: datetime) -> None:
    """Raise NewsroomError where somebody cannot answer in a person's place."""
    place, those = f"--{name}", [key for key in people if key != person.key]
    if other not in people:
        hint = did_you_mean(other, those, "People are defined in content/people/.")
        raise NewsroomError([problem("unknown-person", f'unknown person "{other}"', place, hint=hint)])
    if other == person.key:
        hint = "name somebody else who is there"
        message = f"{person.name} cannot stand in for {person.name}"
        raise NewsroomError([problem("successor-cycle", message, place, hint=hint)])
    if standing.state(people[other], moment) == "left":
        found = standing.owner(people[other], people, moment)
        instead = found and found.key != person.key
        hint = f"name who answers for {other} now: --{name} {found.key}" if instead else "name somebody who is there"
        raise NewsroomError([problem("gone", f"{people[other].name} has left too", place, hint=hint)])


# ── the site with the edit ───────────────────────────────────────────────────────────────────────────────────────────


def _library(desk: Desk, site: Site) -> Library:
    """Everything that was read."""
    nouns = [noun for _, noun in desk.made.values()]
    kinds = (Post, Page, Person, Topic, Conversation, Sheet, Front, Translation)
    return Library(*(tuple(noun for noun in nouns if isinstance(noun, kind)) for kind in kinds), site.assets)


def _assembled(desk: Desk, library: Library, path: str, made: bytes, before: Site) -> tuple[Site, Library]:
    """The site with other bytes of one person's file. Raises NewsroomError with what would stop a build."""
    read = content.read(path, made, desk.rules, desk.texts.render)
    if read.noun is None:
        raise NewsroomError([content.place(wrong, made) for wrong in read.problems])
    people = tuple(read.noun if person.source == path else person for person in library.people)
    edited = library._replace(people=people)
    after, problems = assemble(edited, before.config, before.moment, before.info)
    if problems:
        raise NewsroomError([content.place(p, made) if p.location.path == path else p for p in problems])
    return after, edited


def replace_file(root: Path, path: str, raw: bytes) -> None:
    """Replace a file as a whole, or not at all. Raises NewsroomError."""
    target = root / path
    if os.path.realpath(target) != os.path.join(os.path.realpath(root), *path.split("/")):
        hint = "nothing is written outside the site's folder: put the real file here"
        raise NewsroomError([problem("outside", "is a link, or stands behind one", path, hint=hint)])
    aside = target.with_name(f".{target.name}.{os.getpid()}")  # begins with a dot: no build reads it
    try:
        aside.write_bytes(raw)
        os.chmod(aside, target.stat().st_mode)
        os.replace(aside, target)
    except OSError as error:
        hint = "make room on the disk, or check who may write there; the file is as it was"
        message = f"cannot be written: {error.strerror or error}"
        raise NewsroomError([problem("unwritable", message, path, hint=hint)]) from error
    finally:
        with contextlib.suppress(OSError):  # it has been moved into place
            aside.unlink()
