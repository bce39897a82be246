"""Owns the rules about what readers said: whether it is known, and answered as was promised. Pure functions of the Site."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom.check.rule import Checked, Found
from newsroom.dates import in_words
from newsroom.errors import Location
from newsroom.model import Person
from newsroom.promises import DAYS, ENOUGH, PULLED, Record, often_broken, old
from newsroom.site import Talk
from newsroom.standing import fresh, state

PULLS = ("isso", "remark42", "waline", "giscus", "utterances", "discourse", "mastodon", "bluesky")
"""Services that `newsroom comments pull` can ask. Of the others there are exports only, and nobody nags for those."""


def old_archive(checked: Checked) -> Iterator[Found]:
    """Find that nobody asked the service lately: told once, at the conversation that was pulled last."""
    talks = list(_asked(checked))
    last = max(talks, key=lambda talk: talk.pulled, default=None)
    if last is None or not old(last.pulled, checked.site.moment):
        return
    hint = "run newsroom comments pull, best every morning: what was said since then is neither shown nor counted"
    if last.pulled:
        message = f"comments were last pulled on {in_words(last.pulled)}, more than {PULLED} days ago"
        yield Location(last.source, pointer=("pulled",)), message, hint
    else:
        more = f", nor below {len(talks) - 1} more posts" if len(talks) > 1 else ""
        yield Location(last.source, 1), f"comments were never pulled here{more}: all is from an export", hint


def _asked(checked: Checked) -> Iterator[Talk]:
    """Archived conversations that go on at a service which can be asked."""
    settings = checked.site.config.comments
    for post in checked.site.posts:
        talk = checked.site.talks.get(post.source)
        if talk and not talk.closed and post.comments.get("open", settings.open) is not False:
            if post.comments.get("provider", settings.provider) in PULLS:
                yield talk


def broken_promise(checked: Checked) -> Iterator[Found]:
    """Find those who answer later than they say, too often for it to be chance."""
    for person, record in _promising(checked):
        if often_broken(record):
            within, told = person.answers["within"], record.kept + record.broken
            message = f'{record.broken} of {told} questions in the last {DAYS} days waited longer than "{within}"'
            hint = (
                f"newsroom status lists what waits; or ask {person.short_name} for a time that holds, and promise that"
            )
            yield Location(person.source, pointer=("answers", "within")), message, hint


def unproven_promise(checked: Checked) -> Iterator[Found]:
    """Find those who keep what they promise, as far as is known, and of whom the page still cannot say so."""
    if next(old_archive(checked), None):  # then that is why, and it is told already
        return
    for person, record in _promising(checked):
        why = checked.unsaid.get(person.key)
        if why and record.questions >= ENOUGH and not often_broken(record):
            message = f"the page does not say how soon {person.short_name} replies: {why}"
            hint = f"see that accounts: names what the service calls {person.short_name}; until then the promise stands alone"
            yield Location(person.source, pointer=("answers", "within")), message, hint


def no_post(checked: Checked) -> Iterator[Found]:
    """Find archives of posts that are not there, so that nobody reads them."""
    for source in checked.site.orphans:
        hint = "correct the id, or remove the file if the post is gone for good"
        yield Location(source, pointer=("post",)), "belongs to no post: none has this id", hint


def missing_comment(checked: Checked) -> Iterator[Found]:
    """Find what a post answers and the archive does not have."""
    site = checked.site
    public = {address for post in site.posts for address in (post.permalink, *post.aliases)}
    for post in site.posts:
        for n, address in enumerate(post.details.get("answers_to", ())):
            page, _, name = address.removeprefix(site.config.url).partition("#comment-")
            if (
                name
                and page in public
                and not any(comment.endswith(name) for _, comment in site.answers.get(post.source, ()))
            ):
                hint = "newsroom comments pull brings what is new; the ids stand in content/comments/"
                message = f'no archived comment has the address "{address}"'
                yield Location(post.source, pointer=("answers_to", n)), message, hint


def lost_reply(checked: Checked) -> Iterator[Found]:
    """Find answers to comments that are not there: they would count as questions of their own."""
    for talk in checked.site.talks.values():
        known = {said.id for said in talk.said}
        for n, said in enumerate(talk.said):
            if said.parent and said.parent not in known:
                hint = "correct reply_to, or take it out if the comment is gone: the answer begins a thread then"
                message = f'"{said.id}" answers "{said.parent}", which is not in this file'
                yield Location(talk.source, pointer=("comments", n, "reply_to")), message, hint


def _promising(checked: Checked) -> Iterator[tuple[Person, Record]]:
    """Those who are here, promise a time, and were asked."""
    moment = checked.site.moment
    for key, record in checked.records.items():
        person = checked.site.people[key]
        if person.answers.get("within") and fresh(person, moment) and state(person, moment) in ("active", "moved"):
            yield person, record
