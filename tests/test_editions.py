"""A newsroom in several languages: each is an edition with the same people, and they lead to each other."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import feedparser
import pytest
from bs4 import BeautifulSoup

from newsroom.build import Options
from newsroom.commands.check import check

MOMENT = datetime(2026, 11, 21, tzinfo=UTC)
POST = (
    "---\ntitle: {title}\nauthors: [maya]\ndate: 2026-11-0{day} 09:00\nid: {id}\ntopics: [lenses]\n{more}---\n{body}\n"
)


def post(title, id, body="Words. What do you think?", day=2, more=""):
    """A post's file."""
    return POST.format(title=title, id=id, body=body, day=day, more=more)


SITE = {
    "content/people/maya.md": "---\nname: Maya Okafor\nrole: Engineer\ncontact: {email: maya@example.com}\n---\nMaya grinds.\n",
    "content/people/maya.de.md": "---\nrole: Ingenieurin\n---\nMaya schleift. [Linse](../posts/lens.de.md)\n",
    "content/topics/lenses.md": "---\nname: Lenses\npeople: [maya]\n---\n",
    "content/topics/lenses.de.md": "---\nname: Linsen\n---\n",
    "content/posts/lens.md": post("A lens", "aaa", "[Deutsch](lens.de.md), [Maya](person:maya)", more="aliases: [/old/]\n"),
    "content/posts/lens.de.md": post("Eine Linse", "bbb", "[English](lens.md), [Maya](person:maya), [abs](/2026/only/)",
                                     more="aliases: [/alt/]\n"),
    "content/posts/only.md": post("Only English", "ccc", day=3),
    "content/pages/about.md": "---\ntitle: About\nmenu: true\n---\nWe.\n",
    "content/pages/about.de.md": "---\ntitle: Wer wir sind\nmenu: true\nslug: ueber-uns\n---\nWir.\n",
}  # fmt: skip
SETTINGS = {
    "languages": ["en", "de"],
    "translations": {"de": {"title": "Nordwind", "description": "Leute."}},
}


@pytest.fixture(scope="module")
def built(make_shared_site):
    """A site in English and German, built."""
    site = make_shared_site(SITE, **SETTINGS)
    report = site.build(moment=MOMENT)
    assert not report.problems
    return site


def page(site, path):
    """A built page, as a reader's program sees it."""
    return BeautifulSoup(site.read(path), "html.parser")


def test_an_edition_has_its_own_posts_and_the_same_people(built):
    """What is written in one language stands in its lists alone."""
    outputs = built.outputs()
    assert {"2026/lens/index.html", "2026/only/index.html", "de/2026/lens/index.html"} <= outputs.keys()
    assert not {"de/2026/only/index.html", "de/de/2026/lens/index.html"} & outputs.keys()
    for path, has, lacks in (
        ("posts/index.html", ["A lens", "Only English"], "Eine Linse"),
        ("de/posts/index.html", ["Eine Linse"], "Only English"),
        ("de/people/maya/index.html", ["Ingenieurin", "Maya schleift.", "Eine Linse"], "A lens"),
        ("people/maya/index.html", ["Engineer", "Maya grinds.", "A lens"], "Eine Linse"),
        ("de/topics/lenses/index.html", ["Linsen", "Eine Linse"], "A lens"),
    ):
        text = page(built, path).get_text(" ")
        assert all(word in text for word in has), path
        assert lacks not in text, path


