"""Feeds before their judges: the W3C's feed validator for RSS and Atom, the specification of JSON Feed 1.1 for JSON.

The validator is no package. Clone github.com/w3c/feedvalidator, and name its folder `src`:
`NEWSROOM_FEEDVALIDATOR=/where/feedvalidator/src pytest tests/render/test_feed_validator.py`. It needs html5lib and lxml.
"""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

SOURCE = os.environ.get("NEWSROOM_FEEDVALIDATOR", "")
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TOLERATED = {
    "DuplicateUpdated": "two posts of one day without a time are of the same moment, and that is all we know",
    "ArchiveIncomplete": "the only archived document has no other to link to; the live feed links to it",
}
"""Warnings that hold for good feeds, and why."""

JUDGE = """
import io, json, sys, warnings
warnings.simplefilter("ignore")
sys.path.insert(0, sys.argv[1])
import feedvalidator
from feedvalidator import compatibility
from feedvalidator.formatter.text_plain import Formatter
said = []
for path, address in json.load(sys.stdin):
    found = feedvalidator.validateStream(open(path, "rb"), firstOccurrenceOnly=1, contentType="application/xml", base=address)
    events = compatibility.AA(found["loggedEvents"])
    said += [(address, type(event).__name__, Formatter([event])[0]) for event in events]
print(json.dumps(said))
"""

NASTY = """
<p onclick="x()" style="background: url(/x.png)">Read <a href="#end">on</a>, <a href="/other/">there</a>,
<a href="javascript:alert(1)">never</a>, <a href="//cdn.example.com/a b">far</a> or <a href="http://[">nowhere</a>.</p>
<script>document.write("x")</script><style>p { color: red }</style><noscript><img src="/tracker.gif"></noscript>
<iframe src="https://player.example.com/1"></iframe><object data="https://old.example/a.swf"></object><embed src="https://old.example/a.swf">
<form action="/send"><input name="q"><button>Go</button></form>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/late.png" loading="lazy" srcset="/a.png 2x, b.png 3x" sizes="9px">
<picture><source srcset="/a.webp"><img src="/a.png" alt=""></picture>
<video src="film.mp4" poster="still.png" controls autoplay></video><audio controls><source src="talk.mp3"></audio>
<svg><script>x()</script><circle r="1"/></svg>
<my-widget data-x="1">Words in it</my-widget><marquee>old</marquee><blink>older</blink><font color="red">oldest</font>
<table><tr><td colspan="2">1</td></tr></table><q cite="/said/">So</q> ]]&gt; &#11; &#xFFFE; &nbsp; 😀 שלום
<p>Unclosed <b>and <i>crossed</b> over</i><!-- a comment -- with dashes --><?php echo 1 ?>
"""

def png(width: int, height: int) -> bytes:
    """A black PNG."""
    file = BytesIO()
    Image.new("1", (width, height)).save(file, "PNG")
    return file.getvalue()


