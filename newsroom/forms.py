"""Owns FORMS: the services that take what a reader writes into a form, what each is told, and which it needs.

Must not know of sites and people: a row holds what the service's own documentation says, and nothing that is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from newsroom.errors import did_you_mean
from newsroom.views import Face

Pairs = tuple[tuple[str, str], ...]
"""(name, value) each."""

WHERE = re.compile(
    r"/(?!/)[^\s\"'<>?#\\;,]*"
    r"|https://(?:[\w-]+\.)+[\w-]+(?::\d{1,5})?(?:/[^\s\"'<>#\\;,]*)?"
    r"|http://(?:localhost|127\.0\.0\.1)(?::\d{1,5})?(?:/[^\s\"'<>#\\;,]*)?"
)
"""A path of the site's own host, an address elsewhere, or a program on the writer's machine, to try things out. No
character that ends a policy's directive."""


@dataclass(frozen=True)
class Service:
    """Who takes what a form sends."""

    name: str
    host: str
    """Where the message goes, as a reader knows it; "" is the host of `contact.endpoint`."""
    action: str
    """Format string over `endpoint` and `thanks`, the path of the page that thanks."""
    wants: str = ""
    """What `contact.endpoint` is, in words; "" where there is nothing to set."""
    example: str = ""
    form: str = ""
    """Anchored pattern of that value; "" where it is an address."""
    trap: str = "website"
    """Name of the field that only programs fill in. Where the service knows none, it is a name that looks worth filling."""
    tick: bool = False
    """The trap is a box to tick: the service expects no text."""
    fields: Pairs = ()
    """Hidden fields beside ours; values are format strings over `endpoint`, `subject`, `thanks_url`."""
    attributes: Pairs = ()
    """Of the form element."""
    thanks: str = "the service's own page"
    """What a reader sees after sending, for docs/forms.md."""


FORMS: dict[str, Service] = {
    "netlify": Service(
        "Netlify", "netlify.com", "{thanks}", trap="bot-field",
        fields=(("form-name", "write"), ("subject", "{subject}")),
        attributes=(("name", "write"), ("data-netlify", "true"), ("netlify-honeypot", "bot-field")), thanks="`/thanks/`",
    ),
    "formspree": Service(
        "Formspree", "formspree.io", "https://formspree.io/f/{endpoint}", "the form's id", "xkgwpqzb", r"[A-Za-z0-9]{6,32}",
        trap="_gotcha", fields=(("_subject", "{subject}"),),
    ),
    "basin": Service(
        "Basin", "usebasin.com", "https://usebasin.com/f/{endpoint}", "the form's id", "1a2b3c4d5e6f", r"[A-Za-z0-9]{6,64}",
    ),
    "web3forms": Service(
        "Web3Forms", "web3forms.com", "https://api.web3forms.com/submit", "the access key",
        "0e1a7d6c-3b52-4f0c-9a55-0d9b3d1c2f10", r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
        trap="botcheck", tick=True,
        fields=(("access_key", "{endpoint}"), ("subject", "{subject}"), ("redirect", "{thanks_url}")), thanks="`/thanks/`",
    ),
    "formsubmit": Service(
        "FormSubmit", "formsubmit.co", "https://formsubmit.co/{endpoint}", "the random text that stands for the address",
        "9f86d081884c7d659a2feaa0c55ad015", r"[A-Za-z0-9]{8,64}",
        trap="_honey", fields=(("_subject", "{subject}"), ("_next", "{thanks_url}")), thanks="`/thanks/`",
    ),
    "cloudflare": Service(
        "Cloudflare", "cloudflare.com", "{endpoint}", "the path of your function, or its address", "/api/contact",
        fields=(("subject", "{subject}"),), thanks="`/thanks/`, by the function below",
    ),
    "endpoint": Service(
        "", "", "{endpoint}", "a path of this host, or an https address", "https://forms.example.com/newsroom",
        fields=(("subject", "{subject}"),), thanks="what your program answers",
    ),
}  # fmt: skip
"""Values of `contact.service`, in the order of docs/forms.md."""