def test_pages_name_their_language_and_each_other(built):
    """hreflang both ways with x-default, the switch in the masthead, and lang on the root."""
    base = "https://news.example.com"
    for path, language, links in (
        ("index.html", "en", {"en": f"{base}/", "de": f"{base}/de/", "x-default": f"{base}/"}),
        ("de/index.html", "de", {"en": f"{base}/", "de": f"{base}/de/", "x-default": f"{base}/"}),
        (
            "de/ueber-uns/index.html",
            "de",
            {"en": f"{base}/about/", "de": f"{base}/de/ueber-uns/", "x-default": f"{base}/about/"},
        ),
        ("2026/lens/index.html", "en", {"en": f"{base}/2026/lens/", "de": f"{base}/de/2026/lens/", "x-default": f"{base}/2026/lens/"}),
        ("2026/only/index.html", "en", {}),
    ):  # fmt: skip
        found = page(built, path)
        assert found.html["lang"] == language
        assert {link["hreflang"]: link["href"] for link in found.select("link[hreflang]")} == links
    switch = {a["hreflang"]: a["href"] for a in page(built, "2026/only/index.html").select(".languages a")}
    assert switch == {"de": "/de/"}
    assert page(built, "de/2026/lens/index.html").find("link", rel="canonical")["href"] == f"{base}/de/2026/lens/"


def test_links_lead_across_and_to_people_of_the_same_edition(built):
    """A path names a file wherever it stands; a person is met in the reader's language."""
    links = [a["href"] for a in page(built, "de/2026/lens/index.html").select(".body a")]
    assert links == ["/2026/lens/", "/de/people/maya/", "/2026/only/"]
    assert "/de/2026/lens/" in [a["href"] for a in page(built, "de/people/maya/index.html").select("a")]
    assert page(built, "old/index.html").find("link", rel="canonical")["href"].endswith("/2026/lens/")
    assert page(built, "alt/index.html").find("link", rel="canonical")["href"].endswith("/de/2026/lens/")
    assert "/alt/ /de/2026/lens/" in built.read("_redirects")


def test_feeds_are_in_their_language(built):
    """Title, language and posts; and no entry of one is in the other."""
    for path, title, language, posts in (
        ("people/maya/feed.xml", "Maya Okafor", "en", ["Only English", "A lens"]),
        ("de/feed.xml", "Nordwind", "de", ["Eine Linse"]),
        ("de/people/maya/feed.xml", "Maya Okafor", "de", ["Eine Linse"]),
    ):
        feed = feedparser.parse(built.read(path))
        assert title in feed.feed.title and feed.feed.language == language
        assert [entry.title for entry in feed.entries] == posts


def test_every_address_in_the_sitemaps_is_a_page_and_robots_names_each_sitemap(built):
    """One sitemap an edition."""
    named = [line.split()[1] for line in built.read("robots.txt").splitlines() if line.startswith("Sitemap:")]
    assert {f"https://news.example.com/{path}sitemap.xml" for path in ("", "de/")} <= set(named)
    for path in ("", "de/"):
        places = [
            place.text for place in ET.fromstring(built.read(f"{path}sitemap.xml")).iter() if place.tag.endswith("}loc")
        ]
        assert f"https://news.example.com/{path}2026/lens/" in places
        for place in places:
            if "/assets/" not in place and place.endswith("/"):
                assert f"{place.removeprefix('https://news.example.com/')}index.html" in built.outputs(), place


def test_no_link_of_any_page_leads_nowhere(built):
    """Of both editions: an address is a file that was built."""
    outputs = built.outputs()
    for path in outputs:
        if path.endswith(".html"):
            for link in page(built, path).select("a[href^='/'], link[href^='/'], img[src^='/'], script[src^='/']"):
                target = (link.get("href") or link.get("src")).split("#")[0].split("?")[0].lstrip("/")
                assert target in outputs or f"{target}index.html" in outputs, (path, target)


def test_check_lists_what_a_language_lacks(make_site):
    """Posts and pages by group, people and topics by their files; where everything is there, nothing."""
    site = make_site(SITE, **SETTINGS)
    found = [p.message for p in check(site.root, Options(moment=MOMENT)) if p.code == "untranslated"]
    assert found == ["1 of 3 posts is not in German: content/posts/only.md"]
    site.write("content/posts/only.de.md", post("Nur", "ddd", day=3))
    site.remove("content/people/maya.de.md")
    found = [p.message for p in check(site.root, Options(moment=MOMENT)) if p.code == "untranslated"]
    assert found == ["1 of 1 people is not in German: content/people/maya.md"]


