"""Owns the weekly digest: what an ISO week brought, as a document that a mailing tool can send, and as plain text.

Must not hold anybody's address: a reader answers where the post says how. A week that is over changes only when
something in it does, so nothing here depends on the moment but who answers now, and the week that is still running.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from newsroom.isoweeks import days, days_in_words
from newsroom.language import joined as listed
from newsroom.language import say
from newsroom.model import Output, Post, digest, digest_of
from newsroom.permalinks import encoded
from newsroom.render import digest_text
from newsroom.render.feed_head import RASTER, page_of, picture_of
from newsroom.render.feed_html import called
from newsroom.render.parts import NONE, Part, Parts, Subject, Tools, covered, head, joined
from newsroom.render.weekly import Digest, Note, Piece, Portrait
from newsroom.site import Site
from newsroom.views import Face, Link, SiteInfo

KINDS = ("release", "statement", "answer")
"""Kinds of post that are named; a plain one needs no name."""

PREVIEW = 140
"""Characters that mail programs show beside the subject, at the most."""


# ── outputs ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def address(week: str) -> str:
    """The permalink of a week's digest."""
    return f"/digest/{week}.html"


def each_week(site: Site) -> Iterator[Subject]:
    for week in site.weeks:
        yield address(week), week, ""


def week(site: Site, name: str) -> Parts:
    return {
        "digest": Part(_made_of(site, name), lambda tools: _digest(site, name)),
        "head": covered(
            lambda t: head(t.info, "digest", "", address(name), days_in_words(name, t.info.language), noindex=True)
        ),
    }


def newest(site: Site) -> Part:
    """A link to the newest digest, for the page to follow; none without posts."""
    name = next(iter(site.weeks), "")
    return (
        Part(digest(name), Link(days_in_words(name, site.info.language), encoded(site.info.base + address(name))))
        if name
        else NONE
    )


def text_outputs(site: Site) -> Iterator[Output]:
    """Each week as plain text."""
    for name in site.weeks:
        yield Output(f"digest/{name}.txt", "digest_text", name, digest(_made_of(site, name) + site.info.digest))


def write_text(output: Output, site: Site, tools: Tools) -> bytes:
    """A week as plain text."""
    return digest_text.written(_digest(site, output.subject), site.info.title, site.info.language).encode()


# ── what a week is made of ───────────────────────────────────────────────────────────────────────────────────────────


def _made_of(site: Site, name: str) -> str:
    """Digest of all that a week shows."""
    if "digests" not in site.noted:
        site.noted["digests"] = _made(site)
    return site.noted["digests"][name]


def _made(site: Site) -> dict[str, str]:
    """That of each week, in one go: no card is made for ten thousand posts, and no word. 30 ms."""
    faces, signed, found = site.faces, {}, {}
    for name, week in site.weeks.items():
        made = []
        for post in week.posts:
            if post.authors not in signed:
                signed[post.authors] = joined(faces[key] for key in post.authors)
            question = post.details.get("question", "") if post.details else ""
            made += [post.card, post.language, question, signed[post.authors], joined(site.answering(post))]
        for post, each in week.corrections:
            made += [post.permalink, post.title, digest_of(each), faces[each["by"]].digest if each.get("by") else ""]
        for post in _open(site, name):
            made += [post.permalink, post.title, post.date, joined(faces[key] for key in post.authors)]
        found[name] = digest_of(made)
    return found


def _digest(site: Site, name: str) -> Digest:
    found, base = site.weeks[name], site.info.url
    pieces = tuple(_piece(site, post) for post in found.posts)
    answering = {face.key: face for post in found.posts for face in site.answering(post)}
    fixes = sorted(found.corrections, key=lambda pair: pair[1]["date"], reverse=True)
    return Digest(
        name, days_in_words(name, site.info.language), _preview(pieces), base + address(name), pieces,
        tuple(_correction(site, post, each) for post, each in fixes),
        tuple(Note("", p.title, _url(site, p), "", _named(site.faces[key] for key in p.authors), p.date)
              for p in _open(site, name)),
        tuple(_portrait(face, site.info)._replace(url=page_of(face, base) + "#contact") for face in answering.values()),
        base + "/", base + "/follow/",
    )  # fmt: skip


def _piece(site: Site, post: Post) -> Piece:
    names, said = called(site.answering(post)), site.info.language
    url, language = _url(site, post), post.language if post.language != site.info.language else ""
    return Piece(
        say(said, f"kinds.{post.kind}") if post.kind in KINDS else "", post.title, url,
        tuple(_portrait(site.faces[key], site.info) for key in post.authors), post.date, post.summary,
        post.details.get("question", ""), language,
        Link(say(said, "ways.reply", names=listed(said, "or", names)), f"{url}#contact") if names else None,
    )  # fmt: skip


def _open(site: Site, name: str) -> list[Post]:
    """The statements that were open at the end of a week, or are now where it is not over: more was announced."""
    end = min(days(name)[1], site.moment.date()).isoformat()
    announced = (p for p in site.by_kind.get("statement", ()) if p.details.keys() & {"next_update", "overdue"})
    return [p for p in announced if p.date[:10] <= end and not "" < p.details.get("closed", "") <= end]


def _correction(site: Site, post: Post, item: dict) -> Note:
    by = site.faces[item["by"]].name if item.get("by") else ""
    url = f"{_url(site, post)}#corrections"
    return Note(say(site.info.language, f"corrections.{item['kind']}"), post.title, url, item["text"], by, item["date"])


def _portrait(face: Face, info: SiteInfo) -> Portrait:
    shown = face.photo and urlsplit(face.photo.src).path.lower().endswith(RASTER)
    src = picture_of(face.photo, info.main) if face.photo and shown else ""
    return Portrait(face.name, face.role, page_of(face, info.url), src, face.initials, face.tint)


def _preview(pieces: Iterable[Piece]) -> str:
    said = "; ".join(f"{', '.join(author.name for author in piece.authors)}: {piece.title}" for piece in pieces)
    return said if len(said) <= PREVIEW else said[: PREVIEW - 1].rsplit(" ", 1)[0] + "…"


def _url(site: Site, post: Post) -> str:
    return site.info.url + encoded(post.permalink)


def _named(faces: Iterable[Face]) -> str:
    return ", ".join(face.name for face in faces)
