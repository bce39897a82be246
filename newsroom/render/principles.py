"""Owns the parts of /promises/: how this newsroom works, said only as far as its settings and the software make it true.

A page of the company's own with that address (content/pages/promises.md) has its words above. Must not know how
templates look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from newsroom import forms, providers
from newsroom.model import NOTHING, Page, digest
from newsroom.render import structured
from newsroom.render.parts import NONE, Items, Part, Parts, body, current, head, joined, plain
from newsroom.render.words import join_names
from newsroom.settings import Config
from newsroom.site import Site
from newsroom.views import Face, Link

MANY = {"post": "posts", "release": "press releases", "statement": "statements", "answer": "answers to readers"}
"""Kinds of post, as a sentence names many of them."""

OPEN = ("email", "phone", "signal")
"""Channels that need no account at anybody's service but the reader's own mail or telephone."""


class Section(NamedTuple):
    """Some promises on one thing."""

    id: str
    """Its anchor: search engines are told of it, so it never changes."""
    heading: str
    said: tuple[str, ...]
    """A paragraph each."""
    links: tuple[Link, ...]
    listed: tuple[str, ...] = ()
    """Points, below that."""


class Promise(NamedTuple):
    """What one person promises of answers."""

    face: Face
    sentence: str


def own_words(site: Site) -> Page | None:
    """What the company adds: its page at this address."""
    return next((page for page in site.pages if page.permalink == structured.PROMISES), None)


def promises(site: Site, _: str) -> Parts:
    """The parts of the page."""
    page, people = own_words(site), [face for face in current(site) if site.people[face.key].answers]
    found = tuple(section for make in SECTIONS for section in make(site))
    standing = digest("".join(site.standing((face.key,)) for face in people))
    return {
        "page": Part(page.meta, page) if page else NONE,
        "body": body(site, page.source, page.content) if page else NONE,
        "sections": _plain(found),
        "people": Part(digest(joined(people) + standing), lambda _: Items(tuple(_promised(site, people)))),
        "head": Part(
            page.meta if page else NOTHING,
            lambda t: head(
                t.info, "promises", "", structured.PROMISES, page.title if page else "Our promises",
                page.summary if page else "How we work, who answers, and what we never do.",
                facts=structured.promises(site),
            ),
        ),
    }  # fmt: skip


def _plain(found: tuple[Section, ...]) -> Part:
    made = plain([(*one[:3], tuple(map(tuple, one.links)), one.listed) for one in found])
    return made._replace(value=Items(found))


def _promised(site: Site, people: Iterable[Face]) -> Iterator[Promise]:
    for face in people:
        if sentence := site.contact((face.key,)).sentence:
            yield Promise(face, sentence)


# ── one function a section ───────────────────────────────────────────────────────────────────────────────────────────


def _kinds(kinds: Iterable[str]) -> str:
    return join_names([MANY[kind] for kind in kinds])


def _told(config: Config, code: str) -> bool:
    """Whether a rule that is an error stops what breaks it here."""
    return config.check.severity.get(code, "error") == "error"


def _words(site: Site) -> Iterator[Section]:
    config, base = site.config, site.info.base
    said = [
        "Every post is signed by the people who wrote it. A department, a role or the company itself is never an author.",
        "What help a text had, a machine’s included, stands under its authors’ names.",
    ]
    if config.policy.sign_off and _told(config, "unsigned"):
        said.append(
            f"With {_kinds(config.policy.sign_off)}, the people who are named as authors say first: these are my words."
        )
    if config.policy.review:
        said.append(f"{_kinds(config.policy.review).capitalize()} are read by somebody else before they go out.")
        for kind, keys in config.policy.reviewers.items():
            if kind in config.policy.review and (names := [site.faces[k].name for k in keys if k in site.faces]):
                said.append(f"Who reads {MANY.get(kind, kind)}: {join_names(names)}.")
    if config.voice.level != "off":
        said.append(
            "A program looks for words that nobody would say aloud, and shows them to the author. It never rewrites them."
        )
    yield Section(
        "words", "Whose words these are", tuple(said), (Link("The people who write here", f"{base}/people/"),)
    )


def _answers(site: Site) -> Iterator[Section]:
    said = [
        "Below every post stands who answers for it and, where they promise it, when. A promise that nobody confirmed in "
        f"the last {site.config.contact.confirm} days is not shown.",
        "While somebody is away, the page names who answers meanwhile, or says that nobody does. When somebody leaves, "
        "their posts keep their name, and the page says who answers now.",
    ]
    if _without_login(site):
        said.append("You need no account anywhere to write to an author.")
    links = (Link("Who to ask about what", f"{site.info.base}/ask/"),) if site.people else ()
    yield Section("answers", "Who answers you", tuple(said), links)


def _without_login(site: Site) -> bool:
    """Whether each author who can be reached has a way that asks for no account."""
    if site.config.contact.service:
        return True
    ways = [site.contact((key,)).actions for key in site.by_author]
    return any(ways) and all(any(way.channel in OPEN for way in some) for some in ways if some)


def _conversation(site: Site) -> Iterator[Section]:
    settings = site.config.comments
    options = settings.options.get(settings.provider, {})
    service = providers.service(settings.provider, options, site.info.base)
    if service is None:
        said = ["There are no comments below posts. Write to the author instead: the way to do so stands there."]
    else:
        when = {
            "click": "Nothing is loaded from there before you press the button that says so",
            "visible": "They are loaded from there when you read that far",
            "always": "They are loaded from there with each post",
        }[settings.load]
        sends = f" {service.sends}" if service.sends else ""
        said = [f"Comments below posts are kept by {service.name}, at {service.host or 'this site'}. {when}.{sends}"]
        if not settings.open:
            said.append("At present they can be read, and no new ones written.")
    if site.talks:
        said.append(
            "What was said is kept here as well, as part of the page: it can be read without a script, and stays when the "
            "service is gone. Nobody edits a reader’s words. Words that were removed leave their place marked where "
            "somebody answered them, and what our own people say is marked as theirs."
        )
    yield Section("comments", "The conversation", tuple(said), ())


def _corrections(site: Site) -> Iterator[Section]:
    base = site.info.base
    yield Section(
        "corrections", "When we are wrong",
        (
            "A correction stands above the text, with its day and what was wrong. What was only unclear, or came later, "
            "stands below it. Only what was declared so makes a post a changed one.",
            "A post that should not have been published is retracted: its words are taken out, and its address stays "
            "and says why.",
        ),
        (Link("All corrections", f"{base}/corrections/"), Link("Follow them", f"{base}/corrections/feed.xml")),
    )  # fmt: skip


def _names(site: Site) -> Iterator[Section]:
    yield Section(
        "names", "Who is named, and who is not",
        (
            "Whoever is quoted beside a press release has a page here, and can be asked. Readers whose questions we answer "
            "are named as they agreed to be, or not at all. Of our own people nothing is shown that they did not agree to.",
        ),
        (),
    )  # fmt: skip


def _loads(site: Site) -> Iterator[Section]:
    config, said = site.config, []
    if not config.posts.trust_html:  # what HTML of one's own loads, nobody can promise
        load = config.comments.load
        service = providers.service(config.comments.provider, config.comments.options.get(config.comments.provider, {}))
        known = service is not None and service.host and load != "click"
        exception = f" The one exception are comments: see above. They come from {service.host}." if known else ""
        said.append(f"A page loads nothing from anybody else before you ask for it with a click.{exception}")
        said.append("Films and other people’s posts are a picture of ours and a link, until you press play.")
    said.append("The pages set no cookie, and nothing in them counts or follows readers.")
    if config.contact.service:
        through = forms.through(config.contact.service, config.contact.endpoint)
        said.append(f"What you send with a form goes through {through or 'this site’s own host'}.")
    yield Section("loads", "What your browser loads", tuple(said), ())


def _never(site: Site) -> Iterator[Section]:
    listed = [
        "Write in the name of somebody who did not write it.",
        "Let a program answer you in a person’s name, or post by itself.",
        "Take a mistake back in silence.",
        "Measure our readers. What is measured here is how we keep our promises.",
    ]
    yield Section("never", "What we never do", (), (), tuple(listed))


SECTIONS: tuple[Callable[[Site], Iterator[Section]], ...] = (
    _answers, _corrections, _words, _names, _conversation, _loads, _never,
)  # fmt: skip
"""The sections, in the order of the page."""
