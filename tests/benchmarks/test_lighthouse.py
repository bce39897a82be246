"""Lighthouse's report in short, and the host that it is asked about."""

import gzip
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from benchmarks.lighthouse import main, serving, usual, verdict


def report(**scores):
    """A report of two audits: one that counts in its category, one that only informs."""
    found = {"items": [{"node": {"snippet": "<a>"}}, {"url": "https://a.example"}]}
    audits = {
        "robots-txt": {"score": 0, "scoreDisplayMode": "binary", "title": "robots.txt is not valid", "details": found},
        "https": {"score": 1, "scoreDisplayMode": "binary", "title": "Uses HTTPS"},
        "told": {"score": 0, "scoreDisplayMode": "informative", "title": "Only told"},
        "elsewhere": {"score": 0, "scoreDisplayMode": "binary", "title": "Of no category"},
    }
    refs = [{"id": name} for name in ("robots-txt", "https", "told")]
    names = {"performance": 1, "accessibility": 1, "best-practices": 1, "seo": 0.923} | scores
    return {
        "categories": {name: {"score": score, "auditRefs": refs} for name, score in names.items()},
        "audits": audits,
    }


def test_a_verdict_names_each_audit_below_full_marks():
    """With what it found; what has no score, or is of no category, is left out."""
    told = verdict("/", report(performance=None))

    assert {"performance": 0, "accessibility": 100, "best-practices": 100, "seo": 92} == told.scores
    assert ("  0  robots-txt: robots.txt is not valid (<a>; https://a.example)",) == told.below


@pytest.fixture
def public(tmp_path):
    files = {
        "index.html": "<p>Home</p>" * 99, "small/index.html": "<p>", "_headers": "/*\n  X-Own: yes\n",
        "people/maya/index.html": "M", "2026/a/index.html": "A", "2025/b/index.html": "<figure>", "a.png": "p" * 999,
    }  # fmt: skip
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def test_the_host_compresses_what_is_worth_it_and_sends_the_sites_headers(public):
    """Texts for whoever takes gzip; no picture, no few bytes, and nothing for others."""

    def asked(path, coding="gzip"):
        with urlopen(Request(f"{host}{path}", headers={"Accept-Encoding": coding}), timeout=30) as answer:
            assert "yes" == answer.headers["X-Own"]
            return answer.headers["Content-Encoding"], answer.read()

    with serving(public) as host:
        coding, body = asked("/")
        assert ("gzip", b"<p>Home</p>" * 99) == (coding, gzip.decompress(body))
        assert len(body) < 100
        assert (None, b"<p>Home</p>" * 99) == asked("/", "identity")
        assert None is asked("/small/")[0] is asked("/a.png")[0]
        with pytest.raises(HTTPError) as refused:
            asked("/nothing/")
    with refused.value as told:
        assert 404 == told.code


def test_it_asks_for_each_kind_that_is_judged(public):
    """Home, the people, a person, and a post with a picture before any other."""
    assert ["/", "/people/", "/people/maya/", "/2025/b/"] == usual(public)


def test_a_lighthouse_that_says_nothing_is_named(public):
    """What it said on its way out is in the message."""
    command = public / "lighthouse"
    command.write_text("#!/bin/sh\necho no such page >&2\nexit 1\n")
    command.chmod(0o755)
    with pytest.raises(RuntimeError, match="no such page"):
        main([str(public), "/", "--lighthouse", str(command)])
