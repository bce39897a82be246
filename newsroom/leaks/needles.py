"""Owns what to look for: everything unpublished as phrases, as file digests and as pieces of files. Must not look for it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from newsroom import press
from newsroom.leaks import looking, words
from newsroom.leaks.public import Noun, Split, files
from newsroom.leaks.words import Phrases
from newsroom.model import Content, Library, Person, Post, Sheet, Source, digest
from newsroom.said import Words

PROBES, PROBE = 3, 48
"""Pieces of a file, and bytes of each: a file that holds all of them holds the whole."""

CHECKSUMS = ("md5", "sha1", "sha256", "sha384", "sha512", "blake2b")
"""What a file may be listed by, or called; in hexadecimal digits, or in base64 as browsers and npm write it."""

NAMES = ("title", "name")
"""Fields that are looked for whole, however short."""

PLAIN = (
    "source", "key", "id", "kind", "slug", "permalink", "authors", "topics", "date", "updated", "links", "files", "card", "meta",
    "content", "language", "comments", "aliases", "time", "draft", "embargo", "expires", "since", "contacts", "executive",
    "consent", "status", "accounts", "timezone", "feed_aliases", "menu", "contact", "words", "topics",
)  # fmt: skip
"""Fields that hold no text of a writer, or are looked for in a way of their own."""


class Needle(NamedTuple):
    """Something unpublished."""

    what: str
    """`the title`, `words`, `the address`, `the file name`, ..."""
    source: str
    """The file it is from."""
    why: str
    """Why that is not public, as in "is a draft"."""


class Sought(NamedTuple):
    """All that is looked for."""

    needles: tuple[Needle, ...]
    phrases: Phrases
    digests: Mapping[str, int]
    """Digest of a file -> number of its needle."""
    probes: tuple[tuple[tuple[bytes, ...], int], ...]
    """(pieces of a file, number of its needle) each."""
    sources: int
    """Texts that are not public, or not wholly."""
    files: int
    """Files that are not public."""


class _Gathered:
    """What was found so far. A phrase belongs to whom it was found at first."""

    def __init__(self) -> None:
        self.needles: dict[Needle, int] = {}
        self.phrases: dict[str, int] = {}

    def number(self, needle: Needle) -> int:
        return self.needles.setdefault(needle, len(self.needles))

    def add(self, needle: Needle, phrases: Iterable[str]) -> None:
        for phrase in phrases:
            if phrase not in self.phrases:
                self.phrases[phrase] = self.number(needle)


def sought(
    parted: Split, library: Library, shown: Iterable[str], found: Mapping[str, Source], content: Callable[[str], Content],
    comments: Callable[[str], tuple[Words, ...]], read: Callable[[str], bytes],
) -> Sought:  # fmt: skip
    """What to look for. `shown` are paths of files that the site publishes, `found` is everything below content/."""
    made = _Gathered()
    for noun, why in parted.hidden:
        _noun(made, noun, why, content(noun.source))
    for noun, public, why in parted.withheld:
        _withheld(made, noun, public, why, content)
    waiting = [one for one in library.comments if one not in parted.public.comments]
    for one in waiting:
        for said in comments(one.source):
            needle = Needle("a comment", one.source, "waits with its post")
            made.add(needle, words.of_text(words.without_tags(said.html)))
    digests, probes = _files(made, parted, library, set(shown), found, read)
    numbers = tuple(made.needles)
    sources = len(parted.hidden) + len(parted.withheld) + len(waiting)
    return Sought(numbers, words.arranged(made.phrases), digests, tuple(probes), sources, len(digests))


def _noun(made: _Gathered, noun: Noun, why: str, content: Content) -> None:
    """Everything that a text which is not public says, and how it is called."""
    source = noun.source
    made.add(Needle("the title", source, why), words.of_name(getattr(noun, "title", "")))
    details = getattr(noun, "details", {})
    made.add(Needle("the key of the preview", source, why), words.of_name(details.get("preview", {}).get("key", "")))
    places = [getattr(noun, part, "") for part in ("permalink", "slug")]
    places += [press.permalink(noun)] if isinstance(noun, Sheet) and press.is_fact_sheet(noun) else []
    made.add(Needle("the address", source, why), _names([*places, *getattr(noun, "aliases", ())]))
    made.add(Needle("the id", source, why), words.of_name(getattr(noun, "id", "")))
    made.add(Needle("the file name", source, why), words.of_name(source))
    made.add(Needle("words", source, why), _running(noun, content))


def _withheld(made: _Gathered, noun: Noun, public: Noun, why: str, content: Callable[[str], Content]) -> None:
    """What a public person or post keeps to itself."""
    silent = noun.content != public.content
    before = _running(noun, content(noun.source) if silent else Content(""))
    after = set(_running(public, Content("")))
    made.add(Needle("words", noun.source, why), (phrase for phrase in before if phrase not in after))
    if isinstance(noun, Person) and isinstance(public, Person):
        if noun.name != public.name:
            made.add(Needle("the full name", noun.source, why), words.of_name(noun.name, 4))
        for channel, value in noun.contact.items():
            if public.contact.get(channel) != value:
                digits = "".join(filter(str.isdigit, value))
                spelled = [*words.of_name(value), *([digits] if len(digits) >= words.WHOLE else [])]
                made.add(Needle(f"contact.{channel}", noun.source, why), spelled)
    if isinstance(noun, Post) and (key := noun.details.get("preview", {}).get("key")):
        made.add(Needle("the key of the preview", noun.source, why), words.of_name(key))


def _names(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from words.of_name(name)


def _running(noun: Noun, content: Content) -> Iterator[str]:
    """Phrases of the text and of whatever front matter says in sentences."""
    yield from words.of_text(words.unescaped(words.without_tags(content.html)))
    for field, value in noun._asdict().items():
        if field not in PLAIN:
            for text in _strings(value):
                yield from words.of_text(text)
                if field in NAMES:
                    yield from words.of_name(text)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _strings(part)


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _files(
    made: _Gathered, parted: Split, library: Library, shown: set[str], found: Mapping[str, Source],
    read: Callable[[str], bytes],
) -> tuple[dict[str, int], list[tuple[tuple[bytes, ...], int]]]:  # fmt: skip
    """(digest -> needle, pieces of files) of every file below content/ that nothing public shows."""
    owners = {path: (noun.source, why) for noun, _, why in parted.withheld for path in files(noun)}
    owners |= {path: (noun.source, why) for noun, why in parted.hidden for path in files(noun)}
    texts = {noun.source: why for noun, why in parted.hidden}
    public = {found[path].digest for path in shown if path in found}
    read_ones = {noun.source for part in library[:7] for noun in part}
    digests: dict[str, int] = {}
    probes = []
    for path, source in found.items():
        if path in shown or source.digest in public or (path in read_ones and path not in texts):
            continue
        raw = read(path)
        if not raw:
            continue
        owner, why = owners.get(path, (path, texts.get(path, "is shown by nothing that is published")))
        said = why if owner == path else f"belongs to {owner}, which {why}"
        number = made.number(Needle("the file", path, said))
        digests[digest(raw)] = number
        if path not in read_ones:
            made.add(Needle("the file name", path, said), words.of_name(path.rpartition("/")[2]))
            made.add(Needle("words", path, said), _inside(raw))
        made.add(Needle("the checksum", path, said), _checksums(raw))
        if pieces := _pieces(raw):
            probes.append((pieces, number))
    return digests, probes


def _checksums(raw: bytes) -> Iterator[str]:
    for name in CHECKSUMS:
        made = hashlib.new(name, raw, usedforsecurity=False).digest()
        yield made.hex()
        yield " ".join(words.words(base64.b64encode(made).decode()))


def _inside(raw: bytes) -> Iterator[str]:
    """The phrases of a file that is text."""
    try:
        text = raw.decode("utf-8") if len(raw) < 1 << 20 else ""
    except UnicodeDecodeError:
        return
    if "\0" not in text:
        yield from words.of_text(words.without_tags(text))


def _pieces(raw: bytes) -> tuple[bytes, ...]:
    """Some bytes of a file, here and there, where they are not all alike; () where it is too short to tell."""
    found = []
    for n in range(1, PROBES + 1):
        start = len(raw) * n // (PROBES + 1)
        varied = (raw[at : at + PROBE] for at in range(start, min(len(raw) - PROBE, start + 4096), 16))
        if piece := next((piece for piece in varied if len(set(piece)) >= PROBE // 3), b""):
            found.append(piece)
    return tuple(found) if len(found) == PROBES else ()


def spoken(wanted: Sought) -> dict[int, tuple[str, ...]]:
    """Number of a needle -> its file's pieces in words, where they have some: a text may use those of another."""
    found = {}
    for pieces, number in wanted.probes:
        said = [" ".join(words.words(_decoded(piece))[1:-1]) for piece in pieces]  # the first and last may be cut
        if all(said):
            found[number] = tuple(said)
    return found


