"""Owns what a static host, crawlers and other services read: headers, redirects, robots, /.well-known/.

Text out; addresses absolute.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, urlsplit

from newsroom import pictures
from newsroom.errors import Problem, problem
from newsroom.model import digest
from newsroom.permalinks import encoded, join
from newsroom.render import structured
from newsroom.render.policy import EVERY_ANSWER, FRAMED, PICTURE, of_every_answer, of_every_card
from newsroom.site import Site
from newsroom.views import SiteInfo

HEADERS = {
    "/*": (
        f"Content-Security-Policy: {EVERY_ANSWER}",
        "X-Frame-Options: SAMEORIGIN",  # frame-ancestors, for browsers that do not know it
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: strict-origin-when-cross-origin",  # players refuse to play for nobody: YouTube's error 153
        "Cross-Origin-Opener-Policy: same-origin-allow-popups",  # comment services sign readers in by a popup
        "Permissions-Policy: accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()",
    ),
    "/assets/*": ("Cache-Control: public, max-age=31536000, immutable",),
    # Not /*.svg: Netlify reads the point as any character, and /2026/why-we-draw-in-svg/ would be a picture to it.
    "/assets/*.svg": (f"Content-Security-Policy: {PICTURE}",),
    "/people/:key/*.vcf": (
        "Content-Type: text/vcard; charset=utf-8",
    ),  # some hosts say text/x-vcard, and none a charset
    "/people/:key/office-hours.ics": ("Content-Type: text/calendar; charset=utf-8",),
    "/preview/*": (
        "X-Robots-Tag: noindex, nofollow, noarchive",
        "Referrer-Policy: no-referrer",
        "Cache-Control: no-store",
    ),  # what is over is in nobody's cache
    "/digest/*": ("X-Robots-Tag: noindex",),  # plain text cannot say it itself
    "/*.xml": ("Access-Control-Allow-Origin: *",),
    "/*.json": ("Access-Control-Allow-Origin: *",),
}
"""Netlify's and Cloudflare's form. What stands in assets/ has its digest in its name, so it never changes."""

OF_EDITIONS = ("/people/:key/*.vcf", "/people/:key/office-hours.ics", "/digest/*")
"""Those of HEADERS that begin at the top of an edition. Each further language has them below its folder as well: no host
knows a pattern for "here or one folder down" that would not hold for other pages too."""

ENCRYPTED = "Strict-Transport-Security: max-age=31536000"
"""A year. Not for the subdomains: they are other people's."""

WEBFINGER = ".well-known/webfinger"
ATPROTO = ".well-known/atproto-did"
KNOWN = {
    WEBFINGER: ("Content-Type: application/jrd+json", "Access-Control-Allow-Origin: *"),  # RFC 7033, 4.2 and 5
    ATPROTO: ("Content-Type: text/plain; charset=utf-8",),
}
"""Files without an ending, so that a host cannot guess what they are -> the lines that say it."""


AHEAD = "assets/ahead."
RULES = ("Content-Type: application/speculationrules+json",)
"""What a browser may fetch before a click. A header asks for it, so that no page needs a script for it, nor leave to run one."""

EMBED = {
    "/*/embed/": (
        "! Content-Security-Policy",
        "! X-Frame-Options",
        f"Content-Security-Policy: {FRAMED}",
    ),
}
"""Cards that any site may frame. Two policies would both be in force, so the first has to go: Cloudflare takes it away by
the `!`; Netlify leaves such lines out and lets the last block that names a header win (its own CLI: headersForPath).
X-Frame-Options counts nowhere where a policy has frame-ancestors. After `/*`, or it would be too early."""


def headers(
    info: SiteInfo, known: Iterable[str] = (), sends_to: str = "", embeds: bool = False, folders: Iterable[str] = ("",)
) -> bytes:
    """`_headers`. A newsroom that is a folder of another site says nothing for the whole host.

    `known` are the files of KNOWN that the site has, `sends_to` is the origin that its forms go to, `embeds` whether it
    has cards that others frame, `folders` where its editions live: "" and `/de`.
    """
    blocks, more = [], EMBED if embeds else {}
    everywhere = {
        (folder if path in OF_EDITIONS else "") + path: lines for path, lines in HEADERS.items() for folder in folders
    }
    known = dict.fromkeys(known)
    rules = {f"/{path}": RULES for path in known if path.startswith(AHEAD)}
    for path, lines in {
        **everywhere,
        **more,
        **{f"/{path}": KNOWN[path] for path in known if path in KNOWN},
        **rules,
    }.items():
        lines = tuple(
            line.replace(EVERY_ANSWER, of_every_answer(sends_to)).replace(FRAMED, of_every_card(sends_to))
            for line in lines
        )
        if path == "/*" and info.url.startswith("https://") and not info.base:
            lines = (*lines, ENCRYPTED)
        if path == "/*":
            lines = (*lines, *(f'Speculation-Rules: "{encoded(info.base + at)}"' for at in rules))
        blocks.append(f"{info.base}{path}\n" + "".join(f"  {line}\n" for line in lines))
    return "\n".join(blocks).encode()


def redirects(info: SiteInfo, moved: Iterable[tuple[str, str]], found: Iterable[tuple[str, str]] = ()) -> bytes:
    """`_redirects`: an old address a line, then the accounts of `fingers`, where there are several."""
    lines = sorted({f"{encoded(info.base + old)} {encoded(info.base + new)} 301\n" for old, new in moved})
    return "".join([*lines, *_webfinger_rules(info, tuple(found))]).encode()


