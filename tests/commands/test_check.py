"""`newsroom check` as CI's gate: what fails, what is known, how it is told. Rules themselves are in tests/check/."""

import json
from datetime import UTC, datetime

import pytest

from newsroom.build import Options
from newsroom.commands.check import Asked, gate
from newsroom.errors import text

OPTIONS = Options(moment=datetime(2026, 11, 21, tzinfo=UTC))
SITE = {
    "content/people/maya.md": "---\nname: Maya Okafor\ncontact: {email: maya@example.com}\n---\nBio\n",
    "content/posts/a.md": "---\ntitle: A\nauthors: [maya]\ndate: 2026-11-02\nid: a\n---\n[us](/pepole/)\n\nWords.\n",
}


def codes(site, asked=Asked(), options=OPTIONS):
    """(code, severity, path, line) of everything that is told."""
    return [(p.code, p.severity, *p.location[:2]) for p in gate(site.root, options, asked).problems]


# ── severity ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("severity", "told"),
    [
        ({}, [("broken-link", "error", "content/posts/a.md", 7)]),
        ({"broken-link": "warning"}, [("broken-link", "warning", "content/posts/a.md", 7)]),
        ({"broken-link": "off"}, []),
        ({"no-id": "error"}, [("broken-link", "error", "content/posts/a.md", 7)]),
    ],
)
def test_a_rule_is_as_severe_as_the_settings_say(make_site, severity, told):
    """Each rule for itself."""
    assert told == codes(make_site(SITE, check={"severity": severity}))


def test_a_warning_made_an_error_fails(make_site, newsroom):
    """And an error made a warning does not."""
    post = SITE["content/posts/a.md"].replace("id: a\n", "").replace("/pepole/", "/people/")

    assert 0 == newsroom("check", "--site", make_site(SITE | {"content/posts/a.md": post}).root)[0]
    site = make_site(SITE | {"content/posts/a.md": post}, check={"severity": {"no-id": "error"}})
    assert 1 == newsroom("check", "--site", site.root)[0]
    assert 0 == newsroom("check", "--site", make_site(SITE, check={"severity": {"broken-link": "warning"}}).root)[0]


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("brokn-link", 'did you mean "broken-link"?'),
        ("missing-key", "what stops a build is always an error"),
    ],
)
def test_a_severity_for_what_is_no_rule_is_an_error(make_site, code, hint):
    """At its place; what stops a build cannot be turned off."""
    toml = f'title = "N"\nurl = "https://news.example.com"\n\n[check]\nseverity = {{"{code}" = "off"}}\n'
    (found,) = [
        p for p in gate(make_site({**SITE, "site.toml": toml}).root, OPTIONS).problems if p.code == "unknown-rule"
    ]

    assert text(found).startswith(f'site.toml:5:14: unknown rule "{code}"\n') and hint in found.hint


def test_links_to_other_sites_can_never_fail_a_check(make_site):
    """Their servers are not ours to mend."""
    site = make_site(SITE, check={"severity": {"dead-link": "error", "moved-link": "off"}})

    assert ("bad-setting", "error", "site.toml") in [found[:3] for found in codes(site)]


# ── the baseline ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_accepted_is_not_told_again_and_what_is_new_is(make_site, newsroom):
    """Wherever in the file it stands by now: the ratchet goes one way only."""
    site = make_site(SITE)
    assert newsroom("check", "--accept", "--site", site.root) == (
        0, "wrote baseline.json: 1 known problem, not told from now on\n", "",
    )  # fmt: skip
    assert newsroom("check", "--site", site.root) == (
        0, "1 known problem not told (baseline.json); newsroom check --all tells all\n", "",
    )  # fmt: skip

    site.edit("content/posts/a.md", "---\n[us]", "---\nA new line.\n\nAnd [us]")
    assert [] == codes(site)
    site.edit("content/posts/a.md", "Words.", "And [gone](/gone/), and again [us](/pepole/).")
    assert [("broken-link", "error", "content/posts/a.md", 11)] * 2 == codes(site)
    assert [9, 11, 11] == [line for *_, line in codes(site, Asked(all=True))]


