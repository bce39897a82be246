"""What the page to follow is made of: whom and what, and no post."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup

NOW = datetime(2026, 11, 5, 12, tzinfo=UTC)
POST = "---\ntitle: {}\nauthors: [maya]\ntopics: [lenses]\ndate: {}\n{}---\nWords.\n"
FILES = {
    "content/people/maya.md": "---\nname: Maya Okafor\nrole: Engineer\n---\nBio\n",
    "content/topics/lenses.md": "---\nname: Lenses\n---\nGlass.\n",
    "content/posts/a.md": POST.format("A", "2026-11-02", ""),
}
PAGE = "follow/index.html"


@pytest.fixture
def site(make_site: Any) -> Any:
    made = make_site(FILES, url="https://example.com/room")
    assert () == made.build(moment=NOW).problems
    return made


def choices(site: Any) -> dict[str, Any]:
    """What can be followed: its key -> its element."""
    return {
        each["data-key"]: each
        for each in BeautifulSoup(site.read(PAGE), "html.parser").find_all(attrs={"data-key": True})
    }


def test_another_post_of_the_week_leaves_the_page_alone(site):
    """It says who can be followed, not what they wrote."""
    site.write("content/posts/b.md", POST.format("B", "2026-11-03", ""))

    assert PAGE not in site.build(moment=NOW).rendered


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/people/maya.md", "role: Engineer", "role: Grinder"),
        ("content/topics/lenses.md", "name: Lenses", "name: Glass"),
        ("content/posts/a.md", "date: 2026-11-02", "date: 2026-10-02"),
        ("content/posts/a.md", "title: A", "kind: release\ntitle: A"),
    ],
)
def test_what_it_shows_makes_it_new(site, file, old, new):
    """A role, the name of a topic, another newest digest, the first release: as a clean build shows it."""
    before = site.read(PAGE)
    site.edit(file, old, new)
    assert PAGE in site.build(moment=NOW).rendered
    after = site.read(PAGE)
    site.remove("public")
    site.remove(".newsroom")
    site.build(moment=NOW)

    assert before != after == site.read(PAGE)


def test_only_what_has_a_feed_is_offered(site):
    """Every address that is offered is a file of the site."""
    outputs = site.outputs()
    found = choices(site)

    assert {"all", "people/maya", "topics/lenses"} <= found.keys()
    assert "releases" not in found
    for each in found.values():
        feeds = [link["href"] for link in each.find_all("a", type=True)]
        assert 3 == len(feeds)
        assert all(href.startswith("/room/") and href.removeprefix("/room/") in outputs for href in feeds)
        assert each["data-feed"] == "https://example.com" + feeds[0]
        assert each.find("code").text == each["data-feed"]
        assert each["data-page"].removeprefix("https://example.com/room/") + "index.html" in outputs


def test_links_to_other_sites_tell_them_nothing_of_the_reader(site):
    """Not even which page they come from."""
    outside = [
        link for each in choices(site).values() for link in each.find_all("a") if link["href"].startswith("https:")
    ]

    assert outside
    assert {("noreferrer",)} == {tuple(link["rel"]) for link in outside}


def test_a_site_without_anybody_can_be_followed_as_a_whole(make_site):
    """With nothing else on the page."""
    site = make_site()
    assert () == site.build(moment=NOW).problems

    assert "all" in choices(site) and not {key for key in choices(site) if "/" in key}
