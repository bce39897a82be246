"""The rules about people who change: each says what happens now, where, and whom to name."""

from datetime import UTC, datetime

import pytest

from newsroom.build import Options
from newsroom.cli import main
from newsroom.commands.check import check

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
RULES = ("no-successor", "old-successor", "no-voice", "consent-ends", "kept-name")


@pytest.fixture
def told_of(make_site):
    """What these rules say of some people and topics: `path:line: severity: message (hint)`."""

    def told(people={}, topics={}, posts={}):
        files = {
            f"content/people/{key}.md": f"---\nname: {key.title()} Doe\n{more}---\n" for key, more in people.items()
        }
        files |= {f"content/topics/{key}.md": f"---\nname: {key.title()}\n{more}---\n" for key, more in topics.items()}
        files |= {
            f"content/posts/{key}.md": f"---\ntitle: {key}\ndate: 2026-11-01\nid: {key}\n{more}"
            for key, more in posts.items()
        }
        site = make_site(files, timezone="Europe/Berlin")
        problems = check(site.root, Options(moment=NOW))
        stopped = [p for p in problems if p.severity == "error" and p.code not in RULES]
        assert stopped == []
        return [
            f"{p.location.path[8:-3]}:{p.location.line}: {p.severity}: {p.message} ({p.hint})"
            for p in problems
            if p.code in RULES
        ]

    return told


LEFT = "status: left\n"


@pytest.mark.parametrize(
    ("people", "wanted"),
    [
        ({"maya": LEFT + "successor: jonas\n", "jonas": ""}, []),
        (
            {"maya": LEFT + "successor: jonas\n", "jonas": LEFT + "successor: lena\n", "lena": ""},
            ['people/maya:4: warning: "jonas" has left too: Lena Doe answers (name lena directly: successor: lena)'],
        ),
        (
            {"maya": "status: moved\nsuccessor: jonas\n", "jonas": LEFT + "successor: lena\n", "lena": ""},
            ['people/maya:4: warning: "jonas" has left too: Lena Doe answers (name lena directly: successor: lena)'],
        ),
        (
            {"maya": "status: away\ncover: jonas\n", "jonas": LEFT + "successor: lena\n", "lena": ""},
            ['people/maya:4: warning: "jonas" has left too: Lena Doe answers (name lena directly: cover: lena)'],
        ),
        (
            {"maya": "status: moved\nsuccessor: jonas\n", "jonas": LEFT + "on: 2027-01-01\n"},
            [],
        ),
    ],
)
def test_a_successor_who_left_too_is_told_where_somebody_answers(told_of, people, wanted):
    """With the one to name instead; the pages already do what is right."""
    assert told_of(people) == wanted


def test_nobody_left_to_answer_is_an_error(told_of, make_site):
    """Of each in the chain, and `newsroom check` exits with 1."""
    people = {"maya": LEFT + "successor: jonas\n", "jonas": LEFT}

    assert told_of(people) == [
        "people/jonas:3: error: Jonas Doe left, and nobody answers now "
        "(add successor: and the key of somebody who is there; old posts stay answerable)",
        'people/maya:4: error: Maya Doe left, and so did "jonas" '
        "(add successor: and the key of somebody who is there; old posts stay answerable)",
    ]
    site = make_site({"content/people/maya.md": "---\nname: Maya Doe\nstatus: left\n---\n"})
    assert main(["check", "--site", str(site.root)]) == 1


def test_where_the_desk_of_a_topic_answers_nobody_is_missing(told_of):
    """For all that somebody wrote; of some posts without a desk it is told how many."""
    people = {"maya": LEFT, "jonas": "contact: {email: jonas@example.com}\n"}
    topics = {"glass": "people: [jonas]\n"}
    posts = {"a": "authors: [maya]\ntopics: [glass]\n---\nWords\n", "b": "authors: [maya]\n---\nWords\n"}

    assert told_of(people, topics, {"a": posts["a"]}) == []
    assert [line.partition(" (")[0] for line in told_of(people, topics, posts)] == [
        "people/maya:3: error: Maya Doe left, and nobody answers now for 1 of 2 posts"
    ]


