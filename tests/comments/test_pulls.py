"""Pulls, over real sockets: a stand-in that answers as each service's interface does, and a real Isso."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha1
from importlib.util import find_spec
from typing import Any

import pytest

from newsroom.comments.fetch import Fetch
from newsroom.comments.pulls import PULLS, Wanted
from newsroom.errors import Location, NewsroomError
from newsroom.providers import PROVIDERS

TOKEN = "ghp_ours"
HERE = "https://news.example"


def wanted(*keys: str) -> list[Wanted]:
    """Threads of as many posts."""
    return [Wanted(key, f"{HERE}/{n}/", f"Post {n}", f"content/posts/{n}.md") for n, key in enumerate(keys)]


def pull(name: str, options: dict, threads: list[Wanted], **environ: str) -> tuple[list, Fetch]:
    """Everything a pull gives, and what it noted."""
    fetch = Fetch(environ, Location("site.toml", 7), pause=0.0)
    return list(PULLS[name](options, threads, fetch)), fetch


def tree(discussion) -> list[tuple[str, str, str]]:
    """(id, parent, words) of each comment."""
    return [(c.id, c.parent, c.text or c.html) for c in discussion.comments]


def failed(name: str, options: dict, threads: list[Wanted], **environ: str) -> str:
    """The message and the hint of the one thing that stopped everything."""
    with pytest.raises(NewsroomError) as caught:
        pull(name, options, threads, **environ)
    (problem,) = caught.value.problems
    assert ("error", "site.toml", 7) == (problem.severity, problem.location.path, problem.location.line)
    return f"{problem.message} | {problem.hint}"


def test_every_pull_belongs_to_a_provider():
    """Under the name that site.toml uses."""
    assert PULLS.keys() <= PROVIDERS.keys()


# ── what is the same for all ─────────────────────────────────────────────────────────────────────────────────────────


def isso_row(id: int, parent: int | None = None, **more: Any) -> dict:
    """A comment as Isso's API gives it (embeds.md A.4)."""
    row = {"id": id, "parent": parent, "text": f"Words {id}", "author": "Ada", "website": None, "mode": 1}
    return {**row, "created": 1795000000.5 + id, "modified": None, "hash": "6fab3c", "likes": 3, "dislikes": 1, **more}


def isso_thread(*rows: dict, total: int | None = None) -> dict:
    """An answer of `GET /`: two levels."""
    return {"id": None, "total_replies": len(rows) if total is None else total, "replies": list(rows)}


@pytest.fixture
def isso(service):
    """A stand-in for Isso whose threads a test lays out: uri -> answer; a missing one is a thread that is not there."""
    service.threads = {}
    service.answers["/count"] = lambda asked: [1 if uri in service.threads else 0 for uri in asked.body]
    service.answers["/"] = lambda asked: service.threads[asked.query["uri"]]
    return service


def test_a_discussion_goes_by_the_name_of_its_thread(isso):
    """First of all; the post's address is next."""
    isso.threads["/a/"] = isso_thread(isso_row(1))
    ((found,), fetch) = pull("isso", {"url": isso.address}, wanted("/a/"))

    assert (("/a/", f"{HERE}/0/"), "Post 0") == (found.keys, found.title)
    assert ([], set()) == (fetch.problems, fetch.partial)


def test_a_thread_without_comments_is_an_empty_discussion_and_not_asked(isso):
    """One request counts many."""
    isso.threads["/b/"] = isso_thread(isso_row(1))
    found, _ = pull("isso", {"url": isso.address}, wanted("/a/", "/b/", "/c/"))

    assert [("/a/", 0), ("/b/", 1), ("/c/", 0)] == [(d.keys[0], len(d.comments)) for d in found]
    assert ["/count", "/"] == [asked.path for asked in isso.asked]


def test_many_threads_are_counted_in_batches(isso):
    """Two thousand posts need forty requests, not two thousand."""
    found, _ = pull("isso", {"url": isso.address}, wanted(*(f"/{n}/" for n in range(120))))

    assert 120 == len(found)
    assert [50, 50, 20] == [len(asked.body) for asked in isso.asked]


def test_a_thread_that_fails_does_not_lose_the_others(isso, raw):
    """It is a warning that names the post's file, and no discussion: an empty one would remove what the archive has."""
    isso.threads |= {"/a/": isso_thread(isso_row(1)), "/b/": raw(404, "gone"), "/c/": isso_thread(isso_row(2))}
    isso.threads["/d/"] = {"replies": "none"}
    found, fetch = pull("isso", {"url": isso.address}, wanted("/a/", "/b/", "/c/", "/d/"))

    assert ["/a/", "/c/"] == [d.keys[0] for d in found]
    assert [
        ("thread-skipped", "warning", "content/posts/1.md"),
        ("thread-skipped", "warning", "content/posts/3.md"),
    ] == [(p.code, p.severity, p.location.path) for p in fetch.problems]
    assert "answered 404" in fetch.problems[0].message and all(p.hint for p in fetch.problems)
    assert '"replies" holds text, where a list belongs' in fetch.problems[1].message


