"""Pages from templates: escaped, the same whatever was rendered before, and mistakes told at their line."""

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from newsroom.errors import NewsroomError, text
from newsroom.render import templates
from newsroom.render.templates import environment, render
from newsroom.views import Face, Link


class Theme:
    """Templates by their names, in one environment: theme(a="...")("a", x=1) is a page."""

    def __init__(self, folder, templates):
        self.texts = {f"{name}.html": (f"themes/mine/templates/{name}.html", text) for name, text in templates.items()}
        self.calls = []
        filters = {"shout": str.upper, "seen": self.seen}
        self.environment = environment(self.texts, filters, {"href": lambda path: f"/base{path}"}, folder)

    def __call__(self, name, **context):
        return render(self.environment, self.texts, f"{name}.html", "index.html", context)

    def seen(self, value):
        """A filter that leaves a value as it is and notes that it was asked."""
        self.calls.append(value)
        return value


@pytest.fixture
def theme(tmp_path):
    return lambda **templates: Theme(tmp_path / "templates", templates)


def told(call, *arguments, **named):
    """What is wrong, as a person reads it."""
    with pytest.raises(NewsroomError) as error:
        call(*arguments, **named)
    return [text(problem) for problem in error.value.problems]


def face(name):
    return Face(name, name, name, "", "", "", None, f"/{name}", f"/{name}", "active", "", 0, name)


def test_a_page_is_its_template_with_a_context(theme):
    """Text is escaped, filters and functions are there, and a block's line breaks leave no holes."""
    made = theme(a="<p>{{ words }}\n{% if true %}\n{{ words|shout }} {{ href('/x') }}\n{% endif %}\n")

    assert made("a", words="<b>") == "<p>&lt;b&gt;\n&lt;B&gt; /base/x\n"


SHOWN = ["", "a", "<", ">", "&", "'", '"', "a<b", Markup("<b>"), 1, True, None, 1.5, ["<"], {"'": "&"}, ("a",)]


@pytest.mark.parametrize("value", SHOWN, ids=repr)
def test_what_a_template_shows_is_escaped_as_markupsafe_does(theme, value):
    """Whether anything in it needs it or not; markup stays markup."""
    assert theme(a="{{ value }}")("a", value=value) == escape(value)


def test_compiled_templates_are_kept_between_builds_and_never_trusted_blindly(theme, tmp_path):
    """Damage to them is damage to a cache: the page is the same."""
    assert theme(a="{{ x }} damaged")("a", x=1) == "1 damaged"
    kept = list((tmp_path / "templates").iterdir())
    assert kept
    for file in kept:
        file.write_bytes(file.read_bytes()[:-3] + b"abc")
    templates.COMPILED.clear()

    assert theme(a="{{ x }} damaged")("a", x=2) == "2 damaged"


def test_the_next_process_finds_templates_compiled(theme, monkeypatch):
    """And this one has them at hand, for every site."""
    assert theme(a="{{ x }} kept")("a", x=1) == "1 kept"
    monkeypatch.setattr(jinja2.Environment, "compile", None)

    assert theme(a="{{ x }} kept")("a", x=2) == "2 kept"
    templates.COMPILED.clear()
    assert theme(a="{{ x }} kept")("a", x=3) == "3 kept"


def test_a_template_is_compiled_for_no_site_alone(tmp_path):
    """What a filter makes of words in a template is worked out for each page: another site's filter makes others."""

    def shown(filter):
        texts = {
            "a.html": ("themes/mine/templates/a.html", "{{ 'Word'|say }}{{ 'Word'|upper }}{% set a = 'x'|say %}{{ a }}")
        }
        return render(environment(texts, {"say": filter}, {}, tmp_path), texts, "a.html", "index.html", {})

    assert shown(str.lower) == "wordWORDx"
    assert shown(str.swapcase) == "wORDWORDX"


def test_a_server_keeps_no_more_templates_than_it_may(theme, monkeypatch):
    """Each edit of a theme is a template of its own."""
    monkeypatch.setattr(templates, "AT_HAND", 3)
    for n in range(9):
        assert theme(a=f"{n}")("a") == f"{n}"

        assert 1 <= len(templates.COMPILED) <= 3


# ── what is remembered ───────────────────────────────────────────────────────────────────────────────────────────────

MACROS = "{% macro name(person, more='') %}{{ person.name|seen }}{{ more }}{% endmacro %}{% macro shown(x) %}{{ x|seen }}{% endmacro %}"


def test_a_macro_is_called_once_for_the_same_people(theme):
    """On however many pages they stand, alone or in company."""
    made = theme(macros=MACROS, a="{% import 'macros.html' as m %}{{ m.name(person) }}{{ m.shown(people) }}")
    maya, jonas = face("maya"), face("jonas")
    pages = [made("a", person=maya, people=people) for people in ((maya, jonas), (maya, jonas), (jonas,))]

    assert [page.count("maya") > 1 for page in pages] == [True, True, False]
    assert made.calls == ["maya", (maya, jonas), (jonas,)]


VALUES = [1, True, 1.0, "1", Markup("1"), "<b>", Markup("<b>"), 0, False, "", None, (), (1,), (True,), ("<b>",), (Markup("<b>"),), [1], {"a": 1},
          Link("a", "b"), Link(Markup("a"), "b"), ("a", "b", ""), face("<maya>")]  # fmt: skip


