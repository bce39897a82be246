"""Owns addresses: slugs, patterns, output paths. Text in, text out; must not touch files."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote

KEY = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")
"""Keys of people and topics: they are part of addresses that never move."""

BETWEEN = re.compile(r"[^a-z0-9]+")
"""What parts the words of a slug, where all of them are ASCII."""

FIELDS = ("year", "month", "day", "slug", "kind")
"""What a permalink pattern may hold."""


def slugify(text: str) -> str:
    """A name as one part of an address; "" when nothing of it can stand in one.

    Latin letters lose their accents; letters of other scripts stay, as RFC 3987 allows.

    >>> slugify("Grüße aus  Łódź: was nun?")
    'grusse-aus-lodz-was-nun'
    """
    words = text.replace("’", "").replace("'", "")
    if words.isascii() and "%" not in words:  # most names are: 2 µs instead of 60
        return BETWEEN.sub("-", words.lower()).lstrip("-")[:120].rstrip("-")
    # Taken apart twice: `℡` is TEL once it is, and folding a case can put letters together.
    text = unicodedata.normalize("NFKD", unquote(text, errors="ignore")).casefold().translate(_LETTERS)
    kept: list[str] = []
    for c in unicodedata.normalize("NFKD", text):
        if c in _SILENT:
            continue
        if unicodedata.category(c).startswith("M"):  # a mark: an accent on Latin, a vowel in Devanagari
            if kept and kept[-1] != "-" and not kept[-1].isascii():
                kept.append(c)
        elif c.isalnum():
            kept.append(c)
        elif kept and kept[-1] != "-":
            kept.append("-")
    whole = unicodedata.normalize("NFC", "".join(kept))[:120]
    return whole.encode()[:LONGEST].decode(errors="ignore").strip("-")


LONGEST = 200
"""Bytes of a slug: file systems take 255 for a name, and a pattern may put a date beside it."""


_SILENT = "'’ʼ\u00ad\u200b\u200c\u200d"
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})
"""Small letters that Unicode does not take apart into a base and a mark."""


def check_pattern(pattern: str) -> str:
    """What is wrong with a permalink pattern, or ""."""
    if not (pattern.startswith("/") and pattern.endswith("/")):
        return "must begin and end with /"
    if "{slug}" not in pattern:
        return "must contain {slug}, or two posts could share an address"
    unknown = [name for name in re.findall(r"{([^}]*)}", pattern) if name not in FIELDS]
    if unknown:
        return f'has an unknown field "{unknown[0]}"; it may hold {", ".join("{%s}" % f for f in FIELDS)}'
    return check_path(re.sub(r"{\w+}", "x", pattern))


def check_path(path: str) -> str:
    """What is wrong with a path of the site, or "". Nothing may climb out of the output folder, however it is written."""
    decoded = unquote(unquote(path))
    if not path.startswith("/"):
        return "must begin with /"
    if any(part in ("..", ".") for part in re.split(r"[/\\]", decoded)):
        return 'must not contain ".." or "."'
    if "\\" in decoded or any(ord(c) < 32 or ord(c) == 127 for c in decoded):
        return "must not contain backslashes or control characters"
    if decoded.count("//") or decoded.startswith("/_"):
        return "must not contain // or begin with /_"
    if set(decoded) & set('?#"<>|*:{}'):
        return "must be a plain path: no ? # or other marks"
    if any(len(part.encode()) > 250 for part in decoded.split("/")):
        return "has a part longer than 250 bytes"
    return ""


def permalink(pattern: str, slug: str, kind: str, date: str) -> str:
    """The address of a post below the site's: `/2026/cracked-lens/`. `date` is RFC 3339, or "" for a draft."""
    year, month, day = (date[:4], date[5:7], date[8:10]) if date else ("draft", "00", "00")
    return pattern.format(year=year, month=month, day=day, slug=slug, kind=kind)


def output_path(link: str) -> str:
    """The file that answers at an address: `/2026/x/` -> `2026/x/index.html`."""
    path = unquote(link).lstrip("/")
    return path + "index.html" if path.endswith("/") or not path else path


def encoded(path: str) -> str:
    """A path as it stands in an address: every character outside RFC 3986's own percent-encoded."""
    return quote(path, safe="/:@!$&'()*+,;=~-._#?%" if "%" in path else "/:@!$&'()*+,;=~-._#?")


def join(folder: str, name: str) -> str | None:
    """`name` seen from `folder`, both `/`-separated; None where it would climb out of the site.

    >>> join("content/posts/2026", "../2025/a.md")
    'content/posts/2025/a.md'
    """
    parts = folder.split("/") if folder else []
    for part in name.replace("\\", "/").split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
