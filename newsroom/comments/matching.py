"""Owns which post a discussion belongs to, whatever its service called the page. Pure: posts in, a post out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from newsroom.comments.records import Discussion
from newsroom.model import Post

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|//")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?|localhost(:\d+)?|\[[0-9a-fA-F:.]+\](:\d+)?")
_INDEX = re.compile(r"(^|/)index\.html?$|\.html?$|/$")


class Index(NamedTuple):
    """Every name of every post; None where two posts have a right to it."""

    names: dict[str, Post | None]
    """Ids, and threads that a post names: as they are."""
    paths: dict[str, Post | None]
    """Permalinks and aliases, reduced by `_path`."""
    titles: dict[str, Post | None]
    base: str
    """The path of the site's address: `/newsroom`, or ""."""


def index(posts: Iterable[Post], base: str = "") -> Index:
    """The names of posts, drafts and expired ones too. An id goes before a thread, a permalink before an alias."""
    posts = list(posts)
    threads = [(post.comments.get("thread", ""), post) for post in posts]
    return Index(
        _merged(((post.id, post) for post in posts), threads, ((post.source, post) for post in posts)),
        _merged(
            ((path, post) for post in posts for path in _paths(post.permalink, "")),
            ((path, post) for thread, post in threads for path in _paths(thread, base)),
            ((path, post) for post in posts for alias in post.aliases for path in _paths(alias, "")),
        ),
        _merged((_title(post.title), post) for post in posts),
        base,
    )


def match(discussion: Discussion, posts: Index) -> Post | None:
    """The post that a discussion belongs to: by its keys, the surest first; by its title where nothing else fits."""
    return find(discussion.keys, posts) or next(
        (post for title in (discussion.title, *discussion.keys) if (post := posts.titles.get(_title(title)))), None
    )


def find(keys: Sequence[str], posts: Index) -> Post | None:
    """The post that one of some names means: an id, a thread, a path, an address. The first that fits wins."""
    for key in keys:
        if post := posts.names.get(key.strip()):
            return post
        for path in _paths(key, posts.base):
            if post := posts.paths.get(path):
                return post
    return None


def _merged(*ranks: Iterable[tuple[str, Post]]) -> dict[str, Post | None]:
    """Name -> post, the ranks in order; a name that two posts of one rank share names neither."""
    found: dict[str, Post | None] = {}
    for rank in ranks:
        here: dict[str, Post | None] = {}
        for name, post in rank:
            if name:
                here[name] = post if here.get(name, post) is post else None
        found = here | found
    return found


def _paths(text: str, base: str) -> Iterator[str]:
    """What a path or an address may be meant as, the likeliest first.

    >>> list(_paths("https://www.example.com/2026/a/index.html?utm=x#comments", ""))
    ['2026/a']
    """
    text = text.strip()
    if not text:
        return
    whole = bool(_SCHEME.match(text))
    try:
        path = urlsplit(text).path if whole else text.partition("#")[0].partition("?")[0]
    except ValueError:  # half an address: http://[x
        return
    first, _, rest = path.partition("/")
    for path in [path] if whole or not _HOST.fullmatch(first) else [path, rest]:
        reduced = _reduced(path)
        below = _reduced(base) + "/"
        if base and reduced.startswith(below):
            yield reduced[len(below) :]
        if reduced:
            yield reduced


def _reduced(path: str) -> str:
    """A path without what servers and browsers add to it."""
    plain = unicodedata.normalize("NFC", unquote(path))
    plain = re.sub(r"/+", "/", plain).lstrip("/")
    return _INDEX.sub("", plain).rstrip("/")


def _title(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