def test_what_came_before_a_failure_is_given(isso, raw):
    """The pull stops where the server does."""
    isso.threads |= {"/a/": isso_thread(isso_row(1)), "/b/": raw(500)}
    found = PULLS["isso"]({"url": isso.address}, wanted("/a/", "/b/"), Fetch({}, pause=0.0))

    assert "/a/" == next(found).keys[0]
    with pytest.raises(NewsroomError, match="answered 500"):
        next(found)


@pytest.mark.parametrize("name", sorted(PULLS.keys() - {"giscus", "utterances", "bluesky", "mastodon"}))
def test_a_wrong_address_is_noticed_at_once(service, name):
    """Not once a post."""
    said = failed(name, {"url": service.address, "site_id": "news"}, wanted(f"{HERE}/a/", f"{HERE}/b/"))

    assert "answered 404" in said and "site.toml" in said
    assert 1 == len(service.asked)


@pytest.mark.parametrize("name", sorted(PULLS.keys() - {"giscus", "utterances", "bluesky"}))
def test_a_service_without_an_address_is_told(name):
    """Before anything is asked."""
    assert "has no url | give its address" in failed(name, {}, wanted("/a/"))


@pytest.mark.parametrize("name", sorted(PULLS.keys() - {"giscus", "utterances", "bluesky", "mastodon"}))
def test_a_login_page_is_told_to_be_one(service, raw, name):
    """A proxy in front of the service."""
    service.answer = lambda asked: raw(200, "<!doctype html><title>Log in</title>", (("Content-Type", "text/html"),))

    said = failed(name, {"url": service.address}, wanted(f"{HERE}/a/"))
    assert "answered with a web page instead of JSON | the address in site.toml leads to a web page" in said


# ── Isso ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_isso_gives_the_markdown_people_wrote(isso):
    """`plain=1`, under the service's own path, with nothing private."""
    isso.threads["/a/"] = isso_thread(isso_row(3, text="*Hi* <b>", replies=[isso_row(5, 3, mode=4, text="")]))
    isso.threads["/a/"]["replies"][0]["replies"].append(isso_row(6, 5))
    ((found,), _) = pull("isso", {"url": isso.address + "/"}, wanted("/a/"))

    assert [("isso-3", "", "*Hi* <b>"), ("isso-5", "isso-3", ""), ("isso-6", "isso-5", "Words 6")] == tree(found)
    assert ("isso/6fab3c", "2026-11-18T11:06:43Z") == (found.comments[0].account, found.comments[0].date)
    assert {"uri": "/a/", "plain": "1"} == isso.asked[-1].query


def test_isso_is_asked_for_what_lies_deeper_than_two_levels(isso):
    """As it does in threads that were imported into it."""
    levels = {None: [isso_row(1, replies=[isso_row(2, 1)])], "2": [isso_row(3, 2)], "3": [isso_row(4, 3)]}
    service_total = 4
    isso.answers["/count"] = [4]
    isso.answers["/"] = lambda asked: isso_thread(*levels[asked.query.get("parent")], total=service_total)
    ((found,), _) = pull("isso", {"url": isso.address}, wanted("/a/"))

    assert [("isso-1", ""), ("isso-2", "isso-1"), ("isso-3", "isso-2"), ("isso-4", "isso-3")] == [
        (c.id, c.parent) for c in found.comments
    ]


@pytest.mark.parametrize("counts", [[1, 2], {"a": 1}, ["1"], None, [True]])
def test_counts_that_are_none_are_not_believed(isso, counts):
    """A thread must not be taken for empty."""
    isso.answers["/count"] = counts

    assert "numbers of comments were asked for" in failed("isso", {"url": isso.address}, wanted("/a/"))


# ── Remark42 ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def remark(id: str, parent: str = "", **more: Any) -> dict:
    """A comment as Remark42's API gives it (embeds.md A.5, A.19)."""
    user = {"name": "Ada", "id": "github_1", "picture": "x", "ip": "secret-ip", "admin": False}
    return {
        "id": id, "pid": parent, "text": f"<p>Words {id}</p>", "orig": f"Words {id}", "user": user, "score": 4,
        "locator": {"site": "news", "url": f"{HERE}/a/"}, "time": "2026-11-02T09:14:00.5-05:00", "votes": {}, **more,
    }  # fmt: skip


def test_remark42_is_asked_for_an_address_of_its_site(service):
    """The thread is the post's whole address."""
    key = f"{HERE}/a/?x=1&y=ü"
    service.answers["/api/v1/counts"] = [{"url": key, "count": 2}]
    service.answers["/api/v1/find"] = {"comments": [remark("b", "a"), remark("a")], "info": {"count": 2}}
    ((found, empty), _) = pull("remark42", {"url": service.address, "site_id": "news"}, wanted(key, f"{HERE}/b/"))

    assert [("remark42-a", "", "<p>Words a</p>"), ("remark42-b", "remark42-a", "<p>Words b</p>")] == tree(found)
    assert () == empty.comments
    assert ("news", key) == (service.asked[1].query["site"], service.asked[1].query["url"])
    assert "secret-ip" not in repr(found)


