"""Owns the rules about words that changed, against what git remembers of a post. Silent where there is no git."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import new
from typing import NamedTuple

from newsroom import dates
from newsroom.check.rule import Checked, Found
from newsroom.check.spot import spot
from newsroom.edits import Edit, edits, same, word_keys
from newsroom.errors import Location
from newsroom.history import Commit, History, Index, Version, blobs, index, is_hers, steps
from newsroom.model import Post
from newsroom.states import retraction

FOLDED = 5
"""So many posts that one commit changed are told one by one; more are told once: a word was replaced everywhere."""
BATCH = 500
"""Posts whose old texts are in memory at a time."""
SHOWN = 90
"""Characters of a sentence in a message."""


class Step(NamedTuple):
    """A post from one commit to the next."""

    time: int
    """From when on, in seconds since 1970."""
    commit: Commit | None
    """None is what is in no commit yet."""
    version: Version | None
    """None where newsroom would have refused it."""


class Changed(NamedTuple):
    """A post whose words are not those that were public."""

    post: Post
    day: str
    """Of the change: 2026-11-05."""
    commit: str
    """"" where it is in none yet."""
    edits: tuple[Edit, ...]


# ── undeclared-change ────────────────────────────────────────────────────────────────────────────────────────────────


def undeclared_change(checked: Checked) -> Iterator[Found]:
    """Find published posts that say something else now, where neither a correction nor `updated` says so."""
    told: dict[str, list[Changed]] = {}
    for post, walk in walks(checked, checked.site.posts):
        if not retraction(post, checked.site.moment) and (found := _undeclared(checked, post, walk)):
            told.setdefault(found.commit or post.source, []).append(found)
    for group in told.values():
        for found in group if len(group) <= FOLDED else group[:1]:
            more = f"; the same commit changed {len(group) - 1} more posts" if len(group) > FOLDED else ""
            entry = f'{{date: {found.day}, kind: correction, text: "What was wrong, and what is right."}}'
            hint = f"declare it with updated: {found.day}, or with corrections: [{entry}]"
            hint += f"; git {f'log -p {found.post.source}' if found.commit else 'diff HEAD'} shows the change"
            said = f"the words changed on {found.day}, after readers could see them, and nothing says so: "
            yield _place(checked, found.post, found.edits[0]), said + _told(found.edits) + more, hint


def _undeclared(checked: Checked, post: Post, walk: Sequence[Step]) -> Changed | None:
    base = _published(walk)
    if base is None:
        return None
    last = _declared(_declarations, post, walk, base, checked.site.config.timezone)
    return _since(checked, post, walk, last)


def _since(checked: Checked, post: Post, walk: Sequence[Step], last: int) -> Changed | None:
    """What differs now from the version of a step, and since when; None where nothing does."""
    before, now = walk[last].version, walk[-1].version
    found = _edits(checked, before, now) if before and now and last < len(walk) - 1 else ()
    if not found:
        return None
    later = range(last + 1, len(walk) - 1)
    first = next((n for n in later if _edits(checked, before, walk[n].version)), len(walk) - 1)
    commit = walk[first].commit
    return Changed(post, day_of(walk[first].time, checked.site.config.timezone), commit.id if commit else "", found)


def _published(walk: Sequence[Step]) -> int | None:
    """The step whose words readers saw first: the last before its moment, or the first in which it was public.

    What its author wrote before that step came to this branch came with it: a rebase gives both a new time.
    """
    for n, step in enumerate(walk):
        end = walk[n + 1].time if n + 1 < len(walk) else None
        if (was := step.version) and not was.post.draft and (end is None or max(was.post.time, was.post.embargo) < end):
            while n + 1 < len(walk) and (commit := walk[n + 1].commit) and commit.written < step.time:
                n += 1
            return n
    return None


def _declared(
    said: Callable[[Post], frozenset[tuple[str, str]]], post: Post, walk: Sequence[Step], base: int, timezone: str
) -> int:
    """The last step whose changes are declared: by its day, or because it declares something itself."""
    ours, last = said(post), base
    until = max((day for day, _ in ours), default="")
    before = said(walk[base].version.post) if walk[base].version else frozenset()
    for n in range(base + 1, len(walk)):
        if (version := walk[n].version) is None:
            continue
        now = said(version.post)
        if day_of(walk[n].time, timezone) <= until or (now - before) & ours:
            last = n
        before = now
    return last


def _declarations(post: Post) -> frozenset[tuple[str, str]]:
    """(day, what) of each word to the reader that something changed."""
    return _corrections(post) | ({(post.updated[:10], "")} if post.updated else set())


def _corrections(post: Post) -> frozenset[tuple[str, str]]:
    """Those of them that say what changed."""
    return frozenset((item["date"][:10], item["text"]) for item in post.details.get("corrections", ()))


# ── old-sign-off ─────────────────────────────────────────────────────────────────────────────────────────────────────


def old_sign_off(checked: Checked) -> Iterator[Found]:
    """Find posts whose words somebody else changed after a person had signed them off, and no correction says so.

    A correction tells readers what changed, and who says so: that is another word than the one that was signed.
    """
    people, timezone = checked.site.people, checked.site.config.timezone
    signed = [post for post in checked.site.posts if post.details.get("signed_off")]
    for post, walk in walks(checked, signed):
        for key, said in post.details["signed_off"].items():
            day = said[:10]
            signing = next((n for n, step in enumerate(walk) if _signs(step, key, day)), -1)
            last = max(
                (n for n, step in enumerate(walk) if n == signing or day_of(step.time, timezone) <= day), default=-1
            )
            last = _declared(_corrections, post, walk, last, timezone) if last >= 0 else last
            if key not in people or last < 0 or not (found := _since(checked, post, walk, last)):
                continue
            name = checked.site.hidden_names.get(key, "")
            commit = next((step.commit for step in walk if step.commit and step.commit.id == found.commit), None)
            if commit and any(is_hers(hand, people[key], name) for hand in commit.hands):
                continue  # she changed her own words
            where = Location(post.source, pointer=("signed_off", key))
            message = f'"{key}" signed this off on {day}, and the words changed on {found.day}: {_told(found.edits)}'
            hint = f"let {people[key].short_name} read it again and commit the new day; "
            hint += "a change that corrections: declares asks for no new word"
            yield where, message, hint


def _signs(step: Step, key: str, day: str) -> bool:
    """Whether a version says that she signed it off on that day."""
    said = step.version.post.details.get("signed_off", {}).get(key, "") if step.version else ""
    return said[:10] == day


# ── what both need ───────────────────────────────────────────────────────────────────────────────────────────────────


def walks(checked: Checked, posts: Iterable[Post]) -> Iterator[tuple[Post, list[Step]]]:
    """Each post that git remembers otherwise than it is, with its steps, oldest first; the last is as it is now."""
    history = checked.history()
    if isinstance(history, str) or not history.line:
        return
    known, touched = index(history.line), []
    moved = _moved(history, known, checked.site.posts)
    for post in posts:
        rows = [(history.line[n], change) for n, change in steps(moved.get(post.source, post.source), known)]
        raw = checked.file(post.source) if rows else b""
        if len(rows) > 1 or (rows and rows[0][1].blob != _blob(raw, rows[0][1].blob)):
            touched.append((post, rows[::-1], raw))
    for start in range(0, len(touched), BATCH):
        some = touched[start : start + BATCH]
        texts = history.texts(change.blob for _, rows, _ in some for _, change in rows)
        for post, rows, raw in some:
            yield post, _steps(history, texts, post, rows, raw, int(checked.site.moment.timestamp()))


def _moved(history: History, known: Index, posts: Iterable[Post]) -> dict[str, str]:
    """Where posts that no commit has at their path stood in the last one: one had the same id, or address."""
    here = {post.source: post for post in posts}
    new = {
        each: post.source for post in here.values() if post.source not in known for each in (post.id, post.permalink)
    }
    gone = {path: blob for path, blob in blobs(known).items() if path not in here} if new else {}
    texts = history.texts(gone.values()) if gone else {}
    found = {path: history.version(path, texts[blob]) for path, blob in gone.items() if blob in texts}
    return {
        new[each]: path
        for path, was in found.items() if was
        for each in (was.post.permalink, was.post.id) if each in new
    }  # fmt: skip


def _steps(history: History, texts, post: Post, rows, raw: bytes, now: int) -> list[Step]:
    walk = [
        Step(commit.time, commit, history.version(change.path, texts[change.blob]))
        for commit, change in rows
        if change.blob in texts
    ]
    if texts.get(rows[-1][1].blob) != raw:
        walk.append(Step(max(now, rows[-1][0].time), None, history.version(post.source, raw)))
    return walk


def _blob(raw: bytes, like: str) -> str:
    """The id that git gives to bytes, in the form of another id: SHA-1, or SHA-256 in newer repositories."""
    return new(
        "sha256" if len(like) == 64 else "sha1", b"blob %d\0" % len(raw) + raw, usedforsecurity=False
    ).hexdigest()


def _edits(checked: Checked, before: Version | None, after: Version | None) -> tuple[Edit, ...]:
    if before is None or after is None:
        return ()
    names = {key for person in checked.site.people.values() for key in word_keys(person.name)}
    found = () if same(before.body, after.body) else edits(before.words(), after.words(), names, checked.texts)
    front = edits(before.front(), after.front(), names, checked.texts) if before.post.meta != after.post.meta else ()
    return (*front, *found)


def _place(checked: Checked, post: Post, edit: Edit) -> Location:
    if edit.pointer and not edit.new:
        return Location(post.source, 1)  # no line of the file has it any more
    if edit.pointer:
        return Location(post.source, pointer=edit.pointer)
    return spot(checked, post.source, edit.new or edit.near)


def _told(found: Sequence[Edit]) -> str:
    """The first sentence as it is and as it was, and how much there is."""
    first, words = found[0], sum(edit.words for edit in found)
    new, old = _cut(first.new, first.old), _cut(first.old, first.new)
    if first.new == first.old:
        return f'"{new}" stands elsewhere ({_count(words, "word")} in {_count(len(found), "sentence")})'
    said = f'"{new}" was "{old}"' if new and old else f'"{new}" is new' if new else f'"{old}" is gone'
    return f"{said} ({_count(words, 'word')} in {_count(len(found), 'sentence')})"


def _cut(text: str, other: str) -> str:
    """A sentence, or what of it is around the first letter that differs."""
    at = next((n for n, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other)))
    start = 0 if len(text) <= SHOWN or at < SHOWN // 2 else text.rfind(" ", 0, max(1, at - SHOWN // 3)) + 1
    part = text[start : start + SHOWN]
    return f"{'…' if start else ''}{part}{'…' if start + SHOWN < len(text) else ''}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def day_of(time: int, timezone: str) -> str:
    """The day of a moment, in the zone of the site."""
    return datetime.fromtimestamp(time, dates.zone(timezone)).date().isoformat()
