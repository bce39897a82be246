"""Owns the rules about review: what goes out was read by somebody who did not write it, where the policy asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom.check.posts import asking
from newsroom.check.rule import Checked, Found
from newsroom.errors import Location, did_you_mean
from newsroom.model import NOTHING
from newsroom.reviewing import agreed, reviewed, reviewers
from newsroom.standing import state


def unreviewed(checked: Checked) -> Iterator[Found]:
    """Find what went out without a second pair of eyes, against the policy."""
    site = checked.site
    policy = site.config.policy
    for post in site.posts:
        if post.kind not in policy.review or reviewed(post, policy, checked.day):
            continue
        if post.content == NOTHING:  # retracted
            continue
        wanted = reviewers(post, policy)
        readers, later = agreed(post, "reviewed_by", checked.day)
        who = " or ".join(site.people[key].name for key in wanted if key in site.people) or "somebody else"
        if own := [key for key in readers if key in post.authors]:
            message = f"{site.people[own[0]].name} wrote this, and cannot be the one who reviews it"
        elif later and not readers:
            key, day = next(iter(later.items()))
            message = f"{site.people[key].name} did not read this yet: {day} is still to come"
        elif readers:
            names = " and ".join(site.people[key].name for key in readers)
            message = f"{names} read this, and what is of kind {post.kind} is for {who} to read"
        else:
            message = f"nobody reviewed this {post.kind}"
        key = wanted[0] if wanted else "KEY"
        hint = asking(who, "it", f"reviewed_by: {{{key}: {post.date[:10]}}}")
        yield Location(post.source, pointer=("reviewed_by",) if readers or later else ("title",)), message, hint


def no_reviewer(checked: Checked) -> Iterator[Found]:
    """Find kinds of post that nobody who is here may review, and keys in the policy that are nobody's."""
    site = checked.site
    for kind, keys in site.config.policy.reviewers.items():
        at = Location("site.toml", pointer=("policy", "reviewers", kind))
        for key in keys:
            if key not in site.people:
                yield at, f'unknown person "{key}"', did_you_mean(key, site.people, "People are in content/people/.")
        known = [site.people[key] for key in keys if key in site.people]
        if known and all(state(person, site.moment) == "left" for person in known):
            names = " and ".join(person.name for person in known)
            where = Location(known[0].source, pointer=("status",))
            hint = f"name somebody who is there in site.toml: [policy] reviewers = {{{kind} = [KEY]}}"
            yield where, f"nobody who is here may review what is of kind {kind}: {names} left", hint
