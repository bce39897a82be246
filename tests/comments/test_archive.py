"""Archives: the file's form."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsroom.comments.archive import Archive, Row, dump, parse, path_of
from newsroom.errors import NewsroomError
from newsroom.read.values import Reader, line

PATH = "content/comments/2026/a.yaml"
WHOLE = """\
# Comments on "What a cracked lens taught us", kept by newsroom. What you change here stays changed.
post: 3f2b0c
pulled: 2026-11-21T10:00:00Z
closed: the order was refunded
comments:
- id: isso-3
  name: Bo
  account: isso/77aa01
  date: 2026-11-01T09:14:00Z
  text: |
    First.

    - yes
  seen: 0f3a9c21d4e5
- id: isso-17
  reply_to: isso-3
  name: "Ada: Reader"
  site: https://ada.example
  account: isso/6fab3c
  person: maya
  date: 2026-11-02T09:14:00Z
  edited: 2026-11-02T10:00:00Z
  html: |
    <p>The words.</p>
  seen: "0e1112223334"
  ignore: advertising
- id: isso-18
  date: 2026-11-03T09:14:00Z
  deleted: true
  redacted: [name, words]
"""


def read(text):
    """An archive of a file's text."""
    return parse(text.encode(), PATH)


def row(archive, id):
    """One of its comments."""
    return next(row for row in archive.rows if row.id == id)


def test_the_file_is_written_as_it_was_read():
    """Keys in their order, words as blocks, quotes only where YAML needs them."""
    archive = read(WHOLE)

    assert archive.title == "What a cracked lens taught us"
    assert row(archive, "isso-18") == Row(
        "isso-18", date="2026-11-03T09:14:00Z", deleted=True, redacted=("name", "words")
    )
    assert dump(archive) == WHOLE


def test_a_post_has_its_archive_at_the_same_place():
    """Below content/comments/ as the post stands below content/posts/."""
    assert path_of("content/posts/2026/a.md") == "content/comments/2026/a.yaml"
    assert path_of("content/posts/2026/b/index.md") == "content/comments/2026/b.yaml"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text(
    " \t\n\r#:-|>\"'\\a.\x85\u2028\ufeff\x00", max_size=12
)
lines = texts.map(lambda text: line(text, ("name",), Reader("", "UTC")))
rows = st.builds(
    Row,
    st.just("x-1"),
    st.just(""),
    site=st.just(""),
    edited=st.just(""),
    html=st.just(""),
    name=lines,
    account=lines,
    person=lines,
    text=texts,
    seen=st.from_regex(r"[0-9a-f]{12}", fullmatch=True),
    ignore=lines,
    date=st.just("2026-11-02T09:14:00Z"),
    deleted=st.booleans(),
    redacted=st.sampled_from([(), ("name",), ("name", "words")]),
)


@given(lines, texts, rows, texts)
@example("", "", Row("x-1", date="2026-11-02T09:14:00Z", text="---\na: b\n...\n"), "")
@example("null", "", Row("x-1", date="2026-11-02T09:14:00Z", text=" # one\n\n\ttwo  "), "\n\n x")
def test_every_text_comes_back_as_it_was_written(closed, title, first, html):
    """Whatever a stranger types: the file is YAML, and says the same."""
    second = Row("x-2", "x-1", date="2026-11-02T09:15:00Z", html=html)
    archive = Archive("p", "", closed, title, (first, second))

    assert read(dump(archive)) == archive


@given(lines.filter(bool))
@example("no")
@example("0123")
@example("1_000")
@example("12:30:00")
@example("2026-11-02")
@example("a: b")
@example("a #b")
@example("0e12")
def test_another_reader_of_yaml_takes_a_name_for_text_too(name):
    """No name becomes a number, a date or a truth value in somebody else's program."""
    import yaml

    archive = Archive("p", rows=(Row("x-1", name=name, date="2026-11-02T09:14:00Z"),))

    assert yaml.safe_load(dump(archive))["comments"][0]["name"] in (name, datetime(2026, 11, 2, 9, 14, tzinfo=UTC))


def test_words_stand_in_the_file_as_they_read():
    """Markdown is not folded, and needs no marks to be legible."""
    text = "A *list*:\n\n- one\n- two: # three\n\n    code\n"

    assert "  text: |\n    A *list*:\n\n    - one\n    - two: # three\n\n        code\n" in dump(
        Archive("p", rows=(Row("x", text=text),))
    )
    assert "  text: |2\n        code\n" in dump(Archive("p", rows=(Row("x", text="    code\n"),)))


@pytest.mark.parametrize(
    ("old", "new", "code", "message"),
    [
        ("  ignore:", "  ignored:", "unknown-key", 'unknown key "ignored"'),
        ("  reply_to: isso-3", "  reply_to: isso 3", "bad-value", '"isso 3" cannot be the id of a comment'),
        ("- id: isso-18", "- id: isso-3", "duplicate-id", 'the id "isso-3" is given twice'),
        ("  name: Bo", "  name: [Bo", "bad-yaml", "the file is not YAML"),
        ("https://ada", "javascript:ada", "bad-value", "is not a web address"),
        ("[name, words]", "[name, mail]", "bad-value", 'unknown redacted "mail"'),
        ("2026-11-03", "3/11/2026", "bad-date", "is not a date"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_line(old, new, code, message):
    """A misspelt key too: nothing is dropped in silence."""
    assert old in WHOLE
    with pytest.raises(NewsroomError) as raised:
        read(WHOLE.replace(old, new))
    wrong = raised.value.problems[0]

    assert (wrong.code, wrong.location.path) == (code, PATH) and message in wrong.message
    assert wrong.location.line - WHOLE[: WHOLE.index(old)].count("\n") - 1 in ((0, 1) if code == "bad-yaml" else (0,))


def test_dates_without_a_zone_are_meant_in_the_sites():
    """As in every other file; the archive keeps UTC."""
    text = "post: p\ncomments:\n- id: x-1\n  date: 2026-11-02 09:14\n"

    assert parse(text.encode(), PATH, "Europe/Helsinki").rows[0].date == "2026-11-02T07:14:00Z"
