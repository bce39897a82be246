"""What pages tell machines: JSON-LD as Google documents it, Open Graph, and whom Mastodon credits."""

import io
import json
import re
from datetime import UTC, datetime
from textwrap import dedent

import msgspec_schemaorg.models as schemaorg
import pytest
from bs4 import BeautifulSoup
from PIL import Image
from pyld import jsonld

from newsroom.build import Options
from newsroom.build import build as build_site
from newsroom.errors import text
from newsroom.render.structured import sentence, written

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HERE = "https://news.example.com"


def picture(shade):
    """A PNG of 1280 by 720 pixels."""
    file = io.BytesIO()
    Image.new("L", (1280, 720), shade).save(file, "PNG")
    return file.getvalue()



MAYA = """
    ---
    name: Maya Okafor
    role: Instrument engineer
    quote: I mend what others throw away.
    photo: maya.png
    languages: [en, de]
    topics: [lenses]
    ask_me_about: [old lenses]
    contact:
      email: maya@example.com
      phone: "+49 30 1234567"
      mastodon: "@maya@social.example"
      github: maya-okafor
      matrix: "@maya:example.com"
    answers: {reads: all, within: 2 days, checked: 2026-11-01}
    ---
    She has mended lenses since 1998. Before that she broke them.
    """
FILES = {
    "content/people/maya.md": MAYA,
    "content/people/maya.png": picture(10),
    "content/people/jonas.md": "---\nname: Jonas Lind\ncontact: {mastodon: '@jonas@other.example'}\n---\nJonas grinds glass. He is slow.\n",
    "content/people/pete.md": "---\nname: Pete Harlow\nrole: Founder\nstatus: left\non: 2026-05-29\nsuccessor: jonas\ncontact: {email: pete@example.com, mastodon: '@pete@social.example'}\n---\n",
    "content/topics/lenses.md": "---\nname: Lenses\n---\nAll about them.\n",
    "content/press/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "content/posts/plain.md": "---\ntitle: A plain post\nauthors: [maya]\ndate: 2026-11-02 09:00 +01:00\ntopics: [lenses]\n---\nThe first words. The second.\n",
    "content/posts/release.md": (
        "---\ntitle: A release\nkind: release\nauthors: [pete, jonas]\ndate: 2026-11-03\nupdated: 2026-11-05 10:00\nlanguage: de-DE\n"
        "image: {file: crack.png, alt: A lens with a crack}\ncorrections: [{date: 2026-11-04, text: It was 1974.}]\n---\nWords.\n"
    ),
    "content/posts/crack.png": picture(20),
    "content/pages/about.md": "---\ntitle: About us\n---\nWords.\n",
}
COMPANY = {
    "name": "Northwind",
    "url": "https://www.example.com",
    "logo": "press/logo.svg",
    "same_as": ["https://social.example/@northwind"],
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build a site of FILES, once for the same files and settings; gives the soup of a page by its permalink."""
    known = {}

    def build(files={}, **settings):
        settings = {
            "title": "Northwind Newsroom",
            "url": HERE,
            "timezone": "Europe/Berlin",
            "company": COMPANY,
        } | settings
        key = json.dumps([files, settings])
        if key not in known:
            known[key] = tmp_path_factory.mktemp("site")
            lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items() if not isinstance(value, dict)]
            for table, values in settings.items():
                if isinstance(values, dict):
                    lines += [f"[{table}]", *(f"{name} = {json.dumps(value)}" for name, value in values.items())]
            for path, words in {"site.toml": "\n".join(lines), **FILES, **files}.items():
                file = known[key] / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(words if isinstance(words, bytes) else dedent(words.removeprefix("\n")).encode())
            assert [text(problem) for problem in build_site(known[key], Options(moment=NOW)).problems] == []
        return lambda permalink: BeautifulSoup(
            (known[key] / "public" / permalink[1:] / "index.html").read_text("utf-8"), "html.parser"
        )

    return build


def facts(page):
    """Type -> thing, of the page's JSON-LD."""
    whole = json.loads(page.find("script", type="application/ld+json").string)
    assert whole["@context"] == "https://schema.org"
    things = whole.get("@graph") or [{key: value for key, value in whole.items() if key != "@context"}]
    return {thing["@type"]: thing for thing in things}


def meta(page, name):
    """Contents of the meta elements of a name or property."""
    return [tag["content"] for tag in page.find_all("meta") if name in (tag.get("name"), tag.get("property"))]


# ── a person ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_persons_page_says_who_she_is(built):
    """All that the page shows, nothing else; addresses are whole."""
    page = built(contact={"email": "public"})("/people/maya/")
    profile = facts(page)["ProfilePage"]
    me = profile.pop("mainEntity")
    point = me.pop("contactPoint")

    assert profile == {
        "@type": "ProfilePage",
        "@id": f"{HERE}/people/maya/",
        "dateModified": "2026-11-02T09:00:00+01:00",
    }
    assert me == {
        "@type": "Person",
        "@id": f"{HERE}/people/maya/#me",
        "name": "Maya Okafor",
        "url": f"{HERE}/people/maya/",
        "identifier": "maya",
        "alternateName": "@maya@social.example",
        "jobTitle": "Instrument engineer",
        "worksFor": {
            "@type": "Organization",
            "@id": f"{HERE}/#org",
            "name": "Northwind",
            "url": "https://www.example.com",
        },
        "image": f"{HERE}/people/maya/maya.png",
        "description": "I mend what others throw away.",
        "sameAs": ["https://social.example/@maya", "https://github.com/maya-okafor"],
        "knowsLanguage": ["en", "de"],
        "knowsAbout": ["Lenses", "old lenses"],
        "agentInteractionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": "https://schema.org/WriteAction",
            "userInteractionCount": 1,
        },
    }
    assert point == {
        "@type": "ContactPoint",
        "contactType": "author",
        "url": f"{HERE}/people/maya/#contact",
        "availableLanguage": ["en", "de"],
        "email": "maya@example.com",
        "telephone": "+49 30 1234567",
    }