def test_what_was_mended_is_said_until_the_baseline_is_tightened(make_site):
    """Then it is an error again if it comes back."""
    site = make_site(SITE)
    gate(site.root, OPTIONS, Asked(accept=True))
    site.edit("content/posts/a.md", "/pepole/", "/people/")
    assert ("1 of baseline.json is gone: run newsroom check --accept to keep it so",) == gate(site.root, OPTIONS).lines

    gate(site.root, OPTIONS, Asked(accept=True))
    assert {"known": []} == json.loads((site.root / "baseline.json").read_text("utf-8"))
    site.edit("content/posts/a.md", "/people/", "/pepole/")
    assert ["broken-link"] == [code for code, *_ in codes(site)]


def test_a_rule_that_is_off_keeps_what_is_known_of_it(make_site):
    """Nobody can say that it is gone, and accepting the rest does not forget it."""
    site = make_site(SITE)
    gate(site.root, OPTIONS, Asked(accept=True))
    before = (site.root / "baseline.json").read_bytes()
    with (site.root / "site.toml").open("a") as settings:
        settings.write('[check]\nseverity = {broken-link = "off"}\n')
    assert () == gate(site.root, OPTIONS).lines

    gate(site.root, OPTIONS, Asked(accept=True))
    assert before == (site.root / "baseline.json").read_bytes()


def test_what_stops_a_build_is_never_accepted(make_site, newsroom):
    """It is told, and nothing is written."""
    site = make_site({**SITE, "content/posts/b.md": "---\ntitle: B\nauthors: [mya]\ndate: 2026-11-02\n---\n"})
    code, out, err = newsroom("check", "--accept", "--site", site.root)

    assert (1, "") == (code, out) and 'unknown author "mya"' in err
    assert not (site.root / "baseline.json").exists()


def test_the_baseline_is_where_the_settings_say(make_site):
    """Missing, it is an error: otherwise everything known would seem to be new."""
    site = make_site(SITE, check={"baseline": "known.json"})
    assert ["broken-link", "no-baseline"] == [code for code, *_ in codes(site)]

    gate(site.root, OPTIONS, Asked(accept=True))
    assert [] == codes(site) and (site.root / "known.json").is_file()


@pytest.mark.parametrize(
    "name", ["../known.json", "/tmp/known.json", "content/known.json", "public/x.json", "known.md"]
)
def test_a_baseline_that_would_be_written_elsewhere_is_refused(make_site, name):
    """Neither outside the site, nor where it would be published."""
    site = make_site(SITE, check={"baseline": name})
    (problem,) = gate(site.root, OPTIONS, Asked(accept=True)).problems

    assert ("bad-setting", "site.toml", 5) == (problem.code, *problem.location[:2])
    assert ["content", "site.toml"] == sorted(path.name for path in site.root.iterdir() if path.name != ".newsroom")


@pytest.mark.parametrize(
    "words", ["{", "[]", '{"known": [{"code": 1}]}', b"\xff", '{"known": [{"code": "", "path": ""}]}']
)
def test_a_baseline_that_cannot_be_read_is_told(make_site, words):
    """And nothing is taken for known."""
    site = make_site({**SITE, "baseline.json": words})
    (problem,) = gate(site.root, OPTIONS).problems

    assert ("bad-baseline", "baseline.json") == (problem.code, problem.location.path) and "--accept" in problem.hint


@pytest.mark.parametrize("accept", [False, True])
def test_a_folder_in_the_place_of_the_baseline_is_told(make_site, accept):
    """Whether it is to be read or written."""
    site = make_site({**SITE, "baseline.json/a.txt": ""})
    (problem,) = gate(site.root, OPTIONS, Asked(accept=accept)).problems

    assert ("bad-baseline", "cannot be read: Is a directory") == (problem.code, problem.message)


def test_a_baseline_in_a_folder_that_is_not_there_is_told(make_site):
    """Nothing is made beside the site that nobody asked for."""
    site = make_site(SITE, check={"baseline": "known/a.json"})
    (problem,) = gate(site.root, OPTIONS, Asked(accept=True)).problems

    assert ("bad-baseline", "known/a.json") == (problem.code, problem.location.path)


