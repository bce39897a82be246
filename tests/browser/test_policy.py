"""The content security policy in a real browser: what the site needs works, what a stranger slips in does not."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

PERSON = "---\nname: Maya Okafor\n---\nBio\n"
FILM = "![How we grind](https://vimeo.com/123456789)"
EVIL = (
    '<script>window.ran = "script"</script><img src="/none.png" onerror="window.ran = \'attribute\'">'
    '<a id="lure" href="javascript:void(window.ran = \'link\')">Look</a>'
    '<script src="https://evil.example/x.js"></script>'
    '<base href="https://evil.example/"><iframe src="https://evil.example/"></iframe>'
)
SERVICE = """
  const at = new URL(document.currentScript.src).origin;
  const sheet = document.createElement("link");
  Object.assign(sheet, { rel: "stylesheet", href: at + "/comments.css" });
  document.head.append(sheet);
  fetch(at + "/said").then((answer) => answer.text()).then((text) => {
    const place = document.querySelector("#isso-thread");
    place.innerHTML = `<img alt="" src="${at}/face.png"><p class="said"></p>`;
    place.querySelector(".said").textContent = text;
  });
"""


def post(title: str, body: str = "Words.", more: str = "") -> str:
    return f"---\ntitle: {title}\nauthors: [maya]\ndate: 2026-03-02\n{more}---\n{body}\n"


@pytest.fixture
def service() -> Iterator[Any]:
    """A comment service on another origin: its script asks for a sheet, a picture and words; `asked`: what came."""
    answers = {
        "/js/embed.min.js": ("text/javascript", SERVICE.encode()),
        "/comments.css": ("text/css", b".said { text-transform: uppercase }"),
        "/said": ("text/plain", "Guten Tag".encode()),
    }

    class Service(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = answers.get(urlsplit(self.path).path, ("text/plain", b""))
            server.asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.asked = []
    server.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def site(make_site: Any, service: Any) -> Any:
    """Three posts, unbuilt: `lens` with comments, `film` with a player too, `quiet` with neither."""
    return make_site(
        {
            "content/people/maya.md": PERSON,
            "content/posts/lens.md": post("A lens"),
            "content/posts/film.md": post("A film", FILM),
            "content/posts/quiet.md": post("Quiet", more="comments: off\n"),
        },
        comments={"provider": "isso", "isso": {"url": service.address}},
    )


@pytest.fixture
def watched(open_page: Any) -> Callable[..., Any]:
    """A page that tells what its policy refused: `page.refused` is (directive, address) each."""

    def new(**settings: Any) -> Any:
        page = open_page(**settings)
        page.refused, page.said = [], []
        page.expose_function("refused", lambda directive, address: page.refused.append((directive, address)))
        page.add_init_script(
            "addEventListener('securitypolicyviolation', (e) => refused(e.effectiveDirective, e.blockedURI))"
        )
        page.on("console", lambda message: message.type in ("error", "warning") and page.said.append(message.text))
        return page

    return new


def built(site: Any) -> Any:
    report = site.build()
    assert () == report.problems
    return site.root / "public"


def player(page: Any) -> None:
    """Answer for every player with an empty page."""
    for host in ("player.vimeo.com", "www.youtube-nocookie.com"):
        page.route(f"https://{host}/**", lambda route: route.fulfill(content_type="text/html", body="<p>A film</p>"))


def test_nothing_that_the_sample_newsroom_does_is_refused(built_sample: Any, watched: Any) -> None:
    """One page of each kind, and each with a player: every button and player is clicked, and no policy is violated."""
    page = watched()
    player(page)
    page.route("https://comments.example.com/**", lambda route: route.fulfill(content_type="text/javascript", body=""))
    films = [address for address in built_sample.pages if 'class="embed ' in built_sample.read(address)]
    for address in dict.fromkeys((*built_sample.kinds.values(), *films)):
        page.goto(built_sample.address + address)
        for link in page.locator("a.embed-link").all():
            link.press("Enter")
        for button in page.locator("[data-comments-load]").all():
            button.press("Enter")
            page.locator(".gate[data-state=ready]").wait_for()
        page.mouse.wheel(0, 20_000)
        for frame in page.frames[1:]:
            frame.wait_for_load_state()

    assert films
    assert ([], []) == (page.refused, page.said)


def test_a_comment_service_gets_what_its_row_asks_for_and_no_more(
    site: Any, service: Any, host: Any, watched: Any
) -> None:
    """Isso's script, sheet and connection work; a picture, which its row does not ask for, is not even fetched."""
    address, page = host(built(site)), watched()
    page.goto(f"{address}/2026/lens/", wait_until="networkidle")
    assert [] == service.asked

    page.locator("[data-comments-load]").click()
    page.get_by_text("Guten Tag").wait_for()
    page.wait_for_load_state("networkidle")

    assert "uppercase" == page.locator(".said").evaluate("(said) => getComputedStyle(said).textTransform")
    assert {"/js/embed.min.js", "/comments.css", "/said"} == {urlsplit(path).path for path in service.asked}
    assert {("img-src", f"{service.address}/face.png")} == set(page.refused)


