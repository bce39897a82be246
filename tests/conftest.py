"""Whole small sites for tests, written in the test itself."""

from __future__ import annotations

import json
import os
import shutil
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from newsroom import __version__

# A slow machine is not a failure, and on CI a red run must be red again when it is repeated.
settings.register_profile("newsroom", deadline=None, derandomize=bool(os.environ.get("CI")))
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


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., Site]:
    """Write a site: `make_site({"content/posts/a.md": "..."}, posts={"per_page": 2})`. Each call makes another one."""
    made: list[Site] = []

    def make(files: Mapping[str, str | bytes] = {}, **settings: Any) -> Site:
        site = Site(tmp_path / f"site{len(made) or ''}")
        made.append(site)
        site.root.mkdir()
        if "site.toml" not in files:
            site.write("site.toml", toml({"title": "Northwind Newsroom", "url": "https://news.example.com"} | settings))
        for path, text in files.items():
            site.write(path, text)
        return site

    return make
