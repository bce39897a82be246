"""Owns what front matter may say: a table of keys for each noun, and the few types that values have.

A type is a function (value, pointer, Reader) -> kept value. It reports through the Reader and never raises, so that one
reading finds everything wrong with a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from newsroom import channels, dates, permalinks
from newsroom.config import KINDS
from newsroom.errors import Location, Problem, did_you_mean
from newsroom.providers import PROVIDERS
from newsroom.spans import span

STATES = ("active", "away", "moved", "left")
CORRECTIONS = ("correction", "clarification", "update", "retraction")
HELP = ("written", "edited", "translated", "interviewed", "machine-drafted", "machine-edited", "machine-translated")
INVISIBLE = dict.fromkeys(
    [
        *range(9),
        *range(14, 28),
        *range(0x7F, 0x85),
        *range(0x86, 0xA0),
        0xFFFE,
        0xFFFF,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0xFEFF,
        0xAD,
    ]
)
"""Control, zero-width and direction characters: in a title they are an accident or a trick. (ZWJ and ZWNJ are kept below.)"""
for _kept in (0x200C, 0x200D):
    del INVISIBLE[_kept]


class Reader:
    """One file's reading: where it is, the site's zone, and the problems found so far."""

    def __init__(self, path: str, timezone: str):
        self.path, self.timezone, self.problems = path, timezone, []

    def wrong(self, at: tuple, message: str, hint: str = "", code: str = "bad-value") -> None:
        self.problems.append(Problem(code, message, Location(self.path, pointer=at), hint))

    def reported(self, at: tuple, since: int = 0) -> bool:
        """Whether a key is there, but wrong or misspelt: one mistake gives one message."""
        return any(
            p.location.pointer[: len(at)] == at or (p.code == "unknown-key" and f'"{at[-1]}"' in p.hint)
            for p in self.problems[since:]
        )


class Key(NamedTuple):
    """One key of front matter."""

    type: Callable[[Any, tuple, Reader], Any]
    help: str
    default: Any = ""


# ── types ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def line(value: Any, at: tuple, reader: Reader) -> str:
    """A text on one line, without outer spaces or invisible characters."""
    if not isinstance(value, str):
        reader.wrong(at, f"{_name(at)} must be one text, not a list or a map", "put it in quotes if it holds : or [ ]")
        return ""
    return " ".join(value.translate(INVISIBLE).split())


def flag(value: Any, at: tuple, reader: Reader) -> bool:
    """true or false, however YAML's versions spell them."""
    word = line(value, at, reader).lower()
    if word not in ("true", "false", "yes", "no", "on", "off", ""):
        reader.wrong(at, f'{_name(at)} must be true or false, not "{word}"', "write true or false")
    return word in ("true", "yes", "on")


def moment(value: Any, at: tuple, reader: Reader) -> str:
    """A point in time, as RFC 3339."""
    word = line(value, at, reader)
    if not word:
        return ""
    try:
        return dates.parse(word, reader.timezone).isoformat()
    except ValueError as error:
        reader.wrong(at, str(error), dates.WANTED, "bad-date")
        return ""


def day(value: Any, at: tuple, reader: Reader) -> str:
    """A day: `2026-11-02`."""
    return moment(value, at, reader)[:10]


def number(value: Any, at: tuple, reader: Reader) -> int:
    """A whole number from 1."""
    word = line(value, at, reader)
    if word and not re.fullmatch(r"[1-9][0-9]{0,5}", word):
        reader.wrong(at, f'{at[-1]} must be a whole number, not "{word}"', "write it in digits, as in 60")
        return 0
    return int(word or 0)


def choice(*words: str) -> Callable:
    """One of some words."""

    def read(value: Any, at: tuple, reader: Reader) -> str:
        word = line(value, at, reader).lower()
        if word and word not in words:
            reader.wrong(at, f'unknown {at[-1] if isinstance(at[-1], str) else at[-2]} "{word}"',
                         did_you_mean(word, words, f"It is one of: {', '.join(words)}."))  # fmt: skip
        return word

    return read


