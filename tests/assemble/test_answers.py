"""Who answers, and when, on the pages of whole sites: in the language of each, by post, and only while it holds."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=BERLIN)
MAYA = (
    "---\nname: Maya Okafor\npronouns: she/her\ncontact: {{email: m@example.com}}\naccounts: {{isso: m1}}\n"
    "answers: {{reads: all, by: [maya, jonas], within: 2 working days, checked: 2026-10-01{}}}\n{}---\nBio\n"
)
SITE = {
    "content/people/maya.md": MAYA.format("", ""),
    "content/people/jonas.md": "---\nname: Jonas Lind\ncontact: {email: j@example.com}\n---\nBio\n",
    "content/posts/en.md": "---\ntitle: A\nauthors: [maya]\ndate: 2026-11-02\nid: a\n---\nWords\n",
    "content/posts/de.md": "---\ntitle: B\nauthors: [maya]\ndate: 2026-11-03\nid: b\nlanguage: de\n---\nWorte\n",
    "content/posts/fi.md": "---\ntitle: C\nauthors: [maya]\ndate: 2026-11-04\nid: c\nlanguage: fi\n---\nSanoja\n",
}
ENGLISH = "Maya reads every message. She or Jonas answers, usually within two working days."
GERMAN = "Maya liest jede Nachricht. Maya oder Jonas antwortet, meist innerhalb von zwei Werktagen."


def block(site, page):
    """The talk block of a built page."""
    return BeautifulSoup(site.read(f"{page}/index.html"), "html.parser").select_one("#contact")


def promise(site, page):
    """What it promises."""
    found = block(site, page).select_one(".promise")
    return found.get_text() if found else ""


def test_the_block_speaks_the_language_of_its_page(make_site):
    """The post's, else the site's; where there are no phrases English, and the element says so."""
    site = make_site(SITE, timezone="Europe/Berlin")
    assert site.build(moment=NOW).problems == ()

    assert [promise(site, f"2026/{page}") for page in ("en", "de", "fi")] == [ENGLISH, GERMAN, ENGLISH]
    assert [block(site, f"2026/{page}").get("lang") for page in ("en", "de", "fi")] == [None, "de", "en"]
    assert "Zuletzt bestätigt am 1. Oktober 2026." in block(site, "2026/de").get_text()
    side = BeautifulSoup(site.read("2026/fi/index.html"), "html.parser").select_one(".side")
    assert (side["lang"], side.find("p").get_text()) == ("en", "Talk to Maya")
    assert promise(site, "people/maya") == ENGLISH


def test_a_site_in_german_speaks_german_everywhere(make_site):
    """Pages of people too; its own language is not told again."""
    site = make_site(SITE, timezone="Europe/Berlin", language="de")
    site.build(moment=NOW)

    assert [promise(site, page) for page in ("people/maya", "2026/en", "2026/de")] == [GERMAN] * 3
    assert block(site, "2026/de").get("lang") is None
    assert block(site, "2026/fi").get("lang") == "en"


def test_feeds_invite_a_reply_in_the_language_of_the_post(make_site):
    """The whole phrase; Finnish has none, so it is English."""
    site = make_site(SITE, timezone="Europe/Berlin")
    site.build(moment=NOW)
    feed = site.read("feed.json")

    assert feed.count("<p>Reply to <a ") == 2 and feed.count("<p>Antwort an <a ") == 1


def test_a_posts_own_answers_are_on_its_page_alone(make_site):
    """And an edit of them, or of whom they name, leaves what a clean build leaves."""
    site = make_site(SITE, timezone="Europe/Berlin")
    site.build(moment=NOW)
    site.edit("content/posts/en.md", "id: a\n", "id: a\nanswers: {by: [jonas], within: a week}\n")
    site.build(moment=NOW)

    assert promise(site, "2026/en") == "Maya reads every message. Jonas answers for her, usually within a week."
    assert promise(site, "2026/de") == GERMAN
    site.edit("content/people/jonas.md", "name: Jonas Lind", "name: Jonas Lind\nshort_name: Jon")
    site.build(moment=NOW)
    assert promise(site, "2026/en") == "Maya reads every message. Jon answers for her, usually within a week."
    clean = make_site({path: (site.root / path).read_text() for path in SITE}, timezone="Europe/Berlin")
    clean.build(moment=NOW)
    assert site.outputs() == clean.outputs()


def test_a_pause_ends_by_itself(make_site):
    """On its day answers come again, though nobody edited anything."""
    site = make_site(
        SITE | {"content/people/maya.md": MAYA.format(", paused: 2026-12-01", "")}, timezone="Europe/Berlin"
    )
    site.build(moment=NOW)
    assert promise(site, "2026/en") == "Maya answers no messages until 1 December 2026. Meanwhile Jonas answers."

    site.build(moment=datetime(2026, 12, 1, 0, 0, 1, tzinfo=BERLIN))
    assert promise(site, "2026/en") == ENGLISH


@pytest.mark.parametrize(("days", "said"), [(51, ENGLISH), (50, "Maya reads every message. She or Jonas answers.")])
def test_the_site_says_for_how_long_a_promise_is_believed(make_site, days, said):
    """1 October is 51 days ago."""
    site = make_site(SITE, timezone="Europe/Berlin", contact={"confirm": days})
    site.build(moment=NOW)

    assert promise(site, "2026/en") == said


def archive(*days):
    """A question each, asked on a Monday and answered after so many days; None is not at all."""
    lines = ["post: a\npulled: 2026-11-20T08:00:00Z\ncomments:\n"]
    for n, after in enumerate(days, 1):
        lines.append(f"- {{id: isso-{n}, date: 2026-11-09T0{n}:00:00Z, text: Why?}}\n")
        if after is not None:
            when = f"2026-11-{9 + after:02}T12:00:00Z"
            lines.append(f"- {{id: isso-{n}0, reply_to: isso-{n}, account: isso/m1, date: {when}, text: So.}}\n")
    return "".join(lines)


@pytest.mark.parametrize(
    ("days", "holds"), [((1, 1, 1, 1, 1, 1, 4), True), ((1, 1, 1, 4, 4, 4), False), ((1, 1, 1, None, None), False)]
)
def test_a_promise_that_the_archive_contradicts_is_made_no_longer(make_site, days, holds):
    """More than one in four waited longer than two working days: the page gives no time, and `check` says why."""
    from newsroom.build import Options
    from newsroom.commands.check import check
    from newsroom.commands.status import status

    site = make_site(SITE | {"content/comments/a.yaml": archive(*days)}, timezone="Europe/Berlin")
    site.build(moment=NOW)

    assert ("usually within two working days" in promise(site, "2026/en")) == holds
    assert promise(site, "2026/en").startswith("Maya reads every message. She or Jonas answers")
    found = check(site.root, Options(moment=NOW))
    assert ("broken-promise" not in {problem.code for problem in found}) == holds
    due = status(site.root, Options(moment=NOW)).problems
    assert ("broken-promise" not in {problem.code for problem in due}) == holds
