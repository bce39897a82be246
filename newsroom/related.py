"""Owns which posts are related: those that keep coming back to the same rare words, the more so on the same topics. Pure.

What counts is rough on purpose: how rare a word is goes in steps, so that a new post or an edited text moves the lists of
those that it is really about, and of hardly any other.
"""

from __future__ import annotations

import marshal
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from math import log2

from newsroom.model import NOTHING, Post, digest_of
from newsroom.terms import levels

KEPT = 6
"""So many are kept of a post: its page shows some, and not those that stand on it anyway."""
TELLING = 12
"""So many of a post's terms count: those that tell most."""
SHARE, MANY = 0.06, 50
"""A word that more posts than these come back to tells nothing: of all posts, and in number."""
ENOUGH = 0.3
"""How near posts must be, where 1 is the same words: below that they share a few by chance. Found by eye on 500 posts."""
TOPIC = 0.12
"""How much nearer a topic in common makes posts, for each doubling of its rarity."""
ALIKE = 0.85
"""How near posts of one author count: another voice on the subject is worth more."""

Keep = Callable[[str, Callable[[], bytes]], bytes]
"""(key, make) -> bytes, made at most once."""


class Related:
    """The related posts of each of some posts, found when the first is asked for; as long as `key` is the same, so are they."""

    def __init__(self, posts: Iterable[Post], keep: Keep = lambda key, make: make()):
        self.posts = sorted((post for post in posts if post.content != NOTHING), key=lambda post: post.source)
        self.keep = keep

    @cached_property
    def key(self) -> str:
        """Digest of all that decides which posts are related."""
        return digest_of([(post.source, post.terms, post.topics, post.authors) for post in self.posts])

    @cached_property
    def _lists(self) -> dict[str, tuple[str, ...]]:
        return marshal.loads(self.keep(self.key, lambda: marshal.dumps(dict(_lists(self.posts)))))

    def of(self, source: str) -> tuple[str, ...]:
        """Sources of the posts related to one, the nearest first; () where there is none."""
        return self._lists.get(source, ())

    def moved(self, before: Related) -> list[str]:
        """Sources of the posts whose list is another than before."""
        if self.key == before.key:
            return []
        return [post.source for post in self.posts if self.of(post.source) != before.of(post.source)]


def _lists(posts: Sequence[Post]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(source, sources of those related) of each post that has any."""
    words = [levels(post.terms) for post in posts]
    signatures = list(_signatures(words))
    where: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for n, signature in enumerate(signatures):
        for word, weight in signature:
            where[word].append((n, weight))
    count = len(posts)
    topics = {
        topic: 1 + TOPIC * _rarity(count, often)
        for topic, often in Counter(topic for post in posts for topic in post.topics).items()
    }
    for n, signature in enumerate(signatures):
        near: dict[int, float] = {}
        for word, weight in signature:
            for other, its in where[word]:
                near[other] = near.get(other, 0.0) + weight * its
        near.pop(n, None)
        if best := _best(posts, n, near, topics):
            yield posts[n].source, best


def _signatures(words: Sequence[Sequence[tuple[str, int]]]) -> Iterator[list[tuple[str, float]]]:
    """(word, weight) of what tells most in each text: often there, and rare elsewhere. Weights are those of a vector of
    length 1."""
    often = Counter(word for text in words for word, _ in text)
    most = min(MANY, max(3, int(len(words) * SHARE)))
    rare = {word: _rarity(len(words), count) for word, count in often.items() if 2 <= count <= most}
    for text in words:
        telling = sorted((-level * rare[word], word) for word, level in text if word in rare)[:TELLING]
        length = sum(weight * weight for weight, _ in telling) ** 0.5
        yield [(word, -weight / length) for weight, word in telling if length]


def _rarity(all: int, some: int) -> float:
    """How rare something is among all, as doublings, in halves of one."""
    return round(2 * log2(all / some)) / 2


def _best(posts: Sequence[Post], n: int, near: dict[int, float], topics: dict[str, float]) -> tuple[str, ...]:
    """The nearest, those of other authors before those of the same."""
    own, found = posts[n], []
    for other, how_near in near.items():
        if how_near < ENOUGH / 3:
            continue
        there = posts[other]
        for topic in own.topics:
            if topic in there.topics:
                how_near *= topics[topic]
        if how_near >= ENOUGH:
            alike = not set(own.authors).isdisjoint(there.authors)
            found.append((-round(how_near * (ALIKE if alike else 1), 9), there.source))
    return tuple([source for _, source in sorted(found)[:KEPT]])
