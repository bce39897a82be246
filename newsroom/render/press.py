"""Owns the parts of the press room and of its fact sheets, and the kit. Must not know how templates look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newsroom import press
from newsroom.channels import mailto
from newsroom.dates import in_words
from newsroom.language import say
from newsroom.model import NOTHING, Output, Sheet, digest_of
from newsroom.permalinks import encoded
from newsroom.render import lifted, structured
from newsroom.render.kit import FIRST, File, packed, pictures
from newsroom.render.lifted import Download, Picture
from newsroom.render.parts import NONE, Body, Part, Parts, Subject, Tools, body, cards, covered, head, listing
from newsroom.render.plain import plain, ruled
from newsroom.render.release import lookout
from newsroom.render.release_text import person
from newsroom.site import Site
from newsroom.views import Action, Contact, Head, Link

LATEST = 5
"""Releases in the room; the others are one click away."""


class Room(NamedTuple):
    """What a journalist finds in the press room beside its text."""

    title: str
    contacts: tuple[Contact, ...]
    about: str
    boilerplate: Body | None
    logos: tuple[Picture, ...]
    sheets: tuple[tuple[Link, str, str], ...]
    """Fact sheets, each with a sentence and the day its figures are of, or ""; newest first."""
    coverage: tuple[dict, ...]
    """date, outlet, title, url, language each, newest first."""
    kit: Download
    releases: Link | None
    """All of them, where there are more than the latest."""


def has_room(site: Site) -> bool:
    """Whether the site has a press room."""
    return press.has_room(site.config, site.press_sheets)


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def room(site: Site, _: str) -> Parts:
    """The parts of /press/."""
    index, contacts, logos = press.room(site.press_sheets), _contacts(site), _logos(site)
    words, sheets, coverage = lifted.boilerplate(site), _sheets(site), _coverage(site)
    latest = site.by_kind.get("release", [])
    made = digest_of(
        index.meta if index else "", [c.digest for c in contacts], lifted.plain(logos), words.digest,
        [sheet.meta + sheet.content for sheet in sheets], list(map(dict, coverage)), _size(site), len(latest) > LATEST,
    )  # fmt: skip

    def make(tools: Tools) -> Room:
        base = site.info.base
        return Room(
            _title(index, site), _lettered(contacts, _title(None, site)), lifted.about(site),
            words.value(tools) if words.value else None, logos,
            tuple((Link(s.title, encoded(base + press.permalink(s))), s.summary, s.since) for s in sheets), coverage,
            Download(say(site.info.language, "press.kit"), encoded(f"{base}/{press.KIT}"), _size(site)),
            Link(say(site.info.language, "kinds.all_releases"), f"{base}/releases/") if len(latest) > LATEST else None,
        )  # fmt: skip

    return {
        "room": Part(made, make),
        "body": body(site, index.source, index.content) if index else NONE,
        "listing": listing(say(site.info.language, "press.latest"), cards(site, latest[:LATEST])),
        "head": covered(lambda t: _head(site, index, contacts, words, t)),
    }


def each_sheet(site: Site) -> Iterator[Subject]:
    for sheet in _sheets(site):
        yield press.permalink(sheet), sheet.source, sheet.source


def sheet(site: Site, source: str) -> Parts:
    """The parts of a fact sheet's page."""
    sheet = next(sheet for sheet in site.press_sheets if sheet.source == source)
    contacts, path = _contacts(site), press.permalink(sheet)
    facts = structured.written(structured.trail(site.info, "press", path, sheet.title))
    return {
        "page": Part(sheet.meta, sheet),
        "body": body(site, source, sheet.content),
        "contacts": Part(digest_of([c.digest for c in contacts]), _lettered(contacts, sheet.title)),
        "head": covered(lambda t: head(t.info, "sheet", "press", path, sheet.title, sheet.summary, facts=facts)),
    }


def _head(site: Site, index: Sheet | None, contacts: tuple[Contact, ...], words: Part, tools: Tools) -> Head:
    said = plain(lifted.shown(words, tools), site.info.url)
    points = [
        point | {"contactType": "press", "name": face.name}
        for contact in contacts
        for face in contact.people[:1]
        if (point := structured.reached(site, site.people[face.key], contact))
    ]
    company = structured.organisation(site) | {"description": said, "contactPoint": points}
    summary = index.summary if index else ""
    return head(
        tools.info, "press", "press", press.HOME, _title(index, site), summary or structured.sentence(said),
        facts=structured.written(company),
    )  # fmt: skip