# ── Waline ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def said(id: int, **more: Any) -> dict:
    """A comment as Waline's API gives it."""
    return {"objectId": id, "comment": f"<p>Words {id}</p>", "nick": "Ada", "time": 1795000000000 + id * 1000, **more}


@pytest.fixture
def waline(service, raw):
    """Pages of two roots each, for /a/; the server knows only its own site."""

    def answer(asked):
        if not asked.headers.get("referer", "").startswith(HERE):
            return raw(403, '{"errno": 403}')
        if asked.query.get("type") == "count":
            return {
                "errno": 0,
                "errmsg": "",
                "data": [5 if url == "/a/" else 0 for url in asked.query["url"].split(",")],
            }
        roots = [said(n, children=[said(10 + n, pid=n, rid=n)] if n == 3 else []) for n in (1, 2, 3, 4, 5)]
        page = int(asked.query["page"])
        return {
            "errno": 0,
            "errmsg": "",
            "data": {"page": page, "totalPages": 3, "data": roots[page * 2 - 2 : page * 2]},
        }

    service.answers["/api/comment"] = answer
    return service


def test_waline_is_asked_page_by_page(waline):
    """Answers come inside their roots. The post is named as the page that asks: SECURE_DOMAINS."""
    ((found, empty), _) = pull("waline", {"url": waline.address}, wanted("/a/", "/b/"))

    assert ["1", "2", "3", "4", "5", "13"] == [c.id.removeprefix("waline-") for c in found.comments]
    assert "waline-3" == found.comments[-1].parent
    assert () == empty.comments
    assert ["1", "2", "3"] == [asked.query["page"] for asked in waline.asked[1:]]


def test_waline_whose_list_of_sites_lacks_ours_says_so(service, raw):
    """The next step is on the server."""
    service.answers["/api/comment"] = raw(403, '{"errno": 403, "errmsg": "Forbidden"}')

    assert "SECURE_DOMAINS" in failed("waline", {"url": service.address}, wanted("/a/"))


def test_an_error_inside_a_good_answer_is_an_error(service):
    """Waline answers 200 with errno."""
    service.answers["/api/comment"] = {"errno": 1001, "errmsg": "path can not be blank"}

    assert '"path can not be blank"' in failed("waline", {"url": service.address}, wanted("/a/"))


# ── giscus ───────────────────────────────────────────────────────────────────────────────────────────────────────────

REPO = {"repo": "northwind/news", "category_id": "DIC_1"}


def page(nodes: list, after: str = "") -> dict:
    """A connection of GraphQL."""
    return {"pageInfo": {"hasNextPage": bool(after), "endCursor": after or None}, "nodes": nodes}


def node(id: str, replies: dict | None = None, **more: Any) -> dict:
    """A comment of a discussion (embeds.md A.19)."""
    author = {"login": "ada", "url": "https://github.com/ada"}
    own = {"id": id, "createdAt": "2026-11-02T09:14:00Z", "lastEditedAt": None, "deletedAt": None, "isMinimized": False}
    own |= {"body": f"Words {id}", "author": author, **more}
    return own if "replyTo" in more else {**own, "replies": replies or page([])}


class Hub:
    """A stand-in for api.github.com/graphql: what it answers is told by the names in the query."""

    def __init__(self, service):
        self.service, self.discussions, self.more, self.numbered = service, [page([])], {}, {}
        service.answers["/graphql"] = self.answer
        self.environ = {"GITHUB_API_URL": service.address, "NEWSROOM_GITHUB_TOKEN": TOKEN}

    def answer(self, asked):
        assert f"Bearer {TOKEN}" == asked.headers["authorization"]
        told = asked.body["variables"]
        query = " ".join(asked.body["query"].split())
        if "discussions(" in query:
            assert ("northwind", "news", "DIC_1") == (told["owner"], told["name"], told["category"])
            number = int(told["after"] or 0)
            return {"data": {"repository": {"discussions": self.discussions[number]}}}
        if "discussion(" in query:
            found = self.numbered.get(told["number"])
            errors = [] if found else [{"type": "NOT_FOUND", "message": "Could not resolve to a Discussion"}]
            return {"data": {"repository": {"discussion": found}}, "errors": errors}
        name = "replies" if "replies(first: 100" in query else "comments"
        return {"data": {"node": {name: self.more[told["id"], told["after"]]}}}


@pytest.fixture
def hub(service):
    """GitHub's GraphQL."""
    return Hub(service)


def discussion(id: str, title: str, comments: dict, **more: Any) -> dict:
    """A discussion."""
    return {"id": id, "number": 1, "title": title, "body": "", "comments": comments, **more}


