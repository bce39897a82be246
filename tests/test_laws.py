"""The laws that never break: an incremental build equals a clean one, a failed build changes nothing, fingerprints are sound.

`NEWSROOM_LAWS=thorough` tries ten times as much.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import newsroom
from newsroom import config
from newsroom.build import Options, Report, build
from newsroom.commands.session import Session
from newsroom.engine import record
from newsroom.errors import text
from newsroom.read.schema import COMMENT, CONVERSATION, FRONT, PAGE, PERSON, POST, PRESS, TOPIC
from newsroom.render.templates import COMPILED
from newsroom.version import code_digest

THOROUGH = os.environ.get("NEWSROOM_LAWS") == "thorough"
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
DEFAULT = Path(newsroom.__file__).parent.parent / "themes" / "default" / "templates"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b49444154789c6360000200000500017a5eab3f"
    "0000000049454e44ae426082"
)
SAID = (
    "- {id: isso-1, name: Ada, date: 2026-11-20T10:00:00Z, text: Why?}\n"
    "- {id: isso-2, reply_to: isso-1, account: isso/h1, date: 2026-11-21T10:00:00Z, html: <b>So</b>}\n"
)
SETTINGS = 'title = "Northwind"\nurl = "https://news.example.com"\n[posts]\nper_page = 2\n[theme]\nname = "ours"\n'
SITE: dict[str, str | bytes] = {
    "site.toml": SETTINGS,
    "themes/ours/theme.toml": 'extends = "default"\n',
    "themes/ours/static/css/ours.css": "p { color: black }\n",
    "content/people/maya.md": "---\nname: Maya Okafor\nrole: Engineer\nphoto: p.png\ntopics: [lenses]\n---\nShe repairs [things](topic:lenses).\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\nstatus: {state: left, on: 2026-11-20}\nsuccessor: maya\n---\n",
    "content/people/p.png": PICTURE,
    "content/topics/lenses.md": "---\nname: Lenses\npeople: [maya]\n---\nGlass.\n",
    "content/topics/repair.md": "---\nname: Repair\n---\n",
    "content/pages/about.md": "---\ntitle: About\nmenu: true\n---\nWho we are.\n",
    "content/posts/one.md": "---\ntitle: One\nauthors: [maya]\ndate: 2026-11-02\ntopics: [lenses]\n---\nFirst words. [Two](two/index.md)\n",
    "content/posts/two/index.md": "---\ntitle: Two\nauthors: [jonas, maya]\ndate: 2026-11-03\nimage: p.png\n---\n![A lens](p.png)\n",
    "content/posts/two/p.png": PICTURE + b"2",
    "content/posts/three.md": "---\ntitle: Three\nauthors: [maya]\ndate: 2026-11-30\nkind: statement\nknown: [Little]\nnext_update: 2026-12-02\n---\n",
    "content/posts/four.md": "---\ntitle: Four\nauthors: [jonas]\ndate: 2026-12-03\naliases: [/old/]\n---\nTomorrow.\n",
    "content/comments/one.yaml": "post: content/posts/one.md\npulled: 2026-11-29T10:00:00Z\ncomments:\n" + SAID,
    "content/posts/five.md": "---\ntitle: Five\nauthors: [maya]\ndraft: true\n---\nUnfinished, see [one](one.md).\n",
}  # fmt: skip
SOURCES = ("site.toml", "content", "themes")


def drawn(number: int, noise: int = 0) -> bytes:
    """A picture of some size, which may lie on its side; or of so many bytes of noise."""
    from PIL import Image

    file, exif = BytesIO(), Image.Exif()
    exif[0x0112] = 1 + number % 8
    image = Image.linear_gradient("L").resize((10 + number % 40, 30))
    if noise:
        image = Image.frombytes("L", (noise // 300, 300), random.Random(number).randbytes(noise))
    image.save(file, "PNG", exif=exif)
    return file.getvalue()


def write(root: Path, files: dict[str, str | bytes]) -> None:
    for path, words in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(words if isinstance(words, bytes) else words.encode())


def copy_of_sources(root: Path, to: Path) -> Path:
    """A fresh copy of what a writer wrote: no record, no cache, no output."""
    to.mkdir()
    for name in SOURCES:
        if (root / name).is_dir():
            shutil.copytree(root / name, to / name)
        elif (root / name).exists():
            shutil.copy(root / name, to / name)
    return to


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every file with its bytes, and every folder."""
    found = sorted(folder.rglob("*")) if folder.exists() else []
    return {str(path.relative_to(folder)): None if path.is_dir() else path.read_bytes() for path in found}


def told(report) -> list[str]:
    return [text(problem) for problem in report.problems]


def differing(one: dict, other: dict) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path, "absent") != other.get(path, "absent"))


# ── law 1 ────────────────────────────────────────────────────────────────────────────────────────────────────────────

NUMBERS = st.integers(0, 999)
MOMENTS = st.sampled_from([NOW + timedelta(days=days) for days in (-40, -12, 0, 0.5, 3, 200)])


def instead(path: str, words: str = "") -> Callable[[Path], None]:
    """Put a file where a folder must be or, with a path in it, a folder where a file must be."""

    def change(root: Path) -> None:
        at = root / path
        shutil.rmtree(at) if at.is_dir() and not at.is_symlink() else at.unlink(missing_ok=True)
        if words:
            write(at, {words: "stray"})
        else:
            write(at.parent, {at.name: "stray"})

    return change


