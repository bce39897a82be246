"""What a static host and crawlers read."""

import re
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

    paths = ("/*", "/assets/*", "/assets/*.svg", "/*.xml", "/*.json")
    assert [block[0] for block in blocks] == [f"{base}{path}" for path in paths]
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


# ── the two hosts that read _headers, as their own code reads it ─────────────────────────────────────────────────────


def netlify(pattern):
    """Netlify splits a pattern at slashes. In a part with a star nothing else is quoted: a point is any character."""
    parts = [part for part in pattern.split("/") if part]
    made = ["([^/]+)" if part.startswith(":") else "?(.*)" if part == "*" else part.replace("*", "(.*)") if "*" in part
            else re.escape(part) for part in parts]  # fmt: skip
    return re.compile(f"/{'/'.join(made)}/?", re.IGNORECASE)


def cloudflare(pattern):
    """Cloudflare takes one star, which stands for anything, and every other character for itself."""
    assert pattern.count("*") <= 1 and ":" not in pattern
    return re.compile(".*".join(map(re.escape, pattern.split("*"))))


HOSTS = pytest.mark.parametrize("host", [netlify, cloudflare])


def sent(host, info, address):
    """What a host sends with an address: name -> values, of every block that fits."""
    found, fits = {}, False
    for line in headers(info).decode().splitlines():
        if line.startswith("/"):
            fits = host(line).fullmatch(address) is not None
        elif line.strip() and fits:
            name, value = line.split(":", 1)
            found.setdefault(name.strip(), []).append(value.strip())
    return found


@HOSTS
@pytest.mark.parametrize(
    "page", ["/", "/2026/lens/", "/2026/why-we-draw-in-svg/", "/2026/assets/", "/people/maya/", "/404.html"]
)
def test_a_page_is_sent_with_what_holds_for_every_page(host, page):
    """Once each, no origin, and nothing that would keep the page's own policy from working."""
    found = sent(host, ROOT, page)
    policy = {row.split()[0]: row.split()[1:] for row in found["Content-Security-Policy"][0].split("; ")}

    assert {1} == {len(values) for values in found.values()}
    assert {
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        "object-src": ["'none'"],
    } == policy
    assert ["nosniff"] == found["X-Content-Type-Options"]
    assert ["same-origin-allow-popups"] == found["Cross-Origin-Opener-Policy"]
    assert ["strict-origin-when-cross-origin"] == found["Referrer-Policy"]
    assert "Cache-Control" not in found


@HOSTS
def test_a_drawing_of_the_theme_runs_nothing_when_it_is_opened(host):
    """A second policy beside the first: both hold, so the stricter one does."""
    found = sent(host, ROOT, "/assets/favicon.1a2b3c4d.svg")

    assert "default-src 'none'; style-src 'unsafe-inline'; sandbox" in found["Content-Security-Policy"]
    assert ["public, max-age=31536000, immutable"] == found["Cache-Control"]


@HOSTS
@pytest.mark.parametrize("file", ["/feed.xml", "/feed.json", "/people/maya/atom.xml", "/topics/lenses/feed.json"])
def test_a_feed_may_be_read_by_any_site(host, file):
    """Readers on the web fetch feeds from their own pages."""
    assert ["*"] == sent(host, ROOT, file)["Access-Control-Allow-Origin"]


@pytest.mark.parametrize(
    ("info", "expected"),
    [(ROOT, ["max-age=31536000"]), (ROOT._replace(url="http://news.example.com"), None), (BELOW, None)],
)
def test_only_a_site_that_owns_its_host_and_is_encrypted_asks_to_stay_so(info, expected):
    """Never for subdomains, which are others' to decide; nor for the rest of a host that it is a folder of."""
    assert expected == sent(cloudflare, info, f"{info.base}/").get("Strict-Transport-Security")


def test_headers_stay_within_what_hosts_read():
    """Cloudflare reads a hundred blocks and 2,000 characters of a line."""
    lines = headers(ROOT).decode().splitlines()

    assert len([line for line in lines if line.startswith("/")]) <= 100
    assert max(map(len, lines)) <= 2000
    assert [] == [line for line in lines if line.startswith("  ") and (": " not in line or line.endswith(" "))]


def test_the_policy_for_all_names_nothing_that_pages_differ_in():
    """Two policies on a page are both in force: an origin in one of them would have to be in the other too."""
    text = headers(ROOT).decode().split("\n\n", 1)[0]

    assert "default-src" not in text
    assert "script-src" not in text
    assert "https://" not in text
