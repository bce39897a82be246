"""Owns what a source file says aloud: its prose as Passages, each character with its place. Must not judge it.

Left out: code, block quotes, what others answer in an interview, raw HTML, tables, pictures, the targets of links. Silent, so that sentences stay whole: code in
a line, addresses, words in quotation marks. A comment `<!-- voice: allow ... -->` is an exception for the block that it
stands in, or for the next one where it stands alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from newsroom.errors import Location
from newsroom.read import frontmatter, grammar
from newsroom.read.unspoken import COMMENT
from newsroom.voice.text import Allow, Finding, Passage, Text

ALLOWED = re.compile(
    r"""\s*allow\s+(?:(?P<code>[\w-]+)|["“„](?P<words>[^"“”]+)["“”])\s*(?:[,:;]|because|--|–|—)?\s*(?P<reason>.*?)\s*""",
    re.S,
)
QUOTED = re.compile(r"“[^“”]*”|„[^„“”]*[“”]|»[^«»]*«|«[^«»]*»|(?<![\w\"])\"(?=[^\s\"])[^\"]*\"")
"""Words in quotation marks."""
OPENED = re.compile(r"[“„\"»][^“”\"«»]*")
"""A quotation that goes on in the next paragraph."""
LINK = re.compile(r"\](?:\((?:[^()\\\n]|\\.|\([^()\n]*\))*\)|\[[^\]\n]*\])?")
"""The end of a link, behind its words."""
SPEAKER = re.compile(r"([A-Z][\w.'’-]*(?: [\w.'’&-]+){0,4})\s?:(?:\s|$)")
"""Who speaks, at the beginning of a paragraph of an interview: `MT:`, `Andrew Miller:`, `A:`, `Our team:`."""
INTERVIEW = 3
"""So many paragraphs with a speaker, one of them twice, make a text an interview."""
SKIPPED = {"blockquote_open": "blockquote_close", "table_open": "table_close"}
SAYING = ("known", "unknown", "doing", "facts")
"""Keys with a list of texts."""


def text(
    path: str, document: frontmatter.Document, language: str, authors: Iterable[tuple[str, str]] = (),
    company: str = "", words: Iterable[str] = (),
) -> Text:  # fmt: skip
    """A source file as the voice check reads it; `language` is the site's, where the file names none."""
    values = document.values
    names = [name for pair in authors for name in pair]
    passages = [*_head(values), *_own(list(_body(document.body, document.body_line)), names)]
    return Text(
        path=path,
        kind=_said(values.get("kind")) or "post",
        language=_said(values.get("language")) or language,
        passages=tuple(passages),
        authors=tuple(authors),
        company=company,
        words=tuple(words),
        allows=tuple(_allows(document.body, document.body_line)),
    )


# ── front matter ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _head(values: dict) -> Iterator[Passage]:
    for key in ("title", "summary"):
        if said := _said(values.get(key)):
            yield _passage(key, said, (key,))
    for key in SAYING:
        items = values.get(key)
        for number, item in enumerate(items if isinstance(items, list) else [items]):
            if said := _said(item):
                yield _passage(key, said, (key, number))
    quotes = values.get("quotes")
    for number, quote in enumerate(quotes if isinstance(quotes, list) else ()):
        if isinstance(quote, dict) and (said := _said(quote.get("text"))):
            yield Passage("quote", said, pointer=("quotes", number, "text"))


