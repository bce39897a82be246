"""Live reload, in a real browser around the real pipeline: what a writer sees while she writes."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import Any

import pytest

PERSON = "---\nname: Maya Okafor\nrole: Instrument engineer\n---\nMaya repairs lenses.\n"
POST = """---
title: A cracked lens
authors: [maya]
date: 2026-03-02
id: 0123456789ab
---
First paragraph.

[A link](https://other.example/)

""" + "\n\n".join(f"Paragraph {number} of many." for number in range(60))


@pytest.fixture
def show(make_site: Any) -> Iterator[Any]:
    """Write a site of one post, serve and watch it; `site.address` says where."""
    from newsroom.build import Options
    from newsroom.commands.serve import serve

    lines: queue.Queue[str] = queue.Queue()
    stop, threads = threading.Event(), []

    def start(post: str = POST) -> Any:
        site = make_site({"content/people/maya.md": PERSON, "content/posts/lens.md": post})
        arguments = {"port": 0, "say": lines.put, "stop": stop}
        threads.append(threading.Thread(target=serve, args=(site.root, Options()), kwargs=arguments))
        threads[0].start()
        while " at http" not in (line := lines.get(timeout=30)):
            pass
        site.address = line.split(" at ")[-1].split(" - ")[0].rstrip("/")
        return site

    yield start
    stop.set()
    threads[0].join(10)
    assert not threads[0].is_alive()


def test_a_saved_text_appears_in_place(show: Any, open_page: Any) -> None:
    """The new words appear without loading the page again; place and focus stay."""
    site, page = show(), open_page(viewport={"width": 1000, "height": 600})
    page.goto(f"{site.address}/2026/lens/")
    page.evaluate("window.same = true")
    page.get_by_role("link", name="A link").focus()
    page.evaluate("scrollTo(0, 700)")

    site.edit("content/posts/lens.md", "First paragraph.", "Better paragraph.")

    page.get_by_text("Better paragraph.").first.wait_for(state="attached")
    assert [True, 700, "A link"] == page.evaluate("[window.same, scrollY, document.activeElement.textContent]")


def test_a_mistake_is_shown_as_text_and_goes_when_mended(show: Any, open_page: Any) -> None:
    """The problem stands over the page as plain text, can be put away, and is gone with the mistake."""
    site, page = show(), open_page()
    page.goto(f"{site.address}/2026/lens/")

    site.edit("content/posts/lens.md", "[maya]", '["<img src=x>"]')

    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "content/posts/lens.md" in alert.inner_text()
    assert "<img src=x>" in alert.inner_text()
    assert page.get_by_text("First paragraph.").first.is_visible()

    page.reload()
    alert.wait_for()
    page.get_by_role("button", name="Dismiss").click()
    alert.wait_for(state="detached")

    page.reload()
    alert.wait_for()
    site.edit("content/posts/lens.md", '["<img src=x>"]', "[maya]")
    alert.wait_for(state="detached")


def test_a_changed_frame_is_loaded_anew(show: Any, open_page: Any) -> None:
    """What stands outside the page's main part, such as the site's title, follows too."""
    site, page = show(), open_page()
    page.goto(f"{site.address}/")

    site.edit("site.toml", "Northwind Newsroom", "Southwind Newsroom")

    page.get_by_text("Southwind Newsroom").first.wait_for()


def test_a_site_that_never_built_becomes_the_site(show: Any, open_page: Any) -> None:
    """The page opened before the first good build shows what is wrong, and turns into the one that was asked for."""
    site, page = show(POST.replace("[maya]", "[nobody]")), open_page()
    page.goto(f"{site.address}/2026/lens/")
    page.get_by_role("heading", name="Nothing to show yet").wait_for()
    assert "nobody" in page.get_by_role("alert").inner_text()

    site.edit("content/posts/lens.md", "[nobody]", "[maya]")

    page.get_by_text("First paragraph.").first.wait_for()
    assert not page.get_by_role("alert").is_visible()


def test_a_page_leads_to_what_the_voice_check_says_and_that_follows_the_text(
    show: Any, open_page: Any, axe: str
) -> None:
    """A link in the corner counts findings; the report marks the words, shuts nobody out, and empties as they go."""
    words = "We are thrilled to announce that mistakes were made."
    site, page = show(POST.replace("First paragraph.", words)), open_page(viewport={"width": 320, "height": 600})
    page.goto(f"{site.address}/2026/lens/")
    page.get_by_role("link", name="voice: ").click()
    page.locator("mark").filter(has_text="thrilled to announce").wait_for()
    page.evaluate(axe)
    assert page.evaluate("axe.run().then(found => found.violations.map(wrong => wrong.id))") == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320

    site.edit("content/posts/lens.md", words, "I dropped it. Did you ever?")

    page.get_by_text("I dropped it.").first.wait_for()
    assert not page.locator("mark").count()
