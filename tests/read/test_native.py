"""The quick way to tokens against the other: whatever text takes it gives the same Content as markdown-it does."""

import json
import os
import random
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsroom.read import frontmatter, grammar, markdown, native
from newsroom.read.markdown import Options, render

pytest.importorskip("pyromark", reason="without pyromark every text is read by markdown-it")

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
SEED = int(os.environ.get("NEWSROOM_SEED", "1"))
ROUNDS = int(os.environ.get("NEWSROOM_ROUNDS", "1"))
"""For long nights: other texts, and more of them."""

CHOICES = (Options(), Options(typographer=True), Options(typographer=True, language="fr"), Options(trust_html=True))
REAL = os.environ.get("NEWSROOM_REAL_POSTS", "")


@cache
def examples() -> list[str]:
    """CommonMark's own."""
    listed = json.loads((FIXTURES / "commonmark-0.31.2.json").read_text(encoding="utf-8"))
    return [example["markdown"] for example in listed]


@cache
def features() -> list[str]:
    """The Markdown of each case of ours."""
    cases = (FIXTURES / "markdown.md").read_text(encoding="utf-8").split("\n= ")[1:]
    return [case.partition("\n")[2].partition("\n->\n")[0] + "\n" for case in cases]


def bodies(folder: Path) -> list[str]:
    """What stands below the front matter of each file of a folder."""
    return [frontmatter.read(path.read_bytes(), path.name).body for path in sorted(folder.rglob("*.md"))]


@cache
def sample() -> list[str]:
    """The texts of the newsroom that comes with the code."""
    return bodies(ROOT / "content")


def different(texts, choices=CHOICES) -> list[tuple[str, Options]]:
    """The texts that take the quick way to another Content."""
    found = []
    for text in texts:
        cleaned = markdown.DROPPED.sub("", text)
        if native.tokens(cleaned) is None:
            continue
        for options in choices:
            quotes = markdown._quotes(cleaned, options)
            if render(text, options) != markdown._content(cleaned, grammar.tokens(cleaned, quotes), options):
                found.append((text, options))
    return found


# ── texts that somebody wrote ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("texts", [examples, features, sample], ids=lambda texts: texts.__name__)
def test_a_text_is_the_same_on_both_ways(texts):
    """The specification's examples, our own cases and the sample newsroom."""
    assert [] == different(texts())


def test_two_examples_side_by_side_are_the_same_on_both_ways():
    """What stands above an example does not make the two ways part."""
    dice = random.Random(SEED)
    pairs = (dice.choice(("", "\n", "\n\n")).join(dice.choices(examples(), k=2)) for _ in range(1000 * ROUNDS))

    assert [] == different(pairs, CHOICES[:2])


@pytest.mark.skipif(not REAL, reason="NEWSROOM_REAL_POSTS names no folder of a newsroom with many posts")
def test_real_posts_are_the_same_on_both_ways():
    """Hundreds of posts by hundreds of people, most of which take the quick way."""
    texts = bodies(Path(REAL) / "content")

    assert [] == different(texts, CHOICES[:2])
    assert sum(native.tokens(text) is not None for text in texts) > 0.9 * len(texts)


def test_most_of_the_sample_takes_the_quick_way():
    """A quick way that declines whatever is asked would be right, and of no use."""
    assert sum(native.tokens(text) is not None for text in sample()) > 0.85 * len(sample())


@pytest.mark.parametrize(
    "text",
    [
        "One *two* **three** `four` [five](six.md) ![seven](eight.png)\n",
        "- one\n- two\n  - three\n\n1. four\n\n2. five\n",
        "> one\n> two\n\n> [!NOTE]\n> three\n",
        "| a | b |\n|---|--:|\n| c | d |\n",
        "- [x] done\n- [ ] open\n",
        "```python\nx = 1\n```\n\n    code\n\n---\n",
        "<div>\n\nword <b>x</b>\n\n</div>\n",
        "~~old~~ new \\* &amp; &#8212;\n",
        'snake_case and 2 * 3, "quoted" -- it\'s...\n',
    ],
)
def test_what_posts_are_made_of_takes_the_quick_way(text):
    """No kind of block or mark that is common is declined."""
    assert native.tokens(text, "“”‘’") is not None


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("one two\n", ["plain"]),
        ("it's (c) -- so\n", ["plain"]),
        ('"one"\n', ["paragraph_open", "inline", "paragraph_close"]),
        ("https://youtu.be/dQw4w9WgXcQ\n", ["paragraph_open", "inline", "paragraph_close"]),
        ("one *two*\n", ["paragraph_open", "inline", "paragraph_close"]),
    ],
)
def test_words_and_nothing_else_are_one_token(text, types):
    """And whatever must be looked at again is three, as markdown-it has it."""
    assert types == [token.type for token in native.tokens(text, "“”‘’")]


# ── texts made to tell the two apart ─────────────────────────────────────────────────────────────────────────────────

