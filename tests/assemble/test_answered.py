"""Who waits for an answer, how promises were kept, and what may be said of it: tables of conversations."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.assemble.answered import Counted, Record, record, records, usual, usually, waiting
from newsroom.assemble.asked import questions
from newsroom.assemble.wording import proven
from newsroom.model import Person, Post
from newsroom.said import Said
from newsroom.site import Talk

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=BERLIN)  # a Friday
HOUR = 3600
PROMISE = {"reads": "all", "by": ("maya",), "within": "2 working days", "checked": "2026-10-01"}


def blank(record, **fields):
    """A record of which only some fields matter."""
    empty = dict.fromkeys(record._fields, "")
    return record(**empty | fields)


def person(key, **fields):
    maps = {name: {} for name in ("answers", "status", "consent", "accounts", "contact")}
    return blank(Person, key=key, source=f"content/people/{key}.md", short_name=key.title(), **maps | fields)


def post(name="a", authors=("maya",), contact=(), time=0, **details):
    return blank(Post, source=f"content/posts/{name}.md", authors=authors, contact=contact, time=time, details=details)


def at(text):
    """Seconds of a wall clock in Berlin; a day alone is its noon."""
    return int(datetime.fromisoformat(text if ":" in text else f"{text} 12:00").replace(tzinfo=BERLIN).timestamp())


def said(id, when, parent="", person="", ignored="", gone=False):
    return Said(id, parent, person, "", at(when), ignored, gone)


def site(*said, people=(), posts=None, pulled="2026-11-20T08:00:00Z", closed="", answered={}, moment=NOW, talks=None):
    """What the functions look at of a Site: one conversation below the first post, unless `talks` has others."""
    posts = posts or (post(),)
    staff = {one.key: one for one in (person("maya", answers=PROMISE), person("jonas"), *people)}
    ordered = tuple(sorted(said, key=lambda one: one.time))
    talks = talks or {posts[0].source: Talk("content/comments/a.yaml", pulled, closed, ordered, "")}
    return SimpleNamespace(posts=posts, talks=talks, people=staff, moment=moment, answered=answered)


def waits(*said, **more):
    return [one.comment for one in waiting(site(*said, **more))]


QUESTION = said("q", "2026-11-16")
ANSWER = said("r", "2026-11-17", "q", "maya")


@pytest.mark.parametrize(
    ("situation", "comments", "expected"),
    [
        ("nothing was said", (), []),
        ("a reader asked", (QUESTION,), ["q"]),
        ("an employee answered", (QUESTION, ANSWER), []),
        ("another employee answered", (QUESTION, said("r", "2026-11-17", "q", "jonas")), []),
        ("only a reader answered", (QUESTION, said("r", "2026-11-17", "q")), ["q"]),
        ("an employee answered deeper down", (QUESTION, said("x", "2026-11-17", "q"), said("r", "2026-11-18", "x", "maya")), []),
        ("an employee wrote in another thread", (QUESTION, said("o", "2026-11-17", "", "maya")), ["q"]),
        ("the reader asks again", (QUESTION, ANSWER, said("f", "2026-11-18", "r")), ["f"]),
        ("and again", (QUESTION, ANSWER, said("f", "2026-11-18", "r"), said("g", "2026-11-19", "f")), ["f"]),
        ("and is answered", (QUESTION, ANSWER, said("f", "2026-11-18", "r"), said("s", "2026-11-19", "f", "maya")), []),
        ("the follow-up needs no answer", (QUESTION, ANSWER, said("f", "2026-11-18", "r", ignored="thanks")), []),
        ("the follow-up was removed", (QUESTION, ANSWER, said("f", "2026-11-18", "r", gone=True)), []),
        ("the answer was removed", (QUESTION, ANSWER._replace(gone=True)), ["q"]),
        ("the question is advertising", (QUESTION._replace(ignored="advertising"), said("f", "2026-11-17", "q")), []),
        ("the question was removed", (QUESTION._replace(gone=True), said("f", "2026-11-17", "q")), []),
        ("an employee began the thread", (said("o", "2026-11-16", "", "maya"), said("f", "2026-11-17", "o")), []),
        ("the parent is not in the archive", (said("f", "2026-11-17", "lost"),), ["f"]),
        ("the answer's clock was behind", (said("r", "2026-11-15", "q", "maya"), QUESTION), []),
        ("parents in a circle", (said("a", "2026-11-16", "b"), said("b", "2026-11-17", "a")), ["a"]),
        ("somebody is her own parent", (said("a", "2026-11-16", "a"),), ["a"]),
        ("said after the moment", (QUESTION, said("r", "2026-11-21", "q", "maya")), ["q"]),
        ("asked after the moment", (said("q", "2026-11-21"),), []),
    ],
)  # fmt: skip
def test_a_reader_waits_until_an_employee_has_the_last_word(situation, comments, expected):
    """In the thread that the reader began; unless there is a reason why nobody need answer."""
    assert expected == waits(*comments), situation


def test_nobody_waits_in_a_closed_conversation():
    """Whoever closed it said why."""
    assert waits(QUESTION, closed="the order was refunded") == []


def test_a_thousand_answers_below_each_other_are_one_thread():
    """However deep, and whatever their order."""
    deep = [said(f"c{n}", "2026-11-16", f"c{n - 1}" if n else "") for n in range(1000)]

    assert waits(*deep) == ["c0"]
    assert waits(*reversed(deep), said("r", "2026-11-17", "c999", "maya")) == []


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.integers(1, 18)), max_size=10))
def test_whatever_the_parents_every_comment_is_in_one_thread(rows):
    """Circles, missing parents, children before their parents: each thread is begun once, and nothing hangs."""
    comments = [
        said(str(n), f"2026-11-{day:02}", str(parent), "maya" if hers else "")
        for n, (parent, hers, day) in enumerate(rows)
    ]
    found = site(*comments)
    asked = list(questions(found.posts, found.talks, {}, 0, at("2026-11-20")))

    assert len({one.asked for one in asked}) <= len(asked) <= sum(not one.person for one in comments)
    assert all(one.waits in {c.id for c in comments if not c.person} for one in asked if one.waits)
    assert all(one.answered == (one.answers[0][0] if one.answers else 0) for one in asked)
    assert all(when >= one.asked for one in asked for when, _ in one.answers)


# ── answers_to ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_post_that_answers_a_comment_is_an_answer():
    """When it was published; a follow-up after it waits again."""
    answering = {"content/posts/a.md": {"q": ("content/posts/b.md",)}}
    posts = (post(), post("b", authors=("jonas",), time=at("2026-11-18")))

    assert waits(QUESTION, posts=posts, answered=answering) == []
    assert waits(QUESTION, said("f", "2026-11-19", "q"), posts=posts, answered=answering) == ["f"]
    assert record(site(QUESTION, posts=posts, answered=answering), "maya").median == 48 * HOUR


def test_a_post_that_was_there_before_the_question_answers_it_when_it_is_asked():
    """Somebody added the address of the comment to an older post: no answer comes before its question."""
    posts = (post(), post("b", time=at("2026-01-01")))
    answering = {"content/posts/a.md": {"q": ("content/posts/b.md",)}}

    assert waits(QUESTION, posts=posts, answered=answering) == []
    assert record(site(QUESTION, posts=posts, answered=answering), "maya").median == 0


# ── whose, and until when ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("situation", "maya", "named", "owner"),
    [
        ("she is here", {}, {}, "maya"),
        ("she moved", {"state": "moved", "successor": "jonas"}, {}, "maya"),
        ("she is away", {"state": "away", "until": "2026-12-01", "cover": "jonas"}, {}, "jonas"),
        ("she is back", {"state": "away", "until": "2026-11-01", "cover": "jonas"}, {}, "maya"),
        ("she is away, and nobody covers", {"state": "away", "until": "2026-12-01"}, {}, "maya"),
        ("she left", {"state": "left", "successor": "jonas"}, {}, "jonas"),
        ("she left, and nobody came", {"state": "left"}, {}, ""),
        ("the post names a contact", {}, {"contact": ("jonas", "maya")}, "jonas"),
        ("the second author is not asked first", {}, {"authors": ("jonas", "maya")}, "jonas"),
    ],
)
def test_a_question_is_that_of_whoever_answers_below_the_post(situation, maya, named, owner):
    """The first contact or author, or who stands in for her."""
    staff = (person("maya", status=maya, answers=PROMISE),)
    found = waiting(site(QUESTION, people=staff, posts=(post(**named),)))

    assert [owner] == [one.owner for one in found], situation


@pytest.mark.parametrize(
    ("changed", "due", "overdue"),
    [
        ({}, "2026-11-18 23:59:59", True),
        ({"within": "1-2 business days"}, "2026-11-18 23:59:59", True),
        ({"within": "48 hours"}, "2026-11-18 12:00:00", True),
        ({"within": "4 working days"}, "2026-11-20 23:59:59", False),
        ({"within": "a week"}, "2026-11-23 23:59:59", False),
        ({"within": ""}, None, False),
        ({"checked": "2026-01-01"}, None, False),
        ({"by": ()}, None, False),
        ({"reads": "none"}, None, False),
        ({"reads": "some"}, None, False),
        ({"reads": "none", "by": ("jonas",)}, "2026-11-18 23:59:59", True),
        ({"by": ("pete",)}, None, False),
    ],
)
def test_only_what_the_page_promises_can_be_overdue(changed, due, overdue):
    """A promise that is old, that nobody keeps, or that is only about some messages, has no end."""
    staff = (person("maya", answers=PROMISE | changed), person("pete", status={"state": "left"}))
    (one,) = waiting(site(QUESTION, people=staff))

    assert due == (f"{datetime.fromtimestamp(one.due, BERLIN):%Y-%m-%d %H:%M:%S}" if one.due else None)
    assert overdue == one.overdue


def test_what_waits_longest_comes_first():
    """Whatever the order of posts."""
    posts = (post(), post("b"), post("c"))
    talks = {
        posts[0].source: Talk("a", "", "", (said("x", "2026-11-17"), said("z", "2026-11-19")), ""),
        posts[2].source: Talk("c", "", "", (said("w", "2026-11-16"), said("y", "2026-11-18")), ""),
    }

    assert [one.comment for one in waiting(site(posts=posts, talks=talks))] == ["w", "x", "y", "z"]


def test_a_follow_up_is_due_from_when_it_was_written():
    """The promise is made to each who writes."""
    (one,) = waiting(site(QUESTION, ANSWER, said("f", "2026-11-19", "r")))

    assert (one.comment, one.since, one.due) == ("f", at("2026-11-19"), at("2026-11-23 23:59:59"))


# ── records ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_record_counts_what_was_kept_and_what_was_broken():
    """Two in time, one late, one silent and overdue, one silent and in time; what is older than 90 days is not counted."""
    found = site(
        said("a", "2026-11-02"), said("a1", "2026-11-03", "a", "maya"),
        said("b", "2026-11-04"), said("b1", "2026-11-06 23:59:59", "b", "jonas"),
        said("c", "2026-11-09"), said("c1", "2026-11-16", "c", "maya"),
        said("d", "2026-11-10"), said("e", "2026-11-19"),
        said("f", "2026-08-21"), said("g", "2026-08-22"), said("g1", "2026-08-22 13:00", "g", "maya"),
    )  # fmt: skip

    assert record(found, "maya") == Record(6, 4, 42 * HOUR - 1, 3, 2, 3)
    assert records(found).keys() == {"maya"}
    assert record(found, "jonas") == Record()


def test_without_a_promise_none_is_kept_and_none_broken():
    """The rest is counted all the same."""
    found = site(QUESTION, ANSWER, people=(person("maya"),))

    assert record(found, "maya") == Record(1, 1, 24 * HOUR, 0, 0, 0)


def test_silence_that_the_archive_cannot_know_breaks_no_promise():
    """It waits all the same; but the answer may have been written after the last pull."""
    due = "2026-11-18T22:59:59Z"

    for pulled, broken in (("", 0), ("2026-11-17T08:00:00Z", 0), (due, 0), ("2026-11-18T23:00:00Z", 1)):
        assert record(site(QUESTION, pulled=pulled), "maya") == Record(1, 0, None, 0, broken, 1)


def test_an_absence_hands_over_what_waits_and_not_the_past():
    """Who covers must answer; what was answered before stays hers."""
    away = person("maya", status={"state": "away", "until": "2026-12-01", "cover": "jonas"}, answers=PROMISE)
    found = site(QUESTION, ANSWER, said("p", "2026-11-19"), people=(away,))

    assert records(found) == {"jonas": Record(waiting=1), "maya": Record(2, 1, 24 * HOUR, 1, 0, 0)}


@pytest.mark.parametrize(
    ("status", "promised", "due"),
    [
        ({"state": "left", "on": "2026-11-20", "successor": "jonas"}, "maya", "2026-11-18 23:59:59"),
        ({"state": "left", "on": "2026-11-10", "successor": "jonas"}, "jonas", "2026-11-23 23:59:59"),
        ({"state": "away", "until": "2026-12-01", "cover": "jonas"}, "maya", "2026-11-18 23:59:59"),
        (
            {"state": "away", "on": "2026-11-10", "until": "2026-12-01", "cover": "jonas"},
            "jonas",
            "2026-11-23 23:59:59",
        ),
    ],
)
def test_a_promise_stays_with_whoever_made_it(status, promised, due):
    """Who takes over must answer, and has promised nothing to those who asked before."""
    staff = (person("maya", status=status, answers=PROMISE),
             person("jonas", answers=PROMISE | {"by": ("jonas",), "within": "a week"}))  # fmt: skip
    found = site(QUESTION, people=staff)
    (one,) = waiting(found)

    assert ("jonas", promised, at(due)) == (one.owner, one.promised, one.due)
    assert one.overdue == (promised == "maya")
    assert record(found, promised).questions == 1


# ── what may be said ─────────────────────────────────────────────────────────────────────────────────────────────────


def conversation(*hours, by="maya", first="2026-11-02"):
    """Questions a day apart from noon on, each answered after so many hours; None is not at all."""
    for n, after in enumerate(hours):
        asked = datetime.fromisoformat(f"{first} 12:00") + timedelta(days=n)
        yield said(f"q{n}", f"{asked}")
        if after is not None:
            yield said(f"r{n}", f"{asked + timedelta(hours=after)}", f"q{n}", by)


def told(*comments, **more):
    found = site(*comments, **more)
    made = usually(found.posts, found.talks, found.people, found.moment, found.answered)
    return {key: proven(found.people[key], one) for key, one in made.items()}


SAYS = "Maya usually replies within {}: {} questions in the last 90 days."


@pytest.mark.parametrize(
    ("situation", "hours", "expected"),
    [
        ("at once", [0.5] * 5, SAYS.format("an hour", 5)),
        ("exactly an hour", [1] * 5, SAYS.format("an hour", 5)),
        ("a little longer", [1.01] * 5, SAYS.format("four hours", 5)),
        ("a day", [20] * 7, SAYS.format("a day", 7)),
        ("three of four within a day", [20] * 6 + [100] * 2, SAYS.format("a day", 8)),
        ("fewer within a day", [20] * 5 + [40] + [100] * 2, SAYS.format("two days", 8)),
        ("three days", [70] * 5, SAYS.format("three days", 5)),
        ("a week", [160] * 5, SAYS.format("a week", 5)),
        ("one in four is silent", [20] * 6 + [None] * 2, SAYS.format("a day", 8)),
        ("too many are silent", [20] * 5 + [None] * 3, None),
        ("longer than a week", [170] * 5, None),
        ("too few", [1] * 4, None),
        ("nobody asked", [], None),
    ],
)
def test_what_is_said_is_the_shortest_span_that_the_data_bear_out(situation, hours, expected):
    """Three quarters of at least five questions, in hours that pass on a clock."""
    assert ({"maya": expected} if expected else {}) == told(*conversation(*hours)), situation


@pytest.mark.parametrize(
    ("counted", "reason"),
    [
        (Counted((HOUR,) * 3, (), "2026-11-20"), "only 3 questions in the last 90 days"),
        (Counted((HOUR,), (), "2026-11-20"), "only 1 question in the last 90 days"),
        (Counted((HOUR,) * 9, (), "2026-10-02"), "the archive was last pulled on 2 October 2026"),
        (Counted((HOUR,) * 9, (), "2026-11-11"), "the archive was last pulled on 11 November 2026"),
        (Counted((HOUR,) * 9, (), "2026-11-12"), ""),
        (Counted((HOUR,) * 9, (), ""), "the archive was never pulled"),
        (
            Counted((HOUR,) * 5, (999 * HOUR,) * 7, "2026-11-20"),
            "5 of 12 questions were answered by Maya within a week",
        ),
        (Counted((), (HOUR,) * 7, "2026-11-20"), "only 0 questions in the last 90 days that can be counted yet"),
    ],
)
def test_where_nothing_may_be_said_there_is_a_reason(counted, reason):
    """One of the two, never both, and never that nobody answered."""
    found, why = usual(counted, "Maya", NOW)

    assert why == reason
    assert bool(found) != bool(why)


def test_the_sentence_is_about_her_own_replies():
    """What a colleague wrote is an answer, but not her reply."""
    assert told(*conversation(*[1] * 8, by="jonas")) == {}


def test_her_post_that_answers_a_comment_is_her_reply():
    """A colleague's is not."""
    asked = list(conversation(*[None] * 5))
    answering = {"content/posts/a.md": {f"q{n}": ("content/posts/b.md",) for n in range(5)}}

    for author, expected in (("maya", {"maya": SAYS.format("a week", 5)}), ("jonas", {})):
        posts = (post(), post("b", authors=(author,), time=at("2026-11-08")))
        assert told(*asked, posts=posts, answered=answering) == expected


