import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from newsroom import embeds
from newsroom.model import digest
from newsroom.read.addresses import understand
from newsroom.read.highlight import HIGHLIGHT_CLASSES, KINDS, highlight
from newsroom.read.markdown import DROPPED, Options, clean, render
from newsroom.read.prose import LEAD
from newsroom.read.sanitise import RESERVED

FIXTURE = (Path(__file__).parents[1] / "fixtures" / "markdown.md").read_text(encoding="utf-8")
CASES = [re.split(r"\n(?:->\n)?", part, maxsplit=1) for part in FIXTURE.split("\n= ")[1:]]


@pytest.mark.parametrize(("name", "case"), CASES, ids=[name for name, _ in CASES])
def test_a_case_of_the_fixture(name, case):
    """The Markdown above the arrow becomes the HTML below it."""
    text, _, html = case.partition("\n->\n")

    assert html.rstrip("\n") == render(text + "\n").html.rstrip("\n")


# ── what Content lists ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "links", "files"),
    [
        ("\n\n[a](../2025/other.md#x)\n", (("../2025/other.md#x", 3),), ()),
        ("one\ntwo [a](person:maya)\nthree [b](topic:lenses)\n", (("person:maya", 2), ("topic:lenses", 3)), ()),
        ("| a |\n|---|\n| x |\n| [b](/people/) |\n", (("/people/", 4),), ()),
        ("[a][1]\n\n[1]: b.md\n", (("b.md", 1),), ()),
        ("![a](./x.png)\n\n![b](../y%20z.png)\n", (), (("./x.png", 1, True), ("../y z.png", 3, True))),
        ("> quoted\n> [r](files/r.pdf?v=1#page=2)\n", (), (("files/r.pdf", 2, False),)),
        ("a\n\n<a href='b.md'>b</a> <img src=c.png>\n", (("b.md", 3),), (("c.png", 3, True),)),
        ("[a](https://b.example/) [c](#d) <e@f.example>\n", (), ()),
        (
            "![a](data:image/png;base64,AAAA)\n\nb <img src='data:image/png;base64,AAAA'>\n",
            (),
            (("data:", 1, True),),  # in raw HTML it is a placeholder of a script: taken out, as ever
        ),
    ],
)
def test_links_and_files_are_listed_with_their_line(text, links, files):
    """Each address that the site must resolve is listed with the line it stands on, and no other."""
    content = render(text)

    assert (links, files) == (content.links, content.files)


@pytest.mark.parametrize(
    ("url", "image", "kind", "value"),
    [
        ("a.md", False, "source", "a.md"),
        ("a.md", True, "file", "a.md"),
        ("//host.example/x", False, "web", "https://host.example/x"),
        ("HTTPS://host.example/x", True, "web", "https://host.example/x"),
        ("\\\\host.example\\x", True, "file", "\\\\host.example\\x"),
        ("/\\host.example", False, "source", "/%5Chost.example"),
        ("https:host.example", False, "refused", ""),
        (" java\nscript:x", False, "refused", ""),
        ("a%00b.png", True, "refused", ""),
        ("mailto:a@b.example", True, "refused", ""),
        ("", True, "refused", ""),
        ("", False, "here", ""),
    ],
)
def test_an_address_is_understood_as_a_browser_would(url, image, kind, value):
    """What a browser ignores or rewrites in an address does not change its kind."""
    assert (kind, value) == understand(url, image)


def test_headings_are_listed_with_level_identifier_and_words():
    """The table of contents needs nothing but Content.headings."""
    assert ((2, "a-b", "A b"), (3, "code", "code")) == render("# A *b*\n\n### `code`\n").headings


