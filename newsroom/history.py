"""Owns what git remembers of the content: commits, whose hands they are, versions of a file. Must not run git."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from newsroom.model import Person, Post

FORMAT = "%x00".join(
    (
        "%H", "%ct", "%at", "%aN", "%aE", "%cN", "%cE",
        "%(trailers:key=Co-authored-by,valueonly,unfold,separator=%x0A)",
        "%(trailers:key=Signed-off-by,valueonly,unfold,separator=%x0A)",
    )
)  # fmt: skip
"""What `git log -z --raw` is asked for: `parse` reads it. No field can hold a null byte; .mailmap has had its say."""
FIELDS = FORMAT.count("%x00") + 1
NAMED = re.compile(r"\s*(.*?)\s*<([^<>]*)>\s*")
NOREPLY = re.compile(r"(?:\d+\+)?([^@]+)@users\.noreply\.github\.com")
"""The address that GitHub gives to who hides her own: her account's name is in it."""


class Hand(NamedTuple):
    """Who a commit names."""

    name: str
    address: str
    """In small letters."""


class Change(NamedTuple):
    """One file in one commit."""

    status: str
    """A added | M modified | D deleted | R renamed | T of another type."""
    path: str
    """Relative to the site's root."""
    before: str
    """The path until then."""
    blob: str
    """The id of its bytes from then on."""


class Commit(NamedTuple):
    """A commit that touched content/."""

    id: str
    time: int
    """When it came to be, in seconds since 1970: a rebase makes it anew."""
    written: int
    """When its author wrote it."""
    author: Hand
    committer: Hand
    helped: tuple[Hand, ...]
    """Those of its lines Co-authored-by."""
    signed: tuple[Hand, ...]
    """Those of its lines Signed-off-by."""
    changes: tuple[Change, ...]

    @property
    def hands(self) -> tuple[Hand, ...]:
        """Everybody whom it names, the author first."""
        return (self.author, self.committer, *self.helped, *self.signed)


class Version(NamedTuple):
    """A post as one commit left it, or as it is now."""

    post: Post
    front: Callable[[], tuple[tuple[tuple, str], ...]]
    """The texts of its front matter: (pointer, text) each."""
    words: Callable[[], tuple[tuple[tuple, str], ...]]
    """The words of its body, a block of text each: ((), text)."""
    body: str
    """As written."""


class History(NamedTuple):
    """What git remembers."""

    line: tuple[Commit, ...]
    """What this branch was, step by step, newest first: a merge is one commit with all that it brought."""
    commits: Callable[[], tuple[Commit, ...]]
    """Every commit but merges, newest first."""
    texts: Callable[[Iterable[str]], Mapping[str, bytes]]
    """Ids of blobs -> their bytes."""
    version: Callable[[str, bytes], Version | None] = lambda path, raw: None
    """(path, bytes) -> the post in it, or None: such a file was in no site."""


def parse(raw: bytes) -> tuple[Commit, ...]:
    """What `git log -z --raw --no-abbrev --relative --format=FORMAT` printed."""
    tokens = raw.decode("utf-8", "replace").split("\0")
    commits, n = [], 0
    while n + FIELDS <= len(tokens):
        ident, time, written, name, address, by, at, helped, signed = tokens[n : n + FIELDS]
        n, changes = n + FIELDS, []
        while n + 1 < len(tokens) and tokens[n].lstrip("\n").startswith(":"):
            *_, blob, status = tokens[n].split(" ")
            renamed = status[0] in "RC"
            changes.append(Change(status[0], tokens[n + 1 + renamed], tokens[n + 1], blob))
            n += 2 + renamed
        hands = _hand(name, address), _hand(by, at), _hands(helped), _hands(signed)
        commits.append(Commit(ident.strip(), int(time), int(written), *hands, tuple(changes)))
    return tuple(commits)


def _hand(name: str, address: str) -> Hand:
    return Hand(name.strip(), address.strip().lower())


def _hands(lines: str) -> tuple[Hand, ...]:
    """Those of `Maya Okafor <maya@example.com>`, a line each."""
    return tuple(_hand(found[1], found[2]) for line in lines.split("\n") if (found := NAMED.fullmatch(line)))


Index = Mapping[str, list[tuple[int, Change]]]
"""Path -> (number of the commit, what it did to the file) each, newest first."""


def index(commits: Iterable[Commit]) -> Index:
    """Which commits touched which path."""
    found: dict[str, list[tuple[int, Change]]] = {}
    for number, commit in enumerate(commits):
        for change in commit.changes:
            found.setdefault(change.path, []).append((number, change))
    return found


def steps(path: str, known: Index) -> Iterator[tuple[int, Change]]:
    """(number of the commit, what it did) of all that made a file what it is, newest first, also under older names."""
    after = -1
    while path:
        rows, path = known.get(path, ()), ""
        for number, change in rows:
            if number > after and not path:
                after = number
                if change.status == "D":  # what was there before was another file
                    return
                yield number, change
                if change.status == "A":
                    return
                path = change.before if change.status == "R" else ""


def blobs(known: Index) -> dict[str, str]:
    """Path -> the id of its bytes, of every file that the last commit has."""
    left: dict[str, int] = {}
    for number, change in (row for rows in known.values() for row in rows if row[1].status == "R"):
        left[change.before] = min(number, left.get(change.before, number))
    last = {path: rows[0] for path, rows in known.items()}
    return {
        path: change.blob
        for path, (number, change) in last.items()
        if change.status != "D" and number <= left.get(path, number)
    }


def is_hers(hand: Hand, person: Person, name: str = "") -> bool:
    """Whether a commit's name or address is a person's: one that she declared, or her own full name.

    `name` is her full name where her record has initials alone. Addresses are what `contact.email`, `accounts.mail` and
    `accounts.git` say; GitHub's own are known by her account.
    """
    if hand.address in declared(person):
        return True
    account = NOREPLY.fullmatch(hand.address)
    ours = {person.contact.get("github", ""), *person.accounts.get("github", ())}
    if account and account[1] in {each.rstrip("/").rpartition("/")[2].lstrip("@").lower() for each in ours if each}:
        return True
    return _plain(hand.name) in (_plain(person.name), _plain(name or person.name))


def declared(person: Person) -> frozenset[str]:
    """The addresses that a person says are hers, in small letters."""
    said = (person.contact.get("email", ""), *person.accounts.get("mail", ()), *person.accounts.get("git", ()))
    return frozenset(address.strip().lower() for address in said if address)


def _plain(name: str) -> str:
    return " ".join(re.split(r"[\s_.-]+", name.casefold().strip()))
