"""Owns the talk-to-the-author block: whom a page's reader can talk to, how, and when.

Must not show what its person has not agreed to. What can be promised is for `answers` to say, the words for `wording`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from newsroom import standing
from newsroom.assemble import answers, office, wording
from newsroom.assemble.wording import sentence
from newsroom.channels import CHANNELS, FORM, SPOKEN, action
from newsroom.dates import in_words
from newsroom.language import RIGHT_TO_LEFT, joined, say, sentences, spoken
from newsroom.model import Person, digest_of
from newsroom.promises import Usual
from newsroom.spans import span
from newsroom.standing import consented, state
from newsroom.views import Action, Contact, ContactWords, Face, Hour
from newsroom.week import credible

__all__ = ["consented", "contact", "sentence", "span", "state"]

CROWD = 4
"""From so many people on, the heading stops naming them."""


class Setting(NamedTuple):
    """What holds for every block of a site, and what is known of everybody in it."""

    people: Mapping[str, Person]
    faces: Mapping[str, Face]
    moment: datetime
    mode: str
    """The site's contact.email."""
    form: bool
    """Whether a service takes what a form sends."""
    timezone: str
    proven: Mapping[str, Usual]
    language: str
    """Of the page: BCP 47, likewise `home`, the site's."""
    home: str


class Reach(NamedTuple):
    """What can be said of one person, whoever she is named with."""

    answers: Person | None
    """Who answers for her: herself, her successor, whoever covers for them; None is nobody."""
    notes: tuple[str, ...]
    """Why it is somebody else."""
    promise: str
    terms: tuple | None
    """What she promises: who promises the same has equal ones. None where she promises nothing, or is not here."""
    ways: tuple[Action, ...]
    """Hers."""
    open: bool
    """Whether she can be reached at all: a way, or office hours."""


def contact(
    keys: Sequence[str],
    people: Mapping[str, Person],
    faces: Mapping[str, Face],
    mode: str,
    moment: datetime,
    *,
    timezone: str = "UTC",
    own: bool = False,
    known: dict[tuple[str, str], Reach] | None = None,
    proven: Mapping[str, Usual] = {},
    language: str = "en",
    home: str = "",
    said: Mapping[str, Any] = {},
    form: bool = False,
) -> Contact:
    """Make the talk block of a page that names these people.

    `mode` is the site's contact.email. `own`: the page is the first one's own, so that her profiles may be claimed
    there. `known` keeps what was found out about each person for the site's other blocks: ten thousand posts are
    signed by two hundred people. `proven` is what the archive bears out: how soon each usually replies. `said` is what
    a post says of answers to it, and `form` whether the site has a form to write with. `language` is the page's, `home`
    the site's.
    """
    if said:
        people, known = _about(keys, people, moment, said), None
    stood_in = {who.key: who for key in keys if key in people and (who := _answers(people[key], people, moment))}
    if apart := wording.told_apart(stood_in.values()):
        people, known = {**people, **apart}, None
        faces = {**faces, **{key: faces[key]._replace(short_name=faces[key].name) for key in apart}}
    known = {} if known is None else known
    at = Setting(people, faces, moment, mode, form, timezone, proven, language, home or language)

    def reach(person: Person) -> Reach:
        if (person.key, language) not in known:
            known[person.key, language] = _reach(person, at)
        return known[person.key, language]

    named = [people[key] for key in dict.fromkeys(keys) if key in people]
    talk = list({p.key: p for person in named if (p := reach(person).answers)}.values())
    if not talk:
        why = sentences(language, (note for person in named for note in _notes(person, at, alone=True)))
        return _block(at, say(language, "block.nobody"), why)

    found = {p.key: reach(p) for p in talk}
    absences = [found[p.key].promise for p in talk if not (found[p.key].open or standing.available(p, moment))]
    missing = [p for p in talk if not found[p.key].open and standing.available(p, moment)]
    notes = [note for person in named for note in reach(person).notes]
    if not (able := [p for p in talk if found[p.key].open]):
        names = wording.names(talk)
        return _block(at, _crowded(talk, "no_way", names, language), sentences(language, absences + notes))
    talk = able
    if own:
        found = {p.key: found[p.key]._replace(ways=_ways(p, at, own=p.key == keys[0], here=True)) for p in talk}
    first, *others = sorted(talk, key=lambda person: not found[person.key].ways)
    actions = (*found[first.key].ways, *(way for person in others for way in found[person.key].ways[:1]))
    names = wording.names(talk)
    promise, spoken_for = _promises([first, *others], found, at) if actions else ("", [])
    hours = tuple(office.hours(talk, names, moment, timezone, language))
    notes += absences
    if missing:
        notes.append(say(language, "block.unreachable", names=joined(language, "or", wording.names(missing))))
    why = frozenset(notes)
    if promise and found[first.key].terms:
        notes += _requests(first, at)
    if actions:
        notes += _languages([first, *others], found, at, keys[0] if own else "")
    told = list(wording.unsaid(notes, promise, [*named, *talk], people, moment))
    return _block(
        at,
        _crowded(talk, "talk", names, language),
        promise,
        sentences(language, told),
        tuple(faces[person.key] for person in talk),
        actions,
        hours,
        _checked(spoken_for, moment),
        sentences(language, (note for note in told if note in why)),
    )


