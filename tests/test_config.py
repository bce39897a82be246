"""site.toml: every key has a default, every mistake a message with its line and a suggestion."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom import config
from newsroom.config import load, parse, reading_digest
from newsroom.errors import NewsroomError, text
from newsroom.settings import Comments, Config

LEAST = 'title = "Northwind"\nurl = "https://news.example.com"\n'


def told(toml):
    """Everything that is wrong with a site.toml, as a person reads it."""
    with pytest.raises(NewsroomError) as error:
        parse(toml.encode())
    return [text(problem) for problem in error.value.problems]


def test_title_and_url_are_all_a_first_site_needs():
    """Every other key has a default."""
    made = parse(LEAST.encode())

    assert made == Config(title="Northwind", url="https://news.example.com", digest=made.digest)
    assert (made.posts.per_page, made.feeds.content, made.comments.load, made.theme.name) == (
        20,
        "full",
        "click",
        "default",
    )


def test_what_is_written_is_kept_as_values_that_cannot_change():
    """Lists become tuples, tables records, and a service's own table stands under its name."""
    made = parse(
        (LEAST + '[posts]\nper_page = 5\n[company]\nsame_as = ["https://a.example"]\n[policy]\nsign_off = ["release"]\n'
         '[comments]\nprovider = "isso"\n[comments.isso]\nurl = "https://c.example.com"\n').encode()
    )  # fmt: skip

    assert made.posts.per_page == 5
    assert made.company.same_as == ("https://a.example",)
    assert made.policy.sign_off == ("release",)
    assert made.comments == Comments("isso", options={"isso": {"url": "https://c.example.com"}})


@pytest.mark.parametrize(
    ("url", "kept", "base"),
    [
        ("https://news.example.com/", "https://news.example.com", ""),
        ("https://example.com/newsroom", "https://example.com/newsroom", "/newsroom"),
        ("https://example.com/a/b/", "https://example.com/a/b", "/a/b"),
        ("http://localhost:8000", "http://localhost:8000", ""),
        ("http://[::1]:8000", "http://[::1]:8000", ""),
    ],
)
def test_an_address_may_carry_a_path(url, kept, base):
    """The path is the base of every address; a final slash means nothing."""
    made = parse(f'title = "N"\nurl = "{url}"'.encode())

    assert (kept, base) == (made.url, made.base)


