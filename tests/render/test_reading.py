"""What helps to read a text: how long it takes, its contents, links to its sections, its age, a letter."""

from datetime import UTC, datetime
from email.message import EmailMessage
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup

from newsroom.render import reading

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PEOPLE = {
    "content/people/maya.md": "---\nname: Maya Okafor\ncontact: {email: maya@example.com}\nanswers: {reads: all, by: [maya], checked: 2026-11-01}\n---\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\ncontact: {email: jonas@example.com}\n---\n",
    "content/people/rosa.md": "---\nname: Rosa Bell\nstatus: {state: left, on: 2026-01-01, successor: jonas}\n---\n",
    "content/people/pete.md": "---\nname: Pete Hart\nstatus: {state: left, on: 2026-01-01}\n---\n",
}
FRONT = "---\ntitle: {0}\nauthors: [{1}]\ndate: {2}\n{3}---\n{4}\n"
LONG = "".join(f"## Part {n}\n\nWords.[^{n}]\n\n### Below {n}\n\n" for n in range(1, 7))
LONG += "## See [there](https://example.org/)\n\n```python\n  print(1)\n```\n\n" + "".join(f"[^{n}]: Note {n}.\n" for n in range(1, 7))
POSTS = {
    "long": FRONT.format("Tea & “screws” 100%", "maya, jonas", "2026-11-01", "", LONG),
    "old": FRONT.format("Old", "maya", "2023-11-20", "", "Words."),
    "mended": FRONT.format("Mended", "maya", "2019-11-20", "updated: 2026-01-01\n", "Words."),
    "hers": FRONT.format("Hers", "rosa", "2022-01-01", "", "Words."),
    "nobodys": FRONT.format("Nobody’s", "pete", "2022-01-01", "", "Words."),
    "closed": FRONT.format("Closed", "maya", "2022-01-01", "kind: statement\nknown: [Much]\n", "Words."),
    "gone": FRONT.format("Gone", "maya", "2022-01-01", "corrections: [{kind: retraction, date: 2022-02-01, by: maya, text: Wrong.}]\n", "Words."),
    "soon": FRONT.format("Soon", "maya", "2027-01-01", "preview: {key: abcdefghijklmnopqrstuvwxyz, until: 2026-12-24}\n", "Words."),
}  # fmt: skip


@pytest.fixture(scope="module")
def page(make_shared_site):
    """The page of a post as a tree, by its slug."""
    site = make_shared_site(PEOPLE | {f"content/posts/{name}.md": text for name, text in POSTS.items()})
    assert site.build(moment=NOW).problems == ()
    found = {path.parent.name: path for path in (site.root / "public").glob("20*/*/index.html")}
    found["soon"] = next((site.root / "public/preview").glob("*/index.html"))
    feed = site.read("feed.xml")
    return lambda name: feed if name == "feed" else BeautifulSoup(found[name].read_text("utf-8"), "html.parser")


def words(element):
    """What a reader reads, in one line."""
    return " ".join(element.get_text().split())


@pytest.mark.parametrize(
    ("text", "language", "minutes"),
    [
        ("word " * 1150, "en", 5),
        ("one", "de-CH", 1),
        ("漢字かな" * 500, "ja", 4),
        ("漢字。" * 1000, "zh-Hans", 4),
        ("漢字" * 500 + " the NW-3 barograph" * 100, "ja", 3),
        ("漢字かな" * 500, "en", 1),
        ("กขค" * 1000, "th", 0),
    ],
)
def test_reading_takes_as_long_as_its_language_says(text, language, minutes):
    """Characters of Chinese and Japanese count, words elsewhere; where neither can be counted nothing is said."""
    assert minutes == reading.minutes(text.strip(), language)


def test_what_stands_beside_the_text_of_a_release_is_read_too(make_site):
    """Facts and quotes count."""
    facts = "facts: [" + ", ".join(f"{'word ' * 46}{n}" for n in range(10)) + "]\n"
    release = FRONT.format("New", "maya", "2026-11-01", f"kind: release\n{facts}", "Words.")
    site = make_site(PEOPLE | {"content/posts/a.md": release})
    assert site.build(moment=NOW).problems == ()

    assert "2 minutes" in words(BeautifulSoup(site.read("2026/a/index.html"), "html.parser").select_one("header .meta"))


HEADINGS = [(level, f"{level}-{n}", f"H{level}") for n in range(5) for level in (2, 3)]


def test_a_long_text_has_a_table_of_contents():
    """From five sections on, from three where it takes long; the third level where that stays short."""
    assert ((("3-0", "H3"),), 5) == (reading.contents(HEADINGS, 2)[0].below, len(reading.contents(HEADINGS, 2)))
    assert () == reading.contents(HEADINGS[:8], 5)
    assert 3 == len(reading.contents(HEADINGS[:6], 6))
    assert () == reading.contents(HEADINGS[:4], 60)
    assert {()} == {section.below for section in reading.contents(HEADINGS * 2, 2)}


