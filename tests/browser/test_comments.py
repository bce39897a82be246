"""Every comment service in a real browser: nothing before the click, all of it after, under the page's own policy.

The services' hosts are answered for at the network's edge, with stand-ins that note what a real client would read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest

SERVER = "https://comments.example.com"
DID = "did:plc:z72i7hdynmk6r22z27h6tvur"
LANGUAGE = "pt-BR"
TITLE = 'A "crack" & more'

SETTINGS = f"""
title = "Northwind Newsroom"
url = "https://news.example.com"
language = "{LANGUAGE}"
[comments.isso]
url = "{SERVER}"
avatar = true
author_hashes = "6fab3c"
[comments.remark42]
url = "{SERVER}"
site_id = "news"
email_subscription = true
[comments.comentario]
url = "{SERVER}"
max_level = 5
[comments.waline]
url = "{SERVER}"
client = "{SERVER}/client"
word_limit = 500
[comments.artalk]
url = "{SERVER}"
site = "Northwind"
[comments.twikoo]
url = "{SERVER}"
client = "{SERVER}/client"
[comments.discourse]
url = "{SERVER}"
author = "maya"
[comments.giscus]
repo = "northwind/newsroom"
repo_id = "R_1"
category = "Comments"
category_id = "DIC_1"
dark = "dark_dimmed"
[comments.utterances]
repo = "northwind/newsroom"
label = "comments"
[comments.disqus]
shortname = "northwind"
[comments.hyvor]
website_id = 123456
[comments.fastcomments]
tenant_id = "northwind"
[comments.mastodon]
url = "{SERVER}"
[comments.custom]
name = "Chat"
host = "comments.example.com"
html = '''<p id="chat"></p>
<script src="{SERVER}/chat.js" data-key="{{{{post.id}}}}" data-title="{{{{post.title}}}}"></script>'''
"""

PERSON = "---\nname: Maya Okafor\ncontact: {email: maya@example.com}\n---\nMaya repairs lenses.\n"
TEXT = "\n\n".join(f"Paragraph {number} of many." for number in range(40))


class Stand(NamedTuple):
    """A stand-in for one service: what its host answers, by the end of the address, and what must have arrived."""

    host: str
    files: dict[str, str]
    told: dict[str, Any]
    named: str = ""
    """The thread that the post names."""


def frame(name: str, host: str) -> str:
    """A script's line that opens the service's frame, as its client does, in the element that it is given."""
    return f"""const frame = document.createElement("iframe"); frame.src = "https://{host}/frame.html";
      frame.className = "{name}"; place.append(frame);"""


FRAME = (
    "<script>addEventListener('message', e => (window.heard = {said: e.data, by: e.origin}))</script><p>Comments.</p>"
)
ATTRIBUTES = "Object.fromEntries([...{}.attributes].map(({{name, value}}) => [name, value]))"
ELEMENT = """customElements.define("%s", class extends HTMLElement { connectedCallback() {
  window.told = %s; this.attachShadow({mode: "open"}).innerHTML = "<p>Comments.</p>"; } });"""
ADDRESS = "https://news.example.com/2026/{}/"


def stands() -> Iterator[tuple[str, Stand]]:
    """Each provider's stand-in: reference is what the service documents, not how our script says it."""
    host = SERVER.removeprefix("https://")
    yield "isso", Stand(host, {
        "/js/embed.min.js": """const s = document.currentScript, t = document.getElementById("isso-thread");
          window.told = {...s.dataset, id: t.dataset.issoId, title: t.dataset.title};
          const css = document.createElement("link"); css.rel = "stylesheet";
          css.href = s.dataset.isso + "css/isso.css";
          document.head.append(css); fetch(s.dataset.isso + "?uri=x"); t.innerHTML = "<p>Comments.</p>";""",
    }, {
        "isso": f"{SERVER}/", "issoLang": LANGUAGE, "issoCss": "true", "issoAvatar": "true", "issoVote": "true",
        "issoSorting": "oldest", "issoPageAuthorHashes": "6fab3c", "id": "/2026/isso/", "title": TITLE,
    })  # fmt: skip
    yield "remark42", Stand(host, {
        "/web/embed.mjs": """window.told = window.remark_config; const place = document.getElementById("remark42");
          window.REMARK42 = {changeTheme: (theme) => (window.changed = theme)};""" + frame("r", host),
    }, {
        "host": SERVER, "site_id": "news", "url": ADDRESS.format("remark42"), "components": ["embed"], "theme": "light",
        "locale": "bp", "page_title": TITLE, "simple_view": False, "show_email_subscription": True,
    })  # fmt: skip
    yield "comentario", Stand(host, {
        "/comentario.js": ELEMENT % ("comentario-comments", ATTRIBUTES.format("this"))
        + f"""fetch("{SERVER}/api/embed"); const css = document.createElement("link"); css.rel = "stylesheet";
              css.href = "{SERVER}/comentario.css"; document.head.append(css);""",
    }, {
        "page-id": "/2026/comentario/", "lang": LANGUAGE, "live-update": "false", "max-level": "5", "no-fonts": "true",
    })  # fmt: skip
    yield "waline", Stand(host, {
        "/client/waline.js": f"""export const init = (o) => {{ o.el.innerHTML = "<p>Comments.</p>";
          window.told = {{...o, el: o.el.className}}; fetch("{SERVER}/api/comment?path=x");
          const style = document.createElement("style"); document.head.append(style); style.textContent = ""; }};""",
    }, {
        "el": "thread", "serverURL": SERVER, "path": "/2026/waline/", "lang": "pt-BR", "dark": False,
        "login": "disable", "wordLimit": 500, "meta": ["nick", "mail"], "requiredMeta": ["nick"], "emoji": False,
        "search": False,
        "imageUploader": False,
    })  # fmt: skip
    yield "artalk", Stand(host, {
        "/dist/Artalk.js": f"""window.Artalk = {{init: (o) => {{
          o.el.innerHTML = '<p style="cursor: pointer">Comments.</p>';
          window.told = {{...o, el: o.el.localName}}; fetch("{SERVER}/api/v2/comments"); }}}};""",
    }, {
        "el": "div", "server": SERVER, "site": "Northwind", "pageKey": "/2026/artalk/", "pageTitle": TITLE,
        "locale": "en", "darkMode": "auto", "vote": True, "emoticons": False, "imgUpload": False, "uaBadge": False,
        "versionCheck": False,
    })  # fmt: skip
    yield "twikoo", Stand(host, {
        "/client/twikoo.nocss.js": """window.twikoo = {init: async (o) => { window.told = o;
          await fetch(o.envId, {method: "POST"}); document.querySelector(o.el).innerHTML = "<p>Comments.</p>"; }};""",
    }, {"envId": SERVER, "el": "#tcomment", "path": "/2026/twikoo/", "lang": "en"})  # fmt: skip
    yield "discourse", Stand(host, {
        "/javascripts/embed.js": """window.told = window.DiscourseEmbed;
          const place = document.getElementById("discourse-comments");""" + frame("d", host),
    }, {
        "discourseUrl": f"{SERVER}/", "discourseEmbedUrl": ADDRESS.format("discourse"), "discourseUserName": "maya",
        "className": "light",
    })  # fmt: skip
    yield "giscus", Stand("giscus.app", {
        "/client.js": """const s = document.currentScript; window.told = {...s.dataset, crossorigin: s.crossOrigin,
            backlink: document.querySelector("meta[name='giscus:backlink']").content};
          const css = document.createElement("link"); css.rel = "stylesheet";
          css.href = "https://giscus.app/default.css";
          document.head.append(css);
          const place = document.querySelector(".giscus");""" + frame("giscus-frame", "giscus.app"),
    }, {
        "repo": "northwind/newsroom", "repoId": "R_1", "category": "Comments", "categoryId": "DIC_1",
        "mapping": "specific", "term": "id-giscus", "strict": "1", "reactionsEnabled": "1", "emitMetadata": "0",
        "inputPosition": "bottom",
        "theme": "light", "lang": "pt", "crossorigin": "anonymous", "backlink": ADDRESS.format("giscus"),
    })  # fmt: skip
    yield "utterances", Stand("utteranc.es", {
        "/client.js": "const s = document.currentScript; window.told = " + ATTRIBUTES.format("s") + """;
          const style = document.createElement("style"); style.textContent = ".utterances { width: 100% }";
          document.head.append(style); s.insertAdjacentHTML("afterend",
            '<div class="utterances"><iframe class="utterances-frame" src="https://utteranc.es/frame.html"></iframe>');
          s.remove();""",
    }, {
        "src": "https://utteranc.es/client.js", "crossorigin": "anonymous", "repo": "northwind/newsroom",
        "issue-term": "id-utterances", "label": "comments", "theme": "github-light",
    })  # fmt: skip
    yield "disqus", Stand("northwind.disqus.com", {
        "/embed.js": """const c = {page: {}}; window.disqus_config.call(c);
          window.told = {...c.page, language: c.language,
          stamp: Number(document.currentScript.dataset.timestamp) > 1e12};
          const place = document.getElementById("disqus_thread");""" + frame("d", "disqus.com"),
    }, {
        "identifier": "id-disqus", "url": ADDRESS.format("disqus"), "title": TITLE, "language": "pt_BR", "stamp": True,
    })  # fmt: skip
    yield "hyvor", Stand("talk.hyvor.com", {
        "/embed/embed.js": ELEMENT % ("hyvor-talk-comments", ATTRIBUTES.format("this")),
    }, {
        "website-id": "123456", "page-id": "id-hyvor", "page-url": ADDRESS.format("hyvor"), "page-title": TITLE,
        "page-language": LANGUAGE, "colors": "os",
    })  # fmt: skip
    yield "fastcomments", Stand("cdn.fastcomments.com", {
        "/js/embed-v2.min.js": """window.FastCommentsUI = (place, o) => { window.told = {...o};"""
        + frame("f", "fastcomments.com") + "};",
    }, {
        "tenantId": "northwind", "urlId": "id-fastcomments", "url": ADDRESS.format("fastcomments"), "pageTitle": TITLE,
        "locale": "pt_br", "hasDarkBackground": False, "region": None,
    })  # fmt: skip
    yield "custom", Stand(host, {
        "/chat.js": """window.told = {...document.currentScript.dataset};
          document.getElementById("chat").textContent = "Comments.";""",
    }, {"key": "id-custom", "title": TITLE})  # fmt: skip
    yield (
        "mastodon",
        Stand(
            host,
            {"/api/v1/statuses/17/context": json.dumps({"ancestors": [], "descendants": []})},
            {},
            f"{SERVER}/@maya/17",
        ),
    )
    yield (
        "bluesky",
        Stand(
            "public.api.bsky.app",
            {"": json.dumps({"did": DID, "thread": {"post": {"uri": "x"}, "replies": []}})},
            {},
            "https://bsky.app/profile/maya.example/post/3kabc",
        ),
    )


