"""`newsroom comments`: what it writes, what it says, and what it leaves alone."""

import json
import os
import re
import sqlite3
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from newsroom.commands.comments import pull
from newsroom.comments.exports import EXPORTS
from newsroom.errors import NewsroomError
from newsroom.verbs import SOURCES

POST = "---\ntitle: {title}\nauthors: [maya]\ndate: 2026-11-0{day}\nid: {id}\n{more}---\nWords\n"
SITE = {
    "content/people/maya.md": "---\nname: Maya Okafor\naccounts: {isso: 77aa01, mail: Maya@northwind.example}\n---\nBio\n",
    "content/posts/2026/a.md": POST.format(title="A lens", day=2, id="a1", more=""),
    "content/posts/2026/b/index.md": POST.format(title="B side", day=3, id="b2", more="aliases: [/blog/old/]\n"),
}
A, B = "content/comments/2026/a.yaml", "content/comments/2026/b.yaml"


def waline(*comments):
    """An export of Waline: (id, url, words, mail) each."""
    rows = [
        {
            "objectId": id,
            "url": url,
            "nick": "Ada",
            "mail": mail,
            "comment": words,
            "status": "approved",
            "ip": "203.0.113.9",
            "insertedAt": f"2026-11-0{n + 1}T09:00:00.000Z",
            "createdAt": f"2026-11-0{n + 1}T09:00:00.000Z",
        }
        for n, (id, url, words, mail) in enumerate(comments)
    ]
    return json.dumps({"type": "waline", "version": 1, "tables": ["Comment"], "data": {"Comment": rows}})


EXPORT = waline(
    (1, "/2026/a/", "What about *ä*?", ""), (2, "/blog/old/", "<script>x</script>", "maya@northwind.example")
)


@pytest.fixture
def service():
    """An Isso that has what `threads` says: path -> comments. A thread of the value None is refused."""
    threads: dict = {}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            thread = threads.get(parse_qs(urlsplit(self.path).query)["uri"][0], [])
            self._answer(404 if thread is None else 200, {"total_replies": len(thread or []), "replies": thread})

        def do_POST(self):
            paths = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self._answer(
                200, [len(threads.get(path, [])) if threads.get(path, []) is not None else 1 for path in paths]
            )

        def _answer(self, status, value):
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    running = threading.Thread(target=server.serve_forever, args=(0.05,))
    running.start()
    yield threads, {"provider": "isso", "isso": {"url": f"http://127.0.0.1:{server.server_port}"}}
    server.shutdown()
    running.join()
    server.server_close()


def isso(id, text="Words", author="Ada", **more):
    """A comment as Isso gives it."""
    return {
        "id": id,
        "parent": None,
        "text": text,
        "author": author,
        "website": None,
        "created": 1793600000.5 + id,
        "modified": None,
        "mode": 1,
        "hash": "6fab3c",
        "likes": 0,
        "dislikes": 0,
        "replies": [],
        **more,
    }


