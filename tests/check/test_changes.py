"""Words that changed after readers could see them: told where nothing declares it, against a real repository."""

import pytest

from newsroom.errors import text

POST = """---
title: What a cracked lens taught us
authors: [maya]
date: 2026-11-02
id: a
{keys}---
{body}
"""
BODY = "The lens was made in 1947. It broke along the grain.\n\nWe ground a new one from the old glass."
RIGHT = BODY.replace("1947", "1974")
PATH = "content/posts/a.md"


def post(body=BODY, keys=""):
    return POST.format(body=body, keys=keys)


def changed(repository, body, keys="", before="", day="2026-11-05", **settings):
    """What is told of a post that went out on 2 November and was committed in other words later."""
    made = repository({PATH: post(keys=before)}, **settings)
    made.commit("2026-11-02")
    made.commit(day, files={PATH: post(body, keys)})
    return made.found("undeclared-change")


def test_a_changed_number_is_told_with_line_day_and_both_sentences(repository):
    """And with the lines to add."""
    (problem,) = changed(repository, RIGHT)

    assert text(problem).split("\n") == [
        "content/posts/a.md:7:1: warning: the words changed on 2026-11-05, after readers could see them, and nothing says so: "
        '"The lens was made in 1974." was "The lens was made in 1947." (1 word in 1 sentence)',
        "    7 | The lens was made in 1974. It broke along the grain.",
        "      | ^^^^^^^^^^^^^^^^^^^^^^^^^",
        "hint: declare it with updated: 2026-11-05, or with corrections: [{date: 2026-11-05, kind: correction, "
        'text: "What was wrong, and what is right."}]; git log -p content/posts/a.md shows the change',
    ]


def test_a_typo_is_no_change(repository):
    """Spelling, punctuation, white space, marks, targets of links, capitals, code: all at once."""
    made = repository({PATH: post(BODY.replace("broke", "borke") + "\n\nThe lnes broke.")})
    made.commit("2026-11-02")
    body = BODY.replace("the grain.", "the *“grain”*!").replace(". It", ".\n\nIt")
    body = body.replace("The lens was", "The  [Lens](https://example.com/lens) was") + "\n\nThe lens broke.{.wide}"
    made.commit("2026-11-05", files={PATH: post(body + "\n\n```\nprint(1)\n```")})

    assert [] == made.found("undeclared-change")


def test_a_word_that_other_posts_have_is_no_typo(repository):
    """To put another in its place is to say something else, however alike they are."""
    other = post("Nobody died here: we dined. The link is causal, not casual.").replace("id: a", "id: b")
    before, after = BODY + " Two died: a causal link.", BODY + " Two dined: a casual link."
    made = repository({PATH: post(before), "content/posts/b.md": other})
    made.commit("2026-11-02")
    made.commit("2026-11-05", files={PATH: post(after)})

    assert ["(2 words in 1 sentence)"] == [p.message[-23:] for p in made.found("undeclared-change")]


@pytest.mark.parametrize(
    ("there", "line"),
    [
        ("content/posts/lens.md", "id: a\n"),
        ("content/posts/2026/z/index.md", "id: a\n"),
        ("content/posts/a/index.md", ""),
    ],
)
def test_a_file_is_known_by_its_id_or_address_before_its_new_name_is_committed(repository, there, line):
    """Renaming it hides nothing; where only the name changed there is nothing to tell."""
    made = repository({PATH: post().replace("id: a\n", line)})
    made.commit("2026-11-02")
    made.site.remove(PATH)
    made.site.write(there, post().replace("id: a\n", line))
    assert [] == made.found("undeclared-change")

    made.site.write(there, post(RIGHT).replace("id: a\n", line))
    (problem,) = made.found("undeclared-change")
    assert (there, True) == (problem.location.path, "git diff HEAD shows the change" in problem.hint)


def test_a_day_to_come_declares_nothing_yet(repository):
    """Readers are told of it that day."""
    keys = (
        "updated: 2031-01-01\n",
        'corrections: [{date: 2031-01-01, kind: correction, text: "1974, not 1947."}]\n',
    )

    assert 2 == len(several(repository, [(RIGHT, each) for each in keys]))


