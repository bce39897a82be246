"""What can be followed: the site, each person, each topic, each kind that has something."""

from datetime import UTC, datetime

import pytest

from newsroom.build import Options, load
from newsroom.desk import Desk

FILES = {
    "content/people/maya.md": "---\nname: Maya Okafor\n---\nBio\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\n---\nBio\n",
    "content/topics/lenses.md": "---\nname: Lenses\npeople: [maya]\n---\nx\n",
    "content/posts/a.md": "---\ntitle: A\nauthors: [maya]\ntopics: [lenses]\ndate: 2026-11-01\n---\nA\n",
    "content/posts/b.md": "---\ntitle: B\nauthors: [maya, jonas]\ndate: 2026-11-02\nkind: release\n---\nB\n",
}


@pytest.fixture
def feeds_of(make_site):
    """The feeds of some files, by permalink."""

    def feeds(changes={}, **settings):
        made = make_site(FILES | changes, **settings)
        return load(Desk(made.root), Options(moment=datetime(2026, 11, 21, tzinfo=UTC)))[0].feeds

    return feeds


def test_everybody_and_every_topic_can_be_followed(feeds_of):
    """Whoever has not written yet too; a kind only where there is something of it."""
    feeds = feeds_of()

    assert {permalink: [post.title for post in feed.posts] for permalink, feed in feeds.items()} == {
        "/": ["B", "A"], "/people/maya/": ["B", "A"], "/people/jonas/": ["B"], "/topics/lenses/": ["A"], "/releases/": ["B"],
        "/people/maya/topics/lenses/": ["A"], "/corrections/": [],
    }  # fmt: skip
    assert feeds["/people/maya/topics/lenses/"].title == "Maya Okafor on Lenses · Northwind Newsroom"
    assert ["/people/maya/topics/lenses/"] == [permalink for permalink, feed in feeds.items() if not feed.listed]
    assert [face.key for face in feeds["/people/maya/"].authors] == ["maya"]
    assert feeds["/people/maya/"].title == "Maya Okafor · Northwind Newsroom"
    assert feeds["/topics/lenses/"].description == "Posts on Lenses"


def test_a_feed_holds_the_newest_as_many_as_are_set(feeds_of):
    """An old post leaves the feed when a new one comes."""
    assert [post.title for post in feeds_of(feeds={"items": 1})["/"].posts] == ["B"]


def digests(feeds):
    return {permalink: feed.digest for permalink, feed in feeds.items()}


@pytest.mark.parametrize(
    ("path", "old", "new", "moved"),
    [
        ("content/posts/a.md", "\nA\n", "\nOther\n", "/ /people/maya/ /topics/lenses/ /people/maya/topics/lenses/"),
        ("content/posts/b.md", "title: B", "title: C", "/ /people/maya/ /people/jonas/ /releases/"),
        ("content/people/jonas.md", "Lind", "Berg", "/ /people/maya/ /people/jonas/ /releases/"),
        ("content/people/jonas.md", "Bio", "Other", ""),
        (
            "content/topics/lenses.md",
            "name: Lenses",
            "name: Glass",
            "/ /people/maya/ /topics/lenses/ /people/maya/topics/lenses/",
        ),
    ],
)
def test_a_feed_moves_with_what_it_carries_and_with_nothing_else(feeds_of, path, old, new, moved):
    """The digest covers posts, bodies, authors and topics."""
    before, after = digests(feeds_of()), digests(feeds_of({path: FILES[path].replace(old, new)}))

    assert set(moved.split()) == {permalink for permalink in before if before[permalink] != after[permalink]}


def test_a_feed_moves_with_the_file_of_a_post(make_site):
    """An identity that nobody wrote is the path's, and readers are told it; one that is written stays."""
    for written, moves in (("", True), ("id: 5c1b77f90a3e\n", False)):
        post = FILES["content/posts/b.md"].replace("kind:", f"{written}kind:")
        rest = {path: raw for path, raw in FILES.items() if path != "content/posts/b.md"}
        one, two = (
            load(Desk(make_site(rest | {path: post}).root), Options(moment=datetime(2026, 11, 21, tzinfo=UTC)))[0].feeds
            for path in ("content/posts/b.md", "content/posts/old/b.md")
        )

        assert moves == (one["/releases/"].digest != two["/releases/"].digest)


def test_a_feeds_identity_outlives_a_move(feeds_of):
    """Each feed has its own; it hangs on the address until another name is set, and on no protocol."""
    ids = {feed.id for feed in feeds_of().values()}
    assert len(ids) == 7
    assert {feed.id for feed in feeds_of(url="http://news.example.com").values()} == ids
    assert {feed.id for feed in feeds_of(url="https://other.example").values()}.isdisjoint(ids)

    named = [feed.id for feed in feeds_of(feeds={"id": "northwind"}).values()]
    assert named == [feed.id for feed in feeds_of(feeds={"id": "northwind"}, url="https://other.example").values()]