@pytest.mark.parametrize("mode", ["obfuscated", "form"])
def test_an_address_is_told_only_where_it_is_public(built, mode):
    """Harvesters read JSON too; the way to the block stays."""
    page = built(contact={"email": mode})("/people/maya/")
    point = facts(page)["ProfilePage"]["mainEntity"]["contactPoint"]

    assert point.keys() == {"@type", "contactType", "url", "availableLanguage"}
    assert "maya@example.com" not in page.find("script", type="application/ld+json").string


def test_a_person_without_a_word_about_herself_is_told_by_her_biography(built):
    """Its first sentence; what was not said is not there."""
    me = facts(built()("/people/jonas/"))["ProfilePage"]["mainEntity"]

    assert "Jonas grinds glass. He is slow." == me["description"]
    assert not me.keys() & {"image", "jobTitle", "knowsLanguage", "knowsAbout"}


def test_who_has_left_works_for_nobody_here_and_cannot_be_reached(built):
    """Her name stays; nothing of her channels does."""
    page = built()("/people/pete/")
    me = facts(page)["ProfilePage"]["mainEntity"]

    assert ["Pete Harlow", "Founder"] == [me["name"], me["jobTitle"]]
    assert not me.keys() & {"worksFor", "contactPoint", "sameAs", "alternateName"}
    assert [] == meta(page, "fediverse:creator")
    assert "pete@" not in str(page)
    assert [] == page.select("[rel~=me]")


@pytest.mark.parametrize("consent", ["{github: false, photo: false}", "{github: 2026-11-01, photo: 2026-11-01}"])
def test_what_was_not_agreed_to_is_not_told(built, consent):
    """Neither refused nor run out."""
    me = facts(built({"content/people/maya.md": MAYA.replace("    ---\n    She", f"    consent: {consent}\n    ---\n    She")})("/people/maya/"))["ProfilePage"]["mainEntity"]  # fmt: skip

    assert ["https://social.example/@maya"] == me["sameAs"]
    assert "image" not in me