def test_every_section_of_a_long_post_can_be_reached(page):
    """The table's links lead to headings, in their order, and each heading leads to itself by its own words."""
    tree = page("long")
    listed = [link["href"] for link in tree.select(".toc a")]
    headings = tree.select(".body :is(h2, h3)[id]")

    assert [f"#{heading['id']}" for heading in headings] == listed
    assert 13 == len(listed)
    own = [heading for heading in headings if heading.select("a.anchor")]
    assert len(headings) - 1 == len(own), "a heading with a link in it cannot be one"
    assert {(f"#{heading['id']}", words(heading)) for heading in own} == {(h.a["href"], words(h.a)) for h in own}
    assert [] == page("old").select(".toc")


def test_feeds_have_none_of_it(page):
    """Neither links in headings, nor a button, nor an age."""
    text = page("feed")

    assert "Part 1" in text and "Note 6." in text
    assert not [word for word in ("anchor", "toc", "aged", "colleague", "mailto:?") if word in text]


def test_notes_stand_once_in_the_page(page):
    """Beside the text or below it is for the style sheet: links lead both ways, and nothing is said twice."""
    tree = page("long")

    assert [f"Note {n}." for n in range(1, 7)] == [words(note)[:7] for note in tree.select(".footnotes li")]
    assert 1 == words(tree).count("Note 6.")
    for mark in tree.select("[role=doc-noteref]"):
        assert tree.select_one(mark["href"]).select_one("[role=doc-backlink]")["href"] == f"#{mark['id']}"


def test_the_script_that_copies_code_is_where_code_is(page):
    """It brings its buttons along, with words from the page."""
    scripts = {name: [s for s in page(name).select("script[src]") if s.get("data-copy")] for name in ("long", "old")}

    assert [("Copy", "Copied")] == [(script["data-copy"], script["data-copied"]) for script in scripts["long"]]
    assert [] == scripts["old"]
    assert "script-src 'self'" in page("long").find("meta", {"http-equiv": "Content-Security-Policy"})["content"]


AGED = {
    "old": "Written more than 3 years ago. Ask Maya Okafor whether it is still true.",
    "hers": "Written more than 4 years ago. Rosa Bell has left; Jonas Lind answers for Rosa Bell’s posts. Ask Jonas Lind whether it is still true.",
    "nobodys": "Written more than 4 years ago.",
    **dict.fromkeys(("long", "mended", "closed", "gone"), None),
}


@pytest.mark.parametrize("name", AGED)
def test_an_old_post_says_so_and_whom_to_ask(page, name):
    """Whoever answers for it now, or nobody; not a post that was updated, a statement, or what was taken back."""
    note = page(name).select_one(".aged")

    assert AGED[name] == (words(note) if note else None)
    assert not note or {link["href"] for link in note.select("a")} <= {"#contact"}


def test_a_post_can_be_handed_on_in_a_letter(page):
    """A mail program reads subject and text from the link: title, names and address, and nothing to count readers by."""
    link = page("long").select_one(".pass a")["href"]
    address, fields = urlsplit(link), parse_qs(urlsplit(link).query)
    letter = EmailMessage()
    letter["Subject"] = fields["subject"][0]

    assert ("mailto", "", ["body", "subject"]) == (address.scheme, address.path, sorted(fields))
    assert "Tea & “screws” 100%" == letter["Subject"]
    assert ["Tea & “screws” 100%", "Maya Okafor and Jonas Lind, Northwind Newsroom", "", "https://news.example.com/2026/long/"] == fields["body"][0].splitlines()


@pytest.mark.parametrize("name", ["soon", "gone"])
def test_what_is_not_public_or_was_taken_back_is_not_handed_on(page, name):
    """A preview's address is for whom it was given to."""
    assert [] == page(name).select(".pass, .aged")


def test_a_post_grows_old_by_the_day(make_site):
    """On the day, its page alone is another; between these days nothing is."""
    posts = {f"content/posts/{name}.md": POSTS[name].replace("maya", "jonas") for name in ("old", "mended")}
    site = make_site({"content/people/jonas.md": PEOPLE["content/people/jonas.md"]} | posts)
    site.build(moment=datetime(2025, 11, 18, 12, tzinfo=UTC))
    assert "aged" not in site.read("2023/old/index.html")
    assert ["2023/old/index.html"] == [path for path in site.build(moment=datetime(2025, 11, 20, 12, tzinfo=UTC)).rendered if "old" in path]
    assert "more than 2 years" in site.read("2023/old/index.html")
    assert [] == [path for path in site.build(moment=datetime(2026, 11, 19, 12, tzinfo=UTC)).rendered if "old" in path]
