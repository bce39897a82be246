"""Owns what `newsroom ping` tells search engines: which addresses of the published sitemaps are new, changed or gone.

IndexNow (https://www.indexnow.org/documentation): a POST of JSON with the host, the key, where its file is and at most
10,000 addresses; one search engine tells the others. 200 and 202 are a yes. What counts as changed is the day that a
sitemap gives: a typo is no news to anybody.
"""

from __future__ import annotations

import http.client
import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newsroom import __version__
from newsroom.errors import Location, NewsroomError, Problem, problem
from newsroom.settings import Config
from newsroom.wire import ADDRESS, LOCAL, SECONDS, host_of, opener, silence

RECORD = "indexnow.json"
"""Below .newsroom/: address -> day of its last change, as the search engines were last told."""
MOST = 10_000
"""Addresses in one request."""
NEWEST = timedelta(days=2)
"""Where nobody knows what was told before, so much is new: counted back from the newest day."""
MEANS = {
    403: "the key is not valid there: upload the site, with the key's file, before you ping",
    422: "an address is not of this host, or the key has another form: check url and crawlers.indexnow",
    429: "that was too often: ping again tomorrow",
}
"""What an answer means, and the next step."""
URL = re.compile(r"<url><loc>([^<]+)</loc>(?:<lastmod>([^<]+)</lastmod>)?")
"""An address in a sitemap as newsroom writes it."""


def addresses(public: Path) -> dict[str, str]:
    """Address -> day ("" where none is known) of all that the sitemaps below a built site name.

    Raises NewsroomError where there are none.
    """
    files = [file for file in public.glob("**/sitemap*.xml") if re.fullmatch(r"sitemap(-\d+)?\.xml", file.name)]
    found = {unescape(address): day for file in sorted(files) for address, day in URL.findall(file.read_text("utf-8"))}
    if not found:
        hint = "run newsroom build, publish what it wrote, then ping"
        raise NewsroomError(
            [problem("nothing-built", f"there is no sitemap in {public.name}/", public.name, hint=hint)]
        )
    return found


def plan(told: Mapping[str, str] | None, now: Mapping[str, str], every: bool = False) -> list[str]:
    """The addresses to tell of: new, of another day, or gone; all with `every`.

    Where nobody knows what was told (None), those of the last two days: search engines want changes, not lists.
    """
    if every:
        return sorted({*now, *(told or {})})
    if told is None:
        newest = max(now.values(), default="")
        since = (date.fromisoformat(newest) - NEWEST).isoformat() if newest else "9999"
        return sorted(address for address, day in now.items() if day >= since)
    changed = {address for address, day in now.items() if told.get(address) != day}
    return sorted(changed | (told.keys() - now.keys()))


def batches(found: Sequence[str]) -> Iterator[Sequence[str]]:
    """What is told in one request each."""
    for start in range(0, len(found), MOST):
        yield found[start : start + MOST]


def body(config: Config, found: Sequence[str]) -> bytes:
    """What a search engine is sent."""
    key = config.crawlers.indexnow
    said: dict[str, Any] = {"host": urlsplit(config.url).netloc, "key": key, "keyLocation": f"{config.url}/{key}.txt"}
    return json.dumps(said | {"urlList": list(found)}).encode()


def send(config: Config, found: Sequence[str]) -> None:
    """Tell of some addresses. Raises NewsroomError unless the answer is a success."""
    endpoint = config.crawlers.endpoint
    host = who(config)
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": f"newsroom/{__version__}"}
    request = urllib.request.Request(endpoint, body(config, found), headers, method="POST")
    try:
        with opener(urlsplit(endpoint).hostname in LOCAL).open(request, timeout=SECONDS):
            return
    except urllib.error.HTTPError as answer:
        with closing(answer):
            later = "ping again later: it is told what it missed" if answer.code >= 500 else "check crawlers.endpoint"
            raise _failed(f"{host} answered {answer.code}", MEANS.get(answer.code, later)) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        words, _ = silence(error)
        raise _failed(f"{host} gave no answer: {words}", "ping again later: it is told what it missed") from None


def who(config: Config) -> str:
    """The host that is told. Raises NewsroomError where it cannot be asked."""
    try:
        host_of(config.crawlers.endpoint)
    except ValueError:
        raise _failed("the address in crawlers.endpoint cannot be asked", f"give it {ADDRESS}") from None
    return urlsplit(config.crawlers.endpoint).netloc


def _failed(message: str, hint: str) -> NewsroomError:
    at = Location("site.toml", pointer=("crawlers", "indexnow"))
    return NewsroomError([Problem("ping-failed", message, at, hint)])