def test_her_profiles_are_claimed_once_each_even_while_somebody_covers_for_her(built):
    """Mastodon wants the link in the HTML: where the block shows another's ways, it stands in the head."""
    here = built()("/people/maya/")
    away = MAYA.replace("    answers:", "    status: away\n    until: 2027-01-01\n    cover: jonas\n    answers:")
    gone = built({"content/people/maya.md": away})("/people/maya/")
    expected = ["https://social.example/@maya", "https://github.com/maya-okafor"]

    assert expected == [tag["href"] for tag in here.select("a[rel~=me]")]
    assert [] == here.select("link[rel~=me]")
    assert expected == [tag["href"] for tag in gone.select("link[rel~=me]")]
    assert [] == gone.select("a[rel~=me]")
    assert expected == facts(gone)["ProfilePage"]["mainEntity"]["sameAs"]
    assert "contactPoint" not in facts(gone)["ProfilePage"]["mainEntity"]


# ── a post ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_post_names_its_authors_and_nothing_beside_their_names(built):
    """Each with the identity that her own page has; a declared change moves dateModified."""
    article = facts(built()("/2026/release/"))["NewsArticle"]

    assert {
        "@type": "NewsArticle",
        "headline": "A release",
        "description": "Words.",
        "image": f"{HERE}/2026/release/crack.png",
        "datePublished": "2026-11-03T00:00:00+01:00",
        "dateModified": "2026-11-05T10:00:00+01:00",
        "author": [
            {
                "@type": "Person",
                "@id": f"{HERE}/people/{key}/#me",
                "name": name,
                "url": f"{HERE}/people/{key}/",
            }
            for key, name in (("pete", "Pete Harlow"), ("jonas", "Jonas Lind"))
        ],
        "publisher": {
            "@type": "Organization",
            "@id": f"{HERE}/#org",
            "name": "Northwind",
            "url": "https://www.example.com",
            "logo": f"{HERE}/logo.svg",
            "sameAs": ["https://social.example/@northwind"],
            "publishingPrinciples": f"{HERE}/promises/",
        },
        "inLanguage": "de-DE",
        "wordCount": 1,
        "mainEntityOfPage": f"{HERE}/2026/release/",
        "correction": [{"@type": "CorrectionComment", "text": "It was 1974.", "datePublished": "2026-11-04"}],
        "encoding": {
            "@type": "MediaObject",
            "encodingFormat": "text/plain",
            "contentUrl": f"{HERE}/2026/release/release.txt",
        },
    } == article


def test_a_plain_post_is_a_blog_posting_without_a_change(built):
    """No dateModified that nobody declared; its topics are its keywords."""
    article = facts(built()("/2026/plain/"))["BlogPosting"]

    assert ["Lenses"] == article["keywords"]
    assert not article.keys() & {"dateModified", "image", "correction", "commentCount"}


def test_archived_comments_are_counted_without_those_that_were_removed(built):
    """As the page counts them."""
    said = "{id: isso-1, name: Kim, date: 2026-11-05T10:00:00Z, text: Yes}"
    gone = "{id: isso-2, date: 2026-11-05T11:00:00Z, deleted: true}"
    answer = "{id: isso-3, reply_to: isso-2, name: Bo, date: 2026-11-05T12:00:00Z, text: No}"
    thread = f"post: content/posts/plain.md\ncomments:\n- {said}\n- {gone}\n- {answer}\n"

    assert 2 == facts(built({"content/comments/plain.yaml": thread})("/2026/plain/"))["BlogPosting"]["commentCount"]


