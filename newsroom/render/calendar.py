"""Owns a person's office hours as a calendar to subscribe to: RFC 5545.

Must not decide when she is there (`hours`). No ORGANIZER: it would be an e-mail address, or nothing that a program
understands; without a METHOD, which is for invitations, none is wanted (RFC 5546, section 3.2.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from newsroom import hours, standing
from newsroom.hours import Slot
from newsroom.language import joined, say
from newsroom.model import Output, Person, digest
from newsroom.permalinks import encoded
from newsroom.render.feed_head import entry_id
from newsroom.render.lines import text, uri, written
from newsroom.render.parts import Tools
from newsroom.site import Site
from newsroom.zones import WEEKDAYS, Observance, observances

FILE = "office-hours.ics"
STAMP = date(2026, 1, 1)
"""DTSTAMP where the person's file names no day that is over: the clock would make each build another file."""
YEARS = 5
"""So far ahead a zone's clocks are sure to be right in calendars that never ask again."""


def outputs(site: Site) -> Iterator[Output]:
    """A calendar for everybody with hours that one can hold. Whoever left keeps it: it ends before that day.

    Where she took her hours with her it stays too, without any: a program that finds no file shows the old ones on.
    """
    for key, person in site.people.items():
        if offered(site, key) or person.status.get("met"):
            made = digest(site.info.digest + b"".join(_document(site, person)).decode())
            yield Output(f"people/{key}/{FILE}", "calendar", key, made, person.source)


def offered(site: Site, key: str) -> bool:
    """Whether a person has a calendar."""
    person = site.people[key]
    agreed = person.office_hours and standing.consented(person, "office_hours", site.moment)
    return bool(agreed and hours.clear(person, site.config.timezone))


def write(output: Output, site: Site, tools: Tools) -> bytes:
    """The file."""
    return b"".join(_document(site, site.people[output.subject]))


def _document(site: Site, person: Person) -> Iterator[bytes]:
    """The calendar, in pieces. Without hours it holds one event that is cancelled, for those who subscribed."""
    held = hours.held(person, site.config.timezone, site.moment)
    named = zip(held, _uids(site, person, held))
    timed = [(slot, first, uid) for slot, uid in named if (first := _first(slot, site.moment.year))]
    zone = person.timezone or site.config.timezone
    year = min((first.year for _, first, _ in timed), default=site.moment.year)
    there = observances(zone, max(year, 1970), max(year, site.moment.year) + YEARS) if timed else ()
    title = _title(site, person)
    yield written([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//newsroom//office hours//EN", "CALSCALE:GREGORIAN",
        f"NAME:{text(title)}", f"X-WR-CALNAME:{text(title)}", f"URL:{uri(_page(site, person))}",
        f"SOURCE;VALUE=URI:{uri(_page(site, person) + FILE)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D", "X-PUBLISHED-TTL:P1D",
    ])  # fmt: skip
    yield written(_zone(zone, there))
    for slot, first, uid in timed:
        yield written(_event(site, person, slot, first, uid, bool(there)))
    if not timed:
        yield written(_none(site, person))
    yield written(["END:VCALENDAR"])


def _page(site: Site, person: Person) -> str:
    return site.info.url + encoded(f"/people/{person.key}/")


def _first(slot: Slot, year: int) -> date | None:
    """The first day on which it is held. Where nobody said since when, that of this year."""
    since = slot.first or date(year, 1, 1)
    return next(hours.days_of(slot, since, since + hours.AHEAD), None)


def _uids(site: Site, person: Person, slots: Iterable[Slot]) -> Iterator[str]:
    """One for each, of the newsroom's identity, her key and the days: at another hour it is the same event, changed."""
    seen: dict[tuple, int] = {}
    for slot in slots:
        rule = (slot.days, slot.weeks, slot.nth)
        seen[rule] = seen.get(rule, 0) + 1
        days = " ".join(map(str, (*slot.days, slot.weeks, slot.nth)))
        yield _uid(site, person, f"{days} {seen[rule]}")


def _uid(site: Site, person: Person, what: str) -> str:
    identity = site.config.feeds.id or site.config.url.partition("://")[2]
    return entry_id(f"{identity} office-hours {person.key} {what}").removeprefix("urn:uuid:")


def _none(site: Site, person: Person) -> Iterator[str]:
    """An event that does not take place: RFC 5545, section 3.6, wants a calendar to hold something."""
    stamp = _stamp(person, standing.leaves(person), site.moment)
    yield from ("BEGIN:VEVENT", f"UID:{_uid(site, person, 'none')}", f"DTSTAMP:{stamp:%Y%m%d}T000000Z")
    yield from (f"DTSTART;VALUE=DATE:{stamp:%Y%m%d}", f"SUMMARY:{text(_title(site, person))}")
    yield from ("TRANSP:TRANSPARENT", "STATUS:CANCELLED", "END:VEVENT")


