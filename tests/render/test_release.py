"""A release: its page, its plain text, its zip; whom it names, and the words about the company of that day."""

import io
import json
import re
import subprocess
import zipfile
from datetime import UTC, datetime

import pytest

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
RELEASE = """---
title: A lens for dusk
id: dusk
kind: release
authors: [maya]
date: 2026-11-02 09:00
summary: It sees when you do not.
dateline: "Turku, Finland"
facts: ["Price: 1,140 euros", "Weight: 412 g"]
quotes:
  - {by: jonas, text: "It took nine melts.", signed_off: 2026-11-01}
media:
  - {file: lens.svg, high: big/lens.svg, alt: A lens, caption: "The NW 85", credit: Jonas Lind, licence: CC BY 4.0}
contacts: [lena]
---
It is out [today](person:jonas). Write to maya@example.com.

## Details

- one
- two
"""
SITE = {
    "content/people/maya.md": "---\nname: Maya Okafor\nrole: Engineer\n---\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\nrole: Melter\ncontact: {email: jonas@example.com}\n---\n",
    "content/people/lena.md": "---\nname: Lena Brandt\nrole: Press\ncontact: {email: lena@example.com, phone: '+358 2 0000 104'}\n---\n",
    "content/posts/dusk/index.md": RELEASE,
    "content/posts/dusk/lens.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="4"></svg>',
    "content/posts/dusk/big/lens.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="400"></svg>',
    "content/press/boilerplate.md": "---\nfrom: 2026-11-10\n---\nWe make **lenses**, 38 of us.\n",
    "content/press/boilerplate-old.md": "---\n---\nWe make lenses, 36 of us.\n",
    "content/press/boilerplate-next.md": "---\nfrom: 2027-01-01\n---\nZanzibar owns us.\n",
}
TEXT, KIT = "2026/dusk/dusk.txt", "2026/dusk/dusk.zip"


@pytest.fixture
def built(make_site):
    """A newsroom with one release, built."""

    def build(files={}, **settings):
        site = make_site(
            {p: t for p, t in (SITE | files).items() if t is not None}, **{"company": {"name": "Northwind"}} | settings
        )
        assert site.build(moment=NOW).problems == ()
        return site

    return build


def zipped(site, path=KIT):
    """Name -> bytes of what is in a zip."""
    archive = zipfile.ZipFile(io.BytesIO((site.root / "public" / path).read_bytes()))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def test_its_plain_text_is_all_of_it(built):
    """Where and when, the text, facts, quotes with their speakers, pictures, contacts, the company, the address."""
    said = built(contact={"email": "public"}).read(TEXT)

    assert max(map(len, said.split("\n"))) <= 72
    places = [said.index(part) for part in (
        "A lens for dusk\n===============\n", "Turku, Finland, 2 November 2026\n", "It sees when you do not.",
        "It is out today [https://news.example.com/people/jonas/]", "Details\n-------\n\n- one\n- two\n",
        "Facts\n-----\n\n- Price: 1,140 euros\n", "“It took nine melts.”\n-- Jonas Lind, Melter (signed off on 1 November 2026)",
        "The NW 85, Jonas Lind, CC BY 4.0\nhttps://news.example.com/2026/dusk/big/lens.svg\n", "Lena Brandt, Press\n", "lena@example.com\n",
        "About Northwind\n---------------\n\nWe make lenses, 36 of us.\n", "Written by Maya Okafor.", "https://news.example.com/2026/dusk/\n",
        "https://news.example.com/2026/dusk/dusk.zip\n",
    )]  # fmt: skip
    assert places == sorted(places)


def test_a_correction_stands_on_top_of_the_copy(built):
    """Whoever took the text along learns what was wrong in it."""
    wrong = RELEASE.replace(
        "contacts: [lena]", 'contacts: [lena]\ncorrections: [{date: 2026-11-04, text: "It weighs 420 g."}]'
    )
    said = built({"content/posts/dusk/index.md": wrong}).read(TEXT)

    assert said.index("Correction, 4 November 2026: It weighs 420 g.") < said.index("Turku, Finland")


@pytest.mark.parametrize(("mode", "shown"), [("public", True), ("obfuscated", False), ("form", False)])
def test_addresses_stand_in_copy_and_zip_as_the_setting_says(built, mode, shown):
    """In the text within the zip too."""
    site = built(contact={"email": mode})
    texts = [site.read(TEXT), *(raw.decode() for name, raw in zipped(site).items() if name.endswith((".txt", ".json")))]

    assert {"lena@example.com" in texts[0], "maya@example.com" in texts[0]} == {shown}
    assert any("@example.com" in text for text in texts[1:]) == shown
    assert site.read(TEXT).encode() == zipped(site)["dusk.txt"]


