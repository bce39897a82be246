"""Every row of PROVIDERS: its least settings make a thread, bad ones get a hint, and the thread's name never drifts."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from newsroom import providers
from newsroom.model import Post
from newsroom.options import FORMS
from newsroom.providers import PROVIDERS, check, origins, thread
from newsroom.views import SiteInfo

ROOT = Path(__file__).parents[1]

LEAST = {
    "isso": {"url": "https://comments.example.com/"},
    "giscus": {"repo": "northwind/newsroom", "repo_id": "R_1", "category": "Comments", "category_id": "DIC_1"},
    "remark42": {"url": "https://remark.example.com", "site_id": "news"},
    "comentario": {"url": "https://comments.example.com"},
    "waline": {"url": "https://comments.example.com", "client": "/assets/waline"},
    "disqus": {"shortname": "northwind"},
    "custom": {"name": "Chat", "host": "chat.example", "html": '<div data-id="{{post.id}}">{{ post.title }}</div>'},
}

BAD = {"url": "ftp://x", "place": "waline", "flag": "yes", "number": 0, "word": "a b", "words": "",
       "host": "https://x.example", "repository": "northwind", "theme": "A B", "markup": "words"}  # fmt: skip


def a_post(**changes):
    """A post with an id, a path and a title that needs escaping."""
    values = dict.fromkeys(Post._fields, "") | {
        "id": "7f3a9c2e41d0", "permalink": "/2026/größe/", "title": 'A "crack" & more', "comments": {}, "details": {},
    }  # fmt: skip
    return Post(**values | changes)


def a_site(**changes):
    """A site below a path."""
    values = dict.fromkeys(SiteInfo._fields, "") | {
        "url": "https://news.example.com/newsroom", "base": "/newsroom", "language": "de-AT",
    }  # fmt: skip
    return SiteInfo(**values | changes)


def told(name, comments=None, options=None, **post):
    """What the service of the row is told, by name."""
    chosen = {"provider": name} | (comments or {})
    made = thread(chosen, LEAST[name] | (options or {}), a_post(**post), a_site(), "click")
    return dict(made.attributes)


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_row_makes_a_thread_from_its_least_settings(name):
    """The required keys are enough: nothing stays unfilled, and the reader is told the service and its host."""
    made = thread({"provider": name}, LEAST[name], a_post(), a_site(), "click")

    assert [] == check(name, LEAST[name])
    assert {o.key for o in PROVIDERS[name].options if o.default is None} == LEAST[name].keys()
    assert made.provider == name and made.host.count(".") >= 1 and made.open and made.load == "click"
    assert all(key.startswith("data-") and value for key, value in made.attributes)
    assert "{" not in made.name + made.link + "".join(value for _, value in made.attributes)


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_required_key_is_missed_by_name(name):
    """Without its settings, a row names each key that it needs and says what to write."""
    found = check(name, {})

    assert LEAST[name].keys() == {key for key, _, _ in found}
    assert all(f'"{key}"' in message and f"[comments.{name}]" in hint for key, message, hint in found)


@pytest.mark.parametrize(("name", "option"), [(n, o) for n, row in PROVIDERS.items() for o in row.options])
def test_every_option_refuses_a_bad_value_with_a_hint(name, option):
    """An ill-formed value of any option is one problem, at its key, that says what to write."""
    bad = "sideways" if isinstance(option.form, tuple) else BAD[option.form]
    if bad == "" and option.default == "":
        bad = "\n"

    (problem,) = check(name, LEAST[name] | {option.key: bad})

    assert option.key == problem[0]
    assert str(bad) in problem[1] and name in problem[1]
    assert problem[2].startswith("write")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_used_and_has_a_bad_example_here(form):
    """No form lies about unused, and each is proved to refuse something."""
    assert form in BAD
    assert any(option.form == form for row in PROVIDERS.values() for option in row.options)


def test_an_unknown_key_is_answered_with_the_key_that_was_meant():
    """`repoid` is told about `repo_id`."""
    (problem,) = check("giscus", LEAST["giscus"] | {"repoid": "x"})

    assert "repoid" == problem[0] and 'did you mean "repo_id"?' in problem[2]


def test_an_unknown_service_is_answered_with_the_service_that_was_meant():
    """`gisqus` is told about `giscus`; "off" is no mistake."""
    ((key, message, hint),) = check("gisqus", {})

    assert ("", 'unknown comment service "gisqus"') == (key, message)
    assert 'did you mean "giscus"?' in hint
    assert [] == check("off", {}) == check("", {})


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://comments.example.com", True),
        ("https://example.com/comments/", True),
        ("http://127.0.0.1:8901/", True),
        ("http://localhost:8901", True),
        ("http://comments.example.com", False),
        ("http://localhost.evil.example", False),
        ("https://maya:secret@example.com", False),
        ("https://example.com/?a=b", False),
        ("javascript:alert(1)", False),
        ('https://example.com/"x', False),
    ],
)
def test_an_address_is_https_or_on_this_machine(url, good):
    """A comment server without https is accepted only on the writer's own machine."""
    assert good == (check("isso", {"url": url}) == [])


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("isso", "/2026/größe/"),
        ("comentario", "/2026/größe/"),
        ("waline", "/2026/größe/"),
        ("giscus", "7f3a9c2e41d0"),
        ("disqus", "7f3a9c2e41d0"),
        ("custom", "7f3a9c2e41d0"),
        ("remark42", "https://news.example.com/newsroom/2026/gr%C3%B6%C3%9Fe/"),
    ],
)
def test_a_thread_is_named_by_what_the_service_can_take(name, key):
    """The post's id where any key will do, its path or address where the service wants one."""
    assert key == told(name)["data-thread"]


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_thread_that_the_post_names_always_wins(name):
    """`comments: {thread: ...}` is used as it is written, whatever the post's id and path are."""
    assert "https://old.example.com/1" == told(name, {"thread": "https://old.example.com/1"})["data-thread"]


