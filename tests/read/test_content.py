"""One file becomes a post, a page, a person or a topic, or problems."""

import pytest

from newsroom.errors import text
from newsroom.model import Content, digest
from newsroom.read.content import Rules, place, read
from newsroom.read.kinds import kinds
from newsroom.roles import is_role

RULES = Rules("Europe/Berlin", "/{year}/{slug}/", "Northwind", "Northwind Newsroom")
POST = "title: Hello\nauthors: [maya]\ndate: 2026-11-02 09:00\n"


def rendered(body, language):
    """A body as if it had been rendered."""
    return digest(body), Content(f"<p>{body}</p>", lead=body.strip().partition("\n")[0])


def reading(path, head, body="Words\n", rules=RULES):
    """The noun and the problems, as a person reads them."""
    raw = f"---\n{head}---\n{body}".encode()
    made = read(path, raw, rules, rendered)
    return made.noun, [text(place(problem, raw)) for problem in made.problems]


def noun(path, head, body="Words\n", rules=RULES):
    """The noun of a file with which nothing is wrong."""
    made, problems = reading(path, head, body, rules)
    assert problems == []
    return made


def wrong(path, head, rules=RULES):
    """What is wrong with a file; there is no noun then."""
    made, problems = reading(path, head, "Words\n", rules)
    assert made is None
    return problems


def test_a_post_is_its_front_matter_and_the_digest_of_its_body():
    """What is not said has a default: the summary is the first paragraph, the identity the path."""
    post = noun("content/posts/2026/hello.md", POST + "topics: [a, b]\nfacts:\n")

    assert (post.source, post.id, post.kind, post.slug) == (
        "content/posts/2026/hello.md",
        "content/posts/2026/hello.md",
        "post",
        "hello",
    )
    assert (post.permalink, post.title, post.summary) == ("/2026/hello/", "Hello", "Words")
    assert (post.authors, post.topics, post.date, post.time) == (
        ("maya",),
        ("a", "b"),
        "2026-11-02T09:00:00+01:00",
        1793606400,
    )
    assert (post.draft, post.embargo, post.expires, post.details, post.image) == (False, 0, 0, {}, None)
    assert post.content == digest("Words\n")


@pytest.mark.parametrize(
    ("path", "permalink"),
    [
        ("content/posts/a.md", "/2026/a/"),
        ("content/posts/2026/A Post.md", "/2026/a-post/"),
        ("content/posts/2026-10-01-a.md", "/2026/a/"),
        ("content/posts/2026/a/index.md", "/2026/a/"),
        ("content/posts/2026/2026-10-01-a/index.md", "/2026/a/"),
        ("content/posts/index.md", "/2026/index/"),
    ],
)
def test_an_address_is_made_of_the_files_name(path, permalink):
    """Of the folder's where the file is its index; a date before the name is not part of it."""
    assert permalink == noun(path, POST).permalink


def test_a_date_in_the_files_name_is_the_posts_where_it_has_no_other():
    """The front matter counts more."""
    head = "title: Hello\nauthors: [maya]\n"

    assert noun("content/posts/2026-10-01-a.md", head).date == "2026-10-01T00:00:00+02:00"
    assert noun("content/posts/2026-10-01-a.md", POST).date == "2026-11-02T09:00:00+01:00"
    assert wrong("content/posts/2026-13-01-a.md", head) == [
        'content/posts/2026-13-01-a.md:2:1: the date in the file\'s name: "2026-13-01" is not in the calendar or on the clock\n'
        "    2 | title: Hello\n      | ^^^^^^^^^^^^\n"
        'hint: write it as 2026-11-02, "2026-11-02 09:00" or "2026-11-02 09:00 +01:00"'
    ]


def test_a_draft_needs_no_date():
    """Everything else does."""
    assert noun("content/posts/a.md", "title: Hello\nauthors: [maya]\ndraft: true\n").permalink == "/draft/a/"


def digests(head, body="Words\n"):
    post = noun("content/posts/a.md", head, body)
    return post.card, post.meta, post.content


