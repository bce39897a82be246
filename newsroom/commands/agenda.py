"""Owns AGENDA: what is due on a team's desk beside readers' questions. Each part is a pure function of Site and Library.

What is not public is named by its file alone: a screen is mailed, and stands in logs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from newsroom import dates
from newsroom.check.rule import Checked, Rule
from newsroom.check.rules import RULES
from newsroom.errors import Location, Problem
from newsroom.model import Library, Post
from newsroom.reviewing import agreed, asked, late, reviewed, reviewers, waited
from newsroom.standing import leaves, state
from newsroom.states import changes
from newsroom.states import state as state_of

SILENT = timedelta(days=182)
"""After half a year a reader no longer expects to hear from somebody, or of something."""
MISSED = timedelta(days=2)
"""So long after its date a draft did not just miss it: `newsroom new` dates one on the day on which it is begun."""
RESTING = timedelta(days=14)
"""A draft that nobody touched for two weeks is not being written."""
SOON = timedelta(days=30)
"""So long before somebody goes there is still time to hand over."""
SAME = 3
"""So many releases, and nothing else, make a spokesman of an author."""


class Known(NamedTuple):
    """What parts look at."""

    checked: Checked
    library: Library

    @property
    def moment(self) -> datetime:
        """Now."""
        return self.checked.site.moment

    def touched(self, source: str) -> float:
        """When a file was last committed, in seconds since 1970; now, where git does not know."""
        past = self.checked.history()
        line = () if isinstance(past, str) else past.line
        times = (commit.time for commit in line if any(change.path == source for change in commit.changes))
        return next(times, self.moment.timestamp())

    def hidden(self) -> Iterator[tuple[Post, str]]:
        """Every post that is not public and will be, with its state."""
        for post in self.library.posts:
            if (now := state_of(post, self.moment)) in ("draft", "scheduled", "embargoed"):
                yield post, now


Late = tuple[Location, str, str, bool]
"""(place, message, hint, whether it is late)."""


class Part(NamedTuple):
    """One part of the screen."""

    heading: str
    finds: Mapping[str, Callable[[Known], Iterable[Late]]]
    """Code -> what finds it."""


def agenda(known: Known) -> list[Problem]:
    """Everything that is due, what hurts first; what is late is an error."""
    return [
        Problem(code, message, where, hint, "error" if late else "warning")
        for part in AGENDA
        for code, find in part.finds.items()
        for where, message, hint, late in find(known)
    ]


def _rules(*codes: str, late: bool = False) -> dict[str, Callable[[Known], Iterator[Late]]]:
    """What rules of `newsroom check` find."""

    def finding(rule: Rule) -> Callable[[Known], Iterator[Late]]:
        return lambda known: ((where, message, hint, late) for where, message, hint in rule.find(known.checked))

    return {code: finding(RULES[code]) for code in codes}


# ── what is not public yet ───────────────────────────────────────────────────────────────────────────────────────────


def today(known: Known) -> Iterator[Late]:
    """Posts that come, come out of their embargo, or go before the day is over."""
    timezone = known.checked.site.config.timezone
    said = {"published": "goes out", "expired": "expires", "retracted": "is retracted", "embargoed": "is under embargo"}
    for post in known.library.posts:
        before = state_of(post, known.moment)
        for seconds, after in changes(post, timezone):
            then = datetime.fromtimestamp(seconds, dates.zone(timezone))
            if then > known.moment and then.date() == known.moment.date() and after in said and after != before:
                time = f"{then:%H:%M} ({dates.zone_in_words(timezone)})"
                yield Location(post.source, 1), f"{said[after]} today at {time}", "", False


def review(known: Known) -> Iterator[Late]:
    """Drafts that wait for somebody to read them, or to say that these are their words."""
    site = known.checked.site
    policy = site.config.policy
    for post, _ in known.hidden():
        ready = post.details.get("ready", "")
        if not ready or ready[:10] > known.moment.isoformat()[:10]:
            continue
        today = known.moment.isoformat()[:10]
        unsigned = [key for key in post.authors if key not in agreed(post, "signed_off", today)[0]]
        wants = []
        if asked(post, policy) and not reviewed(post, policy, today):
            names = [_name(key, known) for key in reviewers(post, policy)]
            wants.append(f"{' or '.join(names) or 'somebody else'} to read it")
        if post.kind in policy.sign_off and unsigned:
            wants.append(f"{' and '.join(_name(key, known) for key in unsigned)} to sign it off")
        if wants:
            days = waited(ready, known.moment).days
            since = f"has waited {days} day{'s' if days > 1 else ''}" if days else "waits from today"
            hint = "read it today: a reader's question would not wait for so long" if late(ready, known.moment) else ""
            where = Location(post.source, pointer=("ready",))
            yield where, f"{since} for {' and for '.join(wants)}", hint, bool(hint)


def resting(known: Known) -> Iterator[Late]:
    """Drafts that nobody goes on with: their date has gone by for MISSED, or nobody touched them for RESTING."""
    for post, now in known.hidden():
        if now != "draft" or post.details.get("ready"):
            continue
        hint = "finish it, give it to somebody, or throw it away"
        if post.time and _ago(post, known) >= MISSED:
            message = f"was meant for {dates.in_words(post.date)}, and is still a draft"
            yield Location(post.source, pointer=("date",)), message, hint, False
        elif (days := int(known.moment.timestamp() - known.touched(post.source)) // 86400) > RESTING.days:
            yield Location(post.source, 1), f"a draft that nobody has touched for {days} days", hint, False


def previews(known: Known) -> Iterator[Late]:
    """Copies for reviewers that are open."""
    timezone = known.checked.site.config.timezone
    for post, _ in known.hidden():
        until = post.details.get("preview", {}).get("until", "")
        if until and datetime.fromisoformat(until) > known.moment:
            message = f"a preview is open until {dates.moment_in_words(until, timezone)}"
            yield Location(post.source, pointer=("preview",)), message, "", False


# ── people and topics ────────────────────────────────────────────────────────────────────────────────────────────────


def leaving(known: Known) -> Iterator[Late]:
    """People who go within SOON, and absences that nobody said the end of."""
    today = known.moment.date()
    for person in known.checked.site.people.values():
        gone = leaves(person)
        if gone and today < gone <= today + SOON:
            hint = "" if person.status.get("successor") else "name a successor: newsroom people leave"
            where = Location(person.source, pointer=("on",))
            yield where, f"{person.name} leaves on {dates.in_words(gone.isoformat())}", hint, False
        elif state(person, known.moment) == "away" and not person.status.get("until"):
            hint = "write the day of return: newsroom people away --until, or newsroom people back"
            yield Location(person.source, pointer=("status",)), f"{person.name} is away, without an end", hint, False


def silent_topics(known: Known) -> Iterator[Late]:
    """Topics that somebody speaks for, and on which nothing was said for SILENT."""
    site = known.checked.site
    for key, topic in site.topics.items():
        posts = site.by_topic.get(key)
        if posts and site.voices[key] and _ago(posts[0], known) > SILENT:
            names = " or ".join(face.short_name for face in site.voices[key][:2])
            message = f"nothing on {topic.name} since {dates.in_words(posts[0].date)}"
            yield Location(topic.source, 1), message, f"ask {names} what happened since", False


def silent_people(known: Known) -> Iterator[Late]:
    """People who are here, wrote before, and neither wrote nor answered a reader for SILENT."""
    site = known.checked.site
    for key, person in site.people.items():
        posts, replies = site.by_author.get(key), site.replies.get(key)
        if not posts or state(person, known.moment) not in ("active", "moved") or _ago(posts[0], known) <= SILENT:
            continue
        if replies and known.moment.timestamp() - replies[0][0] <= SILENT.total_seconds():
            continue
        message = f"{person.name} has said nothing since {dates.in_words(posts[0].date)}"
        yield Location(person.source, 1), message, "ask what they are working on; one question makes a post", False


def only_releases(known: Known) -> Iterator[Late]:
    """Authors of whom readers know releases alone."""
    site = known.checked.site
    for key, posts in site.by_author.items():
        person = site.people[key]
        if len(posts) >= SAME and state(person, known.moment) != "left" and {p.kind for p in posts} == {"release"}:
            message = f"{person.name} has written {len(posts)} releases and nothing else"
            yield Location(person.source, 1), message, "ask for one post in their own voice", False


def _name(key: str, known: Known) -> str:
    person = known.checked.site.people.get(key)
    return person.name if person else key


def _ago(post: Post, known: Known) -> timedelta:
    return timedelta(seconds=known.moment.timestamp() - post.time)


AGENDA = (
    Part("statements overdue", _rules("overdue-update", late=True)),
    Part("corrections undeclared", _rules("undeclared-change")),
    Part("published without agreement", _rules("unsigned", "unreviewed", late=True)),
    Part("waiting for review", {"waits-for-review": review}),
    Part("today", {"today": today}),
    Part("drafts resting", {"resting-draft": resting}),
    Part("promises", _rules("stale-promise", "no-answerer", "no-deputy", "paused-promise", "broken-promise")),
    Part("consents", _rules("consent-ends")),
    Part("coming and going", {"leaves-soon": leaving}),
    Part("previews open", {"open-preview": previews}),
    Part("front page", _rules("not-on-front")),
    Part("nobody to ask", _rules("no-voice", "no-reviewer")),
    Part("topics silent", {"silent-topic": silent_topics}),
    Part("people silent", {"silent-person": silent_people}),
    Part("only releases", {"only-releases": only_releases}),
)
"""Every part of the screen below readers' questions, what hurts first."""
