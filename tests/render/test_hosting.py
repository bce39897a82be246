"""What a static host, crawlers and other services read."""

import json
import re
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from newsroom.commands.static_host import answer
from newsroom.errors import text
from newsroom.render.hosting import headers, redirects, robots
from newsroom.views import SiteInfo

EMPTY = SiteInfo(*[""] * len(SiteInfo._fields))
ROOT = EMPTY._replace(url="https://news.example.com")
BELOW = EMPTY._replace(url="https://example.com/newsroom", base="/newsroom")


@pytest.mark.parametrize(("info", "base"), [(ROOT, ""), (BELOW, "/newsroom")])
def test_headers_hold_below_the_sites_own_folder(info, base):
    """Each block is a pattern and its indented lines."""
    blocks = [block.split("\n") for block in headers(info).decode().removesuffix("\n").split("\n\n")]

    people = ("/people/:key/*.vcf", "/people/:key/office-hours.ics")
    paths = ("/*", "/assets/*", "/assets/*.svg", *people, "/preview/*", "/digest/*", "/*.xml", "/*.json")
    assert [block[0] for block in blocks] == [f"{base}{path}" for path in paths]
    assert all(line.startswith("  ") and ": " in line for block in blocks for line in block[1:])
    assert "  X-Content-Type-Options: nosniff" in blocks[0]


def test_what_begins_at_the_top_of_an_edition_is_said_once_for_each():
    """The rest is said once: a file in assets/ is of all languages."""
    blocks = headers(BELOW, folders=["", "/de"]).decode().removesuffix("\n").split("\n\n")
    rules = dict(block.split("\n", 1) for block in blocks)

    for path in ("/people/:key/*.vcf", "/people/:key/office-hours.ics", "/digest/*"):
        assert rules[f"/newsroom{path}"] == rules[f"/newsroom/de{path}"]
    assert ["/newsroom/assets/*"] == [path for path in rules if path.endswith("/assets/*")]
    assert len(rules) == len(blocks)


def test_a_redirect_is_a_line_of_two_addresses():
    """Encoded, sorted, each once."""
    moved = [("/z/", "/2026/a/"), ("/alt ö/", "/2026/b/"), ("/z/", "/2026/a/")]

    assert redirects(BELOW, moved).decode() == (
        "/newsroom/alt%20%C3%B6/ /newsroom/2026/b/ 301\n/newsroom/z/ /newsroom/2026/a/ 301\n"
    )
    assert redirects(ROOT, []) == b""


def test_robots_name_the_sitemap_in_full():
    """Crawlers want an absolute address."""
    assert robots(
        ["https://example.com/newsroom/sitemap.xml", "https://example.com/newsroom/de/sitemap.xml"]
    ).decode() == (
        "User-agent: *\nAllow: /\n\nSitemap: https://example.com/newsroom/sitemap.xml\nSitemap: https://example.com/newsroom/de/sitemap.xml\n"
    )


# ── the two hosts that read _headers, as their own code reads it ─────────────────────────────────────────────────────


def netlify(pattern):
    """Netlify splits a pattern at slashes. In a part with a star nothing else is quoted: a point is any character."""
    parts = [part for part in pattern.split("/") if part]
    made = ["([^/]+)" if part.startswith(":") else "?(.*)" if part == "*" else part.replace("*", "(.*)") if "*" in part
            else re.escape(part) for part in parts]  # fmt: skip
    return re.compile(f"/{'/'.join(made)}/?", re.IGNORECASE)


def cloudflare(pattern):
    """Cloudflare takes one star, which stands for anything, `:word` for a part of the path, all else for itself."""
    assert pattern.count("*") <= 1
    parts = re.split(r"(\*|:[A-Za-z]\w*)", pattern)
    return re.compile("".join({"*": ".*", ":": "[^/]+"}.get(part[:1], re.escape(part)) for part in parts))


