"""`newsroom due`: the next change is the next change, in both directions, and nothing else is one."""

import json
import os
from contextlib import closing
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from newsroom.assemble.due import events
from newsroom.build import Options, build, planned_by, read
from newsroom.cli import main
from newsroom.commands.due import cron, due, ics, plain, told
from newsroom.config import NOWHERE
from newsroom.desk import Desk
from newsroom.states import start

THOROUGH = os.environ.get("NEWSROOM_LAWS") == "thorough"
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PERSON = "---\nname: Maya Okafor\ncontact: {email: maya@example.com}\n---\nShe repairs lenses.\n"
OLD = "---\ntitle: Old\nauthors: [maya]\ndate: 2026-11-02\n---\nWords.\n"
KEY = "mzxw6ytboi2gk3tdmfzxg5dbnq"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b49444154789c6360000200000500017a5eab3f"
    "0000000049454e44ae426082"
)


def a_post(keys, body="Words."):
    return f"---\ntitle: New\nauthors: [maya]\n{keys}\n---\n{body}\n"


@pytest.fixture
def changes_of(make_site):
    """(UTC, kinds) of every change of a site with these files. Posts grow old where a test says so."""

    def told_of(files, now=NOW, days=0, count=0, drafts=False, **settings):
        site = make_site({"content/people/maya.md": PERSON, "content/posts/old.md": OLD} | files, **{"posts": {"old_after": ""}} | settings)
        found = due(site.root, Options(moment=now, drafts=drafts), days, count)
        return [
            (f"{each.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}", *dict.fromkeys(event.kind for event in each.events))
            for each in found.changes
        ]

    return told_of


