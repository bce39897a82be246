"""The search index as a part of a build: the laws hold for it too, and nothing that is not public is in it."""

import gzip
import json
import sys

import pytest

from newsroom.build import Options
from newsroom.commands.leaks import leaks
from newsroom.commands.searching import Searches
from newsroom.commands.session import Session

SITE = {
    "content/people/maya.md": "---\nname: Maya Okafor\nrole: Optician\ncontact: {email: maya@example.com}\n---\nShe grinds.\n",
    "content/topics/lenses.md": "---\nname: Lenses\npeople: [maya]\n---\nGlass.\n",
    "content/posts/a.md": "---\ntitle: A cracked lens\nauthors: [maya]\ndate: 2026-11-02\ntopics: [lenses]\n---\nIt broke along the grain. Write to maya@example.com.\n",
    "content/posts/b.md": "---\ntitle: A barograph\nauthors: [maya]\ndate: 2026-11-03\nkind: release\nfacts: [It weighs a kilo]\n---\nIt draws the wind.\n",
    "content/posts/c.md": "---\ntitle: Unfinished zeppelin\nauthors: [maya]\ndraft: true\n---\nThe unspoken dirigible hangs behind the old foundry and waits for a wind from the north.\n",
    "content/posts/d.md": "---\ntitle: Taken back\nauthors: [maya]\ndate: 2026-11-04\ncorrections: [{date: 2026-11-05, kind: retraction, by: maya, text: Wrong.}]\n---\nA withdrawn theremin.\n",
}  # fmt: skip
SEARCH = {"search": {"engine": "pagefind"}}
ENTRY = "search/index/pagefind-entry.json"


def words(site):
    """All that stands in the files of the index, unpacked."""
    files = {path: data for path, data in site.outputs().items() if path.startswith("search/index/")}
    return b"\n".join(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data for data in files.values())


def fragments(site, folder="search/"):
    """Title -> record, as a reader's browser gets them."""
    files = {path: data for path, data in site.outputs().items() if path.endswith(".pf_fragment")}
    found = [gzip.decompress(data) for path, data in files.items() if path.startswith(folder)]
    records = [json.loads(data.removeprefix(b"pagefind_dcd")) for data in found]
    return {record["meta"]["title"]: record for record in records}


@pytest.fixture(scope="module")
def built(make_shared_site):
    """A site with a search."""
    site = make_shared_site(SITE, **SEARCH)
    assert site.build().problems == ()
    return site


def test_a_record_says_what_the_page_says_and_what_results_are_narrowed_by(built):
    """Made of the Site, in the words of its language."""
    found = fragments(built)

    assert {"A cracked lens", "A barograph", "Taken back", "Maya Okafor", "Lenses"} <= found.keys()
    lens = found["A cracked lens"]
    assert "/2026/a/" == lens["url"]
    assert {"person": ["Maya Okafor"], "topic": ["Lenses"], "kind": ["Post"], "year": ["2026"]} == lens["filters"]
    assert "2 November 2026" == lens["meta"]["date"]
    assert "It weighs a kilo" in found["A barograph"]["content"]


@pytest.mark.parametrize("secret", [b"zeppelin", b"dirigible", b"theremin", b"maya@example.com"])
def test_what_is_not_public_is_in_no_index(built, secret):
    """Drafts, what was retracted, and addresses that pages spell so that programs do not find them."""
    assert secret not in words(built).lower()


def test_two_clean_builds_make_the_same_index(built, make_site):
    """Pagefind itself does not: its filters are in another order each time."""
    site = make_site(SITE, **SEARCH)
    site.build()

    assert built.outputs() == site.outputs()


def test_an_edit_makes_what_a_clean_build_makes(make_site):
    """The files of words that are gone are removed."""
    site, clean = make_site(SITE, **SEARCH), make_site(SITE, **SEARCH)
    site.build()
    for each in (site, clean):
        each.edit("content/posts/a.md", "broke along the grain", "fell to pieces")
    report = site.build()
    clean.build()

    assert clean.outputs() == site.outputs()
    assert any(path.endswith(".pf_fragment") for path in report.removed)
    assert b"broke" not in words(site)


