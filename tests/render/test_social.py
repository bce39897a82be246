"""Social cards: one for each post and person, made of what it shows and of nothing else, right at every length."""

import re
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from PIL import Image, ImageChops

from newsroom.build import Options, build, load
from newsroom.commands.check import check
from newsroom.desk import Desk
from newsroom.render import social

ON = {"cards": {"on": True}}
PAPER = (0xFA, 0xF8, 0xF3)
FACE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#0a0"/></svg>'
NAMES = ["Ng", "Wolfeschlegelsteinhausenbergerdorff Hubert", *(f"Somebody Number {n}" for n in range(2, 14))]
LONG = "We changed the way we calibrate every barometer that leaves the workshop, and here is the whole story of what went wrong, who saw it, what it cost and how we mended it over one winter, day by day, in our own words"
TITLES = {
    "three": "Ink", "long": LONG, "many": "Everybody who was here", "one-word": "Donaudampfschifffahrtsgesellschaftskapitän" * 2,
    "address": "https://archive.example.com/2026/very/long/path/without_any_spaces/and-more?query=1&x=2", "letters": "A" * 300,
    "hebrew": "איך למדנו להקשיב לרוח (ולשתוק) ב־1974", "marks": "*Stars*, #hash, $math$ and <b>tags</b> \\ @here",
    "japanese": "風の音を聞く", "chinese": "我们如何学会倾听风声", "emoji": "We won 🎉 it", "plain": "We won it", "gone": "We won it again",
}  # fmt: skip


def post(title, authors="[ng]", more="", text="Words."):
    """A post's file."""
    import json

    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\nauthors: {authors}\ndate: 2026-01-02\n{more}---\n{text}\n"


def person(name, more=""):
    return f"---\nname: {name}\n{more}---\nWords.\n"


def photograph(width):
    """A blue one, with a place in its metadata."""
    file, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", (width, 200), "#00f").save(file, "JPEG", exif=exif)
    return file.getvalue()


@pytest.fixture(scope="module")
def site(make_shared_site):
    """A built site with cards of every length."""
    keys = [f"p{n}" for n in range(14)]
    keys[0] = "ng"
    files = {f"content/people/{key}.md": person(name) for key, name in zip(keys, NAMES, strict=True)}
    photo = "photo: {{file: {}.jpg, alt: x}}\nquote: Ask me.\n"
    files |= {"content/people/yes.jpg": photograph(300), "content/people/no.jpg": photograph(301)}
    files |= {"content/people/yes.md": person("Shown Face", photo.format("yes") + "consent: {photo: true}\n")}
    files |= {"content/people/no.md": person("Hidden Face", photo.format("no") + "consent: {photo: false}\n")}
    files |= {f"content/posts/{slug}.md": post(title) for slug, title in TITLES.items()}
    files |= {
        "content/posts/many.md": post(TITLES["many"], str(keys)),
        "content/posts/hebrew.md": post(TITLES["hebrew"], more="language: he\n"),
    }
    retraction = "corrections: [{date: 2026-01-03, kind: retraction, text: It was wrong., by: ng}]\n"
    files |= {
        "content/posts/gone.md": post(TITLES["gone"], more=retraction),
        "content/posts/draft.md": post("A draft", more="draft: true\n"),
    }
    files |= {"content/posts/later.md": post("Later").replace("2026", "2999")}
    made = make_shared_site(files, **ON)
    assert made.build().problems == ()
    return made


def head(site, page):
    """What a page's head says of its picture."""
    soup = BeautifulSoup(site.read(page), "html.parser")
    return {tag["property"]: tag["content"] for tag in soup.select('meta[property^="og:image"]')}


def path(site, permalink):
    """The file that a page names, below public/."""
    address = head(site, f"{permalink}/index.html")["og:image"]
    assert address.startswith("https://news.example.com/")
    return address.removeprefix("https://news.example.com/")


def picture(site, permalink):
    """It, as anybody's decoder sees it."""
    return Image.open(BytesIO(site.outputs()[path(site, permalink)])).convert("RGB")