def test_the_zip_holds_all_that_the_page_offers(built, tmp_path):
    """Text, pictures in both resolutions, captions, boilerplate; its checksums hold."""
    site = built()
    found = zipped(site)
    manifest = json.loads(found["manifest.json"])

    assert set(found) == {
        "dusk.txt", "boilerplate.txt", "captions.txt", "manifest.json", "SHA256SUMS", "media/low/lens.svg", "media/high/lens.svg",
    }  # fmt: skip
    assert found["boilerplate.txt"] == b"We make lenses, 36 of us.\n"
    assert found["media/high/lens.svg"] == SITE["content/posts/dusk/big/lens.svg"].encode()
    assert (manifest["title"], manifest["date"], manifest["address"], manifest["publisher"]) == (
        "A lens for dusk", "2026-11-02T09:00:00+00:00", "https://news.example.com/2026/dusk/", "Northwind",
    )  # fmt: skip
    high = next(row for row in manifest["files"] if row["name"] == "media/high/lens.svg")
    assert (high["credit"], high["alt"], high["licence"], high["resolution"], high["width"]) == (
        "Jonas Lind", "A lens", "CC BY 4.0", "high", 300,
    )  # fmt: skip
    zipfile.ZipFile(site.root / "public" / KIT).extractall(tmp_path / "out")
    assert (
        subprocess.run(["sha256sum", "--strict", "--quiet", "-c", "SHA256SUMS"], cwd=tmp_path / "out").returncode == 0
    )


def test_the_page_leads_to_all_of_it(built):
    """Plain text, zip, pictures in both resolutions, a contact with a telephone, who signed a quote off, the company then."""
    page = built().read("2026/dusk/index.html")

    for part in (
        'href="/2026/dusk/dusk.txt"', 'href="/2026/dusk/dusk.zip"', 'href="/2026/dusk/big/lens.svg"', 'href="/2026/dusk/lens.svg"',
        'href="tel:+35820000104"', "Signed off on", "We make lenses, 36 of us.", "CC BY 4.0", 'href="/press/"',
    ):  # fmt: skip
        assert part in page, part
    assert "38 of us" not in page


def test_it_tells_machines_what_the_page_shows(built):
    """NewsArticle: where it comes from, pictures with their terms, quotes with their speakers, the plain text."""
    page = built().read("2026/dusk/index.html")
    facts = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    article = next(thing for thing in facts["@graph"] if thing["@type"] == "NewsArticle")

    assert article["dateline"] == "Turku, Finland"
    assert article["mentions"][0]["text"] == "It took nine melts."
    assert article["mentions"][0]["creator"]["@id"] == "https://news.example.com/people/jonas/#me"
    assert article["associatedMedia"][0]["contentUrl"] == "https://news.example.com/2026/dusk/big/lens.svg"
    assert article["associatedMedia"][0]["creditText"] == "Jonas Lind"
    assert article["encoding"]["contentUrl"] == "https://news.example.com/2026/dusk/dusk.txt"


def test_a_feed_carries_facts_and_quotes(built):
    """Who reads by feed has what a page's reader has."""
    said = built().read("releases/feed.json")

    assert "Price: 1,140 euros" in said and "It took nine melts." in said and "— Jonas Lind, Melter" in said


def test_a_customer_is_quoted_by_name_and_has_no_page(built):
    """Name and role stand beside the words, on the page, as text, in feeds and for machines; no face, and no link but the quote's own."""
    own = '{by: jonas, text: "It took nine melts.", signed_off: 2026-11-01}'
    theirs = '{name: Ana <Silva>, role: Pilot at Porto, text: "I saw the buoy.", signed_off: 2026-11-01}'
    site = built({"content/posts/dusk/index.md": RELEASE.replace(own, theirs)})
    page = site.read("2026/dusk/index.html")
    quotes = page.partition('class="sheet quotes"')[2].partition("</div>")[0]
    facts = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    article = next(thing for thing in facts["@graph"] if thing["@type"] == "NewsArticle")

    assert "<b>Ana &lt;Silva&gt;</b>" in quotes and "Pilot at Porto" in quotes and "Signed off on" in quotes
    assert ["#quote-ana-silva"] == re.findall(r'<a [^>]*href="([^"]*)"', quotes) and "<img" not in quotes
    assert {"@type": "Person", "name": "Ana <Silva>", "jobTitle": "Pilot at Porto"} == article["mentions"][0]["creator"]
    assert "-- Ana <Silva>, Pilot at Porto (signed off on 1 November 2026)" in site.read(TEXT)
    assert (
        "— Ana &lt;Silva&gt;, Pilot at Porto" in json.loads(site.read("releases/feed.json"))["items"][0]["content_html"]
    )


@pytest.mark.parametrize(
    ("quote", "says"),
    [
        ("{text: Yes}", "the quote does not say whose words these are"),
        ("{role: Pilot, text: Yes}", "the quote does not say whose words these are"),
        ("{by: jonas, name: Jonas, text: Yes}", "a quote has by: or name:, not both"),
        ("{by: jonas, role: Boss, text: Yes}", "a quote has by: or role:, not both"),
        ("{name: Ana}", "quotes has no text"),
    ],
)
def test_a_quote_has_one_speaker(make_site, quote, says):
    """A colleague by key, or anybody else by name: the hint says how to write either."""
    words = "---\ntitle: T\nauthors: [maya]\ndate: 2026-11-02\nkind: release\nquotes:\n  - QUOTE\n---\nx\n"
    problems = make_site(SITE | {"content/posts/t.md": words.replace("QUOTE", quote)}).build(moment=NOW).problems

    assert [(says, 7)] == [(problem.message, problem.location.line) for problem in problems]


