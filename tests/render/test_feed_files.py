"""The files of feeds as a site is built: what an entry brings along, archives, old addresses, who has left."""

import json
from datetime import UTC, datetime

import feedparser
import pytest
from lxml import etree

from newsroom.errors import text

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FILES = {
    "content/people/maya.md": "---\nname: Maya Okafor\n---\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\n---\n",
    "content/topics/lenses.md": "---\nname: Lenses\npeople: [maya]\n---\n",
    "content/posts/lens.md": "---\ntitle: A lens\nid: lens1\nauthors: [maya, jonas]\ntopics: [lenses]\ndate: 2026-11-02\n---\nWords.\n",
}
NAMES = {
    "slash": "http://purl.org/rss/1.0/modules/slash/", "wfw": "http://wellformedweb.org/CommentAPI/",
    "a": "http://www.w3.org/2005/Atom", "thr": "http://purl.org/syndication/thread/1.0", "fh": "http://purl.org/syndication/history/1.0",
}  # fmt: skip
URL = "https://news.example.com"


@pytest.fixture
def built(make_site):
    """A site as it is built, without a problem."""

    def build(files={}, **settings):
        site = make_site(FILES | files, **settings)
        assert [] == [text(problem) for problem in site.build(moment=NOW).problems]
        return site

    return build


def xml(site, path):
    return etree.fromstring(site.read(path).encode())


def everywhere(site, folder):
    """The ids of a folder's three feeds."""
    return [
        [item.findtext("guid") for item in xml(site, f"{folder}feed.xml").iter("item")],
        [entry.findtext("a:id", None, NAMES) for entry in xml(site, f"{folder}atom.xml").iterfind("a:entry", NAMES)],
        [item["id"] for item in json.loads(site.read(f"{folder}feed.json"))["items"]],
    ]


def test_a_post_has_one_id_in_every_feed(built):
    """In each author's three feeds, in the topic's, in the site's, in that of the person on the topic."""
    site = built()
    folders = ("", "people/maya/", "people/jonas/", "topics/lenses/", "people/maya/topics/lenses/")

    assert 1 == len({id for folder in folders for ids in everywhere(site, folder) for id in ids})


@pytest.mark.parametrize("guid", ["https://old.example/?p=123", "https://old.example/2019/lens.html", "tag:old.example,2019:/lens",
                                  "https://old.example/posts/lens/"])  # fmt: skip
def test_an_old_guid_stays_to_the_letter(built, guid):
    """As WordPress, Jekyll and Hugo wrote it: nothing turns unread after a move."""
    post = FILES["content/posts/lens.md"].replace("id: lens1", f"id: {guid}")

    assert [[guid]] * 3 == everywhere(built({"content/posts/lens.md": post}), "people/maya/")


# ── sound and film ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_entry_brings_sound_and_film_along(built):
    """With the file's own length; RSS takes the first, the others all; pictures and papers are none."""
    post = FILES["content/posts/lens.md"].replace(
        "Words.", "[Listen](talk%20&%20more.mp3) [See](film.MP4) [Read](a.pdf)"
    )
    files = {"talk & more.mp3": b"12345", "film.MP4": b"1234567", "a.pdf": b"1"}
    site = built({"content/posts/lens.md": post} | {f"content/posts/{name}": raw for name, raw in files.items()})
    expected = [
        (f"{URL}/2026/lens/talk%20%26%20more.mp3", "5", "audio/mpeg"),
        (f"{URL}/2026/lens/film.MP4", "7", "video/mp4"),
    ]
    rss = [
        tuple(each.get(key) for key in ("url", "length", "type")) for each in xml(site, "feed.xml").iter("enclosure")
    ]
    links = xml(site, "atom.xml").iterfind("a:entry/a:link[@rel='enclosure']", NAMES)
    (item,) = json.loads(site.read("feed.json"))["items"]

    assert expected[:1] == rss
    assert expected == [tuple(each.get(key) for key in ("href", "length", "type")) for each in links]
    assert expected == [(each["url"], str(each["size_in_bytes"]), each["mime_type"]) for each in item["attachments"]]
    assert (site.root / "public/2026/lens/film.MP4").stat().st_size == 7


def test_a_longer_recording_has_its_length_everywhere(built):
    """After an incremental build too."""
    post = FILES["content/posts/lens.md"].replace("Words.", "[Listen](talk.mp3)")
    site = built({"content/posts/lens.md": post, "content/posts/talk.mp3": b"12345"})
    site.write("content/posts/talk.mp3", b"123456789")
    site.build(moment=NOW)

    assert {"9"} == {
        each.get("length")
        for folder in ("", "people/maya/")
        for each in xml(site, f"{folder}feed.xml").iter("enclosure")
    }


