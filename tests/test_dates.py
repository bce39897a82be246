"""Dates as writers write them: one reading, or a message."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.dates import in_words, is_day, local, moment_in_words, parse, zone, zone_in_words

BERLIN = "Europe/Berlin"
ZONES = (
    BERLIN,
    "UTC",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Pacific/Kiritimati",
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-02", "2026-11-02T00:00:00+01:00"),
        ("2026-7-2", "2026-07-02T00:00:00+02:00"),
        ("2026/11/02", "2026-11-02T00:00:00+01:00"),
        ("2026-11-02 09:00", "2026-11-02T09:00:00+01:00"),
        ("  2026-11-02   9:00  ", "2026-11-02T09:00:00+01:00"),
        ("2026-11-02T09:00:30", "2026-11-02T09:00:30+01:00"),
        ("2026-11-02T09:00:30.123456", "2026-11-02T09:00:30+01:00"),
        ("2026-11-02T09:00Z", "2026-11-02T09:00:00+00:00"),
        ("2026-11-02 09:00 +05:45", "2026-11-02T09:00:00+05:45"),
        ("2026-11-02 09:00-0400", "2026-11-02T09:00:00-04:00"),
        ("2026-11-02 09:00 -400", "2026-11-02T09:00:00-04:00"),
        ("2026-11-02 09:00 EST", "2026-11-02T09:00:00-05:00"),
        ("2026-11-02 9:00 pm", "2026-11-02T21:00:00+01:00"),
        ("2026-11-02 12:00 AM", "2026-11-02T00:00:00+01:00"),
        ("2026-11-02 12:00 p.m.", "2026-11-02T12:00:00+01:00"),
        ("November 2, 2026", "2026-11-02T00:00:00+01:00"),
        ("Monday, November 2nd, 2026 at 9:00", "2026-11-02T09:00:00+01:00"),
        ("2 November 2026, 09:00", "2026-11-02T09:00:00+01:00"),
        ("Mon, 02 Nov 2026 09:00:00 GMT", "2026-11-02T09:00:00+00:00"),
        ("2. Sept. 2026", "2026-09-02T00:00:00+02:00"),
    ],
)
def test_what_has_one_reading_is_read(written, meant):
    """Every form that can mean one moment only is that moment, in the site's zone where it names none."""
    assert meant == parse(written, BERLIN).isoformat()


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", '"" is not a date'),
        ("soon", '"soon" is not a date'),
        ("3 December 10am", '"3 December 10am" names no year'),
        ("11-9-2017", '"11-9-2017" is not a date that has one reading'),
        ("11/9/2017", '"11/9/2017" is not a date that has one reading'),
        ("2026-11", '"2026-11" is not a date'),
        ("2026-11-02 nine", '"2026-11-02 nine" is not a date'),
        ("2026-02-30", '"2026-02-30" is not in the calendar or on the clock'),
        ("2026-13-01", '"2026-13-01" is not in the calendar or on the clock'),
        ("2 Foo 2026", '"2 Foo 2026" is not in the calendar or on the clock'),
        ("2026-11-02 24:00", '"2026-11-02 24:00" is not in the calendar or on the clock'),
        ("2026-11-02 09:60", '"2026-11-02 09:60" is not in the calendar or on the clock'),
        ("2026-11-02 13:00 pm", '"2026-11-02 13:00 pm" is not in the calendar or on the clock'),
        ("0026-11-02", '"0026-11-02" is not in a year that a newsroom would name'),
        ("9999-11-02", '"9999-11-02" is not in a year that a newsroom would name'),
        ("2026-11-02 09:00 CST6", '"2026-11-02 09:00 CST6" is not a date'),
        ("2026-11-02 09:00 IST", '"2026-11-02 09:00 IST" names a zone, "IST", that has more than one meaning'),
        ("2026-11-02 09:00 +25:00", '"2026-11-02 09:00 +25:00" has an offset that no place keeps'),
        ("2026-11-02 09:00 +01:75", '"2026-11-02 09:00 +01:75" has an offset that no place keeps'),
        ("2026-03-29 02:30", "2026-03-29 02:30 does not exist in Europe/Berlin: the clocks go forward then"),
        ("2026-10-25 02:30", "2026-10-25 02:30 exists twice in Europe/Berlin: the clocks go back then"),
    ],
)
def test_what_has_none_or_two_readings_is_refused(written, why):
    """A date is never guessed: the message says what is wrong with it."""
    with pytest.raises(ValueError) as error:
        parse(written, BERLIN)

    assert why == str(error.value)


