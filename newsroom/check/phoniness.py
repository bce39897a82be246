"""Owns the rules about what pretends: left-over tokens of mail merges, urgency without a day. English and German.

Who is reached where a person's name stands is for `strangers` to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import NamedTuple

from newsroom.check.bodies import lines, shown
from newsroom.check.rule import Checked, Found
from newsroom.check.spot import spot
from newsroom.errors import Location

CODE = re.compile(r"<(pre|code|kbd|samp|script|style)\b.*?</\1>", re.S)
QUOTED = re.compile(r"<blockquote\b(?:(?!<blockquote\b).)*?</blockquote>", re.S)
BLOCK = re.compile(
    r"</?(?:p|h\d|li|ul|ol|div|figure|figcaption|table|tr|td|th|thead|tbody|dl|dt|dd|hr|br|section)\b[^>]*>"
)
TAG = re.compile(r"<[^>]*>")
MARKS = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”|„[^“”\n]*[“”]|«[^»\n]*»|»[^«\n]*«|(?<!\w)[‘'‚][^’'‘\n]*[’'‘](?!\w)")
"""Words in quotation marks: somebody else's, or words that are talked about."""

TEXTS = ("title", "summary", "dateline", "question", "facts", "known", "unknown", "doing", "led_to")
"""Keys of a post's front matter that say something in its authors' words."""


class Passage(NamedTuple):
    """A block of text as readers see it."""

    source: str
    text: str
    pointer: tuple
    """The way to it in the front matter; () in the body."""


def passages(checked: Checked, holds: Callable[[str], object], quotes: bool = True) -> Iterator[Passage]:
    """Every block of text of the site, without code; without the words of others where `quotes` is false.

    Bodies whose plain words `holds` says nothing of are left out: to take all apart takes a second for 500 posts.
    """
    site = checked.site
    for source in shown(checked):
        content = checked.content(source)
        if (post := site.lookup.get(source, (None,))[0]) is not None:
            summary = post.summary if post.summary != content.lead else ""
            yield from _front(source, {**post.details, "title": post.title, "summary": summary})
            for key in ("corrections", *(("quotes",) if quotes else ())):
                for n, item in enumerate(post.details.get(key, ())):
                    yield Passage(source, item["text"], (key, n, "text"))
        for text in blocks(content.html, quotes) if holds(content.prose) else ():
            yield Passage(source, text, ())
    for page in site.pages:
        yield from _front(page.source, {"title": page.title})
    for person in site.people.values():
        yield from _front(person.source, {"quote": person.quote, "role": person.role}, ("quote", "role"))


def blocks(html: str, quotes: bool = True) -> list[str]:
    """The blocks of a text as plain words.

    >>> blocks("<p>Write <b>to</b> us</p><pre>{{x}}</pre><blockquote><p>Act now</p></blockquote>", quotes=False)
    ['Write to us']
    """
    html = CODE.sub("", html)
    while not quotes and QUOTED.search(html):
        html = QUOTED.sub("\n", html)
    lines = unescape(TAG.sub("", BLOCK.sub("\n\n", html.replace("\n", " ")))).split("\n")
    return [" ".join(line.split()) for line in lines if line.strip()]


def _front(source: str, said: dict, keys: tuple[str, ...] = TEXTS) -> Iterator[Passage]:
    for key in keys:
        value = said.get(key) or ()
        if isinstance(value, str):
            yield Passage(source, value, (key,))
        else:
            yield from (Passage(source, text, (key, n)) for n, text in enumerate(value))


def _place(checked: Checked, passage: Passage, words: str, whole: str) -> Location:
    if passage.pointer:
        return Location(passage.source, pointer=passage.pointer)
    for number, line in lines(checked, passage.source):
        if (at := line.find(words)) >= 0:
            return Location(passage.source, number, at + 1, len(words), (), line)
    return spot(checked, passage.source, whole)


