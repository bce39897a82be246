"""Every kind of export, written by hand to the shape that its service documents, and every way to be broken."""

from __future__ import annotations

import gzip
import json
import sqlite3
from datetime import UTC, datetime, timedelta
from html import escape
from itertools import product
from typing import NamedTuple

import pytest

from newsroom.comments.exports import EXPORTS
from newsroom.comments.formats import files
from newsroom.comments.formats import isso as isso_format
from newsroom.comments.formats import remark42 as remark42_format
from newsroom.errors import NewsroomError

PAGE, TITLE = "/2026/cracked-lens/", "What a cracked lens taught us – Größe & Co"
HOST = "https://news.example"
SECRETS = ("203.0.113.9", "Browser/99", "picture-of-me", "4711", "s3cret")
"""Network address, user agent, face, votes, password: each is written into every export that has a place for it."""


class Said(NamedTuple):
    """A comment, before a service writes it down."""

    id: int
    parent: int = 0
    words: str = "Words"
    name: str = "Ada Reader"
    site: str = "https://ada.example/"
    state: str = "shown"

    @property
    def when(self) -> datetime:
        return datetime(2026, 11, 2, 9, 14, tzinfo=UTC) + timedelta(minutes=self.id)

    @property
    def iso(self) -> str:
        return self.when.strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def gone(self) -> bool:
        return self.state == "deleted"


def disqus(said):
    """Two threads of one page, as Disqus makes them: the second was read with a query. The first has an empty id."""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://disqus.com/api/schemas/1.0/disqus.xsd">
<category dsq:id="7"><forum>news</forum><title>General</title><isDefault>true</isDefault></category>
<thread dsq:id="70"><id></id><forum>news</forum><category dsq:id="7"/><link>{HOST}{PAGE}</link>
<title>{escape(TITLE)}</title><message/><createdAt>2026-11-01T00:00:00Z</createdAt>
<author><name>Maya</name><isAnonymous>false</isAnonymous></author>
<ipAddress>203.0.113.9</ipAddress><isClosed>false</isClosed><isDeleted>false</isDeleted></thread>
<thread dsq:id="71"><id/><forum>news</forum><link>{HOST}{PAGE}index.html?utm_source=x</link>
<title/><isDeleted>false</isDeleted></thread>
{"".join(map(_disqus_post, said))}</disqus>""".encode()


def _disqus_post(one):
    parent = f'<parent dsq:id="{one.parent}"/>' if one.parent else ""
    return f"""<post dsq:id="{one.id}"><id>wp_id=9</id><message><![CDATA[<p>{one.words}</p>]]></message>
<createdAt>{one.iso}</createdAt><isDeleted>{str(one.gone).lower()}</isDeleted>
<isSpam>{str(one.state == "hidden").lower()}</isSpam>
<author><email>ada@mail.example</email><name>{escape(one.name)}</name><isAnonymous>false</isAnonymous>
<username>ada</username></author><ipAddress>203.0.113.9</ipAddress>
<thread dsq:id="{70 + one.id % 2}"/>{parent}</post>"""


def wxr(said):
    """One item, commented on, as a site with version 1.2 of the format writes it."""
    return f"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>News</title><wp:wxr_version>1.2</wp:wxr_version>
<item><title>{escape(TITLE)}</title><link>{HOST}{PAGE}</link>
<content:encoded><![CDATA[<p>Our words</p>]]></content:encoded>
<wp:post_id>9</wp:post_id><wp:status>publish</wp:status>
{"".join(map(_wp_comment, said))}</item></channel></rss>""".encode()


def _wp_comment(one):
    approved = {"shown": "1", "hidden": "spam", "deleted": "trash"}[one.state]
    return f"""<wp:comment><wp:comment_id>{one.id}</wp:comment_id>
<wp:comment_author><![CDATA[{one.name}]]></wp:comment_author>
<wp:comment_author_email>ada@mail.example</wp:comment_author_email>
<wp:comment_author_url>{escape(one.site)}</wp:comment_author_url>
<wp:comment_author_IP>203.0.113.9</wp:comment_author_IP>
<wp:comment_date>{one.when + timedelta(hours=2):%Y-%m-%d %H:%M:%S}</wp:comment_date>
<wp:comment_date_gmt>{one.when:%Y-%m-%d %H:%M:%S}</wp:comment_date_gmt>
<wp:comment_content><![CDATA[{one.words}]]></wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved>
<wp:comment_type>comment</wp:comment_type><wp:comment_parent>{one.parent}</wp:comment_parent>
<wp:comment_user_id>0</wp:comment_user_id></wp:comment>"""


ISSO = """CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT NOT NULL,
 modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR NOT NULL, author VARCHAR,
 email VARCHAR, website VARCHAR,
 likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL, notification INTEGER DEFAULT 0);"""


