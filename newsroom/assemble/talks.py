"""Owns what was said below posts: archived conversations find their posts, and comments by employees their people. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from newsroom.errors import Problem, did_you_mean, problem
from newsroom.model import Library, Person, Post, digest
from newsroom.said import Conversation, Said
from newsroom.site import Talk

Answered = dict[str, dict[str, tuple[str, ...]]]
"""Source of a post -> id of a comment below it -> sources of the posts that answer it."""


def talks(
    conversations: Iterable[Conversation], posts: Sequence[Post], people: Mapping[str, Person]
) -> tuple[dict[str, Talk], list[Problem]]:
    """What was said below each public post, and what does not fit together. Below others it waits with them."""
    public, accounts = {post.id: post.source for post in posts}, {}
    problems = list(_accounts(people, accounts))
    found: dict[str, Talk] = {}
    for one in conversations:
        source = public.get(one.post)
        if source is None:
            continue
        if source in found:
            hint = f"put its comments into {found[source].source}"
            message = "is a second file for the same post"
            problems.append(problem("duplicate-conversation", message, one.source, ("post",), hint))
            continue
        said = tuple([_said(row, accounts) for row in one.rows])
        for n, row in enumerate(said):
            if row.person and row.person not in people:
                hint = did_you_mean(row.person, people, "People are defined in content/people/.")
                message = f'unknown person "{row.person}"'
                problems.append(problem("unknown-person", message, one.source, ("comments", n, "person"), hint))
        ours = "".join([f"\n{row.id} {row.person}" for row in said if row.person])
        found[source] = Talk(one.source, one.pulled, one.closed, said, digest(one.meta + ours))
    return found, problems


def orphans(library: Library) -> tuple[str, ...]:
    """Conversations below no post at all; that of a draft waits with it."""
    ids = {post.id for post in library.posts}
    return tuple(one.source for one in library.comments if one.post not in ids)


def _said(row: tuple, accounts: Mapping[str, str]) -> Said:
    said = Said(*row)
    person = said.person or accounts.get(said.account.casefold(), "")
    return said._replace(person=person) if person != said.person else said


def _accounts(people: Mapping[str, Person], found: dict[str, str]) -> Iterator[Problem]:
    """Fill in whose each account is; say where two people claim one."""
    for key, person in people.items():
        for service, names in person.accounts.items():
            for n, name in enumerate(names):
                account = f"{service}/{name}".casefold()  # to GitHub, Mastodon and Disqus it is all one
                if service != "mail" and found.setdefault(account, key) != key:
                    hint = "an account is one person's: take it out of one of the two files"
                    message = f'"{name}" is the account of {found[account]} too'
                    yield problem("duplicate-account", message, person.source, ("accounts", service, n), hint)


def answered(
    posts: Sequence[Post], every: Iterable[Post], talks: Mapping[str, Talk], url: str = ""
) -> tuple[Answered, dict[str, tuple], list[Problem]]:
    """(which posts answer which comments, source of a post -> what it answers as (source, comment id or ""), problems).

    What is not public is passed over, and so is a comment that is no longer there: neither may stop a build by itself.
    """
    public, known = _by_address(posts), _by_address(every)
    found: Answered = {}
    answers: dict[str, tuple] = {}
    problems: list[Problem] = []
    for post in posts:
        for n, written in enumerate(post.details.get("answers_to", ())):
            page, _, fragment = written.removeprefix(url).partition("#")
            if page not in known:
                hint = "write a post's or comment's address, as newsroom status prints it: /2026/older/#comment-isso-17"
                message = f'no post has the address "{written}"'
                problems.append(problem("broken-answer", message, post.source, ("answers_to", n), hint))
            elif asked := public.get(page):
                comment = find(fragment.removeprefix("comment-"), talks.get(asked.source))
                answers[post.source] = (*answers.get(post.source, ()), (asked.source, comment))
                if comment:
                    here = found.setdefault(asked.source, {})
                    here[comment] = (*here.get(comment, ()), post.source)
    return found, answers, problems


def below(
    sources: Collection[str], talks: Mapping[str, Talk], answered: Answered, answers: Mapping[str, tuple]
) -> tuple[dict[str, Talk], Answered, dict[str, tuple]]:
    """What was said below these posts, and who of them answers whom."""
    said = {source: talk for source, talk in talks.items() if source in sources}
    found = {source: ids for source, ids in answered.items() if source in sources}
    return said, found, {source: asked for source, asked in answers.items() if source in sources}


def _by_address(posts: Iterable[Post]) -> dict[str, Post]:
    posts = list(posts)
    return {alias: post for post in posts for alias in post.aliases} | {post.permalink: post for post in posts}


def find(name: str, talk: Talk | None) -> str:
    """The id that an address names: as it is, or without its service where only one comment can be meant; "" if none."""
    ids = [said.id for said in talk.said] if talk and name else []
    kin = [id for id in ids if id.endswith(f"-{name}")]
    return name if name in ids else kin[0] if len(kin) == 1 else ""
