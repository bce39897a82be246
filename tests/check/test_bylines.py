"""Who signs and who committed: compared in real repositories, and texts with each other."""

import re
from pathlib import Path

from newsroom.build import Options
from newsroom.check.bylines import TELLS
from newsroom.commands.check import Asked, gate
from newsroom.dates import parse

LENA = "Lena Brandt <lena@example.com>"
MAYA = "Maya Okafor <maya@example.com>"
JONAS = "Jonas <jonas@example.com>"
BODY = " ".join(f"word{n}" for n in range(60))


def post(who, ident, body="", keys=""):
    """A post of somebody; what it says is nobody else's."""
    words = body or " ".join(f"{ident}{n}" for n in range(40))
    return f"---\ntitle: {ident}\nauthors: [{who}]\ndate: 2026-11-02\nid: {ident}\n{keys}---\n{words}.\n"


def told(made):
    """(code, path, message) of each finding of `check --bylines`, and its lines."""
    said = gate(made.root, Options(moment=parse("2026-11-21", "UTC")), Asked(bylines=True))
    codes = ("untouched-byline", "signed-by-another", "one-hand", "no-address", "same-text")
    return [(p.code, p.location.path, p.message) for p in said.problems if p.code in codes], said.lines


def codes(made):
    return [code for code, _, _ in told(made)[0]]


def test_a_byline_that_nobody_of_that_name_touched_is_told_with_who_did(repository):
    """Once a person, with the posts."""
    made = repository()
    made.commit("2026-11-01", LENA)
    made.commit("2026-11-02", LENA, {"content/posts/a.md": post("maya", "a"), "content/posts/b.md": post("maya", "b")})
    made.commit("2026-11-03", MAYA, {"content/posts/c.md": post("maya", "c")})

    assert (
        [("untouched-byline", "content/posts/a.md",
          'nobody of the name of Maya Okafor touched or signed 2 of the 3 posts signed "maya": content/posts/a.md, content/posts/b.md; '
          "committed by Lena Brandt")],
        ("3 of 3 posts compared with 3 commits",),
    ) == told(made)  # fmt: skip


TOUCHES = [
    # (who committed, what the message ends with, what her file says)
    ("x <p0@example.com>", "", "contact: {email: P0@example.com}"),
    ("ina  LUND <m@home.example>", "", ""),
    (LENA, "Co-authored-by: I <p2@example.com>", "contact: {email: p2@example.com}"),
    (LENA, "Signed-off-by: I <p3@example.com>", "contact: {email: p3@example.com}"),
    ("x <inal@users.noreply.github.com>", "", "accounts: {github: inal}"),
    ("x <123+ina5@users.noreply.github.com>", "", "contact: {github: ina5}"),
    ("x <old@example.com>", "", "accounts: {git: [new@example.com, old@example.com]}"),
    ("x <login@example.com>", "", "accounts: {mail: login@example.com}"),
    (LENA, "", "contact: {email: p8@example.com}"),
]


def test_an_address_a_name_or_a_line_of_the_message_is_a_touch(repository):
    """Whatever she declared, and what git gives as her name. The last is none."""
    made = repository()
    for n, (_, _, keys) in enumerate(TOUCHES):
        name = "Ina Lund" if n == 1 else f"Person{n} Lund"
        made.site.write(f"content/people/p{n}.md", f"---\nname: {name}\n{keys}\n---\nBio\n")
    for n, (who, line, _) in enumerate(TOUCHES):
        made.commit(
            "2026-11-02",
            who,
            {f"content/posts/{n}.md": post(f"p{n}", f"x{n}")},
            f"Words\n\n{line}",
            committer="CI <ci@example.com>",
        )

    assert [("untouched-byline", "content/posts/8.md")] == [row[:2] for row in told(made)[0]]


def test_another_persons_declared_address_is_not_hers_under_her_name(repository):
    """Anybody can type a name; the address says who sat there."""
    made = repository({"content/posts/a.md": post("maya", "a")})
    made.commit("2026-11-02", "Maya Okafor <lena@example.com>")

    assert ["untouched-byline"] == codes(made)


def test_the_mailmap_is_honoured(repository):
    """It says whose an old address is."""
    made = repository({"content/posts/a.md": post("maya", "a"), ".mailmap": "<maya@example.com> <mo@old.example>\n"})
    made.commit("2026-11-02", "mo <mo@old.example>")

    assert [] == codes(made)


def test_a_sign_off_that_somebody_else_wrote_down_is_told(repository):
    """Then the byline counts as signed; her own line does too, and is not told."""
    keys = "signed_off: {maya: 2026-11-01}\n"
    made = repository({"content/posts/a.md": post("maya", "a", keys=keys), "content/posts/b.md": post("maya", "b")})
    made.commit("2026-11-02", LENA)
    made.commit("2026-11-03", MAYA, {"content/posts/b.md": post("maya", "b", keys=keys)})
    made.commit("2026-11-04", LENA, {"content/posts/b.md": post("maya", "b", keys=keys + "topics: []\n")})

    assert [("signed-by-another", "content/posts/a.md",
             '"maya" signed this off, says a line that Lena Brandt committed on 2026-11-02')] == told(made)[0]  # fmt: skip


