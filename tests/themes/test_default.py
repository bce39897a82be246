"""The default theme: what its pages say where something is missing."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MAYA = "name: Maya Okafor\npronouns: she/her\n"
PROMISE = "answers: {reads: all, by: [maya], checked: 2026-10-01}\n"


@pytest.fixture
def page_of(make_site):
    """Build a site of one person and one post of hers; gives a page as a tree."""

    def page(permalink, person="", post=""):
        site = make_site(
            {
                "content/people/maya.md": f"---\n{MAYA}{person}---\nBio\n",
                "content/posts/a.md": f"---\ntitle: First\nauthors: [maya]\ndate: 2026-11-20\n{post}---\nWords\n",
            },
            comments={"provider": "isso", "isso": {"url": "https://comments.example.com/"}},
        )
        assert site.build(moment=NOW).problems == ()
        return BeautifulSoup(site.read(f"{permalink.lstrip('/')}index.html"), "html.parser")

    return page


def words(element):
    """What a reader reads, in one line."""
    return " ".join(element.get_text().split())


@pytest.mark.parametrize("permalink", ["/2026/a/", "/people/maya/"])
def test_a_way_that_leads_nowhere_by_itself_is_words_and_no_link(page_of, permalink):
    """A place to meet is told where the links stand, and there is nothing to click."""
    page = page_of(permalink, 'contact: {email: maya@example.com, in_person: "At the door, after three"}\n')
    blocks = page.select("#contact .acts, .side ul")

    assert blocks
    for block in blocks:
        assert "Meet Maya: At the door, after three" in words(block)
        assert all("Meet" not in words(link) for link in block.select("a"))
    assert [] == page.select('a[href=""]')


@pytest.mark.parametrize(
    "person",
    [
        'contact: {email: ""}\n',
        "contact: {email: maya@example.com}\nconsent: {email: false}\n",
        "contact: {email: maya@example.com}\nconsent: {until: 2026-01-01}\n",
    ],
)
def test_where_nobody_can_be_reached_nothing_is_promised(page_of, person):
    """The block says that there is no way; no part of the page sends the reader there, or repeats a promise."""
    page = page_of("/2026/a/", person + PROMISE)

    assert "No published way to reach Maya" == words(page.select_one("#contact .bubble"))
    assert [] == page.select(".side, a[href='#contact']")
    assert "Reaching the author" not in words(page)


def test_nobody_is_left_to_answer(page_of):
    """The reader is told why, once, and is not sent to talk to nobody."""
    page = page_of("/2026/a/", "status: left\non: 2026-05-29\n")

    assert "Nobody answers here at the moment Maya Okafor has left, and nobody has been named to answer for her posts." == words(
        page.select_one("#contact .bubble")
    )  # fmt: skip
    assert [] == page.select(".side, a[href='#contact']")


@pytest.mark.parametrize(
    ("dateline", "shown"),
    [
        ("Berlin", "Berlin, 20 November 2026"),
        ('"Berlin, 20 November 2026"', "Berlin, 20 November 2026"),
        ('"BERLIN (Nov. 20)"', "BERLIN (Nov. 20)"),
    ],
)
def test_a_release_is_dated_once(page_of, dateline, shown):
    """The date stands after the place unless the writer put one there."""
    page = page_of("/2026/a/", post=f"kind: release\ndateline: {dateline}\n")

    assert shown == words(page.select_one(".dateline"))


def test_office_hours_link_to_where_they_are_held(page_of):
    """An address can be clicked, a room cannot."""
    hours = (
        '{every: Tuesday, at: "15:00", where: "https://meet.example/maya"}, {every: Friday, at: "9:00", where: Room 4}'
    )
    line = page_of("/people/maya/", f"office_hours: [{hours}]\n").select_one("#contact .hours")

    assert "Office hours: Tuesdays 15:00, UTC, meet.example/maya; Fridays 09:00, UTC, Room 4" == words(line)
    assert [("https://meet.example/maya", "meet.example/maya")] == [(a["href"], a.text) for a in line.select("a")]


def test_a_preview_names_the_page_and_the_site_apart(page_of):
    """og:title is the page's own; the site's name has its own property."""
    page = page_of("/2026/a/")
    said = {meta["property"]: meta["content"] for meta in page.select("meta[property]")}

    assert ("First", "Northwind Newsroom") == (said["og:title"], said["og:site_name"])
    assert "First · Northwind Newsroom" == page.title.text


def test_who_stands_in_is_said_before_the_promise_and_only_once(make_site):
    away = "---\nname: Maya Okafor\npronouns: she/her\nstatus: {state: away, until: 2027-01-11, cover: jonas}\n---\n"
    jonas = "---\nname: Jonas Lind\ncontact: {email: j@x.example}\nanswers: {reads: all, by: [jonas], not_for: Orders}\n---\n"
    site = make_site({"content/people/maya.md": away, "content/people/jonas.md": jonas})
    site.build(moment=NOW)
    bubble = BeautifulSoup(site.read("people/maya/index.html"), "html.parser").select_one("#contact .bubble")
    lines = [words(line) for line in bubble.select("h2, p")]
    assert lines == [
        "Talk to Jonas",
        "Maya Okafor is away until 11 January 2027; Jonas Lind answers for her.",
        "Jonas reads every message and answers.",
        "Not for: Orders.",
    ]
