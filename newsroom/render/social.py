"""Owns social cards: what each shows, where it lies, how it is made. Must not draw: `typeset` does.

A card is made of exactly what it shows: its digest is in its name, so that whoever showed it may keep it for ever,
and a changed body leaves it alone. Nothing is on it that its page does not show.
"""

from __future__ import annotations

import marshal
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from newsroom.fonts import Shelf, strange, without
from newsroom.language import direction, joined, say
from newsroom.model import Output, Post, digest, digest_of
from newsroom.permalinks import encoded, output_path
from newsroom.pictures import FACE
from newsroom.render import mail, typeset
from newsroom.render.parts import Tools
from newsroom.site import Site
from newsroom.version import code_digest
from newsroom.views import Face, Picture

KIND = "social"
SIZE = (1200, 630)
"""Pixels: what Facebook, LinkedIn, Mastodon and the others show whole (1.91 : 1)."""
SIDE = 400
"""Pixels of a face: the template shows none larger."""
MOST = 16
"""Faces on one card; of more the last place says how many."""
LONG = 220
"""Characters of a title or a line in somebody's own words; a longer one ends in an ellipsis."""
LABELLED = ("release", "statement", "answer")
"""Kinds of post that a card names."""

Card = dict[str, Any]
"""What the template gets, as docs/social-cards.md describes it."""


def outputs(site: Site) -> Iterator[Output]:
    """A card for every post and person."""
    if not site.info.cards:
        return
    for post in site.posts:
        yield _output(site, post.permalink, of_post(site, post), post.source, post.source)
    for key, person in site.people.items():
        yield _output(site, f"/people/{key}/", of_person(site, key), key, person.source)


def _output(site: Site, permalink: str, card: Card, subject: str, source: str) -> Output:
    made = fingerprint(site, card)
    return Output(_path(permalink, card, made), KIND, subject, made, source)


def _path(permalink: str, card: Card, made: str) -> str:
    """Photographs make a JPEG, drawings and initials a PNG of few colours: what is small and shows no stripes."""
    photographed = any(each["photograph"] for each in card["people"])
    folder = output_path(permalink).rpartition("/")[0]
    return f"{folder}/card.{made[:8]}.{'jpg' if photographed else 'png'}"


def picture(site: Site, permalink: str, card: Card, alt: str) -> Picture:
    """A card as a page's head names it."""
    path = _path(permalink, card, fingerprint(site, card))
    return Picture(encoded(f"{site.info.base}/{path}"), alt, width=SIZE[0], height=SIZE[1])


def post_picture(site: Site, post: Post) -> Picture | None:
    """The card of a post as its head names it; None where there are no cards."""
    if not site.info.cards or post.source not in site.lookup:
        return None
    names = _names(site, [site.faces[key] for key in post.authors])
    title = post.title
    if _retracted(site, post):
        title = say(site.info.language, "post.retracted_title", title=title)
    alt = say(site.info.language, "social.post", title=title, names=names) if names else title
    return picture(site, post.permalink, of_post(site, post), alt)


def person_picture(site: Site, key: str) -> Picture | None:
    """The card of a person, likewise."""
    if not site.info.cards:
        return None
    face = site.faces[key]
    alt = ". ".join(filter(None, (face.name, face.role))) if face.role else face.name
    return picture(site, face.permalink, of_person(site, key), f"{alt}: {face.quote}" if face.quote else alt)


def fingerprint(site: Site, card: Card) -> str:
    """Digest of all that a card is made of."""
    drawn_with, fonts = site.info.cards
    return digest(drawn_with + digest_of(card) + (fonts if strange(_words(card)) else ""))


# ── what a card shows ────────────────────────────────────────────────────────────────────────────────────────────────


def of_post(site: Site, post: Post) -> Card:
    """Faces, names and title."""
    said = site.info.language
    faces = [site.faces[key] for key in post.authors]
    label = say(said, f"kinds.{post.kind}") if post.kind in LABELLED else ""
    mark = say(said, "marks.retracted") if _retracted(site, post) else ""
    return _card(site, "post", post.language or said, faces, post.title) | {
        "mark": mark[:1].upper() + mark[1:],
        "label": label,
    }


def of_person(site: Site, key: str) -> Card:
    """Face, name, role and the line in her own words."""
    return _card(site, "person", site.info.language, [site.faces[key]], site.faces[key].quote)


def _card(site: Site, kind: str, language: str, faces: Sequence[Face], title: str) -> Card:
    more = len(faces) - MOST + 1 if len(faces) > MOST else 0
    title = breakable(shortened(mail.governed(title, "card.txt", site.config.contact.email, site.info.detours)))
    tag = language.partition("-")[0].lower()
    return {
        "kind": kind, "language": tag if re.fullmatch("[a-z]{2,3}", tag) else "en", "region": language,
        "direction": "rtl" if direction(language) == "rtl" or _begins_rtl(title) else "ltr",
        "site": plain(site.info.title), "accent": str(site.info.options.get("accent", "")), "title": title,
        "names": _names(site, faces), "role": plain(faces[0].role) if len(faces) == 1 else "",
        "people": [_person(site, face) for face in faces[: len(faces) - more]], "more": more, "mark": "", "label": "",
        "fonts": [],
    }  # fmt: skip


def _names(site: Site, faces: Sequence[Face]) -> str:
    return joined(site.info.language, "and", [plain(face.name) for face in faces]) if faces else ""


