"""What feeds carry beside a post's text: a statement and an answer are whole there."""

from datetime import datetime
from zoneinfo import ZoneInfo

import feedparser
import pytest
from bs4 import BeautifulSoup

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
PERSON = {"content/people/ann.md": "---\nname: Ann Lind\n---\nBio\n"}
KINDS = {
    "statement": (
        'kind: statement\nknown: ["1 < 2 & 3"]\nunknown: [Why]\ndoing: [Looking]\nnext_update: 2026-11-22 18:00',
        ["What we know", "1 < 2 & 3", "What we do not know yet", "Why", "What we are doing", "Looking",
         "Next update by 22 November 2026, 18:00 (Berlin time).", "Pear"],
    ),
    "an overdue one": ("kind: statement\nknown: [Yes]\nnext_update: 2026-11-20", ["What we know", "Yes", "Pear"]),
    "a closed one": ("kind: statement\nclosed: 2026-11-20", ["Closed on 20 November 2026.", "Pear"]),
    "answer": (
        'kind: answer\nquestion: "<b>Why</b>?"\nled_to: [A page]',
        ["<b>Why</b>?", "Asked by a reader", "Pear", "What it led to", "A page"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_a_feed_has_all_that_the_page_says_in_its_order(make_site, name):
    """Marks of HTML in it are words; what is no longer promised is not."""
    lines, expected = KINDS[name]
    post = f"---\ntitle: T\nauthors: [ann]\ndate: 2026-11-10\n{lines}\n---\nPear\n"
    site = make_site(PERSON | {"content/posts/a.md": post}, timezone="Europe/Berlin")
    assert site.build(moment=NOW).problems == ()
    html = feedparser.parse(site.read("atom.xml")).entries[0].content[0].value

    assert expected == [line for line in BeautifulSoup(html, "html.parser").get_text("\n").split("\n") if line]


def test_a_statement_without_a_text_is_told_of_by_what_is_known(make_site):
    """In lists and in feeds of summaries: nobody writes a summary while something burns."""
    post = "---\ntitle: T\nauthors: [ann]\ndate: 2026-11-10\nkind: statement\nknown: [It burns]\nnext_update: 2026-11-22\n---\n"
    site = make_site(PERSON | {"content/posts/a.md": post}, feeds={"content": "summary"})
    assert site.build(moment=NOW).problems == ()

    assert "It burns" in feedparser.parse(site.read("statements/feed.xml")).entries[0].description
    assert "It burns" in site.read("statements/index.html")
    assert BeautifulSoup(site.read("2026/a/index.html"), "html.parser").main.get_text().count("It burns") == 1
