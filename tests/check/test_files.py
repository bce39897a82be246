"""Attached files: they are copied as they are, so they must not show what pages keep back."""

import pytest

from newsroom.build import Options
from newsroom.commands.check import check

PERSON = "---\nname: Maya Okafor\ncontact: {email: Maya@example.com}\n---\nBio\n"
POST = "---\ntitle: A\nauthors: [maya]\ndate: 2026-11-02\nid: a\n---\nWords.\n\n[All of it](%s)\n"


def found(make_site, name, words, files={}, **contact):
    pages = {"content/people/maya.md": PERSON, "content/posts/a.md": POST % name, f"content/posts/{name}": words}
    site = make_site(pages | files, contact=contact)
    return [p for p in check(site.root, Options()) if p.code == "address-in-file"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("list.csv", "who\nmaya@example.com\n"),
        ("list.csv", "who\nMAYA@EXAMPLE.COM\n"),
        ("drawing.svg", '<svg xmlns="http://www.w3.org/2000/svg">\n<text>maya&#64;example.com</text></svg>'),
        ("list.txt", b"\xff\nmailto:maya%40example.com\n"),
    ],
)
def test_an_address_in_an_attached_text_is_found_where_pages_do_not_show_it(make_site, name, words):
    """At the line that attaches it, with the line of the file."""
    (problem,) = found(make_site, name, words)

    assert ("content/posts/a.md", 9, len("[All of it](") + 1) == (*problem.location[:2], problem.location.column)
    assert f'"{name}" is copied as it is, and holds the address maya@example.com in line 2' == problem.message
    assert 'contact.email is "obfuscated"' in problem.hint


def test_a_file_can_be_called_after_an_address(make_site):
    """Its name is in the output, too."""
    (problem,) = found(make_site, "maya@example.com.txt", "Words")

    assert "is called after the address" in problem.message


def test_where_addresses_are_public_or_nobodys_nothing_is_wrong(make_site):
    """Nor in a file that nothing attaches."""
    assert [] == found(make_site, "list.csv", "maya@example.com", email="public")
    assert [] == found(make_site, "list.csv", "service@example.com")
    assert [] == found(make_site, "list.csv", "Words", {"content/posts/other.csv": "maya@example.com"})


def test_with_a_form_nobodys_address_may_be_in_a_file(make_site):
    """Not of whoever left, nor of whoever took back her consent."""
    gone = {
        "content/people/gone.md": "---\nname: Gone Person\nstatus: left\nsuccessor: maya\ncontact: {email: gone@example.com}\n---\n"
    }

    assert 1 == len(found(make_site, "list.csv", "gone@example.com", gone, email="form"))


def test_an_old_address_can_hold_one(make_site):
    """Redirects name it, and a folder of the output is called so."""
    post = POST.replace("id: a", "id: a\naliases: [/old/, /old/maya%%40example.com/]")
    (problem,) = found(make_site, "list.csv", "Words", {"content/posts/a.md": post % "list.csv"})

    assert ("content/posts/a.md", 6) == problem.location[:2]
    assert "holds the address maya@example.com" in problem.message