@pytest.mark.parametrize(
    ("head", "body", "moved"),
    [
        (POST, "Other\n", "content"),
        (POST + "signed_off: {maya: 2026-11-01}\n", "Words\n", "meta"),
        (POST + "comments: off\n", "Words\n", "meta"),
        (POST + "topics: [lenses]\n", "Words\n", "card meta"),
        (POST + "corrections: [{date: 2026-11-03, text: x}]\n", "Words\n", "card meta"),
        (POST + "slug: other\n", "Words\n", "card meta"),
        (POST.replace("Hello", "Goodbye"), "Words\n", "card meta"),
    ],
)
def test_each_of_a_posts_digests_covers_its_own_part(head, body, moved):
    """The card is what listings show, the meta all the front matter, the content the body: an edit moves no more than it must."""
    plain = dict(zip(("card", "meta", "content"), digests(POST + "summary: S\n"), strict=True))
    made = dict(zip(("card", "meta", "content"), digests(head + "summary: S\n", body), strict=True))

    assert set(moved.split()) == {name for name in plain if plain[name] != made[name]}


POSTS = {
    "authors: [maya]\ndate: 2026-11-02\n": (
        'content/posts/a.md:2:1: there is no title\n    2 | authors: [maya]\n      | ^^^^^^^^^^^^^^^\nhint: add title: "What it says"'
    ),
    "title: Hello\ndate: 2026-11-02\n": (
        "content/posts/a.md:2:1: the post has no author\n    2 | title: Hello\n      | ^^^^^^^^^^^^\n"
        "hint: add authors: [key], the keys of people in content/people/: every post is signed by the people who wrote it"
    ),
    "title: Hello\nauthors: [maya]\n": (
        "content/posts/a.md:2:1: the post has no date\n    2 | title: Hello\n      | ^^^^^^^^^^^^\n"
        "hint: add date: 2026-11-02 09:00 to the front matter, or draft: true"
    ),
    "title: [Hello]\nauthors: [maya]\ndate: 2026-11-02\n": (
        "content/posts/a.md:2:8: title must be one text, not a list or a map\n    2 | title: [Hello]\n      |        ^^^^^^^\n"
        "hint: put it in quotes if it holds : or [ ]"
    ),
    "title: Hello\nauthors: [maya]\ndate: soon\n": (
        'content/posts/a.md:4:7: "soon" is not a date\n    4 | date: soon\n      |       ^^^^\n'
        'hint: write it as 2026-11-02, "2026-11-02 09:00" or "2026-11-02 09:00 +01:00"'
    ),
    "titel: Hello\nauthors: [maya]\ndate: 2026-11-02\n": (
        'content/posts/a.md:2:1: unknown key "titel"\n    2 | titel: Hello\n      | ^^^^^\n'
        'hint: did you mean "title"? The keys are listed in docs/reference.md.'
    ),
    POST + "kind: relase\ndateline: Turku\n": (
        'content/posts/a.md:5:7: unknown kind "relase"\n    5 | kind: relase\n      |       ^^^^^^\n'
        'hint: did you mean "release"? It is one of: post, release, statement, answer.'
    ),
    POST + "dateline: Turku\n": (
        'content/posts/a.md:5:1: "dateline" is a key of kind release, and this is of kind post\n    5 | dateline: Turku\n      | ^^^^^^^^\n'
        "hint: set kind: release, or take the key out"
    ),
    POST + "help: [{how: magic}]\n": (
        'content/posts/a.md:5:14: unknown how "magic"\n    5 | help: [{how: magic}]\n      |              ^^^^^\n'
        "hint: It is one of: written, edited, translated, interviewed, machine-drafted, machine-edited, machine-translated."
    ),
}


@pytest.mark.parametrize(("head", "message"), POSTS.items())
def test_one_mistake_in_a_post_is_one_message(head, message):
    """A wrong or misspelt key is not missing as well."""
    assert wrong("content/posts/a.md", head) == [message]


def test_everything_wrong_with_a_file_is_told_at_once():
    """One reading finds every mistake, and there is no post then."""
    lines = [problem.partition("\n")[0] for problem in wrong("content/posts/a.md", "titel: x\ndate: soon\nfoo: 1\n")]

    assert lines == [
        'content/posts/a.md:2:1: unknown key "titel"',
        'content/posts/a.md:3:7: "soon" is not a date',
        'content/posts/a.md:4:1: unknown key "foo"',
        "content/posts/a.md:2:1: the post has no author",
    ]


