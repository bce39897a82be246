"""Owns what a stranger's words may be: Markdown or HTML of anybody at all becomes a few harmless elements. No I/O."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from newsroom.read import grammar, sanitise

TAGS = frozenset("a b blockquote br code del em i ins li ol p pre q s strong u ul".split())
"""No picture, no heading, no table: a comment loads nothing, and is no part of the page's outline."""
GONE = frozenset("script style svg math template title textarea noscript iframe object".split())
"""Elements that go with all that is in them."""
LONGEST = 20_000
"""Characters of Markdown in one comment. Longer ones are shown as they were typed."""
BRACKETS = 500
"""Likewise: markdown-it looks for the end of each, and 25,000 of them cost four seconds."""
DEEPEST = 50
"""Elements in one another: a browser takes hundreds, a stylesheet shows a few."""

OPENING = re.compile(r"<(/?)(?:blockquote|ul|ol|li|b|i|em|s|u|q|del|ins|strong)\b[^>]*>")


def safe(text: str, html: str) -> str:
    """The words as HTML that may stand in a page. One of the two is given: Markdown, or HTML as a service keeps it."""
    made = _rendered(text) if text else html
    clean = sanitise.library().clean(
        made,
        tags=set(TAGS),
        clean_content_tags=set(GONE),
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel="nofollow ugc noopener",
    ).strip()  # fmt: skip
    return clean if _depth(clean) <= DEEPEST else sanitise.library().clean(clean, tags={"br", "p"}).strip()


def _rendered(text: str) -> str:
    if len(text) <= LONGEST and text.count("[") <= BRACKETS:
        html = _markdown().render(text)
        if _depth(html) < grammar.DEEPEST - 2:  # what nests deeper markdown-it leaves out, words and all
            return html
    return f"<p>{escape(text.strip(), quote=False)}</p>"


def _depth(html: str) -> int:
    deepest = depth = 0
    for match in OPENING.finditer(html):
        depth += -1 if match[1] else 1
        deepest = max(deepest, depth)
    return deepest


@lru_cache(maxsize=1)
def _markdown():
    """CommonMark as comment services have it: a line's end is one, and HTML is shown, not meant."""
    return grammar.commonmark(html=False, breaks=True)
