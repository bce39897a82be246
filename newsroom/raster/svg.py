"""Owns what drawing programs leave in SVG files beside the drawing, and whether such a file is whole. Bytes in, bytes out."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Callable
from html import unescape
from urllib.parse import unquote
from xml.parsers import expat

from newsroom.raster.look import Broken, Look

START = re.compile(
    rb"\s*(?:(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?\s*>)\s*)*<(?:[\w.-]+:)?svg[\s/>]", re.S
)
"""How an SVG begins: whatever is said before it, its first element has that name."""
MARKS = b"\xef\xbb\xbf\xff\xfe"
"""What text in UTF-8 or UTF-16 may begin with."""
UNSEEN = re.compile(r"(<!\[CDATA\[.*?\]\]>|<\?xml(?:-stylesheet)?\s.*?\?>)|<!--.*?-->|<\?.*?\?>", re.S)
"""Comments, and what is said to programs. In a CDATA section they are text."""
METADATA = re.compile(
    r"<((?:[\w.-]+:)?metadata|sodipodi:namedview|i:(?:ai)?pgf(?:Ref)?)\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*?(?:/>|>.*?</\1\s*>)",
    re.S,
)
"""Who drew it, and where; how the program's window stood; the whole file once more in the program's own form."""
ATTRIBUTE = re.compile(
    r"""\s(?:inkscape:export-[\w-]+|sodipodi:(?:docname|docbase|absref)|inkscape:version|xml:base)\s*=\s*("[^"]*"|'[^']*')"""
)
"""Names of files and folders on somebody's computer."""
INSIDE = re.compile(
    r"(data:([^,;\"'<>()\s]*)(?:;[^,;\"'<>()]*)*;\s*base64\s*,)((?:[\w+/=\-\s]|%[0-9a-f]{2}|&#x?[0-9a-f]+;)*)", re.I
)
"""A file that stands in the drawing itself: (how it begins, its media type, its bytes)."""
PICTURE = re.compile(r"data:image/", re.I)


def is_one(raw: bytes) -> bool:
    """Whether a file is an SVG: text with that element first, in whatever encoding."""
    if raw[:4096].replace(b"\0", b"").lstrip(MARKS).lstrip()[:1] != b"<":
        return False
    return bool(START.match(raw.replace(b"\0", b"").lstrip(MARKS)))


def look(raw: bytes) -> Look:
    """Nothing: an SVG has no pixels. Raises Broken where a browser would show an error: where it is no well-formed XML."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.EntityDeclHandler = _refused  # a few of them can fill a computer's memory
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(raw, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise Broken("unformed") from None
    return Look(0, 0)


def cleaned(raw: bytes, inside: Callable[[bytes, bool], bytes]) -> bytes:
    """The drawing as it is, without its metadata and comments. Raises Broken.

    `inside` cleans a file that stands in it: (bytes, whether it must be a picture).
    """
    text = _ascii(raw)
    text = UNSEEN.sub(lambda found: found[1] or "", text)
    text = ATTRIBUTE.sub("", METADATA.sub("", text))
    text = INSIDE.sub(lambda found: _again(found, inside), text)
    # as a browser reads an address: `&#100;ata:image/` is one too
    if PICTURE.search(re.sub(r"[\t\r\n]", "", unescape(INSIDE.sub("", text)))):
        raise Broken("inside")
    return text.encode("latin-1")


def _refused(*_: object) -> None:
    raise ValueError


def _ascii(raw: bytes) -> str:
    """The file's bytes as characters, one each; what is in UTF-16 is in UTF-8 from here on. Raises Broken."""
    if b"\0" not in raw[:64]:
        return raw.decode("latin-1")
    try:
        wide = raw.decode(
            "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-le" if raw[:1] == b"<" else "utf-16-be"
        )
    except UnicodeDecodeError:
        raise Broken("unformed") from None
    return re.sub(r"^\ufeff?<\?xml\s.*?\?>", "", wide, flags=re.S).encode("utf-8", "replace").decode("latin-1")


def _again(found: re.Match, inside: Callable[[bytes, bool], bytes]) -> str:
    """A file in the drawing, cleaned; as it is written where nothing had to go."""
    try:
        raw = b64decode("".join(unquote(unescape(found[3])).split()), validate=True)
    except (Error, ValueError):
        raise Broken("inside") from None
    clean = inside(raw, found[2].lower().startswith("image/"))
    return found[0] if clean == raw else found[1] + b64encode(clean).decode()
