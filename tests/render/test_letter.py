"""The form on pages: where there is one, whom it is for, and what a page with it may do."""

import re
from html import unescape

import pytest

MAYA = "---\nname: Maya Okafor\ncontact: {email: maya@example.com}\n---\n"
JONAS = "---\nname: Jonas Lind\ncontact: {phone: '+49 30 1234567'}\n---\n"
POST = "---\ntitle: {}\nslug: {}\nauthors: [{}]\ndate: 2026-03-02\n---\nWords.\n"
SITE = {
    "content/people/maya.md": MAYA,
    "content/people/jonas.md": JONAS,
    "content/posts/a.md": POST.format("A", "a", "maya"),
    "content/posts/b.md": POST.format("B", "b", "jonas"),
    "content/posts/c.md": POST.format("C", "c", "jonas, maya"),
}
FORMSPREE = {"service": "formspree", "endpoint": "xkgwpqzb"}


@pytest.fixture
def built(make_site):
    def make(files={}, settings={}, **contact):
        site = make_site(SITE | files, contact=FORMSPREE | contact, **settings)
        assert () == site.build().problems
        return site

    return make


def form(site, page):
    """The form of a page, or ""."""
    found = re.search(r"<form id=\"write\".*?</form>", site.read(f"{page}index.html"), re.S)
    return found[0] if found else ""


def policy(site, page):
    return unescape(re.search(r'Policy" content="([^"]*)"', site.read(f"{page}index.html"))[1])


def recipients(site, page):
    """Keys that the form may send to."""
    return re.findall(r'name="author" value="(\w+)"', form(site, page))


def test_whoever_has_an_address_has_a_form_on_her_page_and_on_her_posts(built):
    """And nobody else: a telephone number is not where a message goes."""
    site = built()

    assert [["maya"], [], ["maya"]] == [recipients(site, f"2026/{slug}/") for slug in "abc"]
    assert [["maya"], []] == [recipients(site, f"people/{key}/") for key in ("maya", "jonas")]
    assert "@" not in form(site, "2026/a/")


def test_several_people_are_a_choice(built):
    """The first author is the first. Nobody is chosen before the reader did: a link says for whom, a form cannot know."""
    site = built({"content/people/jonas.md": JONAS.replace("{phone", "{email: jonas@example.com, phone")})

    assert ["jonas", "maya"] == recipients(site, "2026/c/")
    assert "checked" not in form(site, "2026/c/")
    assert 2 == len(re.findall(r'type="radio"[^>]* required', form(site, "2026/c/")))
    assert "the person you choose through Formspree (formspree.io)" in form(site, "2026/c/")


@pytest.mark.parametrize("mode", ["public", "obfuscated", "form"])
def test_the_form_does_not_hang_on_how_addresses_are_shown(built, mode):
    """Where they are shown, a reader may choose."""
    assert ["maya"] == recipients(built(email=mode), "2026/a/")


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ("consent: {email: false}", []),
        ("consent: {until: 2026-01-01}", []),
        ("status: left\nsuccessor: lena", ["lena"]),
        ("status: left", []),
        ("status: away\nuntil: 2999-01-01\ncover: lena", ["lena"]),
    ],
)
def test_a_message_goes_to_who_is_there_and_agreed(built, more, wanted):
    """To the successor, to whoever stands in, or to nobody."""
    lena = MAYA.replace("Maya Okafor", "Lena Brandt").replace("maya@", "lena@")
    site = built({"content/people/maya.md": MAYA.replace("---\n", f"---\n{more}\n", 1), "content/people/lena.md": lena})

    assert wanted == recipients(site, "2026/a/")


def test_without_a_service_there_is_no_form_and_nobody_is_thanked(built):
    """Nor a word of it in a policy."""
    site = built(service="", endpoint="")

    assert [] == [path for path, raw in site.outputs().items() if b"<form" in raw and path.endswith(".html")]
    assert "thanks/index.html" not in site.outputs()
    assert "form-action 'self';" in site.read("_headers")


def test_the_page_that_thanks_is_for_nobody_to_find(built):
    """It is built, and not in the sitemap."""
    site = built()

    assert '<meta name="robots" content="noindex">' in site.read("thanks/index.html")
    assert "thanks" not in site.read("sitemap.xml")