@pytest.mark.parametrize(
    "maya",
    [
        {"status": {"state": "away", "until": "2026-12-01"}},
        {"status": {"state": "left"}},
        {"consent": {"until": "2026-11-01"}},
    ],
)
def test_nothing_is_said_of_who_is_not_here_or_did_not_agree(maya):
    """However well she replied before."""
    assert told(*conversation(*[1] * 8)) != {}
    assert told(*conversation(*[1] * 8), people=(person("maya", **maya),)) == {}


def test_one_old_archive_keeps_the_sentence_back():
    """Every conversation in which she was asked something must be known: silence there would be a guess."""
    posts = (post(), post("b"))
    talks = {
        posts[0].source: Talk("a", "2026-11-20T08:00:00Z", "", tuple(conversation(*[1] * 8)), ""),
        posts[1].source: Talk("b", "2026-10-02T08:00:00Z", "", (said("x", "2026-10-01"),), ""),
    }

    assert told(posts=posts, talks=talks) == {}
    talks[posts[1].source] = talks[posts[1].source]._replace(closed="a duplicate")
    assert told(posts=posts, talks=talks) == {"maya": SAYS.format("an hour", 8)}


def test_silence_after_the_last_pull_counts_as_nothing():
    """Who asked an hour before the archive was pulled may have been answered since."""
    comments = [*conversation(*[1] * 8), *(said(f"x{n}", "2026-11-14 11:00") for n in range(9))]

    assert told(*comments, pulled="2026-11-14T10:30:00Z") == {"maya": SAYS.format("an hour", 8)}
    assert told(*comments, pulled="2026-11-14T12:30:00Z") == {"maya": SAYS.format("four hours", 8)}
    assert told(*comments, pulled="2026-11-20T08:00:00Z") == {"maya": SAYS.format("a week", 8)}
    later = {"moment": NOW + timedelta(days=3), "pulled": "2026-11-22T08:00:00Z"}
    assert told(*comments, **later) == {}


