"""Owns pages: for each kind, which there are and the parts each is made of. Must not know how templates look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from typing import Any, NamedTuple

from newsroom import providers
from newsroom.model import NOTHING, Card, Contact, Face, Link, Post, digest, digest_of
from newsroom.permalinks import encoded, output_path
from newsroom.render import links
from newsroom.render.parts import NONE, Items, Part, Text, Tools, faces, feed_links, follow_links, head, joined, link, listing, of, plain, text
from newsroom.site import LISTED, Site, mentioned

Subject = tuple[str, str, str]
"""(permalink or output path, subject, source to name in messages)."""
Parts = dict[str, Part]


class Body(NamedTuple):
    """Rendered Markdown as a page shows it."""

    html: Any
    headings: tuple
    minutes: int
    embeds: tuple


def body(site: Site, source: str, key: str) -> Part:
    """A source's text: its content and what its references lead to."""
    refs = site.refs[source]

    def make(tools: Tools) -> Body:
        from markupsafe import Markup

        content = tools.content(source)
        minutes = max(1, round(len(content.prose.split()) / 230))
        return Body(Markup(links.resolve(content.html, refs)), content.headings, minutes, content.embeds)

    return Part(digest(key + refs.digest), make)


def cards(site: Site, posts: Iterable[Post]) -> list[Card]:
    """The posts' cards."""
    return [site.cards[post.source] for post in posts]


# ── home and listings ────────────────────────────────────────────────────────────────────────────────────────────────

def _home(site: Site, _: str) -> Parts:
    shown = site.newest
    statement = site.statement
    return {
        "lead": of(shown[0] if shown else None),
        "listing": listing("Newest voices", shown[1:]),
        "statement": of(site.cards[statement.source] if statement else None),
        "statement_next": plain(statement.details.get("next_update", "") if statement else ""),
        "people": faces(_current(site)[:24]),
        "head": head(site, "home", "home", "/"),
    }


def _pages_of_posts(site: Site) -> Iterator[Subject]:
    yield "/posts/", "", ""
    for n in range(1, len(site.shelves[1]) + 1):
        yield f"/posts/page/{n}/", str(n), ""


def _posts(site: Site, number: str) -> Parts:
    front, pages = site.shelves
    shown = pages[int(number) - 1] if number else front
    older = (int(number) - 1 if number else len(pages)) or 0
    return {
        "listing": listing("All posts" if not number else f"All posts, page {number}", cards(site, shown)),
        "intro": text(""),
        "older": link("Older posts", f"{site.info.base}/posts/page/{older}/" if older else ""),
        # a numbered page is never the newest for long: it points to its newer neighbour only once that is full
        "newer": link("Newer posts", _newer(site, number, len(pages))),
        "feeds": Part(NOTHING, lambda t: _links(follow_links(t.info, "/"))),
        "head": head(site, "listing", "posts", f"/posts/page/{number}/" if number else "/posts/", "All posts"),
    }


def _newer(site: Site, number: str, full: int) -> str:
    if not number:
        return ""
    return f"{site.info.base}/posts/page/{int(number) + 1}/" if int(number) < full else f"{site.info.base}/posts/"


class _Links(NamedTuple):
    links: tuple


def _links(items: Iterable[Link]) -> _Links:
    return _Links(tuple(items))


def _by_kind(site: Site) -> Iterator[Subject]:
    for kind, heading in LISTED.items():
        if site.by_kind.get(kind):
            yield f"/{heading.lower()}/", kind, ""


def _kind(site: Site, kind: str) -> Parts:
    heading = LISTED[kind]
    return _one_listing(site, heading, site.by_kind[kind], f"/{heading.lower()}/", feed=True)


def _years(site: Site) -> Iterator[Subject]:
    for year in site.by_year:
        yield f"/archive/{year}/", year, ""


def _year(site: Site, year: str) -> Parts:
    return _one_listing(site, f"Posts of {year}", site.by_year[year], f"/archive/{year}/", feed=False)


def _one_listing(site: Site, heading: str, posts: Iterable[Post], permalink: str, feed: bool) -> Parts:
    own = feed_links(site.info, permalink, heading) if feed else ()
    return {
        "listing": listing(heading, cards(site, posts)),
        "intro": text(""), "older": NONE, "newer": NONE,
        "feeds": Part(NOTHING, lambda t: _links(follow_links(t.info, permalink) if feed else ())),
        "head": head(site, "listing", "posts", permalink, heading, feeds=own),
    }  # fmt: skip


