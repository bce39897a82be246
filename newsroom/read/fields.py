"""Owns the types of values that only a newsroom has: channels, comments, consent, states. How types work: see `values`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from newsroom import channels, dates, permalinks
from newsroom.errors import did_you_mean
from newsroom.providers import PROVIDERS
from newsroom.read.values import (
    STATES,
    Key,
    Reader,
    by_name,
    choice,
    day,
    day_or_flag,
    flag,
    line,
    record,
    some,
    text,
)
from newsroom.spans import span


def image(value: Any, at: tuple, reader: Reader) -> dict | None:
    """A picture beside the file: its name, or a map with file, alt, credit, caption, focus."""
    if isinstance(value, str):
        name = line(value, at, reader)
        return {"file": name} if name else None
    words = {key: Key(text, "") for key in ("alt", "credit", "caption")}
    kept = record({"file": Key(line, ""), **words, "focus": Key(focus, "")}, "file")(value, at, reader)
    if isinstance(value, dict) and value.get("alt") == "":
        kept["alt"] = ""  # said to be empty, the picture only decorates: another thing than not said
    return kept or None


WHERE = {
    "left": (0, None), "right": (100, None), "top": (None, 0), "bottom": (None, 100),
    "center": (None, None), "middle": (None, None), "centre": (None, None),
}  # fmt: skip
"""Words for a place in a picture -> percent from its left and from its top."""


def focus(value: Any, at: tuple, reader: Reader) -> str:
    """What a crop must show: `60% 30%` from the top left, or a word or two of WHERE. Kept as two percentages."""
    word = line(value, at, reader).lower()
    if not word:
        return ""
    if found := re.fullmatch(r"(\d{1,3})%?[\s,]+(\d{1,3})%?", word):
        across, down = int(found[1]), int(found[2])
        if max(across, down) <= 100:
            return f"{across}% {down}%"
    parts = [WHERE.get(part) for part in re.split(r"[\s-]+", word)]
    if None not in parts and len(parts) <= 2:
        across = [x for x, _ in parts if x is not None]
        down = [y for _, y in parts if y is not None]
        if len(across) < 2 and len(down) < 2:
            return f"{[*across, 50][0]}% {[*down, 50][0]}%"
    hint = 'write it as "60% 30%": how far from the left and from the top; or as top, bottom, left, right, "top left"'
    reader.wrong(at, f'"{word}" is no place in a picture', hint)
    return ""


def channel(value: Any, at: tuple, reader: Reader) -> str:
    """A way to reach a person: a row of CHANNELS."""
    word = line(value, at, reader)
    if at[-1] not in channels.CHANNELS:
        reader.wrong(at, f'unknown channel "{at[-1]}"', channels.check(at[-1], word), "unknown-channel")
    elif word and (hint := channels.check(at[-1], word)):
        reader.wrong(at, f'"{word}" is not {_article(channels.CHANNELS[at[-1]].title)}', hint, "bad-channel")
    return word


def contacts(value: Any, at: tuple, reader: Reader) -> dict:
    """A map from channels to values. The telephone's may be a map: number, and the hours in which somebody answers it."""
    if not isinstance(value, dict):
        return by_name(channel)(value, at, reader)
    plain = {name: item for name, item in value.items() if not (name == "phone" and isinstance(item, dict))}
    kept = by_name(channel)(plain, at, reader)
    if len(plain) < len(value):
        phone = record({"number": Key(line, ""), "hours": Key(text, "")}, "number")(
            value["phone"], (*at, "phone"), reader
        )
        if number := phone.get("number"):
            if hint := channels.check("phone", number):
                reader.wrong((*at, "phone", "number"), f'"{number}" is not a telephone number', hint, "bad-channel")
            kept |= {"phone": number}
        if hours := phone.get("hours"):
            kept |= {PHONE_HOURS: hours}
    return kept


PHONE_HOURS = "phone_hours"
"""Where a person's `contact` keeps the hours of her telephone; no channel, so nothing shows it by itself."""


def zone(value: Any, at: tuple, reader: Reader) -> str:
    """An IANA time zone: `Europe/Berlin`."""
    word = line(value, at, reader)
    try:
        dates.zone(word or "UTC")
    except ValueError as error:
        reader.wrong(at, str(error), "write it as the tz database does: Europe/Berlin, Asia/Tokyo, UTC", "bad-zone")
        return ""
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


def accounts(value: Any, at: tuple, reader: Reader) -> dict:
    """A map from comment services, or `mail`, to what each calls a person: one name or several."""
    names = some(line)
    kept = by_name(names)(value, at, reader)
    for name in kept:
        if name not in (*PROVIDERS, *ELSEWHERE):
            hint = did_you_mean(
                name, (*PROVIDERS, *ELSEWHERE), "the word before the / of `account` in content/comments/"
            )
            reader.wrong((*at, name), f'unknown comment service "{name}"', hint, "unknown-key")
    return kept


ELSEWHERE = ("mail", "git", "github", "wordpress", "commento")
"""Names in `accounts` that are no service of PROVIDERS: what a service signs in with, what only an export comes from, the
addresses of her commits."""


