"""The voice check against texts it was not tuned on: releases as companies write them, texts as people do.

`corpus/dev/` and `corpus/dev_de/` are for tuning; the held-out ones are not. Whoever looks there to mend a rule has to
write new texts for this test.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from newsroom import voice
from newsroom.commands.voice import Byline, spoken_text
from newsroom.config import Config

CORPUS = Path(__file__).with_name("corpus")
SIZES = {"dev": 35, "dev_de": 4, "held_out": 40, "held_out_de": 10}
MAYA = {"maya": Byline("Maya Okafor", "Maya", ())}


def texts(part: str, side: str) -> list[Path]:
    """The files of one side, by name."""
    return sorted((CORPUS / part / side).glob("*.md"))


def findings(file: Path) -> tuple[voice.Finding, ...]:
    """What a site without exceptions would hear. Its language must be one that is read, or nothing is tested."""
    text = spoken_text(f"content/posts/{file.name}", file.read_bytes(), MAYA, Config("Newsroom", "https://example.com"))
    reading = voice.read(text)
    assert reading.language, f"{file}: {text.language} is not read"
    return reading.findings


def flagged(part: str, side: str) -> tuple[int, str]:
    """How many texts have a finding, and a line about the side: which do, of people; which do not, of companies."""
    found = {file: findings(file) for file in texts(part, side)}
    loud = [file for file, heard in found.items() if heard]
    wrong = loud if side == "human" else [file for file in found if file not in loud]
    named = ", ".join(
        file.stem + "".join(f" {finding.rule} {finding.words!r}" for finding in found[file]) for file in wrong
    )
    return len(loud), f"{part}/{side}: {len(loud)} of {len(found)} flagged; wrong: {named or 'none'}"


@pytest.mark.parametrize("part", SIZES)
@pytest.mark.parametrize("side", ["corporate", "human"])
def test_the_corpus_is_whole(part: str, side: str):
    files = texts(part, side)
    assert len(files) == SIZES[part]
    for file in files:
        body = file.read_text("utf-8").split("---\n", 2)[2]
        assert 100 <= len(body.split()) <= 350, f"{file}: {len(body.split())} words"


@pytest.mark.parametrize("part", SIZES)
def test_nine_in_ten_corporate_texts_are_flagged(part: str):
    count, told = flagged(part, "corporate")
    print(told)
    assert count >= 0.9 * SIZES[part], told


@pytest.mark.parametrize("part", SIZES)
def test_at_most_one_in_ten_human_texts_is_flagged(part: str):
    count, told = flagged(part, "human")
    print(told)
    assert count <= 0.1 * SIZES[part], told
