"""What a writer gets wrong: one mistake gives one message with its place and the next step, and no build ever breaks.

The mistakes that can be written down as text stand in fixtures/wrong-inputs.txt, each with the message in full.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from lxml import etree

from newsroom.build import Options, build
from newsroom.errors import text

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
HEAD = "---\ntitle: A\nauthors: [maya]\ndate: 2026-11-02\n"
SOUND = {
    "site.toml": 'title = "Northwind Newsroom"\nurl = "https://news.example.com"\n',
    "content/people/maya.md": "---\nname: Maya Okafor\n---\n",
    "content/posts/a.md": HEAD + "---\nWords.\n",
}
"""A site without a mistake. A file of a case that is marked with + goes on where this one's front matter ends."""
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b49444154789c6360000200000500017a5eab3f"
    "0000000049454e44ae426082"
)


def cases() -> Iterator[Any]:
    """(files, what is said) of each mistake in the fixture."""
    written = (Path(__file__).parent / "fixtures" / "wrong-inputs.txt").read_text("utf-8")
    for case in written.split("════ ")[1:]:
        name, *parts = re.split(r"^(?:════|────) ?", "════ " + case, flags=re.M)[1:]
        files = {}
        *sources, said = [part.split("\n", 1) for part in parts]
        for path, words in sources:
            files[path.removesuffix(" +")] = added(path.removesuffix(" +"), words) if path.endswith(" +") else words
        assert said[0] == "says", name
        yield pytest.param(files, said[1].strip("\n"), id=name.strip())


def added(path: str, lines: str) -> str:
    """The sound file with more lines in its front matter or its settings."""
    if path == "site.toml":
        return SOUND[path] + lines
    head, _, body = SOUND[path].removeprefix("---\n").partition("---\n")
    return f"---\n{head}{lines}---\n{body}"


def told(report) -> str:
    return "\n\n".join(text(problem) for problem in report.problems)


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    """A site that was built while there was no mistake in it: once, because compiling templates is most of a build."""
    root = tmp_path_factory.mktemp("sound")
    for path, words in SOUND.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(words)

    assert () == build(root, Options(moment=NOW)).problems
    return root


@pytest.fixture
def published(make_site, sound):
    """The sound site, to make a mistake in."""
    site = make_site()
    shutil.copytree(sound, site.root, dirs_exist_ok=True)
    site.before = site.outputs()
    return site


@pytest.mark.parametrize(("files", "said"), list(cases()))
def test_one_mistake_gives_one_message_and_changes_nothing(published, files, said):
    """The message names the place and the next step; what was published before stays, byte for byte."""
    for path, words in files.items():
        published.write(path, words.encode())
    report = published.build(moment=NOW)

    assert said == told(report)
    assert all(problem.hint for problem in report.problems)
    assert published.before == published.outputs()


BYTES = {
    "a letter of another encoding": (
        b"---\ntitle: caf\xe9\n---\n",
        "content/posts/b.md:2:11: is not UTF-8: the byte 0xe9 has no meaning here",
    ),
    "another encoding of all": (
        HEAD.encode("utf-16"),
        "content/posts/b.md:1:1: is not UTF-8: the byte 0xff has no meaning here",
    ),
    "a null byte": (b"---\ntitle: A\0\n---\n", "content/posts/b.md:2:9: there is a null byte in the text"),
    "a terminal's command": (
        b"---\ntitle: A\x1b[31m\n---\n",
        "content/posts/b.md:2:9: there is a control character, U+001B in the text",
    ),
    "a backspace in the text": (
        HEAD.encode() + b"---\nx \x08 y\n",
        "content/posts/b.md:6:3: there is a control character, U+0008 in the text",
    ),
    "lists without end": (
        HEAD.encode() + b"kind: release\nfacts: " + b"[" * 100_000 + b"\n---\n",
        "content/posts/b.md:6:27: the front matter nests too deep",
    ),
    "lists in lists in lines": (
        HEAD.encode() + b"facts:\n" + b"".join(b" " * n + b"-\n" for n in range(1, 400)) + b"---\n",
        "content/posts/b.md:25:21: the front matter nests too deep",
    ),
}


