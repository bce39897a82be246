"""Owns themes: which file of which theme counts, what each template is made of, and the environment. The one use of jinja2."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from newsroom import toml
from newsroom.errors import Location, NewsroomError, Problem, did_you_mean
from newsroom.model import digest
from newsroom.permalinks import encoded

REFERENCE = re.compile(r"{%[-+]?\s*(?:extends|include|import|from)\b\s*(.+?)\s*[-+]?%}", re.S)
LITERAL = re.compile(r"""(["'])([^"']+)\1\s*(?:$|(?:as|import|with|without|ignore)\b)""")
"""A name that is one text. `"a.html" if x else "b.html"` is none: it could be either."""
SETTINGS = ("name", "description", "extends", "options")
"""What a theme.toml may say."""
SHIPPED = "newsroom/themes/"
"""How messages call the folder of the themes that ship with newsroom."""
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
    """Name below static/ -> (file, digest)."""
    options: dict[str, Any]
    problems: tuple[Problem, ...] = ()

    def assets(self, base: str) -> dict[str, str]:
        """Static file -> its address."""
        return {name: encoded(f"{base}/{self.output(name)}") for name in self.static}

    def output(self, name: str) -> str:
        """Where a static file is written: below assets/ with its digest, so that it may be kept for ever by browsers;
        what stands in static/root/ keeps its name at the top of the site."""
        if name.startswith("root/"):
            return name.removeprefix("root/")
        stem, suffix = os.path.splitext(name)
        return f"assets/{stem}.{self.static[name][1][:8]}{suffix}"


def load(root: Path, name: str, options: Mapping[str, Any]) -> Theme:
    """The theme of that name with what it extends. Raises NewsroomError where there is none."""
    chain = _chain(root, name)
    templates: dict[str, tuple[str, str]] = {}
    static: dict[str, tuple[str, str]] = {}
    known: dict[str, Any] = {}
    problems: list[Problem] = []
    for folder, settings in reversed(chain):
        known |= settings.get("options", {})
        for path, file in _files(folder, root, problems):
            if path.startswith("templates/") and path.endswith(".html"):
                templates[path.removeprefix("templates/")] = (_shown(file, root), _text(file, root, problems))
            elif path.startswith("static/"):
                static[path.removeprefix("static/")] = (str(file), digest(file.read_bytes()))
    for key, value in options.items():
        if key not in known:
            hint = did_you_mean(key, known, f"The theme offers: {', '.join(known)}.")
            place = Location("site.toml", pointer=("theme", "options", key))
            problems.append(Problem("unknown-option", f'unknown theme option "{key}"', place, hint))
        elif type(value) is not type(known[key]):
            place = Location("site.toml", pointer=("theme", "options", key))
            message = f"the theme option {key} must be {_kind(known[key])}"
            problems.append(Problem("bad-option", message, place, f"the theme's own value is {known[key]!r}"))
    digests = {name: _closure(name, templates) for name in templates}
    return Theme(name, templates, digests, static, known | dict(options), tuple(problems))


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
    if not isinstance(settings.get("extends", ""), str) or not isinstance(settings.get("options", {}), dict):
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


def _closure(name: str, templates: Mapping[str, tuple[str, str]]) -> str:
    """Digest of a template and all it reaches. A name that is computed could be any: then it is made of them all."""
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        at = waiting.pop()
        if at in reached or at not in templates:
            continue
        reached.add(at)
        for name in _named(templates[at][1]):
            waiting += [name] if name else list(templates)
    return digest("".join(f"{at}\0{digest(templates[at][1])}" for at in sorted(reached)))


def _named(text: str) -> Iterator[str]:
    """The templates that a template names; "" for a name that is computed."""
    for expression in REFERENCE.findall(text):
        literal = LITERAL.match(expression)
        yield literal[2] if literal else ""


def _circle(name: str, templates: Mapping[str, tuple[str, str]], before: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The names by which a template leads back to itself, a site's own first; () where none does."""
    if name in before:
        ring = before[before.index(name) :]
        first = ring.index(min(ring, key=lambda at: (templates[at][0].startswith(SHIPPED), at)))
        return (*ring[first:], *ring[: first + 1])
    below = (other for other in _named(templates[name][1]) if other in templates)
    return next((found for other in below if (found := _circle(other, templates, (*before, name)))), ())


def _mention(template: tuple[str, str], name: str) -> tuple[str, int]:
    """The file of a template, and the line on which it names another."""
    file, text = template
    found = (match.start() for match in REFERENCE.finditer(text) if list(_named(match[0])) == [name])
    return file, text.count("\n", 0, next(found, 0)) + 1


# ── templates ────────────────────────────────────────────────────────────────────────────────────────────────────────


def environment(theme: Theme, filters: Mapping[str, Callable], functions: Mapping[str, Any], cache_folder: Path) -> Any:
    """A jinja2 environment over the theme: 45 ms to import, 12 ms for a first template, 1 ms from the bytecode cache."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: (theme.templates[name][1], theme.templates[name][0], None) if name in theme.templates else None),
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined, auto_reload=False,
        cache_size=-1, bytecode_cache=_compiled()(cache_folder),
    )  # fmt: skip
    made.filters.update(filters)
    made.globals.update(functions)
    return made


@cache
def _compiled() -> type:
    """A cache of compiled templates: jinja2's own believes whatever bytes it finds, and runs them."""
    import jinja2

    class Compiled(jinja2.BytecodeCache):
        def __init__(self, folder: Path):
            self.folder = folder

        def load_bytecode(self, bucket: Any) -> None:
            with contextlib.suppress(OSError):
                raw = (self.folder / bucket.key).read_bytes()
                if raw[:32] == digest(raw[32:]).encode():
                    bucket.bytecode_from_string(raw[32:])

        def dump_bytecode(self, bucket: Any) -> None:
            raw = bucket.bytecode_to_string()
            with contextlib.suppress(OSError):  # a full disk: a cache may forget
                self.folder.mkdir(parents=True, exist_ok=True)
                (self.folder / bucket.key).write_bytes(digest(raw).encode() + raw)

    return Compiled


@cache
def _errors() -> tuple[type[Exception], ...]:
    import jinja2

    return (jinja2.TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)


def render(environment: Any, theme: Theme, name: str, output: str, context: Mapping[str, Any]) -> str:
    """A page. Raises NewsroomError that names the template's line where the theme is wrong."""
    try:
        return environment.get_template(name).render(context)
    except _errors() as error:
        raise NewsroomError([_problem(error, theme, name, output)]) from error


def _problem(error: Exception, theme: Theme, name: str, output: str) -> Problem:
    """A template's mistake, at its line: jinja2 rewrites tracebacks to point into templates."""
    texts = dict(theme.templates.values())
    file, line = theme.templates[name][0], 1
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in texts:
            file, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    if (
        getattr(error, "filename", None) in texts
    ):  # a syntax error knows its place; the traceback ends where it was included
        file, line = error.filename, error.lineno
    kind, hint = type(error).__name__, "what each template gets is listed in docs/themes.md"
    said = f'there is no template "{error}"' if kind == "TemplateNotFound" else str(error) or kind
    if isinstance(error, RecursionError) and (circle := _circle(name, theme.templates)):
        said = f"it is made of itself: {' -> '.join(circle)}"
        file, line = _mention(theme.templates[circle[0]], circle[1])
        hint = "a template cannot extend or include its own name: copy the one of the theme that yours extends"
    lines = texts[file].split("\n")
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    message = f"the template fails for {output}: {said}"
    return Problem(
        "template",
        message,
        Location(file, line, len(excerpt) - len(excerpt.lstrip()) + 1, len(excerpt.strip()), excerpt=excerpt),
        hint,
    )
