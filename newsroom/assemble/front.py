"""Owns the front page: what editors put there in content/front.md, then the newest voices. Pure.

What is not public is passed over as if it had not been named: the next takes its place, and nothing tells a reader.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from newsroom.dates import moment_in_words
from newsroom.errors import Problem, did_you_mean, problem
from newsroom.model import NOTHING, Front, Post
from newsroom.site import FrontPage

NEWEST, SECTION = 10, 3
"""Posts among the newest voices, and in a section, where nobody says how many."""

AHEAD = 200
"""So many posts are looked through for another voice: behind more of one person's there is no news."""


def named(
    edited: Front | None, posts: Iterable[Post], topics: Collection[str], url: str
) -> tuple[dict[str, str], list[Problem]]:
    """(a post as content/front.md names it -> its source, what it names and nobody knows). `posts` are all there are."""
    if edited is None:
        return {}, []
    known, found, problems = _known(posts), {}, []
    for at, name in _wanted(edited):
        plain = name.removeprefix(url).removeprefix("content/posts/") or "/"
        if source := known.get(plain) or known.get(f"{plain}/"):
            found[name] = source
        else:
            hint = did_you_mean(plain, known, "Write its path below content/posts/, or its address.")
            problems.append(problem("unknown-post", f'unknown post "{name}"', edited.source, at, hint))
    for n, section in enumerate(edited.sections):
        if (topic := section.get("topic")) and topic not in topics:
            hint = did_you_mean(topic, topics, "Topics are defined in content/topics/.")
            problems.append(
                problem("unknown-topic", f'unknown topic "{topic}"', edited.source, ("sections", n, "topic"), hint)
            )
    return found, problems


def _wanted(edited: Front) -> Iterator[tuple[tuple, str]]:
    """(place in the file, post as it is named) each."""
    if edited.lead:
        yield ("lead",), edited.lead
    for n, pin in enumerate(edited.pinned):
        yield ("pinned", n, "post"), pin["post"]


def _known(posts: Iterable[Post]) -> dict[str, str]:
    """Whatever a post may be called -> its source: `2026/a.md`, `2026/a`, `/2026/a/`, `b/index`."""
    found: dict[str, str] = {}
    for post in posts:
        path = post.source.removeprefix("content/posts/")
        short = path.removesuffix(".md")
        found |= dict.fromkeys((post.permalink, path, short, short.removesuffix("/index")), post.source)
    return found


def ends(edited: Front | None) -> Iterator[int]:
    """When pinned posts are over, in seconds since 1970."""
    for pin in edited.pinned if edited else ():
        if pin.get("until"):
            yield _seconds(pin["until"])


def _seconds(stamp: str) -> int:
    return int(datetime.fromisoformat(stamp).timestamp())


def arranged(
    edited: Front | None, names: Mapping[str, str], posts: Sequence[Post], statements: Collection[Post],
    hidden: Mapping[str, str], moment: datetime,
) -> FrontPage:  # fmt: skip
    """The front page at a moment. `posts` are public, newest first; open `statements` have a place of their own there.

    `names` is what `named` found, `hidden` says of unpublished sources why. A retracted post neither leads nor is pinned.
    """
    public = {post.source: post for post in posts}
    absent, chosen = [], []
    for at, name in _wanted(edited) if edited else ():
        source, pin = names.get(name, ""), edited.pinned[at[1]] if len(at) > 1 else {}
        if why := _why_not(source, pin, public, hidden, moment):
            absent.append((at, name, why))
        elif source in chosen:
            absent.append((at, name, "is named twice"))
        else:
            chosen.append(source)
    shown = set(chosen) | {post.source for post in statements}
    newest = [post for post in posts if post.source not in shown]
    leads = bool(edited and edited.lead)
    first = [public[source] for source in chosen[:1]] if leads else []
    voices = _newest(newest, first, NEWEST if edited is None else edited.newest)
    order = [chosen, voices] if leads else [voices, chosen]
    lead = next((some.pop(0) for some in order if some), "")
    shown |= {lead, *voices}
    return FrontPage(lead, tuple(chosen), tuple(voices), tuple(_sections(edited, posts, shown)), tuple(absent))


def _why_not(source: str, pin: Mapping, public: Mapping[str, Post], hidden: Mapping[str, str], moment: datetime) -> str:
    """Why the page passes over a post, in words; "" where it does not."""
    if pin.get("until") and _seconds(pin["until"]) <= moment.timestamp():
        zone = str(moment.tzinfo)
        return f"was pinned until {moment_in_words(pin['until'], zone)}"
    if source not in public:
        return hidden.get(source, "is not public")
    return "" if _may_lead(public[source]) else "was retracted"


def _may_lead(post: Post) -> bool:
    """A post that was retracted has nothing to say but that."""
    return post.content != NOTHING


def _newest(posts: Sequence[Post], before: Sequence[Post], count: int) -> list[str]:
    """The newest voices, by source: nobody twice in a row while there is somebody else. `before` them one may lead."""
    waiting, shown = list(posts), list(before)
    size = count + len(before)
    while waiting and len(shown) < size:
        pool = waiting[:AHEAD]
        if not shown:  # the first leads
            pool = [post for post in pool if _may_lead(post)] or pool
        last = shown[-1].authors if shown else ()
        apart = (post for post in pool if not set(post.authors).intersection(last))
        other = (post for post in pool if post.authors[:1] != last[:1])
        pick = next(apart, None) or next(other, pool[0])
        waiting.remove(pick)
        shown.append(pick)
    return [post.source for post in shown[len(before) :]]


def _sections(edited: Front | None, posts: Sequence[Post], shown: set[str]) -> Iterator[tuple]:
    """What stands below the newest voices: posts of a kind or on a topic that are not on the page yet."""
    for section in edited.sections if edited else ():
        kind, topic = section.get("kind", ""), section.get("topic", "")
        size, found = section.get("posts", SECTION), []
        for post in posts:
            if len(found) == size:
                break
            if post.source not in shown and (post.kind == kind or topic in post.topics):
                found.append(post.source)
        shown.update(found)
        if found:
            yield section.get("title", ""), kind, topic, tuple(found)
