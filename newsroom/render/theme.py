"""Owns themes: which file of which theme counts, and what each template is made of. Must not compile any."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from newsroom import fonts, toml
from newsroom.errors import Location, NewsroomError, Problem, did_you_mean
from newsroom.model import digest, digest_of
from newsroom.permalinks import encoded
from newsroom.render import locales, looks, reach, styles
from newsroom.render.reach import SHIPPED
from newsroom.render.typeset import Studio
from newsroom.settings import Cards

SETTINGS = ("name", "description", "extends", "grounds", "options")
"""What a theme.toml may say."""
OLD_SHEET = "custom.css"
"""What a theme that extended another kept its own rules in, below static/."""
PACKAGED = ("themes", "../themes")
"""Where the themes that ship with newsroom stand, seen from the package: in a wheel, and in a checkout."""


class Theme(NamedTuple):
    """A theme with all it extends, by content; nothing is compiled yet."""

    name: str
    templates: dict[str, tuple[str, str]]
    """Name -> (file, text): the child's where it has one."""
    digests: dict[str, str]
    """Name -> digest of the template and everything that it reaches."""
    static: dict[str, tuple[str, str]]
    """Name below static/ -> (file, digest). Of the style sheet's parts there is one row: what they are joined to."""
    options: dict[str, Any]
    problems: tuple[Problem, ...] = ()
    styles: tuple[str, ...] = ()
    """The texts that the style sheet is joined from, in their order; none where a theme has no static/css/."""
    said: Mapping[str, Mapping[str, Any]] = {}
    """Language -> what the theme says instead of our phrases, by `table.key`."""
    social: Mapping[str, tuple[str, str, str]] = {}
    """Name below social/ -> (file, digest, file as messages name it): what social cards are drawn with."""
    fonts: tuple[tuple[str, int], ...] = ()
    """(path, bytes) of the font files for social cards: the theme's own, and those in folders that the settings name."""

    @property
    def studio(self) -> Studio:
        """What social cards are drawn with."""
        return Studio(dict(self.social), self.fonts)

    @property
    def cards(self) -> tuple[str, str]:
        """(digest of what every social card is drawn with, digest of the fonts beside it, wherever they lie)."""
        made = {name: made for name, (_, made, _) in self.social.items()}
        return digest_of(made), digest_of([(os.path.basename(path), size) for path, size in self.fonts])

    def assets(self, base: str) -> dict[str, str]:
        """Static file -> its address."""
        return {name: encoded(f"{base}/{self.output(name)}") for name in self.static}

    def output(self, name: str) -> str:
        """Where a static file is written."""
        return _output(name, self.static[name][1])


def _output(name: str, made: str) -> str:
    """Below assets/ with the file's digest, so that it may be kept for ever by browsers; what stands in static/root/
    keeps its name at the top of the site."""
    if name.startswith("root/"):
        return name.removeprefix("root/")
    stem, suffix = os.path.splitext(name)
    return f"assets/{stem}.{made[:8]}{suffix}"


