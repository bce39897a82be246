"""Owns CHANNELS, the ways to reach a person: what a value may look like, where it leads, what a reader sees of it.

Must not know of sites, pages or people's lives: whether somebody is away or agreed is `assemble.contact`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

from newsroom.errors import did_you_mean
from newsroom.language import say
from newsroom.views import Action, Face


def _none(value: str) -> str:
    return ""


@dataclass(frozen=True)
class Channel:
    """One way to reach a person."""

    title: str
    """As a sentence calls it: `e-mail address`, `GitHub account`."""
    example: str
    """A value that is good; hints and the documentation show it."""
    forms: tuple[str, ...]
    """Anchored patterns; the groups of the first that matches fill `href` and `text`."""
    href: str
    """Format string over the groups; "" where there is nothing to click."""
    text: str = "{value}"
    """What a reader can copy. `{value}` is the value as written."""
    label: str = "profile"
    """The phrase of locales/, `ways.profile`, that the link says."""
    service: str = ""
    """The name of the service, where the phrase has a place for it."""
    me: bool = False
    """Whether it is a profile of the person, so that her own page may claim it with `rel="me"`."""
    refuse: Callable[[str], str] = _none
    """Says why a value of the right form is still refused; "" when it is not."""


# ── what a pattern cannot say ────────────────────────────────────────────────────────────────────────────────────────

_SILENT = ("noreply", "donotreply", "dontreply")


def _email(value: str) -> str:
    local, domain = value.rsplit("@", 1)
    if re.sub(r"[\W_\d]", "", local.lower()).startswith(_SILENT):
        return "readers must be able to answer: give an address that somebody reads, never a no-reply address"
    if "/" in local:
        return "an address with a slash before the @ cannot be told from a path in a text: give one without it"
    if len(local) > 64 or len(value) > 254 or not _ascii(domain):
        return "that address is too long to be delivered"
    return ""


@lru_cache(maxsize=1 << 12)  # Python's idna takes as long as the rest of a link
def _ascii(domain: str) -> str:
    """The domain as the wire wants it; "" when it cannot be. Many mail programs do not translate it themselves."""
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _url(value: str) -> str:
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return "that address has a broken host or port"
    if parts.username is not None or parts.password is not None:
        return "leave the user name and password out of the address: everybody can read them"
    return "" if parts.hostname and port != 0 else "that address has a broken host or port"


def _phone(value: str) -> str:
    digits = re.sub(r"\D", "", value)
    return "" if 7 <= len(digits) <= 15 else "a number with its country code has 7 to 15 digits"


def _orcid(value: str) -> str:
    """The last character is a checksum: ISO 7064, MOD 11-2."""
    digits = re.sub(r"[^\dX]", "", value[-19:])
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    good = "0123456789X"[(12 - total % 11) % 11] == digits[-1]
    return "" if good else "one of its digits is mistyped: the last one does not fit the others"


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────────

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOMAIN = rf"{_LABEL}(?:\.{_LABEL})*\.[^\W\d_](?:[\w-]{{0,61}}[^\W_])"
_LOCAL = r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*"
_WEB = r"(?P<url>[Hh][Tt][Tt][Pp][Ss]?://(?P<rest>[^\s\x00-\x1f<>\"'\\^`{|}]*[\w)/=-]))"
_NUMBER = r"(?P<number>\+[1-9](?:[ .()/-]{0,2}\d){4,20})"


def _profile(host: str, account: str, path: str = "") -> tuple[str, str]:
    """A handle with or without its @, or the address of the profile."""
    return rf"@?{account}", rf"(?:https?://)?(?:www\.|mobile\.|m\.)?(?:{host})/{path}{account}/?(?:[?#]\S*)?"


CHANNELS: dict[str, Channel] = {
    "email": Channel(
        "e-mail address", "maya@example.com", (rf"(?P<local>{_LOCAL})@(?P<domain>{_DOMAIN})",), "mailto:",
        label="write", refuse=_email,
    ),
    "phone": Channel(
        "telephone number with country code", "+49 30 1234567", (_NUMBER,), "tel:+{digits}",
        label="call", refuse=_phone,
    ),
    "booking": Channel(
        "booking page", "https://cal.example/maya", (_WEB,), "{url}", "{rest}",
        label="book", refuse=_url,
    ),
    "mastodon": Channel(
        "Mastodon account", "@maya@social.example",
        (
            rf"@?(?P<user>\w(?:[\w.-]*\w)?)@(?P<host>{_DOMAIN})",
            rf"https://(?P<host>{_DOMAIN})/@(?P<user>\w(?:[\w.-]*\w)?)/?",
        ),
        "https://{host}/@{user}", "@{user}@{host}", label="plain", me=True,
    ),
    "bluesky": Channel(
        "Bluesky account", "@maya.example.com",
        _profile(r"bsky\.app", rf"(?P<user>{_DOMAIN})", "profile/"),
        "https://bsky.app/profile/{user}", "@{user}", label="account", service="Bluesky", me=True,
    ),
    "linkedin": Channel(
        "LinkedIn profile", "maya-okafor",
        _profile(r"(?:[a-z]{2}\.)?linkedin\.com", r"(?P<user>(?:[\w-]|%[0-9A-Fa-f]{2}){3,100})", "in/"),
        "https://www.linkedin.com/in/{user}/", "linkedin.com/in/{user}", service="LinkedIn", me=True,
    ),
    "github": Channel(
        "GitHub account", "maya-okafor", _profile(r"github\.com", r"(?P<user>[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38})"),
        "https://github.com/{user}", "@{user}", service="GitHub", me=True,
    ),
    "x": Channel(
        "X account", "@maya_okafor", _profile(r"x\.com|twitter\.com", r"(?P<user>[A-Za-z0-9_]{1,15})"),
        "https://x.com/{user}", "@{user}", service="X", me=True,
    ),
    "threads": Channel(
        "Threads account", "@maya.okafor",
        _profile(r"threads\.(?:com|net)", r"(?P<user>[A-Za-z0-9_](?:[A-Za-z0-9._]{0,28}[A-Za-z0-9_])?)", "@"),
        "https://www.threads.com/@{user}", "@{user}", service="Threads", me=True,
    ),
    "instagram": Channel(
        "Instagram account", "@maya.okafor",
        _profile(r"instagram\.com", r"(?P<user>[A-Za-z0-9_](?:[A-Za-z0-9._]{0,28}[A-Za-z0-9_])?)"),
        "https://www.instagram.com/{user}/", "@{user}", service="Instagram", me=True,
    ),
    "youtube": Channel(
        "YouTube channel", "@mayaokafor", _profile(r"youtube\.com", r"(?P<user>\w[\w.-]{1,28}\w)", "@"),
        "https://www.youtube.com/@{user}", "@{user}", service="YouTube", me=True,
    ),
    "whatsapp": Channel(
        "WhatsApp number with country code", "+49 151 12345678",
        (_NUMBER, r"https://wa\.me/(?P<number>[1-9]\d{6,14})"),
        "https://wa.me/{digits}", "+{digits}", label="message", service="WhatsApp", refuse=_phone,
    ),
    "signal": Channel(
        "Signal number with country code, or a link copied from Signal", "+49 151 12345678",
        (
            _NUMBER,
            r"https://signal\.me/#p/(?P<number>\+[1-9]\d{6,14})",
            r"https://signal\.me/#eu/(?P<blob>[\w-]{20,100})",
        ),
        "https://signal.me/#{way}", label="message", service="Signal",
    ),
    "telegram": Channel(
        "Telegram account", "@maya_okafor", _profile(r"t\.me|telegram\.me", r"(?P<user>[A-Za-z][A-Za-z0-9_]{3,31})"),
        "https://t.me/{user}", "@{user}", label="message", service="Telegram",
    ),
    "matrix": Channel(
        "Matrix account", "@maya:example.com",
        (rf"(?:https://matrix\.to/#/)?@(?P<user>[a-z0-9._=/+-]+):(?P<host>{_DOMAIN}(?::\d{{1,5}})?)",),
        "https://matrix.to/#/@{user}:{host}", "@{user}:{host}", label="message", service="Matrix",
    ),
    "website": Channel(
        "address of a web page", "https://maya.example/", (_WEB,), "{url}", "{rest}",
        label="page", me=True, refuse=_url,
    ),
    "orcid": Channel(
        "ORCID", "0000-0002-1825-0097", (r"(?:https?://orcid\.org/)?(?P<user>\d{4}-\d{4}-\d{4}-\d{3}[\dX])",),
        "https://orcid.org/{user}", "{user}", label="research", service="ORCID", me=True, refuse=_orcid,
    ),
    "in_person": Channel(
        "place and time in a few words", "At the workshop door, Thursdays after three",
        (r"(?=.*\w)[^\x00-\x1f<>]{3,200}",), "", label="meet",
    ),
}  # fmt: skip
"""In the order in which a page offers them."""

SPOKEN = frozenset(("phone", "booking", "in_person", "youtube", "orcid"))
"""Those that take no message: who has no others promises no answer to one."""

FORM = "#write"
"""Where the form stands, on pages that have one."""

CALLED = {
    "twitter": "x", "mail": "email", "tel": "phone", "telephone": "phone", "mobile": "phone", "cell": "phone",
    "calendar": "booking", "calendly": "booking", "fediverse": "mastodon", "bsky": "bluesky", "web": "website",
    "url": "website", "homepage": "website", "blog": "website", "office": "in_person",
}  # fmt: skip
"""What people call a channel -> its name."""


# ── what the rest of the program asks ────────────────────────────────────────────────────────────────────────────────


def check(channel: str, value: str) -> str:
    """Say what form is wanted; "" when the value is good."""
    row = CHANNELS.get(channel)
    if row is None:
        return closest(channel, CHANNELS, f"Channels are {', '.join(CHANNELS)}.")
    if not isinstance(value, str):
        return f'put the {row.title} in quotes: "{row.example}"'
    if _match(row, value) is None:
        return f'write the {row.title} like this: "{row.example}"'
    return row.refuse(value.strip())


def closest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the known word which is spelled or meant like this one, or `otherwise`."""
    meant = CALLED.get(re.sub(r"[\W_]", "", word.lower()), word)
    return did_you_mean(meant, known, otherwise)


