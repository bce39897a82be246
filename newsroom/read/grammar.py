"""Owns markdown-it: the grammar of our Markdown, and what every text means. Must not know what becomes of its tokens."""

from __future__ import annotations

from functools import lru_cache

DEEPEST = 40
"""Nesting that is still parsed: each level costs some 4 of Python's 1,000 frames."""


def tokens(text: str, quotes: str | tuple[str, ...] | None = None) -> list:
    """The text's tokens, with typographic `quotes` where they are given."""
    return _parser(quotes).parse(text, {})


def commonmark(**options):
    """CommonMark and strikethrough alone, as comment services have it; its own rules say what may be linked."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": DEEPEST, **options}).enable("strikethrough")


def grammar(**options):
    """The parser alone: CommonMark with tables, strikethrough, footnotes, definition lists, task lists and callouts."""
    # markdown_it and its plugins cost 60 ms to import: only when something is parsed.
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.footnote.index import footnote_def

    def outermost(state, start, end, silent):
        # The plugin loses count where one definition holds another, and leaves the inner one's tags open.
        if silent or state.env.get("in_footnote"):
            return silent and footnote_def(state, start, end, silent)
        state.env["in_footnote"] = True
        try:
            return footnote_def(state, start, end, silent)
        finally:
            state.env["in_footnote"] = False

    md = MarkdownIt("commonmark", {"maxNesting": DEEPEST, "alerts": True, "tasklists": True, **options})
    md.enable(["table", "strikethrough"]).use(deflist_plugin).use(footnote_plugin)
    md.block.ruler.at("footnote_def", outermost, {"alt": ["paragraph", "reference"]})
    md.validateLink = lambda url: True  # addresses says what may be linked; a refused link keeps its words
    return md


@lru_cache(maxsize=16)
def _parser(quotes: str | tuple[str, ...] | None):
    md = grammar(xhtmlOut=False, typographer=quotes is not None, **({"quotes": quotes} if quotes else {}))
    if quotes:
        md.enable(["replacements", "smartquotes"])
    return md