# ── mail-merge ───────────────────────────────────────────────────────────────────────────────────────────────────────

FIELD = (
    r"(?:(?:your|recipient|customer|contact|client|user|insert|enter)[ _.-]?)?"
    r"(?:(?:first|last|full|sur|given|family|user|company|customer|recipient)[ _-]?name|f_?name|l_?name|salutation"
    r"|greeting|e-?mail(?:[ _-]?address)?|vorname|nachname|anrede|kundenname|firmenname|empf(?:ä|ae)nger"
    r"|unsubscribe(?:[ _-]?link)?)"
)
"""What a mail merge fills in."""
PLACE = r"(?:(?:insert|enter|add) [^\[\]\n]{3,40} here|(?:your|company|customer|recipient) name|firmenname|kundenname)"
TOKEN = re.compile(
    rf"\{{\{{[#/&]?\s*[A-Za-z_][\w.$|:' -]{{0,50}}\s*\}}\}}|\{{%-?\s*\w[^%}}\n]{{0,60}}%\}}"  # {{first_name}}, {% if %}
    rf"|[$#]?\{{\s*{FIELD}\s*\}}|%%\s*[A-Za-z_]\w{{1,30}}\s*%%|%{FIELD}%|\[\s*(?:{FIELD}|{PLACE})\s*\]"
    rf"|\*?\|(?:{FIELD}|MERGE\d+|[A-Z]+:[A-Z_]+)\|\*?|«\s*{FIELD}\s*»"
    r"|\bdear (?:valued|esteemed) (?:customer|client|member|user|partner|friend)s?\b"
    r"|\bsehr geehrter? (?:geschätzter? )?(?:kunde|kundin|kunden|nutzer|nutzerin)\b",
    re.I,
)
ANGLED = re.compile(rf"<<\s*{FIELD}\s*>>", re.I)
"""Markdown takes the inner one for a tag, and readers see nothing of it but <>."""
SIGNS = re.compile(r"\{|%%|%\w|\[\s*[a-z]|\||«|\bdear [ve]|\bsehr geehrter? [gkn]", re.I)
"""What a text must hold that has a token: most hold none, and are not looked at twice."""


def _has_token(text: str) -> bool:
    return SIGNS.search(text) is not None and TOKEN.search(text) is not None


def mail_merge(checked: Checked) -> Iterator[Found]:
    """Find tokens that something should have filled in, and greetings for everybody."""
    hint = "write what should stand there; where the token itself is meant, set it as code: `{{name}}`"
    for passage in passages(checked, _has_token):
        text = MARKS.sub(lambda m: " " * len(m[0]), passage.text) if "dear" in passage.text.lower() else passage.text
        for found in TOKEN.finditer(text) if _has_token(passage.text) else ():
            place = _place(checked, passage, found[0], text[found.start() : found.end() + 40])
            if found[0][0].isalpha():
                yield place, f'"{found[0]}" greets nobody in particular', "greet the people you write to, or nobody"
            else:
                yield place, f'"{found[0]}" is a token that nothing filled in', hint
    for source in shown(checked):
        for number, line in lines(checked, source) if "&lt;&gt;" in checked.content(source).html else ():
            for found in ANGLED.finditer(line):
                where = Location(source, number, found.start() + 1, len(found[0]), (), line)
                yield where, f'"{found[0]}" is a token that nothing filled in', hint


# ── false-urgency ────────────────────────────────────────────────────────────────────────────────────────────────────

