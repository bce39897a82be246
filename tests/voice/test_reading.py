"""What is read of a file, where findings stand, what is allowed, and what no output shows."""

import json

import pytest

from newsroom.cli import main
from newsroom.commands.voice import listen
from newsroom.errors import text
from newsroom.read import spoken
from newsroom.read.frontmatter import Document

WORDS = "We are thrilled to announce a lens."
FOUND = [("corporate-speak", "thrilled to announce")]


def passages(body, values={}):
    """(kind, text) of what is read."""
    return [(passage.kind, passage.text) for passage in spoken.text("a.md", Document(values, body, 1), "en").passages]


def test_prose_is_read_and_nothing_else():
    """Each block is a passage, as readers see it; code, tables, block quotes, pictures and raw HTML are none."""
    body = (
        "## A *head*\n\nOne\ntwo [link](https://example.com/x) &amp; `code`.\n\n- item\n\n> quoted\n\n```\ncode\n```\n\n"
        "| a |\n|---|\n| b |\n\n<div>raw</div>\n\n![alt](a.jpg) seen\n\n> [!NOTE]\n> Mind this.\n"
    )

    assert passages(body) == [
        ("heading", "A head"), ("paragraph", "One two link & code."), ("item", "item"), ("paragraph", " seen"),
        ("paragraph", "Mind this."),
    ]  # fmt: skip


def test_front_matter_speaks_too():
    """What a reader sees of it; a question is the reader's own."""
    values = {
        "title": "T",
        "summary": "S",
        "known": ["k"],
        "facts": ["f"],
        "quotes": [{"by": "maya", "text": "q"}],
        "question": "?",
    }

    assert passages("", values) == [("title", "T"), ("summary", "S"), ("known", "k"), ("facts", "f"), ("quote", "q")]


PLACES = [
    ("---\ntitle: A\n---\n\nFirst line\nhere. We *are*  **thrilled to announce** it.\n", "6:19", 20),
    ("---\ntitle: A\n---\n- a\n\n  - b thrilled to announce\n", "6:7", 20),
    ("---\ntitle: A\n---\n> [!NOTE]\n> We \\* `x` are thrilled to announce.\n", "5:17", 20),
    ("---\ntitle: A\n---\n[a](https://e.com/thrilled) is thrilled to announce.\n", "4:32", 20),
    ("---\ntitle: A\n---\nSo thrilled to\nannounce it.\n", "4:4", 11),
    ("---\nsummary: x\ntitle: Thrilled to announce A\n---\nB\n", "3:8", 20),
    ("---\ntitle: A\nsummary: >\n  Long ago\n  and thrilled to announce\n---\nB\n", "5:7", 20),
    ("We are thrilled to announce it, without front matter.", "1:8", 20),
]


@pytest.mark.parametrize(("file", "place", "length"), PLACES)
def test_a_finding_stands_where_its_words_stand(make_site, file, place, length):
    """Line and column of the file, whatever markup is around; the line is shown with a caret below."""
    site = make_site({"content/posts/a.md": file})
    (problem,) = listen(site.root, [str(site.root / "content")]).problems
    where = problem.location

    assert (f"{where.line}:{where.column}", where.length) == (place, length)
    assert where.excerpt[where.column - 1 :].lower().startswith("thrilled")


def test_a_finding_is_told_as_every_problem_is(make_site):
    """Place, words, what is wrong with them, and a question."""
    site = make_site({"content/posts/a.md": f"---\ntitle: A\n---\n{WORDS}\n"})
    (problem,) = listen(site.root).problems

    assert text(problem) == (
        'content/posts/a.md:4:8: warning: "thrilled to announce" tells how the sender feels before it tells what happened\n'
        "    4 | We are thrilled to announce a lens.\n"
        "      |        ^^^^^^^^^^^^^^^^^^^^\n"
        "hint: what can a reader do, see or use today that was not there yesterday?"
    )


ALLOW = '<!-- voice: allow corporate-speak, "we were" -->'


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (f"{WORDS} {ALLOW}", []),
        (f"{ALLOW}\n\n{WORDS}", []),
        (f"{ALLOW}\n\n- {WORDS}\n- {WORDS}", []),
        (f"{ALLOW}\n\n{WORDS}\n\n{WORDS}", FOUND),
        (f"{WORDS}\n\n{ALLOW}", FOUND),
        (f"{WORDS} <!-- voice: allow breathless, because -->", FOUND),
        (f'{WORDS} <!-- voice: allow "thrilled", a joke -->', []),
        (f'{WORDS} <!-- voice: allow "lens", a joke -->', FOUND),
        (f"`{ALLOW}` {WORDS}", FOUND),
    ],
)
def test_a_comment_allows_for_the_block_it_stands_in_or_the_next(heard, body, left):
    """A rule, or words; and no further."""
    assert heard(body) == left


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("<!-- voice: allow corporate-speak -->", 'the exception for "corporate-speak" gives no reason'),
        ("<!-- voice: allow corporate-speek, joke -->", 'unknown rule "corporate-speek"'),
        ("<!-- voice: shut up -->", "this comment is for the voice check, which does not understand it"),
        ("<!-- voice: allow", "this comment is for the voice check, which does not understand it"),
    ],
)
def test_an_exception_that_cannot_hold_is_told(make_site, comment, message):
    """Where it stands; and it allows nothing."""
    site = make_site({"content/posts/a.md": f"---\ntitle: A\n---\n{WORDS}\n\n{comment}\n"})
    told = [(p.code, p.message, p.location.line) for p in listen(site.root).problems]

    assert ("voice-exception", message, 6) in told
    assert "corporate-speak" in [code for code, _, _ in told]


