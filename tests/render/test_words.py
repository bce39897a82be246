"""Filters and functions of templates."""

import pytest
from markupsafe import Markup

from newsroom.render.words import FILTERS, FUNCTIONS
from newsroom.views import Card, SiteInfo

INFO = SiteInfo(*[""] * len(SiteInfo._fields))._replace(timezone="Europe/Berlin", language="en", base="/newsroom")
MADE = FILTERS(INFO)


def said(language):
    """The functions of a page in a language."""
    return FUNCTIONS(INFO._replace(language=language))


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
    assert joined == MADE["join_names"](names)
    assert isinstance(MADE["join_names"](names), Markup)


def test_cards_stand_under_their_years():
    """In the order they have: a year that comes back is headed again."""
    cards = [
        Card("", "", "", "", "", f"{year}-11-02", None, (), (), False, "", "", "") for year in (2026, 2026, 2025, 2026)
    ]

    assert [("2026", cards[:2]), ("2025", cards[2:3]), ("2026", cards[3:])] == MADE["years"](cards)


def test_an_address_stands_below_the_sites_own_folder():
    """And is encoded."""
    assert FUNCTIONS(INFO)["href"]("/people/ä/") == "/newsroom/people/%C3%A4/"


@pytest.mark.parametrize(
    ("language", "date", "moment", "minutes", "number", "names"),
    [
        ("en", "2 November 2026", "2 November 2026, 09:00 (Berlin time)", "3 minutes", "1,234.5", "Maya, Inés and Ida"),
        ("de", "2. November 2026", "2. November 2026, 09:00 Uhr (Ortszeit Berlin)", "3 Minuten", "1.234,5", "Maya, Inés und Ida"),
        ("fr", "2 novembre 2026", "2 novembre 2026, 09:00 (heure locale à Berlin)", "3 minutes", "1\u202f234,5", "Maya, Inés et Ida"),
        ("es", "2 de noviembre de 2026", "2 de noviembre de 2026, 09:00 (hora de Berlín)", "3 minutos", "1.234,5", "Maya, Inés e Ida"),
        ("ja", "2026年11月2日", "2026年11月2日 09:00（ベルリン時間）", "3分", "1,234.5", "Maya、InésとIda"),
        ("ar", "2 نوفمبر 2026", "2 نوفمبر 2026، 09:00 (بتوقيت برلين)", "3 دقائق", "1,234.5", "Maya، Inés وIda"),
    ],
)  # fmt: skip
def test_filters_speak_the_language_of_the_page(language, date, moment, minutes, number, names):
    """Dates, moments, counted minutes, numbers and lists of names."""
    made = FILTERS(INFO._replace(language=language))

    assert date == made["date"]("2026-11-02")
    assert moment == made["datetime"]("2026-11-02T08:00:00+00:00")
    assert minutes == made["minutes"](3)
    assert number == made["number"](1234.5)
    assert names == made["join_names"](["Maya", "Inés", "Ida"])


def test_a_phrase_is_filled_and_markup_in_its_places_stays_markup():
    """The phrase itself and any other place are escaped there."""
    say = said("de")["say"]

    assert say("person.ask", name="Maya", what="Glas") == "Fragen Sie Maya nach: Glas."
    assert not isinstance(say("person.ask", name="<b>", what=""), Markup)
    made = say("person.ask", name=Markup("<b>Maya</b>"), what="<i>")
    assert (made, type(made)) == ("Fragen Sie <b>Maya</b> nach: &lt;i&gt;.", Markup)


@pytest.mark.parametrize(
    ("language", "count", "shown"),
    [
        ("en", 1, "1 comment"),
        ("en", 1200, "1,200 comments"),
        ("de", 1200, "1.200 Kommentare"),
        ("ja", 1, "コメント1件"),
        ("ar", 1, "تعليق واحد"),
        ("ar", 2, "تعليقان"),
        ("ar", 5, "5 تعليقات"),
        ("ar", 12, "12 تعليقًا"),
        ("ar", 100, "100 تعليق"),
    ],
)
def test_a_counted_phrase_takes_the_form_of_its_number(language, count, shown):
    """As CLDR says: Arabic has five."""
    assert shown == said(language)["say_count"]("comments.number", count)


def test_a_script_gets_every_form():
    """It counts by itself, with the browser's own rules."""
    assert said("en")["say_forms"]("follow.chosen") == [("one", "{} chosen"), ("other", "{} chosen")]


@pytest.mark.parametrize(
    ("key", "places", "message"),
    [
        ("post.updatd", {}, 'there is no phrase "post.updatd": did you mean "post.updated"?'),
        ("person.ask", {"name": "Maya"}, 'the phrase "person.ask" needs what'),
    ],
)
def test_a_template_that_asks_wrongly_is_told_so(key, places, message):
    """A key that nobody has, a place that nobody fills."""
    with pytest.raises(LookupError) as wrong:
        said("en")["say"](key, **places)

    assert message == str(wrong.value)
