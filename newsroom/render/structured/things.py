"""Owns how things are written as JSON-LD in the words of schema.org, and what pages of every kind say: who, and where they stand."""

from __future__ import annotations

import json
import re
from typing import Any

from newsroom.permalinks import encoded
from newsroom.views import Face, SiteInfo


def absolute(info: SiteInfo, href: str) -> str:
    """An address that stands ready for an attribute, whole."""
    return info.url.removesuffix(info.base) + href if href.startswith("/") else href


def written(*things: dict[str, Any]) -> str:
    """Things as the text of a script element, "" without any. No `<` stands in it, so nothing in it can end the element or open another.

    >>> written({"@type": "Person", "name": "</script>", "image": ""})
    '{"@context":"https://schema.org","@type":"Person","name":"\\\\u003c/script>"}'
    """
    shown = [told(thing) for thing in things if thing]
    if not shown:
        return ""
    whole = {"@context": "https://schema.org", **(shown[0] if len(shown) == 1 else {"@graph": shown})}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def told(thing: dict[str, Any]) -> dict[str, Any]:
    """A thing without what nobody said of it."""
    return {name: value for name, value in thing.items() if value not in ("", None, (), [])}


def trail(info: SiteInfo, section: str, path: str, name: str) -> dict[str, Any]:
    """Where a page stands: below which section of the menu; {} where it is one itself, for one step is no trail."""
    label = next((link.label for link in info.menu if link.rel == section), "")
    steps = [(label, f"{info.url}/{section}/"), (name, info.url + encoded(path))]
    steps = [step for step in steps if step[0]]
    if len({address for _, address in steps}) < 2:
        return {}
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": words, "item": address}
            for n, (words, address) in enumerate(steps, 1)
        ],
    }


def identity(info: SiteInfo, face: Face) -> dict[str, Any]:
    """A person where somebody else's page names her: the same identity everywhere, her name and nothing beside it."""
    page = encoded(face.permalink)
    return {"@type": "Person", "@id": f"{info.main}{page}#me", "name": face.name, "url": info.url + page}


def sentence(text: str) -> str:
    """The first sentence of a paragraph: an abbreviation at its beginning does not end it."""
    found = re.match(r".{20,}?[.!?…。](?=\s|$)", " ".join(text.split()))
    return found[0] if found else " ".join(text.split())
