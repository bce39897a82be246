"""Owns the command line: the COMMANDS table, arguments, exit codes. The only module that prints.

Exit codes: 0 good, 1 problems, 2 wrong usage. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import os
import sys

from newsroom.usage import parser as _parser
from newsroom.verbs import CHECK, COMMENTS, DRY, JSON, MORE, PEOPLE, SITE, WHEN, Command, days, positive
from newsroom.verbs import arg as _arg

TYPE_CHECKING = False  # typing, argparse and pathlib take longer to import than Python to start
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Container, Sequence
    from typing import NoReturn


def _init(args: argparse.Namespace) -> int:
    import shlex
    from pathlib import Path

    from newsroom.commands import new

    written = new.init(Path(args.dir))
    for path in written:
        print(f"wrote {path}")
    where = "" if args.dir == "." else f"cd {shlex.quote(args.dir)} && "
    print(f"\nNext: {where}newsroom serve")
    return 0


def _new(args: argparse.Namespace) -> int:
    from datetime import datetime
    from pathlib import Path

    from newsroom.commands import new

    now = datetime.now().astimezone()
    path = new.new(Path(args.site), args.kind, args.title, args.author, now)
    print(f"wrote {path}")
    if args.kind == "statement":
        print("It is no draft: fill in what is known, and the next build shows it. The line draft: true holds it back.")
    elif path.startswith("content/posts/"):
        print("It is a draft: newsroom serve --drafts shows it; to publish it, take out the line draft: true.")
    return 0


def _build(args: argparse.Namespace) -> int:
    from newsroom.build import build

    report = build(args.site, _options(args, _progress()))
    if args.json:
        facts = {key: getattr(report, key) for key in ("rendered", "unchanged", "removed", "parsed")}
        _show(facts | {"seconds": round(report.seconds, 4), "problems": _plain(report.problems)})
    else:
        _tell(report.problems, ": nothing was written")
        if not _failed(report.problems):
            removed = f", {len(report.removed)} removed" if report.removed else ""
            print(f"{len(report.rendered)} rendered, {report.unchanged} unchanged{removed} in {report.seconds:.2f} s")
            if report.held:
                print(f"not shown: {', '.join(f'{count} {why}' for why, count in report.held)}")
    return 1 if _failed(report.problems) else 0


def _serve(args: argparse.Namespace) -> int:
    from newsroom.commands.serve import serve

    return serve(args.site, _options(args), host=args.host, port=args.port, say=lambda line: print(line, flush=True))


def _check(args: argparse.Namespace) -> int:
    from newsroom.commands import check, reports

    asked = check.Asked(args.accept, args.all, args.external, args.leaks, args.bylines)
    told = check.gate(args.site, _options(args), asked)
    form = "json" if args.json else args.format
    if form == "text":
        _tell(told.problems, rules=told.rules)
    elif form == "json":
        _show(_plain(told.problems))
    else:
        print(reports.FORMATS[form](told.problems, told.rules, reports.folder(args.site)), end="")
    for line in (*told.lines, *(["no problems found"] if not (told.problems or told.lines) and form == "text" else [])):
        print(line, file=sys.stdout if form == "text" else sys.stderr)
    return 1 if _failed(told.problems) else 0


def _voice(args: argparse.Namespace) -> int:
    from pathlib import Path

    from newsroom.commands.voice import listen
    from newsroom.voice import RULES

    return _did(args, listen(Path(args.site), args.paths), RULES)


def _status(args: argparse.Namespace) -> int:
    from newsroom.commands.status import mail, plain, status, told

    found = status(args.site, _options(args))
    if args.json:
        _show(plain(found) | {"problems": _plain(found.problems)})
    else:
        print(mail(found) if args.mail else told(found))
    return 1 if found.overdue else 0


def _due(args: argparse.Namespace) -> int:
    from pathlib import Path

    from newsroom.commands import due

    count = args.count or int(args.cron)
    found = due.due(Path(args.site), _options(args, _progress("trying moment")), args.days, count, args.ics)
    if args.ics:
        sys.stdout.buffer.write(due.ics(found))
    elif args.json:
        _show(due.plain(found))
    else:
        print(due.cron(found) if args.cron else "\n".join(due.told(found)))
    return 0


def _preview(args: argparse.Namespace) -> int:
    from pathlib import Path

    from newsroom.commands import preview

    return _did(args, preview.preview(Path(args.site), args.path, args.until, args.whom, args.end, args.dry_run))


def _explain(args: argparse.Namespace) -> int:
    from newsroom.commands.explain import explain, told

    found = explain(args.site, args.path, _options(args))
    if args.json:
        _show([explained._asdict() for explained in found])
    else:
        print("\n\n".join(map(told, found)))
    return 0


def _comments(args: argparse.Namespace) -> int:
    from newsroom.commands import comments

    return _did(args, comments.ACTIONS[args.action](args))


def _people(args: argparse.Namespace) -> int:
    from pathlib import Path

    from newsroom.commands import people

    names = ("on", "successor", "nobody", "keep", "until", "cover", "role")
    said = {name: getattr(args, name, "") for name in names}
    return _did(args, people.change(Path(args.site), args.action, args.key, said, args.dry_run))


def _ping(args: argparse.Namespace) -> int:
    from pathlib import Path

    from newsroom.commands.ping import ping

    done = ping(Path(args.site), args.all, args.dry_run)
    return _did(args, done) and (done.code or 1)


def _did(args: argparse.Namespace, done, rules: Container[str] = ()) -> int:
    """Show what a command did, as lines or as JSON."""
    if args.json:
        _show(done.facts | {"problems": _plain(done.problems)})
    else:
        _tell(done.problems, rules=rules)
        for stream, lines in ((sys.stderr, done.left), (sys.stdout, done.lines)):
            print("".join(f"{line}\n" for line in lines), end="", file=stream)
    return 1 if done.left or _failed(done.problems) else 0


def _completion(args: argparse.Namespace) -> int:
    import shtab

    print(shtab.complete(parser(), args.shell))
    return 0


COMMANDS = (
    Command("init", "start a new site that builds at once", "newsroom init my-newsroom",
            (_arg("dir", nargs="?", default=".", metavar="DIR", help="a new folder, or one that is no site yet (default: this one)"),), _init),
    Command("new", "write a new post, person, topic or page", 'newsroom new post "What a cracked lens taught us" --author maya',
            (_arg("kind", choices=("post", "release", "statement", "answer", "person", "topic", "page"), help="what to write"),
             _arg("title", help="its title or name"),
             _arg("--author", metavar="KEY", action="append", default=[], help="who writes it; again for a second author"), SITE), _new),
    Command("build", "bring public/ up to date", "newsroom build --as-of 2026-12-01", (*WHEN, SITE, JSON), _build),
    Command("serve", "build, serve, watch, reload", "newsroom serve --drafts",
            (*WHEN, _arg("--host", default="127.0.0.1", help="address to listen at"),
             _arg("--port", type=int, default=8000, help="port to listen at (default: 8000)"), SITE), _serve),
    Command("check", "everything a site can get wrong", "newsroom check --drafts", (*CHECK, *WHEN, SITE, JSON), _check, more=MORE["check"]),
    Command("voice", "what in a text sounds like an institution, and why", "newsroom voice content/posts/2026/lens.md",
            (_arg("paths", nargs="*", metavar="PATH", help="files or folders (default: every post, drafts too)"), SITE, JSON), _voice),
    Command("status", "who waits for an answer, and what else is due", "newsroom status",
            (*WHEN, _arg("--mail", action="store_true", form=True, help="as an e-mail: subject, blank line, text"), SITE, JSON), _status, more=MORE["status"]),
    Command("due", "when the site next changes by itself, and why", "newsroom due --cron",
            (_arg("--days", type=days, default=0, metavar="N", help="so many days ahead (default: 30; at most 3650)"),
             _arg("--count", type=positive, default=0, metavar="N", help="at most so many changes"),
             _arg("--cron", action="store_true", form=True, help="one line for CI's clock, in UTC: minute hour day month *"),
             _arg("--ics", action="store_true", form=True, help="what goes out when, as a calendar for the team"), *WHEN, SITE, JSON), _due, more=MORE["due"]),
    Command("preview", "show a post to reviewers before it is public", "newsroom preview content/posts/2026/lens.md --until 2026-12-01",
            (_arg("path", metavar="PATH", help="the post's file, its folder, or its address"),
             _arg("--until", metavar="WHEN", default="", help='until when: 2026-12-01 (as that day begins), or "2026-12-01 18:00"'),
             _arg("--for", dest="whom", metavar="WORDS", default="", help="who the reviewers are: the page says it"),
             _arg("--end", action="store_true", help="take the preview away"), DRY, SITE, JSON), _preview),
    Command("explain", "what an output is made of, and why it was rendered", "newsroom explain /people/maya/",
            (_arg("path", help="a file of public/, an address, or a file of content/"), *WHEN, SITE, JSON), _explain),
    Command("comments", "keep what readers say: import it, pull it, take people out", "newsroom comments pull", (), None,
            tuple(each._replace(run=_comments) for each in COMMENTS)),
    Command("people", "somebody leaves, is away, is back, moves: one file changes", "newsroom people leave maya --successor jonas",
            (), None, tuple(each._replace(run=_people) for each in PEOPLE)),
    Command("ping", "tell the WebSub hub and search engines what changed", "newsroom ping --dry-run",
            (_arg("--all", action="store_true", help="of every feed and page, changed or not"), DRY, SITE, JSON), _ping),
    Command("completion", "print completion for a shell", "newsroom completion bash > ~/.local/share/bash-completion/completions/newsroom",
            (_arg("shell", choices=("bash", "zsh", "tcsh"), help="your shell"),), _completion),
)  # fmt: skip


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    return _parser(COMMANDS)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command."""
    from newsroom.errors import NewsroomError

    args = parser().parse_args(argv)
    try:
        return args.run(args)
    except NewsroomError as error:
        _tell(error.problems)
        usage = any(found.code == "missing-argument" or found.location.path[:2] == "--" for found in error.problems)
        return 2 if usage else 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader has seen enough: newsroom build | head
        sys.stderr.close()
        return 0


