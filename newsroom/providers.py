"""Owns PROVIDERS, the comment services: what each is told, what it loads, what it sends, how a thread is named.

Must not fetch anything. The page's script reads the attributes made here; no address is put together in the browser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from newsroom import permalinks
from newsroom.errors import did_you_mean
from newsroom.model import Post
from newsroom.options import Option, filled, wrong
from newsroom.views import SiteInfo, Thread

OFF = ("", "off", "none")
"""Names that mean: no comments."""


@dataclass(frozen=True)
class Provider:
    """One comment service. Its strings are format strings over the options, `link` over the thread too."""

    title: str
    options: tuple[Option, ...]
    script: str
    """What a click loads first."""
    attributes: tuple[tuple[str, str], ...]
    """What the script is told: name without `data-`, format string. An empty value is left out."""
    key: str
    """What names a thread: the post's `id`, its `path` or its `url`."""
    sends: str
    """What the service sets or sends, in words for a reader."""
    origins: Mapping[str, str]
    """Directive of a content security policy -> the origins it needs, separated by spaces."""
    style: str = ""
    """A style sheet that the page's script adds."""
    link: str = ""
    """Where a thread can be read without a script."""
    host: str = ""
    """Where a click loads from, if the script's address does not say."""
    languages: str = ""
    """Languages the service speaks, separated by spaces; "" takes any tag."""


_ADDRESS = Option("url", "url", None, "Where your server answers.")

PROVIDERS: dict[str, Provider] = {
    "isso": Provider(
        "Isso",
        (
            _ADDRESS,
            Option("avatar", "flag", False, "Draw a pattern beside each name."),
            Option("vote", "flag", True, "Let readers vote on comments."),
            Option("sorting", ("oldest", "newest", "upvotes"), "oldest", "Which comment comes first."),
            Option("style", "flag", True, "Load Isso's own style sheet."),
            Option("author_hashes", "words", "", "Hashes of the authors' comments, so that their replies are marked."),
        ),
        script="{url}/js/embed.min.js",
        attributes=(
            ("url", "{url}/"), ("avatar", "{avatar}"), ("vote", "{vote}"), ("sorting", "{sorting}"),
            ("css", "{style}"), ("hashes", "{author_hashes}"),
        ),
        key="path",
        sends="No account is needed. Isso keeps a shortened form of your network address, and sets a cookie for "
        "15 minutes when you write, so that you can correct yourself.",
        origins={"script-src": "{origin}", "connect-src": "{origin}", "style-src": "{origin}", "img-src": "{origin}"},
    ),
    "giscus": Provider(
        "giscus",
        (
            Option("repo", "repository", None, "The public repository whose discussions hold the comments."),
            Option("repo_id", "word", None, "Its id, as the service's page shows it."),
            Option("category", "words", None, "The category in which new threads are opened."),
            Option("category_id", "word", None, "Its id."),
            Option("reactions", "flag", True, "Show reactions to the post."),
            Option("input", ("bottom", "top"), "bottom", "Where the reader writes."),
            Option("light", "theme", "light", "Theme on a light page."),
            Option("dark", "theme", "dark", "Theme on a dark page."),
            Option("url", "url", "https://giscus.app", "Where giscus runs, if you run it yourself."),
        ),
        script="{url}/client.js",
        attributes=(
            ("repo", "{repo}"), ("repo-id", "{repo_id}"), ("category", "{category}"), ("category-id", "{category_id}"),
            ("reactions", "{reactions}"), ("input", "{input}"), ("light", "{light}"), ("dark", "{dark}"),
        ),
        key="id",
        sends="Comments are kept in GitHub’s discussions. To write here you sign in with a GitHub account; the sign-in "
        "is remembered in your browser.",
        origins={"script-src": "{origin}", "frame-src": "{origin}", "style-src": "{origin}"},
        link="https://github.com/{repo}/discussions?discussions_q={thread_quoted}",
        languages="ar be bg ca cs da de en eo es eu fa fr gr gsw hbs he hu id it ja kh ko nl pl pt ro ru th tr vi uk "
        "uz zh-CN zh-Hans zh-Hant zh-HK zh-TW",
    ),
    "remark42": Provider(
        "Remark42",
        (
            _ADDRESS,
            Option("site_id", "word", None, "The site's name on that server."),
            Option("simple_view", "flag", False, "Show less around each comment."),
            Option("email_subscription", "flag", False, "Offer answers by e-mail."),
        ),
        script="{url}/web/embed.mjs",
        attributes=(
            ("url", "{url}"), ("site-id", "{site_id}"), ("simple", "{simple_view}"), ("mail", "{email_subscription}"),
        ),
        key="url",
        sends="Reading needs no account. To write you sign in with one of the accounts that the server offers, and it "
        "remembers you with a cookie.",
        origins={"script-src": "{origin}", "frame-src": "{origin}", "connect-src": "{origin}"},
        languages="ar be bg bp cs de en es fa fi fr it ja ko mk pl ro ru th tr ua vi zh zh-tw",
    ),
    "comentario": Provider(
        "Comentario",
        (
            _ADDRESS,
            Option("live", "flag", False, "Show new comments at once, over an open connection."),
            Option("max_level", "number", 10, "How deep answers are nested."),
            Option("no_fonts", "flag", True, "Use the page's letters, not the service's."),
        ),
        script="{url}/comentario.js",
        attributes=(("live", "{live}"), ("levels", "{max_level}"), ("no-fonts", "{no_fonts}")),
        key="path",
        sends="The server remembers you with a cookie when you sign in. Whether writing needs an account is decided "
        "on that server.",
        origins={
            "script-src": "{origin}", "connect-src": "{origin} {socket}",
            "style-src": "{origin}", "img-src": "{origin}",
        },
    ),
    "waline": Provider(
        "Waline",
        (
            _ADDRESS,
            Option("client", "place", None, "The folder that holds waline.js and waline.css; best on your own host."),
            Option("login", ("disable", "enable", "force"), "disable", "Whether readers may or must sign in."),
            Option("word_limit", "number", 1000, "The longest comment, in words."),
        ),
        script="{client}/waline.js",
        style="{client}/waline.css",
        attributes=(("url", "{url}"), ("login", "{login}"), ("words", "{word_limit}")),
        key="path",
        sends="No account is needed. The server keeps your network address and the kind of your browser, unless its "
        "keeper has switched that off; pictures beside names come from another service.",
        origins={
            "script-src": "{client_origin}", "style-src": "{client_origin}", "connect-src": "{origin}",
            "img-src": "data: https://seccdn.libravatar.org",
        },
        host="{url}",
    ),
    "disqus": Provider(
        "Disqus",
        (Option("shortname", "word", None, "The site's name at Disqus."),),
        script="https://{shortname}.disqus.com/embed.js",
        attributes=(),
        key="id",
        sends="Disqus is a company that sets cookies of its own and may show advertising; what you read here can be "
        "joined with what you read elsewhere.",
        origins={
            "script-src": "https://{shortname}.disqus.com https://*.disqus.com https://*.disquscdn.com",
            "frame-src": "https://disqus.com https://*.disqus.com",
            "connect-src": "https://*.disqus.com https://links.services.disqus.com",
            "style-src": "https://*.disquscdn.com 'unsafe-inline'",
            "img-src": "https://*.disquscdn.com https://*.disqus.com",
        },
    ),
    "custom": Provider(
        "{name}",
        (
            Option("name", "words", None, "What the service is called; readers see it."),
            Option("host", "host", None, "The host a click loads from; readers see it."),
            Option("html", "markup", None, "The snippet; {{post.url}}, {{post.id}} and {{post.title}} are filled in."),
        ),
        script="",
        attributes=(),  # but for the snippet, which each post fills in
        key="id",
        sends="",
        origins={"script-src": "https://{host}", "frame-src": "https://{host}", "connect-src": "https://{host}"},
        host="https://{host}",
    ),
}  # fmt: skip