STANDS = dict(stands())
NEWER = {
    "giscus": {"giscus": {"setConfig": {"theme": "dark_dimmed"}}},
    "utterances": {"type": "set-theme", "theme": "github-dark"},
}


def post(name: str, thread: str = "") -> str:
    """A post that takes its comments from one service."""
    own = f"{{provider: {name}, thread: '{thread}'}}"
    return f"---\ntitle: '{TITLE}'\nauthors: [maya]\ndate: 2026-03-02\nid: id-{name}\ncomments: {own}\n---\n{TEXT}\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with a post for each service, built once and served."""
    from newsroom.build import Options, build

    root = tmp_path_factory.mktemp("services")
    files = {"site.toml": SETTINGS, "content/people/maya.md": PERSON}
    files |= {f"content/posts/{name}.md": post(name, stand.named) for name, stand in STANDS.items()}
    said = "- {id: isso-1, name: Ada, date: 2026-03-03T10:00:00Z, text: Kept words}\n"
    files["content/comments/isso.yaml"] = f"post: id-isso\ncomments:\n{said}"
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    assert build(root, Options()).problems == ()
    yield from _served(root / "public")


def _served(public: Any) -> Iterator[str]:
    import threading
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    from newsroom.commands.static_host import answer

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = answer(public, "", self.path)
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *args: object) -> None:
            """The test's own output is enough."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Reader(NamedTuple):
    """A reader's browser, and what it noted."""

    page: Any
    asked: list[str]
    """Addresses on other hosts, in order."""
    wrong: list[str]
    """Errors on the console, violations of the page's policy."""

    def open(self, address: str) -> None:
        """Go to a page; its script has run then, because it is deferred."""
        self.page.goto(address)

    def click(self) -> None:
        """Ask for the comments."""
        self.page.locator("[data-comments-load]").click()

    def state(self, word: str) -> None:
        """Wait until the gate is `ready` or `failed`."""
        self.page.locator(f'[data-provider][data-state="{word}"]').wait_for()

    def violations(self) -> list[str]:
        """What the page's policy stopped, and what went to the console as an error."""
        return self.page.evaluate("window.violations") + self.wrong


