"""Builds of one process, one after the other."""

import time
from datetime import UTC, datetime, timedelta

from newsroom.build import Options
from newsroom.commands.session import Session

POST = "---\ntitle: Soon\nauthors: [maya]\ndate: {date}\n---\nWords.\n"


def test_a_post_that_falls_due_is_built_without_an_edit(make_site):
    """A session says when the site has changed by itself, and its next build shows it."""
    soon = (datetime.now(UTC) + timedelta(seconds=2)).replace(microsecond=0)
    site = make_site({"content/people/maya.md": "---\nname: Maya\n---\n",
                      "content/posts/soon.md": POST.format(date=soon.isoformat())})  # fmt: skip
    session = Session(site.root, Options())
    session.build()
    before, early = session.is_over(), site.outputs().keys()
    while time.time() < soon.timestamp():
        time.sleep(0.05)
    over = session.is_over()
    session.build(set())

    assert (False, True, False) == (before, over, session.is_over())
    assert f"{soon.year}/soon/index.html" in site.outputs().keys() - early


def test_neither_a_frozen_nor_a_failed_build_is_over(make_site):
    """As of a moment nothing changes by itself; and what failed is tried again when a file is saved, not all the time."""
    site = make_site({"content/people/maya.md": "---\nname: Maya\n---\n",
                      "content/posts/a.md": POST.format(date="2026-11-02")})  # fmt: skip
    frozen = Session(site.root, Options(moment=datetime(2020, 1, 1, tzinfo=UTC)))
    frozen.build()
    site.write("content/posts/a.md", "---\ntitle: A\n---\n")
    failed = Session(site.root, Options())

    assert failed.build().problems
    assert not frozen.is_over() and not failed.is_over()