URGENT = re.compile(
    r"^(?:act|order|buy) (?:now|fast|today)\b(?! (?:and|at|on|in|for|with|via|through|by|from)\b)"
    r"|^(?:so )?(?:don[’']t|do not) (?:miss out\b"
    r"|miss (?:your|this|the) (?:chance|opportunity)|wait until it[’']s too late)"
    r"|\blimited[- ]time (?:offer|only|deal|opportunity)\b|\bfor a limited time only\b"
    r"|^last chance(?=[!.:]|$| to (?:register|sign up|apply|buy|order|get|book|join|enter|save|win|secure)\b)"
    r"|\b(?:your|the) last chance to (?:register|sign up|buy|order|get your|book|join|save|win|secure)\b"
    r"|\bonly (?:a few|\w+) (?:seats|spots|places|spaces|tickets) (?:left|remaining)\b"
    r"|\bonce[- ]in[- ]a[- ]lifetime (?:offer|deal)\b"
    r"|^hurry[,!]|\boffer (?:ends|expires) soon\b|\bbefore it[’']s too late!|\bnow or never!"
    r"|\bjetzt (?:zugreifen|zuschlagen|oder nie)\b"
    r"|\bgreifen sie (?:jetzt|schnell) zu\b|\b(?:jetzt|schnell) handeln!|^handeln sie jetzt\b"
    r"|\bnur (?:noch )?für kurze zeit\b"
    r"|\bnur noch wenige (?:plätze|tickets|stück|exemplare)\b|\bletzte chance(?=[!.:]|$)"
    r"|\bverpassen sie (?:nicht|keinesfalls|auf keinen fall)\b"
    r"|\b(?:jetzt|unbedingt) nicht verpassen\b|\bnicht verpassen!"
    r"|\bschnell sein lohnt sich\b|\bbeeilen sie sich\b",
    re.I,
)
URGENT_ANYWHERE = re.compile(URGENT.pattern.replace("^", r"\b"), re.I)
MONTH = (
    "january february march april may june july august september october november december jan feb"
    " mar apr jun jul aug sept? oct nov dec januar februar märz mai juni juli oktober dezember"
).replace(" ", "|")
DAY = (
    "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag"
    " samstag sonntag tomorrow tonight midnight noon morgen heute mitternacht"
).replace(" ", "|")
DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)\b|\b\d{{1,4}}[./:-]\d{{1,2}}|\b\d{{1,2}}\.? ?(?:{MONTH})\b|\b(?:{MONTH})\.? \d"
    rf"|\b(?:{DAY})s?\b|\b\d{{1,2}} ?(?:am|pm|a\.m\.|p\.m\.|uhr)\b|\b20\d\d\b",
    re.I,
)
"""A day or an hour: what is over then is truly over."""
SENTENCE = re.compile(r"(?<=[.!?…])\s+")
HURRY = (
    "act now", "act fast", "act today", "order now", "order fast", "order today", "buy now", "buy fast",
    "buy today", "miss out", "miss your", "miss this", "miss the", "too late", "limited time", "limited-time",
    "last chance", "s left", "s remaining", "a-lifetime", "a lifetime", "hurry", "offer e", "or never", "zugreifen",
    "zuschlagen", "oder nie", "greifen sie", "handeln!", "handeln sie", "kurze zeit", "noch wenige",
    "letzte chance", "verpassen", "sein lohnt", "beeilen",
)  # fmt: skip
"""One of these is in whatever URGENT finds: to look for them takes a tenth of the time."""


def _may_hurry(text: str) -> bool:
    return any(map(text.lower().__contains__, HURRY)) and URGENT_ANYWHERE.search(text) is not None


def false_urgency(checked: Checked) -> Iterator[Found]:
    """Find hurry without a day by which to hurry."""
    for passage in passages(checked, _may_hurry, quotes=False):
        for sentence in SENTENCE.split(passage.text):
            said = MARKS.sub(lambda m: " " * len(m[0]), sentence).strip("¡*_ ")
            if (found := URGENT.search(said)) and not DATE.search(
                passage.text if len(passage.text) < 300 else sentence
            ):
                hint = "say by which day, and why; or let readers take their time"
                yield (
                    _place(checked, passage, found[0], sentence),
                    f'"{found[0]}" hurries readers and names no day',
                    hint,
                )
