"""Owns the rules about languages: what is missing in one of them, and what is there twice. Pure functions of the Site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsroom.check.rule import Checked, Found
from newsroom.editions import edition, parted
from newsroom.errors import Location
from newsroom.language import language_name
from newsroom.site import Site

NAMED = 5
"""So many files are named in a message; how many more there are is said."""
PLACE = Location("site.toml", pointer=("languages",))


def untranslated(checked: Checked) -> Iterator[Found]:
    """Find what one language of the site has and another has not: posts and pages, people and topics."""
    site = checked.site
    if not site.translations:
        return
    main = next(iter(site.editions))
    for language in site.editions:
        for what, missing, of in (
            ("posts", _texts(site, [post.source for post in site.posts], language), len(site.posts)),
            ("pages", _texts(site, [page.source for page in site.pages], language), len(site.pages)),
            *(_nouns(site, kind, language) for kind in ("people", "topics") if language != main),
        ):
            if missing:
                named = ", ".join(missing[:NAMED]) + (
                    f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
                )
                verb = "is" if len(missing) == 1 else "are"
                message = f"{len(missing)} of {of} {what} {verb} not in {language_name(language)}: {named}"
                yield PLACE, message, _hint(missing[0], language, language == main, tuple(site.editions))


def _hint(source: str, language: str, main: bool, languages: Sequence[str]) -> str:
    if main:
        return 'write it beside the other, or set this rule off: [check.severity] untranslated = "off"'
    plain = parted(source.removesuffix(".md"), languages)[0]
    return f'write {plain}.{language}.md, or set this rule off: [check.severity] untranslated = "off"'


def _texts(site: Site, sources: Sequence[str], language: str) -> list[str]:
    """Of each group of texts that say the same, the first, where none of them is in the language."""
    known, missing = site.translations, {}
    for source in sources:
        group = known.of[source]
        if language not in known.groups[group]:
            missing.setdefault(group, source)
    return list(missing.values())


def _nouns(site: Site, kind: str, language: str) -> tuple[str, list[str], int]:
    """People, or topics, whom no file describes in the language. Who has left needs none."""
    nouns = site.people if kind == "people" else site.topics
    said = site.editions[language].translated
    here = [key for key in nouns if kind == "topics" or site.faces[key].state != "left"]
    return kind, [nouns[key].source for key in here if (kind, key) not in said], len(here)


def same_translation(checked: Checked) -> Iterator[Found]:
    """Find two texts of one language that say they are the same text."""
    site, first = checked.site, {}
    if not site.translations:
        return
    languages = tuple(site.editions)
    for noun in sorted((*site.posts, *site.pages), key=lambda noun: noun.source.removesuffix(".md")):
        group = site.translations.of[noun.source], edition(noun.language, languages)
        other = first.setdefault(group, noun.source)
        if other != noun.source:
            message = f"is a second text in {language_name(group[1])} for one translation: {other} is the first"
            yield Location(noun.source, pointer=("translation",)), message, "give one of them another translation: key"
