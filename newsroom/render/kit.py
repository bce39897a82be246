"""Owns one zip of files: captions, a manifest, checksums; the same bytes whenever it is made. Must not know the Site.

Nothing in it is compressed: pictures are already, and no two versions of zlib need agree on a byte.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from newsroom.language import say
from newsroom.render.plain import wrapped
from newsroom.views import References

FIRST = "1980-01-01T00:00:00"
"""The earliest moment that a zip can note (APPNOTE.TXT, 4.4.6)."""
REFUSED = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
"""What no file may be called on one system or another."""
TYPES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif",
    "svg": "image/svg+xml", "tif": "image/tiff", "tiff": "image/tiff", "eps": "application/postscript", "pdf": "application/pdf",
    "mp3": "audio/mpeg", "wav": "audio/wav", "mp4": "video/mp4", "mov": "video/quicktime", "webm": "video/webm",
    "txt": "text/plain", "csv": "text/csv", "zip": "application/zip",
}  # fmt: skip
"""Ending -> media type: a table of our own, because every system has another."""
OTHER = "application/octet-stream"
SAID = ("caption", "alt", "credit", "licence")
"""What is said of a picture, in this order."""


class File(NamedTuple):
    """A file of a kit."""

    name: str
    raw: bytes
    about: Mapping[str, Any] = {}
    """What the manifest says of it beside its size and checksum: keys of SAID, resolution, width, height."""


def packed(
    files: Iterable[File], head: Mapping[str, Any], moment: str, look: Callable[[str, str], bytes] | None = None,
    language: str = "en",
) -> bytes:  # fmt: skip
    """A zip of these files with captions.txt, manifest.json and SHA256SUMS.

    `head` opens the manifest, `moment` (RFC 3339) is what every file is dated, `look` (text, name) writes the texts
    that are made here, in `language`.
    """
    files = sorted(files)
    look = look or (lambda text, name: text.encode())
    if told := captions(files, language):
        files.append(File("captions.txt", look(f"{told}\n", "captions.txt")))
    rows = [
        {
            "name": file.name,
            "type": TYPES.get(file.name.rpartition(".")[2].lower(), OTHER),
            "bytes": len(file.raw),
            "sha256": sha256(file.raw).hexdigest(),
        }
        | {name: value for name, value in file.about.items() if value}
        for file in sorted(files)
    ]
    manifest = json.dumps({**head, "files": rows}, ensure_ascii=False, indent=1) + "\n"
    files.append(File("manifest.json", look(manifest, "manifest.json")))
    sums = "".join(f"{sha256(file.raw).hexdigest()}  {file.name}\n" for file in sorted(files))
    return _zip([*sorted(files), File("SHA256SUMS", sums.encode())], moment)


def pictures(
    items: Iterable[Mapping[str, str]], refs: References, read: Callable[[str], bytes], folder: str
) -> list[File]:
    """The files of pictures, in `<folder>/low/` and `<folder>/high/` where there are both."""
    made: dict[str, File] = {}
    seen: set[tuple[str, str]] = set()
    for item in items:
        for part, at in (("file", "low"), ("high", "high")):
            found = refs.files.get(item.get(part, ""))
            where = f"{folder}/{at}" if item.get("high") else folder
            if found is None or (where, found.asset) in seen:
                continue
            seen.add((where, found.asset))
            name = _free(f"{where}/{REFUSED.sub('-', found.asset.rpartition('/')[2])}", made)
            size = {"width": found.pixels[0], "height": found.pixels[1]} if found.pixels[0] else {}
            resolution = {"resolution": at} if item.get("high") else {}
            said = {key: item[key] for key in SAID if item.get(key)}
            made[name.casefold()] = File(name, read(found.asset), said | resolution | size)
    return list(made.values())


def captions(files: Iterable[File], language: str = "en") -> str:
    """What is to be said below each picture, as text; "" where nothing is said of any."""
    return "\n\n".join("\n".join(_caption(file, language)) for file in sorted(files) if set(SAID) & file.about.keys())


def _caption(file: File, language: str) -> Iterator[str]:
    about = file.about
    yield file.name
    if about.get("caption"):
        yield from wrapped(about["caption"])
    for key in SAID[1:]:
        if about.get(key):
            yield from wrapped(say(language, f"release.{key}", text=about[key]))


def _free(name: str, taken: Mapping[str, Any]) -> str:
    """The name, or the first `name-2.jpg` that is free; letter case does not tell two apart everywhere."""
    stem, dot, ending = name.rpartition(".")
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{stem or ending}-{number}{dot + ending if stem else ''}"
    return free


def _zip(files: Iterable[File], moment: str) -> bytes:
    at = max(moment[:19] if "T" in moment else f"{moment}T00:00:00", FIRST)
    stamp = tuple(int(part) for part in re.split("[-T:]", at))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.name, stamp)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # as Unix writes it, wherever it is made
            archive.writestr(entry, file.raw)
    return made.getvalue()