def archives(site):
    """Every file of content/comments/, and nothing else beside it."""
    folder = site.root / "content/comments"
    return {
        path.relative_to(site.root).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


# ── import ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_import_writes_one_file_a_post(make_site, newsroom):
    """A line for each file, who may have written, a count; nothing private; and the site builds."""
    site = make_site(SITE)
    export = site.write("export.json", EXPORT)

    assert newsroom("comments", "import", "waline", export, "--site", site.root) == (
        0,
        f"{A}: 1 new\n{B}: 1 new\nsomebody wrote waline-2 with maya's address, which anybody can type: "
        f"if it was maya, add person: maya to it in {B}\n"
        "2 new in 2 files\n",
        "",
    )
    kept = archives(site)
    assert kept.keys() == {A, B}
    assert kept[A].startswith(
        '# Comments on "A lens", kept by newsroom. What you change here stays changed.\npost: a1\ncomments:\n- id: waline-1\n'
    )
    assert "person" not in kept[B] and not any("203.0" in text or "@" in text for text in kept.values())
    assert site.build().problems == ()


def test_a_second_import_says_nothing_new(make_site, newsroom):
    """And touches no file, though a person added to it."""
    site = make_site(SITE)
    export = site.write("export.json", EXPORT)
    newsroom("comments", "import", "waline", export, "--site", site.root)
    site.edit(A, "  seen:", "  ignore: by hand   # why not\n  seen:")
    before = {path: (text, (site.root / path).stat().st_mtime_ns) for path, text in archives(site).items()}

    assert newsroom("comments", "import", "waline", export, "--site", site.root) == (0, "nothing new\n", "")
    assert {path: (text, (site.root / path).stat().st_mtime_ns) for path, text in archives(site).items()} == before


def test_threads_of_no_post_are_told_with_the_next_step(make_site, newsroom):
    """On standard error, with exit code 1; what belongs somewhere is kept all the same. The step works."""
    site = make_site(SITE)
    export = site.write(
        "export.json", waline((1, "/2026/a/", "x", ""), (2, "/gone/\x1b[31m", "y", ""), (3, "/older.html", "z", ""))
    )
    code, out, err = newsroom("comments", "import", "waline", export, "--site", site.root)

    assert (code, out) == (1, f"{A}: 1 new\n1 new in 1 file\n")
    assert err.startswith("2 threads belong to no post; nothing of them was kept:\n") and "\x1b" not in err
    assert "  /older.html  (1 comment)\n" in err
    assert err.endswith(
        "hint: add the old address to its post (aliases: [/blog/old-address/]), then import the same file again\n"
    )

    site.edit("content/posts/2026/b/index.md", "[/blog/old/]", "[/blog/old/, /older.html]")
    assert newsroom("comments", "import", "waline", export, "--site", site.root)[1] == f"{B}: 1 new\n1 new in 1 file\n"


def test_a_post_that_was_renamed_keeps_its_file(make_site, newsroom):
    """The post is known by its id, not by its path."""
    site = make_site(SITE)
    newsroom("comments", "import", "waline", site.write("e.json", EXPORT), "--site", site.root)
    os.rename(site.root / "content/posts/2026/a.md", site.root / "content/posts/2026/c.md")
    more = site.write("e.json", waline((1, "/2026/a/", "What about *ä*?", ""), (5, "/2026/c/", "More", "")))

    assert newsroom("comments", "import", "waline", more, "--site", site.root)[1] == f"{A}: 1 new\n1 new in 1 file\n"
    assert archives(site).keys() == {A, B}


def test_a_file_of_another_post_is_not_written_into(make_site, newsroom):
    """It is named with its line; the other files are written."""
    site = make_site(SITE | {A: "post: zz\ncomments:\n- id: x-1\n  date: 2026-11-02\n"})
    code, out, err = newsroom("comments", "import", "waline", site.write("e.json", EXPORT), "--site", site.root)

    assert (code, out.split("\n")[0]) == (1, f"{B}: 1 new")
    assert err.startswith(f'{A}:1:7: holds the comments of another post, "zz"\n')
    assert "waline" not in archives(site)[A]


def test_a_damaged_file_is_named_and_nothing_is_written(make_site, newsroom):
    """Neither a broken export nor a broken archive leads to half an import."""
    site = make_site(SITE)
    code, out, err = newsroom("comments", "import", "waline", site.write("e.json", EXPORT[:-9]), "--site", site.root)
    assert (code, out) == (1, "") and "e.json" in err and "hint: give " in err

    site.write(A, "post: a1\ncomments:\n- id: x-1\n  date: 2026-11-02\n  ignored: spam\n")
    code, out, err = newsroom("comments", "import", "waline", site.write("e.json", EXPORT), "--site", site.root)
    assert (code, out) == (1, "") and err.startswith(f'{A}:5:3: unknown key "ignored"\n')
    assert archives(site).keys() == {A}


def test_a_folder_that_leads_out_of_the_site_is_refused(make_site, newsroom, tmp_path):
    """Nothing is written through a link."""
    site = make_site(SITE)
    (tmp_path / "away").mkdir()
    os.symlink(tmp_path / "away", site.root / "content/comments")
    export = site.write("e.json", EXPORT)
    for command in (("import", "waline", export), ("redact", "waline-1")):
        code, out, err = newsroom("comments", *command, "--site", site.root)

        assert (code, out) == (1, "") and err.startswith("content/comments: is a link")
    assert list((tmp_path / "away").iterdir()) == []


# ── pull ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_pull_keeps_what_the_service_has(make_site, newsroom, service):
    """Of public posts with comments; a second pull on the same day changes nothing."""
    threads, comments = service
    threads |= {
        "/2026/a/": [isso(1), isso(2, "Yes", "Maya", parent=1, hash="77aa01")],
        "/2026/c/": [isso(3)],
        "/2026/d/": [isso(4)],
    }
    site = make_site(
        SITE
        | {
            "content/posts/2026/c.md": POST.format(title="C", day=4, id="c3", more="draft: true\n"),
            "content/posts/2026/d.md": POST.format(title="D", day=4, id="d4", more="comments: off\n"),
        },
        comments=comments,
    )

    assert newsroom("comments", "pull", "--site", site.root) == (0, f"{A}: 2 new\n2 new in 1 file\n", "")
    kept = archives(site)
    assert kept.keys() == {A}
    assert "  reply_to: isso-1\n  name: Maya\n  account: isso/77aa01\n" in kept[A] and "\npulled: 20" in kept[A]
    assert newsroom("comments", "pull", "--site", site.root) == (0, "nothing new\n", "")
    assert archives(site) == kept


def test_a_pull_follows_what_was_changed_and_removed(make_site, newsroom, service):
    """And leaves a thread that could not be asked as it is."""
    threads, comments = service
    threads |= {"/2026/a/": [isso(1), isso(2), isso(3)], "/2026/b/": [isso(9)]}
    site = make_site(SITE, comments=comments)
    newsroom("comments", "pull", "--site", site.root)
    threads |= {"/2026/a/": [isso(1, "Better", modified=1793700000.0), isso(3)], "/2026/b/": None}
    code, out, err = newsroom("comments", "pull", "--site", site.root)

    assert (code, out) == (0, f"{A}: 1 changed, 1 removed\n1 changed, 1 removed in 1 file\n")
    assert 'warning: skipped the thread "/2026/b/"' in err
    assert "isso-2" not in archives(site)[A] and "isso-9" in archives(site)[B]


def test_a_week_later_the_files_say_that_they_are_complete_until_then(make_site, service):
    """Not each is a line: nothing was said there."""
    threads, comments = service
    threads |= {"/2026/a/": [isso(1)]}
    site = make_site(SITE, comments=comments)
    pull(site.root, now=datetime(2026, 11, 20, 9, tzinfo=UTC))

    assert pull(site.root, now=datetime(2026, 11, 26, 8, tzinfo=UTC)).lines == ("nothing new",)
    assert pull(site.root, now=datetime(2026, 11, 26, 10, tzinfo=UTC)).lines == (
        "nothing new; 1 file brought up to 2026-11-26T10:00:00Z",
    )
    assert "\npulled: 2026-11-26T10:00:00Z\n" in archives(site)[A]


def test_an_empty_server_does_not_empty_the_archive(make_site, newsroom, service):
    """A wrong address, or a database begun anew: the archive outlives it, and says so."""
    threads, comments = service
    threads |= {"/2026/a/": [isso(1), isso(2)], "/2026/b/": [isso(3)]}
    site = make_site(SITE, comments=comments)
    newsroom("comments", "pull", "--site", site.root)
    kept = archives(site)
    threads.clear()
    code, out, err = newsroom("comments", "pull", "--site", site.root)

    assert (code, out) == (
        1,
        "nothing new\n",
    ) and "isso has none of the 3 archived comments any more: they were left as they are" in err
    assert archives(site) == kept

    threads |= {"/2026/a/": [isso(1, "Spam", "Eve", created=1803600000.0)], "/2026/b/": [isso(3)]}
    code, out, err = newsroom("comments", "pull", "--site", site.root)
    assert code == 1 and f'{A}:5:7: "isso-1" is another comment at the service than in this file' in err
    assert archives(site) == kept


def test_one_post_can_be_pulled_alone(make_site, newsroom, service):
    """By its address, whole or not, by its file, or by its id."""
    threads, comments = service
    threads |= {"/2026/a/": [isso(1)], "/2026/b/": [isso(2)]}
    for address in (
        "/2026/b/",
        "https://news.example.com/2026/b/#comments",
        "content/posts/2026/b/index.md",
        "b2",
        "/blog/old",
    ):
        site = make_site(SITE, comments=comments)

        assert (
            newsroom("comments", "pull", "--post", address, "--site", site.root)[1] == f"{B}: 1 new\n1 new in 1 file\n"
        )
    assert newsroom("comments", "pull", "--post", "/2026/bb/", "--site", site.root) == (
        2,
        "",
        '--post: no public post has the address "/2026/bb/"\n'
        'hint: did you mean "/2026/b/"? Give its address: /2026/cracked-lens/\n\n1 error\n',
    )


def test_a_service_that_does_not_answer_is_told_with_its_address(make_site, newsroom):
    """Nothing is written, and the settings' line is named."""
    site = make_site(SITE, comments={"provider": "isso", "isso": {"url": "http://127.0.0.1:9"}})
    code, out, err = newsroom("comments", "pull", "--site", site.root)

    assert (code, out) == (1, "nothing new\n") and err.startswith(
        "site.toml:5:1: http://127.0.0.1:9/count gave no answer"
    )
    assert not (site.root / "content/comments").exists()


@pytest.mark.parametrize(
    ("comments", "message", "hint"),
    [
        ({}, "no comment service is set", "set provider under [comments]"),
        (
            {"provider": "disqus", "disqus": {"shortname": "nw"}},
            "the comments of Disqus cannot be pulled",
            "newsroom comments import disqus FILE",
        ),
        (
            {"provider": "mastodon", "mastodon": {"url": "https://social.example"}},
            "no public post with a thread at mastodon",
            "comments: {thread:",
        ),
    ],
)
def test_where_nothing_can_be_pulled_the_next_step_is_told(make_site, newsroom, comments, message, hint):
    """No service, one without an interface, none that a post has a thread at."""
    code, _, err = newsroom("comments", "pull", "--site", make_site(SITE, comments=comments).root)

    assert code == 1 and message in err and hint in err


# ── redact ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("arguments", "gone"),
    [
        (("isso-1",), "name and words"),
        (("#comment-isso-1", "--name"), "name"),
        (("https://news.example.com/2026/a/#comment-isso-1", "--words"), "words"),
        (("isso-1", "--words", "--name"), "name and words"),
    ],
)
def test_a_person_is_taken_out_for_good(make_site, newsroom, service, arguments, gone):
    """By id, anchor or address; the next pull brings nothing back; what is left to do is told."""
    threads, comments = service
    threads |= {"/2026/a/": [isso(1, "Secret words"), isso(2, "Fine", "Bo")]}
    site = make_site(SITE, comments=comments)
    newsroom("comments", "pull", "--site", site.root)
    code, out, err = newsroom("comments", "redact", *arguments, "--site", site.root)

    assert (code, err) == (0, "") and out.startswith(
        f"{A}: isso-1 is without its {gone}, for good\nNext: newsroom build"
    )
    for _ in range(2):
        text = archives(site)[A]
        assert ("Secret" in text, "Ada" in text, "Fine" in text) == ("words" not in gone, "name" not in gone, True)
        assert newsroom("comments", "pull", "--site", site.root)[1] == "nothing new\n"
    assert (
        newsroom("comments", "redact", *arguments, "--site", site.root)[1]
        == f"{A}: isso-1 is without its {gone} already\n"
    )


