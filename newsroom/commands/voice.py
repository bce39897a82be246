"""Owns `newsroom voice`: which files are read, and what is said of them. Writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from newsroom import config, voice
from newsroom.editions import parted
from newsroom.engine.record import plain
from newsroom.engine.workers import spread
from newsroom.errors import Location, NewsroomError, Problem, problem
from newsroom.read import frontmatter, spoken
from newsroom.read.kinds import kinds
from newsroom.voice.reading import EXCEPTION

POSTS, PEOPLE = "content/posts/", "content/people/"


class Told(NamedTuple):
    """What `newsroom voice` tells."""

    problems: tuple[Problem, ...]
    """In the order of files and places."""
    read: int
    """How many texts were read."""
    found: int
    """How many of them have findings."""
    skipped: tuple[tuple[str, int], ...]
    """(language, how many texts) of what was not read for its language."""
    left: tuple[str, ...] = ()
    """What was not done: nothing."""

    @property
    def lines(self) -> list[str]:
        """What is said at the end: what was skipped, and how many have findings."""
        said = [
            f"{count} {_texts(count)} in {language} {'is' if count == 1 else 'are'} not read: "
            "there is no list of words for it, or voice.languages leaves it out"
            for language, count in self.skipped
        ]
        found = f"{self.found} {'has' if self.found == 1 else 'have'} findings" if self.found else "no findings"
        return [*said, f"{self.read} {_texts(self.read)} read, {found}"]

    @property
    def facts(self) -> dict[str, Any]:
        """The same for programs."""
        return {"read": self.read, "found": self.found, "skipped": dict(self.skipped)}


def _texts(count: int) -> str:
    return "text" if count == 1 else "texts"


class Byline(NamedTuple):
    """What the voice check knows of a person."""

    name: str
    short: str
    words: tuple[str, ...]
    """Her vocabulary."""


def listen(root: Path, paths: Sequence[str] = ()) -> Told:
    """Read files, folders, or every post of the site; drafts too. Raises NewsroomError where nothing can be read."""
    settings = config.load(root, config.NOWHERE)
    severity = "error" if settings.voice.level == "require" else "warning"
    people, files = bylines(root), list(enumerate(_files(root, paths)))

    def work(batch: Sequence[tuple[int, tuple[str, Path]]]) -> list[tuple]:
        return [(number, *_one(name, file, people, settings, severity)) for number, (name, file) in batch]

    texts = sorted((text for batch in spread(work, files) for text in batch), key=lambda text: text[0])
    problems = [
        Problem(code, message, Location(*place), hint, severity)
        for _, told, _, _ in texts
        for code, message, place, hint, severity in told
    ]
    skipped = Counter(language for _, _, language, found in texts if found is None and language)
    read = [found for _, _, _, found in texts if found is not None]
    return Told(tuple(problems), len(read), sum(read), tuple(sorted(skipped.items())))


def _one(
    name: str, file: Path, people: Mapping[str, Byline], settings: config.Config, severity: str
) -> tuple[tuple, str, bool | None]:
    """(problems as plain values, language, whether there are findings; None where it was not read)."""
    try:
        raw = file.read_bytes()
        text = spoken_text(name, raw, people, settings)
    except NewsroomError as error:
        return plain(error.problems), "", None
    except OSError as error:
        return (
            plain((problem("unreadable", f"cannot be read: {error.strerror}", name, hint="name another file"),)),
            "",
            None,
        )
    reading = voice.read(text, settings.voice.allow, settings.voice.languages)
    return (
        plain(tuple(tell(raw, text, reading, severity))),
        text.language,
        bool(reading.findings) if reading.language else None,
    )


def spoken_text(name: str, raw: bytes, people: Mapping[str, Byline], settings: config.Config) -> voice.Text:
    """A source file as the voice check reads it. A file without front matter is all body."""
    written = frontmatter.decode(raw, name)
    if frontmatter.OPEN.match(written):
        document = frontmatter.read(raw, name)
    else:
        document = frontmatter.Document({}, written, 1)
    keys = document.values.get("authors") or ()
    who = [people[key] for key in ([keys] if isinstance(keys, str) else keys) if isinstance(key, str) and key in people]
    words = [word for person in who for word in person.words]
    authors = [(person.name, person.short) for person in who]
    language = parted(name.removesuffix(".md"), settings.editions)[1] or settings.language
    return spoken.text(name, document, language, authors, settings.company.name, words)


def tell(raw: bytes, text: voice.Text, reading: voice.Reading, severity: str) -> Iterator[Problem]:
    """Findings as problems, each with its place; exceptions that cannot hold are told first."""
    lines = frontmatter.decode(raw, text.path).split("\n")
    for allow, message, hint in reading.problems:
        excerpt = lines[allow.line - 1] if 0 < allow.line <= len(lines) else ""
        place = Location(text.path, allow.line, allow.column, allow.length, (), excerpt)
        yield Problem(EXCEPTION, message, place, hint, severity)
    for finding in reading.findings:
        yield Problem(finding.rule, finding.message, spoken.locate(raw, text, finding), finding.hint, severity)


def bylines(root: Path) -> dict[str, Byline]:
    """Key -> what is known of each person; whose file cannot be read is left to `newsroom check`."""
    found = {}
    for file in sorted((root / PEOPLE).glob("*.md")):
        try:
            values = frontmatter.read(file.read_bytes(), file.name).values
        except (NewsroomError, OSError):
            continue
        name, words = values.get("name"), values.get("words")
        if isinstance(name, str) and name.strip():
            short = values.get("short_name")
            vocabulary = tuple(word for word in words if isinstance(word, str)) if isinstance(words, list) else ()
            found[file.stem] = Byline(name, short if isinstance(short, str) else name.split()[0], vocabulary)
    return found


def _files(root: Path, paths: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """(name, file) of everything to be read, each once: what is below the site by its path there."""
    seen: set[Path] = set()
    for path in paths or [""]:
        for name, file in _below(root, path):
            if file not in seen:
                seen.add(file)
                yield name, file


def _below(root: Path, path: str) -> Iterable[tuple[str, Path]]:
    """What one argument names: relative to where one stands, or to the site."""
    place = root / POSTS if not path else Path(path) if Path(path).exists() else root / path
    if not place.exists():
        if not path:
            return []
        hint = "name a file or a folder; without one, every post is read"
        raise NewsroomError([problem("missing-file", f'there is no "{path}"', path, hint=hint)])
    if not place.is_dir():
        return [(_name(root, place), place)]
    files = {_name(root, file): file for file in sorted(place.rglob("*.md"))}
    nouns, _ = kinds(files)
    found = [
        (name, file) for name, file in files.items() if not name.startswith("content/") or nouns.get(name) == "posts"
    ]
    if path and not found:
        hint = "name a file, or a folder with posts; without one, every post is read"
        raise NewsroomError([problem("no-text", f'there is no text in "{path}"', path, hint=hint)])
    return found


def _name(root: Path, file: Path) -> str:
    try:
        return file.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return file.as_posix()
