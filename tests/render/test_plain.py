"""Rendered Markdown as plain text."""

import doctest

import pytest

from newsroom.render import plain as module
from newsroom.render.plain import plain, wrapped

HERE = "https://news.example.com/2026/a/"
LONG = "word " * 30


def test_the_examples_hold():
    """Those in the docstrings."""
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>a<br>b</p>", "a\nb"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><p>d</p>", "- a\n- b\n  - c\n\nd"),
        ('<ol start="3"><li><p>a</p></li><li><p>b</p></li></ol>', "3. a\n4. b"),
        ("<ul><li>a</li></ul><ol><li>b</li></ol>", "- a\n\n1. b"),
        ("<blockquote><p>Said.</p></blockquote>", "> Said."),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>", "A | B\n1 | 2"),
        ("<pre><code>x = 1\n  y</code></pre>", "    x = 1\n      y"),
        ('<p><img src="a.png" alt="A lens"></p>', "[Picture: A lens]"),
        ('<p><img src="a.png" alt=""></p>', ""),
        ('<p><a href="../b/">b</a> <a href="#c">c</a></p>', "b [https://news.example.com/2026/b/] c"),
        ('<p><a href="https://a.example/">https://a.example/</a></p>', "https://a.example/"),
        ('<p><a href="mailto:a@b.example?subject=x">me</a></p>', "me [a@b.example]"),
        ("<p>a &lt;b&gt; &amp; c</p>", "a <b> & c"),
        ("<p>a</p><script>alert(1)</script><svg><text>x</text></svg>", "a"),
        ("<hr>", "* * *"),
    ],
)
def test_what_a_text_is_made_of(html, text):
    """Paragraphs, lists in lists, tables, code, pictures by what they show, links with their addresses."""
    assert text == plain(html, HERE)


def test_lines_have_72_columns_and_addresses_are_never_broken():
    """Whatever stands before them."""
    address = "https://news.example.com/" + "x" * 90
    lines = plain(f"<p>{LONG}</p><blockquote><p>{LONG}</p></blockquote><ul><li>{LONG}</li></ul><p>{address}</p>", HERE)

    assert max(len(line) for line in lines.split("\n") if line != address) <= 72
    assert address in lines.split("\n")
    assert [""] == wrapped("")