NOTE = """window.violations = []; addEventListener("securitypolicyviolation", (e) =>
  window.violations.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sample}`))"""


@pytest.fixture
def reader(open_page: Callable[..., Any]) -> Callable[..., Reader]:
    """Open a browser for which all other hosts are answered by a stand-in: `reader(STANDS["isso"])`."""

    def new(stand: Stand | None = None, answer: Callable[[Any], None] | None = None, **settings: Any) -> Reader:
        made = Reader(open_page(**settings), [], [])
        made.page.add_init_script(NOTE)
        made.page.on("console", lambda said: said.type == "error" and made.wrong.append(said.text))
        made.page.on("pageerror", lambda error: made.wrong.append(str(error)))

        def elsewhere(route: Any) -> None:
            made.asked.append(route.request.url)
            (answer or (lambda route: serve(route, stand)))(route)

        made.page.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), elsewhere)
        return made

    return new


def serve(route: Any, stand: Stand) -> None:
    """Answer as the service does: its files, an empty frame, an empty style sheet, an empty JSON."""
    address = route.request.url
    path = "/" + address.split("/", 3)[3].partition("?")[0]
    headers = {"access-control-allow-origin": "*"}
    for end, body in stand.files.items():
        if path.endswith(end):
            kind = "text/javascript" if path.endswith(("js", "mjs")) else "application/json"
            return route.fulfill(body=body, content_type=kind, headers=headers)
    if path.endswith("/frame.html"):
        return route.fulfill(body=FRAME, content_type="text/html")
    kind, body = ("text/css", "") if path.endswith(".css") else ("application/json", "{}")
    return route.fulfill(body=body, content_type=kind, headers=headers)


