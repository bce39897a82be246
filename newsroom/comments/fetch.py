"""Owns asking a comment service over the network: what may be asked, how long, how much, and what a refusal means.

Connections are `wire`'s: a redirect may not lead to another host. Tokens travel in a header, and are in no message:
neither whole nor cut, nor in what a service repeats of them.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import time
import urllib.error
import urllib.request
from collections.abc import Container, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

from newsroom import __version__
from newsroom.errors import Location, NewsroomError, Problem
from newsroom.wire import ADDRESS, LOCAL, SECONDS, host_of, opener, silence

IN_ALL = 120
"""How many seconds one answer may take to arrive, so that a byte now and then does not hold us for ever."""
BYTES = 20 * 1024 * 1024
"""The largest answer."""
SECRET = ("authorization", "api-key")
"""Headers whose values are in no message."""
ALONE = (400, 404, 410, 422)
"""Answers that concern one address, not the service."""


class Missing(Exception):
    """One address has no answer; others may have. What it says is for a person to read."""

    def __init__(self, status: int, says: str, hint: str):
        self.status, self.says, self.hint = status, says, hint
        super().__init__(says)


@dataclass(frozen=True)
class Fetch:
    """The way to a service, and what was noticed on it. `get`, `post` and `text` raise Missing or NewsroomError."""

    environ: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    """Where tokens are."""
    place: Location = Location("site.toml")
    """Where the service is set, for messages."""
    login: str = "the service lets nobody in without a token that may read"
    """The next step where it lets us not in."""
    pause: float = 2.0
    """Seconds before a server that failed is asked once more."""
    problems: list[Problem] = field(default_factory=list)
    """Warnings: threads that were skipped, or are not whole."""
    partial: set[str] = field(default_factory=set)
    """Keys of the threads that are not whole: what is not among their comments may still be there."""
    secrets: set[str] = field(default_factory=set, repr=False)
    """Every token that was used."""

    def get(self, url: str, headers: Mapping[str, str] | None = None, alone: Container[int] = ALONE) -> Any:
        """The JSON at an address. `alone`: statuses that concern this address only."""
        return self._json(url, None, headers or {}, alone)

    def post(self, url: str, body: Any, headers: Mapping[str, str] | None = None, alone: Container[int] = ALONE) -> Any:
        """The JSON that answers some JSON."""
        return self._json(
            url, json.dumps(body).encode(), {"Content-Type": "application/json", **(headers or {})}, alone
        )

    def text(self, url: str, headers: Mapping[str, str] | None = None, alone: Container[int] = ALONE) -> str:
        """The text at an address, where a service has no JSON."""
        raw = self._ask(url, None, {"Accept": "text/html", **(headers or {})}, alone)[0]
        return self.hidden(raw.decode("utf-8", "replace"))

    def token(self, *names: str) -> str:
        """The first of some variables of the environment that is set; ""."""
        name, value = next(((n, v) for n in names if (v := self.environ.get(n, "").strip())), ("", ""))
        if not re.fullmatch(r"[\x21-\x7e]*", value):
            raise self.failed(f"{name} holds what no token can hold", "copy the token again, without spaces or quotes")
        if value:
            self.secrets.add(value)
        return value

    def failed(self, message: str, hint: str) -> NewsroomError:
        """What is raised when nothing more can be asked."""
        return NewsroomError([Problem("pull-failed", self.hidden(message), self.place, self.hidden(hint))])

    def warn(self, code: str, message: str, path: str, hint: str) -> None:
        """Note what concerns one thread."""
        place = Location(path) if path else self.place
        self.problems.append(Problem(code, self.hidden(message), place, self.hidden(hint), "warning"))

    def hidden(self, text: str) -> str:
        """The text without our tokens, however they are written. What is to be cut is hidden before: half is enough."""
        for secret in sorted(self.secrets, key=len, reverse=True):
            text = _written(secret).sub("…", text)
        return text

    def _json(self, url: str, body: bytes | None, headers: Mapping[str, str], alone: Container[int]) -> Any:
        raw, kind = self._ask(url, body, {"Accept": "application/json", **headers}, alone)
        try:
            return self._clean(json.loads(raw))
        except RecursionError:
            raise self.failed(f"{self._short(url)} answered with JSON that nests too deep", _HINTS["odd"]) from None
        except ValueError:
            page = "html" in kind or raw.lstrip()[:1] == b"<"
            what = "a web page" if page else "nothing" if not raw.strip() else "something that is not JSON"
            hint = _HINTS["page" if page else "odd"]
            raise self.failed(f"{self._short(url)} answered with {what} instead of JSON", hint) from None

    def _clean(self, answer: Any) -> Any:
        """An answer without our tokens: from it they would come into messages, cut anywhere, or into an archive."""
        text = json.dumps(answer, ensure_ascii=False) if self.secrets else ""  # a service may write T as \u0054
        if self.hidden(text) == text:
            return answer
        return json.loads(_STRING.sub(lambda found: json.dumps(self.hidden(json.loads(found[0]))), text))

    def _ask(
        self, url: str, body: bytes | None, headers: Mapping[str, str], alone: Container[int]
    ) -> tuple[bytes, str]:
        """(body, content type) of an answer; a server that fails is asked twice."""
        host = self._host(url)
        sent = {"User-Agent": f"newsroom/{__version__}", **headers}
        self.secrets.update(
            each.split()[-1] for name, each in headers.items() if name.lower() in SECRET and each.split()
        )
        for last in (False, True):
            request = urllib.request.Request(url, body, sent, method="GET" if body is None else "POST")
            try:
                with opener(host in LOCAL).open(request, timeout=SECONDS) as answer:
                    return self._read(answer, url), answer.headers.get("Content-Type", "").lower()
            except urllib.error.HTTPError as answer:
                with closing(answer):
                    if answer.code < 500 or last:
                        raise self._refusal(url, answer, alone) from None
            except (OSError, http.client.HTTPException, ValueError) as error:  # URLError is an OSError
                raise self._silence(url, error) from None
            time.sleep(self.pause)
        raise AssertionError("the second try returns or raises")

    def _host(self, url: str) -> str:
        """The host of an address that may be asked."""
        try:
            return host_of(url)
        except ValueError:
            raise self.failed(f"{self._short(url)} cannot be asked", _HINTS["address"]) from None

    def _read(self, answer: Any, url: str) -> bytes:
        announced = answer.headers.get("Content-Length", "")
        parts, size, until = [], 0, time.monotonic() + IN_ALL
        while not (announced.isdecimal() and size >= int(announced)) and (part := answer.read1(1 << 16)):
            parts.append(part)
            size += len(part)
            if size > BYTES:
                raise self.failed(f"{self._short(url)} answered with more than {BYTES >> 20} MB", _HINTS["odd"])
            if time.monotonic() > until:
                raise self.failed(f"{self._short(url)} took more than {IN_ALL} seconds to answer", _HINTS["later"])
        if announced.isdecimal() and size < int(announced):
            raise self.failed(f"{self._short(url)} broke off in the middle of its answer", _HINTS["later"])
        return b"".join(parts)

    def _short(self, text: str, longest: int = 160) -> str:
        text = self.hidden(text)
        return text if len(text) <= longest else text[: longest - 1] + "…"

    def _refusal(self, url: str, answer: urllib.error.HTTPError, alone: Container[int]) -> Exception:
        """Missing where it concerns this address alone; else NewsroomError."""
        says = f"{self._short(url)} answered {answer.code}{self._words(answer)}"
        spent = answer.headers.get("X-RateLimit-Remaining") == "0" or "Retry-After" in answer.headers
        if answer.code == 429 or (answer.code == 403 and spent):
            return self.failed(f"{says}: asked too often", _comeback(answer.headers))
        if answer.code in alone:
            return Missing(answer.code, says, _HINTS["missing"])
        if answer.code in (401, 403):
            return self.failed(says, self.login)
        kind = "later" if answer.code >= 500 else "redirect" if answer.code < 400 else "odd"
        return self.failed(says, _HINTS[kind])

    def _words(self, answer: urllib.error.HTTPError) -> str:
        """What a refusal says of itself, in one short line; where it leads, if it is a redirect."""
        if answer.code < 400:
            return f", which leads to {self._short(answer.headers.get('Location', 'nowhere'))}"
        reason = f" ({self._short(str(answer.reason))})" if answer.reason else ""
        try:
            said = json.loads(answer.read1(1 << 16))
        except (ValueError, RecursionError, OSError, http.client.HTTPException):
            return reason
        said = said if isinstance(said, dict) else {}
        told = (said[key] for key in ("message", "errmsg", "error", "details") if isinstance(said.get(key), str))
        words = self._short(" ".join(next(told, "").split()))
        return f' ("{words}")' if words else reason

    def _silence(self, url: str, error: Exception) -> NewsroomError:
        words, later = silence(error)
        return self.failed(
            f"{self._short(url)} gave no answer: {self._short(words)}", _HINTS["later" if later else "host"]
        )


_HINTS = {
    "address": f"give the service's address {ADDRESS}",
    "host": "check the address in site.toml, and that the service runs; then pull again",
    "later": "pull again later; the archive keeps what it has",
    "missing": "check the thread that the post names; if it is gone for good, the archive keeps what it has",
    "odd": "open the address in a browser: it must be the service's API, not another program",
    "page": "the address in site.toml leads to a web page, such as a login: give the one where the API answers",
    "redirect": "give the address in site.toml to which it leads: newsroom does not follow to another host",
}

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
"""A string in JSON."""


@lru_cache(maxsize=8)
def _written(secret: str) -> re.Pattern:
    """Finds a text as it is, as JSON writes it, and percent-encoded, in whole or in part, once or more often."""

    def each(character: str) -> str:
        plain = {re.escape(character), re.escape(json.dumps(character)[1:-1])}
        return f"(?:{'|'.join(sorted(plain))}|%(?:25)*(?i:{ord(character):02x}))"

    return re.compile("".join(map(each, secret)))


def _comeback(headers: Mapping[str, str]) -> str:
    """When to come back. Retry-After has seconds or a date; GitHub's and Bluesky's reset seconds since 1970, Mastodon's
    a date as in RFC 3339."""
    wait = headers.get("Retry-After") or headers.get("X-RateLimit-Reset") or headers.get("RateLimit-Reset") or ""
    try:
        if wait.isdecimal() and len(wait) < 12:
            number = int(wait)
            then = datetime.fromtimestamp(number, UTC) if number > 1e9 else datetime.now(UTC) + timedelta(0, number)
        else:
            then = (datetime.fromisoformat if wait[:1].isdigit() else parsedate_to_datetime)(wait)
        return f"pull again after {then.astimezone(UTC):%Y-%m-%d %H:%M} UTC, or with a token, which may ask more often"
    except (ValueError, TypeError, OverflowError, OSError):
        return "pull again in an hour, or with a token, which may ask more often"
