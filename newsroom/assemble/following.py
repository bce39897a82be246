"""Owns what can be followed: the site, each person, topic and kind of post, as Feeds. Pure; must not know how feeds are written."""

from __future__ import annotations

from collections.abc import Sequence

from newsroom.model import Post, digest, digest_of
from newsroom.site import LISTED, Site
from newsroom.views import Face, Feed


def follow(site: Site) -> dict[str, Feed]:
    """Every feed by the permalink of its folder."""
    title = site.info.title
    made = [_feed(site, "site", "", title, site.info.description, "/", site.posts)]
    for key, person in site.people.items():
        what = f"Posts by {person.name}"
        made.append(
            _feed(
                site,
                "people",
                key,
                f"{person.name} · {title}",
                what,
                f"/people/{key}/",
                site.by_author.get(key, ()),
                (site.faces[key],),
            )
        )
    for key, topic in site.topics.items():
        what = f"Posts on {topic.name}"
        made.append(
            _feed(site, "topics", key, f"{topic.name} · {title}", what, f"/topics/{key}/", site.by_topic.get(key, ()))
        )
    for kind, heading in LISTED.items():
        if site.by_kind.get(kind):
            made.append(
                _feed(site, "kinds", kind, f"{heading} · {title}", heading, f"/{heading.lower()}/", site.by_kind[kind])
            )
    return {feed.permalink: feed for feed in made}


def _feed(
    site: Site,
    family: str,
    key: str,
    title: str,
    says: str,
    permalink: str,
    posts: Sequence[Post],
    who: tuple[Face, ...] = (),
) -> Feed:
    shown = tuple(posts)[: site.config.feeds.items]
    made_of = (
        "".join([entry_digest(site, post) for post in shown])
        + "".join(face.digest for face in who)
        + digest_of(title, says, permalink, [post.id for post in shown])
    )
    # two newsrooms may both have a Maya: their feeds are told apart by a name that outlives a move, or by the address
    identity = f"{site.config.feeds.id or site.config.url.partition('://')[2]} {family} {key}"
    return Feed(identity, title, says, permalink, permalink, who, shown, digest(made_of))


def entry_digest(site: Site, post: Post) -> str:
    """Digest of everything a feed shows of a post."""
    return post.meta + post.content + site.cards[post.source].digest + site.refs[post.source].digest
