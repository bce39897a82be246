"""The last look at an output: `contact.email` governs every address in every file, wherever it came from."""

import json
import re
from functools import cache
from html import escape, unescape
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.errors import text as told
from newsroom.render.detours import detoured
from newsroom.render.mail import governed, look, references

FORM = "https://news.example.com/people/maya/#write"
TABLE = {
    "maya@example.com": FORM,
    "jörg@exämple.example": FORM,
    "o'brien@example.com": "https://news.example.com/people/pat/#write",
}

# ── one text ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("maya@example.com", FORM),
        ("Write to MAYA@Example.COM.", f"Write to {FORM}."),
        ('<a href="mailto:maya@example.com">maya@example.com</a>', f'<a href="{FORM}">{FORM}</a>'),
        ('<a href="MAILTO:maya@example.com?subject=A%20lens&amp;body=Hi">Maya</a>', f'<a href="{FORM}">Maya</a>'),
        ("<a href='mailto:maya@example.com,sales@example.org?cc=x'>Us</a>", f"<a href='{FORM}'>Us</a>"),
        ('<a href="mailto:maya%40example.com">', f'<a href="{FORM}">'),
        ('<a href="mailto:m%61ya%40ex%61mple.com">', f'<a href="{FORM}">'),
        ('<a href="&#x6d;&#97;ilto:maya&#64;example&#46;com">', f'<a href="{FORM}">'),
        ("maya&#x40;example.com maya&#0064;example.com maya&commat;example.com", f"{FORM} {FORM} {FORM}"),
        ("&lt;a href=&quot;mailto:maya&amp;#64;example.com&quot;&gt;", f"&lt;a href=&quot;{FORM}&quot;&gt;"),
        ('{"html": "<a href=\\"mailto:maya@example.com\\">x</a>"}', f'{{"html": "<a href=\\"{FORM}\\">x</a>"}}'),
        ('"one\\nmaya@example.com", "maya\\u0040example.com"', f'"one\\n{FORM}", "{FORM}"'),
        ("NOTE:Ask\\nmaya@example.com\\, or", f"NOTE:Ask\\n{FORM}\\, or"),
        ('<a href="mailto:sales@example.org?cc=maya@example.com&amp;subject=x">', '<a href="mailto:sales@example.org?cc=&amp;subject=x">'),
        ('<a href="mailto:sales@example.org?body=or%20maya%40example.com">', f'<a href="mailto:sales@example.org?body=or%20{quote(FORM, safe="")}">'),
        ('<a href="https://x.example/?to=maya@example.com">', f'<a href="https://x.example/?to={quote(FORM, safe="")}">'),
        ("<b>maya</b>@example.com", f"<b>{FORM}</b>"),
        ("maya@<i>example</i>.com", f"{FORM}<i></i>"),
        ("<p>Ask</p><p>maya@example.com</p>", f"<p>Ask</p><p>{FORM}</p>"),
        ("maya@exam\u00adple.com", FORM),
        ("maya+news@example.com", FORM),
        ("(maya@example.com) &lt;maya@example.com&gt; 'maya@example.com' ...maya@example.com", f"({FORM}) &lt;{FORM}&gt; '{FORM}' ...{FORM}"),
        ("o&#39;brien@example.com", "https://news.example.com/people/pat/#write"),
        ("sip:maya@example.com", FORM),
        ("@maya@example.com, acct:maya@example.com, acct%3Amaya@example.com", f"{FORM}, {FORM}, {FORM}"),
        ('<a href="mailto:j%C3%B6rg@ex%C3%A4mple.example">', f'<a href="{FORM}">'),
        ("to=j%25C3%25B6rg%2540ex%25c3%25a4mple.example", f"to={FORM}"),
    ],
)  # fmt: skip
def test_where_a_persons_address_stood_is_the_way_to_her_form(written, made):
    """However it is spelled: in a link, in a query, in escapes of HTML in XML, of HTML in JSON, in another letter case."""
    assert made == detoured(written, TABLE)


