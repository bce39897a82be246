"""Owns the record: what the last build saw and wrote. stale() and gone() decide all work, and are pure.

The record may be deleted or damaged at any time, or be of another version: then it is simply not used. It is `marshal`
of plain values behind a checksum: 5 ms for ten thousand posts, and nothing in it can run.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from newsroom.model import Output, Source


class Record(NamedTuple):
    """What the last build saw and wrote."""

    scanned: int = 0
    """When its scan began, in nanoseconds since 1970."""
    reading: str = ""
    """Digest of the settings that reading depends on."""
    sources: dict[str, Source] = {}
    nouns: dict[str, tuple] = {}
    """Source path -> (noun as plain values, line of its body)."""
    written: dict[str, tuple] = {}
    """Output path -> (fingerprint, digest of the bytes, mtime in ns, size, the fingerprint before the last rendering)."""
    asked: str = ""
    """Digest of the settings, theme and options of the build."""
    made: int = 0
    """As of when it was, in seconds since 1970."""
    until: int = 0
    """Before then nothing changes by itself."""
    held: tuple = ()
    """(why, how many) of what was not public."""
    planned: tuple = ()
    """Every Output, in the plan's order; from a file, as plain values."""


def load(folder: Path, key: str) -> Record:
    """The last build's record; an empty one where there is none of this key that can be trusted."""
    try:
        raw = (folder / "record").read_bytes()
        check, body = raw[:16], raw[16:]
        if blake2b(body, digest_size=16, key=_key(key)).digest() != check:
            return Record()
        scanned, reading, sources, *rest = marshal.loads(body)
        record = Record(scanned, reading, {p: Source(p, *s) for p, s in sources.items()}, *rest)
    except (OSError, ValueError, EOFError, TypeError):
        return Record()
    lost = pending(folder)
    for path in lost:
        record.written.pop(path, None)
    return record._replace(asked="") if lost else record  # an output that is neither on record nor there is missed too


def save(folder: Path, key: str, record: Record) -> None:
    """Write the record, whole or not at all, and forget what was pending."""
    sources = {path: tuple(source)[1:] for path, source in record.sources.items()}
    body = marshal.dumps((record.scanned, record.reading, sources, *record[3:-1], tuple(map(tuple, record.planned))))
    name = folder / "record.new"
    name.write_bytes(blake2b(body, digest_size=16, key=_key(key)).digest() + body)
    os.replace(name, folder / "record")
    (folder / "pending").unlink(missing_ok=True)


def stamp(folder: Path) -> tuple[int, int]:
    """(inode, mtime) of the record: another one once any process has written it."""
    try:
        found = os.stat(folder / "record")
    except OSError:
        return 0, 0
    return found.st_ino, found.st_mtime_ns


def size(folder: Path) -> int:
    """Bytes of the record: how much there is of everything, before anything is read."""
    try:
        return os.stat(folder / "record").st_size
    except OSError:
        return 0


def announce(folder: Path, paths: Iterable[str]) -> None:
    """Say which outputs are about to change: after a crash between here and `save`, the record does not vouch for them."""
    folder.mkdir(parents=True, exist_ok=True)
    before = pending(folder)
    name = folder / "pending.new"
    name.write_bytes(b"".join(os.fsencode(path) + b"\n" for path in {*before, *paths}))
    os.replace(name, folder / "pending")


def pending(folder: Path) -> list[str]:
    """The outputs for which the record cannot vouch: a build was ended while it moved them."""
    try:
        return os.fsdecode((folder / "pending").read_bytes()).split("\n")[:-1]
    except OSError:
        return []


def _key(text: str) -> bytes:
    return blake2b(f"{text} {sys.version} {marshal.version}".encode(), digest_size=32).digest()


def stale(outputs: Iterable[Output], written: Mapping[str, tuple], there: Mapping[str, tuple]) -> list[Output]:
    """The outputs to render: made from something else than last time, or no longer as they were left.

    `there` is the output folder: path -> (digest, mtime, size).
    """
    return [
        output
        for output in outputs
        if (last := written.get(output.path)) is None
        or last[0] != output.fingerprint
        or (now := there.get(output.path)) is None
        or now[0] != last[1]
    ]


def untouched(written: Mapping[str, tuple], there: Mapping[str, tuple]) -> bool:
    """Whether the output folder holds what was written, and nothing else."""
    return len(there) == len(written) and all(
        path in there and there[path][0] == row[1] for path, row in written.items()
    )


def gone(outputs: Iterable[Output], there: Iterable[str]) -> list[str]:
    """The files of the output folder that the site no longer contains."""
    planned = {output.path for output in outputs}
    return [path for path in there if path not in planned]


def plain(value: Any) -> Any:
    """Named tuples as tuples, all the way down: what marshal takes."""
    if isinstance(value, tuple):
        return tuple(plain(item) for item in value)
    return {key: plain(item) for key, item in value.items()} if isinstance(value, dict) else value
