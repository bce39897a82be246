"""Owns the benchmark's site in newsroom's form: the default theme, and everything on that a site can switch on."""

from __future__ import annotations

from pathlib import Path

from benchmarks.make import Corpus, Post
from benchmarks.sites import DESCRIPTION, PER_PAGE, TITLE, URL, File, Form, front_matter

THEME = Path(__file__).parents[2] / "themes" / "default"
SETTINGS = f"""\
title = "{TITLE}"
url = "{URL}"
description = "{DESCRIPTION}"

[company]
name = "Example Instruments"
url = "https://www.example.com"
boilerplate = "Example Instruments makes nothing at all."

[posts]
per_page = {PER_PAGE}
typographer = true

[feeds]
items = {PER_PAGE}
content = "full"

[comments]
provider = "isso"

[comments.isso]
url = "https://comments.example.com/"

[contact]
email = "obfuscated"
"""

PROMISE = {"reads": "all", "within": "2 working days", "hours": "Mon-Fri 10:00-16:00", "checked": "2025-12-01"}


def post(corpus: Corpus, post: Post) -> File:
    values = {
        "id": post.slug,
        "title": post.title,
        "kind": post.kind,
        "authors": [corpus.authors[n].key for n in post.authors],
        "date": f"{post.date:%Y-%m-%d %H:%M}",
        "topics": [corpus.topics[n].key for n in post.topics],
        "summary": post.summary,
        "signed_off": {corpus.authors[n].key: f"{post.date:%Y-%m-%d}" for n in post.authors},
    }
    if post.kind == "release":
        values |= {"dateline": "Example Town", "facts": [post.summary]}
    if post.kind == "answer":
        values |= {"question": post.summary, "asked_by": "A reader"}
    return f"content/posts/{post.date:%Y}/{post.slug}.md", front_matter(values, post.body)


def people(corpus: Corpus) -> list[File]:
    """Everyone, with a way to be reached and a promise."""
    topics, files = corpus.topics, []
    for number, author in enumerate(corpus.authors):
        values = {
            "name": author.name,
            "role": author.role,
            "topics": [topics[number % len(topics)].key],
            "ask_me_about": ["benches", "clocks"],
            "contact": {"email": f"{author.key}@example.com", "phone": f"+49 30 {100000 + number}"},
            "answers": {"by": [author.key]} | PROMISE,
            "consent": {"email": True, "phone": True},
        }
        files.append((f"content/people/{author.key}.md", front_matter(values, author.biography)))
    return files


def rest(corpus: Corpus) -> list[File]:
    """Settings, topics, a page, and a copy of the default theme, so that an edit of a template stays in this site."""
    count = len(corpus.authors)
    topics = [
        (
            f"content/topics/{topic.key}.md",
            front_matter({"name": topic.name, "people": [corpus.authors[n % count].key]}, topic.text),
        )
        for n, topic in enumerate(corpus.topics)
    ]
    theme = [
        (f"themes/default/{file.relative_to(THEME).as_posix()}", file.read_text("utf-8"))
        for file in sorted(THEME.rglob("*.*"))
    ]
    about = ("content/pages/about.md", front_matter({"title": "About", "menu": True}, DESCRIPTION))
    return [("site.toml", SETTINGS), about, *topics, *theme]


FORM = Form(post, people, rest, "themes/default/templates/post.html")
