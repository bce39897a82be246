"""Rules: each finds its mistake, says where, and is silent where there is none. docs/checks.md shows one of each."""

from datetime import UTC, datetime

import pytest

from newsroom.build import Options
from newsroom.check.rules import RULES
from newsroom.commands.check import check
from newsroom.commands.new import new
from newsroom.errors import text

FILES = {
    "content/people/maya.md": "---\nname: Maya Okafor\n---\nBio\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\ncontact: {email: jonas@example.com}\n---\nBio\n",
    "content/posts/a.svg": "<svg/>",
    "content/posts/b.md": "---\ntitle: B\nauthors: [jonas]\ndate: 2026-11-01\nid: b\n---\n\n## Why it broke\n\nWords\n\n## Größe\n\n## Привет\n",
}
HEAD = "title: A\nauthors: [maya]\ndate: 2026-11-02\n"


@pytest.fixture
def told_of(make_site):
    """What `newsroom check` says of one post and one person."""

    def told(post="id: a\n", body="Words", person="", settings={}, files={}, contact="{email: maya@example.com}"):
        site = make_site(
            FILES | {"content/posts/a.md": f"---\n{HEAD}{post}---\n{body}\n",
                     "content/people/maya.md": f"---\nname: Maya Okafor\ncontact: {contact}\n{person}---\nBio\n"} | files,
            timezone="Europe/Berlin", **settings,
        )  # fmt: skip
        return [text(problem) for problem in check(site.root, Options(moment=datetime(2026, 11, 21, tzinfo=UTC)))]

    return told


def test_a_good_site_has_no_problems(told_of):
    """Silence means that everything was looked at."""
    assert told_of(body="[b](b.md) [why](b.md#why-it-broke) [us](/people/) [feed](/feed.xml) [me](person:maya)") == []


def test_a_post_without_an_id_is_told_once_for_all(told_of):
    """A new site of a thousand imported posts gets one line."""
    assert told_of(post="") == [
        "content/posts/a.md:2:8: warning: the post has no id: feeds and comments know it by its file name\n    2 | title: A\n      |        ^\n"
        "hint: add id: and twelve hexadecimal digits, as newsroom new does; then files may be renamed"
    ]
    assert (
        "the post has no id, and so have 2 more posts:"
        in told_of(post="", files={f"content/posts/{n}.md": f"---\n{HEAD}---\nx\n" for n in "cd"})[0]
    )


@pytest.mark.parametrize(
    "target",
    ["/people/", "/people", "/2026/b/", "/2026/b/?x=1", "/2026/b/#why-it-broke", "/feed.xml", "/", "/2026/%62/"],
)
def test_an_address_inside_the_site_may_be_written_in_any_way(told_of, target):
    """With or without the final slash, with a query or a fragment, encoded."""
    assert told_of(body=f"[x]({target})") == []


def test_a_link_to_no_page_is_told_at_its_line(told_of):
    """With the closest address that there is."""
    assert told_of(body="First\n\nThen [x](/pepole/) and") == [
        'content/posts/a.md:9:10: the link "/pepole/" leads to no page\n    9 | Then [x](/pepole/) and\n      |          ^^^^^^^^\n'
        'hint: did you mean "/people/"?'
    ]


def test_a_link_to_no_page_is_told_where_the_site_lives_in_a_folder(told_of):
    """The address is written without the folder."""
    settings = {"url": "https://example.com/newsroom"}

    assert told_of(body="[x](/people/)", settings=settings) == []
    assert len(told_of(body="[x](/nowhere/)", settings=settings)) == 1


@pytest.mark.parametrize(
    "fragment", ["why-it-broke", "contact", "comments", "grosse", "привет", "%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82"]
)
def test_a_heading_that_is_there_is_found(told_of, fragment):
    """Whatever a browser would find: encoded or as it is."""
    assert told_of(body=f"[x](b.md#{fragment})") == []


def test_a_heading_that_is_not_there_is_told(told_of):
    """With the closest one that is."""
    assert told_of(body="[x](b.md#why-it-brok)") == [
        'content/posts/a.md:7:5: the link "b.md#why-it-brok" names a heading that is not there\n    7 | [x](b.md#why-it-brok)\n'
        '      |     ^^^^^^^^^^^^^^^^\nhint: did you mean "why-it-broke"?'
    ]


