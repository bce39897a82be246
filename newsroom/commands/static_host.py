"""Owns what a static host does with an address: files, folders, redirects, headers, the 404 page.

A pure function of the folder: address in, Reply out. It follows the two files that hosts read, `_headers` and
`_redirects`, so that what works in the preview works when deployed. It must not open sockets or know of live reload.
"""

from __future__ import annotations

import mimetypes
import re
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit


class Reply(NamedTuple):
    """An answer to one request, before the server adds its own headers."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str:
        """The first value of a header, or ""."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class Redirect(NamedTuple):
    """A line of `_redirects`: `/blog/:slug /posts/:slug 301`."""

    pattern: str
    target: str
    status: int
    force: bool
    """Whether it goes before a file of that name: a status with `!`."""


HOST_FILES = ("_headers", "_redirects")
"""Read by hosts, served by none."""

TYPES = {
    # Feeds as plain XML: only then do browsers apply the stylesheet that makes them readable.
    ".xml": "application/xml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".opml": "text/x-opml; charset=utf-8",
    ".vcf": "text/vcard; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".svg": "image/svg+xml",
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
"""Said here, because `mimetypes` asks the machine and machines differ."""

_ADDRESS = "/:?#[]@!$&'()*+,;=%~"
"""What stays as it is in an address that is already quoted; all else, line breaks above all, is quoted again."""


def answer(folder: Path, base: str, target: str) -> Reply:
    """What a host with `folder` published at `base` ("" or "/newsroom") says to `GET target`."""
    raw, _, query = target.partition("?")
    path = _decoded(raw)
    if path is None:
        return _plain(400, "this address has no meaning here")
    if base and path in ("/", base):
        return _moved(quote(f"{base}/"), query, 302)
    if not path.startswith(f"{base}/"):
        return _plain(404, f"nothing here: the site begins at {base}/")
    local = path[len(base) :]
    rule, captured = _rule(folder, base, local)
    reply = None if rule and rule.force else _file(folder, local)
    if reply is None and not (rule and rule.force) and _file(folder, f"{local}/"):
        reply = _moved(quote(f"{path}/"), query, 301)
    if reply is None and rule:
        reply = _redirected(folder, base, rule, captured, query)
    if reply is None:
        reply = _missing(folder)
    return reply._replace(headers=_merged(reply.headers, extra_headers(_text(folder, "_headers"), base, local)))


def content_type(file: Path) -> str:
    """The media type of a file, by its name."""
    if file.name == "feed.json":
        return "application/feed+json"
    return TYPES.get(file.suffix.lower()) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"


@lru_cache(maxsize=4)  # by content: asked at every request, parsed once a build
def redirects(text: str) -> tuple[Redirect, ...]:
    """The lines of `_redirects` that need no more than the address: those with conditions are left out."""
    rules = []
    for line in text.splitlines():
        words = list(takewhile(lambda word: not word.startswith("#"), line.split()))
        status = words[2] if len(words) > 2 else "301"
        if len(words) in (2, 3) and words[0].startswith("/") and re.fullmatch(r"[2-4]\d\d!?", status):
            rules.append(Redirect(unquote(words[0]), words[1], int(status.rstrip("!")), status.endswith("!")))
    return tuple(rules)


@lru_cache(maxsize=4)
def header_rules(text: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The blocks of `_headers`: a pattern at the margin, `Name: value` lines indented below it.

    `! Name`, which has "" as its value here, takes away what blocks above said (Cloudflare's form).
    """
    blocks: list[tuple[str, list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line[0].isspace():
            blocks.append((unquote(line.strip()), []))
        elif blocks and ":" not in line and line.lstrip().startswith("!"):
            blocks[-1][1].append((line.strip()[1:].strip(), ""))
        elif blocks and ":" in line:
            name, value = line.split(":", 1)
            blocks[-1][1].append((name.strip(), value.strip()))
    return tuple((pattern, tuple(pairs)) for pattern, pairs in blocks)


def extra_headers(text: str, base: str, local: str) -> tuple[tuple[str, str], ...]:
    """The headers that `_headers` gives an address; its patterns may be written with or without the base."""
    found: list[tuple[str, str]] = []
    for pattern, pairs in header_rules(text):
        if match(pattern, local) is not None or (base and match(pattern, base + local) is not None):
            gone = {name.lower() for name, value in pairs if not value}
            found = [pair for pair in found if pair[0].lower() not in gone] + [pair for pair in pairs if pair[1]]
    return tuple(found)


def match(pattern: str, path: str) -> dict[str, str] | None:
    """What `:name` and `*` stand for where the pattern fits the path, else None. A final slash makes no difference.

    match("/blog/:slug/*", "/blog/a/b/c") == {"slug": "a", "splat": "b/c"}
    """
    if "*" not in pattern and ":" not in pattern:  # nearly all of ten thousand old addresses
        return {} if pattern.rstrip("/") == path.rstrip("/") else None
    found = _expression(pattern).fullmatch(path.rstrip("/") or "/")
    return {name: value or "" for name, value in found.groupdict().items()} if found else None


@lru_cache(maxsize=1024)
def _expression(pattern: str) -> re.Pattern[str]:
    """`:name` is one segment or a part of one, `*` is anything; a final `/*` may be missing altogether."""
    known = {"splat"} if pattern.count("*") > 1 else set()
    expression = ""
    for part in re.split(r"(/\*$|\*|:[A-Za-z]\w*)", pattern.rstrip("/")):
        name = "splat" if part.endswith("*") else part[1:]
        group = "(" if name in known else f"(?P<{name}>"
        if part.endswith("*"):
            expression += f"{group}.*)" if part == "*" else f"(?:/{group}.*))?"
        elif part.startswith(":"):
            expression += f"{group}[^/]+)"
            known.add(name)
        else:
            expression += re.escape(part)
    return re.compile(expression)


def _decoded(raw: str) -> str | None:
    """The path as the folder knows it; None where it could mean another place than it says."""
    try:
        path = unquote(raw, errors="strict")
    except UnicodeDecodeError:
        return None
    segments = path.split("/")
    strange = any(ord(c) < 32 or c in "\\\x7f" for c in path) or ".." in segments or "." in segments
    return None if strange or not path.startswith("/") else path


def _file(folder: Path, local: str, status: int = 200) -> Reply | None:
    """The file an address shows. Symbolic links count as what they point to, which must be inside."""
    name = local[1:] + ("index.html" if local.endswith("/") else "")
    if name.lower() in HOST_FILES or "" in name.split("/"):
        return None
    try:
        file = (folder / name).resolve()
        if not file.is_relative_to(folder.resolve()) or not file.is_file():
            return None
        return Reply(status, (("Content-Type", content_type(file)),), file.read_bytes())
    except (OSError, RuntimeError, ValueError):  # gone since, a name too long, a loop of links
        return None


def _text(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_text("utf-8", errors="replace")
    except OSError:
        return ""


def _rule(folder: Path, base: str, local: str) -> tuple[Redirect | None, dict[str, str]]:
    for rule in redirects(_text(folder, "_redirects")):
        for path in (base + local, local):
            captured = match(rule.pattern, path)
            if captured is not None:
                return rule, captured
    return None, {}


def _redirected(folder: Path, base: str, rule: Redirect, captured: dict[str, str], query: str) -> Reply | None:
    target = rule.target
    for name in sorted(captured, key=len, reverse=True):  # `:splat` before `:s`
        target = target.replace(f":{name}", quote(captured[name]))
    outside = bool(urlsplit(target).scheme or target.startswith("//"))
    if 300 <= rule.status < 400:
        inside = outside or not base or target.startswith(f"{base}/")
        return _moved(target if inside else base + target, "" if "?" in target else query, rule.status)
    local = unquote(urlsplit(target).path.removeprefix(base))
    return None if outside else _file(folder, local, rule.status)


def _moved(address: str, query: str, status: int) -> Reply:
    location = quote(f"{address}?{query}" if query else address, safe=_ADDRESS)
    return Reply(status, (("Location", location),))


def _missing(folder: Path) -> Reply:
    return _file(folder, "/404.html", 404) or _plain(404, "nothing here")


def _plain(status: int, words: str) -> Reply:
    return Reply(status, (("Content-Type", TYPES[".txt"]),), f"{words}\n".encode())


def _merged(own: tuple[tuple[str, str], ...], extra: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    said = {name.lower() for name, _ in extra}
    return tuple(pair for pair in own if pair[0].lower() not in said) + extra
