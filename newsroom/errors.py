"""Owns problems: what is wrong, where, and the next step. Must not read files or print."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Location(NamedTuple):
    """A place in a source file. Lines and columns count from 1; 0 means not known (yet)."""

    path: str
    """Relative to the site's root, `/`-separated."""
    line: int = 0
    column: int = 0
    length: int = 1
    """How many characters the caret underlines."""
    pointer: tuple = ()
    """The way to a value in the file's front matter, `("topics", 1)`; read.place() turns it into line and column."""
    excerpt: str = ""
    """The text of the line, for the message."""


class Problem(NamedTuple):
    """One thing that is wrong. A value: collected, sorted, sent between processes, printed by cli."""

    code: str
    """Stable name of the rule, such as `unknown-topic`."""
    message: str
    """Lower case, no full stop, the bad value in double quotes."""
    location: Location
    hint: str = ""
    """The next step."""
    severity: str = "error"
    """`error` stops a build; `warning` is told by check."""


class NewsroomError(Exception):
    """Raised where a stage cannot go on; carries every problem found so far."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(p.message for p in self.problems))


def problem(code: str, message: str, path: str, pointer: tuple = (), hint: str = "", line: int = 0, **place) -> Problem:
    """Say one problem in one line of code."""
    return Problem(code, message, Location(path, line, pointer=pointer, **place), hint)


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the closest known word, or `otherwise`.

    Case and delimiters are ignored first, because those are the usual mistakes.
    """
    import difflib

    known = sorted(known)
    plain = {"".join(c for c in k.lower() if c.isalnum()): k for k in known}
    key = "".join(c for c in word.lower() if c.isalnum())
    close = [plain[k] for k in difflib.get_close_matches(key, plain, n=1, cutoff=0.6)]
    guess = f'did you mean "{close[0]}"?' if close else ""
    return " ".join(part for part in (guess, otherwise) if part)


def text(problem: Problem, code: bool = False) -> str:
    """The problem as a person reads it: place, message, the line with a caret, the hint; with its code on demand."""
    path, line, column, length, _, excerpt = problem.location
    excerpt, path = _visible(excerpt), _visible(path)
    place = ":".join(str(part) for part in (path, line, column) if part)
    word = "" if problem.severity == "error" else f"{problem.severity}: "
    lines = [f"{place}: {word}{_visible(problem.message)}" + (f" [{problem.code}]" if code else "")]
    if excerpt and line:
        start, shown = max(0, column - 60), excerpt.expandtabs(1)
        shown = shown[start : start + 100]
        gutter = f"    {line} | "
        lines.append(gutter + shown)
        if column:
            carets = "^" * max(1, min(length, len(shown) - (column - 1 - start)))
            lines.append(" " * (len(gutter) - 2) + "| " + " " * (column - 1 - start) + carets)
    if problem.hint:
        lines.append(f"hint: {_visible(problem.hint)}")
    return "\n".join(lines)


def _visible(text: str) -> str:
    """A terminal obeys control characters; a message must not carry a stranger's."""
    return "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in text)
