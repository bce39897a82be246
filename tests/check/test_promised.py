"""Rules about promises: each tells what the page no longer says, where it is written, and what to do."""

from datetime import UTC, datetime

import pytest

from newsroom.build import Options
from newsroom.commands.check import check
from newsroom.errors import text

OTHERS = {
    "content/people/jonas.md": "---\nname: Jonas Lind\ncontact: {email: j@example.com}\n---\nBio\n",
    "content/people/ines.md": "---\nname: Ines Duarte\nstatus: left\nsuccessor: jonas\n---\nBio\n",
    "content/people/lena.md": "---\nname: Lena Brandt\nstatus: away\ncontact: {email: l@example.com}\n---\nBio\n",
    "content/people/paul.md": "---\nname: Paul Berg\ncontact: {email: p@example.com}\nanswers: {paused: 2027-01-03}\n---\nBio\n",
}


@pytest.fixture
def told_of(make_site):
    """What `newsroom check` says of one person, and of one post that she signed: the first line of each."""

    def told(person="", post="", **settings):
        maya = f"---\nname: Maya Okafor\ncontact: {{email: m@example.com}}\n{person}---\nBio\n"
        a = f"---\ntitle: A\nauthors: [maya]\ndate: 2026-11-02\nid: a\n{post}---\nWords\n"
        files = OTHERS | {"content/people/maya.md": maya, "content/posts/a.md": a}
        site = make_site(files, timezone="Europe/Berlin", **settings)
        found = check(site.root, Options(moment=datetime(2026, 11, 21, tzinfo=UTC)))
        assert all(problem.hint for problem in found)
        return [text(problem).partition("\n")[0] for problem in found]

    return told


WHOLE = "answers: {reads: all, by: [%s], within: 2 days, checked: 2026-10-01}\n"
EXECUTIVE = "executive: true\n"
MAYA, POST = "content/people/maya.md", "content/posts/a.md"


@pytest.mark.parametrize(
    ("person", "message"),
    [
        (EXECUTIVE + WHOLE % "maya", "no deputy who is here keeps this promise"),
        (EXECUTIVE + WHOLE % "maya, lena", "no deputy who is here keeps this promise"),
        (EXECUTIVE + WHOLE % "maya, ines", "no deputy who is here keeps this promise"),
        (EXECUTIVE + WHOLE % "maya, paul", "no deputy who is here keeps this promise"),
        (EXECUTIVE + WHOLE % "maya, jonas", ""),
        (EXECUTIVE + WHOLE % "jonas", ""),
        (EXECUTIVE + "answers: {reads: all, by: [maya]}\n", ""),
        (WHOLE % "maya", ""),
    ],
)
def test_an_executive_without_a_deputy_is_told(told_of, person, message):
    """A deputy is somebody else who is here, and answers; where no time is promised none is needed."""
    expected = [f"{MAYA}:5:27: warning: Maya Okafor is an executive, and {message}"] if message else []

    assert told_of(person) == expected


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ("paused: 2027-01-03, within: 2 days", ""),
        ("paused: 2026-10-22, within: 2 days", ""),
        ("paused: 2026-10-21, within: 2 days", "4:64: warning: this pause ended on 21 October 2026"),
        ("paused: true", ""),
        ("paused: true, within: 2 days", "4:64: warning: Maya answers nobody, and still promises an answer within 2 days"),
        ("paused: false, within: 2 days", ""),
    ],
)  # fmt: skip
def test_a_pause_without_an_end_or_long_over_is_told(told_of, answers, message):
    """Thirty days after it ended the key can go; a day to come says enough."""
    person = f"answers: {{reads: all, by: [maya], checked: 2026-10-01, {answers}}}\n"

    assert told_of(person) == ([f"{MAYA}:{message}"] if message else [])


@pytest.mark.parametrize(
    ("person", "message"),
    [
        ("answers: {by: [maya], checked: 2026-10-01, hours: mornings}\n", '4:51: warning: "mornings"'),
        ("answers: {by: [maya], checked: 2026-10-01, hours: Mon-Fri 9-5pm}\n", '4:51: warning: "Mon-Fri 9-5pm"'),
        ("answers: {by: [maya], checked: 2026-10-01, hours: Mon-Fri 9am-5pm}\n", ""),
    ],
)
def test_hours_that_only_their_writer_understands_are_told(told_of, person, message):
    """They stand on the page as they are written."""
    assert told_of(person) == ([f"{MAYA}:{message} is not days and times of a week"] if message else [])


def test_hours_of_a_telephone_are_told_too(make_site):
    """At their own line."""
    phone = 'contact: {phone: {number: "+49 30 1234567", hours: now and then}}\n'
    site = make_site({MAYA: f"---\nname: Maya Okafor\n{phone}---\nBio\n"})
    (found,) = check(site.root, Options(moment=datetime(2026, 11, 21, tzinfo=UTC)))

    assert (found.code, found.location.line) == ("unclear-hours", 3)
    assert "now and then" in found.message and "Mon-Fri" in found.hint


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ("{by: [jonas], within: 1 day}", ""),
        ("{by: [ines], within: 1 day}", "6:15: warning: nobody keeps this promise: ines left"),
        ("{within: 1 day, checked: 2026-01-01}", "6:35: warning: nobody confirmed this promise in the last 180 days"),
        ("{hours: at night}", '6:18: warning: "at night" is not days and times of a week'),
        ("{reads: none, by: [maya], within: 1 day}", "6:28: warning: nobody keeps this promise: Maya reads no messages, and nobody else is named"),
        ("{not_for: Orders}", ""),
    ],
)  # fmt: skip
def test_what_a_post_says_of_answers_is_looked_at_too(told_of, answers, message):
    """With what its author says where the post says nothing; told at the post's own line."""
    assert told_of(WHOLE % "maya", f"answers: {answers}\n") == ([f"{POST}:{message}"] if message else [])


@pytest.mark.parametrize(("days", "told"), [(50, True), (51, False), (1000, False)])
def test_the_site_says_for_how_long_a_promise_is_believed(told_of, days, told):
    """1 October is 51 days ago."""
    line = f"{MAYA}:4:60: warning: nobody confirmed this promise in the last {days} days"

    assert told_of(WHOLE % "maya", contact={"confirm": days}) == ([line] if told else [])


@pytest.mark.parametrize(
    ("by", "why"),
    [("lena", "Lena Brandt"), ("paul", "Paul Berg"), ("lena, paul", "Lena Brandt and Paul Berg")],
)
def test_a_promise_that_nobody_keeps_now_is_told(told_of, by, why):
    """Away or pausing, in her file or in a post's."""
    said = f"nobody keeps this promise: {why} cannot be named as answering now"

    assert [f"{MAYA}:4:27: warning: {said}"] == told_of(WHOLE % by)
    assert [f"{POST}:6:15: warning: {said}"] == told_of(WHOLE % "maya", f"answers: {{by: [{by}]}}\n")


def test_a_cover_who_does_not_answer_is_told(told_of):
    """The page names nobody then, and somebody thinks that she is covered."""
    assert [f"{MAYA}:5:8: warning: Paul Berg is to cover, and does not answer now"] == told_of(
        "status: away\ncover: paul\n"
    )
    assert told_of("status: away\ncover: jonas\n") == []


def test_hours_that_cannot_be_are_told(told_of):
    """And stand on no page."""
    (found,) = told_of("answers: {reads: all, by: [maya], hours: Mon-Fri 16:00-10:00, checked: 2026-10-01}\n")

    assert '"Mon-Fri 16:00-10:00" cannot be' in found
