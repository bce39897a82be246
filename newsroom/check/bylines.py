"""Owns the rules of `newsroom check --bylines`: whose hands wrote what stands under whose name. Pure.

A name in a commit is only what somebody typed, as a byline is. So nothing here accuses: each finding is a question to
ask, and none of these rules runs in a plain check.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from newsroom import dates
from newsroom.check.echoes import echoes
from newsroom.check.rule import Checked, Found
from newsroom.errors import Location
from newsroom.history import Commit, Hand, History, Index, declared, index, is_hers, steps
from newsroom.model import Person, Post

IMPORT = 25
"""A commit that adds or changes so many posts is no writing: an archive came, or a word was replaced everywhere."""
NAMED = 3
"""So many posts, or people, of a finding are named."""


class Tell(NamedTuple):
    """One thing that git can tell."""

    severity: str
    why: str
    """One sentence for docs/bylines.md."""
    find: Callable[[Bylines], Iterable[Found]]


class Bylines:
    """The posts of a site beside what git remembers of them."""

    def __init__(self, checked: Checked, people: Mapping[str, Person], history: History):
        """`people` are the records as written: what somebody agreed to show is not all that she declared."""
        self.checked, self.site, self.people, self.history = checked, checked.site, people, history

    @cached_property
    def commits(self) -> tuple[Commit, ...]:
        """Every commit, newest first."""
        return self.history.commits()

    @cached_property
    def known(self) -> Index:
        """Which of them touched which path."""
        return index(self.commits)

    @cached_property
    def masses(self) -> frozenset[str]:
        """Ids of the commits that brought or changed many posts at once."""
        count = {commit.id: sum(_is_post(change.path) for change in commit.changes) for commit in self.commits}
        return frozenset(ident for ident, posts in count.items() if posts >= IMPORT)

    @cached_property
    def rows(self) -> dict[str, tuple[Commit, ...]]:
        """Source of a post -> the commits that made it, newest first. Posts that an import brought are not here."""
        found = {}
        for post in self.site.posts:
            rows = [self.commits[n] for n, _ in steps(post.source, self.known)]
            if rows and rows[-1].id not in self.masses:
                found[post.source] = tuple(commit for commit in rows if commit.id not in self.masses)
        return found

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """The posts that git can say something of, oldest first."""
        known = (post for post in self.site.posts if post.source in self.rows)
        return tuple(sorted(known, key=lambda post: (post.time, post.source)))

    @cached_property
    def silent(self) -> tuple[str, ...]:
        """Keys of those who declared no address, and whose names no commit bears."""
        hands = {hand for commit in self.commits for hand in commit.hands}
        writing = dict.fromkeys(key for post in self.posts for key in post.authors)
        return tuple(
            key for key in writing if not declared(self.people[key]) and not any(self.hers(hand, key) for hand in hands)
        )

    def hers(self, hand: Hand, key: str) -> bool:
        """Whether a commit's hand is a person's: not by the name alone where another declared the address."""
        owner = self.owners.get(hand.address)
        return owner == key if owner else is_hers(hand, self.people[key])

    @cached_property
    def owners(self) -> dict[str, str]:
        """Address -> key of the one person who declared it."""
        claims = [(address, key) for key, person in self.people.items() for address in declared(person)]
        count = Counter(address for address, _ in claims)
        return {address: key for address, key in claims if count[address] == 1}

    def touched(self, post: Post, key: str) -> bool:
        """Whether somebody of that name wrote, changed or signed any commit of a post."""
        return any(self.hers(hand, key) for commit in self.rows[post.source] for hand in commit.hands)

    def day(self, commit: Commit) -> str:
        """The day of a commit, in the site's zone."""
        return datetime.fromtimestamp(commit.time, dates.zone(self.site.config.timezone)).date().isoformat()

    def name(self, hand: Hand) -> str:
        """Whose a hand is, as a finding says it: nobody's address but the one that git has."""
        owner = next((key for key in self.people if self.hers(hand, key)), None)
        return self.people[owner].name if owner else f"{hand.name} <{hand.address}>"


def said(bylines: Bylines) -> tuple[str, ...]:
    """What a reader of the findings must know: how much git can tell."""
    posts, known = len(bylines.site.posts), len(bylines.posts)
    lines = []
    brought = [
        (commit, sum(_is_post(change.path) for change in commit.changes if change.status == "A"))
        for commit in bylines.commits
        if commit.id in bylines.masses
    ]
    for commit, count in reversed(brought):
        if count >= IMPORT:
            lines.append(
                f"{count} posts were brought here in one commit on {bylines.day(commit)}: who wrote them is not known"
            )
    lines.append(f"{known} of {posts} posts compared with {len(bylines.commits)} commits")
    return tuple(lines)


# ── the tells ────────────────────────────────────────────────────────────────────────────────────────────────────────


