"""Owns Discourse: a topic as `GET /t/ID.json` gives it, the posts of later pages added to its stream."""

from __future__ import annotations

from newsroom.comments.formats import threads, values
from newsroom.comments.formats.threads import DELETED, HIDDEN, SHOWN, Row
from newsroom.comments.formats.values import Fields
from newsroom.comments.records import Discussion

ORDINARY = "1"
"""The `post_type` of what people write; 2 and 3 tell what a moderator did, 4 is a whisper among the staff."""


def discourse(topic: Fields) -> Discussion:
    """The topic's `post_stream.posts`: all but the first, which is our own article. Raises Unreadable.

    Answers name the number of a post, not its id. Keys are the topic's external id, its id, its title.
    """
    posts = values.parts(values.part(topic, "post_stream"), "posts")
    ids = {values.word(post, "post_number"): values.word(post, "id") for post in posts}
    rows = [_row(post, ids) for post in posts if values.word(post, "post_number") != "1"]
    title = values.word(topic, "title")
    return threads.discussion(
        "discourse", (values.word(topic, "external_id"), values.word(topic, "id"), title), title, rows
    )


@threads.bearing(lambda post, ids: (values.word(post, "id"), ids.get(values.word(post, "reply_to_post_number"), "")))
def _row(post: Fields, ids: dict[str, str]) -> Row:
    ordinary = values.word(post, "post_type") in ("", ORDINARY)
    gone = values.flag(post, "user_deleted") or values.word(post, "deleted_at")
    changed = values.word(post, "version") not in ("", "1")
    return Row(
        values.word(post, "id"),
        ids.get(values.word(post, "reply_to_post_number"), ""),
        values.word(post, "display_username", "name", "username"),
        account=values.account("discourse", values.word(post, "username")),
        date=values.moment(post.get("created_at")),
        edited=values.moment(post.get("updated_at")) if changed else "",
        html=values.word(post, "cooked"),
        state=HIDDEN if not ordinary or values.flag(post, "hidden") else DELETED if gone else SHOWN,
    )
