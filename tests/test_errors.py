"""Problems as a person reads them: place, message, the line with a caret, the next step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.errors import Location, NewsroomError, Problem, did_you_mean, problem, text


def test_a_problem_names_place_message_line_and_next_step():
    """The four parts stand in the order in which they are needed, the caret below the word."""
    place = Location("content/posts/a.md", 4, 10, 10, ("topics", 0), "topics: [enginering, hiring]")
    wrong = Problem("unknown-topic", 'unknown topic "enginering"', place, 'did you mean "engineering"?')

    told = text(wrong)

    assert told == (
        'content/posts/a.md:4:10: unknown topic "enginering"\n'
        "    4 | topics: [enginering, hiring]\n"
        "      |          ^^^^^^^^^^\n"
        'hint: did you mean "engineering"?'
    )


def test_a_warning_says_that_it_is_one():
    """Only what does not stop a build is called a warning."""
    told = text(Problem("no-id", "the post has no id", Location("a.md", 1), "add one", "warning"))

    assert told == "a.md:1: warning: the post has no id\nhint: add one"


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (Location("a.md"), "a.md: it is wrong"),
        (Location("a.md", 3), "a.md:3: it is wrong"),
        (Location("a.md", 3, 0, 1, (), "words"), "a.md:3: it is wrong\n    3 | words"),
        (Location("a.md", 3, 2, 9, (), "abc"), "a.md:3:2: it is wrong\n    3 | abc\n      |  ^^"),
        (Location("a.md", 3, 9, 1, (), "abc"), "a.md:3:9: it is wrong\n    3 | abc\n      |         ^"),
        (Location("a.md", 3, 2, 1, (), "\tabc"), "a.md:3:2: it is wrong\n    3 |  abc\n      |  ^"),
        (Location("a.md", 0, 0, 1, (), "abc"), "a.md: it is wrong"),
    ],
)
def test_what_is_not_known_of_a_place_is_not_said(place, told):
    """Line, column and caret are each left out where they are 0, and the carets end where the line does."""
    assert told == text(Problem("x", "it is wrong", place))


def test_a_long_line_is_shown_around_the_caret():
    """A hundred characters at most, the bad value among them, and the caret still below it."""
    place = Location("a.md", 1, 5001, 3, (), "x" * 5000 + "BAD" + "y" * 5000)

    line, carets = text(Problem("x", "it is wrong", place)).split("\n")[1:]

    assert len(line) <= len("    1 | ") + 100
    assert line[carets.index("^") : carets.rindex("^") + 1] == "BAD"


@pytest.mark.parametrize("part", ["path", "message", "excerpt", "hint"])
def test_no_part_of_a_message_commands_the_terminal(part):
    """Escape sequences, bells and line breaks out of a file name or a text are shown as one sign."""
    evil = "a\x1b[31m\x07\r\nb\u202e"
    parts = dict.fromkeys(("path", "message", "excerpt", "hint"), "plain") | {part: evil}
    told = text(Problem("x", parts["message"], Location(parts["path"], 1, 1, 1, (), parts["excerpt"]), parts["hint"]))

    assert "a\ufffd[31m\ufffd\ufffd\ufffdb\ufffd" in told
    assert all(c.isprintable() or c in "\n\ufffd" for c in told)


@given(st.text(), st.text(), st.integers(0, 400), st.integers(0, 400), st.text(), st.integers(-5, 500))
def test_every_problem_can_be_told(path, message, line, column, excerpt, length):
    """No place is too strange to be printed; beside line, carets and hint there are no lines."""
    told = text(Problem("x", message, Location(path, line, column, length, (), excerpt), "hint"))

    assert len(told.split("\n")) <= 4


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("enginering", 'did you mean "engineering"?'),
        ("Engineering", 'did you mean "engineering"?'),
        ("ask-me-about", 'did you mean "ask_me_about"?'),
        ("ASKMEABOUT", 'did you mean "ask_me_about"?'),
        ("xyzzy", ""),
        ("", ""),
        ("---", ""),
    ],
)
def test_a_hint_names_the_closest_word_and_never_a_far_one(word, hint):
    """Case and delimiters count for nothing; a word that resembles nothing gets no guess."""
    assert hint == did_you_mean(word, ["engineering", "ask_me_about", "repair"])


def test_a_hint_goes_on_after_its_guess():
    """What can always be said is said after the guess, or alone."""
    assert (
        did_you_mean("mya", ["maya"], "People are in content/people/.")
        == 'did you mean "maya"? People are in content/people/.'
    )
    assert did_you_mean("zz", ["maya"], "People are in content/people/.") == "People are in content/people/."


@given(st.text(), st.lists(st.text(), max_size=6))
def test_a_guess_is_always_a_known_word(word, known):
    """Nothing is suggested that does not exist."""
    hint = did_you_mean(word, known)

    assert hint == "" or hint.removeprefix('did you mean "').removesuffix('"?') in known


def test_an_error_carries_its_problems():
    """Whoever catches it has every problem as a value, and the exception's own words are their messages."""
    wrong = [problem("one", "first", "a.md"), problem("two", "second", "b.md", ("title",), "do this", line=3)]
    error = NewsroomError(iter(wrong))

    assert error.problems == tuple(wrong)
    assert str(error) == "first\nsecond"
    assert wrong[1] == Problem("two", "second", Location("b.md", 3, pointer=("title",)), "do this")