@pytest.mark.parametrize(
    ("image", "count"),
    [
        ("a.svg", 1),
        ("{file: a.svg, credit: Jonas}", 1),
        ("{file: a.svg, alt: A lens}", 0),
        ('{file: a.svg, alt: ""}', 0),
    ],
)
def test_a_picture_without_words_is_told(told_of, image, count):
    """An empty alt is an answer too: the picture only decorates."""
    told = told_of(post=f"id: a\nimage: {image}\n")

    assert [problem.partition("\n")[0] for problem in told] == [
        "content/posts/a.md:6:8: warning: the picture has no alt text"
    ] * count


@pytest.mark.parametrize(
    ("person", "message"),
    [
        ("answers: {by: [maya], within: 2 days, checked: 2026-11-01}\n", ""),
        ("answers: {by: [maya], within: 2 days, checked: 2026-05-26}\n", ""),
        (
            "answers: {by: [maya], within: 2 days, checked: 2026-05-24}\n",
            "4:48: warning: nobody confirmed this promise in the last 180 days",
        ),
        (
            "answers: {by: [maya], hours: Mon-Fri, checked: 2026-05-24}\n",
            "4:48: warning: nobody confirmed this promise in the last 180 days",
        ),
        (
            "answers: {by: [maya], within: 2 days, checked: 2026-11-22}\n",
            "4:48: warning: nobody can have confirmed this promise on 2026-11-22: that day is still to come",
        ),
        (
            "answers: {by: [maya], within: 2 days}\n",
            "4:10: warning: nobody confirmed this promise yet: answers.checked is missing",
        ),
        ("answers: {reads: all}\n", ""),
        ("answers: {within: 2 days}\nstatus: left\non: 2026-01-01\nsuccessor: jonas\n", ""),
    ],
)
def test_a_promise_that_nobody_confirmed_lately_is_told(told_of, person, message):
    """180 days are lately; a day to come is none. Where nothing is promised, or nobody is there, nothing is told."""
    said = [problem.partition("\n")[0] for problem in told_of(person=person)]

    assert said == ([f"content/people/maya.md:{message}"] if message else [])


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ("within: 2 days", "4:10: warning: nobody keeps this promise: answers.by is missing"),
        ("hours: Mon-Fri 10:00-16:00", "4:10: warning: nobody keeps this promise: answers.by is missing"),
        ("within: 2 days, by: [ines]", "4:31: warning: nobody keeps this promise: ines left"),
        ("within: 2 days, by: [ines, jonas]", ""),
        ("reads: all", ""),
    ],
)
def test_a_promise_that_nobody_keeps_is_told(told_of, answers, message):
    """It names those who write the replies, and one of them at least is there."""
    gone = {"content/people/ines.md": "---\nname: Ines\nstatus: left\nsuccessor: jonas\n---\n"}
    found = told_of(person=f"answers: {{{answers}, checked: 2026-11-01}}\n", files=gone)

    assert [problem.partition("\n")[0] for problem in found] == (
        [f"content/people/maya.md:{message}"] if message else []
    )


@pytest.mark.parametrize(
    ("person", "message"),
    [
        ("status: left\n", "4:9: Maya Okafor left, and nobody answers now"),
        ("status: left\nsuccessor: jonas\n", ""),
        ("status: left\nsuccessor: ines\n", '5:12: Maya Okafor left, and so did "ines"'),
        ("status: {state: left, on: 2027-01-01}\n", ""),
        ("status: away\n", ""),
    ],
)
def test_somebody_who_left_without_a_successor_is_told(told_of, person, message):
    """One who is there; not before the day of leaving. The successor's own file is told likewise."""
    files = {"content/people/ines.md": "---\nname: Ines\nstatus: left\n---\n"} if "ines" in person else {}
    said = [problem.partition("\n")[0] for problem in told_of(person=person, files=files)]

    assert [line for line in said if "/maya" in line] == ([f"content/people/maya.md:{message}"] if message else [])


