"""A conversation from the first word to the archive, with real comment servers."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent
MODULES = HERE / "node_modules"

POST, PERSON = "/2026/thorium/", "content/people/maya.md"
QUESTION = "Does the yellow *go away* in the sun? <script>alert(1)</script>"
ANSWER = "A little, in a week on a south window."
MAIL = "maya@northwind.example"

needs_isso = pytest.mark.skipif(find_spec("isso") is None, reason='no Isso here: pip install "newsroom[isso]"')


class Service(NamedTuple):
    """A comment server as a person at a keyboard meets it."""

    name: str
    settings: Callable[[str], str]
    """Its table in site.toml, from its address."""
    write: Callable[[Any, str, str, str], None]
    """Write words, a name and a mail on a page."""
    answer: Callable[[Any, str, str, str], None]
    """Likewise, below the only comment that is there."""
    account: Callable[[Any], str]
    """What the service calls who wrote last, where a person declares it."""
    shown: str
    """A comment, as a selector."""


# ── a site, watched ──────────────────────────────────────────────────────────────────────────────────────────────────


class Newsroom:
    """The sample newsroom with another comment service, and nothing said yet."""

    def __init__(self, root: Path):
        self.root = root
        self.beside: tuple[Path, ...] = ()
        """Files that go beside the built ones, in a folder `waline`, after each build: it removes what it did not make."""
        shutil.copytree(REPOSITORY / "content", root / "content", ignore=shutil.ignore_patterns("comments"))
        for post in (root / "content/posts").rglob("*.md"):
            text = post.read_text("utf-8")
            post.write_text(re.sub(r"#comment-[\w-]+", "#comments", text), "utf-8")

    def configure(self, provider: str, table: str) -> None:
        """site.toml as it is, but for the comments."""
        text = (REPOSITORY / "site.toml").read_text("utf-8")
        kept = re.sub(r"(?ms)^\[comments[^\n]*\n.*?(?=^\[(?!comments)|\Z)", "", text)
        (self.root / "site.toml").write_text(f'{kept}\n[comments]\nprovider = "{provider}"\n{table}', "utf-8")

    def run(self, *words: str) -> str:
        """Run `newsroom` as its reader does; gives what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "newsroom", *words], cwd=self.root, text=True, capture_output=True,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, timeout=120,
        )  # fmt: skip
        assert 0 == done.returncode, done.stdout + done.stderr
        for file in self.beside:
            (self.root / "public/waline").mkdir(exist_ok=True)
            shutil.copy(file, self.root / "public/waline")
        return done.stdout

    def read(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def declare(self, account: str) -> None:
        """Put an account into a person's file, in place of those that are there."""
        name, _, id = account.partition("/")
        text = re.sub(r"(?m)^accounts:.*\n", "", self.read(PERSON))
        (self.root / PERSON).write_text(text.replace("---\n", f'---\naccounts: {{{name}: "{id}"}}\n', 1), "utf-8")


class Watched:
    """A page, and what must not happen on it."""

    def __init__(self, page: Any, service: str):
        self.page, self.asked, self.wrong = page, [], []
        page.on("request", lambda request: request.url.startswith(service) and self.asked.append(request.url))
        page.on("console", lambda message: message.type in ("error", "warning") and self.wrong.append(_told(message)))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("dialog", lambda dialog: (self.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error('CSP', e.effectiveDirective, e.blockedURI))"
        )


def _policy(page: Any) -> str | None:
    """The page's content security policy."""
    found = page.locator("meta[http-equiv=Content-Security-Policy]")
    return found.get_attribute("content") if found.count() else None


def _told(message: Any) -> str:
    return f"{message.text} ({message.location['url']})"


def converse(
    site: Newsroom,
    service: Service,
    address: str,
    pages: str,
    open_page: Callable[..., Any],
    sign_in: Callable[[Any], None] = lambda page: None,
) -> None:
    """Ask, pull, build, answer, pull, build; each step as it looks in a browser, with and without scripts."""
    reader = Watched(open_page(), address)
    reader.page.goto(f"{pages}/people/maya/")
    assert address not in (_policy(reader.page) or ""), "a page without comments lets nobody in"
    reader.page.goto(pages + POST, wait_until="networkidle")
    assert address in _policy(reader.page)
    assert "'unsafe-inline'" not in _policy(reader.page)
    button = reader.page.locator("[data-comments-load]")
    button.scroll_into_view_if_needed()
    assert [] == reader.asked, "the service hears of nobody before the click"
    button.click()
    service.write(reader.page, QUESTION, "Ada Reader", "ada@reader.example")
    asked = reader.page.locator(service.shown).filter(has_text="Does the yellow go away")
    asked.first.wait_for()
    assert reader.asked

    said = site.run("comments", "pull")
    written = re.search(r"^(content/comments/2026/\S+\.yaml): 1 new$", said, re.MULTILINE)
    assert written, said
    site.run("build")

    kept = _without_scripts(open_page, pages)
    comment = kept.locator("li.h-cite").filter(has_text="Ada Reader")
    assert "Does the yellow go away in the sun?" in comment.locator(".e-content").inner_text()
    assert "go away" == comment.locator(".e-content em").inner_text()
    assert 0 == kept.locator("#comments script").count()
    assert 0 == kept.locator("li.h-cite.ours").count()

    maya = Watched(open_page(), address)
    sign_in(maya.page)
    maya.page.goto(pages + POST)
    maya.page.locator("[data-comments-load]").click()
    maya.page.locator(service.shown).first.wait_for()
    service.answer(maya.page, ANSWER, "Maya Okafor", MAIL)
    maya.page.locator(service.shown).filter(has_text=ANSWER).first.wait_for()
    site.declare(f"{service.name}/{service.account(maya.page)}")

    site.run("comments", "pull")
    site.run("build")

    kept = _without_scripts(open_page, pages)
    ours = kept.locator("li.h-cite li.h-cite.ours")
    assert 1 == ours.count(), "an answer below its question"
    assert ANSWER in ours.locator(".e-content").inner_text()
    assert "Instrument engineer" in ours.inner_text()
    assert 1 == ours.locator("a[href='/people/maya/']").count()
    assert 1 == kept.locator("li.h-cite.ours").count(), "the reader is not one of us"

    archive = site.read(written[1])
    site.run("comments", "pull")

    assert archive == site.read(written[1]), "a second pull changes nothing"
    assert "127.0.0." not in archive
    for mail in (MAIL, "ada@reader.example"):
        assert mail not in archive
        assert mail not in site.read(f"public{POST}index.html")
    assert [] == reader.wrong + maya.wrong


def _without_scripts(open_page: Callable[..., Any], pages: str) -> Any:
    page = open_page(java_script_enabled=False)
    page.goto(pages + POST)
    return page


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


# ── Isso ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _isso_write(page: Any, words: str, name: str, mail: str, at: str = "#isso-thread > .isso-postbox") -> None:
    form = page.locator(at)
    form.locator("textarea.isso-textarea").fill(words)
    form.locator("input[name=author]").fill(name)
    form.locator("input[name=email]").fill(mail)
    form.locator("input[type=submit]").click()


def _isso_answer(page: Any, words: str, name: str, mail: str) -> None:
    page.locator(".isso-comment .isso-reply").first.click()
    _isso_write(page, words, name, mail, at=".isso-comment .isso-postbox")


ISSO = Service(
    "isso",
    lambda address: f'[comments.isso]\nurl = "{address}"\n',
    _isso_write,
    _isso_answer,
    lambda page: page.locator(".isso-comment .isso-comment").first.get_attribute("data-hash"),
    "#isso-thread .isso-comment[data-hash]",
)


@contextmanager
def isso_server(folder: Path, pages: str) -> Iterator[str]:
    """A real Isso for the pages at an address; gives its own."""
    address = f"http://127.0.0.1:{_port()}"
    (folder / "isso.cfg").write_text(
        f"[general]\ndbpath = comments.db\nhost = {pages}\n[server]\nlisten = {address}\n[guard]\nenabled = false\n"
    )
    command = [sys.executable, "-P", "-c", "import isso; isso.main()", "-c", "isso.cfg", "run"]
    with _running(command, folder, f"{address}/info"):
        yield address


@needs_isso
def test_a_conversation_at_isso_is_kept(
    newsroom: Newsroom, host: Any, open_page: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Nothing loads before the click; what is written is pulled and readable without scripts; her reply is marked."""
    pages = host(newsroom.root / "public")
    with isso_server(tmp_path_factory.mktemp("isso"), pages) as address:
        newsroom.configure("isso", ISSO.settings(address))
        newsroom.run("build")

        converse(newsroom, ISSO, address, pages, open_page)


@needs_isso
def test_a_newcomer_tries_a_conversation_with_one_command(newsroom: Newsroom, open_page: Any) -> None:
    """With no server at all: serve brings one, pull finds it, and the archived comment appears in the open page."""
    from newsroom.build import Options
    from newsroom.commands.serve import serve

    newsroom.configure("isso", "")
    lines, stop = [], threading.Event()
    serving = threading.Thread(
        target=serve, args=(newsroom.root, Options()), kwargs={"port": 0, "say": lines.append, "stop": stop}
    )
    serving.start()
    try:
        _until(lambda: any("Serving" in line for line in lines), serving.is_alive)
        pages, address = (next(_addresses(lines, word)) for word in ("Serving", "Comments:"))
        reader = Watched(open_page(), address)
        reader.page.goto(pages + POST)
        reader.page.locator("[data-comments-load]").click()
        _isso_write(reader.page, QUESTION, "Ada Reader", "")
        reader.page.locator(ISSO.shown).first.wait_for()

        newsroom.run("comments", "pull")

        reader.page.locator("li.h-cite").filter(has_text="Does the yellow go away").first.wait_for()
        assert [] == reader.wrong
    finally:
        stop.set()
        serving.join(20)
    assert not serving.is_alive()


# ── Waline ───────────────────────────────────────────────────────────────────────────────────────────────────────────

TABLES = {
    "Comment": "user_id INTEGER, comment TEXT, insertedAt TEXT DEFAULT CURRENT_TIMESTAMP, ip TEXT, link TEXT, mail TEXT, "
    'nick TEXT, pid INTEGER, rid INTEGER, sticky INTEGER, status TEXT, "like" INTEGER, ua TEXT, url TEXT',
    "Counter": "time INTEGER, url TEXT",
    "Users": "display_name TEXT, email TEXT, password TEXT, type TEXT, label TEXT, url TEXT, avatar TEXT, github TEXT, "
    'twitter TEXT, facebook TEXT, google TEXT, weibo TEXT, qq TEXT, oidc TEXT, huawei TEXT, "2fa" TEXT',
}
"""What Waline's services read and write; it makes no tables itself."""

START = """
const path = require("path");
require(process.env.SQLITE);
const root = path.dirname(require.resolve("@waline/vercel/package.json"));
const Application = require("thinkjs");
const told = { ROOT_PATH: root, APP_PATH: path.join(root, "src"), RUNTIME_PATH: process.cwd(), env: "production" };
new Application(told).run();
think.config("host", "127.0.0.1");
think.config("port", Number(process.env.WALINE_PORT));
"""
"""As its vanilla.js does, but on the loopback alone, and with an SQLite that needs no compiler."""


def _waline_write(page: Any, words: str, name: str, mail: str) -> None:
    form = page.locator(".wl-panel").first
    form.locator("textarea").fill(words)
    if form.locator("input[name=nick]").count():  # who has signed in is not asked
        form.locator("input[name=nick]").fill(name)
        form.locator("input[name=mail]").fill(mail)
    form.get_by_role("button", name="Submit").click()


def _waline_answer(page: Any, words: str, name: str, mail: str) -> None:
    page.locator(".wl-cards .wl-reply").first.click()
    form = page.locator(".wl-reply-wrapper")
    form.locator("textarea").fill(words)
    form.get_by_role("button", name="Submit").click()


WALINE = Service(
    "waline",
    lambda address: f'[comments.waline]\nurl = "{address}"\nclient = "/waline"\nlogin = "enable"\n',
    _waline_write,
    _waline_answer,
    lambda page: str(json.loads(page.evaluate("localStorage.getItem('WALINE_USER')"))["objectId"]),
    ".wl-cards .wl-card-item",
)


FACE = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
"""In place of Libravatar's pictures: nothing is asked of another host here."""


class Nobody(BaseHTTPRequestHandler):
    """Stands in for the host at which Waline asks, before each answer, whom its readers may sign in with: nobody."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"services": []}')

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def waline_server(folder: Path, pages: str) -> Iterator[str]:
    """A real Waline for the pages at an address; gives its own."""
    with closing(sqlite3.connect(folder / "waline.sqlite")) as base:
        for name, columns in TABLES.items():
            stamps = "createdAt TEXT DEFAULT CURRENT_TIMESTAMP, updatedAt TEXT DEFAULT CURRENT_TIMESTAMP"
            base.execute(f"CREATE TABLE wl_{name} (id INTEGER PRIMARY KEY AUTOINCREMENT, {columns}, {stamps})")
    with HTTPServer(("127.0.0.1", 0), Nobody) as others:
        threading.Thread(target=others.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        port = _port()
        environment = {
            "WALINE_PORT": str(port), "SQLITE_PATH": str(folder), "JWT_TOKEN": "for tests", "SITE_NAME": "Northwind",
            "SITE_URL": pages, "SECURE_DOMAINS": "127.0.0.1,news.example.com", "IPQPS": "0", "DISABLE_REGION": "true", "TZ": "UTC",
            "DISABLE_USERAGENT": "true", "AKISMET_KEY": "false", "GRAVATAR_STR": FACE,
            "OAUTH_URL": f"http://127.0.0.1:{others.server_port}", "NODE_PATH": str(MODULES),
            "SQLITE": str(HERE / "sqlite.cjs"),
        }  # fmt: skip
        address = f"http://127.0.0.1:{port}"
        (folder / "start.cjs").write_text(START)  # a file: the server forks itself by its name
        with _running(["node", "start.cjs"], folder, f"{address}/api/comment?path=/", environment):
            yield address
        others.shutdown()


@pytest.fixture
def waline() -> None:
    """What tests/browser/prepare brings, where it can."""
    for path in ("@waline/vercel/package.json", "@waline/client/dist/waline.js", "sql.js/dist/sql-wasm.js"):
        if not (MODULES / path).is_file():
            pytest.skip("no Waline here: run sh tests/browser/prepare")
    if not shutil.which("node"):
        pytest.skip("no Node here: Waline needs it")


def test_a_conversation_at_waline_is_kept(
    waline: None, newsroom: Newsroom, host: Any, open_page: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same words, at a server of another kind, with its client on the site's own host."""
    pages = host(newsroom.root / "public")
    with waline_server(tmp_path_factory.mktemp("waline"), pages) as address:
        newsroom.configure("waline", WALINE.settings(address))
        newsroom.beside = tuple(MODULES / "@waline/client/dist" / name for name in ("waline.js", "waline.css"))
        newsroom.run("build")
        signed_in = _signed_in(address, pages)
        kept = f"localStorage.setItem('WALINE_USER', {json.dumps(json.dumps(signed_in))})"

        converse(newsroom, WALINE, address, pages, open_page, lambda page: page.add_init_script(kept))


def _signed_in(address: str, pages: str) -> dict:
    """An account for Maya, after one for the keeper of the server; gives what the client remembers of who signed in."""
    for name, mail in (("Keeper", "keeper@northwind.example"), ("Maya Okafor", MAIL)):
        _post(f"{address}/api/user", pages, {"display_name": name, "email": mail, "password": "for tests", "url": ""})
    found = _post(f"{address}/api/token", pages, {"email": MAIL, "password": "for tests", "code": ""})
    return found["data"] | {"remember": True}


def _post(url: str, pages: str, body: dict) -> dict:
    headers = {"Content-Type": "application/json", "Referer": f"{pages}/"}
    with urlopen(Request(url, json.dumps(body).encode(), headers), timeout=20) as answer:
        found = json.loads(answer.read())
    assert 0 == found["errno"], found
    return found


# ── processes ────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _running(command: list[str], folder: Path, answers_at: str, environment: dict[str, str] = {}) -> Iterator[None]:
    """Run a server and all that it starts, until the `with` ends."""
    with ExitStack() as stack:
        log = stack.enter_context(open(folder / "log", "wb"))
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **environment}, stdout=log, stderr=log, start_new_session=True
        )
        try:
            _until(lambda: _answers(answers_at), lambda: process.poll() is None, lambda: (folder / "log").read_text())
            yield
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def _until(done: Callable[[], bool], going: Callable[[], bool], said: Callable[[], str] = lambda: "") -> None:
    end = time.monotonic() + 60
    while not done():
        assert going() and time.monotonic() < end, said()
        time.sleep(0.05)


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5):
            return True
    except HTTPError:  # it wants to know where we come from, and is there
        return True
    except OSError:
        return False


def _addresses(lines: list[str], word: str) -> Iterator[str]:
    return (part.rstrip("/") for line in lines if word in line for part in line.split() if "://" in part)


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
