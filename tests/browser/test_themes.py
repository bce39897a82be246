"""Themes as they are drawn: what only a browser can measure."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from newsroom.render import styles, theme

DOCS = Path(__file__).parent.parent.parent / "docs"
NAMES = ("Wilma Mohr", "Maya Okafor", "Mona Weiss", "Max Mull")  # wide initials
POST = "---\ntitle: A cracked lens\nauthors: [{}]\ndate: 2026-03-02\nsummary: In short.\n---\nText with `code`.\n"

CUT = """[...document.querySelectorAll('.faces .face + .face')].filter(next => {
  const words = document.createRange(), face = next.previousElementSibling;
  words.selectNodeContents(face);
  const ring = 3, over = next.getBoundingClientRect(), under = face.getBoundingClientRect();
  return over.top < under.bottom && words.getBoundingClientRect().right > over.left - ring;
}).map(next => next.previousElementSibling.outerHTML)"""


@pytest.mark.parametrize("count", [2, 3, 4])
def test_initials_are_whole_beside_co_authors(make_site: Any, host: Any, open_page: Any, count: int) -> None:
    """The next face covers the edge of one without a photo, and no part of its letters, on a telephone or a desk."""
    people = {
        f"content/people/{name.split()[0].lower()}.md": f"---\nname: {name}\n---\nBio\n" for name in NAMES[:count]
    }
    keys = [Path(path).stem for path in people]
    site = make_site(people | {f"content/posts/{n}.md": POST.format(", ".join(keys)) for n in (1, 2)})
    assert site.build().problems == ()
    page, address = open_page(), host(site.root / "public")
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for permalink in ("/", "/2026/1/"):
            page.goto(address + permalink)
            assert page.locator(".faces .face + .face").count() > 0
            assert [] == page.evaluate(CUT), f"{permalink} at {width}"


def test_the_theme_of_the_documentation_can_be_read(make_site: Any, host: Any, open_page: Any, axe: str) -> None:
    """Its colours replace the default's in light and in dark, each with enough contrast."""
    blocks = re.findall(
        r"^```(?:toml|css)\n(?:# |/\* )(themes/[\w/.]+)[^\n]*\n(.*?)^```",
        (DOCS / "themes.md").read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    assert {"themes/harbour/theme.toml", "themes/harbour/static/css/harbour.css"} == {path for path, _ in blocks}
    person = "---\nname: Maya Okafor\nquote: Ask me.\ncontact: {email: maya@example.com}\n---\nBio\n"
    content = {"content/people/maya.md": person, "content/posts/lens.md": POST.format("maya")}
    site = make_site(dict(blocks) | content, theme={"name": "harbour"})
    assert site.build().problems == ()
    page, address, shown, found = open_page(), host(site.root / "public"), {}, []
    for permalink in ("/", "/2026/lens/", "/people/maya/"):
        page.goto(address + permalink)
        page.evaluate(axe)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            shown[scheme] = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--warm')")
            result = page.evaluate("axe.run(document, {runOnly: ['color-contrast']})")
            found += [
                f"{scheme} {permalink}: {node['html']}" for rule in result["violations"] for node in rule["nodes"]
            ]

    assert [] == found
    assert len(set(shown.values())) == 2 and "#9c3412" not in shown["light"] and "#ffa681" not in shown["dark"]


RULES = r"""text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);
  return [...sheet.cssRules].map(rule => rule.cssText.replace(/([,:]) +/g, "$1")); }"""
"""Custom properties and @supports are told as they were written: a space after a comma or a colon means nothing there."""


def test_a_small_style_sheet_means_the_same(make_site: Any, open_page: Any) -> None:
    """Chromium reads the same rules from the parts of the default theme and from what they are joined to."""
    texts, page = theme.load(make_site().root, "default", {}).styles, open_page()
    page.goto("about:blank")
    long, short = (page.evaluate(RULES, text) for text in ("\n".join(texts), styles.joined(texts).decode()))

    assert len(long) > 200
    assert long == short