# ── the table: zones, clock changes, year ends, leap days ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("timezone", "now", "keys", "expected"),
    [
        ("UTC", "2026-12-01T12:00", "date: 2026-12-01 12:00:01", ("2026-12-01T12:00:01", "publication")),
        ("Europe/Berlin", "2026-12-01T12:00", "date: 2026-12-02", ("2026-12-01T23:00:00", "publication")),
        ("Europe/Berlin", "2026-03-28T12:00", "date: 2026-03-29 03:00", ("2026-03-29T01:00:00", "publication")),
        ("Europe/Berlin", "2026-03-28T12:00", "date: 2026-03-30", ("2026-03-29T22:00:00", "publication")),
        ("Europe/Berlin", "2026-10-24T12:00", "date: 2026-10-25 02:30 +02:00", ("2026-10-25T00:30:00", "publication")),
        ("Europe/Berlin", "2026-10-24T12:00", "date: 2026-10-25 02:30 +01:00", ("2026-10-25T01:30:00", "publication")),
        ("America/New_York", "2026-03-08T03:00", "date: 2026-03-08 03:00", ("2026-03-08T07:00:00", "publication")),
        ("America/New_York", "2026-11-01T00:00", "date: 2026-11-01 02:00", ("2026-11-01T07:00:00", "publication")),
        ("Australia/Lord_Howe", "2026-10-03T12:00", "date: 2026-10-04 02:30", ("2026-10-03T15:30:00", "publication")),
        ("Australia/Lord_Howe", "2026-04-04T00:00", "date: 2026-04-05 02:00", ("2026-04-04T15:30:00", "publication")),
        ("Pacific/Auckland", "2026-09-26T00:00", "date: 2026-09-27 03:00", ("2026-09-26T14:00:00", "publication")),
        ("America/Sao_Paulo", "2018-11-03T12:00", "date: 2018-11-04", ("2018-11-04T03:00:00", "publication")),
        ("Pacific/Kiritimati", "2026-12-30T12:00", "date: 2027-01-01", ("2026-12-31T10:00:00", "publication")),
        ("Pacific/Pago_Pago", "2026-12-31T12:00", "date: 2027-01-01", ("2027-01-01T11:00:00", "publication")),
        ("Asia/Kathmandu", "2028-02-28T12:00", "date: 2028-02-29 00:00", ("2028-02-28T18:15:00", "publication")),
        ("UTC", "2028-02-28T23:00", "date: 2028-01-01\nexpires: 2028-03-01", ("2028-03-01T00:00:00", "expiry")),
        ("UTC", "2026-12-31T23:59", "date: 2026-12-01\nembargo: 2026-12-31 23:59:59", ("2026-12-31T23:59:59", "embargo")),
        ("Europe/Berlin", "2026-12-01T12:00", "date: 2026-12-01\nembargo: 2026-12-03 06:00", ("2026-12-03T05:00:00", "embargo")),
        ("Europe/Berlin", "2026-12-01T12:00", "date: 2029-02-28 09:00", ("2029-02-28T08:00:00", "publication")),
    ],
)  # fmt: skip
def test_the_next_change_is_named_to_the_second(changes_of, timezone, now, keys, expected):
    """Whatever the clocks do in the site's zone, and however far ahead it is."""
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    files = {"content/posts/new.md": a_post(keys), "content/posts/old.md": OLD.replace("2026-11-02", "2016-11-02")}
    found = changes_of(files, moment, timezone=timezone)

    assert [expected] == found[:1]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, []),
        ({"content/posts/new.md": a_post("draft: true\ndate: 2026-12-02")}, []),
        ({"content/posts/new.md": a_post("draft: true")}, []),
        ({"content/posts/new.md": a_post("date: 2026-12-03\nembargo: 2026-12-02")}, [("2026-12-02T23:00:00", "publication"), ("2026-12-04T23:00:00", "news")]),
        ({"content/posts/new.md": a_post("date: 2026-11-30 12:00")}, [("2026-12-02T11:00:00", "news")]),
        ({"content/posts/new.md": a_post("date: 2026-11-02\ncorrections: [{date: 2026-12-02, kind: retraction, by: maya, text: It was wrong.}]")},
         [("2026-12-01T23:00:00", "retraction")]),
        ({"content/posts/new.md": a_post("date: 2026-11-02\ncorrections: [{date: 2026-12-02, by: maya, text: It was 1974.}]")},
         [("2026-12-01T23:00:00", "correction")]),
        ({"content/posts/new.md": a_post(f"draft: true\npreview: {{key: {KEY}, until: 2026-12-02 18:00}}")}, [("2026-12-02T17:00:00", "preview")]),
        ({"content/posts/new.md": a_post(f"date: 2026-12-02\npreview: {{key: {KEY}, until: 2026-12-02 18:00}}")},
         [("2026-12-01T23:00:00", "publication"), ("2026-12-03T23:00:00", "news")]),
        ({"content/posts/new.md": a_post("date: 2026-11-02\nkind: statement\nknown: [Little]\nnext_update: 2026-12-01 18:00")},
         [("2026-12-01T17:00:00", "update")]),
        ({"content/posts/new.md": a_post("date: 2026-11-02\nkind: statement\nknown: [Little]\nnext_update: 2026-11-03 18:00\nclosed: 2026-12-04")},
         [("2026-12-03T23:00:00", "closing")]),
        ({"content/front.md": "---\npinned:\n  - {post: old.md, until: 2026-12-05 08:30}\n---\n",
          **{f"content/posts/{n}.md": a_post(f"date: 2026-11-0{n}") for n in range(4, 7)}}, [("2026-12-05T07:30:00", "pin")]),
        ({"content/front.md": "---\npinned:\n  - {post: new, until: 2026-12-05}\n---\n", "content/posts/new.md": a_post("draft: true\ndate: 2026-11-03"),
          "content/posts/b.md": a_post("date: 2026-12-05")}, [("2026-12-04T23:00:00", "publication"), ("2026-12-06T23:00:00", "news")]),
        ({"content/posts/new.md": a_post("date: 2026-11-02\nupdated: 2026-12-04 08:30")}, [("2026-12-04T07:30:00", "updated")]),
        ({"content/posts/new.md": a_post("date: 2026-11-02\nsigned_off: {maya: 2026-12-04}")}, [("2026-12-03T23:00:00", "agreement")]),
        ({"content/press/index.md": "---\ncoverage: [{title: They repair lenses, outlet: The Times, date: 2026-12-04}]\n---\n"},
         [("2026-12-03T23:00:00", "press")]),
    ],
    ids=["nothing", "a dated draft", "a draft", "an embargo before the date", "news that grow old", "a retraction", "a correction", "a preview",
         "a preview of what goes out before", "an update", "a closed statement", "a pinned post", "a pinned draft, which nobody misses",
         "an update of a later day", "words that are signed off later", "coverage to come"],
)  # fmt: skip
def test_posts_and_the_front_page_change_the_site(changes_of, files, expected):
    """Each at its moment, and nothing at any midnight."""
    assert expected == changes_of(files, timezone="Europe/Berlin")


