"""Owns rendered Markdown as plain text: 72 columns, for whoever pastes it into an editor or a mail."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

COLUMNS = 72
"""What every mail program shows unbroken, and quotes without breaking (RFC 3676, section 4.2)."""

BLOCKS = frozenset(
    "p div section article figure figcaption h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table tr dl dt dd hr "
    "details summary aside header footer".split()
)
"""Elements that begin a line of their own."""
SILENT = frozenset("script style template button form svg noscript audio video iframe object".split())
"""Elements whose words are none of the text."""
TIGHT = frozenset(("li", "tr", "dt", "dd"))
"""Blocks that follow one of their own kind without an empty line."""


def plain(html: str, address: str) -> str:
    """HTML as text. Addresses of links follow their words in brackets, seen from `address`; pictures are their alt text.

    >>> plain('<h2>Why</h2><p>It <a href="/x/">broke</a>.</p><ul><li>once</li><li>twice</li></ul>', "https://a.example/")
    'Why\\n---\\n\\nIt broke [https://a.example/x/].\\n\\n- once\\n- twice'
    """
    reader = _Reader(address)
    reader.feed(html)
    reader.close()
    return "\n".join(reader.finished()).strip("\n")


def wrapped(text: str, first: str = "", rest: str = "", columns: int = COLUMNS) -> list[str]:
    """A text in lines, each begun by `first` or `rest`. A word that is longer than a line has one to itself.

    >>> wrapped("one two three", "- ", "  ", columns=9)
    ['- one two', '  three']
    """
    lines, line, room = [], "", columns - len(rest)
    for word in text.split():
        if line and len(line) + 1 + len(word) > room:
            lines.append(line)
            line = word
        else:
            line += f" {word}" if line else word
    lines.append(line)
    return [(first if n == 0 else rest) + line for n, line in enumerate(lines)]


def ruled(text: str, mark: str = "-") -> list[str]:
    """A heading with a line below it."""
    lines = wrapped(text)
    return [*lines, mark * max(map(len, lines))]


class _Reader(HTMLParser):
    """Collects blocks of words, each with what stands before its lines."""

    def __init__(self, address: str):
        super().__init__(convert_charrefs=True)
        self.address = address
        self.lines: list[str] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.counts: list[int] = []
        """Of each open list the number of its last item; 0 is a list without numbers."""
        self.mark = ""
        """What begins the next line: a bullet, a number."""
        self.last = ""
        """The block that ended last."""
        self.link = ""
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in SILENT:
            self.silent += 1
        elif tag in BLOCKS:
            self._end()
            self._enter(tag, said)
        elif tag == "a":
            self.link = said.get("href", "")
        elif tag == "img" and said.get("alt"):
            self.words.append(f"[Picture: {said['alt']}]")
        elif tag == "br":
            self.words.append("\n")
        elif tag in ("td", "th") and "".join(self.words).strip():
            self.words.append(" | ")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "a" and self.link:
            whole, said = urljoin(self.address, self.link), "".join(self.words).rstrip()
            shown = whole.partition("?")[0].removeprefix("mailto:") if whole.startswith("mailto:") else whole
            if self.link[0] != "#" and whole.startswith(("http", "mailto:")) and not said.endswith(shown):
                self.words.append(f" [{shown}]")
            self.link = ""
        elif tag in BLOCKS:
            self._end(tag)
            if tag in self.open:  # what was left open within it ends too
                del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]
            if tag in ("ul", "ol") and self.counts:
                self.counts.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data if "pre" in self.open else re.sub(r"\s+", " ", data))

    def finished(self) -> list[str]:
        """All lines."""
        self._end()
        return self.lines

    def _enter(self, tag: str, said: dict[str, str]) -> None:
        if tag == "hr":
            self._space(tag)
            self.lines.append("* * *")
            return
        self.open.append(tag)
        if tag in ("ul", "ol") and not self.counts:
            self.last = ""
        if tag == "ul":
            self.counts.append(-1)
        elif tag == "ol":
            start = said.get("start", "1")
            self.counts.append(int(start) - 1 if start.isdecimal() else 0)
        elif tag == "li" and self.counts:
            numbered = self.counts[-1] >= 0
            self.counts[-1] += numbered
            self.mark = f"{self.counts[-1]}. " if numbered else "- "

    def _end(self, tag: str = "") -> None:
        """Write the words collected as a block."""
        text, self.words = "".join(self.words), []
        if not text.strip():
            if tag in TIGHT and tag != "li":
                self.last = tag
            return
        kind = "li" if self.mark else next((name for name in reversed(self.open) if name in TIGHT), "")
        self._space(kind)
        before = "".join("> " if name == "blockquote" else "" for name in self.open)
        indent = "  " * max(0, len(self.counts) - 1) if self.counts else ""
        rest = before + indent + (" " * len(self.mark) if self.mark else "  " if self.counts else "")
        first = before + indent + self.mark if self.mark else rest
        self.mark = ""
        if "pre" in self.open:
            self.lines += [f"    {line}".rstrip() for line in text.rstrip("\n").split("\n")]
        elif self.open and self.open[-1] in ("h1", "h2"):
            self.lines += ruled(text, "=" if self.open[-1] == "h1" else "-")
        else:
            for part in filter(str.strip, text.split("\n")):
                self.lines += wrapped(part, first, rest)
                first = rest
        self.last = kind

    def _space(self, kind: str) -> None:
        if self.lines and not (kind in TIGHT and kind == self.last):
            self.lines.append("")
        self.last = ""
