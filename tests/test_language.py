"""Locale files: each has every phrase, with the same places; CLDR, as babel gives it, judges names and plurals."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from string import Formatter

import pytest
from babel import Locale

from newsroom.language import (
    FOLDER,
    LANGUAGES,
    PLURALS,
    joined,
    language_name,
    language_names,
    phrases,
    place_name,
    plural,
    say,
    spoken,
)

OTHERS = LANGUAGES[1:]
OWN = ("pronouns.", "lists.or_", "lists.and_")
"""What only some languages have."""
PRONOUNS = {"she", "her", "his"}


def places(phrase):
    """The named places of a phrase; English pronouns are the name elsewhere."""
    found = {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}
    return {"name" if name in PRONOUNS else name for name in found}


def shared(language):
    return {key: value for key, value in phrases(language).items() if not key.startswith(OWN)}


def test_every_file_belongs_to_a_language():
    """And every language has one."""
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_phrase_with_the_same_places(language):
    """A phrase that lacks a place would leave somebody unnamed; one too many would stop a build."""
    english, theirs = shared("en"), shared(language)

    assert theirs.keys() == english.keys()
    for key, phrase in english.items():
        if isinstance(phrase, str):
            assert places(theirs[key]) == places(phrase), key
        elif isinstance(phrase, list) and key != "spans.numbers":
            assert len(theirs[key]) == len(phrase), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_is_clean_text(language):
    """No markup, no space at an end, no two side by side, no quotes that a keyboard makes."""
    for key, value in shared(language).items():
        said = [value] if isinstance(value, str) else value if isinstance(value, list) else value.values()
        for phrase in said:
            assert phrase == phrase.strip() and phrase or key in ("lists.comma", "lists.between"), key
            assert not re.search(r"[<>&\"']|\s\s", phrase), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_ends_like_one(language):
    """Those of the promise and of absences are whole; `not_for_ended` ends as its writer ended."""
    ends = "。" if language == "ja" else "."
    whole = {key for key in shared(language) if key.startswith(("promise.", "absence."))}
    silent = {"promise.not_for_ended"}

    assert {key for key in whole if not phrases(language)[key].endswith(ends)} == silent
    assert not [key for key in phrases(language) if key.startswith("block.unreachable") and not phrases(language)[key].endswith(ends)]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_days_and_languages_are_called_as_in_cldr(language):
    """What stands in our files because it is quicker is the same there."""
    locale, words = Locale.parse(language), phrases(language)
    days = locale.days["format"]["wide"]

    assert words["dates.months"] == list(locale.months["format"]["wide"].values())
    assert words["hours.days"] == [days[n] for n in range(7)]
    named = {key.partition(".")[2]: name for key, name in words.items() if key.startswith("languages.")}
    assert len(named) > 30 and "nb" in named
    for code, name in named.items():
        assert name == locale.languages["no" if code == "nb" else code], code


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_take_the_form_that_cldr_gives_them(language):
    """Every category that a number up to 999 has, has a form in each counted word."""
    rule = Locale.parse(language).plural_form
    used = {plural(language, n) for n in range(1, 1000)}

    assert [n for n in range(1, 1000) if plural(language, n) != rule(n)] == []
    for key, forms in shared(language).items():
        if isinstance(forms, dict):
            assert used <= forms.keys() <= used | {"a"}, key
            assert forms.keys() - {"one", "two", "a"} == {k for k, form in forms.items() if "{count}" in form} - {"one"}


def test_only_languages_with_phrases_have_rules():
    """A rule for another would never be asked."""
    assert set(PLURALS) <= set(LANGUAGES)


@pytest.mark.parametrize(
    ("tag", "language"),
    [("de", "de"), ("de-AT", "de"), ("DE", "de"), ("fi", "en"), ("", "en"), ("zh-Hant", "en"), ("ar-EG", "ar"), ("den", "en")],
)  # fmt: skip
def test_a_language_without_phrases_gets_english(tag, language):
    """The region does not matter."""
    assert spoken(tag) == language
    assert say(tag, "ways.call", name="Maya") == say(language, "ways.call", name="Maya")


@pytest.mark.parametrize(
    ("language", "kind", "names", "said"),
    [
        ("en", "or", ["Maya"], "Maya"),
        ("en", "or", ["Maya", "Jonas", "Lena"], "Maya, Jonas or Lena"),
        ("de", "and", ["Maya", "Jonas", "Lena"], "Maya, Jonas und Lena"),
        ("fr", "or", ["Maya", "Jonas"], "Maya ou Jonas"),
        ("es", "or", ["Maya", "Jonas"], "Maya o Jonas"),
        ("es", "or", ["Maya", "Olga"], "Maya u Olga"),
        ("es", "or", ["Maya", "Horacio"], "Maya u Horacio"),
        ("es", "and", ["Maya", "Inés"], "Maya e Inés"),
        ("es", "and", ["Maya", "Hilda"], "Maya e Hilda"),
        ("ja", "or", ["Maya", "Jonas", "Lena"], "Maya、JonasまたはLena"),
        ("ar", "and", ["مايا", "لينا"], "مايا ولينا"),
    ],
)
def test_a_list_is_joined_as_the_language_does(language, kind, names, said):
    """Spanish changes its word before the same sound."""
    assert joined(language, kind, names) == said


@pytest.mark.parametrize(
    ("tags", "language", "said"),
    [
        (["en", "fi"], "en", "English and Finnish"),
        (["en", "fi", "en"], "de", "Englisch und Finnisch"),
        (["pt-BR"], "en", "Brazilian Portuguese"),
        (["zh-hant"], "fr", "chinois traditionnel"),
        (["de-CH"], "en", "Swiss High German"),
        (["en-ZA"], "en", "English"),
        (["yo"], "en", "Yoruba"),
        (["tlh"], "de", "Klingonisch"),
        (["qqx"], "en", "qqx"),
        ([], "en", ""),
    ],
)
def test_a_language_is_named_in_another(tags, language, said):
    """Each once; one that nobody knows by its tag."""
    assert language_names(tags, language) == said


def test_a_place_is_named_as_the_language_writes_it():
    """English takes it from the zone's own name."""
    assert place_name("Europe/Moscow") == "Moscow"
    assert place_name("Europe/Moscow", "de") == "Moskau"
    assert place_name("Europe/Berlin", "ja") == "ベルリン"
    assert place_name("Asia/Kathmandu", "fr") == "Katmandou"  # CLDR knows it by an older name
    assert place_name("America/New_York", "ar") == "نيويورك"
    assert place_name("America/Argentina/Buenos_Aires", "de") == "Buenos Aires"