# ── what is wrong with the settings ──────────────────────────────────────────────────────────────────────────────────


def check(name: str, settings: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Say what is wrong in `[comments.<name>]`: (key, message, hint) each."""
    if name in OFF:
        return []
    if name not in PROVIDERS:
        hint = did_you_mean(name, PROVIDERS, "services are " + ", ".join(PROVIDERS))
        return [("", f'unknown comment service "{name}"', hint)]
    return wrong(PROVIDERS[name].options, settings, name, f"[comments.{name}]")


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
    name = comments.get("thread") or {"id": post.id, "path": post.permalink, "url": url}[row.key]
    if row.key == "url" and name.startswith("/"):
        name = info.url + name
    service = _service(provider, tuple(options.items()), info.base)
    own = {
        "thread": name,
        "address": url,
        "title": post.title,
        "language": _language(post.language or info.language, row.languages),
    }
    if "html" in service.words:
        own["html"] = _snippet(service.words["html"], {"url": url, "id": name, "title": post.title})
    return Thread(
        provider,
        service.name,
        service.host,
        row.sends,
        load,
        comments.get("open", True) is not False,
        (*service.loaded, *_attributes(own), *service.told),
        row.link and row.link.format_map(service.words | {"thread_quoted": quote(name, safe="")}),
    )


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
    """What a content security policy must let a service do: directive -> origins."""
    row = PROVIDERS[name]
    words = _words(row, options)
    return {directive: tuple(form.format_map(words).split()) for directive, form in row.origins.items()}


def _words(row: Provider, settings: Mapping[str, Any]) -> dict[str, str]:
    """What the row's format strings may use: the options as text, and the origins that follow from them."""
    words = filled(row.options, settings)
    for key, origin in (("url", "origin"), ("client", "client_origin")):
        words[key] = words.get(key, "").rstrip("/")
        parts = urlsplit(words[key])
        words[origin] = f"{parts.scheme}://{parts.netloc}" if parts.netloc else "'self'"
    words["socket"] = words["origin"].replace("http", "ws", 1)
    return words


def _snippet(html: str, post: Mapping[str, str]) -> str:
    """Fill in the placeholders in one pass: a title that looks like a placeholder stays a title."""
    return re.sub(r"\{\{\s*post\.(url|id|title)\s*\}\}", lambda match: escape(post[match[1]]), html)


@lru_cache(maxsize=256)
def _language(tag: str, known: str) -> str:
    """The closest language the service speaks: `de` for `de-AT`, English where there is none."""
    spoken = {word.lower(): word for word in known.split()}
    first = tag.lower().split("-")[0]
    kin = [word for key, word in spoken.items() if key.split("-")[0] == first]
    return spoken.get(tag.lower()) or spoken.get(first) or (kin or ["en"])[0] if spoken else tag
