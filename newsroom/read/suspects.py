"""Owns what markdown-it and pulldown-cmark read differently, or may: where to look for it, and Declined when it is there.

Every line here was found by comparing what the two make of millions of texts. Loosen one only with as many behind you.
"""

from __future__ import annotations

import re


class Declined(Exception):  # noqa: N818 - nothing is wrong: markdown-it reads the text
    """The two parsers may read this text differently."""


WIDE = r"\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces beyond ASCII. Some rules of markdown-it take them for spaces; CommonMark does not."""
MARKERS = r"\n[ >*+\-\d.)\t]*"
"""A line's start, and whatever of it may belong to quotations and lists around the text."""

KNOWN = r"\x00-\u024f\u0370-\u03ff\u0400-\u052f\u2010-\u2027\u2030-\u205e\u20ac\u3001-\u3003\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fa5"
"""Characters of which every version of Unicode says the same: whether one is punctuation decides what emphasis is."""

TEXT = tuple(
    (needles, re.compile(pattern))
    for needles, pattern in (
        ("\r", r"\r"),
        ("*", rf"\*(?:(?=[^{KNOWN}])|(?<=[^{KNOWN}]\*))"),
        ("_", rf"_(?:(?=[^{KNOWN}])|(?<=[^{KNOWN}]_))"),
        ("\x85", "\x85"),
        ("\u2028", "\u2028"),
        ("\u2029", "\u2029"),
        ("\t", r"[^ \t\n] *\t[ \t]*(?=\n|\Z)"),  # the end of a line
        ("^[", r"\[\^|\^\["),  # footnotes
        (":]", r"\]:"),  # where other links lead
        (":", MARKERS + r":[ \t]"),  # definition lists
        ("~", MARKERS + r"~[ \t]"),
        # Tildes, but for those that open or close and can do nothing else.
        ("~", r"(?<!~)(?!(?<=[\s(])~~(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])~~(?=[\s.,;:!?)]|\Z))~"),
        ("#&", r"&#(?!(?:3[2-9]|[4-9]\d|1[6-9]\d|[2-9]\d\d|[1-9]\d{3});)"),
        ("\\", r"\\ "),
        ("\\", r"\]\(<?[^\s)>\]]*\\\n"),
        (">", r"\n {4,}>|\n[ >]*>.*\n {4,}\S|\n[ >]*> {5,}"),
        ("![", r"(?<!\n> )\[!(?i:note|tip|important|warning|caution)\]|\[![A-Za-z]+\](?! *\n> ?[A-Za-z])"),
        ("<", rf"<[A-Za-z/][^<>]*[{WIDE}]|>[ \t]*[{WIDE}]\s*?(?=\n|\Z)|(?i:</?(?:script|pre|style|textarea))"),
    )
)
"""Characters that must all be in a text for a pattern to find something in "\\n" + text, and the pattern.

To look for a character takes 0.2 µs, for two side by side 7, for a pattern 5 to 50.
"""

ESCAPED = re.compile(r"\\(?![!-/:-@\[-`{-~\n])")
RULER = re.compile(r"\n[ >]*[-:|][-:| \t]*(?=\n|\Z)")
TABS = re.compile(r"\n[ >*+\-\d.)]*\t(?![ \t]*(?:\n|\Z))")
DASHES = re.compile(rb"[^\n]*\n(?![ >]*- )[ >]*\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *(?:\n|\Z)")
WIDE_SPACE = re.compile(rf"[{WIDE}]")
ROW = re.compile(rb"[^|\s] *\||\| *[^|\s]")
TASK = re.compile(rb" +(?:[A-Za-z]|[\xc3-\xf4][\x80-\xbf])")
LAZY = re.compile(rb" {4,}(?:[#>*+\-_=`~<|:]|\d)")
FENCE = re.compile(rb"(`{3,}|~{3,})([^\n]*)\n")
ADDRESS = re.compile(
    r"(?:https?://[A-Za-z0-9.-]{1,60}(?=[/?#]|\Z)|(?:mailto|person|topic):(?=[A-Za-z0-9])|(?![A-Za-z0-9+.-]*:|//|\s))"
    r"(?:[A-Za-z0-9;/?:@&=+$,\-_.!~*'()#]|%[0-9A-Fa-f]{2})*"
)


def check(text: str) -> None:
    """Decline a text for its characters."""
    padded = "\n" + text
    for needles, pattern in TEXT:
        for needle in needles:
            if needle not in text:
                break
        else:
            if pattern.search(padded):
                raise Declined


def escapes(text: str) -> bool:
    """Whether characters of the text are escaped; declines what is escaped without need."""
    if "\\" not in text:
        return "&" in text
    if ESCAPED.search(text):
        raise Declined
    return True


def tables(text: str) -> int:
    """How many tables there may be: lines of dashes below a line with a bar."""
    if "|" not in text:
        return 0
    padded = "\n" + text
    return sum("|" in padded[padded.rfind("\n", 0, m.start()) + 1 : m.start()] for m in RULER.finditer(padded))


def tabs(text: str) -> int:
    """How many lines have a tab before their first word: the parsers count its columns differently."""
    return len(TABS.findall("\n" + text)) if "\t" in text else 0


def check_after_table(raw: bytes, end: int) -> None:
    """Decline a table that no empty line ends."""
    if raw[end : end + 1] not in (b"", b"\n"):
        raise Declined


def check_table(raw: bytes, start: int) -> None:
    """Decline a table whose first two lines could be anything else: items of a list, to one a cell, a line of text."""
    before = raw[raw.rfind(b"\n", 0, start) + 1 : start]
    if before.strip(b" >") or not DASHES.match(raw, start):
        raise Declined


def check_row(raw: bytes, start: int, end: int) -> None:
    """Decline a row that is indented, that is nothing but bars, or that has wide spaces: they may be its ends or not."""
    if (
        WIDE_SPACE.search(raw[start:end].decode())
        or start - raw.rfind(b"\n", 0, start) > 4
        or not ROW.search(raw, start, end)
    ):
        raise Declined


def check_task(raw: bytes, box_end: int) -> None:
    """Decline a task that may be more than a line of words: to markdown-it any block may follow the box."""
    if not TASK.match(raw, box_end):
        raise Declined


def check_fence(raw: bytes, start: int, end: int, inside: bool) -> None:
    """Decline escapes on the line of a fence, and inside of something one that is never closed."""
    fence = FENCE.match(raw, start)
    if not fence or b"\\" in fence[2] or b"&" in fence[2]:
        raise Declined
    if inside and not (raw[fence.end() : end].rstrip().endswith(fence[1])):
        raise Declined


def check_html(content: str, inside: bool) -> None:
    """Decline blocks of HTML that are neither elements nor comments of the text itself."""
    content = content.lstrip()
    if content[1:2] in "!?" and (inside or not content.startswith("<!--")):
        raise Declined


def check_leaf(what: str, raw: bytes, span: dict[str, int]) -> None:
    """Decline code over two lines, comments in a line, and lines that could start a block but for their indentation."""
    if what == "Code":
        wrong = b"\n" in raw[span["start"] : span["end"]]
    elif what == "InlineHtml":
        wrong = raw[span["start"] + 1 : span["start"] + 2] in b"!?"
    else:
        wrong = LAZY.match(raw, span["end"]) is not None
    if wrong:
        raise Declined


def check_address(url: str, kind: str) -> None:
    """Decline addresses that markdown-it would write in another way, and those that stand elsewhere."""
    if kind not in ("Inline", "Autolink") or not ADDRESS.fullmatch(url):
        raise Declined
