"""Owns the printed forms of quotes, dashes and dots in a run of tokens, exactly as markdown-it's typographer sets them.

Written again here because markdown-it's rules need markdown-it (60 ms to import) and look at every character; most
apostrophes stand between two letters, and those need no look around.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

Quotes = Sequence[str]
"""Outer and inner marks: opening, closing, opening, closing."""

SIGN = re.compile(r"\((c|tm|r)\)", re.IGNORECASE)
SIGNS = {"c": "©", "r": "®", "tm": "™"}
RARE = re.compile(r"\+-|\.\.|\?\?\?\?|!!!!|,,|--")
REPLACEMENTS = (
    (re.compile(r"\+-"), "±"),
    (re.compile(r"\.{2,}"), "…"),
    (re.compile(r"([?!])…"), r"\1.."),
    (re.compile(r"([?!]){4,}"), r"\1\1\1"),
    (re.compile(r",{2,}"), ","),
    (re.compile(r"(^|[^-])---(?=[^-]|$)", re.MULTILINE), "\\1\u2014"),
    (re.compile(r"(^|\s)--(?=\s|$)", re.MULTILINE), "\\1\u2013"),
    (re.compile(r"(^|[^-\s])--(?=[^-\s]|$)", re.MULTILINE), "\\1\u2013"),
)
"""In this order: each sees what the ones before it made."""

NEEDLES = ("(", "--", "..", ",,", "!!!!", "????", "+-")
"""One of these is in whatever SIGN and RARE find. To look for the few that a text has takes a tenth of their time."""

QUOTE = re.compile(r"['\"]")
INSIDE = re.compile(r"'(?<=[A-Za-z]')(?=[A-Za-z])")
BREAKS = ("softbreak", "hardbreak")
SPACES = frozenset("\t\n\v\f\r \xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))))


def rare(text: str) -> tuple[str, ...]:
    """Those of the NEEDLES that a text has: most have one or none."""
    return tuple(needle for needle in NEEDLES if needle[0] in text and needle in text)


def line(text: str, found: Sequence[str]) -> str | None:
    """Words on their own in their printed form; None where a quotation mark depends on what is around it."""
    if '"' in text:
        return None
    if _any(found, text):
        text = _replaced(text)
    if "'" in text:
        text = INSIDE.sub("’", text)
    return None if "'" in text else text


def typeset(children: list, written: str, marks: Quotes, found: Sequence[str]) -> None:
    """Set a run of tokens in its printed form. `found` is what rare() says of the text, `written` all of the run."""
    if _any(found, written):
        replace(children)
    if "'" in written or '"' in written:
        quote(children, marks)


def _any(needles: Sequence[str], text: str) -> bool:
    for needle in needles:  # any() with a generator takes four times as long
        if needle in text:
            return True
    return False


def replace(children: list) -> None:
    """Set signs, dots and dashes, but not in an address that stands in angle brackets."""
    bare = False
    for token in children:
        if token.tag == "a":
            bare = token.info == "auto"
        if token.type == "text" and not bare and not token.info:
            token.content = _replaced(token.content)


def _replaced(text: str) -> str:
    if "(" in text:
        text = SIGN.sub(lambda m: SIGNS[m[1].lower()], text)
    if RARE.search(text):
        for pattern, printed in REPLACEMENTS:
            text = pattern.sub(printed, text)
    return text


def quote(children: list, marks: Quotes) -> None:
    """Set quotation marks and apostrophes."""
    waiting: list[tuple[int, int, str, int]] = []
    """(token, place in it, mark, level) of quotes that may open."""
    for index, token in enumerate(children):
        while waiting and waiting[-1][3] > token.level:
            waiting.pop()
        if token.type == "text" and not token.info and ("'" in token.content or '"' in token.content):
            token.content = INSIDE.sub("’", token.content)
            _quotes_of(children, index, waiting, marks)


def _quotes_of(children: list, index: int, waiting: list, marks: Quotes) -> None:
    """Set the quotes of one token, and of those before it that they close."""
    token, at = children[index], 0
    while match := QUOTE.search(token.content, at):
        found, at = match[0], match.end()
        opens, closes = _sides(found, _before(children, index, at - 1), _after(children, index, at))
        if not opens and not closes:
            if found == "'":
                token.content = f"{token.content[: at - 1]}’{token.content[at:]}"
            continue
        if closes and (start := _opening(waiting, found, token.level)) is not None:
            other, place, *_ = waiting[start]
            del waiting[start:]
            opening, closing = marks[2:4] if found == "'" else marks[:2]
            token.content = token.content[: at - 1] + closing + token.content[at:]
            earlier = children[other]
            earlier.content = earlier.content[:place] + opening + earlier.content[place + 1 :]
            at += len(closing) - 1 + (len(opening) - 1 if other == index else 0)
        elif opens:
            waiting.append((index, at - 1, found, token.level))
        elif found == "'":
            token.content = f"{token.content[: at - 1]}’{token.content[at:]}"


def _opening(waiting: list, found: str, level: int) -> int | None:
    """Which of the waiting quotes a closing one closes."""
    for start in range(len(waiting) - 1, -1, -1):
        _, _, mark, depth = waiting[start]
        if depth < level:
            return None
        if mark == found and depth == level:
            return start
    return None


def _sides(found: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a quote between two characters can open, and whether it can close."""
    space_before, space_after = before in SPACES, after in SPACES
    mark_before, mark_after = _is_mark(before), _is_mark(after)
    opens = not space_after and (not mark_after or space_before or mark_before)
    closes = not space_before and (not mark_before or space_after or mark_after)
    if found == '"' == after and before in "0123456789":
        return False, False  # inches
    return (mark_before, mark_after) if opens and closes else (opens, closes)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _before(children: list, index: int, at: int) -> str:
    """The character before a place in a token; a space where a line starts."""
    if at > 0:
        return children[index].content[at - 1]
    for token in reversed(children[:index]):
        if token.type in BREAKS:
            break
        if token.content:
            return token.content[-1]
    return " "


def _after(children: list, index: int, at: int) -> str:
    """The character at a place in a token; a space where a line ends."""
    if at < len(children[index].content):
        return children[index].content[at]
    for token in children[index + 1 :]:
        if token.type in BREAKS:
            break
        if token.content:
            return token.content[0]
    return " "
