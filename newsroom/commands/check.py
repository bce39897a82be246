"""Owns `newsroom check`: everything that stops a build, then every rule. Writes nothing to the output folder."""

from __future__ import annotations

from pathlib import Path

from newsroom.assemble.answered import records, unsaid
from newsroom.build import Options, load, plan
from newsroom.check.rules import RULES, Checked
from newsroom.desk import Desk
from newsroom.errors import NewsroomError, Problem


def check(root: Path, options: Options) -> tuple[Problem, ...]:
    """Every problem of the site, sorted by place."""
    desk = Desk(Path(root))
    try:
        site, look = load(desk, options)
        outputs = frozenset(output.path for output in plan(site, look))
        checked = Checked(
            site, desk.content, outputs, records(site), unsaid(site), lambda path: (desk.root / path).read_bytes()
        )
        problems: list[Problem] = []
        for code, rule in RULES.items():
            problems += [
                Problem(code, message, where, hint, rule.severity) for where, message, hint in rule.find(checked)
            ]
        return desk.place(problems)
    except NewsroomError as error:
        return desk.place(error.problems)
    finally:
        desk.close()