moments = st.datetimes(datetime(1900, 1, 1), datetime(2999, 12, 31)).map(lambda moment: moment.replace(microsecond=0))
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(moments, offsets, st.sampled_from(["T", " ", "t", ", "]), st.sampled_from(ZONES))
def test_a_moment_with_an_offset_survives_in_any_zone(moment, offset, between, tz):
    """What is written with an offset is read as written, whatever the site's zone."""
    aware = moment.replace(tzinfo=offset)
    written = aware.isoformat().replace("T", between)

    assert aware.isoformat() == parse(written, tz).isoformat()


@given(moments, st.sampled_from(ZONES))
def test_a_local_time_is_that_time_there_or_refused(moment, tz):
    """Without an offset the clock on the wall shows what was written; a time that no clock or two show is refused."""
    there = [
        c
        for fold in (0, 1)
        if (c := moment.replace(tzinfo=ZoneInfo(tz), fold=fold))
        .astimezone(UTC)
        .astimezone(ZoneInfo(tz))
        .replace(tzinfo=None)
        == moment
    ]
    offsets = {shown.utcoffset() for shown in there}
    try:
        read = parse(moment.isoformat(), tz)
    except ValueError:
        assert len(offsets) != 1
    else:
        assert len(offsets) == 1
        assert read.replace(tzinfo=None) == moment
        assert parse(read.isoformat(), "UTC") == read


@given(st.dates(date(1600, 1, 1), date(2999, 12, 31)), st.sampled_from(ZONES))
def test_a_day_is_that_day_in_every_zone(day, tz):
    """A day begins on itself, even where its midnight is skipped, and is written with an offset of whole minutes."""
    read = parse(day.isoformat(), tz)

    assert read.date() == day
    assert len(read.isoformat()) == len("2026-11-02T09:00:00+01:00")


def test_a_day_begins_when_it_begins():
    """Where the clocks go forward at midnight the day starts at one."""
    assert parse("2018-11-04", "America/Sao_Paulo").isoformat() == "2018-11-04T01:00:00-02:00"


@given(st.text(max_size=30))
def test_no_text_is_too_strange_for_a_date(text):
    """Anything at all is a moment or a ValueError."""
    try:
        assert parse(text, BERLIN).tzinfo
    except ValueError as error:
        assert str(error)


def test_local_gives_the_offset_of_that_day():
    """Summer and winter differ, and the moment no longer depends on the zone's table."""
    assert local(datetime(2026, 7, 1, 9), BERLIN).tzinfo == timezone(timedelta(hours=2))
    assert local(datetime(2026, 12, 1, 9), BERLIN).tzinfo == timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    "name", ["", "Berlin", "Europe", "europe/berlin ", "../../etc/passwd", "/etc/localtime", "a\0b", "x" * 500]
)
def test_what_is_no_zone_is_refused(name):
    """A zone is an IANA name and nothing else: no path, no folder, no city alone."""
    with pytest.raises(ValueError) as error:
        zone(name)

    assert f'unknown time zone "{name}"' == str(error.value)


def test_every_iana_zone_is_known():
    """The table is the system's own; none of its names is refused."""
    for name in available_timezones() - {"localtime"}:
        assert zone(name).key == name


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (in_words("2026-11-02"), "2 November 2026"),
        (in_words("2026-01-31T23:59:00+01:00"), "31 January 2026"),
        (moment_in_words("2026-11-02T09:00:00+00:00", BERLIN), "2 November 2026, 10:00 (Berlin time)"),
        (moment_in_words("2026-11-02T23:30:00+00:00", BERLIN), "3 November 2026, 00:30 (Berlin time)"),
        (moment_in_words("2026-11-02T09:00:00+01:00", "UTC"), "2 November 2026, 08:00 (UTC)"),
        (zone_in_words("America/New_York"), "New York time"),
        (zone_in_words("America/Argentina/Buenos_Aires"), "Buenos Aires time"),
        (in_words("2027-01-03", "de"), "3. Januar 2027"),
        (in_words("2027-08-01", "fr"), "1er août 2027"),
        (in_words("2027-01-03", "es-MX"), "3 de enero de 2027"),
        (in_words("2027-01-03", "ja"), "2027年1月3日"),
        (in_words("2027-01-03", "ar"), "3 يناير 2027"),
        (zone_in_words("Europe/Moscow", "de"), "Ortszeit Moskau"),
        (zone_in_words("UTC", "ja"), "UTC"),
        (moment_in_words("2026-11-02T09:00:00+00:00", BERLIN, "de"), "2. November 2026, 10:00 Uhr (Ortszeit Berlin)"),
    ],
)
def test_a_moment_in_words_is_the_readers(shown, words):
    """A time stands in the site's zone, and never without naming it."""
    assert words == shown


def test_a_day_is_told_from_a_moment():
    """Only what has a clock time in it is a moment."""
    assert is_day("2026-11-02") and not is_day("2026-11-02 09:00")
