"""Owns the parts of /promises/: how this newsroom works, said only as far as its settings and the software make it true.

A page of the company's own with that address (content/pages/promises.md) has its words above. Must not know how
templates look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from newsroom import forms, providers
from newsroom.language import joined as listed
from newsroom.language import say, sentences
from newsroom.model import NOTHING, Page, digest
from newsroom.providers import sends
from newsroom.render import structured
from newsroom.render.parts import NONE, Items, Part, Parts, body, current, head, joined, plain
from newsroom.settings import Config
from newsroom.site import Site
from newsroom.views import Face, Link

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
                t.info, "promises", "", structured.PROMISES, page.title if page else say(t.info.language, "menu.promises"),
                page.summary if page else say(t.info.language, "promises.described"),
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


def _said(site: Site, *keys: str, **places: str) -> list[str]:
    return [say(site.info.language, f"promises.{key}", **places) for key in keys]


def _kinds(site: Site, kinds: Iterable[str]) -> str:
    """Kinds of post, as a sentence names many of them."""
    return listed(site.info.language, "and", _said(site, *(f"{kind}s" for kind in kinds)))


def _told(config: Config, code: str) -> bool:
    """Whether a rule that is an error stops what breaks it here."""
    return config.check.severity.get(code, "error") == "error"


def _words(site: Site) -> Iterator[Section]:
    config, base = site.config, site.info.base
    said = _said(site, "signed", "help")
    if config.policy.sign_off and _told(config, "unsigned"):
        said += _said(site, "sign_off", kinds=_kinds(site, config.policy.sign_off))
    if config.policy.review:
        reviewed = _kinds(site, config.policy.review)
        said += _said(site, "review", kinds=reviewed[:1].upper() + reviewed[1:])
        for kind, keys in config.policy.reviewers.items():
            if kind in config.policy.review and (names := [site.faces[k].name for k in keys if k in site.faces]):
                said += _said(
                    site, "reviewers", kinds=_kinds(site, [kind]), names=listed(site.info.language, "and", names)
                )
    if config.voice.level != "off":
        said += _said(site, "voice")
    heading, people = _said(site, "words", "people")
    yield Section("words", heading, tuple(said), (Link(people, f"{base}/people/"),))


def _answers(site: Site) -> Iterator[Section]:
    heading, language = say(site.info.language, "promises.answering"), site.info.language
    said = _said(site, "below", "away", days=str(site.config.contact.confirm))
    if _without_login(site):
        said += _said(site, "no_account")
    links = (Link(say(language, "go.ask"), f"{site.info.base}/ask/"),) if site.people else ()
    yield Section("answers", heading, tuple(said), links)


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
        said = _said(site, "no_comments")
    else:
        key = "kept_by" if service.host else "kept_here"
        kept = _said(site, key, settings.load, name=service.name, host=service.host)
        said = [sentences(site.info.language, [*kept, sends(settings.provider, site.info.language)])]
        if not settings.open:
            said += _said(site, "closed")
    if site.talks:
        said += _said(site, "archived")
    yield Section("comments", *_said(site, "conversation"), tuple(said), ())


def _corrections(site: Site) -> Iterator[Section]:
    base = site.info.base
    heading, every, follow = _said(site, "wrong", "all_corrections", "follow")
    yield Section(
        "corrections", heading, tuple(_said(site, "correction", "retraction")),
        (Link(every, f"{base}/corrections/"), Link(follow, f"{base}/corrections/feed.xml")),
    )  # fmt: skip


def _names(site: Site) -> Iterator[Section]:
    yield Section("names", *_said(site, "named"), tuple(_said(site, "names")), ())


def _loads(site: Site) -> Iterator[Section]:
    config, said = site.config, []
    if not config.posts.trust_html:  # what HTML of one's own loads, nobody can promise
        load = config.comments.load
        service = providers.service(config.comments.provider, config.comments.options.get(config.comments.provider, {}))
        known = service is not None and service.host and load != "click"
        nothing = _said(site, "nothing", *(["exception"] if known else []), host=service.host if known else "")
        said += [sentences(site.info.language, nothing), *_said(site, "films")]
    said += _said(site, "cookies")
    if config.contact.service:
        through = forms.through(config.contact.service, config.contact.endpoint)
        said += _said(site, "form" if through else "form_here", host=through)
    yield Section("loads", *_said(site, "loads"), tuple(said), ())


def _never(site: Site) -> Iterator[Section]:
    never = _said(site, "never_ghost", "never_machine", "never_silent", "never_measure")
    yield Section("never", *_said(site, "never"), (), (), tuple(never))


SECTIONS: tuple[Callable[[Site], Iterator[Section]], ...] = (
    _answers, _corrections, _words, _names, _conversation, _loads, _never,
)  # fmt: skip
"""The sections, in the order of the page."""
