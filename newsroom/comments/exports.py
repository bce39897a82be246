"""Owns EXPORTS: the files that comments can be imported from. Reads one file; must not write, and asks nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from newsroom.comments.formats import (
    artalk,
    commento,
    disqus,
    fediverse,
    files,
    github,
    isso,
    remark42,
    twikoo,
    values,
    waline,
    wordpress,
)
from newsroom.comments.formats.values import Fields, Unreadable
from newsroom.comments.records import Discussion
from newsroom.errors import NewsroomError, problem


@dataclass(frozen=True)
class Export:
    """One kind of file."""

    title: str
    """The service, as it writes its name."""
    says: str
    """Which file it is and where it comes from, to stand after "give": for a hint and for the documentation."""
    read: Callable[[Path], Iterable[Discussion]]
    """All its pages that have comments. Raises NewsroomError (`bad-export`): the file, and the line if it is known."""


def _read(says: str, parse: Callable[[Path], Iterable[Discussion]], path: Path) -> tuple[Discussion, ...]:
    try:
        made = tuple(parse(path))
        if (skipped := [why for each in made for why in each.skipped]) and not any(each.comments for each in made):
            raise Unreadable(skipped[0])  # not one can be read: then it is not the comments that are wrong
        return made
    except Unreadable as error:
        wrong = problem("bad-export", str(error), path.as_posix(), line=error.line, hint=f"give {says}")
        raise NewsroomError((wrong,)) from error


def _export(title: str, says: str, parse: Callable[[Path], Iterable[Discussion]]) -> Export:
    return Export(title, says, partial(_read, says, parse))


def _json(title: str, says: str, pages: Callable[[Any], Iterable[Discussion]]) -> Export:
    return _export(title, says, lambda path: pages(files.document(path)))


def _saved(title: str, says: str, page: Callable[[Fields], Iterable[Discussion]]) -> Export:
    """An answer of an interface that somebody saved, or a list of such answers. What has no comments is left out."""

    def pages(document: Any) -> Iterator[Discussion]:
        for each in values.objects(document if isinstance(document, list) else [document], "the file"):
            yield from (made for made in page(each) if made.comments or made.skipped)

    return _json(title, says, pages)


def _giscus(answer: Fields) -> Iterable[Discussion]:
    if "errors" in answer:
        said = " ".join(values.word(each, "message") for each in values.parts(answer, "errors"))
        raise Unreadable(f'GitHub answered with an error: "{values.line(said)}"')
    repository = values.part(values.part(answer, "data") or answer, "repository")
    if "discussions" not in repository:
        raise Unreadable('the file has no "data", "repository", "discussions"')
    return github.giscus(values.parts(values.part(repository, "discussions"), "nodes"))


def _utterances(entry: Fields) -> Iterable[Discussion]:
    if "comments" not in entry:
        raise Unreadable('an issue has no "comments"')
    return github.utterances([entry])


def _mastodon(answer: Fields) -> Iterable[Discussion]:
    if "descendants" in answer and "uri" in answer:
        return [fediverse.mastodon({"uri": answer["uri"]}, answer)]
    if "status" not in answer or "descendants" not in values.part(answer, "context"):
        raise Unreadable('there is no "status" beside a "context", and no "uri" beside "descendants"')
    return [fediverse.mastodon(values.part(answer, "status"), values.part(answer, "context"))]


def _bluesky(answer: Fields) -> Iterable[Discussion]:
    if "thread" not in answer:
        raise Unreadable('the file has no "thread"')
    return [fediverse.bluesky(values.part(answer, "thread"))]


EXPORTS: dict[str, Export] = {
    "disqus": _export(
        "Disqus", "the XML file that Disqus mails after Admin > Community > Export, packed or not", disqus.export
    ),
    "wordpress": _export(
        "WordPress", "the XML file of Tools > Export > All content in WordPress", wordpress.export
    ),
    "isso": _export("Isso", "Isso's SQLite database, which `dbpath` in isso.cfg names", isso.database),
    "remark42": _export(
        "Remark42", "a backup that `remark42 backup` or the server made, packed or not",
        lambda path: remark42.backup(files.lines(path)),
    ),
    "commento": _json("Commento", "Commento's export, JSON of version 1, packed or not", commento.commento),
    "comentario": _json("Comentario", "Comentario's export, JSON of version 3, packed or not", commento.comentario),
    "waline": _json("Waline", "the JSON file of Management > Export in Waline, or the answer around it", waline.export),
    "artalk": _json("Artalk", "the Artrans file that `artalk export` writes", artalk.export),
    "twikoo": _json("Twikoo", "the JSON list that Twikoo's panel exports as comments", twikoo.export),
    "giscus": _saved(
        "giscus", "GitHub's answer to the GraphQL query for `repository.discussions`, or a list of these", _giscus
    ),
    "utterances": _saved(
        "utterances", "a JSON list of {issue, comments}, or of issues with their comments in `comments`", _utterances
    ),
    "mastodon": _saved(
        "Mastodon", "JSON {status, context}, a list of these, or a context with the status's `uri` added", _mastodon
    ),
    "bluesky": _saved("Bluesky", "the answer of app.bsky.feed.getPostThread, or a list of these", _bluesky),
}  # fmt: skip
"""Name on the command line -> the file."""
