"""A build does no more than it must, and what is not public is in no output. Counted, not timed."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import newsroom

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
DEFAULT = Path(newsroom.__file__).parent.parent / "themes" / "default" / "templates"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b49444154789c6360000200000500017a5eab3f"
    "0000000049454e44ae426082"
)
FEEDS = ("atom.xml", "feed.json", "feed.xml")


def post(number: int, author: str, topic: str, more: str = "") -> str:
    return f"---\ntitle: Post {number}\nauthors: [{author}]\ndate: 2026-11-{number:02}\ntopics: [{topic}]\nsummary: About {number}\n{more}---\nWords of {number}.\n"


SITE = {
    "content/people/maya.md": "---\nname: Maya Okafor\nrole: Engineer\n---\nShe repairs.\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\nrole: Baker\n---\nHe bakes.\n",
    "content/topics/lenses.md": "---\nname: Lenses\n---\n",
    "content/topics/bread.md": "---\nname: Bread\n---\n",
    "content/pages/about.md": "---\ntitle: About\n---\nWho we are.\n",
    **{f"content/posts/p{n}.md": post(n, *("maya", "lenses") if n < 4 else ("jonas", "bread")) for n in range(1, 9)},
}
"""Eight posts: Maya's first, then Jonas's, so that one in the middle has neighbours of its own author."""


def feeds(*folders: str) -> list[str]:
    return [f"{folder}{name}" for folder in folders for name in FEEDS]


@pytest.fixture
def site(make_site):
    """Built once, with two posts on a numbered page."""
    made = make_site(SITE, posts={"per_page": 2})

    assert () == made.build(moment=NOW).problems
    return made


def test_nothing_to_do_is_nothing_done(site):
    """A second build parses nothing, renders nothing, removes nothing, and moves no file's stamp."""
    before = {path: path.stat().st_mtime_ns for path in (site.root / "public").rglob("*")}
    report = site.build(moment=NOW)

    assert (0, (), (), len(site.outputs())) == (report.parsed, report.rendered, report.removed, report.unchanged)
    assert before == {path: path.stat().st_mtime_ns for path in (site.root / "public").rglob("*")}


def test_a_touched_file_is_read_and_not_parsed(site):
    """A stamp that moved is no change."""
    (site.root / "content/posts/p2.md").touch()
    report = site.build(moment=NOW)

    assert (0, ()) == (report.parsed, report.rendered)


EDITS = {
    "a body": (
        "content/posts/p2.md", "Words", "Other words",
        ["2026/p2/index.html", *feeds("", "people/maya/", "topics/lenses/")],
    ),
    "a body that no feed carries any more": (
        "content/posts/p1.md", "Words", "Other words", ["2026/p1/index.html", *feeds("people/maya/", "topics/lenses/")],
    ),
    "a title": (
        "content/posts/p2.md", "Post 2", "Other",
        [
            "2026/p1/index.html", "2026/p2/index.html", "2026/p3/index.html", "archive/2026/index.html", "index.html",
            "2026/p2/embed/index.html", "2026/p2/oembed.json", "people/maya/embed/index.html", "people/maya/index.html", "posts/page/1/index.html", "topics/lenses/index.html",
            "digest/2026-W45.html", "digest/2026-W45.txt",
            *feeds("", "people/maya/", "topics/lenses/"),
        ],
    ),
    "a biography": ("content/people/maya.md", "repairs", "mends", ["people/maya/index.html"]),
    "a page": ("content/pages/about.md", "Who", "What", ["about/index.html"]),
    "how words came about": (
        "content/posts/p2.md", "topics:", "help: [{how: edited}]\ntopics:",
        ["2026/p2/index.html", *feeds("", "people/maya/", "topics/lenses/")],
    ),
}  # fmt: skip
"""What is edited -> the outputs that show it, and no others."""


@pytest.mark.parametrize(("path", "old", "new", "shown"), EDITS.values(), ids=EDITS)
def test_an_edit_renders_what_shows_it(make_site, path, old, new, shown):
    """The list is complete, and nothing else is rendered."""
    site = make_site(SITE, posts={"per_page": 2}, feeds={"items": 7})
    site.build(moment=NOW)
    site.edit(path, old, new)
    report = site.build(moment=NOW)

    assert sorted(shown) == sorted(report.rendered)
    assert (1, ()) == (report.parsed, report.removed)


