"""What people with a keyboard, large letters, a reader view or a slow line get of the sample's pages."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.lighthouse import serving

KINDS = (
    "home",
    "posts",
    "post",
    "release",
    "statement",
    "answer",
    "people",
    "active",
    "left",
    "press",
    "topic",
    "page",
)
KINDS += ("corrections", "follow", "archive", "search", "promises", "both", "embed", "404")
POSTS = ("post", "release", "statement", "answer")

# ── a keyboard ───────────────────────────────────────────────────────────────────────────────────────────────────────

LOOKS = [
    (1280, {"color_scheme": "light", "forced_colors": "none"}),
    (375, {"color_scheme": "dark", "forced_colors": "none"}),
    (768, {"color_scheme": "light", "forced_colors": "active"}),
]

STOPS = """[...document.querySelectorAll("a[href], area[href], button, input, select, textarea, summary, iframe, [tabindex]")]
  .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}))"""

WALK = (
    """() => {
  const stops = %s, said = (e) => e.outerHTML.slice(0, 140), wrong = [];
  const look = (e) => { const s = getComputedStyle(e);
    return [s.backgroundColor, s.borderTopColor, s.boxShadow, s.color, s.textDecorationLine].join(" "); };
  const place = (e) => { const r = e.getBoundingClientRect(); return {top: r.top + scrollY, bottom: r.bottom + scrollY, left: r.left, right: r.right}; };
  scrollTo(0, 0);
  const places = stops.map(place);
  for (const e of stops) {
    const before = look(e);
    e.focus();
    const s = getComputedStyle(e), r = [...e.getClientRects()].find(r => r.width > 1 && r.height > 1);
    const ring = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
    if (document.activeElement !== e) wrong.push("cannot be focused: " + said(e));
    else if (!ring && look(e) === before) wrong.push("shows no focus: " + said(e));
    else if (!r || r.bottom <= 0 || r.top >= innerHeight || r.right <= 0 || r.left >= innerWidth) wrong.push("is out of sight: " + said(e));
    else {
      const over = document.elementFromPoint(Math.min(innerWidth - 1, (r.left + r.right) / 2), Math.min(innerHeight - 1, Math.max(0, (r.top + r.bottom) / 2)));
      if (over && !e.contains(over) && !over.contains(e)) wrong.push("is below " + said(over) + ": " + said(e));
    }
  }
  stops.forEach((e, n) => {
    if (e.tabIndex > 0) wrong.push("jumps the queue: " + said(e));
    const a = places[n - 1], b = places[n];  // up is right only to another column
    if (n && b.bottom <= a.top && b.left < a.right && a.left < b.right) wrong.push("is above " + said(stops[n - 1]) + ": " + said(e));
  });
  return [stops.length, wrong];
}"""
    % STOPS
)


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_uses_a_keyboard_sees_where_she_is(built_sample: Any, open_page: Any, kind: str) -> None:
    """Each thing that takes the focus shows it, in sight and uncovered, one below or after the other."""
    page, found = open_page(), []
    for width, media in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(**media, reduced_motion="reduce")
        page.goto(built_sample.address + built_sample.kinds[kind])
        page.keyboard.press("Tab")  # from now on a focus is one of the keyboard's
        count, wrong = page.evaluate(WALK)
        assert count > 2
        found += [f"{width}: {line}" for line in wrong]

    assert [] == found, "\n".join(found)


@pytest.mark.parametrize("kind", ["home", "answer", "follow"])
def test_the_tabulator_leads_to_everything_in_order(built_sample: Any, open_page: Any, kind: str) -> None:
    """Nothing is left out, nothing holds the focus, and the first stop leads past the masthead."""
    page = open_page()
    page.goto(built_sample.address + built_sample.kinds[kind])
    page.evaluate(f"window.stops = {STOPS}.filter(e => e.type !== 'radio' || e.checked)")
    count = page.evaluate("stops.length")
    walked = []
    for _ in range(count):
        page.keyboard.press("Tab")
        walked.append(page.evaluate("stops.indexOf(document.activeElement)"))

    assert list(range(count)) == walked
    assert page.evaluate("stops[0].hash && document.querySelector(stops[0].hash)?.matches('main, main *')")


# ── large letters ────────────────────────────────────────────────────────────────────────────────────────────────────

TWICE = "document.documentElement.style.fontSize = 2 * parseFloat(getComputedStyle(document.documentElement).fontSize) + 'px'"
CUT = """[...document.querySelectorAll("body *")].filter(e => {
  if (!e.checkVisibility() || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) return false;
  const s = getComputedStyle(e), hides = /hidden|clip/;
  if (s.webkitLineClamp !== "none") return false;  // says that it goes on, on the page that it leads to
  return e.clientWidth > 1 && e.clientHeight > 1 && (hides.test(s.overflowX) && e.scrollWidth > e.clientWidth + 1
    || hides.test(s.overflowY) && e.scrollHeight > e.clientHeight + 1);
}).map(e => e.outerHTML.slice(0, 140))"""


@pytest.mark.parametrize("kind", KINDS)
def test_letters_twice_as_large_fit(built_sample: Any, open_page: Any, kind: str) -> None:
    """At 200 % nothing scrolls sideways and no words are cut off: on a telephone held sideways, on a desk."""
    page, found = open_page(), []
    page.goto(built_sample.address + built_sample.kinds[kind])
    page.evaluate(TWICE)
    for width in (640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{width}: is {wide} wide")
        found += [f"{width}: cuts {words}" for words in page.evaluate(CUT)]

    assert [] == found, "\n".join(found)


# ── a reader view ────────────────────────────────────────────────────────────────────────────────────────────────────

READ = """() => {
  const words = (text) => text.replace(/\\s+/g, " ").trim(), entry = document.querySelector("article");
  const named = [...entry.querySelectorAll(".byline .p-author .p-name, .byline .p-author")].map(e => words(e.textContent));
  const title = words(entry.querySelector("h1").textContent);
  const blocks = [...entry.querySelectorAll(".e-content :is(p, h2, h3, li, pre, blockquote, td)")]
    .filter(e => !e.querySelector("p, li, pre") && !e.closest("figure, [hidden], button, .contents"))
    .map(e => words(e.textContent)).filter(Boolean);
  const view = new Readability(document.cloneNode(true)).parse();
  const text = view && words(new DOMParser().parseFromString(view.content, "text/html").body.textContent);
  const plain = (text) => text.replace(/\\s+/g, "");
  return {title, named, blocks: blocks.length, view: view && {title: words(view.title), byline: words(view.byline || "")},
          lost: blocks.filter(block => !view || !plain(text).includes(plain(block)))};
}"""


@pytest.mark.parametrize("kind", POSTS)
def test_a_reader_view_shows_all_of_a_post(built_sample: Any, open_page: Any, readability: str, kind: str) -> None:
    """Title, byline and every paragraph, whatever the kind: as Firefox's own script finds them."""
    page = open_page()
    page.goto(built_sample.address + built_sample.kinds[kind])
    page.evaluate(readability)
    found = page.evaluate(READ)

    assert found["view"] and found["title"] == found["view"]["title"]
    assert found["named"] and [] == [name for name in found["named"] if name not in found["view"]["byline"]]
    assert found["blocks"] and [] == found["lost"]