def test_prose_is_words_without_code_marks_and_html():
    """Blocks of code, footnote marks, tags and comments are in no summary or search index."""
    text = "# T\n\nOne *two*\n`three`[^1].\n\n```\ncode\n```\n\n"
    text += "<p>four &amp; <b>five</b></p>\n<!-- six -->\n\n[^1]: seven\n"

    assert "T\nOne two three.\nfour & five\nseven" == render(text).prose


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("# T\n\n- item\n\n> quote\n\nFirst [one](a.md).\n\nSecond.\n", "First one."),
        ("https://youtu.be/dQw4w9WgXcQ\n\n![x](y.png)\n\nWords.\n", "Words."),
        ("- only\n- a list\n", "only"),
        ("> [!NOTE]\n> inside\n", "inside"),
        ("", ""),
    ],
)
def test_the_lead_is_the_first_paragraph_of_the_text_itself(text, lead):
    """Headings, lists, quotations, players and pictures are passed over while there is a paragraph."""
    assert lead == render(text).lead


def test_a_long_lead_ends_at_a_word():
    """A cut lead is no longer than its limit, and no word is cut."""
    lead = render("lens " * 200).lead

    assert re.fullmatch(r"(lens )*lens…", lead) and len(lead) <= LEAD


# ── options ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "“It’s ‘it’” – 1"), ("de-AT", "„It’s ‚it‘“ – 1"), ("fr", "«\u202fIt’s “it”\u202f» – 1")],
)
def test_typography_follows_the_language(language, expected):
    """Quotation marks are those of the text's language."""
    assert expected == render("\"It's 'it'\" -- 1", Options(typographer=True, language=language)).prose


def test_typography_leaves_code_and_addresses_alone():
    """Quotes and dashes in code and in a player's address stay as typed."""
    html = render('`"a" --`\n\nhttps://youtu.be/a--b--c--d1\n', Options(typographer=True)).html

    assert '<code>"a" --</code>' in html and "embed/a--b--c--d1" in html


def test_our_own_words_follow_the_language():
    """A German text has no English word of ours."""
    html = render("> [!NOTE]\n> x\n\nhttps://youtu.be/dQw4w9WgXcQ\n", Options(language="de-CH")).html

    assert "Hinweis" in html and "Auf YouTube ansehen" in html and "Watch" not in html


def test_trusted_html_is_left_alone():
    """With trust_html, what the author wrote is what the page holds."""
    html = '<div onclick="x()"><iframe src="https://a.example/"></iframe></div>\n'

    assert html == render(html, Options(trust_html=True)).html


# ── embeds and code ──────────────────────────────────────────────────────────────────────────────────────────────────

PLAYERS = [
    (
        "https://www.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&t=30s",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=30",
    ),
    ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
    ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
    ("https://vimeo.com/76979871/0123abcdef", "https://player.vimeo.com/video/76979871?dnt=1&h=0123abcdef"),
    ("https://player.vimeo.com/video/76979871?badge=0", "https://player.vimeo.com/video/76979871?dnt=1"),
    ("https://www.dailymotion.com/video/x7tgad0", "https://geo.dailymotion.com/player.html?video=x7tgad0"),
    ("https://www.ted.com/talks/a_b?language=de", "https://embed.ted.com/talks/a_b"),
    ("https://archive.org/details/lens-1974", "https://archive.org/embed/lens-1974"),
    ("https://video.example/w/3wGFNQkuBzGNvpCzZhxVZr", "https://video.example/videos/embed/3wGFNQkuBzGNvpCzZhxVZr"),
    (
        "https://soundcloud.com/maya/lens",
        "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fmaya%2Flens",
    ),
    (
        "https://open.spotify.com/intl-de/track/4uLU6hMCjMI75M1A2tKUQC",
        "https://open.spotify.com/embed/track/4uLU6hMCjMI75M1A2tKUQC",
    ),
    ("https://codepen.io/maya/pen/abcdEF", "https://codepen.io/maya/embed/abcdEF?default-tab=result"),
    ("https://social.example/@maya/100254678717223630", "https://social.example/@maya/100254678717223630/embed"),
]


