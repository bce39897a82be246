"""The plan: every file of the site, each with the fingerprint of exactly what it is made from."""

from datetime import UTC, datetime

import pytest

from newsroom.build import Options, load
from newsroom.desk import Desk
from newsroom.errors import text
from newsroom.render.outputs import FILES as WRITTEN
from newsroom.render.outputs import entries_needed, plan, prepare, render, tools
from newsroom.render.pages import PAGES

FILES = {
    "content/people/maya.md": "---\nname: Maya Okafor\nphoto: maya.svg\ntopics: [lenses]\n---\nBio\n",
    "content/people/maya.svg": '<svg width="3" height="4"></svg>',
    "content/people/jonas.md": "---\nname: Jonas Lind\n---\nBio\n",
    "content/topics/lenses.md": "---\nname: Lenses\npeople: [maya]\n---\nAll about lenses\n",
    "content/pages/about.md": "---\ntitle: About\naliases: [/ueber-uns]\n---\nSee [a](../posts/a.md)\n",
    "content/posts/a.md": "---\ntitle: A\nauthors: [maya]\ntopics: [lenses]\ndate: 2025-11-01\nsummary: S\nimage: a.svg\n---\nA\n",
    "content/posts/a.svg": '<svg width="3" height="4"></svg>',
    "content/posts/b.md": "---\ntitle: B\nauthors: [jonas]\ndate: 2026-11-02\nkind: release\nsummary: S\naliases: [/alt/b.html]\n---\nB\n",
}
NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def plan_of(make_site):
    """(outputs by path, problems) of some files."""

    def planned(changes={}, **settings):
        files = {path: raw for path, raw in (FILES | changes).items() if raw is not None}
        made = make_site(files, **settings)
        site, theme = load(Desk(made.root), Options(moment=NOW))
        outputs, problems = plan(site, theme)
        return {output.path: output for output in outputs}, [text(problem) for problem in problems]

    return planned


def test_the_plan_is_every_file_of_the_contract(plan_of):
    """The paths of pages, feeds, pictures, old addresses and what hosts read."""
    outputs, problems = plan_of()

    assert problems == []
    assert {path for path in outputs if not path.startswith(("assets/", "favicon"))} == {
        "index.html", "feed.xml", "atom.xml", "feed.json", "404.html", "_headers", "_redirects", "robots.txt", "sitemap.xml", "follow.opml",
        "posts/index.html", "people/index.html", "topics/index.html", "corrections/index.html", "follow/index.html", "archive/index.html", "ask/index.html", "promises/index.html",
        "archive/2025/index.html", "archive/2026/index.html", "2025/a/index.html", "2025/a/a.svg", "2026/b/index.html", "about/index.html",
        "2026/b/b.txt", "2026/b/b.zip",
        "people/maya/index.html", "people/maya/maya.svg", "people/maya/feed.xml", "people/maya/atom.xml", "people/maya/feed.json",
        "people/maya/maya.vcf", "people/maya/maya.v4.vcf", "people/maya/qr.svg",
        "people/jonas/jonas.vcf", "people/jonas/jonas.v4.vcf", "people/jonas/qr.svg",
        "people/jonas/index.html", "people/jonas/feed.xml", "people/jonas/atom.xml", "people/jonas/feed.json",
        "topics/lenses/index.html", "topics/lenses/feed.xml", "topics/lenses/atom.xml", "topics/lenses/feed.json",
        *(f"people/maya/topics/lenses/{name}" for name in ("index.html", "feed.xml", "atom.xml", "feed.json")),
        "corrections/feed.xml", "corrections/atom.xml", "corrections/feed.json",
        "releases/index.html", "releases/feed.xml", "releases/atom.xml", "releases/feed.json", "ueber-uns/index.html", "alt/b.html",
        "news-sitemap.xml",
        *(f"{page}/{name}" for page in ("2025/a", "2026/b", "people/maya", "people/jonas") for name in ("embed/index.html", "oembed.json")),
        *(f"digest/{week}.{ending}" for week in ("2025-W44", "2026-W45") for ending in ("html", "txt")),
    }  # fmt: skip


