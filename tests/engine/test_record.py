"""The record of the last build: used when it can be trusted, and else not there."""

import os
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.engine import record
from newsroom.engine.record import Record, announce, gone, load, plain, save, stale
from newsroom.model import NOTHING, Output, Post, Source, digest, digest_of
from newsroom.views import Picture

FULL = Record(
    1, "reading", {"content/a.md": Source("content/a.md", (1, 2, 3, 4), "d" * 32, (30, 20), "<script")},
    {"content/a.md": ("d" * 32, ("text", None, True, 5, {"a": ("b",)}), 7)},
    {"a/index.html": ("f" * 32, "d" * 32, 1, 2), "b/index.html": ("f" * 32, "e" * 32, 1, 2)},
)  # fmt: skip


def test_what_was_saved_is_loaded(tmp_path):
    """Records and plain values come back as they were."""
    save(tmp_path, "key", FULL)

    assert load(tmp_path, "key") == FULL


def test_without_a_record_there_is_an_empty_one(tmp_path):
    """The first build has seen nothing."""
    assert load(tmp_path / "nowhere", "key") == Record()


def test_another_versions_record_is_not_used(tmp_path):
    """The key names newsroom's own code."""
    save(tmp_path, "key", FULL)

    assert load(tmp_path, "other") == Record()


def test_any_damage_makes_it_empty(tmp_path):
    """A flipped, missing or added byte anywhere: nothing of it is believed, and nothing raises."""
    save(tmp_path, "key", FULL)
    good, chance = (tmp_path / "record").read_bytes(), random.Random(1)
    damaged = [good[:size] for size in range(len(good))] + [good + b"\0"]
    for _ in range(500):
        raw = bytearray(good)
        raw[chance.randrange(len(raw))] ^= chance.randrange(1, 256)
        damaged.append(bytes(raw))
    for raw in damaged:
        (tmp_path / "record").write_bytes(raw)
        assert load(tmp_path, "key") == Record()


@given(st.binary(max_size=200))
def test_any_bytes_may_stand_in_its_place(tmp_path_factory, raw):
    """Also what looks like marshal and is not ours."""
    folder = tmp_path_factory.mktemp("record")
    (folder / "record").write_bytes(raw)
    (folder / "pending").write_bytes(raw)

    assert load(folder, "key") == Record()


def test_a_folder_in_its_place_is_no_record(tmp_path):
    """Whatever is there is not trusted."""
    (tmp_path / "record").mkdir()

    assert load(tmp_path, "key") == Record()


def test_what_was_pending_is_not_vouched_for(tmp_path):
    """After a crash among the moves every output that was about to change is looked at again."""
    save(tmp_path, "key", FULL)
    announce(tmp_path, ["a/index.html", "new/index.html"])

    assert set(load(tmp_path, "key").written) == {"b/index.html"}


def test_after_a_crash_nothing_is_as_last_time(tmp_path):
    """An output that the build removed before it was ended is neither on record nor there: only a plan misses it."""
    save(tmp_path, "key", FULL._replace(asked="settings"))
    assert load(tmp_path, "key").asked == "settings"

    announce(tmp_path, ["a/index.html"])
    assert load(tmp_path, "key").asked == ""


def test_what_was_pending_stays_so_until_a_build_is_done(tmp_path):
    """Two crashes in a row forget nothing; a record forgets both."""
    save(tmp_path, "key", FULL)
    announce(tmp_path, ["a/index.html"])
    announce(tmp_path, ["b/index.html"])
    assert load(tmp_path, "key").written == {}

    save(tmp_path, "key", FULL)
    assert load(tmp_path, "key") == FULL


def test_any_file_name_can_be_announced(tmp_path):
    """What lies in the output folder may have a name that is not UTF-8: it is still pruned."""
    path = os.fsdecode(b"a\xff.html")
    save(tmp_path, "key", FULL._replace(written={path: ("f", "d", 1, 2)}))
    announce(tmp_path, [path])

    assert load(tmp_path, "key").written == {}


OUT = Output("a", "page", "", "fingerprint")


@pytest.mark.parametrize(
    ("written", "there", "again"),
    [
        ({}, {}, True),
        ({"a": ("fingerprint", "bytes", 1, 2, "")}, {"a": ("bytes", 1, 2)}, False),
        ({"a": ("another", "bytes", 1, 2, "")}, {"a": ("bytes", 1, 2)}, True),
        ({"a": ("fingerprint", "bytes", 1, 2, "")}, {"a": ("edited", 1, 2)}, True),
        ({"a": ("fingerprint", "bytes", 1, 2, "")}, {}, True),
        ({}, {"a": ("bytes", 1, 2)}, True),
        ({"a": ("fingerprint", "", 1, 2, "")}, {"a": ("", 1, 2)}, False),
    ],
)
def test_an_output_is_stale_unless_it_is_what_it_was_and_as_it_was_left(written, there, again):
    """Made from the same things, and untouched since: only then is it not rendered."""
    assert again == bool(stale([OUT], written, there))


def test_what_the_site_no_longer_contains_is_gone():
    """Empty folders too."""
    assert gone([OUT], {"a": "x", "b": "y", "c/": ""}) == ["b", "c/"]


def test_plain_values_are_what_marshal_takes():
    """Named tuples become tuples, all the way down."""
    made = plain((Picture("a", "b"), {"x": (Picture("c", "d"),)}, None, 1))

    assert made == (("a", "b", "", "", 0, 0, "", (), ""), {"x": (("c", "d", "", "", 0, 0, "", (), ""),)}, None, 1)
    assert type(made[0]) is tuple and type(made[1]["x"][0]) is tuple


def test_a_noun_comes_back_from_its_plain_values():
    """What is kept of a post is the post."""
    post = Post(*range(len(Post._fields)))

    assert Post(*plain(post)) == post


@given(st.recursive(st.text() | st.integers() | st.booleans() | st.none(), lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=10))  # fmt: skip
def test_equal_values_have_equal_digests(value):
    """However the values came about: a digest depends on what is equal, not on what is the same object."""
    import copy
    import marshal

    copied = marshal.loads(marshal.dumps(value, 2))
    assert digest_of(value) == digest_of(copied) == digest_of(copy.deepcopy(copied))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a", "b"), ("ab", "")),
        (("a", ""), ("", "a")),
        ((("a",), "b"), (("a", "b"),)),
        ((1,), ("1",)),
        ((None,), ("",)),
        ((True,), (1,)),
        (({},), ((),)),
    ],
)
def test_different_values_have_different_digests(one, other):
    """What is joined cannot be confused with what is joined at another place."""
    assert digest_of(*one) != digest_of(*other)


def test_a_digest_has_one_width():
    """An absent thing's too: joined digests cannot be confused."""
    assert {len(digest("")), len(digest(b"x" * 999)), len(digest_of()), len(NOTHING)} == {32}
    assert digest("ä") == digest("ä".encode())


def test_the_record_names_what_it_holds():
    """The parts of a record are those that a build asks for."""
    assert record.Record._fields == (
        "scanned", "reading", "sources", "nouns", "written", "asked", "made", "until", "held", "planned",
    )  # fmt: skip