BEFORE = """
|||||> |>|- |* |+ |1. |2. |1) |10. | |  |   |    |     |-   |-     |1.  |# |## |> - |- > |- - |> > |>     |-|1.|- [x] |- [ ] |[ ]
|> [!NOTE]|> [!tip]|>  [!tip]|        |  - |   - |    - |\t|-\t
""".replace("\n", "").split("|")
WORDS = """
a¦bc¦word¦*em*¦**st**¦`co`¦[l](x.md)¦![i](p.png)¦~~s~~¦<b>h</b>¦<br>¦&amp;¦&#8212;¦&nosuch;¦\\*¦\\a¦it's¦"q"¦--¦---¦...¦(c)¦a_b_c¦_e_¦__s__¦***es***
¦**a*b**¦*a**b*¦[¦]¦(¦)¦!¦*¦_¦**¦`¦``¦~¦~~¦|¦| a¦\\¦<¦>¦#¦&¦é¦\u00a0¦\u2003¦\u3000¦\u2028¦\x85¦\ufeff¦😀¦1.¦-¦+¦=¦===¦---¦***
¦https://youtu.be/dQw4w9WgXcQ¦<https://a.b/c>¦<e@f.example>¦[x]¦[l](<a b>)¦[l](a 't')¦[l](ä%zz)¦[[n]](b)¦[![i](p.png)](q)¦![*i*](p.png)
¦x: y¦: d¦<div>¦</div>¦<!-- c -->¦<!--¦-->¦<span x="y">¦[r]¦[r][]¦[a][r]¦[r]: x¦'¦"¦“q”¦$x$¦^s^¦{#id}¦[^1]¦^[n]¦www.a.b¦http://a.b/c_d
""".replace("\n", "").split("¦")
AFTER = ["", "", "", "", "", " ", "  ", "   ", "\\", "\u00a0", " #", "\t"]
LINES = """
```¦```py¦~~~¦---¦===¦***¦- - -¦|---|---|¦| a | b |¦a | b¦|-|¦--|--¦| a |¦<div>¦</div>¦<!--¦-->¦<pre>¦</pre>¦<script>¦[r]: /u¦    code¦ ```¦  ---
¦¦  ¦>¦> ¦    ¦\t
""".replace("\n", "").split("¦")


def line(dice: random.Random) -> str:
    """One that a parser must think about."""
    if dice.random() < 0.3:
        return dice.choice(LINES)
    words = dice.choice((" ", "", " ")).join(dice.choice(WORDS) for _ in range(dice.randint(0, 4)))
    return "".join(dice.choices(BEFORE, k=dice.choice((1, 1, 1, 2)))) + words + dice.choice(AFTER)


def hurt(text: str, dice: random.Random) -> str:
    """A part of a text with some lines and characters lost, doubled or put in."""
    lines = text.split("\n")
    start = dice.randrange(len(lines))
    lines = lines[start : start + dice.randint(3, 20)]
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(lines))
        here, column = lines[at], dice.randint(0, len(lines[at]))
        lines[at : at + 1] = dice.choice((
            [], [here, here], [here, ""], [here, line(dice)], [dice.choice(BEFORE) + here], [here.lstrip()],
            [here[:column] + here[column + 1 :]], [here[:column] + dice.choice(WORDS) + here[column:]],
            [here[:column], here[column:]],
        )) or [""]  # fmt: skip
    return "\n".join(lines) + "\n"


def test_lines_of_every_kind_are_the_same_on_both_ways():
    """Markers, words and ends of lines in any order."""
    dice = random.Random(SEED)
    texts = ("\n".join(line(dice) for _ in range(dice.randint(1, 9))) + "\n" for _ in range(2000 * ROUNDS))

    assert [] == different(texts, [dice.choice(CHOICES)])


def test_marks_of_every_kind_are_the_same_on_both_ways():
    """One paragraph, with all that may stand in it."""
    dice = random.Random(SEED)
    marks = [*WORDS, *"*_`[]()!<>\\ \n#-~a\"'&;: "]
    texts = ("".join(dice.choices(marks, k=dice.randint(1, 14))) for _ in range(2000 * ROUNDS))

    assert [] == different(texts, [CHOICES[1]])


CELLS = "a¦¦*b*¦`c`¦\\\\|¦`x|y`¦ ¦[l](u)¦<b>h</b>¦**¦&amp;¦x y¦-¦1.¦#¦é¦\xa0¦'q'¦(c)¦a -- b¦https://a.b/c".split("¦")
RULERS = "|---|---|¦|-|¦|---|¦a|¦--|--¦- | -¦|--|--|--|¦:-:¦|".split("¦")


def table(dice: random.Random) -> str:
    """Rows of cells around a line of dashes, with something before, after and around them."""

    def row(width: int) -> str:
        cells = dice.choice(("|", " | ")).join(dice.choices(CELLS, k=width))
        return dice.choice(("", "| ", "|", "| ")) + cells + dice.choice(("", " |", "|", "| ", "  "))

    width = dice.randint(1, 4)
    ruler = "|" + "|".join(dice.choices(("---", "--:", ":-:", ":--", " - "), k=width)) + "|"
    rows = [row(width), dice.choice((ruler, ruler, ruler, dice.choice(RULERS)))]
    rows += [row(dice.choice((width, width, dice.randint(1, 4)))) for _ in range(dice.randint(0, 4))]
    lines = [*dice.choice(([], [], ["word"], [""])), *rows, *dice.choice(([], [""], ["", "word"], ["word"], ["- x"]))]
    before, further = dice.choice((("", ""), ("", ""), ("", ""), ("> ", "> "), ("  ", "  "), ("- ", "  ")))
    return before + f"\n{further}".join(lines) + "\n"


