"""Owns the sentence that says who answers a person's messages, and when: a phrase for each case. Pure.

What may be said at all is the business of `answers`; the phrases stand in locales/.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from newsroom import standing
from newsroom.assemble import answers
from newsroom.assemble.answers import Promise
from newsroom.dates import in_words
from newsroom.language import joined, language_names, phrases, say, spoken
from newsroom.model import Person
from newsroom.promises import DAYS, Usual
from newsroom.spans import span


def sentence(person: Person, people: Mapping[str, Person], moment: datetime, language: str = "en") -> str:
    """Say who answers, and when; "" when nothing is promised.

    "Maya reads every message. She or Jonas answers, usually within two working days."
    """
    now = standing.state(person, moment)
    if now == "left":
        return left(person, people, moment, language=language)
    if now == "away" or standing.pause(person, moment):
        return absent(person, people, moment, language)
    said = promised(person, answers.promise(person, people, moment), language)
    return said or (moved(person, people, moment, language=language) if now == "moved" else "")


def promised(person: Person, said: Promise, language: str = "en") -> str:
    """What somebody who is here says of her answers."""
    name, others = short(person), names(said.others, beside=[person])
    she, her, _ = pronouns(person, language=language)
    if (
        she == phrases(language).get("pronouns.they", ("",))[0] and others
    ):  # "they or Jonas answers" reads as if several did
        she = her = name
    start = she[:1].upper() + she[1:] if said.reads else name
    places = {
        "name": name,
        "her": her,
        "others": listed(language, others),
        "either": listed(language, [start] * said.herself + others),
        "whom": listed(language, [her] * said.herself + others),
        "within": span(said.within, language) or "",
    }
    if not said.herself and not others:
        return say(language, f"promise.reads_{said.reads}", **places) if said.reads else ""
    key = {
        "all": "all_others" if not said.herself else "all_either" if others else "all_alone",
        "some": "some_either",
        "none": "none_others",
    }.get(said.reads, "either" if said.herself else "others")
    return say(language, f"promise.{key}_within" if said.within else f"promise.{key}", **places)


def absent(
    person: Person, people: Mapping[str, Person], moment: datetime, language: str = "en", cover: Person | None = None
) -> str:
    """Say that somebody is away or pauses, and who answers meanwhile. `cover`: as a note about her, in full names."""
    away = standing.state(person, moment) == "away"
    back = standing.day(person.status.get("until")) if away else standing.day(standing.pause(person, moment))
    others = [cover] if cover else list(answers.meanwhile(person, people, moment))
    kind = "_cover" if cover and away else "_others" if others else ""
    return say(
        language,
        ("absence.away" if away else "absence.paused") + ("_until" if back else "") + kind,
        name=called(person, bool(cover)),
        her=pronouns(person, bool(cover), language)[1],
        others=cover.name if cover else listed(language, names(others, beside=[person])),
        until=in_words(back.isoformat(), language) if back else "",
    )


def left(
    person: Person, people: Mapping[str, Person], moment: datetime, full: bool = False, language: str = "en"
) -> str:
    """Say who answers for the posts of somebody who left. `full`: where the page has not named her, in full names."""
    owner = standing.owner(person, people, moment)
    places = {"name": called(person, full), "his": pronouns(person, full, language)[2]}
    if owner is None:
        return say(language, "absence.left_nobody", **places)
    places["owner"] = called(owner, full)
    if not standing.consented(owner, "answers", moment):
        return say(language, "absence.left", **places)
    if standing.available(owner, moment):
        return say(language, "absence.left_owner", **places)
    away = standing.state(owner, moment) == "away"
    back = standing.day(owner.status.get("until")) if away else standing.day(standing.pause(owner, moment))
    cover = answers.cover(owner, people, moment)
    key = ("left_away" if away else "left_paused") + ("_until" if back else "") + ("_others" if cover else "")
    until = in_words(back.isoformat(), language) if back else ""
    return say(language, f"absence.{key}", until=until, others=called(cover, full) if cover else "", **places)


def moved(
    person: Person, people: Mapping[str, Person], moment: datetime, full: bool = False, language: str = "en"
) -> str:
    """Say where questions about somebody's earlier work go."""
    heir, since = standing.heir(person, people, moment), standing.day(person.status.get("on"))
    places = {"name": called(person, full), "she": pronouns(person, full, language)[0]}
    if heir is None or not standing.keeps(heir, moment):
        return say(language, "absence.moved", **places)
    date = in_words(since.isoformat(), language) if since else ""
    key = "absence.moved_heir_since" if since else "absence.moved_heir"
    return say(language, key, heir=called(heir, full), date=date, **places)


def proven(person: Person, usual: Usual | None, language: str = "en") -> str:
    """How soon she replies, as the archive bears it out: "Maya usually replies within a day: 41 questions ..."."""
    if usual is None:
        return ""
    within, count = span(usual.within, language) or usual.within, str(usual.count)
    return say(language, "promise.proven", name=short(person), within=within, count=count, days=str(DAYS))


def reads(person: Person, language: str) -> str:
    """In which languages she can be written to; "" where that is only the page's own, or nobody said."""
    tags = answers.languages(person)
    if {spoken_by(tag) for tag in tags} <= {spoken_by(language)}:
        return ""
    key = "languages" if person.answers.get("reads") == "none" else "reads_languages"
    return say(language, f"promise.{key}", name=short(person), languages=language_names(tags, spoken(language)))


def spoken_by(tag: str) -> str:
    """The language itself, without its region: `de` for `de-AT`."""
    return tag.lower().partition("-")[0]


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


def told_apart(persons: Iterable[Person]) -> dict[str, Person]:
    """Those who are called the same, called by their full names: key -> person."""
    persons = tuple(persons)
    count = Counter(map(short, persons))
    return {p.key: p._replace(short_name=p.name) for p in persons if count[short(p)] > 1 and short(p) != p.name}


def unsaid(
    notes: Iterable[str], promise: str, named: Iterable[Person], people: Mapping[str, Person], moment: datetime
) -> Iterator[str]:
    """The notes, each once, without what the promise says already: it calls people by their short names."""
    heirs = [heir for person in named if (heir := standing.heir(person, people, moment))]
    for note in dict.fromkeys(notes):
        brief = note
        for person in (*named, *heirs):
            brief = brief.replace(person.name, short(person))
        if note not in promise and brief not in promise:
            yield note


def listed(language: str, persons: Sequence[str]) -> str:
    """`Maya, Jonas or Lena`; "" of nobody."""
    return joined(language, "or", persons) if persons else ""


def pronouns(person: Person, full: bool = False, language: str = "en") -> tuple[str, str, str]:
    """Subject, object, possessive: from the first pronoun written, or the name. Only English has a table of them."""
    first = re.split(r"[/,; ]", person.pronouns.strip().lower())[0]
    name = called(person, full)
    return tuple(phrases(language).get(f"pronouns.{first}", (name, name, f"{name}’s")))
