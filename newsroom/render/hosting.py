"""Owns what a static host and crawlers read: headers, redirects, robots, sitemap. Text out; addresses absolute."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from newsroom.permalinks import encoded
from newsroom.views import SiteInfo

HEADERS = {
    "/*": (
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: strict-origin-when-cross-origin",
        "X-Frame-Options: SAMEORIGIN",
        "Permissions-Policy: camera=(), geolocation=(), microphone=(), interest-cohort=()",
    ),
    "/assets/*": ("Cache-Control: public, max-age=31536000, immutable",),
    "/*.xml": ("Access-Control-Allow-Origin: *",),
    "/*.json": ("Access-Control-Allow-Origin: *",),
}
"""Netlify's and Cloudflare's form. What stands in assets/ has its digest in its name, so it never changes."""


def headers(info: SiteInfo) -> bytes:
    """`_headers`."""
    blocks = (f"{info.base}{path}\n" + "".join(f"  {line}\n" for line in lines) for path, lines in HEADERS.items())
    return "\n".join(blocks).encode()


def redirects(info: SiteInfo, moved: Iterable[tuple[str, str]]) -> bytes:
    """`_redirects`: an old address a line."""
    lines = sorted({f"{encoded(info.base + old)} {encoded(info.base + new)} 301\n" for old, new in moved})
    return "".join(lines).encode()


def robots(info: SiteInfo) -> bytes:
    """`robots.txt`."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {info.url}/sitemap.xml\n".encode()


def sitemap(info: SiteInfo, pages: Iterable[tuple[str, str]]) -> bytes:
    """`sitemap.xml` (sitemaps.org, protocol 0.9) of (permalink, RFC 3339 day or "")."""
    urls = []
    for permalink, changed in pages:
        lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
        urls.append(f"<url><loc>{escape(info.url + encoded(permalink))}</loc>{lastmod}</url>\n")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return (head + "".join(urls) + "</urlset>\n").encode()
