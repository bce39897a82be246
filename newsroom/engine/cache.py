"""Owns the cache: digest -> bytes on disk. It may be deleted or damaged at any time; then it is simply empty.

One SQLite file and one transaction for a build: a transaction for each artifact costs twenty times the work (Lektor's
issue 144). `synchronous=OFF` is right for a cache: what a power cut takes is made again.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from hashlib import blake2b
from pathlib import Path

SCHEMA = "create table if not exists entry (key text primary key, value blob not null) without rowid"

DAMAGE = (sqlite3.Error, UnicodeDecodeError)
"""What sqlite3 raises on a damaged file; its message may quote bytes that are no text."""


class Cache:
    """A map from digest to bytes. Every value carries its own checksum: a damaged one is not there."""

    def __init__(self, path: Path):
        self.path = path
        self._db: sqlite3.Connection | None = None

    def get(self, key: str) -> bytes | None:
        """The bytes kept under a key, or None."""
        try:
            row = self._open().execute("select value from entry where key = ?", (key,)).fetchone()
        except DAMAGE as error:
            self._discard(error)
            return None
        if not row or not isinstance(row[0], bytes) or _checksum(key, row[0][8:]) != row[0][:8]:
            return None
        return row[0][8:]

    def put(self, key: str, value: bytes) -> None:
        """Keep bytes under a key."""
        try:
            self._open().execute("insert or replace into entry values (?, ?)", (key, _checksum(key, value) + value))
        except DAMAGE as error:  # a full disk or a damaged file: a cache may forget
            self._discard(error)

    def keep_only(self, keys: set[str]) -> None:
        """Forget everything else, once there is more of it than is kept."""
        with contextlib.suppress(*DAMAGE):
            known = {row[0] for row in self._open().execute("select key from entry")}
            if len(gone := known - keys) > len(keys) + 1000:
                self._open().executemany("delete from entry where key = ?", [(key,) for key in gone])

    def close(self) -> None:
        """Write everything down."""
        if self._db is not None:
            with contextlib.suppress(*DAMAGE):
                self._db.commit()
            self._db.close()
            self._db = None

    def _open(self) -> sqlite3.Connection:
        if self._db is None:
            try:
                self._db = self._connect()
            except (*DAMAGE, OSError) as error:
                self._discard(error)
        if self._db is None:
            try:
                self._db = self._connect()
            except (*DAMAGE, OSError):  # nowhere to write
                self._db = _passing()
        return self._db

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self.path, isolation_level="DEFERRED", timeout=1)
        db.execute("pragma synchronous = off")
        db.execute("pragma journal_mode = memory")
        db.execute("pragma cache_spill = off")  # a writer that spills shuts out the readers in other processes
        db.execute(SCHEMA)
        return db

    def _discard(self, error: Exception) -> None:
        """Start anew after damage. A file that another build holds is no damage: it is left to that build."""
        if self._db is not None:
            with contextlib.suppress(*DAMAGE):
                self._db.close()
            self._db = None
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            self._db = _passing()
        else:
            with contextlib.suppress(OSError):
                os.unlink(self.path)


def _passing() -> sqlite3.Connection:
    """A cache that lives as long as this build."""
    db = sqlite3.connect(":memory:", isolation_level="DEFERRED")
    db.execute(SCHEMA)
    return db


def _checksum(key: str, value: bytes) -> bytes:
    """Of both: a damaged key must not lead to another text's value."""
    return blake2b(key.encode() + value, digest_size=8).digest()
