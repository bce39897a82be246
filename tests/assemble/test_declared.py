"""What was declared after publication: each on its day, and a retracted post without a word of what it said."""

import zipfile
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import feedparser
import pytest

from newsroom.assemble.references import own_folders
from newsroom.build import Options, load
from newsroom.commands.session import Session
from newsroom.desk import Desk

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b49444154789c6360000200000500017a5eab3f"
    "0000000049454e44ae426082"
)
ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=ZONE)
WHY = "They do crack: one year only was counted."
RETRACTED = f"corrections: [{{date: 2026-11-20, kind: retraction, by: bo, text: '{WHY}'}}]"
FILES = {
    "content/people/ann.md": "---\nname: Ann Lind\ncontact: {email: ann@example.com}\n---\nBio\n",
    "content/people/bo.md": "---\nname: Bo Berg\n---\nBio\n",
    "content/topics/glass.md": "---\nname: Glass\n---\nx\n",
}


def post(lines="", body="Words\n", title="Title"):
    """A post of Ann's."""
    return f"---\ntitle: {title}\nauthors: [ann]\ndate: 2026-11-10\ntopics: [glass]\n{lines}\n---\n{body}"


@pytest.fixture
def made(make_site):
    """A site of these files in Berlin."""
    return lambda files, **settings: make_site(FILES | files, timezone="Europe/Berlin", **settings)


def whole(outputs):
    """Everything that is in the outputs, and in what they pack."""
    found = [*outputs.values(), *(path.encode() for path in outputs)]
    for raw in outputs.values():
        if zipfile.is_zipfile(BytesIO(raw)):
            with zipfile.ZipFile(BytesIO(raw)) as packed:
                found += [packed.read(name) + name.encode() for name in packed.namelist()]
    return b"\n".join(found)


KINDS = {
    "post": "image: {file: quince.png, alt: Quince, credit: Quince}\nhelp: [{how: edited, by: bo, note: Quince}]\nsigned_off: {ann: 2026-11-09}",
    "release": "kind: release\ndateline: Quince\nfacts: [Quince]\nquotes: [{by: ann, text: Quince}]\nmedia: [{file: quince.png, alt: Quince}]",
    "statement": "kind: statement\nknown: [Quince]\nunknown: [Quince]\ndoing: [Quince]\nnext_update: 2026-12-01",
    "answer": "kind: answer\nquestion: Quince?\nasked_by: Quince\nled_to: [Quince]",
}


@pytest.mark.parametrize("content", ["full", "summary"])
def test_no_word_and_no_file_of_a_retracted_post_is_in_any_output(made, content):
    """But its title, address, author and day, and why it was taken back and by whom: whatever its kind."""
    body = "Quince. ![Quince](quince.png) [Quince](quince.pdf)\n\n## Quince\n"
    before, after = ({}, {})
    for kind, lines in KINDS.items():
        for name in ("quince.png", "quince.pdf"):
            before[f"content/posts/{kind}/{name}"] = after[f"content/posts/{kind}/{name}"] = (
                PNG if name.endswith("png") else f"{name} {kind}".encode()
            )
        lines = f"summary: Quince\n{lines}\n"
        before[f"content/posts/{kind}/index.md"] = post(lines, body)
        after[f"content/posts/{kind}/index.md"] = post(lines + RETRACTED, body)
    sites = [made(files, feeds={"content": content, "archive": True, "items": 2}) for files in (before, after)]
    for site in sites:
        assert site.build(moment=NOW).problems == ()

    assert b"quince" in whole(sites[0].outputs()).lower()
    assert b"quince" not in whole(site.outputs()).lower()
    for kind in KINDS:
        page = site.read(f"2026/{kind}/index.html")
        assert [] == [
            w for w in ("Title", "Ann Lind", "10 November 2026", WHY, "Bo Berg", "20 November 2026") if w not in page
        ]
    for entry in feedparser.parse(site.read("feed.xml")).entries:
        assert entry.title == "Title" and WHY in entry.description
    assert all('class="mark">retracted<' in site.read(f"{path}index.html") for path in ("posts/", "", "people/ann/"))


