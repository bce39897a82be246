"""Owns Pagefind: records become the files of a search index, the same bytes for the same records. Knows no posts.

It is asked as its own packages for Python and Node ask it, over a pipe (`pagefind --service`): a message is JSON in
base64, with a comma behind it. The package for Python waits a tenth of a second for every answer; here records go one
after the other, and all answers are read as they come: 4 ms of processor time for a text of a thousand words.
"""

from __future__ import annotations

import base64
import contextlib
import gzip
import json
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from typing import Any

from newsroom.model import digest

INSTALL = 'pip install "newsroom[search]"'

MAGIC = b"pagefind_dcd"
"""How each of its own files begins, once it is unpacked."""

Record = Mapping[str, Any]
"""url, content, language, meta (name -> text), filters (name -> texts), sort: as Pagefind's custom records have them."""


class IndexFailed(RuntimeError):
    """Raised where there is no Pagefind, or where it gives up. Says what it said."""


def installed() -> bool:
    """Whether Pagefind is there. Imports nothing of it."""
    return find_spec("pagefind") is not None


def index(records: Iterable[Record]) -> dict[str, bytes]:
    """The files of an index, by their paths in its folder. All records must be of one language. Raises IndexFailed."""
    found: dict[str, bytes] = {}
    for answer in _answers(_messages(records)):
        if answer["type"] == "Error":
            raise IndexFailed(answer["message"])
        if answer["type"] == "GetFiles":
            found = {file["path"]: base64.b64decode(file["content"]) for file in answer["files"]}
    if not found:
        raise IndexFailed("Pagefind ended before its index was made")
    return ordered(needed(found))


def _messages(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    yield {"type": "NewIndex", "config": {}}
    for record in records:
        yield {"type": "AddRecord", "index_id": 0, **record}
    yield {"type": "GetFiles", "index_id": 0}


def _answers(messages: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What Pagefind answers, as it comes, up to its files. Messages are made and sent on the way."""
    try:
        process = subprocess.Popen(
            [_program(), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError as error:
        raise IndexFailed(f"Pagefind cannot be started: {error.strerror}") from error
    asking = threading.Thread(target=_ask, args=(process.stdin, messages), daemon=True)
    try:
        asking.start()
        begun: list[bytes] = []  # the answer with the files comes in thousands of pieces
        while data := process.stdout.read1(1 << 20):
            *ends, rest = data.split(b",")
            for end in ends:
                payload = json.loads(base64.b64decode(b"".join([*begun, end])))["payload"]
                begun.clear()
                yield payload
                if payload["type"] == "GetFiles":
                    return
            begun.append(rest)
    finally:
        process.kill()
        asking.join()
        with contextlib.suppress(OSError):
            process.stdin.close()
        process.stdout.close()
        process.wait()


def _ask(pipe: Any, messages: Iterable[dict[str, Any]]) -> None:
    """Send every message. The pipe stays open: Pagefind ends where it is closed, whatever it was asked."""
    with contextlib.suppress(OSError):  # it has ended: whoever reads its answers sees that
        for number, message in enumerate(messages):
            asked = json.dumps({"message_id": number, "payload": message})
            pipe.write(base64.b64encode(asked.encode()) + b",")
        pipe.flush()


def _program() -> str:
    """The program: the package `pagefind` knows which of its wheels brings it."""
    try:
        from pagefind.service import get_executable
    except ImportError:
        raise IndexFailed("Pagefind is not installed") from None
    if (program := get_executable()) is None:
        raise IndexFailed("the package pagefind is there, and no wheel with its program")
    return str(program)


# ── what is kept of it, and in which order ───────────────────────────────────────────────────────────────────────────


def needed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that a page of our own asks for: not Pagefind's interfaces, worker and styles."""
    entry = json.loads(files["pagefind-entry.json"])
    machines = {f"wasm.{each.get('wasm') or 'unknown'}.pagefind" for each in entry["languages"].values()}
    kept = {"pagefind.js", "pagefind-entry.json", *(machines or {"wasm.unknown.pagefind"})}
    return {
        path: data
        for path, data in files.items()
        if path in kept or path.endswith((".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment"))
    }


VALUES = 1
"""Of a filter's file: `[name, [[value, [pages]], ...]]`."""
FILTERS = 3
"""Of a language's: `[version, pages, words, [[name, file], ...], ...]`."""


def ordered(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same files with the filters, and the values of each, in order.

    Pagefind 1.5 writes both in the order of a hash table, which is another in every run; and a file is named after its
    bytes, by the file that leads to it.
    """
    made = dict(files)
    names: dict[bytes, bytes] = {}
    for path in sorted(path for path in files if path.endswith(".pf_filter")):
        before = path.removeprefix("filter/").removesuffix(".pf_filter")
        packed = _packed(_sorted(_unpacked(made.pop(path)), VALUES))
        after = _named(before, packed)
        names[before.encode()] = after.encode()
        made[f"filter/{after}.pf_filter"] = packed
    entry = made["pagefind-entry.json"]
    for path in [path for path in files if path.endswith(".pf_meta")]:
        before = path.removeprefix("pagefind.").removesuffix(".pf_meta")
        data = _unpacked(made.pop(path))
        for old, new in names.items():
            data = data.replace(old, new)
        packed = _packed(_sorted(data, FILTERS))
        after = _named(before, packed)
        made[f"pagefind.{after}.pf_meta"] = packed
        entry = entry.replace(before.encode(), after.encode())
    return {**made, "pagefind-entry.json": entry}


def _unpacked(data: bytes) -> bytes:
    data = gzip.decompress(data)
    if not data.startswith(MAGIC):
        raise IndexFailed("Pagefind writes its index in a form that is not known here")
    return data[len(MAGIC) :]


def _packed(data: bytes) -> bytes:
    return gzip.compress(MAGIC + data, mtime=0)


def _named(name: str, data: bytes) -> str:
    """`en_4f63519` for other bytes: as long as before, so that it can stand in the same place."""
    language, _, old = name.rpartition("_")
    return f"{language}_{digest(data)[: len(old)]}"


def _sorted(data: bytes, place: int) -> bytes:
    """An array in CBOR (RFC 8949) with the items of the array at that place of it in the order of their bytes."""
    at = _head(data, 0)[2]
    for _ in range(place):
        at = _item(data, at)
    _, count, start = _head(data, at)
    items, at = [], start
    for _ in range(count):
        end = _item(data, at)
        items.append(data[at:end])
        at = end
    return data[:start] + b"".join(sorted(items)) + data[at:]


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """(major type, its argument, where the head ends) of the item that begins there."""
    major, low = data[at] >> 5, data[at] & 31
    if low < 24:
        return major, low, at + 1
    if low > 27:
        raise IndexFailed("Pagefind writes its filters in a form that is not known here")
    end = at + 1 + (1 << low - 24)
    return major, int.from_bytes(data[at + 1 : end], "big"), end


def _item(data: bytes, at: int) -> int:
    """Where the item ends that begins there."""
    major, argument, at = _head(data, at)
    if major in (2, 3):
        return at + argument
    for _ in range({4: argument, 5: 2 * argument, 6: 1}.get(major, 0)):
        at = _item(data, at)
    return at
