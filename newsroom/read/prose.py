"""Owns the words of a text: tokens become plain lines for summaries, search and counting. Must not make HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsroom.read.sanitise import plain

LEAD = 280
"""Characters of a lead."""

SPACES = re.compile(r"[ \t\n\f\v]{2,}|[\t\n\f\v]")
"""What becomes one space. Not what str.split() takes: a French quotation mark keeps its narrow no-break space."""


def words(children: list | None, alt: bool = False) -> str:
    """The plain words of a run of text on one line; those of images too where they are all there is (`alt`)."""
    parts = []
    for token in children or ():
        match token.type:
            case "text" | "code_inline":
                parts.append(token.content)
            case "softbreak" | "hardbreak":
                parts.append(" ")
            case "html_inline":
                parts.append(" " if token.content.lower().startswith("<br") else "")
            case "image" if alt:
                parts.append(words(token.children, alt))
    return _one_line("".join(parts))


def _one_line(text: str) -> str:
    # isprintable() is false for tabs and line ends: two quick looks spare most lines a regular expression.
    return text.strip(" ") if "  " not in text and text.isprintable() else SPACES.sub(" ", text).strip(" ")


def prose(tokens: list) -> Iterator[tuple[bool, str]]:
    """Each block's words, and whether it is a paragraph of the text itself: not in a list, quotation or footnote."""
    before = None
    for token in tokens:
        match token.type:
            case "plain":
                yield token.level == 0, _one_line(token.content)
            case "inline":
                if line := words(token.children):
                    yield before.type == "paragraph_open" and before.level == 0, line
            case "html_block":
                if line := _one_line(plain(token.content)):
                    yield True, line
        before = token


def cut(line: str) -> str:
    """The start of a line, ended at a word."""
    if len(line) <= LEAD:
        return line
    head = line[:LEAD].rsplit(" ", 1)[0] if " " in line[:LEAD] else line[: LEAD - 1]
    return head.rstrip(" ,;:–—-") + "…"
