"""One person, followed with newsboat: what a reader of feeds shows as new, and what it does not."""

import shutil
import sqlite3
import subprocess
import threading
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

pytestmark = pytest.mark.skipif(
    not shutil.which("newsboat"), reason="newsboat is not installed (on Debian: apt-get install newsboat)"
)

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
POST = "---\ntitle: {0}\nid: {0}-1\nauthors: [maya]\ndate: 2026-11-{1:02}\n---\nWords of {0}.\n"
FILES = {
    "content/people/maya.md": "---\nname: Maya Okafor\n---\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\n---\n",
    "content/posts/lens.md": POST.format("Lens", 2),
    "content/posts/ring.md": POST.format("Ring", 3),
    "content/posts/other.md": POST.format("Other", 4).replace("[maya]", "[jonas]"),
}


class Quiet(SimpleHTTPRequestHandler):
    """A static host that tells nothing: neither on the screen nor how old a file is, for a test is over in a second."""

    def log_message(self, *_):
        """Nothing."""

    def send_header(self, keyword, value):
        """All but the day of the file."""
        if keyword != "Last-Modified":
            super().send_header(keyword, value)


@pytest.fixture(params=["feed.xml", "atom.xml"])
def reader(request, make_site, tmp_path):
    """(the site, a function that builds it, reloads newsboat and gives the titles that it holds and has not shown)."""
    site = make_site(FILES)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site.root / "public")) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        urls, config, cache = (tmp_path / name for name in ("urls", "config", "cache.db"))
        urls.write_text(f"http://127.0.0.1:{server.server_port}/people/maya/{request.param}\n")
        config.write_text("")

        def reload():
            assert () == site.build(moment=NOW).problems
            command = ["newsboat", "-u", urls, "-C", config, "-c", cache, "-x", "reload"]
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                timeout=60,
                env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
            )
            assert 0 == done.returncode, done.stderr
            with sqlite3.connect(cache) as store:
                titles = [
                    title for (title,) in store.execute("select title from rss_item where unread = 1 order by pubDate")
                ]
                store.execute("update rss_item set unread = 0")
            store.close()
            return titles

        yield site, reload
        server.shutdown()


def test_a_reader_sees_one_persons_posts_and_then_each_new_one_once(reader):
    """Not those of others; and nothing that only got another title, address or domain, another file or a typo less."""
    site, reload = reader

    assert ["Lens", "Ring"] == reload()
    assert [] == reload()

    site.write("content/posts/new.md", POST.format("New", 20))
    assert ["New"] == reload()

    site.edit("content/posts/lens.md", "title: Lens", "title: A lens\nslug: another")
    site.edit("site.toml", 'url = "https://news.example.com"', 'url = "https://moved.example/news"')
    site.edit("content/posts/ring.md", "Words", "Better words")
    (site.root / "content/posts/new.md").rename(site.root / "content/posts/newer.md")
    assert [] == reload()
    assert "moved.example/news/2026/another/" in site.read("people/maya/feed.xml")
