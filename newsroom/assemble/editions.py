"""Owns editions: the newsroom once more in each further language, with its own posts and the same people. Pure.

An edition is a Site like any other, whose address ends in `/de`: whatever renders a Site renders it, and need not know
of languages. Only what leads from one to the other is here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from newsroom.assemble import references
from newsroom.editions import Translation, Translations, edition, grouped, ordered, prefix
from newsroom.errors import Problem, problem
from newsroom.model import Front, Library, Page, Person, Post, Sheet, Topic, digest_of
from newsroom.settings import Config
from newsroom.views import SiteInfo

ELSEWHERE = "is in another language: name it on that edition's front page"
"""Why a front page passes over a post."""
Info = Callable[[Config, Library], SiteInfo]
"""What every page of a site with these settings may know, given what is public."""


class Edition(NamedTuple):
    """Which part of a newsroom a Site is."""

    language: str
    """As site.toml writes it; "" is the whole, in every language."""
    prefix: str
    """Where it lives below the site's address: `/de`; "" for the main language, and for the whole."""
    languages: tuple[str, ...]
    """Of the whole site, the main one first; () where there is only one."""
    base: str
    """The path of the site's address, likewise the next."""
    url: str
    translations: dict[tuple[str, str], Translation]
    """(folder, key) -> what is said in this language."""
    texts: Translations | None = None
    """Which texts say the same; None where there is one language."""

    def has(self, tag: str) -> bool:
        """Whether a text of that language stands here."""
        return not self.language or edition(tag, self.languages) == self.language

    def posts(self, posts: list[Post]) -> list[Post]:
        """Those that stand here, at their addresses below the edition's."""
        if not self.language:
            return posts
        return [
            post._replace(permalink=self.local(post.permalink), aliases=()) for post in posts if self.has(post.language)
        ]

    def statements(self, own: Iterable[Post], every: Iterable[Post]) -> tuple[Post, ...]:
        """Open statements: a warning that is not in this language yet is shown as it is."""
        shown = {post.source: post for post in own}
        found = []
        for post in every:
            groups = self.texts.groups[self.texts.of[post.source]] if self.texts else {}
            if post.source in shown:
                found.append(shown[post.source])
            elif self.language and self.language not in groups:
                found.append(post)
        return tuple(found)

    def sheets(self, sheets: Iterable[Sheet]) -> tuple[Sheet, ...]:
        """The press room's files: in this language where they are, else in the main one."""
        main = [sheet for sheet in sheets if not self.languages or self._is_main(sheet)]
        own = {sheet.key: sheet for sheet in sheets if self.prefix and sheet.language and self.has(sheet.language)}
        keys = {sheet.key for sheet in main}
        return (*(own.get(sheet.key, sheet) for sheet in main), *(s for key, s in own.items() if key not in keys))

    def _is_main(self, sheet: Sheet) -> bool:
        return edition(sheet.language, self.languages) == self.languages[0]

    def links(self, library: Library, public: Iterable[Post], pages: Iterable[Page]) -> dict[str, str]:
        """Source -> address below the site's own of everything that a link may lead to, in whatever language."""
        found = references.permalinks((*public, *pages))
        for noun in (*library.people, *library.topics):
            found[noun.source] = self.prefix + references.home(noun)
        for sheet in library.press:
            there = prefix(sheet.language, self.languages) if sheet.language and self.languages else self.prefix
            found[sheet.source] = there + references.home(sheet)
        for said in library.translations:
            found[said.source] = f"{prefix(said.language, self.languages)}/{said.kind}/{said.key}/"
        return found

    def pages(self, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        """Likewise."""
        if not self.language:
            return pages
        own = (page for page in pages if self.has(page.language))
        return tuple(page._replace(permalink=self.local(page.permalink), aliases=()) for page in own)

    def local(self, permalink: str) -> str:
        """An address below the edition's."""
        return permalink.removeprefix(self.prefix)

    def person(self, person: Person) -> Person:
        """Her, in this language."""
        if not (said := self.translations.get(("people", person.key))):
            return person._replace(feed_aliases=()) if self.prefix else person
        words = {name: tuple(word) if isinstance(word, list) else word for name, word in said.words.items()}
        return _said(person, said)._replace(feed_aliases=(), **words)

    def topic(self, topic: Topic) -> Topic:
        """Likewise."""
        if not (said := self.translations.get(("topics", topic.key))):
            return topic._replace(feed_aliases=()) if self.prefix else topic
        return _said(topic, said)._replace(feed_aliases=(), **said.words)

    def sources(self, library: Library) -> set[str]:
        """Files that no other edition reads: what is wrong in them is told of this one."""
        front = self.front(library.front) if self.prefix else None
        sheets = {sheet.source for sheet in library.press if self.prefix and sheet.language and self.has(sheet.language)}
        return {said.source for said in self.translations.values()} | sheets | ({front.source} if front else set())

    def front(self, fronts: tuple[Front, ...]) -> Front | None:
        """What editors put on its front page."""
        wanted = "content/front.md" if not self.prefix else f"content/front.{self.language}.md"
        return next((front for front in fronts if front.source.lower() == wanted.lower()), None)


def whole(config: Config, library: Library) -> Edition:
    """The site in all its languages: what is checked, counted and told to the team."""
    texts = translations(library, config) if config.editions else None
    return Edition("", "", config.editions, config.base, config.url, {}, texts)


def each(config: Config, library: Library) -> list[tuple[Edition, Config, Library]]:
    """(edition, its settings, the library as its menu knows it) of a site in several languages, the main one first."""
    found, all_of_it = [], whole(config, library)
    for language in config.editions:
        said = {(t.kind, t.key): t for t in library.translations if t.language == language}
        made = all_of_it._replace(language=language, prefix=prefix(language, config.editions), translations=said)
        found.append((made, _settings(config, made), library._replace(pages=made.pages(library.pages))))
    return found


def _settings(config: Config, made: Edition) -> Config:
    """site.toml as it holds for one edition."""
    said = config.translations.get(made.language, {})
    company = replace(config.company, boilerplate=said.get("boilerplate", config.company.boilerplate))
    feeds = config.feeds
    if made.prefix:
        feeds = replace(feeds, aliases=(), id=f"{feeds.id}{made.prefix}" if feeds.id else "")
    return replace(
        config,
        url=config.url + made.prefix,
        main=config.url,
        language=made.language,
        title=said.get("title", config.title),
        description=said.get("description", config.description),
        company=company,
        feeds=feeds,
        digest=digest_of(config.digest, made.language),
    )


def _said(noun: Person | Topic, said: Translation) -> Person | Topic:
    """A noun with another file's text; where that has none, with its own."""
    meta = digest_of(noun.meta, said.meta)
    if not said.content:
        return noun._replace(meta=meta)
    return noun._replace(source=said.source, links=said.links, files=said.files, meta=meta, content=said.content)


def unknown(library: Library) -> Iterator[Problem]:
    """Files that say in another language what no file says."""
    known = {("people", person.key) for person in library.people} | {("topics", topic.key) for topic in library.topics}
    for said in library.translations:
        if (said.kind, said.key) not in known:
            file = f"content/{said.kind}/{said.key}.md"
            hint = f"write {file} first: it says everything, and this file what differs in {said.language}"
            yield problem("no-original", f"there is no {file}", said.source, hint=hint)


def translations(library: Library, config: Config) -> Translations:
    """Which posts and pages say the same in which languages."""
    languages = ordered(config.language, config.languages)
    texts = [(post.source, post.details.get("translation", ""), post.language) for post in library.posts]
    texts += [(page.source, page.translation, page.language) for page in library.pages]
    return grouped(texts, languages)