def _decoded(piece: bytes) -> str:
    """A piece of a file that is text, cut anywhere; "" of any other."""
    text = piece.decode("utf-8", "ignore")
    return text if len(piece) - len(text.encode()) <= 6 and "\0" not in text else ""


# ── looking for it ───────────────────────────────────────────────────────────────────────────────────────────────────


class Hit(NamedTuple):
    """Something unpublished, found."""

    number: int
    """Of its needle."""
    phrase: str
    """The words; "" for a file."""
    way: tuple[str, ...]
    """From the file to where it is: see looking.Part."""
    at: int
    """Where in the text of the file, in characters; -1 where that is not to be seen."""
    piecewise: bool = False
    """Whether a file was known by its pieces: the whole may be another's."""


class Seen(NamedTuple):
    """What looking through a file brought."""

    hits: tuple[Hit, ...]
    sealed: tuple[tuple[str, ...], ...]
    """Ways to what could not be opened."""


def look(name: str, data: bytes, wanted: Sought) -> Seen:
    """Look for everything in a file, its name among it."""
    hits: dict[tuple, Hit] = {}
    sealed = []
    for run in words.readings(name):
        for phrase in words.found(run, wanted.phrases):
            hits.setdefault((phrase, ("its name",)), Hit(wanted.phrases.owners[phrase], phrase, ("its name",), -1))
    for part in looking.parts(data, name):
        if part.sealed:
            sealed.append(part.way)
        number = wanted.digests.get(digest(part.data)) if part.data else None
        if number is not None:
            hits.setdefault((number, part.way), Hit(number, "", part.way, -1))
        for pieces, owner in wanted.probes if number is None else ():
            if all(piece in part.data for piece in pieces):
                hits.setdefault((owner, part.way), Hit(owner, "", part.way, -1, True))
        for text in looking.texts(part.data):
            for run in words.readings(text):
                for phrase in words.found(run, wanted.phrases):
                    if (phrase, part.way) not in hits:
                        at = words.place(text, phrase) if len(hits) < 8 else -1
                        hits[phrase, part.way] = Hit(wanted.phrases.owners[phrase], phrase, part.way, at)
    return Seen(tuple(hits.values()), tuple(sealed))