def test_a_text_that_is_gone_from_the_front_matter_has_no_line(repository):
    """The caret would stand below another key."""
    made = repository({PATH: post(keys="summary: It broke.\n")})
    made.commit("2026-11-02")
    made.commit("2026-11-05", files={PATH: post()})
    (problem,) = made.found("undeclared-change")

    assert (1, "---", True) == (
        problem.location.line,
        problem.location.excerpt,
        '"It broke." is gone' in problem.message,
    )


def test_a_negation_or_a_sentence_is_a_change(repository):
    """One post each."""
    words = [BODY.replace(old, new) for old, new in (("It broke", "It never broke"), ("It broke along the grain.", ""), ("old glass.", "old glass. It holds."))]  # fmt: skip
    assert [f"content/posts/{n}.md" for n in range(3)] == several(repository, [(body, "") for body in words])


def several(repository, after):
    """The posts that are told of several that went out on 2 November, each with its (text, keys) of the fifth."""
    made = repository({f"content/posts/{n}.md": post().replace("id: a", f"id: p{n}") for n in range(len(after))})
    made.commit("2026-11-02")
    for n, (body, keys) in enumerate(after):
        made.commit("2026-11-05", files={f"content/posts/{n}.md": post(body, keys).replace("id: a", f"id: p{n}")})
    return [problem.location.path for problem in made.found("undeclared-change")]


def test_a_declared_change_is_not_told(repository):
    """By its day, or by the commit that made it."""
    keys = (
        "updated: 2026-11-05\n",
        "updated: 2026-11-08\n",
        'corrections: [{date: 2026-11-05, kind: correction, text: "1974, not 1947."}]\n',
        'corrections: [{date: 2026-11-04, kind: clarification, text: "The same commit says so."}]\n',
        'corrections: [{date: 2026-11-06, kind: retraction, by: maya, text: "It was another lens."}]\n',
        "",
    )

    assert ["content/posts/5.md"] == several(repository, [(RIGHT, each) for each in keys])


def test_what_was_declared_before_declares_nothing_later(repository):
    """The correction of 3 November says nothing of the words of the fifth."""
    keys = 'corrections: [{date: 2026-11-03, kind: correction, text: "Glass, not wood."}]\n'

    assert len(changed(repository, RIGHT, keys, before=keys)) == 1


def test_texts_of_the_front_matter_count(repository):
    """At their place."""
    made = repository({PATH: post()})
    made.commit("2026-11-02")
    made.commit("2026-11-05", files={PATH: post().replace("taught us", "did not teach us")})
    (problem,) = made.found("undeclared-change")

    assert (2, 8) == problem.location[1:3]


def test_what_is_in_no_commit_yet_is_the_present_text(repository):
    """Who edits sees it before she commits."""
    made = repository({PATH: post()})
    made.commit("2026-11-02")
    made.site.write(PATH, post(RIGHT))

    assert ["the words changed on 2026-11-21"] == [p.message[:31] for p in made.found("undeclared-change")]


@pytest.mark.parametrize(
    ("first", "keys"),
    [("2026-10-30", "draft: true\n"), ("2026-10-30", ""), ("2026-11-02", "embargo: 2026-11-07\n")],
)
def test_what_changed_before_readers_could_see_it_is_nobodys_business(repository, first, keys):
    """A draft, a post that waits for its date, an embargo."""
    made = repository({PATH: post(keys=keys)})
    made.commit(first)
    made.commit("2026-11-01" if not keys else "2026-11-05", files={PATH: post(RIGHT, keys if "emb" in keys else "")})

    assert [] == made.found("undeclared-change")


