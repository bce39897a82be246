"""Microformats, as other sites read them: each post's h-entry, each person's h-card, each list's h-feed."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import mf2py
import pytest
from bs4 import BeautifulSoup

from newsroom.build import Options
from newsroom.build import build as build_site
from newsroom.errors import text

REPOSITORY = Path(__file__).parent.parent.parent
HERE = "https://news.example.com"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:?\d\d|Z)")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The repository's own newsroom: permalink -> (what mf2py reads, its soup)."""
    root = tmp_path_factory.mktemp("sample")
    shutil.copy(REPOSITORY / "site.toml", root)
    shutil.copytree(REPOSITORY / "content", root / "content")
    assert [] == [text(p) for p in build_site(root, Options(moment=NOW)).problems if p.severity == "error"]
    return read(root / "public")


def read(public):
    """Every page that does not only lead elsewhere."""
    found = {}
    for file in sorted(public.rglob("*.html")):
        html = file.read_text("utf-8")
        permalink = "/" + file.relative_to(public).as_posix().removesuffix("index.html")
        if 'http-equiv="refresh"' not in html and not permalink.startswith(("/digest/", "/preview/")):
            found[permalink] = (mf2py.parse(html, url=HERE + permalink), BeautifulSoup(html, "html.parser"))
    return found


def kind(pages, name):
    """The pages whose body says that they are of a kind."""
    return {path: page for path, page in pages.items() if name == page[1].body["class"][0].removeprefix("on-")}


def tops(parsed):
    """Types of what stands at the top of a page."""
    return [item["type"][0] for item in parsed["items"]]


def named(cards):
    """(name, url) of each h-card."""
    return [(card["properties"].get("name", [""])[0], card["properties"].get("url", [""])[0]) for card in cards]


def every(item):
    """An item and all below it."""
    yield item
    below = [value for values in item["properties"].values() for value in values] + item.get("children", [])
    for each in below:
        if isinstance(each, dict) and "type" in each:
            yield from every(each)


def test_a_posts_page_is_one_entry_of_its_authors(sample):
    """Its name, summary, text and moment; each author an h-card with name, page and photo; its address the canonical one."""
    posts = kind(sample, "post")
    assert len(posts) > 20

    for path, (parsed, soup) in posts.items():
        assert ["h-entry"] == tops(parsed), path
        entry = parsed["items"][0]["properties"]
        authors = [author for author in entry["author"] if isinstance(author, dict)]
        shown = [(a.get_text(), HERE + a["href"]) for a in soup.select(".byline a")]
        photos = {HERE + img["src"] for img in soup.select(".post header .faces img")}

        assert [soup.h1.get_text()] == entry["name"], path
        assert [soup.find("link", rel="canonical")["href"]] == entry["url"] == [HERE + path], path
        assert 1 == len(entry["content"]) and entry["content"][0]["html"].strip(), path
        assert 1 == len(entry["published"]) and MOMENT.fullmatch(entry["published"][0]), path
        assert all(MOMENT.fullmatch(stamp) for stamp in entry.get("updated", ())), path
        assert shown == named(authors) and len(shown) == len(entry["author"]) > 0, path
        assert photos == {photo for card in authors for photo in card["properties"].get("photo", ())}, path
        assert [a.get_text() for a in soup.select(".post .kicker a")] == entry.get("category", []), path
        assert {address for _, address in shown} <= set(parsed["rels"]["author"]), path
        summary = soup.select_one(".stand.p-summary")
        assert ([summary.get_text()] if summary else []) == entry.get("summary", []), path


def test_a_declared_change_is_in_the_entry(sample):
    """And only there."""
    changed = {
        path for path, (parsed, _) in kind(sample, "post").items() if "updated" in parsed["items"][0]["properties"]
    }

    assert changed == {path for path, (_, soup) in kind(sample, "post").items() if soup.select("header .dt-updated")}
    assert len(changed) > 2


def test_comments_are_cited_inside_their_posts_entry(sample):
    """Each with its author; none is an entry of the page."""
    found = {path: parsed for path, (parsed, soup) in sample.items() if soup.select(".remarks")}
    assert found

    for path, parsed in found.items():
        comments = parsed["items"][0]["properties"]["comment"]
        cites = [item for item in every(parsed["items"][0]) if item["type"] == ["h-cite"]]
        assert all(comment["type"] == ["h-cite"] for comment in comments), path
        assert len(cites) == len(sample[path][1].select(".remarks li")), path
        assert all(cite["properties"]["author"] for cite in cites), path
        assert all(cite["properties"]["url"][0].startswith(HERE + path + "#comment-") for cite in cites), path


def test_a_persons_page_has_her_card_as_its_own(sample):
    """The representative h-card: its uid and url are the page. Name, role, photo, words of her own, company."""
    people = kind(sample, "person")
    assert len(people) > 8

    for path, (parsed, soup) in people.items():
        card, *rest = parsed["items"]
        card = card["properties"]
        assert ["h-card"] == parsed["items"][0]["type"] and {"h-feed"} == set(tops({"items": rest})), path
        assert [HERE + path] == card["uid"] == card["url"][:1], path
        assert [soup.h1.get_text()] == card["name"], path
        assert [soup.select_one(".p-job-title").get_text()] == card["job-title"], path
        assert [HERE + soup.select_one(".portrait img")["src"]] == [photo["value"] for photo in card["photo"]], path
        assert 1 == len(card["note"]) and card["note"][0], path
        if "left" in (soup.select_one(".state") or soup.h1).get_text():
            assert not card.keys() & {"org", "email", "tel"} and "me" not in parsed["rels"], path
        else:
            assert [("Northwind", "https://www.example.com")] == named(card["org"]), path


