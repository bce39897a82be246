"""The report of the voice check in the preview: what is marked, what is escaped, what is told of what was not read."""

from __future__ import annotations

import http.client
import json
import re
import threading
from html.parser import HTMLParser

import pytest

from newsroom.build import Options
from newsroom.commands import report
from newsroom.commands.judging import Reports
from newsroom.commands.marks import marked
from newsroom.commands.serve import serve
from newsroom.voice import RULES, Allow, Finding, Passage, Reading, Text

BLATANT = """
---
title: We are <b>open</b>
authors: [maya]
date: 2026-09-01
kind: post
---
I mended a lens today. We are thrilled to announce our best-in-class, seamless & <i>unparalleled</i> solution.

Was that so bad? Tell me.
"""
PLAIN = """
---
title: A lens
authors: [maya]
date: 2026-09-02
---
I mended a lens today. It took me two hours. Have you ever dropped one?
"""


class Marked(HTMLParser):
    """The text of a report's marks, and every tag that it opens."""

    def __init__(self, page: str):
        super().__init__()
        self.marks, self.words, self.tags, self._open = [], [], [], []
        self.feed(page)
        assert not self._open, f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "link"):
            self._open.append(tag)
        if tag in ("mark", "b"):
            (self.marks if tag == "mark" else self.words).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "a" in self._open:
            return  # the number of a note
        if "mark" in self._open:
            self.marks[-1] += data
        if "b" in self._open:
            self.words[-1] += data


def shown(text: str, *spans: tuple[int, int], silent: tuple = ()) -> Marked:
    numbered = [(number, start, end) for number, (start, end) in enumerate(spans, 1)]
    return Marked(marked(Passage("paragraph", text, silent=silent), numbered))


def judged(text: str, *findings: Finding, language: str = "en", read: str = "en") -> report.Judged:
    made = Text("content/posts/a.md", "post", language, (Passage("title", "A <title>"), Passage("paragraph", text)))
    return report.Judged(made, Reading(findings, (), read), ((7, 3),) * len(findings), "/base/a b/", "a b/")


# ── marks ──


def test_the_sentence_is_marked_and_in_it_the_words():
    page = shown("One here. Mistakes were made by us. Three.", (10, 23))
    assert (page.marks, page.words) == (["Mistakes were made by us."], ["Mistakes were"])


def test_words_over_the_end_of_a_sentence_are_one_mark():
    page = shown("One here. Two here. Three here.", (4, 13))
    assert page.marks == ["One here. Two here."]
    assert page.words == ["here. Two"] or "".join(page.words) == "here. Two"


@pytest.mark.parametrize("spans", [((0, 19), (4, 8)), ((4, 8), (0, 19)), ((0, 8), (4, 19)), ((0, 19), (0, 19))])
def test_findings_that_overlap_leave_every_word_where_it_was(spans):
    html = marked(Passage("paragraph", "Mistakes & were made. Not here."), [(n, *s) for n, s in enumerate(spans, 1)])
    assert "".join(Marked(html).marks) == "Mistakes & were made."
    assert re.sub(r"<a class=n[^>]*>\d</a>|<[^>]+>", "", html) == "Mistakes &amp; were made. Not here."
    assert sorted(re.findall(r'href="#f(\d)"', html)) == ["1", "2"]


def test_a_passage_without_findings_has_no_mark():
    assert shown("Nothing. To see.").tags == []


def test_what_is_not_read_is_told_apart():
    assert shown("He said yes twice.", silent=((8, 11),)).tags == ["span"]


# ── one text ──


def test_a_note_says_rule_reason_hint_and_place():
    finding = Finding("hidden-actor", 1, 0, 18, "Mistakes were made", "nobody made them", "Who made them?")
    page = report.one(judged("Mistakes were made.", finding), "advise")
    for part in (
        "hidden-actor",
        RULES["hidden-actor"].why,
        "nobody made them",
        "Who made them?",
        "content/posts/a.md:7:3",
    ):
        assert report.escape(part) in page
    assert 'href="/base/a%20b/"' in page