def test_giscus_is_read_to_the_last_page_of_everything(hub):
    """Discussions, comments and replies each have pages."""
    first = node("C1", page([node("R1", replyTo={"id": "C1"})], "r1"))
    hub.discussions = [
        page([discussion("D0", "other", page([node("X")]))], "1"),
        page([discussion("D1", "3f2b0c", page([first], "c1"))]),
    ]
    hub.more = {
        ("D1", "c1"): page([node("C2")], "c2"),
        ("D1", "c2"): page([node("C3")]),
        ("C1", "r1"): page([node("R2", replyTo={"id": "R1"})]),
    }
    ((found, empty), _) = pull("giscus", REPO, wanted("3f2b0c", "9aa9aa"), **hub.environ)

    assert {
        ("giscus-C1", ""),
        ("giscus-C2", ""),
        ("giscus-C3", ""),
        ("giscus-R1", "giscus-C1"),
        ("giscus-R2", "giscus-R1"),
    } == {(c.id, c.parent) for c in found.comments}
    assert ("Words C1", "github/ada") == (found.comments[0].text, found.comments[0].account)
    assert ("9aa9aa", ()) == (empty.keys[0], empty.comments)


def test_giscus_finds_a_renamed_discussion_by_what_is_in_its_body(hub):
    """With data-strict the name is hashed there."""
    mark = f"<!-- sha1: {sha1(b'3f2b0c').hexdigest()} -->"
    hub.discussions = [page([discussion("D1", "A better title", page([node("C1")]), body=mark)])]
    ((found,), _) = pull("giscus", REPO, wanted("3f2b0c"), **hub.environ)

    assert ["giscus-C1"] == [c.id for c in found.comments]


def test_two_discussions_of_one_name_are_one_conversation(hub):
    """Two readers began at once."""
    hub.discussions = [
        page([discussion("D1", "3f2b0c", page([node("C1")])), discussion("D2", "3f2b0c", page([node("C2")]))])
    ]
    ((found,), _) = pull("giscus", REPO, wanted("3f2b0c"), **hub.environ)

    assert ["giscus-C1", "giscus-C2"] == [c.id for c in found.comments]


def test_a_discussion_can_be_named_by_its_number(hub):
    """It may be in another category; one that is not there is skipped."""
    hub.numbered[17] = discussion("D1", "Old title", page([node("C1")]))
    found, fetch = pull("giscus", REPO, wanted("#17", "#18"), **hub.environ)

    assert [("#17", 1)] == [(d.keys[0], len(d.comments)) for d in found]
    assert ["thread-skipped"] == [p.code for p in fetch.problems]


def test_a_page_that_leads_to_itself_ends(hub):
    """A cursor that does not move."""
    hub.discussions = [page([discussion("D1", "3f2b0c", page([node("C1")], "c1"))])]
    hub.more["D1", "c1"] = page([node("C2")], "c1")
    ((found,), _) = pull("giscus", REPO, wanted("3f2b0c"), **hub.environ)

    assert 2 == len(found.comments)


def test_giscus_needs_a_token():
    """And says which variable."""
    assert "NEWSROOM_GITHUB_TOKEN" in failed("giscus", REPO, wanted("a"))


@pytest.mark.parametrize(("kind", "hint"), [("NOT_FOUND", "check repo"), ("RATE_LIMITED", "in an hour"), ("FORBIDDEN", "right to read"), ("", "report it")])  # fmt: skip
def test_what_github_says_inside_an_answer_stops_everything(service, kind, hint):
    """200, with errors; and no token is in the message."""
    service.answers["/graphql"] = {"data": None, "errors": [{"type": kind, "message": f"no\nno {TOKEN}"}]}
    told = failed("giscus", REPO, wanted("a"), GITHUB_API_URL=service.address, GITHUB_TOKEN=TOKEN)

    assert '/graphql answered "no no …"' in told and hint in told


def test_a_wrong_token_is_told_without_being_shown(service, raw):
    """401."""
    service.answers["/graphql"] = raw(401, json.dumps({"message": f"Bad credentials {TOKEN}"}))
    told = failed("giscus", REPO, wanted("a"), GITHUB_API_URL=service.address, GITHUB_TOKEN=TOKEN)

    assert "Bad credentials" in told and "NEWSROOM_GITHUB_TOKEN or GITHUB_TOKEN" in told and TOKEN not in told


# ── utterances ───────────────────────────────────────────────────────────────────────────────────────────────────────


def issue(number: int, title: str, comments: int = 1, **more: Any) -> dict:
    """An issue of the REST interface."""
    return {"number": number, "title": title, "body": "", "comments": comments, **more}


def issue_comment(id: int) -> dict:
    """A comment of one."""
    user = {"login": "ada", "html_url": "https://github.com/ada", "avatar_url": "x"}
    moment = "2026-11-02T09:14:00Z"
    return {"id": id, "user": user, "created_at": moment, "updated_at": moment, "body": f"Words {id}"}


@pytest.fixture
def issues(service):
    """A repository with 102 issues, of which one has 101 comments."""
    rows = [issue(n, f"post-{n}", 0) for n in range(1, 101)]
    rows += [issue(101, "3f2b0c", 101), issue(102, "3f2b0c"), issue(103, "pulled", 3, pull_request={})]

    def part(all_rows):
        return lambda asked: all_rows[(int(asked.query["page"]) - 1) * 100 :][: int(asked.query["per_page"])]

    service.answers["/repos/northwind/news/issues"] = part(rows)
    service.answers["/repos/northwind/news/issues/101/comments"] = part([issue_comment(n) for n in range(101)])
    service.answers["/repos/northwind/news/issues/7"] = issue(7, "Some title")
    service.answers["/repos/northwind/news/issues/7/comments"] = [issue_comment(7)]
    service.environ = {"GITHUB_API_URL": service.address + "/"}
    return service