def test_a_name_of_which_no_address_can_be_made_needs_a_slug():
    """The hint says how."""
    assert wrong("content/posts/🎉.md", POST)[0].startswith(
        'content/posts/🎉.md:2:1: no address can be made of the file name "🎉"'
    )
    assert noun("content/posts/🎉.md", POST + "slug: party\n").permalink == "/2026/party/"


# ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_person_is_a_key_a_name_and_what_she_agreed_to():
    """The key is the file's name; what is not said is empty."""
    person = noun("content/people/maya.md", "name: Maya Okafor\nrole: Engineer\ncontact: {email: maya@example.com}\n")

    assert (person.key, person.name, person.short_name, person.role) == ("maya", "Maya Okafor", "Maya", "Engineer")
    assert (person.contact, person.status, person.photo, person.answers) == (
        {"email": "maya@example.com"},
        {"state": "active"},
        None,
        {},
    )
    assert (person.topics, person.office_hours, person.consent) == ((), (), {})


def test_a_state_may_be_one_word_or_a_map():
    """Both ways to write an absence are the same."""
    one = noun("content/people/maya.md", "name: Maya\nstatus: away\nuntil: 2027-01-11\ncover: jonas\n")
    other = noun("content/people/maya.md", "name: Maya\nstatus: {state: away, until: 2027-01-11, cover: jonas}\n")

    assert one.status == other.status == {"state": "away", "until": "2027-01-11", "cover": "jonas"}


ROLE_NAMES = ("Admin", "the admin", "Team", "Our Team", "Marketing team", "The Northwind Team", "Editorial staff", "Press Office", "Newsroom",
              "news desk", "Communications", "Communications Department", "PR", "HR", "Info", "Guest author", "Anonymous", "System", "Webmaster")  # fmt: skip


@pytest.mark.parametrize("name", [*ROLE_NAMES, "Northwind", "northwind newsroom"])
def test_a_role_is_no_person(name):
    """A byline is a person: neither a department nor the company signs a post."""
    assert wrong("content/people/x.md", f"name: {name}\n") == [
        f'content/people/x.md:2:7: "{name}" is a role, not a person\n    2 | name: {name}\n      |       {"^" * len(name)}\n'
        "hint: a byline is a person: give the people who wrote it files of their own, and put their keys in authors"
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Maya Okafor",
        "Guest Otieno",
        "Adminda Team-Olsen",
        "Pr. Anna Staff",
        "Info Rossi",
        "Systema",
        "李小龍",
        "Bo",
        "Maya O'Team",
    ],
)
def test_a_person_may_be_called_anything_else(name):
    """Names that only resemble a role are names."""
    assert not is_role(name)
    assert noun("content/people/x.md", f'name: "{name}"\n').name == name


@pytest.mark.parametrize(
    ("file", "hint"),
    [("Maya Okafor", "rename the file to maya-okafor.md"), ("mäya", "rename the file to maya.md"), ("🎉", "rename the file: small letters, digits, - . and _"),
     ("team/maya", "rename the file to team-maya.md")],
)  # fmt: skip
def test_a_key_that_cannot_stand_in_an_address_is_a_message(file, hint):
    """The name of a person's file never moves, so it is plain from the start."""
    assert wrong(f"content/people/{file}.md", "name: Maya\n") == [
        f'content/people/{file}.md:2:1: "{file}" cannot be a key: it is part of an address that never moves\n'
        f"    2 | name: Maya\n      | ^^^^^^^^^^\nhint: {hint}"
    ]


# ── topics and pages ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_topic_is_a_name_and_who_speaks_for_it():
    """In the order in which they are named."""
    topic = noun("content/topics/lenses.md", "name: Lenses\npeople: [maya, jonas]\n")

    assert (topic.key, topic.name, topic.people) == ("lenses", "Lenses", ("maya", "jonas"))
    assert [line.partition("\n")[0] for line in wrong("content/topics/lenses.md", "people: [maya]\n")] == [
        "content/topics/lenses.md:2:1: there is no name"
    ]


