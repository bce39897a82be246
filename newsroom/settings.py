"""Owns the settings: what site.toml may say, as records with their defaults and a sentence each. What is right is for `config` to say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

KINDS = ("post", "release", "statement", "answer")
"""Kinds of post."""

SEVERITIES = ("error", "warning", "off")
"""What a rule of `newsroom check` may be."""


def setting(default: Any, help: str, choices: tuple = ()) -> Any:
    """A key of site.toml: its default, one sentence for the docs, the values it may have."""
    kept = {"help": help, "choices": choices}
    if callable(default):
        return field(default_factory=default, metadata=kept)
    return field(default=default, metadata=kept)


@dataclass(frozen=True)
class Company:
    """Who stands behind the newsroom."""

    name: str = setting("", "The company's name; default: the title.")
    url: str = setting("", "Its own site.")
    logo: str = setting("", "A file below content/.")
    same_as: tuple = setting((), "Addresses of its profiles elsewhere.")
    press_contacts: tuple = setting((), "Keys of the people journalists may ask.")
    atproto_did: str = setting("", "The company's Bluesky identity, where the newsroom's host is its handle.")
    boilerplate: str = setting("", "What the company says of itself, in a sentence or two.")


@dataclass(frozen=True)
class Posts:
    """Posts and listings."""

    permalink: str = setting("/{year}/{slug}/", "Where posts live: {year} {month} {day} {slug} {kind}.")
    per_page: int = setting(20, "Posts on a page of a listing.")
    typographer: bool = setting(False, "Curly quotes, dashes and ellipses from plain ones.")
    trust_html: bool = setting(False, "Leave raw HTML in Markdown as it is: only where every author is trusted.")
    old_after: str = setting("2 years", "From when on a post says how old it is, and whom to ask: `18 months`; `\"\"` for never.")


@dataclass(frozen=True)
class Feeds:
    """What feeds carry."""

    items: int = setting(20, "Newest posts in a feed.")
    content: str = setting("full", "Whole posts, or summaries with a link.", ("full", "summary"))
    hub: str = setting("", "Address of a WebSub hub.")
    archive: bool = setting(False, "Keep all older posts in archived pages beside each feed (RFC 5005).")
    aliases: tuple = setting((), "Old addresses of the site's own feed.")
    id: str = setting("", "What the feeds' identities are made of; default: the address. Set it before a move.")


@dataclass(frozen=True)
class Comments:
    """The conversation below a post."""

    provider: str = setting("", "The service: a row of the table in docs/comments.md, or none.")
    load: str = setting("click", "When the service may load.", ("click", "visible", "always"))
    open: bool = setting(True, "Whether new comments are welcome.")
    options: dict = setting(dict, "")


@dataclass(frozen=True)
class ContactSettings:
    """How people are reached."""

    email: str = setting(
        "obfuscated",
        "How e-mail addresses stand in every output; docs/channels.md says what each word means.",
        ("public", "obfuscated", "form"),
    )
    service: str = setting("", "Who takes what the form sends: a row of the table in docs/forms.md.")
    endpoint: str = setting("", "What that service knows the form by: an address, or the id that it gave out.")
    confirm: int = setting(180, "Days after which a promise that nobody confirmed is no longer shown.")


@dataclass(frozen=True)
class Voice:
    """The check of words."""

    level: str = setting("advise", "How strictly words are checked.", ("off", "advise", "require"))
    languages: tuple = setting((), "Languages that are checked; default: the site's.")
    allow: dict = setting(dict, "Words, or codes of rules, that are allowed, each with its reason; or a list of them.")


@dataclass(frozen=True)
class Policy:
    """Who must agree before a post goes out."""

    sign_off: tuple = setting((), "Kinds of post that the credited people must sign off.", KINDS)
    review: tuple = setting((), "Kinds of post that somebody else must have read.", KINDS)
    reviewers: dict = setting(dict, "Kind of post -> keys of people: one of them reads it. Default: anybody.")


@dataclass(frozen=True)
class Check:
    """`newsroom check`."""

    severity: dict = setting(dict, "Code of a rule -> error, warning or off.")
    baseline: str = setting("", "A file beside site.toml with what is known and not told again.")


@dataclass(frozen=True)
class Search:
    """Search in the reader's browser."""

    engine: str = setting("", "What makes the index: pagefind, of the extra newsroom[search]. Without it, the archive.", ("", "pagefind"))


