"""Owns the archives that can be opened with what Python brings: zip, gzip, bzip2, xz, tar. Bounded, whatever they claim."""

from __future__ import annotations

import bz2
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

Inside = tuple[str, bytes]


class Sealed(Exception):
    """Raised where something in an archive cannot be opened: encrypted, damaged, too much. Says what."""


def is_zip(data: bytes) -> bool:
    """Whether it ends as a zip: one may stand behind something else, as in a program that unpacks itself."""
    return b"PK\x05\x06" in data[-66_000:] and zipfile.is_zipfile(BytesIO(data))


def unzip(data: bytes, most: int) -> Iterator[Inside]:
    """Names, comments and extra fields of a zip, and each member."""
    sealed = []
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            rows = archive.infolist()
            said = [
                archive.comment,
                *(part for row in rows for part in (row.filename.encode(), row.comment, row.extra)),
            ]
            yield "names and comments", b"\n".join(said)
            for row in rows:
                if row.is_dir():
                    continue
                try:
                    with archive.open(row) as member:
                        held = member.read(most + 1)
                except (RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error, EOFError, OSError):
                    sealed.append(row.filename)
                    continue
                most -= len(held)
                if most < 0:
                    raise Sealed(row.filename)
                yield row.filename, held
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeError) as error:
        raise Sealed("the archive") from error
    if sealed:
        raise Sealed(sealed[0])


def gunzip(data: bytes, most: int) -> Iterator[Inside]:
    """All members of a gzip file, one after the other."""
    made, whole = [], True
    while data[:2] == b"\x1f\x8b" and whole:
        unpacking = zlib.decompressobj(31)
        try:
            made.append(unpacking.decompress(data, most))
        except zlib.error as error:
            raise Sealed("gzip") from error
        whole = unpacking.eof
        most, data = max(1, most - len(made[-1])), unpacking.unused_data
    yield "gzip", b"".join(made)
    if not whole:
        raise Sealed("gzip")


def bunzip(data: bytes, most: int) -> Iterator[Inside]:
    """A bzip2 file."""
    yield from _unpacked("bzip2", bz2.BZ2Decompressor(), data, most)


def unxz(data: bytes, most: int) -> Iterator[Inside]:
    """An xz file."""
    yield from _unpacked("xz", lzma.LZMADecompressor(memlimit=256 << 20), data, most)


def _unpacked(name: str, unpacking: bz2.BZ2Decompressor | lzma.LZMADecompressor, data: bytes, most: int) -> Iterator:
    try:
        held = unpacking.decompress(data, most)
    except (OSError, EOFError, lzma.LZMAError, MemoryError) as error:
        raise Sealed(name) from error
    yield name, held
    if not unpacking.eof:
        raise Sealed(name)


def untar(data: bytes, most: int) -> Iterator[Inside]:
    """Each file of a tar; names stand open in it."""
    try:
        with tarfile.open(fileobj=BytesIO(data)) as archive:
            for row in archive:
                if row.isfile() and row.size <= most and (member := archive.extractfile(row)):
                    yield row.name, member.read()
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise Sealed("tar") from error


def is_zlib(data: bytes) -> bool:
    """Whether it may be a zlib stream, by its first two bytes (RFC 1950, section 2.2): "x^" is also how a text may begin."""
    return data[:1] == b"\x78" and int.from_bytes(data[:2], "big") % 31 == 0


def inflate(data: bytes, most: int) -> Iterator[Inside]:
    """A zlib stream. Nothing where it is none: two bytes are too few to call it damaged."""
    unpacking = zlib.decompressobj()
    try:
        made = unpacking.decompress(data, most)
    except zlib.error:
        return
    yield "zlib", made
    if unpacking.unconsumed_tail:
        raise Sealed("zlib")


def inflated(data: bytes, most: int) -> bytes:
    """What zlib makes of some bytes, as far as they go; b"" where they are not its own."""
    try:
        return zlib.decompressobj().decompress(data, most)
    except zlib.error:
        return b""
