"""Owns the rules about what is owned up to, and what editors put first: statements, retractions, the front page."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom.check.rule import Checked, Found
from newsroom.errors import Location
from newsroom.model import NOTHING


def open_end(checked: Checked) -> Iterator[Found]:
    """Find statements of which nobody can tell whether they are over."""
    for post in checked.site.posts:
        if post.kind == "statement" and not post.details.keys() & {"next_update", "overdue", "closed", "corrections"}:
            hint = "add next_update: with the moment when you say more, or closed: with the day on which it was over"
            yield (
                Location(post.source, pointer=("kind",)),
                "the statement neither promises an update nor is closed",
                hint,
            )


def no_question(checked: Checked) -> Iterator[Found]:
    """Find answers of which nobody can tell what they answer."""
    for post in checked.site.posts:
        if post.kind == "answer" and post.content != NOTHING and not post.details.keys() & {"question", "answers_to"}:
            hint = "add question: and asked_by: in the words of whoever asked, or answers_to: with the comment"
            yield Location(post.source, pointer=("kind",)), "the answer does not say what was asked", hint


def unsigned_retraction(checked: Checked) -> Iterator[Found]:
    """Find retractions that nobody stands for, or that do not say why."""
    for post in checked.site.posts:
        for item in post.details.get("corrections", ()):
            missing = [key for key in ("by", "text") if not item.get(key)]
            if item["kind"] == "retraction" and missing:
                n = post.details["corrections"].index(item)
                hint = (
                    f"add by: {post.authors[0]}, or whoever decided it"
                    if "by" in missing
                    else "add text: with the reason"
                )
                message = f"the retraction does not say {'who takes the post back' if 'by' in missing else 'why'}"
                yield Location(post.source, pointer=("corrections", n)), message, hint


def not_on_front(checked: Checked) -> Iterator[Found]:
    """Find what content/front.md names and the front page passes over."""
    site = checked.site
    for at, name, why in site.front_page.absent:
        over = why.startswith("was ") or why == "has expired"
        hint = "take it out; the next takes its place" if over else "until it is out, the next takes its place"
        hint = "take one of the two out" if why == "is named twice" else hint
        yield Location(site.front.source if site.front else "", pointer=at), f'"{name}" {why}', hint
