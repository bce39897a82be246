"""Nouns become a Site: what is public, in order, with everything it refers to."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from newsroom.assemble.site import is_open
from newsroom.build import Options, load
from newsroom.desk import Desk
from newsroom.errors import NewsroomError, text
from newsroom.model import Post

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b49444154789c6360000200000500017a5eab3f"
    "0000000049454e44ae426082"
)
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
PEOPLE = {
    "content/people/maya.md": "---\nname: Maya Okafor\nphoto: maya.png\ntopics: [lenses]\ncontact: {email: maya@example.com}\n---\nBio\n",
    "content/people/maya.png": PNG,
    "content/people/jonas.md": "---\nname: Jonas Lind\n---\nBio\n",
    "content/topics/lenses.md": "---\nname: Lenses\npeople: [jonas]\n---\nAbout lenses\n",
}


def post(title="Hello", author="maya", date="2026-11-02", body="Words", **more):
    """A post's source."""
    extra = "".join(f"{key}: {value}\n" for key, value in more.items())
    return f"---\ntitle: {title}\nauthors: [{author}]\ndate: {date}\n{extra}---\n{body}\n"


@pytest.fixture
def site_of(make_site):
    """The Site of some files, with two people and a topic."""

    def assembled(files, moment=NOW, drafts=False, **settings):
        made = make_site(PEOPLE | files, timezone="Europe/Berlin", **settings)
        return load(Desk(made.root), Options(drafts, moment))[0]

    return assembled


@pytest.fixture
def told_of(site_of):
    """What is wrong with some files."""

    def told(files, **settings):
        with pytest.raises(NewsroomError) as error:
            site_of(files, **settings)
        return [text(problem).partition("\n")[0] for problem in error.value.problems]

    return told


def test_posts_are_newest_first_and_the_same_moment_goes_by_path(site_of):
    """The order never depends on the disk's."""
    site = site_of({
        "content/posts/b.md": post(date="2026-11-02"), "content/posts/a.md": post(date="2026-11-02"),
        "content/posts/c.md": post(date="2026-11-03"), "content/posts/d.md": post(date="2026-11-01"),
    })  # fmt: skip

    assert [p.slug for p in site.posts] == ["c", "a", "b", "d"]
    assert site.lookup["content/posts/b.md"] == (site.posts[2], 2)


UNPUBLISHED = {
    "draft": post(draft="true"), "scheduled": post(date="2026-11-22"), "embargoed": post(embargo="2026-11-22"), "expired": post(expires="2026-11-20"),
}  # fmt: skip


def test_nothing_unpublished_is_anywhere_in_the_site(site_of):
    """Neither in an order nor in a group, a feed, a card, a page or among the references."""
    files = {
        f"content/posts/{name}.md": raw.replace("title: Hello", f"title: Secret {name}\nimage: {name}.png")
        for name, raw in UNPUBLISHED.items()
    }
    files |= {f"content/posts/{name}.png": PNG for name in UNPUBLISHED}
    site = site_of({**files, "content/pages/plan.md": "---\ntitle: Secret plan\ndraft: true\n---\nx\n"})

    assert (site.posts, site.pages, site.cards, site.by_author, site.by_kind, site.by_year) == ((), (), {}, {}, {}, {})
    assert site.front_page[:4] == ("", (), (), ())
    assert all(feed.posts == () for feed in site.feeds.values())
    assert set(site.refs) == {path for path in PEOPLE if path.endswith(".md")}


def test_drafts_are_shown_when_they_are_asked_for_and_the_embargoed_never(site_of):
    """A draft without a date stands as of that day."""
    files = {f"content/posts/{name}.md": raw for name, raw in UNPUBLISHED.items()}
    files["content/posts/undated.md"] = "---\ntitle: Hello\nauthors: [maya]\ndraft: true\n---\nx\n"
    site = site_of(files, drafts=True)

    assert [p.slug for p in site.posts] == ["undated", "draft"]
    assert site.posts[0].date[:10] == "2026-11-21"


@pytest.mark.parametrize("name", UNPUBLISHED)
def test_a_link_to_what_is_not_public_is_a_problem(told_of, name):
    """It would show readers that it exists."""
    files = {"content/posts/a.md": post(body=f"[x]({name}.md)"), f"content/posts/{name}.md": UNPUBLISHED[name]}
    why = {
        "draft": "is a draft",
        "scheduled": "is not published yet",
        "embargoed": "is under embargo",
        "expired": "has expired",
    }[name]

    assert [line.partition(": ")[2] for line in told_of(files)] == [f'the link "{name}.md" leads to a post that {why}']


def test_what_consent_does_not_cover_is_not_there(site_of):
    """No photo, no file of it, no address: nothing that a template could show by mistake."""
    person = PEOPLE["content/people/maya.md"].replace("---\nBio", "consent: {photo: false, email: false}\n---\nBio")
    site = site_of({"content/people/maya.md": person})

    assert site.faces["maya"].photo is None
    assert site.people["maya"].contact == {} and site.people["maya"].photo is None
    assert site.refs["content/people/maya.md"].files == {}
    assert site.contact(("maya",)).actions == ()


def test_consent_that_has_run_out_is_none(site_of):
    """The last day still counts."""
    for until, there in (("2026-11-21", True), ("2026-11-20", False)):
        person = PEOPLE["content/people/maya.md"].replace("---\nBio", f"consent: {{until: {until}}}\n---\nBio")

        assert there == bool(site_of({"content/people/maya.md": person}).faces["maya"].photo)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("", "active"),
        ("status: left\non: 2026-11-21\n", "left"),
        ("status: left\non: 2026-11-22\n", "active"),
        ("status: away\nuntil: 2026-11-22\n", "away"),
        ("status: away\nuntil: 2026-11-21\n", "active"),
    ],
)
def test_a_face_shows_the_state_of_that_day(site_of, status, state):
    """A departure that is only announced, or an absence that is over, is not shown as one."""
    site = site_of({"content/people/jonas.md": f"---\nname: Jonas Lind\n{status}---\nBio\n"})

    assert site.faces["jonas"].state == state
    assert ("jonas" in [face.key for face in site.voices["lenses"]]) == (state != "left")


