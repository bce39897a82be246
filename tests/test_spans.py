"""Spans of time, as people write them and as a promise says them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.spans import over, span


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2 working days", "two working days"),
        ("1 day", "one day"),
        ("1 days", "one day"),
        ("48 hours", "48 hours"),
        ("12 hours", "twelve hours"),
        ("13 hours", "13 hours"),
        ("a week", "a week"),
        ("an hour", "an hour"),
        ("a hour", "an hour"),
        ("a working day", "a working day"),
        ("Two  Weeks", "two weeks"),
        ("within 3 business days", "three working days"),
        ("1-2 days", "one to two days"),
        ("one to two weeks", "one to two weeks"),
        ("2 – 3 working days", "two to three working days"),
        ("a month", "a month"),
        ("", None),
        ("soon", None),
        ("2", None),
        ("0 days", None),
        ("days", None),
        ("3-2 days", None),
        ("2-2 days", None),
        ("2 working weeks", None),
        ("2 days or so", None),
        ("-1 days", None),
        ("1000 days", None),
        ("a to two days", None),
    ],
)
def test_a_span_is_said_in_words_or_not_understood(written, said):
    """What is understood is said as a person would; anything else is None, never a guess."""
    assert said == span(written)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", ["einem Tag", "zwei Werktagen", "einer Stunde", "48 Stunden", "ein bis zwei Wochen"]),
        ("fr", ["un jour", "deux jours ouvrés", "une heure", "48 heures", "1 à 2 semaines"]),
        ("es", ["un día", "dos días laborables", "una hora", "48 horas", "1 a 2 semanas"]),
        ("ja", ["1日", "2営業日", "1時間", "48時間", "1〜2週間"]),
        ("ar", ["يوم", "يومي عمل", "ساعة", "48 ساعة", "1 إلى 2 أسبوع"]),
        ("fi", ["a day", "two working days", "one hour", "48 hours", "one to two weeks"]),
    ],
)
def test_a_span_is_said_in_the_language_of_the_page(language, said):
    """In the case that follows "within" there; English where a language has no phrases."""
    written = ["a day", "2 working days", "1 hour", "48 hours", "1-2 weeks"]

    assert [span(each, language) for each in written] == said


@given(st.integers(1, 999), st.sampled_from(["hour", "day", "working day", "week", "month"]))
def test_what_is_said_is_itself_understood(count, unit):
    """Saying a span twice changes nothing."""
    said = span(f"{count} {unit}s")

    assert said == span(said)
    assert (count == 1) == (not said.endswith("s"))


@given(st.text(max_size=40))
def test_no_text_is_too_strange(text):
    """Any text is a span or None."""
    assert span(text) is None or span(text).split()[-1].removesuffix("s") in ("minute", "hour", "day", "week", "month")


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("written", "begun", "ends"),
    [
        ("48 hours", "2026-11-20 12:00", "2026-11-22 12:00:00"),  # a Friday
        ("90 minutes", "2026-11-20 23:00", "2026-11-21 00:30:00"),
        ("an hour", "2026-10-25 01:30", "2026-10-25 02:30:00"),
        ("2 hours", "2026-10-25 01:30", "2026-10-25 02:30:00"),  # the clocks go back: half past two comes twice
        ("24 hours", "2026-03-28 12:00", "2026-03-29 13:00:00"),  # the clocks go forward
        ("2 working days", "2026-11-20 12:00", "2026-11-24 23:59:59"),
        ("1 working day", "2026-11-20 12:00", "2026-11-23 23:59:59"),
        ("1 working day", "2026-11-21 12:00", "2026-11-23 23:59:59"),  # a Saturday
        ("1 working day", "2026-11-22 23:59", "2026-11-23 23:59:59"),  # a Sunday
        ("5 working days", "2026-11-18 12:00", "2026-11-25 23:59:59"),
        ("7 working days", "2026-11-19 12:00", "2026-11-30 23:59:59"),
        ("1-2 business days", "2026-11-16 12:00", "2026-11-18 23:59:59"),
        ("1 day", "2026-11-20 12:00", "2026-11-21 23:59:59"),
        ("a week", "2026-11-20 00:00", "2026-11-27 23:59:59"),
        ("a month", "2026-12-31 12:00", "2027-01-31 23:59:59"),
        ("2 months", "2026-12-31 12:00", "2027-02-28 23:59:59"),
    ],
)
def test_a_span_is_over_at_a_moment_of_its_zone(written, begun, ends):
    """Hours are exact, days whole, working days Monday to Friday."""
    assert ends == f"{over(written, datetime.fromisoformat(begun).replace(tzinfo=BERLIN)):%Y-%m-%d %H:%M:%S}"


@given(st.integers(1, 60), st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))
def test_working_days_are_as_many_as_the_calendar_has(count, begun):
    """The closed form gives what counting on the fingers gives."""
    day, left = begun.date(), count
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5

    assert day == over(f"{count} working days", begun.replace(tzinfo=BERLIN)).date()


@given(st.text(max_size=40))
def test_what_is_not_understood_has_no_end(text):
    """A span is over at a moment exactly where it can be said in words."""
    assert (over(text, datetime(2026, 11, 20, tzinfo=BERLIN)) is None) == (span(text) is None)
