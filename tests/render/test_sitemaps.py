"""Sitemaps: every address worth finding with its pictures, the news of two days, and an index where one file is too small."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree
from PIL import Image

from newsroom.render.sitemaps import Address, index, part_name, sitemap, split
from newsroom.views import SiteInfo

HERE = "https://example.com/newsroom"
BELOW = SiteInfo(*[""] * len(SiteInfo._fields))._replace(url=HERE, base="/newsroom")
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PICTURES = "{http://www.google.com/schemas/sitemap-image/1.1}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def png():
    file = io.BytesIO()
    Image.new("L", (4, 3)).save(file, "PNG")
    return file.getvalue()


def post(title, date, more=""):
    return f"---\ntitle: '{title}'\nauthors: [maya]\ndate: {date}\n{more}---\nWords. ![A lens](lens.png)\n"


@pytest.fixture(scope="module")
def files():
    return {
        "content/people/maya.md": "---\nname: Maya Okafor\nphoto: maya.png\n---\nBio\n",
        "content/people/maya.png": png(),
        "content/posts/lens.png": png(),
        "content/posts/old.md": post("Old", "2026-11-02", "updated: 2026-11-05\n"),
        "content/posts/new.md": post("A < B & C", "2026-11-20 09:00", "language: de-AT\nkind: release\n"),
        "content/posts/edge.md": post("Edge", "2026-11-19 12:00:01"),
        "content/posts/held.md": post("Held", "2026-11-01", "embargo: 2026-11-20 10:00\n"),
        "content/posts/over.md": post("Over", "2026-11-19 12:00"),
        "content/posts/gone.md": post(
            "Gone", "2026-11-20", "corrections: [{date: 2026-11-20, kind: retraction, by: maya, text: Wrong}]\n"
        ),
        "content/posts/secret.md": post("Secret", "2026-11-22"),
    }


def parsed(site, path):
    return etree.fromstring(site.read(path).encode())


def test_a_sitemap_names_pages_with_the_day_and_the_pictures(make_site, files):
    """Pictures by their whole addresses; the day of a declared change; a page that lists has that of its newest post."""
    site = make_site(files, url=HERE)
    assert () == site.build(moment=NOW).problems
    found = {
        url.findtext(f"{MAPS}loc").removeprefix(HERE): (
            url.findtext(f"{MAPS}lastmod"), [image.text.removeprefix(HERE) for image in url.iter(f"{PICTURES}loc")]
        )
        for url in parsed(site, "sitemap.xml")
    }  # fmt: skip

    assert ("2026-11-05", ["/2026/old/lens.png"]) == found["/2026/old/"]
    assert ("2026-11-20", ["/people/maya/maya.png"]) == found["/people/maya/"]
    assert ("2026-11-20", []) == found["/2026/gone/"] == found["/posts/"]
    assert (None, []) == found["/promises/"]
    assert not [path for path in found if "secret" in path or "embed" in path or "404" in path]


def test_the_news_are_those_of_two_days(make_site, files):
    """By the moment at which they went out; what was taken back is no news; a name and a language as crawlers want them."""
    site = make_site(files, url=HERE, title="Northwind & Co")
    site.build(moment=NOW)
    found = parsed(site, "news-sitemap.xml")

    assert ["held", "new", "edge"] == [url.findtext(f"{MAPS}loc").split("/")[-2] for url in found]
    assert {"Northwind & Co"} == {name.text for name in found.iter(f"{NEWS}name")}
    assert ["en", "de", "en"] == [language.text for language in found.iter(f"{NEWS}language")]
    assert "A < B & C" == found[1].findtext(f".//{NEWS}title")
    assert "2026-11-20T09:00:00+00:00" == found[1].findtext(f".//{NEWS}publication_date")


def test_news_grow_old_by_themselves(make_site, files):
    """To the second, and only the sitemap of news is another then; a build after the last of them finds nothing to do."""
    site = make_site(files)
    site.build(moment=NOW)
    before = site.build(moment=NOW)
    after = site.build(moment=NOW + timedelta(seconds=1))
    clean = make_site(files)
    clean.build(moment=NOW + timedelta(seconds=1))

    assert (0, ["news-sitemap.xml"]) == (len(before.rendered), [str(path) for path in after.rendered])
    assert "edge" not in site.read("news-sitemap.xml")
    assert clean.outputs() == site.outputs()


def test_each_language_has_its_own_and_says_where_the_same_is(make_site, files):
    """robots.txt names them all; a page that is there in one language alone names no other."""
    both = {
        "content/posts/old.md": files["content/posts/old.md"], "content/posts/old.de.md": files["content/posts/old.md"],
        "content/posts/new.md": files["content/posts/new.md"].replace("language: de-AT\n", ""),
    }  # fmt: skip
    site = make_site({**files, **both}, url=HERE, languages=["en", "de"])
    assert () == site.build(moment=NOW).problems
    robots = site.read("robots.txt")
    found = {
        url.findtext(f"{MAPS}loc"): {link.get("hreflang"): link.get("href") for link in url.iter(LINK)}
        for path in ("sitemap.xml", "de/sitemap.xml") for url in parsed(site, path)
    }  # fmt: skip
    same = {"en": f"{HERE}/2026/old/", "de": f"{HERE}/de/2026/old/", "x-default": f"{HERE}/2026/old/"}

    assert [
        f"Sitemap: {HERE}/{path}"
        for path in ("sitemap.xml", "news-sitemap.xml", "de/sitemap.xml", "de/news-sitemap.xml")
    ] == [line for line in robots.splitlines() if line.startswith("Sitemap")]
    assert same == found[same["en"]] == found[same["de"]]
    assert {} == found[f"{HERE}/2026/new/"]
    assert f"{HERE}/de/people/maya/" == found[f"{HERE}/people/maya/"]["de"]


def test_a_sitemap_is_xml_whatever_stands_in_an_address():
    """Ampersands are escaped, letters encoded, and a day is only where one is known."""
    made = sitemap(BELOW, [Address("/"), Address("/a&b/ä/", "2026-11-02", ("/newsroom/a&b/x.png",))])
    urls = [[(part.tag.removeprefix(MAPS), part.text) for part in url if part.text] for url in etree.fromstring(made)]

    assert urls == [
        [("loc", f"{HERE}/")],
        [("loc", f"{HERE}/a&b/%C3%A4/"), ("lastmod", "2026-11-02")],
    ]
    assert [f"{HERE}/a&b/x.png"] == [image.text for image in etree.fromstring(made).iter(f"{PICTURES}loc")]


def test_more_than_fit_become_parts_with_an_index():
    """No part has more addresses or bytes than the protocol allows; each address is in one of them."""
    many = [
        Address(f"/2026/{'ü' * (n % 50)}{n}/", f"2026-11-{n % 28 + 1:02}", ("/newsroom/ü&ü.png",) * (n % 4))
        for n in range(900)
    ]
    by_count, by_weight = split(BELOW, many, count=400), split(BELOW, many, weight=50_000)
    found = etree.fromstring(index(BELOW, by_count))

    assert [400, 400, 100] == [len(part) for part in by_count]
    assert many == [address for part in by_weight for address in part]
    assert max(len(sitemap(BELOW, part)) for part in by_weight) <= 50_000
    assert [f"{HERE}/{part_name(n)}" for n in (1, 2, 3)] == [loc.text for loc in found.iter(f"{MAPS}loc")]
    assert {"2026-11-28"} == {day.text for day in found.iter(f"{MAPS}lastmod")}


def test_parts_are_built_and_named(make_site, files, monkeypatch):
    """An index where the sitemap was; its parts beside it hold everything."""
    monkeypatch.setattr(split, "__defaults__", (5, 50_000_000))
    site = make_site(files)
    assert () == site.build(moment=NOW).problems
    parts = [loc.text.rpartition("/")[2] for loc in parsed(site, "sitemap.xml").iter(f"{MAPS}loc")]

    assert len(parts) > 2
    assert all(1 <= len(parsed(site, part)) <= 5 for part in parts)