@pytest.mark.parametrize(("raw", "said"), BYTES.values(), ids=BYTES)
def test_bytes_that_are_no_text_are_told_with_their_place(published, raw, said):
    """No byte that a file can hold ends a build without a message, and no message carries a control character."""
    published.write("content/posts/b.md", raw)
    report = published.build(moment=NOW)

    assert [said] == told(report).split("\n")[:1]
    assert told(report).replace("\n", "").isprintable()
    assert published.before == published.outputs()


def test_settings_that_nest_too_deep_are_a_message(published):
    """A thousand brackets in site.toml are a mistake like any other."""
    published.write("site.toml", SOUND["site.toml"] + "x = " + "[" * 5000)

    assert "site.toml:1:1: nests too deep\nhint: no setting needs a list of lists" == told(published.build(moment=NOW))


# ── what stands where a file should ──────────────────────────────────────────────────────────────────────────────────


def pointing(path: str, to: str) -> Callable[[Path], None]:
    """Put a symbolic link into a site, after `outside/`, a folder beside it, is there to point at."""

    def change(root: Path) -> None:
        outside = root.parent / "outside"
        (outside / "posts").mkdir(parents=True)
        (outside / "secret.md").write_text(SOUND["content/posts/a.md"])
        (outside / "theme.toml").write_text("")
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).symlink_to(to)

    return change


def content_elsewhere(root: Path) -> None:
    (root / "content").rename(root.parent / "content")
    (root / "content").symlink_to(root.parent / "content")


def a_socket(root: Path) -> None:
    before = os.getcwd()
    os.chdir(root / "content/posts")  # the name of a socket may have 108 bytes
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("s.md")
    finally:
        os.chdir(before)


def a_theme(root: Path) -> None:
    (root / "themes/ours/static").mkdir(parents=True)
    (root / "themes/ours/theme.toml").write_text('extends = "default"\n')
    (root / "site.toml").write_text(SOUND["site.toml"] + '[theme]\nname = "ours"\n')
    pointing("themes/ours/static/s.css", "../../../../outside/secret.md")(root)


OUT = "copy the file in: nothing is read from outside the site's root"
PLACES = {
    "a link out to a file": (
        pointing("content/posts/s.md", "../../../outside/secret.md"),
        f"content/posts/s.md: is a link out of the site's folder\nhint: {OUT}",
    ),
    "a link out to a folder": (
        pointing("content/posts/s", "../../../outside"),
        f"content/posts/s: is a link out of the site's folder\nhint: {OUT}",
    ),
    "content as a link out": (
        content_elsewhere,
        "content: is a link out of the site's folder\n"
        "hint: copy the folder in: nothing is read from outside the site's root",
    ),
    "a link to the folder it is in": (
        pointing("content/posts/s", "."),
        "content/posts/s: is a link to a folder\nhint: copy the folder in",
    ),
    "a link to itself": (
        pointing("content/posts/s.md", "s.md"),
        "content/posts/s.md: cannot be read: Too many levels of symbolic links\nhint: is it a broken link?",
    ),
    "a link to nothing": (
        pointing("content/posts/s.md", "nothing.md"),
        "content/posts/s.md: cannot be read: No such file or directory\nhint: is it a broken link?",
    ),
    "a pipe": (
        lambda root: os.mkfifo(root / "content/posts/s.md"),
        "content/posts/s.md: is neither a file nor a folder\nhint: take it out of content/",
    ),
    "a socket": (a_socket, "content/posts/s.md: is neither a file nor a folder\nhint: take it out of content/"),
    "a link out of the theme": (
        a_theme,
        "themes/ours/static/s.css: is a link out of the theme's folder\n"
        "hint: copy it in: nothing is read from outside the theme",
    ),
    "a folder where the settings should be": (
        lambda root: ((root / "site.toml").unlink(), (root / "site.toml").mkdir()),
        "site.toml: cannot be read: Is a directory\nhint: check what it is, and its permissions",
    ),
    "no settings": (
        lambda root: (root / "site.toml").unlink(),
        "site.toml: there is no site.toml here\n"
        "hint: run this in a newsroom's folder, or start one: newsroom init DIR",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "said"), PLACES.values(), ids=PLACES)
