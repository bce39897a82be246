"""What a theme's options mean for its looks, from site.toml to the style sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsroom.errors import text
from newsroom.render import theme
from newsroom.render.contrast import colour, worst
from newsroom.render.looks import TYPES

ROOT = Path(__file__).parent.parent.parent
GROUNDS = {"light": ["#faf8f3", "#fffefb"], "dark": ["#161513", "#201e1b"]}


def sheet(root: Path, **options: object) -> str:
    """The style sheet of the default theme with these options; they must be right."""
    look = theme.load(root, "default", options)
    assert look.problems == ()
    return "\n".join(look.styles)


def shades(css: str) -> dict[str, str]:
    """Scheme -> the accent that counts there: the last one said."""
    dark = re.findall(r"prefers-color-scheme: dark\) \{ :root \{ --warm: (#\w+)", css)
    return {"light": re.findall(r"^:root \{ --warm: (#\w+)", css, re.MULTILINE)[-1], "dark": dark[-1]}


@pytest.mark.parametrize("accent", ["#1a6b3c", "#000", "#0000ff", "#b00020", "#7a1f3d", "#555555"])
def test_any_colour_that_can_be_read_is_an_accent(tmp_path, accent):
    """It stands in the sheet as it was written; in the dark a lighter shade that is comfortable to read."""
    found = shades(sheet(tmp_path, accent=accent))

    assert str(colour(accent)) == found["light"]
    for scheme, least in (("light", 4.5), ("dark", 7)):
        assert worst(colour(found[scheme]), [colour(ground) for ground in GROUNDS[scheme]])[0] >= least


def test_the_tint_of_an_accent_lets_it_be_read(tmp_path):
    """Even of one that only just can be read on paper."""
    rules = re.findall(r":root \{ --warm: (#\w+); --warm-tint: (#\w+); \}", sheet(tmp_path, accent="#8a6e00"))[:2]

    assert len(rules) == 2
    assert all(worst(colour(warm), [colour(tint)])[0] >= 4.5 for warm, tint in rules)


def test_a_dark_accent_of_ones_own_counts(tmp_path):
    """It is not derived then."""
    assert "#ffd166" == shades(sheet(tmp_path, accent="#7a1f3d", accent_dark="#ffd166"))["dark"]


WRONG = [
    ('accent = "#ffcc00"', 'accent "#ffcc00" cannot be read on #faf8f3: its contrast is 1.4 : 1, text needs 4.5 : 1',
     'write accent = "#8a6e00": the nearest shade that can be read (4.5 : 1)'),
    ('accent_dark = "#112233"', 'accent_dark "#112233" cannot be read on #201e1b: its contrast is 1.0 : 1, text needs 4.5 : 1',
     'write accent_dark = "#4f8ac4": the nearest shade that can be read (4.5 : 1)'),
    ('accent = "plumm"', 'the theme option accent has "plumm", which is no colour', 'did you mean "plum"?'),
    ('accent = "#12345"', 'the theme option accent has "#12345", which is no colour', "write a colour with six digits"),
    ('headings = "serrif"', 'the theme option headings has "serrif", which is neither a type nor a font of the theme', 'did you mean "serif"?'),
    ('text = "fonts/none.woff2"', 'the theme option text has "fonts/none.woff2"', "a font is a .woff2 file in the theme's static/"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "message", "hint"), WRONG, ids=[line for line, *_ in WRONG])
def test_an_option_that_cannot_be_followed_is_an_error_in_its_line(make_site, line, message, hint):
    """It names the line and the next step, and nothing is built."""
    site = make_site({"content/people/maya.md": "---\nname: Maya\n---\n"})
    told = site.write("site.toml", (site.root / "site.toml").read_text("utf-8") + f"\n[theme.options]\n{line}\n")
    (problem,) = site.build().problems
    at = told.read_text("utf-8").splitlines().index(line) + 1

    assert (problem.location.path, problem.location.line) == ("site.toml", at)
    assert message in problem.message and hint in problem.hint
    assert f"site.toml:{at}:" in text(problem) and line in text(problem)
    assert not (site.root / "public").exists()


def test_the_default_of_a_theme_is_measured_in_its_own_file(tmp_path):
    """A theme whose author chose the colour is told where he did."""
    folder = tmp_path / "themes/quay"
    folder.mkdir(parents=True)
    (folder / "theme.toml").write_text('extends = "default"\n[options]\naccent = "#ffcc00"\n', "utf-8")
    (problem,) = theme.load(tmp_path, "quay", {}).problems

    assert ("themes/quay/theme.toml", 3) == (problem.location.path, problem.location.line)


def test_a_theme_says_what_its_text_stands_on(tmp_path):
    """On other grounds another accent can be read."""
    folder = tmp_path / "themes/night"
    folder.mkdir(parents=True)
    (folder / "theme.toml").write_text(
        'extends = "default"\n[grounds]\nlight = ["#000"]\n[options]\naccent = "#ffcc00"\n', "utf-8"
    )

    assert theme.load(tmp_path, "night", {}).problems == ()


@pytest.mark.parametrize(("option", "place"), [("text", "--serif"), ("headings", "--heads"), ("labels", "--sans")])
def test_type_has_names(tmp_path, option, place):
    """Each place takes each; a site without options has none of the rules."""
    for name, fonts in TYPES.items():
        assert f":root {{ {place}: {fonts}; }}" in sheet(tmp_path, **{option: name})
    assert len(theme.load(tmp_path, "default", {}).styles) + 1 == len(
        theme.load(tmp_path, "default", {option: "book"}).styles
    )


def test_a_font_of_the_theme_is_loaded_from_beside_the_sheet(make_site):
    """Its address is relative, so it holds wherever the site lives; it never makes the text jump."""
    files = {"content/people/maya.md": "---\nname: Maya\n---\n", "themes/quay/theme.toml": 'extends = "default"\n'}
    site = make_site(files, theme={"name": "quay", "options": {"headings": "fonts/quay.woff2"}})
    site.write("themes/quay/static/fonts/quay.woff2", b"wOF2 for the test")
    assert site.build().problems == ()
    css = next((site.root / "public/assets").glob("style.*.css"))
    source = re.search(r'url\("([^"]+)"\)', css.read_text("utf-8"))[1]

    assert b"wOF2 for the test" == (css.parent / source).read_bytes()
    assert "font-display:optional" in css.read_text("utf-8").replace(" ", "")


def test_the_logo_takes_the_place_of_the_title(make_site):
    """With its true proportions, so that nothing moves; its alternative text is the title."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100" width="400" height="100"><path d="M0 0h400v100H0z"/></svg>'
    files = {"content/people/maya.md": "---\nname: Maya\n---\n", "content/logo.svg": svg}
    site = make_site(
        files, url="https://example.com/news", company={"logo": "logo.svg"}, theme={"options": {"logo_width": 180}}
    )
    assert site.build().problems == ()
    title = re.search(r'^title = "(.*)"', (site.root / "site.toml").read_text("utf-8"), re.MULTILINE)[1]

    for page in ("index.html", "people/index.html"):
        assert f'<img src="/news/logo.svg" alt="{title}" width="180" height="45">' in site.read(page)
    site.edit("site.toml", "logo_width = 180", "logo_width = 0")
    site.build()
    assert "logo.svg" not in re.search(r'<header class="mast">.*?</header>', site.read("index.html"), re.DOTALL)[0]