@pytest.mark.parametrize(
    "written",
    [
        "xmaya@example.com", "x.maya@example.com", "x-maya@example.com", "maya@example.community", "maya@example.com.au",
        "maya@sub.example.com", "maya at example.com", "brien@example.com", "maya@example", "maya@", "@", "&#64;", "%40",
    ],
)  # fmt: skip
def test_what_is_not_her_address_stays(written):
    """Somebody else's address, another domain's."""
    assert written == detoured(written, TABLE)


@pytest.mark.parametrize(
    "written", ["@maya@example.com", "https://example.com/@maya@example.com", "acct:maya@example.com"]
)
def test_her_own_fediverse_handle_stays_though_it_is_spelled_like_her_address(written):
    """The address itself does not."""
    table = TABLE | {"@maya@example.com": FORM}

    assert f"{written} {FORM}" == detoured(f"{written} maya@example.com", table)


spellings = st.sampled_from(
    [
        str, str.upper, lambda c: f"&#{ord(c)};", lambda c: f"&#x{ord(c):X};", lambda c: f"%{ord(c):02x}",
        lambda c: f"%{ord(c):02X}", lambda c: f"&amp;#{ord(c)};", lambda c: f"\\u{ord(c):04x}", lambda c: f"{c}\u200b",
    ]
)  # fmt: skip
around = st.sampled_from(
    ["", " ", "<p>", "</p>", '"', "(", ")", "&lt;", "&gt;", "mailto:", "?subject=", "\\n", ",", ";"]
)


@given(st.lists(spellings, min_size=16, max_size=16), around, st.sampled_from(["", " ", "</p>", '"', "&lt;", ".", "?subject=x", ",", "\\n"]))  # fmt: skip
def test_no_spelling_of_an_address_gets_through(how, before, behind):
    """Every character in a spelling of its own."""
    word = "".join(spell(c) for c, spell in zip("maya@example.com", how, strict=True))

    assert FORM in unquote(detoured(before + word + behind, TABLE))
    assert "maya@example.com" not in decoded(detoured(before + word + behind, TABLE))


@pytest.mark.parametrize(
    ("path", "written", "made"),
    [
        ("a/index.html", '<a href="mailto:a@b.org?subject=x">a@b.org</a>', f'<a href="{references("mailto:a@b.org")}?subject=x">{references("a@b.org")}</a>'),
        ("feed.xml", "<p>a@b.org</p>", f"<p>{references('a@b.org')}</p>"),
        ("feed.json", '{"a": "\\na@b.org"}', '{"a": "\\na\\u0040b.org"}'),
        ("old/feed", '{"a": "a@b.org"}', '{"a": "a\\u0040b.org"}'),
        ("old/rss", "<p>a@b.org</p>", f"<p>{references('a@b.org')}</p>"),
        ("a.html", '<script type="application/ld+json">{"a": "a@b.org"}</script>', '<script type="application/ld+json">{"a": "a\\u0040b.org"}</script>'),
        ("a.html", "<script></script>a@b.org", f"<script></script>{references('a@b.org')}"),
        ("a.html", '<a href="mailto:a%40b.org?subject=c%40b.org">', f'<a href="{references("mailto:a%40b.org")}?subject={references("c%40b.org")}">'),
        ("a.json", '"mailto:a%40b.org"', '"mailto:a\\u002540b.org"'),
        ("digest/2026-W45.txt", "Write to a@b.org.", "Write to a (at) b.org."),
        ("a.vcf", "NOTE:a@b.org\\, or\r\nEND:VCARD\r\n", "NOTE:a (at) b.org\\, or\r\nEND:VCARD\r\n"),
    ],
)  # fmt: skip
def test_an_obfuscated_address_is_the_address_to_whoever_reads_the_format(path, written, made):
    """References in markup, an escape in JSON; plain text has neither, so it says (at)."""
    assert made == governed(written, path, "obfuscated", {})
    assert made == governed(written, path, "form", {"maya@example.com": FORM})
    assert written == governed(written, path, "public", {})


