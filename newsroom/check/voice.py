"""Owns the voice check's place among the rules: what was heard in each public post, by the code of its rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from newsroom.check.rule import Checked, Found, Rule
from newsroom.voice.reading import EXCEPTION
from newsroom.voice.rules import RULES as SPOKEN


def _finder(code: str) -> Callable[[Checked], Iterator[Found]]:
    def find(checked: Checked) -> Iterator[Found]:
        return ((where, message, hint) for said, message, where, hint, _ in checked.heard() if said == code)

    return find


RULES: Mapping[str, Rule] = {
    **{code: Rule("warning", rule.why, _finder(code)) for code, rule in SPOKEN.items()},
    EXCEPTION: Rule("warning", "An exception names a rule or words, and a reason.", _finder(EXCEPTION)),
}
"""Every rule of the voice check; docs/voice.md shows them. How bad they are is for voice.level to say."""
