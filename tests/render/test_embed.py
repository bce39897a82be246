"""Cards that other sites frame, what tells of them, and what readers take along."""

import io
import json
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from jsonschema import validate
from PIL import Image

from newsroom.commands.static_host import answer
from newsroom.language import phrases

HERE = "https://news.example.com"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def png():
    file = io.BytesIO()
    Image.new("L", (40, 30)).save(file, "PNG")
    return file.getvalue()


FILES = {
    "content/people/maya.md": "---\nname: Maya Okafor\nrole: Engineer\nquote: I mend.\nphoto: maya.png\n---\nBio\n",
    "content/people/maya.png": png(),
    "content/people/jonas.md": "---\nname: Jonas Lind\n---\nBio\n",
    "content/posts/plain.md": "---\ntitle: 'Lens & <light>'\nauthors: [maya, jonas]\ndate: 2026-11-02\nimage: {file: lens.png, alt: A lens}\nsummary: In short.\n---\nWords.\n",
    "content/posts/lens.png": png(),
    "content/posts/gone.md": "---\ntitle: Claim\nauthors: [maya]\ndate: 2026-11-03\nsummary: We claimed.\ncorrections: [{date: 2026-11-04, kind: retraction, by: maya, text: Wrong}]\n---\nWords.\n",
    "content/posts/kit.md": (
        "---\ntitle: Kit\nauthors: [jonas]\ndate: 2026-11-05\nkind: release\nfacts: [One, Two]\n"
        "quotes: [{by: maya, text: First}, {name: Zoë Ray, role: Mayor, text: Second}, {by: maya, text: Third}]\n"
        "media: [{file: lens.png, alt: A lens, credit: Jonas}]\n---\nWords.\n"
    ),
    "content/posts/state.md": "---\ntitle: State\nauthors: [maya]\ndate: 2026-11-06\nkind: statement\nknown: [This]\nunknown: [That]\n---\nWords.\n",
    "content/posts/later.md": "---\ntitle: Later\nauthors: [maya]\ndate: 2026-12-01\nimage: {file: lens.png, alt: A lens}\n---\nWords.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """FILES, built once."""
    from tests.conftest import Site, toml

    made = Site(tmp_path_factory.mktemp("site"))
    made.write("site.toml", toml({"title": "Northwind Newsroom", "url": HERE}))
    for path, raw in FILES.items():
        made.write(path, raw)
    assert () == made.build(moment=NOW).problems
    return made


def page(site, path):
    return BeautifulSoup(site.read(f"{path}index.html"), "html.parser")


def oembed(site, path):
    return json.loads(site.read(f"{path}oembed.json"))


@pytest.mark.parametrize("path", ["2026/plain/embed/", "2026/kit/embed/", "people/maya/embed/", "people/jonas/embed/"])
def test_a_card_has_no_script_and_asks_nobody_else(site, path):
    """Its policy says so; it is in no index and names the page that counts; links leave the frame."""
    card = page(site, path)
    fetched = [
        tag.get("src") or tag.get("href")
        for tag in card.find_all(["img", "script", "iframe", "source"]) + card.select("link[rel=stylesheet]")
    ]
    policy = card.find("meta", attrs={"http-equiv": True})["content"]

    assert [] == card.find_all("script")
    assert all(address.startswith("/") for address in fetched if address)
    assert "script-src" not in policy and "default-src 'none'" in policy
    assert "noindex" == card.find("meta", attrs={"name": "robots"})["content"]
    assert f"{HERE}/{path.removesuffix('embed/')}" == card.find("link", rel="canonical")["href"]
    assert "_blank" == card.base["target"]


def test_a_card_says_who_what_and_when(site):
    """A face, the names, the title, the summary, the date; of a person her role, her words and her newest posts."""
    post, person = page(site, "2026/plain/embed/"), page(site, "people/maya/embed/")

    assert ["Maya Okafor", "Jonas Lind"] == [tag.get_text() for tag in post.select(".who bdi")]
    assert ("Lens & <light>", "In short.") == (post.h1.get_text(), post.select_one(".summary").get_text())
    assert "2026-11-02" == post.time["datetime"][:10]
    assert post.select(".faces img") and person.select(".face img")
    assert ("Maya Okafor", "I mend.") == (person.h1.get_text(), person.select_one(".summary").get_text())
    assert ["/2026/state/", "/2026/gone/", "/2026/plain/"] == [link["href"] for link in person.select("li a")]


def test_a_retracted_post_says_so_wherever_it_was_framed(site):
    """The claim is struck out and its summary gone; its page offers no code any more."""
    card, answer = page(site, "2026/gone/embed/"), oembed(site, "2026/gone/")

    assert "Retracted: Claim" == " ".join(card.h1.get_text().split())
    assert "Claim" == card.h1.s.get_text()
    assert "We claimed" not in site.read("2026/gone/embed/index.html")
    assert "Retracted: Claim" == answer["title"]
    assert not page(site, "2026/gone/").select("[data-copy], #embed-code")


def test_oembed_is_what_its_specification_asks_for(site):
    """oembed.com, 2.3.4: what every answer has, what one of type rich has; the thumbnail whole or not at all."""
    text, size = {"type": "string", "minLength": 1}, {"type": "integer", "minimum": 1}
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["type", "version", "html", "width", "height"],
        "dependentRequired": {"thumbnail_url": ["thumbnail_width", "thumbnail_height"]},
        "properties": {
            "type": {"const": "rich"}, "version": {"const": "1.0"}, "html": text, "width": size, "height": size, "title": text,
            "author_name": text, "author_url": text, "provider_name": text, "provider_url": text,
            "thumbnail_url": text, "thumbnail_width": size, "thumbnail_height": size,
        },
    }  # fmt: skip
    found = {path: oembed(site, path) for path in ("2026/plain/", "2026/state/", "people/maya/", "people/jonas/")}

    for path, made in found.items():
        validate(made, schema)
        frame = BeautifulSoup(made["html"], "html.parser").iframe
        assert f"{HERE}/{path}embed/" == frame["src"]
        assert frame["title"].endswith("· Northwind Newsroom")
        assert f"{HERE}/{path}oembed.json" == page(site, path).find("link", type="application/json+oembed")["href"]
    assert ("Maya Okafor and Jonas Lind", f"{HERE}/people/maya/") == (
        found["2026/plain/"]["author_name"],
        found["2026/plain/"]["author_url"],
    )
    assert (
        "Lens & <light> · Northwind Newsroom"
        == BeautifulSoup(found["2026/plain/"]["html"], "html.parser").iframe["title"]
    )
    assert "thumbnail_url" not in found["people/jonas/"]


def test_the_code_on_a_page_is_that_of_its_answer(site):
    """To be copied by a click, or by hand: it stands there."""
    for path in ("2026/plain/", "people/maya/"):
        shown = page(site, path)
        button = shown.select_one("details button[data-copy]")

        assert oembed(site, path)["html"] == shown.find(id=button["data-copy"]).get_text()
        assert button.has_attr("hidden")  # until the script is there to do it
        assert 1 == len([tag for tag in shown.find_all("script", src=True) if "copy" in tag["src"]])
        assert "script-src 'self'" in shown.find("meta", attrs={"http-equiv": True})["content"]


def test_quotes_facts_and_pictures_have_addresses(site):
    """A quote is named after who speaks, a picture after its file; each has a link to itself, and is there once."""
    shown = page(site, "2026/kit/")
    places = [link["href"][1:] for link in shown.select("a.place")]

    assert ["fact-1", "fact-2", "quote-maya", "quote-zoe-ray", "quote-maya-2", "picture-lens"] == places
    assert all(len(shown.find_all(id=place)) == 1 for place in places)
    assert "Second" in shown.find(id="quote-zoe-ray").get_text()
    assert ["known-1", "unknown-1"] == [link["href"][1:] for link in page(site, "2026/state/").select("a.place")]


def test_a_quote_is_copied_with_its_source(site):
    """The words, who said them, where: with the address of the quote itself."""
    shown = page(site, "2026/kit/")
    cited = [shown.find(id=button["data-copy"]).get_text() for button in shown.select(".quotes button[data-copy]")]

    assert [
        f"“First” — Maya Okafor, Engineer. Kit, {HERE}/2026/kit/#quote-maya",
        f"“Second” — Zoë Ray, Mayor. Kit, {HERE}/2026/kit/#quote-zoe-ray",
        f"“Third” — Maya Okafor, Engineer. Kit, {HERE}/2026/kit/#quote-maya-2",
    ] == cited


def test_any_site_may_frame_a_card_and_none_a_page(site):
    """As a host answers that reads _headers: one policy each, and no older header against it."""
    for path, who in (
        ("/2026/plain/", "'self'"),
        ("/2026/plain/embed/", "*"),
        ("/people/maya/embed/", "*"),
        ("/", "'self'"),
    ):
        reply = answer(site.root / "public", "", path)
        policies = [value for name, value in reply.headers if name == "Content-Security-Policy"]

        assert [f"frame-ancestors {who}"] == [
            row for policy in policies for row in policy.split("; ") if "frame" in row
        ], path
        assert ("SAMEORIGIN" if who == "'self'" else "") == reply.header("X-Frame-Options")


def test_nothing_unpublished_has_a_card(site):
    """Nor is it named by one."""
    found = site.outputs()

    assert not [path for path in found if "later" in path]
    assert not [path for path, raw in found.items() if ("embed" in path) and b"Later" in raw]


def test_a_setting_leaves_cards_out(make_site):
    """With the code, the links, the rule for hosts; a quote can still be copied, a page with nothing to copy has no script."""
    site = make_site(FILES, sharing={"embeds": False})
    assert () == site.build(moment=NOW).problems
    plain, kit = page(site, "2026/plain/"), page(site, "2026/kit/")

    assert not [path for path in site.outputs() if "/embed/" in path or path.endswith("oembed.json")]
    assert "embed" not in site.read("_headers")
    assert not plain.find("link", type="application/json+oembed")
    assert not [tag for tag in plain.find_all("script", src=True) if "copy" in tag["src"]]
    assert 3 == len(kit.select("button[data-copy]"))
    assert [tag for tag in kit.find_all("script", src=True) if "copy" in tag["src"]]


def test_a_card_speaks_the_language_of_its_edition(make_site):
    """And leads there."""
    german = FILES["content/posts/plain.md"].replace("Lens & <light>", "Linse")
    site = make_site({**FILES, "content/posts/plain.de.md": german}, languages=["en", "de"])
    assert () == site.build(moment=NOW).problems
    card = page(site, "de/2026/plain/embed/")

    assert ("de", "Linse") == (card.html["lang"], card.h1.get_text())
    assert f"{HERE}/de/2026/plain/" == card.find("link", rel="canonical")["href"]
    assert f"{HERE}/de/2026/plain/embed/" in oembed(site, "de/2026/plain/")["html"]
    assert phrases("de")["share.newest"] == page(site, "de/people/maya/embed/").h2.get_text()
