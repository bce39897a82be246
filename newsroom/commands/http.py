"""Owns the preview's conversation with browsers: which requests are answered, live reload, the page for no site yet.

It must not build or watch: it shows the State it is given, and whatever lies in the output folder.
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
import socketserver
import threading
import traceback
from collections.abc import Callable
from functools import cache
from html import escape, unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import AF_INET, AF_INET6
from typing import NamedTuple

from newsroom.commands.static_host import Reply, answer

OWN = "/_newsroom/"
"""Below this address the preview speaks for itself. No site may write there: outputs never start with `_newsroom`."""

HEARTBEAT = 15
"""Seconds between signs of life on a quiet event stream: without them a closed page is never noticed."""

Own = Callable[[str, str], Reply | None]
"""What the preview says of its own accord: (address below OWN with its query, base) -> Reply; None where nothing is.
Likewise what it says where the output folder has nothing, of a whole address."""

_NOT_HERE = ("strict-transport-security",)
_DROPPED = ("upgrade-insecure-requests", "require-trusted-types-for", "trusted-types", "report-uri", "report-to")


class State(NamedTuple):
    """What the pages in the browser should show."""

    title: str = ""
    base: str = ""
    """Where the site is published: "" or `/newsroom`."""
    build: str = ""
    """Names the last good build; "" before the first."""
    styles: bool = False
    """Whether that build wrote a stylesheet: perhaps under the old name."""
    problems: tuple[str, ...] = ()
    """As a person reads them. Text, never HTML: they quote what writers wrote."""


class Bulletin:
    """The current State, and a way to wait for the next one."""

    def __init__(self) -> None:
        self.state = State()
        self.closed = False
        self._news = threading.Condition()

    def post(self, state: State) -> None:
        """Tell every open page."""
        with self._news:
            self.state = state
            self._news.notify_all()

    def close(self) -> None:
        """Let every waiting stream end."""
        with self._news:
            self.closed = True
            self._news.notify_all()

    def wait(self, seen: State | None, seconds: float) -> State:
        """The state, once it is another than the one seen, or when the time is up."""
        with self._news:
            self._news.wait_for(lambda: self.closed or self.state != seen, seconds)
            return self.state


class Server(ThreadingHTTPServer):
    """The preview of one output folder."""

    # Elsewhere the option lets a restart have its port back at once; on Windows it lets two servers share one.
    allow_reuse_address = os.name != "nt"

    def __init__(
        self, address: tuple[str, int], folder: Path, bulletin: Bulletin, say: Callable[[str], object], own: Own,
        else_: Own = lambda target, base: None,
    ):  # fmt: skip
        self.address_family = AF_INET6 if ":" in address[0] else AF_INET
        self.folder, self.bulletin, self.say, self.own, self.else_ = folder, bulletin, say, own, else_
        self.host = address[0]
        super().__init__(address, Handler)

    def server_bind(self) -> None:
        """Bind without asking a name server for our own name, which takes seconds where there is none."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader who goes away in mid-sentence is no error; anything else is ours."""
        import sys

        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError)):
            self.say(traceback.format_exc().rstrip())


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        if not known_host(self.headers.get("Host", ""), self.server.host):
            # A foreign page whose name suddenly leads to this machine (DNS rebinding) could read unpublished drafts.
            self._send(Reply(421, (("Content-Type", "text/plain"),), b"this preview answers to this machine alone\n"))
        elif self.path.split("?")[0] == OWN + "events":
            self._stream()
        else:
            self._send(self._reply())

    do_HEAD = do_GET

    def refuse(self) -> None:
        """Answer every method that would change something."""
        self.close_connection = True  # the request's body is still unread
        self._send(Reply(405, (("Allow", "GET, HEAD"), ("Content-Type", "text/plain")), b"only reading is possible\n"))

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = refuse

    def version_string(self) -> str:
        """Tell no versions."""
        return "newsroom"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for problems."""

    def _reply(self) -> Reply:
        state = self.server.bulletin.state
        if self.path.split("?")[0] == OWN + "reload.js":
            return Reply(200, (("Content-Type", "text/javascript; charset=utf-8"),), reload_script())
        own = self.server.own(self.path.removeprefix(OWN), state.base) if self.path.startswith(OWN) else None
        reply = own or answer(self.server.folder, state.base, self.path)
        if reply.status == 404 and not own:
            reply = self.server.else_(self.path, state.base) or reply
        if not own and reply.status == 404 and not (self.server.folder / "index.html").is_file():
            reply = nothing_yet(state)
        if reply.header("Content-Type").startswith("text/html"):
            reply = reply._replace(body=with_reload(with_own_policy(reply.body), state.build))
        return reply

    def _send(self, reply: Reply) -> None:
        if self.headers.get("Content-Length", "0") != "0" or self.headers.get("Transfer-Encoding"):
            self.close_connection = True
        self.send_response(reply.status)
        for name, value in preview_headers(reply.headers):
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(reply.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    def _stream(self) -> None:
        """Server-sent events: the state at once, then each new one, until the page or the preview closes."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        seen = None
        while self.command != "HEAD" and not self.server.bulletin.closed:
            state = self.server.bulletin.wait(seen, HEARTBEAT)
            self.wfile.write(b": still here\n\n" if state == seen else event(state))
            seen = state


