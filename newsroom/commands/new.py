"""Owns `newsroom init` and `newsroom new`: first lines that are worth keeping. Must not overwrite anything."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from newsroom import config, dates, fonts
from newsroom.engine import indexer
from newsroom.errors import NewsroomError, did_you_mean, problem
from newsroom.permalinks import KEY, slugify
from newsroom.roles import is_role

SITE = """\
title = "Our newsroom"
url = "https://news.example.com"     # where it will be published
language = "en"
timezone = "{timezone}"              # the zone of every date without an offset
description = "The people who do the work, in their own words."

[company]
name = "Example"

[cards]                              # a picture of each post and person for networks to show
on = {drawn}                            # true asks for: pip install "newsroom[cards]"

[search]                             # in the reader's browser; without an engine, the archive
engine = "{engine}"{pad}# "pagefind" asks for: pip install "newsroom[search]"

# Comments: choose a service from docs/comments.md.
# [comments]
# provider = "isso"
# [comments.isso]
# url = "https://comments.example.com"
"""

FIRST = {
    "content/people/robin.md": """\
---
name: Robin Example
role: Does the work, and writes about it
quote: Ask me. I was there.
topics: [how-we-work]
ask_me_about: [how we work, what went wrong]
contact:
  email: robin@example.com
answers:
  reads: all
  by: [robin]
  within: 2 working days
  checked: {today}
---

This is Robin's biography. Rename the file to your own name: its name is the key that posts name in `authors`.
""",
    "content/topics/how-we-work.md": """\
---
name: How we work
people: [robin]
---

What we do all day, told by whoever did it.
""",
    "content/pages/about.md": """\
---
title: About this newsroom
menu: true
---

Everything here is signed by the people who did it. Write to them: they answer themselves.
""",
}

POST = """\
Say it as you would say it to a neighbour who asked.
"""

HELLO = """\
This newsroom is new. From now on those of us who do the work will write about it here, under our own names. If you want
to know something, ask whoever wrote it: the way to reach us stands below every post.
"""

BODIES = {
    "release": "What happened, in the first sentence.\n",
    "statement": "",
    "answer": "The short answer first.\n",
}

RELEASE = """\
dateline:
facts:
  -
quotes:              # as below; for a customer or a partner name: and role: instead of by:
# - {by: KEY, text: "what she said", signed_off: 2026-01-31}
media:               # pictures to print, beside this file
# - {file: lens.jpg, high: lens-print.jpg, alt: "what can be seen", credit: "whose it is", licence: CC BY 4.0}
contacts: []         # keys of people who know the item
# embargo: 2026-01-31 10:00        # in no output before then
# ready: 2026-01-31                # from that day on it waits for somebody to read it
# reviewed_by: {KEY: 2026-01-31}   # whoever read it writes this
# signed_off: {KEY: 2026-01-31}    # each author writes this: these are my words
"""
EXTRA = {
    "post": "",
    "release": RELEASE,
    "statement": "known:               # a line each: what is certain, and since when\n  - \nunknown:\n  - \ndoing:\n  - \nnext_update:         # when you will say more: 2026-01-31 18:00\n",
    "answer": "question: \nasked_by:            # as they agreed to be named\nled_to: []           # later: what came of it, a line each\n",
}  # fmt: skip

PERSON = """\
---
name: {name}
role:                # what she does, in words that a neighbour understands
quote:               # a line in her own words
photo:               # a file beside this one
topics: []
contact:             # only what she agreed to publish
  email:
answers:             # who answers, and when; say nothing that nobody has promised
  reads:             # all, some or none
  by: []             # keys of those who write the replies
  within:            # 2 working days
  checked:           # the day on which she last confirmed this
---

