"""Owns the rules about what is written: posts, pages, and files that nothing reads. Pure functions of the Site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsroom.check.rule import Checked, Found
from newsroom.dates import moment_in_words
from newsroom.errors import Location

PLACEHOLDERS = (
    "Say it as you would say it to a neighbour who asked.",
    "What happened, in the first sentence.",
    "What happened, and since when.",
    "The short answer first.",
)
"""The bodies that `newsroom new` writes."""
SAYING = ("facts", "quotes", "media", "known", "unknown", "doing")
"""Keys that say something to a reader where the body is silent."""
SHOWING = re.compile(r"<(?:img|video|audio|svg)\b|>[^<]*[^\s<]")
"""In HTML: something to look at, or a letter between two tags."""
UNREAD = re.compile(
    r"content/(?:posts|people|topics|pages)/(?:.*/index|(?:\d{4}/)?[^/]+)\.(md|markdown|mdown|mkd|txt|html?)", re.I
)
"""Files where content stands, that look like content, and end in anything but .md; deeper down they belong to a post."""


def no_id(checked: Checked) -> Iterator[Found]:
    """Find posts whose identity is their path."""
    without = [post for post in checked.site.posts if post.id == post.source]
    if without:
        more = f", and so have {len(without) - 1} more posts" if len(without) > 1 else ""
        hint = "add id: and twelve hexadecimal digits, as newsroom new does; then files may be renamed"
        yield (
            Location(without[0].source, 1),
            f"the post has no id{more}: feeds and comments know it by its file name",
            hint,
        )


def missing_alt(checked: Checked) -> Iterator[Found]:
    """Find pictures that somebody who cannot see them learns nothing of."""
    for post in checked.site.posts:
        if post.image and "alt" not in post.image:
            hint = 'write it as image: {file: name.jpg, alt: "What can be seen"}; alt: "" where it only decorates'
            yield Location(post.source, pointer=("image",)), "the picture has no alt text", hint


def placeholder(checked: Checked) -> Iterator[Found]:
    """Find posts that went out with the sentence that only shows where to write."""
    for post in checked.site.posts:
        words = checked.content(post.source).prose.strip()
        if words in PLACEHOLDERS:
            hint = "write it, or set draft: true until it is written"
            yield Location(post.source, -1), f'the body still says "{words}"', hint


def empty_body(checked: Checked) -> Iterator[Found]:
    """Find posts and pages that have a title and nothing below it."""
    for post in checked.site.posts:
        if not (post.details.keys() & set(SAYING) or SHOWING.search(checked.content(post.source).html)):
            yield Location(post.source, 1), "the post has no text", "write it below the second ---, or set draft: true"
    for page in checked.site.pages:
        if not SHOWING.search(checked.content(page.source).html):
            yield Location(page.source, 1), "the page has no text", "write it below the second ---, or set draft: true"


def unread_file(checked: Checked) -> Iterator[Found]:
    """Find files that look like content and are none. What a text shows or offers for download is used."""
    used = {file.asset for refs in checked.site.refs.values() for file in refs.files.values()}
    for path in checked.site.assets:
        if (found := UNREAD.fullmatch(path)) and path not in used:
            name = path.rpartition("/")[2].removesuffix(found[1])
            hint = f"rename it to {name}md, and begin it with front matter; a file for readers stands beside its post"
            yield Location(path), "is read by nothing: only files that end in .md are content", hint
        elif path.startswith("content/comments/") and path not in used:
            yield Location(path), "is read by nothing: archived comments end in .yaml", "rename it, or move it away"


def overdue_update(checked: Checked) -> Iterator[Found]:
    """Find statements whose promised update did not come."""
    for post in checked.site.posts:
        if (promised := post.details.get("overdue")) and not post.details.get("closed"):
            message = f"an update was promised by {moment_in_words(promised, checked.site.config.timezone)}"
            hint = "write it and set the next next_update, or set closed: to the day on which it was over"
            yield Location(post.source, pointer=("next_update",)), message, hint


def unsigned(checked: Checked) -> Iterator[Found]:
    """Find what goes out without the word of those who are credited, against the policy."""
    for post in checked.site.posts:
        missing = [key for key in post.authors if key not in post.details.get("signed_off", {})]
        if missing and post.kind in checked.site.config.policy.sign_off:
            hint = f"let them read it, then add signed_off: {{{missing[0]}: {post.date[:10]}}}"
            yield Location(post.source, pointer=("authors",)), f"{', '.join(missing)} did not sign this off", hint


def unsigned_quote(checked: Checked) -> Iterator[Found]:
    """Find words in quotation marks that their speaker did not sign off."""
    for post in checked.site.posts:
        for n, quote in enumerate(post.details.get("quotes", ())):
            if not quote.get("signed_off"):
                hint = f"let {quote['by']} read the words, then add signed_off: {post.date[:10]} beside them"
                yield (
                    Location(post.source, pointer=("quotes", n, "by")),
                    f'"{quote["by"]}" did not sign this quote off',
                    hint,
                )
