"""Owns the comparison: the same newsroom built by several generators, turn by turn. Prints a table, keeps the figures.

python benchmarks/compare.py --posts 1000 --tools newsroom,hugo --cases clean,body --runs 3
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # run as a file: find `benchmarks` in the repository, not compare.py's own neighbours
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks import cases, make, measure, tools
from benchmarks.report import table
from benchmarks.tools import TOOLS, Missing, Tool

ASIDE = "aside"
"""Folder below `work` of what is to be removed when all is measured."""


def set_aside(path: Path, aside: Path) -> None:
    """Move out of the way instead of removing, which would be measured: an ext4 without a journal looks at every inode
    freed within the last minute before it makes a new one, and making a file took up to ten times as long."""
    aside.mkdir(parents=True, exist_ok=True)
    path.rename(aside / str(time.time_ns()))


class Bench:
    """One generator, installed, with its site written."""

    def __init__(self, tool: Tool, work: Path, size: int, limit: float):
        self.tool, self.limit = tool, limit
        self.home = tools.install(tool, work)
        self.version = tools.version(tool, self.home)
        self.command = tool.command(self.home)
        self.site = work / f"sites-{size}" / tool.name
        self.aside = work / ASIDE
        self.log = work / f"{tool.name}.log"
        self.environment = tools.environment()
        self.failed = ""
        """Why it was left out from some moment on; "" while it runs."""

    def build(self, shares: bool = False) -> dict[str, Any]:
        """Build once; what it took. A build that fails ends the generator's part, and says why."""
        began = time.time_ns()
        run = measure.run(self.command, self.site, self.log, self.environment, self.limit, shares)
        if run.code:
            said = self.log.read_text("utf-8", "replace").strip().splitlines()[-8:]
            self.failed = (
                f"stopped after {self.limit:.0f} s"
                if run.code == -9
                else f"exit code {run.code}:\n    " + "\n    ".join(said)
            )
        return {**run._asdict(), **_written(self.site / self.tool.output, began)}

    def forget(self) -> None:
        """Move aside what builds left behind."""
        for pattern in (self.tool.output, *self.tool.left):
            for found in self.site.glob(pattern):
                set_aside(found, self.aside)


def write_sites(benches: Iterable[Bench], corpus: make.Corpus) -> None:
    """The same newsroom for every generator; each post is made once."""
    benches = list(benches)
    for bench in benches:
        if bench.site.exists():
            set_aside(bench.site, bench.aside)
        cases.write(bench.site, [*bench.tool.form.rest(corpus), *bench.tool.form.people(corpus)])
    for post in make.posts(corpus):
        for bench in benches:
            cases.write(bench.site, [bench.tool.form.post(corpus, post)])


def measure_case(name: str, bench: Bench, corpus: make.Corpus, shares: bool = False) -> dict[str, Any]:
    """One case, once: edit, build, put back. Where a generator remembers, one more build brings it back too."""
    if name == "clean":
        bench.forget()
    before = cases.write(bench.site, cases.CASES[name].edit(bench.site, bench.tool.form, corpus))
    row = bench.build(shares)
    cases.restore(before)
    if before and bench.tool.remembers and not bench.failed:
        bench.build()
    return row


def compare(
    benches: Sequence[Bench], names: Sequence[str], corpus: make.Corpus, runs: int, patience: float
) -> Iterator[list[dict[str, Any]]]:
    """Every case of every generator, turn by turn, each turn begun by another one; a case's figures at a time."""
    slow: set[tuple[str, str]] = set()
    if names[0] != "clean":  # every other case starts from a built site
        for bench in benches:
            bench.build()
    for name in names:
        rows: list[dict[str, Any]] = []
        for turn in range(runs):
            for bench in _turned(benches, turn):
                key = (name, bench.tool.name)
                if bench.failed or key in slow:
                    continue
                row = measure_case(name, bench, corpus)
                if bench.failed:
                    _say(f"{bench.tool.name}, {name}: left out from here on: {bench.failed}")
                    continue
                rows.append({"case": name, "tool": bench.tool.name, "turn": turn, **row})
                _say(f"{name}, turn {turn + 1} of {runs}: {bench.tool.name} {row['wall']:.2f} s")
                if row["wall"] > patience:
                    slow.add(key)
        yield rows + _shares(name, benches, corpus, rows)