def test_one_hand_behind_several_names_is_told_with_shares(repository):
    """Her own posts are hers."""
    files = {f"content/posts/{who}{n}.md": post(who, f"{who}{n}") for who in ("maya", "jonas", "lena") for n in (1, 2)}
    made = repository(files)
    made.commit("2026-11-02", LENA)
    made.commit("2026-11-03", JONAS, {"content/posts/jonas2.md": post("jonas", "jonas2", "Mine.")})
    found = [message for code, _, message in told(made)[0] if code == "one-hand"]

    assert [
        "Lena Brandt alone committed 3 of 6 posts, under the names of 2 others: Maya Okafor (2 of 2), Jonas Lind (1 of 2)"
    ] == found


def test_whoever_declared_no_address_is_listed_once(repository):
    """No commit can be theirs, so none of their posts is told."""
    nobody = "---\nname: %s\n---\nBio\n"
    made = repository(
        {"content/people/maya.md": nobody % "Maya Okafor", "content/people/jonas.md": nobody % "Jonas Lind"}
        | {f"content/posts/{who}.md": post(who, who) for who in ("maya", "jonas")}
    )
    made.commit("2026-11-02", "Agency <a@agency.example>")
    found, _ = told(made)

    assert ["no-address", "one-hand"] == sorted(code for code, _, _ in found)
    assert "no address is declared for Jonas Lind, Maya Okafor: no commit can be theirs" in [
        said for _, _, said in found
    ]


def test_an_imported_archive_is_said_once(repository):
    """Only what came later is compared."""
    made = repository({f"content/posts/{n}.md": post("maya", f"p{n}x") for n in range(30)})
    made.commit("2026-11-02", "Agency <a@agency.example>")
    made.commit("2026-11-03", "Agency <a@agency.example>", {"content/posts/new.md": post("jonas", "new")})
    found, lines = told(made)

    assert [("untouched-byline", "content/posts/new.md")] == [row[:2] for row in found]
    assert (
        "30 posts were brought here in one commit on 2026-11-02: who wrote them is not known",
        "1 of 31 posts compared with 2 commits",
    ) == lines


def test_the_same_text_under_two_names_is_told_without_git_too(make_site):
    """Word for word, or nearly; quotes, boilerplate, and who signed together do not count."""
    changed = BODY.replace("word30", "other").replace("word50", "words")
    files = {
        f"content/people/{key}.md": f"---\nname: {key.title()} Person\n---\nBio\n" for key in ("ada", "ben", "cid")
    }
    files |= {
        "content/press/boilerplate.md": "---\n{}\n---\n" + " ".join(f"we{n}" for n in range(40)) + "\n",
        "content/posts/a.md": post("ada", "a", BODY),
        "content/posts/b.md": post("ben", "b", BODY.title() + "!"),
        "content/posts/c.md": post("cid", "c", changed),
        "content/posts/d.md": post("ada", "d", BODY),
        "content/posts/e.md": post("cid", "e", f"> {BODY}\n\nSo says Ada, and I think otherwise"),
        "content/posts/f.md": post("ada", "f", " ".join(f"we{n}" for n in range(40)) + " And I am Ada and here"),
        "content/posts/g.md": post("ben", "g", " ".join(f"we{n}" for n in range(40)) + " Ben speaks and not Ada"),
    }
    site = make_site(files)
    said = gate(site.root, Options(moment=parse("2026-11-21", "UTC")), Asked(bylines=True))
    found = [(p.location.path, p.message) for p in said.problems if p.code == "same-text"]

    assert [
        ("content/posts/b.md", 'the text is the same as that of content/posts/a.md, signed by "ada"'),
        ("content/posts/c.md", 'the text is 78% the same as that of content/posts/a.md, signed by "ada"'),
        ("content/posts/d.md", 'the text is the same as that of content/posts/b.md, signed by "ben"'),
    ] == found
    assert ("this folder is in no git repository: nothing is known of who changed what",) == said.lines


def test_a_shallow_clone_is_said_and_not_guessed(repository, tmp_path):
    """By a plain check too: CI clones so."""
    made = repository({"content/posts/a.md": post("maya", "a")})
    made.commit("2026-11-02", LENA)
    made.commit("2026-11-03", LENA, {"content/posts/a.md": post("maya", "a", "Other words.")})
    made.git("clone", "--quiet", "--depth=1", made.root.as_uri(), str(tmp_path / "clone"))
    for asked in (Asked(), Asked(bylines=True)):
        said = gate(tmp_path / "clone", Options(moment=parse("2026-11-21", "UTC")), asked)

        assert [line for line in said.lines if "shallow" in line and "fetch-depth: 0" in line]
        assert [] == [p for p in said.problems if p.code in ("undeclared-change", "untouched-byline")]


def test_every_tell_is_in_the_documentation():
    """With the sentence of the table."""
    page = (Path(__file__).parents[2] / "docs/bylines.md").read_text("utf-8")
    shown = dict(re.findall(r"^\| `([\w-]+)` \| (.*?) \|", page, flags=re.M))

    assert list(TELLS) == list(shown)
    assert [code for code, tell in TELLS.items() if not shown[code].startswith(tell.why)] == []
