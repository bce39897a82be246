"""`newsroom init` and `newsroom new`: first lines that build at once, and nothing is overwritten."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from newsroom.build import Options, build
from newsroom.commands.check import check
from newsroom.commands.new import init, new
from newsroom.errors import NewsroomError, text
from newsroom.read import frontmatter

NOW = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
KINDS = ("post", "release", "statement", "answer")


@pytest.fixture
def root(tmp_path):
    """A new site."""
    init(tmp_path / "site", NOW)
    return tmp_path / "site"


def told(call, *arguments):
    """What is wrong, as a person reads it."""
    with pytest.raises(NewsroomError) as error:
        call(*arguments)
    return [text(problem) for problem in error.value.problems]


def values(root, path):
    """The front matter of a file."""
    return frontmatter.read((root / path).read_bytes(), path).values


def test_a_new_site_builds_at_once_and_lacks_nothing(root):
    """Its first post is public, and its promises are fresh: `check` has nothing to say."""
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    report = build(root, Options(moment=moment))

    assert report.problems == ()
    assert "people/robin/index.html" in report.rendered and "2026/hello/index.html" in report.rendered
    assert check(root, Options(moment=moment)) == ()


def test_what_was_written_is_told(tmp_path):
    """Every file, and no other is there."""
    written = init(tmp_path / "site", NOW)

    assert sorted(written) == sorted(
        path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*") if path.is_file()
    )
    assert {"site.toml", ".gitignore", "content/people/robin.md", "content/posts/2026/hello.md"} <= set(written)


@pytest.mark.parametrize("there", ["site.toml", "content/posts/mine.md"])
def test_a_site_that_is_there_is_left_alone(tmp_path, there):
    """Not a byte of it changes."""
    (tmp_path / there).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / there).write_text("mine")

    assert told(init, tmp_path, NOW)[0].split("\n")[1] == "hint: choose another folder: newsroom init my-newsroom"
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()] == [there]
    assert (tmp_path / there).read_text() == "mine"


def test_a_repository_may_become_a_site(tmp_path):
    """A README and a .gitignore of one's own stay as they are."""
    (tmp_path / ".gitignore").write_text("mine\n")
    (tmp_path / "README.md").write_text("mine\n")
    written = init(tmp_path, NOW)

    assert ".gitignore" not in written and "site.toml" in written
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    assert build(tmp_path).problems == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_post_is_a_draft_that_builds(root, kind):
    """By the only person there is, with an identity of its own; empty keys are no mistake. A statement is in a hurry."""
    path = new(root, kind, "What a cracked lens taught us", [], NOW)
    kept = values(root, path)

    assert path == "content/posts/2026/what-a-cracked-lens-taught-us.md"
    assert (kept["title"], kept["authors"], kept.get("draft")) == (
        "What a cracked lens taught us", ["robin"], None if kind == "statement" else "true",
    )  # fmt: skip
    assert kept.get("kind", "post") == kind
    report = build(root, Options(drafts=True))
    assert report.problems == ()
    assert "2026/what-a-cracked-lens-taught-us/index.html" in report.rendered


def test_what_a_release_may_need_is_there_to_be_uncommented(root):
    """Every line of it is right as it stands, with a key for KEY."""
    path = root / new(root, "release", "A lens for dusk", [], NOW)
    for name in ("lens.jpg", "lens-print.jpg"):
        Image.new("L", (9, 9)).save(path.parent / name)
    path.write_text(re.sub("^# ", "", path.read_text(), flags=re.M).replace("KEY", "robin"))
    kept = values(root, path.relative_to(root).as_posix())

    assert {"quotes", "media", "embargo", "ready", "reviewed_by", "signed_off"} <= {key for key in kept if kept[key]}
    assert build(root, Options(drafts=True)).problems == ()


def test_two_new_posts_have_two_identities(root):
    """Feeds and comments tell them apart."""
    one, other = (values(root, new(root, "post", title, [], NOW))["id"] for title in ("One", "Two"))

    assert one != other and len(one) == len(other) == 12


def test_a_date_is_that_of_the_sites_zone(root):
    """Near midnight and near the new year."""
    toml = (root / "site.toml").read_text()
    (root / "site.toml").write_text(
        "\n".join('timezone = "Pacific/Auckland"' if line.startswith("timezone") else line for line in toml.split("\n"))
    )
    path = new(root, "post", "Late", [], datetime(2026, 12, 31, 12, tzinfo=UTC))

    assert path == "content/posts/2027/late.md"
    assert values(root, path)["date"] == "2027-01-01 01:00"


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("person", "content/people/maya-okafor.md"),
        ("topic", "content/topics/maya-okafor.md"),
        ("page", "content/pages/maya-okafor.md"),
    ],
)
def test_new_people_topics_and_pages_build(root, kind, path):
    """The file's name is made of the title."""
    assert new(root, kind, "Maya Okafor", [], NOW) == path
    assert build(root).problems == ()


