"""Every row of PROVIDERS: its least settings make a thread, bad ones get a hint, and the thread's name never drifts."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from newsroom import providers
from newsroom.config import parse
from newsroom.errors import NewsroomError
from newsroom.model import Post
from newsroom.networks import skeet, status
from newsroom.options import FORMS, Option
from newsroom.providers import PROVIDERS, check, check_thread, origins, thread
from newsroom.views import SiteInfo

ROOT = Path(__file__).parents[1]

STATIC = ROOT / "themes/default/static"
LEAST = {
    "isso": {"url": "https://comments.example.com/"},
    "utterances": {"repo": "northwind/newsroom"},
    "artalk": {"url": "https://comments.example.com", "site": "Northwind"},
    "twikoo": {"url": "https://comments.example.com", "client": "/assets/twikoo"},
    "discourse": {"url": "https://forum.example.com"},
    "mastodon": {"url": "https://social.example"},
    "bluesky": {},
    "hyvor": {"website_id": 123456},
    "fastcomments": {"tenant_id": "northwind"},
    "giscus": {"repo": "northwind/newsroom", "repo_id": "R_1", "category": "Comments", "category_id": "DIC_1"},
    "remark42": {"url": "https://remark.example.com", "site_id": "news"},
    "comentario": {"url": "https://comments.example.com"},
    "waline": {"url": "https://comments.example.com", "client": "/assets/waline"},
    "disqus": {"shortname": "northwind"},
    "custom": {"name": "Chat", "host": "chat.example", "html": '<div data-id="{{post.id}}">{{ post.title }}</div>'},
}

OWN = {"mastodon": "https://social.example/@maya/17", "bluesky": "https://bsky.app/profile/maya.example/post/3kabc"}
"""What a post must name itself."""

BAD = {"url": "ftp://x", "place": "waline", "flag": "yes", "number": 0, "count": "12", "word": "a b", "words": "",
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
    chosen = {"provider": name, "thread": OWN.get(name, "")} | (comments or {})
    made = thread(chosen, LEAST[name] | (options or {}), a_post(**post), a_site(), "click")
    return dict(made.attributes)


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_row_makes_a_thread_from_its_least_settings(name):
    """The required keys are enough: nothing stays unfilled, and the reader is told the service and its host."""
    made = thread({"provider": name, "thread": OWN.get(name, "")}, LEAST[name], a_post(), a_site(), "click")

    assert [] == check(name, LEAST[name])
    assert {o.key for o in PROVIDERS[name].options if o.default is None} == LEAST[name].keys()
    assert made.provider == name and made.host.count(".") >= 1 and made.open and made.load == "click"
    assert all(key.startswith("data-") and value for key, value in made.attributes)
    assert "{" not in made.name + made.link + "".join(value for _, value in made.attributes)
    assert made.link == "" or made.link.startswith("https://")


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


def written(name, options):
    """A site.toml with these options, each on a line of its own from the sixth on."""
    value = {bool: lambda v: str(v).lower(), int: str, str: lambda v: "'" + v.replace("\n", "\\n") + "'"}
    lines = [f"{key} = {value[type(v)](v)}" for key, v in options.items()]
    head = ['title = "T"', 'url = "https://n.example"', "[comments]", f'provider = "{name}"', f"[comments.{name}]"]
    return "\n".join([*head, *lines]).encode()


@pytest.mark.parametrize("name", PROVIDERS)
def test_site_toml_with_the_least_settings_is_right(name):
    """What the row needs can be written down, and is kept."""
    assert LEAST[name] == parse(written(name, LEAST[name])).comments.options[name]


@pytest.mark.parametrize(
    ("name", "option"), [(n, o) for n, row in PROVIDERS.items() for o in row.options if o.default is None]
)
def test_a_missing_setting_is_told_at_the_table_that_lacks_it(name, option):
    """The error names site.toml, the line of the table, the key, and what to write."""
    with pytest.raises(NewsroomError) as told:
        parse(written(name, {key: value for key, value in LEAST[name].items() if key != option.key}))
    (problem,) = told.value.problems

    assert ("site.toml", 5) == problem.location[:2]
    assert f'{name} needs "{option.key}"' == problem.message
    assert problem.hint.startswith("write") and f"[comments.{name}]" in problem.hint


@pytest.mark.parametrize("name", [name for name in PROVIDERS if PROVIDERS[name].options])
def test_a_wrong_setting_is_told_at_its_line(name):
    """The error names site.toml, the line of the key, the value, and what to write."""
    option: Option = PROVIDERS[name].options[0]
    bad = str(BAD[option.form] or "") or "\t"
    with pytest.raises(NewsroomError) as told:
        parse(written(name, {**LEAST[name], option.key: bad}))
    (problem,) = told.value.problems

    line = [*LEAST[name], option.key].index(option.key) + 6
    assert ("site.toml", line) == problem.location[:2]
    assert f"the {option.key} of {name}" in problem.message and problem.hint.startswith("write")


def test_isso_without_a_server_is_told_that_one_can_be_tried():
    """The hint says how to begin with nothing."""
    ((_, _, hint),) = check("isso", {})

    assert "`newsroom serve` starts one beside the site if newsroom[isso] is installed" in hint


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
        ("artalk", "/2026/größe/"),
        ("twikoo", "/2026/größe/"),
        ("utterances", "7f3a9c2e41d0"),
        ("hyvor", "7f3a9c2e41d0"),
        ("fastcomments", "7f3a9c2e41d0"),
        ("discourse", "https://news.example.com/newsroom/2026/gr%C3%B6%C3%9Fe/"),
        ("giscus", "7f3a9c2e41d0"),
        ("disqus", "7f3a9c2e41d0"),
        ("custom", "7f3a9c2e41d0"),
        ("remark42", "https://news.example.com/newsroom/2026/gr%C3%B6%C3%9Fe/"),
    ],
)
def test_a_thread_is_named_by_what_the_service_can_take(name, key):
    """The post's id where any key will do, its path or address where the service wants one."""
    assert key == told(name)["data-thread"]


