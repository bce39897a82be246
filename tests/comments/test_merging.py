"""What a service may change in an archive and what it may not, and what is taken out for good."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.comments.archive import Archive, Row, dump, parse
from newsroom.comments.merging import Change, merge, other, redact
from newsroom.comments.records import Comment, Discussion


def nobody(comment):
    """Nobody is recognised."""
    return ""


def said(id, text="Words", **more):
    """A comment as a service has it."""
    return Comment(id, name="Ada", date=f"2026-11-02T09:{sum(map(ord, id)) % 60:02}:00Z", text=text, **more)


def discussion(*comments):
    """What a service has below a page."""
    return Discussion(("a",), "A", comments)


def read(text):
    """An archive of a file's text."""
    return parse(text.encode(), "content/comments/2026/a.yaml")


def taken(*comments, archive=Archive("p"), pulled="", recognise=nobody, service=""):
    """An archive after it took in comments."""
    return merge(archive, discussion(*comments), pulled, recognise, service)[0]


def row(archive, id):
    """One of its comments."""
    return next(row for row in archive.rows if row.id == id)


def test_a_second_run_changes_nothing():
    """Not one byte, whatever the words are made of."""
    comments = [
        said("isso-1", "One\r\ntwo\x1b[31m\u2028three  \n\n"),
        said("isso-2", "", html="<p>x</p>", parent="isso-1"),
        said("isso-3", "", parent="isso-2"),
        said("isso-4", deleted=True),
        said("isso-5", parent="isso-4", edited="2026-11-03T00:00:00Z"),
    ]
    for pulled in ("", "2026-11-21T10:00:00Z"):
        once, change = merge(Archive("p"), discussion(*comments), pulled, nobody, "isso")
        assert change == Change(new=5)
        again, change = merge(read(dump(once)), discussion(*comments), pulled, nobody, "isso")

        assert (dump(again), change) == (dump(once), Change())


anything = st.text(max_size=30) | st.text(" \t\n\r#:-'\"\x00\x85\u2028\u200b\ufeff\u202e|>", max_size=9)


@given(anything, anything, anything, anything)
def test_whatever_a_stranger_writes_the_second_run_changes_nothing(name, words, site, account):
    """And the file is one that a build reads."""
    comment = Comment(
        "x-1", name=name, site=f"https://{site}", account=f"x/{account}", date="2026-11-02T09:00:00Z", text=words
    )
    once = taken(comment)
    again = read(dump(once))

    assert again == once
    assert taken(comment, archive=again) == once


def test_nothing_private_is_kept():
    """The mail is for recognising alone."""
    archive = taken(said("isso-1", mail="maya@northwind.example"), recognise=lambda c: "maya" if c.mail else "")

    assert row(archive, "isso-1").person == "maya"
    assert "northwind" not in dump(archive)


def test_comments_stand_in_the_order_of_their_dates_then_of_their_ids():
    """Whatever order they arrive in."""
    archive = taken(*(Comment(id, date=f"2026-11-{day:02}T00:00:00Z") for id, day in [("b", 2), ("c", 1), ("a", 2)]))

    assert [row.id for row in archive.rows] == ["c", "a", "b"]


def test_words_changed_at_the_service_are_taken_over():
    """The file follows where nobody changed it."""
    archive, change = merge(
        taken(said("isso-1")), discussion(said("isso-1", "New", edited="2026-11-03T00:00:00Z")), "", nobody
    )

    assert (row(archive, "isso-1").text, row(archive, "isso-1").edited, change) == (
        "New\n",
        "2026-11-03T00:00:00Z",
        Change(changed=1),
    )


def test_words_changed_by_hand_stay():
    """Even when the service's change afterwards, and once more."""
    archive = read(dump(taken(said("isso-1"))).replace("    Words", "    Our words"))
    for text in ("Words", "New", "Newer"):
        archive = taken(said("isso-1", text), archive=archive)

        assert row(archive, "isso-1").text == "Our words\n"


