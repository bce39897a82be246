"""Owns what an address in a text points at, and the list of those that somebody must resolve. Reads no file."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote


class Address(NamedTuple):
    """An address, understood."""

    kind: str
    """here | web | source | file | refused."""
    value: str
    """What an attribute may say; for `source` and `file` without the `newsroom:` before it."""


REFUSED = Address("refused", "")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
IGNORED = re.compile(r"[\t\n\r]|^[\x00-\x20]+|[\x00-\x20]+$")
"""What browsers remove from an address before they look at it: `java\\nscript:` is `javascript:` to them."""
CONTROL = re.compile(r"[\x00-\x1f\x7f]")

WEB = ("http", "https")
LINKED = ("mailto", "tel")
OURS = ("person", "topic")


def understand(url: str, image: bool = False) -> Address:
    """Say what an address points at. `image` for whatever a browser would fetch by itself.

    >>> understand("../2025/other.md#lens")
    Address(kind='source', value='../2025/other.md#lens')
    """
    url = IGNORED.sub("", url).replace("\\", "%5C")
    if url.startswith("//"):
        url = "https:" + url
    if match := SCHEME.match(url):
        return _with_scheme(match[1].lower(), url, image)
    if url.startswith("/"):
        return Address("source", url)
    path, _, fragment = url.partition("#")
    path = unquote(path.partition("?")[0])
    if CONTROL.search(path):
        return REFUSED
    if not path:
        return REFUSED if image else Address("here", url)
    if path.lower().endswith(".md") and not image:
        return Address("source", f"{path}#{fragment}" if fragment else path)
    return Address("file", path)


def _with_scheme(scheme: str, url: str, image: bool) -> Address:
    rest = url[len(scheme) + 1 :]
    if scheme in WEB and re.match(r"//[^/?#]", rest):
        return Address("web", f"{scheme}:{rest}")
    if image or scheme not in LINKED + OURS:
        return REFUSED
    if scheme in OURS:
        return Address("source", f"{scheme}:{unquote(rest)}") if rest and not CONTROL.search(unquote(rest)) else REFUSED
    return Address("here", url)


def host(url: str) -> str:
    """The host that a web address names, for a reader: `other.example`."""
    return re.split(r"[/?#]", url, maxsplit=3)[2].rpartition("@")[2]


class Finds:
    """Gathers what one text refers to, in the order of finding. Lives for one call of render()."""

    def __init__(self) -> None:
        self.links: dict[tuple[str, int], None] = {}
        """(target, line) of each link to a source. A dict for its keys: ordered, and each once."""
        self.files: dict[tuple[str, int, bool], None] = {}
        """(path, line, whether it is shown) of each file."""
        self.embeds: dict[str, None] = {}

    def href(self, url: str, line: int, image: bool = False) -> str | None:
        """What the attribute says, or None for an address that is refused."""
        kind, value = understand(url, image)
        if kind == "source":
            self.links[value, line] = None
            return f"newsroom:{value}"
        if kind == "file":
            self.files[value, line, image] = None
            return f"newsroom:file:{value}"
        if image and IGNORED.sub("", url)[:5].lower() == "data:":
            self.files["data:", line, True] = None
        return None if kind == "refused" else value