def test_what_is_no_file_of_the_site_is_not_read(published, change, said):
    """Links that leave the site, pipes and sockets are told, and neither followed nor waited for."""
    change(published.root)

    assert said == told(published.build(moment=NOW))
    assert published.before == published.outputs()


# ── what is right, however odd it looks ──────────────────────────────────────────────────────────────────────────────

DATES = {
    "2026-11-02": "2026-11-02T00:00:00+01:00",
    "2026-1-05 18:00:00": "2026-01-05T18:00:00+01:00",
    "2015-10-06 10:00:24 -0400": "2015-10-06T10:00:24-04:00",
    "2016-06-17 12:00-400": "2016-06-17T12:00:00-04:00",
    "2016-03-18 12:00 EDT": "2016-03-18T12:00:00-04:00",
    "July 27, 2021": "2021-07-27T00:00:00+02:00",
    "2016-03-18T12:00:00Z": "2016-03-18T12:00:00+00:00",
    "2016-03-18 12:00 # as announced": "2016-03-18T12:00:00+01:00",
    "2016-07-19 (optional)": '"2016-07-19 (optional)" is not a date',
    "2023-01-29 18:30:22 2023 -0800": '"2023-01-29 18:30:22 2023 -0800" is not a date',
    "11-9-2017": '"11-9-2017" is not a date that has one reading',
    "2026-02-30": '"2026-02-30" is not in the calendar or on the clock',
    "2026-11-02 24:30": '"2026-11-02 24:30" is not in the calendar or on the clock',
    "2016-03-18 12:00 CEST": '"2016-03-18 12:00 CEST" names a zone, "CEST", that has more than one meaning',
    "2016-03-18 12:00 +99:00": '"2016-03-18 12:00 +99:00" has an offset that no place keeps',
    "tomorrow": '"tomorrow" is not a date',
}
"""What people write for a date -> what it means in Berlin, or what is said of it."""


@pytest.mark.parametrize(("written", "meant"), DATES.items(), ids=DATES)
def test_a_date_with_one_reading_is_understood_and_no_other_is(published, written, meant):
    """A date that could be two days is a mistake with a place; each that is one day is that day."""
    site = published
    site.write("site.toml", SOUND["site.toml"] + 'timezone = "Europe/Berlin"\n')
    site.write("content/posts/a.md", f"---\ntitle: A\nauthors: [maya]\ndate: {written}\n---\n")
    report = site.build(moment=NOW)

    if meant[:1].isdigit():
        assert "" == told(report)
        assert [meant] == [item["date_published"] for item in json.loads(site.read("feed.json"))["items"]]
    else:
        assert f"content/posts/a.md:4:7: {meant}" == told(report).split("\n")[0]


NAMES = {
    "a:b": "a-b", "what?": "what", "“quoted”": "quoted", "élan": "elan", "-leading": "leading", "space ": "space",
    "x%e2%80%8ay": "x-y", "2026-11-02-dated": "dated", "x" * 250: "x" * 120,
}  # fmt: skip


@pytest.mark.parametrize(("name", "slug"), NAMES.items(), ids=[name[:20] for name in NAMES])
def test_an_odd_file_name_still_makes_an_address(published, name, slug):
    """What a file system takes as a name, a post may have."""
    published.write(f"content/posts/{name}.md", SOUND["content/posts/a.md"])

    assert "" == told(published.build(moment=NOW))
    assert f"2026/{slug}/index.html" in published.outputs()


