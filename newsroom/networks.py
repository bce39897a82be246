"""Owns the rows of PROVIDERS whose threads are posts of a social network, and how the addresses of such posts are read.

A post of ours names one in `comments: {thread: ...}`. The page's own script shows the answers: nothing of theirs runs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from newsroom.options import Option
from newsroom.services import Provider, url

STATUS = re.compile(r"(?:/@[\w.-]+(?:@[\w.-]+)?|/users/[\w.-]+/statuses|/web/statuses|/notice)/(\w{1,40})/?", re.ASCII)
"""The path of a status: as Mastodon shows it, as it names it, and as Akkoma and Pleroma do."""

_DID = r"did:(?:plc:[a-z2-7]{24}|web:[\w.-]+)"
_HANDLE = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
POST = re.compile(
    rf"(?:https://bsky\.app/profile/({_DID}|{_HANDLE})/post|at://({_DID}|{_HANDLE})/app\.bsky\.feed\.post)/"
    r"([A-Za-z0-9._~:-]{1,512})/?",
    re.ASCII,
)
"""A post of Bluesky: its page, or its at:// address."""


def status(name: str, options: Mapping[str, str]) -> dict[str, str]:
    """Read the address of a status on the configured server: its id, its page, and where its answers are fetched.

    >>> status("https://social.example/@maya/17", {"url": "https://social.example"})["api"]
    'https://social.example/api/v1/statuses/17/context'
    """
    server = options.get("url", "").rstrip("/")
    found = STATUS.fullmatch(name.removeprefix(server)) if server and name.startswith(server) else None
    if found is None:
        return {}
    return {"thread": name, "status": found[1], "api": f"{server}/api/v1/statuses/{found[1]}/context"}


def skeet(name: str, options: Mapping[str, str]) -> dict[str, str]:
    """Read the address of a post of Bluesky: who wrote it (a DID, or a handle to be resolved), its key, its page."""
    found = POST.fullmatch(name)
    if found is None:
        return {}
    actor = found[1] or found[2]
    page = f"https://bsky.app/profile/{actor}/post/{found[3]}"
    return {"thread": page, "actor": actor, "post": found[3], "api": f"{options['url'].rstrip('/')}/xrpc/"}


NETWORKS: dict[str, Provider] = {
    "mastodon": Provider(
        "Mastodon",
        (url("The server on which you post."),),
        script="",
        attributes=(),
        key="",
        origins={"connect-src": "{origin}"},
        link="{thread}",
        reads=status,
        form="the address of your post on that server: https://social.example/@maya/112233445566778899",
        host="{url}",
    ),
    "bluesky": Provider(
        "Bluesky",
        (Option("url", "url", "https://public.api.bsky.app", "Where the network's public interface answers."),),
        script="",
        attributes=(),
        key="",
        origins={"connect-src": "{origin}"},
        link="{thread}",
        reads=skeet,
        form="the address of your post: https://bsky.app/profile/maya.example/post/3kabc",
        host="{url}",
    ),
}
"""Answers to a post elsewhere."""
