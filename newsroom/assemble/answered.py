"""Owns who waits for an answer and since when, how promises were kept, and what may be said of it. Pure.

What a question is, and when it is answered, is the business of `asked`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import cache, lru_cache

from newsroom import standing
from newsroom.assemble import answers
from newsroom.assemble.asked import Question, questions
from newsroom.assemble.talks import Answered
from newsroom.assemble.wording import short
from newsroom.dates import in_words
from newsroom.model import Person, Post
from newsroom.promises import DAYS, ENOUGH, Counted, Record, Usual, Waiting, often_broken, old
from newsroom.site import Site, Talk
from newsroom.spans import over
from newsroom.standing import consented, state

USUALLY = 0.75
"""The part of questions that "usually" stands for."""
HOUR, DAY = 3600, 24 * 3600
SPANS = (
    (HOUR, "an hour"), (4 * HOUR, "four hours"), (DAY, "a day"), (2 * DAY, "two days"), (3 * DAY, "three days"),
    (7 * DAY, "a week"),
)  # fmt: skip
"""What can be said of a reply, the shortest first: seconds that pass on a clock, whatever the calendar says."""


# ── whose it is, and until when ──────────────────────────────────────────────────────────────────────────────────────


def responsible(post: Post, people: Mapping[str, Person], moment: datetime) -> Person | None:
    """Whose questions those below a post are: the first whom it names, or her successor, of whom there is one."""
    named = (people[key] for key in post.contact or post.authors if key in people)
    return next((owner for person in named if (owner := standing.owner(person, people, moment))), None)


def acting(post: Post, people: Mapping[str, Person], moment: datetime) -> Person | None:
    """Who must answer below a post now: while she is away, whoever covers for her."""
    owner = responsible(post, people, moment)
    return (standing.cover(owner, people, moment) or owner) if owner else None


def promise(person: Person, people: Mapping[str, Person], moment: datetime) -> str:
    """The span in which she promises that every question is answered; "" where there is none, or it does not hold.

    A promise that the page leaves out because she keeps it too seldom is still counted: else it would seem kept at once.
    """
    said = answers.promise(answers.trusted(person), people, moment)
    return said.within if said.reads != "some" else ""


def given(post: Post, people: Mapping[str, Person], asked: int, moment: datetime) -> tuple[Person | None, str]:
    """(who promised the reader an answer when she asked, the span): who went since takes neither back.

    Nobody writes down when an absence began, but where `on` says so: she is taken to have been here.
    """
    then = datetime.fromtimestamp(asked, moment.tzinfo)
    person = responsible(post, people, then)
    if person is None:
        return None, ""
    began = standing.day(person.status.get("on"))
    if state(person, then) == "away" and began and began <= then.date():
        person = standing.cover(person, people, moment) or person
    return person, _lasting(person, people, moment)


def _lasting(person: Person, people: Mapping[str, Person], moment: datetime) -> str:
    """What she promises, or promised until she went."""
    gone = state(person, moment) in ("away", "left")
    return promise(person._replace(status={}) if gone else person, people, moment)


def _due(within: str, asked: int, moment: datetime) -> int | None:
    end = over(within, datetime.fromtimestamp(asked, moment.tzinfo)) if within else None
    return int(end.timestamp()) if end else None


# ── what the team sees ───────────────────────────────────────────────────────────────────────────────────────────────


def waiting(site: Site) -> list[Waiting]:
    """Every comment that waits for an answer, the oldest first."""
    now, found = int(site.moment.timestamp()), []
    for asked in _all(site):
        if asked.waits:
            owner = acting(asked.post, site.people, site.moment)
            by, within = given(asked.post, site.people, asked.since, site.moment)
            due = _due(within, asked.since, site.moment)
            overdue = due is not None and due < now
            keys = [who.key if who else "" for who in (owner, by)]
            found.append(Waiting(asked.post, asked.waits, asked.since, keys[0], due, overdue, keys[1]))
    return sorted(found, key=lambda one: (one.since, one.post.source, one.comment))


def record(site: Site, key: str) -> Record:
    """How the questions of one person were answered."""
    return records(site).get(key, Record())


def records(site: Site) -> dict[str, Record]:
    """The same of everybody who was asked something, by key."""
    people, moment, now = site.people, site.moment, int(site.moment.timestamp())
    since = _midnight(moment, DAYS)
    hers: dict[str, list[Question]] = {}
    waits: dict[str, int] = {}
    for asked in _all(site):
        owner, actor = given(asked.post, people, asked.asked, moment)[0], acting(asked.post, people, moment)
        if owner and asked.asked >= since:
            hers.setdefault(owner.key, []).append(asked)
        if actor and asked.waits:
            waits[actor.key] = waits.get(actor.key, 0) + 1
    return {
        key: _record(hers.get(key, ()), _lasting(people[key], people, moment), now, moment, waits.get(key, 0))
        for key in sorted(hers.keys() | waits.keys())
    }


def _record(asked: Sequence[Question], within: str, now: int, moment: datetime, waits: int) -> Record:
    took = sorted([one.answered - one.asked for one in asked if one.answered])
    median = (took[(len(took) - 1) // 2] + took[len(took) // 2]) // 2 if took else None
    ends = [(one, due) for one in asked if (due := _due(within, one.asked, moment))]
    kept = sum(0 < one.answered <= due for one, due in ends)
    broken = sum((one.answered or min(now, _pulled(one.talk.pulled))) > due for one, due in ends)
    return Record(len(asked), len(took), median, kept, broken, waits)


def _all(site: Site) -> Iterator[Question]:
    return questions(site.posts, site.talks, site.answered, 0, int(site.moment.timestamp()) + 1)


# ── what may be said ─────────────────────────────────────────────────────────────────────────────────────────────────


def usually(
    posts: Sequence[Post],
    talks: Mapping[str, Talk],
    people: Mapping[str, Person],
    moment: datetime,
    answering: Answered,
) -> dict[str, Usual]:
    """Key -> how soon she usually replies, of everybody of whom the data bear it out. `moment` is in the site's zone.

    All is counted as it stood when the day began, so that what is said changes with the archive or at midnight only.
    """
    made = {}
    for key, one in counted(posts, talks, people, moment, answering).items():
        person = people[key]
        if state(person, moment) in ("active", "moved") and consented(person, "answers", moment):
            found, _ = usual(one, short(person), moment)
            if found:
                made[key] = found
    return made


def late(
    posts: Sequence[Post],
    talks: Mapping[str, Talk],
    people: Mapping[str, Person],
    moment: datetime,
    answering: Answered,
) -> frozenset[str]:
    """Keys of those who break what they promise too often for it to be promised on; as it stood when the day began."""
    today, since = _midnight(moment), _midnight(moment, DAYS)
    hers: dict[str, list[Question]] = {}
    promised = {key: within for key, person in people.items() if (within := promise(person, people, moment))}
    for asked in questions(posts, talks, answering, since, today) if promised and talks else ():
        owner = responsible(asked.post, people, moment)
        if owner and owner.key in promised:
            hers.setdefault(owner.key, []).append(asked)
    return frozenset(
        key for key, asked in hers.items() if often_broken(_record(asked, promised[key], today, moment, 0))
    )


def unsaid(site: Site) -> dict[str, str]:
    """Key -> why nothing is said of how soon she replies, of everybody who was asked something."""
    made = counted(site.posts, site.talks, site.people, site.moment, site.answered)
    whys = {key: usual(hers, short(site.people[key]), site.moment)[1] for key, hers in made.items()}
    return {key: why for key, why in whys.items() if why}


def counted(
    posts: Sequence[Post],
    talks: Mapping[str, Talk],
    people: Mapping[str, Person],
    moment: datetime,
    answering: Answered,
) -> dict[str, Counted]:
    """What each person replied, by key; nobody who was not asked."""
    today, since, tomorrow = _midnight(moment), _midnight(moment, DAYS), _midnight(moment, -1)
    whose = cache(lambda key: standing.owner(people[key], people, moment) if key in people else None)
    found: dict[str, tuple[list[int], list[int], list[int]]] = {}
    for asked in questions(posts, talks, answering, since, tomorrow):
        owner = next(filter(None, map(whose, asked.post.contact or asked.post.authors)), None)
        if owner is None or asked.asked >= today:
            continue
        replied, silent, pulled = found.setdefault(owner.key, ([], [], []))
        known = _pulled(asked.talk.pulled)
        hers = next((at for at, authors in asked.answers if owner.key in authors), 0)
        if hers:
            replied.append(hers - asked.asked)
        else:  # for as long as the archive knows
            silent.append(min(today, known) - asked.asked)
        pulled.append(known)
    return {
        key: Counted(tuple(sorted(replied)), tuple(sorted(silent)), _day(min(pulled), moment))
        for key, (replied, silent, pulled) in found.items()
    }


def usual(hers: Counted, name: str, moment: datetime) -> tuple[Usual | None, str]:
    """(what may be said of how soon she replies, why nothing may be): one of the two is None or ""."""
    asked = len(hers.replied) + len(hers.silent)
    if not hers.pulled:
        return None, "the archive was never pulled"
    if old(hers.pulled, moment):
        return None, f"the archive was last pulled on {in_words(hers.pulled)}"
    if asked < ENOUGH:
        return None, f"only {_questions(asked)} in the last {DAYS} days"
    good = told = 0
    for seconds, span in SPANS:
        good = bisect_right(hers.replied, seconds)
        told = asked - bisect_right(hers.silent, seconds)  # who has waited for less may yet get a reply in time
        if told >= ENOUGH and good >= USUALLY * told:
            return Usual(span, told), ""
    if told < ENOUGH:
        return None, f"only {_questions(told)} in the last {DAYS} days that can be counted yet"
    return None, f"{good} of {told} questions were answered by {name} within a week"


def _questions(count: int) -> str:
    return f"{count} question{'' if count == 1 else 's'}"


def _midnight(moment: datetime, days: int = 0) -> int:
    """The beginning of the moment's day, or of one so many days before, in seconds since 1970."""
    day = moment.date() - timedelta(days=days)
    return int(datetime.combine(day, time(), moment.tzinfo).timestamp())


@lru_cache(maxsize=1 << 12)
def _pulled(stamp: str) -> int:
    """Until when an archive knows who answered, in seconds since 1970: silence after that is none."""
    return int(datetime.fromisoformat(stamp).timestamp()) if stamp else 0


def _day(seconds: int, moment: datetime) -> str:
    return datetime.fromtimestamp(seconds, moment.tzinfo).date().isoformat() if seconds else ""