@given(st.permutations(VALUES))
def test_no_page_depends_on_what_was_rendered_before_it(tmp_path_factory, values):
    """Values that are equal and not the same are shown as what they are."""
    folder = tmp_path_factory.getbasetemp() / "templates"
    texts = {"macros": MACROS, "a": "{% import 'macros.html' as m %}{{ m.shown(x) }}{{ m.shown((x, x)) }}"}
    made = Theme(folder, texts)

    assert [made("a", x=value) for value in values] == [Theme(folder, texts)("a", x=value) for value in values]


def test_what_may_change_is_shown_as_it_is_now(theme):
    """A list or a table is no value."""
    made = theme(
        macros=MACROS, a="{% import 'macros.html' as m %}{{ m.shown(x) }}{% set _ = x.append(2) %}{{ m.shown(x) }}"
    )

    assert made("a", x=[1]) == "[1][1, 2]"


@pytest.mark.parametrize(
    "template",
    [
        "{% import 'macros.html' as m with context %}{{ m.mine(person) }}",
        "{% from 'macros.html' import mine with context %}{{ mine(person) }}",
        "{% macro mine(person) %}{{ person.name }} {{ page }}{% endmacro %}{{ mine(person) }}",
        "{% import 'called.html' as m %}{% call m.around(person) %}{{ page }}{% endcall %}",
    ],
)
def test_a_macro_that_sees_its_page_shows_its_page(theme, template):
    """One that is imported with its importer's context, stands in the page, or asks its caller."""
    mine, around = (
        "{% macro mine(person) %}{{ person.name }} {{ page }}{% endmacro %}",
        "{{ person.name }} {{ caller() }}",
    )
    made = theme(a=template, macros=mine, called=f"{{% macro around(person) %}}{around}{{% endmacro %}}")
    maya = face("maya")

    assert [made("a", person=maya, page=page) for page in ("one", "two")] == ["maya one", "maya two"]


@pytest.mark.parametrize(
    "template",
    [
        "{% macro counted(person) %}{{ n.n }}{% endmacro %}{{ counted(person) }}{% set n.n = 2 %}{{ counted(person) }}",
        "{% import 'macros.html' as m with context %}{{ m.counted(person) }}{% set n.n = 2 %}{{ m.counted(person) }}",
    ],
)
def test_a_macro_that_sees_its_page_shows_it_as_it_is_by_then(theme, template):
    """The second time on one page, too."""
    made = theme(
        a=f"{{% set n = namespace(n=1) %}}{template}", macros="{% macro counted(person) %}{{ n.n }}{% endmacro %}"
    )

    assert made("a", person=face("maya")) == "12"


def test_nobody_is_taken_for_one_who_is_gone(theme):
    """In a process that renders one site after another, memory is used again."""
    made = theme(macros=MACROS, a="{% import 'macros.html' as m %}{{ m.name(person) }}")

    assert [made("a", person=face(str(n))) for n in range(99)] == [str(n) for n in range(99)]


def test_what_is_remembered_has_an_end(theme, monkeypatch):
    """A site of many people takes no more memory than one of some."""
    monkeypatch.setattr("newsroom.render.templates.REMEMBERED", 3)
    made = theme(macros=MACROS, a="{% import 'macros.html' as m %}{{ m.name(person) }}")
    people = [face(str(n)) for n in range(9)]

    assert [made("a", person=person) for person in people] == [person.name for person in people]
    assert len(made.environment.results) <= 3


# ── mistakes ─────────────────────────────────────────────────────────────────────────────────────────────────────────

MISTAKES = {
    "\n  {{ nope }}": ("a.html:2:3: the template fails for index.html: 'nope' is undefined", "  {{ nope }}"),
    "{{ {}.nope }}": (
        "a.html:1:1: the template fails for index.html: 'dict object' has no attribute 'nope'",
        "{{ {}.nope }}",
    ),
    "{% if %}": (
        "a.html:1:1: the template fails for index.html: Expected an expression, got 'end of statement block'",
        "{% if %}",
    ),
    "{{ 1 / 0 }}": ("a.html:1:1: the template fails for index.html: division by zero", "{{ 1 / 0 }}"),
    "\n{{ 'a'|nope }}": ("a.html:2:1: the template fails for index.html: No filter named 'nope'.", "{{ 'a'|nope }}"),
    "{{ ''.join(5) }}": (
        "a.html:1:1: the template fails for index.html: can only join an iterable",
        "{{ ''.join(5) }}",
    ),
    "{% import 'macros.html' as m %}{{ m.shown(1) }}": (
        "macros.html:3:1: the template fails for index.html: 'int object' has no attribute 'nope'",
        "{{ x.nope }}",
    ),
    "\n{% include 'b.html' %}": ("b.html:3:1: the template fails for index.html: 'nope' is undefined", "{{ nope }}"),
}


@pytest.mark.parametrize(("template", "message"), MISTAKES.items())
def test_a_mistake_in_a_template_is_told_at_its_line(theme, template, message):
    """In the file where it is, included or not; never a traceback."""
    macros = "\n{% macro shown(x) %}\n{{ x.nope }}\n{% endmacro %}"
    lines = told(theme(a=template, b="\n\n{{ nope }}", macros=macros), "a")[0].split("\n")

    assert (lines[0], lines[1].partition("| ")[2]) == (f"themes/mine/templates/{message[0]}", message[1])
    assert lines[-1] == "hint: what each template gets is listed in docs/themes.md"


def test_a_template_that_includes_one_that_is_not_there_is_told(theme):
    """With the place where it is wanted."""
    assert told(theme(a="\n{% include 'gone.html' %}"), "a")[0].split("\n")[0] == (
        'themes/mine/templates/a.html:2:1: the template fails for index.html: there is no template "gone.html"'
    )
