"""Owns the figures' summary: medians, ratios pair by pair, and the table that people read. Runs nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any, NamedTuple

from benchmarks.cases import CASES

OURS = "newsroom"
COLUMNS = ("", "wall s", "cpu s", "memory MB", "files", "written", "wall, to ours", "cpu", "memory")


class Summary(NamedTuple):
    """One generator in one case."""

    case: str
    tool: str
    runs: int
    wall: float
    """Seconds, median; likewise `cpu`."""
    cpu: float
    memory: float
    """Bytes at the worst moment, median."""
    measure: str
    files: int
    written: int
    ratio: tuple[float, float, float] | None
    """Its wall time divided by ours in the same turn: median, least, most; None where ours was not measured."""
    cpu_ratio: float | None
    memory_ratio: float | None


def summaries(result: Mapping[str, Any]) -> list[Summary]:
    """Every generator in every case, in the order in which they were measured."""
    groups: dict[tuple[str, str], list[dict]] = {}
    for row in result["rows"]:
        groups.setdefault((row["case"], row["tool"]), []).append(row)
    made = [_summary(rows, groups.get((case, OURS), [])) for (case, _), rows in groups.items()]
    order = list(result["versions"])
    return sorted(made, key=lambda s: (list(CASES).index(s.case), order.index(s.tool)))


def _summary(rows: Sequence[Mapping], ours: Sequence[Mapping]) -> Summary:
    timed = [row for row in rows if row["turn"] >= 0]
    memory, measure = _memory(rows)
    by_turn = {row["turn"]: row for row in ours if row["turn"] >= 0}
    pairs = [(row, by_turn[row["turn"]]) for row in timed if row["turn"] in by_turn]
    ratios = [row["wall"] / our["wall"] for row, our in pairs]
    return Summary(
        case=rows[0]["case"],
        tool=rows[0]["tool"],
        runs=len(timed),
        wall=median(row["wall"] for row in timed),
        cpu=median(row["cpu"] for row in timed),
        memory=memory,
        measure=measure,
        files=timed[-1]["files"],
        written=timed[-1]["written"],
        ratio=(median(ratios), min(ratios), max(ratios)) if pairs else None,
        cpu_ratio=median(row["cpu"] / our["cpu"] for row, our in pairs) if pairs else None,
        memory_ratio=memory / _memory(ours)[0] if ours else None,
    )


def _memory(rows: Sequence[Mapping]) -> tuple[float, str]:
    """Of the run that counted shared pages once, where there is one; one process shares with none of its own."""
    chosen = [row for row in rows if row["measure"] == "PSS"] or rows
    return median(row["memory"] for row in chosen), chosen[0]["measure"]


def table(result: Mapping[str, Any]) -> str:
    """The figures as text, a block a case, and under it what they are."""
    lines, made = [], summaries(result)
    for case, (label, _) in CASES.items():
        block = [_cells(summary) for summary in made if summary.case == case]
        if block:
            rows = [(label, *COLUMNS[1:]), *block]
            widths = [max(len(row[n]) for row in rows) for n in range(len(COLUMNS))]
            widths[0] = max(26, widths[0])
            lines += [
                "  ".join([row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:]))])
                for row in rows
            ]
            lines.append("")
    return "\n".join([*lines, *notes(result)])


def notes(result: Mapping[str, Any]) -> list[str]:
    """What was measured, on what, and how to read it."""
    m, versions = result["machine"], ", ".join(f"{name} {version}" for name, version in result["versions"].items())
    measures = sorted({row["measure"] for row in result["rows"]})
    return [
        f"{result['posts']} posts by {result['authors']} people on {result['topics']} topics, {result['date'][:10]}.",
        f"{versions}.",
        f"{m['processor']}, {m['cores']} cores, {m['memory'] / 2**30:.0f} GB, {m['system']}; load {m['load']}.",
        f"Medians of up to {result['runs']} alternated runs. To ours: a figure divided by newsroom's in the",
        "same turn, median (least to most); above 1 newsroom needed less. Cpu: user and system time of all processes.",
        f"Memory: {' or '.join(measures)} of all processes together, the worst of 20 samples a second; see README.md.",
    ]


def _cells(s: Summary) -> tuple[str, ...]:
    once = "" if s.runs > 1 else ", 1 run"
    ratio = _short(s.ratio[0]) if s.ratio and s.tool != OURS else ""
    if ratio and s.runs > 1:
        ratio += f" ({_short(s.ratio[1])} to {_short(s.ratio[2])})"
    return (
        f"  {s.tool}{once}", _short(s.wall), _short(s.cpu), f"{s.memory / 1e6:.0f}", str(s.files), str(s.written),
        ratio, *("" if part is None or s.tool == OURS else _short(part) for part in (s.cpu_ratio, s.memory_ratio)),
    )  # fmt: skip


def _short(value: float) -> str:
    """Three digits that count."""
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"
