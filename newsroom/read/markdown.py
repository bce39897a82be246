"""Owns Markdown: a text becomes Content. Pure, and no text may make it fail; must not read files or know the site.

Four steps: **parse** into tokens, **settle** what our own rules say of them (addresses, heading levels, figures,
players), **render** with the RULES below, **sanitise** where an author wrote HTML. Parsing is `native` where it can be, or
`grammar`: a post of 6.5 kB takes 1.3 ms on the one way and 4.5 on the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import NamedTuple

from newsroom import embeds
from newsroom.model import Content
from newsroom.read import grammar, markup, native
from newsroom.read.addresses import Finds
from newsroom.read.highlight import highlight, language
from newsroom.read.outline import outline
from newsroom.read.prose import cut, prose, words
from newsroom.read.sanitise import closed, sanitise, tame
from newsroom.read.unspoken import unspoken


class Options(NamedTuple):
    """What a site may say about its Markdown."""

    typographer: bool = False
    """Typographic quotes, dashes and ellipses, by language."""
    trust_html: bool = False
    """Leave raw HTML alone: for texts whose authors may run scripts on the site."""
    language: str = "en"
    """BCP 47: the quotes, and the few words we add."""


DEFAULT = Options()

QUOTES = {
    "en": "“”‘’", "de": "„“‚‘", "fr": ("«\u202f", "\u202f»", "“", "”"), "es": "«»“”", "it": "«»“”", "pt": "“”‘’",
    "nl": "“”‘’", "pl": "„”‚’", "cs": "„“‚‘", "sk": "„“‚‘", "da": "„“‚‘", "nb": "«»‘’", "sv": "””’’", "fi": "””’’",
    "ru": "«»„“", "uk": "«»„“",
}  # fmt: skip
"""Outer and inner quotation marks, by language; English where there is no row."""

DROPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that no HTML or XML document may hold. Without them, markup.MARK in our output can only be ours."""
UNWANTED = tuple(filter(DROPPED.match, map(chr, (*range(0x80), 0xFFFE, 0xFFFF))))
"""Those of the DROPPED that can be encoded."""

LONGEST = 10_000
"""Characters of a paragraph that still gets typographic quotes: markdown-it's rule for them is quadratic."""


def render(text: str, options: Options = DEFAULT) -> Content:
    """Turn the body of a source file into Content."""
    text = clean(text)
    quotes = _quotes(text, options)
    tokens = native.tokens(text, quotes)
    return _content(text, grammar.tokens(text, quotes) if tokens is None else tokens, options)


def clean(text: str) -> str:
    """The text without what is DROPPED."""
    text = text.encode(errors="ignore").decode()  # without halves of surrogate pairs
    return DROPPED.sub("", text) if any(map(text.__contains__, UNWANTED)) else text


def _quotes(text: str, options: Options) -> str | tuple[str, ...] | None:
    """The quotation marks to set, or None to leave a text's typography alone."""
    if not options.typographer or (len(text) > LONGEST and max(map(len, text.split("\n\n"))) > LONGEST):
        return None
    return QUOTES.get(options.language.lower().partition("-")[0], QUOTES["en"])


def _content(text: str, tokens: list, options: Options) -> Content:
    finds, said = Finds(), markup.words(options.language)
    if "<!--" in text:
        tokens = unspoken(tokens)
    raw = [] if options.trust_html or "<" not in text else _raw(tokens)
    headings = outline(tokens)
    _settle(tokens, finds, said)
    html = _html(tokens, said)
    if raw:
        html = clean(sanitise(html, text, finds, {ident for _, ident, _ in headings}, said))
    lines = list(prose(tokens))
    return Content(
        html=html.replace(markup.MARK, ""),
        headings=headings,
        links=tuple(finds.links),
        files=tuple(finds.files),
        embeds=tuple(sorted(finds.embeds)),
        prose="\n".join(line for _, line in lines),
        lead=cut(next((line for first, line in lines if first), lines[0][1] if lines else "")),
    )


def _raw(tokens: list) -> list:
    """Tame each token of raw HTML; the ones that are left, or none where all of it is shown as text."""
    found = [t for token in tokens for t in (token, *(token.children or ())) if t.type in ("html_block", "html_inline")]
    trusted = closed(token.content for token in found)
    for token in found:
        token.content = tame(token.content) if trusted else escape(token.content, quote=False)
    return [token for token in found if trusted and token.content.strip()]