def _archive(site: Site, _: str) -> Parts:
    years = tuple(Link(year, f"{site.info.base}/archive/{year}/") for year in site.by_year)
    return {"years": Part(digest_of(*map(tuple, years)), Items(years)), "head": head(site, "archive", "posts", "/archive/", "Archive")}


# ── one post ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _each_post(site: Site) -> Iterator[Subject]:
    for post in site.posts:
        yield post.permalink, post.source, post.source


def _post(site: Site, source: str) -> Parts:
    post, index = site.lookup[source]
    card = site.cards[source]
    refs = site.refs[source]
    named = [site.faces[key] for key in dict.fromkeys(mentioned(post))]
    older, newer = site.posts[index + 1 : index + 2], site.posts[max(0, index - 1) : index]
    keys = post.contact or post.authors
    own = [link for key in post.authors for link in feed_links(site.info, f"/people/{key}/", site.people[key].name)]
    return {
        "post": Part(digest(post.meta + joined(named) + refs.digest), lambda _: _named(post, site)),
        "card": of(card),
        "body": body(site, source, post.content),
        "contact": Part(site.contact(keys).digest, lambda t: site.talk(keys, subject=f"Re: {post.title}", address=t.info.url + encoded(post.permalink))),
        "thread": Part(digest(post.id), lambda t: providers.thread(_comments(site, post), _options(site, post), post, t.info, site.config.comments.load)),
        "previous": of(site.cards[older[0].source] if older else None),
        "next": of(site.cards[newer[0].source] if newer else None),
        "signed": Part(NOTHING, lambda _: Text(_signed(post, site.faces))),
        "head": head(site, "post", "posts", post.permalink, post.title, post.summary, own, card.image.src if card.image else ""),
    }  # fmt: skip


def _comments(site: Site, post: Post) -> dict:
    settings = site.config.comments
    return {"provider": settings.provider, "open": settings.open, **post.comments}


def _options(site: Site, post: Post) -> dict:
    return site.config.comments.options.get(_comments(site, post)["provider"], {})


def _named(post: Post, site: Site) -> Post:
    """The post with a face beside every key of a person, and an address for every file, in its details."""
    details = dict(post.details)
    for part in ("corrections", "help", "quotes"):
        if part in details:
            details[part] = tuple(_with_face(item, site.faces) for item in details[part])
    if "contacts" in details:
        details["contacts"] = tuple(site.faces[key] for key in details["contacts"])
    if "media" in details:
        files = site.refs[post.source].files
        details["media"] = tuple(
            {**item, **{part: files[item[part]].href for part in ("file", "high") if item.get(part) in files}, "pixels": files[item["file"]].pixels}
            for item in details["media"] if item["file"] in files
        )  # fmt: skip
    return post._replace(details=details)


def _with_face(item: dict, known: dict[str, Face]) -> dict:
    face = known.get(item.get("by", ""))
    return {**item, "name": face.name if face else "", "role": face.role if face else "", "face": face}


HELP_WORDS = {
    "written": "Written with", "edited": "Edited by", "translated": "Translated by", "interviewed": "Interviewed by",
    "machine-drafted": "A machine wrote a draft", "machine-edited": "A machine edited it", "machine-translated": "Translated by a machine",
}  # fmt: skip


def _signed(post: Post, known: dict[str, Face]) -> str:
    """How the words came about: "Their own words. Edited by Lena Brandt." Only what was declared is said."""
    said = []
    if post.details.get("signed_off") and set(post.details["signed_off"]) >= set(post.authors):
        said.append("Their own words." if len(post.authors) > 1 else "In the author’s own words.")
    for item in post.details.get("help", ()):
        by = known[item["by"]].name if item.get("by") else ""
        words = HELP_WORDS.get(item["how"], item["how"].capitalize())
        if words.endswith((" by", " with")):
            words = f"{words} {by}" if by else words.rsplit(" ", 1)[0]
        elif by:
            words = f"{words}, for {by}"
        said.append(words + (f" ({item['note']})." if item.get("note") else "."))
    return " ".join(said)


# ── people, topics, pages ────────────────────────────────────────────────────────────────────────────────────────────