@pytest.mark.parametrize(
    ("topics", "wanted"),
    [
        ({"glass": "people: [jonas]\n"}, []),
        ({"glass": "people: [heir]\n"}, []),
        ({"glass": "people: [covered]\n"}, []),
        (
            {"glass": "people: [gone]\n"},
            [
                "topics/glass:3: warning: nobody speaks for Glass any more: gone left "
                "(name somebody who is there, or a successor in the file of who left)"
            ],
        ),
        (
            {"glass": "people: [away]\n"},
            [
                "topics/glass:3: warning: nobody can be asked about Glass now: Away Doe is away, and nobody covers "
                "(name a cover, or somebody who is there)"
            ],
        ),
        (
            {"glass": "people: [away, paused]\n"},
            [
                "topics/glass:3: warning: nobody can be asked about Glass now: Away Doe is away, Paused Doe is paused, "
                "and nobody covers (name a cover, or somebody who is there)"
            ],
        ),
        (
            {"glass": "", "idle": ""},
            ["topics/glass:2: warning: nobody speaks for Glass (add people: and the keys of those to ask)"],
        ),
        (
            {"glass": "", "lens": ""},
            [
                "topics/glass:2: warning: nobody speaks for Glass, nor for 1 more topics (add people: and the keys of those to ask)"
            ],
        ),
    ],
)
def test_a_topic_without_a_current_voice_is_told(told_of, topics, wanted):
    """Those that never named anybody once for all, and only where they have posts: an import brings hundreds."""
    people = {
        "jonas": "", "heir": LEFT + "successor: jonas\n", "gone": LEFT, "away": "status: away\n",
        "covered": "status: away\ncover: jonas\n", "paused": "answers: {paused: true}\n",
    }  # fmt: skip
    used = [key for key in topics if key != "idle"]
    posts = {"a": f"authors: [jonas]\ntopics: [{', '.join(used)}]\n---\nWords\n"}

    assert [line for line in told_of(people, topics, posts) if line.startswith("topics")] == wanted


@pytest.mark.parametrize(
    ("consent", "wanted"),
    [
        ("{until: 2027-01-01, photo: 2027-01-01}", []),
        ("{photo: 2026-12-21}", ["Maya’s consent to show the photo runs out on 2026-12-21"]),
        ("{bio: 2026-11-21}", ["Maya’s consent to show the biography runs out on 2026-11-21"]),
        (
            "{office_hours: 2026-11-20}",
            ["Maya’s consent to show the office hours ran out on 2026-11-20: it is in no output"],
        ),
        (
            "{phone: 2026-11-20, until: 2026-12-01}",
            [
                "Maya’s consent runs out on 2026-12-01",
                "Maya’s consent to show the telephone number ran out on 2026-11-20: it is in no output",
            ],
        ),
        (
            "{until: 2026-11-20}",
            [
                "Maya’s consent ran out on 2026-11-20: photo, biography, quote, contact and office hours are in no output"
            ],
        ),
    ],
)
def test_what_runs_out_soon_is_told_field_by_field(told_of, consent, wanted):
    """Thirty days before, and from then on."""
    told = told_of({"maya": f"consent: {consent}\n"})

    assert sorted(line.partition("warning: ")[2].partition(" (")[0] for line in told) == sorted(wanted)


def test_nobody_is_asked_for_a_consent_that_covers_nothing(told_of):
    """Who left with her name alone has nothing else here."""
    people = {"maya": LEFT + "successor: jonas\nkeep: name\nconsent: {photo: 2026-11-20}\n", "jonas": ""}

    assert told_of(people) == []


def test_a_full_name_in_a_text_is_told_at_its_line(told_of):
    """In title, summary and text; a summary that is the text's first paragraph is not told twice."""
    hidden = {"maya": LEFT + "successor: jonas\nkeep: initials\n", "jonas": ""}
    posts = {
        "text": "authors: [maya]\n---\nFirst.\n\nThen Maya Doe came.\n",
        "lead": "authors: [maya]\n---\nMaya Doe came.\n",
        "head": "authors: [maya]\nsummary: Of Maya Doe\n---\nWords\n",
        "none": "authors: [maya]\n---\nMaya came, and Maya Doering.\n",
    }
    hint = '"Maya Doe" agreed to be named by initials alone (write "M. D.", or ask again)'

    assert told_of(hidden, {}, posts) == [
        f"posts/head:6: warning: {hint}", f"posts/lead:7: warning: {hint}", f"posts/text:9: warning: {hint}",
    ]  # fmt: skip
    assert told_of({"maya": LEFT + "successor: jonas\nkeep: name\n", "jonas": ""}, {}, posts) == []
