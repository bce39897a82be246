"""Links to other sites, asked for over real sockets: what is told, what is remembered, and how politely."""

import json
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from newsroom.build import Options
from newsroom.cli import main
from newsroom.commands import external as module
from newsroom.commands.asking import Answer, Asker, public
from newsroom.commands.check import Asked, gate

NOW = datetime(2026, 11, 21, tzinfo=UTC)


class Host:
    """A server on this machine: path -> status, or (status, where to). What it was asked is kept, with the time."""

    def __init__(self):
        self.answers, self.asked, self.robots = {}, [], ""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._class())
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def requests(self):
        """(method, path) in order, without those for robots.txt."""
        return [(method, path) for method, path, *_ in self.asked if path != "/robots.txt"]

    def _class(host):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                host.asked.append((self.command, self.path, dict(self.headers), time.monotonic()))
                found = host.answers.get(self.path, 200 if self.path == "/robots.txt" else 404)
                found = found(self.command) if callable(found) else found
                status, to = found if isinstance(found, tuple) else (found, "")
                body = host.robots.encode() if self.path == "/robots.txt" else b"x" * 5000
                self.send_response(status)
                if to:
                    self.send_header("Retry-After" if status == 429 else "Location", to)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try:
                    self.wfile.write(b"" if self.command == "HEAD" else body)
                except OSError:
                    pass  # the other side had enough

            do_HEAD = do_GET

            def log_message(self, *_):
                pass

        return Handler


@pytest.fixture
def host():
    """A host that may be asked."""
    host = Host()
    yield host
    host.close()


def asker(**manners):
    """One that may ask this machine, and does not wait."""
    return Asker(
        "newsroom/0 (+https://news.example.com/)", **({"allowed": lambda address: True, "pause": 0.0} | manners)
    )


# ── one address ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("answers", "kind", "said"),
    [
        ({"/a": 200}, "good", ""),
        ({"/a": lambda method: 405 if method == "HEAD" else 206}, "good", ""),
        ({"/a": lambda method: 404 if method == "HEAD" else 200}, "good", ""),
        ({"/a": 404}, "dead", "answers 404 (Not Found)"),
        ({"/a": 410}, "dead", "answers 410 (Gone)"),
        ({"/a": 500}, "dead", "answers 500 (Internal Server Error)"),
        ({"/a": 403}, "unsure", "answers 403 (Forbidden)"),
        ({"/a": 401}, "unsure", "answers 401 (Unauthorized)"),
        ({"/a": (302, "/b"), "/b": 200}, "good", ""),
        ({"/a": (302, "/b")}, "dead", "answers 404 (Not Found)"),
        ({"/a": (301, "/b"), "/b": 200}, "moved", "moved for good to {}/b"),
        ({"/a": (308, "/b"), "/b": (301, "/c"), "/c": (302, "/d"), "/d": 200}, "moved", "moved for good to {}/c"),
        ({"/a": (302, "/b"), "/b": (301, "/c"), "/c": 200}, "good", ""),
        ({"/a": (301, "/a")}, "dead", "leads in a circle"),
        ({"/a": (302, "ftp://127.0.0.1/")}, "unsure", "leads to an address that is not asked"),
    ],
)
def test_what_an_address_answers_is_understood(host, answers, kind, said):
    """A refusal to programs says nothing of the page; what moved for a while has not moved."""
    host.answers = answers

    assert (kind, said.format(host.address)) == asker().ask([host.address + "/a"])[host.address + "/a"][:2]


@pytest.mark.parametrize(
    ("url", "kind", "said"),
    [
        ("http://127.0.0.1:1/", "dead", "gives no answer: nothing listens there"),
        ("https://nowhere.invalid/", "dead", "names a host that does not exist"),
        ("http://[bad", "dead", "gives no answer: Invalid IPv6 URL"),
        ("https://ada:word@127.0.0.1/", "unsure", "leads to an address that is not asked"),
    ],
)
def test_an_address_without_an_answer_is_understood(url, kind, said):
    """Nothing of it raises."""
    assert {url: Answer(kind, said)} == asker().ask([url])


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("93.184.215.14", True), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("192.168.0.1", False), ("169.254.169.254", False), ("::1", False), ("fe80::1%eth0", False), ("fd00::1", False),
        ("::ffff:10.0.0.1", False), ("2002:0a00:0001::", False), ("0.0.0.0", False), ("224.0.0.1", False),
    ],
)  # fmt: skip
def test_only_the_public_internet_is_asked(address, there):
    """Neither this machine, nor the network around it, nor where clouds keep their secrets."""
    assert there == public(address)


def test_a_link_into_a_network_is_not_followed(host):
    """Neither named nor by a redirect; readers cannot follow it either."""
    host.answers = {"/a": (302, host.address.replace("127.0.0.1", "127.0.0.2") + "/b")}
    first = asker(allowed=lambda address: address == "127.0.0.1")

    assert "dead" == asker(allowed=public).ask([host.address + "/a"])[host.address + "/a"].kind
    assert [] == host.asked
    assert (
        Answer("dead", "is inside a network of its own, where no reader gets")
        == first.ask([host.address + "/a"])[host.address + "/a"]
    )
    assert [("HEAD", "/a")] == host.requests()


