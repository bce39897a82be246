"""Owns the search of a site: its page, and what an index of it is made of. Must not know who makes the index.

Records are made of the Site, not of pages: what is not public is in no Site, and so in no index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from newsroom import dates
from newsroom.language import phrases, theirs
from newsroom.language import say as _say
from newsroom.model import NOTHING, Content, Page, Person, Post, Topic, digest, digest_of
from newsroom.permalinks import encoded
from newsroom.render import mail
from newsroom.render.parts import Part, Parts, covered, head
from newsroom.site import Site
from newsroom.views import Face

PAGE = "/search/"
FOLDER = PAGE + "index/"
"""Where the files of the index are, below the base. Their names are digests: see `newsroom.indexing`."""

WORDS = ("question", "known", "unknown", "doing", "facts", "led_to")
"""Details of a post that its page shows as text."""

Text = Callable[[str], Content]
"""Source -> what its Markdown became."""


class Search(NamedTuple):
    """What the page's script is told."""

    index: str
    """The folder of the index, ready for an attribute."""


def wanted(site: Site) -> bool:
    """Whether the site has a search."""
    return bool(site.config.search.engine)


def page(site: Site, _: str) -> Parts:
    """The parts of the page."""
    title, made = _say(site.info.language, "search.title"), Search(encoded(site.info.base + FOLDER))
    return {
        "search": Part(digest_of(*made), made),
        "head": covered(lambda t: head(t.info, "search", "search", PAGE, title)),
    }


def made_of(site: Site) -> str:
    """Digest of all that the index of a site depends on."""
    info, settings = site.info, site.config
    posts = [post.card + post.meta + post.content + digest(post.permalink) for post in site.posts]
    rest = [noun.meta + noun.content for noun in (*site.people.values(), *site.topics.values(), *site.pages)]
    faces = [face.digest for face in site.faces.values()]
    tags = [tag.digest for tag in site.tags.values()]
    return digest_of(
        "".join(posts), "".join(rest), "".join(faces), "".join(tags), [page.permalink for page in site.pages],
        info.base, info.language, settings.contact.email, list(info.detours.items()), theirs(),
    )  # fmt: skip


def records(site: Site, content: Text) -> Iterator[dict[str, Any]]:
    """Everything that can be found, as Pagefind takes it, in the order of the site. All are in the edition's language:
    an index is of one language, and who searches finds what the edition shows."""
    for noun in (*site.posts, *site.people.values(), *site.topics.values(), *site.pages):
        text = content(noun.source).prose if noun.content != NOTHING else ""
        made = _RECORDS[type(noun)](noun, site, text)
        yield {
            **made, "language": site.info.language.lower(), "sort": {},
            "content": _hidden(made["content"], site) or made["meta"]["title"],
            "meta": {name: value for name, value in made["meta"].items() if value},
            "filters": {name: values for name, values in made["filters"].items() if values},
        }  # fmt: skip


def _post(post: Post, site: Site, text: str) -> dict[str, Any]:
    names = [site.people[key].name for key in post.authors]
    topics = [site.topics[key].name for key in post.topics]
    tag = site.info.language
    kind = _say(tag, f"kinds.{post.kind}")
    return {
        "url": site.cards[post.source].href,
        "content": "\n".join([*_details(post), text or post.summary, _list([*names, *topics], tag)]),
        "meta": {
            "title": post.title, "by": _list(names, tag), "date": dates.in_words(post.date, tag) if post.date else "",
            "kind": kind if post.kind != "post" else "", **_face(site.faces[key] for key in post.authors),
        },
        "filters": {"person": names, "topic": topics, "kind": [kind], "year": [post.date[:4]] if post.date else []},
    }  # fmt: skip


def _person(person: Person, site: Site, text: str) -> dict[str, Any]:
    face, kind = site.faces[person.key], _say(site.info.language, "search.person")
    topics = [site.topics[key].name for key in person.topics if key in site.topics]
    return {
        "url": face.href,
        "content": "\n".join([person.role, person.team, person.quote, *person.ask_me_about, *topics, text]).strip(),
        "meta": {"title": person.name, "by": person.role, "kind": kind, **_face([face])},
        "filters": {"person": [person.name], "topic": topics, "kind": [kind]},
    }


def _topic(topic: Topic, site: Site, text: str) -> dict[str, Any]:
    kind = _say(site.info.language, "search.topic")
    return {
        "url": site.tags[topic.key].href, "content": text, "meta": {"title": topic.name, "kind": kind},
        "filters": {"topic": [topic.name], "kind": [kind]},
    }  # fmt: skip


def _page(page: Page, site: Site, text: str) -> dict[str, Any]:
    kind = _say(site.info.language, "search.page")
    return {
        "url": encoded(site.info.base + page.permalink), "content": text or page.summary,
        "meta": {"title": page.title, "kind": kind}, "filters": {"kind": [kind]},
    }  # fmt: skip


_RECORDS: dict[type, Callable[[Any, Site, str], dict[str, Any]]] = {
    Post: _post, Person: _person, Topic: _topic, Page: _page,
}  # fmt: skip
"""A noun -> its record."""


def _details(post: Post) -> Iterator[str]:
    """What a post says beside its body."""
    for key in WORDS:
        said = post.details.get(key) or ()
        yield from (said,) if isinstance(said, str) else said
    yield from (quote["text"] for quote in post.details.get("quotes", ()))


def _list(names: list[str], tag: str) -> str:
    return phrases(tag)["lists.comma"].join(names)


def _face(faces: Iterable[Face]) -> dict[str, str]:
    """How the first of some people is shown beside a result: her picture, or her initials on their colour."""
    face = next(iter(faces), None)
    if face is None:
        return {}
    return {"face": face.photo.src} if face.photo else {"initials": face.initials, "tint": str(face.tint)}


def _hidden(text: str, site: Site) -> str:
    """The text with its e-mail addresses as `contact.email` wants them in a text."""
    return mail.governed(text, "search.txt", site.config.contact.email, site.info.detours)
