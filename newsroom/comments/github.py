"""Owns asking GitHub: giscus keeps threads as discussions (GraphQL), utterances as issues (REST)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha1
from itertools import count
from typing import Any
from urllib.parse import quote

from newsroom.comments.fetch import Fetch, Missing
from newsroom.comments.formats import github as formats
from newsroom.comments.formats.values import Fields, mapping, objects, part, parts, word
from newsroom.comments.records import Discussion
from newsroom.comments.threads import Wanted, each, for_all

TOKENS = ("NEWSROOM_GITHUB_TOKEN", "GITHUB_TOKEN")
LOGIN = "NEWSROOM_GITHUB_TOKEN or GITHUB_TOKEN is missing, wrong or too old: make a new one"

SHAPES = """
fragment words on DiscussionComment { id createdAt lastEditedAt deletedAt isMinimized body author { login url } }
fragment answers on DiscussionCommentConnection {
  pageInfo { hasNextPage endCursor } nodes { ...words replyTo { id } } }
fragment comments on DiscussionCommentConnection {
  pageInfo { hasNextPage endCursor } nodes { ...words replies(first: 50) { ...answers } } }"""
DISCUSSIONS = f"""query ($owner: String!, $name: String!, $category: ID, $after: String) {{
  repository(owner: $owner, name: $name) {{
    discussions(first: 25, after: $after, categoryId: $category, orderBy: {{field: CREATED_AT, direction: ASC}}) {{
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ id title body comments(first: 50) {{ ...comments }} }} }} }} }}{SHAPES}"""
"""GitHub refuses a query that could give more than 500,000 nodes: this one could give 64,000."""
DISCUSSION = f"""query ($owner: String!, $name: String!, $number: Int!) {{
  repository(owner: $owner, name: $name) {{
    discussion(number: $number) {{ id title comments(first: 50) {{ ...comments }} }} }} }}{SHAPES}"""
COMMENTS = f"""query ($id: ID!, $after: String) {{ node(id: $id) {{
  ... on Discussion {{ comments(first: 50, after: $after) {{ ...comments }} }} }} }}{SHAPES}"""
REPLIES = """query ($id: ID!, $after: String) { node(id: $id) {
  ... on DiscussionComment { replies(first: 100, after: $after) { ...answers } } } }"""
REPLIES += SHAPES[: SHAPES.index("fragment comments")]  # GitHub refuses a fragment that is not used


def giscus(options: Mapping[str, Any], threads: Sequence[Wanted], fetch: Fetch) -> Iterator[Discussion]:
    """giscus: a discussion of the category is the thread that its title names; or any, by its number, `#17`."""
    if not (token := fetch.token(*TOKENS)):
        hint = "set NEWSROOM_GITHUB_TOKEN; a fine-grained token that may read the repository's discussions is enough"
        raise fetch.failed("GitHub shows discussions only to who has a token", hint)
    ask = _GraphQL(replace(fetch, login=LOGIN), token)
    owner, _, name = str(options.get("repo", "")).partition("/")
    where = {"owner": owner, "name": name}
    with for_all(fetch):
        named = {wanted.key for wanted in threads if not _number(wanted.key)}
        found = _discussions(ask, {**where, "category": options.get("category_id") or None}, named) if named else {}

    def whole(wanted: Wanted) -> Discussion:
        if number := _number(wanted.key):
            nodes = [part(part(ask(DISCUSSION, {**where, "number": number}, number), "repository"), "discussion")]
        else:
            nodes = found.get(wanted.key, [])
        comments = [comment for node in nodes for comment in _comments(ask, node)]
        return next(formats.giscus([{**node, "comments": {"nodes": comments}} for node in nodes[:1]]), _NONE)

    yield from each(threads, fetch, whole)


def _discussions(ask: _GraphQL, where: Fields, names: set[str]) -> dict[str, list[Fields]]:
    """Name -> its discussions, the oldest first: two readers who begin at once make two."""
    hashes = {sha1(name.encode()).hexdigest(): name for name in names}  # what giscus writes into a body: data-strict
    found: dict[str, list[Fields]] = {}
    after = None
    while after != "":
        page = part(part(ask(DISCUSSIONS, {**where, "after": after}), "repository"), "discussions")
        for node in parts(page, "nodes"):
            title, mark = word(node, "title"), word(node, "body").partition("<!-- sha1: ")[2][:40]
            if name := title if title in names else hashes.get(mark):
                found.setdefault(name, []).append(node)
        after = _next(page, after)
    return found


def _comments(ask: _GraphQL, node: Fields) -> Iterator[Fields]:
    """Every comment of a discussion, each with every reply."""
    for comment in _all(ask, node, "comments", COMMENTS):
        yield {**comment, "replies": {"nodes": list(_all(ask, comment, "replies", REPLIES))}}


def _all(ask: _GraphQL, node: Fields, name: str, more: str) -> Iterator[Fields]:
    page, after = part(node, name), None
    yield from parts(page, "nodes")
    while after := _next(page, after):
        page = part(part(ask(more, {"id": word(node, "id"), "after": after}), "node"), name)
        yield from parts(page, "nodes")


def _next(page: Fields, last: str | None) -> str:
    """Where the next page begins; "" after the last one, and where it would begin at the same place again."""
    info = part(page, "pageInfo")
    after = word(info, "endCursor") if info.get("hasNextPage") is True else ""
    return after if after != last else ""


class _GraphQL:
    """Asks a query and gives its data."""

    def __init__(self, fetch: Fetch, token: str):
        self.fetch, self.token = fetch, token
        self.url = fetch.environ.get("GITHUB_GRAPHQL_URL") or f"{_api(fetch)}/graphql"

    def __call__(self, query: str, variables: Mapping[str, Any], number: int = 0) -> Fields:
        """`number`: the discussion that alone is concerned where something is not found."""
        body = {"query": query, "variables": variables}
        answer = mapping(self.fetch.post(self.url, body, {"Authorization": f"Bearer {self.token}"}), "the answer")
        for error in parts(answer, "errors"):
            kind, said = word(error, "type"), self.fetch.hidden(" ".join(word(error, "message").split()))
            says = f'{self.url} answered "{said[:160] or kind}"'
            if number and kind == "NOT_FOUND":
                raise Missing(404, says, f"see whether there is a discussion {number}")
            raise self.fetch.failed(says, _ERRORS.get(kind, _ERRORS[""]))
        return part(answer, "data")


_ERRORS = {
    "NOT_FOUND": "check repo and category_id in site.toml, and that the token may read that repository",
    "FORBIDDEN": "give the token the right to read the repository's discussions",
    "INSUFFICIENT_SCOPES": "give the token the right to read the repository's discussions",
    "RATE_LIMITED": "pull again in an hour",
    "": "pull again later; if it says the same again, report it as a bug",
}


def utterances(options: Mapping[str, Any], threads: Sequence[Wanted], fetch: Fetch) -> Iterator[Discussion]:
    """utterances: the oldest issue whose title is the thread's name, or the one of its number, `#17`.

    Without a token GitHub answers 60 times an hour. Anybody may open a second issue: the page's script has the oldest.
    """
    fetch = replace(fetch, login=LOGIN)
    token = fetch.token(*TOKENS)
    headers = {"Accept": "application/vnd.github+json", **({"Authorization": f"Bearer {token}"} if token else {})}
    base = f"{_api(fetch)}/repos/{quote(str(options.get('repo', '')))}/issues"
    named = {wanted.key for wanted in threads if not _number(wanted.key)}
    found: dict[str, Fields] = {}
    with for_all(fetch):
        for issue in _pages(fetch, f"{base}?state=all&sort=created&direction=asc", headers) if named else ():
            if word(issue, "title") in named and "pull_request" not in issue:
                found.setdefault(word(issue, "title"), issue)

    def whole(wanted: Wanted) -> Discussion:
        if number := _number(wanted.key):
            issue = mapping(fetch.get(f"{base}/{number}", headers), "the issue")
        else:
            issue = found.get(wanted.key, {"comments": 0})
        if issue.get("comments") == 0:
            return _NONE
        comments = list(_pages(fetch, f"{base}/{word(issue, 'number')}/comments?", headers))
        return next(formats.utterances([{"issue": issue, "comments": comments}]), _NONE)

    yield from each(threads, fetch, whole)


def _pages(fetch: Fetch, url: str, headers: Mapping[str, str]) -> Iterator[Fields]:
    """The rows of a list, a hundred at a time."""
    for page in count(1):
        rows = objects(fetch.get(f"{url}&per_page=100&page={page}", headers), "the answer")
        yield from rows
        if len(rows) < 100:
            return


def _api(fetch: Fetch) -> str:
    """Where GitHub answers; in Actions, the environment says."""
    return (fetch.environ.get("GITHUB_API_URL") or "https://api.github.com").rstrip("/")


def _number(key: str) -> int:
    """17 of `#17`; 0."""
    return int(key[1:]) if re.fullmatch(r"#[0-9]{1,9}", key) else 0


_NONE = Discussion((), "", ())
