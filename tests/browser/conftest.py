"""The judges: Chromium, axe-core, the Nu checker; and the sample newsroom of this repository, built and served."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
FLAGS += ["--disable-sync", "--no-first-run"]  # nothing but our pages goes over the wire


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


class Sample(NamedTuple):
    """The sample newsroom, built and served as a static host would."""

    root: Path
    address: str
    """Without a final slash."""
    pages: tuple[str, ...]
    """Addresses of all pages below it: `/2026/cracked-lens/`. Those that only lead elsewhere are left out."""
    kinds: dict[str, str]
    """One page of each kind."""

    def read(self, page: str) -> str:
        """The HTML of a page."""
        return (self.root / "public" / page[1:] / ("" if page.endswith(".html") else "index.html")).read_text("utf-8")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The machine's own Chromium."""
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    found = next((path for name in names if name and (path := shutil.which(name))), "")
    if not found:
        pytest.skip("no Chromium here: install it, or name it in CHROMIUM")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    """One Chromium for all tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open a fresh page in a context of its own: `open_page(java_script_enabled=False)`."""
    contexts = []

    def new(**settings: Any) -> Any:
        contexts.append(browser.new_context(**settings))
        page = contexts[-1].new_page()
        page.set_default_timeout(30_000)
        return page

    yield new
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core's script."""
    return _npm("axe-core/axe.min.js").read_text("utf-8")


@pytest.fixture(scope="session")
def readability() -> str:
    """The script of Firefox's reader view."""
    return _npm("@mozilla/readability/Readability.js").read_text("utf-8")


@pytest.fixture(scope="session")
def vnu() -> list[str]:
    """The command of the Nu checker."""
    jar = _npm("vnu-jar/build/dist/vnu.jar")
    if not shutil.which("java"):
        pytest.skip("no Java here: the Nu checker needs it")
    return ["java", "-jar", str(jar)]


@pytest.fixture(scope="session")
def built_sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    """The repository's own content, built once into a copy, and served with the headers it asks hosts for."""
    own = tmp_path_factory.getbasetemp()
    root = (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "sample"
    with open(root.with_suffix(".lock"), "w") as file:  # of pytest-xdist's processes one builds, the others wait
        fcntl.flock(file, fcntl.LOCK_EX)
        if not (root / "public").exists():
            _build_sample(root)
    public = root / "public"
    files = sorted(file for file in public.rglob("*.html") if 'http-equiv="refresh"' not in file.read_text("utf-8"))
    pages = tuple("/" + file.relative_to(public).as_posix().removesuffix("index.html") for file in files)
    with serving(public) as address:
        yield Sample(root, address, pages, _kinds(root, pages))


def _build_sample(root: Path) -> None:
    from newsroom.build import Options, build
    from newsroom.errors import text

    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    shutil.copy(REPOSITORY / "site.toml", root)
    shutil.copytree(REPOSITORY / "content", root / "content")
    report = build(root, Options())
    if wrong := [text(problem) for problem in report.problems if problem.severity == "error"]:
        pytest.fail("the sample newsroom does not build\n" + "\n".join(wrong), pytrace=False)


@pytest.fixture
def host() -> Iterator[Callable[[Path], str]]:
    """Serve a built folder until the test ends: `host(site.root / "public")` gives its address."""
    with ExitStack() as stack:
        yield lambda public: stack.enter_context(serving(public))


class serving:
    """Serve a folder as a static host does, while the `with` lasts."""

    def __init__(self, public: Path):
        from newsroom.commands.static_host import answer

        class Server(ThreadingHTTPServer):
            def handle_error(self, *request: object) -> None:
                """A page that is left while it loads is no error."""

        class Host(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                reply = answer(public, "", self.path)
                self.send_response(reply.status)
                for name, value in reply.headers:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)

            def log_message(self, *args: object) -> None:
                pass

        self._server = Server(("127.0.0.1", 0), Host)

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()


MORE = {
    "search": "/search/", "promises": "/promises/", "year": r"/archive/20\d\d/", "both": "/people/[^/]+/topics/[^/]+/",
    "list": "/statements/", "digest": r"/digest/[^/]+\.html", "preview": "/preview/[^/]+/",
    "embed": r"/20\d\d/[^/]+/embed/", "face": "/people/[^/]+/embed/",
}  # fmt: skip
"""Kinds of page that are known by their addresses."""


def _npm(path: str) -> Path:
    file = HERE / "node_modules" / path
    if not file.is_file():
        pytest.skip(f"no {path.split('/')[0]} here: run make test, or npm install in tests/browser")
    return file


def _kinds(root: Path, pages: tuple[str, ...]) -> dict[str, str]:
    """One built page of each kind, found from the sources: by title for posts, by key for all else."""
    fixed = ("home /", "posts /posts/", "people /people/", "topics /topics/", "corrections /corrections/", "ask /ask/")
    fixed += ("press /press/", "sheet /press/in-figures/", "follow /follow/", "archive /archive/", "404 /404.html")
    fixed += ("search /search/", "year /archive/2026/", "series /series/from-the-bench/")
    kinds = dict(line.split() for line in fixed)
    for name, pattern in MORE.items():
        kinds |= {name: page for page in pages if re.fullmatch(pattern, page)}
    titles = {_words(_heading(root, page)): page for page in pages}
    for source in sorted((root / "content").rglob("*.md")):
        folder, front = source.relative_to(root / "content").parts[0], source.read_text("utf-8").split("\n---", 1)[0]
        title = _words(_key(front, "title"))
        if folder == "posts" and title in titles:
            kinds.setdefault(_key(front, "kind") or "post", titles[title])
        elif folder == "people":
            kinds.setdefault(_key(front, "status") or "active", f"/people/{source.stem}/")
        elif folder == "topics":
            kinds.setdefault("topic", f"/topics/{source.stem}/")
        elif folder == "pages" and title in titles:
            kinds.setdefault("page", titles[title])
    return kinds


def _key(front: str, key: str) -> str:
    found = re.search(rf"^{key}:[ \t]*(.+?)[ \t]*$", front, re.MULTILINE)
    return found[1].strip("\"'") if found else ""


def _heading(root: Path, page: str) -> str:
    file = root / "public" / page[1:] / ("" if page.endswith(".html") else "index.html")
    found = re.search(r"<h1[^>]*>(.*?)</h1>", file.read_text("utf-8"), re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", found[1])) if found else ""


def _words(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
