"""Owns front matter: bytes become text, keys and a body, each with its place. The one use of yaml.

Every scalar stays the text that was written: what it means is for the schema to say. So `no` can be Norwegian, `0123` a
slug, and a date keeps the form in which its writer wrote it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from newsroom.errors import Location, NewsroomError, Problem

OPEN = re.compile(r"\s*^---[ \t]*$\n", re.M)
CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$\n?", re.M)
DEEPEST = 20
"""Nesting that is still read: libyaml walks down the C stack, and a line of brackets would end the process."""
CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r"))
"""In UTF-8 no letter has a byte of these. Deleting them from 7 kB takes 5 µs; a pattern looks for them for 30."""
CUT = re.compile(r" #|[ \t]+#[^\s#]")
"""A comment that stands as close to a text as a word of it would. One set off by two spaces, and a third after its #, is
meant as a comment: `newsroom new` writes them so."""


class Cut(str):
    """A text without quotes that YAML cut short: `Lens #3 is out` is read as `Lens`."""


class Document(NamedTuple):
    """A source file, taken apart."""

    values: dict
    """Keys to text, lists and maps of text."""
    body: str
    body_line: int
    """The file's line on which the body starts."""


@cache
def _yaml() -> tuple[Any, Any]:
    """yaml and its fastest loader: 16 ms to import; libyaml's parser is six times as fast as the pure one."""
    import yaml

    return yaml, getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read(raw: bytes, path: str) -> Document:
    """Take a file apart. Raises NewsroomError with the place of what is wrong."""
    head, line, body, body_line = split(decode(raw, path), path)
    values = _plain(head)
    if values is None:
        values = _values(_compose(head, line, path), path, line, head)
    return Document(values, body, body_line)


def read_whole(raw: bytes, path: str) -> dict:
    """A file that is YAML and nothing else. Raises NewsroomError with the place of what is wrong."""
    text = decode(raw, path)
    values = _plain(text)
    if values is not None:
        return values
    try:
        return _values(_compose(text, 1, path), path, 1, text)
    except NewsroomError as error:
        raise NewsroomError(
            p._replace(message=p.message.replace("the front matter", "the file")) for p in error.problems
        ) from None


def decode(raw: bytes, path: str) -> str:
    """UTF-8 as text with \\n line ends, without a byte-order mark."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        start = raw.rfind(b"\n", 0, error.start) + 1
        excerpt = raw[start:].split(b"\n", 1)[0].decode("utf-8", "replace").rstrip("\r")
        place = Location(path, line, len(raw[start : error.start].decode("utf-8", "replace")) + 1, excerpt=excerpt)
        message = f"is not UTF-8: the byte 0x{raw[error.start]:02x} has no meaning here"
        raise NewsroomError([Problem("not-utf8", message, place, "save the file as UTF-8")]) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(raw.translate(None, CONTROLS)) < len(raw):
        at = next(n for n, c in enumerate(text) if c.isascii() and ord(c) in CONTROLS)
        place = place_of(text, at, path)
        name = "a control character, U+%04X" % ord(text[at]) if ord(text[at]) else "a null byte"
        raise NewsroomError([Problem("control-character", f"there is {name} in the text", place, "delete it")])
    return text


def split(text: str, path: str) -> tuple[str, int, str, int]:
    """(front matter, its first line, body, its first line)."""
    hint = "begin the file with a line ---, the keys (title: ...), and another line ---"
    opening = OPEN.match(text)
    if not opening:
        excerpt = text.split("\n", 1)[0]
        place = Location(path, 1, 1, excerpt=excerpt)
        raise NewsroomError([Problem("no-front-matter", "has no front matter", place, hint)])
    closing = CLOSE.search(text, opening.end())
    line = text.count("\n", 0, opening.end()) + 1
    if not closing:
        place = Location(path, line - 1, 1, 3, excerpt="---")
        raise NewsroomError([Problem("no-front-matter", "the front matter is opened and never closed", place, hint)])
    body_line = text.count("\n", 0, closing.end()) + 1
    return text[opening.end() : closing.start()], line, text[closing.end() :], body_line


def locate(raw: bytes, pointer: tuple, said: str = "") -> Location:
    """Where a value stands in a file: ("topics", 1). The nearest that is written, where it is not.

    `said` is the value that the message quotes: of a list's items the one that reads so (what was given twice or left
    empty has been taken out since), and the key itself where it reads so.
    """
    head, line = _head(raw)
    node = _compose(head, line, "")
    for step in pointer:
        if isinstance(step, int) and isinstance(node.value, list) and step < len(node.value):
            node = next((item for item in node.value if said and item.value == said), node.value[step])
        elif pairs := [pair for pair in _pairs(node) if pair[0].value == step]:
            whole = step == pointer[-1] and (step == said or _is_block(pairs[-1][1]))  # the key itself is meant
            node = pairs[-1][0] if whole else pairs[-1][1]
        elif inner := [pair[1] for _, part in _pairs(node) for pair in _pairs(part) if pair[0].value == step]:
            node = inner[0]  # `successor` may stand in the map `status` too
        else:
            break
    else:
        return _place(node, "", line, head)
    pairs = _pairs(node)
    return _place(pairs[0][0] if pairs else node, "", line, head)


def locate_key(raw: bytes, key: str) -> Location:
    """Where a top-level key itself stands."""
    head, line = _head(raw)
    for name, _ in _pairs(_compose(head, line, "")):
        if name.value == key:
            return _place(name, "", line, head)
    return Location("", line)


def _head(raw: bytes) -> tuple[str, int]:
    """The keys of a file and their first line: its front matter, or all of it where there is none."""
    text = decode(raw, "")
    return split(text, "")[:2] if OPEN.match(text) else (text, 1)


def place_of(text: str, offset: int, path: str, length: int = 1) -> Location:
    """Line, column and excerpt of an offset in a text."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return Location(
        path, text.count("\n", 0, offset) + 1, offset - start + 1, length, (), text[start : end if end >= 0 else None]
    )


