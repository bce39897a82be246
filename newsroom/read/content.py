"""Owns reading one file: bytes become a Post, Page, Person or Topic with its Content, or Problems. Must not see other files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from newsroom import permalinks
from newsroom.editions import Translation
from newsroom.errors import Location, NewsroomError, Problem
from newsroom.model import Content, Front, Page, Person, Post, Sheet, Topic, digest_of
from newsroom.read import frontmatter, translation
from newsroom.read.fields import STATUS
from newsroom.read.schema import FRONT, ONLY, PAGE, PERSON, POST, PRESS, TOPIC, TRANSLATION
from newsroom.read.values import Reader, read_keys
from newsroom.roles import is_role
from newsroom.terms import terms

DATED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[-_ ]+(.+)")
CARD = ("title", "summary", "date", "image", "kind", "authors", "topics")
"""The keys a listing shows, beside the address and whether there was a correction."""
DETAILS = (
    "corrections",
    "help",
    "signed_off",
    "reviewed_by",
    "answers_to",
    "next_update",
    "ready",
    "preview",
    "translation",
    "series",
    "answers",
    *sum(ONLY.values(), ()),
)
PLAIN = "title authors topics date updated draft contact aliases comments language image".split()


ORDER = "correct one of the two dates"
"""The hint where two dates of a post cannot both be right."""


class Rules(NamedTuple):
    """The settings that reading depends on."""

    timezone: str
    permalink: str
    company: str
    """The company's name: not a person's."""
    title: str
    languages: tuple[str, ...] = ()
    """The main one first; () where there is only one."""


class Read(NamedTuple):
    """What one file gave."""

    noun: Post | Page | Person | Topic | Sheet | Front | Translation | None
    problems: tuple[Problem, ...]
    body_line: int = 1
    """The line of the file on which the body starts."""


Render = Callable[[str, str], tuple[str, Content]]
"""A body, in a language or that of the site (""), becomes (its key in the cache, its Content)."""


def read(path: str, raw: bytes, rules: Rules, render: Render) -> Read:
    """Read one file. Everything wrong with it is in `problems`; then there is no noun."""
    try:
        document = frontmatter.read(raw, path)
    except NewsroomError as error:
        return Read(None, error.problems)
    reader = Reader(path, rules.timezone)
    kind = translation.plain(path, rules.languages).split("/")[1]
    translated = translation.is_one(path, kind, rules.languages)
    keys, make = (TRANSLATION[kind], _translation) if translated else READERS[kind]
    values = read_keys(document.values, keys, (), reader)
    content_key, content = render(document.body, translation.named(path, values, rules.languages))
    noun = make(path, values, content_key, content, rules, reader)
    return Read(None if reader.problems else noun, tuple(reader.problems), document.body_line)


# ── one function a noun ──────────────────────────────────────────────────────────────────────────────────────────────


def _post(path: str, v: dict, key: str, content: Content, rules: Rules, reader: Reader) -> Post:
    name, dated = _name(translation.plain(path, rules.languages))
    v["language"] = translation.spoken(path, v, rules.languages, reader)
    v["kind"] = v["kind"] or "post"
    v["corrections"] = tuple([{"kind": "correction"} | item for item in v["corrections"]])
    if not v["date"] and dated:
        v["date"] = _date_in_name(dated, rules, reader)
    if not v["date"] and not v["draft"] and not dated and not reader.reported(("date",)):
        reader.wrong(
            (), "the post has no date", "add date: 2026-11-02 09:00 to the front matter, or draft: true", "missing-key"
        )
    _required(reader, v, "title", 'add title: "What it says"')
    if not v["authors"] and not reader.reported(("authors",)):
        hint = (
            "add authors: [key], the keys of people in content/people/: every post is signed by the people who wrote it"
        )
        reader.wrong((), "the post has no author", hint, "missing-key")
    for kind, keys in ONLY.items():
        for wrong in keys:
            if v[wrong] and v["kind"] != kind and not reader.reported(("kind",)):
                hint = f"set kind: {kind}, or take the key out"
                reader.wrong(
                    (wrong,), f'"{wrong}" is a key of kind {kind}, and this is of kind {v["kind"]}', hint, "wrong-kind"
                )
    if _seconds(v["embargo"]) > _seconds(v["date"]):
        v["date"] = v["embargo"]  # what nobody could see was not published: lists, feeds and the page say when it was
    if v["expires"] and _seconds(v["expires"]) <= _seconds(v["date"]):
        reader.wrong(("expires",), "the post would be over before it is published", ORDER, "bad-date")
    for at, day, said in _afterwards(v):
        if day and day[:10] < v["date"][:10]:  # on the day itself a writer gives no hour
            reader.wrong(at, f"the post would be {said} before its date", ORDER, "bad-date")
    slug = v["slug"] or permalinks.slugify(name)
    if not slug:
        reader.wrong((), f'no address can be made of the file name "{name}"', "add slug: some-words", "bad-slug")
    if v["series"] and not permalinks.slugify(v["series"]):
        hint = "give the series a name with letters or digits in it"
        reader.wrong(("series",), f'no address can be made of the series "{v["series"]}"', hint, "bad-slug")
    v["summary"] = v["summary"] or content.lead or "".join(v["known"][:1])
    link = translation.folder(v["language"], rules.languages)
    link += permalinks.permalink(rules.permalink, slug, v["kind"], v["date"])
    return Post(
        source=path, id=v["id"] or path, kind=v["kind"], slug=slug, permalink=link, summary=v["summary"],
        time=_seconds(v["date"]), embargo=_seconds(v["embargo"]), expires=_seconds(v["expires"]),
        details={name: v[name] for name in DETAILS if v[name]}, links=content.links, files=content.files,
        card=digest_of([v[name] for name in CARD], link, bool(v["corrections"])),
        meta=digest_of(v, link), terms=terms(v["title"], content.prose), content=key,
        **{name: v[name] for name in PLAIN},
    )  # fmt: skip


def _afterwards(v: dict) -> Iterable[tuple[tuple, str, str]]:
    """(key, its day, what happens then) of whatever cannot come before a post is out."""
    yield ("updated",), v["updated"], "updated"
    yield ("closed",), v["closed"], "closed"
    for n, item in enumerate(v["corrections"]):
        said = "retracted" if item["kind"] == "retraction" else "corrected"
        yield ("corrections", n, "date"), item.get("date", ""), said


def _person(path: str, v: dict, key: str, content: Content, rules: Rules, reader: Reader) -> Person:
    name = _key(path, reader)
    hint = "add name: Maya Okafor"
    if "." in name:  # a translation, in a site that has lost its language
        hint += f'; or, where this file translates another, add "{name.rpartition(".")[2]}" to languages in site.toml'
    _required(reader, v, "name", hint)
    if v["name"] and is_role(v["name"], rules.company, rules.title):
        hint = "a byline is a person: give the people who wrote it files of their own, and put their keys in authors"
        reader.wrong(("name",), f'"{v["name"]}" is a role, not a person', hint, "role-account")
    status = v["status"] or {"state": "active"}
    status |= {part: v[part] for part in STATUS if v[part]}
    plain = ("role", "team", "pronouns", "quote", "since", "photo", "languages", "topics", "ask_me_about",
             "contact", "answers", "office_hours", "consent", "accounts", "timezone", "executive", "words", "feed_aliases")  # fmt: skip
    v["photo"] = v["photo"] or None
    return Person(
        source=path, key=name, name=v["name"], short_name=v["short_name"] or (v["name"].split() or [""])[0], status=status,
        links=content.links, files=content.files, meta=digest_of({**v, "": name}), content=key,
        **{part: v[part] or _empty(part) for part in plain},
    )  # fmt: skip


def _empty(part: str) -> Any:
    return {"photo": None, "executive": False, "contact": {}, "answers": {}, "consent": {}, "accounts": {}}.get(
        part, () if part in _LISTS else ""
    )


_LISTS = ("languages", "topics", "ask_me_about", "office_hours", "words", "feed_aliases")


def _topic(path: str, v: dict, key: str, content: Content, rules: Rules, reader: Reader) -> Topic:
    name = _key(path, reader)
    _required(reader, v, "name", "add name: Lenses")
    aliases = v["feed_aliases"] or ()
    return Topic(path, name, v["name"], v["people"] or (), aliases, content.links, content.files, digest_of(v), key)


def _page(path: str, v: dict, key: str, content: Content, rules: Rules, reader: Reader) -> Page:
    _required(reader, v, "title", 'add title: "About us"')
    name, _ = _name(translation.plain(path, rules.languages))
    language = translation.spoken(path, v, rules.languages, reader)
    slug = v["slug"] or permalinks.slugify(name)
    if not slug:
        reader.wrong((), f'no address can be made of the file name "{name}"', "add slug: some-words", "bad-slug")
    return Page(
        path, slug, f"{translation.folder(language, rules.languages)}/{slug}/", v["title"], v["summary"] or content.lead, v["menu"], v["aliases"], v["draft"],
        language, v["translation"], content.links, content.files, digest_of(v, language), key,
    )  # fmt: skip


def _sheet(path: str, v: dict, key: str, content: Content, rules: Rules, reader: Reader) -> Sheet:
    name = _key(translation.plain(path, rules.languages), reader)
    language = translation.spoken(path, v, rules.languages, reader)
    if not (name == "index" or name.startswith("boilerplate")):
        _required(reader, v, "title", 'add title: "Our factory in figures"')
    return Sheet(
        path, name, v["title"], v["summary"] or content.lead, v["from"], v["contacts"], v["logos"], v["coverage"],
        v["draft"], language, content.links, content.files, digest_of(v, language), key,
    )  # fmt: skip


def _front(path: str, v: dict, key: str, content: Content, rules: Rules, reader: Reader) -> Front:
    if content.html.strip():
        hint = "take it out, or put it into a post or a page"
        reader.wrong((), f"{path} has text below its front matter, which nothing shows", hint, "front-text")
    newest = v["newest"] or 10
    return Front(path, v["lead"], v["pinned"], v["sections"], newest, digest_of(v), key)


def _translation(path: str, v: dict, key: str, content: Content, rules: Rules, reader: Reader) -> Translation:
    return translation.read(path, v, key, content, rules.languages, reader)


READERS: dict[str, tuple[dict, Callable]] = {
    "posts": (POST, _post),
    "pages": (PAGE, _page),
    "people": (PERSON, _person),
    "topics": (TOPIC, _topic),
    "press": (PRESS, _sheet),
    "front.md": (FRONT, _front),
}
"""Folder of content/ -> the keys its files may have, and what they become."""


# ── parts ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _name(path: str) -> tuple[str, str]:
    """(the name an address is made of, the date in it): `2026-11-02-a.md` and `a/index.md` are both `a`."""
    parts = path.removesuffix(".md").split("/")
    name = parts[-2] if parts[-1].strip() == "index" and len(parts) > 3 else parts[-1].strip()
    dated = DATED.fullmatch(name)
    return (dated[2], dated[1]) if dated else (name, "")


def _date_in_name(text: str, rules: Rules, reader: Reader) -> str:
    from newsroom import dates

    try:
        return dates.parse(text, rules.timezone).isoformat()
    except ValueError as error:
        reader.wrong((), f"the date in the file's name: {error}", dates.hint(error), "bad-date")
        return ""


def _key(path: str, reader: Reader) -> str:
    key = path.split("/", 2)[2].removesuffix(".md")
    if not permalinks.KEY.fullmatch(key):
        better = permalinks.slugify(key)
        hint = f"rename the file to {better}.md" if better else "rename the file: small letters, digits, - . and _"
        reader.wrong((), f'"{key}" cannot be a key: it is part of an address that never moves', hint, "bad-key")
    return key


def _required(reader: Reader, values: dict, name: str, hint: str) -> None:
    if not values[name] and not reader.reported((name,)):
        reader.wrong((), f"there is no {name}", hint, "missing-key")


def _seconds(stamp: str) -> int:
    return int(datetime.fromisoformat(stamp).timestamp()) if stamp else 0


def place(problem: Problem, raw: bytes) -> Problem:
    """The problem with line, column and excerpt, found in the file it names."""
    where = problem.location
    if where.excerpt or not raw:
        return problem
    try:
        if where.line:
            found = _in_body(problem, frontmatter.decode(raw, where.path).split("\n"))
        elif problem.code in ("unknown-key", "wrong-kind") and len(where.pointer) == 1:
            found = frontmatter.locate_key(raw, where.pointer[0])
        else:
            found = frontmatter.locate(raw, where.pointer, problem.message.partition('"')[2].partition('"')[0])
    except NewsroomError:
        return problem
    return problem._replace(location=found._replace(path=where.path, pointer=where.pointer))


def _in_body(problem: Problem, lines: list[str]) -> Location:
    """The place of the value that the message quotes: on the line named or, in a wrapped paragraph, soon after it."""
    where = problem.location
    bad = problem.message.partition('"')[2].partition('"')[0]
    for number in range(where.line, min(where.line + 20, len(lines) + 1)):
        if bad and (column := lines[number - 1].find(bad)) >= 0:
            return Location("", number, column + 1, len(bad), (), lines[number - 1])
    line = min(where.line, len(lines))
    return Location("", line, where.column or 1, where.length, (), lines[line - 1])