def some(of: Callable) -> Callable:
    """A list; one value alone counts as a list of one; a value given twice counts once."""

    def read(value: Any, at: tuple, reader: Reader) -> tuple:
        items = value if isinstance(value, list) else [] if value in ("", None) else [value]
        kept: list = []
        for n, item in enumerate(items):
            made = of(item, (*at, n) if isinstance(value, list) else at, reader)
            if made and made not in kept:
                kept.append(made)
        return tuple(kept)

    return read


def record(keys: Mapping[str, Key], *required: str) -> Callable:
    """A map with known keys; only those written are kept."""

    def read(value: Any, at: tuple, reader: Reader) -> dict:
        if not isinstance(value, dict):
            wanted = ", ".join(f"{key}: ..." for key in list(keys)[:3])
            reader.wrong(at, f"{_name(at)} must be a map", f"write it as {{{wanted}}}")
            return {}
        before = len(reader.problems)
        kept = read_keys(value, keys, at, reader, defaults=False)
        for key in required:
            if not kept.get(key) and not reader.reported((*at, key), before):
                reader.wrong(at, f"{_name(at)} has no {key}", f"add {key}: ...", "missing-key")
        return kept

    return read


def by_name(of: Callable, names: Callable[[Any, tuple, Reader], Any] | None = None) -> Callable:
    """A map from free names (people, channels) to values of one type."""

    def read(value: Any, at: tuple, reader: Reader) -> dict:
        if not isinstance(value, dict):
            reader.wrong(at, f"{_name(at)} must be a map", f"write it as {_name(at)}: {{name: value}}")
            return {}
        return {name: of(item, (*at, name), reader) for name, item in value.items() if item not in ("", None)}

    return read


def image(value: Any, at: tuple, reader: Reader) -> dict | None:
    """A picture beside the file: its name, or a map with file, alt, credit, caption."""
    if isinstance(value, str):
        name = line(value, at, reader)
        return {"file": name} if name else None
    kept = record({key: Key(line, "") for key in ("file", "alt", "credit", "caption")}, "file")(value, at, reader)
    if isinstance(value, dict) and value.get("alt") == "":
        kept["alt"] = ""  # said to be empty, the picture only decorates: another thing than not said
    return kept or None


def channel(value: Any, at: tuple, reader: Reader) -> str:
    """A way to reach a person: a row of CHANNELS."""
    word = line(value, at, reader)
    if at[-1] not in channels.CHANNELS:
        hint = did_you_mean(at[-1], channels.CHANNELS, "Channels are listed in docs/channels.md.")
        reader.wrong(at, f'unknown channel "{at[-1]}"', hint, "unknown-channel")
    elif word and (hint := channels.check(at[-1], word)):
        reader.wrong(at, f'"{word}" is not {_article(channels.CHANNELS[at[-1]].title)}', hint, "bad-channel")
    return word


def within(value: Any, at: tuple, reader: Reader) -> str:
    """A span of time in words: `2 working days`."""
    word = line(value, at, reader)
    if word and not span(word):
        reader.wrong(at, f'"{word}" is not a span of time', 'write it as "2 working days", "1 day" or "48 hours"')
    return word


def comments(value: Any, at: tuple, reader: Reader) -> dict:
    """`off`, or a map: provider, thread, open."""
    if isinstance(value, str):
        if flag(value, at, reader):
            return {}
        return {"provider": ""}
    kept = record({"provider": Key(choice(*PROVIDERS), ""), "thread": Key(line, ""), "open": Key(flag, "")})(
        value, at, reader
    )
    return kept


def path(value: Any, at: tuple, reader: Reader) -> str:
    """An address of this site."""
    word = line(value, at, reader)
    if word and (problem := permalinks.check_path(word)):
        reader.wrong(at, f'the path "{word}" {problem}', "write it as /blog/old-address/", "bad-path")
        return ""
    return word


def slug(value: Any, at: tuple, reader: Reader) -> str:
    """The last part of an address, as it is written."""
    word = line(value, at, reader)
    if word and permalinks.slugify(word) != word:
        better = permalinks.slugify(word)
        reader.wrong(at, f'the slug "{word}" cannot stand in an address',
                     f'write it as "{better}"' if better else "use letters, digits and hyphens", "bad-slug")  # fmt: skip
        return ""
    return word


