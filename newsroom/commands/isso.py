"""Owns the Isso that runs beside the preview: a real comment server on the loopback, for tries.

It must not build, and never imports Isso: that runs in a process of its own.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from newsroom import config, toml
from newsroom.desk import CACHE
from newsroom.errors import Location, NewsroomError, Problem

PORTS = range(8901, 8951)
"""Tried in turn. The first free one, not any: with the same address the next preview finds its pages still right."""

PATIENCE = 30
"""Seconds that Isso may take to answer."""

SETTINGS = """\
# Written anew by each newsroom serve.
[general]
dbpath = comments.db
host =
{hosts}
notify =
[server]
listen = {address}
[moderation]
enabled = false
[guard]
enabled = false
"""
"""Guard is what slows writers down and keeps them from answering themselves: here one person plays them all."""

LAUNCH = """\
import os, threading
def leave():
    while os.read(0, 1):
        pass
    os._exit(0)
threading.Thread(target=leave, daemon=True).start()
import isso
isso.main()
"""
"""Isso, until nobody holds the other end of its standard input: so it ends with us, even where we are killed."""


class Beside:
    """An Isso beside the site: one of our own, or that of another `newsroom serve` of the same site."""

    def __init__(self, address: str, folder: Path, process: subprocess.Popen | None = None, lock: IO | None = None):
        self.address = address
        """Without a final slash."""
        self._folder, self._process, self._lock = folder, process, lock

    def ready(self) -> str:
        """Wait until it answers; gives a line for the terminal. Raises NewsroomError where it does not."""
        if self._process is None:
            return f"Comments: Isso at {self.address}/ runs for another newsroom serve: write on the pages of that one"
        end = time.monotonic() + PATIENCE
        while not _answers(self.address):
            if self._process.poll() is not None or time.monotonic() > end:
                raise NewsroomError([_failed(self._folder)])
            time.sleep(0.05)
        (self._folder / "address").write_text(self.address + "\n", "utf-8")
        return (
            f"Comments: Isso at {self.address}/ "
            "(tries only: nothing of it is published; newsroom comments pull keeps them)"
        )

    def stop(self) -> None:
        """End it, if it is ours. May be said twice."""
        if self._process is None or self._lock is None:
            return
        with contextlib.suppress(OSError):
            (self._folder / "address").unlink()
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._lock.close()
        self._lock = None


def wanted(root: Path) -> bool:
    """Whether site.toml asks for Isso and names no server."""
    try:
        _, table = toml.read((root / config.FILE).read_bytes(), config.FILE)
    except (OSError, NewsroomError):
        return False  # whoever loads the settings says what is wrong
    comments = table.get("comments")
    if not isinstance(comments, dict) or comments.get("provider") != "isso":
        return False
    own = comments.get("isso", {})
    return isinstance(own, dict) and "url" not in own


def start(root: Path, host: str, port: int) -> Beside | None:
    """Start an Isso for the preview at that host and port; None where the settings want none. `ready()` waits for it.

    Raises NewsroomError where it cannot be had.
    """
    folder = root / CACHE / "isso"
    outside = not folder.resolve().is_relative_to(root.resolve())
    if outside or not wanted(root):  # of a link that leads outside the build tells
        return None
    if find_spec("isso") is None:
        message = "comments have no server: Isso is not installed, and [comments.isso] has no url"
        hint = 'pip install "newsroom[isso]" tries comments on this machine; or add the url of your own server'
        raise NewsroomError([_problem(root, message, hint)])
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # its database has the mail addresses of those who try
        lock = _turn(root, folder)
        return _begun(root, folder, lock, _hosts(host, port)) if lock else Beside(address(root), folder)
    except OSError as error:
        message = f"Isso cannot be started: {error.strerror or error}"
        raise NewsroomError([_problem(root, message, f"check {CACHE}/isso and its permissions")]) from error


def _turn(root: Path, folder: Path) -> IO | None:
    """The lock; None where another preview of this site has it and its Isso answers."""
    end = time.monotonic() + PATIENCE
    while (lock := _lock(folder)) is None:
        if address(root):
            break
        if time.monotonic() > end:
            message = "another newsroom serve of this site has been starting Isso for too long"
            raise NewsroomError([_problem(root, message, "stop that one first")])
        time.sleep(0.1)
    return lock


def _begun(root: Path, folder: Path, lock: IO, hosts: str) -> Beside:
    """An Isso of our own, as soon as its process runs."""
    (folder / "address").unlink(missing_ok=True)  # of one that was killed
    free = next(filter(_free, PORTS), None)
    if free is None:
        lock.close()
        message = f"no port from {PORTS[0]} to {PORTS[-1]} is free for Isso"
        raise NewsroomError([_problem(root, message, "stop what listens there")])
    here = f"http://127.0.0.1:{free}"
    (folder / "isso.cfg").write_text(SETTINGS.format(hosts=hosts, address=here), "utf-8")
    return Beside(here, folder, _launch(folder), lock)


def address(root: Path) -> str:
    """Where the Isso of a running `newsroom serve` of this site answers, without a final slash; "" where none does."""
    folder = root / CACHE / "isso"
    try:
        found = (folder / "address").read_text("utf-8").strip()
        if not _held(folder):  # the serve that wrote the address was killed
            return ""
    except (OSError, UnicodeDecodeError):
        return ""
    parts = urlsplit(found)
    return found if (parts.scheme, parts.hostname) == ("http", "127.0.0.1") and _answers(found) else ""


def _launch(folder: Path) -> subprocess.Popen:
    """The process. -P: what lies in its folder is no module of Python's."""
    environment = {name: value for name, value in os.environ.items() if name != "ISSO_SETTINGS"}
    with open(folder / "isso.log", "wb") as log:
        return subprocess.Popen(
            [sys.executable, "-P", "-c", LAUNCH, "-c", "isso.cfg", "run"],
            cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=log, stderr=log,
        )  # fmt: skip