@pytest.mark.parametrize(("fragment", "shown"), [("", False), ("#comment-isso-1", True)])
def test_what_is_kept_folds_when_the_live_thread_stands_there(
    address: str, reader: Callable, fragment: str, shown: bool
) -> None:
    """The same words twice would be no help, but for whoever came for one of them. Without a click nothing is folded."""
    made = reader(STANDS["isso"])
    made.open(f"{address}/2026/isso/{fragment}")
    kept = made.page.get_by_text("Kept words")
    assert kept.is_visible()
    made.click()
    made.state("ready")

    assert kept.is_visible() == shown


def test_every_service_has_a_stand_in() -> None:
    """A row of PROVIDERS that no browser has seen is not shown to work."""
    from newsroom.providers import PROVIDERS

    assert set(PROVIDERS) == set(STANDS)


@pytest.mark.parametrize("name", STANDS)
def test_nothing_is_asked_before_the_click_and_all_arrives_after_it(address: str, reader: Any, name: str) -> None:
    """The service hears of the reader when she asks; it is told what it documents; the page's policy stops nothing."""
    stand = STANDS[name]
    at = reader(stand, color_scheme="light")
    at.open(f"{address}/2026/{name}/")
    policy = at.page.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content")
    at.page.locator("[data-comments-load]").scroll_into_view_if_needed()
    at.page.wait_for_timeout(150)
    before = list(at.asked)
    hints = at.page.locator("link[rel~=preconnect], link[rel~=dns-prefetch], link[rel~=preload]").count()

    at.click()
    at.state("ready")
    at.page.wait_for_timeout(150)

    assert ([], 0) == (before, hints)
    assert "default-src 'none'" in policy and at.asked[0].startswith(f"https://{stand.host}/")
    assert [] == at.violations()
    if stand.told:
        assert stand.told == at.page.evaluate("window.told")
    assert "" == at.page.locator("[data-provider] [role=status]").inner_text()
    assert at.page.evaluate("document.activeElement.className") == "thread"


@pytest.mark.parametrize("name", ["giscus", "utterances"])
def test_a_frame_is_told_when_the_scheme_changes(address: str, reader: Any, name: str) -> None:
    """In the words that the service documents, sent to its own origin alone."""
    at = reader(STANDS[name], color_scheme="light")
    at.open(f"{address}/2026/{name}/")
    at.click()
    at.state("ready")
    inner = at.page.wait_for_selector(".thread iframe").content_frame()
    inner.get_by_text("Comments.").wait_for()

    at.page.emulate_media(color_scheme="dark")
    inner.wait_for_function("window.heard")

    heard = inner.evaluate("window.heard")
    assert (NEWER[name], address) == (heard["said"], heard["by"])


def test_a_service_in_the_page_is_told_when_the_scheme_changes(address: str, reader: Any) -> None:
    """Remark42 by its own function, Twikoo by the attribute that its style sheet reads."""
    found = {}
    for name, reads in {
        "remark42": "window.changed",
        "twikoo": "document.querySelector('#tcomment').closest('[data-theme]').dataset.theme",
    }.items():
        at = reader(STANDS[name], color_scheme="light")
        at.open(f"{address}/2026/{name}/")
        at.click()
        at.state("ready")
        at.page.emulate_media(color_scheme="dark")
        at.page.wait_for_function(f"{reads} === 'dark'")
        found[name] = at.page.evaluate(reads)

    assert {"remark42": "dark", "twikoo": "dark"} == found


def test_waline_takes_the_pages_colours(address: str, reader: Any) -> None:
    """Its own dark mode needs an inline style; the page's colours, which follow the scheme, need none."""
    at = reader(STANDS["waline"], color_scheme="light")
    at.open(f"{address}/2026/waline/")
    at.click()
    at.state("ready")
    colour = "getComputedStyle(document.querySelector('.thread')).getPropertyValue('--waline-bg-color')"
    light = at.page.evaluate(colour)
    at.page.emulate_media(color_scheme="dark")

    assert light and light != at.page.evaluate(colour)


def test_a_thread_can_be_opened_from_the_keyboard(address: str, reader: Any) -> None:
    """Tab, Enter: the comments load, and the focus stands where they begin."""
    at = reader(STANDS["isso"])
    at.open(f"{address}/2026/isso/")
    at.page.locator("#contact a[href]").last.focus()
    for _ in range(20):
        at.page.keyboard.press("Tab")
        if at.page.evaluate("document.activeElement.matches('[data-comments-load]')"):
            break
    at.page.keyboard.press("Enter")
    at.state("ready")

    assert at.page.evaluate("document.activeElement.className") == "thread"


# ── a choice that is remembered ──────────────────────────────────────────────────────────────────────────────────────


