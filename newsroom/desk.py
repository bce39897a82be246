"""Owns what a build works with: the site's root, its settings, the last build's record, the cache of rendered Markdown."""

from __future__ import annotations

import marshal
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path

from newsroom import __version__, config, model, toml
from newsroom.engine import record
from newsroom.engine.cache import Cache
from newsroom.engine.workers import spread
from newsroom.errors import Location, NewsroomError, Problem
from newsroom.model import Content, Library, Output, Source, digest, digest_of
from newsroom.read import content, sources

OUTPUT, CACHE = "public", ".newsroom"
NOUNS = {"posts": model.Post, "pages": model.Page, "people": model.Person, "topics": model.Topic}


class Desk:
    """What a build works with: the site's root, its settings, the last build's record, the cache of rendered Markdown."""

    def __init__(self, root: Path):
        self.root, self.output, self.folder = root, root / OUTPUT, root / CACHE
        self.cache = Cache(self.folder / "cache.sqlite")
        self.scanned = time.time_ns()
        self.found: dict[str, Source] = {}
        self.nouns: dict[str, tuple] = {}

    @cached_property
    def config(self) -> config.Config:
        """The settings. Raises NewsroomError with what is wrong in them, or where a link leads out of the root."""
        real = os.path.realpath(self.root)
        for name in (config.FILE, OUTPUT, CACHE):
            if os.path.islink(self.root / name) and not os.path.realpath(self.root / name).startswith(real + os.sep):
                hint = "nothing is read or written outside the site's root: put the real file or folder here"
                raise NewsroomError([Problem("outside", "is a link out of the site's folder", Location(name), hint)])
        return config.load(self.root)

    @cached_property
    def last(self) -> record.Record:
        return record.load(self.folder, code_digest())

    @cached_property
    def reading(self) -> str:
        """Digest of the settings that reading depends on."""
        return config.reading_digest(self.config)

    def scan(self) -> tuple[dict[str, Source], list[Problem]]:
        """The sources; files whose stamp is on record are not read."""
        self.found, problems = sources.scan(self.root, self.last.sources, self.last.scanned)
        return self.found, problems

    def parse(self, found: Mapping[str, Source]) -> tuple[Library, set[str], list[Problem]]:
        """The library; sources whose digest is on record are not parsed."""
        usable = self.last.nouns if self.last.reading == self.reading else {}
        kinds, problems = content.kinds(found)
        texts = [path for path, kind in kinds.items() if kind]
        parsed = [path for path in texts if path not in usable or usable[path][0] != found[path].digest]
        self.nouns = {path: usable[path] for path in texts if path in usable}
        for path in parsed:
            self.nouns.pop(path, None)
        self.cache.close()  # no connection may cross into another process
        for batch in spread(self._read, parsed):
            for path, noun, line, wrong, made in batch:
                problems += [
                    Problem(code, message, Location(*at), hint, severity) for code, message, at, hint, severity in wrong
                ]
                if noun:
                    self.nouns[path] = (found[path].digest, noun, line)
                if made:
                    self.cache.put(*made)
        kept: dict[str, list] = {name: [] for name in NOUNS}
        for path in texts:
            if path in self.nouns:
                kept[kinds[path]].append(NOUNS[kinds[path]](*self.nouns[path][1]))
        assets = {path: source for path, source in found.items() if path not in kinds}
        return Library(*map(tuple, kept.values()), assets), set(parsed), problems

    def _read(self, paths: Sequence[str]) -> list[tuple]:
        """Some sources as plain values: (path, noun or None, line of its body, problems, what to cache or None) each."""
        rows = []
        for path in paths:
            made: list[tuple[str, bytes]] = []
            read = content.read(
                path, (self.root / path).read_bytes(), self.rules, lambda body: self.render(body, made.append)
            )
            noun = record.plain(read.noun) if read.noun else None
            rows.append((path, noun, read.body_line, record.plain(read.problems), made[0] if made else None))
        return rows

    @cached_property
    def rules(self) -> content.Rules:
        c = self.config
        return content.Rules(c.timezone, c.posts.permalink, c.company.name, c.title)

    @cached_property
    def markdown(self):  # noqa: ANN201 - the module is imported only when there is something to read
        from newsroom.read import markdown

        return markdown, markdown.Options(
            self.config.posts.typographer, self.config.posts.trust_html, self.config.language
        )

    def render(self, body: str, put: Callable[[tuple[str, bytes]], object]) -> tuple[str, Content]:
        """A body's key in the cache and its Content: rendered at most once for the same words and settings."""
        posts = self.config.posts
        key = digest(digest_of(code_digest(), posts.typographer, posts.trust_html, self.config.language) + digest(body))
        if cached := self.cache.get(key):
            return key, Content(*marshal.loads(cached))
        module, options = self.markdown
        made = module.render(body, options)
        put((key, marshal.dumps(record.plain(made))))
        return key, made

    def content(self, source: str) -> Content:
        """A source's Content: from the cache, or made again where the cache has forgotten."""
        key = self.nouns[source][1][-1]
        if cached := self.cache.get(key):
            return Content(*marshal.loads(cached))
        from newsroom.read import frontmatter

        body = frontmatter.read((self.root / source).read_bytes(), source).body
        return self.render(body, lambda made: self.cache.put(*made))[1]

    def keep(self, planned: list[Output], written: Mapping[str, tuple]) -> None:
        """Write the record: only now, so that a crash before it re-does work. `written` is what Staging.publish gave."""
        written = {o.path: (o.fingerprint, *(written.get(o.path) or self.last.written[o.path][1:])) for o in planned}
        self.cache.keep_only({noun[1][-1] for noun in self.nouns.values()})
        kept = record.Record(self.scanned, self.reading, self.found, self.nouns, written)
        self.folder.mkdir(parents=True, exist_ok=True)
        record.save(self.folder, code_digest(), kept)

    def place(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Problems with line, column and excerpt, each once, sorted by place."""
        placed = set()
        for problem in problems:
            path = problem.location.path
            file = self.root / path
            raw = file.read_bytes() if os.path.isfile(file) and not file.is_symlink() else b""
            if path == config.FILE and problem.location.pointer:
                problem = problem._replace(
                    location=toml.locate(raw.decode("utf-8-sig", "replace"), problem.location.pointer, path)
                )
            elif path.startswith(sources.CONTENT + "/") and path.endswith(".md"):
                if problem.location.line < 0:  # counted from the body's first line
                    first = self.nouns.get(path, (0, 0, 1))[2]
                    problem = problem._replace(
                        location=problem.location._replace(line=first - problem.location.line - 1)
                    )
                problem = content.place(problem, raw)
            placed.add(problem)
        return tuple(sorted(placed, key=lambda p: (p.location.path, p.location.line, p.location.column, p.message)))

    def close(self) -> None:
        """Write the cache down."""
        self.cache.close()


PACKAGES = (
    "feedgen",
    "imagesize",
    "jinja2",
    "lxml",
    "markdown_it_py",
    "markupsafe",
    "mdit_py_plugins",
    "nh3",
    "pygments",
    "pyyaml",
)
"""What decides bytes beside our own code, by the names of their dist-info folders."""


@cache
def code_digest() -> str:
    """Digest of newsroom's own code and its packages' versions: what others rendered is not trusted.

    The versions are read off folder names: importlib.metadata costs a build with nothing to do 30 ms.
    """
    package = Path(__file__).parent
    parts = [__version__]
    for folder in ("", "read", "assemble", "render", "engine"):
        for name in sorted(os.listdir(package / folder)):
            if name.endswith(".py"):
                parts.append(digest((package / folder / name).read_bytes()))
    for place in filter(os.path.isdir, sys.path):
        parts += sorted(
            name for name in os.listdir(place) if name.endswith(".dist-info") and name.lower().startswith(PACKAGES)
        )
    return digest("\0".join(parts))
