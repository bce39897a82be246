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
from newsroom.model import Output, Post
from newsroom.render import stories
from newsroom.render.parts import NONE, Parts, Subject, covered, head, locale, plain
from newsroom.site import Site
from newsroom.states import changes, previewed, state
from newsroom.views import Head

FOLDER = "/preview/"
"""Every preview is below it: what is said of all of them in `_headers` betrays none."""
UNSAID = dict.fromkeys(("form", "thread", "conversation", "answers", "previous", "next"), NONE)
"""Parts of a post's page that belong to a public one."""


def each(site: Site) -> Iterator[Subject]:
    """Every preview."""
    for post in site.previews:
        yield post.permalink, post.source, post.source


def problems(outputs: Iterable[Output]) -> Iterator[Problem]:
    """What others would put below FOLDER, all of which hosts keep from search engines."""
    for output in outputs:
        if output.kind not in ("preview", "asset", "static") and f"/{output.path}".casefold().startswith(FOLDER):
            address = "/" + output.path.removesuffix("index.html")
            message = f'"{address}" would be below {FOLDER}, where copies for reviewers stand'
            hint = "this address is the newsroom's own: choose another slug or alias"
            at = Location(output.source, pointer=("aliases", 0) if output.kind == "redirect" else ("slug",))
            yield Problem("collision", message, at, hint)


def preview(site: Site, source: str) -> Parts:
    """What a preview is made of: all that the post's page will be, and for whom and until when it is shown."""
    post = next(post for post in site.previews if post.source == source)
    alone = replace(site, posts=(post,), talks={}, answered={}, answers={})
    said = post.details["preview"]
    out = next((at for at, now in changes(post, site.config.timezone) if now == "published"), 0)
    until = _moment(site, out if 0 < out < previewed(post) else said["until"])
    return stories.post(alone, source) | UNSAID | {
        "preview": plain({"whom": said.get("for", ""), "until": until, "held": _held(site, post)}),
        "head": covered(lambda tools: _head(site, post)),
    }  # fmt: skip


def _held(site: Site, post: Post) -> tuple[str, tuple[str, str] | None]:
    """(what keeps the post from readers, until when): what whoever reads the copy must know first.

    A draft's embargo is told as long as it stands in the file: a build must not differ where no state does.
    """
    now = state(post, site.moment)
    if now == "scheduled":
        return "Goes out on", _moment(site, post.time)
    return ("Embargoed until", _moment(site, post.embargo)) if post.embargo else ("A draft", None)


def _moment(site: Site, moment: str | int) -> tuple[str, str]:
    """(RFC 3339, in words) of a moment, given so or in seconds since 1970."""
    timezone = site.config.timezone
    exact = moment if isinstance(moment, str) else datetime.fromtimestamp(moment, zone(timezone)).isoformat()
    return exact, moment_in_words(exact, timezone, site.config.language)


def _head(site: Site, post: Post) -> Head:
    """A head that tells nobody: no address, no feeds, no facts; no title for programs that show where links lead."""
    made = head(site.info, "post", "", post.permalink, f"Preview: {post.title}", noindex=True)
    language = locale(post.language or site.info.language)
    return made._replace(name="Preview", description="", canonical="", feeds=(), image=None, locale=language)