def test_a_post_grows_old_on_a_day(changes_of):
    """Two years after its last change that matters, in the site's zone, and again with each year."""
    post = {"content/posts/new.md": a_post("date: 2020-01-01\nupdated: 2024-12-04")}
    found = changes_of(post, days=800, timezone="Europe/Berlin", posts={"old_after": "2 years"})

    assert [("2026-12-03T23:00:00", "age"), ("2027-12-03T23:00:00", "age"), ("2028-11-01T23:00:00", "age"), ("2028-12-03T23:00:00", "age")] == found


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("status: left\non: 2026-12-04", [("2026-12-03T23:00:00", "leaving")]),
        ("status: {state: moved, role: Head}\non: 2026-12-04", [("2026-12-03T23:00:00", "move")]),
        ("status: away\nuntil: 2026-12-04", [("2026-12-03T23:00:00", "return")]),
        ("consent: {email: 2026-12-04}", [("2026-12-04T23:00:00", "consent")]),
        ("consent: {until: 2026-12-04}", [("2026-12-04T23:00:00", "consent")]),
        ("consent: {phone: 2026-12-04, photo: 2026-12-05}", []),  # she has neither
        ("answers: {reads: all, by: [maya], paused: 2026-12-04}", [("2026-12-03T23:00:00", "pause")]),
        ("answers: {reads: all, by: [maya], within: 2 days, checked: 2026-06-10}", [("2026-12-07T23:00:00", "promise")]),
        ("answers: {reads: all, by: [maya], within: 2 days, checked: 2026-12-04}", [("2026-12-03T23:00:00", "confirmed")]),
        ("answers: {reads: all, by: [maya], checked: 2026-06-10}", [("2026-12-07T23:00:00", "promise")]),
        ("office_hours: [{every: Friday, at: '15:00', minutes: 60, until: 2026-12-11}]",
         [("2026-12-04T15:00:00", "meeting"), ("2026-12-11T15:00:00", "meeting"), ("2026-12-11T23:00:00", "hours")]),
    ],
)  # fmt: skip
def test_people_change_the_site(changes_of, keys, expected):
    """By the day, in the site's zone, and only where a page says so."""
    person = PERSON.replace("---\nShe", f"{keys}\n---\nShe")

    assert expected == changes_of({"content/people/maya.md": person}, timezone="Europe/Berlin")


def test_a_build_that_will_stop_is_told_before_it_does(make_site):
    """What goes out with a link to a draft stops the build then: today is the day to hear of it."""
    site = make_site({
        "content/people/maya.md": PERSON, "content/posts/old.md": OLD, "content/posts/draft.md": a_post("draft: true"),
        "content/posts/new.md": a_post("date: 2026-12-03", "See [this](draft.md)."),
        "content/posts/later.md": a_post("date: 2026-12-05"),
    })  # fmt: skip
    found = due(site.root, Options(moment=NOW))

    assert ["2026-12-03"] == [f"{each.at:%Y-%m-%d}" for each in found.changes]
    assert (
        'the build stops then: content/posts/new.md:6: the link "draft.md" leads to a post that is a draft'
        in "\n".join(told(found))
    )
    assert ['the link "draft.md" leads to a post that is a draft'] == plain(found)["changes"][0]["stops"]