"""


def init(folder: Path, now: datetime | None = None) -> list[str]:
    """A new site in an empty or new folder. Raises NewsroomError where one is already."""
    now = now or datetime.now().astimezone()
    for name in (config.FILE, "content"):
        if (folder / name).exists():
            hint = "choose another folder: newsroom init my-newsroom"
            raise NewsroomError([problem("exists", "is there already", (folder / name).as_posix(), hint=hint)])
    files = {config.FILE: SITE.format(timezone=_timezone(), drawn=json.dumps(fonts.is_installed()), **_search()), ".gitignore": "/public/\n/.newsroom/\n"}
    files |= {path: text.format(today=f"{now:%Y-%m-%d}") for path, text in FIRST.items()}
    files[f"content/posts/{now:%Y}/hello.md"] = _post(
        "post", "Hello, it is us", ["robin"], now, ["how-we-work"], body=HELLO
    )
    if (folder / ".gitignore").exists():  # a repository that becomes a site
        del files[".gitignore"]
    return [_write(folder, path, text) for path, text in files.items()]


def _search() -> dict[str, str]:
    """The engine of search that is there, and the space before its comment."""
    engine = "pagefind" if indexer.installed() else ""
    return {"engine": engine, "pad": " " * (27 - len(engine))}


def new(root: Path, kind: str, title: str, authors: Sequence[str], now: datetime) -> str:
    """A new file of content; its path. Raises NewsroomError where it exists or names somebody unknown."""
    settings = config.load(root, config.NOWHERE)
    slug = slugify(title)
    if not slug:
        raise NewsroomError(
            [problem("bad-title", f'no file name can be made of "{title}"', kind, hint="use a title with letters")]
        )
    if kind in ("person", "topic") and not KEY.fullmatch(slug):
        hint = "type it in Latin letters here, and as it is written in the file: the file's name is an address that never moves"
        raise NewsroomError([problem("bad-title", f'no key can be made of "{title}"', kind, hint=hint)])
    if kind == "person" and is_role(title, settings.company.name, settings.title):
        hint = "a byline is a person: write a file for each of those who write"
        raise NewsroomError([problem("role-account", f'"{title}" is a role, not a person', kind, hint=hint)])
    if kind == "person":
        return _write(root, f"content/people/{slug}.md", PERSON.format(name=_scalar(title)))
    if kind == "topic":
        return _write(
            root,
            f"content/topics/{slug}.md",
            f"---\nname: {_scalar(title)}\npeople: [{', '.join(_known(root, authors))}]\n---\n\n",
        )
    if kind == "page":
        return _write(root, f"content/pages/{slug}.md", f"---\ntitle: {_scalar(title)}\nmenu: false\n---\n\n")
    local = now.astimezone(dates.zone(settings.timezone))
    text = _post(kind, title, _authors(root, authors), local, draft=kind != "statement")
    return _write(root, f"content/posts/{local:%Y}/{slug}.md", text)


def _authors(root: Path, wanted: Sequence[str]) -> list[str]:
    """Those who were named, or the only one there is."""
    known = _people(root)
    if not wanted and len(known) != 1:
        hint = (
            f"add --author KEY; there are: {', '.join(known)}" if known else 'first: newsroom new person "Maya Okafor"'
        )
        raise NewsroomError([problem("no-author", "a post is signed by somebody", "--author", hint=hint)])
    return _known(root, wanted or known)


def _known(root: Path, wanted: Sequence[str]) -> list[str]:
    """Those who were named, all of whom must be there."""
    known = _people(root)
    problems = []
    for key in wanted:
        if key not in known:
            hint = did_you_mean(key, known, "People are defined in content/people/.")
            problems.append(problem("unknown-author", f'unknown author "{key}"', "--author", hint=hint))
    if problems:
        raise NewsroomError(problems)
    return list(wanted)


def _people(root: Path) -> list[str]:
    return sorted(path.stem for path in (root / "content" / "people").glob("*.md"))


def _post(
    kind: str,
    title: str,
    authors: Sequence[str],
    now: datetime,
    topics: Sequence[str] = (),
    draft: bool = False,
    body: str = "",
) -> str:
    hurried = kind == "statement"  # as little as can be, to be filled in within minutes
    head = [
        f"title: {_scalar(title)}",
        f"authors: [{', '.join(authors)}]",
        f"date: {now:%Y-%m-%d %H:%M}" + ("     # no draft: the next build shows it" if hurried else ""),
        *([f"kind: {kind}"] if kind != "post" else []),
        *([f"topics: [{', '.join(topics)}]"] if not hurried else []),
        *(["draft: true          # to publish: take this line out, and set the date"] if draft else []),
        *(["summary:             # one or two sentences; without it the first paragraph"] if not hurried else []),
        f"id: {secrets.token_hex(6)}     # identity in feeds and comments: never change it",
    ]
    words = body or BODIES.get(kind, POST)
    return "---\n" + "\n".join(head) + "\n" + EXTRA[kind] + "---\n" + (f"\n{words}" if words else "")


def _scalar(text: str) -> str:
    """A text as YAML, in quotes where it needs them; JSON's strings are YAML's."""
    plain = re.fullmatch(r"[\w][\w ,.!?'’()–-]*", text) and not re.fullmatch(
        r"[\d.,\s-]+|true|false|yes|no|on|off|null", text, re.I
    )
    return text if plain and text == text.strip() else json.dumps(text, ensure_ascii=False)


def _write(root: Path, path: str, text: str) -> str:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(target, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise NewsroomError([problem("exists", "is there already", path, hint="choose another title")]) from None
    return path


def _timezone() -> str:
    """The machine's own zone where it says so, else UTC."""
    try:
        name = Path("/etc/localtime").resolve().as_posix().partition("zoneinfo/")[2]
        return name if name and dates.zone(name) else "UTC"
    except (OSError, ValueError):
        return "UTC"