def test_what_a_plain_post_tells_machines_stays_small(built):
    """Under two thousand bytes, links to feeds aside: a page is for reading."""
    head = built()("/2026/plain/").head
    told = [head.find("script"), *head.select('[property^="og:"], [property^="article:"], [name="fediverse:creator"]')]

    assert sum(len(str(tag).encode()) + 1 for tag in told) < 2000


def test_previews_say_what_and_when(built):
    """Open Graph: the address, the picture with its words and size, the dates, who wrote it, the language with its country."""
    page = built()("/2026/release/")

    assert {
        "og:url": [f"{HERE}/2026/release/"],
        "og:type": ["article"],
        "og:image": [f"{HERE}/2026/release/crack.png"],
        "og:image:alt": ["A lens with a crack"],
        "og:image:width": ["1280"],
        "og:image:height": ["720"],
        "og:locale": ["de_DE"],
        "article:published_time": ["2026-11-03T00:00:00+01:00"],
        "article:modified_time": ["2026-11-05T10:00:00+01:00"],
        "article:author": [f"{HERE}/people/pete/", f"{HERE}/people/jonas/"],
    } == {tag["property"]: meta(page, tag["property"]) for tag in page.find_all("meta", property=True)
          if tag["property"] not in ("og:title", "og:site_name", "og:description")}  # fmt: skip


def test_mastodon_credits_the_first_author_who_has_an_account_and_is_here(built):
    """Of several it shows one; who has left is not offered."""
    page = built()

    assert ["@maya@social.example"] == meta(page("/2026/plain/"), "fediverse:creator")
    assert ["@jonas@other.example"] == meta(page("/2026/release/"), "fediverse:creator")
    assert ["@maya@social.example"] == meta(page("/people/maya/"), "fediverse:creator")


# ── the site ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_front_page_says_who_publishes(built):
    """The company and the newsroom, each under one identity."""
    found = facts(built(description="Who we are")("/"))

    assert [f"{HERE}/#org", f"{HERE}/logo.svg"] == [found["Organization"]["@id"], found["Organization"]["logo"]]
    assert {
        "@type": "WebSite",
        "@id": f"{HERE}/#site",
        "name": "Northwind Newsroom",
        "url": f"{HERE}/",
        "description": "Who we are",
        "inLanguage": "en",
        "publisher": {"@id": f"{HERE}/#org"},
    } == found["WebSite"]


def test_a_newsroom_in_a_folder_of_a_host_tells_its_own_addresses(built):
    """Every address begins with the site's."""
    page = built(url="https://example.com/newsroom", company={"logo": "press/logo.svg"})
    whole = "".join(
        str(page(path).find("script")) for path in ("/", "/people/maya/", "/2026/plain/", "/topics/lenses/")
    )
    ours = re.findall(r"https://example\.com[^\"]*", whole)

    assert ours
    assert [] == [address for address in ours if not address.startswith("https://example.com/newsroom/")]


def test_a_logo_must_be_a_picture_of_the_site(make_site):
    """The message stands at its line and names the next step."""
    for name in ("nowhere.svg", "../site.toml", "people/maya.md"):
        report = make_site(FILES, company={"logo": name}).build(moment=NOW)

        assert ["missing-file"] == [problem.code for problem in report.problems]
        assert text(report.problems[0]).startswith("site.toml:5:"), name
        assert 'logo = "press/logo.svg"' in report.problems[0].hint


def test_nothing_in_a_text_ends_the_script(built):
    """Not in a title, a name, a correction; and a reader of JSON gets the words back."""
    evil = "</script><!--<script>alert(1)//"
    post = f"---\ntitle: '{evil}'\nauthors: [maya]\ndate: 2026-11-02\nsummary: '{evil}'\ncorrections: [{{date: 2026-11-04, text: '{evil}'}}]\n---\n"
    page = built({"content/posts/evil.md": post})("/2026/evil/")
    article = facts(page)["BlogPosting"]

    assert [evil] * 3 == [article["headline"], article["description"], article["correction"][0]["text"]]
    assert 1 == len(page.head.find_all("script", type=True))


