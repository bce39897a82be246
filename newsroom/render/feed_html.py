"""Owns a post's HTML in a feed reader: plain elements, whole addresses, nothing that acts. No files, no clock.

A reader shows the HTML far from our stylesheet, our scripts and our address, often in an e-mail. What counts on one of
the three is put into plain elements here or left out. The HTML was sanitised when it was made; this is not a sanitiser.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, partial
from html import escape, unescape
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

from newsroom.followed import Entry
from newsroom.language import joined, say
from newsroom.views import Face, Picture

KEPT = frozenset("href src poster cite alt title width height datetime lang dir hreflang colspan rowspan scope abbr "
                 "start reversed value type controls open display".split())  # fmt: skip
"""Attributes that mean something away from the page. The others (class, id, role, data-*, on*, loading, srcset) go."""

COMMON = ("class", "id", "tabindex", "role", "loading", "decoding")
"""Those of the others that most attributes are: lxml takes them off a whole tree at once."""

ADDRESSES = ("href", "src", "poster", "cite")

DROPPED = ("script style noscript template form button select textarea input iframe frame frameset object embed applet "
           "svg canvas link meta base title").split()  # fmt: skip
"""Elements that go with everything in them."""

ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, however it is written; lone surrogates among it."""

REFERENCE = re.compile(r"&#(?:[0-9]+|x[0-9a-f]+);?", re.IGNORECASE)
"""A character by its number, which may be one that XML cannot hold."""

SPACES = re.compile("[\\x00-\\x20]")
SCRIPT = re.compile("(?:java|vb)script:", re.IGNORECASE)
"""An address that acts, as browsers read it: without the spaces in it. Only trusted HTML can hold one."""

VOID = re.compile("</(?:source|track|wbr)>")
"""Ends that HTML does not have: lxml knows the elements of HTML 4 and takes these for others, with words in them."""

DOCUMENT = re.compile(r"\s*<(?:html|!doctype)", re.IGNORECASE)
"""How HTML starts that is a document of its own, as only a writer whose HTML is trusted can write."""

WHOLE = re.compile(r"https?://[\w.-]+(?:/[\w./,+=&%~-]*)?(?:[?#][\w./,+=&%~-]+)?", re.ASCII)
"""Addresses that are whole as they stand, which `urljoin` takes 8 µs to find out: most of those in a text."""


def legal(text: str) -> str:
    """The text without the characters that XML cannot hold: one of them makes a reader refuse the whole feed."""
    printable = text.isprintable() or text.replace("\n", "").isprintable()  # two thirds of the expression's time
    return text if printable else ILLEGAL.sub("", text)


def plain(text: str) -> str:
    """Legal text on one line. A non-breaking space is the writer's and stays.

    >>> plain(" Two\\nlines ")
    'Two lines'
    """
    if text.isprintable() and "  " not in text:  # most titles and names: a tenth of the time
        return text.strip()
    return re.sub("[\t\n\r \u0085\u2028\u2029]+", " ", legal(text)).strip()


def absolute(href: str, address: str, site_url: str) -> str:
    """An address as the page `address` means it, in full; "" for one that nobody can follow.

    Where the site lives in a folder, `/x/` is below that folder, whether the folder stands in it or not.

    >>> absolute("/people/maya/", "https://example.com/newsroom/a/", "https://example.com/newsroom")
    'https://example.com/newsroom/people/maya/'
    """
    if WHOLE.fullmatch(href):
        return href
    if SCRIPT.match(SPACES.sub("", href)):
        return ""
    href, site = href.strip(), site_url.rstrip("/")
    if href.startswith("/") and not href.startswith("//"):
        folder = urlsplit(site).path
        return (site.removesuffix(folder) if _below(href, folder) else site) + href
    try:
        return urljoin(address, href)
    except ValueError:  # "http://[": an address of IPv6 that is none
        return ""


def _below(href: str, folder: str) -> bool:
    return re.split("[?#]", href)[0] == folder or href.startswith(folder + "/")


def clean(html: str, address: str, site_url: str) -> str:
    """A post's HTML for readers of feeds, every address in full. `address` is the post's own.

    >>> clean('Hi <a class="x" href="#why">there</a>', "https://example.com/a/", "https://example.com")
    'Hi <a href="https://example.com/a/#why">there</a>'
    """
    html = legal(html)
    if "&#" in html:
        html = REFERENCE.sub(lambda found: found[0] if legal(unescape(found[0])) else "", html)
    if not html.strip(" \t\r\n\f"):
        return ""
    lxml = _lxml()
    found = lxml.parse(html if DOCUMENT.match(html) else f"<html><body>{html}</body></html>")
    if found is None or (root := found.find("body")) is None:  # a document that ends before its first word
        return ""
    if not (root.text or "").strip():
        root.text = None
    root.attrib.clear()
    for box in lxml.boxes(root):
        _replace(box, _made(box, "span", "☑" if "checked" in box.attrib else "☐"))
    for node in lxml.hidden(root):
        node.tag = DROPPED[0]
    lxml.unwrap(root, "embed")  # void, which lxml does not know: it would take what follows with it
    lxml.drop(root, *lxml.silent, *DROPPED, with_tail=False)
    for link in lxml.players(root):
        figure = next(link.iterancestors("figure"))
        _replace(figure, _still(link, "p" if next(figure.iterancestors("p"), None) is None else "span"))
    for own in lxml.custom(root):
        own.attrib.clear()
        own.tag = "span"  # an element of somebody's script: its words are what a reader has without it
    for callout in lxml.callouts(root):
        callout.tag = "blockquote"  # set off from the text in every reader
    for picture in lxml.pictures(root):
        if (image := next(picture.iter("img"), None)) is not None:  # one inside another has given its image away
            _replace(picture, image)
    lxml.strip(root, *COMMON)
    for node in lxml.marked(root):
        _bare(node, address, site_url)
    html = lxml.write(root)[len("<body>") : -len("</body>")]
    return VOID.sub("", html) if "<source" in html or "<track" in html or "<wbr" in html else html


