"""Owns what one generator's site is made of: the same newsroom in each generator's own form. Writes no file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from benchmarks.make import Corpus, Post

File = tuple[str, str]
"""Path below the site's folder, and its text."""
URL = "https://news.example.com"
TITLE = "Benchmark Newsroom"
DESCRIPTION = "Posts that nobody wrote, to see how long they take."
PER_PAGE = 20
"""Posts on a page of a list, and in a feed."""


class Form(NamedTuple):
    """How one generator wants a newsroom written."""

    post: Callable[[Corpus, Post], File]
    people: Callable[[Corpus], list[File]]
    """Every file that says who a person is and what she does."""
    rest: Callable[[Corpus], list[File]]
    """Settings, topics, theme."""
    template: str
    """The file from which every post's page is made; it has an </h1>."""


def front_matter(values: Mapping[str, Any], body: str) -> str:
    """Values and a body; a JSON text is a YAML text too."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items()]
    return f"---\n{''.join(lines)}---\n{body}"


def people_json(corpus: Corpus) -> str:
    """Everyone by key, for generators that keep people as plain values."""
    people = {a.key: {"name": a.name, "role": a.role, "biography": a.biography} for a in corpus.authors}
    return json.dumps(people, indent=1, ensure_ascii=False) + "\n"
