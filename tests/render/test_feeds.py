"""Feeds, as feed readers read them: feedparser and lxml judge XML, rules of the JSON Feed specification judge JSON."""

import json
import re
import subprocess
import sys
from datetime import datetime
from functools import partial
from html import escape
from types import SimpleNamespace

import feedparser
import pytest
from bs4 import BeautifulSoup
from feedgen.feed import FeedEntry, FeedGenerator
from feedgen.util import xml_elem
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from newsroom.followed import Entry, Feed
from newsroom.model import NOTHING, digest
from newsroom.render.feed_head import page_of
from newsroom.render.feed_html import body, legal, plain
from newsroom.render.feed_xml import rfc822
from newsroom.render.feeds import FORMATS, entry_id, feed_url, opml, written
from newsroom.views import Face, Picture, SiteInfo, Tag

SITE = "https://news.example.com/newsroom"
HUB = "https://hub.example.com/?a=1&b=2"
MEMBERS = {"atom": "http://www.w3.org/2005/Atom", "dc": "http://purl.org/dc/elements/1.1/",
           "content": "http://purl.org/rss/1.0/modules/content/"}  # fmt: skip

AWKWARD = ["Salt & pepper", "&amp; is an ampersand", "]]> ends it", "😀 happy", "שלום עולם", "Two\nlines",
           "a\x00\x0b\ufffeb", "1 < 2 > 0", "\ud800 alone", '"Quoted"', "Zoë’s", "10\u00a0%"]  # fmt: skip
ANYTHING = st.one_of(
    st.sampled_from([*AWKWARD, "<script>x</script>", "</title>", "</item>"]),
    st.text(st.characters(exclude_categories=())),
)


def face(key: str, name: str, photo: Picture | None = None) -> Face:
    """A person in a byline."""
    return Face(key, name, name.split(" ")[0], "Engineer", "Optics", "", photo, f"/newsroom/people/{key}/",
                f"/people/{key}/", "active", name[:1], 0, NOTHING)  # fmt: skip


MAYA = face("maya", "Maya Okafor", Picture("/newsroom/assets/maya.jpg", "Maya", width=600, height=800))
JONAS = face("jonas", "Jonas Lind & Söhne")
LENSES = Tag("lenses", "Lenses & light", "/newsroom/topics/lenses/", NOTHING)

INFO = SiteInfo(
    "Northwind Newsroom", SITE, "/newsroom", "en-GB", "Europe/Berlin", "", {}, (), (), {}, {}, NOTHING, main=SITE
)
FEED = Feed("urn:uuid:0e1a7d6c-3b52-4f0c-9a55-0d9b3d1c2f10", "Maya Okafor – Northwind", "Posts by Maya",
            "/people/maya/", "/people/maya/", (MAYA,), (), NOTHING)  # fmt: skip
EVERYTHING = FEED._replace(
    id="tag:news.example.com,2026:all", title="Northwind Newsroom", permalink="/", page="/", authors=()
)

CRACK = Entry(
    id="tag:news.example.com,2026:7f3a",
    title="What a cracked lens taught us",
    url=SITE + "/2026/cracked-lens/",
    html='<p>It &amp; I &lt;3 <a href="https://example.com/?a=1&amp;b=2">glass</a>.</p>\n',
    summary="A & B < C",
    published="2026-11-02T09:00:00+01:00",
    updated="2026-11-05T10:30:00+01:00",
    authors=(MAYA, JONAS),
    topics=(LENSES,),
    image=Picture(SITE + "/2026/crack.jpg", 'A "lens"', "Jonas Lind", "The crack", 800, 600),
    language="",
    answering=(MAYA, JONAS),
)
SHORT = Entry(
    id="tag:news.example.com,2026:2",
    title="Kurz",
    url=SITE + "/2026/kurz/",
    html="",
    summary="Nur das.",
    published="2026-11-01T08:00:00+01:00",
    updated="",
    authors=(MAYA,),
    topics=(),
    image=None,
    language="de",
)
ENTRIES = (CRACK, SHORT)
REPLY = f'<p>Reply to <a href="{CRACK.url}#contact">Maya or Jonas</a></p>'


