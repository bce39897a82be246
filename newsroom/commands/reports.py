"""Owns the formats of `newsroom check` for programs: GitHub's annotations and SARIF. Pure: text for cli to print."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from newsroom import __version__
from newsroom.check.baseline import key
from newsroom.check.rule import Rule
from newsroom.errors import Problem

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
STOPS = "this stops a build, or must not be in its output."
"""What is said of a code that is no rule, after the code."""

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})
"""What GitHub's runner reads in place of these characters (actions/toolkit, command.ts)."""


def folder(site: str) -> str:
    """The way from where a command runs to the site's folder, as a path in front of its files: "" or `newsroom/`."""
    way = os.path.relpath(site).replace(os.sep, "/")
    return "" if way == "." or way.startswith("..") else f"{way}/"


def github(problems: Sequence[Problem], rules: Mapping[str, Rule], folder: str = "") -> str:
    """Workflow commands: GitHub shows each beside its line in a pull request.

    `folder` leads from the repository's root to the site's: "" or `newsroom/`.
    """
    return "".join(f"{_annotation(problem, folder)}\n" for problem in problems)


def _annotation(problem: Problem, folder: str) -> str:
    path, line, column, length, *_ = problem.location
    where: dict[str, Any] = {"file": folder + path}
    if line:
        where |= {"line": line}
        where |= {"col": column, "endColumn": column + length} if column else {}
    where["title"] = problem.code
    said = f"{problem.message}\nhint: {problem.hint}" if problem.hint else problem.message
    properties = ",".join(f"{name}={str(value).translate(_PROPERTY)}" for name, value in where.items())
    return f"::{problem.severity} {properties}::{said.translate(_DATA)}"


def sarif(problems: Sequence[Problem], rules: Mapping[str, Rule], folder: str = "") -> str:
    """One run of SARIF 2.1.0 (OASIS), with every rule that there is and every problem that was found."""
    ids = list(dict.fromkeys((*rules, *(problem.code for problem in problems))))
    place, seen = {code: n for n, code in enumerate(ids)}, Counter()
    hints = {problem.code: problem.hint for problem in reversed(problems) if problem.hint}
    results = []
    for problem in problems:
        seen[key(problem)] += 1
        results.append(_result(problem, place[problem.code], seen[key(problem)], folder))
    tool = {
        "name": "newsroom",
        "version": __version__,
        "rules": [_rule(code, rules.get(code), hints.get(code, "")) for code in ids],
    }
    run = {"tool": {"driver": tool}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _rule(code: str, rule: Rule | None, hint: str) -> dict[str, Any]:
    """A rule for whoever reads a finding of it; fullDescription is the sentence that docs/checks.md begins with.

    `hint` is the next step of the first finding: that of each stands in its own message.
    """
    why = rule.why if rule else f"{code.replace('-', ' ').capitalize()}: {STOPS}"
    level = "error" if rule is None else "none" if rule.severity == "off" else rule.severity
    described = {name: {"text": why} for name in ("shortDescription", "fullDescription")}
    described["help"] = {"text": f"{why}\n\nhint: {hint}" if hint else why}
    return {"id": code, **described, "defaultConfiguration": {"level": level}}


def _result(problem: Problem, index: int, number: int, folder: str) -> dict[str, Any]:
    """`number` counts those that are alike: each needs a fingerprint of its own."""
    path, line, column, length, _, excerpt = problem.location
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(folder + path), "uriBaseId": "%SRCROOT%"}}
    if line:
        region: dict[str, Any] = {"startLine": line}
        region |= {"startColumn": column, "endColumn": column + max(length, 1)} if column else {}
        place["region"] = region | ({"snippet": {"text": excerpt}} if excerpt else {})
    said = f"{problem.message}\n\nhint: {problem.hint}" if problem.hint else problem.message
    return {
        "ruleId": problem.code, "ruleIndex": index, "level": problem.severity, "message": {"text": said},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"newsroomProblem/v1": "/".join((*key(problem), str(number)))},
    }  # fmt: skip


FORMATS = {"github": github, "sarif": sarif}
"""Name -> what writes it: (problems, rules, folder) -> text."""