def turned(path: str) -> Callable[[Path], None]:
    """Turn a bit in the middle of a file."""

    def change(root: Path) -> None:
        raw = bytearray((root / path).read_bytes())
        raw[len(raw) // 2] ^= 4
        (root / path).write_bytes(raw)

    return change


def bits_turned(folder: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        for path in (root / folder).iterdir() if (root / folder).is_dir() else ():
            if path.is_file():
                turned(str(path))(root)
        COMPILED.clear()  # the next process has no template at hand

    return change


def cut_short(root: Path) -> None:
    for path in (root / ".newsroom/cache").glob("*-*"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def a_link(root: Path) -> None:
    shutil.rmtree(root / "public" / "people")
    (root / "public" / "people").symlink_to(root / "content" / "people")


ACCIDENTS: dict[str, Callable[[Path], None]] = {
    "a file where a folder must be": instead("public/people"),
    "a folder where a file must be": instead("public/index.html", "a.txt"),
    "a folder of folders where a file must be": instead("public/index.html", "a/b/c.txt"),
    "a link where a folder must be": a_link,
    "strange files": lambda root: write(
        root / "public", {"stray/a/b.txt": "stray", ".hidden": "stray", "people/x": "stray"}
    ),
    "empty folders": lambda root: (root / "public/empty/empty").mkdir(parents=True, exist_ok=True),
    "a page that somebody edited": lambda root: write(root / "public", {"index.html": "edited"}),
    "a page with one bit turned": turned("public/index.html"),
    "a record with one bit turned": turned(".newsroom/record"),
    "half a record": lambda root: (root / ".newsroom/record").write_bytes(
        (root / ".newsroom/record").read_bytes()[:100]
    ),
    "a cache with bits turned": bits_turned(".newsroom/cache"),
    "a cache that is a file": instead(".newsroom/cache"),
    "a cache of something else": instead(".newsroom/cache", "a/b.txt"),
    "half a cache": cut_short,
    "templates with a bit turned": bits_turned(".newsroom/templates"),
    "a list of what is pending that is none": lambda root: (root / ".newsroom/pending").write_bytes(b"\xff\n"),
    "no record": lambda root: (root / ".newsroom/record").unlink(missing_ok=True),
    "no output": lambda root: shutil.rmtree(root / "public"),
    "nothing": lambda root: None,
}


class Newsroom(RuleBasedStateMachine):
    """Everything that writers, engineers, time and accidents do to a site between two builds."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="newsroom-laws-"))
        self.root, self.moment, self.drafts, self.steps = self.folder / "site", NOW, False, 0

    def teardown(self):
        self.everything_is_as_a_clean_build_makes_it()
        shutil.rmtree(self.folder)

    def pick(self, pattern: str, number: int) -> Path | None:
        found = sorted(path for path in self.root.glob(pattern) if path.is_file())
        return found[number % len(found)] if found else None

    def replace(self, path: Path | None, old: str, new: str) -> None:
        if path is not None:
            path.write_text(path.read_text().replace(old, new, 1))

    @initialize()
    def start(self):
        write(self.root, SITE)

    # writers

    @rule(number=NUMBERS)
    def edit_a_body(self, number):
        if path := self.pick("content/*/**/*.md", number):
            path.write_text(path.read_text() + f"\n\nMore words {number}.\n")

    @rule(
        number=NUMBERS, word=st.sampled_from(["title: ", "name: ", "role: ", "date: 2026-11-1", "known: [", "state: "])
    )
    def edit_front_matter(self, number, word):
        path = self.pick("content/*/**/*.md", number)
        new = {"date: 2026-11-1": "date: 2026-11-0", "state: ": "state: moved #"}.get(word, f"{word}New {number} ")
        self.replace(path, word, new)

    @rule(number=NUMBERS, line=st.sampled_from([
        "summary: In short", "topics: [repair]", "draft: true", f"preview: {{key: {'k' * 26}, until: 2026-12-03}}", "embargo: 2026-12-02", "expires: 2026-12-01 18:00", "menu: true",
        "updated: 2026-11-29", "corrections: [{date: 2026-11-30, text: No}]", "corrections: [{date: 2026-11-30, kind: retraction, text: No}]", "consent: {photo: false}", "slug: one", "nonsense: 1",
        "contact: [maya]", "feed_aliases: [/old.xml]", "id: x", "quote: Well", "aliases: [/older/, /people/]", "series: Glass", "answers: {reads: all, by: [maya], within: 2 days}",
    ]))  # fmt: skip
    def add_a_key(self, number, line):
        path = self.pick("content/*/**/*.md", number)
        self.replace(path, "---\n", f"---\n{line}\n")

    @rule(number=NUMBERS, lead=st.sampled_from(["one", "/2026/two/", "five.md", "nowhere"]))
    def edit_the_front(self, number, lead):
        sections = "[{kind: post, posts: 1}, {topic: lenses}]"
        words = f"---\nlead: {lead}\npinned: [{{post: three, until: 2026-12-02}}]\nsections: {sections}\nnewest: {number % 4 + 1}\n---\n"
        write(self.root, {"content/front.md": words})

    @rule(number=NUMBERS)
    def write_a_post(self, number):
        by = ("maya", "jonas")[number % 2]
        words = f"---\ntitle: New {number}\nauthors: [{by}]\ndate: 2026-11-{number % 28 + 1}\n---\nSee [one](one.md).\n"
        write(self.root, {f"content/posts/new{number}.md": words})

    @rule(number=NUMBERS, tag=st.sampled_from(["de", "ar"]))
    def translate(self, number, tag):
        """A text, or a person or topic, in another language: words of its own, and a link to the first."""
        path = self.pick("content/*/**/*.md", number)
        if path and path.suffixes == [".md"] and path.parent.name != "press":
            posted = "posts" in path.relative_to(self.root).parts
            head = "\n".join(row for row in path.read_text().split("---")[1].split("\n") if not row.startswith("id:"))
            words = f"---{head if posted or path.parent.name == 'pages' else chr(10)}---\nNr. {number} [one]({path.name})\n"
            path.with_suffix(f".{tag}.md").write_text(words)

    @rule(number=NUMBERS)
    def delete_a_source(self, number):
        if path := self.pick("content/*/**/*", number):
            path.unlink()

    @rule(number=NUMBERS)
    def rename_a_source(self, number):
        if path := self.pick("content/posts/*.md", number):
            path.rename(path.with_name(f"renamed{number}.md"))

    @rule(
        number=NUMBERS,
        by=st.sampled_from(["account: isso/h1", "person: jonas", "name: Bo", "person: nobody", "deleted: true"]),
    )
    def comment(self, number, by):
        if path := self.pick("content/comments/*.yaml", number):
            said = f"- {{id: isso-{number + 3}, reply_to: isso-{number % 9}, {by}, date: 2026-11-2{number % 9}, text: So {number}}}\n"
            path.write_text(path.read_text() + said)

    @rule(number=NUMBERS)
    def archive_a_conversation(self, number):
        if path := self.pick("content/posts/**/*.md", number):
            words = f"post: {path.relative_to(self.root).as_posix()}\ncomments:\n{SAID}"
            write(self.root, {f"content/comments/{number % 3}.yaml": words})

    @rule(number=NUMBERS)
    def declare_an_account(self, number):
        self.replace(self.pick("content/people/*.md", number), "---\n", "---\naccounts: {isso: h1}\n")

    @rule(number=NUMBERS)
    def answer_a_comment(self, number):
        path = self.pick("content/posts/**/*.md", number)
        self.replace(path, "---\n", "---\nanswers_to: [/2026/one/#comment-1]\n")

    @rule(number=NUMBERS)
    def change_a_picture(self, number):
        if path := self.pick("content/**/*.png", number):
            path.write_bytes(PICTURE + str(number).encode() if number % 2 else drawn(number))

    @rule()
    def undo_everything(self):
        for name in ("content", "themes"):
            shutil.rmtree(self.root / name)
        write(self.root, SITE)

    # engineers

    @rule(number=NUMBERS, line=st.sampled_from([
        'language = "de"', 'timezone = "Pacific/Auckland"', 'url = "https://example.com/news"', 'description = "Said"', "",
        "[feeds]\nitems = 1\narchive = true", '[feeds]\ncontent = "summary"', '[company]\nname = "Maya Okafor"', "[posts]\nper_page = 1", "[images]\nwidths = [20]",
        'languages = ["en", "de"]', 'languages = ["ar", "en", "de"]\ntranslations = {de = {title = "Nordwind"}}',
        '[posts]\npermalink = "/{kind}/{slug}/"', '[contact]\nemail = "public"', "[posts]\ntypographer = true", '[posts]\nold_after = "1 month"', "[output]\nminify = true", '[search]\nengine = "pagefind"', "wrong = ",
    ]))  # fmt: skip
    def edit_settings(self, number, line):
        key = line.partition(" ")[0]
        kept = "\n".join(row for row in SETTINGS.split("\n") if not row.startswith(f"{key} "))
        if line.startswith("[posts]"):
            kept = kept.replace("[posts]\nper_page = 2\n", "")
        (self.root / "site.toml").write_text(f"{kept}\n{line}\n" if line.startswith("[") else f"{line}\n{kept}\n")

    @rule(number=NUMBERS, name=st.sampled_from(["base.html", "_people.html", "_cards.html", "home.html", "new.html"]))
    def edit_the_theme(self, number, name):
        words = (DEFAULT / name).read_text() if (DEFAULT / name).exists() else ""
        words = (
            words.replace("<body", f'<body data-n="{number}"')
            .replace("<h1", f'<h1 data-n="{number}"')
            .replace("<li", f'<li data-n="{number}"')
        )
        write(self.root, {f"themes/ours/templates/{name}": words})

    @rule(number=NUMBERS)
    def edit_static_files(self, number):
        write(
            self.root,
            {
                "themes/ours/static/css/ours.css": f"p {{ order: {number} }}",
                f"themes/ours/static/root/x{number % 2}.txt": "x",
            },
        )

    @rule(number=NUMBERS)
    def break_the_theme(self, number):
        write(self.root, {"themes/ours/templates/404.html": "{{ nothing }}" if number % 2 else "No."})

    # time

    @rule(moment=MOMENTS)
    def let_time_pass(self, moment):
        self.moment = moment

    @rule()
    def show_drafts_or_not(self):
        self.drafts = not self.drafts

    @rule(number=NUMBERS)
    def touch(self, number):
        if path := self.pick("content/**/*", number):
            os.utime(path, ns=(number, number * 10**9))

    # accidents

    @rule(number=NUMBERS, folder=st.sampled_from([".newsroom", "public"]))
    def damage_a_file(self, number, folder):
        path = self.pick(f"{folder}/**/*", number)
        if path is None:
            return
        raw = path.read_bytes()
        at = number * 7919 % max(1, len(raw))
        how = number % 4
        if how == 0:
            path.unlink()
        elif how == 1:
            path.write_bytes(raw[:at])
        else:
            path.write_bytes(raw[:at] + bytes([raw[at] ^ (1 << number % 8)] if raw else []) + raw[at + 1 :])

    @rule(number=NUMBERS)
    def have_an_accident(self, number):
        if not (self.root / ".newsroom/record").exists() or not (self.root / "public/people").is_dir():
            return
        ACCIDENTS[sorted(ACCIDENTS)[number % len(ACCIDENTS)]](self.root)

    @rule(name=st.sampled_from([".newsroom", "public", ".newsroom/record", ".newsroom/cache", ".newsroom/templates"]))
    def lose(self, name):
        path = self.root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    # and what must hold

    @invariant()
    def after_every_few_edits(self):
        self.steps += 1
        if self.steps % 3 == 0:
            self.everything_is_as_a_clean_build_makes_it()

    def build(self, options: Options) -> Report:
        return build(self.root, options)

    def everything_is_as_a_clean_build_makes_it(self):
        options = Options(drafts=self.drafts, moment=self.moment)
        clean = copy_of_sources(self.root, self.folder / "clean")
        before = tree(self.root / "public")
        wanted, report = build(clean, options), self.build(options)

        assert told(wanted) == told(report)
        if wanted.problems:
            assert [] == differing(before, tree(self.root / "public"))
            self.undo_everything()
        else:
            assert [] == differing(tree(clean / "public"), tree(self.root / "public"))
            again = build(self.root, options)
            assert (0, (), ()) == (again.parsed, again.rendered, again.removed)
        shutil.rmtree(clean)


Newsroom.TestCase.settings = settings(
    max_examples=100 if THOROUGH else 4, stateful_step_count=30 if THOROUGH else 15, deadline=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
TestAnIncrementalBuildEqualsACleanOne = Newsroom.TestCase


class Previewed(Newsroom):
    """The same, built in one process that remembers what it saw, and is told which files were saved.

    It believes the output folder to be as it left it: what happens to that is for the next process to find.
    """

    damage_a_file = have_an_accident = lose = None

    def __init__(self):
        super().__init__()
        self.session, self.seen = Session(self.root, Options()), {}

    def build(self, options: Options) -> Report:
        now = tree(self.root / "content")
        changed = {f"content/{path}" for path in differing(self.seen, now)}
        anything = not self.seen or any(
            now.get(path.removeprefix("content/"), self.seen.get(path.removeprefix("content/"))) is None
            for path in changed
        )
        self.session.options, self.seen = options, now
        report = self.session.build(None if anything else changed)
        self.session.rest()
        return report


Previewed.TestCase.settings = Newsroom.TestCase.settings
TestABuildInMemoryEqualsACleanOne = Previewed.TestCase


@pytest.mark.parametrize("accident", ACCIDENTS.values(), ids=ACCIDENTS)
@pytest.mark.parametrize("edited", [False, True], ids=["", "and an edit"])
def test_whatever_happens_to_what_we_wrote_the_next_build_mends_it(tmp_path, accident, edited):
    """The output folder, the record and the cache may be damaged in any way between two builds."""
    write(tmp_path / "site", SITE)
    build(tmp_path / "site", Options(moment=NOW))
    whole = tree(tmp_path / "site" / "public")
    accident(tmp_path / "site")
    if edited:
        write(tmp_path / "site", {"themes/ours/static/css/ours.css": "p { color: red }\n"})
        clean = copy_of_sources(tmp_path / "site", tmp_path / "clean")
        build(clean, Options(moment=NOW))
        whole = tree(clean / "public")
    report = build(tmp_path / "site", Options(moment=NOW))

    assert [] == told(report)
    assert [] == differing(whole, tree(tmp_path / "site" / "public"))
    assert () == build(tmp_path / "site", Options(moment=NOW)).rendered


def test_a_setting_that_reading_depends_on_is_not_forgotten(tmp_path):
    """What was read under other settings is read again: a person may not become the company without a message."""
    write(tmp_path, SITE)
    build(tmp_path, Options(moment=NOW))
    write(tmp_path, {"site.toml": SETTINGS + '[company]\nname = "Maya Okafor"\n'})

    assert ["role-account"] == [problem.code for problem in build(tmp_path, Options(moment=NOW)).problems]


def test_a_picture_that_was_replaced_or_turned_leaves_the_bytes_of_a_clean_build(tmp_path):
    """With its smaller forms: those of the old one are gone, those of another focus are there."""
    root = tmp_path / "site"
    write(root, SITE | {"content/posts/two/p.png": drawn(30), "content/people/p.png": drawn(8)})
    build(root, Options(moment=NOW))
    before = {path for path in tree(root / "public") if "/pictures/" in path}
    write(root, {"content/posts/two/p.png": drawn(21)})
    person = root / "content/people/maya.md"
    person.write_text(person.read_text().replace("photo: p.png", "photo: {file: p.png, focus: left}"))
    build(root, Options(moment=NOW))
    after = tree(root / "public")
    clean = copy_of_sources(root, tmp_path / "clean")
    build(clean, Options(moment=NOW))

    assert [] == differing(after, tree(clean / "public"))
    assert before and before.isdisjoint(after)


def test_two_clean_builds_are_equal(tmp_path):
    """Neither the folder, nor the order of files on the disk, nor the clock is in any output."""
    write(tmp_path / "one", SITE)
    write(tmp_path / "elsewhere" / "two", dict(reversed(SITE.items())))
    build(tmp_path / "one", Options(moment=NOW))
    time.sleep(1.1)
    build(tmp_path / "elsewhere" / "two", Options(moment=NOW))

    assert len(tree(tmp_path / "one" / "public")) > 50
    assert [] == differing(tree(tmp_path / "one" / "public"), tree(tmp_path / "elsewhere" / "two" / "public"))


# ── law 2 ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def command(root: Path, before: str = "") -> list[str]:
    """`newsroom build` in a process of its own, after some lines of Python."""
    lines = f"{textwrap.dedent(before)}\nfrom newsroom.cli import main\nraise SystemExit(main(['build', '--site', {str(root)!r}, '--as-of', '2026-12-01 12:00']))"
    return [sys.executable, "-c", lines]


DYING = """
    import os, signal, sys
    left = [{moments}]

    def die(event, arguments):
        writes = event in ("os.rename", "os.remove", "os.mkdir") or (event == "open" and str(arguments[1] or "").startswith("w"))
        if writes and str(arguments[0]).startswith({root!r}):
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(die)
    import atexit
    atexit.register(lambda: print(-left[0], file=sys.stderr))
"""
"""Kills its own process when it is about to change the disk for the nth time; says how often it did, where it lives."""


def test_a_killed_build_leaves_whole_files_and_the_next_one_mends_the_rest(tmp_path):
    """Whenever the process dies, each file is the old or the new one, and a build later nothing tells that it died."""
    root, chance = tmp_path / "site", random.Random(17)
    write(root, SITE)
    COMPILED.clear()  # or each process would compile templates first, and write them
    build(root, Options(moment=NOW))
    write(root, {"site.toml": SETTINGS.replace("Northwind", "Other")})
    lived = subprocess.run(
        command(root, DYING.format(moments=0, root=str(root))), capture_output=True, text=True, check=True
    )
    changes = int(lived.stderr)

    assert changes > 100
    for n, moment in enumerate(sorted(chance.sample(range(1, changes), 60 if THOROUGH else 5))):
        write(root, {"site.toml": SETTINGS.replace("Northwind", f"Northwind {n}")})
        old = tree(root / "public")
        dead = subprocess.run(command(root, DYING.format(moments=moment, root=str(root))), capture_output=True)
        found = tree(root / "public")
        clean = copy_of_sources(root, tmp_path / f"clean{n}")
        build(clean, Options(moment=NOW))
        new = tree(clean / "public")

        assert -signal.SIGKILL == dead.returncode
        assert [] == [path for path in found if found[path] not in (old.get(path), new.get(path))]
        assert () == build(root, Options(moment=NOW)).problems
        assert [] == differing(new, tree(root / "public"))


def test_two_builds_at_once_do_not_mix_their_files(tmp_path):
    """While `serve` rebuilds, somebody runs `build`: the second waits, and the site is that of one clean build."""
    write(tmp_path / "site", SITE)
    clean = copy_of_sources(tmp_path / "site", tmp_path / "clean")
    build(clean, Options(moment=NOW))
    both = [subprocess.Popen(command(tmp_path / "site"), stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = sorted(process.communicate()[0] for process in both)

    assert [0, 0] == [process.returncode for process in both]
    assert [True, False] == [line.startswith("0 rendered") for line in told]
    assert [] == differing(tree(clean / "public"), tree(tmp_path / "site" / "public"))


FAILING = {
    "a template": {"themes/ours/templates/corrections.html": "{{ nothing }}"},
    "a post": {"content/posts/one.md": "---\ntitle: [\n---\n"},
}


@pytest.mark.parametrize("change", FAILING.values(), ids=FAILING)
def test_a_build_that_fails_changes_nothing(tmp_path, change):
    """Whatever fails, and however late: the last good site stays, byte for byte, and no file of the failed one."""
    write(tmp_path, SITE)
    build(tmp_path, Options(moment=NOW))
    before = tree(tmp_path / "public")
    write(tmp_path, {"content/posts/six.md": SITE["content/posts/one.md"]} | change)
    report = build(tmp_path, Options(moment=NOW))

    assert report.problems
    assert before == tree(tmp_path / "public")


def test_a_disk_that_takes_no_more_is_a_message(tmp_path):
    """When a file cannot be written, the message says so, and what was published stays."""
    write(tmp_path, SITE)
    build(tmp_path, Options(moment=NOW))
    before = tree(tmp_path / "public")
    write(tmp_path, {"content/posts/two/p.png": drawn(1, noise=360_000)})
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))"
    ended = subprocess.run(command(tmp_path, limit), capture_output=True, text=True)

    assert (1, "") == (ended.returncode, ended.stdout)
    assert ended.stderr.startswith("public: the build stopped here: File too large\nhint: make room on the disk")
    assert "Traceback" not in ended.stderr
    assert before == tree(tmp_path / "public")
    assert () == build(tmp_path, Options(moment=NOW)).problems


@pytest.mark.parametrize("name", ["public", ".newsroom", ".newsroom/staging", ".newsroom/lock/x"])
def test_a_file_where_a_folder_must_be_is_a_message(tmp_path, name):
    """Somebody's file is not deleted to make room for ours, but for what is below .newsroom/; there is no traceback."""
    write(tmp_path, SITE | {name: "somebody's file"})
    report = build(tmp_path, Options(moment=NOW))

    assert name.startswith(".newsroom/") or ["stopped"] == [problem.code for problem in report.problems]
    assert name.startswith(".newsroom/") or "somebody's file" == (tmp_path / name).read_text()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_must_not_be_written_to_is_a_message(tmp_path):
    """The last good site stays, and the message says who must change what."""
    write(tmp_path, SITE)
    build(tmp_path, Options(moment=NOW))
    write(tmp_path, {"content/posts/six.md": SITE["content/posts/one.md"].replace("One", "Six")})
    folders = [path for path in (tmp_path / "public").rglob("*") if path.is_dir()]
    for path in (*folders, tmp_path / "public"):
        path.chmod(0o555)
    report = build(tmp_path, Options(moment=NOW))
    for path in (tmp_path / "public", *folders):
        path.chmod(0o755)

    assert ["stopped"] == [problem.code for problem in report.problems]


# ── soundness: bytes change only where the fingerprint does ──────────────────────────────────────────────────────────

BASE = {
    "site.toml": 'title = "Northwind"\nurl = "https://news.example.com"\n[comments.isso]\nurl = "https://c.example.com"\n',
    "content/people/maya.md": "---\nname: Maya Okafor\ntopics: [lenses]\n---\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\nstatus: active\n---\n",
    "content/topics/lenses.md": "---\nname: Lenses\n---\n",
    "content/topics/repair.md": "---\nname: Repair\n---\n",
    "content/pages/about.md": "---\ntitle: About\n---\nWho we are.\n",
    "content/posts/a.md": "---\ntitle: A\nauthors: [maya]\ndate: 2026-11-01\n---\nSee [B](b.md).\n",
    "content/posts/b.md": "---\ntitle: B\nauthors: [maya]\ndate: 2026-11-02\nkind: KIND\n---\nWords.\n",
    # between posts by somebody else: a neighbour's card would hide that this page forgets whom it mentions
    "content/posts/c.md": "---\ntitle: C\nauthors: [jonas]\ndate: 2026-11-03\nseries: Glass\n---\n",
    "content/posts/d.md": "---\ntitle: D\nauthors: [jonas]\ndate: 2026-11-04\ncorrections: [{date: 2026-11-04, text: No, by: maya}]\n---\n",
    "content/posts/e.md": "---\ntitle: E\nauthors: [jonas]\ndate: 2026-11-05\ncontact: [maya]\n---\n",
    "content/posts/f.md": "---\ntitle: F\nauthors: [jonas]\ndate: 2026-11-06\n---\nAsk [her](person:maya), see [C](c.md).\n",
    "content/press/index.md": "---\ntitle: Press\n---\nAsk us.\n",
    "content/press/p.png": PICTURE,
    "content/press/boilerplate.md": "---\nfrom: 2026-01-01\n---\nWe make lenses.\n",
    "content/press/figures.md": "---\ntitle: Figures\n---\nSee [B](../posts/b.md).\n",
    # by somebody else than whom it quotes and sends journalists to
    "content/posts/g.md": "---\ntitle: G\nauthors: [jonas]\ndate: 2026-11-07\nkind: release\nquotes: [{by: maya, text: Yes}]\ncontacts: [maya]\n"
    "media: [{file: p.png, high: p.png, credit: Her}]\n---\nSee [B](b.md).\n",
    "content/front.md": "---\nnewest: 2\n---\n",
    "content/comments/a.yaml": "post: content/posts/a.md\ncomments:\n" + SAID,
    "content/posts/p.png": PICTURE,
    "content/people/p.png": PICTURE,
}
PERSONS = {
    "name": "Maya Other", "short_name": "May", "role": "Baker", "team": "Ovens", "pronouns": "she/her", "quote": "Well", "since": "2001",
    "photo": "{file: p.png, alt: Her, focus: left}", "languages": "[de]", "topics": "[repair]", "ask_me_about": "[bread]", "contact": "{email: m@example.com, mastodon: '@m@s.example'}",
    "answers": "{reads: all, by: [maya, jonas], within: 2 days, checked: 2026-11-20, hours: 'Mon 10:00-12:00', not_for: Jokes}",
    "office_hours": "[{every: Tuesday, at: '15:00'}]", "status": "away", "until": "2026-12-24", "cover": "jonas", "on": "2026-11-02",
    "successor": "jonas", "consent": "{email: false}", "accounts": "{isso: h1}",
    "executive": "true", "words": "[synergy]", "timezone": "Asia/Tokyo", "feed_aliases": "[/authors/maya/feed/]", "keep": "initials",
}  # fmt: skip
POSTS = {
    "title": "Other", "authors": "[jonas, maya]", "date": "2026-11-09", "updated": "2026-11-20", "kind": "answer", "topics": "[repair]",
    "series": "Glass", "summary": "In short", "image": "{file: p.png, alt: It, credit: Me, caption: So, focus: 30% 60%}", "draft": "true", "embargo": "2026-12-24",
    "expires": "2026-11-30", "signed_off": "{maya: 2026-11-01}", "help": "[{how: edited, by: jonas, note: Yes}]",
    "reviewed_by": "{jonas: 2026-11-01}", "ready": "2026-11-01", "preview": "{key: abcdefghijklmnopqrstuvwxyz, until: 2026-12-24}", "corrections": "[{date: 2026-11-03, text: No, by: jonas, kind: update}]", "answers_to": "[/2026/a/]",
    "next_update": "2026-12-02", "comments": "{provider: isso, thread: t, open: false}", "contact": "[jonas]", "aliases": "[/old/]",
    "translation": "t", "language": "de", "slug": "other", "id": "x", "dateline": "Bremen", "facts": "[One]",
    "quotes": "[{by: jonas, text: Yes}, {name: Ana, role: Pilot, text: No, signed_off: 2026-11-01}]", "media": "[{file: p.png, high: p.png, alt: It, licence: Free}]", "contacts": "[jonas]", "known": "[a]",
    "unknown": "[b]", "doing": "[c]", "closed": "2026-11-20", "question": "Why?", "asked_by": "Kim", "led_to": "[A drawing]",
    "answers": "{reads: some, by: [jonas], within: 3 days, checked: 2026-11-20}",
}  # fmt: skip
TOPICS = {"name": "Glass", "people": "[jonas]", "feed_aliases": "[/tags/glass.xml]"}
CONVERSATIONS = {"post": "content/posts/b.md", "pulled": "2026-11-20T10:00:00Z", "closed": "It is over"}
COMMENTS = {
    "id": "isso-9", "reply_to": "isso-2", "name": "Bo", "site": "https://bo.example", "account": "isso/h2", "person": "jonas",
    "date": "2026-11-19T10:00:00Z", "edited": "2026-11-23T10:00:00Z", "text": "Other", "html": "<i>Other</i>", "seen": "abc",
    "ignore": "spam", "deleted": "true", "redacted": "[name]",
}  # fmt: skip
PRESSED = {
    "title": "Us", "summary": "In short", "from": "2026-11-01", "contacts": "[jonas]", "logos": "[{file: p.png, high: p.png, alt: It, licence: Free}]",
    "coverage": "[{title: Seen, outlet: The Paper, url: 'https://p.example', date: 2026-11-01}]", "draft": "true",
}  # fmt: skip
FRONTS = {"lead": "a.md", "pinned": "[{post: c.md, until: 2026-12-24}]", "sections": "[{kind: post}]", "newest": "1"}
PAGES = {"title": "Us", "summary": "In short", "slug": "us", "menu": "true", "draft": "true", "aliases": "[/old-us/]", "language": "de", "translation": "t"}
KINDS = {
    "release": ("dateline", "facts", "quotes", "media", "contacts"), "statement": ("known", "unknown", "doing", "next_update", "closed"),
    "answer": ("question", "asked_by", "led_to"),
}  # fmt: skip
SETTINGS_TRIED = {
    "title": '"Other"', "url": '"https://example.com/news"', "language": '"de"', "languages": '["en", "de"]', "translations": '{de = {title = "N"}}\nlanguages = ["en", "de"]', "timezone": '"Asia/Tokyo"',
    "description": '"Said"', "company.name": '"Northwind Ltd"', "company.url": '"https://example.com"', "company.logo": '"people/p.png"',
    "company.same_as": '["https://x.example"]', "company.press_contacts": '["maya"]', "company.boilerplate": '"We make"',
    "posts.permalink": '"/{kind}/{slug}/"', "posts.per_page": "1", "posts.typographer": "true", "posts.trust_html": "true",
    "posts.old_after": '"1 month"', "output.minify": "true",
    "feeds.items": "1", "feeds.content": '"summary"', "feeds.hub": '"https://hub.example"', "feeds.id": '"northwind"',
    "feeds.archive": "true", "feeds.aliases": '["/rss.xml"]', "company.atproto_did": '"did:plc:ewvi7nxzyoun6zhxrhs64oiz"', "contact.confirm": "5",
    "comments.provider": '"isso"', "comments.load": '"always"', "comments.open": "false", "contact.email": '"public"',
    "contact.service": '"netlify"', "contact.endpoint": '"/api"\ncontact.service = "endpoint"', "voice.level": '"off"', "voice.languages": '["de"]',
    "voice.allow": '["x"]', "policy.sign_off": '["release"]', "policy.review": '["release"]', "policy.reviewers": '{release = ["maya"]}',
    "check.severity": '{no-id = "off"}', "check.baseline": '"baseline.json"', "theme.name": '"ours"',
    "images.widths": "[16]", "images.formats": '["webp"]',
    "cards.on": "true", "cards.fonts": '["fonts"]', "search.engine": '"pagefind"', "sharing.embeds": "false", "crawlers.indexnow": '"0123456789abcdef"', "crawlers.endpoint": '"https://search.example/indexnow"', "theme.options": '{accent = "#1a6b3c"}', "deploy": "{}",
}  # fmt: skip


def keyed(folder: str, table: dict, values: dict) -> list:
    assert table.keys() == values.keys(), "every key of the table is tried"
    return [pytest.param(folder, key, value, id=f"{folder}-{key}") for key, value in values.items()]


def settings_of(kind: type, at: str = "") -> set[str]:
    """Every setting, dotted."""
    found: set[str] = set()
    for spec in fields(kind):
        if not spec.metadata.get("help"):
            continue
        default = spec.default_factory() if callable(spec.default_factory) else spec.default
        found |= settings_of(type(default), f"{spec.name}.") if is_dataclass(default) else {at + spec.name}
    return found


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    """Build a site from nothing: path -> (fingerprint, bytes)."""
    known: dict[tuple, dict[str, tuple[str, bytes]]] = {}

    def render(files: dict[str, str | bytes]) -> dict[str, tuple[str, bytes]]:
        key = tuple(sorted((path, str(words)) for path, words in files.items()))
        if key not in known:
            known[key] = built(files)
        return known[key]

    def built(files: dict[str, str | bytes]) -> dict[str, tuple[str, bytes]]:
        root = tmp_path_factory.mktemp("site")
        write(root, files)
        report = build(root, Options(moment=NOW))
        assert () == report.problems, told(report)
        written = record.load(root / ".newsroom", code_digest()).written
        return {path: (kept[0], (root / "public" / path).read_bytes()) for path, kept in written.items()}

    return render


def unsound(one: dict, other: dict) -> list[str]:
    """Outputs that changed without their fingerprint."""
    return [
        path for path in one.keys() & other.keys() if one[path][0] == other[path][0] and one[path][1] != other[path][1]
    ]


@pytest.mark.parametrize(("folder", "key", "value"), [
    *keyed("posts", POST, POSTS), *keyed("people", PERSON, PERSONS), *keyed("topics", TOPIC, TOPICS), *keyed("pages", PAGE, PAGES),
    *keyed("press", PRESS, PRESSED), *keyed("front", FRONT, FRONTS),
])  # fmt: skip
def test_a_key_changes_only_outputs_whose_fingerprint_it_changes(rendered, folder, key, value):
    """What a page shows is covered by its fingerprint: for every key of front matter, in every output of the site."""
    path = {
        "posts": "content/posts/b.md",
        "people": "content/people/maya.md",
        "topics": "content/topics/lenses.md",
        "pages": "content/pages/about.md",
        "press": "content/press/index.md",
        "front": "content/front.md",
    }[folder]
    kind = next((kind for kind, keys in KINDS.items() if key in keys), "post") if folder == "posts" else "post"
    state = (
        {"until": "away", "cover": "away", "on": "moved", "successor": "left"}.get(key, "active")
        if folder == "people"
        else ""
    )
    base = dict(BASE) | {"content/posts/b.md": BASE["content/posts/b.md"].replace("KIND", kind)}
    if key in ("draft", "embargo", "expires"):  # an unpublished post must not be linked
        linking = ("content/posts/a.md", "content/posts/g.md", "content/press/figures.md")
        base |= {at: base[at].replace("[B](b.md)", "").replace("[B](../posts/b.md)", "") for at in linking}
    if state:
        base[path] = base[path].replace("---\n", f"---\nstatus: {state}\n", 1)
    if key == "consent":
        base[path] = base[path].replace("---\n", "---\ncontact: {email: m@example.com}\n", 1)
    lines = [line for line in base[path].split("\n") if not line.startswith(f"{key}:")]
    changed = base | {path: "\n".join([lines[0], f"{key}: {value}", *lines[1:]])}
    one, other = rendered(base), rendered(changed)

    assert [] == unsound(one, other)
    invisible = {
        "posts": {"translation", "reviewed_by", "signed_off", "ready", "preview"},
        "people": {"languages", "since", "words"},
    }.get(folder, ())
    assert one != other or key in invisible


@pytest.mark.parametrize(("folder", "key", "value"), [
    *keyed("file", CONVERSATION, CONVERSATIONS), *keyed("comment", COMMENT, COMMENTS),
])  # fmt: skip
def test_a_key_of_an_archive_changes_only_outputs_whose_fingerprint_it_changes(rendered, folder, key, value):
    """The same for what was said below posts."""
    path = "content/comments/a.yaml"
    base = BASE | {"content/posts/b.md": BASE["content/posts/b.md"].replace("KIND", "post")}
    if folder == "file":
        words = "\n".join(
            [f"{key}: {value}", *(row for row in base[path].split("\n") if not row.startswith(f"{key}:"))]
        )
    else:
        first, _, rest = SAID.partition("\n")
        kept = [item for item in first[3:-1].split(", ") if not item.startswith(f"{key}: ")]
        kept = [item for item in kept if key != "html" or not item.startswith("text: ")]
        words = base[path].replace(SAID, f"- {{{', '.join([*kept, f'{key}: {value}'])}}}\n{rest}")
    one, other = rendered(base), rendered(base | {path: words})

    assert [] == unsound(one, other)
    assert one != other or key in {"seen", "ignore", "account"}


def test_every_setting_changes_only_outputs_whose_fingerprint_it_changes(rendered):
    """The same for site.toml: with each of its settings."""
    assert settings_of(config.Config) == SETTINGS_TRIED.keys()

    base = BASE | {
        "content/posts/b.md": BASE["content/posts/b.md"].replace("KIND", "post"),
        "themes/ours/theme.toml": 'extends = "default"\n',
    }
    one = rendered(base)
    head, _, service = base["site.toml"].partition("[comments.isso]")
    for name, value in SETTINGS_TRIED.items():
        lines = [line for line in head.split("\n") if not line.startswith(f"{name} ")]
        toml = f"{name} = {value}\n" + "\n".join(lines) + f"[comments.isso]{service}"
        other = rendered(base | {"site.toml": toml})

        assert [] == unsound(one, other), name


@pytest.mark.parametrize("mode", ["public", "obfuscated", "form"])
def test_a_persons_address_changes_only_outputs_whose_fingerprint_it_changes(rendered, mode):
    """Also those that a writer put it into: where addresses are replaced, any output may hold any person's."""
    said = "Or write to m@example.com, or to maya@example.com.\n"
    base = BASE | {
        "site.toml": f'contact = {{email = "{mode}", service = "netlify"}}\n' + BASE["site.toml"],
        "content/people/maya.md": "---\nname: Maya Okafor\ncontact: {email: m@example.com}\n---\n",
        "content/people/jonas.md": (
            "---\nname: Jonas Lind\nrole: Ask maya@example.com\nask_me_about: [m@example.com]\n"
            "office_hours: [{every: Tuesday, at: '15:00', where: Call maya@example.com, from: 2026-01-06}]\n---\n"
        ),
        "content/topics/lenses.md": f"---\nname: Lenses\n---\n{said}",
        "content/pages/about.md": f"---\ntitle: About\n---\n{said}",
        "content/posts/b.md": BASE["content/posts/b.md"].replace("KIND", "post") + said,
    }
    moved = base["content/people/maya.md"].replace("m@example.com", "maya@example.com")
    one, other = rendered(base), rendered(base | {"content/people/maya.md": moved})

    assert [] == unsound(one, other)
    assert (one["about/index.html"] != other["about/index.html"]) is (mode == "form")


TURNS = [
    datetime(2026, 12, day, hour, tzinfo=UTC)
    for day, hour in ((1, 13), (2, 0), (2, 12), (2, 23), (3, 0), (3, 11), (3, 18))
]
"""When something falls due in the site below, or a day ends in its zone or in UTC."""


@settings(max_examples=30 if THOROUGH else 4, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.sampled_from(TURNS), st.sampled_from([-1, -1e-6, 0, 0.5, 1, 3600])), min_size=2, max_size=5)
)
def test_whatever_time_passes_between_two_builds_nothing_stays_that_has_ended(tmp_path_factory, moments):
    """A build that finds every file as it was still knows when a post, a promise, an absence or a day is over."""
    root = tmp_path_factory.mktemp("time")
    person = "---\nname: Maya Okafor\nstatus: {state: away, until: 2026-12-03}\nconsent: {until: 2026-12-02}\nphoto: p.png\n---\n"
    write(root / "site", SITE | {
        "site.toml": 'timezone = "Pacific/Auckland"\n' + SETTINGS, "content/people/maya.md": person,
        "content/posts/four.md": "---\ntitle: Four\nauthors: [jonas]\ndate: 2026-12-02 01:00\nexpires: 2026-12-04 07:00\n---\n",
        "content/posts/three.md": "---\ntitle: Three\nauthors: [maya]\ndate: 2026-11-30\nkind: statement\nnext_update: 2026-12-02 02:00\n---\n",
        "content/posts/six.md": "---\ntitle: Six\nauthors: [maya]\ndate: 2026-11-30\nembargo: 2026-12-03 01:00\n---\n",
        "content/posts/seven.md": "---\ntitle: Seven\nauthors: [jonas]\ndate: 2026-11-01\ncorrections: [{date: 2026-12-03, text: No}, {date: 2026-12-04, kind: retraction, text: Gone}]\n---\nWords\n",
        "content/front.md": "---\nlead: seven\npinned: [{post: six}, {post: one, until: '2026-12-03 12:00'}]\n---\n",
        "content/posts/eight.md": f"---\ntitle: Eight\nauthors: [maya]\ndate: 2026-12-24\npreview: {{key: {'k' * 26}, until: 2026-12-03 13:00}}\n---\n",
        "content/posts/nine.md": "---\ntitle: Nine\nauthors: [jonas]\ndate: 2024-12-03\n---\nOld in two years\n",
        "content/people/lena.md": "---\nname: Lena\ntimezone: UTC\noffice_hours: [{every: day, at: '11:30', minutes: 30}]\n---\n",
    })  # fmt: skip
    for number, (turn, seconds) in enumerate(moments):
        options = Options(drafts=True, moment=turn + timedelta(seconds=seconds))
        clean = copy_of_sources(root / "site", root / str(number))
        assert told(build(clean, options)) == told(build(root / "site", options)) == []
        assert [] == differing(tree(clean / "public"), tree(root / "site" / "public"))


def test_time_changes_only_outputs_whose_fingerprint_it_changes(make_site):
    """What falls due (a statement, an absence, a consent, a promise) is in the fingerprints of what shows it."""
    person = (
        "---\nname: Maya Okafor\nphoto: p.png\nstatus: {state: away, until: 2026-12-05}\nconsent: {until: 2026-12-20}\n"
        "contact: {email: m@example.com}\nanswers: {reads: all, by: [maya], within: 2 days, checked: 2026-07-01}\n"
        "office_hours: [{every: Tuesday, at: '15:00', until: 2026-12-10}]\n---\n"
    )
    leaving = "---\nname: Jonas Lind\nstatus: {state: left, on: 2026-12-12, successor: maya}\n---\n"
    post = "---\ntitle: B\nauthors: [maya, jonas]\ndate: 2026-11-02\nkind: statement\nnext_update: 2026-12-07\n---\n"
    draft = "---\ntitle: D\nauthors: [maya]\ndraft: true\n---\n"
    files = {
        "content/people/maya.md": person, "content/people/jonas.md": leaving, "content/people/p.png": PICTURE,
        "content/posts/b.md": post, "content/posts/d.md": draft, "content/posts/r.md": "---\ntitle: R\nauthors: [maya]\n"
        "date: 2026-11-01\ncorrections: [{date: 2026-12-06, text: No}, {date: 2026-12-11, kind: retraction, text: Gone}]\n---\nWords\n",
        "content/posts/o.md": "---\ntitle: O\nauthors: [maya]\ndate: 2024-12-08\n---\nOld\n",
        "content/front.md": "---\npinned: [{post: r}, {post: d, until: 2026-12-10}]\n---\n",
    }  # fmt: skip
    site = make_site(files)
    seen: dict[tuple[str, str], bytes] = {}
    states = set()
    for days in (0, 4, 6, 9, 11, 19, 20, 50):
        report = site.build(moment=NOW + timedelta(days=days), drafts=True)
        assert () == report.problems
        written = record.load(site.root / ".newsroom", code_digest()).written
        (site.root / ".newsroom" / "record").unlink()
        outputs = site.outputs()
        states.add(outputs["people/maya/index.html"])
        for path, raw in outputs.items():
            assert raw == seen.setdefault((path, written[path][0]), raw), f"{path} after {days} days"
    assert len(states) > 3