@pytest.mark.parametrize(
    "written",
    [
        "@maya@social.example", "https://social.example/@maya", "https://social.example/@a@b.org", "acct:maya@b.org",
        '<a href="https://cdn.example/npm/lens@next.min.js">', "git/x@1.2.3", "left@right", "@media screen", "a @ b.org",
    ],
)  # fmt: skip
def test_an_at_sign_alone_makes_no_address(written):
    """Handles, paths, versions, code."""
    assert governed(written, "a.html", "obfuscated", {}) is written


@given(st.text(st.sampled_from("ab@. <&;/:\n'\"%1é"), max_size=60))
def test_whatever_is_written_a_browser_reads_the_same(words):
    """And no address is left in the bytes."""
    page = f"<p>{escape(words)}</p>"
    made = governed(page, "a.html", "obfuscated", {})

    assert words == unescape(made[3:-4])
    assert json.loads(governed(json.dumps({"a": words}), "a.json", "obfuscated", {}))["a"] == words
    assert not [m for m in re.finditer(r"(?<![@/\w.%+~-])[\w.%+~-]+@\w+\.[a-z]{2,}", made) if "/" not in words]


def test_an_address_in_a_folded_line_is_found():
    """And what takes its place is folded again, between characters."""
    card = f"BEGIN:VCARD\r\nNOTE:{'ä' * 30} maya@exam\r\n ple.com {'🔭' * 20}\r\nEND:VCARD\r\n"
    made = governed(card, "maya.vcf", "form", TABLE)

    assert f"NOTE:{'ä' * 30} {FORM} {'🔭' * 20}\r\n" in made.replace("\r\n ", "")
    assert all(len(line.encode()) <= 75 for line in made.split("\r\n"))
    assert made.endswith("END:VCARD\r\n")


def test_a_page_without_addresses_is_not_even_copied():
    """The same object, so that nothing is encoded twice; what is no text of ours is not read."""
    page = b"<p>" + b"words " * 5000

    assert look(page, "a.html", "form", TABLE) is page
    assert look(b"\x89PNG@\xff", "a.png", "form", TABLE) == b"\x89PNG@\xff"


# ── a whole site ─────────────────────────────────────────────────────────────────────────────────────────────────────

PEOPLE = ("maya", "jonas", "lena")
ADDRESSES = {key: f"{key}.o@mail.example.org" for key in PEOPLE}
OTHER = "service@orders.example.net"


