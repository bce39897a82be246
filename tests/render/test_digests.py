"""The weekly digest: what a mail needs, what is public, and no more than changed is made again."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

MAYA = "---\nname: Maya Okafor\nrole: Instrument engineer\n{}---\nBio\n"
JONAS = "---\nname: Jonas Lind\nrole: Glass melter\ncontact: {email: jonas@example.com}\n---\nBio\n"


def post(title: str, date: str, more: str = "", by: str = "maya", body: str = "Words that say it.") -> str:
    return f"---\ntitle: {title}\nauthors: [{by}]\ndate: {date}\n{more}---\n\n{body}\n"


NOW = datetime(2026, 11, 5, 12, tzinfo=UTC)
FILES = {
    "content/people/maya.md": MAYA.format("contact: {email: maya@example.com}\n"),
    "content/people/jonas.md": JONAS,
    "content/posts/first.md": post("A first <lens> & more", "2026-10-20 09:00", "summary: It broke.\n"),
    "content/posts/second.md": post("A second", "2026-11-03 09:00", by="maya, jonas"),
    "content/posts/asked.md": post("Yes, we do", "2026-11-04 09:00", "kind: answer\nquestion: Do you mend old ones?\n", "jonas"),
    "content/posts/later.md": post("Not before Friday", "2026-11-06 09:00"),
}  # fmt: skip


@pytest.fixture
def site(make_site: Any) -> Any:
    """Two weeks, the second not over; built on its Thursday."""
    made = make_site(FILES, timezone="Europe/Berlin")
    assert () == made.build(moment=NOW).problems
    return made


def weeks(site: Any) -> list[str]:
    return sorted(path for path in site.outputs() if path.startswith("digest/"))


def page(site: Any, week: str) -> BeautifulSoup:
    return BeautifulSoup(site.read(f"digest/{week}.html"), "html.parser")


def test_each_week_with_posts_has_a_page_and_a_text(site):
    """And no other: weeks are those of ISO 8601."""
    assert [f"digest/2026-W{week}.{ending}" for week in (43, 45) for ending in ("html", "txt")] == weeks(site)


def test_a_week_belongs_to_the_zone_of_the_site(make_site):
    """Half past eleven on a Sunday evening in London is Monday in Berlin."""
    files = FILES | {"content/posts/night.md": post("Late", "2026-10-25 23:30 +00:00")}
    found = {}
    for zone in ("Europe/London", "Europe/Berlin"):
        site = make_site(files, timezone=zone)
        site.build(moment=NOW)
        found[zone] = [
            week
            for week in ("2026-W43", "2026-W44")
            if f"digest/{week}.txt" in weeks(site) and "Late" in site.read(f"digest/{week}.txt")
        ]

    assert {"Europe/London": ["2026-W43"], "Europe/Berlin": ["2026-W44"]} == found


def test_the_turn_of_the_year_is_one_week(make_site):
    """It has the year of its Thursday."""
    days = ("2026-12-28", "2026-12-31", "2027-01-03", "2027-01-04")
    site = make_site(FILES | {f"content/posts/{day}.md": post(f"On {day}", day) for day in days})
    site.build(moment=datetime(2027, 2, 1, tzinfo=UTC))

    assert all(f"On {day}" in site.read("digest/2026-W53.txt") for day in days[:3])
    assert "28 December 2026 – 3 January 2027" in site.read("digest/2026-W53.html")
    assert "On 2027-01-04" in site.read("digest/2027-W01.txt")


def test_only_what_is_public_is_in_it(site):
    """What is written for Friday is not there on Thursday, and is on Saturday."""
    assert "Not before Friday" not in "".join(site.read(path) for path in weeks(site))
    site.build(moment=datetime(2026, 11, 7, tzinfo=UTC))
    assert "Not before Friday" in site.read("digest/2026-W45.txt")


def test_a_post_says_who_speaks_and_how_to_answer(site):
    """The button leads to where the post says how, by its full address."""
    link = page(site, "2026-W43").find("a", string="Reply to Maya")
    both = page(site, "2026-W45").find("a", string="Reply to Maya or Jonas")

    assert "https://news.example.com/2026/first/#contact" == link["href"]
    assert "https://news.example.com/2026/second/#contact" == both["href"]
    assert "Reply to Maya: https://news.example.com/2026/first/#contact\n" in site.read("digest/2026-W43.txt")
    assert "Reply to" not in page(site, "2026-W45").find("div", style=re.compile("display: none")).text


def test_a_reply_goes_to_whoever_answers_now(make_site):
    """The byline stays; where nobody answers there is no button."""
    left = "status: {state: left, on: 2026-11-01, successor: jonas}\n"
    site = make_site(FILES | {"content/people/maya.md": MAYA.format(left)})
    site.build(moment=NOW)

    assert "Maya Okafor (Instrument engineer)" in site.read("digest/2026-W43.txt")
    assert "Reply to Jonas:" in site.read("digest/2026-W43.txt")
    site.edit("content/people/maya.md", ", successor: jonas", "")
    site.edit("content/posts/second.md", "maya, jonas", "maya")
    site.build(moment=NOW)
    assert "Reply to" not in site.read("digest/2026-W43.txt")


def test_an_answer_shows_what_was_asked(site):
    """In its own words."""
    assert "> Do you mend old ones?\n" in site.read("digest/2026-W45.txt")
    assert "Answer to a reader" in page(site, "2026-W45").text


def test_corrections_stand_in_the_week_in_which_they_were_made(make_site):
    """Not in that of the post."""
    fix = 'corrections: [{date: 2026-11-04, kind: correction, by: jonas, text: "It was 1974."}]\n'
    site = make_site(FILES | {"content/posts/first.md": post("A first", "2026-10-20", fix)})
    site.build(moment=NOW)

    assert "It was 1974." not in site.read("digest/2026-W43.txt")
    assert (
        "Correction, 4 November 2026: It was 1974. — Jonas Lind\nhttps://news.example.com/2026/first/#corrections"
        in site.read("digest/2026-W45.txt")
    )


def test_a_statement_is_open_until_the_week_in_which_it_was_closed(make_site):
    """A week that is over says what was so at its end."""
    more = 'kind: statement\nnext_update: "2026-10-23 18:00"\nclosed: 2026-11-03\n'
    site = make_site(FILES | {"content/posts/leak.md": post("A leak", "2026-10-21 08:00", more)})
    site.build(moment=NOW)

    assert "Still open\n----------\nA leak\nSince 21 October 2026 — Maya Okafor" in site.read("digest/2026-W43.txt")
    assert "Still open" not in site.read("digest/2026-W45.txt")


def test_nobodys_address_is_in_it(make_site):
    """Not even where pages may show it."""
    site = make_site(FILES, contact={"email": "public"})
    site.build(moment=NOW)

    assert "maya@example.com" in site.read("people/maya/index.html")
    assert not [path for path in weeks(site) if "@example.com" in site.read(path)]


def test_it_is_made_for_mail(make_site):
    """No script, no style sheet, nothing loaded but photos by their full address with width and height, no class."""
    site = make_site(
        FILES | {
            "content/people/maya.md": MAYA.format("photo: maya.png\n"), "content/people/maya.png": PIXEL,
            "content/people/jonas.md": JONAS.replace("---\nBio", "photo: jonas.svg\n---\nBio"),
            "content/people/jonas.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        },
        url="https://example.com/room",
    )  # fmt: skip
    assert () == site.build(moment=NOW).problems
    mail = page(site, "2026-W45")
    images = mail.find_all("img")

    assert [] == mail.find_all(["script", "style", "iframe", "form", "video"])
    assert ["icon", "canonical"] == [link["rel"][0] for link in mail.find_all("link")]
    assert [] == mail.find_all(class_=True)
    assert [] == [
        link["href"] for link in mail.find_all("a") if not link["href"].startswith("https://example.com/room/")
    ]
    assert images, "Maya has a photo"
    assert all(image["src"].startswith("https://example.com/room/people/maya") for image in images)
    assert all(image["width"] == image["height"] and "alt" in image.attrs for image in images)
    assert "JL" in [span.text for span in mail.find_all("span")], "mail programs show no SVG"


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b49444154789c6360000200000500017a5eab3f"
    "0000000049454e44ae426082"
)


def test_it_is_kept_out_of_search_and_linked_from_one_page(site):
    """The newest, from the page to follow."""
    linked = {
        (path, link["href"])
        for path in site.outputs()
        if path.endswith(".html") and not path.startswith("digest/")
        for link in BeautifulSoup(site.read(path), "html.parser").find_all("a")
        if "/digest/" in link["href"]
    }

    assert {("follow/index.html", "/digest/2026-W45.html")} == linked
    assert "/digest/" not in site.read("sitemap.xml")
    assert "noindex" == page(site, "2026-W43").find("meta", attrs={"name": "robots"})["content"]


def test_the_text_is_72_columns_wide(make_site):
    """But for addresses, which are never broken; a script without spaces is."""
    long = "a" * 90
    files = FILES | {
        "content/posts/japanese.md": post(
            "硝子" * 60, "2026-11-03", "slug: japanese\nsummary: " + "硝子の話。" * 40 + "\n"
        ),
        f"content/posts/{long}.md": post(
            "On " + "words " * 30, "2026-11-03", "summary: " + "much to say, " * 20 + "\n"
        ),
    }
    site = make_site(files)
    assert () == site.build(moment=NOW).problems
    lines = site.read("digest/2026-W45.txt").split("\n")
    wide = [line for line in lines if len(line) > 72]

    assert all(
        line == f"https://news.example.com/2026/{long}/{end}" for line, end in zip(wide, ("", "#contact"), strict=True)
    )
    assert [] == [line for line in lines if line != line.rstrip()]


def test_a_title_with_markup_is_text(site):
    """In the page and in the text."""
    assert "A first <lens> & more" == page(site, "2026-W43").h2.text
    assert "A first <lens> & more\n" in site.read("digest/2026-W43.txt")


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("Words that say it.", "Words that say it. And more, in another paragraph.\n\nMore.", ()),
        ("title: A second", "title: Another", ("2026-W45",)),
    ],
)
def test_a_text_leaves_the_digest_alone_and_a_title_does_not(make_site, old, new, again):
    """Only its own week."""
    site = make_site(FILES | {"content/posts/second.md": post("A second", "2026-11-03 09:00", "summary: So.\n")})
    site.build(moment=NOW)
    site.edit("content/posts/second.md", old, new)
    rendered = {path for path in site.build(moment=NOW).rendered if path.startswith("digest/")}

    assert {f"digest/{week}.{ending}" for week in again for ending in ("html", "txt")} == rendered


def test_a_comment_leaves_the_digest_alone(make_site):
    """It is no news of that week."""
    site = make_site(FILES | {"content/posts/second.md": post("A second", "2026-11-03", "id: two\n")})
    site.build(moment=NOW)
    site.write(
        "content/comments/two.yaml",
        "post: two\ncomments:\n- {id: isso-1, date: 2026-11-04T08:00:00Z, name: Ada, text: Why?}\n",
    )
    rendered = site.build(moment=NOW).rendered

    assert "2026/second/index.html" in rendered
    assert not [path for path in rendered if path.startswith("digest/")]


def test_who_answers_is_said_in_every_week_that_names_them(make_site):
    """When somebody leaves, the digests with her posts follow, and they alone."""
    site = make_site(FILES | {"content/posts/second.md": post("A second", "2026-11-03", by="jonas")})
    site.build(moment=NOW)
    site.edit("content/people/maya.md", "---\nBio", "status: {state: left, on: 2026-11-01, successor: jonas}\n---\nBio")
    rendered = {path for path in site.build(moment=NOW).rendered if path.startswith("digest/")}

    assert {"digest/2026-W43.html", "digest/2026-W43.txt"} == rendered


def test_the_preview_is_short_and_names_people(site):
    """What mail programs show beside the subject."""
    hidden = page(site, "2026-W45").find("div", style=re.compile("display: none")).text

    assert "Jonas Lind: Yes, we do; Maya Okafor, Jonas Lind: A second" == hidden
    assert len(hidden) <= 140


def test_every_address_leads_to_a_page_of_the_site(site):
    """With the place on it."""
    outputs = site.outputs()
    for path in weeks(site):
        for url in re.findall(r"https://news\.example\.com/[^\s\"<]*", site.read(path)):
            parts = urlsplit(url)
            file = parts.path[1:] + ("index.html" if parts.path.endswith("/") else "")
            assert file in outputs, url
            assert not parts.fragment or f'id="{parts.fragment}"' in site.read(file), url


def test_a_site_without_posts_has_no_digest(make_site):
    """And no link to one."""
    site = make_site({"content/people/maya.md": MAYA.format("")})
    assert () == site.build(moment=NOW).problems

    assert [] == weeks(site)
    assert "digest" not in site.read("follow/index.html")


def test_the_policy_lets_the_styles_stand_and_nothing_run(site):
    """On the site; a mail program has its own."""
    policy = page(site, "2026-W43").find("meta", attrs={"http-equiv": True})["content"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))

    assert "'self' 'unsafe-inline'" == rules["style-src"]
    assert "'self' https://news.example.com" == rules["img-src"]
    assert "script-src" not in rules and "'none'" == rules["default-src"]
    assert json.dumps("unsafe") not in site.read("follow/index.html")


def test_what_changes_with_the_day_is_as_in_a_clean_build(make_site):
    """Somebody leaves and a statement is closed overnight: nobody edits a file."""
    left = "status: {state: left, on: 2026-11-06, successor: jonas}\n"
    more = 'kind: statement\nnext_update: "2026-11-20 18:00"\nclosed: 2026-11-06\n'
    files = FILES | {
        "content/people/maya.md": MAYA.format("contact: {email: maya@example.com}\n" + left),
        "content/posts/leak.md": post("A leak", "2026-10-21", more),
    }
    site, clean = make_site(files), make_site(files)
    site.build(moment=NOW)
    before = {path: site.read(path) for path in weeks(site)}
    later = datetime(2026, 11, 6, 12, tzinfo=UTC)
    site.build(moment=later)
    clean.build(moment=later)
    after = {path: site.read(path) for path in weeks(site)}

    assert {path: clean.read(path) for path in weeks(clean)} == after
    assert "Reply to Maya:" in before["digest/2026-W43.txt"] and "Reply to Jonas:" in after["digest/2026-W43.txt"]
    assert "Still open" in before["digest/2026-W45.txt"] and "Still open" not in after["digest/2026-W45.txt"]


def test_page_feed_and_digest_offer_the_same_people(make_site):
    """Whose cover pauses, who left, who cannot be reached: all three say what the contact block says."""
    people = {
        "anna": "contact: {email: a@example.com}\nstatus: {state: away, cover: paula}\n",
        "paula": "contact: {email: p@example.com}\nanswers: {paused: true}\n",
        "gus": "status: {state: left, on: 2026-01-01, successor: anna}\n",
        "gil": "status: {state: left, on: 2026-01-01}\n",
        "eve": "contact: {email: e@example.com}\nconsent: {email: 2026-01-01}\n",
        "kim": "contact: {email: k@example.com}\n",
    }
    files = {
        f"content/people/{key}.md": f"---\nname: {key.title()} Rey\n{more}---\nBio\n" for key, more in people.items()
    }
    by = {"gus": "Anna", "anna": "Anna", "gil": "", "eve": "", "kim, eve": "Kim"}
    names = dict(enumerate(by))
    files |= {f"content/posts/p{n}.md": post(f"Post {n}", "2026-11-03 09:00", by=keys) for n, keys in names.items()}
    site = make_site(files, timezone="Europe/Berlin")
    site.build(moment=NOW)
    digest, feed = site.read("digest/2026-W45.txt"), json.loads(site.read("feed.json"))["items"]

    for n, keys in names.items():
        wanted, page = by[keys], BeautifulSoup(site.read(f"2026/p{n}/index.html"), "html.parser")
        (item,) = [item["content_html"] for item in feed if item["title"] == f"Post {n}"]
        assert (f"Talk to {wanted}" == page.select_one("#contact h2").text) == bool(wanted)
        assert (
            item.rpartition("<p>Reply to ")[2].partition("</a>")[0].rpartition(">")[2] if "Reply to" in item else ""
        ) == wanted
        assert (f"Reply to {wanted}: https://news.example.com/2026/p{n}/#contact" in digest) == bool(wanted)


def test_a_feed_names_the_successor_without_an_edit_of_the_post(make_site):
    """An entry that was kept is made again when somebody else answers."""
    more = "contact: {email: maya@example.com}\n"
    files = FILES | {"content/people/maya.md": MAYA.format(more)}
    site, clean = make_site(files), make_site(files)
    site.build(moment=NOW)
    for one in (site, clean):
        one.edit("content/people/maya.md", more, more + "status: {state: left, successor: jonas}\n")
        one.build(moment=NOW)

    for name in ("feed.xml", "atom.xml", "feed.json"):
        assert "Jonas" in site.read(name) and site.read(name) == clean.read(name)
        assert "#contact" in site.read(name) and ">Maya<" not in site.read(name).replace("&gt;", ">").replace(
            "&lt;", "<"
        )
