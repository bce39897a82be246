"""Pages: which there are, and what readers see on them."""

import re
from datetime import UTC, datetime

import pytest

from newsroom.errors import text
from newsroom.render.pages import PAGES

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FILES = {
    "content/people/maya.md": "---\nname: Maya Okafor\nrole: Engineer\ntopics: [lenses]\ncontact: {email: maya@example.com}\n---\nMaya’s biography\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\ncontact: {email: jonas@example.com}\n---\nBio\n",
    "content/people/pete.md": "---\nname: Pete Harlow\nstatus: left\non: 2026-05-29\nsuccessor: jonas\n---\nBio\n",
    "content/topics/lenses.md": "---\nname: Lenses\n---\nAll about lenses\n",
    "content/pages/about.md": "---\ntitle: About us\nmenu: true\n---\nWho we are\n",
}


def post(title, date, author="maya", **more):
    extra = "".join(f"{key}: {value}\n" for key, value in more.items())
    return f"---\ntitle: {title}\nauthors: [{author}]\ndate: {date}\n{extra}---\nThe words of {title}\n"


@pytest.fixture
def pages_of(make_site):
    """A built site: page(permalink) is its text."""

    def pages(sources={}, **settings):
        made = make_site(FILES | {f"content/posts/{name}.md": raw for name, raw in sources.items()}, **settings)
        report = made.build(moment=NOW)
        assert [text(problem) for problem in report.problems] == []
        return lambda permalink: made.read(
            permalink.lstrip("/") + "index.html" if permalink.endswith("/") else permalink.lstrip("/")
        )

    return pages


def links(page):
    """The addresses that a page links to."""
    return re.findall(r'<a [^>]*?href="([^"]*)"', page)


def test_every_kind_of_page_has_a_template_of_the_default_theme(make_site):
    """And only those that are there."""
    from newsroom.render.theme import load

    assert {kind.template for kind in PAGES.values()} <= set(load(make_site().root, "default", {}).templates)


def test_a_site_without_anything_is_still_a_site(make_site):
    """The first build of a new site shows every page that is always there."""
    made = make_site()
    report = made.build(moment=NOW)

    assert report.problems == ()
    assert {
        "index.html",
        "posts/index.html",
        "people/index.html",
        "follow/index.html",
        "404.html",
    } <= made.outputs().keys()


def test_a_post_stands_with_its_people_and_its_neighbours(pages_of):
    """Byline, body, the ones before and after, and whom to talk to."""
    page = pages_of(
        {
            "a": post("First", "2026-11-01"),
            "b": post("Second", "2026-11-02", "maya, jonas"),
            "c": post("Third", "2026-11-03"),
        }
    )("/2026/b/")

    assert "The words of Second" in page
    assert {"/people/maya/", "/people/jonas/", "/2026/a/", "/2026/c/"} <= set(links(page))
    assert "Talk to Maya or Jonas" in page


def test_the_letter_to_an_author_names_the_post(pages_of):
    """The subject is the post's title, and the address it was read at stands in it."""
    page = pages_of({"a": post("Cracks & lenses", "2026-11-01")}, contact={"email": "public"})("/2026/a/")
    (letter,) = {link for link in links(page) if link.startswith("mailto:") and not link.startswith("mailto:?")}

    assert letter.startswith("mailto:maya@example.com?subject=Re%3A%20Cracks%20%26%20lenses")
    assert "https%3A%2F%2Fnews.example.com%2F2026%2Fa%2F" in letter


def test_a_person_who_left_keeps_page_and_byline(pages_of):
    """Old posts stay answerable: contact moves to the successor."""
    page = pages_of({"a": post("Old", "2025-01-01", "pete")})

    assert "Pete Harlow" in page("/2025/a/") and "Talk to Jonas" in page("/2025/a/")
    assert "/2025/a/" in links(page("/people/pete/"))
    assert "/people/pete/" in links(page("/people/"))
    here, before = page("/follow/").split("They wrote here before")
    assert "/people/pete/" in links(before) and "/people/pete/" not in links(here)


def test_numbered_pages_lead_from_the_newest_to_the_oldest_and_back(pages_of):
    """Every post is reached by links alone, and the first page needs no number."""
    page = pages_of({f"p{n}": post(f"P{n}", f"2026-10-{n:02}") for n in range(1, 8)}, posts={"per_page": 2})
    at, seen, forward = "/posts/", [], {}
    while True:
        seen.append(re.findall(r"/2026/p(\d)/", " ".join(links(page(at)))))
        older = [
            link
            for link in links(page(at))
            if link.startswith("/posts/page/") and link not in forward and link < (at if "page" in at else "~")
        ]
        if not older:
            break
        forward[older[0]] = at
        at = older[0]

    assert list(dict.fromkeys(n for page in seen for n in page)) == ["7", "6", "5", "4", "3", "2", "1"]
    assert list(forward) == ["/posts/page/2/", "/posts/page/1/"]
    assert all(back in links(page(at)) for at, back in forward.items())


def test_a_listing_of_a_kind_is_there_when_there_is_one(pages_of):
    """And not before."""
    page = pages_of({"r": post("News", "2026-11-01", kind="release")})
    assert "/2026/r/" in links(page("/releases/"))

    with pytest.raises(FileNotFoundError):
        page("/statements/")


def test_corrections_are_listed_for_everybody(pages_of):
    """What was wrong, newest first, with the name of whoever corrected it."""
    page = pages_of({
        "a": post("One", "2026-11-01", corrections="[{date: 2026-11-04, by: jonas, text: It was 1974.}]"),
        "b": post("Two", "2026-10-01", corrections="[{date: 2026-11-05, text: It was 1975.}]"),
    })("/corrections/")  # fmt: skip

    assert page.index("It was 1975.") < page.index("It was 1974.")
    assert "Jonas Lind" in page and {"/2026/a/#corrections", "/2026/b/#corrections"} <= set(links(page))


