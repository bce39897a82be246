"""Owns the rows of PROVIDERS for comment services that a company or a code host runs, and for any other by its snippet.

Their hosts are fixed. Must not fetch anything, and not know posts.
"""

from __future__ import annotations

from newsroom.options import Option
from newsroom.services import Provider

_REPOSITORY = "The public repository whose {} hold the comments."
_THEMES = ("github-light", "github-dark", "github-dark-orange", "icy-dark", "dark-blue", "photon-dark", "boxy-light")
_THEMES += ("gruvbox-dark", "preferred-color-scheme")

GITHUB: dict[str, Provider] = {
    "giscus": Provider(
        "giscus",
        (
            Option("repo", "repository", None, _REPOSITORY.format("discussions")),
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
        origins={"script-src": "{origin}", "frame-src": "{origin}", "style-src": "{origin}"},
        link="https://github.com/{repo}/discussions?discussions_q={thread_quoted}",
        numbered="https://github.com/{repo}/discussions/{number}",
        languages="ar be bg ca cs da de el=gr en eo es eu fa fr gsw hbs he hu id it ja km=kh ko nl pl pt ro ru th tr "
        "vi uk uz zh-CN zh=zh-CN zh-Hans zh-Hant zh-HK zh-TW",
    ),
    "utterances": Provider(
        "utterances",
        (
            Option("repo", "repository", None, _REPOSITORY.format("issues")),
            Option("label", "words", "", "A label for the issues; it must be in the repository, in the same letters."),
            Option("light", _THEMES, "github-light", "Theme on a light page."),
            Option("dark", _THEMES, "github-dark", "Theme on a dark page."),
        ),
        script="https://utteranc.es/client.js",
        attributes=(("repo", "{repo}"), ("label", "{label}"), ("light", "{light}"), ("dark", "{dark}")),
        key="id",
        origins={
            "script-src": "https://utteranc.es", "frame-src": "https://utteranc.es", "style-src": "'unsafe-inline'",
        },
        link="https://github.com/{repo}/issues?q={thread_quoted}",
        numbered="https://github.com/{repo}/issues/{number}",
    ),
}  # fmt: skip
"""Comments as discussions or issues of a repository."""

VENDORS: dict[str, Provider] = {
    "disqus": Provider(
        "Disqus",
        (Option("shortname", "word", None, "The site's name at Disqus."),),
        script="https://{shortname}.disqus.com/embed.js",
        attributes=(),
        key="id",
        origins={
            "script-src": "https://{shortname}.disqus.com https://*.disqus.com https://*.disquscdn.com",
            "frame-src": "https://disqus.com https://*.disqus.com",
            "connect-src": "https://*.disqus.com https://links.services.disqus.com",
            "style-src": "https://*.disquscdn.com 'unsafe-inline'",
            "img-src": "https://*.disquscdn.com https://*.disqus.com",
        },
        languages="af sq ar az eu bg ca zh zh-TW=zh_TW zh-Hant=zh_TW hr cs da nl en eo et fi fr gl ka de=de_formal el "
        "he hu is id it ja ko lv lt mk no nb=no pl pt-BR=pt_BR pt=pt_EU ro ru sr sk sl es=es_ES es-AR=es_AR "
        "es-MX=es_MX sv=sv_SE th tr uk vi",
    ),
    "hyvor": Provider(
        "Hyvor Talk",
        (Option("website_id", "count", None, "The site's number at Hyvor Talk."),),
        script="https://talk.hyvor.com/embed/embed.js",
        attributes=(("website", "{website_id}"),),
        key="id",
        origins={
            "script-src": "https://talk.hyvor.com",
            "frame-src": "https://talk.hyvor.com",
            "connect-src": "https://talk.hyvor.com https://*.hyvor.com wss://*.hyvor.com",
            "style-src": "'unsafe-inline'",
            "img-src": "data: https://talk.hyvor.com https://*.hyvor.com",
        },
    ),
    "fastcomments": Provider(
        "FastComments",
        (
            Option("tenant_id", "word", None, "Your account's id."),
            Option("region", ("us", "eu"), "us", "Where your account is."),
        ),
        script="https://cdn{eu_tail}.fastcomments.com/js/embed-v2.min.js",
        attributes=(("tenant", "{tenant_id}"), ("region", "{eu}")),
        key="id",
        origins={
            "script-src": "https://cdn{eu_tail}.fastcomments.com",
            "frame-src": "https://{eu_head}fastcomments.com",
            "connect-src": "https://{eu_head}fastcomments.com",
            "style-src": "'unsafe-inline'",
        },
        link="https://{eu_head}fastcomments.com/ssr/comments?tenantId={tenant_id}&urlId={thread_quoted}",
        languages="en=en_us de=de_de es=es_es fr=fr_fr it=it_it ja=ja_jp ko=ko_kr pl=pl_pl pt=pt_br ru=ru_ru tr=tr_tr "
        "zh=zh_cn zh-TW=zh_tw zh-Hant=zh_tw",
    ),
}  # fmt: skip
"""Companies whose business is comments."""

OTHERS: dict[str, Provider] = {
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
        origins={"script-src": "https://{host}", "frame-src": "https://{host}", "connect-src": "https://{host}"},
        host="https://{host}",
    ),
}
"""What is not in the table."""