def test_utterances_is_read_page_by_page(issues):
    """The oldest issue of a name counts; a pull request is none."""
    ((found, empty, pulled), _) = pull("utterances", REPO, wanted("3f2b0c", "post-4", "pulled"), **issues.environ)

    assert (101, "Words 0", "github/ada") == (len(found.comments), found.comments[0].text, found.comments[0].account)
    assert ((), ()) == (empty.comments, pulled.comments)
    assert all("authorization" not in asked.headers for asked in issues.asked)


def test_an_issue_can_be_named_by_its_number(issues):
    """Then no others are listed. Where there is a token it is sent."""
    found, fetch = pull("utterances", REPO, wanted("#7", "#8"), GITHUB_TOKEN=TOKEN, **issues.environ)

    assert [("#7", 1)] == [(d.keys[0], len(d.comments)) for d in found]
    assert ["thread-skipped"] == [p.code for p in fetch.problems]
    assert {f"Bearer {TOKEN}"} == {asked.headers["authorization"] for asked in issues.asked}


def test_a_repository_that_is_not_there_stops_everything(service):
    """404 for the list is not a missing thread."""
    assert "/repos/northwind/news/issues" in failed("utterances", REPO, wanted("a"), GITHUB_API_URL=service.address)


def test_github_says_when_it_may_be_asked_again(service, raw):
    """Sixty requests an hour are few."""
    limit = (("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1795316400"))
    service.answers["/repos/northwind/news/issues"] = raw(403, '{"message": "API rate limit exceeded"}', limit)

    assert "after 2026-11-22 03:00 UTC" in failed("utterances", REPO, wanted("a"), GITHUB_API_URL=service.address)


# ── Discourse ────────────────────────────────────────────────────────────────────────────────────────────────────────


def forum_post(number: int, **more: Any) -> dict:
    """A post of a topic (embeds.md A.12)."""
    own = {"id": 1000 + number, "post_number": number, "username": "ada", "name": "Ada", "cooked": f"<p>{number}</p>"}
    return {
        **own,
        "created_at": f"2026-11-02T09:14:{number % 60:02}.123Z",
        "post_type": 1,
        "reply_to_post_number": None,
        **more,
    }


@pytest.fixture
def forum(service, raw):
    """Topic 17 has 50 posts, of which 20 come at once; it was made for HERE/a."""
    stream = [1000 + number for number in range(1, 51)]
    first = [forum_post(number) for number in range(1, 21)]

    def later(asked):
        ids = [id for id in stream[20:]][: 20 if asked.query["post_ids[]"] == "1040" else 40]
        chunk = ids if asked.query["post_ids[]"] == "1040" else ids[20:]
        return {"post_stream": {"posts": [forum_post(id - 1000, reply_to_post_number=2) for id in chunk]}}

    service.answers |= {
        "/t/17.json": {"id": 17, "title": "Cracked", "post_stream": {"posts": first, "stream": stream}},
        "/t/17/posts.json": later,
        "/t/18.json": raw(403, '{"errors": ["private"]}'),
        "/embed/count": {"counts": {f"{HERE}/a": "49 replies"}},
        "/embed/comments": raw(200, f"<a class=button href='{service.address}/t/cracked/17/2'>Continue</a> <p><a href='/t/spam/99/1'>"),
        "/embed/info.json": {"topic_id": 17},
    }  # fmt: skip
    return service


@pytest.mark.parametrize("key", ["#17", "{forum}/t/cracked/17", "{forum}/t/17", "{forum}/t/cracked/17/3"])
def test_a_topic_is_read_to_its_last_post(forum, key):
    """Without our own article, which is its first."""
    ((found,), _) = pull("discourse", {"url": forum.address}, wanted(key.format(forum=forum.address)))

    assert 49 == len(found.comments)
    assert [("discourse-1002", ""), ("discourse-1050", "discourse-1002")] == [
        (c.id, c.parent) for c in found.comments if c.id[-4:] in ("1002", "1050")
    ]
    assert ["/t/17.json", "/t/17/posts.json", "/t/17/posts.json"] == [asked.path for asked in forum.asked]


def test_a_topic_is_found_by_the_address_it_was_made_for(forum):
    """In the page that readers see, whose first link is the forum's own; a topic is never made by asking."""
    ((found, none), _) = pull("discourse", {"url": forum.address}, wanted(f"{HERE}/a/", f"{HERE}/b/"))

    assert (49, 0) == (len(found.comments), len(none.comments))
    assert [f"{HERE}/a"] == [asked.query["embed_url"] for asked in forum.asked if asked.path == "/embed/comments"]


def test_with_a_key_the_forum_tells_the_topic_itself(forum):
    """The key goes with every request."""
    environ = {"NEWSROOM_DISCOURSE_KEY": TOKEN}
    ((found,), _) = pull("discourse", {"url": forum.address}, wanted(f"{HERE}/a/"), **environ)

    assert 49 == len(found.comments)
    assert {TOKEN} == {asked.headers.get("api-key") for asked in forum.asked}
    assert "/embed/info.json" in {asked.path for asked in forum.asked}


