"""Owns what pages tell machines of people and posts: JSON-LD in the words of schema.org, and who is to be credited.

Must not say more than the page shows: that is why the digests of the page's other parts cover it. Which properties: as
Google documents them for ProfilePage, Article, Organization and BreadcrumbList.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from newsroom.channels import CHANNELS, action
from newsroom.model import Person, Post
from newsroom.permalinks import encoded
from newsroom.render.entries import RETRACTED, updated
from newsroom.site import Site
from newsroom.states import retraction
from newsroom.views import Action, Card, Contact, Face, SiteInfo

SAID_AS = {"release": "NewsArticle", "statement": "NewsArticle"}
"""Kind of post -> its type; every other is a BlogPosting: somebody speaks for herself."""


def absolute(info: SiteInfo, href: str) -> str:
    """An address that stands ready for an attribute, whole."""
    return info.url.removesuffix(info.base) + href if href.startswith("/") else href


def written(*things: dict[str, Any]) -> str:
    """Things as the text of a script element. No `<` stands in it, so nothing in it can end the element or open another.

    >>> written({"@type": "Person", "name": "</script>", "image": ""})
    '{"@context":"https://schema.org","@type":"Person","name":"\\\\u003c/script>"}'
    """
    shown = [_said(thing) for thing in things]
    whole = {"@context": "https://schema.org", **(shown[0] if len(shown) == 1 else {"@graph": shown})}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _said(thing: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in thing.items() if value not in ("", None, (), [])}


# ── who stands behind it ─────────────────────────────────────────────────────────────────────────────────────────────


def organisation(site: Site) -> dict[str, Any]:
    """The company, under one identity on every page."""
    info, company = site.info, site.config.company
    return _said(
        {
            "@type": "Organization",
            "@id": f"{info.url}/#org",
            "name": info.company["name"],
            "url": company.url or f"{info.url}/",
            "logo": info.url + encoded("/" + logo(site)) if logo(site) else "",
            "sameAs": list(company.same_as),
            "publishingPrinciples": f"{info.url}{PROMISES}",
        }
    )


def logo(site: Site) -> str:
    """Where the company's logo is written: `logo.svg`; "" without one."""
    file = site.config.company.logo
    return f"logo.{file.rpartition('.')[2].lower()}" if file else ""


def home(site: Site) -> str:
    """Of the front page: the company and the newsroom."""
    info = site.info
    newsroom = {
        "@type": "WebSite",
        "@id": f"{info.url}/#site",
        "name": info.title,
        "url": f"{info.url}/",
        "description": info.description,
        "inLanguage": info.language,
        "publisher": {"@id": f"{info.url}/#org"},
    }
    return written({**organisation(site), "description": info.company["boilerplate"], **policies(info)}, newsroom)


PROMISES = "/promises/"
"""Where the newsroom says how it works."""

POLICIES = {
    "correctionsPolicy": "corrections", "actionableFeedbackPolicy": "answers", "ethicsPolicy": "never",
    "unnamedSourcesPolicy": "names",
}  # fmt: skip
"""Property of an Organization -> the section of that page which says it (https://schema.org/Organization)."""


def policies(info: SiteInfo) -> dict[str, str]:
    """Where the company says how it works, by the properties of an Organization."""
    return {name: f"{info.url}{PROMISES}#{section}" for name, section in POLICIES.items()}


def promises(site: Site) -> str:
    """Of the page that says it."""
    info = site.info
    page = {
        "@type": "WebPage",
        "@id": f"{info.url}{PROMISES}",
        "name": "Our promises",
        "about": {"@id": f"{info.url}/#org"},
        "inLanguage": info.language,
    }
    return written({**organisation(site), **policies(info)}, page)


def trail(info: SiteInfo, section: str, path: str, name: str) -> dict[str, Any]:
    """Where a page stands: below which section of the menu."""
    label = next((link.label for link in info.menu if link.rel == section), "")
    steps = [(label, f"{info.url}/{section}/"), (name, info.url + encoded(path))]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": words, "item": address}
            for n, (words, address) in enumerate([step for step in steps if step[0]], 1)
        ],
    }


def topic(info: SiteInfo, path: str, name: str) -> str:
    """Of a topic's page."""
    return written(trail(info, "topics", path, name))