@given(st.lists(st.tuples(st.integers(0, 24 * 30), st.none() | st.integers(0, 300)), max_size=14))
def test_what_is_said_stays_for_a_day(rows):
    """From one midnight in the site's zone to the next; the archive has what was said today, too."""
    comments = []
    for n, (ago, after) in enumerate(rows):
        asked = NOW.replace(tzinfo=None) - timedelta(hours=ago)
        comments.append(said(f"q{n}", f"{asked:%Y-%m-%d %H:%M}"))
        if after is not None and after <= ago:
            comments.append(said(f"r{n}", f"{asked + timedelta(hours=after):%Y-%m-%d %H:%M}", f"q{n}", "maya"))

    assert len({str(told(*comments, moment=NOW.replace(hour=hour))) for hour in (0, 7, 12, 23)}) == 1


def test_today_is_counted_tomorrow():
    """A question of this morning neither helps nor hurts before the day is over, answered or not."""
    later = {"moment": NOW + timedelta(days=1), "pulled": "2026-11-21T08:00:00Z"}
    silent = [*conversation(*[1] * 8), *(said(f"x{n}", f"2026-11-20 0{n}:00") for n in range(9))]
    quick = [*conversation(*[1] * 4), said("x", "2026-11-20 08:00"), said("y", "2026-11-20 09:00", "x", "maya")]

    assert told(*silent) == {"maya": SAYS.format("an hour", 8)}
    assert told(*silent, **later) == {"maya": SAYS.format("a day", 8)}
    assert told(*quick) == {}
    assert told(*quick, **later) == {"maya": SAYS.format("an hour", 5)}