def write_feed(form, feed, entries, info, hub=""):
    """A feed as a build writes it: of entries that were made before."""
    stamps = [stamp for entry in entries for stamp in (entry.published, entry.updated) if stamp]
    newest = max(stamps, key=datetime.fromisoformat, default="")
    return form.write(feed, [written(entry, info)[form.name] for entry in entries], newest, info, hub)


rss, atom, json_feed = (partial(write_feed, form) for form in FORMATS)

XML = pytest.mark.parametrize("write", [rss, atom], ids=["rss", "atom"])
EACH = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)


def read(document: bytes) -> feedparser.FeedParserDict:
    """What a reader understands of a feed, which must be without fault."""
    parsed = feedparser.parse(document, sanitize_html=False, resolve_relative_uris=False)

    assert not parsed.bozo, parsed.bozo_exception
    return parsed


# ── ids ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        ("https://old.example/?p=17", "https://old.example/?p=17"),
        ("HTTP://Old.example/A", "HTTP://Old.example/A"),
        ("tag:news.example.com,2026:7f3a", "tag:news.example.com,2026:7f3a"),
        ("urn:isbn:0451450523", "urn:isbn:0451450523"),
        ("0E1A7D6C-3B52-4F0C-9A55-0D9B3D1C2F10", "urn:uuid:0e1a7d6c-3b52-4f0c-9a55-0d9b3d1c2f10"),
        ("content/posts/2026/lens.md", "urn:uuid:c62b9708-d63e-523f-bf8f-7f727c59360b"),
        ("https://old.example/a b", "urn:uuid:118e38d0-57a8-536a-9774-0a80014815de"),
        ("lens: a story", "urn:uuid:97e76157-97ff-5359-9be6-0cc4e0929cea"),
    ],
)
def test_an_identity_is_an_iri(identity, expected):
    """An address, tag, urn or UUID is kept; anything else becomes the same UUID in every release."""

    assert entry_id(identity) == expected


@given(ANYTHING)
def test_any_identity_gives_an_id(identity):
    """Whatever is written as identity gives an absolute IRI, the same each time."""

    assert re.fullmatch(r"[A-Za-z]+:[^\s<>]+", entry_id(identity))
    assert entry_id(entry_id(identity)) == entry_id(identity)


def test_a_path_is_one_identity_on_every_system():
    """An accent written as one character or as two gives one id."""

    assert entry_id("content/posts/u\u0308ber.md") == entry_id("content/posts/\u00fcber.md")


def test_an_id_outlives_title_address_and_site():
    """A post that gets another title, slug, domain and byline keeps its id in all three formats."""
    moved = INFO._replace(url="https://elsewhere.example", base="")
    entry = CRACK._replace(title="New", url="https://elsewhere.example/new/", authors=(JONAS,))

    for write in (rss, atom):
        assert read(write(EVERYTHING, (entry,), moved)).entries[0].id == CRACK.id
    assert json.loads(json_feed(EVERYTHING, (entry,), moved))["items"][0]["id"] == CRACK.id


# ── what readers read ────────────────────────────────────────────────────────────────────────────────────────────────


@XML
def test_a_feed_reads_back_as_written(write):
    """Title, address, description and self link of a feed are what they were."""
    parsed = read(write(FEED, ENTRIES, INFO))
    links = [link.href for link in parsed.feed.links if link.rel == "self"]

    assert (parsed.feed.title, parsed.feed.link, parsed.feed.subtitle) == (
        FEED.title,
        SITE + "/people/maya/",
        FEED.description,
    )
    assert links == [SITE + "/people/maya/" + ("feed.xml" if write is rss else "atom.xml")]
    assert parsed.feed.language == ("en-gb" if write is rss else "en-GB")