def test_pictures_with_odd_names_are_found_at_their_addresses(make_site):
    """`?`, `#` and `%` in a file's name are part of the name, not of the address around it."""
    names = ["a?b.png", "100%.png", "sp ace.png", "h#.png", "%2e.png"]
    body = "![a](a%3Fb.png) ![b](100%25.png) ![c](<sp ace.png>) ![d](h%23.png) ![e](%252e.png)\n"
    site = make_site({**SOUND, "content/posts/a.md": HEAD + "---\n" + body})
    for name in names:
        site.write(f"content/posts/{name}", PICTURE)

    assert "" == told(site.build(moment=NOW))
    shown = [img["src"] for img in BeautifulSoup(site.read("2026/a/index.html"), "lxml").select(".e-content img")]
    assert ["a%3Fb.png", "100%25.png", "sp%20ace.png", "h%23.png", "%252e.png"] == [s.split("/")[-1] for s in shown]
    assert {f"2026/a/{name}" for name in names} <= site.outputs().keys()


FINE = {
    "no content folder": {"content": None},
    "a byte-order mark": {path: b"\xef\xbb\xbf" + words.encode() for path, words in SOUND.items()},
    "line ends of another system": {path: words.replace("\n", "\r\n") for path, words in SOUND.items()},
    "a title of 5,000 characters": {"content/posts/a.md": HEAD.replace("A\n", "A" * 5000 + "\n", 1) + "---\n"},
    "fourteen authors": {
        "content/posts/a.md": HEAD.replace("maya", ", ".join(f"p{n}" for n in range(14))) + "---\n",
        **{f"content/people/p{n}.md": f"---\nname: Person Number{n}\n---\n" for n in range(14)},
    },
    "Markdown beside index.md": {
        "content/posts/b/index.md": HEAD + "---\n", "content/posts/b/notes.md": "no front matter",
    },
    "a folder without index.md": {"content/posts/b/notes.txt": "no post"},
    "quotations in quotations": {"content/posts/a.md": HEAD + "---\n" + "> " * 3000 + "deep\n"},
    "a tab after a value": {"content/posts/a.md": HEAD.replace("A\n", "A\t\n", 1) + "---\n"},
    "a rule in the text": {"content/posts/a.md": HEAD + "---\nBefore.\n\n---\n\nAfter.\n"},
    "blank lines before the front matter": {"content/posts/a.md": "\n\n\n" + HEAD + "---\n"},
    "one key twice with one value": {"content/posts/a.md": HEAD + "title: A\n---\n"},
    "characters that no title needs": {"content/posts/a.md": HEAD.replace("A\n", '"A\\0\\x1b\u200b"\n', 1) + "---\n"},
}  # fmt: skip


@pytest.mark.parametrize("files", FINE.values(), ids=FINE)
def test_what_is_odd_and_right_is_built(published, files):
    """No message where there is no mistake; every page is HTML and every feed is XML without a control character."""
    site = published
    for path, words in files.items():
        site.remove(path) if words is None else site.write(path, words)

    assert "" == told(site.build(moment=NOW))
    for path, raw in site.outputs().items():
        assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", raw) or path.endswith((".png", ".jpg")), path
        if path.endswith((".xml", ".opml")):
            etree.fromstring(raw)


# ── scripts in every text ────────────────────────────────────────────────────────────────────────────────────────────

