"""Owns `newsroom check`: what stops a build, then every rule, less what is known. Writes the baseline alone."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from newsroom.build import Options, plan, read
from newsroom.check import baseline
from newsroom.check.rule import Checked, Found, Rule
from newsroom.check.rules import RULES
from newsroom.check.severities import severities
from newsroom.check.voice import RULES as VOICE
from newsroom.commands import bylines, external, git, looking
from newsroom.commands.ahead import ahead
from newsroom.config import FILE
from newsroom.desk import CACHE, OUTPUT, Desk
from newsroom.errors import Location, NewsroomError, Problem
from newsroom.permalinks import join
from newsroom.site import Site

AGAIN = "newsroom check --accept"


class Asked(NamedTuple):
    """What is asked beside the rules."""

    accept: bool = False
    """Write the baseline."""
    all: bool = False
    """Tell what is known too."""
    external: bool = False
    """Ask other hosts whether links to them lead anywhere."""
    leaks: bool = False
    """Prove that nothing unpublished is in the output folder."""
    bylines: bool = False
    """Compare who signs with who committed."""


class Told(NamedTuple):
    """What a check tells."""

    problems: tuple[Problem, ...] = ()
    """Sorted by place."""
    lines: tuple[str, ...] = ()
    """A sentence each, for the end."""
    rules: Mapping[str, Rule] = {}
    """Every rule, as severe as the settings make it."""


def check(root: Path, options: Options) -> tuple[Problem, ...]:
    """Every problem of the site, known or not, sorted by place."""
    return gate(root, options, Asked(all=True)).problems


def gate(root: Path, options: Options, asked: Asked = Asked()) -> Told:
    """What CI decides by: what stops a build or, where nothing does, what the rules find and no baseline knows."""
    proof = _leaks(root, options) if asked.leaks else Told()
    leaking = any(problem.severity == "error" for problem in proof.problems)
    desk = Desk(Path(root))
    try:
        told = _gate(desk, options, asked._replace(accept=asked.accept and not leaking))
    except NewsroomError as error:
        told = Told(desk.place(error.problems))
    finally:
        desk.close()
    if asked.leaks:
        problems = tuple(sorted({*told.problems, *proof.problems}, key=_order))
        told = told._replace(problems=problems, lines=(*told.lines, *proof.lines))
    if asked.accept and leaking:
        told = told._replace(lines=(*told.lines, f"nothing was accepted, for --leaks failed: mend that, then {AGAIN}"))
    return told


def _leaks(root: Path, options: Options) -> Told:
    from newsroom.commands.leaks import leaks

    problems, summary = leaks(Path(root), options)
    return Told(problems, (summary,) if summary else ())


def _gate(desk: Desk, options: Options, asked: Asked) -> Told:
    site, look, library = read(desk, options)
    rules, wrong = _rules(site)
    on = {code: rule for code, rule in rules.items() if rule.severity != "off"}
    checked = looking.checked(desk, site, look, frozenset(output.path for output in plan(site, look)))
    beside, said = _beside(checked, desk, asked)
    found = _placed(desk, on, ((code, each) for code, rule in on.items() for each in rule.find(checked)))
    found += _placed(desk, on, ((code, each) for code, each in beside if code in bylines.RULES))
    found += ahead(desk, options, on, checked, library, lambda each: _placed(desk, on, each))
    lines: list[str] = []
    if not asked.all:
        ran = [code for code in on if asked.bylines or code not in bylines.RULES]
        never = tuple(problem for problem in found if problem.code in baseline.NEVER)
        found, lines, missing = _less_known(desk, tuple(p for p in found if p not in never), ran, asked)
        found += never
        wrong += missing
    elsewhere = _placed(desk, on, ((code, each) for code, each in beside if code in external.RULES))
    told = (*desk.place(wrong), *found, *elsewhere)
    return Told(tuple(sorted(told, key=_order)), (*lines, *said), rules)


def _beside(checked: Checked, desk: Desk, asked: Asked) -> tuple[list[tuple[str, Found]], list[str]]:
    """((code, what was found), sentences) of what is looked at only when that is asked."""
    found: list[tuple[str, Found]] = []
    lines: list[str] = []
    if asked.bylines:
        more, said = bylines.bylines(checked, desk)
        found += more
        lines += said
    elif cannot := git.cannot_tell(checked.history()):
        lines.append(cannot)
    if asked.external:
        more, line = external.external(checked, desk.folder)
        found += more
        lines.append(line)
    return found, lines


def _order(problem: Problem) -> tuple:
    at = problem.location
    return at.path, at.line, at.column, problem.message


def _rules(site: Site) -> tuple[dict[str, Rule], list[Problem]]:
    """Every rule with the severity that the settings give it, and what is wrong in them."""
    rules = {**RULES, **VOICE, **external.RULES, **bylines.RULES}
    found, wrong = severities(site.config, rules, VOICE, external.RULES)
    return {code: rule._replace(severity=found[code]) for code, rule in rules.items()}, wrong


def _placed(desk: Desk, rules: Mapping[str, Rule], found: Iterable[tuple[str, Found]]) -> tuple[Problem, ...]:
    """What was found, as problems as severe as their rules; what is off is left out."""
    return desk.place(
        Problem(code, message, where, hint, rules[code].severity)
        for code, (where, message, hint) in found
        if code in rules
    )


# ── the baseline ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _less_known(
    desk: Desk, found: tuple[Problem, ...], ran: Collection[str], asked: Asked
) -> tuple[tuple[Problem, ...], list[str], list[Problem]]:
    """(what is not in the baseline, sentences, what is wrong with it); where it is accepted, all is written there."""
    name = _name(desk)
    path = desk.root / name
    there = path.exists()
    before = _read(path, name) if there else Counter()
    if asked.accept:
        known = baseline.accept(found, before, ran)
        _write(path, name, baseline.written(known))
        return (), [f"wrote {name}: {_count(known.total(), 'known problem')}, not told from now on"], []
    if not there:
        hint = f"{AGAIN} writes it; or take the setting out"
        place = Location(FILE, pointer=("check", "baseline"))
        named = (
            [Problem("no-baseline", f'there is no file "{name}"', place, hint)] if desk.config.check.baseline else []
        )
        return found, [], named
    new, known, gone = baseline.split(found, before, ran)
    none = ", no leak among them" if asked.leaks else ""
    told = f"{_count(known, 'known problem')} not told ({name}{none}); newsroom check --all tells all"
    lines = [told] if known else []
    if gone:
        lines.append(f"{gone.total()} of {name} {'is' if gone.total() == 1 else 'are'} gone: run {AGAIN} to keep it so")
    return new, lines, []


def _name(desk: Desk) -> str:
    """The baseline's path below the root. Raises NewsroomError for one that would be written where it must not be."""
    said = desk.config.check.baseline
    name = join("", said) if said else baseline.FILE
    real = os.path.realpath(desk.root)
    taken = (OUTPUT, CACHE, "content", "themes", FILE)
    inside = name and os.path.realpath(desk.root / name).startswith(real + os.sep)
    if not inside or said.startswith("/") or name.split("/")[0] in taken or not name.endswith(".json"):
        hint = f'name a file beside site.toml that ends in .json: baseline = "{baseline.FILE}"'
        place = Location(FILE, pointer=("check", "baseline"))
        raise NewsroomError([Problem("bad-setting", f'"{said or name}" cannot be the baseline', place, hint)])
    return name


def _read(path: Path, name: str) -> Counter:
    try:
        return baseline.read(path.read_text("utf-8"))
    except (OSError, ValueError) as error:  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        line, why = getattr(error, "lineno", 0), getattr(error, "strerror", None) or error
        hint = f"take it back from where it was good, or write it anew: remove it, then {AGAIN}"
        raise NewsroomError([Problem("bad-baseline", f"cannot be read: {why}", Location(name, line), hint)]) from None


def _write(path: Path, name: str, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        hint = f"see that its folder is there and can be written to, then {AGAIN}"
        problem = Problem("bad-baseline", f"cannot be written: {error.strerror}", Location(name), hint)
        raise NewsroomError([problem]) from None


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
