"""Slugs, patterns and paths: nothing that stands in an address surprises."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsroom.permalinks import FIELDS, KEY, check_path, check_pattern, encoded, join, output_path, permalink, slugify

SLUGS = {
    "What a cracked lens taught us": "what-a-cracked-lens-taught-us",
    "  Grüße aus  Łódź: was nun?  ": "grusse-aus-lodz-was-nun",
    "Don't panic": "dont-panic",
    "Maya’s lens": "mayas-lens",
    "C++ & C#": "c-c",
    "a/b\\c..d": "a-b-c-d",
    "..": "",
    "---": "",
    "🎉": "",
    "Ünïcödé": "unicode",
    "Ærø": "aero",
    "Ǽ and Ǿ": "ae-and-o",
    "STRAẞE": "strasse",
    "Привет, мир": "привет-мир",
    "ёлка й": "ёлка-й",
    "हिन्दी": "हिन्दी",
    "日本語の題": "日本語の題",
    "℡ ½ ²": "tel-1-2-2",
    "a%20b": "a-b",
    "a\u00adb\u200bc": "abc",
    "／etc／passwd": "etc-passwd",
}


@pytest.mark.parametrize(("title", "slug"), SLUGS.items())
def test_a_title_becomes_one_part_of_an_address(title, slug):
    """Latin letters lose their accents, other scripts stay, everything else separates."""
    assert slug == slugify(title)


@given(st.text())
@example("ŉ ǰ ΐ ᾳ ﬁ İ ſ ℡ ㎢ ẛ̣")
@example("ͅα")
@example("x" * 119 + "é-z")
def test_a_slug_is_its_own_slug(title):
    """Making a slug twice changes nothing: what a writer copies from an address stays as it is."""
    slug = slugify(title)

    assert slug == slugify(slug)


@given(st.from_regex("[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True))
@example("x" * 119 + "-z")
@example("x" * 130)
def test_what_is_a_slug_already_is_the_slug_it_would_become(slug):
    """The short way, for most file names, ends where the long one does: a hyphen before it is dropped there."""
    assert slugify("-" + slug) == slugify(slug)
    assert slug[:120].strip("-") == slugify(slug)


@given(st.text(st.sampled_from([*map(chr, range(128)), *"’'’'-- ab%"])))
@example("x" * 119 + " y")
@example("-" * 3 + "x" * 121)
def test_a_plain_name_becomes_what_it_would_beside_another_script(title):
    """The short way, for names of ASCII and apostrophes, ends where the long one does: a silent mark leads to that."""
    assert slugify(title + "\u200b") == slugify(title)


@given(st.text())
@example("字" * 200)
@example("ﷺ" * 100)
def test_a_slug_climbs_nowhere_and_fits_into_a_file_name(title):
    """No slash, dot or backslash, no separator at the ends, and short enough for every file system."""
    slug = slugify(title)

    assert not set(slug) & set("/\\.%?#\0 ")
    assert slug == slug.strip("-") and "--" not in slug
    assert len(slug.encode()) <= 200


dates = st.dates().map(lambda day: f"{day.isoformat()}T00:00:00+00:00") | st.just("")
patterns = st.lists(
    st.sampled_from([f"{{{field}}}" for field in FIELDS] + ["blog", "-", "/", "_", "..", ".", "%2e", "{x}", "}"]),
    max_size=8,
)


@given(patterns.map(lambda parts: f"/{''.join(parts)}/"), st.text(), st.sampled_from(["post", "release"]), dates)
def test_a_pattern_that_is_accepted_makes_only_good_addresses(pattern, title, kind, date):
    """Whatever the title, the address of a post lies below the site's."""
    slug = slugify(title)
    if slug and not check_pattern(pattern):
        made = permalink(pattern, slug, kind, date)

        assert check_path(made) == ""
        assert slug in made


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [
        ("/{year}/{slug}/", ""),
        ("/{kind}/{year}-{month}-{day}-{slug}/", ""),
        ("/{slug}/", ""),
        ("{year}/{slug}/", "must begin and end with /"),
        ("/{year}/{slug}", "must begin and end with /"),
        ("/{year}/", "must contain {slug}, or two posts could share an address"),
        ("/{author}/{slug}/", 'has an unknown field "author"; it may hold {year}, {month}, {day}, {slug}, {kind}'),
        ("/{slug!r}/{slug}/", 'has an unknown field "slug!r"; it may hold {year}, {month}, {day}, {slug}, {kind}'),
        ("/{}/{slug}/", 'has an unknown field ""; it may hold {year}, {month}, {day}, {slug}, {kind}'),
        ("/../{slug}/", 'must not contain ".." or "."'),
        ("/%2e%2e/{slug}/", 'must not contain ".." or "."'),
        ("/{slug}/}/", "must be a plain path: no ? # or other marks"),
        ("/a//{slug}/", "must not contain // or begin with /_"),
    ],
)
def test_a_pattern_that_could_fail_later_fails_at_once(pattern, wrong):
    """A permalink pattern is checked when site.toml is read, not when the first post meets it."""
    assert wrong == check_pattern(pattern)


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("/", ""),
        ("/blog/old-address/", ""),
        ("/blog/caf%C3%A9.html", ""),
        ("/alt/weg", ""),
        ("blog/", "must begin with /"),
        ("https://example.com/", "must begin with /"),
        ("/a/../b", 'must not contain ".." or "."'),
        ("/a/./b", 'must not contain ".." or "."'),
        ("/%2e%2e/b", 'must not contain ".." or "."'),
        ("/%252e%252e/b", 'must not contain ".." or "."'),
        ("/..%5cb", 'must not contain ".." or "."'),
        ("/a%5cb", "must not contain backslashes or control characters"),
        ("/a%00b", "must not contain backslashes or control characters"),
        ("/a\nb", "must not contain backslashes or control characters"),
        ("//example.com/", "must not contain // or begin with /_"),
        ("/%2fexample.com/", "must not contain // or begin with /_"),
        ("/_headers", "must not contain // or begin with /_"),
        ("/a?b", "must be a plain path: no ? # or other marks"),
        ("/a*", "must be a plain path: no ? # or other marks"),
        ("/" + "x" * 251, "has a part longer than 250 bytes"),
        ("/" + "字" * 84, "has a part longer than 250 bytes"),
    ],
)
def test_a_path_cannot_leave_the_site_however_it_is_written(path, wrong):
    """Dots, backslashes and control characters are found behind one percent-encoding or two."""
    assert wrong == check_path(path)