def test_a_run_whose_proof_fails_accepts_nothing(make_site, newsroom):
    """The next check would say that all is well."""
    site = make_site(SITE)
    code, out, _ = newsroom("check", "--accept", "--leaks", "--site", site.root)

    assert 1 == code and "nothing was accepted" in out and not (site.root / "baseline.json").exists()
    newsroom("build", "--site", site.root)
    assert 0 == newsroom("check", "--accept", "--leaks", "--site", site.root)[0]
    assert (site.root / "baseline.json").is_file()


# ── formats ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_json_tells_what_is_new_and_nothing_else_on_standard_output(make_site, newsroom):
    """`--json` and `--format json` are one; what a person may want to know is on standard error."""
    site = make_site(SITE)
    code, out, err = newsroom("check", "--json", "--site", site.root)
    assert (1, "") == (code, err) and ["broken-link"] == [found["code"] for found in json.loads(out)]

    newsroom("check", "--accept", "--site", site.root)
    assert (0, "[]\n", "1 known problem not told (baseline.json); newsroom check --all tells all\n") == newsroom(
        "check", "--format", "json", "--site", site.root
    )


def test_annotations_are_lines_that_github_shows_beside_the_text(make_site, newsroom, monkeypatch):
    """The path is seen from where the command runs: the root of the repository."""
    site = make_site(SITE)
    monkeypatch.chdir(site.root.parent)
    code, out, err = newsroom("check", "--format", "github", "--site", site.root.name)

    assert (1, "") == (code, err)
    assert (
        f"::error file={site.root.name}/content/posts/a.md,line=7,col=6,endColumn=14,title=broken-link::"
        'the link "/pepole/" leads to no page%0Ahint: did you mean "/people/"?\n'
    ) == out


def test_an_unknown_format_is_wrong_usage(newsroom):
    """Exit code 2, as argparse has it."""
    assert 2 == newsroom("check", "--format", "xml")[0]


# ── beside the rules ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_built_folder_is_proven_where_that_is_asked(make_site):
    """Beside the rules, in one run; without a built folder there is nothing to prove."""
    site = make_site({**SITE, "content/posts/a.md": SITE["content/posts/a.md"].replace("/pepole/", "/people/")})
    assert ["public/"] == [p.location.path for p in gate(site.root, OPTIONS, Asked(leaks=True)).problems]

    site.build(moment=OPTIONS.moment)
    told = gate(site.root, OPTIONS, Asked(leaks=True))
    assert () == told.problems and 1 == len(told.lines)


def test_a_leak_is_said_to_be_none_of_what_is_known(make_site):
    """Beside a proof, "1 known problem not told" would sound like an accepted leak."""
    site = make_site(SITE)
    site.build(moment=OPTIONS.moment)
    gate(site.root, OPTIONS, Asked(accept=True))

    line = "1 known problem not told (baseline.json, no leak among them); newsroom check --all tells all"
    assert line == gate(site.root, OPTIONS, Asked(leaks=True)).lines[0]


# ── the voice check among the rules ──────────────────────────────────────────────────────────────────────────────────

SPOKEN = {**SITE, "content/posts/a.md": SITE["content/posts/a.md"].replace(
    "[us](/pepole/)", "We are thrilled to announce our best-in-class repair solution."
)}  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "severity"),
    [
        ({}, "warning"),
        ({"voice": {"level": "require"}}, "error"),
        ({"voice": {"level": "off"}}, None),
        ({"voice": {"level": "require"}, "check": {"severity": {"corporate-speak": "warning"}}}, "warning"),
        ({"voice": {"level": "off"}, "check": {"severity": {"corporate-speak": "error"}}}, "error"),
    ],
)
def test_the_voice_check_is_as_severe_as_its_level(make_site, settings, severity):
    """All its rules at once; one that the settings name goes its own way."""
    told = {found[:2] for found in codes(make_site(SPOKEN, **settings)) if found[0] == "corporate-speak"}

    assert ({("corporate-speak", severity)} if severity else set()) == told


def test_the_ratchet_holds_words_too(make_site):
    """What was said before is known; the next one fails where the voice is required."""
    site = make_site(SPOKEN, voice={"level": "require"})
    gate(site.root, OPTIONS, Asked(accept=True))
    assert [] == codes(site)

    site.edit("content/posts/a.md", "Words.", "We are excited to leverage synergies with a world-class partner.")
    assert {("error", "content/posts/a.md", 9)} == {each[1:] for each in codes(site)}