def test_a_reader_can_choose_to_load_always_and_take_it_back(address: str, reader: Any) -> None:
    """The next page loads when the comments come into view, says so, and asks again when told to."""
    at = reader(STANDS["isso"], viewport={"width": 900, "height": 500})
    at.open(f"{address}/2026/isso/")
    offer, kept = at.page.locator("[data-comments-offer]"), at.page.locator("[data-comments-kept]")
    assert offer.is_visible() and not kept.is_visible()
    offer.get_by_role("checkbox", name="Always load comments from comments.example.com on this site").check()
    at.state("ready")

    at.asked.clear()
    at.open(f"{address}/2026/isso/")
    assert [] == at.asked
    assert kept.is_visible() and not offer.is_visible()
    kept.scroll_into_view_if_needed()
    at.state("ready")
    assert at.asked

    kept.get_by_role("button").click()
    assert at.page.evaluate("document.activeElement.type") == "checkbox" and not kept.is_visible()
    at.asked.clear()
    at.open(f"{address}/2026/isso/")
    at.page.locator("[data-comments-load]").scroll_into_view_if_needed()
    at.page.wait_for_timeout(150)
    assert [] == at.asked
    assert [] == at.violations()


def test_a_choice_for_one_host_says_nothing_of_another(address: str, reader: Any) -> None:
    """Whoever trusts her newspaper's server has not agreed to another's."""
    at = reader(STANDS["isso"])
    at.open(f"{address}/2026/isso/")
    at.page.locator("[data-comments-offer] input").check()
    at.state("ready")
    at.asked.clear()
    at.open(f"{address}/2026/disqus/")
    at.page.locator("[data-comments-load]").scroll_into_view_if_needed()
    at.page.wait_for_timeout(150)

    assert [] == at.asked
    assert at.page.locator("[data-comments-offer]").is_visible()


def test_a_choice_taken_back_in_the_same_breath_is_gone(address: str, reader: Any) -> None:
    """Unticking the box forgets the host."""
    at = reader(STANDS["isso"])
    at.open(f"{address}/2026/isso/")
    at.page.locator("[data-comments-offer] input").check()
    at.state("ready")
    at.page.locator("[data-comments-offer] input").uncheck()

    assert 0 == at.page.evaluate("localStorage.length")


def test_where_the_browser_keeps_nothing_nothing_is_offered(address: str, reader: Any) -> None:
    """A blocked store is no error: there is no box, and the button works."""
    at = reader(STANDS["isso"])
    at.page.add_init_script("""Object.defineProperty(window, "localStorage",
      {get() { throw new DOMException("blocked", "SecurityError"); }})""")
    at.open(f"{address}/2026/isso/")
    assert not at.page.locator("[data-comments-offer]").is_visible()
    at.click()
    at.state("ready")

    assert [] == at.violations()


# ── when it goes wrong ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", STANDS)
def test_a_service_that_is_gone_is_told_and_the_author_is_not(address: str, reader: Any, name: str) -> None:
    """404: the reader is told, is led to the author, and may try again."""
    broken = [True]
    at = reader(answer=lambda route: route.fulfill(status=404) if broken[0] else serve(route, STANDS[name]))
    at.open(f"{address}/2026/{name}/")
    at.click()
    at.state("failed")
    status, button = at.page.locator("[data-provider] [role=status]"), at.page.locator("[data-comments-load]")
    assert "could not be loaded" in status.inner_text()
    assert "#contact" == status.locator("a").get_attribute("href")
    assert button.is_visible() and button.evaluate("b => b === document.activeElement")
    assert 0 == at.page.locator("[data-provider] .thread").count()

    broken[0] = False
    at.click()
    at.state("ready")
    assert "" == status.inner_text()


@pytest.mark.parametrize("name", ["isso", "waline", "mastodon"])
def test_a_service_that_never_answers_is_told_after_twenty_seconds(address: str, reader: Any, name: str) -> None:
    """A script, a module or an answer that does not come: not a moment of waiting more."""
    at = reader(answer=lambda route: None)
    at.page.clock.install(time=datetime(2026, 3, 2, 10, tzinfo=UTC))
    at.open(f"{address}/2026/{name}/")
    at.page.clock.pause_at(datetime(2026, 3, 2, 11, tzinfo=UTC))
    at.click()
    at.page.clock.run_for(19_500)
    assert "Loading the comments." == at.page.locator("[data-provider] [role=status]").inner_text()
    at.page.clock.run_for(1_000)
    at.state("failed")

    assert "could not be loaded" in at.page.locator("[data-provider] [role=status]").inner_text()
    assert at.page.locator("[data-comments-load]").is_visible()


@pytest.mark.parametrize(("load", "scroll"), [("visible", True), ("always", False)])
def test_a_site_may_load_without_a_click(make_site: Any, host: Any, reader: Any, load: str, scroll: bool) -> None:
    """`visible` when the reader has come that far, `always` with the page; neither offers to remember anything."""
    site = make_site(
        {"content/people/maya.md": PERSON, "content/posts/isso.md": post("isso")},
        comments={"provider": "isso", "load": load, "isso": {"url": SERVER}},
    )
    assert site.build().problems == ()
    at = reader(STANDS["isso"], viewport={"width": 900, "height": 500})
    at.open(f"{host(site.root / 'public')}/2026/isso/")
    assert bool(at.asked) == (not scroll)
    at.page.locator("[data-provider]").scroll_into_view_if_needed()
    at.state("ready")

    assert at.asked and [] == at.violations()
    assert 0 == at.page.locator("[data-comments-offer]").count()


