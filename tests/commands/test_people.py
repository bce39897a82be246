"""`newsroom people`: one file changes, what follows is told, and what cannot be meant is refused before anything is written."""

import json
import os
from datetime import UTC, datetime

import feedparser
import pytest

from newsroom.build import Options
from newsroom.cli import main
from newsroom.commands.check import check
from newsroom.commands.people import change
from newsroom.errors import NewsroomError

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MAYA = """---
name: Maya Okafor     # as on the badge
role: Instrument engineer
pronouns: she/her
status: away
until: 2027-01-11
cover: lena
topics: [lenses]
contact: {email: maya@example.com}
---

Maya grinds lenses.
"""
SITE = {
    "content/people/maya.md": MAYA,
    "content/people/jonas.md": "---\nname: Jonas Lind\ncontact: {email: jonas@example.com}\n---\n",
    "content/people/lena.md": "---\nname: Lena Brandt\ncontact: {email: lena@example.com}\nanswers: {by: [maya, lena], reads: all}\n---\n",
    "content/people/pete.md": "---\nname: Pete Harlow\nstatus: left\non: 2026-05-29\nsuccessor: maya\n---\n",
    "content/topics/lenses.md": "---\nname: Lenses\npeople: [maya, lena]\n---\n",
    "content/topics/repair.md": "---\nname: Repair\npeople: [maya]\n---\n",
    "content/posts/both.md": "---\ntitle: Both\nauthors: [maya, lena]\ntopics: [lenses]\ndate: 2026-11-02\nid: both\n---\nWords\n",
    "content/posts/alone.md": "---\ntitle: Alone\nauthors: [maya]\ntopics: [repair]\ndate: 2026-11-03\nid: alone\n---\nWords\n",
    "content/posts/later.md": "---\ntitle: Later\nauthors: [maya]\ndate: 2027-11-03\nid: later\n---\nWords\n",
    "content/comments/alone.yaml": "post: alone\npulled: 2026-11-20T10:00:00Z\ncomments:\n"
    "- {id: isso-1, name: Ada, date: 2026-11-19T10:00:00Z, text: Why?}\n",
}
LEFT = MAYA.replace(
    "status: away\nuntil: 2027-01-11\ncover: lena\n", "status: left\non: 2026-11-21\nsuccessor: jonas\n"
)


def sources(site):
    """Every file of a site but its output."""
    files = (path for path in site.root.rglob("*") if path.is_file())
    return {
        path.relative_to(site.root).as_posix(): path.read_bytes()
        for path in files
        if not {"public", ".newsroom"} & set(path.relative_to(site.root).parts)
    }


@pytest.fixture
def people(make_site):
    """Run the command on a small newsroom: (the site, what was said, files that changed)."""

    def run(verb, key, files={}, dry=False, now=NOW, settings={}, **said):
        site = make_site(SITE | files, timezone="Europe/Berlin", **settings)
        before = sources(site)
        done = change(site.root, verb, key, said, dry, now)
        after = sources(site)
        return site, done, {path: raw.decode() for path, raw in after.items() if before.get(path) != raw}

    return run


def test_leaving_changes_one_file_and_tells_what_follows(people):
    """The rest of it stays as it was written."""
    site, done, changed = people("leave", "maya", successor="jonas")

    assert changed == {"content/people/maya.md": LEFT}
    assert list(done.lines) == [
        "content/people/maya.md", "  -status: away", "  -until: 2027-01-11", "  -cover: lena", "  +status: left",
        "  +on: 2026-11-21", "  +successor: jonas", "",
        "As of 21 November 2026:",
        "  2 posts keep the byline",
        "  1 post offers to talk to Jonas Lind",
        "  1 post offers to talk to Jonas Lind and Lena Brandt",
        "  1 post of Maya Okafor not public: drafts, scheduled or expired",
        "  /people/maya/ stays, with its feeds (feed.xml, atom.xml, feed.json)",
        "  each of the feeds gets one last entry about it",
        "  /people/maya/ says: Talk to Jonas. Maya Okafor has left; Jonas Lind answers for her posts.",
        "  who to ask about lenses: Jonas Lind, Lena Brandt",
        "  who to ask about repair: Jonas Lind",
        "  1 question waits for Maya Okafor:",
        "    Alone: https://news.example.com/2026/alone/#comment-isso-1",
        "", "Look at:",
        "  content/people/lena.md: answers.by names maya",
        "  content/people/pete.md: successor names maya",
        "", "Next: newsroom check, newsroom build",
    ]  # fmt: skip
    assert site.build(moment=NOW).problems == ()


