"""Owns what feeds say beside posts: that one was corrected, that a person has left. Pure; never speaks in a person's name."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom import dates, standing
from newsroom.assemble import wording
from newsroom.followed import Note
from newsroom.language import say
from newsroom.model import Person, Post, digest_of
from newsroom.site import Site
from newsroom.views import Face


def corrections(site: Site) -> tuple[Note, ...]:
    """The newest corrections of all posts, as many as a feed holds: one note each, newest first.

    Its identity is the post's, the day, and which of that day it is: whatever its words become.
    """
    found = []
    for post in site.posts:
        counted: dict[str, int] = {}
        for item in post.details.get("corrections", ()):
            counted[item["date"]] = n = counted.get(item["date"], 0) + 1
            found.append((item["date"], post.time, post.source, n, post, item))
    found.sort(key=lambda row: row[:4], reverse=True)
    return tuple(_correction(site, post, item, n) for _, _, _, n, post, item in found[: site.config.feeds.items])


def _correction(site: Site, post: Post, item: dict, n: int) -> Note:
    day = dates.parse(item["date"][:10], site.config.timezone)
    language = post.language or site.info.language
    # on the day of the post itself, the correction came after it
    date = post.date if day.timestamp() < post.time else day.isoformat()
    title = say(language, f"feeds.{item.get('kind') or 'correction'}", title=post.title)
    by = site.faces.get(item.get("by", "")) or _itself(site)  # a key that nobody has is told as a problem
    return _note(f"{post.id} correction {item['date']} {n}", title, item["text"], post.title, post.permalink,
                 "#corrections", date, by, language)  # fmt: skip


def farewell(site: Site, key: str, identity: str) -> tuple[Note, ...]:
    """The last entry of the feeds of somebody who has left: who answers now. Updated when a successor has left too.

    Of the day when she left. Where nobody said, of the last post that she signed alone: those with others still come.
    """
    person, face = site.people[key], site.faces[key]
    if face.state != "left":
        return ()
    since, posts = person.status.get("on"), site.by_author.get(key)
    if not since and not posts:  # no day is known, and nothing was ever in the feed
        return ()
    alone = [post.date for post in posts or () if len(post.authors) == 1]
    date = _at(since, site) if since else (alone or [posts[-1].date])[0]
    later = [stamp for on in _departures(person, site) if (stamp := _at(on, site)) > date]
    owner = standing.owner(person, site.people, site.moment)
    here = owner is not None and standing.available(owner, site.moment)
    language = site.info.language
    title = (
        say(language, "feeds.left_now", name=person.name, owner=owner.name)
        if here
        else say(language, "feeds.left", name=person.name)
    )
    words = wording.left(person, site.people, site.moment, full=True, language=language)
    made = _note(identity, title, words, person.name, face.permalink, "", date, _itself(site), site.info.language)
    if not later:
        return (made,)
    return (made._replace(updated=max(later), digest=digest_of(made.digest, max(later))),)


def _departures(person: Person, site: Site) -> Iterator[str]:
    """The days on which she left, and her successors: as far as they have, and somebody said when."""
    seen: set[str] = set()
    while person.key not in seen and standing.state(person, site.moment) == "left":
        seen.add(person.key)
        if on := person.status.get("on"):
            yield on
        person = site.people.get(person.status.get("successor") or "", person)


def _at(day: str, site: Site) -> str:
    return dates.parse(day[:10], site.config.timezone).isoformat()


def _itself(site: Site) -> Face:
    """The newsroom, where nobody is known to have said it."""
    name = site.info.title
    return Face("", name, name, "", "", "", None, f"{site.info.base}/", "/", "", "", 0, "")


def _note(identity, title, words, label, permalink, fragment, date, by, language) -> Note:
    made = digest_of(identity, title, words, label, permalink, fragment, date, by.name, by.digest, language)
    return Note(identity, title, words, label, permalink, fragment, date, by, language, made)
