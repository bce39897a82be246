"""Owns what a build works with: the site's root, its settings, the last build's record, the cache of rendered Markdown."""

from __future__ import annotations

import marshal
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from newsroom import config, model, places
from newsroom.editions import Translation
from newsroom.engine import files, record
from newsroom.engine.cache import Cache
from newsroom.engine.workers import Aside, apart, spread
from newsroom.errors import Location, NewsroomError, Problem
from newsroom.language import theirs
from newsroom.model import Content, Library, Output, Source, digest
from newsroom.read import sources
from newsroom.said import Conversation, Words
from newsroom.texts import Texts
from newsroom.version import code_digest

OUTPUT, CACHE = "public", ".newsroom"
MANY = 1 << 18
"""Bytes of a record, of some thousand outputs: 5 ms to walk through them, and as much to start a process."""
NOUNS = {
    "posts": model.Post,
    "pages": model.Page,
    "people": model.Person,
    "topics": model.Topic,
    "comments": Conversation,
    "press": model.Sheet,
    "front": model.Front,
    "translations": Translation,
}
"""What each kind of source is read to. The last field of each is the key of its text in the cache."""


class Desk:
    """What a build works with: the site's root, its settings, the last build's record, the cache of rendered Markdown."""

    def __init__(self, root: Path, isso: str = ""):
        self.root, self.output, self.folder = root, root / OUTPUT, root / CACHE
        self.isso = isso
        """Address of the Isso that runs beside a site whose settings name none."""
        self.cache = Cache(self.folder / "cache")
        self.pictures = Cache(self.folder / "pictures")  # many bytes: no build without a new picture looks at them
        self.scanned = time.time_ns()
        self.found: dict[str, Source] = {}
        self.nouns: dict[str, tuple] = {}
        """Source path -> (digest, noun as plain values, line of its body)."""
        self.made: dict[str, tuple] = {}
        """Source path -> (those plain values, the noun made of them)."""
        self.parsed: list[str] = []
        self.changed: frozenset[str] | None = None
        """The only sources that may differ from `last`, where somebody watched; None is any."""
        self.kept: record.Record | None = None
        """What the next build will find, once this one is done."""
        self.stamp = record.stamp(self.folder)
        self.before: Any = None
        """What the build before this one planned, where it was made in this process; `plan` is this one's."""
        self.plan: Any = None
        self.kinds: tuple[frozenset[str], dict[str, str], tuple[str, ...]] = (frozenset(), {}, ())
        """Which noun each of these paths holds, in a site of these languages."""

    def after(self, changed: Iterable[str] | None) -> Desk:
        """The desk of the next build of this process: it has in memory what this one saw, and looks at `changed` only."""
        desk = Desk(self.root, self.isso)
        if record.stamp(self.folder) != self.stamp:  # another process has built meanwhile
            self.close()
            return desk
        desk.stamp, desk.cache, desk.pictures = self.stamp, self.cache, self.pictures
        desk.__dict__["last"] = self.kept or self.last
        desk.made, desk.kinds = self.made, self.kinds
        desk.before = self.plan if self.kept else self.before
        waiting = frozenset() if self.kept else self.changed  # a build that failed has kept nothing
        if changed is not None and waiting is not None:  # settings and theme are always looked at
            desk.changed = waiting.union(path for path in changed if path.startswith(sources.CONTENT + "/"))
        return desk

    @cached_property
    def config(self) -> config.Config:
        """The settings. Raises NewsroomError with what is wrong in them, or where a link leads out of the root."""
        real = os.path.realpath(self.root)
        for name in (config.FILE, OUTPUT, CACHE):
            if os.path.islink(self.root / name) and not os.path.realpath(self.root / name).startswith(real + os.sep):
                hint = "nothing is read or written outside the site's root: put the real file or folder here"
                raise NewsroomError([Problem("outside", "is a link out of the site's folder", Location(name), hint)])
        return config.load(self.root, self.isso)

    @cached_property
    def last(self) -> record.Record:
        return record.load(self.folder, code_digest())

    @cached_property
    def reading(self) -> str:
        """Digest of the settings that reading depends on."""
        return digest(config.reading_digest(self.config) + theirs())

    @cached_property
    def unreadable(self) -> list[Problem]:
        """Find the sources: what is wrong with them. Files whose stamp is on record are not read."""
        self.found, problems = sources.scan(self.root, self.last.sources, self.last.scanned, self.changed)
        return problems

    def is_as_last_time(self, asked: str, now: int) -> bool:
        """Whether this build would plan what the last one did: the same files, settings, theme and options, at a time
        when nothing changes by itself."""
        last = self.last
        return (
            last.asked == asked
            and last.made <= now < last.until
            and not self.unreadable
            and len(self.found) == len(last.sources)
            and all(path in self.found and self.found[path].digest == was.digest for path, was in last.sources.items())
        )

    def reworded(self, asked: str, now: int) -> list[str]:
        """The posts whose text differs from what the last build planned with; none where anything else does."""
        last = self.last
        if last.asked != asked or not last.made <= now < last.until or self.found.keys() != last.sources.keys():
            return []
        edited = [path for path, source in self.found.items() if source.digest != last.sources[path].digest]
        texts = all(
            self.kinds[1].get(path) == "posts" and path in last.nouns
            and self.nouns[path][1][:-1] == last.nouns[path][1][:-1]
            for path in edited
        )  # fmt: skip
        return edited if texts else []

    def parse(self) -> tuple[Library, list[Problem]]:
        """The library; sources whose digest is on record are not parsed."""
        from newsroom.read.kinds import kinds as kinds_of

        self.unreadable  # noqa: B018 - which scans
        found, usable = self.found, self.last.nouns if self.last.reading == self.reading else {}
        kinds, problems = self.kinds[1], []
        if self.kinds[0] != found.keys() or self.kinds[2] != self.rules.languages:
            kinds, problems = kinds_of(found, self.rules.languages)
            self.kinds = frozenset(found) if not problems else frozenset(), kinds, self.rules.languages
        texts = [path for path, kind in kinds.items() if kind]
        self.nouns = {p: usable[p] for p in texts if p in usable and usable[p][0] == found[p].digest}
        self.parsed = [path for path in texts if path not in self.nouns]
        for batch in spread(self._read, self.parsed):
            for path, noun, line, wrong in batch:
                problems += [
                    Problem(code, said, Location(*at), hint, severity) for code, said, at, hint, severity in wrong
                ]
                if noun:
                    self.nouns[path] = (found[path].digest, noun, line)
        self.cache.look()
        new, before = (None,), self.made
        self.made = {
            path: made
            if (made := before.get(path, new))[0] is (plain := self.nouns[path][1])
            else (plain, NOUNS[kinds[path]](*plain))
            for path in texts
            if path in self.nouns
        }
        library: dict[str, list] = {name: [] for name in NOUNS}
        for path, (_, noun) in self.made.items():
            library[kinds[path]].append(noun)
        assets = {path: source for path, source in found.items() if path not in kinds}
        return Library(*map(tuple, library.values()), assets), problems

    def there(self) -> dict[str, tuple]:
        """The output folder: path -> (digest, mtime, size). Where somebody watched, as the last build left it."""
        if self.changed is not None:
            return {path: row[1:4] for path, row in self.last.written.items()}
        return files.listing(self.output, self.walked.result(), self.last.written)

    @cached_property
    def walked(self) -> Aside:
        """A walk through the output folder: aside, where that takes longer than to start a process."""
        return Aside(lambda: files.walk(self.output), record.size(self.folder) > MANY)

    def _read(self, paths: Sequence[str]) -> list[tuple]:
        """Some sources as plain values: (path, noun or None, line of its body, problems) each."""
        from newsroom.read import content
        from newsroom.read.kinds import COMMENTS

        rows = []
        for path in paths:
            if path.startswith(COMMENTS):
                rows.append(self._read_comments(path))
                continue
            read = content.read(path, self._bytes(path), self.rules, self.texts.render)
            noun = tuple(read.noun) if read.noun else None
            rows.append((path, noun, read.body_line, record.plain(read.problems)))
        return rows

    def _read_comments(self, path: str) -> tuple:
        from newsroom.read import conversation

        def keep(raw: bytes, make: Callable[[], tuple]) -> str:
            key = digest(self.texts.rendering() + digest(raw))
            if not self.cache.has(key):
                self.cache.put(key, marshal.dumps(record.plain(make())))
            return key

        noun, wrong = conversation.read(path, self._bytes(path), self.config.timezone, keep)
        return path, noun and tuple(noun), 1, record.plain(wrong)

    def words(self, source: str) -> tuple[Words, ...]:
        """What each comment of a file of content/comments/ says: from the cache, or made again."""
        if cached := self.cache.get(self.nouns[source][1][-1]):
            return tuple(Words(*row) for row in marshal.loads(cached))
        from newsroom.read import conversation

        return conversation.words(self._bytes(source), source)

    def _bytes(self, path: str) -> bytes:
        with open(os.path.join(self.root, path), "rb") as file:
            return file.read()

    @cached_property
    def rules(self):  # noqa: ANN201 - a build with nothing to do imports nothing that reads
        from newsroom.read import content

        c = self.config
        return content.Rules(c.timezone, c.posts.permalink, c.company.name, c.title, c.editions)

    @cached_property
    def texts(self) -> Texts:
        """What renders Markdown."""
        return Texts(self.config, self.cache)

    def content(self, source: str) -> Content:
        """A source's Content: from the cache, or made again where the cache has forgotten."""
        if cached := self.cache.get(self.nouns[source][1][-1]):
            return Content(*marshal.loads(cached))
        from newsroom.read import frontmatter

        language = getattr(self.made[source][1], "language", "")
        return self.texts.render(frontmatter.read(self._bytes(source), source).body, language)[1]

    def pictured(self, key: str, make: Callable[[], bytes]) -> bytes:
        """A picture's bytes from the cache, or made in a process of its own: see `workers.apart`."""
        return self.pictures.kept(key, lambda: apart(make))

    def keep_as_it_is(self, there: Mapping[str, tuple]) -> None:
        """Remember that nothing changed, in memory; only stamps may have."""
        last = self.last
        rows = last.written
        if any(row[2] != there[path][1] for path, row in rows.items()):
            rows = {path: (row[0], *there[path], row[4]) for path, row in rows.items()}
        self.nouns = last.nouns
        scanned = self.scanned if self.changed is None else last.scanned
        self.kept = last._replace(scanned=scanned, sources=self.found, written=rows)

    def keep(
        self, planned: list[Output], written: Mapping[str, tuple], there: Mapping[str, tuple], entries: Iterable[str],
        plan: tuple[str, int, int, tuple],
    ) -> None:  # fmt: skip
        """Remember what this build saw and wrote, in memory.

        `written` is what was rendered, `there` the output folder before that, both path -> (digest, mtime, size);
        `entries` are the keys of what feeds need in the cache, `plan` is the record's asked, made, until, held.
        """
        last, fresh = self.last, self.changed is None
        before = last.written
        if fresh:  # stamps may have moved
            kept = {path: (before[path][0], *there[path], before[path][4]) for path in before.keys() & there.keys()}
        else:
            kept = before
        rows = {path: kept[path] for path, *_ in planned if path not in written}
        for path, _, _, fingerprint, _ in planned:
            if path in written:
                rows[path] = (fingerprint, *written[path], before[path][0] if path in before else "")
        if written or self.parsed:
            texts = (noun[1][-1] for noun in self.nouns.values())
            self.cache.tidy(
                key for key in chain(texts, entries, chain.from_iterable(row[::4] for row in rows.values())) if key
            )
        # only a scan of everything can vouch for everything
        scanned = self.scanned if fresh else last.scanned
        self.kept = record.Record(scanned, self.reading, self.found, self.nouns, rows, *plan, tuple(planned))

    def save(self) -> None:
        """Write down what was kept: last of all, so that a crash re-does work. Where nothing changed nothing is written."""
        if self.kept is None:
            return
        as_found = all(self.last.sources.get(path) is source for path, source in self.found.items())
        if (
            as_found
            and self.kept._replace(scanned=0) == self.last._replace(scanned=0)
            and not record.pending(self.folder)
        ):
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        record.save(self.folder, code_digest(), self.kept)
        self.stamp = record.stamp(self.folder)

    def place(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Problems with line, column and excerpt, each once, sorted by place."""

        def found(problem: Problem, raw: bytes) -> Problem:
            from newsroom.read import content

            return content.place(problem, raw)

        return places.place(self.root, problems, lambda path: self.nouns.get(path, (0, 0, 1))[2], found)

    def stop(self) -> None:
        """End what runs aside."""
        if "walked" in self.__dict__:
            self.walked.close()

    def close(self) -> None:
        """Let go of files and processes."""
        self.stop()
        self.cache.close()
        self.pictures.close()