def event(state: State) -> bytes:
    """A state as a server-sent event."""
    told = {"build": state.build, "styles": state.styles, "problems": state.problems}
    return f"data: {json.dumps(told)}\n\n".encode()


def known_host(header: str, bound: str) -> bool:
    """Whether a Host header names this machine. Bound to every address, each IP address does: only names can lie."""
    name = header.rsplit(":", 1)[0] if not header.endswith("]") else header
    name = name.lower().strip("[]")
    if name in ("localhost", "127.0.0.1", "::1", bound.lower()):
        return bool(name)
    try:
        return bound in ("", "0.0.0.0", "::") and bool(ipaddress.ip_address(name))
    except ValueError:
        return False


def with_reload(page: bytes, build: str) -> bytes:
    """The page with the script of the preview before its end. The file on disk never has it."""
    script = f'<script src="{OWN}reload.js" data-build="{escape(build)}"></script>'.encode()
    end = page.lower().rfind(b"</body")
    return page + script if end < 0 else page[:end] + script + page[end:]


META = re.compile(rb"""<meta\b[^>]*http-equiv=["']?content-security-policy\b[^>]*>""", re.IGNORECASE)
CONTENT = re.compile(rb"""content=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def with_own_policy(page: bytes) -> bytes:
    """The page, its own content security policy widened for the preview's script. It is the first in the page."""

    def widened(found: re.Match[bytes]) -> bytes:
        return b'content="%s"' % escape(allow_own(unescape((found[1] or found[2] or b"").decode()))).encode()

    return META.sub(lambda meta: CONTENT.sub(widened, meta[0], count=1), page, count=1)


def preview_headers(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The site's headers, less what would last beyond the preview or keep its script from working."""
    kept = []
    for name, value in headers:
        if name.lower() == "content-security-policy":
            value = allow_own(value)
        if value and name.lower() not in ("cache-control", "content-length", *_NOT_HERE):
            kept.append((name, value))
    return tuple(kept)


def allow_own(policy: str) -> str:
    """A content security policy that also lets the preview's script run and hear of changes."""
    directives = {}
    for part in policy.split(";"):
        words = part.split()
        if words and words[0].lower() not in _DROPPED:
            directives.setdefault(words[0].lower(), words[1:])
    for name in ("script-src", "script-src-elem", "connect-src"):
        sources = directives.get(name, directives.get("default-src") if name != "script-src-elem" else None)
        if sources is not None and "'self'" not in sources:
            directives[name] = ["'self'", *(source for source in sources if source != "'none'")]
    return "; ".join(" ".join([name, *words]) for name, words in directives.items())


def nothing_yet(state: State) -> Reply:
    """The page for a site that never built. The script shows the problems here too, and reloads when they are gone."""
    problems = "\n\n".join(state.problems) or "The first build is still running."
    page = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Nothing to show yet</title></head>
<body><main><h1>Nothing to show yet</h1>
<p>This site has not been built successfully. As soon as it is, this page becomes the site.</p>
<noscript><pre>{escape(problems)}</pre></noscript></main></body></html>
"""
    return Reply(503, (("Content-Type", "text/html; charset=utf-8"),), page.encode())


@cache
def reload_script() -> bytes:
    """The script of the preview."""
    return Path(__file__).with_name("reload.js").read_bytes()
