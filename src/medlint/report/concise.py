"""A line for each finding, ``path:line:column: severity[rule] message``: for pipes, grep and editors."""

from __future__ import annotations

from typing import TextIO

from medlint.report import Report
from medlint.report.terminal import Paint, coloured, safe


def write(report: Report, out: TextIO) -> None:
    """Write one line a finding, and nothing else."""
    paint = Paint(coloured(out))
    for file in report.files:
        for finding in file.open:
            line, column = file.source.position(finding.span.start)
            label = paint(str(finding.severity), str(finding.severity))
            print(f"{safe(file.path)}:{line}:{column}: {label}[{finding.rule}] {safe(finding.message)}", file=out)