def _hosts(host: str, port: int) -> str:
    """The origins of pages that may write: the preview's, by each of its names that Isso can read."""
    names = dict.fromkeys(["127.0.0.1" if host in ("", "0.0.0.0", "::") or ":" in host else host, "localhost"])
    return "\n".join(f"    http://{name}:{port}" for name in names)


def _free(port: int) -> bool:
    with socket.socket() as probe:
        if os.name != "nt":  # as Isso binds: what waits to be forgotten is no obstacle
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _answers(address: str) -> bool:
    """Whether an Isso answers there."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=2)
    try:
        connection.request("GET", "/info")
        return "moderation" in json.loads(connection.getresponse().read(4096))
    except (OSError, http.client.HTTPException, ValueError, TypeError):
        return False
    finally:
        connection.close()


def _held(folder: Path) -> bool:
    """Whether a preview of this site runs Isso. Where there are no locks, nobody knows, and who answers is believed."""
    lock = _lock(folder, shared=True)
    if lock is None:
        return True
    lock.close()
    return find_spec("fcntl") is None


def _lock(folder: Path, shared: bool = False) -> IO | None:
    """The open file whose lock says that a preview of this site runs Isso; None where another has it.

    It ends with the process, so a killed one leaves none. Where there are no locks, everybody has it.
    """
    file = open(folder / "lock", "ab")
    try:
        import fcntl

        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except ImportError:
        pass
    except BlockingIOError:
        file.close()
        return None
    return file


def _failed(folder: Path) -> Problem:
    """What Isso said last."""
    lines = (folder / "isso.log").read_text("utf-8", "replace").strip().splitlines()
    said = f': "{lines[-1][:200]}"' if lines else ""
    return Problem(
        "isso-failed", f"Isso does not answer{said}", Location(config.FILE, 1),
        f"the whole of it is in {CACHE}/isso/isso.log; a damaged {CACHE}/isso can be moved away, it holds tries only",
    )  # fmt: skip


def _problem(root: Path, message: str, hint: str) -> Problem:
    text = (root / config.FILE).read_text("utf-8-sig")
    return Problem("no-isso", message, toml.locate(text, ("comments", "provider"), config.FILE), hint)
