"""Owns what the rules of `newsroom check` are given to look at: the Site, and the files, the git and the voice behind it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from newsroom.assemble.answered import records, unsaid
from newsroom.check.rule import Checked
from newsroom.commands import git
from newsroom.desk import Desk
from newsroom.edits import word_keys
from newsroom.errors import Problem
from newsroom.fonts import Shelf
from newsroom.render.theme import Theme
from newsroom.site import Site

ID = re.compile(r'\bid="([\w-]+)"')
"""In a template: a place that pages have around a text."""


def checked(desk: Desk, site: Site, look: Theme, outputs: frozenset[str] = frozenset()) -> Checked:
    """What rules look at, in a site that was loaded; `outputs` only for those that follow links."""

    def file(path: str) -> bytes:
        return (desk.root / path).read_bytes()

    def body(source: str) -> tuple[int, str]:
        line = desk.nouns[source][2]
        text = file(source).decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        return line, "\n".join(text.split("\n")[line - 1 :])

    @cache
    def texts() -> Mapping[str, int]:
        nouns = (*site.posts, *site.pages)
        said = (f"{noun.title}\n{noun.summary}\n{body(noun.source)[1]}" for noun in nouns)
        return Counter(word for text in said for word in set(word_keys(text)))

    @cache
    def heard() -> tuple[Problem, ...]:
        from newsroom.commands import hearing  # 20 ms, and it is off on some sites

        return hearing.heard(desk, site)

    places = frozenset(name for _, text in look.templates.values() for name in ID.findall(text))
    return Checked(
        site, desk.content, outputs, records(site), unsaid(site), file, body, git.past(desk), texts, heard, places,
        lambda: Shelf(look.fonts),
    )
