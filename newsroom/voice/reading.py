"""Owns reading one text: every rule, less what was allowed with a reason. Must not know a rule by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newsroom.errors import did_you_mean
from newsroom.voice.heard import Heard, hear
from newsroom.voice.languages import language
from newsroom.voice.rules import RULES
from newsroom.voice.text import Allow, Finding, Reading, Text

EXCEPTION = "voice-exception"
"""The code of what is wrong with an exception."""
FORM = '<!-- voice: allow corporate-speak, "why it stays" -->'
"""How an exception is written."""


def read(text: Text, allowed: Mapping[str, str] = {}, languages: tuple[str, ...] = ()) -> Reading:
    """Read one text. `allowed` are the site's exceptions, a rule's code or words -> the reason; `languages` limits."""
    words = language(text.language)
    wanted = [tag.lower().partition("-")[0] for tag in languages]
    if words is None or (wanted and words.tag not in wanted):
        return Reading(())
    heard = hear(text, words, [*text.words, *(term for term in allowed if term not in RULES)])
    found = sorted(
        (finding for finding in _all(heard, allowed) if not _is_allowed(finding, text)),
        key=lambda finding: (finding.passage, finding.start, -finding.end, finding.rule),
    )
    return Reading(tuple(found), tuple(_wrong(text)), words.tag)


def _all(heard: Heard, allowed: Mapping[str, str]) -> Iterator[Finding]:
    for code, rule in RULES.items():
        if code not in allowed and (least := rule.kinds.get(heard.text.kind, 0)):
            yield from rule.find(heard, least)


def _is_allowed(finding: Finding, text: Text) -> bool:
    where = text.allows if finding.whole else text.passages[finding.passage].allows
    return any(allow.what == finding.rule and allow.reason for allow in where)


def _wrong(text: Text) -> Iterator[tuple[Allow, str, str]]:
    """Exceptions that cannot hold."""
    for allow in text.allows:
        if not allow.what:
            yield allow, "this comment is for the voice check, which does not understand it", f"write it as {FORM}"
        elif not allow.reason:
            yield allow, f'the exception for "{allow.what}" gives no reason', f"write it as {FORM}"
        elif allow.is_code and allow.what not in RULES:
            hint = did_you_mean(
                allow.what, RULES, 'The rules are in docs/voice.md; words stand in quotes: allow "synergy"'
            )
            yield allow, f'unknown rule "{allow.what}"', hint
