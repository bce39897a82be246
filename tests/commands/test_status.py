"""`newsroom status`: the morning screen, its exit codes, and the same for programs."""

from __future__ import annotations

import json

import pytest

from newsroom.cli import main
from newsroom.commands.status import lasted

PERSON = "---\nname: {}\ncontact: {{email: x@example.com}}\naccounts: {{isso: {}}}\n{}---\nBio\n"
PROMISE = "answers: {reads: all, by: [maya], within: 2 working days, checked: 2026-10-01}\n"
SITE = {
    "content/people/maya.md": PERSON.format("Maya Okafor", "m1", PROMISE),
    "content/people/jonas.md": PERSON.format("Jonas Lind", "j1", ""),
    "content/posts/lens.md": "---\ntitle: A cracked lens\nauthors: [maya]\ndate: 2026-11-02\nid: a1\n---\nWords\n",
    "content/posts/hill.md": "---\ntitle: Größe\nauthors: [jonas, maya]\ndate: 2026-11-03\nid: b1\nslug: groesse\n---\nWords\n",
}
NOW = "2026-11-20 12:00"


def archive(post, *rows, pulled="2026-11-20T08:00:00Z"):
    """A file of content/comments/: rows are (id, parent, account, date)."""
    head = f'post: "{post}"\n' + (f"pulled: {pulled}\n" if pulled else "")
    said = "".join(
        f"- id: {id}\n  name: Ada Reader\n  date: {date}\n  text: Words\n"
        + (f"  reply_to: {parent}\n" if parent else "")
        + (f"  account: {account}\n" if account else "")
        for id, parent, account, date in rows
    )
    return f"{head}comments:\n{said}"


ASKED = ("isso-1", "", "", "2026-11-16T11:00:00Z")
ANSWERED = ("isso-2", "isso-1", "isso/m1", "2026-11-16T18:00:00Z")


