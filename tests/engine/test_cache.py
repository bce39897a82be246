"""The cache: it may be deleted or damaged at any time, and then it is empty."""

import os
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.engine.cache import HEAD, MANY, Cache


def key(number):
    return f"{number:032x}"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "folder/cache"


def filled(folder, entries):
    """A cache with these entries, closed and opened again."""
    cache = Cache(folder)
    for name, value in entries.items():
        cache.put(name, value)
    cache.close()
    return Cache(folder)


def size(folder):
    return sum(path.stat().st_size for path in folder.iterdir())


def test_what_was_put_is_there_after_closing(folder):
    """Any bytes, the empty ones too."""
    cache = filled(folder, {key(1): b"x", key(2): b"", key(3): bytes(range(256))})

    assert [cache.get(key(n)) for n in (1, 2, 3, 4)] == [b"x", b"", bytes(range(256)), None]


def test_the_last_put_counts(folder):
    """A key has one value, in one build and from one to the next."""
    cache = filled(folder, {key(1): b"x"})
    assert cache.get(key(1)) == b"x"
    cache.put(key(1), b"y")
    assert cache.get(key(1)) == b"y"
    cache.close()
    assert cache.get(key(1)) == b"y"


def test_what_was_put_is_there_before_closing(folder):
    """A build reads what it rendered a moment ago."""
    cache = Cache(folder)
    cache.put(key(1), b"x")

    assert cache.get(key(1)) == b"x"


def test_what_is_kept_is_made_once(folder):
    """The second who asks gets the first one's."""
    cache, made = Cache(folder), []
    for _ in range(2):
        assert cache.kept(key(1), lambda: made.append(1) or b"x") == b"x"

    assert made == [1]


def test_nothing_is_written_before_something_is_asked(folder):
    """A build that needs no cache makes none; one that only looks makes none either."""
    Cache(folder).close()
    assert Cache(folder).get(key(1)) is None

    assert not folder.parent.exists()


def test_every_process_may_put(folder):
    """What a child put is seen once the parent looks again; what the parent put before is seen by the child."""
    cache = Cache(folder)
    cache.put(key(1), b"parent's")
    children = []
    for number in (2, 3):
        pid = os.fork()
        if not pid:
            good = cache.get(key(1)) == b"parent's"
            for n in range(50):
                cache.put(key(number * 100 + n), b"child's %d" % n)
            os._exit(0 if good and cache.get(key(number * 100 + 49)) == b"child's 49" else 1)
        children.append(pid)
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children] == [0, 0]
    cache.put(key(4), b"afterwards")
    cache.look()

    assert [cache.get(key(n)) for n in (1, 4)] == [b"parent's", b"afterwards"]
    assert [cache.get(key(c * 100 + n)) for c in (2, 3) for n in range(50)] == [
        b"child's %d" % n for n in range(50)
    ] * 2


ENTRIES = {key(n): bytes([n]) * 300 for n in range(20)}


def as_kept_or_forgotten(cache):
    """Every entry is the one that was put, or is not there; the cache works on."""
    for name, value in ENTRIES.items():
        assert cache.get(name) in (value, None)
    cache.tidy(set(ENTRIES))
    cache.put(key(99), b"value")
    assert cache.get(key(99)) == b"value"
    cache.close()


def pack(folder):
    (path,) = folder.iterdir()
    return path


def test_any_byte_may_be_damaged(folder):
    """A flipped byte costs entries at most: it is never a wrong value and never an exception."""
    filled(folder, ENTRIES)
    path = pack(folder)
    good, chance = path.read_bytes(), random.Random(1)
    for _ in range(300):
        raw = bytearray(good)
        for _ in range(chance.choice([1, 1, 1, 40])):
            raw[chance.randrange(len(raw))] ^= chance.randrange(1, 256)
        path.write_bytes(raw)
        as_kept_or_forgotten(Cache(folder))
        for other in set(folder.iterdir()) - {path}:
            other.unlink()