def test_a_page_without_comments_cannot_reach_their_service(site: Any, service: Any, host: Any, watched: Any) -> None:
    """Whatever is slipped into it: no script, sheet, picture, frame or connection of theirs."""
    address, page = host(built(site)), watched()
    page.goto(f"{address}/2026/quiet/")
    page.evaluate(
        """(at) => {
          const make = (name, values) => document.body.append(Object.assign(document.createElement(name), values));
          make("script", { src: at + "/js/embed.min.js" });
          make("link", { rel: "stylesheet", href: at + "/comments.css" });
          make("img", { src: at + "/face.png" });
          make("iframe", { src: at + "/" });
          return fetch(at + "/said").catch(() => null);
        }""",
        service.address,
    )
    page.wait_for_load_state("networkidle")

    assert [] == service.asked
    assert {"script-src-elem", "style-src-elem", "img-src", "frame-src", "connect-src"} == {
        kind for kind, _ in page.refused
    }


@pytest.mark.parametrize("name", ["quiet", "film"])
def test_what_a_stranger_slips_into_a_page_does_not_run(name: str, site: Any, host: Any, watched: Any) -> None:
    """Inline scripts, handlers, script addresses, foreign scripts, frames, a foreign base: past the sanitiser."""
    public = built(site)
    page_file = public / "2026" / name / "index.html"
    page_file.write_text(page_file.read_text("utf-8").replace("</h1>", "</h1>" + EVIL, 1), "utf-8")
    address, page, asked = host(public), watched(), []
    page.route("https://evil.example/**", lambda route: asked.append(route.request.url) or route.abort())

    page.goto(f"{address}/2026/{name}/", wait_until="networkidle")
    page.locator("#lure").click()
    page.wait_for_timeout(100)

    assert (None, []) == (page.evaluate("window.ran ?? null"), asked)
    assert address == page.evaluate("new URL(document.baseURI).origin")
    refused = {kind for kind, _ in page.refused}
    assert {"script-src-elem", "script-src-attr", "base-uri", "frame-src"} <= refused


def test_a_player_is_framed_from_its_own_host_alone(site: Any, host: Any, watched: Any) -> None:
    """The click shows the player; a frame of any other host stays empty."""
    address, page = host(built(site)), watched()
    player(page)
    page.goto(f"{address}/2026/film/")

    page.locator("a.embed-link").click()
    page.frame_locator("figure.embed iframe").get_by_text("A film").wait_for()
    assert [] == page.refused

    page.locator("figure.embed iframe").evaluate("(frame) => (frame.src = 'https://www.youtube-nocookie.com/embed/x')")
    page.wait_for_timeout(200)
    assert [("frame-src", "https://www.youtube-nocookie.com")] == page.refused


def test_another_site_cannot_frame_a_page(site: Any, host: Any, watched: Any, tmp_path: Path) -> None:
    """No click is led astray: the header says so, for a page's own meta element cannot."""
    (tmp_path / "lure").mkdir()
    (tmp_path / "lure/index.html").write_text(f'<iframe src="{host(built(site))}/2026/quiet/"></iframe>')
    page = watched()
    page.goto(host(tmp_path / "lure"))
    page.wait_for_timeout(300)

    assert any("frame-ancestors" in words or "X-Frame-Options" in words for words in page.said), page.said
    assert 0 == page.frames[1].locator("main").count()


def test_a_drawing_that_is_opened_by_itself_runs_nothing(site: Any, host: Any, watched: Any) -> None:
    """It is a document then, on the site's own address; its own colours stay."""
    site.write("themes/own/theme.toml", 'name = "Own"\nextends = "default"\n')
    site.write(
        "themes/own/static/drawing.svg",
        '<svg xmlns="http://www.w3.org/2000/svg"><style>rect { fill: rgb(1, 2, 3) }</style><rect width="9" height="9"/>'
        '<script>document.documentElement.setAttribute("ran", "yes")</script></svg>',
    )
    with (site.root / "site.toml").open("a") as settings:
        settings.write('\n[theme]\nname = "own"\n')
    public = built(site)
    name = next((public / "assets").glob("drawing.*.svg")).name
    page = watched()
    page.goto(f"{host(public)}/assets/{name}")

    assert page.locator("svg").get_attribute("ran") is None
    assert "rgb(1, 2, 3)" == page.locator("rect").evaluate("(rect) => getComputedStyle(rect).fill")


@pytest.mark.parametrize("name", ["quiet", "film"])
def test_the_preview_reloads_under_the_policy(name: str, site: Any, watched: Any) -> None:
    """Its script and its stream of news are let in by the preview, on pages with and without scripts of their own."""
    from newsroom.build import Options
    from newsroom.commands.serve import serve

    lines: queue.Queue[str] = queue.Queue()
    stop, settings = threading.Event(), {"port": 0, "say": lines.put}
    preview = threading.Thread(target=serve, args=(site.root, Options()), kwargs={**settings, "stop": stop})
    preview.start()
    try:
        while " at http" not in (line := lines.get(timeout=30)):
            pass
        address = line.split(" at ")[-1].split(" - ")[0].rstrip("/")
        page = watched()
        page.goto(f"{address}/2026/{name}/")
        site.edit(f"content/posts/{name}.md", "authors:", "summary: Something new\nauthors:")
        page.get_by_text("Something new").first.wait_for()

        assert ([], []) == (page.refused, page.said)
    finally:
        stop.set()
        preview.join(10)