HOSTS = pytest.mark.parametrize("host", [netlify, cloudflare])


def sent(host, info, address, embeds=False):
    """What a host sends with an address: name -> values, of every block that fits.

    `! Name` takes a header away at Cloudflare (`attachHeaders` of its own asset server). At Netlify it is no header and
    left out (`parseHeaderLine`), and of two blocks with one header the later counts (`headersForPath` of its CLI).
    """
    found, fits = {}, False
    for line in headers(info, embeds=embeds).decode().splitlines():
        if line.startswith("/"):
            fits, block = host(line).fullmatch(address) is not None, set()
        elif line.strip() and fits and ":" not in line:
            if host is cloudflare:
                found.pop(line.strip().removeprefix("! "), None)
        elif line.strip() and fits:
            name, value = (part.strip() for part in line.split(":", 1))
            if host is netlify and name not in block and embeds:
                found.pop(name, None)
            block.add(name)
            found.setdefault(name, []).append(value)
    return found


@HOSTS
@pytest.mark.parametrize(
    "page", ["/", "/2026/lens/", "/2026/why-we-draw-in-svg/", "/2026/assets/", "/people/maya/", "/404.html"]
)
def test_a_page_is_sent_with_what_holds_for_every_page(host, page):
    """Once each, no origin, and nothing that would keep the page's own policy from working."""
    found = sent(host, ROOT, page)
    policy = {row.split()[0]: row.split()[1:] for row in found["Content-Security-Policy"][0].split("; ")}

    assert {1} == {len(values) for values in found.values()}
    assert {
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        "object-src": ["'none'"],
    } == policy
    assert ["nosniff"] == found["X-Content-Type-Options"]
    assert ["same-origin-allow-popups"] == found["Cross-Origin-Opener-Policy"]
    assert ["strict-origin-when-cross-origin"] == found["Referrer-Policy"]
    assert "Cache-Control" not in found


@HOSTS
@pytest.mark.parametrize("info", [ROOT, BELOW])
def test_a_card_may_be_framed_by_anybody_at_either_host(host, info):
    """One policy, which says so; every other page keeps its own."""
    for path, who in (
        ("/2026/lens/embed/", "*"),
        ("/de/people/maya/embed/", "*"),
        ("/2026/lens/", "'self'"),
        ("/2026/embedded/", "'self'"),
    ):
        policies = sent(host, info, info.base + path, embeds=True)["Content-Security-Policy"]

        assert [f"frame-ancestors {who}"] == [
            row for policy in policies for row in policy.split("; ") if "frame" in row
        ]


@HOSTS
def test_a_drawing_of_the_theme_runs_nothing_when_it_is_opened(host):
    """A second policy beside the first: both hold, so the stricter one does."""
    found = sent(host, ROOT, "/assets/favicon.1a2b3c4d.svg")

    assert "default-src 'none'; style-src 'unsafe-inline'; sandbox" in found["Content-Security-Policy"]
    assert ["public, max-age=31536000, immutable"] == found["Cache-Control"]


@HOSTS
@pytest.mark.parametrize("file", ["/feed.xml", "/feed.json", "/people/maya/atom.xml", "/topics/lenses/feed.json"])
def test_a_feed_may_be_read_by_any_site(host, file):
    """Readers on the web fetch feeds from their own pages."""
    assert ["*"] == sent(host, ROOT, file)["Access-Control-Allow-Origin"]


@HOSTS
@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("/people/maya/maya.vcf", ["text/vcard; charset=utf-8"]),
        ("/people/maya/maya.v4.vcf", ["text/vcard; charset=utf-8"]),
        ("/people/maya/office-hours.ics", ["text/calendar; charset=utf-8"]),
        ("/people/maya/", None),
        ("/people/drvcf/", None),
        ("/people/vcf/feed.xml", None),
    ],
)
def test_cards_and_calendars_are_sent_as_what_they_are(host, file, expected):
    """And no page is, whatever the person is called."""
    assert expected == sent(host, ROOT, file).get("Content-Type")


