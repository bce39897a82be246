"""Types of values that only a newsroom has."""

import pytest

from newsroom.read.fields import focus
from newsroom.read.values import Reader


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("60% 30%", "60% 30%"),
        ("60 30", "60% 30%"),
        ("0%, 100%", "0% 100%"),
        ("top", "50% 0%"),
        ("Top Left", "0% 0%"),
        ("left top", "0% 0%"),
        ("bottom-right", "100% 100%"),
        ("center", "50% 50%"),
        ("centre left", "0% 50%"),
    ],
)
def test_a_place_in_a_picture_is_two_percentages(written, kept):
    """As numbers, or in words, in either order."""
    reader = Reader("a.md", "UTC")

    assert (kept, []) == (focus(written, ("image", "focus"), reader), reader.problems)


@pytest.mark.parametrize(
    "written", ["101% 0%", "60%", "face", "left right", "top top left", "60% 30% 10%", "60px 30px"]
)
def test_what_is_no_place_is_told(written):
    """With the two ways to write one."""
    reader = Reader("a.md", "UTC")

    assert "" == focus(written, ("image", "focus"), reader)
    assert [f'"{written}" is no place in a picture'] == [problem.message for problem in reader.problems]
    assert '"60% 30%"' in reader.problems[0].hint and "top left" in reader.problems[0].hint
