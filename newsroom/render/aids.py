"""Owns what a post's page offers its reader beside the text: how old it is, and a letter to hand it on."""

from __future__ import annotations

from urllib.parse import quote

from newsroom.ages import age
from newsroom.language import joined, say
from newsroom.model import Post, digest_of
from newsroom.permalinks import encoded
from newsroom.render.parts import NONE, Part, covered
from newsroom.site import Site
from newsroom.views import Link


def grown_old(site: Site, post: Post) -> Part:
    """The post's Age on the day of the site's moment, where it is old. Whom to ask is what its contact block says."""
    found = age(post, site.config.posts.old_after, site.moment.date())
    return Part(digest_of(tuple(found)), found) if found else NONE


def letter(site: Site, post: Post) -> Part:
    """A link that opens the reader's own mail with a letter to a colleague: nobody's address, nothing to count by."""

    def make(_: object) -> Link:
        info, card = site.info, site.cards[post.source]
        names = joined(info.language, "and", [face.name for face in card.authors])
        body = "\r\n".join((post.title, f"{names}, {info.title}", "", info.url + encoded(post.permalink), ""))
        return Link(
            say(info.language, "reading.mail"), f"mailto:?subject={quote(post.title, '')}&body={quote(body, '')}"
        )

    return covered(make)