def _title(index: Sheet | None, site: Site) -> str:
    return index.title if index and index.title else say(site.info.language, "press.title")


def _lettered(contacts: tuple[Contact, ...], subject: str) -> tuple[Contact, ...]:
    """The blocks, each letter with a subject."""

    def ways(contact: Contact) -> tuple[Action, ...]:
        return tuple(
            way._replace(href=mailto(way.text, subject)) if way.channel == "email" else way for way in contact.actions
        )

    return tuple(contact._replace(actions=ways(contact)) for contact in contacts)


# ── what the site has for it ─────────────────────────────────────────────────────────────────────────────────────────


def _contacts(site: Site) -> tuple[Contact, ...]:
    return lifted.asked(site, press.contacts(site.config, site.press_sheets))


def _logos(site: Site) -> tuple[Picture, ...]:
    index = press.room(site.press_sheets)
    return lifted.pictures(site, index.logos, site.refs[index.source]) if index else ()


def _sheets(site: Site) -> list[Sheet]:
    """Fact sheets, newest first; those of one day, or of none, by title."""
    named = sorted(
        filter(press.is_fact_sheet, site.press_sheets), key=lambda sheet: (sheet.title.casefold(), sheet.key)
    )
    return sorted(named, key=lambda sheet: sheet.since, reverse=True)


def _coverage(site: Site) -> tuple[dict, ...]:
    """What others wrote, newest first; what has not appeared yet waits for its day."""
    index, today = press.room(site.press_sheets), site.moment.date().isoformat()
    past = [item for item in (index.coverage if index else ()) if item["date"][:10] <= today]
    return tuple(sorted(past, key=lambda item: item["date"], reverse=True))


# ── the kit ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _size(site: Site) -> str:
    index = press.room(site.press_sheets)
    refs = site.refs[index.source].files if index else {}
    named = [item.get(part, "") for item in (index.logos if index else ()) for part in ("file", "high")]
    return lifted.size(lifted.weight(site, [refs[name] for name in named if name in refs]) + lifted.TEXTS)


def outputs(site: Site) -> Iterator[Output]:
    """The kit, where there is a room."""
    if has_room(site):
        yield Output(press.KIT, KIND, "", digest_of(site.info.digest, list(made_of(site).items())))


KIND = "press_kit"
"""The kind of output of the kit."""


def made_of(site: Site) -> dict[str, str]:
    """What the kit holds beside the site's own: name -> digest."""
    index = press.room(site.press_sheets)
    return {
        "contacts": digest_of([contact.digest for contact in _contacts(site)]),
        "boilerplate": digest_of(lifted.boilerplate(site).digest, [sheet.since for sheet in _dated(site)]),
        "logos": lifted.made_of(site, index.logos, site.refs[index.source]) if index else NOTHING,
        **{s.source: digest_of(s.meta, s.content, site.refs[s.source].digest) for s in _sheets(site)},
    }


def _dated(site: Site) -> list[Sheet]:
    """The boilerplate of today, which says of when the kit is."""
    sheet = press.boilerplate(site.press_sheets, site.moment.date().isoformat())
    return [sheet] if sheet else []


def write(output: Output, site: Site, tools: Tools) -> bytes:
    """The kit: contacts, boilerplate and fact sheets as text, logos in both resolutions."""
    look, address, language = lookout(site), site.info.url + press.HOME, site.info.language
    index, files = press.room(site.press_sheets), []
    texts = {"contacts.txt": "\n\n".join("\n".join(person(contact, address)) for contact in _contacts(site))}
    texts["boilerplate.txt"] = plain(lifted.shown(lifted.boilerplate(site), tools), address)
    for sheet in _sheets(site):
        where = site.info.url + encoded(press.permalink(sheet))
        words = plain(lifted.shown(body(site, sheet.source, sheet.content), tools), where)
        dated = [say(language, "press.as_of", date=in_words(sheet.since, language)), ""] if sheet.since else []
        texts[f"{sheet.key}.txt"] = "\n".join([*ruled(sheet.title, "="), "", *dated, words, "", where])
    files += [File(name, look(f"{text}\n", name)) for name, text in texts.items() if text.strip()]
    if index:
        files += pictures(index.logos, site.refs[index.source], tools.asset, "logos")
    since = next((sheet.since for sheet in _dated(site)), "")
    head = {
        "title": f"{site.info.company['name']}: press kit",
        "address": address,
        "publisher": site.info.company["name"],
    }
    return packed(files, head | ({"date": since} if since else {}), since or FIRST, look)
