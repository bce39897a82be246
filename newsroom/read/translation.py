"""Owns what a file says of its language, by its name or its key; and files that say another's words in a further one."""

from __future__ import annotations

from collections.abc import Sequence

from newsroom import permalinks
from newsroom.editions import TRANSLATED, Translation, edition, parted, prefix
from newsroom.model import Content, digest_of
from newsroom.read.values import Reader


def plain(path: str, languages: Sequence[str]) -> str:
    """The path without the language in its name: an address is made of it."""
    return parted(path.removesuffix(".md"), languages)[0] + ".md" if languages else path


def is_one(path: str, kind: str, languages: Sequence[str]) -> bool:
    """Whether a file of that kind says another's words: `people/maya.de.md`."""
    return kind in TRANSLATED and bool(parted(path.removesuffix(".md"), languages)[1])


def spoken(path: str, values: dict, languages: Sequence[str], reader: Reader) -> str:
    """The language of a text: what its name says, or its key `language`; they must not contradict each other.

    Its value is kept where it names more than the edition: `de-AT` stays what it is.
    """
    named, said = parted(path.removesuffix(".md"), languages)[1], values.get("language", "")
    if not named or said and edition(said, languages) == named:
        return said
    if said and not reader.reported(("language",)):
        message = f'the file\'s name says "{named}", and language says "{said}"'
        reader.wrong(("language",), message, "take the key out, or rename the file", "bad-language")
    return "" if named == languages[0] else named


def named(path: str, values: dict, languages: Sequence[str]) -> str:
    """In which language a text is, by its key or its name; "" is the site's."""
    found = values.get("language") or parted(path.removesuffix(".md"), languages)[1]
    return "" if languages and found == languages[0] else found


def folder(language: str, languages: Sequence[str]) -> str:
    """Where the edition of a text lives: `/de`, or ""."""
    return prefix(language, languages) if languages else ""


def read(path: str, values: dict, key: str, content: Content, languages: Sequence[str], reader: Reader) -> Translation:
    """`maya.de.md`: what `maya.md` says, in German."""
    name, language = parted(path.removesuffix(".md"), languages)
    kind, _, name = name.removeprefix("content/").partition("/")
    if not permalinks.KEY.fullmatch(name):
        hint = "name it after the file that it translates: maya.de.md beside maya.md"
        reader.wrong((), f'"{name}" cannot be a key: it is part of an address that never moves', hint, "bad-key")
    words = {name: value for name, value in values.items() if value}
    body = key if content.html.strip() else ""
    return Translation(
        path, kind, name, language, words, content.links, content.files, digest_of(values, name, language), body
    )