def test_a_private_topic_is_skipped(forum):
    """403 concerns it alone."""
    found, fetch = pull("discourse", {"url": forum.address}, wanted("#18", "#17"))

    assert ["#17"] == [d.keys[0] for d in found]
    assert "answered 403" in fetch.problems[0].message


def test_an_address_of_our_own_that_looks_like_a_topic_is_none(forum):
    """`/t/...` may be a permalink of the site."""
    ((found,), _) = pull("discourse", {"url": forum.address}, wanted(f"{HERE}/t/cracked/17/"))

    assert () == found.comments
    assert ["/embed/count"] == [asked.path for asked in forum.asked]


# ── Mastodon ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def status(id: int, parent: int, **more: Any) -> dict:
    """A status (embeds.md A.13)."""
    account = {"acct": "ada", "display_name": "Ada", "url": "https://social.example/@ada"}
    own = {"id": str(id), "in_reply_to_id": str(parent), "visibility": "public", "account": account, "edited_at": None}
    return {**own, "created_at": "2026-11-02T09:14:00.000Z", "content": f"<p>{id}</p>", **more}


def test_the_answers_to_a_status_are_read(service):
    """From the server that is configured, and no other."""
    service.answers["/api/v1/statuses/100/context"] = {
        "ancestors": [status(99, 98)],
        "descendants": [status(101, 100), status(102, 101)],
    }
    address = f"{service.address}/@maya/100"
    found, fetch = pull("mastodon", {"url": service.address}, wanted(address, "https://other.example/@maya/100"))

    assert [address] == [d.keys[0] for d in found]
    assert [("mastodon-101", "", "<p>101</p>"), ("mastodon-102", "mastodon-101", "<p>102</p>")] == tree(found[0])
    assert "that is no status of 127.0.0.1" in fetch.problems[0].message
    assert set() == fetch.partial


@pytest.mark.parametrize(
    "statuses",
    [[status(n, 100) for n in range(101, 161)], [status(n, n - 1) for n in range(101, 121)]],
    ids=["60 answers", "20 deep"],
)
def test_a_thread_that_the_server_cut_is_not_taken_for_whole(service, statuses):
    """Without a token there are limits; with one there are others."""
    service.answers["/api/v1/statuses/100/context"] = {"ancestors": [], "descendants": statuses}
    key = f"{service.address}/@maya/100"
    (cut,), fetch = pull("mastodon", {"url": service.address}, wanted(key))
    (whole,), with_token = pull("mastodon", {"url": service.address}, wanted(key), NEWSROOM_MASTODON_TOKEN=TOKEN)

    assert cut == whole and len(statuses) == len(cut.comments)
    assert ({key}, set()) == (fetch.partial, with_token.partial)
    assert ("thread-partial", "content/posts/0.md") == (fetch.problems[0].code, fetch.problems[0].location.path)
    assert "NEWSROOM_MASTODON_TOKEN" in fetch.problems[0].hint
    assert f"Bearer {TOKEN}" == service.asked[-1].headers["authorization"]


def test_a_server_that_wants_a_token_says_which(service, raw):
    """Servers with limited federation answer 401."""
    service.answers["/api/v1/statuses/100/context"] = raw(
        401, '{"error": "This method requires an authenticated user"}'
    )

    told = failed("mastodon", {"url": service.address}, wanted(f"{service.address}/@maya/100"))
    assert "requires an authenticated user" in told and "NEWSROOM_MASTODON_TOKEN" in told


def test_an_answer_without_a_date_costs_only_itself(service):
    """It is told by its id, its answers move up, and the thread is not taken for whole: it may be archived already."""
    token = "TOKENabcdef123456"
    bad = f"Bearer {token}"
    service.answers["/api/v1/statuses/100/context"] = {
        "ancestors": [],
        "descendants": [
            status(101, 100), status(102, 101, created_at="not a date"), status(103, 102),
            status(104, 100, created_at=bad), status(105, 100, created_at="x" * 30 + bad),
        ],
    }  # fmt: skip
    key = f"{service.address}/@maya/100"
    ((found,), fetch) = pull("mastodon", {"url": service.address}, wanted(key), NEWSROOM_MASTODON_TOKEN=token)

    assert [("mastodon-101", ""), ("mastodon-103", "mastodon-101")] == [(c.id, c.parent) for c in found.comments]
    assert {key} == fetch.partial
    (problem,) = fetch.problems
    assert ("comment-skipped", "warning", "content/posts/0.md") == (problem.code, problem.severity, problem.location[0])
    assert 'mastodon-102: "not a date" is no date and time; mastodon-104: ' in problem.message
    assert "TOK" not in problem.message and problem.hint