# ── settle ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _settle(tokens: list, finds: Finds, said: dict[str, str]) -> None:
    tables = 0
    for index, token in enumerate(tokens):
        if token.type == "table_open":
            tables += 1
            token.meta["number"] = tables
        elif token.type in ("th_open", "td_open") or (token.type == "plain" and token.tag != "p"):
            _align(token)
        elif token.type == "inline":
            line = token.map[0] + 1 if token.map else 0
            around = tokens[index - 1], tokens[index + 1]
            if around[0].type == "alert_title_open":
                token.type, token.content = "markup", said[tokens[index - 2].meta["kind"].lower()]
                continue
            if len(token.children) == 1 and token.children[0].type == "text" and "://" not in token.content:
                continue  # most runs: words, and nothing to settle
            paragraph = around[0].type == "paragraph_open" and around[1].type == "paragraph_close"
            if paragraph and not around[0].hidden and (block := _alone(token, finds, line, said)):
                token.type, token.content = "markup", block
                around[0].hidden = around[1].hidden = True
            else:
                _inline(token.children, finds, line, said)


def _align(cell) -> None:
    """Say a column's alignment by class: a policy that forbids inline style would forbid `style`."""
    style = cell.attrs.pop("style", "")
    if cell.tag == "th":
        cell.attrs["scope"] = "col"
    if style and style != "text-align:left":
        cell.attrs["class"] = str(style).replace("text-align:", "align-")


def _alone(token, finds: Finds, line: int, said: dict[str, str]) -> str | None:
    """The figure or facade that a paragraph holds and nothing else, or None."""
    if player := embeds.find(token.content.strip().removeprefix("<").removesuffix(">")):
        finds.embeds[player.used] = None
        return markup.facade(player, "", said)
    picture = "![" in token.content  # most have none, and need no list of their parts
    parts = [child for child in token.children if child.type != "text" or child.content.strip()] if picture else []
    match [part.type for part in parts]:
        case ["image"]:
            return _figure(parts[0], None, finds, line, said)
        case ["link_open", "image", "link_close"]:
            return _figure(parts[1], parts[0], finds, line, said)
    return None


def _figure(image, link, finds: Finds, line: int, said: dict[str, str]) -> str | None:
    """A picture alone in its paragraph: a figure, a player's facade. None when it shows nothing of ours."""
    src, alt, caption = str(image.attrs["src"]), words(image.children, alt=True), str(image.attrs.get("title", ""))
    player = embeds.find(str(link.attrs["href"]) if link else src)
    local = None if embeds.find(src) else _local(src, finds, line)
    if player:
        finds.embeds[player.used] = None
        still = markup.image(local, alt if caption else "") if local else ""
        return markup.facade(player, caption or alt, said, still)
    if not local:
        return None
    picture = markup.image(local, alt)
    href = finds.href(str(link.attrs["href"]), line) if link else None
    return markup.figure(f"{markup.tag('a', href=href)}{picture}</a>" if href is not None else picture, caption)


def _local(src: str, finds: Finds, line: int) -> str | None:
    """What an image's `src` says, or None for one on another host."""
    href = finds.href(src, line, image=True)
    return href if href and href.startswith("newsroom:") else None


def _inline(children: list, finds: Finds, line: int, said: dict[str, str]) -> None:
    """Settle the links, images and footnote marks of one run of text that starts on `line`."""
    links: list[bool] = []
    for token in children:
        match token.type:
            case "softbreak" | "hardbreak":
                line += 1
            case "html_inline":
                line += token.content.count("\n")
            case "link_open":
                href = finds.href(str(token.attrs["href"]), line)
                links.append(href is not None)
                token.attrs["href"], token.hidden = href, href is None
            case "link_close":
                token.hidden = not links.pop()
            case "image":
                token.content, token.type = _image(token, finds, line, said, any(links)), "markup"
            case "footnote_ref":
                number, use = token.meta["id"] + 1, token.meta.get("subId", 0)
                token.content, token.type = markup.footnote_mark(number, use, any(links)), "markup"


