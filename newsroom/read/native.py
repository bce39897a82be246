"""Owns the quick way from Markdown to tokens: pulldown-cmark's events become the tokens that markdown-it would make.

markdown-it-py is what a text means. A text comes this way only where the two are known to agree, to the byte of all that
is made of it: what they read differently is in `suspects`, or raises Declined where it is met. tests/read/test_native.py
looks for more of it. To decline costs 3 ms, a wrong byte costs the trust in all of them.

A post of 6.5 kB: markdown-it 3.1 ms, this way 0.6, of which pulldown-cmark has 0.08. Why pyromark and not
markdown-it-pyrs: the latter's tree takes 0.75 ms before a token is made, and not every Python of ours has a wheel of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from newsroom.read import suspects, typography
from newsroom.read.runs import LEAVES, SPANS, Runs, Token, parts
from newsroom.read.suspects import Declined

SWITCH = "NEWSROOM_MARKDOWN"
"""Set to "reference", this variable of the environment turns the quick way off; no byte changes."""

DEEPEST = 12
"""Blocks within blocks: far below the depth at which markdown-it stops."""


class Block(Token):
    """A token that stands on lines of its own."""

    block = True


@cache
def _parser() -> Callable | None:
    # 10 ms to import. Where no wheel is to be had, markdown-it reads every text.
    try:
        import pyromark
    except ImportError:
        return None
    o = pyromark.Options
    chosen = o.ENABLE_TABLES | o.ENABLE_STRIKETHROUGH | o.ENABLE_TASKLISTS | o.ENABLE_GFM
    return pyromark.Markdown(options=chosen).events_with_range


def tokens(text: str, quotes: typography.Quotes | None = None) -> list[Token] | None:
    """The text's tokens, with typographic `quotes` where they are given; None where markdown-it must read it."""
    if os.environ.get(SWITCH) == "reference" or not (parse := _parser()):
        return None
    try:
        suspects.check(text)
        exact = quotes is not None and suspects.escapes(text)
        return _Reading(text, parse(text, merge_text=not exact), quotes, exact).tokens()
    except Declined:
        return None