def test_an_id_that_is_not_there_is_not_guessed(make_site, newsroom):
    """Or that stands in two files; a whole address then says which."""
    row = "comments:\n- id: x-17\n  name: Ada\n  date: 2026-11-02\n"
    site = make_site(SITE | {A: f"post: a1\n{row}", B: f"post: b2\n{row}"})
    code, _, err = newsroom("comments", "redact", "x-71", "--site", site.root)
    assert code == 1 and 'no archived comment has the id "x-71"\nhint: It stands after' in err and "x-17" not in err

    code, _, err = newsroom("comments", "redact", "x-17", "--site", site.root)
    assert code == 1 and f'"x-17" is in {A} and in {B}\n' in err and "whole address" in err
    assert newsroom("comments", "redact", "/2026/b/#comment-x-17", "--site", site.root)[0] == 0
    assert ("Ada" in archives(site)[A], "Ada" in archives(site)[B]) == (True, False)


def test_a_mistake_elsewhere_does_not_keep_a_person_in(make_site, newsroom):
    """A site that does not build can still be redacted."""
    site = make_site(
        SITE | {"content/posts/x.md": "nothing", A: "post: a1\ncomments:\n- id: x-1\n  name: Ada\n  date: 2026-11-02\n"}
    )

    assert newsroom("comments", "redact", "x-1", "--site", site.root)[0] == 0
    assert "Ada" not in archives(site)[A]