def test_written_json_has_no_angle_bracket():
    """Whatever the words are."""
    assert "<" not in written({"@type": "Thing", "name": "<!-- ]]> </SCRIPT"})
    assert "name" not in written({"@type": "Thing", "name": ""})


@pytest.mark.parametrize(("paragraph", "expected"), [
    ("Jonas grinds glass every day. He is slow.", "Jonas grinds glass every day."),
    ("Dr. Lind grinds glass every day. He is slow.", "Dr. Lind grinds glass every day."),
    ("She asks: why does it\ncrack? Then she looks.", "She asks: why does it crack?"),
    ("No end", "No end"), ("", ""),
])  # fmt: skip
def test_a_description_is_the_first_sentence(paragraph, expected):
    """On one line."""
    assert expected == sentence(paragraph)


# ── what Google asks for ─────────────────────────────────────────────────────────────────────────────────────────────

GOOGLE = {
    # developers.google.com/search/docs/appearance/structured-data/: type -> (required, recommended, read by it as well)
    "ProfilePage": ("mainEntity", "dateCreated dateModified", "@id"),
    "mainEntity": (
        "name", "agentInteractionStatistic alternateName description identifier image interactionStatistic sameAs",
        "@id url jobTitle worksFor knowsLanguage knowsAbout contactPoint",
    ),
    "NewsArticle": (
        "", "author dateModified datePublished headline image",
        "description publisher inLanguage wordCount keywords mainEntityOfPage commentCount correction dateline associatedMedia mentions encoding",
    ),
    "author": ("name", "url", "@id"),
    "Organization": (
        "", "name url logo sameAs description",
        "@id publishingPrinciples correctionsPolicy actionableFeedbackPolicy ethicsPolicy unnamedSourcesPolicy",
    ),
    "BreadcrumbList": ("itemListElement", "", ""),
    "WebSite": ("name url", "", "@id description inLanguage publisher"),
    "CollectionPage": ("name url", "", "@id inLanguage isPartOf mainEntity"),
    "AboutPage": ("name url", "", "@id inLanguage isPartOf"),
    "ContactPage": ("name url", "", "@id inLanguage isPartOf"),
    "WebPage": ("name url", "", "@id inLanguage isPartOf about"),
}  # fmt: skip
GOOGLE["BlogPosting"] = GOOGLE["NewsArticle"]
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


def asked_for(kind, thing):
    """What is wrong with a thing by Google's table."""
    required, recommended, more = (words.split() for words in GOOGLE[kind])
    yield from (f"{kind} lacks {name}" for name in required if not thing.get(name))
    yield from (f"{kind} has {name}" for name in thing if name not in ("@type", *required, *recommended, *more))
    for name in thing.keys() & {"datePublished", "dateModified"}:
        if not MOMENT.fullmatch(thing[name]):
            yield f"{kind}: {name} is no moment with its zone"
    for name in thing.keys() & {"url", "image", "logo", "@id", "mainEntityOfPage"}:
        if not thing[name].startswith("https://"):
            yield f"{kind}: {name} is not whole"
    for address in thing.get("sameAs", ()):
        if not address.startswith("https://"):
            yield f"{kind}: sameAs is not whole"


def every_wrong(found):
    """The same of all things of a page, and of what is in them."""
    for kind, thing in found.items():
        yield from asked_for(kind, thing)
        if kind == "ProfilePage":
            yield from asked_for("mainEntity", thing["mainEntity"])
        for author in thing.get("author", ()):
            yield from asked_for("author", author)
            if author["@type"] != "Person" or not author["url"].startswith(f"{HERE}/people/"):
                yield "an author is a person with a page of her own"
        if kind == "BreadcrumbList":
            steps = thing["itemListElement"]
            if [step["position"] for step in steps] != [1, 2] or not all(s["name"] and s["item"] for s in steps):
                yield "a trail has two named steps at least"