def check(service: str, endpoint: str) -> Iterator[tuple[str, str, str]]:
    """What is wrong with `contact.service` and `contact.endpoint`: (key, message, hint) each."""
    row = FORMS.get(service)
    if row is None:
        if service:
            names = ", ".join(FORMS)
            yield "service", f'unknown form service "{service}"', did_you_mean(service, FORMS, f"Services are {names}.")
        elif endpoint:
            hint = f"add service = and one of {', '.join(FORMS)}; or take endpoint out"
            yield "endpoint", "endpoint belongs to a form service, and none is named", hint
    elif not row.wants:
        if endpoint:
            hint = f"take endpoint out: {row.name} finds the form in the pages it is given"
            yield "endpoint", f"{row.name} has no endpoint", hint
    elif not endpoint:
        yield "service", f"{service} needs endpoint, {row.wants}", f'add a line: endpoint = "{row.example}"'
    elif "@" in endpoint and row.form:
        hint = f"{row.name} gives out {row.wants}: write that"
        yield "endpoint", f'"{endpoint}" is an e-mail address: it would stand in every page', hint
    elif not re.fullmatch(row.form or WHERE, endpoint) or "@" in endpoint:
        start = row.action.partition("{")[0]
        bare = endpoint.removeprefix(start).strip("/") if row.form and start else ""
        hint = f'write only {row.wants}: "{bare if bare and bare != endpoint else row.example}"'
        yield "endpoint", f'"{endpoint}" is not {row.wants}', hint


def origin(service: str, endpoint: str) -> str:
    """Where the form sends to, for a page's policy: "https://formspree.io"; "" is the site's own host.

    >>> origin("formspree", "xkgwpqzb"), origin("cloudflare", "/api/contact")
    ('https://formspree.io', '')
    """
    action = urlsplit(FORMS[service].action.format(endpoint=endpoint, thanks="/")) if service in FORMS else None
    return f"{action.scheme}://{action.netloc.lower()}" if action and action.netloc else ""


class Sending(NamedTuple):
    """How a form is sent."""

    action: str
    attributes: Pairs
    fields: Pairs
    """Hidden."""
    trap: str
    tick: bool


def sending(service: str, endpoint: str, subject: str, thanks: str, thanks_url: str) -> Sending:
    """What a form has for its service. `thanks` is the path of the page that thanks, `thanks_url` its whole address."""
    row = FORMS[service]
    known = {"endpoint": endpoint, "subject": subject, "thanks": thanks, "thanks_url": thanks_url}
    fields = tuple((name, value.format_map(known)) for name, value in row.fields)
    return Sending(row.action.format_map(known), row.attributes, fields, row.trap, row.tick)


def through(service: str, endpoint: str) -> str:
    """By whose hands a message goes: "Formspree (formspree.io)", a host; "" is this site alone."""
    row = FORMS[service]
    return f"{row.name} ({row.host})" if row.host else urlsplit(endpoint).netloc.lower()


class Form(NamedTuple):
    """The form in which a reader writes to one of these people. No address of theirs is in it."""

    title: str
    """"Write to Maya here"."""
    goes: str
    """Where the message goes, and what is sent with it."""
    people: tuple[Face, ...]
    """Whom the message may be for: the reader says."""
    action: str
    """Where it is sent: ready for an attribute."""
    origin: str
    """The same without its path, for the page's policy; "" is the site's own host."""
    attributes: tuple[tuple[str, str], ...]
    """More of the form element, for the service."""
    fields: tuple[tuple[str, str], ...]
    """Hidden fields: (name, value)."""
    trap: str
    """Name of the field that only programs fill in."""
    tick: bool
    """The trap is a box to tick."""
    open: bool
    """Whether the form is unfolded."""
    words: dict[str, str]
    """What its fields are called, by the keys of the locales' [form], in the language of the block."""
