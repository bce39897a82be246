"""Formats of `newsroom check` for programs, by their own rules: SARIF's schema, what GitHub's runner reads."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft4Validator

from newsroom.check.rules import RULES
from newsroom.commands.reports import folder, github, sarif
from newsroom.errors import Location, Problem

SCHEMA = json.loads((Path(__file__).parent.parent / "fixtures" / "sarif-2.1.0.json").read_text("utf-8"))
LINK = Problem(
    "broken-link", 'the link "/ü/" leads to no page',
    Location("content/posts/2026/é a.md", 7, 5, 3, (), "[x](/ü/)"), 'did you mean "/u/"?',
)  # fmt: skip
FOUND = (
    LINK,
    LINK._replace(location=LINK.location._replace(line=9)),
    Problem("unread-file", "is read by nothing", Location("content/a.txt"), severity="warning"),
    Problem("no-id", "the post has no id", Location("content/posts/b.md", 1), severity="warning"),
    Problem("unknown-author", 'unknown author "mya"', Location("content/posts/b.md", 3, 11, 3, (), "authors: [mya]")),
)


def test_a_report_is_sarif_as_its_schema_has_it():
    """With every rule, and every kind of place: a line with a mark, a line, a file."""
    for problems in (FOUND, ()):
        report = json.loads(sarif(problems, RULES))

        assert [] == [error.message for error in Draft4Validator(SCHEMA).iter_errors(report)]
        assert len(problems) == len(report["runs"][0]["results"])


def test_the_schema_refuses_what_is_no_sarif():
    """The test above can fail."""
    report = json.loads(sarif(FOUND, RULES))
    report["runs"][0]["results"][0]["level"] = "bad"

    assert list(Draft4Validator(SCHEMA).iter_errors(report))


def test_a_result_names_its_rule_place_and_severity():
    """The rule by its place in the table, too; columns end after the last character."""
    run = json.loads(sarif(FOUND, RULES, "newsroom/"))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    first, _, third, _, last = run["results"]

    assert [result["ruleId"] for result in run["results"]] == [rules[r["ruleIndex"]]["id"] for r in run["results"]]
    assert RULES["broken-link"].why == rules[first["ruleIndex"]]["fullDescription"]["text"]
    stops = "Unknown author: this stops a build, or must not be in its output."
    assert stops == rules[last["ruleIndex"]]["fullDescription"]["text"]
    assert RULES["broken-link"].why + '\n\nhint: did you mean "/u/"?' == rules[first["ruleIndex"]]["help"]["text"]
    assert ("error", "warning") == (first["level"], third["level"])
    assert 'the link "/ü/" leads to no page\n\nhint: did you mean "/u/"?' == first["message"]["text"]
    (place,) = first["locations"]
    assert {
        "artifactLocation": {"uri": "newsroom/content/posts/2026/%C3%A9%20a.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 7, "startColumn": 5, "endColumn": 8, "snippet": {"text": "[x](/ü/)"}},
    } == place["physicalLocation"]
    assert "region" not in third["locations"][0]["physicalLocation"]


def test_a_fingerprint_stays_when_lines_move_and_no_two_are_one():
    """Two that are alike are told apart by their order."""

    def prints(problems):
        return [
            r["partialFingerprints"]["newsroomProblem/v1"]
            for r in json.loads(sarif(problems, {}))["runs"][0]["results"]
        ]

    moved = [found._replace(location=found.location._replace(line=found.location.line + 4)) for found in FOUND]
    assert prints(FOUND) == prints(moved)
    assert len(FOUND) == len(set(prints(FOUND)))


def test_rules_that_are_off_say_so():
    """GitHub lists them all."""
    off = {"no-id": RULES["no-id"]._replace(severity="off")}
    (rule,) = json.loads(sarif((), off))["runs"][0]["tool"]["driver"]["rules"]

    assert {"level": "none"} == rule["defaultConfiguration"]


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (FOUND[2], "::warning file=content/a.txt,title=unread-file::is read by nothing"),
        (FOUND[3], "::warning file=content/posts/b.md,line=1,title=no-id::the post has no id"),
        (
            Problem("a", "100% of\r\n::error::it", Location("content/a,b:c%.md", 2, 3, 4)),
            "::error file=content/a%2Cb%3Ac%25.md,line=2,col=3,endColumn=7,title=a::100%25 of%0D%0A::error::it",
        ),
    ],
)
def test_an_annotation_is_one_line_whatever_it_says(problem, line):
    """Nobody writes a second command into a file's name or a title."""
    assert f"{line}\n" == github([problem], {})


def test_paths_are_seen_from_where_the_command_runs(tmp_path, monkeypatch):
    """A site elsewhere has paths of its own."""
    (tmp_path / "site" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "site")

    assert ["", "deep/", "", ""] == [folder(site) for site in (".", "deep", "..", str(tmp_path))]