CHANGES = {
    "a body": ("content/posts/dusk/index.md", "It is out", "It came out"),
    "the boilerplate of that day": ("content/press/boilerplate-old.md", "36", "35"),
    "a picture": ("content/posts/dusk/big/lens.svg", "></svg>", "> </svg>"),
    "a credit": ("content/posts/dusk/index.md", "credit: Jonas Lind", "credit: J. Lind"),
    "a speaker's role": ("content/people/jonas.md", "Melter", "Glass melter"),
    "a contact's number": ("content/people/lena.md", "104", "105"),
    "who left": ("content/people/lena.md", "role: Press", "role: Press\nstatus: left\nsuccessor: jonas"),
    "the company's name": ("site.toml", "Northwind", "Southwind"),
}


def test_what_is_in_it_makes_it_anew(built):
    """Each edit of something that it holds; in the end it is what a clean build makes, and then nothing more is made."""
    site = built()
    for what, edit in CHANGES.items():
        site.edit(*edit)
        assert {TEXT, KIT} <= set(site.build(moment=NOW).rendered), what
    after = site.outputs()
    assert site.build(moment=NOW).rendered == ()
    site.remove(".newsroom")
    site.remove("public")
    assert site.build(moment=NOW).problems == ()
    assert after == site.outputs()


def test_the_boilerplate_of_another_day_leaves_it_alone(built):
    """A release keeps what the company said of itself then; and nobody reads what it will say."""
    site = built()
    site.edit("content/press/boilerplate.md", "us.", "all.")
    site.edit("content/press/boilerplate-next.md", "us.", "all.")
    rendered = set(site.build(moment=NOW).rendered)

    assert not rendered & {TEXT, KIT, "2026/dusk/index.html"}
    assert not any(b"Zanzibar" in raw for raw in site.outputs().values())


def test_a_contact_who_left_is_replaced(built):
    """On the page, in the text and in the zip, with a word about why."""
    left = "---\nname: Lena Brandt\nstatus: left\nsuccessor: jonas\ncontact: {email: lena@example.com}\n---\n"
    site = built({"content/people/lena.md": left}, contact={"email": "public"})

    for said in (site.read("2026/dusk/index.html"), site.read(TEXT), zipped(site)["dusk.txt"].decode()):
        assert (
            "jonas@example.com" in said
            and "lena@example.com" not in said
            and "Lena Brandt has left" in " ".join(said.split())
        )


def test_what_a_contact_does_not_agree_to_is_nowhere(built):
    """Neither on the page nor in the files beside it."""
    refused = SITE["content/people/lena.md"].replace("---\n", "---\nconsent: {phone: false}\n", 1)
    site = built({"content/people/lena.md": refused})

    assert not any(b"0000 104" in raw or b"20000104" in raw for raw in site.outputs().values())


def test_without_contacts_of_its_own_it_names_those_of_the_press_room(built):
    """So that no release leaves a journalist alone."""
    site = built({"content/posts/dusk/index.md": RELEASE.replace("contacts: [lena]\n", ""),
                  "content/press/index.md": "---\ncontacts: [lena]\n---\n"})  # fmt: skip

    assert "tel:+35820000104" in site.read("2026/dusk/index.html") and "0000 104" in site.read(TEXT)


def test_a_release_that_is_not_out_has_no_files(built):
    """Embargoed, a draft, expired or retracted: neither text nor zip."""
    for key in (
        "embargo: 2026-12-01", "draft: true", "expires: 2026-11-20",
        "corrections: [{date: 2026-11-05, kind: retraction, by: maya, text: It was not true.}]",
    ):  # fmt: skip
        site = built({"content/posts/dusk/index.md": RELEASE.replace("kind: release", f"kind: release\n{key}")})

        assert not {TEXT, KIT} & set(site.outputs()), key
        assert not any(b"nine melts" in raw for raw in site.outputs().values()), key


def test_a_preview_leads_to_no_files_that_are_not_there(built):
    """Text and zip come with the release; pictures and contacts are shown. Below a path of the host, too."""
    early = RELEASE.replace(
        "date: 2026-11-02 09:00", f"date: 2026-12-02\npreview: {{key: {'k3' * 15}, until: 2026-12-24}}"
    )
    site = built({"content/posts/dusk/index.md": early}, url="https://example.com/newsroom")
    page = site.read(f"preview/{'k3' * 15}/index.html")

    assert ".zip" not in page and ".txt" not in page
    assert f'href="/newsroom/preview/{"k3" * 15}/big/lens.svg"' in page and "tel:+35820000104" in page


def test_an_attachment_that_takes_its_name_is_an_error(make_site):
    """Two sources would write one path."""
    site = make_site(SITE | {"content/posts/dusk/dusk.zip": "x", "content/posts/dusk/index.md":
                             RELEASE + "\n[all](dusk.zip)\n"})  # fmt: skip

    assert [problem.code for problem in site.build(moment=NOW).problems] == ["collision"]
