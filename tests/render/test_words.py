"""Filters and functions of templates."""

import pytest
from markupsafe import Markup

from newsroom.render.words import FILTERS, FUNCTIONS, join_names
from newsroom.views import Card, SiteInfo

MADE = FILTERS("Europe/Berlin")


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("date", "2026-11-02T23:30:00+00:00", "2 November 2026"),
        ("datetime", "2026-11-02T23:30:00+00:00", "3 November 2026, 00:30 (Berlin time)"),
        ("day", "2026-11-02T23:30:00+00:00", "2026-11-02"),
        ("year", "2026-11-02", "2026"),
        ("minutes", 1, "1 minute"),
        ("minutes", 2, "2 minutes"),
    ],
)
def test_a_filter_says_it_as_a_reader_would(name, value, shown):
    """Dates in words, and a time never without its zone."""
    assert shown == MADE[name](value)


@pytest.mark.parametrize(
    ("names", "joined"),
    [
        ([], ""),
        (["Maya"], "Maya"),
        (["Maya", "Jonas"], "Maya and Jonas"),
        (["Maya", "Jonas", "Lena"], "Maya, Jonas and Lena"),
        ([Markup("<b>Maya</b>"), "<Jonas>"], "<b>Maya</b> and &lt;Jonas&gt;"),
    ],
)
def test_names_are_joined_as_in_a_sentence(names, joined):
    """Markup stays markup, and everything else is escaped."""
    assert joined == join_names(names)
    assert isinstance(join_names(names), Markup)


def test_cards_stand_under_their_years():
    """In the order they have: a year that comes back is headed again."""
    cards = [
        Card("", "", "", "", "", f"{year}-11-02", None, (), (), False, "", "", "") for year in (2026, 2026, 2025, 2026)
    ]

    assert [("2026", cards[:2]), ("2025", cards[2:3]), ("2026", cards[3:])] == MADE["years"](cards)


def test_an_address_stands_below_the_sites_own_folder():
    """And is encoded."""
    info = SiteInfo(*[""] * len(SiteInfo._fields))._replace(base="/newsroom")

    assert FUNCTIONS(info)["href"]("/people/ä/") == "/newsroom/people/%C3%A4/"