# ── conversations ────────────────────────────────────────────────────────────────────────────────────────────────────

SAID = (
    "post: lens1\ncomments:\n- {id: isso-1, name: Ada, date: 2026-11-19T10:00:00Z, edited: 2026-11-20T12:00:00Z, text: Why?}\n"
    "- {id: isso-2, reply_to: isso-1, name: Bo, date: 2026-11-20T10:00:00Z, text: So.}\n"
    "- {id: isso-3, date: 2026-11-20T13:00:00Z, redacted: [name, words]}\n- {id: isso-4, reply_to: isso-3, name: Cy, date: 2026-11-20T11:00:00Z, text: Oh.}\n"
)


def test_an_entry_tells_of_its_conversation(built):
    """Where it is, exactly how many comments, when the newest was written or edited, and where they can be followed."""
    site = built({"content/comments/lens.yaml": SAID})
    (item,), (entry,) = xml(site, "feed.xml").iter("item"), xml(site, "atom.xml").iterfind("a:entry", NAMES)
    page, feed = entry.findall("a:link[@rel='replies']", NAMES)
    thr = {key: feed.get(f"{{{NAMES['thr']}}}{key}") for key in ("count", "updated")}

    assert [f"{URL}/2026/lens/#comments", "3", f"{URL}/2026/lens/comments/feed.xml"] == [
        item.findtext(name, None, NAMES) for name in ("comments", "slash:comments", "wfw:commentRss")
    ]
    assert [f"{URL}/2026/lens/#comments", f"{URL}/2026/lens/comments/atom.xml"] == [page.get("href"), feed.get("href")]
    assert {"count": "3", "updated": "2026-11-20T12:00:00+00:00"} == {
        **thr,
        "updated": thr["updated"].replace("Z", "+00:00"),
    }
    assert {
        "comments_url": f"{URL}/2026/lens/#comments",
        "comments_feed": f"{URL}/2026/lens/comments/feed.json",
        "comments": 3,
    } == (json.loads(site.read("feed.json"))["items"][0]["_newsroom"])
    assert 3 == len(feedparser.parse(site.read("2026/lens/comments/feed.xml")).entries)
    assert "3" == feedparser.parse(site.read("feed.xml")).entries[0].slash_comments


def test_a_post_without_comments_tells_of_none(built):
    """Where a service is set, of its place on the page, and of no count that nobody knows."""
    settings = {"comments": {"provider": "isso", "isso": {"url": "https://comments.example.com"}}}

    assert "omments" not in built().read("feed.xml").partition("<item>")[2] + built().read("feed.json")
    assert (f"{URL}/2026/lens/#comments", None) == tuple(
        xml(built(**settings), "feed.xml").find("channel/item").findtext(name, None, NAMES)
        for name in ("comments", "slash:comments")
    )


# ── archives ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def posts(count):
    return {
        f"content/posts/n{n}.md": f"---\ntitle: N{n}\nid: n{n}\nauthors: [jonas]\ndate: 2025-01-{n:02}\n---\n{n}\n"
        for n in range(1, count + 1)
    }


def links(site, path):
    """What a document links to, by relation: RSS and Atom say it with the same element."""
    return {
        link.get("rel"): link.get("href").removeprefix(f"{URL}/people/jonas/") for link in xml(site, path).iterfind(".//a:link", NAMES)
        if link.get("rel") not in ("self", "alternate")
    }  # fmt: skip


@pytest.mark.parametrize("name", ["feed-{}.xml", "atom-{}.xml"])
def test_a_reader_finds_every_post_through_the_archive(built, name):
    """From the live feed back to the first post, each document saying what it is (RFC 5005, section 4)."""
    site = built(posts(8) | {"content/posts/lens.md": FILES["content/posts/lens.md"].replace("[maya, jonas]", "[maya]")},
                 feeds={"items": 3, "archive": True, "hub": "https://hub.example.com/"})  # fmt: skip
    live = name.replace("-{}", "")
    found, at = [], live
    while at:
        document = site.read(f"people/jonas/{at}")
        found += [entry.title for entry in feedparser.parse(document).entries]
        at = links(site, f"people/jonas/{at}").get("prev-archive", "")

    assert ["N8", "N7", "N6", "N6", "N5", "N4", "N3", "N2", "N1"] == found
    assert {"prev-archive": f"archive/{name.format(2)}", "hub": "https://hub.example.com/"} == links(
        site, f"people/jonas/{live}"
    )
    assert {"current": live, "next-archive": f"archive/{name.format(2)}"} == links(
        site, f"people/jonas/archive/{name.format(1)}"
    )
    assert {"current": live, "prev-archive": f"archive/{name.format(1)}"} == links(
        site, f"people/jonas/archive/{name.format(2)}"
    )
    assert [0, 1] == [
        len(xml(site, f"people/jonas/{path}").findall(".//fh:archive", NAMES))
        for path in (live, f"archive/{name.format(1)}")
    ]