# ── answers from a social network ────────────────────────────────────────────────────────────────────────────────────

EVIL = (
    '<p>Grüße <a href="https://ok.example/a" onclick="stolen()" class="mention">here</a><br>next '
    '<a href="javascript:stolen()">there</a></p><script>window.stolen = 1</script><img src="https://spy.example/x.png" '
    'onerror="window.stolen = 1"><p style="color: red" onmouseover="stolen()">'
    '<span class="invisible">https://</span>x</p>'
    "<svg><a href='javascript:stolen()'>svg</a></svg><style>body { display: none }</style>"
    "<ul><li>one</li><li>two</li></ul>"
    '<iframe srcdoc="<script>parent.stolen = 1</script>"></iframe>'
    "<math><mtext><script>window.stolen = 1</script></mtext></math>"
)
SHOWN = """[...document.querySelectorAll(".thread *")].map((e) =>
  [e.localName, ...[...e.attributes].map((a) => a.name)].join(" "))"""


def a_status(id: str, to: str = "17", content: str = "<p>Words.</p>", **more: Any) -> dict[str, Any]:
    """A status as Mastodon's interface gives it."""
    account = {"acct": "ada@other.example", "display_name": "Ada <img src=x>", "url": "https://other.example/@ada"}
    return {
        "id": id, "in_reply_to_id": to, "visibility": "public", "spoiler_text": "", "content": content,
        "account": account, "created_at": f"2026-03-{int(id) % 28 + 1:02}T10:00:00.000Z",
        "url": f"https://other.example/@ada/{id}",
    } | more  # fmt: skip


def elsewhere(body: Any) -> Stand:
    """A network that answers everything with this."""
    return Stand("", {"": json.dumps(body)}, {})


def test_strangers_words_are_shown_and_nothing_of_theirs_runs(address: str, reader: Any, axe: str) -> None:
    """Text, paragraphs, breaks and links to https: no script, style, picture, handler or other element arrives."""
    at = reader(elsewhere({"descendants": [a_status("1", content=EVIL)]}), color_scheme="dark")
    at.open(f"{address}/2026/mastodon/")
    at.click()
    at.state("ready")
    at.page.wait_for_timeout(150)
    shown = set(at.page.evaluate(SHOWN))

    assert {
        "ol class", "li", "div class", "p class", "bdi class", "a href rel class", "time datetime", "div dir", "p",
        "br", "a href rel", "span",
    } == shown  # fmt: skip
    assert "Ada <img src=x>" == at.page.locator(".remark .who bdi").inner_text()
    words = at.page.locator(".remark > div").inner_text()
    assert "Grüße here" in words and "https://x" in words and "one" in words and "svg" not in words
    links = at.page.locator(".thread a")
    assert ["https://other.example/@ada/1", "https://ok.example/a", f"{SERVER}/@maya/17"] == [
        link.get_attribute("href") for link in links.all()
    ]
    assert "Answer at comments.example.com" == links.last.inner_text()
    assert None is at.page.evaluate("window.stolen ?? null")
    assert [f"{SERVER}/api/v1/statuses/17/context"] == at.asked
    # Chromium reports inline code that it meets while it parses, in documents too in which none of it could run.
    assert {"script-src-attr", "style-src-attr", "style-src-elem"} >= {
        said.split()[0] for said in at.page.evaluate("window.violations")
    }
    at.page.evaluate(axe)
    result = at.page.evaluate("axe.run('[data-provider]', {resultTypes: ['violations']})")
    assert [] == [rule["id"] for rule in result["violations"]]


def test_a_thread_is_a_tree_whatever_the_server_says(address: str, reader: Any) -> None:
    """Sixty deep, a lost parent, a circle; answers that are not public, or folded behind a warning by their author."""
    deep = [a_status(str(n), str(n - 1) if n > 100 else "17") for n in range(100, 160)]
    odd = [
        a_status("200", "999"), a_status("201", "202"), a_status("202", "201"), a_status("203", "203"),
        a_status("204", visibility="direct", content="<p>secret</p>"), a_status("205", spoiler_text="Spiders"),
        a_status("206", account={"acct": "x", "limited": True}, content="<p>limited</p>"),
    ]  # fmt: skip
    at = reader(elsewhere({"descendants": deep + odd}), viewport={"width": 320, "height": 700})
    at.open(f"{address}/2026/mastodon/")
    at.click()
    at.state("ready")
    text = at.page.locator(".thread").inner_text()

    assert 65 == at.page.locator(".thread li").count()
    assert "secret" not in text and "limited" not in text
    assert "Spiders" == at.page.locator(".thread summary").inner_text()
    assert not at.page.locator(".thread details div").is_visible()
    assert [] == at.violations()


def a_chain(length: int, first: int = 100, **more: Any) -> list[dict[str, Any]]:
    """Statuses of which each answers the one before, a minute later."""
    return [
        a_status(
            str(n), str(n - 1) if n > first else "17",
            created_at=f"2026-03-02T{10 + (n - first) // 60:02}:{(n - first) % 60:02}:00.000Z",
            account={"acct": f"ada{n}@other.example", "display_name": ""}, **more,
        )
        for n in range(first, first + length)
    ]  # fmt: skip


