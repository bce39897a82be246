"""The page of promises: it says what the settings make true, and machines are told where."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup

from newsroom.build import Options, load
from newsroom.desk import Desk
from newsroom.render.principles import SECTIONS

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
ANSWERS = "answers: {reads: all, by: [ann], within: 2 working days, checked: 2026-11-01}"
FILES = {
    "content/people/ann.md": f"---\nname: Ann Lind\ncontact: {{email: ann@example.com}}\n{ANSWERS}\n---\nBio\n",
    "content/posts/a.md": "---\ntitle: A\nauthors: [ann]\ndate: 2026-11-10\n---\nWords\n",
}
ISSO = {"provider": "isso", "isso": {"url": "https://comments.example.com"}}


@pytest.fixture
def said(make_site):
    """All that the sections say, for some settings and files."""

    def told(files={}, **settings):
        site, _ = load(Desk(make_site(FILES | files, timezone="Europe/Berlin", **settings).root), Options(moment=NOW))
        sections = [section for make in SECTIONS for section in make(site)]
        return "\n".join("\n".join((*section.said, *section.listed)) for section in sections)

    return told


CLICK, FORMSPREE = "loads nothing from anybody else before you ask", {"service": "formspree", "endpoint": "xkgwpqzb"}


@pytest.mark.parametrize(
    ("settings", "words", "there"),
    [
        ({}, "There are no comments below posts", True),
        ({}, CLICK, True),
        ({}, "You need no account anywhere", True),
        ({"comments": ISSO}, "kept by Isso, at comments.example.com. Nothing is loaded from there before you press", True),
        ({"comments": ISSO}, "The one exception are comments", False),
        ({"comments": ISSO | {"load": "visible"}}, "They are loaded from there when you read that far", True),
        ({"comments": ISSO | {"load": "always"}}, "The one exception are comments: see above. They come from comments.example.com", True),
        ({"comments": ISSO | {"open": False}}, "no new ones written", True),
        ({"posts": {"trust_html": True}}, CLICK, False),
        ({"contact": FORMSPREE}, "What you send with a form goes through Formspree (formspree.io).", True),
        ({"contact": {"confirm": 30}}, "confirmed in the last 30 days", True),
        ({"policy": {"sign_off": ["release", "answer"]}}, "With press releases and answers to readers, the people", True),
        ({"policy": {"sign_off": ["release"]}, "check": {"severity": {"unsigned": "warning"}}}, "these are my words", False),
        ({"policy": {"review": ["statement"], "reviewers": {"statement": ["ann"]}}}, "Who reads statements: Ann Lind.", True),
        ({"voice": {"level": "off"}}, "words that nobody would say aloud", False),
        ({"voice": {"level": "advise"}}, "words that nobody would say aloud", True),
    ],
)  # fmt: skip
def test_only_what_the_settings_make_true_is_said(said, settings, words, there):
    """A sentence stands there with the setting that it needs, and not without."""
    assert there == (words in said(**settings))


def test_a_login_is_denied_only_where_nobody_needs_one(said):
    """Somebody who is reached at Mastodon alone is reached by those who have an account there."""
    person = FILES["content/people/ann.md"].replace("email: ann@example.com", 'mastodon: "@ann@social.example"')

    assert "You need no account" not in said({"content/people/ann.md": person})


def test_machines_are_told_where_each_promise_stands(make_site):
    """Every policy of the organisation leads to a section that is there, and the foot of every page to the page."""
    site = make_site(FILES)
    site.build(moment=NOW)
    home, page = (BeautifulSoup(site.read(path), "html.parser") for path in ("index.html", "promises/index.html"))
    for soup in (home, page):
        facts = json.loads(soup.find("script", type="application/ld+json").string)["@graph"][0]
        policies = {key: value for key, value in facts.items() if key.endswith(("Policy", "Principles"))}

        assert len(policies) == 5
        for address in policies.values():
            path, _, anchor = address.removeprefix("https://news.example.com").partition("#")
            assert path == "/promises/" and (not anchor or page.find(id=anchor)), address
    assert home.select_one('.foot a[href="/promises/"]')
    assert "Ann reads every message and answers, usually within two working days." in page.get_text()


def test_the_companys_own_words_stand_on_the_page(make_site):
    """A page with that address is no second one, and not in the sitemap twice; an edit renders this page alone."""
    own = "---\ntitle: How we work\nmenu: true\n---\nWe take out [adverts](/about/).\n"
    site = make_site(
        FILES
        | {"content/pages/promises.md": own, "content/pages/about.md": "---\ntitle: About\n---\n[x](promises.md)\n"}
    )

    assert site.build(moment=NOW).problems == ()
    assert site.read("sitemap.xml").count("/promises/") == 1
    assert site.read("index.html").count('href="/promises/"') == 1
    page = BeautifulSoup(site.read("promises/index.html"), "html.parser")
    assert (page.h1.string, page.select_one("main p > a")["href"]) == ("How we work", "/about/")
    site.edit("content/pages/promises.md", "adverts", "shoes")
    assert site.build(moment=NOW).rendered == ("promises/index.html",)
