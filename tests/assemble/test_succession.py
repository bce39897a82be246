"""Where contact goes when people go: circles are told at each of their lines, and every topic has its desk."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from newsroom.assemble.succession import circles, desks
from newsroom.build import Options
from newsroom.commands.check import check
from newsroom.errors import text
from newsroom.model import NOTHING, Person, Topic

NOW = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Europe/Berlin"))


def person(key, **status):
    """Somebody, in a state."""
    plain = {name: "" for name in Person._fields} | {
        "source": f"content/people/{key}.md", "key": key, "name": key.title(), "short_name": key.title(), "topics": (),
        "status": {"state": "active"} | status, "contact": {}, "answers": {}, "consent": {}, "links": (), "files": (),
    }  # fmt: skip
    return Person(**plain)


def everybody(**states):
    """Key -> person; a status each."""
    return {key: person(key, **status) for key, status in states.items()}


LEFT = {"state": "left"}
AWAY = {"state": "away"}


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ({"a": LEFT | {"successor": "b"}, "b": {}}, []),
        ({"a": LEFT | {"successor": "a"}}, ["a: the successors go in a circle: a -> a"]),
        (
            {"a": LEFT | {"successor": "b"}, "b": LEFT | {"successor": "a"}},
            ["a: the successors go in a circle: a -> b -> a", "b: the successors go in a circle: b -> a -> b"],
        ),
        (
            {"a": LEFT | {"successor": "b"}, "b": {"state": "moved", "successor": "c"}, "c": LEFT | {"successor": "a"}},
            [
                "a: the successors go in a circle: a -> b -> c -> a",
                "b: the successors go in a circle: b -> c -> a -> b",
                "c: the successors go in a circle: c -> a -> b -> c",
            ],
        ),
        (
            {"a": AWAY | {"cover": "b"}, "b": AWAY | {"cover": "a"}},
            ["a: the covers go in a circle: a -> b -> a", "b: the covers go in a circle: b -> a -> b"],
        ),
        ({"a": AWAY | {"cover": "a"}}, ["a: the covers go in a circle: a -> a"]),
        (
            {"a": AWAY | {"cover": "b"}, "b": LEFT | {"successor": "a"}},
            [
                "a: the covers and successors go in a circle: a -> b -> a",
                "b: the covers and successors go in a circle: b -> a -> b",
            ],
        ),
        # leads into a circle, and is not in it
        (
            {"c": LEFT | {"successor": "a"}, "a": LEFT | {"successor": "b"}, "b": LEFT | {"successor": "a"}},
            ["a: the successors go in a circle: a -> b -> a", "b: the successors go in a circle: b -> a -> b"],
        ),
        # two who stand in for each other, and both are here
        ({"a": {"cover": "b"}, "b": {"cover": "a"}}, []),
        # one is back
        ({"a": AWAY | {"cover": "b"}, "b": AWAY | {"cover": "a", "until": "2026-11-20"}}, []),
        # who moved may cover for who took over
        ({"a": {"state": "moved", "successor": "b"}, "b": AWAY | {"cover": "a"}}, []),
        # announced: told now, and not on the day
        (
            {"a": LEFT | {"successor": "b"}, "b": LEFT | {"successor": "a", "on": "2027-01-31"}},
            ["a: the successors go in a circle: a -> b -> a", "b: the successors go in a circle: b -> a -> b"],
        ),
    ],
)
def test_a_circle_is_told_at_the_line_of_each_who_is_in_it(states, told):
    """Nobody would be left to answer; where somebody is, nothing is told."""
    problems = circles(everybody(**states), NOW)

    assert sorted(f"{p.location.path[15:-3]}: {p.message}" for p in problems) == told


def test_a_circle_stops_a_build_and_names_both_files_and_lines(make_site):
    """Each at the key that has to change."""
    site = make_site({
        "content/people/maya.md": "---\nname: Maya\nstatus: left\nsuccessor: jonas\n---\n",
        "content/people/jonas.md": "---\nname: Jonas\nstatus: {state: left, successor: maya}\n---\n",
    })  # fmt: skip
    report = site.build(moment=NOW)

    assert [text(problem) for problem in report.problems] == [
        "content/people/jonas.md:3:34: the successors go in a circle: jonas -> maya -> jonas\n"
        "    3 | status: {state: left, successor: maya}\n      |                                  ^^^^\n"
        "hint: name somebody who is still there",
        "content/people/maya.md:4:12: the successors go in a circle: maya -> jonas -> maya\n"
        "    4 | successor: jonas\n      |            ^^^^^\nhint: name somebody who is still there",
    ]
    assert {problem.code for problem in check(site.root, Options(moment=NOW))} == {"successor-cycle"}


@pytest.mark.parametrize(
    ("states", "named", "declared", "desk"),
    [
        ({"a": {}, "b": {}}, ["b", "a"], {}, ["b", "a"]),
        ({"a": {}, "b": {}}, ["b"], {"a": ["t"], "b": ["t"]}, ["b", "a"]),
        ({"a": LEFT | {"successor": "b"}, "b": {}, "c": {}}, ["a", "c", "b"], {}, ["b", "c"]),
        ({"a": LEFT | {"successor": "b"}, "b": {}}, [], {"a": ["t"]}, ["b"]),
        ({"a": LEFT, "b": {}}, ["a", "b"], {}, ["b"]),
        ({"a": LEFT}, ["a"], {}, []),
        ({"a": AWAY | {"cover": "b"}, "b": {}, "c": {}}, ["a", "c"], {}, ["a", "b", "c"]),
        ({"a": AWAY | {"cover": "b"}, "b": {}}, ["b", "a"], {}, ["b", "a"]),
        ({"a": {"state": "moved", "successor": "b"}, "b": {}}, ["a"], {}, ["b", "a"]),
        ({"a": LEFT | {"on": "2026-12-01", "successor": "b"}, "b": {}}, ["a"], {}, ["a"]),
        ({"a": LEFT | {"successor": "b"}, "b": AWAY | {"cover": "c"}, "c": {}}, ["a"], {}, ["b", "c"]),
    ],
)
def test_a_desk_is_who_can_be_asked_in_order(states, named, declared, desk):
    """Whoever left gives way to her successor, who is away is followed by her cover, and nobody stands there twice."""
    topic = Topic("content/topics/t.md", "t", "T", tuple(named), (), (), (), NOTHING, NOTHING)

    assert desks({"t": topic}, everybody(**states), declared, NOW) == {"t": tuple(desk)}