def isso(said, path):
    """A database of schema 5, written with a log beside it and still open: the connection."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(ISSO)
    connection.execute("INSERT INTO threads VALUES (1, ?, ?)", (PAGE, TITLE))
    mode = {"shown": 1, "hidden": 2, "deleted": 4}
    connection.executemany(
        "INSERT INTO comments VALUES (1,?,?,?,NULL,?,'203.0.113.9',?,?,'ada@mail.example',?,4711,0,x'00',0)",
        [(s.id, s.parent or None, s.when.timestamp() + 0.5, mode[s.state], s.words, s.name, s.site) for s in said],
    )
    connection.commit()
    return connection


def remark42(said):
    """A line about the site, then a comment in each."""
    about = {
        "version": 1,
        "users": [{"id": "github_ada", "blocked": {"status": False}}],
        "posts": [{"url": HOST + PAGE}],
    }
    rows = [
        {
            "id": str(one.id), "pid": str(one.parent or ""), "text": "" if one.gone else f"<p>{one.words}</p>\n",
            "orig": one.words, "user": {"name": escape(one.name, False), "id": "github_ada", "picture": "picture-of-me",
            "ip": "203.0.113.9", "admin": False}, "locator": {"site": "news", "url": HOST + PAGE}, "score": 4711,
            "votes": {"4711": True}, "voted_ips": {"203.0.113.9": {}}, "time": one.when.isoformat(), "title": TITLE,
            **({"delete": True} if one.gone else {}),
        }
        for one in said
    ]  # fmt: skip
    return "\n".join(json.dumps(row) for row in (about, *rows)).encode() + b"\n"


def commento(said):
    """Version 1."""
    state = {"shown": "approved", "hidden": "flagged", "deleted": "approved"}
    return _json({
        "version": 1,
        "comments": [
            {
                "commentHex": str(one.id), "domain": "news.example", "url": PAGE, "commenterHex": str(one.id) * 2,
                "markdown": one.words, "html": "<p>unused</p>", "parentHex": str(one.parent or "root"), "score": 4711,
                "state": state[one.state], "creationDate": one.when.isoformat(), "deleted": one.gone,
            }
            for one in said
        ],
        "commenters": [
            {
                "commenterHex": str(one.id) * 2, "email": "ada@mail.example", "name": one.name, "link": one.site,
                "photo": "picture-of-me", "provider": "commento", "joinDate": "2026-01-01T00:00:00Z",
            }
            for one in said
        ],
    })  # fmt: skip


def comentario(said):
    """Version 3."""
    never = "0001-01-01T00:00:00.000Z"
    return _json({
        "version": 3,
        "pages": [{"id": "p1", "domainId": "d1", "path": PAGE, "title": TITLE, "countViews": 4711}],
        "comments": [
            {
                "id": str(one.id), **({"parentId": str(one.parent)} if one.parent else {}), "pageId": "p1",
                "markdown": one.words, "html": "<p>unused</p>", "score": 4711, "isApproved": one.state != "hidden",
                "isPending": one.state == "hidden", "isDeleted": one.gone, "isSticky": False,
                "createdTime": one.when.isoformat(), "moderatedTime": never, "deletedTime": never,
                "url": f"{HOST}{PAGE}#comentario-{one.id}", "userCreated": f"u{one.id}",
            }
            for one in said
        ],
        "commenters": [
            {"id": f"u{one.id}", "email": "ada@mail.example", "name": one.name, "websiteUrl": one.site}
            for one in said
        ],
    })  # fmt: skip


def waline(said):
    """As the endpoint answers, with the export inside; an answer names whom it answers in its words."""
    status = {"shown": "approved", "hidden": "waiting", "deleted": "spam"}
    rows = [
        {
            "objectId": one.id, "user_id": None, "comment": f"[@Ada](#{one.parent}): " * bool(one.parent) + one.words,
            "insertedAt": f"{one.when:%Y-%m-%d %H:%M:%S}", "ip": "203.0.113.9", "ua": "Browser/99", "link": one.site,
            "mail": "ada@mail.example", "nick": one.name, "rid": one.parent or None, "pid": one.parent or None,
            "sticky": None, "status": status[one.state], "like": 4711, "url": PAGE,
        }
        for one in said
    ]  # fmt: skip
    tables = {
        "Comment": rows,
        "Counter": [],
        "Users": [{"objectId": 1, "email": "x@mail.example", "password": "s3cret"}],
    }
    return _json({"errno": 0, "errmsg": "", "data": {"type": "waline", "version": 1, "time": 1, "data": tables}})


def artalk(said):
    """Artrans: every value is a string; times have an offset."""
    return _json([
        {
            "id": str(one.id), "rid": str(one.parent), "content": one.words, "ua": "Browser/99", "ip": "203.0.113.9",
            "created_at": f"{one.when + timedelta(hours=8):%Y-%m-%d %H:%M:%S} +0800", "is_collapsed": "false",
            "updated_at": "2026-11-20 00:00:00 +0800", "is_pending": str(one.state != "shown").lower(),
            "vote_up": "4711", "vote_down": "0", "nick": one.name, "email": "ada@mail.example", "link": one.site,
            "password": "s3cret", "page_key": PAGE, "page_title": TITLE, "site_name": "News", "site_urls": HOST,
        }
        for one in said
    ])  # fmt: skip


def twikoo(said):
    """Rows of the table; `uid` is what the server takes for the proof of who is asking."""
    return _json([
        {
            "_id": str(one.id), "uid": "s3cret", "nick": one.name, "mail": "ada@mail.example", "mailMd5": "4711",
            "link": one.site, "ua": "Browser/99", "ip": "203.0.113.9", "master": False, "url": PAGE,
            "href": HOST + PAGE, "comment": f"<p>{one.words}</p>", "pid": str(one.parent or ""), "rid": "",
            "isSpam": one.state != "shown", "created": int(one.when.timestamp() * 1000), "updated": 1,
        }
        for one in said
    ])  # fmt: skip


def giscus(said):
    """GitHub's threads are two levels deep: whatever answers stands in its thread's replies."""
    nodes = {one.id: _github_node(one) for one in said}
    first = {}
    for one in said:
        first[one.id] = first.get(one.parent, one.id)
        if one.parent:
            nodes[one.id]["replyTo"] = {"id": str(one.parent)}
            nodes[first[one.id]]["replies"]["nodes"].append(nodes[one.id])
    comments = {"totalCount": len(said), "nodes": [nodes[one.id] for one in said if first[one.id] == one.id]}
    thread = {
        "id": "D_1", "number": 3, "title": PAGE, "url": "https://github.com/o/r/discussions/3",
        "body": f"# {TITLE}\n\nShort.\n\n{HOST}{PAGE}\n\n<!-- sha1: 00 -->", "comments": comments,
    }  # fmt: skip
    return _json({"data": {"repository": {"discussions": {"nodes": [thread]}}}})


def _github_node(one):
    author = {"login": one.name, "avatarUrl": "picture-of-me", "url": one.site}
    return {
        "id": str(one.id), "createdAt": one.iso, "lastEditedAt": None, "deletedAt": one.iso if one.gone else None,
        "isMinimized": one.state == "hidden", "bodyHTML": f"<p>{one.words}</p>", "upvoteCount": 4711, "author": author,
        "replies": {"totalCount": 0, "nodes": []},
    }  # fmt: skip


def mastodon(said):
    """A status and its context; each answer answers the status or another."""
    visibility = {"shown": "public", "hidden": "private", "deleted": "direct"}
    statuses = [
        {
            "id": str(one.id), "in_reply_to_id": str(one.parent or 100), "uri": f"https://social.example/{one.id}",
            "created_at": one.iso, "edited_at": None, "visibility": visibility[one.state], "spoiler_text": "",
            "account": {"acct": "ada", "display_name": one.name, "url": one.site, "avatar_static": "picture-of-me"},
            "content": f"<p>{one.words}</p>", "favourites_count": 4711,
        }
        for one in said
    ]  # fmt: skip
    status = {
        "id": "100",
        "uri": "https://social.example/users/us/statuses/100",
        "url": "https://social.example/@us/100",
    }
    return _json({"status": status, "context": {"ancestors": [], "descendants": statuses}})


ROOT = "at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/root"


def bluesky(said):
    """Nodes within nodes, as deep as the thread is; the author's page is the service's own."""
    root = {"post": {"uri": ROOT, "author": {"did": ROOT[5:37], "handle": "us.example"}, "record": {}}, "replies": []}
    nodes = {0: root}
    for one in said:
        did = "did:plc:" + "b" * 24
        labels = [] if one.state == "shown" else [{"val": "spam"}]
        post = {
            "uri": f"at://{did}/app.bsky.feed.post/{one.id}", "cid": "c", "indexedAt": one.iso, "likeCount": 4711,
            "author": {"did": did, "handle": "ada.example", "displayName": one.name, "avatar": "picture-of-me"},
            "record": {"text": one.words, "createdAt": one.iso}, "labels": labels,
        }  # fmt: skip
        nodes[one.id] = {"$type": "app.bsky.feed.defs#threadViewPost", "post": post, "replies": []}
        nodes[one.parent]["replies"].append(nodes[one.id])
    return _json({"thread": root})


def utterances(said):
    """Issues know no answers: everything stands below the post."""
    comments = [
        {
            "id": one.id, "user": {"login": one.name, "html_url": one.site, "avatar_url": "picture-of-me"},
            "created_at": one.iso, "updated_at": one.iso, "body": one.words, "reactions": {"total_count": 4711},
        }
        for one in said
    ]  # fmt: skip
    issue = {"number": 3, "title": PAGE.strip("/"), "body": f"# {TITLE}\n\n[{HOST}{PAGE}]({HOST}{PAGE})", "comments": 1}
    return _json([{"issue": issue, "comments": comments}])


def _json(value):
    return json.dumps(value).encode()


WRITERS = {
    "disqus": disqus, "wordpress": wxr, "remark42": remark42, "commento": commento, "comentario": comentario,
    "waline": waline, "artalk": artalk, "twikoo": twikoo, "giscus": giscus, "mastodon": mastodon, "bluesky": bluesky,
    "utterances": utterances,
}  # fmt: skip
EVERY = sorted({*WRITERS, "isso"})
THREADED = [name for name in EVERY if name != "utterances"]
HIDING = [name for name in THREADED if name != "remark42"]
"""Remark42 deletes what is spam."""
VOUCHING, TYPING = ("disqus", "commento", "comentario"), ("wordpress", "isso", "waline", "artalk", "twikoo")
"""Whose exports, as they are written above, have a mail: of an account, or as anybody typed it."""
DELETING = ("disqus", "isso", "remark42", "commento", "comentario", "giscus")
"""Those that keep what was deleted, and say so."""


@pytest.fixture
def read(tmp_path):
    """Write comments as a service does, and read them as we do: the one discussion."""
    connections = []

    def read(name, *said):
        path = tmp_path / f"an export of {name}, 100% ä?#.bin"
        if name == "isso":
            path.unlink(missing_ok=True)
            connections.append(isso(said, path))
        else:
            path.write_bytes(WRITERS[name](said))
        pages = list(EXPORTS[name].read(path))
        assert len(pages) == 1, pages
        return pages[0]

    yield read
    for connection in connections:
        connection.close()


def own(name, number):
    """The id that a comment gets."""
    return f"bluesky-{'b' * 24}-{number}" if name == "bluesky" else f"{name}-{number}"


def tree(name, discussion):
    """Number of each comment -> number of what it answers."""
    number = {own(name, n): n for n in range(200)} | {"": 0}
    return {number[comment.id]: number[comment.parent] for comment in discussion.comments}


def words(comment):
    """Whatever a comment says, however it is kept."""
    assert not (comment.text and comment.html)
    return comment.text or comment.html


def test_every_service_that_is_read_here_is_tested():
    """A new row of EXPORTS needs a writer above."""
    assert EVERY == sorted(EXPORTS)
    assert [name for name, export in EXPORTS.items() if not (export.title and export.says)] == []


@pytest.mark.parametrize("name", EVERY)
def test_a_comment_has_its_writer_its_words_and_its_moment(name, read):
    """Whole seconds in UTC, whatever the service writes; and the page is named."""
    discussion = read(name, Said(1, words="Grüße, 世界 🌍", name="Ünsal  Öz\n"))
    comment = discussion.comments[0]

    assert (own(name, 1), "", "Ünsal Öz", "2026-11-02T09:15:00Z") == (
        comment.id,
        comment.parent,
        comment.name,
        comment.date,
    )
    assert "Grüße, 世界 🌍" in words(comment)
    assert (comment.deleted, comment.edited) == (False, "")
    if name == "bluesky":
        assert (ROOT, "https://bsky.app/profile/us.example/post/root") == (discussion.keys[0], discussion.keys[2])
    elif name == "mastodon":
        assert "https://social.example/@us/100" == discussion.keys[0]
    else:
        assert discussion.keys[0] in (PAGE, HOST + PAGE, PAGE.strip("/"))
        assert comment.site == ("" if name in ("disqus", "remark42") else "https://ada.example/")


@pytest.mark.parametrize("name", THREADED)
def test_answers_hang_where_they_were_given(name, read):
    """Also where an answer stands before what it answers, or answers nothing that exists."""
    discussion = read(name, Said(1), Said(2, 1), Said(3, 2), Said(4, 1), Said(5))

    assert {1: 0, 2: 1, 3: 2, 4: 1, 5: 0} == tree(name, discussion)


@pytest.mark.parametrize("name", THREADED)
def test_a_thread_of_any_depth_is_read(name, read):
    """Sixty levels, each below the one before."""
    discussion = read(name, *(Said(n, n - 1) for n in range(1, 61)))

    assert {n: n - 1 for n in range(1, 61)} == tree(name, discussion)


@pytest.mark.parametrize("name", HIDING)
def test_what_readers_did_not_see_is_left_out_and_answers_move_up(name, read):
    """Spam, waiting, trash, minimised: nothing of it stays, not even its id."""
    hidden = Said(2, 1, "Buy pills", "Spammer", state="hidden")
    discussion = read(name, Said(1), hidden, Said(3, 2), Said(4, 2, state="hidden"), Said(5, 4))

    assert {1: 0, 3: 1, 5: 1} == tree(name, discussion)
    assert "pills" not in repr(discussion) and "Spammer" not in repr(discussion)


@pytest.mark.parametrize("name", DELETING)
def test_what_was_deleted_stays_only_where_it_was_answered(name, read):
    """Without words, name, page and account."""
    gone = Said(2, 1, "What I regret", "Regretful", state="deleted")
    discussion = read(name, Said(1), gone, Said(3, 2), Said(4, 1, state="deleted"), Said(5, 4, state="deleted"))
    left = discussion.comments[1]

    assert {1: 0, 2: 1, 3: 2} == tree(name, discussion)
    assert (True, "", "", "", "", "", "") == (
        left.deleted, left.name, left.site, left.account, left.mail, left.text, left.html,
    )  # fmt: skip
    assert "regret" not in repr(discussion).lower()


@pytest.mark.parametrize("name", EVERY)
def test_a_page_that_would_run_is_no_page(name, read):
    """`javascript:` is dropped; a script in the words stays words, for the renderer to make harmless."""
    sites = (
        "javascript:alert(1)",
        "\tJaVaScRiPt:alert(1)",
        "data:text/html,x",
        "https://a@b.example/",
        "//x.example",
        "javascript://x.example/%0aalert(1)",
        "http://[",
    )
    discussion = read(name, *(Said(n, site=site, words="<script>alert(1)</script>") for n, site in enumerate(sites, 1)))

    assert {"https://bsky.app/profile/did:plc:" + "b" * 24 if name == "bluesky" else ""} == {
        comment.site for comment in discussion.comments
    }
    assert all("alert(1)" in words(comment) for comment in discussion.comments)


@pytest.mark.parametrize("name", EVERY)
def test_nothing_private_is_kept(name, read):
    """No network address, browser, face, vote, password or token; a mail stands in `mail` or `typed` alone."""
    discussion = read(name, Said(1), Said(2, 1 if name in THREADED else 0))
    bare = [comment._replace(mail="", typed="") for comment in discussion.comments]

    assert [
        secret for secret in (*SECRETS, "ada@mail.example") if secret in repr((discussion.keys, discussion.title, bare))
    ] == []
    mails = {(comment.mail, comment.typed) for comment in discussion.comments}
    assert mails == {
        ("ada@mail.example", "") if name in VOUCHING else ("", "ada@mail.example") if name in TYPING else ("", "")
    }


@pytest.mark.parametrize("name", EVERY)
def test_a_file_read_twice_says_the_same(name, read):
    """Nothing depends on the moment, or on the order of a set."""
    said = [Said(1), Said(2, 1), Said(3, 1, state="hidden"), Said(4, 3)] if name in THREADED else [Said(1), Said(2)]

    assert read(name, *said) == read(name, *said)


# Each service's own


def test_an_isso_database_in_use_is_read_without_a_change(tmp_path):
    """What its log holds and the file does not is there too; and the file stays as it is."""
    path = tmp_path / "comments.db"
    connection = isso([Said(1)], path)
    before, log = path.read_bytes(), (tmp_path / "comments.db-wal").read_bytes()
    pages = list(EXPORTS["isso"].read(path))
    after = path.read_bytes(), (tmp_path / "comments.db-wal").read_bytes()
    connection.close()

    assert b"Words" not in before and b"Words" in log
    assert ["Words"] == [comment.text for page in pages for comment in page.comments]
    assert (before, log) == after


def test_an_isso_database_is_opened_for_reading_only(tmp_path):
    """A copy with the log beside it stays a copy with a log: whoever may write folds one into the other."""
    connection = isso([Said(1)], tmp_path / "comments.db")
    for name in ("comments.db", "comments.db-wal"):
        (tmp_path / f"copy-{name}").write_bytes((tmp_path / name).read_bytes())
    connection.close()
    before = (tmp_path / "copy-comments.db").read_bytes(), (tmp_path / "copy-comments.db-wal").read_bytes()
    (page,) = EXPORTS["isso"].read(tmp_path / "copy-comments.db")

    assert "Words" == page.comments[0].text
    assert before == ((tmp_path / "copy-comments.db").read_bytes(), (tmp_path / "copy-comments.db-wal").read_bytes())


def test_an_isso_account_is_what_its_api_calls_the_author(tmp_path):
    """The hash of the mail, as 0.14 makes it; never one of the network address, which can be found by trying."""
    with isso([Said(1), Said(2)], tmp_path / "comments.db") as connection:
        connection.execute("UPDATE comments SET email = NULL WHERE id = 1")
        connection.execute("UPDATE comments SET email = 'a@b.example', modified = created + 60 WHERE id = 2")
    one, two = next(iter(EXPORTS["isso"].read(tmp_path / "comments.db"))).comments
    connection.close()

    assert ("", "isso/9294c2ce46a6") == (one.account, two.account)
    assert ("", "2026-11-02T09:17:00Z") == (one.edited, two.edited)


def test_isso_words_that_are_no_text_lose_nothing(tmp_path):
    """Half a character in one comment does not stop the others."""
    with isso([Said(1), Said(2)], tmp_path / "comments.db") as connection:
        connection.execute("UPDATE comments SET text = CAST(x'61ff62' AS TEXT) WHERE id = 1")
    page = next(iter(EXPORTS["isso"].read(tmp_path / "comments.db")))
    connection.close()

    assert ["a\ufffdb", "Words"] == [comment.text for comment in page.comments]


def pages(path, name, written):
    """Write bytes or a value of JSON, and read them."""
    path.write_bytes(written if isinstance(written, bytes) else _json(written))
    return list(EXPORTS[name].read(path))


def disqus_threads(*threads):
    """An export with one comment in each thread: (identifier, link)."""
    made = "".join(
        f'''<thread dsq:id="{n}"><id>{key}</id><link>{escape(link)}</link><title>T{n}</title></thread>
        <post dsq:id="{10 + n}"><message>M</message><createdAt>2026-11-02T09:14:00Z</createdAt>
        <isDeleted>false</isDeleted><isSpam>false</isSpam>
        <author><name>A</name><isAnonymous>true</isAnonymous><username>a</username></author>
        <thread dsq:id="{n}"/></post>'''
        for n, (key, link) in enumerate(threads)
    )
    return f'<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">{made}</disqus>'.encode()


@pytest.mark.parametrize(
    "threads, expected",
    [
        ([("", "https://a.example/x/"), ("", "https://a.example/y/")], [["10"], ["11"]]),
        ([("", "https://a.example/x/"), ("", "http://b.example/x?utm=1&y=2")], [["10", "11"]]),
        ([("k", "https://a.example/x/"), ("k", "https://a.example/renamed/")], [["10", "11"]]),
        (
            [("k", "https://a.example/x/"), ("j", "https://a.example/x/"), ("j", "https://a.example/z/")],
            [["10", "11", "12"]],
        ),
        ([("", "https://a.example/?p=1"), ("", "https://a.example/?p=2")], [["10"], ["11"]]),
        ([("", ""), ("", "")], [["10"], ["11"]]),
        ([("", "http://[")], [["10"]]),
    ],
)
def test_disqus_threads_of_one_page_become_one(tmp_path, threads, expected):
    """By the site's own name for the page and the path of its address; an empty name names none, `/?p=1` its own."""
    found = pages(tmp_path / "d.xml", "disqus", disqus_threads(*threads))

    assert expected == [[comment.id.removeprefix("disqus-") for comment in page.comments] for page in found]


