"""Rules about the conversation: what is known of it, and whether promises of answers hold."""

from datetime import UTC, datetime

import pytest

from newsroom.build import Options
from newsroom.check.conversation import PULLS
from newsroom.commands.check import check
from newsroom.errors import text

HEAD = "title: A\nauthors: [maya]\ndate: 2026-10-02\n"
PROMISE = "answers: {reads: all, by: [maya], within: %s, checked: 2026-10-01}\n"
ISSO = {"provider": "isso", "isso": {"url": "https://comments.example.com"}}
FRESH, STALE = "2026-11-20T08:00:00Z", "2026-10-02T08:00:00Z"


def archive(*hours, post="a", pulled=FRESH, account="isso/m1", more=""):
    """One question a day, each answered after so many hours; None is not at all."""
    lines = [f"post: {post}\n" + (f"pulled: {pulled}\n" if pulled else "") + more + "comments:\n"]
    for n, after in enumerate(hours, 1):
        lines.append(f"- {{id: isso-{n}, date: 2026-11-0{n}T00:00:00Z, text: Why?}}\n")
        if after is not None:
            when = f"2026-11-{n + after // 24:02}T{after % 24:02}:00:00Z"
            lines.append(f"- {{id: isso-{n}0, reply_to: isso-{n}, account: {account}, date: {when}, text: So.}}\n")
    return "".join(lines)


@pytest.fixture
def told_of(make_site):
    """What `newsroom check` says of a post by Maya, and of what was said below it."""

    def told(comments, within="", post="id: a\n", comments_on=ISSO, files={}):
        site = make_site({
            "content/people/maya.md": "---\nname: Maya Okafor\ncontact: {email: maya@example.com}\naccounts: {isso: m1}\n"
            + (PROMISE % within if within else "") + "---\nBio\n",
            "content/people/jonas.md": "---\nname: Jonas Lind\ncontact: {email: jonas@example.com}\naccounts: {isso: j1}\n---\nBio\n",
            "content/posts/a.md": f"---\n{HEAD}{post}---\nWords\n",
            "content/comments/a.yaml": comments,
        } | files, timezone="Europe/Berlin", comments=comments_on)  # fmt: skip
        return [text(problem) for problem in check(site.root, Options(moment=datetime(2026, 11, 21, tzinfo=UTC)))]

    return told


def test_an_archive_that_was_pulled_lately_is_good(told_of):
    """Eight days ago is lately."""
    assert told_of(archive(1, pulled=FRESH)) == []
    assert told_of(archive(1, pulled="2026-11-13T08:00:00Z")) == []


def test_an_archive_that_was_pulled_long_ago_is_told_with_its_line(told_of):
    """And what to do about it."""
    assert told_of(archive(1, pulled=STALE)) == [
        "content/comments/a.yaml:2:9: warning: comments were last pulled on 2 October 2026, more than 8 days ago\n"
        "    2 | pulled: 2026-10-02T08:00:00Z\n      |         ^^^^^^^^^^^^^^^^^^^^\n"
        "hint: run newsroom comments pull, best every morning: what was said since then is neither shown nor counted"
    ]


def test_an_archive_that_was_only_imported_is_told_once(told_of):
    """However many files an import wrote."""
    files = {
        "content/posts/b.md": f"---\n{HEAD}id: b\n---\nWords\n",
        "content/comments/b.yaml": archive(1, post="b", pulled=""),
    }
    (told,) = told_of(archive(1, pulled=""), files=files)

    assert "warning: comments were never pulled here, nor below 1 more posts: all is from an export" in told


def test_one_conversation_that_was_pulled_lately_says_that_somebody_pulls(told_of):
    """A service has nothing to tell of most posts, so their files stay as they are."""
    files = {
        "content/posts/b.md": f"---\n{HEAD}id: b\n---\nWords\n",
        "content/comments/b.yaml": archive(1, post="b"),
    }

    assert told_of(archive(1, pulled=STALE), files=files) == []


@pytest.mark.parametrize(
    ("why", "changes"),
    [
        ("no service is on", {"comments_on": {}}),
        ("the post has no comments", {"post": "id: a\ncomments: off\n"}),
        ("the post takes no new ones", {"post": "id: a\ncomments: {open: false}\n"}),
        ("the site takes no new ones", {"comments_on": ISSO | {"open": False}}),
        ("the service cannot be asked", {"comments_on": {"provider": "disqus", "disqus": {"shortname": "x"}}}),
        ("the conversation is closed", {"comments": archive(1, pulled=STALE, more="closed: over\n")}),
    ],
)
def test_nobody_is_told_to_pull_where_nothing_can_be_pulled(told_of, why, changes):
    """An old archive is then as good as it gets."""
    assert told_of(**({"comments": archive(1, pulled=STALE)} | changes)) == [], why


def test_what_can_be_pulled_is_what_the_command_can_pull():
    """The rule cannot import the command's table, so this test compares the two."""
    pulls = pytest.importorskip("newsroom.comments.pulls")

    assert set(pulls.PULLS) == set(PULLS)


def test_a_promise_that_is_broken_often_is_told(told_of):
    """Two of five is more than a quarter; what was never answered counts."""
    (told,) = told_of(archive(1, 1, 1, 200, None), within="48 hours")

    assert "content/people/maya.md:5:" in told
    assert 'warning: 2 of 5 questions in the last 90 days waited longer than "48 hours"' in told
    assert "newsroom status lists what waits" in told


@pytest.mark.parametrize("hours", [(1, 1, 1, 200), (1, 1, 1, 1, 1, 200), (1, 1, 1, 1, 1, 1, 200, None)])
def test_a_promise_that_is_broken_by_chance_is_not_told(told_of, hours):
    """Too few were asked, or three of four were answered in time."""
    assert told_of(archive(*hours), within="48 hours") == []


def test_a_promise_that_is_kept_by_others_is_kept_and_not_proven(told_of):
    """The page cannot say that she replies; whoever edits her file learns why."""
    (told,) = told_of(archive(1, 1, 1, 1, 1, account="isso/j1"), within="48 hours")

    assert "content/people/maya.md:5:" in told
    assert (
        "warning: the page does not say how soon Maya replies: 0 of 5 questions were answered by Maya within a week"
        in told
    )


@pytest.mark.parametrize(
    ("why", "comments", "within"),
    [
        ("it is proven", archive(1, 1, 1, 1, 1), "48 hours"),
        ("too few were asked", archive(1, 1, 1, 1, account="isso/j1"), "48 hours"),
        ("nothing was promised", archive(1, 1, 1, 1, 1, account="isso/j1"), ""),
    ],
)
def test_nothing_is_told_of_a_promise_where(told_of, why, comments, within):
    """It holds, it cannot be known, or there is none."""
    assert told_of(comments, within=within) == [], why


def test_an_old_archive_is_the_only_thing_told_of_it(told_of):
    """Why nothing is said of replies follows from it."""
    (told,) = told_of(archive(1, 1, 1, 1, 1, pulled=STALE), within="48 hours")

    assert "comments were last pulled" in told


def test_a_file_beside_the_archives_is_told_of(make_site):
    """`.yml` is no archive, and nobody would notice."""
    site = make_site({"content/people/maya.md": "---\nname: Maya\n---\n", "content/comments/lens.yml": "post: a\n"})

    assert [(p.code, p.location.path) for p in check(site.root, Options()) if p.code == "unread-file"] == [
        ("unread-file", "content/comments/lens.yml")
    ]
