"""Owns the benchmark's site in Pelican's form: a bare theme of six templates, an RSS feed for each author and topic."""

from __future__ import annotations

from benchmarks.make import Corpus, Post
from benchmarks.sites import PER_PAGE, TITLE, URL, File, Form, people_json

SETTINGS = f"""\
import json
from pathlib import Path

SITENAME = "{TITLE}"
SITEURL = FEED_DOMAIN = "{URL}"
TIMEZONE = "UTC"
THEME = "theme"
PATH = "content"
OUTPUT_PATH = "output"
PEOPLE = json.loads(Path(__file__).with_name("people.json").read_text("utf-8"))
DIRECT_TEMPLATES = ["index", "authors", "tags"]
DEFAULT_PAGINATION = {PER_PAGE}
DEFAULT_CATEGORY = "posts"
CATEGORY_SAVE_AS = ""
ARTICLE_URL = "{{date:%Y}}/{{slug}}/"
ARTICLE_SAVE_AS = "{{date:%Y}}/{{slug}}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "people/{{slug}}/", "people/{{slug}}/index.html"
TAG_URL, TAG_SAVE_AS = "topics/{{slug}}/", "topics/{{slug}}/index.html"
AUTHORS_SAVE_AS, TAGS_SAVE_AS = "people/index.html", "topics/index.html"
PAGINATION_PATTERNS = [
    (1, "{{base_name}}/", "{{base_name}}/index.html"),
    (2, "{{base_name}}/page/{{number}}/", "{{base_name}}/page/{{number}}/index.html"),
]
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = None
FEED_ALL_RSS, AUTHOR_FEED_RSS, TAG_FEED_RSS = "feed.xml", "people/{{slug}}/feed.xml", "topics/{{slug}}/feed.xml"
FEED_MAX_ITEMS = {PER_PAGE}
"""
LIST = """\
{% extends "base.html" %}
{% block title %}TITLE{% endblock %}
{% block main %}
<h1>TITLE</h1>
INTRO
{% for article in articles_page.object_list %}
<article>
<h2><a href="/{{ article.url }}">{{ article.title }}</a></h2>
<p>{% for author in article.authors %}{{ author }} {% endfor %}{{ article.date|strftime("%d %B %Y") }}</p>
{{ article.summary }}
</article>
{% endfor %}
{% if articles_page.has_previous() %}<a href="/{{ articles_previous_page.url }}">Newer</a>{% endif %}
{% if articles_page.has_next() %}<a href="/{{ articles_next_page.url }}">Older</a>{% endif %}
{% endblock %}
"""
NAMES = """\
{% extends "base.html" %}
{% block main %}
<h1>TITLE</h1>
<ul>{% for one, articles in MANY %}<li><a href="/{{ one.url }}">{{ one }}</a></li>{% endfor %}</ul>
{% endblock %}
"""
PERSON = "{% set person = PEOPLE[author.slug] %}<p>{{ person.role }}</p><p>{{ person.biography }}</p>"
THEME = {
    "base.html": """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{% block title %}{{ SITENAME }}{% endblock %}</title>
</head>
<body>
<nav><a href="/">Home</a> <a href="/people/">People</a> <a href="/topics/">Topics</a></nav>
<main>{% block main %}{% endblock %}</main>
</body>
</html>
""",
    "index.html": LIST.replace("TITLE", "{{ SITENAME }}").replace("INTRO\n", ""),
    "author.html": LIST.replace("TITLE", "{{ author }}").replace("INTRO", PERSON),
    "tag.html": LIST.replace("TITLE", "{{ tag }}").replace("INTRO\n", ""),
    "authors.html": NAMES.replace("TITLE", "People").replace("MANY", "authors"),
    "tags.html": NAMES.replace("TITLE", "Topics").replace("MANY", "tags"),
    "article.html": """\
{% extends "base.html" %}
{% block title %}{{ article.title }}{% endblock %}
{% block main %}
<article>
<h1>{{ article.title }}</h1>
<p>{% for author in article.authors %}
<a href="/{{ author.url }}">{{ author }}</a>, {{ PEOPLE[author.slug].role }}
{% endfor %}</p>
<p><time datetime="{{ article.date.isoformat() }}">{{ article.date|strftime("%d %B %Y") }}</time></p>
{{ article.content }}
<p>{% for tag in article.tags %}<a href="/{{ tag.url }}">{{ tag }}</a> {% endfor %}</p>
</article>
{% endblock %}
""",
}


def post(corpus: Corpus, post: Post) -> File:
    lines = {
        "Title": post.title,
        "Date": f"{post.date:%Y-%m-%d %H:%M}",
        "Slug": post.slug,
        "Summary": post.summary,
        "Authors": "; ".join(corpus.authors[n].name for n in post.authors),
        "Tags": ", ".join(corpus.topics[n].name for n in post.topics),
    }
    head = "".join(f"{key}: {value}\n" for key, value in lines.items())
    return f"content/{post.date:%Y}/{post.slug}.md", f"{head}\n{post.body}"


def people(corpus: Corpus) -> list[File]:
    return [("people.json", people_json(corpus))]


def rest(corpus: Corpus) -> list[File]:
    """Settings and theme; Pelican's topics are tags, which have no text of their own."""
    return [
        ("pelicanconf.py", SETTINGS),
        ("theme/static/empty.txt", ""),
        *((f"theme/templates/{name}", text) for name, text in THEME.items()),
    ]


FORM = Form(post, people, rest, "theme/templates/article.html")
