"""A site in each language: every page is made, and says nothing in English."""

from __future__ import annotations

import re

import pytest
from lxml import html

from newsroom.language import LANGUAGES, direction, phrases

POST = "---\ntitle: Zaq {0}\ndate: 2026-11-0{0}T09:00:00Z\nauthors: [{1}]\ntopics: [vlim]\n{2}\n---\n{3}\n"
TEXT = "Zaq vlim.\n\n> [!NOTE]\n> Zaq\n\nhttps://youtu.be/dQw4w9WgXcQ\n\nZaq[^1].\n\n[^1]: Vlim."
FILES = {
    "content/people/mo.md": "---\nname: Mo Qaz\nrole: Vlim\nlanguages: [fi, ja]\nask_me_about: [zaq, vlim]\ntopics: [vlim]\n"
    "contact: {email: mo@example.com, phone: '+49 30 1234567'}\nanswers: {reads: all, by: [mo], within: 2 days}\nsince: 2020\n"
    "office_hours: [{every: tuesday, at: '15:00', minutes: 60}]\n---\nZaq.\n",
    "content/people/jo.md": "---\nname: Jo Vlim\nstatus: {state: left, on: 2026-10-01, successor: mo}\n---\n",
    "content/people/bo.md": "---\nname: Bo Rix\nstatus: {state: away, until: 2026-12-01}\ncontact: {email: bo@example.com}\n---\n",
    "content/topics/vlim.md": "---\nname: Vlim\npeople: [mo]\n---\nZaq.\n",
    "content/posts/1.md": POST.format(1, "mo, bo", "help: [{how: edited, by: bo}]\ncorrections: [{date: 2026-11-05, kind: correction, by: mo, text: Zaq}]", TEXT),
    "content/posts/2.md": POST.format(2, "mo", "kind: statement\nknown: [zaq]\nunknown: [zaq]\ndoing: [zaq]\nnext_update: 2026-11-30T12:00:00Z", "Zaq."),
    "content/posts/3.md": POST.format(3, "mo", "kind: answer\nquestion: Zaq?\nled_to: [zaq]", "Zaq."),
    "content/posts/4.md": POST.format(4, "jo", "kind: release\ndateline: Zaq\nfacts: [zaq]\nquotes: [{text: Zaq, by: mo}]\ncontacts: [mo]", "Zaq."),
    "content/posts/5.md": POST.format(5, "jo", "corrections: [{date: 2026-11-06, kind: retraction, text: Zaq}]", "Zaq."),
    "content/posts/6.md": POST.format(6, "mo", "draft: true\npreview: {until: 2026-11-30, key: mzxw6ytboi2gk3tdmfzxg5dbnq}", "Zaq."),
}  # fmt: skip
SETTINGS = {
    "title": "Zaq", "timezone": "Europe/Berlin", "company": {"name": "Vlim", "press_contacts": ["mo"], "boilerplate": "Zaq vlim."},
    "comments": {"provider": "isso", "isso": {"url": "https://c.example"}}, "contact": {"service": "netlify"},
}  # fmt: skip
ENGLISH = re.compile(
    r"\b(the|of|and|with|what|who|all|more|follow|your?|this|not|read|about|is|by|from|posts?|here|we)\b"
)
BRANDS = {"The Old Reader"}


@pytest.fixture(scope="module", params=LANGUAGES[1:])
def spoken_site(request, make_shared_site):
    """(language, a small site in it)."""
    from newsroom.dates import parse

    site = make_shared_site(FILES, language=request.param, **SETTINGS)
    report = site.build(moment=parse("2026-11-20", "UTC"))
    assert [(problem.location, problem.message) for problem in report.problems] == []
    return request.param, site


def told(page):
    """What a page says to readers and to what reads it to them."""
    tree = html.fromstring(page)
    for silent in tree.xpath("//script | //style | //code | //template | //comment()"):
        silent.drop_tree()
    said = [*tree.xpath("//body//text()"), *tree.xpath("//@alt | //@aria-label | //@title | //@placeholder")]
    said += tree.xpath("//title/text() | //meta[@name='description']/@content")
    return {" ".join(text.split()) for text in map(str, said)} - BRANDS


def test_no_page_says_a_word_of_english(spoken_site):
    """Neither a phrase that has a translation, nor one that has none: what the texts say is no word of any language."""
    language, site = spoken_site
    english, own = phrases("en"), phrases(language)
    ours = {own[key] for key in own if isinstance(own[key], str)}
    foreign = {
        said for key, said in english.items() if isinstance(said, str) and said != own[key] and not said.isdigit()
    } - ours
    found = {}
    for path, raw in site.outputs().items():
        if path.endswith(".html"):
            said = told(raw)
            if wrong := [text for text in said if text in foreign or (ENGLISH.search(text) and "://" not in text)]:
                found[path] = wrong

    assert found == {}


def test_a_page_says_which_language_it_speaks_and_which_way_it_runs(spoken_site):
    """Right to left where it is written so."""
    language, site = spoken_site

    for path in ("index.html", "people/mo/index.html", "follow/index.html", "404.html"):
        root = html.fromstring(site.read(path).encode()).getroottree().getroot()
        assert (root.get("lang"), root.get("dir", "ltr")) == (language, direction(language)), path


def test_feeds_texts_and_calendars_speak_it_too(spoken_site):
    """Whatever carries the words of the newsroom away from its pages."""
    language, site = spoken_site
    said = phrases(language)
    release = next(path for path in site.outputs() if path.startswith("2026/") and path.endswith(".txt"))

    assert said["release.facts"] in site.read(release)
    assert said["corrections.title"] in site.read("corrections/feed.xml")
    assert said["statement.known"] in site.read("statements/feed.json")
    assert said["calendar.title"].format(name="Mo Qaz") in site.read("people/mo/office-hours.ics").replace("\r\n ", "")
    assert said["digest.read"] in site.read("digest/2026-W45.txt")
