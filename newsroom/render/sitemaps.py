"""Owns sitemaps: every address worth finding with its pictures, and the news of the last two days.

Formats: sitemaps.org, protocol 0.9; Google's extensions for images, news and hreflang (developers.google.com/search/docs,
crawling-indexing/sitemaps). Addresses absolute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from newsroom.model import Output, Post, digest, digest_of
from newsroom.permalinks import encoded, output_path
from newsroom.render import editions, press, structured
from newsroom.render.parts import Tools
from newsroom.site import Site
from newsroom.states import fresh_until, retraction
from newsroom.views import SiteInfo

KIND = "sitemap"
FILE, NEWS = "sitemap.xml", "news-sitemap.xml"

COUNT, WEIGHT = 50_000, 50_000_000
"""Addresses and bytes that one file may have by the protocol; 50 MB are 52,428,800 bytes."""
LATEST = 1000
"""So many posts a news sitemap may have."""
PICTURES = 1000
"""So many pictures an address may have."""

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
SPACES = {
    "image": 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"',
    "xhtml": 'xmlns:xhtml="http://www.w3.org/1999/xhtml"',
    "news": 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"',
}
"""Prefix -> how a file declares it, where it uses it."""


class Address(NamedTuple):
    """A page worth finding."""

    permalink: str
    changed: str = ""
    """RFC 3339 day of the last change that matters, or ""."""
    images: tuple[str, ...] = ()
    """Addresses of its pictures, as pages write them."""
    alternates: tuple[tuple[str, str], ...] = ()
    """(language, absolute address) of the same in every language, its own too."""


class News(NamedTuple):
    """A post of the last two days."""

    permalink: str
    title: str
    date: str
    """RFC 3339."""
    language: str


def outputs(site: Site) -> Iterator[Output]:
    """Of each edition: the sitemap, or an index and its parts; the news."""
    for edition in editions.only(site):
        parts = _parts(site, edition)
        plain = [[tuple(address) for address in part] for part in parts]
        if len(parts) == 1:
            yield _output(edition, FILE, plain[0])
        else:
            yield _output(edition, FILE, [max((address.changed for address in part), default="") for part in parts])
            for n, part in enumerate(plain, 1):
                yield _output(edition, part_name(n), part)
        yield _output(edition, NEWS, [tuple(one) for one in news(edition)])


def _output(edition: Site, name: str, made_of: list) -> Output:
    path = f"{edition.prefix}/{name}"[1:]
    return Output(path, KIND, f"{edition.edition} {name}", digest(edition.info.digest + digest_of(made_of)))


def write(output: Output, site: Site, tools: Tools) -> bytes:
    """One of the files."""
    language, _, name = output.subject.partition(" ")
    edition = site.editions.get(language, site)
    if name == NEWS:
        return news_sitemap(edition.info, news(edition))
    parts = _parts(site, edition)
    if name != FILE:
        return sitemap(edition.info, parts[int(name.partition("-")[2].removesuffix(".xml")) - 1])
    return sitemap(edition.info, parts[0]) if len(parts) == 1 else index(edition.info, parts)


def part_name(n: int) -> str:
    """The name of a part: `sitemap-1.xml`."""
    return f"sitemap-{n}.xml"


# ── what is in them ──────────────────────────────────────────────────────────────────────────────────────────────────


def addresses(whole: Site, site: Site) -> list[Address]:
    """Every page of an edition that is worth finding, by its permalink."""
    pages = [Address(post.permalink, changed(post), _pictures(site, post.source)) for post in site.posts]
    pages += [
        Address(page.permalink, "", _pictures(site, page.source))
        for page in site.pages
        if page.permalink != structured.PROMISES  # its words stand on that page
    ]
    fixed = ["/", "/posts/", "/people/", "/topics/", "/corrections/", "/promises/", "/follow/", "/archive/"]
    fixed += ["/ask/"] if site.people else []
    fixed += ["/press/"] if press.has_room(site) else []
    fixed += [permalink for permalink, _, _ in press.each_sheet(site)]
    newest = _newest(site)
    faces = {face.permalink: (face.photo.src,) for face in site.faces.values() if face.photo}
    pages += [Address(path, newest.get(path, ""), faces.get(path, ())) for path in {*fixed, *site.feeds}]
    return sorted(_with_alternates(whole, site, pages) if whole.editions else pages)


def _with_alternates(whole: Site, site: Site, pages: Iterable[Address]) -> Iterator[Address]:
    texts = {
        noun.permalink: (kind, noun.source)
        for kind, nouns in (("post", site.posts), ("page", site.pages))
        for noun in nouns
    }
    for page in pages:
        kind, source = texts.get(page.permalink, ("", ""))
        found = editions.languages(whole, site, kind, output_path(page.permalink), source).value
        yield page._replace(alternates=found.alternates if found else ())


def _newest(site: Site) -> dict[str, str]:
    """Permalink of a page that lists posts -> the day of the newest."""
    listed = [("/", site.posts), ("/posts/", site.posts)]
    listed += [(f"/people/{key}/", posts) for key, posts in site.by_author.items()]
    listed += [(f"/topics/{key}/", posts) for key, posts in site.by_topic.items()]
    return {path: posts[0].date[:10] for path, posts in listed if posts}


def changed(post: Post) -> str:
    """The day of the last change of a post that was declared."""
    if not post.updated and "corrections" not in post.details:
        return post.date[:10]
    return max([post.date[:10], post.updated[:10], *(c["date"] for c in post.details.get("corrections", ()))])


def files(site: Site) -> list[str]:
    """Absolute addresses of the sitemaps that crawlers are told of."""
    return [f"{edition.info.url}/{name}" for edition in editions.only(site) for name in (FILE, NEWS)]


def _pictures(site: Site, source: str) -> tuple[str, ...]:
    files = site.refs[source].files
    if not files:  # most sources
        return ()
    return tuple(dict.fromkeys(file.href for file in files.values() if file.pixels[0]))[:PICTURES]


def news(site: Site) -> list[News]:
    """The posts that went out in the last two days and still stand, newest first."""
    now = int(site.moment.timestamp())
    fresh = [post for post in site.posts if post.date and fresh_until(post) > now and not retraction(post, site.moment)]
    return [
        News(post.permalink, post.title, post.date, news_language(post.language or site.info.language))
        for post in fresh[:LATEST]
    ]


def news_language(tag: str) -> str:
    """A language as news sitemaps name it: ISO 639 alone, but for the two scripts of Chinese.

    >>> news_language("de-AT"), news_language("zh-Hant"), news_language("zh")
    ('de', 'zh-tw', 'zh-cn')
    """
    language, _, more = tag.lower().partition("-")
    if language == "zh":
        return "zh-tw" if {"tw", "hk", "mo", "hant"} & set(more.split("-")) else "zh-cn"
    return language


# ── how they are written ─────────────────────────────────────────────────────────────────────────────────────────────


def _parts(whole: Site, site: Site) -> list[list[Address]]:
    """The addresses of an edition, so many to a file as it may have."""
    return split(site.info, addresses(whole, site))


def split(info: SiteInfo, found: Sequence[Address], count: int = COUNT, weight: int = WEIGHT) -> list[list[Address]]:
    """Addresses in parts of at most `count`, and of at most `weight` bytes when they are written."""
    parts: list[list[Address]] = [[]]
    heavy = 1000
    for address in found:
        more = _most(info, address)
        if parts[-1] and (len(parts[-1]) >= count or heavy + more > weight):
            parts.append([])
            heavy = 1000
        parts[-1].append(address)
        heavy += more
    return parts


def _most(info: SiteInfo, address: Address) -> int:
    """At most so many bytes an address takes: a character of a path at most 12, four bytes percent-encoded."""
    own = 100 + len(info.url) + 12 * len(address.permalink)
    if not (address.images or address.alternates):
        return own
    return own + sum(
        100 + len(info.url) + 12 * len(words) for words in (*address.images, *(href for _, href in address.alternates))
    )


def sitemap(info: SiteInfo, found: Iterable[Address]) -> bytes:
    """One `urlset`. Namespaces are declared where they are used."""
    used, rows = {"image": False, "xhtml": False}, []
    for address in found:
        used["image"] |= bool(address.images)
        used["xhtml"] |= bool(address.alternates)
        rows.append(_url(info, address))
    spaces = " ".join([SPACE, *(SPACES[name] for name in used if used[name])])
    return f"{HEAD}<urlset {spaces}>\n{''.join(rows)}</urlset>\n".encode()


def _url(info: SiteInfo, address: Address) -> str:
    more = f"<lastmod>{address.changed}</lastmod>" if address.changed else ""
    for language, href in address.alternates:
        more += f'<xhtml:link rel="alternate" hreflang="{escape(language)}" href="{escape(href)}"/>'
    for src in address.images:
        more += f"<image:image><image:loc>{escape(structured.absolute(info, src))}</image:loc></image:image>"
    return f"<url><loc>{escape(info.url + encoded(address.permalink))}</loc>{more}</url>\n"


def index(info: SiteInfo, parts: Iterable[Sequence[Address]]) -> bytes:
    """A `sitemapindex` of the parts, each with its newest day."""
    rows = []
    for n, part in enumerate(parts, 1):
        newest = max((address.changed for address in part), default="")
        lastmod = f"<lastmod>{newest}</lastmod>" if newest else ""
        rows.append(f"<sitemap><loc>{escape(info.url)}/{part_name(n)}</loc>{lastmod}</sitemap>\n")
    return f"{HEAD}<sitemapindex {SPACE}>\n{''.join(rows)}</sitemapindex>\n".encode()


def news_sitemap(info: SiteInfo, found: Iterable[News]) -> bytes:
    """The news; an empty `urlset` where nothing went out lately, which is right (Google says so)."""
    rows = [
        f"<url><loc>{escape(info.url + encoded(one.permalink))}</loc><news:news><news:publication>"
        f"<news:name>{escape(info.title)}</news:name><news:language>{escape(one.language)}</news:language>"
        f"</news:publication><news:publication_date>{one.date}</news:publication_date>"
        f"<news:title>{escape(one.title)}</news:title></news:news></url>\n"
        for one in found
    ]
    return f"{HEAD}<urlset {SPACE} {SPACES['news']}>\n{''.join(rows)}</urlset>\n".encode()
