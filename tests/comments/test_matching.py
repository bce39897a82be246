"""Which post a thread belongs to, whatever its service called the page."""

import pytest

from newsroom.comments.matching import find, index, match
from newsroom.comments.records import Discussion
from newsroom.model import Post


def post(id, permalink, title="", aliases=(), thread=""):
    """A post with these names."""
    plain = dict.fromkeys(Post._fields, "")
    named = {"id": id, "permalink": permalink, "title": title, "source": f"content/posts/{id}.md", "aliases": aliases}
    return Post(**plain | named | {"comments": {"thread": thread} if thread else {}})


LENS = post("3f2b0c", "/2026/cracked-lens/", "What a cracked lens taught us", ("/blog/lens.html", "/old/page/"))
GLASS = post("77aa01", "/2026/glas-größe/", "Glass", thread="https://social.example/@northwind/17")
DRAFT = post("content/posts/d.md", "/draft/d/", "Glass", thread="#17")
POSTS = (LENS, GLASS, DRAFT)


def found(*keys, title="", posts=POSTS, base="/newsroom"):
    """The id of the post that a discussion belongs to; "" for none."""
    got = match(Discussion(keys, title, ()), index(posts, base))
    return got.id if got else ""


@pytest.mark.parametrize(
    "key",
    [
        "3f2b0c",
        "content/posts/3f2b0c.md",
        "/2026/cracked-lens/",
        "/2026/cracked-lens",
        "2026/cracked-lens",
        "/2026/cracked-lens/index.html",
        "/2026/cracked-lens.html",
        "/2026/cracked-lens/?utm_source=x#comment-3",
        "https://news.example.com/2026/cracked-lens/",
        "http://other.example:8000/2026/cracked-lens",
        "//news.example.com/2026/cracked-lens/",
        "news.example.com/2026/cracked-lens/",
        "localhost:8000/2026/cracked-lens/",
        "https://example.com/newsroom/2026/cracked-lens/",
        "/newsroom/2026/cracked-lens/index.html",
        "/2026//cracked%2Dlens/",
        "/blog/lens.html",
        "https://old.example/blog/lens",
        "/old/page/index.htm",
        " /old/page\n",
    ],
)
def test_every_spelling_of_an_address_leads_to_its_post(key):
    """By id, permalink or alias; with and without scheme, host, base, query, fragment, slash and ending."""
    assert found(key) == "3f2b0c"


@pytest.mark.parametrize(
    "key",
    [
        "https://social.example/@northwind/17",
        "https://social.example/@northwind/17/",
        "/2026/glas-gr%C3%B6%C3%9Fe/",
        "/2026/glas-gro\u0308ße",
    ],
)
def test_a_thread_that_the_post_names_leads_to_it(key):
    """And letters beyond ASCII are the same, however they are written."""
    assert found(key) == "77aa01"


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/",
        "https://news.example.com/",
        "https://news.example.com/?p=17",
        "/2026/",
        "/2026/cracked",
        "/2026/cracked-lens/more/",
        "lens",
        "http://[x/2026/cracked-lens/",
        "javascript:3f2b0c",
        "index.html",
    ],
)
def test_what_only_looks_alike_leads_nowhere(key):
    """A comment below the wrong post is worse than one that somebody has to place."""
    assert found(key) == ""


def test_the_first_key_that_fits_wins():
    """They come with the surest first."""
    assert found("/nowhere/", "77aa01", "/2026/cracked-lens/") == "77aa01"
    assert found("#17", title="What a cracked lens taught us") == "content/posts/d.md"


def test_a_title_counts_where_nothing_else_fits_and_only_one_post_has_it():
    """Two posts of one title are told apart by nobody."""
    assert found("/gone/", title="What a  cracked LENS taught us") == "3f2b0c"
    assert found("What a cracked lens taught us") == "3f2b0c"
    assert found("/gone/", title="Glass") == ""
    assert found("/2026/cracked-lens/", title="Glass") == "3f2b0c"
    assert find(["What a cracked lens taught us"], index(POSTS)) is None


def test_a_name_that_two_posts_have_leads_to_neither():
    """But a permalink is more than another's alias, and an id more than a thread."""
    first, second = post("a", "/a/", aliases=("/x/", "/b/")), post("b", "/b/", aliases=("/x/",), thread="a")

    assert found("/x/", posts=(first, second)) == ""
    assert found("/b/", posts=(first, second)) == "b"
    assert found("a", posts=(second, first)) == "a"
