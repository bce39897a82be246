"""Owns `newsroom explain`: what an output is made of, and why it was rendered. Builds nothing."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from newsroom import dates
from newsroom.build import Options, load, plan
from newsroom.commands import isso
from newsroom.config import NOWHERE
from newsroom.desk import OUTPUT, Desk
from newsroom.errors import Location, NewsroomError, Problem, did_you_mean
from newsroom.model import Output
from newsroom.render.collisions import BESIDE
from newsroom.render.made_of import telling


class Explained(NamedTuple):
    """One output, told."""

    path: str
    """As seen from the root: `public/2026/a/index.html`."""
    kind: str
    source: str
    """The file that it is the page of; "" where there is none."""
    made_of: dict[str, str]
    """Name -> digest."""
    rendered: str
    """When it was last rendered, RFC 3339; "" where it never was."""
    because: tuple[str, ...]
    """What had changed then; () where it was new."""
    next: tuple[str, ...]
    """What has changed since: the next build renders it again."""


NEW, DAMAGED, UNKNOWN = (
    "it was new",
    "the file was missing, or not as it was left",
    "what it was made of before is forgotten",
)


def explain(root: Path, asked: str, options: Options) -> list[Explained]:
    """The outputs that are meant by a path, an address or a source. Raises NewsroomError where there is none."""
    desk = Desk(Path(root), isso.address(Path(root)) or NOWHERE)
    try:
        site, look = load(desk, options)
        planned = plan(site, look)
        found = _meant(asked, planned, site.info.base, site.info.url)
        there, zone = desk.there(), dates.zone(site.config.timezone)
        made_of = telling(site, look)
        return [_explained(output, made_of(output), desk, there, zone) for output in found]
    except NewsroomError as error:
        raise NewsroomError(desk.place(error.problems)) from error
    finally:
        desk.close()


def told(explained: Explained) -> str:
    """As a person reads it."""
    groups: dict[str, list[str]] = {}
    for name in explained.made_of:
        group, _, inside = name.partition(": ")
        groups.setdefault(group, []).extend([inside] if inside else [])
    width = max(map(len, groups))
    lines = [
        explained.path,
        f"  {explained.kind}" + (f" of {explained.source}" if explained.source else "") + ", made of",
    ]
    lines += [f"    {group:<{width}}  {_some(inside)}".rstrip() for group, inside in groups.items()]
    if explained.rendered:
        lines.append(f"  rendered {explained.rendered}: {_changes(explained.because)}")
    else:
        lines.append("  not rendered yet")
    if explained.next:
        lines.append(f"  the next build renders it: {_changes(explained.next)}")
    return "\n".join(lines)


def _meant(asked: str, planned: Iterable[Output], base: str, url: str) -> list[Output]:
    """Outputs by their path, with or without public/; by their address; or by their source: its page before its cards."""
    address = unquote(urlsplit(asked.removeprefix(url)).path)
    path = address.removeprefix(f"{OUTPUT}/").removeprefix(base).strip("/")
    wanted = {path, f"{path}/index.html".lstrip("/")}
    by_path = {output.path: output for output in planned}
    found = [by_path[name] for name in sorted(wanted) if name in by_path]
    found = found or sorted((o for o in planned if o.source and o.source == asked), key=lambda o: o.kind in BESIDE)
    if not found:
        near = [*by_path, *(output.source for output in planned if output.source)]
        hint = did_you_mean(asked, near) or "name a file of public/, an address like /people/, or a file of content/"
        raise NewsroomError([Problem("no-output", f'no output of this site is "{asked}"', Location("explain"), hint)])
    return found


def _explained(output: Output, parts: dict[str, str], desk: Desk, there: Mapping[str, tuple], zone) -> Explained:
    fingerprint, made, stamp, _, before = desk.last.written.get(output.path, ("", "", 0, 0, ""))
    because = _between(_known(before, desk), _known(fingerprint, desk)) if before else (NEW,)
    because = (DAMAGED,) if before and before == fingerprint else because
    now: tuple[str, ...] = ()
    if fingerprint and fingerprint != output.fingerprint:
        now = _between(_known(fingerprint, desk), parts)
    elif fingerprint and there.get(output.path, ("",))[0] != made:
        now = (DAMAGED,)
    rendered = datetime.fromtimestamp(stamp / 1e9, zone).isoformat(sep=" ", timespec="seconds") if stamp else ""
    return Explained(f"{OUTPUT}/{output.path}", output.kind, output.source, parts, rendered, because, now)


def _known(fingerprint: str, desk: Desk) -> dict[str, str]:
    """What stood behind a fingerprint, from the cache; {} where that has forgotten."""
    kept = desk.cache.get(fingerprint)
    return marshal.loads(kept) if kept else {}


def _between(before: dict[str, str], after: dict[str, str]) -> tuple[str, ...]:
    """The names of what differs, the closest: `listing: a.md` and not `listing` too."""
    if not before or not after:
        return (UNKNOWN,)
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    inside = {name.partition(": ")[0] for name in names if ": " in name}
    told = [name for name in names if name not in inside]
    return tuple(name + ("" if name in before else " (new)") + ("" if name in after else " (gone)") for name in told)


def _changes(names: tuple[str, ...]) -> str:
    if names and names[0] in (NEW, DAMAGED, UNKNOWN):
        return names[0]
    return f"{_some(names)} changed" if names else "its order changed"


def _some(names: Iterable[str], most: int = 6) -> str:
    names = list(names)
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
