"""Owns the cache: digest -> bytes on disk. It may be deleted or damaged at any time; then it is simply empty.

A folder of packs. A pack is entries one behind the other, only ever appended to, and by one process: every core writes
what it made without asking another, and nothing is copied from process to process. What there is, is found by
walking the entries' heads when the first value is asked for (20 ms for ten thousand). Put and get cost 20 µs each; one
SQLite file, which stood here before, took 400 and 300, and only one process could write.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import struct
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from zlib import crc32

HEAD = struct.Struct("<16sII")
"""What stands before a value: its key, the checksum of both, its length in bytes."""

ROOM = 8 << 20
"""Bytes that may lie about unused beside as much as is used: room for going back and forth between branches."""

MANY = 16
"""Packs: each build adds one or a few. From so many on, the small ones are put together."""

Place = tuple[int, int, int]
"""(descriptor of the pack, offset of the value, its length)."""


class Cache:
    """A map from digest (32 hexadecimal digits) to bytes. Any process may put; what another put is seen after `look`."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._places: dict[bytes, Place] | None = None
        self._packs: dict[int, str] = {}
        """Descriptor -> name of each pack that is open."""
        self._own = (0, -1)
        """(process, descriptor) of the pack that is written to: after a fork the child opens one of its own."""
        self._held: dict[bytes, bytes] = {}
        """What no disk would take."""

    def has(self, key: str) -> bool:
        """Whether there seems to be something under a key; `get` may still find it damaged."""
        return bytes.fromhex(key) in self._walked()

    def get(self, key: str) -> bytes | None:
        """The bytes kept under a key, or None."""
        name = bytes.fromhex(key)
        place = self._walked().get(name)
        if place is None:
            return self._held.get(name)
        try:
            whole = _read(place[0], HEAD.size + place[2], place[1] - HEAD.size)
        except OSError:
            return None
        value = whole[HEAD.size :]
        return value if whole[: HEAD.size] == _head(name, value) else None

    def put(self, key: str, value: bytes) -> None:
        """Keep bytes under a key. A full disk makes them last as long as this process."""
        name = bytes.fromhex(key)
        entry = _head(name, value) + value
        places = self._walked()
        try:
            pack = self._writing()
            end = os.fstat(pack).st_size
            if os.write(pack, entry) < len(entry):
                self._own = (0, -1)  # half an entry ends a pack
            else:
                places[name] = (pack, end + HEAD.size, len(value))
                return
        except OSError:
            pass
        places.pop(name, None)
        self._held[name] = value

    def kept(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The bytes kept under a key; made and put there where there are none."""
        value = self.get(key)
        if value is None:
            value = make()
            self.put(key, value)
        return value

    def tidy(self, keys: Iterable[str]) -> None:
        """Now and then: forget what is under no other key once that takes more room than the rest; put small packs together."""
        places, sizes = self._walked(), {}
        if len(self._packs) <= MANY:
            return
        for pack in self._packs:
            with contextlib.suppress(OSError):
                sizes[pack] = os.fstat(pack).st_size
        names = {name for key in keys if (name := bytes.fromhex(key)) in places}
        used = sum(HEAD.size + places[name][2] for name in names)
        if sum(sizes.values()) > 2 * used + ROOM:
            self._fold(set(sizes), names)
        else:
            self._fold({pack for pack, size in sizes.items() if size < max(sizes.values()) // 8}, places.keys())

    def look(self) -> None:
        """See what other processes have put by now."""
        if self._places is not None:
            with contextlib.suppress(OSError):
                for name in sorted({*os.listdir(self.folder)}.difference(self._packs.values())):
                    self._open(name)

    def close(self) -> None:
        """Leave the files alone. Whoever asks next finds what is there then."""
        for pack in self._packs:
            with contextlib.suppress(OSError):
                os.close(pack)
        self._packs, self._places, self._own = {}, None, (0, -1)

    def _fold(self, packs: set[int], names: Collection[bytes]) -> None:
        """Copy these entries of some packs into a new one, and remove the packs."""
        self._own = (0, -1)
        places = self._walked()
        for name, place in list(places.items()):
            if place[0] in packs:
                value = self.get(name.hex()) if name in names else None
                del places[name]
                if value is not None:
                    self.put(name.hex(), value)
        for pack in packs:
            with contextlib.suppress(OSError):
                os.close(pack)
                os.unlink(self.folder / self._packs.pop(pack))

    def _walked(self) -> dict[bytes, Place]:
        if self._places is None:
            self._places = {}
            self.look()
        return self._places

    def _open(self, name: str) -> None:
        """Note every entry of a pack; of two under one key the later counts."""
        with contextlib.suppress(OSError, ValueError):  # a folder, an empty file
            pack = os.open(self.folder / name, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            self._packs[pack] = name
            for key, offset, length in _entries(pack):
                self._places[key] = (pack, offset, length)

    def _writing(self) -> int:
        """The pack of this process."""
        process, pack = self._own
        if process != os.getpid():
            process, name = os.getpid(), f"{time.time_ns():016x}-{os.getpid()}"
            self.folder.mkdir(parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            pack = os.open(self.folder / name, flags, 0o666)
            self._packs[pack], self._own = name, (process, pack)
        return pack


def _head(name: bytes, value: bytes) -> bytes:
    """The checksum is of both: a damaged key must not lead to another text's value."""
    return HEAD.pack(name, crc32(value, crc32(name)), len(value))


def _entries(pack: int) -> Iterator[tuple[bytes, int, int]]:
    """(key, offset, length) of each entry, as far as the pack is whole."""
    with mmap.mmap(pack, 0, access=mmap.ACCESS_READ) as whole:
        end, at = len(whole), HEAD.size
        while at <= end:
            name, _, length = HEAD.unpack_from(whole, at - HEAD.size)
            if at + length > end:
                return
            yield name, at, length
            at += length + HEAD.size


def _seek_and_read(file: int, size: int, offset: int) -> bytes:
    os.lseek(file, offset, os.SEEK_SET)
    return os.read(file, size)


_read = getattr(os, "pread", _seek_and_read)
"""(file, size, offset) -> bytes. Processes that share a file would move each other's place in it: pread has none."""