@pytest.mark.parametrize("name", [name for name in PROVIDERS if name not in OWN])
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


STATUSES = {
    "https://social.example/@maya/17": "17",
    "https://social.example/@maya@other.example/17/": "17",
    "https://social.example/users/maya/statuses/17": "17",
    "https://social.example/notice/AbC1": "AbC1",
    "https://social.example.evil/@maya/17": "",
    "https://evil.example/@maya/17": "",
    "http://social.example/@maya/17": "",
    "https://social.example/@maya": "",
    "https://social.example/@maya/../../oauth": "",
    "https://social.example/@maya/17?x=1": "",
    "javascript:alert(1)": "",
    "17": "",
}


@pytest.mark.parametrize(("address", "found"), STATUSES.items())
def test_a_status_is_known_by_its_address_on_the_configured_server(address, found):
    """Only there: whatever else is written asks no host, and is told with what to write."""
    read = status(address, LEAST["mastodon"])
    problem = check_thread("mastodon", LEAST["mastodon"], address)

    assert found == read.get("status", "")
    assert read.get("api", "") == (f"https://social.example/api/v1/statuses/{found}/context" if found else "")
    assert bool(problem) == (not found)
    for key, message, hint in problem:
        assert "thread" == key and address in message and "https://social.example" in message
        assert hint.startswith("write the address of your post")


DID = "did:plc:z72i7hdynmk6r22z27h6tvur"
SKEETS = {
    "https://bsky.app/profile/maya.example/post/3kabc": ("maya.example", "3kabc"),
    f"https://bsky.app/profile/{DID}/post/3kabc/": (DID, "3kabc"),
    f"at://{DID}/app.bsky.feed.post/3kabc": (DID, "3kabc"),
    "https://bsky.app.evil/profile/maya.example/post/3kabc": ("", ""),
    "https://bsky.app/profile/maya/post/3kabc": ("", ""),
    "https://bsky.app/profile/maya.example/post/3k/../abc": ("", ""),
    "https://bsky.app/profile/maya.example": ("", ""),
    "at://did:plc:short/app.bsky.feed.post/3kabc": ("", ""),
}


@pytest.mark.parametrize(("address", "found"), SKEETS.items())
def test_a_post_of_bluesky_is_known_by_its_page_or_its_own_address(address, found):
    """Its writer and its key are read, and its page is where readers are led."""
    read = skeet(address, {"url": "https://public.api.bsky.app"})

    assert found == (read.get("actor", ""), read.get("post", ""))
    assert bool(check_thread("bluesky", {}, address)) == (not found[0])
    assert not read or read["thread"] == f"https://bsky.app/profile/{found[0]}/post/{found[1]}"


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("given", ["", "https://evil.example/@maya/17", '"><script>'])
def test_without_an_address_of_its_own_a_post_has_no_section(name, given):
    """Answers to a post elsewhere are shown where there is such a post; that others have none is no mistake."""
    made = thread({"provider": name, "thread": given}, LEAST[name], a_post(), a_site(), "click")

    assert made is None
    assert [] == check_thread(name, LEAST[name], "")


@pytest.mark.parametrize("name", OWN)
def test_answers_elsewhere_are_linked_where_they_stand(name):
    """Without a script the reader is led to the post that is answered."""
    made = thread({"provider": name, "thread": OWN[name]}, LEAST[name], a_post(), a_site(), "click")

    assert OWN[name] == made.link == dict(made.attributes)["data-thread"]
    assert "data-script" not in dict(made.attributes)


