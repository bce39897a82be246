"""Owns what a person's page tells of her: who she is, her profiles elsewhere, how to reach her, whom Mastodon credits."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from newsroom.channels import CHANNELS, action
from newsroom.model import Person
from newsroom.permalinks import encoded
from newsroom.render.structured.organisation import organisation
from newsroom.render.structured.things import absolute, identity, sentence, told, trail, written
from newsroom.site import Site
from newsroom.views import Action, Card, Contact, Face


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
        "mainEntity": told(me),
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
    return told(
        {
            "@type": "ContactPoint",
            "contactType": "author",
            "url": f"{site.info.url}{encoded(f'/people/{person.key}/')}#contact",
            "availableLanguage": list(person.answers.get("languages") or person.languages),
            "email": said.get("email"),
            "telephone": said.get("phone"),
        }
    )
