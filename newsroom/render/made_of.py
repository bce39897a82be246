"""Owns what an output is made of, in words: for `newsroom explain`. Must decide nothing; fingerprints are `outputs`' own."""

from __future__ import annotations

from collections.abc import Callable

from newsroom.language import theirs
from newsroom.model import NOTHING, Output, digest, digest_of
from newsroom.render import editions, feed_archive, press, release
from newsroom.render.entries import entry_key
from newsroom.render.pages import PAGES
from newsroom.render.parts import Faces, Part, Tags
from newsroom.render.reach import reached
from newsroom.render.theme import Theme
from newsroom.site import Site
from newsroom.views import Card, Listing, SiteInfo

SHORT = 16
"""Hexadecimal digits of a digest that is only compared with its own past."""


def telling(site: Site, theme: Theme, whole: Site | None = None) -> Callable[[Output], dict[str, str]]:
    """A function that says what an output is made of: name -> digest. `listing` changes when `listing: content/posts/a.md` does.

    `whole` is the site of which `site` is an edition.
    """
    known: dict[str, dict[str, str]] = {}
    all_over = _site(site.info, site.config.digest)
    others = {language: telling(edition, theme, whole=site) for language, edition in site.editions.items()}

    def made_of(output: Output) -> dict[str, str]:
        home, output = editions.at_home(site, output)
        if home is not site:
            return others[home.edition](output)
        if output.kind in PAGES:
            kind = PAGES[output.kind]
            if kind.template not in known:
                known[kind.template] = _template(kind.template, theme) | all_over
            found = dict(known[kind.template])
            if whole:
                found |= _part("languages", editions.languages(whole, site, output.kind, output.path, output.source))
            for name, part in kind.parts(site, output.subject).items():
                found |= _part(name, part)
        elif output.kind == "feed":
            feed = site.feeds[output.subject]
            found = all_over | {"feed": digest_of(feed[:5], [face.digest for face in feed.authors])}
            found |= {f"entry: {post.source}": entry_key(site, post.source) for post in feed.posts}
            said = (post.source for post in feed.posts if post.source in site.talks)
            found |= {f"conversation: {source}": site.talks[source].digest for source in said}
            found |= {f"note: {note.title}": note.digest for note in feed.notes}
            found |= {"archive": digest_of(feed.archives, feed.over)} if feed.archives or feed.over else {}
        elif output.kind == feed_archive.KIND:
            posts = feed_archive.document(site, output.subject).posts
            found = all_over | {"document": output.fingerprint}
            found |= {f"entry: {post.source}": entry_key(site, post.source) for post in posts}
        elif output.kind in release.KINDS:
            found = all_over | release.made_of(site, site.lookup[output.subject][0])
        elif output.kind == press.KIND:
            found = all_over | press.made_of(site)
        elif output.kind in ("asset", "picture", "static", "style"):
            found = {output.subject: output.fingerprint}
        else:
            found = all_over | {"addresses": output.fingerprint}
        return {name: short(made) for name, made in found.items() if made != NOTHING}

    return made_of


def short(made: str) -> str:
    """A digest, or several side by side, cut to what is compared."""
    return (made if len(made) == len(NOTHING) else digest(made))[:SHORT]


def _template(name: str, theme: Theme) -> dict[str, str]:
    return {f"template: {at}": digest(theme.templates[at][1]) for at in reached(name, theme.templates)}


def _site(info: SiteInfo, settings: str) -> dict[str, str]:
    """What every page shows of the site."""
    return {
        "site: settings": settings,
        "site: menu and foot": digest_of([tuple(link) for link in (*info.menu, *info.foot)]),
        "site: the theme's files and options": digest_of(info.assets, info.options),
        "site: the theme's words": theirs() or NOTHING,
        "site: people's addresses": digest_of(info.detours) if info.detours else NOTHING,
    }


def _part(name: str, part: Part) -> dict[str, str]:
    """A part, and each of the posts, people or topics in it."""
    match part.value:
        case Card():
            inside = {part.value.source: part.digest}
        case Listing(cards=cards):
            inside = {card.source: card.digest for card in cards}
        case Faces(faces=people):
            inside = {f"content/people/{face.key}.md": face.digest for face in people}
        case Tags(tags=tags):
            inside = {f"content/topics/{tag.key}.md": tag.digest for tag in tags}
        case _:
            inside = {}
    return {name: part.digest} | {f"{name}: {source}": made for source, made in inside.items()}
