"""The command line: what is printed where, exit codes, and what is imported."""

import json
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

import pytest

from newsroom import __version__
from newsroom.cli import COMMANDS, parser

SITE = {
    "content/people/maya.md": "---\nname: Maya Okafor\ncontact: {email: maya@example.com}\n---\nBio\n",
    "content/posts/a.md": "---\ntitle: A\nauthors: [maya]\ndate: 2026-11-02\nid: a\n---\nWords\n",
}


def run(*arguments, cwd=None):
    """(exit code, standard output, standard error) of the program itself."""
    done = subprocess.run(
        [sys.executable, "-m", "newsroom", *arguments],
        cwd=cwd or Path(__file__).parent.parent,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_build_tells_what_it_did(make_site, newsroom):
    """One line; the second build of the same files renders nothing."""
    site = make_site(SITE)
    code, out, err = newsroom("build", "--site", site.root)
    assert (code, err) == (0, "")
    assert out.startswith(f"{len(site.outputs())} rendered, 0 unchanged in ") and out.endswith(" s\n")

    site.remove("content/posts/a.md")
    assert (
        newsroom("build", "--site", site.root)[1].split(" in ")[0].endswith(", 6 removed")
    )  # two are its week's digest, one its year's list, two are for sites that embed it
    assert newsroom("build", "--site", site.root)[1].startswith("0 rendered, ")


def test_a_mistake_is_told_on_standard_error(make_site, newsroom):
    """With a count at the end and exit code 1; nothing is on standard output."""
    site = make_site(
        SITE | {"content/posts/b.md": SITE["content/posts/a.md"].replace("maya", "mya").replace("id: a", "id: b")}
    )

    assert newsroom("build", "--site", site.root) == (
        1, "",
        'content/posts/b.md:3:11: unknown author "mya"\n    3 | authors: [mya]\n      |           ^^^\n'
        'hint: did you mean "maya"? People are defined in content/people/.\n\n1 error: nothing was written\n',
    )  # fmt: skip
    assert not (site.root / "public").exists()


def test_check_counts_errors_and_warnings(make_site, newsroom):
    """Warnings alone are no failure."""
    site = make_site(SITE)
    assert newsroom("check", "--site", site.root) == (0, "no problems found\n", "")

    site.edit("content/posts/a.md", "id: a\n", "")
    code, out, err = newsroom("check", "--site", site.root)
    assert (code, out, err.split("\n")[-2]) == (0, "", "1 warning")

    site.edit("content/posts/a.md", "Words", "[x](/gone/) [y](/gone/too/)")
    code, out, err = newsroom("check", "--site", site.root)
    assert (code, out, err.split("\n")[-2]) == (1, "", "2 errors and 1 warning")


def test_json_is_for_programs(make_site, newsroom):
    """The same facts, on standard output, with the same exit codes."""
    site = make_site(SITE)
    code, out, err = newsroom("build", "--json", "--site", site.root)
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert set(told) == {"rendered", "unchanged", "removed", "parsed", "seconds", "problems"}
    assert (told["parsed"], told["problems"], "2026/a/index.html" in told["rendered"]) == (2, [], True)

    site.edit("content/posts/a.md", "[maya]", "[mya]")
    for command in ("build", "check"):
        code, out, err = newsroom(command, "--json", "--site", site.root)
        problems = json.loads(out)["problems"] if command == "build" else json.loads(out)
        assert (code, err) == (1, "")
        assert problems == [{
            "code": "unknown-author", "severity": "error", "message": 'unknown author "mya"', "path": "content/posts/a.md", "line": 3,
            "column": 11, "hint": 'did you mean "maya"? People are defined in content/people/.',
        }]  # fmt: skip


def test_drafts_and_another_moment_are_shown_when_asked_for(make_site, newsroom):
    """A future post is there as of its day, a draft with --drafts."""
    site = make_site(SITE | {"content/posts/b.md": "---\ntitle: B\nauthors: [maya]\ndate: 2999-01-01\n---\nx\n",
                             "content/posts/c.md": "---\ntitle: C\nauthors: [maya]\ndraft: true\ndate: 2026-01-01\n---\nx\n"})  # fmt: skip
    newsroom("build", "--site", site.root)
    assert not {path for path in site.outputs() if path.startswith(("2999/b", "2026/c"))}

    assert newsroom("build", "--site", site.root, "--drafts", "--as-of", "2999-01-01 00:00")[0] == 0
    assert {"2999/b/index.html", "2026/c/index.html"} <= site.outputs().keys()


@pytest.mark.parametrize("command", ["build", "check", "serve"])
def test_a_moment_that_is_none_is_wrong_usage(make_site, newsroom, command):
    """Exit code 2, and the way to write one."""
    site = make_site(SITE)

    assert newsroom(command, "--site", site.root, "--as-of", "soon") == (
        2, "", '--as-of: "soon" is not a date\n'
        'hint: write it as 2026-11-02, "2026-11-02 09:00" or "2026-11-02 09:00 +01:00"\n\n1 error\n',
    )  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("bild",),
        ("build", "--nope"),
        ("new", "poem", "x"),
        ("new", "post"),
        ("serve", "--port", "x"),
        ("completion", "cmd"),
    ],
)
def test_wrong_usage_is_exit_code_2(newsroom, arguments):
    """And the way it is used, on standard error."""
    code, out, err = newsroom(*arguments)

    assert (code, out) == (2, "") and err.startswith("usage: newsroom")


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("biuld",), 'hint: did you mean "build"?\n'),
        (("new", "pots"), 'hint: did you mean "post"?\n'),
        (("completion", "bsh"), 'hint: did you mean "bash"?\n'),
        (("xyz",), ""),
        (("new", "post"), ""),
    ],
)
def test_a_word_that_is_one_letter_off_is_told_with_a_guess(newsroom, arguments, hint):
    """Commands, kinds of post and shells; nothing is guessed where nothing is near."""
    code, _, err = newsroom(*arguments)

    assert (code, "".join(line + "\n" for line in err.split("\n") if line.startswith("hint"))) == (2, hint)


