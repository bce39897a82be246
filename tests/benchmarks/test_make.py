"""The benchmark's newsroom: the same everywhere, of real length, and one and the same in every generator's form."""

from __future__ import annotations

from hashlib import sha256
from statistics import mean, median

import pytest

from benchmarks import cases, make, report
from benchmarks.tools import TOOLS

CORPUS = make.corpus(12)
LONG = make.corpus(300)
FORMS = {name: tool.form for name, tool in TOOLS.items()}


def test_the_bytes_are_the_same_on_every_machine():
    """Twelve posts have the digest that they had where this was written."""
    told = sha256("".join(map(repr, [CORPUS, *make.posts(CORPUS)])).encode()).hexdigest()

    assert "47cdd77aff9dc2cd" == told[:16]


def test_a_post_is_made_from_its_number_alone():
    """The last post is the same whether or not others were made before it."""
    assert list(make.posts(CORPUS))[-1] == make.post(CORPUS, 11)


def test_posts_have_real_lengths():
    """The median is near 4.8 kB and the mean near 6.5 kB."""
    sizes = [len(make.post(LONG, number).body.encode()) for number in range(LONG.size)]

    assert 4200 < median(sizes) < 5400
    assert 5700 < mean(sizes) < 7300


def test_people_and_topics_follow_the_posts():
    """9,860 posts have 196 people and 56 topics; nobody has another's key."""
    many = make.corpus(9860)

    assert (196, 56) == (len(many.authors), len(many.topics))
    assert 196 == len({author.key for author in many.authors})


def test_every_post_names_people_and_topics_once():
    """One to three of each, none twice, all of them there."""
    for post in make.posts(CORPUS):
        for places, there in ((post.authors, CORPUS.authors), (post.topics, CORPUS.topics)):
            assert 1 <= len(places) <= 3
            assert len(places) == len(set(places))
            assert all(place < len(there) for place in places)


@pytest.mark.parametrize("name", FORMS)
def test_each_edit_changes_a_file_of_each_site(name, tmp_path):
    """Every case but two changes what is on disk, and putting it back leaves the site as it was."""
    form = FORMS[name]
    posts = [form.post(CORPUS, post) for post in make.posts(CORPUS)]
    cases.write(tmp_path, [*form.rest(CORPUS), *form.people(CORPUS), *posts])
    first = _files(tmp_path)
    changed = {}
    for case, (_, edit) in cases.CASES.items():
        before = cases.write(tmp_path, edit(tmp_path, form, CORPUS))
        changed[case] = len(set(_files(tmp_path).items()) - set(first.items()))
        cases.restore(before)

        assert first == _files(tmp_path)

    assert {"clean": 0, "nothing": 0, "body": 1, "title": 1, "role": 1, "template": 1, "new": 1} == changed


def test_newsroom_builds_its_site(make_site):
    """The site in newsroom's form has no problem, and for each post a page, and one to show in a frame."""
    form, site = FORMS["newsroom"], make_site({})
    posts = [form.post(CORPUS, post) for post in make.posts(CORPUS)]
    cases.write(site.root, [*form.rest(CORPUS), *form.people(CORPUS), *posts])

    assert () == site.build().problems
    pages = {path for path in site.outputs() if path.startswith("20") and path.endswith("/index.html")}
    frames = {path for path in pages if path.endswith("/embed/index.html")}
    assert 12 == len(pages - frames)
    assert {path.replace("/index.html", "/embed/index.html") for path in pages - frames} == frames


def test_a_ratio_compares_runs_of_one_turn():
    """A machine that was slow in one turn was slow for both: the ratio is that of the pair."""
    rows = [_row("newsroom", 0, 1.0), _row("hugo", 0, 2.0), _row("newsroom", 1, 10.0), _row("hugo", 1, 30.0)]
    ours, theirs = report.summaries({"rows": rows, "versions": {"newsroom": "1", "hugo": "2"}})

    assert (1.0, 1.0, 1.0) == ours.ratio
    assert (2.5, 2.0, 3.0) == theirs.ratio


def test_memory_of_several_processes_counts_shared_pages_once():
    """Where a run read the shares, its figure stands, and it is no turn of the clock."""
    rows = [_row("newsroom", 0, 1.0), {**_row("newsroom", -1, 9.0), "memory": 60, "measure": "PSS"}]
    (ours,) = report.summaries({"rows": rows, "versions": {"newsroom": "1"}})

    assert (60, "PSS", 1, 1.0) == (ours.memory, ours.measure, ours.runs, ours.wall)


def _row(tool: str, turn: int, wall: float) -> dict:
    return {
        "case": "clean",
        "tool": tool,
        "turn": turn,
        "wall": wall,
        "cpu": wall,
        "memory": 100,
        "measure": "RSS",
        "files": 1,
        "written": 1,
    }


def _files(folder) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
