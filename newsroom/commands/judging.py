"""Owns the reports of a running preview: which address shows which text, and what the voice check says of it now.

Nothing of it is ever written to the output folder, and no build waits for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote

from newsroom import config
from newsroom.commands.static_host import TYPES, Reply
from newsroom.desk import CACHE
from newsroom.engine import record
from newsroom.errors import NewsroomError, Problem, problem, text
from newsroom.model import Output
from newsroom.version import code_digest

if TYPE_CHECKING:  # the check is imported when somebody asks for it
    from newsroom.commands.report import Judged
    from newsroom.commands.voice import Byline

POSTS = "content/posts"
SHOWN = ("post", "preview")
"""Kinds of output that are the page of a post."""
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
"""Of the reports: they quote what writers wrote, and need nothing but their stylesheet."""


class Reports:
    """The reports of one site. What was read once is not read again before its file or the settings change."""

    def __init__(self, root: Path):
        self.root = root
        self._read: dict[str, tuple] = {}
        """File -> (what it was read from, Judged)."""
        self._pages: tuple = (None, {}, {})
        """(stamp of the record, address below the base -> file, file -> address)."""

    def reply(self, target: str, base: str) -> Reply | None:
        """The answer to an address below `/_newsroom/`; None where there is nothing."""
        path, _, query = target.partition("?")
        if path == "report.css":
            return Reply(200, (("Content-Type", TYPES[".css"]),), styles())
        if path == "voice.json":
            page = parse_qs(query).get("page", [""])[0]
            return Reply(200, (("Content-Type", TYPES[".json"]),), json.dumps(self._corner(page, base)).encode())
        if path in ("voice", "voice/") or path.startswith("voice/"):
            return self._report(unquote(path.removeprefix("voice").removeprefix("/")), base)
        return None

    def _report(self, asked: str, base: str) -> Reply:
        from newsroom.commands import report

        try:
            settings = config.load(self.root, config.NOWHERE)
            level = settings.voice.level
            if not asked:
                texts, problems = self._all(settings, base)
                return _page(200, report.overview(texts, level, settings.title, list(map(text, problems))))
            source = self._addresses()[0].get(asked, asked)
            if source not in self._files():
                return _page(404, report.nowhere(asked))
            return _page(200, report.one(self._judged(source, settings, self._people(), base), level))
        except NewsroomError as error:
            return _page(200, report.trouble(map(text, error.problems)))

    def _corner(self, page: str, base: str) -> dict[str, str]:
        """The way from a page to its report; {} where there is nothing to say."""
        source = self._addresses()[0].get(unquote(page).removeprefix(base).removeprefix("/"))
        try:
            settings = config.load(self.root, config.NOWHERE)
            if not source or settings.voice.level == "off":
                return {}
            judged = self._judged(source, settings, self._people(), base)
        except NewsroomError:  # the build says it
            return {}
        findings, problems, language = judged.reading
        if language and not findings and not problems:
            return {}
        said = str(len(findings) + len(problems)) if language else f"{judged.text.language} is not read"
        return {"words": f"voice: {said}", "address": judged.address}

    def _all(self, settings: config.Config, base: str) -> tuple[list[Judged], list[Problem]]:
        """Every text, the last by its path first, and what is wrong with those that cannot be read."""
        people, texts, problems = self._people(), [], []
        for source in self._files():
            try:
                texts.append(self._judged(source, settings, people, base))
            except NewsroomError as error:
                problems += error.problems
        return texts, problems

    def _judged(self, source: str, settings: config.Config, people: Mapping[str, Byline], base: str) -> Judged:
        """A text as it stands in its file now, and what the check says. Raises NewsroomError where it is unreadable."""
        from newsroom import voice
        from newsroom.commands.report import Judged
        from newsroom.commands.voice import spoken_text
        from newsroom.read import spoken

        raw = _bytes(self.root, source)
        made_of = (raw, settings.digest, people)
        if self._read.get(source, ((),))[0] != made_of:
            words = spoken_text(source, raw, people, settings)
            reading = voice.read(words, settings.voice.allow, settings.voice.languages)
            found = [spoken.locate(raw, words, finding) for finding in reading.findings]
            places = tuple((place.line, place.column) for place in found)
            self._read[source] = made_of, Judged(words, reading, places)
        local = self._addresses()[1].get(source, "")
        return self._read[source][1]._replace(page=f"{base}/{local}" if local else "", local=local)

    def _people(self) -> dict[str, Byline]:
        from newsroom.commands.voice import bylines

        return bylines(self.root)

    def _files(self) -> list[str]:
        """The files of all posts, drafts too; the last by its path first."""
        from newsroom.read.kinds import kinds

        real = self.root.resolve()
        files = [file for file in (self.root / POSTS).rglob("*.md") if file.resolve().is_relative_to(real)]
        nouns, _ = kinds({file.relative_to(self.root).as_posix(): None for file in files})
        return sorted((path for path, noun in nouns.items() if noun == "posts"), reverse=True)

    def _addresses(self) -> tuple[dict[str, str], dict[str, str]]:
        """(address below the base -> file, file -> address) of the pages of posts, as the last build left them."""
        folder = self.root / CACHE
        stamp = record.stamp(folder)
        if self._pages[0] != stamp:
            planned = [Output(*row) for row in record.load(folder, code_digest()).planned]
            pages = [
                (output.path.removesuffix("index.html"), output.source) for output in planned if output.kind in SHOWN
            ]
            self._pages = stamp, dict(pages), {source: address for address, source in reversed(pages)}
        return self._pages[1:]


def _page(status: int, html: str) -> Reply:
    headers = (
        ("Content-Type", TYPES[".html"]),
        ("Content-Security-Policy", POLICY),
        ("Referrer-Policy", "no-referrer"),
    )
    return Reply(status, headers, html.encode())


def _bytes(root: Path, source: str) -> bytes:
    try:
        return (root / source).read_bytes()
    except OSError as error:
        hint = "is it being moved? reload this page"
        raise NewsroomError([problem("unreadable", f"cannot be read: {error.strerror}", source, hint=hint)]) from error


@cache
def styles() -> bytes:
    """The stylesheet of the reports."""
    return Path(__file__).with_name("report.css").read_bytes()
