"""A zip of files: captions, a manifest, checksums; the same bytes whenever it is made."""

import io
import json
import subprocess
import zipfile

import pytest

from newsroom.render.kit import File, packed, pictures
from newsroom.views import File as Asset
from newsroom.views import References

FILES = [
    File("b.txt", "Grüße\n".encode()),
    File("media/high/ä ö.png", b"\x89PNG", {"alt": "A lens", "credit": "Jonas", "resolution": "high", "width": 3}),
]
HEAD = {"title": "T", "address": "https://news.example.com/t/"}


def opened(raw):
    """The zip, found sound."""
    archive = zipfile.ZipFile(io.BytesIO(raw))
    assert archive.testzip() is None
    return archive


def test_its_checksums_hold_where_it_is_unpacked(tmp_path):
    """As sha256sum reads them: of every file but their own list."""
    archive = opened(packed(FILES, HEAD, "2026-11-17T09:00:00+02:00"))
    archive.extractall(tmp_path)
    done = subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True)

    assert (0, "") == (done.returncode, done.stderr)
    assert {*archive.namelist()} - {"SHA256SUMS"} == {line.rpartition(": ")[0] for line in done.stdout.splitlines()}
    (tmp_path / "b.txt").write_text("other")
    assert subprocess.run(["sha256sum", "-c", "--status", "SHA256SUMS"], cwd=tmp_path).returncode == 1


def test_its_manifest_names_every_file():
    """With type, size and checksum, and what is said of a picture; the texts made here among them."""
    archive = opened(packed(FILES, HEAD, "2026-11-17"))
    manifest = json.loads(archive.read("manifest.json"))

    assert HEAD == {key: manifest[key] for key in HEAD}
    assert [(row["name"], row["type"]) for row in manifest["files"]] == [
        ("b.txt", "text/plain"), ("captions.txt", "text/plain"), ("media/high/ä ö.png", "image/png"),
    ]  # fmt: skip
    assert [8, 4] == [manifest["files"][n]["bytes"] for n in (0, 2)]
    assert manifest["files"][2] | {"alt": "A lens", "credit": "Jonas", "width": 3} == manifest["files"][2]
    assert archive.read("captions.txt").decode() == "media/high/ä ö.png\nWhat can be seen: A lens\nCredit: Jonas\n"


def test_the_same_files_are_the_same_bytes_in_any_order():
    """Dated as they are told to be; nothing of the machine is in it."""
    raw = packed(FILES, HEAD, "2026-11-17T09:00:00+02:00")

    assert raw == packed(FILES[::-1], HEAD, "2026-11-17T09:00:00+02:00")
    assert {(entry.date_time, entry.external_attr >> 16, entry.compress_type) for entry in opened(raw).infolist()} == {
        ((2026, 11, 17, 9, 0, 0), 0o100644, zipfile.ZIP_STORED)
    }


@pytest.mark.parametrize("moment", ["1961-05-01T00:00:00+01:00", "1961-05-01"])
def test_what_is_older_than_zips_has_their_first_moment(moment):
    """A zip knows no year before 1980."""
    assert opened(packed(FILES, HEAD, moment)).infolist()[0].date_time[0] == 1980


def test_every_text_made_here_is_looked_at():
    """Captions and manifest: an address in a credit is spelled as the site's setting says."""
    files = [File("a.png", b"", {"credit": "maya@example.com"})]
    archive = opened(packed(files, HEAD, "2026-11-17", lambda text, name: text.replace("@", "(at)").encode()))

    assert b"maya(at)example.com" in archive.read("captions.txt")
    assert b"@" not in archive.read("manifest.json")


def test_pictures_of_one_name_stand_side_by_side():
    """Each in its resolution, none over another, under a name that every system can write."""
    files = {
        name: Asset("/x", "x", f"content/posts/a/{name}", (3, 4))
        for name in ("a.png", "x/A.png", "big/a.png", 'q"?.png')
    }
    items = (
        {"file": "a.png", "high": "big/a.png"},
        {"file": "x/A.png"},
        {"file": "a.png", "high": "x/A.png"},
        {"file": 'q"?.png', "credit": "J"},
    )
    made = pictures(items, References({}, files, ""), lambda path: path.encode(), "media")

    assert [(file.name, file.raw.decode().removeprefix("content/posts/a/")) for file in made] == [
        ("media/low/a.png", "a.png"), ("media/high/a.png", "big/a.png"), ("media/A.png", "x/A.png"),
        ("media/high/A-2.png", "x/A.png"), ("media/q--.png", 'q"?.png'),
    ]  # fmt: skip
    assert made[0].about == {"resolution": "low", "width": 3, "height": 4}
    assert made[4].about == {"credit": "J", "width": 3, "height": 4}
