"""Owns what may change a site by itself: every moment after which something it shows could differ, and why. Pure.

It names more than happens: consent to a photo ends though there is no photo. What happens is for `newsroom due` to try.
It must not name less: between two of these moments nothing changes, which a test holds against builds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from newsroom import ages, dates, hours, standing
from newsroom.assemble import front, schedule
from newsroom.model import Front, Library, Person, Post
from newsroom.promises import DAYS, PULLED
from newsroom.reviewing import AGREED
from newsroom.said import Conversation, Said
from newsroom.settings import Config
from newsroom.states import changes, fresh_until, previewed, retraction, start

DAY = timedelta(days=1)


class Event(NamedTuple):
    """Something that may change the site."""

    at: int
    """Seconds since 1970."""
    kind: str
    """A row of KINDS."""
    name: str
    """Whose: the title of a post, the name of a person; "" where it is the whole site's."""
    source: str
    detail: str = ""
    """What KINDS does not say: the field of a consent."""


KINDS = {
    "publication": "goes out",
    "embargo": "its embargo ends",
    "expiry": "expires",
    "retraction": "is retracted",
    "correction": "what was declared for this day is shown",
    "updated": "is marked as updated",
    "agreement": "what was signed off, or read, on this day counts",
    "closing": "is closed",
    "update": "the update that it promised is due",
    "preview": "its preview ends",
    "pin": "is no longer pinned to the front page",
    "leaving": "leaves",
    "move": "moves to other work",
    "return": "is back",
    "pause": "answers again",
    "promise": "what is said of answers is too old to be shown: nobody confirmed it",
    "confirmed": "what is said of answers is confirmed from this day on",
    "consent": "consent ends",
    "hours": "office hours begin, or end",
    "meeting": "office hours are over",
    "press": "the press room says it from this day on",
    "news": "is two days old, and news no longer: the sitemap of news leaves it out",
    "age": "is a year older, and says so",
    "calendar": "a calendar of office hours says something else",
    "answers": "what is counted of answers is counted anew",
    "undated": "drafts without a date are shown as of the day",
}
"""What happens, in words that betray nothing; the last five are named only where nothing else happens then."""
ASIDE = ("news", "age", "calendar", "answers", "undated")

TEAM = ("publication", "embargo", "expiry", "retraction", "update", "closing", "preview")
"""What stands in the team's calendar."""


def events(library: Library, config: Config, moment: datetime, end: datetime, drafts: bool = False) -> list[Event]:
    """Whatever may change the site after `moment`, which is in its zone, and by `end`; in order of time."""
    found: list[Event] = []
    for post in library.posts:
        found += _of_post(post, config, end, drafts)
    for person in library.people:
        found += _of_person(person, config, moment, end)
    for edited in library.front:
        found += _of_front(edited, library, config, drafts)
    for sheet in library.press:
        days = [(sheet.since, sheet.title or sheet.key), *((item["date"], item["title"]) for item in sheet.coverage)]
        found += [Event(start(day, config.timezone), "press", name, sheet.source) for day, name in days if day]
    found += _of_the_day(library, config, moment, end, drafts)
    now, last = int(moment.timestamp()), int(end.timestamp())
    return sorted(
        {event for event in found if now < event.at <= last}, key=lambda event: (event[0], event[3], event[1])
    )


# ── posts ────────────────────────────────────────────────────────────────────────────────────────────────────────────

BECOMES = {"published": "publication", "expired": "expiry", "retracted": "retraction"}
"""State -> what brought a post into it."""


def _of_post(post: Post, config: Config, end: datetime, drafts: bool) -> Iterator[Event]:
    zone, named = config.timezone, (post.title, post.source)
    for at, state in changes(post, zone):
        if state in BECOMES:
            yield Event(at, "embargo" if state == "published" and at == post.embargo else BECOMES[state], *named)
    if drafts and post.draft:
        yield from (Event(post.embargo, "embargo", *named), Event(post.expires, "expiry", *named))
    for item in post.details.get("corrections", ()) if post.details else ():
        if item["kind"] != "retraction":
            yield Event(start(item["date"], zone), "correction", *named)
    yield from (Event(schedule.updated(post), "updated", *named), Event(fresh_until(post), "news", *named))
    for day in ages.turns(post, config.posts.old_after, end.date()):
        yield Event(start(day, zone), "age", *named)
    if not post.details:
        return
    if closed := post.details.get("closed"):
        yield Event(start(closed, zone), "closing", *named)
    agreed = [day for part in AGREED for day in post.details.get(part, {}).values()]
    agreed += [quote["signed_off"] for quote in post.details.get("quotes", ()) if quote.get("signed_off")]
    yield from (Event(start(day, zone), "agreement", *named) for day in agreed)
    yield from (Event(schedule.promised(post), "update", *named), Event(previewed(post), "preview", *named))
    yield from _promise(post.details.get("answers", {}), post.title, post.source, config)


