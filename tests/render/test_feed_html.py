"""What a post's HTML becomes for feed readers."""

from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from newsroom.render.feed_html import ADDRESSES, WHOLE, absolute, clean, plain

SITE = "https://news.example.com/newsroom"
POST = SITE + "/2026/lens/"

ANYTHING = st.text(st.characters(exclude_categories=()))
"""Any str at all, lone surrogates and control characters among it."""

FACADE = (
    '<figure class="embed embed-video" data-embed="youtube" data-src="https://player.example/1" data-title="A lens">'
    '<a class="embed-link" href="https://video.example/1">{}'
    '<span class="embed-label">Watch on Video: A &amp; B</span></a>'
    '<p class="embed-note">Loads from player.example when you choose it.</p></figure>'
)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("#why", POST + "#why"),
        ("files/a.pdf", POST + "files/a.pdf"),
        ("../other/", SITE + "/2026/other/"),
        ("/newsroom/people/maya/", SITE + "/people/maya/"),
        ("/people/maya/", SITE + "/people/maya/"),
        ("/newsroom?q=1", SITE + "?q=1"),
        ("/newsrooms/", SITE + "/newsrooms/"),
        ("//cdn.example/x.js", "https://cdn.example/x.js"),
        ("https://other.example/a?b=1&c=2", "https://other.example/a?b=1&c=2"),
        ("https://other.example/a?", "https://other.example/a"),
        ("HTTPS://Other.example/A;", "https://Other.example/A"),
        ("mailto:x@example.com", "mailto:x@example.com"),
        ("http://[", ""),
    ],
)
def test_an_address_is_made_whole(href, expected):
    """Each way to write an address means the same in a feed as on the page."""

    assert absolute(href, POST, SITE) == expected


@given(st.from_regex(WHOLE, fullmatch=True))
def test_a_whole_address_stays_as_it_is(href):
    """What is not looked at closely is what the standard library would leave alone."""
    assert href == urljoin(POST, href) == absolute(href, POST, SITE)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param(" \n", "", id="white space"),
        pytest.param("Words <b>first</b>", "Words <b>first</b>", id="text before the first element stays"),
        pytest.param("<p>a</p>\ntail", "<p>a</p>\ntail", id="text after the last element stays"),
        pytest.param("\n <p>a</p>", "<p>a</p>", id="white space before the first element goes"),
        pytest.param("<p>a</p></body><body class=x>", "<p>a</p>", id="a body in the body ends it"),
        pytest.param("<html><body lang=de>a", "a", id="a body has nothing to say"),
        pytest.param("<!doctype html><title>t</title>\n<body><p>a", "<p>a</p>", id="a whole document is its body"),
        pytest.param("<!doctype html></body>a", "a", id="or what looks like one"),
        pytest.param("<!doctype html>", "", id="if it has one"),
        pytest.param("<html lang=de><!--", "", id="and if it is begun"),
        pytest.param("&amp;lt; &lt;b&gt; &amp;", "&amp;lt; &lt;b&gt; &amp;", id="escaped once, once it stays"),
        pytest.param("]]&gt; 😀 שלום", "]]&gt; 😀 שלום", id="any script"),
        pytest.param("<pre><code>\n  a\n</code></pre>", "<pre><code>\n  a\n</code></pre>", id="code keeps its spaces"),
        pytest.param("a\x00\x0bb\ufffe\ud800c", "abc", id="what XML cannot hold goes"),
        pytest.param("a&#1;b", "ab", id="so does a reference to it"),
        pytest.param("a<script>x</script>b<style>c</style>c", "abc", id="script and style"),
        pytest.param("a<form><input name=q></form>b<iframe src=x>y</iframe>c", "abc", id="forms and frames"),
        pytest.param("a<noscript>n</noscript>b<object>o</object>c<svg><path d='M0'/></svg>d", "abcd", id="the rest"),
        pytest.param("a<!-- note -->b", "ab", id="comments"),
        pytest.param('<a href="#x" aria-hidden="true">#</a>Head', "Head", id="a heading's mark"),
        pytest.param('<div aria-hidden="true">Chart</div>', "<div>Chart</div>", id="what is only not read aloud"),
        pytest.param('<p hidden="">a</p>b', "b", id="what is hidden"),
        pytest.param('<p class="x" id="y" style="z" onclick="a()" tabindex="0" role="note" aria-label="b" data-c>e</p>',
                     "<p>e</p>", id="attributes of the page"),
        pytest.param('<td lang="de" colspan="2">a</td>', '<td lang="de" colspan="2">a</td>', id="those of meaning"),
        pytest.param('<a class="remote" href="https://o.example/x.png">Picture on o.example</a>',
                     '<a href="https://o.example/x.png">Picture on o.example</a>', id="a remote picture stays a link"),
        pytest.param('<img src="a.png" alt="" width="2" height="1" loading="lazy" decoding="async" srcset="b.png 2x">',
                     f'<img src="{POST}a.png" alt="" width="2" height="1">', id="lazy attributes"),
        pytest.param('<img data-src="a.png" alt="b">', f'<img alt="b" src="{POST}a.png">', id="lazy address"),
        pytest.param('<picture><source srcset="a.avif"><img src="a.png" alt="b"></picture> c',
                     f'<img src="{POST}a.png" alt="b"> c', id="a picture is one image"),
        pytest.param('<ul><li><input type="checkbox" disabled checked> a<li><input type="checkbox" disabled> b</ul>',
                     "<ul><li><span>☑</span> a</li><li><span>☐</span> b</li></ul>", id="a task list"),
        pytest.param('<div class="callout callout-note" role="note"><p class="callout-title">Note</p></div>',
                     "<blockquote><p>Note</p></blockquote>", id="a callout is set off"),
        pytest.param(FACADE.format("") + "tail",
                     '<p><a href="https://video.example/1">Watch on Video: A &amp; B</a></p>tail', id="a player"),
        pytest.param(FACADE.format('<img src="s.jpg" alt="Still" loading="lazy">'),
                     f'<p><a href="https://video.example/1"><img src="{POST}s.jpg" alt="Still"><br>'
                     "Watch on Video: A &amp; B</a></p>", id="a player's still"),
        pytest.param("<p>" + FACADE.format(""), '<p><span><a href="https://video.example/1">Watch on Video: A &amp; B</a></span></p>',
                     id="a player in a paragraph, which can hold no other"),
        pytest.param('<sup><a href="#fn1" id="r1">1</a></sup>', f'<sup><a href="{POST}#fn1">1</a></sup>', id="notes"),
    ],
)  # fmt: skip
def test_html_becomes_what_readers_show(html, expected):
    """Words stay as they are; what needs our page is plain or gone."""

    assert clean(html, POST, SITE) == expected