def test_an_edit_in_one_language_leaves_the_other_alone(make_site):
    """An incremental build is a clean one, and renders only what the edit is shown in."""
    site = make_site(SITE, **SETTINGS)
    site.build(moment=MOMENT)
    site.edit("content/posts/lens.de.md", "[English]", "[Englisch]")
    report = site.build(moment=MOMENT)
    assert report.rendered and all(path.startswith("de/") for path in report.rendered), report.rendered
    incremental = site.outputs()
    site.remove("public"), site.remove(".newsroom")
    site.build(moment=MOMENT)
    assert incremental == site.outputs()


def test_one_language_more_leaves_the_main_pages_where_they_are(make_site):
    """Addresses do not move when a language is added, nor the identities of feeds and entries."""
    files = {path: text for path, text in SITE.items() if ".de." not in path}
    site = make_site(files | {"content/posts/lens.md": post("A lens", "aaa")})
    assert not site.build(moment=MOMENT).problems
    before = site.outputs()
    feed = feedparser.parse(before["feed.xml"].decode())
    text = (site.root / "site.toml").read_text()
    site.write("site.toml", 'languages = ["en", "de"]\n' + text)
    site.build(moment=MOMENT)
    assert before.keys() - {path for path in before if path.startswith("assets/")} <= site.outputs().keys()
    assert [entry.id for entry in feedparser.parse(site.read("feed.xml")).entries] == [
        entry.id for entry in feed.entries
    ]


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("content/people/ada.de.md", "---\nrole: X\n---\n", "there is no content/people/ada.md"),
        ("content/people/maya.de.md", "---\nphoto: a.jpg\n---\n", 'unknown key "photo"'),
        ("content/posts/x.de.md", post("X", "eee", more="language: en\n"), 'the file\'s name says "de", and language says "en"'),
        ("content/people/maya.de.md", "---\nrole: X\n---\n[weg](../posts/none.md)\n", 'the link "../posts/none.md" leads to no file'),
    ],
)  # fmt: skip
def test_a_mistake_in_a_translation_is_told_in_its_file(make_site, path, text, told):
    """And nothing is built."""
    site = make_site(SITE | {path: text}, **SETTINGS)
    problems = site.build(moment=MOMENT).problems
    assert [(p.location.path, p.message) for p in problems] == [(path, told)]


def test_a_draft_of_a_translation_is_nowhere(make_site):
    """Neither its words nor a link to its language."""
    site = make_site(SITE | {"content/posts/lens.de.md": post("Geheim", "bbb", more="draft: true\n"),
                             "content/posts/lens.md": post("A lens", "aaa"),
                             "content/people/maya.de.md": "---\nrole: Ingenieurin\n---\n"}, **SETTINGS)  # fmt: skip
    assert not site.build(moment=MOMENT).problems
    assert not [path for path, data in site.outputs().items() if b"Geheim" in data]
    assert not page(site, "2026/lens/index.html").select("link[hreflang]")


def test_the_host_is_told_of_the_files_of_each_edition(built):
    """A card below /de/ is sent as a card, too."""
    told = built.read("_headers").splitlines()

    assert {"/people/:key/*.vcf", "/de/people/:key/*.vcf", "/digest/*", "/de/digest/*"} <= {*told}


