"""Writing: whole files, moved into place when all of them are there."""

import errno
import os

import pytest

from newsroom.engine import files
from newsroom.engine.files import Staging, prune
from newsroom.model import digest


@pytest.fixture
def output(tmp_path):
    return tmp_path / "public"


def listing(output, written):
    return files.listing(output, files.walk(output), written)


@pytest.fixture
def staging(tmp_path, output):
    return Staging(tmp_path / ".newsroom/staging", output)


def test_nothing_is_in_place_before_everything_is_there(staging, output):
    """A build that stops half way has changed nothing."""
    staging.add("index.html", b"new")

    assert not output.exists()


def test_publishing_puts_every_file_in_place(staging, output):
    """What it gives is what the record needs: digest, time and size of each."""
    moved = [staging.add("index.html", b"home"), staging.add("2026/a/index.html", b"post")]
    staging.publish()

    assert (output / "index.html").read_bytes() == b"home"
    assert (output / "2026/a/index.html").read_bytes() == b"post"
    assert moved == [
        (digest(b"home"), (output / "index.html").stat().st_mtime_ns, 4),
        (digest(b"post"), (output / "2026/a/index.html").stat().st_mtime_ns, 4),
    ]
    assert not staging.folder.exists()


def test_files_are_put_beside_those_that_stay(staging, output):
    """Only what was rendered moves: beside it, below it, and in folders that are new."""
    (output / "a/deep").mkdir(parents=True)
    (output / "a/index.html").write_bytes(b"stays")
    (output / "a/deep/old.html").write_bytes(b"old")
    for path in ("a/b/c/index.html", "a/deep/old.html", "new/index.html"):
        staging.add(path, b"new")
    staging.publish()

    assert {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()} == {
        "a/index.html": b"stays", "a/b/c/index.html": b"new", "a/deep/old.html": b"new", "new/index.html": b"new",
    }  # fmt: skip


def test_another_disk_takes_the_files_too(staging, output, monkeypatch):
    """Nothing can be renamed from one file system to another: everything is copied, with its time."""
    replace = os.replace

    def refuse(source, target):
        if not str(source).endswith(".new"):
            raise OSError(errno.EXDEV, "another disk", source)
        replace(source, target)

    added = staging.add("a/b/index.html", b"new")
    monkeypatch.setattr(os, "replace", refuse)
    staging.publish()

    assert (output / "a/b/index.html").read_bytes() == b"new"
    assert (output / "a/b/index.html").stat().st_mtime_ns == added[1]
    assert [path.name for path in output.rglob("*.new")] == [] and not staging.folder.exists()


def test_a_file_in_place_is_replaced_whole(staging, output):
    """A reader who has the old file open keeps it to the end."""
    output.mkdir()
    (output / "index.html").write_bytes(b"old words")
    with open(output / "index.html", "rb") as reader:
        staging.add("index.html", b"new")
        staging.publish()

        assert reader.read() == b"old words"
    assert (output / "index.html").read_bytes() == b"new"


def test_what_an_earlier_build_left_in_staging_is_not_published(tmp_path, output):
    """A killed build's files are nobody's."""
    (tmp_path / "staging").mkdir()
    (tmp_path / "staging/0").write_bytes(b"left over")
    Staging(tmp_path / "staging", output).publish()

    assert not output.exists()


def test_a_file_may_become_a_folder_and_a_folder_a_file(tmp_path, output):
    """Addresses change their form when permalinks change."""
    (output / "b").mkdir(parents=True)
    (output / "a").write_bytes(b"was a file")
    (output / "b/index.html").write_bytes(b"was a folder")
    staging = Staging(tmp_path / "staging", output)
    staging.add("a/index.html", b"x")
    staging.add("b", b"y")
    staging.publish()

    assert ((output / "a/index.html").read_bytes(), (output / "b").read_bytes()) == (b"x", b"y")


