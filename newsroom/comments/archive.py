"""Owns the form of an archive: a file of content/comments/ becomes an Archive, and back. No I/O."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import NamedTuple

from newsroom.errors import NewsroomError
from newsroom.read import content, conversation, frontmatter
from newsroom.read.schema import COMMENT, CONVERSATION
from newsroom.read.values import Reader, read_keys

FOLDER, SUFFIX = "content/comments/", ".yaml"


class Row(NamedTuple):
    """One archived comment; the fields are the keys of the file, in their order there."""

    id: str
    reply_to: str = ""
    name: str = ""
    site: str = ""
    account: str = ""
    person: str = ""
    date: str = ""
    """RFC 3339, UTC; likewise `edited`."""
    edited: str = ""
    text: str = ""
    """Markdown. Either it or `html`."""
    html: str = ""
    seen: str = ""
    """Digest of the words as the service last had them."""
    ignore: str = ""
    deleted: bool = False
    redacted: tuple[str, ...] = ()
    """name, words: what was taken out for good."""


class Archive(NamedTuple):
    """What is kept of the conversation below one post."""

    post: str
    """The post's id."""
    pulled: str = ""
    """Everything up to then is here: RFC 3339, UTC; "" where nobody can say."""
    closed: str = ""
    title: str = ""
    """The post's, for the file's first line alone."""
    rows: tuple[Row, ...] = ()
    """In the order of their dates, then of their ids."""


def path_of(source: str) -> str:
    """The archive of a post: `content/posts/2026/a.md` and `a/index.md` have content/comments/2026/a.yaml."""
    return FOLDER + source.removeprefix("content/posts/").removesuffix(".md").removesuffix("/index") + SUFFIX


# ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_TITLE = re.compile(r'(?:\ufeff)?# Comments on ("(?:[^"\\]|\\.)*"), kept by newsroom\.')


def parse(raw: bytes, path: str, timezone: str = "UTC") -> Archive:
    """Read a file. Raises NewsroomError with the lines of what is wrong. Dates without an offset are in `timezone`."""
    wrong = conversation.read(path, raw, timezone, lambda *_: "").problems
    if wrong:
        raise NewsroomError(content.place(problem, raw) for problem in wrong)
    reader = Reader(path, timezone)
    written = frontmatter.read_whole(raw, path)
    listed = written.pop("comments", None) or []
    values = read_keys(written, CONVERSATION, (), reader)
    rows = [Row(**_in_utc(read_keys(item, COMMENT, ("comments", n), reader))) for n, item in enumerate(listed)]
    return Archive(**_in_utc(values), title=_title(raw), rows=tuple(sorted(rows, key=order)))


def dump(archive: Archive) -> str:
    """The file's text. What `parse` reads from it is the same archive."""
    head = zip(("post", "pulled", "closed"), archive[:3], strict=True)
    lines = [f"# Comments on {_quoted(archive.title)}, kept by newsroom. What you change here stays changed."]
    lines += [f"{key}: {_scalar(value)}" for key, value in head if value]
    lines += ["comments:"] if archive.rows else []
    for row in archive.rows:
        written = [f"{key}: {_written(key, value)}" for key, value in row._asdict().items() if value]
        lines += [f"{'  ' if n else '- '}{line}" for n, line in enumerate(written)]
    return "\n".join(lines) + "\n"


def _title(raw: bytes) -> str:
    said = _TITLE.match(raw.decode("utf-8", "replace"))
    try:
        return json.loads(said[1]) if said else ""
    except ValueError:  # somebody rewrote the line
        return ""


def _written(key: str, value: object) -> str:
    if key in ("text", "html"):
        return _block(str(value))
    return "true" if value is True else f"[{', '.join(value)}]" if isinstance(value, tuple) else _scalar(str(value))


_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_PLAIN = re.compile(r"[^\W_](?:[\w .,;!?'’()/@+=~&%–—-]|:(?=[^\s])|(?<=[^\s])#)*")
"""Nothing that YAML could take for a key, a comment, a list or a map."""
_OTHER = re.compile(
    r"y|n|yes|no|on|off|true|false|null|[\d_,]*\.?[\d_]*(e[+-]?\d+)?|0[xob][\da-f_]+|[\d_]+(:[\d_.]+)+"
    r"|\d{4}-\d\d?-\d\d?\b.*",
    re.I,
)
"""What some reader of YAML takes for a number, a truth value or a date."""
_RISKY = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
"""What JSON lets stand in a text and YAML does not, or reads as the end of a line."""


def _scalar(text: str) -> str:
    plain = _STAMP.fullmatch(text) or (_PLAIN.fullmatch(text) and not _OTHER.fullmatch(text) and text[-1] != " ")
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    """As JSON, which YAML reads alike."""
    return _RISKY.sub(_escaped, json.dumps(text, ensure_ascii=False))


def _escaped(match: re.Match) -> str:
    code = ord(match[0])
    return "\\u%04x" % (0xFFFD if 0xD800 <= code <= 0xDFFF else code)


def _block(text: str) -> str:
    """Words as lines below their key, where YAML gives them back as they are."""
    lines = text.removesuffix("\n").split("\n")
    if not lines[-1].strip() or not text.strip() or _RISKY.search(text) or re.search(r"[\x00-\x08\x0b-\x1f]", text):
        return _quoted(text)
    deeper = "2" if text[0] in " \t\n" else ""  # else the first line would say how deep they stand
    end = "" if text.endswith("\n") else "-"
    return "\n".join([f"|{deeper}{end}", *(f"    {line}" if line else "" for line in lines)])


def _in_utc(values: dict) -> dict:
    stamps = {key: _utc(values[key]) for key in ("pulled", "date", "edited") if values.get(key)}
    return {**values, **stamps}


def _utc(stamp: str) -> str:
    moment = datetime.fromisoformat(stamp).astimezone(UTC).replace(microsecond=0)
    return moment.isoformat().replace("+00:00", "Z")


def order(row: Row) -> tuple[str, str]:
    """By date, then by id."""
    return row.date, row.id
