"""The states of a post: which it is in at a moment, and when that changes by itself."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.dates import parse
from newsroom.model import Content, Post
from newsroom.read.content import Rules
from newsroom.read.content import read as read_file
from newsroom.states import STATES, changes, previewed, start, state

NOTHING_READ = lambda body, language: ("", Content(""))  # noqa: E731 - no body is rendered here
EMPTY = Post(*[""] * len(Post._fields))._replace(draft=False, time=0, embargo=0, expires=0, details={})
BERLIN = ZoneInfo("Europe/Berlin")
HOUR = 3600


def post(date=0, draft=False, embargo=0, expires=0, retracted=""):
    details = {"corrections": ({"date": retracted, "kind": "retraction", "text": "No"},)} if retracted else {}
    return EMPTY._replace(time=date, draft=draft, embargo=embargo, expires=expires, details=details)


def at(text, zone=BERLIN):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


NOON = at("2026-12-01T12:00")
NOW = int(NOON.timestamp())


@pytest.mark.parametrize(
    ("given_post", "expected"),
    [
        (post(NOW), "published"),
        (post(NOW + 1), "scheduled"),
        (post(NOW - HOUR, embargo=NOW), "published"),
        (post(NOW - HOUR, embargo=NOW + 1), "embargoed"),
        (post(NOW + HOUR, embargo=NOW + 1), "embargoed"),
        (post(NOW + HOUR, embargo=NOW - 1), "scheduled"),
        (post(NOW - HOUR, expires=NOW + 1), "published"),
        (post(NOW - HOUR, expires=NOW), "expired"),
        (post(NOW - HOUR, embargo=NOW + HOUR, expires=NOW), "expired"),
        (post(NOW - HOUR, retracted="2026-12-01"), "retracted"),
        (post(NOW - HOUR, retracted="2026-12-02"), "published"),
        (post(NOW + HOUR, retracted="2026-12-01"), "scheduled"),
        (post(NOW - HOUR, retracted="2026-12-01", expires=NOW), "expired"),
        (post(NOW - HOUR, draft=True), "draft"),
        (post(NOW - HOUR, draft=True, expires=NOW, embargo=NOW + 1), "draft"),
    ],
)  # fmt: skip
def test_the_state_at_a_moment(given_post, expected):
    """At the second of its date and of its embargo's end it is out, at that of its expiry gone; drafts stay drafts."""
    assert expected == state(given_post, NOON)


days = st.sampled_from(["", "2026-11-30", "2026-12-01", "2026-12-02"])
times = st.sampled_from([0, *(NOW + hours * HOUR for hours in (-30, -1, 0, 1, 30))])
posts = st.builds(post, times, st.booleans(), times, times, days)


