"""Owns the words of the benchmark's posts: how often each comes, and sentences of them. None has a meaning."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable
from itertools import accumulate

Draw = Callable[[], float]
"""A number from 0 to 1: `random.Random(seed).random`, the one method whose sequence Python promises never to change."""

COMMON = """the of and to a in is we it that for was on with as at this are not be by from but have an they or you had
which one our when were there has their so if more out can what all will about up than who them would no into time some
only how then its over two after also first most where because these even new through just years before between must
such any both here still way while might never should each without three under again being every same another last
those four until during enough often though against almost perhaps rather already""".split()
"""In the order in which English uses them, about: the head of the curve."""
NOUNS = """lens glass bench drawing workshop screw winter station mast sensor harbour customer letter machine morning
surface oven crack mirror batch record valve needle counter spring cable battery question answer meeting number
supplier drawer photograph wheel repair reading signal meter thread coating grain chart instrument box table train
island ferry storm summer apprentice room window tool measurement failure mistake design model test lamp circuit board
plate ring shelf label pencil map wire pump seal tank pressure temperature weight length report list engine paper
colour edge corner shadow drift frame bearing motor switch fuse magnet clock scale scratch polish bubble mould furnace
village school hospital library ship road river field bridge roof kitchen garden street market office""".split()
VERBS = """ask answer turn measure grind melt clean repair open close wait learn record change follow break mark lift
drop cool heat press print count check call explain draw watch paint collect return order ship promise test fail
replace publish order sort trust remember notice help start finish listen travel visit talk work want need""".split()
OTHERS = """old cold small long early late heavy thin quiet warm narrow broken careful different certain strange simple
common usual honest expensive cheap dark bright rough smooth steady slow quick strong weak empty full local northern
wet dry useful patient clear hard soft round flat plain whole open likely loose tight clever modest ordinary visible
nearly exactly slowly carefully mostly usually twice together outside inside tomorrow yesterday somewhere afterwards
can't didn't it's we've that's who's doesn't wasn't half-finished well-known long-term café Åbo naïve""".split()
CODE = (
    "offset",
    "read_sensor()",
    "gain=0.82",
    "/var/log/mast",
    "None",
    "--dry-run",
    "calibrate",
    "0x1F",
    "station.id",
    "int16",
)
PLACES = ("notes", "drawings", "parts", "measurements", "letters", "archive", "stations", "forms")


def _inflected() -> list[str]:
    doubled = {"drop": "dropp", "ship": "shipp"}
    stems = [(verb, doubled.get(verb, verb).removesuffix("e")) for verb in VERBS]
    forms = [form for verb, stem in stems for form in (verb, f"{stem}ed", f"{stem}ing", _more(verb))]
    rest = [*NOUNS, *OTHERS, *forms, *(_more(noun) for noun in NOUNS)]
    return [rest[i * 211 % len(rest)] for i in range(len(rest))]  # 211 is prime: the kinds mixed, each word once


def _more(word: str) -> str:
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


VOCABULARY = tuple(dict.fromkeys([*COMMON, *_inflected()]))
HEIGHTS = tuple(accumulate(1 / (rank + 2.7) for rank in range(len(VOCABULARY))))
"""Zipf's law as Mandelbrot put it: with only + and / in it, every machine's sums are the same."""


def word(draw: Draw) -> str:
    """One word, the common ones often; one in twenty is a compound, because half the words of any archive are rare."""
    if draw() < 0.05:
        return NOUNS[whole(draw, 0, len(NOUNS) - 1)] + NOUNS[whole(draw, 0, len(NOUNS) - 1)]
    return VOCABULARY[bisect(HEIGHTS, draw() * HEIGHTS[-1])]


def whole(draw: Draw, low: int, high: int) -> int:
    """A whole number from low to high."""
    return low + int(draw() * (high - low + 1))


def words(draw: Draw, low: int, high: int) -> list[str]:
    """Some words in a row."""
    return [word(draw) for _ in range(whole(draw, low, high))]


def title(draw: Draw) -> str:
    """A headline of four to ten words."""
    return _capital(" ".join(words(draw, 4, 10)))


def plain(draw: Draw, low: int = 6, high: int = 26) -> str:
    """A sentence without markup."""
    row = words(draw, low, high)
    for at in range(3, len(row) - 3):
        chance = draw()
        if chance < 0.09:
            row[at] += ","
        elif chance < 0.11:
            row[at] = str(whole(draw, 3, 1990))
    return _capital(" ".join(row)) + ("?" if draw() < 0.06 else ".")


def sentence(draw: Draw) -> str:
    """A sentence; about one in five carries emphasis, code, a link or a quotation."""
    text, chance = plain(draw), draw()
    if chance > 0.21:
        return text
    row = text[:-1].split(" ")
    start = whole(draw, 1, len(row) - 4)
    end = start + whole(draw, 1, 3)
    span = " ".join(row[start:end]).replace(",", "")
    row[start:end] = [next(mark(span, draw) for below, mark in MARKS if chance <= below)]
    return " ".join(row) + text[-1]


def _address(draw: Draw) -> str:
    return f"https://www.example.com/{PLACES[whole(draw, 0, len(PLACES) - 1)]}/{whole(draw, 1, 4000)}"


MARKS: tuple[tuple[float, Callable[[str, Draw], str]], ...] = (
    (0.05, lambda span, draw: f"*{span}*"),
    (0.08, lambda span, draw: f"**{span}**"),
    (0.11, lambda span, draw: f"`{CODE[whole(draw, 0, len(CODE) - 1)]}`"),
    (0.17, lambda span, draw: f"[{span}]({_address(draw)})"),
    (0.20, lambda span, draw: f'"{span}"'),
    (0.21, lambda span, draw: f"{span} -- {word(draw)} --"),
)
"""Inline markup: up to which chance, and how it is written."""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
