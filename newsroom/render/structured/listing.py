"""Owns what pages that list tell: which posts or people, in which order, and where the page stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from newsroom.permalinks import encoded
from newsroom.render.structured.things import absolute, identity, told, trail, written
from newsroom.views import Card, Face, SiteInfo

MOST = 30
"""Items that are told one by one: as many as a listing shows with their summaries."""


def posts(
    info: SiteInfo, section: str, path: str, name: str, cards: Sequence[Card], kind: str = "CollectionPage"
) -> str:
    """Of a page that lists posts, below `section` of the menu."""
    items = [{"url": absolute(info, card.href)} for card in cards[:MOST]]
    return written(*_page(info, section, path, name, kind, items, len(cards)))


def people(info: SiteInfo, path: str, name: str, faces: Iterable[Face]) -> str:
    """Of the page of everybody who writes here."""
    items = [{"item": identity(info, face)} for face in faces]
    return written(*_page(info, "people", path, name, "CollectionPage", items, len(items)))


def topics(info: SiteInfo, path: str, name: str, found: Iterable[tuple[str, str]]) -> str:
    """Of the page of all topics: (name, address) each."""
    items = [{"name": words, "url": absolute(info, href)} for words, href in found]
    return written(*_page(info, "topics", path, name, "CollectionPage", items, len(items)))


def plain(info: SiteInfo, section: str, path: str, name: str, kind: str = "WebPage") -> str:
    """Of a page that lists nothing: https://schema.org/WebPage, or one of its kinds."""
    return written(*_page(info, section, path, name, kind, [], 0))


def _page(
    info: SiteInfo, section: str, path: str, name: str, kind: str, items: list[dict[str, Any]], count: int
) -> tuple[dict[str, Any], ...]:
    listed = {
        "@type": "ItemList",
        "numberOfItems": count,
        "itemListElement": [{"@type": "ListItem", "position": n, **item} for n, item in enumerate(items, 1)],
    }
    address = info.url + encoded(path)
    page = {
        "@type": kind,
        "@id": address,
        "name": name,
        "url": address,
        "inLanguage": info.language,
        "isPartOf": {"@id": f"{info.url}/#site"},
        "mainEntity": listed if items else None,
    }
    return told(page), trail(info, section, path, name)