def _event(site: Site, person: Person, slot: Slot, first: date, uid: str, local: bool) -> Iterator[str]:
    """One slot. Without `minutes` it has no end and takes no time (RFC 5545, section 3.6.1): no length is made up."""
    start = hours.begins(slot, first)
    yield from ("BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{_stamp(person, slot.first, site.moment):%Y%m%d}T000000Z")
    yield f"DTSTART{_at(slot, datetime.combine(first, slot.at), local)}"
    if slot.minutes:
        end = start.astimezone(UTC) + timedelta(minutes=slot.minutes)
        yield f"DTEND{_at(slot, end.astimezone(start.tzinfo).replace(tzinfo=None), local)}"
    yield f"RRULE:{_rule(slot)}"
    for day in sorted(day for day in slot.without if day > first and (slot.last is None or day <= slot.last)):
        if next(hours.days_of(slot._replace(without=frozenset()), day, day), None):
            yield f"EXDATE{_at(slot, datetime.combine(day, slot.at), local)}"
    yield f"SUMMARY:{text(_title(site, person))}"
    about = ask(person, site.info.language)
    yield f"DESCRIPTION:{text(f'{about} {_page(site, person)}'.strip())}"
    yield f"URL:{uri(_page(site, person))}"
    if slot.where:
        yield f"LOCATION:{text(slot.where)}"
    yield from ("TRANSP:TRANSPARENT", "STATUS:CONFIRMED", "END:VEVENT")


def _title(site: Site, person: Person) -> str:
    return say(site.info.language, "calendar.title", name=person.name)


def ask(person: Person, language: str) -> str:
    """What to ask her about, in a sentence; "" where she did not say."""
    what = joined(language, "and", person.ask_me_about) if person.ask_me_about else ""
    return say(language, "person.ask", name=person.short_name, what=what) if what else ""


def _stamp(person: Person, first: date | None, moment: datetime) -> date:
    """When this was said, as far as the file tells: the last of the days in it that are not to come."""
    known = (standing.day(person.answers.get("checked")), first)
    return max((day for day in known if day and day <= moment.date()), default=STAMP)


def _at(slot: Slot, wall: datetime, local: bool) -> str:
    """The rest of a line that says when: `;TZID=Europe/Berlin:20260106T150000`; in UTC `:20260106T150000Z`."""
    return f";TZID={slot.zone}:{wall:%Y%m%dT%H%M%S}" if local else f":{wall:%Y%m%dT%H%M%S}Z"


def _rule(slot: Slot) -> str:
    """The recurrence rule: RFC 5545, section 3.3.10. Its end is in UTC, as where the start has a zone."""
    names = [WEEKDAYS[(day + 1) % 7] for day in slot.days]
    if slot.nth:
        parts = ["FREQ=MONTHLY", f"BYDAY={slot.nth}{names[0]}"]
    else:
        parts = ["FREQ=WEEKLY", *([f"INTERVAL={slot.weeks}"] if slot.weeks > 1 else []), f"BYDAY={','.join(names)}"]
    if slot.last:
        parts.append(f"UNTIL={hours.begins(slot, slot.last).astimezone(UTC):%Y%m%dT%H%M%SZ}")
    return ";".join(parts)


def _zone(name: str, there: Iterable[Observance]) -> Iterator[str]:
    """VTIMEZONE; nothing for UTC."""
    there = tuple(there)
    if not there:
        return
    yield from ("BEGIN:VTIMEZONE", f"TZID:{name}")
    for each in there:
        kind = "DAYLIGHT" if each.after > each.before else "STANDARD"
        yield from (f"BEGIN:{kind}", f"TZOFFSETFROM:{_offset(each.before)}", f"TZOFFSETTO:{_offset(each.after)}")
        yield from (f"TZNAME:{text(each.name)}", f"DTSTART:{each.start:%Y%m%dT%H%M%S}")
        if each.rule:
            yield f"RRULE:{each.rule}"
        yield f"END:{kind}"
    yield "END:VTIMEZONE"


def _offset(span: timedelta) -> str:
    """`+0545`; with seconds where there are any."""
    seconds = int(span.total_seconds())
    minutes, rest = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else '+'}{minutes // 60:02}{minutes % 60:02}" + (f"{rest:02}" if rest else "")