def test_tables_of_every_kind_are_the_same_on_both_ways():
    """Rows that are too short or too long, bars that are escaped or in code, and what stands around a table."""
    dice = random.Random(SEED)
    texts = [table(dice) for _ in range(1000 * ROUNDS)]

    assert [] == different(texts, CHOICES[:2])
    assert sum(native.tokens(text) is not None for text in texts) > 0.1 * len(texts)


def test_texts_that_were_hurt_are_the_same_on_both_ways():
    """A slip of the finger in a post makes no difference between the two ways."""
    dice = random.Random(SEED)
    whole = [text for text in sample() + features() if text.strip()]
    texts = (hurt(dice.choice(whole), dice) for _ in range(1000 * ROUNDS))

    assert [] == different(texts, CHOICES[:2])


@settings(max_examples=200 * ROUNDS, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from([*BEFORE, *WORDS, *AFTER, "\n", "\n\n"]) | st.text(max_size=3), max_size=20))
def test_any_text_is_the_same_on_both_ways(pieces):
    """Also with characters that nobody types."""
    assert [] == different(["".join(pieces)], CHOICES[1:3])


@pytest.mark.parametrize(
    "text",
    [
        "~a~\n", "- [ ] +\n", "    x", "```\nx", "```\\+\n", ">\n    >\n", ">>x\n    #\n", "> [!tip]\nx\n", "[r]:l\n0)\n", "\\ \na\n",
        "*>*\x85\n", ".|\n--\n", "a|b\n-|-\n    <\n", "a||\n-|-\n|\n", "-\n\n\n-\n", "<a\xa0>\n", "<a>\xa0\nx\n", "> [!NOTE]\n>-\n",
        "- a```\n |```\n", " 1.  .\n    ***\n", "<script\n</pre>\n-\n", "[![[]()]()]()\n", "[**A)*]()\n", "-<!----->\n", ".\n\xa0\n",
        "r\t\n|\n", "1. <?\n\n1. [\n", "- ```\n\n- U\n", "x~~|~~\n", "[](\\\n6)\n", "> =\n>     >\n", "# #\t\n", "a||\n- |-\n", "- a |\n  |---|\n", "1. a | b |\n   --|--\n", "t|||\n-|-::|-\n", "||*\n - |-\n", "a|\xa0\n-|-\n",
    ],
)  # fmt: skip
def test_what_the_parsers_read_differently_is_declined(text):
    """Each of these gave another Content once; the line of suspects.py that declines it must stay."""
    assert native.tokens(text) is None


# ── typography ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("quotes", ["“”‘’", ("«\u202f", "\u202f»", "“", "”"), "””’’"])
def test_our_typography_is_that_of_markdown_it(quotes):
    """The same words, character by character, whatever stands beside a quotation mark."""
    dice = random.Random(SEED)
    parts = [
        "'",
        '"',
        "'",
        '"',
        "a",
        "1",
        " ",
        ".",
        "(c)",
        "--",
        "---",
        "...",
        "*b*",
        "`c`",
        "\n",
        "+-",
        ",,",
        "?!....",
        "[d](e)",
        "\xa0",
        "–",
    ]
    different = []
    for _ in range(1000 * ROUNDS):
        text = "a" + "".join(dice.choices(parts, k=dice.randint(1, 12))) + "z\n"
        read = native.tokens(text, quotes)
        if read is not None and said(read) != said(grammar.tokens(text, quotes)):
            different.append(text)

    assert [] == different


def said(tokens) -> list[str]:
    """The words of each token within a line."""
    return [part.content for token in tokens for part in ([token] if token.type == "plain" else token.children or ())]


# ── the switch ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_switch_turns_the_quick_way_off(monkeypatch):
    """NEWSROOM_MARKDOWN=reference leaves every text to markdown-it."""
    assert native.tokens("x\n") is not None
    monkeypatch.setenv("NEWSROOM_MARKDOWN", "reference")

    assert native.tokens("x\n") is None


def test_a_post_does_not_import_markdown_it():
    """A site whose texts all take the quick way never pays for the other."""
    code = "import sys; from newsroom.read.markdown import *; render('x *y*\\n', Options(typographer=True)); print('markdown_it' in sys.modules)"

    assert (
        "False"
        == subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    )


def test_without_the_package_every_text_is_read():
    """Where pyromark cannot be imported, markdown-it reads what it would have read."""
    code = "import sys; sys.modules['pyromark'] = None; from newsroom.read.markdown import render; print(render('x *y*\\n').html, end='')"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert "<p>x <em>y</em></p>\n" == shown