WRONG = {
    'title = "N"\nurl = "https://n.example"\nlanguage = 5\n': (
        "site.toml:3:1: language must be a text in quotes\n    3 | language = 5\n      | ^^^^^^^^\nhint: BCP 47 tag of the main language."
    ),
    LEAST + "[posts]\nper_pages = 5\n": (
        'site.toml:4:1: unknown setting "per_pages"\n    4 | per_pages = 5\n      | ^^^^^^^^^\n'
        'hint: did you mean "per_page"? [posts] has these keys: permalink, per_page, typographer, trust_html, old_after.'
    ),
    LEAST + "[posts]\nper_page = 0\n": (
        "site.toml:4:1: per_page must be a whole number from 1 to 1000\n    4 | per_page = 0\n      | ^^^^^^^^\n"
        "hint: Posts on a page of a listing."
    ),
    LEAST + "[posts]\nper_page = true\n": (
        "site.toml:4:1: per_page must be a whole number from 1 to 1000\n    4 | per_page = true\n      | ^^^^^^^^\n"
        "hint: Posts on a page of a listing."
    ),
    LEAST + "[posts]\ntypographer = 1\n": (
        "site.toml:4:1: typographer must be true or false\n    4 | typographer = 1\n      | ^^^^^^^^^^^\n"
        "hint: Curly quotes, dashes and ellipses from plain ones."
    ),
    LEAST + "languages = true\n": (
        "site.toml:3:1: languages must be a list of texts\n    3 | languages = true\n      | ^^^^^^^^^\n"
        "hint: All languages, where there is more than one: each has an edition of its own."
    ),
    LEAST + 'company = "Northwind"\n': (
        'site.toml:3:1: company must be a table\n    3 | company = "Northwind"\n      | ^^^^^^^\nhint: The company behind it.'
    ),
    LEAST + '[feeds]\ncontent = "all"\n': (
        'site.toml:4:1: content must be one of full, summary, not "all"\n    4 | content = "all"\n      | ^^^^^^^\n'
        "hint: Whole posts, or summaries with a link."
    ),
    LEAST + 'timezone = "Berlin"\n': (
        'site.toml:3:1: unknown time zone "Berlin"\n    3 | timezone = "Berlin"\n      | ^^^^^^^^\n'
        'hint: did you mean "Europe/Berlin"? Zones are written as Europe/Berlin.'
    ),
    LEAST + 'language = "english please"\n': (
        'site.toml:3:1: "english please" is not a language tag\n    3 | language = "english please"\n      | ^^^^^^^^\n'
        "hint: write it as en, de or pt-BR (BCP 47)"
    ),
    LEAST + '[posts]\npermalink = "/{year}/"\n': (
        'site.toml:4:1: permalink must contain {slug}, or two posts could share an address\n    4 | permalink = "/{year}/"\n'
        '      | ^^^^^^^^^\nhint: write it as "/{year}/{slug}/"'
    ),
    LEAST + '[policy]\nsign_off = ["relase"]\n': (
        'site.toml:4:1: sign_off must be a list of post, release, statement, answer, without "relase"\n'
        '    4 | sign_off = ["relase"]\n      | ^^^^^^^^\nhint: Kinds of post that the credited people must sign off.'
    ),
    LEAST + '[comments]\nprovider = "iso"\n': (
        'site.toml:4:1: unknown comment service "iso"\n    4 | provider = "iso"\n      | ^^^^^^^^\n'
        'hint: did you mean "isso"? services are isso, remark42, comentario, waline, artalk, twikoo, discourse, giscus, utterances, mastodon, bluesky, disqus, hyvor, fastcomments, custom'
    ),
    LEAST + "[comments.isssso]\n": (
        'site.toml:3:2: unknown comment service "isssso"\n    3 | [comments.isssso]\n      |  ^^^^^^^^^^^^^^^\n'
        'hint: did you mean "isso"? Services are isso, remark42, comentario, waline, artalk, twikoo, discourse, giscus, utterances, mastodon, bluesky, disqus, hyvor, fastcomments, custom.'
    ),
    'url = "https://n.example"\n': (
        'site.toml:1: title is missing\n    1 | url = "https://n.example"\nhint: add a line: title = "Our newsroom"'
    ),
    "title = Northwind\n": (
        "site.toml:1:9: invalid value\n    1 | title = Northwind\n      |         ^\n"
        "hint: texts need quotes, lists [brackets]; see https://toml.io"
    ),
}


@pytest.mark.parametrize(("toml", "message"), WRONG.items())
def test_a_mistake_is_told_with_its_line_and_the_next_step(toml, message):
    """The caret stands below the key, and what may be written is in the hint."""
    assert told(toml) == [message]


ADDRESSES = ("news.example.com", "ftp://news.example.com", "https://", "https:///x", "https://n.example?a=b", "https://n.example#x", "https://[::1", "https://a b.example", "https://me:secret@n.example", 'https://a"b.example', "https://n.example:port")  # fmt: skip


@pytest.mark.parametrize(
    ("path", "written"),
    [("a b/\u00fc", "a%20b/%C3%BC"), ("a%20b/\u00fc", "a%20b/%C3%BC"), ("100%", "100%25"), ("a[1]", "a%5B1%5D")],
)
def test_a_path_is_written_as_addresses_are(path, written):
    """Feeds, redirects and headers copy it as it stands; with the form that is offered all is well."""
    line = f'url = "https://ex.example/{path}"'
    offered = f'url = "https://ex.example/{written}"'

    assert [
        f'site.toml:2:1: the path in "https://ex.example/{path}" has letters or marks that addresses spell in another way\n'
        f"    2 | {line}\n      | ^^^\nhint: write it as addresses do: {offered}"
    ] == told(f'title = "N"\n{line}\n')
    assert f"/{written}" == parse(f'title = "N"\n{offered}\n'.encode()).base


@pytest.mark.parametrize("url", ADDRESSES)
def test_what_is_no_address_of_a_site_is_refused(url):
    """Whatever else stands for an address: everything in the site hangs on it."""
    line = f"url = '{url}'"

    assert told(f'title = "N"\n{line}\n') == [
        f'site.toml:2:1: "{url}" is not an address of a site\n    2 | {line}\n      | ^^^\nhint: write it as https://news.example.com'
    ]


