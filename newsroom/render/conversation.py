"""Owns the archived conversation as pages and feeds show it. Must not know how templates look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newsroom.followed import Entry, Feed
from newsroom.language import say
from newsroom.model import Output, digest
from newsroom.permalinks import encoded
from newsroom.render import feeds
from newsroom.render.parts import NONE, Items, Links, Part, Tools, follow_links
from newsroom.said import Said, Words
from newsroom.site import Site
from newsroom.views import Face, Link, Remark, Remarks

NESTED = 4
"""Levels that are shown as levels; deeper answers stand below these, and name what they answer."""


def part(site: Site, source: str) -> Part:
    """What was said below a post."""
    talk = site.talks.get(source)
    if talk is None or not talk.said:
        return NONE
    return Part(made_of(site, source), lambda tools: _remarks(site, source, tools.words(talk.source)))


def made_of(site: Site, source: str) -> str:
    """Digest of all that is shown of a post's conversation."""
    talk, answers = site.talks[source], site.answered.get(source, {})
    ours = dict.fromkeys(said.person for said in talk.said if said.person)
    posts = [site.cards[post].digest for sources in answers.values() for post in sources]
    return digest("".join([talk.digest, *[site.faces[key].digest for key in ours], *answers, *posts]))


def answers(site: Site, source: str) -> Part:
    """What a post answers: posts, and comments below them."""
    links = []
    for asked, comment in site.answers.get(source, ()):
        card = site.cards[asked]
        what = say(site.info.language, "answer.comment" if comment else "answer.post", title=card.title)
        links.append(Link(what, f"{card.href}#comment-{comment}" if comment else card.href))
    return (
        Part(digest("\n".join(f"{link.label} {link.href}" for link in links)), Items(tuple(links))) if links else NONE
    )


def _remarks(site: Site, source: str, words: tuple[Words, ...]) -> Remarks:
    talk, posts = site.talks[source], site.answered.get(source, {})
    known = {said.id: (said, word) for said, word in zip(talk.said, words)}
    below: dict[str, list[Said]] = {}
    hanging = _hanging(talk.said, known)
    for said in talk.said:
        below.setdefault(said.parent if said.id in hanging else "", []).append(said)

    def remark(said: Said, level: int) -> Remark:
        word, face = known[said.id][1], site.faces.get(said.person)
        if level < NESTED:
            replies = [remark(each, level + 1) for each in below.get(said.id, ())]
        else:
            replies = [remark(each, level + 1) for each in _all_below(said, below)] if level == NESTED else []
        to = Link(_name(site, *known[said.parent]), f"#comment-{said.parent}") if level > NESTED else None
        links = tuple(Link(site.cards[post].title, site.cards[post].href) for post in posts.get(said.id, ()))
        return Remark(
            said.id, _name(site, said, word), word.site, face, word.date, word.edited, word.html, said.gone, to, links,
            tuple(replies),
        )  # fmt: skip

    here = [said for said in talk.said if not said.gone]
    return Remarks(
        len(here), sum(bool(said.person) for said in here), talk.pulled, talk.closed,
        tuple(remark(said, 1) for said in below.get("", ())), follow_links(site.info, _folder(site, source)),
    )  # fmt: skip


def _hanging(every: tuple[Said, ...], known: dict[str, tuple[Said, Words]]) -> set[str]:
    """The comments that hang on another: those in a circle would never be reached from a beginning."""
    reached: dict[str, bool] = {}
    for said in every:
        way: dict[str, None] = {}
        while said.id not in reached and said.id not in way and said.parent in known:
            way[said.id] = None
            said = known[said.parent][0]
        reached.setdefault(said.id, said.id not in way)
        reached |= dict.fromkeys(way, reached[said.id])
    return {said.id for said in every if said.parent in known and reached[said.id]}


def _all_below(said: Said, below: dict[str, list[Said]]) -> list[Said]:
    """All answers below one, however deep, in order of time."""
    found, waiting = [], [said.id]
    while waiting:
        answers = below.get(waiting.pop(), ())
        found += answers
        waiting += [each.id for each in answers]
    return sorted(found, key=lambda each: (each.time, each.id))


