"""Owns the benchmark's site in Eleventy's form: pages alone, without feeds, which are a plugin there."""

from __future__ import annotations

import json

from benchmarks.make import Corpus, Post
from benchmarks.sites import PER_PAGE, TITLE, File, Form, front_matter, people_json

SETTINGS = """\
const PER_PAGE = SIZE;

function pages(posts, key, keys) {
  const by = new Map(keys.map((one) => [one, []]));
  for (const post of posts) for (const one of post.data[key]) by.get(one).push(post);
  return [...by].flatMap(([one, its]) => {
    const last = Math.max(1, Math.ceil(its.length / PER_PAGE));
    return Array.from({ length: last }, (_, n) => ({
      key: one, number: n + 1, last, folder: n ? `${one}/page/${n + 1}` : one,
      posts: its.slice(n * PER_PAGE, (n + 1) * PER_PAGE),
    }));
  });
}

module.exports = function (config) {
  const newest = (api) => api.getFilteredByGlob("content/posts/**/*.md").reverse();
  config.addCollection("newest", newest);
  const keys = (name) => Object.keys(require(`./content/_data/${name}.json`));
  config.addCollection("byPerson", (api) => pages(newest(api), "authors", keys("people")));
  config.addCollection("byTopic", (api) => pages(newest(api), "topics", keys("labels")));
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  return { dir: { input: "content", output: "_site" }, markdownTemplateEngine: false };
};
""".replace("SIZE", str(PER_PAGE))
POSTS = """\
module.exports = { layout: "post.njk", permalink: (data) => `${data.page.filePathStem.replace("/posts/", "/")}/` };
"""
CARDS = """\
{% for post in POSTS %}<article>
<h2><a href="{{ post.url }}">{{ post.data.title }}</a></h2>
<p>{% for key in post.data.authors %}{{ people[key].name }} {% endfor %}{{ post.date | day }}</p>
<p>{{ post.data.summary }}</p>
</article>
{% endfor %}"""
TURN = """\
{% if chunk.number == 2 %}<a href="/WHERE/{{ chunk.key }}/">Newer</a>{% endif %}
{% if chunk.number > 2 %}<a href="/WHERE/{{ chunk.key }}/page/{{ chunk.number - 1 }}/">Newer</a>{% endif %}
{% if chunk.number < chunk.last %}<a href="/WHERE/{{ chunk.key }}/page/{{ chunk.number + 1 }}/">Older</a>{% endif %}
"""


NEXT = '{% if pagination.href.next %}<a href="{{ pagination.href.next }}">Older</a>{% endif %}\n'
HOME = "/{% if pagination.pageNumber > 0 %}page/{{ pagination.pageNumber + 1 }}/{% endif %}"
PERSON = """\
{% set person = people[chunk.key] %}
<h1>{{ person.name }}</h1>
<p>{{ person.role }}</p>
<p>{{ person.biography }}</p>
"""
TOPIC = "<h1>{{ labels[chunk.key].name }}</h1>\n<p>{{ labels[chunk.key].text }}</p>\n"


def _pages(collection: str, size: int, permalink: str) -> str:
    """Front matter that makes a page of every so many of a collection."""
    paged = f"{{data: collections.{collection}, size: {size}, alias: chunk}}"
    return f'---\nlayout: base.njk\npagination: {paged}\npermalink: "{permalink}"\n---\n'


def _grouped(collection: str, where: str, head: str) -> str:
    """The paged lists of all people, or of all topics."""
    start = _pages(collection, 1, f"/{where}/{{{{ chunk.folder }}}}/")
    return start + head + CARDS.replace("POSTS", "chunk.posts") + TURN.replace("WHERE", where)


def _names(title: str, where: str, values: str) -> str:
    item = f'<li><a href="/{where}/{{{{ key }}}}/">{{{{ one.name }}}}</a></li>'
    return (
        f"---\nlayout: base.njk\n---\n<h1>{title}</h1>\n<ul>{{% for key, one in {values} %}}{item}{{% endfor %}}</ul>\n"
    )


THEME = {
    "_includes/base.njk": f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{{{ title or "{TITLE}" }}}}</title>
</head>
<body>
<nav><a href="/">Home</a> <a href="/people/">People</a> <a href="/topics/">Topics</a></nav>
<main>{{{{ content | safe }}}}</main>
</body>
</html>
""",
    "_includes/post.njk": """\
---
layout: base.njk
---
<article>
<h1>{{ title }}</h1>
<p>{% for key in authors %}
<a href="/people/{{ key }}/">{{ people[key].name }}</a>, {{ people[key].role }}
{% endfor %}</p>
<p><time datetime="{{ page.date.toISOString() }}">{{ page.date | day }}</time></p>
{{ content | safe }}
<p>{% for key in topics %}<a href="/topics/{{ key }}/">{{ labels[key].name }}</a> {% endfor %}</p>
</article>
""",
    "index.njk": _pages("newest", PER_PAGE, HOME) + f"<h1>{TITLE}</h1>\n" + CARDS.replace("POSTS", "chunk") + NEXT,
    "person.njk": _grouped("byPerson", "people", PERSON),
    "topic.njk": _grouped("byTopic", "topics", TOPIC),
    "people.njk": _names("People", "people", "people"),
    "topics.njk": _names("Topics", "topics", "labels"),
}


def post(corpus: Corpus, post: Post) -> File:
    values = {
        "title": post.title,
        "date": f"{post.date:%Y-%m-%dT%H:%M:00Z}",
        "summary": post.summary,
        "authors": [corpus.authors[n].key for n in post.authors],
        "topics": [corpus.topics[n].key for n in post.topics],
    }
    return f"content/posts/{post.date:%Y}/{post.slug}.md", front_matter(values, post.body)


def people(corpus: Corpus) -> list[File]:
    return [("content/_data/people.json", people_json(corpus))]


def rest(corpus: Corpus) -> list[File]:
    labels = json.dumps(
        {topic.key: {"name": topic.name, "text": topic.text} for topic in corpus.topics}, ensure_ascii=False
    )
    theme = [(f"content/{name}", text) for name, text in THEME.items()]
    return [
        ("eleventy.config.js", SETTINGS),
        ("content/posts/posts.11tydata.js", POSTS),
        ("content/_data/labels.json", labels),
        *theme,
    ]


FORM = Form(post, people, rest, "content/_includes/post.njk")
