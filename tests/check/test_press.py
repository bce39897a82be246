"""Releases and the press room: what a journalist needs, and cannot do without."""

from datetime import UTC, datetime

from newsroom.build import Options
from newsroom.commands.check import check

NOW = datetime(2026, 11, 21, tzinfo=UTC)
GOOD = """---
title: A lens for dusk
authors: [maya]
date: 2026-11-02
id: dusk
kind: release
dateline: Turku, Finland
facts: [1,140 euros]
contacts: [maya]
---
It is out.
"""
SITE = {
    "content/people/maya.md": "---\nname: Maya Okafor\ncontact: {email: maya@example.com}\n---\nMaya grinds lenses.\n",
    "content/people/pete.md": "---\nname: Pete Harlow\nstatus: left\nsuccessor: maya\n---\n",
    "content/people/ada.md": "---\nname: Ada Free\n---\nAda files.\n",
    "content/people/logo.svg": "<svg/>",
    "content/press/logo.svg": "<svg/>",
    "content/posts/dusk.md": GOOD,
}
CODES = ("no-dateline", "no-facts", "no-press-contact", "uncredited", "future-coverage")


def found(make_site, files={}):
    """(code, place) of each thing told about releases and the press room."""
    site = make_site(SITE | files)
    problems = check(site.root, Options(moment=NOW))
    return [
        (p.code, f"{p.location.path.rpartition('/')[2]}:{p.location.line}", p.message)
        for p in problems
        if p.code in CODES
    ]


def test_each_gap_of_a_release_is_told_where_it_is(make_site):
    """At the line that makes it a release, or that of the picture."""
    bare = GOOD.replace(
        "dateline: Turku, Finland\nfacts: [1,140 euros]\ncontacts: [maya]\n", "media:\n  - {file: ../people/logo.svg}\n"
    )

    assert found(make_site, {"content/posts/dusk.md": bare}) == [
        ("no-dateline", "dusk.md:6", "the release has no dateline"),
        ("no-facts", "dusk.md:6", "the release lists no facts"),
        ("no-press-contact", "dusk.md:6", "the release names nobody to ask"),
        ("uncredited", "dusk.md:8", '"../people/logo.svg" has no alt and no credit: nobody can print it'),
    ]


def test_somebody_must_be_there_to_ask(make_site):
    """Whoever has left is no contact without a successor, nor is who shows no way; with one who can be reached it is enough."""
    mute = [("no-press-contact", "dusk.md:9", "nobody can be reached about this release: ada")]

    assert found(make_site, {"content/posts/dusk.md": GOOD.replace("[maya]\n---", "[ada]\n---")}) == mute
    assert found(make_site, {"content/posts/dusk.md": GOOD.replace("[maya]\n---", "[ada, maya]\n---")}) == []
    assert found(make_site, {"content/posts/dusk.md": GOOD.replace("[maya]\n---", "[pete]\n---")}) == []


def test_a_retracted_release_needs_nothing_any_more(make_site):
    """Nor does a post of another kind."""
    bare = GOOD.replace("dateline: Turku, Finland\nfacts: [1,140 euros]\ncontacts: [maya]\n", "")
    gone = bare.replace(
        "id: dusk", "id: dusk\ncorrections: [{date: 2026-11-03, kind: retraction, by: maya, text: Not so.}]"
    )

    assert found(make_site, {"content/posts/dusk.md": gone}) == []
    assert found(make_site, {"content/posts/dusk.md": bare.replace("kind: release\n", "")}) == []


def test_the_press_room_is_looked_at_too(make_site):
    """Its logos, and what others are to have written on a day that has not come."""
    room = """---
logos: [{file: logo.svg, alt: Logo}]
coverage:
  - {date: 2026-11-21, outlet: Today, title: Here}
  - {date: 2026-11-22, outlet: Tomorrow, title: Not yet}
---
Ring us.
"""

    assert found(make_site, {"content/press/index.md": room}) == [
        ("uncredited", "index.md:2", '"logo.svg" has no credit: nobody can print it'),
        ("future-coverage", "index.md:5", '"Not yet" is dated 22 November 2026, which has not come'),
    ]