@pytest.fixture
def status(make_site, capsys):
    """(exit code, standard output, standard error) of `newsroom status` at noon of 20 November 2026."""

    def status(files={}, *arguments, without=(), **settings):
        kept = {path: text for path, text in (SITE | files).items() if path not in without}
        site = make_site(kept, timezone="Europe/Berlin", **settings)
        code = main(["status", "--site", str(site.root), "--as-of", NOW, *arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    return status


def test_the_screen_tells_what_waits_whose_it_is_and_where(status):
    """The oldest first, with the address of the comment; then how it went, and how old the archive is."""
    code, out, err = status({
        "content/comments/lens.yaml": archive("a1", ASKED, ("isso-3", "", "", "2026-11-20T05:00:00Z"), ANSWERED, ("isso-4", "isso-2", "", "2026-11-17T11:00:00Z")),
        "content/comments/hill.yaml": archive("b1", ("isso-9", "", "", "2026-11-10T11:00:00Z"), pulled="2026-11-19T08:00:00Z"),
    })  # fmt: skip

    assert (code, err) == (1, "")
    assert (
        out
        == """\
3 questions wait, 1 overdue

  10 days  Größe
           Jonas Lind promised no time
           https://news.example.com/2026/groesse/#comment-isso-9

   3 days  A cracked lens
           Maya Okafor promised an answer by 19 November 2026, 23:59 (Berlin time): overdue
           https://news.example.com/2026/lens/#comment-isso-4

  6 hours  A cracked lens
           Maya Okafor promised an answer by 24 November 2026, 23:59 (Berlin time)
           https://news.example.com/2026/lens/#comment-isso-3

last 90 days  questions  answered  half of them within  kept  broken  waiting now
Jonas Lind            1         0                          0       0            1
Maya Okafor           2         1              7 hours     1       0            2

archive: 5 comments below 2 posts, last pulled 3 hours ago
"""
    )


def test_the_address_is_that_of_the_anchor_on_the_page(make_site, status):
    """What the screen names is there."""
    files = {"content/comments/lens.yaml": archive("a1", ASKED)}
    _, out, _ = status(files, url="https://example.com/news")
    site = make_site(SITE | files)
    site.build()

    assert "https://example.com/news/2026/lens/#comment-isso-1\n" in out
    assert 'id="comment-isso-1"' in site.read("2026/lens/index.html")


def test_names_and_words_of_readers_are_not_shown(status):
    """A log is read by many."""
    files = {"content/comments/lens.yaml": archive("a1", ASKED)}
    told = status(files)[1] + status(files, "--json")[1]

    assert "isso-1" in told and "Ada" not in told and "Words" not in told


def test_nothing_overdue_is_good(status):
    """Exit code 0, though somebody waits."""
    code, out, _ = status({"content/comments/lens.yaml": archive("a1", ("isso-3", "", "", "2026-11-19T05:00:00Z"))})

    assert (code, out.split("\n")[0]) == (0, "1 question waits")


def test_when_nobody_waits_it_says_so_as_far_as_is_known(status):
    """An archive cannot know more than was pulled."""
    code, out, _ = status({"content/comments/lens.yaml": archive("a1", ASKED, ANSWERED)})

    assert (code, out.split("\n")[0]) == (0, "no question waits, as far as the archive knows")


@pytest.mark.parametrize(
    ("pulled", "says"),
    [
        ("2026-11-01T08:00:00Z", "archive: 1 comment below 1 post, last pulled 19 days ago\n"),
        ("", "archive: 1 comment below 1 post, never pulled\n"),
    ],
)
def test_an_old_archive_is_told_with_the_next_step(status, pulled, says):
    """What it cannot know is not said as fact."""
    _, out, _ = status({"content/comments/lens.yaml": archive("a1", ASKED, pulled=pulled)})

    assert out.startswith("1 question waits, 1 overdue, as far as the archive knows\n")
    assert out.endswith(says + "next: newsroom comments pull; what was said since then is not known here\n")


def test_without_an_archive_the_next_step_is_to_make_one(status):
    """A new site is not told that nobody asked, nor to pull where no service is set."""
    code, out, _ = status()

    assert (code, out.split("\n")[0]) == (0, "no comments are archived")
    assert "next: newsroom comments import, so that" in out
    asked = status(comments={"provider": "isso"})[1]  # and no url: that is a build's business
    assert "next: newsroom comments pull, or newsroom comments import" in asked


def test_a_post_that_nobody_answers_for_is_told(status):
    """Whoever wrote it left without a successor."""
    gone = PERSON.format("Maya Okafor", "m1", "status: left\n")
    code, out, _ = status({"content/comments/lens.yaml": archive("a1", ASKED), "content/people/maya.md": gone})

    assert (code, "nobody answers here: name a successor" in out) == (0, True)


def test_what_else_is_due_is_told_too(status):
    """The rules of check say it: a promised update, a promise that nobody confirmed; and how much is not public yet."""
    statement = "kind: statement\nnext_update: 2026-11-20 09:00\n"
    code, out, _ = status({
        "content/posts/outage.md": f"---\ntitle: Out\nauthors: [jonas]\ndate: 2026-11-19\nid: c1\n{statement}---\nWords\n",
        "content/posts/later.md": "---\ntitle: A secret\nauthors: [jonas]\ndate: 2026-12-01\nid: d1\n---\nWords\n",
        "content/people/maya.md": PERSON.format("Maya Okafor", "m1", PROMISE.replace("2026-10", "2026-01")),
    })  # fmt: skip

    assert code == 1
    assert "content/people/maya.md:5: nobody confirmed this promise in the last 180 days\n" in out
    assert "content/posts/outage.md:7: an update was promised by 20 November 2026, 09:00 (Berlin time)\n" in out
    assert "not shown: 1 scheduled\n" in out
    assert "secret" not in out


def test_programs_get_the_same_as_json(status):
    """Moments in RFC 3339, lengths in seconds."""
    code, out, _ = status({"content/comments/lens.yaml": archive("a1", ASKED)}, "--json")

    assert code == 1
    assert json.loads(out) == {
        "overdue": True,
        "waiting": [{
            "title": "A cracked lens", "source": "content/posts/lens.md", "comment": "isso-1",
            "address": "https://news.example.com/2026/lens/#comment-isso-1", "since": "2026-11-16T12:00:00+01:00",
            "owner": "maya", "promised_by": "maya", "due": "2026-11-18T23:59:59+01:00", "overdue": True,
        }],
        "people": {"maya": {"questions": 1, "answered": 0, "median": None, "kept": 0, "broken": 1, "waiting": 1}},
        "archive": {"conversations": 1, "comments": 1, "pulled": "2026-11-20T08:00:00+00:00", "old": False},
        "held": {},
        "problems": [],
    }  # fmt: skip


def test_a_departure_does_not_pay_a_debt(status):
    """What was promised before stays promised, and late, whoever answers now."""
    left = PERSON.format("Maya Okafor", "m1", PROMISE + "status: left\non: 2026-11-19\nsuccessor: jonas\n")
    code, out, _ = status({"content/people/maya.md": left, "content/comments/lens.yaml": archive("a1", ASKED)})

    promised = "promised by Maya Okafor until 18 November 2026, 23:59 (Berlin time): overdue; now with Jonas Lind"
    assert (code, promised in out) == (1, True)


def test_what_stops_a_build_stops_the_screen(status):
    """With file and line, on standard error."""
    code, out, err = status({"content/posts/lens.md": "---\ntitle: A\nauthors: [mya]\ndate: 2026-11-02\n---\nx\n"})

    assert (code, out) == (1, "")
    assert err.startswith('content/posts/lens.md:3:11: unknown author "mya"\n')


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 minutes"), (60, "1 minute"), (3599, "59 minutes"), (3600, "1 hour"), (2 * 86400 - 1, "47 hours"),
     (2 * 86400, "2 days"), (400 * 86400, "400 days")],
)  # fmt: skip
def test_a_length_of_time_is_said_roughly(seconds, said):
    """Never longer than it was."""
    assert said == lasted(seconds)


def test_a_question_is_the_co_authors_where_nobody_took_over(status):
    """The page offers to talk to her, so it is hers to answer."""
    files = {
        "content/people/jonas.md": "---\nname: Jonas Lind\nstatus: left\n---\n",
        "content/comments/hill.yaml": archive("b1", ("isso-9", "", "", "2026-11-19T11:00:00Z")),
    }

    assert "Maya Okafor promised an answer by" in status(files)[1]


def test_a_topic_that_nobody_answers_for_is_on_the_screen(status):
    """Whoever left gave her topic to nobody; that alone makes nothing overdue."""
    files = {
        "content/people/pete.md": "---\nname: Pete Harlow\nstatus: left\n---\n",
        "content/topics/glass.md": "---\nname: Glass\npeople: [pete]\n---\n",
    }
    code, out, _ = status(files)

    assert (code, "content/topics/glass.md:3: nobody speaks for Glass any more: pete left\n" in out) == (0, True)
