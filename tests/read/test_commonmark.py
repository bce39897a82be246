"""CommonMark's own examples, through the grammar that posts are parsed with."""

import json
from pathlib import Path

import pytest

from newsroom.read.grammar import grammar
from newsroom.read.markdown import render

EXAMPLES = json.loads((Path(__file__).parents[1] / "fixtures" / "commonmark-0.31.2.json").read_text(encoding="utf-8"))

DIFFERENT = {
    218: "an empty quotation is written without a line break between its tags",
    239: "likewise",
    240: "likewise",
}
"""Examples whose HTML is not the specification's, to the byte, and why."""


@pytest.fixture(scope="module")
def parser():
    return grammar(xhtmlOut=True)


def test_every_example_of_the_specification_is_here():
    """The fixture holds the 652 examples of version 0.31.2."""
    assert list(range(1, 653)) == [example["example"] for example in EXAMPLES]


@pytest.mark.parametrize("section", sorted({example["section"] for example in EXAMPLES}))
def test_a_section_of_the_specification_holds(parser, section):
    """Each example gives the specification's HTML, but for the differences listed."""
    examples = [example for example in EXAMPLES if example["section"] == section]
    failed = {e["example"] for e in examples if parser.render(e["markdown"]) != e["html"]}

    assert {number for number in DIFFERENT if number in {e["example"] for e in examples}} == failed


def test_the_differences_do_not_grow():
    """At most three examples differ."""
    assert len(DIFFERENT) <= 3


def test_every_example_renders_as_a_post():
    """None of the examples stops a build, and none leaves our mark in the HTML."""
    assert [] == [e["example"] for e in EXAMPLES if "\x01" in render(e["markdown"]).html]