def _shares(
    name: str, benches: Sequence[Bench], corpus: make.Corpus, rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """One more run, not timed, for generators that ran as several processes: shared pages counted once."""
    several = {row["tool"] for row in rows if row["processes"] > 1}
    chosen = [bench for bench in benches if bench.tool.name in several and not bench.failed and measure.SHARES]
    return [
        {"case": name, "tool": b.tool.name, "turn": -1, **measure_case(name, b, corpus, shares=True)} for b in chosen
    ]


def _turned(benches: Sequence[Bench], turn: int) -> list[Bench]:
    """The generators in another order each turn, so that none always follows the same one."""
    at = turn % len(benches)
    return [*benches[at:], *benches[:at]]


def _written(output: Path, began: int) -> dict[str, int]:
    """How many files the built site has, and how many this build wrote."""
    files = written = 0
    for folder, _, names in os.walk(output):
        files += len(names)
        written += sum(os.stat(os.path.join(folder, name)).st_mtime_ns >= began for name in names)
    return {"files": files, "written": written}


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text().splitlines() if about.exists() else []
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor()
    )
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "system": f"{platform.system()} {platform.machine()}", "processor": model, "cores": os.cpu_count(),
        "memory": memory, "python": platform.python_version(), "load": round(os.getloadavg()[0], 2),
    }  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Install, write, build, tell."""
    args = _arguments(argv)
    work = Path(args.work).resolve()
    work.mkdir(parents=True, exist_ok=True)
    (work / ".gitignore").write_text("*\n")  # it may stand in a checkout, and holds gigabytes
    benches = []
    for name in args.tools:
        try:
            benches.append(Bench(TOOLS[name], work, args.posts, args.limit))
        except Missing as why:
            _say(f"{name}: left out: {why}")
    if not benches:
        _say("no generator is left to measure")
        return 1
    corpus = make.corpus(args.posts)
    about = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine(), "posts": corpus.size,
        "authors": len(corpus.authors), "topics": len(corpus.topics), "runs": args.runs,
        "versions": {bench.tool.name: bench.version for bench in benches},
    }  # fmt: skip
    _say(f"writing {corpus.size} posts for {', '.join(about['versions'])} below {work}")
    write_sites(benches, corpus)
    result: dict[str, Any] = {**about, "failed": {}, "rows": []}
    for rows in compare(benches, args.cases, corpus, args.runs, args.patience):
        result["rows"] += rows
        result["failed"] = {bench.tool.name: bench.failed for bench in benches if bench.failed}
        if args.json:  # after each case: an evening's figures should not hang on its last minute
            Path(args.json).write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(table(result))
    shutil.rmtree(work / ASIDE, ignore_errors=True)
    return 1 if result["failed"] else 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    def some(known: Iterable[str]):
        def read(text: str) -> list[str]:
            if wrong := [name for name in text.split(",") if name not in known]:
                raise argparse.ArgumentTypeError(f'unknown "{wrong[0]}"; there are {", ".join(known)}')
            return text.split(",")

        return read

    parser = argparse.ArgumentParser(
        "compare.py", description="Build the same newsroom with several generators and compare."
    )
    parser.add_argument("--posts", type=int, default=1000, help="how many posts (default: 1000)")
    parser.add_argument(
        "--tools", type=some(TOOLS), default=list(TOOLS), help=f"which generators (default: {','.join(TOOLS)})"
    )
    parser.add_argument(
        "--cases",
        type=some(cases.CASES),
        default=list(cases.CASES),
        help=f"what to measure (default: {','.join(cases.CASES)})",
    )
    parser.add_argument("--runs", type=int, default=3, help="turns of each case (default: 3)")
    parser.add_argument(
        "--work", default=".benchmark", help="folder for programs and sites; grows to gigabytes (default: .benchmark)"
    )
    parser.add_argument("--json", metavar="FILE", help="keep every figure, with date and versions")
    parser.add_argument(
        "--patience",
        type=float,
        default=120,
        help="a build longer than this many seconds is not repeated (default: 120)",
    )
    parser.add_argument(
        "--limit", type=float, default=3600, help="a build longer than this many seconds is ended (default: 3600)"
    )
    return parser.parse_args(argv)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
