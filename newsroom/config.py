"""Owns site.toml: it becomes Config, or Problems. Must not know what a setting does."""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import MISSING, fields
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from newsroom import dates, fonts, forms, permalinks, providers, spans, toml
from newsroom.errors import Location, NewsroomError, Problem, did_you_mean
from newsroom.model import digest, digest_of
from newsroom.settings import KINDS, SEVERITIES, Comments, Config

FILE = "site.toml"
NOWHERE = "http://localhost"
"""Stands for an Isso beside the site where nothing is asked of it: only a build has to know where comments live."""

ADDRESS = re.compile(r"https?://([\w.-]+|\[[0-9a-fA-F:.]+\])(:\d{1,5})?(/[^?#]*)?")
"""A site's address: a host without a name and password before it, perhaps a port, perhaps a path."""


LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
"""The form of a BCP 47 tag."""
EDITION = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""Of those, the ones that begin with a language of ISO 639: an edition's address has it."""


INDEXNOW = re.compile(r"[A-Za-z0-9-]{8,128}")
"""The form of a key (https://www.indexnow.org/documentation)."""


def load(root: Path, isso: str = "") -> Config:
    """Read site.toml. Raises NewsroomError with every problem in it. `isso` is for a site that names no server of its own."""
    try:
        raw = (root / FILE).read_bytes()
    except FileNotFoundError:
        above = [folder for folder in root.resolve().parents if (folder / FILE).is_file()]
        there = os.path.relpath(above[0]) if above else ""
        hint = (
            f"there is one in {there}: run it there, or add --site {shlex.quote(there)}"
            if above
            else "run this in a newsroom's folder, or start one: newsroom init DIR"
        )
        raise NewsroomError([Problem("no-site", "there is no site.toml here", Location(FILE), hint)]) from None
    except OSError as error:
        raise NewsroomError(
            [
                Problem(
                    "no-site",
                    f"cannot be read: {error.strerror}",
                    Location(FILE),
                    "check what it is, and its permissions",
                )
            ]
        ) from None
    return parse(raw, isso)


def parse(raw: bytes, isso: str = "") -> Config:
    """site.toml's bytes as Config. Raises NewsroomError."""
    text, table = toml.read(raw, FILE)
    comments = table.get("comments")
    own = comments.get("isso", {}) if isinstance(comments, dict) and comments.get("provider") == "isso" else None
    if isso and isinstance(own, dict) and "url" not in own:
        comments["isso"] = {**own, "url": isso}
    else:
        isso = ""
    problems: list[Problem] = []

    def wrong(code: str, path: tuple, message: str, hint: str = "") -> None:
        problems.append(Problem(code, message, toml.locate(text, path, FILE), hint))

    config = _record(Config, table, (), wrong)
    if config:
        _check(config, wrong)
    if problems or config is None:
        raise NewsroomError(problems)
    kept = {f.name: getattr(config, f.name) for f in fields(Config)} | {
        "url": config.url.rstrip("/"),
        "digest": digest(text + isso),
    }
    return Config(**kept)


def _record(kind: type, table: dict, at: tuple, wrong: Any) -> Any:
    """A table as a record of settings; None when a value has the wrong type."""
    known = {f.name: f for f in fields(kind) if f.metadata.get("help")}
    values: dict[str, Any] = {}
    good = True
    for key, value in table.items():
        if key not in known:
            if kind is Comments and isinstance(value, dict):
                values.setdefault("options", {})[key] = value
                continue
            where = f"[{'.'.join(at)}] has" if at else "site.toml has"
            hint = did_you_mean(key, known, f"{where} these keys: {', '.join(known)}.")
            wrong("unknown-setting", (*at, key), f'unknown setting "{key}"', hint)
            continue
        made, problem = _value(known[key], value, (*at, key), wrong)
        if problem:
            wrong("bad-setting", (*at, key), f"{key} must be {problem}", known[key].metadata["help"])
            good = False
        values[key] = made
    return kind(**values) if good else None


