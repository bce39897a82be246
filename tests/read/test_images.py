"""What a picture file says of itself."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.read.images import seen


def png(width, height):
    """A PNG of that size, all of it black."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(bytes((1 + -(-width // 8)) * height), 1)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


GIF = b"GIF89a" + struct.pack("<HH", 20, 10) + b"\0\0\0" + b",\0\0\0\0\x14\0\x0a\0\0\x02\x02D\x01\0;"


@pytest.mark.parametrize(
    ("path", "raw", "pixels"),
    [
        ("a.png", png(640, 480), (640, 480)),
        ("A.PNG", png(640, 480), (640, 480)),
        ("a.gif", GIF, (20, 10)),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"></svg>', (30, 20)),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200.4"></svg>', (300, 200)),
        ("a.svg", b"<svg></svg>", (0, 0)),
        ("a.png", b"", (0, 0)),
        ("a.png", b"not a picture at all", (0, 0)),
        ("a.png", png(640, 480)[:18], (0, 0)),
        ("a.pdf", png(640, 480), (0, 0)),
        ("a.md", b"# Words", (0, 0)),
    ],
)
def test_a_picture_says_its_size_or_nothing(path, raw, pixels):
    """Width and height in pixels; a broken file or another kind of file has none."""
    assert pixels == seen(path, raw).pixels


@given(st.sampled_from(["a.jpg", "a.png", "a.gif", "a.webp", "a.avif", "a.svg"]), st.binary(max_size=80), st.sampled_from([b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 ", b"\0\0\0\x1cftypavif", b"<svg viewBox='", b'<svg viewBox="0 0 1.2.3 .', b'<svg viewBox="0 0 ' + b"9" * 400 + b' 1">']))  # fmt: skip
def test_no_file_is_too_broken(path, raw, start):
    """Whatever the bytes are, the answer is two numbers from 0."""
    (width, height), found, *_ = seen(path, start + raw)

    assert width >= 0 and height >= 0 and isinstance(width, int)
    assert isinstance(found, str)


@pytest.mark.parametrize(
    ("svg", "found"),
    [
        ("<svg><script>alert(1)</script></svg>", "<script"),
        ("<svg><SCRIPT/></svg>", "<SCRIPT"),
        ("<svg><svg:script/></svg>", "<svg:script"),
        ('<svg onload="alert(1)">', "onload="),
        ('<svg><a href="javascript:x">', "javascript:"),
        ('<svg><a href="&#106;ava&#9;script:x">', "javascript:"),
        ("<svg><foreignObject>", "<foreignObject"),
        ('<svg><image href="https://evil.example/x.png"/>', 'href="https:'),
        ('<svg><image xlink:href="//evil.example/x.png"/>', 'href="//'),
        ('<svg><use href="data:text/html,x"/>', 'href="data:'),
        ("<svg><style>@import 'x'</style>", "@import"),
        ("<svg><rect fill='url(https://evil.example/#a)'/>", "url(https:"),
        ('<!DOCTYPE svg [<!ENTITY x "y">]>', "<!ENTITY"),
        ('<svg><circle r="4"/></svg>', ""),
        ('<svg xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="#a"/></svg>', ""),
        ('<svg><image href="data:image/png;base64,AAAA"/></svg>', ""),
        ("<svg><rect fill='url(#a)'/><desc>on = off</desc></svg>", ""),
    ],
)
def test_a_drawing_that_could_act_is_named(svg, found):
    """What an SVG opened by itself could run or fetch, in any case and encoding; plain drawings pass."""
    assert found == seen("a.svg", svg.encode()).active
    assert found == seen("a.SVG", svg.encode("utf-16")).active


def test_only_drawings_can_act():
    """The bytes of other pictures mean nothing."""
    assert seen("a.png", b"<script>").active == ""


@pytest.mark.parametrize(
    ("path", "raw", "wrong"),
    [
        ("a.png", png(64, 48), ""),
        ("a.jpg", png(64, 48), "PNG"),
        ("a.png", GIF, "GIF"),
        ("a.svg", png(64, 48), "PNG"),
        ("a.png", png(64, 48)[:-14], "truncated"),
        ("a.png", png(64, 48).replace(b"IDATx", b"IDATy"), "broken"),
        ("a.gif", GIF[:-1], "truncated"),
        ("a.png", png(16000, 6000), "large"),
        ("a.jpg", b"", "empty"),
        ("a.jpg", b"<!DOCTYPE html><p>Log in", "page"),
        ("a.jpg", b"words", "unknown"),
        ("a.jpg", b"\0\0\0\x1cftypheic" + b"\0" * 20, "HEIC"),
        ("a.txt", b"", ""),
        ("a.jfif", b"\xff\xd8\xff\xe0", "JPEG"),
        ("a.apng", png(64, 48), "PNG"),
        ("a.bmp", b"BM", "BMP"),
        ("a.psd", b"8BPS", "keeping"),
        ("a.tif", png(64, 48), "PNG"),
        ("a.heic", b"\0\0\0\x1cftypheic" + b"\0" * 20, "broken"),
        ("a.svg", b"<svg><g></svg>", "unformed"),
        ("a.svg", b'<svg xlink:href="#a"/>', "unformed"),
        ("a.svg", b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd"><svg/>', ""),
        ("a.svg", b"words", "unknown"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_known(path, raw, wrong):
    """Disguised, cut off, damaged, too large: without decoding a pixel."""
    assert wrong == seen(path, raw).wrong
