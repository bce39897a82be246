"""Calendars of office hours, as other programs read them; zones as clocks know them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from io import StringIO
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import pytest
import recurring_ical_events
from dateutil.tz import tzical

from newsroom import zones
from newsroom.build import Options, load
from newsroom.desk import Desk
from newsroom.render import calendar, lines

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FILE = "people/maya/office-hours.ics"
BERLIN = {"timezone": "Europe/Berlin"}


def person(*slots: str, more: str = "", name: str = "Maya Okafor") -> str:
    listed = "".join(f"  - {{{slot}}}\n" for slot in slots)
    return f"---\nname: {name}\n{more}office_hours:\n{listed}---\nShe mends.\n"


TUESDAYS = "every: Tuesday, at: '15:00', minutes: 60, from: 2026-01-06"


def built(make_site, source, moment=NOW, **settings):
    """The calendar's bytes, without the rest of a build."""
    desk = Desk(make_site({"content/people/maya.md": source}, **BERLIN | settings).root)
    try:
        site, _ = load(desk, Options(moment=moment))
    finally:
        desk.close()
    output = next(output for output in calendar.outputs(site) if output.path == FILE)
    return calendar.write(output, site, None)


def events(raw: bytes):
    return icalendar.Calendar.from_ical(raw).walk("VEVENT")


def occurrences(raw: bytes, start: datetime, days: int) -> list[str]:
    """When a calendar program shows something, in RFC 3339."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(raw)).between(start, start + timedelta(days=days))
    return sorted(each["DTSTART"].dt.isoformat() for each in found)


# ── what a program finds ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_calendar_has_every_time_and_nothing_else(make_site):
    """Between its first and its last day, without those that fall out, at the same time on the clock all year."""
    raw = built(
        make_site, person(TUESDAYS + ", until: 2026-04-14, except: [2026-04-07], where: 'https://meet.example/maya'")
    )
    event = events(raw)[0]

    assert occurrences(raw, datetime(2025, 1, 1, tzinfo=UTC), 900) == [
        f"2026-{day}T15:00:00+0{1 if day < '03-29' else 2}:00"
        for day in ("01-06 01-13 01-20 01-27 02-03 02-10 02-17 02-24 03-03 03-10 03-17 03-24 03-31 04-14").split()
    ]
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=1)
    assert event["RRULE"]["UNTIL"][0] == datetime(2026, 4, 14, 13, tzinfo=UTC)
    assert str(event["LOCATION"]) == "https://meet.example/maya"
    assert str(event["URL"]) == "https://news.example.com/people/maya/"


PLACES = (
    "Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Nuuk",
    "Europe/Dublin", "Africa/Casablanca", "Africa/Cairo", "Etc/UTC",
)  # fmt: skip


@pytest.mark.parametrize("zone", PLACES)
def test_the_page_and_the_calendar_name_the_same_times(make_site, zone):
    """Each Sunday, whatever the clocks do; the calendar is read with its own VTIMEZONE, not with the reader's."""
    raw = built(make_site, person("every: Sunday, at: '12:30', from: 2026-01-04", more=f"timezone: {zone}\n"))
    event = events(raw)[0]
    start, text = event["DTSTART"].dt, raw.decode()
    there = UTC if zone == "Etc/UTC" else own_zone(text, zone)

    assert ("BEGIN:VTIMEZONE" in text) == (zone != "Etc/UTC")
    for week in range(150):
        wall = start.replace(tzinfo=None) + timedelta(weeks=week)
        assert wall.replace(tzinfo=there).utcoffset() == wall.replace(tzinfo=ZoneInfo(zone)).utcoffset(), wall


def own_zone(text: str, zone: str):
    """The zone as the file itself explains it."""
    block = text[text.index("BEGIN:VTIMEZONE") : text.index("END:VTIMEZONE") + len("END:VTIMEZONE\r\n")]
    return tzical(StringIO(block.replace("\r\n", "\n"))).get(zone)


def test_without_a_length_no_end_is_made_up(make_site):
    """RFC 5545, section 3.6.1: such an event ends when it begins."""
    event = events(built(make_site, person("every: Tuesday, at: '15:00', from: 2026-01-06")))[0]

    assert "DTEND" not in event
    assert "DURATION" not in event


def test_each_slot_is_an_event_and_words_alone_are_none(make_site):
    """And nobody has a calendar without any."""
    slots = (TUESDAYS, "every: first Monday, at: '9:00', minutes: 30", "every: When the lamp is lit, at: '9:00'")
    rules = [event["RRULE"].to_ical().decode() for event in events(built(make_site, person(*slots)))]
    none = make_site({"content/people/maya.md": person("every: When the lamp is lit, at: '9:00'")})
    none.build(moment=NOW)

    assert rules == ["FREQ=WEEKLY;BYDAY=TU", "FREQ=MONTHLY;BYDAY=1MO"]
    assert FILE not in none.outputs()