@pytest.mark.parametrize(
    ("contact", "more", "count"),
    [
        ("{email: maya@example.com}", "", 0),
        ("{}", "", 1),
        ("{email: maya@example.com}", "consent: {email: false}\n", 1),
        ("{}", "office_hours: [{every: Tuesday, at: 15:00}]\n", 0),
        ("{}", "status: left\nsuccessor: jonas\n", 0),
    ],
)
def test_an_author_whom_nobody_can_write_to_is_told(told_of, contact, more, count):
    """A byline that cannot be answered is none; a successor answers in her place."""
    found = told_of(contact=contact, person=more)

    assert [problem.partition("\n")[0] for problem in found] == [
        "content/people/maya.md:2:7: warning: readers have no way to reach Maya Okafor"
    ] * count


def test_an_address_that_is_never_shown_reaches_nobody(told_of):
    """The setting that hides it is named, and whom nobody can write to any more."""
    found = told_of(settings={"contact": {"email": "form"}})

    assert [problem.partition("\n")[0] for problem in found] == [
        'site.toml:6:1: warning: email = "form" without a service: nobody can write to Maya Okafor, Jonas Lind'
    ]


def test_office_hours_on_no_day_are_told(told_of):
    """The page names no day of theirs either."""
    hours = "office_hours:\n  - {every: Tuesday, at: '15:00', from: 2026-12-10, until: %s}\n"

    assert told_of(person=hours % "2026-12-15") == []
    (said,) = told_of(person=hours % "2026-12-12")
    assert said.startswith('content/people/maya.md:5:13: warning: "Tuesday" falls on no day at all')


def test_who_wrote_nothing_need_not_be_reached(told_of):
    """Somebody without a public post may have no channel."""
    assert told_of(files={"content/people/ines.md": "---\nname: Ines\n---\n"}) == []


@pytest.mark.parametrize(
    ("kind", "code"),
    [("post", "placeholder"), ("release", "placeholder"), ("statement", "empty-statement"), ("answer", "placeholder")],
)
def test_what_newsroom_new_wrote_is_not_published_unchanged(make_site, kind, code):
    """A post begins with a sentence that only shows where to write, a statement with empty lists."""
    site = make_site(FILES)
    path = new(site.root, kind, "Hello", ["jonas"], datetime(2026, 11, 20, tzinfo=UTC))
    options = Options(moment=datetime(2026, 11, 21, tzinfo=UTC))
    if kind != "statement":  # is no draft: it is wanted within minutes
        assert [problem.code for problem in check(site.root, options)] == []
        site.edit(path, "draft: true", "draft: false")
    body = (site.root / path).read_text("utf-8").rpartition("---\n")[2].strip()
    found = {problem.code: problem for problem in check(site.root, options)}
    assert code in found
    if code == "placeholder":
        assert (f'the body still says "{body}"', body) == (found[code].message, found[code].location.excerpt)


@pytest.mark.parametrize(
    ("post", "body", "count"),
    [
        ("", "", 1),
        ("", "<!-- later -->\n\n---\n", 1),
        ("", "![A lens](a.svg)", 0),
        ("", "    x = 1", 0),
        ("kind: statement\n", "", 1),
        ("kind: statement\nknown: [It broke]\n", "", 0),
        ("kind: answer\nquestion: Why?\n", "", 1),
    ],
)
def test_a_post_without_anything_to_read_is_told(told_of, post, body, count):
    """Pictures, code and what a statement knows are something; a question is no answer."""
    found = [said.partition("\n")[0] for said in told_of(post=f"id: a\n{post}", body=body)]
    statement = "statement says nothing: neither what is known, unknown or done, nor a text"
    message = f"the {statement}" if "statement" in post else "warning: the post has no text"

    assert [said for said in found if "no text" in said or "says nothing" in said] == [
        f"content/posts/a.md:2:8: {message}"
    ] * count


def test_a_page_without_anything_to_read_is_told(told_of):
    """With its path."""
    found = told_of(files={"content/pages/about.md": "---\ntitle: About\n---\n\n"})

    assert [problem.partition("\n")[0] for problem in found] == [
        "content/pages/about.md:2:8: warning: the page has no text"
    ]


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("content/posts/2026/first.markdown", 1),
        ("content/posts/FIRST.MD", 1),
        ("content/people/jonas.txt", 1),
        ("content/topics/lenses.html", 1),
        ("content/posts/2026/first/index.MD", 1),
        ("content/posts/2026/first/sheet.txt", 0),
        ("content/posts/sheet.txt", 0),
        ("content/posts/first.svg", 0),
        ("content/press/kit.txt", 0),
    ],
)
def test_a_file_that_looks_like_content_and_is_none_is_told(told_of, path, count):
    """Only .md is read. What stands in a post's folder, or is offered for download, is no content."""
    found = told_of(body="[sheet](sheet.txt)", files={"content/posts/sheet.txt": "x", path: "Words"})

    assert [problem.partition("\n")[0] for problem in found] == [
        f"{path}: warning: is read by nothing: only files that end in .md are content"
    ] * count