def _image(token, finds: Finds, line: int, said: dict[str, str], in_link: bool) -> str:
    """A picture in a line of text."""
    src, alt = str(token.attrs["src"]), words(token.children, alt=True)
    if player := embeds.find(src):
        label = markup.invitation(player, alt, said)
        return label if in_link else f"{markup.tag('a', href=player.page)}{label}</a>"
    href = finds.href(src, line, image=True)
    if href is None:
        return escape(alt, quote=False)
    if not href.startswith("newsroom:"):
        return markup.remote(href, alt, said, in_link=in_link)
    return markup.image(href, alt, str(token.attrs["title"]) if "title" in token.attrs else None)


# ── render ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _html(tokens: list, said: dict[str, str]) -> str:
    """The HTML of blocks, with the line ends that CommonMark's own examples have."""
    out = []
    for index, token in enumerate(tokens):
        if token.type == "plain":
            text = escape(token.content, quote=False)
            out.append(text if token.hidden else f"{_before(tokens, index)}{_bare(token)}{text}</{token.tag}>\n")
        elif token.type == "inline":
            out.append(_line(token.children, said))
        elif rule := RULES.get(token.type):
            out.append(rule(token, said))
        elif token.nesting == -1 and not token.hidden:
            out.append(f"</{token.tag}>\n")
        elif not token.hidden:
            then = tokens[index + 1] if token.nesting == 1 and index + 1 < len(tokens) else None
            wide = not (then and (then.type == "inline" or then.hidden or (then.nesting, then.tag) == (-1, token.tag)))
            out.append(f"{_before(tokens, index)}{_bare(token)}{chr(10) if wide else ''}")
    return "".join(out)


def _line(children: list, said: dict[str, str]) -> str:
    """The HTML of a run of text."""
    out = []
    for token in children:
        if token.type == "text":
            out.append(escape(token.content, quote=False))
        elif rule := RULES.get(token.type):
            out.append(rule(token, said))
        elif not token.hidden:
            out.append(f"</{token.tag}>" if token.nesting == -1 else _bare(token))
    return "".join(out)


def _bare(token) -> str:
    """An opening tag."""
    return f"<{token.tag}{markup.attributes(token.attrs.items())}>" if token.attrs else f"<{token.tag}>"


def _before(tokens: list, index: int) -> str:
    return "\n" if index and tokens[index - 1].hidden else ""


def _code(token, said: dict[str, str]) -> str:
    name = language(token.info)
    return markup.code(highlight(token.content, name, markup.MARK), name)


def _item(token, said: dict[str, str]) -> str:
    if "checked" not in token.meta:
        return "<li>"
    return markup.tag("li", class_="task") + markup.task(token.meta["checked"], said)


def _list(token, said: dict[str, str]) -> str:
    return f"<ul{markup.attributes([('class', 'tasks')]) if 'class' in token.attrs else ''}>\n"


def _back(token, said: dict[str, str]) -> str:
    return markup.footnote_back(token.meta["id"] + 1, token.meta["subId"], said)


RULES: dict[str, Callable] = {
    "markup": lambda token, said: token.content,
    "code_inline": lambda token, said: f"<code>{escape(token.content, quote=False)}</code>",
    "softbreak": lambda token, said: "\n",
    "hardbreak": lambda token, said: "<br>\n",
    "html_inline": lambda token, said: token.content,
    "html_block": lambda token, said: token.content,
    "fence": _code,
    "code_block": _code,
    "bullet_list_open": _list,
    "list_item_open": _item,
    "table_open": lambda token, said: markup.table_open(token.meta["number"], said) + "<table>\n",
    "table_close": lambda token, said: "</table></div>\n",
    "alert_open": lambda token, said: markup.callout_open(token.meta["kind"].lower()),
    "alert_title_open": lambda token, said: markup.tag("p", class_="callout-title"),
    "alert_title_close": lambda token, said: "</p>\n",
    "footnote_block_open": lambda token, said: markup.footnotes_open(said),
    "footnote_block_close": lambda token, said: "</ol>\n</div>\n",
    "footnote_open": lambda token, said: markup.footnote_open(token.meta["id"] + 1),
    "footnote_close": lambda token, said: "</li>\n",
    "footnote_anchor": _back,
}
"""How a token becomes HTML that is more than a tag."""