def mailto(address: str, subject: str = "", body: str = "") -> str:
    """Write the link that opens a letter (RFC 6068): UTF-8, a space is %20, a line break %0D%0A."""
    local, domain = address.rsplit("@", 1)
    host = _ascii(domain) or quote(domain, safe="")
    return f"mailto:{quote(local, safe='!$*.-_~+' + chr(39))}@{host}{_written(subject, body)}"


def _written(subject: str, body: str) -> str:
    """What a letter already says when it opens."""
    lines = "\r\n".join(body.splitlines())
    fields = [f"{key}={quote(text, safe='')}" for key, text in (("subject", subject), ("body", lines)) if text]
    return "?" + "&".join(fields) if fields else ""


def action(channel: str, value: str, person: Face, mode: str, own: bool = False, language: str = "en") -> Action | None:
    """Make one way to reach a person; None where the site or the value does not allow it.

    `own` is true on the person's own page: only there is `rel="me"` true.
    """
    row = CHANNELS.get(channel)
    if row is None or check(channel, value) or (channel == "email" and mode == "form"):
        return None
    parts = _match(row, value)
    name, text = person.short_name or person.name, row.text.format_map(parts).removesuffix("/")
    href = mailto(text) if channel == "email" else row.href.format_map(parts)
    rel = "me noopener" if row.me and own else "noopener" if href.startswith("http") else ""
    label = say(language, f"ways.{row.label}", name=name, text=text, service=row.service)
    if not href:  # told in words
        label = say(language, "ways.told", label=label)
    return Action(channel, label, href, text, rel, channel == "email" and mode == "obfuscated")


def about(ways: Iterable[Action], subject: str, address: str) -> tuple[Action, ...]:
    """The ways, each letter with a subject and, in its body, the address of what it answers.

    A post's page shows its people's ways in this form, and has the site's form itself. All but these are the same
    records on each of their pages.
    """
    written = _written(" ".join(subject.split()), f"\n\n{address}\n")
    return tuple([way._replace(href=way.href + written) if way.channel == "email" else
                  way._replace(href=FORM) if way.channel == "form" else way for way in ways])  # fmt: skip


def _match(row: Channel, value: str) -> dict[str, str] | None:
    """The parts of a value, ready for the row's format strings."""
    value = value.strip()
    match = next((m for form in row.forms if (m := re.fullmatch(form, value))), None)
    if match is None:
        return None
    parts = {key: part or "" for key, part in match.groupdict().items()} | {"value": value}
    if "number" in parts:
        # "+49 (0)30": the nought is dialled only inside the country.
        parts["digits"] = re.sub(r"\D", "", parts["number"].replace("(0)", ""))
        parts["way"] = f"p/+{parts['digits']}"
    if "blob" in parts:
        parts["way"] = f"eu/{parts['blob']}"
    if "host" in parts:
        parts["host"] = parts["host"].lower()
    return parts