ROOM = "https://news.example.com/news/room"
FOLDER = SITE | {
    "content/people/maya.md": SITE["content/people/maya.md"] + "\n[the lens](../posts/lens.md)\n",
    "content/posts/riss.de.md": post("Ein Riss", "eee", "[sie](../people/maya.md) [sie auf Englisch](../people/maya.de.md)\n\n"
                                     "[Lens](lens.md)", day=4, more="answers_to: [/2026/lens/#comment-isso-1]\n"),
    "content/posts/alarm.md": post("Do not use it", "fff", day=5, more="kind: statement\nnext_update: 2026-12-01 09:00\nknown: [It breaks.]\n"),
    "content/posts/vorschau.de.md": post("Bald", "ggg", day=6, more="draft: true\npreview: {key: abcdefghijklmnopqrstuvwxyz, until: 2026-12-24}\n"),
    "content/comments/lens.yaml": 'post: aaa\npulled: 2026-11-20T06:00:00Z\ncomments:\n- {id: isso-1, name: Ada, date: 2026-11-03T12:00:00Z, text: Why?}\n',
    "content/front.de.md": "---\nlead: riss.de.md\n---\n",
    "content/press/index.md": "---\ntitle: Press\ncontacts: [maya]\n---\nAsk her.\n",
    "content/press/index.de.md": "---\ntitle: Presse\ncontacts: [maya]\n---\nFragen Sie sie.\n",
    "content/press/boilerplate.md": "---\n---\nWe make lenses.\n",
    "content/press/boilerplate.de.md": "---\n---\nWir machen Linsen.\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(make_shared_site):
    """A site in a folder of its host, with what leads from one language to the other."""
    site = make_shared_site(FOLDER, url=ROOM, **SETTINGS)
    report = site.build(moment=MOMENT)
    assert not report.problems
    return site


def test_in_a_folder_every_link_of_every_edition_leads_to_a_file(folder):
    """On pages and in feeds, also to a person's file, and to its translation."""
    links = [a["href"] for a in page(folder, "de/2026/riss/index.html").select(".body a")]
    assert links == ["/news/room/de/people/maya/", "/news/room/de/people/maya/", "/news/room/2026/lens/"]
    outputs = folder.outputs()
    for path in outputs:
        if path.endswith(".html"):
            found = [a["href"] for a in page(folder, path).select("a[href^='/']")]
        elif path.endswith(("feed.xml", "atom.xml")):
            found = [a["href"] for entry in feedparser.parse(folder.read(path)).entries if "content" in entry
                     for a in BeautifulSoup(entry.content[0].value, "html.parser").select("a[href]")]  # fmt: skip
        else:
            continue
        for link in found:
            local = link.removeprefix("https://news.example.com")
            if not local.startswith(("http", "mailto:", "#")):
                target = local.partition("#")[0].removeprefix("/news/room/")
                assert target in outputs or f"{target}index.html" in outputs, (path, link)


def test_a_question_in_one_language_is_answered_in_another(folder):
    """Each page links to the other."""
    assert "/news/room/2026/lens/#comment-isso-1" in [
        a["href"] for a in page(folder, "de/2026/riss/index.html").select("a")
    ]
    assert "/news/room/de/2026/riss/" in [a["href"] for a in page(folder, "2026/lens/index.html").select("#comments a")]


def test_an_open_statement_warns_readers_of_every_language(folder):
    """Until it is translated, as it is."""
    for path in ("index.html", "de/index.html"):
        assert "/news/room/2026/alarm/" in [a["href"] for a in page(folder, path).select("a")]
    assert "/news/room/de/2026/alarm/" not in folder.read("de/index.html")


def test_editors_lead_each_front_page(folder):
    """content/front.de.md is that of the German one; what it cannot show is told."""
    assert page(folder, "de/index.html").select_one("main h2, main h1").get_text(strip=True) == "Ein Riss"
    assert "Ein Riss" not in folder.read("index.html")
    folder.write("content/front.md", "---\nlead: riss.de.md\n---\n")
    found = [p.message for p in check(folder.root, Options(moment=MOMENT)) if p.code == "not-on-front"]
    folder.remove("content/front.md")
    assert len(found) == 1 and "is in another language" in found[0]


def test_the_press_room_speaks_both(folder):
    """Each file beside its translation, at one address."""
    for path, has, lacks in (
        ("press/index.html", "We make lenses.", "Linsen."),
        ("de/press/index.html", "Wir machen Linsen.", "We make"),
    ):
        text = page(folder, path).main.get_text(" ")
        assert has in text and lacks not in text
    assert not [path for path in folder.outputs() if "index.de" in path or "boilerplate.de" in path]


def test_a_preview_is_shown_as_its_edition_will_show_it(folder):
    """In its language, at the address that the command prints."""
    shown = page(folder, "preview/abcdefghijklmnopqrstuvwxyz/index.html")
    assert shown.html["lang"] == "de" and "Bald" in shown.get_text()
