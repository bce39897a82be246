"""Whole small sites for tests, written in the test itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings

from newsroom import __version__

# A slow machine is not a failure, and on CI a red run must be red again when it is repeated.
# There it is not made smaller either, which takes minutes: whoever repeats it (CI=1) has the same, and may.
ON_CI = {"derandomize": True, "phases": (Phase.explicit, Phase.reuse, Phase.generate)} if os.environ.get("CI") else {}
settings.register_profile("newsroom", deadline=None, **ON_CI)
settings.load_profile("newsroom")


def pytest_report_header() -> str:
    """The version tested, above the results."""
    return f"newsroom {__version__}"


class Site:
    """A site's folder, with the few things that tests do to it."""

    def __init__(self, root: Path):
        self.root = root

    def build(self, **options: Any):
        """Bring public/ up to date; gives the Report."""
        from newsroom.build import Options, build

        return build(self.root, Options(**options))

    def read(self, path: str) -> str:
        """The text of a built file."""
        return (self.root / "public" / path).read_text("utf-8")

    def outputs(self) -> dict[str, bytes]:
        """Every built file."""
        public = self.root / "public"
        files = sorted(path for path in public.rglob("*") if path.is_file())
        return {path.relative_to(public).as_posix(): path.read_bytes() for path in files}

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a source. A text that begins with a line break may be indented as the test is."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, str):
            text = (textwrap.dedent(text).removeprefix("\n") if text.startswith("\n") else text).encode()
        file.write_bytes(text)
        return file

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace words of a source; they must be there, or the test tests nothing."""
        file = self.root / path
        text = file.read_bytes().decode()
        assert old in text, f"{path} has no {old!r}"
        file.write_bytes(text.replace(old, new).encode())

    def remove(self, path: str) -> None:
        """Remove a source, or a folder of them."""
        file = self.root / path
        shutil.rmtree(file) if file.is_dir() else file.unlink()


def toml(table: Mapping[str, Any], at: tuple[str, ...] = ()) -> str:
    """A table of settings as site.toml; a JSON text is a TOML text too."""
    values = [f"{key} = {json.dumps(value)}\n" for key, value in table.items() if not isinstance(value, dict)]
    tables = [toml(value, (*at, key)) for key, value in table.items() if isinstance(value, dict)]
    head = f"\n[{'.'.join(at)}]\n" if at else ""
    return head + "".join(values) + "".join(tables)


PEOPLE = {
    "content/people/maya.md": "---\nname: Maya Okafor\ncontact: {email: maya@example.com}\n---\nMaya grinds lenses.\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\ncontact: {email: jonas@example.com}\n---\nJonas mends them.\n",
    "content/people/lena.md": "---\nname: Lena Brandt\ncontact: {email: lena@example.com}\n---\nLena edits.\n",
}


class Repository:
    """A site in a git repository of its own."""

    def __init__(self, site):
        self.site, self.root = site, site.root
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *words, **env):
        """Run git as on a machine without settings."""
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "PATH": os.environ["PATH"]}
        return subprocess.run(
            ["git", *words], cwd=self.root, env=own | env, check=True, capture_output=True, text=True
        ).stdout

    def commit(self, day, who="Maya Okafor <maya@example.com>", files={}, message="Words", written="", committer=""):
        """Commit everything, on a day, by somebody."""
        for path, text in files.items():
            self.site.write(path, text)
        name, _, address = who.rstrip(">").partition(" <")
        by, _, at = (committer or who).rstrip(">").partition(" <")
        self.git("add", "--all")
        self.git(
            "commit", "--quiet", "--allow-empty", "-m", message,
            GIT_AUTHOR_NAME=name, GIT_AUTHOR_EMAIL=address, GIT_AUTHOR_DATE=_moment(written or day),
            GIT_COMMITTER_NAME=by, GIT_COMMITTER_EMAIL=at, GIT_COMMITTER_DATE=_moment(day),
        )  # fmt: skip

    def found(self, *codes, day="2026-11-21"):
        """What `newsroom check` finds under these codes, on a day."""
        from newsroom.build import Options
        from newsroom.commands.check import check
        from newsroom.dates import parse

        problems = check(self.root, Options(moment=parse(day, "UTC")))
        assert [p for p in problems if p.severity == "error" and p.code not in codes] == []
        return [p for p in problems if p.code in codes]


def _moment(day):
    return f"{day}T12:00:00+00:00" if len(day) == 10 else day


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., Site]:
    """Write a site: `make_site({"content/posts/a.md": "..."}, posts={"per_page": 2})`. Each call makes another one."""
    return _maker(tmp_path)


@pytest.fixture(scope="module")
def make_shared_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Site]:
    """The same, for a site that a module's tests only look at: built once."""
    return _maker(tmp_path_factory.mktemp("shared"))


def _maker(folder: Path) -> Callable[..., Site]:
    made: list[Site] = []

    def make(files: Mapping[str, str | bytes] = {}, **settings: Any) -> Site:
        site = Site(folder / f"site{len(made) or ''}")
        made.append(site)
        site.root.mkdir()
        if "site.toml" not in files:
            site.write("site.toml", toml({"title": "Northwind Newsroom", "url": "https://news.example.com"} | settings))
        for path, text in files.items():
            site.write(path, text)
        return site

    return make


@pytest.fixture
def repository(make_site):
    """`repository({"content/posts/a.md": ...}, policy=...)`: a site with three people in a repository, nothing committed."""
    return lambda files={}, **settings: Repository(make_site(PEOPLE | files, **settings))


@pytest.fixture
def newsroom(capsys):
    """(exit code, standard output, standard error) of a command, in this process."""

    from newsroom.cli import main

    def newsroom(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as error:
            code = error.code
        told = capsys.readouterr()
        return code, told.out, told.err

    return newsroom
