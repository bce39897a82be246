"""Owns the rules about reaching people. Pure functions of the Site."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom.channels import SPOKEN
from newsroom.check.rule import Checked, Found
from newsroom.errors import Location
from newsroom.hours import never, unclear
from newsroom.site import Site
from newsroom.standing import consented, owner, state


def unclear_office_hours(checked: Checked) -> Iterator[Found]:
    """Find office hours that stand on the page in words, and in no calendar, or on no day."""
    for person in checked.site.people.values():
        for n, entry in enumerate(person.office_hours if state(person, checked.site.moment) != "left" else ()):
            if hint := unclear(entry):
                at = Location(person.source, pointer=("office_hours", n, "every"))
                yield at, f'no calendar can hold "{entry["every"]}", so the page names no next date', hint
            elif never(entry):
                at = Location(person.source, pointer=("office_hours", n, "every"))
                yield at, f'"{entry["every"]}" falls on no day at all', "correct from:, until: or except:"


def unreachable(checked: Checked) -> Iterator[Found]:
    """Find authors whom no reader can write to. Where nobody is left, other rules say so."""
    site, setting = checked.site, checked.site.config.contact
    writing = {who.key: who for key in site.by_author if (who := owner(site.people[key], site.people, site.moment))}
    hidden = setting.email == "form" and not setting.service
    lost = [who for who in writing.values() if hidden and "email" in who.contact and not _written_to(who.key, site)]
    if lost:
        message = f'email = "form" without a service: nobody can write to {", ".join(who.name for who in lost)}'
        hint = "set service to one that takes the form, or give them another channel"
        yield Location("site.toml", pointer=("contact", "email")), message, hint
    silent = [who for who in writing.values() if who not in lost and not site.contact((who.key,)).people]
    for person in silent[:1]:  # after an import it is everybody: say it once
        why = "" if consented(person, "contact", site.moment) else ": the consent to show a way ran out, or was refused"
        more = f", nor {len(silent) - 1} more who write" if len(silent) > 1 else ""
        hint = "add contact: with a channel, such as email: or phone:, that she agreed to publish"
        yield Location(person.source, pointer=("name",)), f"readers have no way to reach {person.name}{more}{why}", hint


def _written_to(key: str, site: Site) -> bool:
    return any(way.channel not in SPOKEN for way in site.contact((key,)).actions)
