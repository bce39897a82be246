"""Owns Mastodon and Bluesky: a public post and the answers below it, as their interfaces give them."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import urlsplit

from newsroom.comments.formats import threads, values
from newsroom.comments.formats.threads import HIDDEN, SHOWN, Row
from newsroom.comments.formats.values import Fields, Unreadable
from newsroom.comments.records import Discussion

PUBLIC = ("", "public", "unlisted")
"""Visibilities that everybody may read."""
WITHDRAWN = {"!hide", "!no-unauthenticated", "spam"}
"""Bluesky's labels of what is not for everybody."""


def mastodon(status: Fields, context: Fields) -> Discussion:
    """Answers to a status: `descendants` of `GET /api/v1/statuses/ID/context`. Raises Unreadable.

    Keys are the status's url, uri and id. A content warning stands before the words.
    """
    rows = [_status(each) for each in values.parts(context, "descendants")]
    keys = (values.word(status, "url"), values.word(status, "uri"), values.word(status, "id"))
    return threads.discussion("mastodon", keys, "", rows)


def bluesky(thread: Fields) -> Discussion:
    """Answers to a post: `thread` of `app.bsky.feed.getPostThread`. Raises Unreadable.

    Keys are its at-uri and its address at bsky.app, by did and by handle. Who wrote is told by did: handles change
    hands.
    """
    post = values.part(thread, "post")
    uri = values.word(post, "uri")
    if not uri:
        raise Unreadable("the thread has no post: it was deleted, or its author does not show it to everybody")
    author, key = values.part(post, "author"), uri.rpartition("/")[2]
    names = (values.word(author, "did"), values.word(author, "handle"))
    pages = (f"https://bsky.app/profile/{name}/post/{key}" for name in names if name)
    return threads.discussion("bluesky", (uri, *pages), "", list(_answers(thread)))


@threads.bearing(lambda status: (values.word(status, "id"), values.word(status, "in_reply_to_id")))
def _status(status: Fields) -> Row:
    author, warning = values.part(status, "account"), values.word(status, "spoiler_text")
    seen = values.word(status, "visibility") in PUBLIC and not values.flag(author, "suspended")
    return Row(
        values.word(status, "id"),
        values.word(status, "in_reply_to_id"),
        values.word(author, "display_name", "username", "acct"),
        values.word(author, "url"),
        values.account("mastodon", _handle(author)),
        date=values.moment(status.get("created_at")),
        edited=values.moment(status.get("edited_at")),
        html=(f"<p><strong>{escape(warning)}</strong></p>" if warning else "") + values.word(status, "content"),
        state=SHOWN if seen else HIDDEN,
    )


def _handle(author: Fields) -> str:
    """`ada@social.example`: `acct` names the server only where it is another than the one that was asked."""
    acct = values.word(author, "acct")
    host = urlsplit(values.site(values.word(author, "url"))).hostname
    return acct if "@" in acct or not acct or not host else f"{acct}@{host}"


def _answers(thread: Fields) -> Iterator[Row]:
    """Every answer below a node; what was deleted or blocked is a node without a post, and without answers."""
    waiting = [thread]
    while waiting:
        node = waiting.pop()
        above = values.word(values.part(node, "post"), "uri")
        for reply in values.parts(node, "replies"):
            if values.part(reply, "post"):
                yield _post(values.part(reply, "post"), _own(above))
                waiting.append(reply)


@threads.bearing(lambda post, above: (_own(values.word(post, "uri")), above))
def _post(post: Fields, above: str) -> Row:
    author, record = values.part(post, "author"), values.part(post, "record")
    labels = {values.word(label, "val") for each in (post, author) for label in values.parts(each, "labels")}
    did = values.word(author, "did")
    return Row(
        _own(values.word(post, "uri")),
        above,
        values.word(author, "displayName", "handle"),
        f"https://bsky.app/profile/{did}" if did else "",
        values.account("bluesky", did),
        date=_written(post, record),
        html=_linked(values.word(record, "text"), values.parts(record, "facets")),
        state=HIDDEN if labels & WITHDRAWN else SHOWN,
    )


def _own(uri: str) -> str:
    """at://did:plc:ABC/app.bsky.feed.post/KEY as ABC-KEY, of which the first has 24 characters; any other as it is."""
    did, _, rest = uri.removeprefix("at://").partition("/")
    plain, key = did.removeprefix("did:plc:"), rest.rpartition("/")[2]
    return f"{plain}-{key}" if plain != did and len(plain) == 24 and plain.isalnum() else uri


def _written(post: Fields, record: Fields) -> str:
    """Whoever writes may claim any date; the service's own is then the earliest that can be believed."""
    try:
        claimed = values.moment(record.get("createdAt"))
    except Unreadable:
        claimed = ""
    indexed = values.moment(post.get("indexedAt"))
    return min(filter(None, (claimed, indexed)), default="")


def _linked(text: str, facets: list[Fields]) -> str:
    """A post's plain text as HTML, its links linked. Places count bytes of UTF-8; of two that overlap, the first is."""
    written, done, made = text.encode("utf-8", "replace"), 0, []
    for start, end, address in sorted(filter(None, map(_link, facets))):
        if done <= start < end <= len(written):
            made += [_plain(written[done:start]), f'<a href="{escape(address)}">{_plain(written[start:end])}</a>']
            done = end
    return "<p>" + "".join((*made, _plain(written[done:]))) + "</p>"


def _link(facet: Fields) -> tuple[int, int, str] | None:
    index = values.part(facet, "index")
    start, end = index.get("byteStart"), index.get("byteEnd")
    address = next(
        filter(None, (values.site(values.word(each, "uri")) for each in values.parts(facet, "features"))), ""
    )
    return (start, end, address) if address and isinstance(start, int) and isinstance(end, int) else None


def _plain(written: bytes) -> str:
    return escape(written.decode("utf-8", "replace")).replace("\n", "<br>\n")