def unlike(one, other):
    """Where two pictures differ so that one sees it: which 256 colours a PNG has may differ everywhere by a little."""
    return ImageChops.difference(one, other).convert("L").point(lambda value: 255 if value > 24 else 0)


def cards(site):
    """Every card."""
    return {path: raw for path, raw in site.outputs().items() if re.search(r"/card\.[0-9a-f]{8}\.(png|jpg)$", path)}


def test_each_post_and_person_has_a_card_that_its_page_names(site):
    """And nothing that is not public has one."""
    pages = {page.rpartition("/")[0] for page in cards(site)}

    assert pages == {f"2026/{slug}" for slug in TITLES} | {
        f"people/{key}" for key in ("ng", "yes", "no", *(f"p{n}" for n in range(1, 14)))
    }
    assert set(cards(site)) == {path(site, page) for page in pages}
    assert head(site, "2026/three/index.html") | {"og:image": ""} == {
        "og:image": "", "og:image:alt": "“Ink”, by Ng", "og:image:width": "1200", "og:image:height": "630",
    }  # fmt: skip


def test_each_card_is_a_small_picture_without_metadata(site):
    """1200 x 630; a photograph makes it a JPEG, and nothing of its file is left."""
    for name, raw in cards(site).items():
        shown = Image.open(BytesIO(raw))
        assert (shown.size, shown.format) == ((1200, 630), "JPEG" if "people/yes" in name else "PNG")
        assert not shown.getexif() and b"secret" not in raw and not getattr(shown, "text", {})
        assert len(raw) < 60_000


@pytest.mark.parametrize("slug", TITLES)
def test_nothing_runs_over_the_edge(site, slug):
    """However long or short: the margin is paper all round."""
    shown = picture(site, f"2026/{slug}")
    left, top, right, bottom = unlike(shown, Image.new("RGB", shown.size, PAPER)).getbbox()

    assert left >= 60 and top >= 30 and right <= 1140 and bottom <= 600


def test_the_title_stands_beside_the_face(site):
    """Two cards of one author differ there and nowhere else."""
    left, top, right, bottom = unlike(picture(site, "2026/three"), picture(site, "2026/plain")).getbbox()

    assert left > 64 + 372
    assert right - left > 200


def test_right_to_left_the_face_stands_on_the_right(site):
    """The card is mirrored."""
    left, right = (250, 200), (950, 200)
    wall = picture(site, "2026/plain").getpixel(left)

    assert wall != picture(site, "2026/plain").getpixel(right)
    assert wall == picture(site, "2026/hebrew").getpixel(right)


def test_no_card_shows_boxes_for_letters_that_no_font_has(site):
    """The title is left out, whichever it is; an emoji alone is left out of its sentence."""
    assert picture(site, "2026/japanese").tobytes() == picture(site, "2026/chinese").tobytes()
    assert picture(site, "2026/emoji").tobytes() == picture(site, "2026/plain").tobytes()


def test_the_check_names_the_font_to_add(site):
    """With the script and the Debian package."""
    found = {p.location.path: f"{p.message} {p.hint}" for p in check(site.root, Options()) if p.code == "no-font"}

    assert set(found) == {f"content/posts/{slug}.md" for slug in ("japanese", "chinese", "emoji")}
    assert "the title" in found["content/posts/japanese.md"] and "fonts-noto-cjk" in found["content/posts/japanese.md"]
    assert "some signs" in found["content/posts/emoji.md"] and "Noto Color Emoji" in found["content/posts/emoji.md"]


def test_a_face_is_shown_with_consent_alone(site):
    """Blue is the photograph."""
    seen = {key: picture(site, f"people/{key}").getpixel((110, 330)) for key in ("yes", "no")}

    assert seen["yes"][2] > 200 and max(seen["yes"][:2]) < 60
    assert min(seen["no"]) > 100


def test_a_retracted_post_says_so(site):
    """On the card, and to who cannot see it."""
    assert unlike(picture(site, "2026/gone"), picture(site, "2026/plain")).crop((900, 30, 1200, 100)).getbbox()
    assert head(site, "2026/gone/index.html")["og:image:alt"] == "“Retracted: We won it again”, by Ng"


