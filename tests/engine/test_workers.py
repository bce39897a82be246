"""Work on every core: the same results as here, every mistake told, nobody left behind."""

import os
import subprocess
import sys
import threading

import pytest

from newsroom.engine.workers import BATCH, ENOUGH, spread

ITEMS = list(range(ENOUGH + BATCH + 1))


def squares(batch):
    return [(item, item * item, os.getpid()) for item in batch]


def flat(results):
    return [row for rows in results for row in rows]


@pytest.mark.parametrize("cores", [1, 2, 3, 50])
def test_every_item_is_worked_on_once(cores):
    """However many processes there are."""
    assert [(n, n * n) for n in ITEMS] == sorted(
        (item, square) for item, square, _ in flat(spread(squares, ITEMS, cores))
    )


def test_nothing_gives_nothing():
    """No process is started for it."""
    assert [] == list(spread(squares, [], 2))


def alone(script):
    """What a script prints in a process of its own: other tests leave threads behind, and then nothing forks."""
    head = f"import os, signal, time\nfrom newsroom.engine.workers import WorkerFailed, spread\nITEMS = list(range({len(ITEMS)}))\n"
    done = subprocess.run([sys.executable, "-c", head + script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_what_is_worked_on_at_once_lies_far_apart():
    """Two processes that make files in one folder wait for each other: each begins in a part of its own."""
    script = """
firsts = {}
for pid, item in spread(lambda batch: time.sleep(0.05) or (os.getpid(), batch[0]), ITEMS, 2):
    firsts.setdefault(pid, item)
print(sorted(firsts.values()))
"""

    assert str([0, (len(ITEMS) // BATCH + 2) // 2 * BATCH]) == alone(script)


def test_enough_work_is_done_elsewhere():
    """More than one process, and none of them this one."""
    script = """
pids = {row[0] for row in spread(lambda batch: [time.sleep(0.05) or os.getpid()], ITEMS, 2)}
print(len(pids), os.getpid() in pids)
"""

    assert "2 False" == alone(script)


def test_whoever_is_free_takes_the_next():
    """One batch that takes long does not make others wait behind it."""
    script = """
pids = [row[0] for row in spread(lambda batch: [time.sleep(0.5 if ITEMS[0] in batch else 0) or os.getpid()], ITEMS, 2)]
print(pids.count(pids[-1]), len(pids))
"""

    assert f"1 {len(ITEMS) // BATCH + 1}" == alone(script)


def test_little_work_is_done_here():
    """Starting a process costs more than it saves."""
    assert {os.getpid()} == {pid for _, _, pid in flat(spread(squares, ITEMS[: ENOUGH - 1], 2))}


def test_a_process_with_threads_does_not_fork():
    """A lock that another thread holds would stay locked for ever in the child."""
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert {os.getpid()} == {pid for _, _, pid in flat(spread(squares, ITEMS, 2))}
    finally:
        stop.set()
        thread.join()


FAILING = """
try:
    list(spread(lambda batch: {}, ITEMS, 2))
except WorkerFailed as error:
    print(str(error).strip().splitlines()[-1])
"""


def test_a_mistake_of_ours_is_told_with_its_traceback():
    """A worker that raises ends the build, and says where."""
    assert "ZeroDivisionError: division by zero" == alone(FAILING.format("1 / 0"))


def test_a_killed_worker_is_no_result():
    """What it did not send is not taken for nothing."""
    assert "a worker was killed" == alone(FAILING.format("os.kill(os.getpid(), signal.SIGKILL)"))


def test_workers_end_when_nobody_listens():
    """A caller that stops early leaves no process behind."""
    script = """
results = spread(lambda batch: [os.getpid()], ITEMS * 20, 2)
pid = next(results)[0]
results.close()
try:
    os.kill(pid, 0)
except ProcessLookupError:
    print("gone")
"""

    assert "gone" == alone(script)


def test_a_large_result_arrives_whole():
    """A pipe holds 64 KB; a batch may be larger."""
    blobs = flat(spread(lambda batch: [b"x" * 100_000 for _ in batch], ITEMS, 2))

    assert {100_000} == {len(blob) for blob in blobs}
    assert len(ITEMS) == len(blobs)


def test_apart_even_one_item_is_worked_on_elsewhere():
    """What starts threads of its own must not do so in a process that is forked later."""
    script = """
from newsroom.engine.workers import apart
def where(batch):
    return [(os.getpid(), apart(os.getpid))]
((child, again),) = [rows[0] for rows in spread(where, [1], apart=True)]
assert child == again != os.getpid(), "a process that is apart starts no other"
assert apart(os.getpid) not in (os.getpid(), child)
assert [] == list(spread(where, [], apart=True))
"""
    alone(script)