def test_a_role_renders_what_shows_the_person(site):
    """Her posts, their neighbours, her page, the lists she is in; not another's page or feeds."""
    before = site.outputs()
    site.edit("content/people/maya.md", "Engineer", "Optician")
    report = site.build(moment=NOW)
    changed = {path for path, raw in site.outputs().items() if raw != before[path]}

    assert {"2026/p1/index.html", "2026/p3/index.html", "people/maya/index.html", "people/index.html"} <= changed
    assert changed <= set(report.rendered)
    assert not {f"2026/p{n}/index.html" for n in (5, 6, 7, 8)} & set(report.rendered)
    assert not {"people/jonas/index.html", "topics/bread/index.html", "about/index.html"} & set(report.rendered)


def test_a_new_post_leaves_full_pages_of_a_listing_alone(site):
    """Pages are numbered oldest first: a new post changes the front, and makes a page when one is full."""
    numbered = {path for path in site.outputs() if path.startswith("posts/page/")}
    site.write("content/posts/p9.md", post(9, "jonas", "bread"))
    first = {path for path in site.build(moment=NOW).rendered if path.startswith("posts/")}
    site.write("content/posts/p10.md", post(10, "jonas", "bread"))
    second = {path for path in site.build(moment=NOW).rendered if path.startswith("posts/")}

    assert {f"posts/page/{n}/index.html" for n in (1, 2, 3)} == numbered
    assert {"posts/index.html"} == first
    assert {"posts/index.html", "posts/page/4/index.html"} <= second
    assert not {"posts/page/1/index.html", "posts/page/2/index.html"} & second


def test_a_partial_renders_the_pages_that_include_it(make_site):
    """A template's fingerprint is that of everything it reaches; feeds and other pages are left alone."""
    site = make_site({**SITE, "themes/ours/theme.toml": 'extends = "default"\n'}, theme={"name": "ours"})
    site.build(moment=NOW)
    site.write("themes/ours/templates/_kinds.html", (DEFAULT / "_kinds.html").read_text() + "{# newer #}\n")
    report = site.build(moment=NOW)

    assert {f"2026/p{n}/index.html" for n in range(1, 9)} <= set(report.rendered)
    assert 0 == report.parsed
    assert not {"people/index.html", "404.html", *feeds("", "people/maya/")} & set(report.rendered)


# ── what is not public ───────────────────────────────────────────────────────────────────────────────────────────────

SECRET = "Zanzibar"
UNPUBLISHED = {
    "a draft": "date: 2026-11-01\ndraft: true",
    "a draft without a date": "draft: yes",
    "scheduled": "date: 2026-12-01 12:01",
    "under embargo": "date: 2026-11-01\nembargo: 2026-12-02",
    "expired": "date: 2026-11-01\nexpires: 2026-12-01 11:59",
}
HIDDEN = (
    f"title: {SECRET} title\nauthors: [maya]\ntopics: [lenses]\nsummary: {SECRET} summary\nimage: {{file: zanzibar.png, alt: {SECRET}}}\n"
    f"slug: zanzibar\naliases: [/old-zanzibar/]\nkind: release\nfacts: [{SECRET} fact]\n---\n{SECRET} sentence. ![{SECRET}](zanzibar.png)\n"
)


def leaks(site, secret: str = SECRET) -> list[str]:
    """Outputs whose name or bytes hold the secret, in any case."""
    word = secret.lower()
    return [path for path, raw in site.outputs().items() if word in path.lower() or word.encode() in raw.lower()]


@pytest.mark.parametrize("status", UNPUBLISHED.values(), ids=UNPUBLISHED)
def test_what_is_not_published_is_in_no_output(make_site, status):
    """Not its title, address, words, picture or alias; not in feeds, lists, counts or the sitemap."""
    site = make_site(SITE)
    site.build(moment=NOW)
    without = site.outputs()
    site.write("content/posts/hidden.md", f"---\n{status}\n{HIDDEN}")
    site.write("content/posts/zanzibar.png", PICTURE)
    report = site.build(moment=NOW)

    assert () == report.problems
    assert [] == leaks(site)
    assert without == site.outputs()


def test_what_was_published_and_is_not_any_more_is_taken_back(make_site):
    """When a post expires, all that showed it is rendered without it, and its files and aliases are removed."""
    site = make_site({**SITE, "content/posts/zanzibar.png": PICTURE})
    site.write("content/posts/hidden.md", f"---\ndate: 2026-11-01\nexpires: 2026-12-02\n{HIDDEN}")
    site.build(moment=NOW)
    shown = leaks(site)
    report = site.build(moment=NOW + timedelta(days=1))

    assert {
        "2026/zanzibar/index.html",
        "2026/zanzibar/zanzibar.png",
        "old-zanzibar/index.html",
        "_redirects",
        "feed.xml",
    } <= set(shown)
    assert [] == leaks(site)
    assert {"2026/zanzibar/zanzibar.png", "old-zanzibar/index.html", "releases/feed.xml"} <= set(report.removed)
    assert not (site.root / "public" / "releases").exists()


