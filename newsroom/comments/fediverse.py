"""Owns asking Mastodon and Bluesky for the answers to a public post, whose address the post on the site gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from newsroom import networks
from newsroom.comments.fetch import Fetch, Missing
from newsroom.comments.formats import fediverse as formats
from newsroom.comments.formats.values import Fields, Unreadable, mapping, part, parts, word
from newsroom.comments.records import Discussion
from newsroom.comments.threads import Wanted, cut, each, server

FEW = (60, 20)
"""How many answers, and how deep, a Mastodon server shows without a token: docs.joinmastodon.org, methods/statuses."""
MANY = (4096, 4096)
"""Likewise with one."""
_FORMS = {name: row.form for name, row in networks.NETWORKS.items()}
BLUESKY = next(str(option.default) for option in networks.NETWORKS["bluesky"].options if option.key == "url")
LEVELS = 200
"""How deep one answer of Bluesky's may nest: what lies deeper is asked for by itself."""
AGAIN = 200
"""How often one thread of Bluesky's is asked further."""


def mastodon(options: Mapping[str, Any], threads: Sequence[Wanted], fetch: Fetch) -> Iterator[Discussion]:
    """The answers to a status. A thread is its address on the configured server: others are not ours to ask."""
    base = server(options, fetch)
    fetch = replace(fetch, login="set NEWSROOM_MASTODON_TOKEN to a token of that server that may read statuses")
    token = fetch.token("NEWSROOM_MASTODON_TOKEN")
    headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(wanted: Wanted) -> Discussion:
        if not (read := networks.status(wanted.key, {"url": base})):
            raise Missing(0, f"that is no status of {urlsplit(base).netloc}", f"give {_FORMS['mastodon']}")
        context = mapping(fetch.get(read["api"], headers), "the answer")
        if _is_cut(parts(context, "descendants"), *(MANY if token else FEW)):
            hint = "pull less often" if token else "set NEWSROOM_MASTODON_TOKEN to a token that may read statuses"
            cut(wanted, fetch, f"the server gives no more of it than {(MANY if token else FEW)[0]} answers", hint)
        return formats.mastodon({"url": wanted.key}, context)

    return each(threads, fetch, ask)


def _is_cut(descendants: list[Fields], most: int, deepest: int) -> bool:
    """Whether the server may have stopped before the end. Statuses come after what they answer."""
    depths: dict[str, int] = {}
    for status in descendants:
        depths[word(status, "id")] = depths.get(word(status, "in_reply_to_id"), 0) + 1
    return len(descendants) >= most or max(depths.values(), default=0) >= deepest


def bluesky(options: Mapping[str, Any], threads: Sequence[Wanted], fetch: Fetch) -> Iterator[Discussion]:
    """The answers to a post. A thread is the post's address at bsky.app, or its at-uri. No account is needed."""
    base = server(options, fetch, BLUESKY)
    xrpc = f"{base}/xrpc"
    known: dict[str, str] = {}

    def did(who: str) -> str:
        if not who.startswith("did:") and who not in known:
            query = urlencode({"handle": who})
            answer = fetch.get(f"{xrpc}/com.atproto.identity.resolveHandle?{query}")
            known[who] = word(mapping(answer, "the answer"), "did")
        return known.get(who, who)

    def answers(uri: str) -> Fields:
        query = urlencode({"uri": uri, "depth": LEVELS, "parentHeight": 0})
        return mapping(fetch.get(f"{xrpc}/app.bsky.feed.getPostThread?{query}"), "the answer")

    def ask(wanted: Wanted) -> Discussion:
        if not (read := networks.skeet(wanted.key, {"url": base})):
            raise Missing(0, "that is no post of Bluesky", f"give {_FORMS['bluesky']}")
        answer = answers(f"at://{did(read['actor'])}/app.bsky.feed.post/{read['post']}")
        hidden = part(part(answer, "threadgate"), "record").get("hiddenReplies")
        gone = {*map(str, hidden)} if isinstance(hidden, list) else set()
        thread, whole = _grown(part(answer, "thread"), answers, gone)
        if not whole:
            cut(wanted, fetch, f"it was asked {AGAIN} times further, and there is more", "pull again later")
        return formats.bluesky(thread)

    return each(threads, fetch, ask)


def _grown(root: Fields, answers: Any, hidden: set[str]) -> tuple[Fields, bool]:
    """(the thread with all its answers, whether that is so), without what its author has hidden.

    A server cuts large threads where it likes: a node that counts answers and has none is asked for by itself, once.
    Where it still has none, they were removed, or are not shown to everybody.
    """
    top = {**root}
    waiting, left = [top], AGAIN
    while waiting:
        node = waiting.pop()
        post = part(node, "post")
        replies = parts(node, "replies")
        if not replies and node is not top and word(post, "replyCount") not in ("", "0"):
            left -= 1
            replies = _further(answers, word(post, "uri")) if left >= 0 else []
        kept = [{**reply} for reply in replies if word(part(reply, "post"), "uri") not in hidden]
        node["replies"] = kept
        waiting += kept
    return top, left >= 0


def _further(answers: Any, uri: str) -> list[Fields]:
    try:
        return parts(part(answers(uri), "thread"), "replies")
    except (Missing, Unreadable):  # it went while we asked
        return []