def state(value: Any, at: tuple, reader: Reader) -> dict:
    """`away`, or a map with state and what belongs to it."""
    if isinstance(value, str):
        return {"state": choice(*STATES)(value, at, reader) or "active"}
    return record({"state": Key(choice(*STATES), ""), **STATUS}, "state")(value, at, reader)


def consent(value: Any, at: tuple, reader: Reader) -> dict:
    """What the person agreed to: a field and true or false, and until when."""
    if not isinstance(value, dict):
        reader.wrong(at, "consent must be a map", "write it as consent: {photo: true, email: true, until: 2027-12-31}")
        return {}
    known = {"photo", "until", *channels.CHANNELS}
    for key in value:
        if key not in known:
            hint = did_you_mean(
                key, known, "Consent is for photo, for the channels of docs/channels.md, and until a day."
            )
            reader.wrong((*at, key), f'unknown field "{key}" in consent', hint, "unknown-key")
    return {
        key: (day if key == "until" else flag)(item, (*at, key), reader) for key, item in value.items() if key in known
    }


def _name(at: tuple) -> str:
    names = [part for part in at if isinstance(part, str)]
    return names[-1] if names else "the front matter"


def _article(title: str) -> str:
    return ("an " if title[:1].lower() in "aeio" else "a ") + title


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

STATUS = {
    "until": Key(day, "away: the day of return."),
    "cover": Key(line, "away: who answers meanwhile."),
    "on": Key(day, "moved, left: since when."),
    "successor": Key(line, "moved, left: who answers now."),
}
FACT = {
    "file": Key(line, ""),
    "high": Key(line, ""),
    "alt": Key(line, ""),
    "credit": Key(line, ""),
    "caption": Key(line, ""),
}

PERSON: dict[str, Key] = {
    "name": Key(line, "The name a reader would call out."),
    "short_name": Key(line, "How she is called in a sentence; default: the name's first word."),
    "role": Key(line, "What she does, in words that a neighbour understands."),
    "team": Key(line, "With whom."),
    "pronouns": Key(line, "she/her, he/him, they/them; without it the name is used."),
    "quote": Key(line, "A line in her own words."),
    "since": Key(line, "Here since: a year."),
    "photo": Key(image, "A file beside this one, or a map with file, alt, credit."),
    "languages": Key(some(line), "BCP 47 tags."),
    "topics": Key(some(line), "Keys of topics."),
    "ask_me_about": Key(some(line), "A few words each."),
    "contact": Key(by_name(channel), "Channels she agreed to publish; see docs/channels.md.", {}),
    "answers": Key(
        record(
            {
                "reads": Key(choice("all", "some", "none"), "How many messages she reads."),
                "by": Key(some(line), "Keys of those who write the replies."),
                "within": Key(within, "2 working days."),
                "hours": Key(line, "Mon-Fri 10:00-16:00."),
                "not_for": Key(line, "What to send elsewhere, and where."),
                "checked": Key(day, "When somebody last confirmed this."),
            }
        ),
        "Who answers, and when; see docs/answers.md.",
        {},
    ),  # fmt: skip
    "office_hours": Key(
        some(
            record(
                {
                    "every": Key(line, "Tuesday."),
                    "at": Key(line, "15:00."),
                    "minutes": Key(number, "60."),
                    "where": Key(line, "An address or a place."),
                    "from": Key(day, "First day."),
                    "until": Key(day, "Last day."),
                    "except": Key(some(day), "Days without."),
                },
                "every",
                "at",
            )
        ),
        "When she can be talked to.",
        (),
    ),  # fmt: skip
    "status": Key(state, "active, away, moved or left.", {}),
    **STATUS,
    "consent": Key(consent, "What may be shown, and until when.", {}),
}

CORRECTION = {
    "date": Key(day, "When."),
    "kind": Key(choice(*CORRECTIONS), "correction, clarification, update, retraction."),
    "by": Key(line, "Who."),
    "text": Key(line, "What was wrong, and what is right."),
}

