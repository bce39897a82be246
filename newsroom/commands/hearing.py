"""Owns what the voice check says of a site's posts: read on every core, and kept in the cache by what it depends on."""

from __future__ import annotations

import marshal
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from newsroom import voice
from newsroom.commands.voice import bylines, spoken_text, tell
from newsroom.desk import Desk
from newsroom.engine.record import plain
from newsroom.engine.workers import spread
from newsroom.errors import Location, Problem
from newsroom.model import NOTHING, digest, digest_of
from newsroom.site import Site
from newsroom.version import code_digest


def heard(desk: Desk, site: Site) -> tuple[Problem, ...]:
    """What is said of every post whose words are shown. 500 posts take 6 s on one core; where none changed, 30 ms."""
    settings, people = site.config, bylines(desk.root)
    depends = digest_of(
        code_digest(), _code(), settings.language, settings.company.name, settings.voice.allow,
        settings.voice.languages,
        [(key, tuple(person)) for key, person in sorted(people.items())],
    )  # fmt: skip
    keys = {
        post.source: digest(depends + digest(post.source) + desk.found[post.source].digest)
        for post in site.posts
        if post.content != NOTHING
    }

    def listen(source: str) -> bytes:
        raw = (desk.root / source).read_bytes()
        text = spoken_text(source, raw, people, settings)
        reading = voice.read(text, settings.voice.allow, settings.voice.languages)
        return marshal.dumps(plain(tuple(tell(raw, text, reading, "warning"))))

    def work(sources: Sequence[str]) -> None:
        for source in sources:
            desk.cache.put(keys[source], listen(source))

    for _ in spread(work, [source for source, key in keys.items() if not desk.cache.has(key)]):
        pass
    desk.cache.look()
    rows = (marshal.loads(desk.cache.get(key) or listen(source)) for source, key in keys.items())
    return tuple(
        Problem(code, message, Location(*where), hint, severity)
        for told in rows
        for code, message, where, hint, severity in told
    )


@cache
def _code() -> str:
    """Digest of the voice check's own code and words, which decide nothing that a build writes."""
    package = Path(voice.__file__).parent
    files = [file for file in sorted(package.rglob("*")) if file.suffix in (".py", ".toml")]
    return digest("".join(digest(file.read_bytes()) for file in (*files, Path(__file__).with_name("voice.py"))))
