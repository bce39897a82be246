"""Owns the rules about releases and the press room: what a journalist needs, and cannot do without. Pure functions of the Site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from newsroom import press
from newsroom.check.rule import Checked, Found
from newsroom.dates import in_words
from newsroom.errors import Location
from newsroom.model import Post
from newsroom.states import retraction


def no_dateline(checked: Checked) -> Iterator[Found]:
    """Find releases that do not say where."""
    for post in _releases(checked):
        if not post.details.get("dateline"):
            hint = 'add dateline: "Turku, Finland"; the day is added where it says none'
            yield Location(post.source, pointer=("kind",)), "the release has no dateline", hint


def no_facts(checked: Checked) -> Iterator[Found]:
    """Find releases without a list of facts."""
    for post in _releases(checked):
        if not post.details.get("facts"):
            hint = "add facts: a line each for what, where, when, how much, and for whom"
            yield Location(post.source, pointer=("kind",)), "the release lists no facts", hint


def no_press_contact(checked: Checked) -> Iterator[Found]:
    """Find releases without anybody who knows the item and can be reached."""
    site = checked.site
    for post in _releases(checked):
        named = post.details.get("contacts", ())
        if not named:
            hint = "add contacts: [key], the people who know the item; until then the page names the press room's, or nobody"
            yield Location(post.source, pointer=("kind",)), "the release names nobody to ask", hint
        elif not any(site.contact((key,)).actions for key in site.press(post)):
            hint = "name somebody who has an e-mail address or a telephone, or agree with them to show it"
            message = f"nobody can be reached about this release: {', '.join(named)}"
            yield Location(post.source, pointer=("contacts",)), message, hint


def uncredited(checked: Checked) -> Iterator[Found]:
    """Find pictures for the press that nobody may print: whose they are, or what can be seen, is not said."""
    for post in _releases(checked):
        yield from _uncredited(post.source, "media", post.details.get("media", ()))
    for sheet in checked.site.press_sheets:
        yield from _uncredited(sheet.source, "logos", sheet.logos)


def _uncredited(source: str, key: str, items: tuple[Mapping[str, str], ...]) -> Iterator[Found]:
    for n, item in enumerate(items):
        if missing := [word for word in ("alt", "credit") if not item.get(word)]:
            hint = f'write {missing[0]}: "{dict(alt="What can be seen", credit="Jonas Lind")[missing[0]]}" beside it'
            message = f'"{item["file"]}" has no {" and no ".join(missing)}: nobody can print it'
            yield Location(source, pointer=(key, n, "file")), message, hint


def future_coverage(checked: Checked) -> Iterator[Found]:
    """Find what others are to have written on a day that has not come."""
    index, today = press.room(checked.site.press_sheets), checked.site.moment.date()
    for n, item in enumerate(index.coverage if index else ()):
        if date.fromisoformat(item["date"][:10]) > today:
            message = f'"{item["title"]}" is dated {in_words(item["date"])}, which has not come'
            hint = "correct the date; until that day the entry is not shown"
            yield Location(index.source, pointer=("coverage", n, "date")), message, hint


def _releases(checked: Checked) -> Iterator[Post]:
    """Those that still stand."""
    moment = checked.site.moment
    return (post for post in checked.site.by_kind.get("release", ()) if not retraction(post, moment))
