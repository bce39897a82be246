"""Owns running git: what it remembers of content/ becomes a History, or a line that says why not. Its one use.

A site's folder is written by many hands, and may have come from anywhere. So git is asked for plumbing that runs
nothing of it: no hooks, no filters, no external diff, no network, no locks.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from newsroom.desk import Desk
from newsroom.errors import Location, NewsroomError, Problem
from newsroom.history import FORMAT, Commit, History, Version, parse
from newsroom.model import Content, Post

SECONDS = 60
"""How long git may take; 4,000 commits take less than one."""
SAFE = (
    "-c", "core.quotepath=off", "-c", "core.fsmonitor=", "-c", "core.hooksPath=/dev/null",
    "-c", "core.alternateRefsCommand=", "-c", "log.showSignature=false", "-c", "protocol.allow=never",
    "--no-optional-locks", "--no-pager", "--literal-pathspecs",
)  # fmt: skip
LOG = ("log", "-z", "--raw", "--no-abbrev", "--relative", "--find-renames", "-l1000", "--no-ext-diff", "--no-textconv",
       "--no-color", "--no-show-signature", "--use-mailmap", "--ignore-submodules=all",
       f"--format={FORMAT}")  # fmt: skip
KEPT = re.compile(r"GIT_(?:CONFIG_.*|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM)")
"""Variables of the caller that git still sees: settings. Those that name a repository, as a hook's do, it does not."""

NO_GIT = "git is not installed here: nothing is known of who changed what"
NO_REPOSITORY = "this folder is in no git repository: nothing is known of who changed what"
SHALLOW = "this clone is shallow, so that the history is not all here: use fetch-depth: 0, or run git fetch --unshallow"
SLOW = f"git took longer than {SECONDS} seconds: nothing is known of who changed what"


class _Refused(NewsroomError):
    """Git did not do it; its one problem says why."""

    def __init__(self, why: str):
        super().__init__([Problem("no-history", why, Location("content"))])


def history(root: Path, version: Callable[[str, bytes], Version | None] = lambda path, raw: None) -> History | str:
    """What git remembers of the site's content/; or one line that says why nothing is known."""
    root = Path(root)
    try:
        shallow = _git(root, "rev-parse", "--is-shallow-repository").strip()
        if shallow == b"true":
            return SHALLOW
        if not _git(root, "for-each-ref", "--count=1") and not _born(root):
            return History((), lambda: (), lambda blobs: {}, version)  # a repository before its first commit
        line = parse(_git(root, *LOG, "--first-parent", "-m", "--", "content"))
    except _Refused as refused:
        return str(refused)

    @cache
    def commits() -> tuple[Commit, ...]:
        return parse(_git(root, *LOG, "--", "content"))

    return History(line, commits, lambda blobs: _texts(root, blobs), version)


def cannot_tell(known: History | str) -> str:
    """Why a site in a repository cannot be compared with it; "" where it can, and where there is no repository."""
    return known if isinstance(known, str) and known not in (NO_GIT, NO_REPOSITORY) else ""


def past(desk: Desk) -> Callable[[], History | str]:
    """The history of a site that was loaded, asked for when it is first needed: most checks do without."""

    @cache
    def asked() -> History | str:
        return history(desk.root, lambda path, raw: version(desk, path, raw))

    return asked


def version(desk: Desk, path: str, raw: bytes) -> Version | None:
    """The post in a file of any time; None where newsroom would have refused it: then it was on no page."""
    from newsroom.read import content, frontmatter

    if not path.startswith("content/posts/"):
        return None
    bodies: list[str] = []
    nothing = Content("")
    post = content.read(path, raw, desk.rules, lambda body, _: (bodies.append(body) or "", nothing)).noun
    if post is None:
        return None

    @cache
    def words() -> tuple[tuple[tuple, str], ...]:
        return tuple(((), text) for text in desk.texts.made(bodies[0], post.language).prose.split("\n") if text)

    return Version(post, cache(lambda: _front(post, frontmatter.read(raw, path).values)), words, bodies[0])


def _front(post: Post, said: Mapping[str, str]) -> tuple[tuple[tuple, str], ...]:
    """What a post says to readers above its body."""
    found = [((key,), said[key]) for key in ("title", "summary") if said.get(key)]
    for key in ("dateline", "question", "asked_by"):
        found += [((key,), post.details[key])] if post.details.get(key) else []
    for key in ("facts", "known", "unknown", "doing", "led_to"):
        found += [((key, n), text) for n, text in enumerate(post.details.get(key, ()))]
    for n, quote in enumerate(post.details.get("quotes", ())):
        found += [(("quotes", n, part), quote[part]) for part in ("by", "name", "role", "text") if quote.get(part)]
    return tuple(found)


def _born(root: Path) -> bool:
    """Whether HEAD names a commit: a checkout of one commit may have no branch."""
    try:
        return bool(_git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"))
    except _Refused:
        return False


def _texts(root: Path, blobs: Iterable[str]) -> Mapping[str, bytes]:
    """The bytes of blobs, by their ids: `git cat-file --batch` for all of them at once."""
    wanted = sorted(set(blobs))
    raw = _git(root, "cat-file", "--batch", said="".join(f"{blob}\n" for blob in wanted).encode()) if wanted else b""
    found, at = {}, 0
    while at < len(raw):
        end = raw.index(b"\n", at)
        head = raw[at:end].split(b" ")
        at = end + 1
        if len(head) == 3:  # id, type, size; `missing` has no size
            size = int(head[2])
            found[head[0].decode()] = raw[at : at + size]
            at += size + 1
    return found


def _git(root: Path, *words: str, said: bytes = b"") -> bytes:
    """What git prints. Raises NewsroomError with a line for the reader."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or KEPT.fullmatch(name)}
    quiet = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1"}
    try:
        done = subprocess.run(
            ["git", *SAFE, *words],
            cwd=root, env=kept | quiet, input=said, capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        raise _Refused(NO_GIT) from None
    except subprocess.TimeoutExpired:
        raise _Refused(SLOW) from None
    if done.returncode:
        raise _Refused(_why(done.stderr.decode("utf-8", "replace")))
    return done.stdout


def _why(told: str) -> str:
    if "not a git repository" in told:
        return NO_REPOSITORY
    if "dubious ownership" in told:
        return (
            "git refuses this folder, which another user owns: git config --global --add safe.directory PATH allows it"
        )
    first: Sequence[str] = told.strip().splitlines() or ("it gave no reason",)
    return f"git could not be asked: {first[0].removeprefix('fatal: ')}"