@pytest.mark.parametrize(
    ("info", "expected"),
    [(ROOT, ["max-age=31536000"]), (ROOT._replace(url="http://news.example.com"), None), (BELOW, None)],
)
def test_only_a_site_that_owns_its_host_and_is_encrypted_asks_to_stay_so(info, expected):
    """Never for subdomains, which are others' to decide; nor for the rest of a host that it is a folder of."""
    assert expected == sent(cloudflare, info, f"{info.base}/").get("Strict-Transport-Security")


def test_headers_stay_within_what_hosts_read():
    """Cloudflare reads a hundred blocks and 2,000 characters of a line."""
    lines = headers(ROOT).decode().splitlines()

    assert len([line for line in lines if line.startswith("/")]) <= 100
    assert max(map(len, lines)) <= 2000
    assert [] == [line for line in lines if line.startswith("  ") and (": " not in line or line.endswith(" "))]


def test_the_policy_for_all_names_nothing_that_pages_differ_in():
    """Two policies on a page are both in force: an origin in one of them would have to be in the other too."""
    text = headers(ROOT).decode().split("\n\n", 1)[0]

    assert "default-src" not in text
    assert "script-src" not in text
    assert "https://" not in text


# ── who is who: /.well-known/ ────────────────────────────────────────────────────────────────────────────────────────

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"


def person(account="", **more):
    keys = {"name": "Somebody", **({"contact": f"{{mastodon: '{account}'}}"} if account else {}), **more}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in keys.items()) + "---\n"


@pytest.fixture
def hosted(make_site):
    """The folder of a built site with these people."""

    def build(people, **settings):
        site = make_site({f"content/people/{key}.md": raw for key, raw in people.items()}, **settings)
        report = site.build(moment=NOW)
        assert [text(problem) for problem in report.problems] == []
        return site.root / "public"

    return build


def finger(folder, resource):
    """Where Netlify sends a question: its parser takes words with `=` before the target as the query that must fit."""
    for line in (folder / "_redirects").read_text().splitlines():
        path, *words = line.split()
        target = next(n for n, word in enumerate(words) if word.startswith(("/", "http://", "https://")))
        wanted = dict(word.split("=") for word in words[:target])
        if path == "/.well-known/webfinger" and wanted == {"resource": resource}:
            assert ["301"] == words[target + 1 :]
            return words[target]
    return None


def test_each_person_is_found_at_the_newsrooms_own_host(hosted):
    """Of several the host asks for the one: the question is handed on to the account's own server, encoded once."""
    folder = hosted({"maya": person("@maya@social.example"), "jonas": person("@Lind@xn--bcher-kva.example")})
    found = urlsplit(finger(folder, "acct:maya@news.example.com"))

    assert ("https", "social.example", "/.well-known/webfinger") == found[:3]
    assert {"resource": ["acct:maya@social.example"]} == parse_qs(found.query)
    assert "Lind%40xn--bcher-kva.example" in finger(folder, "acct:jonas@news.example.com")
    assert finger(folder, "acct:other@news.example.com") is None
    assert not (folder / ".well-known").exists()


def test_one_person_alone_is_found_by_a_file(hosted):
    """For hosts that know no rules: RFC 7033, its subject the account itself."""
    folder = hosted({"maya": person("@maya@social.example"), "jonas": person()})
    found = json.loads((folder / ".well-known/webfinger").read_text())

    assert "acct:maya@social.example" == found["subject"]
    assert "acct:maya@news.example.com" in found["aliases"]
    assert {"https://social.example/@maya"} == {link["href"] for link in found["links"]}
    assert "webfinger" not in (folder / "_redirects").read_text()