def test_json_feeds_lead_on_to_the_archive(built):
    """By next_url, to the end."""
    site, found, at = built(posts(8), feeds={"items": 3, "archive": True}), [], f"{URL}/people/jonas/feed.json"
    while at:
        document = json.loads(site.read(at.removeprefix(f"{URL}/")))
        found += [item["title"] for item in document["items"]]
        at = document.get("next_url")

    assert {"A lens", *(f"N{n}" for n in range(1, 9))} == set(found)


def test_a_new_post_leaves_archives_alone(built):
    """But for one link in the newest of them, when another one follows it."""
    site = built(posts(7), feeds={"items": 3, "archive": True})
    archives = {
        path: raw for path, raw in site.outputs().items() if "/archive/" in path and path.startswith("people/jonas")
    }
    moved = []
    for n in (8, 9, 10):
        site.write(
            f"content/posts/n{n}.md",
            posts(n)[f"content/posts/n{n}.md"].replace("2025-01", "2026-11").replace(f"-{n:02}\n", f"-{n + 2:02}\n"),
        )
        site.build(moment=NOW)
        after = site.outputs()
        moved.append(sorted(path for path in archives if after[path] != archives[path]))
        archives = {path: raw for path, raw in after.items() if "/archive/" in path and path.startswith("people/jonas")}

    assert [] == [path for paths in moved for path in paths if "-1." in path]
    assert [0, 0, 2] == sorted(map(len, moved)), moved


def test_without_the_setting_there_is_no_archive(built):
    """And no word of one."""
    site = built(posts(8), feeds={"items": 3})

    assert not [path for path in site.outputs() if "/archive/" in path]
    assert not any(
        word in site.read(path) for path in ("atom.xml", "feed.xml", "feed.json") for word in ("archive", "next_url")
    )


# ── old addresses ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_old_address_of_a_feed_leads_to_the_new_one(built):
    """By a redirect where the host makes one, in the same format; where it does not, the feed itself stands there."""
    site = built(
        {
            "content/people/maya.md": "---\nname: Maya Okafor\nfeed_aliases: [/authors/maya/feed/, /maya.json, /maya/atom.xml]\n---\n",
            "content/topics/lenses.md": "---\nname: Lenses\nfeed_aliases: [/tags/lenses.xml]\n---\n",
        },
        feeds={"aliases": ["/index.xml", "/feed/atom/"]},
    )

    assert {
        "/authors/maya/feed/ /people/maya/feed.xml 301", "/maya.json /people/maya/feed.json 301", "/maya/atom.xml /people/maya/atom.xml 301",
        "/tags/lenses.xml /topics/lenses/feed.xml 301", "/index.xml /feed.xml 301", "/feed/atom/ /atom.xml 301",
    } <= set(site.read("_redirects").splitlines())  # fmt: skip
    for old, new in (("maya.json", "people/maya/feed.json"), ("maya/atom.xml", "people/maya/atom.xml"),
                     ("tags/lenses.xml", "topics/lenses/feed.xml"), ("index.xml", "feed.xml")):  # fmt: skip
        assert site.read(old) == site.read(new)
    assert not (site.root / "public/authors").exists()
    site.edit("content/posts/lens.md", "Words.", "Other words.")
    site.build(moment=NOW)
    assert "Other words" in site.read("tags/lenses.xml")


