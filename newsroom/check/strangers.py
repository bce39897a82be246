"""Owns the rules about contact that reaches somebody else: mailboxes of nobody, of many, of another. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from newsroom.check.bodies import find, shown
from newsroom.check.phoniness import TAG
from newsroom.check.rule import Checked, Found
from newsroom.errors import Location
from newsroom.model import Person
from newsroom.permalinks import slugify
from newsroom.roles import is_role
from newsroom.site import Site
from newsroom.standing import state

SILENT = re.compile(
    r"(?:no|do[\W_]*not|dont|never)[\W_]*(?:reply|respond|answer)|(?:keine?|nicht)[\W_]*antwort(?:en)?", re.I
)
"""The beginning of an address that nobody reads."""
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
ASKED = re.compile(
    r"\b(?:write|mail|e-mail|email|contact|reach|ask|schreib\w*|mailen?|kontakt\w*|wenden?)\b[^.!?\n@]{0,30}\s[<(]?$",
    re.I,
)
"""Words before an address that send readers to it."""
MAILBOXES = frozenset(
    " hello hi hallo moin office mail post kontakt contact info inbox team welcome feedback enquiries"
    " inquiries questions service services kundenservice customerservice support help helpdesk hilfe sales"
    " vertrieb verkauf orders bestellung billing press presse media medien pressestelle pr news newsroom"
    " redaktion editor editorial kommunikation communications comms marketing social jobs careers career"
    " karriere bewerbung hr personal people admin administration webmaster sekretariat empfang reception"
    " verwaltung buero office zentrale general".split()
)
"""What stands before the @ of an address that belongs to no single person."""
LINK = re.compile(r'<a\b[^>]*\bhref="(mailto:|tel:|newsroom:)([^"]*)"[^>]*>(.*?)</a>', re.S)


# ── noreply ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def noreply(checked: Checked) -> Iterator[Found]:
    """Find places that send readers to an address where nobody reads. A person's own is refused when it is read."""
    hint = "give an address that somebody reads"
    for source in shown(checked):
        html = checked.content(source).html
        told = set()
        for address in _addresses(html):
            if is_silent(address) and address not in told:
                told.add(address)
                yield find(checked, source, address), f'"{address}" is given to readers, and nobody reads it', hint
    for person in checked.site.people.values():
        places = [
            (("answers", "not_for"), person.answers.get("not_for", "")),
            (("contact", "in_person"), person.contact.get("in_person", "")),
        ]
        places += [
            (("office_hours", n, "where"), hours.get("where", "")) for n, hours in enumerate(person.office_hours)
        ]
        for pointer, text in places:
            for found in ADDRESS.findall(text):
                if is_silent(found):
                    where = Location(person.source, pointer=pointer)
                    yield where, f'"{found}" is given to readers, and nobody reads it', hint
    endpoint = checked.site.config.contact.endpoint
    if is_silent(endpoint) and "@" in endpoint:
        where = Location("site.toml", pointer=("contact", "endpoint"))
        yield where, f'"{endpoint}" takes what readers write, and nobody reads it', hint


def is_silent(address: str) -> bool:
    """Whether nobody reads what comes to an address.

    >>> is_silent("no-reply@example.com"), is_silent("norbert@example.com")
    (True, False)
    """
    return SILENT.match(address.strip()) is not None


def _addresses(html: str) -> Iterator[str]:
    """Every address of a text that a reader is sent to: links, and plain ones after `write to`."""
    for scheme, target, _ in LINK.findall(html):
        if scheme == "mailto:":
            yield unquote(unescape(target)).partition("?")[0]
    plain = unescape(TAG.sub("", html)) if "@" in html else ""
    for found in ADDRESS.finditer(plain):
        if ASKED.search(plain, max(0, found.start() - 60), found.start()):
            yield found[0]


# ── shared-mailbox ───────────────────────────────────────────────────────────────────────────────────────────────────


def shared_mailbox(checked: Checked) -> Iterator[Found]:
    """Find mailboxes of many under one person's name, where nothing says who else reads them."""
    for person in _present(checked.site):
        address = person.contact.get("email", "")
        others = [key for key in person.answers.get("by", ()) if key != person.key]
        if address and not others and is_shared(address, person):
            hint = (
                f"give one that {person.short_name} alone reads, or say who does: answers: {{by: [{person.key}, KEY]}}"
            )
            where = Location(person.source, pointer=("contact", "email"))
            yield where, f'"{address}" is a mailbox of many, under the name of {person.name}', hint


def is_shared(address: str, person: Person) -> bool:
    """Whether an address is a role's: not `hello@maya-okafor.example`, which is hers."""
    local, _, domain = address.lower().partition("@")
    hers = {part for part in slugify(person.name).split("-") if len(part) > 2}
    words = [word for word in re.split(r"[\W_\d]+", local) if word]
    if not words or any(part in domain or part in local for part in hers):
        return False
    return words[0] in MAILBOXES or is_role(" ".join(words))


# ── strangers-link ───────────────────────────────────────────────────────────────────────────────────────────────────


class Way(NamedTuple):
    """What reaches a person, in a form that can be compared."""

    channel: str
    value: str


def strangers_link(checked: Checked) -> Iterator[Found]:
    """Find links under a person's name that reach another."""
    yield from _twice(checked.site)
    yield from _named(checked.site)
    yield from _labelled(checked)


