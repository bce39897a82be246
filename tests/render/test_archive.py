"""The archive: a way to every post without a search, and without a script."""

from urllib.parse import urldefrag

import pytest
from bs4 import BeautifulSoup

FILES = {
    "content/people/maya.md": "---\nname: Maya Okafor\n---\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\n---\n",
    "content/topics/glass.md": "---\nname: Glass\n---\n",
    **{
        f"content/posts/{name}.md": f"---\ntitle: {name.upper()}\nauthors: [maya]\ndate: {day}\ntopics: [glass]\n---\nWords.\n"
        for name, day in (("a", "2025-03-01"), ("b", "2026-11-02"), ("c", "2026-11-05"), ("d", "2026-01-31"))
    },
}


@pytest.fixture(scope="module")
def site(make_shared_site):
    made = make_shared_site(FILES)
    assert made.build().problems == ()
    return made


def page(site, path):
    return BeautifulSoup(site.read(path), "html.parser")


def test_the_archive_counts_years_and_months_people_and_topics(site):
    """The latest first; whoever wrote nothing is not there."""
    soup = page(site, "archive/index.html")
    rows = {row.h2.a.get_text(): (row.h2.span.get_text(), [li.get_text(" ", strip=True) for li in row("li")])
            for row in soup.select(".year-row")}  # fmt: skip

    assert {"2026": ("3 posts", ["November 2", "January 1"]), "2025": ("1 post", ["March 1"])} == rows
    assert ["2026", "2025"] == list(rows)
    lists = [[li.get_text(" ", strip=True) for li in part("li")] for part in soup.select("main section:not(.year-row)")]
    assert [["Maya Okafor 4"], ["Glass 4"]] == lists


def test_every_link_of_the_archive_leads_to_a_page_and_a_place_on_it(site):
    """A month is a heading on the page of its year."""
    for link in page(site, "archive/index.html").select("main a"):
        address, place = urldefrag(link["href"])
        soup = page(site, f"{address.strip('/')}/index.html")
        assert not place or soup.find(id=place), link


def test_a_year_has_all_its_posts_under_their_months(site):
    """Each once."""
    soup = page(site, "archive/2026/index.html")

    assert [("November", ["C", "B"]), ("January", ["D"])] == [
        (row.h2.get_text(), [a.get_text() for a in row.select("a.u-url")]) for row in soup.select(".year-row")
    ]


def test_the_archive_leads_to_the_search_where_there_is_one(make_site):
    """And does not where there is none."""
    with_search, without = make_site(FILES, search={"engine": "pagefind"}), make_site(FILES)
    assert [(), ()] == [site.build().problems for site in (with_search, without)]

    assert "/search/" in with_search.read("archive/index.html")
    assert "/search/" not in without.read("archive/index.html")
