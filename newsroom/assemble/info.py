"""Owns what every page may know of the site. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsroom.config import Config
from newsroom.model import Library, digest_of
from newsroom.views import Link, SiteInfo


def about(settings: Config, library: Library, assets: Mapping[str, str], options: Mapping[str, Any]) -> SiteInfo:
    """The site's name and address, its menu and foot; `assets` and `options` are the theme's."""
    base = settings.base
    sections = [
        ("posts", "Posts", True),
        ("people", "People", library.people),
        ("topics", "Topics", library.topics),
        ("follow", "Follow", True),
    ]
    menu = tuple(Link(label, f"{base}/{name}/", name) for name, label, there in sections if there)
    foot = tuple(Link(page.title, base + page.permalink) for page in library.pages if page.menu and not page.draft)
    foot = (*foot, Link("Corrections", f"{base}/corrections/"), Link("Archive", f"{base}/archive/"))
    company = {
        "name": settings.company.name or settings.title,
        "url": settings.company.url,
        "boilerplate": settings.company.boilerplate,
    }
    fields = (
        settings.title, settings.url, base, settings.language, settings.timezone, settings.description, company,
        menu, foot, dict(assets), dict(options),
    )  # fmt: skip
    return SiteInfo(
        *fields,
        digest_of(
            settings.digest,
            tuple(map(tuple, menu)),
            tuple(map(tuple, foot)),
            tuple(assets.items()),
            tuple(options.items()),
        ),
    )
