"""Owns how the command line is understood: the table of commands becomes a parser, with help, examples and hints."""

from __future__ import annotations

from newsroom import __version__
from newsroom.verbs import Command

TYPE_CHECKING = False  # see cli
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from typing import NoReturn


def parser(commands: Sequence[Command]) -> argparse.ArgumentParser:
    """The parser of all commands with their arguments."""
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

    lines = "\n".join(f"  {command.example}" for command in commands)
    top = Parser(
        "newsroom", description="A static site generator for newsrooms: every post is signed by the people who wrote it.",
        epilog=f"examples:\n{lines}\n\nDocumentation: docs/, or README.md to start.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    top.add_argument("--version", action="version", version=f"newsroom {__version__}")
    _add(top, "command", commands)
    return top


def _add(above: argparse.ArgumentParser, dest: str, commands: Sequence[Command]) -> None:
    below = above.add_subparsers(dest=dest, metavar=dest.upper(), required=True)
    for command in commands:
        made = below.add_parser(
            command.name, help=command.help, description=command.help[0].upper() + command.help[1:] + ".",
            epilog=f"example:\n  {command.example}\n{command.more}", formatter_class=above.formatter_class,
        )  # fmt: skip
        told = any("form" in settings for _, settings in command.arguments)  # argparse cannot show an empty group
        form = made.add_mutually_exclusive_group() if told else made
        for names, settings in command.arguments:
            plain = {name: value for name, value in settings.items() if name != "form"}
            (form if "form" in settings else made).add_argument(*names, **plain)
        made.set_defaults(run=command.run)
        if command.below:
            _add(made, "action", command.below)