@pytest.mark.parametrize(("url", "src"), PLAYERS)
def test_an_address_finds_its_player(url, src):
    """Each form of address that a service gives out leads to its player, whose page and player lead there again."""
    player = embeds.find(url)

    assert player and src == player.src
    assert (f"https://{player.host}",) == embeds.origins([player.used])
    assert src.partition("?")[0] == embeds.find(player.page).src.partition("?")[0]


def test_every_service_has_a_case():
    """A row of EMBEDS without an example above is untested."""
    assert {embed.name for embed in embeds.EMBEDS} == {embeds.find(url).embed.name for url, _ in PLAYERS}


def test_every_service_is_in_the_manual():
    """docs/writing.md names each service whose player a text may hold."""
    manual = (Path(__file__).parents[2] / "docs" / "writing.md").read_text(encoding="utf-8")

    assert [] == [embed.title for embed in embeds.EMBEDS if embed.title not in manual]


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
        "https://maya@youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/@maya",
        "https://shop.example/w/2026",
        "https://blog.example/@maya/a-title-123",
        "javascript:https://youtu.be/dQw4w9WgXcQ",
    ],
)
def test_an_address_of_no_known_form_has_no_player(url):
    """Another host, or another path, is a plain link."""
    assert embeds.find(url) is None


def test_the_embeds_used_are_listed():
    """A page's policy can be made from Content.embeds."""
    text = "https://youtu.be/dQw4w9WgXcQ\n\n<iframe src='https://video.example/videos/embed/3wGFNQkuBzGNvpCzZhxVZr'></iframe>\n"

    assert ("peertube:video.example", "youtube") == render(text).embeds


def test_code_keeps_every_character():
    """Colours change no character of the code, for a known language, an unknown one and a wrong one."""
    code = "\n\n\tif a < b && c:\r  'x' \"y\" # \ufeff é\n\n"
    for name in ("python", "nosuch", "json", "html", "diff", "console", ""):
        shown = re.sub(r"<span class=\"[a-z]\">|</span>", "", highlight(code, name))

        assert code == shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def test_the_classes_of_code_are_all_named():
    """A theme that styles HIGHLIGHT_CLASSES styles every span."""
    assert set(HIGHLIGHT_CLASSES) == {kind for _, kind in KINDS}


# ── what no text may do ──────────────────────────────────────────────────────────────────────────────────────────────

PIECES = (
    """
# |> |- |1. |    |[^1]|[^1]: |^[|[|](|)|![|<|</|>|<b>|<div>|</div>|<iframe src=|'https://youtu.be/dQw4w9WgXcQ'|<!--|-->
|```|py|a|*|_|~~|\\|&#1;|&amp;|http://a.b|person:x|: |[!NOTE]|[x] |<a href=|<img src=|<video>|</video>|<script>|"|'
|<h1>|<td>|<hr src="https://x.y/z">|<table>|<p>|<p id=main>|//x.y|%00|---|<input>|<source src=x>|<summary>
|<?|<![CDATA[|<svg>|<xmp>|<plaintext>
|<template>|[a]: x.md "t"|newsroom:file:x|data:image/png;base64,xx
|javascript:x|<p class=embed data-src=
""".replace("\n", "").split("|")
    + ["|", "|-|", "\n", "\n\n", "\x00", "\x01", "\ud800"]
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=80)
ANY_TEXT = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


class Reader(HTMLParser):
    """Reads HTML as a strict reader would, and notes what a page of ours must not have."""

    VOID = frozenset("br hr img input wbr col source track".split())
    SAFE = re.compile(r"newsroom:|https?://|mailto:|tel:|#|\?|$")

    def __init__(self, html: str):
        super().__init__()
        self.open, self.wrong, self.ids = [], [], []
        self.feed(html)
        self.close()
        self.wrong += [("left open", name) for name in self.open]
        self.wrong += [("twice", ident) for ident in self.ids if self.ids.count(ident) > 1]

    def handle_starttag(self, name, attributes):
        values = dict(attributes)
        self.wrong += [(name, key) for key in values if key.startswith("on") or key in ("style", "srcset", "action")]
        self.wrong += [
            (name, key) for key in ("src", "poster") if not values.get(key, "newsroom:").startswith("newsroom:")
        ]
        if not self.SAFE.match(values.get("href", "")):
            self.wrong.append((name, values["href"]))
        if "data-src" in values and not values["data-src"].startswith("https://www.youtube-nocookie.com/embed/"):
            self.wrong.append((name, values["data-src"]))
        if name in ("script", "style", "iframe", "form", "h1") or (name == "a" and "a" in self.open):
            self.wrong.append(name)
        if values.get("id", "") in RESERVED:
            self.wrong.append(values["id"])
        self.ids += [values["id"]] if "id" in values else []
        self.open += [] if name in self.VOID else [name]

    def handle_endtag(self, name):
        if not self.open or self.open.pop() != name:
            self.wrong.append(("closed", name))


