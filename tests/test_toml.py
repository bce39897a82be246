"""TOML text: where a key stands, and what is wrong with it."""

import pytest

from newsroom.errors import NewsroomError
from newsroom.toml import locate, read


@pytest.mark.parametrize(
    ("written", "pointer", "place"),
    [
        ("a = 1\n[posts]\nper_page = 2\n", ("posts", "per_page"), (3, 1, 8)),
        ("a = 1\n[posts]\nper_page = 2\n", ("posts", "gone"), (2, 2, 5)),
        ("posts.per_page = 2\n", ("posts", "per_page"), (1, 1, 14)),
        ("[comments]\nprovider = 'x'\n  [ comments.isso ]\n  url = 1\n", ("comments", "isso", "url"), (4, 3, 3)),
        ("[a]\nurl = 1\n[b]\nurl = 2\n", ("b", "url"), (4, 1, 3)),
        ("[a]\n", ("nope",), (1, 0, 1)),
        ('"url" = 1\n', ("url",), (1, 1, 5)),
    ],
)
def test_a_setting_is_found_where_it_stands(written, pointer, place):
    """The line of the key; of its table where the key is not written; else the first."""
    found = locate(written, pointer, "site.toml")

    assert place == (found.line, found.column, found.length)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("a = “x”\n", 'use straight quotes: " at both ends'),
        ("a = [“x”, “y”]\n", 'use straight quotes: " at both ends'),
        ("a = x\n", "texts need quotes, lists [brackets]; see https://toml.io"),
    ],
)
def test_quotes_of_a_text_editor_are_named(written, hint):
    """What looks like a text in quotes is none to TOML."""
    with pytest.raises(NewsroomError) as error:
        read(written.encode(), "site.toml")

    assert [problem.hint for problem in error.value.problems] == [hint]
