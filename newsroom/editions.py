"""Owns the languages of a site: which tag belongs to which, what a file's name says of it, where its pages live. Pure.

A site with `languages = ["en", "de"]` has an edition in each: the main language's at the top, every other below
`/<language>/`. A text is in a language by its key `language`, or by its name: `lens.de.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

TRANSLATED = ("people", "topics")
"""Folders whose `<key>.<language>.md` says in another language what `<key>.md` says, and is no noun of its own."""


class Translation(NamedTuple):
    """A file of content/people/ or content/topics/ that says the words of another in a further language."""

    source: str
    kind: str
    """Its folder: a row of TRANSLATED."""
    key: str
    """Whom, or what: `maya` of `maya.de.md`."""
    language: str
    """As site.toml writes it."""
    words: dict
    """What the other file says otherwise, by its keys; what is not here is said as there."""
    links: tuple
    files: tuple
    meta: str
    """Digest of the front matter."""
    content: str
    """"" where it has no text: then that of the other stands."""


class Translations(NamedTuple):
    """Which texts say the same in which languages."""

    of: dict[str, str]
    """Source -> its group."""
    groups: dict[str, dict[str, str]]
    """Group -> language -> source."""


def parted(name: str, languages: Sequence[str]) -> tuple[str, str]:
    """A file's name without `.md`, as (name, language): the language "" where it names none of the site's.

    >>> parted("content/people/maya.de", ["en", "de"]), parted("content/people/maya.b", ["en", "de"])
    (('content/people/maya', 'de'), ('content/people/maya.b', ''))
    """
    stem, dot, tag = name.rpartition(".")
    known = next((language for language in languages if language.lower() == tag.lower()), "")
    return (stem, known) if dot and known and not stem.endswith("/") else (name, "")


def edition(tag: str, languages: Sequence[str]) -> str:
    """The language of the site in whose edition a text stands: the same tag, or the same language elsewhere.

    Any other is at home in the main edition, the first.

    >>> edition("de-AT", ["en", "de"]), edition("fi", ["en", "de"]), edition("", ["en", "de"])
    ('de', 'en', 'en')
    """
    near = (tag.lower(), tag.lower().partition("-")[0])
    return next((lang for wanted in near for lang in languages if lang.lower() == wanted), languages[0])


def prefix(tag: str, languages: Sequence[str]) -> str:
    """Where the edition of a text's language lives, below the site's address: `/de`; "" for the main one."""
    if len(languages) < 2 or (found := edition(tag, languages)) == languages[0]:
        return ""
    return "/" + found.lower()


def ordered(main: str, languages: Iterable[str]) -> tuple[str, ...]:
    """The languages of a site, the main one first."""
    return tuple(dict.fromkeys((main, *languages)))


def grouped(texts: Iterable[tuple[str, str, str]], languages: Sequence[str]) -> Translations:
    """Which of the texts, (source, key `translation` or "", language), say the same: by that key, or by their names."""
    of: dict[str, str] = {}
    groups: dict[str, dict[str, str]] = {}
    for source, key, tag in texts:
        group = f":{key}" if key else parted(source.removesuffix(".md"), languages)[0]
        of[source] = group
        groups.setdefault(group, {}).setdefault(edition(tag, languages), source)
    return Translations(of, groups)
