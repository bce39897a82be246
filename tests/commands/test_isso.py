"""A real Isso beside the preview: it comes and goes with it, whatever ends it."""

from __future__ import annotations

import http.client
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from newsroom.build import Options
from newsroom.commands import isso
from newsroom.commands.serve import serve

REPOSITORY = Path(__file__).parent.parent.parent
FILES = {
    "content/people/maya.md": "---\nname: Maya Okafor\n---\nMaya repairs lenses.\n",
    "content/posts/lens.md": "---\ntitle: A lens\nauthors: [maya]\ndate: 2026-03-02\nid: 0123456789ab\n---\nWords.\n",
}
PROVIDER = {"comments": {"provider": "isso"}}

needs_isso = pytest.mark.skipif(find_spec("isso") is None, reason='no Isso here: pip install "newsroom[isso]"')


def asked(address: str, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, str], Any]:
    """Status, headers and JSON of an answer."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    try:
        sent = None if body is None else json.dumps(body)
        connection.request(
            "GET" if body is None else "POST", path, sent, {"Content-Type": "application/json"} | headers
        )
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), json.loads(answer.read())
    finally:
        connection.close()


def listens(address: str) -> bool:
    """Whether anybody is there."""
    parts = urlsplit(address)
    with socket.socket() as probe:
        return probe.connect_ex((parts.hostname, parts.port)) == 0


def silent(address: str) -> bool:
    """Whether nobody is there any more, within ten seconds."""
    end = time.monotonic() + 30
    while listens(address) and time.monotonic() < end:
        time.sleep(0.05)
    return not listens(address)


class Preview:
    """`serve` in a thread of this process."""

    def __init__(self, root: Path, **arguments: Any):
        self.lines, self.stop, self.code = queue.Queue(), threading.Event(), None
        settings = {"port": 0, "say": self.lines.put, "stop": self.stop} | arguments
        self._thread = threading.Thread(target=lambda: setattr(self, "code", serve(root, Options(), **settings)))
        self._thread.start()

    def line(self, word: str) -> str:
        """The first line from here on with that word."""
        while word not in (line := self.lines.get(timeout=40)):
            pass
        return line

    def address(self, word: str) -> str:
        """The address in that line, without a final slash."""
        return next(part for part in self.line(word).split() if "://" in part).rstrip("/")

    def end(self) -> None:
        self.stop.set()
        self._thread.join(20)
        assert not self._thread.is_alive()


@pytest.fixture
def preview() -> Iterator[Callable[..., Preview]]:
    """Serve a site until the test ends."""
    started: list[Preview] = []

    def start(site: Any, **arguments: Any) -> Preview:
        started.append(Preview(site.root, **arguments))
        return started[-1]

    yield start
    for one in started:
        one.end()


@pytest.fixture
def command() -> Iterator[Callable[..., Any]]:
    """`newsroom serve` as a process of its own: (process, Isso's address), once the site is served."""
    running: list[subprocess.Popen] = []

    def start(site: Any) -> tuple[subprocess.Popen, str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "newsroom", "serve", "--port", str(_port())], cwd=site.root,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, stdout=subprocess.PIPE, text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a test in the background is deaf to it
        )  # fmt: skip
        running.append(process)
        said = []
        for line in process.stdout:
            said.append(line)
            if "Serving" in line:
                break
        found = [part for line in said if "Comments: Isso" in line for part in line.split() if "://" in part]
        assert found, said
        return process, found[0].rstrip("/")

    yield start
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@needs_isso
def test_a_conversation_can_be_tried_and_is_there_the_next_time(make_site: Any, preview: Any) -> None:
    """The pages name the Isso beside them; it takes what they send, without a guard; it ends with serve; its words stay."""
    site = make_site(FILES, **PROVIDER)
    first = preview(site)
    address, pages = first.address("Comments: Isso at"), first.address("Serving")

    assert address == isso.address(site.root)
    assert f'data-url="{address}/"' in site.read("2026/lens/index.html")
    for words in ("One question.", "And another.", "A third."):  # as fast as a guard would not allow
        status, headers, _ = asked(address, "/new?uri=/2026/lens/", {"text": words, "title": "A lens"}, Origin=pages)
        assert (201, pages) == (status, headers["Access-Control-Allow-Origin"])
    localhost = pages.replace("127.0.0.1", "localhost")
    assert localhost == asked(address, "/info", Origin=localhost)[1]["Access-Control-Allow-Origin"]
    assert pages == asked(address, "/info", Origin="http://evil.example")[1]["Access-Control-Allow-Origin"]

    first.end()

    assert (0, "", False) == (first.code, isso.address(site.root), listens(address))

    again = preview(site).address("Comments: Isso at")

    assert again == address, "another address would make every page anew"
    assert 3 == len(asked(again, "/?uri=/2026/lens/")[2]["replies"])


@needs_isso
def test_a_second_preview_of_a_site_shares_the_first_ones_isso(make_site: Any, preview: Any) -> None:
    """It says so, writes the same pages, and leaves that Isso running when it ends."""
    site = make_site(FILES, **PROVIDER)
    address = preview(site).address("Comments: Isso at")

    second = preview(site)
    line = second.line("Comments: Isso at")
    second.line("Serving")
    second.end()

    assert f"Isso at {address}/ runs for another newsroom serve" in line
    assert (address, True) == (isso.address(site.root), listens(address))


