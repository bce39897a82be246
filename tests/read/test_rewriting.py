"""Front matter is edited as text: the keys asked for say something else, and not another byte changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.errors import NewsroomError
from newsroom.read import frontmatter
from newsroom.read.rewriting import rewrite

LEFT = {"status": "left", "on": "2026-11-22", "successor": "jonas", "keep": None, "until": None, "cover": None}


def after(head, changes=LEFT, body="Bio\n"):
    """What becomes of a file with these keys."""
    return rewrite(f"---\n{head}---\n{body}".encode(), "content/people/maya.md", changes).decode()


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("name: Maya\n", "name: Maya\nstatus: left\non: 2026-11-22\nsuccessor: jonas\n"),
        (
            "# Who she is\nname: Maya   # as on the badge\n\n# How she is\nstatus: active  # still here\nrole: x\n",
            "# Who she is\nname: Maya   # as on the badge\n\n# How she is\nstatus: left  # still here\n"
            "on: 2026-11-22\nsuccessor: jonas\nrole: x\n",
        ),
        (
            "status: away\nuntil: 2027-01-11   # leave\n# who helps\ncover: lena\nname: Maya\n",
            "status: left\non: 2026-11-22\nsuccessor: jonas\n# who helps\nname: Maya\n",
        ),
        (
            "name: Maya\nstatus:\n  state: away\n  # for the summer\n  until: 2027-01-11\n\nrole: x\n",
            "name: Maya\nstatus: left\n  # for the summer\non: 2026-11-22\nsuccessor: jonas\n\nrole: x\n",
        ),
        (
            "status: {state: away, until: 2027-01-11}  # leave\nname: Maya\n",
            "status: left\n# leave\non: 2026-11-22\nsuccessor: jonas\nname: Maya\n",
        ),
        (
            "status: # now\n  state: 'a#way'  # c2\n  role: \"x # y\" # c3\nname: Maya\n",
            "status: left\n# now\n# c2\n# c3\non: 2026-11-22\nsuccessor: jonas\nname: Maya\n",
        ),
        (
            "successor: 'lena'   # his deputy\nstatus: \"moved\"\nname: Maya\n",
            "successor: 'jonas'   # his deputy\nstatus: \"left\"\non: 2026-11-22\nname: Maya\n",
        ),
        (
            "name: Maya\nsuccessor:          # who takes over\nstatus: active\n",
            "name: Maya\nsuccessor: jonas          # who takes over\nstatus: left\non: 2026-11-22\n",
        ),
        ('"status": active\nname: Maya\n', '"status": left\non: 2026-11-22\nsuccessor: jonas\nname: Maya\n'),
        (
            "status: left\non: 2026-11-22\nsuccessor: jonas\nname: Maya\n",
            "status: left\non: 2026-11-22\nsuccessor: jonas\nname: Maya\n",
        ),
    ],
)
def test_only_the_keys_asked_for_change(head, wanted):
    """Comments, blank lines, order and quotes are as they were; what is added stands below the state."""
    assert after(head) == f"---\n{wanted}---\nBio\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("body", ["", "Words\n\n---\nmore", "  \nEnd"])
def test_line_ends_the_mark_at_the_front_and_the_body_stay(end, mark, body):
    """Whatever a writer's program made of them."""
    text = f"{mark}---\nname: Maya\nstatus: away\nuntil: 2027-01-11\nrole: x\n---\n{body}".replace("\n", end)
    wanted = text.replace(f"away{end}until: 2027-01-11{end}", f"left{end}on: 2026-11-22{end}successor: jonas{end}")

    assert rewrite(text.encode(), "a.md", LEFT) == wanted.encode()


def test_a_map_is_written_on_one_line_and_in_quotes_where_they_are_needed():
    """What it says is what was meant, whatever is in it."""
    changes = {"status": {"state": "moved", "role": 'Head of repair: lenses & "more" # yes'}, "on": "2026-11-22"}
    made = after("name: Maya\n", changes)

    assert frontmatter.read(made.encode(), "a.md").values == {"name": "Maya"} | changes
    assert made.count("\n") == 6


@pytest.mark.parametrize(
    "head",
    [
        "{name: Maya, status: away}\n",
        "  name: Maya\n  status: away\n",
    ],
)
def test_a_file_that_cannot_be_edited_with_certainty_is_left_to_its_writer(head):
    """Who is told what to write."""
    with pytest.raises(NewsroomError) as error:
        after(head)

    assert [problem.code for problem in error.value.problems] == ["not-editable"]
    assert "write it yourself: status: left, on: 2026-11-22, successor: jonas" in error.value.problems[0].hint


WORDS = st.sampled_from(
    ["away", "'left'", '"x y"', "", "{state: left}", "\n  state: away\n  until: 2027-01-01", "a  # b"]
)
KEYS = st.lists(st.sampled_from([*LEFT, "name", "role", "contact"]), unique=True, min_size=1)


@given(KEYS, st.lists(WORDS, min_size=9, max_size=9), st.sampled_from(["", "\n", "# Words\n", "\n# x\n"]))
def test_what_is_read_afterwards_is_what_was_meant(keys, words, between):
    """Either the file says exactly what it said, with these keys changed; or it is refused."""
    head = "".join(f"{key}: {word}\n{between}" for key, word in zip(keys, words, strict=False))
    raw = f"---\n{head}---\nBio\n".encode()
    before = frontmatter.read(raw, "a.md").values

    made = rewrite(raw, "a.md", LEFT)
    wanted = {k: v for k, v in before.items() if k not in LEFT} | {k: v for k, v in LEFT.items() if v is not None}
    assert frontmatter.read(made, "a.md").values == wanted
    assert rewrite(made, "a.md", LEFT) == made
    kept = [line for line in raw.split(b"\n") if line.startswith((b"#", b"role", b"name", b"contact"))]
    assert [line for line in made.split(b"\n") if line in kept] == kept
