"""`python -m newsroom`."""

from newsroom.cli import run

run()