def test_a_face_has_initials_and_a_colour_of_its_own(site_of):
    """Where there is no photo; the colour depends on the key alone."""
    site = site_of(
        {
            "content/people/li.md": "---\nname: 李\n---\nx\n",
            "content/people/anna.md": "---\nname: anna maria von berg\n---\nx\n",
        }
    )

    assert {key: face.initials for key, face in site.faces.items()} == {
        "anna": "AB",
        "jonas": "JL",
        "li": "李",
        "maya": "MO",
    }
    assert all(0 <= face.tint < 6 for face in site.faces.values())


def test_a_topics_voices_are_those_it_names_and_those_who_name_it(site_of):
    """In that order, each once."""
    assert [face.key for face in site_of({}).voices["lenses"]] == ["jonas", "maya"]


def cards(site):
    return {source: card.digest for source, card in site.cards.items()}


@pytest.mark.parametrize(
    ("path", "raw", "moved"),
    [
        ("content/posts/a.md", post(body="Other", summary="S"), False),
        ("content/posts/a.md", post(summary="S", signed_off="{maya: 2026-11-01}"), False),
        ("content/posts/a.md", post(summary="T"), True),
        ("content/people/maya.md", PEOPLE["content/people/maya.md"].replace("Bio", "Other"), False),
        ("content/people/maya.md", PEOPLE["content/people/maya.md"].replace("Okafor", "Ansah"), True),
        ("content/people/jonas.md", "---\nname: Other\n---\nBio\n", False),
    ],
)
def test_a_card_moves_only_with_what_it_shows(site_of, path, raw, moved):
    """A body leaves every listing alone; the name of an author does not."""
    plain = {"content/posts/a.md": post(summary="S")}

    assert moved == (cards(site_of(plain)) != cards(site_of(plain | {path: raw})))


@pytest.mark.parametrize(
    ("details", "still_open"),
    [
        ({}, False),
        ({"next_update": "2026-11-22T00:00:00+01:00"}, True),
        ({"next_update": "2026-11-22T00:00:00+01:00", "closed": "2026-11-22"}, True),
        ({"next_update": "2026-11-22T00:00:00+01:00", "closed": "2026-11-21"}, False),
        ({"closed": "2026-11-30"}, False),
    ],
)
def test_a_statement_is_open_until_it_is_closed(details, still_open):
    """On the day on which it is closed it is no longer open."""
    assert still_open == is_open(Post(*[""] * len(Post._fields))._replace(details=details), NOW)


def test_days_are_those_of_the_sites_zone(site_of, told_of):
    """Half past midnight in Berlin is the new day there, though the clock that runs the build says otherwise."""
    late = datetime(2026, 11, 20, 23, 30, tzinfo=ZoneInfo("UTC"))
    person = PEOPLE["content/people/jonas.md"].replace("---\nBio", "status: left\non: 2026-11-21\n---\nBio")

    assert site_of({"content/people/jonas.md": person}, moment=late).faces["jonas"].state == "left"


def test_one_mistake_does_not_make_others(told_of):
    """Links to a post whose author is misspelt are not wrong as well."""
    files = {"content/posts/a.md": post(author="maja"), "content/posts/b.md": post(body="[x](a.md)")}

    assert [line.partition(": ")[2] for line in told_of(files)] == ['unknown author "maja"']


def test_everything_that_does_not_fit_is_told_at_once(told_of):
    """One build finds all of it, in every file."""
    files = {
        "content/posts/a.md": post(topics="[lences]", body="[x](gone.md) ![y](gone.png)"),
        "content/posts/b.md": post(author="nobody"),
    }

    assert sorted(line.partition(": ")[2] for line in told_of(files)) == [
        'the link "gone.md" leads to no file', 'there is no file "gone.png"',
        'unknown author "nobody"', 'unknown topic "lences"',
    ]  # fmt: skip


def test_a_press_contact_is_somebody(told_of):
    """People are named in site.toml too."""
    assert [line.partition(": ")[2] for line in told_of({}, company={"press_contacts": ["lena"]})] == [
        'unknown person "lena"'
    ]


def test_a_picture_that_its_person_does_not_agree_to_stands_in_no_text(told_of):
    """Neither in her biography nor in a post: consent is not only the portrait's."""
    person = "---\nname: Ann\nphoto: ann.png\nconsent: {photo: false}\n---\n![me](ann.png)\n"
    files = {
        "content/people/ann.md": person,
        "content/people/ann.png": PNG + b"2",
        "content/posts/a.md": post(body="![Ann](../people/ann.png)"),
    }

    assert [line.partition(": ")[2] for line in told_of(files)] == [
        'the picture "../people/ann.png" is of somebody who has not agreed to show it',
        'the picture "ann.png" is of somebody who has not agreed to show it',
    ]


def test_a_file_name_is_the_same_however_its_accents_are_written(site_of):
    """A Mac takes letters and accents apart."""
    site = site_of({"content/posts/e\u0301.png": PNG, "content/posts/a.md": post(body="![x](\u00e9.png)")})

    assert ["content/posts/e\u0301.png"] == [file.asset for file in site.refs["content/posts/a.md"].files.values()]