def test_a_deep_thread_of_mastodon_is_no_wider_than_the_page(address: str, reader: Any) -> None:
    """Five lists in each other at most; what stands below the fourth level, oldest first, names what it answers."""
    late = a_status("900", "103", created_at="2026-03-03T10:00:00.000Z")
    at = reader(elsewhere({"descendants": [late, *reversed(a_chain(60))]}), viewport={"width": 360, "height": 700})
    at.open(f"{address}/2026/mastodon/")
    at.click()
    at.state("ready")
    below = at.page.locator(".thread " + "ol > li > " * 4 + "ol > li")
    names = ".thread ol ol ol ol ol .remark .who bdi"

    assert 360 >= at.page.evaluate("document.documentElement.scrollWidth")
    assert (61, 5, 57) == (
        at.page.locator(".thread li").count(), at.page.locator(".thread ol").count(), below.count()
    )  # fmt: skip
    assert [f"ada{n}@other.example" for n in range(104, 160)] == at.page.locator(names).all_inner_texts()[:-1]
    assert "to ada103@other.example" == below.last.locator(".meta").inner_text()
    assert 57 == at.page.locator(".thread .meta a").count()
    link = below.nth(7).locator(".meta a")
    assert "ada110@other.example" == link.inner_text()
    link.click()
    assert "ada110@other.example" == at.page.locator(".thread li:target > .remark .who bdi").inner_text()
    assert [] == at.violations()


def test_deep_words_in_a_deep_thread_of_mastodon_are_flat(address: str, reader: Any) -> None:
    """However many elements a server writes in each other: paragraphs side by side, and a link is one link."""
    first = "<div><b>" * 100 + 'Deep <b><a href="https://ok.example/"><i>li</i><i>nk</i></a></b>'
    top = a_status("100", content=f"<p>One</p> <p>two</p>{first}", created_at="2026-03-01T10:00:00.000Z")
    below = a_chain(299, 101)
    below[0] |= {"in_reply_to_id": "100", "content": "<div><blockquote>" * 1500 + "words"}
    at = reader(elsewhere({"descendants": [top, *below]}), viewport={"width": 360, "height": 700})
    at.open(f"{address}/2026/mastodon/")
    at.click()
    at.state("ready")
    words = at.page.locator(".remark > div").first

    assert 360 >= at.page.evaluate("document.documentElement.scrollWidth")
    assert ["One", "two", "Deep link"] == words.locator("> p").all_inner_texts()
    assert 4 == words.locator("*").count() and 0 == at.page.locator(".remark p p").count()
    assert "link" == words.locator("a").inner_text()
    assert 300 == at.page.locator(".thread li").count()


def test_a_malformed_status_of_mastodon_is_left_out_alone(address: str, reader: Any) -> None:
    """No account, no date, nothing at all: the answers before and after it are shown."""
    odd = [None, 5, {"id": "1"}, a_status("2", created_at="soon"), a_status("3", account=None),
           a_status("4", created_at={"toString": 1}), a_status("5", account={"acct": {"toString": 1}})]  # fmt: skip
    at = reader(elsewhere({"descendants": [a_status("8"), *odd, a_status("9", "3")]}))
    at.open(f"{address}/2026/mastodon/")
    at.click()
    at.state("ready")

    assert ["8", "9"] == [
        link.get_attribute("href").rpartition("/")[2] for link in at.page.locator(".thread .when").all()
    ]
    assert [] == at.violations()


def skeet(
    key: str,
    text: str,
    replies: list[Any] | None = None,
    labels: tuple[str, ...] = (),
    hidden: bool = False,
    **record: Any,
) -> dict:
    """A node of a thread as Bluesky's interface gives it."""
    author = {
        "did": DID,
        "handle": "ada.example",
        "displayName": "",
        "labels": [{"val": "!no-unauthenticated"}] if hidden else [],
    }
    post = {"uri": f"at://{DID}/app.bsky.feed.post/{key}", "author": author, "record": {"text": text} | record,
            "indexedAt": "2026-03-02T10:00:00Z", "labels": [{"val": label} for label in labels]}  # fmt: skip
    return {"post": post, "replies": replies or []}


