"""Owns the part "form": the form in which a page's reader writes to its people, and the page that thanks for it.

Must not know services: what each is told is in `newsroom.forms`.
"""

from __future__ import annotations

from newsroom import forms
from newsroom.language import joined, say, table
from newsroom.model import digest_of
from newsroom.permalinks import encoded
from newsroom.render.parts import NONE, Part, Parts, covered, current, faces, head
from newsroom.site import Site
from newsroom.standing import available
from newsroom.views import Face

THANKS = "/thanks/"
CROWD = 4
"""From so many people on, the title stops naming them."""


def part(site: Site, keys: tuple[str, ...], page: str, title: str, subject: str, open: bool = False, language: str = "") -> Part:  # fmt: skip
    """The form of a page that offers to talk to these people. `page` is its permalink, `title` its name.

    `language` is the page's, where it is not the site's.

    What the form says of the page is covered by the page's other parts, the service by the site's digest.
    """
    people = site.reached(keys) if site.config.contact.service else ()
    if not people:
        return NONE
    return Part(
        digest_of(language, [(face.key, face.name, face.short_name) for face in people]),
        lambda _: _form(site, people, page, title, subject, open, language or site.info.language),
    )


def _form(
    site: Site, people: tuple[Face, ...], page: str, title: str, subject: str, open: bool, language: str
) -> forms.Form:
    info, contact = site.info, site.config.contact
    thanks = encoded(info.base + THANKS)
    sent = forms.sending(contact.service, contact.endpoint, subject, thanks, info.url + encoded(THANKS))
    names = [face.short_name or face.name for face in people]
    whom = joined(language, "or", names) if len(people) < CROWD else say(language, "form.one_of_us")
    to = names[0] if len(people) == 1 else say(language, "form.chosen")
    by = forms.through(contact.service, contact.endpoint)
    goes = say(language, "form.goes", to=to, by=by) if by else say(language, "form.goes_here", to=to)
    said = (("post_url", info.url + encoded(page)), ("post_title", title))
    return forms.Form(
        say(language, "form.title", whom=whom), goes, people, sent.action,
        forms.origin(contact.service, contact.endpoint), sent.attributes, (*sent.fields, *said), sent.trap, sent.tick, open,
        table(language, "form"),
    )  # fmt: skip


def thanks(site: Site, _: str) -> Parts:
    """The page that services lead to when a message was sent. It shows people who answer now."""
    return {
        "people": faces([face for face in current(site) if available(site.people[face.key], site.moment)][:12]),
        "head": covered(lambda t: head(t.info, "thanks", "", THANKS, say(t.info.language, "thanks.title"), noindex=True)),
    }
