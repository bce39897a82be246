"""Owns what is said of who stands behind a newsroom: the company, the site, how it works."""

from __future__ import annotations

from typing import Any

from newsroom.language import say
from newsroom.permalinks import encoded
from newsroom.render.structured.things import told, written
from newsroom.site import Site
from newsroom.views import SiteInfo


def organisation(site: Site) -> dict[str, Any]:
    """The company, under one identity on every page."""
    info, company = site.info, site.config.company
    return told(
        {
            "@type": "Organization",
            "@id": f"{info.main}/#org",
            "name": info.company["name"],
            "url": company.url or f"{info.url}/",
            "logo": info.main + encoded("/" + logo(site)) if logo(site) else "",
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
        "publisher": {"@id": f"{info.main}/#org"},
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
        "name": say(info.language, "menu.promises"),
        "about": {"@id": f"{info.main}/#org"},
        "inLanguage": info.language,
    }
    return written({**organisation(site), **policies(info)}, page)
