"""Owns the order of a build, on one screen: scan, parse, assemble, plan, render, write. The only place where stages meet."""

from __future__ import annotations

import marshal
import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from newsroom import __version__, config, dates, model
from newsroom.assemble.site import assemble
from newsroom.engine import files, record
from newsroom.engine.cache import Cache
from newsroom.errors import Location, NewsroomError, Problem
from newsroom.model import Content, Library, Link, Output, Report, SiteInfo, Source, digest, digest_of
from newsroom.read import content, sources
from newsroom.render import outputs, theme
from newsroom.site import Site

OUTPUT, CACHE = "public", ".newsroom"
NOUNS = {"posts": model.Post, "pages": model.Page, "people": model.Person, "topics": model.Topic}


@dataclass(frozen=True)
class Options:
    """What a command may ask of a build."""

    drafts: bool = False
    moment: datetime | None = None
    """The site as of then; None is now."""
    progress: Callable[[int, int], None] | None = None
    """Called with (rendered, of how many)."""


def build(root: Path, options: Options = Options()) -> Report:
    """Bring the output folder up to date with the content folder. A build with errors writes nothing."""
    started, root = time.perf_counter(), Path(root)
    desk = Desk(root)
    try:
        desk.config  # a folder that is no newsroom is left as it is
        with files.alone(desk.folder):
            site, look, parsed, problems = load(desk, options)
            planned, collisions = outputs.plan(site, look)
            problems = [*problems, *collisions]
            if any(problem.severity == "error" for problem in problems):
                raise NewsroomError(problems)
            there = files.listing(root / OUTPUT, desk.last.written)
            stale, gone = record.stale(planned, desk.last.written, there), record.gone(planned, there)
            try:
                if stale or gone:
                    desk.publish(stale, gone, site, look, options.progress)
                desk.keep(planned)
            except OSError as error:  # a full disk, a folder that must not be written to
                raise NewsroomError([_stopped(error, root)]) from error
            return Report(len(parsed), tuple(o.path for o in stale), len(planned) - len(stale), tuple(gone), tuple(problems), time.perf_counter() - started)
    except NewsroomError as error:
        placed = place(error.problems, desk)
        return Report(0, (), 0, (), placed, time.perf_counter() - started)
    finally:
        desk.cache.close()


def load(desk: Desk, options: Options) -> tuple[Site, theme.Theme, set[str], list[Problem]]:
    """Everything up to the Site: (site, theme, sources parsed, problems). Raises NewsroomError where nothing can follow."""
    settings = desk.config
    look = theme.load(desk.root, settings.theme.name, settings.theme.options)
    moment = (options.moment or datetime.now(UTC)).astimezone(dates.zone(settings.timezone))  # its day is the site's
    found, problems = desk.scan()
    library, parsed, wrong = desk.parse(found)
    problems = [*look.problems, *problems, *wrong]
    if problems:  # a file that could not be read would make every mention of it a second problem
        site, more = assemble(library, settings, moment, _info(settings, look, library), options.drafts)
        problems += [p for p in more if not p.code.startswith(("unknown-", "broken-", "missing-"))]
        raise NewsroomError(problems)
    site, problems = assemble(library, settings, moment, _info(settings, look, library), options.drafts)
    if any(problem.severity == "error" for problem in problems):  # a plan looks up everybody who is mentioned
        raise NewsroomError(problems)
    return site, look, parsed, problems


