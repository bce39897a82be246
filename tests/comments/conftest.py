"""A little HTTP server on this machine that stands in for a comment service."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest


class Asked(NamedTuple):
    """One request, as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    """The last value of each name."""
    headers: dict[str, str]
    """Names in lower case."""
    body: Any
    """JSON, or None."""


class Raw(NamedTuple):
    """An answer that is not simply 200 and JSON."""

    status: int = 200
    body: bytes | str = b""
    headers: tuple[tuple[str, str], ...] = ()


class Service:
    """Answers what the test lays out: path -> JSON, Raw, or a function of the request that gives one of them."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.asked: list[Asked] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._class())
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, asked: Asked) -> Raw:
        """What the test laid out for a request."""
        found = self.answers.get(asked.path, Raw(404, '{"message": "nothing here"}'))
        found = found(asked) if callable(found) else found
        if isinstance(found, Raw):
            return found
        return Raw(200, json.dumps(found), (("Content-Type", "application/json"),))

    def _class(service) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {key: values[-1] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
                size = int(self.headers.get("Content-Length", 0))
                body = json.loads(self.rfile.read(size)) if size else None
                headers = {key.lower(): value for key, value in self.headers.items()}
                service.asked.append(asked := Asked(self.command, parts.path, query, headers, body))
                raw = service.answer(asked)
                content = raw.body.encode() if isinstance(raw.body, str) else raw.body
                self.send_response(raw.status)
                for name, value in raw.headers:
                    self.send_header(name, value)
                if "content-length" not in {name.lower() for name, _ in raw.headers}:
                    self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                try:
                    self.wfile.write(content)
                except OSError:
                    pass  # the other side had enough

            do_POST = do_GET

            def log_message(self, *_: Any) -> None:
                pass

        return Handler


@pytest.fixture
def raw() -> type[Raw]:
    """The record of an answer that is not simply JSON."""
    return Raw


@pytest.fixture
def service() -> Iterator[Service]:
    """A running stand-in."""
    running = Service()
    thread = threading.Thread(target=running.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield running
    running.server.shutdown()
    running.server.server_close()
    thread.join()
