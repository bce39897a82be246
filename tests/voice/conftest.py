"""One text, read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from newsroom import voice
from newsroom.commands.voice import Byline, spoken_text
from newsroom.config import Config

PEOPLE = {"maya": Byline("Maya Okafor", "Maya", ("leverage",)), "jonas": Byline("Jonas Lind", "Jonas", ())}
SETTINGS = Config("Newsroom", "https://news.example.com")


@pytest.fixture
def read() -> Callable[..., voice.Reading]:
    """What is said of a body, or of a whole file where it begins with ---."""

    def reading(body: str, head: str = "authors: [jonas]", **options: Any) -> voice.Reading:
        whole = body if body.startswith("---") else f"---\n{head}\n---\n{body}\n"
        return voice.read(spoken_text("a.md", whole.encode(), PEOPLE, SETTINGS), **options)

    return reading


@pytest.fixture
def heard(read: Callable[..., voice.Reading]) -> Callable[..., list[tuple[str, str]]]:
    """(rule, words) of each finding."""
    return lambda *args, **options: [(found.rule, found.words) for found in read(*args, **options).findings]
