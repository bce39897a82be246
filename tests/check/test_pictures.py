"""Pictures: what they say to somebody who cannot see them, and what they weigh."""

import struct
import zlib
from datetime import UTC, datetime

import pytest

from newsroom.build import Options
from newsroom.commands.check import check

FRAME = b"!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0"
GIF = b"GIF89a\x01\0\x01\0\0\0\0"


def png(width: int, height: int, size: int = 0) -> bytes:
    """A black PNG; in its middle a chunk of so many bytes that a picture needs as little."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(bytes((1 + -(-width // 8)) * height), 1)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)) + chunk(b"teXt", bytes(size))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def told(make_site):
    """(code, line, column, message) of what is said of pictures."""

    def told(body, head="", files={}):
        site = make_site(
            {
                "content/people/maya.md": "---\nname: Maya\ncontact: {email: maya@example.com}\nphoto: maya.png\n---\nBio\n",
                "content/people/maya.png": png(600, 600),
                "content/posts/a.md": f"---\ntitle: A\nauthors: [maya]\ndate: 2026-11-02\nid: a\n{head}---\n{body}\n",
                "content/posts/lens.png": png(800, 600), "content/posts/two words.png": png(1, 1),
            } | files
        )  # fmt: skip
        problems = check(site.root, Options(moment=datetime(2026, 11, 21, tzinfo=UTC)))
        assert {p.severity for p in problems} <= {"warning"}, problems
        return [(p.code, *p.location[1:3], p.message) for p in problems if p.code in ("missing-alt", "heavy-image")]

    return told


@pytest.mark.parametrize(
    "body",
    [
        "![A lens](lens.png)",
        '![](lens.png "What a crack looks like")',
        "A drop ![](lens.png) of glue.",
        '<img src="lens.png" alt="">',
        '<p><img src="lens.png" alt="A lens"></p>',
        "`<img src=lens.png>` is HTML.\n\n![A lens](lens.png)",
        "    ![](lens.png)",
        "![](https://www.example.com/lens.png)",
        "![Lens](lens.png)",
    ],
)
def test_a_picture_that_says_something_or_only_decorates_is_fine(told, body):
    """A caption says it too; within a line an empty text is a decision, in HTML a written one is."""
    assert [] == told(body)


@pytest.mark.parametrize(
    ("body", "column", "message"),
    [
        ("![](lens.png)", 5, 'the picture "lens.png" has no alt text'),
        ("[![](lens.png)](https://www.example.com/)", 6, 'the picture "lens.png" has no alt text'),
        ('<p>Look: <img src="lens.png"></p>', 10, 'the picture "lens.png" has no alt text'),
        ("![](two%20words.png)", 1, 'the picture "two words.png" has no alt text'),
        ("![lens.png](lens.png)", 3, '"lens.png" is the name of a file, and says nothing of the picture'),
    ],
)
def test_a_picture_without_words_is_told_where_it_stands(told, body, column, message):
    """Alone in a paragraph nobody takes it for decoration."""
    assert [("missing-alt", 9, column, message)] == told(f"Words.\n\n{body}")


def test_a_name_that_a_camera_gave_is_no_description(told):
    """A word that happens to be the file's name can be one."""
    (found,) = told("![IMG_2041](IMG_2041.png)", files={"content/posts/IMG_2041.png": png(1, 1)})

    assert '"IMG_2041" is the name of a file, and says nothing of the picture' == found[-1]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (png(1600, 1200, 3_900_000), ""),
        (png(1600, 1200, 4_000_000), '"big.png" has 4.0 MB'),
        (png(4096, 4096), ""),
    ],
)
def test_a_picture_that_arrives_late_is_told(told, raw, message):
    """By the bytes of what feeds show; once, where it is shown first. Pages offer smaller ones."""
    found = told(
        "![A lens](big.png)\n\n![A lens](big.png)",
        "image: {file: big.png, alt: A lens}\n",
        {"content/posts/big.png": raw},
    )

    assert [("heavy-image", 8, 11, message)] * bool(message) == found


@pytest.mark.parametrize(("frames", "count"), [(1, 0), (2, 1)])
def test_a_picture_that_moves_is_told(told, frames, count):
    """However small: nobody can stop it."""
    found = told("![A lens](turn.gif)", files={"content/posts/turn.gif": GIF + FRAME * frames + b";"})

    assert ["heavy-image"] * count == [code for code, *_ in found]


def test_what_is_only_for_download_may_be_heavy(told):
    """A link to it, or a release's picture in high resolution beside a low one."""
    media = "kind: release\nmedia: [{file: lens.png, high: big.png, alt: A lens, credit: Maya}]\n"

    assert [] == told("[the whole picture](big.png)", media, {"content/posts/big.png": png(8000, 8000, 5_000_000)})


def test_a_portrait_and_a_drawing_are_looked_at_too(told):
    """A drawing has no pixels, and may still be too large."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9000 9000">%s</svg>'
    files = {"content/people/maya.png": png(600, 600, 4_600_000), "content/posts/big.svg": svg % (b" " * 600_000)}

    assert ['"maya.png" has 4.6 MB', '"big.svg" has 600 kB, and no smaller form is made of it'] == [
        found[-1] for found in told("![A lens](big.svg)", files=files)
    ]