@XML
def test_an_entry_reads_back_as_written(write):
    """Title, id, address, people, topics, moments and content of an entry are what they were."""
    entry = read(write(FEED, ENTRIES, INFO)).entries[0]

    assert (entry.title, entry.id, entry.link) == (CRACK.title, CRACK.id, CRACK.url)
    assert [person.name for person in entry.authors if "name" in person] == [MAYA.name, JONAS.name]
    assert [tag.term for tag in entry.tags] == ["Lenses & light"]
    assert entry.published_parsed[:6] == (2026, 11, 2, 8, 0, 0)
    assert CRACK.html.strip() in entry.content[0].value
    assert BeautifulSoup(entry.summary, "html.parser").get_text() == CRACK.summary


@XML
@pytest.mark.parametrize("title", AWKWARD)
def test_an_awkward_title_is_read_as_written(write, title):
    """A reader shows any title as plain text on one line, escaped once."""
    parsed = read(write(FEED._replace(title=title), (CRACK._replace(title=title, authors=(face("x", title),)),), INFO))

    assert parsed.entries[0].title == plain(title)
    assert parsed.entries[0].authors[0].name == plain(title)
    assert parsed.feed.title == plain(title)


@XML
@given(ANYTHING, ANYTHING)
def test_any_text_gives_a_well_formed_feed(write, text, html):
    """No title, name, topic or text can break a feed: it parses strictly, and the title is in it as plain text."""
    entry = CRACK._replace(
        title=text, summary=text, html=html, authors=(face("x", "A" + text),), topics=(LENSES._replace(name=text),)
    )
    root = etree.fromstring(write(FEED._replace(title=text, description=text), (entry, SHORT), INFO))

    assert root.xpath("string((//item|//atom:entry)[1]/*[local-name()='title'])", namespaces=MEMBERS) == (
        plain(text) or entry.url
    )
    assert len(root.xpath("//item|//atom:entry", namespaces=MEMBERS)) == 2


@given(ANYTHING, ANYTHING)
def test_any_text_gives_json(text, html):
    """No title, name, topic or text can break a JSON feed or an OPML file."""
    feed = FEED._replace(title=text, description=text)
    document = json.loads(
        json_feed(feed, (CRACK._replace(title=text, summary=text, html=html, authors=(face("x", text),)),), INFO)
    )

    assert document["items"][0].get("title", "") == plain(text)
    assert etree.fromstring(opml(text, [feed], INFO)).find("body/outline").get("text") == plain(text)


def test_a_feed_is_the_same_every_time():
    """Written again, in another process too, a feed has the same bytes: no clock, no random order."""
    code = f"import runpy; print(runpy.run_path({__file__!r})['digests']())"
    again = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert again == f"{digests()}\n"


def digests() -> list[str]:
    """The digest of each format's bytes, with posts and without."""
    feeds = [write_feed(form, FEED, entries, INFO, HUB) for form in FORMATS for entries in (ENTRIES, ())]
    return [digest(feed) for feed in [*feeds, opml("Northwind", [FEED], INFO)]]


def test_a_feed_is_as_new_as_its_newest_entry():
    """The feed's moment is the latest of all entries', wherever that entry stands."""

    assert read(atom(FEED, (SHORT, CRACK), INFO)).feed.updated == CRACK.updated
    assert read(rss(FEED, (SHORT, CRACK), INFO)).feed.updated == "Thu, 05 Nov 2026 10:30:00 +0100"


def test_an_empty_feed_tells_no_moment():
    """A feed without posts is a good feed; only Atom, which must have a moment, names one, and never today."""
    channel, feed = etree.fromstring(rss(FEED, (), INFO)), read(atom(FEED, (), INFO))

    assert channel.find("channel/lastBuildDate") is None
    assert feed.feed.updated_parsed[0] == 2005
    assert json.loads(json_feed(FEED, (), INFO))["items"] == []


@XML
def test_dates_keep_their_own_offset(write):
    """RSS dates are RFC 822 and Atom's RFC 3339, both with the offset that the entry was published at."""
    entry = etree.fromstring(write(FEED, ENTRIES, INFO)).xpath("(//item|//atom:entry)[1]", namespaces=MEMBERS)[0]
    path = "pubDate" if write is rss else "{http://www.w3.org/2005/Atom}published"

    assert entry.findtext(path) == ("Mon, 02 Nov 2026 09:00:00 +0100" if write is rss else CRACK.published)


