"""Owns the preview: build, serve, watch, build again. It must not print, and must outlive every mistake in content."""

from __future__ import annotations

import errno
import os
import threading
import time
import traceback
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from newsroom import config
from newsroom.build import OUTPUT, Report
from newsroom.commands import isso
from newsroom.commands.http import Bulletin, Server, State
from newsroom.commands.judging import Reports
from newsroom.commands.searching import Searches
from newsroom.commands.session import Session
from newsroom.commands.watch import Changes, start_watching
from newsroom.errors import NewsroomError, text

PORTS = 10
"""How many ports are tried, from the wanted one upwards."""

Say = Callable[[str], object]


def serve(
    root: Path,
    options: Any,
    host: str = "127.0.0.1",
    port: int = 8000,
    say: Say = lambda line: None,
    stop: threading.Event | None = None,
    session: Callable[[Path, Any], Session] = Session,
) -> int:
    """Show the site in `root` at an address of this machine until `stop` is set or Ctrl-C; 1 without a site or a port.

    Builds run in the calling thread, one at a time. Whatever fails is said, shown in the open pages, and leaves the
    last good site where it is. Where comments are Isso's and site.toml names no server, one runs beside the site.
    """
    stop, root, bulletin, changes = stop or threading.Event(), Path(root), Bulletin(), Changes()
    try:
        config.load(root)
    except NewsroomError as error:
        if not (root / config.FILE).is_file():  # one with mistakes is served, so that they can be seen and mended
            say("\n\n".join(map(text, error.problems)))
            return 1
    server = _listen(root, bulletin, host, port, say, options)
    if server is None:
        return 1
    try:
        beside = isso.start(root, host, server.server_port)
    except NewsroomError as error:
        server.server_close()
        say("\n\n".join(map(text, error.problems)))
        return 1
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    end_watch = None
    try:
        if beside:
            options = replace(options, isso=beside.address)
        settings = partial(config.load, root, beside.address if beside else "")
        bulletin.post(_addressed(settings, bulletin.state))
        builds = session(root, options)
        _rebuild(settings, builds, bulletin, say, first=True)  # before there are threads: now every core may help
        serving.start()
        if beside:
            say(beside.ready())  # it asks for a page of the site before it answers itself
        end_watch = start_watching(root, changes.add, say)
        changes.add()  # what was saved during the first build is not missed
        title = bulletin.state.title or root.resolve().name
        say(f"Serving {title} at {_address(server, bulletin)} - press Ctrl-C to stop")
        while not stop.is_set():
            if changes.wait(0.2) or builds.is_over():
                _rebuild(settings, builds, bulletin, say, changes.take())
                builds.rest()
    except KeyboardInterrupt:
        pass
    except NewsroomError as error:  # what a build can raise is said by _rebuild: this is about Isso
        say("\n\n".join(map(text, error.problems)))
        return 1
    finally:
        bulletin.close()
        if beside:
            beside.stop()
        if end_watch:
            end_watch()
        if serving.is_alive():
            server.shutdown()
        server.server_close()
    return 0


def told(report: Report) -> str:
    """What a rebuild did, in a line; "" when it did nothing."""
    pages = sum(path.endswith(".html") for path in report.rendered)
    files = len(report.rendered) - pages
    parts = [_count(pages, "page")] if pages or not files else []
    parts += [_count(files, "other file" if pages else "file")] if files else []
    removed = f", removed {_count(len(report.removed), 'file')}" if report.removed else ""
    if not report.rendered and not report.removed:
        return ""
    return f"rebuilt {' and '.join(parts)}{removed} in {report.seconds:.2f} s"


def _rebuild(
    settings: Callable[[], config.Config],
    builds: Session,
    bulletin: Bulletin,
    say: Say,
    changed: Collection[str] | None = None,
    first: bool = False,
) -> None:
    """Build once and tell the terminal and the pages. Nothing a build can raise ends the preview."""
    state = bulletin.state
    try:
        report = builds.build(changed)
        problems = [p for p in report.problems if p.severity == "error"]
    except NewsroomError as error:
        report, problems = None, list(error.problems)
    except Exception as error:  # our own mistake: the writer sees that it is ours, and the site stays
        say(traceback.format_exc().rstrip())
        mine = f"newsroom itself failed: {type(error).__name__}: {error}\nhint: the terminal shows where"
        bulletin.post(state._replace(problems=(mine,)))
        return
    said = tuple(text(problem) for problem in problems)
    if problems or report is None:
        say("\n\n".join(said))
        bulletin.post(_addressed(settings, state)._replace(problems=said))
        return
    now = _addressed(settings, state)._replace(problems=())
    if report.rendered or report.removed or not state.build:
        styles = not first and any(path.endswith(".css") for path in report.rendered)
        now = now._replace(build=str(time.time_ns()), styles=styles)
    bulletin.post(now)
    line = told(report) or ("all problems are solved" if state.problems else "")
    if line and not first:
        say(line)


def _addressed(settings: Callable[[], config.Config], state: State) -> State:
    """The state with the title and base of site.toml, while that can be read."""
    try:
        now = settings()
    except NewsroomError:
        return state
    return state._replace(title=now.title, base=now.base)


def _listen(root: Path, bulletin: Bulletin, host: str, port: int, say: Say, options: Any) -> Server | None:
    """A server on the wanted port or one of the next; None when there is none."""
    for candidate in range(port, min(port + (PORTS if port else 1), 65536)):
        try:
            server = Server((host, candidate), root / OUTPUT, bulletin, say, Reports(root).reply, Searches(root, options).reply)
        except OSError as error:
            if error.errno != errno.EADDRINUSE and os.name != "nt":  # Windows says the same with another number
                say(f"cannot listen on {host}: {error.strerror or error}")
                return None
            continue
        if candidate != port:
            say(f"port {port} is taken, so this is port {server.server_port}")
        return server
    say(f"no port from {port} to {port + PORTS - 1} is free: choose another with --port")
    return None


def _address(server: Server, bulletin: Bulletin) -> str:
    host = {"": "localhost", "0.0.0.0": "localhost", "::": "localhost"}.get(server.host, server.host)
    return f"http://{f'[{host}]' if ':' in host else host}:{server.server_port}{bulletin.state.base}/"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
