"""Spans of time, as people write them and as a promise says them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.spans import span


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