@pytest.mark.parametrize(
    "gone",
    [
        {"status": "left", "on": "2026-05-29"},
        {"consent": "{mastodon: false}"},
        {"consent": "{mastodon: 2026-11-20}"},
        {"consent": "{until: 2026-11-20}"},
    ],
)
def test_who_left_or_did_not_agree_is_not_found(hosted, gone):
    """Neither by a rule nor by a file: the account is in no byte of the site."""
    folder = hosted({"pete": person("@pete@social.example", **gone)})
    two = hosted({"pete": person("@pete@social.example", **gone), "maya": person("@maya@social.example"),
                  "jonas": person("@jonas@social.example")})  # fmt: skip

    assert not (folder / ".well-known").exists()
    assert finger(two, "acct:pete@news.example.com") is None
    assert finger(two, "acct:maya@news.example.com")
    assert [] == [file for file in folder.rglob("*") if file.is_file() and b"pete@social" in file.read_bytes()]


def test_a_newsroom_in_a_folder_of_a_host_says_nothing_for_it(hosted):
    """Whom the host's /.well-known/ names is the host's to say."""
    people = {"maya": person("@maya@social.example"), "jonas": person("@jonas@social.example")}
    for some in (people, {"maya": people["maya"]}):
        folder = hosted(some, url="https://example.com/newsroom", company={"atproto_did": DID})

        assert not (folder / ".well-known").exists()
        assert "well-known" not in (folder / "_redirects").read_text() + (folder / "_headers").read_text()


def test_the_host_is_a_bluesky_handle_where_the_company_says_so(hosted):
    """The bare identity, as text."""
    folder = hosted({}, company={"atproto_did": DID})

    assert DID.encode() == (folder / ".well-known/atproto-did").read_bytes()
    assert not (hosted({}) / ".well-known").exists()


@pytest.mark.parametrize("did", ["did:plc:abc", "@northwind.example", "did:web:example.com:people", "did:key:z6Mk"])
def test_what_is_no_identity_is_said(make_site, did):
    """At its line, with what it should look like."""
    report = make_site(company={"atproto_did": did}).build(moment=NOW)

    assert ["bad-setting"] == [problem.code for problem in report.problems]
    assert text(report.problems[0]).startswith("site.toml:5:")
    assert "did:plc:" in report.problems[0].hint


def test_a_host_says_what_these_files_are(hosted):
    """They have no ending to guess from; any site may ask who is who."""
    folder = hosted({"maya": person("@maya@social.example")}, company={"atproto_did": DID})
    webfinger = answer(folder, "", "/.well-known/webfinger?resource=acct%3Amaya%40news.example.com")
    did = answer(folder, "", "/.well-known/atproto-did")

    assert [200, 200] == [webfinger.status, did.status]
    assert ["application/jrd+json"] == [value for name, value in webfinger.headers if name == "Content-Type"]
    assert ("Access-Control-Allow-Origin", "*") in webfinger.headers
    assert ["text/plain; charset=utf-8"] == [value for name, value in did.headers if name == "Content-Type"]


@pytest.mark.parametrize(("url", "base"), [("https://news.example.com", ""), ("https://example.com/news", "/news")])
def test_a_browser_may_fetch_pages_of_the_newsroom_ahead_and_nothing_else(make_site, url, base):
    """The header names a file that is kept for ever; the rules name pages, no previews and no other site of the host."""
    site = make_site(url=url)
    assert site.build(moment=NOW).problems == ()
    named = re.search(r'Speculation-Rules: "(.+)"', site.read("_headers"))[1]
    (rule,) = json.loads(site.read(named.removeprefix(f"{base}/")))["prefetch"]

    assert re.fullmatch(rf"{base}/assets/ahead\.[0-9a-f]{{8}}\.json", named)
    assert f"{named}\n  Content-Type: application/speculationrules+json\n" in site.read("_headers")
    assert rule == {
        "where": {
            "and": [{"href_matches": [f"{base}/", f"{base}/*/"]}, {"not": {"href_matches": f"{base}/preview/*"}}]
        },
        "eagerness": "moderate",
    }
