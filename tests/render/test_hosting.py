"""What a static host and crawlers read."""

from xml.etree import ElementTree

import pytest

from newsroom.render.hosting import headers, redirects, robots, sitemap
from newsroom.views import SiteInfo

EMPTY = SiteInfo(*[""] * len(SiteInfo._fields))
ROOT = EMPTY._replace(url="https://news.example.com")
BELOW = EMPTY._replace(url="https://example.com/newsroom", base="/newsroom")


@pytest.mark.parametrize(("info", "base"), [(ROOT, ""), (BELOW, "/newsroom")])
def test_headers_hold_below_the_sites_own_folder(info, base):
    """Each block is a pattern and its indented lines."""
    blocks = [block.split("\n") for block in headers(info).decode().removesuffix("\n").split("\n\n")]

    assert [block[0] for block in blocks] == [f"{base}{path}" for path in ("/*", "/assets/*", "/*.xml", "/*.json")]
    assert all(line.startswith("  ") and ": " in line for block in blocks for line in block[1:])
    assert "  X-Content-Type-Options: nosniff" in blocks[0]


def test_a_redirect_is_a_line_of_two_addresses():
    """Encoded, sorted, each once."""
    moved = [("/z/", "/2026/a/"), ("/alt ö/", "/2026/b/"), ("/z/", "/2026/a/")]

    assert redirects(BELOW, moved).decode() == (
        "/newsroom/alt%20%C3%B6/ /newsroom/2026/b/ 301\n/newsroom/z/ /newsroom/2026/a/ 301\n"
    )
    assert redirects(ROOT, []) == b""


def test_robots_name_the_sitemap_in_full():
    """Crawlers want an absolute address."""
    assert robots(BELOW).decode() == "User-agent: *\nAllow: /\n\nSitemap: https://example.com/newsroom/sitemap.xml\n"


def test_a_sitemap_is_xml_whatever_stands_in_an_address():
    """Ampersands are escaped, letters encoded, and a day is only where one is known."""
    made = sitemap(BELOW, [("/", ""), ("/a&b/ä/", "2026-11-02")])
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    urls = [[(part.tag.removeprefix(space), part.text) for part in url] for url in ElementTree.fromstring(made)]

    assert urls == [
        [("loc", "https://example.com/newsroom/")],
        [("loc", "https://example.com/newsroom/a&b/%C3%A4/"), ("lastmod", "2026-11-02")],
    ]
