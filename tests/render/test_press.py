"""The press room, its fact sheets and its kit."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SITE = {
    "content/people/lena.md": "---\nname: Lena Brandt\nrole: Press\ncontact: {email: lena@example.com, phone: '+358 2 0000 104'}\n---\n",
    "content/people/ines.md": "---\nname: Ines Duarte\ncontact: {email: ines@example.com}\n---\n",
    "content/press/index.md": """---
title: For the press
contacts: [lena]
logos:
  - {file: logo.svg, high: print/logo.svg, alt: The logo, credit: Northwind, licence: Unchanged}
coverage:
  - {date: 2026-03-01, outlet: The Older, title: Before, url: "https://older.example/a"}
  - {date: 2026-11-05, outlet: Turun Lehti, title: Yksi linssi, language: fi}
  - {date: 2026-12-24, outlet: The Future, title: Zanzibar}
---
Ring me.
""",
    "content/press/boilerplate.md": "---\nfrom: 2026-01-01\n---\nWe make lenses.\n",
    "content/press/figures.md": "---\ntitle: In figures\n---\nWe have [two](index.md) furnaces.\n\n## Furnaces\n\nHot.\n",
    "content/press/secret.md": "---\ntitle: Zanzibar\ndraft: true\n---\nZanzibar.\n",
    "content/press/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="4"></svg>',
    "content/press/print/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="400"></svg>',
    "content/posts/a.md": "---\ntitle: A\nauthors: [lena]\ndate: 2026-11-01\nid: a\n---\nSee [figures](../press/figures.md#furnaces) and [us](../press/index.md).\n",
}


@pytest.fixture
def built(make_site):
    """A newsroom with a press room, built."""

    def build(files={}, **settings):
        site = make_site({p: t for p, t in (SITE | files).items() if t is not None}, **settings)
        assert site.build(moment=NOW).problems == ()
        return site

    return build


def kit(site):
    """Name -> bytes of what is in the kit."""
    archive = zipfile.ZipFile(io.BytesIO((site.root / "public/press/kit.zip").read_bytes()))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def test_the_room_has_all_that_a_journalist_asks_for(built):
    """Whom to call, the company, logos in both forms, fact sheets, what others wrote (the newest first), the kit."""
    site = built()
    page = site.read("press/index.html")
    shown = page[page.index("<main") :]
    places = [shown.index(part) for part in (
        "For the press", "Ring me.", 'href="/press/kit.zip"', "Lena Brandt", 'href="tel:+35820000104"', "We make lenses.", 'href="/press/print/logo.svg"',
        'href="/press/logo.svg"', 'href="/press/figures/"', "Yksi linssi", 'href="https://older.example/a"',
    )]  # fmt: skip

    assert places == sorted(places)
    assert 'lang="fi"' in page and '<link rel="canonical" href="https://news.example.com/press/">' in page
    assert {"press/logo.svg", "press/print/logo.svg", "press/figures/index.html"} <= set(site.outputs())
    assert 'href="/press/" aria-current="page"' in page and 'href="/press/"' in site.read("index.html")
    for path in ("press/", "press/figures/"):
        assert f"<loc>https://news.example.com/{path}</loc>" in site.read("sitemap.xml")
    assert 'href="/press/figures/#furnaces"' in site.read("2026/a/index.html")
    facts = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert facts["description"] == "We make lenses." and facts["contactPoint"][0]["contactType"] == "press"
    assert not any(b"Zanzibar" in raw for raw in site.outputs().values())


def test_fact_sheets_say_of_when_they_are_and_the_newest_leads(built):
    """Wherever they are read; one whose day has not come is nowhere."""
    sheets = {
        f"content/press/{name}.md": f"---\ntitle: {title}\nfrom: {day}\n---\nCounted.\n"
        for name, title, day in (
            ("a", "Old", "2025-12-31"),
            ("b", "New", "2026-06-30"),
            ("c", "Zanzibar", "2026-12-31"),
        )
    }
    site = built(sheets)
    room = site.read("press/index.html")
    places = [
        room.index(part) for part in ("/press/b/", "30 June 2026", "/press/a/", "31 December 2025", "/press/figures/")
    ]

    assert places == sorted(places)
    assert "As of" in site.read("press/a/index.html") and "As of" not in site.read("press/figures/index.html")
    assert b"As of 31 December 2025\n" in kit(site)["a.txt"]
    assert not any(b"Zanzibar" in raw for raw in site.outputs().values())


def test_the_kit_is_what_the_room_offers(built):
    """Contacts, boilerplate and fact sheets as text, logos in both forms; dated as the boilerplate is."""
    site = built(contact={"email": "public"})
    found = kit(site)

    assert set(found) == {
        "boilerplate.txt", "contacts.txt", "figures.txt", "captions.txt", "manifest.json", "SHA256SUMS", "logos/low/logo.svg", "logos/high/logo.svg",
    }  # fmt: skip
    assert b"lena@example.com" in found["contacts.txt"] and b"We make lenses." in found["boilerplate.txt"]
    assert b"two [https://news.example.com/press/] furnaces" in found["figures.txt"]
    assert json.loads(found["manifest.json"])["date"] == "2026-01-01"


CHANGES = {
    "the boilerplate": ("content/press/boilerplate.md", "lenses", "glass", {"press/kit.zip", "press/index.html"}),
    "a logo's bytes": (
        "content/press/print/logo.svg",
        "></svg>",
        "> </svg>",
        {"press/kit.zip", "press/print/logo.svg"},
    ),
    "a credit": ("content/press/index.md", "credit: Northwind", "credit: Jonas", {"press/kit.zip", "press/index.html"}),
    "a fact sheet": (
        "content/press/figures.md",
        "furnaces",
        "ovens",
        {"press/kit.zip", "press/index.html", "press/figures/index.html"},
    ),
    "a number": (
        "content/people/lena.md",
        "104",
        "105",
        {"press/kit.zip", "press/index.html", "press/figures/index.html"},
    ),
    "who left": (
        "content/people/lena.md",
        "role: Press",
        "role: Press\nstatus: left\nsuccessor: ines",
        {"press/kit.zip", "press/index.html"},
    ),
}


def test_an_edit_makes_what_shows_it_anew(built):
    """And in the end a clean build makes the same."""
    site = built()
    for what, (path, old, new, touched) in CHANGES.items():
        site.edit(path, old, new)
        assert touched <= set(site.build(moment=NOW).rendered), what
    after = site.outputs()
    assert "ines" in site.read("press/index.html") and "Lena Brandt has left" in site.read("press/index.html")
    assert b"Ines Duarte" in kit(site)["contacts.txt"]
    site.remove(".newsroom")
    site.remove("public")
    assert site.build(moment=NOW).problems == ()
    assert after == site.outputs()


def test_a_boilerplate_begins_on_its_day(built):
    """By itself: the room shows it, and the kit has it."""
    site = built({"content/press/boilerplate-next.md": "---\nfrom: 2026-11-22\n---\nWe make barographs.\n"})
    assert "barographs" not in site.read("press/index.html")
    rendered = site.build(moment=datetime(2026, 11, 22, tzinfo=UTC)).rendered

    assert {"press/index.html", "press/kit.zip"} <= set(rendered)
    assert "We make barographs." in site.read("press/index.html")


@pytest.mark.parametrize(
    ("files", "company", "there"),
    [
        ({}, {}, False),
        ({}, {"press_contacts": ["lena"]}, True),
        ({}, {"boilerplate": "We <make> lenses."}, True),
        ({"content/press/figures.md": SITE["content/press/figures.md"].replace("(index.md)", "(/)")}, {}, True),
        ({"content/press/secret.md": SITE["content/press/secret.md"]}, {}, False),
        (
            {"content/posts/r.md": "---\ntitle: R\nkind: release\nauthors: [lena]\ndate: 2026-11-01\nid: r\n---\nR\n"},
            {},
            False,
        ),
    ],
)
def test_there_is_a_room_where_there_is_somebody_or_something_in_it(make_site, files, company, there):
    """Contacts or words in the settings, or a file that is no draft; a release alone makes none."""
    site = make_site({"content/people/lena.md": SITE["content/people/lena.md"], **files}, company=company)
    assert site.build(moment=NOW).problems == ()

    assert {
        "press/index.html" in site.outputs(),
        "press/kit.zip" in site.outputs(),
        'href="/press/"' in site.read("index.html"),
    } == {there}
    if "boilerplate" in company:
        assert "We &lt;make&gt; lenses." in site.read("press/index.html")
        assert kit(site)["boilerplate.txt"] == b"We <make> lenses.\n"


@pytest.mark.parametrize(
    ("path", "old", "new", "code", "place"),
    [
        (
            "content/press/index.md",
            "contacts: [lena]",
            "contacts: [lenna]",
            "unknown-person",
            "content/press/index.md:3:12",
        ),
        (
            "content/press/index.md",
            "high: print/logo.svg",
            "high: print/lego.svg",
            "missing-file",
            "content/press/index.md:5:28",
        ),
        ("content/posts/a.md", "figures.md#furnaces", "secret.md", "unpublished-link", "content/posts/a.md:7:15"),
    ],
)
def test_what_names_nothing_is_told_where_it_stands(make_site, path, old, new, code, place):
    """Somebody unknown, a file that is not there, a draft."""
    site = make_site(SITE | {path: SITE[path].replace(old, new)})
    problems = site.build(moment=NOW).problems

    assert [
        (problem.code, f"{problem.location.path}:{problem.location.line}:{problem.location.column}")
        for problem in problems
    ] == [(code, place)]
    assert problems[0].hint
