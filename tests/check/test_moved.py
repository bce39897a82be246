"""Addresses that readers know and that lead nowhere any more: found in git, told with the line to add."""

import pytest

POST = "---\ntitle: Lens\nauthors: [maya]\ndate: 2026-11-02\nid: aaaaaaaaaaaa\n{keys}---\nIt broke along the grain.\n"
OLD, NEW = "content/posts/2026/lens.md", "content/posts/2026/cracked-lens.md"


def found(repository, before, after, day="2026-11-05", **settings):
    """What is told of a post that was committed on 2 November as `before` and later as `after`: path -> text each."""
    made = repository(before, **settings)
    made.commit("2026-11-02")
    for path in before.keys() - after.keys():
        (made.root / path).unlink()
    made.commit(day, files=after)
    return made.found("moved-post")


@pytest.mark.parametrize(
    ("before", "after", "old"),
    [
        ({OLD: POST.format(keys="")}, {NEW: POST.format(keys="")}, "/2026/lens/"),
        ({OLD: POST.format(keys="")}, {OLD: POST.format(keys="slug: grain\n")}, "/2026/lens/"),
        ({OLD: POST.format(keys="")}, {OLD: POST.format(keys="").replace("date: 2026", "date: 2025")}, "/2026/lens/"),
    ],
    ids=["the file was renamed", "the slug changed", "the date changed"],
)
def test_an_old_address_is_told_with_the_line_to_add(repository, before, after, old):
    """Whatever it was that moved the post."""
    (problem,) = found(repository, before, after)

    assert problem.message.startswith(f'readers found this post at "{old}" until 2026-11-05')
    assert f"add aliases: [{old}]" == problem.hint
    assert problem.location.path in after


def test_the_line_to_add_keeps_the_aliases_that_are_there(repository):
    """It can be copied over the old one."""
    after = POST.format(keys="slug: grain\naliases: [/blog/lens/]\n")
    (problem,) = found(repository, {OLD: POST.format(keys="")}, {OLD: after})

    assert "add aliases: [/blog/lens/, /2026/lens/]" == problem.hint


@pytest.mark.parametrize("alias", ["/2026/lens/", "/2026/lens"])
def test_a_post_whose_old_address_leads_to_it_is_right(repository, alias):
    """With or without the last slash."""
    after = POST.format(keys=f"aliases: [{alias}]\n")

    assert [] == found(repository, {OLD: POST.format(keys="")}, {NEW: after})


@pytest.mark.parametrize("keys", ["draft: true\n", "embargo: 2026-11-04\n"])
def test_an_address_that_no_reader_ever_saw_needs_no_alias(repository, keys):
    """Before it went out, a post may be called anything."""
    assert [] == found(repository, {OLD: POST.format(keys=keys)}, {NEW: POST.format(keys="")}, day="2026-11-03")


def test_a_renamed_file_that_keeps_its_slug_has_not_moved(repository):
    """The address is what readers have."""
    assert [] == found(repository, {OLD: POST.format(keys="")}, {NEW: POST.format(keys="slug: lens\n")})
