"""The front page: what editors put there, what takes its place, and the newest voices."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from newsroom.build import Options, load
from newsroom.desk import Desk
from newsroom.errors import NewsroomError, text

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
PEOPLE = {
    f"content/people/{key}.md": f"---\nname: {key.capitalize()} Lind\n---\nBio\n" for key in ("ann", "bo", "cy")
} | {"content/topics/glass.md": "---\nname: Glass\n---\nx\n"}


def post(day, author, **more):
    """A post of November."""
    extra = "".join(f"{key}: {value}\n" for key, value in more.items())
    return f"---\ntitle: T{day}\nauthors: [{author}]\ndate: 2026-11-{day:02}\n{extra}---\nWords\n"


def written(*rows):
    """(name, day, author, more) of posts as files."""
    return {
        f"content/posts/{name}.md": post(day, author, **(more[0] if more else {})) for name, day, author, *more in rows
    }


FEW = written(
    ("a", 10, "ann"), ("b", 9, "ann"), ("c", 8, "bo"), ("d", 7, "ann", {"kind": "answer", "topics": "[glass]"}),
    ("e", 6, "cy", {"topics": "[glass]"}), ("f", 5, "bo", {"kind": "answer"}),
)  # fmt: skip


@pytest.fixture
def site_of(make_site):
    """The Site of some posts with a front.md of these lines."""

    def assembled(front, files=FEW, moment=NOW, **more):
        written = {"content/front.md": f"---\n{front}\n---\n"} if front is not None else {}
        made = make_site(PEOPLE | files | more | written, timezone="Europe/Berlin")
        return load(Desk(made.root), Options(moment=moment))[0]

    return assembled


def names(sources):
    """Short names of posts."""
    return "".join(source.rpartition("/")[2].removesuffix(".md") for source in sources)


def shown(site):
    """The lead, what is pinned, the newest voices, what each section holds; each as short names."""
    page = site.front_page
    return (names([page.lead]), names(page.pinned), names(page.newest), [names(row[3]) for row in page.sections])


def test_without_a_file_the_newest_voice_leads_and_nobody_stands_twice_in_a_row(site_of):
    """While somebody else wrote lately, whoever was just shown waits."""
    assert shown(site_of(None)) == ("a", "", "cbedf", [])


def test_a_post_signed_by_two_is_of_both(site_of):
    """Whoever signed the last one with somebody else was just shown too."""
    files = written(("a", 9, "ann, bo"), ("b", 8, "bo"), ("c", 7, "cy"))

    assert shown(site_of(None, files)) == ("a", "", "cb", [])


def test_one_person_alone_fills_the_page(site_of):
    """Where there is nobody else, she stands in a row."""
    assert shown(site_of(None, written(("a", 9, "ann"), ("b", 8, "ann")))) == ("a", "", "b", [])


@pytest.mark.parametrize("name", ["d.md", "d", "content/posts/d.md", "/2026/d/", "https://news.example.com/2026/d/"])
def test_a_post_is_named_by_its_path_or_its_address(site_of, name):
    """However an editor has it at hand."""
    assert shown(site_of(f"lead: {name}"))[0] == "d"


def test_a_post_in_a_folder_is_named_by_either(site_of):
    """By the folder, and by the file in it."""
    files = FEW | {"content/posts/x/index.md": post(2, "cy")}

    assert [shown(site_of(f"lead: {name}", files))[0] for name in ("x", "x/index", "x/index.md")] == ["index"] * 3


def test_editors_say_what_leads_what_follows_and_what_stands_below(site_of):
    """In their order, and no post stands twice on the page."""
    front = "lead: e.md\npinned: [{post: f.md}, {post: b.md}, {post: e.md}]\nnewest: 2\nsections: [{kind: answer}, {topic: glass}, {kind: post, posts: 1}]"

    assert shown(site_of(front)) == ("e", "fb", "ac", ["d"])


def test_how_many_of_the_newest_counts_the_lead_where_it_is_one(site_of):
    """Four posts, one of them large."""
    assert shown(site_of("newest: 4")) == ("a", "", "cbe", [])


HIDDEN = {
    "draft": ({"draft": "true"}, "is a draft"),
    "waiting": ({"date": "2026-12-01"}, "is not published yet"),
    "secret": ({"embargo": "2026-12-01"}, "is under embargo"),
    "over": ({"expires": "2026-11-20"}, "has expired"),
    "wrong": ({"corrections": "[{date: 2026-11-20, kind: retraction, by: bo, text: No}]"}, "was retracted"),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_not_public_is_passed_over_and_the_next_takes_its_place(site_of, name):
    """As a lead and as a pinned post; check learns why."""
    more, why = HIDDEN[name]
    raw = post(2, "bo", **more).replace("date: 2026-11-02\n", "" if "date" in more else "date: 2026-11-02\n")
    site = site_of(
        f"lead: {name}.md\npinned: [{{post: {name}.md}}, {{post: e.md}}]", **{f"content/posts/{name}.md": raw}
    )

    assert shown(site)[:2] == ("e", "")
    assert site.front_page.absent == ((("lead",), f"{name}.md", why), (("pinned", 0, "post"), f"{name}.md", why))


def test_a_pinned_post_goes_when_its_time_is_over_and_the_site_changes_then(site_of):
    """At that second, and not on the next day."""
    front = 'pinned: [{post: e.md, until: "2026-11-21 12:30"}]'
    later = datetime(2026, 11, 21, 12, 30, tzinfo=NOW.tzinfo)
    before, after = site_of(front), site_of(front, moment=later)

    assert (shown(before)[1], shown(after)[1]) == ("e", "")
    assert before.until == int(later.timestamp())
    assert after.front_page.absent[0][2] == "was pinned until 21 November 2026, 12:30 (Berlin time)"


def test_an_open_statement_has_a_place_of_its_own(site_of):
    """It stands in the bar, and not among the voices; each that is open, the newest first."""
    files = FEW | written(
        *((name, day, "cy", {"kind": "statement", "next_update": "2026-11-30"}) for name, day in (("s", 12), ("t", 13)))
    )
    site = site_of(None, files)

    assert names(post.source for post in site.statements) == "ts"
    assert shown(site)[2] == "cbedf"


def test_who_and_what_nobody_knows_is_a_mistake_with_a_suggestion(site_of):
    """In content/front.md as everywhere."""
    with pytest.raises(NewsroomError) as error:
        site_of("lead: aa.md\nsections: [{topic: glas}]")

    assert [(text(problem).partition("\n")[0], problem.hint) for problem in error.value.problems] == [
        ('content/front.md: unknown post "aa.md"', 'did you mean "a.md"? Write its path below content/posts/, or its address.'),
        ('content/front.md: unknown topic "glas"', 'did you mean "glass"? Topics are defined in content/topics/.'),
    ]  # fmt: skip


@pytest.mark.parametrize("section", ["{}", "{title: New}", "{kind: answer, topic: glass}"])
def test_a_section_is_of_one_kind_or_on_one_topic(site_of, section):
    """An empty one too."""
    with pytest.raises(NewsroomError) as error:
        site_of(f"sections: [{section}]")

    assert [text(p).partition("\n")[0] for p in error.value.problems] == [
        "content/front.md: a section is of one kind or on one topic"
    ]


def test_a_front_page_with_a_statement_alone_does_not_say_that_nobody_wrote(make_site):
    """The bar says the contrary; without it, the page says so."""
    made = make_site(PEOPLE | written(("s", 12, "cy", {"kind": "statement", "next_update": "2026-11-30"})))
    made.build(moment=NOW)
    page = made.read("index.html")
    made.edit("content/posts/s.md", "kind: statement", "draft: true\nkind: statement")
    made.build(moment=NOW)

    assert "T12" in page and "Nobody has written" not in page
    assert "Nobody has written" in made.read("index.html")


def test_text_below_the_front_matter_is_a_mistake(make_site):
    """Nothing shows it."""
    report = make_site(PEOPLE | {"content/front.md": "---\nnewest: 3\n---\nHello\n"}).build()

    assert ["front-text"] == [problem.code for problem in report.problems]


def test_an_edited_front_renders_the_front_page_alone(make_site):
    """Whatever is put first is the same post elsewhere."""
    made = make_site(PEOPLE | FEW | {"content/front.md": "---\nlead: e.md\n---\n"})
    made.build(moment=NOW)
    made.write("content/front.md", "---\nlead: d.md\npinned: [{post: a.md}]\nsections: [{topic: glass}]\n---\n")

    assert made.build(moment=NOW).rendered == ("index.html",)
    assert made.read("index.html").index("T7") < made.read("index.html").index("T10")
