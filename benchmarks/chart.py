"""Owns the chart: the figures of one comparison as an SVG file, drawn by hand. Measures nothing.

python benchmarks/chart.py results.json docs/performance.svg
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import ceil, floor, log10
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # as in compare.py
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.cases import CASES
from benchmarks.report import OURS, Summary, summaries

WIDTH, LEFT, RIGHT, TOP, FOOT = 760, 210, 40, 92, 46
"""Pixels: the whole, and the margins around the plot."""
ROW = 19
"""Pixels from one generator's line to the next."""
GAP = 30
"""Pixels between two cases: room for the case's name."""
COLOURS = {
    "newsroom": ("#b3341f", "#ff8d78"), "hugo": ("#1f5fa8", "#7db7ff"), "pelican": ("#2f7d46", "#79d295"),
    "nikola": ("#7a4fa3", "#c9a2f2"), "eleventy": ("#8a6d00", "#e2c14d"),
}  # fmt: skip
"""On light and on dark ground; the names stand beside the dots, so that no reader needs the colours."""
STYLE = """
.ground { fill: #fff }
text { font: 13px system-ui, sans-serif; fill: #222 }
.title { font-size: 16px; font-weight: 600 }
.case { font-weight: 600 }
.quiet { fill: #5c5c5c }
.line { stroke: #ddd }
.row { stroke: #eee }
%s
@media (prefers-color-scheme: dark) {
.ground { fill: #1c1c1c }
text { fill: #e8e8e8 }
.quiet { fill: #a8a8a8 }
.line { stroke: #444 }
.row { stroke: #2f2f2f }
%s
}
"""


def chart(result: Mapping[str, Any]) -> str:
    """Wall time of every generator in every case: a dot at the median, a line from least to most.

    The scale is logarithmic, because one edit here takes thousandths of a clean build there; hence dots, and not bars,
    whose lengths would say nothing.
    """
    made = summaries(result)
    spread = {(s.case, s.tool): _walls(result, s) for s in made}
    low = floor(log10(min(least for least, _ in spread.values())))
    high = max(low + 1, ceil(log10(max(most for _, most in spread.values()))))

    def x(seconds: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT - 60) * (log10(seconds) - low) / (high - low)

    body: list[str] = []
    y = TOP
    for case, (label, _) in CASES.items():
        block = [summary for summary in made if summary.case == case]
        if block:
            body.append(_text(16, y + 4, label, "case"))
            for summary in block:
                y += ROW
                body += _row(summary, spread[case, summary.tool], x, y)
            y += GAP
    bottom = y - GAP + ROW // 2
    return "\n".join([*_head(result, bottom + FOOT), *_axis(range(low, high + 1), x, bottom), *body, "</svg>"]) + "\n"


def _head(result: Mapping[str, Any], height: int) -> Iterator[str]:
    title = f"Building {result['posts']:,} posts: wall time in seconds"
    versions = ", ".join(f"{name} {version}" for name, version in result["versions"].items())
    told = f"{result['machine']['cores']} cores, {result['date'][:10]}; {versions}"
    light, dark = (
        "\n".join(f".{name} {{ fill: {pair[n]}; stroke: {pair[n]} }}" for name, pair in COLOURS.items()) for n in (0, 1)
    )
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="t d">'
    yield f'<title id="t">{escape(title)}</title>'
    yield f'<desc id="d">{escape(" ".join(_said(s) for s in summaries(result)))}</desc>'
    yield f"<style>{STYLE % (light, dark)}</style>"
    # A page's own ground need not follow the reader's scheme, as the text here does.
    yield f'<rect class="ground" width="{WIDTH}" height="{height}"/>'
    yield _text(16, 26, title, "title")
    yield _text(16, 46, "Dot: median. Line: least to most. Each step to the right is ten times longer.", "quiet")
    yield _text(16, 64, told, "quiet")


def _axis(powers: Sequence[int], x, bottom: int) -> Iterator[str]:
    for power in powers:
        at, label = x(10.0**power), f"{10.0**power:g} s"
        yield f'<line class="line" x1="{at:.1f}" x2="{at:.1f}" y1="{TOP - 8}" y2="{bottom}"/>'
        yield _text(at, bottom + 20, label, "quiet", "middle")


def _row(summary: Summary, spread: tuple[float, float], x, y: int) -> Iterator[str]:
    name, at = summary.tool, x(summary.wall)
    yield _text(LEFT - 14, y + 4, name, "case" if name == OURS else "", "end")
    yield f'<line class="row" x1="{LEFT}" x2="{WIDTH - RIGHT - 60}" y1="{y}" y2="{y}"/>'
    yield f'<line class="{name}" x1="{x(spread[0]):.1f}" x2="{x(spread[1]):.1f}" y1="{y}" y2="{y}" stroke-width="3"/>'
    yield f'<circle class="{name}" cx="{at:.1f}" cy="{y}" r="5"/>'
    yield _text(max(at, x(spread[1])) + 11, y + 4, _seconds(summary.wall), "quiet")


def _text(x: float, y: float, text: str, style: str = "", anchor: str = "start") -> str:
    kind = f' class="{style}"' if style else ""
    return f'<text x="{x:g}" y="{y:g}"{kind} text-anchor="{anchor}">{escape(text)}</text>'


def _walls(result: Mapping[str, Any], s: Summary) -> tuple[float, float]:
    walls = [
        row["wall"] for row in result["rows"] if (row["case"], row["tool"]) == (s.case, s.tool) and row["turn"] >= 0
    ]
    return min(walls), max(walls)


def _said(s: Summary) -> str:
    """One dot in words, for readers who do not see it."""
    return f"{CASES[s.case].label}, {s.tool}: {_seconds(s.wall)} s."


def _seconds(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def main(argv: Sequence[str] | None = None) -> int:
    """Read the figures, write the chart."""
    parser = argparse.ArgumentParser("chart.py", description="Draw a comparison's wall times.")
    parser.add_argument("results", type=Path, help="what compare.py --json wrote")
    parser.add_argument("svg", type=Path, help="the chart to write")
    args = parser.parse_args(argv)
    args.svg.write_text(chart(json.loads(args.results.read_text("utf-8"))), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
