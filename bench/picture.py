"""Pictures of measurements as SVG that reads in light and in dark."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence

_STYLE = """<style>
text { font: 13px system-ui, sans-serif; fill: #1f2328 } .small { font-size: 11px; fill: #59636e }
.bar { fill: #8c959f } .own { fill: #0a7d4f } line, .curve { stroke: #d1d9e0; fill: none }
.curve { stroke-width: 2 } .c0 { stroke: #0a7d4f } .c1 { stroke: #b35900 } .c2 { stroke: #5e4bb6 } .c3 { stroke: #8c959f }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .small { fill: #9198a1 } line { stroke: #3d444d } .own { fill: #3fb884 } }
</style>"""


def _svg(width: int, height: int, title: str, body: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{html.escape(title)}">'
    return "\n".join((head, f"<title>{html.escape(title)}</title>", _STYLE, *body, "</svg>\n"))


def bars(title: str, times: Mapping[str, float], own: str = "medlint") -> str:
    """Each tool's time as a multiple of ``own``'s, the longest first, on a logarithmic scale."""
    rows = sorted(times.items(), key=lambda item: -item[1])
    low = min(min(times.values()), 0.5)
    scale = 430 / math.log(max(times.values()) / low * 1.3)
    body = [f'<text x="12" y="22">{html.escape(title)}: wall time, {own} = 1 (shorter is faster; logarithmic)</text>']
    one = 150 + scale * math.log(1 / low * 1.3)
    for index, (name, value) in enumerate(rows):
        y = 44 + index * 24
        length = scale * math.log(value / low * 1.3)
        body.append(f'<text x="140" y="{y + 12}" text-anchor="end">{html.escape(name)}</text>')
        body.append(
            f'<rect class="{"own" if name == own else "bar"}" x="150" y="{y}" width="{length:.1f}" height="16" rx="2"/>'
        )
        shown = f"{value:.1f}" if value < 10 else f"{value:.0f}"
        body.append(f'<text class="small" x="{156 + length:.1f}" y="{y + 12}">{shown}</text>')
    bottom = 44 + len(rows) * 24
    body.append(f'<line x1="{one:.1f}" y1="36" x2="{one:.1f}" y2="{bottom}"/>')
    return _svg(660, bottom + 12, title, body)


def curves(title: str, across: str, up: str, lines: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """Lines through measured points, both scales logarithmic from a power of ten to another, so that a few per cent look
    like a few per cent."""
    points = [point for line in lines.values() for point in line]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low = 10 ** math.floor(math.log10(min(y for _, y in points)))
    high = 10 ** math.ceil(math.log10(max(y for _, y in points)))

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            70 + 420 * math.log(x / left) / math.log(right / left),
            300 - 250 * math.log(y / low) / math.log(high / low),
        )

    body = [f'<text x="12" y="22">{html.escape(title)}</text>']
    for power in range(math.ceil(math.log10(left)), math.floor(math.log10(right)) + 1):
        x, _ = place(10**power, low)
        body.append(
            f'<line x1="{x:.1f}" y1="50" x2="{x:.1f}" y2="300"/><text class="small" x="{x:.1f}" y="316" text-anchor="middle">{_short(10**power)}</text>'
        )
    for power in range(round(math.log10(low)), round(math.log10(high)) + 1):
        _, y = place(left, 10**power)
        body.append(
            f'<line x1="70" y1="{y:.1f}" x2="490" y2="{y:.1f}"/><text class="small" x="62" y="{y + 4:.1f}" text-anchor="end">{_short(10**power)}</text>'
        )
    above = 0.0
    for index, (name, line) in enumerate(lines.items()):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in line))
        x, y = place(*line[-1])
        y = above = max(y, above + 14)  # names below one another
        body.append(
            f'<polyline class="curve c{index % 4}" points="{path}"/><text class="small" x="{x + 6:.1f}" y="{y + 4:.1f}">{html.escape(name)}</text>'
        )
    body.append(f'<text class="small" x="280" y="334" text-anchor="middle">{html.escape(across)}</text>')
    body.append(f'<text class="small" x="14" y="44">{html.escape(up)}</text>')
    return _svg(660, 344, title, body)


def _short(value: float) -> str:
    for size, unit in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{unit}"
    return f"{value:g}"