@dataclass(frozen=True)
class Sharing:
    """What others can put on their pages."""

    embeds: bool = setting(True, "A card of each post and person that other sites can frame, and oEmbed for them.")


@dataclass(frozen=True)
class Crawlers:
    """Search engines."""

    indexnow: str = setting("", "The key with which `newsroom ping` tells search engines (IndexNow) what changed; it is public.")
    endpoint: str = setting("https://api.indexnow.org/indexnow", "Whom it tells: one tells the others.")


@dataclass(frozen=True)
class Cards:
    """Social cards."""

    on: bool = setting(False, "Make a picture of each post and person for networks to show. Asks for newsroom[cards].")
    fonts: tuple = setting((), "Folders with fonts for scripts that the cards' own lack: of the site, or /usr/share/fonts.")


@dataclass(frozen=True)
class Images:
    """Smaller forms of pictures."""

    widths: tuple = setting((480, 800, 1200, 1600), "Widths in pixels in which pages offer a picture; never wider than it is.")
    formats: tuple = setting(("avif", "webp"), "Forms beside the picture's own; each takes time to build, and room.", ("avif", "webp"))


@dataclass(frozen=True)
class OutputSettings:
    """What is written."""

    minify: bool = setting(False, "Pages without the spaces and quotes that mean nothing. Asks for newsroom[minify].")


@dataclass(frozen=True)
class Theme:
    """The look."""

    name: str = setting("default", "A folder of themes/, or `default`.")
    options: dict = setting(dict, "What the theme's own theme.toml offers.")


@dataclass(frozen=True)
class Config:
    """site.toml, validated. Only title and url have no default."""

    title: str = setting("", "The newsroom's name.")
    url: str = setting("", "Where it is published: `https://news.example.com`, with a path if it has one.")
    language: str = setting("en", "BCP 47 tag of the main language.")
    languages: tuple = setting((), "All languages, where there is more than one: each has an edition of its own.")
    timezone: str = setting("UTC", "IANA zone of every date without an offset.")
    description: str = setting("", "One sentence for search engines and feeds.")
    company: Company = setting(Company, "The company behind it.")
    posts: Posts = setting(Posts, "Posts and listings.")
    feeds: Feeds = setting(Feeds, "Feeds.")
    comments: Comments = setting(Comments, "The conversation.")
    contact: ContactSettings = setting(ContactSettings, "Talk to the author.")
    voice: Voice = setting(Voice, "The voice check.")
    policy: Policy = setting(Policy, "Who must agree before a post goes out.")
    check: Check = setting(Check, "What `newsroom check` tells.")
    search: Search = setting(Search, "Search in the reader's browser.")
    sharing: Sharing = setting(Sharing, "What others can put on their pages.")
    crawlers: Crawlers = setting(Crawlers, "Search engines.")
    cards: Cards = setting(Cards, "Social cards.")
    images: Images = setting(Images, "Smaller forms of pictures.")
    output: OutputSettings = setting(OutputSettings, "What is written.")
    theme: Theme = setting(Theme, "The look.")
    translations: dict = setting(dict, "Language -> title, description and boilerplate in it.")
    deploy: dict = setting(dict, "Targets of `newsroom deploy`.")
    digest: str = ""
    main: str = ""
    """Of a further edition: the address of the main one, under which people and the company are known."""

    @property
    def editions(self) -> tuple[str, ...]:
        """The languages of the site, the main one first; () where there is only one."""
        found = tuple(dict.fromkeys((self.language, *self.languages)))
        return found if len(found) > 1 else ()

    @property
    def base(self) -> str:
        """The path part of the address: "" or `/newsroom`."""
        return urlsplit(self.url).path.rstrip("/")