def test_a_thread_of_bluesky_is_shown_in_our_own_elements(address: str, reader: Any) -> None:
    """The handle is resolved; links stand where UTF-8 counts them; who asks not to be shown to strangers is not."""
    facets = [
        {
            "index": {"byteStart": 8, "byteEnd": 12},
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://ok.example/"}],
        },
        {
            "index": {"byteStart": 13, "byteEnd": 16},
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "javascript:stolen()"}],
        },
    ]
    replies = [
        skeet("a", "Grüße here\nand <b>", [skeet("b", "deeper")], facets=facets), {"notFound": True}, {"blocked": True},
        skeet("c", "not for strangers", hidden=True), skeet("d", "seen with care", labels=("nudity",)),
        skeet("e", "taken down", labels=("!hide",)),
    ]  # fmt: skip
    at = reader(elsewhere({"did": DID, "thread": skeet("3kabc", "Root", replies)}))
    at.open(f"{address}/2026/bluesky/")
    at.click()
    at.state("ready")
    words = at.page.locator(".remark > div").first

    assert [
        "https://public.api.bsky.app/xrpc/com.atproto.identity.resolveHandle?handle=maya.example",
        "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?depth=100&parentHeight=0"
        f"&uri={f'at://{DID}/app.bsky.feed.post/3kabc'.replace(':', '%3A').replace('/', '%2F')}",
    ] == at.asked
    assert "Grüße here\nand <b>" == words.inner_text()
    assert [("here", "https://ok.example/")] == [
        (a.inner_text(), a.get_attribute("href")) for a in words.locator("a").all()
    ]
    assert (
        3 == at.page.locator(".thread li").count()
        and "deeper" == at.page.locator(".thread ol ol .remark > div").inner_text()
    )
    assert "nudity" == at.page.locator(".thread summary").inner_text()
    assert f"https://bsky.app/profile/{DID}/post/a" == at.page.locator(".remark .when").first.get_attribute("href")
    assert "Answer at bsky.app" == at.page.locator(".thread .btn").inner_text()
    assert [] == at.violations()


def a_facet(start: Any, end: Any, uri: str = "https://ok.example/") -> dict[str, Any]:
    """A link at a place in a text, as Bluesky's interface gives it."""
    features = [{"$type": "app.bsky.richtext.facet#link", "uri": uri}]
    return {"index": {"byteStart": start, "byteEnd": end}, "features": features}


@pytest.mark.parametrize(
    ("facets", "linked"),
    [
        ([a_facet(300, 0)] * 2000, []),
        ([a_facet(-300, 5), a_facet(5, 5), a_facet(200, 301), a_facet("x", 9), a_facet({}, [])], []),
        ([a_facet(8, 20), a_facet(0, 9), a_facet(9, 10)], [9, 1]),
        ([{"index": {"byteStart": 0, "byteEnd": 4}}, None, 5, {}, {"features": []}, a_facet(4, 8)], [4]),
    ],
    ids=["backwards", "outside", "overlapping", "malformed"],
)
def test_a_text_of_bluesky_is_shown_once_whatever_its_facets_say(
    address: str, reader: Any, facets: list[Any], linked: list[int]
) -> None:
    """Links go forwards within the text; a facet that does not is no link."""
    text = "abcdefghij" * 30
    at = reader(elsewhere({"did": DID, "thread": skeet("3kabc", "Root", [skeet("a", text, facets=facets)])}))
    at.open(f"{address}/2026/bluesky/")
    at.click()
    at.state("ready")
    words = at.page.locator(".remark > div")

    assert text == words.text_content()
    assert linked == [len(link) for link in words.locator("a").all_inner_texts()]


def test_a_malformed_post_of_bluesky_is_left_out_alone(address: str, reader: Any) -> None:
    """No record, no author, replies that are none: the others are shown, and what answers it too."""
    bare = skeet("c", "", [skeet("d", "below the bare one")])
    del bare["post"]["record"]
    nobody = skeet("e", "", [skeet("f", "below nobody")])
    del nobody["post"]["author"]
    replies = [skeet("a", "before"), None, bare, nobody, skeet("b", "after") | {"replies": 5}]
    at = reader(elsewhere({"did": DID, "thread": skeet("3kabc", "Root", replies)}))
    at.open(f"{address}/2026/bluesky/")
    at.click()
    at.state("ready")

    assert {"before", "after", "below the bare one", "below nobody"} == set(
        at.page.locator(".remark > div").all_inner_texts()
    )
    assert [] == at.violations()


def test_where_nobody_has_answered_the_way_to_answer_is_there(address: str, reader: Any) -> None:
    """An empty thread says so."""
    at = reader(STANDS["mastodon"])
    at.open(f"{address}/2026/mastodon/")
    at.click()
    at.state("ready")

    assert "Nobody has answered there." in at.page.locator(".thread").inner_text()
    assert f"{SERVER}/@maya/17" == at.page.locator(".thread .btn").get_attribute("href")


@pytest.mark.parametrize("name", STANDS)
def test_without_scripts_the_reader_is_told_and_led_on(address: str, open_page: Any, name: str) -> None:
    """No button that does nothing: a sentence, the thread where the service has a page of it, and the author."""
    page = open_page(java_script_enabled=False)
    page.goto(f"{address}/2026/{name}/")
    gate = page.locator("[data-provider]")

    assert not gate.locator("button, input").first.is_visible()
    assert "takes JavaScript" in gate.inner_text()
    assert gate.locator('a[href="#contact"]').is_visible()
    linked = {"giscus", "utterances", "fastcomments", "mastodon", "bluesky"}
    assert (name in linked) == (gate.locator('a[href^="https://"]').count() == 1)