def small(make_site, **settings):
    files = {"content/posts/a.md": post("One"), "content/posts/b.md": post("Two"), "content/people/ng.md": person("Ng")}
    return make_site(files, **(ON | settings))


def drawn(report):
    """The cards among what a build rendered."""
    return [path for path in report.rendered if "/card." in path]


def test_a_card_is_made_of_what_it_shows(make_site):
    """A changed text makes none, a changed title its own; a clean build gives the same bytes."""
    site = small(make_site)
    assert len(drawn(site.build())) == 3

    assert site.build().rendered == ()
    site.edit("content/posts/a.md", "Words.", "Other words.")
    assert drawn(site.build()) == []
    old = path(site, "2026/a")
    site.edit("content/posts/a.md", "One", "Another one")
    assert drawn(site.build()) == [path(site, "2026/a")]
    assert old not in site.outputs()

    after = site.outputs()
    site.remove("public")
    site.remove(".newsroom")
    site.build()
    assert after == site.outputs()


def test_a_card_waits_in_the_cache_when_the_output_is_gone(make_site):
    """A clean build of the output folder draws nothing."""
    site = small(make_site)
    site.build()
    site.remove("public")
    desk = Desk(site.root)
    planned = list(social.outputs(load(desk, Options())[0]))

    assert len(planned) == 3
    assert all(desk.cache.has(social.key(output)) for output in planned)
    desk.close()


def test_without_the_setting_there_are_none(make_site):
    """A page names its own picture, or none."""
    site = small(make_site, cards={"on": False})
    site.build()

    assert cards(site) == {}
    assert head(site, "2026/a/index.html") == {}


def test_a_theme_brings_a_card_of_its_own(make_site):
    """By a file of that name; what Typst cannot read stops the build and names the file."""
    site = small(make_site, theme={"name": "own"})
    site.write("themes/own/theme.toml", 'extends = "default"\n')
    site.write("themes/own/social/card.typ", '#set page(width: 1200pt, height: 630pt, fill: rgb("#00ff00"))\n')
    site.build()
    assert picture(site, "2026/a").getcolors() == [(1200 * 630, (0, 255, 0))]

    site.write("themes/own/social/card.typ", "#set page(width: 1200pt, height: 630pt)\n#nonsense\n")
    (problem,) = site.build().problems
    assert (problem.code, problem.location.path) == ("bad-card", "themes/own/social/card.typ")
    assert "nonsense" in problem.message


@pytest.mark.parametrize(
    ("settings", "missing", "code", "said"),
    [
        ({"on": True}, "typst", "missing-package", 'pip install "newsroom[cards]"'),
        ({"on": True, "fonts": ["nowhere"]}, "", "no-fonts", "/usr/share/fonts"),
    ],
)
def test_what_is_asked_for_and_missing_is_an_error(make_site, monkeypatch, settings, missing, code, said):
    """The package, or a folder with fonts."""
    site = small(make_site, cards=settings)
    if missing:
        monkeypatch.setitem(__import__("sys").modules, missing, None)
    (problem,) = build(site.root).problems

    assert (problem.code, problem.location.path) == (code, "site.toml")
    assert said in problem.hint


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ink", "Ink"),
        ("word " * 60, " ".join(["word"] * 43) + "…"),
        ("x" * 300, "x" * 219 + "…"),
        ("a\u202eb\nc\td", "a b c d"),
    ],
)
def test_a_long_title_ends_at_a_word(text, kept):
    """And what cannot be printed is a space."""
    assert kept == social.shortened(text)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Ordinary words, Donaudampfschifffahrtsgesellschaft", 1),
        ("https://example.com/a/b/a-very-long-name", 9),
        ("x" * 100, 5),
    ],
)
def test_what_is_longer_than_a_word_has_places_to_break(text, lines):
    """Hyphenation does the rest."""
    assert lines == len(social.breakable(text).split("\u200b"))
    assert text == social.breakable(text).replace("\u200b", "")