FILES = {
    "content/people/maya.md": "---\nname: Maya O'Kafor & Söhne ]]>\nphoto: maya.png\n---\nBio\n",
    "content/people/maya.png": png(900, 1200),
    "content/people/jonas.md": "---\nname: Jonas Lind\nstatus: {state: left, on: 2026-11-18, successor: maya}\n---\n",
    "content/people/lena.md": "---\nname: Lena Brandt\nstatus: {state: left, on: 2026-11-18}\n---\n",
    "content/people/ida.md": "---\nname: Ida Who Never Wrote\n---\n",
    "content/topics/light.md": "---\nname: Light & \"shade\"\n---\nx\n",
    "content/topics/empty.md": "---\nname: Empty\n---\n",
    "content/posts/nasty.md": "---\ntitle: 1 < 2 > 0 & &amp; ]]> 😀\nauthors: [maya, jonas]\ntopics: [light]\ndate: 2026-11-17 09:00\n"
    "summary: A & B < C &lt; ]]>\nimage: {file: still.png, alt: '\"<', caption: A & B}\n"
    "corrections:\n- {date: 2026-11-18, text: 'It was <b>1947</b> & not <1974>. ]]>', by: maya}\n- {date: 2026-11-18, text: Twice.}\n---\n" + NASTY,
    "content/posts/film.mp4": b"film",
    "content/posts/talk.mp3": b"talk!",
    "content/posts/still.png": png(9, 12),
    "content/posts/release.md": "---\ntitle: A release\nkind: release\nauthors: [maya]\ndate: 2026-11-16 10:00\nmedia: [{file: talk.mp3}]\n---\n"
    "[A film](film.mp4)\n",
    "content/posts/leer.md": "---\ntitle: Leer\nlanguage: de\nauthors: [jonas]\ntopics: [light]\ndate: 2026-11-15 08:00\nid: https://old.example/?p=17\n---\n",
    "content/posts/lena.md": "---\ntitle: Lena\nauthors: [lena]\ndate: 2026-11-14 08:00\nupdated: 2026-11-15 11:00\nid: tag:old.example,2020:x\n---\nMore.\n",
    "content/comments/nasty.yaml": "post: content/posts/nasty.md\ncomments:\n- {id: isso-1, name: 'A & <3', date: 2026-11-19T10:00:00Z, text: Why?}\n"
    "- {id: isso-2, reply_to: isso-1, person: maya, date: 2026-11-20T10:00:00Z, edited: 2026-11-20T11:00:00Z, text: So.}\n",
    "content/comments/old.yaml": "post: https://old.example/?p=17\ncomments:\n- {id: isso-3, name: Bo, date: 2026-11-19T10:00:00Z, text: Hm.}\n",
}  # fmt: skip
SITES = {
    "everything": (FILES, {"posts": {"trust_html": True}, "feeds": {"hub": "https://hub.example.com/?a=1&b=2"}}),
    "sanitised, below a path": (FILES, {"url": "https://example.com/news", "language": "de-CH", "title": "Öl & Glas"}),
    "summaries": (FILES, {"feeds": {"content": "summary", "items": 2}}),
    "archived": (FILES, {"feeds": {"items": 1, "archive": True, "hub": "https://hub.example.com/"}, "timezone": "Pacific/Apia"}),
    "comments elsewhere": (FILES, {"comments": {"provider": "isso", "isso": {"url": "https://comments.example.com"}}}),
    "nothing yet": ({}, {}),
}  # fmt: skip
EACH = pytest.mark.parametrize("name", SITES)


@pytest.fixture
def built(make_site):
    """A site as it is built, and its address."""

    def build(name):
        files, settings = SITES[name]
        site = make_site(files, **settings)
        assert [] == [(p.code, p.message) for p in site.build(moment=NOW).problems]
        return site, settings.get("url", "https://news.example.com")

    return build


def judged(root: Path, url: str) -> list:
    """What the W3C's validator has to say of every feed and list of feeds below a folder."""
    public = root / "public"
    files = [path for path in public.rglob("*") if path.suffix in (".xml", ".opml") and path.name != "sitemap.xml"]
    asked = json.dumps([(str(path), f"{url}/{path.relative_to(public).as_posix()}") for path in sorted(files)])
    done = subprocess.run([sys.executable, "-c", JUDGE, SOURCE], input=asked, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [row for row in json.loads(done.stdout.splitlines()[-1]) if row[1] not in TOLERATED]


@pytest.mark.skipif(not SOURCE, reason="NEWSROOM_FEEDVALIDATOR does not name the folder src of the W3C's feedvalidator")
@EACH
def test_the_w3c_finds_nothing_to_say(built, name):
    """Neither an error nor a warning, in any feed of any site, whatever writers write."""
    site, url = built(name)

    assert [] == judged(site.root, url)


@pytest.mark.skipif(not SOURCE, reason="NEWSROOM_FEEDVALIDATOR does not name the folder src of the W3C's feedvalidator")
def test_the_w3c_would_find_what_is_wrong(built):
    """The judge is awake: a date that is none is told."""
    site, url = built("summaries")
    feed = site.root / "public" / "feed.xml"
    feed.write_text(re.sub("<pubDate>.*?<", "<pubDate>yesterday<", feed.read_text(), count=1))

    assert ["InvalidRFC2822Date"] == [row[1] for row in judged(site.root, url)]


# ── JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/ ─────────────────────────────────────────────────────────────

TEXT, URL, LIST, NUMBER, FLAG, DATE = "text", "address", "list", "number", "flag", "date"
TOP = {
    "version": TEXT, "title": TEXT, "home_page_url": URL, "feed_url": URL, "description": TEXT, "user_comment": TEXT,
    "next_url": URL, "icon": URL, "favicon": URL, "authors": LIST, "language": TEXT, "expired": FLAG, "hubs": LIST, "items": LIST,
}  # fmt: skip
ITEM = {
    "id": TEXT, "url": URL, "external_url": URL, "title": TEXT, "content_html": TEXT, "content_text": TEXT, "summary": TEXT,
    "image": URL, "banner_image": URL, "date_published": DATE, "date_modified": DATE, "authors": LIST, "tags": LIST,
    "language": TEXT, "attachments": LIST,
}  # fmt: skip
AUTHOR = {"name": TEXT, "url": URL, "avatar": URL}
ATTACHMENT = {"url": URL, "mime_type": TEXT, "title": TEXT, "size_in_bytes": NUMBER, "duration_in_seconds": NUMBER}
HUB = {"type": TEXT, "url": URL}
FORMS = {
    TEXT: lambda value: isinstance(value, str) and value != "",
    URL: lambda value: isinstance(value, str) and re.fullmatch(r"https?://[^\s<>\"]+", value),
    LIST: lambda value: isinstance(value, list) and value,
    NUMBER: lambda value: type(value) in (int, float) and value >= 0,
    FLAG: lambda value: type(value) is bool,
    DATE: lambda value: (
        isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)", value)
    ),
}
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def members(record: dict, known: dict, required: str, where: str):
    """What is wrong with the members of an object: an unknown one, one of another type, one that is missing."""
    yield from (f"{where}: {name} is missing" for name in required.split() if name not in record)
    for name, value in record.items():
        if name.startswith("_"):
            good = re.fullmatch(r"_[A-Za-z][^.]*", name) and isinstance(value, dict)
        else:
            good = name in known and (FORMS[known[name]](value) or (name, value) == ("items", []))
        if not good:
            yield f"{where}: {name} = {value!r}"


