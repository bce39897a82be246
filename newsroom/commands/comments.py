"""Owns `newsroom comments`: archives are filled from exports and services, and people are taken out of them.

Only `pull` asks the network, and only the services of the settings. Nothing is written outside content/comments/.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from newsroom import providers
from newsroom.assemble.info import about
from newsroom.assemble.schedule import is_public
from newsroom.comments import archive, folder, matching, merging
from newsroom.comments.archive import FOLDER, Archive
from newsroom.comments.keeping import Done, Keeping
from newsroom.comments.records import Discussion
from newsroom.config import FILE, NOWHERE
from newsroom.desk import Desk
from newsroom.engine import files
from newsroom.errors import Location, NewsroomError, Problem, did_you_mean, problem
from newsroom.model import Library, Post

FEW = 3
"""From so many archived comments on it is no accident that a service has none of them."""


def take_in(root: Path, source: str, file: Path) -> Done:
    """Import an export: a row of EXPORTS, and its file. Raises NewsroomError where site or file cannot be read."""
    from newsroom.comments.exports import EXPORTS

    discussions = list(EXPORTS[source].read(file))  # all of it, before anything is written
    with _site(root, NOWHERE) as (desk, library):
        names = matching.index(library.posts, desk.config.base)
        keeping, homeless = Keeping(desk, library), []
        for discussion in discussions:
            if post := matching.match(discussion, names):
                keeping.keep(post, discussion)
            elif discussion.comments:
                homeless.append(discussion)
        return keeping.done("", homeless)


def pull(root: Path, post: str = "", now: datetime | None = None) -> Done:
    """Ask the services of the settings about every public post, or about one: by its address, file or id."""
    from newsroom.commands.isso import address

    now = (now or datetime.now(UTC)).astimezone(UTC)
    stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    with _site(root, address(root)) as (desk, library):
        posts = [each for each in library.posts if is_public(each, now)]
        posts = [_meant(post, posts, desk.config.base)] if post else posts
        services = _services(desk, library, posts)
        if not services:
            raise NewsroomError([_nothing(desk.config.comments.provider)])
        keeping = Keeping(desk, library)
        for service, threads in services.items():
            _ask(service, threads, stamp, keeping)
        return keeping.done(stamp)


def redact(root: Path, name: str, what: Iterable[str]) -> Done:
    """Take name or words out of one comment for good. Raises NewsroomError where none, or more than one, is meant."""
    desk = Desk(root, NOWHERE)
    try:
        timezone = desk.config.timezone  # before all: a folder that is no newsroom is left as it is
        with files.alone(desk.folder):
            path, before, id = _found(desk, name, timezone)
            after = merging.redact(before, id, what)
            if after != before:
                folder.write(root, path, archive.dump(after))
                shutil.rmtree(desk.folder / "cache", ignore_errors=True)  # it holds the words; CI keeps it for long
    except NewsroomError as error:
        raise NewsroomError(desk.place(error.problems)) from error
    finally:
        desk.close()
    gone = next(row.redacted for row in after.rows if row.id == id)
    facts = {"path": path, "id": id, "redacted": gone, "changed": after != before}
    told = f"{path}: {id} is without its {' and '.join(gone)}"
    if after == before:
        return Done((f"{told} already",), (), (), facts)
    steps = (
        "Next: newsroom build, and publish. The service still has it: delete it there too.",
        "Earlier versions of the file, if you keep any (git), still hold what was taken out.",
    )
    return Done((f"{told}, for good", *steps), (), (), facts)


ACTIONS = {
    "import": lambda args: take_in(Path(args.site), args.source, Path(args.file)),
    "pull": lambda args: pull(Path(args.site), args.post),
    "redact": lambda args: redact(Path(args.site), args.id, _parts(args.words, args.name)),
}
"""The word after `newsroom comments` -> what it does with the arguments."""


def _parts(words: bool, name: bool) -> tuple[str, ...]:
    """What to redact; without a word about it both."""
    return tuple(part for part, wanted in (("name", name), ("words", words)) if wanted or words == name)


@contextlib.contextmanager
def _site(root: Path, isso: str) -> Iterator[tuple[Desk, Library]]:
    """The desk, and all that is written. Raises NewsroomError with everything wrong in it, placed."""
    desk = Desk(root, isso)
    try:
        desk.config  # noqa: B018 - a folder that is no newsroom is left as it is
        library, wrong = desk.parse()
        if wrong := [*desk.unreadable, *wrong]:
            raise NewsroomError(wrong)
        yield desk, library
    except NewsroomError as error:
        raise NewsroomError(desk.place(error.problems)) from error
    finally:
        desk.close()


# ── pull ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Thread(NamedTuple):
    """A thread at a service."""

    key: str
    url: str
    posts: list[Post]
    """Those whose thread it is: one, but for posts that name the same."""


def _services(desk: Desk, library: Library, posts: Iterable[Post]) -> dict[str, dict[str, _Thread]]:
    """Service -> key -> thread, of the posts whose comments are on."""
    settings, info = desk.config.comments, about(desk.config, library, {}, {})
    found: dict[str, dict[str, _Thread]] = {}
    for post in posts:
        own = {"provider": settings.provider, "open": settings.open, **post.comments}
        options = settings.options.get(own["provider"], {})
        if thread := providers.thread(own, options, post, info, settings.load):
            told = dict(thread.attributes)
            key = told["data-thread"]
            found.setdefault(thread.provider, {}).setdefault(key, _Thread(key, told["data-address"], [])).posts.append(
                post
            )
    return found


def _ask(service: str, threads: dict[str, _Thread], stamp: str, keeping: Keeping) -> None:
    """Pull the threads of one service. What one service refuses does not stop the next."""
    from newsroom.comments.fetch import Fetch
    from newsroom.comments.pulls import PULLS, Wanted

    place = Location(FILE, pointer=("comments", "provider"))
    if service not in PULLS:
        keeping.problems.append(_no_pull(service, place))
        return
    wanted = [Wanted(key, url, posts[0].title, posts[0].source) for key, url, posts in threads.values()]
    fetch, answers = Fetch(place=place), []
    try:
        for discussion in PULLS[service](keeping.desk.config.comments.options.get(service, {}), wanted, fetch):
            answers.append(discussion)
    except NewsroomError as error:  # what came before it is kept
        keeping.problems += error.problems
    keeping.problems += fetch.problems
    anew = _anew(service, answers, threads, keeping, place)
    for discussion in answers:
        key = discussion.keys[0]
        for post in threads[key].posts:
            keeping.keep(post, discussion, stamp, "" if anew or key in fetch.partial else service)


def _anew(service: str, answers: list[Discussion], threads: dict, keeping: Keeping, place: Location) -> bool:
    """Whether a service has none of the comments that are archived: an empty server must not empty the archive."""
    posts = [post for answer in answers for post in threads[answer.keys[0]].posts]
    kept = keeping.alive(posts, service)
    if len(kept) < FEW or any(comment.id in kept for answer in answers for comment in answer.comments):
        return False
    hint = "check its address and settings; if they were deleted there, delete them in content/comments/ too"
    message = f"{service} has none of the {len(kept)} archived comments any more: they were left as they are"
    keeping.problems.append(Problem("all-gone", message, place, hint))
    return True


def _no_pull(service: str, place: Location) -> Problem:
    from newsroom.comments.exports import EXPORTS

    hint = "it has no export that is read here either: its comments stay where they are"
    if service in EXPORTS:
        hint = f"export them there, then: newsroom comments import {service} FILE"
    title = service if service == "custom" else providers.PROVIDERS[service].title
    return Problem("no-pull", f"the comments of {title} cannot be pulled", place, hint)


def _nothing(provider: str) -> Problem:
    if provider in providers.OFF:
        hint = "set provider under [comments], see docs/comments.md; what you have exported: newsroom comments import"
        return problem("no-service", "no comment service is set", FILE, ("comments",), hint)
    hint = "a post names it in its front matter: comments: {thread: ...}; comments: off turns it off"
    return problem(
        "no-thread", f"there is no public post with a thread at {provider}", FILE, ("comments", "provider"), hint
    )


def _meant(name: str, posts: list[Post], base: str) -> Post:
    if found := matching.find([name], matching.index(posts, base)):
        return found
    hint = did_you_mean(name, [post.permalink for post in posts], "Give its address: /2026/cracked-lens/")
    raise NewsroomError([problem("unknown-post", f'no public post has the address "{name}"', "--post", hint=hint)])


# ── redact ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _found(desk: Desk, name: str, timezone: str) -> tuple[str, Archive, str]:
    """(path, archive, id) of the comment that an id, an anchor or an address means."""
    address, _, fragment = name.rpartition("#")
    id = fragment.removeprefix("comment-")
    texts = {path: (desk.root / path).read_bytes() for path in folder.listed(desk.root)}
    hits = {path: archive.parse(raw, path, timezone) for path, raw in texts.items() if id.encode() in raw}
    hits = {path: kept for path, kept in hits.items() if any(row.id == id for row in kept.rows)}
    if len(hits) > 1 and address:
        post = matching.find([address], matching.index(desk.parse()[0].posts, desk.config.base))
        hits = {path: kept for path, kept in hits.items() if post and kept.post == post.id}
    if len(hits) == 1:
        path, kept = hits.popitem()
        return path, kept, id
    if hits:
        hint = f"give the whole address of the comment, up to #comment-{id}"
        raise NewsroomError([problem("two-comments", f'"{id}" is in {" and in ".join(hits)}', FOLDER, hint=hint)])
    hint = "It stands after #comment- in the comment's address. What is not archived yet: newsroom comments pull"
    raise NewsroomError([problem("unknown-comment", f'no archived comment has the id "{id}"', FOLDER, hint=hint)])
