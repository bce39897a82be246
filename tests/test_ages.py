"""How old a post is, and the days on which that changes."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from newsroom import ages, spans


def post(day, updated="", kind="post"):
    """As much of a post as has an age."""
    return SimpleNamespace(kind=kind, date=f"{day}T09:00:00+02:00" if day else "", updated=updated)


@pytest.mark.parametrize(
    ("written", "months"),
    [("2 years", 24), ("a year", 12), ("six months", 6), ("18 Months", 18), ("2 weeks", 0), ("0 years", 0), ("soon", 0), ("", 0)],
)  # fmt: skip
def test_a_length_of_time_in_months_or_years_is_understood(written, months):
    """And nothing else is."""
    assert months == spans.months(written)


AGES = [
    (post("2024-11-20"), "2 years", "2026-11-19", None),
    (post("2024-11-20"), "2 years", "2026-11-20", ("years", 2)),
    (post("2024-11-20"), "2 years", "2027-11-19", ("years", 2)),
    (post("2024-11-20"), "2 years", "2027-11-20", ("years", 3)),
    (post("2024-02-29"), "2 years", "2026-02-28", ("years", 2)),
    (post("2024-11-20"), "18 months", "2026-05-20", ("years", 1)),
    (post("2026-01-31"), "3 months", "2026-04-30", ("months", 3)),
    (post("2026-01-31"), "3 months", "2026-12-30", ("months", 3)),
    (post("2026-01-31"), "3 months", "2027-01-31", ("years", 1)),
    (post("2020-01-01", updated="2026-10-01"), "2 years", "2026-11-20", None),
    (post("2020-01-01", updated="2023-10-01"), "2 years", "2026-11-20", ("years", 3)),
    (post("2020-01-01"), "", "2026-11-20", None),
    (post(""), "2 years", "2026-11-20", None),
    (post("2020-01-01", kind="statement"), "2 years", "2026-11-20", None),
    (post("2020-01-01", kind="release"), "2 years", "2026-11-20", ("years", 6)),
]


@pytest.mark.parametrize(("post", "old_after", "today", "age"), AGES)
def test_a_post_is_old_in_whole_years(post, old_after, today, age):
    """From the day on that the setting says, counted from its last change that matters."""
    assert age == ages.age(post, old_after, date.fromisoformat(today))


@pytest.mark.parametrize("old_after", ["2 years", "18 months", "3 months", "1 month"])
@pytest.mark.parametrize("written", [post("2023-12-31"), post("2024-02-29"), post("2022-01-15", updated="2024-05-31")])
def test_an_age_changes_on_the_days_that_are_named_and_on_no_other(written, old_after):
    """Day by day through four years."""
    first, last = date(2024, 6, 1), date(2028, 6, 1)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    seen = [ages.age(written, old_after, day) for day in days]
    changed = {day for day, before, now in zip(days[1:], seen, seen[1:]) if before != now}

    assert len(changed) >= 2
    assert changed <= set(ages.turns(written, old_after, last))