def _of_front(edited: Front, library: Library, config: Config, drafts: bool) -> Iterator[Event]:
    """Pinned posts that are let go; what no reader sees then was not pinned for them."""
    known, zone = {post.source: post for post in library.posts}, dates.zone(config.timezone)
    names, _ = front.named(edited, library.posts, (), config.url)
    for item in edited.pinned:
        if item.get("until") and (post := known.get(names.get(item["post"], ""))):
            end = datetime.fromisoformat(item["until"]).astimezone(zone)
            if schedule.is_public(post, end, drafts) and not retraction(post, end):
                yield Event(int(end.timestamp()), "pin", post.title, edited.source)


# ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _of_person(person: Person, config: Config, moment: datetime, end: datetime) -> Iterator[Event]:
    zone, named = config.timezone, (person.name, person.source)
    state, on, back = (person.status.get(key) for key in ("state", "on", "until"))
    if on and state in ("left", "moved"):
        yield Event(start(on, zone), "leaving" if state == "left" else "move", *named)
    if back and state == "away":
        yield Event(start(back, zone), "return", *named)
    for field, said in person.consent.items():
        if isinstance(said, str) and (last := standing.day(said)):
            yield Event(start(last + DAY, zone), "consent", *named, "" if field == "until" else field)
    yield from _promise(person.answers, *named, config)
    if person.office_hours:
        yield from _of_hours(person, config, moment, end)


def _promise(said: Mapping[str, Any], name: str, source: str, config: Config) -> Iterator[Event]:
    """A pause that ends, and a promise that somebody confirmed, of a person or in a post."""
    if paused := standing.day(said.get("paused")):
        yield Event(start(paused, config.timezone), "pause", name, source)
    if checked := standing.day(said.get("checked")):
        yield Event(start(checked, config.timezone), "confirmed", name, source)
        old = checked + timedelta(days=config.contact.confirm) + DAY
        yield Event(start(old, config.timezone), "promise", name, source)


def _of_hours(person: Person, config: Config, moment: datetime, end: datetime) -> Iterator[Event]:
    """Every time that is over, and the days on which a calendar looks ahead to something else."""
    zone, named = config.timezone, (person.name, person.source)
    for entry in person.office_hours:
        first, last = standing.day(entry.get("from")), standing.day(entry.get("until"))
        days = [*((first, first - hours.AHEAD) if first else ()), *((last + DAY,) if last else ())]
        yield from (Event(start(day, zone), "hours", *named) for day in days)
    away = person.status.get("state") == "away"
    back = standing.day(person.status.get("until")) if away else None
    if back:
        yield Event(start(back - hours.AHEAD, zone), "calendar", *named)
    for slot in hours.clear(person, zone):
        if slot.first:
            yield Event(start(slot.first, zone), "calendar", *named)
        for day in hours.days_of(slot, moment.date() - 2 * DAY, end.date() + DAY):
            begins = hours.begins(slot, day)
            over = begins.astimezone(UTC) + timedelta(minutes=slot.minutes)
            if hours.held(person, zone, begins.astimezone(moment.tzinfo)):
                yield Event(int(over.timestamp()), "meeting", *named)
            if back and day < back:
                yield Event(start(day + DAY, zone), "calendar", *named)


# ── what goes by the day, whoever is meant ───────────────────────────────────────────────────────────────────────────


def _of_the_day(library: Library, config: Config, moment: datetime, end: datetime, drafts: bool) -> Iterator[Event]:
    if any(person.office_hours for person in library.people):  # their calendars begin with the year
        for year in range(moment.year + 1, end.year + 1):
            yield Event(start(date(year, 1, 1), config.timezone), "calendar", "", "")
    counted = max(map(_counted, library.comments), default=0)
    last = min(int(end.timestamp()), counted)
    day = moment.date() + DAY
    while counted and (at := start(day, config.timezone)) <= last:
        yield Event(at, "answers", "", "")
        day += DAY
    if drafts and any(post.draft and not post.date for post in library.posts):
        day = moment.astimezone(UTC).date() + DAY
        while day <= end.astimezone(UTC).date():
            yield Event(start(day, "UTC"), "undated", "", "")
            day += DAY


def _counted(conversation: Conversation) -> int:
    """Until when a conversation may change what is said of answers, in seconds since 1970."""
    spoken = [Said(*row).time for row in conversation.rows]
    known = int(dates.parse(conversation.pulled, "UTC").timestamp()) if conversation.pulled else 0
    return max(max(spoken, default=0) + (DAYS + 3) * 86400, known + (PULLED + 3) * 86400)