def test_a_retraction_and_a_correction_show_on_their_day_and_nowhere_before(made):
    """An incremental build on that day leaves the same bytes as a clean one."""
    files = {
        "content/posts/a.md": post(
            "corrections: [{date: 2026-11-22, kind: retraction, by: bo, text: Quince}]", "Pear\n"
        ),
        "content/posts/b.md": post("corrections: [{date: 2026-11-22, text: Quince}]", "Pear\n"),
    }
    site, clean = made(files), made(files)
    site.build(moment=NOW)
    before = whole(site.outputs())
    later = datetime(2026, 11, 22, 0, 0, tzinfo=ZONE)
    site.build(moment=later)
    clean.build(moment=later)

    assert b"Quince" not in before and b'class="mark"' not in before
    assert site.outputs() == clean.outputs()
    assert "Quince" in site.read("2026/a/index.html") and "Pear" not in site.read("2026/a/index.html")
    assert "Quince" in site.read("2026/b/index.html") and "Pear" in site.read("2026/b/index.html")


def test_an_edit_of_a_withdrawn_text_does_not_bring_it_back(made):
    """Not where one process builds twice either, which swaps edited texts into the site that it has."""
    site = made({"content/posts/a.md": post(f"summary: S\n{RETRACTED}", "Pear\n"), "content/posts/b.md": post()})
    session = Session(site.root, Options(moment=NOW))
    session.build()
    before = site.outputs()
    site.edit("content/posts/a.md", "Pear", "Quince")
    session.build(("content/posts/a.md",))

    assert site.outputs() == before


@pytest.mark.parametrize("link", ["![p](a/p.png)", "[the numbers](a/p.png)"])
def test_what_a_retracted_post_showed_no_other_post_shows(made, link):
    """The file stands in its folder: whoever shows it is told; a link to the post itself goes on working."""
    files = {"content/posts/a/index.md": post(RETRACTED), "content/posts/a/p.png": PNG}

    assert made(files | {"content/posts/b.md": post(body="[x](a/index.md)\n")}).build(moment=NOW).problems == ()
    (told,) = made(files | {"content/posts/b.md": post(body=f"{link}\n")}).build(moment=NOW).problems
    assert (told.code, told.message) == ("broken-link", 'the file "a/p.png" belongs to a post that was retracted')
    assert (told.location.path, told.location.line) == ("content/posts/b.md", 8)


@pytest.mark.parametrize(
    ("kinds", "mark"),
    [
        ((), ""), (("update",), "updated"), (("update", "clarification"), "clarified"),
        (("clarification", "correction", "update"), "corrected"), (("correction", "retraction"), "retracted"),
    ],
)  # fmt: skip
def test_a_listing_says_the_gravest_of_what_was_declared(made, kinds, mark):
    """In a word beside the date."""
    items = ", ".join(f"{{date: 2026-11-20, kind: {kind}, text: No}}" for kind in kinds)
    site, _ = load(Desk(made({"content/posts/a.md": post(f"corrections: [{items}]")}).root), Options(moment=NOW))

    assert site.cards["content/posts/a.md"].mark == mark


def test_what_was_wrong_stands_above_the_text_and_what_was_unclear_below_it(made):
    """On the page and in feeds."""
    items = "{date: 2026-11-18, kind: update, text: Newer}, {date: 2026-11-19, text: Wrong}, {date: 2026-11-20, kind: clarification, text: Unclear}"
    site = made({"content/posts/a.md": post(f"summary: S\ncorrections: [{items}]", "Pear\n")})
    site.build(moment=NOW)

    for text in (site.read("2026/a/index.html"), feedparser.parse(site.read("atom.xml")).entries[0].content[0].value):
        text = text.partition("<header>")[2] or text
        assert sorted(("Wrong", "Pear", "Newer", "Unclear"), key=text.index) == ["Wrong", "Pear", "Newer", "Unclear"]


EDITS = {
    "a text": ("Pear", "Plum", False),
    "a title": ("title: Title", "title: Other", False),
    "help": ("topics", "help: [{how: edited}]\ntopics", False),
    "a topic": ("topics: [glass]", "topics: []", False),
    "a correction": ("topics", "corrections: [{date: 2026-11-20, text: No}]\ntopics", True),
    "a retraction": ("topics", f"{RETRACTED}\ntopics", True),
    "a correction to come": ("topics", "corrections: [{date: 2026-11-30, text: No}]\ntopics", False),
    "updated": ("topics", "updated: 2026-11-20\ntopics", True),
    "an update to come": ("topics", "updated: 2026-11-30\ntopics", False),
    "an update of this evening": ("topics", "updated: 2026-11-21 18:00\ntopics", False),
}