def test_a_page_lives_at_its_name():
    """Pages have no date in their address."""
    page = noun("content/pages/house-rules.md", "title: House rules\nmenu: true\n")

    assert (page.permalink, page.title, page.summary, page.menu, page.draft) == (
        "/house-rules/",
        "House rules",
        "Words",
        True,
        False,
    )


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("content/posts/2026/a.md", "posts"),
        ("content/people/maya.md", "people"),
        ("content/topics/x.md", "topics"),
        ("content/pages/about.md", "pages"),
        ("content/posts/a/index.md", "posts"),
        ("content/posts/a.jpg", None),
        ("content/press/boilerplate.md", "press"),
        ("content/front.md", "front"),
        ("content/comments/a.md", None),
        ("content/posts.md", None),
        ("content/other/a.md", None),
    ],
)
def test_a_folder_says_what_its_texts_are(path, kind):
    """Everything else is a file that a text may show."""
    assert kinds([path]) == ({path: kind} if kind else {}, [])


def test_markdown_beside_an_index_belongs_to_its_post():
    """Notes in a post's folder are no posts, however deep they lie; a post in the folder above is one."""
    found, problems = kinds(
        ["content/posts/a.md", "content/posts/b/index.md", "content/posts/b/notes.md", "content/posts/b/old/index.md"]
    )

    assert ["posts", "posts", "", ""] == list(found.values())
    assert [] == problems


def test_an_index_among_the_posts_of_a_year_does_not_hide_them_in_silence():
    """`posts/2026/index.md` would make the whole year one post."""
    _, problems = kinds(["content/posts/2026/a.md", "content/posts/2026/b/index.md", "content/posts/2026/index.md"])

    assert ["an index.md makes its folder one post, and hides the 2 posts beside it"] == [p.message for p in problems]


def test_a_problem_in_the_body_is_placed_on_its_words():
    """In a wrapped paragraph the line named is the paragraph's first: the bad value may stand later."""
    from newsroom.errors import problem

    raw = b"---\ntitle: a\n---\nWords and\nmore [words](gone.md) here\n"
    found = text(place(problem("broken-link", 'the link "gone.md" leads to no file', "a.md", line=4), raw))

    assert (
        found
        == 'a.md:5:14: the link "gone.md" leads to no file\n    5 | more [words](gone.md) here\n      |              ^^^^^^^'
    )


def test_a_problem_of_a_file_that_is_gone_stays_without_a_place():
    """There is nothing to look into."""
    from newsroom.errors import problem

    wrong = problem("x", "is wrong", "a.md", ("title",))
    assert place(wrong, b"") == wrong
    assert place(wrong, b"\xff") == wrong


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("expires: 2025-01-01\n", "the post would be over before it is published"),
        ("embargo: 2027-01-01\nexpires: 2026-12-31\n", "the post would be over before it is published"),
        ("updated: 2025-01-01\n", "the post would be updated before its date"),
        ("embargo: 2027-01-01\nexpires: 2027-01-01\n", "the post would be over before it is published"),
        ("corrections: [{date: 2025-01-01, text: No}]\n", "the post would be corrected before its date"),
        (
            "corrections: [{date: 2025-01-01, kind: retraction, text: No}]\n",
            "the post would be retracted before its date",
        ),
        ("kind: statement\nclosed: 2025-01-01\n", "the post would be closed before its date"),
    ],
)
def test_dates_in_an_order_that_cannot_be_are_told(head, said):
    """A post that could never be read is a mistake."""
    messages = wrong("content/posts/a.md", f"title: A\nauthors: [maya]\ndate: 2026-01-01\n{head}")

    assert [said] == [message.split("\n")[0].split(": ", 1)[1] for message in messages]


def test_what_nobody_could_see_was_not_published():
    """The date is that of the embargo's end, on the page, in lists and in feeds, where that is the later one."""
    head = "title: A\nauthors: [maya]\ndate: 2026-11-22 12:00Z\nembargo: {}Z\n"
    dates = [noun("content/posts/a.md", head.format(day)).date[:16] for day in ("2026-12-03 06:00", "2026-11-01 06:00")]

    assert ["2026-12-03T06:00", "2026-11-22T12:00"] == dates
