"""Owns TOML text: it becomes a table, and says where a key stands: tomllib does not. Must not know which keys there are."""

from __future__ import annotations

import re
import tomllib

from newsroom.errors import Location, NewsroomError, Problem


def read(raw: bytes, path: str) -> tuple[str, dict]:
    """A file's bytes as (text, table). Raises NewsroomError with the place of what is wrong."""
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        return text, tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        place = Location(path, line, error.start - raw.rfind(b"\n", 0, error.start))
        raise NewsroomError([Problem("not-utf8", "is not UTF-8", place, "save the file as UTF-8")]) from None
    except tomllib.TOMLDecodeError as error:
        raise NewsroomError([_problem(str(error), text, path)]) from None
    except RecursionError:
        place = Location(path, 1, 1)
        raise NewsroomError(
            [Problem("bad-toml", "nests too deep", place, "no setting needs a list of lists")]
        ) from None


def locate(text: str, pointer: tuple, path: str) -> Location:
    """Where a key stands in TOML text; its table, or the first line, when it is not written there."""
    table, best = (), Location(path, 1, excerpt=_line(text, 1))
    for number, line in enumerate(text.split("\n"), 1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line):
            table = tuple(part.strip(" \"'") for part in header[1].split("."))
            if table and table == pointer[: len(table)]:
                start = line.index(header[1]) + 1
                best = Location(path, number, start, len(header[1]), excerpt=line)
        elif (found := re.match(r"\s*([\w\"'.-]+?)\s*=", line)) and (
            (*table, *(p.strip("\"'") for p in found[1].split("."))) == pointer[: len(table) + found[1].count(".") + 1]
        ):
            inner = re.search(rf"[{{,]\s*[\"']?({re.escape(str(pointer[-1]))})[\"']?\s*=", line[found.end() :])
            start, word = (found.end() + inner.start(1), inner[1]) if inner else (found.start(1), found[1])
            return Location(path, number, start + 1, len(word), excerpt=line)
    return best


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number - 1] if number <= len(lines) else ""


def _problem(message: str, text: str, path: str) -> Problem:
    """tomllib's message names the place in words."""
    found = re.search(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)", message)
    line, column = (int(found[1]), int(found[2])) if found and found[1] else (text.count("\n") + 1, 1)
    what = message[: found.start()] if found else message
    place = Location(path, line, column, excerpt=_line(text, line))
    curly = re.match(r"[^=]*=[\s\[]*[“”„«»‘’]", place.excerpt)
    hint = (
        'use straight quotes: " at both ends' if curly else "texts need quotes, lists [brackets]; see https://toml.io"
    )
    return Problem("bad-toml", what[:1].lower() + what[1:], place, hint)