def test_disqus_names_a_page_by_what_the_site_called_it_first(tmp_path):
    """Then by path, address and title; who wrote without an account has none."""
    page = pages(tmp_path / "d.xml", "disqus", disqus_threads(("3f2b0c", "https://a.example/x/")))[0]

    assert ("3f2b0c", "/x/", "https://a.example/x/", "T0") == page.keys
    assert "" == page.comments[0].account


def test_a_deleted_disqus_thread_is_left_out(tmp_path):
    """With all that was said in it."""
    written = disqus_threads(("", "https://a.example/x/")).replace(
        b"</title></thread>", b"</title><isDeleted>true</isDeleted></thread>"
    )

    assert [] == pages(tmp_path / "d.xml", "disqus", written)


def test_a_wordpress_export_that_is_not_well_formed_is_read(tmp_path):
    """Bare ampersands, control characters, entities of HTML, a prefix that nobody declared: outside CDATA and in it."""
    broken = (
        wxr([Said(1, words="A & B &amp; &nbsp; \x0b <b>fat</b>", name="Tom & \x08Jerry")])
        .replace(b' xmlns:wp="http://wordpress.org/export/1.2/"', b"")
        .replace("<title>What".encode(), b"<title>A & B&nbsp;&#0;&#65; \x1f What")
    )
    page = pages(tmp_path / "w.xml", "wordpress", broken)[0]

    assert page.title.startswith("A & B A What")
    assert ("Tom & Jerry", "<p>A & B &amp; &nbsp;  <b>fat</b></p>") == (page.comments[0].name, page.comments[0].html)


