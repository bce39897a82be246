"""The archived conversation on pages and in feeds: without a script, with employees marked, rebuilt where it changed."""

import json
from datetime import UTC, datetime

import feedparser
import mf2py
import pytest
from bs4 import BeautifulSoup

from newsroom.render.conversation import _hanging
from newsroom.said import Said

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FILES = {
    "content/people/maya.md": "---\nname: Maya Okafor\nrole: Engineer\naccounts: {github: maya-okafor, isso: [h1, h2]}\n---\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\n---\n",
    "content/posts/lens.md": "---\ntitle: A cracked lens\nid: lens1\nauthors: [maya]\ndate: 2026-11-02\n---\nWords.\n",
    "content/posts/ring.md": "---\ntitle: The ring\nid: ring1\nauthors: [jonas]\ndate: 2026-11-03\n---\nWords.\n",
}
HEAD = "post: lens1\npulled: 2026-11-20T08:00:00Z\ncomments:\n"


def comment(number: int, words: str = "So.", to: int = 0, **keys: str) -> str:
    parent = f"reply_to: isso-{to}, " if to else ""
    more = "".join(f", {key}: {value}" for key, value in keys.items())
    name = "" if "name" in keys else f", name: Reader {number}"
    day, minute = divmod(number, 60)
    return (
        f"- {{id: isso-{number}, {parent}date: '2026-11-{3 + day:02}T10:{minute:02}:00Z'{name}, text: {words}{more}}}\n"
    )


@pytest.fixture
def talk(make_site):
    """A site with these comments below the post about the lens: (the site, the page)."""

    def make(comments: str, **more: str):
        site = make_site(FILES | {"content/comments/lens.yaml": HEAD + comments} | more)
        report = site.build(moment=NOW)
        assert report.problems == ()
        return site, BeautifulSoup(site.read("2026/lens/index.html"), "html.parser")

    return make


def test_answers_stand_below_what_they_answer(talk):
    """A tree of lists, each comment with an address of its own."""
    _, page = talk(comment(1) + comment(2, to=1) + comment(3) + comment(4, to=2))

    def tree(items):
        return {item["id"]: tree(item.select(":scope > ol > li")) for item in items}

    assert tree(page.select("#comments .archive > ol > li")) == {
        "comment-isso-1": {"comment-isso-2": {"comment-isso-4": {}}},
        "comment-isso-3": {},
    }
    assert page.select_one("#comment-isso-4 a.when")["href"] == "#comment-isso-4"


def test_sixty_answers_in_one_another_say_what_they_answer(talk):
    """A telephone has room for a few levels: deeper ones stand in order of time, each with a link to what it answers."""
    _, page = talk(comment(1) + "".join(comment(n, to=n - 1) for n in range(2, 62)))

    assert len(page.select("li.h-cite")) == 61
    assert len(page.select("ol ol ol ol ol li")) == 61 - 4 and not page.select("ol ol ol ol ol ol")
    assert page.select_one("#comment-isso-60 a.u-in-reply-to")["href"] == "#comment-isso-59"
    assert page.select_one("#comment-isso-60 a.u-in-reply-to").text == "Reader 59"


def test_comments_in_a_circle_are_still_shown(talk):
    """Somebody edited the file."""
    _, page = talk(comment(1, to=2) + comment(2, to=1) + comment(3, to=9))

    assert {item["id"] for item in page.select("#comments .archive > ol > li")} >= {
        "comment-isso-1",
        "comment-isso-2",
        "comment-isso-3",
    }


@pytest.mark.parametrize("keys", [{"account": "isso/h2"}, {"account": "github/maya-okafor"}, {"person": "maya"}])
def test_an_employee_is_marked_with_face_and_role(talk, keys):
    """By what she declares in her file, or by hand; her name is that of her file."""
    _, page = talk(comment(1) + comment(2, to=1, name="M.", **keys))
    reply = page.select_one("#comment-isso-2")

    assert "ours" in reply["class"] and "ours" not in page.select_one("#comment-isso-1")["class"]
    assert reply.select_one("a.h-card").text == "Maya Okafor" and "Engineer" in reply.text
    assert "1 of them ours" in page.select_one("#comments").text


