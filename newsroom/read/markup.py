"""Owns the HTML that the newsroom itself writes into a text: figures, facades, callouts, footnotes. Pure strings.

Each attribute's value opens with MARK. Control characters are dropped from every text before it is parsed, so a MARK
in rendered HTML is ours; what becomes of it, see sanitise.
"""

from __future__ import annotations

from html import escape

from newsroom.embeds import Player
from newsroom.language import table
from newsroom.read.addresses import host

MARK = "\x01"


def words(language: str) -> dict[str, str]:
    """What we say inside a text in a language: the locales' [text], by its keys."""
    return table(language, "text")


def attributes(pairs) -> str:
    """Attributes as they stand in a tag. None leaves one out."""
    return "".join([f' {name}="{MARK}{escape(str(value))}"' for name, value in pairs if value is not None])


def tag(name: str, **values) -> str:
    """An opening tag. `class_` is `class`, `data_src` is `data-src`."""
    return f"<{name}{attributes((key.rstrip('_').replace('_', '-'), value) for key, value in values.items())}>"


def image(src: str, alt: str, title: str | None = None) -> str:
    """A picture beside the source. `src` is what Finds.href() answered."""
    return tag("img", src=src, alt=alt, title=title, loading="lazy", decoding="async")


def figure(content: str, caption: str = "") -> str:
    """A picture of its own."""
    return (
        f"<figure>{content}{f'<figcaption>{escape(caption, quote=False)}</figcaption>' if caption else ''}</figure>\n"
    )


def remote(url: str, alt: str, said: dict[str, str], what: str = "picture", in_link: bool = False) -> str:
    """What stands for something on another host: a link that names the host, so that nothing loads unasked."""
    text = said["elsewhere"].format(what=said[what], host=host(url)) + (f": {alt}" if alt else "")
    opening, closing = (
        (tag("span", class_="remote"), "</span>") if in_link else (tag("a", class_="remote", href=url), "</a>")
    )
    return f"{opening}{escape(text, quote=False)}{closing}"


def invitation(player: Player, caption: str, said: dict[str, str]) -> str:
    """The words of a facade: "Watch on YouTube: How we grind a lens"."""
    return escape(
        said[player.embed.verb].format(service=player.embed.title) + (f": {caption}" if caption else ""), quote=False
    )


def facade(player: Player, caption: str, said: dict[str, str], still: str = "") -> str:
    """What stands for a player: a link that works alone, and what a script needs to put the player there on a click."""
    name, shape = player.embed.name, player.embed.shape
    return (
        tag("figure", class_=f"embed embed-{shape}", data_embed=name, data_src=player.src, data_title=caption or None)
        + tag("a", class_="embed-link", href=player.page)
        + still
        + f"{tag('span', class_='embed-label')}{invitation(player, caption, said)}</span></a>"
        + f"{tag('p', class_='embed-note')}{escape(said['loads'].format(host=player.host))}</p></figure>\n"
    )


def code(content: str, language: str) -> str:
    """A block of code, already escaped: wide lines scroll, and the keyboard can reach them."""
    inner = tag("code", class_=f"language-{language}" if language else None)
    return f"{tag('div', class_='code')}{tag('pre', tabindex='0')}{inner}{content}</code></pre></div>\n"


def table_open(number: int, said: dict[str, str]) -> str:
    """A table's scrolling region. Regions are landmarks, so each gets a name of its own."""
    label = said["table"] + (f" {number}" if number > 1 else "")
    return tag("div", class_="table", role="region", tabindex="0", aria_label=label)


def callout_open(kind: str) -> str:
    """A callout. Not an `aside`: that would be a landmark inside the article."""
    return tag("div", class_=f"callout callout-{kind}", role="note") + "\n"


def footnote_mark(number: int, use: int, in_link: bool) -> str:
    """The raised number. Inside a link it cannot be one."""
    if in_link:
        return f"{tag('sup', id=_use(number, use))}{number}</sup>"
    link = tag("a", href=f"#fn{number}", id=_use(number, use), role="doc-noteref")
    return f"{tag('sup', class_='footnote-mark')}{link}{number}</a></sup>"


def footnotes_open(said: dict[str, str]) -> str:
    """The footnotes. A `section` would want a heading."""
    return f"{tag('div', class_='footnotes', role='doc-endnotes', aria_label=said['footnotes'])}\n<ol>\n"


def footnote_open(number: int) -> str:
    """One footnote."""
    return tag("li", id=f"fn{number}")


def footnote_back(number: int, use: int, said: dict[str, str]) -> str:
    """The way from a footnote back to its mark."""
    label = said["back"] + (f" ({use + 1})" if use else "")
    return (
        f" {tag('a', class_='footnote-back', href='#' + _use(number, use), role='doc-backlink', aria_label=label)}↩︎</a>"
    )


def _use(number: int, use: int) -> str:
    return f"fnref{number}" + (f"-{use + 1}" if use else "")


def task(done: bool, said: dict[str, str]) -> str:
    """A box before a task: it shows, and cannot be ticked."""
    box = tag(
        "input", type="checkbox", disabled="", checked="" if done else None, aria_label=said["done" if done else "open"]
    )
    return box + " "
