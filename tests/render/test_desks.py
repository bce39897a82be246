"""/ask/: who to ask about what, in order, as things are at the moment; and topics' and old posts' contact goes there."""

import re
from datetime import UTC, datetime

import html5lib
import pytest

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SITE = {
    "content/people/maya.md": "---\nname: Maya Okafor\nrole: Engineer\nask_me_about: [old lenses, night & day]\ncontact: {email: maya@example.com}\n---\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\nstatus: away\nuntil: 2027-01-11\ncover: lena\n---\n",
    "content/people/lena.md": "---\nname: Lena Brandt\ncontact: {email: lena@example.com}\n---\n",
    "content/people/pete.md": "---\nname: Pete Harlow\nstatus: left\non: 2026-05-29\n---\n",
    "content/people/ada.md": "---\nname: Ada Free\n---\n",
    "content/topics/lenses.md": "---\nname: Lenses\npeople: [jonas, maya]\n---\nGlass that we grind.\n\nMore.\n",
    "content/topics/repair.md": "---\nname: Repair\npeople: [pete]\n---\n",
    "content/topics/glass.md": "---\nname: Glass\n---\n",
    "content/posts/old.md": "---\ntitle: Old\nauthors: [pete]\ntopics: [repair, lenses]\ndate: 2026-01-02\nid: old\n---\nWords\n",
    "content/posts/two.md": "---\ntitle: Two\nauthors: [pete, ada]\ntopics: [lenses]\ndate: 2026-01-03\nid: two\n---\nWords\n",
}


@pytest.fixture
def built(make_site):
    """A small newsroom, built."""

    def build(files={}, **settings):
        site = make_site(SITE | files, **settings)
        report = site.build(moment=NOW)
        assert report.problems == ()
        return site

    return build