# ── the law ──────────────────────────────────────────────────────────────────────────────────────────────────────────

MOMENTS = st.integers(-60, 200).map(lambda hours: (NOW + timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M"))
DAYS = st.integers(-200, 9).map(lambda days: (NOW + timedelta(days=days)).date().isoformat())
KEYS = st.one_of(
    st.just(""),
    MOMENTS.map("date: {}".format),
    MOMENTS.map("date: 2026-11-01\nembargo: {}".format),
    MOMENTS.map("date: 2026-11-01\nexpires: {}".format),
    DAYS.map("date: 2026-05-01\ncorrections: [{{date: {}, kind: retraction, by: maya, text: Wrong}}]".format),
    DAYS.map("date: 2026-05-01\ncorrections: [{{date: {}, by: maya, text: Wrong}}]".format),
    MOMENTS.map("date: 2026-11-01\nkind: statement\nknown: [Little]\nnext_update: {}".format),
    st.tuples(MOMENTS, DAYS).map(lambda p: f"date: 2026-05-01\nkind: statement\nknown: [So]\nnext_update: {p[0]}\nclosed: {p[1]}"),
    MOMENTS.map(f"draft: true\npreview: {{{{key: {KEY}, until: {{}}}}}}".format),
    st.tuples(MOMENTS, MOMENTS).map(lambda p: f"date: {p[0]}\npreview: {{key: {KEY}, until: {p[1]}}}"),
    MOMENTS.map("date: 2026-11-01\nupdated: {}".format),
    DAYS.map(lambda day: f"date: {int(day[:4]) - 2}{day[4:]}"),  # old in these days, by posts.old_after
    DAYS.map("date: 2026-11-01\nkind: release\nsigned_off: {{maya: {0}}}\nquotes: [{{by: maya, text: So., signed_off: {0}}}]".format),
    DAYS.map("date: 2026-11-01\nanswers: {{reads: all, by: [maya], within: 2 days, checked: {}}}".format),
)  # fmt: skip
LIVES = st.one_of(
    st.just(""),
    DAYS.map("status: left\non: {}\nsuccessor: jonas".format),
    DAYS.map("status: away\nuntil: {}\ncover: jonas".format),
    DAYS.map("status: {{state: moved, role: Head}}\non: {}".format),
    st.tuples(st.sampled_from(["photo", "email", "bio", "office_hours", "until"]), DAYS).map(
        lambda pair: f"consent: {{{pair[0]}: {pair[1]}}}"
    ),
)
PROMISES = st.one_of(
    st.just(""),
    DAYS.map("answers: {{reads: all, by: [maya], within: 2 days, checked: {}}}".format),
    DAYS.map("answers: {{reads: all, by: [maya], paused: {}}}".format),
)
HOURS = st.sampled_from([
    "", "office_hours: [{every: Friday, at: '23:30', minutes: 60}]",
    "office_hours: [{every: day, at: '15:00', minutes: 30, until: 2026-12-04}]",
    "office_hours: [{every: Wednesday, at: '09:00', from: 2026-12-04}]",
])  # fmt: skip
ASKED = st.lists(st.tuples(st.sampled_from([-92, -91, -90, -88, -80, -8, -3, -1]), st.booleans()), max_size=7)
"""Questions below the old post: so many days ago each, and whether they were answered two hours later."""
SITES = st.tuples(
    st.lists(KEYS, max_size=2), LIVES, PROMISES, HOURS, st.sampled_from(["Europe/Berlin", "Pacific/Auckland"]), ASKED,
    st.integers(-9, 0),
)  # fmt: skip


def talk(asked, pulled):
    """An archive, last pulled so many days ago."""
    said = []
    for n, (days, replied) in enumerate(asked):
        at = NOW + timedelta(days=days, minutes=n)
        said.append(f"- {{id: isso-{n}, name: Ada, date: {at:%Y-%m-%dT%H:%M:%SZ}, text: Why?}}\n")
        at += timedelta(hours=2)
        said += [
            f"- {{id: isso-r{n}, reply_to: isso-{n}, account: isso/h1, date: {at:%Y-%m-%dT%H:%M:%SZ}, text: So.}}\n"
        ] * replied
    return (
        f"post: content/posts/old.md\npulled: {NOW + timedelta(days=pulled):%Y-%m-%dT%H:%M:%SZ}\ncomments:\n"
        + "".join(said)
    )


def written(root, posts, person, promise, hours, timezone, asked, pulled):
    lines = "\n".join(part for part in (person, promise, hours, "accounts: {isso: h1}") if part)
    files = {
        "site.toml": f'title = "N"\nurl = "https://news.example.com"\ntimezone = "{timezone}"\n',
        "content/people/p.png": PICTURE,
        "content/people/jonas.md": "---\nname: Jonas Lind\ncontact: {email: jonas@example.com}\n---\n",
        "content/people/maya.md": PERSON.replace("---\nShe", f"photo: p.png\n{lines}\n---\nShe"),
        "content/posts/old.md": OLD.replace("2026-11-02", "2026-01-02"),
    } | ({"content/comments/old.yaml": talk(asked, pulled)} if asked else {}) | {
        f"content/posts/{n}.md": f"---\ntitle: Post {n}\nauthors: [maya]\n{keys or 'date: 2026-11-03'}\n---\nWords {n}.\n".replace(KEY, KEY[:-1] + "abc"[n])
        for n, keys in enumerate(posts)
    }  # fmt: skip
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text if isinstance(text, bytes) else text.encode())


def outputs(root, moment):
    report = build(root, Options(moment=moment))
    assert () == report.problems
    return {path: path.read_bytes() for path in (root / "public").rglob("*") if path.is_file()}


@settings(max_examples=100 if THOROUGH else 4, deadline=None, suppress_health_check=list(HealthCheck))
@given(SITES)
def test_between_two_events_nothing_changes(tmp_path_factory, parts):
    """Of every site: no plan differs from the one before it but at a moment that is among those to be tried."""
    root = tmp_path_factory.mktemp("events")
    written(root, *parts)
    with closing(Desk(root, NOWHERE)) as desk:
        options = Options(moment=NOW)
        site, look, library = read(desk, options)
        zone, end = site.moment.tzinfo, site.moment + timedelta(days=9)
        known = {event.at for event in events(library, site.config, site.moment, end)}
        days = [NOW.date() + timedelta(days=n) for n in range(1, 10)]
        others = {start(day, name) for day in days for name in (site.config.timezone, "UTC")}
        others |= {int(NOW.timestamp()) + 29 * 3600 * n for n in range(8)}
        before = None
        for at in sorted(at for at in known | others if NOW.timestamp() <= at <= end.timestamp()):
            planned = planned_by(desk, look, datetime.fromtimestamp(at, zone), options, "due").outputs
            assert planned == before or at in known or before is None, datetime.fromtimestamp(at, zone)
            before = planned


@settings(max_examples=60 if THOROUGH else 3, deadline=None, suppress_health_check=list(HealthCheck))
@given(SITES)
def test_until_the_next_change_no_byte_differs_and_then_one_does(tmp_path_factory, parts):
    """Of every site: a second before each change it is as it was, at the change it is not."""
    root = tmp_path_factory.mktemp("due")
    written(root, *parts)
    shown = outputs(root, NOW)
    found = due(root, Options(moment=NOW), days=9).changes
    for change in found[: 9 if THOROUGH else 2]:
        assert shown == outputs(root, change.at - SECOND), change
        after = outputs(root, change.at)
        assert shown != after, change
        shown = after
    if not found:
        assert shown == outputs(root, NOW + timedelta(days=9))


# ── what is printed ──────────────────────────────────────────────────────────────────────────────────────────────────

TEAM = {
    "content/posts/a.md": a_post("date: 2026-12-03 09:00\nid: a").replace("New", "Lenses; old, new"),
    "content/posts/b.md": a_post("date: 2026-11-03\nexpires: 2026-12-24 18:00\nid: b").replace("New", "Sale"),
    "content/posts/c.md": a_post("date: 2026-11-03\nembargo: 2031-02-01 06:00\nid: c").replace("New", "Far"),
    "content/posts/d.md": a_post("date: 2026-11-03\nkind: statement\nknown: [So]\nnext_update: 2026-12-02 08:00\nid: d").replace("New", "Outage"),
    "content/posts/e.md": a_post("date: 2026-11-03\nid: e\ncorrections: [{date: 2026-12-07, kind: retraction, by: maya, text: No}]"),
    "content/posts/f.md": a_post("draft: true\ndate: 2026-12-08\nid: f").replace("New", "Unfinished"),
}  # fmt: skip


@pytest.fixture
def team(make_site):
    files = {"content/people/maya.md": PERSON, "content/posts/old.md": OLD} | TEAM
    return make_site(files, timezone="Europe/Berlin", title="Northwind, News").root


def test_people_read_the_moment_in_their_zone_and_in_utc(team):
    """The next first, then each of the next 30 days with what happens and where that is written."""
    lines = list(told(due(team, Options(moment=NOW))))

    assert [
        "the site next changes by itself on 2 December 2026, 08:00 (Berlin time), 2026-12-02 07:00 UTC",
        "",
        "2 December 2026, 08:00 (Berlin time)",
        "  Outage: the update that it promised is due · content/posts/d.md",
        "",
        "3 December 2026, 09:00 (Berlin time)",
        "  Lenses; old, new: goes out · content/posts/a.md",
    ] == lines[:7]
    assert "31 December" not in "".join(lines) and "24 December 2026, 18:00 (Berlin time)" in lines


def test_the_teams_calendar_holds_what_goes_out_when(team):
    """As icalendar reads it: in UTC, each with an identity that stays when it is moved; drafts are in none."""
    found = due(team, Options(moment=NOW), planned=True)
    events = Calendar.from_ical(ics(found)).walk("VEVENT")

    assert [
        (datetime(2026, 12, 2, 7, tzinfo=UTC), "Outage: the update that it promised is due"),
        (datetime(2026, 12, 3, 8, tzinfo=UTC), "Lenses; old, new: goes out"),
        (datetime(2026, 12, 6, 23, tzinfo=UTC), "New: is retracted"),
        (datetime(2026, 12, 24, 17, tzinfo=UTC), "Sale: expires"),
        (datetime(2031, 2, 1, 5, tzinfo=UTC), "Far: its embargo ends"),
    ] == [(event.decoded("dtstart"), str(event["summary"])) for event in events]
    assert len({str(event["uid"]) for event in events}) == len(events)
    file = team / "content/posts/a.md"
    file.write_text(file.read_text().replace("2026-12-03", "2026-12-04"))
    moved = Calendar.from_ical(ics(due(team, Options(moment=NOW), planned=True))).walk("VEVENT")
    assert [event["uid"] for event in events] == [event["uid"] for event in moved]


def test_an_empty_calendar_is_one(make_site):
    """RFC 5545 wants something in it."""
    site = make_site({"content/people/maya.md": PERSON, "content/posts/old.md": OLD})
    event = Calendar.from_ical(ics(due(site.root, Options(moment=NOW), planned=True))).walk("VEVENT")[0]

    assert ("CANCELLED", "Nothing is planned") == (str(event["status"]), str(event["summary"]))


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026-12-03 09:00", "0 8 3 12 *  # newsroom build (2026-12-03T08:00:00Z)"),
        ("2026-12-31 23:59:01", "59 22 31 12 *  # newsroom build (2026-12-31T22:59:01Z)".replace("59 22", "0 23")),
        ("2027-01-01 00:59:30", "0 0 1 1 *  # newsroom build (2026-12-31T23:59:30Z)"),
    ],
)
def test_a_clock_of_minutes_rounds_up(make_site, date, expected):
    """A build a minute too early would find nothing to do; the line is in UTC and names no post."""
    site = make_site({"content/people/maya.md": PERSON, "content/posts/old.md": OLD,
                      "content/posts/new.md": a_post(f"date: {date}")}, timezone="Europe/Berlin")  # fmt: skip

    assert expected == cron(due(site.root, Options(moment=NOW), count=1))


