"""Owns hours in words, always with their zone: office hours, those of a telephone, those in which answers are written.

When office hours are held next, and what a calendar makes of them, is the business of `newsroom.hours`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from newsroom import hours as slots
from newsroom import standing
from newsroom.channels import check
from newsroom.dates import in_words, zone_in_words
from newsroom.language import say
from newsroom.model import Person
from newsroom.views import Hour
from newsroom.week import clock, credible, held
from newsroom.week import in_words as week_in_words


def hours(
    talk: Sequence[Person], names: Sequence[str], moment: datetime, timezone: str, language: str
) -> Iterator[Hour]:
    """`Tuesdays 15:00–16:00, Berlin time`: those still held, by people who are here and agreed."""
    for person, name in zip(talk, names, strict=True):
        if not person.office_hours or standing.state(person, moment) not in ("active", "moved"):
            continue
        for entry in person.office_hours if standing.consented(person, "office_hours", moment) else ():
            end = standing.day(entry.get("until"))
            if end and moment.date() > end:
                continue
            said = _said(entry, person, moment, timezone, language)
            said = said if len(talk) == 1 else say(language, "hours.whose", name=name, hours=said)
            yield Hour(said, *_place((entry.get("where") or "").strip()))


def week(text: str, person: Person, timezone: str, language: str) -> tuple[str, str]:
    """(hours of a week, their zone) in words: hers, or else the site's."""
    return week_in_words(text, language), zone_in_words(person.timezone or timezone, language)


def phone(person: Person, timezone: str, language: str) -> str:
    """When somebody answers her telephone; "" where nobody said."""
    text = person.contact.get("phone_hours", "").strip()
    if not text or not credible(text):
        return ""
    words, zone = week(text, person, timezone, language)
    return say(language, "hours.zoned", hours=words, zone=zone)


def _said(entry: dict[str, Any], person: Person, moment: datetime, timezone: str, language: str) -> str:
    zone, start = person.timezone or timezone, standing.day(entry.get("from"))
    slot = slots.slot(entry, zone)
    days = held(slot.days, slot.weeks, slot.nth, language) if slot else entry["every"].strip()
    words = say(language, "hours.row", days=days, times=_clock(entry["at"], entry.get("minutes") or 0, language))
    places = {"hours": words, "zone": zone_in_words(zone, language)}
    if start and start > moment.date():
        return say(language, "hours.zoned_from", date=in_words(start.isoformat(), language), **places)
    return say(language, "hours.zoned", **places)


def _clock(at: str, minutes: int, language: str) -> str:
    """`15:00–16:00`; only the beginning where nobody says how long."""
    hour, minute = map(int, at.split(":"))
    start = hour * 60 + minute
    return clock(start, (start + minutes) % (24 * 60) if minutes else None, language)


def _place(where: str) -> tuple[str, str]:
    """`meet.example/maya` and where that leads; a room leads nowhere."""
    if not where or check("website", where):
        return where, ""
    return re.sub(r"^https?://|/$", "", where, flags=re.IGNORECASE), where