# ── a person ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def identity(info: SiteInfo, face: Face) -> dict[str, Any]:
    """A person where somebody else's page names her: the same identity everywhere, her name and nothing beside it."""
    page = info.url + encoded(face.permalink)
    return {"@type": "Person", "@id": f"{page}#me", "name": face.name, "url": page}


def profiles(person: Person, face: Face) -> tuple[Action, ...]:
    """The profiles elsewhere that are hers by her own word; who has left has no channels any more."""
    claimed = [name for name in CHANNELS if CHANNELS[name].me and name in person.contact]
    return tuple(way for name in claimed if (way := action(name, person.contact[name], face, "form", own=True)))


@lru_cache(4096)  # each of her posts asks
def _account(value: str, face: Face) -> str:
    made = action("mastodon", value, face, "form")
    return made.text if made else ""


def account(person: Person, face: Face) -> str:
    """Her Mastodon account, `@maya@social.example`, or ""."""
    return _account(person.contact.get("mastodon", ""), face)


def creator(site: Site, keys: Iterable[str]) -> str:
    """Whom Mastodon credits with a page: the first of these people who has an account there, for it shows only one."""
    return next((found for key in keys if (found := account(site.people[key], site.faces[key]))), "")


def person(site: Site, key: str, contact: Contact, cards: tuple[Card, ...], bio: str) -> str:
    """Of a person's own page. `contact` is the page's block, `cards` her posts, `bio` her biography's first paragraph."""
    info, who, face = site.info, site.people[key], site.faces[key]
    here = face.state != "left"
    me = {
        **identity(info, face),
        "identifier": key,
        "alternateName": account(who, face) or (key if here else ""),
        "jobTitle": face.role,
        "worksFor": {name: organisation(site)[name] for name in ("@type", "@id", "name", "url")} if here else None,
        "image": absolute(info, face.photo.src) if face.photo else "",
        "description": face.quote or sentence(bio),
        "sameAs": [way.href for way in profiles(who, face)],
        "knowsLanguage": list(who.languages),
        "knowsAbout": [*(site.tags[topic].name for topic in who.topics), *who.ask_me_about],
        "agentInteractionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": "https://schema.org/WriteAction",
            "userInteractionCount": len(cards),
        },
        "contactPoint": reached(site, who, contact) if here else None,
    }
    page = {
        "@type": "ProfilePage",
        "@id": me["url"],
        "dateModified": max((card.date for card in cards[:1]), default=""),
        "mainEntity": _said(me),
    }
    return written(page, trail(info, "people", face.permalink, face.name))


def reached(site: Site, person: Person, contact: Contact) -> dict[str, Any] | None:
    """How to reach her: by the block on her page. None where she does not answer there herself.

    An address or a number stands here only where the site's contact.email is "public".
    """
    if [face.key for face in contact.people] != [person.key]:
        return None
    public = site.config.contact.email == "public"
    said = {way.channel: way.text for way in contact.actions if public and not way.hidden}
    return _said(
        {
            "@type": "ContactPoint",
            "contactType": "author",
            "url": f"{site.info.url}{encoded(f'/people/{person.key}/')}#contact",
            "availableLanguage": list(person.answers.get("languages") or person.languages),
            "email": said.get("email"),
            "telephone": said.get("phone"),
        }
    )


def sentence(text: str) -> str:
    """The first sentence of a paragraph: an abbreviation at its beginning does not end it."""
    found = re.match(r".{20,}?[.!?…。](?=\s|$)", " ".join(text.split()))
    return found[0] if found else " ".join(text.split())


# ── a post ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def post(site: Site, post: Post, card: Card) -> str:
    """Of a post's page."""
    info, address, said = site.info, site.info.url + encoded(post.permalink), site.talks.get(post.source)
    changed = updated(post)
    article = {
        "@type": SAID_AS.get(post.kind, "BlogPosting"),
        "headline": RETRACTED.format(post.title) if card.mark == "retracted" else post.title,
        "description": post.summary,
        "image": absolute(info, card.image.src) if card.image else "",
        "datePublished": post.date,
        "dateModified": changed if changed != post.date else "",
        "author": [identity(info, face) for face in card.authors],
        "publisher": organisation(site),
        "inLanguage": post.language or info.language,
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
        "associatedMedia": [_said(item) for item in media],
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
    return _said({"@type": "Person", "name": quote.get("name"), "jobTitle": quote.get("role")})


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
        "acceptedAnswer": _said(answer),
    }
    return {"@type": "QAPage", "@id": f"{address}#question", "mainEntity": _said(question)}
