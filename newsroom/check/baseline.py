"""Owns the baseline: what a site is known to get wrong, so that a check tells only what is new. Pure; reads no file.

A known problem is its code, its file and the words that it underlines, or those of its line where it underlines none:
no edit elsewhere makes it new. Those that are alike are counted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Container, Iterable
from typing import NamedTuple

from newsroom.errors import Problem
from newsroom.model import digest

FILE = "baseline.json"
"""Beside site.toml, where the settings name no other."""
PARTS = ("code", "path", "words")
NEVER = ("unsigned", "unreviewed", "no-reviewer")
"""What is accepted by the people it names, and by no file: the site's [policy]."""

Key = tuple[str, str, str]
"""(code, path, digest of the words): 12 hexadecimal digits, so that the file shows no words of a draft."""


class Split(NamedTuple):
    """Problems, seen beside a baseline."""

    new: tuple[Problem, ...]
    known: int
    """How many are not told."""
    gone: Counter
    """Key -> how many of the baseline are there no more."""


def key(problem: Problem) -> Key:
    """What makes a problem the same one tomorrow."""
    path, _, column, length, _, excerpt = problem.location
    words = excerpt[column - 1 : column - 1 + length] if column and length > 1 else excerpt
    return problem.code, path, digest(" ".join(words.split()))[:12]


def split(problems: Iterable[Problem], known: Counter, ran: Container[str]) -> Split:
    """What is new, what is known, what is gone. Only of codes that `ran` can be said that they are gone."""
    left, new, count = Counter(known), [], 0
    for problem in problems:
        if left[key(problem)] > 0:
            left[key(problem)] -= 1
            count += 1
        else:
            new.append(problem)
    return Split(tuple(new), count, Counter({k: n for k, n in left.items() if n > 0 and k[0] in ran}))


def accept(problems: Iterable[Problem], before: Counter, ran: Container[str]) -> Counter:
    """The next baseline: what is found now, and what was known of rules that did not run."""
    kept = {k: n for k, n in before.items() if k[0] not in ran}
    return Counter(kept) + Counter(map(key, problems))


def written(known: Counter) -> str:
    """A baseline as a file: one problem a line and in order, so that two branches merge."""
    rows = [
        json.dumps(dict(zip(PARTS, k, strict=True)) | ({"count": n} if n > 1 else {}), ensure_ascii=False)
        for k, n in sorted(known.items())
    ]
    return '{"known": [\n' + ",\n".join(rows) + "\n]}\n"


def read(text: str) -> Counter:
    """A file as a baseline. Raises ValueError for what is none."""
    table = json.loads(text)
    rows = table.get("known") if isinstance(table, dict) else None
    if not isinstance(rows, list):
        raise ValueError('it has no list "known"')
    known: Counter = Counter()
    for row in rows:
        parts = tuple(row.get(part) for part in PARTS) if isinstance(row, dict) else ()
        count = row.get("count", 1) if parts else 0
        if not (parts and all(isinstance(part, str) for part in parts) and type(count) is int and count > 0):
            raise ValueError("a problem in it has no code, path and words")
        known[parts] += count
    return known