def test_a_post_is_signed_by_those_who_were_named(root):
    """In that order."""
    new(root, "person", "Maya Okafor", [], NOW)

    assert values(root, new(root, "post", "Two", ["robin", "maya-okafor"], NOW))["authors"] == ["robin", "maya-okafor"]


def test_who_signs_is_never_guessed(root):
    """Where there are two people, or one who is misspelt, the writer is asked."""
    new(root, "person", "Maya Okafor", [], NOW)

    assert told(new, root, "post", "Two", [], NOW) == [
        "--author: a post is signed by somebody\nhint: add --author KEY; there are: maya-okafor, robin"
    ]
    assert told(new, root, "post", "Two", ["maya", "robbin"], NOW) == [
        '--author: unknown author "maya"\nhint: did you mean "maya-okafor"? People are defined in content/people/.'.replace(
            'did you mean "maya-okafor"? ', ""
        ),
        '--author: unknown author "robbin"\nhint: did you mean "robin"? People are defined in content/people/.',
    ]
    (root / "content/people/robin.md").unlink()
    (root / "content/people/maya-okafor.md").unlink()
    assert told(new, root, "post", "Two", [], NOW) == [
        '--author: a post is signed by somebody\nhint: first: newsroom new person "Maya Okafor"'
    ]


def test_a_topic_is_spoken_for_by_people_who_are_there(root):
    """As for a post."""
    assert told(new, root, "topic", "Lenses", ["nobody"], NOW)[0].startswith('--author: unknown author "nobody"')
    assert values(root, new(root, "topic", "Lenses", ["robin"], NOW))["people"] == ["robin"]


def test_nothing_is_overwritten(root):
    """A second post of that name is refused."""
    path = new(root, "post", "Hello again", [], NOW)
    before = (root / path).read_bytes()

    assert told(new, root, "post", "Hello, again!", [], NOW) == [
        f"{path}: is there already\nhint: choose another title"
    ]
    assert (root / path).read_bytes() == before


@pytest.mark.parametrize("title", ["", "🎉", "...", "///"])
def test_a_title_without_letters_makes_no_file(root, title):
    """No file name could be made of it."""
    assert told(new, root, "post", title, [], NOW) == [
        f'post: no file name can be made of "{title}"\nhint: use a title with letters'
    ]


@pytest.mark.parametrize("kind", ["person", "topic"])
def test_a_key_is_plain_from_the_start(root, kind):
    """What no build would take is not written."""
    assert told(new, root, kind, "李小龍", [], NOW) == [
        f'{kind}: no key can be made of "李小龍"\n'
        "hint: type it in Latin letters here, and as it is written in the file: the file's name is an address that never moves"
    ]


@pytest.mark.parametrize("title", ["../../etc/passwd", "a/b", "..\\..\\x", "x" * 400, "字" * 200])
def test_a_title_leads_nowhere_else(root, title):
    """The file lies in the folder of its year, and its name is not too long for any disk."""
    path = new(root, "post", title, [], NOW)

    assert (root / path).parent == root / "content/posts/2026"


def test_outside_a_site_nothing_is_written(tmp_path):
    """The message says how to start one."""
    assert told(new, tmp_path, "post", "Hello", [], NOW) == [
        "site.toml: there is no site.toml here\nhint: run this in a newsroom's folder, or start one: newsroom init DIR"
    ]
    assert list(tmp_path.iterdir()) == []


TITLES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co", "Zl", "Zp")), min_size=1, max_size=60)


@given(TITLES | st.sampled_from(["yes", "null", "2026-01-01", "1.5", "a: b", "#x a", "[x]", "{x}", "- x", "'x'", '"x" y', "*x", "&x a", "!x", "%x", "@x", "`x`", "x #y", "x: ", "a\\b", "? x", "| x", "> x", "~ a", "=", "<<", "x\ty"]))  # fmt: skip
def test_any_title_is_the_title_of_the_new_post(tmp_path_factory, title):
    """Whatever marks stand in it, YAML reads back what was typed."""
    root = tmp_path_factory.mktemp("site")
    (root / "site.toml").write_text('title = "N"\nurl = "https://n.example"\n')
    (root / "content/people").mkdir(parents=True)
    (root / "content/people/maya.md").write_text("---\nname: Maya\n---\n")
    for kind, key in (("post", "title"), ("person", "name"), ("topic", "name"), ("page", "title")):
        try:
            path = new(root, kind, title, [], NOW)
        except NewsroomError as error:
            assert error.problems[0].code in ("bad-title", "exists", "role-account")
        else:
            assert " ".join(values(root, path)[key].split()) == " ".join(title.split())