def test_what_was_heard_before_is_heard_again_once_anything_it_depends_on_changes(make_site):
    """The post, its author's vocabulary, what the settings allow; in between it is kept."""
    site = make_site(SPOKEN)

    def told():
        return [p.message for p in gate(site.root, OPTIONS).problems]

    first = told()
    assert first == told() and len(first) > 0
    site.edit("content/people/maya.md", "name: Maya Okafor", "name: Maya Okafor\nwords: [best-in-class, solution]")
    second = told()
    assert first != second
    with (site.root / "site.toml").open("a") as settings:
        settings.write('[voice]\nallow = {corporate-speak = "a test of it"}\n')
    assert second != told()

    site.edit("site.toml", "corporate-speak", "passive")
    assert second == told()
    site.edit("content/posts/a.md", "We are thrilled to announce our best-in-class repair solution.", "We mend lenses.")
    assert [] == told()


# ── what is not out yet ──────────────────────────────────────────────────────────────────────────────────────────────

RELEASE = (
    "---\ntitle: The secret lens\nauthors: [maya]\ndate: 2026-11-02\nid: r\nkind: release\n{keys}dateline: Turku\n"
    "facts: [One]\ncontacts: [maya]\n---\nSee [us](/pepole/).\n"
)
POLICY = {"sign_off": ["release"]}
OUT = SITE | {"content/posts/a.md": SITE["content/posts/a.md"].replace("/pepole/", "/people/")}


@pytest.mark.parametrize("keys", ["embargo: 2026-12-03 06:00\n", "date: 2026-12-03 06:00\n"])
def test_what_will_go_out_by_itself_is_checked_before_it_does(make_site, newsroom, keys):
    """By file, line and rule: its words are not in a log. With --drafts everything is told."""
    text = RELEASE.format(keys=keys)
    text = text.replace("date: 2026-11-02\n", "") if keys.startswith("date") else text
    site = make_site(OUT | {"content/posts/r.md": text}, policy=POLICY)

    line = 11 if keys.startswith("date") else 12
    found = [("unsigned", "error", "content/posts/r.md", 3), ("broken-link", "error", "content/posts/r.md", line)]
    assert found == [each for each in codes(site) if each[1] == "error"]
    _, _, err = newsroom("check", "--site", site.root, "--as-of", "2026-11-21")
    assert "not out yet: where the policy asks for it, the credited people said: these are my words [unsigned]" in err
    assert "secret" not in err and "pepole" not in err
    assert "maya did not" in (
        told := newsroom("check", "--drafts", "--site", site.root, "--as-of", "2026-11-21")[2]
    ) or ("Maya Okafor" in told)
    assert "/pepole/" in told


def test_what_will_stop_a_build_is_told_before_it_does(make_site):
    """A scheduled post that links to a draft: today everything builds."""
    later = RELEASE.format(keys="embargo: 2026-12-03 06:00\n").replace("/pepole/", "draft.md")
    draft = "---\ntitle: D\nauthors: [maya]\ndraft: true\n---\nWords\n"
    site = make_site(OUT | {"content/posts/r.md": later, "content/posts/draft.md": draft})

    assert () == site.build(moment=OPTIONS.moment).problems
    assert [("unpublished-link", "error", "content/posts/r.md", 12)] == codes(site)


def test_no_file_takes_the_place_of_an_agreement(make_site, newsroom):
    """A baseline knows what is written badly; who did not sign has not signed."""
    text = RELEASE.format(keys="").replace("/pepole/", "/people/")
    site = make_site(OUT | {"content/posts/r.md": text}, policy=POLICY)
    newsroom("check", "--accept", "--site", site.root, "--as-of", "2026-11-21")

    assert [("unsigned", "error", "content/posts/r.md", 3)] == codes(site)


def test_each_finding_has_the_code_that_settings_name(make_site, newsroom):
    """What stops a build has none: no setting changes it."""
    err = newsroom("check", "--site", make_site(SITE).root, "--as-of", "2026-11-21")[2]
    assert 'the link "/pepole/" leads to no page [broken-link]\n' in err

    err = newsroom("check", "--site", make_site(SITE | {"content/posts/b.md": "---\ntitle: B\n---\n"}).root)[2]
    assert "missing-key" not in err
