"""Owns the benchmark's site in Hugo's form: a bare theme of five templates, and Hugo's own RSS template."""

from __future__ import annotations

from benchmarks.make import Corpus, Post
from benchmarks.sites import DESCRIPTION, PER_PAGE, TITLE, URL, File, Form, front_matter

SETTINGS = f"""\
baseURL = "{URL}/"
title = "{TITLE}"
languageCode = "en"
timeZone = "UTC"

[params]
description = "{DESCRIPTION}"

[taxonomies]
person = "people"
topic = "topics"

[permalinks.page]
posts = "/:year/:slug/"

[pagination]
pagerSize = {PER_PAGE}

[services.rss]
limit = {PER_PAGE}
"""
THEME = {
    "baseof.html": """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{ .Title }} | {{ site.Title }}</title>
<link rel="canonical" href="{{ .Permalink }}">
{{ with .OutputFormats.Get "RSS" }}<link rel="alternate" type="application/rss+xml" href="{{ .RelPermalink }}">{{ end }}
</head>
<body>
<nav><a href="/">Home</a> <a href="/posts/">Posts</a> <a href="/people/">People</a> <a href="/topics/">Topics</a></nav>
<main>{{ block "main" . }}{{ end }}</main>
</body>
</html>
""",
    "home.html": """\
{{ define "main" }}
<h1>{{ site.Title }}</h1>
{{ range first 20 site.RegularPages }}{{ partial "card.html" . }}{{ end }}
{{ end }}
""",
    "list.html": """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
{{ with .Params.role }}<p>{{ . }}</p>{{ end }}
{{ .Content }}
{{ range .Paginator.Pages }}{{ partial "card.html" . }}{{ end }}
{{ with .Paginator.Prev }}<a href="{{ .URL }}">Newer</a>{{ end }}
{{ with .Paginator.Next }}<a href="{{ .URL }}">Older</a>{{ end }}
{{ end }}
""",
    "taxonomy.html": """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
{{ end }}
""",
    "page.html": """\
{{ define "main" }}
<article>
<h1>{{ .Title }}</h1>
<p>{{ range .GetTerms "people" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>, {{ .Params.role }} {{ end }}</p>
<p><time datetime="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">{{ .Date.Format "2 January 2006" }}</time></p>
{{ .Content }}
<p>{{ range .GetTerms "topics" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</p>
{{ with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
</article>
{{ end }}
""",
    "_partials/card.html": """\
<article>
<h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>
<p>{{ range .GetTerms "people" }}{{ .Title }} {{ end }}{{ .Date.Format "2 January 2006" }}</p>
<p>{{ .Summary }}</p>
</article>
""",
}


def post(corpus: Corpus, post: Post) -> File:
    values = {
        "title": post.title, "slug": post.slug, "date": f"{post.date:%Y-%m-%dT%H:%M:00Z}", "summary": post.summary,
        "people": [corpus.authors[n].key for n in post.authors], "topics": [corpus.topics[n].key for n in post.topics],
    }  # fmt: skip
    return f"content/posts/{post.date:%Y}/{post.slug}.md", front_matter(values, post.body)


def people(corpus: Corpus) -> list[File]:
    return [
        (
            f"content/people/{author.key}/_index.md",
            front_matter({"title": author.name, "role": author.role}, author.biography),
        )
        for author in corpus.authors
    ]


def rest(corpus: Corpus) -> list[File]:
    topics = [
        (f"content/topics/{topic.key}/_index.md", front_matter({"title": topic.name}, topic.text))
        for topic in corpus.topics
    ]
    return [("hugo.toml", SETTINGS), *topics, *((f"layouts/{name}", text) for name, text in THEME.items())]


FORM = Form(post, people, rest, "layouts/page.html")