POST: dict[str, Key] = {
    "title": Key(line, "The headline, as plain text."),
    "authors": Key(some(line), "Keys of people: the byline."),
    "date": Key(moment, "Publication; in the future it waits."),
    "updated": Key(moment, "The last change that matters to a reader."),
    "kind": Key(choice(*KINDS), "post, release, statement, answer."),
    "topics": Key(some(line), "Keys of topics."),
    "summary": Key(line, "One or two sentences; default: the first paragraph."),
    "image": Key(image, "The picture: a file beside this one, or a map with file, alt, credit, caption.", None),
    "draft": Key(flag, "Not published.", False),
    "embargo": Key(moment, "In no output before then."),
    "expires": Key(moment, "In no output from then on."),
    "signed_off": Key(by_name(day), "Who said when: these are my words.", {}),
    "help": Key(
        some(
            record(
                {
                    "how": Key(choice(*HELP), ""),
                    "by": Key(line, ""),
                    "note": Key(line, ""),
                },
                "how",
            )
        ),
        "How the words came about, shown under the byline.",
        (),
    ),  # fmt: skip
    "reviewed_by": Key(by_name(day), "Who read it, and when.", {}),
    "corrections": Key(some(record(CORRECTION, "date", "text")), "What changed after publication.", ()),
    "answers_to": Key(some(line), "Comments and posts that prompted this one.", ()),
    "next_update": Key(moment, "statement: when we will say more."),
    "comments": Key(comments, "off, or a map: provider, thread, open.", {}),
    "contact": Key(some(line), "Keys of people to talk to instead of the authors.", ()),
    "aliases": Key(some(path), "Old addresses that lead here.", ()),
    "translation": Key(line, "The same key in every language."),
    "language": Key(line, "BCP 47; default: the site's."),
    "slug": Key(slug, "The last part of the address; default: the file's name."),
    "id": Key(line, "Identity in feeds and comments; never change it."),
    # kinds
    "dateline": Key(line, "release: where and when."),
    "facts": Key(some(line), "release: what a journalist needs, a line each.", ()),
    "quotes": Key(
        some(record({"by": Key(line, ""), "text": Key(line, ""), "signed_off": Key(day, "")}, "by", "text")),
        "release: words of named people, signed off by them.",
        (),
    ),  # fmt: skip
    "media": Key(some(record(FACT, "file")), "release: pictures in low and high resolution.", ()),
    "contacts": Key(some(line), "release: keys of people who know the item.", ()),
    "known": Key(some(line), "statement: what we know.", ()),
    "unknown": Key(some(line), "statement: what we do not know.", ()),
    "doing": Key(some(line), "statement: what we do.", ()),
    "closed": Key(day, "statement: since when it is over."),
    "question": Key(line, "answer: the question."),
    "asked_by": Key(line, "answer: who asked, as they agreed to be named."),
}
ONLY = {
    "release": ("dateline", "facts", "quotes", "media", "contacts"),
    "statement": ("known", "unknown", "doing", "next_update", "closed"),
    "answer": ("question", "asked_by"),
}
"""Keys that belong to one kind."""

TOPIC: dict[str, Key] = {
    "name": Key(line, "The topic in words."),
    "people": Key(some(line), "Keys of those who speak for it, in order.", ()),
}

PAGE: dict[str, Key] = {
    "title": Key(line, "The page's heading."),
    "summary": Key(line, "For search engines; default: the first paragraph."),
    "slug": Key(slug, "The address; default: the file's name."),
    "menu": Key(flag, "Link it from every page's foot.", False),
    "draft": Key(flag, "Not published.", False),
    "aliases": Key(some(path), "Old addresses that lead here.", ()),
}


def read_keys(values: Mapping, keys: Mapping[str, Key], at: tuple, reader: Reader, defaults: bool = True) -> dict:
    """Every known key's value; unknown keys are problems."""
    kept: dict[str, Any] = {key: spec.default for key, spec in keys.items()} if defaults else {}
    for key, value in values.items():
        if key not in keys:
            hint = did_you_mean(
                key,
                keys,
                f"It has these keys: {', '.join(keys)}." if at else "The keys are listed in docs/reference.md.",
            )
            reader.wrong((*at, key), f'unknown key "{key}"', hint, "unknown-key")
        elif value not in ("", None):
            kept[key] = keys[key].type(value, (*at, key), reader)
    return kept
