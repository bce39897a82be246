"""Owns pages from templates: the environment, what it remembers, mistakes told at their line. The one use of jinja2.

Must not know where themes stand: it is given the texts.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from newsroom.errors import Location, NewsroomError, Problem
from newsroom.model import digest
from newsroom.render import reach
from newsroom.render.reach import Texts
from newsroom.views import Action, Face, Link, SiteInfo, Tag

REMEMBERED = 16384
"""Results of macros that are kept, 1 kB each with what they were made of. When there are more, all are forgotten."""

COMPILED: dict[tuple[str, str], Any] = {}
"""Templates that this process has at hand, for whichever site: (jinja2's key, digest of the text) -> code, 30 kB each."""

AT_HAND = 512
"""When there are more, all are forgotten: `serve` compiles a template again with every edit."""


def environment(texts: Texts, filters: Mapping[str, Callable], functions: Mapping[str, Any], cache_folder: Path) -> Any:
    """A jinja2 environment over the texts: 45 ms to import; 15 ms to compile a template, 1 ms from its file, or none."""
    import jinja2

    made = _environment()(
        loader=jinja2.FunctionLoader(lambda name: (texts[name][1], texts[name][0], None) if name in texts else None),
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined, auto_reload=False,
        cache_size=-1, bytecode_cache=_bytecode()(cache_folder),
    )  # fmt: skip
    made.filters.update(filters)
    made.globals.update(functions)
    return made


# ── what makes it quick: jinja2's own points of extension ────────────────────────────────────────────────────────────


@cache
def _environment() -> type:
    """jinja2's environment, in which a macro is called once for the same people, and with a quicker escape.

    A template that is imported without its importer's context sees nothing but the arguments of its macros: the same
    unchanging objects give the same words. One of ten thousand pages finds a third of its calls made already.
    """
    import jinja2
    from jinja2.runtime import Context, Macro

    class Remembering(Context):
        def call(self, called: Any, /, *args: Any, **named: Any) -> Any:
            if type(called) is not Macro:
                return Context.call(self, called, *args, **named)
            named.pop("_block_vars", None)  # jinja2's own
            named.pop("_loop_vars", None)
            known = _known((*args, *named.values())) if called in self.environment.pure else None
            if known is None:
                return called(self.eval_ctx, *args, **named)
            results, key = self.environment.results, (called, self.eval_ctx.autoescape, *named, *known)
            if key not in results:
                if len(results) >= REMEMBERED:
                    results.clear()
                results[key] = called(self.eval_ctx, *args, **named), args, named  # objects that live keep their id
            return results[key][0]

    class Template(jinja2.Template):
        @classmethod
        def from_code(cls, *args: Any, **named: Any) -> jinja2.Template:
            made = super().from_code(*args, **named)
            made.root_render_func.__globals__["escape"] = _escape()
            return made

        def make_module(self, vars: dict | None = None, *args: Any, **named: Any) -> Any:
            made = super().make_module(vars, *args, **named)
            if vars is None:  # without context
                self.environment.pure.update(value for value in made.__dict__.values() if type(value) is Macro)
            return made

    class Environment(jinja2.Environment):
        context_class, template_class = Remembering, Template

        def __init__(self, **named: Any):
            super().__init__(**named)
            self.pure: set[Macro] = set()
            self.results: dict[tuple, tuple] = {}

        def _generate(self, *args: Any, **named: Any) -> str:
            """Compile with filters that fail: jinja2 leaves to the page what it cannot work out beforehand.

            What it did work out, `{{ "2026-12-01T09:00:00Z"|datetime }}`, would be kept for every other timezone.
            """
            filters, self.filters = self.filters, dict.fromkeys(self.filters, _later) | jinja2.defaults.DEFAULT_FILTERS
            try:
                return super()._generate(*args, **named)
            finally:
                self.filters = filters

        def make_globals(self, more: Any) -> Any:
            return {**self.globals, **(more or {})}  # jinja2's ChainMap costs a page 90 µs

    return Environment


def _known(values: tuple) -> list | None:
    """What tells these objects from all others; None where one may change, or is of one page alone."""
    lasting, known = _lasting(), []
    for value in values:
        kind = type(value)
        if kind in lasting:
            known.append(id(value))
        elif kind is tuple and lasting.issuperset(map(type, value)):
            known.append(tuple(map(id, value)))
        else:
            return None
    return known


@cache
def _lasting() -> frozenset[type]:
    """What does not change and many pages show."""
    from markupsafe import Markup

    return frozenset((str, Markup, int, bool, type(None), Face, Tag, Link, Action, SiteInfo))


@cache
def _escape() -> Callable[[Any], str]:
    """What compiled templates escape with: a text that needs nothing stays itself, for they only join what they get.

    0.2 µs, and 0.8 µs for markupsafe's own; a post's page escapes 140 times.
    """
    from markupsafe import Markup, escape

    def quick(value: Any) -> str:
        kind = type(value)
        if kind is str and not ("<" in value or "&" in value or '"' in value or "'" in value or ">" in value):
            return value
        return value if kind is Markup else escape(value)

    return quick


def _later(*args: Any, **named: Any) -> Any:
    raise ValueError("not while a template is compiled")


@cache
def _bytecode() -> type:
    """A cache of compiled templates, in memory and in files: jinja2's own believes whatever bytes it finds, and runs them."""
    import jinja2

    class Compiled(jinja2.BytecodeCache):
        def __init__(self, folder: Path):
            self.folder = folder

        def load_bytecode(self, bucket: Any) -> None:
            bucket.code = COMPILED.get((bucket.key, bucket.checksum))
            if bucket.code is not None:
                return
            with contextlib.suppress(OSError):
                raw = (self.folder / bucket.key).read_bytes()
                if raw[:32] == digest(raw[32:]).encode():
                    bucket.bytecode_from_string(raw[32:])
                    self.keep(bucket)

        def keep(self, bucket: Any) -> None:
            if bucket.code is not None:  # None: compiled from another text
                if len(COMPILED) >= AT_HAND:
                    COMPILED.clear()
                COMPILED[bucket.key, bucket.checksum] = bucket.code

        def dump_bytecode(self, bucket: Any) -> None:
            self.keep(bucket)
            raw = bucket.bytecode_to_string()
            with contextlib.suppress(OSError):  # a full disk: a cache may forget
                self.folder.mkdir(parents=True, exist_ok=True)
                (self.folder / bucket.key).write_bytes(digest(raw).encode() + raw)

    return Compiled


@cache
def _errors() -> tuple[type[Exception], ...]:
    import jinja2

    return (jinja2.TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)


def make_ready(environment: Any, texts: Texts, names: Iterable[str]) -> None:
    """Compile templates and all they reach. What is wrong with one is told where a page is made of it."""
    for name in sorted({at for name in names for at in reach.reached(name, texts)}):
        with contextlib.suppress(*_errors()):
            environment.get_template(name)


def render(environment: Any, texts: Texts, name: str, output: str, context: Mapping[str, Any]) -> str:
    """A page. Raises NewsroomError that names the template's line where the theme is wrong."""
    try:
        return environment.get_template(name).render(context)
    except _errors() as error:
        raise NewsroomError([_problem(error, texts, name, output)]) from error


def _problem(error: Exception, texts: Texts, name: str, output: str) -> Problem:
    """A template's mistake, at its line: jinja2 rewrites tracebacks to point into templates."""
    files = dict(texts.values())
    file, line = texts[name][0], 1
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in files:
            file, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    if (
        getattr(error, "filename", None) in files
    ):  # a syntax error knows its place; the traceback ends where it was included
        file, line = error.filename, error.lineno
    kind, hint = type(error).__name__, "what each template gets is listed in docs/themes.md"
    said = f'there is no template "{error}"' if kind == "TemplateNotFound" else str(error) or kind
    if isinstance(error, RecursionError) and (circle := reach.circle(name, texts)):
        said = f"it is made of itself: {' -> '.join(circle)}"
        file, line = reach.mention(texts[circle[0]], circle[1])
        hint = "a template cannot extend or include its own name: copy the one of the theme that yours extends"
    lines = files[file].split("\n")
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    message = f"the template fails for {output}: {said}"
    return Problem(
        "template",
        message,
        Location(file, line, len(excerpt) - len(excerpt.lstrip()) + 1, len(excerpt.strip()), excerpt=excerpt),
        hint,
    )
