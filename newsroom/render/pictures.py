"""Owns pictures as outputs: their smaller forms, and the originals without metadata. Must not know how pixels are made.

Everything that is a picture and goes out passes `clean`, be it beside a post or in a zip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from newsroom import pictures, raster
from newsroom.errors import Location, NewsroomError, Problem
from newsroom.model import Output, Person, Source, digest_of
from newsroom.pictures import AS_IT_IS, Variant
from newsroom.render.parts import Kept, Tools
from newsroom.site import Site

KIND = "picture"
"""The kind of output of a smaller form."""


class Wanted(NamedTuple):
    """What is to be made of one file."""

    asset: str
    variants: tuple[Variant, ...]


# ── the plan ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def outputs(site: Site) -> Iterator[Output]:
    """Every smaller form of what is shown. A digest of the file is in its name: the same name, the same bytes."""
    seen = set()
    for source, refs in site.refs.items():
        for file in refs.files.values():
            for variant in file.variants:
                path = pictures.folder(file.path) + variant.name
                if path not in seen:
                    seen.add(path)
                    subject = "|".join((variant.form, str(variant.width), variant.focus, file.asset))
                    yield Output(path, KIND, subject, digest_of(site.assets[file.asset].digest, *variant), source)


def _wanted(output: Output) -> tuple[str, Variant]:
    """(source path of the picture, the variant) that an output is."""
    form, width, focus, asset = output.subject.split("|", 3)
    return asset, Variant(form, int(width), focus, "")


# ── the bytes ────────────────────────────────────────────────────────────────────────────────────────────────────────


def write(output: Output, site: Site, tools: Tools) -> bytes:
    """A smaller form: made before, or now."""
    asset, variant = _wanted(output)
    return one(site, tools, asset, variant)


def one(site: Site, tools: Tools, asset: str, variant: Variant) -> bytes:
    """One variant of a picture: from the cache, or made. Raises NewsroomError."""
    return tools.pictured(_key(site.assets[asset], variant), lambda: _made(site, asset, tools.raw(asset), [variant])[0])


def clean(path: str, raw: bytes, site: Site, kept: Kept) -> bytes:
    """The bytes of a file below content/ as they go out: a picture without metadata, in colours that screens show, upright.

    Nothing is encoded again unless pixels must change. Raises NewsroomError where that cannot be done.
    """
    asset = site.assets.get(path)
    if asset and asset.remake:
        return kept(_key(asset, AS_IT_IS), lambda: _made(site, path, raw, [AS_IT_IS])[0])
    try:
        return raster.cleaned(raw)
    except raster.Broken as error:
        raise NewsroomError([_problem(site, path, *pictures.wrong(error.why, path))]) from error


def _made(site: Site, asset: str, raw: bytes, wanted: Iterable[Variant]) -> list[bytes]:
    """Variants of a picture, in the order of `wanted`."""
    from newsroom.render import pixels

    wanted = list(wanted)
    try:
        made = dict(pixels.made(raw, wanted))
    except pixels.Undecodable as error:
        said, hint = pictures.WRONG["broken"]
        raise NewsroomError([_problem(site, asset, f"{said} ({error})", hint)]) from error
    return [made[variant] for variant in wanted]


def _problem(site: Site, asset: str, said: str, hint: str) -> Problem:
    """What is wrong with a picture, where it is named first."""
    for part in (site, *site.editions.values()):
        for source, refs in part.refs.items():
            for name, file in refs.files.items():
                if file.asset == asset:
                    pointer, line = file.place
                    where = Location(source, -line if line else 0, pointer=pointer)
                    return Problem("broken-picture", f'the picture "{name}" {said}', where, hint)
    return Problem("broken-picture", f'the picture "{asset}" {said}', Location("site.toml", 1, 1), hint)


# ── made before any page, each file decoded once ─────────────────────────────────────────────────────────────────────


def needed(stale: Iterable[Output], site: Site, has: Callable[[str], bool]) -> list[Wanted]:
    """What must be made for these outputs and is not in the cache."""
    found: dict[str, dict[Variant, None]] = {}
    for output in stale:
        if output.kind == KIND:
            asset, variant = _wanted(output)
        elif output.kind == "asset" and site.assets[output.subject].remake:
            asset, variant = output.subject, AS_IT_IS
        else:
            continue
        if not has(_key(site.assets[asset], variant)):
            found.setdefault(asset, {})[variant] = None
    return [Wanted(asset, tuple(variants)) for asset, variants in found.items()]


def draw(
    stale: Sequence[Output], site: Site, tools: Tools, kept: Any, spread: Callable[..., Iterator[Any]],
    progress: Callable[[int, int], None] | None,
) -> int:  # fmt: skip
    """Make and keep what these outputs need and the cache `kept` has not: how many.

    `progress` is told (made, of how many with the outputs that follow). Raises NewsroomError with what is broken.
    """
    if all(output.kind not in ("asset", KIND) for output in stale):
        return 0
    todo = needed(stale, site, kept.has)
    done, of, problems = 0, sum(len(each.variants) for each in todo), []
    for made, wrong in spread(lambda batch: _draw(batch, site, tools), todo, batch=1, apart=True):
        done += made
        problems += [Problem(code, said, Location(*at), hint) for code, said, at, hint in wrong]
        if progress:
            progress(done, of + len(stale))
    if problems:
        raise NewsroomError(problems)
    if todo:
        kept.look()
        kept.tidy(keys(site))
    return done


def _draw(batch: Sequence[Wanted], site: Site, tools: Tools) -> tuple[int, tuple[tuple, ...]]:
    """(how many, what is wrong as plain values)."""
    done, wrong = 0, []
    for asset, variants in batch:
        done += len(variants)
        try:
            for variant, data in zip(variants, _made(site, asset, tools.raw(asset), variants), strict=True):
                tools.pictured(_key(site.assets[asset], variant), lambda data=data: data)
        except NewsroomError as error:
            wrong += [(p.code, p.message, tuple(p.location), p.hint) for p in error.problems]
    return done, tuple(wrong)


def keys(site: Site) -> Iterator[str]:
    """Where the cache keeps everything that the site shows of pictures."""
    for part in (site, *site.editions.values()):
        for refs in part.refs.values():
            for file in refs.files.values():
                asset = part.assets[file.asset]
                if asset.remake:
                    yield _key(asset, AS_IT_IS)
                yield from (_key(asset, variant) for variant in file.variants)
        for person in part.people.values():
            if (found := _in_a_card(part, person)) is not None:
                yield _key(*found)


def in_a_card(site: Site, person: Person, tools: Tools) -> bytes:
    """A portrait as a contact card carries it: telephones fetch none, and refuse cards that are large. b"" for none."""
    found = _in_a_card(site, person)
    return one(site, tools, found[0].path, found[1]) if found else b""


def _in_a_card(site: Site, person: Person) -> tuple[Source, Variant] | None:
    file = site.refs[person.source].files.get(person.photo["file"]) if person.photo else None
    asset = site.assets[file.asset] if file else None
    if asset is None or asset.form not in pictures.MADE_OF or asset.moves:
        return None
    return asset, pictures.small(asset, person.photo.get("focus", ""))


def _key(asset: Source, variant: Variant) -> str:
    """Where the cache keeps a variant: the digest of all that decides its bytes."""
    return digest_of(asset.digest, *variant[:3], pictures.VERSION, _program())


@cache
def _program() -> str:
    from newsroom.render import pixels

    return pixels.program()
