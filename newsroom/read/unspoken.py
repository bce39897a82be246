"""Owns what a text says to the voice check alone: comments that stand in no output. Must not know what they mean."""

from __future__ import annotations

import re

COMMENT = re.compile(r"<!--\s*voice\s*:(.*?)(?:-->|\Z)", re.S | re.I)
"""A word to the voice check."""


def unspoken(tokens: list) -> list:
    """Tokens without what is only said to the voice check: in no page, whatever a site does with raw HTML."""
    kept = []
    for token in tokens:
        if token.type == "html_block" and COMMENT.search(token.content):
            token.content = COMMENT.sub("", token.content)
            if not token.content.strip():
                continue
        elif token.type == "inline" and token.children and "<!--" in token.content:
            token.children = [
                child for child in token.children if child.type != "html_inline" or not COMMENT.search(child.content)
            ]
        kept.append(token)
    return kept