def test_the_page_that_thanks_promises_no_answer_and_shows_nobody_who_gives_none(built):
    """Not whoever is away, nor whoever answers no messages for a while."""
    away, paused = (
        MAYA.replace("---\n", "---\nstatus: away\n", 1),
        JONAS.replace("---\n", "---\nanswers: {paused: true}\n", 1),
    )
    lena = MAYA.replace("Maya Okafor", "Lena Brandt")
    page = built(
        {"content/people/maya.md": away, "content/people/jonas.md": paused, "content/people/lena.md": lena}
    ).read("thanks/index.html")

    assert "Lena Brandt" in page
    assert "Maya" not in page
    assert "Jonas" not in page
    assert "Answers come" not in page


def test_a_page_with_a_form_may_send_it_to_its_service_and_no_other_page_may(built):
    """The header allows it for all, because both policies hold at once."""
    site = built()

    assert "form-action 'self' https://formspree.io;" in policy(site, "2026/a/")
    assert "form-action 'self' https://formspree.io;" in site.read("_headers")
    for page in ("2026/b/", "people/jonas/", "", "posts/", "thanks/"):
        assert "form-action 'self';" in policy(site, page)


@pytest.mark.parametrize(
    ("service", "wanted"),
    [
        ({"service": "netlify"}, ['action="/news/thanks/"', 'data-netlify="true"', 'name="form-name" value="write"']),
        ({"service": "formsubmit", "endpoint": "9f86d081884c7d65"}, ['value="https://example.com/news/thanks/"', "_honey"]),
        ({"service": "cloudflare", "endpoint": "/api/contact"}, ['action="/api/contact"', "Cloudflare (cloudflare.com)"]),
        ({"service": "endpoint", "endpoint": "/write.php"}, ['action="/write.php"', "through this site alone"]),
        ({"service": "endpoint", "endpoint": "https://f.example.com/x?a=1&b=2"}, ['x?a=1&amp;b=2"', "through f.example.com."]),
    ],
    ids=lambda value: value["service"] if isinstance(value, dict) else "",
)  # fmt: skip
def test_each_service_is_told_what_it_wants(built, service, wanted):
    """Also where the newsroom is a folder of another site."""
    site = built(settings={"url": "https://example.com/news"}, **{"endpoint": ""} | service)
    for words in wanted:
        assert words in form(site, "2026/a/")
    assert 'name="post_url" value="https://example.com/news/2026/a/"' in form(site, "2026/a/")


def test_netlify_finds_one_form_with_the_same_fields_on_every_page(built):
    """It knows a form by its name, and takes the fields of one of them for all."""
    site = built(
        {"content/people/jonas.md": JONAS.replace("{phone", "{email: jonas@example.com, phone")},
        service="netlify",
        endpoint="",
    )
    fields = {
        frozenset(re.findall(r' name="([^"]+)"', form(site, page))) for page in ("2026/a/", "2026/c/", "people/maya/")
    }

    assert 1 == len(fields)


def test_a_new_address_brings_the_form_to_every_page_of_hers(built):
    """Without a clean build; and other people's pages are left alone."""
    site = built()
    site.edit("content/people/jonas.md", "{phone", "{email: jonas@example.com, phone")
    rendered = site.build().rendered

    assert ["jonas"] == recipients(site, "2026/b/")
    assert ["jonas", "maya"] == recipients(site, "2026/c/")
    assert "2026/a/index.html" not in rendered


def test_a_form_speaks_the_language_of_its_post(built):
    """Each field and the line about where the message goes; a post in the site's language keeps that."""
    german = POST.format("A", "a", "maya").replace("title:", "language: de\ntitle:", 1)
    site = built({"content/posts/a.md": german})

    (page,) = [page for page in ("2026/a/", "2026/03/a/") if (site.root / "public" / page).is_dir()]
    for words in ("Ihre Nachricht <textarea", "Senden</button>", "geht über Formspree (formspree.io) an"):
        assert words in form(site, page)
    assert "Your message" not in form(site, page)
    assert "Your message <textarea" in form(site, "people/maya/")
