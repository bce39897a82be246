"""The page to follow in a real browser: a list without a script; with it a choice that can be taken along and shared."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree

import pytest

PERSON = "---\nname: {}\nrole: {}\n{}---\nBio\n"
NASTY = """'"Åsa" <b>O''Neil</b> & Sons'"""


@pytest.fixture
def site(make_site: Any, host: Any) -> Any:
    """Three people here, one gone, a topic, a release; `address` is where it is served."""
    made = make_site(
        {
            "content/people/maya.md": PERSON.format("Maya Okafor", "Instrument engineer", ""),
            "content/people/asa.md": PERSON.format(NASTY, "Glass melter", ""),
            "content/people/jonas.md": PERSON.format("Jonas Lind", "Glass melter", ""),
            "content/people/pete.md": PERSON.format(
                "Pete Harlow", "", "status: {state: left, on: 2026-01-01, successor: jonas}\n"
            ),
            "content/topics/lenses.md": "---\nname: Lenses\n---\nGlass.\n",
            "content/posts/a.md": "---\ntitle: A\nauthors: [maya]\ntopics: [lenses]\ndate: 2026-03-02\nkind: release\n---\nWords.\n",
        }
    )
    assert () == made.build().problems
    made.address = host(made.root / "public")
    return made


def outlines(text: str) -> dict[str, dict[str, str]]:
    """Address of a feed -> all that an OPML says of it."""
    return {
        each.get("xmlUrl"): each.attrib for each in ElementTree.fromstring(text).iter("outline") if each.get("xmlUrl")
    }


def chosen(page: Any) -> list[str]:
    return page.eval_on_selector_all(
        ".choice", "all => all.filter((c) => c.querySelector('.tick').checked).map((c) => c.dataset.key)"
    )


def test_without_a_script_every_address_can_be_read_copied_and_opened(site, open_page):
    """No box to tick, no button that does nothing; who is gone stands apart."""
    page = open_page(java_script_enabled=False)
    page.goto(f"{site.address}/follow/")
    page.locator("#people .choice summary").first.click()
    keys = page.locator(".choice").evaluate_all("all => all.map((choice) => choice.dataset.key)")

    assert ["", "people/asa", "people/jonas", "people/maya", "topics/lenses"] == [
        key.removeprefix("all") for key in keys
    ][:5]
    assert "people/pete" == keys[-1] and {"releases", "people/pete"} <= set(keys[5:])
    assert page.get_by_text("https://news.example.com/people/asa/feed.xml", exact=True).is_visible()
    assert 0 == page.locator("button:visible, input:visible, textarea:visible").count()
    assert {"/feed.xml", "/people/maya/atom.xml", "/topics/lenses/feed.json", "/follow.opml"} <= {
        link.get_attribute("href") for link in page.locator("main a").all()
    }


def test_nobody_is_asked_before_a_click_and_every_reader_gets_the_whole_address(site, open_page):
    """Each link outside carries the feed's own address, percent-encoded once."""
    page, asked = open_page(), []
    page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    page.goto(f"{site.address}/follow/")
    page.wait_for_load_state("networkidle")
    found = page.locator("[data-key='people/maya'] a[href*='://']")
    links = found.evaluate_all("all => all.map((link) => link.getAttribute('href'))")

    assert {urlsplit(site.address).netloc} == set(asked)
    assert 7 == len(links)
    assert all(unquote(link).endswith("://news.example.com/people/maya/feed.xml") for link in links)
    assert 6 == sum(link.endswith(quote("https://news.example.com/people/maya/feed.xml", safe="")) for link in links)
    assert "feed://news.example.com/people/maya/feed.xml" in links


def test_a_choice_is_counted_and_stands_in_the_address(site, open_page):
    """With the keyboard; whoever opens that address finds the same choice."""
    page = open_page()
    page.goto(f"{site.address}/follow/")
    page.locator("#people-maya").focus()
    page.keyboard.press("Space")
    assert "1 chosen" == page.locator(".count").inner_text()
    page.locator("#topics-lenses").check()

    assert "2 chosen" == page.locator(".count").inner_text()
    assert "status" == page.locator(".count").get_attribute("role")
    assert page.url.endswith("/follow/#follow=people/maya,topics/lenses")
    other = open_page()
    other.goto(page.url)
    assert ["people/maya", "topics/lenses"] == chosen(other)
    assert "2 chosen" == other.locator(".count").inner_text()
    other.get_by_role("button", name="Clear").click()
    assert ([], f"{site.address}/follow/") == (chosen(other), other.url)


@pytest.mark.parametrize(
    "fragment",
    ["#follow=people/nobody", "#follow=%E0%A4%A", "#follow=", "#people", "#follow=people/maya%2Ctopics/lenses"],
)
def test_an_address_that_means_nothing_chooses_nothing(site, open_page, fragment):
    """And breaks nothing."""
    page, wrong = open_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{site.address}/follow/{fragment}")

    assert ([], []) == (wrong, chosen(page))
    page.locator("#people-maya").check()
    assert ["people/maya"] == chosen(page)