def test_common_names_do_not_wait_for_babel():
    """It takes 85 ms: only rare languages, and places in other languages than English, are worth it."""
    code = (
        "import sys; from newsroom.language import language_names, place_name; from newsroom.dates import in_words;"
        "language_names(['en', 'fi', 'zh'], 'de'); language_names(['en', 'fi']); place_name('Europe/Berlin');"
        "in_words('2027-01-03', 'ja'); print('babel' in sys.modules); language_name = language_names(['yo']);"
        "print('babel' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert told == ["False", "True"]


def test_a_language_is_called_by_its_own_name_where_only_the_region_is_unknown():
    """`en-XX` is English."""
    assert language_name("en-XX", "fr") == "anglais"


TEMPLATES = sorted((FOLDER.parent.parent / "themes/default/templates").glob("*.html"))
SHOWN = r'(?:alt|title|aria-label|placeholder|aria-description)="([^"]*)"'
"""Attributes that readers see or hear."""


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_says_nothing_of_its_own(template):
    """Every word comes from the locales: no letter stands outside of what jinja and HTML make of it."""
    text = re.sub(r"{#.*?#}", "", template.read_text("utf-8"), flags=re.S)
    asked = re.findall(r"""(?:say|say_count|say_forms)\("([\w.]+)"[,)]""", text)
    told = re.findall(r"""{[{%][^}]*?"([A-Z][a-z]+(?: [^"]*)?)"[^}]*?[%}]}""", re.sub(r"font-family: [^;]*;", "", text))
    bare = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.S)
    seen = [*re.findall(SHOWN, bare), re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]*>", "", bare, flags=re.S)]

    assert [key for key in asked if key not in phrases("en")] == []
    assert [words for words in told if not words.startswith("T0")] == []
    words = [word for part in seen for word in re.findall(r"[^\W\d_]{2,}", re.sub(r'[\w-]+=""', "", unescape(part)))]
    assert words == []
