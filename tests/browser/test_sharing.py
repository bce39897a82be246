"""Cards in frames of other sites, and what a click copies, in Chromium."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def elsewhere(tmp_path: Path, built_sample: Any, host: Any) -> str:
    """Another site, at an origin of its own, with a frame of a post's card, of a person's, and of a page."""
    post = built_sample.kinds["post"]
    frames = [f"{post}embed/", "/people/maya/embed/", post]
    html = "".join(f'<iframe src="{built_sample.address}{path}" width="600" height="260"></iframe>' for path in frames)
    (tmp_path / "index.html").write_text(f"<!doctype html><title>Elsewhere</title>{html}")
    return host(tmp_path)


def test_another_site_can_frame_cards_and_no_page(built_sample: Any, elsewhere: str, open_page: Any) -> None:
    """They show who and what, run nothing, and ask nobody but the newsroom."""
    page, asked = open_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{elsewhere}/", wait_until="networkidle")
    post, person, refused = page.frames[1:4]

    assert post.locator("h1").inner_text()
    assert "Maya Okafor" == person.locator("h1").inner_text()
    assert "_blank" == post.evaluate("document.querySelector('base').target")
    assert refused.url.startswith("chrome-error:")
    assert [] == [url for url in asked if not url.startswith((built_sample.address, elsewhere)) or ".js" in url]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [280, 600])
def test_cards_are_open_to_everyone(built_sample: Any, open_page: Any, axe: str, width: int, scheme: str) -> None:
    """axe-core finds nothing, nothing is wider than the frame, and a narrow one still shows it all but the last lines."""
    for path in (f"{built_sample.kinds['post']}embed/", "/people/maya/embed/"):
        page = open_page(viewport={"width": width, "height": 340}, color_scheme=scheme, bypass_csp=True)
        page.goto(built_sample.address + path)
        page.add_script_tag(content=axe)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]

        assert [] == [each["id"] for each in found], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_click_copies_a_quote_with_its_source(built_sample: Any, open_page: Any) -> None:
    """And says so; where the browser refuses, the words stand there, marked."""
    release = next(path for path in built_sample.pages if 'class="place" href="#quote-' in built_sample.read(path))
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(built_sample.address + release)
    button = page.locator(".quotes button[data-copy]").first
    button.click()
    page.wait_for_function("button => button.textContent === button.dataset.copied", arg=button.element_handle())
    copied = page.evaluate("navigator.clipboard.readText()")
    place = page.locator(".quotes a.place").first.get_attribute("href")

    assert (
        f"{release}{place}" in copied and page.locator(".quotes blockquote").first.inner_text().strip("“”\n") in copied
    )

    page = open_page()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject()")
    page.goto(built_sample.address + release)
    page.locator(".quotes button[data-copy]").first.click()
    page.locator(".quotes details[open]").wait_for()

    assert copied == page.evaluate("getSelection().toString()").strip()


def test_without_a_script_the_words_are_there_to_be_copied(built_sample: Any, open_page: Any) -> None:
    """No button that does nothing."""
    page = open_page(java_script_enabled=False)
    page.goto(built_sample.address + built_sample.kinds["post"])
    page.locator(".elsewhere summary").click()

    assert "/embed/" in page.locator("#embed-code").inner_text()
    assert 0 == page.locator("button[data-copy]:visible").count()
