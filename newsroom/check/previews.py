"""Owns the rule about previews: one that shows nothing is taken out. Pure functions of the Site."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom.check.rule import Checked, Found
from newsroom.errors import Location


def old_preview(checked: Checked) -> Iterator[Found]:
    """Find previews of posts that are public, and previews that are over; none where posts are looked at as they will be."""
    if checked.today:
        return
    for post in checked.site.posts:
        if "preview" in post.details and not post.draft:  # --drafts shows drafts here alone
            yield _found(post.source, "the post is public: its preview shows nothing any more")
    for source in checked.site.old_previews:
        yield _found(source, "the preview is over: it shows nothing any more")


def _found(source: str, message: str) -> Found:
    return Location(source, pointer=("preview",)), message, f"take it out: newsroom preview {source} --end"
