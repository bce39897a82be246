"""Owns assembling: nouns become a Site, with every reference resolved or reported. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from newsroom import hours, pictures, press, providers
from newsroom.assemble import (
    agreed,
    answered,
    declared,
    editions,
    following,
    front,
    references,
    schedule,
    succession,
    talks,
    taxonomy,
)
from newsroom.assemble.answers import confirmed, doubted
from newsroom.assemble.contact import contact
from newsroom.errors import Problem, problem
from newsroom.language import number, say, say_count
from newsroom.model import NOTHING, Library, Person, Post, Topic, digest, digest_of
from newsroom.permalinks import encoded
from newsroom.related import Related
from newsroom.settings import Config
from newsroom.site import Site, Talk
from newsroom.standing import state
from newsroom.views import Card, Face, Picture, References, SiteInfo, Tag


def is_open(post: Post, moment: datetime) -> bool:
    """A statement is open while a next update is announced and it is not closed."""
    closed, promised = post.details.get("closed", ""), post.details.keys() & {"next_update", "overdue"}
    return bool(promised) and not (closed and closed <= moment.isoformat()[:10])


def newsroom(
    library: Library, config: Config, moment: datetime, info: editions.Info, drafts: bool = False
) -> tuple[Site, list[Problem]]:
    """The Site at `moment` with an edition in each of its languages, and everything that does not fit together."""
    site, problems = assemble(library, config, moment, info(config, library), drafts)
    problems += editions.unknown(library)
    made = {}
    for part, settings, known in editions.each(config, library):
        made[part.language], wrong = assemble(library, settings, moment, info(settings, known), drafts, part)
        problems += [found for found in wrong if found.location.path in part.sources(library)]
    if made:
        absent = tuple(row for each in made.values() for row in each.front_page.absent)
        site = replace(site, editions=made, front_page=site.front_page._replace(absent=absent))
    return site, problems


def assemble(
    library: Library, config: Config, moment: datetime, info: SiteInfo, drafts: bool = False,
    edition: editions.Edition | None = None,
) -> tuple[Site, list[Problem]]:  # fmt: skip
    """The Site at `moment`, whole or one of its editions, and everything in the library that does not fit together."""
    edition = edition or editions.whole(config, library)
    people = {person.key: edition.person(person) for person in library.people}
    topics = {topic.key: edition.topic(topic) for topic in library.topics}
    public = [declared.as_of(post, moment) for post in library.posts if schedule.is_public(post, moment, drafts)]
    public.sort(key=lambda post: (-post.time, post.source))
    posts = edition.posts(public)
    own = {post.source for post in posts}
    every = tuple(page for page in library.pages if drafts or not page.draft)
    pages = edition.pages(every)
    day = moment.date().isoformat()
    sheets = edition.sheets(press.public(library.press, day, drafts))
    company = config.company.name or config.title
    problems = [*references.people_and_topics(library, people, topics, config.company.press_contacts, company)]
    problems += succession.circles(people, moment)
    shown = posts  # their links are checked even where an author of theirs is misspelt
    if problems:  # what follows looks people and topics up: go on with those that are there
        posts, people, topics = _known(posts, people, topics)
    written = tuple(people.values())  # from here on they are as they may be shown
    withheld = agreed.withheld(written, moment, library.assets)
    people = {key: confirmed(agreed.as_of(person, moment), config.contact.confirm) for key, person in people.items()}
    desks = succession.desks(topics, people, {person.key: person.topics for person in written}, moment)

    nouns = (*shown, *pages, *people.values(), *topics.values(), *sheets)
    links = edition.links(library._replace(press=press.public(library.press, day, drafts)), public, every)
    hidden = {post.source: schedule.why_not(post, moment) for post in library.posts if post.source not in links}
    hidden |= {page.source: "is a draft" for page in library.pages if page.source not in links}
    hidden |= {s.source: press.why_not(s, day) for s in library.press if s.source not in links}
    elsewhere = {post.source: post for post in public if post.source not in own}
    problems += [wrong for post in posts for wrong in _comments(post, config)]
    problems += _twins(library.posts)
    edited = edition.front(library.front)
    names, wrong = front.named(edited, library.posts, topics, edition.url)
    problems += wrong
    taken_back = tuple(declared.withdrawn(public))
    folders = references.own_folders(hidden, [noun.source for noun in (*public, *every)])
    refs = {}
    for noun in nouns:
        refs[noun.source], wrong = references.resolve(
            noun, links, hidden, people, topics, library.assets, edition.base, withheld, taken_back, edition.prefix, config.images, folders,
        )  # fmt: skip
        problems += wrong
    previews, old_previews = schedule.previews(
        [post for post in library.posts if edition.has(post.language)], public, moment
    )
    for (
        post
    ) in previews:  # what is wrong with them holds nothing up, but for what could run in the newsroom's name, or tell
        refs[post.source], wrong = references.resolve(
            post, links, hidden, people, topics, library.assets, edition.base, withheld, taken_back, images=config.images, folders=folders,
        )  # fmt: skip
        problems += [each for each in wrong if each.code in ("active-svg", "broken-picture")]

    faces = {key: face(person, refs[person.source], info.base, moment, info.language) for key, person in people.items()}
    tags = {key: tag(topic, info.base) for key, topic in topics.items()}
    said, wrong = talks.talks(library.comments, public, people)
    answering, answers, unknown = talks.answered(public, library.posts, said, edition.url)
    problems += [*wrong, *unknown]
    counts = {source: counted(talk, info.language) for source, talk in said.items()}
    cards = _Cards(
        {post.source: post for post in posts}, elsewhere | {post.source: post for post in previews}, edition.base,
        counts, refs, faces, tags, info.base,
    )  # fmt: skip
    by_author, by_topic, by_kind, by_year = taxonomy.group(posts)
    statements = edition.statements(posts, [p for p in public if p.kind == "statement" and is_open(p, moment)])
    late = answered.late(public, said, people, moment, answering)
    talk = partial(
        contact,
        people=doubted(people, late) if late else people,
        faces=faces,
        mode=config.contact.email,
        moment=moment,
        timezone=config.timezone,
        known={},
        proven=answered.usually(public, said, people, moment, answering),
        language=config.language,
        home=config.language,
        form=bool(config.contact.service),
    )
    if len(posts) < len(public):
        said, answering, answers = talks.below(own, said, answering, answers)
    site = Site(
        config, info, moment, tuple(posts), people, topics, pages, by_author, by_topic, by_kind, by_year, faces, tags,
        {topic: tuple(faces[key] for key in keys) for topic, keys in desks.items()}, cards, refs, library.assets, feeds={},
        front_page=front.arranged(edited, names, posts, statements, hidden | dict.fromkeys(elsewhere, editions.ELSEWHERE), moment), shelves=taxonomy.paginate(posts, config.posts.per_page),
        until=schedule.until(library.posts, moment, (*front.ends(edited), *hours.ends(people.values(), config.timezone, moment))), statements=statements, talk=talk, talks=said, answered=answering, answers=answers,
        orphans=talks.orphans(library), held=tuple(Counter(map(schedule.HELD.get, hidden.values())).items()),
        hidden_names=agreed.hidden_names(written, moment), press_sheets=sheets,
        related=Related(posts), front=edited, previews=tuple(previews), old_previews=tuple(old_previews), edition=edition.language, prefix=edition.prefix, translated=frozenset(edition.translations),
        translations=None if edition.language else edition.texts,
    )  # fmt: skip
    return replace(site, feeds=following.follow(site)), problems


def _known(posts: list[Post], people: dict[str, Person], topics: dict[str, Topic]) -> tuple[list[Post], dict, dict]:
    """What is left when everything that names nobody is taken out."""
    posts = [
        post
        for post in posts
        if all(a in people for a in (*post.authors, *post.contact)) and all(t in topics for t in post.topics)
    ]
    topics = {
        key: topic._replace(people=tuple(p for p in topic.people if p in people)) for key, topic in topics.items()
    }
    people = {
        key: person._replace(topics=tuple(t for t in person.topics if t in topics)) for key, person in people.items()
    }
    return posts, people, topics


def _comments(post: Post, config: Config) -> list[Problem]:
    """What a comment service lacks that this post alone asks for; the site's own is config's business."""
    if not post.comments:
        return []
    settings = config.comments
    provider = post.comments.get("provider", settings.provider)
    options = settings.options.get(provider, {})
    wrong = providers.check(provider, options) if provider != settings.provider else []
    named = providers.check_thread(provider, options, post.comments.get("thread", ""))
    return [
        problem("bad-comments", message, post.source, ("comments", part), hint)
        for part, found in (("provider", wrong), ("thread", named))
        for _, message, hint in found
    ]


def _twins(posts: Sequence[Post]) -> Iterator[Problem]:
    """Posts that claim another's identity: a copied file. Feed readers and comment services would take two for one."""
    first: dict[str, str] = {}
    for post in sorted(posts, key=lambda post: post.source):
        if post.id in first:
            hint = "give this one an id of its own: any twelve hexadecimal digits will do"
            yield problem(
                "duplicate-id", f'the id "{post.id}" is that of {first[post.id]} too', post.source, ("id",), hint
            )
        first.setdefault(post.id, post.source)


