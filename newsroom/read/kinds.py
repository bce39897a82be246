"""Owns which noun each file of content/ holds, by its path alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from newsroom.errors import Location, Problem
from newsroom.read import translation

COMMENTS = "content/comments/"
FRONT = "content/front."
FRONT_PAGE = f"{FRONT}md"
FOLDERS = ("posts", "pages", "people", "topics", "press")
"""Folders of content/ whose Markdown is read."""


def kinds(paths: Iterable[str], languages: Sequence[str] = ()) -> tuple[dict[str, str], list[Problem]]:
    """Which noun each path holds: posts, pages, people, ..., translations; "" where it belongs to a post and is none.

    A folder with an index.md is one post: Markdown beside it, or deeper, belongs to it. Paths that are no Markdown are
    assets, and not named.
    """
    paths = list(paths)
    texts = [path for path in paths if path.endswith(".md") and path.count("/") > 1 and path.split("/")[1] in FOLDERS]
    folders = {path.removesuffix("/index.md") for path in texts if path.endswith("/index.md") and path.count("/") > 2}
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for path in texts:
        folder, _, name = path.rpartition("/")
        above = [at for at in _above(folder) if at in folders]
        index = above == [folder] and translation.plain(name, languages) == "index.md"
        found[path] = path.split("/")[1] if index or not above else ""
        if languages and translation.is_one(path, found[path], languages):
            found[path] = "translations"
    found |= {path: "front" for path in paths if _is_front(path, languages)}
    found |= {path: "comments" for path in paths if path.startswith(COMMENTS) and path.endswith(".yaml")}
    for path in _nobodys_front(paths, found):
        hint = 'name it front.md, or add its language: languages = ["en", "de"] in site.toml'
        problems.append(Problem("misplaced", "is for no language of this site", Location(path, 1, 1), hint))
    for folder in sorted(folders):
        hidden = sum(path.startswith(folder + "/") and path != f"{folder}/index.md" for path in texts)
        if re.fullmatch(r"content/posts/\d{4}", folder) and hidden:
            message = f"an index.md makes its folder one post, and hides the {hidden} posts beside it"
            problems.append(
                Problem(
                    "hides-posts",
                    message,
                    Location(f"{folder}/index.md", 1, 1),
                    "rename it, or give it a folder of its own",
                )
            )
    return found, problems


def _nobodys_front(paths: Iterable[str], found: Mapping[str, str]) -> list[str]:
    """Front pages that are for no edition."""
    return [path for path in paths if path.startswith(FRONT) and path.endswith(".md") and path not in found]


def _is_front(path: str, languages: Sequence[str]) -> bool:
    return path.startswith(FRONT) and translation.plain(path, languages) == FRONT_PAGE


def _above(folder: str) -> Iterable[str]:
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
