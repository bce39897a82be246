"""`newsroom explain`: what an output is made of, and which part of that changed."""

import pytest

from newsroom.build import Options, build, load, plan
from newsroom.cli import main
from newsroom.commands.explain import explain, told
from newsroom.desk import Desk
from newsroom.errors import NewsroomError
from newsroom.model import NOTHING, digest
from newsroom.render.made_of import short, telling
from newsroom.render.pages import PAGES

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b49444154789c6360000200000500017a5eab3f"
    "0000000049454e44ae426082"
)
FILES = {
    "content/people/maya.md": "---\nname: Maya Okafor\nrole: Engineer\n---\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\n---\n",
    "content/topics/lenses.md": "---\nname: Lenses\n---\n",
    "content/posts/one.md": "---\ntitle: One\nsummary: In short\nauthors: [maya]\ndate: 2026-11-02\ntopics: [lenses]\n---\nFirst words.\n",
    "content/posts/two.md": "---\ntitle: Two\nauthors: [jonas]\ndate: 2026-11-03\n---\n![A lens](lens.png)\n",
    "content/posts/lens.png": PNG,
    "themes/ours/theme.toml": 'extends = "default"\n',
    "themes/ours/templates/people.html": '{% extends "base.html" %}{% include "_line.html" %}',
    "themes/ours/templates/_line.html": "<p>a line</p>",
}


@pytest.fixture
def site(make_site):
    made = make_site(FILES, theme={"name": "ours"})
    build(made.root)
    return made.root


def one(root, asked):
    (explained,) = explain(root, asked, Options())
    return explained


def edit(root, path, old, new):
    old, new = (words if isinstance(words, bytes) else words.encode() for words in (old, new))
    file = root / path
    assert old in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(old, new))


def test_an_output_has_many_names(site):
    """Its path, with public/ before it or not, its address, the whole address."""
    names = (
        "2026/one/index.html",
        "public/2026/one/index.html",
        "/2026/one/",
        "https://news.example.com/2026/one/",
    )

    assert {"public/2026/one/index.html"} == {one(site, name).path for name in names}


def test_a_source_is_everything_that_it_became(site):
    """Its page first, then the files beside it and their smaller forms; the card that other sites frame comes last."""
    found = explain(site, "content/posts/two.md", Options())

    assert ["public/2026/two/index.html", "public/2026/two/lens.png"] == [explained.path for explained in found[:2]]
    assert ["post", "asset", "picture", "picture", "embed", "oembed"] == [explained.kind for explained in found]


def test_a_name_that_is_none_gets_the_nearest(site, capsys):
    """The message is the command's own; the exit code says that nothing was found."""
    with pytest.raises(NewsroomError) as raised:
        explain(site, "2026/onee/index.html", Options())
    assert "2026/one/index.html" in raised.value.problems[0].hint
    assert 1 == main(["explain", "/nowhere-at-all-really/", "--site", str(site)])
    assert "name a file of public/" in capsys.readouterr().err


NO_OTHER_LANGUAGE = NOTHING


def test_what_is_told_is_what_counts(site):
    """Every fingerprint is that of the parts which are named; a part that changes nothing would be a lie."""
    desk = Desk(site)
    found, look = load(desk, Options())
    for output in plan(found, look):
        if output.kind in PAGES:
            kind, named = PAGES[output.kind], telling(found, look)(output)
            parts = {name: part.digest for name, part in kind.parts(found, output.subject).items()}
            whole = "".join((look.digests[kind.template], found.info.digest, NO_OTHER_LANGUAGE, *parts.values()))

            assert output.fingerprint == digest(whole)
            assert {name: short(made) for name, made in parts.items() if made != NOTHING}.items() <= named.items()


def test_a_page_that_is_there_in_one_language_more_says_so(make_site):
    """It links to the other one, and is rendered again for that alone."""
    site = make_site(FILES, theme={"name": "ours"}, languages=["en", "de"])
    assert () == site.build().problems
    site.write("content/posts/one.de.md", "---\ntitle: Eins\nauthors: [maya]\ndate: 2026-11-02\n---\nWorte.\n")

    assert ("languages",) == one(site.root, "/2026/one/").next


CHANGES = {
    "a body": ("content/posts/one.md", "First words", "Other words", "/2026/one/", ("body",)),
    "a body in a feed": ("content/posts/one.md", "First words", "Other words", "feed.xml", ("entry: content/posts/one.md",)),
    "a title on a neighbour's page": ("content/posts/one.md", "title: One", "title: Eins", "/2026/two/", ("previous: content/posts/one.md",)),
    "a title in a listing": ("content/posts/one.md", "title: One", "title: Eins", "/topics/lenses/", ("listing: content/posts/one.md",)),
    "a role in a list of people": ("content/people/maya.md", "role: Engineer", "role: Painter", "/people/", ("current: content/people/maya.md",)),
    "a partial": ("themes/ours/templates/_line.html", "a line", "lines", "/people/", ("template: _line.html",)),
    "a setting": ("site.toml", "[theme]", "[feeds]\nitems = 3\n[theme]", "/people/", ("site: settings",)),
    "a picture": ("content/posts/lens.png", PNG, PNG + b"2", "2026/two/lens.png", ("content/posts/lens.png",)),
}  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "asked", "changed"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_named_before_and_after_the_build(site, path, old, new, asked, changed):
    """First as the reason why the next build renders it, then as the reason why the last one did."""
    assert ((), ("it was new",)) == (one(site, asked).next, one(site, asked).because)
    edit(site, path, old, new)
    assert changed == one(site, asked).next
    build(site)

    assert ((), changed) == (one(site, asked).next, one(site, asked).because)


def test_an_output_that_was_damaged_says_so(site):
    """Nothing it is made of changed: somebody edited the file."""
    (site / "public/index.html").write_text("mine")
    assert ("the file was missing, or not as it was left",) == one(site, "/").next
    build(site)

    assert ("the file was missing, or not as it was left",) == one(site, "/").because


def test_nothing_is_written(site):
    """To ask is not to build."""
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    edit(site, "content/posts/one.md", "First", "Other")
    one(site, "/2026/one/")
    after = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file() and "cache" not in path.parts}

    assert {site / "content/posts/one.md"} == {path for path in after if before.get(path) != after[path]}


def test_it_is_told_in_lines(site, capsys):
    """What it is, what it is made of, when and why it was rendered."""
    assert 0 == main(["explain", "/2026/one/", "--site", str(site)])
    lines = capsys.readouterr().out.splitlines()

    assert lines[:2] == ["public/2026/one/index.html", "  post of content/posts/one.md, made of"]
    assert ["next", "content/posts/two.md"] in [line.split() for line in lines]
    assert lines[-1].startswith("  rendered 20") and lines[-1].endswith(": it was new")


def test_a_long_list_is_cut(site):
    """A page of a thousand posts is told in a line."""
    explained = one(site, "/")._replace(made_of={f"listing: {n}": "" for n in range(20)}, next=("listing: 3",))

    assert "    listing  0, 1, 2, 3, 4, 5 and 14 more\n" in told(explained)
    assert told(explained).endswith("the next build renders it: listing: 3 changed")
