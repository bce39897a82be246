"""Owns the cases: what is edited before a build, the same in every generator's site, and how it is put back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks import make
from benchmarks.make import Corpus
from benchmarks.sites import File, Form


class Case(NamedTuple):
    """One thing to measure."""

    label: str
    edit: Callable[[Path, Form, Corpus], list[File]]
    """The files that differ after the edit, with their new text."""


def edited(corpus: Corpus) -> int:
    """The number of the post that is edited: the tenth newest, so that the home page, lists and feeds show it."""
    return max(0, corpus.size - 10)


def moved(corpus: Corpus) -> Corpus:
    """The newsroom after one person got another role: of all people, one who has written about as much as most."""
    place = len(corpus.authors) // 2
    person = corpus.authors[place]._replace(role="Head of everything else")
    return corpus._replace(authors=(*corpus.authors[:place], person, *corpus.authors[place + 1 :]))


def _nothing(site: Path, form: Form, corpus: Corpus) -> list[File]:
    return []


def _body(site: Path, form: Form, corpus: Corpus) -> list[File]:
    post = make.post(corpus, edited(corpus))
    return [form.post(corpus, post._replace(body=f"{post.body}\nOne more paragraph, written after the first build.\n"))]


def _title(site: Path, form: Form, corpus: Corpus) -> list[File]:
    post = make.post(corpus, edited(corpus))
    return [form.post(corpus, post._replace(title=f"{post.title} after all"))]


def _role(site: Path, form: Form, corpus: Corpus) -> list[File]:
    before = set(form.people(corpus))
    return [file for file in form.people(moved(corpus)) if file not in before]


def _template(site: Path, form: Form, corpus: Corpus) -> list[File]:
    before = (site / form.template).read_text("utf-8")
    after = before.replace("</h1>", "</h1><!-- edited -->", 1)
    if after == before:
        raise ValueError(f"{form.template} has no </h1> to edit")
    return [(form.template, after)]


def _new(site: Path, form: Form, corpus: Corpus) -> list[File]:
    return [form.post(corpus, make.post(corpus, corpus.size))]


CASES = {
    "clean": Case("clean build", _nothing),
    "nothing": Case("nothing changed", _nothing),
    "body": Case("one body edited", _body),
    "title": Case("one title edited", _title),
    "role": Case("one person's role edited", _role),
    "template": Case("the post template edited", _template),
    "new": Case("a new post", _new),
}


def write(site: Path, files: list[File]) -> dict[Path, bytes | None]:
    """Write files; gives what was there, for `restore`."""
    before: dict[Path, bytes | None] = {}
    for path, text in files:
        file = site / path
        before[file] = file.read_bytes() if file.exists() else None
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="")
    return before


def restore(before: dict[Path, bytes | None]) -> None:
    """Put back what `write` replaced."""
    for file, content in before.items():
        if content is None:
            file.unlink()
        else:
            file.write_bytes(content)
