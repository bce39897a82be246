"""Owns RULES: what a site can get wrong beyond what stops a build. Each rule is a pure function of the Site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import unquote

from newsroom.dates import moment_in_words
from newsroom.errors import Location, did_you_mean
from newsroom.model import Content
from newsroom.permalinks import encoded, output_path
from newsroom.site import Site
from newsroom.standing import fresh, state


class Checked(NamedTuple):
    """What rules look at."""

    site: Site
    content: Callable[[str], Content]
    outputs: frozenset[str]
    """Paths of everything the site will contain."""


class Rule(NamedTuple):
    """One thing that can be wrong."""

    severity: str
    why: str
    """One sentence for docs/checks.md."""
    find: Callable[[Checked], Iterable[tuple[Location, str, str]]]
    """(place, message, hint) of each."""


SOON = timedelta(days=30)


def _no_id(checked: Checked) -> Iterator[tuple[Location, str, str]]:
    without = [post for post in checked.site.posts if post.id == post.source]
    if without:
        more = f", and so have {len(without) - 1} more posts" if len(without) > 1 else ""
        hint = "add id: and twelve hexadecimal digits, as newsroom new does; then files may be renamed"
        yield (
            Location(without[0].source, 1),
            f"the post has no id{more}: feeds and comments know it by its file name",
            hint,
        )


def _broken_links(checked: Checked) -> Iterator[tuple[Location, str, str]]:
    for source, refs in checked.site.refs.items():
        for target in refs.links:
            path = target.partition("#")[0].partition("?")[0]
            if target.startswith("/") and not _there(path, checked.outputs):
                hint = did_you_mean(
                    path, ("/" + p.removesuffix("index.html") for p in checked.outputs if p.endswith("index.html"))
                )
                yield (
                    _line(checked, source, target),
                    f'the link "{target}" leads to no page',
                    hint or "is it spelled as the page's address?",
                )


def _there(path: str, outputs: frozenset[str]) -> bool:
    return output_path(path) in outputs or output_path(path + "/") in outputs


def _broken_anchors(checked: Checked) -> Iterator[tuple[Location, str, str]]:
    by_address = {
        encoded(checked.site.info.base + post.permalink): post.source
        for post in (*checked.site.posts, *checked.site.pages)
    }
    for source, refs in checked.site.refs.items():
        for target, address in refs.links.items():
            page, mark, fragment = address.partition("#")
            if mark and page in by_address and not target.startswith("/"):
                ids = [heading[1] for heading in checked.content(by_address[page]).headings]
                if unquote(fragment) not in (*ids, *OUR_IDS):
                    yield (
                        _line(checked, source, target),
                        f'the link "{target}" names a heading that is not there',
                        did_you_mean(fragment, ids),
                    )


OUR_IDS = ("main", "contact", "comments", "corrections")
"""Places that every post's page has."""


def _line(checked: Checked, source: str, target: str) -> Location:
    line = next((line for name, line in checked.content(source).links if name == target), 0)
    return Location(source, -line)


def _alt(checked: Checked) -> Iterator[tuple[Location, str, str]]:
    for post in checked.site.posts:
        if post.image and "alt" not in post.image:
            hint = 'write it as image: {file: name.jpg, alt: "What can be seen"}; alt: "" where it only decorates'
            yield Location(post.source, pointer=("image",)), "the picture has no alt text", hint


def _stale_promise(checked: Checked) -> Iterator[tuple[Location, str, str]]:
    for person in checked.site.people.values():
        if (
            person.answers.get("within")
            and state(person, checked.site.moment) != "left"
            and not fresh(person, checked.site.moment)
        ):
            hint = f"ask {person.short_name}, then set answers.checked to the day; until then the page promises no time"
            yield (
                Location(person.source, pointer=("answers",)),
                "nobody confirmed this promise in the last 180 days",
                hint,
            )


def _consent(checked: Checked) -> Iterator[tuple[Location, str, str]]:
    today, soon = checked.site.moment.date().isoformat(), (checked.site.moment + SOON).date().isoformat()
    for person in checked.site.people.values():
        until = person.consent.get("until", "")
        if until and until <= soon:
            what = (
                f"ran out on {until}: photo and contact are in no output" if until < today else f"runs out on {until}"
            )
            yield (
                Location(person.source, pointer=("consent", "until")),
                f"the consent {what}",
                f"ask {person.short_name} again",
            )


def _overdue(checked: Checked) -> Iterator[tuple[Location, str, str]]:
    for post in checked.site.posts:
        if (promised := post.details.get("overdue")) and not post.details.get("closed"):
            message = f"an update was promised by {moment_in_words(promised, checked.site.config.timezone)}"
            hint = "write it and set the next next_update, or set closed: to the day on which it was over"
            yield Location(post.source, pointer=("next_update",)), message, hint


def _unsigned(checked: Checked) -> Iterator[tuple[Location, str, str]]:
    for post in checked.site.posts:
        missing = [key for key in post.authors if key not in post.details.get("signed_off", {})]
        if missing and post.kind in checked.site.config.policy.sign_off:
            hint = f"let them read it, then add signed_off: {{{missing[0]}: {post.date[:10]}}}"
            yield Location(post.source, pointer=("authors",)), f"{', '.join(missing)} did not sign this off", hint


RULES: Mapping[str, Rule] = {
    "no-id": Rule("warning", "A post's identity must not hang on its file name.", _no_id),
    "broken-link": Rule("error", "A link inside the site leads somewhere.", _broken_links),
    "broken-anchor": Rule("error", "A link to a heading finds it.", _broken_anchors),
    "missing-alt": Rule("warning", "A picture says what can be seen, or that it only decorates.", _alt),
    "stale-promise": Rule("warning", "What is said about answers was confirmed lately.", _stale_promise),
    "consent-ends": Rule("warning", "What a person agreed to is renewed before it runs out.", _consent),
    "overdue-update": Rule("warning", "An update that a statement promised has come.", _overdue),
    "unsigned": Rule("error", "Where the policy asks for it, the credited people said: these are my words.", _unsigned),
}
"""Every rule of `newsroom check`, in the order of docs/checks.md."""