def test_a_build_with_nothing_to_do_starts_no_engine(built, monkeypatch):
    """There might as well be none."""
    for name in ("pagefind", "pagefind.service"):
        monkeypatch.setitem(sys.modules, name, None)
    report = built.build()

    assert (0, (), (), ()) == (report.parsed, report.rendered, report.removed, report.problems)


def test_a_damaged_file_of_the_index_is_made_again(make_site):
    """Whoever damaged it, and whatever else there is to do."""
    site = make_site(SITE, **SEARCH)
    site.build()
    whole = site.outputs()
    (site.root / "public" / ENTRY).write_bytes(b"{}")
    report = site.build()

    assert (ENTRY,) == report.rendered
    assert whole == site.outputs()


def test_without_the_setting_there_is_no_page_and_no_index(make_site):
    """And those that were there are removed."""
    site = make_site(SITE, **SEARCH)
    site.build()
    site.edit("site.toml", 'engine = "pagefind"', 'engine = ""')
    site.build()

    assert [] == [path for path in site.outputs() if path.startswith("search/")]
    assert "/search/" not in site.read("index.html")


def test_without_pagefind_the_error_says_how_to_install_it(make_site, monkeypatch):
    """Nothing is written then."""
    site = make_site(SITE, **SEARCH)
    for name in ("pagefind", "pagefind.service"):
        monkeypatch.setitem(sys.modules, name, None)
    (problem,) = site.build().problems

    assert ("no-search", "site.toml", 'run: pip install "newsroom[search]"') == (
        problem.code, problem.location.path, problem.hint,
    )  # fmt: skip
    assert not (site.root / "public").exists()


def test_only_the_page_of_the_search_may_run_web_assembly(built):
    """Pagefind is written in it."""
    pages = {path: data.decode() for path, data in built.outputs().items() if path.endswith(".html")}

    assert ["search/index.html"] == [path for path, page in pages.items() if "wasm-unsafe-eval" in page]
    assert "unsafe-eval" not in pages["search/index.html"].replace("wasm-unsafe-eval", "")


def test_the_proof_against_leaks_looks_into_the_index(make_site):
    """Equal to one that is made without anything unpublished; and a word that somebody put into a file is found."""
    site = make_site(SITE, **SEARCH)
    site.build()
    assert [] == [p for p in leaks(site.root, Options()).problems if p.severity == "error"]

    fragment = next((site.root / "public" / "search/index/fragment").iterdir())
    words = b"The unspoken dirigible hangs behind the old foundry and waits for a wind from the north."
    fragment.write_bytes(gzip.compress(b'pagefind_dcd{"content":"' + words + b'"}'))

    told = [p for p in leaks(site.root, Options()).problems if p.code == "leak"]
    assert told and told[0].location.path.startswith("public/search/index/fragment/")


def test_each_language_has_an_index_of_its_own(make_site):
    """Below its own search, with what its edition shows."""
    german = SITE["content/posts/a.md"].replace("A cracked lens", "Eine gesprungene Linse").replace("It broke", "Sie brach")
    site = make_site(SITE | {"content/posts/a.de.md": german}, languages=["en", "de"], **SEARCH)
    assert site.build().problems == ()
    outputs = site.outputs()

    assert "de" in json.loads(outputs["de/" + ENTRY])["languages"]
    assert "Eine gesprungene Linse" not in fragments(site, "search/") and "A cracked lens" in fragments(site, "search/")
    assert "/de/2026/a/" == fragments(site, "de/search/")["Eine gesprungene Linse"]["url"]
    assert () == site.build().rendered


def test_a_preview_makes_an_index_when_somebody_searches(make_site):
    """No build waits for it, none that is out of date is left, and the next real build has all."""
    site = make_site(SITE, **SEARCH)
    site.build()
    session, searches = Session(site.root, Options()), Searches(site.root, Options())
    session.build()
    assert ENTRY in site.outputs(), "what is right is left alone"

    site.edit("content/posts/a.md", "broke", "burst")
    session.build({"content/posts/a.md"})
    session.rest()
    assert ENTRY not in site.outputs()
    reply = searches.reply(f"/{ENTRY}?ts=1", "")
    assert reply and reply.status == 200 and json.loads(reply.body)["languages"]["en"]["page_count"] == 5
    assert None is searches.reply("/2026/nowhere/", "")

    site.build()
    assert reply.body == site.outputs()[ENTRY]