def test_what_a_writer_wrote_is_no_markup():
    words = "<script>alert(1)</script> was made"
    finding = Finding("hidden-actor", 1, 0, len(words), words, '"<img src=x>"', "<i>?")
    page = report.one(judged(f"{words}.", finding), "advise")
    assert not {"script", "img", "i", "title>"} & set(Marked(page).tags)


def test_a_finding_about_the_whole_text_marks_no_words():
    finding = Finding("no-first-person", 1, 0, 8, "Mistakes", "nobody speaks in it", "Who wrote this?", whole=True)
    page = report.one(judged("Mistakes were made.", finding), "advise")
    assert "The whole text" in page and "mark" not in Marked(page).tags


def test_a_title_is_marked_where_it_stands():
    finding = Finding("corporate-speak", 0, 2, 9, "<title>", "it is a word from the slide", "What is it?")
    page = report.one(judged("A lens.", finding), "advise")
    assert Marked(page).words == ["<title>"] and page.count("A &lt;title&gt;") == 1


def test_beside_one_passage_a_reason_and_a_question_are_said_once():
    first = Finding("hidden-actor", 1, 0, 18, "Mistakes were made", "nobody made them", "Who was it?")
    second = Finding("hidden-actor", 1, 20, 35, "It was decided.", "nobody decided it", "Who was it?")
    page = report.one(judged("Mistakes were made. It was decided.", first, second), "advise")
    assert (page.count(RULES["hidden-actor"].why), page.count("Who was it?")) == (1, 1)
    assert "nobody made them" in page and "nobody decided it" in page


def test_several_findings_are_listed_on_top_each_leading_to_its_note():
    first = Finding("hidden-actor", 1, 0, 18, "Mistakes were made", "nobody made them", "Who was it?")
    second = Finding("institutional", 1, 0, 18, "Mistakes", "nobody speaks", "Who wrote this?", whole=True)
    page = report.one(judged("Mistakes were made.", first, second), "advise")
    listed = page[: page.index("</nav>", page.index('aria-label="Findings"'))]
    assert (
        'href="#f1"' in listed
        and 'href="#f2"' in listed
        and listed.index("Mistakes were") < listed.index("the whole text")
    )
    assert all(f"id=f{n}>" in page for n in (1, 2))
    assert "Findings" not in report.one(judged("Mistakes were made.", first), "advise")


def test_an_exception_that_does_not_hold_is_told_with_its_line():
    one = judged("A lens.")
    doubt = (Allow("breathless", "", line=9, column=1), "the exception gives no reason", "write why")
    page = report.one(one._replace(reading=Reading((), (doubt,), "en")), "advise")
    assert "the exception gives no reason" in page and "content/posts/a.md:9:1" in page


def test_a_language_that_is_not_read_is_told():
    assert "no list of words for &quot;fr&quot;" in report.one(judged("Une erreur.", language="fr", read=""), "advise")
    assert "below [voice]" in report.one(judged("An error.", read=""), "advise")
    overview = report.overview([judged("Une erreur.", language="fr", read=""), judged("A lens.")], "advise", "News")
    assert "1 text: " in overview and "1 text read, 0 with findings" in overview


def test_with_level_off_the_report_says_so_and_no_more():
    finding = Finding("hidden-actor", 1, 0, 18, "Mistakes were made", "nobody made them", "Who made them?")
    one = judged("Mistakes were made.", finding)
    for page in (report.one(one, "off"), report.overview([one], "off", "News")):
        assert "level = &quot;off&quot;" in page and "nobody made them" not in page


# ── in the preview ──


@pytest.fixture
def site(make_site):
    """Two posts, one of which has findings; a draft; a post in a language that nobody reads."""
    return make_site(
        {
            "content/people/maya.md": "---\nname: Maya Okafor\n---\n",
            "content/posts/2026/open.md": BLATANT,
            "content/posts/2026/lens.md": PLAIN,
            "content/posts/2026/soon.md": BLATANT.replace("open", "soon").replace("kind: post", "draft: true"),
            "content/posts/2026/fr.md": PLAIN.replace("date:", "language: fr\ndate:"),
        },
        url="https://news.example.com/base",
    )


def get(reports: Reports, target: str) -> str:
    return reports.reply(target, "/base").body.decode()


