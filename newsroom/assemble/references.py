"""Owns references between sources: people, topics, links and files named in a text become addresses, or Problems. Pure."""

from __future__ import annotations

import os.path
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from unicodedata import normalize
from urllib.parse import quote, unquote

from newsroom import pictures
from newsroom import press as room
from newsroom.errors import Problem, did_you_mean, problem
from newsroom.model import NOTHING, Library, Page, Person, Post, Sheet, Source, Topic, digest_of
from newsroom.permalinks import encoded, join
from newsroom.pictures import Variant
from newsroom.settings import Images
from newsroom.views import File, References

Noun = Post | Page | Person | Topic | Sheet


EMPTY = References({}, {}, NOTHING)


def home(noun: Noun) -> str:
    """A noun's permalink."""
    if isinstance(noun, Person):
        return f"/people/{noun.key}/"
    if isinstance(noun, Sheet):
        return room.permalink(noun)
    return f"/topics/{noun.key}/" if isinstance(noun, Topic) else noun.permalink


def permalinks(nouns: Iterable[Noun]) -> dict[str, str]:
    """Source path -> permalink."""
    return {noun.source: home(noun) for noun in nouns}


def people_and_topics(
    library: Library, people: Mapping[str, Person], topics: Mapping[str, Topic], press: Iterable[str] = (), company: str = ""
) -> Iterator[Problem]:  # fmt: skip
    """Every key that names nobody. `press` are the press contacts of site.toml, `company` is who has them."""
    persons, tags = frozenset(people), frozenset(topics)
    for post in library.posts:
        if not persons.issuperset(post.authors):
            yield from _unknown(post.authors, people, post.source, ("authors",), "author", company=company)
        if not tags.issuperset(post.topics):
            yield from _unknown(post.topics, topics, post.source, ("topics",), "topic")
        if not post.details and not post.contact:
            continue
        yield from _unknown(post.contact, people, post.source, ("contact",), "person")
        yield from _unknown(post.details.get("contacts", ()), people, post.source, ("contacts",), "person")
        for part in ("corrections", "help", "quotes"):
            for n, item in enumerate(post.details.get(part, ())):
                if item.get("by"):
                    yield from _unknown([item["by"]], people, post.source, (part, n, "by"), "person", listed=False)
        for part in ("signed_off", "reviewed_by"):
            for name in post.details.get(part, {}):
                yield from _unknown([name], people, post.source, (part, name), "person", listed=False)
    for person in library.people:
        yield from _unknown(person.topics, topics, person.source, ("topics",), "topic")
        yield from _unknown(person.answers.get("by", ()), people, person.source, ("answers", "by"), "person")
        for part in ("cover", "successor"):
            if name := person.status.get(part):
                yield from _unknown([name], people, person.source, (part,), "person", listed=False)
    yield from _unknown(press, people, "site.toml", ("company", "press_contacts"), "person")
    for topic in library.topics:
        yield from _unknown(topic.people, people, topic.source, ("people",), "person")
    for sheet in library.press:
        yield from _unknown(sheet.contacts, people, sheet.source, ("contacts",), "person")


def _unknown(
    keys: Iterable, known: Mapping, path: str, at: tuple, word: str, listed: bool = True, company: str = ""
) -> Iterator[Problem]:
    for n, key in enumerate(keys):
        if key not in known:
            hint = _nearest(key, known, "topics" if word == "topic" else "people")
            if company and key.casefold() == company.casefold():
                hint = f"a byline is a person whom readers can ask, not the company. {_all(known, 'people')}"
            yield problem(f"unknown-{word}", f'unknown {word} "{key}"', path, (*at, n) if listed else at, hint)


def _nearest(key: str, known: Mapping, folder: str) -> str:
    """The key that was meant: a similar one, or the only one of which it is a part. Else which there are."""
    parts = [other for other in known if key.casefold() in other.split("-")]
    guess = did_you_mean(parts[0] if len(parts) == 1 else key, known)
    return f"{guess} {folder.capitalize()} are defined in content/{folder}/." if guess else _all(known, folder)


def _all(known: Mapping, folder: str) -> str:
    named = f": {', '.join(sorted(known))}" if 0 < len(known) <= FEW else ""
    new = 'topic "Our topic"' if folder == "topics" else 'person "First Last"'
    return f"{folder.capitalize()} are defined in content/{folder}/{named}; newsroom new {new} adds one."


FEW = 8
"""So many keys are listed in a hint."""


