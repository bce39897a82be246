"""Owns posts as a day may show them: what is declared for a later day is left out, and a retracted post has no words.

Must come before anything that reads a post. What this takes out is in no record that a renderer ever sees, so none of
them can forget: page, feeds, digests, JSON-LD, cards, copies and searches are all made of what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from newsroom.assemble.schedule import updated
from newsroom.model import NOTHING, Post, digest_of
from newsroom.reviewing import AGREED
from newsroom.states import retraction

MARKS = {"retraction": "retracted", "correction": "corrected", "clarification": "clarified", "update": "updated"}
"""Kind of what was declared -> what a listing says of the post, the gravest first."""

KEPT = ("corrections", "answers", "translation", "series")
"""Details that a retracted post keeps: what was declared, and whom to ask. All others are its words, or about them."""


def as_of(post: Post, moment: datetime) -> Post:
    """The post as the day of the moment may show it; its digests then cover the day."""
    post = _come(_dated(post, moment), moment)
    return _withdrawn(post, moment) if retraction(post, moment) else _overdue(post, moment)


def mark(post: Post) -> str:
    """What was declared of a post after it was published, in a word: the gravest; "" where nothing was."""
    kinds = {item["kind"] for item in post.details.get("corrections", ())} if post.details else ()
    return next((word for kind, word in MARKS.items() if kind in kinds), "")


def withdrawn(posts: Iterable[Post]) -> Iterator[str]:
    """The folders of retracted posts, as `content/posts/2026/a/`: nobody may show the files in them any more."""
    for post in posts:
        folder, _, name = post.source.rpartition("/")
        if name == "index.md" and post.content == NOTHING:
            yield f"{folder}/"


def _dated(post: Post, moment: datetime) -> Post:
    """A draft without a date is shown as of that day."""
    if post.date:
        return post
    day = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    date = day.isoformat()
    return post._replace(
        date=date, time=int(day.timestamp()), card=digest_of(post.card, date), meta=digest_of(post.meta, date)
    )


def _come(post: Post, moment: datetime) -> Post:
    """Without what is still to come: a later update, and whatever a later day says."""
    card, today = post.card, moment.isoformat()[:10]
    if updated(post) > moment.timestamp():
        post = post._replace(updated="", meta=digest_of(post.meta, "updated"))
    if not post.details:  # most posts
        return post
    here = {key: of(post.details[key], today) for key, of in DAYS.items() if key in post.details}
    if all(post.details[key] == said for key, said in here.items()):
        return post
    waiting = {key: _rest(post.details[key], here[key]) for key in AGREED if key in here}
    details = {**post.details, **here, "to_come": {key: said for key, said in waiting.items() if said}}
    if here.get("corrections") != post.details.get("corrections"):
        card = digest_of(card, "declared", here["corrections"])
    kept = {key: said for key, said in details.items() if said}
    return post._replace(details=kept, card=card, meta=digest_of(post.meta, "declared", here))


def _items(said: Iterable[dict[str, Any]], today: str) -> tuple[dict[str, Any], ...]:
    return tuple([item for item in said if item["date"] <= today])


def _names(said: Mapping[str, str], today: str) -> dict[str, str]:
    return {key: day for key, day in said.items() if day <= today}


def _quotes(said: Iterable[dict[str, Any]], today: str) -> tuple[dict[str, Any], ...]:
    """Every quote; a day that has not come is no agreement."""
    return tuple(
        [
            {("to_come" if key == "signed_off" and part > today else key): part for key, part in quote.items()}
            for quote in said
        ]
    )


def _rest(said: Mapping[str, str], here: Mapping[str, str]) -> dict[str, str]:
    return {key: day for key, day in said.items() if key not in here}


DAYS: dict[str, Callable[[Any, str], Any]] = {
    "corrections": _items,
    "closed": lambda day, today: day if day <= today else "",
    "signed_off": _names,
    "reviewed_by": _names,
    "quotes": _quotes,
}
"""Key that says a day -> what of its value has come by a day (2026-11-02)."""


def _withdrawn(post: Post, moment: datetime) -> Post:
    """The address, the title, who signed it and when; in place of what it said, why that was taken back."""
    why = (retraction(post, moment) or {})["text"]
    made = digest_of("withdrawn", why)
    return post._replace(
        summary=why, image=None, links=(), files=(), terms="", content=NOTHING,
        details={key: value for key, value in post.details.items() if key in KEPT},
        card=digest_of(made, post.kind, post.title, post.permalink, post.date, post.authors, post.topics),
        meta=digest_of(made, post.meta),
    )  # fmt: skip


def _overdue(post: Post, moment: datetime) -> Post:
    """A promised update that did not come is a problem for the team, and no longer a promise to the reader."""
    promised = post.details.get("next_update", "")
    if not promised or datetime.fromisoformat(promised) > moment:
        return post
    details = {key: value for key, value in post.details.items() if key != "next_update"} | {"overdue": promised}
    return post._replace(details=details, meta=digest_of(post.meta, "overdue"))
