"""The preview, over real sockets, around a build that copies content/ to public/."""

from __future__ import annotations

import http.client
import json
import queue
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from newsroom.build import Report
from newsroom.commands.http import allow_own, known_host, with_reload
from newsroom.commands.serve import serve, told
from newsroom.commands.watch import passing
from newsroom.errors import NewsroomError, problem

PAGE = "<!DOCTYPE html><html lang=en><title>Home</title><body><main>first words</main></body></html>"


def copy(root: Path, options: Any) -> Report:
    """Stand in for the pipeline: every file is copied; the word WRONG is a writer's mistake, OOPS is ours."""
    rendered = []
    for file in sorted(path for path in (root / "content").rglob("*") if path.is_file()):
        if "WRONG" in (words := file.read_text()):
            path = file.relative_to(root).as_posix()
            raise NewsroomError([problem("wrong", 'unknown word "WRONG"', path, line=1, hint="<b>mend</b>")])
        assert "OOPS" not in words
        copied = root / "public" / file.relative_to(root / "content")
        if not copied.is_file() or copied.read_text() != words:
            copied.parent.mkdir(parents=True, exist_ok=True)
            copied.write_text(words)
            rendered.append(copied.name)
    return Report(0, tuple(rendered), 0, (), (), 0.05)


class Session:
    """Builds by a function of the root, which is what these tests are not about."""

    def __init__(self, root: Path, build: Callable[[Path, Any], Report]):
        self.root, self.function, self.told, self.over = root, build, [], False

    def build(self, changed: Any = None) -> Report:
        self.told.append(changed)
        self.over = False
        return self.function(self.root, None)

    def is_over(self) -> bool:
        return self.over

    def rest(self) -> None:
        pass


class Preview:
    """A running preview."""

    def __init__(self, root: Path, **arguments: Any):
        self.root, self.lines, self.stop = root, queue.Queue(), threading.Event()
        self.code: int | None = None
        self.port = 0
        build = arguments.pop("build", copy)
        settings = {"port": 0, "say": self.lines.put, "stop": self.stop} | arguments
        self.session = Session(root, build)
        settings["session"] = lambda root, options: self.session
        self._thread = threading.Thread(target=lambda: setattr(self, "code", serve(root, None, **settings)))
        self._thread.start()

    def line(self) -> str:
        """The next line on the terminal."""
        return self.lines.get(timeout=30)

    def settled(self) -> Preview:
        """After the second build, which looks for what was saved during the first."""
        self.started()
        while len(self.session.told) < 2:
            time.sleep(0.01)
        return self

    def started(self) -> Preview:
        while "Serving" not in (line := self.line()):
            pass
        self.port = int(line.split("://")[1].split("/")[0].rsplit(":", 1)[1])
        return self

    def get(self, path: str, method: str = "GET", host: str = "localhost") -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, headers={"Host": host})
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read().decode()
        finally:
            connection.close()

    def raw(self, request: bytes) -> bytes:
        """The answer to a request that no client library would send."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as wire:
            wire.sendall(request)
            return b"".join(iter(lambda: wire.recv(65536), b""))

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def end(self) -> None:
        self.stop.set()
        self._thread.join(10)
        assert not self._thread.is_alive()


class Events:
    """An open page's ear."""

    def __init__(self, preview: Preview):
        self._connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=30)
        self._connection.request("GET", "/_newsroom/events", headers={"Host": "localhost"})
        self._response = self._connection.getresponse()

    def next(self) -> dict:
        while not (line := self._response.fp.readline()).startswith(b"data: "):
            assert line, "the stream has ended"
        return json.loads(line[6:])

    def ended(self) -> bool:
        return self._response.fp.read() is not None

    def close(self) -> None:
        self._response.close()
        self._connection.close()


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[..., Preview]]:
    previews: list[Preview] = []
    (tmp_path / "site.toml").write_text('title = "Northwind Newsroom"\nurl = "https://news.example.com"\n')

    def start(files: dict[str, str] | None = None, **arguments: Any) -> Preview:
        for path, text in ({"content/index.html": PAGE} if files is None else files).items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        previews.append(Preview(tmp_path, **arguments))
        return previews[-1]

    yield start
    for preview in previews:
        preview.end()


@pytest.fixture
def listen() -> Iterator[Callable[[Preview], Events]]:
    opened: list[Events] = []
    yield lambda preview: opened.append(Events(preview)) or opened[-1]
    for events in opened:
        events.close()