def resolve(
    noun: Noun, links: Mapping[str, str], hidden: Mapping[str, str], people: Mapping, topics: Mapping,
    assets: Mapping[str, Source], base: str, withheld: Mapping[str, Collection[str]] = {}, withdrawn: tuple[str, ...] = (),
    prefix: str = "", images: Images = Images(), folders: Mapping[str, str] = {},
) -> tuple[References, list[Problem]]:  # fmt: skip
    """The noun's references as addresses, and those that lead nowhere.

    `hidden` maps unpublished sources to the reason; `withheld` maps pictures that no consent covers
    to the files of those who did not give it: who refuses is shown without it, and everybody else must not show it.
    `withdrawn` are folders of retracted posts, `folders` are those of `own_folders`. `base` is the whole site's; pages of people and topics live below
    `prefix` too, their files do not: every edition shows the same.
    """
    wanted = [(name, line, ()) for name, line in dict.fromkeys(file[:2] for file in noun.files)] + list(_pictures(noun))
    shown = {file[0] for file in noun.files if file[2]}
    if not noun.links and not wanted:
        return EMPTY, []
    problems: list[Problem] = []
    found: dict[str, str] = {}
    for target, line in noun.links:
        address, code, message, hint = _target(target, noun, links, hidden, people, topics, base, prefix)
        if address:
            found[target] = address
        else:
            problems.append(problem(code, message, noun.source, hint=hint, line=-line))
    files: dict[str, File] = {}
    folder, place = os.path.dirname(noun.source), _place(noun, prefix)
    for name, line, pointer in wanted:
        asset = _found(join(folder, name), assets)
        if asset in withheld and not (pointer and noun.source in withheld[asset]):
            hint = "take it out: consent to a picture covers every place it stands in"
            message = f'the picture "{name}" is of somebody who has not agreed to show it'
            problems.append(problem("withheld", message, noun.source, pointer, hint, line=-line if line else 0))
        elif asset and asset.startswith(withdrawn):
            hint = "take it out: nothing that a retracted post showed is in the site any more"
            message = f'the file "{name}" belongs to a post that was retracted'
            problems.append(problem("broken-link", message, noun.source, pointer, hint, line=-line if line else 0))
        elif asset and (why := _unpublished(asset, noun.source, folders)):
            hint = "publish it first, or copy the file beside this text: it would be public before its post is"
            message = f'the file "{name}" stands beside a post that {why}'
            problems.append(problem("unpublished-link", message, noun.source, pointer, hint, line=-line if line else 0))
        elif name.startswith("data:"):
            hint = "put the picture into a file beside the post"
            message = "a picture stands in the text itself, where no page shows it"
            problems.append(problem("missing-file", message, noun.source, pointer, hint, line=-line if line else 0))
        elif asset and asset in assets and asset.lower().endswith(PAGES):
            hint = "zip it, or make it a post: a page beside a post could run scripts in the newsroom's name"
            problems.append(
                problem(
                    "attached-page",
                    f'"{name}" is a page of its own',
                    noun.source,
                    pointer,
                    hint,
                    line=-line if line else 0,
                )
            )
        elif asset and asset in assets and not asset.endswith(".md"):
            clean = asset.removeprefix(folder + "/") if asset.startswith(folder + "/") else os.path.basename(asset)
            path = unquote(place).lstrip("/") + clean
            seen = pointer[-1:] != ("high",) if pointer else name in shown
            files[name] = _file(
                File(encoded(base + place) + quote(clean), path, asset, assets[asset].pixels, place=(pointer, line)),
                assets[asset], base, images, noun.photo if pointer == PORTRAIT else None, files.get(name), seen,
            )  # fmt: skip
            if why := pictures.unfit(assets[asset], seen):
                said, hint = pictures.wrong(why, os.path.basename(name))
                message = f'the picture "{name}" {said}'
                problems.append(
                    problem("broken-picture", message, noun.source, pointer, hint, line=-line if line else 0)
                )
            if found_in_it := assets[asset].active:
                hint = "save it as a plain picture: without scripts, links to other hosts and embedded pages"
                message = f'the picture "{name}" could run or fetch something: {found_in_it}'
                problems.append(problem("active-svg", message, noun.source, pointer, hint, line=-line if line else 0))
        else:
            problems.append(_missing(name, asset, noun.source, pointer, line, assets, links))
    plain = (found, {n: (f.href, *f.pixels, *(v.name for v in f.variants)) for n, f in files.items()})
    return References(found, files, digest_of(*plain)), problems


def own_folders(hidden: Mapping[str, str], public: Iterable[str]) -> dict[str, str]:
    """Folder that is a post's own (it is an index.md there) -> why nothing of it is public yet, "" where something is.

    What stands beside a post comes out with it, not before. {} where every such post is public.
    """
    found = {os.path.dirname(source): why for source, why in hidden.items() if OWN.match(source)}
    if found:
        found |= {os.path.dirname(source): "" for source in public if OWN.match(source)}
    return found


OWN = re.compile(r"content/(?:posts|pages)/.+/index(?:\.[\w-]+)?\.md$")


def _own(path: str, folders: Mapping[str, str]) -> str:
    """The nearest of the folders that a file is in, or ""."""
    while path := path.rpartition("/")[0]:
        if path in folders:
            return path
    return ""