def _name(site: Site, said: Said, word: Words) -> str:
    return site.faces[said.person].name if said.person else word.name or say(site.info.language, "comments.somebody")


# ── feeds: the comments below a post, the replies of an employee ─────────────────────────────────────────────────────


def feed_outputs(site: Site) -> Iterator[Output]:
    """The feeds of each conversation, and of each employee's replies."""
    for source, talk in site.talks.items():
        if talk.said:
            made = digest(made_of(site, source) + site.cards[source].digest + site.info.digest)
            yield from _rows(_folder(site, source), source, made, talk.source)
    for key, replies in site.replies.items():
        shown = replies[: site.config.feeds.items]
        made_with = [made_of(site, source) + site.cards[source].digest for _, source, _ in shown]
        made = digest("".join([site.faces[key].digest, *made_with, site.info.digest]))
        yield from _rows(replies_folder(key), key, made, "")


def _rows(folder: str, subject: str, made: str, source: str) -> Iterator[Output]:
    for row in feeds.FORMATS:
        yield Output(folder[1:] + row.file, "comments", subject, made, source)


def _folder(site: Site, source: str) -> str:
    return f"{site.cards[source].permalink}comments/"


def replies_folder(key: str) -> str:
    """The permalink of the feeds of an employee's replies."""
    return f"/people/{key}/replies/"


def followed(site: Site, key: str) -> Part:
    """The feeds of an employee's replies, for her page."""
    return Part(digest("replies"), Links(follow_links(site.info, replies_folder(key)))) if key in site.replies else NONE


class Carried(NamedTuple):
    """What the three files of a feed of comments have in common."""

    feed: Feed
    entries: list[dict[str, bytes]]
    """Each comment as each format carries it."""
    changed: str


def carried(subject: str, site: Site, tools: Tools) -> Carried:
    """The feed of a post's comments, or, where the subject is a key, of an employee's replies."""
    info, most = site.info, site.config.feeds.items
    if subject in site.people:
        face, folder = site.faces[subject], replies_folder(subject)
        title, page, who = say(info.language, "person.replies", name=face.name), face.permalink, (face,)
        items = [(source, n) for _, source, n in site.replies[subject][:most]]
    else:
        said, card, folder = site.talks[subject].said, site.cards[subject], _folder(site, subject)
        title, page, who = say(info.language, "comments.feed", title=card.title), card.permalink, ()
        items = [(subject, n) for n in reversed(range(len(said))) if not said[n].gone][:most]
    entries = [_entry(site, source, n, tools) for source, n in items]
    identity = f"{site.config.feeds.id or site.config.url.partition('://')[2]} comments {subject}"
    feed = Feed(identity, f"{title} · {info.title}", "", folder, page, who, (), "")
    return Carried(
        feed, [feeds.written(entry, info) for entry in entries], max((e.updated for e in entries), default="")
    )


def write(output: Output, site: Site, tools: Tools) -> bytes:
    """One file of such a feed."""
    row = next(row for row in feeds.FORMATS if row.file == output.path.rpartition("/")[2])
    feed, entries, changed = tools.comments(output.subject)
    named = feed._replace(id=feeds.entry_id(feed.id))
    return row.write(named, [entry[row.name] for entry in entries], changed, site.info, "")


def _entry(site: Site, source: str, n: int, tools: Tools) -> Entry:
    talk, card, info = site.talks[source], site.cards[source], site.info
    said, word = talk.said[n], tools.words(talk.source)[n]
    name, page = _name(site, said, word), info.url + encoded(card.permalink)
    stranger = Face("", name, name, "", "", "", None, "", "", "", "", 0, "")
    identity = f"{site.lookup[source][0].id} comment {said.id}"  # a fragment would make a UUID or an address none
    return Entry(
        feeds.entry_id(identity), say(info.language, "comments.on", name=name, title=card.title), f"{page}#comment-{said.id}",
        feeds.clean(word.html, page, info.main), "", word.date, word.edited or word.date,
        (site.faces.get(said.person, stranger),), (), None, info.language,
    )  # fmt: skip
