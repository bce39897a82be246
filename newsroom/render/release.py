"""Owns releases: what their pages show beside a post's, and the two files beside each, the plain text and the zip.

A retracted release has neither: its words are in no output.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from newsroom import press
from newsroom.channels import about as addressed
from newsroom.dates import in_words
from newsroom.language import say
from newsroom.model import Output, Post, digest_of
from newsroom.permalinks import encoded, output_path
from newsroom.render import lifted, mail
from newsroom.render.kit import File, packed, pictures
from newsroom.render.lifted import Download, Picture
from newsroom.render.parts import NONE, Body, Part, Tools, body, with_face
from newsroom.render.plain import plain
from newsroom.render.release_text import Release, written
from newsroom.site import Site, mentioned
from newsroom.states import retraction
from newsroom.views import Contact, Link
from newsroom.views import File as Asset


class Handout(NamedTuple):
    """What a journalist takes along from a release."""

    contacts: tuple[Contact, ...]
    """Who can be asked now, the ways of each."""
    text: Link | None
    """None where the page is a preview: the files beside it come with the release."""
    kit: Download | None
    media: tuple[Picture, ...]
    about: str
    """The heading of the boilerplate."""
    boilerplate: Body | None
    room: Link | None
    """The press room, where there is one."""


def releases(site: Site) -> Iterator[Post]:
    """Those that still stand by what they say."""
    return (post for post in site.by_kind.get("release", ()) if not retraction(post, site.moment))


# ── on the page ──────────────────────────────────────────────────────────────────────────────────────────────────────


def part(site: Site, post: Post) -> Part:
    """The part "release" of a post's page: nothing where the post is none."""
    if post.kind != "release" or retraction(post, site.moment):
        return NONE
    contacts, media = _contacts(site, post), _media(site, post)
    words = lifted.boilerplate(site, post.date[:10])
    made = digest_of([c.digest for c in contacts], lifted.plain(media), words.digest, _size(site, post))
    return Part(made, lambda tools: _handout(site, post, contacts, media, words, tools))


def _handout(
    site: Site, post: Post, contacts: tuple[Contact, ...], media: tuple[Picture, ...], words: Part, tools: Tools
) -> Handout:
    here, info = encoded(site.info.base + post.permalink), site.info
    room = (
        Link(say(info.language, "press.room"), encoded(info.base + press.HOME))
        if press.has_room(site.config, site.press_sheets)
        else None
    )
    here = "" if all(post.source != one.source for one in releases(site)) else here
    return Handout(
        tuple(_lettered(contact, post, site) for contact in contacts),
        Link(say(info.language, "release.text"), here + encoded(f"{post.slug}.txt")) if here else None,
        Download(say(info.language, "release.kit"), here + encoded(f"{post.slug}.zip"), _size(site, post))
        if here else None,
        media, lifted.about(site), words.value(tools) if words.value else None, room,
    )  # fmt: skip


def _lettered(contact: Contact, post: Post, site: Site) -> Contact:
    """The block, the letters in it about this release; a form stands on the person's own page."""
    about = (
        say(post.language or site.info.language, "post.about", title=post.title),
        site.info.url + encoded(post.permalink),
    )
    ways = (way if way.channel == "form" else addressed([way], *about)[0] for way in contact.actions)
    return contact._replace(actions=tuple(ways))


def _contacts(site: Site, post: Post) -> tuple[Contact, ...]:
    keys = post.details.get("contacts") or press.contacts(site.config, site.press_sheets)
    return lifted.asked(site, keys, post.language)


def _media(site: Site, post: Post) -> tuple[Picture, ...]:
    return lifted.pictures(site, post.details.get("media", ()), site.refs[post.source])


def _files(site: Site, post: Post) -> list[Asset]:
    files = site.refs[post.source].files
    named = [item.get(part, "") for item in post.details.get("media", ()) for part in ("file", "high")]
    return [files[name] for name in named if name in files]


def _size(site: Site, post: Post) -> str:
    return lifted.size(lifted.weight(site, _files(site, post)) + lifted.TEXTS, site.info.language)


