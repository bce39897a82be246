"""Owns `newsroom check --external`: links to other sites are asked for, and remembered in .newsroom/links.json.

It only reports: another's server stops nobody's work.
"""

from __future__ import annotations

import json
import os
import re
import urllib.request
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

from newsroom import __version__
from newsroom.check.bodies import find, shown
from newsroom.check.rule import Checked, Found, Rule
from newsroom.commands.asking import Answer, Asker
from newsroom.errors import Location

RULES: Mapping[str, Rule] = {
    "dead-link": Rule("warning", "A link to another site leads somewhere.", lambda checked: ()),
    "moved-link": Rule("warning", "A link to another site has the address that is good now.", lambda checked: ()),
}
"""What is told of other sites; their findings come from `external`."""

FILE = "links.json"
GOOD, BAD = timedelta(days=30), timedelta(days=1)
"""How long an answer is believed."""
HREF = re.compile(r'<a\b[^>]*?\bhref="(https?://[^"]+)"')
CODES = {"dead": "dead-link", "moved": "moved-link"}


def external(
    checked: Checked, folder: Path, now: datetime | None = None, asker: Asker | None = None
) -> tuple[list[tuple[str, Found]], str]:
    """((code, what was found) of every address that is dead or has moved, a sentence for the end).

    `folder` is where answers are kept.
    """
    now = now or datetime.now(UTC)
    asker = asker or Asker(f"newsroom/{__version__} (+{checked.site.config.url}/)")
    places = gather(checked)
    known = _known(folder / FILE, places, now)
    wanted = [url for url in places if url not in known]
    if wanted and _proxied():
        return [], "links to other sites were not asked for: there is a proxy, and newsroom asks hosts itself"
    fresh = asker.ask(wanted) if wanted else {}
    if len(fresh) > 3 and all(answer.said.startswith(("gives no", "names a host")) for answer in fresh.values()):
        return [], f"none of {len(fresh)} other addresses answered: is this machine connected?"
    stamp = now.isoformat(timespec="seconds")
    known |= {url: (stamp, answer) for url, answer in fresh.items()}
    _keep(folder / FILE, known)
    answers = {url: answer for url, (_, answer) in known.items()}
    return list(_found(places, answers)), _summary(places, answers)


def gather(checked: Checked) -> dict[str, list[Location]]:
    """Address of another site, without its fragment -> where it is linked from, each file once."""
    places: dict[str, list[Location]] = {}
    for url, where in _linked(checked):
        plain = url.partition("#")[0]
        known = places.setdefault(plain, [])
        if where.path not in {place.path for place in known}:
            known.append(where)
    return places


def _linked(checked: Checked) -> Iterator[tuple[str, Location]]:
    site = checked.site
    own = re.compile(rf"{re.escape(site.config.url)}(?:[/?#]|$)")
    for source in shown(checked):
        for url in dict.fromkeys(map(unescape, HREF.findall(checked.content(source).html))):
            if not own.match(url):
                yield url, find(checked, source, url)
    for sheet in site.press_sheets:
        for n, item in enumerate(sheet.coverage):
            yield item["url"], Location(sheet.source, pointer=("coverage", n, "url"))
    company = site.config.company
    named = [(company.url, ("company", "url"))] + [(url, ("company", "same_as")) for url in company.same_as]
    yield from ((url, Location("site.toml", pointer=pointer)) for url, pointer in named if url)


def _found(places: Mapping[str, list[Location]], answers: Mapping[str, Answer]) -> Iterator[tuple[str, Found]]:
    for url, (first, *others) in places.items():
        answer = answers.get(url)
        if answer and answer.kind in CODES:
            more = f"; it is in {len(others)} more file{'' if len(others) == 1 else 's'}" if others else ""
            hint = (
                "write the new address" if answer.kind == "moved" else "look whether it has moved; or take the link out"
            )
            yield CODES[answer.kind], (first, f'"{url}" {answer.said}{more}', hint)


def _summary(places: Iterable[str], answers: Mapping[str, Answer]) -> str:
    places = list(places)
    count = Counter(answers[url].kind for url in places if url in answers)
    left = len(places) - count.total()
    said = [f"{count['good']} good", f"{count['moved']} moved", f"{count['dead']} dead"]
    said += [f"{count['unsure']} that let no program in"] if count["unsure"] else []
    said += [f"{left} not asked yet: run it again"] if left else []
    return f"{len(places)} addresses of other sites: {', '.join(said)}"


def _proxied() -> bool:
    return any(name in urllib.request.getproxies() for name in ("http", "https", "all"))


# ── what is remembered ───────────────────────────────────────────────────────────────────────────────────────────────


def _known(file: Path, wanted: Iterable[str], now: datetime) -> dict[str, tuple[str, Answer]]:
    """Address -> (when it was asked, what it answered), of those still believed. A damaged file knows nothing."""
    try:
        rows = json.loads(file.read_text("utf-8"))
        kept = {url: (rows[url]["on"], Answer(*rows[url]["answer"])) for url in wanted if url in rows}
        return {
            url: (on, answer)
            for url, (on, answer) in kept.items()
            if timedelta(0) <= now - datetime.fromisoformat(on) < (GOOD if answer.kind in ("good", "moved") else BAD)
        }
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def _keep(file: Path, known: Mapping[str, tuple[str, Answer]]) -> None:
    file.parent.mkdir(exist_ok=True)
    rows = {url: {"on": on, "answer": list(answer)} for url, (on, answer) in sorted(known.items())}
    waiting = file.with_suffix(".part")
    waiting.write_text(json.dumps(rows, indent=1, ensure_ascii=False), "utf-8")
    os.replace(waiting, file)
