"""`newsroom preview`: a copy for reviewers, at an address that nobody can guess, gone after a moment."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from newsroom.build import Options, build
from newsroom.check.rules import RULES
from newsroom.commands.check import check
from newsroom.commands.preview import preview
from newsroom.errors import NewsroomError

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b49444154789c6360000200000500017a5eab3f"
    "0000000049454e44ae426082"
)
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
KEY = "mzxw6ytboi2gk3tdmfzxg5dbnq"
POST = "---\ntitle: A secret lens\nauthors: [maya] # alone\ndate: 2026-12-10 09:00\n{}---\nNobody knows yet. {}\n"
FILES = {
    "content/people/maya.md": "---\nname: Maya Okafor\ncontact: {email: maya@example.com}\n---\nShe repairs lenses.\n",
    "content/posts/old.md": "---\ntitle: Old\nauthors: [maya]\ndate: 2026-11-02\n---\nWords.\n",
}


@pytest.fixture
def newsroom(make_site):
    """A newsroom with one post that waits."""

    def made(keys="", body="", **settings):
        return make_site(
            FILES | {"content/posts/lens.md": POST.format(keys, body)}, timezone="Europe/Berlin", **settings
        )

    return made


def asked(site, until="2026-12-05 18:00", **more):
    return preview(site.root, "content/posts/lens.md", until, now=NOW, **more)


def refused(site, path="lens.md", until="2026-12-05", **more):
    with pytest.raises(NewsroomError) as error:
        preview(site.root, path, until, now=NOW, **more)
    return error.value.problems[0]


def test_the_file_gets_one_line_and_the_address_is_printed(newsroom):
    """128 bits of chance, and not another byte of the file changes."""
    site = newsroom()
    before = (site.root / "content/posts/lens.md").read_text()
    done = asked(site, whom="Lena and the lawyers")
    after = (site.root / "content/posts/lens.md").read_text()
    line = next(line for line in after.splitlines() if line.startswith("preview:"))

    assert before == after.replace(line + "\n", "")
    assert re.fullmatch(r"https://news.example.com/preview/[a-z2-7]{26}/", done.lines[0])
    assert "there from the next build on, until 5 December 2026, 18:00 (Berlin time)" == done.lines[1]
    assert {"until": "2026-12-05T18:00:00+01:00", "written": True} == {k: done.facts[k] for k in ("until", "written")}
    assert done.lines[0] != asked(newsroom()).lines[0]


def test_a_longer_preview_keeps_its_address_and_a_new_one_does_not(newsroom):
    """Who has the address needs no other; who should no longer have it gets none."""
    site = newsroom()
    first = asked(site, whom="Lena").lines[0]
    assert first == asked(site, "2026-12-06").lines[0]
    assert "for: Lena" in (site.root / "content/posts/lens.md").read_text().replace('"', "")
    preview(site.root, "/2026/lens/", end=True, now=NOW)

    assert "preview" not in (site.root / "content/posts/lens.md").read_text()
    assert first != asked(site).lines[0]


@pytest.mark.parametrize("name", ["content/posts/2026/dusk", "2026/dusk/", "content/posts/2026/dusk/index.md"])
def test_a_folder_is_the_post_in_it(make_site, name):
    """As it is named in a file manager, or completed by a shell; an absolute path too."""
    site = make_site(FILES | {"content/posts/2026/dusk/index.md": POST.format("", "")}, timezone="Europe/Berlin")
    for path in (name, *([str(site.root / name)] if name.startswith("content") else [])):
        done = preview(site.root, path, "2026-12-05", now=NOW, dry=True)
        assert "content/posts/2026/dusk/index.md" == done.facts["source"]


HELD = {
    "embargo: 2026-12-11 06:00\n": "Embargoed until 11 December 2026, 06:00 (Berlin time)",
    "draft: true\nembargo: 2026-12-11 06:00\n": "Embargoed until 11 December 2026, 06:00 (Berlin time)",
    "draft: true\n": "A draft",
    "": "Goes out on 10 December 2026, 09:00 (Berlin time)",
}


@pytest.mark.parametrize("keys", HELD)
def test_a_reviewer_is_told_first_what_keeps_the_post_back(newsroom, keys):
    """Above for whom the copy is and how long it stays: who reads it must know until when to be silent."""
    site = newsroom(keys)
    asked(site, whom="Lena")
    site.build(moment=NOW)
    (path,) = (path for path in site.outputs() if path.startswith("preview/") and path.endswith("index.html"))
    note = re.sub("<[^>]+>", "", site.read(path).partition('class="preview-note"')[2].partition("</aside>")[0])

    assert note.partition(">")[2].split("\n")[1:3] == [
        HELD[keys],
        "A preview for Lena, until 5 December 2026, 18:00 (Berlin time). Nothing on this page is public: please keep its address to yourself.",
    ]


def test_what_cannot_be_previewed_is_refused_with_the_next_step(newsroom, make_site):
    """A public post, one that expired, a moment that is over or does not exist, a file that is no post."""
    site = newsroom()
    expired = make_site(
        FILES
        | {"content/posts/lens.md": "---\ntitle: L\nauthors: [maya]\ndate: 2026-11-01\nexpires: 2026-11-02\n---\nx\n"}
    )

    assert ("no-preview", "send reviewers its own address") == refused(site, "old.md")[0:4:3]
    assert "has expired" in refused(expired).message
    assert "is over" in refused(site, until="2026-12-01 12:00").message
    assert "does not exist in Europe/Berlin" in refused(site, until="2027-03-28 02:30").message
    assert 'did you mean "content/posts/lens.md"' in refused(site, "content/posts/lense.md").hint
    assert "no-post" == refused(site, "none.md", until="").code
    assert "missing-argument" == refused(site, until="").code == refused(site, end=True).code
    assert "preview" not in (site.root / "content/posts/lens.md").read_text()


def test_links_that_lead_nowhere_yet_are_told_and_hold_nothing_up(newsroom):
    """The page is there, the link leads nowhere; what else is in the newsroom is built as ever."""
    site = newsroom(body="[next](old2.md) ![x](x.png)")
    done = asked(site)

    assert [("warning", 7), ("warning", 7)] == [(problem.severity, problem.location.line) for problem in done.problems]
    assert () == site.build(moment=NOW).problems
    assert 'href="#"' in site.read(f"{done.lines[0].partition('.com/')[2]}index.html")


def test_a_dry_run_writes_nothing(newsroom):
    """It tells what it would do."""
    site = newsroom()
    before = (site.root / "content/posts/lens.md").read_bytes()

    assert "nothing was written" == asked(site, dry=True).lines[-1]
    assert before == (site.root / "content/posts/lens.md").read_bytes()


# ── what a build makes of it ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(
    params=["embargo: 2026-12-11 06:00\n", "draft: true\n", "", "kind: release\nfacts: [Forty lenses]\n"],
    ids=["embargoed", "draft", "scheduled", "release"],
)
def shown(request, make_site):
    """A site with a preview of a post with a picture, until 5 December at 18:00."""
    keys = f"{request.param}image: {{file: p.png, alt: A crack}}\ntopics: [lenses]\npreview: {{key: {KEY}, until: 2026-12-05 18:00, for: Lena}}\n"
    body = "![The crack](p.png) See [old](../old.md)."
    return make_site(
        FILES | {"content/posts/lens/index.md": POST.format(keys, body), "content/topics/lenses.md": "---\nname: Glass\n---\n",
                 "content/posts/lens/p.png": PNG},
        timezone="Europe/Berlin", url="https://example.com/news",
    )  # fmt: skip


def test_a_preview_is_below_its_key_and_nowhere_else(shown):
    """No other output differs from those without it by a byte, and in none is the key, a word or a picture of the post."""
    shown.build(moment=NOW)
    with_it = shown.outputs()
    shown.edit("content/posts/lens/index.md", f"preview: {{key: {KEY}, until: 2026-12-05 18:00, for: Lena}}\n", "")
    shown.build(moment=NOW)
    without = shown.outputs()
    own = {path for path in with_it if path.startswith(f"preview/{KEY}/")}

    smaller = {path for path in own if path.startswith(f"preview/{KEY}/pictures/p-1.")}

    assert len(smaller) == 2
    assert {f"preview/{KEY}/index.html", f"preview/{KEY}/p.png", *smaller} == own
    assert without == {path: raw for path, raw in with_it.items() if path not in own}
    for path, raw in without.items():
        for secret in (KEY, "secret lens", "Nobody knows yet", "unpublished", "lens/"):
            assert secret.encode() not in raw, path
            assert secret not in path.replace("topics/lenses/", "")


def test_the_page_says_what_it_is_and_tells_no_program(shown):
    """The post as it will look, a line on top, and no address, feed or fact that a program would carry on."""
    shown.build(moment=NOW)
    page = shown.read(f"preview/{KEY}/index.html")

    assert "A preview for Lena, until" in page
    assert "5 December 2026, 18:00 (Berlin time)" in page and "Nothing on this page is public" in page
    assert "Nobody knows yet." in page and f'src="/news/preview/{KEY}/p.png"' in page
    for said in (
        '<meta name="robots" content="noindex">',
        '<meta name="referrer" content="no-referrer">',
        'href="/news/2026/old/"',
    ):
        assert said in page
    for unsaid in (
        "canonical",
        "application/ld+json",
        'rel="alternate"',
        "og:url",
        "og:image",
        "article:",
        'id="comments"',
    ):
        assert unsaid not in page, unsaid


def test_hosts_are_told_of_all_previews_and_of_none(shown):
    """The rule is there whether a preview is or not; robots.txt, which everybody reads, says nothing."""
    shown.build(moment=NOW)
    block = shown.read("_headers").partition("/news/preview/*\n")[2].partition("\n\n")[0]

    assert "X-Robots-Tag: noindex" in block and "no-referrer" in block and "no-store" in block
    assert "preview" not in shown.read("robots.txt") + shown.read("_redirects") + shown.read("sitemap.xml")


def test_a_preview_says_when_it_really_ends(newsroom):
    """Where the post goes out before the moment that was asked for, that is the end."""
    site = newsroom(f"preview: {{key: {KEY}, until: 2027-12-05}}\n")
    site.build(moment=NOW)
    page = site.read(f"preview/{KEY}/index.html")

    assert ", until <time" in page and "2027" not in page.partition("preview-note")[2].partition("</aside>")[0]


def test_a_preview_is_gone_at_the_second_when_it_ends_and_when_the_post_goes_out(shown):
    """The build after that takes it away; one that finds nothing changed knows of it too."""
    end = datetime(2026, 12, 5, 17, tzinfo=UTC)
    for moment, there in (
        (NOW, True),
        (end - timedelta(seconds=1), True),
        (end, False),
        (end + timedelta(days=30), False),
    ):
        shown.build(moment=moment)
        assert there == any(KEY in path for path in shown.outputs()), moment
    shown.edit("content/posts/lens/index.md", "2026-12-05 18:00", "2027-12-05 18:00")
    shown.build(moment=NOW)
    assert any(KEY in path for path in shown.outputs())
    report = shown.build(moment=datetime(2026, 12, 20, tzinfo=UTC))
    out = "draft: true" not in (shown.root / "content/posts/lens/index.md").read_text()

    assert out == any("2026/lens/" in path for path in report.rendered)
    assert out == (not any(KEY in path for path in shown.outputs()))


def test_an_edited_text_is_in_the_preview_after_the_next_build(shown, tmp_path):
    """In one process and in the next, though nothing of the public site is another."""
    from newsroom.commands.session import Session

    session = Session(shown.root, Options(moment=NOW))
    session.build()
    session.rest()
    shown.edit("content/posts/lens/index.md", "Nobody knows yet.", "Still nobody.")
    report = session.build({"content/posts/lens/index.md"})
    session.rest()
    assert (f"preview/{KEY}/index.html",) == report.rendered
    assert "Still nobody." in shown.read(f"preview/{KEY}/index.html")
    shown.edit("content/posts/lens/index.md", "Still nobody.", "Now all.")

    assert (f"preview/{KEY}/index.html",) == build(shown.root, Options(moment=NOW)).rendered
    assert "Now all." in shown.read(f"preview/{KEY}/index.html")


@pytest.mark.parametrize("authors", ["[maya]", "[maya, lena]"])
def test_who_answers_is_written_to_on_their_own_pages(make_site, authors):
    """A form on the preview itself would name it to a service; a link to none would lead nowhere."""
    post = POST.format(f"preview: {{key: {KEY}, until: 2026-12-05}}\n", "").replace("[maya]", authors)
    lena = "---\nname: Lena Brandt\ncontact: {email: lena@example.com, phone: +49 30 1234}\n---\nWords.\n"
    contact = {"email": "form", "service": "endpoint", "endpoint": "https://forms.example/"}
    site = make_site(FILES | {"content/posts/lens.md": post, "content/people/lena.md": lena}, contact=contact)
    assert () == site.build(moment=NOW).problems
    page = site.read(f"preview/{KEY}/index.html")

    assert 'href="#write"' not in page and "forms.example" not in page
    led = set(re.findall(r'href="/people/(\w+)/#write"', page))
    assert set(re.findall(r"\w+", authors)) == led
    assert all('id="write"' in site.read(f"people/{key}/index.html") for key in led)


def test_a_preview_that_shows_nothing_is_told(newsroom):
    """The post is out, or the time is over: check says so, with the command that takes it out."""
    site = newsroom(f"preview: {{key: {KEY}, until: 2026-12-05}}\n")
    rule = {moment: [p for p in check(site.root, Options(moment=moment)) if p.code == "old-preview"] for moment in
            (NOW, datetime(2026, 12, 6, tzinfo=UTC), datetime(2026, 12, 11, tzinfo=UTC))}  # fmt: skip

    assert "old-preview" in RULES
    assert [0, 1, 1] == [len(found) for found in rule.values()]
    assert [
        "the preview is over: it shows nothing any more",
        "the post is public: its preview shows nothing any more",
    ] == [p.message for found in rule.values() for p in found]
    assert all(p.location.line == 5 and "--end" in p.hint for found in rule.values() for p in found)


def test_a_key_that_somebody_could_guess_is_an_error(newsroom):
    """Written by hand, it would be a word."""
    problem = newsroom("preview: {key: lens, until: 2026-12-05}\n").build(moment=NOW).problems[0]

    assert '"lens" is not a key of a preview: somebody could guess it' == problem.message
    assert "newsroom preview" in problem.hint