SCRIPT = "<script>evil()</script><img src=https://evil.example/x onerror=evil()>]]>&quot;' onload=evil() x='"
IN_YAML = json.dumps(SCRIPT)
SCRIPTED = {
    "site.toml": f"title = {IN_YAML}\ndescription = {IN_YAML}\nurl = 'https://news.example.com'\n"
    f"[company]\nname = {json.dumps(SCRIPT + 'Ltd')}\nboilerplate = {IN_YAML}\n[theme.options]\nfooter_note = {IN_YAML}\n",
    "content/people/maya.md": f"---\nname: {IN_YAML[:-1]} Maya\"\nshort_name: {IN_YAML}\nrole: {IN_YAML}\n"
    f"team: {IN_YAML}\nquote: {IN_YAML}\npronouns: {IN_YAML}\nphoto: {{file: p.png, alt: {IN_YAML}}}\n"
    f"ask_me_about: [{IN_YAML}]\ntopics: [lenses]\nsince: {IN_YAML}\n"
    f"answers: {{reads: all, by: [maya], within: 2 days, not_for: {IN_YAML}, checked: 2026-11-01, hours: {IN_YAML}}}\n"
    f"office_hours: [{{every: {IN_YAML}, at: '15:00', where: {IN_YAML}}}]\ncontact: {{email: maya@example.com}}\n"
    f"---\n{SCRIPT}\n\n[x](javascript:evil()) [y](JaVa\tScript:evil()) ![z](javascript:evil())\n",
    "content/topics/lenses.md": f"---\nname: {IN_YAML}\npeople: [maya]\n---\n{SCRIPT}\n",
    "content/pages/about.md": f"---\ntitle: {IN_YAML}\nsummary: {IN_YAML}\nmenu: true\n---\n{SCRIPT}\n",
    "content/posts/a.md": HEAD.replace("title: A", f"title: {IN_YAML}")
    + f"summary: {IN_YAML}\ntopics: [lenses]\nkind: release\ndateline: {IN_YAML}\nfacts: [{IN_YAML}]\n"
    f"quotes: [{{by: maya, text: {IN_YAML}, signed_off: 2026-11-01}}]\nmedia: [{{file: p.png, alt: {IN_YAML}, credit: {IN_YAML}}}]\n"
    f"image: {{file: p.png, alt: {IN_YAML}, credit: {IN_YAML}, caption: {IN_YAML}}}\nhelp: [{{how: edited, note: {IN_YAML}}}]\n"
    f"corrections: [{{date: 2026-11-03, text: {IN_YAML}, by: maya}}]\nlanguage: en\nid: {IN_YAML}\ntranslation: {IN_YAML}\n"
    f"---\n# {SCRIPT}\n\n{SCRIPT}\n\n```{SCRIPT}\n{SCRIPT}\n```\n\n[x](javascript:evil()) <a href='java&#115;cript:evil()'>y</a>\n"
    "<svg onload=evil()><iframe srcdoc='<script>evil()</script>'></iframe><base href=//evil.example>\n",
    "content/posts/b.md": HEAD + f"kind: answer\nquestion: {IN_YAML}\nasked_by: {IN_YAML}\ncomments: {{provider: isso, thread: {IN_YAML}}}\n---\n",
    "content/posts/c.md": HEAD + f"kind: statement\nknown: [{IN_YAML}]\nunknown: [{IN_YAML}]\ndoing: [{IN_YAML}]\nnext_update: 2026-12-02\n---\n",
    "content/posts/p.png": PICTURE,
    "content/people/p.png": PICTURE,
}  # fmt: skip


def live(html: str, parser: str = "lxml") -> list[str]:
    """What a browser would run or fetch without being asked: foreign scripts, handlers, script addresses, frames, bases."""
    found = []
    for element in BeautifulSoup(html, parser).find_all(True):
        attributes = {name.lower(): str(value) for name, value in element.attrs.items()}
        ours = element.name == "script" and attributes.get("src", "").startswith("/assets/") and not element.string
        ours |= element.name == "base" and attributes == {"target": "_blank"}  # of a post shown in a frame: no address
        if element.name == "script" and element.get("type") == "application/ld+json":
            json.loads(str(element.string))  # data: nothing runs it, as long as nothing ends it early
            continue
        if element.name in ("script", "iframe", "frame", "object", "embed", "base", "svg") and not ours:
            found.append(str(element)[:80])
        found += [f"<{element.name} {name}>" for name in attributes if name.startswith("on")]
        found += [
            f"<{element.name} {name}={value[:40]}>" for name, value in attributes.items()
            if re.sub(r"[\x00-\x20]", "", value).lower().startswith(("javascript:", "vbscript:", "data:text"))
        ]  # fmt: skip
    return found


