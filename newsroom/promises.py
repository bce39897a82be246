"""Owns how answers are told of: who waits, what was kept, what was counted, how long an archive is believed.

Plain data that `assemble.answered` makes, and rules and commands read.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from newsroom.model import Post

DAYS = 90
"""How far back answers are counted, in days before today."""
PULLED = 8
"""For how many days an archive is believed to hold all that was said."""
ENOUGH = 5
"""Below so many questions nothing is said of how they were answered."""


OFTEN = 0.25
"""The part of questions from which on a promise is broken often."""


def old(pulled: str, moment: datetime) -> bool:
    """Whether an archive is too old to tell what was not said; `pulled` is a day or RFC 3339, "" for never."""
    if not pulled:
        return True
    then = datetime.fromisoformat(pulled)
    day = then.astimezone(moment.tzinfo).date() if then.tzinfo else then.date()
    return (moment.date() - day).days > PULLED


class Waiting(NamedTuple):
    """A comment that waits for an answer."""

    post: Post
    comment: str
    """Its id."""
    since: int
    """Seconds since 1970, likewise `due`."""
    owner: str
    """Key of whoever must answer now; "" is nobody."""
    due: int | None
    """The last second of what was promised; None where nothing is."""
    overdue: bool
    promised: str = ""
    """Key of whoever promised that: not the owner where it was handed over since."""


class Record(NamedTuple):
    """How one person's questions of the last 90 days were answered, by whomever."""

    questions: int = 0
    answered: int = 0
    median: int | None = None
    """Seconds to the first answer; None where there is none."""
    kept: int = 0
    """Answered in the time promised."""
    broken: int = 0
    """Answered later, or known to be silent for longer: an archive knows nothing of what came after it was pulled."""
    waiting: int = 0
    """Comments that wait for her now, of any age."""


class Counted(NamedTuple):
    """What one person herself replied to the questions below her posts in the last 90 days, today left out."""

    replied: tuple[int, ...]
    """Seconds to her first word, the quickest first."""
    silent: tuple[int, ...]
    """Seconds for which a question is known to have none, the shortest first."""
    pulled: str
    """The day of the oldest archive that this is read from, in the site's zone; "" where one was never pulled."""


class Usual(NamedTuple):
    """How soon somebody usually replies, as the archive bears it out."""

    within: str
    """A span as a writer puts it: `a day`."""
    count: int
    """Of so many questions."""


def often_broken(record: Record) -> bool:
    """Whether somebody answers later than she says too often for it to be chance."""
    told = record.kept + record.broken
    return told >= ENOUGH and record.broken > OFTEN * told
