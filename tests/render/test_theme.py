"""Themes: which file counts, what a template is made of, and mistakes told at their line."""

import pytest

from newsroom.errors import NewsroomError, text
from newsroom.render.theme import environment, load, render


@pytest.fixture
def write(tmp_path):
    """Write files of a theme: write("mine", {"templates/a.html": "..."}, 'extends = "default"')."""

    def write(name, files, settings=""):
        for path, words in {"theme.toml": settings, **files}.items():
            file = tmp_path / "themes" / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(words if isinstance(words, bytes) else words.encode())
        return tmp_path

    return write


def told(call, *arguments):
    """What is wrong, as a person reads it."""
    with pytest.raises(NewsroomError) as error:
        call(*arguments)
    return [text(problem) for problem in error.value.problems]


def shown(root, theme, name, output="index.html", **context):
    """A template's page."""
    made = environment(theme, {"shout": str.upper}, {"href": lambda path: f"/base{path}"}, root / ".newsroom/templates")
    return render(made, theme, name, output, context)


def test_a_theme_is_its_templates_static_files_and_options(write):
    """Files elsewhere in its folder are its author's own business."""
    root = write("mine", {"templates/a.html": "A", "templates/embeds/b.html": "B", "static/style.css": "c", "README.md": "x", "templates/.hidden.html": ""},
                 '[options]\naccent = "plum"\n')  # fmt: skip
    theme = load(root, "mine", {"accent": "moss"})

    assert theme.templates == {
        "a.html": ("themes/mine/templates/a.html", "A"),
        "embeds/b.html": ("themes/mine/templates/embeds/b.html", "B"),
    }
    assert list(theme.static) == ["style.css"]
    assert (theme.options, theme.problems) == ({"accent": "moss"}, ())


def test_the_default_theme_ships_with_newsroom(tmp_path):
    """A site without themes/ has it."""
    theme = load(tmp_path, "default", {})

    assert {"home.html", "post.html", "person.html", "listing.html"} <= set(theme.templates)
    assert theme.templates["home.html"][0] == "newsroom/themes/default/templates/home.html"
    assert theme.problems == ()


def test_a_theme_that_extends_another_replaces_single_files(write):
    """The child's where it has one, the parent's else; options are joined."""
    write(
        "base",
        {"templates/a.html": "base a", "templates/b.html": "base b", "static/x.css": "1"},
        "[options]\none = 1\ntwo = 1\n",
    )
    root = write("mine", {"templates/a.html": "my a"}, 'extends = "base"\n[options]\ntwo = 2\n')
    theme = load(root, "mine", {})

    assert [theme.templates[name][1] for name in ("a.html", "b.html")] == ["my a", "base b"]
    assert (set(theme.static), theme.options) == ({"x.css"}, {"one": 1, "two": 2})


def test_a_sites_own_theme_of_that_name_counts(write):
    """`default` can be taken over whole."""
    assert set(load(write("default", {"templates/a.html": ""}), "default", {}).templates) == {"a.html"}


def test_a_static_file_has_its_digest_in_its_name(write):
    """So that browsers may keep it for ever; what stands in root/ keeps its name, hidden files among them."""
    root = write(
        "mine", {"static/css/style.css": "c", "static/root/.well-known/x": "x", "static/root/favicon.ico": "x"}
    )
    theme = load(root, "mine", {})
    name = theme.output("css/style.css")

    assert (
        name.startswith("assets/css/style.")
        and name.endswith(".css")
        and len(name) == len("assets/css/style.12345678.css")
    )
    assert theme.assets("/base")["css/style.css"] == f"/base/{name}"
    assert {theme.output(path) for path in theme.static} == {name, ".well-known/x", "favicon.ico"}
    write("mine", {"static/css/style.css": "d"})
    assert load(root, "mine", {}).output("css/style.css") != name


WRONG = [
    ({}, "other", 'site.toml: there is no theme "other"\nhint: Themes stand in themes/.'),
    ({}, "../mine", 'site.toml: there is no theme "../mine"\nhint: did you mean "mine"? Themes stand in themes/.'),
    ({}, "defualt", 'site.toml: there is no theme "defualt"\nhint: did you mean "default"? Themes stand in themes/.'),
    ({"theme.toml": 'extends = "gone"'}, "mine", 'themes/mine/theme.toml:1:1: there is no theme "gone"\nhint: Themes stand in themes/.'),
    ({"theme.toml": 'extends = "mine"'}, "mine",
     "themes/mine/theme.toml:1:1: themes extend each other: mine -> mine\nhint: let the last of them extend default, or nothing"),
    ({"theme.toml": "extends = 5"}, "mine",
     'themes/mine/theme.toml:1:1: extends must be a text, options a table\nhint: write extends = "default" and a table [options]'),
    ({"theme.toml": 'extend = "default"'}, "mine",
     'themes/mine/theme.toml:1:1: unknown setting "extend"\n    1 | extend = "default"\n      | ^^^^^^\n'
     'hint: did you mean "extends"? A theme.toml has these keys: name, description, extends, options; what a theme offers stands under [options].'),
    ({"theme.toml": "a\nextends"}, "mine",
     "themes/mine/theme.toml:1:2: expected '=' after a key in a key/value pair\n    1 | a\n      |  ^\nhint: texts need quotes, lists [brackets]; see https://toml.io"),
]  # fmt: skip


@pytest.mark.parametrize(("files", "name", "message"), WRONG)
def test_a_theme_that_cannot_be_is_told(write, files, name, message):
    """A name is a folder of themes/ and no path; a chain ends."""
    root = write("mine", {"templates/a.html": "", **files})

    assert told(load, root, name, {}) == [message]


