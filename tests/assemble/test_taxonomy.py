"""Grouping, and pages that do not shift."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.assemble.taxonomy import group, paginate
from newsroom.model import Post

EMPTY = Post(*[""] * len(Post._fields))


@pytest.mark.parametrize(
    ("count", "front", "pages"),
    [
        (0, [], []),
        (1, [1], []),
        (2, [2, 1], []),
        (3, [3, 2, 1], []),
        (4, [4, 3], [[2, 1]]),
        (5, [5, 4, 3], [[2, 1]]),
        (7, [7, 6, 5], [[2, 1], [4, 3]]),
    ],
)
def test_pages_are_numbered_oldest_first(count, front, pages):
    """The newest posts are on the front, page 1 holds the oldest, and within each the newest is first."""
    made = paginate(range(count, 0, -1), 2)

    assert (front, pages) == (list(made[0]), [list(page) for page in made[1]])


@given(st.integers(0, 200), st.integers(0, 50), st.integers(1, 30))
def test_a_numbered_page_never_changes_when_posts_are_added(count, more, size):
    """A link to page N leads to the same posts for ever, and a new post changes one page."""
    before, after = (paginate(range(n, 0, -1), size)[1] for n in (count, count + more))

    assert before == after[: len(before)]


@given(st.integers(0, 200), st.integers(1, 30))
def test_every_post_is_on_one_page(count, size):
    """Front and pages together are all posts in order; pages are full, and the front is never nearly empty."""
    front, pages = paginate(range(count, 0, -1), size)

    assert [*front, *(n for page in reversed(pages) for n in page)] == list(range(count, 0, -1))
    assert all(len(page) == size for page in pages)
    assert min(count, size) <= len(front) < 2 * size


def test_posts_are_grouped_in_the_order_given():
    """A post by two people on two topics is in each of their groups once."""
    one = EMPTY._replace(
        source="1",
        authors=("maya", "jonas"),
        topics=("lenses", "repair"),
        kind="post",
        date="2026-01-01T00:00:00+00:00",
    )
    two = EMPTY._replace(source="2", authors=("jonas",), topics=(), kind="release", date="2025-12-31T23:59:00-08:00")
    authors, topics, kinds, years = group([one, two])

    assert authors == {"maya": [one], "jonas": [one, two]}
    assert topics == {"lenses": [one], "repair": [one]}
    assert kinds == {"post": [one], "release": [two]}
    assert years == {"2026": [one], "2025": [two]}