def _current(site: Site) -> list[Face]:
    """People who are here: those who wrote lately first, then by name."""
    newest = {key: posts[0].time for key, posts in site.by_author.items()}
    here = [face for face in site.faces.values() if face.state != "left"]
    return sorted(here, key=lambda face: (-newest.get(face.key, 0), face.name.casefold(), face.key))


def _people(site: Site, _: str) -> Parts:
    here = sorted((f for f in site.faces.values() if f.state != "left"), key=lambda f: (f.name.casefold(), f.key))
    former = sorted((f for f in site.faces.values() if f.state == "left"), key=lambda f: (f.name.casefold(), f.key))
    return {"current": faces(here), "former": faces(former), "head": head(site, "people", "people", "/people/", "People")}


def _each_person(site: Site) -> Iterator[Subject]:
    for key, person in site.people.items():
        yield f"/people/{key}/", key, person.source


def _person(site: Site, key: str) -> Parts:
    person, face, permalink = site.people[key], site.faces[key], f"/people/{key}/"
    tags = tuple(site.tags[topic] for topic in person.topics)
    own = feed_links(site.info, permalink, person.name)
    return {
        "person": Part(person.meta, person),
        "face": of(face),
        "body": body(site, person.source, person.content),
        "contact": Part(site.contact((key,)).digest, lambda _: site.talk((key,), own=True)),
        "listing": listing(f"What {person.short_name} wrote", cards(site, site.by_author.get(key, ()))),
        "feeds": Part(NOTHING, lambda t: _links(follow_links(t.info, permalink))),
        "topics": Part(joined(tags), _Tags(tags)),
        "head": head(site, "person", "people", permalink, person.name, person.quote or person.role, own, face.photo.src if face.photo else ""),
    }  # fmt: skip


class _Tags(NamedTuple):
    tags: tuple


class TopicItem(NamedTuple):
    """A topic in the list of topics."""

    tag: Any
    summary: str
    faces: tuple[Face, ...]


def _topics(site: Site, _: str) -> Parts:
    def make(tools: Tools) -> Items:
        items = [TopicItem(site.tags[key], tools.content(t.source).lead, site.voices[key]) for key, t in site.topics.items()]
        return Items(tuple(sorted(items, key=lambda item: (item.tag.name.casefold(), item.tag.key))))

    made_of = [digest(site.tags[k].digest + t.content + joined(site.voices[k])) for k, t in site.topics.items()]
    return {"topics": Part(digest("".join(made_of)), make), "head": head(site, "topics", "topics", "/topics/", "Topics")}


def _each_topic(site: Site) -> Iterator[Subject]:
    for key, topic in site.topics.items():
        yield f"/topics/{key}/", key, topic.source


def _topic(site: Site, key: str) -> Parts:
    topic, permalink = site.topics[key], f"/topics/{key}/"
    own = feed_links(site.info, permalink, topic.name)
    return {
        "topic": Part(topic.meta, topic),
        "body": body(site, topic.source, topic.content),
        "voices": faces(site.voices[key]),
        "contact": of(site.contact(tuple(face.key for face in site.voices[key])) if site.voices[key] else None),
        "listing": listing(f"Posts on {topic.name}", cards(site, site.by_topic.get(key, ()))),
        "feeds": Part(NOTHING, lambda t: _links(follow_links(t.info, permalink))),
        "head": head(site, "topic", "topics", permalink, topic.name, "", own),
    }


def _each_page(site: Site) -> Iterator[Subject]:
    for page in site.pages:
        yield page.permalink, page.source, page.source


def _page(site: Site, source: str) -> Parts:
    page = next(page for page in site.pages if page.source == source)
    return {
        "page": Part(page.meta, page),
        "body": body(site, source, page.content),
        "head": head(site, "page", "", page.permalink, page.title, page.summary),
    }


class CorrectionItem(NamedTuple):
    """A post that was corrected."""

    card: Card
    corrections: tuple[dict, ...]


