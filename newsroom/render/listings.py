"""Owns the parts of pages that list: home, posts, kinds, years, corrections. Must not know how templates look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsroom.language import say
from newsroom.model import NOTHING, Post, digest, digest_of
from newsroom.render import structured
from newsroom.render.parts import (
    NONE,
    Items,
    Links,
    Part,
    Parts,
    Subject,
    cards,
    covered,
    current,
    faces,
    feed_links,
    following,
    head,
    joined,
    link,
    listing,
    of,
    text,
    with_face,
)  # fmt: skip
from newsroom.site import LISTED, Site, mentioned
from newsroom.views import Card, Head, Link, Listing


class Open(NamedTuple):
    """A statement that is still open."""

    card: Card
    next_update: str
    """RFC 3339, or "" where what was promised did not come."""


class Section(NamedTuple):
    """Posts of a kind or on a topic, on the front page."""

    listing: Listing
    more: Link
    """To all of them."""


def home(site: Site, _: str) -> Parts:
    shown, cards = site.front_page, site.cards
    return {
        "lead": of(cards[shown.lead] if shown.lead else None),
        "pinned": listing(say(site.info.language, "home.chosen"), (cards[source] for source in shown.pinned)),
        "listing": listing(say(site.info.language, "home.newest"), (cards[source] for source in shown.newest)),
        "sections": _sections(site),
        "statements": _statements(site),
        "people": faces(current(site)[:24]),
        "head": covered(lambda t: head(t.info, "home", "home", "/", facts=structured.home(site))),
    }


def _statements(site: Site) -> Part:
    found = tuple(Open(site.cards[p.source], p.details.get("next_update", "")) for p in site.statements)
    return Part(digest("".join(one.card.digest + digest(one.next_update) for one in found)), Items(found))


def _sections(site: Site) -> Part:
    """What stands below the newest voices; a kind and a topic have a page of their own to lead to."""
    found, base, language = [], site.info.base, site.info.language
    for title, kind, topic, sources in site.front_page.sections:
        listed = LISTED.get(kind, "Posts").lower()
        heading = say(language, f"kinds.{listed}") if kind else site.tags[topic].name
        href = site.tags[topic].href if topic else f"{base}/{listed}/"
        more = say(language, f"kinds.all_{listed}") if kind else say(language, "kinds.all_topic", topic=heading)
        some = listing(title or heading, (site.cards[source] for source in sources)).value
        found.append(Section(some, Link(more, href)))
    made = "".join(one.listing.digest + digest_of(*one.more) for one in found)
    return Part(digest(made), Items(tuple(found)))


def pages_of_posts(site: Site) -> Iterator[Subject]:
    yield "/posts/", "", ""
    for n in range(1, len(site.shelves[1]) + 1):
        yield f"/posts/page/{n}/", str(n), ""


def posts(site: Site, number: str) -> Parts:
    front, pages = site.shelves
    shown = pages[int(number) - 1] if number else front
    older = (int(number) - 1 if number else len(pages)) or 0
    return {
        "listing": listing(_posts(site, number), cards(site, shown)),
        "intro": text(""),
        "older": link(
            say(site.info.language, "listing.older"), f"{site.info.base}/posts/page/{older}/" if older else ""
        ),
        # a numbered page is never the newest for long: it points to its newer neighbour only once that is full
        "newer": link(say(site.info.language, "listing.newer"), _newer(site, number, len(pages))),
        "feeds": following("/"),
        "head": covered(lambda t: _head(site, f"/posts/page/{number}/" if number else "/posts/", _posts(site), shown)),
    }


def _posts(site: Site, number: str = "") -> str:
    language = site.info.language
    return say(language, "listing.page", number=number) if number else say(language, "kinds.all_posts")


def _newer(site: Site, number: str, full: int) -> str:
    if not number:
        return ""
    return f"{site.info.base}/posts/page/{int(number) + 1}/" if int(number) < full else f"{site.info.base}/posts/"


def by_kind(site: Site) -> Iterator[Subject]:
    for kind, heading in LISTED.items():
        if site.by_kind.get(kind):
            yield f"/{heading.lower()}/", kind, ""


def kind(site: Site, kind: str) -> Parts:
    listed, language = LISTED[kind].lower(), site.info.language
    heading, intro = say(language, f"kinds.{listed}"), say(language, f"kinds.intro_{kind}")
    return _one_listing(site, heading, site.by_kind[kind], f"/{listed}/", feed=True, intro=intro)


def _one_listing(site: Site, heading: str, posts: Sequence[Post], permalink: str, feed: bool, intro: str = "") -> Parts:
    return {
        "listing": listing(heading, cards(site, posts)),
        "intro": text(intro), "older": NONE, "newer": NONE,
        "feeds": following(permalink) if feed else Part(NOTHING, Links(())),
        "head": covered(lambda t: _head(site, permalink, heading, posts, feed)),
    }  # fmt: skip


def _head(site: Site, permalink: str, heading: str, posts: Sequence[Post], feed: bool = False) -> Head:
    info = site.info
    facts = structured.listing.posts(info, "posts", permalink, heading, cards(site, posts))
    return head(
        info, "listing", "posts", permalink, heading, facts=facts,
        feeds=feed_links(info, permalink, heading) if feed else (),
    )  # fmt: skip


class CorrectionItem(NamedTuple):
    """A post that was corrected."""

    card: Card
    corrections: tuple[dict, ...]


def corrections(site: Site, _: str) -> Parts:
    found = [
        (CorrectionItem(site.cards[p.source], tuple(with_face(c, site.faces) for c in p.details["corrections"])), p)
        for p in site.posts if "corrections" in p.details
    ]  # fmt: skip
    title = say(site.info.language, "corrections.title")
    found.sort(key=lambda pair: max(c["date"] for c in pair[0].corrections), reverse=True)
    named = joined(site.faces[key] for _, post in found for key in dict.fromkeys(mentioned(post)))
    made = digest("".join(item.card.digest + post.meta for item, post in found) + named)
    return {
        "entries": Part(made, Items(tuple(item for item, _ in found))),
        "feeds": following("/corrections/"),
        "head": covered(lambda t: head(t.info, "corrections", "", "/corrections/", title,
                                       facts=structured.listing.posts(t.info, "", "/corrections/", title, [item.card for item, _ in found]),
                                       feeds=feed_links(t.info, "/corrections/", title))),
    }  # fmt: skip


def nowhere(site: Site, _: str) -> Parts:
    return {
        "people": faces(current(site)[:6]),
        "head": covered(
            lambda t: head(t.info, "404", "", "/404.html", say(t.info.language, "nowhere.head"), noindex=True)
        ),
    }
