"""Owns looking ahead: what goes out by itself is checked before it does, as it will be then.

A log is read by many: unless drafts are asked for, too, what is not out yet is told by file, line and rule alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from newsroom.build import Options, plan, read
from newsroom.check.rule import Checked, Found, Rule
from newsroom.commands import looking
from newsroom.desk import Desk
from newsroom.errors import NewsroomError, Problem
from newsroom.model import Library, Post
from newsroom.states import state

Placing = Callable[[Iterable[tuple[str, Found]]], tuple[Problem, ...]]
"""((code, what was found) each) -> problems with their places."""

PASSING = ("old-preview", "overdue-update")
"""Rules about what time alone brings: by the moment when the last post goes out, every preview is over."""


def ahead(
    desk: Desk, options: Options, rules: Mapping[str, Rule], checked: Checked, library: Library, placed: Placing
) -> tuple[Problem, ...]:
    """What the rules find in posts that wait for a moment, and what will stop the build in which they come."""
    now = checked.site.moment
    waiting = {post.source: max(post.time, post.embargo) for post in library.posts if _waits(post, now, options)}
    if not waiting:
        return ()
    then = replace(options, moment=datetime.fromtimestamp(max(waiting.values()), UTC))
    try:
        site, look, _ = read(desk, then)
        outputs = frozenset(output.path for output in plan(site, look))
    except NewsroomError as error:
        found = desk.place(error.problems)
    else:
        there = looking.checked(desk, site, look, outputs)._replace(history=checked.history, today=checked.day)
        found = placed((code, each) for code, rule in rules.items() if code not in PASSING for each in rule.find(there))
        found = tuple(problem for problem in found if problem.location.path in waiting)
    return found if options.drafts else tuple(_reserved(problem, rules) for problem in found)


def _waits(post: Post, moment: datetime, options: Options) -> bool:
    return state(post, moment) in ("scheduled", "embargoed") or (
        options.drafts and post.draft and post.embargo > moment.timestamp()
    )


def _reserved(problem: Problem, rules: Mapping[str, Rule]) -> Problem:
    """The problem without a word of the post."""
    why = rules[problem.code].why if problem.code in rules else "this will stop the build in which it comes"
    message = f"not out yet: {why[0].lower()}{why[1:].rstrip('.')}"
    hint = "newsroom check --drafts tells it in full"
    return problem._replace(message=message, hint=hint, location=problem.location._replace(excerpt=""))