def _corrections(site: Site, _: str) -> Parts:
    found = [
        (CorrectionItem(site.cards[p.source], tuple(_with_face(c, site.faces) for c in p.details["corrections"])), p)
        for p in site.posts if "corrections" in p.details
    ]  # fmt: skip
    found.sort(key=lambda pair: max(c["date"] for c in pair[0].corrections), reverse=True)
    named = joined(site.faces[key] for _, post in found for key in dict.fromkeys(mentioned(post)))
    made = digest("".join(item.card.digest + post.meta for item, post in found) + named)
    return {"entries": Part(made, Items(tuple(item for item, _ in found))), "head": head(site, "corrections", "", "/corrections/", "Corrections")}


class FollowItem(NamedTuple):
    """Somebody or something to follow."""

    face: Any
    tag: Any
    links: tuple[Link, ...]


def _follow(site: Site, _: str) -> Parts:
    people = sorted(_current(site), key=lambda f: (f.name.casefold(), f.key))
    tags = sorted(site.tags.values(), key=lambda t: (t.name.casefold(), t.key))
    return {
        "site_feeds": Part(NOTHING, lambda t: _links(follow_links(t.info, "/"))),
        "people": Part(joined(people), lambda t: Items(tuple(FollowItem(f, None, follow_links(t.info, f.permalink)) for f in people))),
        "topics": Part(joined(tags), lambda t: Items(tuple(FollowItem(None, g, follow_links(t.info, f"/topics/{g.key}/")) for g in tags))),
        "opml": link("OPML", f"{site.info.base}/follow.opml"),
        "head": head(site, "follow", "follow", "/follow/", "Follow"),
    }


def _nowhere(site: Site, _: str) -> Parts:
    return {"people": faces(_current(site)[:6]), "head": head(site, "404", "", "/404.html", "Page not found", noindex=True)}


# ── old addresses ────────────────────────────────────────────────────────────────────────────────────────────────────


def aliases(site: Site) -> Iterator[tuple[str, str, str]]:
    """(old path, new permalink, source)."""
    for noun in (*site.posts, *site.pages):
        for alias in noun.aliases:
            yield alias, noun.permalink, noun.source


def _each_alias(site: Site) -> Iterator[Subject]:
    for alias, permalink, source in aliases(site):
        name = alias.rsplit("/", 1)[1]
        yield alias if not name or "." in name else alias + "/", permalink, source


def _redirect(site: Site, permalink: str) -> Parts:
    return {"target": link(permalink, encoded(site.info.base + permalink)), "head": head(site, "redirect", "", permalink, noindex=True)}


class Kind(NamedTuple):
    """A kind of page: which there are, what each is made of, the template that shows it."""

    subjects: Callable[[Site], Iterable[Subject]]
    parts: Callable[[Site, str], Parts]
    template: str


def _one(path: str, when: Callable[[Site], Any] = lambda site: True) -> Callable[[Site], list[Subject]]:
    return lambda site: [(path, "", "")] if when(site) else []


PAGES: dict[str, Kind] = {
    "home": Kind(_one("/"), _home, "home.html"),
    "posts": Kind(_pages_of_posts, _posts, "listing.html"),
    "post": Kind(_each_post, _post, "post.html"),
    "kind": Kind(_by_kind, _kind, "listing.html"),
    "archive": Kind(_one("/archive/"), _archive, "archive.html"),
    "year": Kind(_years, _year, "listing.html"),
    "people": Kind(_one("/people/"), _people, "people.html"),
    "person": Kind(_each_person, _person, "person.html"),
    "topics": Kind(_one("/topics/"), _topics, "topics.html"),
    "topic": Kind(_each_topic, _topic, "topic.html"),
    "page": Kind(_each_page, _page, "page.html"),
    "corrections": Kind(_one("/corrections/"), _corrections, "corrections.html"),
    "follow": Kind(_one("/follow/"), _follow, "follow.html"),
    "404": Kind(_one("/404.html"), _nowhere, "404.html"),
    "redirect": Kind(_each_alias, _redirect, "redirect.html"),
}
"""Every kind of page."""


def paths(kind: Kind, site: Site) -> Iterator[tuple[str, str, str]]:
    """(output path, subject, source) of every page of a kind."""
    for permalink, subject, source in kind.subjects(site):
        yield output_path(permalink), subject, source


def show(kind: Kind, site: Site, subject: str, path: str, tools: Tools) -> bytes:
    """Render one page."""
    values = {name: part.value(tools) if callable(part.value) else part.value for name, part in kind.parts(site, subject).items()}
    return tools.template(kind.template, path, {"site": tools.info, **values}).encode()
