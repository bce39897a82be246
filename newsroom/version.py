"""Owns which program this is: our own code and the versions of the packages that decide bytes."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from newsroom import __version__
from newsroom.model import digest

PACKAGES = (
    "babel",
    "feedgen",
    "fonttools",
    "imagesize",
    "jinja2",
    "lxml",
    "markdown_it_py",
    "markupsafe",
    "mdit_py_plugins",
    "minify_html",
    "nh3",
    "pagefind",
    "pillow",
    "pygments",
    "pyromark",
    "pyyaml",
    "rcssmin",
    "segno",
    "typst",
)
"""What decides bytes beside our own code, by the names of their dist-info folders."""
FOLDERS = ("", "read", "assemble", "render", "render/structured", "engine", "raster", "locales")
"""Where our own code that decides bytes stands."""


@cache
def code_digest() -> str:
    """Digest of newsroom's own code and its packages' versions: what others rendered is not trusted.

    The versions are read off folder names: importlib.metadata costs a build with nothing to do 30 ms.
    """
    package = Path(__file__).parent
    parts = [__version__]
    for folder in FOLDERS:
        for name in sorted(os.listdir(package / folder)):
            if name.endswith((".py", ".toml")):
                parts.append(digest((package / folder / name).read_bytes()))
    for place in filter(os.path.isdir, sys.path):
        parts += sorted(
            name for name in os.listdir(place) if name.endswith(".dist-info") and name.lower().startswith(PACKAGES)
        )
    return digest("\0".join(parts))