class Desk:
    """What a build works with: the site's root, its settings, the last build's record, the cache of rendered Markdown."""

    def __init__(self, root: Path):
        self.root, self.folder = root, root / CACHE
        self.cache = Cache(self.folder / "cache.sqlite")
        self.scanned = time.time_ns()
        self.found: dict[str, Source] = {}
        self.nouns: dict[str, tuple] = {}
        self.written: dict[str, tuple] = {}

    @cached_property
    def config(self) -> config.Config:
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
        kept: dict[str, list] = {name: [] for name in NOUNS}
        usable = self.last.nouns if self.last.reading == self.reading else {}
        parsed: set[str] = set()
        kinds, problems = content.kinds(found)
        for path, kind in kinds.items():
            if not kind:
                continue
            source, before = found[path], usable.get(path)
            if before and before[0] == source.digest:
                noun, self.nouns[path] = NOUNS[kind](*before[1]), before
            else:
                parsed.add(path)
                read = content.read(path, (self.root / path).read_bytes(), self.rules, self.render)
                problems += read.problems
                noun = read.noun
                if noun:
                    self.nouns[path] = (source.digest, record.plain(noun), read.body_line)
            if noun:
                kept[kind].append(noun)
        assets = {path: source for path, source in found.items() if path not in kinds}
        return Library(*(tuple(kept[name]) for name in NOUNS), assets), parsed, problems

    @cached_property
    def rules(self) -> content.Rules:
        c = self.config
        return content.Rules(c.timezone, c.posts.permalink, c.company.name, c.title)

    @cached_property
    def markdown(self):  # noqa: ANN201 - the module is imported only when there is something to read
        from newsroom.read import markdown

        return markdown, markdown.Options(self.config.posts.typographer, self.config.posts.trust_html, self.config.language)

    def render(self, body: str) -> tuple[str, Content]:
        """A body's key in the cache and its Content: rendered at most once for the same words and settings."""
        posts = self.config.posts
        key = digest(digest_of(code_digest(), posts.typographer, posts.trust_html, self.config.language) + digest(body))
        if cached := self.cache.get(key):
            return key, Content(*marshal.loads(cached))
        module, options = self.markdown
        made = module.render(body, options)
        self.cache.put(key, marshal.dumps(record.plain(made)))
        return key, made

    def content(self, source: str) -> Content:
        """A source's Content: from the cache, or made again where the cache has forgotten."""
        key = self.nouns[source][1][-1]
        if cached := self.cache.get(key):
            return Content(*marshal.loads(cached))
        from newsroom.read import frontmatter

        return self.render(frontmatter.read((self.root / source).read_bytes(), source).body)[1]

    def publish(self, stale: list[Output], gone: list[str], site: Site, look: theme.Theme, progress: Callable | None) -> None:
        """Render everything into staging, then move it into place. A failure before the move changes nothing."""
        from newsroom.render import words

        environment = theme.environment(look, words.FILTERS(site.config.timezone), words.FUNCTIONS(site.info), self.folder / "templates")
        tools = outputs.Tools(
            site.info, lambda name, path, context: theme.render(environment, look, name, path, context), self.content,
            lambda path: (self.root / path).read_bytes(),
        )  # fmt: skip
        staging = files.Staging(self.folder / "staging", self.root / OUTPUT)
        problems: dict[tuple, Problem] = {}
        for done, output in enumerate(stale, 1):
            try:
                staging.add(output.path, outputs.render(output, site, tools))
            except NewsroomError as error:
                for problem in error.problems:  # one line of a template can fail for every page: say it once
                    problems.setdefault((problem.code, problem.location), problem)
            if progress:
                progress(done, len(stale))
        if problems:
            raise NewsroomError(problems.values())
        record.announce(self.folder, [*gone, *(output.path for output in stale)])
        self.written = staging.publish()
        files.prune(self.root / OUTPUT, gone)

    def keep(self, planned: list[Output]) -> None:
        """Write the record: only now, so that a crash before it re-does work."""
        written = {
            o.path: (o.fingerprint, *(self.written.get(o.path) or self.last.written[o.path][1:])) for o in planned
        }  # fmt: skip
        self.cache.keep_only({noun[1][-1] for noun in self.nouns.values()})
        kept = record.Record(self.scanned, self.reading, self.found, self.nouns, written)
        self.folder.mkdir(parents=True, exist_ok=True)
        record.save(self.folder, code_digest(), kept)


def _info(settings: config.Config, look: theme.Theme, library: Library) -> SiteInfo:
    """What every page knows of the site."""
    base = settings.base
    sections = [("posts", "Posts", True), ("people", "People", library.people), ("topics", "Topics", library.topics), ("follow", "Follow", True)]
    menu = tuple(Link(label, f"{base}/{name}/", name) for name, label, there in sections if there)
    foot = tuple(Link(page.title, base + page.permalink) for page in library.pages if page.menu and not page.draft)
    foot = (*foot, Link("Corrections", f"{base}/corrections/"), Link("Archive", f"{base}/archive/"))
    company = {"name": settings.company.name or settings.title, "url": settings.company.url, "boilerplate": settings.company.boilerplate}
    fields = (
        settings.title, settings.url, base, settings.language, settings.timezone, settings.description, company,
        menu, foot, look.assets(base), look.options,
    )  # fmt: skip
    return SiteInfo(*fields, digest_of(settings.digest, record.plain(fields)))


def _stopped(error: OSError, root: Path) -> Problem:
    """What the disk refused. Nothing has been moved into place, or the next build goes on where this one stopped."""
    path = os.path.relpath(error.filename, root) if error.filename else OUTPUT
    hint = f"make room on the disk, or check who may write to {OUTPUT}/ and {CACHE}/; then build again"
    return Problem("stopped", f"the build stopped here: {error.strerror or error}", Location(path), hint)


def place(problems: Iterable[Problem], desk: Desk) -> tuple[Problem, ...]:
    """Problems with line, column and excerpt, each once, sorted by place."""
    placed = set()
    for problem in problems:
        path = problem.location.path
        file = desk.root / path
        raw = file.read_bytes() if os.path.isfile(file) and not file.is_symlink() else b""
        if path == config.FILE and problem.location.pointer:
            problem = problem._replace(location=config.locate(raw.decode("utf-8-sig", "replace"), problem.location.pointer))
        elif path.startswith(sources.CONTENT + "/") and path.endswith(".md"):
            if problem.location.line < 0:  # counted from the body's first line
                first = desk.nouns.get(path, (0, 0, 1))[2]
                problem = problem._replace(location=problem.location._replace(line=first - problem.location.line - 1))
            problem = content.place(problem, raw)
        placed.add(problem)
    return tuple(sorted(placed, key=lambda p: (p.location.path, p.location.line, p.location.column, p.message)))


_code: list[str] = []


def code_digest() -> str:
    """Digest of newsroom's own code: what another version rendered is not trusted."""
    if not _code:
        package = Path(__file__).parent
        parts = [__version__]
        for folder in ("", "read", "assemble", "render", "engine"):
            for name in sorted(os.listdir(package / folder)):
                if name.endswith(".py"):
                    parts.append(digest((package / folder / name).read_bytes()))
        _code.append(digest("".join(parts)))
    return _code[0]