def _retracted(site: Site, post: Post) -> bool:
    return site.cards[post.source].mark == "retracted"


def _person(site: Site, face: Face) -> dict[str, Any]:
    """Her face. `image` names the photo by its digest; what stands behind it is not for the template."""
    shown = {"initials": face.initials, "tint": face.tint, "image": None, "file": "", "photograph": False, "focus": ""}
    person = site.people[face.key]
    if face.photo is None or not person.photo:  # a face without consent has no photo
        return shown
    found = site.refs[person.source].files.get(person.photo["file"])
    if found is None or found.asset not in site.assets:
        return shown
    asset, focus = site.assets[found.asset], person.photo.get("focus") or FACE
    image = f"{digest_of(asset.digest, focus)}.svg"
    return shown | {"image": image, "file": found.asset, "photograph": asset.form != "svg", "focus": focus}


def plain(text: str) -> str:
    """Words on one line, without what cannot be printed."""
    return " ".join(
        "".join(
            c if c.isprintable() or c in "\u200c\u200d" else " " for c in unicodedata.normalize("NFC", text)
        ).split()
    )


def shortened(text: str) -> str:
    """At most LONG characters, to the end of a word where there is one."""
    text = plain(text)
    if len(text) <= LONG:
        return text
    head = text[: LONG - 1]
    words = head.rpartition(" ")[0]
    return (words if len(words) > LONG // 2 else head).rstrip(" ,;:.-–—") + "…"


LETTERS = 80
"""Of the longest words that hyphenation is left to: what is longer is no word."""

PARTS = re.compile(r"\S{31,}")


def breakable(text: str) -> str:
    """Places where a line may end, in what is longer than any word: after the marks of an address, or anywhere."""

    def parted(match: re.Match) -> str:
        pieces = re.sub(r"([/._?&=+-])(?=\w)", "\\1\u200b", match[0]).split("\u200b")
        return "\u200b".join(_sliced(piece) for piece in pieces)

    return PARTS.sub(parted, text)


def _sliced(piece: str) -> str:
    """A piece with a place to break every twenty characters, where it is no word."""
    if len(piece) <= LETTERS:
        return piece
    made, run = [], 0
    for n, c in enumerate(piece):
        after = piece[n - 1] if n else ""
        if run >= 20 and not unicodedata.category(c).startswith("M") and "\u200d" not in (c, after):
            made.append("\u200b")
            run = 0
        made.append(c)
        run += 1
    return "".join(made)


def _begins_rtl(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left (UAX #9, P2 and P3)."""
    return next((d in ("R", "AL") for d in map(unicodedata.bidirectional, text) if d in ("L", "R", "AL")), False)


def _words(card: Card) -> str:
    """Everything that is written on a card."""
    initials = "".join(each["initials"] for each in card["people"] if not each["image"])
    return " ".join((card["site"], card["title"], card["names"], card["role"], card["mark"], card["label"], initials))


# ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def write(output: Output, site: Site, tools: Tools) -> bytes:
    """The picture: from the cache, where a build before this one made it."""
    return tools.drawn(key(output), lambda: make(output, site, tools))


def key(output: Output) -> str:
    """Where the cache keeps a card: its fingerprint is of all that it is made of, beside our code and its packages."""
    return digest(code_digest() + output.path.rpartition(".")[2] + output.fingerprint)


def make(output: Output, site: Site, tools: Tools) -> bytes:
    """Draw it."""
    from newsroom.render.pixels import recoded

    post = site.lookup.get(output.subject)
    card = of_post(site, post[0]) if post else of_person(site, output.subject)
    faces = {each["image"]: _face(each, tools) for each in card["people"] if each["image"]}
    shelf = _shelf(tools.studio.fonts, tools.drawn)
    families, missing = shelf.chosen(_words(card), card["region"])
    try:
        made = typeset.draw(tools.studio, _drawable(card, families, missing), faces)
    except LookupError:  # a family that typst knows under another name
        made = typeset.draw(tools.studio, _drawable(card, (), strange(_words(card))), faces)
    return recoded(made, output.path.rpartition(".")[2])


def _drawable(card: Card, families: Sequence[str], missing: frozenset[str]) -> Card:
    """A card with its fonts, and without what none of them can draw."""
    words = {name: without(card[name], missing) for name in ("site", "title", "names", "role", "mark", "label")}
    people = [
        {"initials": without(each["initials"], missing), "tint": each["tint"], "image": each["image"]}
        for each in card["people"]
    ]
    return card | words | {"people": people, "fonts": list(families)}


@lru_cache(2)
def _shelf(listed: tuple[tuple[str, int], ...], drawn: Callable[[str, Callable[[], bytes]], bytes]) -> Shelf:
    """The fonts of the settings, read once by each process, and by each build that finds them in no cache."""

    def kept(key: str, make: Callable[[], tuple]) -> tuple:
        return marshal.loads(drawn(key, lambda: marshal.dumps(make())))

    return Shelf(listed, kept)


def _face(person: dict[str, Any], tools: Tools) -> bytes:
    """A face as SVG: a drawing as it is, a photograph as a small square of it."""
    if not person["photograph"]:
        return tools.asset(person["file"])

    def make() -> bytes:
        from newsroom.render.pixels import thumbnail

        return typeset.framed(thumbnail(tools.asset(person["file"]), SIDE, person["focus"]), SIDE)

    return tools.drawn(digest_of(code_digest(), person["image"], SIDE), make)