@pytest.mark.parametrize("name", [n for n, row in PROVIDERS.items() if row.key == "id"])
def test_a_thread_named_by_id_outlives_title_and_path(name):
    """A new title or path leaves the thread where it was."""
    assert told(name)["data-thread"] == told(name, title="New", permalink="/2027/new/")["data-thread"]


def test_a_service_that_wants_an_address_is_given_one_for_an_old_path():
    """A path that a post keeps as its thread becomes an address of the site."""
    assert "https://news.example.com/newsroom/2025/old/" == told("remark42", {"thread": "/2025/old/"})["data-thread"]


@pytest.mark.parametrize("off", [{}, {"provider": ""}, {"provider": "off"}, {"provider": "none"}, {"provider": None}])
def test_no_service_is_no_thread(off):
    """Comments that are off make no thread at all."""
    assert thread(off, {}, a_post(), a_site(), "click") is None


def test_a_closed_conversation_is_marked():
    """`open: false` reaches the template."""
    shut = thread({"provider": "isso", "open": False}, LEAST["isso"], a_post(), a_site(), "click")
    open_ = thread({"provider": "isso", "open": True}, LEAST["isso"], a_post(), a_site(), "click")

    assert (False, True) == (shut.open, open_.open)


@pytest.mark.parametrize(
    ("name", "post", "language"),
    [
        ("giscus", "", "de"),
        ("giscus", "pt-BR", "pt"),
        ("giscus", "zh-TW", "zh-TW"),
        ("giscus", "zh", "zh-CN"),
        ("giscus", "fi", "en"),
        ("remark42", "zh-TW", "zh-tw"),
        ("isso", "", "de-AT"),
        ("isso", "fi", "fi"),
    ],
)
def test_a_service_is_told_a_language_that_it_speaks(name, post, language):
    """The post's language, else the site's, else the closest the service has."""
    assert language == told(name, language=post)["data-language"]


def test_flags_are_written_as_the_browser_reads_them():
    """True becomes `true`, and a number its digits."""
    assert "true" == told("isso", options={"avatar": True})["data-avatar"]
    assert "5" == told("comentario", options={"max_level": 5})["data-levels"]


def test_a_snippet_is_filled_in_escaped_and_once():
    """A title cannot bring markup or a further placeholder into the snippet."""
    made = told("custom", title='<script>"{{post.id}}')

    assert '<div data-id="7f3a9c2e41d0">&lt;script&gt;&quot;{{post.id}}</div>' == made["data-html"]


def test_a_discussion_can_be_read_without_a_script():
    """giscus's thread is linked by its key, encoded."""
    made = thread({"provider": "giscus", "thread": "a b&c"}, LEAST["giscus"], a_post(), a_site(), "click")

    assert "https://github.com/northwind/newsroom/discussions?discussions_q=a%20b%26c" == made.link


def test_a_client_on_the_sites_own_host_stands_below_its_path():
    """A folder of the site is found where the site is, and needs no foreign origin."""
    assert "/newsroom/assets/waline/waline.js" == told("waline")["data-script"]
    assert ("'self'",) == origins("waline", LEAST["waline"])["script-src"]


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_row_names_the_origins_it_loads_from(name):
    """A policy made of the row's origins lets its script through, and no row asks for every host."""
    wanted = origins(name, LEAST[name])
    script = told(name).get("data-script", "")

    assert not script.startswith("https:") or any(script.startswith(f"{origin}/") for origin in wanted["script-src"])
    assert not {"*", "https:"} & {origin for some in wanted.values() for origin in some}
    if name == "comentario":
        assert "wss://comments.example.com" in wanted["connect-src"]


@pytest.mark.parametrize("name", PROVIDERS)
def test_the_pages_script_knows_every_service(name):
    """newsroom.js has a row for the service, and reads every attribute that the table sends."""
    script = (ROOT / "themes/default/static/newsroom.js").read_text("utf-8")
    _, _, row = script.partition(f"    {name}: ")
    row = row.partition("\n\n")[0]
    row = row.replace("theme(d)", "d.light d.dark").replace('"template"', "d.html")

    assert row
    for key, _ in PROVIDERS[name].attributes:
        first, *rest = key.split("-")
        assert f"d.{first}{''.join(word.capitalize() for word in rest)}" in row


def test_the_pages_script_is_small_and_well_formed():
    """newsroom.js stays under 6 KB, and node reads it."""
    path = ROOT / "themes/default/static/newsroom.js"

    assert path.stat().st_size <= 6144
    if node := shutil.which("node"):
        assert 0 == subprocess.run([node, "--check", path], check=False).returncode


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_service_is_documented_with_its_options(name):
    """docs/comments.md has a row for the service, and one for each of its options with what it says."""
    text = (ROOT / "docs/comments.md").read_text("utf-8")
    section = text.partition(f"### `{name}`\n")[2].partition("\n### ")[0]

    assert f"| `{name}` |" in text
    for option in PROVIDERS[name].options:
        row = next((line for line in section.splitlines() if line.startswith(f"| `{option.key}` |")), "")
        assert option.says.split(";")[0] in row
        assert ("required" in row) == (option.default is None)
    assert providers.PROVIDERS[name].sends in section
