"""Owns content security policies: of a page, the strictest under which all that it uses works; of every answer.

Must not know how a page looks. What a policy is made of is in the page's fingerprint already: the theme's files and
site.toml by SiteInfo's digest, players and trusted HTML by the body's, a post's own service by its front matter's.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from newsroom import embeds, providers
from newsroom.site import Site

Sources = Mapping[str, tuple[str, ...]]
"""Directive -> what it lets load: origins, and keywords in their quotes."""

EVERY_PAGE: Sources = {
    "default-src": (),
    "base-uri": (),
    "connect-src": ("'self'",),
    "font-src": ("'self'",),
    "form-action": ("'self'",),
    "frame-src": (),
    "img-src": ("'self'",),
    "media-src": ("'self'",),
    "object-src": (),
    "style-src": ("'self'",),
}
"""What a page without a script has. A directive without sources is 'none'. Nothing of ours connects there: Lighthouse
asks for robots.txt in the page's name, and takes a refusal for a site without one.
"""

WITH_A_SCRIPT: Sources = {"connect-src": ("'self'",), "script-src": ("'self'",)}
COPYING: Sources = {"script-src": ("'self'",)}
OWN_THEME: Sources = {"img-src": ("data:",)}
"""Style sheets of other people like to carry small pictures in themselves."""

OF_A_KIND: Mapping[str, Sources] = {
    "follow": WITH_A_SCRIPT,
    "digest": {"style-src": ("'unsafe-inline'",)},
    "search": {**WITH_A_SCRIPT, "script-src": ("'self'", "'wasm-unsafe-eval'")},
}
"""What a kind of page needs beside that. A mail has its styles in its elements; Pagefind searches in WebAssembly."""

EVERY_ANSWER = "base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
"""For the header: what no page needs more of, and what a meta element cannot say. No origins: see docs/security.md."""


def of_every_answer(sends_to: str) -> str:
    """The header's policy where forms go to this origin: what the header refuses, no page can allow."""
    form = f"form-action 'self' {_ascii(sends_to)}" if sends_to else "form-action 'self'"
    return EVERY_ANSWER.replace("form-action 'self'", form)


FRAMED = EVERY_ANSWER.replace("frame-ancestors 'self'", "frame-ancestors *")
"""Of the cards that any site may frame."""


def of_every_card(sends_to: str) -> str:
    """The header's policy of these cards: what holds for every answer, but for who may frame it."""
    return of_every_answer(sends_to).replace("frame-ancestors 'self'", "frame-ancestors *")


PICTURE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For an SVG file that is opened by itself: it is a document then, and might run something on the site's address."""


def of_page(values: Mapping[str, Any], site: Site) -> str:
    """The policy of a page with these values of its parts: `body` has players, `thread` a comment service, `form` goes
    somewhere, `share` has something to copy, and so has a body with code."""
    thread, body, form = values.get("thread"), values.get("body"), values.get("form")
    settings, kind = site.config, values["head"].kind if "head" in values else ""
    fetched = tuple(_fetched(body.html)) if body and settings.posts.trust_html else ()
    if kind == "digest":  # a mail finds its faces by their full addresses
        fetched = (("img-src", site.info.url.removesuffix(site.info.base)),)
    return _made(
        kind if kind in OF_A_KIND else "",
        thread is not None,
        thread.provider if thread else "",
        marshal.dumps(settings.comments.options.get(thread.provider, {}), 2) if thread else b"",
        body.embeds if body else (),
        fetched,
        settings.theme.name != "default",
        _scripts(tuple(site.info.assets)),
        form.origin if form else "",
        bool(values.get("share") and values["share"].copies) or bool(body and body.code),
    )


@lru_cache(maxsize=1024)  # 0.3 ms, and 9 µs when it is known; a site of ten thousand pages has a handful
def _made(
    kind: str, talks: bool, provider: str, options: bytes, players: tuple[str, ...], fetched: tuple[tuple[str, str], ...],
    own_theme: bool, own_scripts: bool, sends_to: str, copies: bool,
) -> str:  # fmt: skip
    parts: list[Sources] = [EVERY_PAGE]
    if copies:
        parts.append(COPYING)
    if talks or players or own_scripts:
        parts.append(WITH_A_SCRIPT)
    if own_theme:
        parts.append(OWN_THEME)
    parts.append(OF_A_KIND.get(kind, {}))
    if provider in providers.PROVIDERS:
        parts.append(providers.origins(provider, marshal.loads(options)))
    parts.append({"frame-src": embeds.origins(players)})
    parts += [{directive: (source,)} for directive, source in fetched]
    if sends_to:
        parts.append({"form-action": (sends_to,)})
    return written(*parts)


OUR_SCRIPTS = ("comments.js", "networks.js", "follow.js", "newsroom.js", "search.js", "copy.js")
"""Those of the default theme: only the pages that need them have them."""


@lru_cache(maxsize=8)
def _scripts(assets: tuple[str, ...]) -> bool:
    """Whether the theme brings scripts beside ours: which page has them, only the theme knows."""
    return any(name.endswith((".js", ".mjs")) and name not in OUR_SCRIPTS for name in assets)


def written(*parts: Sources) -> str:
    """All that any of the parts wants, each once, in one order: equal pages have equal policies.

    >>> written({"default-src": ()}, {"img-src": ("https://b.example", "'self'")}, {"img-src": ("'self'",)})
    "default-src 'none'; img-src 'self' https://b.example"
    """
    wanted: dict[str, set[str]] = {}
    for part in parts:
        for directive, sources in part.items():
            wanted.setdefault(directive, set()).update(map(_ascii, sources))
    rows = sorted(
        (directive != "default-src", directive, sorted(found - {"'none'"})) for directive, found in wanted.items()
    )
    return "; ".join(" ".join([directive, *(sources or ["'none'"])]) for _, directive, sources in rows)


def _ascii(source: str) -> str:
    """An origin as a policy must write it: no other letters than those of ASCII."""
    if source.isascii():
        return source
    start, slashes, host = source.rpartition("//")
    return start + slashes + host.encode("idna").decode()


# ── posts.trust_html: raw HTML that nobody has cleaned ───────────────────────────────────────────────────────────────

FETCHING = {
    "img": "img-src", "source": "media-src", "video": "media-src", "audio": "media-src", "track": "media-src",
    "iframe": "frame-src", "script": "script-src",
}  # fmt: skip
"""What a browser fetches for an element's `src`."""
ELEMENT = re.compile(rf"<({'|'.join(FETCHING)})\b[^>]*?\ssrc\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
REMOTE = re.compile(r"(https?:)?//([a-z0-9.-]+(?::\d+)?)(?:[/?#]|$)", re.IGNORECASE)


def _fetched(html: str) -> Iterator[tuple[str, str]]:
    """(directive, source) of what trusted HTML fetches. Scripts and styles written into the page get no leave."""
    for name, address in sorted(set(ELEMENT.findall(html))):
        directive = FETCHING[name.lower()]
        if remote := REMOTE.match(address):
            yield directive, f"{(remote[1] or 'https:').lower()}//{remote[2].lower()}"
        elif address.startswith("data:") and directive == "img-src":
            yield directive, "data:"
        elif ":" not in address.partition("/")[0]:
            yield directive, "'self'"