@pytest.mark.parametrize(
    "kind, approved", [("pingback", "1"), ("trackback", "1"), ("order_note", "1"), ("", "0"), ("", "post-trashed")]
)
def test_wordpress_says_more_than_comments(tmp_path, kind, approved):
    """Pingbacks, notes of plugins and what waits are left out; an empty type is a comment."""
    written = wxr([Said(1), Said(2, 1)]).replace(b"<wp:comment_type>comment<", f"<wp:comment_type>{kind}<".encode(), 1)
    written = written.replace(b"approved>1<", f"approved>{approved}<".encode(), 1)
    page = pages(tmp_path / "w.xml", "wordpress", written)[0]

    assert {2: 0} == tree("wordpress", page)


def test_wordpress_without_a_time_in_utc_gives_its_own(tmp_path):
    """Zeros are how it writes that it has none."""
    written = wxr([Said(1)]).replace(b"gmt>2026-11-02 09:15:00<", b"gmt>0000-00-00 00:00:00<")

    assert "2026-11-02T11:15:00Z" == pages(tmp_path / "w.xml", "wordpress", written)[0].comments[0].date


def test_wordpress_knows_who_has_an_account(tmp_path):
    """0 is nobody."""
    written = wxr([Said(1)]).replace(b"user_id>0<", b"user_id>7<")

    assert "wordpress/7" == pages(tmp_path / "w.xml", "wordpress", written)[0].comments[0].account


