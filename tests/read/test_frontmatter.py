"""Front matter: text stays the text that was written, and every mistake has its place."""

import random
import re
import string
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsroom.errors import NewsroomError, text
from newsroom.read import frontmatter
from newsroom.read.frontmatter import Document, decode, locate, locate_key, place_of, read


def told(raw):
    """What is wrong with a file, as a person reads it."""
    with pytest.raises(NewsroomError) as error:
        read(raw if isinstance(raw, bytes) else raw.encode(), "a.md")
    return [text(problem) for problem in error.value.problems]


def test_a_file_is_keys_and_a_body():
    """The body begins on the line after the closing one."""
    assert read(b"---\ntitle: Hello\ntopics: [a, b]\n---\n\nWords.\n", "a.md") == Document(
        {"title": "Hello", "topics": ["a", "b"]}, "\nWords.\n", 5
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("no", "no"),
        ("0123", "0123"),
        ("2026-11-02", "2026-11-02"),
        ("2026-11-02 09:00", "2026-11-02 09:00"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("~", "~"),
        ("null", "null"),
        ("", ""),
        ('"a: b"', "a: b"),
        ("!!python/object/apply:os.system [ls]", ["ls"]),
        ("{a: {b: c}}", {"a": {"b": "c"}}),
    ],
)
def test_a_value_is_never_guessed(written, kept):
    """Norway, slugs with zeros, times and tags stay text: nothing becomes a number, a date or an object."""
    assert read(f"---\nkey: {written}\n---\n".encode(), "a.md").values == {"key": kept}


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf---\ntitle: Hello\n---\nWords",
        b"---\r\ntitle: Hello\r\n---\r\nWords",
        b"---\rtitle: Hello\r---\rWords",
        b"\n\n---   \ntitle: Hello\n--- \t\nWords",
        b"---\ntitle: Hello\n...\nWords",
    ],
)
def test_what_editors_do_to_a_file_changes_nothing(raw):
    """Byte-order marks, line ends, trailing spaces and empty lines are not the writer's words."""
    assert read(raw, "a.md")[:2] == ({"title": "Hello"}, "Words")


def test_a_rule_in_the_body_is_the_bodys():
    """Only the second line of three hyphens closes the front matter."""
    assert read(b"---\ntitle: a\n---\nx\n\n---\n\ny\n", "a.md").body == "x\n\n---\n\ny\n"


def test_front_matter_may_be_empty():
    """Whether keys are missing is for the schema to say."""
    assert read(b"---\n---\nWords", "a.md") == Document({}, "Words", 3)


names = st.text(string.ascii_letters + string.digits + "_ -.:#é字", min_size=1, max_size=12)
values = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n", exclude_characters="\ufeff\ufffe\uffff"),
    max_size=40,
)


@given(
    st.dictionaries(
        names, values | st.lists(values, max_size=3) | st.dictionaries(names, values, max_size=2), max_size=5
    )
)
@example({"a": "# not a comment", "b": "- x", "c": "---", "d": "[x", "e": "*x", "f": "\n---\n"})
def test_whatever_texts_are_written_as_yaml_are_read_back(keys):
    """A YAML writer's output is understood, whatever stands in the texts."""
    written = yaml.safe_dump(keys, allow_unicode=False, default_style='"')

    assert read(f"---\n{written}---\nWords\n".encode(), "a.md")[:2] == (keys, "Words\n")


@given(st.binary(max_size=200) | st.lists(st.sampled_from([b"---\n", b"a: ", b"b", b"\n", b"[", b"{", b"*x", b"&x ", b"'", b'"', b"\t", b"? ", b"- ", b"\x00", b"\xff", b"%YAML 9\n", "\u2028".encode(), b"<<: ", b"!!", b"|\n ", b"#"]), max_size=30).map(b"".join))  # fmt: skip
def test_any_bytes_are_a_document_or_a_message(raw):
    """No file is a traceback, and every message can be told."""
    for whole in (raw, b"---\n" + raw + b"\n---\n"):
        try:
            assert isinstance(read(whole, "a.md").values, dict)
        except NewsroomError as error:
            assert error.problems and all(text(problem).startswith("a.md") for problem in error.problems)
        try:
            locate(whole, ("a", 0, "b"))
        except NewsroomError:
            pass


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
@pytest.mark.parametrize("depth", [100, 1000, 200_000])
def test_nesting_without_end_is_a_message(opening, depth):
    """A line of brackets neither ends the process nor the patience: libyaml recurses on C's stack."""
    assert "the front matter nests too deep" in told(f"---\na:\n  {opening * depth}\n---\n")[0]