def test_her_profiles_are_hers_by_both_marks(sample):
    """Every address that the page claims with rel=me is a url of her card or stands in the head, and no other page claims it."""
    claimed = {path: set(parsed["rels"].get("me", ())) for path, (parsed, _) in sample.items()}
    assert 4 < sum(map(bool, claimed.values()))

    for path, addresses in claimed.items():
        parsed, soup = sample[path]
        if addresses:
            head = {link["href"] for link in soup.head.select("link[rel~=me]")}
            assert path.startswith("/people/"), path
            assert addresses == head | set(parsed["items"][0]["properties"]["url"][1:]), path


def test_lists_are_feeds_of_entries_with_authors(sample):
    """Each entry has a name, an address and a moment; its authors stand in it, or the feed's are its own."""
    feeds = [
        (path, item) for path, (parsed, _) in sample.items() for item in parsed["items"] if item["type"] == ["h-feed"]
    ]
    kinds = {sample[path][1].body["class"][0] for path, _ in feeds}
    assert {"on-home", "on-listing", "on-topic", "on-person", "on-person-topic"} <= kinds

    for path, feed in feeds:
        assert feed["children"] and {"h-entry"} == {entry["type"][0] for entry in feed["children"]}, path
        assert feed["properties"]["name"][0], path
        for entry in (each["properties"] for each in feed["children"]):
            assert entry["name"][0] and entry["url"][0].startswith(f"{HERE}/20"), path
            assert MOMENT.fullmatch(entry["published"][0]), path
            authors = entry.get("author") or feed["properties"]["author"]
            wrote = {
                name
                for name, _ in named(sample[entry["url"][0].removeprefix(HERE)][0]["items"][0]["properties"]["author"])
            }
            if entry.get("author"):
                assert wrote == {name for name, _ in named(authors)}, path
            assert {name for name, _ in named(authors)} <= wrote, path


def test_cards_that_others_frame_are_entries_and_cards_too(sample):
    """With the address of the page itself: whoever reads the frame learns where it is from."""
    found = kind(sample, "embed")
    assert len(found) > 30

    for path, (parsed, soup) in found.items():
        (item,) = parsed["items"]
        assert ["h-card" if path.startswith("/people/") else "h-entry"] == item["type"], path
        assert [HERE + path.removesuffix("embed/")] == item["properties"]["url"], path
        assert [" ".join(soup.h1.get_text().split())] == [" ".join(name.split()) for name in item["properties"]["name"]], path


def test_every_topic_is_a_category(make_site):
    """Also those for which the line above the title has no room."""
    topics = {f"content/topics/{key}.md": f"---\nname: {key.title()}\n---\n" for key in "abcde"}
    post = "---\ntitle: T\nauthors: [maya]\ndate: 2026-11-02\ntopics: [a, b, c, d, e]\n---\nWords.\n"
    site = make_site({**topics, "content/people/maya.md": MAYA, "content/posts/p.md": post})
    site.build(moment=NOW)

    assert [*"ABCDE"] == mf2py.parse(site.read("2026/p/index.html"))["items"][0]["properties"]["category"]


def test_the_wall_of_people_is_cards(sample):
    """Name, page, one photo each: nothing else is taken for a photo."""
    wall = [item["properties"] for item in sample["/people/"][0]["items"]]

    assert len(wall) > 8
    assert all(1 == len(card["photo"]) == len(card["url"]) == len(card["name"]) for card in wall)
    assert all(card["photo"][0]["value"].startswith(f"{HERE}/people/") for card in wall)


def test_no_address_in_any_of_it_is_left_unresolved(sample):
    """Whatever reads them has whole addresses."""
    for path, (parsed, _) in sample.items():
        for item in (each for top in parsed["items"] for each in every(top)):
            for name in ("url", "uid", "photo"):
                for value in item["properties"].get(name, ()):
                    value = value["value"] if isinstance(value, dict) else value
                    assert value.startswith(("https://", "http://", "mailto:", "tel:")), (path, name, value)


MAYA = (
    "---\nname: Maya Okafor\nquote: Look twice.\ncontact:\n  email: maya@example.com\n  phone: '+49 30 1234567'\n"
    "  mastodon: '@maya@social.example'\n  booking: https://cal.example/maya\n  matrix: '@maya:example.com'\n---\n"
)


@pytest.mark.parametrize(
    ("mode", "expected"), [("public", ["mailto:maya@example.com"]), ("obfuscated", []), ("form", [])]
)
def test_her_address_is_in_her_card_only_where_it_is_public(make_site, mode, expected):
    """A parser resolves character references: what is to be hidden may not be marked. Only profiles are her urls."""
    site = make_site({"content/people/maya.md": MAYA}, contact={"email": mode})
    site.build(moment=NOW)
    card = mf2py.parse(site.read("people/maya/index.html"), url=f"{HERE}/people/maya/")["items"][0]["properties"]

    assert expected == card.get("email", [])
    assert ["+49 30 1234567"] == card["tel"]
    assert [f"{HERE}/people/maya/", "https://social.example/@maya"] == card["url"]
    assert ["Look twice."] == card["note"]
