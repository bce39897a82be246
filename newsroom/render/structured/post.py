"""Owns what a post's page tells of it: who says what, when; what a release hands out, what an answer answers."""

from __future__ import annotations

from typing import Any

from newsroom.language import say
from newsroom.model import Post
from newsroom.permalinks import encoded
from newsroom.render.entries import updated
from newsroom.render.structured.organisation import organisation
from newsroom.render.structured.things import absolute, identity, told, trail, written
from newsroom.site import Site
from newsroom.states import retraction
from newsroom.views import Card

SAID_AS = {"release": "NewsArticle", "statement": "NewsArticle"}
"""Kind of post -> its type; every other is a BlogPosting: somebody speaks for herself."""


def post(site: Site, post: Post, card: Card, words: int = 0) -> str:
    """Of a post's page; `words` is how many its text has, 0 where nobody counted."""
    info, address, said = site.info, site.info.url + encoded(post.permalink), site.talks.get(post.source)
    changed = updated(post)
    article = {
        "@type": SAID_AS.get(post.kind, "BlogPosting"),
        "headline": say(info.language, "post.retracted_title", title=post.title)
        if card.mark == "retracted"
        else post.title,
        "description": post.summary,
        "image": absolute(info, card.image.src) if card.image else "",
        "datePublished": post.date,
        "dateModified": changed if changed != post.date else "",
        "author": [identity(info, face) for face in card.authors],
        "publisher": organisation(site),
        "inLanguage": post.language or info.language,
        "wordCount": words or None,
        "keywords": [tag.name for tag in card.topics],
        "mainEntityOfPage": address,
        "commentCount": sum(not one.gone for one in said.said) if said and said.said else None,
        "correction": [_correction(site, item) for item in post.details.get("corrections", ())],
        "creativeWorkStatus": "Retracted" if card.mark == "retracted" else "",
        **_handed_out(site, post, address),
    }
    asked = [_question(site, post, card)] if post.details.get("question") else []
    return written(article, *asked, trail(info, "posts", post.permalink, post.title))


def _handed_out(site: Site, post: Post, address: str) -> dict[str, Any]:
    """What a release gives to journalists: where and when, pictures with their terms, quotes with their speakers."""
    if post.kind != "release" or retraction(post, site.moment):
        return {}
    info, details, files = site.info, post.details, site.refs[post.source].files
    media = [
        {
            "@type": "ImageObject" if best.pixels[0] else "MediaObject",
            "contentUrl": absolute(info, best.href),
            "thumbnailUrl": absolute(info, files[item["file"]].href) if item.get("high") else "",
            "name": item.get("caption"),
            "description": item.get("alt"),
            "creditText": item.get("credit"),
            "license": item["licence"] if item.get("licence", "").startswith("https://") else "",
            "copyrightNotice": item.get("licence"),
            "width": best.pixels[0] or None,
            "height": best.pixels[1] or None,
        }
        for item in details.get("media", ())
        if item["file"] in files and (best := files.get(item.get("high") or item["file"]))
    ]
    quotes = [
        {"@type": "Quotation", "text": quote["text"], "creator": _speaker(site, quote)}
        for quote in details.get("quotes", ())
    ]
    return {
        "dateline": details.get("dateline"),
        "associatedMedia": [told(item) for item in media],
        "mentions": quotes,
        "encoding": {
            "@type": "MediaObject",
            "encodingFormat": "text/plain",
            "contentUrl": f"{address}{encoded(post.slug)}.txt",
        },
    }


def _speaker(site: Site, quote: dict[str, Any]) -> dict[str, Any]:
    """Whose words: one of ours, or somebody of whom no more is known than what stands beside the words."""
    if face := site.faces.get(quote.get("by", "")):
        return identity(site.info, face)
    return told({"@type": "Person", "name": quote.get("name"), "jobTitle": quote.get("role")})


def _correction(site: Site, item: dict[str, Any]) -> dict[str, Any]:
    by = site.faces.get(item.get("by", ""))
    said = {"@type": "CorrectionComment", "text": item["text"], "datePublished": item["date"]}
    return said | ({"author": identity(site.info, by)} if by else {})


def _question(site: Site, post: Post, card: Card) -> dict[str, Any]:
    """What a reader asked, and the short answer: as https://schema.org/QAPage has one question and its answer."""
    address, asked_by = site.info.url + encoded(post.permalink), post.details.get("asked_by")
    answer = {
        "@type": "Answer",
        "text": post.summary,
        "url": address,
        "datePublished": post.date,
        "author": [identity(site.info, face) for face in card.authors],
    }
    question = {
        "@type": "Question",
        "name": post.details["question"],
        "text": post.details["question"],
        "author": {"@type": "Person", "name": asked_by} if asked_by else None,
        "answerCount": 1,
        "acceptedAnswer": told(answer),
    }
    return {"@type": "QAPage", "@id": f"{address}#question", "mainEntity": told(question)}
