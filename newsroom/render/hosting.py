"""Owns what a static host and crawlers read: headers, redirects, robots, sitemap. Text out; addresses absolute."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from newsroom.permalinks import encoded
from newsroom.render.policy import EVERY_ANSWER, PICTURE
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
    "/*.xml": ("Access-Control-Allow-Origin: *",),
    "/*.json": ("Access-Control-Allow-Origin: *",),
}
"""Netlify's and Cloudflare's form. What stands in assets/ has its digest in its name, so it never changes."""

ENCRYPTED = "Strict-Transport-Security: max-age=31536000"
"""A year. Not for the subdomains: they are other people's."""


def headers(info: SiteInfo) -> bytes:
    """`_headers`. A newsroom that is a folder of another site says nothing for the whole host."""
    blocks = []
    for path, lines in HEADERS.items():
        if path == "/*" and info.url.startswith("https://") and not info.base:
            lines = (*lines, ENCRYPTED)
        blocks.append(f"{info.base}{path}\n" + "".join(f"  {line}\n" for line in lines))
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
