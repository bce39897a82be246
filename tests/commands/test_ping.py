"""The hub is told of exactly what changed, to the letter, and never that it was told when it was not."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import pytest

from newsroom.cli import main
from newsroom.commands import indexnow
from newsroom.commands import ping as module
from newsroom.commands.ping import batches, body, ping, plan
from newsroom.errors import NewsroomError

PERSON = "---\nname: Maya Okafor\n---\nBio\n"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def hub() -> Iterator[Any]:
    """A hub: `told` holds (content type, body) of each request, `status` is what it answers."""

    class Hub(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = self.rfile.read(int(self.headers["Content-Length"]))
            server.told.append((self.path, self.headers["Content-Type"], said))
            self.send_response(server.status)
            if server.status == 307:
                self.send_header("Location", f"{server.address}/elsewhere")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    server.told, server.status = [], 204
    server.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def site(make_site: Any, hub: Any) -> Any:
    """Two people, each with a post; built."""
    made = make_site(
        {
            "content/people/maya.md": PERSON,
            "content/people/zoe.md": PERSON.replace("Maya Okafor", "Zoé & Sons"),
            "content/posts/a.md": "---\ntitle: A\nauthors: [maya]\ndate: 2026-03-02\n---\nWords.\n",
            "content/posts/b.md": "---\ntitle: B\nauthors: [zoe]\ndate: 2026-03-03\n---\nWords.\n",
        },
        url="https://news.example.com/room",
        feeds={"hub": f"{hub.address}/hub?a=1&b=2"},
    )
    assert () == made.build().problems
    return made


def count(site: Any) -> int:
    """Feeds of the site."""
    return sum(path.rpartition("/")[2] in module.FILES for path in site.outputs())


def urls(told: tuple[str, str, bytes]) -> list[str]:
    return [value for name, value in parse_qsl(told[2].decode(), strict_parsing=True) if name == "hub.url"]


def test_the_body_is_the_form_that_hubs_read():
    """Byte by byte: one mode, the addresses after it."""
    assert (
        b"hub.mode=publish&hub.url=https%3A%2F%2Fexample.com%2Fa%2Ffeed.xml&hub.url=https%3A%2F%2Fexample.com%2Fzo%25C3%25A9"
        == body(["https://example.com/a/feed.xml", "https://example.com/zo%C3%A9"])
    )


def test_a_first_ping_tells_of_every_feed_and_says_so(site, hub):
    """In one request to the hub's own address; each feed's own link is, to the letter, what the hub is told."""
    done = ping(site.root)
    feeds = {path for path in site.outputs() if path.rpartition("/")[2] in module.FILES}
    ours = [
        link.get("href")
        for path in feeds
        if path.endswith(".xml")
        for link in ElementTree.fromstring(site.read(path)).iter(f"{ATOM}link")
        if link.get("rel") == "self"
    ] + [json.loads(site.read(path))["feed_url"] for path in feeds if path.endswith(".json")]

    assert [("/hub?a=1&b=2", "application/x-www-form-urlencoded")] == [told[:2] for told in hub.told]
    assert sorted(ours) == sorted(urls(hub.told[0]))
    assert "https://news.example.com/room/people/zoe/feed.xml" in ours
    assert hub.told[0][2].startswith(b"hub.mode=publish&hub.url=https%3A%2F%2Fnews.example.com%2Froom%2F")
    assert done.facts["first"] and done.lines[0].startswith("nobody knows what the hub was told")


def test_only_what_changed_is_told_again(site, hub):
    """A second ping tells nothing; a new title of Maya's changes her feeds and everybody's, and not Zoé's."""
    ping(site.root)
    hub.told.clear()

    assert (f"nothing to tell: {count(site)} unchanged",) == ping(site.root).lines
    assert [] == hub.told
    site.edit("content/posts/a.md", "title: A", "title: Another")
    assert () == site.build().problems
    ping(site.root)
    names = ("atom.xml", "feed.json", "feed.xml")
    places = ("https://news.example.com/room/", "https://news.example.com/room/people/maya/")
    assert sorted(place + name for place in places for name in names) == sorted(urls(hub.told[0]))


def test_all_tells_of_every_feed_again(site, hub):
    """Whatever is on record."""
    ping(site.root)
    done = ping(site.root, every=True)

    assert urls(hub.told[0]) == urls(hub.told[1])
    assert not any("nobody knows" in line for line in done.lines)


def test_a_dry_run_tells_nobody_and_records_nothing(site, hub):
    """It says what it would tell."""
    done = ping(site.root, dry=True)

    assert count(site) == sum(line.startswith("would tell 127.0.0.1:") for line in done.lines)
    assert [] == hub.told
    assert not (site.root / ".newsroom" / module.RECORD).exists()


