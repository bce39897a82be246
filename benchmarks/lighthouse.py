"""Owns what Lighthouse says of a built site: the four scores of its pages, and every audit below full marks.

    newsroom build && python -m benchmarks.lighthouse public / /people/ /2026/cracked-lens/

Serves the folder as a static host does, with its `_headers`, compressed by gzip. Needs Chromium and Node (npx brings
Lighthouse itself, once). Without addresses it asks for one page of each of the four kinds that a newsroom is judged by.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from gzip import compress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from newsroom.commands.static_host import answer

VERSION = "12.8.2"
"""Of Lighthouse: the last that runs on Node 20."""
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TOLD = ("numeric", "binary", "metricSavings")
"""How an audit is displayed that has a score; the others inform."""
FLAGS = "--headless=new --no-sandbox --disable-gpu"
SMALL = 256
"""Bytes below which no host compresses."""
COMPRESSED = ("text/", "application/json", "application/xml", "image/svg+xml", "application/javascript")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


class Verdict(NamedTuple):
    """What Lighthouse says of one page."""

    address: str
    scores: dict[str, int]
    """Category -> 0 to 100."""
    below: tuple[str, ...]
    """A line for each audit below full marks: score, name, what it found."""


@contextmanager
def serving(public: Path) -> Iterator[str]:
    """Serve a built folder, compressed where the reader takes gzip; gives the address, without a final slash."""

    class Host(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            reply = answer(public, "", self.path)
            kind, body = reply.header("Content-Type"), reply.body
            small = len(body) < SMALL or not kind.startswith(COMPRESSED)
            if zipped := not small and "gzip" in self.headers.get("Accept-Encoding", ""):
                body = _gzip(body)
            self.send_response_only(reply.status)
            for name, value in reply.headers:
                if name.lower() not in ("content-length", "connection"):
                    self.send_header(name, value)
            for name, value in (("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")) if zipped else ():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *told: object) -> None:
            """A server that is measured says nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *request: object) -> None:
            """A page that is left while it loads is no error."""

    server = Server(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@lru_cache(512)
def _gzip(body: bytes) -> bytes:
    return compress(body, 6, mtime=0)


def judged(url: str, command: list[str]) -> dict:
    """Lighthouse's own report on a page, on its slow telephone. Raises RuntimeError with what it said instead."""
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), "")
    with TemporaryDirectory() as folder:
        made = Path(folder) / "report.json"
        wanted = ["--quiet", "--output=json", f"--output-path={made}", f"--chrome-flags={FLAGS}"]
        ended = subprocess.run(
            [*command, url, *wanted, f"--only-categories={','.join(CATEGORIES)}"],
            capture_output=True, text=True, env={**os.environ, "CHROME_PATH": chromium, "TMPDIR": folder},
        )  # fmt: skip
        if not made.is_file():
            raise RuntimeError(ended.stderr.strip() or ended.stdout.strip() or "Lighthouse said nothing")
        return json.loads(made.read_text("utf-8"))


def verdict(address: str, report: dict) -> Verdict:
    """A report in short."""
    scores = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}
    counted = {ref["id"] for name in CATEGORIES for ref in report["categories"][name]["auditRefs"]}
    below = []
    for name, audit in report["audits"].items():
        score = audit.get("score")
        if name in counted and score is not None and score < 1 and audit["scoreDisplayMode"] in TOLD:
            found = [_item(item) for item in audit.get("details", {}).get("items", ())[:3]]
            said = "; ".join(filter(None, (audit.get("displayValue", ""), *found)))
            below.append(f"{round(100 * score):3d}  {name}: {audit['title']}{f' ({said})' if said else ''}")
    return Verdict(address, scores, tuple(below))


def _item(item: dict) -> str:
    """What an audit found, in a few words."""
    node = item.get("node") or {}
    return str(node.get("snippet") or item.get("url") or item.get("description") or item.get("label") or "")[:160]


def usual(public: Path) -> list[str]:
    """Home, the people, a person, and a post with a picture where there is one."""
    people = sorted(path.parent.name for path in public.glob("people/*/index.html"))
    posts = sorted(public.glob("[12][0-9][0-9][0-9]/*/index.html"), reverse=True)
    posts.sort(key=lambda path: "<figure" not in path.read_text("utf-8"))
    found = [f"/people/{name}/" for name in people[:1]]
    return ["/", "/people/", *found, *(f"/{path.parent.relative_to(public).as_posix()}/" for path in posts[:1])]


def main(arguments: list[str] | None = None) -> int:
    """Print the scores; the exit code is 1 where a page has less than was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lighthouse", description=__doc__.splitlines()[0])
    parser.add_argument("public", type=Path, help="the built folder")
    parser.add_argument("addresses", nargs="*", metavar="address", help="a page: /people/")
    parser.add_argument("--least", type=int, default=100, help="the score that each page must have (default: 100)")
    parser.add_argument("--lighthouse", default=f"npx --yes lighthouse@{VERSION}", help="the command, with its words")
    asked = parser.parse_args(arguments)
    poor = False
    with serving(asked.public) as host:
        for address in asked.addresses or usual(asked.public):
            told = verdict(address, judged(host + address, asked.lighthouse.split()))
            print(" ".join(f"{told.scores[name]:4d}" for name in CATEGORIES), address, flush=True)
            print("".join(f"       {line}\n" for line in told.below), end="", flush=True)
            poor = poor or min(told.scores.values()) < asked.least
    return int(poor)


if __name__ == "__main__":
    sys.exit(main())
