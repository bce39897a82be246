"""Owns RULES of the voice check: the code, the reason, an example of each, and what counts in each kind of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from newsroom.voice.heard import Heard
from newsroom.voice.phrasing import corporate_speak, hidden_actor, mission_statement, non_apology, third_person
from newsroom.voice.quotes import unsayable_quote
from newsroom.voice.shape import abstract, breathless, no_first_person, unanswerable
from newsroom.voice.text import Finding
from newsroom.voice.together import institutional


class Rule(NamedTuple):
    """One way not to sound like a person."""

    why: str
    """One sentence for docs/checks.md and docs/voice.md."""
    bad: str
    """An example; what ends in (And so on.) goes on in the same way."""
    good: str
    kinds: Mapping[str, int]
    """Kind of text -> how much it takes, in what `counts` says; a kind that is not named is not read for it."""
    counts: str
    find: Callable[[Heard, int], Iterator[Finding]]


def _of(*most: int) -> dict[str, int]:
    """How much it takes in a post, a release, a statement and an answer; 0 is: not read for it."""
    return {kind: count for kind, count in zip(("post", "release", "statement", "answer"), most, strict=True) if count}


RULES: Mapping[str, Rule] = {
    "corporate-speak": Rule(
        "Words are meant as they are said, and stand for things that happened.",
        "We are thrilled to announce our best-in-class repair solution.",
        "From Monday we mend lenses again. It takes two weeks and costs 40 euros.",
        _of(5, 6, 5, 5), "weak words in one sentence", corporate_speak,
    ),
    "third-person": Rule(
        "Who signs a text does not speak of themselves as of somebody else.",
        "The Company regrets the delay.",
        "We are late, and I am sorry.",
        _of(1, 0, 1, 1), "times", third_person,
    ),
    "no-first-person": Rule(
        "In a text that somebody signed, somebody says I or we.",
        "The lens is ground on an iron tool, polished on pitch and measured at the end. (And so on.)",
        "I grind the lens on an iron tool, polish it on pitch and measure it at the end.",
        _of(250, 0, 0, 250), "words", no_first_person,
    ),
    "hidden-actor": Rule(
        "Where something went wrong or was decided, it says who did it.",
        "Mistakes were made.",
        "I forgot to test the new grease.",
        _of(1, 1, 1, 1), "times", hidden_actor,
    ),
    "non-apology": Rule(
        "An apology says what happened, to whom, and whose doing it was.",
        "We apologise for any inconvenience this may have caused.",
        "Eleven of you waited three weeks because I lost your letters. I am sorry.",
        _of(1, 1, 1, 1), "times", non_apology,
    ),
    "unsayable-quote": Rule(
        "A quotation is something that somebody could say aloud.",
        "“We are excited to leverage this partnership to unlock value,” said Jonas Lind, CEO.",
        "“I did not think it would hold,” said Ada Brand, head of the furnace hall.",
        _of(5, 5, 5, 5), "weak words in one sentence of a quotation", unsayable_quote,
    ),
    "abstract": Rule(
        "Somebody does something in a sentence: it is not made of nouns alone.",
        "The implementation of the optimisation of the utilisation is subject to the finalisation of its specification.",
        "We use the furnace less often once Jonas has measured it.",
        _of(5, 6, 5, 5), "nouns made of verbs or adjectives in one sentence", abstract,
    ),
    "mission-statement": Rule(
        "A sentence says something of us that is not true of everybody.",
        "We are driven by integrity, innovation and excellence.",
        "We repair everything that we have made since 1961.",
        _of(3, 3, 3, 3), "abstractions in a row", mission_statement,
    ),
    "breathless": Rule(
        "A sentence can be said in one breath.",
        "The lens that Jonas had taken out of the old camera which somebody from Turku sent us in a shoe box at the end of last winter and that nobody had touched since then broke on the bench while I was looking for the smaller of the two screwdrivers that we always use for rings.",
        "Somebody in Turku sent us an old camera in a shoe box. Jonas took the lens out. It broke on the bench while I looked for a screwdriver.",
        _of(50, 55, 50, 50), "words without a pause", breathless,
    ),
    "unanswerable": Rule(
        "A reader finds something to answer: a question, an invitation, an opinion.",
        "The lens is ground on an iron tool, polished on pitch and measured at the end. (And so on.)",
        "Did yours break the same way? Write to me.",
        _of(300, 0, 0, 250), "words", unanswerable,
    ),
    "institutional": Rule(
        "A person speaks in a text, and no office does.",
        "A limited number of customers may have been affected. Corrective measures have been implemented in close coordination with the relevant authorities, and further information will be provided in due course.",
        "Two hundred of you had no heating on Sunday. The valve that broke was mine to check, and I had not.",
        _of(5, 5, 5, 5), "small signs in a hundred words", institutional,
    ),
}  # fmt: skip
"""Every rule, in the order in which a report explains them."""
