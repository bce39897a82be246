"""Owns the parts of a post's page. Must not know how templates look."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom import providers
from newsroom.channels import about
from newsroom.language import joined, say, sentences
from newsroom.model import NOTHING, Post, digest
from newsroom.permalinks import encoded
from newsroom.render import aids, alongside, conversation, letter, release, social, structured
from newsroom.render.parts import (
    NONE,
    Part,
    Parts,
    Subject,
    Text,
    Tools,
    body,
    covered,
    feed_links,
    head,
    locale,
    of,
    with_face,
)  # fmt: skip
from newsroom.render.reading import UNPARTED, word_count
from newsroom.render.share import discovery, quoted, share
from newsroom.site import Site, mentioned
from newsroom.views import Card, Contact, Face, Head, Picture, SiteInfo


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
    credited, shown = structured.creator(site, post.authors), social.post_picture(site, post) or card.image
    named_in_head = credited + (shown.src if site.info.cards else "")
    return {
        "post": Part(digest("".join([post.meta, refs.digest, *named, "\0", post.id])), lambda _: _named(post, site)),
        "card": of(card),
        "body": body(site, source, post.content, post.language, _beside(post)),
        "contact": Part(site.standing(*asked), lambda t: _contact(site.contact(*asked), post, t.info)),
        "form": letter.part(site, keys, post.permalink, post.title, say(post.language or site.info.language, "post.about", title=post.title), language=post.language),
        "thread": covered(lambda t: providers.thread(_comments(site, post), _options(site, post), post, t.info, site.config.comments.load)),
        "conversation": conversation.part(site, source),
        "answers": conversation.answers(site, source),
        "release": release.part(site, post),
        "previous": of(site.cards[older[0].source] if older else None),
        "next": of(site.cards[newer[0].source] if newer else None),
        "related": alongside.related(site, source),
        "series": alongside.place(site, source),
        "share": NONE if card.mark == "retracted" else covered(
            lambda _: share(site, post.permalink, post.title, "post", bool(post.details.get("quotes")))
        ),
        "age": aids.grown_old(site, post),
        "colleague": aids.letter(site, post),
        "signed": covered(lambda _: Text(_signed(post, site.faces, site.info.language))),
        "head": Part(digest(named_in_head) if named_in_head else NOTHING, lambda t: _head(site, post, card, credited, shown, t)),
    }  # fmt: skip


def _head(site: Site, post: Post, card: Card, credited: str, shown: Picture | None, tools: Tools) -> Head:
    info, words = site.info, 0
    if card.mark != "retracted" and (post.language or info.language).partition("-")[0] not in UNPARTED:
        words = word_count(tools.content(post.source).prose)
    title = say(info.language, "post.retracted_title", title=post.title) if card.mark == "retracted" else post.title
    own = [link for face in card.authors for link in feed_links(info, face.permalink, face.name)]
    return head(
        info, "post", "posts", post.permalink, title, post.summary, own, shown,
        locale=locale(post.language or info.language), published=post.date, updated=post.updated, creator=credited, facts=structured.post(site, post, card, words),
        oembed=discovery(site, post.permalink), tags=tuple(tag.name for tag in card.topics), writers=tuple(info.url + encoded(face.permalink) for face in card.authors),
    )  # fmt: skip


def _contact(contact: Contact, post: Post, info: SiteInfo) -> Contact:
    """Who answers, the letters to them about this post."""
    return contact._replace(actions=about(contact.actions, say(post.language or info.language, "post.about", title=post.title), info.url + encoded(post.permalink)))


def _comments(site: Site, post: Post) -> dict:
    settings = site.config.comments
    return {"provider": settings.provider, "open": settings.open, **post.comments}


def _options(site: Site, post: Post) -> dict:
    return site.config.comments.options.get(_comments(site, post)["provider"], {})


def _beside(post: Post) -> str:
    """What is read with the text of a release or an answer: facts and quotes, a question and what came of it."""
    said = post.details
    if not said:
        return ""
    quotes = (quote["text"] for quote in said.get("quotes", ()))
    return " ".join((said.get("question", ""), *said.get("facts", ()), *quotes, *said.get("led_to", ())))


def _named(post: Post, site: Site) -> Post:
    """The post with a face beside every key of a person, and an address for every file, in its details."""
    if not post.details:  # most posts
        return post
    details = dict(post.details)
    for part in ("corrections", "help", "quotes"):
        if part in details:
            details[part] = tuple(with_face(item, site.faces) for item in details[part])
    if "quotes" in details:
        details["quotes"] = quoted(site.info, details["quotes"], post.permalink, post.title)
    if "contacts" in details:
        details["contacts"] = tuple(site.faces[key] for key in site.press(post))
    if "media" in details:
        files = site.refs[post.source].files
        details["media"] = tuple(
            {**item, **{part: files[item[part]].href for part in ("file", "high") if item.get(part) in files}, "pixels": files[item["file"]].pixels}
            for item in details["media"] if item["file"] in files
        )  # fmt: skip
    return post._replace(details=details)


def _signed(post: Post, known: dict[str, Face], language: str) -> str:
    """How the words came about: "Their own words. Edited by Lena Brandt." Only what was declared is said."""
    said = []
    if post.details.get("signed_off") and set(post.details["signed_off"]) >= set(post.authors):
        said.append(say(language, "signed.own_many" if len(post.authors) > 1 else "signed.own_one"))
    for item in post.details.get("help", ()):
        by = known[item["by"]].name if item.get("by") else ""
        how = f"signed.{item['how'].replace('-', '_')}"
        what = say(language, f"{how}_by", name=by) if by else say(language, how)
        note = item.get("note")
        said.append(
            say(language, "signed.said_note", what=what, note=note) if note else say(language, "signed.said", what=what)
        )
    if readers := [known[key].name for key in post.details.get("reviewed_by", {})]:
        said.append(say(language, "signed.readers", names=joined(language, "and", readers)))
    return sentences(language, said)
