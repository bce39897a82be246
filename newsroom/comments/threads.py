"""Owns asking for one thread after another: what fails for one does not lose the others. Must not know any service."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from newsroom.comments.fetch import Fetch, Missing
from newsroom.comments.formats.values import Unreadable, few
from newsroom.comments.records import Discussion

BATCH = 50
"""How many threads are counted by one request: their names must fit into an address."""


class Wanted(NamedTuple):
    """A thread to pull."""

    key: str
    """What names it at the service: what providers.thread() gives as `data-thread`."""
    url: str
    """The post's own address."""
    title: str
    source: str = ""
    """The post's file, for messages."""


def each(
    threads: Sequence[Wanted],
    fetch: Fetch,
    ask: Callable[[Wanted], Discussion],
    counts: Callable[[Sequence[Wanted]], Mapping[str, int]] | None = None,
) -> Iterator[Discussion]:
    """One Discussion for each thread that could be asked, its keys beginning with the thread's own.

    `counts` says how many comments are in some threads: those with none need not be asked. A thread it says nothing
    about is asked. What stops `counts` stops everything: it is also the first sign that the address is right.
    """
    for start in range(0, len(threads), BATCH):
        some = threads[start : start + BATCH]
        with for_all(fetch):
            known = counts(some) if counts else {}
        for wanted in some:
            if known.get(wanted.key) == 0:
                yield named(wanted)
            elif (found := _one(wanted, fetch, ask)) is not None:
                yield found


def named(wanted: Wanted, found: Discussion | None = None) -> Discussion:
    """What was found, or nothing, under the names of the thread."""
    keys = (wanted.key, wanted.url, *(found.keys if found else ()))
    title, comments = (found.title, found.comments) if found else ("", ())  # what was skipped has been told
    return Discussion(tuple(dict.fromkeys(filter(None, keys))), title or wanted.title, comments)


def cut(wanted: Wanted, fetch: Fetch, why: str, hint: str) -> None:
    """Note that a thread is not whole: what is missing in it may still be at the service."""
    fetch.partial.add(wanted.key)
    fetch.warn("thread-partial", f'the thread "{wanted.key}" is not whole: {why}', wanted.source, hint)


@contextmanager
def for_all(fetch: Fetch) -> Iterator[None]:
    """What fails in here concerns all threads."""
    try:
        yield
    except Missing as missing:
        raise fetch.failed(missing.says, "check the service's settings in site.toml, its address first") from None
    except Unreadable as error:
        hint = "see whether the address leads to the service, and to a version of it that newsroom knows"
        raise fetch.failed(f"the service gave what newsroom cannot read: {error}", hint) from None


def server(options: Mapping[str, Any], fetch: Fetch, default: str = "") -> str:
    """The address of the service, without a final slash."""
    if not (url := options.get("url") or default):
        raise fetch.failed("the comment service has no url", "give its address: url, below the service in site.toml")
    return url.rstrip("/")


def _one(wanted: Wanted, fetch: Fetch, ask: Callable[[Wanted], Discussion]) -> Discussion | None:
    try:
        found = ask(wanted)
        if found.skipped:
            _skip(wanted, fetch, found.skipped)
        return named(wanted, found)
    except Missing as missing:
        why, hint = missing.says, missing.hint
    except Unreadable as error:
        why, hint = f"the service gave what newsroom cannot read: {error}", "pull again later, or report it as a bug"
    fetch.warn("thread-skipped", f'skipped the thread "{wanted.key}": {why}', wanted.source, hint)
    return None


def _skip(wanted: Wanted, fetch: Fetch, skipped: Sequence[str]) -> None:
    """Note which comments cannot be read: they may be archived already, so the thread is not whole."""
    fetch.partial.add(wanted.key)
    message = f'left out of the thread "{wanted.key}" what newsroom cannot read: {few(skipped)}'
    hint = "see to it at the service, or report it as a bug; the archive keeps what it has of this thread"
    fetch.warn("comment-skipped", message, wanted.source, hint)
