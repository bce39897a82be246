"""Owns a person's card: vCard 3.0 for telephones (RFC 2426), 4.0 (RFC 6350), the QR code of a small one.

And the part of her page that offers them beside her calendar. Must not show what `site.people` does not have: what she
has not agreed to is taken out there. The one use of segno.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import NamedTuple

from newsroom import hours
from newsroom.channels import CHANNELS, action
from newsroom.language import say
from newsroom.model import Output, Person, digest, digest_of
from newsroom.permalinks import encoded
from newsroom.render import calendar, mail, pictures
from newsroom.render.feed_head import entry_id, picture_of
from newsroom.render.lines import structured, text, uri, written
from newsroom.render.parts import NONE, Part, Tools
from newsroom.site import Site
from newsroom.views import Link, SiteInfo

MEDIA = {"jpg": "jpeg", "jpeg": "jpeg", "png": "png", "webp": "webp", "svg": "svg+xml", "gif": "gif", "avif": "avif"}
"""Ending of a file -> its media type below `image/`."""

FAMILY_FIRST = ("hu", "ja", "ko", "vi", "zh")
"""Languages in which the family's name may stand first, also in Latin letters."""


# ── the files ────────────────────────────────────────────────────────────────────────────────────────────────────────


def outputs(site: Site) -> Iterator[Output]:
    """Two cards and a QR code for everybody. Whoever left keeps them, with name and page alone: no link breaks."""
    for key, person in site.people.items():
        said = digest(site.info.digest + person.meta)
        named = digest(said + site.faces[key].digest)
        made = {"qr": said, "4": named, "3": digest(named + _photo(site, person))}
        for name, kind in _files(key).items():
            yield Output(f"people/{key}/{name}", "card", f"{kind} {key}", made[kind], person.source)


def _files(key: str) -> dict[str, str]:
    """Name of a file -> what it is."""
    return {f"{key}.vcf": "3", f"{key}.v4.vcf": "4", "qr.svg": "qr"}


def write(output: Output, site: Site, tools: Tools) -> bytes:
    """One of the files."""
    kind, _, key = output.subject.partition(" ")
    person = site.people[key]
    if kind == "qr":
        # what a picture says cannot be looked through afterwards
        small = mail.governed(_small(site, person), "qr.vcf", site.config.contact.email, site.info.detours)
        return _qr(small, say(site.info.language, "card.whose", name=person.name))
    lines = [*_card(site, person, int(kind)), *_pictured(site, person, kind, tools)]
    return written(["BEGIN:VCARD", *lines, "END:VCARD"])


def _photo(site: Site, person: Person) -> str:
    """Digest of the photo, where there is one."""
    file = site.refs[person.source].files.get(person.photo["file"]) if person.photo else None
    return site.assets[file.asset].digest if file else ""


# ── what a card says ─────────────────────────────────────────────────────────────────────────────────────────────────


def _card(site: Site, person: Person, version: int) -> Iterator[str]:
    """The lines of a card, without its photo.

    No REV: nothing in the person's file says when she last changed, and a program that compares it would keep the old
    card.
    """
    info, page = site.info, _page(site.info, person)
    identity = site.config.feeds.id or site.config.url.partition("://")[2]
    yield from (f"VERSION:{version}.0", f"UID:{entry_id(f'{identity} person {person.key}')}")
    if version == 4:
        yield "KIND:individual"
    yield from _name(person, version)
    if person.status.get("state") != "left":
        yield f"ORG:{structured(*filter(None, (info.company['name'], person.team)))}"
        if person.role:
            yield f"TITLE:{text(person.role)}"
    yield f"URL:{uri(page)}"  # before her other pages: telephones show the first
    if person.status.get("state") != "left":
        yield from _ways(site, person, version)
        zone = person.timezone or (info.timezone if info.timezone != "UTC" else "")  # UTC is only what nobody set
        if zone:
            yield f"TZ:{zone}" if version == 4 else f"TZ;VALUE=text:{zone}"
        if version == 4:
            yield from (f"LANG;PREF={n}:{tag}" for n, tag in enumerate(person.languages, 1))
        if note := _note(site, person):
            yield f"NOTE:{text(note)}"
    file = next(name for name, kind in _files(person.key).items() if kind == str(version))
    yield f"SOURCE:{uri(page + encoded(file))}"


def _page(info: SiteInfo, person: Person) -> str:
    return info.url + encoded(f"/people/{person.key}/")


def _name(person: Person, version: int) -> Iterator[str]:
    """FN is the name. N takes it apart, which only two words allow, where no language of hers puts the family first.

    Every other name stays whole: telephones put the fields of N together again, and a whole name in one of them reads
    right, whatever it is made of. 4.0 can do without N.
    """
    yield f"FN:{text(person.name)}"
    words = person.name.split()
    spoken = {tag.partition("-")[0].lower() for tag in person.languages}
    if len(words) == 2 and person.name.isprintable() and not spoken & set(FAMILY_FIRST):
        yield f"N:{structured(words[1], words[0], '', '', '')}"
    elif version == 3:
        yield f"N:{structured(person.name, '', '', '', '')}"