def _value(spec: Any, value: Any, at: tuple, wrong: Any) -> tuple[Any, str]:
    """The value as the record keeps it, or what it must be."""
    default = spec.default_factory() if spec.default_factory is not MISSING else spec.default
    choices = spec.metadata["choices"]
    if isinstance(default, bool):
        return value, "" if isinstance(value, bool) else "true or false"
    if isinstance(default, tuple) and default and isinstance(default[0], int):
        good = isinstance(value, list) and all(type(item) is int and 16 <= item <= WIDEST for item in value)
        return (tuple(value) if good else default), "" if good else f"a list of whole numbers from 16 to {WIDEST}"
    if isinstance(default, tuple):
        if not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            return (), "a list of texts"
        strange = [item for item in value if choices and item not in choices]
        return tuple(value), f'a list of {", ".join(choices)}, without "{strange[0]}"' if strange else ""
    if isinstance(default, str):
        if not isinstance(value, str):
            return "", "a text in quotes"
        return value, f'one of {", ".join(choices)}, not "{value}"' if choices and value not in choices else ""
    if isinstance(default, int):
        good = type(value) is int and 1 <= value <= 1000  # True is an int
        return value, "" if good else "a whole number from 1 to 1000"
    if at == ("voice", "allow") and isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = dict.fromkeys(value, "")
    if not isinstance(value, dict):
        return default, WANTED.get(at, "a table")
    if isinstance(default, dict):
        return value, MAPS[at](value) if at in MAPS else ""
    made = _record(type(default), value, at, wrong)
    return (default if made is None else made), ""


def _reasons(value: dict) -> str:
    strange = [word for word, why in value.items() if not isinstance(why, str)]
    return f'words, each with its reason as text, not "{strange[0]}" alone' if strange else ""


def _severities(value: dict) -> str:
    strange = [code for code, severity in value.items() if severity not in SEVERITIES]
    return f'codes of rules, each with {", ".join(SEVERITIES)}, not "{value[strange[0]]}"' if strange else ""


def _reviewers(value: dict) -> str:
    for kind, keys in value.items():
        if kind not in KINDS:
            return f'kinds of post ({", ".join(KINDS)}), not "{kind}"'
        if not (isinstance(keys, list) and keys and all(isinstance(key, str) for key in keys)):
            return f'kinds of post, each with a list of people: {kind} = ["lena"]'
    return ""


TRANSLATED = ("title", "description", "boilerplate")
"""What of site.toml is said in each language."""


def _translations(value: dict) -> str:
    for language, words in value.items():
        if not isinstance(words, dict) or any(not isinstance(word, str) for word in words.values()):
            return f"languages, each with a table of texts: [translations.{language}]"
        if strange := [key for key in words if key not in TRANSLATED]:
            return f'languages, each with {", ".join(TRANSLATED)}, not "{strange[0]}"'
    return ""


WIDEST = 4000
"""Pixels: no screen is wider by much, and each such picture takes seconds to make."""
WANTED = {("voice", "allow"): "words, each with its reason, or a list of texts"}
"""What some of these tables may also be."""
MAPS = {
    ("voice", "allow"): _reasons, ("check", "severity"): _severities, ("policy", "reviewers"): _reviewers,
    ("translations",): _translations,
}  # fmt: skip
"""Tables whose keys are the writer's own -> what checks them: what the table must be, or ""."""


