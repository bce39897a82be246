"""The map of docs/architecture.md, held: imports point one way, what is heavy is imported once and late, modules are short."""

import ast
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from newsroom.desk import NOUNS
from newsroom.version import FOLDERS

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "newsroom"
STAGES = ("read", "assemble", "render", "check")
ABOVE = ("desk", "texts", "cli", "build", "indexing", "comments", "leaks", "commands", "__main__")
LAZY = (
    "babel",
    "yaml",
    "markdown_it",
    "mdit_py_plugins",
    "pyromark",
    "jinja2",
    "feedgen",
    "watchdog",
    "nh3",
    "pygments",
    "lxml",
    "imagesize",
    "PIL",
    "shtab",
    "segno",
    "pagefind",
    "typst",
    "fontTools",
    "rcssmin",
    "minify_html",
)


@cache
def modules():
    """(path below the package, tree) of each module."""
    return [
        (path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text("utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
    ]


@cache
def imported(tree):
    """The full names that a module imports; `from newsroom import x` is newsroom.x."""
    return tuple(_imported(tree))


@cache
def at_the_top(tree):
    """Those that it imports whenever it is imported itself."""
    nodes = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    return tuple(_imported(ast.Module(nodes, [])))


def _imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the package in full"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module.startswith("newsroom"))


def ours(tree):
    """What a module imports of newsroom: `read.content` as ("read", "content")."""
    return {tuple(name.split(".")[1:]) for name in imported(tree) if name.startswith("newsroom.")}


def stage(path):
    """The folder of a module, or its name where it stands in the package itself."""
    return path.partition("/")[0].removesuffix(".py")


def test_stages_never_import_each_other():
    """They meet in build.py, and in commands/check.py, which runs rules over what build.py loads."""
    wrong = [
        (path, name)
        for path, tree in modules()
        for name in ours(tree)
        if stage(path) in STAGES and name[0] in STAGES and name[0] != stage(path)
    ]

    assert wrong == []


def test_nothing_imports_what_is_above_it():
    """Stages and engine know no command and no build; vocabulary knows no stage and no engine."""
    wrong = []
    for path, tree in modules():
        if stage(path) not in ABOVE:
            vocabulary = "/" not in path
            above = (
                (*ABOVE, *STAGES, "engine") if vocabulary else ABOVE if stage(path) == "engine" else (*ABOVE, "engine")
            )
            wrong += [(path, name) for name in ours(tree) if name[0] in above]

    assert wrong == []


def test_the_engine_knows_nothing_of_posts():
    """It imports errors and model, and nothing else of ours but itself."""
    assert {name[0] for path, tree in modules() if stage(path) == "engine" for name in ours(tree)} <= {
        "errors",
        "model",
        "engine",
    }


def test_the_nouns_import_nothing_of_ours():
    """errors and model stand at the bottom."""
    assert {path: ours(tree) for path, tree in modules() if path in ("errors.py", "model.py")} == {
        "errors.py": set(),
        "model.py": set(),
    }


def test_no_import_goes_in_a_circle():
    """A module can be understood after those it imports."""
    names = {
        path.removesuffix(".py").replace("/", ".").removesuffix(".__init__"): ours(tree) for path, tree in modules()
    }
    below = {name: {".".join(part) for part in parts} & names.keys() - {name} for name, parts in names.items()}
    while bottom := [name for name, parts in below.items() if not parts]:
        below = {name: parts - set(bottom) for name, parts in below.items() if name not in bottom}

    assert below == {}


@pytest.mark.parametrize("package", LAZY)
def test_each_package_is_imported_in_one_module(package):
    """And inside a function, so that only who needs it pays."""
    where = {path for path, tree in modules() if package in {name.partition(".")[0] for name in imported(tree)}}
    at_top = {path for path, tree in modules() if package in {name.partition(".")[0] for name in at_the_top(tree)}}

    assert len(where) == 1, where
    assert at_top == set()


def test_every_package_that_is_imported_is_one_that_is_installed_with_newsroom():
    """Named in pyproject.toml, or brought by one that is: markupsafe by jinja2, lxml by feedgen."""
    import tomllib

    names = {
        "jinja2": "jinja2",
        "markdown-it-py": "markdown_it",
        "mdit-py-plugins": "mdit_py_plugins",
        "pyyaml": "yaml",
        "pillow": "PIL",
        "fonttools": "fontTools",
        "minify-html": "minify_html",
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed, extras = project["dependencies"], project["optional-dependencies"]
    asked = {re.match(r"[\w-]+", line)[0] for extra, lines in extras.items() if extra != "dev" for line in lines}
    plain = {line.split(">=")[0].split(";")[0].strip() for line in listed}
    known = {names.get(name, name) for name in plain} | {"newsroom", "markupsafe", "lxml", "tzdata"}
    used = {name.partition(".")[0] for _, tree in modules() for name in imported(tree)} - sys.stdlib_module_names

    assert used - known - {names.get(name, name) for name in asked} == set()
    assert known - used <= {"tzdata"}


def test_only_the_command_line_prints():
    """Everything else gives values."""
    wrong = [(path, node.lineno) for path, tree in modules() for node in ast.walk(tree)
             if path != "cli.py" and isinstance(node, ast.Name) and node.id in ("print", "input", "breakpoint")]  # fmt: skip

    assert wrong == []


CLOCKS = {"time", "now", "today", "time_ns", "utcnow", "monotonic", "perf_counter"}


def test_no_stage_reads_the_clock():
    """The moment is given: two builds of one moment are equal."""
    wrong = [(path, node.lineno) for path, tree in modules() for node in ast.walk(tree)
             if stage(path) in (*STAGES, "dates", "standing", "site", "config", "channels", "providers")
             and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS]  # fmt: skip

    assert wrong == []


def test_whatever_decides_bytes_is_part_of_the_version():
    """Another version renders everything again: each folder below the stages counts, and not only the stages."""
    apart = ("check", "commands", "comments", "leaks", "voice")
    folders = {path.rpartition("/")[0] for path, _ in modules()}

    assert {folder for folder in folders if folder.partition("/")[0] not in apart} | {"locales"} == set(FOLDERS)


def test_every_noun_ends_with_the_key_of_its_text():
    """The desk finds the text of whatever it read in the last field."""
    assert {"content"} == {noun._fields[-1] for noun in NOUNS.values()}


def test_modules_are_short():
    """A module is read in one sitting: 320 lines at most."""
    long = {path: lines for path, _ in modules() if (lines := (PACKAGE / path).read_text("utf-8").count("\n")) > 320}

    assert {} == long


def test_every_module_says_what_it_owns():
    """Its first sentence; and every public function and record says what it is. The rows of PAGES are named by the table."""
    silent = [path for path, tree in modules() if not ast.get_docstring(tree)]
    mute = [f"{path}:{node.lineno}" for path, tree in modules() for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
            and not (isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) in ("Parts", "Iterator[Subject]"))]  # fmt: skip

    assert silent == []
    assert mute == []


def loaded(code, cwd):
    """The lazy packages in sys.modules after some code, in a Python of its own."""
    shown = f"import sys\n{code}\nprint('|', *sorted({{m.partition('.')[0] for m in sys.modules}} & {set(LAZY)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", shown],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.rpartition("|")[2].split()


def test_nothing_heavy_is_imported_before_it_is_needed(make_site):
    """Not by `import newsroom.cli`, not by --help, and not by a build that has nothing to do."""
    site = make_site({
        "content/people/maya.md": "---\nname: Maya\n---\nBio\n",
        "content/posts/a.md": "---\ntitle: A\nauthors: [maya]\ndate: 2026-11-02\n---\nWords\n",
    })  # fmt: skip
    build = "from newsroom.cli import main\nassert main(['build']) == 0"

    assert loaded("import newsroom.cli", site.root) == []
    assert loaded("from newsroom.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass", site.root) == []
    assert {"yaml", "jinja2", "feedgen"} <= set(loaded(build, site.root))
    assert loaded(build, site.root) == []


def test_a_build_with_nothing_to_do_only_looks(make_site):
    """It neither reads, assembles, plans nor renders: not even the modules that do are imported."""
    site = make_site({"content/people/maya.md": "---\nname: Maya\n---\nBio\n"})
    assert site.build().problems == ()
    build = "from newsroom.cli import main\nassert main(['build']) == 0"
    shown = f"import sys\n{build}\nprint('|', *(m for m in sys.modules if m.startswith('newsroom.')))"
    done = subprocess.run(
        [sys.executable, "-c", shown],
        cwd=site.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    ran = set(done.stdout.rpartition("|")[2].split())

    assert {"newsroom.build", "newsroom.read.sources", "newsroom.engine.files"} <= ran
    assert not ran & {
        "newsroom.read.content", "newsroom.assemble.site", "newsroom.render.outputs", "newsroom.render.templates",
    }  # fmt: skip


def test_a_feed_is_not_paid_for_where_a_biography_changed(make_site):
    """Only the page is rendered: feedgen is not imported."""
    site = make_site({"content/people/maya.md": "---\nname: Maya\n---\nBio\n"})
    assert site.build().problems == ()
    site.edit("content/people/maya.md", "Bio", "Other")

    assert "feedgen" not in loaded("from newsroom.cli import main\nassert main(['build']) == 0", site.root)
