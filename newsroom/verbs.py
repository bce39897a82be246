"""Owns what commands share: the Command record, arguments that several take, and the verbs of commands that have verbs.

Imports nothing heavy: `newsroom --help` reads it.
"""

from __future__ import annotations

from collections import namedtuple

Command = namedtuple("Command", "name help example arguments run below more", defaults=(None, (), ""))
"""One verb: arguments are those of add_argument(), run takes what was parsed and gives the exit code; or verbs. `more` is
what its help says below the example."""


def arg(*names: str, **settings) -> tuple[tuple[str, ...], dict]:
    """What add_argument() is given, and `form`: of all forms in which a result is told, one can be asked for."""
    return names, settings


def positive(text: str) -> int:
    """A whole number from 1 on; ValueError is argparse's to tell."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def days(text: str) -> int:
    """So many days, at most ten years; what argparse tells likewise."""
    from argparse import ArgumentTypeError

    if (number := positive(text)) > 3650:
        raise ArgumentTypeError(f"{text} days are more than ten years: at most 3650")
    return number


SITE = arg("--site", metavar="DIR", default=".", help="the newsroom's folder (default: this one)")
JSON = arg("--json", action="store_true", form=True, help="print the result as JSON")
KEY = arg("key", metavar="KEY", help="the person: the name of the file, without .md")
DRY = arg("--dry-run", action="store_true", help="only tell what would change")
WHEN = (
    arg("--drafts", action="store_true", help="as if drafts were published; never what is under embargo"),
    arg("--as-of", metavar="WHEN", help='the site as it is at a moment: 2026-11-02 or "2026-11-02 09:00"'),
)
CHECK = (
    arg("--accept", action="store_true", help="write what is found to the baseline: then only what is new is told"),
    arg("--all", action="store_true", help="tell what is known from the baseline too"),
    arg("--external", action="store_true", help="ask other hosts, politely, whether the links to them lead anywhere"),
    arg("--leaks", action="store_true", help="prove that nothing unpublished is in public/, as the last build left it"),
    arg(
        "--bylines",
        action="store_true",
        help="compare who signs posts with who committed them, and texts with each other",
    ),
    arg(
        "--format",
        choices=("text", "json", "github", "sarif"),
        form=True,
        default="text",
        help="how it is told (default: text)",
    ),
)

MORE = {
    "check": """\
  newsroom check --format github              beside the lines of a pull request
  newsroom check --accept                     from then on only what is new is told
  newsroom build && newsroom check --leaks    before the upload

exit codes: 0 no error (there may be warnings), 1 errors, 2 wrong usage""",
    "status": """\
  newsroom status --mail | sendmail desk@example.com    each morning, by cron
  newsroom status --as-of 2026-12-24                    what will wait by then

exit codes: 0 nothing is overdue, 1 something is, or the site has errors, 2 wrong usage""",
    "due": """\
  newsroom due --days 7
  newsroom due --ics > due.ics    a calendar for the team

exit codes: 0 told, though it be nothing, 1 the site has errors, 2 wrong usage""",
}
"""Command -> what its help says below the example."""

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