def body(entry: Entry, language: str) -> str:
    """The post as HTML: picture, text or summary, and the way to answer. `language` is the site's.

    Never nothing: JSON Feed and validators want content, so a post without any of these repeats its title.
    """
    text = legal(entry.html) or (f"<p>{escape(legal(entry.summary), quote=False)}</p>" if entry.summary else "")
    parts = (_figure(entry.image), text.rstrip("\n"), _reply(entry, entry.language or language))
    whole = "\n".join(part for part in parts if part)
    return whole or f"<p>{escape(plain(entry.title) or entry.url, quote=False)}</p>"


def _figure(image: Picture | None) -> str:
    if not image:
        return ""
    size = f' width="{image.width}" height="{image.height}"' if image.width and image.height else ""
    words = f"{image.caption} ({image.credit})" if image.caption and image.credit else image.caption or image.credit
    caption = f"<figcaption>{escape(plain(words), quote=False)}</figcaption>" if words else ""
    return f'<figure><img src="{escape(image.src)}" alt="{escape(plain(image.alt))}"{size}>{caption}</figure>'


def _reply(entry: Entry, language: str) -> str:
    """The line at the end of a post: "Reply to Maya or Jonas", whoever answers for its authors."""
    if not entry.answering:
        return ""
    people = escape(joined(language, "or", called(entry.answering)), quote=False)
    link = f'<a href="{escape(entry.url)}#contact">{people}</a>'
    return f"<p>{say(language, 'ways.reply', names=link)}</p>"


def called(faces: Sequence[Face]) -> list[str]:
    """What people are called beside each other: full names where two have the same short one."""
    count = Counter(face.short_name for face in faces)
    return [plain(face.name if count[face.short_name] > 1 else face.short_name or face.name) for face in faces]


def _bare(node, address: str, site_url: str) -> None:
    """Leave a node the attributes that count, its addresses in full."""
    attributes = node.attrib
    waits = node.tag == "img" and "data-src" in attributes
    if waits and attributes.get("src", "data:").startswith("data:"):  # a lazy image's real address
        attributes["src"] = attributes["data-src"]
    for name, value in attributes.items():
        whole = absolute(value, address, site_url) if value and name in ADDRESSES else value
        if name not in KEPT or (name in ADDRESSES and not whole):
            del attributes[name]
        elif whole != value:
            attributes[name] = whole


def _still(link, tag: str):
    """What stands for a player: its still picture and the words of its link, linked to where it can be watched."""
    words = plain(link.xpath("string()")) or link.get("href")
    whole = _made(link, "a", words, href=link.get("href"))
    for image in link.xpath("(.//img)[1]"):
        image.tail, whole.text = None, None
        whole.extend((image, _made(link, "br", tail=words)))
    still = _made(link, tag)
    still.append(whole)
    return still


def _made(near, tag: str, text: str | None = None, tail: str | None = None, **attributes: str):
    """A new element for the tree of `near`."""
    element = near.makeelement(tag, attributes)
    element.text, element.tail = text, tail
    return element


def _replace(old, new) -> None:
    """Put an element in another's place; lxml would take the words after the old one away with it."""
    if old.getparent() is not None:
        new.tail = old.tail
        old.getparent().replace(old, new)


def _has(name: str) -> str:
    return f"contains(concat(' ', @class, ' '), ' {name} ')"


@cache
def _lxml() -> SimpleNamespace:
    """What is needed of lxml, which comes with feedgen and takes 30 ms to load: only a build that writes feeds pays."""
    from lxml import etree

    # huge_tree: without it everything below 256 levels or past 10 MB is silently left out. Not lxml.html's parser: it
    # asks Python for the class of each element, a tenth of the time that `clean` takes.
    parser = etree.HTMLParser(huge_tree=True)
    return SimpleNamespace(
        parse=partial(etree.fromstring, parser=parser),
        write=partial(etree.tostring, method="html", encoding="unicode", with_tail=False),
        drop=etree.strip_elements,
        unwrap=etree.strip_tags,
        strip=etree.strip_attributes,
        silent=(etree.Comment, etree.ProcessingInstruction),
        # Compiled once: it takes as long as to look through a post.
        boxes=etree.XPath("descendant::input[@type='checkbox']"),
        hidden=etree.XPath("descendant::*[@hidden] | descendant::a[@aria-hidden='true']"),
        custom=etree.XPath("descendant::*[contains(name(), '-') or self::marquee or self::blink]"),
        players=etree.XPath(f"descendant::figure[{_has('embed')}]//a[{_has('embed-link')}][@href]"),
        callouts=etree.XPath(f"descendant::div[{_has('callout')}]"),
        pictures=etree.XPath("descendant::picture[.//img]"),
        marked=etree.XPath("descendant::*[@*]"),
    )