def test_what_was_changed_by_hand_beside_the_words_stays():
    """Name, site, person, the reasons, and where an answer hangs."""
    hand = {
        "name": "A.",
        "site": "",
        "person": "maya",
        "ignore": "spam",
        "reply_to": "isso-2",
        "date": "2026-11-01T00:00:00Z",
    }
    archive = taken(said("isso-1", site="https://ada.example"), said("isso-2"))._replace(closed="over")
    archive = archive._replace(rows=tuple(r._replace(**hand) if r.id == "isso-1" else r for r in archive.rows))
    after = taken(
        said("isso-1", "New", site="https://ada.example"),
        said("isso-2"),
        archive=archive,
        pulled="2026-11-21T10:00:00Z",
        service="isso",
    )

    assert {key: getattr(row(after, "isso-1"), key) for key in hand} == hand
    assert (after.closed, row(after, "isso-1").text) == ("over", "New\n")


def test_an_older_export_does_not_bring_old_words_back():
    """Nor a comment that was removed since."""
    archive = taken(
        said("isso-1", "New", edited="2026-11-05T00:00:00Z"),
        said("isso-2", deleted=True),
        said("isso-3", parent="isso-2"),
    )
    after = taken(said("isso-1", "Old", edited="2026-11-03T00:00:00Z"), said("isso-2", "Old"), archive=archive)

    assert after == archive


def test_an_account_that_an_export_did_not_tell_is_filled_in():
    """So that replies of employees are marked; one that is there stays."""
    archive = taken(said("isso-1", account="isso/aa"), archive=taken(said("isso-1")))

    assert row(archive, "isso-1").account == "isso/aa"
    assert taken(said("isso-1", account="isso/bb"), archive=archive) == archive


@pytest.mark.parametrize("site", ["javascript:alert(1)", 'https://x"onclick=y', "https://a b", "ftp://x"])
def test_a_site_that_a_build_would_refuse_is_left_out(site):
    """A stranger cannot stop a build."""
    archive = taken(said("isso-1", site=site))

    assert row(read(dump(archive)), "isso-1").site == ""


def test_an_import_leaves_what_its_export_does_not_have():
    """An export may be partial."""
    archive = taken(said("isso-1"), said("isso-2"))

    assert taken(said("isso-1"), archive=archive) == archive


def test_a_pull_takes_out_what_the_service_removed():
    """Without words, name, site and account where it was answered, and altogether where not."""
    archive = taken(
        said("isso-1", site="https://a.example", account="isso/1"), said("isso-2", parent="isso-1"), said("isso-3")
    )
    after, change = merge(archive, discussion(said("isso-2")), "2026-11-21T10:00:00Z", nobody, "isso")

    assert [r.id for r in after.rows if not r.deleted] == ["isso-2"]
    assert row(after, "isso-1") == Row("isso-1", date=row(archive, "isso-1").date, deleted=True)
    assert change == Change(gone=2)


def test_a_pull_takes_out_whole_threads_that_are_gone():
    """However deep, and however long the answers stood there without words."""
    chain = [said(f"isso-{n}", parent=f"isso-{n - 1}" if n else "") for n in range(3000)]
    archive = taken(*chain, said("github-1"))

    assert [r.id for r in taken(archive=archive, pulled="2026-11-21T10:00:00Z", service="isso").rows] == ["github-1"]


def test_a_pull_leaves_comments_of_other_services():
    """A site may have moved from one to the other."""
    archive = taken(said("disqus-1"), said("issox-1"))
    after = taken(archive=archive, pulled="2026-11-21T10:00:00Z", service="isso")

    assert after.rows == archive.rows


def test_an_incomplete_discussion_takes_nothing_out():
    """Where the service did not tell all, nobody can say what was removed."""
    archive = taken(said("mastodon-1"))
    after = taken(said("mastodon-2"), archive=archive, pulled="2026-11-21T10:00:00Z")

    assert [row.id for row in after.rows] == ["mastodon-1", "mastodon-2"]
    assert after.pulled == ""