def _said(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _passage(kind: str, said: str, pointer: tuple) -> Passage:
    quoted = _quoted(said)
    return Passage(kind, said, silent=quoted, quoted=_inner(quoted, said), pointer=pointer)


def _quoted(said: str) -> tuple[tuple[int, int], ...]:
    found = [match.span() for match in QUOTED.finditer(said)]
    rest = found[-1][1] if found else 0
    if not found and (opened := OPENED.fullmatch(said, rest)) and len(said) > 1:
        found.append(opened.span())
    return tuple(found)


def _inner(quoted: tuple[tuple[int, int], ...], said: str) -> tuple[tuple[int, int], ...]:
    return tuple((start + 1, end - (said[end - 1] in '”“"«»')) for start, end in quoted)


# ── body ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _body(body: str, first: int) -> Iterator[Passage]:
    """The blocks of a body that begins on line `first` of its file."""
    lines, lists = body.split("\n"), 0
    until: tuple[str, int] | None = None
    waiting: list[Allow] = []
    held: list[tuple[int, tuple[Allow, ...]]] = []
    before = None
    for token in grammar.tokens(body):
        if until:
            until = None if (token.type, token.level) == until else until
            before = token
            continue
        if token.nesting == 1 or token.type in ("fence", "code_block", "hr"):
            if waiting:
                held.append((token.level, tuple(waiting)))
                waiting = []
            if token.nesting != 1:
                held = [each for each in held if each[0] < token.level]
        if token.type in SKIPPED:
            until = SKIPPED[token.type], token.level
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            lists += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists -= 1
        elif token.type == "html_block":
            waiting += [_allow(match[1]) for match in COMMENT.finditer(token.content)]
        elif token.type == "inline" and before.type != "alert_title_open":
            kind = "heading" if before.type == "heading_open" else "item" if lists else "paragraph"
            passage = _inline(token, kind, lines, first)
            allows = (*passage.allows, *(allow for _, each in held for allow in each))
            if passage.text.strip():
                yield passage._replace(allows=allows)
        if token.nesting == -1:
            held = [each for each in held if each[0] < token.level]
        before = token


def _own(passages: list[Passage], names: list[str]) -> Iterator[Passage]:
    """The passages without what others answer in an interview: from their name on to the next one, or to a heading."""
    labels = [_speaker(passage) for passage in passages]
    named = Counter(filter(None, labels))
    if named.total() < INTERVIEW or max(named.values()) < 2:
        yield from passages
        return
    own = {"Q", *names, *(word for name in names for word in name.split())}
    own |= {"".join(word[0] for word in name.split()) for name in names if name}
    speaking = ""
    for passage, label in zip(passages, labels, strict=True):
        speaking = "" if passage.kind == "heading" else label or speaking
        if not speaking or speaking in own:
            yield passage


def _speaker(passage: Passage) -> str:
    match = SPEAKER.match(passage.text) if passage.kind == "paragraph" else None
    return match[1] if match else ""


class _Run:
    """A passage on its way from a run of text. Lives for one call of _inline()."""

    def __init__(self, source: str, rows: list[tuple[int, int]]) -> None:
        self.source, self.rows, self.at = source, rows, 0
        """The run as it is written; (offset, line, column) of each of its lines; how far it was read."""
        self.said: list[str] = []
        self.length = 0
        self.places: list[tuple[int, int, int]] = []
        self.silent: list[tuple[int, int]] = []
        self.allows: list[Allow] = []

    def add(self, said: str, silent: bool = False) -> None:
        """Say something that stands further on in the source."""
        at = self.source.find(said, self.at)
        if at < 0:  # escapes and entities: letter by letter
            for letter in said:
                at = self.source.find(letter, self.at)
                if at >= 0:
                    self.note(at)
                    self.at = at + 1
                self.put(letter, silent)
            return
        self.note(at)
        self.at = at + len(said)
        self.put(said, silent)

    def put(self, said: str, silent: bool = False) -> None:
        if silent:
            self.silent.append((self.length, self.length + len(said)))
        self.said.append(said)
        self.length += len(said)

    def note(self, at: int) -> None:
        """What is said next stands at this offset of the source."""
        row = self.source.count("\n", 0, at)
        line, column = self.rows[row]
        self.places.append((self.length, line, column + at - (self.source.rfind("\n", 0, at) + 1)))

    def skip(self, what: str) -> None:
        """Go past something that is not said."""
        at = self.source.find(what, self.at)
        self.at = at + len(what) if at >= 0 else self.at


def _inline(token: Any, kind: str, lines: list[str], first: int) -> Passage:
    row = token.map[0] if token.map else 0
    rows = []
    for number, written in enumerate(token.content.split("\n")):
        line = lines[row + number] if row + number < len(lines) else ""
        rows.append((first + row + number, max(0, line.find(written)) + 1))
    run = _Run(token.content, rows)
    linked = False
    for child in token.children or ():
        match child.type:
            case "text" if child.content:
                run.add(child.content, silent=linked and "://" in child.content)
            case "softbreak" | "hardbreak":
                run.skip("\n")
                run.put(" ")
            case "code_inline":
                run.add(child.content, silent=True)
            case "html_inline":
                run.skip(child.content)
                if comment := COMMENT.search(child.content):
                    run.allows.append(_allow(comment[1]))
                elif child.content.lower().startswith("<br"):
                    run.put(" ")
            case "link_open":
                linked = True
            case "link_close":
                linked = False
                if end := LINK.match(run.source, run.at):
                    run.at = end.end()
            case "image":
                run.skip("![")
                if end := LINK.search(run.source, run.at):
                    run.at = end.end()
    said = "".join(run.said)
    quoted = _quoted(said)
    return Passage(
        kind,
        said,
        tuple(run.places),
        tuple(sorted((*run.silent, *quoted))),
        _inner(quoted, said),
        (),
        tuple(run.allows),
    )


# ── exceptions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _allow(written: str) -> Allow:
    match = ALLOWED.fullmatch(written)
    if not match:
        return Allow("", "")
    reason = match["reason"].strip('"“”„ \n')
    return Allow((match["code"] or match["words"]).lower(), reason, bool(match["code"]))


def _allows(body: str, first: int) -> Iterator[Allow]:
    """Every exception with its place. What only looks like one, in code, is none."""
    if not COMMENT.search(body):
        return
    shown = [
        t.content
        for token in grammar.tokens(body)
        for t in (token, *(token.children or ()))
        if t.type in ("html_block", "html_inline")
    ]
    wanted = [match[0] for content in shown for match in COMMENT.finditer(content)]
    at = 0
    for comment in wanted:
        found = body.find(comment, at)
        if found >= 0:
            at = found + len(comment)
            where = frontmatter.place_of(body, found, "", len(comment.split("\n")[0]))
            yield _allow(COMMENT.match(comment)[1])._replace(
                line=first + where.line - 1, column=where.column, length=where.length
            )


# ── places ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def locate(raw: bytes, text: Text, finding: Finding) -> Location:
    """Where a finding stands in its file, with the line that it begins on."""
    passage = text.passages[finding.passage]
    lines = frontmatter.decode(raw, text.path).split("\n")
    if passage.pointer:
        return _in_head(raw, lines, text.path, passage, finding)
    offset, line, column = next((p for p in reversed(passage.places) if p[0] <= finding.start), (0, 1, 1))
    column += finding.start - offset
    excerpt = lines[line - 1] if line <= len(lines) else ""
    ends = [p for p in passage.places if p[0] < finding.end and p[1] == line]
    end = ends[-1][2] + finding.end - ends[-1][0] if ends else column + 1
    return Location(text.path, line, column, max(1, min(end, len(excerpt) + 1) - column), (), excerpt)


def _in_head(raw: bytes, lines: list[str], path: str, passage: Passage, finding: Finding) -> Location:
    where = frontmatter.locate(raw, passage.pointer)._replace(path=path)
    words = passage.text[finding.start : finding.end]
    head = " ".join(words.split()[:3])
    for said in (words, head, words.split()[0]):
        for number in range(max(1, where.line), min(where.line + 30, len(lines) + 1)):
            if (column := lines[number - 1].find(said)) >= 0:
                return Location(path, number, column + 1, len(said), (), lines[number - 1])
    return where
