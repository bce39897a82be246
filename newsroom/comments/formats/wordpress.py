"""Owns WordPress's export (WXR: RSS with `wp:comment` in each item), and the loose HTML of its comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from newsroom.comments.formats import markup, threads, values
from newsroom.comments.formats.markup import Element
from newsroom.comments.formats.threads import HIDDEN, SHOWN, Row
from newsroom.comments.formats.values import Unreadable
from newsroom.comments.records import Discussion

WRITTEN = ("", "comment")
"""Types of what people write to be read; pingbacks, trackbacks and the notes of plugins are not."""

_PRE = re.compile(r"(<pre\b.*?(?:</pre>|\Z))", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<br */?>\Z", re.IGNORECASE)
_BLOCK = re.compile(r"</?(?:p|div|ul|ol|li|dl|blockquote|table|h[1-6]|hr)\b", re.IGNORECASE)


def export(path: Path) -> Iterator[Discussion]:
    """All pages of an export that were commented on. Raises Unreadable."""
    version = False
    for element in markup.elements(path, "rss", depth=2):
        version = version or element.name == "wxr_version"
        if element.name == "item":
            with values.on_line(element.line):
                made = _discussion(element)
            if made.comments or made.skipped:
                yield made
    if not version:
        raise Unreadable('this is a feed and no export: it does not say "wp:wxr_version"')


def _discussion(item: Element) -> Discussion:
    link, title = item.words("link"), unescape(item.words("title"))
    return threads.discussion("wordpress", (values.path(link), link, title), title, map(_row, item.every("comment")))


@threads.bearing(lambda comment: (comment.words("comment_id"), comment.words("comment_parent")))
def _row(comment: Element) -> Row:
    """0 is who has no account: the mail was typed."""
    account = values.account("wordpress", who if (who := comment.words("comment_user_id")) != "0" else "")
    mail = comment.words("comment_author_email")
    seen = comment.words("comment_approved") == "1" and comment.words("comment_type") in WRITTEN
    with values.on_line(comment.line):
        return Row(
            comment.words("comment_id"),
            comment.words("comment_parent"),
            unescape(comment.words("comment_author")),
            comment.words("comment_author_url"),
            account,
            mail if account else "",
            values.moment(comment.words("comment_date_gmt")) or values.moment(comment.words("comment_date")),
            html=paragraphs(comment.words("comment_content")),
            state=SHOWN if seen else HIDDEN,
            typed="" if account else mail,
        )


def paragraphs(loose: str) -> str:
    """HTML as WordPress shows what it keeps: an empty line ends a paragraph, any other end of a line breaks it.

    >>> paragraphs("One\\ntwo\\n\\n<blockquote>three</blockquote>")
    '<p>One<br>\\ntwo</p>\\n<blockquote>three</blockquote>'
    """
    made = []
    for place, text in enumerate(_PRE.split(values.clean(loose))):
        if place % 2:  # preformatted: every second piece
            made.append(text)
        else:
            made += [_paragraph(each.strip()) for each in re.split(r"\n[ \t]*\n", text) if each.strip()]
    return "\n".join(made)


def _paragraph(text: str) -> str:
    if _BLOCK.search(text):
        return text
    return "<p>" + "<br>\n".join(_BREAK.sub("", line.rstrip()) for line in text.split("\n")) + "</p>"