@given(st.text(alphabet="/.%25eEfF\\ab", max_size=20))
def test_an_accepted_path_names_a_file_below_the_output_folder(path):
    """What check_path accepts has no step up in it once a host or a browser has decoded it."""
    if check_path(path) == "":
        assert not output_path(path).startswith("/")
        assert not {"..", "."} & set(re.split(r"[/\\]", output_path(path)))


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("/", "index.html"),
        ("/2026/x/", "2026/x/index.html"),
        ("/404.html", "404.html"),
        ("/caf%C3%A9/", "café/index.html"),
    ],
)
def test_an_address_is_answered_by_one_file(link, path):
    """Folders are answered by their index."""
    assert path == output_path(link)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/2026/cracked-lens/", "/2026/cracked-lens/"),
        ("/привет/", "/%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82/"),
        ('/a "b"/', "/a%20%22b%22/"),
        ("/caf%C3%A9/", "/caf%C3%A9/"),
        ("/a?b=c#d", "/a?b=c#d"),
    ],
)
def test_a_path_stands_encoded_in_an_address(path, address):
    """What RFC 3986 does not allow is percent-encoded; what is encoded already stays."""
    assert address == encoded(path)


@given(st.text(alphabet="abcé字 %\"'<>", max_size=20))
def test_an_address_is_safe_in_an_attribute(path):
    """No quote, space or angle bracket stands in an address."""
    assert not set(encoded("/" + path)) & set(' "<>\\^`')


@pytest.mark.parametrize(
    ("folder", "name", "path"),
    [
        ("content/posts/2026", "../2025/a.md", "content/posts/2025/a.md"),
        ("content/posts", "./a.md", "content/posts/a.md"),
        ("content/posts", "a//b.md", "content/posts/a/b.md"),
        ("content", "../site.toml", "site.toml"),
        ("content", "../../x", None),
        ("content", "..\\..\\x", None),
        ("", "a", "a"),
        ("", "..", None),
    ],
)
def test_a_name_is_seen_from_its_folder(folder, name, path):
    """A name that climbs out of the site is nowhere."""
    assert path == join(folder, name)


@pytest.mark.parametrize(("key", "good"), [("maya", True), ("maya-2.b_c", True), ("m", True), ("Maya", False), ("-maya", False), ("maya.", False), ("a/b", False), ("", False), ("mäya", False)])  # fmt: skip
def test_a_key_is_small_letters_digits_and_three_marks_inside(key, good):
    """Keys are parts of addresses that never move."""
    assert good == bool(KEY.fullmatch(key))