def test_comentario_is_told_a_path_or_the_writer_is():
    """It looks threads up by path and nothing else."""
    ((key, message, hint),) = check_thread("comentario", LEAST["comentario"], "https://old.example/1")

    assert "thread" == key and "https://old.example/1" in message and "/2026/old-path/" in hint
    assert [] == check_thread("comentario", LEAST["comentario"], "/2025/old/")
    assert [] == check_thread("isso", LEAST["isso"], "anything")


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("giscus", "https://github.com/northwind/newsroom/discussions/17"),
        ("utterances", "https://github.com/northwind/newsroom/issues/17"),
        ("discourse", "https://forum.example.com/t/17"),
    ],
)
def test_a_thread_can_be_named_by_its_number(name, link):
    """`#17` is the discussion, issue or topic of that number; digits alone may be a post's id."""
    made = thread({"provider": name, "thread": "#17"}, LEAST[name], a_post(), a_site(), "click")

    assert ("17", link) == (dict(made.attributes)["data-number"], made.link)
    assert "data-number" not in told(name, id="17") | told(name, {"thread": "17"})


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
        ("remark42", "uk", "ua"),
        ("remark42", "pt-BR", "bp"),
        ("giscus", "el", "gr"),
        ("giscus", "zh-Hant-HK", "zh-Hant"),
        ("disqus", "", "de_formal"),
        ("disqus", "sv-FI", "sv_SE"),
        ("waline", "ja", "jp"),
        ("waline", "pt", "pt-BR"),
        ("artalk", "zh", "zh-CN"),
        ("artalk", "", "en"),
        ("twikoo", "zh-Hant-TW", "zh-tw"),
        ("fastcomments", "", "de_de"),
        ("fastcomments", "fi", "en_us"),
        ("hyvor", "", "de-AT"),
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
    """A policy made of the row's origins lets its script through; no row asks for every host or for inline scripts."""
    wanted, options = origins(name, LEAST[name]), dict(told(name))
    every = {origin for some in wanted.values() for origin in some}

    for address, directive in (
        (options.get("data-script", ""), "script-src"),
        (options.get("data-style", ""), "style-src"),
    ):
        assert not address.startswith("https:") or any(address.startswith(f"{at}/") for at in wanted[directive])
    assert not {"*", "https:", "http:", "'unsafe-eval'"} & every
    assert "'unsafe-inline'" not in wanted.get("script-src", ())
    assert all(wanted.values())


@pytest.mark.parametrize(
    ("name", "options", "directive", "more"),
    [
        ("isso", {"style": False}, "style-src", "https://comments.example.com"),
        ("comentario", {"live": False}, "connect-src", "wss://comments.example.com"),
        ("fastcomments", {"region": "eu"}, "script-src", "https://cdn.fastcomments.com"),
    ],
)
def test_what_is_switched_off_needs_no_origin(name, options, directive, more):
    """A style sheet, an open connection, another region: the policy has only what the settings bring."""
    on = {"style": True, "live": True, "region": "us"}

    assert more not in origins(name, LEAST[name] | options).get(directive, ())
    assert more in origins(name, LEAST[name] | {key: on[key] for key in options})[directive]


@pytest.mark.parametrize("name", PROVIDERS)
def test_the_pages_script_knows_every_service(name):
    """comments.js or networks.js has a row for the service, and reads every attribute that the table sends."""
    scripts = "".join((STATIC / file).read_text("utf-8") for file in ("comments.js", "networks.js"))
    row = scripts.partition(f"    {name}: ")[2].partition("\n\n")[0]
    row = row.replace("theme(d)", "d.light d.dark")
    read = (
        {key.removeprefix("data-") for key in told(name)}
        if name in OWN
        else {key for key, _ in PROVIDERS[name].attributes}
    )

    assert row
    for key in read - {"thread", "address", "title", "language", "status"}:
        first, *rest = key.split("-")
        assert f"d.{first}{''.join(word.capitalize() for word in rest)}" in row


@pytest.mark.parametrize(("file", "most"), [("comments.js", 12_500), ("networks.js", 7_500), ("newsroom.js", 1024)])
def test_the_pages_scripts_are_small_and_well_formed(file, most):
    """They stay small before compression, and node reads them."""
    path = STATIC / file

    assert path.stat().st_size <= most
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
    assert providers.sends(name) in section


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<script>start()</script>", "the snippet has a script without src, which would not run"),
        ('<script src="https://other.example/x.js"></script>', 'the snippet loads a script from other.example, and host is "chat.example"'),
        ("<p>{{post.idd}}</p>", 'the snippet has an unknown placeholder, "post.idd"'),
        ('<script src="https://chat.example/x.js" async></script><b>{{ post.id }}</b>', ""),
        ("<script src=/assets/chat.js></script>", ""),
    ],
)  # fmt: skip
def test_a_snippet_that_would_do_nothing_is_a_mistake(html, says):
    """The page's policy stops it without a word, where only an engineer looks."""
    settings = {"name": "Chat", "host": "chat.example", "html": html}

    assert [(key, message) for key, message, _ in providers.check("custom", settings)] == (
        [("html", says)] if says else []
    )