def test_a_branch_is_what_it_brought_when_it_came(repository):
    """Words edited on a branch after their date were never public: the merge is."""
    made = repository({"content/posts/b.md": post(BODY).replace("id: a", "id: b")})
    made.commit("2026-11-01")
    made.git("checkout", "--quiet", "-b", "lens")
    made.commit("2026-11-03", files={PATH: post()})
    made.commit("2026-11-04", files={PATH: post(RIGHT)})
    made.git("checkout", "--quiet", "main")
    who = {f"GIT_{role}_{part}": "lena@example.com" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    day = {"GIT_AUTHOR_DATE": "2026-11-06T12:00:00Z", "GIT_COMMITTER_DATE": "2026-11-06T12:00:00Z"}
    made.git("merge", "--quiet", "--no-ff", "-m", "Lens", "lens", **who, **day)

    assert [] == made.found("undeclared-change")


def test_commits_that_came_in_one_rebase_are_one_publication(repository):
    """They were written before the first of them was here."""
    made = repository({PATH: post()})
    made.commit("2026-11-04", written="2026-11-02")
    made.commit("2026-11-04T12:00:03Z", files={PATH: post(RIGHT)}, written="2026-11-03")

    assert [] == made.found("undeclared-change")


def test_a_file_is_followed_under_its_older_names(repository):
    """A renamed post is the same post."""
    made = repository({PATH: post()})
    made.commit("2026-11-02")
    made.site.remove(PATH)
    made.commit("2026-11-03", files={"content/posts/2026/lens.md": post()})
    made.commit("2026-11-05", files={"content/posts/2026/lens.md": post(RIGHT)})

    assert ["content/posts/2026/lens.md"] == [p.location.path for p in made.found("undeclared-change")]


def test_a_copied_site_and_words_that_are_back_have_nothing_to_tell(repository):
    """One commit is no history."""
    made = repository({PATH: post()})
    made.commit("2026-11-05")
    assert [] == made.found("undeclared-change")

    made.commit("2026-11-06", files={PATH: post(RIGHT)})
    made.commit("2026-11-07", files={PATH: post()})
    assert [] == made.found("undeclared-change")


def test_one_commit_that_changed_many_posts_is_told_once(repository):
    """Somebody replaced a word everywhere."""
    paths = {f"content/posts/{n}.md": post().replace("id: a", f"id: p{n}") for n in range(7)}
    made = repository(paths)
    made.commit("2026-11-02")
    made.commit("2026-11-05", files={path: words.replace("glass", "brass") for path, words in paths.items()})
    (problem,) = made.found("undeclared-change")

    assert problem.message.endswith("; the same commit changed 6 more posts")


def test_a_sign_off_is_old_once_somebody_else_changed_the_words(repository):
    """Not where she did it herself, nor for a typo."""
    keys = "signed_off: {maya: 2026-11-01}\nupdated: 2026-11-20\n"
    for who, body, count in (("Lena Brandt <lena@example.com>", RIGHT, 1), ("Lena Brandt <lena@example.com>", BODY, 0),
                             ("M <Maya@example.com>", RIGHT, 0)):  # fmt: skip
        made = repository({PATH: post(BODY.replace("the old", "teh old"), keys=keys)})
        made.commit("2026-11-02")
        made.commit("2026-11-05", who, {PATH: post(body, keys)})
        found = made.found("old-sign-off")

        assert count == len(found)
        if found:
            assert found[0].message.startswith(
                '"maya" signed this off on 2026-11-01, and the words changed on 2026-11-05: '
            )
            assert (6, 14) == found[0].location[1:3]


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("corrections: [{date: 2026-11-05, by: maya, text: It was 1974.}]\n", 0),
        ("corrections: [{date: 2026-11-05, by: jonas, text: It was 1974.}]\n", 0),
        ("corrections: [{date: 2026-11-03, by: maya, text: It was oak.}]\n", 0),  # committed with the change
        ("updated: 2026-11-05\n", 1),
    ],
)
def test_a_change_that_a_correction_declares_needs_no_new_sign_off(repository, said, count):
    """Whoever declares it says what changed; a bare `updated` says nothing of whose word it is."""
    made = repository({PATH: post(keys="signed_off: {maya: 2026-11-01}\n")})
    made.commit("2026-11-02")
    made.commit(
        "2026-11-05", "Lena Brandt <lena@example.com>", {PATH: post(RIGHT, f"signed_off: {{maya: 2026-11-01}}\n{said}")}
    )
    assert count == len(made.found("old-sign-off"))

    later = post(RIGHT.replace("old glass", "new glass"), f"signed_off: {{maya: 2026-11-01}}\n{said}")
    made.commit("2026-11-09", "Lena Brandt <lena@example.com>", {PATH: later})
    assert 1 == len(made.found("old-sign-off"))