@pytest.mark.parametrize(("status", "shown"), [
    ("date: 2026-11-01\ndraft: true", True), ("draft: true", True), ("date: 2026-12-02", False),
    ("date: 2026-11-01\nembargo: 2026-12-02\ndraft: true", False),
])  # fmt: skip
def test_drafts_show_the_unfinished_and_never_the_embargoed(make_site, status, shown):
    """`--drafts` is for looking at words, not for looking ahead of an agreement."""
    site = make_site(
        {**SITE, "content/posts/zanzibar.png": PICTURE, "content/posts/hidden.md": f"---\n{status}\n{HIDDEN}"}
    )

    assert () == site.build(moment=NOW, drafts=True).problems
    assert shown == bool(leaks(site))
    site.build(moment=NOW)
    assert [] == leaks(site)


PERSON = (
    "---\nname: Maya Okafor\nphoto: {file: zanzibar.png, alt: Her}\ncontact: {email: zanzibar@example.com, mastodon: '@maya@social.example'}\n"
    "consent: {CONSENT}\n---\n"
)


@pytest.mark.parametrize("consent", ["{photo: false, email: false}", "{until: 2026-11-30}"])
@pytest.mark.parametrize("mode", ["public", "obfuscated"])
def test_what_consent_does_not_cover_is_in_no_output(make_site, consent, mode):
    """Neither the photo, nor its file, nor an address: when it is refused, and when the agreement has run out."""
    files = {
        **SITE,
        "content/people/zanzibar.png": PICTURE,
        "content/people/maya.md": PERSON.replace("{CONSENT}", consent),
    }
    site = make_site(files, contact={"email": mode})
    site.build(moment=NOW)
    hidden = "".join(f"&#x{ord(c):x};" for c in "zanzibar@")

    assert [] == leaks(site) + leaks(site, hidden)
    assert ("social.example" in site.read("people/maya/index.html")) == ("until" not in consent)
    site.edit("content/people/maya.md", f"consent: {consent}\n", "")
    site.build(moment=NOW)
    assert "people/maya/zanzibar.png" in leaks(site)
    assert "people/maya/index.html" in leaks(site, hidden if mode == "obfuscated" else "zanzibar@")


def test_a_departure_that_is_announced_has_not_happened(make_site):
    """Whoever leaves next month is listed among those who are here, on every page."""
    leaving = "---\nname: Maya Okafor\ncontact: {github: maya}\nstatus: {state: left, on: 2027-01-01}\nsuccessor: jonas\n---\n"
    site = make_site({**SITE, "content/people/maya.md": leaving})
    site.build(moment=NOW)
    now = site.read("people/maya/index.html")
    site.build(moment=NOW + timedelta(days=60))
    later = site.read("people/maya/index.html")

    assert "Talk to Maya" in now and "has left" not in now
    assert "Talk to Maya" not in later and "has left" in later


# ── the site as of a moment, below a path, and what is pruned ────────────────────────────────────────────────────────


def test_as_of_a_day_the_site_is_what_it_was(make_site):
    """The command takes a day or a moment in the site's zone, and shows what was public then."""
    site = make_site(SITE, timezone="Europe/Berlin")
    arguments = [sys.executable, "-m", "newsroom", "build", "--site", str(site.root), "--as-of"]
    subprocess.run([*arguments, "2026-11-03 00:00"], check=True, capture_output=True)
    then = {path for path in site.outputs() if path.startswith("2026/")}
    subprocess.run([*arguments, "2026-11-02 23:59"], check=True, capture_output=True)

    def all_of(*numbers):
        return {f"2026/p{n}/{name}" for n in numbers for name in ("index.html", "embed/index.html", "oembed.json")}

    assert all_of(1, 2, 3) == then
    assert all_of(1, 2) == {path for path in site.outputs() if path.startswith("2026/")}


def test_a_site_below_a_path_has_no_address_above_it(make_site):
    """Every address of the site begins with the path, in pages, style sheets, redirects, headers and feeds."""
    from bs4 import BeautifulSoup

    site = make_site(
        {**SITE, "content/pages/old.md": "---\ntitle: Old\naliases: [/older/]\nmenu: true\n---\n[About](about.md)\n"}
    )
    site.write("site.toml", 'title = "Northwind"\nurl = "https://example.com/news/room/"\n')
    site.build(moment=NOW)
    for path, raw in site.outputs().items():
        if path.endswith(".html"):
            for element in BeautifulSoup(raw, "lxml").select("[href], [src]"):
                address = element.get("href") or element.get("src")
                assert not address.startswith("/") or address.startswith("/news/room/"), (path, address)
        assert b"https://example.com/" not in raw.replace(b"https://example.com/news/room", b""), path
    assert "/news/room/older/ /news/room/old/ 301\n" == site.read("_redirects")
    assert "2026/p1/index.html" in site.outputs(), "files stand where the path begins"


