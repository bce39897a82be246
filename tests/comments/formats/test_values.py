"""Single values of a stranger's file: whatever stands there, what comes out is harmless or an error that says so."""

from itertools import product

import pytest

from newsroom.comments.formats import values


def test_no_two_ids_become_one():
    """Every text of up to six of the characters that could be mistaken, and what is written in their place."""
    texts = ["".join(text) for length in range(7) for text in product("a-:_", repeat=length)] + [
        "--3a-",
        "a--2d-",
        "ä",
        "\U0001f30d",
    ]
    made = [values.identifier("x", text) for text in texts]

    assert len(texts) == len({*made})
    assert all(set(each) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-") for each in made)
    assert "x-DC_kwDOA-4" == values.identifier("x", "DC_kwDOA-4")


@pytest.mark.parametrize(
    "written, expected",
    [
        ("  Ada \t\n Reader\x00\x1b[31m", "Ada Reader[31m"),
        ("Ada\u202egnp.exe\u2066", "Adagnp.exe"),
        ("\ud800Ada", "\ufffdAda"),
        ("x" * 300, "x" * 200),
        ("\U0001f469\u200d\U0001f680 Ada", "\U0001f469\u200d\U0001f680 Ada"),
    ],
)
def test_a_name_is_one_line(written, expected):
    """Without what moves a terminal or turns the direction of reading; at most 200 characters."""
    assert expected == values.line(written)


@pytest.mark.parametrize(
    "value, unit, expected",
    [
        ("2021-10-28 20:50:15 +0800", 1, "2021-10-28T12:50:15Z"),
        ("2026-11-02T09:14:00.123456789Z", 1, "2026-11-02T09:14:00Z"),
        ("2026-11-02 09:14:00", 1, "2026-11-02T09:14:00Z"),
        (1793610840.9, 1, "2026-11-02T09:14:00Z"),
        (1793610840999, 0.001, "2026-11-02T09:14:00Z"),
        ("1793610840999", 0.001, "2026-11-02T09:14:00Z"),
        ("0001-01-01T00:00:00Z", 1, ""),
        (None, 1, ""),
    ],
)
def test_a_moment_is_in_utc(value, unit, expected):
    """To the second, which is never rounded up."""
    assert expected == values.moment(value, unit)


@pytest.mark.parametrize("length", [100, 112, 113, 118, 119, 250, 5000])
def test_a_long_id_can_be_read_and_is_nobody_elses(length):
    """The reader of archives takes 200 characters; who writes it could name it as a shortened one."""
    texts = [end * length for end in ("a", "b", ":")] + ["a" * (length - 1) + "b"]
    made = {values.identifier("bluesky", text) for text in texts}
    again = {values.identifier("bluesky", each.removeprefix("bluesky-")) for each in made}

    assert len(texts) == len(made)
    assert all(len(each) <= 120 and each.startswith("bluesky-") for each in made)
    assert all(len(each) == 120 or each in again for each in made)
    assert not {each for each in made if len(each) == 120} & again


@pytest.mark.parametrize(
    "value",
    [
        253402300799,
        -62135596740,
        "3000-01-01",
        "1600-01-01 00:00 +01:00",
        "yesterday",
        1e300,
        float("nan"),
        float("inf"),
        True,
        [],
        "9" * 30,
    ],
)
def test_what_is_no_moment_is_said(value):
    """As an error of the file, never of ours."""
    with pytest.raises(values.Unreadable, match="is no date and time"):
        values.moment(value)