def test_an_identity_outlives_another_hour_another_place_and_a_move(make_site):
    """With `id` under [feeds]; two slots on one day are two."""
    one = events(built(make_site, person(TUESDAYS, TUESDAYS.replace("15", "17")), feeds={"id": "ours"}))
    changed = TUESDAYS.replace("15", "16") + ", where: Upstairs"
    other = events(built(make_site, person(changed), feeds={"id": "ours"}, url="https://elsewhere.example"))

    assert one[0]["UID"] == other[0]["UID"]
    assert one[0]["UID"] != one[1]["UID"]


def test_nobody_is_an_organizer_and_no_address_is_in_it(make_site):
    """Whatever the switch for e-mail says; a METHOD would ask for an organizer (RFC 5546)."""
    source = person(TUESDAYS, more="contact: {email: maya@example.com}\n")
    for mode in ("public", "obfuscated", "form"):
        raw = built(make_site, source, contact={"email": mode})
        assert b"maya@" not in raw
        assert b"ORGANIZER" not in raw
        assert b"METHOD" not in raw


# ── people come and go ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_days_of_an_absence_fall_out(make_site):
    """From today up to the day of her return."""
    raw = built(make_site, person(TUESDAYS, more="status: away\nuntil: 2026-12-15\n"))

    assert occurrences(raw, NOW, 31) == ["2026-12-15T15:00:00+01:00", "2026-12-22T15:00:00+01:00"]
    assert occurrences(raw, NOW - timedelta(days=14), 14) == ["2026-11-10T15:00:00+01:00", "2026-11-17T15:00:00+01:00"]


@pytest.mark.parametrize("more", ["status: away\n", "status: left\n", "status: left\non: 2026-01-01\n"])
def test_where_nobody_knows_a_time_the_calendar_is_empty_and_still_one(make_site, more):
    """Those who subscribed see no hours; the file holds something, as RFC 5545, section 3.6, demands."""
    raw = built(make_site, person(TUESDAYS, more=more))
    utc = built(make_site, person(TUESDAYS, more=more), timezone="UTC")

    for made in (raw, utc):
        assert ["CANCELLED"] == [str(event["STATUS"]) for event in events(made)]
        assert len(icalendar.Calendar.from_ical(made).subcomponents) == 1


def test_hours_end_with_the_day_before_somebody_left(make_site):
    """Who met her keeps what was; a departure that was announced is the end already."""
    gone = built(make_site, person(TUESDAYS, more="status: left\non: 2026-11-10\n"))
    going = built(make_site, person(TUESDAYS, more="status: left\non: 2026-12-01\n"))

    assert occurrences(gone, NOW - timedelta(days=40), 400) == [
        "2026-10-13T15:00:00+02:00",
        "2026-10-20T15:00:00+02:00",
        "2026-10-27T15:00:00+01:00",
        "2026-11-03T15:00:00+01:00",
    ]
    assert occurrences(going, NOW, 400) == ["2026-11-24T15:00:00+01:00"]


@pytest.mark.parametrize("keep", ["name", "initials"])
def test_who_takes_the_hours_along_leaves_an_empty_calendar(make_site, keep):
    """A program that finds no file would show the old ones for ever; nothing of them is in it, or linked on the page."""
    source = person(TUESDAYS + ", where: Attic", more=f"status: left\non: 2026-11-10\nkeep: {keep}\n")
    raw = built(make_site, source)
    site = make_site({"content/people/maya.md": source}, **BERLIN)
    site.build(moment=NOW)

    assert ["CANCELLED"] == [str(event["STATUS"]) for event in events(raw)]
    assert b"DTSTART;VALUE=DATE:20261110\r\n" in raw and b"Attic" not in raw and b"1500" not in raw
    assert (site.root / "public" / FILE).read_bytes() == raw
    assert "office-hours" not in site.read("people/maya/index.html")
    none = make_site({"content/people/maya.md": source.replace("keep", "consent: {office_hours: false}\nkeep")})
    none.build(moment=NOW)
    assert FILE not in none.outputs()


@pytest.mark.parametrize("consent", ["{office_hours: false}", "{until: 2026-11-21}"])
def test_without_consent_there_is_no_calendar(make_site, consent):
    """Nor a date, nor a link to one, on her page."""
    site = make_site({"content/people/maya.md": person(TUESDAYS, more=f"consent: {consent}\n")})
    site.build(moment=NOW)

    assert FILE not in site.outputs()
    assert "office-hours" not in site.read("people/maya/index.html")
    assert "November 2026, 15:00" not in site.read("people/maya/index.html")


# ── the same again ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_build_of_another_day_changes_no_byte(make_site):
    """Nothing in it is of the clock: the stamp is the last day that the person's file names."""
    source = person(TUESDAYS, more="answers: {by: [maya], checked: 2026-10-01}\n")
    raw = built(make_site, source)

    assert raw == built(make_site, source, NOW + timedelta(days=9))
    assert b"DTSTAMP:20261001T000000Z\r\n" in raw
    assert b"DTSTAMP:20260101T000000Z\r\n" in built(make_site, person("every: Tuesday, at: '15:00'"))


