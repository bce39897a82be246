"""What a theme says instead of our phrases: single ones, a language of its own, and what is wrong with a file."""

from __future__ import annotations

import pytest

from newsroom import language
from newsroom.render.locales import read

FILE = "themes/house/locales/de.toml"
CHILD = {"themes/house/theme.toml": 'name = "House"\nextends = "default"\n'}
MAYA = {"content/people/maya.md": "---\nname: Maya Okafor\nrole: Optics\n---\n"}


@pytest.fixture(autouse=True)
def own_words():
    """Leave the process as it was: one theme is at work in it at a time."""
    yield
    language.speak({})


def wrong(text, name="locales/de.toml"):
    """The problems of a locale file, as (line, message, hint) each."""
    problems = read(text.encode(), name, FILE)[2]
    return [(problem.location.line, problem.message, problem.hint) for problem in problems]


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ('[post]\nupdatd = "x"', 2, 'there is no phrase "post.updatd"', 'did you mean "post.updated"?'),
        ('[pots]\nupdated = "x"', 2, 'there is no phrase "pots.updated"', 'did you mean "post.updated"?'),
        ('post = "x"', 1, 'there is no phrase "post"', "All phrases stand in newsroom/locales/en.toml"),
        ('[post]\nupdated = "am {day}"', 2, 'nothing fills "{day}" in "post.updated"', "It has {date}."),
        ('[post]\ncontents = "{name}"', 2, 'nothing fills "{name}" in "post.contents"', "it has no places"),
        ('[post]\nupdated = "am {date"', 2, '"post.updated" has a brace that does not close', "write {name}"),
        ("[post]\nupdated = 3", 2, '"post.updated" must be a text in quotes', "as newsroom/locales/en.toml does"),
        ('[post]\nminutes = "{count}"', 2, '"post.minutes" must be a table of forms', "as newsroom/locales/en.toml"),
        ('[post]\nminutes = { one = "1" }', 2, '"post.minutes" has no form "other"', "every language has that one"),
        ('[dates]\nmonths = ["Jänner"]', 2, '"dates.months" must be 12 texts', "as newsroom/locales/en.toml does"),
        ('[post]\n\nupdated = "am', 3, "", ""),
    ],
)
def test_what_is_wrong_with_a_phrase_is_told_at_its_line(text, line, message, hint):
    """With the next step."""
    [(at, said, next_step)] = wrong(text)

    assert (line, True, True) == (at, message in said, hint in next_step), (said, next_step)


def test_a_file_is_called_by_its_language():
    """A region has no phrases of its own."""
    [(_, message, hint)] = wrong("", "locales/de-AT.toml")

    assert (message, hint) == ("is called like no language", "call it by the language alone: locales/de.toml")


def test_a_theme_may_say_less_and_have_words_of_its_own():
    """English pronouns may be left for a name; the table [theme] is for the theme's own templates."""
    text = '[absence]\naway_others = "{name}: {others}"\n[theme]\nhello = "Hallo {who}"\n[lists]\nand_soft = "{first} & {last}"'
    tag, phrases, problems = read(text.encode(), "locales/de.toml", FILE)

    assert (tag, problems) == ("de", [])
    assert phrases["theme.hello"] == "Hallo {who}"


def test_a_child_theme_overrides_single_phrases_and_an_incremental_build_says_them(make_site):
    """Everywhere: in templates, menus, feeds and sentences; the rest stays as it was."""
    site = make_site({**CHILD, **MAYA}, language="de", theme={"name": "house"})
    site.build()
    before = site.read("people/index.html")
    assert "<h1>Die Menschen</h1>" in before

    site.write(FILE, '[people]\ntitle = "Wir alle"\n[menu]\npeople = "Wir"\n[channel]\nposts_by = "Alles von {name}"\n')
    report = site.build()
    assert not report.problems
    page = site.read("people/index.html")
    assert "<h1>Wir alle</h1>" in page and ">Wir</a>" in page and "Noch hat sich" not in page
    assert "Alles von Maya Okafor" in site.read("people/maya/feed.xml")

    changed = site.outputs()
    for folder in ("public", ".newsroom"):
        site.remove(folder)
    site.build()
    assert changed == site.outputs()

    site.write(FILE, '[people]\ntitel = "Wir"\n')
    [problem] = site.build().problems
    assert (problem.location.path, problem.location.line) == (FILE, 2)
    assert 'did you mean "people.title"?' in problem.hint


def test_a_theme_may_bring_a_language_of_its_own(make_site):
    """What its file lacks is said in English; dates and names of languages are those of CLDR."""
    files = {
        **CHILD, **MAYA,
        "themes/house/locales/fi.toml": '[people]\ntitle = "Ihmiset"\n',
        "content/posts/a.md": "---\ntitle: A\ndate: 2026-11-02T09:00:00Z\nauthors: [maya]\n---\n",
    }  # fmt: skip
    site = make_site(files, language="fi", theme={"name": "house"})
    report = site.build()

    assert not report.problems
    assert "<h1>Ihmiset</h1>" in site.read("people/index.html")
    assert "2. marraskuuta 2026" in site.read("posts/index.html")
    assert "All posts" in site.read("posts/index.html")
