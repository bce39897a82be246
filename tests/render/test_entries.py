"""A post as feeds carry it."""

from datetime import UTC, datetime

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
        ("corrections: [{date: 2026-10-01, text: x}]\n", "2026-11-01T09:00:00+01:00"),
        ("updated: 2026-11-01\n", "2026-11-01T09:00:00+01:00"),
    ],
)
def test_only_a_declared_change_is_an_update(entry_of, head, updated):
    """A typo is not one; a correction is; and nothing was changed before it was published."""
    assert updated == entry_of(head).updated


def test_an_identity_hangs_on_nothing_that_may_change(entry_of):
    """Neither on the title nor on the address; a post without an id has its path's."""
    one = entry_of("id: 5c1b77f90a3e\n", url="https://news.example.com")

    assert one.id == entry_of("id: 5c1b77f90a3e\nslug: other\n", url="https://other.example").id
    assert entry_of().id == entry_of("slug: other\n").id != one.id
    assert one.id.startswith("urn:")


def test_an_entry_speaks_its_posts_language(entry_of):
    """The site's where the post does not say."""
    assert (entry_of("language: de\n").language, entry_of().language) == ("de", "en")
