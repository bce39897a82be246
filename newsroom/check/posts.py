"""Owns the rules about what is written: posts, pages, and files that nothing reads. Pure functions of the Site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsroom.check.rule import Checked, Found
from newsroom.dates import moment_in_words
from newsroom.errors import Location
from newsroom.model import NOTHING, Post
from newsroom.reviewing import agreed

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
            Location(without[0].source, pointer=("title",)),
            f"the post has no id{more}: feeds and comments know it by its file name",
            hint,
        )


def placeholder(checked: Checked) -> Iterator[Found]:
    """Find posts that went out with the sentence that only shows where to write."""
    for post in checked.site.posts:
        words = checked.content(post.source).prose.strip()
        if words in PLACEHOLDERS:
            hint = "write it, or set draft: true until it is written"
            yield Location(post.source, -1), f'the body still says "{words}"', hint


def _empty(checked: Checked) -> Iterator[Post]:
    """Posts that say nothing; what was retracted is silent for good."""
    for post in checked.site.posts:
        if post.content != NOTHING and not post.details.keys() & set(SAYING):
            if not SHOWING.search(checked.content(post.source).html):
                yield post


def empty_statement(checked: Checked) -> Iterator[Found]:
    """Find statements that are a title alone: `newsroom new` writes them without `draft`, to be filled in within minutes."""
    for post in _empty(checked):
        if post.kind == "statement":
            message = "the statement says nothing: neither what is known, unknown or done, nor a text"
            hint = "add known:, unknown: or doing:, a line each; or set draft: true"
            yield Location(post.source, pointer=("title",)), message, hint


def empty_body(checked: Checked) -> Iterator[Found]:
    """Find posts and pages that have a title and nothing below it."""
    for post in _empty(checked):
        if post.kind != "statement":
            hint = "write it below the second ---, or set draft: true"
            yield Location(post.source, pointer=("title",)), "the post has no text", hint
    for page in checked.site.pages:
        if not SHOWING.search(checked.content(page.source).html):
            yield (
                Location(page.source, pointer=("title",)),
                "the page has no text",
                "write it below the second ---, or set draft: true",
            )


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
    people = checked.site.people
    for post in checked.site.posts:
        signed, later = agreed(post, "signed_off", checked.day)
        for key, day in later.items():
            hint = f"let {people[key].short_name} read it, then write the day on which that was"
            message = f"{people[key].name} did not sign this off yet: {day} is still to come"
            yield Location(post.source, pointer=("signed_off", key)), message, hint
        gone = post.content == NOTHING  # retracted: there are no words to sign
        missing = [key for key in post.authors if key not in signed.keys() | later.keys() and not gone]
        if missing and post.kind in checked.site.config.policy.sign_off:
            names = " and ".join(people[key].name for key in missing)
            who = " and ".join(people[key].short_name for key in missing)
            line = f"signed_off: {{{', '.join(f'{key}: {post.date[:10]}' for key in missing)}}}"
            message = f"{names} did not sign this off"
            yield Location(post.source, pointer=("authors",)), message, asking(who, "it", line)


def asking(who: str, what: str, line: str) -> str:
    """The hint that asks people for their word: the line is theirs to write (see `signed-by-another`)."""
    return f"let {who} read {what} and commit {line}, or be named in Signed-off-by: of the commit"


def unsigned_quote(checked: Checked) -> Iterator[Found]:
    """Find words in quotation marks that their speaker did not sign off."""
    for post in checked.site.posts:
        for n, quote in enumerate(post.details.get("quotes", ())):
            said = quote.get("to_come") or quote.get("signed_off", "")
            if said > checked.day:
                name = checked.site.people[quote["by"]].name if quote.get("by") else quote["name"]
                message = f"{name} did not sign this quote off yet: {said} is still to come"
                hint = "write the day on which that was, or take it out"
                yield Location(post.source, pointer=("quotes", n, "signed_off")), message, hint
            elif not said:
                key = "by" if quote.get("by") else "name"
                where = Location(post.source, pointer=("quotes", n, key))
                line = f"signed_off: {post.date[:10]} beside them"
                name, hint = quote[key], f"let {quote[key]} read the words, then add {line}"
                if key == "by":  # somebody of the house, who has hands of her own
                    speaker = checked.site.people[quote["by"]]
                    name, hint = speaker.name, asking(speaker.short_name, "the words", line)
                yield where, f"{name} did not sign this quote off", hint
