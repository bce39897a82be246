"""Owns finding the same text under the names of different people. Pure; needs no git.

Two texts are compared by their shingles: every run of RUN words. What stands in many posts is boilerplate, and counts
for nothing, as what is quoted does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from zlib import crc32

from newsroom.check.phoniness import MARKS, blocks
from newsroom.check.rule import Checked, Found
from newsroom.edits import word_keys
from newsroom.errors import Location
from newsroom.model import Post, digest

RUN = 6
"""Words of a shingle: no two people put the same six in a row often."""
FEWEST = 25
"""Words of a text that is compared: two invitations to one event may be as like as this."""
SHARE = 0.5
"""How much of the shorter text the longer one has when they are nearly the same."""
MANY = 1_500_000
"""Words of a site whose every shingle is compared: they take 300 MB."""
COMMON = 6
"""So many posts that hold a shingle make it boilerplate."""


def echoes(checked: Checked) -> Iterator[Found]:
    """Find posts whose text is, or nearly is, that of an older one which others signed."""
    oldest = sorted(checked.site.posts, key=lambda post: (post.time, post.source))
    texts = {post.source: _said(checked, post) for post in oldest}
    whole: dict[str, list[Post]] = defaultdict(list)
    for post in oldest:
        if len(texts[post.source]) >= FEWEST:
            whole[digest(" ".join(texts[post.source]))].append(post)
    told = set()
    for posts in whole.values():
        for n, post in enumerate(posts):
            if other := next((each for each in posts[:n] if _differ(each, post)), None):
                told.add(post.source)
                yield _tell(post, other, "is the same")
    for post, other, share in _near([posts[0] for posts in whole.values()], texts, _ours(checked)):
        if post.source not in told:
            yield _tell(post, other, f"is {share:.0%} the same")


def _tell(post: Post, other: Post, how: str) -> Found:
    hint = "name everybody who wrote it in authors, quote the other text as what it is, or let each write her own"
    names = " and ".join(f'"{key}"' for key in other.authors)
    return (
        Location(post.source, pointer=("authors",)),
        f"the text {how} as that of {other.source}, signed by {names}",
        hint,
    )


def _differ(one: Post, other: Post) -> bool:
    """Whether two posts are signed by different people: none of whom signed both. A translation is one text, twice."""
    key = one.details.get("translation")
    return not set(one.authors) & set(other.authors) and not (key and key == other.details.get("translation"))


def _said(checked: Checked, post: Post) -> list[str]:
    """The words of a post that are its authors' own."""
    text = "\n".join(blocks(checked.content(post.source).html, quotes=False))
    return word_keys(MARKS.sub(" ", text))


def _ours(checked: Checked) -> list[str]:
    """The words of the company about itself."""
    sheets = [blocks(checked.content(sheet.source).html) for sheet in checked.site.press_sheets]
    return word_keys(
        "\n".join([checked.site.config.company.boilerplate, *(text for sheet in sheets for text in sheet)])
    )


def _near(posts: list[Post], texts: dict[str, list[str]], ours: list[str]) -> Iterator[tuple[Post, Post, float]]:
    """(post, an older one, how much of the shorter is in both) of each pair that is nearly the same.

    `ours` is what the company says of itself. Of a very large site every second, third, ... shingle will do.
    """
    every = 1 + sum(map(len, texts.values())) // MANY
    said = _shingles(ours, 1)
    shingles = {post.source: _shingles(texts[post.source], every) - said for post in posts}
    holders: dict[int, list[int]] = defaultdict(list)
    for n, post in enumerate(posts):
        for each in shingles[post.source]:
            holders[each].append(n)
    common = {each for each, where in holders.items() if len(where) >= COMMON}
    own = [len(shingles[post.source] - common) for post in posts]
    shared: Counter[tuple[int, int]] = Counter()
    for where in holders.values():
        if 1 < len(where) < COMMON:
            shared.update((a, b) for i, a in enumerate(where) for b in where[i + 1 :])
    best: dict[int, tuple[float, int]] = {}
    for (a, b), count in shared.items():
        share = count / max(1, min(own[a], own[b]))
        if share >= SHARE and min(own[a], own[b]) * every >= FEWEST - RUN and _differ(posts[a], posts[b]):
            best[b] = max(best.get(b, (0.0, a)), (share, a))
    for b, (share, a) in sorted(best.items()):
        yield posts[b], posts[a], min(share, 0.99)


def _shingles(words: list[str], every: int) -> set[int]:
    """The shingles of a text as numbers, the same in every process; of all of them, about one in `every`."""
    ids = [crc32(word.encode()) for word in words]
    found = (hash(tuple(ids[n : n + RUN])) for n in range(len(ids) - RUN + 1))
    return {each for each in found if each % every == 0}