def test_the_command_prints_each_form_and_writes_nothing_to_the_output(team, capfdbinary):
    """Exit code 0; `--json` for programs; nothing of a calendar is ever in public/."""
    at = ["--site", str(team), "--as-of", "2026-12-01 13:00"]
    printed = {}
    for form in ("--cron", "--json", "--ics", "--count=1"):
        assert 0 == main(["due", form, *at])
        printed[form] = capfdbinary.readouterr().out

    assert b"0 7 2 12 *  # newsroom build (2026-12-02T07:00:00Z)\n" == printed["--cron"]
    assert "2026-12-02T07:00:00Z" == json.loads(printed["--json"])["next"]
    assert printed["--ics"].startswith(b"BEGIN:VCALENDAR\r\n")
    assert 1 == printed["--count=1"].count("·".encode())
    assert not (team / "public").exists()


@pytest.mark.parametrize("asked", [["--days", "99999999"], ["--cron", "--json"], ["--ics", "--cron"]])
def test_what_cannot_be_told_is_wrong_usage(team, asked, capsys):
    """Exit code 2: more than ten years, and two forms at once."""
    with pytest.raises(SystemExit) as stopped:
        main(["due", "--site", str(team), *asked])

    assert 2 == stopped.value.code
    assert "at most 3650" in (said := capsys.readouterr().err) or "not allowed with" in said


