"""Git is asked, and runs nothing that a folder brought with it."""

import os
import subprocess

import pytest

from newsroom.commands import git

NOBODY = {f"GIT_{role}_{part}": "x@example.com" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
ALONE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "PATH": os.environ["PATH"]}


def run(folder, *words):
    subprocess.run(["git", *words], cwd=folder, env=ALONE | NOBODY, check=True, capture_output=True)


@pytest.fixture
def site(tmp_path):
    """A site below a repository's root, with one post whose name is hard to print, committed twice."""
    folder = tmp_path / 'a "site"'
    (folder / "content/posts").mkdir(parents=True)
    run(tmp_path, "init", "--quiet")
    for words in ("one", "two"):
        (folder / 'content/posts/größe "x" y.md').write_text(words)
        run(tmp_path, "add", "--all")
        run(tmp_path, "commit", "--quiet", "--message", f"{words}\n\nSigned-off-by: Ada <ADA@example.com>")
    return folder


def test_paths_are_the_sites_whatever_they_hold(site):
    """Below its root, not the repository's; with quotes and umlauts; newest first, with their bytes."""
    known = git.history(site)
    changes = [change for commit in known.line for change in commit.changes]
    texts = known.texts(change.blob for change in changes)

    assert ['content/posts/größe "x" y.md'] * 2 == [change.path for change in changes]
    assert [b"two", b"one"] == [texts[change.blob] for change in changes]
    assert [("Ada", "ada@example.com")] * 2 == [tuple(hand) for commit in known.commits() for hand in commit.signed]


def test_where_there_is_nothing_to_ask_one_line_says_why(tmp_path, monkeypatch):
    """No repository; one without commits is only empty; no git."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert git.NO_REPOSITORY == git.history(tmp_path)

    run(tmp_path, "init", "--quiet")
    assert () == git.history(tmp_path).line

    monkeypatch.setenv("PATH", str(tmp_path))
    assert git.NO_GIT == git.history(tmp_path)


def test_nothing_that_the_repository_names_is_run(site, tmp_path):
    """No monitor, filter, text conversion, diff, hook or signature program; no settings of the folder's attributes."""
    trap, ran = tmp_path / "trap", tmp_path / "ran"
    trap.write_text(f"#!/bin/sh\ntouch {ran}\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "diff.x.textconv", "diff.x.command", "diff.external", "filter.x.clean", "filter.x.smudge",
                "filter.x.process", "gpg.program", "core.pager", "core.sshCommand", "core.gitProxy", "core.askPass"):  # fmt: skip
        run(site, "config", key, str(trap))
    for key, value in (("log.showSignature", "true"), ("core.hooksPath", str(tmp_path)), ("diff.submodule", "log")):
        run(site, "config", key, value)
    (site / ".gitattributes").write_text("*.md diff=x filter=x\n")
    for hook in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
        (tmp_path / hook).write_text(trap.read_text())
        (tmp_path / hook).chmod(0o755)
    subprocess.run(["git", "status"], cwd=site, env=ALONE, capture_output=True, check=False)
    assert ran.exists(), "the trap is none"
    ran.unlink()
    known = git.history(site)

    assert 2 == len(known.commits())
    assert 2 == len(known.texts(change.blob for commit in known.line for change in commit.changes))
    assert not ran.exists()


def test_a_repository_named_by_the_environment_is_not_the_one_that_is_asked(site, tmp_path, monkeypatch):
    """As in a hook of another repository."""
    run(tmp_path, "init", "--quiet", "other")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))

    assert 2 == len(git.history(site).line)
