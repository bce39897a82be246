"""What is below content/, and what changed since the last build."""

import os
import time

import pytest

from newsroom.errors import text
from newsroom.model import digest
from newsroom.read.sources import TICK, scan

LATER = time.time_ns() + 10**12
"""A moment long after every file was written."""


@pytest.fixture
def write(tmp_path):
    """Write a file below the site's root."""

    def write(path, raw=b"words"):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)
        return file

    return write


def told(problems):
    """Problems as a person reads them."""
    return [text(problem) for problem in problems]


def test_every_file_is_found_in_the_order_of_paths(tmp_path, write):
    """Folders below folders too, and nothing outside content/."""
    for path in (
        "content/posts/2026/b.md",
        "content/posts/2026/a.md",
        "content/people/maya.md",
        "content/people/maya.png",
        "site.toml",
        "public/x.html",
    ):
        write(path)
    sources, problems = scan(tmp_path, {}, 0)

    assert problems == []
    assert list(sources) == [
        "content/people/maya.md",
        "content/people/maya.png",
        "content/posts/2026/a.md",
        "content/posts/2026/b.md",
    ]
    assert {source.digest for source in sources.values()} == {digest(b"words")}


def test_a_site_without_content_has_no_sources(tmp_path):
    """A folder that is not there yet is empty."""
    assert scan(tmp_path, {}, 0) == ({}, [])


@pytest.mark.parametrize("name", [".hidden.md", ".git/config", "a.md~", ".#a.md"])
def test_what_editors_and_tools_leave_is_no_source(tmp_path, write, name):
    """Hidden files and backups are nobody's content."""
    write(f"content/posts/{name}")

    assert scan(tmp_path, {}, 0) == ({}, [])


def test_a_file_that_did_not_change_is_not_read(tmp_path, write):
    """Its stamp on record is enough: a digest that no file has proves that nothing was read."""
    write("content/posts/a.md")
    known = {path: source._replace(digest="kept") for path, source in scan(tmp_path, {}, 0)[0].items()}

    assert scan(tmp_path, known, LATER)[0]["content/posts/a.md"].digest == "kept"


def change_words(file):
    file.write_bytes(b"other")


def change_back_in_time(file):
    stat = file.stat()
    file.write_bytes(b"other")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def replace_file(file):
    stat = file.stat()
    other = file.with_name("other")
    other.write_bytes(b"other")
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    os.replace(other, file)


@pytest.mark.parametrize("change", [change_words, change_back_in_time, replace_file])
def test_a_file_that_changed_is_read(tmp_path, write, change):
    """Even where its size is the same and its time was set back."""
    file = write("content/posts/a.md")
    before = scan(tmp_path, {}, 0)[0]
    time.sleep(0.02)  # the next tick of the file system's clock
    change(file)

    assert scan(tmp_path, before, LATER)[0]["content/posts/a.md"].digest == digest(b"other")


def test_a_stamp_as_young_as_the_last_scan_proves_nothing(tmp_path, write):
    """A file may change twice within one tick of its clock: what is young is read again."""
    file = write("content/posts/a.md")
    known = {path: source._replace(digest="kept") for path, source in scan(tmp_path, {}, 0)[0].items()}
    young = file.stat().st_mtime_ns + TICK

    assert scan(tmp_path, known, young)[0]["content/posts/a.md"].digest == digest(b"words")


def test_a_link_out_of_the_site_is_a_problem_and_is_not_followed(tmp_path, write):
    """A file or a folder: nothing outside is read."""
    write("secret/key.md")
    root = tmp_path / "site"
    (root / "content/posts").mkdir(parents=True)
    (root / "content/posts/key.md").symlink_to(tmp_path / "secret/key.md")
    (root / "content/posts/secret").symlink_to(tmp_path / "secret")
    sources, problems = scan(root, {}, 0)

    assert sources == {}
    assert told(problems) == [
        f"content/posts/{name}: is a link out of the site's folder\nhint: copy the file in: nothing is read from outside the site's root"
        for name in ("key.md", "secret")
    ]


def test_content_itself_may_not_lie_elsewhere(tmp_path, write):
    """A content/ that is a link out of the site is refused like any other."""
    write("elsewhere/posts/a.md")
    root = tmp_path / "site"
    root.mkdir()
    (root / "content").symlink_to(tmp_path / "elsewhere")
    sources, problems = scan(root, {}, 0)

    assert sources == {}
    assert told(problems) == [
        "content: is a link out of the site's folder\nhint: copy the folder in: nothing is read from outside the site's root"
    ]


