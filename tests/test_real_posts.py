"""Hundreds of real posts by hundreds of real people, where NEWSROOM_REAL_POSTS names the folder of such a newsroom."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import feedparser
import pytest
import yaml

from newsroom.build import Options, build

FOLDER = os.environ.get("NEWSROOM_REAL_POSTS", "")
NOW = datetime(2026, 12, 1, tzinfo=UTC)
FORMATS = ("feed.xml", "atom.xml", "feed.json")

pytestmark = pytest.mark.skipif(not FOLDER, reason="NEWSROOM_REAL_POSTS names no folder of a newsroom with many posts")


def front_matter(path: Path) -> dict:
    """A file's front matter, read by another reader than ours."""
    return yaml.load(path.read_text("utf-8").split("\n---", 1)[0].removeprefix("---"), Loader=yaml.BaseLoader)


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    """The newsroom, built by the command."""
    root = tmp_path_factory.mktemp("real") / "site"
    shutil.copytree(FOLDER, root, ignore=shutil.ignore_patterns("public", ".newsroom"))
    arguments = ["build", "--site", str(root), "--as-of", "2026-12-01"]
    ended = subprocess.run([sys.executable, "-m", "newsroom", *arguments], capture_output=True, text=True)

    assert (0, "") == (ended.returncode, ended.stderr)
    return root


@pytest.fixture(scope="module")
def people(root) -> dict[str, str]:
    """Key -> name."""
    return {path.stem: " ".join(front_matter(path)["name"].split()) for path in (root / "content/people").glob("*.md")}


@pytest.fixture(scope="module")
def posts(root) -> dict[str, list[str]]:
    """Title -> keys of the authors, of every post; titles that occur twice are left out."""
    found: dict[str, list[str]] = {}
    twice: set[str] = set()
    for path in (root / "content/posts").rglob("*.md"):
        values = front_matter(path)
        title, authors = " ".join(values["title"].split()), values["authors"]
        twice |= {title} & found.keys()
        found[title] = list(dict.fromkeys(authors if isinstance(authors, list) else [authors]))
    return {title: authors for title, authors in found.items() if title not in twice}


def items(root: Path) -> dict[str, dict]:
    """Every entry of every person's JSON feed, by its id."""
    found: dict[str, dict] = {}
    for path in (root / "public/people").glob("*/feed.json"):
        for item in json.loads(path.read_text("utf-8"))["items"]:
            assert item == found.setdefault(item["id"], item), "an entry is the same in every feed"
    return found


def test_everybody_has_a_page_and_three_feeds_that_readers_can_read(root, people):
    """Whoever stands in content/people/ can be followed in a reader of any kind."""
    assert len(people) > 100
    for key, name in people.items():
        folder = root / "public/people" / key

        assert name in unescape((folder / "index.html").read_text("utf-8"))
        for file in FORMATS[:2]:
            feed = feedparser.parse((folder / file).read_bytes())
            assert (0, ()) == (feed.bozo, tuple(e for e in feed.entries if not e.id)), (key, file)
        assert "https://jsonfeed.org/version/1.1" == json.loads((folder / "feed.json").read_bytes())["version"]


def test_every_author_is_named_on_the_page_and_in_every_feed(root, people, posts):
    """A byline of fourteen names has fourteen names: on the page, in Atom, in RSS and in JSON."""
    limit = 20
    named = {" ".join(item["title"].split()): item for item in items(root).values()}
    shown = posts.keys() & named.keys()
    assert len(shown) > 200
    for title in shown:
        item, authors = named[title], [people[key] for key in posts[title]]
        page = unescape((root / "public" / item["url"].split("/", 3)[3] / "index.html").read_text("utf-8"))

        assert authors == [author["name"] for author in item["authors"]], title
        assert [] == [name for name in authors if name not in page], title
    for key in people:
        by_format = {}
        for file in FORMATS[:2]:
            entries = feedparser.parse((root / "public/people" / key / file).read_bytes()).entries
            by_format[file] = {entry.id: [author.get("name", "") for author in entry.authors] for entry in entries}
        wanted = {
            item["id"]: [author["name"] for author in item["authors"]]
            for item in json.loads((root / "public/people" / key / "feed.json").read_bytes())["items"]
        }

        assert len(wanted) <= limit
        assert wanted == by_format["atom.xml"], key
        assert wanted == by_format["feed.xml"], key


def test_a_second_build_does_nothing(root):
    """Nothing is parsed, rendered or removed."""
    report = build(root, Options(moment=NOW))

    assert (0, (), (), ()) == (report.parsed, report.rendered, report.removed, report.problems)


def test_one_edit_rewrites_what_shows_it_and_equals_a_clean_build(root, tmp_path):
    """After an edit of one body among hundreds: its page and feeds, and the same bytes as from nothing."""
    path = sorted((root / "content/posts").rglob("*.md"))[-1]
    path.write_text(path.read_text("utf-8") + "\n\nOne more sentence.\n", "utf-8")
    report = build(root, Options(moment=NOW))
    shutil.copytree(root, tmp_path / "clean", ignore=shutil.ignore_patterns("public", ".newsroom"))
    build(tmp_path / "clean", Options(moment=NOW))

    assert 1 == report.parsed
    assert 1 == len([output for output in report.rendered if output.endswith(".html")])
    assert [] == [output for output in report.rendered if not output.endswith((".html", *FORMATS))]
    for folder, other in ((root, tmp_path / "clean"), (tmp_path / "clean", root)):
        for file in (folder / "public").rglob("*"):
            twin = other / "public" / file.relative_to(folder / "public")
            assert file.is_dir() == twin.is_dir() and (file.is_dir() or file.read_bytes() == twin.read_bytes()), file