def untouched(bylines: Bylines) -> Iterator[Found]:
    """Find people whose posts nobody of their name touched or signed off."""
    found: dict[str, list[Post]] = {}
    for post in bylines.posts:
        for key in post.authors:
            if (
                key not in bylines.silent
                and key not in post.details.get("signed_off", {})
                and not bylines.touched(post, key)
            ):
                found.setdefault(key, []).append(post)
    for key, posts in found.items():
        signs = sum(key in post.authors for post in bylines.posts)
        hands = Counter(bylines.name(bylines.rows[post.source][-1].author) for post in posts)
        message = (
            f"nobody of the name of {bylines.people[key].name} touched or signed {len(posts)} of the "
            f'{_count(signs, "post")} signed "{key}"'
            f": {_few([post.source for post in posts])}; committed by {_few([name for name, _ in hands.most_common()])}"
        )  # fmt: skip
        hint = (
            f"let {bylines.people[key].short_name} read them, and commit signed_off: {{{key}: DAY}}; "
            "where an address is missing, add it as accounts: {git: [ADDRESS]}"
        )
        yield _byline(posts[0], key), message, hint


def signed_by_another(bylines: Bylines) -> Iterator[Found]:
    """Find sign-offs that somebody else wrote down."""
    signed = [post for post in bylines.posts if post.details.get("signed_off")]
    for post in signed:
        for key in post.details["signed_off"]:
            commit = _wrote(bylines, post, key)
            if key in bylines.silent or commit is None or any(bylines.hers(hand, key) for hand in commit.hands):
                continue
            who, day = bylines.name(commit.author), bylines.day(commit)
            message = f'"{key}" signed this off, says a line that {who} committed on {day}'
            hint = f"let {bylines.people[key].short_name} commit that line, or be named in Signed-off-by: of the commit"
            yield Location(post.source, pointer=("signed_off", key)), message, hint


def _wrote(bylines: Bylines, post: Post, key: str) -> Commit | None:
    """The commit that brought the sign-off as it is now."""
    rows = [(bylines.commits[n], change) for n, change in steps(post.source, bylines.known)]
    texts = bylines.history.texts(change.blob for _, change in rows)
    wrote = None
    for commit, change in rows:
        version = bylines.history.version(change.path, texts.get(change.blob, b""))
        if version is None or version.post.details.get("signed_off", {}).get(key) != post.details["signed_off"][key]:
            break
        wrote = commit
    return wrote


def one_hand(bylines: Bylines) -> Iterator[Found]:
    """Find one hand behind the posts of several people: the only one that ever touched them."""
    alone: dict[str, list[tuple[Post, str]]] = {}
    hands: dict[str, Hand] = {}
    for post in bylines.posts:
        addresses = {
            hand.address: hand for commit in bylines.rows[post.source] for hand in (commit.author, *commit.helped)
        }
        if len(addresses) != 1:
            continue
        ((address, hand),) = addresses.items()
        hands[address] = hand
        alone.setdefault(address, []).extend((post, key) for key in post.authors if not bylines.touched(post, key))
    for address, rows in alone.items():
        people = Counter(key for _, key in rows)
        if len(people) < 2:
            continue
        of = Counter(key for post in bylines.posts for key in post.authors)
        shares = [f"{bylines.people[key].name} ({count} of {of[key]})" for key, count in people.most_common()]
        posts = {post.source for post, _ in rows}
        message = (
            f"{bylines.name(hands[address])} alone committed {len(posts)} of {_count(len(bylines.posts), 'post')}, "
            f"under the names of {len(people)} others: {_few(shares)}"
        )
        hint = "let those who sign commit their words, or name them in Co-authored-by:; say in help: who wrote"
        yield _byline(*rows[0]), message, hint


def no_address(bylines: Bylines) -> Iterator[Found]:
    """Find people of whom nobody can tell which commits are theirs. Said once for all."""
    for key in bylines.silent[:1]:
        names = [bylines.people[key].name for key in bylines.silent]
        hint = "add accounts: {git: [ADDRESS]} to the person's file; it is compared, and in no output"
        yield (
            Location(bylines.people[key].source, 1),
            f"no address is declared for {_few(names)}: no commit can be theirs",
            hint,
        )


def same_text(bylines: Bylines) -> Iterator[Found]:
    """Find the same text under the names of different people."""
    yield from echoes(bylines.checked)


TELLS: Mapping[str, Tell] = {
    "untouched-byline": Tell("warning", "Whoever signs a post has touched it, or has signed it off.", untouched),
    "signed-by-another": Tell("warning", "Who signs off says so herself.", signed_by_another),
    "one-hand": Tell("warning", "Several names are several people who write.", one_hand),
    "no-address": Tell("warning", "It is known which commits are whose.", no_address),
    "same-text": Tell("warning", "What two people sign, they wrote together, or each her own.", same_text),
}
"""Every rule of `newsroom check --bylines`, in the order of docs/bylines.md; `same-text` needs no git."""


def _byline(post: Post, key: str) -> Location:
    return Location(post.source, pointer=("authors", post.authors.index(key)))


def _is_post(path: str) -> bool:
    return re.fullmatch(r"content/posts/.*\.md", path) is not None


def _few(words: list[str]) -> str:
    more = f" and {len(words) - NAMED} more" if len(words) > NAMED else ""
    return ", ".join(words[:NAMED]) + more


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