def test_a_comment_that_comes_back_at_the_service_comes_back():
    """A pull brings it; what was marked by hand stays away."""
    gone = taken(said("isso-1", deleted=True), said("isso-2", parent="isso-1"))
    by_hand = taken(said("isso-1"))
    by_hand = by_hand._replace(rows=(by_hand.rows[0]._replace(deleted=True, text=""),))
    asked = {"pulled": "2026-11-21T10:00:00Z", "service": "isso"}

    assert row(taken(said("isso-1"), said("isso-2"), archive=gone, **asked), "isso-1").text == "Words\n"
    assert taken(said("isso-1"), archive=by_hand, **asked).rows == by_hand.rows


def test_pulled_moves_when_something_changed_or_a_day_is_over():
    """A run an hour later changes nothing; the day after it says that it is still so. It never goes back."""
    archive = taken(said("isso-1"), pulled="2026-11-21T10:00:00Z", service="isso")
    for pulled, comments, expected in [
        ("2026-11-21T10:00:00Z", ["isso-1"], "2026-11-21T10:00:00Z"),
        ("2026-11-27T10:00:00Z", ["isso-1"], "2026-11-21T10:00:00Z"),
        ("2026-11-27T10:00:01Z", ["isso-1"], "2026-11-27T10:00:01Z"),
        ("2026-11-21T11:00:00Z", ["isso-1", "isso-2"], "2026-11-21T11:00:00Z"),
        ("2026-11-20T11:00:00Z", ["isso-1", "isso-2"], "2026-11-21T10:00:00Z"),
        ("", ["isso-1", "isso-2"], "2026-11-21T10:00:00Z"),
    ]:
        assert taken(*map(said, comments), archive=archive, pulled=pulled, service="isso").pulled == expected


def test_a_new_server_that_counts_from_one_again_is_noticed():
    """The same id with another date, name and words is another comment; with one of them it is the same."""
    archive = taken(said("isso-1"))
    first = archive.rows[0]
    new = Comment("isso-1", name="Bo", date="2027-01-01T00:00:00Z", text="Other")

    assert other(archive, discussion(new)) == "isso-1"
    for same in (new._replace(name="Ada"), new._replace(text="Words"), new._replace(date=first.date)):
        assert other(archive, discussion(same)) == ""


# ── redaction ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("what", [("name",), ("words",), ("words", "name")])
def test_what_was_redacted_does_not_come_back(what):
    """By no pull and no import, however the words change, and not by going and coming back at the service."""
    comments = [said("isso-1", "Secret", site="https://ada.example", account="isso/1", mail="m"), said("isso-2")]
    archive = redact(taken(*comments, recognise=lambda c: "maya"), "isso-1", what)
    asked = {"pulled": "2026-11-21T10:00:00Z", "service": "isso", "recognise": lambda c: "maya"}
    steps = [
        comments,
        [comments[1]],
        [comments[0]._replace(text="Secret again", edited="2027-01-01T00:00:00Z"), comments[1]],
    ]
    for step in (*steps, steps[0]):
        archive = read(dump(taken(*step, archive=archive, **asked)))
        kept = row(archive, "isso-1")

        assert kept.redacted == tuple(sorted(what))
        assert "name" not in what or (kept.name, kept.site, kept.account, kept.person) == ("", "", "", "")
        assert "words" not in what or (kept.text, kept.html, kept.seen) == ("", "", "")
    assert "words" in what or kept.text == "Secret\n"
    assert "name" in what or kept.name == "Ada"


def test_redacting_again_adds_to_what_is_gone():
    """First the name, then the words; others are left alone."""
    archive = taken(said("isso-1"), said("isso-2"))
    once = redact(redact(archive, "isso-1", ["words"]), "isso-1", ["name"])

    assert row(once, "isso-1").redacted == ("name", "words")
    assert row(once, "isso-2") == row(archive, "isso-2")
    assert not re.search(
        "Ada|Words", dump(once._replace(rows=once.rows[:1] if once.rows[0].id == "isso-1" else once.rows[1:]))
    )


def test_a_comment_that_is_not_there_cannot_be_redacted():
    """The caller says so."""
    with pytest.raises(KeyError):
        redact(Archive("p"), "isso-1", ["name"])
