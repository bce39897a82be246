"""Owns the library without anything unpublished: what readers may know at a moment, as if the rest did not exist. Pure.

Whatever is in neither this library nor the settings cannot reach an output that is made of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from newsroom import press
from newsroom.assemble import agreed, declared, schedule
from newsroom.model import NOTHING, Library, Page, Person, Post, Sheet, Topic
from newsroom.permalinks import join
from newsroom.standing import kept

Noun = Post | Page | Person | Topic | Sheet

PERSONAL = (
    "name", "short_name", "photo", "quote", "answers", "contact", "content", "links", "files", "pronouns",
    "languages", "ask_me_about", "office_hours",
)  # fmt: skip
"""What a person may withhold. Her role, team, topics and state decide who answers in her place: they go on doing so."""


class Split(NamedTuple):
    """A library, parted."""

    public: Library
    hidden: tuple[tuple[Noun, str], ...]
    """(noun, why it is not public, as in "is a draft") each."""
    withheld: tuple[tuple[Noun, Noun, str], ...]
    """(noun as it is written, as it may be shown, why) of what is public in part."""


def split(library: Library, moment: datetime, drafts: bool = False) -> Split:
    """What is public at a moment, and what is not."""
    day = moment.date().isoformat()
    sheets = press.public(library.press, day, drafts)
    hidden: list[tuple[Noun, str]] = []
    pairs: list[tuple[Noun, Noun, str]] = []
    posts = []
    for post in library.posts:
        if not schedule.is_public(post, moment, drafts):
            hidden.append((post, schedule.why_not(post, moment)))
            continue
        shown = _declared(post, moment)
        posts.append(shown)
        pairs.append((post, shown, "was retracted" if shown.content == NOTHING else "declares it for a later day"))
    people = [_as_agreed(person, moment) for person in library.people]
    pairs += zip(library.people, people, ["is withheld: there is no consent to it"] * len(people), strict=True)
    hidden += [(page, "is a draft") for page in library.pages if page.draft and not drafts]
    hidden += [(sheet, press.why_not(sheet, day)) for sheet in library.press if sheet not in sheets]
    ids = {post.id for post in posts}
    public = library._replace(
        posts=tuple(posts),
        pages=tuple(page for page in library.pages if drafts or not page.draft),
        people=tuple(people),
        comments=tuple(one for one in library.comments if one.post in ids),
        press=tuple(sheets),
    )
    shown_files = {path for noun in nouns(public) for path in files(noun)}
    hidden_files = {path for noun, _ in hidden for path in files(noun)}
    hidden_files |= {path for noun, _, _ in pairs for path in files(noun)}
    left = {path: asset for path, asset in library.assets.items() if path in shown_files or path not in hidden_files}
    changed = tuple(pair for pair in pairs if pair[0] != pair[1])
    return Split(public._replace(assets=left), tuple(hidden), changed)


def nouns(library: Library) -> Iterator[Noun]:
    """Everything in a library that can name files."""
    for part in (library.posts, library.pages, library.people, library.topics, library.press):
        yield from part


def files(noun: Noun) -> Iterator[str]:
    """The files that a noun names, as paths below the root: pictures, attachments, logos, media."""
    folder = noun.source.rpartition("/")[0]
    named = [name for name, *_ in noun.files]
    for part in ("image", "photo"):
        named += _named([getattr(noun, part, None) or {}])
    named += _named(getattr(noun, "logos", ()))
    named += _named(getattr(noun, "details", {}).get("media", ()))
    return (path for name in named if (path := join(folder, name)))


def _named(items: Iterable[Any]) -> list[str]:
    return [item[part] for item in items for part in ("file", "high") if item.get(part)]


def _declared(post: Post, moment: datetime) -> Post:
    """A public post without what is declared for a later day and, where it was retracted, without its words."""
    shown = declared.as_of(post, moment)
    if shown.content == NOTHING and post.content != NOTHING:
        details = {key: value for key, value in post.details.items() if key in declared.KEPT}
        post = post._replace(summary="", image=None, links=(), files=(), content=NOTHING, details=details)
    was, now = post.details.get("corrections", ()), shown.details.get("corrections", ())
    if was == now:
        return post
    rest = {key: value for key, value in post.details.items() if key != "corrections"}
    return post._replace(details=rest | ({"corrections": now} if now else {}))


def _as_agreed(person: Person, moment: datetime) -> Person:
    """A person as she wrote it, without what she withholds."""
    shown = agreed.as_of(person, moment)
    fields = [field for field in PERSONAL if getattr(shown, field) != getattr(person, field)]
    if "office_hours" in fields and kept(person, moment) in ("name", "initials"):
        fields.remove("office_hours")  # that she had some is shown by an empty calendar
    return person._replace(**{field: getattr(shown, field) for field in fields}) if fields else person
