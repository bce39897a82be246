"""Owns what follows from a change in somebody's life, and how it is told: posts, pages, topics, questions, files."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from newsroom import dates, standing
from newsroom.assemble.answered import responsible, waiting
from newsroom.check.leaving import kept_name
from newsroom.check.rule import Checked, Found
from newsroom.commands.status import address
from newsroom.desk import Desk
from newsroom.errors import Location, Problem
from newsroom.model import Library, Person, Topic
from newsroom.promises import Waiting
from newsroom.site import Site

FEEDS = ("feed.xml", "atom.xml", "feed.json")


def facts(verb: str, person: Person, before: Site, after: Site, edited: Library, desk: Desk) -> dict[str, Any]:
    """What follows, as plain values. `edited` is the library that `after` was made of."""
    key = person.key
    asked = [post for post in after.posts if key in (post.contact or post.authors)]
    offered = Counter(_names([face.name for face in after.contact(after.asked(post)).people]) for post in asked)
    block = after.contact(after.asked_about(key))
    unseen = [post for post in edited.posts if key in post.authors and post.source not in after.lookup]
    spoken = [topic for topic in edited.topics if _speaks(key, topic, before)]
    going = verb != "back"
    return {
        "verb": verb, "key": key, "name": person.name, "shown_as": after.people[key].name, "file": person.source,
        "posts": {"byline": len(after.by_author.get(key, ())), "offer": dict(offered), "unpublished": len(unseen)},
        "stays": [f"/people/{key}/", *(f"/people/{key}/{name}" for name in FEEDS)],
        "says": " ".join(filter(None, (f"{block.heading}.", block.sentence, block.note))),
        "topics": {
            topic.key: {"file": topic.source, "voices": [face.name for face in after.voices[topic.key]]}
            for topic in spoken
        },
        "questions": [
            {"title": one.post.title, "address": address(one, after)}
            for one in waiting(before) if _is_hers(one, key, before)
        ] if going else [],
        "look_at": list(_mentions(key, edited, before)) if going else [],
        "full_name": _full_name(person, after, desk) if verb == "leave" else [],
        "stand_in": _stand_in(verb, key, after),
    }  # fmt: skip


def announced(person: Person, today: datetime) -> date | None:
    """The day to come from which a departure or other work counts; None where none is written."""
    written = person.status.get("state") or "active"
    there = written in ("left", "moved") and standing.state(person, today) != written
    return standing.day(person.status.get("on")) if there else None


def lost(verb: str, old: Person, said: Mapping[str, str], today: datetime) -> Iterator[str]:
    """What the file no longer says and nobody else knows, in words. `old` is the person before the edit."""
    status, on, name = old.status, announced(old, today), old.short_name or old.name
    word = "departure" if status.get("state") == "left" else "move"
    if on and (verb, word) != ("leave", "departure"):
        yield f"the {word} announced for {dates.in_words(on.isoformat())} is no longer in the file"
    if verb == "back" and status.get("keep") in ("name", "initials"):
        yield f"{name} agreed to leave {status['keep']} only, and all is shown again: ask {name}, then set consent"
    if verb == "away" and status.get("state") == "moved" and status.get("successor"):
        role, heir = status.get("role") or old.role, status["successor"]
        again = f'newsroom people move {old.key} --role "{role}" --successor {heir}'
        yield f"who took over is no longer in the file; after the absence: {again}"


def _stand_in(verb: str, key: str, after: Site) -> str:
    """Why whoever is named to answer is no help; "" where nobody is, or where she is."""
    other = after.people.get(after.people[key].status.get(STANDS_IN.get(verb, ""), ""))
    if other is None:
        return ""
    block = after.contact((other.key,))
    if not standing.available(other, after.moment):
        really = [face.name for face in block.people if standing.available(after.people[face.key], after.moment)]
        word = "away" if standing.state(other, after.moment) == "away" else "paused"
        return f"{other.source}: {other.name} is {word} too, and " + (
            f"{_names(really)} {_verb(len(really), 'answer')}"
            if really
            else "nobody answers instead: name somebody who is here"
        )
    if not (block.actions or block.hours):
        return f"{other.source}: readers have no way to reach {other.name}: add contact: with a channel"
    return ""


STANDS_IN = {"leave": "successor", "move": "successor", "away": "cover"}
"""Verb -> the argument that names who answers."""


def _speaks(key: str, topic: Topic, before: Site) -> bool:
    return key in topic.people or any(face.key == key for face in before.voices[topic.key])


def _is_hers(one: Waiting, key: str, site: Site) -> bool:
    """Whether a question waits for her, or for whoever covers for her."""
    owner = responsible(one.post, site.people, site.moment)
    return one.owner == key or (owner is not None and owner.key == key)


def _names(names: list[str]) -> str:
    """`A, B and C`; "" is nobody."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _mentions(key: str, library: Library, site: Site) -> Iterator[dict[str, str]]:
    """Places that name her as somebody who answers, and that somebody may have to change."""
    for person in library.people:
        if person.key == key:
            continue
        for name in ("successor", "cover"):
            if person.status.get(name) == key:
                yield {"path": person.source, "key": name}
        if key in person.answers.get("by", ()):
            yield {"path": person.source, "key": "answers.by"}
    for post in library.posts:
        if key in post.details.get("answers", {}).get("by", ()):
            yield {"path": post.source, "key": "answers.by"}
    if key in site.config.company.press_contacts:
        yield {"path": "site.toml", "key": "company.press_contacts"}
    for sheet in library.press:
        if key in sheet.contacts:
            yield {"path": sheet.source, "key": "contacts"}