class _Reading:
    """One text on its way from events to tokens. Lives for one call of tokens()."""

    def __init__(self, text: str, events: Iterable, quotes: typography.Quotes | None, exact: bool) -> None:
        self.raw = text.encode()
        self.events = list(events)
        self.events.reverse()
        """The next one is the last."""
        self.runs = Runs(self.raw, self.events, quotes, exact)
        self.tables, self.tabs = suspects.tables(text), suspects.tabs(text)
        """What is still to be met."""
        self.columns: list[dict] = []
        self.out: list[Token] = []
        self.opened: list[Token] = []
        """Blocks that are open."""
        self.counted, self.line = 0, 0
        """A byte, and the number of line ends before it."""

    def tokens(self) -> list[Token]:
        while self.events:
            event, span = self.events.pop()
            what, name, more = parts(event)
            if what == "Start" and name in BLOCKS:
                BLOCKS[name](self, more, span)
            elif what == "End":
                self.close(name, span["end"])
            elif what in LEAVES or name in SPANS:  # a paragraph of a tight list: neither parser shows it
                self.events.append((event, span))
                self.tight(span["start"])
            elif what == "Rule":
                self.out.append(Block("hr", "hr", 0, len(self.opened)))
            else:
                raise Declined
        if self.tables or self.tabs:
            raise Declined
        return self.out

    # ── blocks ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def open(self, kind: str, tag: str) -> Token:
        token = Block(f"{kind}_open", tag, 1, len(self.opened))
        self.out.append(token)
        self.opened.append(token)
        if len(self.opened) > DEEPEST:
            raise Declined
        return token

    def close(self, name: str = "", end: int = 0) -> None:
        if name == "Table":
            suspects.check_after_table(self.raw, end)
            if self.opened[-1].tag == "tbody":
                self.close()
        opening = self.opened.pop()
        self.out.append(Block(opening.type[:-4] + "close", opening.tag, -1, len(self.opened)))
        if name == "TableHead":
            self.close()

    def text(self, kind: str, tag: str, start: int, end: dict | None = None) -> Token:
        """A block that holds a run of text. `end` is the event that ends it, where one does.

        Words in a paragraph or cell are one "plain" token; three and a list for one more would take twice as long.
        """
        level, words = len(self.opened), self.runs.plain()
        if words is not None and kind != "heading":
            opening = Block("plain", tag, 0, level, words)
            self.out.append(opening)
        else:
            opening = Block(f"{kind}_open", tag, 1, level)
            self.out += opening, self.run(start, words), Block(f"{kind}_close", tag, -1, level)
        if end and self.events.pop()[0] != end:
            raise Declined
        return opening

    def run(self, start: int, words: str | None) -> Token:
        inline = Token("inline", "", 0, len(self.opened) + 1)
        if words is None:
            inline.children = self.runs.read(start)
            inline.content = self.raw[start : self.runs.end].decode()
        else:
            inline.children = [Token("text", "", 0, 0, words)]
        self.line += self.raw.count(b"\n", self.counted, start)
        self.counted = start
        inline.map = self.line, self.line
        return inline

    def tight(self, start: int) -> None:
        self.text("paragraph", "p", start).hidden = True
        self.out[-1].hidden = True

    def paragraph(self, _: Any, span: dict[str, int]) -> None:
        self.text("paragraph", "p", span["start"], {"End": "Paragraph"})

    def heading(self, more: dict, span: dict[str, int]) -> None:
        level = more["level"]
        self.text("heading", level.lower(), span["start"], {"End": {"Heading": level}}).attrs = {}

    def list(self, first: int | None, span: dict[str, int]) -> None:
        opening = self.open("bullet_list", "ul") if first is None else self.open("ordered_list", "ol")
        opening.attrs = {"start": first} if first not in (None, 1) else {}

    def item(self, _: Any, span: dict[str, int]) -> None:
        item = self.open("list_item", "li")
        if "End" in self.events[-1][0]:
            raise Declined
        at = -2 if self.events[-1][0] == {"Start": "Paragraph"} else -1
        if "TaskListMarker" in self.events[at][0]:
            box, where = self.events.pop(at)
            suspects.check_task(self.raw, where["end"])
            item.meta = {"checked": box["TaskListMarker"]}
            self.opened[-2].attrs["class"] = "contains-task-list"

    def quotation(self, kind: str | None, span: dict[str, int]) -> None:
        if kind is None:
            self.open("blockquote", "blockquote")
            return
        if self.opened:
            raise Declined
        self.open("alert", "div").meta = {"kind": kind}
        title = Token("inline", "", 0, 2, kind)
        title.children = []
        self.out += Block("alert_title_open", "p", 1, 1), title, Block("alert_title_close", "p", -1, 1)

    def code(self, kind: Any, span: dict[str, int]) -> None:
        if kind == "Indented":
            token = Block("code_block", "code", 0, len(self.opened))
            self.count_tabs(span)
        else:
            token = Block("fence", "code", 0, len(self.opened))
            token.info = kind["Fenced"]
            suspects.check_fence(self.raw, span["start"], span["end"], bool(self.opened))
        token.content = self.lines()
        self.out.append(token)

    def html(self, _: Any, span: dict[str, int]) -> None:
        token = Block("html_block", "", 0, len(self.opened))
        token.content = self.lines()
        suspects.check_html(token.content, bool(self.opened))
        self.count_tabs(span)
        self.out.append(token)

    def lines(self) -> str:
        """What a block holds that is no run of text."""
        lines = []
        while "End" not in (event := self.events.pop())[0]:
            lines.append(parts(event[0])[1])
        if event[1]["end"] >= len(self.raw) - 1 and self.raw[-1:] != b"\n":
            raise Declined
        return "".join(lines)

    def count_tabs(self, span: dict[str, int]) -> None:
        """Tabs mean the same to both parsers where nothing is around them."""
        if self.tabs and not self.opened:
            self.tabs -= suspects.tabs(self.raw[self.raw.rfind(b"\n", 0, span["start"]) + 1 : span["end"]].decode())

    def table(self, columns: tuple[str, ...], span: dict[str, int]) -> None:
        suspects.check_table(self.raw, span["start"])
        self.open("table", "table").meta = {}
        self.tables -= 1
        self.columns = [{} if c == "None" else {"style": f"text-align:{c.lower()}"} for c in columns]

    def head(self, _: Any, span: dict[str, int]) -> None:
        self.open("thead", "thead")
        self.row(_, span)

    def row(self, _: Any, span: dict[str, int]) -> None:
        suspects.check_row(self.raw, span["start"], span["end"])
        if self.opened[-1].tag == "table":
            self.open("tbody", "tbody")
        self.open("tr", "tr")
        self.column = iter(self.columns)

    def cell(self, _: Any, span: dict[str, int]) -> None:
        tag = "th" if self.opened[-2].tag == "thead" else "td"
        self.text(tag, tag, span["start"], {"End": "TableCell"}).attrs = dict(next(self.column))


BLOCKS: dict[str, Callable[[_Reading, Any, dict[str, int]], None]] = {
    "Paragraph": _Reading.paragraph,
    "Heading": _Reading.heading,
    "List": _Reading.list,
    "Item": _Reading.item,
    "BlockQuote": _Reading.quotation,
    "CodeBlock": _Reading.code,
    "HtmlBlock": _Reading.html,
    "Table": _Reading.table,
    "TableHead": _Reading.head,
    "TableRow": _Reading.row,
    "TableCell": _Reading.cell,
}