# ── the command line ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_json_is_for_programs(make_site, newsroom):
    """The same facts, with the same exit codes."""
    site = make_site(SITE)
    export = site.write("e.json", waline((1, "/2026/a/", "x", ""), (2, "/gone/", "y", "")))
    code, out, err = newsroom("comments", "import", "waline", export, "--json", "--site", site.root)

    assert (code, err) == (1, "")
    assert json.loads(out) == {
        "written": [{"path": A, "new": 1, "changed": 0, "gone": 0}],
        "moved": [],
        "recognised": {},
        "unmatched": [{"keys": ["/gone/"], "title": "", "comments": 1}],
        "problems": [],
    }
    code, out, _ = newsroom("comments", "redact", "waline-1", "--name", "--json", "--site", site.root)
    assert (code, json.loads(out)) == (
        0,
        {"path": A, "id": "waline-1", "redacted": ["name"], "changed": True, "problems": []},
    )


def test_every_export_can_be_named_on_the_command_line():
    """The choices are the rows of the table, which is too slow to import for --help."""
    assert SOURCES.split() == list(EXPORTS)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ((), ""),
        (("imprt",), 'did you mean "import"?'),
        (("import", "disqs", "x"), 'did you mean "disqus"?'),
        (("import", "disqus"), ""),
        (("redact",), ""),
        (("pull", "--all"), ""),
    ],
)
def test_wrong_usage_is_exit_code_2(newsroom, arguments, hint):
    """With a guess where a word is one letter off."""
    code, out, err = newsroom("comments", *arguments)

    assert (code, out) == (2, "") and err.startswith("usage: newsroom") and hint in err


