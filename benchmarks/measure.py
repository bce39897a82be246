"""Owns the measuring of one process and all it starts: wall time, processor time, the most memory. Linux tells all.

Memory is sampled twenty times a second over the whole session of the process. The resident sizes (RSS) are added:
pages that two processes share count twice. The shares (PSS) count them once, but the kernel needs 0.26 s to add up
those of 1 GB, so a run that reads them is slower and is not timed: `run(..., shares=True)`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

INTERVAL = 0.05
"""Seconds between two samples of memory."""
PROC = Path("/proc")
LINUX = (PROC / "self/statm").exists()
PAGE = os.sysconf("SC_PAGE_SIZE") if LINUX else 0
SHARES = LINUX and (PROC / "self/smaps_rollup").exists()


class Run(NamedTuple):
    """What one run took."""

    code: int
    """Exit code; negative where a signal ended it."""
    wall: float
    """Seconds from start to end."""
    cpu: float
    """Seconds of all its processes together, user and system."""
    memory: int
    """Bytes of all its processes together, at the worst moment."""
    measure: str
    """What `memory` is: `PSS`, `RSS`, or `largest` where only the largest process is known."""
    processes: int
    """The most that were seen at one moment."""


def run(
    command: Sequence[str], folder: Path, log: Path, environment: Mapping[str, str], limit: float, shares: bool = False
) -> Run:
    """Run a command in a folder and measure it; its words go to the log. After `limit` seconds it is ended."""
    with log.open("wb") as words:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=dict(environment), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=words, stderr=subprocess.STDOUT,
        )  # fmt: skip
        ended = threading.Event()
        sampler = Sampler(process.pid, shares and SHARES)
        watcher = threading.Thread(target=sampler.watch, args=(ended, started + limit))
        watcher.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)  # process.wait() would not tell what the child and its own used
            wall = time.perf_counter() - started
        except BaseException:  # somebody pressed Ctrl-C: in a session of its own, the build did not hear of it
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            ended.set()
            watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
    measure = ("PSS" if shares and SHARES else "RSS") if sampler.worst else "largest"
    memory = sampler.worst or usage.ru_maxrss * (1 if os.uname().sysname == "Darwin" else 1024)
    return Run(process.returncode, wall, usage.ru_utime + usage.ru_stime, memory, measure, sampler.processes)


class Sampler:
    """Looks at a session's processes until the first of them has ended."""

    def __init__(self, session: int, shares: bool):
        self.session, self.shares = session, shares
        self.member: dict[str, bool] = {}
        self.worst = self.processes = 0

    def watch(self, ended: threading.Event, deadline: float) -> None:
        """Sample until told to stop; end the whole session at the deadline."""
        while not ended.wait(INTERVAL):
            if LINUX:
                self.sample()
            if time.perf_counter() > deadline:
                os.killpg(self.session, signal.SIGKILL)
                return

    def sample(self) -> None:
        """Add up what the session's processes hold now."""
        sizes = [self._size(pid) for pid in os.listdir(PROC) if pid.isdigit() and self._belongs(pid)]
        self.worst = max(self.worst, sum(sizes))
        self.processes = max(self.processes, len(sizes))

    def _belongs(self, pid: str) -> bool:
        """Whether a process is of the session; asked once of each, which keeps a sample below a millisecond."""
        if pid not in self.member:
            try:
                after_name = (PROC / pid / "stat").read_text().rpartition(")")[2].split()
                self.member[pid] = int(after_name[3]) == self.session
            except (OSError, ValueError):
                return False
        return self.member[pid]

    def _size(self, pid: str) -> int:
        """Bytes; none where the process ended meanwhile."""
        try:
            if self.shares:
                lines = (PROC / pid / "smaps_rollup").read_text().splitlines()
                return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
            return int((PROC / pid / "statm").read_text().split()[1]) * PAGE
        except OSError:
            return 0