# ── manners ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_host_is_asked_one_thing_at_a_time_by_somebody_with_a_name(host):
    """With a pause between two requests; GET asks for the first bytes only."""
    urls = [f"{host.address}/{n}" for n in range(3)]
    asker(pause=0.1).ask(urls)
    times = [at for *_, at in host.asked]

    assert 7 == len(times)  # robots.txt, and HEAD and GET of each
    assert min(after - before for before, after in zip(times, times[1:], strict=False)) > 0.09
    assert {"newsroom/0 (+https://news.example.com/)"} == {headers["User-Agent"] for _, _, headers, _ in host.asked}
    assert {"bytes=0-1023"} == {
        headers.get("Range")
        for method, path, headers, _ in host.asked
        if (method, path[1:2].isdigit()) == ("GET", True)
    }


def test_what_robots_may_not_read_is_not_asked_for(host):
    """For everybody, or for newsroom by name."""
    host.answers, host.robots = {"/a": 200, "/secret/b": 200}, "User-agent: *\nDisallow: /secret/\n"
    found = asker().ask([host.address + "/secret/b", host.address + "/a"])

    assert ["unsure", "good"] == [found[host.address + path].kind for path in ("/secret/b", "/a")]
    assert [("HEAD", "/a")] == host.requests()


def test_a_host_that_has_enough_is_left_alone(host):
    """Its other addresses are asked another time, and nothing is said of them."""
    host.answers = {"/a": 200, "/b": (429, "3600"), "/c": 200}
    found = asker().ask([f"{host.address}/{name}" for name in "abc"])

    assert {host.address + "/a": Answer("good")} == found
    assert [("HEAD", "/a"), ("HEAD", "/b")] == host.requests()


def test_there_is_an_end_to_asking(host):
    """Whoever lets us wait; the rest is asked another time."""
    host.answers = {"/a": lambda method: time.sleep(2) or 200}
    started = time.monotonic()

    assert {} == asker(in_all=0.2).ask([host.address + "/a"])
    assert time.monotonic() - started < 1.5


# ── a site ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def linked(make_site, host, monkeypatch):
    """A site whose post links to the host; `external` may ask it."""
    site = make_site(
        {
            "content/people/maya.md": "---\nname: Maya\ncontact: {email: maya@example.com}\n---\nBio\n",
            "content/posts/a.md": "---\ntitle: A\nauthors: [maya]\ndate: 2026-11-02\nid: a\n---\n"
            f"[a]({host.address}/a#part), [b]({host.address}/b)\n\nSee <{host.address}/c>, `{host.address}/d`, [e](/people/)\n",
            "content/posts/b.md": f"---\ntitle: B\nauthors: [maya]\ndate: 2026-11-02\nid: b\n---\n[c]({host.address}/c)\n",
        }
    )
    host.answers = {"/a": 200, "/b": (301, "/a")}
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr(module, "Asker", lambda agent: asker())
    return site


def told(site, asked=Asked(external=True)):
    """(code, severity, line, column, message) of everything."""
    found = gate(site.root, Options(moment=NOW), asked).problems
    return [(p.code, p.severity, p.location.path, *p.location[1:3], p.message) for p in found]


def test_what_is_dead_and_what_moved_is_told_and_fails_nothing(linked, host, capsys):
    """Where it stands first; only what readers can follow is asked for."""
    assert [
        ("moved-link", "warning", "content/posts/a.md", 7, len(f"[a]({host.address}/a#part), [b](") + 1,
         f'"{host.address}/b" moved for good to {host.address}/a'),
        ("dead-link", "warning", "content/posts/a.md", 9, 6,
         f'"{host.address}/c" answers 404 (Not Found); it is in 1 more file'),
    ] == told(linked)  # fmt: skip
    assert {"/a", "/b", "/c"} == {path for _, path in host.requests()}
    assert 0 == main(["check", "--external", "--site", str(linked.root)])
    assert "3 addresses of other sites: 1 good, 1 moved, 1 dead\n" == capsys.readouterr().out


def test_nothing_is_asked_unless_it_is_asked_for(linked, host):
    """A check needs no network."""
    assert [] == told(linked, Asked()) and [] == host.asked


def test_what_is_off_is_not_told_and_nothing_of_it_is_accepted(linked):
    """A baseline is about the site, not about others."""
    with (linked.root / "site.toml").open("a") as settings:
        settings.write('[check]\nseverity = {moved-link = "off"}\n')

    assert ["dead-link"] == [code for code, *_ in told(linked, Asked(external=True, accept=True))]
    assert {"known": []} == json.loads((linked.root / "baseline.json").read_text("utf-8"))


def test_answers_are_remembered(linked, host, monkeypatch):
    """A good one for thirty days, a bad one for one; a damaged memory is none."""
    times = iter((timedelta(0), timedelta(hours=23), timedelta(days=2), timedelta(days=31)))

    def asked_at(later):
        host.asked.clear()
        monkeypatch.setattr(
            module, "datetime", type("Clock", (datetime,), {"now": staticmethod(lambda zone: NOW + later)})
        )
        assert ["moved-link", "dead-link"] == [code for code, *_ in told(linked)]
        return {path for _, path in host.requests()}

    assert [{"/a", "/b", "/c"}, set(), {"/c"}, {"/a", "/b", "/c"}] == [asked_at(later) for later in times]
    (linked.root / ".newsroom" / "links.json").write_text("{", "utf-8")
    assert {"/a", "/b", "/c"} == asked_at(timedelta(days=31))


def test_behind_a_proxy_nothing_is_said_of_others(linked, host, monkeypatch):
    """newsroom asks hosts itself, and there every one would seem dead."""
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")

    assert [] == told(linked) and [] == host.asked