def _about(keys: Sequence[str], people: Mapping[str, Person], moment: datetime, said: Mapping[str, Any]) -> dict:
    """The people with what a post says of answers: all of it for those whom it names, what restricts for others."""
    changed = {key: answers.about(people[key], said) for key in keys if key in people}
    people = {**people, **changed}
    less = {key: value for key, value in said.items() if key in answers.RESTRICTING}
    for person in changed.values():
        stand_in = _answers(person, people, moment)
        if less and stand_in and stand_in.key not in changed:
            people[stand_in.key] = answers.about(stand_in, less)
    return people


def _answers(person: Person, people: Mapping[str, Person], moment: datetime) -> Person | None:
    """Who answers for her now."""
    owner = standing.owner(person, people, moment)
    if owner is None or standing.available(owner, moment):
        return owner
    return answers.cover(owner, people, moment) or owner


def _reach(person: Person, at: Setting) -> Reach:
    ways = _ways(person, at)
    met = any(office.hours([person], [""], at.moment, at.timezone, at.language))
    written = any(way.channel not in SPOKEN for way in ways)
    said = person if written or not standing.available(person, at.moment) else person._replace(answers={})
    return Reach(
        _answers(person, at.people, at.moment),
        tuple(_notes(person, at, alone=False)),
        sentence(said, at.people, at.moment, at.language),
        _terms(said, at),
        ways,
        bool(ways) or met,
    )


def _terms(person: Person, at: Setting) -> tuple | None:
    said = answers.promise(person, at.people, at.moment)
    if not (said.reads or said.herself or said.others):
        return None
    others = wording.names(said.others, beside=[person])
    keepers = frozenset([*others, wording.short(person)] if said.herself else others) if others else said.herself
    return said.reads, keepers, span(said.within) or ""


# ── what is promised ─────────────────────────────────────────────────────────────────────────────────────────────────


def _promises(talk: Sequence[Person], found: Mapping[str, Reach], at: Setting) -> tuple[str, list[Person]]:
    """The sentences of those who can be reached, who promises the same in one; and those of whom something is said."""
    able = [person for person in talk if found[person.key].ways]
    first, crowd = able[0], len(talk) >= CROWD
    groups: dict[Any, list[Person]] = {}
    for person in able[:1] if crowd else able:
        groups.setdefault(found[person.key].terms or person.key, []).append(person)
    told = [group for group in groups.values() if found[group[0].key].promise]
    parts = []
    for leader, *rest in told:
        parts.append(found[leader.key].promise)
        parts += [say(at.language, "promise.same", names=_and(rest, at))] if rest else []
    if crowd and told:
        alike = all(found[person.key].terms == found[first.key].terms for person in talk)
        key = "promise.same_all" if alike and found[first.key].terms else "promise.only"
        parts.append(say(at.language, key, name=wording.short(first)))
    silent = [person for group in groups.values() for person in group if not found[person.key].promise]
    if told and silent:
        parts.append(say(at.language, "promise.silent", names=_and(silent, at)))
    if standing.available(first, at.moment):
        parts.append(wording.proven(first, at.proven.get(first.key), at.language))
    return sentences(at.language, parts), [person for group in told for person in group]


def _and(people: Sequence[Person], at: Setting) -> str:
    return joined(at.language, "and", wording.names(people))


def _requests(person: Person, at: Setting) -> Iterable[str]:
    """What she asks of those who write, and the hours in which answers are written."""
    if not_for := person.answers.get("not_for", "").strip().rstrip(",;: "):
        yield say(at.language, "promise.not_for_ended" if not_for[-1] in ".!?。" else "promise.not_for", what=not_for)
    hours = person.answers.get("hours", "").strip()
    if hours and credible(hours) and answers.timed(person, at.people, at.moment):
        words, zone = office.week(hours, person, at.timezone, at.language)
        yield say(at.language, "promise.hours", hours=words, zone=zone)


