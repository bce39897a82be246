"""Owns the benchmark's newsroom: N posts of real length, their authors and topics, the same bytes on every machine.

A post is made from its number alone, so that a hundred thousand need no memory. Nothing here knows a generator.

    corpus = make.corpus(10_000)
    make.post(corpus, 17).title
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from benchmarks.words import NOUNS, Draw, plain, sentence, title, whole, words

FIRST, LAST = datetime(2016, 1, 4, 8), datetime(2025, 12, 19, 16)
"""Publication of the first and the last post; in the past, so that no clock makes one a scheduled post."""
NEW = LAST + timedelta(days=1)
SIZES = ((0, 650), (0.01, 780), (0.05, 1330), (0.1, 1770), (0.25, 2840), (0.5, 4800), (0.75, 7900), (0.9, 12600),
         (0.95, 16800), (0.99, 28000), (1, 44000))  # fmt: skip
"""Share of posts -> bytes they do not exceed: a newsroom's archive of 9,860 posts, as (share, bytes)."""
GIVEN = """Aino Bela Carla Dmitri Elif Femi Gunnar Hana Ivo Jamila Kofi Lena Mateo Nadia Olga Pavel Quinn Rosa Sven Tala
Umar Vera Wanda Xenia Yusuf Zoe Anton Birgit Cem Dora Emil Flora Gita Henk Ilse Jun Karim Lotte Marek Nils""".split()
FAMILY = """Aaltonen Berger Castro Dahl Eklund Fischer Garcia Hansen Ibrahim Jansen Kowalski Lehto Moreau Novak Okafor
Petrov Quist Rossi Silva Tanaka Ueda Virtanen Weber Xu Yilmaz Zeman Abara Brandt Costa Duarte Engel Ferrari Grant Holm
Ito Joshi Keller Lund Mensah Nair Olsen Park Ruiz Sato Torres Ulrich Vogel Wolf Yang Ziegler""".split()
ROLES = (
    "Glass engineer",
    "Head of repair",
    "Night forecaster",
    "Apprentice",
    "Press officer",
    "Archivist",
    "Buyer",
    "Toolmaker",
)
KINDS = ("post",) * 22 + ("release",) * 2 + ("answer",)


class Author(NamedTuple):
    """An employee who writes."""

    key: str
    name: str
    role: str
    biography: str


class Topic(NamedTuple):
    """What posts are about."""

    key: str
    name: str
    text: str


class Post(NamedTuple):
    """One post, in no generator's form."""

    slug: str
    kind: str
    """post | release | answer: only newsroom shows the difference."""
    title: str
    summary: str
    date: datetime
    authors: tuple[int, ...]
    """Places in `Corpus.authors`; likewise `topics`."""
    topics: tuple[int, ...]
    body: str
    """Markdown: CommonMark with tables and fenced code."""


class Corpus(NamedTuple):
    """The whole newsroom but for its posts, which `post` makes one by one."""

    size: int
    """How many posts."""
    seed: str
    authors: tuple[Author, ...]
    topics: tuple[Topic, ...]


def corpus(size: int, seed: str = "newsroom") -> Corpus:
    """A newsroom of that many posts. People grow with the posts, topics with their root: 196 and 56 for 9,860."""
    people = max(5, round(size * 196 / 9860))
    subjects = max(4, min(len(NOUNS), round(56 * (size / 9860) ** 0.5)))
    return Corpus(
        size, seed, tuple(_author(seed, n) for n in range(people)), tuple(_topic(seed, n) for n in range(subjects))
    )


def posts(of: Corpus) -> Iterator[Post]:
    """Every post, oldest first."""
    return (post(of, number) for number in range(of.size))


