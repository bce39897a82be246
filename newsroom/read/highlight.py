"""Owns the colours of code: text and a language become HTML with the few classes below. Must not fail on any text."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from itertools import groupby

HIGHLIGHT_CLASSES = {
    "k": "keyword",
    "b": "built-in name or type",
    "f": "name of a function, class, tag or key where it is defined or used",
    "s": "string",
    "m": "number or constant",
    "c": "comment",
    "o": "operator",
    "p": "preprocessor, decorator, attribute, variable",
    "h": "heading",
    "i": "inserted line",
    "d": "deleted line",
}
"""The classes of spans inside `.code code`, for a theme's stylesheet: all of them."""

KINDS = (
    ("Comment.Preproc", "p"),
    ("Comment", "c"),
    ("Keyword.Type", "b"),
    ("Keyword.Constant", "m"),
    ("Keyword", "k"),
    ("Operator.Word", "k"),
    ("Operator", "o"),
    ("Name.Builtin", "b"),
    ("Name.Exception", "b"),
    ("Name.Function", "f"),
    ("Name.Class", "f"),
    ("Name.Tag", "f"),
    ("Name.Namespace", "f"),
    ("Name.Decorator", "p"),
    ("Name.Attribute", "p"),
    ("Name.Variable", "p"),
    ("Name.Entity", "p"),
    ("Name.Constant", "m"),
    ("Literal.String", "s"),
    ("Literal.Number", "m"),
    ("Literal", "s"),
    ("Generic.Heading", "h"),
    ("Generic.Subheading", "h"),
    ("Generic.Inserted", "i"),
    ("Generic.Deleted", "d"),
    ("Generic.Prompt", "c"),
)
"""Pygments' names of tokens, the special before the general; everything else stays plain."""

LONGEST = 60_000
"""Characters. Pygments colours some 300 kB a second, and a few of its lexers are quadratic on hostile text."""

NAME = re.compile(r"[\w+#.-]{1,40}", re.ASCII)


def language(info: str) -> str:
    """The language that the line after the fence names: its first word, or "".

    >>> language("python title=a.py")
    'python'
    """
    words = info.split(maxsplit=1)
    return words[0].lower() if words and NAME.fullmatch(words[0]) else ""


def highlight(code: str, name: str, mark: str = "") -> str:
    """The code as escaped HTML; plain when the language is not known. `mark` opens each class: see sanitise."""
    lexer = _lexer(name) if name and len(code) <= LONGEST else None
    if lexer is None:
        return escape(code, quote=False)
    try:
        tokens = list(lexer.get_tokens(code))
    except Exception:  # noqa: BLE001 - a fault in one of 500 foreign lexers costs colours, not the build
        return escape(code, quote=False)
    if "".join(text for _, text in tokens) != code:
        return escape(code, quote=False)
    parts = []
    for kind, run in groupby(tokens, lambda token: _kind(token[0])):
        text = escape("".join(text for _, text in run), quote=False)
        parts.append(f'<span class="{mark}{kind}">{text}</span>' if kind and not text.isspace() else text)
    return "".join(parts)


@lru_cache(maxsize=64)
def _lexer(name: str):
    # pygments costs 15 ms to import and each lexer a few more: only texts with code pay.
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=512)
def _kind(token) -> str:
    name = ".".join(token)
    return next((kind for prefix, kind in KINDS if name == prefix or name.startswith(prefix + ".")), "")
