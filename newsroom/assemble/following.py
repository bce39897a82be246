"""Owns what can be followed: the site, people, topics, kinds, corrections, as Feeds. Pure; must not know how feeds are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from newsroom.assemble.notes import corrections, farewell
from newsroom.followed import Feed, Note
from newsroom.language import say
from newsroom.model import NOTHING, Post, digest, digest_of
from newsroom.series import key_of, permalink
from newsroom.site import LISTED, Site
from newsroom.views import Face


def follow(site: Site) -> dict[str, Feed]:
    """Every feed by the permalink of its folder."""
    name, language = site.info.title, site.info.language
    made = [_feed(site, "site", "", name, site.info.description, "/", site.posts)]
    for key in site.people:
        made += _of_person(site, key)
    for key, topic in site.topics.items():
        posts, says = site.by_topic.get(key, ()), say(language, "topic.posts", topic=topic.name)
        made.append(_feed(site, "topics", key, f"{topic.name} · {name}", says, f"/topics/{key}/", posts))
    for key, found in site.series.items():
        says = say(language, "series.feed", series=found.name)
        made.append(
            _feed(site, "series", key, f"{found.name} · {name}", says, found.permalink, found.posts[::-1], listed=False)
        )
    for kind, listed in LISTED.items():
        if posts := site.by_kind.get(kind):
            heading = say(language, f"kinds.{listed.lower()}")
            made.append(_feed(site, "kinds", kind, f"{heading} · {name}", heading, f"/{listed.lower()}/", posts))
    title, says, noted = say(language, "corrections.title"), say(language, "channel.corrections"), corrections(site)
    made.append(_feed(site, "kinds", "corrections", f"{title} · {name}", says, "/corrections/", (), notes=noted))
    return {feed.permalink: feed for feed in made}


def _of_person(site: Site, key: str) -> Iterator[Feed]:
    """What one person wrote, and what she wrote on each topic that she keeps coming back to."""
    name, face, title = site.people[key].name, site.faces[key], site.info.title
    language = site.info.language
    last = farewell(site, key, f"{_newsroom(site)} people {key} left")
    rest = {"who": (face,), "notes": last, "over": face.state == "left"}
    posts = site.by_author.get(key, ())
    yield _feed(
        site,
        "people",
        key,
        f"{name} · {title}",
        say(language, "channel.posts_by", name=name),
        f"/people/{key}/",
        posts,
        **rest,
    )
    for topic in sorted({topic for post in posts for topic in post.topics if (key, topic) in site.by_both}):
        about = say(language, "person.on_topic", name=name, topic=site.topics[topic].name)
        posts, both_keys, permalink = site.by_both[key, topic], f"{key} topics {topic}", both(key, topic)
        says = say(language, "channel.posts_by", name=about)
        yield _feed(site, "people", both_keys, f"{about} · {title}", says, permalink, posts,
                    listed=False, **rest)  # fmt: skip


def both(person: str, topic: str) -> str:
    """The permalink of what one person writes on one topic."""
    return f"/people/{person}/topics/{topic}/"


def reworded(site: Site, edited: Mapping[str, Post]) -> dict[str, Feed]:
    """The feeds of a Site in which the texts of some posts (source -> post) were edited and nothing else."""
    feeds = dict(site.feeds)
    places = {place for post in edited.values() for place in _carrying(post)} & feeds.keys()
    for place in places:
        feed = feeds[place]
        shown = tuple([edited.get(post.source, post) for post in feed.posts])
        every = [edited.get(post.source, post) for post in feed.every]
        feeds[place] = _digested(site, feed._replace(posts=shown, every=every or ()))
    return feeds


def _carrying(post: Post) -> Iterator[str]:
    """Permalinks of the feeds that a post may be in."""
    yield "/"
    yield from (f"/topics/{topic}/" for topic in post.topics)
    yield permalink(key_of(post))
    for author in post.authors:
        yield f"/people/{author}/"
        yield from (both(author, topic) for topic in post.topics)
    if post.kind in LISTED:
        yield f"/{LISTED[post.kind].lower()}/"


def _newsroom(site: Site) -> str:
    """What the identities of feeds begin with.

    Two newsrooms may both have a Maya: their feeds are told apart by a name that outlives a move, or by the address.
    """
    return site.config.feeds.id or site.config.url.partition("://")[2]


def _feed(
    site: Site, family: str, key: str, title: str, says: str, permalink: str, posts: Sequence[Post],
    who: tuple[Face, ...] = (), notes: tuple[Note, ...] = (), listed: bool = True, over: bool = False,
) -> Feed:  # fmt: skip
    size = site.config.feeds.items
    archived = site.config.feeds.archive and listed
    identity = f"{_newsroom(site)} {family} {key}"
    feed = Feed(identity, title, says, permalink, permalink, who, tuple(posts[:size]), "", notes, listed, over)
    if archived and len(posts) > size:  # what is not full is in the feed itself still
        feed = feed._replace(every=posts, archives=(len(posts) - 1) // size)
    return _digested(site, feed)


def _digested(site: Site, feed: Feed) -> Feed:
    """The feed with the digest of everything that it shows."""
    said = [site.talks[post.source].digest if post.source in site.talks else NOTHING for post in feed.posts]
    ids, notes = [post.id for post in feed.posts], [note.digest for note in feed.notes]
    rest = digest_of(feed.title, feed.description, feed.permalink, ids, notes, feed.over, feed.archives)
    entries = [site.entry(post) for post in feed.posts]
    return feed._replace(digest=digest("".join([*entries, *said, *(face.digest for face in feed.authors), rest])))
