"""A text is found in whatever a file keeps it in; the files are made by other programs' libraries where there are any."""

import base64
import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import zipfile
import zlib
from email.message import EmailMessage

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsroom.leaks import looking, needles, words
from newsroom.leaks.needles import Needle, Sought
from newsroom.model import digest

TITLE = "Quiet launch of the Orion lens"
FILE = random.Random(1).randbytes(800)
WANTED = Sought(
    (Needle("the title", "content/posts/a.md", "is a draft"), Needle("the file", "content/posts/a.png", "is shown by nothing")),
    words.arranged(dict.fromkeys(words.of_name(TITLE), 0)), {digest(FILE): 1}, (((FILE[100:148], FILE[300:348]), 1),), 1, 1,
)  # fmt: skip


def zipped(members: dict[str, bytes], comment: str = "", extra: bytes = b"") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment.encode()
        for name, data in members.items():
            row = zipfile.ZipInfo(name)
            row.compress_type, row.extra = zipfile.ZIP_DEFLATED, extra
            archive.writestr(row, data)
    return made.getvalue()


def tarred(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        row = tarfile.TarInfo(name)
        row.size = len(data)
        archive.addfile(row, io.BytesIO(data))
    return made.getvalue()


def png(kind: bytes, body: bytes) -> bytes:
    chunks = [(b"IHDR", b"\0" * 13), (kind, body), (b"IEND", b"")]
    parts = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def segment(kind: int, body: bytes) -> bytes:
    return b"\xff\xd8" + bytes([0xFF, kind]) + struct.pack(">H", len(body) + 2) + body + b"\xff\xd9"


def exif(tag: int, kind: int, value: bytes) -> bytes:
    """A TIFF structure with one field, right behind letters that belong to something else."""
    head = b"MM\0*" + struct.pack(">IH", 8, 1) + struct.pack(">HHII", tag, kind, len(value), 30) + b"\0\0\0\0"
    return head + b"abcd" + value


def gif(text: str) -> bytes:
    blocks = [text.encode()[n : n + 20] for n in range(0, len(text), 20)]
    return b"GIF89a!\xfe" + b"".join(bytes([len(block)]) + block for block in blocks) + b"\0;"


def pdf(text: str) -> bytes:
    """Letters numbered by a font of their own, as most programs write them."""
    letters = sorted(set(text))
    table = "".join(f"<{n:04x}> <{ord(letter):04x}>\n" for n, letter in enumerate(letters, 1))
    line = "".join(f"{letters.index(letter) + 1:04x}" for letter in text)
    cut = len(line) // 8 * 4
    streams = [f"{len(letters)} beginbfchar\n{table}endbfchar", f"BT [<{line[:cut]}> -3 <{line[cut:]}>] TJ ET"]
    return b"%PDF-1.7\n" + b"".join(b"stream\n" + zlib.compress(each.encode()) + b"\nendstream\n" for each in streams)


def calendar(text: str) -> bytes:
    made, event = icalendar.Calendar(), icalendar.Event()
    event.add("summary", "x " * 32 + text)
    made.add_component(event)
    return made.to_ical()


def mail(text: str, how: str) -> bytes:
    made = EmailMessage()
    made.set_content("x" * 60 + " " + text, cte=how)
    return bytes(made)


RAW = TITLE.encode()
KEPT = {
    "a page": f"<p>{TITLE}</p>".encode(),
    "UTF-16": TITLE.encode("utf-16"),
    "UTF-16 among bytes": b"\1\2\3\4" + TITLE.encode("utf-16-le") + b"\xff\xff",
    "UTF-32": TITLE.encode("utf-32"),
    "UTF-32 without a mark": TITLE.encode("utf-32-be"),
    "Latin-1": f"Schön: {TITLE}".encode("latin-1"),
    "zip": zipped({"a/b.txt": RAW}),
    "a name in a zip": zipped({"Quiet launch/of the Orion lens": b""}),
    "a zip's comment": zipped({"a": b""}, TITLE),
    "an extra field": zipped({"a": b""}, "", struct.pack("<HH", 0x7075, len(RAW)) + RAW),
    "a zip in a zip behind a program": b"#!/bin/sh\n" + zipped({"b.zip": zipped({"c": RAW})}),
    "gzip": gzip.compress(RAW),
    "two gzips": gzip.compress(b"Nothing.") + gzip.compress(RAW),
    "bzip2": bz2.compress(RAW),
    "xz": lzma.compress(RAW),
    "zlib": zlib.compress(RAW),
    "tar": tarred("a.txt", RAW),
    "PNG tEXt": png(b"tEXt", b"Title\0" + RAW),
    "PNG zTXt": png(b"zTXt", b"Title\0\0" + zlib.compress(RAW)),
    "PNG iTXt": png(b"iTXt", b"Title\0\1\0en\0\0" + zlib.compress(RAW)),
    "PNG eXIf": png(b"eXIf", exif(0x10E, 2, RAW)),
    "behind a PNG": png(b"IDAT", b"") + RAW,
    "JPEG comment": segment(0xFE, RAW),
    "JPEG EXIF": segment(0xE1, b"Exif\0\0" + exif(0x10E, 2, RAW)),
    "JPEG EXIF of Windows": segment(0xE1, b"Exif\0\0" + exif(0x9C9B, 1, TITLE.encode("utf-16-le"))),
    "JPEG XMP": segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<dc:title>" + RAW),
    "WebP": b"RIFF\0\0\0\0WEBPEXIF" + struct.pack("<I", 99) + exif(0x10E, 2, RAW),
    "GIF comment": gif("x" * 30 + " " + TITLE),
    "SVG": f"<svg><title>{TITLE}</title></svg>".encode(),
    "PDF": pdf(TITLE),
    "PDF title": b"%PDF-1.4 /Title (\\376\\377" + TITLE.encode("utf-16-be") + b")",
    "calendar": calendar(TITLE),
    "mail, quoted": mail(TITLE, "quoted-printable"),
    "mail, base64": mail(TITLE, "base64"),
    "base64 in base64": base64.b64encode(base64.b64encode(RAW)),
    "hexadecimal in base64": base64.b64encode(RAW.hex().encode()),
}


def look(data: bytes, name: str = "a.bin"):
    return needles.look(name, data, WANTED)


@pytest.mark.parametrize("data", KEPT.values(), ids=KEPT)
def test_a_title_is_found_in_whatever_it_is_kept(data):
    """And nothing is found in the same file without it."""
    assert {0} == {hit.number for hit in look(data).hits}


@pytest.mark.parametrize(
    "data", [FILE, b"before" + FILE + b"behind", zipped({"other.txt": FILE}), gzip.compress(FILE), tarred("x", FILE)]
)
def test_a_file_is_found_under_any_name(data):
    """Copied, within another, or packed."""
    assert {1} == {hit.number for hit in look(data).hits}


def test_a_file_of_the_same_beginning_is_another():
    """Pictures of one camera begin alike."""
    assert () == look(FILE[:200]).hits


def test_the_name_counts_as_much_as_what_is_in_it():
    """An empty file tells what it is called."""
    assert [("its name",)] == [hit.way for hit in look(b"", "2026/quiet-launch-of-the-orion-lens/index.html").hits]


def test_the_way_to_it_is_told():
    """Whoever has to take it out must find it."""
    assert ("b.zip", "c") in {hit.way for hit in look(zipped({"b.zip": zipped({"c": RAW})})).hits}


def locked() -> bytes:
    made = bytearray(zipped({"a.txt": RAW}))
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):  # APPNOTE.TXT, 4.4.4: bit 0 is encrypted
        made[made.index(mark) + at] |= 1
    return bytes(made)


