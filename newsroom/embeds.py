"""Owns the services whose players a post may offer: which addresses are theirs and what a click would load.

Must not write HTML or ask a service anything: an address either has a form known here, or it is a plain link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple
from urllib.parse import quote


class Embed(NamedTuple):
    """A service, and how its page's address becomes its player's address."""

    name: str
    title: str
    """As its readers call it: "YouTube"."""
    verb: str
    """What a reader does there: watch | listen | see."""
    shape: str
    """video | audio | page: how much room the player takes."""
    patterns: tuple[str, ...]
    """Of the address without scheme, `www.` and fragment; the named groups fill `page` and `player`."""
    page: str
    """Where a reader without JavaScript goes."""
    player: str
    """What the click loads. `{page}` is the page's address, quoted."""
    parameters: tuple[tuple[str, str], ...] = ()
    """(group, query parameter) each: added to the player's address where the group was found."""


class Player(NamedTuple):
    """An embed at one address."""

    embed: Embed
    used: str
    """What Content.embeds keeps: the name, with the host where any host may serve it: `peertube:video.example`."""
    page: str
    src: str
    host: str
    """Where the player comes from: `www.youtube-nocookie.com`."""


END = r"/?(?:\?.*)?"
ANY_HOST = r"(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)"
START = r"(?:(?=.*[?&](?:t|start)=(?P<start>\d+)))?"
VIDEO = r"(?P<id>[\w-]{11})(?:[?&/].*)?"
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
SHORT = r"[1-9A-HJ-NP-Za-km-z]{22}"
"""PeerTube's short identifiers: 22 characters of base 58, as good as certain on any host."""

EMBEDS = (
    Embed(
        "youtube", "YouTube", "watch", "video",
        (
            START + r"(?:m\.|music\.)?youtube\.com/watch\?(?:.*&)?v=" + VIDEO,
            START + r"(?:m\.)?youtube(?:-nocookie)?\.com/(?:embed|shorts|live|v)/" + VIDEO,
            START + r"youtu\.be/" + VIDEO,
        ),
        "https://www.youtube.com/watch?v={id}", "https://www.youtube-nocookie.com/embed/{id}", (("start", "start"),),
    ),
    Embed(
        "vimeo", "Vimeo", "watch", "video",
        (
            r"vimeo\.com/(?P<id>\d{5,12})(?:/(?P<hash>[0-9a-f]{8,16}))?" + END,
            r"player\.vimeo\.com/video/(?P<id>\d{5,12})(?:\?(?:.*&)?h=(?P<hash>[0-9a-f]{8,16})(?:&.*)?|" + END + ")",
        ),
        "https://vimeo.com/{id}/{hash}", "https://player.vimeo.com/video/{id}?dnt=1", (("hash", "h"),),
    ),
    Embed(
        "dailymotion", "Dailymotion", "watch", "video",
        (
            r"dailymotion\.com/(?:embed/)?video/(?P<id>[A-Za-z0-9]{5,12})(?:_.*)?" + END,
            r"geo\.dailymotion\.com/player(?:/\w+)?\.html\?(?:.*&)?video=(?P<id>[A-Za-z0-9]{5,12})(?:&.*)?",
            r"dai\.ly/(?P<id>[A-Za-z0-9]{5,12})" + END,
        ),
        "https://www.dailymotion.com/video/{id}", "https://geo.dailymotion.com/player.html?video={id}",
    ),
    Embed(
        "ted", "TED", "watch", "video", (r"(?:embed\.)?ted\.com/talks/(?P<id>[a-z0-9_]+)" + END,),
        "https://www.ted.com/talks/{id}", "https://embed.ted.com/talks/{id}",
    ),
    Embed(
        "archive", "Internet Archive", "see", "video", (r"archive\.org/(?:details|embed)/(?P<id>[\w.-]+)" + END,),
        "https://archive.org/details/{id}", "https://archive.org/embed/{id}",
    ),
    Embed(
        "peertube", "PeerTube", "watch", "video",
        (rf"{ANY_HOST}/(?:w|videos/(?:watch|embed))/(?P<id>{UUID}|{SHORT})" + END,),
        "https://{host}/videos/watch/{id}", "https://{host}/videos/embed/{id}",
    ),
    Embed(
        "soundcloud", "SoundCloud", "listen", "audio", (r"soundcloud\.com/(?P<id>[\w-]+/(?:sets/)?[\w-]+)" + END,),
        "https://soundcloud.com/{id}", "https://w.soundcloud.com/player/?url={page}",
    ),
    Embed(
        "spotify", "Spotify", "listen", "audio",
        (
            r"open\.spotify\.com/(?:intl-\w+/)?(?:embed/)?"
            r"(?P<id>(?:track|album|artist|playlist|episode|show)/[A-Za-z0-9]{22})" + END,
        ),
        "https://open.spotify.com/{id}", "https://open.spotify.com/embed/{id}",
    ),
    Embed(
        "codepen", "CodePen", "see", "page",
        (r"codepen\.io/(?P<user>[\w-]+)/(?:pen|embed)/(?:preview/)?(?P<id>[A-Za-z]{5,10})" + END,),
        "https://codepen.io/{user}/pen/{id}", "https://codepen.io/{user}/embed/{id}?default-tab=result",
    ),
    Embed(
        "mastodon", "Mastodon", "see", "page",
        (ANY_HOST + r"/@(?P<user>\w+(?:@[\w.-]+)?)/(?P<id>\d{17,19})(?:/embed)?/?",),
        "https://{host}/@{user}/{id}", "https://{host}/@{user}/{id}/embed",
    ),
)  # fmt: skip

WEB = re.compile(r"https?://(?:www\.)?([a-z0-9.-]+)(/[^\s#]*)(?:#\S*)?", re.ASCII | re.IGNORECASE)
LONGEST = 500
"""Characters. No service has longer addresses, and the patterns need not be proof against a megabyte."""


@cache
def _compiled(pattern: str) -> re.Pattern:
    return re.compile(pattern, re.ASCII)


def find(url: str) -> Player | None:
    """The player that an address offers, or None."""
    if len(url) > LONGEST or not (match := WEB.fullmatch(url)):
        return None
    address = match[1].lower() + match[2]
    for embed in EMBEDS:
        for pattern in embed.patterns:
            if found := _compiled(pattern).fullmatch(address):
                return _player(embed, {name: value or "" for name, value in found.groupdict().items()})
    return None


def _player(embed: Embed, found: dict[str, str]) -> Player:
    page = embed.page.format(**found).rstrip("/")
    src = embed.player.format(page=quote(page, safe=""), **found)
    for group, parameter in embed.parameters:
        if found[group]:
            src += ("&" if "?" in src else "?") + f"{parameter}={found[group]}"
    used = f"{embed.name}:{found['host']}" if "host" in found else embed.name
    return Player(embed, used, page, src, src.split("/")[2])


def origins(used: Iterable[str]) -> tuple[str, ...]:
    """What a page's policy must let frames load from, for the entries of Content.embeds.

    >>> origins(["vimeo", "peertube:video.example"])
    ('https://player.vimeo.com', 'https://video.example')
    """
    hosts = {embed.name: embed.player.split("/")[2] for embed in EMBEDS}
    return tuple(
        sorted({f"https://{host or hosts[name]}" for name, _, host in (entry.partition(":") for entry in used)})
    )