def _check(config: Config, wrong: Any) -> None:
    """What types cannot say."""
    for key, example in (("title", 'title = "Our newsroom"'), ("url", 'url = "https://news.example.com"')):
        if not getattr(config, key).strip():
            wrong("missing-setting", (key,), f"{key} is missing", f"add a line: {example}")
    if config.url and not ADDRESS.fullmatch(config.url):
        wrong(
            "bad-setting",
            ("url",),
            f'"{config.url}" is not an address of a site',
            "write it as https://news.example.com",
        )
    elif config.url and (problem := permalinks.check_path(config.base or "/")):
        wrong("bad-setting", ("url",), f"the path in url {problem}", "write it as https://example.com/newsroom")
    elif config.url and config.url != (written := _written(config.url)):
        said = f'the path in "{config.url}" has letters or marks that addresses spell in another way'
        wrong("bad-setting", ("url",), said, f'write it as addresses do: url = "{written}"')
    try:
        dates.zone(config.timezone)
    except ValueError as error:
        hint = did_you_mean(config.timezone, _zones(), "Zones are written as Europe/Berlin.")
        wrong("bad-setting", ("timezone",), str(error), hint)
    if problem := permalinks.check_pattern(config.posts.permalink):
        wrong("bad-setting", ("posts", "permalink"), f"permalink {problem}", 'write it as "/{year}/{slug}/"')
    if config.posts.old_after and not spans.months(config.posts.old_after):
        hint = 'write a number of months or years: "18 months", "2 years"; or "" for never'
        wrong("bad-setting", ("posts", "old_after"), f'"{config.posts.old_after}" is no length of time', hint)
    if not LANGUAGE.fullmatch(config.language):
        wrong(
            "bad-setting",
            ("language",),
            f'"{config.language}" is not a language tag',
            "write it as en, de or pt-BR (BCP 47)",
        )
    _check_languages(config, wrong)
    company = config.company
    for at, address in (
        (("feeds", "hub"), config.feeds.hub),
        (("company", "url"), company.url),
        (("crawlers", "endpoint"), config.crawlers.endpoint),
        *((("company", "same_as"), a) for a in company.same_as),
    ):
        if address and not re.fullmatch(r"https?://[^\s\"'<>]+", address):
            wrong("bad-setting", at, f'"{address}" is not an address', "write it whole: https://www.example.com")
    if config.crawlers.indexnow and not INDEXNOW.fullmatch(config.crawlers.indexnow):
        hint = "make one up: 8 to 128 letters (a-z, A-Z), digits and hyphens"
        wrong("bad-setting", ("crawlers", "indexnow"), f'"{config.crawlers.indexnow}" is no key for IndexNow', hint)
    comments = config.comments
    if comments.provider:
        for key, message, hint in providers.check(comments.provider, comments.options.get(comments.provider, {})):
            at = ("comments", comments.provider, key) if key else ("comments", "provider")
            wrong("bad-comments", at, message, hint)
    for key, message, hint in forms.check(config.contact.service, config.contact.endpoint):
        wrong("bad-form", ("contact", key), message, hint)
    if config.cards.on and not fonts.is_installed():
        hint = 'pip install "newsroom[cards]", or write on = false'
        wrong("missing-package", ("cards", "on"), "social cards ask for a typesetter that is not installed", hint)
    if config.output.minify and find_spec("minify_html") is None:
        hint = 'pip install "newsroom[minify]", or write minify = false'
        wrong("missing-package", ("output", "minify"), "pages are made small by a package that is not installed", hint)
    for name in comments.options:
        if name not in providers.PROVIDERS:
            hint = did_you_mean(name, providers.PROVIDERS, f"Services are {', '.join(providers.PROVIDERS)}.")
            wrong("unknown-setting", ("comments", name), f'unknown comment service "{name}"', hint)


def _written(url: str) -> str:
    """An address with its path as every link to it writes it: `https://n.example/a%20b`."""
    _, path = url.split("//", 1)[1].partition("/")[1:]  # the name of the host keeps its own letters
    return url.removesuffix(path) + quote(re.sub(r"%(?![0-9a-fA-F]{2})", "%25", path), safe="/:@!$&'()*+,;=~%")


def _check_languages(config: Config, wrong: Any) -> None:
    """Every language is a tag, and the main one is among them."""
    for n, tag in enumerate(config.languages):
        if tag.lower() in (other.lower() for other in config.languages[:n]):
            wrong("bad-setting", ("languages",), f'"{tag}" is there twice', "name each language once")
        if not EDITION.fullmatch(tag):
            wrong(
                "bad-setting", ("languages",), f'"{tag}" is not a language tag', "write it as en, de or pt-BR (BCP 47)"
            )
    if config.languages and config.language not in config.languages:
        hint = f'write languages = ["{config.language}", ...], or change language'
        wrong("bad-setting", ("languages",), f'languages has no "{config.language}", the main language', hint)
    for tag in config.translations:
        if tag not in config.languages or tag == config.language:
            hint = f"further languages of this site: {', '.join(config.editions[1:]) or 'none'}; see languages"
            wrong("bad-setting", ("translations", tag), f'"{tag}" is no further language of this site', hint)


def _zones() -> set[str]:
    import zoneinfo

    return zoneinfo.available_timezones()


def reading_digest(config: Config) -> str:
    """Digest of the settings that parsing depends on: with another, nothing read before is used."""
    posts = config.posts
    return digest_of(
        config.timezone,
        config.language,
        config.languages,
        posts.permalink,
        posts.typographer,
        posts.trust_html,
        config.company.name,
        config.title,
    )
