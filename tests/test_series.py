"""Series: the parts in order, on a page and feeds of their own, and each part knows its place."""

import feedparser
import pytest
from bs4 import BeautifulSoup

POST = "---\ntitle: {title}\nauthors: [{by}]\ndate: {date}\nseries: {series}\n{keys}---\nWords.\n"
PEOPLE = {f"content/people/{name.lower()}.md": f"---\nname: {name}\n---\n" for name in ("Maya", "Jonas")}


def part(title, date, by="maya", series="Lens care", keys=""):
    return {f"content/posts/{title.lower()}.md": POST.format(title=title, date=date, by=by, series=series, keys=keys)}


@pytest.fixture(scope="module")
def site(make_shared_site):
    """Three public parts, one that is to come, and one series of a single part."""
    files = part("Two", "2026-11-03", "jonas", "lens care") | part("One", "2026-11-02") | part("Three", "2026-11-09")
    files |= part("Four", "2026-11-10", keys="draft: true\n") | part("Alone", "2026-11-05", series="Glass")
    made = make_shared_site(PEOPLE | files)
    assert made.build().problems == ()
    return made


def page(site, path):
    return BeautifulSoup(site.read(path), "html.parser")


def test_a_series_has_a_page_with_its_parts_in_order(site):
    """By their dates, whoever wrote them, under the name as the first part writes it; what is not public is not counted."""
    soup = page(site, "series/lens-care/index.html")

    assert "Lens care" == soup.h1.get_text()
    assert ["One", "Two", "Three"] == [link.get_text() for link in soup.select(".chapters a.u-url")]
    assert "3 parts" in soup.get_text()
    assert {"Maya", "Jonas"} <= {name.get_text(strip=True) for name in soup.select(".byline a")}


def test_each_part_knows_its_place(site):
    """Above the title in a line, below the text with links to the others."""
    soup = page(site, "2026/two/index.html")

    assert "Part 2 of 3: Lens care" == soup.select_one(".part").get_text()
    assert ["/2026/one/", "/2026/three/"] == [a["href"] for a in soup.select(".parts ol a")]
    assert "Two" == soup.select_one(".parts [aria-current=page]").get_text()


def test_a_series_of_one_public_part_is_none(site):
    """It has no page, and the part does not say that it is one of one."""
    assert [] == [path for path in site.outputs() if path.startswith("series/glass")]
    assert None is page(site, "2026/alone/index.html").select_one(".part, .parts")


def test_a_series_can_be_followed(site):
    """In each of the three formats."""
    outputs = site.outputs()
    assert {"series/lens-care/feed.json"} <= outputs.keys()
    feeds = [feedparser.parse(outputs[f"series/lens-care/{name}.xml"]) for name in ("feed", "atom")]

    assert [["Three", "Two", "One"]] * 2 == [[entry.title for entry in feed.entries] for feed in feeds]
    assert "/series/lens-care/feed.xml" in outputs["series/lens-care/index.html"].decode()


def test_a_long_series_names_the_parts_around_and_leads_to_all(make_site):
    """A list of fifty titles is no help below a text."""
    files = {}
    for n in range(1, 15):
        files |= part(f"Part{n}", f"2026-10-{n:02}")
    site = make_site(PEOPLE | files)
    site.build()
    soup = page(site, "2026/part7/index.html")

    assert "4" == soup.select_one(".parts ol")["start"]
    assert [f"Part{n}" for n in range(4, 11)] == [item.get_text(strip=True) for item in soup.select(".parts ol li")]
    assert "/series/lens-care/" == soup.select_one(".parts .more a")["href"]


def test_a_name_that_no_address_can_be_made_of_is_an_error(make_site):
    """With its line."""
    (problem,) = make_site(PEOPLE | part("One", "2026-11-02", series='"?!"')).build().problems

    assert ("bad-slug", 5) == (problem.code, problem.location.line)