def test_an_unknown_option_is_told_with_a_guess(write):
    """Options are those of the theme's own theme.toml."""
    root = write("mine", {}, "[options]\naccent = 1\n")

    assert [text(p) for p in load(root, "mine", {"acent": 2}).problems] == [
        'site.toml: unknown theme option "acent"\nhint: did you mean "accent"? The theme offers: accent.'
    ]


def test_nothing_is_read_from_outside_a_theme(write, tmp_path):
    """A link out of its folder is told, and not followed."""
    root = write("mine", {"static/a.css": "a"})
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/key.html").write_text("secret")
    (tmp_path / "themes/mine/templates").symlink_to(tmp_path / "secret")
    (tmp_path / "themes/mine/static/key.css").symlink_to(tmp_path / "secret/key.html")
    theme = load(root, "mine", {})

    assert (theme.templates, set(theme.static)) == ({}, {"a.css"})
    assert sorted(text(p) for p in theme.problems) == [
        f"themes/mine/{path}: is a link out of the theme's folder\nhint: copy it in: nothing is read from outside the theme"
        for path in ("static/key.css", "templates")
    ]


def test_a_template_in_another_encoding_is_told(write):
    """It could not be shown."""
    theme = load(write("mine", {"templates/a.html": b"\xff"}), "mine", {})

    assert [text(p) for p in theme.problems] == [
        "themes/mine/templates/a.html: is not UTF-8\nhint: save the file as UTF-8"
    ]


REACHES = [
    '{% include "b.html" %}', "{% include 'b.html' %}", "{%- include 'b.html' -%}", "{%+ include 'b.html' %}", "{%include'b.html'%}",
    '{% extends "b.html" %}', '{% import "b.html" as b %}', '{% from "b.html" import x with context %}', '{% include "b.html" ignore missing %}',
    '{% include "d.html" if x else "b.html" %}', '{% include ["d.html", "b.html"] %}', "{% include name %}", '{% include "b" ~ ".html" %}',
    '{%\n include\n "b.html"\n%}', '{% include "d.html" %}',
]  # fmt: skip


@pytest.mark.parametrize("reference", REACHES)
def test_a_template_is_made_of_everything_it_can_reach(write, reference):
    """However it is named; a name that is computed could be any."""
    files = {"templates/a.html": reference, "templates/b.html": "1", "templates/d.html": "{% include 'b.html' %}"}
    before = load(write("mine", files), "mine", {}).digests
    after = load(write("mine", {"templates/b.html": "2"}), "mine", {}).digests

    assert before["a.html"] != after["a.html"]


def test_a_template_is_not_made_of_what_it_cannot_reach(write):
    """Another template's change renders none of its pages again."""
    files = {
        "templates/a.html": '{% include "b.html" %}',
        "templates/b.html": "{% include 'a.html' %}",
        "templates/c.html": "1",
    }
    before = load(write("mine", files), "mine", {}).digests
    after = load(write("mine", {"templates/c.html": "2"}), "mine", {}).digests

    assert (before["a.html"], before["b.html"]) == (after["a.html"], after["b.html"])
    assert before["c.html"] != after["c.html"]


def test_a_page_is_its_template_with_a_context(write):
    """Text is escaped, filters and functions are there, and a block's line breaks leave no holes."""
    root = write(
        "mine", {"templates/a.html": "<p>{{ words }}\n{% if true %}\n{{ words|shout }} {{ href('/x') }}\n{% endif %}\n"}
    )

    assert shown(root, load(root, "mine", {}), "a.html", words="<b>") == "<p>&lt;b&gt;\n&lt;B&gt; /base/x\n"


def test_compiled_templates_are_kept_between_builds_and_never_trusted_blindly(write):
    """Damage to them is damage to a cache: the page is the same."""
    root = write("mine", {"templates/a.html": "{{ x }}"})
    theme = load(root, "mine", {})
    assert shown(root, theme, "a.html", x=1) == "1"
    kept = list((root / ".newsroom/templates").iterdir())
    assert kept
    for file in kept:
        file.write_bytes(file.read_bytes()[:-3] + b"abc")

    assert shown(root, theme, "a.html", x=2) == "2"


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
    "\n{% include 'b.html' %}": ("b.html:3:1: the template fails for index.html: 'nope' is undefined", "{{ nope }}"),
}


@pytest.mark.parametrize(("template", "message"), MISTAKES.items())
def test_a_mistake_in_a_template_is_told_at_its_line(write, template, message):
    """In the file where it is, included or not; never a traceback."""
    root = write("mine", {"templates/a.html": template, "templates/b.html": "\n\n{{ nope }}"})
    lines = told(shown, root, load(root, "mine", {}), "a.html")[0].split("\n")

    assert (lines[0], lines[1].partition("| ")[2]) == (f"themes/mine/templates/{message[0]}", message[1])
    assert lines[-1] == "hint: what each template gets is listed in docs/themes.md"


def test_a_template_that_includes_one_that_is_not_there_is_told(write):
    """With the place where it is wanted."""
    root = write("mine", {"templates/a.html": "\n{% include 'gone.html' %}"})

    assert told(shown, root, load(root, "mine", {}), "a.html")[0].split("\n")[0] == (
        'themes/mine/templates/a.html:2:1: the template fails for index.html: there is no template "gone.html"'
    )


def test_an_option_is_of_the_kind_that_the_theme_says(write):
    """A list where the theme has a text would stand in a page as Python writes it."""
    root = write("mine", {"theme.toml": '[options]\naccent = ""\n', "templates/a.html": ""})

    assert load(root, "mine", {"accent": "plum"}).problems == ()
    (problem,) = load(root, "mine", {"accent": ["plum"]}).problems
    assert problem.message == "the theme option accent must be a text in quotes"
