"""Owns what commands share: the Command record, arguments that several take, and the verbs of commands that have verbs.

Imports nothing heavy: `newsroom --help` reads it.
"""

from __future__ import annotations

from collections import namedtuple

Command = namedtuple("Command", "name help example arguments run below", defaults=(None, ()))
"""One verb: arguments are those of add_argument(), run takes what was parsed and gives the exit code; or verbs."""


def arg(*names: str, **settings) -> tuple[tuple[str, ...], dict]:
    """What add_argument() is given."""
    return names, settings


SITE = arg("--site", metavar="DIR", default=".", help="the newsroom's folder (default: this one)")
JSON = arg("--json", action="store_true", help="print the result as JSON")
KEY = arg("key", metavar="KEY", help="the person: the name of the file, without .md")
DRY = arg("--dry-run", action="store_true", help="only tell what would change")
WHEN = (
    arg("--drafts", action="store_true", help="show drafts too"),
    arg("--as-of", metavar="WHEN", help='the site as it is at a moment: 2026-11-02 or "2026-11-02 09:00"'),
)

SOURCES = "disqus wordpress isso remark42 commento comentario waline artalk twikoo giscus utterances mastodon bluesky"
"""Rows of EXPORTS, which take as long to import as this program to start."""

COMMENTS = (
    Command("import", "keep the comments of an export", "newsroom comments import disqus northwind.xml.gz",
            (arg("source", metavar="SOURCE", choices=SOURCES.split(), help=f"where it is from: {SOURCES}"),
             arg("file", metavar="FILE", help="the file that you exported there"), SITE, JSON)),
    Command("pull", "keep what the site's comment service has", "newsroom comments pull --post /2026/cracked-lens/",
            (arg("--post", metavar="ADDRESS", default="", help="of one post only (default: of every public post)"), SITE,
             JSON)),
    Command("redact", "take somebody's name and words out of a comment for good",
            "newsroom comments redact isso-17 --name",
            (arg("id", metavar="ID", help="isso-17, or the comment's address"),
             arg("--words", action="store_true", help="only the words"),
             arg("--name", action="store_true", help="only the name, with site and account"), SITE, JSON)),
)  # fmt: skip

PEOPLE = (
    Command("leave", "hand over to a successor; byline, page and feeds stay",
            "newsroom people leave maya --successor jonas --keep name",
            (KEY, arg("--successor", metavar="KEY", default="", help="who answers for the posts from then on"),
             arg("--no-successor", dest="nobody", action="store_const", const="yes", default="",
                 help="nobody took over: the desks of the posts' topics answer"),
             arg("--on", metavar="DATE", default="", help="the first day after the last at work (default: today)"),
             arg("--keep", choices=("photo", "name", "initials"), default="", help="what may still be shown"),
             DRY, SITE, JSON)),
    Command("away", "not here until a day", "newsroom people away maya --until 2027-01-11 --cover jonas",
            (KEY, arg("--until", metavar="DATE", required=True, help="the day of return"),
             arg("--cover", metavar="KEY", default="", help="who answers meanwhile"), DRY, SITE, JSON)),
    Command("back", "here again", "newsroom people back maya", (KEY, DRY, SITE, JSON)),
    Command("move", "to other work in the company",
            'newsroom people move maya --role "Head of repair" --successor jonas',
            (KEY, arg("--role", required=True, help="what the new work is"),
             arg("--on", metavar="DATE", default="", help="since when (default: today)"),
             arg("--successor", metavar="KEY", default="", help="who took over"), DRY, SITE, JSON)),
)  # fmt: skip
