"""Owns `newsroom check`: everything that stops a build, then every rule. Writes nothing to the output folder."""

from __future__ import annotations

from pathlib import Path

from newsroom.build import Desk, Options, load, place
from newsroom.check.rules import RULES, Checked
from newsroom.errors import NewsroomError, Problem
from newsroom.render import outputs


def check(root: Path, options: Options) -> tuple[Problem, ...]:
    """Every problem of the site, sorted by place."""
    desk = Desk(Path(root))
    try:
        site, look, _, problems = load(desk, options)
        planned, collisions = outputs.plan(site, look)
        problems = [*problems, *collisions]
        checked = Checked(site, desk.content, frozenset(output.path for output in planned))
        for code, rule in RULES.items():
            problems += [Problem(code, message, where, hint, rule.severity) for where, message, hint in rule.find(checked)]
        return place(problems, desk)
    except NewsroomError as error:
        return place(error.problems, desk)
    finally:
        desk.cache.close()
