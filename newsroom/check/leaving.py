"""Owns the rules about people who change: who answers after them, what they agreed to, who speaks now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from newsroom.check.bodies import find
from newsroom.check.rule import Checked, Found
from newsroom.errors import Location
from newsroom.site import Site
from newsroom.standing import available, cover, day, heir, kept, owner, state
from newsroom.views import Face

SOON = timedelta(days=30)

NEXT = {"left": "successor", "moved": "successor", "away": "cover"}
"""State -> the key that says who is next."""

COVERED = {"bio": "biography", "office_hours": "office hours", "email": "e-mail address", "phone": "telephone number"}
"""Fields of consent as a sentence calls them, where that is another word."""


def no_successor(checked: Checked) -> Iterator[Found]:
    """Find people who left without anybody to answer for what they wrote."""
    site, people, moment = checked.site, checked.site.people, checked.site.moment
    for person in people.values():
        if state(person, moment) == "left" and not owner(person, people, moment):
            posts = site.by_author.get(person.key, ())
            mute = [post for post in posts if not _owned(site.asked(post), site)]
            if not mute and _owned(site.asked_about(person.key), site):
                continue  # the desks of the posts' topics answer
            key = person.status.get("successor", "")
            said = f'{person.name} left, and so did "{key}"' if key else f"{person.name} left, and nobody answers now"
            if mute and len(mute) < len(posts):
                said += f" for {len(mute)} of {len(posts)} posts"
            hint = "add successor: and the key of somebody who is there; old posts stay answerable"
            yield Location(person.source, pointer=("successor",) if key else ("status",)), said, hint


def _owned(keys: Iterable[str], site: Site) -> bool:
    """Whether any of these is answered for."""
    return any(owner(site.people[key], site.people, site.moment) for key in keys)


def old_successor(checked: Checked) -> Iterator[Found]:
    """Find people whose successor or cover has left too. Where nobody is left, `no-successor` says so."""
    people, moment = checked.site.people, checked.site.moment
    for person in people.values():
        now = state(person, moment)
        key = person.status.get(NEXT.get(now, ""), "")
        if not key or state(people[key], moment) != "left":
            continue
        found = {"left": owner, "moved": heir, "away": cover}[now](person, people, moment)
        if found is None and now == "left":
            continue
        instead = f"name {found.key} directly" if found else "name somebody who is there"
        message = f'"{key}" has left too' + (f": {found.name} answers" if found else ", and nobody answers instead")
        yield (
            Location(person.source, pointer=(NEXT[now],)),
            message,
            f"{instead}: {NEXT[now]}: {found.key if found else 'KEY'}",
        )


def consent_ends(checked: Checked) -> Iterator[Found]:
    """Find consents that end soon, or have ended: the whole, and each field's own."""
    today = checked.site.moment.date()
    for person in checked.site.people.values():
        if kept(person, checked.site.moment) in ("name", "initials"):
            continue  # nothing is shown that would need it
        for field, said in person.consent.items():
            last = day(said) if isinstance(said, str) else None
            if last is None or last > today + SOON:
                continue
            what = f"{person.short_name}’s consent"
            what += "" if field == "until" else f" to show the {COVERED.get(field, field)}"
            gone = "photo, biography, quote, contact and office hours are" if field == "until" else "it is"
            how = f"ran out on {last}: {gone} in no output" if last < today else f"runs out on {last}"
            yield (
                Location(person.source, pointer=("consent", field)),
                f"{what} {how}",
                f"ask {person.short_name} again, then set the new day in consent",
            )


def no_voice(checked: Checked) -> Iterator[Found]:
    """Find topics that nobody can be asked about. Those that never named anybody are told once: imports have hundreds."""
    site = checked.site
    silent = []
    for key, topic in site.topics.items():
        faces = site.voices[key]
        if any(_answered(face.key, site) for face in faces):
            continue
        if faces:
            said = f"nobody can be asked about {topic.name} now: {_absent(faces)}, and nobody covers"
            yield Location(topic.source, pointer=("people",)), said, "name a cover, or somebody who is there"
        elif topic.people:
            yield (
                Location(topic.source, pointer=("people",)),
                f"nobody speaks for {topic.name} any more: {', '.join(topic.people)} left",
                "name somebody who is there, or a successor in the file of who left",
            )
        elif site.by_topic.get(key):
            silent.append(topic)
    for topic in silent[:1]:
        more = f", nor for {len(silent) - 1} more topics" if len(silent) > 1 else ""
        yield (
            Location(topic.source, pointer=("name",)),
            f"nobody speaks for {topic.name}{more}",
            "add people: and the keys of those to ask",
        )


def _answered(key: str, site: Site) -> bool:
    """Whether she or her cover is here, and answers."""
    person = site.people[key]
    instead = cover(person, site.people, site.moment)
    return available(person, site.moment) or (instead is not None and available(instead, site.moment))


def _absent(faces: Iterable[Face]) -> str:
    """`Ada and Ben are away, Cid is paused`."""
    away, paused = [], []
    for face in faces:
        (away if face.state == "away" else paused).append(face.name)
    return ", ".join(
        f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} {word}"
        for names, word in ((away, "away"), (paused, "paused"))
        if names
    )


def kept_name(checked: Checked) -> Iterator[Found]:
    """Find texts that still hold the full name of somebody who left and agreed to initials alone."""
    site = checked.site
    for key, name in site.hidden_names.items():
        hint = f'write "{site.people[key].name}", or ask again'
        whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        message = f'"{name}" agreed to be named by initials alone'
        others = (person for person in site.people.values() if person.key != key)
        for noun in (*site.posts, *site.pages, *site.topics.values(), *site.press_sheets, *others):
            said = {part: getattr(noun, part, "") for part in ("title", "summary", "quote")}
            if whole.search(checked.content(noun.source).prose):  # whose first paragraph may be the summary
                yield find(checked, noun.source, name), message, hint
                said["summary"] = ""
            found = [part for part, words in said.items() if whole.search(words)]
            yield from ((Location(noun.source, pointer=(part,)), message, hint) for part in found)
