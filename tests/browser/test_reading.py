"""What helps to read a post, as it is drawn: contents and notes beside the text, code to copy, paper."""

from __future__ import annotations

from typing import Any

import pytest

LINES = "The ring is held by a single screw, and that screw is left-handed. " * 6
TEXT = f"{LINES}[^1] Again.[^2]\n\n" + "".join(f"## Part {n}\n\n{LINES}[^{n + 2}]\n\n" for n in range(1, 7))
TEXT += "```python\n    if a:\n        b()\n```\n\n" + "".join(
    f"[^{n}]: {'A note of some length. ' * 5}\n\n" for n in range(1, 9)
)
FILES = {
    "content/people/maya.md": "---\nname: Maya Okafor\ncontact: {email: maya@example.com}\n---\nBio\n",
    "content/posts/ring.md": f"---\ntitle: The ring\nauthors: [maya]\ndate: 2023-11-02\n---\n{TEXT}",
}
BOXES = """() => [...document.querySelectorAll('.footnotes li')].map(note => {
  const box = e => { const r = e.getBoundingClientRect(); return {top: r.top + scrollY, bottom: r.bottom + scrollY, left: r.left, right: r.right}; };
  return [box(note), box(document.querySelector(note.querySelector('[role=doc-backlink]').hash)), box(document.querySelector('.body > p'))];
})"""


@pytest.fixture(scope="module")
def built(make_shared_site: Any) -> Any:
    """A site with the post."""
    site = make_shared_site(FILES)
    assert site.build().problems == ()
    return site.root / "public"


@pytest.fixture
def address(built: Any, host: Any) -> str:
    """The post, served."""
    return host(built) + "/2023/ring/"


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_notes_stand_beside_what_they_are_about(address: str, open_page: Any, direction: str) -> None:
    """On a wide screen outside the text, none above its mark, none on another, each as near as those before it let it."""
    page = open_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.evaluate(f"document.documentElement.dir = '{direction}'")
    above = 0.0
    for note, mark, text in page.evaluate(BOXES):
        assert note["left"] >= text["right"] if direction == "ltr" else note["right"] <= text["left"]
        assert 0 <= note["left"] and note["right"] <= 1280
        assert note["top"] == pytest.approx(max(mark["top"], above), abs=16)
        above = note["bottom"]


def test_on_a_small_screen_notes_are_at_the_end(address: str, open_page: Any) -> None:
    """Below all of the text, in order."""
    page = open_page(viewport={"width": 375, "height": 800})
    page.goto(address)
    end = page.evaluate("document.querySelector('.body > .code').getBoundingClientRect().bottom + scrollY")
    tops = [note["top"] for note, _, _ in page.evaluate(BOXES)]

    assert tops == sorted(tops) and min(tops) > end


def test_contents_are_beside_the_text_or_folded_above_it(address: str, open_page: Any) -> None:
    """Open and reached by the keyboard where there is room; on a small screen one has to unfold them."""
    page = open_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    link = page.locator(".toc a").first
    text = page.locator(".text").bounding_box()
    assert link.is_visible() and not page.locator(".toc summary").is_visible()
    assert page.locator(".toc").bounding_box()["x"] < text["x"]
    link.focus()
    assert "#part-1" == page.evaluate("document.activeElement.hash")

    page.set_viewport_size({"width": 375, "height": 800})
    assert not link.is_visible()
    page.locator(".toc summary").click()
    assert link.is_visible()


def test_code_is_copied_to_the_letter(address: str, open_page: Any) -> None:
    """By the keyboard too; and the button says that it was done."""
    page = open_page(viewport={"width": 375, "height": 800})
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    button = page.locator(".copy-code")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.copy-code').textContent === 'Copied'")

    assert "    if a:\n        b()" == page.evaluate("navigator.clipboard.readText()")
    assert "polite" == button.get_attribute("aria-live")


def test_a_post_prints_without_what_only_a_screen_can_do(address: str, open_page: Any) -> None:
    """Its address, its date and who wrote it are on the paper; nothing to click."""
    page = open_page(viewport={"width": 794, "height": 1123})
    page.goto(address)
    page.emulate_media(media="print")

    for seen in (".printed", ".byline", ".dt-published", ".aged", "#contact .promise, #contact h2", ".footnotes"):
        assert page.locator(seen).first.is_visible(), seen
    for hidden in ("nav", ".toc", ".pass", ".copy-code", ".footnote-back", ".side"):
        assert not any(element.is_visible() for element in page.locator(hidden).all()), hidden
