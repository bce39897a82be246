"""Owns asking other hosts whether an address answers: politely, in bounded time, and never inside our own network.

One request at a time goes to a host, with a pause; robots.txt is heeded; who says "too often" is left alone.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from queue import Empty, SimpleQueue
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from newsroom.wire import silence

PERMANENT, REDIRECTS = (301, 308), (301, 302, 303, 307, 308)
UNSURE = (401, 402, 403, 405, 406, 407, 408, 425, 429, 451, 999)
"""Answers that say more about who asks than about the page: a login, a wall against programs."""
HOPS = 8
SLOWEST = 10.0
"""Seconds of pause that a robots.txt may ask for."""
ROBOTS = 500 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, 2.5)."""


class Answer(NamedTuple):
    """What is known of an address."""

    kind: str
    """good | moved | dead | unsure."""
    said: str = ""
    """What happened, as a sentence goes on after the address."""
    to: str = ""
    """Where it lives now, of one that moved for good."""


class _Private(Exception):
    """The host is not on the public internet."""


class _Late(Exception):
    """The time is over."""


class _Resting(Exception):
    """The host wants to be left alone."""


def public(address: str) -> bool:
    """Whether an IP address is on the public internet: not this machine, not the network around it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None) or ip
    return ip.is_global and not ip.is_multicast


@dataclass
class Asker:
    """Asks hosts. Threads share it."""

    agent: str
    """Who asks: newsroom, and whose."""
    allowed: Callable[[str], bool] = public
    """Which IP addresses may be asked."""
    pause: float = 1.0
    """Seconds between two requests to a host."""
    patience: float = 10.0
    """Seconds of silence."""
    in_all: float = 120.0
    """Seconds, for everything."""
    threads: int = 8
    """Hosts at a time."""
    until: float = 0.0
    turns: dict[str, tuple[threading.Lock, list[float]]] = field(default_factory=dict)
    """Host -> its turn, and when it may be asked next."""
    robots: dict[str, RobotFileParser | None] = field(default_factory=dict)
    """Origin -> what it lets programs read; None is nothing at all."""
    resting: set[str] = field(default_factory=set)

    def ask(self, urls: Iterable[str]) -> dict[str, Answer]:
        """Address -> what is known of it, of those for which there was time."""
        queue: SimpleQueue[list[str]] = SimpleQueue()
        hosts: dict[str, list[str]] = {}
        for url in urls:
            hosts.setdefault(_group(url), []).append(url)
        for group in hosts.values():
            queue.put(group)
        found: dict[str, Answer] = {}
        self.until = time.monotonic() + self.in_all
        workers = [
            threading.Thread(target=self._work, args=(queue, found), daemon=True)
            for _ in range(min(self.threads, len(hosts)))
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(max(0.0, self.until - time.monotonic()) + 0.1)
        return dict(found)

    def _work(self, queue: SimpleQueue, found: dict[str, Answer]) -> None:
        try:
            while True:
                for url in queue.get_nowait():
                    try:
                        found[url] = self._one(url)
                    except _Resting:
                        pass  # asked another time
        except (Empty, _Late):
            pass

    def _one(self, url: str) -> Answer:
        """What one address answers."""
        try:
            return self._followed(url)
        except _Private:
            host = _host(url)  # of a name, another network may know another address
            inside = host == "localhost" or host.replace(".", "").isdecimal() or ":" in host
            return Answer("dead" if inside else "unsure", "is inside a network of its own, where no reader gets")
        except (OSError, http.client.HTTPException, ValueError) as error:
            if isinstance(error, socket.gaierror):
                return Answer("dead", "names a host that does not exist")
            return Answer(
                "dead", f"gives no answer: {silence(error)[0]}".replace("20 seconds", f"{self.patience:g} seconds")
            )

    def _followed(self, url: str) -> Answer:
        at, moved, lasting = url, "", True
        for _ in range(HOPS):
            parts = urlsplit(at)
            if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
                return Answer("unsure", "leads to an address that is not asked")
            if not self._may(at):
                return Answer("unsure", "may not be read by programs (robots.txt)")
            status, to = self._status(at)
            if status not in REDIRECTS or not to:
                break
            at = urljoin(at, to)
            lasting = lasting and status in PERMANENT
            moved = at if lasting else moved
        else:
            return Answer("dead", "leads in a circle")
        if status < 300:
            return Answer("moved", f"moved for good to {moved}", moved) if moved else Answer("good")
        return Answer("unsure" if status in UNSURE else "dead", f"answers {status}{_phrase(status)}")

    def _status(self, url: str) -> tuple[int, str]:
        """(status, Location) of an address. Hosts that do not like HEAD are asked for the first bytes."""
        status, to, _ = self._request("HEAD", url)
        if status >= 400:
            status, to, _ = self._request("GET", url)
        return status, to

    def _may(self, url: str) -> bool:
        """Whether its robots.txt lets us ask for an address (RFC 9309)."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.robots:
            self.robots[origin] = self._robots(f"{origin}/robots.txt")
        rules = self.robots[origin]
        return rules is not None and rules.can_fetch("newsroom", url)

    def _robots(self, url: str) -> RobotFileParser | None:
        rules, at, text = RobotFileParser(), url, b""
        try:
            for _ in range(HOPS):
                status, to, text = self._request("GET", at, ROBOTS)
                if status not in REDIRECTS or not to:
                    break
                at = urljoin(at, to)
        except (OSError, http.client.HTTPException, ValueError, _Private):
            status = 404  # the address itself will say so
        if status >= 500:
            return None
        rules.parse(text.decode("utf-8", "replace").splitlines() if status < 300 else [])
        if delay := rules.crawl_delay("newsroom"):
            self._turn(_host(url))[1][1:] = [min(float(delay), SLOWEST)]
        return rules

    def _request(self, method: str, url: str, size: int = 0) -> tuple[int, str, bytes]:
        """(status, Location, the first bytes)."""
        parts = urlsplit(url)
        host = _host(url)
        path = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe="/?&=%:@!$'()*+,;~-._#[]")
        headers = {"User-Agent": self.agent, "Accept": "*/*", "Connection": "close"}
        if method == "GET" and not size:
            headers["Range"] = "bytes=0-1023"
        with self._alone(host):
            connection = self._connection(parts.scheme, host, parts.port)
            try:
                connection.request(method, path, headers=headers)
                answer = connection.getresponse()
                if answer.status == 429 or (answer.status == 503 and answer.headers.get("Retry-After")):
                    self.resting.add(host)
                    raise _Resting
                return answer.status, answer.headers.get("Location", ""), answer.read(size) if size else b""
            finally:
                connection.close()

    @contextmanager
    def _alone(self, host: str) -> Iterator[None]:
        """One request to a host at a time, with the pause after it."""
        lock, times = self._turn(host)
        with lock:
            if host in self.resting:
                raise _Resting
            wait = times[0] - time.monotonic()
            if time.monotonic() + max(wait, 0) >= self.until:
                raise _Late
            time.sleep(max(wait, 0))
            try:
                yield
            finally:
                times[0] = time.monotonic() + max(self.pause, *times[1:], 0)

    def _turn(self, host: str) -> tuple[threading.Lock, list[float]]:
        return self.turns.setdefault(host, (threading.Lock(), [0.0]))

    def _connection(self, scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
        """A connection to an allowed address of a host: the address that was looked at is the one that is asked."""
        port = port or (443 if scheme == "https" else 80)
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        address = next((row[4][0] for row in rows if self.allowed(row[4][0])), None)
        if address is None:
            raise _Private
        made = http.client.HTTPConnection(host, port, timeout=self.patience)
        made.sock = socket.create_connection((address, port), self.patience)
        if scheme == "https":
            try:
                made.sock = self.context.wrap_socket(made.sock, server_hostname=host)
            except BaseException:
                made.sock.close()
                raise
            made.default_port = http.client.HTTPS_PORT
        return made

    @cached_property
    def context(self) -> ssl.SSLContext:
        """Reading the system's certificates takes 20 ms."""
        return ssl.create_default_context()


def _host(url: str) -> str:
    """The host as the wire knows it: `xn--...` for one with letters beyond ASCII."""
    host = urlsplit(url).hostname or ""
    return host if host.isascii() else host.encode("idna").decode()


def _group(url: str) -> str:
    try:
        return _host(url)
    except ValueError:  # it has none: asking for it will say so
        return ""


def _phrase(status: int) -> str:
    phrase = http.client.responses.get(status, "")
    return f" ({phrase})" if phrase else ""