def _full_name(person: Person, after: Site, desk: Desk) -> list[dict[str, Any]]:
    """Texts that still hold her name, where she keeps initials alone; and titles and summaries with her first name."""
    hers = {name: full for name, full in after.hidden_names.items() if name == person.key}
    found = list(kept_name(Checked(replace(after, hidden_names=hers), desk.content, frozenset())))
    found += _first_name(person, after) if hers else ()
    placed = desk.place(Problem("kept-name", message, where, hint) for where, message, hint in found)
    return [{"path": one.location.path, "line": one.location.line, "message": one.message} for one in placed]


def _first_name(person: Person, after: Site) -> Iterator[Found]:
    """Titles and summaries with her first name alone: whether it is hers, or somebody else's, a person has to say."""
    short = person.short_name or person.name
    alone = re.compile(rf"(?<!\w){re.escape(short)}(?!\w)")
    for noun in (*after.posts, *after.pages, *after.press_sheets):
        for part in ("title", "summary"):
            words = getattr(noun, part).replace(person.name, "")
            if alone.search(words):
                yield Location(noun.source, pointer=(part,)), f'the {part} says "{short}"', ""


def diff(raw: bytes, made: bytes) -> list[str]:
    """The lines that change: `-status: active`, `+status: left`."""
    old, new = (text.decode("utf-8").splitlines() for text in (raw, made))
    lines = difflib.unified_diff(old, new, n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


# ── as a person reads it ─────────────────────────────────────────────────────────────────────────────────────────────


def told(facts: Mapping[str, Any]) -> Iterator[str]:
    """What was changed, and what follows from it, a line for each fact."""
    if not facts["diff"]:
        yield f"{facts['file']}: already so; nothing written"
        return
    yield f"{facts['file']}{'' if facts['written'] else ' (not written: this is a dry run)'}"
    yield from (f"  {line}" for line in facts["diff"])
    yield ""
    yield f"As of {dates.in_words(facts['from'])}:"
    yield from (f"  {line}" for part in (_posts, _pages, _topics, _open) for line in part(facts))
    if facts["look_at"] or facts["full_name"] or facts["lost"] or facts["stand_in"]:
        yield ""
        yield "Look at:"
        yield from (f"  {line}" for line in (*facts["lost"], facts["stand_in"]) if line)
        yield from (f"  {place['path']}: {place['key']} names {facts['key']}" for place in facts["look_at"])
        yield from (f"  {place['path']}:{place['line']}: {place['message']}" for place in facts["full_name"])
    yield ""
    yield "Next: newsroom check, newsroom build" if facts["written"] else "Next: the same without --dry-run"


def _posts(facts: Mapping[str, Any]) -> Iterator[str]:
    posts = facts["posts"]
    as_whom = f', as "{facts["shown_as"]}"' if facts["shown_as"] != facts["name"] else ""
    yield f"{_count(posts['byline'])} {_verb(posts['byline'], 'keep')} the byline{as_whom}"
    for names, number in posts["offer"].items():
        yield f"{_count(number)} {_verb(number, 'offer')} to talk to {names or 'nobody'}"
    if posts["unpublished"]:
        yield f"{_count(posts['unpublished'])} of {facts['name']} not public: drafts, scheduled or expired"


def _pages(facts: Mapping[str, Any]) -> Iterator[str]:
    page, *feeds = facts["stays"]
    if facts["verb"] == "leave":
        yield f"{page} stays, with its feeds ({', '.join(feed.rpartition('/')[2] for feed in feeds)})"
        yield "each of the feeds gets one last entry about it"
    yield f"{page} says: {facts['says']}"


def _topics(facts: Mapping[str, Any]) -> Iterator[str]:
    for key, topic in facts["topics"].items():
        yield f"who to ask about {key}: {', '.join(topic['voices']) or 'nobody: name somebody in ' + topic['file']}"


def _open(facts: Mapping[str, Any]) -> Iterator[str]:
    if facts["questions"]:
        number = len(facts["questions"])
        yield f"{_count(number, 'question')} {_verb(number, 'wait')} for {facts['name']}:"
    yield from (f"  {one['title']}: {one['address']}" for one in facts["questions"])


def _count(number: int, word: str = "post") -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _verb(number: int, verb: str) -> str:
    return verb + "s" * (number == 1)
