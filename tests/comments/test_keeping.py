"""What is taken into the archives, and what is kept out of them, whatever a service or an export says."""

import json

import pytest

from newsroom.commands.comments import NOWHERE, take_in
from newsroom.comments.keeping import Keeping
from newsroom.comments.records import Comment, Discussion
from newsroom.desk import Desk

POST = "---\ntitle: {title}\nauthors: [maya]\ndate: 2026-11-02\nid: {id}\n---\nWords\n"
MAYA = """---
name: Maya Okafor
accounts: {github: Maya-O, mastodon: M@Social.example, mail: Maya@northwind.example, isso: 77AA, remark42: email_77aa}
---
"""
SITE = {
    "content/people/maya.md": MAYA,
    "content/posts/2026/a.md": POST.format(title="A lens", id="a1"),
    "content/posts/2026/b.md": POST.format(title="B side", id="b2"),
}
A, B = "content/comments/2026/a.yaml", "content/comments/2026/b.yaml"
WHEN = "2026-11-02T09:14:00Z"


@pytest.fixture
def keep(make_site):
    """(Keeping, the site) after taking comments in below the posts a1 and b2."""
    desks = []

    def keep(a=(), b=(), pulled="", files=SITE):
        site = files if hasattr(files, "root") else make_site(files)
        desks.append(Desk(site.root, NOWHERE))
        library, wrong = desks[-1].parse()
        assert not wrong
        keeping = Keeping(desks[-1], library)
        for post in library.posts:
            keeping.keep(post, Discussion((), "", tuple({"a1": a, "b2": b}[post.id])), pulled)
        return keeping, site

    yield keep
    for desk in desks:
        desk.close()


def archived(site, path=A):
    """The text of a file of content/comments/; "" where there is none."""
    return (site.root / path).read_text("utf-8") if (site.root / path).exists() else ""


def test_what_could_not_be_read_again_is_not_written(keep):
    """It would stop every build; the other thread is kept, and the file stays as it was."""
    keeping, site = keep([Comment("x-1", name="Ada", date=WHEN, text="One")])
    before = archived(site)
    more = [Comment("x-1", name="Ada", date=WHEN, text="One"), Comment("x-" + "a" * 250, date=WHEN, text="Two")]
    keeping, site = keep(more, [Comment("x-2", date=WHEN, text="Three")], files=site)
    (problem,) = keeping.done().problems

    assert before == archived(site) and "Three" in archived(site, B)
    assert ("unreadable-comment", A) == (problem.code, problem.location.path)
    assert "cannot be the id of a comment" in problem.message and "nothing of this thread was taken" in problem.hint
    assert site.build().problems == ()


def test_a_long_key_of_a_stranger_does_not_stop_the_build(make_site):
    """Whoever answers at Bluesky chooses it: up to 512 characters."""
    site = make_site(SITE)
    did = "did:plc:" + "b" * 24
    uri = f"at://{did}/app.bsky.feed.post/"

    def post(key):
        record = {"text": f"Words {key[:3]}", "createdAt": WHEN}
        return {"uri": uri + key, "author": {"did": did, "handle": "ada.example"}, "record": record, "indexedAt": WHEN}

    thread = {"post": post("root"), "replies": [{"post": post("a" * 512)}, {"post": post("a" * 511 + "b")}]}
    site.edit("content/posts/2026/a.md", "id: a1", f"id: a1\naliases: [/x/]\ncomments: {{thread: '{uri}root'}}")
    export = site.write("e.json", json.dumps({"thread": thread}))
    done = take_in(site.root, "bluesky", export)

    assert ([], 2) == ([*done.problems], archived(site).count("- id: bluesky-")), done
    assert site.build().problems == ()


def test_a_typed_mail_names_nobody(keep):
    """Anybody can type hers; whoever knows better is told what to write, once."""
    typed = [Comment(f"x-{n}", name="Maya", date=WHEN, text="Buy it", typed="MAYA@northwind.example") for n in (1, 2)]
    keeping, site = keep(typed, typed[:1])

    assert "person" not in archived(site) and "northwind" not in archived(site)
    said = "with maya's address, which anybody can type: if it was maya, add person: maya to"
    assert {f"somebody wrote x-1, x-2 {said} them in {A}", f"somebody wrote x-1 {said} it in {B}"} == {
        line for line in keeping.done().lines if line.startswith("somebody")
    }
    assert ("nothing new",) == keep(typed, typed[:1], files=site)[0].done().lines


