"""Owns PULLS: how each service is asked for the comments of some threads. Must not open a connection: fetch.py does.

A pull gives one Discussion for each thread that could be asked, an empty one where the service has none. A thread that
could not be asked is a warning in `fetch.problems`; one that came in part is named in `fetch.partial`; what stops
everything is raised.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from newsroom.comments import fediverse, github
from newsroom.comments.fetch import Fetch, Missing
from newsroom.comments.formats import isso as isso_rows
from newsroom.comments.formats import remark42 as remark42_rows
from newsroom.comments.formats import waline as waline_rows
from newsroom.comments.formats.discourse import discourse as discourse_topic
from newsroom.comments.formats.values import Fields, Unreadable, mapping, objects, part, parts, word
from newsroom.comments.records import Discussion
from newsroom.comments.threads import Wanted, each, server

Options = Mapping[str, Any]
Pull = Callable[[Options, Sequence[Wanted], Fetch], Iterator[Discussion]]


def isso(options: Options, threads: Sequence[Wanted], fetch: Fetch) -> Iterator[Discussion]:
    """Isso: views/comments.py. `plain=1` gives the Markdown that people wrote."""
    base = server(options, fetch)

    def counts(some: Sequence[Wanted]) -> Mapping[str, int]:
        return _in_order(some, fetch.post(f"{base}/count", [wanted.key for wanted in some]))

    def ask(wanted: Wanted) -> Discussion:
        found = _isso(fetch, f"{base}/?{urlencode({'uri': wanted.key, 'plain': 1})}")
        return isso_rows.thread(found)

    return each(threads, fetch, ask, counts)


def _isso(fetch: Fetch, url: str) -> list[Fields]:
    """Every comment of a thread. One answer has two levels; a thread that was imported into Isso may have more."""
    answer = mapping(fetch.get(url), "the answer")
    found = parts(answer, "replies")
    level = [reply for root in found for reply in parts(root, "replies")]
    total, have = word(answer, "total_replies"), len(found) + len(level)
    while level and total.isdecimal() and have < int(total):
        level = [
            reply
            for above in level
            for reply in parts(mapping(fetch.get(f"{url}&parent={quote(word(above, 'id'))}"), "the answer"), "replies")
        ]
        found, have = found + level, have + len(level)
    return found


def remark42(options: Options, threads: Sequence[Wanted], fetch: Fetch) -> Iterator[Discussion]:
    """Remark42: backend/app/rest/api/rest_public.go."""
    base, site = f"{server(options, fetch)}/api/v1", str(options.get("site_id", "remark"))

    def counts(some: Sequence[Wanted]) -> Mapping[str, int]:
        found = fetch.post(f"{base}/counts?{urlencode({'site': site})}", [wanted.key for wanted in some])
        known = {word(row, "url"): row.get("count") for row in objects(found or [], "the answer")}
        return {wanted.key: known.get(wanted.key, 0) for wanted in some}

    def ask(wanted: Wanted) -> Discussion:
        asked = {"site": site, "url": wanted.key, "format": "plain"}
        answer = mapping(fetch.get(f"{base}/find?{urlencode(asked)}"), "the answer")
        return remark42_rows.thread(parts(answer, "comments"))

    return each(threads, fetch, ask, counts)


def waline(options: Options, threads: Sequence[Wanted], fetch: Fetch) -> Iterator[Discussion]:
    """Waline: packages/server/src/controller/comment.js. Pages count roots; every root has all its answers."""
    base = f"{server(options, fetch)}/api/comment"
    fetch = replace(fetch, login="add the host of your own site to SECURE_DOMAINS of the Waline server")

    def counts(some: Sequence[Wanted]) -> Mapping[str, int]:
        plain = [wanted for wanted in some if "," not in wanted.key]  # names are joined by commas
        query = urlencode({"type": "count", "url": ",".join(wanted.key for wanted in plain)})
        return _in_order(plain, _waline(fetch, f"{base}?{query}", plain[0])) if plain else {}

    def ask(wanted: Wanted) -> Discussion:
        rows: list[Fields] = []
        for page in range(1, 1000):
            asked = {"path": wanted.key, "page": page, "pageSize": 100, "sortBy": "insertedAt_asc"}
            answer = mapping(_waline(fetch, f"{base}?{urlencode(asked)}", wanted), "the answer")
            rows += (found := parts(answer, "data"))
            pages = word(answer, "totalPages")
            if not found or not pages.isdecimal() or page >= int(pages):
                break
        return waline_rows.thread(rows)

    return each(threads, fetch, ask, counts)


def _waline(fetch: Fetch, url: str, wanted: Wanted) -> Any:
    """What is in an answer. A server that keeps a list of sites refuses who does not say where he comes from."""
    answer = fetch.get(url, _from(wanted))
    if not isinstance(answer, dict) or "errno" not in answer:
        return answer  # older servers do not wrap it
    if answer["errno"]:
        raise Unreadable(f'"{word(answer, "errmsg") or "an error"}"')
    return answer.get("data")


def discourse(options: Options, threads: Sequence[Wanted], fetch: Fetch) -> Iterator[Discussion]:
    """A Discourse forum: app/controllers/embed_controller.rb and topics_controller.rb.

    A thread is a topic's number, `#17`, or its address; or the post's address under which the forum made a topic.
    """
    base = server(options, fetch)
    fetch = replace(fetch, login="set NEWSROOM_DISCOURSE_KEY to a key that may read (Admin, API, for a single user)")
    headers = {"Api-Key": key} if (key := fetch.token("NEWSROOM_DISCOURSE_KEY")) else {}

    def counts(some: Sequence[Wanted]) -> Mapping[str, int]:
        """Only this tells whether there is a topic without making one."""
        names = {wanted.key: _embedded(wanted.key) for wanted in some if not _topic(base, wanted.key)}
        if not names:
            return {}
        query = urlencode([("embed_url[]", name) for both in names.values() for name in both])
        known = part(mapping(fetch.get(f"{base}/embed/count?{query}", headers), "the answer"), "counts")
        return {key: int(any(name in known for name in both)) for key, both in names.items()}

    def ask(wanted: Wanted) -> Discussion:
        number = _topic(base, wanted.key) or _topic_of(fetch, base, headers, wanted)
        url = f"{base}/t/{number}"
        topic = mapping(fetch.get(f"{url}.json", headers, alone=(403, 404, 410)), "the topic")
        stream = part(topic, "post_stream")
        posts = parts(stream, "posts")
        there = {word(post, "id") for post in posts}
        listed = stream.get("stream")
        later = [own for own in (listed if isinstance(listed, list) else []) if str(own) not in there]
        for start in range(0, len(later), 20):  # as many as the forum's own pages ask for
            query = urlencode([("post_ids[]", own) for own in later[start : start + 20]])
            more = mapping(fetch.get(f"{url}/posts.json?{query}", headers), "the posts")
            posts = posts + parts(part(more, "post_stream"), "posts")
        return discourse_topic({**topic, "post_stream": {"posts": posts}})

    return each(threads, fetch, ask, counts)


def _topic(base: str, key: str) -> str:
    """The number in `#17`, or in the address of a topic of this forum; ""."""
    found = re.fullmatch(r"(?:#|/t/(?:[^/?#]*/)?)([0-9]+)(?:/[0-9]*)?", key.removeprefix(base))
    return found[1] if found else ""


def _embedded(url: str) -> tuple[str, str]:
    """The names that the forum may have given an address: TopicEmbed.normalize_url, and as it is."""
    plain = url.strip().removesuffix("/")
    return plain, plain.lower()


def _topic_of(fetch: Fetch, base: str, headers: Mapping[str, str], wanted: Wanted) -> str:
    """The number of the topic that was made for an address. Only who has a key is told; others see it in the page."""
    query = urlencode({"embed_url": _embedded(wanted.key)[0]})
    if headers:
        return word(mapping(fetch.get(f"{base}/embed/info.json?{query}", headers), "the answer"), "topic_id")
    found = status = None
    try:
        page = fetch.text(f"{base}/embed/comments?{query}", _from(wanted))
        found = re.search(r"href=[\"'][^\"'?#]*/t/(?:[^/\"'?#]*/)?([0-9]+)[/\"']", page)  # the first is the forum's own
    except Missing as missing:
        status = missing.status
    if not found:
        says = f"the forum does not show the topic of {wanted.key}" + (f": it answered {status}" if status else "")
        raise Missing(status or 0, says, "name the topic by its number, thread: '#17', or set NEWSROOM_DISCOURSE_KEY")
    return found[1]


def _from(wanted: Wanted) -> dict[str, str]:
    """The post as the page that asks, in ASCII."""
    return {"Referer": quote(wanted.url, safe=":/?#[]@!$&'()*+,;=%")}


def _in_order(some: Sequence[Wanted], answer: Any) -> dict[str, int]:
    """Counts that come in the order they were asked for; one alone may come without a list."""
    numbers = answer if isinstance(answer, list) else [answer]
    if len(numbers) != len(some) or not all(type(number) is int for number in numbers):
        raise Unreadable("numbers of comments were asked for, and something else came")
    return {wanted.key: number for wanted, number in zip(some, numbers, strict=True)}


PULLS: dict[str, Pull] = {
    "isso": isso,
    "giscus": github.giscus,
    "utterances": github.utterances,
    "remark42": remark42,
    "waline": waline,
    "discourse": discourse,
    "mastodon": fediverse.mastodon,
    "bluesky": fediverse.bluesky,
}
"""By the name of the provider. The others can only be imported, from a file that they export."""