def test_nothing_is_written_through_a_link(tmp_path, staging, output):
    """A link in the output folder leads out of it: it is replaced, and what it led to stays as it is."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/index.html").write_bytes(b"mine")
    (output / "b").mkdir(parents=True)
    (output / "a").symlink_to(tmp_path / "elsewhere")
    (output / "b/index.html").symlink_to(tmp_path / "elsewhere/index.html")
    staging.add("a/index.html", b"x")
    staging.add("b/index.html", b"y")
    staging.publish()

    assert (tmp_path / "elsewhere/index.html").read_bytes() == b"mine"
    assert not (output / "a").is_symlink() and (output / "a/index.html").read_bytes() == b"x"
    assert not (output / "b/index.html").is_symlink()


def test_the_listing_is_every_file_with_the_digest_of_its_bytes(output):
    """Folders with nothing in them are named too, with a final slash."""
    (output / "a/b").mkdir(parents=True)
    (output / "empty").mkdir()
    (output / "a/b/x.html").write_bytes(b"x")
    (output / "y.html").write_bytes(b"y")
    found = listing(output, {"a/b/x.html": ("", "", 0, 1, ""), "y.html": ("", "", 0, 1, "")})

    assert {path: row[0] for path, row in found.items()} == {
        "a/b/x.html": digest(b"x"), "y.html": digest(b"y"), "empty/": "",
    }  # fmt: skip


def test_a_folder_that_is_not_there_lists_nothing(output):
    """Before the first build there is no output."""
    assert listing(output, {}) == {}


def on_record(file, data=b"kept"):
    """A file's row in the record."""
    stat = file.stat()
    return {file.name: ("fingerprint", data.decode(), stat.st_mtime_ns, stat.st_size, "")}


def test_a_file_with_the_stamp_on_record_is_not_read(output):
    """A digest that its bytes do not have proves it."""
    output.mkdir()
    (output / "a").write_bytes(b"words")

    stat = (output / "a").stat()
    assert listing(output, on_record(output / "a")) == {"a": ("kept", stat.st_mtime_ns, 5)}


def test_a_moved_stamp_is_looked_into(output):
    """A restored cache moves stamps and leaves bytes: nothing has to be rendered for that, nor read the next time."""
    output.mkdir()
    (output / "a").write_bytes(b"words")
    record = on_record(output / "a")
    os.utime(output / "a", ns=(1, 1))

    assert listing(output, record) == {"a": (digest(b"words"), 1, 5)}


def test_another_size_or_a_link_is_never_what_was_written(output, tmp_path):
    """Neither needs to be read to know it."""
    output.mkdir()
    (output / "a").write_bytes(b"words")
    record = on_record(output / "a")
    (output / "a").write_bytes(b"more words")
    (tmp_path / "b").write_bytes(b"words")
    (output / "b").symlink_to(tmp_path / "b")

    assert {path: row[0] for path, row in listing(output, record).items()} == {"a": "", "b": ""}


def test_a_work_tree_keeps_its_repository(output):
    """The output folder may be the branch that is published: .git at its top is neither listed nor pruned."""
    (output / ".git").mkdir(parents=True)
    (output / ".git/config").write_bytes(b"x")
    (output / "a/.git").mkdir(parents=True)
    (output / "a/.git/config").write_bytes(b"x")

    assert set(listing(output, {})) == {"a/.git/config"}


def test_pruning_removes_files_and_the_folders_they_leave_empty(output):
    """Folders that still hold something stay, and so does the output folder."""
    (output / "a/b").mkdir(parents=True)
    (output / "empty/er").mkdir(parents=True)
    for path in ("a/b/x", "a/y", "z"):
        (output / path).write_bytes(b"")
    prune(output, ["a/b/x", "empty/er/", "z", "gone/already"])

    assert sorted(path.relative_to(output).as_posix() for path in output.rglob("*")) == ["a", "a/y"]
    prune(output, ["a/y"])
    assert output.is_dir() and list(output.iterdir()) == []


def test_pruning_a_link_leaves_what_it_leads_to(output, tmp_path):
    """Only what lies in the output folder is removed."""
    output.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/x").write_bytes(b"mine")
    (output / "a").symlink_to(tmp_path / "elsewhere")
    prune(output, ["a"])

    assert not (output / "a").exists()
    assert (tmp_path / "elsewhere/x").read_bytes() == b"mine"