# ── what others' pages show ──────────────────────────────────────────────────────────────────────────────────────────


def face(person: Person, refs: References, base: str, moment: datetime, language: str = "en") -> Face:
    """A person as listings and bylines show her; no photo without consent."""
    photo = None
    if person.photo:
        photo = picture(person.photo, refs, say(language, "person.portrait", name=person.name), square=True)
    words = person.name.split()
    initials = (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()
    fields = (
        person.key, person.name, person.short_name, person.role, person.team, person.quote, photo,
        encoded(f"{base}/people/{person.key}/"), f"/people/{person.key}/", state(person, moment), initials,
        int(digest(person.key)[:4], 16) % 6,
    )  # fmt: skip
    return Face(*fields, digest_of(*(tuple(f) if isinstance(f, Picture) else f for f in fields)))


def tag(topic: Topic, base: str) -> Tag:
    """A topic as listings show it."""
    fields = (topic.key, topic.name, encoded(f"{base}/topics/{topic.key}/"))
    return Tag(*fields, digest_of(*fields))


def picture(image: Mapping[str, str], refs: References, alt: str = "", square: bool = False) -> Picture | None:
    """An image named in front matter, as a page shows it. `square`: a face, of which the smaller forms show no more."""
    found = refs.files.get(image["file"])
    if not found:
        return None
    smaller = pictures.sources((v for v in found.variants if bool(v.focus) == square), found.folder)
    said = (image.get("alt") or alt, image.get("credit", ""), image.get("caption", ""))
    return Picture(found.href, *said, *found.pixels, image.get("focus", ""), *smaller)


def card(
    post: Post, refs: References, faces: dict[str, Face], tags: dict[str, Tag], base: str, comments: str = ""
) -> Card:
    """A post as a listing shows it. Its digest joins those of what it is made of."""
    image = picture(post.image, refs) if post.image else None
    authors = tuple([faces[key] for key in post.authors])
    topics = tuple([tags[key] for key in post.topics])
    joined = post.card + "".join([part.digest for part in authors + topics]) + comments
    return Card(
        post.title, encoded(base + post.permalink), post.permalink, post.kind, post.summary, post.date, image, authors,
        topics, declared.mark(post), comments, post.source,
        digest(joined + (digest_of(tuple(image)) if image else NOTHING)),
    )  # fmt: skip


STEPS = (10, 20, 50, 100, 200, 500, 1000)
"""From ten on a listing counts comments in these steps: the 26th is no news there, and no reason to render it again."""


def counted(talk: Talk, language: str = "en") -> str:
    """How many comments there are, as a listing says it: "1 comment", "20+ comments"."""
    count = sum(not said.gone for said in talk.said)
    if count < STEPS[0]:
        return say_count(language, "comments.number", count) if count else ""
    step = max(step for step in STEPS if step <= count)
    return say(language, "comments.many", count=number(language, step))


class _Cards(dict):
    """Source path -> card, made when it is first asked for: an edited text asks for few of ten thousand."""

    def __init__(self, posts: dict[str, Post], elsewhere: dict[str, Post], root: str, *rest: Any):
        """`elsewhere` are posts of other editions and previews: their addresses are below the whole site's, `root`."""
        self.posts, self.elsewhere, self.root, self.rest = posts, elsewhere, root, rest

    def __missing__(self, source: str) -> Card:
        counts, refs, faces, tags, base = self.rest
        known = refs.get(source, references.EMPTY)  # what another edition refers to is resolved there
        post, at = (self.posts[source], base) if source in self.posts else (self.elsewhere[source], self.root)
        made = self[source] = card(post, known, faces, tags, at, counts.get(source, ""))
        return made