@needs_isso
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda end: end.name)
def test_no_isso_outlives_its_preview(end: signal.Signals, make_site: Any, command: Any) -> None:
    """Ctrl-C, a polite end, and one that nobody can prepare for."""
    site = make_site(FILES, **PROVIDER)
    process, address = command(site)
    assert listens(address)

    process.send_signal(end)
    process.wait(20)

    assert silent(address)
    assert "" == isso.address(site.root)


@needs_isso
def test_an_isso_ends_when_the_preview_fails(make_site: Any) -> None:
    """Whatever was raised."""
    site = make_site(FILES, **PROVIDER)
    seen = []

    def say(line: str) -> None:
        if "Serving" in line:
            seen.append(isso.address(site.root))
            raise RuntimeError("the terminal is gone")

    with pytest.raises(RuntimeError, match="the terminal is gone"):
        serve(site.root, Options(), port=0, say=say)

    assert seen != [""]
    assert silent(seen[0])


@needs_isso
def test_an_isso_that_cannot_start_is_told_with_its_last_words(make_site: Any) -> None:
    """Its database is no database: serve ends with what Isso said, and where the rest stands."""
    site = make_site({**FILES, ".newsroom/isso/comments.db": "this is no database, and long enough to be none\n" * 40},
                     **PROVIDER)  # fmt: skip
    lines: list[str] = []

    assert 1 == serve(site.root, Options(), port=0, say=lines.append)
    assert "Isso does not answer" in lines[-1]
    assert "file is not a database" in lines[-1]
    assert ".newsroom/isso/isso.log" in lines[-1]


@needs_isso
def test_a_folder_that_cannot_be_written_to_is_told(make_site: Any) -> None:
    """In a sentence, with the next step."""
    site = make_site({**FILES, ".newsroom/isso": "a file where a folder should be"}, **PROVIDER)
    lines: list[str] = []

    assert 1 == serve(site.root, Options(), port=0, say=lines.append)
    assert "Isso cannot be started: " in lines[-1]
    assert "check .newsroom/isso" in lines[-1]


def test_without_the_extra_the_next_step_is_told(make_site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names site.toml's line, what to install, and the other way out."""
    site = make_site(FILES, **PROVIDER)
    monkeypatch.setitem(sys.modules, "isso", None)  # as where it is not installed
    lines: list[str] = []

    assert 1 == serve(site.root, Options(), port=0, say=lines.append)
    assert lines[-1].startswith("site.toml:5:1: comments have no server")
    assert '5 | provider = "isso"' in lines[-1]
    assert 'pip install "newsroom[isso]"' in lines[-1]
    assert "add the url of your own server" in lines[-1]


@pytest.mark.parametrize("settings", [
    '[comments]\nprovider = "isso"\n[comments.isso]\nurl = "http://127.0.0.1:9"\n',
    '[comments]\nprovider = "isso"\nisso = {url = "http://127.0.0.1:9"}\n',
    '[comments]\nprovider = "giscus"\n',
    "comments = 3\n",
    '[comments]\nprovider = "isso"\nisso = 3\n',
    "[comments\n",
    "",
])  # fmt: skip
def test_a_site_that_asks_for_no_isso_gets_none(settings: str, make_site: Any) -> None:
    """Its own server, another service, none at all, or settings that cannot be read."""
    site = make_site({"site.toml": settings})

    assert isso.start(site.root, "127.0.0.1", 8000) is None
    assert not (site.root / ".newsroom").exists()


def test_nothing_is_started_in_a_folder_elsewhere(make_site: Any, tmp_path: Path) -> None:
    """Where .newsroom leads out of the site nothing is written; the build says what is wrong."""
    site = make_site(FILES, **PROVIDER)
    (tmp_path / "elsewhere").mkdir()
    (site.root / ".newsroom").symlink_to(tmp_path / "elsewhere")

    assert isso.start(site.root, "127.0.0.1", 8000) is None
    assert [] == list((tmp_path / "elsewhere").iterdir())


def test_a_build_needs_a_server_of_the_sites_own(make_site: Any) -> None:
    """Nothing is published that would ask the reader's own machine."""
    site = make_site(FILES, **PROVIDER)

    wrong = [problem for problem in site.build().problems if "url" in problem.message]

    assert 1 == len(wrong), wrong


@pytest.mark.parametrize("left", [b"", b"http://127.0.0.1:%d\n", b"http://evil.example:%d\n", b"\xff\xfe"])
def test_what_a_killed_preview_left_behind_is_no_address(left: bytes, make_site: Any) -> None:
    """Even where something answers there that looks like an Isso: nobody serves this site."""
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Stranger(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"moderation": false}')

        def log_message(self, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Stranger) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        site = make_site({**FILES, ".newsroom/isso/address": left.replace(b"%d", str(server.server_port).encode())})

        assert "" == isso.address(site.root)
        server.shutdown()


def test_isso_is_told_only_names_that_it_can_read(make_site: Any) -> None:
    """It takes the part before the first colon for the host: an address of version 6 stays out."""
    assert ["http://127.0.0.1:8000", "http://localhost:8000"] == isso._hosts("127.0.0.1", 8000).split()
    assert ["http://127.0.0.1:8000", "http://localhost:8000"] == isso._hosts("::1", 8000).split()
    assert ["http://192.168.1.5:80", "http://localhost:80"] == isso._hosts("192.168.1.5", 80).split()
