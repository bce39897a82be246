"""Work on every core: the same results as here, every mistake told, nobody left behind."""

import os
import signal
import threading

import pytest

from newsroom.engine.workers import BATCH, ENOUGH, WorkerFailed, spread

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


def test_enough_work_is_done_elsewhere():
    """More than one process, and none of them this one."""
    workers = {pid for _, _, pid in flat(spread(squares, ITEMS, 2))}

    assert 2 == len(workers)
    assert os.getpid() not in workers


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


def test_a_mistake_of_ours_is_told_with_its_traceback():
    """A worker that raises ends the build, and says where."""

    def wrong(batch):
        raise ValueError(f"no {batch[0]}")

    with pytest.raises(WorkerFailed, match="ValueError: no "):
        list(spread(wrong, ITEMS, 2))


def test_a_killed_worker_is_no_result():
    """What it did not send is not taken for nothing."""

    def killed(batch):
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(WorkerFailed, match="killed"):
        list(spread(killed, ITEMS, 2))


def test_workers_end_when_nobody_listens():
    """A caller that stops early leaves no process behind."""
    results = spread(squares, ITEMS * 20, 2)
    workers = {row[2] for row in next(results)}
    results.close()

    for pid in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_large_result_arrives_whole():
    """A pipe holds 64 KB; a batch may be larger."""
    blobs = flat(spread(lambda batch: [b"x" * 100_000 for _ in batch], ITEMS, 2))

    assert {100_000} == {len(blob) for blob in blobs}
    assert len(ITEMS) == len(blobs)
