"""Content security policies: what a page may load is what it uses, and nothing else."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from newsroom.errors import text
from newsroom.providers import PROVIDERS, origins
from newsroom.render import policy
from newsroom.render.policy import written
from newsroom.render.theme import load

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PLAIN = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; frame-src 'none'; "
    "img-src 'self'; media-src 'self'; object-src 'none'; style-src 'self'"
)
ISSO = {"provider": "isso", "isso": {"url": "https://comments.example.com"}}
FILM = "![A film](https://vimeo.com/123456789)"
COPYING = PLAIN.replace("style-src", "script-src 'self'; style-src")
"""Of a post or a person: the code of the card can be copied."""


def post(body="Words.", **more):
    front = {"title": "A lens", "authors": "[maya]", "date": "2026-11-02", **more}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in front.items()) + f"---\n{body}\n"


@pytest.fixture
def site_with(make_site):
    """A built site of one post; `site.policy(path)` is the policy that stands in a page."""

    def make(lens=post(), files={}, **settings):
        person = "---\nname: Maya Okafor\n---\nBio\n"
        site = make_site({"content/people/maya.md": person, "content/posts/lens.md": lens, **files}, **settings)
        assert [text(problem) for problem in site.build(moment=NOW).problems] == []
        site.policy = lambda path="2026/lens/index.html": policies(site.read(path))[0]
        return site

    return make


def policies(page):
    """Every policy that stands in a page."""
    return [unescape(said) for said in re.findall(r'<meta http-equiv="Content-Security-Policy" content="(.*?)">', page)]


def directives(said):
    """A policy, read: directive -> sources."""
    rows = [row.split() for row in said.split("; ")]
    assert len({row[0] for row in rows}) == len(rows), "the second row of a name would be ignored"
    return {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([{"img-src": ()}], "img-src 'none'"),
        ([{"img-src": ("'none'",)}, {"img-src": ("'self'",)}], "img-src 'self'"),
        ([{"img-src": ("https://b.example", "'self'")}, {"img-src": ("'self'", "https://a.example")}],
         "img-src 'self' https://a.example https://b.example"),
        ([{"img-src": ("'self'",), "connect-src": ()}, {"default-src": ()}],
         "default-src 'none'; connect-src 'none'; img-src 'self'"),
        ([{"frame-src": ("https://müller.example:8443", "wss://müller.example")}],
         "frame-src https://xn--mller-kva.example:8443 wss://xn--mller-kva.example"),
    ],
)  # fmt: skip
def test_what_parts_want_is_written_once_and_in_one_order(parts, expected):
    """Sorted, without doubles, 'none' only by itself, hosts in ASCII."""
    assert expected == written(*parts)
    assert expected == written(*reversed(parts))


def test_a_page_without_a_script_may_load_its_own_files_and_run_nothing(site_with):
    """The same policy on every page that has no player and no comments, above everything that loads.

    But on the page to follow, which has a script, on digests, which are mails, and where there is something to copy:
    there the site's own script may run.
    """
    site = site_with()
    pages = [name for name in site.outputs() if name.endswith(".html") and not name.startswith(("follow/", "digest/"))]

    copying = {name for name in pages if "/copy." in site.read(name)}

    assert {PLAIN} == {site.policy(name) for name in pages if name not in copying}
    assert {COPYING} == {site.policy(name) for name in copying}
    assert any(name.startswith("people/") for name in copying) and not [name for name in copying if "/embed/" in name]
    assert "script-src" not in PLAIN  # default-src 'none' holds
    head = site.read("index.html").split("http-equiv=", 1)[0]
    assert "<link" not in head and "<script" not in head and "<style" not in head


def test_a_page_names_the_hosts_of_its_own_players_alone(site_with):
    """Frames of that service, the script that puts them there, and no other origin."""
    site = site_with(post(FILM), {"content/posts/other.md": post(title="Other")})
    mine = directives(site.policy())

    assert ["https://player.vimeo.com"] == mine["frame-src"]
    assert (["'self'"], ["'self'"]) == (mine["script-src"], mine["connect-src"])
    assert directives(PLAIN) == {name: mine[name] for name in directives(PLAIN)} | {"frame-src": ["'none'"]}
    assert COPYING == site.policy("2026/other/index.html")


def test_a_page_with_comments_has_the_origins_of_its_service(site_with):
    """Exactly those that the service's row asks for, beside the page's own."""
    mine = directives(site_with(comments=ISSO).policy())
    asked = origins("isso", ISSO["isso"])
    plain = {"connect-src": ["'self'"], "script-src": ["'self'"]} | directives(PLAIN)

    assert {"script-src", "connect-src"} <= asked.keys()
    for name in mine:
        own = [source for source in plain[name] if source != "'none'"]
        assert sorted({*own, *asked.get(name, ())}) or ["'none'"] == mine[name]
    assert "https://comments.example.com" in mine["script-src"]


def test_a_page_without_comments_has_no_origin_of_the_service(site_with):
    """Nor a post that switched them off, nor any page that is no post."""
    site = site_with(post(comments="off"), {"content/posts/talks.md": post(title="Talks")}, comments=ISSO)
    talks = [name for name in site.outputs() if name.endswith(".html") and "comments.example.com" in site.policy(name)]

    assert ["2026/talks/index.html"] == talks
    assert COPYING == site.policy()


@pytest.mark.parametrize("name", PROVIDERS)
def test_no_service_may_run_scripts_written_into_the_page(name):
    """The site's one script reads attributes: no row of PROVIDERS needs more."""
    asked = origins(name, {})
    running = [source for directive in ("default-src", "script-src", "script-src-elem", "script-src-attr")
               for source in asked.get(directive, ())]  # fmt: skip

    assert [] == [source for source in running if "unsafe" in source or source in ("*", "https:", "http:", "data:")]


