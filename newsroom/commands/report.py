"""Owns the report of the voice check as pages of the preview: the text, and what is said beside it.

Pure: records in, HTML out; everything that a writer wrote is escaped. It must not read a file, and no site has a byte
of it: the preview alone answers with these pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple
from urllib.parse import quote

from newsroom import voice
from newsroom.commands.marks import marked

VOICE = "/_newsroom/voice/"
"""Address of the overview; below it, a text's own report: its page's address, or its file."""
STYLES = "/_newsroom/report.css"

OFF = 'The voice check is off: site.toml says level = "off" below [voice].'
SEVERITY = {"advise": "advice", "require": "an error of newsroom check"}
"""What a finding is, by level."""
LABELS = {
    "summary": "Summary", "question": "Question", "known": "What we know", "unknown": "What we do not know",
    "doing": "What we do", "facts": "Fact", "quote": "Quote",
}  # fmt: skip
"""Kind of passage of the front matter -> what stands above it."""


Here = Sequence[tuple[int, voice.Finding, tuple[int, int]]]
"""Findings of one place: number, finding, (line, column)."""


class Judged(NamedTuple):
    """One text and what the check says about it."""

    text: voice.Text
    reading: voice.Reading
    places: tuple[tuple[int, int], ...] = ()
    """(line, column) of each finding, in their order; 0 where not known."""
    page: str = ""
    """Address of the page, with the site's base: `/2026/cracked-lens/`; "" where there is none, for a draft."""
    local: str = ""
    """The same below the site's base, without the first slash; "" where there is none."""

    @property
    def title(self) -> str:
        """As readers see it; the file's name where there is none."""
        found = (passage.text for passage in self.text.passages if passage.kind == "title")
        return next(found, self.text.path.rsplit("/", 1)[-1])

    @property
    def address(self) -> str:
        """Where its report is."""
        return VOICE + quote(self.local or self.text.path)


