"""Contrast: what WCAG asks of colours, and the nearest colour that has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.render.contrast import TEXT, Colour, colour, luminance, mixed, nearest, ratio, worst

PAPER, NIGHT = Colour(0xFA, 0xF8, 0xF3), Colour(0x16, 0x15, 0x13)
COLOURS = st.builds(Colour, *[st.integers(0, 255)] * 3)

# Published pairs: https://www.w3.org/WAI/WCAG22/Techniques/general/G18 and the examples of 1.4.3
PUBLISHED = [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54), ("#ff0000", "#ffffff", 4.0), ("#0000ff", "#ffffff", 8.59)]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "expected"), PUBLISHED)
def test_contrast_is_what_others_measure(one, other, expected):
    """To two places, in either order."""
    assert expected == round(ratio(colour(one), colour(other)), 2) == round(ratio(colour(other), colour(one)), 2)


@pytest.mark.parametrize(("written", "expected"), [
    ("#1a6b3c", (26, 107, 60)), ("#ABC", (170, 187, 204)), (" #fff ", (255, 255, 255)),
    ("1a6b3c", None), ("#1a6b3", None), ("#1a6b3c80", None), ("red", None), ("#ggg", None), ("", None), ("##fff", None),
])  # fmt: skip
def test_a_colour_is_a_number_sign_and_three_or_six_digits(written, expected):
    """What else CSS allows could not be measured alone: names, and colours that let the ground through."""
    assert expected == colour(written)


@given(COLOURS)
def test_the_nearest_shade_can_be_read(chosen):
    """On both grounds of a scheme; a colour that can be read already stays as it is."""
    for grounds in ([PAPER, Colour(255, 255, 255)], [NIGHT, Colour(0x20, 0x1E, 0x1B)]):
        found = nearest(chosen, grounds)

        assert worst(found, grounds)[0] >= TEXT
        assert (found == chosen) == (worst(chosen, grounds)[0] >= TEXT)


def test_the_nearest_shade_keeps_its_hue():
    """Yellow becomes a dark yellow, never grey or green."""
    red, green, blue = nearest(colour("#ffcc00"), [PAPER])

    assert red > green > blue == 0


def test_no_shade_can_be_read_on_black_and_white_at_once():
    """Seven to one is more than the two leave."""
    assert nearest(Colour(255, 204, 0), [Colour(0, 0, 0), Colour(255, 255, 255)], 7) is None


@given(COLOURS, st.floats(0, 1))
def test_a_mixture_lies_between_its_colours(chosen, share):
    """In each of its parts."""
    for part, under, over in zip(mixed(chosen, PAPER, share), PAPER, chosen):
        assert min(under, over) <= part <= max(under, over)
    assert 0 <= luminance(chosen) <= 1
