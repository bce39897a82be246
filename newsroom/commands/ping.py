"""Owns `newsroom ping`: a WebSub hub is told which published feeds changed, search engines which pages. Builds and
uploads nothing.

WebSub leaves it to hubs how they are told. They take what PubSubHubbub began: a form with `hub.mode=publish` and a
`hub.url` for each feed, to the letter the address that the feed gives as its own.
"""

from __future__ import annotations

import http.client
import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from newsroom import __version__, config
from newsroom.commands import indexnow
from newsroom.desk import CACHE, OUTPUT
from newsroom.errors import Location, NewsroomError, Problem, problem
from newsroom.model import digest
from newsroom.permalinks import encoded
from newsroom.settings import Config
from newsroom.wire import ADDRESS, LOCAL, SECONDS, host_of, opener, silence

RECORD = "pinged.json"
"""Below .newsroom/: path of a feed -> digest of the bytes that the hub was last told of."""
FILES = ("feed.xml", "atom.xml", "feed.json")
"""Names of feeds; those that name no hub, or another feed as themselves, are nobody's to tell of."""
BATCH = 50
"""Feeds in one request."""
ONE_BY_ONE = ("superfeedr.com",)
"""Hubs that read repeated fields as one (documentation.superfeedr.com/publishers.html)."""
FORM = "application/x-www-form-urlencoded"


class Done(NamedTuple):
    """What was told, for people and for programs."""

    lines: tuple[str, ...]
    facts: dict
    problems: tuple[Problem, ...] = ()
    left: tuple[str, ...] = ()
    code: int = 0
    """2 where there is no hub to tell."""


def ping(root: Path, every: bool = False, dry: bool = False) -> Done:
    """Tell the hub, and search engines, of what changed in public/ since they were last told; `every`: of all.

    Raises NewsroomError where public/ cannot be told of, or who is told does not answer with a success. What was told
    before that is on record.
    """
    settings = config.load(root, config.NOWHERE)
    if not settings.feeds.hub and not settings.crawlers.indexnow:
        hint = 'set hub = "https://..." under [feeds], build and publish the site, then ping; see docs/following.md'
        return Done((), {}, (problem("no-hub", "no hub is set, so nobody is told", config.FILE, hint=hint),), code=2)
    lines, facts = _tell_hub(root, settings, every, dry) if settings.feeds.hub else ((), {})
    if settings.crawlers.indexnow:
        more, found = _tell_crawlers(root, settings, every, dry)
        lines, facts = (*lines, *more), facts | {"indexnow": found}
    return Done(lines, facts)


def _tell_crawlers(root: Path, settings: Config, every: bool, dry: bool) -> tuple[tuple[str, ...], dict]:
    """Search engines, by IndexNow: the addresses of the sitemaps."""
    host, now = indexnow.who(settings), indexnow.addresses(root / OUTPUT)
    told = _recorded(root, indexnow.RECORD)
    wanted = indexnow.plan(told, now, every)
    if not dry:
        for n, batch in enumerate(indexnow.batches(wanted), 1):
            indexnow.send(settings, batch)
            done = set(wanted[: n * indexnow.MOST])
            kept = {address: day for address, day in (told or {}).items() if address not in done}
            _record(root, kept | {address: now[address] for address in done if address in now}, indexnow.RECORD)
        _record(root, now, indexnow.RECORD)
    verb = "would tell" if dry else "told"
    words = f"{verb} {host} of {len(wanted)} address{'es' if len(wanted) != 1 else ''}"
    lines = (words, *(f"  {address}" for address in wanted[:SHOWN])) if wanted else (f"{host} knows everything",)
    return lines, {
        "host": host,
        "pinged": wanted,
        "unchanged": len(now) - len(now.keys() & set(wanted)),
        "dry_run": dry,
    }


SHOWN = 20
"""Addresses that are listed; JSON has them all."""


def _tell_hub(root: Path, settings: Config, every: bool, dry: bool) -> tuple[tuple[str, ...], dict]:
    """A WebSub hub: the feeds."""
    hub = settings.feeds.hub
    host = _host(hub)
    found = feeds(root / OUTPUT, settings.url, hub)
    pinged = None if every else _recorded(root)
    wanted = plan(pinged or {}, found)
    if not dry:
        told = {path: made for path, made in (pinged or {}).items() if path in found}
        for batch in batches(hub, wanted):
            send(hub, [address(settings.url, path) for path in batch])
            told |= {path: found[path] for path in batch}
            _record(root, told)
    urls = [address(settings.url, path) for path in wanted]
    facts = {"hub": host, "pinged": urls, "unchanged": len(found) - len(urls), "dry_run": dry, "first": pinged is None}
    return tuple(_lines(facts, every)), facts


