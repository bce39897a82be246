"""Owns runs of text on the quick way: pulldown-cmark's events within a line become markdown-it's tokens. Knows no block."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from newsroom.read import suspects, typography
from newsroom.read.suspects import Declined

Event = tuple[Any, dict[str, int]]
"""What happens, as pulldown-cmark says it, and the bytes where it does: `({"Text": "a"}, {"start": 0, "end": 1})`."""

LEAVES = {
    "Text": ("text", ""),
    "Code": ("code_inline", "code"),
    "InlineHtml": ("html_inline", ""),
    "SoftBreak": ("softbreak", "br"),
    "HardBreak": ("hardbreak", "br"),
}
SPANS = {
    "Emphasis": ("em_open", "em_close", "em"),
    "Strong": ("strong_open", "strong_close", "strong"),
    "Strikethrough": ("s_open", "s_close", "s"),
    "Link": ("link_open", "link_close", "a"),
    "Image": ("image", "", "img"),
}
"""Events within a run of text, and the tokens they are."""

TRIMMED = "\t\n\v\f\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""What markdown-it takes from the ends of a block's text; CommonMark takes less."""
EDGES = frozenset(TRIMMED)


class Token:
    """What a token of markdown-it says, as far as anybody here asks."""

    # What is seldom said is said by the class: 10,000 posts have two million tokens.
    attrs: Any = MappingProxyType({})
    meta: Any = MappingProxyType({})
    children: list | None = None
    map: tuple[int, int] | None = None
    info = ""
    hidden = False
    block = False

    def __init__(self, type: str, tag: str = "", nesting: int = 0, level: int = 0, content: str = "") -> None:  # noqa: A002
        self.type = type
        self.tag = tag
        self.nesting = nesting
        self.level = level
        self.content = content


class Runs:
    """The runs of one text. Lives for one call of native.tokens()."""

    def __init__(self, raw: bytes, events: list[Event], quotes: typography.Quotes | None, exact: bool) -> None:
        self.raw = raw
        self.events = events
        """The next one is the last."""
        self.quotes = quotes
        self.rare = typography.rare(raw.decode()) if quotes else ()
        """What of a text's typography is not about quotation marks."""
        self.exact = exact
        """Whether escaped characters are told from others: they get no typography."""
        self.end = 0
        """Where the last event of a run ended."""

    def plain(self) -> str | None:
        """The next run, where it is words and nothing else, as three of four are; None where it takes a closer look."""
        event = self.events[-1][0]
        if "Text" not in event or "End" not in self.events[-2][0] or self.exact:
            return None
        words = event["Text"]
        if not words or words[0] in EDGES or words[-1] in EDGES or "://" in words:
            return None
        if self.quotes and (words := typography.line(words, self.rare)) is None:
            return None
        self.events.pop()
        return words

    def read(self, start: int) -> list[Token]:
        """The tokens of the run that starts at a byte, up to the event that is not one of its own."""
        children = self.inside(start)
        if children:
            written = self.raw[start : self.end]
            if children[0].content[:1] in EDGES or children[-1].content[-1:] in EDGES:
                _trim(children, written)
            if self.quotes:
                typography.typeset(children, written.decode(), self.quotes, self.rare)
        return children

    def inside(self, start: int, label: bool = False) -> list[Token]:
        """Likewise as they were written; in the `label` of an image there are no images and links."""
        out: list[Token] = []
        events, level, links, self.end = self.events, 0, 0, start
        while events:
            event, span = events.pop()
            # Half of all are text: looking there first spares them a call.
            what, name, more = ("Text", event["Text"], None) if "Text" in event else parts(event)
            if what == "Text":
                if links and ("*" in name or "_" in name):
                    raise Declined
                if self.exact:
                    out += _exactly(self.raw, out, level, name, span)
                else:
                    out.append(Token("text", "", 0, level, name))
            elif what in LEAVES:
                suspects.check_leaf(what, self.raw, span)
                out.append(Token(*LEAVES[what], 0, level, name))
            elif name not in SPANS or (name == "Image" and what == "End"):
                events.append((event, span))
                break
            elif label and name in ("Link", "Image"):
                raise Declined
            elif name == "Image":
                out.append(self.image(more, span["start"], level))
            elif what == "Start":
                opening = Token(SPANS[name][0], SPANS[name][2], 1, level)
                if name == "Link":
                    opening.attrs, opening.info = _address(more, "href")
                    links += 1
                out.append(opening)
                level += 1
            else:
                level -= 1
                links -= name == "Link"
                out.append(Token(SPANS[name][1], SPANS[name][2], -1, level))
            self.end = span["end"]
        return out

    def image(self, more: dict, start: int, level: int) -> Token:
        """An image; its content is its label, as it was written."""
        image = Token("image", "img", 0, level)
        image.attrs, _ = _address(more, "src")
        image.children = self.inside(start + 2, label=True)
        image.content = self.raw[start + 2 : self.end].decode()
        if self.events.pop()[0] != {"End": "Image"}:
            raise Declined
        return image


def parts(event: Any) -> tuple[str, Any, Any]:
    """What an event says: what happens, to what (or the text itself), and more of it.

    >>> parts("SoftBreak"), parts({"Text": "a"}), parts({"Start": {"List": 1}})
    (('SoftBreak', '', None), ('Text', 'a', None), ('Start', 'List', 1))
    """
    if event.__class__ is str:
        return event, "", None
    ((what, value),) = event.items()
    if value.__class__ is dict:
        ((name, more),) = value.items()
        return what, name, more
    return what, value, None


def _trim(children: list[Token], written: bytes) -> None:
    for token, edge, strip in ((children[0], 0, str.lstrip), (children[-1], -1, str.rstrip)):
        if token.type == "text" and token.content and token.content[edge] in TRIMMED:
            token.content = strip(token.content, TRIMMED)
            if b"&" in written or (not token.content and len(children) > 1):
                raise Declined


def _exactly(raw: bytes, out: list[Token], level: int, content: str, span: dict[str, int]) -> list[Token]:
    """Text as markdown-it has it before typography: what was escaped is a token of its own, the rest is joined."""
    start, end = span["start"], span["end"]
    if raw[start - 1 : start] == b"\\":
        escaped = 1
    else:
        escaped = len(content) if raw[start:end] != content.encode() else 0
    if not escaped and out and out[-1].type == "text" and not out[-1].info:
        out[-1].content += content
        return []
    pieces = [Token("text", "", 0, level, piece) for piece in (content[:escaped], content[escaped:]) if piece]
    if escaped:
        pieces[0].info = "escaped"
    return pieces


def _address(more: dict, name: str) -> tuple[dict[str, str], str]:
    """Where a link or an image leads, and "auto" for an address in angle brackets."""
    url, title = more["dest_url"], more["title"]
    suspects.check_address(url, more["link_type"])
    return {name: url, "title": title} if title else {name: url}, "auto" if more["link_type"] == "Autolink" else ""