def post(of: Corpus, number: int) -> Post:
    """The post with that number, from 0; the number after the last is the new one."""
    draw = Random(f"{of.seed}/post/{number}").random
    headline = title(draw)
    minutes = int((LAST - FIRST).total_seconds()) // 60
    date = NEW if number >= of.size else FIRST + timedelta(minutes=minutes * number // max(1, of.size - 1))
    return Post(
        slug=f"{_slug(headline)[:48].rstrip('-')}-{number}",
        kind=KINDS[whole(draw, 0, len(KINDS) - 1)],
        title=headline,
        summary=plain(draw, 12, 24),
        date=date,
        authors=_some(draw, (1, 1, 1, 1, 1, 1, 1, 2, 2, 3), len(of.authors)),
        topics=_some(draw, (1, 1, 2, 2, 3), len(of.topics)),
        body=body(draw, _size(draw())),
    )


def body(draw: Draw, size: int) -> str:
    """Markdown of about that many bytes, in whole blocks."""
    blocks, since = [paragraph(draw)], 0
    length = len(blocks[0])
    while length < size - 220:  # half a block: some end above, some below
        since += 1
        if since > 2 and draw() < 0.3:
            block, since = f"## {title(draw)}" if draw() < 0.8 else f"### {title(draw)}", -1
        else:
            chance = draw()
            block = next(made for below, made in BLOCKS if chance <= below)(draw)
        blocks.append(block)
        length += len(block.encode()) + 2
    if blocks[-1].startswith("#"):
        blocks.append(paragraph(draw))
    return "\n\n".join(blocks) + "\n"


# ── blocks ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def paragraph(draw: Draw) -> str:
    """Two to six sentences."""
    return " ".join(sentence(draw) for _ in range(whole(draw, 2, 6)))


def _list(draw: Draw) -> str:
    return "\n".join(f"- {sentence(draw)}" for _ in range(whole(draw, 3, 7)))


def _steps(draw: Draw) -> str:
    return "\n".join(f"{n}. {sentence(draw)}\n   - {plain(draw)}" for n in range(1, whole(draw, 2, 5) + 1))


def _quote(draw: Draw) -> str:
    return "\n>\n".join(f"> {plain(draw)} {plain(draw)}" for _ in range(whole(draw, 1, 2)))


def _table(draw: Draw) -> str:
    rows = [
        f"| {' '.join(words(draw, 1, 4))} | {whole(draw, 1, 900)} | {draw():.2f} |" for _ in range(whole(draw, 3, 9))
    ]
    return "\n".join(["| What | Number | Share |", "|------|-------:|------:|", *rows])


def _code(draw: Draw) -> str:
    names = [re.sub(r"\W", "_", name) for name in words(draw, 3, 8)]
    lines = [
        f"    {name} = read({whole(draw, 1, 99)}, gain={draw():.3f})  # {' '.join(words(draw, 2, 6))}" for name in names
    ]
    return "\n".join(
        ["```python", f"def {names[0]}_{whole(draw, 1, 99)}(station):", *lines, f"    return {names[-1]}", "```"]
    )


BLOCKS: tuple[tuple[float, Callable[[Draw], str]], ...] = (
    (0.82, paragraph), (0.89, _list), (0.92, _steps), (0.96, _quote), (0.98, _table), (1, _code),
)  # fmt: skip
"""Up to which chance, and what stands there."""


# ── people and topics ────────────────────────────────────────────────────────────────────────────────────────────────


def _author(seed: str, number: int) -> Author:
    draw = Random(f"{seed}/author/{number}").random
    row, turn = divmod(number, len(GIVEN))
    middle = "" if number < 2000 else f" {chr(65 + number // 2000 % 26)}."
    name = f"{GIVEN[turn]}{middle} {FAMILY[(number + row) % len(FAMILY)]}"  # 2,000 pairs, none twice
    return Author(_slug(name), name, ROLES[whole(draw, 0, len(ROLES) - 1)], f"{paragraph(draw)}\n\n{paragraph(draw)}")


def _topic(seed: str, number: int) -> Topic:
    draw = Random(f"{seed}/topic/{number}").random
    name = NOUNS[number]
    return Topic(name, name.capitalize(), paragraph(draw))


def _some(draw: Draw, counts: tuple[int, ...], among: int) -> tuple[int, ...]:
    """Places, the first ones likelier: a few people write much, most write little."""
    wanted = min(among, counts[whole(draw, 0, len(counts) - 1)])
    chosen: dict[int, None] = {}
    while len(chosen) < wanted:
        chance = draw()
        chosen[int((0.4 * chance + 0.6 * chance * chance) * among)] = None
    return tuple(chosen)


def _size(share: float) -> int:
    """Bytes of the post that is longer than that share of all: a straight line between the measured points."""
    for (left, low), (right, high) in zip(SIZES, SIZES[1:]):
        if share <= right:
            return int(low + (high - low) * (share - left) / (right - left))
    return SIZES[-1][1]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
