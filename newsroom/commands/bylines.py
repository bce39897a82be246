"""Owns `newsroom check --bylines`: git's history, and the texts, beside the names under posts. Writes nothing."""

from __future__ import annotations

from newsroom.check.bylines import TELLS, Bylines, said
from newsroom.check.rule import Checked, Found, Rule
from newsroom.desk import Desk
from newsroom.history import History
from newsroom.model import Person

RULES = {code: Rule(tell.severity, tell.why, lambda checked: ()) for code, tell in TELLS.items()}
"""What it can find, as a check knows rules; a check that was not asked finds nothing of it."""
ALONE = ("same-text",)
"""Those that need no git."""


def bylines(checked: Checked, desk: Desk) -> tuple[list[tuple[str, Found]], tuple[str, ...]]:
    """((code, what is found) each, lines that say how much could be looked at)."""
    history = checked.history()
    known = History((), lambda: (), lambda blobs: {}) if isinstance(history, str) else history
    people = {noun.key: noun for _, noun in desk.made.values() if isinstance(noun, Person)}
    compared = Bylines(checked, people, known)
    able = {code: tell for code, tell in TELLS.items() if code in ALONE or not isinstance(history, str)}
    found = [(code, each) for code, tell in able.items() for each in tell.find(compared)]
    return found, (history,) if isinstance(history, str) else said(compared)
