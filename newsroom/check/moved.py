"""Owns the rule about addresses that published posts had, as git remembers them. Silent where there is no git."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsroom.check.changes import Step, day_of, walks
from newsroom.check.rule import Checked, Found
from newsroom.errors import Location
from newsroom.permalinks import output_path


def moved_post(checked: Checked) -> Iterator[Found]:
    """Find posts that readers could see at another address, from which nothing leads here: their file was renamed, or
    their slug or date changed.

    What the address was made of then is read by today's settings: another `posts.permalink` is not seen.
    """
    for post, walk in walks(checked, checked.site.posts):
        left = {
            address: time
            for address, time in _addresses(walk)
            if address != post.permalink and output_path(address) not in checked.outputs
        }
        if left:
            last = max(left, key=lambda address: left[address])
            until = day_of(left[last], checked.site.config.timezone)
            more = f", and at {len(left) - 1} more before" if len(left) > 1 else ""
            said = f'readers found this post at "{last}" until {until}{more}, and nothing leads from there to here'
            hint = f"add aliases: [{', '.join([*post.aliases, *sorted(left)])}]"
            yield Location(post.source, pointer=("title",)), said, hint


def _addresses(walk: Sequence[Step]) -> Iterator[tuple[str, int]]:
    """(address, until when) of each step in which the post was public, oldest first."""
    for step, after in zip(walk, walk[1:], strict=False):
        was = step.version.post if step.version else None
        if was and not was.draft and max(was.time, was.embargo) < after.time and not was.expires:
            yield was.permalink, after.time