@pytest.mark.parametrize("status", [307, 400, 403, 404, 429, 500, 503])
def test_a_hub_that_refuses_was_told_nothing(site, hub, status, capsys):
    """The record stays as it was; the next ping tells all of it. A redirect is not followed: the form would be lost."""
    ping(site.root)
    kept = (site.root / ".newsroom" / module.RECORD).read_bytes()
    site.edit("content/posts/a.md", "title: A", "title: Another")
    site.build()
    hub.status = status
    hub.told.clear()

    assert 1 == main(["ping", "--site", str(site.root)])
    said = capsys.readouterr().err
    assert f"answered {status}" in said and "hint: " in said
    assert "a=1" not in said, "what stands behind the hub's host may be a token"
    assert (1, kept) == (len(hub.told), (site.root / ".newsroom" / module.RECORD).read_bytes())
    hub.status = 202
    assert 6 == len(ping(site.root).facts["pinged"])


def test_a_hub_that_is_not_there_is_told_of_plainly(site, hub, capsys):
    """Exit 1, the place in site.toml, no record."""
    hub.shutdown()
    hub.server_close()

    assert 1 == main(["ping", "--site", str(site.root)])
    said = capsys.readouterr().err
    assert "site.toml" in said and "gave no answer: nothing listens there" in said
    assert not (site.root / ".newsroom" / module.RECORD).exists()


def test_what_a_hub_was_told_before_it_broke_off_stays_on_record(site, hub, monkeypatch):
    """Batch by batch."""
    monkeypatch.setattr(module, "BATCH", 4)
    post = module.opener(True).open

    class Breaking:
        def open(self, *args: Any, **named: Any) -> Any:
            hub.status = 500 if len(hub.told) == 1 else 204
            return post(*args, **named)

    monkeypatch.setattr(module, "opener", lambda local: Breaking())
    with pytest.raises(NewsroomError, match="answered 500"):
        ping(site.root)

    assert 4 == len(json.loads((site.root / ".newsroom" / module.RECORD).read_text()))


def test_a_hub_that_reads_repeated_fields_as_one_is_told_one_by_one():
    """Superfeedr's, at any name of its host and at no other host that ends alike."""
    sizes = {
        hub: [len(batch) for batch in batches(hub, ["a"] * 60)]
        for hub in (
            "https://x.superfeedr.com/",
            "https://superfeedr.com",
            "https://notsuperfeedr.com",
            "https://hub.example",
        )
    }

    assert ([1] * 60, [1] * 60, [50, 10], [50, 10]) == tuple(sizes.values())


def test_without_a_hub_the_next_step_is_told(make_site, capsys):
    """As wrong usage."""
    site = make_site({"content/people/maya.md": PERSON})

    assert 2 == main(["ping", "--site", str(site.root)])
    assert "[feeds]" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["http://hub.example.com/", "https://me:secret@hub.example.com/"])
def test_a_hub_is_only_asked_over_https_and_without_a_password(make_site, address, capsys):
    """But for one on this machine."""
    site = make_site({"content/people/maya.md": PERSON}, feeds={"hub": address})
    site.build()

    assert 1 == main(["ping", "--site", str(site.root)])
    said = capsys.readouterr().err
    assert "cannot be asked" in said and "secret" not in said


def test_feeds_that_were_built_before_the_hub_was_set_are_not_told_of(make_site, hub):
    """Nobody who reads them was sent to the hub."""
    site = make_site({"content/people/maya.md": PERSON})
    with pytest.raises(NewsroomError, match="no public/ yet"):
        _set_hub(site, hub)
    site.build()
    (site.root / "site.toml").write_text('title = "N"\nurl = "https://news.example.com"\n')
    site.build()
    with pytest.raises(NewsroomError, match="names the hub"):
        _set_hub(site, hub)

    assert [] == hub.told


def _set_hub(site: Any, hub: Any) -> None:
    site.edit("site.toml", "\nurl", f'\nfeeds.hub = "{hub.address}"\nurl')
    try:
        ping(site.root)
    finally:
        site.edit("site.toml", f'\nfeeds.hub = "{hub.address}"', "")


def test_a_copy_of_a_feed_at_an_old_address_is_not_told_of(site, hub):
    """It names another address as its own."""
    old = site.root / "public/old/feed.xml"
    old.parent.mkdir()
    old.write_text(site.read("feed.xml"))

    assert not any("/old/" in url for url in ping(site.root).facts["pinged"])


def test_a_record_that_was_damaged_is_none(site, hub):
    """Everything is told again."""
    ping(site.root)
    (site.root / ".newsroom" / module.RECORD).write_text("{")

    assert count(site) == len(ping(site.root).facts["pinged"])


def test_a_feed_that_is_gone_leaves_the_record(site, hub):
    """If it comes back as it was, it is news."""
    ping(site.root)
    site.remove("content/people/zoe.md")
    site.remove("content/posts/b.md")
    site.build()
    ping(site.root)

    assert not any("zo" in path for path in json.loads((site.root / ".newsroom" / module.RECORD).read_text()))


