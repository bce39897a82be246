"""Rules about what is owned up to, and what editors put first."""

from datetime import UTC, datetime

import pytest

from newsroom.build import Options
from newsroom.commands.check import check

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
POST = "---\ntitle: T\nauthors: [ann]\ndate: 2026-11-10\nid: {id}\n{lines}\n---\n{body}"
FILES = {
    "content/people/ann.md": "---\nname: Ann Lind\ncontact: {email: ann@example.com}\n---\nBio\n",
    "content/posts/soon.md": POST.format(id="s", lines="draft: true", body="x\n"),
    "content/posts/out.md": POST.format(id="o", lines="summary: S", body="I went out.\n"),
}
OURS = ("open-end", "unsigned-retraction", "not-on-front", "empty-statement", "overdue-update")


@pytest.fixture
def told(make_site):
    """(place, message) of what our rules find."""

    def found(files):
        problems = check(make_site(FILES | files).root, Options(moment=NOW))
        return [(p.location.path, p.location.line, p.message) for p in problems if p.code in OURS]

    return found


STATEMENTS = {
    "": "the statement neither promises an update nor is closed",
    "known: [Yes]": "the statement neither promises an update nor is closed",
    "next_update: 2026-11-22": "the statement says nothing: neither what is known, unknown or done, nor a text",
    "known: [Yes]\nclosed: 2026-11-20": None,
    "doing: [Looking]\nnext_update: 2026-11-22": None,
    "corrections: [{date: 2026-11-20, kind: retraction, by: ann, text: No}]": None,
}


@pytest.mark.parametrize("lines", STATEMENTS)
def test_a_statement_says_something_and_when_more_follows(told, lines):
    """One that was retracted need not."""
    raw = POST.format(id="a", lines=f"kind: statement\n{lines}", body="")
    messages = [message for _, _, message in told({"content/posts/a.md": raw})]

    assert (STATEMENTS[lines] in messages) if STATEMENTS[lines] else messages == []


def test_what_editors_named_and_nobody_sees_is_told_at_its_line(told):
    """With the reason; readers are told nothing."""
    front = "---\nlead: soon\npinned:\n  - post: out\n    until: 2026-11-20 18:00\n---\n"

    assert told({"content/front.md": front}) == [
        ("content/front.md", 2, '"soon" is a draft'),
        ("content/front.md", 4, '"out" was pinned until 20 November 2026, 18:00 (UTC)'),
    ]


def test_a_post_that_is_named_twice_is_told_where_it_stands_again(told):
    """Whatever it is called the second time."""
    front = "---\nlead: out\npinned:\n  - post: /2026/out/\n---\n"

    assert told({"content/front.md": front}) == [("content/front.md", 4, '"/2026/out/" is named twice')]


def test_an_update_stays_overdue_until_the_day_on_which_it_is_over(told):
    """`closed` of a later day hides nothing."""
    lines = "kind: statement\nknown: [So]\nnext_update: 2026-11-20\nclosed: {}"
    raw = POST.format(id="a", lines=lines, body="")

    late, over = ([m for _, _, m in told({"content/posts/a.md": raw.format(f"2026-11-{day}")})] for day in (22, 21))
    assert (late, over) == (["an update was promised by 20 November 2026, 00:00 (UTC)"], [])


AGREED = {
    "signed_off: {ann: 2026-11-21}\nreviewed_by: {bo: 2026-11-21}": [],
    "signed_off: {ann: 2026-11-22}\nreviewed_by: {bo: 2026-11-21}": ["Ann Lind did not sign this off yet: 2026-11-22 is still to come"],
    "signed_off: {ann: 2026-11-21}\nreviewed_by: {bo: 2031-01-01}": ["Bo Berg did not read this yet: 2031-01-01 is still to come"],
    "signed_off: {ann: 2026-11-21}\nreviewed_by: {bo: 2026-11-21}\nkind: release\nquotes: [{by: bo, text: So., signed_off: 2026-11-22}]":
        ["Bo Berg did not sign this quote off yet: 2026-11-22 is still to come"],
}  # fmt: skip


def disagreed(make_site, lines, date="2026-11-10"):
    """What is said of who agreed to a post, where everybody has to."""
    raw = POST.replace("2026-11-10", date).format(id="a", lines=lines, body="I said so.\n")
    files = FILES | {"content/people/bo.md": "---\nname: Bo Berg\n---\nBio\n", "content/posts/out.md": raw}
    site = make_site(files, policy={"sign_off": ["post", "release"], "review": ["post", "release"]})
    problems = check(site.root, Options(moment=NOW, drafts=date > "2027"))
    codes = ("unsigned", "unreviewed", "unsigned-quote")
    return [p.message for p in problems if p.code in codes and p.location.path == "content/posts/out.md"]


@pytest.mark.parametrize("lines", AGREED)
@pytest.mark.parametrize("date", ["2026-11-10", "2032-01-01"])
def test_agreement_counts_from_its_day_on(make_site, lines, date):
    """Of posts that are out, and of those that will be when that day has come."""
    assert disagreed(make_site, lines, date) == AGREED[lines]


def test_what_was_retracted_needs_nobodys_agreement(make_site):
    """There are no words left; before that day there are."""
    lines = "corrections: [{date: 2026-11-%s, kind: retraction, by: ann, text: No}]"

    assert disagreed(make_site, lines % 20) == []
    assert sorted(disagreed(make_site, lines % 22)) == ["Ann Lind did not sign this off", "nobody reviewed this post"]
