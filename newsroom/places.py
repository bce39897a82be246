"""Owns where a problem stands: the file it names is opened, and the value it is about is found in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from newsroom import config, toml
from newsroom.errors import Problem


def place(
    root: Path, problems: Iterable[Problem], body_line: Callable[[str], int], found: Callable[[Problem, bytes], Problem]
) -> tuple[Problem, ...]:
    """Problems with line, column and excerpt, each once, sorted by place.

    `body_line` tells where a source's text begins, `found` places a problem in the bytes of its source.
    """
    placed = set()
    for problem in problems:
        path = problem.location.path
        file = root / path
        raw = file.read_bytes() if os.path.isfile(file) and not file.is_symlink() else b""
        if path == config.FILE and problem.location.pointer:
            problem = problem._replace(
                location=toml.locate(raw.decode("utf-8-sig", "replace"), problem.location.pointer, path)
            )
        elif path.startswith("content/") and path.endswith((".md", ".yaml")):
            if problem.location.line < 0:  # counted from the body's first line
                line = body_line(path) - problem.location.line - 1
                problem = problem._replace(location=problem.location._replace(line=line))
            problem = found(problem, raw)
        placed.add(problem)
    return tuple(sorted(placed, key=lambda p: (p.location.path, p.location.line, p.location.column, p.message)))