def test_the_first_line_names_the_site_its_address_and_the_way_out(run) -> None:
    """One line says what is served, where, and how to stop."""
    preview = run()

    line = preview.line()

    assert line.startswith("Serving Northwind Newsroom at http://127.0.0.1:")
    assert line.endswith("/ - press Ctrl-C to stop")


def test_a_page_gets_the_script_and_its_file_does_not(run) -> None:
    """The script of live reload is in the response alone."""
    preview = run().started()

    status, headers, body = preview.get("/")

    assert (200, "no-store") == (status, headers["Cache-Control"])
    assert '<script src="/_newsroom/reload.js" data-build="' in body
    assert body.index("<script") < body.index("</body>")
    assert PAGE == (preview.root / "public/index.html").read_text()


def test_the_script_is_served(run) -> None:
    """The address that pages name has the script."""
    status, headers, body = run().started().get("/_newsroom/reload.js")

    assert (200, "text/javascript; charset=utf-8") == (status, headers["Content-Type"])
    assert "EventSource" in body


def test_head_gives_headers_alone(run) -> None:
    """HEAD answers as GET would, without the body."""
    preview = run().started()

    status, headers, body = preview.get("/", "HEAD")

    assert (200, "") == (status, body)
    assert headers["Content-Length"] == preview.get("/")[1]["Content-Length"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_changed(run, method: str) -> None:
    """A method that would write is refused, with the two that would not."""
    status, headers, _ = run().started().get("/", method)

    assert (405, "GET, HEAD") == (status, headers["Allow"])


OUTSIDE = [b"/../site.toml", b"/%2e%2e/site.toml", b"/..\\site.toml", b"/index.html\0", b"/%00"]


@pytest.mark.parametrize("target", OUTSIDE)
def test_raw_requests_reach_nothing_outside(run, target: bytes) -> None:
    """A request written by hand gets an error, and no byte of a file outside the output folder."""
    answer = run().started().raw(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 404"))
    assert b"Northwind" not in answer


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8000", ""])
def test_a_foreign_name_is_refused(run, host: str) -> None:
    """A page of another name cannot read the preview: neither pages nor the stream of problems."""
    preview = run().started()

    assert [421, 421] == [preview.get(path, host=host)[0] for path in ("/", "/_newsroom/events")]


@pytest.mark.parametrize(
    ("header", "bound", "expected"),
    [
        ("localhost:8000", "127.0.0.1", True),
        ("LOCALHOST", "127.0.0.1", True),
        ("127.0.0.1:8000", "127.0.0.1", True),
        ("[::1]:8000", "::1", True),
        ("[::1]", "127.0.0.1", True),
        ("press.lan:8000", "press.lan", True),
        ("192.168.1.4:8000", "127.0.0.1", False),
        ("192.168.1.4:8000", "0.0.0.0", True),
        ("evil.example", "0.0.0.0", False),
        ("", "", False),
    ],
)
def test_names_of_this_machine_are_known(header: str, bound: str, expected: bool) -> None:
    """Only this machine's names pass; bound to every address, bare addresses do too."""
    assert expected == known_host(header, bound)


def test_a_change_is_built_and_told(run, listen) -> None:
    """A saved file is built; open pages hear of a new build, the terminal says what was done."""
    preview = run().started()
    events = listen(preview)
    before = events.next()

    preview.write("content/index.html", PAGE.replace("first", "second"))

    after = events.next()
    assert before["build"] != after["build"]
    assert [] == after["problems"]
    assert "second words" in preview.get("/")[2]
    assert "rebuilt 1 page in 0.05 s" == preview.line()


def test_a_changed_stylesheet_is_named(run, listen) -> None:
    """Pages are told that a stylesheet was written: its address may be the old one."""
    preview = run({"content/index.html": PAGE, "content/a.css": "a {}"}).started()
    events = listen(preview)
    assert not events.next()["styles"]

    preview.write("content/a.css", "b {}")

    assert events.next()["styles"]


def test_a_mistake_is_shown_and_the_last_good_page_stays(run, listen) -> None:
    """A failing build is told to pages and terminal, changes no page, and is gone when mended."""
    preview = run().started()
    events = listen(preview)
    good = events.next()

    preview.write("content/new.html", "WRONG")

    bad = events.next()
    assert ['content/new.html:1: unknown word "WRONG"\nhint: <b>mend</b>'] == bad["problems"]
    assert good["build"] == bad["build"]
    assert preview.line().startswith("content/new.html:1:")
    assert "first words" in preview.get("/")[2]
    assert bad == listen(preview).next()

    preview.write("content/new.html", "right")

    assert [] == events.next()["problems"]


def test_our_own_mistake_does_not_end_the_preview(run, listen) -> None:
    """An exception in the build is shown as ours; the next change is built again."""
    preview = run().started()
    events = listen(preview)
    events.next()

    preview.write("content/new.html", "OOPS")

    assert events.next()["problems"][0].startswith("newsroom itself failed: AssertionError")
    assert preview.line().startswith("Traceback")

    preview.write("content/new.html", "right")

    assert [] == events.next()["problems"]


def test_a_site_that_never_built_shows_its_problems(run, listen) -> None:
    """Before the first good build every address shows what is wrong, as text; after it, the site."""
    preview = run({"content/index.html": "WRONG"}).started()

    status, _, body = preview.get("/2026/any/")
    assert 503 == status
    assert "unknown word &quot;WRONG&quot;" in body and "&lt;b&gt;mend" in body
    assert "/_newsroom/reload.js" in body

    events = listen(preview)
    events.next()
    preview.write("content/index.html", PAGE)
    events.next()

    assert 200 == preview.get("/")[0]


def test_new_folders_are_watched(run, listen) -> None:
    """content/ may come after the preview has started, and go and come again."""
    preview = run({"notes.txt": ""}).started()
    events = listen(preview)
    builds = {events.next()["build"]}
    for words in ("one", "two"):
        preview.write("content/posts/a.html", words)
        builds.add(events.next()["build"])
        shutil.rmtree(preview.root / "content")
        time.sleep(0.3)  # deleting builds nothing here, so there is no event to wait for

    assert 3 == len(builds)


def test_files_of_editors_start_no_build(run) -> None:
    """A swap file beside a post is not a change, nor is what lies beside content/; the file itself is."""
    built = []
    preview = run(build=lambda root, options: built.append(1) or copy(root, options)).settled()

    for path in ("content/.a.md.swp", "content/a.md~", "content/#a.md#", "content/4913", "public/x.html", "notes.txt"):
        preview.write(path, "x")
    time.sleep(0.5)
    before = len(built)
    preview.write("content/a.html", "words")
    until = time.monotonic() + 20
    while len(built) == before and time.monotonic() < until:
        time.sleep(0.05)

    assert [2, 3] == [before, len(built)]


def test_many_changes_are_one_build(run) -> None:
    """A burst of saves is built once, when it is over."""
    built = []
    preview = run(build=lambda root, options: built.append(1) or copy(root, options)).settled()

    for number in range(50):
        preview.write(f"content/{number}.html", "words")

    assert "rebuilt 50 pages in 0.05 s" == preview.line()
    assert 3 == len(built)


def test_a_build_is_told_what_changed(run) -> None:
    """The files that were saved, so that nothing else need be looked at; of a folder that came there is no telling."""
    preview = run().settled()

    preview.write("content/a.html", "words")
    preview.line()
    (preview.root / "content/a.html").rename(preview.root / "content/b.html")
    preview.line()
    preview.write("content/new/c.html", "words")
    preview.line()

    assert [None, None, {"content/a.html"}, {"content/a.html", "content/b.html"}] == preview.session.told[:4]
    assert preview.session.told[4] is None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("content/a.md", False),
        ("content/posts/2026", False),
        ("content/#1.md", False),
        ("content/4913-stars.md", False),
        ("content/.#a.md", True),
        ("content\\~$a.docx", True),
        ("content/a.md___jb_tmp___", True),
        ("content/.DS_Store", True),
        ("content/photo.jpg.crdownload", True),
    ],
)
def test_passing_files_are_known_by_name(path: str, expected: bool) -> None:
    """Only names that programs give to files of a moment are passed over."""
    assert expected == passing(path)