def run() -> NoReturn:
    """The command as it is installed. Its memory is left to the system: to take ten thousand posts apart takes 0.2 s."""
    code = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # the reader has seen enough
            pass
    os._exit(code)


def _options(args: argparse.Namespace, progress: Callable[[int, int], None] | None = None):
    from pathlib import Path

    from newsroom import config, dates
    from newsroom.build import Options
    from newsroom.errors import problem

    moment = None
    if args.as_of:
        try:
            moment = dates.parse(args.as_of, config.load(Path(args.site), config.NOWHERE).timezone)
        except ValueError as error:
            _tell([problem("bad-date", str(error), "--as-of", hint=dates.hint(error))])
            raise SystemExit(2) from None
    return Options(args.drafts, moment, progress)


def _progress(doing: str = "rendering") -> Callable[[int, int], None] | None:
    """A counter on a terminal; nothing in CI."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, of: int) -> None:
        end = "\r\033[K" if done == of else ""
        print(f"\r{doing} {done} of {of}{end}", end="", file=sys.stderr, flush=True)

    return show


def _failed(problems: Sequence) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _tell(problems: Sequence, outcome: str = "", rules: Container[str] = ()) -> None:
    """Problems as a person reads them, on standard error, with a count at the end; those of `rules` with their code."""
    from newsroom.errors import text

    for problem in problems:
        print(text(problem, problem.code in rules), end="\n\n", file=sys.stderr)
    if problems:
        errors = sum(problem.severity == "error" for problem in problems)
        warnings = len(problems) - errors
        counts = [f"{n} {word}{'s' if n > 1 else ''}" for n, word in ((errors, "error"), (warnings, "warning")) if n]
        print(" and ".join(counts) + (outcome if errors else ""), file=sys.stderr)


def _show(facts: object) -> None:
    import json

    print(json.dumps(facts, indent=2))


def _plain(problems: Sequence) -> list[dict]:
    return [
        {"code": p.code, "severity": p.severity, "message": p.message, "path": p.location.path, "line": p.location.line,
         "column": p.location.column, "hint": p.hint} for p in problems
    ]  # fmt: skip