def _unpublished(asset: str, source: str, folders: Mapping[str, str]) -> str:
    """What keeps a file from being public that a source names, or "": a post's own preview may show it."""
    own = _own(asset, folders) if folders else ""
    return folders[own] if own and own != _own(source, folders) else ""


def _place(noun: Noun, prefix: str) -> str:
    """Where a noun's files are: the only one where every edition shows them."""
    return prefix + home(noun) if isinstance(noun, (Post, Page)) else home(noun)


PORTRAIT = ("photo", "file")


def _file(
    file: File, asset: Source, base: str, images: Images, portrait: Mapping[str, str] | None, before: File | None, seen: bool
) -> File:  # fmt: skip
    """The file with its smaller forms: squares of a portrait, none of what is only there to be downloaded.

    `before` is what the same noun named already under that name, as something else. `seen` is whether a page shows it.
    """
    made: tuple[Variant, ...] = ()
    if portrait:
        made = pictures.squares(asset, images.formats, portrait.get("focus", ""))
    elif seen:
        made = pictures.variants(asset, images.widths, images.formats)
    if before:
        made, file = tuple(dict.fromkeys((*before.variants, *made))), file._replace(place=before.place)
    return file._replace(variants=made, folder=f"{base}/{pictures.folder(file.path)}") if made else file


PAGES = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".xml", ".xsl", ".svgz", ".mhtml")
"""What a browser opens as a page: on the site's own address, whatever it runs may do what the site may."""


def _found(path: str | None, assets: Mapping[str, Source]) -> str | None:
    """The asset of that path. A Mac writes `é` as two characters, a person types one: they name the same file."""
    if path is None or path in assets or path.isascii():
        return path
    wanted = normalize("NFC", path)
    return next((asset for asset in assets if normalize("NFC", asset) == wanted), path)


def _pictures(noun: Noun) -> Iterator[tuple[str, int, tuple]]:
    """Files that front matter names: (name, 0, pointer)."""
    if isinstance(noun, Person) and noun.photo:
        yield noun.photo["file"], 0, ("photo", "file")
    if isinstance(noun, Post):
        if noun.image:
            yield noun.image["file"], 0, ("image", "file")
        yield from _both("media", noun.details.get("media", ()))
    if isinstance(noun, Sheet):
        yield from _both("logos", noun.logos)


def _both(key: str, items: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, int, tuple]]:
    """Pictures in low and high resolution."""
    for n, item in enumerate(items):
        for part in ("file", "high"):
            if item.get(part):
                yield item[part], 0, (key, n, part)


def _target(
    target: str, noun: Noun, links: Mapping, hidden: Mapping, people: Mapping, topics: Mapping, base: str, prefix: str
) -> tuple:
    """(address, code, message, hint) of one link."""
    for scheme, known in (("person:", people), ("topic:", topics)):
        if target.startswith(scheme):
            key = target.removeprefix(scheme)
            folder = "people" if scheme == "person:" else "topics"
            if key in known:
                return encoded(f"{base}{prefix}/{folder}/{key}/"), "", "", ""
            word, hint = scheme[:-1], _nearest(key, known, folder)
            return "", f"unknown-{word}", f'the link "{target}" names an unknown {word}', hint
    path, mark, fragment = target.partition("#")
    if path.startswith("/"):
        return encoded(base + target), "", "", ""
    source = join(os.path.dirname(noun.source), path)
    if source in links:
        return encoded(base + links[source]) + mark + fragment, "", "", ""
    if source in hidden:
        hint = "publish it first, or take the link out: a link would show readers that it exists"
        word = {"pages": "page", "press": "sheet"}.get(source.split("/")[1], "post")
        return "", "unpublished-link", f'the link "{target}" leads to a {word} that {hidden[source]}', hint
    near = [os.path.relpath(link, os.path.dirname(noun.source)).replace(os.sep, "/") for link in links]
    hint = did_you_mean(path, near, "Links to other content are relative to this file: ../2025/other.md.")
    return "", "broken-link", f'the link "{target}" leads to no file', hint


def _missing(
    name: str, asset: str | None, path: str, pointer: tuple, line: int, assets: Mapping, links: Mapping
) -> Problem:
    if asset is None or not asset.startswith("content/"):
        what, hint = f'"{name}" is outside the content folder', "put the file beside the post"
    elif asset.endswith(".md"):
        what, hint = f'the link "{name}" leads to no file', "links to other content are relative to this file"
    else:
        folder = os.path.dirname(asset)
        near = [other for other in assets if os.path.dirname(other) == folder]
        guess = did_you_mean(os.path.basename(asset), [os.path.basename(other) for other in near])
        what, hint = (
            f'there is no file "{name}"',
            guess or f"files stand beside the source, in {os.path.dirname(path)}/",
        )
    return problem("missing-file", what, path, pointer, hint, line=-line if line else 0)
