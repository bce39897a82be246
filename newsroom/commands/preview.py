"""Owns `newsroom preview`: a copy of an unpublished post for reviewers, at an address that nobody can guess.

It edits the front matter of one file; the next build makes the page, and the first after the moment takes it away.
"""

from __future__ import annotations

import base64
import os
import secrets
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from newsroom import dates
from newsroom.assemble.site import assemble
from newsroom.build import Options
from newsroom.build import read as load
from newsroom.commands.handover import diff
from newsroom.commands.people import Done, replace_file
from newsroom.config import NOWHERE
from newsroom.desk import Desk
from newsroom.engine import files
from newsroom.errors import Location, NewsroomError, Problem, did_you_mean, problem
from newsroom.model import Library, Post
from newsroom.permalinks import encoded
from newsroom.read import content
from newsroom.read.rewriting import Value, rewrite
from newsroom.render.previews import FOLDER
from newsroom.site import Site
from newsroom.states import STATES, changes, state

POSTS = "content/posts/"
HINT = 'say until when: --until 2026-12-01 (as that day begins), or --until "2026-12-01 18:00"'


def preview(
    root: Path, asked: str, until: str = "", whom: str = "", end: bool = False, dry: bool = False,
    now: datetime | None = None,
) -> Done:  # fmt: skip
    """Write a post's preview into its front matter, move its end, or take it out (`end`). Raises NewsroomError.

    A preview that is there keeps its address; one that was taken out and asked for again has another.
    """
    with closing(Desk(root, NOWHERE)) as desk, files.alone(desk.folder):
        try:
            options = Options(moment=now)
            site, _, library = load(desk, options)
            post = _meant(asked, library, site)
            if bool(until) == end:
                message = "--until is missing" if not end else "--until and --end exclude each other"
                raise NewsroomError([problem("missing-argument", message, "preview", hint=HINT)])
            raw = (root / post.source).read_bytes()
            value = None if end else _value(post, until, whom, site)
            made = rewrite(raw, post.source, {"preview": value})
            wrong = [] if end else _wrong(desk, library, site, post, made)
        except NewsroomError as error:
            raise NewsroomError(desk.place(error.problems)) from error
        written = made != raw and not dry
        if written:
            replace_file(root, post.source, made)
    facts = {"source": post.source, "written": written, "diff": diff(raw, made), "address": "", "until": ""}
    if value is None:
        said = "the preview is over: the next build takes it away" if made != raw else "there is no preview"
        return Done((f"{post.source}: {said}",), (), (), facts)
    facts |= {"until": value["until"], "address": site.info.url + encoded(f"{FOLDER}{value['key']}/")}
    return Done(tuple(_told(post, value["until"], facts["address"], site, dry)), (), tuple(wrong), facts)


def _told(post: Post, until: str, address: str, site: Site, dry: bool) -> list[str]:
    zone = site.config.timezone
    lines = [address, f"there from the next build on, until {dates.moment_in_words(until, zone)}"]
    out = next((at for at, now in changes(post, zone) if now == "published"), 0)
    if out and out < datetime.fromisoformat(until).timestamp():
        goes = datetime.fromtimestamp(out, dates.zone(zone)).isoformat()
        lines.append(f"the post goes out before that, on {dates.moment_in_words(goes, zone)}: the preview ends then")
    return [*lines, "nothing was written"] if dry else lines


def _meant(asked: str, library: Library, site: Site) -> Post:
    """The post of that file, folder or address."""
    wanted = unquote(urlsplit(asked.removeprefix(site.info.url)).path).removeprefix(site.info.base)
    plain = os.path.normpath(asked).replace(os.sep, "/")
    names = (plain, f"{plain}/index.md")
    for post in library.posts:
        if post.source in (*names, *(POSTS + name for name in names)) or any(
            n.endswith(f"/{post.source}") for n in names
        ):
            return post
        if wanted.startswith("/") and post.permalink.strip("/") == wanted.strip("/"):
            return post
    hint = did_you_mean(plain, [post.source for post in library.posts], f"name a file below {POSTS}")
    raise NewsroomError([problem("no-post", f'no post is "{asked}"', "preview", hint=hint)])


def _value(post: Post, until: str, whom: str, site: Site) -> Value:
    """What front matter says of the preview. Raises NewsroomError where there cannot be one."""
    now = state(post, site.moment)
    if STATES[now].public or STATES[now].over:
        hint = "send reviewers its own address" if STATES[now].public else "take out expires: first"
        message = f"the post {STATES[now].is_so}: there is nothing to preview"
        raise NewsroomError([problem("no-preview", message, post.source, hint=hint, line=1)])
    try:
        moment = dates.parse(until, site.config.timezone)
    except ValueError as error:
        raise NewsroomError([problem("bad-date", str(error), "--until", hint=dates.hint(error))]) from None
    if moment <= site.moment:
        message = f"{dates.moment_in_words(moment.isoformat(), site.config.timezone)} is over"
        raise NewsroomError([problem("bad-date", message, "--until", hint="name a moment to come")])
    known = post.details.get("preview", {})
    key = known.get("key") or base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()
    whom = whom.strip() or known.get("for", "")
    return {"key": key, "until": moment.isoformat()} | ({"for": whom} if whom else {})


def _wrong(desk: Desk, library: Library, site: Site, post: Post, made: bytes) -> list[Problem]:
    """What would be wrong with the post on the day it goes out, as warnings: the preview shows it all the same.

    Raises NewsroomError with what would stop a build.
    """
    read = content.read(post.source, made, desk.rules, desk.texts.render)
    if read.noun is None:
        raise NewsroomError([content.place(wrong, made) for wrong in read.problems])
    edited = tuple(read.noun if each.source == post.source else each for each in library.posts)
    after, problems = assemble(library._replace(posts=edited), site.config, site.moment, site.info)
    if problems:
        raise NewsroomError([content.place(p, made) if p.location.path == post.source else p for p in problems])
    refs, first = after.refs[post.source], read.body_line - 1
    lost = [(target, line) for target, line in post.links if target not in refs.links]
    lost += [(name, line) for name, line, *_ in post.files if name not in refs.files]
    hint = "it leads nowhere in the preview, and would stop the build when the post goes out"
    wrong = (
        Problem(
            "broken-link", f'"{name}" is not there, or not public', Location(post.source, first + n), hint, "warning"
        )
        for name, n in lost
    )
    return [content.place(each, made) for each in wrong]
