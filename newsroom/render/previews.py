"""Owns the copies for reviewers: a post that is not public yet, at an address that nobody can guess, until a moment.

Nothing else may name that address. The page is the post's own, in a Site that has no other post: what would lead
from it to readers, or from readers to it, is left out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from newsroom.dates import moment_in_words, zone
from newsroom.errors import Location, Problem
from newsroom.language import say
from newsroom.model import Output, Post
from newsroom.render import stories
from newsroom.render.parts import NONE, Parts, Subject, covered, head, locale, plain
from newsroom.site import Site
from newsroom.states import changes, previewed, state
from newsroom.views import Contact, Head

FOLDER = "/preview/"
"""Every preview is below it: what is said of all of them in `_headers` betrays none."""
UNSAID = dict.fromkeys(
    ("form", "thread", "conversation", "answers", "previous", "next", "related", "series", "share", "age", "colleague"),
    NONE,
)
"""Parts of a post's page that belong to a public one."""


def each(site: Site) -> Iterator[Subject]:
    """Every preview."""
    for post in site.previews:
        yield post.permalink, post.source, post.source


def problems(outputs: Iterable[Output]) -> Iterator[Problem]:
    """What others would put below FOLDER, all of which hosts keep from search engines."""
    for output in outputs:
        if output.kind not in (
            "preview",
            "asset",
            "picture",
            "static",
            "style",
        ) and f"/{output.path}".casefold().startswith(FOLDER):
            address = "/" + output.path.removesuffix("index.html")
            message = f'"{address}" would be below {FOLDER}, where copies for reviewers stand'
            hint = "this address is the newsroom's own: choose another slug or alias"
            at = Location(output.source, pointer=("aliases", 0) if output.kind == "redirect" else ("slug",))
            yield Problem("collision", message, at, hint)


def preview(site: Site, source: str) -> Parts:
    """What a preview is made of: all that the post's page will be, and for whom and until when it is shown."""
    post = next(post for post in site.previews if post.source == source)
    alone = replace(site, posts=(post,), talks={}, answered={}, answers={})
    said, made = post.details["preview"], stories.post(alone, source)
    out = next((at for at, now in changes(post, site.config.timezone) if now == "published"), 0)
    until = _moment(site, out if 0 < out < previewed(post) else said["until"])
    return made | UNSAID | {
        "contact": made["contact"]._replace(value=lambda tools: _formless(made["contact"].value(tools), alone, post)),
        "preview": plain({"whom": said.get("for", ""), "until": until, "held": _held(site, post)}),
        "head": covered(lambda tools: _head(site, post)),
    }  # fmt: skip


def _formless(contact: Contact, site: Site, post: Post) -> Contact:
    """Ways to reach people that lead to the forms on their own pages: a form here would tell its service of the post."""
    own = site.contact(site.asked(post), post.language, post.details.get("answers")).actions
    ways = [there if way.channel == "form" else way for way, there in zip(contact.actions, own, strict=True)]
    return contact._replace(actions=tuple(ways))


def _held(site: Site, post: Post) -> tuple[str, tuple[str, str] | None]:
    """(the phrase that says what keeps the post from readers, until when): what whoever reads the copy must know first.

    A draft's embargo is told as long as it stands in the file: a build must not differ where no state does.
    """
    now = state(post, site.moment)
    if now == "scheduled":
        return "preview.goes_out", _moment(site, post.time)
    return ("preview.embargoed", _moment(site, post.embargo)) if post.embargo else ("preview.draft", None)


def _moment(site: Site, moment: str | int) -> tuple[str, str]:
    """(RFC 3339, in words) of a moment, given so or in seconds since 1970."""
    timezone = site.config.timezone
    exact = moment if isinstance(moment, str) else datetime.fromtimestamp(moment, zone(timezone)).isoformat()
    return exact, moment_in_words(exact, timezone, site.info.language)


def _head(site: Site, post: Post) -> Head:
    """A head that tells nobody: no address, no feeds, no facts; no title for programs that show where links lead."""
    made = head(
        site.info, "post", "", post.permalink, say(site.info.language, "preview.title", title=post.title), noindex=True
    )
    language = locale(post.language or site.info.language)
    return made._replace(
        name=say(site.info.language, "preview.label"),
        description="",
        canonical="",
        feeds=(),
        image=None,
        locale=language,
    )
