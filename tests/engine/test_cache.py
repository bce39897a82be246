"""The cache: it may be deleted or damaged at any time, and then it is empty."""

import random
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.engine.cache import Cache


@pytest.fixture
def path(tmp_path):
    return tmp_path / "folder/cache.sqlite"


def filled(path, entries):
    """A cache with these entries, closed."""
    cache = Cache(path)
    for key, value in entries.items():
        cache.put(key, value)
    cache.close()
    return Cache(path)


def test_what_was_put_is_there_after_closing(path):
    """Any bytes, the empty ones too."""
    cache = filled(path, {"a": b"x", "b": b"", "c": bytes(range(256))})

    assert (cache.get("a"), cache.get("b"), cache.get("c"), cache.get("d")) == (b"x", b"", bytes(range(256)), None)


def test_the_last_put_counts(path):
    """A key has one value."""
    assert filled(path, {"a": b"x"}).get("a") == b"x"
    assert filled(path, {"a": b"y"}).get("a") == b"y"


def test_what_was_put_is_there_before_closing(path):
    """A build reads what it rendered a moment ago."""
    cache = Cache(path)
    cache.put("a", b"x")

    assert cache.get("a") == b"x"


def test_nothing_is_written_before_something_is_asked(path):
    """A build that needs no cache makes none."""
    Cache(path).close()

    assert not path.parent.exists()


ENTRIES = {f"{n:032x}": bytes([n]) * 300 for n in range(20)}


def as_kept_or_forgotten(cache):
    """Every entry is the one that was put, or is not there; the cache works on."""
    for key, value in ENTRIES.items():
        assert cache.get(key) in (value, None)
    cache.keep_only(set(ENTRIES))
    for _ in range(3):  # damage may be met by any of the next steps; from then on the cache is a new one
        cache.put("new", b"value")
        found = cache.get("new")
    assert found == b"value"
    cache.close()


def test_any_byte_may_be_damaged(path):
    """A flipped byte costs entries at most: it is never a wrong value and never an exception."""
    filled(path, ENTRIES).close()
    good, chance = path.read_bytes(), random.Random(1)
    for _ in range(150):
        raw = bytearray(good)
        for _ in range(chance.choice([1, 1, 1, 40])):
            raw[chance.randrange(len(raw))] ^= chance.randrange(1, 256)
        path.write_bytes(raw)
        as_kept_or_forgotten(Cache(path))


def test_it_may_be_cut_off_anywhere(path):
    """What a full disk or a killed copy leaves is used as far as it is whole."""
    filled(path, ENTRIES).close()
    good = path.read_bytes()
    for size in (0, 1, 15, 16, 99, 100, 512, 1024, 4095, 4096, 5000, len(good) - 1):
        path.write_bytes(good[:size])
        as_kept_or_forgotten(Cache(path))


@given(st.binary(max_size=300))
def test_any_bytes_may_stand_in_its_place(tmp_path_factory, raw):
    """A file of that name that is no cache is replaced."""
    path = tmp_path_factory.mktemp("cache") / "cache.sqlite"
    path.write_bytes(raw)
    as_kept_or_forgotten(Cache(path))


def test_another_table_of_that_name_is_replaced(path):
    """What another program made is not understood, and not used."""
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("create table entry (name text)")
    other.commit()
    other.close()
    as_kept_or_forgotten(Cache(path))


def test_a_value_of_another_kind_is_not_there(path):
    """Text where bytes should be is damage too."""
    cache = filled(path, {"a": b"x"})
    cache.close()
    other = sqlite3.connect(path)
    other.execute("update entry set value = 'text'")
    other.commit()
    other.close()

    assert cache.get("a") is None


@pytest.mark.parametrize("make", [lambda path: path.mkdir(parents=True), lambda path: path.parent.write_text("a file")])
def test_where_nothing_can_be_written_it_lives_as_long_as_the_build(path, make):
    """A folder in its place, or a file where its folder should be: this build remembers, the next starts anew."""
    make(path)
    cache = Cache(path)
    cache.put("a", b"x")

    assert cache.get("a") == b"x"
    cache.close()
    assert Cache(path).get("a") is None


def test_it_may_be_deleted_during_a_build(path):
    """What was put may be lost, and nothing else happens."""
    cache = filled(path, ENTRIES)
    assert cache.get("new") is None
    path.unlink()
    cache.put("new", b"x")
    cache.close()

    assert Cache(path).get(next(iter(ENTRIES))) in (None, b"\0" * 300)


def test_a_cache_in_use_by_another_build_is_not_taken_away(path):
    """`serve` and `build` may run side by side: the one that must wait forgets, and leaves the other's file alone."""
    filled(path, ENTRIES).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin exclusive")
    cache = Cache(path)
    cache.put("mine", b"x")
    other.execute("commit")
    other.close()
    cache.close()

    assert Cache(path).get(next(iter(ENTRIES))) == b"\0" * 300


def test_old_entries_are_forgotten_once_there_are_many(path):
    """A thousand more than are used are room for going back and forth between branches; then they go."""
    entries = {f"{n}": b"x" for n in range(1200)}
    few = filled(path, entries)
    few.keep_only({"0", "1"} | {f"{n}" for n in range(300)})
    assert few.get("1199") == b"x"

    few.keep_only({"0", "1"})
    assert (few.get("0"), few.get("1199")) == (b"x", None)