def test_a_script_in_any_text_is_text_in_every_output(make_site):
    """What somebody wrote as a title, a name or a question runs nowhere: not in pages, feeds or lists of feeds."""
    site = make_site(SCRIPTED)
    site.write("site.toml", SCRIPTED["site.toml"] + '[comments.isso]\nurl = "https://comments.example.com"\n')

    assert "" == told(site.build(moment=NOW))
    checked = set()
    for path, raw in site.outputs().items():
        kind = path.rpartition(".")[2]
        checked.add(kind)
        if kind == "html":
            assert [] == live(raw.decode()), path
        elif kind in ("xml", "opml"):
            root = etree.fromstring(raw)
            tags = {etree.QName(element).localname for element in root.iter() if isinstance(element.tag, str)}
            assert not tags & {"script", "img", "svg", "iframe"}, path
            for element in root.iter("{*}content", "{*}encoded", "{*}description", "{*}summary", "{*}title"):
                if element.get("type") != "text" and etree.QName(element).localname in ("content", "encoded"):
                    assert [] == live(element.text or ""), path
        elif path.endswith("/oembed.json"):
            checked.add("oembed")
            html = json.loads(raw)["html"]
            frame = BeautifulSoup(html, "lxml").iframe
            assert [str(frame)[:80]] == live(html), path
            assert frame["src"].startswith("https://news.example.com/"), path
        elif path.endswith("feed.json"):
            for item in json.loads(raw)["items"]:
                assert [] == live(item.get("content_html", "")), path
    assert {"html", "xml", "opml", "json", "oembed"} <= checked


def test_the_search_for_live_scripts_finds_them():
    """A test that finds nothing must be able to find something."""
    for html in (
        "<p onclick=x>",
        "<script>x</script>",
        "<a href='java\nscript:x'>",
        "<iframe>",
        "<base href=//x>",
        "<base href=//x target=_blank>",
    ):
        assert live(html), html


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────────────────


def newsroom(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "newsroom", *arguments], capture_output=True, text=True, timeout=60)


BROKEN = {
    "a post": ("content/posts/a.md", "---\ntitle: [\n---\n"),
    "settings": ("site.toml", "title = \n"),
    "a person": ("content/people/maya.md", "---\nname: Admin\n---\n"),
    "a mention": ("content/posts/a.md", HEAD + "help: [{how: edited, by: nobody}]\n---\n"),
}


@pytest.mark.parametrize(("path", "words"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_mistake_ends_the_command_with_1_and_without_a_traceback(make_site, command, path, words):
    """Exit code 1, the message and a count on standard error, nothing on standard output."""
    site = make_site(SOUND)
    site.write(path, words)
    ended = newsroom(command, "--site", str(site.root), "--as-of", "2026-12-01")

    assert 1 == ended.returncode
    assert "Traceback" not in ended.stderr
    assert "\nhint: " in ended.stderr and "1 error" in ended.stderr
    assert "" == ended.stdout
    assert not (site.root / "public").exists()


def test_as_json_a_mistake_has_its_place_in_fields(make_site):
    """What a program would look for is a field of its own."""
    site = make_site({**SOUND, "content/posts/a.md": HEAD + "tpics: [x]\n---\n"})
    ended = newsroom("build", "--json", "--site", str(site.root))
    (problem,) = json.loads(ended.stdout)["problems"]

    assert 1 == ended.returncode
    assert ("unknown-key", "error", "content/posts/a.md", 5, 1) == tuple(
        problem[name] for name in ("code", "severity", "path", "line", "column")
    )
