"""Hours of a week: what writers put, as data, and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.language import LANGUAGES
from newsroom.week import Row, clock, credible, held, in_words, read

WORK = ((600, 960),)


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        ("Mon-Fri 10:00-16:00", (Row(((0, 4),), WORK),)),
        ("Monday to Friday, 10–16", (Row(((0, 4),), WORK),)),
        ("mon-fri 10am-4pm", (Row(((0, 4),), WORK),)),
        ("weekdays 10:00-16:00", (Row(((0, 4),), WORK),)),
        ("Mon-Fri", (Row(((0, 4),), ()),)),
        ("Tue, Thu 9-12", (Row(((1, 1), (3, 3)), ((540, 720),)),)),
        ("Tuesdays and Thursdays 9:30–12:00; Fri. 9-10", (Row(((1, 1), (3, 3)), ((570, 720),)), Row(((4, 4),), ((540, 600),)))),
        ("Mon-Thu 10:00-16:00, Fri 10:00-12:00", (Row(((0, 3),), WORK), Row(((4, 4),), ((600, 720),)))),
        ("Mon-Fri 9-12, 14-17", (Row(((0, 4),), ((540, 720), (840, 1020))),)),
        ("daily 0:00-24:00", (Row(((0, 6),), ((0, 1440),)),)),
        ("Sat & Sun 22:00-2:00", (Row(((5, 5), (6, 6)), ((1320, 120),)),)),
        ("Wednesday 12am-12pm", (Row(((2, 2),), ((0, 720),)),)),
    ],
)  # fmt: skip
def test_days_and_times_are_understood(written, rows):
    """However a writer abbreviates them, as long as they have one meaning."""
    assert read(written) == rows


@pytest.mark.parametrize(
    "written",
    ["", "mornings", "Mon-Fri mornings", "Mon-Fri 9-5pm", "Mon Tue 9-10", "Monday 25-26", "Mon 10:60-11:00", "10-16",
     "Mon 13pm-14pm", "Mon 9-9", "Mo-Fr 9-12", "Mon-Fri 10:00-16:00 or by chance", "Monkey 9-10", "Sunset 9-10", "weekdays-Sat 9-12",
     "Mon-weekdays 9-12", "Mon-", "9-12", "Mon 9", "Mon 9-12 Uhr"],
)  # fmt: skip
def test_what_has_no_one_meaning_stays_as_it_is_written(written):
    """In every language; `newsroom check` tells the writer."""
    assert read(written) is None
    assert {in_words(f" {written} ", language) for language in LANGUAGES} == {written}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Tuesday and Thursday 09:00–12:00, Monday to Friday 14:00–16:00"),
        ("de", "Dienstag und Donnerstag 09:00–12:00 Uhr, Montag bis Freitag 14:00–16:00 Uhr"),
        ("fr", "mardi et jeudi 09:00–12:00, du lundi au vendredi 14:00–16:00"),
        ("es", "martes y jueves 09:00–12:00, de lunes a viernes 14:00–16:00"),
        ("ja", "火曜日と木曜日 09:00〜12:00、月曜日から金曜日 14:00〜16:00"),
        ("ar", "الثلاثاء والخميس 09:00–12:00، من الاثنين إلى الجمعة 14:00–16:00"),
    ],
)
def test_a_week_is_said_in_each_language(language, said):
    """Days and their order of words; times on a clock of 24 hours."""
    assert in_words("Tue, Thu 9-12; Mon-Fri 14:00-16:00", language) == said


@pytest.mark.parametrize(
    ("slot", "said"),
    [
        (((1,),), ("Tuesdays", "dienstags", "le mardi", "los martes", "毎週火曜日", "أيام الثلاثاء")),
        (((0, 3),), ("Mondays and Thursdays", "montags und donnerstags", "le lundi et le jeudi", "los lunes y los jueves",
                     "毎週月曜日と毎週木曜日", "أيام الاثنين وأيام الخميس")),
        (((0, 1, 2, 3, 4),), ("Monday to Friday", "Montag bis Freitag", "du lundi au vendredi", "de lunes a viernes",
                              "月曜日から金曜日", "من الاثنين إلى الجمعة")),
        ((tuple(range(7)),), ("every day", "täglich", "tous les jours", "todos los días", "毎日", "يوميًا")),
        (((4,), 2), ("Every other Friday", "alle zwei Wochen am Freitag", "un vendredi sur deux", "un viernes de cada dos",
                     "隔週金曜日", "يوم الجمعة كل أسبوعين")),
        (((0,), 1, 1), ("First Monday of the month", "jeden ersten Montag im Monat", "le premier lundi du mois",
                        "el primer lunes de cada mes", "毎月第1月曜日", "يوم الاثنين الأول من كل شهر")),
        (((6,), 1, -1), ("Last Sunday of the month", "jeden letzten Sonntag im Monat", "le dernier dimanche du mois",
                         "el último domingo de cada mes", "毎月最終日曜日", "يوم الأحد الأخير من كل شهر")),
    ],
)  # fmt: skip
def test_the_days_of_office_hours_are_said_in_each_language(slot, said):
    """Every week, every other, or once a month."""
    assert tuple(held(*slot, language=language) for language in LANGUAGES) == said


def test_all_day_is_said_without_a_clock():
    """It says no more than the day."""
    assert in_words("Mon 0:00-24:00; Sat 9-12") == "Monday, Saturday 09:00–12:00"


def test_hours_that_cannot_be_are_not_believed():
    """A night shift is; sixteen hours past midnight, and a clock of 26 hours, are not."""
    assert all(map(credible, ("Mon-Fri 10:00-16:00", "Sat 22:00-2:00", "mornings", "Mon", "daily 0:00-24:00")))
    assert not any(map(credible, ("Mon-Fri 16:00-10:00", "Mon 25:00-26:00", "Mon-Fri 9-5", "Mon 10:75-11:00")))


def test_a_clock_has_two_digits():
    """And only a beginning where nobody says how long."""
    assert clock(545, None) == "09:05"
    assert clock(545, 600, "de") == "09:05–10:00 Uhr"


@given(st.text(max_size=40), st.sampled_from(LANGUAGES))
def test_any_words_at_all_are_read_or_left(text, language):
    """Nothing a person can write stops a build."""
    said = in_words(text, language)

    assert read(text) is not None or said == text.strip()
