"""Owns bodies of texts: each is rendered at most once for the same words, settings and language, and kept in the cache."""

from __future__ import annotations

import marshal
from functools import cached_property

from newsroom.engine.cache import Cache
from newsroom.language import theirs
from newsroom.model import Content, digest, digest_of
from newsroom.settings import Config
from newsroom.version import code_digest


class Texts:
    """What renders Markdown as site.toml says, and remembers it."""

    def __init__(self, settings: Config, cache: Cache):
        self.settings, self.cache = settings, cache
        self._digests: dict[str, str] = {}

    def rendering(self, language: str = "") -> str:
        """Digest of what a body's Content depends on beside the body; `language` is the text's, or "" for the site's."""
        language = language or self.settings.language
        if language not in self._digests:
            posts = self.settings.posts
            self._digests[language] = digest_of(code_digest(), theirs(), posts.typographer, posts.trust_html, language)
        return self._digests[language]

    def render(self, body: str, language: str = "") -> tuple[str, Content]:
        """A body's key in the cache and its Content."""
        key = digest(self.rendering(language) + digest(body))
        if cached := self.cache.get(key):
            return key, Content(*marshal.loads(cached))
        made = self.made(body, language)
        self.cache.put(key, marshal.dumps(tuple(made)))
        return key, made

    def made(self, body: str, language: str = "") -> Content:
        """A body's Content, made anew and not kept: that of an older text, say."""
        module, posts = self._markdown, self.settings.posts
        options = module.Options(posts.typographer, posts.trust_html, language or self.settings.language)
        return module.render(body, options)

    @cached_property
    def _markdown(self):  # noqa: ANN202 - the module is imported only when there is something to read
        from newsroom.read import markdown

        return markdown