def test_the_overview_links_what_has_findings_to_its_report_and_to_its_page(site):
    site.build()
    reports = Reports(site.root)
    overview = get(reports, "voice/")
    assert "3 texts read, 2 with findings" in overview and "1 text: There is no list" in overview
    assert 'href="/_newsroom/voice/2026/open/"' in overview and "lens.md" not in overview
    page = get(reports, "voice/2026/open/")
    assert 'href="/base/2026/open/"' in page
    assert any("thrilled to announce" in words for words in Marked(page).words)
    assert "content/posts/2026/open.md:7:" in page
    assert "<i>" not in page and "We are &lt;b&gt;open" in page


def test_a_draft_has_a_report_though_it_has_no_page(site):
    page = get(Reports(site.root), "voice/content/posts/2026/soon.md")
    assert "No page yet" in page and "thrilled to announce" in page


def test_a_report_says_what_the_file_says_now(site):
    reports = Reports(site.root)
    assert "mark" in Marked(get(reports, "voice/content/posts/2026/open.md")).tags
    site.write("content/posts/2026/open.md", PLAIN.replace("A lens", "Open"))
    assert "Nothing to say about this text." in get(reports, "voice/content/posts/2026/open.md")
    site.write("content/posts/2026/open.md", BLATANT)
    site.write("site.toml", (site.root / "site.toml").read_text() + '\n[voice]\nlevel = "off"\n')
    assert "The voice check is off" in get(reports, "voice/content/posts/2026/open.md")


@pytest.mark.parametrize(
    "asked", ["nobody/", "site.toml", "content/people/maya.md", "../secret.md", "%2e%2e/secret.md"]
)
def test_no_file_but_a_post_has_a_report(site, asked: str):
    (site.root.parent / "secret.md").write_text("We are thrilled to announce our password.")
    reply = Reports(site.root).reply(f"voice/{asked}", "")
    assert reply.status == 404 and b"password" not in reply.body


def test_a_site_with_mistakes_gets_a_page_that_says_them(site):
    site.write("content/posts/2026/open.md", "---\ntitle: [\n---\n")
    assert "content/posts/2026/open.md:" in get(Reports(site.root), "voice/")
    assert "content/posts/2026/open.md:" in get(Reports(site.root), "voice/content/posts/2026/open.md")
    site.write("site.toml", "title = 3\n")
    assert "site.toml:1" in get(Reports(site.root), "voice/")


def test_the_corner_of_a_page_leads_to_its_report(site):
    site.build()
    reports = Reports(site.root)
    pages = {
        "/base/2026/open/": r"voice: \d+",
        "/base/2026/fr/": "voice: fr is not read",
        "/base/2026/lens/": "",
        "/": "",
    }
    for page, words in pages.items():
        told = json.loads(get(reports, f"voice.json?page={page}"))
        assert re.fullmatch(words, told.get("words", "")), page
        assert told.get("address", "") == (page.replace("/base/", "/_newsroom/voice/") if words else "")


def test_the_dev_server_answers_with_the_report_and_writes_nothing_of_it(site):
    lines, stop, serving = [], threading.Event(), threading.Event()

    def say(line: str) -> None:
        lines.append(line)
        if line.startswith("Serving"):
            serving.set()

    thread = threading.Thread(target=serve, args=(site.root, Options(), "127.0.0.1", 0, say, stop))
    thread.start()
    try:
        assert serving.wait(20)
        port = int(re.search(r":(\d+)/", lines[-1])[1])
        replies = {}
        for path in ("voice/", "voice/content/posts/2026/open.md", "report.css", "voice/nobody/"):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", f"/_newsroom/{path}")
            response = connection.getresponse()
            replies[path] = response.status, dict(response.getheaders()), response.read().decode()
            connection.close()
    finally:
        stop.set()
        thread.join(20)
    assert [status for status, _, _ in replies.values()] == [200, 200, 200, 404]
    assert "<mark>" in replies["voice/content/posts/2026/open.md"][2]
    assert "default-src 'none'" in replies["voice/"][1]["Content-Security-Policy"]
    assert "script-src 'self'" in replies["voice/"][1]["Content-Security-Policy"]  # of the preview: live reload
    assert not [
        path for path, made in site.outputs().items() if b"_newsroom/" in made or b"thrilled to announce</b>" in made
    ]
