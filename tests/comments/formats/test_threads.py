"""Who answers whom: circles, order and length."""

import pytest

from newsroom.comments.formats import threads


def test_a_circle_of_answers_is_broken():
    """All on it begin a thread; those that hang on it stay there."""
    rows = [threads.Row(own, above, date="2026-11-02T09:14:00Z") for own, above in ("12", "23", "31", "41", "55", "69")]

    assert {"x-1": "", "x-2": "", "x-3": "", "x-4": "x-1", "x-5": "", "x-6": ""} == {
        comment.id: comment.parent for comment in threads.comments("x", rows)[0]
    }


def test_comments_are_in_the_order_of_their_dates():
    """Then of their ids; and the first of two with one id counts."""
    rows = [("b", 1, "B"), ("c", 0, "C"), ("a", 1, "A"), ("b", 0, "twice")]
    made, _ = threads.comments(
        "x", (threads.Row(own, date=f"2026-11-02T09:14:0{second}Z", text=text) for own, second, text in rows)
    )

    assert ["C", "A", "B"] == [comment.text for comment in made]


@pytest.mark.parametrize(
    "state, last, parents",
    [("shown", 0, {"", "x-19998"}), ("hidden", 0, {""}), ("deleted", 0, {"", "x-19998"}), ("shown", 19_999, {""})],
)
def test_no_thread_is_too_long(state, last, parents):
    """Twenty thousand, each an answer to the one before, the first to none or to the last: no stack ends."""
    rows = [threads.Row(str(n), str(n - 1 or last), date="2026-11-02T09:14:00Z", state=state) for n in range(1, 19_999)]
    rows.append(threads.Row("19999", "19998", date="2026-11-02T09:14:00Z"))
    made = {comment.id: comment.parent for comment in threads.comments("x", rows)[0]}

    assert (1 if state == "hidden" else 19_999) == len(made)
    assert parents == {made["x-19999"], made.get("x-1", "")}