# ── corrections ──────────────────────────────────────────────────────────────────────────────────────────────────────

CORRECTED = (
    FILES["content/posts/a.md"]
    .replace(
        "date:",
        "corrections:\n"
        "- {date: 2026-11-04, text: Not 1947., by: jonas}\n"
        "- {date: 2026-11-04, kind: retraction, text: Not at all.}\n"
        "- {date: 2026-11-01, kind: update, text: More.}\n"
        "date:",
    )
    .replace("2026-11-01\n---", "2026-11-01 23:00\n---")
)


def test_each_correction_is_an_entry_of_its_own(feeds_of):
    """Newest first; who corrected signs it, the newsroom where nobody is named; never before the post itself."""
    notes = feeds_of({"content/posts/a.md": CORRECTED}, timezone="Europe/Berlin")["/corrections/"].notes

    assert [(note.title, note.words, note.by.name, note.date) for note in notes] == [
        ("Retraction: A", "Not at all.", "Northwind Newsroom", "2026-11-04T00:00:00+01:00"),
        ("Correction: A", "Not 1947.", "Jonas Lind", "2026-11-04T00:00:00+01:00"),
        ("Update: A", "More.", "Northwind Newsroom", "2026-11-01T23:00:00+01:00"),
    ]
    assert {note.permalink + note.fragment for note in notes} == {"/2026/a/#corrections"}


def test_a_correction_keeps_its_identity(feeds_of):
    """Whatever becomes of its words, of the post's title and address, of other corrections on other days."""
    named = CORRECTED.replace("title: A", "title: A\nid: 5c1b77f90a3e")
    changed = named.replace("Not 1947", "Not 1948").replace("title: A", "title: Z\nslug: z")
    changed = changed.replace("- {date: 2026-11-01", "- {date: 2026-11-09, text: Also.}\n- {date: 2026-11-01")
    before, after = (
        [note.identity for note in feeds_of({"content/posts/a.md": post}, url=url)["/corrections/"].notes]
        for post, url in ((named, "https://news.example.com"), (changed, "https://other.example"))
    )

    assert 3 == len(set(before))
    assert before == after[1:]


def test_the_feed_of_corrections_holds_the_newest(feeds_of):
    """As many as any feed."""
    feeds = feeds_of({"content/posts/a.md": CORRECTED}, feeds={"items": 2})

    assert ["Retraction: A", "Correction: A"] == [note.title for note in feeds["/corrections/"].notes]


# ── somebody has left ────────────────────────────────────────────────────────────────────────────────────────────────

LEFT = "---\nname: Maya Okafor\nstatus: {state: left, on: 2026-11-10, successor: jonas}\n---\nBio\n"


def left(feeds):
    """The last entries of Maya's feeds: (title, words, date), by permalink."""
    hers = {permalink: feed for permalink, feed in feeds.items() if permalink.startswith("/people/maya/")}
    return {permalink: [(n.title, n.words, n.date) for n in feed.notes] for permalink, feed in hers.items()}


def test_the_feeds_of_somebody_who_left_say_who_answers(feeds_of):
    """All of hers, each the same entry; nobody else's; signed by the newsroom."""
    feeds = feeds_of({"content/people/maya.md": LEFT})
    said = [("Maya Okafor has left; Jonas Lind answers now", "Maya Okafor has left. Jonas Lind answers for Maya Okafor’s posts.",
             "2026-11-10T00:00:00+00:00")]  # fmt: skip
    notes = [note for feed in feeds.values() for note in feed.notes]

    assert {"/people/maya/": said, "/people/maya/topics/lenses/": said} == left(feeds)
    assert (2, 1) == (len(notes), len({note.identity for note in notes}))
    assert {"Northwind Newsroom"} == {note.by.name for note in notes}
    assert {"/people/maya/", "/people/maya/topics/lenses/"} == {p for p, feed in feeds.items() if feed.over}


@pytest.mark.parametrize(
    ("status", "title", "date"),
    [
        ("{state: left, on: 2026-11-10}", "Maya Okafor has left", "2026-11-10T00:00:00+00:00"),
        (
            "{state: left, successor: jonas}",
            "Maya Okafor has left; Jonas Lind answers now",
            "2026-11-01T00:00:00+00:00",
        ),
        ("{state: left, on: 2026-11-22, successor: jonas}", "", ""),
        ("{state: moved, on: 2026-11-10, successor: jonas}", "", ""),
        ("away", "", ""),
    ],
)
def test_only_who_has_left_gets_a_last_entry(feeds_of, status, title, date):
    """Not who will leave, moved on or is away; of the day when she left, or of the last post that is hers alone."""
    feeds = feeds_of(
        {"content/people/maya.md": LEFT.replace("{state: left, on: 2026-11-10, successor: jonas}", status)}
    )

    assert [(title, date)] * bool(title) == [(note.title, note.date) for note in feeds["/people/maya/"].notes]
    assert bool(title) == feeds["/people/maya/"].over