def _twice(site: Site) -> Iterator[Found]:
    """The same address or number under two people, where neither says that the other answers."""
    first: dict[Way, Person] = {}
    for person in _present(site):
        for way, channel in _ways(person):
            other = first.setdefault(way, person)
            if (
                other is not person
                and not _known(person, other)
                and not (way.channel == "email" and is_shared(way.value, person))
            ):
                value = person.contact[channel]
                where = Location(person.source, pointer=("contact", channel))
                hint = _either(person, other)
                yield where, f'"{value}" is given under {other.name} too: one of them is not reached by it', hint


def _named(site: Site) -> Iterator[Found]:
    """An address or a booking page that bears another person's name."""
    names = {name: person for person in site.people.values() for name in _names(person)}
    for person in _present(site):
        for channel in ("email", "booking"):
            value = person.contact.get(channel, "")
            path = (
                urlsplit(value).path.rstrip("/").rpartition("/")[2] if channel == "booking" else value.partition("@")[0]
            )
            bears = slugify(path.replace(".", "-").replace("_", "-"))
            other = names.get(bears)
            if not value or other in (None, person) or bears in _names(person) or _known(person, other):
                continue
            if _way(channel, value) not in {way for way, _ in _ways(other)}:  # else it is told as given twice
                where = Location(person.source, pointer=("contact", channel))
                hint = _either(person, other)
                yield where, f'"{value}" under {person.name} bears the name of {other.name}', hint


def _either(person: Person, other: Person) -> str:
    return f"give {person.short_name} another, or say who answers: answers: {{by: [{person.key}, {other.key}]}}"


def _labelled(checked: Checked) -> Iterator[Found]:
    """A link in a text that bears one person's name and leads to another."""
    site = checked.site
    owners = {way: person for person in site.people.values() for way, _ in _ways(person)}
    called = {" ".join(person.name.split()).casefold(): person for person in site.people.values()}
    firsts: dict[str, list[Person]] = {}
    for person in site.people.values():
        firsts.setdefault(person.short_name.casefold(), []).append(person)
    called |= {name: people[0] for name, people in firsts.items() if len(people) == 1 and name not in called}
    for source in shown(checked):
        for scheme, target, inner in LINK.findall(checked.content(source).html):
            label = " ".join(unescape(TAG.sub("", inner)).split())
            meant = next((called[name] for name in _said(label) if name in called), None)
            if meant is None:
                continue
            target = unquote(unescape(target))
            who = _led(site, scheme, target, owners, meant)
            if who and who != meant.name:
                written = target.partition("?")[0] if scheme != "newsroom:" else target
                hint = f"say in the link's words that {who} answers, or link to {meant.name}"
                yield (
                    find(checked, source, written),
                    f'"{label}" is the name of {meant.name}, and the link reaches {who}',
                    hint,
                )


def _led(site: Site, scheme: str, target: str, owners: dict[Way, Person], meant: Person) -> str:
    """Whom a link reaches, by name or address; "" where nobody can tell, or where it is right."""
    if scheme == "newsroom:":
        found = re.fullmatch(r"person:([^#?]+).*|/people/([^/#?]+)/?.*", target)
        other = site.people.get((found[1] or found[2]) if found else "")
        return other.name if other else ""
    channel = "email" if scheme == "mailto:" else "phone"
    value = target.partition("?")[0]
    owner = owners.get(_way(channel, value))
    if owner:
        return meant.name if owner.key in meant.answers.get("by", ()) else owner.name
    return value if channel == "email" and is_shared(value, meant) else ""


def _said(label: str) -> tuple[str, ...]:
    """The names that a label may be: itself, and what follows `write to`."""
    plain = label.casefold().strip(" .!:→>»")
    asked = re.fullmatch(
        r"(?:write|mail|e-?mail|call|ask|contact|talk|reach|message|ring)(?: an e-?mail)?(?: with| to)? (.+)"
        r"|(?:schreib\w*(?: sie)?|mail|frag\w*(?: sie)?)(?: an)? (.+)|(.+) (?:anrufen|schreiben|fragen)", plain
    )  # fmt: skip
    return (plain, *(part for part in asked.groups() if part)) if asked else (plain,)


def _present(site: Site) -> list[Person]:
    return [person for person in site.people.values() if state(person, site.moment) != "left"]


def _known(person: Person, other: Person) -> bool:
    """Whether one of the two says that the other answers for her."""
    return any(
        b.key in a.answers.get("by", ()) or b.key in (a.status.get("cover"), a.status.get("successor"))
        for a, b in ((person, other), (other, person))
    )


def _names(person: Person) -> set[str]:
    """How an address may spell a person's name."""
    parts = slugify(person.name).split("-")
    whole = {
        "-".join(parts),
        "".join(parts),
        "-".join((parts[0], parts[-1])),
        parts[0] + parts[-1],
        parts[0][:1] + "-" + parts[-1],
    }
    return {name for name in (*whole, person.key, slugify(person.short_name)) if len(name) > 2}


def _ways(person: Person) -> Iterator[tuple[Way, str]]:
    """(what can be compared, channel as it is written) of each way that reaches one person alone."""
    for channel in ("email", "phone", "booking", "whatsapp", "signal", "telegram"):
        if value := person.contact.get(channel, ""):
            yield _way(channel, value), channel


def _way(channel: str, value: str) -> Way:
    if channel in ("phone", "whatsapp", "signal"):
        digits = re.sub(r"\D", "", value.replace("(0)", ""))
        return Way("phone", digits or value)
    return Way(channel, value.strip().lower().rstrip("/"))
