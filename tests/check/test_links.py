"""Links that stay on the site: whatever way they are written, they lead to a page and to a place that is there."""

from datetime import UTC, datetime

import pytest

from newsroom.build import Options
from newsroom.commands.check import check

FILES = {
    "content/people/maya.md": "---\nname: Maya Okafor\ncontact: {email: maya@example.com}\n---\nBio\n",
    "content/topics/lenses.md": "---\nname: Lenses\npeople: [maya]\n---\nGlass.\n",
    "content/pages/rules.md": '---\ntitle: Rules\naliases: [/house/]\n---\n## Repairs\n\nAll[^1].\n\n<p id="price">40</p>\n\n[^1]: Nearly.\n',
    "content/posts/b.md": "---\ntitle: B\nauthors: [maya]\ndate: 2026-11-01\nid: b\n---\nWords\n",
    "content/comments/b.yaml": "post: b\ncomments:\n- {id: isso-1, date: 2026-11-02T12:00:00Z, text: Why}\n",
}

HEAD = "title: A\nauthors: [maya]\ndate: 2026-11-02\nid: a\n"


@pytest.fixture
def told(make_site):
    """(line, column, message) of what links get wrong in a post."""

    def told(body, path="content/posts/a.md", head=HEAD, files={}, **settings):
        site = make_site(FILES | {path: f"---\n{head}---\n{body}\n"} | files, **settings)
        problems = check(site.root, Options(moment=datetime(2026, 11, 21, tzinfo=UTC)))
        return [(*p.location[1:3], p.message) for p in problems if p.severity == "error"]

    return told


@pytest.mark.parametrize(
    "target",
    [
        "/rules/#repairs", "/rules#repairs", "/house/#repairs", "../pages/rules.md#price", "/rules/?x=1#price",
        "https://news.example.com/rules/#repairs", "https://news.example.com/2026/b/", "https://news.example.com",
        "https://news.example.community/nowhere/", "b.md#comment-isso-1", "/2026/b/#comments", "#here", "/people/maya/#bio",
        "../pages/rules.md#fn1", "/rules/#:~:text=All", "https://news.example.com/feed.xml",
    ],
)  # fmt: skip
def test_what_a_browser_would_find_is_not_told(told, target):
    """By file, path or whole address; headings, what raw HTML names, comments, footnotes."""
    assert [] == told(f"## Here\n\n[x]({target})")


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("/rules/#repair", "names a heading that is not there"),
        ("/house#repair", "names a heading that is not there"),
        ("https://news.example.com/rules/#repair", "names a heading that is not there"),
        ("https://news.example.com/rule/", "leads to no page"),
        ("b.md#comment-isso-2", "names a heading that is not there"),
        ("#ther", "names a heading that is not there"),
    ],
)
def test_what_a_browser_would_not_find_is_told_at_its_place(told, target, message):
    """However far down it stands."""
    body = "## Here\n\n" + "Words.\n\n" * 13 + f"Look at [x]({target})."

    assert [(35, 13, f'the link "{target}" {message}')] == told(body)


def test_each_line_with_a_broken_link_is_told(told):
    """So that all can be mended at once."""
    assert [7, 9] == [line for line, *_ in told("[x](/nope/)\n\n[x](/nope/)")]


def test_an_example_in_code_is_not_where_the_link_stands(told):
    """The mark is on the link that readers can follow."""
    assert [11] == [line for line, *_ in told("```\n[x](#nope)\n```\n\n[x](#nope)")]


@pytest.mark.parametrize(
    ("path", "head"),
    [
        ("content/people/jonas.md", "name: Jonas Lind\n"),
        ("content/topics/glass.md", "name: Glass\npeople: [maya]\n"),
        ("content/pages/about.md", "title: About\n"),
    ],
)
def test_every_kind_of_text_is_looked_at(told, path, head):
    """Biographies, topics and pages too."""
    lines = head.count("\n") + 3
    assert [(lines, 5, 'the link "/nope/" leads to no page')] == told("[x](/nope/)", path, head)
    assert [(lines, 5, 'the link "#nope" names a heading that is not there')] == told("[x](#nope)", path, head)


def test_what_a_theme_of_the_site_has_around_a_text_can_be_linked_to(told):
    """Whatever its templates name; no list of ours has to know."""
    theme = {
        "themes/own/theme.toml": 'extends = "default"\n',
        "themes/own/templates/_tail.html": '<p id="shop">Shop</p>\n',
    }

    assert [(7, 5, 'the link "#shop" names a heading that is not there')] == told("[x](#shop)")
    assert [] == told("[x](#shop)", files=theme, theme={"name": "own"})