def test_a_last_entry_is_updated_when_the_successor_leaves_too(feeds_of):
    """On the day when she does: the words are others then, the entry is the same."""
    gone = FILES["content/people/jonas.md"].replace(
        "Lind", "Lind\nstatus: {state: left, on: 2026-11-12, successor: aino}"
    )
    files = {"content/people/maya.md": LEFT, "content/people/aino.md": "---\nname: Aino Saar\n---\n"}
    (first,) = feeds_of(files)["/people/maya/"].notes
    (then,) = feeds_of(files | {"content/people/jonas.md": gone})["/people/maya/"].notes

    assert (first.identity, first.date, "") == (then.identity, then.date, first.updated)
    assert "2026-11-12T00:00:00+00:00" == then.updated and first.digest != then.digest
    assert "Maya Okafor has left; Aino Saar answers now" == then.title


def test_a_last_entry_without_a_day_stays_where_it_is(feeds_of):
    """Posts that others finish come later still."""
    files = {"content/people/maya.md": LEFT.replace("on: 2026-11-10, ", "")}
    late = "---\ntitle: Late\nauthors: [maya, jonas]\ndate: 2026-11-19\nid: late\n---\nWords\n"
    (first,) = feeds_of(files)["/people/maya/"].notes
    (then,) = feeds_of(files | {"content/posts/late.md": late})["/people/maya/"].notes

    assert first == then


def test_nobody_is_said_to_answer_who_is_away(feeds_of):
    """The title says less; the words say until when."""
    away = FILES["content/people/jonas.md"].replace("Lind", "Lind\nstatus: {state: away, until: 2026-12-24}")
    ((said,), _) = left(feeds_of({"content/people/maya.md": LEFT, "content/people/jonas.md": away})).values()

    assert "Maya Okafor has left" == said[0]
    assert "is away until 24 December 2026" in said[1]


# ── sound, film, conversations, archives ─────────────────────────────────────────────────────────────────────────────


def test_a_feed_moves_with_the_size_of_a_recording(feeds_of):
    """An enclosure tells its length."""
    post = FILES["content/posts/a.md"].replace("\nA\n", "\n[Listen](talk.mp3)\n")
    one, two = (
        digests(feeds_of({"content/posts/a.md": post, "content/posts/talk.mp3": b"x" * size})) for size in (3, 4)
    )

    assert {p for p in one if one[p] != two[p]} == {
        "/",
        "/people/maya/",
        "/topics/lenses/",
        "/people/maya/topics/lenses/",
    }


def test_a_comment_moves_the_feeds_that_carry_the_post(feeds_of):
    """They tell how many there are; a feed that the post is too old for stays."""
    said = "post: content/posts/a.md\ncomments:\n- {id: isso-1, name: Ada, date: 2026-11-20T10:00:00Z, text: Why?}\n"
    one, two = (
        digests(feeds_of({"content/comments/a.yaml": words}, feeds={"items": 1}))
        for words in (said, said.replace("Why?", "How?"))
    )

    assert {p for p in one if one[p] != two[p]} == {"/topics/lenses/", "/people/maya/topics/lenses/"}


@pytest.mark.parametrize(("posts", "archives"), [(0, 0), (2, 0), (3, 1), (4, 1), (5, 2), (6, 2), (7, 3)])
def test_archives_are_full_and_hold_what_the_feed_does_not(feeds_of, posts, archives):
    """Only with the setting."""
    files = {
        f"content/posts/n{n}.md": f"---\ntitle: N{n}\nauthors: [jonas]\ndate: 2025-01-0{n + 1}\n---\nx\n"
        for n in range(posts)
    }
    files["content/posts/b.md"] = FILES["content/posts/b.md"].replace("[maya, jonas]", "[maya]")
    feed = feeds_of(files, feeds={"items": 2, "archive": True})["/people/jonas/"]
    held = {post.title for post in feed.every[len(feed.every) - 2 * archives :]} | {post.title for post in feed.posts}

    assert archives == feed.archives
    assert {f"N{n}" for n in range(posts)} == held
    assert 0 == feeds_of(files, feeds={"items": 2})["/people/jonas/"].archives


@pytest.mark.parametrize(
    ("speaks", "posts", "followed"), [("", 4, False), ("", 5, True), ("topics: [lenses]\n", 1, True)]
)
def test_one_person_on_one_topic_is_followed_where_she_speaks_for_it_or_writes_often(feeds_of, speaks, posts, followed):
    """A post or two on something is not what she is followed for, and the feeds of all such pairs would be most of a site."""
    written = "---\ntitle: T\nauthors: [jonas]\ntopics: [lenses]\ndate: 2026-11-0{}\n---\nT\n"
    found = feeds_of(
        {"content/people/jonas.md": f"---\nname: Jonas Lind\n{speaks}---\nBio\n"}
        | {f"content/posts/t{n}.md": written.format(n) for n in range(1, posts + 1)}
    )

    assert followed == ("/people/jonas/topics/lenses/" in found)