@pytest.mark.parametrize(
    ("files", "settings", "message"),
    [
        ({"content/people/maya.md": "---\nname: Maya Okafor\nfeed_aliases: [/old/feed/]\n---\n",
          "content/people/jonas.md": "---\nname: Jonas Lind\nfeed_aliases: [/old/feed]\n---\n"}, {}, "two feeds claim the old address"),
        ({"content/people/maya.md": "---\nname: Maya Okafor\nfeed_aliases: [/2026/lens/]\n---\n"}, {}, "is that of a page"),
        ({"content/people/maya.md": "---\nname: Maya Okafor\nfeed_aliases: [/feed.xml]\n---\n"}, {}, "two sources would write"),
        ({}, {"feeds": {"aliases": ["/a/../b.xml"]}}, "must not contain"),
    ],
)  # fmt: skip
def test_an_old_address_that_cannot_be_stops_the_build(make_site, files, settings, message):
    """With the file and the next step."""
    (problem,) = make_site(FILES | files, **settings).build(moment=NOW).problems

    assert message in problem.message
    assert problem.hint and problem.location.line


# ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────────

LEFT = {
    "content/people/maya.md": "---\nname: Maya Okafor\nstatus: {state: left, on: 2026-11-10, successor: jonas}\n---\n"
}


@pytest.mark.parametrize("folder", ["people/maya/", "people/maya/topics/lenses/"])
def test_the_feeds_of_somebody_who_left_end_with_who_answers(built, folder):
    """The posts stay as they were, under the same ids; the entry is the newsroom's, and JSON Feed says that it is over."""
    before, after = built(), built(LEFT)
    for name in ("feed.xml", "atom.xml"):
        parsed = feedparser.parse(after.read(f"{folder}{name}"))
        entry = parsed.entries[0]

        assert not parsed.bozo
        assert ["Maya Okafor has left; Jonas Lind answers now", "A lens"] == [each.title for each in parsed.entries]
        assert (f"{URL}/people/maya/", (2026, 11, 10)) == (entry.link, entry.published_parsed[:3])
        assert ["Northwind Newsroom"] == [author.name for author in entry.authors if author.get("name")]
    document = json.loads(after.read(f"{folder}feed.json"))

    assert document["expired"] is True and "expired" not in json.loads(after.read("feed.json"))
    assert everywhere(before, folder) == [ids[1:] for ids in everywhere(after, folder)]
    assert "Jonas Lind answers for" in document["items"][0]["content_html"]
    assert "Reply to" not in document["items"][0]["content_html"]


def test_the_last_entry_is_updated_when_the_successor_leaves_too(built):
    """And with it the feed; it was published when it was."""
    jonas = "---\nname: Jonas Lind\nstatus: {state: left, on: 2026-11-12}\n---\n"
    parsed = feedparser.parse(built(LEFT | {"content/people/jonas.md": jonas}).read("people/maya/atom.xml"))

    assert ((2026, 11, 10), (2026, 11, 12)) == (
        parsed.entries[0].published_parsed[:3], parsed.entries[0].updated_parsed[:3]
    )  # fmt: skip
    assert (2026, 11, 12) == parsed.feed.updated_parsed[:3]


def test_the_page_of_a_person_on_a_topic_is_linked_and_found(built):
    """From both; its own feeds come first in its head, then hers, the topic's, the site's; it is in no OPML."""
    site = built()
    page = etree.HTML(site.read("people/maya/topics/lenses/index.html"))
    found = [link.get("href").removeprefix(URL) for link in page.iterfind(".//link[@rel='alternate']")]

    assert [
        "/people/maya/topics/lenses/feed.xml",
        "/people/maya/feed.xml",
        "/topics/lenses/feed.xml",
        "/feed.xml",
    ] == found[::3]
    for other in ("people/maya/index.html", "topics/lenses/index.html"):
        assert 'href="/people/maya/topics/lenses/"' in site.read(other)
    assert "topics/lenses/feed.xml" in site.read("follow.opml") and "maya/topics" not in site.read("follow.opml")
    assert "corrections/feed.xml" in site.read("follow.opml")


@pytest.mark.parametrize("page", ["corrections", "releases", "statements", "answers"])
def test_every_listed_feed_is_discovered_on_its_page(built, page):
    """Its own first."""
    kinds = {f"content/posts/{kind}.md": f"---\ntitle: {kind}\nkind: {kind}\nauthors: [maya]\ndate: 2026-11-03\n"
             f"{'question: Why?' if kind == 'answer' else 'summary: S'}\n---\n" for kind in ("release", "statement", "answer")}  # fmt: skip
    site = built(kinds)
    head = etree.HTML(site.read(f"{page}/index.html"))

    assert [f"{URL}/{page}/{name}" for name in ("feed.xml", "atom.xml", "feed.json")] == [
        link.get("href") for link in head.iterfind(".//link[@rel='alternate']")
    ][:3]
