"""Owns taking discussions into the archives of their posts, and the account of what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from newsroom import providers
from newsroom.comments import archive, folder, merging
from newsroom.comments.archive import FOLDER, Archive
from newsroom.comments.formats.values import few
from newsroom.comments.merging import Change
from newsroom.comments.records import Comment, Discussion
from newsroom.desk import Desk
from newsroom.engine import files
from newsroom.errors import Location, NewsroomError, Problem, problem
from newsroom.model import Library, Post

GUESSED = ("isso/", "remark42/email_", "remark42/anonymous_")
"""How accounts begin that are digests of a mail, a network address or a name: whoever tries them all finds it again."""
LOOSE = ("github/", "mastodon/")
"""How accounts begin in which capitals tell nobody apart."""


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
    typed: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """(path, key of an employee) -> ids of new comments whose writer typed her mail."""
    left_out: list[str] = field(default_factory=list)
    """What was not taken because it was redacted before, for a line each."""
    skipped: list[str] = field(default_factory=list)
    """What an export has that cannot be read."""

    def __post_init__(self) -> None:
        self.declared = {
            _loose(f"{service}/{name}")
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
        self.skipped += discussion.skipped
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
        if not pulled:
            discussion = self._without_redacted(before, discussion)
        comments = tuple(map(self._discreet, discussion.comments))
        discussion = discussion._replace(comments=comments)
        after, change = merging.merge(before, discussion, pulled, self._recognised, service)
        if after == before or not (there or after.rows):
            return
        folder.write(self.desk.root, path, self._dumped(path, after._replace(title=post.title)))
        was = {row.id: row.person for row in before.rows}
        self._note_typed(path, [c for c in comments if c.id not in was])
        self.people.update(row.person for row in after.rows if row.person and not was.get(row.id))
        if any(change):
            self.written[path] = _sum([self.written.get(path, Change()), change])
        else:
            self.moved.add(path)

    def _discreet(self, comment: Comment) -> Comment:
        """Without an account that can be guessed back. That of an employee stays, because she declares it."""
        if self.declares(comment.account) or not comment.account.startswith(GUESSED):
            return comment
        if (key := self.names.get(comment.name)) and "/anonymous_" not in comment.account:  # made of the name alone
            self.perhaps[key] = comment.account
        return comment._replace(account="")

    def declares(self, account: str) -> bool:
        """Whether an account is one that an employee declares."""
        return _loose(account) in self.declared

    def _without_redacted(self, before: Archive, discussion: Discussion) -> Discussion:
        """What was redacted does not come back by another way; answers to it hang on what is left of it."""
        again = merging.again(before, discussion)
        for id, redacted in again.items():
            self.left_out.append(f"left out {id}: the same moment as {redacted}, which was redacted")
        kept = (c for c in discussion.comments if c.id not in again)
        return discussion._replace(comments=tuple(c._replace(parent=again.get(c.parent, c.parent)) for c in kept))

    def _dumped(self, path: str, after: Archive) -> str:
        """The file's text, which can be read. Raises NewsroomError: a file that cannot would stop every build."""
        text = archive.dump(after)
        try:
            archive.parse(text.encode(), path, self.desk.config.timezone)
        except NewsroomError as error:
            message = f"could not be read again with the new comments: {error.problems[0].message}"
            hint = "nothing of this thread was taken, and the file is as it was; report it as a bug"
            raise NewsroomError([problem("unreadable-comment", message, path, hint=hint)]) from error
        return text

    def _note_typed(self, path: str, comments: Iterable[Comment]) -> None:
        for comment in comments:
            key = self.mails.get(comment.typed.casefold(), "")
            if key and not comment.deleted and not self._recognised(comment) and not self.declares(comment.account):
                self.typed.setdefault((path, key), []).append(comment.id)

    def alive(self, posts: Iterable[Post], service: str) -> set[str]:
        """Ids of a service's comments that the archives of some posts hold."""
        rows = (row for post in posts if (one := self.archives.get(post.id)) for row in one.rows)
        return {id for id, *_, gone in rows if id.startswith(f"{service}-") and not gone}

    def done(self, pulled: str = "", homeless: Iterable[Discussion] = ()) -> Done:
        """What to tell: of each file, of who was recognised, in all; and of the discussions that belong to no post."""
        homeless, written = list(homeless), sorted(self.written.items())
        self.problems += _skipped([*self.skipped, *(why for one in homeless for why in one.skipped)])
        lines = [f"{path}: {_counted(change)}" for path, change in written]
        if self.people:
            who = ", ".join(f"{key} ({count})" for key, count in sorted(self.people.items()))
            lines.append(f"recognised by the mail of an account: {who}")
        for (path, key), ids in sorted(self.typed.items()):
            them = "it" if len(ids) == 1 else "them"
            said = f"somebody wrote {', '.join(ids)} with {key}'s address, which anybody can type"
            lines.append(f"{said}: if it was {key}, add person: {key} to {them} in {path}")
        for key, account in sorted(self.perhaps.items()):
            service, _, own = account.partition("/")
            said = f"somebody named as {key} is wrote with the {providers.PROVIDERS[service].title} account {own}"
            lines.append(f"{said}: if it was {key}, add accounts: {{{service}: {own}}} to content/people/{key}.md")
        lines += self.left_out
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


def _loose(account: str) -> str:
    return account.casefold() if account.startswith(LOOSE) else account


def _skipped(skipped: list[str]) -> Iterator[Problem]:
    if skipped:
        message = f"left out {_some(len(skipped), 'comment')} that newsroom cannot read: {few(skipped)}"
        hint = "mend it in the export and import the same file again, or go without it"
        yield Problem("comment-skipped", message, Location(FOLDER), hint, "warning")


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
