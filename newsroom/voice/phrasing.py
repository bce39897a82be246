"""Owns the rules that listen for phrases: what is said wrongly in so many words. Must not look at a text as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsroom.voice.heard import Heard, Hit, Line
from newsroom.voice.sentences import WORD
from newsroom.voice.text import Finding

SHARE = 0.17
"""Of a sentence's words, those that are weak: fewer are lost among words that mean something."""


def phrases(rule: str, heard: Heard) -> Iterator[Finding]:
    """Find the phrases of a rule's lists; where two overlap, the longer."""
    for line in heard.lines:
        hits = [hit for hit in line.hits if not hit.group.weak]
        for hit in hits:
            longer = (o for o in hits if o is not hit and o.start < hit.end and hit.start < o.end)
            if hit.group.rule == rule and not any(_outdoes(other, hit) for other in longer):
                yield _told(heard, line, hit)


def _outdoes(one: Hit, other: Hit) -> bool:
    return (one.end - one.start, -one.start, one.group.rule) > (other.end - other.start, -other.start, other.group.rule)


def _told(heard: Heard, line: Line, hit: Hit) -> Finding:
    words = heard.text.passages[line.passage].text[hit.start : hit.end]
    return heard.said(line, hit.group.rule, hit.start, hit.end, f'"{words}" {hit.group.why}', hit.group.ask)


def corporate_speak(heard: Heard, least: int) -> Iterator[Finding]:
    """Find phrases of corporate speech, and sentences in which `least` weak words stand together."""
    yield from phrases("corporate-speak", heard)
    for line in heard.lines:
        ours = [hit for hit in line.hits if hit.group.rule == "corporate-speak"]
        weak = {line.heard[hit.start : hit.end].lower()[:6]: hit for hit in ours if hit.group.weak}
        strong = any(not hit.group.weak for hit in ours)
        if len(weak) >= least and not strong and len(weak) >= SHARE * len(line.words):
            hits = sorted(weak.values())
            named = ", ".join(f'"{line.heard[hit.start : hit.end]}"' for hit in hits[:6])
            message = f"{named} stand in one sentence, and none of them is a thing that one can see"
            yield heard.said(line, "corporate-speak", line.start, line.end, message, hits[0].group.ask)


def hidden_actor(heard: Heard, least: int) -> Iterator[Finding]:
    """Find the passive where it hides who did it; who is named after it is not hidden."""
    by = heard.language.actor
    for finding in phrases("hidden-actor", heard):
        line = next(x for x in heard.lines if x.passage == finding.passage and x.start <= finding.start < x.end)
        after = [word.lower() for word in WORD.findall(line.heard, finding.end, line.end)]
        named = any(word in by and not then.endswith("ing") for word, then in zip(after, after[1:], strict=False))
        if not named and not heard.language.first & set(after) - {"our", "us"}:
            yield finding


def mission_statement(heard: Heard, least: int) -> Iterator[Finding]:
    """Find the cadence: its phrases, and `least` abstractions in a row."""
    yield from phrases("mission-statement", heard)
    abstract, joins = heard.language.abstractions | heard.language.lofty, heard.language.joins
    for line in heard.lines:
        if sum(word in abstract for word in line.words) < least:
            continue
        row: list[re.Match] = []
        for word in WORD.finditer(line.heard, line.start, line.end):
            said = word[0].lower()
            if said in abstract:
                gap = line.heard[row[-1].end() : word.start()] if row else ""
                row = [*row, word] if row and _is_next(gap, joins) else [word]
                meant = sum(one[0].lower() in heard.language.lofty for one in row) < 2
                if len(row) >= least and not meant and _ends(line.heard[word.end() : line.end], joins, abstract):
                    yield _row(heard, line, row)
            elif said not in joins:
                row = row if row and not re.search(r"[.;:!?]", line.heard[row[-1].end() : word.start()]) else []


def _is_next(gap: str, joins: frozenset[str]) -> bool:
    """Whether only a comma, an `and`, and at most one word more stand between two of a row."""
    between = [word for word in WORD.findall(gap) if word.lower() not in joins]
    joined = "," in gap or any(word.lower() in joins for word in WORD.findall(gap)) or "&" in gap
    return joined and len(between) <= 1 and not re.search("[.;:!?()\ufffc]", gap)


def _ends(rest: str, joins: frozenset[str], abstract: frozenset[str]) -> bool:
    """Whether the row goes no further."""
    following = WORD.findall(rest[:60])[:3]
    more = re.match(r"\s*(,|&|and\b|und\b)", rest) is not None
    return not (more and any(word.lower() in abstract for word in following))


def _row(heard: Heard, line: Line, row: list[re.Match]) -> Finding:
    start, end = row[0].start(), row[-1].end()
    words = heard.text.passages[line.passage].text[start:end]
    message = f'"{words}" puts abstractions in a row, as mission statements do: one hears the tune and no meaning'
    return heard.said(
        line, "mission-statement", start, end, message, "which of them did you mean? What happened that shows it?"
    )


def non_apology(heard: Heard, least: int) -> Iterator[Finding]:
    """Find apologies for what may have been felt."""
    yield from phrases("non-apology", heard)


def third_person(heard: Heard, least: int) -> Iterator[Finding]:
    """Find writers who speak of themselves, or of their company, as of somebody else."""
    yield from phrases("third-person", heard)
    said = "|".join(sorted(heard.language.saying))
    if len(heard.text.authors) == 1:
        name = re.escape(heard.text.authors[0][0])
        pattern = rf"\b{name},?\s+(?:{said})\b|\b(?:{said})\s+{name}\b"
        ask = "would you say your own name aloud in the middle of telling this?"
        why = "speaks of the one person whose name stands above the text"
        yield from _named(heard, pattern, why, ask)


def _named(heard: Heard, pattern: str, why: str, ask: str) -> Iterator[Finding]:
    for line in heard.lines:
        for match in re.compile(pattern).finditer(line.heard, line.start, line.end):
            yield heard.said(line, "third-person", match.start(), match.end(), f'"{match[0]}" {why}', ask)