def everywhere(**contact):
    """A site in which every address stands in every place that takes words."""
    both = " ".join([*ADDRESSES.values(), ADDRESSES["maya"].upper(), OTHER])
    link = "[Write](mailto:maya.o@mail.example.org?subject=Hi), <jonas.o@mail.example.org>, [x](mailto:lena.o%40mail.example.org)"
    body = f"{both}\n\n{link}\n\n`{both}`\n\n```\n{both}\n```\n\n- m&#97;ya.o@mail.example.org, **maya.o**@mail.example.org\n"

    def person(key):
        return (
            f"---\nname: {key.title()} Okafor\nrole: Writes {both}\nteam: Team {both}\nquote: Or {both}\nask_me_about: [{both}]\n"
            f"contact: {{email: {ADDRESSES[key]}, in_person: At the door or {OTHER}}}\n"
            f"answers: {{reads: all, by: [{key}], within: 2 days, checked: 2026-11-20, not_for: 'Orders, write to {both}'}}\n"
            f"office_hours: [{{every: Tuesday, at: '15:00', minutes: 30, where: 'Call {both}', from: 2026-01-06}}]\n---\n{body}"
        )

    return {
        "site.toml": (
            f'title = "Northwind {OTHER}"\nurl = "https://news.example.com"\ndescription = "All of {both}"\n'
            f'[company]\nboilerplate = "We are {both}"\n[theme]\nname = "ours"\n[theme.options]\nfooter_note = "Ask {both}"\n'
            "[contact]\n" + "".join(f'{key} = "{value}"\n' for key, value in contact.items())
        ),
        "themes/ours/theme.toml": 'extends = "default"\n',
        **{f"content/people/{key}.md": person(key) for key in PEOPLE},
        "content/people/gone.md": "---\nname: Gone Person\nstatus: left\ncontact: {email: gone.o@mail.example.org}\n---\n",
        "content/topics/glass.md": f"---\nname: Glass {both}\npeople: [maya, lena]\n---\n{body}",
        "content/pages/about.md": f"---\ntitle: About {both}\nmenu: true\nsummary: Of {both}\n---\n{body}",
        "content/posts/lens.md": (
            f"---\ntitle: A lens {both}\nauthors: [maya, jonas]\ndate: 2026-11-02\ntopics: [glass]\nsummary: In short {both}\n"
            f"image: {{file: p.png, alt: 'Of {both}', caption: 'At {both}', credit: '{both}'}}\n"
            f"corrections: [{{date: 2026-11-04, kind: correction, by: maya, text: 'Not {both}'}}]\n"
            f"help: [{{how: edited, by: jonas, note: '{both}'}}]\n---\n{body}"
        ),
        "content/posts/p.png": bytes.fromhex(
            "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b49444154789c6360000200000500017a5eab3f"
            "0000000049454e44ae426082"
        ),
        "content/posts/news.md": (
            f"---\ntitle: News {both}\nauthors: [lena]\ndate: 2026-11-03\nkind: release\ndateline: Bremen {both}\n"
            f"facts: ['One {both}']\nquotes: [{{by: maya, text: 'Ask {both}'}}]\n---\n{body}"
        ),
        "content/posts/old.md": f"---\ntitle: Old\nauthors: [gone]\ndate: 2026-11-01\n---\ngone.o@mail.example.org {body}",
        "content/comments/lens.yaml": (
            "post: content/posts/lens.md\npulled: 2026-11-20T10:00:00Z\ncomments:\n"
            f"- {{id: isso-1, name: 'Ada {both}', date: 2026-11-05T10:00:00Z, text: 'I wrote to {both}'}}\n"
            f"- {{id: isso-2, name: Bo, date: 2026-11-06T10:00:00Z, html: '<a href=\"mailto:maya.o@mail.example.org\">{both}</a>'}}\n"
        ),
    }  # fmt: skip


def decoded(words):
    """A text with all that can be written in another way written plainly, as often as it takes."""
    for _ in range(5):
        words = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), words)
        words = unquote(unescape(words), errors="replace")
    return re.sub("[\u00ad\u200b]|\r\n ", "", words).lower()


def holding(site, address):
    """Outputs with this address in their bytes, however it is spelled there; tags do not hide it."""
    found = set()
    for path, raw in site.outputs().items():
        plain = decoded(path + "\n" + raw.decode("utf-8", "replace"))
        if address in plain or address in re.sub(r"</?(?:b|i|em|strong|span|code|a)\b[^<>]*>", "", plain):
            found.add(path)
    return found


def built(make_site, **contact):
    site = make_site(everywhere(**contact))
    report = site.build()
    assert [] == [told(p) for p in report.problems]
    return site


SERVICE = {"email": "form", "service": "formspree", "endpoint": "xkgwpqzb"}


@pytest.fixture(scope="module")
def shown(make_shared_site):
    """The same, to look at: each built once."""
    return cache(lambda **contact: built(make_shared_site, **contact))