def test_deep_html_is_whole():
    """Nothing is lost below 256 levels, where the parser stops unless it is told not to."""
    html = "<blockquote>" * 300 + "deep" + "</blockquote>" * 300 + "after"

    assert clean(html, POST, SITE) == html


@given(ANYTHING)
def test_text_survives(text):
    """Any text is the same to a reader after cleaning, but for the characters that no feed can hold."""
    html = "<p>." + text.replace("&", "&amp;").replace("<", "&lt;").replace("\r", "") + "</p>"
    shown = "".join(
        c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )

    assert (
        BeautifulSoup(clean(html, POST, SITE), "html.parser").get_text() == "." + shown
    )  # the parser folds white space alone


@given(ANYTHING)
def test_no_input_breaks_it(html):
    """Any str gives HTML whose addresses are whole, without scripts and without attributes of the page."""
    soup = BeautifulSoup(f"<div>{clean(html, POST, SITE)}</div>", "html.parser")
    names = {name for element in soup.find_all() for name in element.attrs}
    addresses = [element[name] for element in soup.find_all() for name in ADDRESSES if name in element.attrs]

    assert not soup.find(["script", "style", "iframe", "form"])
    assert not {name for name in names if name.startswith(("on", "data-", "aria-")) or name in ("class", "id", "style")}
    assert all(":" in address for address in addresses)


@given(st.lists(st.sampled_from(['<a href="x">', "</a>", "<p>", "</p>", "<script>", '<div class="callout" onclick="y">',
                                 "</div>", "<svg>", '<figure class="embed">', '<a class="embed-link" href="z">',
                                 "</figure>", "<picture>", "<img src=q>", "<input type=checkbox>", "word", "<!--",
                                 "-->", "&#1;", "&#x0b", "&#xd800;", "&#xFFFF;", "&nbsp;", "&"])))  # fmt: skip
def test_no_mix_of_tags_breaks_it(parts):
    """Tags in any order, closed or not, give clean HTML that is clean already."""
    once = clean("".join(parts), POST, SITE)

    assert "class=" not in once and "onclick" not in once and "<script" not in once
    assert clean(once, POST, SITE).strip() == once.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" Two\nlines\t", "Two lines"),
        (" a  b ", "a b"),
        ("a\x00b", "ab"),
        ("10\u00a0%", "10\u00a0%"),
        ("a\u2028b", "a b"),
        ("&amp; <b>", "&amp; <b>"),
    ],
)
def test_a_title_is_one_line(text, expected):
    """Line breaks become spaces, illegal characters go, everything else is the writer's."""

    assert plain(text) == expected


@pytest.mark.parametrize("href", ["javascript:alert(1)", " JavaScript:x", "java\tscript:x", "&#10;vbscript:x"])
def test_an_address_that_acts_is_none(href):
    """The words of the link stay."""
    assert "<a>go</a>" == clean(f'<a href="{href}">go</a>', "https://example.com/a/", "https://example.com")


def test_nothing_is_lost_after_an_element_that_has_no_end():
    """Nor is anything put into it."""
    html = (
        '<embed src="a.swf"><video controls><source src="/a.webm"><source src="/a.mp4">No film.</video><p>Ha<wbr>lf</p>'
    )
    made = clean(html, "https://example.com/a/", "https://example.com")

    assert made == (
        '<video controls><source src="https://example.com/a.webm"><source src="https://example.com/a.mp4">No film.</video><p>Ha<wbr>lf</p>'
    )


def test_an_element_of_a_script_is_its_words():
    """No reader knows it; formulas stay as they are."""
    html = "<my-player src='x'>Hear <b>this</b></my-player> <math><mi>x</mi></math>"

    assert "<span>Hear <b>this</b></span> <math><mi>x</mi></math>" == clean(
        html, "https://example.com/a/", "https://example.com"
    )


def test_a_lazy_picture_is_the_picture():
    """Whether its place is empty or held by a point."""
    for waiting in ("", ' src="data:image/gif;base64,R0lGODlhAQABAAAAACw="'):
        html = f'<img{waiting} data-src="/a.png" alt="A">'

        assert "https://example.com/a.png" in clean(html, "https://example.com/a/", "https://example.com")
