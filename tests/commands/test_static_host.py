"""What the preview answers to an address: the same as a static host."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsroom.commands.static_host import answer, content_type, match

FILES = {
    "index.html": "home",
    "404.html": "lost",
    "2026/lens/index.html": "lens",
    "feed.xml": "<rss/>",
    "feed.json": "{}",
    "a b/index.html": "space",
    "_redirects": """\
# old addresses
/blog/old/ /2026/lens/ 301
/blog/:slug /2026/:slug/ 302
/archive/* /:splat
/lens /2026/lens/ 200
/feed.xml /2026/lens/ 301
/atom.xml /feed.xml 307!
/gone /404.html 410
/away/* https://other.example/:splat
/de/* /de/:splat 301 Language=de
""",
    "_headers": "/*\n  X-Frame-Options: DENY\n\n/2026/*\n  Cache-Control: public\n  X-Year: 2026\n",
}


@pytest.fixture
def public(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        file = tmp_path / "public" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path / "public"


@pytest.mark.parametrize(
    ("target", "status", "found"),
    [
        ("/", 200, "home"),
        ("/?utm=1", 200, "home"),
        ("/2026/lens/", 200, "lens"),
        ("/2026/lens/index.html", 200, "lens"),
        ("/2026/lens", 301, "/2026/lens/"),
        ("/2026/lens?a=b", 301, "/2026/lens/?a=b"),
        ("/a%20b", 301, "/a%20b/"),
        ("/nothing/", 404, "lost"),
        ("/404.html/", 404, "lost"),
        ("//2026/lens/", 404, "lost"),
        ("/_redirects", 404, "lost"),
        ("/_headers", 404, "lost"),
        ("/%5Fheaders", 404, "lost"),
        ("/blog/old", 301, "/2026/lens/"),
        ("/blog/other?x=1", 302, "/2026/other/?x=1"),
        ("/archive/2026/lens/", 301, "/2026/lens"),
        ("/lens", 200, "lens"),
        ("/feed.xml", 200, "<rss/>"),
        ("/atom.xml", 307, "/feed.xml"),
        ("/gone", 410, "lost"),
        ("/away/a/b", 301, "https://other.example/a/b"),
        ("/de/x", 404, "lost"),
        ("/" + "a" * 5000, 404, "lost"),
    ],
)
def test_an_address_gets_what_a_host_gives(public: Path, target: str, status: int, found: str) -> None:
    """Folders, redirects, rewrites and the 404 page work as on a host; a file goes before a rule without `!`."""
    reply = answer(public, "", target)

    assert (status, found) == (reply.status, reply.header("Location") or reply.body.decode())


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt",
        "/2026/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/2026\\..\\..\\secret.txt",
        "/index.html%00.txt",
        "/index.html\x00",
        "/%ff",
        "/./index.html",
        "secret.txt",
        "http://127.0.0.1/index.html",
        "*",
        "",
    ],
)
def test_an_address_that_points_elsewhere_is_refused(public: Path, target: str) -> None:
    """Nothing above the folder has an address, however it is spelled."""
    (public.parent / "secret.txt").write_text("secret")

    reply = answer(public, "", target)

    assert reply.status in (400, 404)
    assert b"secret" not in reply.body


def test_a_link_out_of_the_folder_is_not_followed(public: Path) -> None:
    """A symbolic link to a file outside is answered as if nothing were there; one inside is followed."""
    (public.parent / "secret.txt").write_text("secret")
    (public / "out.txt").symlink_to(public.parent / "secret.txt")
    (public / "out").symlink_to(public.parent)
    (public / "in.txt").symlink_to(public / "index.html")
    (public / "loop").symlink_to(public / "loop")

    statuses = [answer(public, "", target).status for target in ("/out.txt", "/out/secret.txt", "/in.txt", "/loop")]

    assert [404, 404, 200, 404] == statuses


@pytest.mark.parametrize(
    ("target", "status", "found"),
    [
        ("/", 302, "/newsroom/"),
        ("/newsroom", 302, "/newsroom/"),
        ("/newsroom/", 200, "home"),
        ("/newsroom/2026/lens", 301, "/newsroom/2026/lens/"),
        ("/newsroom/blog/old/", 301, "/newsroom/2026/lens/"),
        ("/newsroom/lens", 200, "lens"),
        ("/newsroom/nothing", 404, "lost"),
        ("/newsroomx/", 404, "nothing here: the site begins at /newsroom/\n"),
        ("/2026/lens/", 404, "nothing here: the site begins at /newsroom/\n"),
    ],
)
def test_a_site_below_a_path_is_served_there(public: Path, target: str, status: int, found: str) -> None:
    """With a base, everything is below it, and the server's root leads there."""
    reply = answer(public, "/newsroom", target)

    assert (status, found) == (reply.status, reply.header("Location") or reply.body.decode())


def test_redirects_may_be_written_with_the_base(public: Path) -> None:
    """A rule that already names the base is not given it twice."""
    (public / "_redirects").write_text("/newsroom/old /newsroom/2026/lens/ 301\n")

    assert "/newsroom/2026/lens/" == answer(public, "/newsroom", "/newsroom/old").header("Location")


def test_headers_of_the_site_are_sent(public: Path) -> None:
    """Every block whose pattern fits gives its headers, and no other."""
    assert "DENY" == answer(public, "", "/").header("X-Frame-Options")
    assert "" == answer(public, "", "/").header("X-Year")
    assert "2026" == answer(public, "", "/2026/lens/").header("X-Year")


def test_a_redirect_cannot_carry_a_header(public: Path) -> None:
    """A line break in an address does not end the Location line."""
    assert 400 == answer(public, "", "/away/%0d%0aSet-Cookie:x").status


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("feed.xml", "application/xml; charset=utf-8"),
        ("feed.json", "application/feed+json"),
        ("search.json", "application/json"),
        ("maya.vcf", "text/vcard; charset=utf-8"),
        ("office-hours.ics", "text/calendar; charset=utf-8"),
        ("follow.opml", "text/x-opml; charset=utf-8"),
        ("a.SVG", "image/svg+xml"),
        ("a.avif", "image/avif"),
        ("a.webp", "image/webp"),
        ("a.jpg", "image/jpeg"),
        ("unknown", "application/octet-stream"),
    ],
)
def test_every_kind_of_output_has_its_type(name: str, expected: str) -> None:
    """The type depends on the name alone, not on what the machine knows."""
    assert expected == content_type(Path(name))


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("/*", "/", {"splat": ""}),
        ("/*", "/a/b/", {"splat": "a/b"}),
        ("/a/*", "/b/c", None),
        ("/a/*", "/a", {"splat": ""}),
        ("/a", "/a/", {}),
        ("/a", "/a/b", None),
        ("/:year/:slug", "/2026/x/", {"year": "2026", "slug": "x"}),
        ("/*.xml", "/people/maya/feed.xml", {"splat": "people/maya/feed"}),
        ("/*.xml", "/feed.json", None),
        ("/*/a.*", "/b/c/a.css", {}),
        ("/:x/:x", "/a/b", {"x": "a"}),
        ("/blog/:slug/*", "/blog/a/b/c", {"slug": "a", "splat": "b/c"}),
    ],
)
def test_patterns_fit_whole_segments(pattern: str, path: str, expected: dict | None) -> None:
    """A placeholder stands for one segment, a star for anything."""
    assert expected == match(pattern, path)