def load(root: Path, name: str, options: Mapping[str, Any]) -> Theme:
    """The theme of that name with what it extends. Raises NewsroomError where there is none."""
    chain = _chain(root, name)
    texts: dict[str, tuple[str, str]] = {}
    static: dict[str, tuple[str, str]] = {}
    sheets: styles.Parts = {}
    known: dict[str, Any] = {}
    problems: list[Problem] = []
    said: dict[str, dict[str, Any]] = {}
    social: dict[str, tuple[str, str, str]] = {}
    for folder, settings in reversed(chain):
        known |= settings.get("options", {})
        own: styles.Parts = {}
        for path, file in _files(folder, root, problems):
            if path.startswith("templates/") and path.endswith(".html"):
                texts[path.removeprefix("templates/")] = (_shown(file, root), _text(file, root, problems))
            elif path.startswith("locales/") and path.endswith(".toml"):
                tag, phrases, wrong = locales.read(file.read_bytes(), path, _shown(file, root))
                said[tag] = {**said.get(tag, {}), **phrases}
                problems += wrong
            elif path.startswith("social/"):
                social[path.removeprefix("social/")] = (str(file), digest(file.read_bytes()), _shown(file, root))
            elif path.startswith("static/"):
                place = path.removeprefix("static/")
                if styles.is_part(place):
                    own[place] = _text(file, root, problems)
                if not styles.is_part(place) or place == styles.NAME:
                    static[place] = (str(file), digest(file.read_bytes()))
        sheets = styles.extended(sheets, own)
    drawn = [_drawn(root, chain, known | dict(options), options, sheets, static)] if sheets else []
    for rules, wrong in drawn:
        sheets |= {looks.PART: rules} if rules else {}
        problems += wrong
    if any(part != styles.NAME for part in sheets):
        static[styles.NAME] = (styles.NAME, digest_of(list(sheets.items())))
    else:
        sheets = {}
    for key, value in options.items():
        if key not in known:
            hint = did_you_mean(key, known, f"The theme offers: {', '.join(known)}.")
            place = Location("site.toml", pointer=("theme", "options", key))
            problems.append(Problem("unknown-option", f'unknown theme option "{key}"', place, hint))
        elif type(value) is not type(known[key]):
            place = Location("site.toml", pointer=("theme", "options", key))
            message = f"the theme option {key} must be {_kind(known[key])}"
            problems.append(Problem("bad-option", message, place, f"the theme's own value is {known[key]!r}"))
    problems += _forgotten(root, static, texts)
    digests = {name: reach.closure(name, texts) for name in texts}
    return Theme(
        name, texts, digests, static, known | dict(options), tuple(problems), tuple(sheets.values()), said, social
    )


def _forgotten(
    root: Path, static: Mapping[str, tuple[str, str]], texts: Mapping[str, tuple[str, str]]
) -> list[Problem]:
    """A theme's own sheet of earlier versions, which no page asks for any more, unless a template names it."""
    if OLD_SHEET not in static or any(OLD_SHEET in text for _, text in texts.values()):
        return []
    shown = _shown(Path(static[OLD_SHEET][0]), root)
    hint = f"move it to {shown.removesuffix(OLD_SHEET)}{styles.FOLDER}{OLD_SHEET}: what stands there comes after the parent's"
    return [Problem("unused-sheet", "no page loads this style sheet any more", Location(shown), hint)]


def _drawn(
    root: Path,
    chain: list[tuple[Path, dict]],
    options: Mapping[str, Any],
    chosen: Mapping[str, Any],
    sheets: styles.Parts,
    static: Mapping[str, tuple[str, str]],
) -> tuple[str, list[Problem]]:
    """What follows from the options, and what is wrong with them, in site.toml or in the theme that says them."""
    grounds: dict[str, Any] = {}
    for _, settings in reversed(chain):
        grounds |= settings.get("grounds", {})
    files = {name: _output(name, made) for name, (_, made) in static.items()}
    rules, wrong = looks.drawn(options, grounds, "\n".join(sheets.values()), files)
    problems = []
    for option, code, message, hint in wrong:
        place = Location("site.toml", pointer=("theme", "options", option))
        if option not in chosen:
            folder = next(folder for folder, settings in chain if option in settings.get("options", {}))
            words = toml.read((folder / "theme.toml").read_bytes(), _shown(folder / "theme.toml", root))[0]
            place = toml.locate(words, ("options", option), _shown(folder / "theme.toml", root))
        problems.append(Problem(code, message, place, hint))
    return rules, problems


def with_fonts(theme: Theme, root: Path, cards: Cards) -> Theme:
    """The theme with the fonts that the settings name for social cards."""
    if not cards.on:
        return theme
    hint = (
        "name folders of the site, or whole paths as /usr/share/fonts; [] where no text needs more than the cards' own"
    )
    place = Location("site.toml", pointer=("cards", "fonts"))
    wrong = [
        Problem("no-fonts", f'there is no folder "{name}"', place, hint) for name in fonts.absent(root, cards.fonts)
    ]
    own = fonts.sized(file for file, *_ in theme.social.values())
    return theme._replace(fonts=(*own, *fonts.files(root, cards.fonts)), problems=(*theme.problems, *wrong))


def _kind(value: Any) -> str:
    names = {str: "a text in quotes", bool: "true or false", int: "a whole number", float: "a number", list: "a list"}
    return names.get(type(value), "a table")


