"""Owns PROVIDERS, the comment services: what is wrong with their settings, how threads are named, what each is told.

Must not fetch anything. The rows stand in `services`, `hosted` and `networks`; the page's script reads the attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from newsroom import permalinks
from newsroom.errors import did_you_mean
from newsroom.hosted import GITHUB, OTHERS, VENDORS
from newsroom.language import table
from newsroom.model import Post
from newsroom.networks import NETWORKS
from newsroom.options import filled, wrong
from newsroom.services import SERVERS, Provider
from newsroom.views import SiteInfo, Thread

OFF = ("", "off", "none")
"""Names that mean: no comments."""

PROVIDERS: dict[str, Provider] = {**SERVERS, **GITHUB, **NETWORKS, **VENDORS, **OTHERS}

NUMBER = re.compile(r"#([1-9]\d{0,9})", re.ASCII)
"""How a post names a thread by its number: "#17"."""


# ── what is wrong with the settings ──────────────────────────────────────────────────────────────────────────────────


def check(name: str, settings: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Say what is wrong in `[comments.<name>]`: (key, message, hint) each."""
    if name in OFF:
        return []
    if name not in PROVIDERS:
        hint = did_you_mean(name, PROVIDERS, "services are " + ", ".join(PROVIDERS))
        return [("", f'unknown comment service "{name}"', hint)]
    found = wrong(PROVIDERS[name].options, settings, name, f"[comments.{name}]")
    return found if found or name != "custom" else list(_wrong_snippet(settings["html"], settings["host"]))


def _wrong_snippet(html: str, host: str) -> Iterator[tuple[str, str, str]]:
    """What of a snippet would do nothing on a page, and not say so."""
    for word in re.findall(r"\{\{\s*(.*?)\s*\}\}", html):
        if word not in ("post.url", "post.id", "post.title"):
            hint = "there are {{post.url}}, {{post.id}} and {{post.title}}"
            yield "html", f'the snippet has an unknown placeholder, "{word}"', hint
    for attributes in re.findall(r"<script\b([^>]*)>", html, re.IGNORECASE):
        source = re.search(r"""\bsrc\s*=\s*["']?([^"'\s>]+)""", attributes, re.IGNORECASE)
        if not source:
            hint = "put it into a file of that host and load it by src: a page lets no script run that stands in it"
            yield "html", "the snippet has a script without src, which would not run", hint
        elif (found := urlsplit(source[1]).netloc) not in ("", host):
            hint = f'set host = "{found}" if that is the service: pages load scripts from host alone'
            yield "html", f'the snippet loads a script from {found}, and host is "{host}"', hint


def check_thread(name: str, settings: Mapping[str, Any], given: str) -> list[tuple[str, str, str]]:
    """Say what is wrong with the thread that a post names, `comments: {thread: ...}`: (key, message, hint) each."""
    row = PROVIDERS.get(name)
    if not given or row is None or row.reads is None or row.reads(given, _words(row, settings)):
        return []
    at = f" at {settings['url']}" if row.key == "" and "url" in settings else ""
    return [("thread", f'"{given}" names no thread of {row.title}{at}', f"write {row.form}")]


# ── the thread of a post ─────────────────────────────────────────────────────────────────────────────────────────────


def thread(
    comments: Mapping[str, Any], options: Mapping[str, Any], post: Post, info: SiteInfo, load: str
) -> Thread | None:
    """Name the thread of a post and all that its service is told; None when there are no comments.

    `comments` is the post's own settings over the site's: provider, thread, open. A `thread` always wins.
    """
    provider = comments.get("provider") or ""
    row = PROVIDERS.get(provider)
    if row is None:
        return None
    url = info.url + permalinks.encoded(post.permalink)
    given = comments.get("thread") or ""
    name = given or {"id": post.id, "path": post.permalink, "url": url, "": ""}[row.key]
    if row.key == "url" and name.startswith("/"):
        name = info.url + name
    service = _service(provider, tuple(options.items()), info.base)
    own = {
        "thread": name,
        "address": url,
        "title": post.title,
        "language": _language(post.language or info.language, row.languages),
    }
    link = row.link
    if row.numbered and (number := NUMBER.fullmatch(given)):
        own["number"], link = number[1], row.numbered
    elif not row.key:
        read = row.reads(given, service.words)
        if not read:
            return None
        own |= read
    if "html" in service.words:
        own["html"] = _snippet(service.words["html"], {"url": url, "id": name, "title": post.title})
    return Thread(
        provider,
        service.name,
        service.host,
        sends(provider, info.language),
        load,
        comments.get("open", True) is not False,
        (*service.loaded, *_attributes(own), *service.told),
        link and link.format_map(service.words | own | {"thread_quoted": quote(name, safe="")}),
    )