def test_remark42_keeps_what_its_readers_saw(tmp_path):
    """HTML, and when it was edited; a name is kept there as HTML, and is none here."""
    about, row = remark42([Said(1, name="<b>Tom</b> & Co")]).splitlines()
    edited = json.loads(row) | {"edit": {"time": "2026-11-02T12:00:00.5+02:00", "summary": ""}}
    comment = pages(tmp_path / "r", "remark42", about + b"\n" + _json(edited))[0].comments[0]

    assert ("<b>Tom</b> & Co", "<p>Words</p>", "remark42/github_ada") == (comment.name, comment.html, comment.account)
    assert "2026-11-02T10:00:00Z" == comment.edited


def test_commento_and_comentario_tell_each_other_apart(tmp_path):
    """The error names the version that is there."""
    wrong = bad(tmp_path / "c", "commento", comentario([Said(1)]))

    assert 'the file says "version": 3, where "version": 1 and "comments" belong' == wrong.message


def test_who_has_no_account_at_commento_has_none_here(tmp_path):
    """Everybody who is anonymous shares one number there."""
    one = json.loads(commento([Said(1)]))
    one["comments"][0]["commenterHex"] = "anonymous"

    assert ("", "") == pages(tmp_path / "c", "commento", one)[0].comments[0][3:5]