def robots(sitemaps: Iterable[str]) -> bytes:
    """`robots.txt`, which names the sitemaps by their whole addresses."""
    return ("User-agent: *\nAllow: /\n\n" + "".join(f"Sitemap: {address}\n" for address in sitemaps)).encode()


# ── who is who: found by an address at the newsroom's own host ───────────────────────────────────────────────────────


def fingers(site: Site) -> list[tuple[str, str]]:
    """(key, `maya@social.example`) of whoever is here and agreed to show a Mastodon account.

    Nobody where the newsroom is a folder of a host: what stands at that host's /.well-known/ is not its to say.
    """
    if site.info.base:
        return []
    found = ((key, structured.account(person, site.faces[key])) for key, person in site.people.items())
    return [(key, account.removeprefix("@")) for key, account in found if account]


def _webfinger_rules(info: SiteInfo, found: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Netlify's form: a rule that asks for one value of a query parameter. One person alone has a file instead."""
    for key, account in found if len(found) > 1 else ():
        there = f"https://{account.rpartition('@')[2]}/{WEBFINGER}?resource={quote(f'acct:{account}', safe='')}"
        yield f"/{WEBFINGER} resource={_acct(info, key)} {there} 301\n"


def _acct(info: SiteInfo, key: str) -> str:
    return f"acct:{key}@{_host(info)}"


def _host(info: SiteInfo) -> str:
    host = urlsplit(info.url).hostname or ""
    return host if host.isascii() else host.encode("idna").decode()


def _ahead(info: SiteInfo) -> bytes:
    """Pages of the newsroom, when a pointer rests on a link to them: 0.24 s of 0.65 s at 150 ms to the host (docs/weight.md).

    Pages alone, which end in a slash, and nothing else on the host: another site's link may log a reader out.
    """
    base = re.sub(r"([:*?+{}()\\])", r"\\\1", encoded(info.base))
    where = {"and": [{"href_matches": [f"{base}/", f"{base}/*/"]}, {"not": {"href_matches": f"{base}/preview/*"}}]}
    return json.dumps({"prefetch": [{"where": where, "eagerness": "moderate"}]}).encode()


def well_known(site: Site) -> dict[str, bytes]:
    """Output path -> bytes of what the host as a whole is asked for, where it is the newsroom's; the key of IndexNow; what a
    browser may fetch ahead."""
    ahead, did = _ahead(site.info), site.config.company.atproto_did
    files = {f"{AHEAD}{digest(ahead.decode())[:8]}.json": ahead}
    if key := site.config.crawlers.indexnow:
        files[f"{key}.txt"] = key.encode()  # also in a folder of a host: there it is good for what is below the folder
    if did and not site.info.base:
        files[ATPROTO] = did.encode()
    if len(found := fingers(site)) == 1:
        files[WEBFINGER] = _descriptor(site.info, *found[0])
    return files


def _descriptor(info: SiteInfo, key: str, account: str) -> bytes:
    """A JSON Resource Descriptor (RFC 7033, 4.4). Its subject is the account itself: whoever asks goes on from there.

    A file is the answer to every question, whomever it is about: right only where one person has an account.
    """
    user, _, host = account.rpartition("@")
    profile, page = f"https://{host}/@{quote(user)}", info.url + encoded(f"/people/{key}/")
    links = [
        {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": profile},
        {"rel": "self", "type": "application/activity+json", "href": profile},
    ]
    made = {"subject": f"acct:{account}", "aliases": [_acct(info, key), profile, page], "links": links}
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")


def logo(site: Site) -> str:
    """Source path of the company's logo; "" without one."""
    name = site.config.company.logo
    path = join("content", name) or ""
    return path if name and path in site.assets and path.lower().endswith(PICTURES) else ""


DID = re.compile(r"did:plc:[a-z2-7]{24}|did:web:[a-z0-9-]+(\.[a-z0-9-]+)+")
"""The two kinds that atproto knows (https://atproto.com/specs/did); of did:web only whole hosts."""


def problems(site: Site) -> Iterator[Problem]:
    """What site.toml says of the company and cannot be published so."""
    company, text = site.config.company, "site.toml"
    if company.atproto_did and not DID.fullmatch(company.atproto_did):
        hint = 'copy it whole from the account: "did:plc:" and 24 letters and digits, or did:web:www.example.com'
        said = f'"{company.atproto_did}" is no identity that Bluesky knows'
        yield problem("bad-setting", said, text, ("company", "atproto_did"), hint)
    name, at = company.logo, ("company", "logo")
    if name and not logo(site):
        hint = f'name it as it is seen from content/: logo = "press/logo.svg"; it may end in {", ".join(PICTURES)}'
        yield problem("missing-file", f'there is no picture "{name}" below content/', text, at, hint)
    elif name and (why := site.assets[logo(site)].wrong):
        said, hint = pictures.wrong(why, name)
        yield problem("broken-picture", f'the logo "{name}" {said}', text, at, hint)
    elif name and (active := site.assets[logo(site)].active):
        hint = "save it as a plain picture: without scripts, links to other hosts and embedded pages"
        yield problem("active-svg", f'the logo "{name}" could run or fetch something: {active}', text, at, hint)