@pytest.mark.parametrize("account", ["isso/h3", "github/h1", "h1", "mail/maya@example.com"])
def test_nobody_else_is(talk, account):
    """A name alone marks nobody: anybody can type it."""
    _, page = talk(comment(1, name="Maya Okafor", account=account))

    assert not page.select(".ours")


def test_other_sites_read_the_comments_as_those_of_the_post(talk):
    """By microformats2: an h-entry with h-cite comments, answers inside what they answer, each with author, moment and address."""
    site, _ = talk(comment(1, site="https://ada.example") + comment(2, to=1, account="isso/h1"))
    found = mf2py.parse(site.read("2026/lens/index.html"), url="https://news.example.com/2026/lens/")["items"]
    [entry] = [item for item in found if "h-entry" in item["type"]]
    [first] = entry["properties"]["comment"]
    [second] = first["properties"]["comment"]

    assert first["type"] == second["type"] == ["h-cite"]
    assert first["properties"]["author"][0]["properties"]["url"] == ["https://ada.example"]
    assert first["properties"]["url"] == ["https://news.example.com/2026/lens/#comment-isso-1"]
    assert second["properties"]["author"][0]["properties"]["name"] == ["Maya Okafor"]
    assert [author["properties"]["name"] for author in entry["properties"]["author"]] == [["Maya Okafor"]]
    assert first["properties"]["published"] and first["properties"]["content"][0]["value"] == "So."


def test_two_people_cannot_have_one_account(make_site):
    """One of them would be given the other's words."""
    site = make_site(FILES | {"content/people/jonas.md": "---\nname: Jonas Lind\naccounts: {isso: h1}\n---\n"})

    assert [p.code for p in site.build().problems] == ["duplicate-account"]


def test_what_was_removed_holds_its_place(talk):
    """Its answers stay where they were."""
    _, page = talk(comment(1, "Secret", redacted="[name, words]") + comment(2, to=1))
    gone = page.select_one("#comment-isso-1")

    assert "removed" in gone.text and "Secret" not in str(page) and "Reader 1" not in str(page)
    assert gone.select("#comment-isso-2")
    assert "1 comment" in page.select_one("#comments summary").text


def test_a_comment_without_words_was_not_removed(talk):
    """A picture alone, at a service that has pictures."""
    _, page = talk(comment(1, '""'))

    assert (
        "Reader 1" in page.select_one("#comment-isso-1").text
        and "removed" not in page.select_one("#comment-isso-1").text
    )


def test_somebody_who_left_does_not_work_here(talk):
    """Her old replies stay marked, and say no more than is true."""
    gone = (
        "---\nname: Jonas Lind\nstatus: {state: left, on: 2026-11-10}\nsuccessor: maya\naccounts: {github: JL}\n---\n"
    )
    _, page = talk(comment(1, account="github/jl"), **{"content/people/jonas.md": gone})

    assert page.select_one("#comment-isso-1 a.h-card").text == "Jonas Lind"
    assert "worked here" in page.text and "works here" not in page.text and "who work here" not in page.text


def test_a_chain_of_twenty_thousand_answers_is_shown_in_time():
    """Counted, not timed: each comment's way up is walked once."""
    said = tuple(Said(str(n), str(n - 1), "", "", n, "", False) for n in range(20_000))
    steps = 0

    class Known(dict):
        def __getitem__(self, key):
            nonlocal steps
            steps += 1
            return super().__getitem__(key)

    assert len(_hanging(said[::-1], Known({one.id: (one, None) for one in said}))) == 19_999
    assert steps < 60_000


def test_the_page_says_up_to_when_it_is_true(talk):
    """And never that nobody has answered: the archive may be old."""
    _, page = talk(comment(1))
    said = page.select_one("#comments").text

    assert page.select_one("#comments summary time")["datetime"].startswith("2026-11-20T08:00:00")
    assert "nobody" not in said.lower() and "no answer" not in said.lower()