def test_an_open_statement_stands_on_the_front_page(pages_of):
    """Until it is closed."""

    def statement(**more):
        return {"s": post("What happened", "2026-11-20", kind="statement", next_update="2026-11-22", **more), "a": post("Other", "2026-11-20 09:00")}  # fmt: skip

    assert "/2026/s/" in links(pages_of(statement())("/")[:6000])
    assert "What happened" in pages_of(statement())("/")


def test_a_statement_says_at_what_hour(pages_of):
    """In a crisis the hour is the point; a day that was written without one gets none."""

    def statement(date):
        said = {"kind": "statement", "next_update": "2026-11-22 18:00", "summary": "Do not carry it."}
        page = pages_of({"s": post("What happened", date, **said)})
        return page("/2026/s/"), page("/")

    for page in statement("2026-11-20 09:40"):
        assert "20 November 2026, 09:40 (UTC)" in page and "Do not carry it." in page
        assert page.index("Next update by") < page.index("22 November 2026, 18:00 (UTC)")
    assert not any("20 November 2026, " in page for page in statement("2026-11-20"))


def test_a_closed_statement_says_when_and_nothing_that_nobody_wrote(pages_of):
    """The day alone."""
    page = pages_of({"s": post("What happened", "2026-11-10", kind="statement", closed="2026-11-12")})("/2026/s/")

    assert re.search(
        r'<div class="until">\s*<p>Closed on <time datetime="2026-11-12">12 November 2026</time></p>\s*</div>', page
    )


def test_a_retracted_title_never_stands_alone(pages_of):
    """Not on the page, in its head, or on the list of corrections; the reason stands in the place of the text."""
    wrong = "[{date: 2026-11-04, kind: retraction, by: jonas, text: They do.}]"
    pages = pages_of({"a": post("Lenses never crack", "2026-11-01", corrections=wrong)})
    page, listed = pages("/2026/a/"), pages("/corrections/")

    assert "<title>Retracted: Lenses never crack · " in page and '"headline":"Retracted: Lenses never crack"' in page
    assert (
        "<b>Retracted:</b> <s>Lenses never crack</s></h1>" in page and "Retracted: <s>Lenses never crack</s>" in listed
    )
    shown = page[page.index('id="corrections"') :]
    assert shown.index("Retracted on") < shown.index("They do.") < shown.index("Jonas Lind</p>")


def test_an_update_does_not_look_like_a_mistake(pages_of):
    """On the list of corrections."""
    both = "[{date: 2026-11-04, text: It was 1974.}, {date: 2026-11-05, kind: update, text: It is mended.}]"
    page = pages_of({"a": post("One", "2026-11-01", corrections=both)})("/corrections/")

    assert (
        page.index('class="fix"')
        < page.index("It was 1974.")
        < page.index('class="fix mild"')
        < page.index("It is mended.")
    )


@pytest.mark.parametrize(
    ("alias", "file"),
    [
        ("/old/", "old/index.html"),
        ("/old", "old/index.html"),
        ("/old.html", "old.html"),
        ("/alt/%C3%B6/", "alt/ö/index.html"),
    ],
)
def test_an_old_address_leads_to_the_new_one(pages_of, alias, file):
    """For hosts that read redirects and for those that do not; search engines keep out of it."""
    page = pages_of({"a": post("Moved", "2026-11-01", aliases=f"[{alias}]")})

    assert "/2026/a/" in links(page("/" + file)) and "noindex" in page("/" + file)
    assert f"{alias} /2026/a/ 301\n" == page("/_redirects")


def test_every_address_of_a_site_in_a_folder_is_below_it(pages_of):
    """No link, picture or style leads out of it by mistake."""
    page = pages_of({"a": post("First", "2026-11-01", aliases="[/old/]")}, url="https://example.com/newsroom")
    for permalink in ("/", "/posts/", "/2026/a/", "/people/", "/people/maya/", "/topics/", "/topics/lenses/", "/follow/", "/archive/",
                      "/archive/2026/", "/corrections/", "/about/", "/old/", "/404.html"):  # fmt: skip
        addresses = re.findall(r'(?:href|src|content|action)="(/[^"]*)"', page(permalink))
        assert addresses and all(address.startswith("/newsroom/") for address in addresses), permalink


def test_what_a_page_says_of_itself(pages_of):
    """Its title before the site's, its own feeds first, its canonical address."""
    page = pages_of({"a": post("First", "2026-11-01", summary="In short")})("/2026/a/")

    assert "<title>First · Northwind Newsroom</title>" in page
    assert '<link rel="canonical" href="https://news.example.com/2026/a/">' in page
    feeds = re.findall(r'<link rel="alternate" type="application/(?:rss|atom|feed)[^>]*href="([^"]*)"', page)
    assert feeds[0] == "https://news.example.com/people/maya/feed.xml" and "https://news.example.com/feed.xml" in feeds
    assert 'content="In short"' in page


def test_words_of_writers_are_never_markup(pages_of):
    """Titles, summaries and names are text wherever they stand."""
    page = pages_of({"a": post("'<script>alert(1)</script> & \"x\"'", "2026-11-01", summary="'<img src=x onerror=y>'")})

    for permalink in ("/", "/posts/", "/2026/a/", "/people/maya/", "/archive/2026/"):
        assert "<script>alert" not in page(permalink) and "<img src=x" not in page(permalink)
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; " in page(permalink)
