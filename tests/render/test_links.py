"""References in rendered Markdown become addresses."""

import pytest

from newsroom.render.links import resolve
from newsroom.views import File, References

REFS = References(
    {"../2025/b.md#x": "/2025/b/#x", "person:maya": "/people/maya/", "/a?b=c&d=e": "/base/a?b=c&d=e"},
    {
        "a b.jpg": File("/2026/a/a%20b.jpg", "", "", (640, 480)),
        "c.pdf": File("/2026/a/c.pdf", "", "", (0, 0)),
        "v.png": File("/v.png", "", "", (3, 4)),
    },
    "",
)


@pytest.mark.parametrize(
    ("html", "resolved"),
    [
        ('<a href="newsroom:../2025/b.md#x">b</a>', '<a href="/2025/b/#x">b</a>'),
        ('<a href="newsroom:person:maya">Maya</a>', '<a href="/people/maya/">Maya</a>'),
        ('<a href="newsroom:/a?b=c&amp;d=e">a</a>', '<a href="/base/a?b=c&amp;d=e">a</a>'),
        ('<img src="newsroom:file:a b.jpg" alt="">', '<img src="/2026/a/a%20b.jpg" width="640" height="480" alt="">'),
        ('<img src="newsroom:file:a%20b.jpg" alt="">', '<img src="/2026/a/a%20b.jpg" width="640" height="480" alt="">'),
        ('<img alt="" src="newsroom:file:v.png" width="5">', '<img alt="" src="/v.png" width="5">'),
        ('<img height="5" src="newsroom:file:v.png">', '<img height="5" src="/v.png">'),
        ('<a href="newsroom:file:c.pdf">c</a>', '<a href="/2026/a/c.pdf">c</a>'),
        ('<video poster="newsroom:file:v.png">', '<video poster="/v.png">'),
        ('<a href="newsroom:gone.md">x</a>', '<a href="#">x</a>'),
        ('<img src="newsroom:file:gone.jpg">', '<img src="#">'),
        ('<a href="https://example.com/">x</a>', '<a href="https://example.com/">x</a>'),
        ('<a title="newsroom:person:maya">x</a>', '<a title="newsroom:person:maya">x</a>'),
        ("<p>newsroom:person:maya</p>", "<p>newsroom:person:maya</p>"),
        ("<code>href=&quot;newsroom:person:maya&quot;</code>", "<code>href=&quot;newsroom:person:maya&quot;</code>"),
    ],
)
def test_a_reference_becomes_the_address_it_leads_to(html, resolved):
    """Pictures learn their size; words that only look like a reference stay words."""
    assert resolved == resolve(html, REFS)


def test_a_scheme_of_our_own_never_reaches_a_reader():
    """What nobody resolved leads nowhere, visibly in no way."""
    assert "newsroom:" not in resolve(
        '<a href="newsroom:x"><img src="newsroom:file:y" alt=""></a>', References({}, {}, "")
    )