def test_it_may_be_cut_off_anywhere(folder):
    """What a full disk or a killed build leaves is used as far as it is whole."""
    filled(folder, ENTRIES)
    path = pack(folder)
    good, whole = path.read_bytes(), HEAD.size + 300
    for end in (0, 1, HEAD.size - 1, HEAD.size, HEAD.size + 1, whole - 1, whole, whole + 1, len(good) - 1):
        path.write_bytes(good[:end])
        kept = [name for name in ENTRIES if Cache(folder).get(name) is not None]

        assert kept == list(ENTRIES)[: end // whole]
        as_kept_or_forgotten(Cache(folder))
        for other in set(folder.iterdir()) - {path}:
            other.unlink()


@given(st.binary(max_size=300))
def test_any_bytes_may_stand_among_the_packs(tmp_path_factory, raw):
    """A file that is no pack, a folder: what is not understood is not used."""
    folder = tmp_path_factory.mktemp("cache")
    (folder / "0").write_bytes(raw)
    (folder / "1").mkdir()
    as_kept_or_forgotten(Cache(folder))


@pytest.mark.parametrize(
    "make", [lambda at: at.parent.mkdir() or at.write_text("x"), lambda at: at.parent.write_text("x")]
)
def test_where_nothing_can_be_written_it_lives_as_long_as_the_build(folder, make):
    """A file where its folder should be: this build remembers, the next starts anew."""
    make(folder)
    cache = Cache(folder)
    cache.put(key(1), b"x")
    cache.tidy({key(1)})

    assert cache.get(key(1)) == b"x"
    assert Cache(folder).get(key(1)) is None


def test_it_may_be_deleted_during_a_build(folder):
    """What was put may be lost, and nothing else happens."""
    cache = filled(folder, ENTRIES)
    assert cache.get(key(98)) is None
    pack(folder).unlink()
    folder.rmdir()
    cache.put(key(98), b"x")
    cache.close()

    assert Cache(folder).get(key(1)) in (None, b"\1" * 300)


def test_what_is_not_needed_goes_once_it_takes_more_room_than_the_rest(folder, monkeypatch):
    """Not at once: there is room for going back and forth between branches, and a look is taken every few builds."""
    monkeypatch.setattr("newsroom.engine.cache.ROOM", 10_000)
    big = bytes(10_000)
    for n in range(MANY):
        filled(folder, {key(n): big})
    cache = Cache(folder)
    cache.tidy({key(0)})
    assert cache.get(key(1)) == big
    cache.put(key(0), big)
    cache.tidy({key(n) for n in range(MANY // 2 + 1)})
    assert cache.get(key(MANY - 1)) == big

    filled(folder, {key(n): b"x" for n in range(100, 100 + MANY)})
    cache = filled(folder, {})
    cache.tidy({key(0), "f" * 32})
    assert [cache.get(key(n)) is not None for n in range(MANY)] == [True] + [False] * (MANY - 1)
    assert size(folder) == HEAD.size + len(big)
    cache.close()
    assert cache.get(key(0)) == big


def test_many_small_packs_become_one(folder):
    """Each build writes one of its own; a thousand builds do not make a thousand files. The large ones are left alone."""
    filled(folder, {key(0): bytes(100_000)})
    large = pack(folder)
    before = large.stat().st_ino, large.stat().st_mtime_ns
    for n in range(1, MANY + 1):
        cache = filled(folder, {key(n): b"%d" % n})
    assert len(list(folder.iterdir())) == MANY + 1
    cache.tidy({key(n) for n in range(MANY + 1)})
    cache.close()

    assert len(list(folder.iterdir())) == 2
    assert before == (large.stat().st_ino, large.stat().st_mtime_ns)
    assert [cache.get(key(n)) for n in range(1, MANY + 1)] == [b"%d" % n for n in range(1, MANY + 1)]