def count(number: int, noun: str) -> str:
    """A number and what it counts: `1 finding`, `2 findings`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def unread(language: str) -> str:
    """Why a text was not read."""
    known = ", ".join(voice.LANGUAGES)
    if language.lower().partition("-")[0] in voice.LANGUAGES:
        return f'"{language}" is not among the languages below [voice] in site.toml, so this was not read.'
    return f'There is no list of words for "{language}", only for {known}, so this was not read.'


# ── the overview ──


def overview(texts: Sequence[Judged], level: str, title: str, problems: Sequence[str] = ()) -> str:
    """Every text with a finding, in the order given, what was not read, and what cannot be."""
    if level == "off":
        return _page("Voice check", f"{_head('', 'Voice check', escape(title))}<p class=calm>{escape(OFF)}</p>")
    found = [judged for judged in texts if judged.reading.findings or judged.reading.problems]
    mute = Counter(judged.text.language for judged in texts if not judged.reading.language)
    read = len(texts) - mute.total()
    about = f"{escape(title)} · {count(read, 'text')} read, {len(found)} with findings"
    rows = "".join(map(_row, found))
    body = f"<ol class=texts>{rows}</ol>" if found else "<p class=calm>Nothing to say about any of them.</p>"
    body += "".join(
        f"<p class=mute>{count(n, 'text')}: {escape(unread(language))}</p>" for language, n in sorted(mute.items())
    )
    return _page("Voice check", _head("", "Voice check", about) + body + _pre(problems))


def _row(judged: Judged) -> str:
    """A text in the overview: how much, which rules, the title."""
    findings, problems = judged.reading.findings, judged.reading.problems
    rules = Counter(finding.rule for finding in findings)
    told = [f"<code>{escape(rule)}</code>" + (f" × {n}" if n > 1 else "") for rule, n in rules.most_common()]
    told += [count(len(problems), "exception") + " in doubt"] * bool(problems)
    return (
        f"<li><span class=many>{len(findings)}</span><div>"
        f'<a href="{escape(judged.address)}" lang="{escape(judged.text.language)}" dir=auto>{escape(judged.title)}</a>'
        f"<p class=small>{', '.join(told)}</p>"
        f"<p class=small>{escape(judged.text.kind)} · {escape(judged.text.path)}</p>"
        "</div></li>"
    )


# ── one text ──


def one(judged: Judged, level: str) -> str:
    """A text with its findings: the words at the left, beside each passage what is said about it."""
    text, (findings, problems, language) = judged.text, judged.reading
    way = f'<a href="{VOICE}">Voice check</a>'
    way += f'<a href="{escape(quote(judged.page))}">To the page</a>' if judged.page else "<span>No page yet</span>"
    told = OFF if level == "off" else unread(text.language) if not language else ""
    number = count(len(findings), "finding") + (f", {SEVERITY[level]}" if findings and level in SEVERITY else "")
    about = f"{escape(text.kind)} · {escape(text.path)}" + ("" if told else f" · {number}")
    if told:
        head = _head(way, escape(judged.title), about, text.language)
        return _page(f"Voice: {judged.title}", f"{head}<p class=calm>{escape(told)}</p>")
    places = judged.places or ((0, 0),) * len(findings)
    numbered: Here = [(n, *found) for n, found in enumerate(zip(findings, places, strict=True), 1)]
    titles = [at for at, passage in enumerate(text.passages) if passage.kind == "title"]
    top = [each for each in numbered if each[1].whole or each[1].passage in titles]
    title = _words(text.passages[titles[0]], top) if titles else escape(judged.title)
    above = _notes(top, text.path) + "".join(_doubt(*problem, text.path) for problem in problems)
    above = f'<section class=above aria-label="About the whole text">{above}</section>' if above else ""
    above = _list(numbered) + above
    rows = "".join(
        _passage(passage, [each for each in numbered if each[1].passage == at and each not in top], text)
        for at, passage in enumerate(text.passages)
        if at not in titles
    )
    calm = "" if findings or problems else "<p class=calm>Nothing to say about this text.</p>"
    head = _head(way, title, about, text.language)
    return _page(f"Voice: {judged.title}", f"{head}{calm}{above}<div class=rows>{rows}</div>")


def _list(numbered: Here) -> str:
    """Every finding in a line that leads to it; of a single one the page itself is the list."""
    lines = (
        f'<li><a href="#f{n}"><span class=n>{n}</span> <code>{escape(found.rule)}</code></a> '
        f"<span dir=auto>{escape('the whole text' if found.whole else _short(found.words, 60))}</span></li>"
        for n, found, _ in numbered
    )
    return f'<nav aria-label="Findings"><ol class=list>{"".join(lines)}</ol></nav>' if len(numbered) > 1 else ""


def _doubt(allow: voice.Allow, said: str, hint: str, path: str) -> str:
    """An exception that does not hold."""
    place = _place(path, (allow.line, allow.column))
    return (
        f"<div class=note><p class=rule>An exception that does not hold</p><p class=message>{escape(said)}.</p>"
        f"<p class=hint>{escape(hint)}</p><p class=place>{escape(place)}</p></div>"
    )


def _passage(passage: voice.Passage, here: Here, text: voice.Text) -> str:
    """A passage and, beside it, its findings."""
    words = _words(passage, here)
    label = f"<p class=small>{LABELS[passage.kind]}</p>" if passage.kind in LABELS else ""
    tag = "h2" if passage.kind == "heading" else "p"
    kind = " class=item" if passage.kind == "item" else ""
    notes = _notes(here, text.path)
    beside = f"<aside>{notes}</aside>" if notes else ""
    body = f'{label}<{tag}{kind} lang="{escape(text.language)}" dir=auto>{words}</{tag}>'
    return f'<section class="row{" said" if notes else ""}"><div>{body}</div>{beside}</section>'


def _words(passage: voice.Passage, here: Here) -> str:
    return marked(passage, [(n, finding.start, finding.end) for n, finding, _ in here if not finding.whole])


def _notes(here: Here, path: str) -> str:
    """What is said beside a passage; a reason or a question that stands above already is not said again."""
    notes, said = [], set()
    for number, finding, at in here:
        rule = voice.RULES.get(finding.rule)
        why, hint = (text if text not in said else "" for text in (rule.why if rule else "", finding.hint))
        said |= {why, hint}
        notes.append(_note(number, finding, why, hint, _place(path, at)))
    return "".join(notes)


def _note(number: int, finding: voice.Finding, why: str, hint: str, place: str) -> str:
    """What is said about some words: the rule, what is wrong, why, the question to the writer, the place."""
    said = finding.words.lower() in finding.message.lower()
    words = "The whole text" if finding.whole else "" if said else f"“{_short(finding.words)}”"
    about = f"<p class=about dir=auto>{escape(words)}</p>" if words else ""
    lines = "".join(f"<p class={name}>{escape(text)}</p>" for name, text in (("why", why), ("hint", hint)) if text)
    return (
        f"<div class=note id=f{number}><p class=rule><span class=n>{number}</span> "
        f"<code>{escape(finding.rule)}</code></p>"
        f"{about}<p class=message>{escape(finding.message)}.</p>{lines}<p class=place>{escape(place)}</p></div>"
    )


def _place(path: str, at: tuple[int, int]) -> str:
    return ":".join(str(part) for part in (path, *at) if part)


def _short(words: str, most: int = 90) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"


# ── the frame ──


def trouble(problems: Iterable[str]) -> str:
    """The page for a site whose settings or sources cannot be read."""
    return _page("Voice check", _head("", "Voice check", "What is wrong has to be mended first") + _pre(problems))


def nowhere(asked: str) -> str:
    """The page for an address of no text."""
    way = f'<a href="{VOICE}">Voice check</a>'
    return _page(
        "No such text", f"{_head(way, 'No such text', escape(asked))}<p class=calm>No text of this site is there.</p>"
    )


def _pre(problems: Iterable[str]) -> str:
    told = "\n\n".join(problems)
    return f"<pre>{escape(told)}</pre>" if told else ""


def _head(way: str, title: str, about: str, language: str = "en") -> str:
    """Way, title and about are HTML."""
    steps = f"<nav>{way}</nav>" if way else ""
    return f'<header>{steps}<h1 lang="{escape(language)}" dir=auto>{title}</h1><p class=small>{about}</p></header>'


def _page(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="{STYLES}"></head>'
        f"<body><main>{body}</main></body></html>\n"
    )