@pytest.mark.parametrize("action", ["import", "pull", "redact"])
def test_every_action_has_help_with_an_example(newsroom, action):
    """And is in the help of the command, and in the completion of shells."""
    code, out, err = newsroom("comments", action, "--help")

    assert (code, err) == (0, "") and f"example:\n  newsroom comments {action}" in out
    assert f"    {action} " in newsroom("comments", "--help")[1]
    assert all(f"_comments_{action}" in newsroom("completion", shell)[1] for shell in ("bash", "zsh"))


def test_outside_a_site_it_says_so(tmp_path, newsroom):
    """Nothing is made there."""
    export = tmp_path.parent / f"{tmp_path.name}.json"
    export.write_text(EXPORT)
    for command in (("import", "waline", export), ("pull",), ("redact", "x-1")):
        code, out, err = newsroom("comments", *command, "--site", tmp_path)

        assert (code, out) == (1, "") and err.startswith("site.toml: there is no site.toml here\n")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_leaves_the_file_as_it_was(make_site):
    """Whole, or not at all; and no half file beside it."""
    from newsroom.comments import folder

    site = make_site(SITE | {A: "post: a1\n"})
    with pytest.raises(NewsroomError, match="cannot be written"):
        folder.write(site.root, f"{A}/x.yaml", "post: a1\n")
    with pytest.raises(UnicodeEncodeError):
        folder.write(site.root, A, "post: \ud800\n")

    assert archives(site) == {A: "post: a1\n"}


def test_an_account_that_could_be_guessed_back_is_kept_only_of_employees(make_site, newsroom, tmp_path):
    """Isso makes it of the mail or, without one, of the network address: of a reader it is dropped."""
    site = make_site(SITE | {"content/people/jonas.md": "---\nname: Jonas Lind\n---\n"})
    folder = tmp_path / "isso.db"
    isso_database(folder, [("Reader", "reader@example.org"), ("Jonas Lind", "jonas@example.org")])
    code, out, _ = newsroom("comments", "import", "isso", folder, "--site", site.root)

    assert code == 0
    assert "account" not in (site.root / A).read_text()
    account = re.search(r"accounts: \{isso: ([0-9a-f]+)\} to content/people/jonas.md", out)[1]
    site.edit("content/people/jonas.md", "name: Jonas Lind\n", f"name: Jonas Lind\naccounts: {{isso: '{account}'}}\n")
    newsroom("comments", "import", "isso", folder, "--site", site.root)
    assert (site.root / A).read_text().count(f"account: isso/{account}") == 1


def isso_database(path, people):
    """As Isso 0.14 writes it, with a comment of each below /2026/a/."""
    with sqlite3.connect(path) as database:
        database.executescript(
            "CREATE TABLE preferences (key VARCHAR PRIMARY KEY, value VARCHAR);"
            "CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));"
            "CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT NOT NULL,"
            "modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR, author VARCHAR, email VARCHAR, website VARCHAR,"
            "likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL, notification INTEGER DEFAULT 0);"
            "INSERT INTO threads VALUES (1, '/2026/a/', 'A lens'); PRAGMA user_version = 5;"
        )
        for n, (name, mail) in enumerate(people):
            row = (1, n + 1, None, 1.79e9 + n, None, 1, "127.0.0.0", "So.", name, mail, "", 0, 0, b"", 0)
            database.execute(f"INSERT INTO comments VALUES ({','.join('?' * 15)})", row)
    database.close()


def test_redacted_words_are_not_in_the_cache_either(make_site, newsroom, tmp_path):
    """CI keeps that folder from build to build."""
    site = make_site(SITE)
    site.write(A, "post: a1\ncomments:\n- {id: isso-1, name: Ada, date: 2026-11-20T10:00:00Z, text: SECRET}\n")
    assert site.build().problems == ()
    newsroom("comments", "redact", "isso-1", "--site", site.root)
    assert site.build().problems == ()

    assert [path for path in site.root.rglob("*") if path.is_file() and b"SECRET" in path.read_bytes()] == []