def test_a_page_drops_a_time_that_is_over_when_it_is_over(make_site):
    """The build says until when it holds; one after that renders the page again, and gives the same as a clean one."""
    source = {"content/people/maya.md": person(TUESDAYS)}
    site, page = make_site(source, **BERLIN), "people/maya/index.html"
    site.build(moment=datetime(2026, 11, 24, 14, 59, tzinfo=UTC))
    before = site.read(page)
    report = site.build(moment=datetime(2026, 11, 24, 15, 0, tzinfo=UTC))
    clean = make_site(source, **BERLIN)
    clean.build(moment=datetime(2026, 11, 24, 15, 0, tzinfo=UTC))

    assert '<time datetime="2026-11-24T15:00:00+01:00">Tuesday 24 November 2026, 15:00 (Berlin time)</time>' in before
    assert report.rendered == (page,)
    assert "24 November" not in site.read(page)
    assert site.outputs() == clean.outputs()


# ── lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["田中" * 30, "👩🏽‍🔧" * 20, "é" * 80, "x" * 75, "x" * 76, "a; b, c\\n"])
def test_long_names_are_folded_between_characters(make_site, name):
    """75 octets a line, each line whole UTF-8; read back it is the same name."""
    raw = built(make_site, person(TUESDAYS, name=f'"{name}"'.replace("\\", "\\\\")))

    assert raw.endswith(b"END:VCALENDAR\r\n")
    for line in raw.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode("utf-8")
        assert b"\n" not in line
    assert str(events(raw)[0]["SUMMARY"]) == f"Office hours with {name}"


def test_no_text_begins_a_line_of_its_own():
    """Control characters go, line breaks are written out; an address has no spaces."""
    said = lines.text("a\r\nATTENDEE:mailto:x@example.com\x00\x1b\u2028b")

    assert said == "a\\nATTENDEE:mailto:x@example.com\\nb"
    assert lines.uri("https://a.example/\r\nATTENDEE:x") == "https://a.example/ATTENDEE:x"


# ── zones ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def alike() -> dict[tuple, list[str]]:
    """Zones by what is written of them: six hundred are some hundred."""
    found: dict[tuple, list[str]] = {}
    for zone in sorted(available_timezones()):
        found.setdefault(zones.observances(zone, 2026, 2028), []).append(zone)
    return found


def written(zone: str, observances: Iterable) -> str:
    return lines.written(calendar._zone(zone, observances)).decode().replace("\r\n", "\n")


def test_every_zone_is_written_as_its_clocks_go():
    """Around each change, and in each month of three years, as a reader finds it that knows only what is written."""
    wrong = []
    for observances, names in alike().items():
        if not observances:
            assert all(ZoneInfo(name).utcoffset(NOW) == timedelta() for name in names)
            continue
        there = tzical(StringIO(written(names[0], observances))).get(names[0])
        moments = [datetime(2026 + n // 12, n % 12 + 1, 15, 12) for n in range(36)]
        moments += [datetime(2026, 1, 1, 12), datetime(2028, 12, 31, 12)]
        for change in zones._changes(ZoneInfo(names[0]), 2026, 2028):
            # at the hours that the change leaves out or repeats, readers differ: the RFC names one answer for each
            moments += [change[0] + timedelta(hours=hours) for hours in (-26, -3, 3, 26)]
        for name in names:
            zone = ZoneInfo(name)
            wrong += [
                (name, at)
                for at in moments
                if at.replace(tzinfo=there).utcoffset() != at.replace(tzinfo=zone).utcoffset()
            ]

    assert wrong == []


def test_zones_with_a_rule_are_written_as_a_rule():
    """A calendar that is never fetched again stays right; what follows the moon is written change by change."""
    ruled = {
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Europe/Dublin",
        "America/Nuuk",
        "America/Santiago",
    }

    for zone in ruled:
        assert [bool(each.rule) for each in zones.observances(zone, 2026, 2031)] == [True, True], zone
    assert [each.rule for each in zones.observances("Asia/Kathmandu", 2026, 2031)] == [""]
    assert not any(each.rule for each in zones.observances("Africa/Casablanca", 2026, 2031))
    assert len(zones.observances("Africa/Casablanca", 2026, 2031)) > 12
    assert zones.observances("UTC", 2026, 2031) == ()


def test_a_rule_that_changed_since_the_first_day_is_written_from_where_it_holds():
    """Nuuk kept other clocks until 2023."""
    found = zones.observances("America/Nuuk", 2020, 2031)

    assert [each.start.year for each in found if not each.rule][0] == 2019
    assert [each.start.year for each in found if each.rule] == [2024, 2024]
    assert len(found) > 7