def test_a_dry_run_tells_the_same_and_writes_nothing(people):
    """Not even a record."""
    site, done, changed = people("leave", "maya", dry=True, successor="jonas")
    _, real, _ = people("leave", "maya", successor="jonas")

    assert changed == {}
    assert [line for line in done.lines if line not in real.lines] == [
        "content/people/maya.md (not written: this is a dry run)", "Next: the same without --dry-run",
    ]  # fmt: skip
    assert {k: v for k, v in done.facts.items() if v != real.facts[k]} == {"written": False}


def test_a_departure_to_come_is_told_as_it_will_be(people):
    """Until then nothing changes."""
    site, done, changed = people("leave", "maya", successor="jonas", on="2027-01-31", keep="initials")

    assert "on: 2027-01-31\nsuccessor: jonas\nkeep: initials\n" in changed["content/people/maya.md"]
    assert done.facts["from"] == "2027-01-31"
    assert '  2 posts keep the byline, as "M. O."' in done.lines
    site.build(moment=NOW)
    assert "Maya Okafor" in site.read("people/maya/index.html")
    site.build(moment=datetime(2027, 1, 31, 12, tzinfo=UTC))
    assert "Maya" not in site.read("people/maya/index.html") and "M. O." in site.read("2026/alone/index.html")


def test_texts_that_still_name_somebody_who_keeps_initials_are_listed(people):
    """With their lines; whoever wrote them decides."""
    post = SITE["content/posts/alone.md"].replace("Words", "First.\n\nMaya Okafor said so.")
    _, done, _ = people("leave", "maya", {"content/posts/alone.md": post}, successor="jonas", keep="initials")

    assert '  content/posts/alone.md:10: "Maya Okafor" agreed to be named by initials alone' in done.lines


@pytest.mark.parametrize(
    ("verb", "said", "head"),
    [
        ("away", {"until": "2027-03-01"}, "status: away\nuntil: 2027-03-01\n"),
        ("away", {"until": "1 March 2027", "cover": "jonas"}, "status: away\nuntil: 2027-03-01\ncover: jonas\n"),
        ("back", {}, ""),
        (
            "move",
            {"role": "Head of repair: all"},
            'status: {state: moved, role: "Head of repair: all"}\non: 2026-11-21\n',
        ),
        (
            "move",
            {"role": "Chair", "successor": "jonas", "on": "2027-01-01"},
            "status: {state: moved, role: Chair}\non: 2027-01-01\nsuccessor: jonas\n",
        ),
    ],
)
def test_the_other_changes_are_written_the_same_way(people, verb, said, head):
    """Every key of a state that does not belong to the new one goes."""
    site, done, changed = people(verb, "maya", **said)

    wanted = MAYA.replace("status: away\nuntil: 2027-01-11\ncover: lena\n", head)
    assert changed == {"content/people/maya.md": wanted}
    assert site.build(moment=NOW).problems == ()


