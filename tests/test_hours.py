"""Office hours as data: what `every` may say, the next times as clocks change, absences, departures, consent."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from newsroom import hours
from newsroom.model import Person
from newsroom.render import calendar

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def a_slot(every="Tuesday", at="15:00", zone="UTC", **more):
    return hours.slot({"every": every, "at": at, **more}, zone)


def a_person(*slots, **more):
    entry = [{"every": "Tuesday", "at": "15:00", "minutes": 60}]
    kept = {"office_hours": tuple(slots or entry), "status": {}, "consent": {}, "timezone": "", "key": "maya"}
    return Person(*[""] * len(Person._fields))._replace(**kept | more)


def starts(slot, moment, count=3):
    return [each.start.isoformat() for each in hours.upcoming(slot, moment, count)]


def days(person, moment=NOW, count=3):
    return [each.start.date().isoformat() for each in hours.coming(person, "UTC", moment, count)]


# ── what `every` says ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("every", "days"),
    [
        ("Tuesday", "2026-11-24 2026-12-01 2026-12-08"),
        ("tue", "2026-11-24 2026-12-01 2026-12-08"),
        ("Every Tuesday", "2026-11-24 2026-12-01 2026-12-08"),
        ("on Tuesdays", "2026-11-24 2026-12-01 2026-12-08"),
        ("Monday and Thursday", "2026-11-23 2026-11-26 2026-11-30"),
        ("Fri-Mon", "2026-11-22 2026-11-23 2026-11-27"),
        ("Mon, Wed to Thu", "2026-11-23 2026-11-25 2026-11-26"),
        ("weekday", "2026-11-23 2026-11-24 2026-11-25"),
        ("working days", "2026-11-23 2026-11-24 2026-11-25"),
        ("day", "2026-11-22 2026-11-23 2026-11-24"),
        ("other Tuesday", "2026-12-01 2026-12-15 2026-12-29"),
        ("second week", "2026-11-26 2026-12-10 2026-12-24"),
        ("other week on Friday", "2026-11-27 2026-12-11 2026-12-25"),
        ("first Tuesday", "2026-12-01 2027-01-05 2027-02-02"),
        ("second Tuesday of the month", "2026-12-08 2027-01-12 2027-02-09"),
        ("fourth Sunday of the month", "2026-11-22 2026-12-27 2027-01-24"),
        ("last Friday", "2026-11-27 2026-12-25 2027-01-29"),
    ],
)
def test_each_way_of_saying_how_often_gives_its_days(every, days):
    """Every two weeks are counted from `from`: Thursday 1 October 2026."""
    slot = a_slot(every, **{"from": "2026-10-01"})

    assert starts(slot, NOW) == [f"{day}T15:00:00+00:00" for day in days.split()]


@pytest.mark.parametrize(
    ("entry", "hint"),
    [
        ({"every": "dienstags"}, "write a weekday"),
        ({"every": "the first working day"}, "write a weekday"),
        ({"every": "Tuesday, knock hard"}, "write a weekday"),
        ({"every": "first Tuesday and Thursday"}, "write a weekday"),
        ({"every": ""}, "write a weekday"),
        ({"every": "second Tuesday"}, '"second Tuesday of the month", or "other Tuesday"'),
        ({"every": "other Tuesday"}, "add from:"),
        ({"every": "Tuesday", "minutes": 1441}, "minutes:"),
    ],
)
def test_words_with_no_one_meaning_are_no_calendar_entry(entry, hint):
    """A second Tuesday is one of the month, or every two weeks; nobody guesses. The hint says what to write."""
    assert hours.slot({"at": "15:00"} | entry, "UTC") is None
    assert hint in hours.unclear({"at": "15:00"} | entry)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"from": "2026-12-10", "until": "2026-12-12"}, True),
        ({"from": "2026-12-10", "until": "2026-12-01"}, True),
        ({"from": "2026-12-10", "until": "2026-12-15", "except": ["2026-12-15"]}, True),
        ({"from": "2026-12-10", "until": "2026-12-15"}, False),
        ({"from": "2026-01-01", "until": "2026-02-01"}, False),
        ({}, False),
    ],
)
def test_hours_that_fall_on_no_day_are_known(more, told):
    """Those that are over were held once."""
    assert hours.never({"every": "Tuesday", "at": "15:00"} | more) is told


def test_what_can_be_put_into_a_calendar_has_nothing_to_mend():
    """The check says nothing of it."""
    assert hours.unclear({"every": "Tuesday", "at": "15:00", "minutes": 1440}) == ""


def test_the_first_and_the_last_day_count_and_others_may_fall_out():
    """`from`, `until` and `except`."""
    slot = a_slot(**{"from": "2026-12-01", "until": "2026-12-22", "except": ("2026-12-08",)})

    assert starts(slot, NOW, 9) == [f"2026-12-{day}T15:00:00+00:00" for day in ("01", "15", "22")]


def test_days_that_never_come_end_the_search():
    """All of them are excepted, or over."""
    over = a_slot(until="2026-01-01")
    never = a_slot(**{"from": "2026-11-24", "until": "2026-11-24", "except": ("2026-11-24",)})

    assert starts(over, NOW) == starts(never, NOW) == []


WORDS = ("Tuesday", "Mon and Thu", "weekday", "day", "other Friday", "second week", "first Monday", "last Sunday",
         "third Wednesday of the month")  # fmt: skip


@given(st.sampled_from(WORDS), st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 900))
def test_the_days_are_those_of_the_rule_that_the_calendar_gets(every, first, later):
    """dateutil reads the rule and finds the same days."""
    slot = a_slot(every, **{"from": first.isoformat()})
    moment = datetime.combine(first, datetime.min.time(), UTC) + timedelta(days=later)
    rule = rrulestr(calendar._rule(slot), dtstart=datetime.combine(slot.first, slot.at))

    found = [each.start.replace(tzinfo=None) for each in hours.upcoming(slot, moment, 4)]

    assert found == list(rule.xafter(moment.replace(tzinfo=None), 4))


# ── clocks ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("zone", "moment", "expected"),
    [
        ("Europe/Berlin", "2026-03-23", "2026-03-24T15:00:00+01:00 2026-03-31T15:00:00+02:00"),
        ("Europe/Berlin", "2026-10-19", "2026-10-20T15:00:00+02:00 2026-10-27T15:00:00+01:00"),
        ("America/New_York", "2026-03-02", "2026-03-03T15:00:00-05:00 2026-03-10T15:00:00-04:00"),
        ("Australia/Sydney", "2026-10-04", "2026-10-06T15:00:00+11:00 2026-10-13T15:00:00+11:00"),
        ("Australia/Sydney", "2026-09-28", "2026-09-29T15:00:00+10:00 2026-10-06T15:00:00+11:00"),
        ("Asia/Kathmandu", "2026-03-23", "2026-03-24T15:00:00+05:45 2026-03-31T15:00:00+05:45"),
        ("Australia/Lord_Howe", "2026-09-28", "2026-09-29T15:00:00+10:30 2026-10-06T15:00:00+11:00"),
    ],
)
def test_the_time_on_the_clock_stays_when_clocks_change(zone, moment, expected):
    """And the offset is that of the day."""
    found = starts(a_slot(zone=zone), datetime.fromisoformat(moment).replace(tzinfo=UTC), 2)

    assert found == expected.split()


def test_a_time_that_the_clock_leaves_out_moves_on_and_of_two_the_first_is_meant():
    """RFC 5545, section 3.3.5, has these examples: 2:30 on 11 March 2007, 1:30 on 4 November 2007, in New York."""
    gap, twice = a_slot("Sunday", "02:30", "America/New_York"), a_slot("Sunday", "01:30", "America/New_York")

    assert hours.begins(gap, date(2007, 3, 11)).isoformat() == "2007-03-11T03:30:00-04:00"
    assert hours.begins(twice, date(2007, 11, 4)).isoformat() == "2007-11-04T01:30:00-04:00"


def test_what_goes_on_is_shown_until_it_is_over():
    """Also beyond midnight; without a length it is over when it begins."""
    late, short = a_slot(at="23:30", minutes=60), a_slot(at="23:30")
    at = datetime(2026, 11, 25, 0, 15, tzinfo=UTC)

    assert starts(late, at, 1) == ["2026-11-24T23:30:00+00:00"]
    assert starts(late, at + timedelta(minutes=15), 1) == ["2026-12-01T23:30:00+00:00"]
    assert starts(short, datetime(2026, 11, 24, 23, 30, tzinfo=UTC), 1) == ["2026-12-01T23:30:00+00:00"]
    assert hours.upcoming(short, at, 1)[0].end is None


def test_an_end_across_a_change_of_the_clock_is_as_far_away_as_was_said():
    """Ninety minutes, though the clock shows half an hour more."""
    meeting = hours.upcoming(
        a_slot("Sunday", "01:30", "Europe/Berlin", minutes=90), datetime(2026, 3, 28, tzinfo=UTC), 1
    )[0]

    assert meeting.end.isoformat() == "2026-03-29T04:00:00+02:00"


ODD = ("Europe/Berlin", "Australia/Lord_Howe", "America/Nuuk", "Africa/Casablanca")


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)), st.sampled_from(ODD))
def test_every_time_is_still_to_come_or_going_on(moment, zone):
    """And they come in order, on the days of the zone."""
    moment = moment.replace(tzinfo=UTC)
    found = hours.upcoming(a_slot("Mon-Sun", "00:30", zone, minutes=45), moment, 3)

    assert len(found) == 3
    assert found == sorted(found, key=lambda each: each.start)
    assert all(each.end > moment and each.start.astimezone(ZoneInfo(zone)).minute in (0, 30) for each in found)
    assert found[0].start - moment < timedelta(hours=26)


# ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_she_is_met_in_her_own_zone_or_in_the_sites():
    """`timezone` of the person, else that of site.toml."""
    here, there = a_person(), a_person(timezone="Asia/Kathmandu")

    assert hours.coming(here, "Europe/Berlin", NOW, 1)[0].start.isoformat() == "2026-11-24T15:00:00+01:00"
    assert hours.coming(there, "Europe/Berlin", NOW, 1)[0].start.isoformat() == "2026-11-24T15:00:00+05:45"


def test_several_slots_give_one_list():
    """In order of time."""
    person = a_person(
        {"every": "Friday", "at": "08:30"}, {"every": "Tue", "at": "15:00"}, {"every": "whenever", "at": "12:00"}
    )

    assert days(person) == ["2026-11-24", "2026-11-27", "2026-12-01"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ({"state": "active"}, ["2026-11-24", "2026-12-01", "2026-12-08"]),
        ({"state": "moved", "on": "2026-11-01"}, ["2026-11-24", "2026-12-01", "2026-12-08"]),
        ({"state": "away", "until": "2026-12-08"}, ["2026-12-08", "2026-12-15", "2026-12-22"]),
        ({"state": "away", "until": "2026-11-20"}, ["2026-11-24", "2026-12-01", "2026-12-08"]),
        ({"state": "away"}, []),
        ({"state": "left", "on": "2026-11-20"}, []),
        ({"state": "left"}, []),
        ({"state": "left", "on": "2026-12-02"}, ["2026-11-24", "2026-12-01"]),
        ({"state": "active", "on": "2026-12-02", "leaving": "2026-12-02"}, ["2026-11-24", "2026-12-01"]),
    ],
)
def test_hours_are_those_of_somebody_who_is_here(status, expected):
    """On the day of her return she is back; a departure that was announced is the end."""
    assert days(a_person(status=status)) == expected


@pytest.mark.parametrize(
    ("consent", "told"),
    [({}, True), ({"office_hours": False}, False), ({"until": "2026-11-21"}, False), ({"until": "2026-11-22"}, True)],
)
def test_hours_are_told_as_long_as_she_agrees(consent, told):
    """The last day counts."""
    assert bool(days(a_person(consent=consent))) is told


def test_a_page_is_another_when_a_time_that_it_shows_is_over():
    """The end, or the beginning where no length is said; nothing of whoever has none."""
    people = [
        a_person(),
        a_person({"every": "Monday", "at": "9:00"}),
        a_person(status={"state": "left", "on": "2026-01-01"}),
    ]

    found = [datetime.fromtimestamp(end, UTC) for end in hours.ends(people, "UTC", NOW)]

    assert min(found) == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert datetime(2026, 11, 24, 16, tzinfo=UTC) in found
    assert len(found) == 6


def test_a_time_in_words_names_its_zone_in_the_pages_language():
    """And is read aloud as it stands."""
    at = datetime(2026, 1, 6, 15, 0)

    assert hours.in_words(at, "Europe/Berlin") == "Tuesday 6 January 2026, 15:00 (Berlin time)"
    assert hours.in_words(at, "Europe/Berlin", "de") == "Dienstag, 6. Januar 2026, 15:00 Uhr (Ortszeit Berlin)"