def test_the_theme_says_the_grounds_that_its_style_has():
    """What theme.toml says is measured; what base.css says is seen."""
    base = (ROOT / "themes/default/static/css/base.css").read_text("utf-8")
    light, dark = (base[: base.index("@media")], base[base.index("prefers-color-scheme: dark") :])
    look = (ROOT / "themes/default/theme.toml").read_text("utf-8")

    for scheme, css in (("light", light), ("dark", dark)):
        seen = [re.search(rf"--{name}: (#\w+)", css)[1] for name in ("paper", "card")]
        assert seen == GROUNDS[scheme] and str(seen).replace("'", '"') in look


def test_the_theme_of_the_guide_is_built(make_site):
    """docs/theming.md in a site: its ten lines are a theme, and its options are what pages are drawn with."""
    page = (ROOT / "docs/theming.md").read_text("utf-8")
    blocks = dict(
        re.findall(r"^```(?:toml|css)\n(?:# |/\* )(themes/[\w/.]+)[^\n]*\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    )
    assert {"themes/quay/theme.toml", "themes/quay/static/css/quay.css"} == set(blocks)
    site = make_site(blocks | {"content/people/maya.md": "---\nname: Maya\n---\n"}, theme={"name": "quay"})
    assert site.build().problems == ()
    css = next((site.root / "public/assets").glob("style.*.css")).read_text("utf-8")

    assert (
        "#0b5d8a" in css and "Rockwell" in css and css.index(".face{border-radius:.4rem}") > css.index(".face{display")
    )
    assert "Signed by those who sail." in site.read("index.html")
    shown = re.search(r"^```\n(site\.toml.*?)^```", page, re.MULTILINE | re.DOTALL)[1]
    assert WRONG[0][1] in shown and WRONG[0][2] in shown
