"""Owns the parts of the page that says who to ask: the desk of each topic. Must not know how templates look."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from newsroom.dates import in_words
from newsroom.language import joined, say
from newsroom.model import Person, digest, digest_of
from newsroom.render import structured
from newsroom.render.parts import Items, Part, Parts, Tools, covered, head
from newsroom.site import Site
from newsroom.standing import available, day, pause
from newsroom.views import Face, Link, Tag


class Voice(NamedTuple):
    """Somebody who can be asked."""

    face: Face
    about: str
    """What to ask her, in a sentence; "" where she did not say."""
    away: str
    """That she is away or answers nobody, and until when; "" where she is here."""
    link: Link | None
    """The block on her own page, or while she is not here on that of who answers meanwhile; None is nobody."""


class Desk(NamedTuple):
    """A topic, and whom to ask about it, in order."""

    tag: Tag
    summary: str
    voices: tuple[Voice, ...]


def ask(site: Site, _: str) -> Parts:
    """The parts of /ask/."""
    keys = sorted(site.topics, key=lambda key: (site.tags[key].name.casefold(), key))
    asked = [key for key in keys if site.voices[key]]
    named = {face.key for key in asked for face in site.voices[key]}
    others = sorted(
        (face for face in site.faces.values() if face.key not in named and face.state != "left"),
        key=lambda face: (face.name.casefold(), face.key),
    )
    mute = [site.tags[key] for key in keys if site.topics[key].people and not site.voices[key]]

    def desks(tools: Tools) -> Items:
        return Items(
            tuple(
                Desk(site.tags[key], tools.content(site.topics[key].source).lead, voices(site, site.voices[key]))
                for key in asked
            )
        )

    made_of = [site.tags[key].digest + site.topics[key].content + _made_of(site, site.voices[key]) for key in asked]
    return {
        "desks": Part(digest("".join(made_of)), desks),
        "others": Part(_made_of(site, others), lambda _: Items(voices(site, others))),
        "mute": Part(digest("".join([tag.digest for tag in mute])), Items(tuple(mute))),
        "head": covered(
            lambda t: head(
                t.info,
                "ask",
                "",
                "/ask/",
                say(t.info.language, "menu.ask"),
                facts=structured.listing.plain(t.info, "", "/ask/", say(t.info.language, "menu.ask"), "ContactPage"),
            )
        ),
    }


def voices(site: Site, faces: Iterable[Face]) -> tuple[Voice, ...]:
    """People as somebody who looks for the right one needs to see them."""
    return tuple(
        Voice(
            face, _about(person, site.info.language), _away(person, site.moment, site.info.language), _link(site, face)
        )
        for face in faces
        if (person := site.people[face.key])
    )


def _link(site: Site, face: Face) -> Link | None:
    """To herself while she answers; else to the first of those who answer in her place, and are here."""
    if not available(site.people[face.key], site.moment):
        found = site.contact((face.key,)).people
        face = next((other for other in found if available(site.people[other.key], site.moment)), None)
    return Link(say(site.info.language, "block.talk", names=face.short_name), f"{face.href}#contact") if face else None


def _made_of(site: Site, faces: Iterable[Face]) -> str:
    shown = voices(site, faces)
    return digest_of([(voice.face.digest, voice.about, voice.away, tuple(voice.link or ())) for voice in shown])


def _about(person: Person, language: str) -> str:
    what = joined(language, "and", person.ask_me_about) if person.ask_me_about else ""
    return say(language, "person.ask", name=person.short_name, what=what) if what else ""


def _away(person: Person, moment: datetime, language: str) -> str:
    away, paused = person.status["state"] == "away", pause(person, moment)
    back = day(person.status.get("until") if away else paused)
    if not away and not paused:
        return ""
    key = "ask.away" if away else "ask.paused"
    return say(language, f"{key}_until", date=in_words(back.isoformat(), language)) if back else say(language, key)
