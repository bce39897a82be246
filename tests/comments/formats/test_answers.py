"""What services answer over the network, where it differs from what they export."""

import pytest

from newsroom.comments.formats import discourse
from newsroom.comments.formats import waline as waline_format


@pytest.mark.parametrize(
    "row, expected",
    [
        (
            {"comment": '<p><a class="at" href="#1">@Ada</a>: See <a href="#2">2</a></p>'},
            ("", '<p>See <a href="#2">2</a></p>'),
        ),
        ({"comment": "<p>x</p>", "orig": "[@Ada](#1): *x*"}, ("*x*", "")),
        ({"comment": '<p><a href="#7">@Ada</a>: x</p>'}, ("", '<p><a href="#7">@Ada</a>: x</p>')),
    ],
)
def test_waline_does_not_say_twice_who_is_answered(row, expected):
    """Its server writes a link to an anchor of its own before an answer; any other link stays."""
    root = {"objectId": 1, "comment": "<p>Root</p>", "time": 1793610840000, "status": "approved"}
    answer = {"objectId": 2, "pid": 1, "rid": 1, "time": 1793610841000, **row}
    made = waline_format.thread([root | {"children": [answer]}]).comments

    assert ("waline-1", *expected) == (made[1].parent, made[1].text, made[1].html)


def test_discourse_answers_name_the_number_of_a_post():
    """The first is our own article; what moderators did, the staff whisper or readers flagged is left out."""

    def post(number, **more):
        return {
            "id": 100 + number, "post_number": number, "username": "ada", "name": "Ada",
            "created_at": "2026-11-02T09:14:00.123Z",            "updated_at": "2026-11-03T09:14:00.123Z",
            "version": 1, "post_type": 1, "cooked": "<p>Words</p>", **more,
        }  # fmt: skip

    posts = [
        post(1), post(2, reply_to_post_number=1, version=2), post(3, reply_to_post_number=2, hidden=True),
        post(4, reply_to_post_number=3), post(5, post_type=3), post(6, post_type=4), post(7, user_deleted=True),
    ]  # fmt: skip
    page = discourse.discourse({"id": 9, "title": "A lens", "post_stream": {"posts": posts}})

    assert (("9", "A lens"), "A lens") == (page.keys, page.title)
    assert [("discourse-102", ""), ("discourse-104", "discourse-102")] == [
        (each.id, each.parent) for each in page.comments
    ]
    assert ["2026-11-03T09:14:00Z", ""] == [comment.edited for comment in page.comments]
    assert {("Ada", "discourse/ada", "<p>Words</p>")} == {
        (each.name, each.account, each.html) for each in page.comments
    }