SEALED = {
    "an encrypted zip": locked(),
    "an encrypted PDF": b"%PDF-1.7 /Encrypt 3 0 R",
    "half a gzip of nonsense": b"\x1f\x8b\x08\0nonsense",
    "Zstandard": b"\x28\xb5\x2f\xfd....",
}


@pytest.mark.parametrize("data", SEALED.values(), ids=SEALED)
def test_what_cannot_be_opened_is_said(data):
    """Silence would be taken for a proof."""
    assert look(data).sealed


@pytest.mark.parametrize(
    ("said", "encoding"), [("Dílna v Łodzi", "cp1250"), ("Тихий запуск", "koi8-r"), ("新しい研究所", "shift_jis")]
)
def test_text_of_older_encodings_is_read(said, encoding):
    """It says nowhere which one it is."""
    assert said in list(looking.texts(said.encode(encoding)))


def test_two_letters_make_no_compressed_file():
    """A text may begin as zlib does, and is no damaged file."""
    assert ((), ()) == look(b"x^2 + y^2 = z^2, as everybody knows")


def test_a_bomb_is_not_opened(monkeypatch):
    """What claims to hold more than MOST is sealed, and the rest of the site is looked through."""
    monkeypatch.setattr(looking, "MOST", 1 << 20)
    data = gzip.compress(gzip.compress(b"\0" * (8 << 20)))

    assert look(data).sealed


@example("a name in a zip", 68, 64)  # a zip of a version that is not there yet
@given(st.sampled_from(sorted(KEPT)), st.integers(0, 400), st.integers(0, 255))
def test_damaged_files_stop_nothing(name, at, byte):
    """Whatever a byte is turned into."""
    data = bytearray(KEPT[name])
    data[at % len(data)] = byte

    assert look(bytes(data)) is not None
