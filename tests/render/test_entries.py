"""A post as feeds carry it."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from newsroom.build import Options, load
from newsroom.desk import Desk
from newsroom.render import entries
from newsroom.render.parts import Tools

PEOPLE = {
    "content/people/maya.md": "---\nname: Maya Okafor\n---\nBio\n",
    "content/posts/a.svg": '<svg width="3" height="4"></svg>',
}
HEAD = "title: A\nauthors: [maya]\ndate: 2026-11-01 09:00\nsummary: S\n"


@pytest.fixture
def entry_of(make_site):
    """The entry of one post."""

    def entry(head="", body="Words", **settings):
        made = make_site(
            PEOPLE | {"content/posts/a.md": f"---\n{HEAD}{head}---\n{body}\n"}, timezone="Europe/Berlin", **settings
        )
        desk = Desk(made.root)
        site = load(desk, Options(moment=datetime(2026, 11, 21, tzinfo=UTC)))[0]
        (post,) = site.posts
        return entries.entry(site, post, Tools(site.info, None, desk.content, None, None))

    return entry


def test_an_entry_is_the_post_with_every_address_in_full(entry_of):
    """Below the site's own folder too: links, pictures, the post itself."""
    for url in ("https://news.example.com", "https://example.com/newsroom"):
        made = entry_of("image: {file: a.svg, alt: A lens}\n", "[M](person:maya) [h](#top) ![x](a.svg)", url=url)

        assert (made.title, made.url, made.summary, made.published) == (
            "A",
            f"{url}/2026/a/",
            "S",
            "2026-11-01T09:00:00+01:00",
        )
        assert made.image.src == f"{url}/2026/a/a.svg"
        assert [face.name for face in made.authors] == ["Maya Okafor"]
        for address in (f'href="{url}/people/maya/"', f'href="{url}/2026/a/#top"', f'src="{url}/2026/a/a.svg"'):
            assert address in made.html


def test_a_feed_of_summaries_carries_no_text(entry_of):
    """Readers come to the site for it."""
    assert entry_of(feeds={"content": "summary"}).html == ""
    assert "Words" in entry_of().html


@pytest.mark.parametrize(
    ("head", "updated"),
    [
        ("", "2026-11-01T09:00:00+01:00"),
        ("updated: 2026-11-05\n", "2026-11-05T00:00:00+01:00"),
        ("corrections: [{date: 2026-11-04, text: x}]\n", "2026-11-04T09:00:00+01:00"),
        (
            "corrections: [{date: 2026-11-04, text: x}, {date: 2026-11-07, text: y}]\nupdated: 2026-11-05\n",
            "2026-11-07T09:00:00+01:00",
        ),
        ("corrections: [{date: 2026-11-01, text: x}]\n", "2026-11-01T09:00:00+01:00"),
        ("updated: 2026-11-01\n", "2026-11-01T09:00:00+01:00"),
    ],
)
def test_only_a_declared_change_is_an_update(entry_of, head, updated):
    """A typo is not one; a correction is; and nothing was changed before it was published."""
    assert updated == entry_of(head).updated


@pytest.fixture
def keys_of(make_site):
    """The keys of the entries of two posts, by title."""

    def keys(changes={}, path="content/posts/a.md", **settings):
        folder = path.removesuffix("a.md")
        pictures = {f"{folder}{name}.svg": PEOPLE["content/posts/a.svg"] for name in "ac"}
        one = pictures | {path: f"---\n{HEAD}topics: [lenses]\nimage: a.svg\n---\nWords ![x](c.svg)\n"}
        two = {"content/posts/b.md": f"---\n{HEAD.replace('A', 'B')}---\nWords\n"}
        topic = {"content/topics/lenses.md": "---\nname: Lenses\n---\nx\n"}
        files = PEOPLE | one | two | topic
        for edited, (old, new) in changes.items():
            assert old in files[edited]
            files[edited] = files[edited].replace(old, new)
        made = make_site(files, **settings)
        site = load(Desk(made.root), Options(moment=datetime(2026, 11, 21, tzinfo=UTC)))[0]
        return {post.title: entries.entry_key(site, post.source) for post in site.posts}

    return keys


A = "content/posts/a.md"


@pytest.mark.parametrize(
    ("changed", "moved"),
    [
        ({"changes": {A: ("Words", "Others")}}, "A"),
        ({"changes": {A: ("summary: S", "summary: T")}}, "A"),
        ({"changes": {A: ("topics: [lenses]", "corrections: [{date: 2026-11-04, text: x}]")}}, "A"),
        ({"changes": {"content/topics/lenses.md": ("Lenses", "Glass")}}, "A"),
        ({"changes": {A: ("summary: S", "summary: S\nupdated: 2026-11-05")}}, "A"),
        ({"changes": {"content/posts/a.svg": ('"3"', '"5"')}}, "A"),
        ({"changes": {"content/posts/c.svg": ('"3"', '"5"')}}, "A"),
        ({"changes": {"content/people/maya.md": ("Okafor", "Berg")}}, "A B"),
        ({"url": "https://other.example"}, "A B"),
        ({"language": "de"}, "A B"),
        ({"feeds": {"content": "summary"}}, "A B"),
        ({"changes": {"content/people/maya.md": ("Bio", "Other")}}, ""),
        ({"feeds": {"items": 5, "hub": "https://hub.example"}}, ""),
        ({"description": "Other words"}, ""),
    ],
)
def test_an_entry_is_kept_until_something_that_it_shows_changes(keys_of, changed, moved):
    """A post's own words, its people and topics, the site's address and language: no other setting, no other post."""
    before, after = keys_of(), keys_of(**changed)

    assert {32} == {len(key) for key in before.values()}
    assert moved.split() == sorted(title for title in before if before[title] != after[title])


def test_a_post_whose_file_moves_has_another_entry(keys_of):
    """Its identity is its path's where it says no other."""
    assert keys_of()["A"] != keys_of(path="content/posts/old/a.md")["A"]


def test_a_feed_is_as_new_as_its_newest_post():
    """Wherever that stands, in whatever offset its moment is written; a feed without posts has none."""
    posts = [
        SimpleNamespace(date=date, updated=updated, details={})
        for date, updated in [
            ("2026-11-02T09:00:00+01:00", ""),
            ("2026-10-02T09:00:00+01:00", "2026-11-02T09:00:00+00:00"),
            ("2026-11-02T08:30:00+00:00", "2026-11-02T09:31:00+01:00"),
        ]
    ]

    assert ["2026-11-02T09:00:00+00:00", ""] == [entries.changed(posts), entries.changed([])]


def test_an_identity_hangs_on_nothing_that_may_change(entry_of):
    """Neither on the title nor on the address; a post without an id has its path's."""
    one = entry_of("id: 5c1b77f90a3e\n", url="https://news.example.com")

    assert one.id == entry_of("id: 5c1b77f90a3e\nslug: other\n", url="https://other.example").id
    assert entry_of().id == entry_of("slug: other\n").id != one.id
    assert one.id.startswith("urn:")


def test_an_entry_speaks_its_posts_language(entry_of):
    """The site's where the post does not say."""
    assert (entry_of("language: de\n").language, entry_of().language) == ("de", "en")