MISTAKES = {
    "Words alone": "a.md:1:1: has no front matter\n    1 | Words alone\n      | ^\n"
    "hint: begin the file with a line ---, the keys (title: ...), and another line ---",
    "---\ntitle: a\nWords": "a.md:1:1: the front matter is opened and never closed\n    1 | ---\n      | ^^^\n"
    "hint: begin the file with a line ---, the keys (title: ...), and another line ---",
    "---\ntitle: a: b\n---\n": "a.md:2:9: the front matter is not YAML: mapping values are not allowed in this context\n"
    "    2 | title: a: b\n      |         ^\nhint: put the value in quotes: a colon followed by a space starts a key",
    "---\ntitle: a\n\tx: b\n---\n": "a.md:3:1: the front matter is not YAML: found a tab character that violates indentation\n"
    "    3 |  x: b\n      | ^\nhint: indent with spaces: YAML does not take tabs",
    "---\ntitle: @maya\n---\n": "a.md:2:8: the front matter is not YAML: found character that cannot start any token\n"
    "    2 | title: @maya\n      |        ^\nhint: check quotes, brackets and indentation; a value with : # @ & * or % needs quotes",
    "---\n- a\n- b\n---\n": "a.md:2:1: the front matter is not a list of keys\n    2 | - a\n      | ^^^\n"
    "hint: write one key a line, as in title: Hello",
    "---\ntitle: a\ntitle: b\n---\n": 'a.md:3:1: "title" is given twice, with two values\n    3 | title: b\n      | ^^^^^\n'
    "hint: keep the one that is meant",
    "---\na: &x [b]\nc: *x\n---\n": "a.md:2:4: the front matter repeats a value by YAML's * and &\n    2 | a: &x [b]\n      |    ^^^^^^\n"
    "hint: write the value out",
    "---\n[a]: b\n---\n": "a.md:2:1: a key must be one word, not a list or a map\n    2 | [a]: b\n      | ^^^\n"
    "hint: put it in quotes if it holds { } or [ ]",
    "---\ntitle: a\x07b\n---\n": "a.md:2:9: there is a control character, U+0007 in the text\n    2 | title: a\ufffdb\n"
    "      |         ^\nhint: delete it",
    "---\ntitle: a\n---\nx\0\n": "a.md:4:2: there is a null byte in the text\n    4 | x\ufffd\n      |  ^\nhint: delete it",
}


@pytest.mark.parametrize(("raw", "message"), MISTAKES.items())
def test_a_mistake_is_told_where_it_stands(raw, message):
    """The line and column are those of the file, not of the front matter alone."""
    assert told(raw) == [message]


def test_another_encoding_is_named_with_its_place():
    """The column counts letters, not bytes."""
    assert told("---\ntitle: a\n---\nGrüße ".encode() + "Grüße".encode("latin-1")) == [
        "a.md:4:9: is not UTF-8: the byte 0xfc has no meaning here\n    4 | Grüße Gr\ufffd\ufffde\n      |         ^\nhint: save the file as UTF-8"
    ]


def test_a_billion_laughs_are_one_message():
    """A dozen aliases never become a billion values."""
    lines = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))

    assert len(told(f"---\n{lines}---\n")) == 1


def test_the_same_value_twice_is_no_mistake():
    """Two keys that agree can be read in one way only."""
    assert read(b"---\na: b\na: b\n---\n", "a.md").values == {"a": "b"}


FILE = b"""---
title: Hello
topics: [lenses, repair]
people:
  - maya
  - jonas
answers:
  within: soon
  by: [x]
corrections:
  - {date: 2026-01-01, by: nobody}
---
Words
"""


@pytest.mark.parametrize(
    ("pointer", "shown"),
    [
        (("title",), "Hello"),
        (("topics",), "[lenses, repair]"),
        (("topics", 1), "repair"),
        (("people", 1), "jonas"),
        (("answers", "within"), "soon"),
        (("answers", "by", 0), "x"),
        (("corrections", 0, "by"), "nobody"),
        (("answers",), "answers"),
        (("people",), "people"),
        ((), "title: Hello"),
        (("gone",), "title"),
        (("topics", 7), "[lenses, repair]"),
    ],
)
def test_a_value_is_found_where_it_is_written(pointer, shown):
    """The nearest thing that is written, where the value is not."""
    found = locate(FILE, pointer)

    assert shown == found.excerpt[found.column - 1 : found.column - 1 + found.length]
    assert FILE.decode().split("\n")[found.line - 1] == found.excerpt


def test_a_key_is_found_where_it_stands():
    """The key, not its value; a key that is not there is nowhere but in the front matter."""
    found = locate_key(FILE, "topics")

    assert (3, 1, 6) == (found.line, found.column, found.length)
    assert locate_key(FILE, "gone").line == 2


@given(st.text(), st.data())
def test_an_offset_is_a_place(words, data):
    """Line and column lead back to the same character."""
    offset = data.draw(st.integers(0, len(words)))
    place = place_of(words, offset, "a.md")

    assert sum(len(line) + 1 for line in words.split("\n")[: place.line - 1]) + place.column - 1 == offset


def test_decoding_gives_the_writers_words():
    """Beyond line ends and the mark at the start nothing is changed."""
    assert decode("\ufeffa\r\nb\rc\td\u00a0".encode(), "a.md") == "a\nb\nc\td\u00a0"


