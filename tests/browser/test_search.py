"""Search in a real browser: nothing before somebody types, then what she looks for, by hand and by key."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

POST = "---\ntitle: {title}\nauthors: [{by}]\ndate: {date}\ntopics: [{topic}]\n{keys}---\n{text}\n"
NASTY = "A <b>bold</b> lens & <img src=x onerror=alert(1)>"
FILES = {
    "content/people/maya.md": "---\nname: Maya Okafor\nrole: Optician\n---\nShe grinds.\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\n---\nHe melts.\n",
    "content/topics/lenses.md": "---\nname: Lenses\n---\nGlass.\n",
    "content/topics/wind.md": "---\nname: Wind\n---\nAir.\n",
    "content/posts/a.md": POST.format(title="A cracked lens", by="maya", date="2026-11-02", topic="lenses", keys="",
                                      text="It broke along the grain, and a lens is not glued."),
    "content/posts/b.md": POST.format(title=f"'{NASTY}'", by="jonas", date="2025-11-02", topic="lenses", keys="",
                                      text="Write `<b>lens</b>` & mean it."),
    "content/posts/c.md": POST.format(title="The barograph", by="jonas", date="2026-11-04", topic="wind",
                                      keys="kind: release\n", text="It draws the wind."),
}  # fmt: skip


@pytest.fixture(scope="module")
def site(make_shared_site: Any) -> Any:
    made = make_shared_site(FILES, search={"engine": "pagefind"})
    assert () == made.build().problems
    return made


@pytest.fixture
def page(site: Any, host: Any, open_page: Any) -> Any:
    """The page of the search; `asked` are the addresses it has asked for, `said` what went wrong."""
    page = open_page()
    page.asked, page.said = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.address = f"{host(site.root / 'public')}/search/"
    return page


def titles(page: Any, count: int) -> list[str]:
    page.wait_for_function("count => document.querySelectorAll('.hits h2').length === count", arg=count)
    return page.locator(".hits h2").all_inner_texts()


def test_nothing_is_loaded_before_somebody_types(page):
    """Then the index, and nothing from another host."""
    page.goto(page.address)
    page.locator("#q").focus()
    page.wait_for_timeout(300)
    assert not [url for url in page.asked if "/search/index/" in url]

    page.keyboard.type("grain")
    assert ["A cracked lens"] == titles(page, 1)
    assert {urlsplit(page.address).netloc} == {urlsplit(url).netloc for url in page.asked}
    assert [] == page.said


def test_a_result_shows_who_and_when_and_where_the_words_stand(page):
    """What writers wrote is text, whatever it looks like."""
    page.goto(page.address + "?q=lens")
    page.wait_for_selector(".hits h2")
    assert {"A cracked lens", NASTY} <= set(page.locator(".hits h2").all_inner_texts())
    hit = page.locator(".hits li", has_text="A cracked lens")

    assert "Maya Okafor · 2 November 2026" == hit.locator(".meta").inner_text()
    assert "lens" in hit.locator("mark").all_inner_texts()
    assert "/2026/a/" == urlsplit(hit.locator("a").get_attribute("href")).path
    assert [] == page.locator(".hits b, .hits img[src=x]").all()
    assert "<b>lens</b> & mean" in page.locator(".hits li", has_text="bold").locator(".excerpt").inner_text()


def test_results_are_narrowed_by_person_topic_kind_and_year(page):
    """Each choice says how many it leaves, and the address carries them."""
    page.goto(page.address)
    page.fill("#q", "lens")
    page.wait_for_selector(".narrow:not([hidden])")
    page.select_option("#by-kind", "Post")
    assert 2 == len(titles(page, 2))
    assert "2025 (1)" in page.locator("#by-year option").all_inner_texts()
    page.select_option("#by-person", "Jonas Lind")

    assert [NASTY] == titles(page, 1)
    assert "1 result" == page.locator(".count").inner_text()
    assert {"q": ["lens"], "kind": ["Post"], "person": ["Jonas Lind"]} == parse_qs(urlsplit(page.url).query)


def test_an_address_with_a_question_is_answered(page):
    """Also with a choice alone, and no word."""
    page.goto(page.address + "?topic=Wind&kind=Press+release")

    assert ["The barograph"] == titles(page, 1)
    assert "Wind" == page.locator("#by-topic").input_value()


def test_keys_go_from_the_field_to_the_results_and_back(page):
    """And Enter follows the result."""
    page.goto(page.address)
    page.locator("#q").focus()
    page.keyboard.type("grain")
    titles(page, 1)
    page.keyboard.press("ArrowDown")
    assert "A cracked lens" == page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowUp")
    assert "q" == page.evaluate("document.activeElement.id")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2026/a/")


def test_without_a_script_the_archive_is_the_way(site, host, open_page):
    """No field that does nothing."""
    page = open_page(java_script_enabled=False)
    page.goto(f"{host(site.root / 'public')}/search/")

    assert page.locator(".stand a[href='/archive/']").is_visible()
    assert not page.locator("#q").is_visible()


def test_an_index_that_cannot_be_loaded_is_said_in_words(page):
    """The archive is linked below."""
    page.route("**/search/index/**", lambda route: route.abort())
    page.goto(page.address)
    page.fill("#q", "lens")
    page.locator(".count", has_text="archive").wait_for()

    assert page.locator(".elsewhere a[href='/archive/']").is_visible()


def test_japanese_is_searched_by_words(make_site, host, open_page):
    """They stand without spaces: the index knows where they end."""
    text = "古いレンズの修理には時間がかかります。窓際の机で作業します。"
    site = make_site(
        FILES | {"content/posts/a.md": POST.format(title="割れたレンズ", by="maya", date="2026-11-02", topic="lenses", keys="", text=text)},
        language="ja", search={"engine": "pagefind"},
    )  # fmt: skip
    assert () == site.build().problems
    page = open_page()
    page.goto(f"{host(site.root / 'public')}/search/?q=修理")

    assert "割れたレンズ" in titles(page, 1)
