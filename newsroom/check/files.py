"""Owns the rule about files that are copied as they are: what the site's settings keep out of pages stands in none of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape
from urllib.parse import unquote

from newsroom.check.rule import Checked, Found
from newsroom.errors import Location
from newsroom.site import Site

WORDS = (
    ".svg",
    ".txt",
    ".csv",
    ".tsv",
    ".json",
    ".xml",
    ".htm",
    ".html",
    ".md",
    ".vcf",
    ".ics",
    ".yaml",
    ".yml",
    ".js",
)
"""Endings of files that hold text: in a PDF or a picture nobody can look for an address this way."""


def address_in_file(checked: Checked) -> Iterator[Found]:
    """Find attached files that hold a person's e-mail address, or are called after it, where pages do not show it."""
    site = checked.site
    mode = site.config.contact.email
    own = {person.contact["email"].lower() for person in site.people.values() if "email" in person.contact}
    known = own | {address for address in site.info.detours if address[0] != "@"}
    addresses = sorted(known) if mode != "public" else []
    yield from _former(site, addresses, mode)
    told = set()
    for source, refs in site.refs.items() if addresses else ():
        for name, file in refs.files.items():
            if file.asset not in told and (found := _holding(file.asset, addresses, checked)):
                told.add(file.asset)
                hint = f'take it out of the file: pages do not show it, because contact.email is "{mode}"'
                yield _where(checked, source, name), f'"{name}" is copied as it is, and {found}', hint


def _where(checked: Checked, source: str, name: str) -> Location:
    """Where a source names a file: in its text, or in its front matter."""
    line = next((line for path, line, _ in checked.content(source).files if path == name), 0)
    if line:
        return Location(source, -line)
    post = checked.site.lookup.get(source, (None,))[0]
    media = post.details.get("media", ()) if post else ()
    named = [("media", n, part) for n, item in enumerate(media) for part in ("file", "high") if item.get(part) == name]
    return Location(source, pointer=named[0] if named else ("photo",) if "/people/" in source else ("image",))


def _former(site: Site, addresses: Sequence[str], mode: str) -> Iterator[Found]:
    """Old addresses that hold one: each is a path of the output, and the host's redirects name it."""
    for noun in (*site.posts, *site.pages):
        for number, alias in enumerate(noun.aliases):
            if found := next((address for address in addresses if address in unquote(alias).lower()), ""):
                hint = f'take it out, or move it to the host itself: contact.email is "{mode}"'
                where = Location(noun.source, pointer=("aliases", number))
                yield where, f'the old address "{alias}" is in the output, and holds the address {found}', hint


def _holding(asset: str, addresses: Sequence[str], checked: Checked) -> str:
    """Where a file has one of the addresses, in words; "" where it has none."""
    text = checked.file(asset).decode("utf-8", "replace") if asset.lower().endswith(WORDS) else ""
    for number, line in enumerate([asset.rpartition("/")[2], *text.split("\n")]):
        plain = unquote(unescape(line)).lower() if "@" in line or "&" in line or "%" in line else ""
        if found := next((address for address in addresses if plain and address in plain), ""):
            return f"holds the address {found} in line {number}" if number else f"is called after the address {found}"
    return ""
