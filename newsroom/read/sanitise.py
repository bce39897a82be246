"""Owns what an author's raw HTML may do: nothing runs, nothing loads from another host, nothing passes for ours.

The whole document goes through nh3, because a tag left open in one place changes the meaning of all that follows. Our
own attributes are signed: their MARK becomes a digest of the text, which nobody can write into that text. nh3 lets a
signed value pass without its signature, and an unsigned one only where the tables below allow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import escape, unescape

from newsroom import embeds
from newsroom.model import digest
from newsroom.read import markup
from newsroom.read.addresses import Finds, understand

TAGS = frozenset(
    "a abbr article aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em "
    "figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd li mark ol p pre q rp rt ruby s samp "
    "section small source span strong sub summary sup table tbody td tfoot th thead time tr track u ul var video "
    "wbr".split()
)
"""What may stand in a text. `input` is ours alone: _settle() takes an author's away."""

OURS = frozenset("class role tabindex aria-label data-embed data-src data-title loading decoding checked".split())
"""Attributes that count only with our signature: no table below allows a value of theirs."""
BOX = {"type": "checkbox", "disabled": ""}
"""What every `input` is made to be."""

NUMBER = re.compile(r"\d{1,5}")
SIGNED_NUMBER = re.compile(r"-?\d{1,6}")
ANY = re.compile(r".*", re.DOTALL)
EVERYWHERE = {
    "title": ANY,
    "lang": re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "id": re.compile(r"[^\s\x00-\x1f]{1,100}"),
}
ALLOWED = {
    "img": {"alt": ANY, "width": NUMBER, "height": NUMBER},
    "video": {"width": NUMBER, "height": NUMBER, "muted": ANY, "loop": ANY},
    "audio": {"muted": ANY, "loop": ANY},
    "source": {"type": re.compile(r"[a-z]+/[\w.+-]+")},
    "track": {
        "kind": re.compile(r"subtitles|captions|descriptions|chapters"),
        "srclang": re.compile(r"[A-Za-z-]{2,35}"),
        "label": ANY,
    },
    "td": {"colspan": NUMBER, "rowspan": NUMBER},
    "th": {"colspan": NUMBER, "rowspan": NUMBER, "scope": re.compile(r"row|col|rowgroup|colgroup"), "abbr": ANY},
    "col": {"span": NUMBER},
    "colgroup": {"span": NUMBER},
    "ol": {"start": SIGNED_NUMBER, "reversed": ANY},
    "li": {"value": SIGNED_NUMBER},
    "time": {"datetime": ANY},
    "ins": {"datetime": ANY},
    "del": {"datetime": ANY},
    "details": {"open": ANY},
}
"""Attributes an author may write, and the whole of what their values may be. `style` and `on...` are in no row."""

FETCHED = {
    ("img", "src"),
    ("video", "src"),
    ("video", "poster"),
    ("audio", "src"),
    ("source", "src"),
    ("track", "src"),
    ("hr", "src"),
}
"""What a browser loads by itself. On `hr` it is the trace of a frame: see tame()."""

RESERVED = frozenset("main contact talk comments conversation corrections footnotes top menu posts follow bio".split())
"""Identifiers of the page around the text."""
NUMBERED = re.compile(r"comment-.*|fn(?:ref)?\d.*", re.DOTALL)
"""Identifiers of comments and of footnotes."""


def reserved(ident: str) -> bool:
    """Whether an identifier belongs to the page and not to the text.

    >>> reserved("comment-17"), reserved("commentary")
    (True, False)
    """
    return ident in RESERVED or NUMBERED.fullmatch(ident) is not None


# ── one piece of raw HTML, before ────────────────────────────────────────────────────────────────────────────────────