@given(posts, st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Kiritimati", "America/New_York"]))
def test_a_state_lasts_from_one_change_to_the_next(given_post, timezone):
    """Every change is one, none is left out, and they come in order."""
    zone = ZoneInfo(timezone)
    known = list(changes(given_post, timezone))
    edges = [NOW - 90 * 86400, *(seconds for seconds, _ in known), NOW + 90 * 86400]

    assert sorted(known) == known
    for seconds, after in known:
        assert after == state(given_post, datetime.fromtimestamp(seconds, zone))
        assert after != state(given_post, datetime.fromtimestamp(seconds - 1, zone))
    for begins, ends in zip(edges, edges[1:]):
        between = range(begins, ends, max(1, (ends - begins) // 7))
        assert len({state(given_post, datetime.fromtimestamp(seconds, zone)) for seconds in between} or {""}) == 1


@given(posts)
def test_nothing_unfinished_is_ever_public_by_itself(given_post):
    """Time alone makes no draft public, and brings no expired post back."""
    states = [state(given_post, NOON + timedelta(hours=hours)) for hours in range(-50, 60)]

    assert not given_post.draft or not any(STATES[each].public for each in states)
    assert "expired" not in states or not any(STATES[each].public for each in states[states.index("expired") :])


@pytest.mark.parametrize(
    ("day", "timezone", "expected"),
    [
        ("2026-12-01", "Europe/Berlin", "2026-11-30T23:00"),
        ("2026-03-29", "Europe/Berlin", "2026-03-28T23:00"),  # the day itself is an hour short
        ("2026-10-25", "Europe/Berlin", "2026-10-24T22:00"),
        ("2026-10-26", "Europe/Berlin", "2026-10-25T23:00"),
        ("2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00"),  # midnight was skipped: the day began at one
        ("2026-11-01", "America/Havana", "2026-11-01T04:00"),  # midnight comes twice: it begins with the first
        ("2026-04-05", "Australia/Lord_Howe", "2026-04-04T13:00"),  # half an hour goes back that night
        ("2026-04-06", "Australia/Lord_Howe", "2026-04-05T13:30"),
        ("2028-02-29", "Pacific/Kiritimati", "2028-02-28T10:00"),
        ("2027-01-01", "Pacific/Pago_Pago", "2027-01-01T11:00"),
        ("2026-07-01", "Asia/Kathmandu", "2026-06-30T18:15"),
    ],
)  # fmt: skip
def test_a_day_begins_when_its_clocks_say_so(day, timezone, expected):
    """In UTC: the first moment of the day in its zone."""
    assert int(at(expected, ZoneInfo("UTC")).timestamp()) == start(day, timezone)


@pytest.mark.parametrize(
    ("timezone", "written", "message"),
    [
        ("Europe/Berlin", "2027-03-28 02:30", "does not exist"),
        ("Europe/Berlin", "2026-10-25 02:59:59", "exists twice"),
        ("Europe/Berlin", "2026-10-25 03:00", ""),
        ("Europe/Berlin", "2026-10-25 02:30 +01:00", ""),
        ("America/New_York", "2027-03-14 02:00", "does not exist"),
        ("America/New_York", "2026-11-01 01:00", "exists twice"),
        ("America/New_York", "2026-11-01 02:00", ""),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "does not exist"),
        ("Australia/Lord_Howe", "2026-10-04 02:30", ""),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "exists twice"),
        ("Australia/Lord_Howe", "2026-04-05 01:15", ""),
        ("Pacific/Auckland", "2026-09-27 02:30", "does not exist"),
        ("Pacific/Auckland", "2026-04-05 02:30", "exists twice"),
        ("America/Sao_Paulo", "2018-11-04 00:00", "does not exist"),
        ("America/Sao_Paulo", "2018-11-04", ""),
        ("America/Sao_Paulo", "2018-02-17 23:30", "exists twice"),
        ("America/Sao_Paulo", "2026-11-01 00:00", ""),  # no longer
        ("Pacific/Apia", "2011-12-30", "does not exist"),  # a whole day
        ("Pacific/Apia", "2011-12-30 12:00", "does not exist"),
        ("Pacific/Kiritimati", "2026-12-31 23:59:59", ""),
        ("UTC", "2026-03-29 02:30", ""),
        ("Asia/Tokyo", "2026-03-29 02:30", ""),
        ("UTC", "2028-02-29 00:00", ""),
        ("UTC", "2027-02-29", "is not in the calendar"),
        ("Europe/Berlin", "2026-12-31 24:00", "is not in the calendar"),
        ("Europe/Berlin", "2026-12-31 23:59:60", "is not in the calendar"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("path", "written_as"),
    [
        ("content/posts/a.md", "title: A\nauthors: [maya]\ndate: {}\n"),
        ("content/posts/a.md", "title: A\nauthors: [maya]\ndate: 1990-01-01\nembargo: {}\n"),
        ("content/posts/a.md", "title: A\nauthors: [maya]\ndate: 1990-01-01\nexpires: {}\n"),
        ("content/posts/a.md", "title: A\nauthors: [maya]\ndate: 1990-01-01\nupdated: {}\n"),
        ("content/posts/a.md", "title: A\nauthors: [maya]\nkind: statement\ndate: 1990-01-01\nnext_update: {}\n"),
        ("content/posts/a.md", "title: A\nauthors: [maya]\ndraft: true\npreview:\n  key: mzxw6ytboi2gk3tdmfzxg5dbnq\n  until: {}\n"),
        ("content/front.md", "pinned:\n  - post: a.md\n    until: {}\n"),
    ],
    ids=["date", "embargo", "expires", "updated", "next_update", "preview", "pinned"],
)  # fmt: skip
def test_a_moment_that_does_not_exist_or_exists_twice_is_an_error_wherever_it_is_written(
    timezone, written, message, path, written_as
):
    """The message names the file, the line and the next step; every other moment is taken."""
    text = f"---\n{written_as.format(written)}---\nWords.\n"
    rules = Rules(timezone, "/{year}/{slug}/", "Northwind", "Northwind Newsroom")
    found = [p for p in read_file(path, text.encode(), rules, NOTHING_READ).problems if p.code == "bad-date"]

    assert bool(message) == bool(found), found
    for problem in found:
        assert message in problem.message
        assert written.split()[0] in problem.message
        assert problem.hint.startswith("write ")
        assert all(parse(named, timezone) for named in re.findall('"(.+?)"', problem.hint))
        assert problem.location.line == text[: text.index(written)].count("\n") + 1 or problem.location.pointer


def test_a_preview_lasts_until_the_moment_that_the_file_says():
    """In whatever zone that is written."""
    shown = EMPTY._replace(details={"preview": {"key": "k", "until": "2026-12-01T18:00:00+01:00"}})

    assert (int(at("2026-12-01T18:00").timestamp()), 0) == (previewed(shown), previewed(EMPTY))