def _ways(site: Site, person: Person, version: int) -> Iterator[str]:
    """The channels that she agreed to publish. Her e-mail only where the whole site shows addresses openly."""
    face = site.faces[person.key]
    for channel in CHANNELS:
        value = person.contact.get(channel)
        if not value or (channel == "email" and site.config.contact.email != "public"):
            continue
        way = action(channel, value, face, "public")
        if way is None or not way.href:
            continue
        if channel == "email":
            yield f"EMAIL;TYPE={'work' if version == 4 else 'INTERNET'}:{text(value)}"
        elif channel == "phone":
            yield (
                f"TEL;VALUE=uri;TYPE=work:{uri(way.href)}"
                if version == 4
                else f"TEL;TYPE=WORK,VOICE:{text(way.href.removeprefix('tel:'))}"
            )
        elif not CHANNELS[channel].me:
            yield f"URL:{uri(way.href)}"
        elif version == 4:
            yield f"SOCIALPROFILE;SERVICE-TYPE={channel}:{uri(way.href)}"  # RFC 9554, section 3.5
        else:
            yield f"X-SOCIALPROFILE;TYPE={channel}:{uri(way.href)}"


def _note(site: Site, person: Person) -> str:
    """Her own words, or what to ask her about; and where to find her."""
    said = [person.quote]
    if not person.quote and person.ask_me_about:
        said = [calendar.ask(person, site.info.language)]
    if place := person.contact.get("in_person"):
        said.append(place)
    return "\n".join(filter(None, said))


def _pictured(site: Site, person: Person, kind: str, tools: Tools) -> Iterator[str]:
    """The photo: its address; in 3.0 the photo itself, where a telephone can show it and it is small."""
    face = site.faces[person.key]
    if face.photo is None or not _photo(site, person):
        return
    address = uri(picture_of(face.photo, site.info.main))
    file = site.refs[person.source].files[person.photo["file"]]
    if kind == "4":
        media = MEDIA.get(file.asset.rpartition(".")[2].lower(), "")
        yield f"PHOTO{f';MEDIATYPE=image/{media}' if media else ''}:{address}"
        return
    small = pictures.in_a_card(site, person, tools)
    yield f"PHOTO;ENCODING=b;TYPE=JPEG:{base64.b64encode(small).decode()}" if small else f"PHOTO;VALUE=uri:{address}"


# ── the QR code ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _small(site: Site, person: Person) -> str:
    """A card of what somebody types first: a code of few dots is read from far away, and from a worn badge."""
    wanted = ("VERSION", "N", "FN", "ORG", "TITLE", "TEL", "EMAIL", "URL")
    page = f"URL:{uri(_page(site.info, person))}"
    lines = [line for line in _card(site, person, 3) if line.partition(":")[0].partition(";")[0] in wanted]
    lines = [line for line in lines if not line.startswith("URL:") or line == page]
    return "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""])


MOST = 1200
"""Octets in a code: the small dots of more are beyond many cameras. Then it holds the page's address alone."""


def _qr(card: str, title: str) -> bytes:
    """The code as SVG, black on white with its quiet zone, in every light and on paper.

    81 ms to import segno, once. The mask is given: to try all eight takes 26 ms, of which 22 for dots that look better.
    """
    import segno

    if len(card.encode()) > MOST:
        card = next(line for line in card.splitlines() if line.startswith("URL:")).removeprefix("URL:")
    code = segno.make_qr(card, error="m", boost_error=False, encoding="utf-8", mask=3)
    file = BytesIO()
    look = {"dark": "#000", "light": "#fff", "border": 4, "svgclass": None, "lineclass": None}
    code.save(file, kind="svg", title=title, xmldecl=False, omitsize=True, **look)
    return file.getvalue()


# ── on her page ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Date(NamedTuple):
    """A time at which she can be met."""

    stamp: str
    """RFC 3339, with the offset of that day."""
    text: str
    """`Tuesday 6 January, 15:00 (Berlin time)`."""


class Offer(NamedTuple):
    """Card and calendar, as a person's page offers them."""

    links: tuple[Link, ...]
    """`rel` says what: card, subscribe, calendar, card4."""
    qr: str
    """Address of the picture, ready for an attribute."""
    dates: tuple[Date, ...]
    """The next."""
    words: dict[str, str]
    """What stands around them, by the keys of the locales' [card]: next, title, qr, scan."""


def part(site: Site, key: str) -> Part:
    """What a person's page offers to take along; nothing of whoever left."""
    person, moment = site.people[key], site.moment
    if person.status.get("state") == "left":
        return NONE
    coming = hours.coming(person, site.config.timezone, moment, hours.SHOWN)
    dates = tuple(Date(at.start.isoformat(), hours.in_words(at.start, at.zone, site.info.language)) for at in coming)
    offered = calendar.offered(site, key)
    made = digest_of(key, person.short_name, offered, [tuple(date) for date in dates])
    return Part(
        made,
        lambda tools: Offer(
            tuple(_links(tools.info, person, offered)), _href(tools.info, key, "qr.svg"), dates,
            _words(tools.info.language, person, offered),
        ),
    )  # fmt: skip


def _words(language: str, person: Person, offered: bool) -> dict[str, str]:
    title = say(language, "card.both" if offered else "card.card")
    alt = say(language, "card.qr", name=person.name)
    return {"title": title, "qr": alt, **{key: say(language, f"card.{key}") for key in ("next", "scan")}}


def _links(info: SiteInfo, person: Person, offered: bool) -> Iterable[Link]:
    key, language = person.key, info.language
    yield Link(say(language, "card.save", name=person.short_name), _href(info, key, f"{key}.vcf"), "card")
    if offered:
        path = encoded(f"/people/{key}/{calendar.FILE}")
        yield Link(say(language, "card.subscribe"), f"webcal:{info.url.partition(':')[2]}{path}", "subscribe")
        yield Link(say(language, "card.calendar"), info.base + path, "calendar")
    yield Link(say(language, "card.card4"), _href(info, key, f"{key}.v4.vcf"), "card4")


def _href(info: SiteInfo, key: str, name: str) -> str:
    return encoded(f"{info.base}/people/{key}/{name}")