PAGES = (
    "/", "/people/maya/", "/people/jonas/", "/people/pete/", "/2026/plain/", "/2026/release/", "/topics/lenses/", "/posts/",
    "/people/", "/topics/", "/releases/", "/corrections/", "/archive/", "/archive/2026/", "/ask/", "/people/maya/topics/lenses/",
    "/about/",
)  # fmt: skip


def test_listings_tell_what_they_list_in_order(built):
    """Posts by their addresses, people by who they are; a page that heads its section stands in no trail of one step."""
    page = built()
    posts, people, year = (facts(page(path)) for path in ("/posts/", "/people/", "/archive/2026/"))
    listed = posts["CollectionPage"]["mainEntity"]

    assert ("ItemList", 2) == (listed["@type"], listed["numberOfItems"])
    assert [(1, f"{HERE}/2026/release/"), (2, f"{HERE}/2026/plain/")] == [
        (item["position"], item["url"]) for item in listed["itemListElement"]
    ]
    assert ["jonas", "maya", "pete"] == [
        item["item"]["@id"].split("/")[-2] for item in people["CollectionPage"]["mainEntity"]["itemListElement"]
    ]
    assert "BreadcrumbList" not in posts.keys() | people.keys()
    assert ["Posts", "Posts of 2026"] == [step["name"] for step in year["BreadcrumbList"]["itemListElement"]]


def test_words_are_counted_where_something_parts_them(built):
    """Not in Japanese; and what was retracted has none."""
    here = "---\ntitle: T\nauthors: [maya]\ndate: 2026-11-02\n{}---\nThree words here.\n"
    gone = "corrections: [{date: 2026-11-03, kind: retraction, by: maya, text: Wrong}]\n"
    files = {f"content/posts/{n}.md": here.format(keys) for n, keys in (("a", ""), ("b", "language: ja\n"), ("c", gone))}
    page = built(files)

    assert [3, None, None] == [facts(page(f"/2026/{n}/"))["BlogPosting"].get("wordCount") for n in "abc"]


def vocabulary(thing):
    """Each property of a thing, and of what is in it, that schema.org does not know of its type."""
    kind = thing.get("@type")
    if kind:
        known = getattr(schemaorg, kind).__struct_encode_fields__
        yield from (f"{kind}.{name}" for name in thing if name[0] != "@" and name not in known)
    for value in thing.values():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield from vocabulary(each)


def test_schema_org_knows_every_property_of_every_type(built):
    """By its own vocabulary, as a package on PyPI has it."""
    answer = "---\ntitle: Yes\nauthors: [maya]\ndate: 2026-11-02\nkind: answer\nquestion: May I?\nasked_by: Kim\n---\nYes.\n"
    kit = (
        "---\ntitle: Kit\nauthors: [maya]\ndate: 2026-11-02\nkind: release\ndateline: Berlin\nquotes: [{by: maya, text: Yes}, {name: Kim, role: Mayor, text: No}]\n"
        "media: [{file: crack.png, alt: A lens, credit: Jonas, licence: 'https://creativecommons.org/licenses/by/4.0/'}]\n---\nWords.\n"
    )
    files = {"content/posts/q.md": answer, "content/posts/kit.md": kit, "content/press/index.md": "---\ncontacts: [maya]\n---\n"}
    page = built(files, contact={"email": "public"})
    paths = [*PAGES, "/2026/q/", "/2026/kit/", "/press/", "/promises/"]
    things = [(path, thing) for path in paths for thing in facts(page(path)).values()]

    assert {"QAPage", "NewsArticle", "ProfilePage", "CollectionPage", "WebPage"} <= {thing["@type"] for _, thing in things}
    assert [] == [(path, wrong) for path, thing in things for wrong in vocabulary(thing)]


def test_pages_have_what_google_requires(built):
    """And nothing that its pages, or schema.org where they are silent, do not know."""
    page = built(contact={"email": "public"})

    assert [] == [f"{path}: {wrong}" for path in PAGES for wrong in every_wrong(facts(page(path)))]