def test_the_site_is_served_below_its_path(run) -> None:
    """With a path in url, the root leads to it; a changed url is followed without a restart."""
    preview = run({"site.toml": 'title = "T"\nurl = "https://example.com/newsroom"\n', "content/index.html": PAGE})
    line = preview.line()
    preview.port = int(line.split(":")[2].split("/")[0])

    assert "/newsroom/ - press" in line
    assert (302, "/newsroom/") == (preview.get("/")[0], preview.get("/")[1]["Location"])
    assert 200 == preview.get("/newsroom/")[0]


def test_a_taken_port_is_passed_over(run) -> None:
    """The next port is used, and named."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        preview = run(port=port)

        assert preview.line().startswith(f"port {port} is taken, so this is port ")
        assert 200 == preview.started().get("/")[0]


def test_a_folder_without_a_site_is_refused(run, tmp_path: Path) -> None:
    """Where there is no site.toml nothing is watched or served: the way to begin is said, with exit code 1."""
    (tmp_path / "site.toml").unlink()
    preview = run()

    assert "newsroom init" in preview.line()
    preview.end()
    assert 1 == preview.code


def test_a_site_with_broken_settings_is_served_when_they_are_mended(run) -> None:
    """A mistake in site.toml does not end the preview before it has begun."""
    preview = run({"site.toml": "title = Northwind", "content/index.html": PAGE}).started()

    preview.write("site.toml", 'title = "T"\nurl = "https://example.com/newsroom"\n')
    preview.write("content/b.html", PAGE)
    preview.line()

    assert 200 == preview.get("/newsroom/")[0]


def test_an_address_of_another_machine_is_refused(run) -> None:
    """What cannot be bound is said in a line, with exit code 1."""
    preview = run(host="192.0.2.1")

    assert preview.line().startswith("cannot listen on 192.0.2.1: ")
    preview.end()
    assert 1 == preview.code


def test_stopping_ends_streams_and_exits_with_0(run, listen) -> None:
    """Nothing holds the preview back when it is told to stop."""
    preview = run().started()
    events = listen(preview)
    events.next()

    preview.end()

    assert 0 == preview.code
    assert events.ended()


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("default-src 'none'", "default-src 'none'; script-src 'self'; connect-src 'self'"),
        ("script-src 'none'", "script-src 'self'"),
        ("default-src 'self'; script-src https://a.example", "default-src 'self'; script-src 'self' https://a.example"),
        ("img-src 'self'", "img-src 'self'"),
        ("upgrade-insecure-requests; connect-src https://a.example", "connect-src 'self' https://a.example"),
    ],
)
def test_a_strict_policy_lets_the_preview_speak(policy: str, expected: str) -> None:
    """A site's content security policy is widened by this server alone, and by no more than it needs."""
    assert expected == allow_own(policy)


