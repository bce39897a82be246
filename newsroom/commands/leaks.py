"""Owns `newsroom check --leaks`: a proof, on the built folder, that nothing unpublished is in it. Writes nothing.

First the site is made again without anything unpublished, and compared; then whatever is not proven by that, and all
that is copied into public/ as it is, is looked through for everything unpublished.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from newsroom import dates
from newsroom.build import Options
from newsroom.desk import OUTPUT, Desk
from newsroom.engine.workers import spread
from newsroom.errors import Location, NewsroomError, Problem
from newsroom.leaks import needles, words
from newsroom.leaks.needles import Hit, Seen, Sought
from newsroom.leaks.proof import Both, Compared, both, compare, content_of, is_text, shown

AGAIN = "run newsroom build, then newsroom check --leaks again"
REPORT = "keep public/ back, and report this as a bug of newsroom, with the two files"

MOST = 20
"""Stale files that are named one by one."""

HOSTS = ("CNAME", ".nojekyll")
"""What GitHub Pages is told by files that are put beside the site at each upload."""

ORDER = ("the title", "words", "a comment", "the file", "the full name", "the address", "the file name")
"""What is told first of several things that were found in one file."""


class Told(NamedTuple):
    """What a proof tells."""

    problems: tuple[Problem, ...]
    summary: str
    """One sentence for the end: what was proven, or "" where it was not."""


def leaks(root: Path, options: Options = Options()) -> Told:
    """Whether anything unpublished is in public/: every place where it is, and what that proves where it is nowhere."""
    desk = Desk(Path(root), options.isso)
    try:
        return _leaks(desk, options)
    except NewsroomError as error:
        return Told(desk.place(error.problems), "")
    finally:
        desk.close()


def _leaks(desk: Desk, options: Options) -> Told:
    two = both(desk, options)
    if not desk.output.is_dir():
        hint = "run newsroom build first: --leaks looks at what it has written"
        return Told((Problem("stale-output", "there is no such folder", Location(f"{OUTPUT}/"), hint),), "")
    compared = compare(desk, two)
    wanted = needles.sought(
        two.parted, two.library, shown(two.public), desk.found, desk.content, desk.words,
        lambda path: (desk.root / path).read_bytes(),
    )  # fmt: skip
    seen = _search(desk, wanted, [*compared.copies, *compared.telling, *compared.stale, *compared.strays])
    spoken = needles.spoken(wanted)
    public = _public(desk, compared, seen, two, spoken)
    problems: list[Problem] = []
    for path, (hits, sealed) in seen.items():
        left = [hit for hit in hits if not (said := _said(hit, spoken)) or not public.issuperset(said)]
        problems += _found(desk, path, left, wanted, compared, two)
        problems += [_sealed(path, way) for way in sealed]
    leaking = {problem.location.path for problem in problems if problem.code == "leak"}
    problems += _telling(compared, leaking)
    problems += _stale(desk, compared, leaking)
    problems += _strays(compared, leaking)
    told = tuple(sorted(set(problems), key=lambda p: (p.severity, p.location[:3], p.message)))
    failed = any(problem.severity == "error" for problem in told)
    return Told(told, "" if failed else _summary(compared, wanted))


def _search(desk: Desk, wanted: Sought, paths: Iterable[str]) -> dict[str, Seen]:
    """Path -> what was found in it, where anything was."""

    def work(batch: Sequence[str]) -> list[tuple]:
        rows = []
        for path in batch:
            seen = needles.look(path, content_of(desk, path), wanted)
            if seen.hits or seen.sealed:
                rows.append((path, tuple(map(tuple, seen.hits)), seen.sealed))
        return rows

    rows = sorted(row for rows in spread(work, sorted({*paths})) for row in rows)
    return {path: Seen(tuple(Hit(*hit) for hit in hits), sealed) for path, hits, sealed in rows}


def _said(hit: Hit, spoken: Mapping[int, tuple[str, ...]]) -> tuple[str, ...]:
    """The words by which something was found; () for a file that is there whole, or is no text."""
    return (hit.phrase,) if hit.phrase else spoken.get(hit.number, ()) if hit.piecewise else ()


def _public(
    desk: Desk, compared: Compared, seen: dict[str, Seen], two: Both, spoken: Mapping[int, tuple[str, ...]]
) -> set[str]:
    """Of the phrases found, those that stand in what is public as well: a text may use the words of another."""
    hits = [hit for one in seen.values() for hit in one.hits]
    found = {phrase: hit.number for hit in hits for phrase in _said(hit, spoken)}
    if not found:
        return set()
    phrases = words.arranged(found)

    def work(batch: Sequence[str]) -> list[str]:
        texts = (content_of(desk, path).decode("utf-8", "replace") for path in batch)
        return list(words.known(texts, phrases))

    known = words.known(two.public, phrases)
    for part in spread(work, compared.proven):
        known |= set(part)
    for path in {*compared.stale, *compared.telling} & two.public.keys():
        known |= words.known([two.render_public(two.public[path]).decode("utf-8", "replace")], phrases)
    return known


# ── in words ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _found(
    desk: Desk, path: str, hits: Sequence[Hit], wanted: Sought, compared: Compared, two: Both
) -> Iterator[Problem]:
    """One problem for each source of which something is in a file. No message quotes it: CI prints them for others."""
    by_source: dict[str, list[Hit]] = {}
    outside = 1 if is_text(content_of(desk, path)) else -1  # a line of a text says most, or which member of an archive
    for hit in hits:
        by_source.setdefault(wanted.needles[hit.number].source, []).append(hit)
    for source, found in by_source.items():
        hit = min(found, key=lambda each: (_rank(wanted.needles[each.number].what), outside * len(each.way)))
        what, _, why = wanted.needles[hit.number]
        rest = len(found) - 1
        said = f"tells {what} of {source}, which {why}" if hit.phrase else f"holds {what} {source}, which {why}"
        message = said + _way(hit.way) + (f", and {rest} more of it" if rest else "")
        yield Problem("leak", message, _place(desk, path, hit), _hint(path, compared, two))


def _rank(what: str) -> int:
    return ORDER.index(what) if what in ORDER else len(ORDER)


def _way(way: tuple[str, ...]) -> str:
    return f" (in {' → '.join(way)})" if way else ""


def _place(desk: Desk, path: str, hit: Hit) -> Location:
    """The line of a text; in any other file the byte, as a column of its line 0."""
    where = f"{OUTPUT}/{path}"
    if hit.way or hit.at < 0:
        return Location(where)
    try:
        before = content_of(desk, path).decode("utf-8")[: hit.at]
    except UnicodeDecodeError:
        return Location(where)
    return Location(where, before.count("\n") + 1, hit.at - before.rfind("\n"), len(hit.phrase))


def _hint(path: str, compared: Compared, two: Both) -> str:
    if path in compared.strays:
        return "newsroom build takes it out of public/, for it is no output; if something else puts it there, stop that"
    if path in compared.telling:
        return REPORT
    if path in compared.stale:
        return AGAIN
    output = two.public[path]
    if output.kind == "asset":
        by = f"{output.source} shows" if output.source else "site.toml names"
        return f"{by} {output.subject}: take it out of that file, its metadata included"
    return (
        "the theme brings it: take it out there"
        if output.kind in ("static", "style")
        else "take it out of what it is made of"
    )


def _sealed(path: str, way: tuple[str, ...]) -> Problem:
    hint = "open it yourself before it goes out, or publish it in a form that can be looked into"
    message = f"cannot be opened{_way(way)}: nobody has looked through it"
    return Problem("sealed", message, Location(f"{OUTPUT}/{path}"), hint, "warning")


def _telling(compared: Compared, leaking: set[str]) -> Iterator[Problem]:
    for path in compared.telling:
        where = f"{OUTPUT}/{path}"
        if where not in leaking:
            message = "is not what it would be if nothing unpublished existed: a reader could tell from it"
            yield Problem("leak", message, Location(where), REPORT)


def _stale(desk: Desk, compared: Compared, leaking: set[str]) -> Iterator[Problem]:
    """What nothing can be said of, because it is not as the site is made now."""
    left = [path for path in compared.stale if f"{OUTPUT}/{path}" not in leaking]
    made = desk.last.made
    zone = desk.config.timezone
    built = f": {OUTPUT}/ was built as of {dates.moment_in_words(_stamp(made, zone), zone)}" if made else ""
    there = set(compared.there)
    for n, path in enumerate(left):
        if n == MOST:
            yield Problem("stale-output", f"and {len(left) - MOST} other files", Location(f"{OUTPUT}/"), AGAIN)
            return
        what = "is not what the site makes now" if path in there else "is missing"
        yield Problem("stale-output", what + built, Location(f"{OUTPUT}/{path}"), AGAIN)


def _stamp(seconds: int, zone: str) -> str:
    from datetime import datetime

    return datetime.fromtimestamp(seconds, dates.zone(zone)).isoformat()


def _strays(compared: Compared, leaking: set[str]) -> Iterator[Problem]:
    for path in compared.strays:
        where = f"{OUTPUT}/{path}"
        if where not in leaking and path not in HOSTS:
            hint = "the next build takes it out; what another program adds is to be added after --leaks, or anew"
            message = "is no output of the site; nothing unpublished was found in it"
            yield Problem("stray-output", message, Location(where), hint, "warning")


def _summary(compared: Compared, wanted: Sought) -> str:
    looked = len(compared.copies) + len(compared.strays)
    beside = f", beside {_count(len(compared.previews), 'file')} of previews" if compared.previews else ""
    return (
        f"{_count(len(compared.there), 'file')}: all that newsroom makes is as if nothing unpublished existed{beside}; "
        f"{_count(looked, 'other file')} looked through for {_count(wanted.sources, 'unpublished text')} "
        f"and {_count(wanted.files, 'file')}: nothing of them is there"
    )


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