def sends(provider: str, language: str = "en") -> str:
    """What a service sets or sends, in words for a reader; "" where nobody can say."""
    return table(language, "services").get(provider, "")


class Kept(NamedTuple):
    """Who keeps the comments of a site."""

    name: str
    host: str
    """"" where it is the site's own."""


def service(provider: str, options: Mapping[str, Any], base: str = "") -> Kept | None:
    """Who keeps the comments, for a reader; None where there are none."""
    row = PROVIDERS.get(provider)
    if row is None:
        return None
    made = _service(provider, tuple(options.items()), base)
    return Kept(made.name, made.host)


class _Service(NamedTuple):
    """What is the same for all posts of a site."""

    name: str
    host: str
    words: dict[str, str]
    loaded: tuple[tuple[str, str], ...]
    told: tuple[tuple[str, str], ...]


@lru_cache(maxsize=64)  # 15 µs, and what a post adds takes 8
def _service(provider: str, options: tuple[tuple[str, Any], ...], base: str) -> _Service:
    row = PROVIDERS[provider]
    words = _words(row, dict(options))
    if words["client"].startswith("/"):
        words["client"] = base + words["client"]
    return _Service(
        row.title.format_map(words),
        urlsplit((row.host or row.script).format_map(words)).netloc,
        words,
        _attributes({"script": row.script.format_map(words), "style": row.style.format_map(words)}),
        _attributes({key: form.format_map(words) for key, form in row.attributes}),
    )


def _attributes(told: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple([(f"data-{key}", value) for key, value in told.items() if value])


def origins(name: str, options: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What a content security policy must let a service do: directive -> origins. Only directives that need any."""
    row = PROVIDERS[name]
    words = _words(row, options)
    wanted = {directive: tuple(form.format_map(words).split()) for directive, form in row.origins.items()}
    return {directive: some for directive, some in wanted.items() if some}


def _words(row: Provider, settings: Mapping[str, Any]) -> dict[str, str]:
    """What the row's format strings may use: the options as text, and the origins that follow from them."""
    words = filled(row.options, settings)
    for key, origin in (("url", "origin"), ("client", "client_origin")):
        words[key] = words.get(key, "").rstrip("/")
        parts = urlsplit(words[key])
        words[origin] = f"{parts.scheme}://{parts.netloc}" if parts.netloc else "'self'"
    words["socket"] = words["origin"].replace("http", "ws", 1) if words.get("live") == "true" else ""
    words["style_origin"] = words["origin"] if words.get("style") == "true" else ""
    words["eu"], words["eu_head"], words["eu_tail"] = ("eu", "eu.", "-eu") if words.get("region") == "eu" else ("",) * 3
    return words


def _snippet(html: str, post: Mapping[str, str]) -> str:
    """Fill in the placeholders in one pass: a title that looks like a placeholder stays a title."""
    return re.sub(r"\{\{\s*post\.(url|id|title)\s*\}\}", lambda match: escape(post[match[1]]), html)


@lru_cache(maxsize=256)
def _language(tag: str, known: str) -> str:
    """The service's word for the closest language it speaks: `de` for `de-AT`, English where there is none."""
    pairs = [word.partition("=") for word in known.split()]
    spoken = {key.lower(): other or key for key, _, other in pairs}
    if not spoken:
        return tag
    parts = tag.lower().split("-")
    for length in range(len(parts), 0, -1):
        if found := spoken.get("-".join(parts[:length])):
            return found
    kin = [word for key, word in spoken.items() if key.split("-")[0] == parts[0]]
    return (kin or [spoken.get("en", "en")])[0]
