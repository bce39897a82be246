"""Themes: which file counts, and what a theme offers."""

import pytest

from newsroom.errors import NewsroomError, text
from newsroom.render.theme import load


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
        "mine", {"static/look/mark.svg": "c", "static/root/.well-known/x": "x", "static/root/favicon.ico": "x"}
    )
    theme = load(root, "mine", {})
    name = theme.output("look/mark.svg")

    assert (
        name.startswith("assets/look/mark.")
        and name.endswith(".svg")
        and len(name) == len("assets/look/mark.12345678.svg")
    )
    assert theme.assets("/base")["look/mark.svg"] == f"/base/{name}"
    assert {theme.output(path) for path in theme.static} == {name, ".well-known/x", "favicon.ico"}
    write("mine", {"static/look/mark.svg": "d"})
    assert load(root, "mine", {}).output("look/mark.svg") != name


def test_a_theme_has_one_style_sheet(write):
    """Joined from css/: the base, the others by name, then those of the theme that extends it; one with a parent's name
    takes its place."""
    base = {
        "css/base.css": "1",
        "css/ask.css": "2",
        "css/press.css": "3",
        "feed.css": "apart",
        "css/fonts/a.woff2": "f",
    }
    write("base", {f"static/{name}": text for name, text in base.items()})
    root = write("mine", {"static/css/press.css": "4", "static/css/a.css": "5"}, 'extends = "base"')
    parent, theme = load(root, "base", {}), load(root, "mine", {})

    assert (parent.styles, theme.styles) == (("1", "2", "3"), ("1", "2", "4", "5"))
    assert set(theme.static) == {"style.css", "feed.css", "css/fonts/a.woff2"}
    assert theme.output("style.css") != parent.output("style.css")


def test_a_style_sheet_beside_the_parts_is_a_whole_look(write):
    """Nothing of the parent's remains; a theme without parts has its file as it is."""
    write("base", {"static/css/base.css": "1"})
    write("other", {"static/style.css": "2"}, 'extends = "base"')
    root = write("mine", {"static/css/a.css": "3"}, 'extends = "other"')

    assert load(root, "other", {}).styles == ()
    assert load(root, "other", {}).static["style.css"][0].endswith("themes/other/static/style.css")
    assert load(root, "mine", {}).styles == ("2", "3")


def test_the_own_sheet_of_an_older_theme_is_not_passed_over(write):
    """It says where such rules stand now; a theme whose templates ask for a file of that name may have it."""
    write("base", {"static/css/base.css": "1", "templates/base.html": ""})
    root = write("mine", {"static/custom.css": "2"}, 'extends = "base"')

    assert [text(problem) for problem in load(root, "mine", {}).problems] == [
        "themes/mine/static/custom.css: no page loads this style sheet any more\n"
        "hint: move it to themes/mine/static/css/custom.css: what stands there comes after the parent's"
    ]
    write("mine", {"templates/base.html": '{{ site.assets["custom.css"] }}'}, 'extends = "base"')
    assert load(root, "mine", {}).problems == ()


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
     'hint: did you mean "extends"? A theme.toml has these keys: name, description, extends, grounds, options; what a theme offers stands under [options].'),
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


def test_an_option_is_of_the_kind_that_the_theme_says(write):
    """A list where the theme has a text would stand in a page as Python writes it."""
    root = write("mine", {"theme.toml": '[options]\naccent = ""\n', "templates/a.html": ""})

    assert load(root, "mine", {"accent": "plum"}).problems == ()
    (problem,) = load(root, "mine", {"accent": ["plum"]}).problems
    assert problem.message == "the theme option accent must be a text in quotes"


def test_a_themes_digests_are_of_its_templates_and_all_they_reach(write):
    """The child's templates as its pages find them."""
    write("base", {"templates/a.html": "{% include 'b.html' %}", "templates/b.html": "1", "templates/c.html": "1"})
    root = write("mine", {"templates/b.html": "2"}, 'extends = "base"')
    base, mine = load(root, "base", {}).digests, load(root, "mine", {}).digests

    assert base["a.html"] != mine["a.html"]
    assert base["c.html"] == mine["c.html"]