WHERE = {
    "index.html", "people/maya/index.html", "2026/lens/index.html", "2026/news/index.html", "about/index.html",
    "topics/glass/index.html", "feed.xml", "atom.xml", "feed.json", "people/maya/feed.json", "2026/lens/comments/feed.xml",
}  # fmt: skip


@pytest.mark.parametrize("service", [{"email": "form"}, SERVICE], ids=["alone", "service"])
def test_with_a_form_a_search_of_the_whole_output_for_an_address_finds_nothing(shown, service):
    """Of everybody who ever had one in her file, those who left among them."""
    site = shown(**service)

    for address in (*ADDRESSES.values(), "gone.o@mail.example.org"):
        assert set() == holding(site, address)
    way = f"https://news.example.com/people/maya/#{'write' if service is SERVICE else 'contact'}"
    page = site.read("2026/lens/index.html")
    assert f'<a href="{way}">Write</a>' in page
    assert OTHER not in page
    assert OTHER in decoded(page)
    for path in WHERE:
        assert way in decoded(site.read(path)), path


def test_obfuscated_no_file_has_an_address_in_its_bytes_and_no_reader_misses_one(shown):
    """HTML and XML in references, JSON in escapes."""
    site = shown()
    address = re.compile(rb"[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)

    assert {} == {path: found for path, raw in site.outputs().items() if (found := address.findall(raw))}
    for path in WHERE:
        assert ADDRESSES["maya"] in decoded(site.read(path)), path
        assert OTHER in decoded(site.read(path)), path
    cards = {path for path in site.outputs() if path.endswith((".vcf", ".ics"))}
    assert cards
    assert not cards & holding(site, ADDRESSES["maya"])


def test_public_addresses_are_as_they_are_written(shown):
    """In the bytes, with a link to write to."""
    site = shown(email="public")

    for path in WHERE:
        assert "maya.o@mail.example.org" in site.read(path), path
    assert 'href="mailto:maya.o@mail.example.org' in site.read("people/maya/index.html")


@pytest.mark.parametrize("contact", [{"email": "public"}, {}, SERVICE], ids=["public", "obfuscated", "form"])
def test_every_output_is_still_what_it_was(shown, contact):
    """XML parses, JSON parses, and the references of a page are the address to a browser."""
    site = shown(**contact)
    for path, raw in site.outputs().items():
        if path.endswith((".xml", ".opml", ".svg")):
            ElementTree.fromstring(raw)
        elif path.endswith(".json"):
            json.loads(raw)
        elif path.endswith(".html"):
            for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', raw.decode(), re.S):
                json.loads(block)


def test_one_changed_address_renders_again_what_may_hold_it(make_site):
    """Where addresses are replaced, every output depends on all of them; elsewhere only those that show it."""
    for mode, everything in (("form", True), ("obfuscated", False)):
        site = built(make_site, email=mode)
        site.edit("content/people/maya.md", "email: maya.o@", "email: m.okafor@")
        rendered = set(site.build().rendered)

        assert ("about/index.html" in rendered) is everything
        assert "people/maya/index.html" in rendered


@pytest.mark.parametrize(
    ("account", "shown"), [("mastodon: '@maya@example.com'", True), ("phone: '+49 30 1234567'", False)]
)
def test_with_a_form_a_handle_is_shown_where_it_is_an_account_that_she_publishes(make_site, account, shown):
    """Anybody else's way to spell her address as one leads to her form."""
    site = make_site(
        {
            "content/people/maya.md": f"---\nname: Maya Okafor\ncontact: {{email: maya@example.com, {account}}}\n---\n",
            "content/posts/a.md": "---\ntitle: A\nslug: a\nauthors: [maya]\ndate: 2026-11-02\n---\nAsk @maya@example.com.\n",
        },
        contact={"email": "form"},
    )
    site.build()

    assert ("ask @maya@example.com." in decoded(site.read("2026/a/index.html"))) is shown
    assert ("maya@example.com" in decoded(site.read("feed.json"))) is shown