NOT_TAGS = re.compile(
    r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<![a-z].*?(?:>|\Z)", re.DOTALL | re.IGNORECASE
)
DROPPED = re.compile(
    r"<(script|style|svg|math|template|select|textarea|title|xmp|noembed|noframes|plaintext|applet)\b.*?"
    r"(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
"""Elements that go with all that is in them. Left open, they would swallow the rest of the document."""
FRAME = re.compile(r"<iframe\b((?:\"[^\"<]*\"|'[^'<]*'|[^\"'<>])*)>(?:[^<]*</iframe\s*>)?|</iframe\s*>", re.IGNORECASE)
TAG_OR_SIGN = re.compile(r"<[a-z/](?:\"[^\"<]*\"|'[^'<]*'|[^\"'<>])*>|<", re.IGNORECASE)


def tame(raw: str) -> str:
    """One token of raw HTML, so that it cannot swallow what follows it: whole tags only, no comment, no script.

    A frame becomes `<hr src>`: empty, and a block, so that it ends the paragraph it stands in, as its facade must.
    """
    raw = DROPPED.sub("", NOT_TAGS.sub("", raw))
    raw = FRAME.sub(lambda m: f"<hr{m[1].rstrip('/')}>" if m[1] is not None else "", raw)
    return TAG_OR_SIGN.sub(lambda m: m[0] if len(m[0]) > 1 else "&lt;", raw)


def plain(raw: str) -> str:
    """The words of one token of raw HTML."""
    return unescape(re.sub(r"<[^>]*>", " ", tame(raw)))


OPENED = re.compile(r"<(?!(?:img|br|hr|wbr|source|track|col|input|p|li|d[td]|t[rdh])\b)[a-z]", re.IGNORECASE)
DEEPEST = 50
"""Elements left open. HTML lets each go on through every later paragraph: 1,000 in 1,000 paragraphs are a million."""


def closed(pieces: Iterable[str]) -> bool:
    """Whether the raw HTML of a document closes about what it opens; one that does not is shown as text."""
    return sum(len(OPENED.findall(piece)) - piece.count("</") for piece in pieces) <= DEEPEST


# ── the whole document ───────────────────────────────────────────────────────────────────────────────────────────────


@cache
def library():
    """nh3. 3 ms to import: only texts with raw HTML, and comments, pay."""
    import nh3

    return nh3


def sanitise(html: str, text: str, finds: Finds, taken: set[str], said: dict[str, str]) -> str:
    """Clean a rendered document. `text` is its source, for signature and lines; `taken` are our identifiers."""
    signature = digest(text) + "~"  # not a character of a scheme: nh3 would take "signaturehttps:" for one
    used, lines = set(taken), _lines(text)

    def allow(element: str, name: str, value: str) -> str | None:
        if value.startswith(signature):
            return value[len(signature) :]
        if element == "input" and name in BOX:
            return BOX[name]
        if name in ("href", "src", "poster"):
            return _address(element, name, value, lines, finds)
        rule = ALLOWED.get(element, {}).get(name) or EVERYWHERE.get(name)
        if not rule or not rule.fullmatch(value):
            return None
        if name == "id":
            if reserved(value) or value in used:
                return None
            used.add(value)
        return value

    cleaned = library().clean(
        html.replace(markup.MARK, signature),
        tags=set(TAGS),
        clean_content_tags=set(),
        attributes=_attributes(),
        attribute_filter=allow,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel", "person", "topic"},
    )
    return _settle(cleaned.replace(signature, ""), finds, said)


@cache
def _attributes() -> dict[str, set[str]]:
    table = {element: set(rules) for element, rules in ALLOWED.items()}
    for element, name in FETCHED | {("a", "href"), ("hr", "title")}:
        table.setdefault(element, set()).add(name)
    # by nh3's set_tag_attribute_values they would stand in another order each time: its tables are hashed at random
    table["input"] = set(BOX)
    return table | {"*": OURS | set(EVERYWHERE)}


def _address(element: str, name: str, value: str, lines: dict[str, int], finds: Finds) -> str | None:
    """An author's address. Remote things that would load keep theirs for _settle(), which takes the element away."""
    fetched = (element, name) in FETCHED
    address = understand(value, image=fetched)
    if address.kind == "web":
        return None if name == "poster" else address.value
    if element == "hr":
        return None
    return finds.href(value, lines.get(value, 0), image=fetched)


WRITTEN = re.compile(r"\n|\b(?:href|src|poster)\s*=\s*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\"'\s>]+))", re.IGNORECASE)


def _lines(text: str) -> dict[str, int]:
    """The line on which each address first stands in an attribute: nh3 loses lines, and this is near enough."""
    line, lines = 1, {}
    for match in WRITTEN.finditer(text):
        if match[0] == "\n":
            line += 1
        else:
            lines.setdefault(unescape(match[1] or match[2] or match[3] or ""), line)
    return lines


# ── elements that must become others, after ──────────────────────────────────────────────────────────────────────────

TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?: [a-z-]+=\"[^\"]*\")*)>")
"""Exact on what nh3 writes: values in double quotes, and every other `<` escaped."""
ATTRIBUTE = re.compile(r" ([a-z-]+)=\"([^\"]*)\"")
REMOTE = re.compile(r" src=\"(https?://[^\"]*)\"")


