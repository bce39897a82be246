"""Owns what is public at a moment. Pure: the moment is given, never read from a clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from newsroom.model import Post
from newsroom.states import STATES, fresh_until, previewed, state


def is_public(post: Post, moment: datetime, drafts: bool = False) -> bool:
    """Whether a post is in the site at `moment`. `drafts` shows the unfinished, never the embargoed or expired."""
    if drafts and post.draft:
        now = int(moment.timestamp())
        return post.embargo <= now and not (post.expires and post.expires <= now)
    return STATES[state(post, moment)].public


def why_not(post: Post, moment: datetime) -> str:
    """What keeps a post from being public, in words."""
    return STATES[state(post, moment)].is_so


def until(posts: Iterable[Post], moment: datetime, ends: Iterable[int] = ()) -> int:
    """Before when the site at `moment` stays as it is, in seconds since 1970, if nobody edits it.

    Posts come, are news for two days, and go at moments of their own, and office hours are over at `ends`. Everything
    else (who is away, what was agreed to, what is confirmed, the date of a draft) goes by the day, in the zone of
    `moment`, which is the site's, or in UTC. Which of these moments change something is for `due` to say.
    """
    now = int(moment.timestamp())
    changes = [_midnight(moment), _midnight(moment.astimezone(UTC)), *ends]
    for post in posts:
        changes += [post.time, post.embargo, post.expires, updated(post), fresh_until(post)]
        if post.details:  # most have none
            changes += [previewed(post), promised(post)]
    return min(change for change in changes if change > now)


def promised(post: Post) -> int:
    """When a statement promises to say more, in seconds since 1970; 0 where it promises nothing."""
    said = post.details.get("next_update", "")
    return int(datetime.fromisoformat(said).timestamp()) if said else 0


def updated(post: Post) -> int:
    """When readers are told that a post was updated, in seconds since 1970; 0 where it was not."""
    return int(datetime.fromisoformat(post.updated).timestamp()) if post.updated else 0


def previews(posts: Iterable[Post], public: Iterable[Post], moment: datetime) -> tuple[list[Post], list[str]]:
    """(what reviewers may see now, at an address of its own each; sources of the previews that are over).

    A post that has expired is shown to nobody: only what is still to come has a preview.
    """
    now, out, found, over = int(moment.timestamp()), {post.source for post in public}, [], []
    for post in posts:
        if "preview" not in post.details or post.source in out:
            continue
        if previewed(post) <= now or STATES[state(post, moment)].over:
            over.append(post.source)
        else:
            found.append(post._replace(permalink=f"/preview/{post.details['preview']['key']}/"))
    return found, over


def _midnight(moment: datetime) -> int:
    """The end of a moment's day."""
    day = moment.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return int(day.replace(tzinfo=moment.tzinfo).timestamp())


HELD = {state.is_so: state.said for state in STATES.values()}
"""What `why_not` says of one, as it is said of many."""
