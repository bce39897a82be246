"""What is public at a moment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.assemble.schedule import is_public, why_not
from newsroom.model import Post

EMPTY = Post(*[""] * len(Post._fields))


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
    assert (public, with_drafts) == (is_public(post, 100), is_public(post, 100, drafts=True))
    if not public:
        assert why == why_not(post, 100)


times = st.integers(0, 5)


@given(st.builds(a_post, times, st.booleans(), times, times), times)
def test_asking_for_drafts_hides_nothing(post, moment):
    """Whatever is public stays so, and what else appears is a draft that nothing else holds back."""
    public, shown = is_public(post, moment), is_public(post, moment, drafts=True)

    assert shown or not public
    assert public or not shown or (post.draft and post.embargo <= moment)
