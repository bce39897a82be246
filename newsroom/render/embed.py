"""Owns cards that other sites frame, `.../embed/`, and what tells them so: `.../oembed.json`, the code to be copied.

Of each post and each person. No script, no origin but the site's own, nothing that counts readers: docs/sharing.md.
oEmbed as https://oembed.com, 2.3.4.4 (type rich): static files cannot heed maxwidth, so the frame shrinks by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from newsroom.language import joined, say
from newsroom.model import Output, digest
from newsroom.permalinks import encoded, output_path
from newsroom.render.parts import NONE, Parts, Subject, Tools, cards, covered, head, listing, of
from newsroom.render.structured import absolute
from newsroom.site import Site
from newsroom.views import Picture, SiteInfo

FOLDER = "embed/"
"""Below the page that a card leads to."""
OEMBED = "oembed.json"
MEDIA = "application/json+oembed"
"""Of the link that leads there."""

WIDTH = 600
HEIGHT = {"post": 260, "person": 330}
"""CSS pixels of a frame; on narrow pages it becomes narrower."""
NEWEST = 3
"""Posts on a person's card."""


def each(site: Site) -> Iterator[Subject]:
    """Every card: its permalink, whose it is (a post's source, a person's key), the source to name."""
    if site.config.sharing.embeds:
        for permalink, subject, source in _shown(site):
            yield permalink + FOLDER, subject, source


def _shown(site: Site) -> Iterator[Subject]:
    for post in site.posts:
        yield post.permalink, post.source, post.source
    for key, person in site.people.items():
        yield f"/people/{key}/", key, person.source


def parts(site: Site, subject: str) -> Parts:
    """What a card is made of: of a post its card, of a person her face and newest posts."""
    if subject in site.lookup:
        post, card = site.lookup[subject][0], site.cards[subject]
        title = (
            say(site.info.language, "post.retracted_title", title=post.title)
            if card.mark == "retracted"
            else post.title
        )
        return {"card": of(card), "head": covered(lambda t: _head(t.info, post.permalink, title))}
    face, posts = site.faces[subject], site.by_author.get(subject, ())[:NEWEST]
    return {
        "card": NONE,
        "face": of(face),
        "listing": listing("", cards(site, posts)),
        "head": covered(lambda t: _head(t.info, face.permalink, face.name)),
    }


def _head(info: SiteInfo, permalink: str, title: str):
    """Of a card: nobody looks for it, the page itself is what counts."""
    return head(info, "embed", "", permalink, title, noindex=True)


# ── what leads there ─────────────────────────────────────────────────────────────────────────────────────────────────


def code(info: SiteInfo, permalink: str, title: str, kind: str) -> str:
    """The HTML that puts a card on another page; `kind` is a row of HEIGHT."""
    address = escape(info.url + encoded(permalink) + FOLDER)
    name = escape(f"{title} · {info.title}")
    return (
        f'<iframe src="{address}" title="{name}" width="{WIDTH}" height="{HEIGHT[kind]}" loading="lazy" '
        f'style="border:0;width:100%;max-width:{WIDTH}px"></iframe>'
    )


def outputs(site: Site) -> Iterator[Output]:
    """The JSON beside each post and person."""
    if not site.config.sharing.embeds:
        return
    made_with = site.info.digest
    for permalink, subject, source in _shown(site):
        shown = site.cards[subject] if subject in site.cards else site.faces[subject]
        path = output_path(permalink).removesuffix("index.html") + OEMBED
        yield Output(path, "oembed", subject, digest(made_with + shown.digest), source)


def write(output: Output, site: Site, tools: Tools) -> bytes:
    """One of them."""
    info = site.info
    if card := site.cards.get(output.subject):
        marked = card.mark == "retracted"
        title = say(info.language, "post.retracted_title", title=card.title) if marked else card.title
        author = joined(info.language, "and", [face.name for face in card.authors])
        page, image, kind, permalink = card.authors[0].permalink, card.image, "post", card.permalink
    else:
        face = site.faces[output.subject]
        title = author = face.name
        page, image, kind, permalink = face.permalink, face.photo, "person", face.permalink
    return oembed(info, permalink, title, author, page, image, kind)


def oembed(
    info: SiteInfo, permalink: str, title: str, author: str, page: str, image: Picture | None, kind: str
) -> bytes:
    """An answer of type rich. `page` is the permalink of the (first) author."""
    made = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "author_name": author,
        "author_url": info.url + encoded(page),
        "provider_name": info.title,
        "provider_url": f"{info.url}/",
        "html": code(info, permalink, title, kind),
        "width": WIDTH,
        "height": HEIGHT[kind],
    }
    if image and image.width and image.height:  # all three, or none (2.3.4)
        made |= {
            "thumbnail_url": absolute(info, image.src),
            "thumbnail_width": image.width,
            "thumbnail_height": image.height,
        }
    return json.dumps(made, ensure_ascii=False, indent=1).encode()
