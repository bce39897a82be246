"""`newsroom status`: the morning screen, its exit codes, and the same for programs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

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

last 90 days  asked  answered  half within  kept  broken  waiting
Jonas Lind        1         0                  0       0        1
Maya Okafor       2         1      7 hours     1       0        2
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
    code, out, _ = status({"content/comments/lens.yaml": archive("a1", ASKED, ANSWERED, pulled="2026-11-01T08:00:00Z")})

    assert (code, out.split("\n")[0]) == (0, "archive: 2 comments below 1 post, last pulled 19 days ago")


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

    assert (code, out) == (0, "nothing waits, and nothing is due\n")
    asked = status(comments={"provider": "isso"})[1]  # and no url: that is a build's business
    assert asked.startswith("no comments are archived: newsroom comments pull, or newsroom comments import")


def test_a_post_that_nobody_answers_for_is_told(status):
    """Whoever wrote it left without a successor."""
    gone = PERSON.format("Maya Okafor", "m1", "status: left\n")
    code, out, _ = status({"content/comments/lens.yaml": archive("a1", ASKED), "content/people/maya.md": gone})

    assert (code, "nobody answers here: name a successor" in out) == (0, True)


def test_what_else_is_due_is_told_too(status):
    """The rules of check say it: a promised update, a promise that nobody confirmed; never the title of what waits."""
    statement = "kind: statement\nnext_update: 2026-11-20 09:00\n"
    code, out, _ = status({
        "content/posts/outage.md": f"---\ntitle: Out\nauthors: [jonas]\ndate: 2026-11-19\nid: c1\n{statement}---\nWords\n",
        "content/posts/later.md": "---\ntitle: A secret\nauthors: [jonas]\ndate: 2026-12-01\nid: d1\n---\nWords\n",
        "content/people/maya.md": PERSON.format("Maya Okafor", "m1", PROMISE.replace("2026-10", "2026-01")),
    })  # fmt: skip

    assert code == 1
    assert "promises\n  content/people/maya.md:5: nobody confirmed this promise in the last 180 days\n" in out
    late = "content/posts/outage.md:7: late: an update was promised by 20 November 2026, 09:00 (Berlin time)\n"
    assert f"statements overdue\n  {late}" in out
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


# ── what else is due ─────────────────────────────────────────────────────────────────────────────────────────────────


def draft(**keys):
    """A file of content/posts/ with some keys more."""
    said = {"title": "A secret", "authors": "[jonas]", "date": "2026-11-25", "id": "d1"} | keys
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in said.items() if value) + "---\nWords\n"


DRAFT = "content/posts/d.md"
DUE = {
    "has waited 3 days for somebody else to read it": ({DRAFT: draft(draft="true", ready="2026-11-17")}, {DRAFT: draft(draft="true", ready="2026-11-17", reviewed_by="{maya: 2026-11-18}")}),
    "waits from today for Maya Okafor to read it": ({DRAFT: draft(draft="true", kind="release", ready="2026-11-20")}, {DRAFT: draft(draft="true", kind="release", ready="2026-11-21")}),
    "to read it and for Jonas Lind to sign it off": ({DRAFT: draft(draft="true", kind="statement", ready="2026-11-19")}, {DRAFT: draft(draft="true", kind="statement", ready="2026-11-19", signed_off="{jonas: 2026-11-19}")}),
    "late: nobody reviewed this release": ({DRAFT: draft(date="2026-11-18", kind="release")}, {DRAFT: draft(date="2026-11-18", kind="release", reviewed_by="{maya: 2026-11-17}")}),
    "goes out today at 18:00 (Berlin time)": ({DRAFT: draft(date="2026-11-20 18:00")}, {DRAFT: draft(date="2026-11-21 00:00")}),
    "goes out today at 19:00": ({DRAFT: draft(date="2026-11-10", embargo="2026-11-20 19:00")}, {DRAFT: draft(date="2026-11-10", embargo="2026-11-20 11:00")}),
    "expires today at 20:00": ({DRAFT: draft(date="2026-11-10", expires="2026-11-20 20:00")}, {DRAFT: draft(date="2026-11-10", expires="2026-11-21 20:00")}),
    "was meant for 2 October 2026, and is still a draft": ({DRAFT: draft(draft="true", date="2026-10-02")}, {DRAFT: draft(draft="true")}),
    "was meant for 18 November 2026, and is still a draft": ({DRAFT: draft(draft="true", date="2026-11-18")}, {DRAFT: draft(draft="true", date="2026-11-19")}),
    "a preview is open until 24 November 2026": ({DRAFT: draft(preview="{key: k3yk3yk3yk3yk3yk3yk3yk3yk3, until: 2026-11-24}")}, {DRAFT: draft()}),
    "Jonas Lind leaves on 4 December 2026": ({"content/people/jonas.md": PERSON.format("Jonas Lind", "j1", "status: left\non: 2026-12-04\nsuccessor: maya\n")}, {"content/people/jonas.md": PERSON.format("Jonas Lind", "j1", "status: left\non: 2027-02-04\nsuccessor: maya\n")}),
    "Jonas Lind is away, without an end": ({"content/people/jonas.md": PERSON.format("Jonas Lind", "j1", "status: away\n")}, {"content/people/jonas.md": PERSON.format("Jonas Lind", "j1", "status: away\nuntil: 2026-12-01\n")}),
    "Jonas’s consent runs out on 2026-12-10": ({"content/people/jonas.md": PERSON.format("Jonas Lind", "j1", "consent: {until: 2026-12-10}\n")}, {"content/people/jonas.md": PERSON.format("Jonas Lind", "j1", "consent: {until: 2027-12-10}\n")}),
    "nothing on Glass since 2 May 2026": ({"content/topics/glass.md": "---\nname: Glass\npeople: [maya]\n---\n", DRAFT: draft(date="2026-05-02", topics="[glass]")}, {"content/topics/glass.md": "---\nname: Glass\npeople: [maya]\n---\n", DRAFT: draft(date="2026-05-30", topics="[glass]")}),
    "Ada Byte has said nothing since 2 May 2026": ({"content/people/ada.md": PERSON.format("Ada Byte", "a1", ""), DRAFT: draft(date="2026-05-02", authors="[ada]")}, {"content/people/ada.md": PERSON.format("Ada Byte", "a1", "status: left\nsuccessor: maya\n"), DRAFT: draft(date="2026-05-02", authors="[ada]")}),
    "Ada Byte has written 3 releases and nothing else": ({"content/people/ada.md": PERSON.format("Ada Byte", "a1", ""), **{f"content/posts/r{n}.md": draft(date=f"2026-11-0{n}", authors="[ada]", id=f"r{n}", kind="release", reviewed_by="{maya: 2026-11-01}") for n in (1, 2, 3)}}, {"content/people/ada.md": PERSON.format("Ada Byte", "a1", ""), **{f"content/posts/r{n}.md": draft(date=f"2026-11-0{n}", authors="[ada]", id=f"r{n}", kind="release" if n > 1 else "post", reviewed_by="{maya: 2026-11-01}") for n in (1, 2, 3)}}),
}  # fmt: skip
POLICY = {"review": ["release"], "reviewers": {"release": ["maya"]}, "sign_off": ["statement"]}


@pytest.mark.parametrize("says", DUE)
def test_what_is_due_is_told_and_nothing_where_it_is_not(status, says):
    """A file that is due, and one that is not: each part of the screen, with its place."""
    due, healthy = DUE[says]

    assert says in status(due, policy=POLICY)[1]
    assert says not in status(healthy, policy=POLICY)[1]


def test_what_waits_too_long_for_a_reader_is_late(status):
    """Two working days: from Tuesday to Thursday night."""
    code, out, _ = status({DRAFT: draft(draft="true", ready="2026-11-17")})
    assert (code, "waiting for review\n  content/posts/d.md:7: late: has waited 3 days" in out) == (1, True)

    code, out, _ = status({DRAFT: draft(draft="true", ready="2026-11-18")})
    assert (code, "late" in out, "has waited 2 days" in out) == (0, False, True)


def test_a_healthy_site_has_one_line(status):
    """Posts that are out, people who answer, an archive that is fresh: nothing to do."""
    files = {"content/comments/lens.yaml": archive("a1", ASKED, ANSWERED)}

    assert status(files) == (0, "nothing waits, and nothing is due\n", "")


def test_a_long_part_is_cut_short_on_the_screen_and_whole_as_json(status):
    """After an import everybody is silent."""
    many = {
        f"content/people/p{n}.md": PERSON.format(f"Ada {n}", f"p{n}", "status: away\n") for n in range(8)
    }  # fmt: skip
    out = status(many)[1]

    assert "coming and going (8)" in out and out.count("is away, without an end") == 5
    assert "  and 3 more: newsroom status --json\n" in out
    assert len(json.loads(status(many, "--json")[1])["problems"]) == 8


def test_the_mail_is_one_that_a_mail_program_reads(status):
    """Subject, blank line, text of at most 72 columns, but for what cannot be broken; letters of any language."""
    from email import message_from_string, policy

    files = {"content/comments/hill.yaml": archive("b1", ("isso-9", "", "", "2026-11-10T11:00:00Z"))}
    code, out, _ = status(files, "--mail", title="Größere Nachrichten")
    message = message_from_string(out, policy=policy.default)

    assert code == 0
    assert message["subject"] == "Größere Nachrichten: 1 to do, nothing late"
    assert message.get_content_type() == "text/plain"
    assert "Größe" in message.get_payload()
    assert all(len(line) <= 72 or " " not in line.strip() for line in message.get_payload().split("\n"))


def test_the_mail_of_a_quiet_morning_says_so(status):
    """A cron job may send it all the same."""
    out = status({}, "--mail")[1]

    assert out.startswith("Subject: ") and out.split("\n")[0].endswith(": nothing waits")
    assert out.endswith("\n\nnothing waits, and nothing is due\n")


def test_what_git_remembers_is_told(repository, capsys):
    """A draft that rests, and words of a published post that changed without a word about it."""
    quiet = "accounts: {isso: m1}\nanswers: {reads: all, by: [maya], checked: 2026-11-01}\n"
    site = repository({
        DRAFT: draft(draft="true", date="", authors="[maya]"),
        "content/posts/lens.md": draft(title="Glass", date="2026-11-01", authors="[maya]", id="a1").replace("Words", "Made in 1947."),
        "content/people/maya.md": PERSON.format("Maya Okafor", "m1", quiet.partition("\n")[2]),
    })  # fmt: skip
    site.commit("2026-11-01")
    assert main(["status", "--site", str(site.root), "--as-of", "2026-11-15"]) == 0
    assert capsys.readouterr().out == "nothing waits, and nothing is due\n"

    site.commit(
        "2026-11-10",
        files={"content/posts/lens.md": (site.root / "content/posts/lens.md").read_text().replace("1947", "1974")},
    )
    assert main(["status", "--site", str(site.root), "--as-of", "2026-11-20"]) == 0
    out = capsys.readouterr().out
    assert "corrections undeclared\n  content/posts/lens.md:7: the words changed on 2026-11-10" in out
    assert "drafts resting\n  content/posts/d.md: a draft that nobody has touched for 18 days\n" in out


def test_the_sample_newsroom_shows_one_of_each(tmp_path, capsys):
    """Everything that needs no git to be known, on the morning that docs/status.md names."""
    root = Path(__file__).parents[2]
    for name in ("site.toml", "content"):
        copy = shutil.copytree if (root / name).is_dir() else shutil.copy
        copy(root / name, tmp_path / name)
    assert main(["status", "--site", str(tmp_path), "--as-of", "2026-12-01 08:00"]) == 1
    out = capsys.readouterr().out
    heads = {line.partition(" (")[0] for line in out.split("\n") if line and not line.startswith(" ")}

    assert "1 question waits, 1 overdue" in out
    assert heads >= {
        "statements overdue", "waiting for review", "today", "drafts resting", "promises", "consents", "coming and going",
        "previews open", "topics silent", "people silent", "only releases",
    }  # fmt: skip
