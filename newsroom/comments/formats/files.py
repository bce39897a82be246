"""Owns opening an export file: packed or plain, as bytes, lines or JSON, and how much of it is read at all."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from newsroom.comments.formats.values import Fields, Unreadable, mapping, on_line

LIMIT = 1 << 30
"""Bytes of an export, unpacked. The largest known are a tenth of it; a small file can unpack to anything."""
CHUNK = 1 << 20
"""Bytes that are read at a time."""
_PACKED = b"\x1f\x8b"


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The file's bytes, unpacked if it is packed with gzip, whatever it is called.

    Raises Unreadable where there is no file, nothing in it, or what is in it does not unpack.
    """
    if path.is_dir():
        raise Unreadable("this is a folder, where a file belongs")
    try:
        with open(path, "rb") as plain:
            start = plain.read(2)
            if not start:
                raise Unreadable("the file is empty")
            plain.seek(0)
            if start != _PACKED:
                yield plain
            else:
                with gzip.GzipFile(fileobj=plain) as packed:
                    yield packed  # type: ignore[misc]
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Unreadable("the packed file is damaged, or it was not copied to its end") from error
    except OSError as error:
        raise Unreadable(f"the file cannot be read: {error.strerror or error}") from error


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """What is in a file, a piece at a time. Raises Unreadable after LIMIT bytes."""
    total = 0
    while chunk := stream.read(CHUNK):
        total += len(chunk)
        if total > LIMIT:
            raise Unreadable(f"the file holds more than {LIMIT:,} bytes, once it is unpacked")
        yield chunk


def document(path: Path) -> Any:
    """The one JSON value of a file. Raises Unreadable, with the line."""
    with opened(path) as stream:
        return parsed(b"".join(chunks(stream)))


def lines(path: Path) -> Iterator[tuple[int, Fields]]:
    """The JSON objects of a file with one in each line, and the lines' numbers from 1. Raises Unreadable."""
    number, rest = 0, b""
    with opened(path) as stream:
        for chunk in chunks(stream):
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                number += 1
                yield from _object(line, number)
    yield from _object(rest, number + 1)


def parsed(written: bytes, line: int = 1) -> Any:
    """A JSON value; `line` is where it begins. Raises Unreadable."""
    try:
        return json.loads(written.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        number = line + written.count(b"\n", 0, error.start)
        raise Unreadable("this is no text in UTF-8, so it is no JSON", number) from error
    except json.JSONDecodeError as error:
        number = line + error.lineno - 1
        raise Unreadable(f"this is no JSON from column {error.colno} on", number) from error
    except RecursionError as error:
        raise Unreadable("the JSON is nested more deeply than can be read", line) from error
    except ValueError as error:  # a number of more than 4300 digits
        raise Unreadable("the JSON holds a number that no service writes", line) from error


def _object(line: bytes, number: int) -> Iterator[tuple[int, Fields]]:
    if line.strip():
        with on_line(number):
            yield number, mapping(parsed(line, number), "the line")
