"""Owns the files of feeds: which there are, what each is made of, how it is put together of entries that are made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from newsroom.followed import Feed
from newsroom.model import Output, Post, digest, digest_of
from newsroom.render import feed_aliases, feed_archive, feeds
from newsroom.render.entries import changed, noted
from newsroom.render.feed_head import archived
from newsroom.render.feed_talk import marked, open_at
from newsroom.render.feeds import Format
from newsroom.render.parts import Tools
from newsroom.site import Site

KINDS = ("feed", feed_archive.KIND, feed_aliases.KIND)
"""Kinds of output that carry entries."""


def outputs(site: Site) -> Iterator[Output]:
    """The three files of every feed."""
    for permalink, feed in site.feeds.items():
        made_of = digest(feed.digest + site.info.digest)
        for row in feeds.FORMATS:
            yield Output(permalink[1:] + row.file, "feed", permalink, made_of)


def at(output: Output, site: Site) -> tuple[Feed, Format]:
    """The feed that an output is a file of, and in which format."""
    if output.kind == feed_aliases.KIND:
        folder, _, name = output.subject.rpartition("/")
        return site.feeds[f"{folder}/"], next(row for row in feeds.FORMATS if row.file == name)
    if output.kind == feed_archive.KIND:
        feed = feed_archive.document(site, output.subject)
        return feed, next(row for row in feeds.FORMATS if output.path.endswith(archived(row.file, feed.number)))
    name = output.path.rpartition("/")[2]
    return site.feeds[output.subject], next(row for row in feeds.FORMATS if row.file == name)


def posts(output: Output, site: Site) -> Sequence[Post]:
    """The posts whose entries an output carries."""
    return at(output, site)[0].posts if output.kind in KINDS else ()


def write(output: Output, site: Site, tools: Tools) -> bytes:
    """One file of a feed, live, archived, or at an old address."""
    feed, row = at(output, site)
    tell = (lambda source: open_at(source, site)) if feed.number else tools.told
    entries = [
        (post.time, marked(tools.entry(post.source)[row.name], row.name, tell(post.source))) for post in feed.posts
    ]
    for note in feed.notes:
        entry = noted(note, site.info)
        entries.append((datetime.fromisoformat(note.date).timestamp(), feeds.written(entry, site.info)[row.name]))
    entries.sort(key=lambda pair: -pair[0])  # stable: posts of one moment stay in their order
    named = feed._replace(id=feeds.entry_id(feed.id))
    newest = changed(feed.posts, feed.notes)
    return row.write(named, [made for _, made in entries], newest, site.info, site.config.feeds.hub)


def opml_outputs(site: Site) -> Iterator[Output]:
    """The list of everything that can be followed."""
    listed = digest_of([feed[:5] for feed in site.feeds.values() if feed.listed])
    yield Output("follow.opml", "opml", "", digest(listed + site.info.digest))


def write_opml(output: Output, site: Site, tools: Tools) -> bytes:
    """That list as OPML."""
    return feeds.opml(site.info.title, [feed for feed in site.feeds.values() if feed.listed], site.info)