def test_remark42_and_isso_answers_may_be_trees():
    """As their interfaces give them: `{comment, replies}`, and `replies` in each; with a hash in place of a mail."""
    row = json.loads(remark42([Said(1)]).splitlines()[1])
    made = remark42_format.thread([{"comment": row, "replies": [{"comment": row | {"id": "2", "pid": "1"}}]}]).comments
    answer = {"id": 5, "parent": 4, "created": 1793610841.5, "mode": 1, "text": "*x*", "author": None, "hash": "6fab3c"}
    root = answer | {"id": 4, "parent": None, "created": 1793610840.0, "replies": [answer]}
    isso_made = isso_format.thread([root]).comments

    assert [("remark42-1", ""), ("remark42-2", "remark42-1")] == [(comment.id, comment.parent) for comment in made]
    assert [("isso-4", ""), ("isso-5", "isso-4")] == [(comment.id, comment.parent) for comment in isso_made]
    assert ("isso/6fab3c", "", "*x*") == (isso_made[1].account, isso_made[1].name, isso_made[1].text)


def test_waline_knows_its_accounts(tmp_path):
    """The table of users says more than the row; the file may stand without the answer around it."""
    whole = json.loads(waline([Said(1)]))["data"]
    whole["data"]["Comment"][0] |= {"user_id": 5, "insertedAt": {"__type": "Date", "iso": "2026-11-02T09:15:00.000Z"}}
    whole["data"]["Users"] = [
        {"objectId": 5, "display_name": "Maya", "email": "m@n.example", "url": "https://m.example"}
    ]
    comment = pages(tmp_path / "w.json", "waline", whole)[0].comments[0]

    assert ("Maya", "https://m.example", "waline/5", "m@n.example") == comment[2:6]
    assert "2026-11-02T09:15:00Z" == comment.date


def test_giscus_prefers_markdown_and_bears_who_has_left(tmp_path):
    """Somebody without an account at GitHub has no name, and is still there."""
    whole = json.loads(giscus([Said(1)]))
    node = whole["data"]["repository"]["discussions"]["nodes"][0]["comments"]["nodes"][0]
    node |= {"author": None, "body": "**Words**", "lastEditedAt": "2026-11-03T00:00:00Z"}
    page = pages(tmp_path / "g.json", "giscus", [whole, whole["data"]])[0]

    assert ("**Words**", "", "", "") == (
        page.comments[0].text,
        page.comments[0].html,
        page.comments[0].name,
        page.comments[0].account,
    )
    assert (PAGE, HOST + PAGE) == page.keys


def test_github_accounts_are_one_for_both_its_services(read):
    """A person declares `github` once."""
    assert (
        "github/ada"
        == read("giscus", Said(1, name="ada")).comments[0].account
        == read("utterances", Said(1, name="ada")).comments[0].account
    )


def test_issues_are_read_with_their_comments_in_them_too(tmp_path):
    """A pull request is no thread; a number in place of the comments is an error that says so."""
    entry = json.loads(utterances([Said(1)]))[0]
    inside = entry["issue"] | {"comments": entry["comments"]}

    assert 1 == len(pages(tmp_path / "u.json", "utterances", [inside, inside | {"pull_request": {}, "title": "x"}]))
    assert "is their number" in bad(tmp_path / "u.json", "utterances", [entry["issue"]]).message


def test_mastodon_names_the_server_of_its_own_people(tmp_path):
    """`acct` does not; a warning stands before the words; a bare context says its status by `uri`."""
    whole = json.loads(mastodon([Said(1, site="https://social.example/@ada"), Said(2)]))
    one, two = whole["context"]["descendants"]
    one["spoiler_text"], two["account"]["acct"] = "Spiders & more", "bo@other.example"
    page = pages(tmp_path / "m.json", "mastodon", [whole["context"] | {"uri": whole["status"]["uri"]}])[0]

    assert ["mastodon/ada@social.example", "mastodon/bo@other.example"] == [
        comment.account for comment in page.comments
    ]
    assert "<p><strong>Spiders &amp; more</strong></p><p>Words</p>" == page.comments[0].html
    assert ("https://social.example/users/us/statuses/100",) == page.keys