def _plain(head: str) -> dict | None:
    """The values, from libyaml's events (0.05 ms; nodes 0.2): None where something is wrong, or only nodes can tell."""
    yaml, loader = _yaml()
    if loader is yaml.BaseLoader:
        return None
    lines = head.split("\n") if " #" in head else []
    following = loader(head).get_event

    def value(event: Any, depth: int) -> Any:
        kind = type(event)
        if event.anchor or depth > DEEPEST:
            raise yaml.YAMLError
        if kind is yaml.ScalarEvent:
            return Cut(event.value) if lines and _is_cut(event, lines) else event.value
        if kind is yaml.SequenceStartEvent:
            items: list[Any] = []
            while type(event := following()) is not yaml.SequenceEndEvent:
                items.append(value(event, depth + 1))
            return items
        mapping: dict[str, Any] = {}
        while type(event := following()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent or event.anchor or event.value in mapping:
                raise yaml.YAMLError
            mapping[event.value] = value(following(), depth + 1)
        return mapping

    try:
        following()  # the stream's start
        if type(following()) is not yaml.DocumentStartEvent:
            return None  # nothing but comments
        values = value(following(), 1)
        following()  # the document's end
        return values if isinstance(values, dict) and type(following()) is yaml.StreamEndEvent else None
    except yaml.YAMLError:
        return None


def _compose(head: str, line: int, path: str) -> Any:
    """The front matter as yaml's nodes, which know their places."""
    yaml, loader = _yaml()
    try:
        if loader is yaml.BaseLoader:  # its scanner refuses a tab after a value, libyaml's takes it
            head = re.sub(r"[ \t]+$", "", head, flags=re.M)
        if mark := _too_deep(head, yaml, loader):
            place = Location(path, line + mark.line, mark.column + 1, 1, (), head.split("\n")[mark.line])
            hint = "write a text or a list: no key needs more"
            raise NewsroomError([Problem("bad-yaml", "the front matter nests too deep", place, hint)])
        return yaml.compose(head, Loader=loader)
    except yaml.YAMLError as error:
        raise NewsroomError([_yaml_problem(error, head, line, path)]) from None


def _too_deep(head: str, yaml: Any, loader: Any) -> Any:
    """The mark of the first value below DEEPEST levels, or None. Events come one by one, however deep they nest."""
    if sum(head.count(c) for c in "[{:?-") <= DEEPEST:  # each level needs one of these
        return None
    depth = 0
    for event in yaml.parse(head, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return event.start_mark
    return None


def _values(node: Any, path: str, line: int, head: str) -> dict:
    """Plain values of the nodes. Raises NewsroomError where one text could be read in two ways."""
    problems: list[Problem] = []
    seen: set[int] = set()
    lines = head.split("\n") if " #" in head else []

    def wrong(code: str, node: Any, message: str, hint: str) -> None:
        problems.append(Problem(code, message, _place(node, path, line, head), hint))

    def value(node: Any) -> Any:
        if not isinstance(node.value, list):
            return Cut(node.value) if lines and _is_cut(node, lines) else node.value
        if id(node) in seen:  # an alias: a dozen of them can stand for a billion values
            if not any(problem.code == "yaml-alias" for problem in problems):
                wrong("yaml-alias", node, "the front matter repeats a value by YAML's * and &", "write the value out")
            return ""
        seen.add(id(node))
        pairs = _pairs(node)
        if not pairs:
            return [value(item) for item in node.value] if node.id == "sequence" else {}
        mapping: dict[str, Any] = {}
        for key, item in pairs:
            name = key.value
            if not isinstance(name, str):
                hint = "put it in quotes if it holds { } or [ ]"
                wrong("bad-yaml", key, "a key must be one word, not a list or a map", hint)
                continue
            if name in mapping and mapping[name] != value(item):
                wrong("duplicate-key", key, f'"{name}" is given twice, with two values', "keep the one that is meant")
            elif name not in mapping:
                mapping[name] = value(item)
        return mapping

    if node is None:
        return {}
    if node.id != "mapping":
        wrong("bad-yaml", node, "the front matter is not a list of keys", "write one key a line, as in title: Hello")
        raise NewsroomError(problems)
    values = value(node)
    if problems:
        raise NewsroomError(problems)
    return values


def _pairs(node: Any) -> list:
    return node.value if node is not None and node.id == "mapping" else []


def _is_cut(node: Any, lines: list[str]) -> bool:
    row, column = node.end_mark.line, node.end_mark.column
    return bool(node.value and not node.style and row < len(lines) and CUT.match(lines[row], column))


def _is_block(node: Any) -> bool:
    return node.id != "scalar" and node.start_mark.line != node.end_mark.line


def _place(node: Any, path: str, line: int, head: str) -> Location:
    if node is None:
        return Location(path, line)
    start, end = node.start_mark, node.end_mark
    lines = head.split("\n")
    excerpt = lines[start.line] if start.line < len(lines) else ""
    length = end.column - start.column if end.line == start.line else len(excerpt) - start.column
    return Location(path, line + start.line, start.column + 1, max(1, length), (), excerpt)


def _yaml_problem(error: Any, head: str, line: int, path: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if "end of stream" in str(getattr(error, "problem", "")) and getattr(error, "context_mark", None):
        mark = error.context_mark  # where the quote was opened, not where the text ran out
    lines = head.split("\n")
    row = min(mark.line, head.count("\n")) if mark else 0
    column = min(mark.column, len(lines[row])) if mark else 0
    what = str(getattr(error, "problem", "") or "it cannot be read").split("\n")[0]
    place = Location(path, line + row, column + 1, 1, (), lines[row])
    return Problem("bad-yaml", f"the front matter is not YAML: {what}", place, _hint(what, lines[: row + 1], column))


def _hint(what: str, lines: list[str], column: int) -> str:
    """What to do about YAML's complaint at a column of the last of these lines."""
    *before, line = lines
    above = next((other for other in reversed(before) if other.strip()), "")
    deeper = _indent(line) - _indent(above)
    if "\t" in line[: column + 2]:
        return "indent with spaces: YAML does not take tabs"
    if re.match(r"[^:]*:\s+[“”„«»‘’]", line):
        return 'use straight quotes: " at both ends'
    if deeper > 0 and re.fullmatch(r"\s+(- )?[\w-]+", line[:column]):  # the line above would go on here
        return "indent it like the line above"
    if deeper < 0 < _indent(line) == column:
        return "indent it with as many spaces as the keys beside it"
    if "mapping values" in what or "simple key" in what or line.count(": ") > 1:
        return "put the value in quotes: a colon followed by a space starts a key"
    return "check quotes, brackets and indentation; a value with : # @ & * or % needs quotes"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