def test_programs_get_json(site, hub, capsys):
    """The same facts."""
    assert 0 == main(["ping", "--json", "--dry-run", "--site", str(site.root)])
    facts = json.loads(capsys.readouterr().out)
    assert (True, True, count(site), 0) == (facts["dry_run"], facts["first"], len(facts["pinged"]), facts["unchanged"])


def test_the_plan_is_what_is_new_or_other():
    """And nothing that is gone."""
    assert ["b", "c"] == plan({"a": "1", "b": "1", "d": "1"}, {"a": "1", "b": "2", "c": "1"})


# ── search engines ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def told_of(make_site: Any, hub: Any) -> Any:
    """A site with a key, built; the same server takes what search engines are told."""
    made = make_site(
        {
            "content/people/maya.md": PERSON,
            "content/posts/a.md": "---\ntitle: A\nauthors: [maya]\ndate: 2026-03-02\n---\nWords.\n",
            "content/posts/b.md": "---\ntitle: B\nauthors: [maya]\ndate: 2026-01-03\n---\nWords.\n",
        },
        url="https://news.example.com/room",
        crawlers={"indexnow": "b1946ac9-2492", "endpoint": f"{hub.address}/indexnow"},
    )
    assert () == made.build().problems
    hub.status = 202
    return made


def test_search_engines_are_told_of_what_is_new_changed_or_gone(told_of, hub, capsys):
    """First of the last two days, then of changes alone; in the form that IndexNow reads; the key is where it says."""
    here = "https://news.example.com/room"
    first = ping(told_of.root)
    path, media, said = hub.told.pop()

    assert ("/indexnow", "application/json; charset=utf-8") == (path, media)
    assert {
        "host": "news.example.com", "key": "b1946ac9-2492", "keyLocation": f"{here}/b1946ac9-2492.txt",
        "urlList": [f"{here}/", f"{here}/2026/a/", f"{here}/people/maya/", f"{here}/posts/"],
    } == json.loads(said)  # fmt: skip
    assert "b1946ac9-2492" == told_of.read("b1946ac9-2492.txt")
    assert f"told 127.0.0.1:{hub.server_port} of 4 addresses" == first.lines[0]

    assert (f"127.0.0.1:{hub.server_port} knows everything",) == ping(told_of.root).lines
    told_of.edit("content/posts/a.md", "Words.", "Wards.")  # nobody declared it
    told_of.edit("content/posts/b.md", "date: 2026-01-03", "date: 2026-01-03\nupdated: 2026-01-09")
    told_of.write("content/pages/new.md", "---\ntitle: New\n---\nWords.\n")
    told_of.build()
    ping(told_of.root)
    assert [f"{here}/2026/b/", f"{here}/new/"] == json.loads(hub.told.pop()[2])["urlList"]

    told_of.remove("content/pages/new.md")
    told_of.build()
    assert 0 == main(["ping", "--site", str(told_of.root), "--json"])
    assert [f"{here}/new/"] == json.loads(capsys.readouterr().out)["indexnow"]["pinged"]
    assert [] == hub.told[1:]


@pytest.mark.parametrize(("status", "words"), [(403, "before you ping"), (429, "tomorrow"), (422, "check url"), (500, "again later")])
def test_what_search_engines_refused_is_not_taken_as_told(told_of, hub, status, words):
    """The message names who refused and the next step; the next ping tells of it."""
    hub.status = status
    with pytest.raises(NewsroomError) as refused:
        ping(told_of.root)
    hub.status = 200

    assert f"answered {status}" in refused.value.problems[0].message
    assert words in refused.value.problems[0].hint
    assert 4 == len(ping(told_of.root).facts["indexnow"]["pinged"])


def test_ten_thousand_addresses_are_one_request():
    """And no more."""
    assert [10_000, 1] == [len(batch) for batch in indexnow.batches(["x"] * 10_001)]


def test_a_dry_run_tells_search_engines_nothing(told_of, hub):
    """And notes nothing; --all is everything."""
    assert "would tell" in ping(told_of.root, dry=True).lines[0]
    assert [] == hub.told
    assert len(ping(told_of.root, every=True, dry=True).facts["indexnow"]["pinged"]) > 10
    assert not (told_of.root / ".newsroom" / indexnow.RECORD).exists()


@pytest.mark.parametrize("key", ["short", "with space 123", "x" * 129, "käse-käse"])
def test_a_key_has_the_form_that_indexnow_asks_for(make_site, key):
    """Or the build says so at its line."""
    found = make_site({}, crawlers={"indexnow": key}).build().problems

    assert ["bad-setting"] == [problem.code for problem in found]
    assert "8 to 128" in found[0].hint