def _signing(told):
    """What is said of signatures: a release so short lacks other things too."""
    return [said for said in told if "sign" in said.partition("\n")[0]]


def test_words_that_their_speaker_did_not_sign_off_are_told(told_of):
    """Each quotation of a release, at its speaker."""
    quotes = "quotes:\n  - {by: maya, text: It broke, signed_off: 2026-11-01}\n  - {by: jonas, text: It did}\n"

    assert _signing(told_of(post=f"id: a\nkind: release\n{quotes}")) == [
        "content/posts/a.md:9:10: warning: Jonas Lind did not sign this quote off\n    9 |   - {by: jonas, text: It did}\n"
        "      |          ^^^^^\nhint: let Jonas read the words and commit signed_off: 2026-11-02 beside them, "
        "or be named in Signed-off-by: of the commit"
    ]


@pytest.mark.parametrize(
    ("until", "message"),
    [
        ("2027-01-01", None),
        ("2026-12-21", "Maya’s consent runs out on 2026-12-21"),
        ("2026-11-21", "Maya’s consent runs out on 2026-11-21"),
        (
            "2026-11-20",
            "Maya’s consent ran out on 2026-11-20: photo, biography, quote, contact and office hours are in no output",
        ),
    ],
)
def test_consent_is_told_before_it_runs_out(told_of, until, message):
    """Thirty days before, and from then on."""
    found = told_of(person=f"consent: {{until: {until}}}\n")

    told = [problem.partition("\n")[0].partition("warning: ")[2] for problem in found]
    unreached = "readers have no way to reach Maya Okafor: the consent to show a way ran out, or was refused"
    assert told == ([unreached] if message and "in no output" in message else []) + ([message] if message else [])


def test_a_release_is_signed_off_where_the_policy_asks_for_it(told_of):
    """By everybody credited; other kinds of post are not asked."""
    settings = {"policy": {"sign_off": ["release"]}}

    assert told_of(settings=settings) == []
    assert _signing(told_of(post="id: a\nkind: release\nsigned_off: {maya: 2026-11-01}\n", settings=settings)) == []
    assert _signing(told_of(post="id: a\nkind: release\n", settings=settings)) == [
        "content/posts/a.md:3:10: Maya Okafor did not sign this off\n    3 | authors: [maya]\n      |          ^^^^^^\n"
        "hint: let Maya read it and commit signed_off: {maya: 2026-11-02}, or be named in Signed-off-by: of the commit"
    ]


def test_what_stops_a_build_is_told_too(told_of):
    """`check` needs no build before it."""
    assert [problem.partition("\n")[0] for problem in told_of(body="[x](gone.md)")] == [
        'content/posts/a.md:7:5: the link "gone.md" leads to no file'
    ]


def test_checking_writes_nothing_to_the_output(make_site):
    """It may run beside a build."""
    site = make_site(FILES)
    check(site.root, Options())

    assert not (site.root / "public").exists()


def test_every_rule_has_a_severity_and_a_reason():
    """One sentence each, shown in docs/checks.md."""
    for code, rule in RULES.items():
        assert rule.severity in ("error", "warning") and rule.why.endswith("."), code


@pytest.mark.parametrize(
    ("body", "wrong"), [("[up](#gone)", True), ("[up](#why)\n\n## Why", False), ("x[^1]\n\n[^1]: y", False)]
)
def test_a_link_within_a_page_finds_its_heading(told_of, body, wrong):
    """Footnotes lead back, headings are there."""
    found = told_of(
        files={"content/posts/z.md": f"---\ntitle: Z\nauthors: [maya]\ndate: 2026-11-01\nid: zz\n---\n{body}\n"}
    )

    assert wrong == any('the link "#gone" names a heading that is not there' in problem for problem in found)