@pytest.mark.parametrize("name", ["isso", "remark42", "waline"])
def test_a_thread_with_one_bad_comment_is_pulled(service, name):
    """Its kind of rows does not matter."""
    key = f"{HERE}/a/"
    service.answers |= {
        "/count": [2], "/": isso_thread(isso_row(1), isso_row(2, created="soon")),
        "/api/v1/counts": [{"url": key, "count": 2}], "/api/v1/find": {"comments": [remark("1"), remark("2", time="soon")]},
        "/api/comment": lambda asked: {"errno": 0, "data": [2] if asked.query.get("type") else {
            "totalPages": 1, "data": [said(1), said(2, time="soon")]}},
    }  # fmt: skip
    ((found,), fetch) = pull(name, {"url": service.address}, wanted(key))

    assert ([f"{name}-1"], {key}) == ([c.id for c in found.comments], fetch.partial)
    assert f'{name}-2: "soon" is no date and time' in fetch.problems[0].message


# ── Bluesky ──────────────────────────────────────────────────────────────────────────────────────────────────────────

DID = "did:plc:" + "a" * 24


def uri(key: str) -> str:
    """The at-uri of a post."""
    return f"at://{DID}/app.bsky.feed.post/{key}"


def skeet(key: str, *replies: dict, count: int | None = None) -> dict:
    """A node of a thread (embeds.md A.14)."""
    record = {"text": f"Words {key}", "createdAt": "2026-11-02T09:14:00.000Z"}
    author = {"did": DID, "handle": "ada.example", "displayName": "Ada"}
    post = {"uri": uri(key), "author": author, "record": record, "indexedAt": "2026-11-02T09:14:05Z"}
    return {"post": {**post, "replyCount": len(replies) if count is None else count}, "replies": list(replies)}


@pytest.fixture
def sky(service, raw):
    """Posts by their keys; a handle that is known."""
    service.posts = {}

    def thread(asked):
        key = asked.query["uri"].rpartition("/")[2]
        found = service.posts.get(key)
        return (
            {"thread": found, **service.gate}
            if found
            else raw(400, '{"error": "NotFound", "message": "Post not found"}')
        )

    service.gate = {}
    service.answers["/xrpc/app.bsky.feed.getPostThread"] = thread
    service.answers["/xrpc/com.atproto.identity.resolveHandle"] = lambda asked: {"did": DID} if asked.query["handle"] == "maya.example" else raw(400)  # fmt: skip
    return service


@pytest.mark.parametrize("key", ["https://bsky.app/profile/maya.example/post/root", f"https://bsky.app/profile/{DID}/post/root", uri("root")])  # fmt: skip
def test_the_answers_to_a_post_are_read(sky, key):
    """However the post is named."""
    sky.posts["root"] = skeet("root", skeet("one", skeet("two")))
    ((found,), _) = pull("bluesky", {"url": sky.address}, wanted(key))

    assert ["<p>Words one</p>", "<p>Words two</p>"] == [c.html for c in found.comments]
    assert (key, f"bluesky/{DID}") == (found.keys[0], found.comments[0].account)
    assert uri("root") == sky.asked[-1].query["uri"]


def test_what_the_server_cut_off_is_asked_for(sky):
    """A node that counts answers and has none. One whose answers are shown to nobody is asked once, and let be."""
    sky.posts["root"] = skeet("root", skeet("one", count=1), skeet("two", count=2))
    sky.posts["one"] = skeet("one", skeet("three", count=1))
    sky.posts["three"] = skeet("three", skeet("four"))
    sky.posts["two"] = skeet("two", count=2)
    ((found,), fetch) = pull("bluesky", {"url": sky.address}, wanted(uri("root")))

    words = {c.html: c for c in found.comments}
    assert {f"<p>Words {n}</p>" for n in ("one", "two", "three", "four")} == words.keys()
    assert words["<p>Words three</p>"].id == words["<p>Words four</p>"].parent
    assert (set(), 4) == (fetch.partial, len(sky.asked))


def test_a_post_whose_answers_are_shown_to_nobody_is_asked_once(sky):
    """It counts them all the same."""
    sky.posts["root"] = skeet("root", count=3)
    ((found,), _) = pull("bluesky", {"url": sky.address}, wanted(uri("root")))

    assert ((), 1) == (found.comments, len(sky.asked))


def test_a_thread_that_goes_on_and_on_is_not_taken_for_whole(sky, monkeypatch):
    """Somewhere we stop asking."""
    monkeypatch.setattr("newsroom.comments.fediverse.AGAIN", 3)
    sky.posts = {str(n): skeet(str(n), skeet(str(n + 1), count=1)) for n in range(9)}
    ((found,), fetch) = pull("bluesky", {"url": sky.address}, wanted(uri("0")))

    assert 4 == len(found.comments)
    assert ({uri("0")}, ["thread-partial"]) == (fetch.partial, [p.code for p in fetch.problems])


def test_a_very_deep_thread_is_put_together(sky):
    """Deeper than Python's own stack."""
    deep = skeet("99", skeet("100", count=1))
    for n in range(98, 0, -1):
        deep = skeet(str(n), deep)
    sky.posts["root"] = skeet("root", deep)
    for start in range(100, 1400, 100):
        below = skeet(str(start + 100), count=1 if start < 1300 else 0)
        for n in range(start + 99, start - 1, -1):
            below = skeet(str(n), below)
        sky.posts[str(start)] = below
    ((found,), _) = pull("bluesky", {"url": sky.address}, wanted(uri("root")))

    assert 1400 == len(found.comments)


