"""Owns edits of front matter: some keys get other values, and not another byte of the file changes. No I/O.

YAML is edited as text, at the places that its parser knows: comments, order, quotes and line ends are a writer's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from newsroom.errors import NewsroomError, problem
from newsroom.read import frontmatter

Value = str | dict[str, str]
"""What a key says: a text, or a map of texts that is written on one line."""

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
PLAIN = re.compile(r"[A-Za-z][\w.-]*|\d{4}-\d\d-\d\d")
"""What needs no quotes: a key, a day."""
NOTE = re.compile(r"""(?:[^"'#\r\n]|"(?:[^"\\]|\\.)*"|'[^']*'|(?<=\S)#)*?(?:^|(?<=\s))[ \t]*(#.*[\r\n]*)""", re.S)
"""A comment, outside of quotes, with the end of its line."""
OTHER = re.compile(r"y|n|yes|no|on|off|true|false|null", re.I)
"""What other readers of YAML take for something else than a text."""


def rewrite(raw: bytes, path: str, changes: Mapping[str, Value | None]) -> bytes:
    """The file with other values of these top-level keys; None takes a key out, what is not there yet is added.

    What is added stands after the key before it in `changes`, or at the end of the front matter. Raises NewsroomError
    where the file is written in a way that this cannot edit and be sure.
    """
    before = frontmatter.read(raw, path)
    head = _Head(raw, before.values)
    for key, value in changes.items():
        if key in before.values:
            head.put(key, value, before.values[key])
        elif value is not None:
            head.add(key, value, changes)
    made = "".join("".join(lines) for lines in head.parts).encode()
    wanted = {key: value for key, value in before.values.items() if changes.get(key, value) is not None}
    wanted |= {key: value for key, value in changes.items() if value is not None}
    try:
        after = frontmatter.read(made, path)
    except NewsroomError:
        after = before._replace(body="\0")
    if not head.editable or (after.values, after.body) != (wanted, before.body):
        said = ", ".join(f"{key}: {_written(value)}" for key, value in changes.items() if value is not None)
        gone = ", ".join(key for key, value in changes.items() if value is None and key in before.values)
        hint = f"write it yourself: {said}" * bool(said) + f"; take out: {gone}" * bool(gone)
        message = "the keys stand in a way that cannot be edited here: each needs a line of its own"
        raise NewsroomError([problem("not-editable", message, path, (), hint.removeprefix("; "), line=1)])
    return made


class _Head:
    """The lines of a file in parts: what stands before the first key, each key with its value, what stands between."""

    def __init__(self, raw: bytes, values: Mapping):
        self.raw = raw
        lines = LINE.findall(raw.decode("utf-8"))
        self.end = re.search(r"[\r\n]*$", lines[0])[0] or "\n"
        at = {key: frontmatter.locate_key(raw, key) for key in values}
        self.columns = {key: place.column for key, place in at.items()}
        starts = sorted({place.line - 1 for place in at.values()})
        self.editable = len(starts) == len(values) and set(self.columns.values()) <= {1}
        names = {place.line - 1: key for key, place in at.items()}
        opened = next(n for n, line in enumerate(lines) if line.lstrip("\ufeff").startswith("---"))
        closed = next(n for n, line in enumerate(lines) if n > opened and frontmatter.CLOSE.match(line.rstrip("\r\n")))
        self.parts: list[list[str]] = [lines[: starts[0] if starts else closed]]
        self.of: dict[str, list[str]] = {}
        for start, following in zip(starts, [*starts[1:], closed]):
            last = following
            while last > start + 1 and re.match(
                r"#|\s*$", lines[last - 1]
            ):  # what stands above the next key is its own
                last -= 1
            self.of[names[start]] = lines[start:last]
            self.parts += [self.of[names[start]], lines[last:following]]
        self.parts.append(lines[closed:])

    def put(self, key: str, value: Value | None, old: object) -> None:
        """Change the lines of a key, or empty them. Comments stay; that behind a text which goes, goes with it."""
        lines = self.of.get(key, [])
        first = lines[0] if lines else ""
        single = isinstance(old, str) and all(line.lstrip().startswith("#") for line in lines[1:])
        notes = [note for n, line in enumerate(lines) if (note := _note(line, n == 0 and isinstance(old, str)))]
        if value is None:
            lines[:] = notes
        elif single and old:
            place = frontmatter.locate(self.raw, (key,))
            start = place.column - 1
            quote = first[start] if first[start] in "\"'" else ""
            lines[0] = first[:start] + _written(value, quote) + first[start + place.length :]
        elif single:
            name, colon, rest = first.partition(":")
            lines[0] = f"{name}{colon} {_written(value)}{rest if rest.strip() else rest.lstrip(' ')}"
        else:
            lines[:] = [f"{key}: {_written(value)}{self.end}", *notes]

    def add(self, key: str, value: Value, order: Mapping) -> None:
        """Add a key below the one that comes before it in `order`, or after all others."""
        before = None
        for name in order:
            if name == key:
                break
            before = self.of.get(name) and name or before
        if before is None:
            before = next(reversed(self.of), None)
        lines = [f"{key}: {_written(value)}{self.end}"]
        at = next((n for n, part in enumerate(self.parts) if before and part is self.of[before]), 0)
        self.parts.insert(at + 1, lines)
        self.of[key] = lines


def _note(line: str, said: bool) -> str:
    """The comment of a line as a line of its own; "" without one, or where it stands behind a text: `said`."""
    if said or not (found := NOTE.match(line)):
        return ""
    return line if line.lstrip().startswith("#") else found[1]


def _written(value: Value, quote: str = "") -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_written(item)}" for key, item in value.items()) + "}"
    if quote == "'":
        return "'" + value.replace("'", "''") + "'"
    plain = not quote and PLAIN.fullmatch(value) and not OTHER.fullmatch(value)
    return value if plain else json.dumps(value, ensure_ascii=False)