def test_a_link_inside_the_site_is_a_file(tmp_path, write):
    """One picture may stand in two places."""
    (tmp_path / "content/people").mkdir(parents=True)
    (tmp_path / "content/people/b.png").symlink_to(write("content/people/a.png"))

    assert set(scan(tmp_path, {}, 0)[0]) == {"content/people/a.png", "content/people/b.png"}


def test_a_site_may_itself_be_reached_through_a_link(tmp_path, write):
    """What counts is where files are, not how the command was given its folder."""
    write("site/content/posts/a.md")
    (tmp_path / "link").symlink_to(tmp_path / "site")

    assert set(scan(tmp_path / "link", {}, 0)[0]) == {"content/posts/a.md"}


def test_a_linked_folder_cannot_contain_itself_for_ever(tmp_path, write):
    """A circle of links is one problem."""
    write("content/posts/a.md")
    (tmp_path / "content/posts/loop").symlink_to(tmp_path / "content")
    sources, problems = scan(tmp_path, {}, 0)

    assert set(sources) == {"content/posts/a.md"}
    assert told(problems) == ["content/posts/loop: is a link to a folder\nhint: copy the folder in"]


def test_a_broken_link_is_a_problem(tmp_path, write):
    """It is named, and the rest is read."""
    write("content/posts/a.md")
    (tmp_path / "content/posts/b.md").symlink_to("gone.md")
    sources, problems = scan(tmp_path, {}, 0)

    assert set(sources) == {"content/posts/a.md"}
    assert told(problems) == [
        "content/posts/b.md: cannot be read: No such file or directory\nhint: is it a broken link?"
    ]


def test_a_pipe_is_no_file(tmp_path, write):
    """Reading one would wait for ever."""
    write("content/posts/a.md")
    os.mkfifo(tmp_path / "content/posts/pipe.md")
    sources, problems = scan(tmp_path, {}, 0)

    assert set(sources) == {"content/posts/a.md"}
    assert told(problems) == ["content/posts/pipe.md: is neither a file nor a folder\nhint: take it out of content/"]


def test_content_that_is_a_file_is_a_problem(tmp_path, write):
    """The folder's name may be taken by something else."""
    write("content")

    assert told(scan(tmp_path, {}, 0)[1]) == ["content: cannot be read: Not a directory\nhint: content/ is a folder"]


def test_a_name_that_is_not_utf8_is_a_problem(tmp_path, write):
    """No address could be made of it."""
    write("content/posts/a.md")
    with open(os.fsencode(tmp_path) + b"/content/posts/\xff.md", "wb"):
        pass
    sources, problems = scan(tmp_path, {}, 0)

    assert set(sources) == {"content/posts/a.md"}
    assert told(problems) == ["content/posts/?.md: has a name that is not UTF-8\nhint: rename the file"]


def test_names_in_any_script_are_names(tmp_path, write):
    """Of files and of folders, and what lies deeper is held to the same rules."""
    for name in ("日本/é.md", "日本/plain.md", "plain/ñ.md", "plain/deeper/still/x.md"):
        write(f"content/posts/{name}")
    (tmp_path / "content/posts/日本/out.md").symlink_to("/etc")
    (tmp_path / "content/posts/日本/in.md").symlink_to("é.md")
    sources, problems = scan(tmp_path, {}, 0)

    assert [
        "content/posts/plain/deeper/still/x.md",
        "content/posts/plain/ñ.md",
        "content/posts/日本/in.md",
        "content/posts/日本/plain.md",
        "content/posts/日本/é.md",
    ] == list(sources)
    assert ["content/posts/日本/out.md"] == [problem.location.path for problem in problems]


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("content/a.md", "Content lives in content/posts/, content/people/, content/topics/, content/pages/."),
        (
            "content/post/a.md",
            'did you mean "posts"? Content lives in content/posts/, content/people/, content/topics/, content/pages/.',
        ),
        ("content/drafts/x/a.md", "Content lives in content/posts/, content/people/, content/topics/, content/pages/."),
    ],
)
def test_a_text_in_no_folder_that_is_read_is_a_problem(tmp_path, write, path, hint):
    """A post in the wrong place is never silently left out."""
    write(path)

    assert told(scan(tmp_path, {}, 0)[1]) == [f"{path}: is in no folder of content that is read\nhint: {hint}"]


def test_a_picture_is_measured_when_it_is_read(tmp_path, write):
    """Its size and whether it could act are known without reading it again."""
    write("content/posts/a.svg", b'<svg width="30" height="20"><script/></svg>')
    source = scan(tmp_path, {}, 0)[0]["content/posts/a.svg"]

    assert (source.pixels, source.active) == ((30, 20), "<script")
