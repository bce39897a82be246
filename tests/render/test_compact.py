"""Pages in fewer bytes."""

import json

import pytest
from bs4 import BeautifulSoup

CODE = "```python\nif a:\n\n    b  =  1\n```\n\n- [ ] A *task*\n\n[Jonas](person:jonas), maya@example.com\n"
FILES = {
    "content/people/maya.md": "---\nname: Maya & Co\ncontact: {email: maya@example.com}\nanswers: {reads: all, by: [maya], checked: 2026-11-01}\n---\nBio\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\n---\nBio\n",
    "content/posts/a.md": f"---\ntitle: A < B\nauthors: [maya, jonas]\ndate: 2026-11-02\n---\n{CODE}",
}  # fmt: skip
FORM = {"email": "obfuscated", "service": "basin", "endpoint": "0123456789ab"}
PAGES = ("index.html", "2026/a/index.html", "people/maya/index.html", "follow/index.html", "ask/index.html")


@pytest.fixture(scope="module")
def both(make_shared_site):
    """A function from a page to what it is as it was made, and made small."""
    sites = [make_shared_site(FILES, output={"minify": small}, contact=FORM) for small in (False, True)]
    for site in sites:
        assert site.build().problems == ()
    return lambda page: [site.read(page) for site in sites]


def elements(html):
    """Every element with its attributes, and its text without spaces, as a browser builds them."""
    tree = BeautifulSoup(html, "html5lib")
    kept = ("pre", "script")
    return [
        (tag.name, {k: v for k, v in tag.attrs.items() if v != "" and (tag.name, k) not in (("meta", "content"), ("button", "type"))},
         tag.get_text() if tag.name in kept else "".join(tag.get_text().split()))
        for tag in tree.find_all(True)
    ]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_small_page_is_the_same_page(both, page):
    """An HTML parser finds the same elements, attributes and words in fewer bytes; code and JSON-LD to the letter."""
    plain, small = both(page)

    assert len(small) < len(plain)
    assert elements(plain) == elements(small)
    assert small.lower().startswith("<!doctype html>")


def test_words_do_not_run_together(both):
    """Where a space means something, one stays."""
    texts = [
        " ".join(BeautifulSoup(page, "html5lib").select_one("article").get_text(" ").split()) for page in both(PAGES[1])
    ]

    assert texts[0] == texts[1]


def test_addresses_are_hidden_in_a_small_page_too(both):
    """What hides them comes last."""
    for page in (PAGES[1], PAGES[2]):
        assert "maya@" not in both(page)[1]
        assert "maya@example.com" in BeautifulSoup(both(page)[1], "html5lib").get_text()


def test_structured_data_can_be_read(both):
    """It is nobody's script, and stays as it was."""
    plain, small = (
        [json.loads(s.string) for s in BeautifulSoup(page, "html5lib").select("script[type='application/ld+json']")]
        for page in both(PAGES[1])
    )

    assert plain and plain == small


def test_a_weekly_digest_is_left_alone(both):
    """Programs for mail want their quotes."""
    plain, small = both("digest/2026-W45.html")

    assert plain == small