def test_bluesky_links_what_its_writer_linked(tmp_path):
    """By bytes, not characters; an address that would run, or places that do not fit, stay text. No date lies ahead."""
    whole = json.loads(bluesky([Said(1, words="ä <b> see\nhere")]))
    post = whole["thread"]["replies"][0]["post"]

    def facet(start, end, uri):
        return {"index": {"byteStart": start, "byteEnd": end}, "features": [{"uri": uri}]}

    post["record"] |= {"createdAt": "2099-01-01T00:00:00Z", "facets": [
        facet(7, 10, 'https://a.example/?x="&y'), facet(8, 12, "https://b.example"), facet(11, 15, "javascript:x"),
        facet(11, 99, "https://c.example"), facet(-3, 2, "https://d.example"),
    ]}  # fmt: skip
    comment = pages(tmp_path / "b.json", "bluesky", whole)[0].comments[0]

    assert '<p>ä &lt;b&gt; <a href="https://a.example/?x=&quot;&amp;y">see</a><br>\nhere</p>' == comment.html
    assert ("2026-11-02T09:15:00Z", "bluesky/did:plc:" + "b" * 24) == (comment.date, comment.account)


@pytest.mark.parametrize("claimed", ["nonsense", "2026-02-31T00:00:00Z", None, ""])
def test_a_bluesky_date_that_is_none_loses_nothing(tmp_path, claimed):
    """Anybody may write anything there; the service's own counts then."""
    whole = json.loads(bluesky([Said(1)]))
    whole["thread"]["replies"][0]["post"]["record"]["createdAt"] = claimed

    assert "2026-11-02T09:15:00Z" == pages(tmp_path / "b.json", "bluesky", whole)[0].comments[0].date


def test_what_bluesky_does_not_show_to_everybody_is_left_out(tmp_path):
    """Posts that are gone or blocked, and people who ask not to be shown without an account."""
    whole = json.loads(bluesky([Said(1), Said(2)]))
    one = whole["thread"]["replies"][0]
    one["post"]["author"]["labels"] = [{"val": "!no-unauthenticated"}]
    whole["thread"]["replies"] += [
        {"uri": "at://x", "notFound": True},
        {"uri": "at://y", "blocked": True, "author": {}},
    ]

    assert {2: 0} == tree("bluesky", pages(tmp_path / "b.json", "bluesky", whole)[0])


# What all share


def test_words_can_be_written_to_a_file(read):
    """No control characters, no half characters, ends of lines as ours."""
    comment = read("artalk", Said(1, words="\r\nOne\r\ntwo\x00\x85 \ud83d three\u2028four\r")).comments[0]

    assert "One\ntwo \ufffd three\nfour" == comment.text


# Files that are none


def bad(path, name, written):
    """The one problem with a file."""
    with pytest.raises(NewsroomError) as caught:
        pages(path, name, written)
    (wrong,) = caught.value.problems
    assert ("bad-export", path.as_posix(), f"give {EXPORTS[name].says}") == (
        wrong.code,
        wrong.location.path,
        wrong.hint,
    )
    return wrong


WRONG = {
    "empty": b"", "words": b"Dear all,\nplease find attached\n", "zeros": bytes(5000), "json": b'{"a": 1}',
    "numbers": b"[1, 2]", "null": b"null", "list": b"[[]]", "xml": b"<a><b/></a>",
    "feed": b'<rss version="2.0"><channel><item/></channel></rss>',
    "database": b"SQLite format 3\0" + bytes(4080), "latin": b'["\xe4"]', "deep": b"[" * 100_000, "digits": b"9" * 5000,
    "packed": gzip.compress(b"x" * 9999, mtime=0)[:-20], "header": b"\x1f\x8b",
    "noise": b"\x1f\x8b\x08" + bytes(range(200)),
}  # fmt: skip


@pytest.mark.parametrize("name, kind", list(product(EVERY, WRONG)))
def test_a_file_of_another_kind_is_refused(tmp_path, name, kind):
    """With its name and what was expected; nothing is raised but that."""
    bad(tmp_path / "export", name, WRONG[kind])