# ── beside the page ──────────────────────────────────────────────────────────────────────────────────────────────────


KINDS = {"release_text": "txt", "release_kit": "zip"}
"""Kind of output -> what its name ends in."""


def text_outputs(site: Site) -> Iterator[Output]:
    """The plain text of each release."""
    return _outputs(site, "release_text")


def kit_outputs(site: Site) -> Iterator[Output]:
    """The zip of each release."""
    return _outputs(site, "release_kit")


def _outputs(site: Site, kind: str) -> Iterator[Output]:
    for post in releases(site):
        folder = output_path(post.permalink).removesuffix("index.html")
        made = digest_of(kind, site.info.digest, list(made_of(site, post).items()))
        yield Output(f"{folder}{post.slug}.{KINDS[kind]}", kind, post.source, made, post.source)


def made_of(site: Site, post: Post) -> dict[str, str]:
    """What the two files hold beside the site's own: name -> digest."""
    keys = dict.fromkeys((*post.authors, *mentioned(post)))
    refs = site.refs[post.source]
    return {
        "front matter": digest_of(post.meta, post.permalink),
        "text": digest_of(post.content, refs.digest),
        **{f"content/people/{key}.md": site.faces[key].digest for key in keys},
        "contacts": digest_of([contact.digest for contact in _contacts(site, post)]),
        "media": lifted.made_of(site, post.details.get("media", ()), refs),
        "boilerplate": lifted.boilerplate(site, post.date[:10]).digest,
    }


def write_text(output: Output, site: Site, tools: Tools) -> bytes:
    """A release as plain text."""
    return _text(site, site.lookup[output.subject][0], tools).encode()


def _text(site: Site, post: Post, tools: Tools) -> str:
    info, details = site.info, post.details
    address = info.url + encoded(post.permalink)
    dateline = details.get("dateline", "")
    if not any(c.isdigit() for c in dateline):  # else it says when itself
        day = in_words(post.date, info.language)
        dateline = say(info.language, "post.dateline", place=dateline, date=day) if dateline else day
    media = [
        (
            ", ".join(filter(None, (item.get("caption") or item.get("alt"), item.get("credit"), item.get("licence")))),
            file,
        )
        for item in details.get("media", ())
        if (file := site.refs[post.source].files.get(item.get("high") or item["file"]))
    ]
    origin = info.url.removesuffix(info.base)
    summary = post.summary if post.summary != tools.content(post.source).lead else ""  # else it would stand there twice
    return written(
        Release(
            info.title, post.title, summary, dateline, tuple(site.faces[key] for key in post.authors),
            details.get("corrections", ()), lifted.shown(body(site, post.source, post.content), tools), details.get("facts", ()),
            tuple(with_face(quote, site.faces) for quote in details.get("quotes", ())),
            tuple((said, origin + file.href) for said, file in media), _contacts(site, post), lifted.about(site),
            lifted.shown(lifted.boilerplate(site, post.date[:10]), tools), address, f"{address}{encoded(post.slug)}.zip",
            info.language,
        )
    )  # fmt: skip


def write_kit(output: Output, site: Site, tools: Tools) -> bytes:
    """A release with its pictures as one zip."""
    post = site.lookup[output.subject][0]
    address = site.info.url + encoded(post.permalink)
    look = lookout(site)
    files = [File(f"{post.slug}.txt", look(_text(site, post, tools), "a.txt"))]
    if words := lifted.shown(lifted.boilerplate(site, post.date[:10]), tools):
        files.append(File("boilerplate.txt", look(f"{plain(words, address)}\n", "boilerplate.txt")))
    files += pictures(post.details.get("media", ()), site.refs[post.source], tools.asset, "media")
    head = {"title": post.title, "date": post.date, "address": address, "publisher": site.info.company["name"]}
    return packed(files, head, post.date, look, site.info.language)


def lookout(site: Site) -> Callable[[str, str], bytes]:
    """What writes the texts within a zip: contact.email governs the addresses in them too."""
    mode, table = site.config.contact.email, site.info.detours
    return lambda text, name: mail.governed(text, name, mode, table).encode()