def test_both_of_yamls_parsers_agree(monkeypatch):
    """Where libyaml is missing, the same files give the same values and the same places."""
    fast = {raw: (told(raw)[0].split(": ")[0], None) for raw in MISTAKES}
    monkeypatch.setattr(frontmatter, "_yaml", lambda: (yaml, yaml.BaseLoader))

    assert {raw: (told(raw)[0].split(": ")[0], None) for raw in MISTAKES} == fast
    assert read(FILE, "a.md").values["answers"] == {"within": "soon", "by": ["x"]}


def split_head(raw):
    """The front matter of a file, and its first line."""
    return frontmatter.split(decode(raw, "a.md"), "a.md")[:2]


def composed(raw):
    """What a file's front matter says, read from yaml's nodes; what is wrong with it is said here too."""
    head, line = split_head(raw)
    return frontmatter._values(frontmatter._compose(head, line, "a.md"), "a.md", line, head)


def told_or_read(reading, raw):
    """Values with their types, a Cut being another than a text, or problems."""

    def typed(value):
        if isinstance(value, dict):
            return {key: typed(item) for key, item in value.items()}
        return [typed(item) for item in value] if isinstance(value, list) else (type(value), value)

    try:
        return typed(reading(raw))
    except NewsroomError as error:
        return error.problems


ROOT = Path(__file__).parents[2]
OURS = [path.read_bytes() for path in sorted(ROOT.glob("content/**/*.md"))]
WRONG = [
    case.encode()
    for case in re.split("^[═─]{4}.*\n", (ROOT / "tests/fixtures/wrong-inputs.txt").read_text("utf-8"), flags=re.M)
    if ":" in case
]


def same_either_way(raw):
    assert told_or_read(composed, raw) == told_or_read(lambda raw: read(raw, "a.md").values, raw)


def test_our_own_posts_need_no_nodes(monkeypatch):
    """Their values are read from events, four times as fast, and are those that the nodes give."""
    expected = [composed(raw) for raw in OURS]
    monkeypatch.setattr(frontmatter, "_compose", None)

    assert expected == [read(raw, "a.md").values for raw in OURS]


UNCLEAR = ("a: &x b\nc: *x", "a: b\na: b", "[a]: b", "? [b]", "*x : a", "&x a: b", "- a", "a", "# a", "", "a: b\n--- c", "a: [b", "a: " + "[" * 21 + "]" * 21)  # fmt: skip


@pytest.mark.parametrize("head", UNCLEAR)
def test_what_is_wrong_or_unclear_is_looked_at_in_the_nodes(head):
    """Anchors, keys given twice, keys that are no words, and all that is an error: the nodes have the places."""
    assert frontmatter._plain(head + "\n") is None
    same_either_way(f"---\n{head}\n---\n".encode())


@pytest.mark.parametrize("raw", [*WRONG, *map(str.encode, MISTAKES)])
def test_a_mistake_is_the_same_either_way(raw):
    """The messages too; what stands in the fixtures without its --- lines is tried between them."""
    same_either_way(raw)
    same_either_way(b"---\n" + raw + b"\n---\n")


WRITTEN = ["a", "b", "é", ": ", ":", "\n", "\n  ", "\n- ", " #", " # x", "#x", "[", "]", "{", "}", ", ", "'", '"', "|", ">-", "&x ", "*x", "? ", "!!str ", "- ", "\t", "~", "<<: "]  # fmt: skip


@given(st.lists(st.sampled_from(WRITTEN), max_size=12).map("".join))
@example("a: b # c")
@example("a: [b #c\n ]")
@example('a: "b" #c')
@example("a: b\n  c #d")
@example("a: &x b\nc: &x d")
def test_yaml_of_any_kind_is_the_same_either_way(head):
    """Values, texts cut short by a #, and problems with their places."""
    same_either_way(f"---\na: {head}\nb: c\n---\n".encode())
    same_either_way(f"---\n{head}\n---\n".encode())


@settings(max_examples=30)
@given(
    st.dictionaries(names, st.recursive(values, lambda of: st.lists(of) | st.dictionaries(names, of), max_leaves=6)),
    st.sampled_from([True, False, None]),
    st.sampled_from([None, '"', "'", "|", ">"]),
)
def test_whatever_a_yaml_writer_writes_is_the_same_either_way(keys, flow, style):
    """In every style it knows."""
    written = yaml.safe_dump(keys, default_flow_style=flow, default_style=style, allow_unicode=True)

    same_either_way(f"---\n{written}\n---\n".encode())


def test_damage_anywhere_is_a_document_or_a_message():
    """Any byte of a good file may become any other."""
    chance = random.Random(1)
    for _ in range(400):
        raw = bytearray(FILE)
        raw[chance.randrange(len(raw))] = chance.randrange(256)
        try:
            read(bytes(raw), "a.md")
        except NewsroomError as error:
            assert error.problems