def test_below_a_sites_folder_the_folder_is_named(make_site, newsroom, monkeypatch):
    """Whoever stands in content/posts/ is told where the site is, and the option that leads there."""
    site = make_site(SITE)
    hint = "site.toml: there is no site.toml here\nhint: there is one in {0}: run it there, or add --site {0}\n"
    monkeypatch.chdir(site.root / "content" / "posts")

    assert newsroom("build")[2].startswith(hint.format("../.."))
    assert newsroom("check", "--site", "..")[2].startswith(hint.format("../.."))
    assert newsroom("build", "--site", "../..")[0] == 0


@pytest.mark.parametrize(
    "command", [command for command in COMMANDS if command.name in ("new", "build", "check")], ids=lambda c: c.name
)
def test_outside_a_site_every_command_says_so(tmp_path, newsroom, command):
    """Exit code 1, nothing written."""
    arguments = {"new": ("post", "Hello")}.get(command.name, ())
    code, out, err = newsroom(command.name, *arguments, "--site", tmp_path)

    assert (code, out) == (1, "")
    assert err.startswith(
        "site.toml: there is no site.toml here\nhint: run this in a newsroom's folder, or start one: newsroom init DIR\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_new_site_is_served_next(tmp_path, newsroom):
    """What was written, and the next command, ready to be pasted."""
    code, out, err = newsroom("init", tmp_path / "my site")

    assert (code, err) == (0, "")
    assert out.startswith("wrote site.toml\n") and out.endswith(
        f"\nNext: cd '{tmp_path / 'my site'}' && newsroom serve\n"
    )
    assert newsroom("init", tmp_path / "my site")[0] == 1


def test_a_new_post_is_told_to_be_a_draft(make_site, newsroom):
    """And how it is published; a new person is no draft."""
    site = make_site(SITE)

    assert newsroom("new", "post", "Hello", "--site", site.root) == (
        0, f"wrote content/posts/{datetime.now():%Y}/hello.md\n"
        "It is a draft: newsroom serve --drafts shows it; to publish it, take out the line draft: true.\n", "",
    )  # fmt: skip
    assert newsroom("new", "person", "Jonas Lind", "--site", site.root) == (
        0,
        "wrote content/people/jonas-lind.md\n",
        "",
    )


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_help_with_an_example_that_parses(newsroom, command):
    """The example is one that works."""
    code, out, err = newsroom(command.name, "--help")
    assert (code, err) == (0, "") and f"example:\n  {command.example}\n" in out

    import shlex

    program, *arguments = shlex.split(command.example.partition(" > ")[0])
    assert program == "newsroom" and parser().parse_args(arguments).command == command.name
    assert all(settings.get("help") for _, settings in command.arguments)


@pytest.mark.parametrize("name", ["check", "status", "due"])
def test_what_cron_and_ci_run_tells_its_exit_codes_and_more_examples(newsroom, name):
    """Each of them parses."""
    import shlex

    out = newsroom(name, "--help")[1]
    shown = [line.strip().partition("    ")[0] for line in out.split("example:")[1].split("\n") if "newsroom" in line]

    assert "exit codes: 0 " in out and len(shown) >= 3
    for line in shown:
        program, *arguments = shlex.split(line.partition(" | ")[0].partition(" > ")[0].rpartition(" && ")[2])
        assert (program, name) == ("newsroom", parser().parse_args(arguments).command)


def test_the_help_shows_every_command(newsroom):
    """With a line each, and an example each."""
    out = newsroom("--help")[1]

    assert all(command.help in out and f"  {command.example}\n" in out for command in COMMANDS)


def test_the_version_is_the_packages():
    """As `python -m newsroom` too."""
    assert run("--version") == (0, f"newsroom {__version__}\n", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_is_printed_for_a_shell(newsroom, shell):
    """Every command is in it."""
    code, out, err = newsroom("completion", shell)

    assert (code, err) == (0, "") and all(command.name in out for command in COMMANDS)


def test_a_reader_who_has_seen_enough_is_no_error(make_site):
    """`newsroom check --json | head -1` ends quietly."""
    posts = {
        f"content/posts/{n}.md": f"---\ntitle: {n}\nauthors: [nobody{n}]\ndate: 2026-11-02\n---\nx\n"
        for n in range(400)
    }
    root = make_site(posts).root
    command = [sys.executable, "-m", "newsroom", "check", "--json", "--site", str(root)]
    with subprocess.Popen(
        command, cwd=Path(__file__).parent.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        child.stdout.readline()
        child.stdout.close()
        assert child.stderr.read() == b""


def test_stopping_is_no_traceback(make_site):
    """Ctrl-C ends a command with the shell's own code."""
    import signal

    root = make_site(SITE).root
    command = [sys.executable, "-m", "newsroom", "serve", "--port", "0", "--site", str(root)]
    with subprocess.Popen(
        command, cwd=Path(__file__).parent.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests run in the background are deaf to it
    ) as child:  # fmt: skip
        giving_up = threading.Timer(30, child.kill)
        giving_up.start()
        child.stdout.readline()
        child.send_signal(signal.SIGINT)
        _, err = child.communicate()
        giving_up.cancel()

    assert child.returncode in (0, 130) and "Traceback" not in err