def test_a_full_profile_and_article_have_all_that_google_recommends(built):
    """But for what a newsroom does not know: followers, and when a profile was begun."""
    page = built()
    profile, article = facts(page("/people/maya/"))["ProfilePage"], facts(page("/2026/release/"))["NewsArticle"]
    unknown = {"interactionStatistic", "dateCreated"}

    assert set(GOOGLE["ProfilePage"][1].split()) - unknown <= profile.keys()
    assert set(GOOGLE["mainEntity"][1].split()) - unknown <= profile["mainEntity"].keys()
    assert set(GOOGLE["NewsArticle"][1].split()) <= article.keys()


def test_other_software_reads_the_same_from_it(built):
    """Expanded by a JSON-LD processor, without the network: one identity each for person and company on all pages."""

    def load(address, options):
        assert address == "https://schema.org"
        words = {"@vocab": "https://schema.org/", "url": {"@type": "@id"}, "sameAs": {"@type": "@id"}}
        return {"contextUrl": None, "documentUrl": address, "contentType": "", "document": {"@context": words}}

    page, seen = built(), {}
    for path in PAGES:
        whole = json.loads(page(path).find("script", type="application/ld+json").string)
        for node in jsonld.flatten(whole, None, {"documentLoader": load}):
            name = node.get("https://schema.org/name", [{"@value": ""}])[0]["@value"]
            for kind in node.get("@type", ()):
                if kind.endswith(("/Person", "/Organization")):
                    seen.setdefault((kind.rpartition("/")[2], name), set()).add(node["@id"])

    assert {
        ("Organization", "Northwind"): {f"{HERE}/#org"},
        ("Person", "Maya Okafor"): {f"{HERE}/people/maya/#me"},
        ("Person", "Jonas Lind"): {f"{HERE}/people/jonas/#me"},
        ("Person", "Pete Harlow"): {f"{HERE}/people/pete/#me"},
    } == seen


# ── answers, and what was taken back ─────────────────────────────────────────────────────────────────────────────────


def test_an_answer_is_a_question_with_the_answer_that_was_given(built):
    """The reader as she agreed to be named, and nobody where she did not."""
    answer = "---\ntitle: Yes\nauthors: [maya]\ndate: 2026-11-02\nkind: answer\nquestion: May I?\nasked_by: Kim\n---\nYes, you may.\n"
    asked = {"content/posts/q.md": answer, "content/posts/r.md": answer.replace("asked_by: Kim\n", "")}
    named, unnamed = (facts(built(asked)(f"/2026/{slug}/"))["QAPage"]["mainEntity"] for slug in "qr")

    assert ("Question", "May I?", 1, {"@type": "Person", "name": "Kim"}) == (
        named["@type"], named["name"], named["answerCount"], named["author"]
    )  # fmt: skip
    assert ("Answer", "Yes, you may.", f"{HERE}/2026/q/") == tuple(
        named["acceptedAnswer"][k] for k in ("@type", "text", "url")
    )
    assert [f"{HERE}/people/maya/#me"] == [author["@id"] for author in named["acceptedAnswer"]["author"]]
    assert "author" not in unnamed


def test_a_retracted_post_says_so_and_whose_word_it_is(built):
    """Its status, and the reason as a correction by somebody."""
    gone = "---\ntitle: No\nauthors: [maya]\ndate: 2026-11-02\ncorrections: [{date: 2026-11-03, kind: retraction, by: maya, text: Wrong}]\n---\nx\n"
    article = facts(built({"content/posts/gone.md": gone})("/2026/gone/"))["BlogPosting"]

    assert ("Retracted", "Wrong") == (article["creativeWorkStatus"], article["description"])
    assert [("Wrong", "2026-11-03", f"{HERE}/people/maya/#me")] == [
        (each["text"], each["datePublished"], each["author"]["@id"]) for each in article["correction"]
    ]
