"""What is public at a moment."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.assemble.schedule import is_public, until, why_not
from newsroom.model import Post

EMPTY = Post(*[""] * len(Post._fields))._replace(details={})


def second(seconds):
    """A moment of a site in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def a_post(time=0, draft=False, embargo=0, expires=0):
    """A post of which only its times matter."""
    return EMPTY._replace(time=time, draft=draft, embargo=embargo, expires=expires)


@pytest.mark.parametrize(
    ("post", "public", "with_drafts", "why"),
    [
        (a_post(100), True, True, ""),
        (a_post(101), False, False, "is not published yet"),
        (a_post(0, draft=True), False, True, "is a draft"),
        (a_post(101, draft=True), False, True, "is a draft"),
        (a_post(50, embargo=100), True, True, ""),
        (a_post(50, embargo=101), False, False, "is under embargo"),
        (a_post(50, draft=True, embargo=101), False, False, "is a draft"),
        (a_post(50, expires=101), True, True, ""),
        (a_post(50, expires=100), False, False, "has expired"),
        (a_post(50, draft=True, expires=100), False, False, "is a draft"),
        (a_post(150, expires=90), False, False, "has expired"),
    ],
)
def test_a_post_is_public_between_its_times(post, public, with_drafts, why):
    """At the second of its publication and of its embargo's end it is out, at that of its expiry it is gone; drafts are
    shown when they are asked for, the embargoed and the expired never."""
    assert (public, with_drafts) == (is_public(post, second(100)), is_public(post, second(100), drafts=True))
    if not public:
        assert why == why_not(post, second(100))


times = st.integers(0, 5)


@given(st.builds(a_post, times, st.booleans(), times, times), times)
def test_asking_for_drafts_hides_nothing(post, moment):
    """Whatever is public stays so, and what else appears is a draft that nothing else holds back."""
    public, shown = is_public(post, second(moment)), is_public(post, second(moment), drafts=True)

    assert shown or not public
    assert public or not shown or (post.draft and post.embargo <= moment)


NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
BERLIN, AUCKLAND = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland")


def at(text, zone=UTC):
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


@pytest.mark.parametrize(
    ("posts", "moment", "expected"),
    [
        ([], NOON, at("2026-12-02")),
        ([], NOON.astimezone(BERLIN), at("2026-12-02", BERLIN)),
        ([], NOON.replace(hour=23, minute=30).astimezone(BERLIN), at("2026-12-02")),
        ([], NOON.astimezone(AUCKLAND), at("2026-12-02")),
        ([], datetime(2026, 3, 29, 0, 30, tzinfo=BERLIN), at("2026-03-29T00:00")),
        ([a_post(at("2026-12-01T18:00"))], NOON, at("2026-12-01T18:00")),
        ([a_post(at("2026-12-01T12:00"))], NOON, at("2026-12-02")),
        ([a_post(embargo=at("2026-12-01T15:00")), a_post(expires=at("2026-12-01T14:00"))], NOON, at("2026-12-01T14:00")),
        ([a_post(at("2026-12-01T12:01"), draft=True)], NOON, at("2026-12-01T12:01")),
        ([EMPTY._replace(time=0, embargo=0, expires=0, details={"next_update": "2026-12-01T13:00:00+00:00"})], NOON, at("2026-12-01T13:00")),
    ],
)  # fmt: skip
def test_a_site_stays_as_it_is_until_a_day_ends_or_a_posts_time_comes(posts, moment, expected):
    """The end of the day is that of the site's zone or of UTC, whichever comes first."""
    posts = [post if post.details else post._replace(details={}) for post in posts]

    assert expected == until(posts, moment)
