"""The sample newsroom's pages, as people with all kinds of browsers meet them."""

from __future__ import annotations

import re
import tomllib
from typing import Any
from urllib.parse import urlsplit

import pytest

KINDS = ("home", "posts", "post", "release", "statement", "answer", "people", "active", "away", "moved", "left")
KINDS += ("press", "sheet", "topics", "topic", "page", "corrections", "follow", "archive", "404")

LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (375, 1280)]


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_shuts_anyone_out(built_sample: Any, open_page: Any, axe: str, kind: str) -> None:
    """axe-core finds nothing on any kind of page, light and dark, on a telephone and on a desk."""
    page = open_page()
    page.goto(built_sample.address + built_sample.kinds[kind])
    page.evaluate(axe)
    found = []
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found += [
            f"{scheme} {width}: {rule['id']}: {rule['help']}: {node['html'][:160]}"
            for rule in result["violations"]
            for node in rule["nodes"]
        ]

    assert [] == found, "\n".join(map(str, found))


def test_no_page_asks_another_host_or_complains(built_sample: Any, open_page: Any) -> None:
    """Before a click, no page makes a request to another host, and none writes an error to the console."""
    page, found = open_page(), []
    home = urlsplit(built_sample.address).netloc
    page.on("request", lambda request: urlsplit(request.url).netloc in (home, "") or found.append(request.url))
    page.on("console", lambda message: message.type in ("error", "warning") and found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    for address in built_sample.pages:
        page.goto(built_sample.address + address)
        page.mouse.wheel(0, 20_000)
        if found:
            found.insert(0, address)
            break

    assert [] == found, "\n".join(map(str, found))


def test_no_page_scrolls_sideways(built_sample: Any, open_page: Any) -> None:
    """At 320 pixels every page fits, whatever stands in it."""
    page, found = open_page(viewport={"width": 320, "height": 700}), []
    for address in built_sample.pages:
        page.goto(built_sample.address + address)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            found.append((address, width))

    assert [] == found, "\n".join(map(str, found))


def test_a_text_post_is_light(built_sample: Any) -> None:
    """A post without pictures in its text weighs at most 40 kB with its stylesheet, before compression."""
    weights = {}
    for address in built_sample.pages:
        html = built_sample.read(address)
        if re.fullmatch(r"/20\d\d/[^/]+/", address) and "<figure" not in html:
            sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
            assert sheets
            styles = sum((built_sample.root / "public" / sheet[1:]).stat().st_size for sheet in sheets)
            weights[address] = len(html.encode()) + styles

    assert weights
    assert {} == {address: weight for address, weight in weights.items() if weight > 40_000}


@pytest.mark.parametrize("kind", ["post", "release", "statement", "answer"])
def test_without_scripts_nothing_is_lost(built_sample: Any, open_page: Any, kind: str) -> None:
    """With JavaScript off, the text, the byline and the way to the author are there."""
    page = open_page(java_script_enabled=False)
    page.goto(built_sample.address + built_sample.kinds[kind])

    assert page.locator(".p-author").first.is_visible()
    assert page.locator("article").first.inner_text().count(" ") > 50
    assert page.locator("#contact").is_visible()
    assert page.locator("#contact a[href]").count() > 0


def test_comments_load_on_a_click_and_not_before(built_sample: Any, open_page: Any) -> None:
    """The comment service hears of a reader when she asks for the conversation, and not a moment earlier."""
    settings = tomllib.loads((built_sample.root / "site.toml").read_text("utf-8"))["comments"]
    host = urlsplit(settings[settings["provider"]]["url"]).netloc
    page, asked = open_page(), []
    page.on("request", lambda request: asked.append(request.url) if host in request.url else None)
    page.route(f"**://{host}/**", _stub)
    address = next(page for page in built_sample.pages if "data-comments-load" in built_sample.read(page))
    page.goto(built_sample.address + address, wait_until="networkidle")
    button = page.locator("[data-comments-load]")
    button.scroll_into_view_if_needed()
    before = list(asked)

    with page.expect_request(f"**://{host}/**"):  # or it raises
        button.click()

    assert [] == before


def _stub(route: Any) -> None:
    """Answer for the comment service with a script that does nothing."""
    route.fulfill(status=200, content_type="text/javascript", body="")