@ANY_TEXT
@given(TEXTS, st.booleans())
@example("[^1]: > [^1]: ", False)
@example("<a href=x.md><img src=https://t.example/x.gif></a>", False)
@example("<video><p><video>x</video></p></video>", False)
def test_no_text_makes_html_that_runs_loads_or_forges(text, typographer):
    """Whatever is written: balanced tags, unique identifiers, no script, no foreign load, no foreign player."""
    html = render(text, Options(typographer=typographer)).html

    assert [] == Reader(html).wrong
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", html) and digest(text) not in html


@ANY_TEXT
@given(TEXTS)
def test_rendering_is_a_function_of_text_and_options(text):
    """The same text gives the same Content, also after other texts."""
    first = render(text)
    render("# other\n\n<b>x</b>[^1]\n\n[^1]: y\n")

    assert first == render(text)


@given(st.text(st.characters() | st.sampled_from("\x00\x01\x7f\x85\ud800\udc00\ufffe\uffff\n\t\r")))
def test_characters_that_no_document_may_hold_are_left_out(text):
    """Each of them, also halves of surrogate pairs that make a whole; no other."""
    assert DROPPED.sub("", text) == clean(text)


@pytest.mark.parametrize(
    "text",
    [
        ">" * 10_000 + "x", "> - " * 2_000, "[" * 10_000, "![" * 5_000, "^[" * 1_000, "word " * 8_000,
        "\"w' " * 10_000, "*a_ " * 5_000, "<b>" * 10_000, "<div>\n" * 10_000, "<!--" * 10_000, "<" * 20_000,
        "<a " * 10_000, '<a "' * 10_000, "<video>" * 2_000, "<script>\n\n" * 5_000, "x <iframe src='a'>" * 2_000,
        "# contact\n\n" * 2_000, "".join(f"<b id=x{i}>" for i in range(1000)) + "\n\n<p>" * 1000,
    ],
    ids=lambda text: f"{text[:12]!r} to {len(text):,}",
)  # fmt: skip
def test_a_hostile_text_ends(text):
    """Nesting and repetition neither overflow the stack nor multiply: output stays within 60 times the input."""
    assert len(render(text, Options(typographer=True)).html) <= 60 * len(text)


def test_a_signature_cannot_be_guessed_from_another_text():
    """An attribute signed with the digest of a text passes only in that very text, which cannot hold it."""
    text = "<b>x</b>"
    forged = f'<figure data-src="{digest(text)}~https://evil.example/">x</figure>'

    assert "evil" not in render(forged).html


def test_nothing_is_imported_until_a_text_needs_it():
    """Markdown, HTML cleaning and colours are paid for by the texts that use them."""
    code = (
        "import sys; from newsroom.read.markdown import render, Options; heavy = {'markdown_it', 'nh3', 'pygments'};"
        "a = heavy & set(sys.modules); render('[^1]\\n\\n[^1]: x\\n'); b = heavy & set(sys.modules);"
        "render('<b>x</b>'); render('```py\\nx\\n```'); print(sorted(a), sorted(b), sorted(heavy & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()

    assert "[] ['markdown_it'] ['markdown_it', 'nh3', 'pygments']" == said
