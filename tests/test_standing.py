"""Who is here at a moment, who stands in, what was agreed to: everything by the day, in the zone of the moment."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from newsroom.model import Person
from newsroom.standing import answering, consented, cover, desk, ends, heir, kept, owner, state

NOW = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Europe/Berlin"))
MIDNIGHT = datetime(2026, 11, 22, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def person(key="maya", consent=None, **status):
    """Somebody, in a state and with what she agreed to."""
    empty = Person(*[""] * len(Person._fields))
    return empty._replace(key=key, name=key.title(), consent=consent or {}, status={"state": "active"} | status)


def people(**states):
    """Key -> person; a status each."""
    return {key: person(key, **status) for key, status in states.items()}


LEFT, AWAY, MOVED = {"state": "left"}, {"state": "away"}, {"state": "moved"}


@pytest.mark.parametrize(
    ("consent", "field", "shown"),
    [
        ({}, "photo", True),
        ({"photo": True}, "photo", True),
        ({"photo": False}, "photo", False),
        ({"photo": "2026-11-21"}, "photo", True),
        ({"photo": "2026-11-20"}, "photo", False),
        ({"photo": "2026-11-20"}, "bio", True),
        ({"until": "2026-11-21"}, "quote", True),
        ({"until": "2026-11-20"}, "quote", False),
        ({"until": "2026-11-20", "quote": True}, "quote", False),
        ({"until": "2026-11-20", "quote": "2027-01-01"}, "quote", False),
        ({"until": "2027-01-01", "quote": "2026-11-20"}, "quote", False),
        ({"until": "2027-01-01", "quote": False}, "quote", False),
    ],
)
def test_consent_lasts_to_the_end_of_its_last_day(consent, field, shown):
    """That of the field or that of all, whichever ends earlier; a refusal needs no day."""
    assert consented(person(consent=consent), field, NOW) is shown


def test_consent_ends_at_midnight_of_the_zone():
    """Not twelve hours later."""
    somebody = person(consent={"photo": "2026-11-21"})

    assert (consented(somebody, "photo", NOW), consented(somebody, "photo", MIDNIGHT)) == (True, False)


def test_the_end_of_a_consent_is_the_earlier_of_two():
    """None is no end."""
    both = person(consent={"photo": "2026-12-01", "until": "2027-01-01", "quote": "2028-01-01"})

    assert [str(ends(both, field)) for field in ("photo", "quote", "bio")] == ["2026-12-01", "2027-01-01", "2027-01-01"]
    assert ends(person(consent={"photo": True}), "photo") is None


@pytest.mark.parametrize(
    ("status", "now", "keeps"),
    [
        ({}, "active", ""),
        (LEFT | {"keep": "name"}, "left", "name"),
        (LEFT | {"keep": "name", "on": "2026-11-21"}, "left", "name"),
        (LEFT | {"keep": "name", "on": "2026-11-22"}, "active", ""),
        (MOVED | {"on": "2026-11-22"}, "active", ""),
        (MOVED | {"on": "2026-11-21", "keep": "name"}, "moved", ""),
        (AWAY | {"until": "2026-11-22"}, "away", ""),
        (AWAY | {"until": "2026-11-21"}, "active", ""),
        (AWAY, "away", ""),
    ],
)
def test_a_departure_may_be_announced_and_an_absence_may_be_over(status, now, keeps):
    """What somebody agreed to leave here counts from the day on which she goes."""
    assert (state(person(**status), NOW), kept(person(**status), NOW)) == (now, keeps)


@pytest.mark.parametrize(
    ("states", "owns", "covers", "answered"),
    [
        ({"a": {}}, "a", None, True),
        ({"a": LEFT}, None, None, False),
        ({"a": LEFT | {"successor": "b"}, "b": {}}, "b", "b", True),
        ({"a": LEFT | {"successor": "b"}, "b": LEFT | {"successor": "c"}, "c": {}}, "c", "c", True),
        ({"a": LEFT | {"successor": "b"}, "b": LEFT}, None, None, False),
        ({"a": LEFT | {"successor": "b"}, "b": AWAY | {"cover": "c"}, "c": {}}, "b", "c", True),
        ({"a": LEFT | {"successor": "b"}, "b": AWAY}, "b", None, False),
        ({"a": AWAY | {"cover": "b"}, "b": LEFT | {"successor": "c"}, "c": {}}, "a", "c", True),
        ({"a": AWAY | {"cover": "b"}, "b": AWAY | {"cover": "a"}}, "a", None, False),
        ({"a": LEFT | {"successor": "b"}, "b": LEFT | {"successor": "a"}}, None, None, False),
        ({"a": MOVED | {"successor": "b"}, "b": {}}, "a", None, True),
        ({"a": LEFT | {"successor": "b", "on": "2027-01-01"}, "b": {}}, "a", None, True),
    ],
)
def test_contact_goes_on_until_it_finds_somebody_who_is_here(states, owns, covers, answered):
    """Or nobody; a circle has no end, and no answer."""
    everybody = people(**states)
    first = everybody["a"]
    found = [who and who.key for who in (owner(first, everybody, NOW), cover(first, everybody, NOW))]

    assert (found, answering(first, everybody, NOW)) == ([owns, covers], answered)


def test_who_took_over_from_somebody_who_moved_is_found_where_she_is_now():
    """Her own successor, if she left; nobody where that is the one who moved."""
    chain = people(a=MOVED | {"successor": "b"}, b=LEFT | {"successor": "c"}, c={})
    back = people(a=MOVED | {"successor": "b"}, b=AWAY | {"cover": "a"})

    assert heir(chain["a"], chain, NOW).key == "c"
    assert heir(back["a"], back, NOW) is None


def test_a_desk_takes_no_unknown_key_and_nobody_twice():
    """The order is the topic's."""
    everybody = people(a=LEFT | {"successor": "b"}, b={}, c=AWAY | {"cover": "b"})

    assert [who.key for who in desk(["c", "nobody", "a", "b"], everybody, NOW)] == ["c", "b"]