def test_names_and_words_are_escaped(talk):
    """Whatever a reader calls herself."""
    site, page = talk(
        comment(
            1,
            '"<script>alert(1)</script><b>bold</b>"',
            name='"<script>x</script>"',
            site='"https://x.example/?a=1&b=2"',
        )
    )

    assert not page.select("#comments script") and not page.select("#comments b")
    assert page.select_one("#comment-isso-1 .p-author").text == "<script>x</script>"


def test_a_post_of_somebody_unpublished_shows_nothing_of_it(make_site):
    """Law 3: not its comments either."""
    site = make_site(FILES | {
        "content/posts/lens.md": FILES["content/posts/lens.md"].replace("date: 2026-11-02", "date: 2026-12-02"),
        "content/comments/lens.yaml": HEAD + comment(1, "Hush", account="isso/h1"),
    })  # fmt: skip
    assert site.build(moment=NOW).problems == ()

    assert all(b"Hush" not in words for words in site.outputs().values())
    assert not any("replies" in path for path in site.outputs())


def test_listings_count_what_is_archived(make_site):
    """Exactly below ten, then in steps: the 26th comment is no news to a listing."""
    for count, words in (
        (1, "1 comment"),
        (9, "9 comments"),
        (10, "10+ comments"),
        (26, "20+ comments"),
        (60, "50+ comments"),
    ):
        site = make_site(FILES | {"content/comments/lens.yaml": HEAD + "".join(comment(n + 1) for n in range(count))})
        site.build(moment=NOW)
        assert BeautifulSoup(site.read("posts/index.html"), "html.parser").select_one("a.count").text == words


SHORT = 'title = "Northwind Newsroom"\nurl = "https://news.example.com"\n[feeds]\nitems = 1\narchive = true\n'
NEWER = "---\ntitle: Newer\nauthors: [maya]\ndate: 2026-11-04\n---\nWords.\n"


@pytest.mark.parametrize("old", [True, False])
def test_one_new_comment_renders_one_page_and_its_feeds(talk, old):
    """Of a conversation with more than a few; and the live feeds that carry the post, for they count comments."""
    more = {"site.toml": SHORT, "content/posts/newer.md": NEWER} if old else {}
    site, _ = talk("".join(comment(n, account="isso/h1") if n == 3 else comment(n) for n in range(1, 26)), **more)
    site.write(
        "content/comments/lens.yaml",
        HEAD + "".join(comment(n, account="isso/h1") if n == 3 else comment(n) for n in range(1, 27)),
    )
    report = site.build(moment=NOW)

    counting = [f"{folder}{name}" for folder in ("", "people/maya/") for name in ("atom.xml", "feed.json", "feed.xml")]
    assert sorted(set(report.rendered) - set(() if old else counting)) == [
        "2026/lens/comments/atom.xml", "2026/lens/comments/feed.json", "2026/lens/comments/feed.xml", "2026/lens/index.html",
        "people/maya/replies/atom.xml", "people/maya/replies/feed.json", "people/maya/replies/feed.xml",
    ]  # fmt: skip
    assert report.parsed == 1
    assert old == set(counting).isdisjoint(report.rendered)


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_each_conversation_has_a_feed(talk, name):
    """Newest first, each comment with an identity and an address."""
    site, _ = talk(comment(1, "One & two") + comment(2, to=1, account="isso/h1") + comment(3, deleted="true"))
    feed = feedparser.parse(site.read(f"2026/lens/comments/{name}"))

    assert feed.bozo == 0
    assert [entry.link for entry in feed.entries] == [
        "https://news.example.com/2026/lens/#comment-isso-2",
        "https://news.example.com/2026/lens/#comment-isso-1",
    ]
    assert [entry.title for entry in feed.entries] == [
        "Maya Okafor on “A cracked lens”",
        "Reader 1 on “A cracked lens”",
    ]
    assert "One &amp; two" in (feed.entries[1].get("content") or [{"value": feed.entries[1].summary}])[0]["value"]
    assert len({entry.id for entry in feed.entries}) == 2