def test_only_what_is_declared_makes_a_post_a_changed_one(made):
    """`updated` of its entry and of the feed, and the sitemap's day: an edit that nobody declared moves none of them."""
    people = {f"content/people/p{n}.md": f"---\nname: Cy{n} Lind\n---\nBio\n" for n in range(len(EDITS))}
    raw = post("id: a", "Pear\n")
    site = made(
        people
        | {
            f"content/posts/p{n}.md": raw.replace("ann", f"p{n}").replace("id: a", f"id: i{n}")
            for n in range(len(EDITS))
        }
    )

    def told():
        site.build(moment=NOW)
        for n in range(len(EDITS)):
            feed = feedparser.parse(site.read(f"people/p{n}/atom.xml"))
            day = site.read("sitemap.xml").partition(f"/2026/p{n}/</loc><lastmod>")[2][:10]
            yield feed.feed.updated[:10], feed.entries[0].updated[:10], day

    assert set(told()) == {("2026-11-10",) * 3}
    for n, (old, new, _) in enumerate(EDITS.values()):
        site.edit(f"content/posts/p{n}.md", old, new)
    for name, days in zip(EDITS, told(), strict=True):
        assert days == (("2026-11-20",) * 3 if EDITS[name][2] else ("2026-11-10",) * 3), name


LATER = {
    "a statement that is closed": (
        "kind: statement\nknown: [Little]\nnext_update: 2026-12-01\nclosed: {}",
        "Closed on",
    ),
    "words that are signed off": ("signed_off: {{ann: {}}}", "In the author’s own words"),
    "a quote that is signed off": ("kind: release\nquotes: [{{by: ann, text: So., signed_off: {}}}]", "Signed off on"),
    "a text that is updated": ("updated: {}", "dt-updated"),
}


@pytest.mark.parametrize("name", LATER)
def test_nothing_of_a_later_day_is_told_before_it_comes(made, name):
    """Neither on the page nor anywhere else; the build of that day tells it."""
    lines, words = LATER[name]
    site = made({"content/posts/a.md": post(lines.format("2026-11-25"))})
    site.build(moment=NOW)
    before = whole(site.outputs())
    site.build(moment=NOW.replace(day=25))

    assert words.encode() not in before and b"2026-11-25" not in before and b"25 November 2026" not in before
    assert words in site.read("2026/a/index.html")


HELD = "embargo: 2027-05-05 09:00"
KEY = "k3" * 15


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("![p](a/p.png)", 'the file "a/p.png" stands beside a post that is under embargo'),
        ("[p](../posts/a/p.png)", 'the file "../posts/a/p.png" stands beside a post that is under embargo'),
        ("![p](a/deep/p.png)", 'the file "a/deep/p.png" stands beside a post that is under embargo'),
    ],
)
def test_what_stands_beside_a_post_is_not_public_before_it(made, named, told):
    """Nobody may show it before."""
    files = {"content/posts/a/index.md": post(HELD), "content/posts/a/p.png": PNG, "content/posts/a/deep/p.png": PNG}
    problems = made(files | {"content/posts/b.md": post(body=f"{named}\n")}).build(moment=NOW).problems

    assert [(told, "unpublished-link", 8)] == [(each.message, each.code, each.location.line) for each in problems]


def test_a_folder_that_a_public_post_is_in_hides_nothing():
    """Be it in another language; nor does one that many posts share."""
    hidden = dict.fromkeys(
        ("content/posts/a/index.md", "content/posts/b/index.md", "content/posts/2026/c.md"), "is a draft"
    )

    assert {"content/posts/a": "is a draft", "content/posts/b": ""} == own_folders(
        hidden, ["content/posts/b/index.de.md"]
    )


def test_a_preview_shows_what_stands_beside_its_own_post_and_no_other(made):
    """It is that post, before its day."""
    preview = f"{HELD}\npreview: {{key: {KEY}, until: 2026-12-20}}"
    site = made({
        "content/posts/a/index.md": post(preview, "![p](p.png) ![q](../c/q.png)\n"), "content/posts/a/p.png": PNG,
        "content/posts/c/index.md": post(HELD), "content/posts/c/q.png": PNG,
    })  # fmt: skip

    assert site.build(moment=NOW).problems == ()
    assert {
        path.rpartition("/")[2] for path in site.outputs() if path.startswith("preview/") and path.endswith(".png")
    } >= {"p.png"}
    assert not [path for path in site.outputs() if path.endswith("q.png")]