def test_what_the_author_has_hidden_stays_hidden(sky):
    """The thread's gate names it."""
    sky.gate = {"threadgate": {"record": {"hiddenReplies": [uri("spam")]}}}
    sky.posts["root"] = skeet("root", skeet("spam"), skeet("one"))
    ((found,), _) = pull("bluesky", {"url": sky.address}, wanted(uri("root")))

    assert ["<p>Words one</p>"] == [c.html for c in found.comments]


def test_a_post_that_went_is_skipped(sky):
    """So is a handle that nobody has, and what is no post at all."""
    keys = (uri("gone"), "https://bsky.app/profile/nobody.example/post/x", "https://bsky.app/profile/maya.example")
    found, fetch = pull("bluesky", {"url": sky.address}, wanted(*keys))

    assert [] == found
    assert 3 == len(fetch.problems) and '("Post not found")' in fetch.problems[0].message


# ── the real Isso ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def real_isso(tmp_path_factory) -> Iterator[str]:
    """The address of a real Isso with an empty database."""
    if find_spec("isso") is None:
        pytest.skip("no Isso here: pip install isso")
    folder = tmp_path_factory.mktemp("isso")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    (folder / "isso.cfg").write_text(
        f"[general]\ndbpath = {folder}/comments.db\nhost = {HERE}/\nnotify =\n"
        f"[server]\nlisten = {address}/\n[guard]\nenabled = false\n"
    )
    with (folder / "log").open("wb") as log:
        command = [sys.executable, "-c", "import isso; isso.main()", "-c", str(folder / "isso.cfg"), "run"]
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            until = time.monotonic() + 30
            while not talk(address, "GET", "/config"):
                assert process.poll() is None and time.monotonic() < until, (folder / "log").read_text()
                time.sleep(0.1)
            yield address
        finally:
            process.terminate()
            process.wait(30)


def talk(address: str, method: str, path: str, body: dict | None = None) -> dict | None:
    """Ask as a reader's browser does; None where nobody answers."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=30)
    try:
        connection.request(
            method, path, body and json.dumps(body), {"Content-Type": "application/json", "Origin": HERE}
        )
        answer = connection.getresponse()
        said = answer.read()
        assert answer.status < 300, said
        talk.cookie = answer.headers.get("X-Set-Cookie", "")
        return json.loads(said) if said.startswith((b"{", b"[")) else {}
    except OSError:
        return None
    finally:
        connection.close()


def write(address: str, uri: str, text: str, parent: int | None = None, author: str = "Ada Reader") -> int:
    """Write a comment; its id."""
    body = {"text": text, "author": author, "email": f"{author[:3]}@example.org", "website": "https://ada.example"}
    made = talk(address, "POST", f"/new?uri={uri}", {**body, "title": "A", "parent": parent})
    assert made
    return made["id"]


def test_a_real_isso_is_pulled(real_isso):
    """As people wrote it, in the right order, with who answered whom; and nothing private."""
    first = write(real_isso, "/2026/a/", "Hello **Isso** é <script>alert(1)</script>")
    second = write(real_isso, "/2026/a/", "An answer", first, "Bob")
    other = write(real_isso, "/2026/b/", "Elsewhere")
    found, fetch = pull("isso", {"url": real_isso}, wanted("/2026/a/", "/2026/none/", "/2026/b/"))

    assert [
        [
            (f"isso-{first}", "", "Hello **Isso** é <script>alert(1)</script>"),
            (f"isso-{second}", f"isso-{first}", "An answer"),
        ],
        [],
        [(f"isso-{other}", "", "Elsewhere")],
    ] == [tree(d) for d in found]
    ada, bob = found[0].comments
    assert ("Ada Reader", "https://ada.example", "") == (ada.name, ada.site, ada.mail)
    assert ada.account == found[2].comments[0].account != bob.account
    assert abs(time.time() - time.mktime(time.strptime(ada.date, "%Y-%m-%dT%H:%M:%SZ")) + time.timezone) < 60
    assert "example.org" not in repr(found) and "127.0.0" not in repr(found)
    assert [] == fetch.problems


def test_what_was_deleted_at_a_real_isso_is_pulled_as_deleted(real_isso):
    """It stays where somebody answered it."""
    first = write(real_isso, "/2026/c/", "Words to regret")
    key = talk.cookie.partition("=")[2].partition(";")[0]
    second = write(real_isso, "/2026/c/", "An answer", first)
    connection = http.client.HTTPConnection(real_isso.removeprefix("http://"), timeout=30)
    headers = {"Content-Type": "application/json", "Origin": HERE, "Cookie": f"{first}={key}"}
    connection.request("DELETE", f"/id/{first}", None, headers)
    assert 200 == connection.getresponse().status
    connection.close()
    ((found,), _) = pull("isso", {"url": real_isso}, wanted("/2026/c/"))

    assert [(f"isso-{first}", True, ""), (f"isso-{second}", False, "An answer")] == [
        (c.id, c.deleted, c.text) for c in found.comments
    ]
