"""The loose HTML of WordPress."""

import pytest

from newsroom.comments.formats import wordpress


@pytest.mark.parametrize(
    "loose, expected",
    [
        ("", ""),
        ("One\r\ntwo", "<p>One<br>\ntwo</p>"),
        ("One\n \n\ntwo", "<p>One</p>\n<p>two</p>"),
        ("One<br /> \ntwo", "<p>One<br>\ntwo</p>"),
        (" " * 60_000 + "x", "<p>x</p>"),
        ("x" + " " * 60_000 + "y", "<p>x" + " " * 60_000 + "y</p>"),
        ("<blockquote>a\nb</blockquote>", "<blockquote>a\nb</blockquote>"),
        ("See\n<pre>a\n\nb</pre>\nend", "<p>See</p>\n<pre>a\n\nb</pre>\n<p>end</p>"),
        ("<pre>never closed\n\nx", "<pre>never closed\n\nx"),
    ],
)
def test_loose_html_gets_its_paragraphs(loose, expected):
    """As WordPress shows it."""
    assert expected == wordpress.paragraphs(loose)