@pytest.mark.parametrize("name", PROVIDERS)
def test_no_service_asks_for_what_the_header_refuses(name):
    """Header and page are both in force: a row with one of these would not work."""
    assert set() == {"form-action", "base-uri", "object-src", "frame-ancestors"} & origins(name, {}).keys()


def test_a_changed_setting_changes_the_policy_of_a_build_that_goes_on(site_with):
    """An incremental build leaves the bytes of a clean one, whatever a policy is made of."""
    site = site_with(post(FILM), comments=ISSO)
    for path, old, new, gone in (
        ("site.toml", "comments.example.com", "talk.example.com", "https://comments.example.com"),
        ("content/posts/lens.md", "vimeo.com/123456789", "ted.com/talks/a_talk", "https://player.vimeo.com"),
        ("content/posts/lens.md", "title: A lens", "title: A lens\ncomments: off", "https://talk.example.com"),
    ):
        assert gone in site.policy()
        site.edit(path, old, new)
        assert () == site.build(moment=NOW).problems
        kept = site.outputs()
        site.remove("public")
        site.remove(".newsroom")
        assert () == site.build(moment=NOW).problems

        assert kept == site.outputs()
        assert gone not in site.policy()
    assert ["https://embed.ted.com"] == directives(site.policy())["frame-src"]


def test_trusted_html_may_fetch_what_it_names(site_with):
    """Its frames, pictures, films and scripts; never a script that is written into the page."""
    raw = (
        '<iframe src="https://maps.example/?q=1"></iframe>\n\n<img alt="" src="//pictures.example/a.png">\n\n'
        '<video src="https://films.example:8443/a.mp4"></video>\n\n<script src="https://cdn.example/a.js"></script>\n\n'
        '<img alt="" src="data:image/gif;base64,AAAA">\n\n<script>run()</script>\n\n'
        '<iframe src="data:text/html,x"></iframe>'
    )
    mine = directives(site_with(post(raw), posts={"trust_html": True}).policy())

    assert ["https://maps.example"] == mine["frame-src"]
    assert ["'self'", "data:", "https://pictures.example"] == mine["img-src"]
    assert ["'self'", "https://films.example:8443"] == mine["media-src"]
    assert ["'self'", "https://cdn.example"] == mine["script-src"]
    assert COPYING == site_with(post(raw)).policy(), "and cleaned HTML fetches nothing"


def test_a_theme_with_scripts_of_its_own_may_run_them_on_every_page(site_with):
    """And with style sheets of its own it may keep small pictures in them."""
    files = {"themes/own/theme.toml": 'name = "Own"\nextends = "default"\n'}
    settings = {"theme": {"name": "own"}}

    assert ["'self'", "data:"] == directives(site_with(files=files, **settings).policy())["img-src"]
    assert "script-src" not in site_with(files=files, **settings).policy("index.html")
    files["themes/own/static/own.js"] = "own()"
    assert ["'self'"] == directives(site_with(files=files, **settings).policy("index.html"))["script-src"]


def test_the_scripts_that_need_comments_or_a_player_are_those_of_the_default_theme(make_site):
    """With another one in its folder every page of every site could run scripts."""
    static = load(make_site().root, "default", {}).static

    assert sorted(name for name in static if name.endswith("js")) == sorted(policy.OUR_SCRIPTS)


def test_posts_with_the_same_service_and_players_share_one_policy(site_with):
    """It is put together once, however many pages there are."""
    posts = {f"content/posts/p{n}.md": post(FILM if n % 2 else "Words.", title=f"Post {n}") for n in range(12)}
    policy._made.cache_clear()
    site_with(files=posts, comments=ISSO)
    counted = policy._made.cache_info()

    assert 6 == counted.misses, "plain, with comments, with a player too; the page to follow, a digest, a person"
    assert counted.hits > 12