def test_an_employees_replies_can_be_followed(talk):
    """Below any post, newest first; her page links it."""
    site, _ = talk(
        comment(1) + comment(2, "Mine", to=1, account="isso/h1"),
        **{"content/comments/ring.yaml": "post: ring1\ncomments:\n" + comment(5, "Mine too", account="isso/h2")},
    )
    feed = json.loads(site.read("people/maya/replies/feed.json"))

    assert [item["url"] for item in feed["items"]] == [
        "https://news.example.com/2026/ring/#comment-isso-5",
        "https://news.example.com/2026/lens/#comment-isso-2",
    ]
    assert not (site.root / "public/people/jonas/replies").exists()
    assert "/people/maya/replies/feed.xml" in site.read("people/maya/index.html")


@pytest.mark.parametrize(
    "address", ["/2026/lens/#comment-isso-1", "/2026/lens/#comment-1", "/old-lens/#comment-isso-1"]
)
def test_a_post_and_the_comment_it_answers_link_to_each_other(make_site, address):
    """`answers_to` names the comment by its address, with or without its service."""
    site = make_site(FILES | {
        "content/comments/lens.yaml": HEAD + comment(1),
        "content/posts/lens.md": FILES["content/posts/lens.md"].replace("id:", "aliases: [/old-lens/]\nid:"),
        "content/posts/answer.md": f"---\ntitle: Why it cracked\nauthors: [maya]\ndate: 2026-11-09\nkind: answer\nquestion: Why?\nanswers_to: ['{address}']\n---\nSo.\n",
    })  # fmt: skip
    assert site.build(moment=NOW).problems == ()
    asked = BeautifulSoup(site.read("2026/lens/index.html"), "html.parser")
    answer = BeautifulSoup(site.read("2026/answer/index.html"), "html.parser")

    assert asked.select_one("#comment-isso-1 .answered a")["href"] == "/2026/answer/"
    assert answer.find("a", href="/2026/lens/#comment-isso-1")


def test_an_answer_to_nothing_is_a_mistake_and_to_a_removed_comment_is_none(make_site):
    """A comment can vanish at its service at night: no build may fail for that."""
    post = "---\ntitle: Why\nauthors: [maya]\ndate: 2026-11-09\nanswers_to: ['{}']\n---\n"
    site = make_site(FILES | {"content/posts/why.md": post.format("/2026/lens/#comment-isso-9")})
    assert site.build(moment=NOW).problems == ()

    site.write("content/posts/why.md", post.format("/2026/lense/"))
    assert [(p.code, p.location.line) for p in site.build(moment=NOW).problems] == [("broken-answer", 5)]


def test_two_files_for_one_post_are_a_mistake(make_site):
    """Which of them a pull writes to could not be told."""
    site = make_site(
        FILES | {"content/comments/a.yaml": HEAD + comment(1), "content/comments/b.yaml": HEAD + comment(2)}
    )

    assert [p.code for p in site.build().problems] == ["duplicate-conversation"]


def test_a_promise_is_borne_out_by_the_archive_or_the_page_is_silent(make_site):
    """ "Maya usually replies within a day" is printed where five questions in ninety days say so, and not otherwise."""

    def block(comments: str) -> str:
        site = make_site(FILES | {"content/comments/lens.yaml": HEAD + comments})
        maya = "---\nname: Maya Okafor\ncontact: {email: m@example.com}\naccounts: {isso: h1}\nanswers: {reads: all, by: [maya]}\n---\n"
        site.write("content/people/maya.md", maya)
        assert site.build(moment=NOW).problems == ()
        return BeautifulSoup(site.read("2026/lens/index.html"), "html.parser").select_one("#contact").text

    asked = "".join(comment(n) + comment(n + 10, to=n, account="isso/h1") for n in range(1, 7))

    assert "Maya usually replies within an hour: 6 questions in the last 90 days." in block(asked)
    assert "usually replies" not in block("".join(comment(n) for n in range(1, 7)))