def quote(value: Any, at: tuple, reader: Reader) -> dict:
    """Somebody's words: `by` for a person of content/people/, `name` and `role` for anybody else."""
    keys = {
        "by": Key(line, ""),
        "name": Key(text, ""),
        "role": Key(text, ""),
        "text": Key(text, ""),
        "signed_off": Key(day, ""),
    }
    before = len(reader.problems)
    kept = record(keys, "text")(value, at, reader)
    if len(reader.problems) > before:
        return kept
    if not kept.get("by") and not kept.get("name"):
        hint = "add by: and the key of a person, or name: and role: for somebody who is none of yours"
        reader.wrong(at, "the quote does not say whose words these are", hint, "missing-key")
    elif kept.get("by") and (other := next((key for key in ("name", "role") if kept.get(key)), "")):
        hint = f"take {other}: out, {kept['by']}'s own file says it; or take by: out"
        reader.wrong((*at, other), f"a quote has by: or {other}:, not both", hint)
    return kept


def either(of: Callable[[Any, tuple, Reader], dict]) -> Callable[[Any, tuple, Reader], dict]:
    """A section of the front page, read by `of`: of a kind, or on a topic."""

    def read(value: Any, at: tuple, reader: Reader) -> dict:
        before = len(reader.problems)
        kept = of(value, at, reader)
        if len(reader.problems) == before and bool(kept.get("kind")) == bool(kept.get("topic")):
            reader.wrong(at, "a section is of one kind or on one topic", "write kind: release, or topic: lenses")
        return kept

    return read


def anchor(value: Any, at: tuple, reader: Reader) -> str:
    """The id of a comment: part of an address."""
    word = line(value, at, reader)
    if word and not re.fullmatch(r"[A-Za-z0-9_-]{1,200}", word):
        reader.wrong(at, f'"{word}" cannot be the id of a comment', "letters, digits, - and _ can stand in an address")
        return ""
    return word


def secret(value: Any, at: tuple, reader: Reader) -> str:
    """What nobody can guess: 26 letters and digits are 128 bits."""
    word = line(value, at, reader)
    if word and not re.fullmatch(r"[a-z0-9]{26,64}", word):
        hint = "take the preview out, and let newsroom preview write a new one"
        reader.wrong(at, f'"{word}" is not a key of a preview: somebody could guess it', hint)
        return ""
    return word


def website(value: Any, at: tuple, reader: Reader) -> str:
    """Somebody's page."""
    word = line(value, at, reader)
    if word and not re.fullmatch(r"https?://[^\s\"'<>\\]+", word):
        reader.wrong(at, f'"{word}" is not a web address', "write it whole, or take it out: https://ada.example")
        return ""
    return word


def words(value: Any, at: tuple, reader: Reader) -> str:
    """Lines of text as they are."""
    if not isinstance(value, str):
        reader.wrong(at, f"{at[-1]} must be text", "write | after the colon, and the words below it, indented")
        return ""
    return value


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


STATUS = {
    "until": Key(day, "away: the day of return."),
    "cover": Key(line, "away: who answers meanwhile."),
    "on": Key(day, "moved, left: since when."),
    "successor": Key(line, "moved, left: who answers now."),
    "keep": Key(choice("photo", "name", "initials"), "left: what may still be shown of her."),
}


def state(value: Any, at: tuple, reader: Reader) -> dict:
    """`away`, or a map with state and what belongs to it."""
    if isinstance(value, str):
        return {"state": choice(*STATES)(value, at, reader) or "active"}
    keys = {"state": Key(choice(*STATES), ""), "role": Key(text, "moved: what she does now."), **STATUS}
    return record(keys, "state")(value, at, reader)


def consent(value: Any, at: tuple, reader: Reader) -> dict:
    """What the person agreed to: a field and true or false, and until when."""
    if not isinstance(value, dict):
        reader.wrong(at, "consent must be a map", "write it as consent: {photo: true, email: true, until: 2027-12-31}")
        return {}
    known = {*CONSENTED, "until", *channels.CHANNELS}
    for key in value:
        if key not in known:
            hint = f"Consent is for {', '.join(CONSENTED)}, for channels ({', '.join(channels.CHANNELS)}), and until a day."
            hint = channels.closest(key, known, hint)
            reader.wrong((*at, key), f'unknown field "{key}" in consent', hint, "unknown-key")
    said = {key: item for key, item in value.items() if key in known}
    return {
        key: _agreed(key, (day if key == "until" else day_or_flag)(item, (*at, key), reader))
        for key, item in said.items()
    }


CONSENTED = ("photo", "bio", "quote", "office_hours")
"""What consent is asked for beside channels."""


def _agreed(key: str, word: str) -> bool | str:
    """Yes or no; or the last day on which it is a yes."""
    return word if key == "until" or word not in ("true", "") else bool(word)


def _article(title: str) -> str:
    return ("an " if title[:1].lower() in "aeio" else "a ") + title