def test_addresses_are_copied(site, open_page):
    """One a line; the count says so, and then counts again."""
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{site.address}/follow/#follow=people/maya,people/asa")
    page.get_by_role("button", name="Copy addresses").click()
    page.get_by_text("Copied", exact=True).wait_for()

    assert (
        "https://news.example.com/people/asa/feed.xml\nhttps://news.example.com/people/maya/feed.xml"
        == page.evaluate("navigator.clipboard.readText()")
    )


def test_where_the_clipboard_is_refused_the_addresses_stand_selected(site, open_page):
    """To be copied by hand."""
    page = open_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(f"{site.address}/follow/#follow=people/maya")
    page.get_by_role("button", name="Copy addresses").click()
    paper = page.get_by_role("textbox", name="Addresses of your choice")
    paper.wait_for()

    assert "https://news.example.com/people/maya/feed.xml" == page.evaluate("getSelection().toString()")
    assert "Copy them from here" == page.locator(".count").inner_text()


def test_the_file_of_a_choice_says_what_the_file_of_all_says(site, open_page):
    """The same attributes for the same feed, whatever stands in a name; and only of those chosen."""
    page = open_page(accept_downloads=True)
    page.goto(f"{site.address}/follow/")
    ours = outlines(site.read("follow.opml"))
    files = []
    for choose in (
        lambda: page.locator("#people-asa").check(),
        lambda: [box.check() for box in page.locator(".tick").all()],
    ):
        choose()
        with page.expect_download() as download:
            page.get_by_role("button", name="Download OPML").click()
        files.append(Path(download.value.path()).read_text("utf-8"))
    shown = {address: ours[address] for address in outlines(files[1])}

    assert "follow.opml" == download.value.suggested_filename
    assert ["https://news.example.com/people/asa/feed.xml"] == list(outlines(files[0]))
    assert shown == outlines(files[1])
    assert page.locator(".choice").count() == len(shown)
    heads = [
        [(each.tag, each.text) for each in ElementTree.fromstring(text).find("head")]
        for text in (files[1], site.read("follow.opml"))
    ]
    assert heads[0] == heads[1]


def test_all_of_a_kind_are_chosen_at_once_and_let_go_again(site, open_page):
    """Nobody else."""
    page = open_page()
    page.goto(f"{site.address}/follow/")
    button = page.locator("#people .every")
    button.click()
    assert ["people/asa", "people/jonas", "people/maya"] == chosen(page)
    assert "Choose none" == button.inner_text()
    button.click()

    assert ([], "Choose all") == (chosen(page), button.inner_text())


def test_a_face_can_be_clicked(site, open_page):
    """As the box beside the name."""
    page = open_page()
    page.goto(f"{site.address}/follow/")
    page.locator("[data-key='people/jonas'] .face").click()

    assert ["people/jonas"] == chosen(page)


def test_many_can_be_searched(site, open_page):
    """From thirteen people on; without accents and by what they do. What is chosen stays chosen where it is not shown."""
    page = open_page()
    page.goto(f"{site.address}/follow/")
    assert not page.locator("#find").is_visible()
    for n in range(10):
        site.write(f"content/people/p{n}.md", PERSON.format(f"Person {n}", "Grinder", ""))
    site.build()
    page.goto(f"{site.address}/follow/#follow=people/maya")
    page.reload()
    shown = page.locator(".group .choice:visible h3")
    page.locator("#find").fill("asa")
    assert ['"Åsa" <b>O\'Neil</b> & Sons'] == shown.all_inner_texts()
    page.locator("#find").fill("MELTER jon")
    assert ["Jonas Lind"] == shown.all_inner_texts()
    page.locator("#people .every").click()
    assert ["people/jonas", "people/maya"] == chosen(page)
    page.locator("#find").fill("nobody at all")

    assert page.get_by_text("Nobody and nothing here is called that.").is_visible()
    assert 0 == shown.count()


@pytest.mark.parametrize("address", ["/follow/#follow=people/maya,all", "/digest/2026-W10.html"])
def test_nobody_is_shut_out(site, open_page, axe, address):
    """axe-core finds nothing, light and dark, with addresses unfolded; nothing breaks the policy or scrolls sideways."""
    page, wrong = open_page(), []
    page.on("console", lambda message: message.type in ("error", "warning") and wrong.append(message.text))
    page.goto(site.address + address)
    for summary in page.locator("summary").all():
        summary.click()
    page.evaluate(axe)
    for scheme in ("light", "dark"):
        for width in (320, 1280):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 900})
            result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            wrong += [
                f"{scheme} {width} {rule['id']}: {node['html'][:200]}"
                for rule in result["violations"]
                for node in rule["nodes"]
            ]
            wrong += [
                f"{width} is {wide} wide"
                for wide in [page.evaluate("document.documentElement.scrollWidth")]
                if wide > width
            ]

    assert [] == wrong, "\n".join(wrong)