def test_headers_that_would_outlast_the_preview_are_left_out(run) -> None:
    """Strict transport security would lock the browser out of every other preview on this machine."""
    rules = "/*\n  Strict-Transport-Security: max-age=9\n  X-Frame-Options: DENY\n  Cache-Control: public\n"
    headers = run({"content/index.html": PAGE, "content/_headers": rules}).started().get("/")[1]

    assert ("DENY", "no-store") == (headers["X-Frame-Options"], headers["Cache-Control"])
    assert "Strict-Transport-Security" not in headers


def test_the_script_stands_before_the_last_end_of_body() -> None:
    """An end tag quoted in the text, or none at all, does not misplace it."""
    script = b'<script src="/_newsroom/reload.js" data-build="7"></script>'

    assert b"a</body>b" + script + b"</BODY>" == with_reload(b"a</body>b</BODY>", "7")
    assert b"a" + script == with_reload(b"a", "7")


@pytest.mark.parametrize(
    ("rendered", "removed", "expected"),
    [
        (("a.html", "b.html", "c.html"), (), "rebuilt 3 pages in 0.05 s"),
        (("a.html", "feed.xml", "b.css"), (), "rebuilt 1 page and 2 other files in 0.05 s"),
        (("feed.xml",), ("x", "y"), "rebuilt 1 file, removed 2 files in 0.05 s"),
        ((), ("x",), "rebuilt 0 pages, removed 1 file in 0.05 s"),
        ((), (), ""),
    ],
)
def test_a_rebuild_is_told_in_a_line(rendered: tuple, removed: tuple, expected: str) -> None:
    """What was done and how long it took; nothing where nothing was done."""
    assert expected == told(Report(0, rendered, 0, removed, (), 0.05))


def test_what_falls_due_while_it_is_served_is_built(run) -> None:
    """Nobody saves a file: the build is asked for by the time, once."""
    preview = run().settled()

    preview.session.over = True
    while len(preview.session.told) < 3:
        time.sleep(0.01)
    time.sleep(0.5)

    assert [set()] == preview.session.told[2:]
