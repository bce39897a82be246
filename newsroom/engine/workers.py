"""Owns work on every core: a function over batches, in forked processes where there is enough to do.

A fork shares the whole site with its children for nothing; results come back as `marshal` through a pipe. Where a
process has threads (`serve` watches in one), or the system has no fork, the work is done here: same results, one core.

What starts threads of its own outside Python (a typesetter, an encoder of pictures) is called `apart`: a process that
has such threads must not be forked later, its children would wait for threads that they do not have.
"""

from __future__ import annotations

import gc
import marshal
import os
import struct
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import Any

BATCH = 32
"""Items a batch: results are handed on while the rest is worked on."""

MOST = 4096
"""Batches: their numbers wait in one pipe, and every system's holds 16 KB."""

SWEEP = 16
"""Batches between two looks for garbage in circles, 15 ms each: templates leave some behind with every page."""

ENOUGH = 4 * BATCH
"""From so many items on, starting processes (some 10 ms each) pays."""

FAILED = b"!"
DONE = b"."


class WorkerFailed(RuntimeError):
    """A process of ours ended before its work did."""


def spread(
    work: Callable[[Sequence], Any], items: Sequence, cores: int | None = None, batch: int = BATCH, apart: bool = False
) -> Iterator[Any]:
    """`work(batch)` of every batch of items, in no particular order. It must give plain values that `marshal` takes.

    `batch` is smaller for what takes long. With `apart` even one item is worked on in a process of its own.
    """
    size = max(batch, -(-len(items) // MOST))
    batches = [items[start : start + size] for start in range(0, len(items), size)]
    cores = min(cores or _cores(), len(batches))
    few = cores < 2 or len(items) < ENOUGH // BATCH * batch
    if not batches or (few and not apart) or not _may_fork():
        for batch in batches:
            yield work(batch)
        return
    sys.stdout.flush()
    sys.stderr.flush()
    waiting = _numbers(len(batches), cores)
    children = [_start(work, batches, waiting) for _ in range(cores)]
    os.close(waiting)
    try:
        yield from _results({reader: pid for pid, reader in children})
    finally:
        for pid, reader in children:
            os.close(reader)  # a child that is still at work when nobody listens ends at its next word
            os.waitpid(pid, 0)


def apart(make: Callable[[], Any]) -> Any:
    """`make()` in a process of its own, where this is not one already: plain values that `marshal` takes."""
    if _ours or not _may_fork():
        return make()
    pid, reader = _fork(lambda writer: _send(writer, marshal.dumps(make())))
    try:
        return next(_results({reader: pid}))
    finally:
        os.close(reader)
        os.waitpid(pid, 0)


_ours = False
"""Whether this is a process that was started here, which ends with its work."""


def _may_fork() -> bool:
    return hasattr(os, "fork") and threading.active_count() == 1


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _numbers(count: int, cores: int) -> int:
    """A pipe with the numbers of all batches: whoever is free takes the next, so that no core waits for a slow one.

    What is worked on at the same time lies far apart: things beside each other often go into the same folder, and two
    processes that make files in one folder wait for each other.
    """
    apart = -(-count // cores)
    order = [number for first in range(apart) for number in range(first, count, apart)]
    reader, writer = os.pipe()
    os.write(writer, struct.pack(f"<{count}I", *order))
    os.close(writer)
    return reader


def _start(work: Callable, batches: list, waiting: int) -> tuple[int, int]:
    """A child that takes batches while there are any; (its process, where its results can be read)."""

    def task(writer: int) -> None:
        done = 0
        while number := os.read(waiting, 4):
            _send(writer, marshal.dumps(work(batches[struct.unpack("<I", number)[0]])))
            done += 1
            if done % SWEEP == 0:
                gc.collect()  # only of what is the child's own: the rest is frozen

    return _fork(task)


def _fork(task: Callable[[int], None]) -> tuple[int, int]:
    """A child that does a task and writes what comes of it; (its process, where that can be read)."""
    reader, writer = os.pipe()
    gc.freeze()  # what is there now is shared: a collection in the child would copy all of it
    pid = os.fork()
    if pid:
        os.close(writer)
        gc.unfreeze()
        return pid, reader
    global _ours
    try:  # the child: it must neither return into the parent's code nor run its clean-up
        _ours = True
        os.close(reader)
        task(writer)
        _send(writer, DONE)
    except BrokenPipeError:
        pass
    except BaseException:
        _send(writer, FAILED + traceback.format_exc().encode())
    finally:
        os._exit(0)


class Aside:
    """`make()` in a process of its own, while this one goes on; where none may be started, or is not `worth` it, here,
    once it is asked for.
    """

    def __init__(self, make: Callable[[], Any], worth: bool = True):
        self.make = make
        self._child: tuple[int, int] | None = None
        if worth and _may_fork() and _cores() > 1:
            self._child = _fork(lambda writer: _send(writer, marshal.dumps(make())))

    def result(self) -> Any:
        """What was made. Where the other process came to grief it is made here."""
        try:
            if self._child:
                return next(_results({self._child[1]: self._child[0]}))
        except (WorkerFailed, StopIteration):
            pass
        finally:
            self.close()
        return self.make()

    def close(self) -> None:
        """End it, whether anybody asked or not."""
        if self._child:
            pid, reader = self._child
            self._child = None
            os.close(reader)
            os.waitpid(pid, 0)


def _send(writer: int, data: bytes) -> None:
    data = struct.pack("<Q", len(data)) + data
    while data:
        data = data[os.write(writer, data) :]


def _results(waiting: dict[int, int]) -> Iterator[Any]:
    """What the children send, as it comes. Raises WorkerFailed with a child's traceback, or where one was killed."""
    import selectors

    with selectors.DefaultSelector() as ready:
        for reader in waiting:
            ready.register(reader, selectors.EVENT_READ)
        left = set(waiting)
        while left:
            for key, _ in ready.select():
                data = _receive(key.fd)
                if data == DONE:
                    ready.unregister(key.fd)
                    left.discard(key.fd)
                elif data is None or data.startswith(FAILED):
                    raise WorkerFailed((data or b"!a worker was killed")[1:].decode("utf-8", "replace"))
                else:
                    yield marshal.loads(data)


def _receive(reader: int) -> bytes | None:
    head = _read(reader, 8)
    return None if head is None else _read(reader, struct.unpack("<Q", head)[0])


def _read(reader: int, size: int) -> bytes | None:
    """Exactly so many bytes; None where the other side is gone."""
    parts = []
    while size:
        part = os.read(reader, min(size, 1 << 20))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