def _languages(talk: Sequence[Person], found: Mapping[str, Reach], at: Setting, own: str) -> Iterable[str]:
    """In which languages those who can be reached can be written to; on her own page a person says so herself."""
    able = [person for person in talk if found[person.key].ways and standing.available(person, at.moment)]
    for person in able[:1] if len(talk) >= CROWD else able:
        said = wording.reads(person, at.language)
        if said and not (person.key == own and answers.languages(person) == person.languages):
            yield said


def _checked(people: Sequence[Person], moment: datetime) -> str:
    """The day on which the oldest of these promises was confirmed; "" where one of them was not, or there is none."""
    if not people or not all(standing.available(who, moment) and standing.fresh(who, moment) for who in people):
        return ""
    return min(person.answers["checked"][:10] for person in people)


def _notes(person: Person, at: Setting, alone: bool) -> Iterable[str]:
    """Say why the page names one person and the block another. `alone`: there is nobody at all to talk to."""
    people, moment, language = at.people, at.moment, at.language
    owner = standing.owner(person, people, moment)
    if owner is None:
        whole = wording.left(person, people, moment, full=True, language=language)
        yield whole if alone else say(language, "absence.left", name=person.name)
        return
    cover = None if standing.available(owner, moment) else answers.cover(owner, people, moment)
    if owner is not person:
        if standing.keeps(owner, moment):
            his = wording.pronouns(person, True, language)[2]
            yield say(language, "absence.left_owner_note", name=person.name, owner=owner.name, his=his)
        elif cover:
            yield wording.left(person, people, moment, full=True, language=language)
        else:  # her absence is told where she promises
            yield say(language, "absence.left", name=person.name)
    elif cover:
        yield wording.absent(owner, people, moment, language, cover=cover)
    if state(owner, moment) == "moved":
        yield wording.moved(owner, people, moment, full=True, language=language)


# ── the block ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _ways(person: Person, at: Setting, own: bool = False, here: bool = False) -> tuple[Action, ...]:
    """Her ways, as far as she agreed. `here`: the page has the form itself."""
    agreed = [name for name in CHANNELS if name in person.contact and consented(person, name, at.moment)]
    ways, name = [], wording.short(person)
    form = at.form and "email" in agreed
    if form:
        href = ("" if here else at.faces[person.key].href) + FORM
        ways.append(Action("form", say(at.language, "ways.write", name=name), href, "", "", False))
    for channel in agreed:
        if way := action(channel, person.contact[channel], at.faces[person.key], at.mode, own, at.language):
            if channel == "phone":
                way = way._replace(note=office.phone(person, at.timezone, at.language))
            if channel == "email" and form:  # two links of one name would lead to two places
                way = way._replace(label=say(at.language, "ways.mail", name=name))
            ways.append(way)
    return tuple(ways)


def _crowded(talk: Sequence[Person], key: str, names: Sequence[str], language: str) -> str:
    """A phrase that names people, or speaks of the authors where they are many."""
    if len(talk) >= CROWD:
        return say(language, f"block.{key}_authors")
    return say(language, f"block.{key}", names=joined(language, "or", names))


def _block(
    at: Setting,
    heading: str,
    sentence: str = "",
    note: str = "",
    faces: tuple[Face, ...] = (),
    actions: tuple[Action, ...] = (),
    hours: tuple[Hour, ...] = (),
    checked: str = "",
    handover: str = "",
) -> Contact:
    tag = spoken(at.language)
    named = {wording.spoken_by(at.language), wording.spoken_by(at.home)} != {tag}
    words = ContactWords(
        tag if named else "",
        ("rtl" if tag in RIGHT_TO_LEFT else "ltr") if named else "",
        say(at.language, "block.confirmed", date=in_words(checked, at.language)) if checked else "",
        say(at.language, "block.office_hours"),
        say(at.language, "block.more_many" if len(faces) > 1 else "block.more"),
        say(at.language, "block.instead", heading=heading),
    )
    shown = (tuple(f.digest for f in faces), tuple(map(tuple, actions)), tuple(map(tuple, hours)))
    made_of = digest_of(heading, sentence, note, *shown, checked, handover, tuple(words))
    return Contact(heading, sentence, note, faces, actions, hours, checked, words, made_of, handover)