def test_a_mail_that_the_service_vouches_for_names_its_owner(keep):
    """It is told who that was."""
    keeping, site = keep([Comment("x-1", name="M.", date=WHEN, text="So.", mail="maya@northwind.example")])

    assert "person: maya" in archived(site)
    assert "recognised by the mail of an account: maya (1)" in keeping.done().lines


@pytest.mark.parametrize(
    "account, kept",
    [
        ("remark42/email_1234", False),
        ("remark42/anonymous_1234", False),
        ("isso/1234", False),
        ("isso/77AA", True),
        ("remark42/email_77aa", True),
        ("remark42/github_1234", True),
        ("github/email_1234", True),
    ],
)
def test_a_digest_of_a_mail_is_not_archived(keep, account, kept):
    """Whoever tries all addresses finds it again; an employee has declared her own."""
    _, site = keep([Comment("x-1", name="Ada", account=account, date=WHEN, text="So.")])

    assert kept == (f"account: {account}" in archived(site)), archived(site)
    assert kept == ("1234" in archived(site) or "77" in archived(site))


def test_an_account_of_her_name_is_told_where_it_could_be_hers(keep):
    """With the service's own name. An anonymous one is made of nothing but the name that anybody typed."""
    named = Comment("x-1", name="Maya Okafor", account="remark42/email_1234", date=WHEN, text="So.")
    anonymous = named._replace(account="remark42/anonymous_1234")

    assert "somebody named as maya is wrote with the Remark42 account email_1234: if it was maya, add accounts: " \
        "{remark42: email_1234} to content/people/maya.md" in keep([named])[0].done().lines  # fmt: skip
    assert "1234" not in repr(keep([anonymous])[0].done().lines)


@pytest.mark.parametrize("account", ["github/maya-o", "github/MAYA-O", "mastodon/m@social.example"])
def test_capitals_do_not_hide_an_employee(keep, account):
    """Where the service does not tell people apart by them."""
    keeping, _ = keep()

    assert keeping.declares(account)
    assert not keeping.declares("isso/77aa") and not keeping.declares(f"x{account}")


def test_what_was_redacted_does_not_come_back_from_another_service(keep):
    """The same moment tells; its answers hang on what is left of it."""
    redacted = f"post: a1\ncomments:\n- id: isso-1\n  date: {WHEN}\n  redacted: [name, words]\n"
    back = [
        Comment("disqus-77", name="Ada", date=WHEN, html="Secret"),
        Comment("disqus-78", "disqus-77", name="Bo", date="2026-11-02T09:15:00Z", html="Answer"),
    ]
    keeping, site = keep(back, files=SITE | {A: redacted})

    assert "Secret" not in archived(site) and "Ada" not in archived(site)
    assert "- id: disqus-78\n  reply_to: isso-1\n" in archived(site)
    assert "left out disqus-77: the same moment as isso-1, which was redacted" in keeping.done().lines


def test_another_comment_of_the_same_moment_is_kept(keep):
    """Where the redacted one stands beside it, where it was there before, and where the service itself was asked."""
    redacted = f"post: a1\ncomments:\n- id: isso-1\n  date: {WHEN}\n  redacted: [name, words]\n"
    one, two = Comment("isso-1", name="Ada", date=WHEN, text="Secret"), Comment("isso-2", date=WHEN, text="Kept")
    _, beside = keep([one, two], files=SITE | {A: redacted})
    _, asked = keep([two], pulled="2026-11-03T00:00:00Z", files=SITE | {A: redacted})

    assert ["Kept" in archived(site) and "Secret" not in archived(site) for site in (beside, asked)] == [True, True]
    assert "nothing new" in keep([two], files=beside)[0].done().lines


def test_what_an_export_has_that_cannot_be_read_is_counted(make_site):
    """One line; the rest of the file is imported, threads of no post are told as ever."""
    site = make_site(SITE)
    rows = [
        {"page_key": f"/2026/{page}/", "id": str(n), "nick": "Ada", "content": "Words", "created_at": when}
        for n, (page, when) in enumerate([("a", WHEN), ("a", "soon"), ("b", "late"), ("gone", ""), ("gone", WHEN)] * 2)
    ]
    done = take_in(site.root, "artalk", site.write("e.json", json.dumps(rows)))
    (problem,) = done.problems

    assert 2 == archived(site).count("- id:") and not archived(site, B)
    assert ("comment-skipped", "warning") == (problem.code, problem.severity)
    assert problem.message.startswith("left out 6 comments that newsroom cannot read: artalk-1: ")
    assert problem.message.endswith(", and 3 more") and problem.hint
