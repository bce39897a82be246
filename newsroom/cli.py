"""Owns the command line: the COMMANDS table, arguments, exit codes. The only module that prints.

Exit codes: 0 good, 1 problems, 2 wrong usage. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import os
import sys

from newsroom import __version__
from newsroom.verbs import COMMENTS, DRY, JSON, PEOPLE, SITE, WHEN, Command
from newsroom.verbs import arg as _arg

TYPE_CHECKING = False  # typing, argparse and pathlib take longer to import than Python to start
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
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
    if path.startswith("content/posts/"):
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
    from newsroom.commands.check import check

    problems = check(args.site, _options(args))
    if args.json:
        _show(_plain(problems))
    else:
        _tell(problems)
        if not problems:
            print("no problems found")
    return 1 if _failed(problems) else 0


def _status(args: argparse.Namespace) -> int:
    from newsroom.commands.status import plain, status, told

    found = status(args.site, _options(args))
    if args.json:
        _show(plain(found) | {"problems": _plain(found.problems)})
    else:
        print(told(found))
    return 1 if found.overdue else 0


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


def _did(args: argparse.Namespace, done) -> int:
    """Show what a command did, as lines or as JSON."""
    if args.json:
        _show(done.facts | {"problems": _plain(done.problems)})
    else:
        _tell(done.problems)
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
    Command("check", "everything a site can get wrong", "newsroom check --drafts", (*WHEN, SITE, JSON), _check),
    Command("status", "who waits for an answer, and what else is due", "newsroom status", (*WHEN, SITE, JSON), _status),
    Command("explain", "what an output is made of, and why it was rendered", "newsroom explain /people/maya/",
            (_arg("path", help="a file of public/, an address, or a file of content/"), *WHEN, SITE, JSON), _explain),
    Command("comments", "keep what readers say: import it, pull it, take people out", "newsroom comments pull", (), None,
            tuple(each._replace(run=_comments) for each in COMMENTS)),
    Command("people", "somebody leaves, is away, is back, moves: one file changes", "newsroom people leave maya --successor jonas",
            (), None, tuple(each._replace(run=_people) for each in PEOPLE)),
    Command("ping", "tell the WebSub hub which feeds changed", "newsroom ping --dry-run",
            (_arg("--all", action="store_true", help="of every feed, changed or not"), DRY, SITE, JSON), _ping),
    Command("completion", "print completion for a shell", "newsroom completion bash > ~/.local/share/bash-completion/completions/newsroom",
            (_arg("shell", choices=("bash", "zsh", "tcsh"), help="your shell"),), _completion),
)  # fmt: skip


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    import argparse
    import re

    class Parser(argparse.ArgumentParser):
        """argparse, with a hint where a word is one letter off."""

        def error(self, message: str) -> NoReturn:
            """Tell how the command is used, and end with exit code 2."""
            from newsroom.errors import did_you_mean

            wrong = re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)", message)
            hint = did_you_mean(wrong[1], re.findall(r"[\w-]+", wrong[2])) if wrong else ""
            super().error(message + (f"\nhint: {hint}" if hint else ""))

    lines = "\n".join(f"  {command.example}" for command in COMMANDS)
    top = Parser(
        "newsroom", description="A static site generator for newsrooms: every post is signed by the people who wrote it.",
        epilog=f"examples:\n{lines}\n\nDocumentation: docs/, or README.md to start.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    top.add_argument("--version", action="version", version=f"newsroom {__version__}")
    _add(top, "command", COMMANDS)
    return top


def _add(above: argparse.ArgumentParser, dest: str, commands: Sequence[Command]) -> None:
    below = above.add_subparsers(dest=dest, metavar=dest.upper(), required=True)
    for command in commands:
        made = below.add_parser(
            command.name, help=command.help, description=command.help[0].upper() + command.help[1:] + ".",
            epilog=f"example:\n  {command.example}", formatter_class=above.formatter_class,
        )  # fmt: skip
        for names, settings in command.arguments:
            made.add_argument(*names, **settings)
        made.set_defaults(run=command.run)
        if command.below:
            _add(made, "action", command.below)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command."""
    from newsroom.errors import NewsroomError

    args = parser().parse_args(argv)
    try:
        return args.run(args)
    except NewsroomError as error:
        _tell(error.problems)
        return 2 if any(found.code == "missing-argument" for found in error.problems) else 1
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
            _tell([problem("bad-date", str(error), "--as-of", hint=dates.WANTED)])
            raise SystemExit(2) from None
    return Options(args.drafts, moment, progress)


def _progress() -> Callable[[int, int], None] | None:
    """A counter on a terminal; nothing in CI."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, of: int) -> None:
        if done % 50 == 0 or done == of:
            end = "\r\033[K" if done == of else ""
            print(f"\rrendering {done} of {of}{end}", end="", file=sys.stderr, flush=True)

    return show


def _failed(problems: Sequence) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _tell(problems: Sequence, outcome: str = "") -> None:
    """Problems as a person reads them, on standard error, with a count at the end."""
    from newsroom.errors import text

    for problem in problems:
        print(text(problem), end="\n\n", file=sys.stderr)
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