def test_what_the_site_no_longer_contains_is_removed_with_its_folders(site):
    """Pages, feeds and folders of a person who never was; strange files; not the repository that public/ may be."""
    site.write("public/.git/config", "kept")
    site.write("public/stray/a/b.txt", "stray")
    for n in (1, 2, 3):
        site.remove(f"content/posts/p{n}.md")
    site.remove("content/people/maya.md")
    report = site.build(moment=NOW)

    assert () == report.problems
    assert {"stray/a/b.txt", "people/maya/index.html", "people/maya/feed.xml", "2026/p1/index.html"} <= set(
        report.removed
    )
    assert not {"stray", "people/maya", "2026/p1"} & {
        path.relative_to(site.root / "public").as_posix() for path in (site.root / "public").rglob("*")
    }
    assert "kept" == site.read(".git/config")


LEAST = {
    "release": "kind: release\nquotes: [{by: maya, text: Yes}]\nmedia: [{file: p.png}]",
    "statement": "kind: statement\nnext_update: 2026-12-24",
    "a statement without anything": "kind: statement",
    "answer": "kind: answer",
    "correction": "corrections: [{date: 2026-11-20, text: No}]",
    "help": "help: [{how: machine-drafted}]",
    "picture": "image: p.png",
}


@pytest.mark.parametrize("lines", LEAST.values(), ids=LEAST)
def test_the_theme_shows_each_kind_with_the_least_it_may_have(make_site, lines):
    """What front matter may leave out, no template needs."""
    site = make_site(
        {**SITE, "content/posts/p9.md": post(9, "maya", "lenses", f"{lines}\n"), "content/posts/p.png": PICTURE}
    )

    assert () == site.build(moment=NOW).problems


def test_a_build_says_how_much_it_holds_back_and_never_what(make_site):
    """A log is read by many: it counts drafts and scheduled posts, and names none."""
    head = "---\ntitle: Secret\nauthors: [maya]\n"
    site = make_site(
        {
            "content/people/maya.md": "---\nname: Maya\n---\n",
            "content/posts/a.md": head + "date: 2026-01-01\ndraft: true\n---\n",
            "content/posts/b.md": head + "date: 2030-01-01\n---\n",
            "content/posts/c.md": head + "date: 2030-01-02\n---\n",
        }
    )

    assert {"draft": 1, "scheduled": 2} == dict(site.build().held)
    assert {"scheduled": 2} == dict(site.build(drafts=True).held)


@pytest.mark.parametrize("name", ["site.toml", "public", ".newsroom"])
def test_nothing_is_read_or_written_through_a_link_out_of_the_site(make_site, tmp_path, name):
    """Law 5: what stands elsewhere stays as it is."""
    site = make_site({})
    outside = tmp_path / "outside"
    if name == "site.toml":
        outside.write_text((site.root / name).read_text())
        (site.root / name).unlink()
    else:
        outside.mkdir()
        (outside / "mine.txt").write_text("mine")
    (site.root / name).symlink_to(outside)
    (problem,) = site.build().problems

    assert (name, "is a link out of the site's folder") == (problem.location.path, problem.message)
    assert outside.is_file() or ["mine.txt"] == [file.name for file in outside.iterdir()]


def test_every_core_gives_the_same_bytes_as_one(make_site, newsroom_alone):
    """Enough posts to start processes, read and rendered by them, and by this one alone."""
    files = {"content/people/maya.md": "---\nname: Maya\n---\nBio\n"} | {
        f"content/posts/p{n}.md": f"---\ntitle: Post {n}\nauthors: [maya]\ndate: 2026-01-01\n---\n# {n}\n\n[next](p{n}.md)\n"
        for n in range(150)
    }
    many, one = make_site(files), make_site(files)
    newsroom_alone("build", "--site", str(many.root), "--as-of", "2026-11-21")
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()  # a process with threads does not fork
    try:
        assert () == one.build(moment=datetime(2026, 11, 21, tzinfo=UTC)).problems
    finally:
        stop.set()
        thread.join()

    assert one.outputs() == many.outputs()
    assert one.build(moment=datetime(2026, 11, 21, tzinfo=UTC)).rendered == ()
    assert many.build(moment=datetime(2026, 11, 21, tzinfo=UTC)).rendered == ()


@pytest.fixture
def newsroom_alone():
    """`newsroom` in a process of its own."""

    def run(*arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "newsroom", *arguments], capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr

    return run