def wrong(document: dict):
    """Every rule of the specification that a document breaks."""
    yield from members(document, TOP, "version title home_page_url feed_url items", "feed")
    if document["version"] != "https://jsonfeed.org/version/1.1":
        yield "another version"
    if document.get("next_url") == document["feed_url"]:
        yield "next_url is the feed itself"
    for hub in document.get("hubs", []):
        yield from members(hub, HUB, "type url", "hub")
    ids = [item.get("id") for item in document["items"]]
    if len(set(ids)) < len(ids):
        yield "an id stands twice"
    for record in (document, *document["items"]):
        if not LANGUAGE.fullmatch(record.get("language", "en")):
            yield f"{record['language']} is no language"
        for author in record.get("authors", []):
            yield from members(author, AUTHOR, "", "author")
            if not author:
                yield "an author has no member"
    for item in document["items"]:
        yield from members(item, ITEM, "id url date_published authors", "item")
        if not {"content_html", "content_text"} & item.keys():
            yield "item: no content"
        if "date_modified" in item and datetime.fromisoformat(item["date_modified"]) < datetime.fromisoformat(
            item["date_published"]
        ):
            yield "item: modified before it was published"
        if not all(isinstance(tag, str) and tag for tag in item.get("tags", [])):
            yield "item: a tag is no text"
        for attachment in item.get("attachments", []):
            yield from members(attachment, ATTACHMENT, "url mime_type", "attachment")


@EACH
def test_json_feeds_keep_every_rule(built, name):
    """Required members, their types, no member that the specification does not know; each feed says where it is."""
    site, url = built(name)
    public = site.root / "public"
    found = {path.relative_to(public).as_posix(): json.loads(path.read_bytes()) for path in public.rglob("feed*.json")}

    assert "feed.json" in found
    assert {} == {path: broken for path, document in found.items() if (broken := list(wrong(document)))}
    assert {path: document["feed_url"] for path, document in found.items()} == {path: f"{url}/{path}" for path in found}


def test_the_checker_finds_what_is_wrong():
    """Each of these breaks one rule."""
    item = {
        "id": "1",
        "url": "https://a.example/",
        "content_html": "x",
        "date_published": "2026-11-02T09:00:00Z",
        "authors": [{"name": "A"}],
    }
    good = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "home_page_url": "https://a.example/",
            "feed_url": "https://a.example/feed.json", "items": [item]}  # fmt: skip
    bad = [
        good | {"version": "1.1"}, good | {"authors": []}, good | {"icon": "/x.png"}, good | {"hub": "x"}, good | {"expired": 1},
        good | {"next_url": good["feed_url"]}, good | {"items": [item, item]}, good | {"items": [item | {"id": 1}]},
        good | {"items": [item | {"date_published": "2026-11-02"}]}, good | {"items": [item | {"_a.b": {}}]},
        good | {"items": [item | {"attachments": [{"url": "https://a.example/a.mp3"}]}]}, good | {"items": [item | {"content_html": ""}]},
    ]  # fmt: skip

    assert [] == list(wrong(good))
    assert [1] * len(bad) == [min(1, len(list(wrong(document)))) for document in bad]