@pytest.mark.parametrize(
    ("verb", "key", "said", "code", "hint"),
    [
        ("leave", "mia", {"successor": "jonas"}, "unknown-person", "People are defined"),
        ("leave", "jonsa", {"successor": "lena"}, "unknown-person", 'did you mean "jonas"?'),
        ("leave", "maya", {"successor": "jonsa"}, "unknown-person", 'did you mean "jonas"?'),
        ("leave", "maya", {"successor": "maya"}, "successor-cycle", "somebody else"),
        ("leave", "jonas", {"successor": "pete"}, "gone", "--successor maya"),
        ("leave", "maya", {"successor": "pete"}, "gone", "somebody who is there"),
        ("leave", "pete", {"successor": "jonas"}, "already-left", "content/people/pete.md"),
        ("away", "pete", {"until": "2027-01-01"}, "already-left", "newsroom people back pete"),
        ("move", "pete", {"role": "Chair"}, "already-left", "newsroom people back pete"),
        ("leave", "lena", {"successor": "maya"}, "successor-cycle", "still there"),
        ("leave", "maya", {"successor": "jonas", "on": "soon"}, "bad-date", "2027-01-31"),
        ("away", "lena", {"until": "2026-11-21"}, "bad-date", "back"),
        ("away", "lena", {"until": "2027-01-01", "cover": "maya"}, "successor-cycle", "still there"),
        ("away", "maya", {"until": "2027-01-01", "cover": "pete"}, "gone", "somebody who is there"),
        ("back", "jonas", {}, "is-here", "nothing"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(make_site, verb, key, said, code, hint):
    """With the next step."""
    site = make_site(SITE, timezone="Europe/Berlin")
    before = sources(site)
    with pytest.raises(NewsroomError) as error:
        change(site.root, verb, key, said, now=NOW)

    assert error.value.problems[0].code == code and hint in error.value.problems[0].hint
    assert sources(site) == before


PLANS = {
    "content/people/jonas.md": "---\nname: Jonas Lind\nrole: Glass\nstatus: left\non: 2027-03-01\nsuccessor: lena\nkeep: initials\n---\n",
    "content/people/lena.md": "---\nname: Lena Brandt\nstatus: {state: moved, role: Chair}\non: 2027-03-01\n---\n",
}


@pytest.mark.parametrize(
    ("verb", "key", "said"),
    [
        ("away", "jonas", {"until": "2027-01-11"}),
        ("move", "jonas", {"role": "Chair"}),
        ("leave", "jonas", {"successor": "maya"}),
        ("away", "lena", {"until": "2027-01-11"}),
    ],
)
def test_a_plan_that_was_announced_is_not_dropped_by_another_change(make_site, verb, key, said):
    """The file can say one state; whoever means it says so."""
    site = make_site(SITE | PLANS)
    before = sources(site)
    with pytest.raises(NewsroomError) as error:
        change(site.root, verb, key, said, now=NOW)

    assert [p.code for p in error.value.problems] == ["announced"] and "1 March 2027" in error.value.problems[0].message
    assert sources(site) == before


def test_another_successor_of_a_departure_to_come_keeps_what_was_agreed(people):
    """What may be shown is not asked for twice; and a plan that is called off is told."""
    _, _, changed = people("leave", "jonas", PLANS, successor="maya", on="2027-03-02")
    _, off, _ = people("back", "jonas", PLANS)

    assert "on: 2027-03-02\nsuccessor: maya\nkeep: initials\n" in changed["content/people/jonas.md"]
    assert "  the departure announced for 1 March 2027 is no longer in the file" in off.lines


def test_somebody_who_moved_comes_back_from_an_absence_to_the_new_work(people):
    """What the file cannot say meanwhile is told."""
    moved = "---\nname: Jonas Lind\nrole: Glass\nstatus: {state: moved, role: Head of repair}\non: 2026-05-01\nsuccessor: lena\n---\n"
    _, done, changed = people("away", "jonas", {"content/people/jonas.md": moved}, until="2027-01-11")

    assert changed == {
        "content/people/jonas.md": '---\nname: Jonas Lind\nrole: "Head of repair"\nstatus: away\nuntil: 2027-01-11\n---\n'
    }
    assert any('newsroom people move jonas --role "Head of repair" --successor lena' in line for line in done.lines)


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("leave", {}), ("leave", {"successor": " "}), ("leave", {"successor": "jonas", "nobody": "yes"}),
        ("away", {"until": ""}), ("move", {"role": ""}),
    ],
)  # fmt: skip
def test_a_change_without_what_it_needs_is_refused(make_site, verb, said):
    """An empty argument is none."""
    site = make_site(SITE)
    with pytest.raises(NewsroomError) as error:
        change(site.root, verb, "maya", said, now=NOW)

    assert [p.code for p in error.value.problems] == ["missing-argument"] and error.value.problems[0].hint
    assert sources(site)["content/people/maya.md"] == MAYA.encode()


def test_where_nobody_takes_over_it_is_told_who_is_asked_then(people):
    """The desks of the posts' topics, or nobody."""
    _, done, changed = people("leave", "maya", nobody="yes")

    assert "status: left\non: 2026-11-21\n" in changed["content/people/maya.md"]
    assert "successor" not in changed["content/people/maya.md"]
    assert "  1 post offers to talk to nobody" in done.lines


def test_a_change_that_is_so_already_says_that_alone(people):
    """There is nothing to do next."""
    _, done, changed = people("away", "maya", until="2027-01-11", cover="lena")

    assert changed == {} and done.facts["written"] is False
    assert done.lines == ("content/people/maya.md: already so; nothing written",)


@pytest.mark.parametrize(
    ("jonas", "wanted"),
    [
        ("status: away\ncover: lena\n", "Jonas Lind is away too, and Lena Brandt answers"),
        ("status: away\n", "Jonas Lind is away too, and nobody answers instead: name somebody who is here"),
        ("answers: {paused: true}\ncontact: {phone: +49 30 7654321}\n", "Jonas Lind is paused too, and nobody answers"),
        ("role: x\n", "readers have no way to reach Jonas Lind: add contact: with a channel"),
    ],
)
def test_somebody_named_who_is_no_help_is_told(people, jonas, wanted):
    """The change is made; whoever made it knows."""
    _, done, _ = people("away", "maya", {"content/people/jonas.md": f"---\nname: Jonas Lind\n{jonas}---\n"},
                        until="2027-03-01", cover="jonas")  # fmt: skip

    assert any(line.startswith(f"  content/people/jonas.md: {wanted}") for line in done.lines), done.lines


def test_what_the_page_says_is_told_with_the_promise(people):
    """Heading, promise, note: as they stand there."""
    jonas = SITE["content/people/jonas.md"].replace("---\nname", "---\nanswers: {reads: all, by: [jonas]}\nname")
    _, done, _ = people("leave", "maya", {"content/people/jonas.md": jonas}, successor="jonas")

    assert (
        "  /people/maya/ says: Talk to Jonas. Jonas reads every message and answers. "
        "Maya Okafor has left; Jonas Lind answers for her posts." in done.lines
    )


def test_coming_back_from_a_departure_tells_what_was_agreed(people):
    """Everything is shown again."""
    left = "---\nname: Jonas Lind\nstatus: left\non: 2026-11-01\nkeep: initials\nsuccessor: lena\n---\n"
    _, done, _ = people("back", "jonas", {"content/people/jonas.md": left})

    assert any("agreed to leave initials only" in line for line in done.lines)


def test_titles_with_the_first_name_of_somebody_who_keeps_initials_are_listed(people):
    """A person has to say whose it is."""
    post = SITE["content/posts/alone.md"].replace("title: Alone", "title: Ask Maya\nsummary: With Mayas of old")
    _, done, _ = people("leave", "maya", {"content/posts/alone.md": post}, successor="jonas", keep="initials")

    assert '  content/posts/alone.md:2: the title says "Maya"' in done.lines
    assert not any("summary" in line for line in done.lines)


def test_a_site_that_the_edit_would_stop_is_left_as_it_is(make_site):
    """Here a post shows the photo of somebody who takes it with her."""
    site = make_site(SITE | {
        "content/people/maya.md": MAYA.replace("---\n\n", "photo: maya.svg\n---\n\n"), "content/people/maya.svg": "<svg/>",
        "content/posts/alone.md": SITE["content/posts/alone.md"] + "![](../people/maya.svg)\n",
    })  # fmt: skip
    before = sources(site)
    with pytest.raises(NewsroomError) as error:
        change(site.root, "leave", "maya", {"successor": "jonas", "keep": "name"}, now=NOW)

    assert [(p.code, p.location.path, p.location.line) for p in error.value.problems] == [
        ("withheld", "content/posts/alone.md", 9)
    ]
    assert sources(site) == before


def test_a_disk_that_does_not_take_the_file_is_told(make_site):
    """The file is as it was."""
    site = make_site(SITE)
    (site.root / f"content/people/.maya.md.{os.getpid()}").mkdir()  # where the new bytes would wait
    with pytest.raises(NewsroomError) as error:
        change(site.root, "leave", "maya", {"successor": "jonas"}, now=NOW)

    assert [p.code for p in error.value.problems] == ["unwritable"]
    assert sources(site)["content/people/maya.md"] == MAYA.encode()


def test_a_file_behind_a_link_is_not_written(make_site, tmp_path):
    """Nothing outside the site's folder ever is; and scanning does not follow links at all."""
    site = make_site(SITE)
    outside = tmp_path / "maya.md"
    outside.write_text(MAYA)
    (site.root / "content/people/maya.md").unlink()
    (site.root / "content/people/maya.md").symlink_to(outside)
    with pytest.raises(NewsroomError):
        change(site.root, "leave", "maya", {"successor": "jonas"}, now=NOW)

    assert outside.read_text() == MAYA


def test_the_command_line_prints_lines_or_json(make_site, capsys):
    """And exits with 1 where it refused, 2 where an argument is missing."""
    site = make_site(SITE)
    arguments = ["people", "leave", "maya", "--successor", "jonas", "--dry-run", "--site", str(site.root)]

    assert main(arguments) == 0
    assert "  +successor: jonas\n" in capsys.readouterr().out
    assert main([*arguments, "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["file"], facts["written"], facts["problems"]) == ("content/people/maya.md", False, [])
    assert facts["posts"] == {
        "byline": 2,
        "offer": {"Jonas Lind": 1, "Jonas Lind and Lena Brandt": 1},
        "unpublished": 1,
    }
    assert main(["people", "leave", "nobody", "--successor", "jonas", "--site", str(site.root)]) == 1
    assert 'unknown person "nobody"' in capsys.readouterr().err
    assert main(["people", "leave", "maya", "--site", str(site.root)]) == 2
    assert "--no-successor" in capsys.readouterr().err
    assert main(["people", "leave", "maya", "--no-successor", "--site", str(site.root)]) == 0
    assert "  +status: left\n" in capsys.readouterr().out


def test_eighty_posts_are_handed_over_by_one_edit(make_site):
    """Every page names the successor and keeps the byline; page, feeds and ids stay; no other file was touched."""
    posts = {
        f"content/posts/{n}.md": f"---\ntitle: Post {n}\nauthors: [ines]\ndate: 2026-{n % 9 + 1:02}-{n % 28 + 1:02}\nid: p{n}\n---\nWords\n"
        for n in range(80)
    }
    ines = "---\nname: Ines Duarte\nrole: Glass\ncontact: {email: ines@example.com}\n---\nBio\n"
    site = make_site(SITE | posts | {"content/people/ines.md": ines}, timezone="Europe/Berlin")
    assert site.build(moment=NOW).problems == ()
    old, before = site.outputs(), sources(site)
    feeds = [
        path for path in old if path.startswith("people/ines/") and path.endswith(("feed.xml", "atom.xml", "feed.json"))
    ]

    done = change(site.root, "leave", "ines", {"successor": "jonas"}, now=NOW)
    after = sources(site)
    assert [path for path in after if after[path] != before.get(path)] == ["content/people/ines.md"]
    assert done.facts["posts"] == {"byline": 80, "offer": {"Jonas Lind": 80}, "unpublished": 0}

    assert site.build(moment=NOW).problems == ()
    new = site.outputs()
    for path in posts:
        address = next(p for p in new if p.endswith(f"/{path[14:-3]}/index.html") and p.startswith("2026/"))
        page = new[address].decode()
        block = page[page.index('id="contact"') :]
        assert "Talk to Jonas" in block and "Ines Duarte has left; Jonas Lind answers" in block, path
        assert "ines@example.com" not in page and 'p-author h-card" href="/people/ines/"' in page, path
    assert len(feeds) == 3 and all(path in new for path in feeds)
    for path in ("people/ines/feed.xml", "people/ines/atom.xml"):
        ids = {entry.id for entry in feedparser.parse(old[path]).entries}
        now = feedparser.parse(new[path])
        first, *rest = now.entries
        assert not now.bozo and first.title == "Ines Duarte has left; Jonas Lind answers now", path
        assert {entry.id for entry in rest} == ids
    assert json.loads(new["people/ines/feed.json"])["items"][0]["title"] == first.title
    assert [p.code for p in check(site.root, Options(moment=NOW)) if p.severity == "error"] == []