# ── feedgen's word ───────────────────────────────────────────────────────────────────────────────────────────────────


PLAIN = b"<title.*?</title>|<summary>.*?</summary>"


def by_feedgen(entry, info):
    """(RSS item, Atom entry) as feedgen writes them in a feed with the same namespaces."""

    def mark_item(element):
        for person in entry.authors:
            xml_elem(f"{{{MEMBERS['dc']}}}creator", element).text = plain(person.name)

    def mark_entry(element):
        element.find("title").set("type", "text")
        element.find("link").attrib.update({"rel": "alternate", "type": "text/html"})
        if entry.language and entry.language != info.language:
            element.set("{http://www.w3.org/XML/1998/namespace}lang", entry.language)

    marks = SimpleNamespace(extend_ns=lambda: {"dc": MEMBERS["dc"]}, extend_rss=mark_item, extend_atom=mark_entry)
    neutral = SimpleNamespace(extend_ns=marks.extend_ns, extend_rss=lambda _: None, extend_atom=lambda _: None)
    made = []
    for atom in (False, True):
        item, channel = FeedEntry(), FeedGenerator()
        item.id(entry.id)
        item.title(plain(entry.title) or entry.url)
        item.link(href=entry.url)
        item.published(datetime.fromisoformat(entry.published))
        item.updated(datetime.fromisoformat(entry.updated or entry.published))
        for topic in entry.topics:
            item.category(term=plain(topic.name))
        for person in entry.authors if atom else ():
            item.author(name=plain(person.name), uri=page_of(person, info.url))
        if entry.html and entry.summary:
            (item.summary if atom else item.description)(
                legal(entry.summary) if atom else escape(legal(entry.summary), quote=False)
            )
        (item.content if entry.html or not atom else item.summary)(body(entry, info.language), type="html")
        channel.id("x")
        channel.title("x")
        channel.description("x")
        channel.link(href="x")
        channel.register_extension("marks", lambda: neutral, lambda: marks)
        channel.add_entry(item)
        tag, whole = ("entry", channel.atom_str()) if atom else ("item", channel.rss_str())
        one = whole[whole.index(f"<{tag}".encode()) : whole.rindex(f"</{tag}>".encode()) + len(f"</{tag}>")]
        # the profile of RSS wants these two in hexadecimal in titles: the same to a parser
        made.append(
            re.sub(PLAIN, lambda t: t[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;"), one, flags=re.S)
        )
    return made


@given(ANYTHING, ANYTHING, ANYTHING, ANYTHING, st.sampled_from(["", "en-GB", "de", 'x"<&']), st.booleans())
@example("T", "S", "a\rb", "N", "", True)
@example("", "\x01", "x", "", "de", False)
@example("\x00", "", "", "\x00", "", False)
def test_a_post_is_written_as_feedgen_would(title, summary, html, name, language, image):
    """Byte for byte, whatever the texts are: order, escapes, empty elements."""
    entry = CRACK._replace(
        title=title, summary=summary, html=html, language=language, image=CRACK.image if image else None,
        authors=(face("x", name), JONAS) if name else (), topics=(LENSES._replace(name=name), LENSES) if image else (),
    )  # fmt: skip

    for each in (entry, entry._replace(updated="", url=CRACK.url + "?a=1&b='2'")):
        made = written(each, INFO)
        assert by_feedgen(each, INFO) == [made["rss"], made["atom"]]


@given(st.datetimes(datetime(1000, 1, 1), timezones=st.timezones()))
def test_rss_writes_a_moment_as_the_c_library_does(when):
    """Names of days and months are English, two digits where two are wanted."""
    assert when.strftime("%a, %d %b %Y %H:%M:%S %z") == rfc822(when)


# ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_author_is_credited_in_every_format():
    """Each person of a byline stands on her own, with her page where the format has a place for it."""
    item = etree.fromstring(rss(FEED, ENTRIES, INFO)).find("channel/item")
    entry = etree.fromstring(atom(FEED, ENTRIES, INFO)).find("atom:entry", MEMBERS)
    authors = json.loads(json_feed(FEED, ENTRIES, INFO))["items"][0]["authors"]
    pages = [SITE + "/people/maya/", SITE + "/people/jonas/"]

    assert [creator.text for creator in item.findall("dc:creator", MEMBERS)] == [MAYA.name, JONAS.name]
    assert [name.text for name in entry.findall("atom:author/atom:name", MEMBERS)] == [MAYA.name, JONAS.name]
    assert [uri.text for uri in entry.findall("atom:author/atom:uri", MEMBERS)] == pages
    assert [(author["name"], author["url"]) for author in authors] == [(MAYA.name, pages[0]), (JONAS.name, pages[1])]
    assert [author.get("avatar") for author in authors] == [SITE + "/assets/maya.jpg", None]


@EACH
def test_no_feed_holds_an_address_to_write_to(form):
    """No e-mail address is in a feed, nor any element whose content would have to be one."""
    document = write_feed(form, FEED, ENTRIES, INFO, HUB).decode()

    assert not re.search(r"[\w.+-]+@[\w-]+\.\w+", document)
    assert not re.search(r"<(managingEditor|webMaster|email)\b|<item>.*<author>", document, re.DOTALL)


@pytest.mark.parametrize(
    ("answering", "language", "line"),
    [
        ((MAYA,), "", 'Reply to <a href="{}#contact">Maya</a>'),
        (
            (JONAS, face("jonas2", "Jonas Berg")._replace(short_name=JONAS.short_name)),
            "",
            f'Reply to <a href="{{}}#contact">{escape(JONAS.name)} or Jonas Berg</a>',
        ),
        ((MAYA, JONAS), "", 'Reply to <a href="{}#contact">Maya or Jonas</a>'),
        ((MAYA, JONAS, face("lena", "Lena <3")), "", 'Reply to <a href="{}#contact">Maya, Jonas or Lena</a>'),
        ((face("x", "A<b>"),), "eo", 'Reply to <a href="{}#contact">A&lt;b&gt;</a>'),
        ((MAYA, JONAS), "de-AT", 'Antwort an <a href="{}#contact">Maya oder Jonas</a>'),
    ],
)
def test_each_post_ends_with_the_way_to_answer(answering, language, line):
    """The last line of every entry leads to the people who answer, in full text and in summaries."""
    expected = f"<p>{line.format(CRACK.url)}</p>"
    for html in (CRACK.html, ""):
        entry = CRACK._replace(answering=answering, language=language, html=html)

        assert json.loads(json_feed(FEED, (entry,), INFO))["items"][0]["content_html"].endswith("\n" + expected)
        for write in (rss, atom):
            parsed = read(write(FEED, (entry,), INFO)).entries[0]
            assert (parsed.content[0].value if html else parsed.summary).endswith("\n" + expected)


# ── the formats' own rules ───────────────────────────────────────────────────────────────────────────────────────────


def test_rss_keeps_its_rules():
    """Summary before content; ids that are no addresses; one link to the page; the picture bears the channel's name."""
    channel = etree.fromstring(rss(FEED, ENTRIES, INFO, HUB)).find("channel")
    item, short = channel.findall("item")
    names = [child.tag for child in item]
    links = [(link.get("rel"), link.get("href")) for link in channel.findall("atom:link", MEMBERS)]

    assert names.index("description") < names.index(f"{{{MEMBERS['content']}}}encoded")
    assert item.findtext("description") == "A &amp; B &lt; C"
    assert item.find("guid").get("isPermaLink") == "false"
    assert channel.findtext("link") == SITE + "/people/maya/"
    assert links == [("self", SITE + "/people/maya/feed.xml"), ("hub", HUB)]
    assert short.find("content:encoded", MEMBERS) is None
    assert short.findtext("description").startswith("<p>Nur das.</p>")
    assert [child.text for child in channel.find("image")] == [
        SITE + "/assets/maya.jpg",
        FEED.title,
        SITE + "/people/maya/",
        "144",
        "192",
    ]


def test_rss_describes_a_post_without_a_summary_in_full():
    """Without a summary the whole text is the description, and there is no second copy of it."""
    item = etree.fromstring(rss(FEED, (CRACK._replace(summary=""),), INFO)).find("channel/item")

    assert CRACK.html.strip() in item.findtext("description")
    assert item.find("content:encoded", MEMBERS) is None


def test_atom_keeps_its_rules():
    """One alternate link an entry, ids and moments required, text and HTML told apart, other languages named."""
    feed = etree.fromstring(atom(FEED, ENTRIES, INFO, HUB))
    entry, short = feed.findall("atom:entry", MEMBERS)
    links = [(link.get("rel"), link.get("href")) for link in feed.findall("atom:link", MEMBERS)]

    assert feed.findtext("atom:id", None, MEMBERS) == FEED.id
    assert [link.attrib for link in entry.findall("atom:link", MEMBERS)] == [
        {"href": CRACK.url, "rel": "alternate", "type": "text/html"}
    ]
    assert set(links) == {("self", SITE + "/people/maya/atom.xml"), ("alternate", SITE + "/people/maya/"), ("hub", HUB)}
    assert entry.find("atom:title", MEMBERS).get("type") == "text"
    assert entry.find("atom:content", MEMBERS).get("type") == short.find("atom:summary", MEMBERS).get("type") == "html"
    assert short.find("atom:content", MEMBERS) is None
    assert short.findtext("atom:updated", None, MEMBERS) == SHORT.published
    assert [e.get("{http://www.w3.org/XML/1998/namespace}lang") for e in (feed, entry, short)] == ["en-GB", None, "de"]
    assert feed.findtext("atom:icon", None, MEMBERS) == SITE + "/assets/maya.jpg"


def broken_rules(document: dict) -> list[str]:
    """The rules of JSON Feed 1.1 that a document breaks."""
    texts = {"title", "home_page_url", "feed_url", "description", "icon", "language", "version", "id", "url", "summary",
             "content_html", "image", "date_published", "date_modified", "name", "avatar", "type"}  # fmt: skip
    top = {
        "version",
        "title",
        "home_page_url",
        "feed_url",
        "description",
        "icon",
        "language",
        "authors",
        "hubs",
        "items",
    }
    item = {
        "id",
        "url",
        "title",
        "content_html",
        "summary",
        "image",
        "date_published",
        "date_modified",
        "authors",
        "tags",
        "language",
    }
    found = []

    def check(members: dict, allowed: set[str], required: set[str]) -> None:
        found.extend(f"{name} is missing" for name in required - set(members))
        found.extend(f"{name} is unknown" for name in set(members) - allowed)
        found.extend(
            f"{name} is no text"
            for name in texts & set(members)
            if not (isinstance(members[name], str) and members[name])
        )
        addresses = {"url", "image", "icon", "avatar", "feed_url", "home_page_url"} & set(members)
        found.extend(f"{name} is relative" for name in addresses if not members[name].startswith("https://"))
        found.extend(
            f"{name} is empty" for name in ("authors", "hubs", "tags") if name in members and not members[name]
        )
        for author in members.get("authors", []):
            check(author, {"name", "url", "avatar"}, set())
            found.extend(["an author is empty"] if not author else [])
        for name in ("date_published", "date_modified"):
            if name in members and not datetime.fromisoformat(members[name]).tzinfo:
                found.append(f"{name} has no offset")

    check(document, top, {"version", "title", "home_page_url", "feed_url", "items"})
    found.extend(["the version is another"] if document["version"] != "https://jsonfeed.org/version/1.1" else [])
    for entry in document["items"]:
        check(entry, item, {"id", "url", "content_html", "date_published", "authors"})
    for hub in document.get("hubs", []):
        check(hub, {"type", "url"}, {"type", "url"})
    ids = [entry["id"] for entry in document["items"]]
    return found + (["an id stands twice"] if len(set(ids)) < len(ids) else [])


@pytest.mark.parametrize("feed", [FEED, EVERYTHING], ids=["person", "site"])
@pytest.mark.parametrize("hub", [HUB, ""], ids=["hub", "no hub"])
def test_json_feed_keeps_its_rules(feed, hub):
    """The document breaks no rule of JSON Feed 1.1, with and without a person, a hub, a picture and topics."""
    document = json.loads(json_feed(feed, ENTRIES, INFO, hub))

    assert broken_rules(document) == []
    assert document.get("hubs", []) == ([{"type": "WebSub", "url": HUB}] if hub else [])
    assert [entry["language"] for entry in document["items"]] == ["en-GB", "de"]
    assert document["items"][0]["image"] == CRACK.image.src


def test_json_feed_is_text_people_can_read():
    """Names stand in it as they are written, one post a line."""
    document = json_feed(FEED, ENTRIES, INFO).decode()

    assert "Söhne" in document
    assert len(document.splitlines()) == len(ENTRIES) + 2


def test_opml_lists_every_feed():
    """Each feed is an outline with its address and page; nothing in the file tells when it was made."""
    other = FEED._replace(title='Jonas "J" & Co', permalink="/people/jonas/", page="/people/jonas/")
    document = opml("Northwind & friends", [FEED, other], INFO)
    rows = etree.fromstring(document).findall("body/outline/outline")

    assert [row.get("text") for row in rows] == [FEED.title, other.title]
    assert [row.get("xmlUrl") for row in rows] == [SITE + "/people/maya/feed.xml", SITE + "/people/jonas/feed.xml"]
    assert {row.get("type") for row in rows} == {"rss"}
    assert b"date" not in document


# ── pictures, addresses, style ───────────────────────────────────────────────────────────────────────────────────────


@EACH
def test_a_lead_image_opens_the_text(form):
    """The post's image stands first in its content, with alternative text, size, caption and credit."""
    figure = (f'<figure><img src="{SITE}/2026/crack.jpg" alt="A &quot;lens&quot;" width="800" height="600">'
              "<figcaption>The crack (Jonas Lind)</figcaption></figure>\n<p>It")  # fmt: skip
    document = write_feed(form, FEED, ENTRIES, INFO)
    first = (
        json.loads(document)["items"][0]["content_html"]
        if form.name == "json"
        else read(document).entries[0].content[0].value
    )

    assert first.startswith(figure)


@pytest.mark.parametrize(
    ("src", "shown"), [("/newsroom/m.jpg", True), ("/newsroom/m.PNG", True), ("/newsroom/m.svg", False)]
)
def test_only_a_picture_that_readers_show_is_a_feed_s_picture(src, shown):
    """A drawing in SVG is no channel image and no icon."""
    feed = FEED._replace(authors=(face("maya", "Maya", Picture(src, "")),))

    assert (b"<image>" in rss(feed, (), INFO), b"<icon>" in atom(feed, (), INFO)) == (shown, shown)
    assert ("icon" in json.loads(json_feed(feed, (), INFO))) == shown


@EACH
def test_the_address_of_a_feed_is_the_published_one(form):
    """The self link is the site's address, with its path, the feed's folder and the file's name, percent-encoded."""
    feed = FEED._replace(permalink="/people/zoë/")
    document = write_feed(form, feed, (), INFO).decode()

    assert feed_url(feed, form.file, INFO) == SITE + "/people/zo%C3%AB/" + form.file
    assert f'"{feed_url(feed, form.file, INFO)}"' in document


@XML
def test_a_browser_gets_the_theme_s_stylesheet(write):
    """Where the theme has a feed.css, the feed names it, before its first element; where not, nothing."""
    styled = INFO._replace(assets={"feed.css": "/newsroom/assets/feed.1a2b.css"})
    instruction = b'<?xml-stylesheet type="text/css" href="/newsroom/assets/feed.1a2b.css"?>\n<'

    assert instruction in write(FEED, ENTRIES, styled)
    assert read(write(FEED, ENTRIES, styled)).entries
    assert b"xml-stylesheet" not in write(FEED, ENTRIES, INFO)


def test_feedgen_is_loaded_by_a_feed_alone():
    """Importing the module loads neither feedgen nor lxml."""
    code = "import newsroom.render.feeds, sys; print(sorted({'feedgen', 'lxml', 'lxml.etree'} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