def test_seconds_are_told_in_utc_too(make_site):
    """Where there are any."""
    site = make_site({"content/people/maya.md": PERSON, "content/posts/old.md": OLD, "content/posts/new.md":
                      a_post("date: 2026-12-03 23:59:59")}, timezone="Asia/Kathmandu")  # fmt: skip
    first = next(told(due(site.root, Options(moment=NOW))))

    assert first.endswith("3 December 2026, 23:59:59 (Kathmandu time), 2026-12-03 18:14:59 UTC")


def test_files_are_read_once_however_many_moments_are_tried(team, monkeypatch):
    """A thousand posts with two hundred embargoes took three minutes."""
    reads, progress = [], []
    parse = Desk.parse
    monkeypatch.setattr(Desk, "parse", lambda desk: reads.append(1) or parse(desk))
    found = due(team, Options(moment=NOW, progress=lambda done, of: progress.append((done, of))))

    assert len(found.changes) > 3 and len(reads) == 1
    assert progress[0][0] == 0 and progress[-1][0] == progress[-1][1] >= len(found.changes)


def test_a_moment_asked_for_that_exists_twice_is_refused(team, capsys):
    """`--as-of` too is in the site's zone."""
    with pytest.raises(SystemExit) as stopped:
        main(["due", "--site", str(team), "--as-of", "2026-10-25 02:30"])

    assert 2 == stopped.value.code
    assert "exists twice in Europe/Berlin" in capsys.readouterr().err


def test_zones_of_the_site_and_of_a_person_may_differ(changes_of):
    """Office hours are over by her clock, an absence by the site's."""
    person = PERSON.replace(
        "---\nShe", "timezone: America/New_York\noffice_hours: [{every: Friday, at: '15:00', minutes: 60}]\n---\nShe"
    )
    found = changes_of({"content/people/maya.md": person}, timezone="Pacific/Auckland")
    over = datetime(2026, 12, 4, 16, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)

    assert (f"{over:%Y-%m-%dT%H:%M:%S}", "meeting") == found[0]