def test_a_path_in_the_address_climbs_nowhere():
    """The base of every address is a plain path."""
    assert told('title = "N"\nurl = "https://n.example/a/../b"\n') == [
        'site.toml:2:1: the path in url must not contain ".." or "."\n    2 | url = "https://n.example/a/../b"\n      | ^^^\n'
        "hint: write it as https://example.com/newsroom"
    ]


def test_everything_wrong_is_told_at_once():
    """One reading finds every mistake."""
    problems = told('titel = "N"\nurl = "x"\n[posts]\nper_page = -1\n[nope]\n')

    assert [line.partition("\n")[0] for line in problems] == [
        'site.toml:1:1: unknown setting "titel"',
        "site.toml:4:1: per_page must be a whole number from 1 to 1000",
        'site.toml:5:2: unknown setting "nope"',
        "site.toml:1: title is missing",
        'site.toml:2:1: "x" is not an address of a site',
    ]


def test_a_folder_without_settings_is_no_site(tmp_path):
    """The message says how to start one."""
    with pytest.raises(NewsroomError) as error:
        load(tmp_path)

    assert [text(p) for p in error.value.problems] == [
        "site.toml: there is no site.toml here\nhint: run this in a newsroom's folder, or start one: newsroom init DIR"
    ]


def test_settings_that_cannot_be_read_are_a_message(tmp_path):
    """A folder of that name is no site.toml either."""
    (tmp_path / "site.toml").mkdir()
    with pytest.raises(NewsroomError) as error:
        load(tmp_path)

    assert [text(p) for p in error.value.problems] == [
        "site.toml: cannot be read: Is a directory\nhint: check what it is, and its permissions"
    ]


def test_another_encoding_is_named_with_its_place():
    """The first byte that is not UTF-8 is counted in its line."""
    with pytest.raises(NewsroomError) as error:
        parse(LEAST.encode() + 'description = "Grüße"'.encode("latin-1"))

    assert [text(p) for p in error.value.problems] == ["site.toml:3:18: is not UTF-8\nhint: save the file as UTF-8"]


@given(st.text() | st.lists(st.sampled_from(['title = "a"\n', "url=", '"https://a.b"\n', "[posts]\n", "[[a]]\n", "x.y = 1\n", "= \n", "'''", "{", "1979-05-27\n"])).map("".join))  # fmt: skip
def test_any_text_is_settings_or_a_message(toml):
    """No site.toml is a traceback, and every problem can be told."""
    try:
        assert parse(toml.encode("utf-8", "surrogatepass")).title
    except NewsroomError as error:
        assert all(text(problem).startswith("site.toml:") for problem in error.problems)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_windows_settings_are_settings(end):
    """Line ends and a byte-order mark of Windows editors change nothing."""
    assert parse(("\ufeff" + LEAST.replace("\n", end)).encode()).title == "Northwind"


def test_only_settings_that_reading_depends_on_make_files_be_read_again():
    """A description changes nothing that was parsed; the zone, the pattern and the names that are nobody's do."""
    plain = reading_digest(parse(LEAST.encode()))

    assert plain == reading_digest(
        parse((LEAST + 'description = "x"\n[posts]\nper_page = 3\n[feeds]\nitems = 2\n').encode())
    )
    for more in ('timezone = "Europe/Berlin"', 'language = "de"', '[posts]\npermalink = "/{slug}/"', "[posts]\ntypographer = true",
                 "[posts]\ntrust_html = true", '[company]\nname = "Maya Okafor"'):  # fmt: skip
        assert plain != reading_digest(parse(f"{LEAST}{more}\n".encode())), more
    assert plain != reading_digest(parse(LEAST.replace("Northwind", "Maya Okafor").encode()))


def test_every_setting_has_a_sentence():
    """What a hint and the documentation say of a key is one sentence that ends."""
    for table, key, setting in settings():
        assert re.fullmatch(r"[A-Z].*[.]", setting.metadata["help"]), f"[{table}] {key}"


def settings():
    """(table, key, field) of every setting."""
    from dataclasses import fields, is_dataclass

    for top in fields(Config):
        kind = top.default_factory if isinstance(top.default_factory, type) else None
        if kind and is_dataclass(kind):
            yield from ((top.name, each.name, each) for each in fields(kind) if each.metadata["help"])
        elif top.metadata:
            yield "", top.name, top


def test_the_settings_name_the_file_they_come_from():
    """One name for the file everywhere."""
    assert config.FILE == "site.toml"
