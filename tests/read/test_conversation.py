"""content/comments/: what anybody at all wrote becomes harmless, and a mistake in a file has a line."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from newsroom.read.conversation import read
from newsroom.read.strangers import TAGS, safe

HEAD = "post: 47f1805ef344\ncomments:\n"


def heard(comments: str, head: str = HEAD):
    """(the noun, what each comment says, messages)."""
    kept = []
    noun, problems = read(
        "content/comments/a.yaml", (head + comments).encode(), "UTC", lambda raw, make: kept.extend(make()) or "key"
    )
    return noun, kept, [problem.message for problem in problems]


def test_comments_come_in_the_order_of_their_dates():
    """However an editor sorted the file."""
    noun, words, wrong = heard(
        "- {id: b, date: 2026-11-03T10:00:00Z, name: Bo, text: Second}\n"
        "- {id: a, date: 2026-11-02T10:00:00Z, name: Ada, site: https://ada.example, text: First}\n"
    )

    assert wrong == []
    assert [row[0] for row in noun.rows] == ["a", "b"]
    assert [(word.name, word.site, word.html) for word in words] == [
        ("Ada", "https://ada.example", "<p>First</p>"),
        ("Bo", "", "<p>Second</p>"),
    ]


@pytest.mark.parametrize("gone", ["deleted: true", "redacted: [words]", "redacted: [words, name]"])
def test_removed_words_are_nowhere(gone):
    """The comment holds its place, even where an editor left its words in the file."""
    noun, words, wrong = heard(f"- {{id: a, date: 2026-11-02T10:00:00Z, name: Ada, text: Secret, {gone}}}\n")

    assert wrong == [] and noun.rows[0][-1] is True
    assert "Secret" not in str((noun, words))
    assert ("Ada" in str(words)) == ("name" not in gone)


def test_a_name_that_was_taken_out_takes_its_page_with_it():
    """A link would name her again."""
    _, words, _ = heard(
        "- {id: a, date: 2026-11-02T10:00:00Z, name: Ada, site: https://ada.example, text: So, redacted: [name]}\n"
    )

    assert (words[0].name, words[0].site, words[0].html) == ("", "", "<p>So</p>")


@pytest.mark.parametrize(
    ("comments", "message"),
    [
        ("- {id: a, text: So}\n", "the comment has no date"),
        ("- {date: 2026-11-02T10:00:00Z}\n", "the comment has no id"),
        ("- {id: a, date: 2026-11-02T10:00:00Z}\n- {id: a, date: 2026-11-03T10:00:00Z}\n", 'the id "a" is given twice'),
        ('- {id: "a b", date: 2026-11-02T10:00:00Z}\n', '"a b" cannot be the id of a comment'),
        ("- {id: a, date: yesterday}\n", "yesterday"),
        ("- {id: a, date: 2026-11-02T10:00:00Z, site: 'javascript:alert(1)'}\n", "is not a web address"),
        ("- {id: a, date: 2026-11-02T10:00:00Z, mail: ada@example.org}\n", 'unknown key "mail"'),
        ("- just words\n", "a comment must be a map"),
        ("- {id: a\n", "the file is not YAML"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_file_is_said(comments, message):
    """And then there is no noun."""
    noun, _, wrong = heard(comments)

    assert noun is None
    assert any(message in said for said in wrong), wrong


def test_a_file_that_names_no_post_is_a_mistake():
    """Nobody could say where it belongs."""
    assert heard("- {id: a, date: 2026-11-02T10:00:00Z, text: So}\n", "comments:\n")[2] == ["names no post"]


def test_a_problem_names_line_and_column(make_site):
    """In the file, as for a post."""
    site = make_site({"content/comments/a.yaml": HEAD + "- id: isso-1\n  date: someday\n"})
    found = [p for p in site.build().problems if p.location.path.endswith(".yaml")]

    assert [(p.location.line, p.location.column) for p in found] == [(4, 9)]


# ── strangers ────────────────────────────────────────────────────────────────────────────────────────────────────────

HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "<a href='javascript:alert(1)'>a</a>",
    "<a href=' jav&#x09;ascript:alert(1)'>a</a>", "![a](https://evil.example/pixel.png)", "<iframe src=https://evil.example></iframe>",
    "<style>*{display:none}</style>", "<svg onload=alert(1)>", "<p style='position:fixed'>a</p>", "<a href='//evil.example'>a</a>",
    "<a href='/2026/'>a</a>", "<form action=x><input></form>", "<p id=main class=ours>a</p>", "<math><mi xlink:href='javascript:a'>",
    "<base href=//evil.example>", "<meta http-equiv=refresh content=0>", "</div></section></body>", "<!-- -->", "<h1>Big</h1>",
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("kind", ["text", "html"])
def test_hostile_words_become_harmless(words, kind):
    """Whatever a service let through: no script, no picture, no style, no identifier, no address but of the web."""
    soup = BeautifulSoup(safe(**{"text": "", "html": "", kind: words}), "html.parser")

    for element in soup.find_all(True):
        assert element.name in TAGS
        assert element.attrs.keys() <= {"href", "rel"}
        if element.name == "a" and "href" in element.attrs:
            assert element["href"].startswith(("http://", "https://", "mailto:"))
            assert element["rel"] == ["nofollow", "ugc", "noopener"]


@given(st.text(), st.sampled_from(["text", "html"]))
def test_any_words_at_all_leave_the_page_closed(words, kind):
    """What a comment opens it closes: the page around it stays as it was."""
    html = safe(**{"text": "", "html": "", kind: words})
    soup = BeautifulSoup(f"<div>{html}</div><i>after</i>", "html.parser")

    assert soup.find("i", string="after").parent.name == "[document]"
    assert {element.name for element in soup.div.find_all(True)} <= TAGS


def test_what_would_take_long_is_shown_as_it_was_typed():
    """markdown-it takes seconds for some of these; no word is lost."""
    for words in ("![" * 25_000, "[" * 50_000, "word " * 12_000):
        assert safe(words, "") == f"<p>{words.strip()}</p>"


def test_html_in_markdown_is_shown_and_not_meant():
    """As the services show it."""
    assert safe("a <b>c</b> *d*", "") == "<p>a &lt;b&gt;c&lt;/b&gt; <em>d</em></p>"


def test_a_lines_end_is_a_lines_end():
    """People write comments as they write letters."""
    assert safe("one\ntwo", "") == "<p>one<br>\ntwo</p>"


def test_a_thousand_quotations_in_one_another_are_words():
    """A browser takes hundreds of elements in one another; the rest of the page must not depend on it."""
    html = safe("", "<blockquote>" * 1000 + "deep")

    assert "<blockquote>" not in html and "deep" in html
    assert "deep" in safe(">" * 1000 + " deep", "")
