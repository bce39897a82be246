"""Owns Provider, a row of PROVIDERS, and the rows of services that run on somebody's own server.

Must not fetch anything, and not know posts: `providers` fills the rows in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from newsroom.options import Option


@dataclass(frozen=True)
class Provider:
    """One comment service. Its strings are format strings over the options, `link` over the thread too."""

    title: str
    options: tuple[Option, ...]
    script: str
    """What a click loads first; "" where the page's own script does all."""
    attributes: tuple[tuple[str, str], ...]
    """What the script is told: name without `data-`, format string. An empty value is left out."""
    key: str
    """What names a thread: the post's `id`, its `path` or its `url`; "" where only the post itself can name one."""
    origins: Mapping[str, str]
    """Directive of a content security policy -> the origins it needs, separated by spaces."""
    style: str = ""
    """A style sheet that the page's script adds."""
    link: str = ""
    """Where a thread can be read without a script."""
    numbered: str = ""
    """Where the thread that a post names as "#17" can be read; "" where threads have no numbers."""
    reads: Callable[[str, Mapping[str, str]], dict[str, str]] | None = None
    """What the name that a post gives its thread says: words for the script; {} where it is none of this service's."""
    form: str = ""
    """How a post names its thread, as a hint: where not every name will do."""
    host: str = ""
    """Where a click loads from, if the script's address does not say."""
    languages: str = ""
    """Languages the service speaks, separated by spaces: `de`, `uk=ua` where its word is another; "" takes any tag."""


def path(name: str, _: Mapping[str, str]) -> dict[str, str]:
    """Whether a thread is named by a path, as services want that look it up by one."""
    return {"thread": name} if name.startswith("/") else {}


def url(says: str = "Where your server answers.", missing: str = "") -> Option:
    """The key that every service of one's own needs."""
    return Option("url", "url", None, says, missing)


_EMPTY = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
"""A style element with nothing in it, which Waline makes even where it is to leave the dark to the page."""

_CLIENT = "The folder that holds {}; best on your own host."

SERVERS: dict[str, Provider] = {
    "isso": Provider(
        "Isso",
        (
            url(missing="`newsroom serve` starts one beside the site if newsroom[isso] is installed"),
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
        origins={"script-src": "{origin}", "connect-src": "{origin}", "style-src": "{style_origin}"},
    ),
    "remark42": Provider(
        "Remark42",
        (
            url(),
            Option("site_id", "word", None, "The site's name on that server."),
            Option("simple_view", "flag", False, "Show less around each comment."),
            Option("email_subscription", "flag", False, "Offer answers by e-mail."),
        ),
        script="{url}/web/embed.mjs",
        attributes=(
            ("url", "{url}"), ("site-id", "{site_id}"), ("simple", "{simple_view}"), ("mail", "{email_subscription}"),
        ),
        key="url",
        origins={"script-src": "{origin}", "frame-src": "{origin}", "connect-src": "{origin}"},
        languages="ar be bg cs de en es fa fi fr it ja ko mk pl pt-BR=bp pt=bp ro ru th tr uk=ua vi zh zh-tw "
        "zh-Hant=zh-tw",
    ),
    "comentario": Provider(
        "Comentario",
        (
            url(),
            Option("live", "flag", False, "Show new comments at once, over an open connection."),
            Option("max_level", "number", 10, "How deep answers are nested."),
            Option("no_fonts", "flag", True, "Use the page's letters, not the service's."),
        ),
        script="{url}/comentario.js",
        attributes=(("live", "{live}"), ("levels", "{max_level}"), ("no-fonts", "{no_fonts}")),
        key="path",
        origins={
            "script-src": "{origin}", "connect-src": "{origin} {socket}",
            "style-src": "{origin}", "img-src": "{origin}",
        },
        reads=path,
        form="its path on that server, with a slash before it: /2026/old-path/",
    ),
    "waline": Provider(
        "Waline",
        (
            url(),
            Option("client", "place", None, _CLIENT.format("waline.js and waline.css")),
            Option("login", ("disable", "enable", "force"), "disable", "Whether readers may or must sign in."),
            Option("word_limit", "number", 1000, "The longest comment, in words."),
        ),
        script="{client}/waline.js",
        style="{client}/waline.css",
        attributes=(("url", "{url}"), ("login", "{login}"), ("words", "{word_limit}")),
        key="path",
        origins={
            "script-src": "{client_origin}", "connect-src": "{origin}",
            "style-src": f"{{client_origin}} {_EMPTY}", "img-src": "data: https://seccdn.libravatar.org",
        },
        host="{url}",
        languages="de en es fr it ja=jp ko pt-BR pt=pt-BR ru vi zh zh-CN zh-TW zh-Hant=zh-TW",
    ),
    "artalk": Provider(
        "Artalk",
        (
            url(),
            Option("site", "words", None, "The site's name on that server."),
            Option("vote", "flag", True, "Let readers vote on comments."),
        ),
        script="{url}/dist/Artalk.js",
        style="{url}/dist/Artalk.css",
        attributes=(("url", "{url}"), ("site", "{site}"), ("vote", "{vote}")),
        key="path",
        origins={
            "script-src": "{origin}", "style-src": "{origin}", "style-src-attr": "'unsafe-inline'",
            "connect-src": "{origin}", "img-src": "{origin} data: https://www.gravatar.com",
        },
        languages="en fr ja ko ru tr zh-CN zh=zh-CN zh-TW zh-Hant=zh-TW",
    ),
    "twikoo": Provider(
        "Twikoo",
        (
            url(),
            Option("client", "place", None, _CLIENT.format("twikoo.nocss.js and twikoo.css")),
        ),
        script="{client}/twikoo.nocss.js",
        style="{client}/twikoo.css",
        attributes=(("url", "{url}"),),
        key="path",
        origins={
            "script-src": "{client_origin}", "style-src": "{client_origin}", "style-src-attr": "'unsafe-inline'",
            "connect-src": "{origin}", "img-src": "data: https://weavatar.com https://cravatar.cn",
        },
        host="{url}",
        languages="en id ja ko uz vi zh-CN=zh-cn zh=zh-cn zh-HK=zh-hk zh-TW=zh-tw zh-Hant=zh-tw",
    ),
    "discourse": Provider(
        "Discourse",
        (
            url("Where the forum answers."),
            Option("author", "word", "", "The forum's user in whose name topics are opened."),
        ),
        script="{url}/javascripts/embed.js",
        attributes=(("url", "{url}/"), ("user", "{author}")),
        key="url",
        origins={"script-src": "{origin}", "frame-src": "{origin}"},
        numbered="{url}/t/{number}",
    ),
}  # fmt: skip
"""Services that the newsroom, or somebody it trusts, runs."""
