"""Owns taking discussions into the archives of their posts, and the account of what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from newsroom.comments import archive, folder, merging
from newsroom.comments.archive import Archive
from newsroom.comments.merging import Change
from newsroom.comments.records import Comment, Discussion
from newsroom.desk import Desk
from newsroom.engine import files
from newsroom.errors import NewsroomError, Problem, problem
from newsroom.model import Library, Post


class Done(NamedTuple):
    """What a command did."""

    lines: tuple[str, ...]
    """For standard output."""
    left: tuple[str, ...]
    """What somebody has to see to, for standard error: then the command failed."""
    problems: tuple[Problem, ...]
    facts: dict[str, Any]
    """The same for programs."""


@dataclass
class Keeping:
    """Takes discussions in, one after the other. A file is written only where it changes."""

    desk: Desk
    library: Library
    problems: list[Problem] = field(default_factory=list)
    written: dict[str, Change] = field(default_factory=dict)
    """Path -> what changed in that file."""
    moved: set[str] = field(default_factory=set)
    """Paths of which only `pulled` moved."""
    people: Counter = field(default_factory=Counter)
    """Key of an employee -> how many comments were recognised as hers."""

    perhaps: dict[str, str] = field(default_factory=dict)
    """Key of an employee -> the account of somebody with her name, which her file does not declare."""

    def __post_init__(self) -> None:
        self.declared = {
            f"{service}/{name}"
            for person in self.library.people
            for service, names in person.accounts.items()
            for name in names
        }
        self.names = {person.name: person.key for person in self.library.people}
        self.archives = {one.post: one for one in reversed(self.library.comments)}
        self.mails = {
            mail.strip().casefold(): person.key
            for person in self.library.people
            for mail in person.accounts.get("mail", ())
        }

    def keep(self, post: Post, discussion: Discussion, pulled: str = "", service: str = "") -> None:
        """Take a discussion into its post's file. What goes wrong there is kept in `problems`: others go on."""
        known = self.archives.get(post.id)
        path = known.source if known else archive.path_of(post.source)
        try:
            with files.alone(self.desk.folder):
                self._keep(path, post, discussion, pulled, service)
        except NewsroomError as error:
            self.problems += error.problems

    def _keep(self, path: str, post: Post, discussion: Discussion, pulled: str, service: str) -> None:
        there = folder.read(self.desk.root, path, self.desk.config.timezone)
        before = there or Archive(post.id)
        if wrong := _cannot(before, post, discussion, path):
            raise NewsroomError([wrong])
        comments = tuple(map(self._discreet, discussion.comments))
        discussion = discussion._replace(comments=comments)
        after, change = merging.merge(before, discussion, pulled, self._recognised, service)
        if after == before or not (there or after.rows):
            return
        folder.write(self.desk.root, path, archive.dump(after._replace(title=post.title)))
        was = {row.id: row.person for row in before.rows}
        self.people.update(row.person for row in after.rows if row.person and not was.get(row.id))
        if any(change):
            self.written[path] = _sum([self.written.get(path, Change()), change])
        else:
            self.moved.add(path)

    def _discreet(self, comment: Comment) -> Comment:
        """Without an account that may be made of a network address, as Isso's is for readers without a mail: it can be
        guessed back. That of an employee stays, because she declares it."""
        if comment.account in self.declared or not comment.account.startswith("isso/"):
            return comment
        if key := self.names.get(comment.name):
            self.perhaps[key] = comment.account.partition("/")[2]
        return comment._replace(account="")

    def alive(self, posts: Iterable[Post], service: str) -> set[str]:
        """Ids of a service's comments that the archives of some posts hold."""
        rows = (row for post in posts if (one := self.archives.get(post.id)) for row in one.rows)
        return {id for id, *_, gone in rows if id.startswith(f"{service}-") and not gone}

    def done(self, pulled: str = "", homeless: Iterable[Discussion] = ()) -> Done:
        """What to tell: of each file, of who was recognised, in all; and of the discussions that belong to no post."""
        homeless, written = list(homeless), sorted(self.written.items())
        lines = [f"{path}: {_counted(change)}" for path, change in written]
        if self.people:
            who = ", ".join(f"{key} ({count})" for key, count in sorted(self.people.items()))
            lines.append(f"recognised by mail: {who}. Anybody can type an address: read these before you publish")
        for key, account in sorted(self.perhaps.items()):
            said = f"somebody named as {key} is wrote with the Isso account {account}"
            lines.append(f"{said}: if it was {key}, add accounts: {{isso: {account}}} to content/people/{key}.md")
        files = f" in {_some(len(written), 'file')}" if written else ""
        moved = (
            f"; {_some(len(self.moved), 'other file' if written else 'file')} brought up to {pulled}"
            if self.moved
            else ""
        )
        facts = {
            "written": [{"path": path, **change._asdict()} for path, change in written],
            "moved": sorted(self.moved), "recognised": dict(self.people),
            "unmatched": [{"keys": d.keys, "title": d.title, "comments": len(d.comments)} for d in homeless],
        }  # fmt: skip
        total = _counted(_sum([Change(), *self.written.values()])) + files + moved
        return Done((*lines, total), tuple(_homeless(homeless)), self.desk.place(self.problems), facts)

    def _recognised(self, comment: Comment) -> str:
        return self.mails.get(comment.mail.strip().casefold(), "")


def _cannot(there: Archive, post: Post, discussion: Discussion, path: str) -> Problem | None:
    """Why a discussion may not be taken into this archive."""
    if there.post != post.id:
        hint = f"set post: {post.id} if these comments belong to {post.source}; else move the file away"
        return problem("other-post", f'holds the comments of another post, "{there.post}"', path, ("post",), hint)
    if other := merging.other(there, discussion):
        service = other.partition("-")[0]
        message = f'"{other}" is another comment at the service than in this file: nothing of this thread was taken'
        hint = (
            f"if the service began anew, rename the old ids here, {service}-... to {service}-old-..., and run it again"
        )
        at = ("comments", [row.id for row in there.rows].index(other), "id")
        return problem("other-comment", message, path, at, hint)
    return None


def _sum(changes: Iterable[Change]) -> Change:
    return Change(*map(sum, zip(*changes, strict=True)))


def _counted(change: Change) -> str:
    words = zip(change, ("new", "changed", "removed"), strict=True)
    return ", ".join(f"{count} {word}" for count, word in words if count) or "nothing new"


def _some(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _homeless(discussions: list[Discussion]) -> Iterator[str]:
    if not discussions:
        return
    verb, them = ("belongs", "it") if len(discussions) == 1 else ("belong", "them")
    yield f"{_some(len(discussions), 'thread')} {verb} to no post; nothing of {them} was kept:"
    for one in discussions:
        address = next((key for key in one.keys if "/" in key), "") or (*one.keys, "(no address)")[0]
        title = f'"{one.title}", ' if one.title not in ("", address) else ""
        yield _visible(f"  {address}  ({title}{_some(len(one.comments), 'comment')})")
    yield "hint: add the old address to its post (aliases: [/blog/old-address/]), then import the same file again"


def _visible(text: str) -> str:
    """A terminal obeys control characters; a stranger's title must not carry any."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