def test_the_plan_is_in_the_order_of_paths_and_every_kind_can_be_written(plan_of):
    """No output waits for another, and none is of a kind that nothing renders."""
    outputs, _ = plan_of()

    assert list(outputs) == sorted(outputs)
    assert {output.kind for output in outputs.values()} <= {*PAGES, *WRITTEN, "static", "style"}
    assert {len(output.fingerprint) for output in outputs.values()} == {32}


def test_two_plans_of_the_same_files_are_equal(plan_of):
    """Also where the site lies in another folder, except for the files of the theme, which are named by theirs."""
    assert plan_of() == plan_of()


FEEDS = "/feed people/maya/feed topics/lenses/feed people/maya/topics/lenses/feed"
EDITS = {
    "a body": ("content/posts/a.md", "\nA\n", "\nOther\n", f"2025/a/ {FEEDS}"),
    "what only the post shows": ("content/posts/a.md", "summary: S\n", "summary: S\nhelp: [{how: edited}]\n", f"2025/a/ {FEEDS}"),
    "the conversation": ("content/posts/a.md", "summary: S\n", "summary: S\ncomments: off\n", f"2025/a/ {FEEDS}"),
    "a title": ("content/posts/a.md", "title: A", "title: Z",
                f"2025/a/ {FEEDS} / people/maya/ people/maya/topics/lenses/ topics/lenses/ posts/ archive/2025/ 2026/b/ "
                "2025/a/card people/maya/embed/ "
                "digest/2025-W44.html digest/2025-W44.txt"),
    "a biography": ("content/people/jonas.md", "Bio", "Other", "people/jonas/"),
    "a name": ("content/people/jonas.md", "Lind", "Berg",
               "/ /feed people/ people/jonas/ people/jonas/card 2026/b/card people/jonas/feed people/jonas/jonas.vcf people/jonas/jonas.v4.vcf people/jonas/qr.svg posts/ releases/ releases/feed archive/ archive/2026/ 2026/b/ 2026/b/b.txt 2026/b/b.zip 2025/a/ ask/ follow/ follow.opml 404.html "
               "digest/2026-W45.html digest/2026-W45.txt"),
    "what a topic is": ("content/topics/lenses.md", "All", "Much", "ask/ topics/ topics/lenses/"),
    "a page": ("content/pages/about.md", "See", "Read", "about/"),
    "the bytes of a picture": ("content/posts/a.svg", "></svg>", "> </svg>", "2025/a/a.svg"),
    "the size of a picture": ("content/posts/a.svg", '"3"', '"5"',
                              f"2025/a/a.svg 2025/a/ {FEEDS} / people/maya/ people/maya/topics/lenses/ topics/lenses/ posts/ archive/2025/ 2026/b/ "
                              "2025/a/card people/maya/embed/"),
    "the bytes of a photo": ("content/people/maya.svg", "></svg>", "> </svg>", "people/maya/maya.svg people/maya/maya.vcf"),
}  # fmt: skip
"""What is edited -> its file, the old words, the new ones, and the places that move: `x/` a page, `x/feed` its feeds, `x/card` its card."""


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_touches_what_shows_it_and_nothing_else(plan_of, edit):
    """A body leaves every listing alone; a name is wherever its owner is shown."""
    path, old, new, places = EDITS[edit]
    assert old in FILES[path]
    before, after = plan_of()[0], plan_of({path: FILES[path].replace(old, new)})[0]
    touched = {path for path in before if before[path].fingerprint != after[path].fingerprint}

    assert before.keys() == after.keys()
    assert {path for place in places.split() for path in paths(place)} == touched


def paths(place):
    """The outputs of a place."""
    path = place.removeprefix("/")
    if place.endswith("feed"):
        folder = path.removesuffix("feed")
        return [f"{folder}{name}" for name in ("feed.xml", "atom.xml", "feed.json")]
    if place.endswith("card"):
        folder = path.removesuffix("card")
        return [f"{folder}embed/index.html", f"{folder}oembed.json"]
    return [f"{path}index.html" if place.endswith("/") else path]