def _settle(html: str, finds: Finds, said: dict[str, str]) -> str:
    """Replace what only whole elements can put right: remote pictures, players, frames, a second h1, bare tables."""
    out: list[str] = []
    position, in_link, wrapped = 0, False, []
    for match in TAG.finditer(html):
        if match.start() < position:
            continue
        closing, name, values = match.groups()
        before, after, position_after = html[position : match.start()], match[0], match.end()
        if name == "a":
            in_link = not closing
        elif name == "h1":
            after = f"<{closing}h2{values}>"
        elif name == "table":
            if closing:
                after += "</div>" if wrapped and wrapped.pop() else ""
            else:
                wrapped.append(not (out and not before and out[-1].startswith('<div class="table"')))
                after = markup.table_open(1, said).replace(markup.MARK, "") + after if wrapped[-1] else after
        elif name == "img":
            after = _picture(match[0], values, in_link, said)
        elif name == "hr" and values:
            after = _frame(values, in_link, finds, said)
        elif name in ("video", "audio") and not closing:
            after, position_after = _media(html, match, in_link, said)
        elif name in ("source", "track") or (name == "input" and " aria-label=" not in values):
            after = ""
        out += before, after
        position = position_after
    out.append(html[position:])
    return "".join(out).replace("<p></p>", "").replace(markup.MARK, "")


def _values(values: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(values)}


def _picture(whole: str, values: str, in_link: bool, said: dict[str, str]) -> str:
    found = _values(values)
    if "src" not in found:
        return escape(found.get("alt", ""), quote=False)
    if not found["src"].startswith("newsroom:"):
        return markup.remote(found["src"], found.get("alt", ""), said, in_link=in_link)
    if "loading" in found:
        return whole
    return f'{whole[:-1]}{"" if "alt" in found else " alt=" + chr(34) * 2} loading="lazy" decoding="async">'


def _frame(values: str, in_link: bool, finds: Finds, said: dict[str, str]) -> str:
    found = _values(values)
    src, title = found.get("src", ""), found.get("title", "")
    if not src or in_link:
        return "<hr>" if not src else ""
    if player := embeds.find(src):
        finds.embeds[player.used] = None
        return markup.facade(player, title, said)
    return f"<p>{markup.remote(src, title, said, 'page')}</p>\n"


def _media(html: str, match: re.Match, in_link: bool, said: dict[str, str]) -> tuple[str, int]:
    """A film or a sound, and where its element ends. Its sources stay; words inside were for the browsers of 2010."""
    name, values, depth, inner = match[2], match[3], 1, []
    for part in TAG.finditer(html, match.end()):
        if part[2] == name:
            depth += -1 if part[1] else 1
        elif part[2] in ("source", "track") and " src=" in part[3]:
            inner.append(part[0])
        if not depth:
            break
    if remote := REMOTE.search("".join([values, *inner])):
        return markup.remote(unescape(remote[1]), _values(values).get("title", ""), said, name, in_link), part.end()
    return f'<{name} controls="" preload="none"{values}>{"".join(inner)}</{name}>', part.end()
