"""What a person has not agreed to is in no byte of the output, whichever way she said so."""

import json
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from newsroom.assemble.agreed import initials

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b49444154789c6360000200000500017a5eab3f"
    "0000000049454e44ae426082"
)
MAYA = """---
name: Maya Zebulon Okafor
short_name: Zebby
role: Zrole engineer
team: Zteam
pronouns: xe/xem
quote: Zquote in my own words
since: 1987
photo: {file: zphoto.png, alt: Zalt of the portrait, credit: Zcredit}
languages: [fi]
topics: [lenses]
ask_me_about: [Zask night photography]
contact:
  email: zmail@example.com
  phone: {number: "+49 30 7654321", hours: "Mon-Fri 03:15-04:45"}
  booking: https://zbooking.example/maya
  mastodon: "@zmastodon@social.example"
answers: {reads: all, by: [maya], not_for: Znotfor orders, checked: 2026-11-01}
office_hours:
  - {every: Tuesday, at: "05:35", minutes: 25, where: "https://zroom.example/maya"}
%s---

Zbio of hers, see [the sheet](zsheet.txt) and ![](zbio.png).
"""
SITE = {
    "content/people/zphoto.png": PICTURE,
    "content/people/zbio.png": PICTURE + b"bio",
    "content/people/zsheet.txt": "Zsheet",
    "content/people/jonas.md": "---\nname: Jonas Lind\ncontact: {email: jonas@example.com}\n---\n",
    "content/topics/lenses.md": "---\nname: Lenses\npeople: [maya]\n---\nGlass.\n",
    "content/posts/a.md": "---\ntitle: A\nauthors: [maya]\ntopics: [lenses]\ndate: 2026-11-02\nid: a\n---\nWords\n",
    "content/posts/b.md": "---\ntitle: B\nauthors: [maya, jonas]\ndate: 2026-11-03\nid: b\nkind: release\ncontacts: [maya]\n"
    'quotes: [{by: maya, text: "Glass breaks.", signed_off: 2026-11-01}]\n'
    "corrections: [{date: 2026-11-04, text: No, by: maya}]\n---\nWords\n",
    "content/comments/a.yaml": "post: a\ncomments:\n"
    "- {id: isso-1, name: Ada, date: 2026-11-03T10:00:00Z, text: Why?}\n"
    "- {id: isso-2, reply_to: isso-1, person: maya, name: Maya Zebulon Okafor, date: 2026-11-03T11:00:00Z, text: So.}\n",
}  # fmt: skip

FIELDS = {
    "photo": ("zphoto", "Zalt", "Zcredit"),
    "bio": ("Zbio", "zsheet", "zbio"),
    "quote": ("Zquote",),
    "office_hours": ("05:35", "zroom"),
    "email": ("zmail",),
    "phone": ("7654321", "03:15"),
    "booking": ("zbooking",),
    "mastodon": ("zmastodon",),
}
"""Field of consent -> words that only it brings into the site."""
WORDS = tuple(word for words in FIELDS.values() for word in words)


@pytest.mark.parametrize(
    ("path", "raw"),
    [("content/people/zphoto.png", PICTURE), ("content/people/copy.png", PICTURE)],
)
def test_a_picture_that_one_of_them_refuses_is_nobodys(make_site, path, raw):
    """At its own path, or as a copy at another."""
    name = path.rpartition("/")[2]
    site = make_site({
        "content/people/zphoto.png": PICTURE, path: raw,
        "content/people/maya.md": "---\nname: Maya Okafor\nphoto: zphoto.png\nconsent: {photo: false}\n---\n",
        "content/people/jonas.md": f"---\nname: Jonas Lind\nphoto: {name}\n---\n",
    })  # fmt: skip

    problems = site.build(moment=NOW).problems
    assert [("withheld", "content/people/jonas.md", 3)] == [
        (p.code, p.location.path, p.location.line) for p in problems
    ]


@pytest.fixture
def found_in(make_site):
    """The words, of those looked for, that any output holds, or has in its path; however they are written."""

    def found(extra, words, **settings):
        settings = {"contact": {"email": "public"}} | settings
        site = make_site(SITE | {"content/people/maya.md": MAYA % extra}, timezone="Europe/Berlin", **settings)
        report = site.build(moment=NOW)
        assert report.problems == ()
        whole = []
        for path, raw in site.outputs().items():
            text = raw.decode("utf-8", "replace")
            unfolded = text.replace("\r\n ", "").replace("\\u0040", "@")
            whole += [path, unfolded, unescape(unescape(unfolded))]
            if path.endswith(".json"):
                whole.append(json.dumps(json.loads(text), ensure_ascii=False))
        return {word for word in words if any(word.lower() in text.lower() for text in whole)}

    return found


def test_everything_that_was_agreed_to_is_in_the_site(found_in):
    """Else the tests below would find nothing of nothing."""
    assert found_in("", WORDS) == set(WORDS)


@pytest.mark.parametrize("how", ["false", "2026-11-20"], ids=["refused", "run out"])
@pytest.mark.parametrize("field", FIELDS)
def test_a_field_without_consent_is_in_no_output(found_in, field, how):
    """Not its words, not its files, not its alt text; everything else is where it was."""
    found = found_in(f"consent: {{{field}: {how}}}\n", WORDS)
    others = {word for name, words in FIELDS.items() if name != field for word in words}

    assert found & set(FIELDS[field]) == set()
    assert found == others