def sections(page):
    """Heading -> (name, state, what to ask, where to talk) of each who stands below it."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    found = {}
    for section in tree.iter("section"):
        rows = []
        for item in section.findall(".//ol/li"):
            said = [" ".join("".join(p.itertext()).split()) for p in item.iter("p")]
            rows.append((said, next((a.get("href") for a in item.iter("a") if "btn" in a.get("class", "")), "")))
        found["".join(section.find(".//h2").itertext())] = rows
    return found


def test_each_topic_has_its_people_in_order_and_the_others_come_last(built):
    """Away until when, who covers, what to ask about; whoever left is not there."""
    assert sections(built().read("ask/index.html")) == {
        "Lenses": [
            (["Jonas Lind", "Away until 11 January 2027.", "Talk to Lena"], "/people/lena/#contact"),
            (["Lena Brandt", "Talk to Lena"], "/people/lena/#contact"),
            (
                ["Maya Okafor", "Engineer", "Ask Maya about old lenses and night & day.", "Talk to Maya"],
                "/people/maya/#contact",
            ),
        ],
        "Anything else": [(["Ada Free", "Talk to Ada"], "/people/ada/#contact")],
        "Nobody at the moment": [],
    }


def test_who_pauses_is_marked_and_nobody_is_sent_there(built):
    """Nor said to speak for a topic; whoever is away without a cover has no button either."""
    people = {
        "content/people/jonas.md": "---\nname: Jonas Lind\nstatus: away\n---\n",
        "content/people/maya.md": "---\nname: Maya Okafor\nanswers: {paused: 2027-01-11}\n---\n",
        "content/people/ada.md": "---\nname: Ada Free\nanswers: {paused: true}\n---\n",
    }
    site = built(people)
    found = sections(site.read("ask/index.html"))

    assert found["Lenses"] == [
        (["Jonas Lind", "Away at the moment."], ""),
        (["Maya Okafor", "Answers no messages until 11 January 2027."], ""),
    ]
    assert (["Ada Free", "Answers no messages at the moment."], "") in found["Anything else"]
    assert "for this here" not in site.read("topics/lenses/index.html")


def test_a_topic_says_what_it_is_in_its_first_paragraph(built):
    """And one that never named anybody is not spoken of."""
    page = built().read("ask/index.html")

    assert "Glass that we grind." in page and "More." not in page
    assert "/topics/repair/" in page and "/topics/glass/" not in page


def test_the_page_is_in_the_foot_of_every_page_where_there_are_people(built, make_site):
    """And in the sitemap; a site without people has none."""
    site, empty = built(url="https://example.com/news"), make_site()
    empty.build(moment=NOW)

    assert '<a href="/news/ask/">Who to ask</a>' in site.read("2026/old/index.html")
    assert "https://example.com/news/ask/" in site.read("sitemap.xml")
    assert "ask/index.html" not in empty.outputs() and "/ask/" not in empty.read("index.html")


def test_its_look_stands_where_faces_stand_beside_words_and_nowhere_else(built):
    """The sheet that the page links has rules for it, which reach no other page."""
    site = built()
    lists = [p for p, raw in site.outputs().items() if p.endswith(".html") and b'class="desk"' in raw]
    (sheet,) = {re.search(r'<link rel="stylesheet" href="/([^"]+)"', site.read(path))[1] for path in lists}

    assert lists == ["ask/index.html", "promises/index.html"]
    assert ".desk{" in site.read(sheet) and ".voices-list{" in site.read(sheet)


def test_old_posts_of_somebody_without_a_successor_go_to_the_desks_of_their_topics(built):
    """The first of each topic that has one; the page says that the author has left."""
    site = built()
    page = site.read("2026/old/index.html")
    block = page[page.index('id="contact"') :]

    assert "Talk to Lena" in block and "Pete Harlow has left." in block
    assert "mailto" not in block or "lena" not in block
    assert "Talk to Lena" in site.read("people/pete/index.html")


def test_a_co_author_who_is_here_is_asked_before_any_desk(built):
    """She wrote it too."""
    page = built({"content/people/ada.md": "---\nname: Ada Free\ncontact: {email: ada@example.com}\n---\n"}).read(
        "2026/two/index.html"
    )
    block = page[page.index('id="contact"') :]

    assert "Talk to Ada" in block and "Lena" not in block


def test_where_no_desk_is_left_either_the_page_says_so(built):
    """Nobody is made up."""
    post = SITE["content/posts/old.md"].replace("[repair, lenses]", "[repair, glass]")
    page = built({"content/posts/old.md": post}).read("2026/old/index.html")
    block = page[page.index('id="contact"') :]

    assert "Nobody answers here at the moment" in block and "Pete Harlow has left" in block


def test_a_release_sends_journalists_to_who_is_there(built):
    """Whoever left gives way to her successor, and who is away to who covers, with a word about it."""
    left = "---\nname: Ines Duarte\nstatus: left\nsuccessor: maya\n---\n"
    release = "---\ntitle: New\nauthors: [ada]\nkind: release\ncontacts: [ines, jonas, pete]\ndate: 2026-01-04\nid: new\n---\nWords\n"
    site = built({"content/people/ines.md": left, "content/posts/new.md": release})
    page = site.read("2026/new/index.html")
    press = page[page.index("Questions from the press") :].partition('id="contact"')[0]

    assert [key for key in SITE if key.startswith("content/people/") and f"/people/{key[15:-3]}/" in press] == [
        "content/people/maya.md", "content/people/lena.md",
    ]  # fmt: skip
    assert "/people/ines/" not in press, press
    assert "Ines Duarte has left" in press and "Jonas Lind is away" in press
    site.edit("content/people/lena.md", "Lena Brandt", "Lena Brand")
    assert "2026/new/index.html" in site.build(moment=NOW).rendered


def test_a_topics_page_offers_its_desk(built):
    """Whoever covers for the first, then the next."""
    page = built().read("topics/lenses/index.html")

    assert "Talk to Lena or Maya" in page[page.index('id="contact"') :]


def test_what_somebody_can_be_asked_renders_the_page_again(built):
    """A body does not; nor does anything else of a person that it does not show."""
    site = built()
    site.edit("content/posts/old.md", "Words", "Others")
    assert "ask/index.html" not in site.build(moment=NOW).rendered
    site.edit("content/people/maya.md", "old lenses", "new lenses")
    assert "ask/index.html" in site.build(moment=NOW).rendered
    assert "new lenses" in site.read("ask/index.html")
    site.edit("content/people/jonas.md", "2027-01-11", "2027-01-12")
    assert "ask/index.html" in site.build(moment=NOW).rendered
    site.edit("content/topics/lenses.md", "grind", "melt")
    assert "ask/index.html" in site.build(moment=NOW).rendered
