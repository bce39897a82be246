"""Owns what was asked below posts and what came of it: comments become threads, threads become Questions.

A *question* is a thread that a reader began, unless it is ignored, removed, or its conversation is closed. It is
answered by any employee's word in the thread, or by a post that says so in `answers_to`. Must not know whose it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from newsroom.assemble.talks import Answered
from newsroom.model import Post
from newsroom.said import Said
from newsroom.site import Talk


class Question(NamedTuple):
    """A thread that a reader began, and what came of it. Moments are seconds since 1970; 0 is never."""

    post: Post
    talk: Talk
    asked: int
    answered: int
    """The first word of any employee."""
    answers: tuple[tuple[int, tuple[str, ...]], ...]
    """(when, keys of those who wrote it) of every word by employees, in order of time."""
    waits: str
    """The id of the first comment that no employee's word came after; "" where nobody waits."""
    since: int
    """When that was written."""


def questions(
    posts: Sequence[Post], talks: Mapping[str, Talk], answering: Answered, since: int, before: int
) -> Iterator[Question]:
    """Every question asked from `since` on. What was said `before` or later is as if it was not yet said."""
    open_ones = [(post, talk) for post in posts if (talk := talks.get(post.source)) and not talk.closed]
    by_source = {post.source: post for post in posts} if answering else {}
    for post, talk in open_ones:
        if not talk.said or talk.said[-1].time < since:  # nothing new below an old post: most are
            continue
        named = {id: [by_source[source] for source in found] for id, found in answering.get(post.source, {}).items()}
        for root, thread in _threads(talk.said, before):
            if root.time >= since and not (root.person or root.ignored or root.gone):
                yield _question(post, talk, root, thread, named)


def _question(
    post: Post, talk: Talk, root: Said, thread: Sequence[Said], named: Mapping[str, Sequence[Post]]
) -> Question:
    answers: list[tuple[int, tuple[str, ...]]] = []
    readers = []
    for one in thread:
        if one.person and not one.gone:
            answers.append((max(one.time, root.time), (one.person,)))
        elif not (one.person or one.gone or one.ignored):
            readers.append(one)
        if one.id in named:  # a post that was there before cannot have answered earlier than it was asked
            answers += [(max(by.time, one.time), by.authors) for by in named[one.id]]
    answers.sort()
    last = answers[-1][0] if answers else 0
    waits = next((one for one in readers if one.time > last), None)
    return Question(
        post, talk, root.time, answers[0][0] if answers else 0, tuple(answers),
        waits.id if waits else "", max(waits.time, root.time) if waits else 0,
    )  # fmt: skip


def _threads(said: Sequence[Said], before: int) -> Iterable[tuple[Said, list[Said]]]:
    """(its first comment, all its comments) of each thread. Whose parent is not there begins a thread."""
    there = {one.id: one for one in said if one.time < before}
    roots: dict[str, str] = {}
    threads: dict[str, list[Said]] = {}
    for one in there.values():
        root = (roots.get(one.parent) or _root(one, there, roots)) if one.parent in there else one.id
        roots[one.id] = root
        threads.setdefault(root, []).append(one)
    return [(there[root], thread) for root, thread in threads.items()]


def _root(one: Said, there: Mapping[str, Said], roots: dict[str, str]) -> str:
    """The id that a thread begins with: up from parent to parent. A circle begins where it is met."""
    way: dict[str, None] = {}
    at: Said | None = one
    while at and at.id not in way and at.id not in roots:
        way[at.id] = None
        top, at = at.id, there.get(at.parent)
    root = roots.get(at.id, at.id) if at else top
    roots.update(dict.fromkeys(way, root))
    return root
