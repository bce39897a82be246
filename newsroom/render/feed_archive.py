"""Owns archived documents (RFC 5005, section 4): all that a feed ever carried, in documents that new posts leave alone.

They are numbered from the oldest and always full. The newest of them gets a link to its successor once there is one.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsroom.followed import Feed
from newsroom.model import Output, digest, digest_of
from newsroom.render import feeds
from newsroom.render.feed_head import archived
from newsroom.site import Site

KIND = "feed-archive"


def outputs(site: Site) -> Iterator[Output]:
    """Every archived document in every format; none without the setting."""
    for permalink, feed in site.feeds.items():
        who = [face.digest for face in feed.authors]
        said = digest_of(feed.title, feed.description, permalink, who) + site.info.digest
        for number in range(1, feed.archives + 1):
            subject = f"{permalink} {number}"
            posts = document(site, subject).posts
            entries = "".join([site.entry(post) for post in posts])
            ids = digest_of([post.id for post in posts], number, number == feed.archives)
            made = digest(said + ids + entries)
            for row in feeds.FORMATS:
                yield Output(permalink[1:] + archived(row.file, number), KIND, subject, made)


def document(site: Site, subject: str) -> Feed:
    """One archived document as a feed; the subject is the feed's permalink and the number."""
    permalink, _, number = subject.rpartition(" ")
    feed, size, n = site.feeds[permalink], site.config.feeds.items, int(number)
    end = len(feed.every) - (n - 1) * size
    return feed._replace(posts=tuple(feed.every[end - size : end]), notes=(), number=n)
