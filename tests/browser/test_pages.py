"""The sample newsroom's pages, as people with all kinds of browsers meet them."""

from __future__ import annotations

import gzip
import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

DOCS = Path(__file__).parent.parent.parent / "docs"

KINDS = ("home", "posts", "post", "release", "statement", "answer", "people", "active", "away", "moved", "left")
KINDS += ("press", "sheet", "topics", "topic", "page", "corrections", "follow", "archive", "404", "search", "promises")
KINDS += ("year", "both", "list", "digest", "preview", "embed", "face")

WIDTHS = (320, 375, 768, 1280, 1920)
DRAWN = "{runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}}"
"""The rules that look at colours: between light and dark nothing else differs."""
LOOKS = [(f"light {width}", width, {"color_scheme": "light"}, "{}") for width in WIDTHS]
LOOKS += [(f"dark {width}", width, {"color_scheme": "dark"}, DRAWN) for width in WIDTHS]
LOOKS += [("forced 320", 320, {"forced_colors": "active", "color_scheme": "dark"}, "{}")]
LOOKS += [("forced 1280", 1280, {"forced_colors": "active", "color_scheme": "light"}, DRAWN)]
"""(name, width in pixels, what is emulated, options of axe-core)."""


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_shuts_anyone_out(built_sample: Any, open_page: Any, axe: str, kind: str) -> None:
    """axe-core finds nothing on any kind of page: light, dark, in forced colours, from a telephone to a wide desk."""
    page = open_page()
    page.goto(built_sample.address + built_sample.kinds[kind])
    page.evaluate(axe)
    found = []
    for name, width, media, options in LOOKS:
        if kind == "digest" and "forced_colors" in media:
            continue  # a mail says its colours in its elements: axe-core takes these for what is shown
        page.emulate_media(**{"forced_colors": "none", "reduced_motion": "reduce"} | media)
        page.set_viewport_size({"width": width, "height": 900})
        result = page.evaluate(f"axe.run(document, {{resultTypes: ['violations'], ...{options}}})")
        found += [
            f"{name}: {rule['id']}: {rule['help']}: {node['html'][:160]}"
            for rule in result["violations"]
            for node in rule["nodes"]
        ]

    assert [] == found, "\n".join(map(str, found))


def test_no_page_asks_another_host_or_complains_or_scrolls_sideways(built_sample: Any, open_page: Any) -> None:
    """Before a click, no page makes a request to another host or writes an error to the console, and at 320 pixels
    each fits, whatever stands in it.
    """
    page, found = open_page(viewport={"width": 320, "height": 700}), []
    home = urlsplit(built_sample.address).netloc
    page.on("request", lambda request: urlsplit(request.url).netloc in (home, "") or found.append(request.url))
    page.on("console", lambda message: message.type in ("error", "warning") and found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    for address in built_sample.pages:
        page.goto(built_sample.address + address)
        page.mouse.wheel(0, 20_000)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            found.append(f"is {width} wide")
        if found:
            found.insert(0, address)
            break

    assert [] == found, "\n".join(map(str, found))


def test_a_text_post_is_light(built_sample: Any) -> None:
    """All that the first visit to a post without pictures in its text asks for is at most 30 kB over the wire."""
    weights = {}
    for address in built_sample.pages:
        html = built_sample.read(address)
        if re.fullmatch(r"/20\d\d/[^/]+/", address) and "<figure" not in html:
            asked = set(
                re.findall(r'(?:<link rel="(?:stylesheet|icon)" href|<(?:img|script)[^>]* src)="(/[^"]+)"', html)
            )
            assert sum(path.endswith(".css") for path in asked) == 1
            files = [(built_sample.root / "public" / path[1:]).read_bytes() for path in asked]
            weights[address] = sum(len(gzip.compress(file)) for file in (html.encode(), *files))

    assert weights
    assert {} == {address: weight for address, weight in weights.items() if weight > 30_000}


NEEDS = {
    "comments.js": "data-comments-load",
    "copy.js": "data-copy=",
    "follow.js": 'class="on-follow"',
    "networks.js": 'data-provider="mastodon"',
    "newsroom.js": '<figure class="embed',
    "search.js": 'class="on-search"',
}
"""Script -> what stands in every page that loads it, and in no other."""


def test_no_page_loads_a_script_that_it_does_not_need(built_sample: Any) -> None:
    """The scripts of docs/weight.md, each only where something asks for it."""
    told = re.findall(r"^\| `(\w+\.js)` \|", (DOCS / "weight.md").read_text("utf-8"), re.MULTILINE)
    found = []
    for address in built_sample.pages:
        html = built_sample.read(address)
        loaded = {f"{name}.js" for name in re.findall(r'<script[^>]* src="/assets/(\w+)\.\w+\.js"', html)}
        needed = {script for script, sign in NEEDS.items() if sign in html}
        found += [(address, loaded, needed)] if loaded != needed else []

    assert sorted(NEEDS) == sorted(told)
    assert [] == found


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
