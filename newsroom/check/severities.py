"""Owns how bad each finding is: as its rule says, the level of the voice check, then [check] severity. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from newsroom.check.rule import Rule
from newsroom.errors import Location, Problem, did_you_mean
from newsroom.settings import Config

LEVELS = {"off": "off", "advise": "warning", "require": "error"}
"""[voice] level -> the severity of its rules."""
PLACE = ("check", "severity")


def severities(
    config: Config, rules: Mapping[str, Rule], voice: Collection[str] = (), reported: Collection[str] = ()
) -> tuple[dict[str, str], list[Problem]]:
    """Code -> error, warning or off, and what is wrong in the settings.

    `voice` are codes of the voice check; `reported` are those that hang on other people's servers, and fail no check.
    """
    found = {code: LEVELS[config.voice.level] if code in voice else rule.severity for code, rule in rules.items()}
    wrong = []
    for code, severity in config.check.severity.items():
        place = Location("site.toml", pointer=(*PLACE, code))
        if code not in rules:
            hint = did_you_mean(
                code, rules, "The rules are those of docs/checks.md; what stops a build is always an error."
            )
            wrong.append(Problem("unknown-rule", f'unknown rule "{code}"', place, hint))
        elif code in reported and severity == "error":
            hint = "write warning or off: another's server must not stop your work"
            wrong.append(Problem("bad-setting", f'"{code}" cannot be an error', place, hint))
        else:
            found[code] = severity
    return found, wrong