def test_a_setting_touches_every_page(plan_of):
    """Whatever a page knows of the site is in its fingerprint."""
    before, after = plan_of()[0], plan_of(description="Other words")[0]

    assert {o.kind for path, o in before.items() if o.fingerprint == after[path].fingerprint} <= {"asset", "static", "style"}


def test_a_theme_that_is_changed_touches_the_pages_it_shows(plan_of):
    """An option is a setting; a template of one's own moves the pages made with it."""
    before = plan_of()[0]
    mine = {
        "themes/mine/theme.toml": 'extends = "default"\n',
        "themes/mine/templates/page.html": '{% extends "base.html" %}',
    }
    after = plan_of(mine, theme={"name": "mine"})[0]
    other = plan_of(mine | {"themes/mine/templates/page.html": '{% extends "base.html" %} '}, theme={"name": "mine"})[0]

    assert before.keys() == after.keys()
    assert {path for path in after if after[path].fingerprint != other[path].fingerprint} == {"about/index.html"}


@pytest.fixture
def feeds_of(make_site):
    """(outputs of feeds, the site, Tools that keep entries) of some files, as one process of a build has them."""

    def feeds(kept, changes={}, **settings):
        made = make_site(FILES | changes, **settings)
        desk = Desk(made.root)
        site, theme = load(desk, Options(moment=NOW))
        reached = tools(site, theme, desk.content, made.root, desk.folder / "templates", kept)
        return [output for output in plan(site, theme)[0] if output.kind == "feed"], site, reached

    return feeds


class Kept(dict):
    """A cache: entries by key, and how many were made."""

    made = 0

    def __call__(self, key, make):
        if key not in self:
            self[key] = make()
            self.made += 1
        return self[key]


def test_an_entry_is_made_once_for_all_feeds_of_all_processes(feeds_of):
    """Fifteen feeds of two posts: what one process prepared, another only joins, to the same bytes."""
    kept = Kept()
    feeds, site, reached = feeds_of(kept)
    for source in entries_needed(feeds, site):
        prepare(source, site, reached)
    assert (21, 2) == (len(feeds), kept.made)

    alone, _, _ = whole = feeds_of(Kept())
    again, site, reached = feeds_of(kept)
    assert [render(o, site, reached) for o in again] == [render(o, *whole[1:]) for o in alone]
    assert 2 == kept.made


def test_an_edit_makes_one_entry_again(feeds_of):
    """The other posts of the feeds that carry it are taken as they are."""
    kept = Kept()
    body = {"content/posts/a.md": FILES["content/posts/a.md"].replace("\nA\n", "\nOther\n")}
    for changes in ({}, body, {}):
        feeds, site, reached = feeds_of(kept, changes)
        shown = b"".join(render(output, site, reached) for output in feeds)
        assert (b"Other" in shown) == bool(changes)

    assert 3 == kept.made


def test_the_entries_needed_are_those_of_the_feeds_that_are_stale(feeds_of):
    """Each post once, in the order of paths; none for pages."""
    feeds, site, _ = feeds_of(Kept())
    of = {place: [o for o in feeds if o.subject == place] for place in site.feeds}

    assert ["content/posts/a.md", "content/posts/b.md"] == entries_needed(feeds, site)
    assert ["content/posts/a.md"] == entries_needed([*of["/people/maya/"], *of["/topics/lenses/"]], site)
    assert [] == entries_needed([feeds[0]._replace(kind="person")], site)