def plan(pinged: Mapping[str, str], feeds: Mapping[str, str]) -> list[str]:
    """Paths of the feeds to tell of: those that are new, or other than the hub was told. Both: path -> digest."""
    return sorted(path for path, made in feeds.items() if pinged.get(path) != made)


def feeds(public: Path, url: str, hub: str) -> dict[str, str]:
    """The feeds below a built site that name this hub, and themselves by their address: path -> digest.

    Raises NewsroomError where there is none: subscribers would wait for a hub that they were never sent to.
    """
    found: dict[str, str] = {}
    paths = (os.path.join(folder, name) for folder, _, names in os.walk(public) for name in names if name in FILES)
    for file in paths:
        path = os.path.relpath(file, public).replace(os.sep, "/")
        raw = Path(file).read_bytes()
        if _names(raw, hub) and _names(raw, address(url, path)):
            found[path] = digest(raw)
    if not found:
        hint = "run newsroom build, publish what it wrote, then ping"
        said = f"no feed in {OUTPUT}/ names the hub" if public.is_dir() else f"there is no {OUTPUT}/ yet"
        raise NewsroomError([problem("nothing-built", said, OUTPUT, hint=hint)])
    return found


def address(url: str, path: str) -> str:
    """The address of a file, as feeds write their own."""
    return f"{url.rstrip('/')}/{encoded(path)}"


def batches(hub: str, paths: Sequence[str]) -> Iterator[Sequence[str]]:
    """What is told in one request each."""
    size = 1 if f".{urlsplit(hub).hostname}".endswith(tuple(f".{host}" for host in ONE_BY_ONE)) else BATCH
    for start in range(0, len(paths), size):
        yield paths[start : start + size]


def body(urls: Sequence[str]) -> bytes:
    """What the hub is sent.

    >>> body(["https://example.com/feed.xml"])
    b'hub.mode=publish&hub.url=https%3A%2F%2Fexample.com%2Ffeed.xml'
    """
    return urlencode([("hub.mode", "publish"), *(("hub.url", url) for url in urls)]).encode()


def send(hub: str, urls: Sequence[str]) -> None:
    """Tell the hub of some feeds. Raises NewsroomError unless it answers with a success."""
    host = _host(hub)
    headers = {"Content-Type": FORM, "User-Agent": f"newsroom/{__version__}", "Accept": "*/*"}
    request = urllib.request.Request(hub, body(urls), headers, method="POST")
    try:
        with opener(urlsplit(hub).hostname in LOCAL).open(request, timeout=SECONDS):
            return
    except urllib.error.HTTPError as answer:
        with closing(answer):
            hint = "ping again later: it is told what it missed" if answer.code >= 500 else "check feeds.hub"
            raise _failed(f"the hub at {host} answered {answer.code}", hint) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        words, later = silence(error)
        hint = "ping again later: it is told what it missed" if later else "check feeds.hub, and that the hub runs"
        raise _failed(f"the hub at {host} gave no answer: {words}", hint) from None


def _host(hub: str) -> str:
    """The hub's host, which is all that is ever printed of its address: a token may stand behind it."""
    try:
        host_of(hub)
    except ValueError:
        raise _failed("the address in feeds.hub cannot be asked", f"give the hub's address {ADDRESS}") from None
    return urlsplit(hub).netloc


def _failed(message: str, hint: str) -> NewsroomError:
    return NewsroomError([Problem("ping-failed", message, Location(config.FILE, pointer=("feeds", "hub")), hint)])


def _names(raw: bytes, url: str) -> bool:
    """Whether a feed holds an address, as XML or JSON write it."""
    return any(f'"{written}"'.encode() in raw for written in {url, escape(url, quote=False), escape(url)})


def _recorded(root: Path, name: str = RECORD) -> dict[str, str] | None:
    """What was told; None where nobody knows."""
    try:
        found = json.loads((root / CACHE / name).read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _record(root: Path, told: Mapping[str, str], name: str = RECORD) -> None:
    folder = root / CACHE
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f"{name}.new"
    aside.write_text(json.dumps(told, indent=1, sort_keys=True), "utf-8")
    os.replace(aside, folder / name)


def _lines(facts: Mapping, every: bool) -> Iterator[str]:
    urls, verb = facts["pinged"], "would tell" if facts["dry_run"] else "told"
    if facts["first"] and not every and urls:
        yield "nobody knows what the hub was told from here before: all feeds count as changed"
    yield from (f"{verb} {facts['hub']} of {url}" for url in urls)
    kept = f"{facts['unchanged']} unchanged" if facts["unchanged"] else ""
    if not urls:
        yield f"nothing to tell: {kept}"
    elif kept:
        yield kept
