"""Owns what every page may know of the site. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from newsroom.channels import action
from newsroom.language import say, theirs
from newsroom.model import Library, Person, digest_of
from newsroom.permalinks import encoded
from newsroom.press import has_room
from newsroom.settings import Config
from newsroom.views import Link, SiteInfo


def about(
    settings: Config,
    library: Library,
    assets: Mapping[str, str],
    options: Mapping[str, Any],
    cards: tuple[str, ...] = (),
) -> SiteInfo:
    """The site's name and address, its menu and foot; `assets`, `options` and `cards` are the theme's."""
    base, words = settings.base, partial(say, settings.language)
    sections = [
        ("posts", True),
        ("people", library.people),
        ("topics", library.topics),
        ("press", has_room(settings, library.press)),
        ("follow", True),
    ]
    menu = tuple(Link(words(f"menu.{name}"), f"{base}/{name}/", name) for name, there in sections if there)
    if settings.search.engine:
        menu = (*menu, Link(words("search.title"), f"{base}/search/", "search"))
    foot = tuple(
        Link(page.title, base + page.permalink)
        for page in library.pages
        if page.menu and not page.draft and page.slug != "promises"
    )
    foot = (*foot, *([Link(words("menu.ask"), f"{base}/ask/")] if library.people else []))
    foot = (*foot, Link(words("menu.promises"), f"{base}/promises/"))
    foot = (
        *foot,
        Link(words("menu.corrections"), f"{base}/corrections/"),
        Link(words("menu.archive"), f"{base}/archive/"),
    )
    company = {
        "name": settings.company.name or settings.title,
        "url": settings.company.url,
        "boilerplate": settings.company.boilerplate,
        "logo": _logo(settings, library),
    }
    detours = _detours(settings, library)
    fields = (
        settings.title, settings.url, base, settings.language, settings.timezone, settings.description, company,
        menu, foot, dict(assets), dict(options),
    )  # fmt: skip
    return SiteInfo(
        *fields,
        digest_of(
            settings.digest,
            settings.main,
            theirs(),
            tuple(map(tuple, menu)),
            tuple(map(tuple, foot)),
            tuple(assets.items()),
            tuple(options.items()),
            company["logo"],
            tuple(detours.items()),
            cards if settings.cards.on else (),
        ),
        detours,
        settings.main or settings.url,
        cards if settings.cards.on else (),
    )


def _logo(settings: Config, library: Library) -> tuple[str, int, int] | tuple[()]:
    """(address, width, height in pixels) of the company's logo; () without one, or where its size is not known."""
    source = library.assets.get(f"content/{settings.company.logo}")
    if not source or not all(source.pixels):
        return ()
    base = urlsplit(settings.main or settings.url).path.rstrip("/")  # it is written once, for all languages
    return (f"{base}/logo.{source.path.rpartition('.')[2].lower()}", *source.pixels)


def _detours(settings: Config, library: Library) -> dict[str, str]:
    """Where contact.email is "form": every person's e-mail address -> her form, or her contact block where there is none.

    Of everybody, whatever she agreed to and whether she is here: their addresses are in no output. A Mastodon account
    that she agreed to show is there too, with an @ before it: spelled like an address, it stays what it is.
    """
    if settings.contact.email != "form":
        return {}
    place = "write" if settings.contact.service else "contact"
    found: dict[str, str] = {}
    for person in library.people:
        local, _, domain = person.contact.get("email", "").strip().lower().rpartition("@")
        for host in (domain, _ascii(domain)) if local else ():
            found.setdefault(f"{local}@{host}", f"{settings.url}{encoded(f'/people/{person.key}/')}#{place}")
        if handle := _handle(person):
            found[handle] = f"{settings.url}{encoded(f'/people/{person.key}/')}#contact"
    return found


def _handle(person: Person) -> str:
    """`@maya@social.example`, or ""."""
    account = person.contact.get("mastodon", "") if person.consent.get("mastodon") is not False else ""
    way = action("mastodon", account, person, "form") if account else None
    return way.text.lower() if way else ""


def _ascii(domain: str) -> str:
    """As a link writes it."""
    try:
        return domain.encode("idna").decode()
    except UnicodeError:  # then the address is refused elsewhere
        return domain