def test_a_site_and_a_person_allow_words(heard):
    """With a reason in site.toml, or in her own file."""
    assert heard(WORDS, allowed={"thrilled": "we were"}) == heard(WORDS, allowed={"corporate-speak": "we are"}) == []
    assert heard("We leverage data here.", "authors: [jonas]") != []
    assert heard("We leverage data here.", "authors: [maya]") == []


def test_a_language_without_words_is_skipped_and_said_to_be(make_site, capsys):
    """And so is one that the settings leave out."""
    head = "---\ntitle: Bonjour\nlanguage: fr\n---\n"
    site = make_site(
        {"content/posts/a.md": f"{head}{WORDS}\n", "content/posts/b.md": "---\ntitle: Hello\n---\nWords.\n"}
    )
    told = listen(site.root)

    assert told.lines[0].startswith("1 text in fr is not read: there is no list of words for it")
    assert told.lines[-1] == "1 text read, no findings"


@pytest.mark.parametrize(("level", "code"), [("advise", 0), ("require", 1)])
def test_the_level_decides_whether_ci_fails(make_site, capsys, level, code):
    """`newsroom voice` and `newsroom check` alike."""
    files = {
        "content/people/maya.md": "---\nname: Maya Okafor\ncontact: {email: maya@example.com}\n---\nBio\n",
        "content/posts/a.md": f"---\ntitle: A\nauthors: [maya]\ndate: 2026-01-02\nid: a\n---\n{WORDS}\n",
    }
    site = make_site(files, voice={"level": level})

    assert main(["voice", "--site", str(site.root), "--json"]) == code
    found = json.loads(capsys.readouterr().out)
    assert (found["read"], found["found"], [p["code"] for p in found["problems"]]) == (1, 1, ["corporate-speak"])
    assert main(["check", "--site", str(site.root)]) == code
    assert '"thrilled to announce" tells' in capsys.readouterr().err


def test_a_path_that_is_not_there_is_told(make_site, capsys):
    """And nothing else is read."""
    site = make_site({})

    assert main(["voice", "nowhere.md", "--site", str(site.root)]) == 1
    assert 'there is no "nowhere.md"' in capsys.readouterr().err


def test_a_folder_without_texts_has_not_passed(make_site, capsys):
    """Nothing was read; a site without posts has nothing to read yet."""
    site = make_site({"pictures/a.txt": "Hello"})

    assert main(["voice", str(site.root / "pictures"), "--site", str(site.root)]) == 1
    assert "there is no text in" in capsys.readouterr().err
    assert main(["voice", "--site", str(site.root)]) == 0


@pytest.mark.parametrize("trust", [True, False])
def test_what_is_said_to_the_voice_check_is_in_no_output(make_site, trust):
    """Not in a page, a feed or an index, whatever the site does with raw HTML; nor where it is never closed."""
    person = "---\nname: Maya Okafor\n---\nBio <!-- voice: allow breathless, secret1 -->\n"
    body = "<div>\n\nHi <!-- voice: allow breathless, secret2 --> there\n\n<!--voice: secret3 -->\n\n- x\n\n<!-- voice: secret4\n"
    post = f"---\ntitle: A\nauthors: [maya]\ndate: 2026-01-02\n---\n{body}"
    site = make_site({"content/people/maya.md": person, "content/posts/a.md": post}, posts={"trust_html": trust})

    assert site.build().problems == ()
    assert [path for path, raw in site.outputs().items() if b"secret" in raw] == []


ANSWER = "We are thrilled to announce our best-in-class repair solution."


def test_what_others_answer_in_an_interview_is_theirs(heard):
    """From their name on to the next one; what the author says there is read."""
    body = f"**Ada:** Why?\n\n**JL:** {ANSWER}\n\n{ANSWER}\n\n**Ada:** And then?\n\n**JL:** Well.\n"

    assert [] == heard(body, "authors: [maya]")
    assert 2 == len([words for rule, words in heard(body) if rule == "corporate-speak"]) // 2
    assert heard(f"Note: one.\n\n{ANSWER}\n\nUpdate: two.\n\nLater: three.\n", "authors: [maya]")