def _chain(root: Path, name: str) -> list[tuple[Path, dict]]:
    """The theme's folder and settings, then those of what it extends."""
    chain: list[tuple[Path, dict]] = []
    place = Location("site.toml", pointer=("theme", "name"))
    seen: list[str] = []
    while name:
        if name in seen:
            hint = "let the last of them extend default, or nothing"
            raise NewsroomError(
                [Problem("theme-cycle", f"themes extend each other: {' -> '.join([*seen, name])}", place, hint)]
            )
        seen.append(name)
        folder = _folder(root, name)
        if folder is None:
            hint = did_you_mean(name, _names(root), "Themes stand in themes/.")
            raise NewsroomError([Problem("no-theme", f'there is no theme "{name}"', place, hint)])
        settings = _settings(folder, root)
        chain.append((folder, settings))
        place = Location(_shown(folder / "theme.toml", root), 1, 1)
        name = settings.get("extends", "")
    return chain


def _places(root: Path) -> list[Path]:
    package = Path(__file__).parent.parent
    return [root / "themes", *((package / place).resolve() for place in PACKAGED)]


def _folder(root: Path, name: str) -> Path | None:
    if not re.fullmatch(r"[\w-]+", name):
        return None
    found = next((place / name for place in _places(root) if (place / name / "theme.toml").is_file()), None)
    if found and found.is_relative_to(root) and not found.resolve().is_relative_to(root.resolve()):
        hint = "copy the theme in: nothing is read from outside the site's root"
        raise NewsroomError(
            [Problem("outside", "is a link out of the site's folder", Location(_shown(found, root)), hint)]
        )
    return found


def _names(root: Path) -> set[str]:
    return {entry.parent.name for place in _places(root) for entry in place.glob("*/theme.toml")}


def _settings(folder: Path, root: Path) -> dict:
    path = folder / "theme.toml"
    words, settings = toml.read(path.read_bytes(), _shown(path, root))
    if unknown := [key for key in settings if key not in SETTINGS]:
        kept = f"A theme.toml has these keys: {', '.join(SETTINGS)}; what a theme offers stands under [options]."
        raise NewsroomError(
            Problem("unknown-setting", f'unknown setting "{key}"', toml.locate(words, (key,), _shown(path, root)),
                    did_you_mean(key, SETTINGS, kept))
            for key in unknown
        )  # fmt: skip
    tables = (settings.get("options", {}), settings.get("grounds", {}))
    if not isinstance(settings.get("extends", ""), str) or not all(isinstance(table, dict) for table in tables):
        hint = 'write extends = "default" and a table [options]'
        raise NewsroomError(
            [Problem("bad-theme", "extends must be a text, options a table", Location(_shown(path, root), 1, 1), hint)]
        )
    return settings


def _files(folder: Path, root: Path, problems: list[Problem]) -> list[tuple[str, Path]]:
    """Every file of a theme; a link that leaves it is a problem."""
    real = os.path.realpath(folder)
    found = []
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if f != "__pycache__")
        for name in [*folders, *sorted(names)]:
            path = Path(at) / name
            if path.is_symlink() and not os.path.realpath(path).startswith(real + os.sep):
                hint = "copy it in: nothing is read from outside the theme"
                problems.append(
                    Problem("outside", "is a link out of the theme's folder", Location(_shown(path, root)), hint)
                )
                if name in folders:
                    folders.remove(name)
            elif path.is_file() and not name.startswith("."):
                found.append((path.relative_to(folder).as_posix(), path))
            elif path.is_file() and path.relative_to(folder).as_posix().startswith("static/root/"):
                found.append((path.relative_to(folder).as_posix(), path))
    return found


def _text(file: Path, root: Path, problems: list[Problem]) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        problems.append(Problem("not-utf8", "is not UTF-8", Location(_shown(file, root)), "save the file as UTF-8"))
        return ""


def _shown(file: Path, root: Path) -> str:
    """A theme file's name in messages: from the site's root where it is below it."""
    return (
        file.relative_to(root).as_posix()
        if file.is_relative_to(root)
        else f"{SHIPPED}{file.parts[-3]}/{'/'.join(file.parts[-2:])}"
    )