SECOND = "---\ntitle: X\nauthors: [maya]\ndate: 2025-12-01\n{}---\nX\n"
OWN = "this address is the newsroom's own: choose another slug or alias"
COLLISIONS = [
    ({"content/posts/c.md": SECOND.format("slug: a\n")},
     ['content/posts/c.md: two sources would write "/2025/a/": content/posts/a.md and content/posts/c.md\nhint: give one of them another slug or alias']),
    ({"content/pages/people.md": "---\ntitle: People\n---\nx\n"},
     [f'content/pages/people.md: two sources would write "/people/": content/pages/people.md and the site\'s own people\nhint: {OWN}']),
    ({"content/posts/c.md": SECOND.format("aliases: [/about/]\n")},
     ['content/posts/c.md: two sources would write "/about/": content/pages/about.md and content/posts/c.md\nhint: give one of them another slug or alias']),
    ({"content/posts/c.md": SECOND.format("aliases: [/feed.xml]\n")},
     [f'content/posts/c.md: two sources would write "/feed.xml": content/posts/c.md and the site\'s own feed\nhint: {OWN}']),
    ({"content/posts/c.md": SECOND.format("aliases: [/About/]\n")},
     ['content/posts/c.md: two sources would write "/about/": content/pages/about.md and content/posts/c.md\nhint: give one of them another slug or alias']),
    ({"content/posts/c.md": SECOND.format("aliases: [/alt/b.html/c/]\n")},
     ['content/posts/c.md: two sources would write "/alt/b.html/c/": content/posts/b.md and content/posts/c.md\nhint: give one of them another slug or alias']),
    ({"content/posts/c.md": SECOND.format("aliases: [/Preview/x/]\n")},
     [f'content/posts/c.md: "/Preview/x/" would be below /preview/, where copies for reviewers stand\nhint: {OWN}']),
    ({"content/pages/preview.md": "---\ntitle: P\n---\nx\n"},
     [f'content/pages/preview.md: "/preview/" would be below /preview/, where copies for reviewers stand\nhint: {OWN}']),
    ({"content/posts/c.md": SECOND.format("aliases: [/2025/c/]\n")},
     ['content/posts/c.md: two sources would write "/2025/c/": content/posts/c.md, twice\nhint: rename one of its files, or take the alias out']),
]  # fmt: skip


@pytest.mark.parametrize(("files", "told"), COLLISIONS)
def test_two_sources_that_would_write_one_path_are_an_error_that_names_both(plan_of, files, told):
    """One address by two names, in two cases of letters, or as a file and as a folder."""
    assert [line.replace('"/About/"', '"/about/"') for line in plan_of(files)[1]] == told


def test_a_picture_shown_twice_is_one_file(plan_of):
    """Under two names or in two places of one post."""
    outputs, problems = plan_of(
        {"content/posts/a.md": FILES["content/posts/a.md"].replace("\nA\n", "\n![x](a.svg) ![y](./a.svg)\n")}
    )

    assert problems == [] and "2025/a/a.svg" in outputs


def test_two_files_of_one_name_are_told(plan_of):
    """What lies elsewhere is written beside the post by its last name alone."""
    changes = {"content/posts/other/a.svg": "<svg/>", "content/posts/a.md": FILES["content/posts/a.md"].replace("\nA\n", "\n![x](other/../../posts/other/a.svg) ![y](../people/a.svg)\n"), "content/people/a.svg": "<svg/>"}  # fmt: skip

    assert [line.partition("\n")[0] for line in plan_of(changes)[1]] == [
        'content/posts/a.md: two sources would write "/2025/a/a.svg": content/posts/a.md, twice'
    ]


def test_a_theme_without_a_template_is_told_before_anything_is_rendered(plan_of):
    """All that are missing, in one message."""
    mine = {"themes/mine/theme.toml": "", "themes/mine/templates/home.html": ""}
    told = plan_of(mine, theme={"name": "mine"})[1]

    assert len(told) == 1
    assert told[0].startswith(
        'themes/mine/theme.toml:1:1: the theme has no "404.html", "archive.html", "ask.html", "corrections.html"'
    )


def test_a_sitemap_names_each_page_once(make_site):
    """Every page worth finding, and no feed, picture, old address or error page."""
    import re

    site = make_site(FILES)
    assert site.build(moment=NOW).problems == ()
    found = re.findall("<loc>https://news.example.com(.*?)</loc>", site.read("sitemap.xml"))

    assert found == ["/", "/2025/a/", "/2026/b/", "/about/", "/archive/", "/ask/", "/corrections/", "/follow/", "/people/", "/people/jonas/", "/people/maya/", "/people/maya/topics/lenses/",
                     "/posts/", "/promises/", "/releases/", "/topics/", "/topics/lenses/"]  # fmt: skip
