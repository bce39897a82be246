"""Owns the benchmark's site in Nikola's form: bare templates above its `base` theme, and its own feeds."""

from __future__ import annotations

from benchmarks.make import Corpus, Post
from benchmarks.sites import DESCRIPTION, PER_PAGE, TITLE, URL, File, Form, people_json

SETTINGS = f"""\
BLOG_AUTHOR = BLOG_TITLE = "{TITLE}"
SITE_URL = "{URL}/"
BLOG_EMAIL = "news@example.com"
BLOG_DESCRIPTION = "{DESCRIPTION}"
DEFAULT_LANG = "en"
TRANSLATIONS = {{"en": ""}}
TIMEZONE = "UTC"
THEME = "bench"
POSTS = [("posts/*.md", "", "post.tmpl")]
PAGES = []
COMPILERS = {{"markdown": [".md"]}}
PRETTY_URLS = STRIP_INDEXES = True
MARKDOWN_EXTENSIONS = ["markdown.extensions.fenced_code", "markdown.extensions.codehilite", "markdown.extensions.extra"]
MULTIPLE_AUTHORS_PER_POST = True
AUTHOR_PATH, TAG_PATH = "people", "topics"
AUTHOR_PAGES_ARE_INDEXES = TAG_PAGES_ARE_INDEXES = True
INDEX_DISPLAY_POST_COUNT = FEED_LENGTH = {PER_PAGE}
INDEX_TEASERS = FEED_TEASERS = True
COPY_SOURCES = SHOW_SOURCELINK = USE_BUNDLES = False
DISABLED_PLUGINS = [
    "classify_archive", "classify_page_index", "classify_categories", "render_galleries", "render_listings",
    "sitemap", "robots", "scale_images", "redirect",
]
"""
HEAD = '## -*- coding: utf-8 -*-\n<%inherit file="base.tmpl"/>\n<%block name="content">\n'
CARDS = """\
<h1>${title|h}</h1>
INTRO
% for post in posts:
<article>
<h2><a href="${post.permalink()}">${post.title()|h}</a></h2>
<p>${", ".join(post.authors())|h} ${post.formatted_date("d MMMM y")}</p>
<p>${post.description()|h}</p>
</article>
% endfor
% if prevlink:
<a href="${prevlink}">Newer</a>
% endif
% if nextlink:
<a href="${nextlink}">Older</a>
% endif
</%block>
"""
THEME = {
    "base.tmpl": """\
## -*- coding: utf-8 -*-
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title|h}</title>
</head>
<body>
<nav><a href="/">Home</a> <a href="/people/">People</a> <a href="/topics/">Topics</a></nav>
<main><%block name="content"></%block></main>
</body>
</html>
""",
    "index.tmpl": HEAD + CARDS.replace("INTRO\n", ""),
    "tagindex.tmpl": HEAD + CARDS.replace("INTRO\n", ""),
    "authorindex.tmpl": HEAD + CARDS.replace("INTRO", """\
<% person = next(p for p in data["people"].values() if p["name"] == author) %>
<p>${person["role"]|h}</p>
<p>${person["biography"]|h}</p>"""),
    "authors.tmpl": HEAD + """\
<h1>${title|h}</h1>
<ul>
% for name, link in items:
<li><a href="${link}">${name|h}</a></li>
% endfor
</ul>
</%block>
""",
    "post.tmpl": HEAD + """\
<% roles = {person["name"]: person["role"] for person in data["people"].values()} %>
<article>
<h1>${post.title()|h}</h1>
<p>
% for name in post.authors():
<a href="${_link("author", name)}">${name|h}</a>, ${roles[name]|h}
% endfor
</p>
<p><time datetime="${post.formatted_date("webiso")}">${post.formatted_date("d MMMM y")}</time></p>
${post.text()}
<p>
% for name in post.tags:
<a href="${_link("tag", name)}">${name|h}</a>
% endfor
</p>
% if post.prev_post:
<a rel="prev" href="${post.prev_post.permalink()}">${post.prev_post.title()|h}</a>
% endif
% if post.next_post:
<a rel="next" href="${post.next_post.permalink()}">${post.next_post.title()|h}</a>
% endif
</article>
</%block>
""",
}  # fmt: skip
THEME["tags.tmpl"] = THEME["authors.tmpl"]


def post(corpus: Corpus, post: Post) -> File:
    lines = {
        "title": post.title,
        "slug": post.slug,
        "date": f"{post.date:%Y-%m-%d %H:%M:00} UTC",
        "description": post.summary,
        "author": ", ".join(corpus.authors[n].name for n in post.authors),
        "tags": ", ".join(corpus.topics[n].name for n in post.topics),
    }
    head = "".join(f".. {key}: {value}\n" for key, value in lines.items())
    return f"posts/{post.date:%Y}/{post.slug}.md", f"<!--\n{head}-->\n\n{post.body}"


def people(corpus: Corpus) -> list[File]:
    return [("data/people.json", people_json(corpus))]


def rest(corpus: Corpus) -> list[File]:
    """Settings and theme; Nikola's topics are tags."""
    theme = [(f"themes/bench/templates/{name}", text) for name, text in THEME.items()]
    return [("conf.py", SETTINGS), ("themes/bench/bench.theme", "[Theme]\nengine = mako\nparent = base\n"), *theme]


FORM = Form(post, people, rest, "themes/bench/templates/post.tmpl")
