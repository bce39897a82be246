"""Owns options: the keys that a row of a table (a comment service, ...) takes from site.toml. Must know no row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from newsroom.errors import did_you_mean

_LOCAL = r"http://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?"
_URL = rf"(?:https://[\w.-]+(?::\d+)?|{_LOCAL})(?:/[\w./~%+@-]*)?"

FORMS: dict[str, tuple[str, str]] = {
    "url": (_URL, 'write a whole address with https (http is for localhost alone): "https://comments.example.com"'),
    "place": (rf"{_URL}|/[\w./~%+@-]*", 'write an address, or a folder of this site: "/assets/waline"'),
    "flag": (r"true|false", "write true or false, without quotes"),
    "number": (r"[1-9]\d{0,4}", "write a whole number from 1, without quotes"),
    "count": (r"[1-9]\d{0,11}", "write the number as the service shows it, without quotes"),
    "word": (r"[\w.:=-]+", "write one word, as the service shows it"),
    "words": (r"[^\x00-\x1f]*\w[^\x00-\x1f]*", "write one line of text"),
    "host": (r"[\w-]+(?:\.[\w-]+)*(?::\d+)?", 'write the host alone: "comments.example.com"'),
    "repository": (r"[\w.-]+/[\w.-]+", 'write owner/name: "northwind/newsroom"'),
    "theme": (rf"[a-z_]+|{_URL}", "write the name of a theme of the service, or the address of a style sheet"),
    "markup": (r"(?s).*<.*", "write the service's HTML snippet"),
}
"""What a value may look like, and the hint when it does not. Local servers may do without https: a browser loads nothing
else without it into a page that has it."""


class Option(NamedTuple):
    """One key."""

    key: str
    form: str | tuple[str, ...] = "words"
    """A row of FORMS, or the words to choose from."""
    default: Any = ""
    """None: the key is required."""
    says: str = ""
    """A line for the documentation."""
    missing: str = ""
    """What else helps where a required key is missing."""


def wrong(table: Iterable[Option], settings: Mapping[str, Any], name: str, place: str) -> list[tuple[str, str, str]]:
    """Say what is wrong in the settings of `name`: (key, message, hint) each."""
    known = {option.key: option for option in table}
    found = [
        (key, f'unknown key "{key}" for {name}', did_you_mean(key, known, f"keys are {', '.join(known)}"))
        for key in settings
        if key not in known
    ]
    for key, option in known.items():
        if key not in settings:
            if option.default is None:
                more = f"; {option.missing}" if option.missing else ""
                found.append((key, f'{name} needs "{key}"', f"{hint(option)}, under {place}{more}"))
        elif not fits(option, settings[key]):
            found.append((key, f'"{text(settings[key])}" cannot be the {key} of {name}', hint(option)))
    return found


def fits(option: Option, value: Any) -> bool:
    """Whether a value has the option's form; text that is not required may be empty."""
    if isinstance(option.form, tuple):
        return value in option.form
    if type(value) is not {"flag": bool, "number": int, "count": int}.get(option.form, str):
        return False
    if value == "" and option.default == "":
        return True
    return re.fullmatch(FORMS[option.form][0], text(value)) is not None


def hint(option: Option) -> str:
    """What to write."""
    return f"write one of: {', '.join(option.form)}" if isinstance(option.form, tuple) else FORMS[option.form][1]


def filled(table: Iterable[Option], settings: Mapping[str, Any]) -> dict[str, str]:
    """Every option as text, defaults filled in."""
    return {o.key: text(settings.get(o.key, "" if o.default is None else o.default)) for o in table}


def text(value: Any) -> str:
    """A value as TOML, HTML and JavaScript write it: `true`, never `True`."""
    return str(value).lower() if isinstance(value, bool) else str(value)