@pytest.mark.parametrize("name", EVERY)
def test_a_folder_or_nothing_at_all_is_refused(tmp_path, name):
    """Likewise."""
    for path, says in ((tmp_path, "this is a folder"), (tmp_path / "none", "cannot be read: No such file")):
        with pytest.raises(NewsroomError) as caught:
            EXPORTS[name].read(path)
        assert says in caught.value.problems[0].message


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_that_was_cut_off_is_refused(tmp_path, name):
    """Wherever it was: half an export must not pass for a whole one."""
    whole = WRITERS[name]([Said(n) for n in range(1, 9)])
    wrong = bad(tmp_path / "export", name, whole[: len(whole) * 2 // 3])

    assert wrong.location.line > 0


@pytest.mark.parametrize("name", WRITERS)
def test_a_packed_file_is_read_whatever_it_is_called(tmp_path, name):
    """gzip shows in its first bytes."""
    whole = WRITERS[name]([Said(1)])

    assert pages(tmp_path / "plain", name, whole) == pages(tmp_path / "packed.xml", name, gzip.compress(whole))


@pytest.mark.parametrize("name", ["disqus", "remark42", "artalk"])
def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(tmp_path, name, monkeypatch):
    """After the first bytes too many: one gigabyte, or here a little more than one piece."""
    monkeypatch.setattr(files, "LIMIT", files.CHUNK + 1)
    whole = WRITERS[name]([Said(n, words=" " * 100_000) for n in range(1, 40)])

    assert "the file holds more than 1,048,577 bytes" in bad(tmp_path / "bomb", name, gzip.compress(whole)).message


@pytest.mark.parametrize("name", ["disqus", "wordpress"])
def test_a_document_type_is_refused(tmp_path, name):
    """And with it entities that grow, and those that fetch."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>\n'
    whole = WRITERS[name]([Said(1, words="&a;&b;")])
    wrong = bad(tmp_path / "x.xml", name, whole.replace(b"?>\n", b"?>\n" + bomb, 1))

    assert ("the file declares a document type, which no export does", 2) == (wrong.message, wrong.location.line)


def test_a_comment_that_cannot_be_read_names_its_line(tmp_path):
    """Where the format has lines; the others are read."""
    about, one, two = remark42([Said(1), Said(2)]).splitlines()
    two = two.replace(b"2026-11-02T09:16", b"2026-11-99T09:16")
    (page,) = pages(tmp_path / "r", "remark42", b"\n".join((about, b"", one, two)))

    assert ["remark42-1"] == [comment.id for comment in page.comments]
    assert ('remark42-2: "2026-11-99T09:16:00+00:00" is no date and time (line 4)',) == page.skipped


def _bad_date(name, written, when):
    """An export whose second comment has no date that can be read."""
    second = Said(2)
    forms = {
        "commento": second.when.isoformat(), "comentario": second.when.isoformat(), "remark42": second.when.isoformat(),
        "wordpress": f"{second.when:%Y-%m-%d %H:%M:%S}", "waline": f"{second.when:%Y-%m-%d %H:%M:%S}",
        "artalk": "2026-11-02 17:16:00 +0800", "twikoo": str(int(second.when.timestamp() * 1000)),
    }  # fmt: skip
    old = forms.get(name, second.iso).encode()
    assert old in written
    return written.replace(old, when if name != "twikoo" else b'"' + when + b'"')


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("when", [b"not a date", b"1599-12-31T23:59:59Z", b"3000-01-01T00:00:00Z"])
def test_a_comment_without_a_date_that_can_be_read_costs_only_itself(tmp_path, name, when):
    """Its answers hang on what it answered; what was left out is told by its id."""
    said = [Said(1), Said(2, 1), Said(3, 2)] if name in THREADED else [Said(1), Said(2), Said(3)]
    (page,) = pages(tmp_path / "export", name, _bad_date(name, WRITERS[name](said), when))

    assert {1: 0, 3: 1 if name in THREADED else 0} == tree(name, page)
    (why,) = page.skipped
    assert why.startswith(f"{own(name, 2)}: ") and "no date and time" in why


def test_an_isso_comment_of_another_age_costs_only_itself(tmp_path):
    """Numbers are bounded as texts are: seconds since 1970, in the year 9999."""
    with isso([Said(1), Said(2, 1), Said(3, 2)], tmp_path / "comments.db") as connection:
        connection.execute("UPDATE comments SET created = 253402300799 WHERE id = 2")
    (page,) = EXPORTS["isso"].read(tmp_path / "comments.db")
    connection.close()

    assert {1: 0, 3: 1} == tree("isso", page)
    assert ('isso-2: "253402300799.0" is no date and time',) == page.skipped


@pytest.mark.parametrize(
    "name, old, new",
    [
        ("disqus", b"<isAnonymous>false</isAnonymous>\n<username>", b"<isAnonymous>true</isAnonymous>\n<username>"),
        ("disqus", b"<username>ada</username>", b""),
        ("commento", b'"commenterHex": "11"', b'"commenterHex": "anonymous"'),
        ("comentario", b'"u1"', b'"00000000-0000-0000-0000-000000000000"'),
    ],
)
def test_a_mail_that_no_account_has_was_typed(tmp_path, name, old, new):
    """Anybody can be anonymous, and write any address."""
    written = WRITERS[name]([Said(1)])
    assert old in written
    comment = pages(tmp_path / "export", name, written.replace(old, new))[0].comments[0]

    assert ("", "") == (comment.mail, comment.account)


def test_a_mail_of_an_account_is_vouched_for(tmp_path):
    """WordPress checks it; Waline's own is in the table of accounts, and the row's is typed all the same."""
    written = wxr([Said(1)]).replace(b"user_id>0<", b"user_id>7<")
    whole = json.loads(waline([Said(1), Said(2)]))["data"]
    whole["data"]["Comment"][0] |= {"user_id": 1}
    made = [*pages(tmp_path / "w", "wordpress", written), *pages(tmp_path / "l", "waline", whole)]

    assert [("ada@mail.example", ""), ("x@mail.example", "ada@mail.example"), ("", "ada@mail.example")] == [
        (comment.mail, comment.typed) for page in made for comment in page.comments
    ]


@pytest.mark.parametrize(
    "change, says",
    [
        ('"id": "1"|"id": ""', "a comment has no id"),
        ('"id": "1"|"id": {"x": 1}', '"id" holds an object, where text belongs'),
        ('"content": "Words"|"content": ["x"]', '"content" holds a list, where text belongs'),
        ('"created_at": "2026|"created_at": "20x6', "is no date and time"),
        ('"created_at": "2026-11-02 17:15:00 +0800"|"created_at": null', "artalk-1: it has no date"),
        ('"page_key"|"key"', 'a comment does not say "page_key"'),
    ],
)
def test_a_file_without_one_comment_that_can_be_read_is_refused(tmp_path, change, says):
    """In words about the file."""
    old, new = change.split("|")
    whole = artalk([Said(1)]).decode()
    assert old in whole

    assert says in bad(tmp_path / "a.json", "artalk", whole.replace(old, new).encode()).message


@pytest.mark.parametrize("name", ["giscus", "waline"])
def test_an_answer_that_is_an_error_is_told(tmp_path, name):
    """In the service's own words, on one line."""
    refused = {
        "giscus": {"errors": [{"message": "Bad\ncredentials"}]},
        "waline": {"errno": 403, "errmsg": "Bad credentials"},
    }

    assert 'answered with an error: "Bad credentials"' in bad(tmp_path / "x", name, refused[name]).message
