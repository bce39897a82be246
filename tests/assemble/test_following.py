"""What can be followed: the site, each person, each topic, each kind that has something."""

from datetime import UTC, datetime

import pytest

from newsroom.build import Options, load
from newsroom.desk import Desk

FILES = {
    "content/people/maya.md": "---\nname: Maya Okafor\n---\nBio\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\n---\nBio\n",
    "content/topics/lenses.md": "---\nname: Lenses\n---\nx\n",
    "content/posts/a.md": "---\ntitle: A\nauthors: [maya]\ntopics: [lenses]\ndate: 2026-11-01\n---\nA\n",
    "content/posts/b.md": "---\ntitle: B\nauthors: [maya, jonas]\ndate: 2026-11-02\nkind: release\n---\nB\n",
}


@pytest.fixture
def feeds_of(make_site):
    """The feeds of some files, by permalink."""

    def feeds(changes={}, **settings):
        made = make_site(FILES | changes, **settings)
        return load(Desk(made.root), Options(moment=datetime(2026, 11, 21, tzinfo=UTC)))[0].feeds

    return feeds


def test_everybody_and_every_topic_can_be_followed(feeds_of):
    """Whoever has not written yet too; a kind only where there is something of it."""
    feeds = feeds_of()

    assert {permalink: [post.title for post in feed.posts] for permalink, feed in feeds.items()} == {
        "/": ["B", "A"], "/people/maya/": ["B", "A"], "/people/jonas/": ["B"], "/topics/lenses/": ["A"], "/releases/": ["B"],
    }  # fmt: skip
    assert [face.key for face in feeds["/people/maya/"].authors] == ["maya"]
    assert feeds["/people/maya/"].title == "Maya Okafor · Northwind Newsroom"
    assert feeds["/topics/lenses/"].description == "Posts on Lenses"


def test_a_feed_holds_the_newest_as_many_as_are_set(feeds_of):
    """An old post leaves the feed when a new one comes."""
    assert [post.title for post in feeds_of(feeds={"items": 1})["/"].posts] == ["B"]


def digests(feeds):
    return {permalink: feed.digest for permalink, feed in feeds.items()}


@pytest.mark.parametrize(
    ("path", "old", "new", "moved"),
    [
        ("content/posts/a.md", "\nA\n", "\nOther\n", "/ /people/maya/ /topics/lenses/"),
        ("content/posts/b.md", "title: B", "title: C", "/ /people/maya/ /people/jonas/ /releases/"),
        ("content/people/jonas.md", "Lind", "Berg", "/ /people/maya/ /people/jonas/ /releases/"),
        ("content/people/jonas.md", "Bio", "Other", ""),
        ("content/topics/lenses.md", "name: Lenses", "name: Glass", "/ /people/maya/ /topics/lenses/"),
    ],
)
def test_a_feed_moves_with_what_it_carries_and_with_nothing_else(feeds_of, path, old, new, moved):
    """The digest covers posts, bodies, authors and topics."""
    before, after = digests(feeds_of()), digests(feeds_of({path: FILES[path].replace(old, new)}))

    assert set(moved.split()) == {permalink for permalink in before if before[permalink] != after[permalink]}


def test_a_feed_moves_with_the_file_of_a_post(make_site):
    """An identity that nobody wrote is the path's, and readers are told it; one that is written stays."""
    for written, moves in (("", True), ("id: 5c1b77f90a3e\n", False)):
        post = FILES["content/posts/b.md"].replace("kind:", f"{written}kind:")
        rest = {path: raw for path, raw in FILES.items() if path != "content/posts/b.md"}
        one, two = (
            load(Desk(make_site(rest | {path: post}).root), Options(moment=datetime(2026, 11, 21, tzinfo=UTC)))[0].feeds
            for path in ("content/posts/b.md", "content/posts/old/b.md")
        )

        assert moves == (one["/releases/"].digest != two["/releases/"].digest)


def test_a_feeds_identity_outlives_a_move(feeds_of):
    """Each feed has its own; it hangs on the address until another name is set, and on no protocol."""
    ids = {feed.id for feed in feeds_of().values()}
    assert len(ids) == 5
    assert {feed.id for feed in feeds_of(url="http://news.example.com").values()} == ids
    assert {feed.id for feed in feeds_of(url="https://other.example").values()}.isdisjoint(ids)

    named = [feed.id for feed in feeds_of(feeds={"id": "northwind"}).values()]
    assert named == [feed.id for feed in feeds_of(feeds={"id": "northwind"}, url="https://other.example").values()]
