"""Owns the parts of a post's page. Must not know how templates look."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom import providers
from newsroom.channels import about
from newsroom.model import NOTHING, Post, digest
from newsroom.permalinks import encoded
from newsroom.render import conversation, letter, release, structured
from newsroom.render.entries import RETRACTED
from newsroom.render.parts import Part, Parts, Subject, Text, body, covered, feed_links, head, locale, of, with_face
from newsroom.render.words import join_names
from newsroom.site import Site, mentioned
from newsroom.views import Card, Contact, Face, Head, SiteInfo


def each_post(site: Site) -> Iterator[Subject]:
    for post in site.posts:
        yield post.permalink, post.source, post.source


def post(site: Site, source: str) -> Parts:
    post, index = site.lookup[source]
    card = site.cards[source]
    refs = site.refs[source]
    named = (
        [site.faces[key].digest for key in dict.fromkeys((*mentioned(post), *site.press(post)))] if post.details else ()
    )
    older, newer = site.posts[index + 1 : index + 2], site.posts[max(0, index - 1) : index]
    keys = site.asked(post)
    asked = (keys, post.language, post.details.get("answers"))
    credited = structured.creator(site, post.authors)
    return {
        "post": Part(digest("".join([post.meta, refs.digest, *named, "\0", post.id])), lambda _: _named(post, site)),
        "card": of(card),
        "body": body(site, source, post.content),
        "contact": Part(site.standing(*asked), lambda t: _contact(site.contact(*asked), post, t.info)),
        "form": letter.part(site, keys, post.permalink, post.title, f"Re: {post.title}", language=post.language),
        "thread": covered(lambda t: providers.thread(_comments(site, post), _options(site, post), post, t.info, site.config.comments.load)),
        "conversation": conversation.part(site, source),
        "answers": conversation.answers(site, source),
        "release": release.part(site, post),
        "previous": of(site.cards[older[0].source] if older else None),
        "next": of(site.cards[newer[0].source] if newer else None),
        "signed": covered(lambda _: Text(_signed(post, site.faces))),
        "head": Part(digest(credited) if credited else NOTHING, lambda t: _head(site, post, card, credited)),
    }  # fmt: skip


def _head(site: Site, post: Post, card: Card, credited: str) -> Head:
    info = site.info
    title = RETRACTED.format(post.title) if card.mark == "retracted" else post.title
    own = [link for face in card.authors for link in feed_links(info, face.permalink, face.name)]
    return head(
        info, "post", "posts", post.permalink, title, post.summary, own, card.image,
        locale=locale(post.language or info.language), published=post.date, updated=post.updated, creator=credited, facts=structured.post(site, post, card),
        writers=tuple(info.url + encoded(face.permalink) for face in card.authors),
    )  # fmt: skip


def _contact(contact: Contact, post: Post, info: SiteInfo) -> Contact:
    """Who answers, the letters to them about this post."""
    return contact._replace(actions=about(contact.actions, f"Re: {post.title}", info.url + encoded(post.permalink)))


def _comments(site: Site, post: Post) -> dict:
    settings = site.config.comments
    return {"provider": settings.provider, "open": settings.open, **post.comments}


def _options(site: Site, post: Post) -> dict:
    return site.config.comments.options.get(_comments(site, post)["provider"], {})


def _named(post: Post, site: Site) -> Post:
    """The post with a face beside every key of a person, and an address for every file, in its details."""
    if not post.details:  # most posts
        return post
    details = dict(post.details)
    for part in ("corrections", "help", "quotes"):
        if part in details:
            details[part] = tuple(with_face(item, site.faces) for item in details[part])
    if "contacts" in details:
        details["contacts"] = tuple(site.faces[key] for key in site.press(post))
    if "media" in details:
        files = site.refs[post.source].files
        details["media"] = tuple(
            {**item, **{part: files[item[part]].href for part in ("file", "high") if item.get(part) in files}, "pixels": files[item["file"]].pixels}
            for item in details["media"] if item["file"] in files
        )  # fmt: skip
    return post._replace(details=details)


HELP_WORDS = {
    "written": "Written with", "edited": "Edited by", "translated": "Translated by", "interviewed": "Interviewed by",
    "machine-drafted": "A machine wrote a draft", "machine-edited": "A machine edited it", "machine-translated": "Translated by a machine",
}  # fmt: skip


def _signed(post: Post, known: dict[str, Face]) -> str:
    """How the words came about: "Their own words. Edited by Lena Brandt." Only what was declared is said."""
    said = []
    if post.details.get("signed_off") and set(post.details["signed_off"]) >= set(post.authors):
        said.append("Their own words." if len(post.authors) > 1 else "In the author’s own words.")
    for item in post.details.get("help", ()):
        by = known[item["by"]].name if item.get("by") else ""
        words = HELP_WORDS.get(item["how"], item["how"].capitalize())
        if words.endswith((" by", " with")):
            words = f"{words} {by}" if by else words.rsplit(" ", 1)[0]
        elif by:
            words = f"{words}, for {by}"
        said.append(words + (f" ({item['note']})." if item.get("note") else "."))
    if readers := [known[key].name for key in post.details.get("reviewed_by", {})]:
        said.append(f"Read before publication by {join_names(readers)}.")
    return " ".join(said)