# ── a slow line ──────────────────────────────────────────────────────────────────────────────────────────────────────

PHONES = ({"width": 412, "height": 823}, 1.75), ({"width": 375, "height": 812}, 2)
"""Lighthouse's telephone, and a smaller and sharper one: (viewport, device pixels per pixel)."""


def weighed(open_page: Any, url: str) -> Iterator[int]:
    """Bytes over the wire, headers too, of the first visit to a page with each telephone."""
    for viewport, sharp in PHONES:
        page, sizes = open_page(viewport=viewport, device_scale_factor=sharp, is_mobile=True), []
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda told, sizes=sizes: sizes.append(told["encodedDataLength"]))
        page.goto(url, wait_until="networkidle")
        yield int(sum(sizes))


def test_a_text_post_weighs_little(built_sample: Any, open_page: Any) -> None:
    """Of all that have no picture, the largest: page, style, faces and all, compressed, in 30 kB."""
    texts = {
        page: len(built_sample.read(page))
        for page in built_sample.pages
        if re.fullmatch(r"/20\d\d/[^/]+/", page) and "<figure" not in built_sample.read(page)
    }
    with serving(built_sample.root / "public") as address:
        weights = {
            page: list(weighed(open_page, address + page)) for page in sorted(texts, key=texts.get, reverse=True)[:2]
        }

    assert weights and 8_000 < min(map(min, weights.values()))
    assert {} == {page: found for page, found in weights.items() if max(found) > 30_000}


def photo() -> bytes:
    """A picture with the detail of a photograph, as a camera writes it: noise of every size, 2400 by 1600."""
    import numpy
    from PIL import Image

    chance, shape = numpy.random.default_rng(7), (1600, 2400)
    light = numpy.zeros(shape)
    for step in (400, 200, 100, 50, 25, 8, 4):
        small = Image.fromarray(
            chance.normal(0, step**0.75, (shape[0] // step + 1, shape[1] // step + 1)).astype("float32")
        )
        light += numpy.asarray(small.resize(shape[::-1], Image.Resampling.BICUBIC))
    light = 128 + 45 * light / light.std() + chance.normal(0, 5, shape)
    colours = numpy.stack([light, light * 0.9 + 12, light * 0.7 + 30], axis=2).clip(0, 255).astype("uint8")
    file = io.BytesIO()
    Image.fromarray(colours).save(file, "JPEG", quality=90)
    return file.getvalue()


def test_a_post_with_a_large_photograph_is_light_on_a_telephone(make_site: Any, open_page: Any) -> None:
    """All of the first visit in 120 kB, though the photograph has more than five times that."""
    taken = photo()
    site = make_site({
        "content/people/maya.md": "---\nname: Maya Okafor\n---\nBio\n", "content/posts/lens.jpg": taken,
        "content/posts/lens.md": "---\ntitle: A lens\nauthors: [maya]\ndate: 2026-03-02\nimage: {file: lens.jpg, alt: A lens}\n---\n"
        + "Words about a lens.\n\n" * 40,
    })  # fmt: skip
    assert site.build().problems == ()
    with serving(site.root / "public") as address:
        weights = list(weighed(open_page, f"{address}/2026/lens/"))

    assert len(taken) > 600_000
    assert 20_000 < min(weights) and max(weights) <= 120_000, weights