def test_when_the_whole_consent_has_run_out_name_and_byline_stay(found_in):
    """And nothing of what it covered."""
    found = found_in("consent: {photo: true, until: 2026-11-20}\n", (*WORDS, "Maya Zebulon Okafor", "Znotfor"))

    assert found == {"Maya Zebulon Okafor"}


def test_on_its_last_day_everything_is_still_there(found_in):
    """A day counts to its end."""
    found = found_in("consent: {until: 2026-11-21, bio: 2026-11-21}\n", WORDS)

    assert found == set(WORDS)


OWN = ("Zrole", "Zteam", "xe/xem", "1987", "Zask", "Finnish", "Znotfor", *WORDS)


@pytest.mark.parametrize(
    ("keep", "stays", "gone"),
    [
        (
            "",
            ("Maya Zebulon Okafor", "zphoto", "Zbio", "Zquote", "Zrole"),
            ("zmail", "7654321", "zbooking", "zmastodon"),
        ),
        ("keep: photo\n", ("Maya Zebulon Okafor", "zphoto", "Zbio", "Zquote"), ("zmail", "7654321", "zbooking")),
        ("keep: name\n", ("Maya Zebulon Okafor", "Zebby"), OWN),
        ("keep: initials\n", ("M. Z. O.",), (*OWN, "Zebulon", "Okafor", "Zebby")),
    ],
)
def test_who_left_is_shown_as_far_as_she_agreed_to(found_in, keep, stays, gone):
    """In bylines, headings, feeds, alt texts, sentences, quotes, replies and lists: everywhere or nowhere."""
    left = f"status: left\non: 2026-11-20\nsuccessor: jonas\n{keep}"

    assert found_in(left, stays) == set(stays)
    assert found_in(left, gone) == set()


def test_nobody_is_hidden_before_she_leaves(found_in):
    """An announced departure changes nothing."""
    left = "status: left\non: 2026-11-22\nsuccessor: jonas\nkeep: initials\n"

    assert found_in(left, ["Maya Zebulon Okafor", *WORDS]) >= {"Maya Zebulon Okafor", *WORDS}


def test_somebody_who_moved_is_called_by_her_new_work(found_in):
    """From the day on."""
    moved = "status: {state: moved, role: Zhead of repair, on: %s}\n"

    assert found_in(moved % "2026-11-20", ["Zhead of repair", "Zrole"]) == {"Zhead of repair"}
    assert found_in(moved % "2026-11-22", ["Zhead of repair", "Zrole"]) == {"Zrole"}


@pytest.mark.parametrize("where", ["![She](../people/zphoto.png)", ""])
def test_a_withheld_photo_cannot_be_shown_by_a_post(make_site, where):
    """Neither in its text nor as its picture: the build says where it stands."""
    post = SITE["content/posts/a.md"]
    post = post.replace("Words", where) if where else post.replace("id: a", "id: a\nimage: ../people/zphoto.png")
    files = {"content/people/maya.md": MAYA % "consent: {photo: false}\n", "content/posts/a.md": post}
    report = make_site(SITE | files).build(moment=NOW)

    assert [(p.code, p.location.path, p.location.line) for p in report.problems] == [
        ("withheld", "content/posts/a.md", 8 if where else 7)
    ]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Maya Okafor", "M. O."),
        ("Ludwig van Beethoven", "L. v. B."),
        ("E\u0301lodie d’Arc", "É. d."),
        ("田中太郎", "田."),
        ("Cher", "C."),
        ("“Bo” O'Neill (she)", "B. O. s."),
        ("123", "N. N."),
    ],
)
def test_initials_are_the_first_letters_with_their_marks(name, short):
    """In every script that has letters."""
    assert initials(name) == short


LIVES = (
    "",
    "consent: {bio: false}\n",
    "consent: {bio: 2026-11-22, photo: 2026-11-21}\n",
    "consent: {until: 2026-11-22}\n",
    "status: away\nuntil: 2026-11-23\ncover: jonas\n",
    "status: {state: moved, role: Head, on: 2026-11-22, successor: jonas}\n",
    "status: left\non: 2026-11-22\nkeep: initials\nsuccessor: jonas\n",
    "status: left\non: 2026-11-20\nkeep: name\nsuccessor: jonas\n",
    "status: left\non: 2026-11-20\n",
    "status: left\non: 2026-11-23\nkeep: initials\nsuccessor: jonas\n",
)


def test_whatever_becomes_of_somebody_the_next_build_is_as_a_clean_one(make_site):
    """Day by day and edit by edit: what was shown is gone when it must be, and back when it may be."""
    site = make_site(SITE | {"content/people/maya.md": MAYA % ""}, timezone="Europe/Berlin")
    for n, extra in enumerate(LIVES):
        site.write("content/people/maya.md", MAYA % extra)
        for moment in (NOW, NOW + timedelta(days=1 + n % 2)):
            clean = make_site(SITE | {"content/people/maya.md": MAYA % extra}, timezone="Europe/Berlin")
            assert site.build(moment=moment).problems == clean.build(moment=moment).problems == ()
            assert site.outputs() == clean.outputs(), (extra, moment)
